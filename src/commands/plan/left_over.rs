//! What an approval has left behind that did not come to its end, because its process was killed.

use anyhow::{Result, anyhow};

use crate::cluster::approval::{Approvals, Review};
use crate::context::Context;
use crate::error::{Class, Explain as _};
use crate::kinds::ObjectRef;
use crate::kinds::terraform::TERRAFORM;
use crate::plans::approval::{Snapshot, Standing};

/// Takes back what is left behind, and waits for the pass that sees it gone. Says whether there was anything.
///
/// # Errors
/// [`Class::Conflict`] when a controller applies the approval from its own source, and so will write it
/// again, or when the object changes all the time.
pub(super) async fn release(ctx: &Context, desk: &Approvals<'_>, review: &Review) -> Result<bool> {
    let Some(what) = left_over(&review.snapshot) else { return Ok(false) };
    refuse_owned(desk, &review.snapshot)?;
    let target = desk.target();
    ctx.output.warn(format_args!("{target}: {what}; it is taken back first"));
    let token = ctx.clock.now().to_string();
    if !desk.release(&review.snapshot, &token).await? {
        return Err(anyhow!("{target} has changed while an older approval was taken back")
            .class(Class::Conflict)
            .hint("run the command again"));
    }
    let progress = ctx.output.progress(&target.to_string());
    let news = ctx.news(&progress);
    let why = "tofu-controller plans again without the approval";
    desk.await_pass(&review.snapshot.uid, &token, why, &ctx.patience(&news)).await?;
    Ok(true)
}

/// What is left behind, in a clause; nothing where nothing is.
pub(super) fn left_over(seen: &Snapshot) -> Option<String> {
    match (&seen.standing, seen.is_frozen()) {
        (Standing::Armed(id), _) => Some(format!("an approval of {id} stands")),
        (Standing::Part(part), _) => {
            Some(format!("an approval of {part} stands, which is no whole id"))
        }
        (_, true) => {
            let plan = seen.frozen_for.as_deref().unwrap_or_default();
            Some(format!("it is suspended by an approval of {plan} that did not come to its end"))
        }
        _ => None,
    }
}

/// Refuses to have the object planned while something is left behind that would let a plan through unseen;
/// `harm` says how, after a comma.
pub(super) fn refuse_left_over(desk: &Approvals<'_>, seen: &Snapshot, harm: &str) -> Result<()> {
    let Some(what) = left_over(seen) else { return Ok(()) };
    let target = desk.target();
    Err(anyhow!("{target}: {what}, and {harm}").class(Class::Conflict).hint(disarming(target)))
}

/// Refuses what does not happen to a suspended object; `what` says what, as in "nobody plans it".
pub(super) fn refuse_suspended(desk: &Approvals<'_>, seen: &Snapshot, what: &str) -> Result<()> {
    if seen.suspend != Some(true) {
        return Ok(());
    }
    let target = desk.target();
    Err(anyhow!("{target} is suspended: {what}")
        .hint(TERRAFORM.resume_command(&target.namespace, &target.name)))
}

/// The command that takes an approval back.
pub(super) fn disarming(target: &ObjectRef) -> String {
    format!("nigari plan disarm {} -n {}", target.name, target.namespace)
}

/// Refuses what Git would write again.
pub(super) fn refuse_owned(desk: &Approvals<'_>, seen: &Snapshot) -> Result<()> {
    let Some(owner) = seen.approval_owner.as_ref().filter(|_| seen.standing.approval().is_some())
    else {
        return Ok(());
    };
    let target = desk.target();
    Err(anyhow!(
        "{owner} applies spec.approvePlan of {target} from its own source, and will do so again"
    )
    .class(Class::Conflict)
    .hint(format!("take it out of the manifest in Git: {} --commit", disarming(target))))
}
