//! Ready, progressing, failed or stalled: a pure verdict over an object.
//!
//! A verdict is about the object as it is now. Whether a particular reconcile request was handled is
//! another question, asked by whoever waits.

use kube::api::DynamicObject;
use serde_json::Value;

use super::plan::{Approval, Phase, PlanState};

/// What an object's status means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// The state.
    pub state: State,
    /// The condition's reason; empty without a condition.
    pub reason: String,
    /// The controller's own message; empty without a condition.
    pub message: String,
}

/// The states of a verdict.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum State {
    /// Ready=True for the current generation.
    Ready,
    /// The controller has not decided yet.
    Progressing,
    /// Failed, and trying again will not help.
    Failed,
    /// Failed, and the controller tries again.
    Retrying,
    /// Stalled=True: the controller gave up until the object changes.
    Stalled,
    /// Suspended: nothing happens until it is resumed.
    Suspended,
    /// Nothing happens until a person decides: a plan waits for its approval.
    Waiting,
    /// A lock that somebody else holds is in the way; the controller tries again, and fails until it is
    /// gone.
    Locked,
    /// There is no condition to judge by.
    Unknown,
}

/// A condition of an object's status.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Condition<'a> {
    /// Its type: `Ready`, `Reconciling`, `Stalled`, …
    pub kind: &'a str,
    /// `True`, `False` or `Unknown`.
    pub status: &'a str,
    /// A word for programs.
    pub reason: &'a str,
    /// A sentence for people.
    pub message: &'a str,
    /// The generation that it is about, where the controller says so.
    pub observed_generation: Option<i64>,
}

impl Condition<'_> {
    /// A verdict in this condition's words.
    #[must_use]
    pub fn verdict(&self, state: State) -> Verdict {
        Verdict { state, reason: self.reason.to_owned(), message: self.message.to_owned() }
    }

    /// Whether the status is `True`.
    #[must_use]
    pub fn is_true(&self) -> bool {
        self.status == "True"
    }
}

/// The conditions of an object, in its own order.
pub fn conditions(object: &DynamicObject) -> impl Iterator<Item = Condition<'_>> {
    let list = object.data.pointer("/status/conditions").and_then(Value::as_array);
    list.into_iter().flatten().map(|value| {
        let text = |key| value.get(key).and_then(Value::as_str).unwrap_or_default();
        Condition {
            kind: text("type"),
            status: text("status"),
            reason: text("reason"),
            message: text("message"),
            observed_generation: generation(value.get("observedGeneration")),
        }
    })
}

/// The condition of a type, compared without case.
#[must_use]
pub fn condition<'a>(object: &'a DynamicObject, kind: &str) -> Option<Condition<'a>> {
    conditions(object).find(|condition| condition.kind.eq_ignore_ascii_case(kind))
}

/// Zero and below mean "never": the CRDs default `status.observedGeneration` to -1.
fn generation(value: Option<&Value>) -> Option<i64> {
    value.and_then(Value::as_i64).filter(|generation| *generation > 0)
}

/// The generation that a condition is about: its own, else the status's.
fn observed_generation(object: &DynamicObject, condition: Condition<'_>) -> Option<i64> {
    let of_status = || generation(object.data.pointer("/status/observedGeneration"));
    condition.observed_generation.or_else(of_status)
}

/// Whether a condition is about the object as it is now.
///
/// A condition's own `observedGeneration` decides; the status's counts only when it carries none, for
/// kustomize-controller sets that one only when Ready is True (`finalizeStatus` in
/// `internal/controller/kustomization_controller.go`) and helm-controller only when it stops working on
/// the object (`Reconcile` in `internal/controller/helmrelease_controller.go`). fluxcd/pkg writes the
/// condition's own with every change (`Set` in `runtime/conditions/setter.go`). Where neither is there,
/// there is nothing to be out of date with.
#[must_use]
pub fn is_current(object: &DynamicObject, condition: Condition<'_>) -> bool {
    match (observed_generation(object, condition), object.metadata.generation) {
        (Some(observed), Some(current)) => observed == current,
        _ => true,
    }
}

