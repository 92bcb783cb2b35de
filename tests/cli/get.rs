//! `nigari get`.

use nigari::kinds;
use nigari::kinds::helm::HELM_RELEASE;
use nigari::kinds::kustomize::KUSTOMIZATION;
use nigari::kinds::notification::ALERT;
use nigari::kinds::source::GIT_REPOSITORY;
use nigari_sandbox::kube::Deny;
use nigari_test_support::cluster::{Cluster, object};
use serde_json::{Value, json};
use snapbox::{assert_data_eq, str};

const COMMIT: &str = "696f056df216eea4f9401adbee0ff744d4df390f";

fn ready(status: &str, message: &str) -> Value {
    json!([{"type": "Ready", "status": status, "reason": "Any", "message": message,
            "observedGeneration": 1}])
}

fn git_repository(name: &str) -> Value {
    let revision = format!("main@sha1:{COMMIT}");
    let conditions = ready("True", &format!("stored artifact for revision '{revision}'"));
    object(
        &GIT_REPOSITORY,
        name,
        json!({
            "status": {"artifact": {"revision": revision}, "conditions": conditions},
        }),
    )
}

fn kustomization(name: &str, status: &str, message: &str) -> Value {
    object(
        &KUSTOMIZATION,
        name,
        json!({
            "spec": {"sourceRef": {"kind": "GitRepository", "name": "fleet"}},
            "status": {
                "lastAppliedRevision": format!("main@sha1:{COMMIT}"),
                "conditions": ready(status, message),
            },
        }),
    )
}

/// Two kustomizations, one of which failed, and their source.
fn fleet() -> Cluster {
    let cluster = Cluster::with(&[&GIT_REPOSITORY, &KUSTOMIZATION]);
    cluster.put(git_repository("fleet"));
    let failure = "kustomize build failed:\n  accumulating resources: no such file";
    cluster.put(kustomization("infrastructure", "False", failure));
    cluster.put(kustomization("apps", "True", &format!("Applied revision: main@sha1:{COMMIT}")));
    cluster
}

