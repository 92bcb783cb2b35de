//! Suspends objects: their controllers leave them alone until they are resumed.

use anyhow::Result;

use super::selection::{Found, Selection};
use super::several::{each, failures, refuse_failures};
use crate::cli::suspend::SuspendArgs;
use crate::cluster::Cluster;
use crate::context::Context;
use crate::error::usage;
use crate::kinds::suspension::Note;

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
    let results = each(found, |found| story.suspend(found)).await;
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
    async fn suspend(&self, found: Found) -> Result<()> {
        let Context { output, deadline, .. } = self.ctx;
        let Found { kind, object } = &found;
        let (human, name) = (kind.human, found.name());
        if kind.suspend_patch(object, &self.note).is_none() {
            self.tell_already(&found);
            return Ok(());
        }
        output.action(format_args!("suspending {human} {name} in {} namespace", found.namespace()));
        if let Some(owner) = kind.suspension_owner(object) {
            output.warn(format_args!("{owner} sets this from its source, and will set it back"));
        }
        let work = self.cluster.suspend(kind, object, &self.note, self.dry_run);
        let is_changed = deadline.within("the suspension to be written", work).await?;
        match (is_changed, self.dry_run) {
            (false, _) => self.tell_already(&found),
            (true, true) => {
                output.done(format_args!("{human} {name} would be suspended (dry run)"))
            }
            (true, false) => {
                output.done(format_args!("{} suspended", found.label(self.is_one_of_many)));
            }
        }
        Ok(())
    }

    fn tell_already(&self, found: &Found) {
        let note = found.kind.suspension_note(&found.object).unwrap_or_default();
        let (human, name) = (found.kind.human, found.name());
        self.ctx.output.done(format_args!("{human} {name} is already suspended{note}"));
    }
}
