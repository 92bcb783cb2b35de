//! Parses, makes the context, dispatches, and ends with the right exit code.

use std::process::ExitCode;

use anyhow::{Context as _, Result};

use nigari::cli::Cli;
use nigari::commands;
use nigari::commands::completion;
use nigari::context::{Context, Environment};
use nigari::error::{self, Class};
use nigari::interruption::interrupted;

fn main() -> ExitCode {
    let environment = Environment::of_process();
    if let Some(answer) = completion::answer(std::env::args_os(), &environment) {
        let told = answer.is_ok_and(|answer| nigari::output::print(&answer).is_ok());
        return if told { ExitCode::SUCCESS } else { ExitCode::FAILURE };
    }
    let cli = match Cli::parse_words(std::env::args_os()) {
        Ok(cli) => cli,
        Err(error) => return explain(&error),
    };
    match run(cli, environment) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            nigari::output::print_report(&error::report(&error));
            ExitCode::from(error::class_of(&error).exit_code())
        }
    }
}

/// Prints what clap has to say: what is wrong with the arguments, or help or the version, which are such
/// errors too, with exit code 0 and on standard output.
fn explain(error: &clap::Error) -> ExitCode {
    match error.print() {
        Err(closed) if closed.kind() == std::io::ErrorKind::BrokenPipe && !error.use_stderr() => {
            ExitCode::from(Class::OutputClosed.exit_code())
        }
        _ => ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2)),
    }
}

/// Runs one command on a runtime of its own, until it is done or interrupted.
fn run(cli: Cli, environment: Environment) -> Result<()> {
    nigari::context::install_crypto();
    let ctx = Context::new(cli.global, environment)?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .context("cannot start the runtime")?;
    let result = runtime.block_on(async {
        if cli.command.ends_itself() {
            return commands::dispatch(&ctx, cli.command).await;
        }
        tokio::select! {
            result = commands::dispatch(&ctx, cli.command) => result,
            _ = tokio::signal::ctrl_c() => Err(interrupted()),
        }
    });
    // A blocking Git operation may still run; an interrupted user does not wait for it.
    runtime.shutdown_background();
    result
}
