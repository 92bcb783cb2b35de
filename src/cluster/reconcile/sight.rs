//! The objects that requests are about, as they were seen last: one list and one watch for each kind.
//!
//! A watch begins before the requests are written, so that nothing that a controller does is missed, and
//! its list is also what tells which objects there are.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context as _, Error, Result};
use futures::stream::{BoxStream, SelectAll, StreamExt as _};
use kube::api::DynamicObject;

use crate::cluster::list::not_installed;
use crate::cluster::wait::{News, Patience};
use crate::cluster::watch::Event;
use crate::cluster::{Cluster, Scope};
use crate::error::{Class, class_of};
use crate::kinds::{Kind, ObjectRef};

/// What is watched, and what was seen.
pub(super) struct Sight<'a> {
    cluster: &'a Cluster,
    patience: Patience<'a>,
    groups: Vec<Group>,
    events: SelectAll<BoxStream<'static, (usize, Result<Event>)>>,
    seen: BTreeMap<ObjectRef, Seen>,
    has_told_forbidden: bool,
}

/// What a watch has told.
pub(super) enum Sighting {
    /// These are not as they were, or are gone.
    Changed(Vec<ObjectRef>),
    /// The objects of a kind are seen no longer.
    Lost(&'static Kind, Error),
}

/// One watch.
struct Group {
    kind: &'static Kind,
    scope: Scope,
    /// Objects that a watch which takes the place of another one has not shown yet.
    unseen: BTreeSet<ObjectRef>,
    is_over: bool,
}

/// An object as it was seen last; nothing once it is gone.
#[derive(Default)]
struct Seen {
    object: Option<Box<DynamicObject>>,
    /// It is the server's answer to a patch, of which the watch has not told yet.
    is_answer: bool,
}

impl<'a> Sight<'a> {
    /// Sees nothing yet.
    pub(super) fn new(cluster: &'a Cluster, patience: Patience<'a>) -> Self {
        Self {
            cluster,
            patience,
            groups: Vec::new(),
            events: SelectAll::new(),
            seen: BTreeMap::new(),
            has_told_forbidden: false,
        }
    }

    /// Watches the objects of `kind` in `scope` and keeps those that `wanted` takes; returns which they are.
    ///
    /// # Errors
    /// [`Class::NotInstalled`]; [`Class::TimedOut`]; those of [`failure`](crate::cluster::failure).
    pub(super) async fn open(
        &mut self,
        kind: &'static Kind,
        scope: Scope,
        wanted: impl Fn(&DynamicObject) -> bool,
    ) -> Result<Vec<ObjectRef>> {
        let deadline = self.patience.deadline;
        let mut events = self.cluster.watch(kind, scope.clone());
        let read = async {
            let mut found = Vec::new();
            loop {
                match events.next().await.context("the watch ended")?? {
                    Event::Initial(object) if wanted(&object) => found.push(object),
                    Event::InitialDone => return Ok(found),
                    Event::NotInstalled => return Err(not_installed(kind)),
                    other => self.pass_on(&other),
                }
            }
        };
        let found = deadline.within("the cluster", read).await?;
        let found = found.into_iter().map(|object| self.keep(kind, object)).collect();
        self.follow_events(Group { kind, scope, unseen: BTreeSet::new(), is_over: false }, events);
        Ok(found)
    }

    /// Watches objects of `kind` that are known by name, unless that is done already: in one watch that
    /// covers them and is no wider than it must be. What is not there is kept as absent.
    ///
    /// # Errors
    /// As [`Self::open`].
    pub(super) async fn open_for(
        &mut self,
        kind: &'static Kind,
        objects: &[ObjectRef],
    ) -> Result<()> {
        let is_new = |object: &&ObjectRef| !self.seen.contains_key(object);
        let fresh: BTreeSet<ObjectRef> = objects.iter().filter(is_new).cloned().collect();
        let Some(scope) = Scope::covering(&fresh) else { return Ok(()) };
        let is_one = scope.name.is_some();
        let opened = self.open(kind, scope, |object| fresh.contains(&ObjectRef::of(kind, object)));
        match opened.await {
            // Who may not list may still read what they can name.
            Err(error) if class_of(&error) == Class::Denied && !is_one => {
                for object in &fresh {
                    let scope = Scope::namespace(&object.namespace).named(&object.name);
                    self.open(kind, scope, |_| true).await?;
                }
            }
            opened => drop(opened?),
        }
        for object in fresh {
            self.seen.entry(object).or_default();
        }
        Ok(())
    }

    /// An object that was opened, as it is now; nothing when it is not there.
    pub(super) fn object(&self, object: &ObjectRef) -> Option<&DynamicObject> {
        self.seen.get(object)?.object.as_deref()
    }

    /// Takes note of an object as the server answered a write of it.
    pub(super) fn note(&mut self, kind: &'static Kind, answer: DynamicObject) {
        let object = Some(Box::new(answer));
        let reference = object.as_deref().map(|answer| ObjectRef::of(kind, answer));
        if let Some(reference) = reference {
            self.seen.insert(reference, Seen { object, is_answer: true });
        }
    }

