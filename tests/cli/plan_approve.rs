//! `plan approve`: exactly what was reviewed, and nothing is left behind.

use std::process::Child;

use serde_json::{Value, json};
use snapbox::{assert_data_eq, str};

use crate::infra::{Infra, condition, config_maps, module, pending, terraforms, told};

const DRIFTED: &str = "{\"cidr\":\"drifted\",\"id\":\"x\"}";

#[test]
fn a_plan_is_approved_followed_compared_and_the_approval_taken_back() {
    let (infra, id) = Infra::with_vpc(&json!({}));
    assert_data_eq!(told(&infra.nigari(&infra.approval("vpc"))), str![]);
    assert_data_eq!(infra.writes(), str![]);
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
    assert_data_eq!(told(&infra.nigari(&infra.approval("vpc"))), str![]);
    assert!(infra.is_clean("vpc"));
}

#[test]
fn what_nobody_can_read_is_refused_unless_it_is_asked_for() {
    let (infra, _) = Infra::with_vpc(&json!({"storeReadablePlan": "none"}));
    let approval = infra.approval("vpc");
    assert_data_eq!(told(&infra.nigari(&approval)), str![]);
    assert_eq!(infra.writes(), "");
    assert_data_eq!(told(&infra.nigari(&format!("{approval} --unverified"))), str![]);
    assert!(infra.is_clean("vpc"));
    assert!(infra.network("vpc").is_some());
}

#[test]
fn without_a_terminal_it_has_to_be_said_what_was_reviewed() {
    let (infra, _) = Infra::with_vpc(&json!({}));
    assert_data_eq!(told(&infra.nigari("plan approve vpc")), str![]);
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
    assert_data_eq!(told(&infra.nigari(digest)), str![]);
    infra.publish(&module("10.1.0.0/16"));
    infra.waiting_for_another("vpc", &approval);
    assert_data_eq!(told(&infra.nigari(&approval)), str![]);
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
    assert_data_eq!(told(&infra.nigari(&infra.approval("vpc"))), str![]);
    assert!(infra.is_clean("vpc"));
}

#[test]
fn an_apply_that_fails_leaves_nothing_that_would_apply_again() {
    let (infra, _) = Infra::with_vpc(&json!({}));
    infra.sandbox.faults().arm("tofu.apply=vpc").unwrap();
    assert_data_eq!(told(&infra.nigari(&infra.approval("vpc"))), str![]);
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
    assert_data_eq!(told(&infra.nigari("plan new vpc")), str![]);
    let disarmed = infra.start("plan disarm vpc");
    assert_data_eq!(told(&infra.finished(disarmed)), str![]);
    assert!(infra.is_clean("vpc"));
    assert_data_eq!(told(&infra.nigari("plan disarm vpc")), str![]);
}

#[test]
fn an_approval_that_stands_is_taken_back_before_another_review() {
    let (infra, id) = Infra::with_vpc(&json!({}));
    let approval = infra.approval("vpc");
    infra.merge(&terraforms(), "vpc", json!({"spec": {"approvePlan": &id[..id.len() - 2]}}));
    let run = told(&infra.nigari(&approval));
    assert_data_eq!(run, str![]);
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
    let child = paused(&infra, "--timeout=6s");
    let run = infra.finished(child);
    assert_eq!(run.exit_code(), Some(5), "{run}");
    assert_data_eq!(told(&run), str![]);
    assert!(infra.is_clean("vpc"));
}

#[test]
fn an_edit_after_the_approval_is_told_and_the_approval_taken_back() {
    let (infra, _) = Infra::with_vpc(&json!({}));
    let child = paused(&infra, "");
    let variables = json!([{"name": "cidr", "value": "192.168.0.0/16"}]);
    infra.merge(&terraforms(), "vpc", json!({"spec": {"vars": variables}}));
    let run = infra.finished(child);
    assert_data_eq!(told(&run), str![]);
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
    assert_data_eq!(told(&infra.nigari(&format!("{approval} --max-destroy=0"))), str![]);
    let run = infra.nigari(&format!("{approval} --max-destroy=1"));
    assert_eq!(run.exit_code(), Some(0), "{run}");
    assert_eq!(infra.network("vpc"), None);
    assert!(infra.is_clean("vpc"));
}

#[test]
fn what_is_not_there_is_not_approved() {
    let (infra, id) = Infra::with_vpc(&json!({}));
    let approval = infra.approval("vpc");
    assert_data_eq!(told(&infra.nigari(&approval.replace("vpc", "dns"))), str![]);
    infra.merge(&terraforms(), "vpc", json!({"spec": {"suspend": true}}));
    assert_data_eq!(told(&infra.nigari(&approval)), str![]);
    assert_eq!(infra.writes(), "");
    assert_eq!(pending(&infra.vpc()), id);
}
