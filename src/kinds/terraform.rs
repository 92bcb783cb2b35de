//! Terraform objects of tofu-controller (group `infra.contrib.fluxcd.io`).

use kube::api::DynamicObject;
use serde_json::Value;

use super::deletion::Deletion;
use super::plan::{Approval, PlanState};
use super::reference::Reference;
use super::view::{cell, is_true, name, namespace, object_ref, text};
use super::{
    Column, EVERY_VERB, Kind, ObjectRef, SUSPENDED, Suspension, controller, depends_on, plan,
    readiness,
};

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
    controller: controller::TOFU,
    demands: &[],
    verbs: EVERY_VERB,
    columns: &[
        Column { header: "REVISION", cell: applied_revision },
        Column { header: "STATE", cell: state },
        Column { header: "PENDING PLAN", cell: pending_plan },
        SUSPENDED,
    ],
    wide: &[
        Column { header: "PATH", cell: |object| cell(object, "/spec/path") },
        Column { header: "APPROVE PLAN", cell: |object| cell(object, "/spec/approvePlan") },
    ],
    shown_source: Some(source),
    readiness: readiness::of_terraform,
    suspension: Suspension::Field,
    deletion,
    references: &[
        Reference::anything("/spec/sourceRef"),
        Reference::of("Terraform", "/spec/dependsOn/*"),
        Reference::account_or("/spec/serviceAccountName", "tf-runner"),
        Reference::credentials("/spec/cliConfigSecretRef"),
        Reference::anything("/spec/varsFrom/*"),
        Reference::anything("/spec/backendConfigsFrom/*"),
        Reference::secret("/spec/readInputsFromSecrets/*"),
        Reference::secret("/spec/fileMappings/*/secretRef"),
        Reference::secret("/spec/runnerPodTemplate/spec/envFrom/*/secretRef"),
        Reference::of("ConfigMap", "/spec/runnerPodTemplate/spec/envFrom/*/configMapRef"),
    ],
    sources: |object| source(object).into_iter().collect(),
    dependencies: |object| depends_on(object, "Terraform"),
    attempted_revision: Some(super::last_attempted_revision),
    revisions: |object| super::last_attempted_revision(object).into_iter().collect(),
    revision_forms: super::forms_of_source_ref,
    takes: None,
    outcome,
};

/// The name of the Pod in which OpenTofu runs for the object `name`, in its namespace.
///
/// Source: tofu-controller v0.16.5, `controllers/tf_controller_runner.go`.
#[must_use]
pub fn runner_of(name: &str) -> String {
    format!("{name}-tf-runner")
}

fn applied_revision(object: &DynamicObject) -> String {
    text(object, "/status/lastAppliedRevision").unwrap_or_default().to_owned()
}

/// The state of its plan, which Ready does not always tell; and whether an approval was left behind.
fn state(object: &DynamicObject) -> String {
    let state = PlanState::of(object);
    let approval = match state.approval {
        Approval::Spent(_) | Approval::Standing(_) | Approval::Stale(_) => {
            state.approval.in_short()
        }
        _ => "",
    };
    let told = [state.in_short(), approval.to_owned()];
    told.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

fn pending_plan(object: &DynamicObject) -> String {
    plan::pending(object).unwrap_or_default().to_owned()
}

fn source(object: &DynamicObject) -> Option<ObjectRef> {
    object_ref(object, "/spec/sourceRef")
}

/// `lastAppliedRevision` stays behind when there was nothing to change; the Ready message tells then.
fn outcome(object: &DynamicObject) -> String {
    if let Some(id) = plan::pending(object) {
        return format!("plan {id} is pending");
    }
    let ready = readiness::condition(object, "Ready").map(|ready| ready.message);
    let outcome = ready.unwrap_or("nothing planned yet");
    match PlanState::of(object).approval {
        approval if approval.armed().is_some() => {
            format!("{outcome}; {}", approval.sentence().unwrap_or_default())
        }
        _ => outcome.to_owned(),
    }
}

/// Source: `Reconcile` and `finalize` of tofu-controller, `controllers/tf_controller.go` and
/// `tf_controller_finalizer.go`: being suspended is looked at before being deleted.
fn deletion(object: &DynamicObject) -> Deletion {
    let deletion = match is_true(object, "/spec/destroyResourcesOnDeletion") {
        true => Deletion::with("everything in its state is destroyed", resources(object)),
        false => Deletion::alone("what it made stays, and so does its state"),
    };
    Deletion { obstacle: obstacle(object), ..deletion }
}

/// What `status.inventory` lists, where `spec.enableInventory` asks for it.
fn resources(object: &DynamicObject) -> Vec<String> {
    let entries = object.data.pointer("/status/inventory/entries").and_then(Value::as_array);
    let resource = |entry: &Value| {
        let part = |key: &str| entry[key].as_str().unwrap_or_default().to_owned();
        format!("{}.{} ({})", part("t"), part("n"), part("id"))
    };
    entries.into_iter().flatten().map(resource).collect()
}

fn obstacle(object: &DynamicObject) -> Option<String> {
    const DEPENDENT: &str = "tf.dependency.of.";
    if is_true(object, "/spec/suspend") {
        let resume = TERRAFORM.resume_command(namespace(object), name(object));
        return Some(format!("tofu-controller deletes nothing that is suspended: {resume}"));
    }
    let finalizers = object.metadata.finalizers.iter().flatten();
    let dependents: Vec<_> =
        finalizers.filter_map(|finalizer| finalizer.strip_prefix(DEPENDENT)).collect();
    match dependents.as_slice() {
        [] => None,
        [one] => Some(format!("Terraform {one} depends on it and has to go first")),
        many => Some(format!("Terraforms {} depend on it and have to go first", many.join(", "))),
    }
}
