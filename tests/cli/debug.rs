//! `nigari debug`.

use nigari::kinds::helm::HELM_RELEASE;
use nigari::kinds::kustomize::KUSTOMIZATION;
use nigari_test_support::cluster::{Cluster, object};
use serde_json::{Value, json};
use snapbox::{assert_data_eq, str};

fn config_map(name: &str, data: Value) -> Value {
    json!({"apiVersion": "v1", "kind": "ConfigMap", "data": data,
           "metadata": {"name": name, "namespace": "flux-system"}})
}

fn secret(name: &str, key: &str, value: &str) -> Value {
    use base64::Engine as _;
    let value = base64::engine::general_purpose::STANDARD.encode(value);
    json!({"apiVersion": "v1", "kind": "Secret", "data": {key: value},
           "metadata": {"name": name, "namespace": "flux-system"}})
}

fn fleet() -> Cluster {
    let cluster = Cluster::with(&[&HELM_RELEASE, &KUSTOMIZATION]);
    cluster.put(object(&HELM_RELEASE, "podinfo", json!({
        "spec": {
            "valuesFrom": [
                {"kind": "ConfigMap", "name": "defaults"},
                {"kind": "Secret", "name": "password", "valuesKey": "password", "targetPath": "redis.password"},
                {"kind": "ConfigMap", "name": "nowhere", "optional": true},
            ],
            "values": {"replicas": 3},
        },
        "status": {"history": [{"version": 1, "status": "deployed"}], "lastAttemptedRevision": "6.5.4"},
    })));
    cluster.put(config_map(
        "defaults",
        json!({"values.yaml": "replicas: 1\nredis:\n  enabled: true\n"}),
    ));
    cluster.put(secret("password", "password", "hunter2"));
    cluster.put(object(
        &KUSTOMIZATION,
        "apps",
        json!({
            "spec": {"postBuild": {
                "substituteFrom": [
                    {"kind": "ConfigMap", "name": "vars"},
                    {"kind": "Secret", "name": "password"},
                ],
                "substitute": {"region": "eu-west-1"},
            }},
        }),
    ));
    cluster.put(config_map("vars", json!({"region": "us-east-1", "zone": "a\n"})));
    cluster.put(object(&KUSTOMIZATION, "plain", json!({"spec": {}})));
    cluster
}

#[test]
fn the_values_are_merged_as_the_controller_merges_them() {
    assert_data_eq!(
        fleet().nigari("debug helmrelease podinfo --show-values").to_string(),
        str![[r#"
replicas: 3
redis:
  enabled: true
  password: hunter2

"#]]
    );
}

#[test]
fn the_variables_of_the_object_win() {
    assert_data_eq!(
        fleet().nigari("debug ks apps --show-vars").to_string(),
        str![[r#"
password=hunter2
region=eu-west-1
zone=a

"#]]
    );
}

#[test]
fn status_and_history_are_printed() {
    let cluster = fleet();
    assert_data_eq!(
        cluster.nigari("debug hr podinfo --show-status").to_string(),
        str![[r#"
history:
- version: 1
  status: deployed
lastAttemptedRevision: "6.5.4"

"#]]
    );
    assert_data_eq!(
        cluster.nigari("debug hr podinfo --show-history").to_string(),
        str![[r#"
- version: 1
  status: deployed

"#]]
    );
    assert_eq!(cluster.nigari("debug ks apps --show-history").to_string(), "[]\n");
}

#[test]
fn nothing_secret_is_shown_unless_it_is_asked_for() {
    let cluster = fleet();
    for shown in ["status", "history"] {
        let run = cluster.nigari(&format!("debug hr podinfo --show-{shown}"));
        assert!(!run.to_string().contains("hunter2"), "{run}");
    }
    let unasked = cluster.nigari("debug hr podinfo");
    assert_eq!(unasked.exit_code(), Some(2), "{unasked}");
    let both = cluster.nigari("debug hr podinfo --show-values --show-status");
    assert_eq!((both.stdout(), both.exit_code()), ("", Some(2)), "{both}");
}

#[test]
fn what_is_missing_is_named() {
    let cluster = fleet();
    cluster.put(config_map("defaults", json!({"other.yaml": ""})));
    assert_data_eq!(
        cluster.nigari("debug hr podinfo --show-values").to_string(),
        str![[r#"
------- stderr -------
error: ConfigMap defaults has no key "values.yaml"
[exit status: 1]

"#]]
    );
    assert_data_eq!(
        cluster.nigari("debug ks plain --show-vars").to_string(),
        str![[r#"
------- stderr -------
error: Kustomization flux-system/plain has no spec.postBuild
[exit status: 1]

"#]]
    );
    assert_eq!(cluster.nigari("debug ks nope --show-vars").exit_code(), Some(3));
    cluster.put(object(
        &KUSTOMIZATION,
        "plain",
        json!({"spec": {"postBuild": {
        "substituteFrom": [{"kind": "Secret", "name": "nowhere"}]}}}),
    ));
    assert_data_eq!(
        cluster.nigari("debug ks plain --show-vars").to_string(),
        str![[r#"
------- stderr -------
error: Secret flux-system/nowhere, which it refers to, is not there
[exit status: 1]

"#]]
    );
}
