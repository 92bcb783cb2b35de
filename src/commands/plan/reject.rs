//! Rejects plans that wait: for people, since the controller knows no such thing.

use anyhow::{Result, anyhow};

use super::left_over::refuse_owned;
use crate::cli::plan::reject::RejectArgs;
use crate::cluster::Cluster;
use crate::commands::several::{each, failures, refuse_failures};
use crate::context::Context;
use crate::error::{Class, Explain as _};
use crate::plans::approval::patch;
use crate::plans::approval::record::Rejection;

/// Notes at each object who rejects its plan, and why; takes an approval back; suspends it if that was
/// asked for.
///
/// # Errors
/// [`Class::Failed`] where no plan waits; [`Class::Conflict`] where a controller applies an approval from its
/// own source, or the object changes all the time; of several, their common class.
pub(super) async fn run(ctx: &Context, args: &RejectArgs) -> Result<()> {
    let cluster = ctx.cluster().await?;
    let by = cluster.user().await.unwrap_or_else(|_| "somebody".to_owned());
    let tell = |outcome: &String| ctx.output.done(outcome);
    let names = args.names.iter().map(|name| Ok(name.as_str()));
    let work = |name| {
        ctx.deadline.within("the rejection to be written", reject(ctx, cluster, args, &by, name))
    };
    let results = each(names, work, tell).await;
    refuse_failures(&ctx.output, failures(results), args.names.len(), "were not rejected")
}

/// How often the rejection is written anew, because the object has changed meanwhile.
const ATTEMPTS: usize = 4;

async fn reject(
    ctx: &Context,
    cluster: &Cluster,
    args: &RejectArgs,
    by: &str,
    name: &str,
) -> Result<String> {
    let desk = cluster.approvals(ctx.namespace(), name).await?;
    let target = desk.target();
    let reason = args.reason.clone().filter(|reason| !reason.trim().is_empty());
    for _ in 0..ATTEMPTS {
        let object = desk.look().await?;
        let seen = desk.glance_at(&object);
        let Some(plan) = seen.pending.clone() else {
            return Err(anyhow!("no plan of {target} waits, so there is none to reject"));
        };
        refuse_owned(&desk, &seen)?;
        let before = Rejection::of(&object).filter(|one| one.plan == plan);
        // A reason that was given stays until there is another one.
        let reason = reason.clone().or_else(|| before.as_ref()?.reason.clone());
        let is_noted = before.is_some_and(|one| one.reason == reason);
        let is_suspended = seen.suspend == Some(true) || !args.suspend;
        if is_noted && is_suspended && seen.standing.approval().is_none() {
            return Ok(format!("{target}: {plan} is rejected already"));
        }
        let (by, at) = (by.to_owned(), ctx.clock.now().to_string());
        let rejection = Rejection { plan: plan.clone(), by, at, reason };
        if desk
            .write(&patch::reject(&seen, &rejection, args.suspend), "reject a plan of")
            .await?
            .is_some()
        {
            let suspended = if args.suspend { ", and it is suspended" } else { "" };
            return Ok(format!("{target}: {plan} is rejected{suspended}"));
        }
    }
    Err(anyhow!("{target} changes all the time").class(Class::Conflict))
}
