//! `nigari tree`.

use std::io::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use flate2::Compression;
use flate2::write::GzEncoder;
use nigari::kinds::artifact::ARTIFACT_GENERATOR;
use nigari::kinds::helm::HELM_RELEASE;
use nigari::kinds::kustomize::KUSTOMIZATION;
use nigari_sandbox::kube::Deny;
use nigari_test_support::cluster::{Cluster, object};
use serde_json::{Value, json};
use snapbox::{assert_data_eq, str};

fn ready(status: &str, message: &str) -> Value {
    json!([{"type": "Ready", "status": status, "reason": "Any", "message": message,
            "observedGeneration": 1}])
}

fn kustomization(name: &str, status: &str, inventory: &[&str]) -> Value {
    let entries: Vec<_> = inventory.iter().map(|id| json!({"id": id, "v": "v1"})).collect();
    object(
        &KUSTOMIZATION,
        name,
        json!({
            "spec": {"sourceRef": {"kind": "GitRepository", "name": "fleet"}},
            "status": {"conditions": ready(status, "build failed:\n  no such file"),
                       "inventory": {"entries": entries}},
        }),
    )
}

const KS: &str = "kustomize.toolkit.fluxcd.io_Kustomization";

/// A root with two Kustomizations, one of which has failed and refers back to the root, a release and a
/// Namespace.
fn fleet() -> Cluster {
    let cluster = Cluster::with(&[&KUSTOMIZATION, &HELM_RELEASE, &ARTIFACT_GENERATOR]);
    cluster.put(kustomization(
        "flux-system",
        "True",
        &[
            "_apps__Namespace",
            &format!("flux-system_flux-system_{KS}"),
            &format!("flux-system_apps_{KS}"),
            &format!("flux-system_gone_{KS}"),
            "apps_podinfo_helm.toolkit.fluxcd.io_HelmRelease",
        ],
    ));
    cluster.put(kustomization(
        "apps",
        "False",
        &["apps_web_apps_Deployment", &format!("flux-system_flux-system_{KS}")],
    ));
    cluster.put(release(json!({"entries": [{"id": "apps_podinfo_apps_Deployment", "v": "v1"}]})));
    cluster
}

fn release(inventory: Value) -> Value {
    let mut release = object(
        &HELM_RELEASE,
        "podinfo",
        json!({
            "spec": {"chartRef": {"kind": "OCIRepository", "name": "podinfo"}},
            "status": {
                "conditions": ready("True", "Helm install succeeded"),
                "storageNamespace": "apps",
                "history": [{"name": "podinfo", "namespace": "apps", "version": 2}],
            },
        }),
    );
    release["metadata"]["namespace"] = json!("apps");
    if !inventory.is_null() {
        release["status"]["inventory"] = inventory;
    }
    release
}

