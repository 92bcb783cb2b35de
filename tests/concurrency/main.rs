//! Twenty clusters bootstrapped from one repository at the same time, over bad connections, while somebody
//! else pushes to it.
//!
//! A program of its own: it wants both cores, and the other transcripts are timed.

#![allow(clippy::unwrap_used, reason = "a test ends where something is not as it must be")]

use std::collections::BTreeSet;
use std::fs;
use std::io::Write as _;
use std::process::{Child, Stdio};
use std::time::Instant;

use nigari_sandbox::github::Token;
use nigari_sandbox::sandbox::{Sandbox, USER};
use nigari_test_support::fleet::{Fleet, REPOSITORY};
use serde_json::Value;

const CLUSTERS: usize = 20;

/// One request in ten is told to come later, or loses its connection before or after it had its effect. Which
/// ones depends on who asks, and is the same in every run.
const WEATHER: &str = "github.flaky=10:20";

/// Pushes one commit after the other with git until the file `stop` is there. Each is written down once it
/// is on the branch, and so is each push that was rejected because somebody was faster.
const PUSHER: &str = r#"
git clone -q "$ORIGIN" pusher
cd pusher
number=0
while [ ! -e ../stop ]; do
  number=$((number + 1))
  echo "$number" > "theirs-$number.txt"
  git add . && git commit -qm "Theirs $number"
  until git push -q origin main 2>../push; do
    grep -q 'fetch first\|non-fast-forward\|failed to update ref\|cannot lock ref' ../push
    git rev-parse HEAD >> ../rejected
    git pull -q --rebase origin main
  done
  git rev-parse HEAD >> ../pushed
  sleep 0.3
done
"#;

#[test]
fn twenty_bootstraps_at_once_lose_nothing() {
    let started = Instant::now();
    let first = Fleet::new();
    first.create_repository(true);
    let beside = (1..CLUSTERS).map(|_| Fleet::of(Sandbox::builder().beside(&first.sandbox)));
    let others: Vec<Fleet> = beside.collect();
    let fleets: Vec<&Fleet> = std::iter::once(&first).chain(&others).collect();

    first.sandbox.faults().arm(WEATHER).unwrap();
    let pusher = Pusher::start(&first);
    let bootstraps: Vec<Child> =
        fleets.iter().zip(0..).map(|(fleet, number)| start(fleet, &first, number)).collect();
    for (fleet, bootstrap) in fleets.iter().zip(bootstraps) {
        let run = fleet.finished(bootstrap);
        assert_eq!(run.exit_code(), Some(0), "{run}");
        assert!(!run.to_string().contains(TOKEN), "{run}");
    }
    let pushed = pusher.stop(&first);

    let history = Commits::of(&first);
    let files = history.files();
    for number in 0..CLUSTERS {
        for file in ["gotk-components.yaml", "gotk-sync.yaml", "kustomization.yaml"] {
            let path = format!("clusters/{number}/flux-system/{file}");
            assert!(files.contains(&path), "{path} is lost");
        }
    }
    for (commit, number) in pushed.landed.iter().zip(1..) {
        assert!(history.linear.contains(commit), "the push of {commit} is lost");
        assert!(files.contains(&format!("theirs-{number}.txt")), "a pushed file is lost");
    }
    // GitHub's first commit, theirs, and one of ours for each cluster.
    assert_eq!(history.linear.len(), 1 + pushed.landed.len() + CLUSTERS);
    assert_eq!(first.deploy_keys().len(), CLUSTERS);

    let publishes = Publishes::of(&first);
    let rejected = publishes.of_both_kinds() - CLUSTERS;
    let (disturbed, requests) = disturbed(&first);
    tell(&format!(
        "{CLUSTERS} bootstraps at once: {rejected} of {} publishes were rejected or lost and built again; {} \
         pushes beside them landed, {} were rejected; {disturbed} of {requests} requests were disturbed; {} s",
        publishes.of_both_kinds(),
        pushed.landed.len(),
        pushed.rejected,
        started.elapsed().as_secs()
    ));
    let landed = publishes.commits.intersection(&history.linear).count();
    assert_eq!(landed, CLUSTERS / 2, "the commits that have an author");
    assert!(rejected >= CLUSTERS, "nothing was concurrent: {rejected} publishes were rejected");
    assert!(disturbed * 20 > requests, "{disturbed} of {requests} requests were disturbed");
    others.into_iter().for_each(Fleet::finish);
    first.finish();
}

/// Of a fleet whose clusters have only what a bootstrap needs. GitHub makes the commit of every other one, which
/// names no author.
fn arguments(number: usize) -> String {
    let author = if number.is_multiple_of(2) { " --author-email=flux@acme.io" } else { "" };
    format!(
        "bootstrap github --owner=acme --repository={REPOSITORY} --path=clusters/{number} \
         --components=source-controller,kustomize-controller --timeout=20m{author}"
    )
}

