//! The start of the program: what every call pays.

use std::path::PathBuf;
use std::process::Command;

use anyhow::Result;

use crate::process::{Programs, measured, middle};
use crate::report::{Report, mebibytes, milliseconds, ratio};

const RUNS: usize = 51;

/// `--version` asks nobody, so it is the start and nothing else.
///
/// # Errors
/// When a program fails.
pub(crate) fn run(programs: &Programs) -> Result<()> {
    let mut report = Report::new(
        &format!("Start: --version, the middle of {RUNS} runs"),
        &["program", "wall", "of nigari's", "CPU", "memory", "size"],
    );
    let version =
        |program: &PathBuf, word: &str| measured(|bench| Command::new(bench), program, [word]);
    let ours = middle(RUNS, || version(&programs.nigari, "--version"))?;
    let flux = programs.flux.as_ref().map(|flux| ("flux", flux, "--version"));
    let kubectl = programs.kubectl.as_ref().map(|kubectl| ("kubectl", kubectl, "--help"));
    let all = [Some(("nigari", &programs.nigari, "--version")), flux, kubectl];
    for (name, program, word) in all.into_iter().flatten() {
        let cost = middle(RUNS, || version(program, word))?;
        report.row([
            name.to_owned(),
            milliseconds(cost.wall),
            ratio(cost.wall, ours.wall),
            milliseconds(cost.cpu),
            mebibytes(cost.peak_bytes),
            mebibytes(program.metadata()?.len()),
        ]);
    }
    report.print();
    Ok(())
}
