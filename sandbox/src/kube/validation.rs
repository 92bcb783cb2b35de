//! What a schema makes of an object: unknown fields, defaults, and what is wrong with it.
//!
//! Source: k8s.io/apiextensions-apiserver `schema/{pruning,defaulting}` and kube-openapi
//! `validation`.

use regex::Regex;
use serde_json::{Map, Value};

use super::schema::{Field, ListType, Schema};
use super::status::Cause;

/// Removes the fields that the schema does not know; returns their paths.
pub(crate) fn prune(value: &mut Value, schema: Schema<'_>) -> Vec<String> {
    let mut unknown = Vec::new();
    prune_at(value, schema, "", &mut unknown);
    unknown
}

fn prune_at(value: &mut Value, schema: Schema<'_>, path: &str, unknown: &mut Vec<String>) {
    match value {
        Value::Object(object) => {
            object.retain(|name, _| match schema.field(name) {
                Field::Unknown => {
                    unknown.push(join(path, name));
                    false
                }
                _ => true,
            });
            for (name, field) in object {
                prune_at(field, schema.at(name), &join(path, name), unknown);
            }
        }
        Value::Array(list) => {
            for (index, item) in list.iter_mut().enumerate() {
                prune_at(item, schema.items(), &format!("{path}[{index}]"), unknown);
            }
        }
        _ => {}
    }
}

/// Sets the defaults of the schema where fields are missing.
pub(crate) fn set_defaults(value: &mut Value, schema: Schema<'_>) {
    match value {
        Value::Object(object) => {
            for (name, node) in schema.properties().into_iter().flatten() {
                // `metadata` is a reference to a published type, whose `{}` marks a struct.
                let default = node.get("default").filter(|_| node.get("$ref").is_none());
                let is_unset = object
                    .get(name)
                    .is_none_or(|value| value.is_null() && !Schema::new(node).is_nullable());
                if let (Some(default), true) = (default, is_unset) {
                    object.insert(name.clone(), default.clone());
                }
            }
            for (name, field) in object {
                set_defaults(field, schema.at(name));
            }
        }
        Value::Array(list) => list.iter_mut().for_each(|item| set_defaults(item, schema.items())),
        _ => {}
    }
}

/// Everything that is wrong with `value`; metadata is checked elsewhere.
pub(crate) fn validate(value: &Value, schema: Schema<'_>) -> Vec<Cause> {
    let mut causes = Vec::new();
    check(value, schema, "", &mut causes);
    causes
}

fn join(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") }
}

fn check(value: &Value, schema: Schema<'_>, path: &str, causes: &mut Vec<Cause>) {
    if value.is_null() && schema.is_nullable() {
        return;
    }
    if let Some(cause) = check_type(value, schema, path) {
        causes.push(cause);
        return;
    }
    check_enum(value, schema, path, causes);
    match value {
        Value::String(text) => check_string(text, schema, path, causes),
        Value::Number(number) => check_number(number, schema, path, causes),
        Value::Array(list) => check_list(list, schema, path, causes),
        Value::Object(object) => check_object(object, schema, path, causes),
        _ => {}
    }
    check_combinations(value, schema, path, causes);
}

fn check_type(value: &Value, schema: Schema<'_>, path: &str) -> Option<Cause> {
    let expected = schema.type_name();
    let actual = match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(number) if number.is_f64() => "number",
        Value::Number(_) => "integer",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    };
    let fits = match expected {
        _ if schema.is_int_or_string() => matches!(actual, "integer" | "string"),
        "" => true,
        "number" => matches!(actual, "number" | "integer"),
        expected => expected == actual,
    };
    let expected = if schema.is_int_or_string() { "integer,string" } else { expected };
    let message =
        format!("Invalid value: {actual:?}: {path} in body must be of type {expected}: {actual:?}");
    (!fits).then(|| Cause::new("FieldValueTypeInvalid", path, message))
}

fn check_enum(value: &Value, schema: Schema<'_>, path: &str, causes: &mut Vec<Cause>) {
    let Some(allowed) = schema.keyword("enum").and_then(Value::as_array) else { return };
    if allowed.contains(value) {
        return;
    }
    let allowed: Vec<_> = allowed.iter().map(Value::to_string).collect();
    let message = format!("Unsupported value: {value}: supported values: {}", allowed.join(", "));
    causes.push(Cause::new("FieldValueNotSupported", path, message));
}

fn number(schema: Schema<'_>, keyword: &str) -> Option<u64> {
    schema.keyword(keyword).and_then(Value::as_u64)
}

