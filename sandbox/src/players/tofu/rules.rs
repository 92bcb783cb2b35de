//! What tofu-controller decides about an object, from the object alone.
//!
//! Source: tofu-controller v0.16.5, `controllers/tf_controller{,_plan,_apply,_drift_detect}.go`,
//! `api/v1alpha2/terraform_types.go` and `api/planid`.

use std::time::Duration;

use serde_json::{Value, json};

use super::super::conditions::{READY, now};
use super::super::duration;
use super::super::object::Tracked;

/// `spec.approvePlan` that applies every plan.
const AUTO: &str = "auto";
/// `spec.approvePlan` that only looks for drift.
pub(super) const DISABLE: &str = "disable";

/// The id of every plan of a revision: not of its inputs, its kind or its time.
pub(super) fn plan_id(revision: &str) -> String {
    let cut = |hash: &str| hash.chars().take(10).collect::<String>();
    let parts: Vec<_> = revision.split('@').collect();
    if let [label, digest] = parts[..] {
        return format!("plan-{label}-{}", cut(digest.split(':').nth(1).unwrap_or_default()));
    }
    let parts: Vec<_> = revision.split('/').collect();
    match parts[..] {
        [branch, hash] => format!("plan-{branch}-{}", cut(hash)),
        _ => format!("plan-{}", cut(revision)),
    }
}

fn text<'a>(object: &'a Tracked, pointer: &str) -> &'a str {
    object.str(pointer).unwrap_or_default()
}

pub(super) fn pending(object: &Tracked) -> &str {
    text(object, "/status/plan/pending")
}

pub(super) fn approval(object: &Tracked) -> &str {
    text(object, "/spec/approvePlan")
}

pub(super) fn is_force_or_auto(object: &Tracked) -> bool {
    object.is("/spec/force") || approval(object) == AUTO
}

/// The first gate: any beginning of the pending id counts as an approval.
pub(super) fn should_apply(object: &Tracked) -> bool {
    let (approval, pending) = (approval(object), pending(object));
    if object.is("/spec/force") {
        return true;
    }
    if object.is("/spec/planOnly") || approval.is_empty() {
        return false;
    }
    (approval == AUTO && !pending.is_empty()) || pending.starts_with(approval)
}

pub(super) fn should_plan(object: &Tracked) -> bool {
    object.is("/spec/force") || pending(object).is_empty()
}

pub(super) fn should_detect_drift(object: &Tracked, revision: &str) -> bool {
    if object.is("/spec/disableDriftDetection") || object.is("/spec/destroy") {
        return false;
    }
    if approval(object) == DISABLE {
        return true;
    }
    let attempted = text(object, "/status/lastAttemptedRevision");
    object.generation() == object.observed_generation()
        && attempted == revision
        && attempted == text(object, "/status/lastPlannedRevision")
        && pending(object).is_empty()
}

/// Whether drift was seen since the last apply.
pub(super) fn has_drift(object: &Tracked) -> bool {
    let detected = object.str("/status/lastDriftDetectedAt");
    let applied = object.conditions.get("Apply").filter(|apply| apply.status == "True");
    match (detected.and_then(|at| at.parse().ok()), applied) {
        (Some(detected), Some(applied)) => applied.last_transition_time.0 < detected,
        _ => false,
    }
}

/// Why the pending plan is dropped before the work begins, or that nothing may happen.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Pending {
    /// A new plan is needed.
    Retired,
    /// Somebody has to approve it first.
    Waits,
    Stands,
}

/// What becomes of the pending plan; not asked while the object is being deleted.
pub(super) fn pending_plan(object: &Tracked, revision: &str) -> Pending {
    let is_new_revision = text(object, "/status/lastAttemptedRevision") != revision;
    let (pending, is_approved) = (pending(object), should_apply(object));
    let planned = object.at("/status/lastPlannedGeneration").and_then(Value::as_i64);
    let is_edited = planned.is_some_and(|planned| planned != 0 && planned != object.generation());
    let is_replan = approval(object).starts_with("replan")
        && format!("re{pending}").starts_with(approval(object));
    let is_retired = is_new_revision
        && (object.is("/spec/planOnly") || (!is_approved && (is_replan || !pending.is_empty())))
        || (is_edited && !pending.is_empty() && !is_approved);
    if is_retired {
        Pending::Retired
    } else if !pending.is_empty() && !is_force_or_auto(object) && !is_approved {
        Pending::Waits
    } else {
        Pending::Stands
    }
}

pub(super) fn failures(object: &Tracked) -> i64 {
    object.at("/status/reconciliationFailures").and_then(Value::as_i64).unwrap_or_default()
}

