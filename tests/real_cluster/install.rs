//! An installation without a repository, told by both APIs in the same words.

use nigari_test_support::fleet::Fleet;
use snapbox::{assert_data_eq, str};

use crate::{real, sandbox};

#[test]
fn an_installation_is_made_once_and_healthy_in_the_sandbox() {
    install_twice_then_check(sandbox());
}

#[test]
fn an_installation_is_made_once_and_healthy_on_a_real_control_plane() {
    let Some((fleet, _turn)) = real() else { return };
    install_twice_then_check(fleet);
}

fn install_twice_then_check(fleet: Fleet) {
    // A real control plane writes while it starts.
    fleet.sandbox.recorder().clear();
    let empty = fleet.nigari("install --dry-run");
    assert_eq!(empty.exit_code(), Some(0), "{empty}");
    fleet.assert_untouched(&empty);
    assert_data_eq!(
        fleet.nigari("install").to_string(),
        str![[r#"
------- stderr -------
✔ checked access to the cluster at https://localhost:[PORT]
✔ applied the components: 32 created, 0 configured, 0 unchanged
◎ waiting for the components
✔ helm-controller: deployment ready
✔ kustomize-controller: deployment ready
✔ notification-controller: deployment ready
✔ source-controller: deployment ready
✔ Flux v2.9.4 is installed in namespace flux-system

"#]]
    );
    fleet.sandbox.recorder().clear();
    let second = fleet.nigari("install");
    assert_data_eq!(
        second.to_string(),
        str![[r#"
------- stderr -------
✔ checked access to the cluster at https://localhost:[PORT]
✔ the components are up to date
◎ waiting for the components
✔ helm-controller: deployment ready
✔ kustomize-controller: deployment ready
✔ notification-controller: deployment ready
✔ source-controller: deployment ready
✔ Flux v2.9.4 is installed in namespace flux-system

"#]]
    );
    fleet.assert_untouched(&second);

    assert_data_eq!(
        fleet.nigari("check").to_string(),
        str![[r#"
------- stderr -------
► checking prerequisites
✔ Kubernetes v1.36.3 >=1.33.0-0
✔ you may install and upgrade Flux
► checking version in cluster
✔ distribution: flux-v2.9.4
✔ bootstrapped: false
► checking controllers
✔ helm-controller: deployment ready
► ghcr.io/fluxcd/helm-controller:v1.6.3
✔ kustomize-controller: deployment ready
► ghcr.io/fluxcd/kustomize-controller:v1.9.4
✔ notification-controller: deployment ready
► ghcr.io/fluxcd/notification-controller:v1.9.3
✔ source-controller: deployment ready
► ghcr.io/fluxcd/source-controller:v1.9.4
► checking crds
✔ alerts.notification.toolkit.fluxcd.io/v1beta3
✔ buckets.source.toolkit.fluxcd.io/v1
✔ externalartifacts.source.toolkit.fluxcd.io/v1
✔ gitrepositories.source.toolkit.fluxcd.io/v1
✔ helmcharts.source.toolkit.fluxcd.io/v1
✔ helmreleases.helm.toolkit.fluxcd.io/v2
✔ helmrepositories.source.toolkit.fluxcd.io/v1
✔ kustomizations.kustomize.toolkit.fluxcd.io/v1
✔ ocirepositories.source.toolkit.fluxcd.io/v1
✔ providers.notification.toolkit.fluxcd.io/v1beta3
✔ receivers.notification.toolkit.fluxcd.io/v1
✔ all checks passed

"#]]
    );
    let changes = fleet.nigari("install --dry-run --log-level=debug");
    assert_data_eq!(
        changes.to_string(),
        str![[r#"
Deployment flux-system/source-controller configured
--- Deployment flux-system/source-controller (live)
+++ Deployment flux-system/source-controller (wanted)
@@ -36,7 +36,7 @@
       - args:
         - --events-addr=http://notification-controller.$(RUNTIME_NAMESPACE).svc.cluster.local./
         - --watch-all-namespaces=true
-        - --log-level=info
+        - --log-level=debug
         - --log-encoding=json
         - --enable-leader-election
         - --storage-path=/data
Deployment flux-system/kustomize-controller configured
--- Deployment flux-system/kustomize-controller (live)
+++ Deployment flux-system/kustomize-controller (wanted)
@@ -39,7 +39,7 @@
       - args:
         - --events-addr=http://notification-controller.$(RUNTIME_NAMESPACE).svc.cluster.local./
         - --watch-all-namespaces=true
-        - --log-level=info
+        - --log-level=debug
         - --log-encoding=json
         - --enable-leader-election
         env:
Deployment flux-system/helm-controller configured
--- Deployment flux-system/helm-controller (live)
+++ Deployment flux-system/helm-controller (wanted)
@@ -39,7 +39,7 @@
       - args:
         - --events-addr=http://notification-controller.$(RUNTIME_NAMESPACE).svc.cluster.local./
         - --watch-all-namespaces=true
-        - --log-level=info
+        - --log-level=debug
         - --log-encoding=json
         - --enable-leader-election
         env:
Deployment flux-system/notification-controller configured
--- Deployment flux-system/notification-controller (live)
+++ Deployment flux-system/notification-controller (wanted)
@@ -38,7 +38,7 @@
       containers:
       - args:
         - --watch-all-namespaces=true
-        - --log-level=info
+        - --log-level=debug
         - --log-encoding=json
         - --enable-leader-election
         env:
------- stderr -------
✔ checked access to the cluster at https://localhost:[PORT]
✔ dry run, nothing was written: 0 to be created, 4 to be configured, 28 unchanged

"#]]
    );
    fleet.assert_untouched(&changes);
    let upgrade = fleet.nigari("install --log-level=debug --network-policy=false");
    assert_data_eq!(
        upgrade.to_string(),
        str![[r#"
------- stderr -------
✔ checked access to the cluster at https://localhost:[PORT]
✔ applied the components: 0 created, 4 configured, 25 unchanged
⚠️ of an earlier installation these are left, and not part of this one:
► NetworkPolicy flux-system/allow-egress
► NetworkPolicy flux-system/allow-scraping
► NetworkPolicy flux-system/allow-webhooks
◎ waiting for the components
✔ helm-controller: deployment ready
✔ kustomize-controller: deployment ready
✔ notification-controller: deployment ready
✔ source-controller: deployment ready
✔ Flux v2.9.4 is installed in namespace flux-system

"#]]
    );
    fleet.finish();
}
