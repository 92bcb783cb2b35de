//! One process: its time, its CPU, its memory; and the programs that are compared.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

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

/// The first argument of the process that runs another one and tells what it took; that one follows.
pub(crate) const WORD: &str = "measured";

/// Makes `command` one that is to be measured: what it runs is run by a process of its own.
///
/// A process inherits the peak of the memory of the one that starts it (Linux, `exec_mmap`), and this one has
/// grown by the objects that it made.
///
/// # Errors
/// When this program cannot be found.
pub(crate) fn measured(
    make: impl FnOnce(&Path) -> Command,
    program: &Path,
    arguments: impl IntoIterator<Item = impl AsRef<OsStr>>,
) -> Result<Command> {
    let bench = std::env::current_exe().context("cannot tell which program this is")?;
    let mut command = make(&bench);
    command.arg(WORD).arg(program).args(arguments);
    Ok(command)
}

/// Runs the program that `words` name, and prints what it took.
///
/// # Errors
/// When it does not start.
pub(crate) fn run(words: &[String]) -> Result<()> {
    let (program, arguments) = words.split_first().context("no program to measure")?;
    let mut command = Command::new(program);
    command.args(arguments).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let start = Instant::now();
    let mut child = command.spawn().with_context(|| format!("cannot start {program}"))?;
    let used = child.wait4().with_context(|| format!("cannot wait for {program}"))?;
    let (wall, ended) = (start.elapsed(), SystemTime::now());
    let cpu = used.rusage.utime + used.rusage.stime;
    let numbers = [
        used.status.code().map_or(-1, i128::from),
        i128::try_from(wall.as_nanos())?,
        i128::try_from(cpu.as_nanos())?,
        i128::from(used.rusage.maxrss),
        i128::try_from(ended.duration_since(UNIX_EPOCH)?.as_nanos())?,
    ];
    println!("{}", numbers.map(|number| number.to_string()).join(" "));
    Ok(())
}

/// Runs a program to its end; its output is read by nobody. The command is one of [`measured`].
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
    let arguments: Vec<_> = command.get_args().skip(1).map(OsStr::to_owned).collect();
    let output = command.output().context("cannot start this program once more")?;
    let told = String::from_utf8_lossy(&output.stdout);
    let numbers: Vec<u64> =
        told.split_whitespace().filter_map(|number| number.parse().ok()).collect();
    let [ended_with, wall, cpu, peak_bytes, ended] = numbers[..] else {
        bail!("{arguments:?} could not be measured: {told}");
    };
    if i64::try_from(ended_with).ok() != Some(i64::from(code)) {
        bail!("{arguments:?} ended with {ended_with}");
    }
    let ago = SystemTime::now()
        .duration_since(UNIX_EPOCH + Duration::from_nanos(ended))
        .unwrap_or_default();
    let ended = Instant::now().checked_sub(ago).context("a clock went backwards")?;
    let (wall, cpu) = (Duration::from_nanos(wall), Duration::from_nanos(cpu));
    Ok(Cost { wall, cpu, peak_bytes, ended })
}

/// The run that took the middle of the times.
///
/// # Errors
/// When one of the runs fails.
pub(crate) fn middle(runs: usize, mut command: impl FnMut() -> Result<Command>) -> Result<Cost> {
    let mut costs = (0..runs).map(|_| measure(&mut command()?)).collect::<Result<Vec<_>>>()?;
    middle_of(&mut costs)
}

/// The cost that has the middle of the times.
///
/// # Errors
/// When there is none.
pub(crate) fn middle_of(costs: &mut [Cost]) -> Result<Cost> {
    costs.sort_by_key(|cost| cost.wall);
    costs.get(costs.len() / 2).copied().context("no run was asked for")
}
