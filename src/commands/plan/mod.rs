//! `plan`: the plans of OpenTofu, reviewed.

mod document;
mod list;
mod readable;
mod review;
mod show;
mod text;

use anyhow::Result;

use crate::cli::plan::PlanCommand;
use crate::context::Context;

/// Does what was asked for with plans.
///
/// # Errors
/// Those of the subcommand.
pub async fn run(ctx: &Context, command: &PlanCommand) -> Result<()> {
    match command {
        PlanCommand::List(args) => list::run(ctx, args).await,
        PlanCommand::Show(args) => show::run(ctx, args).await,
    }
}
