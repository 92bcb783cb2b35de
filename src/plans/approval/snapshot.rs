//! All that an approval depends on, and what of it has moved.

use k8s_openapi::jiff::Timestamp;
use kube::api::DynamicObject;
use serde_json::Value;

use super::record::{FROZEN, Record};
use super::standing::Standing;
use crate::kinds::ObjectRef;
use crate::kinds::ownership::field_controller;
use crate::kinds::plan::{self, PlanState};
use crate::kinds::readiness::condition;
use crate::kinds::terraform::TERRAFORM;
use crate::kinds::view::{annotation, is_true, number, text};
use crate::plans::stored::{Stored, StoredPlan};
use crate::plans::summary::{Comparison, Masking, Summary};

/// What one look at a Terraform object, its source, its inputs and its stored plan has shown.
#[derive(Clone, Debug)]
pub struct Snapshot {
    /// The object.
    pub object: ObjectRef,
    /// Its identity: another one of the same name is another object.
    pub uid: String,
    /// The generation of its spec.
    pub generation: i64,
    /// The generation that was planned; controllers before v0.16.4 do not tell.
    pub planned_generation: Option<i64>,
    /// The revision that was planned, in full.
    pub planned_revision: String,
    /// When, word for word; the controller writes whole seconds.
    pub planned_at: String,
    /// The id of the plan that waits.
    pub pending: Option<String>,
    /// The id of the plan that was applied last.
    pub last_applied: Option<String>,
    /// Whether the plan destroys everything.
    pub is_destroy: bool,
    /// What is approved already.
    pub standing: Standing,
    /// `spec.approvePlan`, word for word; `None` where it is absent.
    pub approve_plan: Option<String>,
    /// `spec.suspend`; `None` where it is absent.
    pub suspend: Option<bool>,
    /// The plan for whose approval nigari has suspended it.
    pub frozen_for: Option<String>,
    /// Whether it is being deleted.
    pub is_deleted: bool,
    /// `spec.planOnly`: nothing is ever applied.
    pub is_plan_only: bool,
    /// `spec.force`: everything is applied.
    pub is_forced: bool,
    /// Whether an apply has begun and not ended.
    pub is_applying: bool,
    /// Whether the object has any annotation: a patch has to create the first one in another way.
    pub has_annotations: bool,
    /// The controller that applies `spec.suspend` from its own source, if one does.
    pub suspension_owner: Option<String>,
    /// The controller that applies `spec.approvePlan` from its own source, if one does.
    pub approval_owner: Option<String>,
    /// The controller that applies `spec.destroy` from its own source, if one does.
    pub destroy_owner: Option<String>,
    /// When somebody last wrote into the spec, as far as the object tells.
    pub spec_written_at: Option<Timestamp>,
    /// What was approved before.
    pub record: Option<Record>,
    /// The source, and the revision of its artifact.
    pub source: Source,
    /// The objects whose content goes into a plan.
    pub inputs: Vec<Input>,
    /// The plan file, or why there is none.
    pub plan: Result<StoredPlan, String>,
    /// What the plan would do, or why it cannot be read.
    pub summary: Result<Summary, String>,
}

/// Where the code comes from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Source {
    /// The source as the object names it.
    pub object: Option<ObjectRef>,
    /// The revision of its artifact; `None` where there is no source, or it has fetched nothing.
    pub revision: Option<String>,
}

/// A Secret or ConfigMap whose content goes into a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Input {
    /// The object.
    pub object: ObjectRef,
    /// Its identity and version; `None` where it is not there.
    pub version: Option<(String, String)>,
    /// When it was last written, in whole seconds, as far as it tells.
    pub written_at: Option<Timestamp>,
}

