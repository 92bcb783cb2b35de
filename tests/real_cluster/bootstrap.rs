//! One story, told by the sandbox's own API and by a real control plane in the same words.

use std::time::Instant;

use nigari_test_support::PATIENCE;
use nigari_test_support::fleet::Fleet;
use snapbox::{assert_data_eq, str};

use crate::{real, sandbox};

const CONFIG_MAP: &str = "apiVersion: v1
kind: ConfigMap
metadata:
  name: from-git
  namespace: flux-system
";

#[test]
fn a_bootstrap_is_done_once_and_a_push_is_applied_in_the_sandbox() {
    bootstrap_twice_then_push(sandbox());
}

#[test]
fn a_bootstrap_is_done_once_and_a_push_is_applied_on_a_real_control_plane() {
    let Some((fleet, _turn)) = real() else { return };
    bootstrap_twice_then_push(fleet);
}

fn bootstrap_twice_then_push(fleet: Fleet) {
    // A control plane that was started has been marked as one for tests.
    fleet.sandbox.recorder().clear();
    let dry = fleet.bootstrap("--dry-run");
    assert!(dry.stderr().contains("34 objects to be created, 0 to be configured"), "{dry}");
    fleet.assert_untouched(&dry);
    let first = fleet.bootstrap("");
    assert_data_eq!(
        first.to_string(),
        str![[r#"
------- stderr -------
► connecting to localhost:[PORT]
✔ authenticated as alice
✔ checked access to the cluster at https://localhost:[PORT]
► creating repository acme/fleet-infra
✔ repository https://localhost:[PORT]/acme/fleet-infra created
► GitHub signs the commit, because no author is named
✔ committed [COMMIT] to main of acme/fleet-infra
✔ applied the components: 32 created, 0 configured, 0 unchanged
✔ deploy key flux-system-main-flux-system-./clusters/production added to acme/fleet-infra
► the deploy key lives as long as the token that made it: regenerate that token, do not delete it
✔ Secret flux-system/flux-system written
✔ applied the sync objects: 2 created, 0 configured, 0 unchanged
◎ waiting for the components
✔ helm-controller: deployment ready
✔ kustomize-controller: deployment ready
✔ notification-controller: deployment ready
✔ source-controller: deployment ready
◎ waiting for GitRepository flux-system/flux-system
✔ GitRepository flux-system/flux-system is at main@sha1:[COMMIT]
◎ waiting for Kustomization flux-system/flux-system
✔ Kustomization flux-system/flux-system is at main@sha1:[COMMIT]
✔ Flux v2.9.4 is installed and in sync

"#]]
    );
    assert_eq!(fleet.deploy_keys().len(), 1);
    // Otherwise the recorder would not see what the second run writes either.
    let written = cluster_writes(&fleet);
    assert!(
        written.iter().any(|path| path.contains("/apps/v1/namespaces/flux-system/deployments/"))
    );

    let head = fleet.head("main");
    fleet.sandbox.recorder().clear();
    let second = fleet.bootstrap("");
    assert_data_eq!(
        second.to_string(),
        str![[r#"
------- stderr -------
► connecting to localhost:[PORT]
✔ authenticated as alice
✔ checked access to the cluster at https://localhost:[PORT]
✔ main of acme/fleet-infra is up to date at [COMMIT]
✔ the components are up to date
✔ deploy key flux-system-main-flux-system-./clusters/production is in place on acme/fleet-infra
✔ Secret flux-system/flux-system is up to date
✔ the sync objects are up to date
◎ waiting for the components
✔ helm-controller: deployment ready
✔ kustomize-controller: deployment ready
✔ notification-controller: deployment ready
✔ source-controller: deployment ready
◎ waiting for GitRepository flux-system/flux-system
✔ GitRepository flux-system/flux-system is at main@sha1:[COMMIT]
◎ waiting for Kustomization flux-system/flux-system
✔ Kustomization flux-system/flux-system is at main@sha1:[COMMIT]
✔ Flux v2.9.4 is installed and in sync

"#]]
    );
    fleet.assert_untouched(&second);
    assert_eq!(fleet.head("main"), head);
    let dry = fleet.bootstrap("--dry-run");
    assert_eq!(dry.stdout(), "");
    assert!(dry.stderr().contains("0 to be configured, 34 unchanged"), "{dry}");
    fleet.assert_untouched(&dry);

    fleet.commit("clusters/production/from-git.yaml", CONFIG_MAP);
    let reconcile = fleet.nigari("reconcile kustomization flux-system --with-source");
    assert_data_eq!(
        reconcile.to_string(),
        str![[r#"
------- stderr -------
► annotating GitRepository flux-system in flux-system namespace
✔ GitRepository annotated
◎ waiting for GitRepository reconciliation
✔ fetched revision main@sha1:[COMMIT]
► annotating Kustomization flux-system in flux-system namespace
✔ Kustomization annotated
◎ waiting for Kustomization reconciliation
✔ applied revision main@sha1:[COMMIT]

"#]]
    );
    assert!(fleet.object("v1", "ConfigMap", "from-git").is_some());
    assert_data_eq!(
        settled(&fleet, "get all -A"),
        str![[r#"
NAMESPACE     NAME                        REVISION             SUSPENDED   READY   MESSAGE
flux-system   gitrepository/flux-system   main@sha1:[COMMIT]   False       True    stored artifact for revision 'main@sha1:[COMMIT]'

NAMESPACE     NAME                        REVISION             SUSPENDED   READY   MESSAGE
flux-system   kustomization/flux-system   main@sha1:[COMMIT]   False       True    Applied revision: main@sha1:[COMMIT]


"#]]
    );
    fleet.finish();
}

/// Where the cluster was written to by anybody but the players.
fn cluster_writes(fleet: &Fleet) -> Vec<String> {
    let writes = fleet.sandbox.recorder().writes().into_iter();
    writes.filter(|request| request.double == "kube").map(|request| request.path).collect()
}

/// What nigari prints once no reconciliation is in progress: the source's event brings one more.
fn settled(fleet: &Fleet, arguments: &str) -> String {
    let start = Instant::now();
    loop {
        let printed = fleet.nigari(arguments).to_string();
        if !printed.contains("in progress") || start.elapsed() > PATIENCE {
            return printed;
        }
    }
}
