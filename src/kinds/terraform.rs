//! Terraform objects of tofu-controller (group `infra.contrib.fluxcd.io`).

use kube::api::DynamicObject;

use super::view::{object_ref, text};
use super::{Column, EVERY_VERB, Kind, ObjectRef, SUSPENDED, Suspension, readiness};

/// A module of a source, planned and applied with OpenTofu.
///
/// `v1alpha1` is served beside it, lacks half of the fields, and is never used.
pub static TERRAFORM: Kind = Kind {
    kind: "Terraform",
    group: "infra.contrib.fluxcd.io",
    versions: &["v1alpha2"],
    plural: "terraforms",
    names: &["terraform", "terraforms", "tf"],
    family: None,
    human: "terraform",
    verbs: EVERY_VERB,
    columns: &[
        Column { header: "REVISION", cell: applied_revision },
        Column { header: "PENDING PLAN", cell: pending_plan },
        SUSPENDED,
    ],
    shown_source: Some(source),
    readiness: readiness::of_terraform,
    suspension: Suspension::Field,
    sources: |object| source(object).into_iter().collect(),
    attempted_revision: Some(super::last_attempted_revision),
    outcome,
};

fn applied_revision(object: &DynamicObject) -> String {
    text(object, "/status/lastAppliedRevision").unwrap_or_default().to_owned()
}

fn pending_plan(object: &DynamicObject) -> String {
    readiness::pending_plan(object).unwrap_or_default().to_owned()
}

fn source(object: &DynamicObject) -> Option<ObjectRef> {
    object_ref(object, "/spec/sourceRef")
}

/// `lastAppliedRevision` stays behind when there was nothing to change; the Ready message tells then.
fn outcome(object: &DynamicObject) -> String {
    if let Some(plan) = readiness::pending_plan(object) {
        return format!("plan {plan} is pending");
    }
    let ready = readiness::condition(object, "Ready").map(|ready| ready.message);
    ready.unwrap_or("nothing planned yet").to_owned()
}
