//! Helm's four actions, and what the controller says about them.
//!
//! Source: helm-controller, `internal/reconcile/{install,upgrade,rollback_remediation,uninstall,
//! uninstall_remediation,release}.go`. `spec.test` is not played.

use std::collections::BTreeMap;
use std::time::Instant;

use anyhow::{Context as _, Result};
use serde_json::{Value, json};

use super::super::conditions::{READY, STALLED};
use super::super::events::reference;
use super::super::inventory::{self, Entry};
use super::super::object::Tracked;
use super::super::{delay, duration};
use super::chart::Chart;
use super::history::{History, full_name, versioned_chart};
use super::release::{Release, Releases};
use super::spec::{self, Action};
use super::{GROUP, Helm, RELEASED, REMEDIATED, cluster, values};

/// The desired state of a release.
pub(super) struct Wanted {
    pub(super) chart: Chart,
    pub(super) values: Value,
    /// The digest of the OCI artifact that the chart came from.
    pub(super) oci_digest: Option<String>,
}

/// Why an action failed.
struct Failed {
    message: String,
    /// Storage holds a release of the attempt, so that there is something to remedy.
    is_stored: bool,
}

impl Failed {
    fn before_storage(message: impl Into<String>) -> Self {
        Self { message: message.into(), is_stored: false }
    }
}

impl Helm {
    /// Installs or upgrades; the inner error is a failure that left nothing in storage.
    pub(super) async fn release(
        &self,
        object: &mut Tracked,
        action: Action,
        wanted: &Wanted,
    ) -> Result<Result<(), String>> {
        let start = Instant::now();
        object.set_status("lastAttemptedReleaseAction", json!(action.name()));
        if action == Action::Install {
            object.set_status("history", Value::Null);
        }
        object.conditions.remove(REMEDIATED);
        let made = self.make(object, action, wanted).await?;
        let elapsed = duration::format(start.elapsed());
        object.set_status("lastAttemptedReleaseActionDuration", json!(elapsed));
        let ended = match made {
            Ok(()) => {
                self.succeeded(object, action).await;
                Ok(())
            }
            Err(failed) => {
                self.failed(object, action, wanted, &failed.message).await;
                if failed.is_stored {
                    count(object, &format!("{}Failures", action.name()));
                    Ok(())
                } else {
                    Err(failed.message)
                }
            }
        };
        summarize(object);
        Ok(ended)
    }

    async fn make(
        &self,
        object: &mut Tracked,
        action: Action,
        wanted: &Wanted,
    ) -> Result<Result<(), Failed>> {
        if let Err(failed) = self.define(object, action, &wanted.chart).await {
            return Ok(Err(failed));
        }
        let objects = match self.manifests(object, action, wanted).await {
            Ok(objects) => objects,
            Err(failed) => return Ok(Err(failed)),
        };
        let releases = self.releases(object);
        let stored = releases.all().await?;
        let version = stored.first().map_or(0, Release::version) + 1;
        let name = spec::release_name(object);
        let identity = (spec::release_namespace(object), name.as_str());
        let mut release = Release::new(identity, version, &wanted.chart, &wanted.values, &objects);
        release.follow(stored.last());
        release.set_status(&format!("pending-{}", action.name()));
        releases.create(&release).await?;
        object.set_status("inventory", inventory::write(&release.entries()));
        let done = self.roll_out(object, action, &release, &stored).await;
        release.set_status(if done.is_ok() { "deployed" } else { "failed" });
        releases.update(&release).await?;
        let mut history = History::of(object);
        history.record(release.snapshot(action.name(), wanted.oci_digest.as_deref()));
        if done.is_ok() {
            supersede(&releases, &stored, &mut history).await?;
        }
        history.save(object);
        Ok(done.map_err(|message| Failed { message, is_stored: true }))
    }

