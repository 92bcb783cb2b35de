//! `nigari resume`.

use nigari::kinds::artifact::ARTIFACT_GENERATOR;
use nigari::kinds::kustomize::KUSTOMIZATION;
use nigari::kinds::notification::ALERT;
use nigari_sandbox::kube::Deny;
use serde_json::{Value, json};
use snapbox::{assert_data_eq, str};

use crate::fleet::Fleet;
use crate::support::{Cluster, object};

fn suspended(name: &str) -> Value {
    let mut suspended = object(&KUSTOMIZATION, name, json!({"spec": {"suspend": true}}));
    suspended["metadata"]["annotations"] = json!({
        "nigari-cli.github.io/suspended-reason": "migration",
        "nigari-cli.github.io/suspended-until": "2020-01-01T00:00:00Z",
    });
    suspended
}

/// A suspended Kustomization that no controller looks at.
fn idle() -> Cluster {
    let cluster = Cluster::with(&[&KUSTOMIZATION, &ALERT]);
    cluster.put(suspended("apps"));
    cluster
}

#[test]
fn what_was_suspended_catches_up_or_says_why_it_cannot() {
    let fleet = Fleet::bootstrapped();
    let run = fleet.nigari("suspend ks flux-system --reason=incident --until=2999-01-01T00:00:00Z");
    assert_data_eq!(run.to_string(), str![[]]);
    fleet.commit("clusters/production/settings.yaml", SETTINGS);
    assert_eq!(fleet.nigari("reconcile source git flux-system").exit_code(), Some(0));
    assert!(fleet.object("v1", "ConfigMap", "settings").is_none());
    assert_data_eq!(fleet.nigari("get ks -o wide").to_string(), str![[]]);
    assert_data_eq!(fleet.nigari("resume kustomization flux-system").to_string(), str![[]]);
    assert!(fleet.object("v1", "ConfigMap", "settings").is_some());

    assert_eq!(fleet.nigari("suspend ks flux-system").exit_code(), Some(0));
    fleet.commit("clusters/production/settings.yaml", "kind: [\n");
    assert_eq!(fleet.nigari("reconcile source git flux-system").exit_code(), Some(0));
    assert_data_eq!(fleet.nigari("resume ks flux-system").to_string(), str![[]]);
    fleet.finish();
}

const SETTINGS: &str = "apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
  namespace: flux-system
data:
  colour: blue
";

#[test]
fn the_field_is_given_up_and_the_note_goes() {
    let cluster = idle();
    assert_data_eq!(cluster.nigari("resume ks apps --wait=false").to_string(), str![[]]);
    assert_data_eq!(cluster.writes(), str![[]]);
    let apps = cluster.get(&KUSTOMIZATION, "apps").unwrap();
    assert_eq!(apps["spec"], json!({}));
    assert_data_eq!(cluster.nigari("resume ks apps --wait=false").to_string(), str![[]]);
    assert_eq!(cluster.writes(), "");
}

#[test]
fn what_is_not_suspended_is_still_waited_for() {
    let cluster = idle();
    let status = json!({
        "lastAppliedRevision": "main@sha1:696f056df216eea4f9401adbee0ff744d4df390f",
        "conditions": [{"type": "Ready", "status": "True", "reason": "ReconciliationSucceeded",
            "message": "ok", "observedGeneration": 1}],
    });
    cluster.put(object(&KUSTOMIZATION, "web", json!({"spec": {}, "status": status})));
    assert_data_eq!(cluster.nigari("resume ks web").to_string(), str![[]]);
    assert_eq!(cluster.writes(), "");
}

#[test]
fn nobody_who_reconciles() {
    let run = idle().nigari("resume ks apps --timeout=4s");
    assert_data_eq!(run.to_string(), str![[]]);
}

#[test]
fn several_are_waited_for_only_when_asked() {
    let cluster = idle();
    for name in ["slack", "teams"] {
        cluster.put(object(&ALERT, name, json!({"spec": {"suspend": true}})));
    }
    assert_data_eq!(cluster.nigari("resume alert slack teams --dry-run").to_string(), str![[]]);
    assert_eq!(cluster.writes(), "");
    assert_data_eq!(cluster.nigari("resume alert slack teams").to_string(), str![[]]);
    assert_data_eq!(cluster.writes(), str![[]]);
    assert_data_eq!(cluster.nigari("resume alert --all --wait").to_string(), str![[]]);
    assert_data_eq!(cluster.nigari("resume alert slack mail").to_string(), str![[]]);
}

#[test]
fn a_generator_is_asked_to_reconcile_because_it_would_not_notice() {
    let cluster = Cluster::with(&[&ARTIFACT_GENERATOR]);
    let mut generator = object(&ARTIFACT_GENERATOR, "mono", json!({"spec": {}}));
    generator["metadata"]["annotations"] =
        json!({"source.extensions.fluxcd.io/reconcile": "disabled"});
    cluster.put(generator);
    let run = cluster.nigari("resume artifact generator mono --wait=false");
    assert_data_eq!(run.to_string(), str![[]]);
    assert_data_eq!(cluster.writes(), str![[]]);
}

#[test]
fn nothing_there_is_no_success() {
    let cluster = idle();
    assert_data_eq!(cluster.nigari("resume ks web").to_string(), str![[]]);
    assert_data_eq!(cluster.nigari("resume alert --all").to_string(), str![[]]);
    assert_data_eq!(cluster.nigari("resume hr podinfo").to_string(), str![[]]);
    assert_data_eq!(cluster.nigari("resume ks").to_string(), str![[]]);
}

#[test]
fn what_is_not_allowed() {
    let cluster = idle();
    cluster.0.kube().deny(Deny::new("patch", KUSTOMIZATION.group, KUSTOMIZATION.plural));
    assert_data_eq!(cluster.nigari("resume ks apps").to_string(), str![[]]);
}

#[test]
fn a_cluster_that_does_not_answer() {
    let run = Cluster::empty().nigari("resume ks apps --server=https://127.0.0.1:1");
    assert_data_eq!(run.to_string(), str![[]]);
}

#[test]
fn what_somebody_else_resumes_meanwhile_is_not_written_again() {
    let cluster = idle();
    let run = cluster.nigari_while("resume ks apps --wait=false", "kustomizations/apps", || {
        cluster.put(object(&KUSTOMIZATION, "apps", json!({"spec": {}})));
    });
    assert_data_eq!(run.to_string(), str![[]]);
    assert_data_eq!(cluster.writes(), str![[]]);
}
