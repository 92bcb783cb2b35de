//! Plays kustomize-controller.
//!
//! Source: kustomize-controller, `internal/controller/kustomization_controller.go` (the steps, their
//! conditions and messages), `kustomization_indexers.go` and `source_predicate.go` (what wakes it).
//! Sources are what the source player plays, and of `spec` only a part is acted on; the rest fails the build by
//! name. `status.history` is not kept.

mod apply;
mod build;
mod secrets;
mod spec;

use std::sync::Arc;
use std::time::Instant;

use anyhow::Result;
use futures::FutureExt as _;
use futures::future::BoxFuture;
use kube::api::DynamicObject;
use kube::core::ApiResource;
use kube::{Api, Client};
use serde_json::{Value, json};

use super::conditions::{Conditions, HEALTHY, PROGRESSING, READY, RECONCILING, SUCCEEDED};
use super::controller::{Key, Next, Queue, Reconcile, Troubles, run, watch};
use super::events::{Events, reference};
use super::files::Files;
use super::inventory::{self, Entry};
use super::object::{self, Tracked};
use super::resources::Resources;
use super::storage::Storage;
use super::users::{User, Users, source_key};
use super::{Pace, Stage, delay, duration, health, source};
use crate::faults::Faults;
use apply::{Applied, change_log};
use spec::{interval, retry_interval, timeout};

/// The Deployment that this player stands for, and the manager of what it applies.
pub(super) const CONTROLLER: &str = "kustomize-controller";
/// The manager of the status.
const STATUS_MANAGER: &str = "gotk-kustomize-controller";
const GROUP: &str = "kustomize.toolkit.fluxcd.io";
const CRD: &str = "kustomizations.kustomize.toolkit.fluxcd.io";
/// Where a Kustomization names its source.
const SOURCE: &str = "/spec/sourceRef";

/// Where the controller would have unpacked the artifact; its messages name such a path.
const WORK_DIR: &str = "/tmp/kustomization-1";

/// The API resource of Kustomization.
fn kustomizations() -> ApiResource {
    object::resource(GROUP, "Kustomization", "kustomizations")
}

/// Runs the player.
pub(super) fn start(client: Client, stage: Stage, troubles: Troubles) -> BoxFuture<'static, ()> {
    run(Arc::new(Kustomize::new(client, &stage)), stage.pace, troubles).boxed()
}

/// The player.
struct Kustomize {
    client: Client,
    storage: Storage,
    faults: Faults,
    pace: Pace,
    events: Events,
    users: Users,
}

/// Why an attempt ended without success: reason and message of Ready, and when to try again.
struct Setback {
    reason: &'static str,
    message: String,
    next: Next,
    /// Whether an event is recorded; the controller only logs the others.
    is_reported: bool,
}

/// What ends an attempt early.
enum Halt {
    /// Something that the status reports.
    Setback(Setback),
    /// A request of the player's own that failed.
    Error(anyhow::Error),
}

impl<E: Into<anyhow::Error>> From<E> for Halt {
    fn from(error: E) -> Self {
        Self::Error(error.into())
    }
}

impl Setback {
    /// A setback that an event tells about.
    fn reported(reason: &'static str, message: String, next: Next) -> Halt {
        Halt::Setback(Self { reason, message, next, is_reported: true })
    }

    /// A setback that only waits for something else.
    fn quiet(reason: &'static str, message: String, next: Next) -> Halt {
        Halt::Setback(Self { reason, message, next, is_reported: false })
    }
}

impl Reconcile for Kustomize {
    fn watches(&self, queue: &Queue) -> Vec<BoxFuture<'static, ()>> {
        let own: Api<DynamicObject> = Api::all_with(self.client.clone(), &kustomizations());
        let crd = Some((self.client.clone(), CRD));
        let changes = self.users.own_changes(|object| {
            User::of(object, source_key(object, SOURCE), "/status/lastAttemptedRevision")
        });
        let mut watches = vec![watch(own, crd, self.pace, queue, changes)];
        for source in [source::git_repositories(), source::oci_repositories()] {
            watches.push(self.users.watch_source(&self.client, source, self.pace, queue));
        }
        watches
    }

    async fn reconcile(&self, key: Key) -> Result<Next> {
        let start = Instant::now();
        let loaded = Tracked::load(&self.client, &kustomizations(), &key, STATUS_MANAGER).await?;
        let Some(mut object) = loaded else { return Ok(Next::Wait) };
        let attempt = self.attempt(&mut object).await;
        // The status is written whatever happened, as the controller's deferred function does.
        finalize(&mut object);
        object.save().await?;
        let next = attempt?;
        if !object.is("/spec/suspend") && object.conditions.is(READY, "True") {
            let message = format!(
                "Reconciliation finished in {}, next run in {}",
                duration::format(start.elapsed()),
                duration::format(interval(&object)),
            );
            let revision = object.str("/status/lastAppliedRevision").unwrap_or_default().to_owned();
            self.event(&object, "Normal", &revision, &message).await;
        }
        Ok(next)
    }
}