impl Snapshot {
    /// What these objects show together.
    #[must_use]
    pub fn new(
        object: &DynamicObject,
        source: Source,
        inputs: Vec<Input>,
        stored: &Stored,
    ) -> Self {
        let owned = |pointer| text(object, pointer).map(str::to_owned);
        Self {
            object: ObjectRef::of(&TERRAFORM, object),
            uid: object.metadata.uid.clone().unwrap_or_default(),
            generation: object.metadata.generation.unwrap_or_default(),
            planned_generation: number(object, "/status/lastPlannedGeneration")
                .filter(|generation| *generation != 0),
            planned_revision: owned("/status/lastPlannedRevision").unwrap_or_default(),
            planned_at: owned("/status/lastPlanAt").unwrap_or_default(),
            pending: plan::pending(object).map(str::to_owned),
            last_applied: owned("/status/plan/lastApplied"),
            is_destroy: is_true(object, "/status/plan/isDestroyPlan"),
            standing: PlanState::of(object).approval.into(),
            approve_plan: object
                .data
                .pointer("/spec/approvePlan")
                .and_then(Value::as_str)
                .map(str::to_owned),
            suspend: object.data.pointer("/spec/suspend").and_then(Value::as_bool),
            frozen_for: annotation(object, FROZEN).map(str::to_owned),
            is_deleted: object.metadata.deletion_timestamp.is_some(),
            is_plan_only: is_true(object, "/spec/planOnly"),
            is_forced: is_true(object, "/spec/force"),
            is_applying: condition(object, "Apply").is_some_and(|apply| apply.status == "Unknown"),
            has_annotations: object.metadata.annotations.is_some(),
            suspension_owner: TERRAFORM.suspension_owner(object).map(str::to_owned),
            approval_owner: field_controller(object, &["spec", "approvePlan"]).map(str::to_owned),
            destroy_owner: field_controller(object, &["spec", "destroy"]).map(str::to_owned),
            spec_written_at: spec_written_at(object),
            record: Record::of(object),
            source,
            inputs,
            plan: stored.plan.clone().map_err(|flaw| flaw.to_string()),
            summary: summary_of(stored),
        }
    }

    /// Whether nigari has suspended the object for an approval.
    #[must_use]
    pub fn is_frozen(&self) -> bool {
        self.suspend == Some(true) && self.frozen_for.is_some()
    }

    /// The inputs that were written after the plan was made, as far as can be told.
    #[must_use]
    pub fn later_input(&self) -> Option<&Input> {
        let planned_at: Timestamp = self.planned_at.parse().ok()?;
        self.inputs.iter().find(|input| input.written_at.is_some_and(|at| at > planned_at))
    }

    /// The same once nigari itself has suspended the object, which makes one more generation.
    #[must_use]
    pub fn once_frozen(&self) -> Self {
        Self { generation: self.generation + 1, ..self.clone() }
    }
}

/// What the stored plan would do.
///
/// # Errors
/// Why it cannot be read.
pub fn summary_of(stored: &Stored) -> Result<Summary, String> {
    let readable = stored.readable.as_ref().map_err(ToString::to_string)?;
    readable.summary(Masking::Masked).map_err(|error| format!("{error:#}"))
}

/// When somebody last wrote into the spec: managers of it that write no status.
fn spec_written_at(object: &DynamicObject) -> Option<Timestamp> {
    let entries = object.metadata.managed_fields.iter().flatten();
    let writes_spec = entries.filter(|entry| {
        entry.subresource.as_deref().unwrap_or_default().is_empty()
            && entry.fields_v1.as_ref().is_some_and(|fields| !fields.0["f:spec"].is_null())
    });
    writes_spec.filter_map(|entry| entry.time.as_ref()).map(|time| time.0).max()
}

/// The references in a Terraform object's spec to objects whose content goes into a plan.
///
/// Source: tofu-controller v0.16.5, `api/v1alpha2/terraform_types.go`.
#[must_use]
pub fn inputs_of(object: &DynamicObject) -> Vec<ObjectRef> {
    let namespace = object.metadata.namespace.clone().unwrap_or_default();
    let entries = |pointer: &str| {
        object.data.pointer(pointer).and_then(Value::as_array).cloned().unwrap_or_default()
    };
    let mut found = Vec::new();
    let mut add = |kind: &str, name: Option<&str>, own: Option<&str>| {
        let Some(name) = name.filter(|name| !name.is_empty()) else { return };
        let namespace = own.unwrap_or(&namespace).to_owned();
        let input = ObjectRef { kind: kind.to_owned(), namespace, name: name.to_owned() };
        if matches!(kind, "Secret" | "ConfigMap") && !found.contains(&input) {
            found.push(input);
        }
    };
    for pointer in ["/spec/varsFrom", "/spec/backendConfigsFrom"] {
        for entry in entries(pointer) {
            add(entry["kind"].as_str().unwrap_or_default(), entry["name"].as_str(), None);
        }
    }
    for entry in entries("/spec/readInputsFromSecrets") {
        add("Secret", entry["name"].as_str(), None);
    }
    for entry in entries("/spec/fileMappings") {
        add("Secret", entry["secretRef"]["name"].as_str(), None);
    }
    let configuration = "/spec/cliConfigSecretRef";
    add(
        "Secret",
        text(object, &format!("{configuration}/name")),
        text(object, &format!("{configuration}/namespace")),
    );
    found
}

