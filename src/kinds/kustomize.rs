//! Kustomizations (group `kustomize.toolkit.fluxcd.io`).

use kube::api::DynamicObject;

use super::view::{object_ref, text};
use super::{Column, EVERY_VERB, Kind, ObjectRef, SUSPENDED, Suspension, readiness};

/// Manifests of a source, built and applied.
pub static KUSTOMIZATION: Kind = Kind {
    kind: "Kustomization",
    group: "kustomize.toolkit.fluxcd.io",
    versions: &["v1", "v1beta2"],
    plural: "kustomizations",
    names: &["kustomization", "kustomizations", "ks"],
    family: None,
    human: "kustomization",
    verbs: EVERY_VERB,
    columns: &[Column { header: "REVISION", cell: applied_revision }, SUSPENDED],
    shown_source: Some(source),
    readiness: readiness::of_conditions,
    suspension: Suspension::Field,
    sources: |object| source(object).into_iter().collect(),
    attempted_revision: Some(super::last_attempted_revision),
    outcome,
};

fn applied_revision(object: &DynamicObject) -> String {
    text(object, "/status/lastAppliedRevision").unwrap_or_default().to_owned()
}

fn source(object: &DynamicObject) -> Option<ObjectRef> {
    object_ref(object, "/spec/sourceRef")
}

fn outcome(object: &DynamicObject) -> String {
    match text(object, "/status/lastAppliedRevision") {
        Some(revision) => format!("applied revision {revision}"),
        None => "nothing applied yet".to_owned(),
    }
}
