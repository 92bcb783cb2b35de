//! Objects that break a rule: of metadata, of a built-in kind, of a schema.

use serde_json::{Value, json};

use crate::custom::{CRDS, RULED, THINGS};
use crate::scenario::{Scenario, Step, json_patch, merge, post, put, scenario, strategic};

const MAPS: &str = "/api/v1/namespaces/{namespace}/configmaps";
const SECRETS: &str = "/api/v1/namespaces/{namespace}/secrets";
const DEPLOYMENTS: &str = "/apis/apps/v1/namespaces/{namespace}/deployments";

pub(crate) fn scenarios() -> Vec<Scenario> {
    vec![
        metadata(),
        types(),
        maps(),
        workloads(),
        roles_and_services(),
        schemas(),
        expressions(),
        nulls(),
        definitions(),
    ]
}

fn map(metadata: Value, more: Value) -> Value {
    let mut map = json!({"apiVersion": "v1", "kind": "ConfigMap", "metadata": metadata});
    for (name, value) in more.as_object().into_iter().flatten() {
        map[name] = value.clone();
    }
    map
}

fn metadata() -> Scenario {
    let of = |metadata: Value| post(MAPS, map(metadata, json!({})));
    let thing = |metadata: Value| {
        post(
            THINGS,
            json!({"apiVersion": "example.com/v1", "kind": "Thing", "metadata": metadata, "spec": {"interval": "1m"}}),
        )
    };
    scenario(
        "metadata that is refused",
        [
            of(json!({"name": "a".repeat(254)})),
            of(json!({"name": "a", "labels": {"a b": "x"}})),
            of(json!({"name": "a", "labels": {"a": "x y"}})),
            of(json!({"name": "a", "labels": {"/a": "x"}})),
            of(json!({"name": "a", "labels": {"a/b/c": "x"}})),
            of(json!({"name": "a", "labels": {"a".repeat(64): "x"}})),
            of(json!({"name": "a", "labels": {"a": "x".repeat(64)}})),
            of(json!({"name": "a", "annotations": {"a b": "x"}})),
            of(json!({"name": "a", "finalizers": ["nope"]})),
            of(json!({"name": "a", "ownerReferences": [{"kind": "X"}]})),
            of(json!({"name": "a", "resourceVersion": "1"})),
            of(json!({"name": "a", "labels": {"a": 1}})),
            of(json!({"name": "a", "labels": "x"})),
            of(
                json!({"name": "b", "uid": "a", "generation": 7, "creationTimestamp": "2020-01-01T00:00:00Z"}),
            ),
            post(
                format!("{MAPS}?fieldManager={}", "a".repeat(129)),
                map(json!({"name": "c"}), json!({})),
            ),
            merge(format!("{MAPS}/b"), json!({"metadata": {"uid": "other"}})),
            put(format!("{MAPS}/b"), map(json!({"name": "b", "uid": "other"}), json!({}))),
            put(
                format!("{MAPS}/b"),
                map(json!({"name": "b", "resourceVersion": "abc"}), json!({})),
            ),
            put(format!("{MAPS}/b"), map(json!({}), json!({}))),
            thing(json!({"name": "a", "finalizers": ["finalizers.fluxcd.io"]})),
            thing(json!({"name": "b", "labels": {"a": 1}})),
            thing(json!({"name": "b", "labels": "x"})),
            thing(json!({"name": "b", "labels": {"a b": "x"}})),
            merge(
                format!("{THINGS}/a"),
                json!({"metadata": {"finalizers": ["finalizers.fluxcd.io", "x.y"]}}),
            ),
        ],
    )
}

