//! The programs that the tasks need, and the packages they come from.

use std::process::{Command, Stdio};

use anyhow::{Result, bail};

/// Refuses to start when a program is missing, with one line that names its package.
///
/// # Errors
/// When git, git's HTTP back end or a C compiler is missing.
pub(crate) fn require() -> Result<()> {
    if !answers("git", &["--version"]) {
        bail!("git is missing; on Debian: apt-get install git");
    }
    if !has_http_backend() {
        bail!("git http-backend is missing; on Debian it comes with: apt-get install git");
    }
    if !answers("cc", &["--version"]) {
        bail!("a C compiler is missing; on Debian: apt-get install gcc libc6-dev");
    }
    Ok(())
}

/// Whether `program` can be started with `args` and succeeds.
pub(crate) fn answers(program: &str, args: &[&str]) -> bool {
    let mut command = Command::new(program);
    command.args(args).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}

fn has_http_backend() -> bool {
    let Ok(output) = Command::new("git").arg("--exec-path").output() else { return false };
    let folder = String::from_utf8_lossy(&output.stdout);
    std::path::Path::new(folder.trim()).join("git-http-backend").exists()
}
