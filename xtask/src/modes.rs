//! `cargo xtask modes`: the known failure modes, and what nigari does with each fault and without it.

use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Result, bail};
use serde_json::Value;

use crate::say;

/// Names the file to which every test of a mode adds a line.
pub(crate) const REPORT: &str = "NIGARI_MODES_REPORT";

/// The modes of reconciling, waiting, watching and reading that there are to be tests for: `R1` to `R20`.
const RUNNING: std::ops::RangeInclusive<u32> = 1..=20;

/// The modes of plans that there are to be tests for.
const PLANS: std::ops::RangeInclusive<u32> = 1..=13;

/// The modes of bootstrap that there are to be tests for.
const BOOTSTRAP: std::ops::RangeInclusive<u32> = 1..=27;

/// The faults of GitHub that there are to be tests for.
const GITHUB: std::ops::RangeInclusive<u32> = 1..=25;

/// The letters that ids begin with, in the order in which they are told, and the numbers that follow.
const IDS: [(char, std::ops::RangeInclusive<u32>); 4] =
    [('R', RUNNING), ('P', PLANS), ('B', BOOTSTRAP), ('F', GITHUB)];

/// The ids of all modes that there are to be tests for.
fn known() -> impl Iterator<Item = String> {
    IDS.into_iter().flat_map(|(letter, numbers)| numbers.map(move |n| format!("{letter}{n}")))
}

/// How the tests call the API that the sandbox does not bring itself.
const REAL: &str = "a real control plane";

/// What became of one test of a mode on one API.
#[derive(Clone)]
struct Row {
    id: String,
    api: String,
    claim: String,
    outcome: Outcome,
}

#[derive(Clone, PartialEq, Eq)]
enum Outcome {
    /// What came of it with the fault and without.
    Seen { with: String, without: String },
    /// The fault cannot be made on this API; why not.
    Impossible(String),
    /// This API is not there today; why not.
    Skipped(String),
}

/// Runs the tests of all modes and prints what they found.
///
/// # Errors
/// When a test fails, a fault changes nothing, or a mode has neither a test nor a reason.
pub(crate) fn run() -> Result<()> {
    let folder = tempfile::tempdir().context("cannot make a folder for the report")?;
    let report = folder.path().join("modes");
    let mut command = Command::new("cargo");
    command.args(["test", "--package", "nigari", "--test", "modes"]).env(REPORT, &report);
    let status = command.current_dir(crate::root()?).status().context("cannot start cargo")?;
    let rows = read(&report)?;
    table(&rows).iter().for_each(|line| say(line));
    say(&summary(&rows)?);
    if !status.success() {
        bail!("some tests failed; their names are above");
    }
    Ok(())
}

/// What the report of a test run says, in a few words.
///
/// # Errors
/// When there is no report, a fault changes nothing, or a mode has neither a test nor a reason.
pub(crate) fn outcome(report: &Path) -> Result<String> {
    summary(&read(report)?)
}

/// The rows, those of one test after each other and the sandbox's first.
fn read(report: &Path) -> Result<Vec<Row>> {
    let text = std::fs::read_to_string(report).context("no test of a mode has run")?;
    let mut rows: Vec<Row> = text.lines().map(Row::parse).collect::<Result<_>>()?;
    rows.sort_by_key(|row| (row.place(), row.claim.clone(), row.is_real()));
    Ok(rows)
}

impl Row {
    fn parse(line: &str) -> Result<Self> {
        let row: Value = serde_json::from_str(line).context("the report holds no JSON")?;
        let text = |key: &str| row[key].as_str().map(str::to_owned);
        let outcome = match (text("impossible"), text("skipped")) {
            (Some(reason), _) => Outcome::Impossible(reason),
            (_, Some(reason)) => Outcome::Skipped(reason),
            _ => Outcome::Seen {
                with: text("with").unwrap_or_default(),
                without: text("without").unwrap_or_default(),
            },
        };
        let [id, api, claim] = ["id", "api", "claim"].map(|key| text(key).unwrap_or_default());
        Ok(Self { id, api, claim, outcome })
    }

    /// Where it stands among the others: by the first letter, then by number.
    fn place(&self) -> (usize, u32) {
        let letter = IDS.iter().position(|(letter, _)| self.id.starts_with(*letter));
        let number = self.id.trim_start_matches(char::is_alphabetic);
        (letter.unwrap_or(IDS.len()), number.parse().unwrap_or(u32::MAX))
    }

    fn is_real(&self) -> bool {
        self.api == REAL
    }

    /// Why its API was not there, if it was not.
    fn skipped(&self) -> Option<&str> {
        match &self.outcome {
            Outcome::Skipped(reason) => Some(reason),
            Outcome::Seen { .. } | Outcome::Impossible(_) => None,
        }
    }
}

