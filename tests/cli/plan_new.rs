//! `plan new`, `plan disarm`, `plan reject`, `plan destroy` and `plan unlock`.

use nigari_test_support::infra::{Infra, condition, config_maps, resource, terraforms, told};
use serde_json::json;
use snapbox::{assert_data_eq, str};

const DRIFTED: &str = "{\"cidr\":\"drifted\",\"id\":\"x\"}";

/// The Terraform object `vpc`, applied.
fn applied() -> Infra {
    let (infra, _) = Infra::with_vpc(&json!({}));
    let run = infra.nigari(&infra.approval("vpc"));
    assert_eq!(run.exit_code(), Some(0), "{run}");
    infra.wait(&terraforms(), "vpc", |vpc| {
        condition(vpc, "Ready")["status"] == "True"
            && vpc["status"]["observedGeneration"] == vpc["metadata"]["generation"]
            && vpc["status"]["lastPlannedGeneration"] == vpc["metadata"]["generation"]
    });
    infra.sandbox.recorder().clear();
    infra
}

#[test]
fn another_plan_is_made_and_waits() {
    let (infra, _) = Infra::with_vpc(&json!({}));
    assert_data_eq!(
        told(&infra.nigari("plan new vpc")),
        str![[r#"
------- stderr -------
◎ waiting for another plan of Terraform flux-system/vpc
► Terraform flux-system/vpc: [PLAN] of main@sha1:[COMMIT], planned at [TIME]
    1 to add, 0 to change, 0 to destroy
      + network.main
    outputs that change: cidr
    digest [DIGEST]
✔ Terraform flux-system/vpc: the plan waits for approval: nigari plan approve vpc -n flux-system

"#]]
    );
    assert_data_eq!(
        infra.writes(),
        str![[r#"
PATCH flux-system/terraforms/vpc/status
  remove /status/plan/pending
  remove /status/lastPlannedRevision
  remove /status/lastAttemptedRevision
PATCH flux-system/terraforms/vpc
  /metadata/annotations = {"reconcile.fluxcd.io/requestedAt":"[TIME]"}

"#]]
    );
}

#[test]
fn no_changes_are_a_success() {
    let infra = applied();
    assert_data_eq!(
        told(&infra.nigari("plan replan terraform/vpc")),
        str![[r#"
------- stderr -------
◎ waiting for another plan of Terraform flux-system/vpc
✔ Terraform flux-system/vpc: no changes

"#]]
    );
}

#[test]
fn drift_becomes_a_plan() {
    let infra = applied();
    infra.merge(&config_maps(), "cloud-vpc", json!({"data": {"network.main": DRIFTED}}));
    infra.request(&terraforms(), "vpc", "look");
    infra.wait(&terraforms(), "vpc", |vpc| condition(vpc, "Ready")["reason"] == "DriftDetected");
    assert_data_eq!(
        told(&infra.nigari("plan new vpc --for-drift")),
        str![[r#"
------- stderr -------
◎ waiting for another plan of Terraform flux-system/vpc
► Terraform flux-system/vpc: [PLAN] of main@sha1:[COMMIT], planned at [TIME]
    0 to add, 1 to change, 0 to destroy
      ~ network.main
    digest [DIGEST]
✔ Terraform flux-system/vpc: the plan waits for approval: nigari plan approve vpc -n flux-system

"#]]
    );
}

#[test]
fn what_would_be_applied_unseen_is_not_planned() {
    let (infra, id) = Infra::with_vpc(&json!({}));
    let armed = json!({"spec": {"suspend": true, "approvePlan": id}});
    infra.merge(&terraforms(), "vpc", armed);
    let create = "create terraform vpc --source=GitRepository/code --path=./other --interval=1h";
    for command in ["plan new vpc", "plan destroy vpc --yes", "resume terraform vpc", create] {
        let run = infra.nigari(command);
        assert_eq!(run.exit_code(), Some(7), "{command}: {run}");
        assert!(run.stderr().contains("nigari plan disarm vpc -n flux-system"), "{run}");
    }
    assert_eq!(infra.writes(), "");
    infra.merge(&terraforms(), "vpc", json!({"spec": {"approvePlan": null}}));
    assert_data_eq!(
        told(&infra.nigari("plan new vpc dns")),
        str![[r#"
------- stderr -------
✗ Terraform flux-system/vpc is suspended: nobody plans it
✗ Terraform flux-system/dns not found
error: 2 of 2 objects were not planned again
[exit status: 1]

"#]]
    );
}

#[test]
fn a_rejection_is_noted_for_people() {
    let (infra, _) = Infra::with_vpc(&json!({}));
    let reject = "plan reject vpc --reason=too-large --suspend";
    assert_data_eq!(
        told(&infra.nigari(reject)),
        str![[r#"
------- stderr -------
✔ Terraform flux-system/vpc: [PLAN] is rejected, and it is suspended

"#]]
    );
    assert_data_eq!(
        infra.writes(),
        str![[r#"
PATCH flux-system/terraforms/vpc
  /spec/suspend = true
  /metadata/annotations = {"nigari-cli.github.io/rejected-plan":"{/"plan/":/"[PLAN]/",/"by/":/"admin/",/"at/":/"[TIME]/",/"reason/":/"too-large/"}","nigari-cli.github.io/suspended-reason":"too-large"}

"#]]
    );
    assert_data_eq!(
        told(&infra.nigari(reject)),
        str![[r#"
------- stderr -------
✔ Terraform flux-system/vpc: [PLAN] is rejected already

"#]]
    );
    let again = infra.nigari("plan reject vpc");
    assert!(again.stderr().contains("is rejected already"), "its reason stays: {again}");
    assert_eq!(infra.writes(), "");
    let run = infra.nigari("resume terraform vpc --wait=false");
    assert_eq!(run.exit_code(), Some(0), "{run}");
    infra.waiting("vpc");
    assert_data_eq!(
        told(&infra.nigari(&infra.approval("vpc"))),
        str![[r#"
------- stderr -------
► Terraform flux-system/vpc: [PLAN] of main@sha1:[COMMIT], planned at [TIME]
    1 to add, 0 to change, 0 to destroy
      + network.main
    outputs that change: cidr
    digest [DIGEST]
⚠️ admin has rejected it at [TIME]: too-large
◎ pausing Terraform flux-system/vpc until nothing is in flight
◎ [PLAN] is approved: waiting until Terraform flux-system/vpc has applied it
✔ Terraform flux-system/vpc: [PLAN] was applied, as reviewed

"#]]
    );
    assert_data_eq!(
        told(&infra.nigari("plan reject vpc")),
        str![[r#"
------- stderr -------
error: no plan of Terraform flux-system/vpc waits, so there is none to reject
[exit status: 1]

"#]]
    );
}

#[test]
fn destruction_is_a_plan_that_waits_too() {
    let infra = applied();
    assert_data_eq!(
        told(&infra.nigari("plan destroy vpc")),
        str![[r#"
------- stderr -------
error: there is no terminal to ask on whether everything may be destroyed
  hint: --yes does it without asking
[exit status: 2]

"#]]
    );
    assert_data_eq!(
        told(&infra.nigari("plan destroy vpc --yes")),
        str![[r#"
------- stderr -------
◎ waiting for the plan of Terraform flux-system/vpc
► Terraform flux-system/vpc: [PLAN] of main@sha1:[COMMIT], planned at [TIME], which destroys everything
    0 to add, 0 to change, 1 to destroy
      - network.main
    outputs that change: cidr
    digest [DIGEST]
✔ Terraform flux-system/vpc: the plan waits for approval: nigari plan approve vpc -n flux-system

"#]]
    );
    assert_data_eq!(
        told(&infra.nigari("plan destroy vpc --yes")),
        str![[r#"
------- stderr -------
✔ Terraform flux-system/vpc is to be destroyed already

"#]]
    );
    assert!(infra.network("vpc").is_some());
    assert_data_eq!(
        told(&infra.nigari("plan destroy vpc --cancel")),
        str![[r#"
------- stderr -------
◎ waiting for the plan of Terraform flux-system/vpc
✔ Terraform flux-system/vpc: no changes

"#]]
    );
    assert_data_eq!(
        infra.writes(),
        str![[r#"
PATCH flux-system/terraforms/vpc
  /spec/destroy = true
  /metadata/annotations/reconcile.fluxcd.io~1requestedAt = "[TIME]"
PATCH flux-system/terraforms/vpc
  remove /spec/destroy
  /metadata/annotations/reconcile.fluxcd.io~1requestedAt = "[TIME]"

"#]]
    );
}

/// The Terraform object `vpc`, whose state is locked by `who`.
fn locked(who: &str) -> Infra {
    let infra = Infra::new();
    let info = json!({
        "ID": "0-1", "Operation": "OperationTypeApply", "Who": who, "Version": "1.12.1",
        "Created": "2026-01-01T00:00:00Z", "Path": "tfstate-default-vpc",
    });
    infra.create(
        &resource("coordination.k8s.io/v1", "Lease", "leases"),
        json!({
            "metadata": {
                "name": "lock-tfstate-default-vpc", "namespace": "flux-system",
                "annotations": {"app.terraform.io/lock-info": info.to_string()},
            },
            "spec": {"holderIdentity": "0-1"},
        }),
    );
    infra.terraform("vpc", &json!({}));
    infra.wait(&terraforms(), "vpc", |vpc| {
        vpc["status"]["lock"]["pending"] == "0-1" && condition(vpc, "Ready")["status"] == "False"
    });
    infra.sandbox.recorder().clear();
    infra
}

#[test]
fn a_lock_of_a_runner_that_is_gone_is_broken_and_the_manifest_restored() {
    let infra = locked("runner@vpc-tf-runner");
    assert_data_eq!(
        told(&infra.nigari("plan unlock vpc --lock-id=0-2 --yes")),
        str![[r#"
------- stderr -------
error: Terraform flux-system/vpc is locked by 0-1, and not by 0-2
[exit status: 7]

"#]]
    );
    assert_data_eq!(
        told(&infra.nigari("plan unlock vpc --yes")),
        str![[r#"
------- stderr -------
► lock 0-1 of Terraform flux-system/vpc for OperationTypeApply since [TIME]: its own runner, which is gone
✔ Terraform flux-system/vpc: lock 0-1 is broken

"#]]
    );
    assert_data_eq!(
        infra.writes(),
        str![[r#"
PATCH flux-system/terraforms/vpc
  /spec/tfstate = {"forceUnlock":"yes","lockIdentifier":"0-1"}
  /metadata/annotations = {"reconcile.fluxcd.io/requestedAt":"[TIME]"}
PATCH flux-system/terraforms/vpc
  remove /spec/tfstate

"#]]
    );
    assert!(infra.vpc()["spec"]["tfstate"].is_null());
    infra.waiting("vpc");
    assert_data_eq!(
        told(&infra.nigari("plan unlock vpc --yes")),
        str![[r#"
------- stderr -------
✔ Terraform flux-system/vpc is not locked, as far as its controller knows

"#]]
    );
}

#[test]
fn a_lock_of_somebody_else_is_broken_by_force_only() {
    let infra = locked("alice@laptop");
    assert_data_eq!(
        told(&infra.nigari("plan unlock vpc --yes")),
        str![[r#"
------- stderr -------
► lock 0-1 of Terraform flux-system/vpc for OperationTypeApply since [TIME]: alice@laptop, who may be at work
error: Terraform flux-system/vpc is locked by alice@laptop, who may be at work
  hint: --force breaks the lock all the same
[exit status: 7]

"#]]
    );
    assert_eq!(infra.writes(), "");
    let run = infra.nigari("plan unlock vpc --yes --force");
    assert_eq!(run.exit_code(), Some(0), "{run}");
    infra.waiting("vpc");
}

#[cfg(unix)]
#[test]
fn a_binary_that_is_called_tfctl_speaks_its_grammar() {
    let (infra, _) = Infra::with_vpc(&json!({}));
    let tfctl = infra.sandbox.home().join("tfctl");
    std::os::unix::fs::symlink(env!("CARGO_BIN_EXE_nigari"), &tfctl).unwrap();
    let run = |arguments: &str| {
        let mut command = infra.sandbox.command(&tfctl);
        command.args(arguments.split(' ')).stdin(std::process::Stdio::null());
        nigari_test_support::run::Run::of(&infra.sandbox, command.output().unwrap())
    };
    assert_data_eq!(
        told(&run("get")),
        str![[r#"
NAME   REVISION   STATE     PENDING PLAN           SUSPENDED   READY     MESSAGE
vpc               pending   [PLAN]   False       Unknown   plan [PLAN] waits for approval

"#]]
    );
    assert_data_eq!(
        told(&run("-n flux-system replan vpc")),
        str![[r#"
------- stderr -------
◎ waiting for another plan of Terraform flux-system/vpc
► Terraform flux-system/vpc: [PLAN] of main@sha1:[COMMIT], planned at [TIME]
    1 to add, 0 to change, 0 to destroy
      + network.main
    outputs that change: cidr
    digest [DIGEST]
✔ Terraform flux-system/vpc: the plan waits for approval: nigari plan approve vpc -n flux-system

"#]]
    );
    assert_data_eq!(
        told(&run("suspend vpc")),
        str![[r#"
------- stderr -------
► suspending terraform vpc in flux-system namespace
✔ terraform suspended

"#]]
    );
    assert_data_eq!(
        told(&run("install")),
        str![[r#"
------- stderr -------
error: tfctl install is not there, or means something else here

Usage: nigari [OPTIONS] <COMMAND>

For more information, try '--help'.
[exit status: 2]

"#]]
    );
}
