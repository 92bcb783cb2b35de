//! Plans: what would have to happen for the cloud to become what the module says.
//!
//! Source: OpenTofu's documentation, "JSON Output Format" (the document of `show -json`).

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::module::{Desired, Resources};

/// Attributes that cannot be changed in place.
const FORCES_REPLACEMENT: [&str; 2] = ["triggers", "triggers_replace"];

/// A plan as it is saved. Two plans of the same content differ by their time, as tofu's do.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(super) struct Plan {
    pub(super) created: String,
    pub(super) is_destroy: bool,
    /// The state that it was made for.
    pub(super) lineage: String,
    pub(super) serial: u64,
    pub(super) variables: Map<String, Value>,
    pub(super) changes: Vec<Change>,
    pub(super) outputs: Vec<OutputChange>,
}

/// What happens to one resource.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub(super) struct Change {
    pub(super) address: String,
    pub(super) action: Action,
    pub(super) before: Value,
    pub(super) after: Value,
    pub(super) sensitive: BTreeSet<String>,
    /// Whether the module still has it.
    pub(super) is_configured: bool,
}

#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq, Serialize)]
pub(super) enum Action {
    NoOp,
    Create,
    Update,
    Replace,
    Delete,
}

/// What happens to one output; without `after` it is not known yet.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub(super) struct OutputChange {
    pub(super) name: String,
    pub(super) before: Value,
    pub(super) after: Option<Value>,
    pub(super) is_sensitive: bool,
}

/// What there is when a plan is made.
pub(super) struct Present<'a> {
    pub(super) cloud: &'a Resources,
    pub(super) outputs: &'a BTreeMap<String, Value>,
    pub(super) lineage: &'a str,
    pub(super) serial: u64,
}

impl Plan {
    /// Compares; with `targets`, other resources are left as they are.
    pub(super) fn new(
        desired: &Desired,
        present: &Present<'_>,
        is_destroy: bool,
        targets: &[String],
        created: String,
    ) -> Self {
        let none = Resources::new();
        let wanted = if is_destroy { &none } else { &desired.resources };
        let addresses: BTreeSet<_> = wanted.keys().chain(present.cloud.keys()).collect();
        let is_target = |address: &&&String| targets.is_empty() || targets.contains(address);
        let change = |address: &String| {
            let sensitive = desired.sensitive.get(address).cloned().unwrap_or_default();
            let is_configured = desired.resources.contains_key(address);
            let (before, after) = (present.cloud.get(address), wanted.get(address));
            Change { sensitive, is_configured, ..Change::between(address, before, after) }
        };
        let changes: Vec<_> = addresses.iter().filter(is_target).map(|at| change(at)).collect();
        let outputs = output_changes(desired, present, &changes, is_destroy);
        Self {
            created,
            is_destroy,
            lineage: present.lineage.to_owned(),
            serial: present.serial,
            variables: desired.variables.clone(),
            changes,
            outputs,
        }
    }

    /// Whether applying it would change anything, an output included.
    pub(super) fn has_changes(&self) -> bool {
        self.changes.iter().any(|change| change.action != Action::NoOp) || !self.outputs.is_empty()
    }

    /// Whether there is nothing at all that it speaks of: no resource, no output.
    pub(super) fn is_empty(&self) -> bool {
        self.changes.is_empty() && self.outputs.is_empty()
    }

    /// How many resources are added, changed and destroyed.
    pub(super) fn counts(&self) -> (usize, usize, usize) {
        let count = |actions: &[Action]| {
            self.changes.iter().filter(|change| actions.contains(&change.action)).count()
        };
        let replaced = Action::Replace;
        (
            count(&[Action::Create, replaced]),
            count(&[Action::Update]),
            count(&[Action::Delete, replaced]),
        )
    }

    pub(super) fn to_bytes(&self) -> Vec<u8> {
        serde_json::to_vec(self).expect("a plan is plain data")
    }

    /// The document that `show -json` prints; sensitive values are in it.
    pub(super) fn to_document(&self) -> Value {
        let changes: Vec<_> = self.changes.iter().map(Change::to_document).collect();
        let outputs: Map<_, _> =
            self.outputs.iter().map(|change| (change.name.clone(), change.to_document())).collect();
        let variables: Map<_, _> = self
            .variables
            .iter()
            .map(|(name, value)| (name.clone(), json!({"value": value})))
            .collect();
        json!({
            "format_version": "1.2",
            "terraform_version": super::VERSION,
            "variables": variables,
            "planned_values": {"root_module": {}},
            "resource_changes": changes,
            "output_changes": outputs,
            "timestamp": self.created,
            "errored": false,
        })
    }
}

