//! Which objects use which source, as the watch last saw them: what a change of a source wakes.
//!
//! Source: kustomize-controller and helm-controller, their indexers and source predicates.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use futures::future::BoxFuture;
use kube::api::DynamicObject;
use kube::core::ApiResource;
use kube::{Api, Client};
use serde_json::{Value, json};

use super::Pace;
use super::conditions::{Conditions, READY, RECONCILING};
use super::controller::{Change, Key, Queue, Triggers, watch};

/// A source: its kind, and where it is.
pub(super) type SourceKey = (String, Key);

/// The objects of one kind, with the source of each; clones share it.
#[derive(Clone, Default)]
pub(super) struct Users(Arc<Mutex<BTreeMap<Key, User>>>);

/// What decides whether a new revision of the source wakes an object.
pub(super) struct User {
    pub(super) source: SourceKey,
    /// Ready or reconciling: it deals with the revision that it has attempted by itself.
    pub(super) is_busy: bool,
    pub(super) attempted: String,
}

impl User {
    /// Reads an object whose `status` names, at `attempted`, the revision of its last attempt.
    pub(super) fn of(object: &Value, source: SourceKey, attempted: &str) -> Self {
        let conditions = Conditions::of(object);
        let attempted = object.pointer(attempted).and_then(Value::as_str);
        Self {
            source,
            is_busy: conditions.is(READY, "True") || conditions.is(RECONCILING, "True"),
            attempted: attempted.unwrap_or_default().to_owned(),
        }
    }

    fn sleeps_through(&self, revision: &str) -> bool {
        // A HelmRelease remembers the digest alone of an OCI artifact: `1.2.3@sha256:…`.
        let digest = revision.rsplit_once('@').map(|(_, digest)| digest);
        self.is_busy && (self.attempted == revision || Some(self.attempted.as_str()) == digest)
    }
}

impl Users {
    /// What a watch of the objects themselves does: remembers what each uses, and wakes those that
    /// changed in a way that the controller's predicates let through.
    pub(super) fn own_changes(
        &self,
        read: impl Fn(&Value) -> User + Send + 'static,
    ) -> impl FnMut(Change<'_, DynamicObject>) -> Vec<Key> + Send + 'static {
        let (users, mut triggers) = (self.clone(), Triggers::default());
        move |change| match change {
            Change::Applied(object) => {
                users.lock().insert(Key::of(object), read(&value(object)));
                if triggers.see(object) { vec![Key::of(object)] } else { Vec::new() }
            }
            Change::Deleted(object) => {
                users.lock().remove(&Key::of(object));
                Vec::new()
            }
        }
    }

    /// Watches one kind of source and wakes who uses an object of it that has a new revision.
    pub(super) fn watch_source(
        &self,
        client: &Client,
        (resource, crd): (ApiResource, &'static str),
        pace: Pace,
        queue: &Queue,
    ) -> BoxFuture<'static, ()> {
        let played = (resource, crd);
        self.watch_revisions(client, played, "/status/artifact/revision", pace, queue)
    }

    /// The same where the revision is found at another place of the object.
    pub(super) fn watch_revisions(
        &self,
        client: &Client,
        (resource, crd): (ApiResource, &'static str),
        revision: &'static str,
        pace: Pace,
        queue: &Queue,
    ) -> BoxFuture<'static, ()> {
        let api: Api<DynamicObject> = Api::all_with(client.clone(), &resource);
        let (users, mut revisions) = (self.clone(), BTreeMap::new());
        watch(api, Some((client.clone(), crd)), pace, queue, move |change| {
            let Change::Applied(object) = change else { return Vec::new() };
            let revision = object.data.pointer(revision);
            let Some(revision) = revision.and_then(Value::as_str) else { return Vec::new() };
            let key = Key::of(object);
            if revisions.insert(key.clone(), revision.to_owned()).as_deref() == Some(revision) {
                return Vec::new();
            }
            users.woken(&(resource.kind.clone(), key), revision)
        })
    }

    fn woken(&self, source: &SourceKey, revision: &str) -> Vec<Key> {
        let users = self.lock();
        let woken = users
            .iter()
            .filter(|(_, user)| user.source == *source && !user.sleeps_through(revision));
        woken.map(|(key, _)| key.clone()).collect()
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, BTreeMap<Key, User>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The object as JSON, as far as sources and conditions are told from it.
fn value(object: &DynamicObject) -> Value {
    json!({
        "metadata": object.metadata,
        "spec": object.data["spec"],
        "status": object.data["status"],
    })
}

/// The source that the reference at `pointer` names; its namespace is the object's own by default.
pub(super) fn source_key(object: &Value, pointer: &str) -> SourceKey {
    let reference = object.pointer(pointer).unwrap_or(&Value::Null);
    let own = object.pointer("/metadata/namespace").and_then(Value::as_str);
    let namespace = reference["namespace"].as_str().or(own).unwrap_or_default();
    let kind = reference["kind"].as_str().unwrap_or_default();
    (kind.to_owned(), Key::new(namespace, reference["name"].as_str().unwrap_or_default()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn user(ready: &str) -> User {
        let object = json!({
            "metadata": {"namespace": "apps"},
            "spec": {"sourceRef": {"kind": "GitRepository", "name": "fleet"}},
            "status": {
                "lastAttemptedRevision": "main@sha1:1",
                "conditions": [{
                    "type": "Ready", "status": ready, "reason": "R", "message": "",
                    "lastTransitionTime": "2020-01-01T00:00:00Z",
                }],
            },
        });
        User::of(&object, source_key(&object, "/spec/sourceRef"), "/status/lastAttemptedRevision")
    }

    #[test]
    fn a_ready_object_sleeps_through_the_revision_it_has() {
        let source = ("GitRepository".to_owned(), Key::new("apps", "fleet"));
        for (ready, revision, count) in
            [("True", "main@sha1:1", 0), ("True", "main@sha1:2", 1), ("False", "main@sha1:1", 1)]
        {
            let users = Users::default();
            users.lock().insert(Key::new("apps", "app"), user(ready));
            assert_eq!(users.woken(&source, revision).len(), count, "{ready} {revision}");
            assert!(users.woken(&("Bucket".to_owned(), source.1.clone()), revision).is_empty());
        }
    }
}
