//! Who writes a field of an object, and which Kustomization applies it.

use k8s_openapi::apimachinery::pkg::apis::meta::v1::ManagedFieldsEntry;
use k8s_openapi::jiff::Timestamp;
use kube::api::DynamicObject;

use super::ObjectRef;

/// The controller that applies a field from its own source, and so will undo what somebody else says in
/// it. The path is that of the field: `["spec", "suspend"]`.
///
/// Source: Kubernetes API concepts, server-side apply: whoever changes a value takes it over until its
/// former owner applies again. Command lines apply only when they are told to.
#[must_use]
pub fn field_controller<'a>(object: &'a DynamicObject, path: &[&str]) -> Option<&'a str> {
    let entries = object.metadata.managed_fields.iter().flatten();
    let applied = entries.filter(|entry| entry.operation.as_deref() == Some("Apply"));
    let mut owners = applied.filter(|entry| manages(entry, path));
    owners.find_map(|entry| entry.manager.as_deref().filter(|name| name.ends_with("-controller")))
}

/// Who wrote a field last, and until when at the latest: a writer's time is that of all fields that it
/// manages.
///
/// Source: `ManagedFieldsEntry` of `meta/v1`.
#[must_use]
pub fn last_written<'a>(object: &'a DynamicObject, path: &[&str]) -> Option<(&'a str, Timestamp)> {
    let entries = object.metadata.managed_fields.iter().flatten();
    let writers = entries.filter(|entry| manages(entry, path));
    let told =
        writers.filter_map(|entry| Some((entry.manager.as_deref()?, entry.time.as_ref()?.0)));
    told.max_by_key(|(_, time)| *time)
}

fn manages(entry: &ManagedFieldsEntry, path: &[&str]) -> bool {
    let Some(fields) = &entry.fields_v1 else { return false };
    let mut place = Some(&fields.0);
    for key in path {
        place = place.and_then(|place| place.get(format!("f:{key}")));
    }
    !path.is_empty() && place.is_some()
}

/// The Kustomization that applies an object.
///
/// Source: the labels that kustomize-controller puts on whatever it applies
/// (`internal/controller/kustomization_controller.go`).
#[must_use]
pub fn kustomization(object: &DynamicObject) -> Option<ObjectRef> {
    let labels = object.metadata.labels.as_ref()?;
    let label = |word: &str| labels.get(&format!("kustomize.toolkit.fluxcd.io/{word}")).cloned();
    let (namespace, name) = (label("namespace")?, label("name")?);
    Some(ObjectRef { kind: "Kustomization".to_owned(), namespace, name })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::kinds::view::tests::object;

    #[test]
    fn a_field_is_a_controllers_when_it_applied_it() {
        let vpc = |manager: &str, operation: &str| {
            object(json!({"metadata": {"name": "vpc", "managedFields": [{
                "manager": manager, "operation": operation,
                "fieldsV1": {"f:spec": {"f:path": {}, "f:tfstate": {"f:forceUnlock": {}}}},
            }]}}))
        };
        let applied = vpc("kustomize-controller", "Apply");
        assert_eq!(field_controller(&applied, &["spec", "path"]), Some("kustomize-controller"));
        let deep = ["spec", "tfstate", "forceUnlock"];
        assert_eq!(field_controller(&applied, &deep), Some("kustomize-controller"));
        assert_eq!(field_controller(&applied, &["spec", "approvePlan"]), None);
        assert_eq!(
            field_controller(&vpc("kustomize-controller", "Update"), &["spec", "path"]),
            None
        );
        assert_eq!(field_controller(&vpc("nigari", "Apply"), &["spec", "path"]), None);
    }

    #[test]
    fn the_last_writer_of_a_field_is_told() {
        let entry = |manager: &str, time: &str, field: &str| {
            json!({"manager": manager, "operation": "Update", "time": time,
                   "fieldsV1": {"f:spec": {field: {}}}})
        };
        let vpc = object(json!({"metadata": {"name": "vpc", "managedFields": [
            entry("ann", "2026-01-31T12:00:00Z", "f:approvePlan"),
            entry("bob", "2026-01-31T13:00:00Z", "f:approvePlan"),
            entry("tf-controller", "2026-01-31T14:00:00Z", "f:path"),
        ]}}));
        let (manager, time) = last_written(&vpc, &["spec", "approvePlan"]).unwrap();
        assert_eq!((manager, time.to_string().as_str()), ("bob", "2026-01-31T13:00:00Z"));
        assert_eq!(last_written(&vpc, &["spec", "suspend"]), None);
    }

    #[test]
    fn labels_name_the_kustomization() {
        let labels = json!({"kustomize.toolkit.fluxcd.io/name": "infra",
                            "kustomize.toolkit.fluxcd.io/namespace": "flux-system"});
        let vpc = object(json!({"metadata": {"name": "vpc", "labels": labels}}));
        assert_eq!(kustomization(&vpc).unwrap().to_string(), "Kustomization flux-system/infra");
        assert_eq!(kustomization(&object(json!({}))), None);
    }
}
