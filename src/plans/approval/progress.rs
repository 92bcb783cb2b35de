//! What becomes of an approval, from one look at the object to the next.

use std::collections::BTreeSet;

use kube::api::DynamicObject;

use super::snapshot::Snapshot;
use crate::error::Class;
use crate::kinds::plan;
use crate::kinds::readiness::condition;
use crate::kinds::view::{annotation, is_true, text};

/// The annotation that asks for a pass.
const REQUESTED_AT: &str = "reconcile.fluxcd.io/requestedAt";

/// The end of an apply whose controller, or whose runner, went away.
const CUT_OFF: &str =
    "the pass ended in the middle of the apply, and what it had done by then is not known";

/// The approval that was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Armed {
    /// The object.
    pub uid: String,
    /// The generation of the spec with the approval in it.
    pub generation: i64,
    /// What stands in `spec.approvePlan`.
    pub plan: String,
    /// The request for a pass that was written with it: the pass that repeats it has seen the approval.
    pub token: String,
}

/// How an approval ended. In every case it has to be taken back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// A plan of this id was applied.
    Applied,
    /// It was applied, and that failed.
    ApplyFailed(String),
    /// Planning again found nothing to do.
    NothingLeft,
    /// Another plan waits now; nothing was applied.
    OtherPlan(String),
    /// The pass failed before anything was applied.
    Failed(String),
    /// The state is locked; nothing was applied.
    Locked(String),
    /// Somebody has changed the spec: a pass that has not begun would plan what nobody has reviewed.
    Edited,
    /// The pass under the approval was over, and the next one due or begun, before the approval was taken
    /// back.
    Overrun,
    /// Somebody has taken the approval away, or replaced it.
    Withdrawn,
    /// The object is gone, or is another one.
    Gone,
}

/// What there is to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Look {
    /// Nothing yet, and why.
    Wait(&'static str),
    /// The apply has begun: the plan is stored that is applied. The pass needs the approval no longer, so
    /// it can be taken back. Told once.
    Begun,
    /// It is over.
    Ended(Outcome),
}

/// What was seen since the approval was written.
#[derive(Clone, Debug)]
pub struct Progress {
    armed: Armed,
    /// Requests that were made since: a pass that handles a later one has seen the approval too.
    requests: BTreeSet<String>,
    has_begun: bool,
    /// When the plan was made that is being applied, once that was seen.
    planned_at: Option<String>,
}

impl Progress {
    /// Nothing was seen yet.
    #[must_use]
    pub fn new(armed: Armed) -> Self {
        let requests = BTreeSet::from([armed.token.clone()]);
        Self { armed, requests, has_begun: false, planned_at: None }
    }

    /// The approval.
    #[must_use]
    pub fn armed(&self) -> &Armed {
        &self.armed
    }

    /// Takes a look at the object as it is now.
    ///
    /// Source: tofu-controller v0.16.5, `controllers/tf_controller{,_plan,_apply}.go`: the order in which a
    /// pass writes the status, and `lastHandledReconcileAt` at its end.
    pub fn see(&mut self, object: Option<&DynamicObject>) -> Look {
        let Some(object) =
            object.filter(|object| object.metadata.uid.as_ref() == Some(&self.armed.uid))
        else {
            return Look::Ended(Outcome::Gone);
        };
        let apply = condition(object, "Apply");
        if !self.has_begun && apply.as_ref().is_some_and(|apply| apply.status == "Unknown") {
            self.has_begun = true;
            self.planned_at = text(object, "/status/lastPlanAt").map(str::to_owned);
            return Look::Begun;
        }
        let is_over = self.is_handled(object);
        if self.has_begun {
            return match apply {
                Some(apply) if apply.status == "False" => {
                    Look::Ended(Outcome::ApplyFailed(apply.message.to_owned()))
                }
                Some(apply) if apply.is_true() && self.is_applied(object) => {
                    Look::Ended(Outcome::Applied)
                }
                Some(apply) if apply.status == "Unknown" && is_over => {
                    Look::Ended(Outcome::ApplyFailed(CUT_OFF.to_owned()))
                }
                _ => Look::Wait("the plan is being applied"),
            };
        }
        self.before_the_apply(object)
    }