#[test]
fn a_tree_opens_what_has_made_something_and_ends_at_what_was_shown() {
    let cluster = fleet();
    cluster.0.recorder().clear();
    assert_data_eq!(
        cluster.nigari("tree kustomization flux-system").to_string(),
        str![[r#"
Kustomization/flux-system/flux-system
├── Namespace/apps
├── Kustomization/flux-system/apps (not ready: build failed: no such file)
│   ├── Deployment/apps/web
│   └── Kustomization/flux-system/flux-system (shown above)
├── Kustomization/flux-system/gone (not found)
└── HelmRelease/apps/podinfo
    └── Deployment/apps/podinfo

"#]]
    );
    let reads = cluster
        .0
        .recorder()
        .all()
        .into_iter()
        .filter(|request| request.path.contains("/namespaces/"));
    assert_eq!(reads.count(), 4, "the root, two Kustomizations and a release, each once");
}

#[test]
fn the_flux_objects_alone() {
    assert_data_eq!(
        fleet().nigari("tree ks/flux-system --compact").to_string(),
        str![[r#"
Kustomization/flux-system/flux-system
├── Kustomization/flux-system/apps (not ready: build failed: no such file)
│   └── Kustomization/flux-system/flux-system (shown above)
├── Kustomization/flux-system/gone (not found)
└── HelmRelease/apps/podinfo

"#]]
    );
}

#[test]
fn a_program_gets_the_tree_as_upstream_writes_it() {
    let cluster = fleet();
    assert_data_eq!(
        cluster.nigari("tree hr podinfo -n apps -o json").to_string(),
        str![[r#"
{
  "resource": {
    "Namespace": "apps",
    "Name": "podinfo",
    "GroupKind": {
      "Group": "helm.toolkit.fluxcd.io",
      "Kind": "HelmRelease"
    }
  },
  "resources": [
    {
      "resource": {
        "Namespace": "apps",
        "Name": "podinfo",
        "GroupKind": {
          "Group": "apps",
          "Kind": "Deployment"
        }
      }
    }
  ]
}

"#]]
    );
    assert_data_eq!(
        cluster.nigari("tree ks apps -o yaml --compact").to_string(),
        str![[r#"
resource:
  Namespace: flux-system
  Name: apps
  GroupKind:
    Group: kustomize.toolkit.fluxcd.io
    Kind: Kustomization
note: |-
  not ready: build failed:
    no such file
resources:
- resource:
    Namespace: flux-system
    Name: flux-system
    GroupKind:
      Group: kustomize.toolkit.fluxcd.io
      Kind: Kustomization
  resources:
  - resource:
      Namespace: flux-system
      Name: apps
      GroupKind:
        Group: kustomize.toolkit.fluxcd.io
        Kind: Kustomization
    note: shown above
  - resource:
      Namespace: flux-system
      Name: gone
      GroupKind:
        Group: kustomize.toolkit.fluxcd.io
        Kind: Kustomization
    note: not found
  - resource:
      Namespace: apps
      Name: podinfo
      GroupKind:
        Group: helm.toolkit.fluxcd.io
        Kind: HelmRelease

"#]]
    );
}

#[test]
fn a_picture_has_a_node_for_each_object() {
    let cluster = fleet();
    assert_data_eq!(
        cluster.nigari("tree ks apps -o mermaid").to_string(),
        str![[r#"
flowchart LR
  n0["Kustomization/flux-system/apps (not ready: build failed: no such file)"]
  n1["Deployment/apps/web"]
  n2["Kustomization/flux-system/flux-system"]
  n3["Namespace/apps"]
  n4["Kustomization/flux-system/apps (shown above)"]
  n5["Kustomization/flux-system/gone (not found)"]
  n6["HelmRelease/apps/podinfo"]
  n7["Deployment/apps/podinfo"]
  n0 --> n1
  n0 --> n2
  n2 --> n3
  n2 --> n4
  n2 --> n5
  n2 --> n6
  n6 --> n7

"#]]
    );
    assert_data_eq!(
        cluster.nigari("tree hr podinfo -n apps -o dot").to_string(),
        str![[r#"
digraph tree {
  rankdir=LR;
  node [shape=box];
  n0 [label="HelmRelease/apps/podinfo"];
  n1 [label="Deployment/apps/podinfo"];
  n0 -> n1;
}

"#]]
    );
}

/// A release as Helm stores it.
fn stored(manifest: &str) -> Value {
    let json = json!({"name": "podinfo", "manifest": manifest}).to_string();
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(json.as_bytes()).unwrap();
    let helms = STANDARD.encode(encoder.finish().unwrap());
    json!({
        "apiVersion": "v1", "kind": "Secret", "type": "helm.sh/release.v1",
        "metadata": {"name": "sh.helm.release.v1.podinfo.v2", "namespace": "apps"},
        "data": {"release": STANDARD.encode(helms)},
    })
}

#[test]
fn a_release_without_an_inventory_is_read_from_helms_storage() {
    let cluster = fleet();
    cluster.put(release(Value::Null));
    let manifest = "\
apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: podinfo}\n---\n\
apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {name: \"system:podinfo\"}\n";
    cluster.put(stored(manifest));
    assert_data_eq!(
        cluster.nigari("tree helmrelease podinfo -n apps").to_string(),
        str![[r#"
HelmRelease/apps/podinfo
├── Deployment/apps/podinfo
└── ClusterRole/system:podinfo

"#]]
    );
    cluster.0.kube().deny(Deny::new("get", "", "secrets"));
    assert_data_eq!(
        cluster.nigari("tree helmrelease podinfo -n apps").to_string(),
        str![[r#"
HelmRelease/apps/podinfo
------- stderr -------
error: cannot get Secret apps/sh.helm.release.v1.podinfo.v2: secrets "sh.helm.release.v1.podinfo.v2" is forbidden: User "admin" cannot get resource "secrets" in API group "" in the namespace "apps"
[exit status: 6]

"#]]
    );
}

#[test]
fn what_is_in_another_cluster_is_not_looked_for_in_this_one() {
    let cluster = fleet();
    let mut remote = kustomization("remote", "True", &[&format!("flux-system_apps_{KS}")]);
    remote["spec"]["kubeConfig"] = json!({"secretRef": {"name": "other"}});
    cluster.put(remote);
    assert_data_eq!(
        cluster.nigari("tree ks remote apps").to_string(),
        str![[r#"
Kustomization/flux-system/remote
└── Kustomization/flux-system/apps

Kustomization/flux-system/apps (not ready: build failed: no such file)
├── Deployment/apps/web
└── Kustomization/flux-system/flux-system
    ├── Namespace/apps
    ├── Kustomization/flux-system/apps (shown above)
    ├── Kustomization/flux-system/gone (not found)
    └── HelmRelease/apps/podinfo
        └── Deployment/apps/podinfo

"#]]
    );
}

#[test]
fn a_generator_has_made_artifacts() {
    let cluster = fleet();
    cluster.put(object(
        &ARTIFACT_GENERATOR,
        "split",
        json!({"status": {"conditions": ready("True", "ok"), "inventory": [
            {"name": "app", "namespace": "flux-system", "digest": "sha256:0", "filename": "0.tar.gz"}]}}),
    ));
    assert_data_eq!(
        cluster.nigari("tree artifact generator split").to_string(),
        str![[r#"
ArtifactGenerator/flux-system/split
└── ExternalArtifact/flux-system/app

"#]]
    );
}

#[test]
fn what_is_not_there_is_an_error() {
    let cluster = fleet();
    let absent = cluster.nigari("tree ks nope");
    assert_eq!((absent.stdout(), absent.exit_code()), ("", Some(3)), "{absent}");
    let unnamed = cluster.nigari("tree ks");
    assert_eq!(unnamed.exit_code(), Some(2), "{unnamed}");
    let other = cluster.nigari("tree source git fleet");
    assert_eq!(other.exit_code(), Some(2), "{other}");
}
