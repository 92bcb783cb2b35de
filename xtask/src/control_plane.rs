//! The programs of the real control plane: found or made before the tests, which only use what is there.

use std::process::{Command, Output};

use anyhow::{Context as _, Result, bail};

use crate::tools;

/// Finds the programs. They are built only where `NIGARI_REQUIRE_CLUSTER=1` asks for them: that takes
/// about ten minutes, once, and needs Go. Says what the tests use.
///
/// # Errors
/// When they were asked for and cannot be had.
pub(crate) fn prepare() -> Result<String> {
    if is_required() {
        let status = testcluster()?.arg("build").status().context("cannot start testcluster")?;
        if !status.success() {
            bail!("testcluster build ended with {status}");
        }
    }
    let at_hand = at_hand()?;
    if !at_hand.status.success() {
        return Ok("not there, see below".to_owned());
    }
    Ok(story(&at_hand))
}

/// What was skipped for want of a program, each with its reason.
pub(crate) fn skipped() -> Result<Vec<String>> {
    let at_hand = at_hand()?;
    let reason = story(&at_hand);
    if !at_hand.status.success() {
        return Ok(vec![format!("real control plane: {reason}")]);
    }
    let programs = String::from_utf8_lossy(&at_hand.stdout);
    let has = |program: &str| programs.lines().any(|path| path.ends_with(program));
    let mut skipped = Vec::new();
    if !has("kube-controller-manager") {
        let reason = reason.rsplit("; ").next().unwrap_or_default();
        skipped.push(format!("what real controllers do: {reason}"));
    }
    if !has("kube-scheduler") {
        skipped.push("what a real scheduler does: there is no kube-scheduler".to_owned());
    }
    if !has("kubectl") && !tools::answers("kubectl", &["version", "--client"]) {
        skipped.push("the sandbox's API driven by a stock kubectl: there is none".to_owned());
    }
    Ok(skipped)
}

/// Which programs `testcluster` would use: on standard output their paths, on standard error why.
fn at_hand() -> Result<Output> {
    testcluster()?.arg("env").output().context("cannot start testcluster")
}

/// What it said, in one line.
fn story(output: &Output) -> String {
    let story = String::from_utf8_lossy(&output.stderr);
    let lines: Vec<&str> = story.lines().map(|line| line.trim_start_matches("error: ")).collect();
    lines.join("; ")
}

fn testcluster() -> Result<Command> {
    let own = std::env::current_exe().context("cannot find the running program")?;
    let folder = own.parent().context("a program lies in a folder")?;
    Ok(Command::new(folder.join("testcluster")))
}

#[expect(
    clippy::disallowed_methods,
    reason = "a task has no Context to read the environment for it"
)]
fn is_required() -> bool {
    std::env::var_os("NIGARI_REQUIRE_CLUSTER").is_some_and(|value| value == "1")
}