/// Reasons of Ready=False after which only a change of the object or of its source helps.
///
/// `BuildFailed` is kustomize-controller's word for a source whose manifests cannot be built; it builds
/// the same revision again at each retry. The others come with Stalled=True, which may be patched a
/// moment later: kustomize-controller and helm-controller (`internal/controller`), helm-controller's
/// `internal/reconcile/atomic_release.go`.
const HARD_REASONS: [&str; 6] = [
    "BuildFailed",
    "AccessDenied",
    "InvalidCELExpression",
    "FeatureGateDisabled",
    "RetriesExceeded",
    "MissingRollbackTarget",
];

/// Reasons of Ready=False with which helm-controller ends a pass before there is anything to release. It
/// leaves Reconciling as it was when the pass began, `Progressing` with `Fulfilling prerequisites`, and takes
/// such a reason back as soon as a later pass is past it: so the failure stands, whatever Reconciling says
/// (`reconcileRelease` in `internal/controller/helmrelease_controller.go`).
const PREREQUISITES: [&str; 8] = [
    DEPENDENCY_NOT_READY,
    "SourceNotReady",
    "ArtifactFailed",
    "ValuesError",
    "ChartMutateError",
    "RESTClientError",
    "ResourceManagerError",
    "FactoryError",
];

/// The reason of all controllers for an object whose dependency they do not see ready, perhaps not yet.
pub const DEPENDENCY_NOT_READY: &str = "DependencyNotReady";

/// The reason of a Terraform object of whose state somebody holds the lock, as tofu-controller writes it into
/// the condition `StateLocked`.
pub const LOCK_HELD: &str = "LockHeld";

/// The verdict for kinds whose controllers follow the conventions of `fluxcd/pkg/runtime/conditions`.
#[must_use]
pub fn of_conditions(object: &DynamicObject) -> Verdict {
    if object.metadata.deletion_timestamp.is_some() {
        return Verdict::new(State::Progressing, "Terminating", "it is being deleted");
    }
    if let Some(stalled) = condition(object, "Stalled")
        && stalled.is_true()
        && is_current(object, stalled)
    {
        return stalled.verdict(State::Stalled);
    }
    let reconciling = condition(object, "Reconciling").filter(Condition::is_true);
    let Some(ready) = condition(object, "Ready") else {
        return reconciling.map_or_else(
            || Verdict::new(State::Unknown, "", WAITING_TO_BE_RECONCILED),
            |reconciling| reconciling.verdict(State::Progressing),
        );
    };
    if !is_current(object, ready) {
        let message = "the latest change has not been reconciled yet";
        return Verdict::new(State::Progressing, "NewGeneration", message);
    }
    match (ready.status, reconciling) {
        ("True", None) => ready.verdict(State::Ready),
        ("True", Some(reconciling)) => reconciling.verdict(State::Progressing),
        ("False", _) if HARD_REASONS.contains(&ready.reason) => ready.verdict(State::Failed),
        ("False", Some(reconciling))
            if reconciling.reason != "ProgressingWithRetry"
                && !PREREQUISITES.contains(&ready.reason) =>
        {
            reconciling.verdict(State::Progressing)
        }
        // Without Stalled every controller comes back to it, some after their interval only.
        ("False", _) => ready.verdict(State::Retrying),
        _ => ready.verdict(State::Progressing),
    }
}

/// What stands for the message of an object without a Ready condition.
pub const WAITING_TO_BE_RECONCILED: &str = "waiting to be reconciled";

impl Verdict {
    /// `Reason: message`, or whichever of the two there is.
    #[must_use]
    pub fn in_words(&self) -> String {
        match (self.reason.trim(), self.message.trim()) {
            ("", message) => message.to_owned(),
            (reason, "") => reason.to_owned(),
            (reason, message) => format!("{reason}: {message}"),
        }
    }

