//! JSON patch (RFC 6902).

use serde_json::Value;

use crate::kube::resources::text;
use crate::kube::status::{Answer, Failure};

/// The document that `operations` make of `target`.
///
/// # Errors
/// 400 when the patch is no list of operations, 422 when one of them cannot be done.
pub(crate) fn apply(target: &Value, operations: &Value) -> Answer<Value> {
    let Some(operations) = operations.as_array() else {
        return Err(Failure::bad_request(
            "error decoding patch: json: cannot unmarshal object into Go value of type \
             []handlers.jsonPatchOp",
        ));
    };
    let mut document = target.clone();
    for operation in operations {
        step(&mut document, operation).ok_or_else(Failure::unprocessable)?;
    }
    Ok(document)
}

/// Does one operation; nothing when it does not apply.
fn step(document: &mut Value, operation: &Value) -> Option<()> {
    let (kind, path) = (text(operation, "/op"), text(operation, "/path"));
    match kind {
        "add" => add(document, path, operation.get("value")?.clone()),
        "replace" => {
            let value = operation.get("value")?.clone();
            match document.pointer_mut(path) {
                Some(place) => *place = value,
                // The server's library lets a member of an object be replaced before it exists.
                None => match parent(document, path)? {
                    (Value::Object(object), name) => drop(object.insert(name, value)),
                    _ => return None,
                },
            }
            Some(())
        }
        "remove" => take(document, path).map(drop),
        "move" => {
            let value = take(document, text(operation, "/from"))?;
            add(document, path, value)
        }
        "copy" => {
            let value = document.pointer(text(operation, "/from"))?.clone();
            add(document, path, value)
        }
        "test" => {
            let expected = operation.get("value").unwrap_or(&Value::Null);
            (document.pointer(path).unwrap_or(&Value::Null) == expected).then_some(())
        }
        _ => None,
    }
}

/// The container and the unescaped last segment that `path` names.
fn parent<'v>(document: &'v mut Value, path: &str) -> Option<(&'v mut Value, String)> {
    let (above, last) = path.rsplit_once('/')?;
    Some((document.pointer_mut(above)?, last.replace("~1", "/").replace("~0", "~")))
}

fn add(document: &mut Value, path: &str, value: Value) -> Option<()> {
    if path.is_empty() {
        *document = value;
        return Some(());
    }
    match parent(document, path)? {
        (Value::Object(object), last) => drop(object.insert(last, value)),
        (Value::Array(list), last) if last == "-" => list.push(value),
        (Value::Array(list), last) => {
            let index = last.parse().ok().filter(|&index: &usize| index <= list.len())?;
            list.insert(index, value);
        }
        _ => return None,
    }
    Some(())
}

fn take(document: &mut Value, path: &str) -> Option<Value> {
    match parent(document, path)? {
        (Value::Object(object), last) => object.shift_remove(&last),
        (Value::Array(list), last) => {
            let index = last.parse().ok().filter(|&index: &usize| index < list.len())?;
            Some(list.remove(index))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn operations_are_done_in_order() {
        let target = json!({"a": {"b/c": 1}, "list": [1, 3]});
        let patch = json!([
            {"op": "test", "path": "/a/b~1c", "value": 1},
            {"op": "add", "path": "/list/1", "value": 2},
            {"op": "add", "path": "/list/-", "value": 4},
            {"op": "move", "from": "/a/b~1c", "path": "/moved"},
            {"op": "copy", "from": "/moved", "path": "/copied"},
            {"op": "remove", "path": "/a"},
            {"op": "replace", "path": "/moved", "value": true},
        ]);
        assert_eq!(
            apply(&target, &patch).expect("every step applies"),
            json!({"list": [1, 2, 3, 4], "moved": true, "copied": 1})
        );
    }

    #[test]
    fn a_failed_test_refuses_the_whole_patch() {
        let patch = json!([{"op": "test", "path": "/a", "value": 2}]);
        assert_eq!(apply(&json!({"a": 1}), &patch).expect_err("the value differs").code, 422);
    }

    #[test]
    fn what_is_missing_cannot_be_removed_and_only_members_can_be_replaced() {
        let patched = |op: &str, path: &str| {
            apply(&json!({"list": []}), &json!([{"op": op, "path": path, "value": 1}]))
        };
        for (op, path) in [("remove", "/x"), ("replace", "/list/0"), ("replace", "/x/y")] {
            assert_eq!(patched(op, path).expect_err("nothing is there").code, 422);
        }
        assert_eq!(patched("replace", "/x").expect("a member"), json!({"list": [], "x": 1}));
    }
}
