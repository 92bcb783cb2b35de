//! Reads what objects have made, one level after the other.

use std::collections::HashSet;
use std::pin::Pin;

use anyhow::{Error, Result};
use futures::stream::{self, StreamExt as _};
use kube::api::DynamicObject;

use super::release;
use crate::cluster::Cluster;
use crate::error::{Class, class_of};
use crate::kinds::inventory::{self, Entry};
use crate::kinds::view::{name, namespace};
use crate::kinds::{self, Kind, Verb};

/// How many objects are read at the same time.
const AT_ONCE: usize = 8;

/// An object, and what it has made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Node {
    pub(super) resource: Entry,
    /// What there is to know about it: that it is not ready, or why nothing is below it.
    pub(super) note: Option<String>,
    pub(super) children: Vec<Node>,
}

/// Reads trees; an object that was shown already is not read again.
pub(super) struct Grower<'a> {
    cluster: &'a Cluster,
    is_compact: bool,
    seen: HashSet<Entry>,
    failures: Vec<Error>,
    read: usize,
}

impl<'a> Grower<'a> {
    pub(super) fn new(cluster: &'a Cluster, is_compact: bool) -> Self {
        Self { cluster, is_compact, seen: HashSet::new(), failures: Vec::new(), read: 0 }
    }

    /// The tree of an object.
    pub(super) async fn tree(
        &mut self,
        kind: &'static Kind,
        namespace: &str,
        name: &str,
    ) -> Result<Node> {
        let object = self.cluster.find(kind, namespace, name).await?;
        self.read += 1;
        let entry = entry_of(kind, &object);
        Ok(self.grow(kind, entry, &object).await)
    }

    /// What could not be read, of how many objects.
    pub(super) fn finish(self) -> (Vec<Error>, usize) {
        (self.failures, self.read)
    }

    /// An object with what is below it.
    fn grow<'f>(
        &'f mut self,
        kind: &'static Kind,
        resource: Entry,
        object: &'f DynamicObject,
    ) -> Pin<Box<dyn Future<Output = Node> + 'f>> {
        Box::pin(async move {
            let note = note_of(kind, object);
            if !self.seen.insert(resource.clone()) {
                return shown_above(resource);
            }
            let mut entries = self.made_by(kind, object).await;
            entries.retain(|entry| *entry != resource && (!self.is_compact || is_flux(entry)));
            let children = match object.data.pointer("/spec/kubeConfig") {
                // They are in another cluster, where an object of the same name is another one.
                Some(_) => entries.into_iter().map(leaf).collect(),
                None => self.children(entries).await,
            };
            Node { resource, note, children }
        })
    }

    async fn made_by(&mut self, kind: &Kind, object: &DynamicObject) -> Vec<Entry> {
        match release::applied(self.cluster, kind, object).await {
            Ok(entries) => entries,
            Err(error) => {
                self.failures.push(error);
                Vec::new()
            }
        }
    }

    /// Reads those that have made something, at the same time; the rest is only named.
    async fn children(&mut self, entries: Vec<Entry>) -> Vec<Node> {
        let cluster = self.cluster;
        let parents: Vec<_> = entries
            .into_iter()
            .map(|entry| (parent_kind(&entry).filter(|_| !self.seen.contains(&entry)), entry))
            .collect();
        let reads = parents.into_iter().map(|(kind, entry)| async move {
            let Some(kind) = kind else { return (entry, None) };
            let found = cluster.find(kind, &entry.namespace, &entry.name).await;
            (entry, Some((kind, found)))
        });
        let found: Vec<_> = stream::iter(reads).buffered(AT_ONCE).collect().await;
        let mut nodes = Vec::with_capacity(found.len());
        for (entry, found) in found {
            self.read += usize::from(found.is_some());
            nodes.push(match found {
                None if self.seen.contains(&entry) => shown_above(entry),
                None => leaf(entry),
                Some((kind, Ok(object))) => self.grow(kind, entry, &object).await,
                Some((_, Err(error))) => self.unread(entry, error),
            });
        }
        nodes
    }

    /// That something is gone is what there is to know; anything else is a failure.
    fn unread(&mut self, entry: Entry, error: Error) -> Node {
        let note = match class_of(&error) {
            Class::NotFound | Class::NotInstalled => "not found",
            _ => {
                self.failures.push(error);
                "cannot be read"
            }
        };
        Node { note: Some(note.to_owned()), ..leaf(entry) }
    }
}

fn leaf(resource: Entry) -> Node {
    Node { resource, note: None, children: Vec::new() }
}

fn shown_above(resource: Entry) -> Node {
    Node { note: Some("shown above".to_owned()), ..leaf(resource) }
}

fn entry_of(kind: &Kind, object: &DynamicObject) -> Entry {
    Entry {
        group: kind.group.to_owned(),
        kind: kind.kind.to_owned(),
        namespace: namespace(object).to_owned(),
        name: name(object).to_owned(),
    }
}

/// The kind of an entry that may have made something itself.
fn parent_kind(entry: &Entry) -> Option<&'static Kind> {
    kinds::with(Verb::Tree).find(|kind| inventory::is_of(kind, entry))
}

fn is_flux(entry: &Entry) -> bool {
    kinds::ALL.into_iter().any(|kind| kind.group == entry.group)
}

/// Why an object is not as it should be, in the words of its Ready condition.
fn note_of(kind: &Kind, object: &DynamicObject) -> Option<String> {
    let (ready, message) = kind.ready_cells(object);
    let not_ready = (ready != "True").then(|| match ready.as_str() {
        "False" => format!("not ready: {message}"),
        _ => format!("progressing: {message}"),
    });
    match (kind.is_suspended(object), not_ready) {
        (true, Some(why)) => Some(format!("suspended, {why}")),
        (true, None) => Some("suspended".to_owned()),
        (false, why) => why,
    }
}
