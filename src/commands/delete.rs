//! Deletes objects, after having shown what goes with them.

use anyhow::{Result, anyhow};

use super::selection::{Found, Selection};
use super::several::{each, failures, refuse_failures};
use crate::cli::delete::DeleteArgs;
use crate::cluster::Cluster;
use crate::cluster::delete::Deleted;
use crate::context::Context;
use crate::error::{Explain as _, usage};
use crate::kinds::deletion::{Deletion, applied_by};

/// Objects that are named in full, of those that go with a deleted one, unless `--verbose` asks for all.
const SHOWN: usize = 20;

/// Shows what each object that was asked for takes with it, asks, and deletes.
///
/// # Errors
/// [`crate::error::Class::Usage`] where nobody can be asked and `--silent` was not given;
/// [`crate::error::Class::NotFound`] when there is nothing; [`crate::error::Class::Conflict`] when an object
/// was created again since it was shown; of several, their common class.
pub async fn run(ctx: &Context, args: &DeleteArgs) -> Result<()> {
    let selection = Selection::new(&args.target, &args.select)?;
    let asks = !args.silent && !args.dry_run;
    if asks && !ctx.output.can_ask() {
        let message = "there is no terminal to ask on whether this may be deleted";
        return Err(usage(message).hint("--silent deletes without asking"));
    }
    let found = selection.find(ctx).await?;
    let count = found.len();
    let present: Vec<&Found> = found.iter().flatten().collect();
    for found in &present {
        show(ctx, found);
    }
    if asks && !present.is_empty() {
        confirm(ctx, &present).await?;
    }
    let cluster = ctx.cluster().await?;
    let story = Story { ctx, cluster, args, is_one_of_many: count > 1 };
    let tell = |outcome: &String| ctx.output.done(outcome);
    let results = each(found, |found| story.delete(found), tell).await;
    refuse_failures(&ctx.output, failures(results), count, "were not deleted")
}

/// Says what a deletion takes with it.
fn show(ctx: &Context, found: &Found) {
    let Found { kind, object } = found;
    let (place, name) = (found.namespace(), found.name());
    let Deletion { effect, objects, obstacle } = (kind.deletion)(object);
    let mut lines = vec![format!("{kind} {place}/{name}: {effect}")];
    let limit = if ctx.global.verbose { objects.len() } else { SHOWN };
    lines.extend(objects.iter().take(limit).map(|object| format!("    {object}")));
    if objects.len() > limit {
        lines.push(format!("    and {} more, shown with --verbose", objects.len() - limit));
    }
    ctx.output.action(lines.join("\n"));
    if let Some(owner) = applied_by(object) {
        ctx.output.warn(format_args!("{owner} applies {kind} {place}/{name}, and may do so again"));
    }
    if let Some(obstacle) = obstacle {
        ctx.output.warn(obstacle);
    }
}

/// Has a word typed that nobody types by habit: the name of the one object, or how many there are.
async fn confirm(ctx: &Context, present: &[&Found]) -> Result<()> {
    let (word, what) = match present {
        [one] => (one.name().to_owned(), "it"),
        many => (format!("delete {}", many.len()), "them"),
    };
    let answer = ctx.output.typed(&format!("type {word:?} to delete {what}: ")).await?;
    if answer == word { Ok(()) } else { Err(anyhow!("aborting, nothing was deleted")) }
}

struct Story<'a> {
    ctx: &'a Context,
    cluster: &'a Cluster,
    args: &'a DeleteArgs,
    is_one_of_many: bool,
}

impl Story<'_> {
    /// Deletes an object; says what came of it.
    async fn delete(&self, found: Found) -> Result<String> {
        let Context { output, deadline, .. } = self.ctx;
        let Found { kind, object } = &found;
        let (human, name, place) = (kind.human, found.name(), found.namespace());
        let is_leaving = object.metadata.deletion_timestamp.is_some();
        if is_leaving && (self.args.dry_run || !self.args.wait) {
            return Ok(format!("{human} {name} is being deleted already"));
        }
        if !is_leaving && !self.args.dry_run {
            output.action(format_args!("deleting {human} {name} in {place} namespace"));
        }
        let deleted = match is_leaving {
            true => Deleted::Held,
            false => {
                let work = self.cluster.delete(kind, object, self.args.dry_run);
                deadline.within("the deletion", work).await?
            }
        };
        match deleted {
            _ if self.args.dry_run => {
                return Ok(format!("{human} {name} would be deleted (dry run)"));
            }
            Deleted::Held if !self.args.wait => {
                return Ok(format!("{human} {name} will be gone when its finalizers have run"));
            }
            Deleted::Held => self.await_finalizers(&found).await?,
            Deleted::Gone => {}
        }
        Ok(format!("{} deleted", found.label(self.is_one_of_many)))
    }

    /// The object is on its way out, and its controller has something to do first.
    async fn await_finalizers(&self, found: &Found) -> Result<()> {
        let output = &self.ctx.output;
        let (human, name) = (found.kind.human, found.name());
        output.waiting(format_args!("waiting for the finalizers of {human} {name}"));
        let progress = output.progress("deleting");
        let news = self.ctx.news(&progress);
        let patience = self.ctx.patience(&news);
        self.cluster.await_gone(found.kind, &found.object, &patience).await
    }
}
