//! Approves exactly the plan that was reviewed, follows what becomes of it, and takes the approval back.

use std::cell::Cell;
use std::path::Path;
use std::time::Duration;

use anyhow::{Context as _, Error, Result, anyhow};
use tokio::time::{sleep, timeout};

use super::reviewed::{Reviewed, described, plan_of};
use super::{in_git, left_over};
use crate::cli::plan::approve::ApproveArgs;
use crate::cluster::Cluster;
use crate::cluster::approval::{Approvals, Turn};
use crate::cluster::wait::Patience;
use crate::commands::files;
use crate::commands::several::{each, failures, refuse_failures};
use crate::context::Context;
use crate::deadline::Deadline;
use crate::error::{Class, Explain as _, class_of, usage};
use crate::interruption::{self, Interruption};
use crate::kinds::deletion::applied_by;
use crate::kinds::kustomize::KUSTOMIZATION;
use crate::kinds::view::object_ref;
use crate::manifests::approval::with_approval;
use crate::plans::approval::record::{Record, Rejection};
use crate::plans::approval::refusal::doubts;
use crate::plans::approval::snapshot::summary_of;
use crate::plans::approval::{Outcome, Snapshot, Standing, moved, refusal};
use crate::plans::storage::Flaw;
use crate::plans::summary::Comparison;

/// How long an approval may take to be taken back when the command is over.
const GRACE: Duration = Duration::from_secs(60);

/// How long a write that was cut off may take to arrive.
const AFTERTHOUGHT: Duration = Duration::from_secs(1);

/// Shows each plan, asks, and approves what was shown: several at the same time.
///
/// Ctrl-C and the end of the time first take back what was written.
///
/// # Errors
/// [`Class::Usage`] where nobody can be asked and nothing was said beforehand; [`Class::Conflict`] when a plan
/// is not the one that was reviewed, before the approval or after it; those of the one object; of several,
/// their common class.
pub(super) async fn run(ctx: &Context, args: &ApproveArgs) -> Result<()> {
    refuse_unasked(ctx, args)?;
    let interruption = interruption::listen()?;
    let cluster = ctx.cluster().await?;
    let is_in_git = args.fleet.is_chosen()?;
    let story = Story { ctx, cluster, args, interruption, is_in_git };
    let reviewed = story.unless_interrupted(story.review()).await?;
    let count = reviewed.len();
    let tell = |outcome: &String| ctx.output.done(outcome);
    let work = |reviewed| async {
        match &args.filename {
            Some(file) => story.write_to(file, reviewed).await,
            None if story.is_in_git => in_git::approve(&story, &reviewed).await,
            None => story.approve(reviewed).await,
        }
    };
    let results = each(reviewed, work, tell).await;
    refuse_failures(
        &ctx.output,
        failures(results),
        count,
        "were not approved and applied as reviewed",
    )
}

/// Refuses to approve what nobody has reviewed.
fn refuse_unasked(ctx: &Context, args: &ApproveArgs) -> Result<()> {
    let is_in_git = args.fleet.is_chosen()?;
    if (args.filename.is_some() || is_in_git) && args.names.len() > 1 {
        return Err(usage("--filename, --commit and --pull-request take the approval of one plan"));
    }
    if args.filename.is_some() && is_in_git {
        return Err(usage("--filename has no effect where the manifest in Git is written"));
    }
    if args.file.is_some() && !is_in_git {
        return Err(usage("--file has no effect here").hint("add --commit or --pull-request"));
    }
    if args.yes && args.names.len() > 1 {
        return Err(usage("--yes approves one plan, of one --plan-id and --digest"));
    }
    if !args.yes && !ctx.output.can_ask() {
        let message = "there is no terminal to ask on whether this plan is approved";
        return Err(usage(message)
            .hint("--yes with --plan-id and --digest approves what was reviewed before"));
    }
    Ok(())
}

pub(super) struct Story<'a> {
    pub(super) ctx: &'a Context,
    cluster: &'a Cluster,
    pub(super) args: &'a ApproveArgs,
    pub(super) interruption: Interruption,
    /// Whether the approval is written to the manifest in Git.
    is_in_git: bool,
}

/// What was written and has to be taken back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Hold {
    Nothing,
    Frozen,
    Armed,
}

