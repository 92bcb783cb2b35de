//! Field managers: who owns which field, kept in `metadata.managedFields`.
//!
//! Source: k8s.io/apimachinery `util/managedfields` and structured-merge-diff `merge`.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::fields::FieldSet;
use super::resources::{Resource, text};
use super::schema::Schema;
use super::status::{Answer, Cause, Failure};
use super::structure::{Comparison, compare, field_set, merge, remove};

/// Who writes, and through which endpoint.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Manager {
    /// The name, for example `kubectl`.
    pub(crate) name: String,
    /// `Apply` or `Update`.
    pub(crate) operation: Operation,
    /// The version of the object as it was sent; empty in comparisons of appliers.
    pub(crate) api_version: String,
    /// `status`, or empty.
    pub(crate) subresource: String,
}

/// How a manager came to own its fields.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Operation {
    /// Server-side apply.
    Apply,
    /// Anything else.
    Update,
}

impl Manager {
    /// Whether two entries belong to the same manager; appliers keep theirs across versions.
    fn is_same(&self, other: &Self) -> bool {
        self.name == other.name
            && self.operation == other.operation
            && self.subresource == other.subresource
            && (self.operation == Operation::Apply || self.api_version == other.api_version)
    }

    /// As conflict messages name it.
    fn describe(&self) -> String {
        let mut text = format!("{:?}", self.name);
        if !self.subresource.is_empty() {
            text.push_str(&format!(" with subresource {:?}", self.subresource));
        }
        if self.operation == Operation::Update {
            text.push_str(&format!(" using {}", self.api_version));
        }
        text
    }
}

/// One entry of `managedFields`.
#[derive(Clone, Debug)]
struct Entry {
    manager: Manager,
    /// When it last changed a value; none for who applied only what was there.
    time: Option<String>,
    fields: FieldSet,
}

impl Entry {
    fn read(value: &Value) -> Self {
        let operation = match text(value, "/operation") {
            "Apply" => Operation::Apply,
            _ => Operation::Update,
        };
        Self {
            manager: Manager {
                name: text(value, "/manager").to_owned(),
                operation,
                api_version: text(value, "/apiVersion").to_owned(),
                subresource: text(value, "/subresource").to_owned(),
            },
            time: value["time"].as_str().map(str::to_owned),
            fields: FieldSet::from_value(&value["fieldsV1"]),
        }
    }

    fn to_value(&self) -> Value {
        let mut entry = json!({
            "manager": self.manager.name,
            "operation": match self.manager.operation {
                Operation::Apply => "Apply",
                Operation::Update => "Update",
            },
            "apiVersion": self.manager.api_version,
            "fieldsType": "FieldsV1",
            "fieldsV1": self.fields.to_value(),
        });
        if let Some(time) = &self.time {
            entry["time"] = time.as_str().into();
        }
        if !self.manager.subresource.is_empty() {
            entry["subresource"] = self.manager.subresource.as_str().into();
        }
        entry
    }
}

fn read_entries(object: &Value) -> Vec<Entry> {
    let list = object.pointer("/metadata/managedFields").and_then(Value::as_array);
    list.into_iter().flatten().map(Entry::read).collect()
}

/// The entries for an update: what was sent counts, unless nothing was.
fn entries_for_update(live: &Value, new: &Value) -> Vec<Entry> {
    let sent = read_entries(new);
    if sent.is_empty() { read_entries(live) } else { sent }
}

fn write_entries(object: &mut Value, mut entries: Vec<Entry>) {
    entries.retain(|entry| !entry.fields.is_empty());
    entries.sort_by(|a, b| {
        let key = |entry: &Entry| (entry.manager.operation, entry.time.clone());
        key(a).cmp(&key(b)).then_with(|| a.manager.cmp(&b.manager))
    });
    let Some(metadata) = object.get_mut("metadata").and_then(Value::as_object_mut) else { return };
    metadata.remove("managedFields");
    if !entries.is_empty() {
        metadata.insert(
            "managedFields".to_owned(),
            entries.iter().map(Entry::to_value).collect::<Vec<_>>().into(),
        );
    }
}

