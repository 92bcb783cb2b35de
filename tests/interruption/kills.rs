//! Commits and pull requests by programs that are killed before and after every write that they send: run
//! again, there is one commit, one branch and one pull request, with what an undisturbed run would have
//! made.
//!
//! One fleet serves all points of a story: each point has a name of its own, and what came of it is compared
//! with that name taken out.

use std::fmt;

use nigari_test_support::fleet::{Fleet, REPOSITORY};

/// How often a point is tried again when the program had one write less to send: the cluster may have looked
/// by itself meanwhile.
const TRIES: usize = 5;

/// A write that a program is killed at, counted from 1 for each double.
struct Point {
    double: &'static str,
    place: &'static str,
    write: usize,
}

impl fmt::Display for Point {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}-{}", self.double, self.place, self.write)
    }
}

/// What a user types, with `[NAME]` for what differs at each point.
struct Story {
    command: &'static str,
    /// How it ends when nobody disturbs it.
    exit_code: i32,
    /// The object that it brings to the cluster; a proposal brings none.
    object: Option<[&'static str; 3]>,
}

/// The branches, sorted.
pub(crate) fn branches(fleet: &Fleet) -> Vec<String> {
    let git = fleet.git().expect("the repository exists");
    let branches = git.branches(Some(git2::BranchType::Local)).unwrap();
    let name = |branch: git2::Branch<'_>| branch.name().unwrap().unwrap().to_owned();
    let mut names: Vec<String> = branches.map(|branch| name(branch.unwrap().0)).collect();
    names.sort();
    names
}

/// What the commits of a branch have brought since commit `since`: the subject of each, oldest first, then
/// each line that went or came, with its file.
fn brought(fleet: &Fleet, branch: &str, since: &str) -> Vec<String> {
    let git = fleet.git().expect("the repository exists");
    let since = git2::Oid::from_str(since).unwrap();
    let mut walk = git.revwalk().unwrap();
    walk.push_ref(&format!("refs/heads/{branch}")).unwrap();
    walk.hide(since).unwrap();
    walk.set_sorting(git2::Sort::TOPOLOGICAL | git2::Sort::REVERSE).unwrap();
    let subject = |commit| git.find_commit(commit).unwrap().summary().unwrap().unwrap().to_owned();
    let mut brought: Vec<String> = walk.map(|commit| subject(commit.unwrap())).collect();
    let tree = |name: &str| git.revparse_single(name).unwrap().peel_to_tree().unwrap();
    let (before, after) = (tree(&since.to_string()), tree(&format!("refs/heads/{branch}")));
    let mut options = git2::DiffOptions::new();
    options.context_lines(0);
    let difference =
        git.diff_tree_to_tree(Some(&before), Some(&after), Some(&mut options)).unwrap();
    let print =
        |delta: git2::DiffDelta<'_>, _: Option<git2::DiffHunk<'_>>, line: git2::DiffLine<'_>| {
            if matches!(line.origin(), '+' | '-') {
                let path = delta.new_file().path().unwrap().display();
                let text = String::from_utf8_lossy(line.content());
                brought.push(format!("{path}: {}{}", line.origin(), text.trim_end()));
            }
            true
        };
    difference.print(git2::DiffFormat::Patch, print).unwrap();
    brought
}

/// What there is of a repository before a point.
struct Before {
    head: String,
    branches: Vec<String>,
    proposed: usize,
}

impl Before {
    fn of(fleet: &Fleet) -> Self {
        let head = fleet.head("main").unwrap();
        Self { head, branches: branches(fleet), proposed: proposed(fleet) }
    }
}

fn proposed(fleet: &Fleet) -> usize {
    fleet.github().pull_requests("acme", REPOSITORY).len()
}

impl Story {
    fn command(&self, name: &str) -> String {
        self.command.replace("[NAME]", name)
    }

    /// Kills it at every point, and compares what comes of it with what comes of an undisturbed run.
    fn survives_every_kill(&self) {
        let fleet = Fleet::bootstrapped();
        let (expected, points) = self.undisturbed(&fleet);
        println!("{}: killed at {} points", self.command, points.len());
        for point in &points {
            let reached = (0..TRIES).any(|number| {
                let name = format!("{point}-{number}");
                let before = Before::of(&fleet);
                let reached = self.killed(&fleet, point, &name);
                let again = fleet.nigari(&self.command(&name));
                assert_eq!(again.exit_code(), Some(self.exit_code), "{name}: {again}");
                assert_eq!(self.outcome(&fleet, &before, &name), expected, "{name}: {again}");
                reached
            });
            assert!(reached, "{point} was never reached");
        }
        fleet.finish();
    }

