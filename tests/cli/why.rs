//! `nigari why`: what it says of objects that nothing reconciles, and of clusters that do not answer.

use nigari::kinds::helm::HELM_RELEASE;
use nigari::kinds::kustomize::KUSTOMIZATION;
use nigari::kinds::source::GIT_REPOSITORY;
use nigari_sandbox::kube::Deny;
use nigari_test_support::cluster::{Cluster, object};
use serde_json::{Value, json};
use snapbox::{assert_data_eq, str};

fn ready(status: &str, reason: &str, message: &str) -> Value {
    json!({"conditions": [{"type": "Ready", "status": status, "reason": reason, "message": message,
        "lastTransitionTime": "2026-01-01T00:00:00Z"}]})
}

/// A Kustomization; `more` adds to its spec.
fn kustomization(name: &str, more: Value, status: Value) -> Value {
    let mut kustomization = nigari_test_support::cluster::kustomization(name, more);
    kustomization["status"] = status;
    kustomization
}

/// `web` depends on `infra`, whose Deployment has no Pods; `done` is ready.
fn cluster() -> Cluster {
    let cluster = Cluster::with(&[&GIT_REPOSITORY, &KUSTOMIZATION]);
    let not_ready =
        ready("False", "DependencyNotReady", "dependency 'flux-system/infra' is not ready");
    let mut unhealthy = ready(
        "False",
        "HealthCheckFailed",
        "health check failed after 30s: timeout waiting for: [Deployment/apps/db status: 'InProgress']",
    );
    unhealthy["inventory"] = json!({"entries": [
        {"id": "apps_db_apps_Deployment", "v": "v1"}, {"id": "apps_api_apps_Deployment", "v": "v1"},
    ]});
    let done = ready("True", "ReconciliationSucceeded", "Applied revision: main@sha1:ab");
    for object in [
        kustomization("web", json!({"dependsOn": [{"name": "infra"}]}), not_ready),
        kustomization("infra", json!({}), unhealthy),
        kustomization("done", json!({}), done),
        json!({"apiVersion": "apps/v1", "kind": "Deployment",
            "metadata": {"name": "db", "namespace": "apps", "generation": 1, "uid": "db"},
            "status": {"observedGeneration": 1, "conditions": [{"type": "Progressing",
                "status": "False", "reason": "ProgressDeadlineExceeded",
                "message": "ReplicaSet \"db-1\" has timed out progressing."}]}}),
        fleet(ready("True", "Succeeded", "stored artifact")),
    ] {
        cluster.put(object);
    }
    cluster
}

fn fleet(status: Value) -> Value {
    object(&GIT_REPOSITORY, "fleet", json!({"spec": {"url": "https://x"}, "status": status}))
}

