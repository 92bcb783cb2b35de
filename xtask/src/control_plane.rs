//! The programs of the real control plane: made before the tests, which only use what is there.

use std::process::{Command, Output};

use anyhow::{Context as _, Result, bail};

/// What `testcluster` ends with when this machine can have no control plane.
const UNAVAILABLE: i32 = 2;

/// Makes the programs, unless they are there; says what the tests use.
///
/// # Errors
/// When they can be built and are not, or when they cannot be had and `NIGARI_REQUIRE_CLUSTER=1`
/// asks for them.
pub(crate) fn build() -> Result<String> {
    let status = Command::new("cargo")
        .args(["build", "--quiet", "--workspace", "--bins"])
        .current_dir(crate::root()?)
        .status()
        .context("cannot start cargo")?;
    if !status.success() {
        bail!("the programs of the workspace cannot be built");
    }
    let status = testcluster()?.arg("build").status().context("cannot start testcluster")?;
    match status.code() {
        Some(0) => Ok(story(&testcluster()?.arg("env").output()?)),
        Some(UNAVAILABLE) if !is_required() => Ok("not on this machine, see below".to_owned()),
        _ => bail!("testcluster build ended with {status}"),
    }
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
