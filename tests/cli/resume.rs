//! `nigari resume`.

use std::time::Duration;

use nigari::kinds::artifact::ARTIFACT_GENERATOR;
use nigari::kinds::kustomize::KUSTOMIZATION;
use nigari::kinds::notification::ALERT;
use nigari_sandbox::kube::Deny;
use nigari_test_support::cluster::{Cluster, kustomization, object};
use nigari_test_support::fleet::Fleet;
use nigari_test_support::script::{Look, Script, applies, part};
use serde_json::{Value, json};
use snapbox::{assert_data_eq, str};

fn suspended(name: &str) -> Value {
    let mut suspended = kustomization(name, json!({"suspend": true}));
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
    assert_data_eq!(
        run.to_string(),
        str![[r#"
------- stderr -------
► suspending kustomization flux-system in flux-system namespace
✔ kustomization suspended

"#]]
    );
    // What was under way comes to its end.
    fleet.until("nothing is in progress", || is_ready(&fleet));
    fleet.commit("clusters/production/settings.yaml", SETTINGS);
    assert_eq!(fleet.nigari("reconcile source git flux-system").exit_code(), Some(0));
    assert!(fleet.object("v1", "ConfigMap", "settings").is_none());
    assert_data_eq!(
        fleet.nigari("get ks -o wide").to_string(),
        str![[r#"
NAME          SOURCE                                  REVISION             SUSPENDED   PATH                    UNTIL                  REASON     READY   MESSAGE
flux-system   GitRepository/flux-system/flux-system   main@sha1:[COMMIT]   True        ./clusters/production   2999-01-01T00:00:00Z   incident   True    Applied revision: main@sha1:[COMMIT]

"#]]
    );
    assert_data_eq!(
        fleet.nigari("resume kustomization flux-system").to_string(),
        str![[r#"
------- stderr -------
► resuming kustomization flux-system in flux-system namespace
✔ kustomization resumed
◎ waiting for Kustomization reconciliation
✔ Kustomization flux-system reconciliation completed
✔ applied revision main@sha1:[COMMIT]

"#]]
    );
    assert!(fleet.object("v1", "ConfigMap", "settings").is_some());

    assert_eq!(fleet.nigari("suspend ks flux-system").exit_code(), Some(0));
    fleet.commit("clusters/production/settings.yaml", "kind: [\n");
    assert_eq!(fleet.nigari("reconcile source git flux-system").exit_code(), Some(0));
    assert_data_eq!(
        fleet.nigari("resume ks flux-system").to_string(),
        str![[r#"
------- stderr -------
► resuming kustomization flux-system in flux-system namespace
✔ kustomization resumed
◎ waiting for Kustomization reconciliation
error: Kustomization flux-system/flux-system: reconciliation failed: BuildFailed: failed to decode Kubernetes YAML from /tmp/kustomization-1/clusters/production/settings.yaml: MalformedYAMLError: yaml: line 1: unclosed bracket '[' at line 1, column 7 in File: clusters/production/settings.yaml
[exit status: 1]

"#]]
    );
    fleet.finish();
}

fn is_ready(fleet: &Fleet) -> bool {
    let kustomization =
        fleet.object("kustomize.toolkit.fluxcd.io/v1", "Kustomization", "flux-system").unwrap();
    let conditions = kustomization["status"]["conditions"].as_array().unwrap();
    conditions.iter().any(|condition| condition["type"] == "Ready" && condition["status"] == "True")
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
    assert_data_eq!(
        cluster.nigari("resume ks apps --wait=false").to_string(),
        str![[r#"
------- stderr -------
► resuming kustomization apps in flux-system namespace
✔ kustomization resumed

"#]]
    );
    assert_data_eq!(
        cluster.writes(),
        str![[r#"
PATCH flux-system/kustomizations/apps {"metadata":{"annotations":{"nigari-cli.github.io/suspended-reason":null,"nigari-cli.github.io/suspended-until":null,"reconcile.fluxcd.io/requestedAt":"[NOW]"},"resourceVersion":"[VERSION]"},"spec":{"suspend":null}}

"#]]
    );
    let apps = cluster.get(&KUSTOMIZATION, "apps").unwrap();
    assert_eq!(apps["spec"].get("suspend"), None);
    assert_data_eq!(
        cluster.nigari("resume ks apps --wait=false").to_string(),
        str![[r#"
------- stderr -------
✔ kustomization apps is not suspended

"#]]
    );
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
    let mut web = kustomization("web", json!({}));
    web["status"] = status;
    cluster.put(web);
    assert_data_eq!(
        cluster.nigari("resume ks web").to_string(),
        str![[r#"
------- stderr -------
✔ kustomization web is not suspended
◎ waiting for Kustomization reconciliation
✔ Kustomization web reconciliation completed
✔ applied revision main@sha1:696f056df216eea4f9401adbee0ff744d4df390f

"#]]
    );
    assert_eq!(cluster.writes(), "");
}

#[test]
fn nobody_who_reconciles() {
    let run = idle().nigari("resume ks apps --timeout=4s");
    assert_data_eq!(
        run.to_string(),
        str![[r#"
------- stderr -------
► resuming kustomization apps in flux-system namespace
✔ kustomization resumed
◎ waiting for Kustomization reconciliation
error: Kustomization flux-system/apps: no controller is handling Kustomization: there is no Deployment of kustomize-controller
  hint: see what is installed with: nigari check
[exit status: 1]

"#]]
    );
}

#[test]
fn several_are_waited_for_with_one_watch() {
    let cluster = idle();
    cluster.put(suspended("web"));
    let applies =
        |look: &Look<'_>| (look.age > Duration::from_millis(500)).then(|| applies(look)).flatten();
    let _script = Script::play(
        &cluster,
        vec![part(&KUSTOMIZATION, "apps", applies), part(&KUSTOMIZATION, "web", applies)],
    );
    let run = cluster.nigari("resume ks --all --wait");
    assert_eq!(run.exit_code(), Some(0), "{run}");
    for name in ["apps", "web"] {
        let told = format!("✔ Kustomization {name}: applied revision main@sha1:aaaa\n");
        assert!(run.stderr().contains(&told), "{run}");
    }
    let requests = cluster.0.recorder().all();
    let watches = requests.iter().filter(|request| request.path.contains("watch=true"));
    assert_eq!(watches.count(), 1, "{run}");
}

#[test]
fn several_are_waited_for_only_when_asked() {
    let cluster = idle();
    for name in ["slack", "teams"] {
        let sources = json!([{"kind": "Kustomization", "name": "*"}]);
        let spec = json!({"suspend": true, "providerRef": {"name": name}, "eventSources": sources});
        cluster.put(object(&ALERT, name, json!({"spec": spec})));
    }
    assert_data_eq!(
        cluster.nigari("resume alert slack teams --dry-run").to_string(),
        str![[r#"
------- stderr -------
✔ alert slack would be resumed (dry run)
✔ alert teams would be resumed (dry run)

"#]]
    );
    assert_eq!(cluster.writes(), "");
    assert_data_eq!(
        cluster.nigari("resume alert slack teams").to_string(),
        str![[r#"
------- stderr -------
► resuming alert slack in flux-system namespace
► resuming alert teams in flux-system namespace
✔ alert slack resumed
✔ alert teams resumed

"#]]
    );
    assert_data_eq!(
        cluster.writes(),
        str![[r#"
PATCH flux-system/alerts/slack {"spec":{"suspend":null},"metadata":{"resourceVersion":"[VERSION]"}}
PATCH flux-system/alerts/teams {"spec":{"suspend":null},"metadata":{"resourceVersion":"[VERSION]"}}

"#]]
    );
    assert_data_eq!(
        cluster.nigari("resume alert --all --wait").to_string(),
        str![[r#"
------- stderr -------
✔ alert slack is not suspended
✔ alert teams is not suspended
◎ waiting for Alert slack reconciliation
✔ Alert slack reconciliation completed
✔ Alert slack: Alert reconciliation completed
◎ waiting for Alert teams reconciliation
✔ Alert teams reconciliation completed
✔ Alert teams: Alert reconciliation completed

"#]]
    );
    assert_data_eq!(
        cluster.nigari("resume alert slack mail").to_string(),
        str![[r#"
------- stderr -------
✔ alert slack is not suspended
✗ Alert flux-system/mail not found
error: 1 of 2 objects were not resumed
[exit status: 3]

"#]]
    );
}

#[test]
fn a_generator_is_asked_to_reconcile_because_it_would_not_notice() {
    let cluster = Cluster::with(&[&ARTIFACT_GENERATOR]);
    let spec = json!({
        "sources": [{"alias": "fleet", "kind": "GitRepository", "name": "fleet"}],
        "artifacts": [{"name": "apps", "copy": [{"from": "@fleet/apps/**", "to": "@artifact/"}]}],
    });
    let mut generator = object(&ARTIFACT_GENERATOR, "mono", json!({"spec": spec}));
    generator["metadata"]["annotations"] =
        json!({"source.extensions.fluxcd.io/reconcile": "disabled"});
    cluster.put(generator);
    let run = cluster.nigari("resume artifact generator mono --wait=false");
    assert_data_eq!(
        run.to_string(),
        str![[r#"
------- stderr -------
► resuming artifactgenerator mono in flux-system namespace
✔ artifactgenerator resumed

"#]]
    );
    assert_data_eq!(
        cluster.writes(),
        str![[r#"
PATCH flux-system/artifactgenerators/mono {"metadata":{"annotations":{"reconcile.fluxcd.io/requestedAt":"[NOW]","source.extensions.fluxcd.io/reconcile":null},"resourceVersion":"[VERSION]"}}

"#]]
    );
}

#[test]
fn nothing_there_is_no_success() {
    let cluster = idle();
    assert_data_eq!(
        cluster.nigari("resume ks web").to_string(),
        str![[r#"
------- stderr -------
error: Kustomization flux-system/web not found
  hint: list them with: nigari get kustomization -A
[exit status: 3]

"#]]
    );
    assert_data_eq!(
        cluster.nigari("resume alert --all").to_string(),
        str![[r#"
------- stderr -------
error: no Alert objects found in "flux-system" namespace
[exit status: 3]

"#]]
    );
    assert_data_eq!(
        cluster.nigari("resume hr podinfo").to_string(),
        str![[r#"
------- stderr -------
error: the cluster has no helmreleases (helm.toolkit.fluxcd.io v2, v2beta2)
  hint: see what is installed with: nigari get all -A
[exit status: 4]

"#]]
    );
    assert_data_eq!(
        cluster.nigari("resume ks").to_string(),
        str![[r#"
------- stderr -------
error: a name is needed, or --all, or --label-selector
[exit status: 2]

"#]]
    );
}

#[test]
fn what_is_not_allowed() {
    let cluster = idle();
    cluster.0.kube().deny(Deny::new("patch", KUSTOMIZATION.group, KUSTOMIZATION.plural));
    assert_data_eq!(
        cluster.nigari("resume ks apps").to_string(),
        str![[r#"
------- stderr -------
► resuming kustomization apps in flux-system namespace
error: cannot resume Kustomization flux-system/apps: kustomizations.kustomize.toolkit.fluxcd.io "apps" is forbidden: User "admin" cannot patch resource "kustomizations" in API group "kustomize.toolkit.fluxcd.io" in the namespace "flux-system"
[exit status: 6]

"#]]
    );
}

#[test]
fn a_cluster_that_does_not_answer() {
    let run = Cluster::empty().nigari("resume ks apps --server=https://127.0.0.1:1");
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
fn what_somebody_else_resumes_meanwhile_is_not_written_again() {
    let cluster = idle();
    let run = cluster.nigari_while("resume ks apps --wait=false", "kustomizations/apps", || {
        cluster.put(kustomization("apps", json!({})));
    });
    assert_data_eq!(
        run.to_string(),
        str![[r#"
------- stderr -------
► resuming kustomization apps in flux-system namespace
✔ kustomization apps is not suspended

"#]]
    );
    assert_data_eq!(
        cluster.writes(),
        str![[r#"
PATCH flux-system/kustomizations/apps {"metadata":{"annotations":{"nigari-cli.github.io/suspended-reason":null,"nigari-cli.github.io/suspended-until":null,"reconcile.fluxcd.io/requestedAt":"[NOW]"},"resourceVersion":"[VERSION]"},"spec":{"suspend":null}} -> 409

"#]]
    );
}
