//! The definitions of Flux's kinds, and our types for them, compared with upstream's.

#![allow(clippy::disallowed_methods, reason = "tests find their data through the environment")]
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "clippy takes only #[test] for tests")]

mod oracle;

use std::collections::BTreeMap;

use nigari::manifests::components::{self, COMPONENTS};
use nigari::manifests::options::Options;
use nigari::manifests::yaml;
use nigari_api::kustomize::Kustomization;
use nigari_api::source::GitRepository;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

/// What marks a definition of ours, in its annotations.
const PERMISSIVE: &str = "nigari-cli.github.io/schema";

fn upstream(component: &str) -> Option<Vec<Value>> {
    Some(yaml::documents(&oracle::release_file(component)?).unwrap())
}

fn everything() -> Vec<Value> {
    let components = COMPONENTS.iter().collect();
    components::components(&Options { components, ..Options::default() }).unwrap().objects
}

fn definitions(objects: &[Value]) -> impl Iterator<Item = &Value> {
    objects.iter().filter(|object| object["kind"] == "CustomResourceDefinition")
}

#[test]
fn permissive_definitions_are_marked_and_keep_everything() {
    let objects = everything();
    assert_eq!(definitions(&objects).count(), 15);
    for definition in definitions(&objects) {
        assert_eq!(definition["metadata"]["annotations"][PERMISSIVE], "permissive");
        let schema = &definition["spec"]["versions"][0]["schema"]["openAPIV3Schema"];
        assert!(schema["description"].as_str().unwrap().starts_with("Permissive"));
        for (name, part) in schema["properties"].as_object().unwrap() {
            if ["spec", "status"].contains(&name.as_str()) {
                assert_eq!(part["x-kubernetes-preserve-unknown-fields"], true, "{name}");
            }
        }
    }
}

/// All defaults below `schema`, by path.
fn defaults(schema: &Value, path: &str, found: &mut BTreeMap<String, Value>) {
    if let Some(default) = schema.get("default") {
        found.insert(path.to_owned(), default.clone());
    }
    for (name, property) in schema["properties"].as_object().into_iter().flatten() {
        defaults(property, &format!("{path}/{name}"), found);
    }
    if let Some(items) = schema.get("items") {
        defaults(items, &format!("{path}/[]"), found);
    }
}

#[test]
fn the_defaults_are_upstreams() {
    let objects = everything();
    let mut compared = 0;
    for component in &COMPONENTS {
        let Some(upstream) = upstream(component.name) else { return };
        for upstream in definitions(&upstream) {
            let ours = definitions(&objects)
                .find(|ours| ours["metadata"]["name"] == upstream["metadata"]["name"])
                .unwrap();
            let of = |definition: &Value| {
                let mut found = BTreeMap::new();
                let schema = &definition["spec"]["versions"][0]["schema"]["openAPIV3Schema"];
                defaults(schema, "", &mut found);
                found
            };
            assert_eq!(of(ours), of(upstream), "{}", upstream["metadata"]["name"]);
            compared += of(upstream).len();
        }
    }
    assert_eq!(compared, 38);
}

/// The schema of `spec` in the definition at `file`.
fn spec_schema(file: &str) -> Option<Value> {
    let definition = yaml::documents(&oracle::text(file)?).unwrap().remove(0);
    let schema = &definition["spec"]["versions"][0]["schema"]["openAPIV3Schema"];
    Some(schema["properties"]["spec"].clone())
}

/// A value that holds every field of `schema`, apart from those called `left_out` at its top.
fn full(schema: &Value, left_out: &[&str]) -> Value {
    match schema["type"].as_str().unwrap() {
        "boolean" => json!(true),
        "string" => json!("text"),
        "array" => json!([full(&schema["items"], &[])]),
        "object" => match schema.get("properties") {
            None => json!({ "key": "text" }),
            Some(properties) => properties
                .as_object()
                .unwrap()
                .iter()
                .filter(|(name, _)| !left_out.contains(&name.as_str()))
                .map(|(name, property)| (name.clone(), full(property, &[])))
                .collect(),
        },
        other => panic!("no example of a {other}"),
    }
}

/// The type knows exactly the fields of the schema, apart from those left out; those it refuses.
fn assert_type_covers<T: Serialize + DeserializeOwned>(file: &str, left_out: &[&str]) {
    let Some(schema) = spec_schema(file) else { return };
    let object = |spec: &Value| {
        let metadata = json!({ "name": "a", "namespace": "b" });
        json!({ "apiVersion": "v1", "kind": "K", "metadata": metadata, "spec": spec })
    };
    let known = object(&full(&schema, left_out));
    let read: T = serde_json::from_value(known.clone()).unwrap();
    assert_eq!(serde_json::to_value(read).unwrap(), known);
    for name in left_out {
        let mut with_more = known.clone();
        with_more["spec"][name] = full(&schema["properties"][name], &[]);
        let error = serde_json::from_value::<T>(with_more).map(drop).unwrap_err();
        assert!(error.to_string().contains("unknown field"), "{name}: {error}");
    }
    for name in schema["required"].as_array().into_iter().flatten() {
        let mut with_less = known.clone();
        with_less["spec"].as_object_mut().unwrap().remove(name.as_str().unwrap());
        assert!(serde_json::from_value::<T>(with_less).is_err(), "{name} is required");
    }
}

#[test]
fn the_type_of_a_git_repository_follows_its_schema() {
    assert_type_covers::<GitRepository>(
        "crds/source-controller/source.toolkit.fluxcd.io_gitrepositories.yaml",
        &["include", "verify"],
    );
}

#[test]
fn the_type_of_a_kustomization_follows_its_schema() {
    assert_type_covers::<Kustomization>(
        "crds/kustomize-controller/kustomize.toolkit.fluxcd.io_kustomizations.yaml",
        &[
            "buildMetadata",
            "components",
            "decryption",
            "healthCheckExprs",
            "healthChecks",
            "ignore",
            "ignoreMissingComponents",
            "images",
            "kubeConfig",
            "patches",
            "postBuild",
        ],
    );
}
