//! `nigari install` when something is in the way: the cause in one line, the next step in another.

use nigari_sandbox::kube::Deny;
use nigari_sandbox::sandbox::Sandbox;
use nigari_test_support::fleet::Fleet;
use serde_json::json;
use snapbox::{assert_data_eq, str};

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
        let end = after.find([':', ' ', '"', '\n']).unwrap_or(after.len());
        seen += &format!("{before}helm-controller-[HASH]");
        rest = &after[end..];
    }
    seen + rest
}

#[test]
fn an_image_cannot_be_pulled() {
    assert_data_eq!(
        install_under("workload.pull=helm-controller"),
        str![[r#"
error: Deployment flux-system/helm-controller is not available: Pod flux-system/helm-controller-[HASH]: container manager: ImagePullBackOff: Failed to pull image "ghcr.io/fluxcd/helm-controller:v1.6.3": rpc error: code = NotFound desc = failed to pull and unpack image "ghcr.io/fluxcd/helm-controller:v1.6.3": failed to resolve reference "ghcr.io/fluxcd/helm-controller:v1.6.3": ghcr.io/fluxcd/helm-controller:v1.6.3: not found
  cause: timed out after 12s waiting for Deployment flux-system/helm-controller
  cause: its Pods are not available; last seen: Available=False MinimumReplicasUnavailable: Deployment does not have minimum availability. (for [AGE])
  hint: see every attempt with: kubectl -n flux-system describe pod helm-controller-[HASH]
  hint: give it longer with --timeout
[exit status: 5]

"#]]
    );
}

#[test]
fn a_container_crashes() {
    assert_data_eq!(
        install_under("workload.crash=helm-controller"),
        str![[r#"
error: Deployment flux-system/helm-controller is not available: Pod flux-system/helm-controller-[HASH]: container manager: CrashLoopBackOff: exit code 1, Error
  cause: timed out after 12s waiting for Deployment flux-system/helm-controller
  cause: its Pods are not available; last seen: Available=False MinimumReplicasUnavailable: Deployment does not have minimum availability. (for [AGE])
  hint: read its last words with: kubectl -n flux-system logs deployment/helm-controller --previous
  hint: give it longer with --timeout
[exit status: 5]

"#]]
    );
}

#[test]
fn a_quota_is_used_up() {
    assert_data_eq!(
        install_under("workload.quota=helm-controller"),
        str![[r#"
error: Deployment flux-system/helm-controller is not available: ReplicaSet flux-system/helm-controller-[HASH]: FailedCreate: pods "helm-controller-[HASH]" is forbidden: exceeded quota: sandbox, requested: pods=1, used: pods=0, limited: pods=0 in namespace flux-system
  cause: timed out after 12s waiting for Deployment flux-system/helm-controller
  cause: its Pods are not available; last seen: Available=False MinimumReplicasUnavailable: Deployment does not have minimum availability. (for [AGE])
  hint: see what is used up with: kubectl -n flux-system describe resourcequotas
  hint: give it longer with --timeout
[exit status: 5]

"#]]
    );
}

#[test]
fn no_node_has_room() {
    assert_data_eq!(
        install_under("workload.pending=helm-controller"),
        str![[r#"
error: Deployment flux-system/helm-controller is not available: Pod flux-system/helm-controller-[HASH]: Unschedulable: 0/1 nodes are available: 1 Insufficient cpu. no new claims to deallocate, preemption: 0/1 nodes are available: 1 No preemption victims found for incoming pod.
  cause: timed out after 12s waiting for Deployment flux-system/helm-controller
  cause: its Pods are not available; last seen: Available=False MinimumReplicasUnavailable: Deployment does not have minimum availability. (for [AGE])
  hint: see what the nodes offer with: kubectl describe nodes
  hint: give it longer with --timeout
[exit status: 5]

"#]]
    );
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
    assert_data_eq!(
        refused.to_string(),
        str![[r#"
------- stderr -------
error: you may not install Flux on this cluster; missing: patch customresourcedefinitions.apiextensions.k8s.io; patch deployments.apps in namespace flux-system
  hint: ask for the ClusterRole cluster-admin, which Flux's own controllers get as well
[exit status: 6]

"#]]
    );
    fleet.assert_untouched(&refused);
    fleet.finish();
}

#[test]
fn the_api_server_goes_away_in_the_middle() {
    let fleet = Fleet::new();
    fleet.sandbox.faults().arm("kube.cut=before:20").unwrap();
    assert_data_eq!(
        fleet.nigari("install").to_string(),
        str![[r#"
------- stderr -------
✔ checked access to the cluster at https://localhost:[PORT]
error: cannot apply the components
  cause: cannot reach the cluster at https://localhost:[PORT]: the connection was closed before there was an answer
  hint: run the same command again: it goes on where it stopped
[exit status: 8]

"#]]
    );
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
    assert_data_eq!(
        refused.to_string(),
        str![[r#"
------- stderr -------
error: Namespace flux-system is being deleted
  hint: see what holds it: kubectl get namespace flux-system -o yaml
[exit status: 7]

"#]]
    );
    fleet.finish();
}

#[test]
fn arguments_that_cannot_be() {
    let fleet = Fleet::of(Sandbox::builder().without_players());
    assert_data_eq!(
        fleet.nigari("install --components=foo").to_string(),
        str![[r#"
------- stderr -------
error: --components cannot be used
  cause: there is no component "foo"
  hint: choose from source-controller, kustomize-controller, helm-controller, notification-controller, image-reflector-controller, image-automation-controller, source-watcher
[exit status: 2]

"#]]
    );
    assert_data_eq!(
        fleet.nigari("install --export --dry-run").to_string(),
        str![[r#"
------- stderr -------
error: the argument '--export[=<BOOL>]' cannot be used with '--dry-run'

Usage: nigari install --export[=<BOOL>]

For more information, try '--help'.
[exit status: 2]

"#]]
    );
    assert_eq!(fleet.sandbox.recorder().all(), []);
}
