//! Waits for objects, and asks nobody to do anything.

mod vigil;

use anyhow::Result;

use super::lineage::Lineage;
use super::selection::{Found, Selection};
use super::several::refuse_failures;
use crate::cli::wait::{WaitArgs, WaitFormat, WaitState};
use crate::cluster::goal::Goal;
use crate::context::Context;
use crate::error::{Class, class_of, usage};
use crate::kinds::{Kind, Suspension, Verb};
use crate::output::document::Document;
use crate::output::{Output, clean};
use vigil::{Outcome, Vigil};

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
            return print(&ctx.output, args.output, &[]);
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
    let Outcome { failures, objects } = vigil.keep().await?;
    print(&ctx.output, args.output, &objects)?;
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

/// Prints the objects in the form that was asked for, if one was.
fn print(output: &Output, format: Option<WaitFormat>, objects: &[Found]) -> Result<()> {
    let objects_only = || objects.iter().map(|found| &found.object);
    let text = match format {
        None => return Ok(()),
        Some(WaitFormat::Json) => Document::Json.list(objects_only())?,
        Some(WaitFormat::Yaml) => Document::Yaml.list(objects_only())?,
        Some(WaitFormat::Name) => objects.iter().map(name_line).collect(),
    };
    output.data(&text)
}

fn name_line(found: &Found) -> String {
    format!("{}/{}\n", found.kind.resource_name(), clean(found.name()))
}

fn adjective(goal: Goal) -> &'static str {
    match goal {
        Goal::Ready => "ready",
        Goal::Deleted => "gone",
        Goal::Suspended => "suspended",
        Goal::Resumed => "resumed",
    }
}
