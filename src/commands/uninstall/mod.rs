//! Uninstalls Flux; what it has applied stays.

mod plan;
mod stages;

use anyhow::{Result, anyhow};

use crate::cli::uninstall::UninstallArgs;
use crate::cluster::footprint::CustomObjects;
use crate::context::Context;
use crate::error::{Explain as _, usage};
use plan::Plan;
use stages::Uninstallation;

/// Shows what is deleted and what stays, asks, deletes, and waits until it is gone.
///
/// # Errors
/// With nothing deleted: [`crate::error::Class::Usage`] where nobody can be asked and `--silent` was not given;
/// [`crate::error::Class::Conflict`] for what another Flux or another tool owns. Later: what the deletions that failed
/// have in common.
pub async fn run(ctx: &Context, args: &UninstallArgs) -> Result<()> {
    let asks = !args.silent && !args.dry_run;
    if asks && !ctx.output.can_ask() {
        let message = "there is no terminal to ask on whether Flux may be uninstalled";
        return Err(usage(message).hint("--silent uninstalls without asking"));
    }
    let cluster = ctx.cluster().await?;
    let (plan, leaving) = ctx.deadline.within("the cluster's lists", look(ctx, args)).await?;
    if plan.is_empty() {
        tell_nothing(ctx, &plan);
        return Ok(());
    }
    if asks {
        confirm(ctx, &plan).await?;
    }
    let mut work = Uninstallation::new(ctx, cluster, args.dry_run);
    work.carry_out(&plan, leaving).await;
    work.conclude(&plan)
}

/// Decides what goes, refuses what may not go, and shows it.
async fn look(ctx: &Context, args: &UninstallArgs) -> Result<(Plan, Vec<CustomObjects>)> {
    let cluster = ctx.cluster().await?;
    let instance = ctx.namespace();
    let found = cluster.footprint(instance).await?;
    let mut plan = Plan::new(found, instance, args.keep_namespace);
    if plan.is_empty() {
        return Ok((plan, Vec::new()));
    }
    plan.terraforms = cluster.terraforms().await?;
    plan.refuse_terraforms()?;
    // Beside another Flux the CRDs stay, and some of their objects go.
    let custom = cluster.custom_objects(plan.all_definitions()).await?;
    let contents = match &plan.namespace {
        Some(_) => cluster.contents(instance).await?,
        None => Vec::new(),
    };
    plan.refuse_foreign(&contents)?;
    let leaving = plan.leaving(custom);
    ctx.output.action(format_args!(
        "uninstalling Flux in namespace {instance} of the cluster at {}",
        cluster.server()
    ));
    for lines in plan.describe(&leaving, &contents, ctx.global.verbose) {
        ctx.output.action(lines);
    }
    Ok((plan, leaving))
}

fn tell_nothing(ctx: &Context, plan: &Plan) {
    for (other, shown_by) in &plan.others {
        ctx.output.warn(format_args!(
            "there is Flux in namespace {other} ({shown_by}): uninstall it with --namespace={other}"
        ));
    }
    ctx.output.done(format_args!("there is no Flux in namespace {}", plan.instance));
}

/// Has a word typed that nobody types by habit: the name of the namespace.
async fn confirm(ctx: &Context, plan: &Plan) -> Result<()> {
    let word = &plan.instance;
    let answer = ctx.output.typed(&format!("type {word:?} to uninstall Flux: ")).await?;
    if answer == *word { Ok(()) } else { Err(anyhow!("aborting, nothing was deleted")) }
}
