//! One process: its time, its CPU, its memory; and the programs that are compared.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};
use wait4::Wait4 as _;

/// Names the release binary that is measured; `cargo xtask bench` sets it.
const BINARY: &str = "NIGARI_BENCH_BINARY";

/// What is measured, and what there is to compare it with.
pub(crate) struct Programs {
    pub(crate) nigari: PathBuf,
    /// A `flux` on the search path.
    pub(crate) flux: Option<PathBuf>,
    /// A `kubectl` on the search path.
    pub(crate) kubectl: Option<PathBuf>,
}

impl Programs {
    /// Finds them.
    ///
    /// # Errors
    /// When it was not said where the release binary is.
    pub(crate) fn find() -> Result<Self> {
        let nigari = std::env::var_os(BINARY)
            .with_context(|| format!("{BINARY} is not set; use cargo xtask bench"))?;
        let (flux, kubectl) = (on_path("flux"), on_path("kubectl"));
        Ok(Self { nigari: nigari.into(), flux, kubectl })
    }
}

fn on_path(program: &str) -> Option<PathBuf> {
    let folders = std::env::var_os("PATH")?;
    std::env::split_paths(&folders).map(|folder| folder.join(program)).find(|path| path.is_file())
}

/// What one process took.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cost {
    pub(crate) wall: Duration,
    /// In user and system mode together.
    pub(crate) cpu: Duration,
    /// The most memory that was resident at once.
    pub(crate) peak_bytes: u64,
    /// When it had ended.
    pub(crate) ended: Instant,
}

/// Runs a program to its end; its output is read by nobody.
///
/// # Errors
/// When it does not start, or fails.
pub(crate) fn measure(command: &mut Command) -> Result<Cost> {
    measure_ending_with(0, command)
}

/// Runs a program that has to end with an exit code: a diagnosis ends with 1.
///
/// # Errors
/// When it does not start, or ends otherwise.
pub(crate) fn measure_ending_with(code: i32, command: &mut Command) -> Result<Cost> {
    let program = Path::new(command.get_program()).display().to_string();
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let start = Instant::now();
    let mut child = command.spawn().with_context(|| format!("cannot start {program}"))?;
    let used = child.wait4().with_context(|| format!("cannot wait for {program}"))?;
    let ended = Instant::now();
    if used.status.code() != Some(code) {
        let arguments: Vec<_> = command.get_args().collect();
        bail!("{program} {arguments:?} ended with {}", used.status);
    }
    let cpu = used.rusage.utime + used.rusage.stime;
    Ok(Cost { wall: ended - start, cpu, peak_bytes: used.rusage.maxrss, ended })
}

/// The run that took the middle of the times.
///
/// # Errors
/// When one of the runs fails.
pub(crate) fn middle(runs: usize, mut command: impl FnMut() -> Command) -> Result<Cost> {
    let mut costs = (0..runs).map(|_| measure(&mut command())).collect::<Result<Vec<_>>>()?;
    costs.sort_by_key(|cost| cost.wall);
    costs.get(runs / 2).copied().context("no run was asked for")
}
