//! `cargo xtask test`: every check that this machine can run, and a last word on what ran.

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use anyhow::{Context as _, Result, bail};

use crate::{control_plane, modes, say, tools};

/// What the completions are tried in: the shells, and the program that gives them a terminal.
const SHELLS: [&str; 4] = ["bash", "zsh", "fish", "script"];

/// A check that ran: its name and what it says of itself.
type Ran = (&'static str, String);

/// A check: fails, or says in a few words what it found.
type Check<'a> = &'a dyn Fn() -> Result<String>;

/// Names the folder where the tests write down the shapes of their requests (`sandbox/src/shape.rs`).
const SHAPES: &str = "NIGARI_SHAPES_DIR";
/// The test that has every such shape covered, and so runs after all others.
const CONFORMANCE: &str = "the_sandbox_answers_as_a_real_api_server";

/// How many tests of a program run at the same time.
const THREADS: &str = "RUST_TEST_THREADS";

/// Runs all checks and stops at the first that fails.
pub(crate) fn run() -> Result<()> {
    tools::require()?;
    let shapes = tempfile::tempdir().context("cannot make a folder for what tests send")?;
    let notes = tempfile::tempdir().context("cannot make a folder for what tests report")?;
    let report = notes.path().join("modes");
    let checks: [(&str, Check<'_>); 9] = [
        ("format", &format),
        ("lints", &lints),
        ("build", &build),
        ("control plane", &control_plane::prepare),
        ("tests", &|| tests(shapes.path(), &report)),
        ("modes", &|| modes::outcome(&report)),
        ("conformance", &|| conformance(shapes.path())),
        ("documentation", &documentation),
        ("shipped dependencies", &shipped_dependencies),
    ];
    let mut ran: Vec<Ran> = Vec::new();
    for (name, check) in checks {
        say(&format!("── {name}"));
        let start = Instant::now();
        let outcome = check().with_context(|| format!("{name} failed"))?;
        ran.push((name, format!("{outcome} ({} s)", start.elapsed().as_secs())));
    }
    summarize(&ran)
}

/// What ran and what was skipped, with counts and reasons; the last lines of the task.
fn summarize(ran: &[Ran]) -> Result<()> {
    say("── summary");
    for (name, outcome) in ran {
        say(&format!("ran      {name}: {outcome}"));
    }
    if oracle()?.is_none() {
        say("skipped  comparison with the upstream reference data: not found, set NIGARI_ORACLE");
    }
    for shell in SHELLS.into_iter().filter(|shell| !tools::answers(shell, &["--version"])) {
        say(&format!("skipped  completions in a real shell: {shell} is not on PATH"));
    }
    for skipped in control_plane::skipped()? {
        say(&format!("skipped  {skipped}"));
    }
    Ok(())
}

/// The folder of the upstream reference data, when there is one.
#[expect(
    clippy::disallowed_methods,
    reason = "a task has no Context to read the environment for it"
)]
fn oracle() -> Result<Option<PathBuf>> {
    let folder = match std::env::var_os("NIGARI_ORACLE") {
        Some(folder) => PathBuf::from(folder),
        None => crate::root()?.join("../shared/oracle"),
    };
    Ok(folder.join("github").is_dir().then_some(folder))
}

fn format() -> Result<String> {
    cargo(&["fmt", "--all", "--check"])?;
    Ok("clean".to_owned())
}

fn lints() -> Result<String> {
    cargo(&["clippy", "--workspace", "--all-targets", "--", "--deny", "warnings"])?;
    Ok("no warning".to_owned())
}

/// The tests, and with them the programs that they start. `cargo build` would compile much of it once more:
/// without the tests' own dependencies others have fewer features.
fn build() -> Result<String> {
    cargo(&["test", "--workspace", "--no-run"])?;
    Ok("programs and tests".to_owned())
}

fn documentation() -> Result<String> {
    let mut command = command(&["doc", "--workspace", "--no-deps"])?;
    command.env("RUSTDOCFLAGS", "--deny warnings");
    succeed(&mut command)?;
    Ok("no warning".to_owned())
}

/// Rewrites the files that are made from the command tree and the typed API, by the test that else
/// compares them.
pub(crate) fn generate() -> Result<()> {
    let mut command = command(&["test", "--quiet", "--test", "cli", "generated_files_are_fresh"])?;
    succeed(command.env("SNAPSHOTS", "overwrite"))
}

/// Kills bootstraps before and after each of their writes, of files as well.
pub(crate) fn kills() -> Result<()> {
    let arguments = ["test", "--package", "nigari", "--test", "interruption", "--"];
    let mut command = command(&arguments)?;
    command.args(["bootstraps", "files", "--nocapture"]).env("NIGARI_KILLS", "all");
    succeed(&mut command)
}