    /// No apply was seen yet.
    fn before_the_apply(&mut self, object: &DynamicObject) -> Look {
        if let Some(pending) = plan::pending(object).filter(|pending| *pending != self.armed.plan) {
            return Look::Ended(Outcome::OtherPlan(pending.to_owned()));
        }
        if self.is_handled(object) {
            return self.at_the_end(object);
        }
        if object.metadata.deletion_timestamp.is_some() {
            return Look::Ended(Outcome::Gone);
        }
        if text(object, "/spec/approvePlan") != Some(&self.armed.plan) {
            return Look::Ended(Outcome::Withdrawn);
        }
        if object.metadata.generation != Some(self.armed.generation) {
            return Look::Ended(Outcome::Edited);
        }
        match condition(object, "Ready").map(|ready| ready.message) {
            Some("Terraform Planning") => Look::Wait("it is planned again"),
            Some("Initializing") => Look::Wait("the runner starts"),
            _ => Look::Wait("tofu-controller has not taken the approval up yet"),
        }
    }

    /// The pass that has seen the approval is over, and its apply went by unseen, if there was one.
    fn at_the_end(&self, object: &DynamicObject) -> Look {
        let found = |kind, reason: &str| {
            condition(object, kind).filter(|condition| condition.reason == reason)
        };
        if let Some(locked) = condition(object, "StateLocked").filter(|locked| locked.is_true()) {
            return Look::Ended(Outcome::Locked(locked.message.to_owned()));
        }
        if let Some(failed) = found("Ready", "TFExecApplyFailed") {
            return Look::Ended(Outcome::ApplyFailed(failed.message.to_owned()));
        }
        if let Some(ready) = condition(object, "Ready").filter(|ready| ready.status == "False") {
            let message = format!("{}: {}", ready.reason, ready.message);
            return Look::Ended(Outcome::Failed(message));
        }
        if let Some(stalled) = condition(object, "Stalled").filter(|stalled| stalled.is_true()) {
            let message = format!("{}: {}", stalled.reason, stalled.message);
            return Look::Ended(Outcome::Failed(message));
        }
        if plan::pending(object).is_some() {
            // The end of the pass is written in several steps; what follows decides.
            let is_suspended = is_true(object, "/spec/suspend");
            return match is_suspended || object.metadata.generation != Some(self.armed.generation) {
                true => Look::Ended(Outcome::Edited),
                false => Look::Wait("a pass has ended without applying the plan"),
            };
        }
        if condition(object, "Plan").is_some_and(|plan| plan.status == "False") {
            return Look::Ended(Outcome::NothingLeft);
        }
        match condition(object, "Apply").is_some_and(|apply| apply.is_true())
            && self.is_applied(object)
        {
            true => Look::Ended(Outcome::Applied),
            false => Look::Wait("the pass is over, and its outcome is not written yet"),
        }
    }

    /// Whether a pass after the one under the approval may have begun while it stood, seen from the object
    /// as it is right after the approval was taken back. Passes of one object never overlap: while the first
    /// is in flight, none has begun.
    ///
    /// What makes passes: an edit and a request are seen at once, a pass by the clock once it has planned.
    pub fn is_overrun(&mut self, cleared: &DynamicObject) -> bool {
        let handled = text(cleared, "/status/lastHandledReconcileAt");
        let planned_at = text(cleared, "/status/lastPlanAt");
        // Taking it back was an edit too.
        let is_edited = cleared.metadata.generation != Some(self.armed.generation + 1);
        let is_requested = annotation(cleared, REQUESTED_AT) != handled;
        let is_planned = self.planned_at.is_some() && self.planned_at.as_deref() != planned_at;
        self.is_handled(cleared) && (is_edited || is_requested || is_planned)
    }

    fn is_applied(&self, object: &DynamicObject) -> bool {
        text(object, "/status/plan/lastApplied") == Some(&self.armed.plan)
    }

