//! Plays source-controller for GitRepository objects.
//!
//! Source: source-controller, `internal/controller/gitrepository_controller.go` (the steps, their
//! conditions and messages) and `internal/reconcile` (what an outcome does to the status). Other
//! kinds of sources are not played. Nothing is archived: digest and size describe the files of the
//! revision, and the kustomize player reads them from the repository.

mod fetch;
mod known_hosts;
mod ssh_key;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use anyhow::Result;
use futures::future::BoxFuture;
use k8s_openapi::api::core::v1::Secret;
use kube::api::DynamicObject;
use kube::core::ApiResource;
use kube::{Api, Client};
use serde_json::{Value, json};

use super::conditions::{self, PROGRESSING, READY, RECONCILING, STALLED, SUCCEEDED};
use super::controller::{Change, Key, Next, Queue, Reconcile, Triggers, watch};
use super::events::{Events, reference};
use super::object::{self, Tracked};
use super::{Pace, Settings, delay, duration};
use crate::faults::Faults;
use crate::players::GitServer;
use fetch::{Failure, Fetched};

/// The Deployment that this player stands for, and its field manager.
pub(super) const CONTROLLER: &str = "source-controller";
pub(super) const GROUP: &str = "source.toolkit.fluxcd.io";
const CRD: &str = "gitrepositories.source.toolkit.fluxcd.io";

const FETCH_FAILED: &str = "FetchFailed";
const ARTIFACT_OUTDATED: &str = "ArtifactOutdated";
const ARTIFACT_IN_STORAGE: &str = "ArtifactInStorage";

/// What Ready summarizes, the most telling first.
const SUMMARIZED: &[&str] =
    &[FETCH_FAILED, ARTIFACT_OUTDATED, ARTIFACT_IN_STORAGE, STALLED, RECONCILING];
const NEGATIVE: &[&str] = &[FETCH_FAILED, ARTIFACT_OUTDATED, STALLED, RECONCILING];

/// The API resource of GitRepository.
pub(super) fn git_repositories() -> ApiResource {
    object::resource(GROUP, "GitRepository", "gitrepositories")
}

/// The player; dropping it loses the stored artifacts, as the process loses its `emptyDir`.
pub(super) struct Source {
    client: Client,
    git_server: GitServer,
    faults: Faults,
    pace: Pace,
    events: Events,
    /// The paths of the artifacts in storage.
    stored: Mutex<BTreeSet<String>>,
}

/// How one attempt ended.
enum Outcome {
    /// The finalizer was added; the work begins with the next attempt.
    Requeue,
    /// Nothing to do: suspended, or being deleted.
    Nothing,
    /// The artifact is stored, now or since an earlier attempt.
    Stored,
    /// The remote was listed and stands where the artifact was made.
    Unchanged(String),
    Failed(Failure),
}

impl Reconcile for Source {
    fn watches(&self, queue: &Queue) -> Vec<BoxFuture<'static, ()>> {
        let api: Api<DynamicObject> = Api::all_with(self.client.clone(), &git_repositories());
        let mut triggers = Triggers::default();
        let crd = Some((self.client.clone(), CRD));
        let keys = move |change: Change<'_, DynamicObject>| match change {
            Change::Applied(object) if triggers.see(object) => vec![Key::of(object)],
            Change::Applied(_) | Change::Deleted(_) => Vec::new(),
        };
        vec![watch(api, crd, self.pace, queue, keys)]
    }

    async fn reconcile(&self, key: Key) -> Result<Next> {
        let resource = git_repositories();
        let loaded = Tracked::load(&self.client, &resource, &key, CONTROLLER).await?;
        let Some(mut object) = loaded else { return Ok(Next::Wait) };
        let outcome = self.attempt(&mut object).await?;
        self.conclude(&mut object, &outcome).await?;
        Ok(match outcome {
            Outcome::Requeue => Next::Now,
            Outcome::Nothing => Next::Wait,
            Outcome::Stored | Outcome::Unchanged(_) => Next::After(interval(&object)),
            Outcome::Failed(failure) if failure.is_final => Next::Wait,
            Outcome::Failed(_) => Next::Retry,
        })
    }
}

impl Source {
    pub(super) fn new(client: Client, settings: &Settings) -> Self {
        Self {
            events: Events::new(client.clone(), CONTROLLER),
            client,
            git_server: settings.git_server.clone(),
            faults: settings.faults.clone(),
            pace: settings.pace,
            stored: Mutex::default(),
        }
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
        let had_failed = object.conditions.get(FETCH_FAILED).is_some();
        self.announce(object).await?;
        delay(&self.faults, "source.delay").await;
        self.reconcile_storage(object).await?;
        let fetched = match self.fetch(object).await? {
            Ok(fetched) => fetched,
            Err(failure) => {
                object.conditions.set(FETCH_FAILED, "True", failure.reason, &failure.message);
                return Ok(Outcome::Failed(failure));
            }
        };
        object.conditions.remove(FETCH_FAILED);
        if fetched.is_unchanged {
            stored(object, &fetched.revision);
            return Ok(Outcome::Unchanged(fetched.revision));
        }
        self.store(object, &fetched, had_failed).await?;
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
        let path = object.str("/status/artifact/path").map(ToOwned::to_owned);
        let stored = self.stored.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let message = match path {
            Some(path) if stored.contains(&path) => return Ok(()),
            Some(_) => "building artifact: disappeared from storage",
            None => "building artifact",
        };
        object.set_status("artifact", Value::Null);
        progress(object, true, message);
        object.conditions.remove(ARTIFACT_IN_STORAGE);
        object.save().await
    }

