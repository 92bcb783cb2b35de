//! What a schema makes of an object: unknown fields, defaults, and what is wrong with it.
//!
//! Source: k8s.io/apiextensions-apiserver `schema/{pruning,defaulting}` and kube-openapi
//! `validation`.

use std::collections::HashMap;
use std::sync::{LazyLock, Mutex, PoisonError};

use regex::Regex;
use serde_json::{Map, Value};

use super::formats;
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

/// Removes the nulls that are no value of their field; defaults have been set before.
pub(crate) fn drop_nulls(value: &mut Value, schema: Schema<'_>) {
    match value {
        Value::Object(object) => {
            object.retain(|name, field| {
                let is_value = match schema.field(name) {
                    Field::Declared(below) => below.is_nullable() || below.is_embedded_type(),
                    Field::Free(below) => below.is_nullable() || below.is_undeclared(),
                    Field::Unknown => true,
                };
                is_value || !field.is_null()
            });
            for (name, field) in object {
                drop_nulls(field, schema.at(name));
            }
        }
        Value::Array(list) => list.iter_mut().for_each(|item| drop_nulls(item, schema.items())),
        _ => {}
    }
}

/// Everything that is wrong with `value`; metadata is checked elsewhere.
///
/// Rules (`x-kubernetes-validations`) are not run. Where the real server would not run them either,
/// because the object is too wrong for it, it says so, and so does this.
pub(crate) fn validate(value: &Value, schema: Schema<'_>) -> Vec<Cause> {
    const BLOCKING: &[&str] = &[
        "FieldValueNotSupported",
        "FieldValueRequired",
        "FieldValueTooLong",
        "FieldValueTooMany",
        "FieldValueTypeInvalid",
    ];
    let mut causes = Vec::new();
    check(value, schema, "", &mut causes);
    let is_blocked = causes.iter().any(|cause| BLOCKING.contains(&cause.reason));
    if is_blocked && schema.has_rules() {
        let why = "some validation rules were not checked because the object was invalid; correct \
                   the existing errors to complete validation";
        causes.push(Cause::invalid(NOWHERE, &Value::Null, why));
    }
    causes
}

/// Everything that is wrong with a status that is written through its own endpoint, where the real
/// server's sentences leave out that it is one.
pub(crate) fn validate_status(status: &Value, schema: Schema<'_>) -> Vec<Cause> {
    if status.is_null() {
        return Vec::new();
    }
    let mut causes = validate(status, schema.at("status"));
    for cause in causes.iter_mut().filter(|cause| cause.field != NOWHERE) {
        cause.field = join("status", &cause.field);
    }
    causes
}

/// The field of a cause that is about none.
const NOWHERE: &str = "<nil>";

fn join(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") }
}

fn check(value: &Value, schema: Schema<'_>, path: &str, causes: &mut Vec<Cause>) {
    if value.is_null() && schema.is_nullable() {
        return;
    }
    if let Some(cause) = check_type(value, schema, path) {
        causes.push(cause);
        check_combinations(value, schema, path, causes);
        if value.is_f64() && schema.type_name() == "integer" {
            causes.push(out_of_range(schema, path));
        }
        return;
    }
    check_combinations(value, schema, path, causes);
    match value {
        Value::String(text) => check_string(text, schema, path, causes),
        Value::Number(number) => check_number(number, schema, path, causes),
        Value::Array(list) => check_list(list, schema, path, causes),
        _ => {}
    }
    check_enum(value, schema, path, causes);
    if let Value::Object(object) = value {
        check_object(object, schema, path, causes);
    }
}

