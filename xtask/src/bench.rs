//! `cargo xtask bench`: what ships, measured beside what there is to compare it with.

use std::process::Command;

use anyhow::{Context as _, Result, bail};

/// Builds the release binary, then the benches in the same profile, and runs those that are named; `watch`
/// lasts so many minutes.
///
/// # Errors
/// When something cannot be built, or a bench fails.
pub(crate) fn run(names: &[String], minutes: u32) -> Result<()> {
    let root = crate::root()?;
    succeed(Command::new("cargo").args(["build", "--release", "--package", "nigari"]))?;
    let binary = root.join("target/release/nigari");
    let mut benches = Command::new("cargo");
    benches.args(["bench", "--package", "nigari", "--bench", "speed", "--"]).args(names);
    benches.env("NIGARI_BENCH_BINARY", binary).env("NIGARI_BENCH_MINUTES", minutes.to_string());
    succeed(&mut benches)
}

fn succeed(command: &mut Command) -> Result<()> {
    let status = command.current_dir(crate::root()?).status().context("cannot start cargo")?;
    if !status.success() {
        bail!("{:?} ended with {status}", command.get_args().collect::<Vec<_>>());
    }
    Ok(())
}
