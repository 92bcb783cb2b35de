//! Takes back approvals that stand, and what a killed approval has left behind.

use anyhow::{Result, anyhow};

use super::left_over::{left_over, refuse_owned};
use super::manifest::{Manifest, Way};
use crate::cli::plan::disarm::DisarmArgs;
use crate::cluster::Cluster;
use crate::commands::several::{each, failures, refuse_failures};
use crate::context::Context;
use crate::error::{Class, Explain as _, usage};
use crate::kinds::terraform::TERRAFORM;
use crate::manifests::approval::Line;
use crate::plans::approval::Standing;

/// Takes back what stands at each object.
///
/// # Errors
/// [`Class::Conflict`] where a controller applies the approval from its own source, and for an object that
/// applies everything by itself; of several, their common class.
pub(super) async fn run(ctx: &Context, args: &DisarmArgs) -> Result<()> {
    if args.fleet.is_chosen()? {
        return disarm_in_git(ctx, args).await;
    }
    if args.file.is_some() {
        return Err(usage("--file has no effect here").hint("add --commit or --pull-request"));
    }
    let cluster = ctx.cluster().await?;
    let tell = |outcome: &String| ctx.output.done(outcome);
    let names = args.names.iter().map(|name| Ok(name.as_str()));
    let work =
        |name| ctx.deadline.within("the approval to be taken back", disarm(ctx, cluster, name));
    let results = each(names, work, tell).await;
    refuse_failures(&ctx.output, failures(results), args.names.len(), "were not disarmed")
}

/// Takes the approval of one object out of its manifest, whatever the cluster says about it, and follows that.
async fn disarm_in_git(ctx: &Context, args: &DisarmArgs) -> Result<()> {
    let [name] = args.names.as_slice() else {
        return Err(usage("--commit and --pull-request take the approval of one object back"));
    };
    let find = ctx.cluster().await?.find(&TERRAFORM, ctx.namespace(), name);
    let object = ctx.deadline.within("the cluster", find).await?;
    let manifest = Manifest::find(ctx, &args.fleet, args.file.as_deref(), &object).await?;
    let (place, target) = (manifest.place(), manifest.target());
    let Some(plan) = manifest.approval().await? else {
        ctx.output.done(format_args!("{target}: no approval stands in {place}"));
        return Ok(());
    };
    let commit = manifest.take_out(&plan, Line::Goes, Way::AsAsked).await?;
    manifest.follow(&commit).await?;
    ctx.output.done(format_args!("{target}: the approval of {plan} is taken out of {place}"));
    Ok(())
}

/// How often it is looked again, because another approval was written meanwhile.
const ATTEMPTS: usize = 4;

async fn disarm(ctx: &Context, cluster: &Cluster, name: &str) -> Result<String> {
    let desk = cluster.approvals(ctx.namespace(), name).await?;
    let target = desk.target();
    for _ in 0..ATTEMPTS {
        let seen = desk.glance().await?;
        let Some(what) = left_over(&seen) else {
            return match seen.standing {
                Standing::Auto => Err(anyhow!(
                    "{target} applies every plan by itself, and needs no approval for that"
                )
                .class(Class::Conflict)
                .hint("set spec.approvePlan to \"\" where the manifest is")),
                _ => Ok(format!("{target}: no approval stands")),
            };
        };
        refuse_owned(&desk, &seen)?;
        if desk.release(&seen, &ctx.clock.now().to_string()).await? {
            return Ok(format!("{target}: {what}: taken back"));
        }
    }
    Err(anyhow!("{target} is approved again and again").class(Class::Conflict))
}
