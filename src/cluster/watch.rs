//! Watches that survive a drop and lose nothing.
//!
//! A watch is a list followed by the changes since. Whatever ends it (the server's own five minutes, a
//! restart, a proxy that cuts idle connections, an expired version), it goes on where it was, or lists
//! again and says what changed meanwhile. The caller sees one sequence of events, in which the last event
//! about an object is its final state.

use std::collections::{HashSet, VecDeque};
use std::time::Duration;

use anyhow::Result;
use futures::stream::{self, BoxStream, StreamExt as _};
use kube::api::{DynamicObject, WatchEvent, WatchParams};
use kube::core::{ApiResource, GroupVersionKind, PartialObjectMeta};
use tokio::time::{Instant, sleep, timeout};

use super::Cluster;
use super::backoff::Backoff;
use super::failure::{self, Remedy, SILENT, remedy_for, remedy_for_status, words_for};
use super::known::{Key, Known, key_of};
use super::list::{Scope, full_name, types_of};
use crate::kinds::Kind;

/// How long the server is asked to keep one watch open.
const WATCH_SECONDS: u32 = 290;

/// How much later than that we stop believing in a silent connection.
const GRACE: Duration = Duration::from_secs(10);

/// How long the server may take to begin answering.
const ANSWER_TIME: Duration = Duration::from_secs(30);

/// A watch that ended sooner than this without an event is not renewed at once.
const SHORT_LIFE: Duration = Duration::from_secs(1);

/// How often discovery is asked about a kind that is not installed, where CRDs may not be watched.
const REDISCOVERY: Duration = Duration::from_secs(30);

/// What happened to the watched objects, or to the watch.
#[derive(Clone, Debug)]
pub enum Event {
    /// An object that was there when the watch began.
    Initial(Box<DynamicObject>),
    /// All objects that were there have been told.
    InitialDone,
    /// An object was created or changed.
    Applied(Box<DynamicObject>),
    /// An object is gone. When it went unseen, only its kind, namespace, name and uid are known.
    Deleted(Box<DynamicObject>),
    /// The connection is lost; the watch tries to get it back.
    Interrupted {
        /// What went wrong, in a few words.
        why: String,
    },
    /// The connection is back, and nothing was lost.
    Resumed,
    /// `watch` is not permitted: from here on the server is asked again and again. Told once.
    WatchForbidden {
        /// The server's words, which name the verb and the resource.
        why: String,
    },
    /// The cluster does not serve the kind (any more); the watch waits for its CRD.
    NotInstalled,
    /// The cluster serves the kind now.
    Installed,
}

/// What is watched.
#[derive(Clone)]
pub(super) enum Subject {
    /// A kind of the table, in whatever version the cluster serves.
    Kind(&'static Kind),
    /// A resource that is known to be served.
    Resource(ApiResource),
}

impl Cluster {
    /// Watches the objects of `kind`. The stream ends only after an error that will not pass.
    ///
    /// A kind that is not installed is waited for, and a kind that is removed leaves: every object is
    /// told as deleted.
    pub fn watch(&self, kind: &'static Kind, scope: Scope) -> BoxStream<'static, Result<Event>> {
        self.watch_subject(Subject::Kind(kind), scope)
    }

    /// Watches the objects of `kind` on a server that has answered before: from the first moment on, what
    /// keeps it from answering is sat out.
    pub(super) fn watch_on(
        &self,
        kind: &'static Kind,
        scope: Scope,
    ) -> BoxStream<'static, Result<Event>> {
        let watch = Watch { sits_out: true, ..self.beginning(Subject::Kind(kind), scope) };
        stream::unfold(watch, Watch::next).boxed()
    }

    pub(super) fn watch_subject(
        &self,
        subject: Subject,
        scope: Scope,
    ) -> BoxStream<'static, Result<Event>> {
        stream::unfold(self.beginning(subject, scope), Watch::next).boxed()
    }

