//! Builds the programs of the control plane with Go.

use std::collections::VecDeque;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{ChildStderr, Command, Stdio};
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
const LIMIT: Duration = Duration::from_secs(25 * 60);
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
    let packages = packages()?;
    say(&format!("control plane: building {packages} packages; the first time takes 10 minutes"));
    let mut child = go(FLAGS)
        .arg("-ldflags")
        .arg(linker_flags())
        .arg("-o")
        .arg(program)
        .arg(".")
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .context("cannot start go")?;
    let stderr = child.stderr.take().context("standard error was asked for")?;
    let last = watch(stderr, packages, say);
    if last.is_err() {
        // It may have ended by itself in this moment.
        let _ = child.kill();
    }
    let status = child.wait()?;
    let last = last?;
    if !status.success() {
        bail!("go build failed:\n{}", last.into_iter().collect::<Vec<_>>().join("\n"));
    }
    Ok(())
}

/// How many packages the build consists of. Asking downloads the modules, and only then can a
/// failed build be told from a machine that cannot have one.
fn packages() -> Result<usize> {
    let output = go(&["list", "-mod=readonly", "-deps", "."]).output()?;
    if !output.status.success() {
        let story = String::from_utf8_lossy(&output.stderr);
        let last = story.lines().last().unwrap_or_default().trim();
        return Err(Unavailable(format!("Go does not get the modules: {last}")).into());
    }
    Ok(output.stdout.iter().filter(|&&byte| byte == b'\n').count())
}

/// Tells how far a build is by the lines that it prints, one for each package that it compiles;
/// returns the last ones.
fn watch(stderr: ChildStderr, packages: usize, say: impl Fn(&str)) -> Result<VecDeque<String>> {
    let (start, mut told, mut compiled) = (Instant::now(), Instant::now(), 0);
    let mut last = VecDeque::new();
    for line in BufReader::new(stderr).lines() {
        last.push_back(line?);
        last.drain(..last.len().saturating_sub(LAST_LINES));
        compiled += 1;
        let minutes = LIMIT.as_secs() / 60;
        if start.elapsed() > LIMIT {
            let what = format!("the build takes longer than {minutes} minutes here");
            return Err(Unavailable(what).into());
        }
        if told.elapsed() >= TELL_EVERY {
            told = Instant::now();
            let seconds = start.elapsed().as_secs();
            say(&format!("control plane: {compiled} of {packages} packages after {seconds} s"));
        }
    }
    Ok(last)
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
    fn the_minor_version_of_go_is_read() {
        assert_eq!(minor_of("go1.26.8"), Some(26));
        assert_eq!(minor_of("go1.27rc1"), Some(27));
        assert_eq!(minor_of("devel go1.27-abc"), None);
    }
}
