//! What must be remembered of watched objects to tell what changed while nobody was looking.

use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};

use kube::api::DynamicObject;
use kube::core::ApiResource;

use super::list::types_of;

/// Namespace and name.
pub(super) type Key = (Option<String>, String);

/// The objects that the reader of a watch was told of, without what is in them.
#[derive(Default)]
pub(super) struct Known(HashMap<Key, Mark>);

#[derive(PartialEq, Eq)]
struct Mark {
    uid: Option<String>,
    version: Option<String>,
}

impl Known {
    /// Takes note of an object; says whether it is new or different.
    pub(super) fn note(&mut self, object: &DynamicObject) -> bool {
        let metadata = &object.metadata;
        let mark = Mark { uid: metadata.uid.clone(), version: metadata.resource_version.clone() };
        match self.0.entry(key_of(object)) {
            Entry::Occupied(known) if *known.get() == mark => false,
            entry => {
                entry.insert_entry(mark);
                true
            }
        }
    }

    /// Forgets an object that is gone.
    pub(super) fn forget(&mut self, object: &DynamicObject) {
        self.0.remove(&key_of(object));
    }

    /// Forgets the objects that a complete list does not hold, and returns what is left of them.
    pub(super) fn forget_unseen(
        &mut self,
        seen: &HashSet<Key>,
        resource: &ApiResource,
    ) -> Vec<DynamicObject> {
        let unseen = self.0.extract_if(|key, _| !seen.contains(key));
        unseen.map(|(key, mark)| remnant(key, mark, resource)).collect()
    }
}

pub(super) fn key_of(object: &DynamicObject) -> Key {
    (object.metadata.namespace.clone(), object.metadata.name.clone().unwrap_or_default())
}

/// What is left of an object that went unseen: kind, namespace, name, uid.
fn remnant((namespace, name): Key, mark: Mark, resource: &ApiResource) -> DynamicObject {
    let mut object = DynamicObject::new(&name, resource);
    object.types = Some(types_of(resource));
    object.data = serde_json::json!({});
    object.metadata.namespace = namespace;
    object.metadata.uid = mark.uid;
    object
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kinds::kustomize::KUSTOMIZATION;

    fn object(name: &str, uid: &str, version: &str) -> DynamicObject {
        let mut object = DynamicObject::new(name, &KUSTOMIZATION.resource("v1")).within("apps");
        object.metadata.uid = Some(uid.to_owned());
        object.metadata.resource_version = Some(version.to_owned());
        object
    }

    #[test]
    fn only_what_is_new_or_different_is_told() {
        let mut known = Known::default();
        for (uid, version, is_news) in
            [("u1", "1", true), ("u1", "1", false), ("u1", "2", true), ("u2", "2", true)]
        {
            assert_eq!(known.note(&object("a", uid, version)), is_news, "{uid} {version}");
        }
    }

    #[test]
    fn what_a_list_does_not_hold_is_gone_once() {
        let mut known = Known::default();
        for name in ["stays", "goes", "went"] {
            known.note(&object(name, "u1", "1"));
        }
        known.forget(&object("went", "u1", "1"));
        let resource = KUSTOMIZATION.resource("v1");
        let seen = HashSet::from([key_of(&object("stays", "u1", "1"))]);
        let gone = known.forget_unseen(&seen, &resource);
        let names: Vec<_> = gone.iter().map(|object| object.metadata.name.as_deref()).collect();
        assert_eq!(names, [Some("goes")]);
        assert_eq!(gone[0].metadata.namespace.as_deref(), Some("apps"));
        assert_eq!(gone[0].metadata.uid.as_deref(), Some("u1"));
        assert_eq!(gone[0].types.as_ref().map(|types| types.kind.as_str()), Some("Kustomization"));
        assert!(known.forget_unseen(&seen, &resource).is_empty());
    }
}
