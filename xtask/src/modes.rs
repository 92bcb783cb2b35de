//! `cargo xtask modes`: the known failure modes, and what nigari does with each fault and without it.

use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Result, bail};
use serde_json::Value;

use crate::say;

/// Names the file to which every test of a mode adds a line.
pub(crate) const REPORT: &str = "NIGARI_MODES_REPORT";

/// The modes that there are to be tests for: `R1` to `R14`.
const KNOWN: std::ops::RangeInclusive<u32> = 1..=14;

/// One test of a mode.
struct Row {
    id: String,
    claim: String,
    with: String,
    without: String,
}

/// Runs the tests of all modes and prints what they found.
///
/// # Errors
/// When a test fails, or a fault changes nothing.
pub(crate) fn run() -> Result<()> {
    let folder = tempfile::tempdir().context("cannot make a folder for the report")?;
    let report = folder.path().join("modes");
    let mut command = Command::new("cargo");
    command.args(["test", "--package", "nigari", "--test", "modes"]).env(REPORT, &report);
    let status = command.current_dir(crate::root()?).status().context("cannot start cargo")?;
    let rows = read(&report)?;
    for row in &rows {
        say(&format!("{:4} {}", row.id, row.claim));
        say(&format!("       with the fault   {}", row.with));
        say(&format!("       without          {}", row.without));
    }
    say(&summary(&rows)?);
    if !status.success() {
        bail!("some tests failed; their names are above");
    }
    Ok(())
}

/// What the report of a test run says, in a few words.
///
/// # Errors
/// When there is no report, or a fault changes nothing.
pub(crate) fn outcome(report: &Path) -> Result<String> {
    summary(&read(report)?)
}

fn read(report: &Path) -> Result<Vec<Row>> {
    let text = std::fs::read_to_string(report).context("no test of a mode has run")?;
    let mut rows: Vec<Row> = text.lines().map(Row::parse).collect::<Result<_>>()?;
    rows.sort_by_key(|row| (row.number(), row.claim.clone()));
    Ok(rows)
}

impl Row {
    fn parse(line: &str) -> Result<Self> {
        let row: Value = serde_json::from_str(line).context("the report holds no JSON")?;
        let text = |key: &str| row[key].as_str().unwrap_or_default().to_owned();
        Ok(Self {
            id: text("id"),
            claim: text("claim"),
            with: text("with"),
            without: text("without"),
        })
    }

    fn number(&self) -> u32 {
        self.id.trim_start_matches(char::is_alphabetic).parse().unwrap_or(u32::MAX)
    }
}

fn summary(rows: &[Row]) -> Result<String> {
    if rows.is_empty() {
        bail!("no test of a mode has run");
    }
    if let Some(same) = rows.iter().find(|row| row.with == row.without) {
        bail!("{}: the fault changes nothing: {}", same.id, same.claim);
    }
    let absent: Vec<String> = KNOWN
        .map(|number| format!("R{number}"))
        .filter(|id| rows.iter().all(|row| row.id != *id))
        .collect();
    let covered = KNOWN.count() - absent.len();
    let mut summary =
        format!("{} tests of {covered} modes, each differs without its fault", rows.len());
    if !absent.is_empty() {
        summary += &format!("; none yet of {}", absent.join(", "));
    }
    Ok(summary)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(id: &str, claim: &str) -> Row {
        let line =
            serde_json::json!({"id": id, "claim": claim, "with": "exit 1", "without": "exit 0"});
        Row::parse(&line.to_string()).expect("a row")
    }

    #[test]
    fn counts_tests_and_modes() {
        let rows: Vec<Row> = (2..=14).map(|number| row(&format!("R{number}"), "a")).collect();
        let expected = "13 tests of 13 modes, each differs without its fault; none yet of R1";
        assert_eq!(summary(&rows).expect("rows"), expected);
        assert!(summary(&[]).is_err());
        let same = Row { without: "exit 1".to_owned(), ..row("R1", "a") };
        assert!(summary(&[same]).is_err());
        assert_eq!(row("R13", "").number(), 13);
    }
}
