//! What `get`, `wait` and `why` say about Terraform objects whose plan waits, or cannot be made.

use nigari::kinds::terraform::TERRAFORM;
use nigari_test_support::cluster::Cluster;
use nigari_test_support::plans::{PLAN, REVISION, TEXT, ready, told, waiting};
use serde_json::{Value, json};
use snapbox::{assert_data_eq, str};

fn with(name: &str, spec: Value, status: Value) -> Cluster {
    let cluster = Cluster::with(&[&TERRAFORM]);
    cluster.put(waiting(name, spec, status));
    cluster
}

/// The state is locked, and planning fails on it.
fn locked() -> Value {
    let message = "error running Plan: Error acquiring the state lock\n\nLock Info:\n  ID:        9db590f1\n  \
                   Operation: OperationTypeApply\n  Who:       runner@vpc-tf-runner\n  \
                   Created:   2026-01-31 12:00:00 +0000 UTC\n";
    let mut conditions = ready("False", "TFExecPlanFailed", message);
    conditions.as_array_mut().unwrap().push(json!({
        "type": "StateLocked", "status": "True", "reason": "LockHeld", "message": "locked",
        "lastTransitionTime": "2026-01-31T12:00:00Z",
    }));
    json!({"plan": {}, "lock": {"pending": "9db590f1"}, "conditions": conditions})
}

fn drifted() -> Value {
    json!({"plan": {}, "conditions": ready("False", "DriftDetected", TEXT)})
}

fn destroys() -> Value {
    json!({"plan": {"pending": PLAN, "isDestroyPlan": true}})
}

/// Ready, and the plan that waits is not to be seen in that.
fn hidden() -> Value {
    json!({"conditions": ready("True", "TerraformOutputsWritten", "Outputs written")})
}

fn applied() -> Value {
    json!({
        "plan": {"lastApplied": PLAN}, "lastAppliedRevision": REVISION,
        "conditions": ready("True", "TerraformAppliedSucceed", &format!("Applied successfully: {REVISION}")),
    })
}

#[test]
fn a_table_tells_what_ready_hides() {
    let cluster = with("vpc", json!({}), json!({}));
    for (name, spec, status) in [
        ("applied", json!({}), applied()),
        ("armed", json!({"approvePlan": PLAN}), applied()),
        ("destroys", json!({"destroy": true}), destroys()),
        ("drifted", json!({}), drifted()),
        ("hidden", json!({}), hidden()),
        ("locked", json!({}), locked()),
    ] {
        cluster.put(waiting(name, spec, status));
    }
    assert_data_eq!(
        told(&cluster.nigari("get terraform")),
        str![[r#"
NAME       REVISION             STATE                    PENDING PLAN           SUSPENDED   READY     MESSAGE
applied    main@sha1:b8e362c2   applied                                         False       True      Applied successfully: main@sha1:b8e362c2
armed      main@sha1:b8e362c2   applied, armed (spent)                          False       True      Applied successfully: main@sha1:b8e362c2
destroys                        pending, destroys all    plan-main-b8e362c206   False       Unknown   plan plan-main-b8e362c206 waits for approval, and destroys everything
drifted                         drifted                                         False       False     what is there has drifted, and no plan is made of that: 2 to add, 1 to change, 2 to destroy
hidden                          pending                  plan-main-b8e362c206   False       Unknown   plan plan-main-b8e362c206 waits for approval
locked                          locked                                          False       False     its state is locked by runner@vpc-tf-runner for OperationTypeApply since 2026-01-31T12:00:00Z (lock 9db590f1)
vpc                             pending                  plan-main-b8e362c206   False       Unknown   plan plan-main-b8e362c206 waits for approval

"#]]
    );
    assert_data_eq!(
        told(&cluster.nigari("get terraform --not-ready --no-header hidden")),
        str![[r#"
hidden      pending   plan-main-b8e362c206   False   Unknown   plan plan-main-b8e362c206 waits for approval

"#]]
    );
}

#[test]
fn a_wait_ends_with_a_plan_that_somebody_has_to_approve() {
    let wait = |spec: Value, status: Value| {
        told(&with("vpc", spec, status).nigari("wait terraform vpc --error-budget=1s"))
    };
    assert_data_eq!(
        wait(json!({}), hidden()),
        str![[r#"
------- stderr -------
error: Terraform flux-system/vpc waits for a person: plan plan-main-b8e362c206 waits for approval
  hint: review it with: nigari plan show vpc -n flux-system
[exit status: 9]

"#]]
    );
    assert_data_eq!(
        wait(json!({"destroy": true}), destroys()),
        str![[r#"
------- stderr -------
error: Terraform flux-system/vpc waits for a person: plan plan-main-b8e362c206 waits for approval, and destroys everything
  hint: review it with: nigari plan show vpc -n flux-system
[exit status: 9]

"#]]
    );
    assert_data_eq!(
        wait(json!({}), drifted()),
        str![[r#"
------- stderr -------
error: Terraform flux-system/vpc is not ready: DriftDetected: what is there has drifted, and no plan is made of that: 2 to add, 1 to change, 2 to destroy
[exit status: 1]

"#]]
    );
    assert_data_eq!(
        wait(json!({}), locked()),
        str![[r#"
------- stderr -------
◎ waiting for Terraform flux-system/vpc to be ready
error: Terraform flux-system/vpc is not ready: LockHeld: its state is locked by runner@vpc-tf-runner for OperationTypeApply since 2026-01-31T12:00:00Z (lock 9db590f1)
[exit status: 7]

"#]]
    );
    assert_data_eq!(
        wait(json!({"approvePlan": PLAN}), applied()),
        str![[r#"
------- stderr -------
✔ Terraform flux-system/vpc is ready: Applied successfully: main@sha1:b8e362c206e3d0cbb7ed22ced771a0056455a2fb; armed: plan-main-b8e362c206 was applied, and its approval was never taken back; every later plan of its revision is applied unseen

"#]]
    );
}

#[test]
fn why_tells_who_has_to_do_something() {
    let why = |status: Value| told(&with("vpc", json!({}), status).nigari("why terraform vpc"));
    assert_data_eq!(
        why(hidden()),
        str![[r#"
Terraform flux-system/vpc: TerraformPlannedWithChanges: plan plan-main-b8e362c206 waits for approval
------- stderr -------
error: Terraform flux-system/vpc is not ready
  hint: review it with: nigari plan show vpc -n flux-system
[exit status: 9]

"#]]
    );
    assert_data_eq!(
        why(drifted()),
        str![[r#"
Terraform flux-system/vpc: DriftDetected: what is there has drifted, and no plan is made of that: 2 to add, 1 to change, 2 to destroy
------- stderr -------
error: Terraform flux-system/vpc is not ready
[exit status: 1]

"#]]
    );
    assert_data_eq!(
        why(locked()),
        str![[r#"
Terraform flux-system/vpc: LockHeld: its state is locked by runner@vpc-tf-runner for OperationTypeApply since 2026-01-31T12:00:00Z (lock 9db590f1)
------- stderr -------
error: Terraform flux-system/vpc is not ready
  hint: see who holds it with: nigari plan unlock vpc -n flux-system
[exit status: 7]

"#]]
    );
}
