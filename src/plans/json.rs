//! The summary of a plan that was stored as JSON.
//!
//! A document can have many megabytes, most of them the state and the configuration. Those are skipped
//! while reading, and of each change only what is told is kept.
//!
//! Source: OpenTofu's documentation, "JSON Output Format".

use std::fmt;

use anyhow::{Result, anyhow, bail};
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::Value;

use super::attributes;
use super::summary::{Action, Change, Counts, Masking, Origin, Summary};
use crate::digest::Digest;

/// What the plan in this document would do.
///
/// # Errors
/// When it is no such document, or of a version that is not known. No value of it is in the message.
pub fn summary(document: &[u8], masking: Masking) -> Result<Summary> {
    let mut parser = serde_json::Deserializer::from_slice(document);
    let told = Document(masking).deserialize(&mut parser);
    // The words of the parser may hold a value.
    let told = told.and_then(|told| parser.end().map(|()| told)).map_err(|error| {
        anyhow!(
            "the JSON of the plan is broken at line {}, column {}",
            error.line(),
            error.column()
        )
    })?;
    match told.format_version.as_deref() {
        Some(version) if version.starts_with("1.") => {}
        Some(version) => bail!("the JSON of the plan has format {version:?}, which is not known"),
        None => bail!("the JSON that is stored is no plan: it has no format_version"),
    }
    let counts = counts(&told.changes);
    Ok(Summary {
        counts: Some(counts),
        unchanged: Some(told.unchanged),
        is_incomplete: told.errored,
        ..Summary::new(Origin::Json, told.changes, told.outputs)
    })
}

fn counts(changes: &[Change]) -> Counts {
    let count =
        |is: fn(&Action) -> bool| changes.iter().filter(|change| is(&change.action)).count();
    let replace = count(|action| matches!(action, Action::Replace | Action::CreateThenDestroy));
    Counts {
        add: count(|action| *action == Action::Create) + replace,
        change: count(|action| *action == Action::Update),
        destroy: count(|action| *action == Action::Destroy) + replace,
        replace,
        import: changes.iter().filter(|change| change.is_import).count(),
        forget: count(|action| *action == Action::Forget),
    }
}

/// What is kept of a document.
#[derive(Default)]
struct Told {
    format_version: Option<String>,
    errored: bool,
    changes: Vec<Change>,
    unchanged: usize,
    outputs: Vec<Change>,
}

/// Reads a document, one member after the other; large ones that nobody needs are passed over.
struct Document(Masking);

impl<'de> DeserializeSeed<'de> for Document {
    type Value = Told;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Told, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Document {
    type Value = Told;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a plan")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Told, A::Error> {
        let Self(masking) = self;
        let mut told = Told::default();
        while let Some(key) = members.next_key::<String>()? {
            match key.as_str() {
                "format_version" => told.format_version = members.next_value()?,
                "errored" => told.errored = members.next_value()?,
                "resource_changes" => members.next_value_seed(Resources(masking, &mut told))?,
                "output_changes" => members.next_value_seed(Outputs(masking, &mut told))?,
                _ => drop(members.next_value::<IgnoredAny>()?),
            }
        }
        Ok(told)
    }
}

/// Reads the changes of resources, and keeps of each what is told.
struct Resources<'a>(Masking, &'a mut Told);

impl<'de> DeserializeSeed<'de> for Resources<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Resources<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of changes")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut entries: A) -> Result<(), A::Error> {
        let Self(masking, told) = self;
        while let Some(entry) = entries.next_element::<Value>()? {
            match resource(entry, masking) {
                Some(change) => told.changes.push(change),
                None => told.unchanged += 1,
            }
        }
        Ok(())
    }
}

/// Reads the changes of outputs.
struct Outputs<'a>(Masking, &'a mut Told);

impl<'de> DeserializeSeed<'de> for Outputs<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Outputs<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("changes by the names of outputs")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<(), A::Error> {
        let Self(masking, told) = self;
        while let Some((name, change)) = entries.next_entry::<String, Value>()? {
            told.outputs.extend(output(name, change, masking));
        }
        Ok(())
    }
}

/// The change of a resource; nothing when it stays as and where it is.
fn resource(mut entry: Value, masking: Masking) -> Option<Change> {
    let text = |key: &str| entry[key].as_str().map(str::to_owned);
    let change = &entry["change"];
    let action = action(change);
    let (moved_from, is_import) = (text("previous_address"), change["importing"].is_object());
    if action == Action::Keep && moved_from.is_none() && !is_import {
        return None;
    }
    Some(Change {
        address: text("address").unwrap_or_default(),
        deposed: text("deposed"),
        moved_from,
        is_import,
        action,
        reason: text("action_reason"),
        attributes: attributes::of(change, "", masking),
        text: None,
        identity: identity(&mut entry),
    })
}

/// The change of an output; nothing when it stays as it is.
fn output(name: String, mut change: Value, masking: Masking) -> Option<Change> {
    let action = action(&change);
    if action == Action::Keep {
        return None;
    }
    Some(Change {
        attributes: attributes::of(&change, &name, masking),
        address: name,
        deposed: None,
        moved_from: None,
        is_import: false,
        action,
        reason: None,
        text: None,
        identity: identity(&mut change),
    })
}

