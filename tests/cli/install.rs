//! `nigari install`: what is made, changed, and left alone.

use nigari_sandbox::sandbox::Sandbox;
use nigari_test_support::fleet::Fleet;
use serde_json::{Value, json};
use snapbox::{assert_data_eq, str};

/// A cluster with Flux, and an empty recorder.
pub(crate) fn installed() -> Fleet {
    let fleet = Fleet::new();
    let run = fleet.nigari("install");
    assert_eq!(run.exit_code(), Some(0), "{run}");
    fleet.sandbox.recorder().clear();
    fleet
}

/// Changes an object outside of namespaces, or in Flux's own.
pub(crate) fn change(
    fleet: &Fleet,
    [api_version, kind, name]: [&str; 3],
    change: impl FnOnce(&mut Value),
) {
    let namespaced = fleet.kube().get(api_version, kind, Some("flux-system"), name);
    let found = namespaced.or_else(|| fleet.kube().get(api_version, kind, None, name));
    let mut object = found.unwrap_or_else(|| panic!("there is no {kind} {name}"));
    change(&mut object);
    fleet.kube().put(object).unwrap();
}

/// The CRD by whose labels an installation is known.
pub(crate) const MARKER: [&str; 3] = [
    "apiextensions.k8s.io/v1",
    "CustomResourceDefinition",
    "gitrepositories.source.toolkit.fluxcd.io",
];

#[test]
fn installs_and_the_second_time_writes_nothing() {
    let fleet = Fleet::new();
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
    fleet.finish();
}

#[test]
fn an_export_needs_no_cluster_and_is_what_bootstrap_commits() {
    let fleet = Fleet::bootstrapped();
    let run = fleet.nigari("install --export --server=https://127.0.0.1:1");
    let committed = fleet.file("clusters/production/flux-system/gotk-components.yaml").unwrap();
    assert!(run.stdout() == committed, "the export and the commit differ");
    assert_eq!(run.to_string(), committed, "nothing is said beside it");
    assert_eq!(fleet.sandbox.recorder().writes(), []);
    fleet.finish();
}

