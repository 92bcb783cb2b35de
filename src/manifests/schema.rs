//! What is known about a kind without asking a cluster: the definitions of the embedded release, and the types
//! of what no release of Flux defines.
//!
//! Looked at are names and types of fields, which are required, values that are listed, and patterns. Rules in CEL
//! and combinations of schemas are the API server's to judge.

use anyhow::{Result, anyhow, bail, ensure};
use k8s_openapi::api::core::v1::{Namespace, Secret, ServiceAccount};
use k8s_openapi::api::rbac::v1::RoleBinding;
use k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;
use nigari_api::terraform::Terraform;
use regex::Regex;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::components::definition;
use super::object::{below, field};

/// What a type makes of a value.
type ReadBack = fn(&Value) -> serde_json::Result<Value>;

/// Kinds that Flux does not define, each with what its type makes of an object.
const TYPED: [(&str, ReadBack); 5] = [
    ("Namespace", read_back::<Namespace>),
    ("RoleBinding", read_back::<RoleBinding>),
    ("Secret", read_back::<Secret>),
    ("ServiceAccount", read_back::<ServiceAccount>),
    ("Terraform", read_back::<Terraform>),
];

/// Checks an object against what is known about its kind.
///
/// # Errors
/// With the first field that is wrong, and the rule.
pub(super) fn check(object: &Value) -> Result<()> {
    let kind = object["kind"].as_str().unwrap_or_default();
    let version = object["apiVersion"].as_str().unwrap_or_default();
    check_typed("/metadata", &object["metadata"], read_back::<ObjectMeta>)?;
    if let Some((_, read)) = TYPED.iter().find(|(typed, _)| *typed == kind) {
        return check_typed("", object, *read);
    }
    let (group, version) = version.split_once('/').unwrap_or(("", version));
    let definition = definition(group, kind)?;
    let definition =
        definition.ok_or_else(|| anyhow!("nothing is known about {kind} of {group}"))?;
    let versions = definition["spec"]["versions"].as_array();
    let known = versions.into_iter().flatten().find(|known| known["name"] == version);
    let known = known.ok_or_else(|| anyhow!("there is no version {version} of {kind}"))?;
    check_at("", object, &known["schema"]["openAPIV3Schema"])
}

fn read_back<T: DeserializeOwned + Serialize>(value: &Value) -> serde_json::Result<Value> {
    serde_json::to_value(serde_json::from_value::<T>(value.clone())?)
}

/// Checks that a type keeps everything that a value says.
fn check_typed(pointer: &str, value: &Value, read: ReadBack) -> Result<()> {
    let kept = read(value).map_err(|error| match value["kind"] == "Secret" {
        // The reason may hold a credential.
        true => anyhow!("its fields are not of the types that a Secret has"),
        false => anyhow!("{}: {error}", field(pointer)),
    })?;
    match lost(pointer, value, &kept) {
        Some(lost) => Err(unknown(&lost)),
        None => Ok(()),
    }
}

/// The first field that is not `kept`.
fn lost(pointer: &str, value: &Value, kept: &Value) -> Option<String> {
    match (value, kept) {
        (Value::Object(map), Value::Object(kept)) => map.iter().find_map(|(key, value)| {
            let at = below(pointer, key);
            match kept.get(key) {
                Some(kept) => lost(&at, value, kept),
                // Types leave out what is empty.
                None => Some(at).filter(|_| !is_empty(value)),
            }
        }),
        (Value::Array(items), Value::Array(kept)) => {
            let mut pairs = items.iter().zip(kept).enumerate();
            pairs.find_map(|(at, (item, kept))| lost(&below(pointer, &at.to_string()), item, kept))
        }
        _ => None,
    }
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Array(items) => items.is_empty(),
        Value::Object(map) => map.is_empty(),
        _ => false,
    }
}

fn check_at(pointer: &str, value: &Value, schema: &Value) -> Result<()> {
    if value.is_null() && schema["nullable"] == true {
        return Ok(());
    }
    let is_number_or_text = schema["x-kubernetes-int-or-string"] == true;
    let type_ = schema["type"].as_str().filter(|_| !is_number_or_text);
    if let Some(type_) = type_ {
        ensure!(
            is_of(type_, value),
            "{} says {value}, and must be of the type {type_}",
            field(pointer)
        );
    }
    if let Some(listed) = schema["enum"].as_array() {
        let known: Vec<_> = listed.iter().map(Value::to_string).collect();
        let known = known.join(", ");
        ensure!(
            listed.contains(value),
            "{} says {value}, and must be one of {known}",
            field(pointer)
        );
    }
    if let (Some(pattern), Some(text)) = (schema["pattern"].as_str(), value.as_str()) {
        // A pattern of Go's that Rust cannot read is the API server's to judge.
        let is_match = Regex::new(pattern).map_or(true, |pattern| pattern.is_match(text));
        ensure!(is_match, "{} says {value}, and must match {pattern}", field(pointer));
    }
    match value {
        Value::Object(map) => check_map(pointer, map, schema),
        Value::Array(items) => {
            let mut items = items.iter().enumerate();
            items.try_for_each(|(at, item)| {
                check_at(&below(pointer, &at.to_string()), item, &schema["items"])
            })
        }
        _ => Ok(()),
    }
}

