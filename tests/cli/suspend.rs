//! `nigari suspend`.

use nigari::kinds::Kind;
use nigari::kinds::artifact::ARTIFACT_GENERATOR;
use nigari::kinds::image::IMAGE_UPDATE_AUTOMATION;
use nigari::kinds::kustomize::KUSTOMIZATION;
use nigari_sandbox::kube::Deny;
use serde_json::json;
use snapbox::{assert_data_eq, str};

use crate::support::{Cluster, object};

/// Two Kustomizations that no controller looks at; nothing of their making is in the recorder.
fn idle() -> Cluster {
    let cluster = Cluster::with(&[&KUSTOMIZATION]);
    cluster.put(object(&KUSTOMIZATION, "apps", json!({"spec": {"path": "./apps"}})));
    let mut infra = object(&KUSTOMIZATION, "infra", json!({"spec": {"path": "./infra"}}));
    infra["metadata"]["labels"] = json!({"team": "platform"});
    cluster.put(infra);
    cluster
}

fn is_suspended(cluster: &Cluster, kind: &Kind, name: &str) -> bool {
    cluster.get(kind, name).unwrap()["spec"]["suspend"] == true
}

#[test]
fn suspends_an_object_and_does_not_write_it_twice() {
    let cluster = idle();
    assert_data_eq!(cluster.nigari("suspend kustomization apps").to_string(), str![[]]);
    assert_data_eq!(cluster.writes(), str![[]]);
    assert!(is_suspended(&cluster, &KUSTOMIZATION, "apps"));
    assert_data_eq!(cluster.nigari("suspend ks/apps").to_string(), str![[]]);
    assert_eq!(cluster.writes(), "");
}

#[test]
fn a_note_is_kept_shown_and_changed() {
    let cluster = idle();
    let run =
        cluster.nigari("suspend ks apps --reason=migration --until=2999-01-01T01:00:00+01:00");
    assert_data_eq!(run.to_string(), str![[]]);
    assert_data_eq!(cluster.writes(), str![[]]);
    assert_data_eq!(cluster.nigari("get ks -o wide").to_string(), str![[]]);
    assert_data_eq!(cluster.nigari("suspend ks apps").to_string(), str![[]]);
    assert_eq!(cluster.writes(), "");
    assert_eq!(cluster.nigari("suspend ks apps --reason=incident").exit_code(), Some(0));
    assert_data_eq!(cluster.writes(), str![[]]);
    assert_data_eq!(cluster.nigari("reconcile ks apps").to_string(), str![[]]);
}

#[test]
fn each_of_several_is_tried() {
    let cluster = idle();
    let run = cluster.nigari("suspend ks infra web infra");
    assert_data_eq!(run.to_string(), str![[]]);
    assert!(is_suspended(&cluster, &KUSTOMIZATION, "infra"));
}

#[test]
fn all_or_those_with_a_label() {
    let cluster = idle();
    assert_data_eq!(cluster.nigari("suspend ks -l team=platform").to_string(), str![[]]);
    assert!(!is_suspended(&cluster, &KUSTOMIZATION, "apps"));
    cluster.writes();
    assert_data_eq!(cluster.nigari("suspend --all ks").to_string(), str![[]]);
    assert_data_eq!(cluster.writes(), str![[]]);
}

#[test]
fn a_kind_without_the_field_is_suspended_by_its_annotation() {
    let cluster = Cluster::with(&[&ARTIFACT_GENERATOR]);
    cluster.put(object(&ARTIFACT_GENERATOR, "mono", json!({"spec": {}})));
    let run = cluster.nigari("suspend artifact generator mono");
    assert_data_eq!(run.to_string(), str![[]]);
    assert_data_eq!(cluster.writes(), str![[]]);
}

#[test]
fn nothing_there_is_no_success() {
    let cluster = idle();
    assert_data_eq!(cluster.nigari("suspend ks web").to_string(), str![[]]);
    assert_data_eq!(cluster.nigari("suspend ks --all -n apps").to_string(), str![[]]);
    assert_data_eq!(cluster.nigari("suspend ks -l team=web").to_string(), str![[]]);
    let run = cluster.nigari("suspend image update --all");
    assert_data_eq!(run.to_string(), str![[]]);
    cluster.install(&IMAGE_UPDATE_AUTOMATION);
    let run = cluster.nigari("suspend image update --all");
    assert_data_eq!(run.to_string(), str![[]]);
}