fn check_string(text: &str, schema: Schema<'_>, path: &str, causes: &mut Vec<Cause>) {
    let length = text.chars().count() as u64;
    let shown = Value::from(text);
    if let Some(limit) = number(schema, "minLength").filter(|limit| length < *limit) {
        let detail = format!("{path} in body should be at least {limit} chars long");
        causes.push(Cause::invalid(path, &shown, &detail));
    }
    if let Some(limit) = number(schema, "maxLength").filter(|limit| length > *limit) {
        let message = format!("Too long: may not be more than {limit} bytes");
        causes.push(Cause::new("FieldValueTooLong", path, message));
    }
    let Some(pattern) = schema.keyword("pattern").and_then(Value::as_str) else { return };
    // A pattern that this engine cannot read (look-around does not exist in Go either) is skipped
    // by the real server's library as well.
    if Regex::new(pattern).is_ok_and(|regex| !regex.is_match(text)) {
        let detail = format!("{path} in body should match '{pattern}'");
        causes.push(Cause::invalid(path, &shown, &detail));
    }
}

fn check_number(
    value: &serde_json::Number,
    schema: Schema<'_>,
    path: &str,
    causes: &mut Vec<Cause>,
) {
    let Some(actual) = value.as_f64() else { return };
    let bound = |keyword| schema.keyword(keyword).and_then(Value::as_f64);
    let is_exclusive = |keyword| schema.keyword(keyword).and_then(Value::as_bool) == Some(true);
    let shown = Value::Number(value.clone());
    if let Some(minimum) = bound("minimum") {
        let exclusive = is_exclusive("exclusiveMinimum");
        if actual < minimum || (exclusive && actual <= minimum) {
            let or_equal = if exclusive { "" } else { " or equal to" };
            let detail = format!("{path} in body should be greater than{or_equal} {minimum}");
            causes.push(Cause::invalid(path, &shown, &detail));
        }
    }
    if let Some(maximum) = bound("maximum") {
        let exclusive = is_exclusive("exclusiveMaximum");
        if actual > maximum || (exclusive && actual >= maximum) {
            let or_equal = if exclusive { "" } else { " or equal to" };
            let detail = format!("{path} in body should be less than{or_equal} {maximum}");
            causes.push(Cause::invalid(path, &shown, &detail));
        }
    }
}

fn check_list(list: &[Value], schema: Schema<'_>, path: &str, causes: &mut Vec<Cause>) {
    let length = list.len() as u64;
    if let Some(limit) = number(schema, "minItems").filter(|limit| length < *limit) {
        let detail = format!("{path} in body should have at least {limit} items");
        causes.push(Cause::invalid(path, &length.into(), &detail));
    }
    if let Some(limit) = number(schema, "maxItems").filter(|limit| length > *limit) {
        let message = format!("Too many: {length}: must have at most {limit} items");
        causes.push(Cause::new("FieldValueTooMany", path, message));
    }
    for (index, item) in list.iter().enumerate() {
        check(item, schema.items(), &format!("{path}[{index}]"), causes);
    }
    check_duplicates(list, schema, path, causes);
}

/// Sets hold a value once, maps a key once.
fn check_duplicates(list: &[Value], schema: Schema<'_>, path: &str, causes: &mut Vec<Cause>) {
    let identity = |item: &Value| match schema.list_type() {
        ListType::Atomic => None,
        ListType::Set => Some(item.clone()),
        ListType::Map(keys) => {
            let key = |key: &str| (key.to_owned(), item[key].clone());
            Some(Value::Object(keys.into_iter().map(key).collect()))
        }
    };
    let mut seen = Vec::new();
    for (index, item) in list.iter().enumerate() {
        let Some(identity) = identity(item) else { return };
        if seen.contains(&identity) {
            let message = format!("Duplicate value: {identity}");
            let field = format!("{path}[{index}]");
            causes.push(Cause::new("FieldValueDuplicate", field, message));
        }
        seen.push(identity);
    }
}

fn check_object(
    object: &Map<String, Value>,
    schema: Schema<'_>,
    path: &str,
    causes: &mut Vec<Cause>,
) {
    for name in schema.required().filter(|name| !object.contains_key(*name)) {
        causes.push(Cause::required(join(path, name), ""));
    }
    let length = object.len() as u64;
    if let Some(limit) = number(schema, "minProperties").filter(|limit| length < *limit) {
        let detail = format!("{path} in body should have at least {limit} properties");
        causes.push(Cause::invalid(path, &length.into(), &detail));
    }
    if let Some(limit) = number(schema, "maxProperties").filter(|limit| length > *limit) {
        let message = format!("Too many: {length}: must have at most {limit} items");
        causes.push(Cause::new("FieldValueTooMany", path, message));
    }
    for (name, field) in object.iter().filter(|(name, _)| !(path.is_empty() && *name == "metadata"))
    {
        check(field, schema.at(name), &join(path, name), causes);
    }
}

