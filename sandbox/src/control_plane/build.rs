//! Builds the programs of the control plane with Go.

use std::collections::VecDeque;
use std::io::{BufRead as _, BufReader, Read as _};
use std::path::Path;
use std::process::{ChildStderr, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};

use super::binaries::Unavailable;
use super::given;

/// The version that the build reports; the one that `go.mod` requires.
const KUBERNETES: &str = "v1.36.3";
/// The minor version of Go that `go.mod` requires.
const GO_MINOR: u32 = 26;
/// Always the same, so that Go's own cache fits as well.
pub(super) const FLAGS: &[&str] = &["build", "-mod=readonly", "-trimpath", "-buildvcs=false", "-v"];
/// How long a build may take; the next one goes on where it stopped, thanks to Go's own cache.
const LIMIT: Duration = Duration::from_secs(40 * 60);
/// Between two lines that tell how far it is.
const TELL_EVERY: Duration = Duration::from_secs(15);
/// How much of a failed build an error shows.
const LAST_LINES: usize = 20;

/// The folder of the Go module.
pub(super) fn source() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/control-plane"))
}

/// Without a version stamp the server reports one that is no semantic version.
pub(super) fn linker_flags() -> String {
    let mut numbers = KUBERNETES.trim_start_matches('v').split('.');
    let mut number = || numbers.next().expect("a version has three numbers");
    let stamp = [
        ("gitVersion", KUBERNETES),
        ("gitMajor", number()),
        ("gitMinor", number()),
        ("gitTreeState", "clean"),
    ];
    let stamp =
        stamp.map(|(name, value)| format!(" -X k8s.io/component-base/version.{name}={value}"));
    format!("-s -w{}", stamp.concat())
}

/// Fails with [`Unavailable`] unless there is a Go that is new enough.
pub(super) fn require_go() -> Result<()> {
    let unavailable = |what: &str| {
        Unavailable(format!(
            "{what}: set KUBEBUILDER_ASSETS to a folder with etcd and kube-apiserver, install Go \
             1.{GO_MINOR}, or set {} to the kubeconfig of a cluster that is there for tests",
            given::VARIABLE
        ))
    };
    let output = go(&["env", "GOVERSION"]).stderr(Stdio::null()).output();
    let output = output.map_err(|_| unavailable("there is no Go"))?;
    let version = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    match minor_of(&version) {
        Some(minor) if minor >= GO_MINOR => Ok(()),
        _ => Err(unavailable(&format!("Go is too old ({version})")).into()),
    }
}

/// `26` of `go1.26.8`.
fn minor_of(version: &str) -> Option<u32> {
    version.strip_prefix("go1.")?.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok()
}

/// Builds `program`; `say` is told how far that is.
pub(super) fn compile(program: &Path, say: impl Fn(&str)) -> Result<()> {
    say("control plane: getting its Go modules");
    let packages = packages(&say)?;
    say(&format!("control plane: building {packages} packages; the first time takes 10 minutes"));
    let mut build = go(FLAGS);
    build.arg("-ldflags").arg(linker_flags()).arg("-o").arg(program).arg(".");
    let ended = follow(build, |compiled, seconds| {
        say(&format!("control plane: {compiled} of {packages} packages after {seconds} s"));
    })?;
    if !ended.status.success() {
        bail!("go build failed:\n{}", ended.last_words());
    }
    Ok(())
}

/// How many packages the build consists of. Asking downloads the modules, and only then can a
/// failed build be told from a machine that cannot have one.
fn packages(say: impl Fn(&str)) -> Result<usize> {
    let ended = follow(go(&["list", "-mod=readonly", "-deps", "."]), |modules, seconds| {
        say(&format!("control plane: {modules} Go modules after {seconds} s"));
    })?;
    if !ended.status.success() {
        let last = ended.last.back().map(|line| line.trim()).unwrap_or_default();
        return Err(Unavailable(format!("Go does not get the modules: {last}")).into());
    }
    Ok(ended.stdout.iter().filter(|&&byte| byte == b'\n').count())
}

