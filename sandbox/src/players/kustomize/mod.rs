//! Plays kustomize-controller.
//!
//! Source: kustomize-controller, `internal/controller/kustomization_controller.go` (the steps, their
//! conditions and messages), `kustomization_indexers.go` and `source_predicate.go` (what wakes it).
//! Only GitRepository sources are played, and of `spec` only what [`PLAYED`] lists; the rest fails
//! the build by name. `status.history` is not kept.

mod apply;
mod build;
mod health;
mod inventory;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use anyhow::Result;
use futures::future::BoxFuture;
use git2::{ObjectType, Oid, Repository, TreeWalkMode, TreeWalkResult};
use kube::api::DynamicObject;
use kube::core::ApiResource;
use kube::{Api, Client};
use serde_json::{Value, json};

use super::conditions::{Conditions, HEALTHY, PROGRESSING, READY, RECONCILING, SUCCEEDED};
use super::controller::{Change, Key, Next, Queue, Reconcile, Triggers, watch};
use super::events::{Events, reference};
use super::git_server::{GitServer, Location};
use super::object::{self, Tracked};
use super::{Pace, Settings, delay, duration, source};
use crate::faults::Faults;
use apply::{Applied, Resources, change_log};
use build::{Files, WORK_DIR};
use inventory::Entry;

/// The Deployment that this player stands for, and the manager of what it applies.
pub(super) const CONTROLLER: &str = "kustomize-controller";
/// The manager of the status.
const STATUS_MANAGER: &str = "gotk-kustomize-controller";
const GROUP: &str = "kustomize.toolkit.fluxcd.io";
const CRD: &str = "kustomizations.kustomize.toolkit.fluxcd.io";
const SOURCES_CRD: &str = "gitrepositories.source.toolkit.fluxcd.io";

/// Between two attempts to restore a dropped watch of a health check.
const RELIST: Duration = Duration::from_millis(500);

/// The fields of `spec` that the player acts on.
const PLAYED: &[&str] = &[
    "deletionPolicy",
    "dependsOn",
    "healthChecks",
    "interval",
    "path",
    "prune",
    "retryInterval",
    "sourceRef",
    "suspend",
    "targetNamespace",
    "timeout",
    "wait",
];

/// The API resource of Kustomization.
fn kustomizations() -> ApiResource {
    object::resource(GROUP, "Kustomization", "kustomizations")
}

/// The player.
pub(super) struct Kustomize {
    client: Client,
    git_server: GitServer,
    faults: Faults,
    pace: Pace,
    events: Events,
    users: Users,
}

/// Which Kustomizations use which source, as the watch last saw them.
type Users = Arc<Mutex<BTreeMap<Key, User>>>;

struct User {
    source: Key,
    /// Ready or reconciling: it deals with its last attempted revision by itself.
    is_busy: bool,
    last_attempted: String,
}

/// Why an attempt ended without success: reason and message of Ready, and when to try again.
struct Setback {
    reason: &'static str,
    message: String,
    next: Next,
    /// Whether an event is recorded; the controller only logs the others.
    is_reported: bool,
}

impl Reconcile for Kustomize {
    fn watches(&self, queue: &Queue) -> Vec<BoxFuture<'static, ()>> {
        let own: Api<DynamicObject> = Api::all_with(self.client.clone(), &kustomizations());
        let sources = Api::all_with(self.client.clone(), &source::git_repositories());
        let crd = |name| Some((self.client.clone(), name));
        vec![
            watch(own, crd(CRD), self.pace, queue, self.own_changes()),
            watch(sources, crd(SOURCES_CRD), self.pace, queue, self.source_changes()),
        ]
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
    pub(super) fn new(client: Client, settings: &Settings) -> Self {
        Self {
            events: Events::new(client.clone(), CONTROLLER),
            client,
            git_server: settings.git_server.clone(),
            faults: settings.faults.clone(),
            pace: settings.pace,
            users: Users::default(),
        }
    }