impl Kustomize {
    fn new(client: Client, stage: &Stage) -> Self {
        Self {
            events: Events::new(client.clone(), CONTROLLER),
            client,
            storage: stage.storage.clone(),
            faults: stage.faults.clone(),
            pace: stage.pace,
            users: Users::default(),
        }
    }

    async fn attempt(&self, object: &mut Tracked) -> Result<Next> {
        if object.is_deleted() {
            return self.clean_up(object).await;
        }
        if !object.has_finalizer() {
            object.add_finalizer();
            return Ok(Next::Now);
        }
        if object.is("/spec/suspend") {
            return Ok(Next::Wait);
        }
        let setback = match self.reconcile_source(object).await {
            Ok(()) => return Ok(Next::After(interval(object))),
            Err(Halt::Error(error)) => return Err(error),
            Err(Halt::Setback(setback)) => setback,
        };
        object.conditions.set(READY, "False", setback.reason, &setback.message);
        if setback.is_reported {
            let revision = object.str("/status/lastAttemptedRevision").unwrap_or_default();
            let revision = revision.to_owned();
            self.event(object, "Warning", &revision, &setback.message).await;
        }
        Ok(setback.next)
    }

    async fn reconcile_source(&self, object: &mut Tracked) -> Result<(), Halt> {
        let source = self.source(object).await?;
        if let Some(problem) = self.unmet_dependency(object, &source).await? {
            object.conditions.set(READY, "False", "DependencyNotReady", &problem);
            let revision = source.pointer("/status/artifact/revision").and_then(Value::as_str);
            let pause = duration::format(self.pace.dependency);
            let message = format!("Dependencies do not meet ready condition, retrying in {pause}");
            self.event(object, "Normal", revision.unwrap_or_default(), &message).await;
            let next = Next::After(self.pace.dependency);
            return Err(Setback::quiet("DependencyNotReady", problem, next));
        }
        let revision = source.pointer("/status/artifact/revision").and_then(Value::as_str);
        let revision = revision.unwrap_or_default().to_owned();
        let objects = self.build(object, &source, &revision).await?;
        self.progress(object, "Detecting drift", &revision).await?;
        let resources = Resources::new(self.client.clone());
        let changes = self.apply(object, &resources, &objects, &revision).await?;
        let next = Next::After(retry_interval(object));
        let tracked = self.track(object, &resources, &changes, &revision).await;
        tracked.map_err(|message| Setback::reported("PruneFailed", message, next))?;
        self.check_health(object, &resources, &changes, &revision).await?;
        object.set_status("lastAppliedRevision", json!(revision));
        let message = format!("Applied revision: {revision}");
        object.conditions.set(READY, "True", "ReconciliationSucceeded", &message);
        Ok(())
    }

    /// The source, once it has an artifact.
    async fn source(&self, object: &Tracked) -> Result<Value, Halt> {
        let retry = Next::After(retry_interval(object));
        let kind = object.str("/spec/sourceRef/kind").unwrap_or_default();
        let Some((resource, _)) = source::of_kind(kind) else {
            let message = format!("the sandbox plays no {kind}");
            return Err(Setback::quiet("ArtifactFailed", message, retry));
        };
        let (_, key) = source_key(object.object(), SOURCE);
        let api: Api<DynamicObject> =
            Api::namespaced_with(self.client.clone(), &key.namespace, &resource);
        let Some(source) = api.get_opt(&key.name).await? else {
            let message = format!("{kind}.{} \"{}\" not found", source::GROUP, key.name);
            return Err(Setback::quiet("ArtifactFailed", message, retry));
        };
        let source = serde_json::to_value(source)?;
        if source.pointer("/status/artifact").is_none_or(Value::is_null) {
            let pause = duration::format(self.pace.dependency);
            let message = format!("Source artifact not found, retrying in {pause}");
            let next = Next::After(self.pace.dependency);
            return Err(Setback::quiet("ArtifactFailed", message, next));
        }
        Ok(source)
    }

