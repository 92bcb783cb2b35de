//! `nigari suspend`.

use nigari::kinds::Kind;
use nigari::kinds::artifact::ARTIFACT_GENERATOR;
use nigari::kinds::image::IMAGE_UPDATE_AUTOMATION;
use nigari::kinds::kustomize::KUSTOMIZATION;
use nigari_sandbox::kube::Deny;
use nigari_test_support::cluster::{Cluster, kustomization, object};
use serde_json::json;
use snapbox::{assert_data_eq, str};

/// Two Kustomizations that no controller looks at; nothing of their making is in the recorder.
fn idle() -> Cluster {
    let cluster = Cluster::with(&[&KUSTOMIZATION]);
    cluster.put(kustomization("apps", json!({"path": "./apps"})));
    let mut infra = kustomization("infra", json!({"path": "./infra"}));
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
    assert_data_eq!(
        cluster.nigari("suspend kustomization apps").to_string(),
        str![[r#"
------- stderr -------
► suspending kustomization apps in flux-system namespace
✔ kustomization suspended

"#]]
    );
    assert_data_eq!(
        cluster.writes(),
        str![[r#"
PATCH flux-system/kustomizations/apps {"spec":{"suspend":true},"metadata":{"resourceVersion":"[VERSION]"}}

"#]]
    );
    assert!(is_suspended(&cluster, &KUSTOMIZATION, "apps"));
    assert_data_eq!(
        cluster.nigari("suspend ks/apps").to_string(),
        str![[r#"
------- stderr -------
✔ kustomization apps is already suspended

"#]]
    );
    assert_eq!(cluster.writes(), "");
}

#[test]
fn a_note_is_kept_shown_and_changed() {
    let cluster = idle();
    let run =
        cluster.nigari("suspend ks apps --reason=migration --until=2999-01-01T01:00:00+01:00");
    assert_data_eq!(
        run.to_string(),
        str![[r#"
------- stderr -------
► suspending kustomization apps in flux-system namespace
✔ kustomization suspended

"#]]
    );
    assert_data_eq!(
        cluster.writes(),
        str![[r#"
PATCH flux-system/kustomizations/apps {"metadata":{"annotations":{"nigari-cli.github.io/suspended-reason":"migration","nigari-cli.github.io/suspended-until":"2999-01-01T00:00:00Z"},"resourceVersion":"[VERSION]"},"spec":{"suspend":true}}

"#]]
    );
    assert_data_eq!(
        cluster.nigari("get ks -o wide").to_string(),
        str![[r#"
NAME    SOURCE                            REVISION   SUSPENDED   PATH      UNTIL                  REASON      READY   MESSAGE
apps    GitRepository/flux-system/fleet              True        ./apps    2999-01-01T00:00:00Z   migration   False   waiting to be reconciled
infra   GitRepository/flux-system/fleet              False       ./infra                                      False   waiting to be reconciled

"#]]
    );
    assert_data_eq!(
        cluster.nigari("suspend ks apps").to_string(),
        str![[r#"
------- stderr -------
✔ kustomization apps is already suspended until 2999-01-01T00:00:00Z: migration

"#]]
    );
    assert_eq!(cluster.writes(), "");
    assert_eq!(cluster.nigari("suspend ks apps --reason=incident").exit_code(), Some(0));
    assert_data_eq!(
        cluster.writes(),
        str![[r#"
PATCH flux-system/kustomizations/apps {"metadata":{"annotations":{"nigari-cli.github.io/suspended-reason":"incident","nigari-cli.github.io/suspended-until":null},"resourceVersion":"[VERSION]"}}

"#]]
    );
    assert_data_eq!(
        cluster.nigari("reconcile ks apps").to_string(),
        str![[r#"
------- stderr -------
error: Kustomization flux-system/apps is suspended: incident
  hint: nigari resume kustomization apps -n flux-system
[exit status: 1]

"#]]
    );
}

#[test]
fn each_of_several_is_tried() {
    let cluster = idle();
    let run = cluster.nigari("suspend ks infra web infra");
    assert_data_eq!(
        run.to_string(),
        str![[r#"
------- stderr -------
► suspending kustomization infra in flux-system namespace
✔ kustomization infra suspended
✗ Kustomization flux-system/web not found
error: 1 of 2 objects were not suspended
[exit status: 3]

"#]]
    );
    assert!(is_suspended(&cluster, &KUSTOMIZATION, "infra"));
}

#[test]
fn all_or_those_with_a_label() {
    let cluster = idle();
    assert_data_eq!(
        cluster.nigari("suspend ks -l team=platform").to_string(),
        str![[r#"
------- stderr -------
► suspending kustomization infra in flux-system namespace
✔ kustomization suspended

"#]]
    );
    assert!(!is_suspended(&cluster, &KUSTOMIZATION, "apps"));
    cluster.writes();
    assert_data_eq!(
        cluster.nigari("suspend --all ks").to_string(),
        str![[r#"
------- stderr -------
► suspending kustomization apps in flux-system namespace
✔ kustomization apps suspended
✔ kustomization infra is already suspended

"#]]
    );
    assert_data_eq!(
        cluster.writes(),
        str![[r#"
PATCH flux-system/kustomizations/apps {"spec":{"suspend":true},"metadata":{"resourceVersion":"[VERSION]"}}

"#]]
    );
}

#[test]
fn a_kind_without_the_field_is_suspended_by_its_annotation() {
    let cluster = Cluster::with(&[&ARTIFACT_GENERATOR]);
    let spec = json!({
        "sources": [{"alias": "fleet", "kind": "GitRepository", "name": "fleet"}],
        "artifacts": [{"name": "apps", "copy": [{"from": "@fleet/apps/**", "to": "@artifact/"}]}],
    });
    cluster.put(object(&ARTIFACT_GENERATOR, "mono", json!({"spec": spec})));
    let run = cluster.nigari("suspend artifact generator mono");
    assert_data_eq!(
        run.to_string(),
        str![[r#"
------- stderr -------
► suspending artifactgenerator mono in flux-system namespace
✔ artifactgenerator suspended

"#]]
    );
    assert_data_eq!(
        cluster.writes(),
        str![[r#"
PATCH flux-system/artifactgenerators/mono {"metadata":{"annotations":{"source.extensions.fluxcd.io/reconcile":"disabled"},"resourceVersion":"[VERSION]"}}

"#]]
    );
}

#[test]
fn nothing_there_is_no_success() {
    let cluster = idle();
    assert_data_eq!(
        cluster.nigari("suspend ks web").to_string(),
        str![[r#"
------- stderr -------
error: Kustomization flux-system/web not found
  hint: list them with: nigari get kustomization -A
[exit status: 3]

"#]]
    );
    assert_data_eq!(
        cluster.nigari("suspend ks --all -n apps").to_string(),
        str![[r#"
------- stderr -------
error: no Kustomization objects found in "apps" namespace
[exit status: 3]

"#]]
    );
    assert_data_eq!(
        cluster.nigari("suspend ks -l team=web").to_string(),
        str![[r#"
------- stderr -------
error: no Kustomization objects with labels team=web found in "flux-system" namespace
[exit status: 3]

"#]]
    );
    let run = cluster.nigari("suspend image update --all");
    assert_data_eq!(
        run.to_string(),
        str![[r#"
------- stderr -------
error: the cluster has no imageupdateautomations (image.toolkit.fluxcd.io v1, v1beta2)
  hint: see what is installed with: nigari get all -A
[exit status: 4]

"#]]
    );
    cluster.install(&IMAGE_UPDATE_AUTOMATION);
    let run = cluster.nigari("suspend image update --all");
    assert_data_eq!(
        run.to_string(),
        str![[r#"
------- stderr -------
error: no ImageUpdateAutomation objects found in "flux-system" namespace
[exit status: 3]

"#]]
    );
}

#[test]
fn arguments_that_make_no_sense_are_refused_before_anything_is_asked() {
    let cluster = idle();
    cluster.writes();
    assert_data_eq!(
        cluster.nigari("suspend ks").to_string(),
        str![[r#"
------- stderr -------
error: a name is needed, or --all, or --label-selector
[exit status: 2]

"#]]
    );
    assert_data_eq!(
        cluster.nigari("suspend ks apps --all").to_string(),
        str![[r#"
------- stderr -------
error: names cannot be combined with --all or with --label-selector
[exit status: 2]

"#]]
    );
    assert_data_eq!(
        cluster.nigari("suspend ks apps --until=2020-01-01T00:00:00Z").to_string(),
        str![[r#"
------- stderr -------
error: --until: 2020-01-01T00:00:00Z is in the past
[exit status: 2]

"#]]
    );
    assert_data_eq!(
        cluster.nigari("suspend ks apps --until=tomorrow").to_string(),
        str![[r#"
------- stderr -------
error: invalid value 'tomorrow' for '--until <TIME>': write a time like 2026-01-31T18:00:00Z, or a duration from now like 2h

For more information, try '--help'.
[exit status: 2]

"#]]
    );
    assert_eq!(cluster.0.recorder().all(), []);
}

#[test]
fn what_is_not_allowed() {
    let cluster = idle();
    cluster.0.kube().deny(Deny::new("patch", KUSTOMIZATION.group, KUSTOMIZATION.plural));
    assert_data_eq!(
        cluster.nigari("suspend ks apps").to_string(),
        str![[r#"
------- stderr -------
► suspending kustomization apps in flux-system namespace
error: cannot suspend Kustomization flux-system/apps: kustomizations.kustomize.toolkit.fluxcd.io "apps" is forbidden: User "admin" cannot patch resource "kustomizations" in API group "kustomize.toolkit.fluxcd.io" in the namespace "flux-system"
[exit status: 6]

"#]]
    );
    cluster.0.kube().deny(Deny::new("list", KUSTOMIZATION.group, KUSTOMIZATION.plural));
    assert_data_eq!(
        cluster.nigari("suspend ks --all").to_string(),
        str![[r#"
------- stderr -------
error: cannot list kustomizations: kustomizations.kustomize.toolkit.fluxcd.io is forbidden: User "admin" cannot list resource "kustomizations" in API group "kustomize.toolkit.fluxcd.io" in the namespace "flux-system"
[exit status: 6]

"#]]
    );
}

#[test]
fn a_cluster_that_does_not_answer() {
    let run = Cluster::empty().nigari("suspend ks apps --server=https://127.0.0.1:1");
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
fn what_somebody_else_changes_meanwhile_is_looked_at_again() {
    let cluster = idle();
    let run = cluster.nigari_while("suspend ks apps", "kustomizations/apps", || {
        cluster.put(kustomization("apps", json!({"path": "./moved"})));
    });
    assert_data_eq!(
        run.to_string(),
        str![[r#"
------- stderr -------
► suspending kustomization apps in flux-system namespace
✔ kustomization suspended

"#]]
    );
    assert_data_eq!(
        cluster.writes(),
        str![[r#"
PATCH flux-system/kustomizations/apps {"spec":{"suspend":true},"metadata":{"resourceVersion":"[VERSION]"}} -> 409
PATCH flux-system/kustomizations/apps {"spec":{"suspend":true},"metadata":{"resourceVersion":"[VERSION]"}}

"#]]
    );
    let apps = cluster.get(&KUSTOMIZATION, "apps").unwrap();
    assert_eq!(
        (&apps["spec"]["path"], &apps["spec"]["suspend"]),
        (&json!("./moved"), &json!(true))
    );
}

#[test]
fn what_somebody_else_suspends_meanwhile_keeps_their_note() {
    let cluster = idle();
    let note = json!({"nigari-cli.github.io/suspended-reason": "theirs"});
    let run = cluster.nigari_while("suspend ks apps", "kustomizations/apps", || {
        let mut apps = kustomization("apps", json!({"suspend": true}));
        apps["metadata"]["annotations"] = note.clone();
        cluster.put(apps);
    });
    assert_data_eq!(
        run.to_string(),
        str![[r#"
------- stderr -------
► suspending kustomization apps in flux-system namespace
✔ kustomization apps is already suspended: theirs

"#]]
    );
    let apps = cluster.get(&KUSTOMIZATION, "apps").unwrap();
    assert_eq!(apps["metadata"]["annotations"], note);
}

#[test]
fn what_is_created_again_meanwhile_is_left_alone() {
    let cluster = idle();
    let run = cluster.nigari_while("suspend ks apps", "kustomizations/apps", || {
        let mut apps = kustomization("apps", json!({}));
        apps["metadata"]["uid"] = json!("another");
        cluster.put(apps);
    });
    assert_data_eq!(
        run.to_string(),
        str![[r#"
------- stderr -------
► suspending kustomization apps in flux-system namespace
error: cannot suspend Kustomization flux-system/apps: it was deleted and created again
[exit status: 7]

"#]]
    );
    assert!(!is_suspended(&cluster, &KUSTOMIZATION, "apps"));
}

#[test]
fn who_will_undo_it_is_told() {
    let cluster = idle();
    let mut apps = kustomization("apps", json!({"suspend": false}));
    apps["metadata"]["managedFields"] = json!([{
        "manager": "kustomize-controller", "operation": "Apply", "fieldsType": "FieldsV1",
        "apiVersion": apps["apiVersion"], "fieldsV1": {"f:spec": {"f:suspend": {}}},
    }]);
    cluster.put(apps);
    assert_data_eq!(
        cluster.nigari("suspend ks apps").to_string(),
        str![[r#"
------- stderr -------
► suspending kustomization apps in flux-system namespace
⚠️ kustomize-controller applies from its own source whether kustomization apps is suspended, and will do so again
✔ kustomization suspended

"#]]
    );
}

#[test]
fn a_dry_run_writes_nothing() {
    let cluster = idle();
    assert_data_eq!(
        cluster.nigari("suspend ks apps --dry-run").to_string(),
        str![[r#"
------- stderr -------
✔ kustomization apps would be suspended (dry run)

"#]]
    );
    assert_eq!(cluster.writes(), "");
    assert!(!is_suspended(&cluster, &KUSTOMIZATION, "apps"));
}