/// What is printed of each test: its claim, what came of it, and on the real control plane what is not the
/// same there.
fn table(rows: &[Row]) -> Vec<String> {
    let mut lines = Vec::new();
    let mut before: Option<&Row> = None;
    for row in rows {
        let of_same_test = before.filter(|before| row.is_real() && before.claim == row.claim);
        if of_same_test.is_none() {
            lines.push(format!("{:4} {}", row.id, row.claim));
        }
        let place = if row.is_real() { format!("on {REAL} ") } else { String::new() };
        match &row.outcome {
            same if of_same_test.is_some_and(|before| before.outcome == *same) => {
                lines.push(format!("       on {REAL} the same"));
            }
            Outcome::Seen { with, without } => {
                lines.push(format!("       {place}with the fault   {with}"));
                lines.push(format!("       {place}without          {without}"));
            }
            Outcome::Impossible(reason) => {
                lines.push(format!("       not {place}because {reason}"))
            }
            Outcome::Skipped(reason) => {
                lines.push(format!("       skipped {place}because {reason}"))
            }
        }
        before = Some(row);
    }
    lines
}

/// How many tests there are; of each API, which modes it has.
fn summary(rows: &[Row]) -> Result<String> {
    if rows.is_empty() {
        bail!("no test of a mode has run");
    }
    let is_same =
        |row: &&Row| matches!(&row.outcome, Outcome::Seen { with, without } if with == without);
    if let Some(same) = rows.iter().find(is_same) {
        bail!("{}: the fault changes nothing on {}: {}", same.id, same.api, same.claim);
    }
    let (real, sandbox): (Vec<&Row>, Vec<&Row>) = rows.iter().partition(|row| row.is_real());
    require_all(&sandbox, "the sandbox's API")?;
    let summary = format!(
        "{} tests of {} modes, each differs without its fault",
        sandbox.len(),
        known().count()
    );
    if let Some(reason) = real.iter().find_map(|row| row.skipped()) {
        return Ok(format!("{summary}; skipped on {REAL}: {reason}"));
    }
    require_all(&real, REAL)?;
    let seen = real.iter().filter(|row| matches!(row.outcome, Outcome::Seen { .. })).count();
    Ok(format!("{summary}; {seen} of them on {REAL} too"))
}

/// Fails when a mode has neither a test on an API nor a reason why it cannot have one.
fn require_all(rows: &[&Row], api: &str) -> Result<()> {
    let is_absent = |id: &String| rows.iter().all(|row| row.id != *id);
    let absent: Vec<String> = known().filter(is_absent).collect();
    if !absent.is_empty() {
        bail!("neither a test nor a reason on {api}: {}", absent.join(", "));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(id: &str, api: &str, outcome: &[(&str, &str)]) -> Row {
        let mut line = serde_json::json!({"id": id, "api": api, "claim": "a"});
        for (key, value) in outcome {
            line[*key] = serde_json::json!(value);
        }
        Row::parse(&line.to_string()).expect("a row")
    }

    const DIFFERS: &[(&str, &str)] = &[("with", "exit 1"), ("without", "exit 0")];

    fn rows(api: &str, outcome: &[(&str, &str)]) -> Vec<Row> {
        known().map(|id| row(&id, api, outcome)).collect()
    }

    fn told(rows: &[Vec<Row>]) -> String {
        summary(&rows.concat()).unwrap_or_else(|error| error.to_string())
    }

    #[test]
    fn each_mode_is_on_both_apis_or_says_why_not() {
        let (sandbox, mut real) = (rows("the sandbox's API", DIFFERS), rows(REAL, DIFFERS));
        let all = "85 tests of 85 modes, each differs without its fault";
        let both = [sandbox.clone(), real.clone()];
        assert_eq!(told(&both), format!("{all}; 85 of them on {REAL} too"));
        real[4] = row("R5", REAL, &[("impossible", "nobody can")]);
        let but_one = [sandbox.clone(), real.clone()];
        assert_eq!(told(&but_one), format!("{all}; 84 of them on {REAL} too"));
        real.remove(4);
        let absent = format!("neither a test nor a reason on {REAL}: R5");
        assert_eq!(told(&[sandbox.clone(), real]), absent);
        let absent = "neither a test nor a reason on the sandbox's API: R1";
        assert_eq!(told(&[sandbox[1..].to_vec(), rows(REAL, DIFFERS)]), absent);
        let skipped = rows(REAL, &[("skipped", "there is no Go")]);
        assert_eq!(told(&[sandbox, skipped]), format!("{all}; skipped on {REAL}: there is no Go"));
        assert!(summary(&[]).is_err());
    }

    #[test]
    fn a_fault_that_changes_nothing_is_a_failure() {
        let same = row("R1", REAL, &[("with", "exit 1"), ("without", "exit 1")]);
        let expected = format!("R1: the fault changes nothing on {REAL}: a");
        assert_eq!(told(&[rows("the sandbox's API", DIFFERS), vec![same]]), expected);
    }

    #[test]
    fn what_is_the_same_on_both_apis_is_told_once() {
        let sandbox = row("R1", "the sandbox's API", DIFFERS);
        let (with, without) = ("       with the fault   exit 1", "       without          exit 0");
        let same = table(&[sandbox.clone(), row("R1", REAL, DIFFERS)]);
        assert_eq!(same, ["R1   a", with, without, "       on a real control plane the same"]);
        let reason = row("R1", REAL, &[("impossible", "nobody can")]);
        let last = "       not on a real control plane because nobody can";
        assert_eq!(table(&[sandbox, reason]), ["R1   a", with, without, last]);
        assert_eq!(row("R13", REAL, DIFFERS).place(), (0, 13));
        assert_eq!(row("F2", REAL, DIFFERS).place(), (3, 2));
    }
}
