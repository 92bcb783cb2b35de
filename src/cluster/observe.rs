//! Several objects, watched together: one list and one watch for each kind, however many they are.

use std::collections::HashMap;

use anyhow::{Context as _, Error, Result};
use futures::stream::{BoxStream, SelectAll, StreamExt as _};
use kube::api::DynamicObject;

use super::Cluster;
use super::list::{Scope, not_installed};
use super::wait::News;
use super::watch::Event;
use crate::kinds::{Kind, ObjectRef};

/// Objects as they are now, and what changes about them.
pub struct Observer {
    cluster: Cluster,
    events: SelectAll<BoxStream<'static, (usize, Result<Event>)>>,
    watches: Vec<Watched>,
    objects: HashMap<ObjectRef, Box<DynamicObject>>,
    /// How many watches have lost their connection: that is told once for all of them.
    interrupted: usize,
    is_polling_told: bool,
}

struct Watched {
    kind: &'static Kind,
    scope: Scope,
    need: Need,
    is_listed: bool,
    is_interrupted: bool,
}

/// Whether the observer can do without a kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// It is what everything is about.
    Required,
    /// It tells more, where it can be seen.
    Helpful,
}

/// What an observer has seen.
#[derive(Debug)]
pub enum Change {
    /// An object came, changed or went.
    Object(ObjectRef),
    /// Everything of a kind that is there has been seen.
    Listed,
    /// A helpful kind cannot be seen, and why.
    Unseen(Error),
}

impl Cluster {
    /// Begins to observe nothing; [`Observer::watch`] adds to it.
    #[must_use]
    pub fn observe(&self) -> Observer {
        Observer {
            cluster: self.clone(),
            events: SelectAll::new(),
            watches: Vec::new(),
            objects: HashMap::new(),
            interrupted: 0,
            is_polling_told: false,
        }
    }
}

impl Observer {
    /// Watches some objects of one kind: by the one's name, in their one namespace, or everywhere. What a
    /// watch covers already is not watched twice.
    pub fn watch(&mut self, kind: &'static Kind, objects: &[ObjectRef], need: Need) {
        let uncovered = objects.iter().filter(|object| !self.covers(kind, object));
        let Some(scope) = Scope::covering(&uncovered.cloned().collect()) else { return };
        let place = self.watches.len();
        let events = self.cluster.watch_on(kind, scope.clone());
        self.events.push(events.map(move |event| (place, event)).boxed());
        self.watches.push(Watched { kind, scope, need, is_listed: false, is_interrupted: false });
    }

    fn covers(&self, kind: &Kind, object: &ObjectRef) -> bool {
        let is_within = |scope: &Scope| {
            scope.namespace.as_ref().is_none_or(|namespace| *namespace == object.namespace)
                && scope.name.as_ref().is_none_or(|name| *name == object.name)
        };
        self.watches.iter().any(|watch| watch.kind == kind && is_within(&watch.scope))
    }

    /// An object as it is now; nothing when there is none, or it has not been seen yet.
    #[must_use]
    pub fn get(&self, object: &ObjectRef) -> Option<&DynamicObject> {
        self.objects.get(object).map(AsRef::as_ref)
    }

    /// Whether all that is watched of a kind has been seen, so that what is not there is not there.
    #[must_use]
    pub fn is_listed(&self, kind: &Kind) -> bool {
        self.watches.iter().all(|watch| watch.kind != kind || watch.is_listed)
    }

    /// Waits for the next change; may be abandoned at any time.
    ///
    /// # Errors
    /// [`crate::error::Class::NotInstalled`] for a required kind that the cluster does not serve; those of
    /// [`super::failure`] for one that cannot be read.
    pub async fn next(&mut self, news: &dyn Fn(News<'_>)) -> Result<Change> {
        loop {
            let (place, event) = self.events.next().await.context("every watch has ended")?;
            let change = match event {
                Ok(event) => self.take(place, event, news)?,
                Err(error) if self.watches[place].need == Need::Required => return Err(error),
                Err(error) => {
                    self.watches[place].is_listed = true;
                    Some(Change::Unseen(error))
                }
            };
            if let Some(change) = change {
                return Ok(change);
            }
        }
    }

    fn take(
        &mut self,
        place: usize,
        event: Event,
        news: &dyn Fn(News<'_>),
    ) -> Result<Option<Change>> {
        let watch = &mut self.watches[place];
        match event {
            Event::Initial(object) | Event::Applied(object) => {
                let reference = ObjectRef::of(watch.kind, &object);
                self.objects.insert(reference.clone(), object);
                return Ok(Some(Change::Object(reference)));
            }
            Event::Deleted(object) => {
                let reference = ObjectRef::of(watch.kind, &object);
                self.objects.remove(&reference);
                return Ok(Some(Change::Object(reference)));
            }
            Event::InitialDone => {
                watch.is_listed = true;
                return Ok(Some(Change::Listed));
            }
            Event::NotInstalled if !watch.is_listed && watch.need == Need::Required => {
                return Err(not_installed(watch.kind));
            }
            Event::NotInstalled | Event::Installed => {}
            Event::Interrupted { why } => {
                watch.is_interrupted = true;
                self.interrupted += 1;
                if self.interrupted == 1 {
                    news(News::Interrupted(&why));
                }
            }
            Event::Resumed => {
                if std::mem::take(&mut watch.is_interrupted) {
                    self.interrupted -= 1;
                    if self.interrupted == 0 {
                        news(News::Resumed);
                    }
                }
            }
            Event::WatchForbidden { why } => {
                let is_required = watch.need == Need::Required;
                if is_required && !std::mem::replace(&mut self.is_polling_told, true) {
                    news(News::WatchForbidden(&why));
                }
            }
        }
        Ok(None)
    }
}