fn check_map(pointer: &str, map: &serde_json::Map<String, Value>, schema: &Value) -> Result<()> {
    let required = schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str);
    if let Some(missing) = required.into_iter().find(|name| !map.contains_key(*name)) {
        bail!("{} is required", field(&below(pointer, missing)));
    }
    let is_open = schema["x-kubernetes-preserve-unknown-fields"] == true;
    let (properties, others) = (schema["properties"].as_object(), &schema["additionalProperties"]);
    map.iter().try_for_each(|(key, value)| {
        let at = below(pointer, key);
        match properties.and_then(|properties| properties.get(key)) {
            Some(schema) => check_at(&at, value, schema),
            None if others.is_object() => check_at(&at, value, others),
            // The metadata of every kind is the same, and its definition does not list it.
            None if is_open || *others == true || pointer == "/metadata" => Ok(()),
            None => Err(unknown(&at)),
        }
    })
}

fn is_of(type_: &str, value: &Value) -> bool {
    match type_ {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        _ => true,
    }
}

fn unknown(pointer: &str) -> anyhow::Error {
    anyhow!("{} is no field of the kind", field(pointer))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn refusal(api_version: &str, kind: &str, rest: Value) -> Option<String> {
        let mut object = json!({"apiVersion": api_version, "kind": kind,
            "metadata": {"name": "a", "namespace": "b", "labels": {"c": "d"}}});
        for (key, value) in rest.as_object().unwrap() {
            object[key] = value.clone();
        }
        check(&object).err().map(|error| error.to_string())
    }

    fn of_kustomization(more: Value) -> Option<String> {
        let mut spec = json!({"interval": "10m0s", "prune": true,
            "sourceRef": {"kind": "GitRepository", "name": "fleet"}});
        for (key, value) in more.as_object().unwrap() {
            spec[key] = value.clone();
        }
        refusal("kustomize.toolkit.fluxcd.io/v1", "Kustomization", json!({"spec": spec}))
    }

    #[test]
    fn fields_are_checked_by_the_definition() {
        assert_eq!(of_kustomization(json!({})), None);
        let substitute = json!({"postBuild": {"substitute": {"any.key/x": "1"}}});
        assert_eq!(of_kustomization(substitute), None);
        for (more, told) in [
            (json!({"colour": 1}), "spec.colour is no field of the kind"),
            (json!({"sourceRef": {"kind": "GitRepository"}}), "spec.sourceRef.name is required"),
            (json!({"prune": "yes"}), "spec.prune says \"yes\", and must be of the type boolean"),
            (json!({"interval": "soon"}), "spec.interval says \"soon\", and must match ^"),
            (
                json!({"sourceRef": {"kind": "Secret", "name": "a"}}),
                "spec.sourceRef.kind says \"Secret\", and must be one of \"OCIRepository\", ",
            ),
            (
                json!({"dependsOn": [{"name": "a"}, {"name": "b", "when": "c"}]}),
                "spec.dependsOn[1].when is no field of the kind",
            ),
            (
                json!({"postBuild": {"substitute": {"a": 1}}}),
                "spec.postBuild.substitute.a says 1, and must be of the type string",
            ),
        ] {
            let refusal = of_kustomization(more).unwrap();
            assert!(refusal.starts_with(told), "{refusal}");
        }
    }

    #[test]
    fn what_holds_anything_may_hold_anything() {
        let spec = json!({"interval": "1m", "chartRef": {"kind": "HelmChart", "name": "a"},
            "values": {"a": [{"b": null}, 1]}});
        let group = "helm.toolkit.fluxcd.io/v2";
        assert_eq!(refusal(group, "HelmRelease", json!({"spec": spec})), None);
    }

    #[test]
    fn metadata_and_versions_are_checked_too() {
        let metadata = json!({"metadata": {"name": "a", "lables": {"c": "d"}}});
        let told = refusal("v1", "Namespace", metadata).unwrap();
        assert_eq!(told, "metadata.lables is no field of the kind");
        let told = refusal("kustomize.toolkit.fluxcd.io/v7", "Kustomization", json!({})).unwrap();
        assert_eq!(told, "there is no version v7 of Kustomization");
    }

    #[test]
    fn kinds_without_a_definition_are_checked_by_their_types() {
        let role =
            json!({"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": "a"});
        let rbac = "rbac.authorization.k8s.io/v1";
        assert_eq!(refusal(rbac, "RoleBinding", json!({"roleRef": role})), None);
        let subjects =
            json!({"roleRef": role, "subjects": [{"kind": "User", "name": "a", "age": 1}]});
        let told = refusal(rbac, "RoleBinding", subjects).unwrap();
        assert_eq!(told, "subjects[0].age is no field of the kind");
        let infra = "infra.contrib.fluxcd.io/v1alpha2";
        let spec = json!({"interval": "1m", "sourceRef": {"kind": "Bucket", "name": "a"}});
        assert_eq!(refusal(infra, "Terraform", json!({"spec": spec})), None);
        let spec =
            json!({"interval": "1m", "sourceRef": {"kind": "Bucket", "name": "a"}, "colour": 1});
        let told = refusal(infra, "Terraform", json!({"spec": spec})).unwrap();
        assert!(told.starts_with("the document: unknown field `colour`, expected "), "{told}");
    }
}
