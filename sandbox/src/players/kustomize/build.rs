//! Builds the part of kustomize that the sandbox knows: `resources`, `namespace`, and those `patches` that
//! are JSON patches of objects with one name.
//!
//! Everything else is refused by name, never approximated. Source of the rules: fluxcd/pkg,
//! `kustomize/kustomize_generator.go` (what is generated when there is no kustomization file);
//! kustomize v5 for the texts.

use std::collections::BTreeSet;

use regex::Regex;
use serde::Deserialize;
use serde_json::Value;

use super::super::files::{Files, join, normalize};
use super::WORK_DIR;
use crate::kube::json_patch;

const PLAYED: [&str; 6] = ["apiVersion", "kind", "metadata", "resources", "namespace", "patches"];

/// Kinds that have no namespace, for the `namespace` transformation.
const CLUSTER_SCOPED: &[&str] = &[
    "APIService",
    "CSIDriver",
    "ClusterRole",
    "CustomResourceDefinition",
    "IngressClass",
    "Node",
    "PersistentVolume",
    "PriorityClass",
    "RuntimeClass",
    "StorageClass",
];

/// Kinds in which `namespace` would have to change more than `metadata.namespace`.
const NAMES_A_NAMESPACE: &[&str] = &[
    "ClusterRoleBinding",
    "MutatingWebhookConfiguration",
    "Namespace",
    "RoleBinding",
    "ValidatingWebhookConfiguration",
];

/// Builds the objects of `folder`, with `target_namespace` (`spec.targetNamespace`) put on top.
///
/// # Errors
/// With the message of the `BuildFailed` condition.
pub(super) fn build(
    files: &Files,
    folder: &str,
    target_namespace: Option<&str>,
) -> Result<Vec<Value>, String> {
    let mut objects = match files.kustomization(folder) {
        Some(_) => overlay(files, folder, target_namespace, &mut Vec::new())
            .map_err(|error| format!("kustomize build failed: {error}"))?,
        None => {
            let mut objects = generated(files, folder)?;
            set_namespace(&mut objects, target_namespace)?;
            objects
        }
    };
    refuse_duplicates(&objects).map_err(|error| format!("kustomize build failed: {error}"))?;
    objects.retain(|object| !is_local(object));
    Ok(objects)
}

/// Every manifest below `folder`; a sub-folder with its own kustomization file is built as one.
fn generated(files: &Files, folder: &str) -> Result<Vec<Value>, String> {
    let mut objects = Vec::new();
    let mut built = BTreeSet::new();
    for path in files.below(folder) {
        if let Some(base) = outermost_base(files, folder, path) {
            if built.insert(base.clone()) {
                let base = overlay(files, &base, None, &mut Vec::new());
                objects.extend(base.map_err(|error| format!("kustomize build failed: {error}"))?);
            }
        } else if path.ends_with(".yaml") || path.ends_with(".yml") {
            objects.extend(manifest(files, path).map_err(|error| {
                format!("failed to decode Kubernetes YAML from {WORK_DIR}/{path}: {error}")
            })?);
        }
    }
    Ok(objects)
}

/// The folder nearest to `folder` on the way to `path` that holds a kustomization file.
fn outermost_base(files: &Files, folder: &str, path: &str) -> Option<String> {
    let start = if folder.is_empty() { 0 } else { folder.len() + 1 };
    let slashes = path[start..].match_indices('/').map(|(at, _)| start + at);
    let mut folders = slashes.map(|at| path[..at].to_owned());
    folders.find(|candidate| files.kustomization(candidate).is_some())
}

