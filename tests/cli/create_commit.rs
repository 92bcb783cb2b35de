//! `nigari create … --commit` and `--pull-request`: into the repository that the cluster is synced from.

use nigari::kinds::kustomize::KUSTOMIZATION;
use nigari::kinds::source::HELM_REPOSITORY;
use nigari_sandbox::github::{Role, Rule, Token};
use nigari_sandbox::kube::Deny;
use nigari_sandbox::sandbox::Sandbox;
use nigari_test_support::fleet::{FOLDER, Fleet, REPOSITORY};
use serde_json::json;
use snapbox::{assert_data_eq, str};

const LIST: &str = "clusters/production/kustomization.yaml";
const FILE: &str = "clusters/production/apps-kustomization.yaml";
const CREATE: &str = "create kustomization apps --source=GitRepository/flux-system --path=./apps --prune --interval=10m";

/// A fleet whose repository has something to apply.
fn fleet() -> Fleet {
    let fleet = Fleet::bootstrapped();
    let namespace = "apiVersion: v1\nkind: Namespace\nmetadata: {name: apps}\n";
    fleet.commit("apps/namespace.yaml", namespace);
    fleet.sandbox.recorder().clear();
    fleet
}

#[test]
fn a_manifest_is_committed_listed_and_followed_and_the_second_time_nothing() {
    let fleet = fleet();
    let theirs = "# by hand\nresources:\n  - flux-system # Flux itself\n\n# the end\n";
    fleet.commit(LIST, theirs);
    assert_data_eq!(
        fleet.nigari(&format!("{CREATE} --commit")).to_string(),
        str![[r#"
------- stderr -------
► connecting to localhost:[PORT]
✔ committed [COMMIT] to main of acme/fleet-infra
◎ waiting for GitRepository flux-system/flux-system
✔ GitRepository flux-system/flux-system is at main@sha1:[COMMIT]
◎ waiting for Kustomization flux-system/flux-system
✔ Kustomization flux-system/flux-system is at main@sha1:[COMMIT]
◎ waiting for Kustomization flux-system/apps
✔ Kustomization flux-system/apps is ready: applied revision main@sha1:[COMMIT]

"#]]
    );
    assert_data_eq!(
        fleet.file(FILE).unwrap(),
        str![[r#"
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: apps
  namespace: flux-system
spec:
  interval: 10m0s
  path: ./apps
  prune: true
  sourceRef:
    kind: GitRepository
    name: flux-system

"#]]
    );
    let listed = theirs.replace("itself\n", "itself\n  - apps-kustomization.yaml\n");
    assert_eq!(fleet.file(LIST).unwrap(), listed);
    assert_data_eq!(
        fleet.history("main"),
        str![[r#"
Initial commit
  README.md
Add Flux v2.9.4 component and sync manifests
  clusters/production/flux-system/gotk-components.yaml
  clusters/production/flux-system/gotk-sync.yaml
  clusters/production/flux-system/kustomization.yaml
Somebody else's apps/namespace.yaml
  apps/namespace.yaml
Somebody else's clusters/production/kustomization.yaml
  clusters/production/kustomization.yaml
Add Kustomization flux-system/apps
  clusters/production/apps-kustomization.yaml
  clusters/production/kustomization.yaml

"#]]
    );

    fleet.sandbox.recorder().clear();
    let second = fleet.nigari(&format!("{CREATE} --commit"));
    assert_data_eq!(
        second.to_string(),
        str![[r#"
------- stderr -------
► connecting to localhost:[PORT]
✔ main of acme/fleet-infra is up to date at [COMMIT]
◎ waiting for GitRepository flux-system/flux-system
✔ GitRepository flux-system/flux-system is at main@sha1:[COMMIT]
◎ waiting for Kustomization flux-system/flux-system
✔ Kustomization flux-system/flux-system is at main@sha1:[COMMIT]
◎ waiting for Kustomization flux-system/apps
✔ Kustomization flux-system/apps is ready: applied revision main@sha1:[COMMIT]

"#]]
    );
    fleet.assert_untouched(&second);
    fleet.finish();
}

#[test]
fn a_manifest_is_changed_in_its_file_and_shown_before() {
    let fleet = fleet();
    let created = fleet.nigari(&format!("{CREATE} --commit"));
    assert_eq!(created.exit_code(), Some(0), "{created}");
    fleet.sandbox.recorder().clear();
    let shown = fleet.nigari(&format!("{CREATE} --interval=1h --commit --dry-run"));
    assert_data_eq!(
        shown.to_string(),
        str![[r#"
diff --git a/clusters/production/apps-kustomization.yaml b/clusters/production/apps-kustomization.yaml
--- a/clusters/production/apps-kustomization.yaml
+++ b/clusters/production/apps-kustomization.yaml
@@ -4,7 +4,7 @@
   name: apps
   namespace: flux-system
 spec:
-  interval: 10m0s
+  interval: 1h0m0s
   path: ./apps
   prune: true
   sourceRef:
------- stderr -------
► connecting to localhost:[PORT]
✔ dry run, nothing was written: 1 file would be

"#]]
    );
    fleet.assert_untouched(&shown);
    let changed = fleet.nigari(&format!("{CREATE} --interval=1h --commit --commit-message=Slower"));
    assert_eq!(changed.exit_code(), Some(0), "{changed}");
    let object = fleet.object("kustomize.toolkit.fluxcd.io/v1", "Kustomization", "apps").unwrap();
    assert_eq!(object["spec"]["interval"], "1h0m0s");
    assert!(
        fleet.history("main").ends_with("Slower\n  clusters/production/apps-kustomization.yaml\n")
    );
    fleet.finish();
}

#[test]
fn a_file_with_other_objects_is_a_conflict_and_another_one_can_be_named() {
    let fleet = fleet();
    let theirs =
        "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: theirs, namespace: flux-system}\n";
    fleet.commit(FILE, theirs);
    let run = fleet.nigari(&format!("{CREATE} --commit"));
    assert_data_eq!(
        run.to_string(),
        str![[r#"
------- stderr -------
► connecting to localhost:[PORT]
error: clusters/production/apps-kustomization.yaml is in the repository and holds other objects
  hint: write to another file with --file
[exit status: 7]

"#]]
    );
    fleet.assert_untouched(&run);
    let elsewhere = fleet.nigari(&format!("{CREATE} --commit --file=charts/apps.yaml"));
    assert_data_eq!(
        elsewhere.to_string(),
        str![[r#"
------- stderr -------
error: charts/apps.yaml is in no folder that this cluster applies: clusters/production/
  hint: write below one of them: --file=clusters/production/
[exit status: 2]

"#]]
    );
    let named = fleet.nigari(&format!("{CREATE} --commit --file=clusters/production/deep/"));
    assert_eq!(named.exit_code(), Some(0), "{named}");
    assert!(fleet.file("clusters/production/deep/apps-kustomization.yaml").is_some());
    assert_eq!(fleet.file(FILE).as_deref(), Some(theirs));
    fleet.finish();
}

#[test]
fn a_source_is_committed_and_upstreams_commit_of_a_reference_is_still_one() {
    let fleet = fleet();
    const SOURCE: &str =
        "create source git other --url=https://localhost:1/acme/other --branch=main";
    let exported = fleet
        .nigari(&format!("{SOURCE} --commit=0123456789012345678901234567890123456789 --export"));
    assert!(exported.stdout().contains("commit: "), "{exported}");
    let exported = fleet
        .nigari(&format!("{SOURCE} --commit 0123456789012345678901234567890123456789 --export"));
    assert!(exported.stdout().contains("commit: "), "{exported}");
    let shown = fleet.nigari(&format!("{SOURCE} --dry-run --commit"));
    assert_data_eq!(
        shown.to_string(),
        str![[r#"
diff --git a/clusters/production/other-gitrepository.yaml b/clusters/production/other-gitrepository.yaml
new file mode 100644
--- /dev/null
+++ b/clusters/production/other-gitrepository.yaml
@@ -0,0 +1,10 @@
+apiVersion: source.toolkit.fluxcd.io/v1
+kind: GitRepository
+metadata:
+  name: other
+  namespace: flux-system
+spec:
+  interval: 1m0s
+  ref:
+    branch: main
+  url: https://localhost:[PORT]/acme/other
------- stderr -------
► connecting to localhost:[PORT]
✔ dry run, nothing was written: 1 file would be

"#]]
    );
    fleet.finish();
}

#[test]
fn credentials_are_never_committed() {
    let fleet = fleet();
    for arguments in [
        "create secret git x --url=https://localhost:1/a/b --username=a --password=b --commit",
        "create source git x --url=https://localhost:1/a/b --branch=main --username=a --password=b --commit",
    ] {
        let run = fleet.nigari(arguments);
        assert_eq!(run.exit_code(), Some(2), "{run}");
        assert!(run.to_string().contains("holds credentials"), "{run}");
        fleet.assert_untouched(&run);
    }
    fleet.finish();
}

#[test]
fn what_the_clusters_definition_does_not_allow_is_never_committed() {
    let fleet = fleet();
    const ALARM: &str =
        "create alert alarm --provider-ref=slack --event-source=Terraform/* --commit";
    let refused = fleet.nigari(ALARM);
    assert_data_eq!(
        refused.to_string(),
        str![[r#"
------- stderr -------
error: cannot apply Alert flux-system/alarm: Alert.notification.toolkit.fluxcd.io "alarm" is invalid: spec.eventSources[0].kind: Unsupported value: "Terraform": supported values: "Bucket", "GitRepository", "Kustomization", "HelmRelease", "HelmChart", "HelmRepository", "ImageRepository", "ImagePolicy", "ImageUpdateAutomation", "OCIRepository", "ArtifactGenerator", "ExternalArtifact"
  hint: let the definition accept it: kubectl patch crd alerts.notification.toolkit.fluxcd.io --type=json -p '[{"op":"add","path":"/spec/versions/0/schema/openAPIV3Schema/properties/spec/properties/eventSources/items/properties/kind/enum/-","value":"Terraform"}]'
  hint: a Flux that is synced from a repository puts its definition back: there, add this to the kustomization.yaml beside gotk-components.yaml: patches: [{target: {kind: CustomResourceDefinition, name: alerts.notification.toolkit.fluxcd.io}, patch: '[{"op":"add","path":"/spec/versions/0/schema/openAPIV3Schema/properties/spec/properties/eventSources/items/properties/kind/enum/-","value":"Terraform"}]'}]
[exit status: 2]

"#]]
    );
    fleet.assert_untouched(&refused);
    let pull_request = fleet.nigari(&ALARM.replace("--commit", "--pull-request"));
    assert_eq!(pull_request.exit_code(), Some(2), "{pull_request}");
    fleet.assert_untouched(&pull_request);

    let hints = refused.stderr().lines();
    let mut patch = hints.filter_map(|line| line.split_once("beside gotk-components.yaml: "));
    let (_, patch) = patch.next_back().unwrap();
    let list = format!("{FOLDER}/kustomization.yaml");
    fleet.commit(&list, &format!("{}{patch}\n", fleet.file(&list).unwrap()));
    let patched = fleet.nigari("reconcile kustomization flux-system --with-source");
    assert_eq!(patched.exit_code(), Some(0), "{patched}");
    let committed = fleet.nigari(ALARM);
    assert_eq!(committed.exit_code(), Some(0), "{committed}");
    let alert = fleet.object("notification.toolkit.fluxcd.io/v1beta3", "Alert", "alarm").unwrap();
    assert_eq!(alert["spec"]["eventSources"][0]["kind"], "Terraform");
    fleet.finish();
}

#[test]
fn a_kind_that_the_cluster_lacks_is_never_committed() {
    let fleet = fleet();
    let run = fleet.nigari("create terraform vpc --source=flux-system --approve=auto --commit");
    assert_data_eq!(
        run.to_string(),
        str![[r#"
------- stderr -------
error: the cluster has no terraforms (infra.contrib.fluxcd.io v1alpha2)
  hint: see what is installed with: nigari get all -A
[exit status: 4]

"#]]
    );
    fleet.assert_untouched(&run);
    fleet.finish();
}

#[test]
fn who_may_not_ask_the_cluster_is_told_that_it_was_not_asked() {
    let fleet = fleet();
    fleet.kube().deny(Deny::new("patch", KUSTOMIZATION.group, KUSTOMIZATION.plural));
    let run = fleet.nigari(&format!("{CREATE} --commit --dry-run"));
    assert_eq!(run.exit_code(), Some(0), "{run}");
    assert_data_eq!(
        run.stderr(),
        str![[r#"
⚠️ Kustomization flux-system/apps is not checked: kustomizations.kustomize.toolkit.fluxcd.io "apps" is forbidden: User "admin" cannot patch resource "kustomizations" in API group "kustomize.toolkit.fluxcd.io" in the namespace "flux-system"
► connecting to localhost:[PORT]
✔ dry run, nothing was written: 1 file would be

"#]]
    );
    let elsewhere = fleet.nigari(&format!("{CREATE} --namespace=later --commit --dry-run"));
    assert_eq!(elsewhere.exit_code(), Some(0), "{elsewhere}");
    let tenant = fleet.nigari("create tenant team --with-namespace=team --commit --dry-run");
    assert_eq!(tenant.exit_code(), Some(0), "{tenant}");
    assert!(!tenant.stderr().contains("is not checked"), "{tenant}");
    fleet.finish();
}

#[test]
fn the_version_that_the_cluster_serves_is_committed() {
    let fleet = fleet();
    let name = format!("{}.{}", HELM_REPOSITORY.plural, HELM_REPOSITORY.group);
    let mut older = nigari_api::crd::definition(&name).unwrap();
    let versions = older["spec"]["versions"].as_array_mut().unwrap();
    versions.retain(|version| version["storage"] == true);
    versions[0]["name"] = json!("v1beta2");
    fleet.kube().put(older).unwrap();
    let run = fleet.nigari("create source helm x --url=https://localhost:1/a --commit --dry-run");
    assert_eq!(run.exit_code(), Some(0), "{run}");
    assert!(run.stdout().contains("\n+apiVersion: source.toolkit.fluxcd.io/v1beta2\n"), "{run}");
    fleet.finish();
}

#[test]
fn a_pull_request_is_opened_once_and_merged_by_somebody() {
    let fleet = fleet();
    fleet.github().protect("acme", REPOSITORY, "main", Rule::RequiredReviews).unwrap();
    assert_data_eq!(
        fleet.nigari(&format!("{CREATE} --commit")).to_string(),
        str![[r#"
------- stderr -------
► connecting to localhost:[PORT]
error: cannot update branch main of acme/fleet-infra
  cause: GitHub refused: At least 1 approving review is required by reviewers with write access.
  cause: a rule of the branch forbids the commit
  hint: open a pull request instead: --pull-request
[exit status: 6]

"#]]
    );
    assert_data_eq!(
        fleet.nigari(&format!("{CREATE} --pull-request")).to_string(),
        str![[r#"
https://localhost:[PORT]/acme/fleet-infra/pull/1
------- stderr -------
► connecting to localhost:[PORT]
✔ pull request #1 opened: https://localhost:[PORT]/acme/fleet-infra/pull/1
error: pull request #1 waits for somebody to merge it
  hint: wait for that, and until the cluster has applied it, with --wait-merge
[exit status: 9]

"#]]
    );
    let changed = fleet.nigari(&format!("{CREATE} --interval=1h --pull-request"));
    assert_data_eq!(
        changed.to_string(),
        str![[r#"
https://localhost:[PORT]/acme/fleet-infra/pull/1
------- stderr -------
► connecting to localhost:[PORT]
✔ pull request #1 updated: https://localhost:[PORT]/acme/fleet-infra/pull/1
error: pull request #1 waits for somebody to merge it
  hint: wait for that, and until the cluster has applied it, with --wait-merge
[exit status: 9]

"#]]
    );
    assert_eq!(fleet.github().pull_requests("acme", REPOSITORY).len(), 1);
    fleet.github().merge_pull_request("acme", REPOSITORY, 1).unwrap();
    let merged = fleet.nigari(&format!("{CREATE} --interval=1h --pull-request --wait-merge"));
    assert_eq!(merged.exit_code(), Some(0), "{merged}");
    fleet.finish();
}

#[test]
fn a_pull_request_that_conflicts_is_made_anew_unless_somebody_else_has_worked_on_it() {
    let fleet = fleet();
    let list = "# by hand\nresources:\n  - flux-system # Flux itself\n";
    fleet.commit(LIST, list);
    let propose = format!("{CREATE} --pull-request");
    assert_eq!(fleet.nigari(&propose).exit_code(), Some(9));
    let theirs = format!("{list}  - theirs.yaml\n");
    fleet.commit(LIST, &theirs);
    assert_data_eq!(
        fleet.nigari(&propose).to_string(),
        str![[r#"
https://localhost:[PORT]/acme/fleet-infra/pull/1
------- stderr -------
► connecting to localhost:[PORT]
✔ pull request #1 could not be merged any more, and is made anew: https://localhost:[PORT]/acme/fleet-infra/pull/1
error: pull request #1 waits for somebody to merge it
  hint: wait for that, and until the cluster has applied it, with --wait-merge
[exit status: 9]

"#]]
    );
    let pulls = fleet.github().pull_requests("acme", REPOSITORY);
    assert_eq!(pulls.len(), 1);
    let history = fleet.history(&pulls[0].head);
    let ours = "Add Kustomization flux-system/apps\n  clusters/production/apps-kustomization.yaml\n  \
                clusters/production/kustomization.yaml\n";
    assert_eq!(history, format!("{}{ours}", fleet.history("main")));
    let content = format!("{theirs}  - worse.yaml\n");
    let (branch, message) = (&pulls[0].head, "By hand");
    fleet.github().commit_file("acme", REPOSITORY, branch, LIST, &content, message).unwrap();
    fleet.commit(LIST, &format!("{theirs}  - more.yaml\n"));
    fleet.sandbox.recorder().clear();
    let refused = fleet.nigari(&propose);
    assert_data_eq!(
        refused.to_string(),
        str![[r#"
------- stderr -------
► connecting to localhost:[PORT]
error: pull request #1 cannot be merged into main any more, and is not made anew
  cause: Somebody Else has committed [COMMIT] to it
  hint: merge main into branch nigari/add-kustomization-flux-system-apps-[COMMIT] yourself, or close the pull request
[exit status: 7]

"#]]
    );
    fleet.assert_untouched(&refused);
    fleet.finish();
}

#[test]
fn ten_at_once_into_one_folder_all_land() {
    let fleet = fleet();
    fleet.commit(LIST, "# by hand\nresources:\n  - flux-system # Flux itself\n");
    let create = |number| {
        format!(
            "create source helm repo-{number} --url=oci://localhost:1/charts --commit --timeout=10m"
        )
    };
    let running: Vec<_> = (0..10).map(|number| fleet.start(&create(number))).collect();
    for child in running {
        let run = fleet.finished(child);
        assert_eq!(run.exit_code(), Some(0), "{run}");
    }
    let list = fleet.file(LIST).unwrap();
    assert!(list.starts_with("# by hand\nresources:\n  - flux-system # Flux itself\n"), "{list}");
    for number in 0..10 {
        let name = format!("repo-{number}-helmrepository.yaml");
        assert_eq!(list.matches(&format!("\n  - {name}\n")).count(), 1, "{list}");
        assert!(fleet.file(&format!("clusters/production/{name}")).is_some(), "{name}");
    }
    fleet.finish();
}

#[test]
fn without_a_fleet_a_right_or_a_connection_nothing_is_written() {
    let empty = Fleet::of(Sandbox::builder().without_players());
    assert_data_eq!(
        empty.nigari(&format!("{CREATE} --commit")).to_string(),
        str![[r#"
------- stderr -------
error: the cluster has no kustomizations (kustomize.toolkit.fluxcd.io v1, v1beta2)
  hint: see what is installed with: nigari get all -A
[exit status: 4]

"#]]
    );

    let fleet = fleet();
    fleet.github().add_user("bob");
    fleet.github().add_collaborator("acme", REPOSITORY, "bob", Role::Pull).unwrap();
    fleet.github().add_token(Token::classic("ghp_bob", "bob", &["repo"]));
    let create = format!("{CREATE} --commit");
    let forbidden = fleet.run(fleet.command(&create).env("GITHUB_TOKEN", "ghp_bob"));
    assert_data_eq!(
        forbidden.to_string(),
        str![[r#"
------- stderr -------
► connecting to localhost:[PORT]
error: the token can read acme/fleet-infra but not write to it
  hint: ask an owner for write access, or use a token that has it
[exit status: 6]

"#]]
    );
    let unreachable =
        fleet.run(fleet.command(&create).env("GITHUB_API_URL", "https://localhost:1"));
    assert_data_eq!(
        unreachable.to_string(),
        str![[r#"
------- stderr -------
► connecting to localhost:[PORT]
⚠️ requests to GitHub had to be repeated 4 times, which took [..]s
error: cannot reach localhost:[PORT]
  cause: tcp connect error: Connection refused (os error 111)
[exit status: 8]

"#]]
    );
    let other = fleet.nigari(&format!("{create} --fleet=nowhere"));
    assert_data_eq!(
        other.to_string(),
        str![[r#"
------- stderr -------
error: Kustomization flux-system/nowhere not found
  hint: list them with: nigari get kustomization -A
[exit status: 3]

"#]]
    );
    fleet.assert_untouched(&other);
    fleet.finish();
}
