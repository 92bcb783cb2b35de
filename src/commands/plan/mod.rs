//! The plans of OpenTofu: reviewed, approved, made again.

mod approve;
mod disarm;
mod left_over;
mod new;
mod reject;
mod reviewed;

use anyhow::Result;

use crate::cli::plan::{PlanArgs, PlanCommand};
use crate::context::Context;

/// Runs the command about plans that was asked for.
///
/// # Errors
/// The command's.
pub async fn run(ctx: &Context, args: &PlanArgs) -> Result<()> {
    match &args.command {
        PlanCommand::Approve(args) => approve::run(ctx, args).await,
        PlanCommand::Disarm(args) => disarm::run(ctx, args).await,
        PlanCommand::New(args) => new::run(ctx, args).await,
        PlanCommand::Reject(args) => reject::run(ctx, args).await,
    }
}