impl Story<'_> {
    pub(super) async fn unless_interrupted<T>(
        &self,
        work: impl Future<Output = Result<T>>,
    ) -> Result<T> {
        tokio::select! {
            biased;
            () = self.interruption.clone() => Err(interrupted()),
            result = work => result,
        }
    }

    /// Reads, shows and asks about each plan, one after the other: people read one at a time.
    async fn review(&self) -> Result<Vec<Result<Reviewed<'_>>>> {
        let mut reviewed = Vec::new();
        for name in &self.args.names {
            reviewed.push(self.review_one(name).await);
        }
        Ok(reviewed)
    }

    async fn review_one(&self, name: &str) -> Result<Reviewed<'_>> {
        let read = self.read(name);
        let reviewed = self.ctx.deadline.restarted().within("the plan to be read", read).await?;
        self.refuse(&reviewed)?;
        self.show(&reviewed);
        self.refuse_shared_source(&reviewed).await?;
        if !self.args.yes {
            self.ask(&reviewed).await?;
        }
        Ok(reviewed)
    }

    /// Reads a plan, after what was left behind at its object is taken back.
    async fn read(&self, name: &str) -> Result<Reviewed<'_>> {
        let desk = self.cluster.approvals(self.ctx.namespace(), name).await?;
        let mut review = desk.review().await?;
        if self.is_in_git && review.snapshot.approval_owner.is_some() {
            // The commit takes the place of what the manifest approves now; and nothing is paused.
            review.snapshot.standing = Standing::Manual;
            review.snapshot.suspension_owner = None;
        } else if left_over::release(self.ctx, &desk, &review).await? {
            review = desk.review().await?;
        }
        Ok(Reviewed { desk, review })
    }

    /// Refuses what cannot be approved, what is not what was reviewed, and what destroys too much.
    fn refuse(&self, reviewed: &Reviewed<'_>) -> Result<()> {
        let (seen, target) = (&reviewed.review.snapshot, reviewed.desk.target());
        let (wanted, digest) = (self.args.plan_id.as_deref(), self.args.digest);
        if let Some(wanted) = wanted.filter(|wanted| seen.pending.as_deref() != Some(*wanted)) {
            let now = seen.pending.as_deref().unwrap_or("none");
            let message = format!("the plan that waits at {target} is {now}, and not {wanted}");
            return Err(reviewed.again(anyhow!(message)));
        }
        if let Err(Flaw::Unread { why }) = &reviewed.review.stored.plan {
            return Err(anyhow!("cannot approve a plan of {target}: {why}").class(Class::Denied));
        }
        if let Some(refusal) = refusal(seen, self.args.unverified) {
            let message = format!("cannot approve a plan of {target}: {refusal}");
            let error = anyhow!(message).class(refusal.class());
            return Err(match refusal.hint(&target.namespace, &target.name) {
                Some(hint) => error.hint(hint),
                None => error,
            });
        }
        let plan = seen.plan.as_ref().map_err(|flaw| anyhow!("{target}: {flaw}"))?;
        if let Some(digest) = digest.filter(|digest| *digest != plan.digest) {
            let now = plan.digest;
            let message =
                format!("the plan that waits at {target} has the digest {now}, and not {digest}");
            return Err(reviewed.again(anyhow!(message)));
        }
        let Some(limit) = self.args.max_destroy else { return Ok(()) };
        match &seen.summary {
            Ok(summary) if summary.destroyed() <= limit => Ok(()),
            Ok(summary) => Err(anyhow!(
                "the plan of {target} destroys {}, and --max-destroy is {limit}",
                summary.destroyed()
            )),
            Err(why) => Err(anyhow!("how much the plan of {target} destroys is not known: {why}")),
        }
    }

    fn show(&self, reviewed: &Reviewed<'_>) {
        let output = &self.ctx.output;
        output.action(described(&reviewed.review));
        for doubt in doubts(&reviewed.review.snapshot) {
            output.warn(doubt);
        }
        let rejected = Rejection::of(&reviewed.review.object);
        if let Some(rejected) =
            rejected.filter(|rejected| rejected.plan == plan_of(&reviewed.review))
        {
            let reason = rejected.reason.map(|reason| format!(": {reason}")).unwrap_or_default();
            output.warn(format_args!("{} has rejected it at {}{reason}", rejected.by, rejected.at));
        }
    }

    /// Refuses an approval in a file where manifest and code come from one source: it can never succeed,
    /// because its own commit makes another plan of it. Of one in the cluster it says so.
    async fn refuse_shared_source(&self, reviewed: &Reviewed<'_>) -> Result<()> {
        let object = &reviewed.review.object;
        let Some(owner) = applied_by(object).filter(|owner| owner.kind == KUSTOMIZATION.kind)
        else {
            return Ok(());
        };
        let found = self.cluster.find(&KUSTOMIZATION, &owner.namespace, &owner.name).await;
        let own = object_ref(object, "/spec/sourceRef");
        // What cannot be seen is not told: it changes nothing about this approval.
        let source = found.ok().and_then(|found| object_ref(&found, "/spec/sourceRef"));
        let Some(source) = source.filter(|source| own.as_ref() == Some(source)) else {
            self.suggest_git(&reviewed.review.snapshot);
            return Ok(());
        };
        let both = format!(
            "its manifest and its code both come from {source}: an approval in Git would be a new revision, \
             and so another plan"
        );
        if self.args.filename.is_some() || self.is_in_git {
            let flag = if self.is_in_git { "--commit and --pull-request" } else { "--filename" };
            return Err(anyhow!(both)
                .class(Class::Conflict)
                .hint(format!("approve it in the cluster, without {flag}"))
                .hint("or keep the code in a repository or OCI artifact of its own"));
        }
        self.ctx.output.warn(format_args!("{both}; this one is written to the cluster"));
        Ok(())
    }

    /// Says that Git is the way where it decides about approvals and could.
    fn suggest_git(&self, seen: &Snapshot) {
        let owner = seen.approval_owner.as_ref();
        if let Some(owner) = owner.filter(|_| !self.is_in_git && self.args.filename.is_none()) {
            self.ctx.output.warn(format_args!(
                "{owner} applies spec.approvePlan from its own source, and may take this approval away: with \
                 --commit or --pull-request it goes through Git"
            ));
        }
    }

    /// Writes the approval into a manifest file.
    async fn write_to(&self, file: &Path, reviewed: Reviewed<'_>) -> Result<String> {
        let (target, plan) = (reviewed.desk.target(), plan_of(&reviewed.review));
        let text = files::text(file, "--filename")?;
        let place = file.display();
        let edited = with_approval(&text, target, &plan).with_context(|| format!("{place}"))?;
        let Some(edited) = edited else {
            return Ok(format!("{place} approves {plan} of {target} already"));
        };
        tokio::fs::write(file, edited).await.with_context(|| format!("cannot write {place}"))?;
        self.ctx.output.warn(
            "an approval in Git stands until it is taken out again, and nothing compares what is applied",
        );
        Ok(format!(
            "{place} approves {plan} of {target}: commit it, and take it out when it is applied"
        ))
    }

    /// Has it approved by a person: what destroys something, or is not known, with a word that nobody types
    /// by habit.
    async fn ask(&self, reviewed: &Reviewed<'_>) -> Result<()> {
        let (seen, target) = (&reviewed.review.snapshot, reviewed.desk.target());
        let harm = match &seen.summary {
            _ if seen.is_destroy => Some("it destroys everything".to_owned()),
            Ok(summary) if summary.destroyed() == 0 => None,
            Ok(summary) => Some(format!("it destroys {}", summary.destroyed())),
            Err(_) => Some("nobody can tell what it destroys".to_owned()),
        };
        let name = target.name.as_str();
        let (word, question) = match harm {
            None => ("yes", format!("type \"yes\" to approve it for {target}: ")),
            Some(harm) => (name, format!("{harm}: type {name:?} to approve it for {target}: ")),
        };
        match self.ctx.output.typed(&question).await? == word {
            true => Ok(()),
            false => Err(anyhow!("the plan of {target} was not approved; nothing was written")),
        }
    }

    /// Approves a plan and follows it; whatever happens, what was written is taken back.
    async fn approve(&self, reviewed: Reviewed<'_>) -> Result<String> {
        let hold = Cell::new(Hold::Nothing);
        let deadline = self.ctx.deadline.restarted();
        let result = tokio::select! {
            biased;
            () = self.interruption.clone() => Err(interrupted()),
            result = self.carry_out(&reviewed, &hold, deadline) => result,
            () = deadline.passed() => {
                Err(deadline.expired(&format!("the cluster to approve {}", reviewed.desk.target())))
            }
        };
        let mut taken_back = self.take_back(&reviewed, hold.get()).await;
        if taken_back.is_ok() && hold.get() != Hold::Nothing && is_cut_off(&result) {
            // A write that was on its way may have arrived after the look that found nothing.
            sleep(AFTERTHOUGHT).await;
            taken_back = self.take_back(&reviewed, hold.get()).await;
        }
        match taken_back {
            Ok(()) => result,
            Err(error) => Err(self.left_behind(&reviewed, result, error)),
        }
    }

    async fn carry_out(
        &self,
        reviewed: &Reviewed<'_>,
        hold: &Cell<Hold>,
        deadline: Deadline,
    ) -> Result<String> {
        let (desk, seen) = (&reviewed.desk, &reviewed.review.snapshot);
        let (target, plan) = (desk.target(), plan_of(&reviewed.review));
        let progress = self.ctx.output.progress(&format!("{target}: {plan}"));
        let news = self.ctx.news(&progress);
        let patience = Patience { deadline, ..self.ctx.patience(&news) };
        self.ctx.output.waiting(format_args!("pausing {target} until nothing is in flight"));
        let token = self.token();
        hold.set(Hold::Frozen);
        if !desk.freeze(seen, &token).await? {
            hold.set(Hold::Nothing);
            return Err(self.has_moved(reviewed, false).await);
        }
        desk.await_pass(&seen.uid, &token, "passes in flight come to their end", &patience).await?;
        let frozen = desk.review().await?.snapshot;
        refuse_moved(reviewed, moved(seen, &frozen, true))?;
        let (record, token) = (self.record(reviewed).await, self.token());
        hold.set(Hold::Armed);
        let Some(armed) = desk.arm(&frozen, seen.suspend, &record, &token).await? else {
            hold.set(Hold::Frozen);
            return Err(self.has_moved(reviewed, true).await);
        };
        self.ctx
            .output
            .waiting(format_args!("{plan} is approved: waiting until {target} has applied it"));
        let mut following = desk.follow(armed);
        let (mut compared, mut is_overrun) = (None, false);
        loop {
            let turn = following.next(&patience).await?;
            if compared.is_none() && turn.has_planned() {
                compared = Some(self.compare(reviewed).await);
                let cleared = desk.clear(&seen.uid, &plan).await?;
                is_overrun = cleared.is_some_and(|object| following.is_overrun(&object));
                hold.set(Hold::Nothing);
            }
            if let Turn::Ended(outcome) = turn {
                let outcome = if is_overrun { Outcome::Overrun } else { outcome };
                return judge(reviewed, &outcome, compared);
            }
        }
    }

    fn token(&self) -> String {
        self.ctx.clock.now().to_string()
    }

    /// What is noted at the object. Who it was is for people: the cluster's own audit log knows it.
    async fn record(&self, reviewed: &Reviewed<'_>) -> Record {
        let by = self.cluster.user().await.unwrap_or_else(|_| "somebody".to_owned());
        let plan = reviewed.review.snapshot.plan.as_ref();
        Record {
            plan: plan_of(&reviewed.review),
            digest: plan.map(|plan| plan.digest.to_string()).unwrap_or_default(),
            by,
            at: self.token(),
        }
    }

    /// Holds the plan that is applied against the one that was reviewed.
    pub(super) async fn compare(&self, reviewed: &Reviewed<'_>) -> Result<Comparison, String> {
        let now = reviewed.desk.stored().await.map_err(|error| format!("{error:#}"))?;
        let before = reviewed.review.snapshot.summary.as_ref().map_err(Clone::clone)?;
        let plan = now.plan.as_ref().map_err(ToString::to_string)?;
        if plan.saved_plan != plan_of(&reviewed.review) {
            return Err(format!("what is stored now is {}", plan.saved_plan));
        }
        Ok(before.compare(&summary_of(&now)?))
    }

    /// The error for a patch that was refused because something has moved.
    async fn has_moved(&self, reviewed: &Reviewed<'_>, freezes: bool) -> Error {
        match reviewed.desk.review().await {
            Ok(now) => {
                let moved = moved(&reviewed.review.snapshot, &now.snapshot, freezes);
                refuse_moved(reviewed, moved).err().unwrap_or_else(|| {
                    let target = reviewed.desk.target();
                    anyhow!("the API server refuses to approve a plan of {target}")
                        .class(Class::Conflict)
                })
            }
            Err(error) => {
                error.context("something has moved since the review").class(Class::Conflict)
            }
        }
    }

    /// Takes back what was written, for as long as it takes within reason.
    async fn take_back(&self, reviewed: &Reviewed<'_>, hold: Hold) -> Result<()> {
        let (desk, seen) = (&reviewed.desk, &reviewed.review.snapshot);
        let plan = plan_of(&reviewed.review);
        let mut last = None;
        let work = async {
            loop {
                let done = match hold {
                    Hold::Nothing => Ok(()),
                    Hold::Frozen => desk.thaw(&seen.uid, &plan, seen.suspend).await,
                    Hold::Armed => take_both_back(desk, &seen.uid, &plan, seen.suspend).await,
                };
                match done {
                    Ok(()) => return,
                    Err(error) => last = Some(error),
                }
                sleep(Duration::from_secs(1)).await;
            }
        };
        match timeout(GRACE, work).await {
            Ok(()) => Ok(()),
            Err(_) => Err(last.unwrap_or_else(|| anyhow!("the cluster did not answer"))),
        }
    }

    /// The error that says what is still there.
    fn left_behind(&self, reviewed: &Reviewed<'_>, result: Result<String>, error: Error) -> Error {
        let target = reviewed.desk.target();
        let (plan, outcome) = (
            plan_of(&reviewed.review),
            match result {
                Ok(outcome) => outcome,
                Err(error) => format!("{error:#}"),
            },
        );
        self.ctx.output.warn(outcome);
        error
            .context(format!(
                "the approval of {plan} of {target} could not be taken back, and stands"
            ))
            .hint(format!("nigari plan disarm {} -n {}", target.name, target.namespace))
    }
}

