//! Sets of fields in the notation of `fieldsV1`.
//!
//! Source: sigs.k8s.io/structured-merge-diff, `fieldpath`.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

/// A set of field paths, as a tree.
///
/// A child's name is a path element: `f:NAME` for a field, `k:{"key":value}` for an item of a list
/// that is a map, `v:VALUE` for an item of a set.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct FieldSet {
    /// Whether the path that ends here is in the set.
    owned: bool,
    children: BTreeMap<String, FieldSet>,
}

impl FieldSet {
    /// Reads `fieldsV1`.
    pub(crate) fn from_value(value: &Value) -> Self {
        let mut set = Self::read(value);
        // The root of an empty set is `{}` too, and is no field.
        set.owned = false;
        set
    }

    fn read(value: &Value) -> Self {
        let Some(object) = value.as_object() else { return Self::default() };
        let children = object
            .iter()
            .filter(|(element, _)| *element != ".")
            .map(|(element, child)| (element.clone(), Self::read(child)))
            .collect();
        Self { owned: object.is_empty() || object.contains_key("."), children }
    }

    /// Writes `fieldsV1`.
    pub(crate) fn to_value(&self) -> Value {
        let mut object = Map::new();
        if self.owned && !self.children.is_empty() {
            object.insert(".".to_owned(), json!({}));
        }
        for (element, child) in &self.children {
            object.insert(element.clone(), child.to_value());
        }
        Value::Object(object)
    }

    /// Whether no field is in the set.
    pub(crate) fn is_empty(&self) -> bool {
        !self.owned && self.children.is_empty()
    }

    /// Whether the path that ends here is in the set.
    pub(crate) fn is_owned(&self) -> bool {
        self.owned
    }

    /// Puts the path that ends here into the set.
    pub(crate) fn own(&mut self) {
        self.owned = true;
    }

    /// The subset below `element`.
    pub(crate) fn child(&self, element: &str) -> Option<&Self> {
        self.children.get(element)
    }

    /// The subset below `element`, made if it is missing.
    pub(crate) fn child_mut(&mut self, element: impl Into<String>) -> &mut Self {
        self.children.entry(element.into()).or_default()
    }

    /// Replaces the subset below `element`; an empty one is left out.
    pub(crate) fn set_child(&mut self, element: impl Into<String>, child: Self) {
        if !child.is_empty() {
            self.children.insert(element.into(), child);
        }
    }

    /// Removes everything at and below the path of `elements`.
    pub(crate) fn remove(&mut self, elements: &[&str]) {
        let [first, rest @ ..] = elements else { return };
        if rest.is_empty() {
            self.children.remove(*first);
            return;
        }
        let Some(child) = self.children.get_mut(*first) else { return };
        child.remove(rest);
        if child.is_empty() {
            self.children.remove(*first);
        }
    }

    /// Keeps only the fields below the top-level field `name`.
    pub(crate) fn retain_field(&mut self, name: &str) {
        let wanted = format!("f:{name}");
        self.children.retain(|element, _| *element == wanted);
    }

    /// The paths in either set.
    pub(crate) fn union(&self, other: &Self) -> Self {
        let mut result = self.clone();
        result.owned |= other.owned;
        for (element, theirs) in &other.children {
            let merged = match result.children.get(element) {
                Some(ours) => ours.union(theirs),
                None => theirs.clone(),
            };
            result.children.insert(element.clone(), merged);
        }
        result
    }

    /// The paths of this set that are not in `other`.
    pub(crate) fn difference(&self, other: &Self) -> Self {
        let mut result = Self { owned: self.owned && !other.owned, children: BTreeMap::new() };
        for (element, ours) in &self.children {
            let left = match other.children.get(element) {
                Some(theirs) => ours.difference(theirs),
                None => ours.clone(),
            };
            result.set_child(element.clone(), left);
        }
        result
    }

    /// The paths in both sets.
    pub(crate) fn intersection(&self, other: &Self) -> Self {
        let mut result = Self { owned: self.owned && other.owned, children: BTreeMap::new() };
        for (element, ours) in &self.children {
            if let Some(theirs) = other.children.get(element) {
                result.set_child(element.clone(), ours.intersection(theirs));
            }
        }
        result
    }

