//! Merging, comparing and pruning of objects along their schema.
//!
//! These are the operations from which server-side apply is built; they know field sets and
//! schemas, and no managers.
//!
//! Source: sigs.k8s.io/structured-merge-diff, `typed`.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::fields::{FieldSet, field_element, key_element, readable, value_element};
use super::schema::{Field, ListType, Schema};

/// What differs between two versions of an object.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Comparison {
    /// Paths that only the new version has.
    pub(crate) added: FieldSet,
    /// Leaves whose value changed.
    pub(crate) modified: FieldSet,
    /// Paths that only the old version has.
    pub(crate) removed: FieldSet,
}

impl Comparison {
    /// The paths whose value the new version decides.
    pub(crate) fn written(&self) -> FieldSet {
        self.added.union(&self.modified)
    }

    fn set_child(&mut self, element: &str, child: Comparison) {
        self.added.set_child(element, child.added);
        self.modified.set_child(element, child.modified);
        self.removed.set_child(element, child.removed);
    }
}

/// The path element of each item of a list, or why the items cannot be told apart.
fn elements(list: &[Value], schema: Schema<'_>) -> Result<Vec<String>, String> {
    match schema.list_type() {
        ListType::Atomic => Ok(Vec::new()),
        ListType::Set => Ok(list.iter().map(value_element).collect()),
        ListType::Map(keys) => {
            let element = |(index, item)| item_element(index, item, &keys, schema.items());
            list.iter().enumerate().map(element).collect()
        }
    }
}

fn item_element(
    index: usize,
    item: &Value,
    keys: &[&str],
    schema: Schema<'_>,
) -> Result<String, String> {
    let mut values = BTreeMap::new();
    for &key in keys {
        let value = item.get(key).or_else(|| schema.at(key).keyword("default"));
        // Some of several keys may be absent, all of them may not.
        if let Some(value) = value {
            values.insert(key, value.clone());
        }
    }
    if values.is_empty() {
        let keys: Vec<_> = keys.iter().map(|key| format!("{key:?}")).collect();
        return Err(format!(
            "element {index}: associative list with keys has an element that omits all key \
             fields [{}] (and doesn't have default values for any key fields)",
            keys.join(" ")
        ));
    }
    Ok(key_element(&values))
}

/// Whether a value is merged as a whole.
fn is_leaf(value: &Value, schema: Schema<'_>) -> bool {
    match value {
        Value::Object(object) => object.is_empty() || schema.is_atomic_map(),
        Value::Array(list) => list.is_empty() || schema.list_type() == ListType::Atomic,
        _ => true,
    }
}

/// The fields that `value` sets.
///
/// # Errors
/// The path of the first field that the schema does not declare or whose type is wrong.
pub(crate) fn field_set(value: &Value, schema: Schema<'_>) -> Result<FieldSet, String> {
    let mut set = FieldSet::default();
    let mut errors = Vec::new();
    collect(value, schema, "", &mut set, &mut errors);
    match errors.into_iter().next() {
        None => Ok(set),
        Some(first) => Err(first),
    }
}

fn collect(
    value: &Value,
    schema: Schema<'_>,
    path: &str,
    set: &mut FieldSet,
    errors: &mut Vec<String>,
) {
    if let Some(error) = wrong_type(value, schema, path) {
        errors.push(error);
        return;
    }
    if is_leaf(value, schema) {
        // A list whose items are owned one by one has none to own when it is empty.
        let is_nothing = value.is_array() && schema.list_type() != ListType::Atomic;
        if !path.is_empty() && !is_nothing {
            set.own();
        }
        undeclared_below(value, schema, path, errors);
        return;
    }
    match value {
        Value::Object(object) => collect_fields(object, schema, path, set, errors),
        Value::Array(list) => collect_items(list, schema, path, set, errors),
        _ => {}
    }
}