/// Builds a folder that has a kustomization file; `inside` are the folders being built.
fn overlay(
    files: &Files,
    folder: &str,
    target_namespace: Option<&str>,
    inside: &mut Vec<String>,
) -> Result<Vec<Value>, String> {
    if inside.iter().any(|outer| outer == folder) {
        return Err(format!("cycle detected: {WORK_DIR}/{folder}"));
    }
    let path = files.kustomization(folder).ok_or_else(|| no_kustomization(folder))?;
    let file = documents(files, &path)?.into_iter().next().unwrap_or_default();
    refuse_unplayed(&file)?;
    inside.push(folder.to_owned());
    let mut objects = Vec::new();
    let resources = file["resources"].as_array().cloned().unwrap_or_default();
    for entry in resources.iter().filter_map(Value::as_str) {
        objects.extend(resource(files, folder, entry, inside)?);
    }
    inside.pop();
    for patch in file["patches"].as_array().into_iter().flatten() {
        apply_patch(&mut objects, patch)?;
    }
    set_namespace(&mut objects, target_namespace.or_else(|| file["namespace"].as_str()))?;
    Ok(objects)
}

fn no_kustomization(folder: &str) -> String {
    format!(
        "unable to find one of 'kustomization.yaml', 'kustomization.yml' or 'Kustomization' in \
         directory '{WORK_DIR}/{folder}'"
    )
}

fn refuse_unplayed(file: &Value) -> Result<(), String> {
    let fields = file.as_object().map(|map| map.keys().cloned().collect::<Vec<_>>());
    let unplayed =
        fields.unwrap_or_default().into_iter().find(|field| !PLAYED.contains(&field.as_str()));
    unplayed.map_or(Ok(()), |field| {
        Err(format!("the sandbox builds only resources, namespace and patches, not {field}"))
    })
}

/// Applies an inline JSON patch to the objects of the target's kind and name.
fn apply_patch(objects: &mut [Value], patch: &Value) -> Result<(), String> {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Patch {
        patch: String,
        target: Target,
    }
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Target {
        kind: String,
        name: String,
    }
    let unplayed =
        |why: String| format!("the sandbox builds only JSON patches of one kind and name: {why}");
    let Patch { patch, target } =
        serde_json::from_value(patch.clone()).map_err(|error| unplayed(error.to_string()))?;
    // It is a regular expression; these read the same in Go's and in Rust's.
    let is_played = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.');
    let name = Regex::new(&format!("^(?:{})$", target.name));
    let name = name.ok().filter(|_| target.name.bytes().all(is_played));
    let name = name.ok_or_else(|| unplayed(target.name.clone()))?;
    let operations: Value =
        serde_yaml::from_str(&patch).map_err(|error| unplayed(error.to_string()))?;
    let is_target = |object: &&mut Value| {
        let found = object["metadata"]["name"].as_str().unwrap_or_default();
        object["kind"] == target.kind && name.is_match(found)
    };
    for object in objects.iter_mut().filter(is_target) {
        *object = json_patch(object, &operations)
            .map_err(|_| unplayed(format!("it does not fit {} {}", target.kind, target.name)))?;
    }
    Ok(())
}

fn resource(
    files: &Files,
    folder: &str,
    entry: &str,
    inside: &mut Vec<String>,
) -> Result<Vec<Value>, String> {
    if entry.contains("://") || entry.starts_with("git@") {
        return Err(format!("the sandbox builds no remote resources: {entry}"));
    }
    let accumulating = format!("accumulating resources from '{entry}'");
    let full = format!("{WORK_DIR}/{}", join(folder, entry));
    let Some(path) = normalize(&join(folder, entry)) else {
        return Err(format!(
            "accumulating resources: {accumulating}: '{full}' is outside the root"
        ));
    };
    if files.0.contains_key(&path) {
        return manifest(files, &path).map_err(|error| {
            format!("accumulating resources: accumulation err='{accumulating}: {error}'")
        });
    }
    if files.has_folder(&path) {
        return overlay(files, &path, None, inside)
            .map_err(|error| format!("accumulating resources: {accumulating}: {error}"));
    }
    Err(format!(
        "accumulating resources: accumulation err='{accumulating}: open {full}: no such file or \
         directory': must build at directory: not a valid directory: evalsymlink failure on \
         '{full}' : lstat {full}: no such file or directory"
    ))
}

