//! What the decoder of a typed object refuses: wrong types, text that is no base64, no quantity.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;

use super::quantity::Quantity;
use crate::kube::resources::Resource;
use crate::kube::schema::Schema;

/// Why an object cannot be decoded, in the words of Go's JSON decoder.
///
/// Of custom objects only the metadata is typed.
pub(crate) fn decoding_error(resource: &Resource, object: &Value) -> Option<String> {
    let schema = resource.schema();
    if resource.is_custom() {
        let at = Place { owner: "ObjectMeta", path: String::new() };
        return wrong_type(&object["metadata"], schema.at("metadata"), &at);
    }
    wrong_type(object, schema, &Place { owner: &resource.kind, path: String::new() })
        .or_else(|| wrong_quantity(object, schema))
        .or_else(|| wrong_bytes(resource, object))
}

/// Where the decoder is, as its errors name it: the innermost struct, and the fields that led here.
struct Place<'a> {
    owner: &'a str,
    path: String,
}

fn wrong_type(value: &Value, schema: Schema<'_>, at: &Place<'_>) -> Option<String> {
    let actual = match value {
        Value::Null => return None,
        Value::Bool(_) => "bool".to_owned(),
        Value::Number(number) if number.is_f64() && schema.type_name() == "integer" => {
            format!("number {number}")
        }
        Value::Number(_) => "number".to_owned(),
        Value::String(_) => "string".to_owned(),
        Value::Array(_) => "array".to_owned(),
        Value::Object(_) => "object".to_owned(),
    };
    if !fits(value, schema) {
        let Place { owner, path } = at;
        let expected = go_type(schema);
        return Some(format!(
            "json: cannot unmarshal {actual} into Go struct field {owner}.{path} of type {expected}"
        ));
    }
    match value {
        Value::Object(object) if schema.properties().is_some() => {
            let owner = schema.reference().map_or(at.owner, short_name);
            object.iter().find_map(|(name, field)| {
                let path = match at.path.as_str() {
                    "" => name.clone(),
                    path => format!("{path}.{name}"),
                };
                wrong_type(field, schema.at(name), &Place { owner, path })
            })
        }
        // The values of maps and the items of lists go by the name of the whole.
        Value::Object(object) => {
            object.iter().find_map(|(name, field)| wrong_type(field, schema.at(name), at))
        }
        Value::Array(list) => list.iter().find_map(|item| wrong_type(item, schema.items(), at)),
        _ => None,
    }
}

fn fits(value: &Value, schema: Schema<'_>) -> bool {
    match (schema.type_name(), value) {
        _ if schema.is_int_or_string() => true,
        ("", _)
        | ("boolean", Value::Bool(_))
        | ("number", Value::Number(_))
        | ("string", Value::String(_))
        | ("array", Value::Array(_))
        | ("object", Value::Object(_)) => true,
        ("integer", Value::Number(number)) => !number.is_f64(),
        _ => false,
    }
}

/// The last part of a published type's name.
fn short_name(reference: &str) -> &str {
    reference.rsplit('.').next().unwrap_or_default()
}

fn go_type(schema: Schema<'_>) -> String {
    if let Some(reference) = schema.reference().filter(|_| schema.properties().is_some()) {
        let package = reference.rsplit('.').nth(1).unwrap_or_default();
        return format!("{package}.{}", short_name(reference));
    }
    match schema.type_name() {
        "integer" | "number" => {
            schema.keyword("format").and_then(Value::as_str).unwrap_or("int64").to_owned()
        }
        "boolean" => "bool".to_owned(),
        "array" => format!("[]{}", go_type(schema.items())),
        "object" => format!("map[string]{}", go_type(schema.at("value"))),
        other => other.to_owned(),
    }
}

fn wrong_quantity(value: &Value, schema: Schema<'_>) -> Option<String> {
    match value {
        Value::String(text) if schema.is_quantity() => {
            Quantity::parse(text).err().map(str::to_owned)
        }
        Value::Object(object) => {
            object.iter().find_map(|(name, field)| wrong_quantity(field, schema.at(name)))
        }
        Value::Array(list) => list.iter().find_map(|item| wrong_quantity(item, schema.items())),
        _ => None,
    }
}

fn wrong_bytes(resource: &Resource, object: &Value) -> Option<String> {
    let data = match resource.kind.as_str() {
        "Secret" => object["data"].as_object()?,
        "ConfigMap" => object["binaryData"].as_object()?,
        _ => return None,
    };
    data.values().find_map(|value| {
        let text = value.as_str().unwrap_or_default();
        let error = STANDARD.decode(text).err()?;
        let offset = match error {
            base64::DecodeError::InvalidByte(offset, _)
            | base64::DecodeError::InvalidLastSymbol(offset, _) => offset,
            _ => text.len().saturating_sub(text.len() % 4),
        };
        Some(format!("illegal base64 data at input byte {offset}"))
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::kube::resources::Registry;

    fn error(api_version: &str, kind: &str, object: Value) -> String {
        let kind = Registry::new().find_kind(api_version, kind).expect("the kind is built in");
        decoding_error(&kind, &object).expect("the object is wrong")
    }

    #[test]
    fn a_wrong_type_is_named_like_the_decoder_does() {
        const CANNOT: &str = "json: cannot unmarshal";
        for (spec, wrong) in [
            (
                json!({"replicas": "1"}),
                "string into Go struct field DeploymentSpec.spec.replicas of type int32",
            ),
            (
                json!({"replicas": 1.5}),
                "number 1.5 into Go struct field DeploymentSpec.spec.replicas of type int32",
            ),
            (json!("x"), "string into Go struct field Deployment.spec of type v1.DeploymentSpec"),
            (
                json!({"template": {"spec": {"containers": {}}}}),
                "object into Go struct field PodSpec.spec.template.spec.containers of type \
                 []v1.Container",
            ),
            (
                json!({"template": {"metadata": {"labels": {"a": 1}}}}),
                "number into Go struct field ObjectMeta.spec.template.metadata.labels of type \
                 string",
            ),
        ] {
            let object = json!({"spec": spec});
            assert_eq!(error("apps/v1", "Deployment", object), format!("{CANNOT} {wrong}"));
        }
    }

    #[test]
    fn a_map_says_what_it_maps_to() {
        let wrong = error("v1", "ConfigMap", json!({"data": "x"}));
        assert!(wrong.ends_with("ConfigMap.data of type map[string]string"), "{wrong}");
    }

    #[test]
    fn bytes_are_base64_and_amounts_quantities() {
        let wrong = error("v1", "Secret", json!({"data": {"x": "not base64!"}}));
        assert!(wrong.starts_with("illegal base64 data"), "{wrong}");
        let wrong = error("v1", "ResourceQuota", json!({"spec": {"hard": {"pods": "x"}}}));
        assert!(wrong.starts_with("quantities must match"), "{wrong}");
    }
}
