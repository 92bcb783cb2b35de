//! `nigari-sandbox`: a cluster with Flux's controllers and a GitHub, on this machine, until it ends.

use std::io::{self, IsTerminal as _, Write as _};
use std::os::unix::process::ExitStatusExt as _;
use std::process::{ExitCode, ExitStatus, Stdio};

use anyhow::{Context as _, Result};
use clap::{Parser, Subcommand};
use nigari_sandbox::charts::{Chart, TOFU_CONTROLLER};
use nigari_sandbox::environment::{exports, is_foreign, search_path_from};
use nigari_sandbox::faults::{Faults, KNOWN};
use nigari_sandbox::objects;
use nigari_sandbox::sandbox::Sandbox;
use tokio::process::Command;
use tokio::runtime::{self, Runtime};
use tokio::signal::unix::{Signal, SignalKind, signal};

/// A cluster with Flux's controllers and a GitHub, to try nigari with: on loopback only, without an
/// account, gone when it ends
#[derive(Parser)]
#[command(name = "nigari-sandbox", version)]
struct Cli {
    #[command(subcommand)]
    command: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// Start the sandbox, run a command in it, and remove it when the command ends
    ///
    /// Without a command the sandbox stays up until Ctrl-C, and stdout gets the variables that lead
    /// to it, as lines for a shell to evaluate.
    Up {
        /// Inject a fault: NAME=VALUE, or NAME=VALUE*TIMES to let it fire that often
        #[arg(long = "fault", value_name = "NAME=VALUE")]
        faults: Vec<String>,
        /// Make a personal account the owner, instead of an organisation
        #[arg(long)]
        personal: bool,
        /// Take a real Kubernetes control plane instead of the sandbox's own API
        #[arg(long)]
        real: bool,
        /// The command to run; programs beside nigari-sandbox itself come first on its PATH
        #[arg(last = true, value_name = "COMMAND")]
        command: Vec<String>,
    },
    /// List the faults that can be injected
    Faults,
    /// List what a namespace of the cluster holds; to be run inside a sandbox
    Objects {
        /// The namespace
        #[arg(short, long)]
        namespace: String,
    },
}

fn main() -> ExitCode {
    let ended = match Cli::parse().command {
        Verb::Faults => list_faults(),
        Verb::Objects { namespace } => list_objects(&namespace),
        Verb::Up { faults, personal, real, command } => up(&faults, personal, real, &command),
    };
    ended.unwrap_or_else(|error| {
        say(&format!("error: {error:#}"));
        ExitCode::FAILURE
    })
}

fn list_faults() -> Result<ExitCode> {
    let width = KNOWN.iter().map(|(name, ..)| name.len()).max().unwrap_or_default();
    let mut stdout = io::stdout().lock();
    for (name, values, description) in KNOWN {
        let values = match values {
            [] => String::new(),
            values => format!(" ({})", values.join(", ")),
        };
        writeln!(stdout, "{name:width$}  {description}{values}")?;
    }
    Ok(ExitCode::SUCCESS)
}

fn list_objects(namespace: &str) -> Result<ExitCode> {
    let runtime = runtime::Builder::new_current_thread().enable_all().build()?;
    let lines = runtime.block_on(objects::of_namespace(namespace))?;
    io::stdout().lock().write_all(lines.as_bytes())?;
    Ok(ExitCode::SUCCESS)
}

