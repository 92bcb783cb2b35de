//! What the server does to objects of built-in kinds: normalising, checking, special fields.
//!
//! It covers what Flux's components and the workloads of a fleet use; defaults are in
//! [`defaults`].

mod defaults;

use base64::Engine as _;
use serde_json::{Map, Value, json};

pub(crate) use defaults::set_defaults;

use super::deletion::DEFINITION_CLEANUP;
use super::resources::{Resource, text};
use super::schema::{Field, Schema};
use super::status::{Answer, Cause, Failure};
use super::store::Store;

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
            if let Some(canonical) = canonical_quantity(text) {
                *text = canonical;
            }
        }
        Value::Number(number) if schema.is_quantity() => *value = number.to_string().into(),
        _ => {}
    }
}

/// The shortest form of a quantity in milli-units or binary units: `1000m` is `1`.
fn canonical_quantity(text: &str) -> Option<String> {
    const BINARY: &[&str] = &["", "Ki", "Mi", "Gi", "Ti", "Pi"];
    if let Some(milli) = text.strip_suffix('m') {
        let milli: u64 = milli.parse().ok()?;
        return Some(match milli % 1000 {
            0 => (milli / 1000).to_string(),
            _ => format!("{milli}m"),
        });
    }
    if let Some((whole, fraction)) = text.split_once('.') {
        let milli: String = fraction.chars().chain("000".chars()).take(3).collect();
        let is_exact = fraction.len() <= 3;
        let milli = whole.parse::<u64>().ok()? * 1000 + milli.parse::<u64>().ok()?;
        return is_exact.then(|| canonical_quantity(&format!("{milli}m"))).flatten();
    }
    let digits = text.find(|c: char| !c.is_ascii_digit())?;
    let (number, unit) = text.split_at(digits);
    let mut number: u64 = number.parse().ok()?;
    let mut unit = BINARY.iter().position(|known| *known == unit)?;
    while number != 0 && number.is_multiple_of(1024) && unit + 1 < BINARY.len() {
        number /= 1024;
        unit += 1;
    }
    Some(format!("{number}{}", BINARY[unit]))
}

fn encode_string_data(secret: &mut Value) {
    let plain = secret.as_object_mut().and_then(|secret| secret.shift_remove("stringData"));
    let Some(Value::Object(plain)) = plain else { return };
    let encode = |text: &str| base64::engine::general_purpose::STANDARD.encode(text);
    for (name, value) in plain {
        secret["data"][name] = encode(value.as_str().unwrap_or_default()).into();
    }
}

/// Checks what the decoder of a typed object checks: the types of fields, base64.
///
/// # Errors
/// 400 with the decoder's words.
pub(crate) fn check_decodes(resource: &Resource, object: &Value) -> Answer<()> {
    let schema = resource.schema();
    let wrong = match resource.is_custom() {
        true => wrong_type(&object["metadata"], schema.at("metadata"), "metadata", "ObjectMeta"),
        false => wrong_type(object, schema, "", &resource.kind),
    };
    let error = wrong.or_else(|| match resource.kind.as_str() {
        "Secret" if !resource.is_custom() => undecodable_data(object),
        _ => None,
    });
    match error {
        None => Ok(()),
        Some(error) => Err(Failure::bad_request(format!(
            "{kind} in version {:?} cannot be handled as a {kind}: {error}",
            resource.version,
            kind = resource.kind,
        ))),
    }
}

fn undecodable_data(secret: &Value) -> Option<String> {
    let data = secret["data"].as_object()?;
    data.values().find_map(|value| {
        let text = value.as_str().unwrap_or_default();
        let error = base64::engine::general_purpose::STANDARD.decode(text).err()?;
        let offset = match error {
            base64::DecodeError::InvalidByte(offset, _)
            | base64::DecodeError::InvalidLastSymbol(offset, _) => offset,
            _ => text.len().saturating_sub(text.len() % 4),
        };
        Some(format!("illegal base64 data at input byte {offset}"))
    })
}

/// The first value whose type differs from the schema's, in the words of Go's JSON decoder.
fn wrong_type(value: &Value, schema: Schema<'_>, path: &str, owner: &str) -> Option<String> {
    let expected = schema.type_name();
    let (actual, fits) = match value {
        Value::Null => return None,
        Value::Bool(_) => ("bool", expected == "boolean"),
        Value::Number(_) => ("number", matches!(expected, "integer" | "number")),
        Value::String(_) => ("string", expected == "string"),
        Value::Array(_) => ("array", expected == "array"),
        Value::Object(_) => ("object", expected == "object"),
    };
    if !fits && !expected.is_empty() && !schema.is_int_or_string() {
        let go_type = match (expected, schema.keyword("format").and_then(Value::as_str)) {
            ("integer" | "number", Some(format)) => format.to_owned(),
            ("boolean", _) => "bool".to_owned(),
            ("array", _) => "[]".to_owned(),
            (other, _) => other.to_owned(),
        };
        return Some(format!(
            "json: cannot unmarshal {actual} into Go struct field {owner}.{path} of type {go_type}"
        ));
    }
    let below =
        |name: &str| if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") };
    match value {
        Value::Object(object) => object
            .iter()
            .find_map(|(name, field)| wrong_type(field, schema.at(name), &below(name), owner)),
        Value::Array(list) => {
            list.iter().find_map(|item| wrong_type(item, schema.items(), path, owner))
        }
        _ => None,
    }
}

