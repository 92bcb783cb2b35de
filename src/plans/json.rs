//! The summary of a plan that was stored as JSON.
//!
//! A document can have many megabytes, most of them the state and the configuration. Those are skipped
//! while reading, and of each change only what is told is kept.
//!
//! Source: OpenTofu's documentation, "JSON Output Format".

use std::fmt;

use anyhow::{Result, anyhow, bail};
use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::Value;

use super::attributes;
use super::summary::{Action, Change, Counts, Masking, Origin, Summary};
use crate::digest::Digest;

/// What the plan in this document would do.
///
/// # Errors
/// When it is no such document, or of a version that is not known. No value of it is in the message.
pub fn summary(document: &[u8], masking: Masking) -> Result<Summary> {
    let told = match masking {
        Masking::Masked => serde_json::from_slice::<Told<false>>(document).map(Told::any),
        Masking::Revealed => serde_json::from_slice::<Told<true>>(document),
    };
    // The words of the parser may hold a value.
    let told = told.map_err(|error| {
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
    let Changes { changes, unchanged } = told.resource_changes;
    let counts = counts(&changes);
    let mut summary = Summary::new(Origin::Json, changes, told.output_changes.0);
    summary.counts = Some(counts);
    summary.unchanged = Some(unchanged);
    summary.is_incomplete = told.errored;
    Ok(summary)
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

/// What is read of the document.
#[derive(Deserialize)]
struct Told<const REVEAL: bool> {
    format_version: Option<String>,
    #[serde(default)]
    errored: bool,
    #[serde(default)]
    resource_changes: Changes<REVEAL>,
    #[serde(default)]
    output_changes: Outputs<REVEAL>,
}

impl Told<false> {
    fn any(self) -> Told<true> {
        let Changes { changes, unchanged } = self.resource_changes;
        Told {
            format_version: self.format_version,
            errored: self.errored,
            resource_changes: Changes { changes, unchanged },
            output_changes: Outputs(self.output_changes.0),
        }
    }
}

const fn masking(reveal: bool) -> Masking {
    if reveal { Masking::Revealed } else { Masking::Masked }
}

/// Changes of resources, without those that change nothing.
#[derive(Default)]
struct Changes<const REVEAL: bool> {
    changes: Vec<Change>,
    unchanged: usize,
}

impl<'de, const REVEAL: bool> Deserialize<'de> for Changes<REVEAL> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct OneByOne<const REVEAL: bool>;

        impl<'de, const REVEAL: bool> Visitor<'de> for OneByOne<REVEAL> {
            type Value = Changes<REVEAL>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list of changes")
            }

            fn visit_unit<E>(self) -> Result<Self::Value, E> {
                Ok(Changes::default())
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut entries: A) -> Result<Self::Value, A::Error> {
                let mut all = Changes::default();
                while let Some(entry) = entries.next_element::<Value>()? {
                    match resource(entry, masking(REVEAL)) {
                        Some(change) => all.changes.push(change),
                        None => all.unchanged += 1,
                    }
                }
                Ok(all)
            }
        }

        deserializer.deserialize_any(OneByOne)
    }
}

/// Changes of outputs.
#[derive(Default)]
struct Outputs<const REVEAL: bool>(Vec<Change>);

impl<'de, const REVEAL: bool> Deserialize<'de> for Outputs<REVEAL> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct OneByOne<const REVEAL: bool>;

        impl<'de, const REVEAL: bool> Visitor<'de> for OneByOne<REVEAL> {
            type Value = Outputs<REVEAL>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("changes by the names of outputs")
            }

            fn visit_unit<E>(self) -> Result<Self::Value, E> {
                Ok(Outputs::default())
            }

            fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Self::Value, A::Error> {
                let mut all = Outputs::default();
                while let Some((name, change)) = entries.next_entry::<String, Value>()? {
                    all.0.extend(output(name, change, masking(REVEAL)));
                }
                Ok(all)
            }
        }

        deserializer.deserialize_any(OneByOne)
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
