//! `nigari install` when something is in the way: the cause in one line, the next step in another.

use nigari_sandbox::kube::Deny;
use nigari_sandbox::sandbox::Sandbox;
use serde_json::json;
use snapbox::{assert_data_eq, str};

use crate::fleet::Fleet;

/// Runs an installation of one component under a fault, for as long as it takes to see the cause.
fn install_under(fault: &str) -> String {
    let fleet = Fleet::new();
    fleet.sandbox.faults().arm(fault).unwrap();
    let run = fleet.nigari("install --components=helm-controller --timeout=12s");
    let seen = without_hash(&run.to_string());
    fleet.sandbox.faults().clear(fault.split('=').next().unwrap());
    let again = fleet.nigari("install --components=helm-controller");
    assert_eq!(again.exit_code(), Some(0), "{again}");
    fleet.finish();
    seen
}

/// How it ended, without the parts of names that are made up by the cluster.
fn without_hash(text: &str) -> String {
    let (_, error) = text.split_once("\nerror: ").expect("it fails");
    let mut seen = String::from("error: ");
    let mut rest = error;
    while let Some((before, after)) = rest.split_once("helm-controller-") {
        let end = after.find([':', ' ', '"']).unwrap_or(after.len());
        seen += &format!("{before}helm-controller-[HASH]");
        rest = &after[end..];
    }
    seen + rest
}

#[test]
fn an_image_cannot_be_pulled() {
    assert_data_eq!(install_under("workload.pull=helm-controller"), str![]);
}

#[test]
fn a_container_crashes() {
    assert_data_eq!(install_under("workload.crash=helm-controller"), str![]);
}

#[test]
fn a_quota_is_used_up() {
    assert_data_eq!(install_under("workload.quota=helm-controller"), str![]);
}

#[test]
fn no_node_has_room() {
    assert_data_eq!(install_under("workload.pending=helm-controller"), str![]);
}

#[test]
fn rights_are_missing() {
    let fleet = Fleet::of(Sandbox::builder().without_players());
    for (group, resource) in
        [("apiextensions.k8s.io", "customresourcedefinitions"), ("apps", "deployments")]
    {
        fleet.kube().deny(Deny::new("patch", group, resource));
    }
    let refused = fleet.nigari("install");
    assert_data_eq!(refused.to_string(), str![]);
    fleet.assert_untouched(&refused);
    fleet.finish();
}

#[test]
fn the_api_server_goes_away_in_the_middle() {
    let fleet = Fleet::new();
    fleet.sandbox.faults().arm("kube.cut=before:20").unwrap();
    assert_data_eq!(fleet.nigari("install").to_string(), str![]);
    fleet.sandbox.faults().clear("kube.cut");
    let again = fleet.nigari("install");
    assert_eq!(again.exit_code(), Some(0), "{again}");
    fleet.finish();
}

#[test]
fn the_namespace_is_still_being_deleted() {
    let fleet = Fleet::of(Sandbox::builder().without_players());
    fleet
        .kube()
        .put(json!({
            "apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "flux-system",
                "deletionTimestamp": "2026-01-01T00:00:00Z", "finalizers": ["example.com/held"]},
            "status": {"phase": "Terminating"},
        }))
        .unwrap();
    let refused = fleet.nigari("install");
    assert_data_eq!(refused.to_string(), str![]);
    fleet.finish();
}

#[test]
fn arguments_that_cannot_be() {
    let fleet = Fleet::of(Sandbox::builder().without_players());
    assert_data_eq!(fleet.nigari("install --components=foo").to_string(), str![]);
    assert_data_eq!(fleet.nigari("install --export --dry-run").to_string(), str![]);
    assert_eq!(fleet.sandbox.recorder().all(), []);
}
