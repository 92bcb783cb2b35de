//! Server-side applies: who owns what, who conflicts with whom, what goes when nobody wants it.

use serde_json::{Value, json};

use crate::custom::THINGS;
use crate::scenario::{Scenario, Step, apply, get, json_patch, merge, post, scenario};

const MAPS: &str = "/api/v1/namespaces/{namespace}/configmaps";
const DEPLOYMENTS: &str = "/apis/apps/v1/namespaces/{namespace}/deployments";

pub(crate) fn scenarios() -> Vec<Scenario> {
    vec![owners(), takeovers(), untracked(), sets(), unfitting(), keyed_lists(), containers()]
}

fn map(name: &str, data: Value) -> Value {
    json!({"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": name}, "data": data})
}

/// Applies `config` to a ConfigMap; `query` starts with the manager.
fn by(query: &str, name: &str, config: Value) -> Step {
    apply(format!("{MAPS}/{name}?fieldManager={query}"), config)
}

fn owners() -> Scenario {
    let data = |query: &str, data: Value| by(query, "a", map("a", data));
    scenario(
        "owners of fields",
        [
            data("one", json!({"a": "1", "b": "1"})),
            data("one", json!({"a": "1", "b": "1"})),
            data("two", json!({"a": "2"})),
            data("two", json!({"a": "2", "b": "2"})),
            data("two", json!({"a": "1", "c": "3"})),
            data("three", json!({"c": "5"})),
            data("one", json!({"b": "1"})),
            data("two", json!({})),
            data("two&force=true", json!({"b": "9"})),
            merge(
                format!("{MAPS}/a?fieldManager=four"),
                json!({"data": {"b": "10", "z": "1"}, "metadata": {"labels": {"l": "1"}}}),
            ),
            data("five", json!({"b": "11"})),
            merge(format!("{MAPS}/a?force=true"), json!({"data": {"b": "10"}})),
            data("one&dryRun=All", json!({"dry": "run"})),
            get(format!("{MAPS}/a")),
        ],
    )
}

fn takeovers() -> Scenario {
    let path = format!("{MAPS}/a");
    scenario(
        "an apply over an update",
        [
            post(MAPS, map("a", json!({"a": "1", "b": "1"}))),
            by("one", "a", map("a", json!({"a": "1"}))),
            by("one", "a", map("a", json!({}))),
            by("one&force=true", "a", map("a", json!({"a": "2"}))),
            get(path),
        ],
    )
}

fn untracked() -> Scenario {
    let path = format!("{MAPS}/a");
    let forget = json!({"metadata": {"managedFields": [{}]}});
    let empty = json!([{"op": "replace", "path": "/metadata/managedFields", "value": []}]);
    scenario(
        "an object that nobody tracks",
        [
            post(MAPS, map("a", json!({"a": "1"}))),
            merge(&path, forget),
            merge(&path, json!({"data": {"b": "1"}})),
            json_patch(&path, empty),
            by("one", "a", map("a", json!({"a": "3"}))),
            by("one", "a", map("a", json!({"a": "1"}))),
        ],
    )
}

fn sets() -> Scenario {
    let path = |manager: &str| format!("{MAPS}/a?fieldManager={manager}");
    let held =
        |metadata: Value| json!({"apiVersion": "v1", "kind": "ConfigMap", "metadata": metadata});
    scenario(
        "a set with two owners",
        [
            apply(
                path("one"),
                held(json!({"name": "a", "finalizers": ["a.b/c", "a.b/d"], "labels": {"a": "b"}})),
            ),
            apply(path("two"), held(json!({"name": "a", "finalizers": ["a.b/e", "a.b/c"]}))),
            apply(path("one"), held(json!({"name": "a"}))),
            apply(path("two"), held(json!({"name": "a"}))),
        ],
    )
}

