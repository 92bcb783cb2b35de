//! What state the plan of a Terraform object is in: what its Ready condition alone does not tell.
//!
//! Source: tofu-controller, `controllers/tf_controller{,_plan,_apply,_drift_detect}.go`,
//! `api/v1alpha2/terraform_types.go` and `api/planid`.

mod words;

pub use words::review_command;

use k8s_openapi::jiff::Timestamp;
use kube::api::DynamicObject;

use crate::kinds::readiness::{Condition, condition, conditions};
use crate::kinds::view::{is_true, number, text};

/// What happens to a Terraform object, or what it waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Phase {
    /// It is being deleted.
    Deleting,
    /// A lock that somebody else holds keeps the controller from planning or applying.
    Locked,
    /// A plan is being applied, or the controller died while it was.
    Applying,
    /// A plan is being made.
    Planning,
    /// A plan waits for a person.
    Pending,
    /// A plan was made that the controller applies by itself.
    Approved,
    /// A plan was made of an older generation; the controller drops it.
    Outdated,
    /// The world is not what was applied, and there is no plan to make it so again.
    Drifted,
    /// Applying a plan failed.
    ApplyFailed,
    /// There is nothing to change.
    NoChanges,
    /// A plan was applied, and nothing was to be changed since.
    Applied,
    /// None of these: its conditions have to tell.
    Other,
}

impl Phase {
    /// One or two words for it.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Deleting => "deleting",
            Self::Locked => "locked",
            Self::Applying => "applying",
            Self::Planning => "planning",
            Self::Pending => "pending",
            Self::Approved => "approved",
            Self::Outdated => "outdated",
            Self::Drifted => "drifted",
            Self::ApplyFailed => "apply failed",
            Self::NoChanges => "no changes",
            Self::Applied => "applied",
            Self::Other => "",
        }
    }
}

/// What `spec.approvePlan` lets through.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Approval<'a> {
    /// Nothing.
    None,
    /// Every plan: `auto`, or `spec.force`.
    Automatic,
    /// Nothing: `disable` only looks for drift.
    DriftOnly,
    /// The plan that is pending, and every later one of its revision.
    Pending(&'a str),
    /// Every later plan of a revision whose plan was applied already: it was never taken back.
    Spent(&'a str),
    /// Every later plan of the revision that was planned last, though none is pending.
    Standing(&'a str),
    /// Every plan of a revision that comes back: that of another plan than the pending or the last one.
    Stale(&'a str),
    /// Nothing, though it looks like an approval of the pending plan: only the whole id counts.
    Prefix(&'a str),
}

impl<'a> Approval<'a> {
    /// The id that would be let through without anybody looking at the plan; nothing where a person
    /// decides, and where nobody is meant to.
    #[must_use]
    pub const fn armed(self) -> Option<&'a str> {
        match self {
            Self::Pending(id) | Self::Spent(id) | Self::Standing(id) | Self::Stale(id) => Some(id),
            Self::None | Self::Automatic | Self::DriftOnly | Self::Prefix(_) => None,
        }
    }
}

/// A lock on the state.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lock {
    /// Its id; empty when the controller could not read it.
    pub id: String,
    /// Who holds it: `runner@vpc-tf-runner`.
    pub holder: Option<String>,
    /// What for: `OperationTypeApply`.
    pub operation: Option<String>,
    /// Since when.
    pub created: Option<Timestamp>,
}

/// The state of the plan of a Terraform object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanState<'a> {
    /// What happens, or what is waited for.
    pub phase: Phase,
    /// The id of the plan that was made and not applied.
    pub pending: Option<&'a str>,
    /// What the manifest approves.
    pub approval: Approval<'a>,
    /// Whether the pending plan destroys everything, or the next one will.
    pub is_destroy: bool,
    /// Whether plans are made and never applied: `spec.planOnly`, unless `spec.force` beats it.
    pub is_plan_only: bool,
    /// Whether nothing happens until the object is resumed.
    pub is_suspended: bool,
    /// The lock that is in the way.
    pub lock: Option<Lock>,
    /// The revision that was planned last.
    pub revision: Option<&'a str>,
    /// When that was.
    pub planned_at: Option<Timestamp>,
}

impl<'a> PlanState<'a> {
    /// The state of the plan of `object`.
    #[must_use]
    pub fn of(object: &'a DynamicObject) -> Self {
        Self {
            phase: phase(object),
            pending: pending(object),
            approval: approval(object),
            is_destroy: is_true(
                object,
                match pending(object) {
                    Some(_) => "/status/plan/isDestroyPlan",
                    None => "/spec/destroy",
                },
            ),
            is_plan_only: is_true(object, "/spec/planOnly") && !is_true(object, "/spec/force"),
            is_suspended: is_true(object, "/spec/suspend"),
            lock: lock(object),
            revision: text(object, "/status/lastPlannedRevision"),
            planned_at: text(object, "/status/lastPlanAt").and_then(|time| time.parse().ok()),
        }
    }
}

impl PlanState<'_> {
    /// Whether the controller is at work on it.
    #[must_use]
    pub const fn is_under_way(&self) -> bool {
        matches!(self.phase, Phase::Planning | Phase::Applying)
    }

    /// Whether a person has to decide about a plan.
    #[must_use]
    pub const fn waits_for_approval(&self) -> bool {
        matches!(self.phase, Phase::Pending) && !self.is_plan_only
    }

    /// Whether there is something to do or to know: anything but rest.
    #[must_use]
    pub const fn is_noteworthy(&self) -> bool {
        let is_at_rest = matches!(self.phase, Phase::NoChanges | Phase::Applied | Phase::Other);
        !is_at_rest
            || self.approval.armed().is_some()
            || matches!(self.approval, Approval::Prefix(_))
    }
}

