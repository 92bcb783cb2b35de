//! Terraform objects and their plans, as tofu-controller leaves them.

use std::io::Write as _;
use std::sync::LazyLock;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use flate2::Compression;
use flate2::write::GzEncoder;
use k8s_openapi::jiff::Timestamp;
use nigari::digest::Digest;
use nigari::kinds::terraform::TERRAFORM;
use serde_json::{Value, json};

use crate::cluster::{Cluster, object};
use crate::run::Run;

/// What the source is at, and what the plan was made from.
pub const REVISION: &str = "main@sha1:b8e362c206e3d0cbb7ed22ced771a0056455a2fb";
/// The id of the plan.
pub const PLAN: &str = "plan-main-b8e362c206";

const TRANSITION: &str = "2026-01-31T12:00:00Z";

/// A value that no output may have.
pub const CANARY: &str = "geheim-canary-7391";

/// When the plans were made: a hundred days and an hour ago.
static PLANNED_AT: LazyLock<String> = LazyLock::new(|| {
    let seconds = Timestamp::now().as_second() - 100 * 86_400 - 3600;
    Timestamp::from_second(seconds).unwrap().to_string()
});

/// A Terraform object whose plan waits; `spec` and `status` add to it or replace.
pub fn waiting(name: &str, spec: Value, status: Value) -> Value {
    let message = format!("Plan generated: set approvePlan: \"{PLAN}\" to approve this plan.");
    let mut object = object(
        &TERRAFORM,
        name,
        json!({
            "spec": {
                "interval": "1h", "path": "./infra", "storeReadablePlan": "human",
                "sourceRef": {"kind": "GitRepository", "name": "code"},
            },
            "status": {
                "observedGeneration": 1, "lastPlannedGeneration": 1, "lastPlanAt": PLANNED_AT.as_str(),
                "lastAttemptedRevision": REVISION, "lastPlannedRevision": REVISION,
                "plan": {"pending": PLAN},
                "conditions": [
                    {"type": "Ready", "status": "Unknown", "reason": "TerraformPlannedWithChanges",
                     "lastTransitionTime": TRANSITION, "message": message},
                    {"type": "Reconciling", "status": "True", "reason": "Progressing",
                     "lastTransitionTime": TRANSITION, "message": "Fulfilling prerequisites"},
                ],
            },
        }),
    );
    for (part, more) in [("spec", spec), ("status", status)] {
        for (key, value) in more.as_object().unwrap() {
            object[part][key] = value.clone();
        }
    }
    object
}

/// The conditions with one of them: Ready.
pub fn ready(status: &str, reason: &str, message: &str) -> Value {
    json!([{"type": "Ready", "status": status, "reason": reason, "message": message,
            "lastTransitionTime": TRANSITION}])
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut gzip = GzEncoder::new(Vec::new(), Compression::fast());
    gzip.write_all(bytes).unwrap();
    gzip.finish().unwrap()
}

fn annotation(word: &str) -> String {
    format!("infra.contrib.fluxcd.io/{word}")
}

/// What every object that holds a plan has; `full_name` is that of the Terraform object, with its suffix.
fn metadata(full_name: &str, chunk: Option<usize>, hashed: &[u8]) -> Value {
    let name = match chunk {
        Some(chunk) => format!("tfplan-default-{full_name}-{chunk}"),
        None => format!("tfplan-default-{full_name}"),
    };
    let mut annotations =
        json!({"savedPlan": PLAN, annotation("plan-hash"): Digest::of(hashed).hex()});
    if let Some(chunk) = chunk {
        annotations[annotation("plan-chunk")] = json!(chunk.to_string());
    }
    json!({
        "name": name, "namespace": "flux-system", "annotations": annotations,
        "labels": {annotation("plan-name"): full_name, annotation("plan-workspace"): "default"},
    })
}

fn secret(mut metadata: Value, bytes: &[u8]) -> Value {
    metadata["annotations"]["encoding"] = json!("gzip");
    json!({"apiVersion": "v1", "kind": "Secret", "metadata": metadata, "type": "Opaque",
           "data": {"tfplan": STANDARD.encode(bytes)}})
}

/// A plan in one Secret.
pub fn stored(full_name: &str, content: &[u8]) -> Value {
    secret(metadata(full_name, None, content), &gzip(content))
}

