//! The programs of the real control plane: found or made before the tests, which only use what is there.

use std::process::{Command, Output};

use anyhow::{Context as _, Result, bail};

/// Finds the programs. They are built only where `NIGARI_REQUIRE_CLUSTER=1` asks for them: that takes
/// about ten minutes, once, and needs Go. Says what the tests use.
///
/// # Errors
/// When they were asked for and cannot be had.
pub(crate) fn prepare() -> Result<String> {
    // Only the default members: this program must not be replaced while it runs.
    let status = Command::new("cargo")
        .args(["build", "--quiet", "--bins"])
        .current_dir(crate::root()?)
        .status()
        .context("cannot start cargo")?;
    if !status.success() {
        bail!("the programs of the workspace cannot be built");
    }
    if is_required() {
        let status = testcluster()?.arg("build").status().context("cannot start testcluster")?;
        if !status.success() {
            bail!("testcluster build ended with {status}");
        }
    }
    let at_hand = testcluster()?.arg("env").output().context("cannot start testcluster")?;
    if !at_hand.status.success() {
        return Ok("not there, see below".to_owned());
    }
    Ok(story(&at_hand))
}

/// Why the tests of the real control plane were skipped, if they were.
pub(crate) fn missing() -> Result<Option<String>> {
    let output = testcluster()?.arg("env").output().context("cannot start testcluster")?;
    Ok((!output.status.success()).then(|| story(&output)))
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
