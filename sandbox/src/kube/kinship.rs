//! Who is there, who is owned by whom, and who is leaving: kept at each write, so that the garbage collector
//! need not look at every object after each of them.

use std::collections::{BTreeSet, HashMap};

use serde_json::Value;

use super::resources::text;
use super::store::{Collection, Key};

/// Where an object is.
pub(crate) type Place = (Collection, Key);

/// The relations of all objects.
#[derive(Debug, Default)]
pub(crate) struct Kinship {
    /// The object of each uid.
    present: HashMap<String, Place>,
    /// The dependents of each uid; whether there is such an object or not.
    dependents: HashMap<String, BTreeSet<Place>>,
    /// The objects that are being deleted.
    leaving: BTreeSet<Place>,
}

/// The uids of an object's owners.
pub(crate) fn owners(object: &Value) -> impl Iterator<Item = &str> {
    let references = object.pointer("/metadata/ownerReferences").and_then(Value::as_array);
    references.into_iter().flatten().filter_map(|reference| reference["uid"].as_str())
}

/// Whether an object is being deleted.
pub(crate) fn is_leaving(object: &Value) -> bool {
    object.pointer("/metadata/deletionTimestamp").is_some()
}

impl Kinship {
    /// Notes that there is `now` at a place, where `before` was.
    pub(crate) fn note(&mut self, place: &Place, before: Option<&Value>, now: Option<&Value>) {
        let is_same = |before: &Value, now: &Value| {
            ["uid", "ownerReferences", "deletionTimestamp"]
                .iter()
                .all(|name| before["metadata"].get(name) == now["metadata"].get(name))
        };
        if before.zip(now).is_some_and(|(before, now)| is_same(before, now)) {
            return;
        }
        before.into_iter().for_each(|before| self.forget(place, before));
        now.into_iter().for_each(|now| self.enter(place, now));
    }

    fn forget(&mut self, place: &Place, object: &Value) {
        self.present.remove(text(object, "/metadata/uid"));
        self.leaving.remove(place);
        for owner in owners(object) {
            let Some(dependents) = self.dependents.get_mut(owner) else { continue };
            dependents.remove(place);
            if dependents.is_empty() {
                self.dependents.remove(owner);
            }
        }
    }

    fn enter(&mut self, place: &Place, object: &Value) {
        self.present.insert(text(object, "/metadata/uid").to_owned(), place.clone());
        if is_leaving(object) {
            self.leaving.insert(place.clone());
        }
        for owner in owners(object) {
            self.dependents.entry(owner.to_owned()).or_default().insert(place.clone());
        }
    }

    /// Where the object of that uid is.
    pub(crate) fn place(&self, uid: &str) -> Option<&Place> {
        self.present.get(uid)
    }

    /// The uids that own something, whether they are there or not.
    pub(crate) fn owners(&self) -> impl Iterator<Item = &str> {
        self.dependents.keys().map(String::as_str)
    }

    /// What an object owns.
    pub(crate) fn dependents(&self, owner: &str) -> impl Iterator<Item = &Place> {
        self.dependents.get(owner).into_iter().flatten()
    }

    /// What is being deleted.
    pub(crate) fn leaving(&self) -> impl Iterator<Item = &Place> {
        self.leaving.iter()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn place(name: &str) -> Place {
        ((String::new(), "things".to_owned()), ("a".to_owned(), name.to_owned()))
    }

    fn object(uid: &str, owners: &[&str], leaves: bool) -> Value {
        let owners: Vec<_> = owners.iter().map(|uid| json!({"uid": uid})).collect();
        let mut object = json!({"metadata": {"uid": uid, "ownerReferences": owners}});
        if leaves {
            object["metadata"]["deletionTimestamp"] = json!("2026-01-31T12:00:00Z");
        }
        object
    }

    #[test]
    fn relations_follow_every_write() {
        let mut kinship = Kinship::default();
        let dependents = |kinship: &Kinship| {
            kinship.dependents("1").map(|(_, (_, name))| name.clone()).collect::<Vec<_>>()
        };
        let (one, two) = (object("2", &["1"], false), object("3", &["1", "9"], false));
        kinship.note(&place("two"), None, Some(&one));
        kinship.note(&place("three"), None, Some(&two));
        assert_eq!(dependents(&kinship), ["three", "two"]);
        assert_eq!((kinship.place("1"), kinship.place("2")), (None, Some(&place("two"))));
        let freed = object("3", &["9"], true);
        kinship.note(&place("three"), Some(&two), Some(&freed));
        assert_eq!(dependents(&kinship), ["two"]);
        assert_eq!(kinship.leaving().collect::<Vec<_>>(), [&place("three")]);
        kinship.note(&place("three"), Some(&freed), None);
        kinship.note(&place("two"), Some(&one), None);
        assert_eq!(kinship.owners().count() + kinship.leaving().count(), 0);
        assert_eq!(kinship.place("3"), None);
    }
}
