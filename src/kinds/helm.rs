//! Helm releases (group `helm.toolkit.fluxcd.io`).

use kube::api::DynamicObject;
use serde_json::Value;

use super::deletion::{Deletion, elsewhere, inventory};
use super::readiness::{Condition, State, Verdict, condition, is_current};
use super::reference::Reference;
use super::revision::Revision;
use super::view::{cell, is_true, name, namespace, object_ref, text};
use super::wanted::Form;
use super::{
    Column, EVERY_VERB_AND_TREE, Kind, ObjectRef, SUSPENDED, Suspension, controller, depends_on,
    readiness,
};

/// A chart, installed and upgraded.
pub static HELM_RELEASE: Kind = Kind {
    kind: "HelmRelease",
    group: "helm.toolkit.fluxcd.io",
    versions: &["v2", "v2beta2"],
    plural: "helmreleases",
    names: &["helmrelease", "helmreleases", "hr"],
    family: None,
    human: "helmrelease",
    controller: controller::HELM,
    demands: &[controller::FORCE, controller::RESET],
    verbs: EVERY_VERB_AND_TREE,
    columns: &[Column { header: "REVISION", cell: chart_version }, SUSPENDED],
    wide: &[
        Column { header: "CHART", cell: chart },
        Column { header: "TARGET", cell: |object| cell(object, "/spec/targetNamespace") },
    ],
    shown_source: Some(shown_source),
    readiness: verdict,
    suspension: Suspension::Field,
    deletion,
    references: &[
        Reference::anything("/spec/chartRef"),
        Reference::anything("/spec/chart/spec/sourceRef"),
        Reference::secret("/spec/chart/spec/verify/secretRef"),
        Reference::of("HelmRelease", "/spec/dependsOn/*"),
        Reference::anything("/spec/valuesFrom/*"),
        Reference::credentials("/spec/kubeConfig/secretRef"),
        Reference::of("ConfigMap", "/spec/kubeConfig/configMapRef"),
        Reference::account("/spec/serviceAccountName").unless("/spec/kubeConfig"),
    ],
    sources,
    dependencies: |object| depends_on(object, "HelmRelease"),
    attempted_revision: None,
    revisions,
    revision_forms,
    takes: Some(takes),
    outcome,
};

/// The verdict for a HelmRelease.
///
/// An attempt that fails before Helm has stored a release, at its templates say, ends the pass at once. It leaves
/// Reconciling as it was, `Progressing` with `Running 'upgrade' action`, until it is tried again after a
/// growing delay: so the failure stands, whatever Reconciling says.
///
/// Source: helm-controller, `Reconcile` in `internal/reconcile/atomic_release.go`.
fn verdict(object: &DynamicObject) -> Verdict {
    let verdict = readiness::of_conditions(object);
    let is_failure = |ready: &Condition<'_>| {
        ready.status == "False"
            && matches!(ready.reason, "InstallFailed" | "UpgradeFailed")
            && is_current(object, *ready)
    };
    match condition(object, "Ready").filter(is_failure) {
        Some(ready)
            if verdict.state == State::Progressing
                && object.metadata.deletion_timestamp.is_none()
                && !has_stored_attempt(object) =>
        {
            ready.verdict(State::Retrying)
        }
        _ => verdict,
    }
}

/// The releases that Helm has stored, the newest first.
pub fn history(object: &DynamicObject) -> impl Iterator<Item = &Value> {
    let history = object.data.pointer("/status/history").and_then(Value::as_array);
    history.into_iter().flatten()
}

/// Whether the last attempt has left a release in Helm's storage that was not deployed in the end. Helm stores
/// a release before it applies anything.
///
/// Source: helm-controller: each release that was stored is noted in `status.history`, by its chart's version
/// and the digest of its values (`internal/release/observation.go`); what was attempted last is beside it
/// (`HelmReleaseStatus`).
#[must_use]
pub fn has_stored_attempt(object: &DynamicObject) -> bool {
    let is_attempted = |release: &Value, field: &str, attempted: &str| {
        text(object, attempted).is_none_or(|attempted| release[field] == attempted)
    };
    history(object).any(|release| {
        let was_deployed = matches!(release["status"].as_str(), Some("deployed" | "superseded"));
        !was_deployed
            && is_attempted(release, "chartVersion", "/status/lastAttemptedRevision")
            && is_attempted(release, "configDigest", "/status/lastAttemptedConfigDigest")
    })
}

/// The version of the chart that was released last, else of the one that was tried.
fn chart_version(object: &DynamicObject) -> String {
    text(object, "/status/history/0/chartVersion")
        .or_else(|| text(object, "/status/lastAttemptedRevision"))
        .unwrap_or_default()
        .to_owned()
}

/// The chart that the manifest asks for, with the range of versions if it names one.
fn chart(object: &DynamicObject) -> String {
    let asked = |field: &str| text(object, &format!("/spec/chart/spec/{field}"));
    match (asked("chart"), asked("version")) {
        (Some(chart), Some(version)) => format!("{chart} {version}"),
        (Some(chart), None) => chart.to_owned(),
        _ => String::new(),
    }
}

/// The source as the manifest names it.
fn shown_source(object: &DynamicObject) -> Option<ObjectRef> {
    object_ref(object, "/spec/chartRef")
        .or_else(|| object_ref(object, "/spec/chart/spec/sourceRef"))
}

