//! A failure mode: a scenario that is run twice, with its fault and without; on the sandbox's API, and the
//! same on a real control plane.

use std::env;
use std::fs::OpenOptions;
use std::io::Write as _;
use std::sync::Arc;
use std::thread;

use serde_json::{Value, json};

use crate::real::{self, Shared};
use crate::world::{Place, World};

/// Names the file to which every mode adds a line for each API: its id, what is claimed, and both results.
const REPORT: &str = "NIGARI_MODES_REPORT";

/// What came of one run of a scenario.
#[derive(Clone, Debug)]
pub(crate) struct Seen {
    /// On which API.
    pub(crate) api: &'static str,
    pub(crate) code: Option<i32>,
    /// Everything that was told.
    pub(crate) story: String,
    /// What was written to the cluster.
    pub(crate) writes: String,
    /// What was read, discovery left out.
    pub(crate) reads: Vec<String>,
}

impl Seen {
    /// What somebody notices of it; writes that go side by side have no order.
    fn result(&self) -> (Option<i32>, &str, Vec<&str>) {
        (self.code, &self.story, self.written())
    }

    /// The lines that begin with an error, its cause or a warning.
    pub(crate) fn cause(&self) -> String {
        let is_told = |line: &&str| {
            let line = line.trim_start();
            ["error: ", "cause: ", "✗ ", "⚠️ "].iter().any(|begin| line.starts_with(begin))
        };
        self.story.lines().filter(is_told).map(str::trim).collect::<Vec<_>>().join(" | ")
    }

    /// The paths that were written, sorted.
    pub(crate) fn written(&self) -> Vec<&str> {
        let paths = self.writes.lines().filter_map(|line| line.split(' ').nth(1));
        let mut paths: Vec<&str> = paths.collect();
        paths.sort_unstable();
        paths
    }

    /// How many writes there were to paths that hold this.
    pub(crate) fn writes_to(&self, path: &str) -> usize {
        self.written().iter().filter(|written| written.contains(path)).count()
    }

    fn in_short(&self) -> String {
        let code = self.code.map_or_else(|| "killed".to_owned(), |code| format!("exit {code}"));
        match self.cause() {
            cause if cause.is_empty() => code,
            cause => format!("{code}: {cause}"),
        }
    }

    /// With the beginning of the first line that the other one did not say.
    fn with_line_unlike(&self, other: &Self) -> String {
        let unlike = |line: &&str| other.story.lines().all(|said| said != *line);
        let line: String =
            self.story.lines().find(unlike).unwrap_or_default().chars().take(100).collect();
        format!("{}, said {line:?}", self.in_short())
    }

    /// With the writes that the other one did not send, or not so often.
    fn with_writes_unlike(&self, other: &Self) -> String {
        let mut theirs = other.written();
        let is_own = |path: &&str| match theirs.iter().position(|their| their == path) {
            Some(place) => {
                theirs.swap_remove(place);
                false
            }
            None => true,
        };
        let own: Vec<&str> = self.written().into_iter().filter(is_own).collect();
        match own.is_empty() {
            true => format!("{}, wrote nothing else", self.in_short()),
            false => format!("{}, wrote {}", self.in_short(), own.join(", ")),
        }
    }
}

/// What came of the same scenario on each API.
pub(crate) struct Runs(Vec<Seen>);

impl Runs {
    /// Each of them, for what only one mode asserts.
    pub(crate) fn each(&self) -> impl Iterator<Item = &Seen> {
        self.0.iter()
    }

    /// It ended with this code and said this.
    #[track_caller]
    pub(crate) fn expect(&self, code: i32, words: &str) {
        for seen in self.each() {
            assert_eq!(seen.code, Some(code), "on {}: {}", seen.api, seen.story);
            let cause = seen.cause();
            assert!(cause.contains(words), "{words:?} is not on {} in:\n{}", seen.api, seen.story);
        }
    }

    /// It ended well and had nothing to tell.
    #[track_caller]
    pub(crate) fn expect_success(&self) {
        for seen in self.each() {
            let ended = (seen.code, seen.cause());
            assert_eq!(ended, (Some(0), String::new()), "on {}: {}", seen.api, seen.story);
        }
    }

    /// It failed with these words alone, which explain themselves: nothing but these was read.
    #[track_caller]
    pub(crate) fn expect_alone(&self, words: &str, reads: &[&str]) {
        for seen in self.each() {
            let ended = (seen.code, seen.cause());
            assert_eq!(ended, (Some(1), words.to_owned()), "on {}: {}", seen.api, seen.story);
            assert_eq!(seen.reads, reads, "on {}: {}", seen.api, seen.story);
        }
    }

    /// It said this nowhere among errors and warnings.
    #[track_caller]
    pub(crate) fn expect_not_blamed(&self, words: &str) {
        for seen in self.each() {
            assert!(!seen.cause().contains(words), "on {}: {}", seen.api, seen.story);
        }
    }

    /// It said this somewhere.
    #[track_caller]
    pub(crate) fn expect_told(&self, words: &str) {
        for seen in self.each() {
            let is_told = seen.story.contains(words);
            assert!(is_told, "{words:?} is not on {} in:\n{}", seen.api, seen.story);
        }
    }

    /// These were its writes.
    #[track_caller]
    pub(crate) fn expect_writes(&self, writes: &str) {
        for seen in self.each() {
            assert_eq!(seen.writes, writes, "on {}: {}", seen.api, seen.story);
        }
    }

    /// These paths were written, each once.
    #[track_caller]
    pub(crate) fn expect_written(&self, paths: &[&str]) {
        for seen in self.each() {
            assert_eq!(seen.written(), paths, "on {}: {}", seen.api, seen.story);
        }
    }

