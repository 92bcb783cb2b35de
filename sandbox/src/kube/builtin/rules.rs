//! The rules of built-in kinds that clients meet: what is required, what may not change.

use std::collections::HashSet;

use serde_json::{Map, Value, json};

use super::quantity::Quantity;
use crate::kube::metadata::wrong_label;
use crate::kube::resources::{Resource, text};
use crate::kube::schema::Schema;
use crate::kube::status::Cause;

/// What is wrong with an object of a built-in kind.
pub(crate) fn validate(resource: &Resource, object: &Value) -> Vec<Cause> {
    let mut causes = Vec::new();
    let spec = resource.schema().at("spec");
    match resource.kind.as_str() {
        "Deployment" | "ReplicaSet" | "StatefulSet" | "DaemonSet" => {
            check_workload(resource, object, spec, &mut causes);
        }
        "ConfigMap" | "Secret" => check_keys(object, &mut causes),
        "Role" | "ClusterRole" => check_policy_rules(object, &mut causes),
        _ => check_required(resource, object, &mut causes),
    }
    match resource.kind.as_str() {
        "CustomResourceDefinition" => check_definition(object, &mut causes),
        "Job" => check_containers(&object["spec"]["template"]["spec"], TEMPLATE, &mut causes),
        "Pod" => check_containers(&object["spec"], "spec", &mut causes),
        "Service" => check_service(&object["spec"], &mut causes),
        _ => {}
    }
    causes
}

/// Where a workload describes its Pods.
const TEMPLATE: &str = "spec.template.spec";

/// What may not change of an object that says so itself.
pub(crate) fn validate_update(resource: &Resource, live: &Value, object: &Value) -> Vec<Cause> {
    if !matches!(resource.kind.as_str(), "ConfigMap" | "Secret") || live["immutable"] != true {
        return Vec::new();
    }
    let forbidden = |field: &str| {
        let message = "Forbidden: field is immutable when `immutable` is set";
        Cause::new("FieldValueForbidden", field, message)
    };
    let changed = |field: &&str| live[*field] != object[*field];
    ["immutable", "data", "binaryData"].iter().copied().filter(changed).map(forbidden).collect()
}

/// Reports every field that the published type requires and that is missing.
fn check_required(resource: &Resource, object: &Value, causes: &mut Vec<Cause>) {
    for (name, field) in object.as_object().into_iter().flatten() {
        if !matches!(name.as_str(), "metadata" | "status") {
            missing(field, resource.schema().at(name), name, causes);
        }
    }
}

fn missing(value: &Value, schema: Schema<'_>, path: &str, causes: &mut Vec<Cause>) {
    match value {
        Value::Object(object) => {
            for name in schema.required() {
                let is_set = object.get(name).is_some_and(|value| *value != json!(""));
                if !is_set {
                    causes.push(Cause::required(format!("{path}.{name}"), ""));
                }
            }
            for (name, field) in object {
                missing(field, schema.at(name), &format!("{path}.{name}"), causes);
            }
        }
        Value::Array(list) => {
            for (index, item) in list.iter().enumerate() {
                missing(item, schema.items(), &format!("{path}[{index}]"), causes);
            }
        }
        _ => {}
    }
}

fn check_workload(
    resource: &Resource,
    object: &Value,
    schema: Schema<'_>,
    causes: &mut Vec<Cause>,
) {
    let spec = &object["spec"];
    if let Some(replicas) = spec["replicas"].as_i64().filter(|replicas| *replicas < 0) {
        let wrong = "must be greater than or equal to 0";
        causes.push(Cause::invalid("spec.replicas", &replicas.into(), wrong));
    }
    check_selector(resource, spec, causes);
    let template = &spec["template"];
    missing(template, schema.at("template"), "spec.template", causes);
    check_containers(&template["spec"], TEMPLATE, causes);
}

fn check_selector(resource: &Resource, spec: &Value, causes: &mut Vec<Cause>) {
    let selector = &spec["selector"];
    let is_empty = |name: &str| selector[name].as_object().is_none_or(Map::is_empty);
    if selector.is_null() {
        causes.push(Cause::required("spec.selector", ""));
    } else if is_empty("matchLabels") && selector["matchExpressions"].is_null() {
        let wrong = format!("empty selector is invalid for {}", resource.singular);
        causes.push(Cause::invalid("spec.selector", selector, &wrong));
    }
    let labels = spec.pointer("/template/metadata/labels").unwrap_or(&Value::Null);
    let wanted = selector["matchLabels"].as_object();
    let mut wanted = wanted.into_iter().flatten();
    let is_selected = wanted.all(|(name, value)| labels.get(name) == Some(value));
    if selector.is_null() || !is_selected {
        let wrong = "`selector` does not match template `labels`";
        causes.push(Cause::invalid("spec.template.metadata.labels", labels, wrong));
    }
}