    fn beginning(&self, subject: Subject, scope: Scope) -> Watch {
        Watch {
            cluster: self.clone(),
            subject,
            scope,
            phase: Phase::Resolve { again: false },
            known: Known::default(),
            told: VecDeque::new(),
            backoff: Backoff::new(Duration::from_millis(500), Duration::from_secs(10)),
            poll: Backoff::new(Duration::from_millis(500), Duration::from_secs(2)),
            pause: None,
            initial_done: false,
            sits_out: false,
            is_interrupted: false,
            access: Access::Watch,
        }
    }
}

/// What we may do with the resource.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Access {
    Watch,
    /// `watch` is forbidden.
    List,
    /// `list` is forbidden too, but one object is meant and can be read by name.
    Get,
}

struct Watch {
    cluster: Cluster,
    subject: Subject,
    scope: Scope,
    phase: Phase,
    known: Known,
    /// Events that the reader has not taken yet.
    told: VecDeque<Event>,
    backoff: Backoff,
    poll: Backoff,
    /// How long to wait before the next step.
    pause: Option<Duration>,
    initial_done: bool,
    /// Whether an unreachable server is something to sit out, as it is once a watch has begun.
    sits_out: bool,
    is_interrupted: bool,
    access: Access,
}

enum Phase {
    /// Find out which version is served; `again` when discovery's memory is suspect.
    Resolve { again: bool },
    /// Wait until the kind is installed.
    Absent,
    /// Read one page; `seen` holds the objects of the pages before.
    List { resource: ApiResource, token: Option<String>, seen: HashSet<Key> },
    /// Ask for the changes since `version`.
    Start { resource: ApiResource, version: String },
    /// Follow the changes.
    Follow(Follow),
    /// An error was told.
    Ended,
}

impl Phase {
    /// The beginning of a list.
    fn listing(resource: ApiResource) -> Self {
        Self::List { resource, token: None, seen: HashSet::new() }
    }
}

struct Follow {
    resource: ApiResource,
    /// The newest version that was seen; where the next watch begins.
    version: String,
    changes: BoxStream<'static, kube::Result<WatchEvent<DynamicObject>>>,
    since: Instant,
    was_silent: bool,
}

impl Watch {
    /// The next event, taking as many steps as it needs.
    async fn next(mut self) -> Option<(Result<Event>, Self)> {
        loop {
            if let Some(event) = self.told.pop_front() {
                return Some((Ok(event), self));
            }
            if let Some(pause) = self.pause.take() {
                sleep(pause).await;
            }
            let step = match std::mem::replace(&mut self.phase, Phase::Ended) {
                Phase::Resolve { again } => self.resolve(again).await,
                Phase::Absent => self.await_installation().await,
                Phase::List { resource, token, seen } => self.list(resource, token, seen).await,
                Phase::Start { resource, version } => self.start(resource, version).await,
                Phase::Follow(follow) => self.follow(follow).await,
                Phase::Ended => return None,
            };
            match step {
                Ok(phase) => self.phase = phase,
                Err(error) => return Some((Err(error), self)),
            }
        }
    }

    async fn resolve(&mut self, again: bool) -> Result<Phase> {
        let kind = match &self.subject {
            Subject::Resource(resource) => return Ok(Phase::listing(resource.clone())),
            Subject::Kind(kind) => *kind,
        };
        if again {
            self.cluster.refresh_discovery().await;
        }
        match self.cluster.resource(kind).await {
            Ok(Some(resource)) => Ok(Phase::listing(resource)),
            Ok(None) => Ok(self.leave(kind)),
            Err(error) if self.sits_out => {
                self.interrupt(format!("{error:#}"));
                Ok(Phase::Resolve { again: true })
            }
            Err(error) => Err(error),
        }
    }

    /// The kind is not served: its objects are gone, and it may come (back).
    fn leave(&mut self, kind: &Kind) -> Phase {
        // Which version it was served in matters to nobody any more.
        let version = kind.versions.first().copied().unwrap_or_default();
        self.tell_gone(&HashSet::new(), &kind.resource(version));
        self.told.push_back(Event::NotInstalled);
        self.finish_initial();
        Phase::Absent
    }

