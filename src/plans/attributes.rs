//! What a change does to attributes, with sensitive values masked before anything else is done with them.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::summary::{Attribute, Masking, Shown};

/// What stands in a larger value for a sensitive part of it.
const HIDDEN: &str = "(sensitive value)";

/// Two sides of a value, and what is known about each.
///
/// `after_unknown` and the marks have the shape of the value down to where they are `true` as a whole.
/// Source: OpenTofu's documentation, "JSON Output Format", change representation.
#[derive(Clone, Copy)]
struct Sides<'a> {
    before: &'a Value,
    after: &'a Value,
    unknown: &'a Value,
    before_marks: &'a Value,
    after_marks: &'a Value,
}

/// The attributes that a change representation touches, in the order of their names. Those of an output
/// begin with `root`.
pub(super) fn of(change: &Value, root: &str, masking: Masking) -> Vec<Attribute> {
    let sides = Sides {
        before: &change["before"],
        after: &change["after"],
        unknown: &change["after_unknown"],
        before_marks: &change["before_sensitive"],
        after_marks: &change["after_sensitive"],
    };
    let forcing = change["replace_paths"].as_array().map_or(&[][..], Vec::as_slice);
    let mut walk = Walk { masking, forcing, path: Vec::new(), root, found: Vec::new() };
    walk.visit(sides);
    walk.found
}

struct Walk<'a> {
    masking: Masking,
    /// Paths of the attributes that force a replacement.
    forcing: &'a [Value],
    path: Vec<Value>,
    root: &'a str,
    found: Vec<Attribute>,
}

impl Walk<'_> {
    fn visit(&mut self, sides: Sides<'_>) {
        let is_marked = *sides.before_marks == true || *sides.after_marks == true;
        let is_hidden = is_marked && self.masking == Masking::Masked;
        if is_hidden || *sides.unknown == true {
            return self.leaf(sides, is_hidden);
        }
        let values = [sides.before, sides.after, sides.unknown];
        let may_be = |is: fn(&Value) -> bool| {
            values.into_iter().any(is)
                && [sides.before, sides.after].into_iter().all(|value| value.is_null() || is(value))
        };
        if may_be(Value::is_object) {
            self.members(sides, values);
        } else if may_be(Value::is_array) {
            self.elements(sides, values);
        } else {
            self.leaf(sides, false);
        }
    }

    fn members(&mut self, sides: Sides<'_>, values: [&Value; 3]) {
        let keys: BTreeSet<&String> =
            values.into_iter().filter_map(Value::as_object).flat_map(Map::keys).collect();
        if keys.is_empty() {
            return self.leaf(sides, false);
        }
        for key in keys {
            self.path.push(Value::String(key.clone()));
            self.visit(sides.part(|value| value.get(key)));
            self.path.pop();
        }
    }

    fn elements(&mut self, sides: Sides<'_>, values: [&Value; 3]) {
        let length = values.into_iter().filter_map(Value::as_array).map(Vec::len).max();
        let length = length.unwrap_or_default();
        if length == 0 {
            return self.leaf(sides, false);
        }
        for index in 0..length {
            self.path.push(Value::from(index));
            self.visit(sides.part(|value| value.get(index)));
            self.path.pop();
        }
    }

    /// A value that is told as a whole, if it changes.
    fn leaf(&mut self, sides: Sides<'_>, is_hidden: bool) {
        let is_unknown = holds_true(sides.unknown);
        if sides.before == sides.after && !is_unknown {
            return;
        }
        let side = |value: &Value, marks: &Value| match value {
            Value::Null => None,
            _ if is_hidden => Some(Shown::Sensitive),
            value => Some(Shown::Value(masked(value, marks, self.masking))),
        };
        let after = match is_unknown {
            true => Some(Shown::Unknown),
            false => side(sides.after, sides.after_marks),
        };
        self.found.push(Attribute {
            path: told(self.root, &self.path),
            before: side(sides.before, sides.before_marks),
            after,
            forces_replacement: self.forcing.iter().any(|path| leads_along(path, &self.path)),
        });
    }
}

