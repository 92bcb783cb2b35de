//! `nigari reconcile`.

use nigari::kinds::Kind;
use nigari::kinds::kustomize::KUSTOMIZATION;
use nigari::kinds::source::GIT_REPOSITORY;
use nigari_sandbox::kube::Deny;
use serde_json::{Value, json};
use snapbox::{assert_data_eq, str};

use crate::fleet::Fleet;
use crate::support::Cluster;

const APP: &str = "apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: hello
  namespace: flux-system
spec:
  interval: 10m
  path: ./apps/hello
  prune: true
  wait: true
  sourceRef:
    kind: GitRepository
    name: flux-system
";

const DEPLOYMENT: &str = "apiVersion: apps/v1
kind: Deployment
metadata:
  name: hello
  namespace: flux-system
spec:
  replicas: 2
  selector:
    matchLabels:
      app: hello
  template:
    metadata:
      labels:
        app: hello
    spec:
      containers:
        - name: hello
          image: ghcr.io/acme/hello:1.0.0
";

#[test]
fn follows_what_is_pushed_with_plain_git_and_names_what_is_broken() {
    let fleet = Fleet::bootstrapped();
    fleet.shell(&format!(
        "git clone --quiet $GITHUB_SERVER_URL/acme/fleet-infra.git\n\
         cd fleet-infra\n\
         mkdir -p apps/hello\n\
         cat > clusters/production/hello.yaml <<'YAML'\n{APP}YAML\n\
         cat > apps/hello/hello.yaml <<'YAML'\n{DEPLOYMENT}YAML\n\
         git add --all\n\
         git commit --quiet --message 'Add hello'\n\
         git push --quiet"
    ));
    let pushed = fleet.nigari("reconcile kustomization flux-system --with-source");
    assert_data_eq!(
        pushed.to_string(),
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
    assert_data_eq!(
        fleet.nigari("reconcile ks hello").to_string(),
        str![[r#"
------- stderr -------
► annotating Kustomization hello in flux-system namespace
✔ Kustomization annotated
◎ waiting for Kustomization reconciliation
✔ applied revision main@sha1:[COMMIT]

"#]]
    );
    let hello = fleet.object("apps/v1", "Deployment", "hello").unwrap();
    assert_eq!(hello["status"]["availableReplicas"], 2);

    fleet.commit("apps/hello/hello.yaml", &DEPLOYMENT.replace("replicas: 2", "replicas: two"));
    let broken = fleet.nigari("reconcile ks hello --with-source");
    assert_data_eq!(
        broken.to_string(),
        str![[r#"
------- stderr -------
► annotating GitRepository flux-system in flux-system namespace
✔ GitRepository annotated
◎ waiting for GitRepository reconciliation
✔ fetched revision main@sha1:[COMMIT]
► annotating Kustomization hello in flux-system namespace
✔ Kustomization annotated
◎ waiting for Kustomization reconciliation
error: Kustomization flux-system/hello: reconciliation failed: ReconciliationFailed: Deployment/flux-system/hello dry-run failed: failed to create typed patch object (flux-system/hello; apps/v1, Kind=Deployment): .spec.replicas: expected numeric (int or float), got string
[exit status: 1]

"#]]
    );
    fleet.commit("apps/hello/hello.yaml", "kind: [\n");
    let unreadable = fleet.nigari("reconcile ks hello --with-source");
    assert_data_eq!(
        unreadable.to_string(),
        str![[r#"
------- stderr -------
► annotating GitRepository flux-system in flux-system namespace
✔ GitRepository annotated
◎ waiting for GitRepository reconciliation
✔ fetched revision main@sha1:[COMMIT]
► annotating Kustomization hello in flux-system namespace
✔ Kustomization annotated
◎ waiting for Kustomization reconciliation
error: Kustomization flux-system/hello: reconciliation failed: BuildFailed: failed to decode Kubernetes YAML from /tmp/kustomization-1/apps/hello/hello.yaml: MalformedYAMLError: yaml: line 1: unclosed bracket '[' at line 1, column 7 in File: apps/hello/hello.yaml
[exit status: 1]

"#]]
    );
    fleet.commit("apps/hello/hello.yaml", DEPLOYMENT);
    let healed = fleet.nigari("reconcile ks hello --with-source");
    assert_eq!(healed.exit_code(), Some(0), "{healed}");

    // So that nothing is in progress when the controller ends.
    let settled = fleet.nigari("reconcile ks flux-system");
    assert_eq!(settled.exit_code(), Some(0), "{settled}");
    scale_to_zero(&fleet, "kustomize-controller");
    // It may still begin with one request before it is gone; so that is another object's.
    let is_gone = || fleet.nigari("reconcile ks hello --timeout=5s").exit_code() == Some(5);
    assert!((0..10).any(|_| is_gone()), "the controller goes on without its Deployment");
    let nobody = fleet.nigari("reconcile ks flux-system --timeout=5s");
    assert_data_eq!(
        nobody.to_string(),
        str![[r#"
------- stderr -------
► annotating Kustomization flux-system in flux-system namespace
✔ Kustomization annotated
◎ waiting for Kustomization reconciliation
error: timed out after 5s waiting for Kustomization flux-system/flux-system
  cause: requested, not yet picked up by a controller; last seen: Ready=True ReconciliationSucceeded: Applied revision: main@sha1:[COMMIT] (for [AGE], revision main@sha1:[COMMIT])
  hint: give it longer with --timeout
[exit status: 5]

"#]]
    );
    fleet.finish();
}

fn scale_to_zero(fleet: &Fleet, name: &str) {
    let mut deployment = fleet.object("apps/v1", "Deployment", name).unwrap();
    deployment["spec"]["replicas"] = json!(0);
    fleet.kube().put(deployment).unwrap();
    let available = || {
        let deployment = fleet.object("apps/v1", "Deployment", name).unwrap();
        deployment["status"]["availableReplicas"].as_u64().unwrap_or(0)
    };
    fleet.until("the controller has ended", || available() == 0);
}

fn object(kind: &Kind, name: &str, spec: Value) -> Value {
    json!({
        "apiVersion": format!("{}/{}", kind.group, kind.versions[0]),
        "kind": kind.kind,
        "metadata": {"name": name, "namespace": "flux-system", "generation": 1},
        "spec": spec,
    })
}

/// A Kustomization and its source, which no controller looks at.
fn idle() -> Cluster {
    let cluster = Cluster::with(&[&GIT_REPOSITORY, &KUSTOMIZATION]);
    let spec = json!({"interval": "1m", "url": "ssh://git@example.com/fleet"});
    cluster.put(object(&GIT_REPOSITORY, "fleet", spec));
    let source = json!({"kind": "GitRepository", "name": "fleet"});
    let spec = json!({"interval": "10m", "prune": true, "sourceRef": source});
    cluster.put(object(&KUSTOMIZATION, "apps", spec));
    cluster
}

#[test]
fn an_object_that_is_not_there() {
    let cluster = idle();
    assert_data_eq!(
        cluster.nigari("reconcile kustomization web").to_string(),
        str![[r#"
------- stderr -------
error: Kustomization flux-system/web not found
  hint: list them with: nigari get kustomization -A
[exit status: 3]

"#]]
    );
    let mut orphan = object(&KUSTOMIZATION, "orphan", json!({}));
    orphan["spec"]["sourceRef"] = json!({"kind": "GitRepository", "name": "gone"});
    cluster.put(orphan);
    let run = cluster.nigari("reconcile ks orphan --with-source");
    assert_data_eq!(
        run.to_string(),
        str![[r#"
------- stderr -------
error: cannot reconcile the source of Kustomization flux-system/orphan
  cause: GitRepository flux-system/gone not found
  hint: list them with: nigari get source git -A
[exit status: 3]

"#]]
    );
}

#[test]
fn a_kind_that_is_not_installed() {
    let run = Cluster::empty().nigari("reconcile kustomization apps");
    assert_data_eq!(
        run.to_string(),
        str![[r#"
------- stderr -------
error: the cluster has no kustomizations (kustomize.toolkit.fluxcd.io v1, v1beta2)
  hint: see what is installed with: nigari get all -A
[exit status: 4]

"#]]
    );
}

#[test]
fn a_suspended_object_or_source() {
    let cluster = idle();
    cluster.put(object(&GIT_REPOSITORY, "fleet", json!({"suspend": true})));
    assert_data_eq!(
        cluster.nigari("reconcile source git fleet").to_string(),
        str![[r#"
------- stderr -------
error: GitRepository flux-system/fleet is suspended
  hint: nigari resume source git fleet -n flux-system
[exit status: 1]

"#]]
    );
    assert_data_eq!(
        cluster.nigari("reconcile ks apps --with-source").to_string(),
        str![[r#"
------- stderr -------
error: cannot reconcile the source of Kustomization flux-system/apps
  cause: GitRepository flux-system/fleet is suspended
  hint: nigari resume source git fleet -n flux-system
[exit status: 1]

"#]]
    );
}

#[test]
fn a_cluster_that_does_not_answer() {
    let run = Cluster::empty().nigari("reconcile ks apps --server=https://127.0.0.1:1");
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
fn what_is_not_allowed() {
    let cluster = idle();
    cluster.0.kube().deny(Deny::new("patch", KUSTOMIZATION.group, KUSTOMIZATION.plural));
    assert_data_eq!(
        cluster.nigari("reconcile ks apps").to_string(),
        str![[r#"
------- stderr -------
► annotating Kustomization apps in flux-system namespace
error: cannot annotate Kustomization flux-system/apps: kustomizations.kustomize.toolkit.fluxcd.io "apps" is forbidden: User "admin" cannot patch resource "kustomizations" in API group "kustomize.toolkit.fluxcd.io" in the namespace "flux-system"
[exit status: 6]

"#]]
    );
    cluster.0.kube().deny(Deny::new("get", KUSTOMIZATION.group, KUSTOMIZATION.plural));
    assert_data_eq!(
        cluster.nigari("reconcile ks apps").to_string(),
        str![[r#"
------- stderr -------
error: cannot get Kustomization flux-system/apps: kustomizations.kustomize.toolkit.fluxcd.io "apps" is forbidden: User "admin" cannot get resource "kustomizations" in API group "kustomize.toolkit.fluxcd.io" in the namespace "flux-system"
[exit status: 6]

"#]]
    );
}

#[test]
fn nobody_who_reconciles() {
    let run = idle().nigari("reconcile ks apps --timeout=4s");
    assert_data_eq!(
        run.to_string(),
        str![[r#"
------- stderr -------
► annotating Kustomization apps in flux-system namespace
✔ Kustomization annotated
◎ waiting for Kustomization reconciliation
error: Kustomization flux-system/apps is held up: Deployment kustomize-controller does not exist in any namespace
  cause: timed out after 4s waiting for Kustomization flux-system/apps
  cause: requested, not yet picked up by a controller; last seen: flux-system/apps has no Ready condition
  hint: see how it hangs together with: nigari why kustomization apps -n flux-system
  hint: give it longer with --timeout
[exit status: 5]

"#]]
    );
}

#[test]
fn each_of_several_is_tried() {
    let run = idle().nigari("reconcile ks web db");
    assert_data_eq!(
        run.to_string(),
        str![[r#"
------- stderr -------
✗ Kustomization flux-system/web not found
✗ Kustomization flux-system/db not found
error: 2 of 2 objects were not reconciled
[exit status: 3]

"#]]
    );
}