    fn finish_initial(&mut self) {
        if !self.initial_done {
            self.initial_done = true;
            self.sits_out = true;
            self.told.push_back(Event::InitialDone);
        }
    }

    /// Watches the CRD, metadata only, and asks discovery whenever it changes. Where CRDs may not be
    /// watched, discovery is asked twice a minute.
    async fn await_installation(&mut self) -> Result<Phase> {
        let Subject::Kind(kind) = self.subject else { return Ok(Phase::Resolve { again: true }) };
        let crd = GroupVersionKind::gvk("apiextensions.k8s.io", "v1", "CustomResourceDefinition");
        let crds = ApiResource::from_gvk_with_plural(&crd, "customresourcedefinitions");
        let parameters = WatchParams::default()
            .timeout(WATCH_SECONDS)
            .fields(&format!("metadata.name={}.{}", kind.plural, kind.group));
        let (api, since) = (self.cluster.api(&crds, None), Instant::now());
        let opened = timeout(ANSWER_TIME, api.watch_metadata(&parameters, "0")).await;
        let is_installed = match opened {
            Ok(Ok(changes)) => self.is_installed_amid(kind, changes.boxed()).await,
            Ok(Err(error)) if remedy_for(&error) == Remedy::Forbidden => {
                return Ok(self.rediscover(kind).await);
            }
            Ok(Err(_)) | Err(_) => false,
        };
        if is_installed {
            self.told.push_back(Event::Installed);
            return Ok(Phase::Resolve { again: false });
        }
        // The next watch begins with the CRD if it came meanwhile.
        if since.elapsed() >= SHORT_LIFE {
            self.backoff.reset();
        }
        self.pause = Some(self.backoff.step());
        Ok(Phase::Absent)
    }

    /// Whether the kind was installed before these changes of its CRD were over.
    async fn is_installed_amid(
        &mut self,
        kind: &'static Kind,
        mut changes: BoxStream<'_, kube::Result<WatchEvent<PartialObjectMeta>>>,
    ) -> bool {
        let limit = Duration::from_secs(WATCH_SECONDS.into()) + GRACE;
        while let Ok(Some(Ok(change))) = timeout(limit, changes.next()).await {
            if matches!(change, WatchEvent::Added(_) | WatchEvent::Modified(_))
                && self.is_served_soon(kind).await
            {
                return true;
            }
        }
        false
    }

    async fn rediscover(&mut self, kind: &'static Kind) -> Phase {
        sleep(REDISCOVERY).await;
        self.cluster.refresh_discovery().await;
        match self.cluster.resource(kind).await {
            Ok(Some(_)) => {
                self.told.push_back(Event::Installed);
                Phase::Resolve { again: false }
            }
            _ => Phase::Absent,
        }
    }

    /// Discovery lags behind the CRD by a second or two.
    async fn is_served_soon(&mut self, kind: &'static Kind) -> bool {
        for _ in 0..6 {
            self.cluster.refresh_discovery().await;
            if matches!(self.cluster.resource(kind).await, Ok(Some(_))) {
                return true;
            }
            sleep(Duration::from_millis(500)).await;
        }
        false
    }

    async fn list(
        &mut self,
        resource: ApiResource,
        token: Option<String>,
        mut seen: HashSet<Key>,
    ) -> Result<Phase> {
        let cluster = self.cluster.clone();
        let page = tokio::select! {
            biased;
            page = self.read(&resource, token.as_deref()) => page,
            () = cluster.silence() => return self.after_silence(resource),
        };
        let (items, next, version) = match page {
            Ok(page) => page,
            Err(error) => return self.after_list_error(error, resource),
        };
        if self.access != Access::Watch {
            self.resume();
        }
        for object in items {
            seen.insert(key_of(&object));
            self.note(object);
        }
        if let Some(token) = next.filter(|token| !token.is_empty()) {
            return Ok(Phase::List { resource, token: Some(token), seen });
        }
        self.tell_gone(&seen, &resource);
        self.finish_initial();
        if self.access == Access::Watch {
            return Ok(Phase::Start { resource, version: version.unwrap_or_default() });
        }
        if !self.told.is_empty() {
            self.poll.reset();
        }
        self.pause = Some(self.poll.step());
        Ok(Phase::listing(resource))
    }

