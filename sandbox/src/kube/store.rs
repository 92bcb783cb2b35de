//! The objects, their versions, and the history that watches are served from.

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::ops::Bound;
use std::sync::Arc;

use serde_json::Value;

use super::kinship::{Kinship, Place};
use super::resources::{Resource, text};

/// How many changes are kept for watches and for lists that continue.
const HISTORY: usize = 10_000;

/// Group and plural: the versions of a kind share their objects.
pub(crate) type Collection = (String, String);

/// Namespace (empty for cluster-wide kinds) and name.
pub(crate) type Key = (String, String);

/// What happened to an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Event {
    /// It was created.
    Added,
    /// It was changed.
    Modified,
    /// It is gone.
    Deleted,
}

/// One change; a deletion carries the object's last state with the version of the deletion.
#[derive(Clone, Debug)]
pub(crate) struct Change {
    /// The resource version that the change made.
    pub(crate) version: u64,
    /// What happened.
    pub(crate) event: Event,
    /// The kind of the object.
    pub(crate) collection: Collection,
    /// The object after the change.
    pub(crate) object: Arc<Value>,
    /// The object before the change.
    pub(crate) previous: Option<Arc<Value>>,
}

/// The objects of every kind.
#[derive(Debug, Default)]
pub(crate) struct Store {
    objects: HashMap<Collection, BTreeMap<Key, Arc<Value>>>,
    kinship: Kinship,
    history: VecDeque<Change>,
    version: u64,
    /// The newest version that the history has forgotten.
    forgotten: u64,
    /// The newest version when the server was last restarted.
    restarted: u64,
}

/// The collection of a kind.
pub(crate) fn collection(resource: &Resource) -> Collection {
    (resource.group.clone(), resource.plural.clone())
}

/// The key of an object.
pub(crate) fn key(object: &Value) -> Key {
    (text(object, "/metadata/namespace").to_owned(), text(object, "/metadata/name").to_owned())
}

impl Store {
    /// The version of the newest change.
    pub(crate) fn version(&self) -> u64 {
        self.version
    }

    /// The newest version whose change is forgotten: the oldest that a list can show.
    pub(crate) fn oldest(&self) -> u64 {
        self.forgotten
    }

    /// The oldest version from which a watch can start: the changes that watches are served from are
    /// in the server's memory, other than what lists show.
    pub(crate) fn watchable(&self) -> u64 {
        self.forgotten.max(self.restarted)
    }

    /// Loses what a restarted server has lost.
    pub(crate) fn restart(&mut self) {
        self.restarted = self.version;
    }

    /// Whether changes after `version` are still known.
    pub(crate) fn remembers(&self, version: u64) -> bool {
        version >= self.forgotten
    }

    /// One object.
    pub(crate) fn get(
        &self,
        collection: &Collection,
        namespace: &str,
        name: &str,
    ) -> Option<&Arc<Value>> {
        self.objects.get(collection)?.get(&(namespace.to_owned(), name.to_owned()))
    }