fn collect_fields(
    object: &Map<String, Value>,
    schema: Schema<'_>,
    path: &str,
    set: &mut FieldSet,
    errors: &mut Vec<String>,
) {
    for (name, field) in object {
        let path = format!("{path}.{name}");
        let (below, is_member) = match schema.field(name) {
            Field::Declared(below) => (below, false),
            Field::Free(below) => (below, true),
            Field::Unknown => {
                errors.push(format!("{path}: field not declared in schema"));
                continue;
            }
        };
        let mut child = FieldSet::default();
        if is_member {
            child.own();
        }
        collect(field, below, &path, &mut child, errors);
        set.set_child(field_element(name), child);
    }
}

fn collect_items(
    list: &[Value],
    schema: Schema<'_>,
    path: &str,
    set: &mut FieldSet,
    errors: &mut Vec<String>,
) {
    let elements = match elements(list, schema) {
        Ok(elements) => elements,
        Err(error) => return errors.push(format!("{path}: {error}")),
    };
    for (item, element) in list.iter().zip(elements) {
        let child = set.child_mut(element.clone());
        if child.is_owned() {
            let key = readable(&element);
            errors.push(format!("{path}: duplicate entries for key {key}"));
            continue;
        }
        child.own();
        collect(item, schema.items(), &format!("{path}{}", readable(&element)), child, errors);
    }
}

/// Looks for undeclared fields inside a value that is merged as a whole.
fn undeclared_below(value: &Value, schema: Schema<'_>, path: &str, errors: &mut Vec<String>) {
    if let Some(error) = wrong_type(value, schema, path) {
        errors.push(error);
        return;
    }
    match value {
        Value::Object(object) => {
            for (name, field) in object {
                let path = format!("{path}.{name}");
                match schema.field(name) {
                    Field::Unknown => {
                        errors.push(format!("{path}: field not declared in schema"));
                    }
                    Field::Declared(below) | Field::Free(below) => {
                        undeclared_below(field, below, &path, errors);
                    }
                }
            }
        }
        Value::Array(list) => {
            for (index, item) in list.iter().enumerate() {
                undeclared_below(item, schema.items(), &format!("{path}[{index}]"), errors);
            }
        }
        _ => {}
    }
}

/// What is wrong with the type of a value.
fn wrong_type(value: &Value, schema: Schema<'_>, path: &str) -> Option<String> {
    if schema.is_int_or_string() || value.is_null() {
        return None;
    }
    let wrong = match (schema.type_name(), value) {
        ("object", Value::Object(_))
        | ("array", Value::Array(_))
        | ("string", Value::String(_))
        | ("boolean", Value::Bool(_))
        | ("integer" | "number", Value::Number(_))
        | ("", _) => return None,
        ("object", other) => format!("expected map, got &{{{}}}", in_go(other)),
        ("array", other) => format!("expected list, got &{{{}}}", in_go(other)),
        ("boolean", other) => format!("expected boolean, got &{{{}}}", in_go(other)),
        ("string", other) => {
            format!(
                "expected string, got &value.valueUnstructured{{Value:{}}}",
                in_go_syntax(other)
            )
        }
        (_, other) => format!("expected numeric (int or float), got {}", go_type(other)),
    };
    let path = if path.is_empty() { "." } else { path };
    Some(format!("{path}: {wrong}"))
}

/// A value as Go prints it.
fn in_go(value: &Value) -> String {
    match value {
        Value::Null => "<nil>".to_owned(),
        Value::String(text) => text.clone(),
        Value::Array(list) => {
            format!("[{}]", list.iter().map(in_go).collect::<Vec<_>>().join(" "))
        }
        Value::Object(object) => {
            let field = |(name, value): (&String, &Value)| format!("{name}:{}", in_go(value));
            format!("map[{}]", object.iter().map(field).collect::<Vec<_>>().join(" "))
        }
        other => other.to_string(),
    }
}

/// A value as it is written in a Go program.
fn in_go_syntax(value: &Value) -> String {
    let list = |items: Vec<String>| items.join(", ");
    match value {
        Value::Array(items) => {
            format!("{}{{{}}}", go_type(value), list(items.iter().map(in_go_syntax).collect()))
        }
        Value::Object(object) => {
            let field =
                |(name, value): (&String, &Value)| format!("{name:?}:{}", in_go_syntax(value));
            format!("{}{{{}}}", go_type(value), list(object.iter().map(field).collect()))
        }
        other => other.to_string(),
    }
}