/// What has moved between two looks at the same object, in words; nothing when an approval of the first is
/// one of the second.
#[must_use]
pub fn moved(reviewed: &Snapshot, now: &Snapshot) -> Vec<String> {
    let mut moved = Vec::new();
    if reviewed.uid != now.uid {
        return vec!["it was deleted and created again".to_owned()];
    }
    let mut check = |what: &str, before: &str, after: &str| {
        if before != after {
            let told =
                |text: &str| if text.is_empty() { "none".to_owned() } else { text.to_owned() };
            moved.push(format!("{what} was {} and is {}", told(before), told(after)));
        }
    };
    let pending = |snapshot: &Snapshot| snapshot.pending.clone().unwrap_or_default();
    check("the pending plan", &pending(reviewed), &pending(now));
    check("the generation", &reviewed.generation.to_string(), &now.generation.to_string());
    let planned = |snapshot: &Snapshot| {
        snapshot.planned_generation.map(|generation| generation.to_string()).unwrap_or_default()
    };
    check("the planned generation", &planned(reviewed), &planned(now));
    check("the planned revision", &reviewed.planned_revision, &now.planned_revision);
    check("the time of the plan", &reviewed.planned_at, &now.planned_at);
    let revision = |snapshot: &Snapshot| snapshot.source.revision.clone().unwrap_or_default();
    check("the source's revision", &revision(reviewed), &revision(now));
    let approval = |snapshot: &Snapshot| snapshot.approve_plan.clone().unwrap_or_default();
    check("spec.approvePlan", &approval(reviewed), &approval(now));
    let kind = |snapshot: &Snapshot| if snapshot.is_destroy { "destroy" } else { "apply" };
    check("the plan's kind", kind(reviewed), kind(now));
    let digest = |snapshot: &Snapshot| match &snapshot.plan {
        Ok(plan) => plan.digest.to_string(),
        Err(flaw) => flaw.clone(),
    };
    check("the stored plan", &digest(reviewed), &digest(now));
    let uids = |snapshot: &Snapshot| {
        snapshot.plan.as_ref().map(|plan| plan.uids.join(", ")).unwrap_or_default()
    };
    if digest(reviewed) == digest(now) {
        check("the Secret of the plan", &uids(reviewed), &uids(now));
    }
    let is_same = match (&reviewed.summary, &now.summary) {
        (Ok(before), Ok(after)) => before.compare(after) == Comparison::Same,
        (before, after) => before.is_ok() == after.is_ok(),
    };
    if !is_same {
        moved.push("the readable plan is another one".to_owned());
    }
    for (before, after) in reviewed.inputs.iter().zip(&now.inputs) {
        if (&before.object, &before.version) != (&after.object, &after.version) {
            moved.push(format!("{} was changed", after.object));
        }
    }
    moved
}

#[cfg(test)]
pub(super) mod tests {
    use serde_json::json;

    use super::*;
    use crate::digest::Digest;
    use crate::kinds::view::tests::object;

    const ID: &str = "plan-main-b8e362c206";
    pub(in super::super) const REVISION: &str =
        "main@sha1:b8e362c206e3d0cbb7ed22ced771a0056455a2fb";

    /// A plan that waits and can be approved.
    pub(in super::super) fn snapshot() -> Snapshot {
        Snapshot {
            object: ObjectRef {
                kind: "Terraform".to_owned(),
                namespace: "infra".to_owned(),
                name: "vpc".to_owned(),
            },
            uid: "uid-1".to_owned(),
            generation: 3,
            planned_generation: Some(3),
            planned_revision: REVISION.to_owned(),
            planned_at: "2026-01-31T12:00:00Z".to_owned(),
            pending: Some(ID.to_owned()),
            last_applied: None,
            is_destroy: false,
            standing: Standing::Manual,
            approve_plan: None,
            suspend: None,
            frozen_for: None,
            is_deleted: false,
            is_plan_only: false,
            is_forced: false,
            is_applying: false,
            has_annotations: true,
            suspension_owner: None,
            approval_owner: None,
            destroy_owner: None,
            spec_written_at: None,
            record: None,
            source: Source { object: None, revision: Some(REVISION.to_owned()) },
            inputs: vec![input("1")],
            plan: Ok(StoredPlan {
                uids: vec!["secret-1".to_owned()],
                saved_plan: ID.to_owned(),
                digest: Digest::of(b"plan"),
                created: None,
                is_dummy: false,
            }),
            summary: Ok(summary("Plan: 1 to add, 0 to change, 0 to destroy.")),
        }
    }

    fn summary(text: &str) -> Summary {
        crate::plans::human::summary(text.as_bytes())
    }