    async fn unmet_dependency(&self, object: &Tracked, source: &Value) -> Result<Option<String>> {
        let dependencies = object.at("/spec/dependsOn").and_then(Value::as_array);
        for dependency in dependencies.into_iter().flatten() {
            let namespace = dependency["namespace"].as_str().unwrap_or(object.namespace());
            let name = dependency["name"].as_str().unwrap_or_default();
            if dependency.get("readyExpr").is_some() {
                return Ok(Some(format!("the sandbox does not evaluate readyExpr of '{name}'")));
            }
            let api: Api<DynamicObject> =
                Api::namespaced_with(self.client.clone(), namespace, &kustomizations());
            let Some(found) = api.get_opt(name).await? else {
                let missing = format!("{CRD} \"{name}\" not found");
                return Ok(Some(format!("dependency '{namespace}/{name}' not found: {missing}")));
            };
            let found = serde_json::to_value(found)?;
            if let Some(problem) = dependency_problem(object.object(), &found, source) {
                return Ok(Some(format!("dependency '{namespace}/{name}' {problem}")));
            }
        }
        Ok(None)
    }

    /// Fetches the revision and builds the objects in it.
    async fn build(
        &self,
        object: &mut Tracked,
        source: &Value,
        revision: &str,
    ) -> Result<Vec<Value>, Halt> {
        object.conditions.set(READY, "Unknown", PROGRESSING, "Reconciliation in progress");
        self.progress(object, "Fetching manifests", revision).await?;
        delay(&self.faults, "kustomize.delay").await;
        let next = Next::After(retry_interval(object));
        let files = self.fetch(object, source).await?;
        object.set_status("lastAttemptedRevision", json!(revision));
        self.progress(object, "Building manifests", revision).await?;
        let built = spec::build(object, &files);
        let mut objects = built.map_err(|text| Setback::reported("BuildFailed", text, next))?;
        let decrypted = secrets::check(&self.client, object, &objects).await?;
        decrypted.map_err(|text| Setback::reported("BuildFailed", text, next))?;
        apply::set_owner(&mut objects, object.namespace(), object.name());
        Ok(objects)
    }

    async fn apply(
        &self,
        object: &Tracked,
        resources: &Resources,
        objects: &[Value],
        revision: &str,
    ) -> Result<Vec<Applied>, Halt> {
        if let Some(message) = secrets::left_encrypted(objects) {
            let next = Next::After(retry_interval(object));
            return Err(Setback::reported("ReconciliationFailed", message, next));
        }
        let applied = apply::apply_staged(resources, objects).await;
        let changes = applied.map_err(|(message, changes)| {
            // The controller appends what it did apply, on lines of its own.
            let message = format!("{message}\n{}", change_log(&changes));
            let next = Next::After(retry_interval(object));
            Setback::reported("ReconciliationFailed", message, next)
        })?;
        let log = change_log(&changes);
        if !log.is_empty() {
            self.event(object, "Normal", revision, &log).await;
        }
        Ok(changes)
    }

    async fn progress(&self, object: &mut Tracked, step: &str, revision: &str) -> Result<()> {
        let timeout = duration::format(timeout(object));
        let message = format!("{step} for revision {revision} with a timeout of {timeout}");
        object.conditions.reconciling(&message);
        object.save().await
    }

    /// The files of the artifact, with the folder to build among them.
    async fn fetch(&self, object: &Tracked, source: &Value) -> Result<Arc<Files>, Halt> {
        let Some(files) = self.storage.fetch(source).await? else {
            let pause = duration::format(self.pace.dependency);
            let message = format!("Source is not ready, artifact not found, retrying in {pause}");
            return Err(Setback::quiet(
                "ArtifactFailed",
                message,
                Next::After(self.pace.dependency),
            ));
        };
        let folder = spec::folder(object);
        if files.has_folder(&folder) {
            return Ok(files);
        }
        let message = format!(
            "kustomization path not found: stat {WORK_DIR}/{folder}: no such file or directory"
        );
        Err(Setback::reported("ArtifactFailed", message, Next::After(retry_interval(object))))
    }

