//! `nigari wait`.

use std::fs;
use std::path::{Path, PathBuf};

use kube::api::{Api, DynamicObject, Patch, PatchParams};
use nigari::kinds::helm::HELM_RELEASE;
use nigari::kinds::kustomize::KUSTOMIZATION;
use nigari::kinds::notification::{ALERT, PROVIDER};
use nigari::kinds::source::{GIT_REPOSITORY, HELM_CHART};
use nigari_sandbox::kube::Deny;
use nigari_test_support::cluster::{Cluster, object};
use nigari_test_support::fleet::Fleet;
use nigari_test_support::program::command;
use nigari_test_support::run::Run;
use serde_json::{Value, json};
use snapbox::{assert_data_eq, str};

const OLD: &str = "1111111111111111111111111111111111111111";
const NEW: &str = "2222222222222222222222222222222222222222";

/// A Kustomization after an attempt at a commit.
fn kustomization(name: &str, commit: &str, ready: &str, reason: &str) -> Value {
    let revision = format!("main@sha1:{commit}");
    let message = match ready {
        "True" => format!("Applied revision: {revision}"),
        _ => "the controller's words".to_owned(),
    };
    let applied = if ready == "True" { revision.as_str() } else { "" };
    let mut object = nigari_test_support::cluster::kustomization(name, json!({}));
    object["status"] = json!({
        "lastAttemptedRevision": revision,
        "lastAppliedRevision": applied,
        "conditions": [{"type": "Ready", "status": ready, "reason": reason, "message": message,
            "observedGeneration": 1}],
    });
    object
}

fn ready(name: &str, commit: &str) -> Value {
    kustomization(name, commit, "True", "ReconciliationSucceeded")
}

/// The source of all Kustomizations, at a commit.
fn fetched(commit: &str) -> Value {
    let rest = json!({
        "spec": {"interval": "1m", "url": "https://example.com/fleet.git"},
        "status": {
            "artifact": {
                "revision": format!("main@sha1:{commit}"),
                "digest": format!("sha256:{}", "a".repeat(64)),
                "lastUpdateTime": "2026-01-01T00:00:00Z",
                "path": "fleet.tar.gz",
                "url": "http://source-controller/fleet.tar.gz",
            },
            "conditions": [{"type": "Ready", "status": "True", "reason": "Succeeded",
                "message": "stored artifact", "observedGeneration": 1}],
        },
    });
    object(&GIT_REPOSITORY, "fleet", rest)
}

fn fleet_at(commit: &str) -> Cluster {
    let cluster = Cluster::with(&[&KUSTOMIZATION, &GIT_REPOSITORY]);
    cluster.put(fetched(commit));
    cluster.put(ready("apps", commit));
    cluster.0.recorder().clear();
    cluster
}

/// What nigari asked of the cluster about objects: never anything but to read.
fn reads(cluster: &Cluster) -> String {
    let about = cluster.0.recorder().all();
    let about = about.iter().filter(|request| request.path.contains("/namespaces/"));
    let line = |request: &nigari_sandbox::recorder::Request| {
        let path = request.path.rsplit_once("/namespaces/").map_or("", |(_, path)| path);
        let form = if path.contains("watch=true") { "watch" } else { "read" };
        format!("{} {form} {}\n", request.method, path.split('?').next().unwrap_or_default())
    };
    about.map(line).collect()
}