/// The id of the plan that was made and not applied.
#[must_use]
pub fn pending(object: &DynamicObject) -> Option<&str> {
    text(object, "/status/plan/pending")
}

/// The id of every plan of a revision: not of its inputs, its kind or its time.
///
/// Source: `api/planid`; a name that holds an `@` leaves no digit of the digest in it.
#[must_use]
pub fn id_of(revision: &str) -> String {
    let cut = |text: &str| text.chars().take(10).collect::<String>();
    if let [name, digest] = revision.split('@').collect::<Vec<_>>()[..] {
        return format!("plan-{name}-{}", cut(digest.split(':').nth(1).unwrap_or_default()));
    }
    match revision.split('/').collect::<Vec<_>>()[..] {
        [name, digest] => format!("plan-{name}-{}", cut(digest)),
        _ => format!("plan-{}", cut(revision)),
    }
}

/// The order matters: a plan that is pending decides before Ready does, which can say anything then.
fn phase(object: &DynamicObject) -> Phase {
    if object.metadata.deletion_timestamp.is_some() {
        return Phase::Deleting;
    }
    if lock(object).is_some() {
        return Phase::Locked;
    }
    let ready = condition(object, "Ready");
    let apply = condition(object, "Apply");
    if apply.is_some_and(|apply| apply.status == "Unknown") {
        return Phase::Applying;
    }
    if let Some(under_way) = ready.and_then(under_way) {
        return under_way;
    }
    if let Some(plan) = pending(object) {
        return match plan {
            plan if applies_by_itself(object, plan) => Phase::Approved,
            _ if is_outdated(object) => Phase::Outdated,
            _ => Phase::Pending,
        };
    }
    let Some(ready) = ready else { return Phase::Other };
    match (ready.status, ready.reason) {
        ("False", "TFExecApplyFailed") => Phase::ApplyFailed,
        ("False", "DriftDetected") if has_unapplied_changes(object, apply) => Phase::ApplyFailed,
        ("False", "DriftDetected") => Phase::Drifted,
        ("True", "TerraformPlannedNoChanges") => Phase::NoChanges,
        ("True", "TerraformAppliedSucceed" | "TerraformOutputsWritten" | "NoDrift") => {
            Phase::Applied
        }
        _ => Phase::Other,
    }
}

