//! Plays source-controller: GitRepository, OCIRepository, HelmRepository and HelmChart objects.
//!
//! Source: source-controller, `internal/controller/*_controller.go` (the steps, their conditions and
//! messages) and `internal/reconcile` (what an outcome does to the status). All kinds go through the
//! same steps; an [`Origin`] says what is fetched, and in which words. A HelmRepository of type `oci`
//! is static: the controller never touches it. Bucket objects are not played, and an ExternalArtifact
//! is nobody's business but its maker's.

mod chart;
pub(super) mod fetch;
mod git;
mod github_app;
mod helm_chart;
mod helm_repository;
mod known_hosts;
mod oci;
pub(super) mod remote;
mod ssh_key;

use std::collections::BTreeMap;
use std::future::Future;
use std::time::Duration;

use anyhow::Result;
use futures::FutureExt as _;
use futures::future::{BoxFuture, join_all};
use k8s_openapi::api::core::v1::Secret;
use kube::api::DynamicObject;
use kube::core::ApiResource;
use kube::{Api, Client};
use serde_json::{Value, json};

use super::conditions::{self, PROGRESSING, READY, RECONCILING, STALLED, SUCCEEDED};
use super::controller::{Change, Key, Next, Queue, Reconcile, Triggers, Troubles, run, watch};
use super::events::{Events, reference};
use super::object::{self, Tracked};
use super::storage::Content;
use super::{Pace, Stage, delay, duration};

/// The Deployment that this player stands for, and its field manager.
pub(super) const CONTROLLER: &str = "source-controller";
pub(super) const GROUP: &str = "source.toolkit.fluxcd.io";

const FETCH_FAILED: &str = "FetchFailed";
const BUILD_FAILED: &str = "BuildFailed";
const ARTIFACT_OUTDATED: &str = "ArtifactOutdated";
const ARTIFACT_IN_STORAGE: &str = "ArtifactInStorage";

/// What Ready summarizes, the most telling first.
const SUMMARIZED: &[&str] =
    &[FETCH_FAILED, BUILD_FAILED, ARTIFACT_OUTDATED, ARTIFACT_IN_STORAGE, STALLED, RECONCILING];
const NEGATIVE: &[&str] = &[FETCH_FAILED, BUILD_FAILED, ARTIFACT_OUTDATED, STALLED, RECONCILING];

/// A kind that is played, and the name of its definition.
pub(super) type Played = (ApiResource, &'static str);

pub(super) fn git_repositories() -> Played {
    let resource = object::resource(GROUP, "GitRepository", "gitrepositories");
    (resource, "gitrepositories.source.toolkit.fluxcd.io")
}

pub(super) fn oci_repositories() -> Played {
    let resource = object::resource(GROUP, "OCIRepository", "ocirepositories");
    (resource, "ocirepositories.source.toolkit.fluxcd.io")
}

pub(super) fn helm_repositories() -> Played {
    let resource = object::resource(GROUP, "HelmRepository", "helmrepositories");
    (resource, "helmrepositories.source.toolkit.fluxcd.io")
}

pub(super) fn helm_charts() -> Played {
    let resource = object::resource(GROUP, "HelmChart", "helmcharts");
    (resource, "helmcharts.source.toolkit.fluxcd.io")
}

/// The sources that others may build from.
pub(super) fn of_kind(kind: &str) -> Option<Played> {
    [git_repositories(), oci_repositories()].into_iter().find(|(resource, _)| resource.kind == kind)
}

/// Runs the reconcilers of all kinds, with an empty storage.
pub(super) fn start(client: Client, stage: Stage, troubles: Troubles) -> BoxFuture<'static, ()> {
    stage.storage.clear();
    let pace = stage.pace;
    let tools = || Tools {
        events: Events::new(client.clone(), CONTROLLER),
        client: client.clone(),
        stage: stage.clone(),
    };
    let runs = [
        run(Source::over(git::Git, tools()), pace, troubles.clone()).boxed(),
        run(Source::over(oci::Oci, tools()), pace, troubles.clone()).boxed(),
        run(Source::over(helm_repository::Helm, tools()), pace, troubles.clone()).boxed(),
        run(Source::over(helm_chart::Charts::default(), tools()), pace, troubles).boxed(),
    ];
    join_all(runs).map(|_| ()).boxed()
}