    /// The objects of a kind in key order, in one namespace or in all.
    pub(crate) fn list<'a>(
        &'a self,
        collection: &Collection,
        namespace: Option<&'a str>,
    ) -> impl Iterator<Item = &'a Arc<Value>> + use<'a> {
        let from = (namespace.unwrap_or_default().to_owned(), String::new());
        let objects = self.objects.get(collection);
        objects
            .into_iter()
            .flat_map(move |objects| {
                objects.range((Bound::Included(from.clone()), Bound::Unbounded))
            })
            .take_while(move |((of, _), _)| namespace.is_none_or(|namespace| namespace == of))
            .map(|(_, object)| object)
    }

    /// The object of that uid, with its collection.
    pub(crate) fn of_uid(&self, uid: &str) -> Option<(Collection, Arc<Value>)> {
        self.at(self.kinship.place(uid)?)
    }

    /// The uids that own something, whether they are there or not.
    pub(crate) fn owners(&self) -> impl Iterator<Item = &str> {
        self.kinship.owners()
    }

    /// What the object of that uid owns, each with its collection.
    pub(crate) fn dependents(&self, owner: &str) -> Vec<(Collection, Arc<Value>)> {
        self.kinship.dependents(owner).filter_map(|place| self.at(place)).collect()
    }

    /// What is being deleted, each with its collection.
    pub(crate) fn leaving(&self) -> impl Iterator<Item = (Collection, Arc<Value>)> {
        self.kinship.leaving().filter_map(|place| self.at(place))
    }

    fn at(&self, (collection, key): &Place) -> Option<(Collection, Arc<Value>)> {
        let object = self.objects.get(collection)?.get(key)?;
        Some((collection.clone(), Arc::clone(object)))
    }

    /// The objects of a kind as they were at `version`, which must be remembered.
    pub(crate) fn snapshot(
        &self,
        collection: &Collection,
        version: u64,
    ) -> BTreeMap<Key, Arc<Value>> {
        let mut objects = self.objects.get(collection).cloned().unwrap_or_default();
        let undone = self.history.iter().rev().take_while(|change| change.version > version);
        for change in undone.filter(|change| change.collection == *collection) {
            match &change.previous {
                Some(previous) => objects.insert(key(previous), Arc::clone(previous)),
                None => objects.remove(&key(&change.object)),
            };
        }
        objects
    }

    /// The changes after `version`, oldest first.
    pub(crate) fn changes_after(&self, version: u64) -> impl Iterator<Item = &Change> {
        let start = self.history.partition_point(|change| change.version <= version);
        self.history.range(start..)
    }

    /// Stores `object` under the next version and returns it as stored.
    pub(crate) fn put(&mut self, collection: &Collection, mut object: Value) -> Arc<Value> {
        self.version += 1;
        object["metadata"]["resourceVersion"] = self.version.to_string().into();
        let object = Arc::new(object);
        let objects = self.objects.entry(collection.clone()).or_default();
        let previous = objects.insert(key(&object), Arc::clone(&object));
        let event = if previous.is_some() { Event::Modified } else { Event::Added };
        self.record(event, collection, Arc::clone(&object), previous);
        object
    }

    /// Removes an object and returns its last state.
    pub(crate) fn remove(&mut self, collection: &Collection, key: &Key) -> Option<Arc<Value>> {
        let previous = self.objects.get_mut(collection)?.remove(key)?;
        self.version += 1;
        let mut last = Value::clone(&previous);
        last["metadata"]["resourceVersion"] = self.version.to_string().into();
        let last = Arc::new(last);
        self.record(Event::Deleted, collection, Arc::clone(&last), Some(previous));
        Some(last)
    }

    fn record(
        &mut self,
        event: Event,
        collection: &Collection,
        object: Arc<Value>,
        previous: Option<Arc<Value>>,
    ) {
        let (version, collection) = (self.version, collection.clone());
        let now = (event != Event::Deleted).then_some(&*object);
        let place = (collection.clone(), key(&object));
        self.kinship.note(&place, previous.as_deref(), now);
        self.history.push_back(Change { version, event, collection, object, previous });
        if self.history.len() > HISTORY
            && let Some(oldest) = self.history.pop_front()
        {
            self.forgotten = oldest.version;
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn object(name: &str, value: u64) -> Value {
        json!({"metadata": {"name": name, "namespace": "a"}, "value": value})
    }

    fn things() -> Collection {
        (String::new(), "things".to_owned())
    }

    #[test]
    fn a_snapshot_shows_what_was() {
        let mut store = Store::default();
        store.put(&things(), object("kept", 1));
        store.put(&things(), object("gone", 1));
        let before = store.version();
        store.put(&things(), object("kept", 2));
        store.put(&things(), object("new", 1));
        store.remove(&things(), &("a".to_owned(), "gone".to_owned()));
        let names: Vec<_> = store
            .snapshot(&things(), before)
            .into_values()
            .map(|object| (text(&object, "/metadata/name").to_owned(), object["value"].clone()))
            .collect();
        assert_eq!(names, [("gone".to_owned(), json!(1)), ("kept".to_owned(), json!(1))]);
    }

    #[test]
    fn old_changes_are_forgotten() {
        let mut store = Store::default();
        for value in 0..=HISTORY as u64 {
            store.put(&things(), object("a", value));
        }
        assert!(!store.remembers(0));
        assert!(store.remembers(1));
        assert_eq!(store.changes_after(1).count(), HISTORY);
    }

    #[test]
    fn a_namespace_is_listed_alone_and_in_order() {
        let mut store = Store::default();
        for (namespace, name) in [("b", "1"), ("a", "2"), ("a", "1")] {
            store.put(&things(), json!({"metadata": {"name": name, "namespace": namespace}}));
        }
        let keys = |namespace| store.list(&things(), namespace).map(|o| key(o)).collect::<Vec<_>>();
        assert_eq!(keys(Some("a")).len(), 2);
        assert_eq!(keys(None)[2], ("b".to_owned(), "1".to_owned()));
    }
}
