//! Approvals through Git: the id is committed to the manifest of the object, followed until its plan is
//! applied, and taken out of the manifest again.

use std::cell::Cell;
use std::time::Duration;

use anyhow::{Error, Result, anyhow};

use super::Story;
use super::outcome::{compare, judge};
use crate::cluster::approval::{Adopted, Turn};
use crate::commands::plan::manifest::{Manifest, Way};
use crate::commands::plan::reviewed::Reviewed;
use crate::context::Context;
use crate::deadline::Deadline;
use crate::error::{Class, Explain as _};
use crate::manifests::approval::Line;
use crate::plans::approval::{Armed, Outcome};

/// How long the approval may take to be taken out of Git, and that to arrive in the cluster.
const GRACE: Duration = Duration::from_secs(120);

/// Approves a plan in its manifest, follows what becomes of it, and takes the approval out again. One that
/// goes through a pull request stays until another one takes it out.
///
/// # Errors
/// [`Class::Waiting`] while a pull request is open; those of an approval in the cluster; those of the host.
pub(super) async fn approve(story: &Story<'_>, reviewed: &Reviewed<'_>) -> Result<String> {
    let ctx = story.ctx.under(story.ctx.deadline.restarted());
    let args = story.args;
    let find = Manifest::find(&ctx, &args.fleet, args.file.as_deref(), &reviewed.review.object);
    let manifest = story.interruption.unless(find).await?;
    let (plan, committed) = (reviewed.plan(), Cell::new(None));
    let attempt = Attempt { story, ctx: &ctx, reviewed, manifest, plan, committed };
    let what = format!("the plan of {} to be applied", reviewed.desk.target());
    let result = story.interruption.unless(ctx.deadline.within(&what, attempt.carry_out())).await;
    let Some(line) = attempt.committed.get() else { return result };
    match attempt.take_back(line).await {
        Ok(()) => result,
        Err(error) => Err(attempt.left_behind(result, error)),
    }
}

/// One approval, from its commit to the one that takes it back.
struct Attempt<'a> {
    story: &'a Story<'a>,
    /// Under the clock of this approval.
    ctx: &'a Context,
    reviewed: &'a Reviewed<'a>,
    manifest: Manifest<'a>,
    plan: String,
    /// Since it may have been committed, and so has to be taken back: what is to become of its line.
    committed: Cell<Option<Line>>,
}

impl Attempt<'_> {
    async fn carry_out(&self) -> Result<String> {
        self.write().await?;
        let (ctx, plan, target) = (self.ctx, &self.plan, self.manifest.target());
        ctx.output
            .waiting(format_args!("{plan} is approved: waiting until {target} has applied it"));
        let token = ctx.clock.now().to_string();
        let (desk, seen) = (&self.reviewed.desk, &self.reviewed.review.snapshot);
        match desk.adopt(seen, plan, &token).await? {
            Adopted::Armed(armed) => self.follow(armed).await,
            Adopted::Applied => {
                let compared = compare(self.reviewed).await;
                judge(self.reviewed, &Outcome::Applied, Some(compared))
            }
            Adopted::Not(why) => {
                let place = self.manifest.place();
                Err(anyhow!("{place} says that {plan} is approved, and {why}")
                    .class(Class::Conflict))
            }
        }
    }

    /// Has the manifest say that the plan is approved, and waits until the cluster has applied that.
    async fn write(&self) -> Result<()> {
        let is_proposed = self.story.args.fleet.pull_request;
        if is_proposed {
            self.ctx.output.warn(format_args!(
                "once it is merged, the approval stands in {} until it is taken out with: {}",
                self.manifest.place(),
                self.manifest.disarming("--pull-request")
            ));
        }
        // From the first attempt on there may be a commit, also where its answer is lost.
        let note = |line| {
            if !is_proposed && self.committed.get().is_none() {
                self.committed.set(Some(line));
            }
        };
        let commit = self.manifest.approve(&self.plan, note).await?;
        self.manifest.follow(&commit).await
    }

    async fn follow(&self, armed: Armed) -> Result<String> {
        let progress =
            self.ctx.output.progress(&format!("{}: {}", self.manifest.target(), self.plan));
        let news = self.ctx.news(&progress);
        let patience = self.ctx.patience(&news);
        let mut following = self.reviewed.desk.follow(armed);
        let mut compared = None;
        loop {
            let turn = following.next(&patience).await?;
            if compared.is_none() && turn.has_planned() {
                compared = Some(compare(self.reviewed).await);
            }
            if let Turn::Ended(outcome) = turn {
                return judge(self.reviewed, &outcome, compared);
            }
        }
    }

    /// Takes the approval out of the manifest, and waits until it is gone from the cluster.
    async fn take_back(&self, line: Line) -> Result<()> {
        let ctx = self.ctx.under(Deadline::after(GRACE));
        let manifest = self.manifest.under(&ctx)?;
        ctx.output.action(format_args!("taking the approval out of {}", manifest.place()));
        let commit = manifest.take_out(&self.plan, line, Way::Commit).await?;
        manifest.follow(&commit).await
    }

    /// The error that says what is still there.
    fn left_behind(&self, result: Result<String>, error: Error) -> Error {
        self.ctx.output.warn(result.unwrap_or_else(|error| format!("{error:#}")));
        let place = self.manifest.place();
        error
            .context(format!("the approval in {place} could not be taken back, and may stand"))
            .hint(self.manifest.disarming("--commit"))
    }
}
