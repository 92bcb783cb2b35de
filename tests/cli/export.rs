//! `nigari export`.

use nigari::kinds::Kind;
use nigari::kinds::helm::HELM_RELEASE;
use nigari::kinds::source::{BUCKET, GIT_REPOSITORY};
use nigari::manifests::yaml;
use nigari_sandbox::kube::Deny;
use nigari_test_support::cluster::{Cluster, object};
use serde_json::{Value, json};
use snapbox::{assert_data_eq, str};

fn with_secret(kind: &Kind, name: &str, secret: &str) -> Value {
    let spec = json!({"url": "https://example.com/a.git", "secretRef": {"name": secret},
        "ignore": "/*\n!/apps\n"});
    let mut object = object(kind, name, json!({"spec": spec}));
    object["metadata"]["labels"] = json!({"team": "platform"});
    object["metadata"]["annotations"] =
        json!({"reconcile.fluxcd.io/requestedAt": "2026-01-01T00:00:00Z", "owner": "ann"});
    object["metadata"]["finalizers"] = json!(["finalizers.fluxcd.io"]);
    object["status"] = json!({"observedGeneration": 1});
    object
}

fn fleet() -> Cluster {
    let cluster = Cluster::with(&[&GIT_REPOSITORY, &HELM_RELEASE, &BUCKET]);
    cluster.put(with_secret(&GIT_REPOSITORY, "apps", "git-credentials"));
    cluster.put(with_secret(&GIT_REPOSITORY, "fleet", "git-credentials"));
    let credentials = json!({
        "apiVersion": "v1", "kind": "Secret", "type": "Opaque",
        "metadata": {"name": "git-credentials", "namespace": "flux-system",
            "labels": {"team": "platform"}, "annotations": {"owner": "ann"}},
        "data": {"username": "Z2l0", "password": "aHVudGVyMg=="},
    });
    cluster.put(credentials);
    cluster
}

