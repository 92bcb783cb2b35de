//! The types and their schemas are the same: what a schema describes is read and written back unchanged.

#![allow(clippy::unwrap_used, reason = "clippy takes only #[test] for tests")]

use nigari_api::crd::{CONTROLLERS, CustomKind, schema_of};
use nigari_api::extensions::ArtifactGeneratorSpec;
use nigari_api::helm::HelmReleaseSpec;
use nigari_api::image::{ImagePolicySpec, ImageRepositorySpec, ImageUpdateAutomationSpec};
use nigari_api::kustomize::KustomizationSpec;
use nigari_api::meta::Spec;
use nigari_api::notification::{AlertSpec, ProviderSpec, ReceiverSpec};
use nigari_api::source::{
    BucketSpec, ExternalArtifactSpec, GitRepositorySpec, HelmChartSpec, HelmRepositorySpec,
    OCIRepositorySpec,
};
use nigari_api::terraform::TerraformSpec;
use proptest::prelude::*;
use proptest::sample::select;
use schemars::JsonSchema;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};

/// A specification or a status.
struct Type {
    name: String,
    schema: Value,
    round_trip: fn(Value) -> serde_json::Result<Value>,
}

impl Type {
    fn of<T: JsonSchema + Serialize + DeserializeOwned>(name: String) -> Self {
        let round_trip = |value| serde_json::to_value(serde_json::from_value::<T>(value)?);
        Self { name, schema: schema_of::<T>(), round_trip }
    }

    /// The types of the kind that `S` specifies.
    fn all_of<S>() -> [Self; 2]
    where
        S: Spec + JsonSchema + Serialize + DeserializeOwned,
        S::Status: JsonSchema + Serialize + DeserializeOwned,
    {
        let kind = format!("{} {}", S::KIND, S::VERSION);
        [Self::of::<S>(format!("{kind} spec")), Self::of::<S::Status>(format!("{kind} status"))]
    }
}

fn types() -> Vec<Type> {
    let types = [
        Type::all_of::<AlertSpec>(),
        Type::all_of::<ArtifactGeneratorSpec>(),
        Type::all_of::<BucketSpec>(),
        Type::all_of::<ExternalArtifactSpec>(),
        Type::all_of::<GitRepositorySpec>(),
        Type::all_of::<HelmChartSpec>(),
        Type::all_of::<HelmReleaseSpec>(),
        Type::all_of::<HelmRepositorySpec>(),
        Type::all_of::<ImagePolicySpec>(),
        Type::all_of::<ImageRepositorySpec>(),
        Type::all_of::<ImageUpdateAutomationSpec>(),
        Type::all_of::<KustomizationSpec>(),
        Type::all_of::<OCIRepositorySpec>(),
        Type::all_of::<ProviderSpec>(),
        Type::all_of::<ReceiverSpec>(),
        Type::all_of::<TerraformSpec>(),
    ];
    types.into_iter().flatten().collect()
}

#[test]
fn every_kind_is_tested() {
    let tested: Vec<String> = types().into_iter().map(|it| it.name).collect();
    for kind in CONTROLLERS.iter().flat_map(|controller| controller.kinds) {
        let CustomKind { kind, .. } = kind;
        assert!(tested.iter().any(|name| name.starts_with(&format!("{kind} "))), "{kind}");
    }
}

/// Values as `schema` describes them, apart from patterns; lists and maps are never empty, because an
/// empty one is not written.
fn values_of(schema: &Value) -> BoxedStrategy<Value> {
    if let Some(values) = schema["enum"].as_array() {
        return select(values.clone()).boxed();
    }
    if schema["x-kubernetes-int-or-string"] == true {
        let numbers = any::<i32>().prop_map(Value::from);
        return prop_oneof![numbers, any::<String>().prop_map(Value::from)].boxed();
    }
    match schema["type"].as_str() {
        Some("boolean") => any::<bool>().prop_map(Value::from).boxed(),
        Some("integer") => any::<i32>().prop_map(Value::from).boxed(),
        Some("string") => any::<String>().prop_map(Value::from).boxed(),
        Some("null") => Just(Value::Null).boxed(),
        Some("array") => {
            prop::collection::vec(values_of(&schema["items"]), 1..3).prop_map(Value::from).boxed()
        }
        Some("object") if schema.get("properties").is_some() => objects_of(schema),
        Some("object") => maps_of(schema),
        _ => any::<String>().prop_map(|text| json!({ "of": [text] })).boxed(),
    }
}