/// Plays every interleaving on both APIs, however long it takes.
pub(crate) fn interleavings() -> Result<()> {
    let arguments = ["test", "--package", "nigari", "--test", "interleaving", "--", "--nocapture"];
    succeed(command(&arguments)?.env("NIGARI_INTERLEAVINGS", "all"))
}

/// Unit tests, CLI transcripts, generated files and the sandbox's own tests; counts what cargo reports.
fn tests(shapes: &Path, report: &Path) -> Result<String> {
    let arguments = ["test", "--workspace", "--no-fail-fast", "--", "--skip", CONFORMANCE];
    let (mut passed, mut ignored) = (0, 0);
    let mut command = command(&arguments)?;
    command.env(SHAPES, shapes).env(modes::REPORT, report).env(THREADS, threads()?);
    each_line(&mut command, |line| {
        passed += count(line, "passed");
        ignored += count(line, "ignored");
    })?;
    Ok(format!("{passed} passed, {ignored} ignored"))
}

/// Most tests wait for a program most of the time, so there are more of them than processors, unless somebody
/// chose.
#[expect(
    clippy::disallowed_methods,
    reason = "a task has no Context to read the environment for it"
)]
fn threads() -> Result<String> {
    match std::env::var(THREADS) {
        Ok(chosen) => Ok(chosen),
        Err(_) => Ok((2 * std::thread::available_parallelism()?.get()).to_string()),
    }
}

/// Holds the sandbox's Kubernetes API to a real one, for everything that the tests sent.
fn conformance(shapes: &Path) -> Result<String> {
    // The same packages as before, so that nothing is built again.
    let arguments = ["test", "--workspace", "--test", "conformance", "--", "--nocapture"];
    let mut outcome = "skipped, see below".to_owned();
    each_line(command(&arguments)?.env(SHAPES, shapes), |line| {
        if let Some(found) = line.strip_prefix("conformance: ") {
            found.clone_into(&mut outcome);
        }
    })?;
    Ok(outcome)
}

/// Runs tests, and repeats each line of theirs after `read` has seen it.
fn each_line(command: &mut Command, mut read: impl FnMut(&str)) -> Result<()> {
    let mut child = command.stdout(Stdio::piped()).spawn().context("cannot start cargo")?;
    let stdout = child.stdout.take().context("standard output was asked for")?;
    for line in BufReader::new(stdout).lines() {
        let line = line?;
        read(&line);
        say(&line);
    }
    if !child.wait()?.success() {
        bail!("some tests failed; their names are above");
    }
    Ok(())
}

/// The number before `word` in cargo's `test result:` line; zero in any other line.
fn count(line: &str, word: &str) -> u64 {
    if !line.starts_with("test result:") {
        return 0;
    }
    let number = line
        .split(';')
        .flat_map(|part| part.split('.'))
        .find_map(|part| part.trim().strip_suffix(word)?.trim().parse().ok());
    number.unwrap_or(0)
}

/// What must not be in the shipped binary: schema generators, test support, a second TLS stack.
fn shipped_dependencies() -> Result<String> {
    let output =
        command(&["tree", "--package", "nigari", "--edges", "normal", "--prefix", "none"])?
            .output()
            .context("cannot start cargo")?;
    let tree = String::from_utf8_lossy(&output.stdout);
    let names: Vec<&str> = tree.lines().filter_map(|line| line.split(' ').next()).collect();
    for banned in [
        "schemars",
        "openssl",
        "native-tls",
        "ring",
        "rsa",
        "nigari-sandbox",
        "nigari-test-support",
        "jsonschema",
    ] {
        if names.contains(&banned) {
            bail!("`cargo tree -p nigari -e normal` contains {banned}");
        }
    }
    let mut distinct: Vec<&str> = tree.lines().map(|line| line.trim_end_matches(" (*)")).collect();
    distinct.sort_unstable();
    distinct.dedup();
    Ok(format!("{} crates, none of those that must stay out", distinct.len()))
}

fn cargo(args: &[&str]) -> Result<()> {
    succeed(&mut command(args)?)
}

fn command(args: &[&str]) -> Result<Command> {
    let mut command = Command::new("cargo");
    command.args(args).current_dir(crate::root()?);
    Ok(command)
}

fn succeed(command: &mut Command) -> Result<()> {
    let status = command.status().context("cannot start cargo")?;
    if !status.success() {
        bail!("{:?} ended with {status}", command.get_args().collect::<Vec<_>>());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::count;

    #[test]
    fn counts_what_cargo_reports() {
        let line = "test result: ok. 12 passed; 0 failed; 3 ignored; 0 measured; 0 filtered out";
        assert_eq!((count(line, "passed"), count(line, "ignored")), (12, 3));
        assert_eq!(count("test a_b passed", "passed"), 0);
    }
}
