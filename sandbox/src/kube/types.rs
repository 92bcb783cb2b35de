//! The published types of the built-in kinds.
//!
//! Their structure is generated from the crate `k8s-openapi`, which follows the OpenAPI description
//! of Kubernetes 1.36; how they are merged is added from [`merge_keys`]. Descriptions are left out.

use std::sync::LazyLock;

use k8s_openapi::api::{
    apps, authentication, authorization, batch, coordination, core, networking, rbac,
};
use k8s_openapi::apiextensions_apiserver::pkg::apis::apiextensions;
use k8s_openapi::schemars::generate::{SchemaGenerator, SchemaSettings};
use serde_json::{Map, Value, json};

use super::merge_keys;

/// The published types by name, as in `components.schemas` of the OpenAPI v3 documents.
pub(crate) static TYPES: LazyLock<Map<String, Value>> = LazyLock::new(|| {
    let mut types = unmarked();
    merge_keys::mark(&mut types);
    types
});

/// The types before anything is said about merging.
pub(super) fn unmarked() -> Map<String, Value> {
    let settings = SchemaSettings::draft2020_12().with(|settings| {
        settings.definitions_path = "/components/schemas".into();
        settings.meta_schema = None;
    });
    let mut generator = settings.into_generator();
    add_kinds(&mut generator);
    let mut types = generator.take_definitions(false);
    types.values_mut().for_each(drop_descriptions);
    types.extend(unlike_rust().map(|(name, schema)| (name.to_owned(), schema)));
    types
}

/// Adds the kinds of the built-in table, and with them every type that they reach.
fn add_kinds(generator: &mut SchemaGenerator) {
    generator.subschema_for::<apiextensions::v1::CustomResourceDefinition>();
    generator.subschema_for::<apps::v1::DaemonSet>();
    generator.subschema_for::<apps::v1::Deployment>();
    generator.subschema_for::<apps::v1::ReplicaSet>();
    generator.subschema_for::<apps::v1::StatefulSet>();
    generator.subschema_for::<authentication::v1::SelfSubjectReview>();
    generator.subschema_for::<authorization::v1::SelfSubjectAccessReview>();
    generator.subschema_for::<authorization::v1::SelfSubjectRulesReview>();
    generator.subschema_for::<batch::v1::Job>();
    generator.subschema_for::<coordination::v1::Lease>();
    generator.subschema_for::<core::v1::ConfigMap>();
    generator.subschema_for::<core::v1::Event>();
    generator.subschema_for::<core::v1::Namespace>();
    generator.subschema_for::<core::v1::Node>();
    generator.subschema_for::<core::v1::Pod>();
    generator.subschema_for::<core::v1::ResourceQuota>();
    generator.subschema_for::<core::v1::Secret>();
    generator.subschema_for::<core::v1::Service>();
    generator.subschema_for::<core::v1::ServiceAccount>();
    generator.subschema_for::<networking::v1::NetworkPolicy>();
    generator.subschema_for::<rbac::v1::ClusterRole>();
    generator.subschema_for::<rbac::v1::ClusterRoleBinding>();
    generator.subschema_for::<rbac::v1::Role>();
    generator.subschema_for::<rbac::v1::RoleBinding>();
}

/// Drops the descriptions of a schema and below it, but no field that has such a name.
fn drop_descriptions(schema: &mut Value) {
    let Value::Object(schema) = schema else { return };
    schema.shift_remove("description");
    for (keyword, below) in schema {
        match (keyword.as_str(), below) {
            ("properties", Value::Object(fields)) => {
                fields.values_mut().for_each(drop_descriptions);
            }
            ("items" | "additionalProperties", below) => drop_descriptions(below),
            _ => {}
        }
    }
}

/// Types whose JSON has a form that the published description gives and `k8s-openapi` does not.
fn unlike_rust() -> impl Iterator<Item = (&'static str, Value)> {
    [
        (
            "io.k8s.apimachinery.pkg.api.resource.Quantity",
            json!({"oneOf": [{"type": "string"}, {"type": "number"}]}),
        ),
        (
            "io.k8s.apimachinery.pkg.util.intstr.IntOrString",
            json!({"format": "int-or-string", "oneOf": [{"type": "integer"}, {"type": "string"}]}),
        ),
        (
            "io.k8s.apimachinery.pkg.apis.meta.v1.FieldsV1",
            json!({"type": "object", "x-kubernetes-preserve-unknown-fields": true}),
        ),
        ("io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSON", json!({})),
        (
            "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaPropsOrArray",
            json!({}),
        ),
        (
            "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaPropsOrBool",
            json!({}),
        ),
        (
            "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaPropsOrStringArray",
            json!({}),
        ),
    ]
    .into_iter()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn references<'a>(value: &'a Value, found: &mut Vec<&'a str>) {
        match value {
            Value::Object(object) => {
                found.extend(object.get("$ref").and_then(Value::as_str));
                object.values().for_each(|value| references(value, found));
            }
            Value::Array(list) => list.iter().for_each(|value| references(value, found)),
            _ => {}
        }
    }

    #[test]
    fn every_reference_leads_to_a_type() {
        let mut found = Vec::new();
        TYPES.values().for_each(|schema| references(schema, &mut found));
        assert!(!found.is_empty());
        for reference in found {
            let name = reference.strip_prefix("#/components/schemas/");
            assert!(name.is_some_and(|name| TYPES.contains_key(name)), "{reference} leads nowhere");
        }
    }

    #[test]
    fn descriptions_go_and_fields_of_that_name_stay() {
        let mut schema = json!({"description": "gone", "properties": {
            "description": {"type": "string", "description": "gone"},
            "list": {"type": "array", "items": {"$ref": "#/x", "description": "gone"}},
            "map": {"additionalProperties": {"type": "string", "description": "gone"}},
        }});
        drop_descriptions(&mut schema);
        assert_eq!(
            schema,
            json!({"properties": {
                "description": {"type": "string"},
                "list": {"type": "array", "items": {"$ref": "#/x"}},
                "map": {"additionalProperties": {"type": "string"}},
            }})
        );
    }

    #[test]
    fn a_kind_is_described_as_far_as_its_leaves() {
        let replicas = &TYPES["io.k8s.api.apps.v1.DeploymentSpec"]["properties"]["replicas"];
        assert_eq!(*replicas, json!({"type": "integer", "format": "int32"}));
        assert_eq!(TYPES["io.k8s.apimachinery.pkg.apis.meta.v1.Time"]["format"], "date-time");
    }
}