#[test]
fn a_dry_run_on_an_empty_cluster_tells_what_would_be_made() {
    let fleet = Fleet::of(Sandbox::builder().without_players());
    let run = fleet.nigari("install --dry-run --components=source-controller");
    assert_data_eq!(
        run.to_string(),
        str![[r#"
Namespace flux-system created
NetworkPolicy flux-system/allow-egress created
NetworkPolicy flux-system/allow-scraping created
NetworkPolicy flux-system/allow-webhooks created
ResourceQuota flux-system/critical-pods-flux-system created
ClusterRole crd-controller-flux-system created
ClusterRole flux-edit-flux-system created
ClusterRole flux-view-flux-system created
ClusterRoleBinding cluster-reconciler-flux-system created
ClusterRoleBinding crd-controller-flux-system created
CustomResourceDefinition buckets.source.toolkit.fluxcd.io created
CustomResourceDefinition externalartifacts.source.toolkit.fluxcd.io created
CustomResourceDefinition gitrepositories.source.toolkit.fluxcd.io created
CustomResourceDefinition helmcharts.source.toolkit.fluxcd.io created
CustomResourceDefinition helmrepositories.source.toolkit.fluxcd.io created
CustomResourceDefinition ocirepositories.source.toolkit.fluxcd.io created
ServiceAccount flux-system/source-controller created
Service flux-system/source-controller created
Deployment flux-system/source-controller created
------- stderr -------
✔ checked access to the cluster at https://localhost:[PORT]
✔ dry run, nothing was written: 19 to be created, 0 to be configured, 0 unchanged

"#]]
    );
    fleet.assert_untouched(&run);
    fleet.finish();
}

#[test]
fn a_dry_run_shows_what_would_change_as_a_diff() {
    let fleet = installed();
    let run = fleet.nigari("install --dry-run --log-level=debug");
    assert_data_eq!(
        run.to_string(),
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
    fleet.assert_untouched(&run);
    let same = fleet.nigari("install --dry-run");
    assert_data_eq!(
        same.to_string(),
        str![[r#"
------- stderr -------
✔ checked access to the cluster at https://localhost:[PORT]
✔ dry run, nothing was written: 0 to be created, 0 to be configured, 32 unchanged

"#]]
    );
    fleet.finish();
}

#[test]
fn another_run_with_other_options_is_an_upgrade_and_names_what_is_left() {
    let fleet = installed();
    change(&fleet, MARKER, |marker| {
        marker["metadata"]["labels"]["app.kubernetes.io/version"] = json!("v2.8.0");
    });
    let run = fleet.nigari(
        "install --components=source-controller,kustomize-controller --network-policy=false",
    );
    assert_data_eq!(
        run.to_string(),
        str![[r#"
------- stderr -------
✔ checked access to the cluster at https://localhost:[PORT]
► changing Flux v2.8.0 to v2.9.4
✔ applied the components: 0 created, 3 configured, 16 unchanged
⚠️ of an earlier installation these are left, and not part of this one:
► CustomResourceDefinition alerts.notification.toolkit.fluxcd.io
► CustomResourceDefinition helmreleases.helm.toolkit.fluxcd.io
► CustomResourceDefinition providers.notification.toolkit.fluxcd.io
► CustomResourceDefinition receivers.notification.toolkit.fluxcd.io
► Deployment flux-system/helm-controller
► Deployment flux-system/notification-controller
► NetworkPolicy flux-system/allow-egress
► NetworkPolicy flux-system/allow-scraping
► NetworkPolicy flux-system/allow-webhooks
► Service flux-system/notification-controller
► Service flux-system/webhook-receiver
► ServiceAccount flux-system/helm-controller
► ServiceAccount flux-system/notification-controller
◎ waiting for the components
✔ kustomize-controller: deployment ready
✔ source-controller: deployment ready
✔ Flux v2.9.4 is installed in namespace flux-system

"#]]
    );
    assert!(fleet.object("apps/v1", "Deployment", "helm-controller").is_some());
    fleet.finish();
}

#[test]
fn a_second_installation_in_another_namespace_is_warned_about() {
    let fleet = installed();
    let run = fleet.nigari("install --namespace=gitops --watch-all-namespaces=false --dry-run");
    let story = run.to_string();
    let (_, story) = story.split_once("------- stderr -------").unwrap();
    assert_data_eq!(
        story,
        str![[r#"

✔ checked access to the cluster at https://localhost:[PORT]
⚠️ Flux is installed in namespace flux-system too: both will share the CRDs, and reconcile the same objects unless each watches its own namespace only
✔ dry run, nothing was written: 21 to be created, 11 to be configured, 0 unchanged

"#]]
    );
    fleet.finish();
}

#[test]
fn what_somebody_else_manages_is_taken_over_only_by_force() {
    let fleet = installed();
    change(&fleet, MARKER, |marker| {
        marker["metadata"]["labels"]["app.kubernetes.io/managed-by"] = json!("Helm");
    });
    let refused = fleet.nigari("install");
    assert_data_eq!(
        refused.to_string(),
        str![[r#"
------- stderr -------
error: Flux on this cluster is managed by Helm
  hint: uninstall it with Helm, or take it over with --force
[exit status: 7]

"#]]
    );
    fleet.assert_untouched(&refused);
    let forced = fleet.nigari("install --force");
    assert_eq!(forced.exit_code(), Some(0), "{forced}");
    fleet.finish();
}

#[test]
fn a_crd_of_somebody_elses_is_refused_even_where_flux_is_not_installed() {
    let fleet = Fleet::of(Sandbox::builder().without_players());
    let group = "source.toolkit.fluxcd.io";
    fleet.kube().put(json!({
        "apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition",
        "metadata": {"name": format!("buckets.{group}"), "annotations": {
            "meta.helm.sh/release-name": "sources", "meta.helm.sh/release-namespace": "tools"}},
        "spec": {"group": group, "scope": "Namespaced",
            "names": {"kind": "Bucket", "plural": "buckets", "singular": "bucket", "listKind": "BucketList"},
            "versions": [{"name": "v1", "served": true, "storage": true,
                "schema": {"openAPIV3Schema": {"type": "object", "x-kubernetes-preserve-unknown-fields": true}}}]},
    })).unwrap();
    let refused = fleet.nigari("install");
    assert_data_eq!(
        refused.to_string(),
        str![[r#"
------- stderr -------
error: CustomResourceDefinition buckets.source.toolkit.fluxcd.io is managed by Helm (release sources)
  hint: remove it from Helm (release sources), or take it over with --force
[exit status: 7]

"#]]
    );
    fleet.assert_untouched(&refused);
    fleet.finish();
}

#[test]
fn what_a_repository_manages_is_left_to_it() {
    let fleet = Fleet::bootstrapped();
    let is_adopted = || {
        let [api_version, kind, name] = MARKER;
        let marker = fleet.kube().get(api_version, kind, None, name).unwrap();
        marker["metadata"]["labels"]["kustomize.toolkit.fluxcd.io/name"].is_string()
    };
    fleet.until("kustomize-controller has applied the components", is_adopted);
    let refused = fleet.nigari("install");
    assert_data_eq!(
        refused.to_string(),
        str![[r#"
------- stderr -------
error: Flux on this cluster is managed from a repository, by Kustomization flux-system/flux-system
  hint: upgrade it with nigari bootstrap, or install over it with --force
[exit status: 7]

"#]]
    );
    fleet.assert_untouched(&refused);
    let forced = fleet.nigari("install --force --dry-run");
    assert_eq!(forced.exit_code(), Some(0), "{forced}");
    assert!(forced.to_string().contains("will put back"), "{forced}");
    fleet.finish();
}

#[test]
fn an_older_release_does_not_replace_a_newer_one_unless_forced() {
    let fleet = installed();
    change(&fleet, MARKER, |marker| {
        marker["metadata"]["labels"]["app.kubernetes.io/version"] = json!("v2.10.0");
    });
    let refused = fleet.nigari("install");
    assert_data_eq!(
        refused.to_string(),
        str![[r#"
------- stderr -------
error: the cluster has Flux v2.10.0, and this would put v2.9.4 in its place
  hint: use a newer nigari, or go back on purpose with --force
[exit status: 7]

"#]]
    );
    fleet.assert_untouched(&refused);
    let forced = fleet.nigari("install --force");
    assert_data_eq!(
        forced.to_string(),
        str![[r#"
------- stderr -------
✔ checked access to the cluster at https://localhost:[PORT]
► changing Flux v2.10.0 to v2.9.4
✔ applied the components: 0 created, 1 configured, 31 unchanged
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
