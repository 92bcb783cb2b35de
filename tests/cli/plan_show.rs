//! `nigari plan show`.

use nigari::kinds::terraform::TERRAFORM;
use nigari_sandbox::kube::Deny;
use nigari_test_support::cluster::Cluster;
use nigari_test_support::plans::{
    CANARY, PLAN, TEXT, chunked, document, ready, stored, text, told, waiting, with_plan,
};
use nigari_test_support::program::typed;
use serde_json::{Value, json};
use snapbox::{assert_data_eq, str};

/// The plan as JSON, in one Secret.
fn as_json() -> Cluster {
    with_plan("json", vec![stored("vpc.json", document().to_string().as_bytes())])
}

/// The plan as text, in one ConfigMap.
fn as_text() -> Cluster {
    with_plan("human", vec![text("vpc", TEXT)])
}

#[test]
fn what_destroys_comes_first() {
    let cluster = as_json();
    assert_data_eq!(
        told(&cluster.nigari("plan show vpc")),
        str![[r#"
Terraform flux-system/vpc: plan plan-main-b8e362c206 waits for approval
plan:      plan-main-b8e362c206
revision:  main@sha1:b8e362c206e3d0cbb7ed22ced771a0056455a2fb
planned:   [PLANNED] (100d ago), generation 1
digest:    sha256:4b57d297331a4d5db917aa1ecea6d585906c1f7ac8b3d830b12a7bd0b968f487

2 to add, 1 to change, 2 to destroy, 1 of them replaced

Destroy (1):
    - disk.old: delete because no resource config

Destroy and create again (1):
  -/+ disk.data
        triggers = 1 -> 2 # forces replacement

Change in place (1):
    ~ machine.web
        size = 1 -> 2
        token = (sensitive value) -> (sensitive value)

Create (1):
    + network.main

Outputs (2):
    + cidr
        cidr = "10.0.0.0/16"
    + token
        token = (sensitive value)

1 more stay as they are.

"#]]
    );
    assert_eq!(cluster.writes(), "");
}

#[test]
fn a_text_is_told_with_its_own_counts() {
    assert_data_eq!(
        told(&as_text().nigari("plan show vpc")),
        str![[r#"
Terraform flux-system/vpc: plan plan-main-b8e362c206 waits for approval
plan:      plan-main-b8e362c206
revision:  main@sha1:b8e362c206e3d0cbb7ed22ced771a0056455a2fb
planned:   [PLANNED] (100d ago), generation 1
digest:    sha256:4b57d297331a4d5db917aa1ecea6d585906c1f7ac8b3d830b12a7bd0b968f487

2 to add, 1 to change, 2 to destroy, 1 of them replaced (as its text says)

Destroy (1):
    - disk.old: because disk.old is not in configuration

Destroy and create again (1):
  -/+ disk.data
        ~ triggers = 1 -> 2 # forces replacement

Change in place (1):
    ~ machine.web
        ~ size = 1 -> 2

Create (1):
    + network.main

Outputs (1):
  + cidr = "10.0.0.0/16"

"#]]
    );
}

#[test]
fn everything_or_only_some_actions() {
    let cluster = as_json();
    assert_data_eq!(
        told(&cluster.nigari("plan show vpc --only destroy,replace")),
        str![[r#"
Terraform flux-system/vpc: plan plan-main-b8e362c206 waits for approval
plan:      plan-main-b8e362c206
revision:  main@sha1:b8e362c206e3d0cbb7ed22ced771a0056455a2fb
planned:   [PLANNED] (100d ago), generation 1
digest:    sha256:4b57d297331a4d5db917aa1ecea6d585906c1f7ac8b3d830b12a7bd0b968f487

2 to add, 1 to change, 2 to destroy, 1 of them replaced

Destroy (1):
    - disk.old: delete because no resource config

Destroy and create again (1):
  -/+ disk.data
        triggers = 1 -> 2 # forces replacement

"#]]
    );
    assert_data_eq!(
        told(&cluster.nigari("plan show vpc --full --only create,update")),
        str![[r#"
Terraform flux-system/vpc: plan plan-main-b8e362c206 waits for approval
plan:      plan-main-b8e362c206
revision:  main@sha1:b8e362c206e3d0cbb7ed22ced771a0056455a2fb
planned:   [PLANNED] (100d ago), generation 1
digest:    sha256:4b57d297331a4d5db917aa1ecea6d585906c1f7ac8b3d830b12a7bd0b968f487

2 to add, 1 to change, 2 to destroy, 1 of them replaced

Change in place (1):
    ~ machine.web
        size = 1 -> 2
        token = (sensitive value) -> (sensitive value)

Create (1):
    + network.main
        cidr = "10.0.0.0/16"
        id = (known after apply)
        token = (sensitive value)

"#]]
    );
    let text = as_text();
    assert_data_eq!(
        told(&text.nigari("plan show vpc --full --only replace")),
        str![[r#"
Terraform flux-system/vpc: plan plan-main-b8e362c206 waits for approval
plan:      plan-main-b8e362c206
revision:  main@sha1:b8e362c206e3d0cbb7ed22ced771a0056455a2fb
planned:   [PLANNED] (100d ago), generation 1
digest:    sha256:4b57d297331a4d5db917aa1ecea6d585906c1f7ac8b3d830b12a7bd0b968f487

2 to add, 1 to change, 2 to destroy, 1 of them replaced (as its text says)

Destroy and create again (1):
  # disk.data must be replaced
-/+ resource "disk" "data" {
      ~ id       = "7" -> (known after apply)
      ~ triggers = 1 -> 2 # forces replacement
    }

"#]]
    );
}

#[test]
fn programs_get_every_change() {
    let cluster = as_json();
    assert_data_eq!(
        told(&cluster.nigari("plan show vpc -o json --only update")),
        str![[r#"
{
  "apiVersion": "nigari-cli.github.io/v1",
  "kind": "Plan",
  "metadata": {
    "namespace": "flux-system",
    "name": "vpc"
  },
  "state": "pending",
  "id": "plan-main-b8e362c206",
  "revision": "main@sha1:b8e362c206e3d0cbb7ed22ced771a0056455a2fb",
  "generation": 1,
  "plannedAt": "[PLANNED]",
  "isDestroy": false,
  "isPlanOnly": false,
  "isSuspended": false,
  "approval": null,
  "lock": null,
  "counts": {
    "add": 2,
    "change": 1,
    "destroy": 2,
    "replace": 1,
    "import": 0,
    "forget": 0
  },
  "digest": "sha256:4b57d297331a4d5db917aa1ecea6d585906c1f7ac8b3d830b12a7bd0b968f487",
  "isDummy": false,
  "storedId": "plan-main-b8e362c206",
  "madeFrom": "json",
  "isIncomplete": false,
  "unchanged": 1,
  "changes": [
    {
      "address": "machine.web",
      "action": "update",
      "attributes": [
        {
          "path": "size",
          "before": 1,
          "after": 2
        },
        {
          "path": "token",
          "beforeSensitive": true,
          "afterSensitive": true
        }
      ]
    }
  ],
  "outputs": [
    {
      "address": "cidr",
      "action": "create",
      "attributes": [
        {
          "path": "cidr",
          "after": "10.0.0.0/16"
        }
      ]
    },
    {
      "address": "token",
      "action": "create",
      "attributes": [
        {
          "path": "token",
          "afterSensitive": true
        }
      ]
    }
  ]
}

"#]]
    );
    let run = cluster.nigari("plan show vpc -o json");
    let value: Value = serde_json::from_str(run.stdout()).unwrap();
    assert_eq!(
        value["counts"],
        json!({"add": 2, "change": 1, "destroy": 2, "replace": 1, "import": 0, "forget": 0})
    );
    assert_eq!(value["changes"].as_array().unwrap().len(), 4);
}

#[test]
fn raw_is_what_is_stored() {
    let run = as_text().nigari("plan show vpc -o raw");
    assert_eq!((run.stdout(), run.stderr()), (TEXT, ""));
    let json = as_json();
    assert_data_eq!(
        told(&json.nigari("plan show vpc -o raw")),
        str![[r#"
------- stderr -------
error: the JSON of a plan holds sensitive values in clear: add --reveal
  hint: without them it is what -o json prints
[exit status: 2]

"#]]
    );
    let run = json.nigari("plan show vpc -o raw --reveal --yes");
    assert_eq!(run.stdout(), document().to_string());
    assert_data_eq!(
        told(&with_plan("none", vec![]).nigari("plan show vpc -o raw")),
        str![[r#"
------- stderr -------
error: Terraform flux-system/vpc: nothing can be shown: only the plan file is stored, and only OpenTofu can read it
[exit status: 1]

"#]]
    );
}

#[test]
fn sensitive_values_are_shown_to_those_who_insist() {
    let cluster = as_json();
    assert_data_eq!(
        told(&cluster.nigari("plan show vpc --reveal")),
        str![[r#"
------- stderr -------
error: --reveal asks on a terminal; without one it needs --yes
[exit status: 2]

"#]]
    );
    let run = cluster.nigari("plan show vpc --reveal --yes --full");
    assert_eq!(run.stdout().matches(CANARY).count(), 4, "{run}");
    let typed_name = typed(&cluster.0, "plan show vpc --reveal --full", "vpc\n");
    assert_eq!(typed_name.stdout().matches(CANARY).count(), 4, "{typed_name}");
    let other = typed(&cluster.0, "plan show vpc --reveal --full", "y\n");
    assert_eq!(
        (other.exit_code(), other.stdout().matches(CANARY).count()),
        (Some(1), 0),
        "{other}"
    );
}

#[test]
fn a_plan_in_pieces_is_shown_whole() {
    let document = document().to_string();
    let mut pieces = chunked("vpc.json", document.as_bytes(), 50);
    let whole = with_plan("json", pieces.clone()).nigari("plan show vpc");
    assert_eq!(told(&whole), told(&as_json().nigari("plan show vpc")));
    pieces.remove(1);
    assert_data_eq!(
        told(&with_plan("json", pieces).nigari("plan show vpc")),
        str![[r#"
Terraform flux-system/vpc: plan plan-main-b8e362c206 waits for approval
plan:      plan-main-b8e362c206
revision:  main@sha1:b8e362c206e3d0cbb7ed22ced771a0056455a2fb
planned:   [PLANNED] (100d ago), generation 1
digest:    sha256:4b57d297331a4d5db917aa1ecea6d585906c1f7ac8b3d830b12a7bd0b968f487
------- stderr -------
⚠️ what it would do cannot be shown: its JSON: piece 1 of it is missing

"#]]
    );
}

#[test]
fn only_the_plan_file_is_stored() {
    assert_data_eq!(
        told(&with_plan("none", vec![]).nigari("plan show vpc")),
        str![[r#"
Terraform flux-system/vpc: plan plan-main-b8e362c206 waits for approval
plan:      plan-main-b8e362c206
revision:  main@sha1:b8e362c206e3d0cbb7ed22ced771a0056455a2fb
planned:   [PLANNED] (100d ago), generation 1
digest:    sha256:4b57d297331a4d5db917aa1ecea6d585906c1f7ac8b3d830b12a7bd0b968f487
------- stderr -------
⚠️ what it would do cannot be shown: only the plan file is stored, and only OpenTofu can read it
⚠️ have readable plans stored with: nigari plan show vpc -n flux-system --enable-readable

"#]]
    );
}

#[test]
fn a_dummy_plan_is_called_one() {
    let cluster = with_plan("human", vec![]);
    cluster.put(stored("vpc", b"dummy plan"));
    assert_data_eq!(
        told(&cluster.nigari("plan show vpc")),
        str![[r#"
Terraform flux-system/vpc: plan plan-main-b8e362c206 waits for approval
plan:      plan-main-b8e362c206
revision:  main@sha1:b8e362c206e3d0cbb7ed22ced771a0056455a2fb
planned:   [PLANNED] (100d ago), generation 1
------- stderr -------
⚠️ what it would do cannot be shown: a dummy plan is stored: the backend plans remotely, and what it plans is not in the cluster

"#]]
    );
}

#[test]
fn an_older_text_is_not_taken_for_the_plan() {
    let mut older = text("vpc", TEXT);
    older["metadata"]["annotations"]["savedPlan"] = json!("plan-main-0000000000");
    assert_data_eq!(
        told(&with_plan("human", vec![older]).nigari("plan show vpc")),
        str![[r#"
Terraform flux-system/vpc: plan plan-main-b8e362c206 waits for approval
plan:      plan-main-b8e362c206
revision:  main@sha1:b8e362c206e3d0cbb7ed22ced771a0056455a2fb
planned:   [PLANNED] (100d ago), generation 1
digest:    sha256:4b57d297331a4d5db917aa1ecea6d585906c1f7ac8b3d830b12a7bd0b968f487
------- stderr -------
⚠️ what it would do cannot be shown: what is readable is of plan-main-0000000000, and the plan that is stored is plan-main-b8e362c206

"#]]
    );
    let mut earlier = text("vpc", TEXT);
    earlier["metadata"]["creationTimestamp"] = json!("2026-01-01T00:00:00Z");
    assert_data_eq!(
        told(&with_plan("human", vec![earlier]).nigari("plan show vpc")),
        str![[r#"
Terraform flux-system/vpc: plan plan-main-b8e362c206 waits for approval
plan:      plan-main-b8e362c206
revision:  main@sha1:b8e362c206e3d0cbb7ed22ced771a0056455a2fb
planned:   [PLANNED] (100d ago), generation 1
digest:    sha256:4b57d297331a4d5db917aa1ecea6d585906c1f7ac8b3d830b12a7bd0b968f487
------- stderr -------
⚠️ what it would do cannot be shown: what is readable is older than the plan that is stored

"#]]
    );
}

#[test]
fn what_is_not_pending_is_told_by_its_state() {
    let state = |spec: Value, status: Value| {
        let cluster = Cluster::with(&[&TERRAFORM]);
        cluster.put(waiting("vpc", spec, status));
        cluster.put(stored("vpc", b"the plan file"));
        cluster.put(text("vpc", TEXT));
        told(&cluster.nigari("plan show vpc"))
    };
    let unchanged = json!({"plan": {}, "conditions": ready("True", "TerraformPlannedNoChanges", "Plan no changes")});
    assert_data_eq!(
        state(json!({}), unchanged),
        str![[r#"
Terraform flux-system/vpc: there is nothing to change
revision:  main@sha1:b8e362c206e3d0cbb7ed22ced771a0056455a2fb
planned:   [PLANNED] (100d ago), generation 1

"#]]
    );
    let spent = json!({"plan": {"lastApplied": PLAN}, "conditions": ready("True", "TerraformAppliedSucceed", "Applied")});
    assert_data_eq!(
        state(json!({"approvePlan": PLAN}), spent),
        str![[r#"
Terraform flux-system/vpc: the last plan was applied, and no other waits
revision:  main@sha1:b8e362c206e3d0cbb7ed22ced771a0056455a2fb
planned:   [PLANNED] (100d ago), generation 1
approval:  armed: plan-main-b8e362c206 was applied, and its approval was never taken back; every later plan of its revision is applied unseen
------- stderr -------
⚠️ take the approval back with: nigari plan disarm vpc -n flux-system

"#]]
    );
    let drifted = json!({"plan": {}, "conditions": ready("False", "DriftDetected", TEXT)});
    assert_data_eq!(
        state(json!({}), drifted),
        str![[r#"
Terraform flux-system/vpc: what is there has drifted, and no plan is made of that
revision:  main@sha1:b8e362c206e3d0cbb7ed22ced771a0056455a2fb
planned:   [PLANNED] (100d ago), generation 1

2 to add, 1 to change, 2 to destroy, 1 of them replaced (as its text says)

Destroy (1):
    - disk.old: because disk.old is not in configuration

Destroy and create again (1):
  -/+ disk.data
        ~ triggers = 1 -> 2 # forces replacement

Change in place (1):
    ~ machine.web
        ~ size = 1 -> 2

Create (1):
    + network.main

Outputs (1):
  + cidr = "10.0.0.0/16"
------- stderr -------
⚠️ have a plan made that can be approved with: nigari plan new vpc -n flux-system --for-drift

"#]]
    );
    let destroy = json!({"plan": {"pending": PLAN, "isDestroyPlan": true}});
    let text = state(json!({"destroy": true}), destroy);
    assert!(text.starts_with("Terraform flux-system/vpc: plan plan-main-b8e362c206 waits for approval, and destroys everything\n"), "{text}");
}

#[test]
fn a_lock_is_told_with_its_holder() {
    let message = "error running Plan: Error acquiring the state lock\n\nLock Info:\n  ID:        9db590f1\n  \
                   Operation: OperationTypeApply\n  Who:       runner@vpc-tf-runner\n  \
                   Created:   2026-01-31 12:00:00 +0000 UTC\n";
    let cluster = Cluster::with(&[&TERRAFORM]);
    cluster.put(waiting("vpc", json!({}), json!({
        "plan": {}, "lock": {"pending": "9db590f1"}, "conditions": [
            {"type": "Ready", "status": "False", "reason": "TFExecPlanFailed", "message": message},
            {"type": "StateLocked", "status": "True", "reason": "LockHeld", "message": "locked"}],
    })));
    assert_data_eq!(
        told(&cluster.nigari("plan show vpc")),
        str![[r#"
Terraform flux-system/vpc: its state is locked by runner@vpc-tf-runner for OperationTypeApply since 2026-01-31T12:00:00Z (lock 9db590f1)
revision:  main@sha1:b8e362c206e3d0cbb7ed22ced771a0056455a2fb
planned:   [PLANNED] (100d ago), generation 1
------- stderr -------
⚠️ see who holds the lock, and break it if they are gone: nigari plan unlock vpc -n flux-system

"#]]
    );
}

#[test]
fn what_is_not_there_or_may_not_be_read_is_told() {
    assert_data_eq!(
        told(&as_text().nigari("plan show web")),
        str![[r#"
------- stderr -------
error: Terraform flux-system/web not found
  hint: list them with: nigari get terraform -A
[exit status: 3]

"#]]
    );
    assert_data_eq!(
        told(&Cluster::with(&[]).nigari("plan show vpc")),
        str![[r#"
------- stderr -------
error: the cluster has no terraforms (infra.contrib.fluxcd.io v1alpha2)
  hint: see what is installed with: nigari get all -A
[exit status: 4]

"#]]
    );
    let no_secrets = as_text();
    no_secrets.0.kube().deny(Deny::new("list", "", "secrets"));
    let run = told(&no_secrets.nigari("plan show vpc --only destroy"));
    assert_data_eq!(
        run,
        str![[r#"
Terraform flux-system/vpc: plan plan-main-b8e362c206 waits for approval
plan:      plan-main-b8e362c206
revision:  main@sha1:b8e362c206e3d0cbb7ed22ced771a0056455a2fb
planned:   [PLANNED] (100d ago), generation 1

2 to add, 1 to change, 2 to destroy, 1 of them replaced (as its text says)

Destroy (1):
    - disk.old: because disk.old is not in configuration
------- stderr -------
⚠️ the plan file has no digest: it may not be read: cannot read the plan in Secret flux-system/tfplan-default-vpc: secrets is forbidden: User "admin" cannot list resource "secrets" in API group "" in the namespace "flux-system"

"#]]
    );
    let no_maps = as_text();
    no_maps.0.kube().deny(Deny::new("list", "", "configmaps"));
    assert_data_eq!(
        told(&no_maps.nigari("plan show vpc")),
        str![[r#"
Terraform flux-system/vpc: plan plan-main-b8e362c206 waits for approval
plan:      plan-main-b8e362c206
revision:  main@sha1:b8e362c206e3d0cbb7ed22ced771a0056455a2fb
planned:   [PLANNED] (100d ago), generation 1
digest:    sha256:4b57d297331a4d5db917aa1ecea6d585906c1f7ac8b3d830b12a7bd0b968f487
------- stderr -------
error: cannot read the plan in ConfigMap flux-system/tfplan-default-vpc: configmaps is forbidden: User "admin" cannot list resource "configmaps" in API group "" in the namespace "flux-system"
[exit status: 6]

"#]]
    );
}

#[test]
fn nothing_in_a_plan_moves_the_cursor() {
    let mut hostile = document();
    hostile["resource_changes"][0]["address"] = json!("network.\u{1b}[2Jmain\u{202e}");
    hostile["resource_changes"][0]["change"]["after"] = json!({"\u{1b}]0;owned\u{7}": "\u{9b}31m"});
    let cluster = with_plan("json", vec![stored("vpc.json", hostile.to_string().as_bytes())]);
    for arguments in ["", "--full", "-o json", "-o raw --reveal --yes"] {
        let run = cluster.nigari(&format!("plan show vpc {arguments}"));
        let is_obeyed = |character: char| character.is_control() && character != '\n';
        assert!(
            !run.to_string().contains(is_obeyed) && !run.to_string().contains('\u{202e}'),
            "{run}"
        );
        assert_eq!(run.exit_code(), Some(0), "{run}");
    }
}

#[test]
fn readable_plans_are_turned_on() {
    let cluster = with_plan("none", vec![]);
    assert_data_eq!(
        told(&cluster.nigari("plan show vpc --enable-readable")),
        str![[r#"
------- stderr -------
✔ Terraform flux-system/vpc stores plans as human from now on
◎ it is planned anew; look at the plan with: nigari plan show vpc -n flux-system

"#]]
    );
    assert_data_eq!(
        cluster.writes(),
        str![[r#"
PATCH flux-system/terraforms/vpc {"spec":{"storeReadablePlan":"human"},"metadata":{"resourceVersion":"[VERSION]"}}

"#]]
    );
    assert_data_eq!(
        told(&cluster.nigari("plan show vpc --enable-readable=human")),
        str![[r#"
------- stderr -------
✔ Terraform flux-system/vpc stores readable plans already

"#]]
    );
    assert_eq!(cluster.writes(), "");
}

#[test]
fn readable_plans_are_turned_on_in_git_where_git_says_otherwise() {
    let labels = json!({"kustomize.toolkit.fluxcd.io/name": "infra",
                        "kustomize.toolkit.fluxcd.io/namespace": "flux-system"});
    let cluster = Cluster::with(&[&TERRAFORM]);
    let mut vpc = waiting("vpc", json!({"storeReadablePlan": "none"}), json!({}));
    vpc["metadata"]["labels"] = labels;
    cluster.put(vpc.clone());
    assert_data_eq!(
        told(&cluster.nigari("plan show vpc --enable-readable=json")),
        str![[r#"
------- stderr -------
✔ Terraform flux-system/vpc stores plans as json from now on
⚠️ Kustomization flux-system/infra applies it from Git: put storeReadablePlan: json into its manifest there too
◎ it is planned anew; look at the plan with: nigari plan show vpc -n flux-system

"#]]
    );
    vpc["metadata"]["managedFields"] = json!([{
        "manager": "kustomize-controller", "operation": "Apply",
        "apiVersion": "infra.contrib.fluxcd.io/v1alpha2", "fieldsType": "FieldsV1",
        "fieldsV1": {"f:spec": {"f:storeReadablePlan": {}}},
    }]);
    cluster.put(vpc);
    cluster.writes();
    assert_data_eq!(
        told(&cluster.nigari("plan show vpc --enable-readable")),
        str![[r#"
------- stderr -------
error: kustomize-controller writes spec.storeReadablePlan of Terraform flux-system/vpc from Git, and would undo the change
  hint: set storeReadablePlan: human in its manifest in Git
[exit status: 7]

"#]]
    );
    assert_eq!(cluster.writes(), "");
}

#[test]
fn nothing_is_changed_while_an_approval_is_in_force() {
    let cluster = with_plan("none", vec![]);
    cluster.put(waiting(
        "vpc",
        json!({"storeReadablePlan": "none", "approvePlan": PLAN}),
        json!({}),
    ));
    assert_data_eq!(
        told(&cluster.nigari("plan show vpc --enable-readable")),
        str![[r#"
------- stderr -------
error: Terraform flux-system/vpc approves plan-main-b8e362c206: what is planned anew would be applied unseen, so nothing was changed
[exit status: 7]

"#]]
    );
    assert_eq!(cluster.writes(), "");
}