fn go_type(value: &Value) -> &'static str {
    match value {
        Value::Null => "<nil>",
        Value::Bool(_) => "bool",
        Value::Number(number) if number.is_f64() => "float64",
        Value::Number(_) => "int64",
        Value::String(_) => "string",
        Value::Array(_) => "[]interface {}",
        Value::Object(_) => "map[string]interface {}",
    }
}

/// `live` with everything that `config` sets.
pub(crate) fn merge(live: &Value, config: &Value, schema: Schema<'_>) -> Value {
    match (live, config) {
        (Value::Object(ours), Value::Object(theirs)) if !schema.is_atomic_map() => {
            let mut merged = ours.clone();
            for (name, value) in theirs {
                let value = match ours.get(name) {
                    Some(old) => merge(old, value, schema.at(name)),
                    None => value.clone(),
                };
                merged.insert(name.clone(), value);
            }
            Value::Object(merged)
        }
        (Value::Array(ours), Value::Array(theirs)) => merge_lists(ours, theirs, schema),
        _ => config.clone(),
    }
}

/// Takes the order of `theirs`; items that only `ours` has keep their place among `ours`.
fn merge_lists(ours: &[Value], theirs: &[Value], schema: Schema<'_>) -> Value {
    let (Ok(our_elements), Ok(their_elements)) = (elements(ours, schema), elements(theirs, schema))
    else {
        return theirs.into();
    };
    if schema.list_type() == ListType::Atomic {
        return theirs.into();
    }
    let combine = |item: &Value, element: &String| match our_elements
        .iter()
        .position(|known| known == element)
    {
        Some(index) => merge(&ours[index], item, schema.items()),
        None => item.clone(),
    };
    let mut shared = their_elements.iter().filter(|element| our_elements.contains(element));
    let mut next_shared = shared.next();
    let mut pending = theirs.iter().zip(&their_elements);
    let mut merged = Vec::new();
    for (item, element) in ours.iter().zip(&our_elements) {
        if !their_elements.contains(element) {
            merged.push(item.clone());
        } else if next_shared == Some(element) {
            for (item, emitted) in pending.by_ref() {
                merged.push(combine(item, emitted));
                if emitted == element {
                    break;
                }
            }
            next_shared = shared.next();
        }
    }
    merged.extend(pending.map(|(item, element)| combine(item, element)));
    Value::Array(merged)
}

/// `value` without the fields in `set`.
pub(crate) fn remove(value: &Value, set: &FieldSet, schema: Schema<'_>) -> Value {
    match value {
        Value::Object(object) if !schema.is_atomic_map() => {
            let mut kept = Map::new();
            for (name, field) in object {
                match set.child(&field_element(name)) {
                    Some(child) if child.is_owned() => {}
                    Some(child) => {
                        let left = remove(field, child, schema.at(name));
                        kept.insert(name.clone(), left);
                    }
                    None => drop(kept.insert(name.clone(), field.clone())),
                }
            }
            Value::Object(kept)
        }
        Value::Array(list) => {
            let Ok(elements) = elements(list, schema) else { return value.clone() };
            if schema.list_type() == ListType::Atomic {
                return value.clone();
            }
            let kept =
                list.iter().zip(elements).filter_map(|(item, element)| match set.child(&element) {
                    Some(child) if child.is_owned() => None,
                    Some(child) => Some(remove(item, child, schema.items())),
                    None => Some(item.clone()),
                });
            Value::Array(kept.collect())
        }
        _ => value.clone(),
    }
}

/// What changes from `old` to `new`.
pub(crate) fn compare(old: &Value, new: &Value, schema: Schema<'_>) -> Comparison {
    compare_at(Some(old), Some(new), schema)
}

