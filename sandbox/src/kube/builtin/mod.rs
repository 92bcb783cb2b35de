//! What the server does to objects of built-in kinds: normalising, checking, special fields.
//!
//! It covers what Flux's components and the workloads of a fleet use; the steps are in [`decoding`],
//! [`defaults`] and [`rules`].

mod decoding;
mod defaults;
mod quantity;
mod rules;

use base64::Engine as _;
use serde_json::{Map, Value, json};

pub(crate) use decoding::decoding_error;
pub(crate) use defaults::{set_defaults, write_zeros};
pub(crate) use rules::{validate, validate_update};

use super::resources::{Resource, text};
use super::schema::{Field, Schema};
use super::store::Store;
use quantity::Quantity;

/// Whether a PUT must carry a resource version.
pub(crate) fn needs_version_for_update(resource: &Resource) -> bool {
    resource.is_custom() || resource.kind == "CustomResourceDefinition"
}

/// Drops what typed objects do not keep (nulls, empty optional lists and maps), writes quantities
/// in their canonical form and moves a Secret's `stringData` into `data`.
///
/// Of custom objects only the metadata is typed.
pub(crate) fn normalise(resource: &Resource, object: &mut Value) {
    if resource.is_custom() {
        let metadata = resource.schema().at("metadata");
        tidy(&mut object["metadata"], metadata);
        return;
    }
    tidy(object, resource.schema());
    if resource.kind == "Secret" {
        encode_string_data(object);
    }
}

fn tidy(value: &mut Value, schema: Schema<'_>) {
    match value {
        Value::Object(object) => {
            let required: Vec<_> = schema.required().collect();
            for (name, field) in object.iter_mut() {
                let below = schema.at(name);
                // Free-form content (a CRD's defaults, examples) is kept as it is.
                if !below.is_open() {
                    tidy(field, below);
                }
            }
            object.retain(|name, field| {
                let below = schema.at(name);
                let is_kept_empty = required.contains(&name.as_str()) || below.is_open();
                match field {
                    Value::Null => below.is_open() && matches!(schema.field(name), Field::Free(_)),
                    Value::Array(list) => is_kept_empty || !list.is_empty(),
                    Value::Object(map) => {
                        is_kept_empty
                            || !map.is_empty()
                            || below.properties().is_some()
                            || below.keyword("additionalProperties").is_none()
                    }
                    _ => true,
                }
            });
        }
        Value::Array(list) => list.iter_mut().for_each(|item| tidy(item, schema.items())),
        Value::String(text) if schema.is_quantity() => {
            if let Ok(quantity) = Quantity::parse(text) {
                *text = quantity.canonical();
            }
        }
        Value::Number(number) if schema.is_quantity() => {
            let text = number.to_string();
            let canonical = Quantity::parse(&text).map_or(text, Quantity::canonical);
            *value = canonical.into();
        }
        _ => {}
    }
}

fn encode_string_data(secret: &mut Value) {
    let plain = secret.as_object_mut().and_then(|secret| secret.shift_remove("stringData"));
    let Some(Value::Object(plain)) = plain else { return };
    let encode = |text: &str| base64::engine::general_purpose::STANDARD.encode(text);
    for (name, value) in plain {
        secret["data"][name] = encode(value.as_str().unwrap_or_default()).into();
    }
}

/// The initial status and other fields that only a new object gets.
pub(crate) fn on_create(resource: &Resource, object: &mut Value, store: &Store) {
    if resource.is_custom() {
        return;
    }
    match resource.kind.as_str() {
        "Namespace" => {
            object["spec"]["finalizers"] = json!(["kubernetes"]);
            object["status"] = json!({"phase": "Active"});
        }
        "Service" => {
            allocate_cluster_ip(object, store);
            object["status"] = json!({"loadBalancer": {}});
        }
        "Pod" => {
            defaults::admit_pod(&mut object["spec"]);
            let is_guaranteed_anything = text(object, "/spec/containers/0/resources/requests/cpu");
            let class = if is_guaranteed_anything.is_empty() { "BestEffort" } else { "Burstable" };
            object["status"] = json!({"phase": "Pending", "qosClass": class});
        }
        "CustomResourceDefinition" => {
            let versions = object.pointer("/spec/versions").and_then(Value::as_array);
            let mut versions = versions.into_iter().flatten();
            let stored = versions.find(|version| version["storage"] == true);
            let stored = stored.map_or_else(|| json!(null), |version| json!([version["name"]]));
            object["status"] = json!({
                "acceptedNames": {"kind": "", "plural": ""},
                "conditions": null,
                "storedVersions": stored,
            });
        }
        "Job" => {
            defaults::select_own_pods(object);
            object["status"] = json!({});
        }
        "Deployment" | "ResourceQuota" => object["status"] = json!({}),
        "ReplicaSet" => object["status"] = json!({"replicas": 0}),
        "StatefulSet" => object["status"] = json!({"replicas": 0, "availableReplicas": 0}),
        "DaemonSet" => {
            object["status"] = json!({
                "currentNumberScheduled": 0, "numberMisscheduled": 0,
                "desiredNumberScheduled": 0, "numberReady": 0,
            });
        }
        _ => {}
    }
}

