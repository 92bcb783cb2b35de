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
    let output = &ctx.output;
    let tell = |resumed: &(&Kind, Resumed)| output.done(story.resumption(resumed.0, &resumed.1));
    let resumed = each(found, |found| story.resume(found), tell).await;
    if !waits {
        return refuse_failures(output, failures(resumed), count, "were not resumed");
    }
    let wait = |(kind, resumed)| story.wait(kind, resumed);
    let ready =
        each(resumed, wait, |lines: &[String; 2]| lines.iter().for_each(|line| output.done(line)))
            .await;
    refuse_failures(output, failures(ready), count, "were not resumed and reconciled")
}

struct Story<'a> {
    ctx: &'a Context,
    cluster: &'a Cluster,
    dry_run: bool,
    is_one_of_many: bool,
}

/// Resumes an object, and says so before.
pub(super) async fn resume(
    ctx: &Context,
    cluster: &Cluster,
    found: &Found,
    dry_run: bool,
) -> Result<Resumed> {
    let Found { kind, object } = found;
    if kind.is_suspended(object) && !dry_run {
        let (human, name, place) = (kind.human, found.name(), found.namespace());
        ctx.output.action(format_args!("resuming {human} {name} in {place} namespace"));
        found.warn_of_owner(&ctx.output);
    }
    let work = cluster.resume(kind, object, ctx.clock, dry_run);
    ctx.deadline.within("the resumption to be written", work).await
}

impl Story<'_> {
    async fn resume(&self, found: Found) -> Result<(&'static Kind, Resumed)> {
        Ok((found.kind, resume(self.ctx, self.cluster, &found, self.dry_run).await?))
    }

    /// What came of it.
    fn resumption(&self, kind: &Kind, resumed: &Resumed) -> String {
        let (human, name) = (kind.human, name(&resumed.object));
        match (resumed.is_changed, self.dry_run) {
            (false, _) => format!("{human} {name} is not suspended"),
            (true, true) => format!("{human} {name} would be resumed (dry run)"),
            (true, false) if self.is_one_of_many => format!("{human} {name} resumed"),
            (true, false) => format!("{human} resumed"),
        }
    }

    /// Waits until an object is reconciled and ready; says so, and what that achieved.
    async fn wait(&self, kind: &'static Kind, resumed: Resumed) -> Result<[String; 2]> {
        let name = name(&resumed.object);
        self.ctx.output.waiting(match self.is_one_of_many {
            true => format!("waiting for {kind} {name} reconciliation"),
            false => format!("waiting for {kind} reconciliation"),
        });
        let ready = self.reconciled(kind, &resumed).await?;
        let outcome = match self.is_one_of_many {
            true => format!("{kind} {name}: {}", (kind.outcome)(&ready)),
            false => (kind.outcome)(&ready),
        };
        Ok([format!("{kind} {name} reconciliation completed"), outcome])
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
