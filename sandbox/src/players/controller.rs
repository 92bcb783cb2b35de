//! The loop that every player shares: watches feed a queue of keys, due keys are reconciled, one
//! task per key at a time, and each reconciliation says when it wants to be called again.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Debug;
use std::future::Future;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use futures::future::BoxFuture;
use futures::{FutureExt as _, StreamExt as _};
use k8s_openapi::apiextensions_apiserver::pkg::apis::apiextensions::v1::CustomResourceDefinition;
use kube::runtime::wait::{await_condition, conditions};
use kube::runtime::watcher::{self, Event};
use kube::{Api, Client, Resource, ResourceExt as _};
use serde::de::DeserializeOwned;
use tokio::sync::mpsc;
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep, sleep_until};

use super::Pace;

/// Names one object of the kind that a player reconciles.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Key {
    pub(super) namespace: String,
    pub(super) name: String,
}

impl Key {
    /// The key of a namespaced object.
    pub(super) fn of<K: Resource>(object: &K) -> Self {
        let meta = object.meta();
        Self::new(
            meta.namespace.as_deref().unwrap_or_default(),
            meta.name.as_deref().unwrap_or_default(),
        )
    }

    pub(super) fn new(namespace: &str, name: &str) -> Self {
        Self { namespace: namespace.to_owned(), name: name.to_owned() }
    }
}

/// When an object wants to be reconciled again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Next {
    /// Only when something changes.
    Wait,
    /// At once.
    Now,
    /// After this long.
    After(Duration),
    /// After a back-off that grows with the number of failures in a row.
    Retry,
}

/// What distinguishes one player from another.
pub(super) trait Reconcile: Send + Sync + 'static {
    /// Tasks that feed `queue` for as long as they are polled; see [`watch`].
    fn watches(&self, queue: &Queue) -> Vec<BoxFuture<'static, ()>>;

    /// Brings the object of `key` one step closer; the object may be gone.
    fn reconcile(&self, key: Key) -> impl Future<Output = anyhow::Result<Next>> + Send;
}

/// Where watches put the keys of objects to reconcile.
#[derive(Clone)]
pub(super) struct Queue(mpsc::UnboundedSender<Key>);

impl Queue {
    pub(super) fn add(&self, key: Key) {
        // The receiver is gone only while the player is being stopped.
        let _ = self.0.send(key);
    }
}

/// Errors that no status reports, kept for whoever wonders why nothing moves.
#[derive(Clone, Default)]
pub(super) struct Troubles(Arc<Mutex<Vec<String>>>);

impl Troubles {
    pub(super) fn add(&self, trouble: String) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(trouble);
    }

    pub(super) fn all(&self) -> Vec<String> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// Runs `player` for ever.
pub(super) async fn run<R: Reconcile>(player: Arc<R>, pace: Pace, troubles: Troubles) {
    let (sender, mut keys) = mpsc::unbounded_channel();
    let queue = Queue(sender);
    // Both sets live on this task, so that aborting it ends the watches and the work in hand.
    let mut watches = JoinSet::new();
    for watch in player.watches(&queue) {
        watches.spawn(watch);
    }
    let mut running = JoinSet::new();
    let mut work = Work::new(pace);
    loop {
        let due = work.next_due();
        tokio::select! {
            Some(key) = keys.recv() => work.add(key, Instant::now()),
            Some(ended) = running.join_next() => match ended {
                Ok((key, next)) => work.finish(key, next, Instant::now()),
                Err(panic) => troubles.add(panic.to_string()),
            },
            () = sleep_until(due.unwrap_or_else(Instant::now)), if due.is_some() => {}
        }
        while let Some(key) = work.start(Instant::now()) {
            let (player, troubles) = (Arc::clone(&player), troubles.clone());
            running.spawn(async move {
                let next = player.reconcile(key.clone()).await.unwrap_or_else(|error| {
                    troubles.add(format!("{}/{}: {error:#}", key.namespace, key.name));
                    Next::Retry
                });
                (key, next)
            });
        }
    }
}

/// Which keys are due, and which are in hand.
struct Work {
    due: BTreeMap<Key, Instant>,
    in_hand: BTreeSet<Key>,
    failures: BTreeMap<Key, u32>,
    pace: Pace,
}

impl Work {
    fn new(pace: Pace) -> Self {
        let (due, in_hand, failures) = (BTreeMap::new(), BTreeSet::new(), BTreeMap::new());
        Self { due, in_hand, failures, pace }
    }

    /// Makes `key` due at `at`, or sooner if it already was.
    fn add(&mut self, key: Key, at: Instant) {
        let due = self.due.entry(key).or_insert(at);
        *due = at.min(*due);
    }

    /// Takes one key that is due and not in hand.
    fn start(&mut self, now: Instant) -> Option<Key> {
        let waiting = |(key, due): &(&Key, &Instant)| **due <= now && !self.in_hand.contains(*key);
        let key = self.due.iter().find(waiting).map(|(key, _)| key.clone())?;
        self.due.remove(&key);
        self.in_hand.insert(key.clone());
        Some(key)
    }

