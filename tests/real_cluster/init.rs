//! A layout that is committed, merged and applied: by the sandbox's own API and by a real control plane.

use nigari_test_support::fleet::{Fleet, REPOSITORY};

use crate::{real, sandbox};

#[test]
fn a_layout_is_applied_in_the_sandbox() {
    commit_then_propose(sandbox());
}

#[test]
fn a_layout_is_applied_by_a_real_control_plane() {
    let Some((fleet, _turn)) = real() else { return };
    commit_then_propose(fleet);
}

fn commit_then_propose(fleet: Fleet) {
    let bootstrapped = fleet.bootstrap("");
    assert_eq!(bootstrapped.exit_code(), Some(0), "{bootstrapped}");
    let committed = fleet.nigari("init --commit");
    assert_eq!(committed.exit_code(), Some(0), "{committed}");
    for part in ["infrastructure", "apps"] {
        let ready =
            format!("✔ Kustomization flux-system/{part} is ready: applied revision main@sha1:");
        assert!(committed.to_string().contains(&ready), "{committed}");
        let kustomization = fleet.object("kustomize.toolkit.fluxcd.io/v1", "Kustomization", part);
        let inventory = &kustomization.unwrap()["status"]["inventory"]["entries"][0]["id"];
        assert_eq!(inventory, &format!("_{part}__Namespace"));
    }

    let proposed = fleet.nigari("init --pull-request --environments=production,test");
    assert_eq!(proposed.exit_code(), Some(9), "{proposed}");
    fleet.github().merge_pull_request("acme", REPOSITORY, 1).unwrap();
    let merged = fleet.nigari("init --pull-request --environments=production,test");
    assert_eq!(merged.exit_code(), Some(0), "{merged}");
    assert!(fleet.file("clusters/test/apps.yaml").is_some());
    fleet.finish();
}
