//! Plans again, and waits for the plan.

use anyhow::{Result, anyhow};

use super::left_over::{self, refuse_left_over, refuse_suspended};
use super::reviewed::described;
use crate::cli::plan::new::NewArgs;
use crate::cluster::Cluster;
use crate::cluster::approval::{Approvals, Review};
use crate::commands::several::{each, failures, refuse_failures};
use crate::context::Context;
use crate::error::{Class, Explain as _};
use crate::plans::approval::replan::{Planned, planned};

/// Has each object planned again and waits for the outcome: a plan that waits, or no changes.
///
/// # Errors
/// [`Class::Conflict`] for an object with an approval that stands, or whose state is locked;
/// [`Class::Failed`] for one that is suspended, and for a plan that failed; of several, their common class.
pub(super) async fn run(ctx: &Context, args: &NewArgs) -> Result<()> {
    let cluster = ctx.cluster().await?;
    let tell = |outcome: &String| ctx.output.done(outcome);
    let names = args.names.iter().map(|name| Ok(name.as_str()));
    let work =
        |name| ctx.deadline.within("another plan", replan(ctx, cluster, name, args.for_drift));
    let results = each(names, work, tell).await;
    refuse_failures(&ctx.output, failures(results), args.names.len(), "were not planned again")
}

/// How often another plan is asked for, because a pass in flight has put the older one back.
const ATTEMPTS: usize = 4;

async fn replan(ctx: &Context, cluster: &Cluster, name: &str, for_drift: bool) -> Result<String> {
    let desk = cluster.approvals(ctx.namespace(), name).await?;
    let target = desk.target().to_string();
    let mut review = desk.review().await?;
    if for_drift && left_over::release(ctx, &desk, &review).await? {
        review = desk.review().await?;
    }
    refuse(&desk, &review)?;
    ctx.output.waiting(format_args!("waiting for another plan of {target}"));
    let progress = ctx.output.progress(&target);
    let news = ctx.news(&progress);
    for _ in 0..ATTEMPTS {
        let token = ctx.clock.now().to_string();
        if desk.replan(&review, &token).await? {
            let uid = &review.snapshot.uid;
            let why = "tofu-controller plans again";
            desk.await_pass(uid, &token, why, &ctx.patience(&news)).await?;
            let now = desk.review().await?;
            if is_another(&review, &now) {
                return outcome(ctx, &target, &now);
            }
            review = now;
        } else {
            review = desk.review().await?;
        }
        refuse(&desk, &review)?;
    }
    Err(anyhow!("{target} is planned by others at the same time").class(Class::Conflict))
}

/// Refuses what would be applied at once, and what nobody plans.
fn refuse(desk: &Approvals<'_>, review: &Review) -> Result<()> {
    let (target, seen) = (desk.target(), &review.snapshot);
    refuse_left_over(desk, seen, "would let the next plan through unseen")?;
    refuse_suspended(desk, seen, "nobody plans it")?;
    if seen.is_deleted {
        return Err(anyhow!("{target} is being deleted"));
    }
    Ok(())
}

/// Whether the pass has planned: a plan in the same second is another one if it is stored anew.
fn is_another(before: &Review, now: &Review) -> bool {
    let uids = |review: &Review| review.snapshot.plan.as_ref().map(|plan| plan.uids.clone()).ok();
    now.snapshot.planned_at != before.snapshot.planned_at
        || uids(now) != uids(before)
        || !matches!(planned(&now.object), Planned::Waits(_))
}

/// What a pass came to that was to plan, for the user.
pub(super) fn outcome(ctx: &Context, target: &str, now: &Review) -> Result<String> {
    let seen = &now.snapshot;
    match planned(&now.object) {
        Planned::Waits(_) => {
            ctx.output.action(described(now));
            let (name, namespace) = (&seen.object.name, &seen.object.namespace);
            Ok(format!(
                "{target}: the plan waits for approval: nigari plan approve {name} -n {namespace}"
            ))
        }
        Planned::NoChanges => Ok(format!("{target}: no changes")),
        Planned::Applied(id) => Ok(format!("{target}: {id} was applied by itself")),
        Planned::Locked(message) => {
            let error = anyhow!("{target} was not planned: {message}").class(Class::Conflict);
            let (name, namespace) = (&seen.object.name, &seen.object.namespace);
            Err(error.hint(format!("nigari plan unlock {name} -n {namespace}")))
        }
        Planned::Failed(message) => Err(anyhow!("{target} was not planned: {message}")),
    }
}
