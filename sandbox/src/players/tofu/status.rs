//! What tofu-controller writes into the status at each turn.
//!
//! Source: tofu-controller, `api/v1alpha2/terraform_types.go`.

use serde_json::{Value, json};

use super::super::conditions::{PROGRESSING, READY, RECONCILING, STALLED, now};
use super::super::object::Tracked;
use super::rules;

pub(super) const PLAN: &str = "Plan";
pub(super) const APPLY: &str = "Apply";
const OUTPUT: &str = "Output";
const STATE_LOCKED: &str = "StateLocked";

/// The longest message of a condition, in characters.
const LIMIT: usize = 20_000;

const WITH_CHANGES: &str = "TerraformPlannedWithChanges";
const NO_CHANGES: &str = "TerraformPlannedNoChanges";
pub(super) const NOTHING_TO_DESTROY: &str = "No objects need to be destroyed";

fn cut(message: &str) -> String {
    match message.char_indices().nth(LIMIT) {
        Some((at, _)) => format!("{}...", &message[..at]),
        None => message.to_owned(),
    }
}

fn set(object: &mut Tracked, kind: &str, status: &'static str, reason: &str, message: &str) {
    object.conditions.set(kind, status, reason, &cut(message));
}

/// Sets Ready together with what always goes with it.
fn set_ready(
    object: &mut Tracked,
    status: &'static str,
    reason: &str,
    message: &str,
    revision: &str,
) {
    if status != "Unknown" {
        object.conditions.remove(RECONCILING);
    }
    set(object, READY, status, reason, message);
    object.observe_generation();
    set_text(object, "lastAttemptedRevision", revision);
}

/// Sets a text of the status; an empty one is left out of the JSON.
pub(super) fn set_text(object: &mut Tracked, field: &str, text: &str) {
    object.set_status(field, if text.is_empty() { Value::Null } else { json!(text) });
}

/// Changes members of `status.plan`; false and empty ones are left out.
fn set_plan(object: &mut Tracked, members: &[(&str, Value)]) {
    let mut plan = object.at("/status/plan").cloned().unwrap_or_else(|| json!({}));
    for (name, value) in members {
        let is_zero = value.is_null() || *value == json!(false) || *value == json!("");
        if let Some(plan) = plan.as_object_mut() {
            if is_zero {
                plan.remove(*name);
            } else {
                plan.insert((*name).to_owned(), value.clone());
            }
        }
    }
    object.set_status("plan", plan);
}

pub(super) fn clear_pending(object: &mut Tracked) {
    set_plan(object, &[("pending", Value::Null)]);
}

pub(super) fn progressing(object: &mut Tracked, message: &str) {
    set(object, READY, "Unknown", PROGRESSING, message);
}

pub(super) fn not_ready(object: &mut Tracked, revision: &str, reason: &str, message: &str) {
    set_ready(object, "False", reason, message, revision);
    object.conditions.remove(RECONCILING);
}

/// How a plan is asked to be approved.
pub(super) fn approve_message(id: &str) -> String {
    format!("Plan generated: set approvePlan: \"{id}\" to approve this plan.")
}

pub(super) fn planned_with_changes(object: &mut Tracked, revision: &str) {
    let id = rules::plan_id(revision);
    set(object, PLAN, "True", WITH_CHANGES, "Plan generated");
    let (is_destroy, has_drift) = (object.is("/spec/destroy"), rules::has_drift(object));
    set_plan(
        object,
        &[
            ("pending", json!(id)),
            ("isDestroyPlan", json!(is_destroy)),
            ("isDriftDetectionPlan", json!(has_drift)),
        ],
    );
    planned(object, revision);
    let message = if object.is("/spec/planOnly") {
        "Plan generated: This object is in the plan only mode.".to_owned()
    } else if rules::is_force_or_auto(object) {
        "Plan generated".to_owned()
    } else {
        approve_message(&id)
    };
    set_ready(object, "Unknown", WITH_CHANGES, &message, revision);
}

pub(super) fn planned_no_changes(object: &mut Tracked, revision: &str, message: &str) {
    set(object, PLAN, "False", NO_CHANGES, message);
    let is_destroy = object.is("/spec/destroy");
    set_plan(
        object,
        &[
            ("pending", Value::Null),
            ("isDestroyPlan", json!(is_destroy)),
            ("isDriftDetectionPlan", Value::Null),
        ],
    );
    planned(object, revision);
    set_ready(object, "True", NO_CHANGES, &format!("{message}: {revision}"), revision);
}