    /// A verdict in our own words.
    #[must_use]
    pub fn new(state: State, reason: &str, message: &str) -> Self {
        Self { state, reason: reason.to_owned(), message: message.to_owned() }
    }
}

/// Whether a status-less object is on its way out; the only state that such an object has besides ready.
#[must_use]
pub fn by_definition(object: &DynamicObject, message: &str) -> Verdict {
    if object.metadata.deletion_timestamp.is_some() {
        return of_conditions(object);
    }
    Verdict::new(State::Ready, "", message)
}

/// The verdict for a Terraform object.
///
/// A pending plan decides before Ready does: while it waits, Reconciling stays True, Ready can be Unknown,
/// say `Reconciliation in progress` for ever, or even be True when outputs were written in the same pass
/// (tofu-controller, `controllers/tf_controller.go` and `tf_controller_backend.go`). A plan of an older
/// generation will be dropped, so it waits for the controller and not for a person.
#[must_use]
pub fn of_terraform(object: &DynamicObject) -> Verdict {
    let verdict = of_conditions(object);
    if verdict.state == State::Stalled {
        return verdict;
    }
    let plan = PlanState::of(object);
    let id = plan.pending.unwrap_or_default();
    match plan.phase {
        Phase::Locked => Verdict::new(State::Locked, LOCK_HELD, &plan.sentence()),
        Phase::Approved => {
            Verdict::new(State::Progressing, "Applying", &format!("plan {id} is approved"))
        }
        Phase::Outdated => {
            let message = "the latest change has not been planned yet";
            Verdict::new(State::Progressing, "NewGeneration", message)
        }
        Phase::Pending => {
            let told = PlanState { is_suspended: false, ..plan }.sentence();
            Verdict::new(State::Waiting, "TerraformPlannedWithChanges", &told)
        }
        Phase::Planning | Phase::Applying if verdict.state == State::Ready => {
            Verdict::new(State::Progressing, "Progressing", &plan.sentence())
        }
        Phase::Drifted | Phase::ApplyFailed if verdict.reason == "DriftDetected" => {
            drifted(&plan, verdict)
        }
        _ => verdict,
    }
}

