//! `cargo xtask tour`: the story, played by the real binary in a sandbox.

use std::process::Command;

use anyhow::{Context as _, Result, bail};

use crate::{say, tools};

/// Builds, starts a sandbox, and plays the story in it.
pub(crate) fn run(record: bool) -> Result<()> {
    tools::require()?;
    let root = crate::root()?;
    say("building nigari and its sandbox");
    // Only the default members: this program must not be replaced while it runs.
    let built = Command::new("cargo")
        .args(["build", "--quiet", "--bins"])
        .current_dir(root)
        .status()
        .context("cannot start cargo")?;
    if !built.success() {
        bail!("the build failed");
    }
    let own = std::env::current_exe().context("cannot find the program that runs")?;
    let sandbox = own.with_file_name("nigari-sandbox");
    let mut command = Command::new(&sandbox);
    command.args(["up", "--"]).arg(&own).arg("story");
    if record {
        command.arg("--record").arg(root.join("docs/tour.md"));
    }
    let status = command.status().with_context(|| format!("cannot start {}", sandbox.display()))?;
    if !status.success() {
        bail!("the story ended with {status}");
    }
    Ok(())
}
