//! Placeholders for what differs from server to server: uids, resource versions, times, generated
//! names, and continue tokens, which are nobody's to read. Nothing else, but the order of fields.
//!
//! Of one object, the uids and versions that a scenario sees are numbered, so that an object that
//! was not changed differs from one that was.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use regex::Regex;
use serde_json::{Map, Value};

static SECONDS: LazyLock<Regex> = LazyLock::new(|| pattern(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ"));
static MICROSECONDS: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z"));
/// How a table shows a time.
static AGE: LazyLock<Regex> = LazyLock::new(|| pattern(r"^\d+s$"));
/// Versions in the words of failures, and in objects that these quote.
static VERSIONS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r#"(?P<words>[Rr]esource ?[Vv]ersion(: |\\*":\\*"))\d+( \(\d+\)|, current: \d+)?"#)
});

fn pattern(pattern: &str) -> Regex {
    Regex::new(pattern).expect("a valid pattern")
}

/// What one scenario's answers from one server hold that is only that server's.
#[derive(Default)]
pub(crate) struct Normal {
    /// Placeholders of uids and generated names.
    words: BTreeMap<String, String>,
    /// The uids of a name.
    uids: BTreeMap<String, Vec<String>>,
    /// The versions of a uid.
    versions: BTreeMap<String, Vec<String>>,
}

impl Normal {
    /// Puts placeholders into the bodies of a scenario's answers, which come in their order.
    pub(crate) fn all<'a>(bodies: impl Iterator<Item = &'a mut Value>) {
        let mut normal = Self::default();
        let mut bodies: Vec<&mut Value> = bodies.collect();
        bodies.iter().for_each(|body| normal.learn(body));
        bodies.iter_mut().for_each(|body| normal.replace(body));
    }

    fn learn(&mut self, value: &Value) {
        match value {
            Value::Array(items) => items.iter().for_each(|item| self.learn(item)),
            Value::Object(fields) => {
                if let Some(Value::Object(metadata)) = fields.get("metadata") {
                    self.learn_object(metadata);
                }
                fields.values().for_each(|field| self.learn(field));
            }
            _ => {}
        }
    }

    fn learn_object(&mut self, metadata: &Map<String, Value>) {
        let text = |key: &str| metadata.get(key).and_then(Value::as_str);
        let (Some(name), Some(uid)) = (text("name"), text("uid")) else { return };
        let mut known_as = name;
        if let Some(beginning) = text("generateName").filter(|begin| name.starts_with(begin)) {
            self.words.insert(name.to_owned(), format!("{beginning}[NAME]"));
            known_as = beginning;
        }
        let number = position(self.uids.entry(known_as.to_owned()).or_default(), uid);
        self.words.insert(uid.to_owned(), format!("[UID {number}]"));
        if let Some(version) = text("resourceVersion") {
            position(self.versions.entry(uid.to_owned()).or_default(), version);
        }
    }

    fn replace(&self, value: &mut Value) {
        match value {
            Value::Array(items) => items.iter_mut().for_each(|item| self.replace(item)),
            Value::Object(fields) => self.replace_fields(fields),
            Value::String(text) => *text = self.word(text),
            _ => {}
        }
    }

    fn replace_fields(&self, fields: &mut Map<String, Value>) {
        // The owners of an object's fields are told by the names of these.
        *fields = std::mem::take(fields)
            .into_iter()
            .map(|(name, value)| match name.starts_with("k:") {
                true => (self.word(&name), value),
                false => (name, value),
            })
            .collect();
        let versions =
            fields.get("uid").and_then(Value::as_str).and_then(|uid| self.versions.get(uid));
        let versions = versions.cloned().unwrap_or_default();
        for (name, value) in fields {
            match (name.as_str(), value) {
                ("resourceVersion", Value::String(version)) if !version.is_empty() => {
                    let number = versions.iter().position(|known| known == version);
                    *version = match number {
                        Some(number) => format!("[VERSION {}]", number + 1),
                        None => "[VERSION]".to_owned(),
                    };
                }
                ("continue", Value::String(token)) if !token.is_empty() => {
                    "[CONTINUE]".clone_into(token);
                }
                ("cells", Value::Array(cells)) => {
                    for cell in cells {
                        match cell {
                            Value::String(text) if AGE.is_match(text) => "[AGE]".clone_into(text),
                            cell => self.replace(cell),
                        }
                    }
                }
                (_, value) => self.replace(value),
            }
        }
    }

    fn word(&self, text: &str) -> String {
        let text = in_order(text);
        let text = MICROSECONDS.replace_all(&text, "[MICROTIME]");
        let text = SECONDS.replace_all(&text, "[TIME]");
        let text = VERSIONS.replace_all(&text, "$words[VERSION]").into_owned();
        self.words.iter().fold(text, |text, (word, placeholder)| text.replace(word, placeholder))
    }
}