/// Applies that the schema or the path forbids.
fn unfitting() -> Scenario {
    let path = format!("{MAPS}/a?fieldManager=one");
    let with = |more: Value| {
        let mut config = map("a", json!({"a": "1"}));
        for (name, value) in more.as_object().into_iter().flatten() {
            config[name] = value.clone();
        }
        apply(&path, config)
    };
    let metadata = |metadata: Value| with(json!({"metadata": metadata}));
    scenario(
        "applies that do not fit",
        [
            apply(format!("{MAPS}/a"), map("a", json!({}))),
            apply(
                format!("{MAPS}/new?fieldManager=x"),
                json!({"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "new", "uid": "zzz"}}),
            ),
            with(json!({})),
            with(json!({"unknown": 1})),
            with(json!({"data": {"a": 1}})),
            with(json!({"data": "text"})),
            with(json!({"data": ["item"]})),
            with(json!({"kind": "Secret"})),
            with(json!({"apiVersion": "v2"})),
            with(json!({"apiVersion": ""})),
            metadata(json!({"name": "b"})),
            metadata(json!({})),
            metadata(json!({"name": "a", "namespace": "other"})),
            metadata(json!({"name": "a", "uid": "zzz"})),
            metadata(json!({"name": "a", "resourceVersion": "1"})),
            metadata(json!({"name": "a", "resourceVersion": "abc"})),
            metadata(json!({"name": "a", "managedFields": [{"manager": "x"}]})),
            apply(&path, json!([])),
            apply(&path, json!("text")),
        ],
    )
}

fn keyed_lists() -> Scenario {
    let config = |spec: Value| json!({"apiVersion": "example.com/v1", "kind": "Thing", "metadata": {"name": "a"}, "spec": spec});
    let parts = |manager: &str, parts: Value| {
        let spec = json!({"interval": "1m", "parts": parts});
        apply(format!("{THINGS}/a?fieldManager={manager}"), config(spec))
    };
    let status = |manager: &str, name: &str| {
        let config = json!({"apiVersion": "example.com/v1", "kind": "Thing",
            "metadata": {"name": name}, "status": {"phase": "Done"}});
        apply(format!("{THINGS}/{name}/status?fieldManager={manager}"), config)
    };
    scenario(
        "lists with keys",
        [
            parts("one", json!([{"name": "x", "size": 1}, {"name": "y"}])),
            parts("two", json!([{"name": "z", "size": 3}])),
            parts("two", json!([{"name": "x", "size": 2}])),
            parts("one", json!([{"name": "y", "size": 2}])),
            parts("one", json!([{"name": "y"}, {"name": "y"}])),
            parts("one", json!([{"size": 2}])),
            parts("one", json!("text")),
            parts("one", json!([{"name": "y", "unknown": 2}])),
            status("one", "a"),
            status("two", "a"),
            status("one", "missing"),
            parts("one", json!([])),
            get(format!("{THINGS}/a")),
        ],
    )
}

/// Dry runs, because a controller of the real cluster writes to Deployments at once.
fn containers() -> Scenario {
    let container = json!({
        "name": "main",
        "image": "example.com/app:1",
        "ports": [{"containerPort": 80, "name": "http"}],
        "env": [
            {"name": "NAMESPACE", "valueFrom": {"fieldRef": {"fieldPath": "metadata.namespace"}}},
            {"name": "CPU", "valueFrom": {"resourceFieldRef": {"resource": "limits.cpu", "containerName": "main"}}},
        ],
        "resources": {"limits": {"cpu": "1000m", "memory": "1024Mi"}, "requests": {"cpu": "0.1", "memory": "64Mi"}},
        "livenessProbe": {"httpGet": {"path": "/healthz", "port": "http"}},
        "readinessProbe": {"httpGet": {"port": 80}},
        "securityContext": {"capabilities": {"drop": ["ALL"]}, "seccompProfile": {"type": "RuntimeDefault"}},
        "volumeMounts": [{"name": "temp", "mountPath": "/tmp"}],
    });
    let pod = json!({
        "containers": [container],
        "volumes": [{"name": "temp", "emptyDir": {}}, {"name": "s", "secret": {"secretName": "s"}}],
        "serviceAccountName": "account",
        "securityContext": {"fsGroup": 1337},
        "terminationGracePeriodSeconds": 60,
        "nodeSelector": {"kubernetes.io/os": "linux"},
        "priorityClassName": "system-cluster-critical",
    });
    let deployment = |spec: Value| json!({"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "a", "labels": {"a": "b"}}, "spec": spec});
    let whole = deployment(json!({
        "selector": {"matchLabels": {"app": "a"}},
        "template": {"metadata": {"labels": {"app": "a"}}, "spec": pod},
    }));
    let of_pod =
        |containers: Value| deployment(json!({"template": {"spec": {"containers": containers}}}));
    let dry = format!("{DEPLOYMENTS}/a?fieldManager=one&dryRun=All");
    scenario(
        "a Deployment like Flux's",
        [
            post(format!("{DEPLOYMENTS}?dryRun=All"), whole.clone()),
            apply(&dry, whole),
            apply(&dry, of_pod(json!([{"name": "main", "imag": 1}]))),
            apply(&dry, of_pod(json!([{"image": "i"}]))),
            apply(&dry, of_pod(json!([{"name": "main"}, {"name": "main"}]))),
            apply(&dry, deployment(json!({"replicas": "1"}))),
            apply(&dry, deployment(json!({"paused": "yes"}))),
        ],
    )
}