/// What came of a call of Go.
struct Ended {
    status: ExitStatus,
    stdout: Vec<u8>,
    /// The end of what it said on standard error.
    last: VecDeque<String>,
}

impl Ended {
    fn last_words(self) -> String {
        self.last.into_iter().collect::<Vec<_>>().join("\n")
    }
}

/// Runs `command` to its end; `tell` is told again and again how many lines it has said on standard
/// error, one for each module or package, and after how many seconds. Linking is silent for minutes.
fn follow(mut command: Command, tell: impl Fn(u32, u64)) -> Result<Ended> {
    let start = Instant::now();
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().context("cannot start go")?;
    let mut stdout = child.stdout.take().context("standard output was asked for")?;
    let data = thread::spawn(move || {
        let mut data = Vec::new();
        stdout.read_to_end(&mut data).map(|_| data)
    });
    let stderr = child.stderr.take().context("standard error was asked for")?;
    let last = watch(&lines(stderr), start, tell);
    if last.is_err() {
        // It may have ended by itself in this moment.
        let _ = child.kill();
    }
    let status = child.wait()?;
    let last = last?;
    let stdout = data.join().expect("reading does not panic")?;
    Ok(Ended { status, stdout, last })
}

/// The lines that come out of a pipe, until it ends.
fn lines(pipe: ChildStderr) -> Receiver<String> {
    let (sender, lines) = channel();
    thread::spawn(move || {
        for line in BufReader::new(pipe).lines().map_while(Result::ok) {
            if sender.send(line).is_err() {
                return;
            }
        }
    });
    lines
}

/// Counts lines until there are no more, and returns the last ones.
fn watch(
    lines: &Receiver<String>,
    start: Instant,
    tell: impl Fn(u32, u64),
) -> Result<VecDeque<String>> {
    let (mut told, mut count) = (start, 0);
    let mut last = VecDeque::new();
    loop {
        match lines.recv_timeout(TELL_EVERY.saturating_sub(told.elapsed())) {
            Ok(line) => {
                last.push_back(line);
                last.drain(..last.len().saturating_sub(LAST_LINES));
                count += 1;
            }
            Err(RecvTimeoutError::Timeout) => {
                told = Instant::now();
                tell(count, start.elapsed().as_secs());
            }
            Err(RecvTimeoutError::Disconnected) => return Ok(last),
        }
        if start.elapsed() > LIMIT {
            let minutes = LIMIT.as_secs() / 60;
            let what = format!("Go has not ended after {minutes} minutes");
            return Err(Unavailable(what).into());
        }
    }
}

/// A call of Go in the module's folder, with the Go that is installed and without C.
fn go(arguments: &[&str]) -> Command {
    let mut go = Command::new("go");
    go.args(arguments).current_dir(source()).stdin(Stdio::null());
    go.env("CGO_ENABLED", "0").env("GOTOOLCHAIN", "local");
    go
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_is_the_one_that_is_built() {
        let module = std::fs::read_to_string(source().join("go.mod")).unwrap();
        assert!(module.contains(&format!("\tk8s.io/kubernetes {KUBERNETES}\n")));
        assert!(module.contains(&format!("\ngo 1.{GO_MINOR}.")));
        assert!(linker_flags().contains(".gitMajor=1 "));
        assert!(linker_flags().contains(".gitMinor=36 "));
    }

    #[test]
    fn what_is_said_is_counted_and_its_end_kept() {
        let (sender, lines) = channel();
        (0..30).for_each(|number| sender.send(number.to_string()).unwrap());
        drop(sender);
        let last = watch(&lines, Instant::now(), |_, _| ()).unwrap();
        assert_eq!((last.len(), last[0].as_str()), (LAST_LINES, "10"));
    }

    #[test]
    fn the_minor_version_of_go_is_read() {
        assert_eq!(minor_of("go1.26.8"), Some(26));
        assert_eq!(minor_of("go1.27rc1"), Some(27));
        assert_eq!(minor_of("devel go1.27-abc"), None);
    }
}