impl<'a> Sides<'a> {
    fn part(&self, part: impl Fn(&'a Value) -> Option<&'a Value>) -> Self {
        let part = |value| part(value).unwrap_or(&Value::Null);
        // A mark of the whole is one of each part.
        let mark = |marks: &'a Value| if *marks == true { marks } else { part(marks) };
        Self {
            before: part(self.before),
            after: part(self.after),
            unknown: part(self.unknown),
            before_marks: mark(self.before_marks),
            after_marks: mark(self.after_marks),
        }
    }
}

/// Whether anything in there is `true`.
fn holds_true(value: &Value) -> bool {
    match value {
        Value::Bool(is_true) => *is_true,
        Value::Array(items) => items.iter().any(holds_true),
        Value::Object(members) => members.values().any(holds_true),
        _ => false,
    }
}

/// A value without its sensitive parts.
fn masked(value: &Value, marks: &Value, masking: Masking) -> Value {
    match (value, marks) {
        _ if masking == Masking::Revealed => value.clone(),
        (_, Value::Bool(true)) => Value::String(HIDDEN.to_owned()),
        (Value::Object(members), Value::Object(marks)) => {
            let member = |(key, value): (&String, &Value)| {
                (key.clone(), masked(value, marks.get(key).unwrap_or(&Value::Null), masking))
            };
            Value::Object(members.iter().map(member).collect())
        }
        (Value::Array(items), Value::Array(marks)) => {
            let item = |(index, value): (usize, &Value)| {
                masked(value, marks.get(index).unwrap_or(&Value::Null), masking)
            };
            Value::Array(items.iter().enumerate().map(item).collect())
        }
        _ => value.clone(),
    }
}

/// Whether one of two paths leads to the other's end or beyond.
fn leads_along(forcing: &Value, path: &[Value]) -> bool {
    let Some(forcing) = forcing.as_array() else { return false };
    forcing.iter().zip(path).all(|(one, other)| one == other)
}

/// `tags["a b"].ports[0]`
fn told(root: &str, path: &[Value]) -> String {
    let mut told = root.to_owned();
    for step in path {
        match step.as_str() {
            Some(key) if is_plain(key) => {
                if !told.is_empty() {
                    told.push('.');
                }
                told.push_str(key);
            }
            _ => told.push_str(&format!("[{step}]")),
        }
    }
    told
}

fn is_plain(key: &str) -> bool {
    let is_plain = |character: char| character.is_ascii_alphanumeric() || "_-".contains(character);
    !key.is_empty() && key.chars().all(is_plain)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// `path: before -> after`, one for each attribute.
    fn lines(change: Value, masking: Masking) -> Vec<String> {
        let side = |side: Option<Shown>| match side {
            None => "none".to_owned(),
            Some(Shown::Value(value)) => value.to_string(),
            Some(Shown::Sensitive) => "hidden".to_owned(),
            Some(Shown::Unknown) => "unknown".to_owned(),
        };
        let line = |attribute: Attribute| {
            let forced = if attribute.forces_replacement { " !" } else { "" };
            let Attribute { path, before, after, .. } = attribute;
            format!("{path}: {} -> {}{forced}", side(before), side(after))
        };
        of(&change, "", masking).into_iter().map(line).collect()
    }

    #[test]
    fn only_what_changes_is_told() {
        let change = json!({
            "before": {"size": 1, "name": "a", "tags": {"x": "1", "y z": "2"}, "ports": [80, 443]},
            "after": {"size": 2, "name": "a", "tags": {"x": "1", "y z": "3"}, "ports": [80]},
            "after_unknown": {"id": true, "tags": {}},
            "replace_paths": [["tags", "y z"]],
        });
        assert_eq!(
            lines(change, Masking::Masked),
            [
                "id: none -> unknown",
                "ports[1]: 443 -> none",
                "size: 1 -> 2",
                "tags[\"y z\"]: \"2\" -> \"3\" !"
            ]
        );
    }

    #[test]
    fn sensitive_values_are_hidden_wherever_they_are() {
        let change = json!({
            "before": {"key": "old-secret", "same": "kept-secret", "map": {"a": "old-secret", "b": 1}},
            "after": {"key": "new-secret", "same": "kept-secret", "map": {"a": "new-secret", "b": 2}},
            "after_unknown": {},
            "before_sensitive": {"key": true, "same": true, "map": {"a": true}},
            "after_sensitive": {"key": true, "same": true},
        });
        let masked = lines(change.clone(), Masking::Masked);
        assert_eq!(masked, ["key: hidden -> hidden", "map.a: hidden -> hidden", "map.b: 1 -> 2"]);
        let revealed = lines(change, Masking::Revealed);
        assert_eq!(revealed[0], "key: \"old-secret\" -> \"new-secret\"");
    }

    #[test]
    fn no_part_of_a_sensitive_whole_is_told() {
        for marks in [json!(true), json!({"deep": true}), json!({"deep": {"er": [true]}})] {
            let change = json!({
                "before": null, "after": {"deep": {"er": ["secret"]}},
                "before_sensitive": false, "after_sensitive": marks,
            });
            let told = lines(change, Masking::Masked).join("\n");
            assert!(told.contains("hidden") && !told.contains("secret"), "{marks}: {told}");
        }
    }

    #[test]
    fn a_value_that_changes_its_shape_hides_its_parts() {
        let change = json!({
            "before": {"a": {"key": "secret", "n": 1}}, "after": {"a": "text"},
            "before_sensitive": {"a": {"key": true}}, "after_sensitive": {},
        });
        let hidden = r#"a: {"key":"(sensitive value)","n":1} -> "text""#;
        assert_eq!(lines(change, Masking::Masked), [hidden]);
        let unknown = json!({
            "before": {"list": ["secret", 2]}, "after": {}, "after_unknown": {"list": true},
            "before_sensitive": {"list": [true, false]}, "after_sensitive": {},
        });
        let hidden = r#"list: ["(sensitive value)",2] -> unknown"#;
        assert_eq!(lines(unknown, Masking::Masked), [hidden]);
    }
}