/// What the controller writes into Ready while it works. `Reconciliation in progress` is not among it: that
/// stays there while a plan waits.
fn under_way(ready: Condition<'_>) -> Option<Phase> {
    match (ready.status, ready.message) {
        ("Unknown", "Initializing" | "Terraform Planning") => Some(Phase::Planning),
        ("Unknown", "Applying") => Some(Phase::Applying),
        _ => None,
    }
}

/// Whether what looks like drift are changes whose apply failed: nothing was applied of the revision since.
fn has_unapplied_changes(object: &DynamicObject, apply: Option<Condition<'_>>) -> bool {
    apply.is_some_and(|apply| apply.status == "False")
        && text(object, "/status/lastAppliedRevision")
            != text(object, "/status/lastPlannedRevision")
}

/// Whether a pending plan is of an older generation than the object. Controllers before 0.16.4 do not say
/// what they planned.
#[must_use]
pub fn is_outdated(object: &DynamicObject) -> bool {
    let planned = number(object, "/status/lastPlannedGeneration").filter(|number| *number > 0);
    planned.is_some() && planned != object.metadata.generation
}

/// Whether the controller applies the pending plan without anybody's help: `force` beats `planOnly`, and
/// a prefix of the id is not an approval (tofu-controller since v0.16.0).
#[must_use]
pub fn applies_by_itself(object: &DynamicObject, plan: &str) -> bool {
    let approval = text(object, "/spec/approvePlan").unwrap_or_default();
    let is_approved = approval == "auto" || approval == plan;
    is_true(object, "/spec/force") || (is_approved && !is_true(object, "/spec/planOnly"))
}

fn approval(object: &DynamicObject) -> Approval<'_> {
    let value = text(object, "/spec/approvePlan");
    if is_true(object, "/spec/force") || value == Some("auto") {
        return Approval::Automatic;
    }
    let Some(id) = value else { return Approval::None };
    let last_planned = text(object, "/status/lastPlannedRevision").map(id_of);
    match pending(object) {
        _ if id == "disable" => Approval::DriftOnly,
        Some(plan) if plan == id => Approval::Pending(id),
        Some(plan) if plan.starts_with(id) => Approval::Prefix(id),
        _ if text(object, "/status/plan/lastApplied") == Some(id) => Approval::Spent(id),
        _ if last_planned.as_deref() == Some(id) => Approval::Standing(id),
        _ => Approval::Stale(id),
    }
}

/// The lock that keeps the controller from its work. What it knows of it stands in the error of the step that
/// failed, which is the message of Ready.
fn lock(object: &DynamicObject) -> Option<Lock> {
    condition(object, "StateLocked").filter(Condition::is_true)?;
    let id = text(object, "/status/lock/pending").unwrap_or_default().to_owned();
    let messages = conditions(object).map(|condition| condition.message);
    let described = messages.filter(|message| message.contains("Lock Info")).last();
    let detail = |key: &str| described.and_then(|message| lock_detail(message, key));
    Some(Lock {
        id,
        holder: detail("Who").map(str::to_owned),
        operation: detail("Operation").map(str::to_owned),
        created: detail("Created").and_then(lock_time),
    })
}

/// A line of the block that OpenTofu prints about a lock: `  Who:       runner@vpc-tf-runner`.
fn lock_detail<'a>(message: &'a str, key: &str) -> Option<&'a str> {
    let lines = message.lines().map(|line| line.trim_start_matches(['│', ' ', '\t']));
    let value = |line: &'a str| line.strip_prefix(key)?.strip_prefix(':').map(str::trim);
    lines.filter_map(value).find(|value| !value.is_empty())
}