    fn own_changes(&self) -> impl FnMut(Change<'_, DynamicObject>) -> Vec<Key> + Send + 'static {
        let (users, mut triggers) = (Arc::clone(&self.users), Triggers::default());
        move |change| {
            let mut users = users.lock().unwrap_or_else(PoisonError::into_inner);
            match change {
                Change::Applied(object) => {
                    users.insert(Key::of(object), User::of(object));
                    if triggers.see(object) { vec![Key::of(object)] } else { Vec::new() }
                }
                Change::Deleted(object) => {
                    users.remove(&Key::of(object));
                    Vec::new()
                }
            }
        }
    }

    fn source_changes(&self) -> impl FnMut(Change<'_, DynamicObject>) -> Vec<Key> + Send + 'static {
        let (users, mut revisions) = (Arc::clone(&self.users), BTreeMap::new());
        move |change| {
            let Change::Applied(object) = change else { return Vec::new() };
            let Some(revision) = object.data.pointer("/status/artifact/revision") else {
                return Vec::new();
            };
            let (key, revision) =
                (Key::of(object), revision.as_str().unwrap_or_default().to_owned());
            if revisions.insert(key.clone(), revision.clone()).as_ref() == Some(&revision) {
                return Vec::new();
            }
            let users = users.lock().unwrap_or_else(PoisonError::into_inner);
            let woken = users.iter().filter(|(_, user)| {
                user.source == key && !(user.is_busy && user.last_attempted == revision)
            });
            woken.map(|(key, _)| key.clone()).collect()
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
        let setback = match self.source(object).await? {
            Err(setback) => setback,
            Ok(source) => match self.reconcile_revision(object, &source).await? {
                Ok(()) => return Ok(Next::After(interval(object))),
                Err(setback) => setback,
            },
        };
        object.conditions.set(READY, "False", setback.reason, &setback.message);
        if setback.is_reported {
            let revision =
                object.str("/status/lastAttemptedRevision").unwrap_or_default().to_owned();
            self.event(object, "Warning", &revision, &setback.message).await;
        }
        Ok(setback.next)
    }

    /// The source with its artifact, once dependencies are met too.
    async fn source(&self, object: &mut Tracked) -> Result<Result<Value, Setback>> {
        let setback = |message: String, next| Setback {
            reason: "ArtifactFailed",
            message,
            next,
            is_reported: false,
        };
        let kind = object.str("/spec/sourceRef/kind").unwrap_or_default();
        if kind != "GitRepository" {
            let message = format!("the sandbox plays no {kind}");
            return Ok(Err(setback(message, Next::After(retry_interval(object)))));
        }
        let key = source_key(object.object());
        let api: Api<DynamicObject> =
            Api::namespaced_with(self.client.clone(), &key.namespace, &source::git_repositories());
        let Some(source) = api.get_opt(&key.name).await? else {
            let message = format!("GitRepository.{} \"{}\" not found", source::GROUP, key.name);
            return Ok(Err(setback(message, Next::After(retry_interval(object)))));
        };
        let source = serde_json::to_value(source)?;
        if source.pointer("/status/artifact").is_none_or(Value::is_null) {
            let pause = duration::format(self.pace.dependency);
            let message = format!("Source artifact not found, retrying in {pause}");
            return Ok(Err(setback(message, Next::After(self.pace.dependency))));
        }
        Ok(match self.unmet_dependency(object, &source).await? {
            None => Ok(source),
            Some(message) => Err(Setback {
                reason: "DependencyNotReady",
                ..setback(message, Next::After(self.pace.dependency))
            }),
        })
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

    async fn reconcile_revision(
        &self,
        object: &mut Tracked,
        source: &Value,
    ) -> Result<Result<(), Setback>> {
        let revision = source.pointer("/status/artifact/revision").and_then(Value::as_str);
        let revision = revision.unwrap_or_default().to_owned();
        object.conditions.set(READY, "Unknown", PROGRESSING, "Reconciliation in progress");
        self.progress(object, "Fetching manifests", &revision).await?;
        delay(&self.faults, "kustomize.delay").await;
        let next = Next::After(retry_interval(object));
        let failed = |reason, message| Setback { reason, message, next, is_reported: true };

        let files = match self.fetch(object, source, &revision).await? {
            Ok(files) => files,
            Err(message) => return Ok(Err(failed("ArtifactFailed", message))),
        };
        object.set_status("lastAttemptedRevision", json!(revision));
        self.progress(object, "Building manifests", &revision).await?;
        let mut objects = match build_spec(object, &files) {
            Ok(objects) => objects,
            Err(message) => return Ok(Err(failed("BuildFailed", message))),
        };
        apply::set_owner(&mut objects, object.namespace(), object.name());
        self.progress(object, "Detecting drift", &revision).await?;
        let resources = Resources::new(self.client.clone());
        let changes = match apply::apply_staged(&resources, &objects).await {
            Ok(changes) => changes,
            Err((message, changes)) => {
                // The controller appends what it did apply, on lines of its own.
                let message = format!("{message}\n{}", change_log(&changes));
                return Ok(Err(failed("ReconciliationFailed", message)));
            }
        };
        let log = change_log(&changes);
        if !log.is_empty() {
            self.event(object, "Normal", &revision, &log).await;
        }
        if let Err(message) = self.track(object, &resources, &changes, &revision).await {
            return Ok(Err(failed("PruneFailed", message)));
        }
        if let Err(message) = self.check_health(object, &resources, &changes, &revision).await? {
            return Ok(Err(failed("HealthCheckFailed", message)));
        }
        object.set_status("lastAppliedRevision", json!(revision));
        let message = format!("Applied revision: {revision}");
        object.conditions.set(READY, "True", "ReconciliationSucceeded", &message);
        Ok(Ok(()))
    }

    async fn progress(&self, object: &mut Tracked, step: &str, revision: &str) -> Result<()> {
        let timeout = duration::format(timeout(object));
        let message = format!("{step} for revision {revision} with a timeout of {timeout}");
        object.conditions.reconciling(&message);
        object.save().await
    }

    /// The files of the artifact, with the folder to build among them.
    async fn fetch(
        &self,
        object: &Tracked,
        source: &Value,
        revision: &str,
    ) -> Result<Result<Files, String>> {
        let url = source.pointer("/spec/url").and_then(Value::as_str).unwrap_or_default();
        let location = Location::parse(url);
        let path = location.and_then(|location| self.git_server.repository(&location));
        let commit = revision.rsplit_once("sha1:").map(|(_, commit)| commit.to_owned());
        let (Some(path), Some(commit)) = (path, commit) else {
            return Ok(Err(format!("the repository {url} is gone")));
        };
        let files = tokio::task::spawn_blocking(move || read_files(&path, &commit)).await?;
        let folder = folder(object);
        Ok(match files {
            Err(error) => Err(error.message().to_owned()),
            Ok(files) if files.has_folder(&folder) => Ok(files),
            Ok(_) => Err(format!(
                "kustomization path not found: stat {WORK_DIR}/{folder}: no such file or directory"
            )),
        })
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
    ) -> Result<Result<(), String>> {
        let entries = health_checks(object, changes);
        if entries.is_empty() {
            object.conditions.remove(HEALTHY);
            return Ok(Ok(()));
        }
        let limit = timeout(object);
        let message = format!(
            "Running health checks for revision {revision} with a timeout of {}",
            duration::format(limit)
        );
        let was_healthy = object.conditions.is(HEALTHY, "True");
        object.conditions.reconciling(&message);
        object.conditions.set(HEALTHY, "Unknown", PROGRESSING, &message);
        object.save().await?;
        let start = Instant::now();
        if let Err(problem) = health::wait(resources, &entries, limit).await {
            object.conditions.set(HEALTHY, "False", "HealthCheckFailed", &problem);
            let elapsed = duration::format(start.elapsed());
            return Ok(Err(format!("health check failed after {elapsed}: {problem}")));
        }
        let passed = format!("Health check passed in {}", duration::format(start.elapsed()));
        if !was_healthy {
            self.event(object, "Normal", revision, &passed).await;
        }
        object.conditions.set(HEALTHY, "True", SUCCEEDED, &passed);
        object.save().await?;
        Ok(Ok(()))
    }

    /// Prunes, as far as the deletion policy says so, and lets the object go.
    async fn clean_up(&self, object: &mut Tracked) -> Result<Next> {
        let entries = inventory::read(object.at("/status/inventory"));
        let policy = object.str("/spec/deletionPolicy").unwrap_or("MirrorPrune");
        let prunes = match policy {
            "MirrorPrune" => object.is("/spec/prune"),
            policy => policy != "Orphan",
        };
        if prunes && !object.is("/spec/suspend") && !entries.is_empty() {
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

impl User {
    fn of(object: &DynamicObject) -> Self {
        let value = json!({"metadata": object.metadata, "spec": object.data["spec"], "status": object.data["status"]});
        let conditions = Conditions::of(&value);
        let last_attempted = value.pointer("/status/lastAttemptedRevision").and_then(Value::as_str);
        Self {
            source: source_key(&value),
            is_busy: conditions.is(READY, "True") || conditions.is(RECONCILING, "True"),
            last_attempted: last_attempted.unwrap_or_default().to_owned(),
        }
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

fn source_key(object: &Value) -> Key {
    let text = |pointer: &str| object.pointer(pointer).and_then(Value::as_str);
    let namespace = text("/spec/sourceRef/namespace").or_else(|| text("/metadata/namespace"));
    Key::new(namespace.unwrap_or_default(), text("/spec/sourceRef/name").unwrap_or_default())
}

/// Why `dependency` does not let `object` proceed.
fn dependency_problem(object: &Value, dependency: &Value, source: &Value) -> Option<&'static str> {
    let conditions = Conditions::of(dependency);
    let observed = dependency.pointer("/status/observedGeneration");
    let is_observed = observed == dependency.pointer("/metadata/generation");
    if !is_observed || !conditions.is(READY, "True") {
        return Some("is not ready");
    }
    let kind = |object: &Value| object.pointer("/spec/sourceRef/kind").cloned();
    let shares_source =
        kind(object) == kind(dependency) && source_key(object) == source_key(dependency);
    let applied = dependency.pointer("/status/lastAppliedRevision");
    let is_current = applied == source.pointer("/status/artifact/revision");
    (shares_source && !is_current).then_some("revision is not up to date")
}

fn build_spec(object: &Tracked, files: &Files) -> Result<Vec<Value>, String> {
    let spec = object.at("/spec").and_then(Value::as_object);
    let is_unplayed = |(field, value): &(&String, &Value)| {
        !PLAYED.contains(&field.as_str()) && **value != json!(false)
    };
    if let Some((field, _)) = spec.into_iter().flatten().find(is_unplayed) {
        return Err(format!("the sandbox does not play spec.{field} of a Kustomization"));
    }
    build::build(files, &folder(object), object.str("/spec/targetNamespace"))
}

/// `spec.path` from the repository's root; one that leaves the root is taken as the root, as the
/// controller's secure join does.
fn folder(object: &Tracked) -> String {
    build::normalize(object.str("/spec/path").unwrap_or_default()).unwrap_or_default()
}

fn health_checks(object: &Tracked, changes: &[Applied]) -> Vec<Entry> {
    let mut entries: Vec<_> = if object.is("/spec/wait") {
        let applied = changes.iter().filter(|change| change.action != apply::Action::Skipped);
        applied.map(|change| change.entry.clone()).collect()
    } else {
        let checks = object.at("/spec/healthChecks").and_then(Value::as_array);
        let checks = checks.into_iter().flatten().map(|check| {
            let metadata = json!({"name": check["name"], "namespace": check["namespace"]});
            json!({"apiVersion": check["apiVersion"], "kind": check["kind"], "metadata": metadata})
        });
        checks.map(|check| Entry::of(&check)).collect()
    };
    // Waiting for itself would never end.
    entries.retain(|entry| {
        let is_same = entry.name == object.name() && entry.namespace == object.namespace();
        entry.kind != "Kustomization" || !is_same
    });
    entries
}

fn lines(changes: &[Applied]) -> String {
    changes.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

fn read_files(path: &PathBuf, commit: &str) -> Result<Files, git2::Error> {
    let repository = Repository::open_bare(path)?;
    let tree = repository.find_commit(Oid::from_str(commit)?)?.tree()?;
    let mut files = Files::default();
    tree.walk(TreeWalkMode::PreOrder, |folder, entry| {
        if entry.kind() == Some(ObjectType::Blob)
            && let Ok(blob) = repository.find_blob(entry.id())
        {
            let path = format!("{folder}{}", String::from_utf8_lossy(entry.name_bytes()));
            files.0.insert(path, blob.content().to_vec());
        }
        TreeWalkResult::Ok
    })?;
    Ok(files)
}

fn interval(object: &Tracked) -> Duration {
    object.str("/spec/interval").and_then(duration::parse).unwrap_or(Duration::from_secs(60))
}

fn retry_interval(object: &Tracked) -> Duration {
    let own = object.str("/spec/retryInterval").and_then(duration::parse);
    own.unwrap_or_else(|| interval(object))
}

/// `spec.timeout`, else 30 seconds less than the interval; never less than 30 seconds.
fn timeout(object: &Tracked) -> Duration {
    let least = Duration::from_secs(30);
    let own = object.str("/spec/timeout").and_then(duration::parse);
    own.unwrap_or_else(|| interval(object).saturating_sub(least)).max(least)
}
