//! Approvals in the cluster: the object is paused, the plan approved as it was reviewed, and whatever happens,
//! what was written is taken back.

use std::cell::Cell;
use std::time::Duration;

use anyhow::{Error, Result, anyhow};
use tokio::time::{sleep, timeout};

use super::Story;
use super::outcome::{compare, judge};
use crate::cluster::approval::{Approvals, Turn};
use crate::cluster::wait::Patience;
use crate::commands::plan::left_over::disarming;
use crate::commands::plan::reviewed::Reviewed;
use crate::deadline::Deadline;
use crate::error::{Class, Explain as _, class_of};
use crate::plans::approval::record::Record;
use crate::plans::approval::{Armed, Outcome, Snapshot, moved};

/// How long an approval may take to be taken back when the command is over.
const GRACE: Duration = Duration::from_secs(60);

/// Between two attempts to take it back.
const PAUSE: Duration = Duration::from_secs(1);

/// How long a write that was cut off may take to arrive.
const AFTERTHOUGHT: Duration = Duration::from_secs(1);

/// What was written and has to be taken back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Hold {
    Nothing,
    Frozen,
    Armed,
}

/// Approves a plan and follows it; whatever happens, what was written is taken back.
///
/// # Errors
/// [`Class::Conflict`] when the plan is not the one that was reviewed, before the approval or after it; how
/// the apply failed; what could not be taken back.
pub(super) async fn approve(story: &Story<'_>, reviewed: &Reviewed<'_>) -> Result<String> {
    let attempt =
        Attempt { story, reviewed, plan: reviewed.plan(), hold: Cell::new(Hold::Nothing) };
    let deadline = story.ctx.deadline.restarted();
    let what = format!("the cluster to approve {}", reviewed.desk.target());
    let work = deadline.within(&what, attempt.carry_out(deadline));
    let result = story.interruption.unless(work).await;
    let mut taken_back = attempt.take_back().await;
    if taken_back.is_ok() && attempt.hold.get() != Hold::Nothing && is_cut_off(&result) {
        // A write that was on its way may have arrived after the look that found nothing.
        sleep(AFTERTHOUGHT).await;
        taken_back = attempt.take_back().await;
    }
    match taken_back {
        Ok(()) => result,
        Err(error) => Err(attempt.left_behind(result, error)),
    }
}

/// Whether the work was dropped while a write may have been on its way, or its answer was lost.
fn is_cut_off(result: &Result<String>) -> bool {
    let is_cut_off =
        |error| matches!(error, Class::Interrupted | Class::TimedOut | Class::Unreachable);
    result.as_ref().is_err_and(|error| is_cut_off(class_of(error)))
}

/// One approval, from its first write to its last.
struct Attempt<'a> {
    story: &'a Story<'a>,
    reviewed: &'a Reviewed<'a>,
    plan: String,
    hold: Cell<Hold>,
}

