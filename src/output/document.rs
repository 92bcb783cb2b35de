//! Objects as JSON, YAML or names: what `-o` prints.

use anyhow::{Context as _, Result};
use kube::api::DynamicObject;
use serde_json::{Value, json};

use super::is_unsafe;

/// Forms in which whole objects are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Document {
    /// Indented JSON.
    Json,
    /// YAML.
    Yaml,
}

impl Document {
    /// One `v1 List` of the objects, complete but for `metadata.managedFields`; empty for none.
    ///
    /// # Errors
    /// When an object cannot be written in this form.
    pub fn list<'a>(self, objects: impl IntoIterator<Item = &'a DynamicObject>) -> Result<String> {
        self.text(&list_of(objects)?)
    }

    /// One value.
    ///
    /// # Errors
    /// When it cannot be written in this form.
    pub fn text(self, value: &Value) -> Result<String> {
        match self {
            Self::Json => {
                let text = serde_json::to_string_pretty(value).context("cannot write JSON")?;
                Ok(escape(&text) + "\n")
            }
            Self::Yaml => yaml(value),
        }
    }
}

/// One `v1 List` of objects, complete but for `metadata.managedFields`.
///
/// # Errors
/// When an object cannot be written as JSON.
pub fn list_of<'a>(objects: impl IntoIterator<Item = &'a DynamicObject>) -> Result<Value> {
    let items = objects.into_iter().map(value_of).collect::<Result<Vec<_>>>()?;
    Ok(json!({
        "apiVersion": "v1",
        "items": items,
        "kind": "List",
        "metadata": {"resourceVersion": ""},
    }))
}

/// Manifests, one document each: keys in alphabetical order, `---` before every one of them.
///
/// # Errors
/// When a value has no form in YAML, which no JSON value lacks.
pub fn manifests(manifests: &[Value]) -> Result<String> {
    let mut text = String::new();
    for manifest in manifests {
        let mut sorted = manifest.clone();
        sorted.sort_all_objects();
        text += "---\n";
        text += &yaml(&sorted)?;
    }
    Ok(text)
}

/// What happened to a watched object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EventType {
    /// It is there, or it came.
    Added,
    /// It changed.
    Modified,
    /// It is gone.
    Deleted,
}

/// One watch event on one line: `{"type":"ADDED","object":{…}}`, as the Kubernetes API sends it.
///
/// # Errors
/// When the object cannot be written as JSON.
pub fn event_line(event: EventType, object: &DynamicObject) -> Result<String> {
    let word = match event {
        EventType::Added => "ADDED",
        EventType::Modified => "MODIFIED",
        EventType::Deleted => "DELETED",
    };
    Ok(line(&json!({"type": word, "object": value_of(object)?})))
}

/// One value as JSON on one line.
#[must_use]
pub fn line(value: &Value) -> String {
    escape(&value.to_string()) + "\n"
}

/// An object as it is in the cluster. Managed fields are left out, as kubectl does: they are longer than
/// the rest and for machines that would ask the API themselves.
///
/// # Errors
/// When it cannot be written as JSON.
pub fn value_of(object: &DynamicObject) -> Result<Value> {
    let mut value = serde_json::to_value(object).context("cannot write JSON")?;
    if let Some(metadata) = value.get_mut("metadata").and_then(Value::as_object_mut) {
        metadata.remove("managedFields");
    }
    Ok(value)
}

/// Writes out in JSON what a terminal would obey; the value stays the same.
///
/// Outside of strings JSON has no such characters, and inside of them it knows `\u`.
#[must_use]
pub fn escape(json: &str) -> String {
    if !json.chars().any(is_unsafe) {
        return json.to_owned();
    }
    let mut escaped = String::with_capacity(json.len() + 32);
    let mut units = [0; 2];
    for character in json.chars() {
        if is_unsafe(character) {
            for unit in character.encode_utf16(&mut units) {
                escaped += &format!("\\u{unit:04x}");
            }
        } else {
            escaped.push(character);
        }
    }
    escaped
}

