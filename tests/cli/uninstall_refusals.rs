//! `nigari uninstall` when something is in the way: refused before the first deletion, or told while the
//! rest goes on.

use nigari_sandbox::kube::Deny;
use nigari_sandbox::sandbox::Sandbox;
use nigari_test_support::fleet::Fleet;
use serde_json::{Value, json};
use snapbox::{assert_data_eq, str};

use crate::install::{MARKER, change, installed};
use crate::uninstall::{KUSTOMIZE, in_use, kustomization, left};

#[test]
fn without_a_terminal_somebody_has_to_have_decided() {
    let fleet = Fleet::of(Sandbox::builder().without_players());
    assert_data_eq!(
        fleet.nigari("uninstall").to_string(),
        str![[r#"
------- stderr -------
error: there is no terminal to ask on whether Flux may be uninstalled
  hint: --silent uninstalls without asking
[exit status: 2]

"#]]
    );
    assert_eq!(fleet.sandbox.recorder().all(), []);
}

#[test]
fn what_another_tool_manages_is_refused() {
    let fleet = installed();
    change(&fleet, MARKER, |marker| {
        marker["metadata"]["labels"]["app.kubernetes.io/managed-by"] = json!("Helm");
    });
    let refused = fleet.nigari("uninstall --silent");
    assert_data_eq!(
        refused.to_string(),
        str![[r#"
------- stderr -------
error: CustomResourceDefinition gitrepositories.source.toolkit.fluxcd.io is managed by Helm
  hint: uninstall Flux with Helm
[exit status: 7]

"#]]
    );
    fleet.assert_untouched(&refused);
    fleet.finish();
}

#[test]
fn what_another_flux_owns_in_the_namespace_is_refused() {
    let fleet = installed();
    change(&fleet, ["v1", "Service", "webhook-receiver"], |service| {
        service["metadata"]["labels"]["app.kubernetes.io/instance"] = json!("tenant");
    });
    let refused = fleet.nigari("uninstall --silent");
    assert_data_eq!(
        refused.to_string(),
        str![[r#"
------- stderr -------
error: Service flux-system/webhook-receiver belongs to another Flux, tenant
[exit status: 7]

"#]]
    );
    fleet.assert_untouched(&refused);
    fleet.finish();
}

#[test]
fn a_namespace_with_what_another_tool_manages_is_refused_or_kept() {
    let fleet = in_use();
    fleet
        .kube()
        .put(json!({"apiVersion": "v1", "kind": "ConfigMap", "metadata": {
        "name": "dashboards", "namespace": "flux-system",
        "annotations": {"meta.helm.sh/release-name": "grafana"}}}))
        .unwrap();
    let refused = fleet.nigari("uninstall --silent");
    assert_data_eq!(
        refused.to_string(),
        str![[r#"
------- stderr -------
error: ConfigMap flux-system/dashboards is managed by Helm (release grafana), and would go with namespace flux-system
  hint: leave the namespace with --keep-namespace
[exit status: 7]

"#]]
    );
    fleet.assert_untouched(&refused);
    let run = fleet.nigari("uninstall --silent --keep-namespace");
    assert_eq!(run.exit_code(), Some(0), "{run}");
    assert!(fleet.object("v1", "ConfigMap", "dashboards").is_some());
    fleet.finish();
}

#[test]
fn what_may_not_be_deleted_is_told_and_the_rest_goes() {
    let fleet = in_use();
    fleet.kube().deny(Deny::new("delete", "networking.k8s.io", "networkpolicies"));
    fleet.kube().deny(Deny::new("delete", "", "namespaces"));
    assert_data_eq!(
        fleet.nigari("uninstall --silent").to_string(),
        str![[r#"
------- stderr -------
► uninstalling Flux in namespace flux-system of the cluster at https://localhost:[PORT]
► these are deleted:
    Deployment flux-system/kustomize-controller
    Deployment flux-system/source-controller
    ResourceQuota flux-system/critical-pods-flux-system
    Service flux-system/source-controller
    ServiceAccount flux-system/kustomize-controller
    ServiceAccount flux-system/source-controller
    NetworkPolicy flux-system/allow-egress
    NetworkPolicy flux-system/allow-scraping
    NetworkPolicy flux-system/allow-webhooks
    CustomResourceDefinition buckets.source.toolkit.fluxcd.io
    CustomResourceDefinition externalartifacts.source.toolkit.fluxcd.io
    CustomResourceDefinition gitrepositories.source.toolkit.fluxcd.io
    CustomResourceDefinition helmcharts.source.toolkit.fluxcd.io
    CustomResourceDefinition helmrepositories.source.toolkit.fluxcd.io
    CustomResourceDefinition kustomizations.kustomize.toolkit.fluxcd.io, with its 2 objects
    CustomResourceDefinition ocirepositories.source.toolkit.fluxcd.io
    ClusterRole crd-controller-flux-system
    ClusterRole flux-edit-flux-system
    ClusterRole flux-view-flux-system
    ClusterRoleBinding cluster-reconciler-flux-system
    ClusterRoleBinding crd-controller-flux-system
    Namespace flux-system
► these lose their finalizers first, so that nothing that they applied goes with them:
    Kustomization apps/apps
    Kustomization flux-system/apps
► these stay:
    what Flux has applied, which nothing reconciles any more
✔ deleted the controllers: 2
✗ cannot delete NetworkPolicy flux-system/allow-egress: networkpolicies.networking.k8s.io "allow-egress" is forbidden: User "admin" cannot delete resource "networkpolicies" in API group "networking.k8s.io" in the namespace "flux-system"
✗ cannot delete NetworkPolicy flux-system/allow-scraping: networkpolicies.networking.k8s.io "allow-scraping" is forbidden: User "admin" cannot delete resource "networkpolicies" in API group "networking.k8s.io" in the namespace "flux-system"
✗ cannot delete NetworkPolicy flux-system/allow-webhooks: networkpolicies.networking.k8s.io "allow-webhooks" is forbidden: User "admin" cannot delete resource "networkpolicies" in API group "networking.k8s.io" in the namespace "flux-system"
✔ deleted the other objects of the namespace: 4
✔ removed the finalizers of 2 objects
✔ deleted the CRDs: 7
✔ deleted the cluster roles and bindings: 5
✗ cannot delete Namespace flux-system: namespaces "flux-system" is forbidden: User "admin" cannot delete resource "namespaces" in API group "" in the namespace "flux-system"
error: Flux is not wholly uninstalled: 4 failed
  hint: run the same command again: it goes on where it stopped
[exit status: 6]

"#]]
    );
    assert_data_eq!(
        left(&fleet).join("\n"),
        str![[r#"
NetworkPolicy allow-egress
NetworkPolicy allow-scraping
NetworkPolicy allow-webhooks
Namespace flux-system
"#]]
    );
    fleet.finish();
}

#[test]
fn while_a_controller_may_run_nothing_else_is_deleted() {
    let fleet = in_use();
    fleet.kube().deny(Deny::new("delete", "apps", "deployments"));
    let before = left(&fleet);
    let run = fleet.nigari("uninstall --silent");
    assert_data_eq!(
        run.to_string(),
        str![[r#"
------- stderr -------
► uninstalling Flux in namespace flux-system of the cluster at https://localhost:[PORT]
► these are deleted:
    Deployment flux-system/kustomize-controller
    Deployment flux-system/source-controller
    ResourceQuota flux-system/critical-pods-flux-system
    Service flux-system/source-controller
    ServiceAccount flux-system/kustomize-controller
    ServiceAccount flux-system/source-controller
    NetworkPolicy flux-system/allow-egress
    NetworkPolicy flux-system/allow-scraping
    NetworkPolicy flux-system/allow-webhooks
    CustomResourceDefinition buckets.source.toolkit.fluxcd.io
    CustomResourceDefinition externalartifacts.source.toolkit.fluxcd.io
    CustomResourceDefinition gitrepositories.source.toolkit.fluxcd.io
    CustomResourceDefinition helmcharts.source.toolkit.fluxcd.io
    CustomResourceDefinition helmrepositories.source.toolkit.fluxcd.io
    CustomResourceDefinition kustomizations.kustomize.toolkit.fluxcd.io, with its 2 objects
    CustomResourceDefinition ocirepositories.source.toolkit.fluxcd.io
    ClusterRole crd-controller-flux-system
    ClusterRole flux-edit-flux-system
    ClusterRole flux-view-flux-system
    ClusterRoleBinding cluster-reconciler-flux-system
    ClusterRoleBinding crd-controller-flux-system
    Namespace flux-system
► these lose their finalizers first, so that nothing that they applied goes with them:
    Kustomization apps/apps
    Kustomization flux-system/apps
► these stay:
    what Flux has applied, which nothing reconciles any more
✗ cannot delete Deployment flux-system/kustomize-controller: deployments.apps "kustomize-controller" is forbidden: User "admin" cannot delete resource "deployments" in API group "apps" in the namespace "flux-system"
✗ cannot delete Deployment flux-system/source-controller: deployments.apps "source-controller" is forbidden: User "admin" cannot delete resource "deployments" in API group "apps" in the namespace "flux-system"
⚠️ everything else is left: a controller that runs might delete what it applied
error: Flux is not wholly uninstalled: 2 failed
  hint: run the same command again: it goes on where it stopped
[exit status: 6]

"#]]
    );
    fleet.assert_untouched(&run);
    assert_eq!(left(&fleet), before);
    fleet.finish();
}

#[test]
fn a_definition_stays_while_an_object_has_its_finalizers() {
    let fleet = in_use();
    fleet.kube().deny(Deny::new("patch", "kustomize.toolkit.fluxcd.io", "kustomizations"));
    assert_data_eq!(
        fleet.nigari("uninstall --silent").to_string(),
        str![[r#"
------- stderr -------
► uninstalling Flux in namespace flux-system of the cluster at https://localhost:[PORT]
► these are deleted:
    Deployment flux-system/kustomize-controller
    Deployment flux-system/source-controller
    ResourceQuota flux-system/critical-pods-flux-system
    Service flux-system/source-controller
    ServiceAccount flux-system/kustomize-controller
    ServiceAccount flux-system/source-controller
    NetworkPolicy flux-system/allow-egress
    NetworkPolicy flux-system/allow-scraping
    NetworkPolicy flux-system/allow-webhooks
    CustomResourceDefinition buckets.source.toolkit.fluxcd.io
    CustomResourceDefinition externalartifacts.source.toolkit.fluxcd.io
    CustomResourceDefinition gitrepositories.source.toolkit.fluxcd.io
    CustomResourceDefinition helmcharts.source.toolkit.fluxcd.io
    CustomResourceDefinition helmrepositories.source.toolkit.fluxcd.io
    CustomResourceDefinition kustomizations.kustomize.toolkit.fluxcd.io, with its 2 objects
    CustomResourceDefinition ocirepositories.source.toolkit.fluxcd.io
    ClusterRole crd-controller-flux-system
    ClusterRole flux-edit-flux-system
    ClusterRole flux-view-flux-system
    ClusterRoleBinding cluster-reconciler-flux-system
    ClusterRoleBinding crd-controller-flux-system
    Namespace flux-system
► these lose their finalizers first, so that nothing that they applied goes with them:
    Kustomization apps/apps
    Kustomization flux-system/apps
► these stay:
    what Flux has applied, which nothing reconciles any more
✔ deleted the controllers: 2
✔ deleted the other objects of the namespace: 7
✗ cannot take the finalizers from Kustomization apps/apps: kustomizations.kustomize.toolkit.fluxcd.io "apps" is forbidden: User "admin" cannot patch resource "kustomizations" in API group "kustomize.toolkit.fluxcd.io" in the namespace "apps"
✗ cannot take the finalizers from Kustomization flux-system/apps: kustomizations.kustomize.toolkit.fluxcd.io "apps" is forbidden: User "admin" cannot patch resource "kustomizations" in API group "kustomize.toolkit.fluxcd.io" in the namespace "flux-system"
⚠️ CustomResourceDefinition kustomizations.kustomize.toolkit.fluxcd.io is left: an object of its kind still has its finalizers
✔ deleted the CRDs: 6
✔ deleted the cluster roles and bindings: 5
⚠️ the namespace is left: an object in it still has its finalizers
error: Flux is not wholly uninstalled: 2 failed
  hint: run the same command again: it goes on where it stopped
[exit status: 6]

"#]]
    );
    assert_data_eq!(
        left(&fleet).join("\n"),
        str![[r#"
CustomResourceDefinition kustomizations.kustomize.toolkit.fluxcd.io
Namespace flux-system
"#]]
    );
    fleet.finish();
}

/// Runs the finalizers of an object, as whoever put them there.
fn free(fleet: &Fleet, mut object: Value) {
    object["metadata"]["finalizers"] = json!([]);
    fleet.kube().put(object).unwrap();
}

#[test]
fn a_finalizer_of_somebody_else_is_told_and_left_to_them() {
    let fleet = in_use();
    fleet.kube().put(kustomization("apps", &["finalizers.fluxcd.io", "example.com/hold"])).unwrap();
    assert_data_eq!(
        fleet.nigari("uninstall --silent").to_string(),
        str![[r#"
------- stderr -------
► uninstalling Flux in namespace flux-system of the cluster at https://localhost:[PORT]
► these are deleted:
    Deployment flux-system/kustomize-controller
    Deployment flux-system/source-controller
    ResourceQuota flux-system/critical-pods-flux-system
    Service flux-system/source-controller
    ServiceAccount flux-system/kustomize-controller
    ServiceAccount flux-system/source-controller
    NetworkPolicy flux-system/allow-egress
    NetworkPolicy flux-system/allow-scraping
    NetworkPolicy flux-system/allow-webhooks
    CustomResourceDefinition buckets.source.toolkit.fluxcd.io
    CustomResourceDefinition externalartifacts.source.toolkit.fluxcd.io
    CustomResourceDefinition gitrepositories.source.toolkit.fluxcd.io
    CustomResourceDefinition helmcharts.source.toolkit.fluxcd.io
    CustomResourceDefinition helmrepositories.source.toolkit.fluxcd.io
    CustomResourceDefinition kustomizations.kustomize.toolkit.fluxcd.io, with its 2 objects
    CustomResourceDefinition ocirepositories.source.toolkit.fluxcd.io
    ClusterRole crd-controller-flux-system
    ClusterRole flux-edit-flux-system
    ClusterRole flux-view-flux-system
    ClusterRoleBinding cluster-reconciler-flux-system
    ClusterRoleBinding crd-controller-flux-system
    Namespace flux-system
► these lose their finalizers first, so that nothing that they applied goes with them:
    Kustomization apps/apps
    Kustomization flux-system/apps
► these stay:
    what Flux has applied, which nothing reconciles any more
✔ deleted the controllers: 2
✔ deleted the other objects of the namespace: 7
✔ removed the finalizers of 2 objects
⚠️ CustomResourceDefinition kustomizations.kustomize.toolkit.fluxcd.io is held by Kustomization apps/apps (example.com/hold)
✗ CustomResourceDefinition kustomizations.kustomize.toolkit.fluxcd.io is not gone: held by Kustomization apps/apps (example.com/hold)
✔ deleted the CRDs: 6
✔ deleted the cluster roles and bindings: 5
✔ deleted the namespace: 1
error: Flux is not wholly uninstalled: 1 failed
  hint: run the same command again: it goes on where it stopped
[exit status: 1]

"#]]
    );
    assert_data_eq!(
        left(&fleet).join("\n"),
        str!["CustomResourceDefinition kustomizations.kustomize.toolkit.fluxcd.io"]
    );
    let held = fleet.kube().get(KUSTOMIZE, "Kustomization", Some("apps"), "apps").unwrap();
    free(&fleet, held);
    let again = fleet.nigari("uninstall --silent");
    assert_data_eq!(
        again.to_string(),
        str![[r#"
------- stderr -------
✔ there is no Flux in namespace flux-system

"#]]
    );
    fleet.finish();
}

#[test]
fn a_namespace_that_does_not_end_is_told_with_what_holds_it() {
    let fleet = in_use();
    fleet
        .kube()
        .put(json!({"apiVersion": "v1", "kind": "ConfigMap", "metadata": {
        "name": "held", "namespace": "flux-system", "finalizers": ["example.com/hold"]}}))
        .unwrap();
    assert_data_eq!(
        fleet.nigari("uninstall --silent --timeout=7s").to_string(),
        str![[r#"
------- stderr -------
► uninstalling Flux in namespace flux-system of the cluster at https://localhost:[PORT]
► these are deleted:
    Deployment flux-system/kustomize-controller
    Deployment flux-system/source-controller
    ResourceQuota flux-system/critical-pods-flux-system
    Service flux-system/source-controller
    ServiceAccount flux-system/kustomize-controller
    ServiceAccount flux-system/source-controller
    NetworkPolicy flux-system/allow-egress
    NetworkPolicy flux-system/allow-scraping
    NetworkPolicy flux-system/allow-webhooks
    CustomResourceDefinition buckets.source.toolkit.fluxcd.io
    CustomResourceDefinition externalartifacts.source.toolkit.fluxcd.io
    CustomResourceDefinition gitrepositories.source.toolkit.fluxcd.io
    CustomResourceDefinition helmcharts.source.toolkit.fluxcd.io
    CustomResourceDefinition helmrepositories.source.toolkit.fluxcd.io
    CustomResourceDefinition kustomizations.kustomize.toolkit.fluxcd.io, with its 2 objects
    CustomResourceDefinition ocirepositories.source.toolkit.fluxcd.io
    ClusterRole crd-controller-flux-system
    ClusterRole flux-edit-flux-system
    ClusterRole flux-view-flux-system
    ClusterRoleBinding cluster-reconciler-flux-system
    ClusterRoleBinding crd-controller-flux-system
    Namespace flux-system
► with the namespace goes what else is in it:
    ConfigMap flux-system/held
► these lose their finalizers first, so that nothing that they applied goes with them:
    Kustomization apps/apps
    Kustomization flux-system/apps
► these stay:
    what Flux has applied, which nothing reconciles any more
✔ deleted the controllers: 2
✔ deleted the other objects of the namespace: 7
✔ removed the finalizers of 2 objects
✔ deleted the CRDs: 7
✔ deleted the cluster roles and bindings: 5
⚠️ Namespace flux-system is held by ConfigMap flux-system/held (example.com/hold)
error: Namespace flux-system is not gone: held by ConfigMap flux-system/held (example.com/hold)
  cause: timed out after 7s waiting for Namespace flux-system to be gone
  hint: run the same command again: it goes on where it stopped
  hint: give it longer with --timeout
[exit status: 5]

"#]]
    );
    assert_eq!(left(&fleet), ["Namespace flux-system"]);
    free(&fleet, fleet.object("v1", "ConfigMap", "held").unwrap());
    let again = fleet.nigari("uninstall --silent");
    assert_eq!(again.exit_code(), Some(0), "{again}");
    assert_eq!(left(&fleet), [""; 0]);
    fleet.finish();
}

#[test]
fn the_api_server_goes_away_in_the_middle() {
    let fleet = in_use();
    fleet.sandbox.faults().arm("kube.cut=before:9").unwrap();
    let cut = fleet.nigari("uninstall --silent").to_string();
    let (_, end) = cut.split_once("► these stay:").unwrap();
    assert_data_eq!(
        end,
        str![[r#"

    what Flux has applied, which nothing reconciles any more
✔ deleted the controllers: 2
error: cannot reach the cluster at https://localhost:[PORT]: the connection was closed before there was an answer
  hint: run the same command again: it goes on where it stopped
[exit status: 8]

"#]]
    );
    fleet.sandbox.faults().clear("kube.cut");
    let again = fleet.nigari("uninstall --silent");
    assert_eq!(again.exit_code(), Some(0), "{again}");
    assert_eq!(left(&fleet), [""; 0]);
    fleet.finish();
}

#[test]
fn the_cluster_is_away_from_the_start() {
    let fleet = Fleet::of(Sandbox::builder().without_players());
    let run = fleet.nigari("uninstall --silent --server=https://127.0.0.1:1");
    assert_data_eq!(
        run.to_string(),
        str![[r#"
------- stderr -------
error: cannot reach the cluster at https://127.0.0.1:1: Connection refused (os error 111)
[exit status: 8]

"#]]
    );
    fleet.finish();
}
