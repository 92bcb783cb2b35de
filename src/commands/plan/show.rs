//! `plan show`: what a plan would do.

use anyhow::{Result, anyhow};
use futures::StreamExt as _;

use super::planned_object::{PlannedObject, look};
use super::text::{self, Wish};
use super::{document, readable};
use crate::cli::plan::show::{Only, ShowArgs, ShowFormat};
use crate::cluster::watch::Event;
use crate::cluster::{Cluster, Scope};
use crate::context::Context;
use crate::error::{Class, Explain as _, usage};
use crate::kinds::plan::{Approval, Phase, PlanState};
use crate::kinds::readiness::condition;
use crate::kinds::terraform::TERRAFORM;
use crate::kinds::view::namespace;
use crate::output::clean;
use crate::output::document::{Document, escape};
use crate::plans::human;
use crate::plans::storage::{Flaw, Form};
use crate::plans::stored::{ReadablePlan, Unreadable};
use crate::plans::summary::{Masking, Summary};

/// Prints what the stored plan of an object would do.
///
/// # Errors
/// [`Class::NotFound`]; [`Class::Denied`] when the readable plan may not be
/// read; [`Class::Usage`] for sensitive values without being asked for them.
pub(super) async fn run(ctx: &Context, args: &ShowArgs) -> Result<()> {
    if let Some(form) = args.enable_readable {
        return readable::enable(ctx, &args.name, form).await;
    }
    let masking = masking(ctx, args).await?;
    let cluster = ctx.cluster().await?;
    if args.watch {
        return follow(ctx, cluster, args, masking).await;
    }
    let read = PlannedObject::read(cluster, ctx.namespace(), &args.name);
    let planned = ctx.deadline.within("the cluster", read).await?;
    print(ctx, args, &planned, masking)
}

/// Shows the plan again whenever there is another one, or its state changes. Only a `--timeout` that was
/// given ends it, and then it is done.
async fn follow(ctx: &Context, cluster: &Cluster, args: &ShowArgs, masking: Masking) -> Result<()> {
    let namespace = ctx.namespace();
    let first = cluster.find(&TERRAFORM, namespace, &args.name);
    ctx.deadline.within("the cluster", first).await?;
    let mut events = cluster.watch(&TERRAFORM, Scope::namespace(namespace).named(&args.name));
    let deadline = ctx.watch_deadline();
    let mut shown = None;
    loop {
        let event = tokio::select! {
            event = events.next() => event.transpose()?,
            () = deadline.passed() => return Ok(()),
        };
        match event {
            None => return Ok(()),
            Some(Event::Initial(object) | Event::Applied(object)) => {
                if shown == Some(look(&object)) {
                    continue;
                }
                let planned = PlannedObject::read(cluster, namespace, &args.name).await?;
                if shown.replace(look(&planned.object)).is_some() {
                    ctx.output.data("\n")?;
                }
                print(ctx, args, &planned, masking)?;
            }
            Some(Event::Deleted(_)) => {
                shown = None;
                ctx.output.warn(format_args!("Terraform {namespace}/{} is gone", args.name));
            }
            Some(Event::Interrupted { why } | Event::WatchForbidden { why }) => {
                ctx.output.warn(format_args!("the watch is interrupted: {why}"));
            }
            Some(_) => {}
        }
    }
}

/// What was decided about sensitive values.
async fn masking(ctx: &Context, args: &ShowArgs) -> Result<Masking> {
    if !args.reveal {
        return Ok(Masking::Masked);
    }
    if args.yes {
        return Ok(Masking::Revealed);
    }
    if !ctx.output.can_ask() {
        return Err(usage("--reveal asks on a terminal; without one it needs --yes"));
    }
    let question = format!("type {:?} to show its sensitive values: ", args.name);
    match ctx.output.typed(&question).await? {
        answer if answer == args.name => Ok(Masking::Revealed),
        _ => Err(anyhow!("aborting, nothing was shown")),
    }
}