fn compare_at(old: Option<&Value>, new: Option<&Value>, schema: Schema<'_>) -> Comparison {
    let mut result = Comparison::default();
    let is_empty_or_leaf = |value: Option<&Value>| value.is_none_or(|value| is_leaf(value, schema));
    let children_differ = match (old, new) {
        (Some(Value::Object(_)) | None, Some(Value::Object(_)))
        | (Some(Value::Object(_)), None)
        | (Some(Value::Array(_) | Value::Null) | None, Some(Value::Array(_)))
        | (Some(Value::Array(_)), Some(Value::Null) | None) => {
            !(is_empty_or_leaf(old) && is_empty_or_leaf(new))
        }
        _ => false,
    };
    if children_differ {
        compare_children(old, new, schema, &mut result);
    } else if old.is_some() && new.is_some() && old != new {
        result.modified.own();
    }
    match (old, new) {
        (None, Some(_)) => result.added.own(),
        (Some(_), None) => result.removed.own(),
        _ => {}
    }
    result
}

fn compare_children(
    old: Option<&Value>,
    new: Option<&Value>,
    schema: Schema<'_>,
    result: &mut Comparison,
) {
    let (old_fields, new_fields) = (children(old, schema), children(new, schema));
    for (element, (before, below)) in &old_fields {
        let after = new_fields.get(element).map(|(value, _)| *value);
        let after = after.or_else(|| implied(new, schema, element, *below));
        result.set_child(element, compare_at(Some(before), after, *below));
    }
    for (element, (after, below)) in &new_fields {
        if !old_fields.contains_key(element) {
            let before = implied(old, schema, element, *below);
            result.set_child(element, compare_at(before, Some(after), *below));
        }
    }
}

/// What counts as the value of a field that `parent` does not have, as long as the parent is there:
/// a struct that is always present is empty, a list that is always written is null.
fn implied(
    parent: Option<&Value>,
    schema: Schema<'_>,
    element: &str,
    below: Schema<'_>,
) -> Option<&'static Value> {
    static EMPTY: std::sync::LazyLock<Value> =
        std::sync::LazyLock::new(|| Value::Object(Map::new()));
    parent?;
    if below.is_always_present() {
        return Some(&EMPTY);
    }
    let is_required = || schema.required().any(|name| field_element(name) == element);
    (below.type_name() == "array" && is_required()).then_some(&Value::Null)
}