#[test]
fn arguments_that_make_no_sense_are_refused_before_anything_is_asked() {
    let cluster = idle();
    cluster.writes();
    assert_data_eq!(cluster.nigari("suspend ks").to_string(), str![[]]);
    assert_data_eq!(cluster.nigari("suspend ks apps --all").to_string(), str![[]]);
    assert_data_eq!(
        cluster.nigari("suspend ks apps --until=2020-01-01T00:00:00Z").to_string(),
        str![[]]
    );
    assert_data_eq!(cluster.nigari("suspend ks apps --until=tomorrow").to_string(), str![[]]);
    assert_eq!(cluster.0.recorder().all(), []);
}

#[test]
fn what_is_not_allowed() {
    let cluster = idle();
    cluster.0.kube().deny(Deny::new("patch", KUSTOMIZATION.group, KUSTOMIZATION.plural));
    assert_data_eq!(cluster.nigari("suspend ks apps").to_string(), str![[]]);
    cluster.0.kube().deny(Deny::new("list", KUSTOMIZATION.group, KUSTOMIZATION.plural));
    assert_data_eq!(cluster.nigari("suspend ks --all").to_string(), str![[]]);
}

#[test]
fn a_cluster_that_does_not_answer() {
    let run = Cluster::empty().nigari("suspend ks apps --server=https://127.0.0.1:1");
    assert_data_eq!(run.to_string(), str![[]]);
}

#[test]
fn what_somebody_else_changes_meanwhile_is_looked_at_again() {
    let cluster = idle();
    let run = cluster.nigari_while("suspend ks apps", "kustomizations/apps", || {
        cluster.put(object(&KUSTOMIZATION, "apps", json!({"spec": {"path": "./moved"}})));
    });
    assert_data_eq!(run.to_string(), str![[]]);
    assert_data_eq!(cluster.writes(), str![[]]);
    let apps = cluster.get(&KUSTOMIZATION, "apps").unwrap();
    assert_eq!(apps["spec"], json!({"path": "./moved", "suspend": true}));
}

#[test]
fn what_somebody_else_suspends_meanwhile_keeps_their_note() {
    let cluster = idle();
    let note = json!({"nigari-cli.github.io/suspended-reason": "theirs"});
    let run = cluster.nigari_while("suspend ks apps", "kustomizations/apps", || {
        let mut apps = object(&KUSTOMIZATION, "apps", json!({"spec": {"suspend": true}}));
        apps["metadata"]["annotations"] = note.clone();
        cluster.put(apps);
    });
    assert_data_eq!(run.to_string(), str![[]]);
    let apps = cluster.get(&KUSTOMIZATION, "apps").unwrap();
    assert_eq!(apps["metadata"]["annotations"], note);
}

#[test]
fn what_is_created_again_meanwhile_is_left_alone() {
    let cluster = idle();
    let run = cluster.nigari_while("suspend ks apps", "kustomizations/apps", || {
        let mut apps = object(&KUSTOMIZATION, "apps", json!({"spec": {}}));
        apps["metadata"]["uid"] = json!("another");
        cluster.put(apps);
    });
    assert_data_eq!(run.to_string(), str![[]]);
    assert!(!is_suspended(&cluster, &KUSTOMIZATION, "apps"));
}

#[test]
fn who_will_undo_it_is_told() {
    let cluster = idle();
    let mut apps = object(&KUSTOMIZATION, "apps", json!({"spec": {"suspend": false}}));
    apps["metadata"]["managedFields"] = json!([{
        "manager": "kustomize-controller", "operation": "Apply", "fieldsType": "FieldsV1",
        "apiVersion": apps["apiVersion"], "fieldsV1": {"f:spec": {"f:suspend": {}}},
    }]);
    cluster.put(apps);
    assert_data_eq!(cluster.nigari("suspend ks apps").to_string(), str![[]]);
}

#[test]
fn a_dry_run_writes_nothing() {
    let cluster = idle();
    assert_data_eq!(cluster.nigari("suspend ks apps --dry-run").to_string(), str![[]]);
    assert_eq!(cluster.writes(), "");
    assert!(!is_suspended(&cluster, &KUSTOMIZATION, "apps"));
}
