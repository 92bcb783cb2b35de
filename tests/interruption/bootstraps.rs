//! Bootstraps by programs that are killed before and after every write that they send: run again, repository
//! and cluster are what an undisturbed run makes of them, and nothing is there twice.

use std::fmt;
use std::fs;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use nigari_sandbox::recorder::Request;
use nigari_sandbox::sandbox::Sandbox;
use nigari_test_support::fleet::{Fleet, REPOSITORY};
use serde_json::Value;

use crate::kills::branches;

/// How many points are tried at the same time: part of each is waiting.
const WORKERS: usize = 3;

/// How often a point is tried again when the program had one write less to send: the cluster may have looked
/// by itself meanwhile.
const TRIES: usize = 5;

/// How long a program may take, on a machine that is busy with the other points, until it is at one.
const PATIENCE: Duration = Duration::from_secs(180);

/// Where a bootstrap is killed: before or after a write of one of its parts, which are counted from 1 for each
/// double.
#[derive(Debug)]
struct Point {
    part: usize,
    double: &'static str,
    place: &'static str,
    write: usize,
}

/// `all`: it is killed at the components' writes as well that are otherwise left out; each of them is as any
/// other, and they are most of all writes.
const KILLS: &str = "NIGARI_KILLS";

/// Which of the components' writes a run is killed at: the first and every so manieth after it.
const STRIDE: usize = 7;

/// A bootstrap with few components.
struct Story {
    more: &'static str,
    /// What there is before.
    prepare: fn(&Fleet),
    /// Whether it is killed at writes of components; another story has the same.
    has_components: bool,
    /// How the commit is made, as it is seen in a path; nothing where there is none to make.
    commit: Option<&'static str>,
    parts: &'static [Part],
}

/// A run of a bootstrap.
struct Part {
    /// How it ends when nobody disturbs it.
    exit_code: i32,
    /// What somebody does then.
    then: fn(&Fleet),
}

/// One run does everything.
const AT_ONCE: &[Part] = &[Part { exit_code: 0, then: |_| {} }];

/// One run proposes, and after the merge another one goes on.
const PROPOSED: &[Part] =
    &[Part { exit_code: 9, then: merge }, Part { exit_code: 0, then: |_| {} }];

fn merge(fleet: &Fleet) {
    fleet.github().merge_pull_request("acme", REPOSITORY, 1).unwrap();
}

impl Story {
    fn begin(&self) -> Fleet {
        let fleet = Fleet::of(Sandbox::builder());
        (self.prepare)(&fleet);
        fleet
    }

    fn arguments(&self, fleet: &Fleet) -> String {
        let certificate = fleet.sandbox.certificate_file().display().to_string();
        lean_arguments(fleet, &self.more.replace("[CA]", &certificate))
    }

    /// Kills it at every point, and compares what comes of it with what comes of an undisturbed run.
    fn survives_every_kill(&self) {
        let (expected, points) = self.undisturbed();
        let failures = at_each(&points, |point| self.converges(point, &expected));
        assert!(failures.is_empty(), "{} of {}: {failures:#?}", failures.len(), points.len());
    }

    /// What there is after each part when nobody disturbs it, and where it can be killed.
    fn undisturbed(&self) -> (Vec<Vec<String>>, Vec<Point>) {
        let (whole, mut expected, mut points) = (self.begin(), Vec::new(), Vec::new());
        let mut commits = 0;
        for (number, part) in self.parts.iter().enumerate() {
            whole.sandbox.recorder().clear();
            let run = whole.nigari(&self.arguments(&whole));
            assert_eq!(run.exit_code(), Some(part.exit_code), "{run}");
            let writes = whole.sandbox.recorder().writes();
            let is_commit =
                |write: &&Request| self.commit.is_some_and(|it| write.path.contains(it));
            commits += writes.iter().filter(is_commit).count();
            points.extend(self.points(&writes, number));
            expected.push(state(&whole));
            (part.then)(&whole);
        }
        assert_eq!(commits, usize::from(self.commit.is_some()), "committed by {:?}", self.commit);
        assert_eq!(left(&whole), [0, 0], "files left in the home folder and among temporary ones");
        whole.finish();
        (expected, points)
    }

