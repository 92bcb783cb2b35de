//! Resumes suspended objects, and waits until they have been reconciled.

use anyhow::{Error, Result};
use kube::api::DynamicObject;

use super::selection::{Found, Selection};
use super::several::{each, failures, refuse_failures};
use crate::cli::resume::ResumeArgs;
use crate::cluster::Cluster;
use crate::cluster::reconcile::{Ask, Reconciliations, Request, Told};
use crate::cluster::suspend::Resumed;
use crate::context::Context;
use crate::error::Shared;
use crate::kinds::view::name;
use crate::kinds::{self, Kind};
use crate::plans::approval::refuse_armed;

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
    let failures = story.wait(resumed).await;
    refuse_failures(output, failures, count, "were not resumed and reconciled")
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
        refuse_armed(object)?;
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

    /// Waits until everything is reconciled and ready, with one watch for each kind; returns what failed.
    async fn wait(&self, resumed: Vec<Result<(&'static Kind, Resumed)>>) -> Vec<Error> {
        let progress = self.ctx.output.progress("resumed");
        let news = self.ctx.news(&progress);
        let mut work = self.cluster.reconciliations(self.ctx.patience(&news));
        let (mut failures, mut requests) = (Vec::new(), Vec::new());
        for resumed in resumed {
            match resumed {
                Ok((kind, resumed)) => requests.extend(self.announce(kind, resumed)),
                Err(error) => failures.push(error),
            }
        }
        for requests in requests.chunk_by(|one, other| one.kind() == other.kind()) {
            if let Err(error) = follow(&mut work, requests).await {
                let error = Shared::new(error);
                failures.extend(requests.iter().map(|_| error.to_error()));
            }
        }
        while let Some(told) = work.next().await {
            match told {
                Told::Requested(_) | Told::Changed(_) => {}
                Told::Settled(_, Err(error)) => failures.push(error),
                Told::Settled(object, Ok(ready)) => {
                    if let Some(kind) = kinds::of_api_kind(&object.kind) {
                        self.tell(kind, &ready);
                    }
                }
            }
        }
        failures
    }

    /// Says what is waited for. What no controller looks at is ready as it is.
    fn announce(&self, kind: &'static Kind, resumed: Resumed) -> Option<Request> {
        self.ctx.output.waiting(match self.is_one_of_many {
            true => format!("waiting for {kind} {} reconciliation", name(&resumed.object)),
            false => format!("waiting for {kind} reconciliation"),
        });
        if kind.is_static(&resumed.object) {
            self.tell(kind, &resumed.object);
            return None;
        }
        Some(resumed.request)
    }

    /// Says that an object is reconciled, and what that achieved.
    fn tell(&self, kind: &Kind, ready: &DynamicObject) {
        let (output, name) = (&self.ctx.output, name(ready));
        output.done(format_args!("{kind} {name} reconciliation completed"));
        output.done(match self.is_one_of_many {
            true => format!("{kind} {name}: {}", (kind.outcome)(ready)),
            false => (kind.outcome)(ready),
        });
    }
}

/// Waits for requests on objects of one kind.
async fn follow(work: &mut Reconciliations<'_>, requests: &[Request]) -> Result<()> {
    let Some(kind) = requests.first().map(Request::kind) else { return Ok(()) };
    let objects: Vec<_> = requests.iter().map(Request::target).collect();
    work.open_for(kind, &objects).await?;
    for request in requests {
        work.follow(request.clone(), Ask::default());
    }
    Ok(())
}
