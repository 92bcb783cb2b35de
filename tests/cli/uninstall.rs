//! `nigari uninstall`: what is deleted, in which order, and what stays.

use nigari_sandbox::sandbox::Sandbox;
use nigari_test_support::fleet::Fleet;
#[cfg(target_os = "linux")]
use nigari_test_support::program::typed;
use serde_json::{Value, json};
use snapbox::{assert_data_eq, str};

use crate::install::installed;

pub(crate) const KUSTOMIZE: &str = "kustomize.toolkit.fluxcd.io/v1";

/// A Kustomization that nobody reconciles, with the finalizer that its controller gave it.
pub(crate) fn kustomization(namespace: &str, finalizers: &[&str]) -> Value {
    json!({
        "apiVersion": KUSTOMIZE, "kind": "Kustomization",
        "metadata": {"name": "apps", "namespace": namespace, "finalizers": finalizers},
        "spec": {"interval": "10m", "prune": true, "suspend": true,
            "sourceRef": {"kind": "GitRepository", "name": "fleet"}},
    })
}

/// A cluster with two of Flux's components, and with objects in two namespaces.
pub(crate) fn in_use() -> Fleet {
    let fleet = Fleet::of(Sandbox::builder());
    let run = fleet.nigari("install --components=source-controller,kustomize-controller");
    assert_eq!(run.exit_code(), Some(0), "{run}");
    put_namespace(&fleet, "apps");
    for namespace in ["flux-system", "apps"] {
        fleet.kube().put(kustomization(namespace, &["finalizers.fluxcd.io"])).unwrap();
    }
    fleet.sandbox.recorder().clear();
    fleet
}

