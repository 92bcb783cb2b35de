//! Plays tofu-controller v0.16, for Terraform objects of version v1alpha2.
//!
//! Source: tofu-controller, `controllers/tf_controller.go` (the order of a pass) and
//! `tf_controller_finalizer.go`; the other files name theirs. OpenTofu itself is not run: see
//! [`module`] for what a module may hold and [`state`] for what becomes of it. Of `spec` only a part is
//! acted on; the rest fails the initialisation by name.

mod dependencies;
mod glass;
mod human;
mod inputs;
mod module;
mod outputs;
mod plan;
mod rules;
mod run;
mod setup;
mod state;
mod status;
mod store;

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Result;
use futures::FutureExt as _;
use futures::future::BoxFuture;
use k8s_openapi::api::core::v1::Secret;
use kube::api::{DeleteParams, DynamicObject};
use kube::core::ApiResource;
use kube::{Api, Client, ResourceExt as _};
use serde_json::{Value, json};
use tokio::time::sleep;

use super::conditions::{PROGRESSING, READY, RECONCILING, STALLED, now};
use super::controller::{Change, Key, Next, Queue, Reconcile, Troubles, run as run_player, watch};
use super::events::{Events, reference};
use super::object::{self, Tracked};
use super::passes::Place;
use super::users::{User, Users, source_key};
use super::{Stage, duration, source};
use dependencies::blocked_deletion;
use rules::Pending;
use store::Store;

/// The Deployment that this player stands for.
pub(super) const CONTROLLER: &str = "tofu-controller";
/// The manager of all that it writes.
const MANAGER: &str = "tf-controller";
const GROUP: &str = "infra.contrib.fluxcd.io";
const CRD: &str = "terraforms.infra.contrib.fluxcd.io";
const FINALIZER: &str = "finalizers.tf.contrib.fluxcd.io";
const SOURCE: &str = "/spec/sourceRef";
const BREAK_GLASS: &str = "break-the-glass.tf-controller/requestedAt";

/// The version of OpenTofu in the runner's image.
const VERSION: &str = "1.12.1";
/// The provider of every resource.
const PROVIDER: &str = "registry.opentofu.org/sandbox/cloud";

/// The error of a pass that found drift, and the reason that tells about it.
const DRIFT: &str = "DriftDetected";

/// Between two looks at what a pass waits for.
const LOOK_AGAIN: Duration = Duration::from_millis(20);

/// The API resource of Terraform.
fn terraforms() -> ApiResource {
    object::resource_at(GROUP, "v1alpha2", "Terraform", "terraforms")
}

/// Runs the player.
pub(super) fn start(client: Client, stage: Stage, troubles: Troubles) -> BoxFuture<'static, ()> {
    let pace = stage.pace;
    let events = Events::new(client.clone(), MANAGER);
    let tofu = Tofu { client, stage, events, users: Users::default() };
    run_player(Arc::new(tofu), pace, troubles).boxed()
}

/// The player.
struct Tofu {
    client: Client,
    stage: Stage,
    events: Events,
    users: Users,
}

/// The error of a pass.
#[derive(Debug)]
struct Failed {
    message: String,
    /// A request of the player's own that failed: no rule of the controller speaks of it.
    cause: Option<anyhow::Error>,
}

impl Failed {
    fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), cause: None }
    }
}

impl From<anyhow::Error> for Failed {
    fn from(error: anyhow::Error) -> Self {
        Self { message: format!("{error:#}"), cause: Some(error) }
    }
}

impl fmt::Display for Failed {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.message)
    }
}

impl Reconcile for Tofu {
    fn watches(&self, queue: &Queue) -> Vec<BoxFuture<'static, ()>> {
        let pace = self.stage.pace;
        let own: Api<DynamicObject> = Api::all_with(self.client.clone(), &terraforms());
        let changes = self.users.own_changes(|object| {
            let user =
                User::of(object, source_key(object, SOURCE), "/status/lastAttemptedRevision");
            // Whatever its state: a revision that it has attempted does not concern it.
            User { is_busy: true, ..user }
        });
        let crd = Some((self.client.clone(), CRD));
        let mut watches = vec![watch(own, crd, pace, queue, changes)];
        for kind in [source::git_repositories(), source::oci_repositories()] {
            watches.push(self.users.watch_source(&self.client, kind, pace, queue));
        }
        let secrets: Api<Secret> = Api::all(self.client.clone());
        watches.push(watch(secrets, None, pace, queue, |change| match change {
            Change::Deleted(secret) => controller_of(secret).into_iter().collect(),
            Change::Applied(_) => Vec::new(),
        }));
        watches
    }

    async fn reconcile(&self, key: Key) -> Result<Next> {
        let loaded = Tracked::load(&self.client, &terraforms(), &key, MANAGER).await?;
        let Some(object) = loaded else { return Ok(Next::Wait) };
        let mut object = object.finalized_by(FINALIZER);
        let next = self.attempt(&mut object).await;
        // The status is written whatever happened, as the controller's deferred function does.
        object.handle_request();
        if object.conditions.is(READY, "True") {
            object.observe_generation();
        }
        object.save().await?;
        next
    }
}

