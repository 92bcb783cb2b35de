//! `nigari bootstrap github` while others commit, and after it was killed.

use nigari_sandbox::github::GitHub;
use nigari_test_support::fleet::{Fleet, REPOSITORY};
use snapbox::{assert_data_eq, str};

/// Does something between what nigari read and the first time it publishes.
fn before_publishing(fleet: &Fleet, act: impl FnOnce(&GitHub) + Send + 'static) {
    let (github, mut act) = (fleet.github().clone(), Some(act));
    fleet.github().on_ref_update(move |_| {
        if let Some(act) = act.take() {
            act(&github);
        }
    });
}

#[test]
fn a_branch_that_is_moved_backwards_stays_there() {
    let fleet = Fleet::new();
    fleet.create_repository(true);
    let before = fleet.head("main").unwrap();
    fleet.commit("mistake.txt", "to be taken back\n");
    let to = before.clone();
    before_publishing(&fleet, move |github| {
        github.reset_branch("acme", REPOSITORY, "main", &to).unwrap();
    });
    let run = fleet.bootstrap("");
    assert_data_eq!(
        run.to_string(),
        str![[r#"
------- stderr -------
► connecting to localhost:[PORT]
✔ authenticated as alice
✔ checked access to the cluster at https://localhost:[PORT]
► GitHub signs the commit, because no author is named
error: commits were taken away while this command was running; nothing was written
  cause: branch main of acme/fleet-infra was moved from [COMMIT] to [COMMIT], which is not built on it
  hint: make sure that this was intended, then run the command again
[exit status: 7]

"#]]
    );
    assert_eq!(fleet.head("main"), Some(before));
    fleet.finish();
}

#[test]
fn a_branch_that_moves_on_is_built_upon() {
    let fleet = Fleet::new();
    fleet.create_repository(true);
    before_publishing(&fleet, |github| {
        let commit = github.commit_file("acme", REPOSITORY, "main", "theirs.txt", "x\n", "Theirs");
        commit.unwrap();
    });
    let run = fleet.bootstrap("");
    assert_eq!(run.exit_code(), Some(0), "{run}");
    assert_data_eq!(
        fleet.history("main"),
        str![[r#"
Initial commit
  README.md
Theirs
  theirs.txt
Add Flux v2.9.4 component and sync manifests
  clusters/production/flux-system/gotk-components.yaml
  clusters/production/flux-system/gotk-sync.yaml
  clusters/production/flux-system/kustomization.yaml

"#]]
    );
    fleet.finish();
}

#[test]
fn a_file_of_ours_that_somebody_else_writes_meanwhile_is_not_overwritten() {
    let fleet = Fleet::new();
    fleet.create_repository(true);
    const PATH: &str = "clusters/production/flux-system/gotk-sync.yaml";
    before_publishing(&fleet, |github| {
        github.commit_file("acme", REPOSITORY, "main", PATH, "theirs\n", "Theirs").unwrap();
    });
    let run = fleet.bootstrap("");
    assert_data_eq!(
        run.to_string(),
        str![[r#"
------- stderr -------
► connecting to localhost:[PORT]
✔ authenticated as alice
✔ checked access to the cluster at https://localhost:[PORT]
► GitHub signs the commit, because no author is named
error: somebody else changed clusters/production/flux-system/gotk-sync.yaml while this command was running
  hint: look at the latest commits, then run the command again
[exit status: 7]

"#]]
    );
    assert_eq!(fleet.file(PATH).as_deref(), Some("theirs\n"));
    assert_eq!(fleet.object("v1", "Secret", "flux-system"), None);
    fleet.finish();
}

#[test]
fn a_commit_that_lands_on_top_of_ours_is_as_good() {
    let fleet = Fleet::new();
    fleet.create_repository(true);
    let before = fleet.head("main");
    let child = fleet.start(&fleet.bootstrap_arguments(""));
    fleet.until("our commit is there", || fleet.head("main") != before);
    let theirs = fleet.commit("apps/README.md", "Apps\n");
    let run = fleet.finished(child);
    assert_eq!(run.exit_code(), Some(0), "{run}");
    let source = fleet.object("source.toolkit.fluxcd.io/v1", "GitRepository", "flux-system");
    assert_eq!(source.unwrap()["status"]["artifact"]["revision"], format!("main@sha1:{theirs}"));
    assert_data_eq!(
        fleet.history("main"),
        str![[r#"
Initial commit
  README.md
Add Flux v2.9.4 component and sync manifests
  clusters/production/flux-system/gotk-components.yaml
  clusters/production/flux-system/gotk-sync.yaml
  clusters/production/flux-system/kustomization.yaml
Somebody else's apps/README.md
  apps/README.md

"#]]
    );
    fleet.finish();
}

#[test]
fn a_killed_bootstrap_is_finished_by_running_it_again() {
    let fleet = Fleet::new();
    fleet.create_repository(true);
    let before = fleet.head("main");
    let mut child = fleet.start(&fleet.bootstrap_arguments(""));
    fleet.until("our commit is there", || fleet.head("main") != before);
    child.kill().unwrap();
    fleet.finished(child);
    assert!(fleet.deploy_keys().is_empty(), "it was killed too late to show anything");

    let mut child = fleet.start(&fleet.bootstrap_arguments(""));
    let manager = || fleet.object("apps/v1", "Deployment", "source-controller");
    fleet.until("the components are being applied", || manager().is_some());
    // From now on the Secret is written so late that the key is seen before.
    fleet.sandbox.faults().arm("kube.latency=1000").unwrap();
    fleet.until("the deploy key is there", || !fleet.deploy_keys().is_empty());
    child.kill().unwrap();
    fleet.finished(child);
    fleet.sandbox.faults().clear("kube.latency");
    assert_eq!(fleet.object("v1", "Secret", "flux-system"), None);

    let run = fleet.bootstrap("");
    assert_data_eq!(
        run.to_string(),
        str![[r#"
------- stderr -------
► connecting to localhost:[PORT]
✔ authenticated as alice
✔ checked access to the cluster at https://localhost:[PORT]
✔ main of acme/fleet-infra is up to date at [COMMIT]
✔ the components are up to date
✔ deploy key flux-system-main-flux-system-./clusters/production replaced on acme/fleet-infra
► the deploy key lives as long as the token that made it: regenerate that token, do not delete it
✔ Secret flux-system/flux-system written
✔ applied the sync objects: 2 created, 0 configured, 0 unchanged
◎ waiting for the components
✔ helm-controller: deployment ready
✔ kustomize-controller: deployment ready
✔ notification-controller: deployment ready
✔ source-controller: deployment ready
◎ waiting for GitRepository flux-system/flux-system
✔ GitRepository flux-system/flux-system is at main@sha1:[COMMIT]
◎ waiting for Kustomization flux-system/flux-system
✔ Kustomization flux-system/flux-system is at main@sha1:[COMMIT]
✔ Flux v2.9.4 is installed and in sync

"#]]
    );
    assert_data_eq!(
        fleet.history("main"),
        str![[r#"
Initial commit
  README.md
Add Flux v2.9.4 component and sync manifests
  clusters/production/flux-system/gotk-components.yaml
  clusters/production/flux-system/gotk-sync.yaml
  clusters/production/flux-system/kustomization.yaml

"#]]
    );
    let keys = fleet.deploy_keys();
    assert_eq!(keys.len(), 1, "{keys:?}");
    fleet.finish();
}