/// A plan in several Secrets.
pub fn chunked(full_name: &str, content: &[u8], length: usize) -> Vec<Value> {
    let packed = gzip(content);
    let pieces = packed.chunks(length).enumerate();
    pieces.map(|(chunk, piece)| secret(metadata(full_name, Some(chunk), piece), piece)).collect()
}

/// A text in one ConfigMap.
pub fn text(name: &str, text: &str) -> Value {
    json!({"apiVersion": "v1", "kind": "ConfigMap", "metadata": metadata(name, None, text.as_bytes()),
           "data": {"tfplan": text}})
}

/// The plan as a text.
pub const TEXT: &str = r#"
OpenTofu used the selected providers to generate the following execution plan.
Resource actions are indicated with the following symbols:
  + create
  ~ update in-place
  - destroy
-/+ destroy and then create replacement

OpenTofu will perform the following actions:

  # network.main will be created
  + resource "network" "main" {
      + cidr  = "10.0.0.0/16"
      + id    = (known after apply)
      + token = (sensitive value)
    }

  # disk.data must be replaced
-/+ resource "disk" "data" {
      ~ id       = "7" -> (known after apply)
      ~ triggers = 1 -> 2 # forces replacement
    }

  # disk.old will be destroyed
  # (because disk.old is not in configuration)
  - resource "disk" "old" {
      - id = "3" -> null
    }

  # machine.web will be updated in-place
  ~ resource "machine" "web" {
        id   = "9"
      ~ size = 1 -> 2
    }

Plan: 2 to add, 1 to change, 2 to destroy.

Changes to Outputs:
  + cidr = "10.0.0.0/16"
"#;

/// The same plan as a document; the canary is its token, and elsewhere in the document too.
pub fn document() -> Value {
    let change = |address: &str, actions: &[&str], before: Value, after: Value| {
        let marks = |value: &Value| match value {
            Value::Null => json!(false),
            _ => json!({"token": true}),
        };
        let (kind, name) = address.split_once('.').unwrap();
        json!({
            "address": address, "mode": "managed", "type": kind, "name": name,
            "change": {
                "actions": actions, "before": before, "after": after,
                "before_sensitive": marks(&before), "after_sensitive": marks(&after),
                "after_unknown": if actions.contains(&"create") { json!({"id": true}) } else { json!({}) },
            },
        })
    };
    let mut replaced = change(
        "disk.data",
        &["delete", "create"],
        json!({"id": "7", "triggers": 1, "size": 5}),
        json!({"triggers": 2, "size": 6}),
    );
    replaced["change"]["replace_paths"] = json!([["triggers"]]);
    let mut gone =
        change("disk.old", &["delete"], json!({"id": "3", "token": CANARY}), Value::Null);
    gone["action_reason"] = json!("delete_because_no_resource_config");
    json!({
        "format_version": "1.2", "terraform_version": "1.12.1",
        "variables": {"token": {"value": CANARY}},
        "prior_state": {"values": {"token": CANARY}},
        "planned_values": {"root_module": {"token": CANARY}},
        "resource_changes": [
            change("network.main", &["create"], Value::Null, json!({"cidr": "10.0.0.0/16", "token": CANARY})),
            replaced,
            gone,
            change("machine.web", &["update"], json!({"id": "9", "size": 1, "token": "older"}),
                   json!({"id": "9", "size": 2, "token": CANARY})),
            change("machine.db", &["no-op"], json!({"id": "8"}), json!({"id": "8"})),
        ],
        "output_changes": {
            "cidr": {"actions": ["create"], "before": null, "after": "10.0.0.0/16",
                     "before_sensitive": false, "after_sensitive": false},
            "token": {"actions": ["create"], "before": null, "after": CANARY,
                      "before_sensitive": true, "after_sensitive": true},
        },
        "errored": false,
    })
}

/// A cluster in which the plan of `vpc` waits: its plan file, and these objects beside it.
pub fn with_plan(form: &str, readable: Vec<Value>) -> Cluster {
    let cluster = Cluster::with(&[&TERRAFORM]);
    cluster.put(waiting("vpc", json!({"storeReadablePlan": form}), json!({})));
    cluster.put(stored("vpc", b"the plan file"));
    readable.into_iter().for_each(|object| cluster.put(object));
    cluster
}

/// What was printed, with a name for the time of the plan.
pub fn told(run: &Run) -> String {
    run.to_string().replace(PLANNED_AT.as_str(), "[PLANNED]")
}
