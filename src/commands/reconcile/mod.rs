//! Asks controllers to reconcile objects now, and waits until they have.
//!
//! | module | what it does |
//! |---|---|
//! | `wish` | what was asked for, and which objects that is |
//! | `plan` | what before what |
//! | `sources` | what objects come from |
//! | `chain` | what they depend on, and what depends on them |
//! | `arrival` | which of them are at the wanted revision |
//! | `suspended` | what is resumed or refused among them |
//! | `parents` | who applies them |
//! | `run` | begins what can begin, and takes in what happens |
//! | `late` | asks again what did not come to the wanted revision |
//! | `report` | what the user reads |

mod arrival;
mod chain;
mod late;
mod parents;
mod plan;
mod report;
mod run;
mod sources;
mod suspended;
mod wish;

use std::collections::HashMap;

use anyhow::Result;

use super::lineage::Lineage;
use crate::cli::reconcile::ReconcileArgs;
use crate::cluster::wait::Patience;
use crate::context::Context;
use arrival::Arrival;
use report::Story;
use run::Run;
use wish::Wish;

/// Reconciles everything that was asked for at the same time, after what it comes from; each is tried,
/// whatever happens to the others.
///
/// # Errors
/// Those of the one object; of several, their common class.
pub async fn run(ctx: &Context, args: &ReconcileArgs) -> Result<()> {
    let wish = Wish::new(ctx, args)?;
    let lineage = args.to.as_ref().map(|revision| Lineage::new(ctx, revision)).transpose()?;
    let arrival = lineage.map(Arrival::new);
    let cluster = ctx.cluster().await?;
    let progress = ctx.output.progress("reconciling");
    let news = ctx.news(&progress);
    let error_budget = args.error_budget.get();
    let mut work = cluster.reconciliations(Patience { error_budget, ..ctx.patience(&news) });
    let mut plan = wish.plan(&mut work).await?;
    if let Some(arrival) = &arrival {
        arrival.refuse_unknowable(&plan, &work)?;
    }
    chain::extend(ctx, args, &mut plan, &mut work).await?;
    let is_of_many = plan.listed().count() > 1;
    let story = Story { output: &ctx.output, is_of_many, waits: !args.no_wait, tree: None };
    let resumed = HashMap::new();
    let mut run = Run { ctx, args, wish: &wish, story, news: &news, resumed, arrival };
    run.deal_with_suspended(&mut plan, &mut work).await?;
    run.add_sources(&mut plan, &mut work).await;
    parents::tell_suspended(ctx, cluster, &plan, &work).await;
    run.carry_out(&mut plan, &mut work).await;
    run.story.tree = None;
    progress.finish();
    report::print(&ctx.output, &plan, &work, args)?;
    report::refuse_failures(&plan)?;
    wish.refuse_nothing(&ctx.output, &plan)
}
