//! A plan for programs. The names of fields, and the words of `state`, `approval` and `action`, stay as
//! they are.

use kube::api::DynamicObject;
use serde_json::{Map, Value, json};

use super::planned_object::PlannedObject;
use super::show::is_wanted;
use crate::cli::plan::show::Only;
use crate::kinds::plan::{Approval, PlanState};
use crate::kinds::view::{name, namespace, number};
use crate::plans::stored::Unreadable;
use crate::plans::summary::{Attribute, Change, Counts, Origin, Shown, Summary};

/// One `v1 List` of plans.
pub(super) fn list(items: Vec<Value>) -> Value {
    json!({"apiVersion": "v1", "kind": "List", "items": items})
}

/// What an object says about its plan, and how much the plan touches.
pub(super) fn item(object: &DynamicObject, counts: Option<Counts>) -> Value {
    let state = PlanState::of(object);
    let lock = state.lock.as_ref().map(|lock| {
        json!({
            "id": lock.id, "holder": lock.holder, "operation": lock.operation,
            "created": lock.created.map(|created| created.to_string()),
        })
    });
    json!({
        "apiVersion": "nigari-cli.github.io/v1",
        "kind": "Plan",
        "metadata": {"namespace": namespace(object), "name": name(object)},
        "state": state.phase.words(),
        "id": state.pending,
        "revision": state.revision,
        "generation": number(object, "/status/lastPlannedGeneration"),
        "plannedAt": state.planned_at.map(|time| time.to_string()),
        "isDestroy": state.is_destroy,
        "isPlanOnly": state.is_plan_only,
        "isSuspended": state.is_suspended,
        "approval": approval(state.approval),
        "lock": lock,
        "counts": counts.map(counts_of),
    })
}

/// A plan with what it would do.
pub(super) fn planned(
    planned: &PlannedObject,
    shown: Result<&Summary, &Unreadable>,
    only: &[Only],
) -> Value {
    let mut item = item(&planned.object, shown.ok().and_then(|summary| summary.counts));
    let stored = planned.stored.plan.as_ref();
    item["digest"] = json!(planned.digest().map(|digest| digest.to_string()));
    item["isDummy"] = json!(stored.is_ok_and(|plan| plan.is_dummy));
    item["storedId"] = json!(stored.ok().map(|plan| &plan.saved_plan));
    match shown {
        Ok(summary) => {
            item["madeFrom"] = json!(match summary.origin {
                Origin::Json => "json",
                Origin::Text => "human",
            });
            item["isIncomplete"] = json!(summary.is_incomplete);
            item["unchanged"] = json!(summary.unchanged);
            let changes = summary.changes.iter();
            let changes = changes.filter(|change| is_wanted(only, change.action.word()));
            item["changes"] = changes.map(change).collect();
            item["outputs"] = summary.outputs.iter().map(change).collect();
        }
        Err(unreadable) => item["unreadable"] = json!(unreadable.to_string()),
    }
    item
}

fn approval(approval: Approval<'_>) -> Value {
    let word = match approval {
        Approval::None => return Value::Null,
        Approval::Automatic => "automatic",
        Approval::DriftOnly => "driftOnly",
        Approval::Pending(_) => "pending",
        Approval::Spent(_) => "spent",
        Approval::Standing(_) => "standing",
        Approval::Stale(_) => "stale",
        Approval::Prefix(_) => "prefix",
    };
    json!({"kind": word, "armed": approval.armed()})
}

fn counts_of(counts: Counts) -> Value {
    let Counts { add, change, destroy, replace, import, forget } = counts;
    json!({
        "add": add, "change": change, "destroy": destroy, "replace": replace, "import": import,
        "forget": forget,
    })
}

fn change(change: &Change) -> Value {
    let mut value = json!({"address": change.address, "action": change.action.word()});
    let mut add = |key: &str, part: Option<Value>| {
        if let Some(part) = part {
            value[key] = part;
        }
    };
    add("deposed", change.deposed.as_ref().map(|key| json!(key)));
    add("movedFrom", change.moved_from.as_ref().map(|address| json!(address)));
    add("isImport", change.is_import.then_some(json!(true)));
    add("reason", change.reason.as_ref().map(|reason| json!(reason)));
    add("text", change.text.as_ref().map(|text| json!(text)));
    let has_attributes = !change.attributes.is_empty();
    add("attributes", has_attributes.then(|| change.attributes.iter().map(attribute).collect()));
    value
}

fn attribute(attribute: &Attribute) -> Value {
    let mut value = Map::new();
    value.insert("path".to_owned(), json!(attribute.path));
    for (key, side) in [("before", &attribute.before), ("after", &attribute.after)] {
        match side {
            None => {}
            Some(Shown::Value(shown)) => drop(value.insert(key.to_owned(), shown.clone())),
            Some(Shown::Sensitive) => drop(value.insert(format!("{key}Sensitive"), json!(true))),
            Some(Shown::Unknown) => drop(value.insert(format!("{key}Unknown"), json!(true))),
        }
    }
    if attribute.forces_replacement {
        value.insert("forcesReplacement".to_owned(), json!(true));
    }
    value.into()
}
