//! What Helm's actions do to the cluster: apply, wait, delete.
//!
//! Source: Helm 4, `pkg/kube/client.go` (server-side apply and its messages), and helm-controller,
//! `internal/action/wait.go` and `internal/postrender` (waiting, labels of origin). No log of Helm is
//! added to events.

use std::time::Duration;

use kube::api::{DeleteParams, Patch, PatchParams};
use kube::runtime::wait::await_condition;
use serde_json::{Value, json};

use super::super::health;
use super::super::inventory::Entry;
use super::super::resources::{Resources, text};
use super::{CONTROLLER, GROUP};

/// How long definitions may take to be established.
const DEFINED_WITHIN: Duration = Duration::from_secs(60);

/// Labels and annotations of everything in a release.
pub(super) fn mark(
    objects: &mut [Value],
    (release_namespace, release): (&str, &str),
    (namespace, name): (&str, &str),
) {
    for object in objects {
        for (field, key, value) in [
            ("labels", "app.kubernetes.io/managed-by".to_owned(), "Helm"),
            ("labels", format!("{GROUP}/name"), name),
            ("labels", format!("{GROUP}/namespace"), namespace),
            ("annotations", "meta.helm.sh/release-name".to_owned(), release),
            ("annotations", "meta.helm.sh/release-namespace".to_owned(), release_namespace),
        ] {
            if !object["metadata"][field].is_object() {
                object["metadata"][field] = json!({});
            }
            object["metadata"][field][key] = json!(value);
        }
    }
}

/// What is done with CustomResourceDefinitions that a chart brings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Definitions {
    Skip,
    /// Those that are there stay as they are.
    Create,
    CreateReplace,
}

/// Applies the definitions that a chart brings, marked with where they come from, and waits until they
/// are established.
///
/// Source: helm-controller, `internal/action/crds.go`.
pub(super) async fn define(
    resources: &Resources,
    mut definitions: Vec<Value>,
    policy: Definitions,
    (namespace, name): (&str, &str),
) -> Result<(), String> {
    if policy == Definitions::Skip {
        return Ok(());
    }
    let mut written = Vec::new();
    for definition in &mut definitions {
        for (key, value) in [("name", name), ("namespace", namespace)] {
            if !definition["metadata"]["labels"].is_object() {
                definition["metadata"]["labels"] = json!({});
            }
            definition["metadata"]["labels"][format!("{GROUP}/{key}")] = json!(value);
        }
        let entry = Entry::of(definition);
        let api = resources.api(&entry).await?;
        let found = api.get_opt(&entry.name).await.map_err(|error| {
            format!("failed to get CustomResourceDefinition {}: {}", entry.name, text(&error))
        })?;
        if found.is_none() || policy == Definitions::CreateReplace {
            apply(resources, std::slice::from_ref(definition)).await?;
            written.push(entry);
        }
    }
    health::wait(resources, &written, DEFINED_WITHIN).await
}

/// Checks that the cluster knows every kind, and puts namespaced objects into `namespace`.
///
/// # Errors
/// With client-go's message about the first kind that is missing.
pub(super) async fn map(
    resources: &Resources,
    objects: &mut [Value],
    namespace: &str,
) -> Result<(), String> {
    for object in objects {
        let entry = Entry::of(object);
        let is_namespaced = resources.is_namespaced(&entry).await.map_err(|problem| {
            format!(
                "resource mapping not found for name: \"{}\" namespace: \"{}\" from \"\": {problem}\n\
                 ensure CRDs are installed first",
                entry.name, entry.namespace
            )
        })?;
        if is_namespaced && entry.namespace.is_empty() {
            object["metadata"]["namespace"] = json!(namespace);
        }
    }
    Ok(())
}

/// Applies every object.
pub(super) async fn apply(resources: &Resources, objects: &[Value]) -> Result<(), String> {
    let params = PatchParams::apply(CONTROLLER).force();
    for object in objects {
        let entry = Entry::of(object);
        let api = resources.api(&entry).await?;
        let applied = api.patch(&entry.name, &params, &Patch::Apply(object)).await;
        applied.map_err(|error| {
            format!(
                "server-side apply failed for object {}/{} {}, Kind={}: {}",
                entry.namespace,
                entry.name,
                entry.api_version(),
                entry.kind,
                text(&error)
            )
        })?;
    }
    Ok(())
}

/// Waits until every entry is healthy.
pub(super) async fn wait(
    resources: &Resources,
    entries: &[Entry],
    timeout: Duration,
) -> Result<(), String> {
    health::wait(resources, entries, timeout).await
}

/// Deletes entries, and waits until they are gone.
pub(super) async fn delete(
    resources: &Resources,
    entries: &[Entry],
    timeout: Duration,
) -> Result<(), String> {
    let gone = async {
        for entry in entries {
            // A kind that is no longer served has no objects left.
            let Ok(api) = resources.api(entry).await else { continue };
            match api.delete(&entry.name, &DeleteParams::background()).await {
                Err(kube::Error::Api(status)) if status.is_not_found() => continue,
                deleted => deleted.map(|_| ()).map_err(|error| text(&error))?,
            }
            let is_gone = |found: Option<&kube::api::DynamicObject>| found.is_none();
            await_condition(api, &entry.name, is_gone).await.map_err(|error| error.to_string())?;
        }
        Ok(())
    };
    let ended = tokio::time::timeout(timeout, gone).await;
    ended.unwrap_or_else(|_| Err("context deadline exceeded".to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn objects_tell_where_they_come_from() {
        let mut objects = [json!({"metadata": {"labels": {"app": "web"}}})];
        mark(&mut objects, ("apps", "web"), ("flux-system", "podinfo"));
        let metadata = &objects[0]["metadata"];
        assert_eq!(metadata["labels"]["app"], "web");
        assert_eq!(metadata["labels"]["helm.toolkit.fluxcd.io/namespace"], "flux-system");
        assert_eq!(metadata["annotations"]["meta.helm.sh/release-name"], "web");
    }
}