/// `2026-01-31 12:00:00.123456789 +0000 UTC`: how Go prints a time; locks are written in UTC. RFC 3339 is
/// what the lock itself holds.
fn lock_time(text: &str) -> Option<Timestamp> {
    if let Ok(time) = text.parse() {
        return Some(time);
    }
    let mut words = text.split_whitespace();
    let (date, time) = (words.next()?, words.next()?);
    format!("{date}T{time}Z").parse().ok()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::kinds::view::tests::object;

    const PLAN: &str = "plan-main-b8e362c206";
    const REVISION: &str = "main@sha1:b8e362c206e3d0cbb7ed22ced771a0056455a2fb";

    fn is(kind: &str, status: &str, reason: &str, message: &str) -> Value {
        json!({"type": kind, "status": status, "reason": reason, "message": message})
    }

    fn vpc(spec: Value, status: Value) -> DynamicObject {
        object(
            json!({"metadata": {"name": "vpc", "generation": 2}, "spec": spec, "status": status}),
        )
    }

    #[track_caller]
    fn expect(spec: Value, status: Value, phase: Phase) {
        let object = vpc(spec, status);
        assert_eq!(PlanState::of(&object).phase, phase, "{object:?}");
    }

    #[test]
    fn ids_follow_the_revision_alone() {
        for (revision, id) in [
            ("main@sha1:b8e362c206e3", "plan-main-b8e362c206"),
            ("feature/x@sha1:b8e362c206e3", "plan-feature/x-b8e362c206"),
            ("v1.2.0@sha1:b8e362c206e3", "plan-v1.2.0-b8e362c206"),
            ("latest@sha256:0123456789ab", "plan-latest-0123456789"),
            ("sha256:e3b0c44298fc", "plan-sha256:e3b"),
            ("sha1:b8e362c206e3", "plan-sha1:b8e36"),
            ("refs/heads/main@sha1:b8e362c206e3", "plan-refs/heads/main-b8e362c206"),
            ("pkg@1.2.3@sha1:b8e362c206e3", "plan-pkg@1.2.3@"),
            ("@org/pkg@1.2.3@sha1:b8e362", "plan-@org-pkg@1.2.3@"),
            ("main/b8e362c206e3", "plan-main-b8e362c206"),
        ] {
            assert_eq!(id_of(revision), id);
        }
    }

    #[test]
    fn a_pending_plan_decides_before_ready_does() {
        for ready in [
            is("Ready", "Unknown", "TerraformPlannedWithChanges", "Plan generated"),
            is("Ready", "Unknown", "Progressing", "Reconciliation in progress"),
            is("Ready", "True", "TerraformOutputsWritten", "Outputs written"),
        ] {
            let status = json!({"plan": {"pending": PLAN}, "conditions": [ready]});
            expect(json!({}), status.clone(), Phase::Pending);
            expect(json!({"approvePlan": "auto"}), status.clone(), Phase::Approved);
            expect(json!({"approvePlan": "plan-main"}), status.clone(), Phase::Pending);
            expect(json!({"approvePlan": PLAN}), status.clone(), Phase::Approved);
            expect(json!({"approvePlan": PLAN, "planOnly": true}), status, Phase::Pending);
        }
        let older = json!({"plan": {"pending": PLAN}, "lastPlannedGeneration": 1});
        expect(json!({}), older, Phase::Outdated);
    }

    #[test]
    fn what_is_under_way_is_told_before_the_plan_that_waits() {
        let working = |message: &str| json!({"plan": {"pending": PLAN}, "conditions": [is("Ready", "Unknown", "Progressing", message)]});
        expect(json!({}), working("Terraform Planning"), Phase::Planning);
        expect(json!({}), working("Initializing"), Phase::Planning);
        expect(json!({}), working("Applying"), Phase::Applying);
        let started = json!({"plan": {"pending": PLAN}, "conditions": [
            is("Apply", "Unknown", "Progressing", "Apply started")]});
        expect(json!({}), started, Phase::Applying);
    }

    #[test]
    fn what_is_done_is_told_by_its_reason() {
        let ready =
            |status: &str, reason: &str| json!({"conditions": [is("Ready", status, reason, "")]});
        expect(json!({}), ready("True", "TerraformPlannedNoChanges"), Phase::NoChanges);
        for reason in ["TerraformAppliedSucceed", "NoDrift", "TerraformOutputsWritten"] {
            expect(json!({}), ready("True", reason), Phase::Applied);
        }
        expect(json!({}), ready("False", "DriftDetected"), Phase::Drifted);
        expect(json!({}), ready("False", "TFExecApplyFailed"), Phase::ApplyFailed);
        expect(json!({}), ready("False", "TFExecInitFailed"), Phase::Other);
        expect(json!({}), json!({}), Phase::Other);
    }

    #[test]
    fn a_failed_apply_does_not_pass_for_drift() {
        let status = |applied: &str, apply: &str| {
            json!({
                "lastPlannedRevision": REVISION, "lastAppliedRevision": applied,
                "conditions": [is("Ready", "False", "DriftDetected", "the plan"), is("Apply", apply, "", "")],
            })
        };
        expect(json!({}), status("main@sha1:0", "False"), Phase::ApplyFailed);
        expect(json!({}), status(REVISION, "True"), Phase::Drifted);
    }

    #[test]
    fn an_approval_is_told_by_what_it_lets_through() {
        let approval = |value: &str, status: Value| {
            let object = vpc(json!({"approvePlan": value}), status);
            let approval = PlanState::of(&object).approval;
            (format!("{approval:?}"), approval.armed().is_some())
        };
        let pending = || json!({"plan": {"pending": PLAN, "lastApplied": PLAN}});
        let applied = || json!({"plan": {"lastApplied": PLAN}, "lastPlannedRevision": REVISION});
        let told = |text: &str, is_armed| (text.to_owned(), is_armed);
        assert_eq!(approval("", pending()), told("None", false));
        assert_eq!(approval("auto", pending()), told("Automatic", false));
        assert_eq!(approval("disable", applied()), told("DriftOnly", false));
        assert_eq!(approval(PLAN, pending()), told(&format!("Pending({PLAN:?})"), true));
        assert_eq!(approval("plan-main", pending()), told("Prefix(\"plan-main\")", false));
        assert_eq!(approval(PLAN, applied()), told(&format!("Spent({PLAN:?})"), true));
        let planned = json!({"lastPlannedRevision": REVISION});
        assert_eq!(approval(PLAN, planned), told(&format!("Standing({PLAN:?})"), true));
        assert_eq!(approval("plan-main-0", applied()), told("Stale(\"plan-main-0\")", true));
    }

    #[test]
    fn a_lock_is_told_with_what_is_known_of_it() {
        let message = "error running Plan: Error acquiring the state lock\n\nLock Info:\n  ID:        9db590f1\n  \
                       Path:      \n  Operation: OperationTypeApply\n  Who:       runner@vpc-tf-runner\n  \
                       Version:   1.12.1\n  Created:   2026-01-31 12:00:00.5 +0000 UTC\n  Info:      \n";
        let status = json!({"lock": {"pending": "9db590f1"}, "plan": {"pending": PLAN}, "conditions": [
            is("Ready", "False", "TFExecPlanFailed", message), is("StateLocked", "True", "LockHeld", "locked")]});
        let object = vpc(json!({}), status);
        let state = PlanState::of(&object);
        assert_eq!(state.phase, Phase::Locked);
        let lock = state.lock.unwrap();
        assert_eq!(
            (lock.id.as_str(), lock.holder.as_deref(), lock.operation.as_deref()),
            ("9db590f1", Some("runner@vpc-tf-runner"), Some("OperationTypeApply"))
        );
        assert_eq!(lock.created, Some("2026-01-31T12:00:00.5Z".parse().unwrap()));
        let unlocked = json!({"conditions": [is("StateLocked", "False", "ForceUnlock", "")]});
        assert_eq!(PlanState::of(&vpc(json!({}), unlocked)).lock, None);
        let silent = json!({"conditions": [is("StateLocked", "True", "LockHeld", "")]});
        assert_eq!(PlanState::of(&vpc(json!({}), silent)).lock, Some(Lock::default()));
    }
}
