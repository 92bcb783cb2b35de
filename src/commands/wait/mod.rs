//! Waits for objects, and asks nobody to do anything.

mod vigil;

use anyhow::Result;

use super::lineage::Lineage;
use super::selection::Selection;
use super::several::refuse_failures;
use crate::cli::wait::{WaitArgs, WaitState};
use crate::cluster::goal::Goal;
use crate::context::Context;
use crate::error::{Class, class_of, usage};
use crate::kinds::{Kind, Suspension, Verb};
use vigil::Vigil;

/// Waits until each object that was asked for is as it should be; nothing is ever written.
///
/// # Errors
/// [`Class::NotFound`] for what is not there, unless it is to be gone; [`Class::Failed`] for what will not
/// become as it should be; [`Class::Waiting`] when a person has to decide; [`Class::TimedOut`] with what was
/// last seen; [`Class::Usage`] when it cannot be told which revision an object is at. Of several, their common
/// class.
pub async fn run(ctx: &Context, args: &WaitArgs) -> Result<()> {
    let kinds = args.target.kinds.list(Verb::Get);
    let goal = goal(args, &kinds)?;
    let lineage = args.revision.as_ref().map(|revision| Lineage::new(ctx, revision)).transpose()?;
    let selection = Selection::new(&args.target, &args.select)?;
    let selection = selection.everywhere(args.all_namespaces)?;
    let found = match selection.find(ctx).await {
        Err(error) if goal == Goal::Deleted && class_of(&error) == Class::NotFound => {
            ctx.output.done(format_args!("{error}"));
            return Ok(());
        }
        found => found?,
    };
    let count = found.len();
    let cluster = ctx.cluster().await?;
    let mut vigil = Vigil::new(ctx, cluster, goal, lineage, args.error_budget.get());
    for found in found {
        match found {
            Ok(found) => vigil.add(found).await,
            Err(error) if goal == Goal::Deleted && class_of(&error) == Class::NotFound => {
                ctx.output.done(format_args!("{error}"));
            }
            Err(error) => vigil.fail(error),
        }
    }
    let failures = vigil.keep().await?;
    refuse_failures(&ctx.output, failures, count, &format!("are not {}", adjective(goal)))
}

/// What is waited for, if the kinds can be that.
fn goal(args: &WaitArgs, kinds: &[&'static Kind]) -> Result<Goal> {
    if args.revision.is_some() && args.state != WaitState::Ready {
        return Err(usage("--revision is for what becomes ready"));
    }
    let goal = match args.state {
        WaitState::Ready => return Ok(Goal::Ready),
        WaitState::Deleted => return Ok(Goal::Deleted),
        WaitState::Suspended => Goal::Suspended,
        WaitState::Resumed => Goal::Resumed,
    };
    match kinds.iter().find(|kind| kind.suspension == Suspension::None) {
        Some(kind) => Err(usage(format!("{kind}s cannot be suspended"))),
        None => Ok(goal),
    }
}

fn adjective(goal: Goal) -> &'static str {
    match goal {
        Goal::Ready => "ready",
        Goal::Deleted => "gone",
        Goal::Suspended => "suspended",
        Goal::Resumed => "resumed",
    }
}
