//! When a controller last said something about an object.

use k8s_openapi::jiff::Timestamp;
use kube::api::DynamicObject;
use serde_json::Value;

use super::Kind;

/// Times of the status that are not in its conditions, as JSON pointers.
const TIMES: [&str; 5] = [
    "/status/artifact/lastUpdateTime",
    "/status/lastScanResult/scanTime",
    "/status/lastAutomationRunTime",
    "/status/lastPushTime",
    "/status/history/0/lastReconciled",
];

/// The newest time at which the status of an object was written, as far as the object tells; its creation
/// when it has no status. Nothing for what no controller writes about.
///
/// Source: the API server notes in `metadata.managedFields` when a manager last changed the status; the
/// conditions and a few fields repeat times of their own.
#[must_use]
pub fn last_sign(kind: &Kind, object: &DynamicObject) -> Option<Timestamp> {
    if kind.is_static(object) {
        return None;
    }
    let managers = object.metadata.managed_fields.iter().flatten();
    let written = managers
        .filter(|manager| manager.subresource.as_deref() == Some("status"))
        .filter_map(|manager| manager.time.as_ref().map(|time| time.0));
    let conditions = object.data.pointer("/status/conditions").and_then(Value::as_array);
    let transitions = conditions.into_iter().flatten().map(|one| &one["lastTransitionTime"]);
    let told = transitions.chain(TIMES.iter().filter_map(|path| object.data.pointer(path)));
    let told = told.filter_map(|time| time.as_str()?.parse::<Timestamp>().ok());
    let created = object.metadata.creation_timestamp.as_ref().map(|time| time.0);
    written.chain(told).max().or(created)
}

/// Since when READY of an object says what it says; its creation while there is no such condition.
#[must_use]
pub fn ready_since(object: &DynamicObject) -> Option<Timestamp> {
    let conditions = object.data.pointer("/status/conditions").and_then(Value::as_array);
    let ready = conditions.into_iter().flatten().find(|one| one["type"] == "Ready");
    let since = ready.and_then(|ready| ready["lastTransitionTime"].as_str()?.parse().ok());
    since.or(object.metadata.creation_timestamp.as_ref().map(|time| time.0))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::kinds::view::tests::object;
    use crate::kinds::{kustomize, notification};

    #[test]
    fn ready_says_since_when_and_else_the_creation_counts() {
        let since = |conditions: Value| {
            let object = object(json!({
                "metadata": {"name": "apps", "creationTimestamp": "2026-11-23T09:00:00Z"},
                "status": {"conditions": conditions},
            }));
            ready_since(&object).map(|time| time.to_string())
        };
        let at = |kind: &str, time: &str| json!({"type": kind, "lastTransitionTime": time});
        let (other, ready) =
            (at("Healthy", "2026-11-23T10:00:00Z"), at("Ready", "2026-11-23T11:00:00Z"));
        assert_eq!(since(json!([other, ready])).as_deref(), Some("2026-11-23T11:00:00Z"));
        for conditions in [json!([other]), json!([at("Ready", "yesterday")]), json!(null)] {
            assert_eq!(since(conditions).as_deref(), Some("2026-11-23T09:00:00Z"));
        }
    }

    #[test]
    fn the_newest_time_counts_and_the_creation_only_without_a_status() {
        let written = |status: Value, managers: Value| {
            let object = object(json!({
                "metadata": {"name": "apps", "namespace": "flux-system",
                             "creationTimestamp": "2026-11-23T09:00:00Z", "managedFields": managers},
                "status": status,
            }));
            last_sign(&kustomize::KUSTOMIZATION, &object).map(|time| time.to_string())
        };
        let condition = json!({"conditions": [{"type": "Ready", "lastTransitionTime": "2026-11-01T08:00:00Z"}]});
        let managers = json!([
            {"manager": "kubectl", "operation": "Update", "time": "2026-11-22T00:00:00Z"},
            {"manager": "kustomize-controller", "operation": "Update", "subresource": "status",
             "time": "2026-11-02T08:00:00Z"},
        ]);
        for (status, managers, expected) in [
            (json!({}), json!([]), "2026-11-23T09:00:00Z"),
            (condition.clone(), json!([]), "2026-11-01T08:00:00Z"),
            (condition, managers, "2026-11-02T08:00:00Z"),
        ] {
            assert_eq!(written(status, managers).as_deref(), Some(expected));
        }
        let alert =
            object(json!({"metadata": {"name": "a", "creationTimestamp": "2026-11-23T09:00:00Z"}}));
        assert_eq!(last_sign(&notification::ALERT, &alert), None);
    }
}