/// The objects in one file; lists are taken apart.
fn manifest(files: &Files, path: &str) -> Result<Vec<Value>, String> {
    let mut objects = Vec::new();
    for document in documents(files, path)? {
        let kind = document["kind"].as_str().unwrap_or_default();
        match document.get("items").and_then(Value::as_array) {
            Some(items) if kind.ends_with("List") => objects.extend(items.iter().cloned()),
            _ if document.is_null() => {}
            _ => objects.push(document),
        }
    }
    for object in &objects {
        check_object(object)?;
    }
    Ok(objects)
}

fn documents(files: &Files, path: &str) -> Result<Vec<Value>, String> {
    let bytes = files.0.get(path).map(Vec::as_slice).unwrap_or_default();
    let text = String::from_utf8_lossy(bytes);
    let options = serde_yaml::options! { legacy_octal_numbers: true };
    serde_yaml::from_multiple_with_options::<Value>(&text, options).map_err(|error| {
        let line = error.location().map_or(0, |location| location.line());
        let text = error.without_snippet().to_string();
        let text = text.lines().next().unwrap_or_default();
        format!("MalformedYAMLError: yaml: line {line}: {text} in File: {path}")
    })
}

fn check_object(object: &Value) -> Result<(), String> {
    if !object.is_object() {
        return Err(format!("invalid Kubernetes object: {object}"));
    }
    if object["kind"].as_str().is_none_or(str::is_empty) {
        return Err(format!("missing kind in object {object}"));
    }
    if object["apiVersion"].as_str().is_none_or(str::is_empty) {
        return Err(format!("missing apiVersion in object {object}"));
    }
    if object["metadata"]["name"].as_str().is_none_or(str::is_empty) {
        return Err(format!("missing metadata.name in object {object}"));
    }
    Ok(())
}

fn set_namespace(objects: &mut [Value], namespace: Option<&str>) -> Result<(), String> {
    let Some(namespace) = namespace else { return Ok(()) };
    for object in objects {
        let kind = object["kind"].as_str().unwrap_or_default().to_owned();
        if NAMES_A_NAMESPACE.contains(&kind.as_str()) {
            return Err(format!("the sandbox does not set the namespace of a {kind}"));
        }
        if !CLUSTER_SCOPED.contains(&kind.as_str()) {
            object["metadata"]["namespace"] = Value::String(namespace.to_owned());
        }
    }
    Ok(())
}

fn refuse_duplicates(objects: &[Value]) -> Result<(), String> {
    let mut seen = BTreeSet::new();
    for object in objects {
        let text = |pointer: &str| object.pointer(pointer).and_then(Value::as_str);
        let version = text("/apiVersion").unwrap_or_default();
        let (group, version) = version.rsplit_once('/').unwrap_or(("[noGrp]", version));
        let kind = text("/kind").unwrap_or_default();
        let name = text("/metadata/name").unwrap_or_default();
        let namespace = text("/metadata/namespace").unwrap_or("[noNs]");
        let id = format!("{kind}.{version}.{group}/{name}.{namespace}");
        if !seen.insert(id.clone()) {
            return Err(format!("may not add resource with an already registered id: {id}"));
        }
    }
    Ok(())
}

