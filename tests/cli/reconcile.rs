//! `nigari reconcile`.

use std::time::Duration;

use nigari::kinds::Kind;
use nigari::kinds::helm::HELM_RELEASE;
use nigari::kinds::kustomize::KUSTOMIZATION;
use nigari::kinds::source::GIT_REPOSITORY;
use nigari_sandbox::kube::Deny;
use nigari_test_support::cluster::{Cluster, kustomization};
use nigari_test_support::fleet::Fleet;
use nigari_test_support::script::{Look, Script, applies, attempted, fetched, fetches, part};
use serde_json::{Value, json};
use snapbox::{assert_data_eq, str};

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
⚠️ Kustomization flux-system/hello fails and is retried: ReconciliationFailed: Deployment/flux-system/hello dry-run failed: failed to create typed patch object (flux-system/hello; apps/v1, Kind=Deployment): .spec.replicas: expected numeric (int or float), got string
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
    let is_gone = || fleet.nigari("reconcile ks hello").exit_code() == Some(1);
    assert!((0..10).any(|_| is_gone()), "the controller goes on without its Deployment");
    let nobody = fleet.nigari("reconcile ks flux-system");
    assert_data_eq!(
        nobody.to_string(),
        str![[r#"
------- stderr -------
► annotating Kustomization flux-system in flux-system namespace
✔ Kustomization annotated
◎ waiting for Kustomization reconciliation
error: Kustomization flux-system/flux-system: no controller is handling Kustomization: Deployment flux-system/kustomize-controller is scaled to 0
  hint: kubectl -n flux-system scale deployment/kustomize-controller --replicas=1
[exit status: 1]

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
    for verb in ["list", "get"] {
        cluster.0.kube().deny(Deny::new(verb, KUSTOMIZATION.group, KUSTOMIZATION.plural));
    }
    assert_data_eq!(
        cluster.nigari("reconcile ks apps").to_string(),
        str![[r#"
------- stderr -------
⚠️ asking every second or two instead of watching, which needs the verb watch: kustomizations.kustomize.toolkit.fluxcd.io is forbidden: User "admin" cannot list resource "kustomizations" in API group "kustomize.toolkit.fluxcd.io" in the namespace "flux-system"
error: cannot get Kustomization flux-system/apps: kustomizations.kustomize.toolkit.fluxcd.io "apps" is forbidden: User "admin" cannot get resource "kustomizations" in API group "kustomize.toolkit.fluxcd.io" in the namespace "flux-system"
[exit status: 6]

"#]]
    );
}

#[test]
fn nobody_who_reconciles() {
    let run = idle().nigari("reconcile ks apps");
    assert_data_eq!(
        run.to_string(),
        str![[r#"
------- stderr -------
► annotating Kustomization apps in flux-system namespace
✔ Kustomization annotated
◎ waiting for Kustomization reconciliation
error: Kustomization flux-system/apps: no controller is handling Kustomization: there is no Deployment of kustomize-controller
  hint: see what is installed with: nigari check
[exit status: 1]

"#]]
    );
}

#[test]
fn each_of_several_is_tried() {
    let run = idle().nigari("reconcile ks web db");
    assert_data_eq!(
        run.to_string(),
        str![[r#"
NAME   REVISION   RESULT     MESSAGE
web               NotFound   Kustomization flux-system/web not found
db                NotFound   Kustomization flux-system/db not found
------- stderr -------
✗ Kustomization flux-system/web not found
✗ Kustomization flux-system/db not found
error: 2 of 2 objects were not reconciled
[exit status: 3]

"#]]
    );
}

/// Two Kustomizations, `apps` and `web`, of one source, and a suspended one in another namespace.
fn several() -> Cluster {
    let cluster = idle();
    let mut web = kustomization("web", json!({}));
    web["metadata"]["labels"] = json!({"team": "shop"});
    cluster.put(web);
    let mut asleep = kustomization("asleep", json!({"suspend": true}));
    asleep["metadata"]["namespace"] = json!("apps");
    cluster.put(asleep);
    cluster
}

#[test]
fn several_by_name_with_a_table_of_the_results() {
    let cluster = several();
    let _script = Script::play(
        &cluster,
        vec![part(&KUSTOMIZATION, "apps", applies), part(&KUSTOMIZATION, "web", applies)],
    );
    let run = cluster.nigari("reconcile ks apps web");
    assert_data_eq!(
        in_order(&run.to_string()),
        str![[r#"
NAME   REVISION         RESULT       MESSAGE
apps   main@sha1:aaaa   Reconciled   it is ReconciliationSucceeded
web    main@sha1:aaaa   Reconciled   it is ReconciliationSucceeded
------- stderr -------
► reconciling 2 objects
✔ Kustomization flux-system/apps: applied revision main@sha1:aaaa
✔ Kustomization flux-system/web: applied revision main@sha1:aaaa

"#]]
    );
    assert_data_eq!(
        cluster.writes(),
        str![[r#"
PATCH flux-system/kustomizations/apps {"metadata":{"annotations":{"reconcile.fluxcd.io/requestedAt":"[NOW]"}}}
PATCH flux-system/kustomizations/web {"metadata":{"annotations":{"reconcile.fluxcd.io/requestedAt":"[NOW]"}}}

"#]]
    );
    // The second time is like the first.
    let again = cluster.nigari("reconcile ks apps web");
    assert_eq!(in_order(&again.to_string()), in_order(&run.to_string()));
}

#[test]
fn all_of_a_namespace_and_of_every_namespace() {
    let cluster = several();
    let _script = Script::play(
        &cluster,
        vec![part(&KUSTOMIZATION, "apps", applies), part(&KUSTOMIZATION, "web", applies)],
    );
    let run = cluster.nigari("reconcile ks --all");
    assert_data_eq!(
        in_order(&run.to_string()),
        str![[r#"
NAME   REVISION         RESULT       MESSAGE
apps   main@sha1:aaaa   Reconciled   it is ReconciliationSucceeded
web    main@sha1:aaaa   Reconciled   it is ReconciliationSucceeded
------- stderr -------
► reconciling 2 objects
✔ Kustomization flux-system/apps: applied revision main@sha1:aaaa
✔ Kustomization flux-system/web: applied revision main@sha1:aaaa

"#]]
    );
    let run = cluster.nigari("reconcile ks --all -A");
    assert_data_eq!(
        in_order(&run.to_string()),
        str![[r#"
NAMESPACE     NAME     REVISION         RESULT       MESSAGE
apps          asleep                    Failed       Kustomization apps/asleep is suspended
flux-system   apps     main@sha1:aaaa   Reconciled   it is ReconciliationSucceeded
flux-system   web      main@sha1:aaaa   Reconciled   it is ReconciliationSucceeded
------- stderr -------
✗ Kustomization apps/asleep is suspended
► reconciling 2 objects
✔ Kustomization flux-system/apps: applied revision main@sha1:aaaa
✔ Kustomization flux-system/web: applied revision main@sha1:aaaa
error: 1 of 3 objects were not reconciled
[exit status: 1]

"#]]
    );
    let labelled = cluster.nigari("reconcile ks -l team=shop -o json");
    let list: Value = serde_json::from_str(labelled.stdout()).unwrap();
    assert_eq!(list["items"][0]["metadata"]["name"], "web");
    assert_eq!(list["items"].as_array().unwrap().len(), 1);
    assert_eq!(labelled.exit_code(), Some(0), "{labelled}");
}

#[test]
fn only_what_is_not_ready_or_suspended() {
    let cluster = several();
    let ready = json!({"conditions": [{"type": "Ready", "status": "True", "reason": "Any",
        "message": "fine", "lastTransitionTime": "2026-01-01T00:00:00Z"}]});
    let mut apps = kustomization("apps", json!({}));
    apps["status"] = ready.clone();
    cluster.put(apps);
    let script = Script::play(&cluster, vec![part(&KUSTOMIZATION, "web", applies)]);
    let run = cluster.nigari("reconcile ks --not-ready");
    assert_data_eq!(
        run.to_string(),
        str![[r#"
------- stderr -------
► annotating Kustomization web in flux-system namespace
✔ Kustomization annotated
◎ waiting for Kustomization reconciliation
✔ applied revision main@sha1:aaaa

"#]]
    );
    drop(script);
    // Now everything is.
    let run = cluster.nigari("reconcile ks --not-ready");
    assert_data_eq!(
        run.to_string(),
        str![[r#"
------- stderr -------
✔ nothing to reconcile: no object is in the state that was asked for

"#]]
    );
    let run = cluster.nigari("get ks -A --suspended --no-header");
    assert_data_eq!(
        run.to_string(),
        str![[r#"
apps   asleep      True   False   waiting to be reconciled

"#]]
    );
    let run = cluster.nigari("reconcile ks --suspended -A");
    assert_data_eq!(
        run.to_string(),
        str![[r#"
------- stderr -------
error: Kustomization apps/asleep is suspended
  hint: nigari resume kustomization asleep -n apps
[exit status: 1]

"#]]
    );
}

#[test]
fn nothing_to_reconcile() {
    let cluster = Cluster::with(&[&KUSTOMIZATION]);
    let run = cluster.nigari("reconcile ks --all");
    assert_data_eq!(
        run.to_string(),
        str![[r#"
------- stderr -------
error: no Kustomization objects found in "flux-system" namespace
[exit status: 3]

"#]]
    );
    let run = cluster.nigari("reconcile ks --all -A -o json");
    assert_eq!(run.exit_code(), Some(3), "{run}");
    let list: Value = serde_json::from_str(run.stdout()).unwrap();
    assert_eq!(list["items"], json!([]));
}

#[test]
fn one_failure_does_not_hide_the_others() {
    let cluster = several();
    let broken = |look: &Look<'_>| Some(attempted(look, "main@sha1:aaaa", "False", "BuildFailed"));
    let _script = Script::play(
        &cluster,
        vec![part(&KUSTOMIZATION, "apps", applies), part(&KUSTOMIZATION, "web", broken)],
    );
    let run = cluster.nigari("reconcile ks/apps ks/web ks/gone gitrepository/none");
    assert_data_eq!(
        in_order(&run.to_string()),
        str![[r#"
NAME                 REVISION         RESULT       MESSAGE
kustomization/apps   main@sha1:aaaa   Reconciled   it is ReconciliationSucceeded
kustomization/web    main@sha1:aaaa   Failed       Kustomization flux-system/web: reconciliation failed: BuildFailed: it is BuildFailed
kustomization/gone                    NotFound     Kustomization flux-system/gone not found
gitrepository/none                    NotFound     GitRepository flux-system/none not found
------- stderr -------
✗ GitRepository flux-system/none not found
✗ Kustomization flux-system/gone not found
► reconciling 2 objects
✔ Kustomization flux-system/apps: applied revision main@sha1:aaaa
✗ Kustomization flux-system/web: reconciliation failed: BuildFailed: it is BuildFailed
error: 3 of 4 objects were not reconciled
[exit status: 1]

"#]]
    );
}

#[test]
fn a_shared_source_is_reconciled_once() {
    let cluster = several();
    let script = vec![
        part(&GIT_REPOSITORY, "fleet", fetches),
        part(&KUSTOMIZATION, "apps", applies),
        part(&KUSTOMIZATION, "web", applies),
    ];
    let script = Script::play(&cluster, script);
    let run = cluster.nigari("reconcile ks apps web --with-source");
    assert_data_eq!(
        in_order(&run.to_string()),
        str![[r#"
NAME   REVISION         RESULT       MESSAGE
apps   main@sha1:aaaa   Reconciled   it is ReconciliationSucceeded
web    main@sha1:aaaa   Reconciled   it is ReconciliationSucceeded
------- stderr -------
► reconciling 3 objects
✔ GitRepository flux-system/fleet: fetched revision main@sha1:aaaa
✔ Kustomization flux-system/apps: applied revision main@sha1:aaaa
✔ Kustomization flux-system/web: applied revision main@sha1:aaaa

"#]]
    );
    assert_data_eq!(
        cluster.writes(),
        str![[r#"
PATCH flux-system/kustomizations/apps {"metadata":{"annotations":{"reconcile.fluxcd.io/requestedAt":"[NOW]"}}}
PATCH flux-system/kustomizations/web {"metadata":{"annotations":{"reconcile.fluxcd.io/requestedAt":"[NOW]"}}}
PATCH flux-system/gitrepositories/fleet {"metadata":{"annotations":{"reconcile.fluxcd.io/requestedAt":"[NOW]"}}}

"#]]
    );
    drop(script);
    let refused = |look: &Look<'_>| {
        let mut status = fetched(look, "main@sha1:aaaa", "False", "AuthenticationFailed");
        let mut stalled = status["conditions"][0].clone();
        stalled["type"] = json!("Stalled");
        stalled["status"] = json!("True");
        status["conditions"].as_array_mut().unwrap().push(stalled);
        Some(status)
    };
    let _script = Script::play(&cluster, vec![part(&GIT_REPOSITORY, "fleet", refused)]);
    let run = cluster.nigari("reconcile ks apps web --with-source");
    assert_data_eq!(
        in_order(&run.to_string()),
        str![[r#"
NAME   REVISION         RESULT    MESSAGE
apps   main@sha1:aaaa   Blocked   cannot reconcile the source of Kustomization flux-system/apps: GitRepository flux-system/fleet: reconciliation failed: AuthenticationFailed: it is AuthenticationFailed
web    main@sha1:aaaa   Blocked   cannot reconcile the source of Kustomization flux-system/web: GitRepository flux-system/fleet: reconciliation failed: AuthenticationFailed: it is AuthenticationFailed
------- stderr -------
► reconciling 3 objects
✗ GitRepository flux-system/fleet: reconciliation failed: AuthenticationFailed: it is AuthenticationFailed
✗ cannot reconcile the source of Kustomization flux-system/apps
✗ cannot reconcile the source of Kustomization flux-system/web
error: 2 of 2 objects were not reconciled
[exit status: 1]

"#]]
    );
}

#[test]
fn asked_and_not_waited_for() {
    let cluster = several();
    let run = cluster.nigari("reconcile ks apps --no-wait");
    assert_data_eq!(
        run.to_string(),
        str![[r#"
------- stderr -------
► annotating Kustomization apps in flux-system namespace
✔ Kustomization annotated
✔ not waiting for its reconciliation

"#]]
    );
    let run = cluster.nigari("reconcile ks apps web --no-wait");
    assert_data_eq!(
        in_order(&run.to_string()),
        str![[r#"
NAME   REVISION   RESULT      MESSAGE
apps              Requested
web               Requested
------- stderr -------
► reconciling 2 objects
✔ Kustomization flux-system/apps annotated
✔ Kustomization flux-system/web annotated

"#]]
    );
}

#[test]
fn what_is_suspended_is_resumed_first() {
    let cluster = idle();
    cluster.put(kustomization("apps", json!({"suspend": true})));
    let _script = Script::play(&cluster, vec![part(&KUSTOMIZATION, "apps", applies)]);
    let run = cluster.nigari("reconcile ks apps --resume");
    assert_data_eq!(
        run.to_string(),
        str![[r#"
------- stderr -------
► resuming kustomization apps in flux-system namespace
✔ kustomization resumed
◎ waiting for Kustomization reconciliation
✔ applied revision main@sha1:aaaa

"#]]
    );
    assert_data_eq!(
        cluster.writes(),
        str![[r#"
PATCH flux-system/kustomizations/apps {"metadata":{"annotations":{"reconcile.fluxcd.io/requestedAt":"[NOW]"},"resourceVersion":"[VERSION]"},"spec":{"suspend":null}}

"#]]
    );
}

#[test]
fn what_was_resumed_need_not_be_waited_for() {
    let cluster = idle();
    cluster.put(kustomization("apps", json!({"suspend": true})));
    let run = cluster.nigari("reconcile ks apps --resume --no-wait");
    assert_data_eq!(
        run.to_string(),
        str![[r#"
------- stderr -------
► resuming kustomization apps in flux-system namespace
✔ kustomization resumed
✔ not waiting for its reconciliation

"#]]
    );
}

#[test]
fn a_release_is_forced_and_its_failures_forgotten() {
    let cluster = Cluster::with(&[&HELM_RELEASE]);
    let chart = json!({"interval": "1m", "chartRef": {"kind": "OCIRepository", "name": "podinfo"}});
    cluster.put(object(&HELM_RELEASE, "podinfo", chart));
    let heeds = |look: &Look<'_>| {
        let mut status = attempted(look, "6.5.0", "True", "UpgradeSucceeded");
        status["lastHandledForceAt"] = json!(look.token);
        status["lastHandledResetAt"] = json!(look.token);
        Some(status)
    };
    let _script = Script::play(&cluster, vec![part(&HELM_RELEASE, "podinfo", heeds)]);
    let run = cluster.nigari("reconcile hr podinfo --force --reset");
    assert_data_eq!(
        run.to_string(),
        str![[r#"
------- stderr -------
► annotating HelmRelease podinfo in flux-system namespace
✔ HelmRelease annotated
◎ waiting for HelmRelease reconciliation
✔ applied revision 6.5.0

"#]]
    );
    let token = r#"reconcile.fluxcd.io/requestedAt":"[NOW]"#;
    let writes = cluster.writes();
    assert!(writes.contains(token) && writes.lines().count() == 1, "{writes}");
    for annotation in ["forceAt", "resetAt"] {
        assert!(writes.contains(&format!("reconcile.fluxcd.io/{annotation}")), "{writes}");
    }
    assert_data_eq!(
        cluster.nigari("reconcile ks podinfo --force").to_string(),
        str![[r#"
------- stderr -------
error: --force means nothing to a Kustomization
[exit status: 2]

"#]]
    );
}

#[test]
fn where_watching_is_forbidden_it_asks_again_and_again() {
    let cluster = several();
    let _script = Script::play(
        &cluster,
        vec![part(&KUSTOMIZATION, "apps", applies), part(&KUSTOMIZATION, "web", applies)],
    );
    // First `watch` alone, then `list` too: what can be named can be read.
    for verb in ["watch", "list"] {
        cluster.0.kube().deny(Deny::new(verb, KUSTOMIZATION.group, KUSTOMIZATION.plural));
        let run = cluster.nigari("reconcile ks apps web");
        assert_eq!(run.exit_code(), Some(0), "{verb}: {run}");
        let told = run.stderr().matches("instead of watching, which needs the verb watch").count();
        assert_eq!(told, 1, "{verb}: {run}");
    }
    let run = cluster.nigari("reconcile ks --all");
    assert_eq!(run.exit_code(), Some(6), "{run}");
}

#[test]
fn an_object_that_loses_its_labels_is_still_waited_for() {
    let cluster = several();
    let relabels = |look: &Look<'_>| {
        if look.age > Duration::from_millis(500) {
            return applies(look);
        }
        let mut object = look.object.clone();
        if object["metadata"].as_object_mut().unwrap().remove("labels").is_some() {
            look.api.put(object).unwrap();
        }
        None
    };
    let _script = Script::play(&cluster, vec![part(&KUSTOMIZATION, "web", relabels)]);
    let run = cluster.nigari("reconcile ks -l team=shop");
    assert_eq!(run.exit_code(), Some(0), "{run}");
    assert!(run.stderr().ends_with("✔ applied revision main@sha1:aaaa\n"), "{run}");
}

#[test]
fn what_cannot_be_meant() {
    let cluster = several();
    for words in [
        "ks",
        "ks apps --all",
        "ks apps --not-ready",
        "ks apps -A",
        "ks apps --no-wait --with-source",
        "ks/apps deployment/web",
    ] {
        let run = cluster.nigari(&format!("reconcile {words}"));
        assert_eq!(run.exit_code(), Some(2), "{words}: {run}");
    }
    assert_eq!(cluster.writes(), "");
}

/// Lines about objects that settle at the same time, in the order of their names.
fn in_order(text: &str) -> String {
    let is_result = |line: &str| line.starts_with("✔ ") || line.starts_with("✗ ");
    let mut lines: Vec<&str> = text.split_inclusive('\n').collect();
    for run in lines.chunk_by_mut(|one, other| is_result(one) && is_result(other)) {
        run.sort_unstable();
    }
    lines.concat()
}
