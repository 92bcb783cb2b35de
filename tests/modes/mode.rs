//! A failure mode: a scenario that is run twice, with its fault and without.

use std::collections::BTreeSet;
use std::env;
use std::fs::OpenOptions;
use std::io::Write as _;

use serde_json::json;

use crate::support::{Cluster, Run};

/// Names the file to which every mode adds a line: its id, what is claimed, and both results.
const REPORT: &str = "NIGARI_MODES_REPORT";

/// What came of one run of a scenario.
#[derive(Clone, Debug)]
pub(crate) struct Seen {
    pub(crate) code: Option<i32>,
    /// Everything that was told.
    pub(crate) story: String,
    /// What was written to the cluster.
    pub(crate) writes: String,
    /// What was read, discovery left out.
    pub(crate) reads: Vec<String>,
}

impl Seen {
    pub(crate) fn of(cluster: &Cluster, run: Run) -> Self {
        let run = run.redacted();
        let (code, story) = (run.exit_code(), run.to_string());
        let reads = reads(cluster);
        Self { code, story, writes: cluster.writes(), reads }
    }

    /// What somebody notices of it.
    fn result(&self) -> (Option<i32>, &str, &str) {
        (self.code, &self.story, &self.writes)
    }

    /// The lines that begin with an error, its cause or a warning.
    pub(crate) fn cause(&self) -> String {
        let is_told = |line: &&str| {
            let line = line.trim_start();
            ["error: ", "cause: ", "⚠️ "].iter().any(|begin| line.starts_with(begin))
        };
        self.story.lines().filter(is_told).map(str::trim).collect::<Vec<_>>().join(" | ")
    }

    fn in_short(&self) -> String {
        let code = self.code.map_or_else(|| "killed".to_owned(), |code| format!("exit {code}"));
        match self.cause() {
            cause if cause.is_empty() => code,
            cause => format!("{code}: {cause}"),
        }
    }

    fn with_writes(&self) -> String {
        let paths: Vec<_> = self.writes.lines().filter_map(|line| line.split(' ').nth(1)).collect();
        format!("{}, wrote {}", self.in_short(), paths.join(", "))
    }

    /// It ended with this code and said this.
    #[track_caller]
    pub(crate) fn expect(&self, code: i32, words: &str) {
        assert_eq!(self.code, Some(code), "{}", self.story);
        assert!(self.cause().contains(words), "{words:?} is not in:\n{}", self.story);
    }

    /// It ended well and had nothing to tell.
    #[track_caller]
    pub(crate) fn expect_success(&self) {
        assert_eq!((self.code, self.cause().as_str()), (Some(0), ""), "{}", self.story);
    }
}

/// The lists and objects that were read, each path once.
fn reads(cluster: &Cluster) -> Vec<String> {
    let requests = cluster.0.recorder().all();
    let reads = requests.iter().filter(|request| request.method == "GET");
    let paths = reads.map(|request| request.path.split('?').next().unwrap_or_default());
    let is_discovery = |path: &&str| {
        let depth = if path.starts_with("/apis/") { 4 } else { 3 };
        path.matches('/').count() < depth
    };
    let in_short =
        |path: &str| path.rsplit_once("/namespaces/").map_or(path, |(_, path)| path).to_owned();
    let paths: BTreeSet<String> = paths.filter(|path| !is_discovery(path)).map(in_short).collect();
    paths.into_iter().collect()
}

/// Runs a scenario with its fault and without; the two must differ.
#[track_caller]
#[expect(
    clippy::disallowed_methods,
    reason = "a test has no Context to read the environment for it"
)]
pub(crate) fn compare(id: &str, claim: &str, scenario: impl Fn(bool) -> Seen) -> (Seen, Seen) {
    let (with, without) = (scenario(true), scenario(false));
    assert_ne!(with.result(), without.result(), "{id}: the fault changes nothing");
    if let Some(path) = env::var_os(REPORT) {
        let [mut told, mut untold] = [&with, &without].map(Seen::in_short);
        if told == untold {
            // What differs is what was written.
            (told, untold) = (with.with_writes(), without.with_writes());
        }
        let row = json!({"id": id, "claim": claim, "with": told, "without": untold});
        let mut report = OpenOptions::new().create(true).append(true).open(path).unwrap();
        report.write_all(format!("{row}\n").as_bytes()).unwrap();
    }
    (with, without)
}