    /// One page, or the one object where lists are forbidden: objects, next page, version.
    async fn read(
        &mut self,
        resource: &ApiResource,
        token: Option<&str>,
    ) -> kube::Result<(Vec<DynamicObject>, Option<String>, Option<String>)> {
        if let (Access::Get, Some(name)) = (self.access, &self.scope.name) {
            let api = self.cluster.api(resource, self.scope.namespace.as_deref());
            return Ok((api.get_opt(name).await?.into_iter().collect(), None, None));
        }
        let page = self.cluster.page(resource, &self.scope, token).await?;
        Ok((page.items, page.metadata.continue_, page.metadata.resource_version))
    }

    fn after_list_error(&mut self, error: kube::Error, resource: ApiResource) -> Result<Phase> {
        match remedy_for(&error) {
            Remedy::ListAgain => Ok(Phase::listing(resource)),
            Remedy::Rediscover if matches!(self.subject, Subject::Kind(_)) => {
                self.pause = Some(self.backoff.step());
                Ok(Phase::Resolve { again: true })
            }
            Remedy::Forbidden if self.access != Access::Get && self.scope.name.is_some() => {
                self.poll_because(words_for(&error), Access::Get);
                Ok(Phase::listing(resource))
            }
            Remedy::TryAgain if self.sits_out => {
                self.interrupt(words_for(&error));
                Ok(Phase::listing(resource))
            }
            _ if self.access == Access::Get => Err(self.fail(error, &resource, "get")),
            _ => Err(self.fail(error, &resource, "list")),
        }
    }

    fn after_silence(&mut self, resource: ApiResource) -> Result<Phase> {
        if !self.sits_out {
            return Err(failure::silent(&self.cluster.way));
        }
        self.interrupt(SILENT.to_owned());
        Ok(Phase::listing(resource))
    }

    /// Tells an object unless it is known as it is.
    fn note(&mut self, object: DynamicObject) {
        if !self.known.note(&object) {
            return;
        }
        let object = Box::new(object);
        self.told.push_back(if self.initial_done {
            Event::Applied(object)
        } else {
            Event::Initial(object)
        });
    }

    /// Tells the objects that a complete list no longer holds.
    fn tell_gone(&mut self, seen: &HashSet<Key>, resource: &ApiResource) {
        let gone = self.known.forget_unseen(seen, resource);
        self.told.extend(gone.into_iter().map(|object| Event::Deleted(Box::new(object))));
    }

    async fn start(&mut self, resource: ApiResource, version: String) -> Result<Phase> {
        let parameters = WatchParams {
            label_selector: self.scope.labels.clone(),
            field_selector: self.scope.field_selector(),
            timeout: Some(WATCH_SECONDS),
            ..WatchParams::default()
        };
        let api = self.cluster.api(&resource, self.scope.namespace.as_deref());
        let answer = timeout(ANSWER_TIME, api.watch(&parameters, &version)).await;
        let error = match answer {
            Ok(Ok(changes)) => {
                self.resume();
                let changes = changes.boxed();
                let since = Instant::now();
                return Ok(Phase::Follow(Follow {
                    resource,
                    version,
                    changes,
                    since,
                    was_silent: true,
                }));
            }
            Ok(Err(error)) => error,
            Err(_) => {
                self.interrupt(SILENT.to_owned());
                return Ok(Phase::Start { resource, version });
            }
        };
        match remedy_for(&error) {
            Remedy::ListAgain => Ok(Phase::listing(resource)),
            Remedy::Forbidden => {
                self.poll_because(words_for(&error), Access::List);
                self.pause = Some(self.poll.step());
                Ok(Phase::listing(resource))
            }
            Remedy::Rediscover if matches!(self.subject, Subject::Kind(_)) => {
                Ok(Phase::Resolve { again: true })
            }
            Remedy::TryAgain => {
                self.interrupt(words_for(&error));
                Ok(Phase::Start { resource, version })
            }
            _ => Err(self.fail(error, &resource, "watch")),
        }
    }

