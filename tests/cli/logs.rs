//! `nigari logs`.

use nigari_sandbox::kube::Deny;
use nigari_test_support::cluster::Cluster;
use serde_json::{Value, json};
use snapbox::{assert_data_eq, str};

fn deployment(name: &str, label: (&str, &str)) -> Value {
    let labels = json!({"app": name});
    json!({
        "apiVersion": "apps/v1", "kind": "Deployment",
        "metadata": {"name": name, "namespace": "flux-system", "labels": {label.0: label.1}},
        "spec": {"selector": {"matchLabels": labels}, "template": {"metadata": {"labels": labels}}},
    })
}

fn pod(name: &str, app: &str, phase: &str) -> Value {
    json!({
        "apiVersion": "v1", "kind": "Pod",
        "metadata": {"name": name, "namespace": "flux-system", "labels": {"app": app, "hash": "1"}},
        "spec": {"nodeName": "node", "containers": [{"name": "manager", "image": "x"}]},
        "status": {"phase": phase},
    })
}

fn entry(level: &str, time: &str, message: &str, object: &str) -> String {
    let mut entry = json!({"level": level, "ts": time, "msg": message});
    if let Some((kind, rest)) = object.split_once('/') {
        let (name, namespace) = rest.split_once('.').unwrap();
        entry["controllerKind"] = json!(kind);
        entry["name"] = json!(name);
        entry["namespace"] = json!(namespace);
    }
    entry.to_string()
}

/// Two controllers of Flux, tofu-controller, and a Pod of somebody else.
fn fleet() -> Cluster {
    let cluster = Cluster::with(&[]);
    for (name, label) in [
        ("kustomize-controller", ("app.kubernetes.io/part-of", "flux")),
        ("source-controller", ("app.kubernetes.io/part-of", "flux")),
        ("tofu-controller", ("app.kubernetes.io/name", "tofu-controller")),
    ] {
        cluster.put(deployment(name, label));
        cluster.put(pod(&format!("{name}-1"), name, "Running"));
    }
    cluster.put(pod("web-1", "web", "Running"));
    let log = |app: &str, time: &str, text: &str| {
        cluster.0.kube().log("flux-system", &format!("{app}-1"), "manager", time, text);
    };
    let told = |app: &str, level: &str, time: &str, message: &str, object: &str| {
        log(app, time, &entry(level, time, message, object));
    };
    told("kustomize-controller", "info", "2026-11-23T08:00:00.100Z", "Starting workers", "");
    told(
        "source-controller",
        "info",
        "2026-11-23T08:00:01.000Z",
        "stored artifact",
        "GitRepository/fleet.flux-system",
    );
    told(
        "kustomize-controller",
        "error",
        "2026-11-23T08:00:02.000Z",
        "Reconciliation failed",
        "Kustomization/apps.flux-system",
    );
    told(
        "kustomize-controller",
        "info",
        "2026-11-23T08:00:03.000Z",
        "Reconciliation finished",
        "Kustomization/web.apps",
    );
    log("source-controller", "2026-11-23T08:00:02.500Z", "panic: \u{1b}[31mnil");
    told(
        "tofu-controller",
        "info",
        "2026-11-23T08:00:04.000Z",
        "Plan generated",
        "Terraform/vpc.flux-system",
    );
    log("web", "2026-11-23T08:00:00.000Z", "not ours");
    cluster
}

