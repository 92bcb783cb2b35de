//! A `v1 List` that is written object by object, so that nobody has to keep all of it.

use anyhow::{Context as _, Result};
use kube::api::DynamicObject;
use serde_json::{Value, json};

use super::document::{Document, escape, value_of};

/// The text of a `v1 List` in pieces: together they are what [`Document::list`] says of the same objects.
///
/// One difference is left: of objects in YAML only those are written as JSON that hold what a terminal would
/// obey, and not all of them for the sake of one.
///
/// Without [`Self::end`] it is no document. The text is no JSON then, and in YAML it has no kind.
#[derive(Debug)]
pub struct Items {
    document: Document,
    /// What stands before the objects, and behind them.
    head: String,
    tail: String,
    is_empty: bool,
}

/// How deep an object stands in the list.
const JSON_INDENT: &str = "\n    ";

impl Items {
    /// The beginning of a list, of which nothing is written yet.
    ///
    /// # Errors
    /// When the form has no list, which is never.
    pub fn new(document: Document) -> Result<Self> {
        let empty = document.list([])?;
        let (head, tail) = empty.split_once("[]").context("a list without a place for objects")?;
        Ok(Self { document, head: head.to_owned(), tail: tail.to_owned(), is_empty: true })
    }

    /// The text up to the end of one more object.
    ///
    /// # Errors
    /// When the object cannot be written in this form.
    pub fn next(&mut self, object: DynamicObject) -> Result<String> {
        let is_first = std::mem::take(&mut self.is_empty);
        match self.document {
            Document::Json => {
                let before = if is_first { self.head.clone() + "[" } else { ",".to_owned() };
                Ok(before + JSON_INDENT + &in_json(object)?)
            }
            Document::Yaml => {
                let before =
                    if is_first { self.head.trim_end().to_owned() + "\n" } else { String::new() };
                Ok(before + &in_yaml(&object)?)
            }
        }
    }

    /// The rest of the text.
    #[must_use]
    pub fn end(self) -> String {
        let Self { document, head, tail, is_empty } = self;
        match (document, is_empty) {
            (_, true) => head + "[]" + &tail,
            (Document::Json, false) => "\n  ]".to_owned() + &tail,
            (Document::Yaml, false) => tail.trim_start().to_owned(),
        }
    }
}

/// An object as it stands in a list. It is written as it is: the tree of its values would take many times
/// the room of its text.
fn in_json(mut object: DynamicObject) -> Result<String> {
    object.metadata.managed_fields = None;
    let text = serde_json::to_string_pretty(&object).context("cannot write JSON")?;
    // Line feeds are between values only; those in texts are written as `\n`.
    Ok(escape(&text).replace('\n', JSON_INDENT))
}

/// The same in YAML, with the mark of an item before it.
fn in_yaml(object: &DynamicObject) -> Result<String> {
    const KEY: &str = "items:\n";
    let value = value_of(object)?;
    let text = Document::Yaml.text(&json!({"items": [&value]}))?;
    if let Some(item) = text.strip_prefix(KEY) {
        return Ok(item.to_owned());
    }
    // It is JSON then, which is YAML too where it stands behind the mark of an item.
    let marked = Document::Yaml.text(&json!({"items": [Value::Null]}))?;
    let mark = marked.strip_prefix(KEY).and_then(|item| item.split_once("null"));
    let (mark, end) = mark.context("an item without a mark")?;
    Ok(format!("{mark}{}{end}", escape(&value.to_string())))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn object(name: &str, message: &str) -> DynamicObject {
        serde_json::from_value(json!({
            "apiVersion": "kustomize.toolkit.fluxcd.io/v1",
            "kind": "Kustomization",
            "metadata": {"name": name, "labels": {"b": "1", "a": "on"}, "generation": 3,
                "managedFields": [{"manager": "flux"}], "creationTimestamp": "2026-11-23T08:00:00Z"},
            "spec": {"wait": true, "patches": [], "values": {"ratio": 0.5, "none": null, "deep": [[1, "x"]]}},
            "status": {"conditions": [{"type": "Ready", "message": message}]},
        }))
        .expect("an object")
    }

    fn written(document: Document, objects: &[DynamicObject]) -> String {
        let mut items = Items::new(document).unwrap();
        let mut text: String =
            objects.iter().map(|object| items.next(object.clone()).unwrap()).collect();
        text += &items.end();
        text
    }

    #[test]
    fn pieces_are_the_list_byte_for_byte() {
        let messages =
            ["ok", "l1\nl2\n", "a\u{fc}\u{2713}", "- on: {", "x ".repeat(300).leak(), ""];
        let objects: Vec<_> =
            messages.iter().enumerate().map(|(n, m)| object(&format!("app-{n}"), m)).collect();
        for document in [Document::Json, Document::Yaml] {
            for count in 0..=objects.len() {
                let objects = &objects[..count];
                assert_eq!(written(document, objects), document.list(objects).unwrap());
            }
        }
    }

    #[test]
    fn values_survive_and_no_terminal_obeys_them() {
        let messages = ["ok", "a\u{1b}[2Jb\u{9b}\r", "x\u{202e}y", "\ttab", "end"];
        let objects: Vec<_> = messages.iter().map(|message| object("apps", message)).collect();
        for document in [Document::Json, Document::Yaml] {
            let text = written(document, &objects);
            let is_obeyed = |c: char| (c.is_control() && !"\n\t".contains(c)) || c == '\u{202e}';
            assert!(!text.contains(is_obeyed), "{text:?}");
            let read: Value = serde_yaml::from_str(&text).unwrap();
            for (item, message) in read["items"].as_array().unwrap().iter().zip(messages) {
                assert_eq!(item["status"]["conditions"][0]["message"], message, "{text}");
            }
            assert_eq!(
                (&read["kind"], read["items"].as_array().map(Vec::len)),
                (&json!("List"), Some(5))
            );
        }
    }

    #[test]
    fn what_is_cut_off_is_no_document() {
        for document in [Document::Json, Document::Yaml] {
            let mut items = Items::new(document).unwrap();
            let text = items.next(object("apps", "ok")).unwrap();
            let read: Result<Value, _> = serde_yaml::from_str(&text);
            assert!(read.is_err() || read.is_ok_and(|read| read.get("kind").is_none()), "{text}");
            assert!(serde_json::from_str::<Value>(&text).is_err());
        }
    }
}