impl Change {
    fn between(address: &str, before: Option<&Value>, after: Option<&Value>) -> Self {
        let (before, after) =
            (before.cloned().unwrap_or_default(), after.cloned().unwrap_or_default());
        let action = match (before.is_null(), after.is_null()) {
            (true, _) => Action::Create,
            (_, true) => Action::Delete,
            _ => {
                let changed = changed(&before, &after);
                let is_forced = |name: &String| FORCES_REPLACEMENT.contains(&name.as_str());
                match changed.iter().any(is_forced) {
                    _ if changed.is_empty() => Action::NoOp,
                    true => Action::Replace,
                    false => Action::Update,
                }
            }
        };
        let (sensitive, is_configured) = (BTreeSet::new(), false);
        let address = address.to_owned();
        Self { address, action, before, after, sensitive, is_configured }
    }

    /// The attributes that differ.
    pub(super) fn changed(&self) -> BTreeSet<String> {
        changed(&self.before, &self.after)
    }

    pub(super) fn forces_replacement(&self, attribute: &str) -> bool {
        self.action == Action::Replace && FORCES_REPLACEMENT.contains(&attribute)
    }

    /// Whether the resource gets an id that only applying tells.
    pub(super) fn has_unknown_id(&self) -> bool {
        matches!(self.action, Action::Create | Action::Replace)
    }

    fn to_document(&self) -> Value {
        let (kind, name) = self.address.split_once('.').unwrap_or((&self.address, ""));
        let actions = match self.action {
            Action::NoOp => json!(["no-op"]),
            Action::Create => json!(["create"]),
            Action::Update => json!(["update"]),
            Action::Replace => json!(["delete", "create"]),
            Action::Delete => json!(["delete"]),
        };
        let marks: Map<_, _> =
            self.sensitive.iter().map(|name| (name.clone(), json!(true))).collect();
        let mut after = self.after.clone();
        let mut unknown = json!({});
        if self.has_unknown_id() {
            unknown["id"] = json!(true);
        } else if after.is_object() {
            after["id"] = self.before["id"].clone();
        }
        let forced = self.changed().into_iter().filter(|name| self.forces_replacement(name));
        let forced: Vec<_> = forced.map(|name| json!([name])).collect();
        let mut document = json!({
            "address": self.address,
            "mode": "managed",
            "type": kind,
            "name": name,
            "provider_name": super::PROVIDER,
            "change": {
                "actions": actions,
                "before": self.before,
                "after": after,
                "after_unknown": unknown,
                "before_sensitive": if self.before.is_null() { json!(false) } else { json!(marks) },
                "after_sensitive": if self.after.is_null() { json!(false) } else { json!(marks) },
            },
        });
        if !forced.is_empty() {
            document["change"]["replace_paths"] = json!(forced);
            document["action_reason"] = json!("replace_because_cannot_update");
        } else if self.action == Action::Delete && !self.is_configured {
            document["action_reason"] = json!("delete_because_no_resource_config");
        }
        document
    }
}

impl OutputChange {
    fn to_document(&self) -> Value {
        let action = match (self.before.is_null(), &self.after) {
            (true, _) => "create",
            (false, Some(Value::Null)) => "delete",
            (false, _) => "update",
        };
        json!({
            "actions": [action],
            "before": self.before,
            "after": self.after,
            "after_unknown": self.after.is_none(),
            "before_sensitive": self.is_sensitive,
            "after_sensitive": self.is_sensitive,
        })
    }
}

/// The attributes that differ; the id is the cloud's own.
fn changed(before: &Value, after: &Value) -> BTreeSet<String> {
    let names = |value: &Value| -> BTreeSet<String> {
        value.as_object().into_iter().flatten().map(|(name, _)| name.clone()).collect()
    };
    let all = names(before).into_iter().chain(names(after));
    all.filter(|name| name != "id" && before[name.as_str()] != after[name.as_str()]).collect()
}

