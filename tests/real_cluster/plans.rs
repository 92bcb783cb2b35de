//! Approvals of plans: the tests of the patches, as a real API server evaluates them.

use nigari_sandbox::control_plane::{self, given};
use nigari_sandbox::sandbox::Sandbox;
use nigari_test_support::infra::{Infra, config_maps, terraforms, told};
use serde_json::json;

/// The cluster with the object `vpc`, whose plan waits.
fn vpc() -> Option<(Infra, std::sync::MutexGuard<'static, ()>)> {
    if given::kubeconfig_path().is_none()
        && let Some(reason) = control_plane::missing().unwrap()
    {
        println!("skipped: {reason}");
        return None;
    }
    let turn = crate::TURN.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    let infra = Infra::of(Sandbox::builder().real().cleared());
    infra.terraform("vpc", &json!({}));
    infra.waiting("vpc");
    Some((infra, turn))
}

#[test]
fn a_plan_is_reviewed_approved_applied_and_disarmed() {
    let Some((infra, _turn)) = vpc() else { return };
    // Another plan than the one that was reviewed.
    let reviewed = infra.approval("vpc");
    let variables = json!([{"name": "cidr", "value": "192.168.0.0/16"}]);
    infra.merge(&terraforms(), "vpc", json!({"spec": {"vars": variables}}));
    infra.waiting("vpc");
    let run = infra.nigari(&reviewed);
    assert_eq!(run.exit_code(), Some(7), "{run}");
    assert!(infra.is_clean("vpc"));
    assert_eq!(infra.network("vpc"), None);

    let run = infra.nigari(&infra.approval("vpc"));
    assert!(told(&run).contains("was applied, as reviewed"), "{run}");
    assert!(infra.is_clean("vpc"));
    assert_eq!(infra.network("vpc").unwrap()["cidr"], "192.168.0.0/16");

    let run = infra.nigari("plan new vpc");
    assert!(told(&run).contains("no changes"), "{run}");

    // The second plan differs from the reviewed one: the world has changed.
    infra.merge(&terraforms(), "vpc", json!({"spec": {"vars": null}}));
    infra.waiting("vpc");
    let drifted = json!({"data": {"network.main": "{\"cidr\":\"drifted\",\"id\":\"x\"}"}});
    infra.merge(&config_maps(), "cloud-vpc", drifted);
    let run = infra.nigari(&infra.approval("vpc"));
    assert_eq!(run.exit_code(), Some(7), "{run}");
    assert!(told(&run).contains("is not what was reviewed"), "{run}");
    assert!(infra.is_clean("vpc"));

    // A standing approval is taken back.
    infra.merge(&terraforms(), "vpc", json!({"spec": {"approvePlan": "plan-other"}}));
    let run = infra.nigari("plan disarm vpc");
    assert_eq!(run.exit_code(), Some(0), "{run}");
    assert!(infra.is_clean("vpc"));
    assert_eq!(infra.sandbox.troubles(), [""; 0]);
}