/// What the tokens of all clusters begin with.
const TOKEN: &str = "ghp_ofOneClusterAmongTwenty";

/// Starts the bootstrap of one cluster, with a token of its own.
fn start(fleet: &Fleet, first: &Fleet, number: usize) -> Child {
    let token = format!("{TOKEN}{number:02}");
    first.github().add_token(Token::classic(&token, USER, &["repo"]));
    let mut command = fleet.command(&arguments(number));
    command.env("GITHUB_TOKEN", token).stdout(Stdio::piped()).stderr(Stdio::piped());
    command.spawn().unwrap()
}

/// How many requests of nigari had no answer or were told to come later, and how many there were.
fn disturbed(fleet: &Fleet) -> (usize, usize) {
    let mut requests = fleet.sandbox.recorder().all();
    requests.retain(|it| it.double == "github" && it.path.starts_with("/api/"));
    let disturbed = requests.iter().filter(|request| matches!(request.status, 0 | 429)).count();
    (disturbed, requests.len())
}

/// What nigari wanted to become the branch's tip; it may have asked for one of them more than once.
struct Publishes {
    /// The commits that it made itself.
    commits: BTreeSet<String>,
    /// The commits that GitHub was to make, as they were described.
    descriptions: BTreeSet<String>,
}

impl Publishes {
    fn of(fleet: &Fleet) -> Self {
        let requests = fleet.sandbox.recorder().all();
        let bodies = |mutation: &'static str| {
            let of_mutation = requests.iter().filter(move |it| it.path.ends_with(mutation));
            of_mutation.map(|request| request.body.clone())
        };
        let commit = |body: String| {
            let body: Value = serde_json::from_str(&body).unwrap();
            let update = &body["variables"]["input"]["refUpdates"][0];
            update["afterOid"].as_str().unwrap().to_owned()
        };
        Self {
            commits: bodies(" updateRefs").map(commit).collect(),
            descriptions: bodies(" createCommitOnBranch").collect(),
        }
    }

    fn of_both_kinds(&self) -> usize {
        self.commits.len() + self.descriptions.len()
    }
}

/// A line that is seen although the test succeeds.
fn tell(line: &str) {
    std::io::stderr().write_all(format!("{line}\n").as_bytes()).unwrap();
}

/// Somebody who pushes with git.
struct Pusher(Child);

/// What came of the pushes.
struct Pushed {
    /// The commits that became the branch's tip, in order.
    landed: Vec<String>,
    /// How many were not, because somebody else was faster.
    rejected: usize,
}

impl Pusher {
    fn start(fleet: &Fleet) -> Self {
        let mut command = fleet.sandbox.command("/bin/sh");
        let origin = format!("{}/acme/{REPOSITORY}.git", fleet.sandbox.github_origin());
        command.args(["-euc", PUSHER]).env("ORIGIN", origin).current_dir(fleet.sandbox.home());
        Self(command.stdin(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap())
    }

    fn stop(self, fleet: &Fleet) -> Pushed {
        let home = fleet.sandbox.home();
        fs::write(home.join("stop"), "").unwrap();
        let output = self.0.wait_with_output().unwrap();
        assert!(output.status.success(), "{output:?}");
        let lines = |file: &str| -> Vec<String> {
            let text = fs::read_to_string(home.join(file)).unwrap_or_default();
            text.lines().map(str::to_owned).collect()
        };
        Pushed { landed: lines("pushed"), rejected: lines("rejected").len() }
    }
}

/// The commits of `main`.
struct Commits {
    git: git2::Repository,
    /// All of them; each has one parent, but for the first.
    linear: BTreeSet<String>,
}

impl Commits {
    fn of(fleet: &Fleet) -> Self {
        let path = fleet.github().repository_path("acme", REPOSITORY).unwrap();
        let git = git2::Repository::open_bare(path).unwrap();
        let mut walk = git.revwalk().unwrap();
        walk.push_ref("refs/heads/main").unwrap();
        let mut linear = BTreeSet::new();
        for commit in walk.map(Result::unwrap) {
            let parents = git.find_commit(commit).unwrap().parent_count();
            assert!(parents <= 1, "{commit} is a merge");
            linear.insert(commit.to_string());
        }
        Self { git, linear }
    }

    /// The paths of the files at the tip.
    fn files(&self) -> BTreeSet<String> {
        let tree = self.git.revparse_single("refs/heads/main").unwrap().peel_to_tree().unwrap();
        let mut files = BTreeSet::new();
        tree.walk(git2::TreeWalkMode::PreOrder, |folder, entry| {
            if entry.kind() == Some(git2::ObjectType::Blob) {
                files.insert(format!("{folder}{}", entry.name().unwrap()));
            }
            git2::TreeWalkResult::Ok
        })
        .unwrap();
        files
    }
}
