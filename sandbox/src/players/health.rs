//! Waits for objects to become healthy, by watching them.
//!
//! Source: kstatus (sigs.k8s.io/cli-utils) for the verdicts; fluxcd/pkg, `ssa/manager_wait.go` for
//! when the wait ends and what it says.

use std::fmt;
use std::time::Duration;

use futures::stream::select_all;
use futures::{Stream, StreamExt as _};
use kube::api::DynamicObject;
use kube::runtime::watcher::{self, Event};
use serde_json::Value;

use super::inventory::Entry;
use super::resources::Resources;

/// Between two attempts to restore a dropped watch.
const RELIST: Duration = Duration::from_millis(500);

/// kstatus' verdict on one object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Health {
    Current,
    InProgress,
    Failed,
    Terminating,
    NotFound,
}

impl fmt::Display for Health {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{self:?}")
    }
}

/// Kinds whose health comes from controllers that the sandbox does not play; they are judged by
/// their own conditions and so stay in progress.
const NOT_PLAYED: [&str; 5] = ["DaemonSet", "Job", "PersistentVolumeClaim", "Pod", "StatefulSet"];

/// Judges one object of a kind; objects in lists do not name their kind.
pub(super) fn judge(kind: &str, object: &Value) -> Health {
    let number = |pointer: &str| object.pointer(pointer).and_then(Value::as_i64);
    if object.pointer("/metadata/deletionTimestamp").is_some() {
        return Health::Terminating;
    }
    let generations = (number("/metadata/generation"), number("/status/observedGeneration"));
    if let (Some(generation), Some(observed)) = generations
        && generation != observed
    {
        return Health::InProgress;
    }
    if condition(object, "Reconciling") == Some("True") {
        return Health::InProgress;
    }
    if condition(object, "Stalled") == Some("True") {
        return Health::Failed;
    }
    match kind {
        "Deployment" => judge_deployment(object),
        "CustomResourceDefinition" => current_if(condition(object, "Established") == Some("True")),
        kind if NOT_PLAYED.contains(&kind) => Health::InProgress,
        _ => current_if(matches!(condition(object, "Ready"), None | Some("True"))),
    }
}

fn current_if(is_current: bool) -> Health {
    if is_current { Health::Current } else { Health::InProgress }
}

fn judge_deployment(object: &Value) -> Health {
    let wanted = object.pointer("/spec/replicas").and_then(Value::as_i64).unwrap_or(1);
    let count = |field: &str| object["status"][field].as_i64().unwrap_or_default();
    let (replicas, updated) = (count("replicas"), count("updatedReplicas"));
    let (available, ready) = (count("availableReplicas"), count("readyReplicas"));
    let conditions = object.pointer("/status/conditions").and_then(Value::as_array);
    let is_overdue = conditions.into_iter().flatten().any(|condition| {
        condition["type"] == "Progressing" && condition["reason"] == "ProgressDeadlineExceeded"
    });
    if is_overdue {
        return Health::Failed;
    }
    let is_rolled_out = replicas == wanted && updated >= replicas && available >= updated;
    current_if(is_rolled_out && ready >= wanted && condition(object, "Available") == Some("True"))
}

fn condition<'a>(object: &'a Value, kind: &str) -> Option<&'a str> {
    let conditions = object.pointer("/status/conditions")?.as_array()?;
    conditions.iter().find(|condition| condition["type"] == kind)?["status"].as_str()
}

/// Waits until every entry is current; ends early when one has failed.
///
/// # Errors
/// With the controller's message when the wait fails or times out, or why an entry cannot be
/// watched at all.
pub(super) async fn wait(
    resources: &Resources,
    entries: &[Entry],
    timeout: Duration,
) -> Result<(), String> {
    if entries.is_empty() {
        return Ok(());
    }
    let mut changes = Vec::new();
    for (index, entry) in entries.iter().enumerate() {
        let api = resources.api(entry).await?;
        let config = watcher::Config::default().fields(&format!("metadata.name={}", entry.name));
        let watch = watcher::watcher(api, config);
        changes.push(watch.map(move |event| (index, event)).boxed());
    }
    let mut health = vec![Health::NotFound; entries.len()];
    let settled = settle(select_all(changes), entries, &mut health);
    let has_timed_out = tokio::time::timeout(timeout, settled).await.is_err();
    let is_blamed =
        |health: Health| health == Health::Failed || (has_timed_out && health != Health::Current);
    let blamed = entries.iter().zip(&health).filter(|(_, health)| is_blamed(**health));
    let blamed: Vec<_> =
        blamed.map(|(entry, health)| format!("{} status: '{health}'", entry.subject())).collect();
    if blamed.is_empty() {
        return Ok(());
    }
    let verdict =
        if has_timed_out { "timeout waiting for" } else { "failed early due to stalled resources" };
    Err(format!("{verdict}: [{}]", blamed.join(", ")))
}

/// Keeps `health` up to date until every object is current or one has failed.
async fn settle(
    mut changes: impl Stream<Item = (usize, watcher::Result<Event<DynamicObject>>)> + Unpin,
    entries: &[Entry],
    health: &mut [Health],
) {
    while let Some((index, event)) = changes.next().await {
        health[index] = match event {
            Ok(Event::Apply(object) | Event::InitApply(object)) => {
                let object = serde_json::to_value(object).unwrap_or_default();
                judge(&entries[index].kind, &object)
            }
            Ok(Event::Delete(_) | Event::Init) => Health::NotFound,
            Ok(Event::InitDone) => health[index],
            Err(_) => {
                tokio::time::sleep(RELIST).await;
                health[index]
            }
        };
        let is_current = health.iter().all(|health| *health == Health::Current);
        if is_current || health.contains(&Health::Failed) {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_deployment_is_current_when_its_rollout_is_complete() {
        let deployment = |observed: i64, available: i64| {
            json!({
                "metadata": {"generation": 2},
                "spec": {"replicas": 1},
                "status": {
                    "observedGeneration": observed, "replicas": 1, "updatedReplicas": 1,
                    "readyReplicas": available, "availableReplicas": available,
                    "conditions": [
                        {"type": "Available", "status": if available > 0 { "True" } else { "False" }},
                    ],
                },
            })
        };
        assert_eq!(judge("Deployment", &deployment(2, 1)), Health::Current);
        assert_eq!(judge("Deployment", &deployment(1, 1)), Health::InProgress);
        assert_eq!(judge("Deployment", &deployment(2, 0)), Health::InProgress);
        let mut overdue = deployment(2, 0);
        overdue["status"]["conditions"] = json!([
            {"type": "Progressing", "status": "False", "reason": "ProgressDeadlineExceeded"},
        ]);
        assert_eq!(judge("Deployment", &overdue), Health::Failed);
    }

    #[test]
    fn other_kinds_are_judged_by_their_conditions() {
        let object = |kind: &str, status: &str| json!({"status": {"conditions": [{"type": kind, "status": status}]}});
        assert_eq!(judge("ConfigMap", &json!({})), Health::Current);
        assert_eq!(judge("Widget", &object("Ready", "False")), Health::InProgress);
        assert_eq!(judge("Widget", &object("Stalled", "True")), Health::Failed);
        assert_eq!(judge("Widget", &object("Reconciling", "True")), Health::InProgress);
        assert_eq!(judge("StatefulSet", &json!({})), Health::InProgress);
    }
}