fn planned(object: &mut Tracked, revision: &str) {
    let generation = object.generation();
    set_text(object, "lastAttemptedRevision", revision);
    set_text(object, "lastPlannedRevision", revision);
    object.set_status("lastPlannedGeneration", json!(generation));
    object.set_status("lastPlanAt", json!(now()));
    lock_released(object);
}

pub(super) fn applying(object: &mut Tracked, revision: &str) {
    set(object, APPLY, "Unknown", PROGRESSING, "Apply started");
    set_text(object, "lastAttemptedRevision", revision);
}

pub(super) fn applied(object: &mut Tracked, revision: &str, is_destroy: bool, inventory: &[Value]) {
    let message = if is_destroy { "Destroy applied successfully" } else { "Applied successfully" };
    set(object, APPLY, "True", "TerraformAppliedSucceed", message);
    if object.is("/status/plan/isDriftDetectionPlan") {
        object.set_status("lastAppliedByDriftDetectionAt", json!(now()));
    }
    let id = rules::pending(object).to_owned();
    set_plan(
        object,
        &[
            ("lastApplied", json!(id)),
            ("pending", Value::Null),
            ("isDestroyPlan", json!(is_destroy)),
            ("isDriftDetectionPlan", Value::Null),
        ],
    );
    set_text(object, "lastAppliedRevision", revision);
    if !inventory.is_empty() {
        object.set_status("inventory", json!({"entries": inventory}));
    }
    lock_released(object);
    let message = format!("{message}: {revision}");
    set_ready(object, "Unknown", "TerraformAppliedSucceed", &message, revision);
}

pub(super) fn apply_failed(object: &mut Tracked, revision: &str, message: &str) {
    set(object, APPLY, "False", "TerraformAppliedFail", message);
    not_ready(object, revision, "TFExecApplyFailed", message);
    clear_pending(object);
}

pub(super) fn drift_detected(object: &mut Tracked, revision: &str, plan: &str) {
    object.set_status("lastDriftDetectedAt", json!(now()));
    lock_released(object);
    set_ready(object, "False", "DriftDetected", plan, revision);
}

pub(super) fn no_drift(object: &mut Tracked, revision: &str) {
    lock_released(object);
    set_ready(object, "True", "NoDrift", &format!("No drift: {revision}"), revision);
}

pub(super) fn outputs_available(object: &mut Tracked, names: &[&String]) {
    set(object, OUTPUT, "True", "TerraformOutputsAvailable", "Outputs available");
    object.set_status("availableOutputs", json!(names));
}

pub(super) fn outputs_written(object: &mut Tracked, revision: &str, message: &str) {
    let reason = "TerraformOutputsWritten";
    set(object, OUTPUT, "True", reason, message);
    set_ready(object, "True", reason, &format!("{message}: {revision}"), revision);
}

pub(super) fn state_locked(object: &mut Tracked, id: &str) {
    let message = format!("Terraform Locked with Lock Identifier: {id}");
    set(object, STATE_LOCKED, "True", "LockHeld", &message);
    set_ready(object, "False", "LockHeld", &message, "");
    move_lock(object, id);
}

pub(super) fn force_unlock(object: &mut Tracked, id: &str) {
    let message = format!("Terraform Force Unlock with Lock Identifier: {id}");
    set(object, STATE_LOCKED, "False", "ForceUnlock", &message);
    move_lock(object, "");
}

/// Sets the pending lock; the one that was pending becomes the last one.
fn move_lock(object: &mut Tracked, id: &str) {
    let mut lock = json!({});
    for (name, value) in [
        (
            "lastApplied",
            object.str("/status/lock/pending").or(object.str("/status/lock/lastApplied")),
        ),
        ("pending", Some(id)),
    ] {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            lock[name] = json!(value);
        }
    }
    object.set_status("lock", lock);
}

fn lock_released(object: &mut Tracked) {
    object.conditions.remove(STATE_LOCKED);
    object.set_status("lock", json!({}));
}

pub(super) fn reached_limit(object: &mut Tracked) {
    let message = "Resource reached maximum number of retries.";
    object.conditions.remove(RECONCILING);
    set(object, STALLED, "True", "RetryLimitReached", message);
}

