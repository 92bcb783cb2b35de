//! `nigari trace`.

use nigari::kinds::helm::HELM_RELEASE;
use nigari::kinds::kustomize::KUSTOMIZATION;
use nigari::kinds::source::{GIT_REPOSITORY, HELM_CHART, HELM_REPOSITORY, OCI_REPOSITORY};
use nigari_sandbox::kube::Deny;
use nigari_test_support::cluster::{Cluster, object};
use serde_json::{Value, json};
use snapbox::{assert_data_eq, str};

fn status(ready: &str, message: &str, more: Value) -> Value {
    let mut status = json!({"conditions": [{"type": "Ready", "status": ready, "reason": "Any",
        "message": message, "lastTransitionTime": "2026-11-23T08:00:00Z", "observedGeneration": 1}]});
    for (key, value) in more.as_object().unwrap() {
        status[key] = value.clone();
    }
    status
}

fn config_map(name: &str, labels: Value, owners: Value) -> Value {
    json!({"apiVersion": "v1", "kind": "ConfigMap", "metadata": {
        "name": name, "namespace": "apps", "labels": labels, "ownerReferences": owners}})
}

/// ConfigMaps that a Kustomization and a HelmRelease have applied, one that another one owns, and one that
/// nobody manages.
fn fleet() -> Cluster {
    let kinds = [
        &GIT_REPOSITORY,
        &KUSTOMIZATION,
        &HELM_RELEASE,
        &HELM_CHART,
        &HELM_REPOSITORY,
        &OCI_REPOSITORY,
    ];
    let cluster = Cluster::with(&kinds);
    let git = json!({"kind": "GitRepository", "name": "fleet"});
    cluster.put(object(&GIT_REPOSITORY, "fleet", json!({
        "spec": {"url": "https://git.example.com/acme/fleet", "ref": {"branch": "main"}, "interval": "1m"},
        "status": status("True", "stored artifact", json!({"artifact": {"revision": "main@sha1:696f056d"}})),
    })));
    cluster.put(object(&KUSTOMIZATION, "apps", json!({
        "spec": {"path": "./apps", "sourceRef": git},
        "status": status("False", "no such file", json!({"lastAppliedRevision": "main@sha1:0b67c17e"})),
    })));
    let chart = json!({"spec": {"chart": "podinfo", "version": "6.x", "sourceRef": {"kind": "HelmRepository", "name": "charts"}}});
    cluster.put(object(&HELM_RELEASE, "podinfo", json!({
        "spec": {"chart": chart, "targetNamespace": "apps"},
        "status": status("True", "Helm install succeeded", json!({"helmChart": "flux-system/flux-system-podinfo",
            "history": [{"chartVersion": "6.5.4"}]})),
    })));
    cluster.put(object(&HELM_CHART, "flux-system-podinfo", json!({
        "spec": {"chart": "podinfo", "version": "6.x", "sourceRef": {"kind": "HelmRepository", "name": "charts"}},
        "status": status("True", "pulled 'podinfo'", json!({"artifact": {"revision": "6.5.4"}})),
    })));
    cluster.put(object(&HELM_REPOSITORY, "charts", json!({
        "spec": {"url": "https://charts.example.com"},
        "status": status("True", "stored artifact", json!({"artifact": {"revision": "sha256:9f86d081884c7d65"}})),
    })));
    let of = |kind: &str, name: &str| {
        let group = format!("{kind}.toolkit.fluxcd.io");
        json!({format!("{group}/name"): name, format!("{group}/namespace"): "flux-system"})
    };
    cluster.put(config_map("settings", of("kustomize", "apps"), json!([])));
    cluster.put(config_map("podinfo", of("helm", "podinfo"), json!([])));
    let uid = cluster.0.kube().get("v1", "ConfigMap", Some("apps"), "settings").unwrap()["metadata"]["uid"].clone();
    let owner = json!([{"apiVersion": "v1", "kind": "ConfigMap", "name": "settings", "uid": uid}]);
    cluster.put(config_map("owned", json!({}), owner));
    cluster.put(config_map("alone", json!({}), json!([])));
    cluster
}

