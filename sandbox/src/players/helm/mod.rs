//! Plays helm-controller.
//!
//! Source: helm-controller, `internal/controller/helmrelease_controller.go` (the steps, their
//! conditions and messages) and `helmrelease_manager.go` (what wakes it). It renders next to nothing:
//! see [`chart`] for what a chart may hold. Releases are stored as Helm stores them, and of `spec`
//! only a part is acted on; the rest fails the release by name. ConfigMaps and Secrets with values are
//! not watched.

mod actions;
mod atomic;
mod chart;
mod cluster;
mod history;
mod release;
mod spec;
mod template;
mod values;

use std::collections::BTreeMap;
use std::sync::Arc;

use anyhow::Result;
use futures::FutureExt as _;
use futures::future::BoxFuture;
use kube::api::DynamicObject;
use kube::core::ApiResource;
use kube::{Api, Client};
use serde_json::{Value, json};

use super::conditions::{Conditions, PROGRESSING, READY};
use super::controller::{Key, Next, Queue, Reconcile, Troubles, run, watch};
use super::events::{Events, reference};
use super::files::Files;
use super::object::{self, Tracked};
use super::resources::Resources;
use super::users::{SourceKey, User, Users, source_key};
use super::{Stage, duration, source};
use actions::{Wanted, clear_failures};
use chart::Chart;
use history::History;

/// The Deployment that this player stands for, and the manager of all that it writes.
pub(super) const CONTROLLER: &str = "helm-controller";
const GROUP: &str = "helm.toolkit.fluxcd.io";
const CRD: &str = "helmreleases.helm.toolkit.fluxcd.io";

const RELEASED: &str = "Released";
const REMEDIATED: &str = "Remediated";
const RESET: &str = "reconcile.fluxcd.io/resetAt";

/// The API resource of HelmRelease.
fn helm_releases() -> ApiResource {
    object::resource_at(GROUP, "v2", "HelmRelease", "helmreleases")
}

/// Runs the player.
pub(super) fn start(client: Client, stage: Stage, troubles: Troubles) -> BoxFuture<'static, ()> {
    let pace = stage.pace;
    let helm = Helm {
        events: Events::new(client.clone(), CONTROLLER),
        resources: Resources::new(client.clone()),
        users: Users::default(),
        client,
        stage,
    };
    run(Arc::new(helm), pace, troubles).boxed()
}

/// The player.
struct Helm {
    client: Client,
    events: Events,
    resources: Resources,
    stage: Stage,
    users: Users,
}

/// How an attempt ended.
struct End {
    next: Next,
    /// Whether the generation counts as observed.
    is_observed: bool,
}

impl End {
    fn observed(next: Next) -> Self {
        Self { next, is_observed: true }
    }

    fn unobserved(next: Next) -> Self {
        Self { next, is_observed: false }
    }
}

/// What keeps a release from being attempted: reason and message of Ready, and when to look again.
struct Obstacle {
    reason: &'static str,
    message: String,
    /// The kind of the event that tells about it, if one does.
    event: Option<&'static str>,
    next: Next,
}

impl Reconcile for Helm {
    fn watches(&self, queue: &Queue) -> Vec<BoxFuture<'static, ()>> {
        let pace = self.stage.pace;
        let own: Api<DynamicObject> = Api::all_with(self.client.clone(), &helm_releases());
        let changes = self.users.own_changes(user);
        let mut watches = vec![watch(own, Some((self.client.clone(), CRD)), pace, queue, changes)];
        for kind in [source::helm_charts(), source::oci_repositories()] {
            watches.push(self.users.watch_source(&self.client, kind, pace, queue));
        }
        watches
    }

    async fn reconcile(&self, key: Key) -> Result<Next> {
        let loaded = Tracked::load(&self.client, &helm_releases(), &key, CONTROLLER).await?;
        let Some(mut object) = loaded else { return Ok(Next::Wait) };
        let end = self.attempt(&mut object).await;
        // The status is written whatever happened, as the controller's deferred function does.
        object.handle_request();
        if end.as_ref().is_ok_and(|end| end.is_observed) {
            object.observe_generation();
        }
        object.save().await?;
        Ok(end?.next)
    }
}