fn action(change: &Value) -> Action {
    let words = change["actions"].as_array();
    let words: Vec<&str> = words.into_iter().flatten().filter_map(Value::as_str).collect();
    Action::of(&words)
}

/// The digest of all that is said, in whatever order its members are.
fn identity(entry: &mut Value) -> Digest {
    entry.sort_all_objects();
    Digest::of(entry.to_string().as_bytes())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::summary::Comparison;
    use super::*;

    fn read(document: &Value) -> Summary {
        summary(document.to_string().as_bytes(), Masking::Masked).unwrap()
    }

    fn change(address: &str, actions: &[&str], before: Value, after: Value) -> Value {
        json!({"address": address, "change": {
            "actions": actions, "before": before, "after": after, "after_unknown": {},
            "before_sensitive": false, "after_sensitive": false,
        }})
    }

    fn document(changes: &[Value]) -> Value {
        json!({"format_version": "1.2", "terraform_version": "1.12.1", "resource_changes": changes,
               "prior_state": {"values": "secret-of-the-state"}})
    }

    #[test]
    fn changes_are_counted_as_tofu_counts_them() {
        let mut moved = change("box.new", &["no-op"], json!({"n": 1}), json!({"n": 1}));
        moved["previous_address"] = json!("box.old");
        let mut imported = change("box.found", &["no-op"], json!({"n": 1}), json!({"n": 1}));
        imported["change"]["importing"] = json!({"id": "i-1"});
        let summary = read(&document(&[
            change("box.a", &["create"], Value::Null, json!({"n": 1})),
            change("box.b", &["delete", "create"], json!({"n": 1}), json!({"n": 2})),
            change("box.c", &["create", "delete"], json!({"n": 1}), json!({"n": 2})),
            change("box.d", &["delete"], json!({"n": 1}), Value::Null),
            change("box.e", &["update"], json!({"n": 1}), json!({"n": 2})),
            change("box.f", &["no-op"], json!({"n": 1}), json!({"n": 1})),
            change("data.g", &["read"], Value::Null, json!({})),
            moved,
            imported,
        ]));
        let expected = Counts { add: 3, change: 1, destroy: 3, replace: 2, import: 1, forget: 0 };
        assert_eq!(summary.counts, Some(expected));
        assert_eq!(summary.unchanged, Some(1));
        let addresses: Vec<_> =
            summary.changes.iter().map(|change| change.address.as_str()).collect();
        assert_eq!(
            addresses,
            ["box.d", "box.b", "box.c", "box.e", "box.a", "box.found", "box.new", "data.g"]
        );
    }

    #[test]
    fn a_plan_is_the_same_in_any_order_and_another_with_another_secret() {
        let one = |secret: &str| {
            let mut change =
                change("box.a", &["create"], Value::Null, json!({"key": secret, "n": 1}));
            change["change"]["after_sensitive"] = json!({"key": true});
            change
        };
        let other = change("box.b", &["delete"], json!({"n": 1}), Value::Null);
        let plan = read(&document(&[one("geheim"), other.clone()]));
        let text = document(&[other.clone(), one("geheim")]).to_string();
        let turned = text.replace(r#""key":"geheim","n":1"#, r#""n":1,"key":"geheim""#);
        assert_ne!(turned, text);
        let turned = summary(turned.as_bytes(), Masking::Revealed).unwrap();
        assert_eq!(plan.compare(&turned), Comparison::Same);
        let changed = read(&document(&[one("anders"), other]));
        assert_eq!(plan.compare(&changed), Comparison::Differs(vec!["box.a".to_owned()]));
    }

    #[test]
    fn outputs_are_told_by_name() {
        let mut plan = document(&[]);
        plan["output_changes"] = json!({
            "same": {"actions": ["no-op"], "before": 1, "after": 1},
            "id": {"actions": ["create"], "before": null, "after_unknown": true},
            "key": {"actions": ["update"], "before": "a", "after": "b",
                    "before_sensitive": true, "after_sensitive": true},
        });
        let summary = read(&plan);
        let paths: Vec<_> =
            summary.outputs.iter().map(|output| output.attributes[0].path.as_str()).collect();
        assert_eq!(paths, ["id", "key"]);
        assert!(!summary.is_empty());
    }

    #[test]
    fn no_refusal_repeats_a_value() {
        for broken in [
            r#"{"format_version": "1.2", "errored": "geheim"}"#,
            r#"{"format_version": "1.2", "resource_changes": "geheim"}"#,
            r#"{"format_version": "1.2", "output_changes": {"a": geheim}}"#,
        ] {
            let error = format!("{:#}", summary(broken.as_bytes(), Masking::Masked).unwrap_err());
            assert!(error.contains("at line 1, column ") && !error.contains("geheim"), "{error}");
        }
        let error = |text: &str| summary(text.as_bytes(), Masking::Masked).unwrap_err().to_string();
        assert_eq!(
            error(r#"{"format_version": "2.0"}"#),
            r#"the JSON of the plan has format "2.0", which is not known"#
        );
        assert!(error("{}").contains("is no plan"));
        assert!(error("PK\u{3}").contains("line 1, column 1"));
    }

    #[test]
    fn what_failed_half_way_is_incomplete() {
        let mut plan = document(&[]);
        assert!(!read(&plan).is_incomplete);
        plan["errored"] = json!(true);
        assert!(read(&plan).is_incomplete);
    }
}