impl Attempt<'_> {
    async fn carry_out(&self, deadline: Deadline) -> Result<String> {
        let (ctx, plan, target) = (self.story.ctx, &self.plan, self.desk().target());
        let progress = ctx.output.progress(&format!("{target}: {plan}"));
        let news = ctx.news(&progress);
        let patience = Patience { deadline, ..ctx.patience(&news) };
        ctx.output.waiting(format_args!("pausing {target} until nothing is in flight"));
        let frozen = self.freeze(&patience).await?;
        let armed = self.arm(&frozen).await?;
        ctx.output
            .waiting(format_args!("{plan} is approved: waiting until {target} has applied it"));
        self.follow(armed, &patience).await
    }

    /// Pauses the object, and reads again what was reviewed when no pass is in flight any more.
    async fn freeze(&self, patience: &Patience<'_>) -> Result<Snapshot> {
        let (desk, seen, token) = (self.desk(), self.seen(), self.token());
        self.hold.set(Hold::Frozen);
        if !desk.freeze(seen, &token).await? {
            self.hold.set(Hold::Nothing);
            return Err(self.has_moved(seen).await);
        }
        desk.await_pass(&seen.uid, &token, "passes in flight come to their end", patience).await?;
        let frozen = desk.review().await?.snapshot;
        self.refuse_moved(moved(&seen.once_frozen(), &frozen))?;
        Ok(frozen)
    }

    async fn arm(&self, frozen: &Snapshot) -> Result<Armed> {
        let (record, token) = (self.record().await, self.token());
        self.hold.set(Hold::Armed);
        match self.desk().arm(frozen, self.seen().suspend, &record, &token).await? {
            Some(armed) => Ok(armed),
            None => {
                self.hold.set(Hold::Frozen);
                Err(self.has_moved(&self.seen().once_frozen()).await)
            }
        }
    }

    /// Follows the approved plan to its end; the approval is taken back as soon as the pass needs it no
    /// longer.
    async fn follow(&self, armed: Armed, patience: &Patience<'_>) -> Result<String> {
        let (reviewed, desk) = (self.reviewed, self.desk());
        let mut following = desk.follow(armed);
        let (mut compared, mut is_overrun) = (None, false);
        loop {
            let turn = following.next(patience).await?;
            if compared.is_none() && turn.has_planned() {
                compared = Some(compare(reviewed).await);
                let cleared = desk.clear(&self.seen().uid, &self.plan).await?;
                is_overrun = cleared.is_some_and(|object| following.is_overrun(&object));
                self.hold.set(Hold::Nothing);
            }
            if let Turn::Ended(outcome) = turn {
                let outcome = if is_overrun { Outcome::Overrun } else { outcome };
                return judge(reviewed, &outcome, compared);
            }
        }
    }

    /// What is noted at the object. Who it was is for people: the cluster's own audit log knows it.
    async fn record(&self) -> Record {
        let by = self.story.cluster.user().await.unwrap_or_else(|_| "somebody".to_owned());
        let plan = self.seen().plan.as_ref();
        Record {
            plan: self.plan.clone(),
            digest: plan.map(|plan| plan.digest.to_string()).unwrap_or_default(),
            by,
            at: self.token(),
        }
    }

    /// The error for a patch that was refused because something is not as `expected` any more.
    async fn has_moved(&self, expected: &Snapshot) -> Error {
        match self.desk().review().await {
            Ok(now) => {
                let moved = moved(expected, &now.snapshot);
                self.refuse_moved(moved).err().unwrap_or_else(|| {
                    let target = self.desk().target();
                    anyhow!("the API server refuses to approve a plan of {target}")
                        .class(Class::Conflict)
                })
            }
            Err(error) => {
                error.context("something has moved since the review").class(Class::Conflict)
            }
        }
    }

    fn refuse_moved(&self, moved: Vec<String>) -> Result<()> {
        if moved.is_empty() {
            return Ok(());
        }
        let target = self.desk().target();
        let message = format!("{target} is not what was reviewed any more: {}", moved.join("; "));
        Err(self.reviewed.again(anyhow!(message)))
    }

    /// Takes back what was written, for as long as it takes within reason.
    async fn take_back(&self) -> Result<()> {
        let (desk, seen, plan) = (self.desk(), self.seen(), &self.plan);
        let mut last = None;
        let work = async {
            loop {
                let done = match self.hold.get() {
                    Hold::Nothing => Ok(()),
                    Hold::Frozen => desk.thaw(&seen.uid, plan, seen.suspend).await,
                    Hold::Armed => self.take_both_back().await,
                };
                match done {
                    Ok(()) => return,
                    Err(error) => last = Some(error),
                }
                sleep(PAUSE).await;
            }
        };
        match timeout(GRACE, work).await {
            Ok(()) => Ok(()),
            Err(_) => Err(last.unwrap_or_else(|| anyhow!("the cluster did not answer"))),
        }
    }

    /// An approval that may have been written, and a suspension that may still be there.
    async fn take_both_back(&self) -> Result<()> {
        let (desk, seen, plan) = (self.desk(), self.seen(), &self.plan);
        desk.clear(&seen.uid, plan).await?;
        desk.thaw(&seen.uid, plan, seen.suspend).await
    }

    /// The error that says what is still there.
    fn left_behind(&self, result: Result<String>, error: Error) -> Error {
        let (target, plan) = (self.desk().target(), &self.plan);
        self.story.ctx.output.warn(result.unwrap_or_else(|error| format!("{error:#}")));
        error
            .context(format!(
                "the approval of {plan} of {target} could not be taken back, and stands"
            ))
            .hint(disarming(target))
    }

    fn desk(&self) -> &Approvals<'_> {
        &self.reviewed.desk
    }

    fn seen(&self) -> &Snapshot {
        &self.reviewed.review.snapshot
    }

    fn token(&self) -> String {
        self.story.ctx.clock.now().to_string()
    }
}
