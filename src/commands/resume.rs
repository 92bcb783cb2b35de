//! Resumes suspended objects, and waits until they have been reconciled.

use anyhow::Result;
use kube::api::DynamicObject;

use super::selection::{Found, Selection};
use super::several::{each, failures, refuse_failures};
use crate::cli::resume::ResumeArgs;
use crate::cluster::Cluster;
use crate::cluster::suspend::Resumed;
use crate::context::Context;
use crate::kinds::Kind;
use crate::kinds::view::name;

/// Resumes each object that was asked for; then waits for all of them at the same time.
///
/// # Errors
/// [`crate::error::Class::NotFound`] when there is nothing; those of the one object, as for `reconcile`;
/// of several, their common class.
pub async fn run(ctx: &Context, args: &ResumeArgs) -> Result<()> {
    let selection = Selection::new(&args.target, &args.select)?;
    let waits = args.wait.unwrap_or(args.target.names.len() == 1) && !args.dry_run;
    let found = selection.find(ctx).await?;
    let count = found.len();
    let cluster = ctx.cluster().await?;
    let story = Story { ctx, cluster, dry_run: args.dry_run, is_one_of_many: count > 1 };
    let resumed = each(found, |found| story.resume(found)).await;
    if !waits {
        return refuse_failures(&ctx.output, failures(resumed), count, "were not resumed");
    }
    let ready = each(resumed, |(kind, resumed)| story.wait(kind, resumed)).await;
    refuse_failures(&ctx.output, failures(ready), count, "were not resumed and reconciled")
}

struct Story<'a> {
    ctx: &'a Context,
    cluster: &'a Cluster,
    dry_run: bool,
    is_one_of_many: bool,
}

impl Story<'_> {
    async fn resume(&self, found: Found) -> Result<(&'static Kind, Resumed)> {
        let Context { output, deadline, clock, .. } = self.ctx;
        let Found { kind, object } = &found;
        let (human, name) = (kind.human, found.name());
        if kind.is_suspended(object) {
            let place = found.namespace();
            output.action(format_args!("resuming {human} {name} in {place} namespace"));
            if let Some(owner) = kind.suspension_owner(object) {
                output
                    .warn(format_args!("{owner} sets this from its source, and will set it back"));
            }
        }
        let work = self.cluster.resume(kind, object, *clock, self.dry_run);
        let resumed = deadline.within("the resumption to be written", work).await?;
        match (resumed.is_changed, self.dry_run) {
            (false, _) => output.done(format_args!("{human} {name} is not suspended")),
            (true, true) => output.done(format_args!("{human} {name} would be resumed (dry run)")),
            (true, false) => {
                output.done(format_args!("{} resumed", found.label(self.is_one_of_many)));
            }
        }
        Ok((*kind, resumed))
    }

    async fn wait(&self, kind: &'static Kind, resumed: Resumed) -> Result<()> {
        let output = &self.ctx.output;
        let name = name(&resumed.object);
        output.waiting(match self.is_one_of_many {
            true => format!("waiting for {kind} {name} reconciliation"),
            false => format!("waiting for {kind} reconciliation"),
        });
        let ready = self.reconciled(kind, &resumed).await?;
        output.done(format_args!("{kind} {name} reconciliation completed"));
        let outcome = (kind.outcome)(&ready);
        output.done(match self.is_one_of_many {
            true => format!("{kind} {name}: {outcome}"),
            false => outcome,
        });
        Ok(())
    }

    /// The object when it is ready. What no controller looks at is ready as it is.
    async fn reconciled(&self, kind: &Kind, resumed: &Resumed) -> Result<DynamicObject> {
        if kind.is_static(&resumed.object) {
            return Ok(resumed.object.clone());
        }
        let progress = self.ctx.output.progress("resumed");
        let news = self.ctx.news(&progress);
        let patience = self.ctx.patience(&news);
        self.cluster.await_reconciled(&resumed.request, None, &patience).await
    }
}
