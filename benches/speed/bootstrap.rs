//! A bootstrap into a large repository, beside the clones that a program without our way would need.

use std::io::{BufWriter, Write};
use std::path::Path;
use std::process::{ChildStdin, Command, Stdio};
use std::time::Duration;

use anyhow::{Context as _, Result, bail};
use nigari_sandbox::github::RepositoryOptions;
use nigari_sandbox::sandbox::{ORGANIZATION, Sandbox};

use crate::process::{Programs, measure, measured};
use crate::report::{Report, mebibytes, milliseconds};

const NAME: &str = "fleet";

/// How many commits the repository with many has.
const COMMITS: usize = 300_000;

/// How many files of one MiB, which nothing can make smaller, the repository with much history has had.
const FILES: usize = 1024;

/// Writes a history that `git fast-import` reads.
type History = fn(&mut BufWriter<ChildStdin>) -> Result<()>;

/// Makes both repositories anew, which takes a minute.
///
/// # Errors
/// When git or the bootstrap fails.
pub(crate) fn run(programs: &Programs) -> Result<()> {
    let mut report = Report::new(
        "Bootstrap into a large repository",
        &["", "wall", "moved", "requests to GitHub"],
    );
    let repositories: [(&str, History); 2] =
        [("300,000 commits", many_commits), ("1 GiB of history", much_content)];
    for (name, history) in repositories {
        let sandbox = Sandbox::start()?;
        let options = RepositoryOptions { auto_init: true, ..RepositoryOptions::default() };
        let path = sandbox.github().create_repository(ORGANIZATION, NAME, &options)?;
        import(&path, history)?;
        let (wall, bytes, requests) = bootstrap(&sandbox, programs)?;
        report.row([
            format!("{name}: nigari bootstrap"),
            milliseconds(wall),
            mebibytes(bytes),
            requests.to_string(),
        ]);
        for (clone, more) in [("a shallow clone", &["--depth=1"][..]), ("a full clone", &[])] {
            let (wall, bytes) = cloned(&sandbox, &path, more)?;
            let row = [format!("{name}: {clone}"), milliseconds(wall), mebibytes(bytes)];
            let [what, wall, bytes] = row;
            report.row([what, wall, bytes, String::new()]);
        }
    }
    report.print();
    Ok(())
}

/// Time, bytes over the network and requests of a bootstrap, the waits for the cluster included.
fn bootstrap(sandbox: &Sandbox, programs: &Programs) -> Result<(Duration, u64, usize)> {
    let arguments = ["bootstrap", "github", "--owner", ORGANIZATION, "--repository", NAME];
    let arguments = arguments.into_iter().chain(["--path", "clusters/production"]);
    let mut command = measured(|bench| sandbox.command(bench), &programs.nigari, arguments)?;
    let before = sandbox.github_traffic_bytes();
    let cost = measure(&mut command)?;
    let bytes = sandbox.github_traffic_bytes() - before;
    let requests = sandbox.recorder().all();
    let ours = requests.iter().filter(|it| it.double == "github" && it.path.starts_with("/api/"));
    Ok((cost.wall, bytes, ours.count()))
}

/// Time and bytes of a clone without files, over a pipe instead of a network.
fn cloned(sandbox: &Sandbox, path: &Path, more: &[&str]) -> Result<(Duration, u64)> {
    let clone = sandbox.temporary_folder().join("clone");
    let arguments = ["clone", "--quiet", "--bare", "--no-local"];
    let mut command =
        measured(|bench| sandbox.command(bench), Path::new("git"), arguments.iter().chain(more))?;
    command.arg(format!("file://{}", path.display())).arg(&clone);
    let cost = measure(&mut command)?;
    let mut bytes = 0;
    for file in std::fs::read_dir(clone.join("objects/pack"))? {
        let file = file?.path();
        if file.extension().is_some_and(|extension| extension == "pack") {
            bytes += file.metadata()?.len();
        }
    }
    std::fs::remove_dir_all(clone)?;
    Ok((cost.wall, bytes))
}

fn import(path: &Path, history: History) -> Result<()> {
    let mut command = Command::new("git");
    // What cannot be made smaller need not be tried.
    command.args(["-c", "core.compression=0", "fast-import", "--quiet", "--done"]);
    command.current_dir(path).stdin(Stdio::piped());
    let mut import = command.spawn().context("cannot start git")?;
    let mut stream = BufWriter::new(import.stdin.take().context("standard input was asked for")?);
    history(&mut stream)?;
    writeln!(stream, "done")?;
    drop(stream);
    if !import.wait()?.success() {
        bail!("git fast-import failed");
    }
    Ok(())
}

/// Writes a commit on the ones before, up to its files.
fn commit(stream: &mut impl Write, number: usize) -> Result<()> {
    writeln!(
        stream,
        "commit refs/heads/main\ncommitter Somebody Else <somebody@example.com> {} +0000\n\
         data 4\nMore",
        1_700_000_000 + number
    )?;
    if number == 0 {
        writeln!(stream, "from refs/heads/main^0")?;
    }
    Ok(())
}

fn many_commits(stream: &mut BufWriter<ChildStdin>) -> Result<()> {
    for number in 0..COMMITS {
        commit(stream, number)?;
        let content = number.to_string();
        let folder = number % 100;
        writeln!(stream, "M 100644 inline apps/app-{folder}/version")?;
        writeln!(stream, "data {}\n{content}", content.len())?;
    }
    Ok(())
}

/// Each commit replaces the one file; what it held before is history.
fn much_content(stream: &mut BufWriter<ChildStdin>) -> Result<()> {
    let mut noise = Noise(0x9e37_79b9_7f4a_7c15);
    for number in 0..FILES {
        commit(stream, number)?;
        writeln!(stream, "M 100644 inline blob.bin\ndata {}", 1 << 20)?;
        for _ in 0..(1 << 20) / 8 {
            stream.write_all(&noise.next().to_le_bytes())?;
        }
        writeln!(stream)?;
    }
    Ok(())
}

/// Numbers without a pattern that a compressor would find: Marsaglia's xorshift.
struct Noise(u64);

impl Noise {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }
}