fn print(ctx: &Context, args: &ShowArgs, planned: &PlannedObject, masking: Masking) -> Result<()> {
    let plan = planned.stored.of_pending(planned.state().pending);
    if args.output == ShowFormat::Raw {
        return raw(ctx, planned, plan, masking);
    }
    let summary = match &plan {
        Ok(plan) => Ok(plan.summary(masking)?),
        Err(nothing) => Err(nothing),
    };
    match args.output {
        ShowFormat::Json => {
            let summary = summary.as_ref().map_err(|nothing| *nothing);
            ctx.output
                .data(&Document::Json.text(&document::planned(planned, summary, &args.only))?)?;
        }
        ShowFormat::Human | ShowFormat::Raw => {
            let wish = Wish { only: &args.only, full: args.full };
            ctx.output.data(&page(ctx, planned, summary.as_ref().ok(), &wish))?;
        }
    }
    match summary.err() {
        Some(Unreadable::Flawed { flaw: Flaw::Unread { why }, .. }) => {
            Err(anyhow!("{why}").class(Class::Denied))
        }
        nothing => {
            tell(ctx, planned, nothing);
            Ok(())
        }
    }
}

/// What is known about the plan, and what it would do.
fn page(
    ctx: &Context,
    planned: &PlannedObject,
    summary: Option<&Summary>,
    wish: &Wish<'_>,
) -> String {
    let mut page = text::header(planned, ctx.clock.now());
    let drift = drift(planned);
    if let Some(summary) = summary.or(drift.as_ref()) {
        page.push('\n');
        page += &text::body(summary, wish);
    }
    page
}

/// What drifted: the plan that the controller made to find out, and kept nowhere but in a message.
fn drift(planned: &PlannedObject) -> Option<Summary> {
    let state = planned.state();
    let is_drift = matches!(state.phase, Phase::Drifted | Phase::ApplyFailed);
    let ready = condition(&planned.object, "Ready").filter(|_| is_drift)?;
    (ready.reason == "DriftDetected").then(|| human::summary(ready.message.as_bytes()))
}

/// What to do about a state in which nothing goes on by itself, or too much does.
fn next_step(state: &PlanState<'_>) -> Option<(&'static str, &'static str)> {
    match (state.phase, state.approval) {
        (Phase::Drifted | Phase::ApplyFailed, _) => {
            Some(("have a plan made that can be approved with: nigari plan new", " --for-drift"))
        }
        (Phase::Locked, _) => {
            Some(("see who holds the lock, and break it if they are gone: nigari plan unlock", ""))
        }
        (
            _,
            Approval::Spent(_) | Approval::Standing(_) | Approval::Stale(_) | Approval::Prefix(_),
        ) => Some(("take the approval back with: nigari plan disarm", "")),
        _ => None,
    }
}

/// Says why there is nothing more to be seen, and what would help.
fn tell(ctx: &Context, planned: &PlannedObject, nothing: Option<&Unreadable>) {
    let (name, place) = (planned.name(), namespace(&planned.object));
    if let (Some(_), Err(flaw)) = (planned.state().pending, &planned.stored.plan) {
        ctx.output.warn(format_args!("the plan file has no digest: {flaw}"));
    }
    if let Some((command, flag)) = next_step(&planned.state()) {
        ctx.output.warn(format_args!("{command} {name} -n {place}{flag}"));
    }
    match nothing {
        None | Some(Unreadable::NoneWaits) => {}
        Some(nothing @ Unreadable::NotAskedFor) => {
            ctx.output.warn(format_args!("what it would do cannot be shown: {nothing}"));
            ctx.output.warn(format_args!(
                "have readable plans stored with: nigari plan show {name} -n {place} --enable-readable"
            ));
        }
        Some(nothing) => {
            ctx.output.warn(format_args!("what it would do cannot be shown: {nothing}"));
        }
    }
}

/// What the controller stored, as far as a terminal can be trusted with it.
fn raw(
    ctx: &Context,
    planned: &PlannedObject,
    plan: Result<&ReadablePlan, Unreadable>,
    masking: Masking,
) -> Result<()> {
    let plan = match plan {
        Ok(plan) => plan,
        Err(nothing) => {
            let subject = format!("Terraform {}/{}", namespace(&planned.object), planned.name());
            return Err(anyhow!("{subject}: nothing can be shown: {nothing}"));
        }
    };
    let text = String::from_utf8_lossy(plan.content.bytes());
    match (plan.form, masking) {
        (Form::Json, Masking::Masked) => {
            Err(usage("the JSON of a plan holds sensitive values in clear: add --reveal")
                .hint("without them it is what -o json prints"))
        }
        (Form::Json, Masking::Revealed) => ctx.output.data(&escape(&text)),
        (Form::Binary | Form::Human, _) => ctx.output.data(&clean(&text)),
    }
}

/// Whether an action is among those that were asked for; none means all.
pub(super) fn is_wanted(only: &[Only], action: &str) -> bool {
    only.is_empty() || only.iter().any(|only| only.word() == action)
}