/// Drift, told by what it would take to undo it: the controller's own message is the whole plan. Where every
/// plan is applied, that is what happens next; elsewhere nothing does, and the drift is only found again and
/// again (tofu-controller, `controllers/tf_controller_drift_detect.go`).
fn drifted(plan: &PlanState<'_>, verdict: Verdict) -> Verdict {
    let counts = verdict.message.lines().rev().find_map(|line| line.strip_prefix("Plan: "));
    let counts = counts.map(|counts| format!(": {}", counts.trim_end_matches('.')));
    let (state, told) = match plan.approval {
        Approval::Automatic => (State::Retrying, "what is there has drifted".to_owned()),
        _ => (State::Failed, plan.sentence()),
    };
    let message = told + &counts.unwrap_or_default();
    Verdict { state, message, ..verdict }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::kinds::view::tests::object;

    fn ready(status: &str, reason: &str) -> Value {
        json!({"type": "Ready", "status": status, "reason": reason,
               "message": format!("it is {reason}"), "observedGeneration": 2})
    }

    fn reconciling(reason: &str) -> Value {
        json!({"type": "Reconciling", "status": "True", "reason": reason, "observedGeneration": 2})
    }

    fn stalled(generation: i64) -> Value {
        json!({"type": "Stalled", "status": "True", "reason": "RetriesExceeded",
               "observedGeneration": generation})
    }

    fn at_generation_2(status: Value) -> DynamicObject {
        object(json!({
            "metadata": {"name": "apps", "namespace": "flux-system", "generation": 2},
            "status": status,
        }))
    }

    #[track_caller]
    fn expect(conditions: Value, state: State, reason: &str) {
        let verdict = of_conditions(&at_generation_2(json!({"conditions": conditions})));
        assert_eq!((verdict.state, verdict.reason.as_str()), (state, reason));
    }

    #[test]
    fn ready_is_ready_unless_it_is_being_worked_on() {
        let done = ready("True", "ReconciliationSucceeded");
        expect(json!([done]), State::Ready, "ReconciliationSucceeded");
        expect(json!([reconciling("Progressing"), done]), State::Progressing, "Progressing");
    }

    #[test]
    fn failures_are_retried_unless_their_reason_is_hard() {
        let retry = reconciling("ProgressingWithRetry");
        for (reason, state) in [
            ("ReconciliationFailed", State::Retrying),
            ("HealthCheckFailed", State::Retrying),
            ("ArtifactFailed", State::Retrying),
            ("GitOperationFailed", State::Retrying),
            ("UpgradeFailed", State::Retrying),
            ("BuildFailed", State::Failed),
            ("AccessDenied", State::Failed),
        ] {
            expect(json!([ready("False", reason), retry]), state, reason);
            expect(json!([ready("False", reason)]), state, reason);
        }
    }

    #[test]
    fn a_failure_of_the_last_pass_is_no_verdict_on_this_one() {
        let working = reconciling("Progressing");
        expect(
            json!([ready("False", "UpgradeFailed"), working]),
            State::Progressing,
            "Progressing",
        );
        expect(json!([ready("Unknown", "Progressing")]), State::Progressing, "Progressing");
    }

    #[test]
    fn a_prerequisite_that_is_not_there_is_a_failure_although_it_is_worked_on() {
        let working = reconciling("Progressing");
        for reason in ["DependencyNotReady", "SourceNotReady", "ValuesError"] {
            expect(json!([ready("False", reason), working]), State::Retrying, reason);
        }
    }

    #[test]
    fn stalled_counts_for_the_current_generation_only() {
        let failed = ready("False", "UpgradeFailed");
        expect(json!([failed, stalled(2)]), State::Stalled, "RetriesExceeded");
        expect(json!([failed, stalled(1)]), State::Retrying, "UpgradeFailed");
    }

    #[test]
    fn without_conditions_nothing_is_known() {
        expect(json!([]), State::Unknown, "");
        expect(json!([reconciling("Progressing")]), State::Progressing, "Progressing");
        assert_eq!(of_conditions(&object(json!({}))).state, State::Unknown);
    }

    #[test]
    fn the_condition_s_own_generation_beats_that_of_the_status() {
        for (own, status, generation_of_status, state) in [
            // Ready is about generation 2, the status has not caught up: kustomize-controller's failures.
            (Some(2), "False", Some(1), State::Retrying),
            (Some(2), "False", Some(-1), State::Retrying),
            (Some(2), "True", Some(1), State::Ready),
            (Some(1), "False", Some(2), State::Progressing),
            (Some(1), "True", Some(2), State::Progressing),
            // Without its own, that of the status counts, unless it was never set.
            (None, "True", Some(2), State::Ready),
            (None, "True", Some(1), State::Progressing),
            (None, "False", Some(1), State::Progressing),
            (None, "False", Some(-1), State::Retrying),
            (None, "False", None, State::Retrying),
            (None, "True", None, State::Ready),
        ] {
            let mut condition = json!({"type": "Ready", "status": status, "reason": "Any"});
            if let Some(own) = own {
                condition["observedGeneration"] = json!(own);
            }
            let object = at_generation_2(json!({
                "observedGeneration": generation_of_status, "conditions": [condition],
            }));
            let case = format!("{own:?} {status} {generation_of_status:?}");
            assert_eq!(of_conditions(&object).state, state, "{case}");
        }
    }

    #[test]
    fn an_object_on_its_way_out_is_not_ready() {
        let object = object(json!({
            "metadata": {"name": "apps", "deletionTimestamp": "2026-01-01T00:00:00Z"},
            "status": {"conditions": [ready("True", "Succeeded")]},
        }));
        assert_eq!(of_conditions(&object).reason, "Terminating");
        assert_eq!(by_definition(&object, "Alert is Ready").reason, "Terminating");
    }

    #[track_caller]
    fn expect_terraform(spec: Value, status: Value, state: State) {
        let mut object = at_generation_2(status);
        object.data["spec"] = spec;
        assert_eq!(of_terraform(&object).state, state, "{object:?}");
    }

    #[test]
    fn a_pending_plan_waits_whatever_ready_says() {
        for ready in [
            ready("Unknown", "TerraformPlannedWithChanges"),
            ready("Unknown", "Progressing"),
            ready("True", "TerraformOutputsWritten"),
        ] {
            let status = json!({
                "plan": {"pending": "plan-main-b8e362c206"},
                "conditions": [reconciling("Progressing"), ready],
            });
            expect_terraform(json!({}), status.clone(), State::Waiting);
            expect_terraform(json!({"approvePlan": "plan-main"}), status.clone(), State::Waiting);
            expect_terraform(json!({"approvePlan": "auto"}), status.clone(), State::Progressing);
            expect_terraform(
                json!({"approvePlan": "plan-main-b8e362c206"}),
                status.clone(),
                State::Progressing,
            );
            expect_terraform(
                json!({"approvePlan": "auto", "planOnly": true}),
                status.clone(),
                State::Waiting,
            );
            expect_terraform(json!({"force": true, "planOnly": true}), status, State::Progressing);
        }
    }

    #[test]
    fn a_lock_is_told_whatever_step_failed_on_it() {
        let mut locked = ready("True", "LockHeld");
        locked["type"] = json!("StateLocked");
        let status = json!({
            "lock": {"pending": "9db5"}, "plan": {"pending": "plan-main-b8e362c206"},
            "conditions": [ready("False", "TFExecPlanFailed"), locked],
        });
        expect_terraform(json!({}), status.clone(), State::Locked);
        let mut object = at_generation_2(status);
        object.data["spec"] = json!({});
        assert_eq!(of_terraform(&object).in_words(), "LockHeld: its state is locked (lock 9db5)");
    }

    #[test]
    fn drift_ends_by_itself_only_where_plans_are_applied_by_themselves() {
        let mut drifted = ready("False", "DriftDetected");
        drifted["message"] =
            json!("  # box.a will be updated\n\nPlan: 0 to add, 1 to change, 0 to destroy.\n");
        let status = json!({"conditions": [drifted]});
        expect_terraform(json!({"approvePlan": "auto"}), status.clone(), State::Retrying);
        expect_terraform(json!({}), status.clone(), State::Failed);
        let mut object = at_generation_2(status);
        object.data["spec"] = json!({});
        assert_eq!(
            of_terraform(&object).message,
            "what is there has drifted, and no plan is made of that: 0 to add, 1 to change, 0 to destroy"
        );
    }

    #[test]
    fn a_plan_of_an_older_generation_is_not_waited_for() {
        let status = |planned: i64| json!({"plan": {"pending": "plan-main-b8e362c206"}, "lastPlannedGeneration": planned});
        expect_terraform(json!({}), status(1), State::Progressing);
        expect_terraform(json!({}), status(2), State::Waiting);
        expect_terraform(json!({}), status(0), State::Waiting);
    }

    #[test]
    fn without_a_plan_terraform_is_judged_by_its_conditions() {
        let applied = json!({"conditions": [ready("True", "TerraformAppliedSucceed")]});
        expect_terraform(json!({}), applied, State::Ready);
        let stuck = json!({"plan": {"pending": "p"}, "conditions": [stalled(2)]});
        expect_terraform(json!({}), stuck, State::Stalled);
    }
}
