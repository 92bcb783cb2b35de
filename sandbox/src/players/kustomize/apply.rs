//! Server-side apply in stages, and pruning.
//!
//! Source: fluxcd/pkg, `ssa/manager_apply.go`, `manager_delete.go`, `sort.go` and `errors`: each
//! object is dry-run first and written only when that would change it. Left out: removing the
//! fields of other managers, and recreating objects with immutable fields (`spec.force`).

use std::fmt;
use std::time::Duration;

use kube::api::{DeleteParams, Patch, PatchParams};
use serde_json::{Value, json};

use super::super::health;
use super::super::inventory::Entry;
use super::super::resources::{Resources, text};
use super::{CONTROLLER, GROUP};

/// How long definitions may take to become usable before the other objects are applied.
const DEFINITIONS_TIMEOUT: Duration = Duration::from_secs(60);

/// Kinds in the order in which they are applied; the others follow, by group and kind.
const ORDER: [&str; 23] = [
    "CustomResourceDefinition",
    "Namespace",
    "ClusterRole",
    "ClusterClass",
    "RuntimeClass",
    "PriorityClass",
    "StorageClass",
    "VolumeSnapshotClass",
    "IngressClass",
    "GatewayClass",
    "ClusterRoleBinding",
    "ResourceQuota",
    "ServiceAccount",
    "Role",
    "RoleBinding",
    "ConfigMap",
    "Secret",
    "Service",
    "LimitRange",
    "Deployment",
    "StatefulSet",
    "CronJob",
    "PodDisruptionBudget",
];

/// What became of one object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Action {
    Created,
    Configured,
    Unchanged,
    Deleted,
    Skipped,
}

/// One line of a change set: `Deployment/apps/podinfo configured`.
#[derive(Clone, Debug)]
pub(super) struct Applied {
    pub(super) entry: Entry,
    pub(super) action: Action,
}

impl fmt::Display for Applied {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let action = format!("{:?}", self.action).to_lowercase();
        write!(formatter, "{} {action}", self.entry.subject())
    }
}