    /// What comes of it when nobody disturbs it, and where it could be disturbed; the first one of all makes
    /// files that later ones only add to.
    fn undisturbed(&self, fleet: &Fleet) -> (Vec<String>, Vec<Point>) {
        let before = Before::of(fleet);
        let run = fleet.nigari(&self.command("first"));
        assert_eq!(run.exit_code(), Some(self.exit_code), "{run}");
        self.outcome(fleet, &before, "first");
        let before = Before::of(fleet);
        fleet.sandbox.recorder().clear();
        let run = fleet.nigari(&self.command("whole"));
        assert_eq!(run.exit_code(), Some(self.exit_code), "{run}");
        let writes = fleet.sandbox.recorder().writes();
        let outcome = self.outcome(fleet, &before, "whole");
        let around = |double: &'static str, write| {
            ["before", "after"].map(|place| Point { double, place, write })
        };
        let points = ["github", "kube"].into_iter().flat_map(|double| {
            let count = writes.iter().filter(|request| request.double == double).count();
            (1..=count).flat_map(move |write| around(double, write))
        });
        let points: Vec<Point> = points.collect();
        assert!(points.len() >= 6, "objects, a commit and a branch: {writes:#?}");
        (outcome, points)
    }

    /// Starts it and kills it at `point`; whether it came that far.
    fn killed(&self, fleet: &Fleet, point: &Point, name: &str) -> bool {
        let Point { double, place, write } = point;
        let fault = format!("{double}.hold");
        fleet.sandbox.faults().arm(&format!("{fault}={place}:{write}")).unwrap();
        let mut child = fleet.start(&self.command(name));
        let is_there = || fleet.sandbox.faults().is_reached(&fault);
        fleet.until("it sends that write", || is_there() || child.try_wait().unwrap().is_some());
        let reached = is_there();
        child.kill().unwrap();
        fleet.finished(child);
        fleet.sandbox.faults().clear(&fault);
        reached
    }

    /// What has come of it: branches, commits with their files, pull requests and the object, without the
    /// name.
    fn outcome(&self, fleet: &Fleet, before: &Before, name: &str) -> Vec<String> {
        let mut seen = Vec::new();
        for branch in branches(fleet).into_iter().filter(|it| !before.branches.contains(it)) {
            seen.push(format!("branch with {:?}", brought(fleet, &branch, &before.head)));
        }
        let proposed = fleet.github().pull_requests("acme", REPOSITORY).split_off(before.proposed);
        for pull in &proposed {
            seen.push(format!("pull request {:?} open: {}", pull.title, pull.is_open));
        }
        seen.push(format!("main with {:?}", brought(fleet, "main", &before.head)));
        if let Some([api_version, kind, object]) = self.object {
            let found = fleet.object(api_version, kind, &object.replace("[NAME]", name));
            seen.push(format!("{kind} {}", found.expect("it is on the cluster")["spec"]));
        }
        for pull in &proposed {
            // What is proposed at the next point is not to meet it.
            fleet.github().merge_pull_request("acme", REPOSITORY, pull.number).unwrap();
        }
        seen.iter().map(|line| line.replace(name, "[NAME]")).collect()
    }
}

#[test]
fn an_object_that_is_committed() {
    Story {
        command: "create source helm [NAME] --url=oci://localhost:1/charts --commit",
        exit_code: 0,
        object: Some(["source.toolkit.fluxcd.io/v1", "HelmRepository", "[NAME]"]),
    }
    .survives_every_kill();
}

#[test]
fn an_object_that_is_proposed() {
    Story {
        command: "create source helm [NAME] --url=oci://localhost:1/charts --pull-request",
        exit_code: 9,
        object: None,
    }
    .survives_every_kill();
}

#[test]
fn a_layout_that_is_committed() {
    Story {
        command: "init --environments=production --infrastructure=[NAME] --apps=apps-[NAME] --commit",
        exit_code: 0,
        object: Some(["kustomize.toolkit.fluxcd.io/v1", "Kustomization", "apps-[NAME]"]),
    }
    .survives_every_kill();
}

#[test]
fn a_layout_that_is_proposed() {
    Story {
        command:
            "init --environments=production --infrastructure=[NAME] --apps=apps-[NAME] --pull-request",
        exit_code: 9,
        object: None,
    }
    .survives_every_kill();
}