/// Whether the limit of failures is not reached yet.
pub(super) fn may_retry(object: &Tracked) -> bool {
    let Some(remediation) = object.at("/spec/remediation") else { return true };
    let retries = remediation["retries"].as_i64().unwrap_or_default();
    retries < 0 || failures(object) < retries
}

pub(super) fn interval(object: &Tracked) -> Duration {
    object.str("/spec/interval").and_then(duration::parse).unwrap_or(Duration::from_secs(60))
}

pub(super) fn retry_interval(object: &Tracked) -> Duration {
    let own = object.str("/spec/retryInterval").and_then(duration::parse);
    let interval = own.unwrap_or(Duration::from_secs(15));
    if object.str("/spec/retryStrategy") != Some("ExponentialBackoff") {
        return interval;
    }
    let limit = object.str("/spec/maxRetryInterval").and_then(duration::parse);
    let factor = 2_u32.saturating_pow(u32::try_from(failures(object)).unwrap_or(u32::MAX));
    interval.saturating_mul(factor).min(limit.unwrap_or(Duration::from_secs(24 * 3600)))
}

/// How long the object is not due yet; `None` when it is.
pub(super) fn not_due_for(object: &Tracked, revision: &str) -> Option<Duration> {
    let requested = object.requested_at();
    let is_requested = requested
        .as_deref()
        .is_some_and(|requested| object.str("/status/lastHandledReconcileAt") != Some(requested));
    let observed = object.observed_generation();
    let ready = object.conditions.get(READY);
    let planned_at = object.str("/status/lastPlanAt");
    if object.is("/spec/force")
        || object.is_deleted()
        || is_requested
        || planned_at.is_none()
        || (observed != 0 && observed != object.generation())
        || !pending(object).is_empty()
        || should_apply(object)
        || text(object, "/status/lastAttemptedRevision") != revision
        || ready.is_some_and(|ready| ready.reason == "DependencyNotReady")
    {
        return None;
    }
    if failures(object) > 0 && !object.conditions.is(READY, "True") {
        return left(planned_at, retry_interval(object));
    }
    left(object.str("/status/lastSuccessfulReconcileAt"), interval(object))
}

/// How much of `pause` is left since a time; `None` when it is over, or the time is not known.
fn left(since: Option<&str>, pause: Duration) -> Option<Duration> {
    let since: k8s_openapi::jiff::Timestamp = since?.parse().ok()?;
    let passed = Duration::try_from(now().0.duration_since(since)).unwrap_or_default();
    pause.checked_sub(passed).filter(|left| !left.is_zero())
}

/// Whether there is no backend to keep a plan for: then plans are dummies.
pub(super) fn has_no_backend(object: &Tracked) -> bool {
    object.at("/spec/cloud").is_some_and(Value::is_object)
        || object.at("/spec/backendConfig/disable") == Some(&json!(true))
}

pub(super) fn workspace(object: &Tracked) -> &str {
    object.str("/spec/workspace").filter(|name| !name.is_empty()).unwrap_or("default")
}

