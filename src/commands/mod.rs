//! One file per command: its story, top to bottom.

pub mod bootstrap;
mod bundles;
pub mod check;
pub mod completion;
mod components;
pub mod create;
pub mod debug;
pub mod delete;
pub mod events;
pub mod export;
mod files;
mod findings;
mod fleet;
mod follow;
pub mod get;
pub mod init;
pub mod install;
mod installation;
mod lineage;
pub mod logs;
pub mod man;
pub mod plan;
mod proposal;
pub mod reconcile;
pub mod resume;
mod selection;
mod several;
mod ssh_key;
pub mod stats;
pub mod suspend;
mod templates;
mod tofu_controller;
pub mod trace;
pub mod tree;
pub mod uninstall;
pub mod version;
pub mod wait;
pub mod why;

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
        Command::Completion(args) => completion::run(ctx, &args),
        Command::Create(args) => create::run(ctx, &args).await,
        Command::Debug(args) => debug::run(ctx, &args).await,
        Command::Delete(args) => delete::run(ctx, &args).await,
        Command::Events(args) => events::run(ctx, &args).await,
        Command::Export(args) => export::run(ctx, &args).await,
        Command::Get(args) => get::run(ctx, &args).await,
        Command::Init(args) => init::run(ctx, &args).await,
        Command::Install(args) => install::run(ctx, &args).await,
        Command::Logs(args) => logs::run(ctx, &args).await,
        Command::Man(args) => man::run(ctx, &args),
        Command::Plan(args) => plan::run(ctx, &args.command).await,
        Command::Reconcile(args) => reconcile::run(ctx, &args).await,
        Command::Resume(args) => resume::run(ctx, &args).await,
        Command::Stats(args) => stats::run(ctx, &args).await,
        Command::Suspend(args) => suspend::run(ctx, &args).await,
        Command::Trace(args) => trace::run(ctx, &args).await,
        Command::Tree(args) => tree::run(ctx, &args).await,
        Command::Uninstall(args) => uninstall::run(ctx, &args).await,
        Command::Version(args) => version::run(ctx, &args).await,
        Command::Wait(args) => wait::run(ctx, &args).await,
        Command::Why(args) => why::run(ctx, &args).await,
    }
}
