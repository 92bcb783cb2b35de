//! Helm's values: maps that are laid over each other.
//!
//! Source: fluxcd/pkg, `chartutil/merge.go`.

use serde_json::Value;

/// Lays `over` over `base`: maps are merged, everything else is replaced.
pub(super) fn merge_maps(base: Value, over: Value) -> Value {
    match (base, over) {
        (Value::Object(mut base), Value::Object(over)) => {
            for (key, value) in over {
                let last = base.remove(&key).unwrap_or_default();
                base.insert(key, merge_maps(last, value));
            }
            Value::Object(base)
        }
        (_, over) => over,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn maps_are_merged_and_lists_replaced() {
        let base = json!({"a": {"x": 1, "y": 2}, "list": [1, 2]});
        let over = json!({"a": {"y": 3}, "list": [4], "new": true});
        let merged = json!({"a": {"x": 1, "y": 3}, "list": [4], "new": true});
        assert_eq!(merge_maps(base, over), merged);
    }
}