/// The children of an object or list by their path element.
fn children<'v, 's>(
    value: Option<&'v Value>,
    schema: Schema<'s>,
) -> BTreeMap<String, (&'v Value, Schema<'s>)> {
    match value {
        Some(Value::Object(object)) => {
            let field = |(name, value): (&String, &'v Value)| {
                (field_element(name), (value, schema.at(name)))
            };
            object.iter().map(field).collect()
        }
        Some(Value::Array(list)) => {
            let elements = elements(list, schema).unwrap_or_default();
            elements.into_iter().zip(list.iter().map(|item| (item, schema.items()))).collect()
        }
        _ => BTreeMap::new(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn pod_spec() -> Schema<'static> {
        Schema::of_type("io.k8s.api.core.v1.PodSpec")
    }

    #[test]
    fn lists_with_keys_merge_item_by_item() {
        let live =
            json!({"containers": [{"name": "a", "image": "a:1"}, {"name": "side", "image": "s"}]});
        let config = json!({"containers": [{"name": "new"}, {"name": "a", "image": "a:2"}]});
        assert_eq!(
            merge(&live, &config, pod_spec()),
            json!({"containers": [
                {"name": "new"}, {"name": "a", "image": "a:2"}, {"name": "side", "image": "s"}
            ]})
        );
    }

    #[test]
    fn reordered_items_leave_the_others_in_their_place() {
        let names = |names: &[&str]| -> Value {
            names.iter().map(|name| json!({"name": name})).collect::<Vec<_>>().into()
        };
        let merged = merge(
            &json!({"containers": names(&["x", "live", "y"])}),
            &json!({"containers": names(&["y", "x"])}),
            pod_spec(),
        );
        assert_eq!(merged, json!({"containers": names(&["live", "y", "x"])}));
    }

    #[test]
    fn atomic_lists_and_maps_are_replaced() {
        let live = json!({"nodeSelector": {"a": "1"}, "tolerations": [{"key": "x"}]});
        let config = json!({"nodeSelector": {"b": "2"}, "tolerations": []});
        assert_eq!(merge(&live, &config, pod_spec()), config);
    }

    #[test]
    fn a_port_without_protocol_is_a_tcp_port() {
        let schema = Schema::of_type("io.k8s.api.core.v1.Container");
        let set = field_set(&json!({"name": "a", "ports": [{"containerPort": 80}]}), schema);
        let set = set.expect("the container is valid");
        assert!(set.paths().contains(&".ports[containerPort=80,protocol=\"TCP\"]".to_owned()));
    }

    #[test]
    fn undeclared_fields_and_wrong_types_name_their_path() {
        let schema = Schema::of_type("io.k8s.api.apps.v1.Deployment");
        let error = |value: Value| field_set(&value, schema).expect_err("the value is wrong");
        assert_eq!(
            error(json!({"spec": {"replica": 1}})),
            ".spec.replica: field not declared in schema"
        );
        assert_eq!(
            error(json!({"spec": {"a": 1, "b": 1}})),
            ".spec.a: field not declared in schema",
            "the first error ends the reading"
        );
        for (wrong, message) in [
            (json!({"replicas": "1"}), "replicas: expected numeric (int or float), got string"),
            (json!({"paused": "x"}), "paused: expected boolean, got &{x}"),
            (json!({"strategy": ["a", 1]}), "strategy: expected map, got &{[a 1]}"),
            (
                json!({"strategy": {"type": {"a": [true]}}}),
                "strategy.type: expected string, got &value.valueUnstructured{Value:\
                 map[string]interface {}{\"a\":[]interface {}{true}}}",
            ),
        ] {
            assert_eq!(error(json!({"spec": wrong})), format!(".spec.{message}"));
        }
    }

    #[test]
    fn an_empty_list_of_owned_items_is_nobodys() {
        let set = field_set(&json!({"containers": [], "tolerations": []}), pod_spec());
        assert_eq!(set.expect("it is valid").paths(), [".tolerations"]);
    }

    #[test]
    fn comparison_tells_added_modified_and_removed_apart() {
        let old = json!({"data": {"same": "1", "changed": "1", "gone": "1"}});
        let new = json!({"data": {"same": "1", "changed": "2", "new": "1"}});
        let result = compare(&old, &new, Schema::of_type("io.k8s.api.core.v1.ConfigMap"));
        assert_eq!(result.added.paths(), [".data.new"]);
        assert_eq!(result.modified.paths(), [".data.changed"]);
        assert_eq!(result.removed.paths(), [".data.gone"]);
    }

    #[test]
    fn a_new_map_is_a_member_and_a_struct_is_not() {
        let new = json!({"metadata": {"labels": {"a": "1"}}, "spec": {"replicas": 1}});
        let result = compare(&json!({}), &new, Schema::of_type("io.k8s.api.apps.v1.Deployment"));
        assert_eq!(
            result.added.to_value(),
            json!({
                "f:metadata": {"f:labels": {".": {}, "f:a": {}}},
                "f:spec": {"f:replicas": {}},
            })
        );
    }

    #[test]
    fn a_list_that_is_always_written_is_no_member() {
        let new = json!({"metadata": {}, "spec": {"containers": [{"name": "a"}]}});
        let result = compare(&json!({}), &new, Schema::of_type("io.k8s.api.core.v1.Pod"));
        assert_eq!(
            result.added.to_value(),
            json!({"f:spec": {"f:containers": {"k:{\"name\":\"a\"}": {".": {}, "f:name": {}}}}})
        );
    }

    #[test]
    fn a_new_item_has_its_empty_structs() {
        let new = json!({"containers": [{"name": "a", "resources": {}}]});
        let result = compare(&json!({"containers": []}), &new, pod_spec());
        assert_eq!(
            result.added.to_value(),
            json!({"f:containers": {
                "k:{\"name\":\"a\"}": {".": {}, "f:name": {}, "f:resources": {}},
            }})
        );
    }

    #[test]
    fn removal_leaves_the_rest_of_an_item() {
        let value = json!({"containers": [{"name": "a", "image": "i", "tty": true}]});
        let set =
            FieldSet::from_value(&json!({"f:containers": {"k:{\"name\":\"a\"}": {"f:tty": {}}}}));
        assert_eq!(
            remove(&value, &set, pod_spec()),
            json!({"containers": [{"name": "a", "image": "i"}]})
        );
    }
}
