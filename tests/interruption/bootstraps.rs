//! Bootstraps by programs that are killed before and after every write that they send: run again, repository
//! and cluster are what an undisturbed run makes of them, and nothing is there twice.

use std::fs;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use nigari_sandbox::recorder::Request;
use nigari_sandbox::sandbox::Sandbox;
use serde_json::Value;

use crate::fleet::{Fleet, REPOSITORY};

/// How many points are tried at the same time: part of each is waiting.
const WORKERS: usize = 3;

/// How often a point is tried again when the program had one write less to send: the cluster may have looked
/// by itself meanwhile.
const TRIES: usize = 5;

/// How long a program may take, on a machine that is busy with the other points, until it is at one.
const PATIENCE: Duration = Duration::from_secs(180);

/// Where a bootstrap is killed: before or after a write, which are counted from 1 for each double.
#[derive(Debug)]
struct Point {
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
}

impl Story {
    fn begin(&self) -> Fleet {
        let fleet = Fleet::of(Sandbox::builder());
        (self.prepare)(&fleet);
        fleet
    }

    fn arguments(&self, fleet: &Fleet) -> String {
        let certificate = fleet.sandbox.certificate_file().display().to_string();
        let more = self.more.replace("[CA]", &certificate);
        let components = "--components=source-controller,kustomize-controller";
        fleet.bootstrap_arguments(&format!("{components} --timeout=10m {more}"))
    }

    /// Kills it at every point, and compares what comes of it with what comes of an undisturbed run.
    fn survives_every_kill(&self) {
        let whole = self.begin();
        let run = whole.nigari(&self.arguments(&whole));
        assert_eq!(run.exit_code(), Some(0), "{run}");
        let (expected, points) = (state(&whole), self.points(&whole));
        whole.finish();

        let (next, failures) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
        let work = || {
            while let Some(point) = points.get(next.fetch_add(1, Ordering::Relaxed)) {
                if let Err(failure) = self.converges(point, &expected) {
                    failures.lock().unwrap().push(format!("{point:?}: {failure}"));
                }
            }
        };
        thread::scope(|scope| [(); WORKERS].map(|()| scope.spawn(work)).map(drop));
        let failures = failures.into_inner().unwrap();
        assert!(failures.is_empty(), "{} of {}: {failures:#?}", failures.len(), points.len());
    }

    /// Both sides of the writes of an undisturbed run.
    fn points(&self, whole: &Fleet) -> Vec<Point> {
        let writes = whole.sandbox.recorder().writes();
        let of = |double| writes.iter().filter(move |request| request.double == double);
        let numbered = |double| of(double).zip(1..).map(move |(request, n)| (double, n, request));
        let (components, others): (Vec<_>, Vec<_>) =
            numbered("github").chain(numbered("kube")).partition(|(.., it)| is_of_component(it));
        let stride = if wants_all() { 1 } else { STRIDE };
        let components = components.iter().step_by(stride).filter(|_| self.has_components);
        let chosen: Vec<_> = others.iter().chain(components).collect();
        assert!(chosen.len() >= 4, "a commit, a Secret and two objects: {writes:#?}");
        println!("bootstrap {}: killed at {} of {} writes", self.more, chosen.len(), writes.len());
        let around = |&&(double, write, _): &&(&'static str, usize, &Request)| {
            ["before", "after"].map(|place| Point { double, place, write })
        };
        chosen.iter().flat_map(around).collect()
    }

    /// Kills it at one point and runs it again; what differs then, if anything does.
    fn converges(&self, point: &Point, expected: &[String]) -> Result<(), String> {
        for _ in 0..TRIES {
            let fleet = self.begin();
            let reached = self.killed(&fleet, point);
            let again = fleet.nigari(&self.arguments(&fleet));
            if again.exit_code() != Some(0) {
                return Err(again.to_string());
            }
            let found = state(&fleet);
            fleet.finish();
            if let Some(line) = found.iter().zip(expected).find(|(found, wanted)| found != wanted) {
                return Err(format!("{line:#?} after {again}"));
            }
            if reached {
                return Ok(());
            }
        }
        Err("it was never reached".to_owned())
    }

    /// Starts it and kills it at `point`; whether it came that far.
    fn killed(&self, fleet: &Fleet, Point { double, place, write }: &Point) -> bool {
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

/// Whether a write is neither to GitHub nor of what only a bootstrap makes.
fn is_of_component(request: &Request) -> bool {
    let ours = ["/secrets/", "/gitrepositories/", "/kustomizations/"];
    request.double == "kube" && !ours.iter().any(|part| request.path.contains(part))
}

#[expect(
    clippy::disallowed_methods,
    reason = "a test has no Context to read the environment for it"
)]
fn wants_all() -> bool {
    std::env::var_os(KILLS).is_some_and(|kills| kills == "all")
}

/// What there is of repository and cluster, without what differs each time.
fn state(fleet: &Fleet) -> Vec<String> {
    let mut seen = vec![
        format!("{} repositories", repositories(fleet)),
        format!("branches {:?}", fleet.branches()),
        format!("{} pull requests", fleet.github().pull_requests("acme", REPOSITORY).len()),
        fleet.history("main"),
    ];
    seen.extend(files(fleet));
    let keys = fleet.deploy_keys();
    let titles: Vec<(&str, bool)> =
        keys.iter().map(|key| (key.title.as_str(), key.read_only)).collect();
    seen.push(format!("deploy keys {titles:?}"));
    let public = fleet.secret("identity.pub");
    let is_of_cluster = keys.iter().map(|key| public.as_deref().map(str::trim) == Some(&key.key));
    seen.push(format!("which the cluster has: {:?}", Vec::from_iter(is_of_cluster)));
    seen.extend(crate::cluster(fleet).iter().map(Value::to_string));
    seen.extend(synced(fleet));
    let left = [fleet.sandbox.home(), fleet.sandbox.temporary_folder()];
    let left = left.map(|folder| fs::read_dir(folder).unwrap().count());
    seen.push(format!("files left in the home folder and among the temporary ones: {left:?}"));
    let origin = fleet.sandbox.github_origin().trim_start_matches("https://");
    seen.iter().map(|line| line.replace(origin, "[GITHUB]")).collect()
}

/// How many repositories the owner has.
fn repositories(fleet: &Fleet) -> usize {
    let path = fleet.github().repository_path(fleet.sandbox.owner(), REPOSITORY).unwrap();
    fs::read_dir(path.parent().unwrap()).unwrap().count()
}

/// The files of the branch, each with its content.
fn files(fleet: &Fleet) -> Vec<String> {
    let git = fleet.git().unwrap();
    let tree = git.revparse_single("refs/heads/main").unwrap().peel_to_tree().unwrap();
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
    Story { more: "", prepare: |_| {}, has_components: true }.survives_every_kill();
}

#[test]
fn with_the_token_and_a_repository_that_is_there() {
    let prepare = |fleet: &Fleet| fleet.create_repository(true);
    let more = "--token-auth --ca-file=[CA] --author-email=flux@acme.io";
    Story { more, prepare, has_components: false }.survives_every_kill();
}