    /// Whether a pass has ended that began with the approval in the spec.
    fn is_handled(&mut self, object: &DynamicObject) -> bool {
        if let Some(request) = annotation(object, REQUESTED_AT) {
            self.requests.insert(request.to_owned());
        }
        text(object, "/status/lastHandledReconcileAt")
            .is_some_and(|handled| self.requests.contains(handled))
    }
}

/// Whether `plan` was planned again and applied since it was reviewed, and nothing waits.
#[must_use]
pub fn is_applied_since(reviewed: &Snapshot, plan: &str, object: &DynamicObject) -> bool {
    plan::pending(object).is_none()
        && text(object, "/status/plan/lastApplied") == Some(plan)
        && text(object, "/status/lastPlanAt") != Some(&reviewed.planned_at)
        && condition(object, "Apply").is_some_and(|apply| apply.is_true())
}

impl Outcome {
    /// The class of the failure; nothing for a success.
    #[must_use]
    pub fn class(&self) -> Option<Class> {
        match self {
            Self::Applied => None,
            Self::ApplyFailed(_) | Self::Failed(_) => Some(Class::Failed),
            Self::NothingLeft
            | Self::OtherPlan(_)
            | Self::Locked(_)
            | Self::Edited
            | Self::Overrun
            | Self::Withdrawn
            | Self::Gone => Some(Class::Conflict),
        }
    }

    /// How the approval of `plan` ended, in a sentence.
    #[must_use]
    pub fn words(&self, plan: &str) -> String {
        match self {
            Self::Applied => format!("{plan} was applied"),
            Self::ApplyFailed(message) => format!("{plan} could not be applied: {message}"),
            Self::NothingLeft => format!(
                "{plan} was not applied: planned again, there was nothing to do, so it is not what was reviewed"
            ),
            Self::OtherPlan(other) => {
                format!("{plan} was not applied: {other} waits now")
            }
            Self::Failed(message) => format!("{plan} was not applied: {message}"),
            Self::Locked(message) => format!("{plan} was not applied: {message}"),
            Self::Edited => format!(
                "somebody changed the spec after {plan} was approved; the approval was taken back, and what \
                 was planned under it until then may be applied"
            ),
            Self::Overrun => format!(
                "the next pass was due before the approval of {plan} could be taken back; what it planned \
                 may be applied too"
            ),
            Self::Withdrawn => {
                format!(
                    "somebody took the approval of {plan} away; a pass that has seen it may still apply it"
                )
            }
            Self::Gone => format!("the object went away before {plan} was applied"),
        }
    }
}

#[cfg(test)]
mod tests {
    use kube::ResourceExt as _;
    use serde_json::{Value, json};

    use super::*;
    use crate::kinds::view::tests::object;

    const ID: &str = "plan-main-b8e362c206";

    fn progress() -> Progress {
        let text = |text: &str| text.to_owned();
        let (uid, plan, token) = (text("uid-1"), text(ID), text("t2"));
        Progress::new(Armed { uid, generation: 5, plan, token })
    }

    fn conditions(all: &[(&str, &str, &str, &str)]) -> Value {
        let one = |(kind, status, reason, message): &(&str, &str, &str, &str)| json!({"type": kind, "status": status, "reason": reason, "message": message});
        all.iter().map(one).collect()
    }

    /// The object with the approval in it; `status` and `conditions` as given.
    fn seen(status: Value, all: &[(&str, &str, &str, &str)]) -> DynamicObject {
        let mut status = status;
        status["conditions"] = conditions(all);
        object(json!({
            "metadata": {
                "name": "vpc", "namespace": "infra", "uid": "uid-1", "generation": 5,
                "annotations": {"reconcile.fluxcd.io/requestedAt": "t2"},
            },
            "spec": {"approvePlan": ID},
            "status": status,
        }))
    }

    fn waiting(token: &str) -> Value {
        json!({"lastHandledReconcileAt": token, "plan": {"pending": ID}})
    }

    fn done(token: &str) -> Value {
        json!({"lastHandledReconcileAt": token, "plan": {"lastApplied": ID}})
    }

