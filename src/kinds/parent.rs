//! Who applied an object: the Kustomization or HelmRelease that its labels name.

use kube::api::DynamicObject;

use super::ObjectRef;

/// The prefixes of the labels, and what they name.
///
/// Source: kustomize-controller labels what it applies with its group (fluxcd/pkg, `ssa.ResourceManager.SetOwnerLabels`),
/// helm-controller what a chart renders (`internal/postrender/origin_labels.go`).
const PARENTS: [(&str, &str); 2] =
    [("kustomize.toolkit.fluxcd.io", "Kustomization"), ("helm.toolkit.fluxcd.io", "HelmRelease")];

/// The object that applied `object`; nothing for one that nobody applied, or that applies itself.
#[must_use]
pub fn parent(object: &DynamicObject) -> Option<ObjectRef> {
    let labels = object.metadata.labels.as_ref()?;
    let parent = PARENTS.iter().find_map(|(group, kind)| {
        let label = |key: &str| labels.get(&format!("{group}/{key}")).cloned();
        Some(ObjectRef {
            kind: (*kind).to_owned(),
            namespace: label("namespace")?,
            name: label("name")?,
        })
    })?;
    let own_kind = object.types.as_ref().map(|types| types.kind.as_str());
    let is_itself = own_kind == Some(parent.kind.as_str())
        && object.metadata.name.as_ref() == Some(&parent.name)
        && object.metadata.namespace.as_ref() == Some(&parent.namespace);
    (!is_itself).then_some(parent)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::kinds::view::tests::object;

    fn labelled(group: &str, name: &str) -> DynamicObject {
        object(json!({
            "apiVersion": "kustomize.toolkit.fluxcd.io/v1", "kind": "Kustomization",
            "metadata": {"name": "apps", "namespace": "flux-system", "labels": {
                format!("{group}/name"): name, format!("{group}/namespace"): "flux-system"}},
        }))
    }

    #[test]
    fn labels_name_who_applied_an_object() {
        for (group, name, expected) in [
            ("kustomize.toolkit.fluxcd.io", "root", Some("Kustomization flux-system/root")),
            ("helm.toolkit.fluxcd.io", "stack", Some("HelmRelease flux-system/stack")),
            ("kustomize.toolkit.fluxcd.io", "apps", None),
            ("example.com", "root", None),
        ] {
            let parent = parent(&labelled(group, name)).map(|parent| parent.to_string());
            assert_eq!(parent.as_deref(), expected, "{group} {name}");
        }
        assert_eq!(parent(&object(json!({}))), None);
    }
}