impl Helm {
    async fn attempt(&self, object: &mut Tracked) -> Result<End> {
        if object.is_deleted() {
            return self.finalize(object).await;
        }
        if !object.has_finalizer() {
            object.add_finalizer();
            return Ok(End::unobserved(Next::Now));
        }
        if object.is("/spec/suspend") {
            return Ok(End::observed(Next::Wait));
        }
        template::reconcile(&self.client, object).await?;
        object.conditions.reconciling("Fulfilling prerequisites");
        object.save().await?;
        let wanted = match self.wanted(object).await? {
            Ok(wanted) => wanted,
            Err(obstacle) => {
                let Obstacle { reason, message, event, next } = obstacle;
                object.conditions.set(READY, "False", reason, &message);
                if let Some(kind) = event {
                    let about = reference(object.object());
                    self.events.record(&about, kind, reason, &message, BTreeMap::new()).await;
                }
                return Ok(End::unobserved(next));
            }
        };
        if self.moves_elsewhere(object, &wanted.chart) {
            if let Err(problem) = self.uninstall(object, false).await? {
                anyhow::bail!(problem);
            }
            object.set_status("history", Value::Null);
            object.set_status("storageNamespace", Value::Null);
            clear_failures(object);
            return Ok(End::unobserved(Next::Now));
        }
        begin(object, &wanted);
        self.reconcile_release(object, &wanted).await
    }

    /// Everything that a release needs, or the first thing that is missing.
    async fn wanted(&self, object: &mut Tracked) -> Result<Result<Wanted, Obstacle>> {
        if let Some(message) = self.unmet_dependency(object).await? {
            let next = Next::After(self.stage.pace.dependency);
            let reason = "DependencyNotReady";
            return Ok(Err(Obstacle { reason, message, event: Some("Normal"), next }));
        }
        overcome(object, &["DependencyNotReady"]);
        let source = match self.source(object).await? {
            Ok(source) => source,
            Err(obstacle) => return Ok(Err(obstacle)),
        };
        overcome(object, &["ArtifactFailed", "SourceNotReady"]);
        let values = match values::of(&self.client, object).await? {
            Ok(values) => values,
            Err(message) => {
                let (reason, event) = ("ValuesError", Some("Warning"));
                return Ok(Err(Obstacle { reason, message, event, next: Next::Retry }));
            }
        };
        overcome(object, &["ValuesError"]);
        Ok(match self.stage.storage.fetch(&source).await? {
            Some(files) => load(&source, &files).map(|(chart, oci_digest)| {
                overcome(object, &["ArtifactFailed", "ChartMutateError"]);
                Wanted { chart, values, oci_digest }
            }),
            None => {
                let pause = self.stage.pace.dependency;
                let pause_text = duration::format(pause);
                let message =
                    format!("Source not ready: artifact not found. Retrying in {pause_text}");
                let next = Next::After(pause);
                Err(Obstacle { reason: "ArtifactFailed", message, event: None, next })
            }
        })
    }

    async fn unmet_dependency(&self, object: &Tracked) -> Result<Option<String>> {
        let dependencies = object.at("/spec/dependsOn").and_then(Value::as_array);
        for dependency in dependencies.into_iter().flatten() {
            let namespace = dependency["namespace"].as_str().unwrap_or(object.namespace());
            let name = dependency["name"].as_str().unwrap_or_default();
            if dependency.get("readyExpr").is_some() {
                return Ok(Some(format!("the sandbox does not evaluate readyExpr of '{name}'")));
            }
            let api: Api<DynamicObject> =
                Api::namespaced_with(self.client.clone(), namespace, &helm_releases());
            let Some(found) = api.get_opt(name).await? else {
                let missing = format!("{CRD} \"{name}\" not found");
                return Ok(Some(format!(
                    "unable to get '{namespace}/{name}' dependency: {missing}"
                )));
            };
            let found = serde_json::to_value(found)?;
            let is_observed =
                found["metadata"]["generation"] == found["status"]["observedGeneration"];
            if !is_observed || !Conditions::of(&found).is(READY, "True") {
                return Ok(Some(format!("dependency '{namespace}/{name}' is not ready")));
            }
        }
        Ok(None)
    }

