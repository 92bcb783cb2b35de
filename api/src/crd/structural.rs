//! JSON Schema as derived, made into what an API server takes for a structural schema.
//!
//! Source: the rules of structural schemas in the Kubernetes documentation of custom resources.

use serde_json::{Map, Value};

/// Keywords that say nothing to an API server, or that it refuses.
const DROPPED: [&str; 3] = ["$schema", "title", "$defs"];

/// Formats that the controllers' definitions know; derive adds more, such as `uint32`.
const FORMATS: [&str; 3] = ["date-time", "int32", "int64"];

/// Says `schema` in the words of a structural schema.
///
/// Optional values lose their `null`, which the API server prunes; enumerations with documented values
/// become plain ones; closed objects become open ones, since it is the API server who knows what to do
/// with unknown fields; required fields are sorted; descriptions become plain text.
#[must_use]
pub fn structural(schema: Value) -> Value {
    let Value::Object(mut schema) = schema else {
        // `true`: a field of any type.
        return Value::Object(Map::new());
    };
    for keyword in DROPPED {
        schema.remove(keyword);
    }
    drop_null(&mut schema);
    unite_constants(&mut schema);
    if schema.get("additionalProperties") == Some(&Value::Bool(false)) {
        schema.remove("additionalProperties");
    }
    if schema.get("format").is_some_and(|format| !FORMATS.iter().any(|known| format == known)) {
        schema.remove("format");
    }
    if let Some(Value::Array(required)) = schema.get_mut("required") {
        required.sort_by(|one, other| one.as_str().cmp(&other.as_str()));
    }
    if let Some(Value::String(description)) = schema.get_mut("description") {
        *description = plain(description);
    }
    below(&mut schema);
    Value::Object(schema)
}

/// Goes on with the schemas inside `schema`; the values of other keywords are not schemas.
fn below(schema: &mut Map<String, Value>) {
    if let Some(Value::Object(properties)) = schema.get_mut("properties") {
        properties.values_mut().for_each(go_on);
    }
    for keyword in ["items", "additionalProperties"] {
        if let Some(schema @ Value::Object(_)) = schema.get_mut(keyword) {
            go_on(schema);
        }
    }
}

fn go_on(schema: &mut Value) {
    *schema = structural(schema.take());
}

/// Takes out what derive adds for `Option`: the type `null`, the value `null` or the alternative `null`.
fn drop_null(schema: &mut Map<String, Value>) {
    if let Some(Value::Array(types)) = schema.get_mut("type") {
        types.retain(|name| name != "null");
        if let [only] = types.as_mut_slice() {
            let only = only.take();
            schema.insert("type".to_owned(), only);
        }
    }
    if let Some(Value::Array(values)) = schema.get_mut("enum") {
        values.retain(|value| !value.is_null());
    }
    let Some(Value::Array(alternatives)) = schema.get_mut("anyOf") else { return };
    let position = alternatives.iter().position(|alternative| alternative["type"] == "null");
    if let (Some(position), 2) = (position, alternatives.len()) {
        let some = alternatives.swap_remove(1 - position);
        schema.remove("anyOf");
        adopt(schema, some);
    }
}

/// Makes `oneOf` of documented constants an `enum`.
fn unite_constants(schema: &mut Map<String, Value>) {
    let Some(Value::Array(alternatives)) = schema.get("oneOf") else { return };
    let constants: Option<Vec<Value>> =
        alternatives.iter().map(|alternative| alternative.get("const").cloned()).collect();
    if let Some(constants) = constants {
        schema.remove("oneOf");
        schema.insert("type".to_owned(), "string".into());
        schema.insert("enum".to_owned(), constants.into());
    }
}

/// Puts the keywords of `other` into `schema`, whose own ones win.
fn adopt(schema: &mut Map<String, Value>, other: Value) {
    if let Value::Object(other) = other {
        for (keyword, value) in other {
            schema.entry(keyword).or_insert(value);
        }
    }
}

/// A doc comment as text: one line per paragraph, without the one that names its source.
fn plain(comment: &str) -> String {
    let paragraphs: Vec<_> = comment
        .split("\n\n")
        .filter(|paragraph| !paragraph.starts_with("Source:"))
        .map(|paragraph| paragraph.split_whitespace().collect::<Vec<_>>().join(" "))
        .collect();
    paragraphs.join("\n\n")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::structural;

    #[test]
    fn an_option_is_what_is_in_it() {
        let options = [
            (json!({ "type": ["string", "null"] }), json!({ "type": "string" })),
            (
                json!({ "type": ["string", "null"], "enum": ["a", null] }),
                json!({ "type": "string", "enum": ["a"] }),
            ),
            (
                json!({ "description": "Mine.", "anyOf": [
                    { "description": "Its.", "type": "object" }, { "type": "null" },
                ] }),
                json!({ "description": "Mine.", "type": "object" }),
            ),
        ];
        for (derived, expected) in options {
            assert_eq!(structural(derived), expected);
        }
    }

    #[test]
    fn alternatives_without_null_are_kept() {
        let number_or_text = json!({
            "anyOf": [{ "type": "integer" }, { "type": "string" }],
            "x-kubernetes-int-or-string": true,
        });
        assert_eq!(structural(number_or_text.clone()), number_or_text);
    }

    #[test]
    fn documented_constants_are_an_enumeration() {
        let derived = json!({ "anyOf": [
            { "oneOf": [
                { "const": "a", "type": "string", "description": "The first." },
                { "const": "b", "type": "string", "description": "The second." },
            ] },
            { "type": "null" },
        ] });
        assert_eq!(structural(derived), json!({ "type": "string", "enum": ["a", "b"] }));
    }

    #[test]
    fn objects_are_open_and_their_required_fields_sorted() {
        let derived = json!({
            "$schema": "draft", "title": "T", "type": "object", "additionalProperties": false,
            "required": ["title", "format"],
            "properties": { "title": true, "format": { "type": "integer", "format": "uint32" } },
        });
        let expected = json!({
            "type": "object",
            "required": ["format", "title"],
            "properties": { "title": {}, "format": { "type": "integer" } },
        });
        assert_eq!(structural(derived), expected);
    }

    #[test]
    fn schemas_below_are_found() {
        let derived =
            json!({ "items": { "additionalProperties": { "type": ["object", "null"] } } });
        let expected = json!({ "items": { "additionalProperties": { "type": "object" } } });
        assert_eq!(structural(derived), expected);
    }

    #[test]
    fn descriptions_are_text_without_the_source() {
        let derived = json!({ "description": "One\nline.\n\nMore.\n\nSource: somewhere,\nlater." });
        assert_eq!(structural(derived), json!({ "description": "One line.\n\nMore." }));
    }
}