#[test]
fn prints_a_table_of_one_kind() {
    assert_data_eq!(
        fleet().nigari("get kustomizations").to_string(),
        str![[r#"
NAME             REVISION             SUSPENDED   READY   MESSAGE
apps             main@sha1:696f056d   False       True    Applied revision: main@sha1:696f056d
infrastructure   main@sha1:696f056d   False       False   kustomize build failed: accumulating resources: no such file

"#]]
    );
}

#[test]
fn shows_the_source_when_asked_to() {
    let run = fleet().nigari("get ks apps --show-source");
    assert_data_eq!(
        run.to_string(),
        str![[r#"
NAME   SOURCE                            REVISION             SUSPENDED   READY   MESSAGE
apps   GitRepository/flux-system/fleet   main@sha1:696f056d   False       True    Applied revision: main@sha1:696f056d

"#]]
    );
}

#[test]
fn looks_in_every_namespace() {
    let cluster = fleet();
    let mut tenant = kustomization("tenant", "Unknown", "Reconciliation in progress");
    tenant["metadata"]["namespace"] = json!("apps");
    cluster.put(tenant);
    assert_data_eq!(
        cluster.nigari("get ks -A").to_string(),
        str![[r#"
NAMESPACE     NAME             REVISION             SUSPENDED   READY     MESSAGE
apps          tenant           main@sha1:696f056d   False       Unknown   Reconciliation in progress
flux-system   apps             main@sha1:696f056d   False       True      Applied revision: main@sha1:696f056d
flux-system   infrastructure   main@sha1:696f056d   False       False     kustomize build failed: accumulating resources: no such file

"#]]
    );
    assert_data_eq!(
        cluster.nigari("get ks -n apps --no-header").to_string(),
        str![[r#"
tenant   main@sha1:696f056d   False   Unknown   Reconciliation in progress

"#]]
    );
}

#[test]
fn takes_several_names_and_says_which_are_missing() {
    let run = fleet().nigari("get kustomization apps kustomization/infrastructure web apps");
    assert_data_eq!(
        run.to_string(),
        str![[r#"
NAME             REVISION             SUSPENDED   READY   MESSAGE
apps             main@sha1:696f056d   False       True    Applied revision: main@sha1:696f056d
infrastructure   main@sha1:696f056d   False       False   kustomize build failed: accumulating resources: no such file
------- stderr -------
error: Kustomization web not found in "flux-system" namespace
  hint: look in every namespace with: nigari get kustomization -A
[exit status: 3]

"#]]
    );
}

#[test]
fn filters_by_status_and_keeps_the_header() {
    let cluster = fleet();
    let failed = cluster.nigari("get ks --status-selector ready=false");
    assert_data_eq!(
        failed.to_string(),
        str![[r#"
NAME             REVISION             SUSPENDED   READY   MESSAGE
infrastructure   main@sha1:696f056d   False       False   kustomize build failed: accumulating resources: no such file

"#]]
    );
    let none = cluster.nigari("get ks --status-selector Stalled=True");
    assert_data_eq!(
        none.to_string(),
        str![[r#"
NAME   REVISION   SUSPENDED   READY   MESSAGE

"#]]
    );
    let malformed = cluster.nigari("get ks --status-selector ready");
    assert_data_eq!(
        malformed.to_string(),
        str![[r#"
------- stderr -------
error: invalid value 'ready' for '--status-selector <TYPE=STATUS>': write a condition and its status, like Ready=False or Ready!=True

For more information, try '--help'.
[exit status: 2]

"#]]
    );
}

#[test]
fn filters_by_label_in_the_cluster() {
    let cluster = fleet();
    let mut labelled = kustomization("web", "True", "ok");
    labelled["metadata"]["labels"] = json!({"team": "web"});
    cluster.put(labelled);
    assert_data_eq!(
        cluster.nigari("get ks -l team=web").to_string(),
        str![[r#"
NAME   REVISION             SUSPENDED   READY   MESSAGE
web    main@sha1:696f056d   False       True    ok

"#]]
    );
    assert_data_eq!(
        cluster.nigari("get ks -l team=none").to_string(),
        str![[r#"
------- stderr -------
error: no Kustomization objects found in "flux-system" namespace
  hint: look in every namespace with: nigari get kustomization -A
[exit status: 3]

"#]]
    );
}

#[test]
fn prints_names() {
    let cluster = fleet();
    assert_data_eq!(
        cluster.nigari("get all -o name").to_string(),
        str![[r#"
gitrepository.source.toolkit.fluxcd.io/fleet
kustomization.kustomize.toolkit.fluxcd.io/apps
kustomization.kustomize.toolkit.fluxcd.io/infrastructure

"#]]
    );
}

#[test]
fn prints_the_objects_as_one_list() {
    let run = fleet().nigari("get all -o json");
    let list: Value = serde_json::from_str(run.stdout()).unwrap();
    assert_eq!((&list["apiVersion"], &list["kind"]), (&json!("v1"), &json!("List")));
    let names: Vec<_> = list["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| format!("{} {}", item["kind"], item["metadata"]["name"]))
        .collect();
    assert_data_eq!(
        names.join("\n"),
        str![[r#"
"GitRepository" "fleet"
"Kustomization" "apps"
"Kustomization" "infrastructure"
"#]]
    );
    assert_eq!(list["items"][0]["status"]["artifact"]["revision"], format!("main@sha1:{COMMIT}"));
    let yaml = fleet().nigari("get source git fleet -o yaml");
    let read: Value = serde_yaml::from_str(yaml.stdout()).unwrap();
    assert_eq!(read["items"][0]["metadata"]["name"], "fleet");
}

#[test]
fn everything_is_one_table_for_each_kind_that_has_objects() {
    let cluster = fleet();
    cluster.install(&ALERT);
    cluster.install(&HELM_RELEASE);
    cluster.put(object(&ALERT, "slack", json!({"spec": {}})));
    assert_data_eq!(
        cluster.nigari("get all").to_string(),
        str![[r#"
NAME                  REVISION             SUSPENDED   READY   MESSAGE
gitrepository/fleet   main@sha1:696f056d   False       True    stored artifact for revision 'main@sha1:696f056d'

NAME                           REVISION             SUSPENDED   READY   MESSAGE
kustomization/apps             main@sha1:696f056d   False       True    Applied revision: main@sha1:696f056d
kustomization/infrastructure   main@sha1:696f056d   False       False   kustomize build failed: accumulating resources: no such file

NAME          SUSPENDED   READY   MESSAGE
alert/slack   False       True    Alert is Ready


"#]]
    );
}

#[test]
fn a_wide_table_tells_what_it_is_about_and_why_it_is_suspended() {
    let cluster = Cluster::with(&[&GIT_REPOSITORY, &HELM_RELEASE, &ALERT]);
    let reference = json!({"branch": "main", "tag": "v1"});
    let spec = json!({"url": "https://example.com/fleet.git", "ref": reference});
    cluster.put(object(&GIT_REPOSITORY, "fleet", json!({"spec": spec})));
    let chart = json!({"chart": "podinfo", "version": "6.x",
        "sourceRef": {"kind": "HelmRepository", "name": "podinfo"}});
    let spec = json!({"chart": {"spec": chart}, "targetNamespace": "apps"});
    cluster.put(object(&HELM_RELEASE, "podinfo", json!({"spec": spec})));
    let spec = json!({"suspend": true, "providerRef": {"name": "slack"}});
    let mut noisy = object(&ALERT, "noisy", json!({"spec": spec}));
    noisy["metadata"]["annotations"] =
        json!({"nigari-cli.github.io/suspended-reason": "too loud\nat night"});
    cluster.put(noisy);
    assert_data_eq!(
        cluster.nigari("get all -o wide").to_string(),
        str![[r#"
NAME                  REVISION   SUSPENDED   URL                             REF   UNTIL   REASON   READY   MESSAGE
gitrepository/fleet              False       https://example.com/fleet.git   v1                     False   waiting to be reconciled

NAME                  SOURCE                               REVISION   SUSPENDED   CHART         TARGET   UNTIL   REASON   READY   MESSAGE
helmrelease/podinfo   HelmRepository/flux-system/podinfo              False       podinfo 6.x   apps                      False   waiting to be reconciled

NAME          SUSPENDED   PROVIDER   UNTIL   REASON              READY   MESSAGE
alert/noisy   True        slack              too loud at night   True    Alert is Ready


"#]]
    );
    let watched = cluster.nigari("get all -o wide --watch --timeout 1s");
    assert_data_eq!(
        watched.to_string(),
        str![[r#"
NAME                  REVISION   SUSPENDED   UNTIL   REASON              READY     MESSAGE
gitrepository/fleet              False                                   False     waiting to be reconciled
helmrelease/podinfo              False                                   False     waiting to be reconciled
alert/noisy                      True                too loud at night   True      Alert is Ready

"#]]
    );
}

#[test]
fn nothing_is_an_error_for_one_kind_only() {
    let cluster = Cluster::with(&[&KUSTOMIZATION]);
    assert_data_eq!(
        cluster.nigari("get ks").to_string(),
        str![[r#"
------- stderr -------
error: no Kustomization objects found in "flux-system" namespace
  hint: look in every namespace with: nigari get kustomization -A
[exit status: 3]

"#]]
    );
    assert_data_eq!(
        cluster.nigari("get ks -A -o yaml").to_string(),
        str![[r#"
apiVersion: v1
items: []
kind: List
metadata:
  resourceVersion: ""
------- stderr -------
error: no Kustomization objects found in any namespace
[exit status: 3]

"#]]
    );
    assert_data_eq!(
        cluster.nigari("get all").to_string(),
        str![[r#"
------- stderr -------
⚠️ no objects found in "flux-system" namespace

"#]]
    );
}

#[test]
fn a_kind_that_is_not_installed_is_told_apart_from_one_without_objects() {
    let cluster = Cluster::with(&[&KUSTOMIZATION]);
    assert_data_eq!(
        cluster.nigari("get helmreleases").to_string(),
        str![[r#"
------- stderr -------
error: the cluster has no helmreleases (helm.toolkit.fluxcd.io v2, v2beta2)
  hint: see what is installed with: nigari get all -A
[exit status: 4]

"#]]
    );
    assert_data_eq!(
        cluster.nigari("get images all").to_string(),
        str![[r#"
------- stderr -------
⚠️ no objects found in "flux-system" namespace

"#]]
    );
}

#[test]
fn what_may_not_be_listed_is_told_and_the_rest_is_shown() {
    let cluster = fleet();
    cluster.0.kube().deny(Deny::new("list", KUSTOMIZATION.group, KUSTOMIZATION.plural));
    assert_data_eq!(
        cluster.nigari("get all").to_string(),
        str![[r#"
NAME                  REVISION             SUSPENDED   READY   MESSAGE
gitrepository/fleet   main@sha1:696f056d   False       True    stored artifact for revision 'main@sha1:696f056d'

------- stderr -------
✗ cannot list kustomizations: kustomizations.kustomize.toolkit.fluxcd.io is forbidden: User "admin" cannot list resource "kustomizations" in API group "kustomize.toolkit.fluxcd.io" in the namespace "flux-system"
error: 1 of 2 installed kinds could not be listed
[exit status: 6]

"#]]
    );
    assert_data_eq!(
        cluster.nigari("get ks").to_string(),
        str![[r#"
------- stderr -------
error: cannot list kustomizations: kustomizations.kustomize.toolkit.fluxcd.io is forbidden: User "admin" cannot list resource "kustomizations" in API group "kustomize.toolkit.fluxcd.io" in the namespace "flux-system"
[exit status: 6]

"#]]
    );
}

#[test]
fn an_unreachable_cluster_is_told_once() {
    let run = Cluster::empty().nigari("get all -A --server https://127.0.0.1:1");
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
fn refuses_what_makes_no_sense() {
    let cluster = Cluster::empty();
    for arguments in ["get all --show-source", "get source git --show-source", "get ks -w -o name"]
    {
        assert!(
            cluster.nigari(arguments).to_string().ends_with("[exit status: 2]\n"),
            "{arguments}"
        );
    }
}

#[test]
fn a_terminal_obeys_nothing_that_the_cluster_says() {
    let cluster = Cluster::with(&[&KUSTOMIZATION]);
    cluster.put(kustomization("apps", "False", "\u{1b}[2J\u{202e}gone\r"));
    for format in ["table", "json", "yaml"] {
        let run = cluster.nigari(&format!("get ks -o {format}"));
        let text = run.stdout();
        let is_obeyed = |c: char| c.is_control() && c != '\n' || c == '\u{202e}';
        assert!(!text.chars().any(is_obeyed), "{format}: {text:?}");
    }
}

#[test]
fn a_closed_pipe_ends_it_silently() {
    let cluster = fleet();
    for arguments in ["get ks", "get all -o json", "get ks --watch", "get ks --watch -o json"] {
        assert_eq!(cluster.unread(arguments), (String::new(), Some(141)), "{arguments}");
    }
}

#[test]
fn a_watch_survives_its_connection_and_loses_nothing() {
    let cluster = fleet();
    let mut watch = cluster.start("get kustomizations --watch");
    let header = watch.line();
    let first = [watch.line(), watch.line()];
    cluster.put(kustomization("apps", "Unknown", "Reconciliation in progress"));
    let changed = watch.line();
    cluster.0.kube().drop_watches();
    cluster.put(kustomization("apps", "True", "Applied revision: main@sha1:0"));
    let healed = watch.line();
    cluster.0.faults().arm("kube.watch=gone*2").unwrap();
    cluster.0.kube().drop_watches();
    cluster.delete(&KUSTOMIZATION, "flux-system", "apps");
    let gone = watch.line();
    assert_data_eq!(
        [&[header][..], &first, &[changed, healed, gone]].concat().join("\n"),
        str![[r#"
NAME             REVISION             SUSPENDED   READY     MESSAGE
apps             main@sha1:696f056d   False       True      Applied revision: main@sha1:696f056d
infrastructure   main@sha1:696f056d   False       False     kustomize build failed: accumulating resources: no such file
apps             main@sha1:696f056d   False       Unknown   Reconciliation in progress
apps             main@sha1:696f056d   False       True      Applied revision: main@sha1:0
apps             main@sha1:696f056d   False       DELETED   Applied revision: main@sha1:0
"#]]
    );
}

#[test]
fn a_watch_of_everything_takes_in_kinds_that_are_installed_later() {
    let cluster = fleet();
    let mut watch = cluster.start("get all --watch --no-header");
    let first = [watch.line(), watch.line(), watch.line()];
    cluster.install(&ALERT);
    cluster.put(object(&ALERT, "slack", json!({"spec": {"suspend": true}})));
    assert_data_eq!(
        [&first[..], &[watch.line()]].concat().join("\n"),
        str![[r#"
gitrepository/fleet            main@sha1:696f056d   False   True      stored artifact for revision 'main@sha1:696f056d'
kustomization/apps             main@sha1:696f056d   False   True      Applied revision: main@sha1:696f056d
kustomization/infrastructure   main@sha1:696f056d   False   False     kustomize build failed: accumulating resources: no such file
alert/slack                                         True    True      Alert is Ready
"#]]
    );
}

#[test]
fn a_watch_tells_events_as_json() {
    let cluster = Cluster::with(&[&KUSTOMIZATION]);
    cluster.put(kustomization("apps", "True", "ok"));
    let mut watch = cluster.start("get ks apps --watch -o json");
    let mut told = |expected: &str| {
        let event: Value = serde_json::from_str(&watch.line()).unwrap();
        assert_eq!(
            (&event["type"], &event["object"]["metadata"]["name"]),
            (&json!(expected), &json!("apps"))
        );
    };
    told("ADDED");
    cluster.put(kustomization("apps", "False", "no"));
    told("MODIFIED");
    cluster.delete(&KUSTOMIZATION, "flux-system", "apps");
    told("DELETED");
}

#[test]
fn a_watch_lets_go_of_what_its_selector_no_longer_chooses() {
    let cluster = fleet();
    let mut watch = cluster.start("get ks --watch --no-header --status-selector Ready=False");
    let failed = watch.line();
    cluster.put(kustomization("infrastructure", "True", "healed"));
    let healed = watch.line();
    cluster.put(kustomization("infrastructure", "True", "not told"));
    cluster.put(kustomization("apps", "False", "broken"));
    assert_data_eq!(
        [failed, healed, watch.line()].join("\n"),
        str![[r#"
infrastructure   main@sha1:696f056d   False   False     kustomize build failed: accumulating resources: no such file
infrastructure   main@sha1:696f056d   False   True      healed
apps             main@sha1:696f056d   False   False     broken
"#]]
    );
}

#[test]
fn a_watch_ends_when_its_time_is_over() {
    let run = fleet().nigari("get source git --watch --timeout 1s");
    assert_data_eq!(
        run.to_string(),
        str![[r#"
NAME    REVISION             SUSPENDED   READY     MESSAGE
fleet   main@sha1:696f056d   False       True      stored artifact for revision 'main@sha1:696f056d'

"#]]
    );
}

#[test]
fn a_watch_ends_when_nothing_may_be_listed() {
    let cluster = fleet();
    cluster.0.kube().deny(Deny::new("list", KUSTOMIZATION.group, KUSTOMIZATION.plural));
    let run = cluster.nigari("get ks --watch");
    assert_data_eq!(
        run.to_string(),
        str![[r#"
------- stderr -------
error: cannot list kustomizations in namespace flux-system: kustomizations.kustomize.toolkit.fluxcd.io is forbidden: User "admin" cannot list resource "kustomizations" in API group "kustomize.toolkit.fluxcd.io" in the namespace "flux-system"
[exit status: 6]

"#]]
    );
}

#[test]
fn a_watch_that_is_forbidden_asks_again_and_says_so() {
    let cluster = fleet();
    cluster.0.kube().deny(Deny::new("watch", KUSTOMIZATION.group, KUSTOMIZATION.plural));
    let mut watch = cluster.start("get ks apps --watch --no-header");
    watch.line();
    cluster.put(kustomization("apps", "True", "changed"));
    assert!(watch.line().ends_with("changed"));
    assert_data_eq!(
        watch.end(),
        str![[r#"
⚠️ kustomizations may not be watched, asking again and again: kustomizations.kustomize.toolkit.fluxcd.io is forbidden: User "admin" cannot watch resource "kustomizations" in API group "kustomize.toolkit.fluxcd.io" in the namespace "flux-system"

"#]]
    );
}

#[test]
fn every_kind_can_be_asked_for_by_its_words() {
    let cluster = Cluster::with(&kinds::ALL);
    for kind in kinds::ALL {
        let run = cluster.nigari(&format!("get {} -o json", kind.command_words()));
        let list: Value = serde_json::from_str(run.stdout()).unwrap();
        assert_eq!(list["items"], json!([]), "{kind}");
        assert!(run.to_string().ends_with("[exit status: 3]\n"), "{kind}: {run}");
    }
}