/// What an origin works with.
struct Tools {
    client: Client,
    events: Events,
    stage: Stage,
}

/// A Secret, if there is one of that name.
pub(super) async fn secret(client: &Client, namespace: &str, name: &str) -> Result<Option<Secret>> {
    let secrets: Api<Secret> = Api::namespaced(client.clone(), namespace);
    Ok(secrets.get_opt(name).await?)
}

/// One kind of source: what it fetches, and what the controller says about it.
trait Origin: Send + Sync + 'static {
    fn played() -> Played;

    /// What `object` asks for; without content when storage already holds it.
    fn fetch(
        &self,
        tools: &Tools,
        object: &mut Tracked,
    ) -> impl Future<Output = Result<Result<Fetched, Failure>>> + Send;

    /// Whether the controller leaves the object alone.
    fn is_static(_object: &Tracked) -> bool {
        false
    }

    /// More watches than the one of the kind itself; `None` when there are no more.
    fn watches(&self, _tools: &Tools, _queue: &Queue) -> Option<Vec<BoxFuture<'static, ()>>> {
        None
    }
}

/// A revision of a source.
struct Fetched {
    revision: String,
    /// The artifact's file in storage.
    file: String,
    digest: String,
    size_bytes: usize,
    /// None: storage already holds this revision.
    content: Option<Content>,
    /// Annotations of an OCI manifest; null for none.
    metadata: Value,
    /// Reason and message of `ArtifactOutdated`.
    outdated: (&'static str, String),
    /// Reason and message of `ArtifactInStorage`.
    stored: (&'static str, String),
    /// The event about a new artifact: reason, the reason after a failure, message.
    news: (&'static str, &'static str, String),
    /// The event about a revision that storage already holds.
    no_news: Option<(&'static str, String)>,
    /// More fields of the status.
    status: Vec<(&'static str, Value)>,
}

/// Why there is nothing to store.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Failure {
    condition: &'static str,
    reason: &'static str,
    pub(super) message: String,
    then: Then,
}

/// What the controller does after a failure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Then {
    /// It tries again, later and later.
    Retry,
    /// It tries again and records no event.
    Requeue,
    /// It waits for the object to change: trying again is pointless.
    Stall,
}

impl Failure {
    fn new(reason: &'static str, message: impl Into<String>) -> Self {
        let message = message.into();
        Self { condition: FETCH_FAILED, reason, message, then: Then::Retry }
    }

    fn stalling(self) -> Self {
        Self { then: Then::Stall, ..self }
    }
}

/// The reconciler of one kind.
struct Source<O> {
    origin: O,
    tools: Tools,
}

/// How one attempt ended.
enum Outcome {
    /// The finalizer was added; the work begins with the next attempt.
    Requeue,
    /// Nothing to do: suspended, or being deleted.
    Nothing,
    /// The artifact is stored, now or since an earlier attempt.
    Stored,
    /// The origin stands where the artifact was made; the event that says so.
    Unchanged(Option<(&'static str, String)>),
    Failed(Failure),
}

impl<O: Origin> Reconcile for Source<O> {
    fn watches(&self, queue: &Queue) -> Vec<BoxFuture<'static, ()>> {
        if let Some(watches) = self.origin.watches(&self.tools, queue) {
            return watches;
        }
        let (resource, crd) = O::played();
        let api: Api<DynamicObject> = Api::all_with(self.tools.client.clone(), &resource);
        let mut triggers = Triggers::default();
        let crd = Some((self.tools.client.clone(), crd));
        let keys = move |change: Change<'_, DynamicObject>| match change {
            Change::Applied(object) if triggers.see(object) => vec![Key::of(object)],
            Change::Applied(_) | Change::Deleted(_) => Vec::new(),
        };
        vec![watch(api, crd, self.pace(), queue, keys)]
    }

    async fn reconcile(&self, key: Key) -> Result<Next> {
        let (resource, _) = O::played();
        let loaded = Tracked::load(&self.tools.client, &resource, &key, CONTROLLER).await?;
        let Some(mut object) = loaded.filter(|object| !O::is_static(object)) else {
            return Ok(Next::Wait);
        };
        let outcome = self.attempt(&mut object).await?;
        self.conclude(&mut object, &outcome).await?;
        Ok(match outcome {
            Outcome::Requeue => Next::Now,
            Outcome::Nothing => Next::Wait,
            Outcome::Stored | Outcome::Unchanged(_) => Next::After(interval(&object)),
            Outcome::Failed(failure) if failure.then == Then::Stall => Next::Wait,
            Outcome::Failed(_) => Next::Retry,
        })
    }
}

impl<O: Origin> Source<O> {
    fn over(origin: O, tools: Tools) -> std::sync::Arc<Self> {
        std::sync::Arc::new(Self { origin, tools })
    }

    fn pace(&self) -> Pace {
        self.tools.stage.pace
    }

    async fn attempt(&self, object: &mut Tracked) -> Result<Outcome> {
        if object.is_deleted() {
            object.set_status("artifact", Value::Null);
            object.remove_finalizer();
            return Ok(Outcome::Nothing);
        }
        if !object.has_finalizer() {
            object.add_finalizer();
            return Ok(Outcome::Requeue);
        }
        if object.is("/spec/suspend") {
            return Ok(Outcome::Nothing);
        }
        let has_failed = |kind: &&str| object.conditions.get(kind).is_some();
        let had_failed = [FETCH_FAILED, BUILD_FAILED].iter().any(has_failed);
        self.announce(object).await?;
        delay(&self.tools.stage.faults, "source.delay").await;
        self.reconcile_storage(object).await?;
        let fetched = match self.origin.fetch(&self.tools, object).await? {
            Ok(fetched) => fetched,
            Err(failure) => {
                let failed = failure.condition;
                let other = if failed == FETCH_FAILED { BUILD_FAILED } else { FETCH_FAILED };
                object.conditions.remove(other);
                object.conditions.set(failed, "True", failure.reason, &failure.message);
                return Ok(Outcome::Failed(failure));
            }
        };
        object.conditions.remove(FETCH_FAILED);
        object.conditions.remove(BUILD_FAILED);
        if fetched.content.is_none() {
            stored(object, &fetched);
            if fetched.no_news.is_none() {
                let last = object.at("/status/artifact").cloned().unwrap_or_default();
                self.notify(object, &fetched, &last, had_failed).await;
            }
            return Ok(Outcome::Unchanged(fetched.no_news));
        }
        self.store(object, fetched, had_failed).await?;
        Ok(Outcome::Stored)
    }

    /// Says that the work begins; written only for a new generation or a reconcile request.
    async fn announce(&self, object: &mut Tracked) -> Result<()> {
        progress(object, false, "reconciliation in progress");
        let (last, generation) = (object.observed_generation(), object.generation());
        let handled = object.str("/status/lastHandledReconcileAt").map(ToOwned::to_owned);
        if last != generation {
            progress(
                object,
                false,
                &format!("processing object: new generation {last} -> {generation}"),
            );
            return object.save().await;
        }
        if object.requested_at() != handled && object.requested_at().is_some() {
            return object.save().await;
        }
        Ok(())
    }

    async fn reconcile_storage(&self, object: &mut Tracked) -> Result<()> {
        let message = match object.str("/status/artifact/path") {
            Some(path) if self.tools.stage.storage.holds(path) => return Ok(()),
            Some(_) => "building artifact: disappeared from storage",
            None => "building artifact",
        };
        object.set_status("artifact", Value::Null);
        progress(object, true, message);
        object.conditions.remove(ARTIFACT_IN_STORAGE);
        object.save().await
    }

    async fn store(&self, object: &mut Tracked, fetched: Fetched, had_failed: bool) -> Result<()> {
        let last = object.at("/status/artifact").cloned().unwrap_or_default();
        let artifact = artifact(object, &fetched);
        if last["revision"] != artifact["revision"] || last["digest"] != artifact["digest"] {
            let (reason, message) = &fetched.outdated;
            if last.is_object() {
                object.conditions.set(ARTIFACT_OUTDATED, "True", reason, message);
            }
            progress(object, true, &format!("building artifact: {message}"));
            object.save().await?;
            if let (Some(path), Some(content)) = (artifact["path"].as_str(), &fetched.content) {
                self.tools.stage.storage.put(path, content.clone());
            }
            object.set_status("artifact", artifact);
        }
        for (field, value) in &fetched.status {
            object.set_status(field, value.clone());
        }
        stored(object, &fetched);
        self.notify(object, &fetched, &last, had_failed).await;
        Ok(())
    }

    async fn notify(&self, object: &Tracked, fetched: &Fetched, last: &Value, had_failed: bool) {
        let (new, recovered, message) = &fetched.news;
        let reason = if last["digest"] != json!(fetched.digest) {
            new
        } else if had_failed {
            recovered
        } else {
            return;
        };
        let annotations = BTreeMap::from([
            (format!("{GROUP}/revision"), fetched.revision.clone()),
            (format!("{GROUP}/digest"), fetched.digest.clone()),
        ]);
        let about = reference(object.object());
        self.tools.events.record(&about, "Normal", reason, message, annotations).await;
    }

    /// Turns the outcome into conditions and events, and writes them.
    async fn conclude(&self, object: &mut Tracked, outcome: &Outcome) -> Result<()> {
        let event = match outcome {
            Outcome::Failed(failure) if failure.then != Then::Requeue => {
                Some(("Warning", failure.reason, failure.message.clone()))
            }
            Outcome::Unchanged(Some((reason, message))) => {
                Some(("Normal", *reason, message.clone()))
            }
            _ => None,
        };
        if let Some((kind, reason, message)) = event {
            let about = reference(object.object());
            self.tools.events.record(&about, kind, reason, &message, BTreeMap::new()).await;
        }
        object.handle_request();
        settle(object, outcome);
        object.conditions.summarize(SUMMARIZED, NEGATIVE);
        object.save().await
    }
}

/// What `ComputeReconcileResult` does: whether the object is still reconciling, whether it is
/// stalled, and whether its generation counts as observed.
fn settle(object: &mut Tracked, outcome: &Outcome) {
    if matches!(outcome, Outcome::Stored | Outcome::Unchanged(_)) {
        object.conditions.remove(RECONCILING);
    }
    object.conditions.will_retry();
    let is_observed = match outcome {
        Outcome::Failed(failure) if failure.then == Then::Stall => {
            object.conditions.remove(RECONCILING);
            object.conditions.set(STALLED, "True", failure.reason, &failure.message);
            true
        }
        Outcome::Requeue | Outcome::Failed(_) => {
            object.conditions.remove(STALLED);
            false
        }
        Outcome::Nothing | Outcome::Stored | Outcome::Unchanged(_) => {
            object.conditions.remove(STALLED);
            !object.conditions.is_empty()
        }
    };
    if is_observed {
        object.observe_generation();
    }
}

/// Marks the object as being worked on; Ready becomes Unknown only when the world has drifted or
/// nothing better is known (fluxcd/pkg, `runtime/reconcile`, `ProgressiveStatus`).
fn progress(object: &mut Tracked, has_drifted: bool, message: &str) {
    object.conditions.reconciling(message);
    let is_known = object.conditions.get(READY).is_some_and(|ready| ready.status != "Unknown");
    if has_drifted || !is_known {
        object.conditions.set(READY, "Unknown", PROGRESSING, message);
    }
}

fn stored(object: &mut Tracked, fetched: &Fetched) {
    object.conditions.remove(ARTIFACT_OUTDATED);
    let (reason, message) = &fetched.stored;
    object.conditions.set(ARTIFACT_IN_STORAGE, "True", reason, message);
}

fn artifact(object: &Tracked, fetched: &Fetched) -> Value {
    let (namespace, name) = (object.namespace(), object.name());
    let kind = object.str("/kind").unwrap_or_default().to_lowercase();
    let path = format!("{kind}/{namespace}/{name}/{}", fetched.file);
    let mut artifact = json!({
        "digest": fetched.digest,
        "lastUpdateTime": conditions::now(),
        "path": path,
        "revision": fetched.revision,
        "size": fetched.size_bytes,
        // The storage address that the upstream bundle configures.
        "url": format!("http://source-controller.{namespace}.svc.cluster.local./{path}"),
    });
    if fetched.metadata.is_object() {
        artifact["metadata"] = fetched.metadata.clone();
    }
    artifact
}

fn interval(object: &Tracked) -> Duration {
    object.str("/spec/interval").and_then(duration::parse).unwrap_or(Duration::from_secs(60))
}