#[test]
fn prints_the_manifest_and_nothing_of_the_object_s_life() {
    assert_data_eq!(
        fleet().nigari("export source git fleet").to_string(),
        str![[r#"
---
apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata:
  annotations:
    owner: ann
  labels:
    team: platform
  name: fleet
  namespace: flux-system
spec:
  ignore: |
    /*
    !/apps
  secretRef:
    name: git-credentials
  url: https://example.com/a.git

"#]]
    );
}

#[test]
fn secrets_only_when_they_are_asked_for_and_each_once() {
    let cluster = fleet();
    let plain = cluster.nigari("export source git --all").to_string();
    assert!(!plain.contains("Secret\n") && !plain.contains("aHVudGVyMg"), "{plain}");
    let run = cluster.nigari("export source git --all --with-credentials");
    assert_data_eq!(
        run.to_string(),
        str![[r#"
---
apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata:
  annotations:
    owner: ann
  labels:
    team: platform
  name: apps
  namespace: flux-system
spec:
  ignore: |
    /*
    !/apps
  secretRef:
    name: git-credentials
  url: https://example.com/a.git
---
apiVersion: v1
data:
  password: aHVudGVyMg==
  username: Z2l0
kind: Secret
metadata:
  name: git-credentials
  namespace: flux-system
type: Opaque
---
apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata:
  annotations:
    owner: ann
  labels:
    team: platform
  name: fleet
  namespace: flux-system
spec:
  ignore: |
    /*
    !/apps
  secretRef:
    name: git-credentials
  url: https://example.com/a.git

"#]]
    );
}

#[test]
fn what_is_exported_can_be_applied() {
    let cluster = fleet();
    let run = cluster.nigari("export source git fleet apps --with-credentials");
    let objects = yaml::objects_of(run.stdout()).unwrap();
    let names: Vec<_> = objects.iter().filter_map(|object| object.metadata.name.clone()).collect();
    assert_eq!(names, ["fleet", "git-credentials", "apps"]);
    assert_eq!(objects[0].data["spec"]["ignore"], "/*\n!/apps\n");
}

#[test]
fn what_is_missing_does_not_keep_the_rest_back() {
    let cluster = fleet();
    cluster.put(with_secret(&GIT_REPOSITORY, "web", "gone"));
    let run = cluster.nigari("export source git web nothing --with-credentials");
    assert_data_eq!(
        run.to_string(),
        str![[r#"
---
apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata:
  annotations:
    owner: ann
  labels:
    team: platform
  name: web
  namespace: flux-system
spec:
  ignore: |
    /*
    !/apps
  secretRef:
    name: gone
  url: https://example.com/a.git
------- stderr -------
✗ the credentials of GitRepository flux-system/web: Secret flux-system/gone not found
✗ GitRepository flux-system/nothing not found
error: 2 of 3 objects could not be exported
[exit status: 3]

"#]]
    );
}

#[test]
fn a_secret_that_may_not_be_read_is_told() {
    let cluster = fleet();
    cluster.0.kube().deny(Deny::new("get", "", "secrets"));
    let run = cluster.nigari("export source git fleet --with-credentials").to_string();
    assert!(run.starts_with("---\napiVersion: source.toolkit.fluxcd.io/v1\n"), "{run}");
    assert!(run.ends_with("[exit status: 6]\n"), "{run}");
}

#[test]
fn a_terminal_obeys_nothing_that_the_cluster_says() {
    let cluster = fleet();
    let spec = json!({"url": "\u{1b}[2J\u{202e}gone"});
    cluster.put(object(&GIT_REPOSITORY, "evil", json!({"spec": spec})));
    let run = cluster.nigari("export source git evil");
    let is_obeyed = |c: char| c.is_control() && c != '\n' || c == '\u{202e}';
    assert!(!run.stdout().chars().any(is_obeyed), "{run}");
    let objects = yaml::objects_of(run.stdout()).unwrap();
    assert_eq!(objects[0].data["spec"], spec);
}

#[test]
fn nothing_there_is_no_success() {
    let cluster = fleet();
    assert_data_eq!(
        cluster.nigari("export source git web").to_string(),
        str![[r#"
------- stderr -------
error: GitRepository flux-system/web not found
  hint: list them with: nigari get source git -A
[exit status: 3]

"#]]
    );
    assert_data_eq!(
        cluster.nigari("export source bucket --all").to_string(),
        str![[r#"
------- stderr -------
error: no Bucket objects found in "flux-system" namespace
[exit status: 3]

"#]]
    );
    assert_data_eq!(
        cluster.nigari("export ks apps").to_string(),
        str![[r#"
------- stderr -------
error: the cluster has no kustomizations (kustomize.toolkit.fluxcd.io v1, v1beta2)
  hint: see what is installed with: nigari get all -A
[exit status: 4]

"#]]
    );
    assert_data_eq!(
        cluster.nigari("export hr").to_string(),
        str![[r#"
------- stderr -------
error: a name is needed, or --all, or --label-selector
[exit status: 2]

"#]]
    );
}

#[test]
fn twice_is_the_same() {
    let cluster = fleet();
    let export = || cluster.nigari("export source git --all --with-credentials").to_string();
    assert_eq!(export(), export());
    assert_eq!(cluster.writes(), "");
}

#[test]
fn what_is_not_allowed() {
    let cluster = fleet();
    cluster.0.kube().deny(Deny::new("get", GIT_REPOSITORY.group, GIT_REPOSITORY.plural));
    assert_data_eq!(
        cluster.nigari("export source git fleet").to_string(),
        str![[r#"
------- stderr -------
error: cannot get GitRepository flux-system/fleet: gitrepositories.source.toolkit.fluxcd.io "fleet" is forbidden: User "admin" cannot get resource "gitrepositories" in API group "source.toolkit.fluxcd.io" in the namespace "flux-system"
[exit status: 6]

"#]]
    );
    cluster.0.kube().deny(Deny::new("list", GIT_REPOSITORY.group, GIT_REPOSITORY.plural));
    assert_data_eq!(
        cluster.nigari("export source git --all").to_string(),
        str![[r#"
------- stderr -------
error: cannot list gitrepositories: gitrepositories.source.toolkit.fluxcd.io is forbidden: User "admin" cannot list resource "gitrepositories" in API group "source.toolkit.fluxcd.io" in the namespace "flux-system"
[exit status: 6]

"#]]
    );
}

#[test]
fn a_cluster_that_does_not_answer() {
    let run = Cluster::empty().nigari("export ks apps --server=https://127.0.0.1:1");
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
fn a_closed_pipe_ends_it_silently() {
    assert_eq!(fleet().unread("export source git --all"), (String::new(), Some(141)));
}