fn list(value: &Value) -> impl Iterator<Item = (usize, &Value)> {
    value.as_array().into_iter().flatten().enumerate()
}

fn check_containers(spec: &Value, path: &str, causes: &mut Vec<Cause>) {
    for field in ["initContainers", "containers"] {
        for (index, container) in list(&spec[field]) {
            check_container(container, spec, &format!("{path}.{field}[{index}]"), causes);
        }
    }
}

fn check_container(container: &Value, spec: &Value, path: &str, causes: &mut Vec<Cause>) {
    let name = text(container, "/name");
    if !name.is_empty() {
        let invalid = |wrong: String| Cause::invalid(format!("{path}.name"), &name.into(), &wrong);
        causes.extend(wrong_label(name).map(invalid));
    }
    if text(container, "/image").is_empty() {
        causes.push(Cause::required(format!("{path}.image"), ""));
    }
    for (index, port) in list(&container["ports"]) {
        if port["containerPort"] == 0 {
            causes.push(Cause::required(format!("{path}.ports[{index}].containerPort"), ""));
        }
    }
    for (index, mount) in list(&container["volumeMounts"]) {
        let is_there = list(&spec["volumes"]).any(|(_, volume)| volume["name"] == mount["name"]);
        if !is_there {
            let message = format!("Not found: {}", mount["name"]);
            let field = format!("{path}.volumeMounts[{index}].name");
            causes.push(Cause::new("FieldValueNotFound", field, message));
        }
    }
    check_resources(&container["resources"], path, causes);
}

/// Nothing requests more than its limit.
fn check_resources(resources: &Value, path: &str, causes: &mut Vec<Cause>) {
    let value = |text: &Value| Quantity::parse(text.as_str()?).ok().map(Quantity::value);
    for (name, request) in resources["requests"].as_object().into_iter().flatten() {
        let limit = &resources["limits"][name];
        if value(limit).zip(value(request)).is_some_and(|(limit, request)| request > limit) {
            let limit = limit.as_str().unwrap_or_default();
            let wrong = format!("must be less than or equal to {name} limit of {limit}");
            causes.push(Cause::invalid(format!("{path}.resources.requests"), request, &wrong));
        }
    }
}

fn check_service(spec: &Value, causes: &mut Vec<Cause>) {
    let needs_no_ports = spec["type"] == "ExternalName" || spec["clusterIP"] == "None";
    if !needs_no_ports && list(&spec["ports"]).next().is_none() {
        causes.push(Cause::required("spec.ports", ""));
    }
    let has_several = list(&spec["ports"]).count() > 1;
    let mut names = HashSet::new();
    for (index, port) in list(&spec["ports"]) {
        let (name, field) = (text(port, "/name"), format!("spec.ports[{index}].name"));
        if has_several && name.is_empty() {
            causes.push(Cause::required(field, ""));
        } else if !name.is_empty() && !names.insert(name) {
            causes.push(Cause::new(
                "FieldValueDuplicate",
                field,
                format!("Duplicate value: {name:?}"),
            ));
        }
        for name in ["port", "targetPort"] {
            if port[name].as_i64().is_some_and(|number| !(1..=65_535).contains(&number)) {
                let wrong = "must be between 1 and 65535, inclusive";
                let field = format!("spec.ports[{index}].{name}");
                causes.push(Cause::invalid(field, &port[name], wrong));
            }
        }
    }
}

/// The keys of a ConfigMap's or Secret's data are file names.
fn check_keys(object: &Value, causes: &mut Vec<Cause>) {
    const WRONG: &str = "a valid config key must consist of alphanumeric characters, '-', '_' or \
        '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is \
        '[-._a-zA-Z0-9]+')";
    let is_allowed = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
    for field in ["data", "binaryData"] {
        for key in object[field].as_object().into_iter().flatten().map(|(key, _)| key) {
            if !key.chars().all(is_allowed) {
                causes.push(Cause::invalid(format!("{field}[{key}]"), &json!(key), WRONG));
            }
            if field == "data" && object["binaryData"].get(key).is_some() {
                let wrong = "duplicate of key present in binaryData";
                causes.push(Cause::invalid(format!("data[{key}]"), &json!(key), wrong));
            }
        }
    }
}