    pub(in super::super) fn input(version: &str) -> Input {
        Input {
            object: ObjectRef {
                kind: "ConfigMap".to_owned(),
                namespace: "infra".to_owned(),
                name: "input".to_owned(),
            },
            version: Some(("uid-2".to_owned(), version.to_owned())),
            written_at: None,
        }
    }

    #[test]
    fn a_freeze_of_our_own_moves_nothing() {
        let frozen = Snapshot {
            generation: 4,
            suspend: Some(true),
            frozen_for: Some(ID.to_owned()),
            ..snapshot()
        };
        assert_eq!(moved(&snapshot().once_frozen(), &frozen), [""; 0]);
        assert_eq!(moved(&snapshot(), &snapshot()), [""; 0]);
        assert_eq!(moved(&snapshot(), &frozen), ["the generation was 3 and is 4"]);
    }

    #[test]
    fn whatever_moves_is_named() {
        let other = |change: fn(&mut Snapshot)| {
            let mut now = snapshot();
            change(&mut now);
            moved(&snapshot(), &now).join("; ")
        };
        assert_eq!(other(|now| now.uid = "uid-9".to_owned()), "it was deleted and created again");
        assert_eq!(
            other(|now| now.pending = None),
            "the pending plan was plan-main-b8e362c206 and is none"
        );
        assert_eq!(other(|now| now.generation = 4), "the generation was 3 and is 4");
        assert_eq!(
            other(|now| now.planned_generation = Some(4)),
            "the planned generation was 3 and is 4"
        );
        assert!(
            other(|now| now.planned_revision.push('0')).starts_with("the planned revision was")
        );
        assert!(other(|now| now.planned_at.push('0')).starts_with("the time of the plan was"));
        assert!(other(|now| now.source.revision = None).ends_with("and is none"));
        assert_eq!(
            other(|now| now.approve_plan = Some("auto".to_owned())),
            "spec.approvePlan was none and is auto"
        );
        assert_eq!(other(|now| now.is_destroy = true), "the plan's kind was apply and is destroy");
        let digest = other(|now| now.plan.as_mut().unwrap().digest = Digest::of(b"other"));
        assert!(digest.starts_with("the stored plan was sha256:"), "{digest}");
        assert_eq!(
            other(|now| now.plan.as_mut().unwrap().uids = vec!["secret-2".to_owned()]),
            "the Secret of the plan was secret-1 and is secret-2"
        );
        assert_eq!(
            other(|now| now.plan = Err("nothing is stored".to_owned()))
                .rsplit(" and is ")
                .next()
                .unwrap(),
            "nothing is stored"
        );
        assert_eq!(
            other(|now| now.summary = Ok(summary("Plan: 2 to add, 0 to change, 0 to destroy."))),
            "the readable plan is another one"
        );
        assert_eq!(other(|now| now.inputs = vec![input("2")]), "ConfigMap infra/input was changed");
    }

    #[test]
    fn everything_that_feeds_a_plan_is_an_input() {
        let vpc = object(json!({"spec": {
            "varsFrom": [{"kind": "Secret", "name": "a"}, {"kind": "ConfigMap", "name": "b"}],
            "backendConfigsFrom": [{"kind": "Secret", "name": "a"}],
            "readInputsFromSecrets": [{"name": "c", "as": "c"}],
            "fileMappings": [{"secretRef": {"name": "d", "key": "k"}}],
            "cliConfigSecretRef": {"name": "e", "namespace": "infra"},
        }}));
        let inputs: Vec<_> = inputs_of(&vpc).iter().map(ToString::to_string).collect();
        assert_eq!(
            inputs,
            [
                "Secret flux-system/a",
                "ConfigMap flux-system/b",
                "Secret flux-system/c",
                "Secret flux-system/d",
                "Secret infra/e",
            ]
        );
        assert_eq!(inputs_of(&object(json!({"spec": {}}))), []);
    }

    #[test]
    fn only_writes_of_the_spec_count_as_such() {
        let entry = |time: &str, subresource: &str, fields: serde_json::Value| {
            json!({"manager": "m", "operation": "Update", "time": time, "subresource": subresource,
                "fieldsType": "FieldsV1", "fieldsV1": fields})
        };
        let vpc = object(json!({"metadata": {"name": "vpc", "managedFields": [
            entry("2026-01-31T12:00:00Z", "", json!({"f:spec": {"f:path": {}}})),
            entry("2026-01-31T13:00:00Z", "", json!({"f:metadata": {}})),
            entry("2026-01-31T14:00:00Z", "status", json!({"f:status": {}})),
        ]}}));
        assert_eq!(spec_written_at(&vpc).unwrap().to_string(), "2026-01-31T12:00:00Z");
    }
}