    /// Applies the definitions that the chart brings, before anything else of it.
    async fn define(&self, object: &Tracked, action: Action, chart: &Chart) -> Result<(), Failed> {
        let policy = spec::definitions(object, action);
        let origin = (object.namespace(), object.name());
        let defined = match chart.definitions() {
            Ok(definitions) => cluster::define(&self.resources, definitions, policy, origin).await,
            Err(problem) => Err(problem),
        };
        defined.map_err(|problem| {
            let what = "failed to apply CustomResourceDefinitions";
            Failed::before_storage(format!("{what}: {problem}"))
        })
    }

    /// The manifests of the wanted release, ready to be applied.
    async fn manifests(
        &self,
        object: &Tracked,
        action: Action,
        wanted: &Wanted,
    ) -> Result<Vec<Value>, Failed> {
        if let Some(field) = spec::unplayed(object) {
            let message = format!("the sandbox does not play {field} of a HelmRelease");
            return Err(Failed::before_storage(message));
        }
        let name = spec::release_name(object);
        let identity = (spec::release_namespace(object), name.as_str());
        let mut objects =
            wanted.chart.render(&wanted.values, identity).map_err(Failed::before_storage)?;
        let mapped = cluster::map(&self.resources, &mut objects, identity.0).await;
        mapped.map_err(|problem| {
            let new = if action == Action::Upgrade { "new " } else { "" };
            Failed::before_storage(format!(
                "unable to build kubernetes objects from {new}release manifest: {problem}"
            ))
        })?;
        cluster::mark(&mut objects, identity, (object.namespace(), object.name()));
        Ok(objects)
    }