impl Tofu {
    async fn attempt(&self, object: &mut Tracked) -> Result<Next> {
        if !object.has_finalizer() && !object.is_deleted() {
            object.add_finalizer();
            return Ok(Next::Now);
        }
        // Before the deletion: a suspended object is not let go.
        if object.is("/spec/suspend") {
            return Ok(Next::Wait);
        }
        object.conditions.reconciling("Fulfilling prerequisites");
        object.save().await?;
        self.pause(object, "start").await;
        let retry = Next::After(rules::retry_interval(object));
        if let Some(message) = blocked_deletion(object) {
            status::not_ready(object, "", "DeletionBlockedByDependantsReason", &message);
            return Ok(retry);
        }
        let Some(source) = self.source(object).await? else { return Ok(retry) };
        let revision = source["status"]["artifact"]["revision"].as_str().unwrap_or_default();
        overcome(object, &["AccessDenied", "ArtifactFailed"]);
        if let Some(left) = rules::not_due_for(object, revision) {
            object.conditions.remove(RECONCILING);
            return Ok(Next::After(left));
        }
        if let Some(problem) = self.unmet_dependency(object, revision).await? {
            status::not_ready(object, revision, "DependencyNotReady", &problem);
            let pause = duration::format(rules::retry_interval(object));
            let message = format!("Dependencies do not meet ready condition, retrying in {pause}");
            self.event(object, "Normal", "DependencyNotReady", &message).await;
            return Ok(retry);
        }
        overcome(object, &["AccessDenied", "DependencyNotReady"]);
        self.begin(object, revision).await?;
        if !object.is_deleted() {
            match rules::pending_plan(object, revision) {
                Pending::Stands => {}
                Pending::Waits => return Ok(Next::Wait),
                Pending::Retired => {
                    status::clear_pending(object);
                    object.save().await?;
                }
            }
        }
        self.act(object, &source, revision).await
    }

    /// Says that the work begins, unless a waiting plan is shown, and forgets old failures.
    async fn begin(&self, object: &mut Tracked, revision: &str) -> Result<()> {
        let ready = object.conditions.get(READY);
        if ready.is_none_or(|ready| ready.status != "Unknown") {
            let deletes = object.is_deleted();
            let message =
                if deletes { "Deletion in progress" } else { "Reconciliation in progress" };
            status::progressing(object, message);
            object.save().await?;
        }
        let is_new = object.str("/status/lastAttemptedRevision") != Some(revision)
            || object.generation() != object.observed_generation();
        if is_new {
            status::reset_retry(object);
            object.save().await?;
        }
        Ok(())
    }

    async fn act(&self, object: &mut Tracked, source: &Value, revision: &str) -> Result<Next> {
        if object.is_deleted() {
            return match self.finalize(object, source, revision).await {
                Ok(()) => Ok(Next::Wait),
                Err(Failed { cause: Some(cause), .. }) => Err(cause),
                // The condition tells; the controller only returns the error.
                Err(_) => Ok(Next::Retry),
            };
        }
        if !rules::may_retry(object) {
            status::reached_limit(object);
            return Ok(Next::Wait);
        }
        match self.pass(object, source, revision).await {
            Ok(()) => {
                status::reset_retry(object);
                object.set_status("lastSuccessfulReconcileAt", json!(now()));
            }
            Err(Failed { cause: Some(cause), .. }) => return Err(cause),
            Err(failed) => {
                status::count_failure(object);
                object.save().await?;
                if failed.message != DRIFT {
                    self.event(object, "Warning", "ReconciliationFailed", &failed.message).await;
                }
                return Ok(Next::After(rules::retry_interval(object)));
            }
        }
        object.save().await?;
        if !rules::pending(object).is_empty() && !rules::is_force_or_auto(object) {
            return Ok(Next::Wait);
        }
        Ok(Next::After(rules::interval(object)))
    }

