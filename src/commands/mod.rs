//! One file per command: its story, top to bottom.

pub mod bootstrap;
mod bundles;
pub mod check;
mod components;
pub mod get;
pub mod install;
mod installation;
pub mod reconcile;
pub mod version;

use anyhow::Result;

use crate::cli::Command;
use crate::context::Context;

/// Runs the command that was asked for.
///
/// # Errors
/// The command's; [`crate::error::class_of`] tells what they mean.
pub async fn dispatch(ctx: &Context, command: Command) -> Result<()> {
    match command {
        Command::Bootstrap(args) => bootstrap::run(ctx, args).await,
        Command::Check(args) => check::run(ctx, &args).await,
        Command::Get(args) => get::run(ctx, &args).await,
        Command::Install(args) => install::run(ctx, &args).await,
        Command::Reconcile(args) => reconcile::run(ctx, &args).await,
        Command::Version(args) => version::run(ctx, &args).await,
    }
}