/// Whether an update asks for its object's ownership to be forgotten: a list with one empty entry.
fn resets_ownership(object: &Value) -> bool {
    let list = object.pointer("/metadata/managedFields").and_then(Value::as_array);
    list.is_some_and(|list| list.len() == 1 && list[0] == json!({}))
}

/// Whether two versions of an object differ in nothing but the times of their managers.
pub(crate) fn is_same_but_for_times(one: &Value, other: &Value) -> bool {
    let managers = |object: &Value| {
        let mut entries = object["metadata"]["managedFields"].clone();
        for entry in entries.as_array_mut().into_iter().flatten().filter_map(Value::as_object_mut) {
            entry.shift_remove("time");
        }
        entries
    };
    let rest = |object: &Value| {
        let mut rest = object.clone();
        if let Some(metadata) = rest["metadata"].as_object_mut() {
            metadata.shift_remove("managedFields");
        }
        rest
    };
    managers(one) == managers(other) && rest(one) == rest(other)
}

/// Metadata that the server writes and nobody owns.
const UNOWNED: &[&str] = &[
    "name",
    "namespace",
    "creationTimestamp",
    "selfLink",
    "uid",
    "generation",
    "managedFields",
    "resourceVersion",
    "deletionTimestamp",
    "deletionGracePeriodSeconds",
];

/// `set` without what is not tracked: type, identity, server-written metadata, and what the
/// endpoint ignores.
fn tracked(mut set: FieldSet, resource: &Resource, subresource: &str) -> FieldSet {
    set.remove(&["f:apiVersion"]);
    set.remove(&["f:kind"]);
    for name in UNOWNED {
        set.remove(&["f:metadata", &format!("f:{name}")]);
    }
    if set.child("f:metadata").is_some_and(|metadata| metadata.to_value() == json!({})) {
        set.remove(&["f:metadata"]);
    }
    match subresource {
        "status" if resource.keeps_metadata_of_status() => set.remove(&["f:spec"]),
        "status" => set.retain_field("status"),
        _ if resource.has_status => set.remove(&["f:status"]),
        _ => {}
    }
    set
}

/// The object without what managers are not asked about.
fn content(object: &Value) -> Value {
    let mut object = object.clone();
    if let Some(metadata) = object.get_mut("metadata").and_then(Value::as_object_mut) {
        metadata.retain(|name, _| !UNOWNED.contains(&name.as_str()));
    }
    object
}

fn compare_tracked(
    live: &Value,
    new: &Value,
    resource: &Resource,
    subresource: &str,
) -> Comparison {
    let all = compare(&content(live), &content(new), resource.schema());
    let filter = |set| tracked(set, resource, subresource);
    Comparison {
        added: filter(all.added),
        modified: filter(all.modified),
        removed: filter(all.removed),
    }
}

/// Gives `manager` what it changed between `live` and `new`, and takes it from everyone else.
///
/// `live` is `{}` for a creation. Writes `metadata.managedFields` of `new`.
pub(crate) fn track_update(
    live: &Value,
    new: &mut Value,
    resource: &Resource,
    manager: &Manager,
    now: &str,
) {
    if resets_ownership(new) {
        write_entries(new, Vec::new());
        return;
    }
    let mut entries = entries_for_update(live, new);
    let exists = live.pointer("/metadata/uid").is_some();
    if entries.is_empty() && exists {
        // What nobody tracks stays untracked until somebody applies.
        write_entries(new, entries);
        return;
    }
    let changes = compare_tracked(live, new, resource, &manager.subresource);
    let written = changes.written();
    for entry in entries.iter_mut().filter(|entry| !entry.manager.is_same(manager)) {
        entry.fields = entry.fields.difference(&written).difference(&changes.removed);
    }
    let ours = entries.iter().position(|entry| entry.manager.is_same(manager));
    match ours {
        Some(index) => {
            let entry = &mut entries[index];
            entry.fields = entry.fields.difference(&changes.removed).union(&written);
            if !written.is_empty() {
                entry.time = Some(now.to_owned());
            }
        }
        None => {
            let time = Some(now.to_owned());
            entries.push(Entry { manager: manager.clone(), time, fields: written });
        }
    }
    write_entries(new, entries);
}