    /// The object with the chart, once it is ready.
    async fn source(&self, object: &Tracked) -> Result<Result<Value, Obstacle>> {
        let (kind, key) = chart_source(object.object());
        let kinds = [source::helm_charts(), source::oci_repositories()];
        let played = kinds.into_iter().find(|(resource, _)| resource.kind == kind);
        let missing = |problem: &str| {
            let message = format!("could not get Source object: {problem}");
            Err(Obstacle { reason: "ArtifactFailed", message, event: None, next: Next::Retry })
        };
        let Some((resource, _)) = played else {
            return Ok(missing(&format!("the sandbox plays no {kind}")));
        };
        let api: Api<DynamicObject> =
            Api::namespaced_with(self.client.clone(), &key.namespace, &resource);
        let Some(found) = api.get_opt(&key.name).await? else {
            let group = source::GROUP;
            return Ok(missing(&format!("{kind}.{group} \"{}\" not found", key.name)));
        };
        let found = serde_json::to_value(found)?;
        Ok(match unready(&found) {
            None => Ok(found),
            Some(problem) => {
                let message =
                    format!("{kind} '{}/{}' is not ready: {problem}", key.namespace, key.name);
                let next = Next::After(self.stage.pace.dependency);
                Err(Obstacle { reason: "SourceNotReady", message, event: None, next })
            }
        })
    }

    /// Whether the release is to be made somewhere else, or under another name, than the last one.
    fn moves_elsewhere(&self, object: &Tracked, chart: &Chart) -> bool {
        let history = History::of(object);
        let (Some(last), Some(storage)) =
            (history.latest(), object.str("/status/storageNamespace"))
        else {
            return false;
        };
        storage != spec::storage_namespace(object)
            || last["namespace"] != spec::release_namespace(object)
            || last["name"] != spec::release_name(object).as_str()
            || last["chartName"] != chart.name.as_str()
    }

    /// Uninstalls, unless the object is suspended, and lets it go.
    async fn finalize(&self, object: &mut Tracked) -> Result<End> {
        if !object.is("/spec/suspend") {
            if object.str("/status/storageNamespace").is_some() {
                if let Err(problem) = self.uninstall(object, false).await? {
                    anyhow::bail!(problem);
                }
                object.set_status("history", Value::Null);
                object.set_status("storageNamespace", Value::Null);
            }
            template::reconcile(&self.client, object).await?;
        }
        object.remove_finalizer();
        Ok(End::observed(Next::Wait))
    }
}

/// Where the chart of a HelmRelease comes from: `chartRef`, or the HelmChart made of `spec.chart`.
fn chart_source(object: &Value) -> SourceKey {
    if object.pointer("/spec/chartRef").is_some_and(Value::is_object) {
        return source_key(object, "/spec/chartRef");
    }
    let text = |pointer: &str| object.pointer(pointer).and_then(Value::as_str).unwrap_or_default();
    let own = text("/metadata/namespace");
    let asked = object.pointer("/spec/chart/spec/sourceRef/namespace").and_then(Value::as_str);
    let name = format!("{own}-{}", text("/metadata/name"));
    ("HelmChart".to_owned(), Key::new(asked.unwrap_or(own), &name))
}

fn user(object: &Value) -> User {
    let source = chart_source(object);
    let attempted = match source.0.as_str() {
        "HelmChart" => "/status/lastAttemptedRevision",
        _ => "/status/lastAttemptedRevisionDigest",
    };
    User::of(object, source, attempted)
}

/// Why a source cannot be used yet.
fn unready(source: &Value) -> Option<String> {
    let conditions = Conditions::of(source);
    let message = |kind: &str| conditions.get(kind).map(|condition| condition.message.clone());
    if source["metadata"]["generation"] != source["status"]["observedGeneration"] {
        let failure = message(READY).filter(|_| conditions.is(READY, "False"));
        let unseen = || "latest generation of object has not been reconciled".to_owned();
        return Some(failure.unwrap_or_else(unseen));
    }
    if conditions.is("Stalled", "True") {
        return message("Stalled");
    }
    let has_artifact = source["status"]["artifact"].is_object();
    (!has_artifact).then(|| "does not have an artifact".to_owned())
}

