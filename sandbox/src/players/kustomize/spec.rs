//! What a Kustomization asks for.

use std::time::Duration;

use serde_json::{Value, json};

use super::super::duration;
use super::super::files::{Files, normalize};
use super::super::inventory::Entry;
use super::super::object::Tracked;
use super::apply::{Action, Applied};
use super::build;

/// The fields of `spec` that the player acts on.
const PLAYED: &[&str] = &[
    "decryption",
    "deletionPolicy",
    "dependsOn",
    "healthChecks",
    "interval",
    "path",
    "prune",
    "retryInterval",
    "sourceRef",
    "suspend",
    "targetNamespace",
    "timeout",
    "wait",
];

/// Builds what `spec` describes.
///
/// # Errors
/// With the message of the `BuildFailed` condition.
pub(super) fn build(object: &Tracked, files: &Files) -> Result<Vec<Value>, String> {
    // A false value is a default that the API server has filled in.
    let is_unplayed = |(field, value): &(&String, &Value)| {
        !PLAYED.contains(&field.as_str()) && **value != json!(false)
    };
    let spec = object.at("/spec").and_then(Value::as_object);
    if let Some((field, _)) = spec.into_iter().flatten().find(is_unplayed) {
        return Err(format!("the sandbox does not play spec.{field} of a Kustomization"));
    }
    build::build(files, &folder(object), object.str("/spec/targetNamespace"))
}

/// `spec.path` from the repository's root; one that leaves the root is taken as the root, as the
/// controller's secure join does.
pub(super) fn folder(object: &Tracked) -> String {
    normalize(object.str("/spec/path").unwrap_or_default()).unwrap_or_default()
}

/// What has to become healthy: everything that was applied, or what `spec.healthChecks` lists.
pub(super) fn health_checks(object: &Tracked, changes: &[Applied]) -> Vec<Entry> {
    let mut entries: Vec<_> = if object.is("/spec/wait") {
        let applied = changes.iter().filter(|change| change.action != Action::Skipped);
        applied.map(|change| change.entry.clone()).collect()
    } else {
        let checks = object.at("/spec/healthChecks").and_then(Value::as_array);
        let checks = checks.into_iter().flatten().map(|check| {
            let metadata = json!({"name": check["name"], "namespace": check["namespace"]});
            json!({"apiVersion": check["apiVersion"], "kind": check["kind"], "metadata": metadata})
        });
        checks.map(|check| Entry::of(&check)).collect()
    };
    // Waiting for itself would never end.
    entries.retain(|entry| {
        let is_same = entry.name == object.name() && entry.namespace == object.namespace();
        entry.kind != "Kustomization" || !is_same
    });
    entries
}

/// Whether deleting the Kustomization deletes what it applied.
pub(super) fn prunes_on_deletion(object: &Tracked) -> bool {
    let prunes = match object.str("/spec/deletionPolicy").unwrap_or("MirrorPrune") {
        "MirrorPrune" => object.is("/spec/prune"),
        policy => policy != "Orphan",
    };
    prunes && !object.is("/spec/suspend")
}

/// `spec.interval`.
pub(super) fn interval(object: &Tracked) -> Duration {
    object.str("/spec/interval").and_then(duration::parse).unwrap_or(Duration::from_secs(60))
}

/// `spec.retryInterval`, else the interval.
pub(super) fn retry_interval(object: &Tracked) -> Duration {
    let own = object.str("/spec/retryInterval").and_then(duration::parse);
    own.unwrap_or_else(|| interval(object))
}

/// `spec.timeout`, else 30 seconds less than the interval; never less than 30 seconds.
pub(super) fn timeout(object: &Tracked) -> Duration {
    let least = Duration::from_secs(30);
    let own = object.str("/spec/timeout").and_then(duration::parse);
    own.unwrap_or_else(|| interval(object).saturating_sub(least)).max(least)
}