/// The object that `manager` gets by applying `config` over `live`.
///
/// `live` is `{}` when the object does not exist. The result carries the new `managedFields`.
///
/// # Errors
/// 409 when another manager owns a field that would change and `force` is not set; 500 when the
/// configuration does not fit the schema.
pub(crate) fn apply(
    live: &Value,
    config: &Value,
    resource: &Resource,
    manager: &Manager,
    force: bool,
    now: &str,
) -> Answer<Value> {
    let schema = resource.schema();
    let sent = field_set(config, schema).map_err(|error| untyped(config, resource, &error))?;
    let set = tracked(sent.clone(), resource, &manager.subresource);

    let mut entries = read_entries(live);
    adopt_untracked(live, &mut entries, resource);
    let last = entries
        .iter()
        .find(|entry| entry.manager.is_same(manager))
        .map(|entry| entry.fields.clone())
        .unwrap_or_default();
    let others = entries.iter().filter(|entry| !entry.manager.is_same(manager));
    // The name counts as owned here, so that the metadata outlives the last field below it.
    let owned = others.fold(sent, |owned, entry| owned.union(&entry.fields));

    let merged = merge(live, config, schema);
    let mut result = prune(&merged, &last, &owned, schema);
    let changes = compare_tracked(live, &result, resource, &manager.subresource);
    let written = changes.written();
    let has_changed = !(written.is_empty() && changes.removed.is_empty());
    if !force {
        refuse_conflicts(&entries, manager, &written)?;
    }
    for entry in entries.iter_mut().filter(|entry| !entry.manager.is_same(manager)) {
        entry.fields = entry.fields.difference(&written).difference(&changes.removed);
    }
    replace_applied(&mut entries, manager, set, has_changed.then_some(now));
    write_entries(&mut result, entries);
    Ok(result)
}

fn untyped(config: &Value, resource: &Resource, error: &str) -> Failure {
    let namespace = text(config, "/metadata/namespace");
    let name = text(config, "/metadata/name");
    let object =
        if namespace.is_empty() { format!("/{name}") } else { format!("{namespace}/{name}") };
    let (group, version, kind) = (&resource.group, &resource.version, &resource.kind);
    Failure::internal(format!(
        "failed to create typed patch object ({object}; {group}/{version}, Kind={kind}): {error}"
    ))
}

/// An object that nobody tracks belongs to `before-first-apply` when it is first applied.
fn adopt_untracked(live: &Value, entries: &mut Vec<Entry>, resource: &Resource) {
    if !entries.is_empty() || live.pointer("/metadata/uid").is_none() {
        return;
    }
    let fields = compare_tracked(&json!({}), live, resource, "").added;
    entries.push(Entry {
        manager: Manager {
            name: "before-first-apply".to_owned(),
            operation: Operation::Update,
            api_version: text(live, "/apiVersion").to_owned(),
            subresource: String::new(),
        },
        time: live
            .pointer("/metadata/creationTimestamp")
            .and_then(Value::as_str)
            .map(str::to_owned),
        fields,
    });
}

/// Removes what the manager applied last time and nobody owns any more.
///
/// Fields that nobody owns and that were not applied last time stay, even when their parent goes.
fn prune(merged: &Value, last: &FieldSet, owned: &FieldSet, schema: Schema<'_>) -> Value {
    if last.is_empty() {
        return merged.clone();
    }
    let members = |value: &Value| field_set(value, schema).unwrap_or_default().with_parents();
    let last = last.with_parents();
    let all = members(merged);
    let pruned = remove(merged, &last, schema);
    let gone = all.difference(&members(&pruned)).difference(&owned.with_parents());
    let pruned = remove(merged, &gone, schema);
    let dangling = all.difference(&members(&pruned)).intersection(&last);
    remove(merged, &dangling, schema)
}