/// What is wrong with an object's name and its namespace.
pub(crate) fn check_name(resource: &Resource, object: &Value) -> Vec<Cause> {
    let name = text(object, "/metadata/name");
    if name.is_empty() {
        return vec![Cause::required("metadata.name", "name or generateName is required")];
    }
    let is_word = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    let is_label = |part: &str| {
        part.chars().all(is_word)
            && part.starts_with(|c: char| c.is_ascii_alphanumeric())
            && part.ends_with(|c: char| c.is_ascii_alphanumeric())
    };
    let (is_valid, detail) = match (resource.group.as_str(), resource.kind.as_str()) {
        ("rbac.authorization.k8s.io", _) => (!name.contains(['/', '%']), "may not contain '/'"),
        ("", "Namespace" | "Service") => (
            is_label(name) && name.len() <= 63,
            "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', \
             and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', \
             regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')",
        ),
        _ => (
            name.split('.').all(is_label) && name.len() <= 253,
            "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, \
             '-' or '.', and must start and end with an alphanumeric character (e.g. \
             'example.com', regex used for validation is \
             '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')",
        ),
    };
    if is_valid { Vec::new() } else { vec![Cause::invalid("metadata.name", &name.into(), detail)] }
}

/// What is wrong with an object of a built-in kind: what its type requires, and a few rules that
/// clients meet.
pub(crate) fn validate(resource: &Resource, object: &Value) -> Vec<Cause> {
    let mut causes = Vec::new();
    for (name, field) in object.as_object().into_iter().flatten() {
        if !matches!(name.as_str(), "metadata" | "status") {
            missing(field, resource.schema().at(name), name, &mut causes);
        }
    }
    match resource.kind.as_str() {
        "Deployment" | "ReplicaSet" | "StatefulSet" | "DaemonSet" => {
            causes.extend(unselected_template(object));
        }
        "CustomResourceDefinition" => causes.extend(misnamed_definition(object)),
        _ => {}
    }
    causes
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

fn unselected_template(object: &Value) -> Option<Cause> {
    let wanted = object.pointer("/spec/selector/matchLabels")?.as_object()?;
    let labels = object.pointer("/spec/template/metadata/labels").unwrap_or(&Value::Null);
    let is_selected = wanted.iter().all(|(name, value)| labels.get(name) == Some(value));
    (!is_selected).then(|| {
        Cause::invalid(
            "spec.template.metadata.labels",
            labels,
            "`selector` does not match template `labels`",
        )
    })
}

fn misnamed_definition(crd: &Value) -> Option<Cause> {
    let expected = format!("{}.{}", text(crd, "/spec/names/plural"), text(crd, "/spec/group"));
    let name = text(crd, "/metadata/name");
    (name != expected).then(|| {
        let detail = "must be spec.names.plural+\".\"+spec.group";
        Cause::invalid("metadata.name", &name.into(), detail)
    })
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
            let is_guaranteed_anything = text(object, "/spec/containers/0/resources/requests/cpu");
            let class = if is_guaranteed_anything.is_empty() { "BestEffort" } else { "Burstable" };
            object["status"] = json!({"phase": "Pending", "qosClass": class});
        }
        "CustomResourceDefinition" => {
            object["metadata"]["finalizers"] = json!([DEFINITION_CLEANUP]);
            object["status"] = json!({"acceptedNames": {"kind": "", "plural": ""}, "conditions": null, "storedVersions": null});
        }
        "Deployment" | "Job" | "ResourceQuota" => object["status"] = json!({}),
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
    fn quantities_take_their_canonical_form() {
        for (written, canonical) in
            [("1000m", "1"), ("100m", "100m"), ("1024Mi", "1Gi"), ("0.5", "500m"), ("64Mi", "64Mi")]
        {
            assert_eq!(canonical_quantity(written).as_deref(), Some(canonical), "{written}");
        }
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
    fn string_data_is_encoded_and_data_must_be_base64() {
        let secret = kind("v1", "Secret");
        let mut object = json!({"data": {"old": "YQ=="}, "stringData": {"new": "b"}});
        normalise(&secret, &mut object);
        assert_eq!(object, json!({"data": {"old": "YQ==", "new": "Yg=="}}));
        let failure = check_decodes(&secret, &json!({"data": {"x": "not base64!"}}));
        assert!(failure.expect_err("not base64").message.contains("illegal base64 data"));
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

    #[test]
    fn a_wrong_type_is_refused_like_the_decoder_does() {
        let failure =
            check_decodes(&kind("apps/v1", "Deployment"), &json!({"spec": {"replicas": "1"}}));
        assert_eq!(
            failure.expect_err("replicas is a number").message,
            "Deployment in version \"v1\" cannot be handled as a Deployment: json: cannot \
             unmarshal string into Go struct field Deployment.spec.replicas of type int32"
        );
    }
}
