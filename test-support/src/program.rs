//! The program that is tested, and how it is called.
//!
//! While Cargo compiles the test programs of nigari's own package it tells them with
//! `env!("CARGO_BIN_EXE_nigari")` where nigari is. This crate is compiled before them and for all of them, so it
//! asks when it runs: Cargo 1.94 and newer say the same in the environment, and what runs without that, under an
//! older Cargo or a debugger, finds nigari where Cargo puts it. No call has to hand the path on.

#[cfg(target_os = "linux")]
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::LazyLock;

use nigari_sandbox::sandbox::Sandbox;

#[cfg(target_os = "linux")]
use crate::run::Run;

/// Where nigari is.
pub fn path() -> &'static Path {
    static PATH: LazyLock<PathBuf> =
        LazyLock::new(|| said_by_cargo().unwrap_or_else(beside_the_tests));
    &PATH
}

#[expect(
    clippy::disallowed_methods,
    reason = "a test has no Context to read the environment for it"
)]
fn said_by_cargo() -> Option<PathBuf> {
    std::env::var_os("CARGO_BIN_EXE_nigari").map(PathBuf::from)
}

/// Test programs are in the folder `deps` of the one that nigari is in.
fn beside_the_tests() -> PathBuf {
    let test = std::env::current_exe().unwrap();
    let folder = test.ancestors().nth(2).unwrap();
    let path = folder.join("nigari").with_extension(std::env::consts::EXE_EXTENSION);
    assert!(path.is_file(), "{} is not built", path.display());
    path
}

/// nigari with these arguments, parted by blanks, in the sandbox's environment.
pub fn command(sandbox: &Sandbox, arguments: &str) -> Command {
    let mut command = sandbox.command(path());
    command.args(arguments.split_whitespace()).stdin(Stdio::null());
    command
}

/// Runs nigari on a terminal, which `script` of util-linux makes, and where somebody types a line.
#[cfg(target_os = "linux")]
pub fn typed(sandbox: &Sandbox, arguments: &str, line: &str) -> Run {
    let mut command = sandbox.command("script");
    let nigari = format!("{} {arguments}", path().display());
    command.args(["--quiet", "--return", "--echo", "never", "--command", &nigari, "/dev/null"]);
    command.env("NO_COLOR", "1");
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    stdin.write_all(line.as_bytes()).unwrap();
    stdin.flush().unwrap();
    let mut output = child.wait_with_output().unwrap();
    output.stdout.retain(|byte| *byte != b'\r');
    Run::of(sandbox, output)
}