    async fn roll_out(
        &self,
        object: &Tracked,
        action: Action,
        release: &Release,
        stored: &[Release],
    ) -> Result<(), String> {
        delay(&self.stage.faults, "helm.delay").await;
        let fault = if action == Action::Install { "helm.install" } else { "helm.upgrade" };
        if self.stage.faults.fire_if(fault, |name| name == object.name()) {
            return Err(format!("the sandbox lets this {} fail", action.name()));
        }
        let (objects, entries) = (release.objects(), release.entries());
        if object.is("/spec/install/createNamespace") && action == Action::Install {
            let name = spec::release_namespace(object);
            let namespace =
                json!({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": name}});
            cluster::apply(&self.resources, &[namespace]).await?;
        }
        cluster::apply(&self.resources, &objects).await?;
        let last = stored.iter().find(|release| release.status() == "deployed");
        let old = last.map(Release::entries).unwrap_or_default();
        let timeout = spec::timeout(object, action);
        cluster::delete(&self.resources, &inventory::stale(&old, &entries), timeout).await?;
        if object.is(&format!("/spec/{}/disableWait", action.name())) {
            return Ok(());
        }
        cluster::wait(&self.resources, &entries, timeout).await
    }

    /// Goes back to the previous release; the inner error is a failure that left nothing in storage.
    pub(super) async fn roll_back(&self, object: &mut Tracked) -> Result<Result<(), String>> {
        let previous = History::of(object).previous().cloned().context("nothing to go back to")?;
        let releases = self.releases(object);
        let stored = releases.all().await?;
        let target = stored.iter().find(|release| previous["version"] == release.version());
        let target = target.context("the release to go back to is gone")?;
        let mut release = target.again(stored.first().map_or(0, Release::version) + 1);
        release.set_status("pending-rollback");
        releases.create(&release).await?;
        object.set_status("inventory", inventory::write(&release.entries()));
        let done = self.restore(object, &release, &stored).await;
        release.set_status(if done.is_ok() { "deployed" } else { "failed" });
        releases.update(&release).await?;
        let mut history = History::of(object);
        history.record(release.snapshot("", previous["ociDigest"].as_str()));
        if done.is_ok() {
            supersede(&releases, &stored, &mut history).await?;
        }
        history.save(object);
        let target = (full_name(&previous), versioned_chart(&previous));
        let said =
            format!("Helm rollback to previous release {} with chart {}", target.0, target.1);
        let (status, reason, message) = match &done {
            Ok(()) => ("True", "RollbackSucceeded", format!("{said} succeeded")),
            Err(problem) => {
                count(object, "failures");
                ("False", "RollbackFailed", format!("{said} failed: {problem}"))
            }
        };
        object.conditions.set(REMEDIATED, status, reason, &message);
        self.record(object, status == "True", reason, &message, &previous).await;
        summarize(object);
        Ok(Ok(()))
    }

    async fn restore(
        &self,
        object: &Tracked,
        release: &Release,
        stored: &[Release],
    ) -> Result<(), String> {
        let (entries, timeout) = (release.entries(), spec::timeout(object, Action::Rollback));
        cluster::apply(&self.resources, &release.objects()).await?;
        let failed: Vec<Entry> = stored.first().map(Release::entries).unwrap_or_default();
        cluster::delete(&self.resources, &inventory::stale(&failed, &entries), timeout).await?;
        if object.is("/spec/rollback/disableWait") {
            return Ok(());
        }
        cluster::wait(&self.resources, &entries, timeout).await
    }

    /// Removes the release: to remedy a failure, or for good.
    pub(super) async fn uninstall(
        &self,
        object: &mut Tracked,
        is_remediation: bool,
    ) -> Result<Result<(), String>> {
        let mut history = History::of(object);
        let Some(latest) = history.latest().cloned() else { return Ok(Ok(())) };
        let releases = self.releases(object);
        let stored = releases.all().await?;
        let Some(mut release) = stored.first().cloned() else {
            let name = full_name(&latest);
            let message = format!("Release {name} was not found, assuming it is uninstalled");
            object.conditions.set(RELEASED, "False", "UninstallSucceeded", &message);
            return Ok(Ok(()));
        };
        let timeout = spec::timeout(object, Action::Uninstall);
        let deleted = cluster::delete(&self.resources, &release.entries(), timeout).await;
        if deleted.is_ok() {
            for old in &stored {
                releases.delete(old).await?;
            }
            release.set_status("uninstalled");
            let action = if is_remediation { "uninstall-remediation" } else { "uninstall" };
            history.record(release.snapshot(action, latest["ociDigest"].as_str()));
            history.save(object);
        }
        self.uninstalled(object, is_remediation, &latest, &deleted).await;
        Ok(deleted)
    }

    async fn uninstalled(
        &self,
        object: &mut Tracked,
        is_remediation: bool,
        release: &Value,
        ended: &Result<(), String>,
    ) {
        let (name, chart) = (full_name(release), versioned_chart(release));
        let condition = if is_remediation { REMEDIATED } else { RELEASED };
        let (reason, message) = match (ended, is_remediation) {
            (Ok(()), true) => (
                "UninstallSucceeded",
                format!(
                    "Helm uninstall remediation for release {name} with chart {chart} succeeded"
                ),
            ),
            (Ok(()), false) => (
                "UninstallSucceeded",
                format!("Helm uninstall succeeded for release {name} with chart {chart}"),
            ),
            (Err(problem), true) => (
                "UninstallFailed",
                format!(
                    "Helm uninstall remediation for release {name} with chart {chart} failed: {problem}"
                ),
            ),
            (Err(problem), false) => (
                "UninstallFailed",
                format!("Helm uninstall failed for release {name} with chart {chart}: {problem}"),
            ),
        };
        // A release that is gone is no longer released; only a remedy counts as a success.
        let status = if ended.is_ok() && is_remediation { "True" } else { "False" };
        object.conditions.set(condition, status, reason, &message);
        if ended.is_err() {
            count(object, "failures");
        } else if !is_remediation {
            object.set_status("inventory", Value::Null);
        }
        self.record(object, ended.is_ok(), reason, &message, release).await;
        // The remedy of a failed install leaves Ready as the install left it.
        if !is_remediation {
            summarize(object);
        }
    }

    async fn succeeded(&self, object: &mut Tracked, action: Action) {
        let (reason, message) = success(object, action);
        object.conditions.set(RELEASED, "True", reason, &message);
        if spec::retry_interval(object).is_some() {
            clear_failures(object);
        }
        let latest = History::of(object).latest().cloned().unwrap_or_default();
        self.record(object, true, reason, &message, &latest).await;
    }

    async fn failed(&self, object: &mut Tracked, action: Action, wanted: &Wanted, problem: &str) {
        let reason = if action == Action::Install { "InstallFailed" } else { "UpgradeFailed" };
        let message = format!(
            "Helm {} failed for release {}/{} with chart {}@{}: {}",
            action.name(),
            spec::release_namespace(object),
            spec::release_name(object),
            wanted.chart.name,
            wanted.chart.version,
            problem.trim(),
        );
        count(object, "failures");
        object.conditions.set(RELEASED, "False", reason, &message);
        let about = json!({
            "chartVersion": wanted.chart.version,
            "appVersion": wanted.chart.app_version,
            "configDigest": values::digest(&wanted.values),
        });
        self.record(object, false, reason, &message, &about).await;
    }

    /// Records an event about a release, as its snapshot describes it.
    async fn record(
        &self,
        object: &Tracked,
        is_success: bool,
        reason: &str,
        message: &str,
        release: &Value,
    ) {
        let fields = [
            ("revision", "chartVersion"),
            ("token", "configDigest"),
            ("app-version", "appVersion"),
        ];
        let annotations = fields.into_iter().filter_map(|(name, field)| {
            let value = release[field].as_str().filter(|value| !value.is_empty())?;
            Some((format!("{GROUP}/{name}"), value.to_owned()))
        });
        let annotations: BTreeMap<_, _> = annotations.collect();
        let kind = if is_success { "Normal" } else { "Warning" };
        self.events.record(&reference(object.object()), kind, reason, message, annotations).await;
    }

    pub(super) fn releases(&self, object: &Tracked) -> Releases {
        let namespace = object.str("/status/storageNamespace");
        let namespace = namespace.unwrap_or(spec::storage_namespace(object));
        Releases::new(&self.client, namespace, &spec::release_name(object))
    }
}

/// Marks the releases that were deployed so far as superseded.
async fn supersede(releases: &Releases, stored: &[Release], history: &mut History) -> Result<()> {
    for old in stored.iter().filter(|release| release.status() == "deployed") {
        let mut old = old.clone();
        old.set_status("superseded");
        releases.update(&old).await?;
        history.supersede(&old);
    }
    Ok(())
}

/// Reason and message of a release that was made.
pub(super) fn success(object: &Tracked, action: Action) -> (&'static str, String) {
    let history = History::of(object);
    let latest = history.latest().unwrap_or(&Value::Null);
    let reason = if action == Action::Install { "InstallSucceeded" } else { "UpgradeSucceeded" };
    let message = format!(
        "Helm {} succeeded for release {} with chart {}",
        action.name(),
        full_name(latest),
        versioned_chart(latest)
    );
    (reason, message)
}

/// Raises a counter of the status.
fn count(object: &mut Tracked, field: &str) {
    let last = object.at(&format!("/status/{field}")).and_then(Value::as_i64).unwrap_or_default();
    object.set_status(field, json!(last + 1));
}

pub(super) fn clear_failures(object: &mut Tracked) {
    for field in ["failures", "installFailures", "upgradeFailures"] {
        object.set_status(field, Value::Null);
    }
}

/// Sets Ready from Remediated and Released, the one of the newer generation first; whatever was
/// remediated counts as a failure.
pub(super) fn summarize(object: &mut Tracked) {
    let conditions = [REMEDIATED, RELEASED].map(|kind| object.conditions.get(kind).cloned());
    let top = match conditions {
        [Some(remediated), Some(released)]
            if released.observed_generation > remediated.observed_generation =>
        {
            released
        }
        [Some(remediated), _] => remediated,
        [None, Some(released)] => released,
        [None, None] => return,
    };
    let is_true = top.type_ == RELEASED && top.status == "True";
    let status = match top.status.as_str() {
        _ if is_true => "True",
        "Unknown" if top.type_ == RELEASED => "Unknown",
        _ => "False",
    };
    if is_true {
        object.conditions.remove(STALLED);
    }
    object.conditions.set(READY, status, &top.reason, &top.message);
}
