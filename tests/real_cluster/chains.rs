//! A commit on its way through a chain of three: the same from the sandbox's API and from a real one.

use nigari_test_support::fleet::Fleet;

/// Kustomizations of which each waits for the one before, across namespaces.
const CHAIN: &str = "apiVersion: v1
kind: Namespace
metadata:
  name: tenant
---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: {name: base, namespace: flux-system}
spec:
  interval: 10m
  path: ./base
  prune: true
  sourceRef: {kind: GitRepository, name: flux-system}
---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: {name: middle, namespace: tenant}
spec:
  interval: 10m
  path: ./middle
  prune: true
  sourceRef: {kind: GitRepository, name: flux-system, namespace: flux-system}
  dependsOn: [{name: base, namespace: flux-system}]
---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: {name: top, namespace: flux-system}
spec:
  interval: 10m
  path: ./top
  prune: true
  sourceRef: {kind: GitRepository, name: flux-system}
  dependsOn: [{name: middle, namespace: tenant}]
";

fn settings(name: &str, value: u8) -> String {
    format!(
        "apiVersion: v1\nkind: ConfigMap\nmetadata: {{name: {name}, namespace: flux-system}}\n\
         data: {{value: \"{value}\"}}\n"
    )
}

#[test]
fn a_real_control_plane_converges_in_one_run() {
    let Some((real, _turn)) = crate::real() else { return };
    let real = story(real);
    assert_eq!(story(crate::sandbox()), real);
    assert_eq!(real, [Some(0); 3]);
}

/// What each command ended with.
fn story(fleet: Fleet) -> [Option<i32>; 3] {
    let bootstrapped = fleet.bootstrap("");
    assert_eq!(bootstrapped.exit_code(), Some(0), "{bootstrapped}");
    for name in ["base", "middle", "top"] {
        fleet.commit(&format!("{name}/settings.yaml"), &settings(name, 1));
    }
    fleet.commit("clusters/production/chain.yaml", CHAIN);
    let synced = fleet.nigari("reconcile ks flux-system --with-source");
    let wanted = fleet.commit("base/settings.yaml", &settings("base", 2));
    let converged =
        fleet.nigari(&format!("reconcile source git flux-system --with-dependents --to {wanted}"));
    let up = fleet.nigari(&format!("reconcile ks top --with-dependencies --to {wanted}"));
    let top = fleet.object("kustomize.toolkit.fluxcd.io/v1", "Kustomization", "top").unwrap();
    let at = format!("main@sha1:{wanted}");
    assert_eq!(top["status"]["lastAppliedRevision"], at.as_str(), "{synced}{converged}{up}");
    fleet.finish();
    [synced, converged, up].map(|run| run.exit_code())
}
