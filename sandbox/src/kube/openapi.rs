//! OpenAPI v3: the schemas of the kinds, and of the paths what clients look up there, namely which
//! query parameters and patch types a kind accepts.

use serde_json::{Map, Value, json};

use super::resources::{Registry, Resource, Shape, api_version};
use super::types::TYPES;

/// `/openapi/v3`: where the documents are.
///
/// A hash in the address lets clients cache a document; it changes with what is served.
pub(crate) fn index(registry: &Registry) -> Value {
    let mut paths = Map::new();
    for resource in registry.all() {
        let path = document_path(&resource.group, &resource.version);
        let address = format!("/openapi/v3/{path}");
        paths.entry(path).or_insert_with(|| json!({"serverRelativeURL": address}));
    }
    json!({"paths": paths})
}

fn document_path(group: &str, version: &str) -> String {
    let root = if group.is_empty() { "api" } else { "apis" };
    format!("{root}/{}", api_version(group, version))
}

/// `/openapi/v3/api/v1` or `/openapi/v3/apis/GROUP/VERSION`.
pub(crate) fn document(registry: &Registry, group: &str, version: &str) -> Option<Value> {
    let mut paths = Map::new();
    let mut schemas = Map::new();
    let mut info = json!({"title": "Kubernetes", "version": "1.36"});
    let kinds = registry.all().iter();
    for resource in kinds.filter(|kind| kind.group == group && kind.version == version) {
        let (name, schema) = component(resource);
        collect_types(&schema, &mut schemas);
        schemas.insert(name.clone(), schema);
        paths.extend(operations(resource, &name));
        if resource.is_custom() {
            info = json!({"title": "Kubernetes CRD Swagger", "version": "v0.1.0"});
        }
    }
    (!paths.is_empty()).then(|| {
        json!({
            "openapi": "3.0.0",
            "info": info,
            "paths": paths,
            "components": {"schemas": schemas},
        })
    })
}

fn group_version_kind(resource: &Resource) -> Value {
    json!({"group": resource.group, "version": resource.version, "kind": resource.kind})
}

/// The name and schema of a kind, marked with the kind.
fn component(resource: &Resource) -> (String, Value) {
    let (name, mut schema) = match &resource.shape {
        Shape::BuiltIn(name) => ((*name).to_owned(), TYPES[*name].clone()),
        Shape::Custom { schema, .. } => {
            let reversed: Vec<_> = resource.group.split('.').rev().collect();
            let name = format!("{}.{}.{}", reversed.join("."), resource.version, resource.kind);
            (name, Value::clone(schema))
        }
    };
    schema["x-kubernetes-group-version-kind"] = json!([group_version_kind(resource)]);
    (name, schema)
}

/// Adds every published type that `schema` refers to.
fn collect_types(schema: &Value, types: &mut Map<String, Value>) {
    match schema {
        Value::Object(object) => {
            let reference = object.get("$ref").and_then(Value::as_str);
            let name = reference.and_then(|reference| reference.rsplit('/').next());
            if let Some(name) = name.filter(|name| !types.contains_key(*name)) {
                types.insert(name.to_owned(), TYPES[name].clone());
                collect_types(&TYPES[name], types);
            }
            object.values().for_each(|value| collect_types(value, types));
        }
        Value::Array(list) => list.iter().for_each(|value| collect_types(value, types)),
        _ => {}
    }
}

fn parameter(name: &str) -> Value {
    let kind = match name {
        "force" => "boolean",
        "limit" => "integer",
        _ => "string",
    };
    json!({"name": name, "in": "query", "schema": {"type": kind, "uniqueItems": true}})
}

fn operations(resource: &Resource, schema: &str) -> Map<String, Value> {
    let root = document_path(&resource.group, &resource.version);
    let scope = if resource.namespaced { "/namespaces/{namespace}" } else { "" };
    let collection = format!("/{root}{scope}/{}", resource.plural);
    let operation = |action: &str, parameters: &[&str]| {
        let mut operation = json!({
            "x-kubernetes-action": action,
            "x-kubernetes-group-version-kind": group_version_kind(resource),
        });
        if !parameters.is_empty() {
            operation["parameters"] = parameters.iter().map(|name| parameter(name)).collect();
        }
        // The types of other answers are not served.
        if !matches!(action, "list" | "delete") {
            operation["responses"] = json!({"200": {"description": "OK", "content": {
                "application/json": {
                    "schema": {"$ref": format!("#/components/schemas/{schema}")},
                },
            }}});
        }
        operation
    };
    const WRITE: &[&str] = &["dryRun", "fieldManager", "fieldValidation"];
    let mut patch = operation("patch", &["dryRun", "fieldManager", "fieldValidation", "force"]);
    let mut types = vec![
        "application/apply-patch+yaml",
        "application/json-patch+json",
        "application/merge-patch+json",
    ];
    if !resource.is_custom() {
        types.push("application/strategic-merge-patch+json");
    }
    let content: Map<_, _> = types
        .into_iter()
        .map(|media_type| (media_type.to_owned(), json!({"schema": {}})))
        .collect();
    patch["requestBody"] = json!({"content": content, "required": true});
    let mut paths = Map::new();
    let mut of_collection = json!({"post": operation("post", WRITE)});
    if resource.is_stored {
        of_collection["get"] =
            operation("list", &["continue", "fieldSelector", "labelSelector", "limit"]);
        paths.insert(
            format!("{collection}/{{name}}"),
            json!({
                "get": operation("get", &[]),
                "put": operation("put", WRITE),
                "patch": patch,
                "delete": operation("delete", &["dryRun", "propagationPolicy"]),
            }),
        );
    }
    paths.insert(collection, of_collection);
    paths
}