/// A release with a chart template has a HelmChart of its own, beside the source of the template.
///
/// Source: `GetHelmChartName` of helm-controller's `api/v2`.
fn sources(object: &DynamicObject) -> Vec<ObjectRef> {
    if let Some(chart) = object_ref(object, "/spec/chartRef") {
        return vec![chart];
    }
    let template = object_ref(object, "/spec/chart/spec/sourceRef");
    let chart = template.map(|source| ObjectRef {
        kind: "HelmChart".to_owned(),
        namespace: source.namespace,
        name: format!("{}-{}", namespace(object), name(object)),
    });
    chart.into_iter().collect()
}

/// The chart's version, and its digest where that is tracked.
fn revisions(object: &DynamicObject) -> Vec<&str> {
    let of = |field| text(object, field);
    [of("/status/lastAttemptedRevision"), of("/status/lastAttemptedRevisionDigest")]
        .into_iter()
        .flatten()
        .collect()
}

fn revision_forms(object: &DynamicObject) -> &'static [Form] {
    let kind = |place: &str| text(object, &format!("{place}/kind"));
    match (kind("/spec/chartRef"), kind("/spec/chart/spec/sourceRef")) {
        (Some("OCIRepository" | "ExternalArtifact"), _) => &[Form::Version, Form::Digest],
        (Some("HelmChart"), _) | (None, Some("GitRepository")) => &[Form::Version, Form::Commit],
        (None, Some("HelmRepository")) => &[Form::Version],
        (None, Some("Bucket")) => &[Form::Version, Form::Digest],
        _ => &[],
    }
}

/// Source: what helm-controller compares to know whether there is anything new,
/// `internal/controller/helmrelease_indexers.go`: the digest where the source has one, else the version.
fn takes(object: &DynamicObject, source: &DynamicObject) -> bool {
    let Some(held) = text(source, "/status/artifact/revision") else { return false };
    match Revision::parse(held).digest() {
        Some((algorithm, hash)) => {
            let digest = format!("{algorithm}:{hash}");
            text(object, "/status/lastAttemptedRevisionDigest") == Some(&digest)
        }
        None => text(object, "/status/lastAttemptedRevision") == Some(held),
    }
}

fn outcome(object: &DynamicObject) -> String {
    match chart_version(object) {
        version if version.is_empty() => "nothing released yet".to_owned(),
        version => format!("applied revision {version}"),
    }
}

/// Source: `reconcileDelete` and `reconcileReleaseDeletion` of helm-controller,
/// `internal/controller/helmrelease_controller.go`; the inventory names the chart's CRDs too, which Helm
/// never uninstalls.
fn deletion(object: &DynamicObject) -> Deletion {
    let Some(release) = release(object) else {
        return Deletion::alone("it has installed no release");
    };
    if is_true(object, "/spec/suspend") {
        return Deletion::alone(format!("{release} stays installed: it is suspended"));
    }
    let mut effect = format!("{release}{} is uninstalled", elsewhere(object));
    if is_true(object, "/spec/uninstall/keepHistory") {
        effect.push_str(", its history stays");
    }
    let objects = inventory(object);
    if objects.iter().any(|object| object.starts_with("CustomResourceDefinition/")) {
        effect.push_str(", CRDs of the chart's crds folder stay");
    }
    Deletion::with(effect, objects)
}

/// The release as Helm knows it, if there is one.
fn release(object: &DynamicObject) -> Option<String> {
    text(object, "/status/storageNamespace")?;
    let latest = |field: &str| text(object, &format!("/status/history/0/{field}"));
    let (namespace, name) = (latest("namespace")?, latest("name")?);
    let chart = format!("{} {}", latest("chartName")?, latest("chartVersion")?);
    Some(format!("release {namespace}/{name} ({chart})"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::kinds::view::tests::object;

    #[test]
    fn a_template_leads_to_the_release_s_own_chart() {
        let release = object(json!({"spec": {"chart": {"spec": {"sourceRef":
            {"kind": "HelmRepository", "name": "podinfo", "namespace": "charts"}}}}}));
        assert_eq!(sources(&release)[0].to_string(), "HelmChart charts/flux-system-apps");
        assert_eq!(shown_source(&release).unwrap().to_string(), "HelmRepository charts/podinfo");
    }

    #[test]
    fn a_chart_reference_is_the_source() {
        let release = object(json!({"spec": {"chartRef": {"kind": "OCIRepository", "name": "p"}}}));
        assert_eq!(sources(&release)[0].to_string(), "OCIRepository flux-system/p");
    }

    #[test]
    fn the_revision_is_what_was_released_before_what_was_tried() {
        let mut release = object(json!({"status": {"lastAttemptedRevision": "6.5.5"}}));
        assert_eq!(chart_version(&release), "6.5.5");
        release.data["status"]["history"] = json!([{"chartVersion": "6.5.4"}]);
        assert_eq!(outcome(&release), "applied revision 6.5.4");
    }

    /// A release whose Ready is False while it says to be under way.
    fn failing(reason: &str, history: Value) -> State {
        let conditions = json!([{"type": "Ready", "status": "False", "reason": reason},
            {"type": "Reconciling", "status": "True", "reason": "Progressing"}]);
        let status = json!({"conditions": conditions, "lastAttemptedRevision": "2.0.0",
            "history": history});
        verdict(&object(json!({"status": status}))).state
    }

    #[test]
    fn a_failure_that_stored_nothing_stands() {
        let before = json!({"chartVersion": "1.0.0", "status": "deployed"});
        assert_eq!(failing("UpgradeFailed", json!([before])), State::Retrying);
        assert_eq!(failing("InstallFailed", json!([])), State::Retrying);
        let stored = json!({"chartVersion": "2.0.0", "status": "failed"});
        assert_eq!(failing("UpgradeFailed", json!([stored, before])), State::Progressing);
        assert_eq!(failing("RollbackFailed", json!([before])), State::Progressing);
    }
}