    async fn fetch(&self, object: &Tracked) -> Result<Result<Fetched, Failure>> {
        let secret = match object.str("/spec/secretRef/name") {
            None => None,
            Some(name) => match self.secret(object.namespace(), name).await? {
                Some(secret) => Some(secret),
                None => return Ok(Err(Failure::no_secret(object.namespace(), name))),
            },
        };
        let last = object
            .str("/status/artifact/revision")
            .filter(|_| object.conditions.is(ARTIFACT_IN_STORAGE, "True"));
        let spec = object.at("/spec").cloned().unwrap_or_default();
        let request = fetch::Request {
            spec,
            secret: secret.map(|secret| secret.data.unwrap_or_default()),
            namespace: object.namespace().to_owned(),
            last_revision: last.map(ToOwned::to_owned),
        };
        let server = self.git_server.clone();
        Ok(tokio::task::spawn_blocking(move || fetch::fetch(&server, &request)).await?)
    }

    async fn secret(&self, namespace: &str, name: &str) -> Result<Option<Secret>> {
        let secrets: Api<Secret> = Api::namespaced(self.client.clone(), namespace);
        Ok(secrets.get_opt(name).await?)
    }

    async fn store(&self, object: &mut Tracked, fetched: &Fetched, had_failed: bool) -> Result<()> {
        let last = object.at("/status/artifact").cloned().unwrap_or_default();
        let is_new_revision = last["revision"] != json!(fetched.revision);
        if is_new_revision {
            let message = format!("new upstream revision '{}'", fetched.revision);
            if last.is_object() {
                object.conditions.set(ARTIFACT_OUTDATED, "True", "NewRevision", &message);
            }
            progress(object, true, &format!("building artifact: {message}"));
            object.save().await?;
            let artifact = artifact(object, fetched);
            let path = artifact["path"].as_str().unwrap_or_default().to_owned();
            self.stored.lock().unwrap_or_else(PoisonError::into_inner).insert(path);
            object.set_status("artifact", artifact);
        }
        stored(object, &fetched.revision);
        self.notify(object, fetched, &last, had_failed).await;
        Ok(())
    }

    async fn notify(&self, object: &Tracked, fetched: &Fetched, last: &Value, had_failed: bool) {
        let reason = if last["digest"] != json!(fetched.digest) {
            "NewArtifact"
        } else if had_failed {
            SUCCEEDED
        } else {
            return;
        };
        let message = format!("stored artifact for commit '{}'", fetched.subject);
        let annotations = BTreeMap::from([
            (format!("{GROUP}/revision"), fetched.revision.clone()),
            (format!("{GROUP}/digest"), fetched.digest.clone()),
        ]);
        let about = reference(object.object());
        self.events.record(&about, "Normal", reason, &message, annotations).await;
    }

    /// Turns the outcome into conditions and events, and writes them.
    async fn conclude(&self, object: &mut Tracked, outcome: &Outcome) -> Result<()> {
        let event = match outcome {
            Outcome::Failed(failure) => Some(("Warning", failure.reason, failure.message.clone())),
            Outcome::Unchanged(revision) => {
                let message =
                    format!("no changes since last reconciliation: observed revision '{revision}'");
                Some(("Normal", "GitOperationSucceeded", message))
            }
            _ => None,
        };
        if let Some((kind, reason, message)) = event {
            let about = reference(object.object());
            self.events.record(&about, kind, reason, &message, BTreeMap::new()).await;
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
        Outcome::Failed(failure) if failure.is_final => {
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

fn stored(object: &mut Tracked, revision: &str) {
    object.conditions.remove(ARTIFACT_OUTDATED);
    let message = format!("stored artifact for revision '{revision}'");
    object.conditions.set(ARTIFACT_IN_STORAGE, "True", SUCCEEDED, &message);
}

fn artifact(object: &Tracked, fetched: &Fetched) -> Value {
    let (namespace, name) = (object.namespace(), object.name());
    let path = format!("gitrepository/{namespace}/{name}/{}.tar.gz", fetched.commit);
    json!({
        "digest": fetched.digest,
        "lastUpdateTime": conditions::now(),
        "path": path,
        "revision": fetched.revision,
        "size": fetched.size_bytes,
        // The storage address that the upstream bundle configures.
        "url": format!("http://source-controller.{namespace}.svc.cluster.local./{path}"),
    })
}

fn interval(object: &Tracked) -> Duration {
    object.str("/spec/interval").and_then(duration::parse).unwrap_or(Duration::from_secs(60))
}