    /// Both sides of the writes of an undisturbed run.
    fn points(&self, writes: &[Request], part: usize) -> Vec<Point> {
        let of = |double| writes.iter().filter(move |request| request.double == double);
        let numbered = |double| of(double).zip(1..).map(move |(request, n)| (double, n, request));
        let (components, others): (Vec<_>, Vec<_>) =
            numbered("github").chain(numbered("kube")).partition(|(.., it)| is_of_component(it));
        let stride = if wants_all() { 1 } else { STRIDE };
        let components = components.iter().step_by(stride).filter(|_| self.has_components);
        assert!(others.len() >= 3, "branch, commit and pull request, or objects: {writes:#?}");
        // What follows a merge is in other stories, apart from what GitHub gets to do with it.
        let is_elsewhere = |double| part > 0 && double == "kube" && !wants_all();
        let others = others.iter().filter(|(double, ..)| !is_elsewhere(*double));
        let chosen: Vec<_> = others.chain(components).collect();
        println!(
            "bootstrap {}, run {}: killed at {} of {} writes",
            self.more,
            part + 1,
            chosen.len(),
            writes.len()
        );
        let around = |&&(double, write, _): &&(&'static str, usize, &Request)| {
            ["before", "after"].map(|place| Point { part, double, place, write })
        };
        chosen.iter().flat_map(around).collect()
    }

    /// Kills it at one point and runs it again; what differs then, if anything does.
    fn converges(&self, point: &Point, expected: &[Vec<String>]) -> Result<(), String> {
        for _ in 0..TRIES {
            let fleet = self.begin();
            let mut reached = false;
            for (number, (part, expected)) in self.parts.iter().zip(expected).enumerate() {
                if number == point.part {
                    reached = self.killed(&fleet, point);
                    let search = fleet.canaries().search();
                    assert_eq!(fleet.leaks_into_files(&search), [""; 0], "{point:?}");
                }
                let run = fleet.nigari(&self.arguments(&fleet));
                if run.exit_code() != Some(part.exit_code) {
                    return Err(run.to_string());
                }
                if let Some(difference) = difference(&state(&fleet), expected) {
                    return Err(format!("{difference} after {run}"));
                }
                (part.then)(&fleet);
            }
            assert_eq!(left(&fleet), [0, 0], "{point:?}");
            fleet.finish();
            if reached {
                return Ok(());
            }
        }
        Err("it was never reached".to_owned())
    }

    /// Starts it and kills it at `point`; whether it came that far.
    fn killed(&self, fleet: &Fleet, Point { double, place, write, .. }: &Point) -> bool {
        let fault = format!("{double}.hold");
        fleet.sandbox.faults().arm(&format!("{fault}={place}:{write}")).unwrap();
        let mut child = fleet.start(&self.arguments(fleet));
        let is_there = || fleet.sandbox.faults().is_reached(&fault);
        let is_over = || is_there() || child.try_wait().unwrap().is_some();
        fleet.until_within(PATIENCE, "it sends that write", is_over);
        let reached = is_there();
        child.kill().unwrap();
        fleet.finished(child);
        fleet.sandbox.faults().clear(&fault);
        reached
    }
}

/// The arguments of a bootstrap with few components.
pub(crate) fn lean_arguments(fleet: &Fleet, more: &str) -> String {
    let components = "--components=source-controller,kustomize-controller";
    fleet.bootstrap_arguments(&format!("{components} --timeout=10m {more}"))
}