    /// The source, once it has an artifact; else Ready says why there is none.
    async fn source(&self, object: &mut Tracked) -> Result<Option<Value>> {
        let (kind, key) = source_key(object.object(), SOURCE);
        let Some((resource, _)) = source::of_kind(&kind) else {
            let message = format!("could not get Source object: the sandbox plays no {kind}");
            self.lacks_artifact(object, &message, false).await;
            return Ok(None);
        };
        if key.namespace != object.namespace() {
            let path = format!("{}/{}", key.namespace, key.name);
            let message = format!(
                "cannot access {kind}/{path}, cross-namespace references have been disabled"
            );
            object.conditions.remove(RECONCILING);
            object.conditions.set(STALLED, "True", "AccessDenied", &message);
            object.conditions.set(READY, "False", "AccessDenied", &message);
            self.event(object, "Warning", "AccessDenied", &message).await;
            return Ok(None);
        }
        let api: Api<DynamicObject> =
            Api::namespaced_with(self.client.clone(), &key.namespace, &resource);
        let Some(found) = api.get_opt(&key.name).await? else {
            let message = format!("{kind}.{} \"{}\" not found", source::GROUP, key.name);
            self.lacks_artifact(object, &message, true).await;
            return Ok(None);
        };
        let found = serde_json::to_value(found)?;
        if found["status"]["artifact"].is_null() {
            self.lacks_artifact(object, "Source is not ready, artifact not found", false).await;
            return Ok(None);
        }
        Ok(Some(found))
    }

    async fn lacks_artifact(&self, object: &mut Tracked, message: &str, is_stalled: bool) {
        object.conditions.remove(RECONCILING);
        if is_stalled {
            object.conditions.set(STALLED, "True", "ArtifactFailed", message);
            self.event(object, "Warning", "ArtifactFailed", message).await;
        }
        object.conditions.set(READY, "False", "ArtifactFailed", message);
    }

    /// Destroys what was made, if that was asked for, and lets the object go.
    async fn finalize(
        &self,
        object: &mut Tracked,
        source: &Value,
        revision: &str,
    ) -> Result<(), Failed> {
        if object.is("/spec/destroyResourcesOnDeletion") {
            let mut run = self.set_up(object, source, revision).await?;
            self.plan(object, &mut run).await?;
            object.save().await?;
            if !status::is_nothing_to_destroy(object) {
                self.apply(object, &mut run).await?;
                object.save().await?;
            }
        }
        Store::new(&self.client, object).clear().await?;
        if let Some(name) = object.str("/spec/writeOutputsToSecret/name") {
            let secrets: Api<Secret> = Api::namespaced(self.client.clone(), object.namespace());
            match secrets.delete(name, &DeleteParams::default()).await {
                Err(kube::Error::Api(status)) if status.is_not_found() => {}
                deleted => deleted.map(|_| ()).map_err(anyhow::Error::from)?,
            }
        }
        self.release_dependencies(object).await?;
        object.remove_finalizer();
        Ok(())
    }

    fn terraforms_in(&self, namespace: &str) -> Api<DynamicObject> {
        Api::namespaced_with(self.client.clone(), namespace, &terraforms())
    }

    /// Waits for as long as the fault `tofu.pause` names this step, or somebody holds up this pass.
    async fn pause(&self, object: &Tracked, step: &'static str) {
        let (namespace, name) = (object.namespace().to_owned(), object.name().to_owned());
        self.stage.passes.reach(&Place { namespace, name, step }).await;
        while self.stage.faults.fire_if("tofu.pause", |paused| paused == step) {
            sleep(LOOK_AGAIN).await;
        }
    }

    async fn event(&self, object: &Tracked, kind: &str, reason: &str, message: &str) {
        let about = reference(object.object());
        self.events.record(&about, kind, reason, message, BTreeMap::new()).await;
    }
}

/// The Terraform object that controls a Secret.
fn controller_of(secret: &Secret) -> Option<Key> {
    let owners = secret.owner_references().iter();
    let mut controllers = owners.filter(|owner| owner.controller == Some(true));
    let owner = controllers.find(|owner| owner.kind == "Terraform")?;
    Some(Key::new(&secret.namespace()?, &owner.name))
}

/// An obstacle that is gone must not be shown any longer.
fn overcome(object: &mut Tracked, reasons: &[&str]) {
    let ready = object.conditions.get(READY);
    if ready.is_some_and(|ready| reasons.contains(&ready.reason.as_str())) {
        object.conditions.set(READY, "Unknown", PROGRESSING, "Reconciliation in progress");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_with_outputs_belongs_to_its_object() {
        let secret = |controller: bool| -> Secret {
            serde_json::from_value(json!({"metadata": {
                "name": "outputs", "namespace": "infra",
                "ownerReferences": [{
                    "apiVersion": "infra.contrib.fluxcd.io/v1alpha2", "kind": "Terraform",
                    "name": "vpc", "uid": "1", "controller": controller,
                }],
            }}))
            .unwrap()
        };
        assert_eq!(controller_of(&secret(true)), Some(Key::new("infra", "vpc")));
        assert_eq!(controller_of(&secret(false)), None);
    }
}