#[test]
fn what_is_ready_already_is_told_after_one_look() {
    let cluster = fleet_at(OLD);
    assert_data_eq!(
        cluster.nigari("wait kustomization apps").to_string(),
        str![[r#"
------- stderr -------
✔ Kustomization flux-system/apps is ready: applied revision main@sha1:1111111111111111111111111111111111111111

"#]]
    );
    assert_data_eq!(
        reads(&cluster),
        str![[r#"
GET read flux-system/kustomizations/apps

"#]]
    );
    cluster.0.recorder().clear();
    let at = cluster.nigari("wait ks/apps --revision main@sha1:1111111");
    assert_data_eq!(
        at.to_string(),
        str![[r#"
------- stderr -------
✔ Kustomization flux-system/apps is ready at main@sha1:1111111111111111111111111111111111111111

"#]]
    );
    assert_data_eq!(
        reads(&cluster),
        str![[r#"
GET read flux-system/kustomizations/apps

"#]]
    );
}

#[test]
fn what_becomes_ready_is_told_when_it_is() {
    let cluster = fleet_at(OLD);
    cluster.put(kustomization("apps", OLD, "Unknown", "Progressing"));
    let run = cluster.nigari_while("wait ks apps", "kustomizations/apps", || {
        cluster.put(ready("apps", NEW));
    });
    assert_data_eq!(
        run.to_string(),
        str![[r#"
------- stderr -------
◎ waiting for Kustomization flux-system/apps to be ready
✔ Kustomization flux-system/apps is ready: applied revision main@sha1:2222222222222222222222222222222222222222

"#]]
    );
    assert_eq!(cluster.writes(), "");
}

#[test]
fn a_stale_ready_is_not_the_revision_that_is_waited_for() {
    let cluster = fleet_at(OLD);
    let words = format!("wait ks apps --revision {NEW} --timeout 2s");
    let run = nigari_in(&cluster, &cluster.0.home(), &words);
    assert_data_eq!(
        run.to_string(),
        str![[r#"
------- stderr -------
◎ waiting for Kustomization flux-system/apps to be ready at 22222222
⚠️ cannot tell whether 11111111 was built on 22222222, so the wait goes on: this folder is in no Git repository, and https://example.com/fleet.git is not at localhost:[PORT]
error: timed out after 2s waiting for Kustomization flux-system/apps to be ready at 22222222
  cause: it is ready at main@sha1:11111111, of which cannot be told whether it holds 22222222: this folder is in no Git repository, and https://example.com/fleet.git is not at localhost:[PORT]; last seen: Ready=True ReconciliationSucceeded: Applied revision: main@sha1:1111111111111111111111111111111111111111 (revision main@sha1:1111111111111111111111111111111111111111)
  hint: give it longer with --timeout
[exit status: 5]

"#]]
    );
    cluster.put(fetched(NEW));
    cluster.put(kustomization("apps", OLD, "False", "BuildFailed"));
    let words = format!("wait ks apps --revision {NEW} --timeout 20s");
    let run = cluster.nigari_while(&words, "kustomizations/apps", || {
        cluster.put(ready("apps", NEW));
    });
    assert_data_eq!(
        run.to_string(),
        str![[r#"
------- stderr -------
◎ waiting for Kustomization flux-system/apps to be ready at 22222222
✔ Kustomization flux-system/apps is ready at main@sha1:2222222222222222222222222222222222222222

"#]]
    );
    cluster.put(kustomization("apps", NEW, "False", "BuildFailed"));
    let run = cluster.nigari(&format!("wait ks apps --revision {NEW}"));
    assert_data_eq!(
        run.to_string(),
        str![[r#"
------- stderr -------
error: Kustomization flux-system/apps is not ready: BuildFailed: the controller's words
[exit status: 1]

"#]]
    );
}

#[test]
fn one_of_several_that_fails_hides_no_other() {
    let cluster = fleet_at(OLD);
    cluster.put(kustomization("infra", OLD, "False", "BuildFailed"));
    let mut tenant = kustomization("tenant", OLD, "Unknown", "Progressing");
    tenant["metadata"]["namespace"] = json!("apps");
    tenant["metadata"]["labels"] = json!({"team": "blue"});
    cluster.put(tenant);
    let run = cluster.nigari("wait ks --all -A --timeout 2s");
    assert_data_eq!(
        run.to_string(),
        str![[r#"
------- stderr -------
✔ Kustomization flux-system/apps is ready: applied revision main@sha1:1111111111111111111111111111111111111111
◎ waiting for Kustomization apps/tenant to be ready
✗ Kustomization flux-system/infra is not ready: BuildFailed: the controller's words
✗ timed out after 2s waiting for Kustomization apps/tenant to be ready: Progressing: the controller's words; last seen: Ready=Unknown (revision main@sha1:1111111111111111111111111111111111111111)
error: 2 of 3 objects are not ready
[exit status: 1]

"#]]
    );
    let run = cluster.nigari("wait ks -l team=red -A");
    assert_data_eq!(
        run.to_string(),
        str![[r#"
------- stderr -------
error: no Kustomization objects with labels team=red found in any namespace
[exit status: 3]

"#]]
    );
    let run = cluster.nigari("wait ks/apps gitrepository/fleet");
    assert_data_eq!(
        run.to_string(),
        str![[r#"
------- stderr -------
✔ Kustomization flux-system/apps is ready: applied revision main@sha1:1111111111111111111111111111111111111111
✔ GitRepository flux-system/fleet is ready: fetched revision main@sha1:1111111111111111111111111111111111111111

"#]]
    );
    let run = cluster.nigari("wait ks apps -A");
    assert_data_eq!(
        run.to_string(),
        str![[r#"
------- stderr -------
error: names cannot be combined with --all-namespaces
[exit status: 2]

"#]]
    );
}

#[test]
fn what_was_waited_for_is_printed_as_it_was_seen_last() {
    let cluster = fleet_at(OLD);
    cluster.put(kustomization("web", OLD, "Unknown", "Progressing"));
    let run = cluster.nigari_while(
        "wait ks/web gitrepository/fleet ks/apps -o json",
        "kustomizations",
        || {
            cluster.put(ready("web", NEW));
        },
    );
    assert_eq!(run.exit_code(), Some(0), "{run}");
    let list: Value = serde_json::from_str(run.stdout()).unwrap();
    let told: Vec<_> = list["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| (item["metadata"]["name"].as_str().unwrap(), item["kind"].as_str().unwrap()))
        .collect();
    let order = [("web", "Kustomization"), ("fleet", "GitRepository"), ("apps", "Kustomization")];
    assert_eq!(told, order);
    assert_eq!(list["items"][0]["status"]["lastAppliedRevision"], format!("main@sha1:{NEW}"));
    // What failed is told, and printed as well.
    cluster.put(kustomization("web", OLD, "False", "BuildFailed"));
    let run = cluster.nigari("wait ks --all -o name");
    assert_data_eq!(
        run.to_string(),
        str![[r#"
kustomization.kustomize.toolkit.fluxcd.io/apps
kustomization.kustomize.toolkit.fluxcd.io/web
------- stderr -------
✔ Kustomization flux-system/apps is ready: applied revision main@sha1:1111111111111111111111111111111111111111
✗ Kustomization flux-system/web is not ready: BuildFailed: the controller's words
error: 1 of 2 objects are not ready
[exit status: 1]

"#]]
    );
    let run = cluster.nigari("wait ks web gone --for deleted --timeout 1s -o yaml");
    assert!(run.stdout().contains("\n  metadata:\n"), "{run}");
    assert_eq!(run.stdout().matches("kind: Kustomization\n").count(), 1, "{run}");
    cluster.delete(&KUSTOMIZATION, "flux-system", "web");
    let run = cluster.nigari("wait ks web --for deleted -o json");
    assert_eq!(serde_json::from_str::<Value>(run.stdout()).unwrap()["items"], json!([]), "{run}");
}

#[test]
fn what_is_not_there() {
    let cluster = fleet_at(OLD);
    assert_data_eq!(
        cluster.nigari("wait ks web").to_string(),
        str![[r#"
------- stderr -------
error: Kustomization flux-system/web not found
  hint: list them with: nigari get kustomization -A
[exit status: 3]

"#]]
    );
    assert_data_eq!(
        Cluster::empty().nigari("wait ks apps").to_string(),
        str![[r#"
------- stderr -------
error: the cluster has no kustomizations (kustomize.toolkit.fluxcd.io v1, v1beta2)
  hint: see what is installed with: nigari get all -A
[exit status: 4]

"#]]
    );
    let gone = cluster.nigari("wait ks web db --for deleted");
    assert_data_eq!(
        gone.to_string(),
        str![[r#"
------- stderr -------
✔ Kustomization flux-system/web not found
✔ Kustomization flux-system/db not found

"#]]
    );
    let none = cluster.nigari("wait ks -l app=web --for deleted");
    assert_data_eq!(
        none.to_string(),
        str![[r#"
------- stderr -------
✔ no Kustomization objects with labels app=web found in "flux-system" namespace

"#]]
    );
}

#[test]
fn a_deletion_is_waited_for_and_what_holds_it_is_named() {
    let cluster = fleet_at(OLD);
    let mut held = ready("apps", OLD);
    held["metadata"]["finalizers"] = json!(["finalizers.fluxcd.io"]);
    held["status"]["conditions"][0]["lastTransitionTime"] = json!("2026-01-01T00:00:00Z");
    cluster.put(held);
    let run = cluster.nigari("wait ks apps --for deleted --timeout 2s");
    assert_data_eq!(
        run.redacted().to_string(),
        str![[r#"
------- stderr -------
◎ waiting for Kustomization flux-system/apps to be gone
error: timed out after 2s waiting for Kustomization flux-system/apps to be gone
  cause: it is there, and nobody has deleted it; last seen: Ready=True ReconciliationSucceeded: Applied revision: main@sha1:[COMMIT] (for [AGE], revision main@sha1:[COMMIT])
  hint: give it longer with --timeout
[exit status: 5]

"#]]
    );
    cluster.delete(&KUSTOMIZATION, "flux-system", "apps");
    let run = cluster.nigari("wait ks apps --for deleted --timeout 2s");
    assert_data_eq!(
        run.redacted().to_string(),
        str![[r#"
------- stderr -------
◎ waiting for Kustomization flux-system/apps to be gone
error: timed out after 2s waiting for Kustomization flux-system/apps to be gone
  cause: held by finalizers.fluxcd.io; last seen: Ready=True ReconciliationSucceeded: Applied revision: main@sha1:[COMMIT] (for [AGE], revision main@sha1:[COMMIT])
  hint: give it longer with --timeout
[exit status: 5]

"#]]
    );
    let run = cluster.nigari_while("wait ks apps --for deleted", "kustomizations/apps", || {
        let resource = KUSTOMIZATION.resource("v1");
        let client = cluster.0.client();
        let api = Api::<DynamicObject>::namespaced_with(client, "flux-system", &resource);
        let freed = Patch::Merge(json!({"metadata": {"finalizers": null}}));
        cluster.0.block_on(api.patch("apps", &PatchParams::default(), &freed)).unwrap();
    });
    assert_data_eq!(
        run.redacted().to_string(),
        str![[r#"
------- stderr -------
◎ waiting for Kustomization flux-system/apps to be gone
✔ Kustomization flux-system/apps is gone

"#]]
    );
}

#[test]
fn what_is_deleted_meanwhile_explains_itself() {
    let cluster = fleet_at(OLD);
    cluster.put(kustomization("apps", OLD, "Unknown", "Progressing"));
    let run = cluster.nigari_while("wait ks apps", "kustomizations/apps", || {
        cluster.delete(&KUSTOMIZATION, "flux-system", "apps");
    });
    assert_data_eq!(
        run.to_string(),
        str![[r#"
------- stderr -------
◎ waiting for Kustomization flux-system/apps to be ready
error: Kustomization flux-system/apps was deleted meanwhile
[exit status: 1]

"#]]
    );
    let looks = reads(&cluster).matches("GET read flux-system/kustomizations/apps\n").count();
    assert_eq!(looks, 1, "it is not looked at again, nor is anything else:\n{}", reads(&cluster));
    assert!(!cluster.0.recorder().all().iter().any(|one| one.path.contains("/deployments")));
}

#[test]
fn suspensions() {
    let cluster = fleet_at(OLD);
    assert_data_eq!(
        cluster.nigari("wait ks apps --for resumed").to_string(),
        str![[r#"
------- stderr -------
✔ Kustomization flux-system/apps is not suspended

"#]]
    );
    let run = cluster.nigari_while("wait ks apps --for suspended", "kustomizations/apps", || {
        let mut suspended = ready("apps", OLD);
        suspended["spec"]["suspend"] = json!(true);
        cluster.put(suspended);
    });
    assert_data_eq!(
        run.to_string(),
        str![[r#"
------- stderr -------
◎ waiting for Kustomization flux-system/apps to be suspended
✔ Kustomization flux-system/apps is suspended

"#]]
    );
    assert_data_eq!(
        cluster.nigari("wait ks apps").to_string(),
        str![[r#"
------- stderr -------
error: Kustomization flux-system/apps is suspended
  hint: nigari resume kustomization apps -n flux-system
[exit status: 1]

"#]]
    );
}

#[test]
fn what_makes_no_sense_is_refused_before_anything_is_asked_for() {
    let cluster = fleet_at(OLD);
    for (words, said) in [
        ("wait source external x --for suspended", "ExternalArtifacts cannot be suspended"),
        ("wait ks apps --for deleted --revision 1111111", "--revision is for what becomes ready"),
        ("wait ks apps --revision main", "it names no content"),
        ("wait ks", "a name is needed"),
    ] {
        let run = cluster.nigari(words);
        assert_eq!(run.exit_code(), Some(2), "{words}: {run}");
        assert!(run.stderr().contains(said), "{words}: {run}");
    }
    assert_eq!(reads(&cluster), "");
}

#[test]
fn where_a_revision_cannot_be_told_nothing_is_guessed() {
    let cluster = Cluster::with(&[&ALERT, &PROVIDER, &HELM_RELEASE]);
    let sources = json!([{"kind": "GitRepository", "name": "fleet"}]);
    let alert = json!({"providerRef": {"name": "slack"}, "eventSources": sources});
    cluster.put(object(&ALERT, "slack", json!({"spec": alert})));
    assert_data_eq!(
        cluster.nigari("wait alert slack").to_string(),
        str![[r#"
------- stderr -------
✔ Alert flux-system/slack is ready: Alert reconciliation completed

"#]]
    );
    assert_data_eq!(
        cluster.nigari("wait alert slack --revision 1111111").to_string(),
        str![[r#"
------- stderr -------
error: cannot tell whether Alert flux-system/slack is at 1111111: its status does not tell which revision it is at
[exit status: 2]

"#]]
    );
    let source = json!({"kind": "HelmRepository", "name": "podinfo"});
    let chart = json!({"spec": {"chart": "podinfo", "sourceRef": source}});
    let spec = json!({"interval": "1m", "chart": chart});
    cluster.put(object(&HELM_RELEASE, "podinfo", json!({"spec": spec})));
    let run = cluster.nigari("wait hr podinfo --revision 1111111");
    assert_data_eq!(
        run.to_string(),
        str![[r#"
------- stderr -------
error: cannot tell whether HelmRelease flux-system/podinfo is at 1111111: its status tells the version of a chart, not a commit
[exit status: 2]

"#]]
    );
}

#[test]
fn a_release_is_at_the_commit_that_its_chart_was_taken_from() {
    let cluster = Cluster::with(&[&HELM_RELEASE, &HELM_CHART, &GIT_REPOSITORY]);
    let source = json!({"kind": "GitRepository", "name": "fleet"});
    let settled = json!([{"type": "Ready", "status": "True", "reason": "Succeeded",
        "message": "done", "observedGeneration": 1}]);
    let spec = json!({"interval": "1m", "chart": "./podinfo", "sourceRef": source});
    let mut artifact = fetched(NEW)["status"]["artifact"].clone();
    artifact["revision"] = json!("6.5.4");
    let status = json!({"artifact": artifact, "conditions": settled,
        "observedSourceArtifactRevision": format!("main@sha1:{NEW}")});
    cluster.put(object(
        &HELM_CHART,
        "flux-system-podinfo",
        json!({"spec": spec, "status": status}),
    ));
    let release = |version: &str| {
        let chart = json!({"spec": {"chart": "./podinfo", "sourceRef": source}});
        let spec = json!({"interval": "1m", "chart": chart});
        let status = json!({"lastAttemptedRevision": version, "conditions": settled});
        object(&HELM_RELEASE, "podinfo", json!({"spec": spec, "status": status}))
    };
    cluster.put(release("6.5.4"));
    let run = cluster.nigari(&format!("wait hr podinfo --revision {NEW}"));
    assert_data_eq!(
        run.to_string(),
        str![[r#"
------- stderr -------
◎ waiting for HelmRelease flux-system/podinfo to be ready at 22222222
✔ HelmRelease flux-system/podinfo is ready at main@sha1:2222222222222222222222222222222222222222

"#]]
    );
    assert_data_eq!(
        cluster.nigari("wait hr podinfo --revision 6.5.4").to_string(),
        str![[r#"
------- stderr -------
✔ HelmRelease flux-system/podinfo is ready at 6.5.4

"#]]
    );
    cluster.put(release("6.5.3"));
    let run = cluster.nigari(&format!("wait hr podinfo --revision {NEW} --timeout 2s"));
    assert_data_eq!(
        run.to_string(),
        str![[r#"
------- stderr -------
◎ waiting for HelmRelease flux-system/podinfo to be ready at 22222222
error: timed out after 2s waiting for HelmRelease flux-system/podinfo to be ready at 22222222
  cause: it is ready at 6.5.3, which is not 22222222; last seen: Ready=True Succeeded: done (revision 6.5.3)
  hint: give it longer with --timeout
[exit status: 5]

"#]]
    );
}

#[test]
fn what_is_not_allowed() {
    let cluster = fleet_at(OLD);
    cluster.put(kustomization("apps", OLD, "Unknown", "Progressing"));
    cluster.0.kube().deny(Deny::new("watch", KUSTOMIZATION.group, KUSTOMIZATION.plural));
    let run = cluster.nigari_while("wait ks apps --timeout 20s", "kustomizations/apps", || {
        cluster.put(ready("apps", NEW));
    });
    assert_eq!(run.exit_code(), Some(0), "{run}");
    let cluster = fleet_at(OLD);
    cluster.0.kube().deny(Deny::new("list", GIT_REPOSITORY.group, GIT_REPOSITORY.plural));
    cluster.0.kube().deny(Deny::new("get", GIT_REPOSITORY.group, GIT_REPOSITORY.plural));
    let words = format!("wait ks apps --revision {NEW} --timeout 3s");
    let run = nigari_in(&cluster, &cluster.0.home(), &words);
    assert_data_eq!(
        run.to_string(),
        str![[r#"
------- stderr -------
◎ waiting for Kustomization flux-system/apps to be ready at 22222222
⚠️ the sources are not seen: cannot get GitRepository flux-system/fleet: gitrepositories.source.toolkit.fluxcd.io "fleet" is forbidden: User "admin" cannot get resource "gitrepositories" in API group "source.toolkit.fluxcd.io" in the namespace "flux-system"
error: timed out after 3s waiting for Kustomization flux-system/apps to be ready at 22222222
  cause: it is ready at main@sha1:11111111, of which cannot be told whether it holds 22222222: this folder is in no Git repository; last seen: Ready=True ReconciliationSucceeded: Applied revision: main@sha1:1111111111111111111111111111111111111111 (revision main@sha1:1111111111111111111111111111111111111111)
  hint: give it longer with --timeout
[exit status: 5]

"#]]
    );
    cluster.0.kube().deny(Deny::new("get", KUSTOMIZATION.group, KUSTOMIZATION.plural));
    assert_data_eq!(
        cluster.nigari("wait ks apps").to_string(),
        str![[r#"
------- stderr -------
error: cannot get Kustomization flux-system/apps: kustomizations.kustomize.toolkit.fluxcd.io "apps" is forbidden: User "admin" cannot get resource "kustomizations" in API group "kustomize.toolkit.fluxcd.io" in the namespace "flux-system"
[exit status: 6]

"#]]
    );
}

#[test]
fn a_cluster_that_does_not_answer() {
    let run = Cluster::empty().nigari("wait ks apps --server=https://127.0.0.1:1");
    assert_data_eq!(
        run.to_string(),
        str![[r#"
------- stderr -------
error: cannot reach the cluster at https://127.0.0.1:1: Connection refused (os error 111)
[exit status: 8]

"#]]
    );
}

/// A clone with two commits, oldest first.
fn clone(cluster: &Cluster) -> (PathBuf, [String; 2]) {
    let folder = cluster.0.home().join("clone");
    let git = git2::Repository::init(&folder).unwrap();
    let commits = ["1", "2"].map(|content| commit(&git, &folder, content));
    (folder, commits)
}

fn commit(git: &git2::Repository, folder: &Path, content: &str) -> String {
    fs::write(folder.join("file"), content).unwrap();
    let mut index = git.index().unwrap();
    index.add_path("file".as_ref()).unwrap();
    index.write().unwrap();
    let tree = git.find_tree(index.write_tree().unwrap()).unwrap();
    // The same hash in every run.
    let time = git2::Time::new(1_700_000_000, 0);
    let who = git2::Signature::new("Ann", "ann@example.com", &time).unwrap();
    let parent = git.head().ok().and_then(|head| head.peel_to_commit().ok());
    let parents: Vec<_> = parent.iter().collect();
    git.commit(Some("HEAD"), &who, &who, content, &tree, &parents).unwrap().to_string()
}

/// Runs nigari in a folder.
fn nigari_in(cluster: &Cluster, folder: &Path, arguments: &str) -> Run {
    let mut command = command(&cluster.0, arguments);
    Run::of(&cluster.0, command.current_dir(folder).output().unwrap())
}

#[test]
fn head_is_what_is_checked_out_here_and_a_descendant_of_it_is_as_good() {
    let cluster = fleet_at(OLD);
    let (folder, [first, second]) = clone(&cluster);
    cluster.put(fetched(&second));
    cluster.put(ready("apps", &second));
    let at_head = nigari_in(&cluster, &folder, "wait ks apps --revision HEAD");
    assert_data_eq!(
        at_head.to_string(),
        str![[r#"
------- stderr -------
✔ Kustomization flux-system/apps is ready at main@sha1:aa784fcc1df153866764264980c9a4c0412d3957

"#]]
    );
    let built_on = nigari_in(&cluster, &folder, &format!("wait ks apps --revision {first}"));
    assert_data_eq!(
        built_on.to_string(),
        str![[r#"
------- stderr -------
✔ Kustomization flux-system/apps is ready at main@sha1:aa784fcc1df153866764264980c9a4c0412d3957

"#]]
    );
    cluster.put(fetched(&first));
    cluster.put(ready("apps", &first));
    let git = git2::Repository::open(&folder).unwrap();
    let pushed = git2::Oid::from_str(&first).unwrap();
    git.reference("refs/remotes/origin/main", pushed, true, "pushed").unwrap();
    fs::write(folder.join("file"), "edited").unwrap();
    let behind = nigari_in(&cluster, &folder, "wait ks apps --revision HEAD --timeout 2s");
    assert_data_eq!(
        behind.to_string(),
        str![[r#"
------- stderr -------
⚠️ there are uncommitted changes, which are not part of HEAD (aa784fcc)
⚠️ no remote has HEAD (aa784fcc) as far as the local repository knows: the source has not seen it yet
◎ waiting for Kustomization flux-system/apps to be ready at aa784fcc
error: timed out after 2s waiting for Kustomization flux-system/apps to be ready at aa784fcc
  cause: it is ready at main@sha1:7b0d316e, which is not aa784fcc; GitRepository flux-system/fleet has not seen it yet and is at main@sha1:7b0d316e; last seen: Ready=True ReconciliationSucceeded: Applied revision: main@sha1:7b0d316e4350f4d65fe40a1e3043a71235192fbc (revision main@sha1:7b0d316e4350f4d65fe40a1e3043a71235192fbc)
  hint: give it longer with --timeout
[exit status: 5]

"#]]
    );
    let home = cluster.0.home().to_owned();
    let outside = nigari_in(&cluster, &home, "wait ks apps --revision HEAD");
    assert_data_eq!(
        outside.to_string(),
        str![[r#"
------- stderr -------
error: HEAD is what is checked out here
  cause: this folder is in no Git repository
  hint: name the commit, or go to a clone of the repository
[exit status: 2]

"#]]
    );
}

#[test]
fn a_history_that_nobody_knows_is_no_answer() {
    let cluster = fleet_at(NEW);
    let home = cluster.0.home().to_owned();
    let words = format!("wait ks apps --revision {OLD} --timeout 3s");
    assert_data_eq!(
        nigari_in(&cluster, &home, &words).to_string(),
        str![[r#"
------- stderr -------
◎ waiting for Kustomization flux-system/apps to be ready at 11111111
⚠️ cannot tell whether 22222222 was built on 11111111, so the wait goes on: this folder is in no Git repository, and https://example.com/fleet.git is not at localhost:[PORT]
error: timed out after 3s waiting for Kustomization flux-system/apps to be ready at 11111111
  cause: it is ready at main@sha1:22222222, of which cannot be told whether it holds 11111111: this folder is in no Git repository, and https://example.com/fleet.git is not at localhost:[PORT]; last seen: Ready=True ReconciliationSucceeded: Applied revision: main@sha1:2222222222222222222222222222222222222222 (revision main@sha1:2222222222222222222222222222222222222222)
  hint: give it longer with --timeout
[exit status: 5]

"#]]
    );
}

#[test]
fn github_knows_the_history_of_its_repositories() {
    let fleet = Fleet::bootstrapped();
    let before = fleet.head("main").unwrap();
    fleet.commit("README.md", "newer");
    let synced = fleet.nigari("reconcile ks flux-system --with-source");
    assert_eq!(synced.exit_code(), Some(0), "{synced}");
    let in_home = |words: &str, token: bool| {
        let mut command = fleet.command(words);
        if !token {
            command.env_remove("GITHUB_TOKEN");
        }
        let home = fleet.sandbox.home().to_owned();
        fleet.run(command.current_dir(home))
    };
    let words = format!("wait ks flux-system --revision {before}");
    assert_data_eq!(
        in_home(&words, true).to_string(),
        str![[r#"
------- stderr -------
◎ waiting for Kustomization flux-system/flux-system to be ready at [COMMIT]
✔ Kustomization flux-system/flux-system is ready at main@sha1:[COMMIT]

"#]]
    );
    let alone = in_home(&format!("{words} --timeout 3s"), false);
    assert_data_eq!(
        alone.to_string(),
        str![[r#"
------- stderr -------
◎ waiting for Kustomization flux-system/flux-system to be ready at [COMMIT]
⚠️ cannot tell whether [COMMIT] was built on [COMMIT], so the wait goes on: this folder is in no Git repository, and there is no GITHUB_TOKEN to ask GitHub with
error: timed out after 3s waiting for Kustomization flux-system/flux-system to be ready at [COMMIT]
  cause: it is ready at main@sha1:[COMMIT], of which cannot be told whether it holds [COMMIT]: this folder is in no Git repository, and there is no GITHUB_TOKEN to ask GitHub with; last seen: Ready=True ReconciliationSucceeded: Applied revision: main@sha1:[COMMIT] (for [AGE], revision main@sha1:[COMMIT])
  hint: give it longer with --timeout
[exit status: 5]

"#]]
    );
    fleet.finish();
}