fn check_type(value: &Value, schema: Schema<'_>, path: &str) -> Option<Cause> {
    let expected = schema.type_name();
    let actual = match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(number) if number.as_f64().is_some_and(|n| n.fract() != 0.0) => "number",
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

/// The first thing that is wrong with a text.
fn check_string(text: &str, schema: Schema<'_>, path: &str, causes: &mut Vec<Cause>) {
    let length = text.chars().count() as u64;
    let shown = Value::from(text);
    if let Some(limit) = number(schema, "maxLength").filter(|limit| length > *limit) {
        let message = format!("Too long: may not be more than {limit} bytes");
        causes.push(Cause::new("FieldValueTooLong", path, message));
        return;
    }
    if let Some(limit) = number(schema, "minLength").filter(|limit| length < *limit) {
        let detail = format!("{path} in body should be at least {limit} chars long");
        causes.push(Cause::invalid(path, &shown, &detail));
        return;
    }
    let pattern = schema.keyword("pattern").and_then(Value::as_str);
    let breaks = |pattern: &&str| compiled(pattern).is_some_and(|regex| !regex.is_match(text));
    if let Some(pattern) = pattern.filter(breaks) {
        let detail = format!("{path} in body should match '{pattern}'");
        causes.push(Cause::invalid(path, &shown, &detail));
        return;
    }
    let format = schema.keyword("format").and_then(Value::as_str).unwrap_or_default();
    if !formats::fits(text, format) {
        let message =
            format!("Invalid value: {shown}: {path} in body must be of type {format}: {shown}");
        causes.push(Cause::new("FieldValueTypeInvalid", path, message));
    }
}

/// A pattern of a schema, compiled once. One that this engine cannot read (look-around does not exist in Go
/// either) is skipped by the real server's library as well.
fn compiled(pattern: &str) -> Option<Regex> {
    static PATTERNS: LazyLock<Mutex<HashMap<String, Option<Regex>>>> =
        LazyLock::new(Mutex::default);
    let mut patterns = PATTERNS.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = patterns.get(pattern) {
        return known.clone();
    }
    let regex = Regex::new(pattern).ok();
    patterns.insert(pattern.to_owned(), regex.clone());
    regex
}

/// A number that its type or format cannot hold.
fn out_of_range(schema: Schema<'_>, path: &str) -> Cause {
    let format = match schema.keyword("format").and_then(Value::as_str) {
        Some(format) => format!("with format {format}"),
        None => "(default format)".to_owned(),
    };
    let detail = format!("Checked value must be of type {} {format} in {path}", schema.type_name());
    Cause::invalid(NOWHERE, &Value::from(""), &detail)
}

fn check_number(
    value: &serde_json::Number,
    schema: Schema<'_>,
    path: &str,
    causes: &mut Vec<Cause>,
) {
    let Some(actual) = value.as_f64() else { return };
    let is_32_bit = schema.keyword("format").is_some_and(|format| format == "int32");
    if is_32_bit && value.as_i64().is_none_or(|value| i32::try_from(value).is_err()) {
        causes.push(out_of_range(schema, path));
    }
    let bound = |keyword| schema.keyword(keyword).and_then(Value::as_f64);
    let is_exclusive = |keyword| schema.keyword(keyword).and_then(Value::as_bool) == Some(true);
    let shown = Value::Number(value.clone());
    if let Some(factor) = bound("multipleOf").filter(|factor| (actual / factor).fract() != 0.0) {
        let detail = format!("{path} in body should be a multiple of {factor}");
        causes.push(Cause::invalid(path, &shown, &detail));
    }
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
    let embedded = match schema.is_embedded_resource() {
        true => ["apiVersion", "kind"].as_slice(),
        false => &[],
    };
    let required = schema.required().chain(embedded.iter().copied());
    for name in required.filter(|name| !object.contains_key(*name)) {
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
    let branches = |keyword| schema.keyword(keyword).and_then(Value::as_array).map(Vec::as_slice);
    let fits = |branch: &Value| {
        let mut found = Vec::new();
        check(value, Schema::new(branch), path, &mut found);
        found.is_empty()
    };
    for branch in branches("allOf").into_iter().flatten() {
        check(value, Schema::new(branch), path, causes);
    }
    let refuse =
        |text: &str| Cause::invalid(NOWHERE, &Value::from(""), &format!("{path:?} must {text}"));
    // What is wrong with the first branch stands for the rest.
    let first = |list: &[Value]| {
        let mut found = Vec::new();
        if let Some(branch) = list.first() {
            check(value, Schema::new(branch), path, &mut found);
        }
        found
    };
    if let Some(list) = branches("anyOf").filter(|list| !list.iter().any(fits)) {
        causes.push(refuse("validate at least one schema (anyOf)"));
        causes.extend(first(list));
    }
    if let Some(list) = branches("oneOf") {
        const ONE: &str = "validate one and only one schema (oneOf). Found";
        match list.iter().filter(|branch| fits(branch)).count() {
            1 => {}
            0 => {
                causes.push(refuse(&format!("{ONE} none valid")));
                causes.extend(first(list));
            }
            many => causes.push(refuse(&format!("{ONE} {many} valid alternatives"))),
        }
    }
    if schema.keyword("not").is_some_and(fits) {
        causes.push(refuse("not validate the schema (not)"));
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
    fn the_first_thing_wrong_with_a_text_is_named() {
        let schema = json!({"type": "string", "minLength": 2, "pattern": "^[a-z]+$"});
        assert_eq!(
            messages(&schema, &json!("1")),
            [": Invalid value: \"1\":  in body should be at least 2 chars long"]
        );
    }

    #[test]
    fn rules_that_are_not_run_are_mentioned_where_the_server_gives_up() {
        let schema = json!({"type": "object", "properties": {
            "a": {"type": "string", "maxLength": 1},
            "b": {"type": "string", "x-kubernetes-validations": [{"rule": "self != ''"}]},
        }});
        let found = messages(&schema, &json!({"a": "long"}));
        assert_eq!(found[0], "a: Too long: may not be more than 1 bytes");
        assert!(found[1].starts_with("<nil>: Invalid value: null: some validation rules"));
        assert_eq!(messages(&schema, &json!({"a": "s", "b": ""})), [""; 0]);
    }

    #[test]
    fn a_refused_alternative_tells_what_the_first_wants() {
        let schema = json!({"type": "object", "anyOf": [{"required": ["a"]}, {"required": ["b"]}]});
        let top = json!({"type": "object", "properties": {"x": schema}});
        assert_eq!(
            messages(&top, &json!({"x": {}})),
            [
                "<nil>: Invalid value: \"\": \"x\" must validate at least one schema (anyOf)",
                "x.a: Required value",
            ]
        );
    }

    #[test]
    fn numbers_fit_their_type_and_format() {
        let schema = json!({"type": "object", "properties": {
            "n": {"type": "integer"},
            "i": {"type": "integer", "format": "int32"},
            "m": {"type": "integer", "multipleOf": 5},
        }});
        assert_eq!(messages(&schema, &json!({"n": 2.0, "i": 7, "m": 10})), [""; 0]);
        assert_eq!(
            messages(&schema, &json!({"n": 1.5, "i": 9_999_999_999_i64, "m": 7})),
            [
                "n: Invalid value: \"number\": n in body must be of type integer: \"number\"",
                "<nil>: Invalid value: \"\": Checked value must be of type integer (default \
                 format) in n",
                "<nil>: Invalid value: \"\": Checked value must be of type integer with format \
                 int32 in i",
                "m: Invalid value: 7: m in body should be a multiple of 5",
            ]
        );
    }

    #[test]
    fn a_status_by_itself_is_not_mentioned() {
        let schema = json!({"type": "object", "properties": {"status": {
            "type": "object", "properties": {"n": {"type": "integer", "minimum": 1}},
        }}});
        let causes = validate_status(&json!({"n": 0}), Schema::new(&schema));
        assert_eq!(
            causes[0].to_string(),
            "status.n: Invalid value: 0: n in body should be greater than or equal to 1"
        );
    }

    #[test]
    fn nulls_go_where_they_are_no_value() {
        let schema = json!({"type": "object", "properties": {
            "a": {"type": "string"},
            "n": {"type": "string", "nullable": true},
            "map": {"type": "object", "additionalProperties": {"type": "string"}},
            "free": {"type": "object", "x-kubernetes-preserve-unknown-fields": true},
        }});
        let mut value = json!({"a": null, "n": null, "map": {"k": null}, "free": {"x": null}});
        drop_nulls(&mut value, Schema::new(&schema));
        assert_eq!(value, json!({"n": null, "map": {}, "free": {"x": null}}));
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
