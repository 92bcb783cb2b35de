//! The custom kinds of the scenarios.

use serde_json::{Value, json};

/// Where definitions are.
pub(crate) const CRDS: &str = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
/// The things in a scenario's namespace.
pub(crate) const THINGS: &str = "/apis/example.com/v1/namespaces/{namespace}/things";
/// The things in all namespaces.
pub(crate) const ALL_THINGS: &str = "/apis/example.com/v1/things";

/// `Thing`, which has a status and lives in namespaces, and `Region`, which has neither.
pub(crate) fn definitions() -> [Value; 2] {
    [definition("example.com", "Thing", "things"), regions()]
}

/// The definition of a kind like `Thing`.
pub(crate) fn definition(group: &str, kind: &str, plural: &str) -> Value {
    json!({
        "apiVersion": "apiextensions.k8s.io/v1",
        "kind": "CustomResourceDefinition",
        "metadata": {"name": format!("{plural}.{group}")},
        "spec": {
            "group": group,
            "scope": "Namespaced",
            "names": {"kind": kind, "plural": plural, "singular": kind.to_lowercase(),
                      "listKind": format!("{kind}List"), "shortNames": [plural[..2]]},
            "versions": [{
                "name": "v1", "served": true, "storage": true,
                "subresources": {"status": {}},
                "additionalPrinterColumns": [
                    {"name": "Interval", "type": "string", "jsonPath": ".spec.interval"},
                    {"name": "Age", "type": "date", "jsonPath": ".metadata.creationTimestamp"},
                ],
                "schema": {"openAPIV3Schema": schema()},
            }],
        },
    })
}

fn schema() -> Value {
    let spec = json!({"type": "object", "required": ["interval"], "properties": {
        "interval": {"type": "string", "pattern": "^[0-9]+m$"},
        "mode": {"type": "string", "enum": ["fast", "slow"], "default": "fast"},
        "retries": {"type": "integer", "minimum": 0, "maximum": 5},
        "values": {"x-kubernetes-preserve-unknown-fields": true},
        "tags": {"type": "array", "maxItems": 3, "items": {"type": "string", "minLength": 1}},
        "labels": {"type": "object", "additionalProperties": {"type": "string"}},
        "reference": {"type": "object", "required": ["name"], "properties": {
            "name": {"type": "string"}, "namespace": {"type": "string"},
        }},
        "parts": {
            "type": "array",
            "x-kubernetes-list-type": "map",
            "x-kubernetes-list-map-keys": ["name"],
            "items": {"type": "object", "required": ["name"], "properties": {
                "name": {"type": "string"}, "size": {"type": "integer"},
            }},
        },
    }});
    let status = json!({"type": "object", "default": {"observedGeneration": -1}, "properties": {
        "observedGeneration": {"type": "integer"},
        "phase": {"type": "string"},
    }});
    json!({"type": "object", "properties": {"spec": spec, "status": status}})
}

fn regions() -> Value {
    let mut crd = definition("example.com", "Region", "regions");
    crd["spec"]["scope"] = "Cluster".into();
    if let Some(version) = crd["spec"]["versions"][0].as_object_mut() {
        version.remove("subresources");
        version.remove("additionalPrinterColumns");
    }
    crd
}
