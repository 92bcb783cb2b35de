//! Writes that are refused, and what they leave.

use serde_json::{Value, json};

use crate::custom::THINGS;
use crate::scenario::{
    METADATA, Scenario, Step, apply, delete, delete_with, get, json_patch, merge, post, put,
    scenario,
};

const MAPS: &str = "/api/v1/namespaces/{namespace}/configmaps";

pub(crate) fn scenarios() -> Vec<Scenario> {
    vec![
        conflicts(),
        applies_of_a_version(),
        one_object_and_no_other(),
        missing_types(),
        validation(),
        status_patches(),
        dependents(),
        collections(),
        terminating_namespace(),
        finalizers(),
        generated_names(),
    ]
}

fn conflicts() -> Scenario {
    let path = format!("{MAPS}/a");
    let stale = |value: &str| json!({"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "a", "resourceVersion": "{old}"}, "data": {"key": value}});
    scenario(
        "conflicts of versions",
        [
            post(MAPS, json!({"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "a"}, "data": {"key": "1"}}))
                .saving("old", "/metadata/resourceVersion"),
            put(&path, stale("2")),
            put(&path, stale("3")),
            merge(&path, stale("4")),
            put(&path, json!({"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "a"}, "data": {"key": "5"}})),
            put(&path, json!({"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "b"}})),
            delete(&path).header(http::header::CONTENT_TYPE, "application/json"),
            put(&path, stale("6")),
            get(&path),
        ],
    )
}

/// A Secret that is applied if it still is what was seen.
fn applies_of_a_version() -> Scenario {
    const SECRETS: &str = "/api/v1/namespaces/{namespace}/secrets";
    let path = format!("{SECRETS}/a?fieldManager=a&force=true&fieldValidation=Strict");
    let secret = |version: Option<&str>, value: &str| {
        let mut metadata = json!({"name": "a"});
        if let Some(version) = version {
            metadata["resourceVersion"] = json!(version);
            metadata["annotations"] =
                json!({"nigari-cli.github.io/former-deploy-keys": "SHA256:a SHA256:b"});
        }
        json!({"apiVersion": "v1", "kind": "Secret", "metadata": metadata, "data": {"key": value}})
    };
    scenario(
        "applies of a version",
        [
            apply(&path, secret(None, "MQ==")).saving("old", "/metadata/resourceVersion"),
            apply(&path, secret(Some("{old}"), "Mg==")),
            apply(&path, secret(Some("{old}"), "Mw==")),
            get(format!("{SECRETS}/a")),
            delete(format!("{SECRETS}/a")),
            apply(&path, secret(Some("{old}"), "NA==")),
        ],
    )
}

/// A custom object that is changed on one version and deleted by its uid, at first without effect.
fn one_object_and_no_other() -> Scenario {
    let path = format!("{THINGS}/a");
    let patch = |more: &str, version: &str, spec: Value| {
        let path = format!("{path}?fieldManager=a&fieldValidation=Strict{more}");
        merge(path, json!({"metadata": {"resourceVersion": version}, "spec": spec}))
    };
    let of = |uid: &str| json!({"preconditions": {"uid": uid}});
    let held = json!({"metadata": {"finalizers": ["example.com/hold"]}});
    let note = json!({"metadata": {"annotations": {"note": "told"}}});
    scenario(
        "one object and no other",
        [
            post(THINGS, thing("a", &json!({"interval": "1m"})))
                .saving("old", "/metadata/resourceVersion")
                .saving("uid", "/metadata/uid"),
            patch("&dryRun=All", "{old}", json!({"mode": "slow"})),
            patch("&dryRun=All", "1", json!({"mode": "slow"})),
            get(&path),
            patch("", "{old}", json!({"mode": "slow"})).saving("new", "/metadata/resourceVersion"),
            patch("", "{old}", json!({"mode": "fast"})),
            patch("", "{new}", json!({"unknown": true})),
            patch("", "{new}", json!({"mode": null})),
            merge(format!("{path}?fieldManager=a&dryRun=All"), held.clone()).accept(METADATA),
            merge(format!("{path}?fieldManager=a"), note).accept(METADATA),
            delete_with(&path, of("another")),
            delete_with(&path, json!({"preconditions": {"uid": "{uid}"}, "dryRun": ["All"]})),
            merge(&path, held),
            delete_with(&path, of("{uid}")),
            delete_with(&path, of("{uid}")),
            merge(&path, json!({"metadata": {"finalizers": null}})),
            delete_with(&path, of("{uid}")),
        ],
    )
}

fn map(metadata: Value) -> Value {
    json!({"apiVersion": "v1", "kind": "ConfigMap", "metadata": metadata, "data": {"key": "1"}})
}

fn missing_types() -> Scenario {
    let metadata = json!({"name": "a"});
    scenario(
        "objects without type",
        [
            post(MAPS, json!({"metadata": metadata})),
            post(MAPS, json!({"kind": "Secret", "apiVersion": "v1", "metadata": metadata})),
            post(MAPS, json!({"kind": "ConfigMap", "metadata": {"name": "b"}})),
            post(THINGS, json!({"metadata": metadata, "spec": {"interval": "1m"}})),
            post(
                format!("{THINGS}?fieldValidation=Strict"),
                json!({"apiVersion": "example.com/v1",
            "kind": "Thing", "metadata": metadata, "spec": {"interval": "1m", "unknown": 1}}),
            ),
            post(MAPS, json!({"apiVersion": "v1", "kind": "ConfigMap", "metadata": {}})),
            post(
                MAPS,
                json!({"apiVersion": "v1", "kind": "ConfigMap",
            "metadata": {"name": "a", "namespace": "another"}}),
            ),
            post(MAPS, map(json!({"name": "Not_A_Name"}))),
        ],
    )
}

fn thing(name: &str, spec: &Value) -> Value {
    json!({"apiVersion": "example.com/v1", "kind": "Thing", "metadata": {"name": name},
           "spec": spec})
}

/// What the schema of a custom kind refuses.
fn validation() -> Scenario {
    let refused = [
        json!({}),
        json!({"interval": 1}),
        json!({"interval": "soon"}),
        json!({"interval": "1m", "mode": "other"}),
        json!({"interval": "1m", "retries": 6}),
        json!({"interval": "1m", "retries": -1}),
        json!({"interval": "1m", "retries": 1.5}),
        json!({"interval": "1m", "tags": ["a", "b", "c", "d"]}),
        json!({"interval": "1m", "tags": ["a", ""]}),
        json!({"interval": "1m", "tags": "a"}),
        json!({"interval": "1m", "labels": {"a": 1}}),
        json!({"interval": "1m", "reference": {}}),
        json!({"interval": "1m", "parts": [{"name": "a"}, {"name": "a"}]}),
        json!({"interval": "1m", "parts": [{"size": 1}]}),
        json!({"interval": null}),
    ];
    let mut steps: Vec<Step> = refused.iter().map(|spec| post(THINGS, thing("a", spec))).collect();
    steps.push(post(
        THINGS,
        json!({"apiVersion": "example.com/v1", "kind": "Thing",
        "metadata": {"name": "a"}}),
    ));
    let unknown = json!({"interval": "1m", "unknown": 1, "reference": {"name": "a", "other": 2}});
    for mode in ["Strict", "Ignore", "Warn", "Nonsense"] {
        let path = format!("{THINGS}?fieldValidation={mode}");
        steps.push(post(path, thing(&format!("a-{}", mode.to_lowercase()), &unknown)));
    }
    let map =
        json!({"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "a"}, "unknown": 1});
    steps.push(post(format!("{MAPS}?fieldValidation=Strict"), map.clone()));
    steps.push(post(MAPS, map));
    steps.push(apply(
        format!("{THINGS}/b?fieldManager=a"),
        thing("b", &json!({"interval": "soon"})),
    ));
    steps.push(merge(format!("{THINGS}/a-warn"), json!({"spec": {"interval": "soon"}})));
    scenario("what a schema refuses", steps)
}

/// Patches that only go through while the status is what the client has seen.
fn status_patches() -> Scenario {
    let status = format!("{THINGS}/a/status");
    let patch = |phase: &str, operation: Value| {
        json_patch(
            &status,
            json!([{"op": "test", "path": "/status/phase", "value": phase}, operation]),
        )
    };
    let done = json!({"op": "replace", "path": "/status/phase", "value": "Done"});
    let missing = json!({"op": "remove", "path": "/status/missing"});
    scenario(
        "patches of a status",
        [
            post(THINGS, thing("a", &json!({"interval": "1m"}))),
            patch("Busy", done.clone()),
            merge(&status, json!({"status": {"phase": "Busy"}})),
            patch("Other", done.clone()),
            patch("Busy", missing),
            patch("Busy", done),
            json_patch(
                &status,
                json!([{"op": "replace", "path": "/spec/interval", "value": "9m"}]),
            ),
            json_patch(&status, json!([{"op": "nonsense", "path": "/status"}])),
            json_patch(&status, json!({"not": "a list"})),
            apply(
                format!("{status}?fieldManager=a&force=true"),
                json!({"apiVersion": "example.com/v1",
            "kind": "Thing", "metadata": {"name": "a"}, "status": {"phase": "Applied"}}),
            ),
            put(
                &status,
                json!({"apiVersion": "example.com/v1", "kind": "Thing",
            "metadata": {"name": "a"}, "status": {"phase": "Put"}}),
            ),
            get(format!("{THINGS}/a")),
            get(format!("{MAPS}/a/status")),
            delete(&status),
        ],
    )
}

/// An owner and its dependent, which a finalizer holds; the owner is deleted with a policy.
fn dependents() -> Scenario {
    let mut steps = Vec::new();
    for policy in ["Background", "Foreground", "Orphan"] {
        let (owner, dependent) =
            (policy.to_lowercase(), format!("{}-child", policy.to_lowercase()));
        let reference =
            json!([{"apiVersion": "v1", "kind": "ConfigMap", "name": owner, "uid": "{uid}"}]);
        let owned = json!({"name": dependent, "ownerReferences": reference});
        steps.push(post(MAPS, map(json!({"name": owner}))).saving("uid", "/metadata/uid"));
        steps.push(post(MAPS, map(owned)));
        let options = json!({"propagationPolicy": policy});
        steps.push(delete_with(format!("{MAPS}/{owner}"), options));
        steps.push(get(format!("{MAPS}/{owner}")).until_code(404));
        let dependent = get(format!("{MAPS}/{dependent}"));
        steps.push(if policy == "Orphan" { dependent } else { dependent.until_code(404) });
    }
    scenario("dependents of a deleted owner", steps)
}

fn collections() -> Scenario {
    let labelled =
        |name: &str, app: &str| post(MAPS, map(json!({"name": name, "labels": {"app": app}})));
    scenario(
        "deletion of a collection",
        [
            labelled("a", "x"),
            labelled("b", "y"),
            delete(format!("{MAPS}?labelSelector=app%3Dx")),
            get(MAPS),
            delete(MAPS),
            get(MAPS),
            delete("/api/v1/configmaps"),
            delete("/api/v1/namespaces"),
        ],
    )
}

fn finalizers() -> Scenario {
    let path = format!("{MAPS}/a");
    let hold = json!({"name": "a", "finalizers": ["example.com/hold"]});
    scenario(
        "finalizers",
        [
            post(MAPS, map(hold)),
            delete(&path),
            delete(&path),
            merge(&path, json!({"data": {"key": "2"}})),
            merge(
                &path,
                json!({"metadata": {"finalizers": ["example.com/hold", "example.com/more"]}}),
            ),
            merge(&path, json!({"metadata": {"finalizers": null}})),
            get(&path),
            post(MAPS, map(json!({"name": "b", "finalizers": ["nonsense"]}))),
        ],
    )
}

fn generated_names() -> Scenario {
    let generate = |prefix: &str| -> Step { post(MAPS, map(json!({"generateName": prefix}))) };
    scenario(
        "generated names",
        [
            generate("run-"),
            generate("run-"),
            generate("Not_A_Name-"),
            post(MAPS, map(json!({"name": "given", "generateName": "run-"}))),
            // Nobody looks at the generated names of events.
            post(
                "/api/v1/namespaces/{namespace}/events",
                json!({
                    "metadata": {"generateName": "dotted."},
                    "involvedObject": {"kind": "Pod", "name": "a", "namespace": "{namespace}"},
                }),
            ),
        ],
    )
}

fn terminating_namespace() -> Scenario {
    let namespaces = "/api/v1/namespaces";
    let (this, maps) = (
        format!("{namespaces}/{{namespace}}-gone"),
        format!("{namespaces}/{{namespace}}-gone/configmaps"),
    );
    let accounts = format!("{this}/serviceaccounts/default");
    let hold = json!({"name": "held", "finalizers": ["example.com/hold"]});
    scenario(
        "a namespace on its way out",
        [
            post(
                namespaces,
                json!({"apiVersion": "v1", "kind": "Namespace",
            "metadata": {"name": "{namespace}-gone"}}),
            ),
            get(accounts).until_code(200),
            post(&maps, map(hold)),
            post(&maps, map(json!({"name": "free"}))),
            delete(&this),
            get(format!("{maps}/free")).until_code(404),
            post(&maps, map(json!({"name": "late"}))),
            merge(format!("{maps}/held"), json!({"metadata": {"finalizers": null}})),
            get(&this).until_code(404),
            post(&maps, map(json!({"name": "late"}))),
        ],
    )
}