fn refuse_conflicts(entries: &[Entry], manager: &Manager, written: &FieldSet) -> Answer<()> {
    let mut conflicts: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for entry in entries.iter().filter(|entry| !entry.manager.is_same(manager)) {
        let paths = entry.fields.intersection(written).paths();
        if !paths.is_empty() {
            conflicts.entry(entry.manager.describe()).or_default().extend(paths);
        }
    }
    let causes: Vec<_> = conflicts
        .iter()
        .flat_map(|(manager, paths)| {
            let message = format!("conflict with {manager}");
            paths.iter().map(move |path| Cause::new("FieldManagerConflict", path, &message))
        })
        .collect();
    let message = match causes.as_slice() {
        [] => return Ok(()),
        [only] => format!("Apply failed with 1 conflict: {}: {}", only.message, only.field),
        many => {
            let of_manager = |(manager, paths): (&String, &Vec<String>)| {
                let paths: String = paths.iter().map(|path| format!("\n- {path}")).collect();
                format!("conflicts with {manager}:{paths}")
            };
            let managers: Vec<_> = conflicts.iter().map(of_manager).collect();
            format!("Apply failed with {} conflicts: {}", many.len(), managers.join("\n"))
        }
    };
    Err(Failure::apply_conflict(message, &causes))
}

/// Gives the applier exactly what it sent; `changed` is the time, if the object has changed by it.
fn replace_applied(
    entries: &mut Vec<Entry>,
    manager: &Manager,
    set: FieldSet,
    changed: Option<&str>,
) {
    let changed = changed.map(str::to_owned);
    match entries.iter_mut().find(|entry| entry.manager.is_same(manager)) {
        Some(entry) => {
            entry.time = changed.or_else(|| entry.time.take());
            entry.fields = set;
            entry.manager = manager.clone();
        }
        None => entries.push(Entry { manager: manager.clone(), time: changed, fields: set }),
    }
}

#[cfg(test)]
mod tests {
    use super::super::resources::Registry;
    use super::*;

    const NOW: &str = "2026-01-01T00:00:00Z";

    fn kind(name: &str) -> std::sync::Arc<Resource> {
        let api_version = if name == "Deployment" { "apps/v1" } else { "v1" };
        Registry::new().find_kind(api_version, name).expect("the kind is built in")
    }

    fn manager(name: &str, operation: Operation) -> Manager {
        Manager {
            name: name.to_owned(),
            operation,
            api_version: "v1".to_owned(),
            subresource: String::new(),
        }
    }

    fn config_map(data: Value) -> Value {
        json!({
            "apiVersion": "v1",
            "kind": "ConfigMap",
            "metadata": {"name": "a", "namespace": "default"},
            "data": data,
        })
    }

    fn applied(live: &Value, by: &str, data: Value, force: bool) -> Answer<Value> {
        let manager = manager(by, Operation::Apply);
        apply(live, &config_map(data), &kind("ConfigMap"), &manager, force, NOW)
    }

    #[test]
    fn applying_twice_changes_nothing() {
        let first = applied(&json!({}), "one", json!({"a": "1"}), false).expect("no conflict");
        let later = apply(
            &first,
            &config_map(json!({"a": "1"})),
            &kind("ConfigMap"),
            &manager("one", Operation::Apply),
            false,
            "2027-01-01T00:00:00Z",
        );
        assert_eq!(later.expect("no conflict"), first);
    }

    #[test]
    fn a_field_that_is_no_longer_applied_goes() {
        let first = applied(&json!({}), "one", json!({"a": "1", "b": "1"}), false);
        let second =
            applied(&first.expect("no conflict"), "one", json!({"a": "1"}), false).expect("fine");
        assert_eq!(second["data"], json!({"a": "1"}));
    }