    async fn follow(&mut self, mut follow: Follow) -> Result<Phase> {
        let limit = Duration::from_secs(WATCH_SECONDS.into()) + GRACE;
        let change = tokio::select! {
            biased;
            change = timeout(limit, follow.changes.next()) => change.unwrap_or_default(),
            () = self.cluster.silence() => {
                self.interrupt(SILENT.to_owned());
                return Ok(Phase::Start { resource: follow.resource, version: follow.version });
            }
        };
        match change {
            Some(Ok(WatchEvent::Added(object) | WatchEvent::Modified(object))) => {
                follow.advance(object.metadata.resource_version.as_deref());
                self.backoff.reset();
                self.note(with_types(object, &follow.resource));
            }
            Some(Ok(WatchEvent::Deleted(object))) => {
                follow.advance(object.metadata.resource_version.as_deref());
                self.backoff.reset();
                self.known.forget(&object);
                let object = with_types(object, &follow.resource);
                self.told.push_back(Event::Deleted(Box::new(object)));
            }
            Some(Ok(WatchEvent::Bookmark(bookmark))) => {
                follow.advance(Some(&bookmark.metadata.resource_version));
                self.backoff.reset();
            }
            Some(Ok(WatchEvent::Error(status))) => {
                // Without a version to go on from, and with a server that is in doubt, the list is the truth.
                if remedy_for_status(&status) != Remedy::ListAgain {
                    self.interrupt(status.message.clone());
                }
                let resource = follow.resource;
                return Ok(Phase::listing(resource));
            }
            Some(Err(error)) => {
                self.interrupt(words_for(&error));
                return Ok(Phase::Start { resource: follow.resource, version: follow.version });
            }
            None => {
                if follow.was_silent && follow.since.elapsed() < SHORT_LIFE {
                    self.pause = Some(self.backoff.step());
                }
                return Ok(Phase::Start { resource: follow.resource, version: follow.version });
            }
        }
        Ok(Phase::Follow(follow))
    }

    /// The connection is lost: say so once, and wait before the next attempt.
    fn interrupt(&mut self, why: String) {
        if !self.is_interrupted {
            self.is_interrupted = true;
            self.told.push_back(Event::Interrupted { why });
        }
        self.pause = Some(self.backoff.step());
    }

    fn resume(&mut self) {
        if std::mem::take(&mut self.is_interrupted) {
            self.told.push_back(Event::Resumed);
        }
    }

    /// The one exception to "waiting is watching": ask again and again, and say why, once.
    fn poll_because(&mut self, why: String, access: Access) {
        if self.access == Access::Watch {
            self.told.push_back(Event::WatchForbidden { why });
        }
        self.access = access;
    }

    fn fail(&self, error: kube::Error, resource: &ApiResource, verb: &str) -> anyhow::Error {
        let place = match (&self.scope.namespace, &self.scope.name) {
            (namespace, Some(name)) => {
                format!("{} {}", resource.kind, full_name(namespace.as_deref(), name))
            }
            (Some(namespace), None) => format!("{} in namespace {namespace}", resource.plural),
            (None, None) => resource.plural.clone(),
        };
        self.cluster.failure(error, &format!("{verb} {place}"))
    }
}

impl Follow {
    fn advance(&mut self, version: Option<&str>) {
        self.was_silent = false;
        if let Some(version) = version.filter(|version| !version.is_empty()) {
            version.clone_into(&mut self.version);
        }
    }
}

fn with_types(mut object: DynamicObject, resource: &ApiResource) -> DynamicObject {
    object.types.get_or_insert_with(|| types_of(resource));
    object
}