/// Whether the object is for kustomize itself and never applied.
fn is_local(object: &Value) -> bool {
    object.pointer("/metadata/annotations/config.kubernetes.io~1local-config")
        == Some(&Value::String("true".to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(files: &[(&str, &str)]) -> Files {
        let owned = |(path, text): &(&str, &str)| ((*path).to_owned(), text.as_bytes().to_vec());
        Files(files.iter().map(owned).collect())
    }

    fn config_map(name: &str) -> String {
        format!("apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: {name}\n")
    }

    fn names(built: &Result<Vec<Value>, String>) -> Vec<String> {
        let objects = built.as_ref().expect("it builds");
        objects
            .iter()
            .map(|object| object["metadata"]["name"].as_str().unwrap().to_owned())
            .collect()
    }

    #[test]
    fn a_folder_without_kustomization_takes_every_manifest_below_it() {
        let files = files(&[
            ("apps/a.yaml", &config_map("a")),
            ("apps/deep/b.yml", &config_map("b")),
            ("apps/own/kustomization.yaml", "resources: [c.yaml]"),
            ("apps/own/c.yaml", &config_map("c")),
            ("apps/own/unlisted.yaml", &config_map("unlisted")),
            ("apps/README.md", "not YAML: ["),
            ("apps-other/d.yaml", &config_map("d")),
        ]);
        assert_eq!(names(&build(&files, "apps", None)), ["a", "b", "c"]);
    }

    #[test]
    fn a_kustomization_takes_what_it_lists_and_sets_its_namespace() {
        let files = files(&[
            ("k/kustomization.yaml", "namespace: apps\nresources: [./a.yaml, ../base]"),
            ("k/a.yaml", &config_map("a")),
            ("base/kustomization.yml", "resources:\n- b.yaml\n"),
            ("base/b.yaml", &format!("{}---\n{}", config_map("b"), config_map("c"))),
        ]);
        let built = build(&files, "k", None);
        assert_eq!(names(&built), ["a", "b", "c"]);
        let namespaces =
            built.unwrap().into_iter().all(|one| one["metadata"]["namespace"] == "apps");
        assert!(namespaces);
        let target = build(&files, "k", Some("target")).unwrap();
        assert_eq!(target[0]["metadata"]["namespace"], "target");
    }

    #[test]
    fn what_the_sandbox_does_not_build_is_named() {
        let files = files(&[
            ("kustomization.yaml", "resources: [a.yaml]\nnamePrefix: x-\n"),
            ("a.yaml", &config_map("a")),
        ]);
        let error = build(&files, "", None).unwrap_err();
        assert_eq!(
            error,
            "kustomize build failed: the sandbox builds only resources, namespace and patches, not \
             namePrefix"
        );
    }

    #[test]
    fn a_json_patch_changes_the_object_of_its_target() {
        let patched = |patch: &str| {
            let files = files(&[
                ("kustomization.yaml", &format!("resources: [a.yaml]\npatches: [{patch}]\n")),
                ("a.yaml", &format!("{}---\n{}", config_map("a"), config_map("b"))),
            ]);
            build(&files, "", None)
        };
        let patch = "{target: {kind: ConfigMap, name: b}, patch: '[{op: add, path: /data, value: {k: v}}]'}";
        let objects = patched(patch).unwrap();
        assert!(objects[0].get("data").is_none());
        assert_eq!(objects[1]["data"]["k"], "v");
        for other in ["path: p.yaml", "{target: {kind: ConfigMap, name: .*}, patch: '[]'}"] {
            let error = patched(other).unwrap_err();
            assert!(error.contains("only JSON patches of one kind and name"), "{error}");
        }
    }

    #[test]
    fn broken_yaml_names_file_and_line() {
        let files = files(&[("apps/broken.yaml", "apiVersion: v1\nkind: ConfigMap\n  name: [\n")]);
        let error = build(&files, "apps", None).unwrap_err();
        let start = "failed to decode Kubernetes YAML from /tmp/kustomization-1/apps/broken.yaml: \
                     MalformedYAMLError: yaml: line ";
        assert!(error.starts_with(start), "{error}");
    }

    #[test]
    fn missing_files_duplicates_and_cycles_are_errors() {
        let missing = files(&[("kustomization.yaml", "resources: [gone.yaml]")]);
        let error = build(&missing, "", None).unwrap_err();
        assert!(error.contains("gone.yaml: no such file or directory"), "{error}");

        let twice = format!("{}---\n{}", config_map("a"), config_map("a"));
        let error = build(&files(&[("a.yaml", &twice)]), "", None).unwrap_err();
        assert!(error.contains("already registered id: ConfigMap.v1.[noGrp]/a.[noNs]"), "{error}");

        let cycle = files(&[("a/kustomization.yaml", "resources: [../a]")]);
        let error = build(&cycle, "a", None).unwrap_err();
        assert!(error.contains("cycle detected"), "{error}");
    }
}