/// Tries every point, some at the same time; returns what went wrong, and where.
pub(crate) fn at_each<P: fmt::Debug + Sync>(
    points: &[P],
    attempt: impl Fn(&P) -> Result<(), String> + Sync,
) -> Vec<String> {
    let (next, failures) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    let work = || {
        while let Some(point) = points.get(next.fetch_add(1, Ordering::Relaxed)) {
            if let Err(failure) = attempt(point) {
                failures.lock().unwrap().push(format!("{point:?}: {failure}"));
            }
        }
    };
    thread::scope(|scope| [(); WORKERS].map(|()| scope.spawn(work)).map(drop));
    failures.into_inner().unwrap()
}

/// The first thing that is not as expected.
pub(crate) fn difference(found: &[String], expected: &[String]) -> Option<String> {
    let line = found.iter().zip(expected).find(|(found, wanted)| found != wanted);
    let missing = || (found.len() != expected.len()).then(|| format!("{found:#?}"));
    line.map(|line| format!("{line:#?}")).or_else(missing)
}

/// Whether a write is neither to GitHub nor of what only a bootstrap makes.
fn is_of_component(request: &Request) -> bool {
    let ours = ["/secrets/", "/gitrepositories/", "/kustomizations/"];
    request.double == "kube" && !ours.iter().any(|part| request.path.contains(part))
}

#[expect(
    clippy::disallowed_methods,
    reason = "a test has no Context to read the environment for it"
)]
pub(crate) fn wants_all() -> bool {
    std::env::var_os(KILLS).is_some_and(|kills| kills == "all")
}

/// What there is of repository and cluster, without what differs each time.
pub(crate) fn state(fleet: &Fleet) -> Vec<String> {
    let mut seen = vec![format!("{} repositories", repositories(fleet))];
    for branch in branches(fleet) {
        seen.push(format!("branch {branch}: {}", fleet.history(&branch)));
        seen.extend(files(fleet, &branch));
    }
    for pull in fleet.github().pull_requests("acme", REPOSITORY) {
        let (title, head, is_open) = (pull.title, pull.head, pull.is_open);
        seen.push(format!("pull request {title:?} of {head} open: {is_open}"));
    }
    let keys = fleet.deploy_keys();
    let titles: Vec<(&str, bool)> =
        keys.iter().map(|key| (key.title.as_str(), key.read_only)).collect();
    seen.push(format!("deploy keys {titles:?}"));
    let public = fleet.secret("identity.pub");
    let is_of_cluster = keys.iter().map(|key| public.as_deref().map(str::trim) == Some(&key.key));
    seen.push(format!("which the cluster has: {:?}", Vec::from_iter(is_of_cluster)));
    let given = fleet.sandbox.environment().into_iter().find(|(name, _)| name == "GITHUB_TOKEN");
    let is_given = fleet.secret("password") == given.map(|(_, token)| token);
    seen.push(format!("the cluster has the token: {is_given}"));
    seen.extend(crate::cluster(fleet).into_iter().map(|object| settled(object).to_string()));
    seen.extend(synced(fleet));
    let origin = fleet.sandbox.github_origin().trim_start_matches("https://");
    seen.iter().map(|line| line.replace(origin, "[GITHUB]")).collect()
}

/// How many files there are in the home folder and among the temporary ones.
pub(crate) fn left(fleet: &Fleet) -> [usize; 2] {
    let folders = [fleet.sandbox.home(), fleet.sandbox.temporary_folder()];
    folders.map(|folder| fs::read_dir(folder).unwrap().count())
}

/// What is stored otherwise than it is written: quantities (`1000m` and `1`, `1000` and `1k`), and references that
/// the API completes. Every apply takes it over, kustomize-controller's too, which may come before or after ours.
const TAKEN_OVER: [&str; 3] = ["f:hard", "f:limits", "f:valueFrom"];

/// An object of which nothing depends on who applied it last.
fn settled(mut object: Value) -> Value {
    let owners = object.pointer_mut("/metadata/managedFields").and_then(Value::as_array_mut);
    for owner in owners.into_iter().flatten() {
        forget_taken_over(&mut owner["fieldsV1"]);
    }
    object
}

