//! Parses, makes the context, dispatches, and ends with the right exit code.

use std::process::ExitCode;

use anyhow::{Context as _, Result, anyhow};
use clap::Parser as _;

use nigari::cli::Cli;
use nigari::commands;
use nigari::context::{Context, Environment};
use nigari::error::{self, Class, Explain as _};

fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        // Help and version are such errors too, with exit code 0 and standard output.
        Err(error) => {
            let _ = error.print();
            return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2));
        }
    };
    match run(cli) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            nigari::output::print_report(&error::report(&error));
            ExitCode::from(error::class_of(&error).exit_code())
        }
    }
}

/// Runs one command on a runtime of its own, until it is done or interrupted.
fn run(cli: Cli) -> Result<()> {
    // One provider for the cluster and the Git host; it can only be installed already by ourselves.
    let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
    let ctx = Context::new(cli.global, Environment::of_process())?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .context("cannot start the runtime")?;
    let result = runtime.block_on(async {
        tokio::select! {
            result = commands::dispatch(&ctx, cli.command) => result,
            _ = tokio::signal::ctrl_c() => Err(anyhow!("interrupted").class(Class::Interrupted)),
        }
    });
    // A blocking Git operation may still run; an interrupted user does not wait for it.
    runtime.shutdown_background();
    result
}
