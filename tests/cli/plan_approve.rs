//! `plan approve`: exactly what was reviewed, and nothing is left behind.

use std::process::Child;

use nigari_test_support::infra::{
    Infra, condition, config_maps, module, pending, terraforms, told,
};
use serde_json::{Value, json};
use snapbox::{assert_data_eq, str};

const DRIFTED: &str = "{\"cidr\":\"drifted\",\"id\":\"x\"}";

#[test]
fn a_plan_is_approved_followed_compared_and_the_approval_taken_back() {
    let (infra, id) = Infra::with_vpc(&json!({}));
    assert_data_eq!(
        told(&infra.nigari(&infra.approval("vpc"))),
        str![[r#"
------- stderr -------
► Terraform flux-system/vpc: [PLAN] of main@sha1:[COMMIT], planned at [TIME]
    1 to add, 0 to change, 0 to destroy
      + network.main
    outputs that change: cidr
    digest [DIGEST]
◎ pausing Terraform flux-system/vpc until nothing is in flight
◎ [PLAN] is approved: waiting until Terraform flux-system/vpc has applied it
✔ Terraform flux-system/vpc: [PLAN] was applied, as reviewed

"#]]
    );
    assert_data_eq!(
        infra.writes(),
        str![[r#"
PATCH flux-system/terraforms/vpc
  /spec/suspend = true
  /metadata/annotations = {"reconcile.fluxcd.io/requestedAt":"[TIME]","nigari-cli.github.io/frozen-for-plan":"[PLAN]","nigari-cli.github.io/suspended-reason":"nigari approves [PLAN]"}
PATCH flux-system/terraforms/vpc
  /spec/approvePlan = "[PLAN]"
  remove /spec/suspend
  remove /metadata/annotations/nigari-cli.github.io~1frozen-for-plan
  remove /metadata/annotations/nigari-cli.github.io~1suspended-reason
  /metadata/annotations/reconcile.fluxcd.io~1requestedAt = "[TIME]"
  /metadata/annotations/nigari-cli.github.io~1approved-plan = "{/"plan/":/"[PLAN]/",/"digest/":/"[DIGEST]/",/"by/":/"admin/",/"at/":/"[TIME]/"}"
PATCH flux-system/terraforms/vpc
  remove /spec/approvePlan

"#]]
    );
    assert!(infra.is_clean("vpc"));
    assert_eq!(infra.network("vpc").unwrap()["cidr"], "10.0.0.0/16");
    let record =
        infra.vpc()["metadata"]["annotations"]["nigari-cli.github.io/approved-plan"].clone();
    let record: Value = serde_json::from_str(record.as_str().unwrap()).unwrap();
    assert_eq!((&record["plan"], &record["by"]), (&json!(id), &json!("admin")));
}

#[test]
fn a_plan_in_text_is_compared_by_its_text() {
    let (infra, _) = Infra::with_vpc(&json!({"storeReadablePlan": "human"}));
    assert_data_eq!(
        told(&infra.nigari(&infra.approval("vpc"))),
        str![[r#"
------- stderr -------
► Terraform flux-system/vpc: [PLAN] of main@sha1:[COMMIT], planned at [TIME]
    1 to add, 0 to change, 0 to destroy
      + network.main
    outputs that change: cidr
    digest [DIGEST]
◎ pausing Terraform flux-system/vpc until nothing is in flight
◎ [PLAN] is approved: waiting until Terraform flux-system/vpc has applied it
✔ Terraform flux-system/vpc: [PLAN] was applied, as reviewed

"#]]
    );
    assert!(infra.is_clean("vpc"));
}

#[test]
fn what_nobody_can_read_is_refused_unless_it_is_asked_for() {
    let (infra, _) = Infra::with_vpc(&json!({"storeReadablePlan": "none"}));
    let approval = infra.approval("vpc");
    assert_data_eq!(
        told(&infra.nigari(&approval)),
        str![[r#"
------- stderr -------
error: cannot approve a plan of Terraform flux-system/vpc: nobody can review it, and nobody can compare it with what is applied: only the plan file is stored, and only OpenTofu can read it
  hint: nigari plan show vpc -n flux-system --enable-readable, or approve it unseen with --unverified
[exit status: 1]

"#]]
    );
    assert_eq!(infra.writes(), "");
    assert_data_eq!(
        told(&infra.nigari(&format!("{approval} --unverified"))),
        str![[r#"
------- stderr -------
► Terraform flux-system/vpc: [PLAN] of main@sha1:[COMMIT], planned at [TIME]
    what it does is not known: only the plan file is stored, and only OpenTofu can read it
    digest [DIGEST]
◎ pausing Terraform flux-system/vpc until nothing is in flight
◎ [PLAN] is approved: waiting until Terraform flux-system/vpc has applied it
✔ Terraform flux-system/vpc: [PLAN] was applied; nobody could compare it with what was reviewed

"#]]
    );
    assert!(infra.is_clean("vpc"));
    assert!(infra.network("vpc").is_some());
}

#[test]
fn without_a_terminal_it_has_to_be_said_what_was_reviewed() {
    let (infra, _) = Infra::with_vpc(&json!({}));
    assert_data_eq!(
        told(&infra.nigari("plan approve vpc")),
        str![[r#"
------- stderr -------
error: there is no terminal to ask on whether this plan is approved
  hint: --yes with --plan-id and --digest approves what was reviewed before
[exit status: 2]

"#]]
    );
    let run = infra.nigari("plan approve vpc --yes");
    assert_eq!(run.exit_code(), Some(2), "{run}");
    let run = infra.nigari(&format!("{} dns", infra.approval("vpc")));
    assert_eq!(run.exit_code(), Some(2), "{run}");
    assert_eq!(infra.writes(), "");
}

#[test]
fn another_plan_than_the_reviewed_one_is_refused() {
    let (infra, _) = Infra::with_vpc(&json!({}));
    let approval = infra.approval("vpc");
    let digest = approval.replace(
        "sha256:",
        "sha256:0000000000000000000000000000000000000000000000000000000000000000 ",
    );
    let digest = digest.rsplit_once(' ').unwrap().0;
    assert_data_eq!(
        told(&infra.nigari(digest)),
        str![[r#"
------- stderr -------
error: the plan that waits at Terraform flux-system/vpc has the digest [DIGEST], and not [DIGEST]
  hint: review it again: nigari plan show vpc -n flux-system
[exit status: 7]

"#]]
    );
    infra.publish(&module("10.1.0.0/16"));
    infra.waiting_for_another("vpc", &approval);
    assert_data_eq!(
        told(&infra.nigari(&approval)),
        str![[r#"
------- stderr -------
error: the plan that waits at Terraform flux-system/vpc is [PLAN], and not [PLAN]
  hint: review it again: nigari plan show vpc -n flux-system
[exit status: 7]

"#]]
    );
    assert_eq!(infra.writes(), "");
    assert_eq!(infra.network("vpc"), None);
}

#[test]
fn a_second_plan_that_differs_is_told() {
    let (infra, _) = Infra::with_vpc(&json!({}));
    infra.create(
        &config_maps(),
        json!({"metadata": {"name": "cloud-vpc", "namespace": "flux-system"}, "data": {"network.main": DRIFTED}}),
    );
    assert_data_eq!(
        told(&infra.nigari(&infra.approval("vpc"))),
        str![[r#"
------- stderr -------
► Terraform flux-system/vpc: [PLAN] of main@sha1:[COMMIT], planned at [TIME]
    1 to add, 0 to change, 0 to destroy
      + network.main
    outputs that change: cidr
    digest [DIGEST]
◎ pausing Terraform flux-system/vpc until nothing is in flight
◎ [PLAN] is approved: waiting until Terraform flux-system/vpc has applied it
error: Terraform flux-system/vpc: [PLAN] was applied; what was planned under the approval is not what was reviewed
  cause: it treats differently: network.main
[exit status: 7]

"#]]
    );
    assert!(infra.is_clean("vpc"));
}

#[test]
fn an_apply_that_fails_leaves_nothing_that_would_apply_again() {
    let (infra, _) = Infra::with_vpc(&json!({}));
    infra.sandbox.faults().arm("tofu.apply=vpc").unwrap();
    assert_data_eq!(
        told(&infra.nigari(&infra.approval("vpc"))),
        str![[r#"
------- stderr -------
► Terraform flux-system/vpc: [PLAN] of main@sha1:[COMMIT], planned at [TIME]
    1 to add, 0 to change, 0 to destroy
      + network.main
    outputs that change: cidr
    digest [DIGEST]
◎ pausing Terraform flux-system/vpc until nothing is in flight
◎ [PLAN] is approved: waiting until Terraform flux-system/vpc has applied it
error: Terraform flux-system/vpc: [PLAN] could not be applied: error running Apply: rpc error: code = Internal desc = exit status 1
    
    Error: the sandbox lets this apply fail
[exit status: 1]

"#]]
    );
    assert!(infra.is_clean("vpc"));
}

#[test]
fn what_a_killed_approval_has_left_is_taken_back_first() {
    let (infra, id) = Infra::with_vpc(&json!({}));
    infra.sandbox.faults().arm("tofu.pause=init").unwrap();
    let mut child = infra.start(&infra.approval("vpc"));
    infra.wait(&terraforms(), "vpc", |vpc| vpc["spec"]["approvePlan"] == json!(id));
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(!infra.is_clean("vpc"));
    assert_data_eq!(
        told(&infra.nigari("plan new vpc")),
        str![[r#"
------- stderr -------
error: Terraform flux-system/vpc: an approval of [PLAN] stands, and would let the next plan through unseen
  hint: nigari plan disarm vpc -n flux-system
[exit status: 7]

"#]]
    );
    let disarmed = infra.start("plan disarm vpc");
    assert_data_eq!(
        told(&infra.finished(disarmed)),
        str![[r#"
------- stderr -------
✔ Terraform flux-system/vpc: an approval of [PLAN] stands: taken back

"#]]
    );
    assert!(infra.is_clean("vpc"));
    assert_data_eq!(
        told(&infra.nigari("plan disarm vpc")),
        str![[r#"
------- stderr -------
✔ Terraform flux-system/vpc: no approval stands

"#]]
    );
}

#[test]
fn an_approval_that_stands_is_taken_back_before_another_review() {
    let (infra, id) = Infra::with_vpc(&json!({}));
    let approval = infra.approval("vpc");
    infra.merge(&terraforms(), "vpc", json!({"spec": {"approvePlan": &id[..id.len() - 2]}}));
    let run = told(&infra.nigari(&approval));
    assert_data_eq!(
        run,
        str![[r#"
------- stderr -------
⚠️ Terraform flux-system/vpc: an approval of [PART] stands, which is no whole id; it is taken back first
error: the plan that waits at Terraform flux-system/vpc has the digest [DIGEST], and not [DIGEST]
  hint: review it again: nigari plan show vpc -n flux-system
[exit status: 7]

"#]]
    );
    assert!(infra.is_clean("vpc"));
    assert_eq!(infra.network("vpc"), None);
}

/// Starts an approval, and waits until the plan is made again under it.
fn paused(infra: &Infra, more: &str) -> Child {
    infra.sandbox.faults().arm("tofu.pause=plan").unwrap();
    let child = infra.start(&format!("{} {more}", infra.approval("vpc")));
    infra.wait(&terraforms(), "vpc", |vpc| {
        vpc["spec"]["approvePlan"].is_string()
            && condition(vpc, "Ready")["message"] == "Terraform Planning"
    });
    child
}

#[cfg(unix)]
fn signal(child: &Child, name: &str) {
    let status = std::process::Command::new("kill").args([name, &child.id().to_string()]).status();
    assert!(status.unwrap().success());
}

#[cfg(unix)]
#[test]
fn an_interrupted_approval_is_taken_back() {
    for name in ["-INT", "-TERM"] {
        let (infra, _) = Infra::with_vpc(&json!({}));
        let child = paused(&infra, "");
        signal(&child, name);
        let run = infra.finished(child);
        assert_eq!(run.exit_code(), Some(130), "{run}");
        assert!(infra.is_clean("vpc"), "{:#}", infra.vpc());
    }
}

#[test]
fn an_approval_whose_time_is_over_is_taken_back() {
    let (infra, _) = Infra::with_vpc(&json!({}));
    let child = paused(&infra, "--timeout=15s");
    let run = infra.finished(child);
    assert_eq!(run.exit_code(), Some(5), "{run}");
    assert_data_eq!(
        told(&run),
        str![[r#"
------- stderr -------
► Terraform flux-system/vpc: [PLAN] of main@sha1:[COMMIT], planned at [TIME]
    1 to add, 0 to change, 0 to destroy
      + network.main
    outputs that change: cidr
    digest [DIGEST]
◎ pausing Terraform flux-system/vpc until nothing is in flight
◎ [PLAN] is approved: waiting until Terraform flux-system/vpc has applied it
error: timed out after 15s waiting for Terraform flux-system/vpc
  cause: it is planned again; last seen: Ready=Unknown Progressing: Terraform Planning (for [AGE], revision main@sha1:[COMMIT])
  hint: give it longer with --timeout
[exit status: 5]

"#]]
    );
    assert!(infra.is_clean("vpc"));
}

#[test]
fn an_edit_after_the_approval_is_told_and_the_approval_taken_back() {
    let (infra, _) = Infra::with_vpc(&json!({}));
    let child = paused(&infra, "");
    let variables = json!([{"name": "cidr", "value": "192.168.0.0/16"}]);
    infra.merge(&terraforms(), "vpc", json!({"spec": {"vars": variables}}));
    let run = infra.finished(child);
    assert_data_eq!(
        told(&run),
        str![[r#"
------- stderr -------
► Terraform flux-system/vpc: [PLAN] of main@sha1:[COMMIT], planned at [TIME]
    1 to add, 0 to change, 0 to destroy
      + network.main
    outputs that change: cidr
    digest [DIGEST]
◎ pausing Terraform flux-system/vpc until nothing is in flight
◎ [PLAN] is approved: waiting until Terraform flux-system/vpc has applied it
error: Terraform flux-system/vpc: somebody changed the spec after [PLAN] was approved; the approval was taken back, and what was planned under it until then may be applied
[exit status: 7]

"#]]
    );
    assert!(infra.is_clean("vpc"));
}

#[test]
fn a_plan_may_destroy_no_more_than_was_said() {
    let (infra, _) = Infra::with_vpc(&json!({}));
    let run = infra.nigari(&format!("{} --max-destroy=0", infra.approval("vpc")));
    assert_eq!(run.exit_code(), Some(0), "{run}");
    infra.merge(&terraforms(), "vpc", json!({"spec": {"destroy": true}}));
    infra.waiting("vpc");
    let approval = infra.approval("vpc");
    assert_data_eq!(
        told(&infra.nigari(&format!("{approval} --max-destroy=0"))),
        str![[r#"
------- stderr -------
error: the plan of Terraform flux-system/vpc destroys 1, and --max-destroy is 0
[exit status: 1]

"#]]
    );
    let run = infra.nigari(&format!("{approval} --max-destroy=1"));
    assert_eq!(run.exit_code(), Some(0), "{run}");
    assert_eq!(infra.network("vpc"), None);
    assert!(infra.is_clean("vpc"));
}

#[test]
fn what_is_not_there_is_not_approved() {
    let (infra, id) = Infra::with_vpc(&json!({}));
    let approval = infra.approval("vpc");
    assert_data_eq!(
        told(&infra.nigari(&approval.replace("vpc", "dns"))),
        str![[r#"
------- stderr -------
error: Terraform flux-system/dns not found
  hint: list them with: nigari get terraform -A
[exit status: 3]

"#]]
    );
    infra.merge(&terraforms(), "vpc", json!({"spec": {"suspend": true}}));
    assert_data_eq!(
        told(&infra.nigari(&approval)),
        str![[r#"
------- stderr -------
error: cannot approve a plan of Terraform flux-system/vpc: it is suspended
  hint: nigari resume terraform vpc -n flux-system
[exit status: 1]

"#]]
    );
    assert_eq!(infra.writes(), "");
    assert_eq!(pending(&infra.vpc()), id);
}

#[cfg(target_os = "linux")]
mod on_a_terminal {
    use super::*;
    use nigari_test_support::program::typed;

    #[test]
    fn a_person_is_asked_and_types_more_for_what_destroys() {
        let (infra, _) = Infra::with_vpc(&json!({}));
        assert_data_eq!(
            told(&typed(&infra.sandbox, "plan approve vpc", "no\n")),
            str![[r#"
► Terraform flux-system/vpc: [PLAN] of main@sha1:[COMMIT], planned at [TIME]
    1 to add, 0 to change, 0 to destroy
      + network.main
    outputs that change: cidr
    digest [DIGEST]
type "yes" to approve it for Terraform flux-system/vpc: error: the plan of Terraform flux-system/vpc was not approved; nothing was written
[exit status: 1]

"#]]
        );
        assert_eq!(infra.writes(), "");
        let run = typed(&infra.sandbox, "plan approve vpc", "yes\n");
        assert_eq!(run.exit_code(), Some(0), "{run}");
        infra.merge(&terraforms(), "vpc", json!({"spec": {"destroy": true}}));
        infra.waiting("vpc");
        let run = typed(&infra.sandbox, "plan approve vpc", "yes\n");
        assert_eq!(run.exit_code(), Some(1), "{run}");
        assert!(infra.network("vpc").is_some());
        assert_data_eq!(
            told(&typed(&infra.sandbox, "plan approve vpc", "vpc\n")),
            str![[r#"
► Terraform flux-system/vpc: [PLAN] of main@sha1:[COMMIT], planned at [TIME], which destroys everything
    0 to add, 0 to change, 1 to destroy
      - network.main
    outputs that change: cidr
    digest [DIGEST]
it destroys everything: type "vpc" to approve it for Terraform flux-system/vpc: ◎ pausing Terraform flux-system/vpc until nothing is in flight
◎ [PLAN] is approved: waiting until Terraform flux-system/vpc has applied it
✔ Terraform flux-system/vpc: [PLAN] was applied, as reviewed

"#]]
        );
        assert_eq!(infra.network("vpc"), None);
        assert!(infra.is_clean("vpc"));
    }

    #[test]
    fn one_failure_hides_no_other_outcome() {
        let (infra, _) = Infra::with_vpc(&json!({}));
        infra.terraform("dns", &json!({}));
        infra.waiting("dns");
        infra.sandbox.faults().arm("tofu.apply=dns").unwrap();
        let run = typed(&infra.sandbox, "plan approve vpc dns none", "yes\nyes\n");
        assert_eq!(run.exit_code(), Some(1), "{run}");
        let told = told(&run);
        for words in [
            "Terraform flux-system/vpc: [PLAN] was applied, as reviewed",
            "Terraform flux-system/dns: [PLAN] could not be applied",
            "Terraform flux-system/none not found",
            "2 of 3 objects were not approved and applied as reviewed",
        ] {
            assert!(told.contains(words), "{words}: {told}");
        }
        assert!(infra.is_clean("vpc") && infra.is_clean("dns"));
        assert!(infra.network("vpc").is_some());
    }
}