/// `allOf`, `anyOf`, `oneOf` and `not`, which hold values in structural schemas.
fn check_combinations(value: &Value, schema: Schema<'_>, path: &str, causes: &mut Vec<Cause>) {
    let branches = |keyword| schema.keyword(keyword).and_then(Value::as_array);
    let fits = |branch: &Value| {
        let mut found = Vec::new();
        check(value, Schema::new(branch), path, &mut found);
        found.is_empty()
    };
    for branch in branches("allOf").into_iter().flatten() {
        check(value, Schema::new(branch), path, causes);
    }
    let shown = match value {
        Value::Object(_) => Value::from("object"),
        other => other.clone(),
    };
    let mut refuse = |text: &str| {
        causes.push(Cause::invalid(path, &shown, &format!("{path:?} must validate {text}")));
    };
    if branches("anyOf").is_some_and(|list| !list.iter().any(fits)) {
        refuse("at least one schema (anyOf)");
    }
    if let Some(list) = branches("oneOf") {
        match list.iter().filter(|branch| fits(branch)).count() {
            1 => {}
            0 => refuse("one and only one schema (oneOf). Found none valid"),
            many => {
                refuse(&format!("one and only one schema (oneOf). Found {many} valid alternatives"))
            }
        }
    }
    if schema.keyword("not").is_some_and(fits) {
        causes.push(Cause::invalid(
            path,
            &shown,
            &format!("{path:?} must not validate the schema (not)"),
        ));
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn messages(schema: &Value, value: &Value) -> Vec<String> {
        validate(value, Schema::new(schema)).iter().map(Cause::to_string).collect()
    }

    #[test]
    fn unknown_fields_are_pruned_and_named() {
        let schema = json!({"type": "object", "properties": {
            "spec": {"type": "object", "properties": {
                "list": {"type": "array", "items": {"type": "object", "properties": {"a": {"type": "string"}}}},
                "free": {"type": "object", "x-kubernetes-preserve-unknown-fields": true},
                "map": {"type": "object", "additionalProperties": {"type": "string"}},
            }},
        }});
        let mut value = json!({"spec": {
            "list": [{"a": "1", "b": 2}], "free": {"x": {"y": 1}}, "map": {"k": "v"}, "foo": 1,
        }});
        assert_eq!(prune(&mut value, Schema::new(&schema)), ["spec.foo", "spec.list[0].b"]);
        assert_eq!(
            value,
            json!({"spec": {"list": [{"a": "1"}], "free": {"x": {"y": 1}}, "map": {"k": "v"}}})
        );
    }

    #[test]
    fn defaults_fill_what_is_missing_below_what_is_there() {
        let schema = json!({"type": "object", "properties": {
            "status": {"type": "object", "default": {"observedGeneration": -1}, "properties": {}},
            "spec": {"type": "object", "properties": {"n": {"type": "integer", "default": 3}}},
        }});
        let mut value = json!({"spec": {}});
        set_defaults(&mut value, Schema::new(&schema));
        assert_eq!(value, json!({"spec": {"n": 3}, "status": {"observedGeneration": -1}}));
    }

    #[test]
    fn messages_are_the_servers() {
        let schema = json!({"type": "object", "required": ["spec"], "properties": {
            "interval": {"type": "string", "pattern": "^[0-9]+s$"},
            "provider": {"type": "string", "enum": ["generic", "aws"]},
            "count": {"type": "integer", "minimum": 1},
            "name": {"type": "string", "minLength": 1, "maxLength": 3},
            "port": {"x-kubernetes-int-or-string": true},
        }});
        let value = json!({
            "interval": "x", "provider": "z", "count": 0, "name": "", "port": true,
        });
        assert_eq!(
            messages(&schema, &value),
            [
                "spec: Required value",
                "interval: Invalid value: \"x\": interval in body should match '^[0-9]+s$'",
                "provider: Unsupported value: \"z\": supported values: \"generic\", \"aws\"",
                "count: Invalid value: 0: count in body should be greater than or equal to 1",
                "name: Invalid value: \"\": name in body should be at least 1 chars long",
                "port: Invalid value: \"boolean\": port in body must be of type integer,string: \
                 \"boolean\"",
            ]
        );
    }

    #[test]
    fn a_wrong_type_is_named_and_null_needs_nullable() {
        let schema = json!({"type": "object", "properties": {
            "a": {"type": "string"}, "b": {"type": "string", "nullable": true},
        }});
        assert_eq!(
            messages(&schema, &json!({"a": 1, "b": null})),
            ["a: Invalid value: \"integer\": a in body must be of type string: \"integer\""]
        );
    }

    #[test]
    fn keys_of_a_list_map_are_unique() {
        let schema = json!({
            "type": "array",
            "items": {"type": "object"},
            "x-kubernetes-list-type": "map",
            "x-kubernetes-list-map-keys": ["type"],
        });
        let causes = messages(&schema, &json!([{"type": "Ready"}, {"type": "Ready"}]));
        assert_eq!(causes, ["[1]: Duplicate value: {\"type\":\"Ready\"}"]);
    }
}