/// Puts the fields of an object that a failure quotes in alphabetical order: in what order a server
/// writes fields is its own.
fn in_order(text: &str) -> String {
    const BEFORE: &str = "Invalid value: ";
    let Some((start, rest)) = text.split_once(BEFORE) else { return text.to_owned() };
    let mut quoted = serde_json::Deserializer::from_str(rest).into_iter::<String>();
    let object = quoted.next().and_then(|quoted| serde_json::from_str(&quoted.ok()?).ok());
    let Some(object @ Value::Object(_)) = object else { return text.to_owned() };
    let rest = &rest[quoted.byte_offset()..];
    format!("{start}{BEFORE}{}{rest}", sorted(object))
}

fn sorted(value: Value) -> Value {
    match value {
        Value::Object(fields) => {
            let fields: BTreeMap<_, _> = fields.into_iter().collect();
            fields.into_iter().map(|(name, value)| (name, sorted(value))).collect()
        }
        Value::Array(items) => items.into_iter().map(sorted).collect(),
        value => value,
    }
}

/// The number of `text` among what is known, to which it is added when it is new.
fn position(known: &mut Vec<String>, text: &str) -> usize {
    let found = known.iter().position(|known| known == text);
    found.unwrap_or_else(|| {
        known.push(text.to_owned());
        known.len() - 1
    }) + 1
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn an_unchanged_object_differs_from_a_changed_one() {
        let seen = |version: &str| json!({"metadata": {"name": "a", "uid": "1-2", "resourceVersion": version}});
        let mut bodies = [seen("7"), seen("7"), seen("9")];
        Normal::all(bodies.iter_mut());
        let versions = bodies.map(|body| body["metadata"]["resourceVersion"].clone());
        assert_eq!(versions, ["[VERSION 1]", "[VERSION 1]", "[VERSION 2]"]);
    }

    #[test]
    fn the_order_of_quoted_fields_is_no_difference() {
        let one = r#"Invalid value: "{\"b\":{\"d\":1,\"c\":2},\"a\":1}": no"#;
        let other = r#"Invalid value: "{\"a\":1,\"b\":{\"c\":2,\"d\":1}}": no"#;
        assert_eq!(in_order(one), in_order(other));
        assert_eq!(in_order("Invalid value: \"{\": no"), "Invalid value: \"{\": no");
    }

    #[test]
    fn what_a_message_quotes_is_replaced() {
        let mut bodies = [
            json!({"metadata": {"name": "run-x7k2p", "generateName": "run-", "uid": "1-2"}}),
            json!({"message": "run-x7k2p has 1-2", "at": "2026-01-01T00:00:00Z"}),
            json!("too old resource version: 5 (19)"),
            json!("not {\"resourceVersion\":\"5\"}"),
        ];
        Normal::all(bodies.iter_mut());
        assert_eq!(bodies[1], json!({"message": "run-[NAME] has [UID 1]", "at": "[TIME]"}));
        assert_eq!(bodies[2], "too old resource version: [VERSION]");
        assert_eq!(bodies[3], "not {\"resourceVersion\":\"[VERSION]\"}");
    }
}