/// YAML, or JSON where the text holds what a terminal would obey: that is YAML too, and knows `\u`.
fn yaml(value: &Value) -> Result<String> {
    if holds(value, &|text| text.chars().any(|c| is_unsafe(c) && c != '\t')) {
        return Document::Json.text(value);
    }
    let options = serde_yaml::ser_options! {
        folded_wrap_chars: usize::MAX,
        // kubectl refuses a block whose first line begins with a tab.
        prefer_block_scalars: !holds(value, &|text| text.starts_with('\t')),
    };
    serde_yaml::to_string_with_options(value, options).context("cannot write YAML")
}

/// Whether any text in a value, keys included, has a property.
fn holds(value: &Value, property: &impl Fn(&str) -> bool) -> bool {
    match value {
        Value::String(text) => property(text),
        Value::Array(items) => items.iter().any(|item| holds(item, property)),
        Value::Object(fields) => {
            fields.iter().any(|(key, value)| property(key) || holds(value, property))
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use snapbox::{assert_data_eq, str};

    use super::*;

    fn object(message: &str) -> DynamicObject {
        serde_json::from_value(json!({
            "apiVersion": "kustomize.toolkit.fluxcd.io/v1",
            "kind": "Kustomization",
            "metadata": {"name": "apps", "managedFields": [{"manager": "flux"}]},
            "status": {"conditions": [{"type": "Ready", "message": message}]},
        }))
        .expect("an object")
    }

    #[test]
    fn json_is_a_list_without_managed_fields() {
        assert_data_eq!(
            Document::Json.list([&object("ok")]).unwrap(),
            str![[r#"
{
  "apiVersion": "v1",
  "items": [
    {
      "apiVersion": "kustomize.toolkit.fluxcd.io/v1",
      "kind": "Kustomization",
      "metadata": {
        "name": "apps"
      },
      "status": {
        "conditions": [
          {
            "type": "Ready",
            "message": "ok"
          }
        ]
      }
    }
  ],
  "kind": "List",
  "metadata": {
    "resourceVersion": ""
  }
}

"#]]
        );
    }

    #[test]
    fn none_is_an_empty_list() {
        let json: Value = serde_json::from_str(&Document::Json.list([]).unwrap()).unwrap();
        assert_eq!(json["items"], json!([]));
        let yaml = Document::Yaml.list([]).unwrap();
        assert_data_eq!(
            yaml,
            str![[r#"
apiVersion: v1
items: []
kind: List
metadata:
  resourceVersion: ""

"#]]
        );
    }

    #[test]
    fn values_survive_and_no_terminal_obeys_them() {
        for message in
            ["ok", "a\u{1b}[2Jb", "x\u{202e}y", "\u{9b}31m", "l1\nl2\n", "\ttab", "on", "é"]
        {
            for document in [Document::Json, Document::Yaml] {
                let text = document.list([&object(message)]).unwrap();
                assert!(
                    !text.chars().any(|c| is_unsafe(c) && c != '\t'),
                    "{document:?} {message:?}: {text}"
                );
                let read: Value = serde_yaml::from_str(&text).unwrap();
                let back = &read["items"][0]["status"]["conditions"][0]["message"];
                assert_eq!(back, message, "{document:?}: {text}");
            }
        }
    }

    #[test]
    fn manifests_are_documents_with_sorted_keys() {
        let text = manifests(&[json!({"kind": "B", "apiVersion": "v1"}), json!({"a": "1"})]);
        assert_eq!(text.unwrap(), "---\napiVersion: v1\nkind: B\n---\na: \"1\"\n");
        assert_eq!(manifests(&[]).unwrap(), "");
    }

    #[test]
    fn an_event_is_one_line() {
        let line = event_line(EventType::Deleted, &object("l1\nl2")).unwrap();
        assert_eq!(line.lines().count(), 1);
        let event: Value = serde_json::from_str(&line).unwrap();
        assert_eq!(
            (&event["type"], &event["object"]["kind"]),
            (&json!("DELETED"), &json!("Kustomization"))
        );
    }
}
