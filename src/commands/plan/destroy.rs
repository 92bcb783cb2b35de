//! Asks for a plan that destroys everything, or takes that back.

use anyhow::{Result, anyhow};

use super::left_over::{refuse_left_over, refuse_suspended};
use super::new::outcome;
use crate::cli::plan::destroy::DestroyArgs;
use crate::cluster::approval::{Approvals, Review};
use crate::context::Context;
use crate::error::{Class, Explain as _, usage};
use crate::kinds::view::is_true;
use crate::plans::approval::{Standing, patch};

/// Sets `spec.destroy`, or removes it, and waits for the plan.
///
/// # Errors
/// [`Class::Usage`] where nobody can be asked; [`Class::Conflict`] while an approval stands, which would let
/// the plan through unseen, and where a controller applies the field from its own source.
pub(super) async fn run(ctx: &Context, args: &DestroyArgs) -> Result<()> {
    let asks = !args.yes && !args.cancel;
    if asks && !ctx.output.can_ask() {
        let message = "there is no terminal to ask on whether everything may be destroyed";
        return Err(usage(message).hint("--yes does it without asking"));
    }
    let cluster = ctx.cluster().await?;
    let desk = cluster.approvals(ctx.namespace(), &args.name).await?;
    let review = ctx.deadline.within("the cluster", desk.review()).await?;
    refuse(&desk, &review)?;
    let target = desk.target();
    if is_true(&review.object, "/spec/destroy") != args.cancel {
        let state =
            if args.cancel { "is not to be destroyed" } else { "is to be destroyed already" };
        ctx.output.done(format_args!("{target} {state}"));
        return Ok(());
    }
    if asks {
        confirm(ctx, &desk, &review).await?;
    }
    let token = ctx.clock.now().to_string();
    let operations = patch::destroy(&review.snapshot, !args.cancel, &token);
    let write = desk.write_once(&operations, &token, "destroy what was made by");
    if ctx.deadline.within("the cluster", write).await?.is_none() {
        return Err(
            anyhow!("{target} has changed meanwhile; nothing was written").class(Class::Conflict)
        );
    }
    ctx.output.waiting(format_args!("waiting for the plan of {target}"));
    let progress = ctx.output.progress(&target.to_string());
    let news = ctx.news(&progress);
    let why = "tofu-controller plans";
    desk.await_pass(&review.snapshot.uid, &token, why, &ctx.patience(&news)).await?;
    let now = ctx.deadline.within("the cluster", desk.review()).await?;
    ctx.output.done(outcome(ctx, &target.to_string(), &now)?);
    Ok(())
}

fn refuse(desk: &Approvals<'_>, review: &Review) -> Result<()> {
    let (target, seen) = (desk.target(), &review.snapshot);
    refuse_left_over(desk, seen, "would let the plan through unseen")?;
    if let Some(owner) = &seen.destroy_owner {
        return Err(anyhow!("{owner} applies spec.destroy of {target} from its own source")
            .class(Class::Conflict)
            .hint("change it where the manifest is"));
    }
    refuse_suspended(desk, seen, "nobody plans it")
}

/// Has the object's name typed.
async fn confirm(ctx: &Context, desk: &Approvals<'_>, review: &Review) -> Result<()> {
    let target = desk.target();
    let effect = match review.snapshot.standing {
        Standing::Auto => "everything that it made is destroyed at once: it needs no approval",
        _ => "the plan destroys everything that it made, and waits for approval",
    };
    let question = format!("{target}: {effect}; type {:?} to go on: ", target.name);
    match ctx.output.typed(&question).await? == target.name {
        true => Ok(()),
        false => Err(anyhow!("aborting, nothing was written")),
    }
}
