//! What of a live object its manifest would say.

use kube::api::DynamicObject;
use serde_json::{Map, Value, json};

use super::view;

/// Annotations that are about the past of one object and not about what is wanted.
const VOLATILE: [&str; 4] = [
    "reconcile.fluxcd.io/requestedAt",
    "reconcile.fluxcd.io/forceAt",
    "reconcile.fluxcd.io/resetAt",
    "kubectl.kubernetes.io/last-applied-configuration",
];

/// The manifest of a live object: kind, name, namespace, labels, annotations and everything that is asked
/// for. Identity, status, owners and finalizers belong to the one object in the one cluster.
#[must_use]
pub fn manifest_of(object: &DynamicObject) -> Value {
    let mut metadata = json!({"name": view::name(object), "namespace": view::namespace(object)});
    let labels = object.metadata.labels.iter().flatten();
    let annotations = object.metadata.annotations.iter().flatten();
    let lasting = annotations.filter(|(key, _)| !VOLATILE.contains(&key.as_str()));
    for (field, values) in [("labels", map_of(labels)), ("annotations", map_of(lasting))] {
        if !values.is_empty() {
            metadata[field] = values.into();
        }
    }
    let types = object.types.clone().unwrap_or_default();
    let mut manifest =
        json!({"apiVersion": types.api_version, "kind": types.kind, "metadata": metadata});
    for (key, value) in object.data.as_object().into_iter().flatten() {
        if key != "status" {
            manifest[key] = value.clone();
        }
    }
    manifest
}

fn map_of<'a>(values: impl Iterator<Item = (&'a String, &'a String)>) -> Map<String, Value> {
    values.map(|(key, value)| (key.clone(), json!(value))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kinds::view::tests::object;

    #[test]
    fn a_manifest_holds_what_is_wanted_and_nothing_of_what_was() {
        let live = object(json!({
            "apiVersion": "source.toolkit.fluxcd.io/v1",
            "kind": "GitRepository",
            "metadata": {
                "name": "fleet", "namespace": "flux-system", "uid": "u1", "resourceVersion": "7",
                "generation": 3, "creationTimestamp": "2026-01-01T00:00:00Z",
                "finalizers": ["finalizers.fluxcd.io"], "managedFields": [{"manager": "flux"}],
                "labels": {"team": "a"},
                "annotations": {"reconcile.fluxcd.io/requestedAt": "2026-01-01T00:00:00Z", "a": "b"},
            },
            "spec": {"url": "https://example.com"},
            "status": {"observedGeneration": 3},
        }));
        assert_eq!(
            manifest_of(&live),
            json!({
                "apiVersion": "source.toolkit.fluxcd.io/v1",
                "kind": "GitRepository",
                "metadata": {"name": "fleet", "namespace": "flux-system",
                    "labels": {"team": "a"}, "annotations": {"a": "b"}},
                "spec": {"url": "https://example.com"},
            })
        );
    }

    #[test]
    fn annotations_that_are_all_volatile_leave_no_trace() {
        let live = object(json!({"metadata": {"name": "fleet", "namespace": "flux-system",
            "annotations": {"reconcile.fluxcd.io/requestedAt": "2026-01-01T00:00:00Z"}}}));
        let metadata = manifest_of(&live)["metadata"].clone();
        assert_eq!(metadata, json!({"name": "fleet", "namespace": "flux-system"}));
    }
}