/// Values of the wrong type, in bodies and patches.
fn types() -> Scenario {
    let deployment = |spec: Value| {
        post(
            DEPLOYMENTS,
            json!({"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "z"}, "spec": spec}),
        )
    };
    let path = format!("{MAPS}/a");
    let replace = |at: &str| json!([{"op": "replace", "path": at, "value": "1"}]);
    scenario(
        "values of the wrong type",
        [
            post(MAPS, map(json!({"name": "z"}), json!({"data": {"a": 1}}))),
            post(MAPS, map(json!({"name": "z"}), json!({"data": "x"}))),
            post(MAPS, map(json!({"name": "z"}), json!({"binaryData": {"a": "Y!"}}))),
            deployment(json!({"replicas": "1"})),
            deployment(json!({"replicas": 1.5})),
            deployment(json!("x")),
            deployment(json!({"template": {"spec": {"containers": {}}}})),
            deployment(json!({"template": {"spec": {"containers": [
                {"name": "c", "image": "i", "resources": {"limits": {"cpu": "abc"}}}]}}})),
            post(
                format!("{MAPS}?fieldValidation=Strict"),
                map(json!({"name": "z"}), json!({"unknown": 1})),
            ),
            post(MAPS, map(json!({"name": "a"}), json!({"unknown": 1, "data": {"a": "1"}}))),
            merge(&path, json!([])),
            json_patch(&path, json!({"op": "add"})),
            json_patch(&path, replace("/data/new")),
            json_patch(&path, replace("/none/new")),
            json_patch(&path, json!([{"op": "remove", "path": "/data/none"}])),
            json_patch(&path, json!([{"op": "test", "path": "/data/a", "value": "2"}])),
            strategic(&path, json!({"data": {"$patch": "replace", "only": "1"}})),
        ],
    )
}

fn maps() -> Scenario {
    let secret = |more: Value| {
        let mut secret = json!({"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "s"}});
        for (name, value) in more.as_object().into_iter().flatten() {
            secret[name] = value.clone();
        }
        post(SECRETS, secret)
    };
    let path = format!("{MAPS}/fixed");
    scenario(
        "data that is refused",
        [
            post(MAPS, map(json!({"name": "a"}), json!({"data": {"a b": "1"}}))),
            post(
                MAPS,
                map(json!({"name": "a"}), json!({"data": {"a": "1"}, "binaryData": {"a": "YQ=="}})),
            ),
            post(
                MAPS,
                map(json!({"name": "fixed"}), json!({"data": {"a": "1"}, "immutable": true})),
            ),
            merge(&path, json!({"data": {"a": "2"}})),
            merge(&path, json!({"immutable": false})),
            merge(&path, json!({"metadata": {"labels": {"a": "b"}}})),
            secret(json!({"stringData": {"a b": "1"}})),
            secret(json!({"data": {"a": "not base64"}})),
            secret(json!({"stringData": {"a": "1"}, "data": {"a": "Yg=="}})),
            merge(format!("{SECRETS}/s"), json!({"type": "other"})),
        ],
    )
}

fn workloads() -> Scenario {
    let pod = |container: Value| json!({"metadata": {"labels": {"a": "b"}}, "spec": {"containers": [container]}});
    let deployment = |spec: Value| {
        post(
            DEPLOYMENTS,
            json!({"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "z"}, "spec": spec}),
        )
    };
    let selected = |container: Value| {
        deployment(json!({"selector": {"matchLabels": {"a": "b"}}, "template": pod(container)}))
    };
    let plain = json!({"name": "c", "image": "i"});
    scenario(
        "workloads that are refused",
        [
            deployment(json!({})),
            deployment(
                json!({"selector": {"matchLabels": {"a": "c"}}, "template": pod(plain.clone())}),
            ),
            deployment(json!({"selector": {}, "template": pod(plain.clone())})),
            deployment(
                json!({"replicas": -1, "selector": {"matchLabels": {"a": "b"}}, "template": pod(plain)}),
            ),
            selected(json!({"name": "C", "image": "i"})),
            selected(json!({"name": "c"})),
            selected(json!({"name": "c", "image": "i", "ports": [{"containerPort": 0}]})),
            selected(
                json!({"name": "c", "image": "i", "volumeMounts": [{"name": "no", "mountPath": "/x"}]}),
            ),
            selected(
                json!({"name": "c", "image": "i", "resources": {"limits": {"cpu": "1"}, "requests": {"cpu": "2"}}}),
            ),
        ],
    )
}

fn roles_and_services() -> Scenario {
    const ROLES: &str = "/apis/rbac.authorization.k8s.io/v1/namespaces/{namespace}/roles";
    const SERVICES: &str = "/api/v1/namespaces/{namespace}/services";
    let role = |rule: Value| post(ROLES, json!({"metadata": {"name": "r"}, "rules": [rule]}));
    let service =
        |name: &str, spec: Value| post(SERVICES, json!({"metadata": {"name": name}, "spec": spec}));
    scenario(
        "roles and services that are refused",
        [
            role(json!({"apiGroups": [""], "resources": ["pods"]})),
            role(json!({"verbs": ["get"]})),
            service("a", json!({})),
            service("a", json!({"ports": [{"port": 0}]})),
            service("A", json!({"ports": [{"port": 80}]})),
            service(&"a".repeat(64), json!({"ports": [{"port": 80}]})),
            post(
                "/api/v1/namespaces/{namespace}/resourcequotas",
                json!({"metadata": {"name": "q"}, "spec": {"hard": {"pods": "x"}}}),
            ),
            post(
                "/api/v1/namespaces/{namespace}/resourcequotas?dryRun=All",
                json!({"metadata": {"name": "q"}, "spec": {"hard": {"pods": "1000", "cpu": 2, "memory": "1024Mi", "requests.cpu": "1500m", "requests.memory": "0.5Gi"}}}),
            ),
        ],
    )
}

fn ruled(name: &str, spec: Value) -> Step {
    let object = json!({"apiVersion": "rules.example.com/v1", "kind": "Ruled", "metadata": {"name": name}, "spec": spec});
    post(RULED, object)
}

/// One broken rule at a time, because the real server names several in no order.
fn schemas() -> Scenario {
    let broken = [
        json!({}),
        json!({"name": "a"}),
        json!({"name": "abcdef"}),
        json!({"name": "A1"}),
        json!({"mode": "C"}),
        json!({"count": 0}),
        json!({"count": 11}),
        json!({"count": "x"}),
        json!({"count": 1.5}),
        json!({"ratio": 0}),
        json!({"fives": 7}),
        json!({"small": 99_999_999_999_i64}),
        json!({"list": "x"}),
        json!({"list": []}),
        json!({"list": ["a", "b", "c"]}),
        json!({"set": ["a", "a"]}),
        json!({"keyed": [{"k": "1"}, {"k": "1"}]}),
        json!({"keyed": [{"v": "1"}]}),
        json!({"port": true}),
        json!({"port": "x"}),
        json!({"map": {"a": "1", "b": "1", "c": "1"}}),
        json!({"map": {}}),
        json!({"map": {"a": 1}}),
        json!({"time": "x"}),
        json!({"duration": "x"}),
        json!({"bytes": "!!"}),
        json!({"either": {"a": "1", "b": "1"}}),
        json!({"either": {}}),
        json!({"any": {}}),
        json!({"not": {"a": "1", "b": "1"}}),
        json!({"embedded": {"kind": "X"}}),
    ];
    let named = |mut spec: Value| {
        if spec.get("name").is_none() && spec != json!({}) {
            spec["name"] = "abc".into();
        }
        spec
    };
    let steps = broken.map(|spec| ruled("broken", named(spec)));
    scenario("schemas that are broken", steps)
}

fn expressions() -> Scenario {
    scenario(
        "rules in CEL",
        [
            ruled("bad", json!({"name": "abc", "checked": "bad"})),
            ruled("good", json!({"name": "abc", "checked": "good"})),
        ],
    )
}

fn nulls() -> Scenario {
    let path = format!("{RULED}/a");
    let spec = json!({
        "name": "abc", "mode": null, "defaulted": null, "nullable": null, "object": null,
        "count": 3, "port": "5%", "map": {"a": "b"}, "keyed": [{"k": "1", "v": "2"}],
        "free": {"x": {"y": null}}, "either": {"a": "1"},
        "embedded": {"apiVersion": "v1", "kind": "X", "metadata": {"name": "q"}, "more": 1},
        "time": "2020-01-01T00:00:00Z", "duration": "5s", "unknown": 1,
    });
    scenario(
        "nulls, defaults and unknown fields",
        [
            ruled("a", spec),
            merge(&path, json!({"spec": {"defaulted": null, "object": null}})),
            merge(&path, json!({"spec": {"count": "x"}})),
            merge(&path, json!({"status": {"n": 0}})),
            merge(format!("{path}/status"), json!({"status": {"n": 0}})),
            merge(
                format!("{path}/status"),
                json!({"status": {"n": 1}, "metadata": {"labels": {"x": "y"}}, "spec": {"count": 4}}),
            ),
            json_patch(
                format!("{path}/status"),
                json!([{"op": "test", "path": "/status/n", "value": 2}]),
            ),
            json_patch(
                format!("{path}/status"),
                json!([{"op": "test", "path": "/status/n", "value": 1}, {"op": "replace", "path": "/status/n", "value": 3}]),
            ),
            merge(&path, json!({"kind": "Other"})),
            strategic(&path, json!({"spec": {"count": 4}})),
            put(
                &path,
                json!({"apiVersion": "rules.example.com/v1", "kind": "Ruled", "metadata": {"name": "a"}, "spec": {"name": "abc"}}),
            ),
            ruled("no-spec", Value::Null),
        ],
    )
}

fn definitions() -> Scenario {
    let definition = |name: &str, scope: &str, versions: Value| {
        post(
            CRDS,
            json!({
                "apiVersion": "apiextensions.k8s.io/v1",
                "kind": "CustomResourceDefinition",
                "metadata": {"name": name},
                "spec": {"group": "refused.example.com", "scope": scope, "versions": versions,
                         "names": {"kind": "No", "plural": "nos"}},
            }),
        )
    };
    let version = |more: Value| {
        let mut version = json!({"name": "v1", "served": true, "storage": true});
        for (name, value) in more.as_object().into_iter().flatten() {
            version[name] = value.clone();
        }
        json!([version])
    };
    let schema = json!({"schema": {"openAPIV3Schema": {"type": "object"}}});
    scenario(
        "definitions that are refused",
        [
            definition("other", "Namespaced", version(schema.clone())),
            definition("nos.refused.example.com", "Nowhere", version(schema)),
            definition("nos.refused.example.com", "Namespaced", version(json!({}))),
        ],
    )
}