pub(super) fn reset_retry(object: &mut Tracked) {
    object.conditions.remove(STALLED);
    object.set_status("reconciliationFailures", Value::Null);
}

pub(super) fn count_failure(object: &mut Tracked) {
    let failures = rules::failures(object) + 1;
    object.set_status("reconciliationFailures", json!(failures));
}

/// Whether the last plan found nothing to destroy.
pub(super) fn is_nothing_to_destroy(object: &Tracked) -> bool {
    object.conditions.get(PLAN).is_some_and(|plan| {
        plan.status == "False" && plan.reason == NO_CHANGES && plan.message == NOTHING_TO_DESTROY
    })
}

/// What the end of a pass makes of Ready: an outcome that is not waiting for anybody is a success.
pub(super) fn conclude(object: &mut Tracked) {
    let Some(ready) = object.conditions.get(READY).cloned() else { return };
    let is_waiting = ready.reason == WITH_CHANGES && ready.message.starts_with("Plan generated");
    if ready.status == "Unknown" && !is_waiting && ready.reason != PROGRESSING {
        object.conditions.set(READY, "True", &ready.reason, &ready.message);
        object.conditions.remove(RECONCILING);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn object(spec: &Value) -> Tracked {
        let metadata = json!({"name": "vpc", "namespace": "infra", "generation": 3});
        Tracked::fixture(json!({"metadata": metadata, "spec": spec}))
    }

    fn ready(object: &Tracked) -> (String, String, String) {
        let ready = object.conditions.get(READY).unwrap();
        (ready.status.clone(), ready.reason.clone(), ready.message.clone())
    }

    #[test]
    fn a_waiting_plan_stays_unknown_and_an_applied_one_becomes_ready() {
        let mut object = object(&json!({}));
        planned_with_changes(&mut object, "main@sha1:b8e362c206e3");
        conclude(&mut object);
        let message =
            "Plan generated: set approvePlan: \"plan-main-b8e362c206\" to approve this plan.";
        assert_eq!(ready(&object), ("Unknown".into(), WITH_CHANGES.into(), message.into()));
        assert_eq!(object.at("/status/plan"), Some(&json!({"pending": "plan-main-b8e362c206"})));
        assert_eq!(object.at("/status/lastPlannedGeneration"), Some(&json!(3)));

        applied(&mut object, "main@sha1:b8e362c206e3", false, &[]);
        conclude(&mut object);
        let message = "Applied successfully: main@sha1:b8e362c206e3";
        assert_eq!(
            ready(&object),
            ("True".into(), "TerraformAppliedSucceed".into(), message.into())
        );
        assert_eq!(
            object.at("/status/plan"),
            Some(&json!({"lastApplied": "plan-main-b8e362c206"}))
        );
    }

    #[test]
    fn modes_have_their_own_words() {
        for (spec, message) in [
            (json!({"approvePlan": "auto"}), "Plan generated"),
            (json!({"planOnly": true}), "Plan generated: This object is in the plan only mode."),
        ] {
            let mut object = object(&spec);
            planned_with_changes(&mut object, "main@sha1:1");
            assert_eq!(ready(&object).2, message);
        }
    }

    #[test]
    fn a_lock_moves_on_and_is_cleared_by_success() {
        let mut object = object(&json!({}));
        state_locked(&mut object, "one");
        assert_eq!(object.at("/status/lock"), Some(&json!({"pending": "one"})));
        state_locked(&mut object, "two");
        assert_eq!(
            object.at("/status/lock"),
            Some(&json!({"lastApplied": "one", "pending": "two"}))
        );
        force_unlock(&mut object, "two");
        assert_eq!(object.at("/status/lock"), Some(&json!({"lastApplied": "two"})));
        no_drift(&mut object, "main@sha1:1");
        assert!(object.conditions.get(STATE_LOCKED).is_none());
        assert_eq!(object.at("/status/lock"), Some(&json!({})));
    }

    #[test]
    fn long_messages_are_cut_by_characters() {
        let mut object = object(&json!({}));
        not_ready(&mut object, "r", "DriftDetected", &"ä".repeat(LIMIT + 1));
        assert_eq!(ready(&object).2.chars().count(), LIMIT + 3);
    }
}
