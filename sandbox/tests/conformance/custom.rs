//! The custom kinds of the scenarios.

use serde_json::{Value, json};

/// Where definitions are.
pub(crate) const CRDS: &str = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
/// The things in a scenario's namespace.
pub(crate) const THINGS: &str = "/apis/example.com/v1/namespaces/{namespace}/things";
/// The things in all namespaces.
pub(crate) const ALL_THINGS: &str = "/apis/example.com/v1/things";

/// The objects in a scenario's namespace of a kind with a rule of every sort.
pub(crate) const RULED: &str = "/apis/rules.example.com/v1/namespaces/{namespace}/ruleds";

/// `Thing`, which has a status and lives in namespaces, `Region`, which has neither, and `Ruled`,
/// whose schema has a rule of every sort.
pub(crate) fn definitions() -> [Value; 3] {
    [definition("example.com", "Thing", "things"), regions(), ruled()]
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

fn ruled() -> Value {
    let text = json!({"type": "string"});
    let pair = |more: &str, rule: Value| {
        let mut schema = json!({"type": "object", "properties": {"a": text, "b": text}});
        schema[more] = rule;
        schema
    };
    let one_of = json!([{"required": ["a"]}, {"required": ["b"]}]);
    let spec = json!({"type": "object", "required": ["name"], "properties": {
        "name": {"type": "string", "minLength": 2, "maxLength": 5, "pattern": "^[a-z]+$"},
        "mode": {"type": "string", "enum": ["A", "B"]},
        "count": {"type": "integer", "minimum": 1, "maximum": 10},
        "ratio": {"type": "number", "minimum": 0, "exclusiveMinimum": true},
        "fives": {"type": "integer", "multipleOf": 5},
        "small": {"type": "integer", "format": "int32"},
        "defaulted": {"type": "string", "default": "filled"},
        "nullable": {"type": "string", "nullable": true},
        "object": {"type": "object", "default": {}, "properties": {
            "inner": {"type": "string", "default": "deep"},
        }},
        "list": {"type": "array", "minItems": 1, "maxItems": 2, "items": text},
        "set": {"type": "array", "x-kubernetes-list-type": "set", "items": text},
        "keyed": {
            "type": "array",
            "x-kubernetes-list-type": "map",
            "x-kubernetes-list-map-keys": ["k"],
            "items": {"type": "object", "required": ["k"], "properties": {
                "k": text, "v": text, "w": {"type": "string", "default": "W"},
            }},
        },
        "port": {
            "x-kubernetes-int-or-string": true,
            "anyOf": [{"type": "integer"}, {"type": "string"}],
            "pattern": "^[0-9]+%?$",
        },
        "map": {
            "type": "object", "additionalProperties": text, "minProperties": 1, "maxProperties": 2,
        },
        "time": {"type": "string", "format": "date-time"},
        "duration": {"type": "string", "format": "duration"},
        "bytes": {"type": "string", "format": "byte"},
        "either": pair("oneOf", one_of.clone()),
        "any": pair("anyOf", one_of),
        "not": pair("not", json!({"required": ["a", "b"]})),
        "free": {"type": "object", "x-kubernetes-preserve-unknown-fields": true},
        "embedded": {
            "type": "object",
            "x-kubernetes-embedded-resource": true,
            "x-kubernetes-preserve-unknown-fields": true,
        },
        "checked": {
            "type": "string",
            "x-kubernetes-validations": [{"rule": "self != 'bad'", "message": "not this one"}],
        },
    }});
    let status = json!({"type": "object", "properties": {"n": {"type": "integer", "minimum": 1}}});
    let mut crd = definition("rules.example.com", "Ruled", "ruleds");
    crd["spec"]["versions"][0]["schema"]["openAPIV3Schema"] =
        json!({"type": "object", "properties": {"spec": spec, "status": status}});
    crd
}