    const APPLYING: (&str, &str, &str, &str) = ("Apply", "Unknown", "Progressing", "Apply started");
    const APPLIED: (&str, &str, &str, &str) = ("Apply", "True", "TerraformAppliedSucceed", "done");
    const PLANNED: (&str, &str, &str, &str) = ("Plan", "True", "TerraformPlannedWithChanges", "x");

    #[test]
    fn an_apply_begins_and_ends() {
        let mut progress = progress();
        let look = progress.see(Some(&seen(waiting("t1"), &[])));
        assert_eq!(look, Look::Wait("tofu-controller has not taken the approval up yet"));
        let planning = ("Ready", "Unknown", "Progressing", "Terraform Planning");
        let look = progress.see(Some(&seen(waiting("t1"), &[planning])));
        assert_eq!(look, Look::Wait("it is planned again"));
        assert_eq!(progress.see(Some(&seen(waiting("t1"), &[APPLYING]))), Look::Begun);
        let look = progress.see(Some(&seen(waiting("t1"), &[APPLYING])));
        assert_eq!(look, Look::Wait("the plan is being applied"));
        // The approval was taken back meanwhile, and the conditions are written before the rest.
        let mut cleared = seen(waiting("t1"), &[APPLIED]);
        cleared.metadata.generation = Some(6);
        cleared.data["spec"] = json!({});
        assert_eq!(progress.see(Some(&cleared)), Look::Wait("the plan is being applied"));
        let look = progress.see(Some(&seen(done("t1"), &[APPLIED])));
        assert_eq!(look, Look::Ended(Outcome::Applied));
    }

    /// What is told of an approval that was taken back from an object which was `changed` meanwhile.
    #[track_caller]
    fn expect_overrun(is_overrun: bool, changed: impl FnOnce(&mut DynamicObject)) {
        let mut status = done("t2");
        status["lastPlanAt"] = json!("2026-01-31T12:00:00Z");
        let mut progress = progress();
        assert_eq!(progress.see(Some(&seen(status.clone(), &[APPLYING]))), Look::Begun);
        let mut cleared = seen(status, &[APPLIED]);
        cleared.metadata.generation = Some(6);
        changed(&mut cleared);
        assert_eq!(progress.is_overrun(&cleared), is_overrun);
    }

    #[test]
    fn a_pass_that_was_due_before_the_approval_was_taken_back_is_told() {
        expect_overrun(false, |_| {});
        expect_overrun(true, |object| object.metadata.generation = Some(7));
        expect_overrun(true, |object| {
            object.annotations_mut().insert(REQUESTED_AT.to_owned(), "t3".to_owned());
        });
        expect_overrun(true, |object| {
            object.data["status"]["lastPlanAt"] = json!("2026-01-31T12:00:01Z");
        });
    }

    #[test]
    fn while_the_pass_is_in_flight_no_other_has_begun() {
        expect_overrun(false, |object| {
            object.metadata.generation = Some(7);
            object.data["status"]["lastHandledReconcileAt"] = json!("t1");
        });
    }

    #[test]
    fn an_apply_that_went_by_unseen_counts_when_its_pass_is_over() {
        let before = progress().see(Some(&seen(done("t1"), &[APPLIED, PLANNED])));
        assert!(
            matches!(before, Look::Wait(_)),
            "an earlier apply of the same id is no news: {before:?}"
        );
        let after = progress().see(Some(&seen(done("t2"), &[APPLIED, PLANNED])));
        assert_eq!(after, Look::Ended(Outcome::Applied));
    }

    #[test]
    fn a_later_request_of_somebody_else_counts_as_ours() {
        let mut progress = progress();
        let mut later = seen(done("t3"), &[APPLIED, PLANNED]);
        assert!(matches!(progress.see(Some(&later)), Look::Wait(_)));
        later
            .metadata
            .annotations
            .get_or_insert_default()
            .insert(REQUESTED_AT.to_owned(), "t3".to_owned());
        assert_eq!(progress.see(Some(&later)), Look::Ended(Outcome::Applied));
    }

