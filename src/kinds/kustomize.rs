//! Kustomizations (group `kustomize.toolkit.fluxcd.io`).

use kube::api::DynamicObject;

use super::deletion::{Deletion, elsewhere, inventory, its};
use super::reference::Reference;
use super::view::{cell, is_true, object_ref, text};
use super::{
    Column, EVERY_VERB_AND_TREE, Kind, ObjectRef, SUSPENDED, Suspension, controller, depends_on,
    readiness,
};

/// Manifests of a source, built and applied.
pub static KUSTOMIZATION: Kind = Kind {
    kind: "Kustomization",
    group: "kustomize.toolkit.fluxcd.io",
    versions: &["v1", "v1beta2"],
    plural: "kustomizations",
    names: &["kustomization", "kustomizations", "ks"],
    family: None,
    human: "kustomization",
    controller: controller::KUSTOMIZE,
    demands: &[],
    verbs: EVERY_VERB_AND_TREE,
    columns: &[Column { header: "REVISION", cell: applied_revision }, SUSPENDED],
    wide: &[Column { header: "PATH", cell: |object| cell(object, "/spec/path") }],
    shown_source: Some(source),
    readiness: readiness::of_conditions,
    suspension: Suspension::Field,
    deletion,
    references: &[
        Reference::anything("/spec/sourceRef"),
        Reference::of("Kustomization", "/spec/dependsOn/*"),
        Reference::credentials("/spec/decryption/secretRef"),
        Reference::account("/spec/decryption/serviceAccountName"),
        Reference::credentials("/spec/kubeConfig/secretRef"),
        Reference::of("ConfigMap", "/spec/kubeConfig/configMapRef"),
        // With another cluster, the account is one of that cluster.
        Reference::account("/spec/serviceAccountName").unless("/spec/kubeConfig"),
        Reference::anything("/spec/postBuild/substituteFrom/*"),
    ],
    sources: |object| source(object).into_iter().collect(),
    dependencies: |object| depends_on(object, "Kustomization"),
    attempted_revision: Some(super::last_attempted_revision),
    revisions,
    revision_forms: super::forms_of_source_ref,
    takes: None,
    outcome,
};

fn applied_revision(object: &DynamicObject) -> String {
    text(object, "/status/lastAppliedRevision").unwrap_or_default().to_owned()
}

/// The applied revision, and the commit that an OCI artifact was made from.
fn revisions(object: &DynamicObject) -> Vec<&str> {
    let of = |field| text(object, field);
    [of("/status/lastAppliedRevision"), of("/status/lastAppliedOriginRevision")]
        .into_iter()
        .flatten()
        .collect()
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

/// Source: `finalizerShouldDeleteResources` and `deleteObjects` of kustomize-controller,
/// `internal/controller/kustomization_controller.go`.
fn deletion(object: &DynamicObject) -> Deletion {
    let applied = inventory(object);
    if applied.is_empty() {
        return Deletion::alone("it has applied nothing");
    }
    let place = elsewhere(object);
    let stays =
        |why: &str| Deletion::alone(format!("{}: {why}", its(&applied, place, "stays", "stay")));
    let goes = |more: &str| {
        let effect = its(&applied, place, "is deleted too", "are deleted too");
        let unless = "unless annotated kustomize.toolkit.fluxcd.io/prune: disabled";
        Deletion::with(format!("{effect}, {unless}{more}"), applied.clone())
    };
    if is_true(object, "/spec/suspend") {
        return stays("it is suspended");
    }
    match text(object, "/spec/deletionPolicy") {
        None | Some("MirrorPrune") if is_true(object, "/spec/prune") => goes(""),
        None | Some("MirrorPrune") => stays("prune is off"),
        Some("Delete") => goes(""),
        Some("WaitForTermination") => goes("; it stays until they are gone"),
        Some(policy) => stays(&format!("deletionPolicy is {policy}")),
    }
}
