//! Suspends objects: their controllers leave them alone until they are resumed.

use anyhow::Result;
use kube::api::DynamicObject;

use super::selection::{Found, Selection};
use super::several::{each, failures, refuse_failures};
use crate::cli::suspend::SuspendArgs;
use crate::cluster::Cluster;
use crate::context::Context;
use crate::error::usage;
use crate::kinds::Kind;
use crate::kinds::suspension::Note;
use crate::kinds::view::name;

/// Suspends each object that was asked for, and notes why.
///
/// # Errors
/// [`crate::error::Class::NotFound`] when there is nothing; those of the one object; of several, their
/// common class.
pub async fn run(ctx: &Context, args: &SuspendArgs) -> Result<()> {
    let selection = Selection::new(&args.target, &args.select)?;
    let note = note(ctx, args)?;
    let found = selection.find(ctx).await?;
    let count = found.len();
    let cluster = ctx.cluster().await?;
    let story = Story { ctx, cluster, note, dry_run: args.dry_run, is_one_of_many: count > 1 };
    let tell = |outcome: &String| ctx.output.done(outcome);
    let results = each(found, |found| story.suspend(found), tell).await;
    refuse_failures(&ctx.output, failures(results), count, "were not suspended")
}

fn note(ctx: &Context, args: &SuspendArgs) -> Result<Note> {
    let until = args.until.map(|until| until.time(ctx.clock.now())).transpose();
    let until = until.map_err(|error| usage(format!("--until: {error}")))?;
    let reason = args.reason.clone().filter(|reason| !reason.trim().is_empty());
    Ok(Note { reason, until: until.map(|until| until.to_string()) })
}

struct Story<'a> {
    ctx: &'a Context,
    cluster: &'a Cluster,
    note: Note,
    dry_run: bool,
    is_one_of_many: bool,
}

impl Story<'_> {
    /// Suspends an object; says what came of it.
    async fn suspend(&self, found: Found) -> Result<String> {
        let Found { kind, object } = &found;
        let (human, name) = (kind.human, found.name());
        if kind.suspend_patch(object, &self.note).is_none() {
            return Ok(already(kind, object));
        }
        if !self.dry_run {
            self.announce(&found);
        }
        let work = self.cluster.suspend(kind, object, &self.note, self.dry_run);
        let changed = self.ctx.deadline.within("the suspension to be written", work).await?;
        Ok(match (changed.is_changed, self.dry_run) {
            (false, _) => already(kind, &changed.object),
            (true, true) => format!("{human} {name} would be suspended (dry run)"),
            (true, false) => format!("{} suspended", found.label(self.is_one_of_many)),
        })
    }

    fn announce(&self, found: &Found) {
        let (human, name, place) = (found.kind.human, found.name(), found.namespace());
        self.ctx.output.action(format_args!("suspending {human} {name} in {place} namespace"));
        found.warn_of_owner(&self.ctx.output);
    }
}

fn already(kind: &Kind, object: &DynamicObject) -> String {
    let note = kind.suspension_note(object).unwrap_or_default();
    format!("{} {} is already suspended{note}", kind.human, name(object))
}
