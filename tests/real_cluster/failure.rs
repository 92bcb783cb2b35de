//! What keeps a bootstrap from succeeding is named in the same words, whichever API tells it.

use nigari_test_support::fleet::Fleet;
use snapbox::{assert_data_eq, str};

use crate::{real, sandbox};

#[test]
fn a_crashing_controller_is_named_in_the_sandbox() {
    crash(sandbox());
}

#[test]
fn a_crashing_controller_is_named_on_a_real_control_plane() {
    let Some((fleet, _turn)) = real() else { return };
    if fleet.sandbox.control_plane().is_none() {
        println!("skipped: no fault of ours reaches the node of a given cluster");
        return;
    }
    crash(fleet);
}

fn crash(fleet: Fleet) {
    fleet.sandbox.faults().arm("workload.crash=helm-controller").unwrap();
    let run = fleet.bootstrap("--timeout=20s");
    assert_data_eq!(
        error(&run.to_string()),
        str![[r#"
error: Deployment flux-system/helm-controller is not available: Pod flux-system/helm-controller-[HASH]: container manager: CrashLoopBackOff: exit code 1, Error
  cause: timed out after 20s waiting for Deployment flux-system/helm-controller
  cause: its Pods are not available; last seen: Available=False MinimumReplicasUnavailable: Deployment does not have minimum availability. (for [AGE])
  hint: read its last words with: kubectl -n flux-system logs deployment/helm-controller --previous
  hint: give it longer with --timeout
[exit status: 5]

"#]]
    );
    fleet.sandbox.faults().clear("workload.crash");
    let again = fleet.bootstrap("");
    assert_eq!(again.exit_code(), Some(0), "{again}");
    fleet.finish();
}

/// How it ends, without the part of a Pod's name that its ReplicaSet and the API server made up; what
/// was seen of the Pod on the way there differs from run to run.
fn error(text: &str) -> String {
    let (_, error) = text.split_once("\nerror: ").expect("it fails");
    let (before, after) =
        error.split_once("Pod flux-system/helm-controller-").expect("the Pod is named");
    let (_, after) = after.split_once(':').expect("what it does follows");
    format!("error: {before}Pod flux-system/helm-controller-[HASH]:{after}")
}