/// The outputs that change, given what becomes of the resources.
fn output_changes(
    desired: &Desired,
    present: &Present<'_>,
    changes: &[Change],
    is_destroy: bool,
) -> Vec<OutputChange> {
    let mut planned = present.cloud.clone();
    for change in changes {
        let mut after = change.after.clone();
        if after.is_object() && !change.has_unknown_id() {
            after["id"] = change.before["id"].clone();
        }
        planned.insert(change.address.clone(), after);
    }
    let names: BTreeSet<_> = desired.outputs.keys().chain(present.outputs.keys()).collect();
    let change = |name: &String| {
        let before = present.outputs.get(name).cloned().unwrap_or_default();
        let output = desired.outputs.get(name).filter(|_| !is_destroy);
        let after = match output {
            Some(output) => output.resolve(&planned),
            None => Some(Value::Null),
        };
        let is_sensitive = output.is_some_and(|output| output.is_sensitive);
        let is_changed = after.as_ref() != Some(&before);
        is_changed.then(|| OutputChange { name: name.clone(), before, after, is_sensitive })
    };
    names.into_iter().filter_map(change).collect()
}

#[cfg(test)]
pub(super) mod tests {
    use super::super::module::tests::module;
    use super::*;

    pub(in super::super) fn plan(file: &Value, cloud: Value, is_destroy: bool) -> Plan {
        let desired = module(file).evaluate(&Map::new()).unwrap();
        let cloud: Resources = serde_json::from_value(cloud).unwrap();
        let outputs = BTreeMap::new();
        let present = Present { cloud: &cloud, outputs: &outputs, lineage: "l", serial: 1 };
        Plan::new(&desired, &present, is_destroy, &[], "now".to_owned())
    }

    fn boxes(size: i64) -> Value {
        json!({"resource": {"box": {"a": {"size": size, "triggers": {"v": 1}}}}})
    }

    fn action(plan: &Plan) -> Action {
        plan.changes[0].action
    }

    #[test]
    fn a_plan_is_the_difference_between_module_and_cloud() {
        let there = json!({"box.a": {"size": 1, "triggers": {"v": 1}, "id": "7"}});
        assert_eq!(action(&plan(&boxes(1), json!({}), false)), Action::Create);
        let same = plan(&boxes(1), there.clone(), false);
        assert_eq!((action(&same), same.has_changes()), (Action::NoOp, false));
        assert_eq!(action(&plan(&boxes(2), there.clone(), false)), Action::Update);
        assert_eq!(action(&plan(&json!({}), there.clone(), false)), Action::Delete);
        assert_eq!(action(&plan(&boxes(1), there, true)), Action::Delete);
        let moved = json!({"box.a": {"size": 1, "triggers": {"v": 0}, "id": "7"}});
        let replaced = plan(&boxes(1), moved, false);
        assert_eq!((action(&replaced), replaced.counts()), (Action::Replace, (1, 0, 1)));
        assert!(plan(&boxes(1), json!({}), true).is_empty());
    }

    #[test]
    fn the_document_marks_what_is_sensitive_and_unknown() {
        let file = json!({
            "variable": {"key": {"default": "k", "sensitive": true}},
            "resource": {"box": {"a": {"key": "${var.key}"}}},
            "output": {"id": {"value": "${box.a.id}"}},
        });
        let document = plan(&file, json!({}), false).to_document();
        let change = &document["resource_changes"][0]["change"];
        assert_eq!(change["after"], json!({"key": "k"}));
        assert_eq!(change["after_sensitive"], json!({"key": true}));
        assert_eq!(change["after_unknown"], json!({"id": true}));
        assert_eq!(document["output_changes"]["id"]["after_unknown"], true);
        let moved =
            json!({"box.a": {"size": 1, "triggers": {"v": 0}, "id": "7"}, "box.b": {"id": "8"}});
        let document = plan(&boxes(1), moved, false).to_document();
        let replaced = &document["resource_changes"][0];
        assert_eq!(replaced["change"]["replace_paths"], json!([["triggers"]]));
        assert_eq!(replaced["action_reason"], "replace_because_cannot_update");
        let gone = &document["resource_changes"][1];
        assert_eq!(gone["action_reason"], "delete_because_no_resource_config");
    }

    #[test]
    fn a_plan_is_read_back_from_its_bytes() {
        let plan = plan(&boxes(1), json!({}), false);
        let read: Plan = serde_json::from_slice(&plan.to_bytes()).unwrap();
        assert_eq!(read.changes, plan.changes);
    }
}