/// The suffix of the state's Secret: the object's name, unless a backend is configured.
pub(super) fn state_suffix(object: &Tracked) -> &str {
    match object.at("/spec/backendConfig") {
        Some(backend) if !has_no_backend(object) => {
            backend["secretSuffix"].as_str().unwrap_or_default()
        }
        _ => object.name(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn object(spec: &Value, status: &Value) -> Tracked {
        let metadata = json!({"name": "vpc", "namespace": "infra", "generation": 2});
        Tracked::fixture(json!({"metadata": metadata, "spec": spec, "status": status}))
    }

    fn waiting(approval: &str) -> Tracked {
        object(
            &json!({"approvePlan": approval}),
            &json!({
                "plan": {"pending": "plan-main-b8e362c206"}, "lastPlannedGeneration": 2,
                "lastAttemptedRevision": "main@sha1:b8e362c206e3", "observedGeneration": 2,
            }),
        )
    }

    #[test]
    fn an_id_names_a_revision_and_nothing_else() {
        let hash = "b8e362c206e3d0cbb7ed22ced771a0056455a2fb";
        for (revision, id) in [
            (format!("main@sha1:{hash}"), "plan-main-b8e362c206"),
            (format!("feature/x@sha1:{hash}"), "plan-feature/x-b8e362c206"),
            (format!("latest@sha256:{hash}"), "plan-latest-b8e362c206"),
            ("sha256:e3b0c442".to_owned(), "plan-sha256:e3b"),
            (format!("sha1:{hash}"), "plan-sha1:b8e36"),
            (format!("refs/heads/main@sha1:{hash}"), "plan-refs/heads/main-b8e362c206"),
            (format!("pkg@1.2.3@sha1:{hash}"), "plan-pkg@1.2.3@"),
            (format!("@org/pkg@1.2.3@sha1:{hash}"), "plan-@org-pkg@1.2.3@"),
            (format!("main/{hash}"), "plan-main-b8e362c206"),
        ] {
            assert_eq!(plan_id(&revision), id, "{revision}");
        }
    }

    #[test]
    fn the_first_gate_takes_any_beginning_of_the_id() {
        for approval in ["auto", "plan-main-b8e362c206", "plan-main", "p"] {
            assert!(should_apply(&waiting(approval)), "{approval}");
        }
        for approval in ["", "disable", "plan-main-b8e362c207", "replan-main"] {
            assert!(!should_apply(&waiting(approval)), "{approval}");
        }
        let plan_only = object(
            &json!({"approvePlan": "auto", "planOnly": true}),
            &json!({"plan": {"pending": "plan-main-1"}}),
        );
        assert!(!should_apply(&plan_only));
        let forced = object(&json!({"planOnly": true, "force": true}), &json!({}));
        assert!(should_apply(&forced), "force beats planOnly");
    }

    #[test]
    fn an_unapproved_plan_is_retired_by_a_commit_or_an_edit() {
        let revision = "main@sha1:b8e362c206e3";
        assert_eq!(pending_plan(&waiting(""), revision), Pending::Waits);
        assert_eq!(pending_plan(&waiting(""), "main@sha1:1"), Pending::Retired);
        assert_eq!(pending_plan(&waiting("plan-main"), "main@sha1:1"), Pending::Stands);
        assert_eq!(pending_plan(&waiting("auto"), "main@sha1:1"), Pending::Stands);
        let mut edited = waiting("");
        edited.set_status("lastPlannedGeneration", json!(1));
        assert_eq!(pending_plan(&edited, revision), Pending::Retired);
        edited.set_status("lastPlannedGeneration", Value::Null);
        assert_eq!(pending_plan(&edited, revision), Pending::Waits, "before v0.16.4");
    }

    #[test]
    fn drift_is_looked_for_when_nothing_else_is_to_do() {
        let settled = json!({
            "lastAttemptedRevision": "r", "lastPlannedRevision": "r", "observedGeneration": 2,
        });
        assert!(should_detect_drift(&object(&json!({}), &settled), "r"));
        assert!(!should_detect_drift(&object(&json!({}), &settled), "other"));
        assert!(!should_detect_drift(&object(&json!({"destroy": true}), &settled), "r"));
        assert!(!should_detect_drift(&object(&json!({}), &json!({})), "r"));
        assert!(should_detect_drift(&object(&json!({"approvePlan": "disable"}), &json!({})), "r"));
    }

    #[test]
    fn drift_counts_until_the_next_apply() {
        let seen = |at: &str| {
            let apply = json!({
                "type": "Apply", "status": "True", "reason": "TerraformAppliedSucceed", "message": "",
                "lastTransitionTime": "2026-01-01T00:00:10Z",
            });
            object(&json!({}), &json!({"lastDriftDetectedAt": at, "conditions": [apply]}))
        };
        assert!(has_drift(&seen("2026-01-01T00:00:11Z")));
        assert!(!has_drift(&seen("2026-01-01T00:00:10Z")));
        assert!(!has_drift(&object(&json!({}), &json!({}))));
    }

    #[test]
    fn no_retries_at_all_are_what_an_empty_remediation_asks_for() {
        assert!(may_retry(&object(&json!({}), &json!({"reconciliationFailures": 9}))));
        assert!(!may_retry(&object(&json!({"remediation": {}}), &json!({}))));
        let twice = json!({"remediation": {"retries": 2}});
        assert!(may_retry(&object(&twice, &json!({"reconciliationFailures": 1}))));
        assert!(!may_retry(&object(&twice, &json!({"reconciliationFailures": 2}))));
    }

    #[test]
    fn retries_grow_up_to_a_limit() {
        let spec = json!({
            "retryInterval": "10s", "retryStrategy": "ExponentialBackoff", "maxRetryInterval": "1m",
        });
        for (failures, seconds) in [(0, 10), (1, 20), (2, 40), (3, 60), (80, 60)] {
            let object = object(&spec, &json!({"reconciliationFailures": failures}));
            assert_eq!(retry_interval(&object), Duration::from_secs(seconds), "{failures}");
        }
    }
}
