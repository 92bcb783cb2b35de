//! The generated custom resource definitions compared with upstream's, descriptions left out.
//!
//! The data is looked for in `NIGARI_ORACLE`, else in `../shared/oracle` beside the project. Without it these
//! tests say so and pass, unless `NIGARI_REQUIRE_ORACLE=1`.

#![allow(clippy::disallowed_methods, reason = "tests find their data through the environment")]
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "clippy takes only #[test] for tests")]

use std::collections::BTreeMap;
use std::path::PathBuf;

use nigari_api::crd::CONTROLLERS;
use serde_json::Value;

/// Parts of a Pod that Terraform objects may hold and whose fields our types leave open, below
/// `spec.runnerPodTemplate.spec`.
const OPEN: [&str; 4] = ["affinity", "initContainers", "securityContext", "volumes"];

/// Whether `line` is about the fields of such a part; that the part is there, and its type, is compared.
fn is_in_open_part(line: &str) -> bool {
    let Some((_, field)) = line.split_once(".spec.runnerPodTemplate.spec.") else { return false };
    let inside = [".", "/items", " x-kubernetes-preserve-unknown-fields"];
    OPEN.iter()
        .filter_map(|part| field.strip_prefix(part))
        .any(|rest| inside.iter().any(|start| rest.starts_with(start)))
}

/// Upstream's definitions by name; nothing when they are not there and not required.
fn upstream() -> Option<BTreeMap<String, Value>> {
    let root = std::env::var_os("NIGARI_ORACLE").map(PathBuf::from);
    let root =
        root.unwrap_or_else(|| concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/oracle").into());
    let Ok(controllers) = std::fs::read_dir(root.join("crds")) else {
        let is_required =
            std::env::var_os("NIGARI_REQUIRE_ORACLE").is_some_and(|value| value == "1");
        assert!(!is_required, "no reference data at {}", root.display());
        println!("skipped: no reference data at {}", root.display());
        return None;
    };
    let folders = controllers.map(|entry| entry.unwrap().path()).filter(|path| path.is_dir());
    let files = folders.flat_map(|folder| std::fs::read_dir(folder).unwrap());
    let definitions = files.map(|file| {
        let text = std::fs::read_to_string(file.unwrap().path()).unwrap();
        let definition: Value = serde_yaml::from_str(&text).unwrap();
        (definition["metadata"]["name"].as_str().unwrap().to_owned(), definition)
    });
    Some(definitions.collect())
}

/// Our definitions by name.
fn generated() -> BTreeMap<String, Value> {
    let kinds = CONTROLLERS.iter().flat_map(|controller| {
        controller
            .kinds
            .iter()
            .map(move |kind| (controller.definition_name(kind), controller.definition(kind)))
    });
    kinds.collect()
}

/// Every schema keyword below `schema` with its path, one per line, descriptions left out.
fn keywords(schema: &Value, path: &str, lines: &mut Vec<String>) {
    for (keyword, value) in schema.as_object().into_iter().flatten() {
        match keyword.as_str() {
            "description" => {}
            "properties" => {
                for (name, property) in value.as_object().unwrap() {
                    lines.push(format!("{path}.{name}"));
                    keywords(property, &format!("{path}.{name}"), lines);
                }
            }
            "items" | "additionalProperties" => {
                lines.push(format!("{path}/{keyword}"));
                keywords(value, &format!("{path}/{keyword}"), lines);
            }
            _ => lines.push(format!("{path} {keyword}: {value}")),
        }
    }
}

/// The definition as lines that can be compared one by one.
fn lines_of(mut definition: Value) -> Vec<String> {
    definition.sort_all_objects();
    let mut lines = Vec::new();
    for (key, value) in definition["metadata"]["annotations"].as_object().into_iter().flatten() {
        if key != "controller-gen.kubebuilder.io/version" {
            lines.push(format!("annotation {key}: {value}"));
        }
    }
    let spec = definition["spec"].as_object().unwrap();
    for (field, value) in spec.iter().filter(|(field, _)| *field != "versions") {
        lines.push(format!("{field}: {value}"));
    }
    for version in spec["versions"].as_array().unwrap() {
        let name = version["name"].as_str().unwrap();
        for (field, value) in version.as_object().unwrap() {
            match field.as_str() {
                "schema" => keywords(&value["openAPIV3Schema"], name, &mut lines),
                _ => lines.push(format!("{name} {field}: {value}")),
            }
        }
    }
    lines.retain(|line| !is_in_open_part(line));
    lines.sort();
    lines
}

#[test]
fn every_definition_of_upstream_has_its_types() {
    let Some(upstream) = upstream() else { return };
    let generated = generated();
    let missing: Vec<_> = upstream.keys().filter(|name| !generated.contains_key(*name)).collect();
    assert!(missing.is_empty(), "{missing:?}");
    assert_eq!(upstream.len(), 16);
}

#[test]
fn generated_definitions_are_upstreams() {
    let Some(upstream) = upstream() else { return };
    for (name, ours) in generated() {
        let theirs = upstream.get(&name).unwrap_or_else(|| panic!("upstream has no {name}"));
        let (ours, theirs) = (lines_of(ours), lines_of(theirs.clone()));
        let surplus: Vec<_> = ours.iter().filter(|line| !theirs.contains(line)).collect();
        let missing: Vec<_> = theirs.iter().filter(|line| !ours.contains(line)).collect();
        assert!(
            surplus.is_empty() && missing.is_empty() && ours.len() == theirs.len(),
            "{name}\nsurplus: {surplus:#?}\nmissing: {missing:#?}"
        );
    }
}

/// Every description in `schema`, by path.
fn descriptions(schema: &Value, path: &str, found: &mut Vec<(String, Option<String>)>) {
    let text = schema["description"].as_str().map(str::to_owned);
    found.push((path.to_owned(), text));
    for (name, property) in schema["properties"].as_object().into_iter().flatten() {
        descriptions(property, &format!("{path}.{name}"), found);
    }
    if let Some(items) = schema.get("items") {
        descriptions(items, &format!("{path}[]"), found);
    }
}

#[test]
fn every_field_is_described_in_words_for_users() {
    for (name, definition) in generated() {
        for version in definition["spec"]["versions"].as_array().unwrap() {
            let mut found = Vec::new();
            descriptions(&version["schema"]["openAPIV3Schema"], &name, &mut found);
            for (path, text) in found {
                let text = text.unwrap_or_default();
                let may_lack = path.ends_with("[]") || path.ends_with(".io.metadata");
                assert!(may_lack || !text.is_empty(), "{path} has no description");
                assert!(!text.contains("[`") && !text.contains("\n\n#"), "{path}: {text}");
            }
        }
    }
}