    /// As [`Self::note`], unless a later state of the object was seen already.
    pub(super) fn note_unless_old(&mut self, kind: &'static Kind, answer: DynamicObject) {
        let seen = self.object(&ObjectRef::of(kind, &answer));
        if seen.is_none_or(|seen| is_newer(&answer, seen)) {
            self.note(kind, answer);
        }
    }

    /// Whether anything is watched.
    pub(super) fn is_open(&self) -> bool {
        !self.events.is_empty()
    }

    /// What a watch tells next; nothing when nothing is watched. Nothing is lost when it is dropped and
    /// called again.
    pub(super) async fn next(&mut self) -> Option<Sighting> {
        let (place, event) = self.events.next().await?;
        Some(self.take(place, event))
    }

    fn follow_events(&mut self, group: Group, events: BoxStream<'static, Result<Event>>) {
        let place = self.groups.len();
        self.groups.push(group);
        self.events.push(events.map(move |event| (place, event)).boxed());
    }

    fn keep(&mut self, kind: &'static Kind, object: Box<DynamicObject>) -> ObjectRef {
        let reference = ObjectRef::of(kind, &object);
        let seen = self.seen.entry(reference.clone()).or_default();
        let is_old =
            seen.is_answer && seen.object.as_ref().is_some_and(|answer| is_newer(answer, &object));
        if !is_old {
            *seen = Seen { object: Some(object), is_answer: false };
        }
        reference
    }

    fn take(&mut self, place: usize, event: Result<Event>) -> Sighting {
        let group = &mut self.groups[place];
        let kind = group.kind;
        if group.is_over {
            return Sighting::Changed(Vec::new());
        }
        Sighting::Changed(match event {
            Ok(Event::Initial(object) | Event::Applied(object)) => {
                let reference = ObjectRef::of(kind, &object);
                group.unseen.remove(&reference);
                match self.seen.contains_key(&reference) {
                    true => vec![self.keep(kind, object)],
                    false => Vec::new(),
                }
            }
            Ok(Event::Deleted(object)) => self.take_deletion(place, ObjectRef::of(kind, &object)),
            Ok(Event::InitialDone) => {
                let gone = std::mem::take(&mut group.unseen);
                gone.into_iter().filter(|gone| self.forget(gone)).collect()
            }
            Ok(Event::NotInstalled) => return Sighting::Lost(kind, not_installed(kind)),
            Ok(other) => {
                self.pass_on(&other);
                Vec::new()
            }
            Err(error) => return Sighting::Lost(kind, error),
        })
    }

    /// Objects leave a watch that selects by labels also when they lose those; then one without labels
    /// takes its place.
    fn take_deletion(&mut self, place: usize, object: ObjectRef) -> Vec<ObjectRef> {
        let group = &mut self.groups[place];
        if group.scope.labels.is_none() {
            return if self.forget(&object) { vec![object] } else { Vec::new() };
        }
        group.is_over = true;
        let kind = group.kind;
        let scope = Scope { labels: None, ..group.scope.clone() };
        let unseen = self.seen.keys().filter(|seen| seen.kind == kind.kind).cloned().collect();
        let events = self.cluster.watch(kind, scope.clone());
        self.follow_events(Group { kind, scope, unseen, is_over: false }, events);
        Vec::new()
    }

    /// Notes that an object is gone; whether it was one of those that are kept.
    fn forget(&mut self, object: &ObjectRef) -> bool {
        let seen = self.seen.get_mut(object);
        seen.map(|seen| *seen = Seen::default()).is_some()
    }

    /// What a watch has to say beside its objects; that it is forbidden is told once.
    fn pass_on(&mut self, event: &Event) {
        let news = self.patience.news;
        match event {
            Event::Interrupted { why } => news(News::Interrupted(why)),
            Event::Resumed => news(News::Resumed),
            Event::WatchForbidden { why } if !self.has_told_forbidden => {
                self.has_told_forbidden = true;
                news(News::WatchForbidden(why));
            }
            _ => {}
        }
    }
}

/// Whether `one` is a later state of the same object than `other`.
///
/// Source: Kubernetes API concepts, "Resource versions": those of one resource can be compared as numbers.
fn is_newer(one: &DynamicObject, other: &DynamicObject) -> bool {
    let version = |object: &DynamicObject| -> Option<u64> {
        object.metadata.resource_version.as_ref()?.parse().ok()
    };
    one.metadata.uid == other.metadata.uid && version(one) > version(other)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::kinds::view::tests::object;

    #[test]
    fn versions_are_compared_as_numbers_and_of_one_object_only() {
        let at = |uid: &str, version: &str| {
            object(json!({"metadata": {"name": "a", "uid": uid, "resourceVersion": version}}))
        };
        assert!(is_newer(&at("u", "10"), &at("u", "9")));
        assert!(!is_newer(&at("u", "9"), &at("u", "9")));
        assert!(!is_newer(&at("u", "8"), &at("u", "9")));
        assert!(!is_newer(&at("v", "10"), &at("u", "9")));
    }
}
