//! Takes back approvals that stand, and what a killed approval has left behind.

use anyhow::{Result, anyhow};

use super::left_over::{left_over, refuse_owned};
use crate::cli::plan::disarm::DisarmArgs;
use crate::cluster::Cluster;
use crate::commands::several::{each, failures, refuse_failures};
use crate::context::Context;
use crate::error::{Class, Explain as _};
use crate::plans::approval::Standing;

/// Takes back what stands at each object.
///
/// # Errors
/// [`Class::Conflict`] where a controller applies the approval from its own source, and for an object that
/// applies everything by itself; of several, their common class.
pub(super) async fn run(ctx: &Context, args: &DisarmArgs) -> Result<()> {
    let cluster = ctx.cluster().await?;
    let tell = |outcome: &String| ctx.output.done(outcome);
    let names = args.names.iter().map(|name| Ok(name.as_str()));
    let work =
        |name| ctx.deadline.within("the approval to be taken back", disarm(ctx, cluster, name));
    let results = each(names, work, tell).await;
    refuse_failures(&ctx.output, failures(results), args.names.len(), "were not disarmed")
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