/// The lines of `changes` that changed something.
pub(super) fn change_log(changes: &[Applied]) -> String {
    let changed = changes.iter().filter(|change| {
        matches!(change.action, Action::Created | Action::Configured | Action::Deleted)
    });
    changed.map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

/// Applies `objects`: definitions first, then, once those are usable, everything else.
///
/// # Errors
/// With the controller's message; the changes made so far come with it.
pub(super) async fn apply_staged(
    resources: &Resources,
    objects: &[Value],
) -> Result<Vec<Applied>, (String, Vec<Applied>)> {
    let (mut definitions, others): (Vec<_>, Vec<_>) =
        objects.iter().cloned().partition(is_definition);
    let (mut classes, mut others): (Vec<_>, Vec<_>) =
        others.into_iter().partition(|object| kind(object).ends_with("Class"));
    let mut changes = Vec::new();
    for (stage, waits) in [(&mut definitions, true), (&mut classes, true), (&mut others, false)] {
        let applied = apply_all(resources, stage).await;
        let applied = applied.map_err(|error| (error, changes.clone()))?;
        let entries: Vec<_> = applied.iter().map(|change| change.entry.clone()).collect();
        changes.extend(applied);
        if waits {
            let usable = health::wait(resources, &entries, DEFINITIONS_TIMEOUT).await;
            usable.map_err(|error| (error, changes.clone()))?;
        }
    }
    Ok(changes)
}

fn is_definition(object: &Value) -> bool {
    let group = object["apiVersion"].as_str().unwrap_or_default();
    match kind(object) {
        "CustomResourceDefinition" => group.starts_with("apiextensions.k8s.io/"),
        "ClusterRole" => group.starts_with("rbac.authorization.k8s.io/"),
        "Namespace" => group == "v1",
        _ => false,
    }
}

fn kind(object: &Value) -> &str {
    object["kind"].as_str().unwrap_or_default()
}

fn rank(entry: &Entry) -> (usize, Entry) {
    let last = match entry.kind.as_str() {
        "MutatingWebhookConfiguration" => ORDER.len() + 1,
        "ValidatingWebhookConfiguration" => ORDER.len() + 2,
        _ => ORDER.len(),
    };
    (ORDER.iter().position(|kind| *kind == entry.kind).unwrap_or(last), entry.clone())
}

/// Tries every object before it writes the first one.
async fn apply_all(resources: &Resources, objects: &mut [Value]) -> Result<Vec<Applied>, String> {
    objects.sort_by_cached_key(|object| rank(&Entry::of(object)));
    let mut changes = Vec::new();
    for object in objects.iter() {
        let action = dry_run(resources, object).await?;
        changes.push(Applied { entry: Entry::of(object), action });
    }
    for (object, change) in objects.iter().zip(&changes) {
        if matches!(change.action, Action::Created | Action::Configured) {
            patch(resources, object, false).await.map_err(|error| {
                format!("{} apply failed: {}", change.entry.subject(), text(&error))
            })?;
        }
    }
    Ok(changes)
}

/// What applying `object` would do.
async fn dry_run(resources: &Resources, object: &Value) -> Result<Action, String> {
    let entry = Entry::of(object);
    let subject = entry.subject();
    let api = resources.api(&entry).await;
    let api = api.map_err(|error| format!("{subject} dry-run failed: {error}"))?;
    // As with the controller, a failed look is not a verdict: the dry run decides.
    let existing = api.get_opt(&entry.name).await.ok().flatten();
    let existing = existing.map(|found| serde_json::to_value(found).unwrap_or_default());
    if is_excluded(object) || existing.as_ref().is_some_and(is_excluded) {
        return Ok(Action::Skipped);
    }
    if existing.is_some() && labelled(object, "ssa", "IfNotPresent") {
        return Ok(Action::Skipped);
    }
    let dry = patch(resources, object, true).await.map_err(|error| explain(&entry, &error))?;
    Ok(match existing {
        None => Action::Created,
        Some(existing) if comparable(&existing) == comparable(&dry) => Action::Unchanged,
        Some(_) => Action::Configured,
    })
}

async fn patch(resources: &Resources, object: &Value, dry_run: bool) -> kube::Result<Value> {
    let entry = Entry::of(object);
    let api = resources.api(&entry).await.map_err(|error| kube::Error::Service(error.into()))?;
    let params = PatchParams { dry_run, ..PatchParams::apply(CONTROLLER).force() };
    let applied = api.patch(&entry.name, &params, &Patch::Apply(object)).await?;
    serde_json::to_value(applied).map_err(kube::Error::SerdeError)
}

/// The object without what the server adds to every write.
fn comparable(object: &Value) -> Value {
    let mut object = object.clone();
    if let Some(map) = object.as_object_mut() {
        map.remove("status");
    }
    if let Some(metadata) = object["metadata"].as_object_mut() {
        for field in ["managedFields", "resourceVersion", "generation", "creationTimestamp", "uid"]
        {
            metadata.remove(field);
        }
    }
    object
}

fn is_excluded(object: &Value) -> bool {
    labelled(object, "reconcile", "disabled") || labelled(object, "ssa", "Ignore")
}

/// Whether `object` carries `kustomize.toolkit.fluxcd.io/NAME: VALUE` as a label or annotation.
fn labelled(object: &Value, name: &str, value: &str) -> bool {
    let key = format!("{GROUP}/{name}");
    ["labels", "annotations"].iter().any(|kind| {
        object["metadata"][kind][&key]
            .as_str()
            .is_some_and(|found| found.eq_ignore_ascii_case(value))
    })
}

/// Words a refused dry run as the controller does (`ssa/errors`).
fn explain(entry: &Entry, error: &kube::Error) -> String {
    let (subject, message) = (entry.subject(), text(error));
    let kube::Error::Api(status) = error else {
        return format!("{subject} dry-run failed: {message}");
    };
    if status.is_not_found() {
        let what = if entry.namespace.is_empty() { "namespace not specified" } else { "not found" };
        return format!("{subject} {what}: {message}");
    }
    let causes = status.details.iter().flat_map(|details| &details.causes);
    let is_conflict = causes.into_iter().any(|cause| cause.reason == "FieldManagerConflict");
    match if is_conflict { "FieldManagerConflict" } else { status.reason.as_str() } {
        "" => format!("{subject} dry-run failed: {message}"),
        reason => format!("{subject} dry-run failed ({reason}): {message}"),
    }
}

/// Marks objects as belonging to the Kustomization `namespace/name`.
pub(super) fn set_owner(objects: &mut [Value], namespace: &str, name: &str) {
    for object in objects {
        if !object["metadata"]["labels"].is_object() {
            object["metadata"]["labels"] = json!({});
        }
        object["metadata"]["labels"][format!("{GROUP}/name")] = json!(name);
        object["metadata"]["labels"][format!("{GROUP}/namespace")] = json!(namespace);
    }
}

/// Deletes what is still owned by the Kustomization `namespace/name`, last kinds first.
///
/// # Errors
/// With the controller's message; the changes come with it, and what they lack was not deleted.
pub(super) async fn delete_all(
    resources: &Resources,
    entries: &[Entry],
    (namespace, name): (&str, &str),
) -> Result<Vec<Applied>, (String, Vec<Applied>)> {
    let mut entries = entries.to_vec();
    entries.sort_by_cached_key(rank);
    let (mut changes, mut errors) = (Vec::new(), String::new());
    for entry in entries.into_iter().rev() {
        match delete(resources, &entry, namespace, name).await {
            Ok(action) => changes.push(Applied { entry, action }),
            Err(error) => errors.push_str(&format!("{} {error};", entry.subject())),
        }
    }
    if errors.is_empty() {
        return Ok(changes);
    }
    Err((format!("delete failed, errors: {errors}"), changes))
}

async fn delete(
    resources: &Resources,
    entry: &Entry,
    namespace: &str,
    name: &str,
) -> Result<Action, String> {
    // A kind that is no longer served has no objects left.
    let Ok(api) = resources.api(entry).await else { return Ok(Action::Deleted) };
    let found = api.get_opt(&entry.name).await;
    let Some(found) = found.map_err(|error| format!("query failed: {}", text(&error)))? else {
        return Ok(Action::Deleted);
    };
    let found = serde_json::to_value(found).unwrap_or_default();
    let is_owned = labelled(&found, "name", name) && labelled(&found, "namespace", namespace);
    if !is_owned || is_excluded(&found) || labelled(&found, "prune", "disabled") {
        return Ok(Action::Skipped);
    }
    match api.delete(&entry.name, &DeleteParams::background()).await {
        Ok(_) => Ok(Action::Deleted),
        Err(kube::Error::Api(status)) if status.is_not_found() => Ok(Action::Deleted),
        Err(error) => Err(format!("delete failed: {}", text(&error))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn object(kind: &str, name: &str) -> Value {
        json!({"apiVersion": "v1", "kind": kind, "metadata": {"name": name}})
    }

    #[test]
    fn dependencies_come_before_what_needs_them() {
        let mut objects = ["Widget", "Deployment", "Namespace", "ServiceAccount"]
            .map(|kind| Entry::of(&object(kind, "x")));
        objects.sort_by_cached_key(rank);
        let kinds = objects.map(|entry| entry.kind);
        assert_eq!(kinds, ["Namespace", "ServiceAccount", "Deployment", "Widget"]);
    }

    #[test]
    fn what_the_server_adds_is_no_drift() {
        let mut seen = object("ConfigMap", "x");
        seen["metadata"]["resourceVersion"] = json!("7");
        seen["status"] = json!({"phase": "Active"});
        assert_eq!(comparable(&seen), comparable(&object("ConfigMap", "x")));
    }

    #[test]
    fn owner_labels_join_the_others() {
        let mut objects = [json!({"metadata": {"labels": {"app": "x"}}}), object("Pod", "y")];
        set_owner(&mut objects, "flux-system", "apps");
        let labels = json!({
            "app": "x",
            "kustomize.toolkit.fluxcd.io/name": "apps",
            "kustomize.toolkit.fluxcd.io/namespace": "flux-system",
        });
        assert_eq!(objects[0]["metadata"]["labels"], labels);
        assert!(labelled(&objects[1], "name", "apps"));
    }
}