#[test]
fn all_controllers_are_one_log_in_the_order_of_time() {
    let cluster = fleet();
    assert_data_eq!(
        cluster.nigari("logs").to_string(),
        str![[r#"
2026-11-23T08:00:00.100Z info kustomize-controller-1 - Starting workers
2026-11-23T08:00:01.000Z info GitRepository/fleet.flux-system - stored artifact
2026-11-23T08:00:02.000Z error Kustomization/apps.flux-system - Reconciliation failed
2026-11-23T08:00:02.500Z source-controller-1 - panic: /u{1b}[31mnil
2026-11-23T08:00:04.000Z info Terraform/vpc.flux-system - Plan generated

"#]]
    );
    assert_data_eq!(
        cluster.nigari("logs -A --tail 1").to_string(),
        str![[r#"
2026-11-23T08:00:02.500Z source-controller-1 - panic: /u{1b}[31mnil
2026-11-23T08:00:03.000Z info Kustomization/web.apps - Reconciliation finished
2026-11-23T08:00:04.000Z info Terraform/vpc.flux-system - Plan generated

"#]]
    );
}

#[test]
fn every_filter_holds_at_the_same_time() {
    let cluster = fleet();
    let messages = |flags: &str| {
        let run = cluster.nigari(&format!("logs -o json {flags}"));
        let message = |line: &str| {
            let entry: Value = serde_json::from_str(line).unwrap();
            entry["msg"].as_str().unwrap().to_owned()
        };
        run.stdout().lines().map(message).collect::<Vec<_>>().join(", ")
    };
    assert_eq!(messages("--level error"), "Reconciliation failed");
    assert_eq!(
        messages("-A --kind kustomization"),
        "Reconciliation failed, Reconciliation finished"
    );
    assert_eq!(messages("-A --kind kustomization --level INFO"), "Reconciliation finished");
    assert_eq!(messages("--name vpc"), "Plan generated");
    assert_eq!(
        messages("-A --since-time 2026-11-23T08:00:03Z"),
        "Reconciliation finished, Plan generated"
    );
    assert_eq!(messages("-n nowhere --since-time 2026-11-23T08:00:03Z"), "");
}

#[test]
fn what_follows_is_told_once_also_after_the_connections_broke_and_of_new_pods() {
    let cluster = fleet();
    let mut logs = cluster.start("logs --follow --kind kustomization");
    assert!(logs.line().ends_with("Reconciliation failed"));
    let told = |pod: &str, time: &str, message: &str| {
        let text = entry("info", time, message, "Kustomization/apps.flux-system");
        cluster.0.kube().log("flux-system", pod, "manager", time, &text);
    };
    told("kustomize-controller-1", "2026-11-23T08:00:03.100Z", "first");
    assert!(logs.line().ends_with(" - first"));
    cluster.0.kube().drop_watches();
    told("kustomize-controller-1", "2026-11-23T08:00:03.100Z", "second at the same time");
    assert!(logs.line().ends_with(" - second at the same time"));
    told("kustomize-controller-2", "2026-11-23T08:00:04.000Z", "another Pod");
    cluster.put(pod("kustomize-controller-2", "kustomize-controller", "Running"));
    assert!(logs.line().ends_with(" - another Pod"));
}

#[test]
fn following_can_begin_with_nothing_of_the_past() {
    let cluster = fleet();
    let mut logs = cluster.start("logs --follow --tail 0 -A");
    let later = k8s_openapi::jiff::Timestamp::now() + std::time::Duration::from_secs(60);
    let text = entry("info", "", "new", "Kustomization/apps.flux-system");
    cluster.0.kube().log(
        "flux-system",
        "kustomize-controller-1",
        "manager",
        &later.to_string(),
        &text,
    );
    assert!(logs.line().ends_with(" - new"));
}

#[test]
fn following_ends_when_its_time_is_over() {
    let run = fleet().nigari("logs --follow --timeout 1s --name vpc");
    assert_data_eq!(
        run.to_string(),
        str![[r#"
2026-11-23T08:00:04.000Z info Terraform/vpc.flux-system - Plan generated

"#]]
    );
}

#[test]
fn where_there_are_no_controllers_is_told() {
    let cluster = fleet();
    assert_data_eq!(
        cluster.nigari("logs --flux-namespace apps").to_string(),
        str![[r#"
------- stderr -------
error: no controllers of Flux found in "apps" namespace
  hint: say where they run with: --flux-namespace NAMESPACE
[exit status: 3]

"#]]
    );
    let usage = cluster.nigari("logs --tail=-2");
    assert_eq!(usage.exit_code(), Some(2), "{usage}");
}

#[test]
fn logs_that_may_not_be_read_are_an_error() {
    let cluster = fleet();
    cluster.0.kube().deny(Deny::new("get", "", "pods/log"));
    assert_data_eq!(
        cluster.nigari("logs").to_string(),
        str![[r#"
------- stderr -------
✗ cannot read the log of Pod flux-system/kustomize-controller-1: pods "kustomize-controller-1" is forbidden: User "admin" cannot get resource "pods/log" in API group "" in the namespace "flux-system"
✗ cannot read the log of Pod flux-system/source-controller-1: pods "source-controller-1" is forbidden: User "admin" cannot get resource "pods/log" in API group "" in the namespace "flux-system"
✗ cannot read the log of Pod flux-system/tofu-controller-1: pods "tofu-controller-1" is forbidden: User "admin" cannot get resource "pods/log" in API group "" in the namespace "flux-system"
error: 3 of 3 objects could not be read
[exit status: 6]

"#]]
    );
}

#[test]
fn logs_that_may_not_be_read_are_told_once_and_not_asked_for_again_and_again() {
    let cluster = fleet();
    cluster.0.kube().deny(Deny::new("get", "", "pods/log"));
    cluster.0.recorder().clear();
    let run = cluster.nigari("logs --follow --timeout 4s");
    assert_eq!(run.exit_code(), Some(0), "{run}");
    for pod in ["kustomize-controller-1", "source-controller-1", "tofu-controller-1"] {
        let told =
            run.stderr().lines().filter(|line| line.contains(&format!("Pod flux-system/{pod}")));
        assert_eq!(told.count(), 1, "{run}");
        let path = format!("/pods/{pod}/log?");
        let requests = cluster.0.recorder().all();
        let asked = requests.iter().filter(|request| request.path.contains(&path)).count();
        assert_eq!(asked, 1, "{pod}");
    }
}