/// The chart in an artifact; the digest of an OCI artifact becomes a part of its version.
fn load(source: &Value, files: &Files) -> Result<(Chart, Option<String>), Obstacle> {
    let mut chart = Chart::load(files).map_err(|problem| Obstacle {
        reason: "ArtifactFailed",
        message: format!("Could not load chart: {problem}"),
        event: Some("Warning"),
        next: Next::Retry,
    })?;
    if source["kind"] != "OCIRepository" {
        return Ok((chart, None));
    }
    let revision = source["status"]["artifact"]["revision"].as_str().unwrap_or_default();
    let (tag, digest) = revision.split_once('@').unwrap_or(("", revision));
    let is_version = semver::Version::parse(&tag.replace('_', "+"));
    if is_version.is_ok_and(|version| version.to_string() != chart.version) {
        let version = &chart.version;
        let message = format!("artifact revision {tag} does not match chart version {version}");
        let reason = "ChartMutateError";
        return Err(Obstacle { reason, message, event: None, next: Next::Retry });
    }
    let short: String = digest.rsplit(':').next().unwrap_or_default().chars().take(12).collect();
    let version = chart.version.split('+').next().unwrap_or_default();
    chart.version = format!("{version}+{short}");
    Ok((chart, Some(digest.to_owned())))
}

/// An obstacle that is gone must not be shown any longer.
fn overcome(object: &mut Tracked, reasons: &[&str]) {
    let ready = object.conditions.get(READY);
    if ready.is_some_and(|ready| reasons.contains(&ready.reason.as_str())) {
        object.conditions.set(READY, "Unknown", PROGRESSING, "reconciliation in progress");
    }
}

/// Writes down what is attempted; what changed since the last attempt is no longer a failure.
fn begin(object: &mut Tracked, wanted: &Wanted) {
    let digest = values::digest(&wanted.values);
    let storage = spec::storage_namespace(object).to_owned();
    object.set_status("storageNamespace", json!(storage));
    let is_reset = object.take_request(RESET, "lastHandledResetAt");
    let last = |field: &str| object.at(&format!("/status/{field}")).cloned().unwrap_or_default();
    let is_new = last("lastAttemptedGeneration") != json!(object.generation())
        || last("lastAttemptedRevision") != json!(wanted.chart.version)
        || (!last("lastAttemptedConfigDigest").is_null()
            && last("lastAttemptedConfigDigest") != json!(digest));
    if is_new || is_reset {
        clear_failures(object);
    }
    let generation = object.generation();
    object.set_status("lastAttemptedGeneration", json!(generation));
    object.set_status("lastAttemptedRevision", json!(wanted.chart.version));
    object.set_status("lastAttemptedRevisionDigest", json!(wanted.oci_digest));
    object.set_status("lastAttemptedConfigDigest", json!(digest));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_chart_comes_from_its_reference_or_from_the_own_helm_chart() {
        let own = json!({
            "metadata": {"name": "web", "namespace": "apps"},
            "spec": {"chart": {"spec": {"sourceRef": {"namespace": "charts"}}}},
        });
        let expected = ("HelmChart".to_owned(), Key::new("charts", "apps-web"));
        assert_eq!(chart_source(&own), expected);
        let reference = json!({
            "metadata": {"name": "web", "namespace": "apps"},
            "spec": {"chartRef": {"kind": "OCIRepository", "name": "podinfo"}},
        });
        let expected = ("OCIRepository".to_owned(), Key::new("apps", "podinfo"));
        assert_eq!(chart_source(&reference), expected);
    }

    #[test]
    fn a_source_is_used_when_its_generation_is_observed() {
        let source = |observed: i64, stalled: &str| {
            json!({
                "metadata": {"generation": 2},
                "status": {
                    "observedGeneration": observed,
                    "artifact": {"revision": "1.0.0"},
                    "conditions": [{
                        "type": "Stalled", "status": stalled, "reason": "R", "message": "no chart",
                        "lastTransitionTime": "2020-01-01T00:00:00Z",
                    }],
                },
            })
        };
        assert_eq!(unready(&source(2, "False")), None);
        assert_eq!(unready(&source(2, "True")), Some("no chart".to_owned()));
        let unseen = "latest generation of object has not been reconciled";
        assert_eq!(unready(&source(1, "False")), Some(unseen.to_owned()));
    }
}