pub(crate) fn put_namespace(fleet: &Fleet, name: &str) {
    let namespace = json!({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": name}});
    fleet.kube().put(namespace).unwrap();
}

/// What there is of Flux: kinds and names.
pub(crate) fn left(fleet: &Fleet) -> Vec<String> {
    let kinds = [
        ("apps/v1", "Deployment"),
        ("v1", "Pod"),
        ("v1", "Service"),
        ("v1", "ResourceQuota"),
        ("networking.k8s.io/v1", "NetworkPolicy"),
        ("rbac.authorization.k8s.io/v1", "ClusterRole"),
        ("rbac.authorization.k8s.io/v1", "ClusterRoleBinding"),
        ("apiextensions.k8s.io/v1", "CustomResourceDefinition"),
    ];
    let mut left = Vec::new();
    for (api_version, kind) in kinds {
        for object in fleet.kube().list(api_version, kind) {
            // The names of Pods are made up.
            let name = match kind {
                "Pod" => &object["metadata"]["labels"]["app"],
                _ => &object["metadata"]["name"],
            };
            left.push(format!("{kind} {}", name.as_str().unwrap()));
        }
    }
    if fleet.kube().get("v1", "Namespace", None, "flux-system").is_some() {
        left.push("Namespace flux-system".to_owned());
    }
    left
}

/// Method and path of every write, in the order of the stages; within one, as they came.
fn writes(fleet: &Fleet) -> Vec<String> {
    let writes = fleet.sandbox.recorder().writes();
    writes
        .iter()
        .map(|request| {
            let path = request.path.split('?').next().unwrap();
            format!("{} {path}", request.method)
        })
        .collect()
}

#[test]
fn everything_of_flux_goes_and_what_it_has_applied_stays() {
    let fleet = Fleet::bootstrapped();
    fleet.commit("clusters/production/settings.yaml", SETTINGS);
    let synced = fleet.nigari("reconcile kustomization flux-system --with-source");
    assert_eq!(synced.exit_code(), Some(0), "{synced}");
    let settings = || fleet.kube().get("v1", "ConfigMap", Some("default"), "settings");
    assert!(settings().is_some());
    assert_data_eq!(
        fleet.nigari("uninstall --silent").to_string(),
        str![[r#"
------- stderr -------
► uninstalling Flux in namespace flux-system of the cluster at https://localhost:[PORT]
► these are deleted:
    Deployment flux-system/helm-controller
    Deployment flux-system/kustomize-controller
    Deployment flux-system/notification-controller
    Deployment flux-system/source-controller
    ResourceQuota flux-system/critical-pods-flux-system
    Service flux-system/notification-controller
    Service flux-system/source-controller
    Service flux-system/webhook-receiver
    ServiceAccount flux-system/helm-controller
    ServiceAccount flux-system/kustomize-controller
    ServiceAccount flux-system/notification-controller
    ServiceAccount flux-system/source-controller
    NetworkPolicy flux-system/allow-egress
    NetworkPolicy flux-system/allow-scraping
    NetworkPolicy flux-system/allow-webhooks
    CustomResourceDefinition alerts.notification.toolkit.fluxcd.io
    CustomResourceDefinition buckets.source.toolkit.fluxcd.io
    CustomResourceDefinition externalartifacts.source.toolkit.fluxcd.io
    CustomResourceDefinition gitrepositories.source.toolkit.fluxcd.io, with its 1 object
    CustomResourceDefinition helmcharts.source.toolkit.fluxcd.io
    CustomResourceDefinition helmreleases.helm.toolkit.fluxcd.io
    CustomResourceDefinition helmrepositories.source.toolkit.fluxcd.io
    CustomResourceDefinition kustomizations.kustomize.toolkit.fluxcd.io, with its 1 object
    CustomResourceDefinition ocirepositories.source.toolkit.fluxcd.io
    CustomResourceDefinition providers.notification.toolkit.fluxcd.io
    CustomResourceDefinition receivers.notification.toolkit.fluxcd.io
    ClusterRole crd-controller-flux-system
    ClusterRole flux-edit-flux-system
    ClusterRole flux-view-flux-system
    ClusterRoleBinding cluster-reconciler-flux-system
    ClusterRoleBinding crd-controller-flux-system
    Namespace flux-system
► with the namespace goes what else is in it:
    Secret flux-system/flux-system
► these lose their finalizers first, so that nothing that they applied goes with them:
    GitRepository flux-system/flux-system
    Kustomization flux-system/flux-system
► these stay:
    what Flux has applied, which nothing reconciles any more
✔ deleted the controllers: 4
✔ deleted the other objects of the namespace: 11
✔ removed the finalizers of 2 objects
✔ deleted the CRDs: 11
✔ deleted the cluster roles and bindings: 5
✔ deleted the namespace: 1
✔ Flux is uninstalled from namespace flux-system

"#]]
    );
    assert_eq!(left(&fleet), [""; 0]);
    assert!(settings().is_some());
    assert!(fleet.file("clusters/production/flux-system/gotk-sync.yaml").is_some());

    fleet.sandbox.recorder().clear();
    let second = fleet.nigari("uninstall --silent");
    assert_data_eq!(
        second.to_string(),
        str![[r#"
------- stderr -------
✔ there is no Flux in namespace flux-system

"#]]
    );
    fleet.assert_untouched(&second);
    fleet.finish();
}

const SETTINGS: &str = "apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
  namespace: default
data:
  colour: blue
";

#[test]
fn controllers_go_first_then_finalizers_then_definitions() {
    let fleet = in_use();
    assert_data_eq!(
        fleet.nigari("uninstall --silent --verbose").to_string(),
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
► Deployment flux-system/kustomize-controller deleted
► Deployment flux-system/source-controller deleted
✔ deleted the controllers: 2
► ResourceQuota flux-system/critical-pods-flux-system deleted
► Service flux-system/source-controller deleted
► ServiceAccount flux-system/kustomize-controller deleted
► ServiceAccount flux-system/source-controller deleted
► NetworkPolicy flux-system/allow-egress deleted
► NetworkPolicy flux-system/allow-scraping deleted
► NetworkPolicy flux-system/allow-webhooks deleted
✔ deleted the other objects of the namespace: 7
✔ removed the finalizers of 2 objects
► CustomResourceDefinition buckets.source.toolkit.fluxcd.io deleted
► CustomResourceDefinition externalartifacts.source.toolkit.fluxcd.io deleted
► CustomResourceDefinition gitrepositories.source.toolkit.fluxcd.io deleted
► CustomResourceDefinition helmcharts.source.toolkit.fluxcd.io deleted
► CustomResourceDefinition helmrepositories.source.toolkit.fluxcd.io deleted
► CustomResourceDefinition kustomizations.kustomize.toolkit.fluxcd.io deleted
► CustomResourceDefinition ocirepositories.source.toolkit.fluxcd.io deleted
✔ deleted the CRDs: 7
► ClusterRole crd-controller-flux-system deleted
► ClusterRole flux-edit-flux-system deleted
► ClusterRole flux-view-flux-system deleted
► ClusterRoleBinding cluster-reconciler-flux-system deleted
► ClusterRoleBinding crd-controller-flux-system deleted
✔ deleted the cluster roles and bindings: 5
► Namespace flux-system deleted
✔ deleted the namespace: 1
✔ Flux is uninstalled from namespace flux-system

"#]]
    );
    let writes = writes(&fleet);
    let position = |part: &str| writes.iter().position(|write| write.contains(part)).unwrap();
    let last = |part: &str| writes.iter().rposition(|write| write.contains(part)).unwrap();
    assert!(last("/deployments/") < position("PATCH"), "{writes:#?}");
    assert!(last("PATCH") < position("/customresourcedefinitions/"), "{writes:#?}");
    assert!(last("/customresourcedefinitions/") < position("/clusterroles/"), "{writes:#?}");
    assert_eq!(writes.last().unwrap(), "DELETE /api/v1/namespaces/flux-system");
    assert_eq!(left(&fleet), [""; 0]);
    fleet.finish();
}

#[test]
fn a_dry_run_shows_it_and_deletes_nothing() {
    let fleet = in_use();
    let run = fleet.nigari("uninstall --dry-run");
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
✔ dry run, nothing was deleted: 22 objects would be, and what goes with them

"#]]
    );
    fleet.assert_untouched(&run);
    let asked = fleet.sandbox.recorder().all();
    let deletions = asked.iter().filter(|request| request.method == "DELETE").count();
    assert!(deletions > 15, "the server is asked about {deletions} deletions");
    fleet.finish();
}

#[test]
fn the_namespace_can_be_kept() {
    let fleet = in_use();
    fleet
        .kube()
        .put(json!({"apiVersion": "v1", "kind": "Secret",
        "metadata": {"name": "sops-age", "namespace": "flux-system"}}))
        .unwrap();
    assert_data_eq!(
        fleet.nigari("uninstall --silent --keep-namespace").to_string(),
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
► these lose their finalizers first, so that nothing that they applied goes with them:
    Kustomization apps/apps
    Kustomization flux-system/apps
► these stay:
    what Flux has applied, which nothing reconciles any more
    Namespace flux-system: as asked for
✔ deleted the controllers: 2
✔ deleted the other objects of the namespace: 7
✔ removed the finalizers of 2 objects
✔ deleted the CRDs: 7
✔ deleted the cluster roles and bindings: 5
✔ Flux is uninstalled from namespace flux-system

"#]]
    );
    assert_eq!(left(&fleet), ["Namespace flux-system"]);
    assert!(fleet.object("v1", "Secret", "sops-age").is_some());

    let again = fleet.nigari("uninstall --silent --keep-namespace");
    assert_data_eq!(
        again.to_string(),
        str![[r#"
------- stderr -------
✔ there is no Flux in namespace flux-system

"#]]
    );
    assert_data_eq!(
        fleet.nigari("uninstall --silent").to_string(),
        str![[r#"
------- stderr -------
► uninstalling Flux in namespace flux-system of the cluster at https://localhost:[PORT]
► these are deleted:
    Namespace flux-system
► with the namespace goes what else is in it:
    Secret flux-system/sops-age
► these stay:
    what Flux has applied, which nothing reconciles any more
✔ deleted the namespace: 1
✔ Flux is uninstalled from namespace flux-system

"#]]
    );
    assert_eq!(left(&fleet), [""; 0]);
    fleet.finish();
}

#[test]
fn beside_another_flux_only_what_is_ones_own_goes() {
    let fleet = in_use();
    let second = fleet.nigari("install --namespace=gitops --components=source-controller");
    assert_eq!(second.exit_code(), Some(0), "{second}");
    fleet.kube().put(kustomization("gitops", &["finalizers.fluxcd.io"])).unwrap();
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
    ClusterRole crd-controller-flux-system
    ClusterRole flux-edit-flux-system
    ClusterRole flux-view-flux-system
    ClusterRoleBinding cluster-reconciler-flux-system
    ClusterRoleBinding crd-controller-flux-system
    Namespace flux-system
► these are deleted too, and nothing with them:
    Kustomization flux-system/apps
► these stay:
    what Flux in this namespace has applied
    the CRDs: Flux in namespace gitops uses them (Deployment gitops/source-controller)
✔ deleted the controllers: 2
✔ deleted the other objects of the namespace: 7
✔ deleted the custom objects: 1
✔ deleted the cluster roles and bindings: 5
✔ deleted the namespace: 1
✔ Flux is uninstalled from namespace flux-system

"#]]
    );
    let has = |namespace: &str| {
        fleet
            .kube()
            .get(KUSTOMIZE, "Kustomization", Some(namespace), "apps")
            .map(|found| found["metadata"]["finalizers"].as_array().map_or(0, Vec::len))
    };
    assert_eq!([has("flux-system"), has("apps"), has("gitops")], [None, Some(1), Some(1)]);
    assert_data_eq!(
        left(&fleet).join("\n"),
        str![[r#"
Deployment source-controller
Pod source-controller
Service source-controller
ResourceQuota critical-pods-gitops
NetworkPolicy allow-egress
NetworkPolicy allow-scraping
NetworkPolicy allow-webhooks
ClusterRole crd-controller-gitops
ClusterRole flux-edit-gitops
ClusterRole flux-view-gitops
ClusterRoleBinding cluster-reconciler-gitops
ClusterRoleBinding crd-controller-gitops
CustomResourceDefinition buckets.source.toolkit.fluxcd.io
CustomResourceDefinition externalartifacts.source.toolkit.fluxcd.io
CustomResourceDefinition gitrepositories.source.toolkit.fluxcd.io
CustomResourceDefinition helmcharts.source.toolkit.fluxcd.io
CustomResourceDefinition helmrepositories.source.toolkit.fluxcd.io
CustomResourceDefinition kustomizations.kustomize.toolkit.fluxcd.io
CustomResourceDefinition ocirepositories.source.toolkit.fluxcd.io
"#]]
    );
    fleet.finish();
}

#[test]
fn nothing_is_nothing_to_do() {
    let fleet = Fleet::of(Sandbox::builder().without_players());
    assert_data_eq!(
        fleet.nigari("uninstall --silent").to_string(),
        str![[r#"
------- stderr -------
✔ there is no Flux in namespace flux-system

"#]]
    );
    fleet.finish();
    let fleet = in_use();
    let elsewhere = fleet.nigari("uninstall --silent --namespace=gitops");
    assert_data_eq!(
        elsewhere.to_string(),
        str![[r#"
------- stderr -------
⚠️ there is Flux in namespace flux-system (Deployment flux-system/kustomize-controller): uninstall it with --namespace=flux-system
✔ there is no Flux in namespace gitops

"#]]
    );
    fleet.assert_untouched(&elsewhere);
    fleet.finish();
}

#[cfg(target_os = "linux")]
#[test]
fn the_name_of_the_namespace_has_to_be_typed() {
    let fleet = installed();
    let refused = typed(&fleet.sandbox, "uninstall", "yes\n");
    assert_data_eq!(
        refused.to_string(),
        str![[r#"
► uninstalling Flux in namespace flux-system of the cluster at https://localhost:[PORT]
► these are deleted:
    Deployment flux-system/helm-controller
    Deployment flux-system/kustomize-controller
    Deployment flux-system/notification-controller
    Deployment flux-system/source-controller
    ResourceQuota flux-system/critical-pods-flux-system
    Service flux-system/notification-controller
    Service flux-system/source-controller
    Service flux-system/webhook-receiver
    ServiceAccount flux-system/helm-controller
    ServiceAccount flux-system/kustomize-controller
    ServiceAccount flux-system/notification-controller
    ServiceAccount flux-system/source-controller
    NetworkPolicy flux-system/allow-egress
    NetworkPolicy flux-system/allow-scraping
    NetworkPolicy flux-system/allow-webhooks
    CustomResourceDefinition alerts.notification.toolkit.fluxcd.io
    CustomResourceDefinition buckets.source.toolkit.fluxcd.io
    CustomResourceDefinition externalartifacts.source.toolkit.fluxcd.io
    CustomResourceDefinition gitrepositories.source.toolkit.fluxcd.io
    CustomResourceDefinition helmcharts.source.toolkit.fluxcd.io
    CustomResourceDefinition helmreleases.helm.toolkit.fluxcd.io
    CustomResourceDefinition helmrepositories.source.toolkit.fluxcd.io
    CustomResourceDefinition kustomizations.kustomize.toolkit.fluxcd.io
    CustomResourceDefinition ocirepositories.source.toolkit.fluxcd.io
    CustomResourceDefinition providers.notification.toolkit.fluxcd.io
    CustomResourceDefinition receivers.notification.toolkit.fluxcd.io
    ClusterRole crd-controller-flux-system
    ClusterRole flux-edit-flux-system
    ClusterRole flux-view-flux-system
    ClusterRoleBinding cluster-reconciler-flux-system
    ClusterRoleBinding crd-controller-flux-system
    Namespace flux-system
► these stay:
    what Flux has applied, which nothing reconciles any more
type "flux-system" to uninstall Flux: error: aborting, nothing was deleted
[exit status: 1]

"#]]
    );
    fleet.assert_untouched(&refused);
    let run = typed(&fleet.sandbox, "uninstall", "flux-system\n");
    assert_eq!(run.exit_code(), Some(0), "{run}");
    assert_eq!(left(&fleet), [""; 0]);
    fleet.finish();
}
