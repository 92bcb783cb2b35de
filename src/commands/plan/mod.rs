//! `plan`: the plans of OpenTofu, reviewed, approved, made again.

mod approve;
mod break_glass;
mod destroy;
mod disarm;
mod document;
mod history;
mod left_over;
mod list;
mod manifest;
mod new;
mod planned_object;
mod readable;
mod reject;
mod reviewed;
mod show;
mod text;
mod unlock;
mod watch;

use anyhow::Result;

use crate::cli::plan::PlanCommand;
use crate::context::Context;

/// Does what was asked for with plans.
///
/// # Errors
/// Those of the subcommand.
pub async fn run(ctx: &Context, command: &PlanCommand) -> Result<()> {
    match command {
        PlanCommand::Approve(args) => approve::run(ctx, args).await,
        PlanCommand::BreakGlass(args) => break_glass::run(ctx, args).await,
        PlanCommand::Destroy(args) => destroy::run(ctx, args).await,
        PlanCommand::Disarm(args) => disarm::run(ctx, args).await,
        PlanCommand::List(args) => list::run(ctx, args).await,
        PlanCommand::New(args) => new::run(ctx, args).await,
        PlanCommand::Reject(args) => reject::run(ctx, args).await,
        PlanCommand::Show(args) => show::run(ctx, args).await,
        PlanCommand::Unlock(args) => unlock::run(ctx, args).await,
        PlanCommand::Watch(args) => watch::run(ctx, args).await,
        PlanCommand::History(args) => history::run(ctx, args).await,
    }
}
