//! JSON merge patch (RFC 7396).

use serde_json::{Map, Value};

/// `target` with `patch` merged into it: `null` removes, everything but objects replaces.
pub(crate) fn apply(target: &Value, patch: &Value) -> Value {
    let Value::Object(changes) = patch else { return patch.clone() };
    let mut result = target.as_object().cloned().unwrap_or_default();
    for (name, change) in changes {
        if change.is_null() {
            result.shift_remove(name);
            continue;
        }
        let old = result.get(name).cloned().unwrap_or(Value::Object(Map::new()));
        result.insert(name.clone(), apply(&old, change));
    }
    Value::Object(result)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::apply;

    #[test]
    fn null_removes_and_lists_are_replaced() {
        let target = json!({"a": 1, "b": {"c": 2, "d": 3}, "list": [1, 2]});
        let patch = json!({"a": null, "b": {"c": null, "e": 4}, "list": [3], "new": {"x": null}});
        assert_eq!(apply(&target, &patch), json!({"b": {"d": 3, "e": 4}, "list": [3], "new": {}}));
    }
}