#[test]
fn the_cause_is_the_first_line_and_the_way_to_it_follows() {
    assert_data_eq!(
        cluster().nigari("why kustomization web").to_string(),
        str![[r#"
Deployment apps/db: ProgressDeadlineExceeded: ReplicaSet "db-1" has timed out progressing.
Kustomization flux-system/web: DependencyNotReady
└─ depends on Kustomization flux-system/infra: HealthCheckFailed
   └─ applied Deployment apps/db: ProgressDeadlineExceeded
blocked by it: Kustomization flux-system/infra, Kustomization flux-system/web
------- stderr -------
error: Kustomization flux-system/web is not ready
[exit status: 1]

"#]]
    );
}

#[test]
fn a_ready_object_is_no_failure() {
    let cluster = cluster();
    assert_data_eq!(
        cluster.nigari("why ks/done").to_string(),
        str![[r#"
Kustomization flux-system/done is ready

"#]]
    );
    cluster.put(fleet(ready("False", "GitOperationFailed", "authentication required")));
    assert_data_eq!(
        cluster.nigari("why ks done").to_string(),
        str![[r#"
Kustomization flux-system/done is ready
------- stderr -------
⚠️ its next revision is held up: GitRepository flux-system/fleet: GitOperationFailed: authentication required

"#]]
    );
}

#[test]
fn a_suspended_object_comes_with_the_command_that_resumes_it() {
    let cluster = cluster();
    cluster.put(kustomization("web", json!({"suspend": true}), json!({})));
    assert_data_eq!(
        cluster.nigari("why ks web").to_string(),
        str![[r#"
Kustomization flux-system/web is suspended
------- stderr -------
error: Kustomization flux-system/web is not ready
  hint: resume it with: nigari resume kustomization web -n flux-system
[exit status: 1]

"#]]
    );
}

#[test]
fn what_just_needs_time_is_waited_for() {
    let cluster = cluster();
    let busy = ready("Unknown", "Progressing", "Reconciliation in progress");
    cluster.put(kustomization("infra", json!({}), busy));
    assert_data_eq!(
        cluster.nigari("why ks web").to_string(),
        str![[r#"
waits for Kustomization flux-system/infra: Progressing: Reconciliation in progress
Kustomization flux-system/web: DependencyNotReady
└─ depends on Kustomization flux-system/infra: Progressing
blocked by it: Kustomization flux-system/web
------- stderr -------
error: Kustomization flux-system/web is not ready
[exit status: 1]

"#]]
    );
}

#[test]
fn a_program_gets_a_list_of_diagnoses() {
    assert_data_eq!(
        cluster().nigari("why ks web -o json").to_string(),
        str![[r#"
{
  "apiVersion": "v1",
  "kind": "List",
  "items": [
    {
      "apiVersion": "nigari-cli.github.io/v1",
      "kind": "Diagnosis",
      "object": {
        "group": "kustomize.toolkit.fluxcd.io",
        "kind": "Kustomization",
        "namespace": "flux-system",
        "name": "web"
      },
      "ready": false,
      "state": "failed",
      "cause": {
        "object": {
          "group": "apps",
          "kind": "Deployment",
          "namespace": "apps",
          "name": "db"
        },
        "part": null,
        "reason": "ProgressDeadlineExceeded",
        "message": "ReplicaSet /"db-1/" has timed out progressing.",
        "line": "Deployment apps/db: ProgressDeadlineExceeded: ReplicaSet /"db-1/" has timed out progressing."
      },
      "chain": [
        {
          "group": "kustomize.toolkit.fluxcd.io",
          "kind": "Kustomization",
          "namespace": "flux-system",
          "name": "web",
          "relation": null,
          "state": "DependencyNotReady"
        },
        {
          "group": "kustomize.toolkit.fluxcd.io",
          "kind": "Kustomization",
          "namespace": "flux-system",
          "name": "infra",
          "relation": "dependency",
          "state": "HealthCheckFailed"
        },
        {
          "group": "apps",
          "kind": "Deployment",
          "namespace": "apps",
          "name": "db",
          "relation": "applied",
          "state": "ProgressDeadlineExceeded"
        }
      ],
      "blocked": [
        {
          "group": "kustomize.toolkit.fluxcd.io",
          "kind": "Kustomization",
          "namespace": "flux-system",
          "name": "infra"
        },
        {
          "group": "kustomize.toolkit.fluxcd.io",
          "kind": "Kustomization",
          "namespace": "flux-system",
          "name": "web"
        }
      ],
      "others": [],
      "ahead": null,
      "unseen": []
    }
  ]
}
------- stderr -------
error: Kustomization flux-system/web is not ready
[exit status: 1]

"#]]
    );
    assert_data_eq!(
        cluster().nigari("why ks done -o yaml").to_string(),
        str![[r#"
apiVersion: v1
kind: List
items:
- apiVersion: nigari-cli.github.io/v1
  kind: Diagnosis
  object:
    group: kustomize.toolkit.fluxcd.io
    kind: Kustomization
    namespace: flux-system
    name: done
  ready: true
  state: ready
  cause: null
  chain: []
  blocked: []
  others: []
  ahead: null
  unseen: []

"#]]
    );
}

#[test]
fn each_of_several_is_looked_at() {
    assert_data_eq!(
        cluster().nigari("why ks done web gone").to_string(),
        str![[r#"
Kustomization flux-system/done is ready

Deployment apps/db: ProgressDeadlineExceeded: ReplicaSet "db-1" has timed out progressing.
Kustomization flux-system/web: DependencyNotReady
└─ depends on Kustomization flux-system/infra: HealthCheckFailed
   └─ applied Deployment apps/db: ProgressDeadlineExceeded
blocked by it: Kustomization flux-system/infra, Kustomization flux-system/web
------- stderr -------
✗ Kustomization flux-system/web is not ready
✗ Kustomization flux-system/gone not found
error: 2 of 3 objects are not ready
[exit status: 1]

"#]]
    );
}

#[test]
fn objects_of_several_kinds_are_looked_at() {
    assert_data_eq!(
        cluster().nigari("why ks/done gitrepository/fleet ks/web").to_string(),
        str![[r#"
Kustomization flux-system/done is ready

GitRepository flux-system/fleet is ready

Deployment apps/db: ProgressDeadlineExceeded: ReplicaSet "db-1" has timed out progressing.
Kustomization flux-system/web: DependencyNotReady
└─ depends on Kustomization flux-system/infra: HealthCheckFailed
   └─ applied Deployment apps/db: ProgressDeadlineExceeded
blocked by it: Kustomization flux-system/infra, Kustomization flux-system/web
------- stderr -------
✗ Kustomization flux-system/web is not ready
error: 1 of 3 objects are not ready
[exit status: 1]

"#]]
    );
    let run = cluster().nigari("why ks/done deployment/web");
    assert_eq!(run.exit_code(), Some(2), "{run}");
}

/// helm-controller before Flux 2.8 lists nothing; what it installs has labels.
#[test]
fn a_release_without_an_inventory_is_followed_by_its_labels() {
    let cluster = Cluster::with(&[&HELM_RELEASE]);
    let mut release = object(&HELM_RELEASE, "web", json!({}));
    release["spec"] = json!({"valuesFrom": [{"kind": "ConfigMap", "name": "values"}]});
    release["status"] = ready("False", "InstallFailed", "context deadline exceeded");
    release["status"]["storageNamespace"] = json!("flux-system");
    cluster.put(release.clone());
    for (name, release) in [("web", "web"), ("other", "other")] {
        let labels = json!({"helm.toolkit.fluxcd.io/name": release,
            "helm.toolkit.fluxcd.io/namespace": "flux-system"});
        cluster.put(json!({"apiVersion": "apps/v1", "kind": "StatefulSet",
            "metadata": {"name": name, "namespace": "flux-system", "labels": labels},
            "spec": {"replicas": 2}, "status": {"observedGeneration": 1, "readyReplicas": 1}}));
    }
    assert_data_eq!(
        cluster.nigari("why hr web").to_string(),
        str![[r#"
waits for StatefulSet flux-system/web: 1 of 2 Pods are ready
HelmRelease flux-system/web: InstallFailed
└─ applied StatefulSet flux-system/web: 1 of 2 Pods are ready
blocked by it: HelmRelease flux-system/web
------- stderr -------
error: HelmRelease flux-system/web is not ready
[exit status: 1]

"#]]
    );
    let words = "could not resolve ConfigMap chart values reference";
    release["status"] = ready("False", "ValuesError", words);
    cluster.put(release);
    assert_data_eq!(
        cluster.nigari("why hr web").to_string(),
        str![[r#"
ConfigMap flux-system/values does not exist
HelmRelease flux-system/web: ValuesError
└─ refers to ConfigMap flux-system/values: missing
blocked by it: HelmRelease flux-system/web
------- stderr -------
error: HelmRelease flux-system/web is not ready
[exit status: 1]

"#]]
    );
}

#[test]
fn an_object_that_is_not_there() {
    assert_data_eq!(
        cluster().nigari("why ks gone").to_string(),
        str![[r#"
------- stderr -------
error: Kustomization flux-system/gone not found
  hint: list them with: nigari get kustomization -A
[exit status: 3]

"#]]
    );
}

#[test]
fn a_kind_that_is_not_installed() {
    assert_data_eq!(
        cluster().nigari("why helmrelease web").to_string(),
        str![[r#"
------- stderr -------
error: the cluster has no helmreleases (helm.toolkit.fluxcd.io v2, v2beta2)
  hint: see what is installed with: nigari get all -A
[exit status: 4]

"#]]
    );
}

#[test]
fn what_may_not_be_read() {
    let cluster = cluster();
    cluster.0.kube().deny(Deny::new("get", "apps", "deployments"));
    assert_data_eq!(
        cluster.nigari("why ks infra").to_string(),
        str![[r#"
Kustomization flux-system/infra: HealthCheckFailed: health check failed after 30s: timeout waiting for: [Deployment/apps/db status: 'InProgress']
not seen: cannot get Deployment apps/db: forbidden
------- stderr -------
error: Kustomization flux-system/infra is not ready
[exit status: 1]

"#]]
    );
    cluster.0.kube().deny(Deny::new("get", KUSTOMIZATION.group, KUSTOMIZATION.plural));
    assert_data_eq!(
        cluster.nigari("why ks infra").to_string(),
        str![[r#"
------- stderr -------
error: cannot get Kustomization flux-system/infra: kustomizations.kustomize.toolkit.fluxcd.io "infra" is forbidden: User "admin" cannot get resource "kustomizations" in API group "kustomize.toolkit.fluxcd.io" in the namespace "flux-system"
[exit status: 6]

"#]]
    );
}

#[test]
fn a_cluster_that_does_not_answer() {
    let run = cluster().nigari("why ks web --server=https://127.0.0.1:1");
    assert_data_eq!(
        run.to_string(),
        str![[r#"
------- stderr -------
error: cannot reach the cluster at https://127.0.0.1:1: Connection refused (os error 111)
[exit status: 8]

"#]]
    );
}

#[test]
fn nobody_reads_the_answer() {
    let (stderr, code) = cluster().unread("why ks web");
    assert_eq!((stderr.as_str(), code), ("", Some(141)));
}

#[test]
fn a_failed_reconciliation_begins_with_the_deepest_cause() {
    let run = cluster().nigari("reconcile ks web --timeout=3s").redacted();
    assert_data_eq!(
        run.to_string(),
        str![[r#"
------- stderr -------
► annotating Kustomization web in flux-system namespace
✔ Kustomization annotated
◎ waiting for Kustomization reconciliation
error: Kustomization flux-system/web: no controller is handling Kustomization: there is no Deployment of kustomize-controller
  hint: see what is installed with: nigari check
[exit status: 1]

"#]]
    );
}