fn forget_taken_over(fields: &mut Value) {
    let Some(fields) = fields.as_object_mut() else { return };
    fields.retain(|name, _| !TAKEN_OVER.contains(&name.as_str()));
    fields.values_mut().for_each(forget_taken_over);
}

/// How many repositories the owner has.
fn repositories(fleet: &Fleet) -> usize {
    let path = fleet.github().repository_path(fleet.sandbox.owner(), REPOSITORY).unwrap();
    fs::read_dir(path.parent().unwrap()).unwrap().count()
}

/// The files of a branch, each with its content.
fn files(fleet: &Fleet, branch: &str) -> Vec<String> {
    let git = fleet.git().unwrap();
    let tip = git.revparse_single(&format!("refs/heads/{branch}")).unwrap();
    let tree = tip.peel_to_tree().unwrap();
    let mut files = Vec::new();
    tree.walk(git2::TreeWalkMode::PreOrder, |folder, entry| {
        if let Ok(blob) = git.find_blob(entry.id()) {
            let text = String::from_utf8_lossy(blob.content());
            files.push(format!("{folder}{}: {text}", entry.name().unwrap()));
        }
        git2::TreeWalkResult::Ok
    })
    .unwrap();
    files
}

/// The sync objects and the names of what the Secret holds.
fn synced(fleet: &Fleet) -> Vec<String> {
    let kinds = [
        ("source.toolkit.fluxcd.io/v1", "GitRepository", "spec"),
        ("kustomize.toolkit.fluxcd.io/v1", "Kustomization", "spec"),
        ("v1", "Secret", "data"),
    ];
    let of_kind = |(api_version, kind, part): (&str, &'static str, &'static str)| {
        let objects = fleet.kube().list(api_version, kind).into_iter();
        objects.map(move |object| {
            let name = &object["metadata"]["name"];
            match kind {
                "Secret" => {
                    let keys = object[part].as_object().map(|data| Vec::from_iter(data.keys()));
                    format!("{kind} {name} {keys:?}")
                }
                _ => format!("{kind} {name} {}", object[part]),
            }
        })
    };
    kinds.into_iter().flat_map(of_kind).collect()
}

#[test]
fn with_a_repository_that_it_makes_and_a_deploy_key() {
    Story {
        more: "",
        prepare: |_| {},
        has_components: true,
        commit: Some("createCommitOnBranch"),
        parts: AT_ONCE,
    }
    .survives_every_kill();
}

#[test]
fn with_the_token_and_a_repository_that_is_there() {
    Story {
        more: "--token-auth --ca-file=[CA] --author-email=flux@acme.io",
        prepare: |fleet| fleet.create_repository(true),
        has_components: false,
        commit: Some("updateRefs"),
        parts: AT_ONCE,
    }
    .survives_every_kill();
}

#[test]
fn with_a_pull_request() {
    Story {
        more: "--pull-request=always",
        prepare: |fleet| fleet.create_repository(true),
        has_components: false,
        commit: Some("createCommitOnBranch"),
        parts: PROPOSED,
    }
    .survives_every_kill();
}

#[test]
fn with_a_pull_request_of_somebody_who_is_named() {
    Story {
        more: "--pull-request=always --token-auth --ca-file=[CA] --author-email=flux@acme.io",
        prepare: |fleet| fleet.create_repository(true),
        has_components: false,
        commit: Some("/git/commits"),
        parts: PROPOSED,
    }
    .survives_every_kill();
}

#[test]
fn of_a_deploy_key_that_is_rotated() {
    Story {
        more: "--rotate",
        prepare: |fleet| {
            let run = fleet.nigari(&lean_arguments(fleet, ""));
            assert_eq!(run.exit_code(), Some(0), "{run}");
            fleet.sandbox.recorder().clear();
        },
        has_components: false,
        commit: None,
        parts: AT_ONCE,
    }
    .survives_every_kill();
}