    /// Makes every named field on the way to a path a member itself.
    ///
    /// Needed before differences that decide about removal: a set that owns `.spec.a` also holds
    /// on to `.spec`.
    pub(crate) fn with_parents(&self) -> Self {
        let children = self.children.iter().map(|(element, child)| {
            let mut child = child.with_parents();
            child.owned |= element.starts_with("f:");
            (element.clone(), child)
        });
        Self { owned: self.owned, children: children.collect() }
    }

    /// Every path of the set in the notation of conflict messages: `.spec.containers[name="a"]`.
    ///
    /// The members of a level come before what is below any of them.
    pub(crate) fn paths(&self) -> Vec<String> {
        let mut paths = Vec::new();
        self.collect_paths("", &mut paths);
        paths
    }

    fn collect_paths(&self, prefix: &str, paths: &mut Vec<String>) {
        let path = |element: &str| format!("{prefix}{}", readable(element));
        let members = self.children.iter().filter(|(_, child)| child.owned);
        paths.extend(members.map(|(element, _)| path(element)));
        for (element, child) in &self.children {
            child.collect_paths(&path(element), paths);
        }
    }
}

/// A path element as conflict messages print it.
pub(crate) fn readable(element: &str) -> String {
    let (kind, rest) = element.split_at(element.len().min(2));
    match kind {
        "f:" => format!(".{rest}"),
        "v:" => format!("[={rest}]"),
        _ => {
            let keys: Map<String, Value> = serde_json::from_str(rest).unwrap_or_default();
            let keys: Vec<_> = keys.iter().map(|(key, value)| format!("{key}={value}")).collect();
            format!("[{}]", keys.join(","))
        }
    }
}

/// The path element of field `name`.
pub(crate) fn field_element(name: &str) -> String {
    format!("f:{name}")
}

/// The path element of an item of a set.
pub(crate) fn value_element(value: &Value) -> String {
    format!("v:{value}")
}

/// The path element of an item of a list that is a map, in the order of the keys' names.
pub(crate) fn key_element(keys: &BTreeMap<&str, Value>) -> String {
    let keys: Map<String, Value> =
        keys.iter().map(|(key, value)| ((*key).to_owned(), value.clone())).collect();
    format!("k:{}", Value::Object(keys))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(value: Value) -> FieldSet {
        FieldSet::from_value(&value)
    }

    #[test]
    fn the_notation_survives_a_round_trip() {
        let value = json!({
            "f:metadata": {"f:labels": {".": {}, "f:a": {}}},
            "f:spec": {"f:containers": {"k:{\"name\":\"app\"}": {".": {}, "f:image": {}}}},
        });
        assert_eq!(set(value.clone()).to_value(), value);
        assert!(set(json!({})).is_empty());
    }

    #[test]
    fn paths_read_like_the_servers() {
        let set = set(json!({
            "f:spec": {"f:containers": {"k:{\"name\":\"app\"}": {"f:image": {}}}},
            "f:metadata": {"f:finalizers": {"v:\"x\"": {}}},
        }));
        assert_eq!(
            set.paths(),
            [".metadata.finalizers[=\"x\"]", ".spec.containers[name=\"app\"].image"]
        );
    }

    #[test]
    fn the_members_of_a_level_come_before_what_is_below() {
        let set = set(json!({"f:spec": {"f:list": {"k:{\"k\":1}": {"f:v": {}}}, "f:n": {}}}));
        assert_eq!(set.paths(), [".spec.n", ".spec.list[k=1].v"]);
    }

    #[test]
    fn difference_keeps_what_only_the_first_has() {
        let ours = set(json!({"f:data": {".": {}, "f:a": {}, "f:b": {}}}));
        let theirs = set(json!({"f:data": {"f:b": {}}}));
        assert_eq!(ours.difference(&theirs).to_value(), json!({"f:data": {".": {}, "f:a": {}}}));
        assert_eq!(ours.intersection(&theirs).to_value(), json!({"f:data": {"f:b": {}}}));
        assert_eq!(theirs.union(&ours), ours);
    }

    #[test]
    fn removing_the_last_path_removes_its_parents() {
        let mut ours = set(json!({"f:metadata": {"f:name": {}}}));
        ours.remove(&["f:metadata", "f:name"]);
        assert!(ours.is_empty());
    }
}
