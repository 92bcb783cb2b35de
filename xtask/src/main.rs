//! What contributors run: `cargo xtask tour`, `cargo xtask test`, `cargo xtask modes`, `cargo xtask generate`,
//! `cargo xtask bench`, `cargo xtask interleavings`, `cargo xtask kills`.

mod bench;
mod control_plane;
mod modes;
mod story;
mod test;
mod tools;
mod tour;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(name = "cargo xtask", about = "What contributors run")]
struct Cli {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Play the real nigari through the whole story, in a sandbox, with every command's real output
    Tour {
        /// Write what was seen to docs/tour.md
        #[arg(long)]
        record: bool,
    },
    /// Run every check that this machine can run
    Test,
    /// Run the tests of the known failure modes, and show what happens with each fault and without it
    Modes,
    /// Approve plans while somebody else acts, at every point, on the sandbox's API and a real control plane
    Interleavings,
    /// Kill bootstraps before and after each of their writes, of files as well, and run them again
    Kills,
    /// Measure the release build beside the programs on PATH, on a real control plane; prints ratios
    Bench {
        /// Which: start, reconcile, get, why, bootstrap, watch; all but the last two if none is named
        names: Vec<String>,
        /// How long watch lasts
        #[arg(long, default_value_t = 10)]
        minutes: u32,
    },
    /// Rewrite completions/, man/, docs/commands.md and docs/upstream.md
    Generate,
    /// The tour's second half; runs inside the sandbox that the first half started
    #[command(hide = true)]
    Story {
        /// Where to write the transcript
        #[arg(long)]
        record: Option<PathBuf>,
    },
}

fn main() -> ExitCode {
    let result = match Cli::parse().task {
        Task::Tour { record } => tour::run(record),
        Task::Test => test::run(),
        Task::Modes => modes::run(),
        Task::Interleavings => test::interleavings(),
        Task::Kills => test::kills(),
        Task::Bench { names, minutes } => bench::run(&names, minutes),
        Task::Generate => test::generate(),
        Task::Story { record } => story::run(record.as_deref()),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            say(&format!("error: {error:#}"));
            ExitCode::FAILURE
        }
    }
}

/// The folder of the workspace.
fn root() -> Result<&'static Path> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().ok_or_else(|| anyhow::anyhow!("xtask is not inside a workspace"))
}

/// One line of the task's own story.
#[expect(clippy::print_stderr, reason = "xtask talks to a contributor, not to a pipe")]
fn say(line: &str) {
    eprintln!("{line}");
}