    /// Records the new inventory and prunes what it no longer holds.
    async fn track(
        &self,
        object: &mut Tracked,
        resources: &Resources,
        changes: &[Applied],
        revision: &str,
    ) -> Result<(), String> {
        let old = inventory::read(object.at("/status/inventory"));
        let mut new: Vec<_> = changes.iter().map(|change| change.entry.clone()).collect();
        object.set_status("inventory", inventory::write(&new));
        let stale = inventory::stale(&old, &new);
        if stale.is_empty() || !object.is("/spec/prune") {
            return Ok(());
        }
        let owner = (object.namespace(), object.name());
        match apply::delete_all(resources, &stale, owner).await {
            Ok(pruned) => {
                self.event(object, "Normal", revision, &lines(&pruned)).await;
                Ok(())
            }
            Err((message, done)) => {
                // What was not deleted stays listed, so that the next attempt tries again.
                let is_left = |entry: &&Entry| done.iter().all(|change| change.entry != **entry);
                new.extend(stale.iter().filter(is_left).cloned());
                object.set_status("inventory", inventory::write(&new));
                Err(message)
            }
        }
    }

    async fn check_health(
        &self,
        object: &mut Tracked,
        resources: &Resources,
        changes: &[Applied],
        revision: &str,
    ) -> Result<(), Halt> {
        let entries = spec::health_checks(object, changes);
        if entries.is_empty() {
            object.conditions.remove(HEALTHY);
            return Ok(());
        }
        let was_healthy = object.conditions.is(HEALTHY, "True");
        let limit = timeout(object);
        let pause = duration::format(limit);
        let message =
            format!("Running health checks for revision {revision} with a timeout of {pause}");
        object.conditions.reconciling(&message);
        object.conditions.set(HEALTHY, "Unknown", PROGRESSING, &message);
        object.save().await?;
        let start = Instant::now();
        let waited = health::wait(resources, &entries, limit).await;
        let elapsed = duration::format(start.elapsed());
        if let Err(problem) = waited {
            object.conditions.set(HEALTHY, "False", "HealthCheckFailed", &problem);
            let message = format!("health check failed after {elapsed}: {problem}");
            let next = Next::After(retry_interval(object));
            return Err(Setback::reported("HealthCheckFailed", message, next));
        }
        let passed = format!("Health check passed in {elapsed}");
        if !was_healthy {
            self.event(object, "Normal", revision, &passed).await;
        }
        object.conditions.set(HEALTHY, "True", SUCCEEDED, &passed);
        Ok(object.save().await?)
    }

    /// Prunes, as far as the deletion policy says so, and lets the object go.
    async fn clean_up(&self, object: &mut Tracked) -> Result<Next> {
        let entries = inventory::read(object.at("/status/inventory"));
        if spec::prunes_on_deletion(object) && !entries.is_empty() {
            let resources = Resources::new(self.client.clone());
            let owner = (object.namespace(), object.name());
            let revision = object.str("/status/lastAppliedRevision").unwrap_or_default().to_owned();
            match apply::delete_all(&resources, &entries, owner).await {
                Ok(changes) => self.event(object, "Normal", &revision, &lines(&changes)).await,
                Err((message, _)) => {
                    let text = "pruning for deleted resource failed";
                    self.event(object, "Warning", &revision, text).await;
                    anyhow::bail!(message);
                }
            }
        }
        object.remove_finalizer();
        Ok(Next::Wait)
    }

    /// Records an event whose reason is that of Ready.
    async fn event(&self, object: &Tracked, kind: &str, revision: &str, message: &str) {
        let severity = if kind == "Warning" { "error" } else { "info" };
        let reason = object.conditions.get(READY).map_or(severity, |ready| &ready.reason);
        let annotations = (!revision.is_empty())
            .then(|| (format!("{GROUP}/revision"), revision.to_owned()))
            .into_iter()
            .collect();
        self.events.record(&reference(object.object()), kind, reason, message, annotations).await;
    }
}

/// What the controller's deferred function does to the status after every attempt.
fn finalize(object: &mut Tracked) {
    object.handle_request();
    if object.conditions.is(READY, "True") {
        object.conditions.remove(RECONCILING);
        object.observe_generation();
    }
    if object.conditions.is(READY, "False") {
        object.conditions.will_retry();
    }
}

/// Why `dependency` does not let `object` proceed.
fn dependency_problem(object: &Value, dependency: &Value, source: &Value) -> Option<&'static str> {
    let conditions = Conditions::of(dependency);
    let observed = dependency.pointer("/status/observedGeneration");
    let is_observed = observed == dependency.pointer("/metadata/generation");
    if !is_observed || !conditions.is(READY, "True") {
        return Some("is not ready");
    }
    let shares_source = source_key(object, SOURCE) == source_key(dependency, SOURCE);
    let applied = dependency.pointer("/status/lastAppliedRevision");
    let is_current = applied == source.pointer("/status/artifact/revision");
    (shares_source && !is_current).then_some("revision is not up to date")
}

fn lines(changes: &[Applied]) -> String {
    changes.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}
