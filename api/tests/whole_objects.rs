//! Objects with every field that their definition knows, read and written through their types.

#![allow(clippy::unwrap_used, reason = "clippy takes only #[test] for tests")]

use nigari_api::crd::CONTROLLERS;
use nigari_api::helm::HelmReleaseSpec;
use nigari_api::kustomize::KustomizationSpec;
use nigari_api::meta::Spec;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

/// The schema of `field` in the stored version of the definition of `kind`.
fn schema(kind: &str, field: &str) -> Value {
    let (controller, kind) = CONTROLLERS
        .iter()
        .flat_map(|controller| controller.kinds.iter().map(move |kind| (controller, kind)))
        .find(|(_, custom)| custom.kind == kind)
        .unwrap();
    let definition = controller.definition(kind);
    let version = definition["spec"]["versions"].as_array().unwrap().last().unwrap();
    version["schema"]["openAPIV3Schema"]["properties"][field].clone()
}

/// A value that holds every field of `schema`.
fn whole(schema: &Value) -> Value {
    if let Some(first) = schema["enum"].get(0) {
        return first.clone();
    }
    match schema["type"].as_str() {
        None => json!({ "any": ["value", 1, null] }),
        Some("boolean") => json!(true),
        Some("integer") => json!(-1),
        Some("string") => json!("text"),
        Some("array") => json!([whole(&schema["items"])]),
        Some("object") => match schema["properties"].as_object() {
            None => json!({ "key": whole(&schema["additionalProperties"]) }),
            Some(properties) => {
                properties.iter().map(|(name, field)| (name.clone(), whole(field))).collect()
            }
        },
        Some(other) => panic!("no example of a {other}"),
    }
}

/// The type `T` keeps all fields of `schema`, refuses others and asks for those that are required.
fn assert_covers<T: Serialize + DeserializeOwned>(schema: &Value) {
    let known = whole(schema);
    let read: T = serde_json::from_value(known.clone()).unwrap();
    assert_eq!(serde_json::to_value(read).unwrap(), known);

    let mut with_more = known.clone();
    with_more["unheardOf"] = json!("text");
    let error = serde_json::from_value::<T>(with_more).map(drop).unwrap_err();
    assert!(error.to_string().contains("unknown field `unheardOf`"), "{error}");

    for name in schema["required"].as_array().into_iter().flatten() {
        let mut with_less = known.clone();
        with_less.as_object_mut().unwrap().remove(name.as_str().unwrap());
        assert!(serde_json::from_value::<T>(with_less).is_err(), "{name} is required");
    }
}

fn assert_kind_covers_its_definition<S>()
where
    S: Spec + Serialize + DeserializeOwned,
    S::Status: Serialize + DeserializeOwned,
{
    assert_covers::<S>(&schema(S::KIND, "spec"));
    assert_covers::<S::Status>(&schema(S::KIND, "status"));
}

#[test]
fn a_kustomization_keeps_every_field() {
    assert_kind_covers_its_definition::<KustomizationSpec>();
}

#[test]
fn a_helm_release_keeps_every_field() {
    assert_kind_covers_its_definition::<HelmReleaseSpec>();
}