fn maps_of(schema: &Value) -> BoxedStrategy<Value> {
    let values = match schema.get("additionalProperties") {
        Some(schema) => values_of(schema),
        None => any::<String>().prop_map(Value::from).boxed(),
    };
    prop::collection::btree_map(any::<String>(), values, 1..3)
        .prop_map(|map| Value::Object(map.into_iter().collect()))
        .boxed()
}

fn objects_of(schema: &Value) -> BoxedStrategy<Value> {
    let required = schema["required"].as_array().cloned().unwrap_or_default();
    let properties = schema["properties"].as_object().unwrap();
    let fields: Vec<_> = properties
        .iter()
        .map(|(name, property)| {
            let values = values_of(property);
            let values = match required.iter().any(|field| field == name) {
                true => values.prop_map(Some).boxed(),
                false => prop::option::of(values).boxed(),
            };
            (Just(name.clone()), values)
        })
        .collect();
    fields
        .prop_map(|fields| {
            let given = fields.into_iter().filter_map(|(name, value)| Some((name, value?)));
            Value::Object(given.collect::<Map<_, _>>())
        })
        .boxed()
}

/// The places of all objects in `value` whose fields `schema` names, as JSON pointers.
fn closed_objects(value: &Value, schema: &Value, pointer: &str, found: &mut Vec<String>) {
    if let Some(properties) = schema["properties"].as_object() {
        found.push(pointer.to_owned());
        for (name, value) in value.as_object().unwrap() {
            closed_objects(value, &properties[name], &format!("{pointer}/{name}"), found);
        }
    }
    if let (Some(items), Some(values)) = (schema.get("items"), value.as_array()) {
        for (index, value) in values.iter().enumerate() {
            closed_objects(value, items, &format!("{pointer}/{index}"), found);
        }
    }
}

/// Runs `test` with values of every type.
fn for_values_of_all_types(test: impl Fn(&Type, Value) -> Result<(), TestCaseError>) {
    let config = ProptestConfig { cases: 32, failure_persistence: None, ..Default::default() };
    for it in types() {
        let mut runner = proptest::test_runner::TestRunner::new(config.clone());
        if let Err(error) = runner.run(&values_of(&it.schema), |value| test(&it, value)) {
            panic!("{}: {error}", it.name);
        }
    }
}

#[test]
fn what_a_schema_describes_is_read_and_written_unchanged() {
    for_values_of_all_types(|it, value| {
        let written = (it.round_trip)(value.clone());
        let written = written.map_err(|error| TestCaseError::fail(error.to_string()))?;
        prop_assert_eq!(written, value);
        Ok(())
    });
}

#[test]
fn unknown_fields_are_refused_at_every_depth() {
    for_values_of_all_types(|it, value| {
        let mut objects = Vec::new();
        closed_objects(&value, &it.schema, "", &mut objects);
        for pointer in objects {
            let mut with_more = value.clone();
            with_more.pointer_mut(&pointer).unwrap()["unheardOf"] = json!(true);
            let error = (it.round_trip)(with_more).map(drop);
            let error = error.map_err(|error| error.to_string()).unwrap_err();
            prop_assert!(error.contains("unknown field `unheardOf`"), "{pointer}: {error}");
        }
        Ok(())
    });
}

#[test]
fn required_fields_are_missed() {
    for_values_of_all_types(|it, value| {
        for name in it.schema["required"].as_array().into_iter().flatten() {
            let mut with_less = value.clone();
            with_less.as_object_mut().unwrap().remove(name.as_str().unwrap());
            prop_assert!((it.round_trip)(with_less).is_err(), "{} is required", name);
        }
        Ok(())
    });
}