fn up(faults: &[String], personal: bool, real: bool, command: &[String]) -> Result<ExitCode> {
    let armed = Faults::default();
    for fault in faults {
        if let Err(error) = armed.arm(fault) {
            say(&format!("error: {error:#}; `nigari-sandbox faults` lists them"));
            return Ok(ExitCode::from(2));
        }
    }
    // First of all, so that no signal finds the default action and leaves files behind.
    let runtime = runtime::Builder::new_current_thread().enable_all().build()?;
    let signals = runtime.block_on(async { Signals::new() })?;
    let builder = Sandbox::builder().faults(armed);
    let builder = if personal { builder.personal() } else { builder };
    let builder = if real { builder.real() } else { builder };
    let sandbox = builder.start()?;
    sandbox.charts().publish(&Chart::tofu_controller(TOFU_CONTROLLER))?;
    let origin = sandbox.github_origin();
    let is_given = sandbox.is_real() && sandbox.control_plane().is_none();
    let cluster = if is_given { "the given cluster" } else { "an empty cluster" };
    say(&format!("sandbox: GitHub at {origin}, owner {}, and {cluster}", sandbox.owner()));
    match command {
        [] => stay_up(&sandbox, &runtime, signals),
        [program, arguments @ ..] => {
            let command = command_in(&sandbox, program, arguments)?;
            let status = runtime.block_on(run(command, signals))?;
            Ok(ExitCode::from(code_of(status)))
        }
    }
}

fn stay_up(sandbox: &Sandbox, runtime: &Runtime, mut signals: Signals) -> Result<ExitCode> {
    let mut stdout = io::stdout().lock();
    stdout.write_all(exports(&sandbox.environment()).as_bytes())?;
    stdout.flush()?;
    runtime.block_on(signals.next());
    Ok(ExitCode::SUCCESS)
}

/// The command with the caller's environment, apart from what leads past the sandbox.
fn command_in(sandbox: &Sandbox, program: &str, arguments: &[String]) -> Result<Command> {
    let own = std::env::current_exe()?;
    let folder = own.parent().context("nigari-sandbox lies in no folder")?;
    let mut command = Command::new(program);
    command.args(arguments);
    for (name, _) in std::env::vars_os() {
        if name.to_str().is_some_and(is_foreign) {
            command.env_remove(name);
        }
    }
    command.env("PATH", search_path_from(folder)?).env("HOME", sandbox.home());
    command.envs(sandbox.environment());
    Ok(command)
}

/// Runs the command, whatever signals come: it decides when to end.
async fn run(mut command: Command, mut signals: Signals) -> Result<ExitStatus> {
    let mut child = command.spawn().with_context(|| {
        let program = command.as_std().get_program().to_string_lossy();
        format!("cannot run {program}")
    })?;
    loop {
        tokio::select! {
            status = child.wait() => return Ok(status?),
            name = signals.next() => {
                // A terminal has sent Ctrl-C to the command as well.
                let is_delivered = name == "INT" && io::stdin().is_terminal();
                if let Some(id) = child.id().filter(|_| !is_delivered) {
                    pass_on(name, id).await?;
                }
            }
        }
    }
}

async fn pass_on(signal: &str, process: u32) -> Result<()> {
    let script = format!("kill -{signal} {process}");
    // The process may have ended meanwhile; then there is nothing to tell.
    Command::new("/bin/sh").args(["-c", &script]).stderr(Stdio::null()).status().await?;
    Ok(())
}

/// The signals that ask to end.
struct Signals {
    interrupt: Signal,
    terminate: Signal,
}

impl Signals {
    fn new() -> Result<Self> {
        Ok(Self {
            interrupt: signal(SignalKind::interrupt())?,
            terminate: signal(SignalKind::terminate())?,
        })
    }

    async fn next(&mut self) -> &'static str {
        tokio::select! {
            _ = self.interrupt.recv() => "INT",
            _ = self.terminate.recv() => "TERM",
        }
    }
}

/// The exit code as a shell reports it: 128 and the signal for a command that one ended.
fn code_of(status: ExitStatus) -> u8 {
    let code = status.code().or_else(|| status.signal().map(|signal| 128 + signal));
    code.and_then(|code| u8::try_from(code).ok()).unwrap_or(1)
}

/// Tells the story, on stderr.
fn say(line: &str) {
    // Nobody may be reading; the sandbox works all the same.
    let _ = writeln!(io::stderr(), "{line}");
}