fn check_policy_rules(role: &Value, causes: &mut Vec<Cause>) {
    for (index, rule) in list(&role["rules"]) {
        let is_empty = |name: &str| rule[name].as_array().is_none_or(Vec::is_empty);
        let mut require = |name: &str, why: &str| {
            if is_empty(name) {
                causes.push(Cause::required(format!("rules[{index}].{name}"), why));
            }
        };
        require("verbs", "verbs must contain at least one value");
        if is_empty("nonResourceURLs") {
            require("apiGroups", "resource rules must supply at least one api group");
            require("resources", "resource rules must supply at least one resource");
        }
    }
}

fn check_definition(crd: &Value, causes: &mut Vec<Cause>) {
    let expected = format!("{}.{}", text(crd, "/spec/names/plural"), text(crd, "/spec/group"));
    let name = text(crd, "/metadata/name");
    if name != expected {
        let wrong = "must be spec.names.plural+\".\"+spec.group";
        causes.push(Cause::invalid("metadata.name", &name.into(), wrong));
    }
    let scope = &crd["spec"]["scope"];
    if !matches!(scope.as_str(), Some("" | "Cluster" | "Namespaced") | None) {
        let message =
            format!("Unsupported value: {scope}: supported values: \"Cluster\", \"Namespaced\"");
        causes.push(Cause::new("FieldValueNotSupported", "spec.scope", message));
    }
    for (index, version) in list(&crd["spec"]["versions"]) {
        if version.pointer("/schema/openAPIV3Schema").is_none_or(Value::is_null) {
            let field = format!("spec.versions[{index}].schema.openAPIV3Schema");
            causes.push(Cause::required(field, ""));
        }
    }
    let versions = &crd["spec"]["versions"];
    if list(versions).filter(|(_, version)| version["storage"] == true).count() != 1 {
        let wrong = "must have exactly one version marked as storage version";
        causes.push(Cause::invalid("spec.versions", versions, wrong));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kube::resources::Registry;

    fn found(api_version: &str, kind: &str, object: Value) -> Vec<String> {
        let kind = Registry::new().find_kind(api_version, kind).expect("the kind is built in");
        validate(&kind, &object).iter().map(Cause::to_string).collect()
    }

    #[test]
    fn a_workload_selects_its_own_pods() {
        let spec = json!({"template": {"spec": {}}});
        assert_eq!(
            found("apps/v1", "Deployment", json!({"spec": spec})),
            [
                "spec.selector: Required value",
                "spec.template.metadata.labels: Invalid value: null: `selector` does not match \
                 template `labels`",
                "spec.template.spec.containers: Required value",
            ]
        );
    }

    #[test]
    fn a_container_has_a_name_and_an_image_and_keeps_its_limits() {
        let limited = json!({"limits": {"cpu": "1"}, "requests": {"cpu": "1500m"}});
        let spec = json!({"containers": [
            {"name": "C", "image": "i"},
            {"name": "c"},
            {"name": "d", "image": "i", "volumeMounts": [{"name": "no", "mountPath": "/"}], "resources": limited},
        ]});
        let found = found("v1", "Pod", json!({"spec": spec}));
        assert!(found[0].starts_with("spec.containers[0].name: Invalid value: \"C\": a lowercase"));
        assert_eq!(
            found[1..],
            [
                "spec.containers[1].image: Required value",
                "spec.containers[2].volumeMounts[0].name: Not found: \"no\"",
                "spec.containers[2].resources.requests: Invalid value: \"1500m\": must be less \
                 than or equal to cpu limit of 1",
            ]
        );
    }

    #[test]
    fn keys_are_file_names() {
        let found = found("v1", "ConfigMap", json!({"data": {"a b": "1", "ok.txt": "2"}}));
        assert_eq!(found.len(), 1);
        assert!(found[0].starts_with("data[a b]: Invalid value: \"a b\": a valid config key"));
    }

    #[test]
    fn what_is_immutable_stays() {
        let kind = Registry::new().find_kind("v1", "Secret").expect("the kind is built in");
        let live = json!({"immutable": true, "data": {"a": "YQ=="}});
        let changed = json!({"immutable": false, "data": {"a": "Yg=="}});
        let fields: Vec<_> =
            validate_update(&kind, &live, &changed).into_iter().map(|cause| cause.field).collect();
        assert_eq!(fields, ["immutable", "data"]);
        assert_eq!(validate_update(&kind, &json!({"data": {}}), &changed), []);
    }
}