/// An approval that may have been written, and a suspension that may still be there.
async fn take_both_back(
    desk: &Approvals<'_>,
    uid: &str,
    plan: &str,
    before: Option<bool>,
) -> Result<()> {
    desk.clear(uid, plan).await?;
    desk.thaw(uid, plan, before).await
}

pub(super) fn interrupted() -> Error {
    anyhow!("interrupted").class(Class::Interrupted)
}

/// Whether the work was dropped while a write may have been on its way, or its answer was lost.
fn is_cut_off(result: &Result<String>) -> bool {
    let is_cut_off =
        |error| matches!(error, Class::Interrupted | Class::TimedOut | Class::Unreachable);
    result.as_ref().is_err_and(|error| is_cut_off(class_of(error)))
}

fn refuse_moved(reviewed: &Reviewed<'_>, moved: Vec<String>) -> Result<()> {
    if moved.is_empty() {
        return Ok(());
    }
    let target = reviewed.desk.target();
    let message = format!("{target} is not what was reviewed any more: {}", moved.join("; "));
    Err(reviewed.again(anyhow!(message)))
}

/// What came of an approval: how it ended, and whether what was planned under it was what was reviewed.
pub(super) fn judge(
    reviewed: &Reviewed<'_>,
    outcome: &Outcome,
    compared: Option<Result<Comparison, String>>,
) -> Result<String> {
    let (target, plan) = (reviewed.desk.target(), plan_of(&reviewed.review));
    let words = format!("{target}: {}", outcome.words(&plan));
    let difference = match &compared {
        Some(Ok(Comparison::Differs(parts))) => {
            Some(format!("it treats differently: {}", parts.join(", ")))
        }
        Some(Ok(Comparison::Incomparable)) => {
            Some("it is stored in another form, so that nobody can compare it".to_owned())
        }
        Some(Err(why)) if reviewed.review.snapshot.summary.is_ok() => {
            Some(format!("it could not be compared: {why}"))
        }
        _ => None,
    };
    match (outcome.class(), difference, compared) {
        (None, None, Some(Ok(_))) => Ok(format!("{words}, as reviewed")),
        (None, None, _) => Ok(format!("{words}; nobody could compare it with what was reviewed")),
        (Some(class), None, _) => Err(anyhow!(words).class(class)),
        (_, Some(difference), _) => {
            let words =
                format!("{words}; what was planned under the approval is not what was reviewed");
            Err(anyhow!(difference).context(words).class(Class::Conflict))
        }
    }
}