    /// There were so many writes to paths that hold this.
    #[track_caller]
    pub(crate) fn expect_writes_to(&self, path: &str, count: usize) {
        for seen in self.each() {
            assert_eq!(seen.writes_to(path), count, "on {}: {}", seen.api, seen.writes);
        }
    }
}

/// Runs a scenario with its fault and without, on both APIs; the two must differ on each.
#[track_caller]
pub(crate) fn compare(
    id: &str,
    claim: &str,
    scenario: impl Fn(&World, bool) -> Seen + Sync,
) -> (Runs, Runs) {
    compare_on(real::shared(), id, claim, scenario)
}

#[track_caller]
fn compare_on(
    real: Result<Arc<Shared>, String>,
    id: &str,
    claim: &str,
    scenario: impl Fn(&World, bool) -> Seen + Sync,
) -> (Runs, Runs) {
    let scenario = |place: &Place, fault| scenario(&World::new(place), fault);
    match real {
        Ok(shared) => play(id, claim, &[Place::Sandbox, Place::Real(shared)], scenario),
        Err(reason) => {
            skip(id, claim, &reason);
            play(id, claim, &[Place::Sandbox], scenario)
        }
    }
}

/// The same with a real control plane that no other mode uses: its fault is seen by all who use it.
#[track_caller]
pub(crate) fn compare_unshared(
    id: &str,
    claim: &str,
    scenario: impl Fn(&World, bool) -> Seen + Sync,
) -> (Runs, Runs) {
    compare_on(real::unshared(), id, claim, scenario)
}

/// Tells that there is no real control plane for a mode, and why.
pub(crate) fn skip(id: &str, claim: &str, reason: &str) {
    report(&json!({"id": id, "api": real::NAME, "claim": claim, "skipped": reason}));
    println!("skipped on {}: {reason}", real::NAME);
}

/// Tells why a mode is not tried on a real control plane.
pub(crate) fn spare(id: &str, claim: &str, reason: &str) {
    report(&json!({"id": id, "api": real::NAME, "claim": claim, "impossible": reason}));
}

/// Runs a scenario with its fault and without, on the sandbox's API only: `reason` says why the fault cannot
/// be made on a real control plane.
#[track_caller]
pub(crate) fn compare_in_sandbox(
    id: &str,
    claim: &str,
    reason: &str,
    scenario: impl Fn(&World, bool) -> Seen + Sync,
) -> (Runs, Runs) {
    spare(id, claim, reason);
    let scenario = |place: &Place, fault| scenario(&World::new(place), fault);
    play(id, claim, &[Place::Sandbox], scenario)
}

/// Runs a scenario that brings its own place with its fault and without: `reason` says why that is never a
/// real control plane.
#[track_caller]
pub(crate) fn compare_alone(
    id: &str,
    claim: &str,
    reason: &str,
    scenario: impl Fn(bool) -> Seen + Sync,
) -> (Runs, Runs) {
    report(&json!({"id": id, "api": real::NAME, "claim": claim, "impossible": reason}));
    let (with, without) = thread::scope(|scope| {
        let [with, without] = [true, false].map(|fault| {
            let scenario = &scenario;
            scope.spawn(move || scenario(fault))
        });
        (vec![outcome(with)], vec![outcome(without)])
    });
    judge(id, claim, with, without)
}

/// Runs a scenario with its fault and without at each place; the two must differ at each.
#[track_caller]
pub(crate) fn play<P: Sync>(
    id: &str,
    claim: &str,
    places: &[P],
    run: impl Fn(&P, bool) -> Seen + Sync,
) -> (Runs, Runs) {
    // All at the same time: most of it is waiting.
    let (with, without) = thread::scope(|scope| {
        let run = &run;
        let start = |fault| {
            let start = |place| scope.spawn(move || run(place, fault));
            places.iter().map(start).collect::<Vec<_>>()
        };
        let (with, without) = (start(true), start(false));
        (with.into_iter().map(outcome).collect(), without.into_iter().map(outcome).collect())
    });
    judge(id, claim, with, without)
}

/// The two must differ on each API.
fn judge(id: &str, claim: &str, with: Vec<Seen>, without: Vec<Seen>) -> (Runs, Runs) {
    for (with, without) in with.iter().zip(&without) {
        let is_different = with.result() != without.result();
        assert!(is_different, "{id}: the fault changes nothing on {}", with.api);
        report(&row(id, claim, with, without));
    }
    (Runs(with), Runs(without))
}

/// What came of a thread; its panic is ours.
fn outcome(thread: thread::ScopedJoinHandle<'_, Seen>) -> Seen {
    thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
}

fn row(id: &str, claim: &str, with: &Seen, without: &Seen) -> Value {
    let [mut told, mut untold] = [with, without].map(Seen::in_short);
    if told == untold {
        // What differs is what was written, or what was said in passing.
        (told, untold) = match with.written() == without.written() {
            false => (with.with_writes_unlike(without), without.with_writes_unlike(with)),
            true => (with.with_line_unlike(without), without.with_line_unlike(with)),
        };
    }
    json!({"id": id, "api": with.api, "claim": claim, "with": told, "without": untold})
}

#[expect(
    clippy::disallowed_methods,
    reason = "a test has no Context to read the environment for it"
)]
fn report(row: &Value) {
    if let Some(path) = env::var_os(REPORT) {
        let mut report = OpenOptions::new().create(true).append(true).open(path).unwrap();
        report.write_all(format!("{row}\n").as_bytes()).unwrap();
    }
}