/// Gives a Service the address after the highest one in use.
fn allocate_cluster_ip(service: &mut Value, store: &Store) {
    if text(service, "/spec/type") == "ExternalName" {
        return;
    }
    if text(service, "/spec/clusterIP").is_empty() {
        let services = (String::new(), "services".to_owned());
        let last_octet = |service: &Value| {
            text(service, "/spec/clusterIP")
                .rsplit('.')
                .next()
                .and_then(|octet| octet.parse::<u8>().ok())
        };
        let highest = store.list(&services, None).filter_map(|known| last_octet(known)).max();
        service["spec"]["clusterIP"] =
            format!("10.0.0.{}", highest.unwrap_or(1).saturating_add(1)).into();
    }
    service["spec"]["clusterIPs"] = json!([service["spec"]["clusterIP"]]);
    service["spec"]["ipFamilies"] = json!(["IPv4"]);
    service["spec"]["ipFamilyPolicy"] = "SingleStack".into();
}

/// Fields that an update keeps from the live object when they were not sent.
pub(crate) fn on_update(resource: &Resource, live: &Value, object: &mut Value) {
    if !resource.is_custom() && resource.kind == "DaemonSet" {
        count_template(live, object);
    }
    let kept: &[&str] = match resource.kind.as_str() {
        _ if resource.is_custom() => &[],
        "Namespace" => &["finalizers"],
        "Service" => &["clusterIP", "clusterIPs", "ipFamilies", "ipFamilyPolicy"],
        _ => &[],
    };
    let Some(spec) = live["spec"].as_object().filter(|_| !kept.is_empty()) else { return };
    if !object["spec"].is_object() {
        object["spec"] = Value::Object(Map::new());
    }
    for name in kept {
        if let (true, Some(value)) = (object["spec"].get(name).is_none(), spec.get(*name)) {
            object["spec"][*name] = value.clone();
        }
    }
}

/// Counts the changes of a DaemonSet's template.
fn count_template(live: &Value, object: &mut Value) {
    let count = live["metadata"]["annotations"][defaults::TEMPLATE_GENERATION].as_str();
    let count = count.and_then(|count| count.parse::<u64>().ok()).unwrap_or(1);
    let is_changed = live["spec"]["template"] != object["spec"]["template"];
    object["metadata"]["annotations"][defaults::TEMPLATE_GENERATION] =
        (count + u64::from(is_changed)).to_string().into();
}

/// Whether something besides `metadata.finalizers` holds a deleted object: a namespace's content.
pub(crate) fn is_held_otherwise(resource: &Resource, object: &Value) -> bool {
    !resource.is_custom()
        && resource.kind == "Namespace"
        && object
            .pointer("/spec/finalizers")
            .and_then(Value::as_array)
            .is_some_and(|f| !f.is_empty())
}

#[cfg(test)]
mod tests {
    use super::super::resources::Registry;
    use super::*;

    fn kind(api_version: &str, kind: &str) -> std::sync::Arc<Resource> {
        Registry::new().find_kind(api_version, kind).expect("the kind is built in")
    }

    #[test]
    fn nulls_and_empty_optional_maps_go_and_empty_structs_stay() {
        let mut object = json!({
            "metadata": {"name": "a", "creationTimestamp": null, "labels": {}},
            "spec": {"volumes": [{"name": "v", "emptyDir": {}}], "tolerations": [],
                "containers": [{"name": "c", "resources": {"limits": {"cpu": "1000m"}}}]},
        });
        normalise(&kind("v1", "Pod"), &mut object);
        assert_eq!(
            object,
            json!({
                "metadata": {"name": "a"},
                "spec": {"volumes": [{"name": "v", "emptyDir": {}}],
                    "containers": [{"name": "c", "resources": {"limits": {"cpu": "1"}}}]},
            })
        );
    }

    #[test]
    fn string_data_is_encoded() {
        let secret = kind("v1", "Secret");
        let mut object = json!({"data": {"old": "YQ=="}, "stringData": {"new": "b"}});
        normalise(&secret, &mut object);
        assert_eq!(object, json!({"data": {"old": "YQ==", "new": "Yg=="}}));
    }

    #[test]
    fn the_schema_of_a_definition_survives_normalising() {
        let crd = kind("apiextensions.k8s.io/v1", "CustomResourceDefinition");
        let mut object = json!({"spec": {"versions": [{"schema": {"openAPIV3Schema": {
            "default": {}, "properties": {"a": {"default": [], "enum": ["x", null]}},
            "additionalProperties": {"type": "string"},
        }}}]}});
        let before = object.clone();
        normalise(&crd, &mut object);
        assert_eq!(object, before);
    }
}
