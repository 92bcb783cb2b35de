//! Strategic merge patch, for built-in kinds.
//!
//! Lists merge by the key that the published type names; `$patch: delete|replace`,
//! `$deleteFromPrimitiveList/…`, `$setElementOrder/…` and `$retainKeys` are directives.
//!
//! Source: k8s.io/apimachinery `util/strategicpatch`.

use serde_json::{Map, Value};

use crate::kube::schema::Schema;

const DELETE_FROM: &str = "$deleteFromPrimitiveList/";
const SET_ORDER: &str = "$setElementOrder/";

/// `target` with `patch` merged into it along `schema`.
pub(crate) fn apply(target: &Value, patch: &Value, schema: Schema<'_>) -> Value {
    let Value::Object(changes) = patch else { return patch.clone() };
    let mut result = match text(changes, "$patch") {
        "replace" => {
            let mut replaced = changes.clone();
            replaced.shift_remove("$patch");
            return Value::Object(replaced);
        }
        "delete" => return Value::Object(Map::new()),
        _ => target.as_object().cloned().unwrap_or_default(),
    };
    retain_keys(&mut result, changes);
    for (name, change) in changes.iter().filter(|(name, _)| !name.starts_with('$')) {
        if change.is_null() {
            result.shift_remove(name);
            continue;
        }
        let below = schema.at(name);
        let merged = match (result.get(name), change) {
            (Some(Value::Array(old)), Value::Array(new)) => merge_lists(old, new, below),
            (None, Value::Array(new)) => merge_lists(&[], new, below),
            (old, change) => apply(old.unwrap_or(&Value::Null), change, below),
        };
        result.insert(name.clone(), merged);
    }
    delete_primitives(&mut result, changes);
    reorder(&mut result, changes, schema);
    Value::Object(result)
}

fn text<'a>(object: &'a Map<String, Value>, name: &str) -> &'a str {
    object.get(name).and_then(Value::as_str).unwrap_or_default()
}

/// `$retainKeys` names the only fields that may stay.
fn retain_keys(result: &mut Map<String, Value>, changes: &Map<String, Value>) {
    if let Some(Value::Array(kept)) = changes.get("$retainKeys") {
        result.retain(|name, _| kept.iter().any(|key| key == name));
    }
}

fn delete_primitives(result: &mut Map<String, Value>, changes: &Map<String, Value>) {
    for (name, values) in changes {
        let (Some(name), Some(values)) = (name.strip_prefix(DELETE_FROM), values.as_array()) else {
            continue;
        };
        if let Some(Value::Array(list)) = result.get_mut(name) {
            list.retain(|item| !values.contains(item));
        }
    }
}

/// Puts lists into the order that `$setElementOrder` names; items it does not name go last.
fn reorder(result: &mut Map<String, Value>, changes: &Map<String, Value>, schema: Schema<'_>) {
    for (name, order) in changes {
        let (Some(name), Some(order)) = (name.strip_prefix(SET_ORDER), order.as_array()) else {
            continue;
        };
        let (_, key) = schema.at(name).patch_strategy();
        let rank = |item: &Value| {
            let same = |wanted: &Value| match key {
                Some(key) => wanted.get(key) == item.get(key),
                None => wanted == item,
            };
            order.iter().position(same).unwrap_or(order.len())
        };
        if let Some(Value::Array(list)) = result.get_mut(name) {
            list.sort_by_key(rank);
        }
    }
}

fn merge_lists(old: &[Value], new: &[Value], schema: Schema<'_>) -> Value {
    let (strategy, key) = schema.patch_strategy();
    if !strategy.contains("merge") || new.iter().any(|item| item["$patch"] == "replace") {
        let is_directive = |item: &&Value| item["$patch"] == "replace";
        return new.iter().filter(|item| !is_directive(item)).cloned().collect();
    }
    let Some(key) = key else {
        let added = new.iter().filter(|item| !old.contains(item));
        return old.iter().chain(added).cloned().collect();
    };
    let mut result = old.to_vec();
    for item in new {
        let index = result.iter().position(|known| known.get(key) == item.get(key));
        match (index, item["$patch"] == "delete") {
            (Some(index), true) => drop(result.remove(index)),
            (None, true) => {}
            (Some(index), false) => result[index] = apply(&result[index], item, schema.items()),
            (None, false) => result.push(apply(&Value::Null, item, schema.items())),
        }
    }
    Value::Array(weave(result, old, new, key))
}

/// Orders merged items: those of the patch in its order, each before the first of the others that
/// it was not behind.
fn weave(merged: Vec<Value>, old: &[Value], new: &[Value], key: &str) -> Vec<Value> {
    let place =
        |list: &[Value], item: &Value| list.iter().position(|o| o.get(key) == item.get(key));
    let (mut patched, others): (Vec<_>, Vec<_>) =
        merged.into_iter().partition(|item| place(new, item).is_some());
    patched.sort_by_key(|item| place(new, item));
    let (mut patched, mut others) = (patched.into_iter().peekable(), others.into_iter().peekable());
    let mut woven = Vec::new();
    while let (Some(ours), Some(other)) = (patched.peek(), others.peek()) {
        let is_behind = place(old, ours).is_some_and(|ours| place(old, other) < Some(ours));
        woven.extend(if is_behind { others.next() } else { patched.next() });
    }
    woven.extend(patched);
    woven.extend(others);
    woven
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn patched(target: Value, patch: Value) -> Value {
        apply(&target, &patch, Schema::of_type("io.k8s.api.core.v1.PodSpec"))
    }

    #[test]
    fn lists_merge_by_the_published_key() {
        let target =
            json!({"containers": [{"name": "a", "image": "1", "args": ["x"]}, {"name": "b"}]});
        let patch = json!({"containers": [
            {"name": "a", "image": "2", "args": ["y"]},
            {"name": "b", "$patch": "delete"},
            {"name": "c"},
        ]});
        assert_eq!(
            patched(target, patch),
            json!({"containers": [{"name": "a", "image": "2", "args": ["y"]}, {"name": "c"}]})
        );
    }

    #[test]
    fn new_items_come_before_the_ones_they_were_not_behind() {
        let names = |names: &[&str]| -> Value {
            names.iter().map(|name| json!({"name": name})).collect::<Vec<_>>().into()
        };
        let target = json!({"containers": names(&["a", "b", "c"])});
        let patch = json!({"containers": names(&["new", "b"])});
        assert_eq!(patched(target, patch), json!({"containers": names(&["new", "a", "b", "c"])}));
    }

    #[test]
    fn order_and_retained_keys_are_obeyed() {
        let target = json!({"volumes": [{"name": "v", "emptyDir": {}}, {"name": "w"}]});
        let patch = json!({
            "$setElementOrder/volumes": [{"name": "w"}, {"name": "v"}],
            "volumes": [{"name": "v", "$retainKeys": ["name", "secret"], "secret": {"secretName": "s"}}],
        });
        assert_eq!(
            patched(target, patch),
            json!({"volumes": [{"name": "w"}, {"name": "v", "secret": {"secretName": "s"}}]})
        );
    }

    #[test]
    fn null_removes_and_replace_replaces() {
        let target = json!({"hostname": "h", "nodeSelector": {"a": "1", "b": "2"}});
        let patch = json!({"hostname": null, "nodeSelector": {"$patch": "replace", "c": "3"}});
        assert_eq!(patched(target, patch), json!({"nodeSelector": {"c": "3"}}));
    }
}