    #[test]
    fn a_failed_apply_is_told_whether_it_was_seen_or_not() {
        let failed = ("Apply", "False", "TerraformAppliedFail", "error running Apply: no");
        let mut progress = progress();
        progress.see(Some(&seen(waiting("t1"), &[APPLYING])));
        let expected = Look::Ended(Outcome::ApplyFailed("error running Apply: no".to_owned()));
        assert_eq!(progress.see(Some(&seen(waiting("t1"), &[failed]))), expected);
        let ready = ("Ready", "False", "TFExecApplyFailed", "error running Apply: no");
        assert_eq!(
            self::progress().see(Some(&seen(json!({"lastHandledReconcileAt": "t2"}), &[ready]))),
            expected
        );
    }

    #[test]
    fn an_apply_that_was_cut_off_is_not_waited_for() {
        let mut progress = progress();
        progress.see(Some(&seen(waiting("t1"), &[APPLYING])));
        let look = progress.see(Some(&seen(waiting("t1"), &[APPLYING])));
        assert_eq!(look, Look::Wait("the plan is being applied"));
        let look = progress.see(Some(&seen(waiting("t2"), &[APPLYING])));
        assert_eq!(look, Look::Ended(Outcome::ApplyFailed(CUT_OFF.to_owned())));
    }

    #[test]
    fn what_ends_without_an_apply_is_told_apart() {
        let none = ("Plan", "False", "TerraformPlannedNoChanges", "Plan no changes");
        let look = progress().see(Some(&seen(done("t2"), &[APPLIED, none])));
        assert_eq!(look, Look::Ended(Outcome::NothingLeft));
        let other = json!({"plan": {"pending": "plan-main-0000000000"}});
        let look = progress().see(Some(&seen(other, &[])));
        assert_eq!(look, Look::Ended(Outcome::OtherPlan("plan-main-0000000000".to_owned())));
        let failed = ("Ready", "False", "TFExecPlanFailed", "no provider");
        let look = progress().see(Some(&seen(waiting("t2"), &[failed])));
        assert_eq!(look, Look::Ended(Outcome::Failed("TFExecPlanFailed: no provider".to_owned())));
        let look = progress().see(Some(&seen(waiting("t1"), &[failed])));
        assert!(matches!(look, Look::Wait(_)), "of an earlier pass: {look:?}");
        let locked = ("StateLocked", "True", "LockHeld", "Locked with 0-1");
        let look = progress().see(Some(&seen(waiting("t2"), &[locked, failed])));
        assert_eq!(look, Look::Ended(Outcome::Locked("Locked with 0-1".to_owned())));
        let stalled = ("Stalled", "True", "RetryLimitReached", "too often");
        let look = progress().see(Some(&seen(waiting("t2"), &[stalled])));
        assert_eq!(look, Look::Ended(Outcome::Failed("RetryLimitReached: too often".to_owned())));
    }

    #[test]
    fn what_others_do_meanwhile_is_told() {
        let mut edited = seen(waiting("t1"), &[]);
        edited.metadata.generation = Some(6);
        assert_eq!(progress().see(Some(&edited)), Look::Ended(Outcome::Edited));
        edited.data["spec"] = json!({"approvePlan": ""});
        assert_eq!(progress().see(Some(&edited)), Look::Ended(Outcome::Withdrawn));
        let mut recreated = seen(waiting("t1"), &[]);
        recreated.metadata.uid = Some("uid-9".to_owned());
        assert_eq!(progress().see(Some(&recreated)), Look::Ended(Outcome::Gone));
        assert_eq!(progress().see(None), Look::Ended(Outcome::Gone));
    }

    #[test]
    fn only_an_apply_is_a_success() {
        let text = || "x".to_owned();
        for (outcome, code) in [
            (Outcome::ApplyFailed(text()), 1),
            (Outcome::NothingLeft, 7),
            (Outcome::OtherPlan(text()), 7),
            (Outcome::Failed(text()), 1),
            (Outcome::Locked(text()), 7),
            (Outcome::Edited, 7),
            (Outcome::Withdrawn, 7),
            (Outcome::Gone, 7),
        ] {
            assert_eq!(outcome.class().unwrap().exit_code(), code, "{outcome:?}");
            assert!(outcome.words(ID).contains(ID));
        }
        assert_eq!(Outcome::Applied.class(), None);
    }
}