#[test]
fn an_object_is_traced_to_its_commit() {
    assert_data_eq!(
        fleet().nigari("trace cm settings -n apps").to_string(),
        str![[r#"
Object:           ConfigMap/settings
Namespace:        apps
Status:           Managed by Flux
---
Kustomization:    apps
Namespace:        flux-system
Path:             ./apps
Revision:         main@sha1:0b67c17e
Status:           Last reconciliation failed at 2026-11-23T08:00:00Z
Message:          no such file
---
GitRepository:    fleet
Namespace:        flux-system
URL:              https://git.example.com/acme/fleet
Ref:              main
Revision:         main@sha1:696f056d
Status:           Last reconciled at 2026-11-23T08:00:00Z
Message:          stored artifact

"#]]
    );
}

#[test]
fn a_release_is_traced_to_its_chart_and_repository() {
    assert_data_eq!(
        fleet().nigari("trace configmap/podinfo -n apps").to_string(),
        str![[r#"
Object:           ConfigMap/podinfo
Namespace:        apps
Status:           Managed by Flux
---
HelmRelease:      podinfo
Namespace:        flux-system
Chart:            podinfo 6.x
Target:           apps
Revision:         6.5.4
Status:           Last reconciled at 2026-11-23T08:00:00Z
Message:          Helm install succeeded
---
HelmChart:        flux-system-podinfo
Namespace:        flux-system
Chart:            podinfo
Version:          6.x
Revision:         6.5.4
Status:           Last reconciled at 2026-11-23T08:00:00Z
Message:          pulled 'podinfo'
---
HelmRepository:   charts
Namespace:        flux-system
URL:              https://charts.example.com
Revision:         sha256:9f86d081884c7d65
Status:           Last reconciled at 2026-11-23T08:00:00Z
Message:          stored artifact

"#]]
    );
}

#[test]
fn what_is_owned_is_traced_through_its_owners() {
    let run = fleet().nigari("trace owned -n apps --kind configmap --api-version v1 -o json");
    assert_data_eq!(
        run.to_string(),
        str![[r#"
{
  "apiVersion": "v1",
  "kind": "List",
  "items": [
    {
      "apiVersion": "nigari-cli.github.io/v1",
      "kind": "Trace",
      "object": {
        "group": "",
        "kind": "ConfigMap",
        "namespace": "apps",
        "name": "owned"
      },
      "managedBy": {
        "group": "kustomize.toolkit.fluxcd.io",
        "kind": "Kustomization",
        "namespace": "flux-system",
        "name": "apps"
      },
      "steps": [
        {
          "group": "kustomize.toolkit.fluxcd.io",
          "kind": "Kustomization",
          "namespace": "flux-system",
          "name": "apps",
          "ready": "False",
          "revision": "main@sha1:0b67c17e",
          "facts": {
            "Path": "./apps",
            "Revision": "main@sha1:0b67c17e",
            "Status": "Last reconciliation failed at 2026-11-23T08:00:00Z",
            "Message": "no such file"
          }
        },
        {
          "group": "source.toolkit.fluxcd.io",
          "kind": "GitRepository",
          "namespace": "flux-system",
          "name": "fleet",
          "ready": "True",
          "revision": "main@sha1:696f056d",
          "facts": {
            "URL": "https://git.example.com/acme/fleet",
            "Ref": "main",
            "Revision": "main@sha1:696f056d",
            "Status": "Last reconciled at 2026-11-23T08:00:00Z",
            "Message": "stored artifact"
          }
        }
      ]
    }
  ]
}

"#]]
    );
}

#[test]
fn what_nobody_manages_and_what_is_not_there_is_told_and_the_rest_is_shown() {
    let cluster = fleet();
    let several = cluster.nigari("trace cm settings alone nope -n apps");
    assert!(several.stdout().starts_with("Object:           ConfigMap/settings\n"), "{several}");
    assert_data_eq!(
        several.stderr(),
        str![[r#"
✗ ConfigMap/apps/alone is not managed by Flux
✗ ConfigMap/apps/nope not found
error: 2 of 3 objects could not be traced

"#]]
    );
    assert_eq!(several.exit_code(), Some(1));
    assert_data_eq!(
        cluster.nigari("trace cm alone -n apps").to_string(),
        str![[r#"
------- stderr -------
error: ConfigMap/apps/alone is not managed by Flux
[exit status: 1]

"#]]
    );
    assert_data_eq!(
        cluster.nigari("trace widget x").to_string(),
        str![[r#"
------- stderr -------
error: the cluster has no kind that is called "widget"
  hint: see which kinds there are with: kubectl api-resources
[exit status: 4]

"#]]
    );
    assert_eq!(cluster.nigari("trace cm").exit_code(), Some(2));
}

#[test]
fn a_step_that_may_not_be_read_or_is_gone_is_named() {
    let cluster = fleet();
    cluster.delete(&GIT_REPOSITORY, "flux-system", "fleet");
    assert!(cluster.nigari("trace cm settings -n apps").stdout().ends_with(
        "---\nGitRepository:    fleet\nNamespace:        flux-system\nStatus:           it is not there\n"
    ));
    cluster.0.kube().deny(Deny::new("get", KUSTOMIZATION.group, KUSTOMIZATION.plural));
    let run = cluster.nigari("trace cm settings -n apps");
    assert!(run.stdout().ends_with("Status:           it may not be read\n"), "{run}");
    assert_eq!(run.exit_code(), Some(0));
}