    #[test]
    fn a_field_that_two_managers_own_stays_until_both_drop_it() {
        let first = applied(&json!({}), "one", json!({"a": "1", "b": "1"}), false).expect("fine");
        let shared = applied(&first, "two", json!({"b": "1"}), false).expect("the same value");
        let dropped = applied(&shared, "one", json!({"a": "1"}), false).expect("fine");
        assert_eq!(dropped["data"], json!({"a": "1", "b": "1"}));
        let gone = applied(&dropped, "two", json!({}), false).expect("fine");
        assert_eq!(gone["data"], json!({"a": "1"}));
    }

    #[test]
    fn another_value_conflicts_and_names_the_owner() {
        let first = applied(&json!({}), "one", json!({"a": "1"}), false).expect("fine");
        let failure = applied(&first, "two", json!({"a": "2"}), false).expect_err("a conflict");
        assert_eq!(failure.message, "Apply failed with 1 conflict: conflict with \"one\": .data.a");
        assert_eq!(failure.code, 409);
        let forced = applied(&first, "two", json!({"a": "2"}), true).expect("forced");
        let managers = forced["metadata"]["managedFields"].as_array().expect("a list");
        assert_eq!(managers.len(), 1, "the first manager owns nothing any more: {managers:?}");
        assert_eq!(managers[0]["manager"], "two");
    }

    #[test]
    fn several_conflicts_are_listed_by_manager() {
        let mut live = config_map(json!({"a": "1", "b": "1"}));
        let creator = manager("kubectl-create", Operation::Update);
        track_update(&json!({}), &mut live, &kind("ConfigMap"), &creator, NOW);
        let failure = applied(&live, "two", json!({"a": "2", "b": "2"}), false);
        assert_eq!(
            failure.expect_err("two conflicts").message,
            "Apply failed with 2 conflicts: conflicts with \"kubectl-create\" using v1:\n- \
             .data.a\n- .data.b"
        );
    }

    #[test]
    fn an_update_takes_only_what_it_changes() {
        let live = applied(&json!({}), "one", json!({"a": "1", "b": "1"}), false).expect("fine");
        let mut new = live.clone();
        new["data"]["b"] = "2".into();
        track_update(
            &live,
            &mut new,
            &kind("ConfigMap"),
            &manager("kubectl", Operation::Update),
            NOW,
        );
        let fields: Vec<_> = read_entries(&new)
            .into_iter()
            .map(|entry| (entry.manager.name, entry.fields.to_value()))
            .collect();
        assert_eq!(
            fields,
            [
                ("one".to_owned(), json!({"f:data": {"f:a": {}}})),
                ("kubectl".to_owned(), json!({"f:data": {"f:b": {}}})),
            ]
        );
    }

    #[test]
    fn the_main_endpoint_owns_no_status() {
        let config = json!({
            "apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "a"},
            "spec": {"replicas": 1}, "status": {"replicas": 1},
        });
        let one = manager("one", Operation::Apply);
        let result =
            apply(&json!({}), &config, &kind("Deployment"), &one, false, NOW).expect("fine");
        assert_eq!(
            result["metadata"]["managedFields"][0]["fieldsV1"],
            json!({"f:spec": {"f:replicas": {}}})
        );
    }

    #[test]
    fn an_empty_entry_resets_ownership() {
        let live = applied(&json!({}), "one", json!({"a": "1"}), false).expect("fine");
        let mut new = live.clone();
        new["metadata"]["managedFields"] = json!([{}]);
        track_update(&live, &mut new, &kind("ConfigMap"), &manager("x", Operation::Update), NOW);
        assert!(new["metadata"].get("managedFields").is_none());
    }

    #[test]
    fn an_untracked_object_belongs_to_before_first_apply() {
        let mut live = config_map(json!({"a": "1"}));
        live["metadata"]["uid"] = "u".into();
        let failure = applied(&live, "two", json!({"a": "2"}), false).expect_err("a conflict");
        assert!(failure.message.contains("\"before-first-apply\" using v1"), "{}", failure.message);
    }
}