    /// Puts `key` back; changes that came in while it was in hand make it due at once.
    fn finish(&mut self, key: Key, next: Next, now: Instant) {
        self.in_hand.remove(&key);
        if next != Next::Retry {
            self.failures.remove(&key);
        }
        match next {
            Next::Wait => {}
            Next::Now => self.add(key, now),
            Next::After(pause) => self.add(key, now + pause),
            Next::Retry => {
                let failures = self.failures.entry(key.clone()).or_default();
                let pause = self.pace.retry.saturating_mul(1 << (*failures).min(16));
                *failures += 1;
                self.add(key, now + pause.min(self.pace.retry_limit));
            }
        }
    }

    fn next_due(&self) -> Option<Instant> {
        let idle = self.due.iter().filter(|(key, _)| !self.in_hand.contains(*key));
        idle.map(|(_, due)| *due).min()
    }
}

/// What a watch reports about one object.
pub(super) enum Change<'a, K> {
    /// It exists, is new, or changed.
    Applied(&'a K),
    /// It is gone; this is how it last looked.
    Deleted(&'a K),
}

/// Feeds `queue` with the keys that `map` finds for each change of `api`'s objects.
///
/// With `crd`, waits until that CustomResourceDefinition is established, and again when it was
/// deleted and returns.
pub(super) fn watch<K>(
    api: Api<K>,
    crd: Option<(Client, &'static str)>,
    pace: Pace,
    queue: &Queue,
    mut map: impl FnMut(Change<'_, K>) -> Vec<Key> + Send + 'static,
) -> BoxFuture<'static, ()>
where
    K: Resource + Clone + DeserializeOwned + Debug + Send + 'static,
{
    let queue = queue.clone();
    async move {
        let mut changes = watcher::watcher(api, watcher::Config::default()).boxed();
        let mut unserved = crd.is_some();
        loop {
            if let Some((client, name)) = crd.as_ref().filter(|_| unserved) {
                established(client, name, pace).await;
                unserved = false;
            }
            let keys = match changes.next().await {
                Some(Ok(Event::Apply(object) | Event::InitApply(object))) => {
                    map(Change::Applied(&object))
                }
                Some(Ok(Event::Delete(object))) => map(Change::Deleted(&object)),
                Some(Ok(Event::Init | Event::InitDone)) => Vec::new(),
                // The watcher resumes or lists again when it is polled; it never ends by itself.
                Some(Err(_)) | None => {
                    unserved = true;
                    sleep(pace.retry).await;
                    Vec::new()
                }
            };
            keys.into_iter().for_each(|key| queue.add(key));
        }
    }
    .boxed()
}

async fn established(client: &Client, name: &str, pace: Pace) {
    let crds: Api<CustomResourceDefinition> = Api::all(client.clone());
    while await_condition(crds.clone(), name, conditions::is_crd_established()).await.is_err() {
        sleep(pace.retry).await;
    }
}

/// Remembers what a controller's predicates look at, and tells whether it changed: the generation
/// (`GenerationChangedPredicate`), the reconcile request (`ReconcileRequestedPredicate`) and the
/// begin of a deletion, which a real API server counts as a new generation.
#[derive(Default)]
pub(super) struct Triggers(BTreeMap<Key, Trigger>);

#[derive(PartialEq)]
struct Trigger {
    uid: Option<String>,
    generation: Option<i64>,
    requested_at: Option<String>,
    is_deleted: bool,
}

impl Triggers {
    /// Whether `object` is new or changed in a way that triggers a reconciliation.
    pub(super) fn see<K: Resource>(&mut self, object: &K) -> bool {
        let requested_at = object.annotations().get(super::object::REQUESTED_AT).cloned();
        let trigger = Trigger {
            uid: object.uid(),
            generation: object.meta().generation,
            requested_at,
            is_deleted: object.meta().deletion_timestamp.is_some(),
        };
        let last = self.0.insert(Key::of(object), trigger);
        last.as_ref() != self.0.get(&Key::of(object))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn work() -> Work {
        Work::new(Pace::UPSTREAM)
    }

    fn key(name: &str) -> Key {
        Key::new("ns", name)
    }

    #[test]
    fn one_key_is_in_hand_once() {
        let (mut work, now) = (work(), Instant::now());
        work.add(key("a"), now);
        assert_eq!(work.start(now), Some(key("a")));
        work.add(key("a"), now);
        assert_eq!(work.start(now), None);
        assert_eq!(work.next_due(), None);
        work.finish(key("a"), Next::After(Duration::from_secs(60)), now);
        assert_eq!(work.start(now), Some(key("a")), "the change came in meanwhile");
    }

    #[test]
    fn retries_back_off_and_success_resets_them() {
        let (mut work, now) = (work(), Instant::now());
        for pause in [750, 1500, 3000] {
            work.finish(key("a"), Next::Retry, now);
            assert_eq!(work.next_due(), Some(now + Duration::from_millis(pause)));
            work.due.clear();
        }
        work.finish(key("a"), Next::Wait, now);
        work.finish(key("a"), Next::Retry, now);
        assert_eq!(work.next_due(), Some(now + Duration::from_millis(750)));
    }

    #[test]
    fn a_change_overtakes_a_retry() {
        let (mut work, now) = (work(), Instant::now());
        work.finish(key("a"), Next::Retry, now);
        work.add(key("a"), now);
        assert_eq!(work.start(now), Some(key("a")));
        assert_eq!(work.next_due(), None);
    }
}
