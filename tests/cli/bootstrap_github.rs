//! `nigari bootstrap github`: what is made, kept and healed.

use nigari_sandbox::sandbox::Sandbox;
use nigari_test_support::fleet::{FOLDER, Fleet};
use snapbox::{assert_data_eq, str};

#[test]
fn makes_the_repository_with_one_commit_and_the_second_time_nothing() {
    let fleet = Fleet::new();
    let first = fleet.bootstrap("");
    assert_data_eq!(
        first.in_peace(),
        str![[r#"
------- stderr -------
► connecting to localhost:[PORT]
✔ authenticated as alice
✔ checked access to the cluster at https://localhost:[PORT]
► creating repository acme/fleet-infra
✔ repository https://localhost:[PORT]/acme/fleet-infra created
► GitHub signs the commit, because no author is named
✔ committed [COMMIT] to main of acme/fleet-infra
✔ applied the components: 32 created, 0 configured, 0 unchanged
✔ deploy key flux-system-main-flux-system-./clusters/production added to acme/fleet-infra
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
    let head = fleet.head("main");
    let keys = fleet.deploy_keys();
    assert_eq!(keys.len(), 1);
    assert_eq!(keys[0].title, "flux-system-main-flux-system-./clusters/production");
    assert!(keys[0].read_only);

    fleet.sandbox.recorder().clear();
    let second = fleet.bootstrap("");
    assert_data_eq!(
        second.in_peace(),
        str![[r#"
------- stderr -------
► connecting to localhost:[PORT]
✔ authenticated as alice
✔ checked access to the cluster at https://localhost:[PORT]
✔ main of acme/fleet-infra is up to date at [COMMIT]
✔ the components are up to date
✔ deploy key flux-system-main-flux-system-./clusters/production is in place on acme/fleet-infra
✔ Secret flux-system/flux-system is up to date
✔ the sync objects are up to date
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
    fleet.assert_untouched(&second);
    assert_eq!(fleet.head("main"), head);
    fleet.finish();
}

#[test]
fn an_empty_repository_gets_one_root_commit() {
    let fleet = Fleet::new();
    fleet.create_repository(false);
    let run = fleet.bootstrap("");
    assert_eq!(run.exit_code(), Some(0), "{run}");
    assert_data_eq!(
        fleet.history("main"),
        str![[r#"
Add Flux v2.9.4 component and sync manifests
  clusters/production/flux-system/gotk-components.yaml
  clusters/production/flux-system/gotk-sync.yaml
  clusters/production/flux-system/kustomization.yaml

"#]]
    );
    fleet.finish();
}

#[test]
fn a_personal_repository_can_be_read_with_the_token_from_the_root_folder() {
    let fleet = Fleet::of(Sandbox::builder().personal());
    let arguments = format!(
        "bootstrap github --owner=alice --personal --repository=fleet-infra --token-auth --ca-file={}",
        fleet.sandbox.certificate_file().display()
    );
    let run = fleet.nigari(&arguments);
    assert_data_eq!(
        run.in_peace(),
        str![[r#"
------- stderr -------
► connecting to localhost:[PORT]
✔ authenticated as alice
✔ checked access to the cluster at https://localhost:[PORT]
► creating repository alice/fleet-infra
✔ repository https://localhost:[PORT]/alice/fleet-infra created
► GitHub signs the commit, because no author is named
✔ committed [COMMIT] to main of alice/fleet-infra
✔ applied the components: 32 created, 0 configured, 0 unchanged
⚠️ the token is stored in the cluster, in Secret flux-system/flux-system
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
  flux-system/gotk-components.yaml
  flux-system/gotk-sync.yaml
  flux-system/kustomization.yaml

"#]]
    );
    assert!(fleet.deploy_keys().is_empty());
    let kustomization =
        fleet.object("kustomize.toolkit.fluxcd.io/v1", "Kustomization", "flux-system").unwrap();
    assert_eq!(kustomization["spec"]["path"], "./");
    assert_eq!(fleet.secret("username").as_deref(), Some("git"));

    fleet.sandbox.recorder().clear();
    let second = fleet.nigari(&arguments);
    assert_eq!(second.exit_code(), Some(0), "{second}");
    fleet.assert_untouched(&second);
    fleet.finish();
}

#[test]
fn a_branch_that_does_not_exist_starts_at_the_default_branch() {
    let fleet = Fleet::new();
    fleet.create_repository(true);
    fleet.commit("apps/README.md", "Apps\n");
    let main = fleet.head("main");
    let run = fleet.bootstrap("--branch=production --read-write-key");
    assert_eq!(run.exit_code(), Some(0), "{run}");
    assert_data_eq!(
        fleet.history("production"),
        str![[r#"
Initial commit
  README.md
Somebody else's apps/README.md
  apps/README.md
Add Flux v2.9.4 component and sync manifests
  clusters/production/flux-system/gotk-components.yaml
  clusters/production/flux-system/gotk-sync.yaml
  clusters/production/flux-system/kustomization.yaml

"#]]
    );
    assert_eq!(fleet.head("main"), main);
    let keys = fleet.deploy_keys();
    assert_eq!(keys.len(), 1);
    assert_eq!(keys[0].title, "flux-system-production-flux-system-./clusters/production");
    assert!(!keys[0].read_only);

    let narrowed = fleet.bootstrap("--branch=production");
    assert_eq!(narrowed.exit_code(), Some(0), "{narrowed}");
    let keys = fleet.deploy_keys();
    assert_eq!(keys.len(), 1);
    assert!(keys[0].read_only);
    fleet.finish();
}

#[test]
fn a_kustomization_of_resources_is_kept_byte_for_byte() {
    let fleet = Fleet::new();
    fleet.create_repository(true);
    let path = format!("{FOLDER}/kustomization.yaml");
    let theirs = "# Ours, and nobody else's\nresources:\n  - gotk-sync.yaml   # first\n  - gotk-components.yaml\n";
    fleet.commit(&path, theirs);
    let run = fleet.bootstrap("");
    assert_eq!(run.exit_code(), Some(0), "{run}");
    assert_eq!(fleet.file(&path).as_deref(), Some(theirs));
    assert_data_eq!(
        fleet.history("main"),
        str![[r#"
Initial commit
  README.md
Somebody else's clusters/production/flux-system/kustomization.yaml
  clusters/production/flux-system/kustomization.yaml
Add Flux v2.9.4 component and sync manifests
  clusters/production/flux-system/gotk-components.yaml
  clusters/production/flux-system/gotk-sync.yaml

"#]]
    );
    fleet.finish();
}

#[test]
fn a_branch_that_starts_at_the_default_branch_keeps_its_kustomization_as_well() {
    let fleet = Fleet::new();
    fleet.create_repository(true);
    let theirs = "# Ours\nresources: [gotk-sync.yaml, gotk-components.yaml]\n";
    fleet.commit(&format!("{FOLDER}/kustomization.yaml"), theirs);
    let run = fleet.bootstrap("--branch=production");
    assert_eq!(run.exit_code(), Some(0), "{run}");
    assert_data_eq!(
        fleet.history("production"),
        str![[r#"
Initial commit
  README.md
Somebody else's clusters/production/flux-system/kustomization.yaml
  clusters/production/flux-system/kustomization.yaml
Add Flux v2.9.4 component and sync manifests
  clusters/production/flux-system/gotk-components.yaml
  clusters/production/flux-system/gotk-sync.yaml

"#]]
    );
    fleet.finish();
}

#[test]
fn what_was_spoiled_is_healed() {
    let fleet = Fleet::bootstrapped();
    let key = fleet.deploy_keys().remove(0);
    fleet.github().delete_deploy_key("acme", "fleet-infra", key.id);
    assert_data_eq!(
        fleet.bootstrap("").to_string(),
        str![[r#"
------- stderr -------
► connecting to localhost:[PORT]
✔ authenticated as alice
✔ checked access to the cluster at https://localhost:[PORT]
✔ main of acme/fleet-infra is up to date at [COMMIT]
✔ the components are up to date
⚠️ acme/fleet-infra does not have the deploy key of Secret flux-system/flux-system any more
✔ deploy key flux-system-main-flux-system-./clusters/production added to acme/fleet-infra
► the deploy key lives as long as the token that made it: regenerate that token, do not delete it
✔ Secret flux-system/flux-system is up to date
✔ the sync objects are up to date
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
    let keys = fleet.deploy_keys();
    assert_eq!((keys.len(), &keys[0].key), (1, &key.key), "the pair of the cluster is kept");

    for (name, value) in [
        ("identity", "not a key"),
        ("identity", "-----BEGIN PRIVATE KEY-----\nbm90IGEga2V5\n-----END PRIVATE KEY-----\n"),
        (
            "known_hosts",
            "localhost ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIDEl9AVPAVbqVKBpkb7pxvfUfLCUUC8h7Hx8UG/hwQXm",
        ),
    ] {
        fleet.spoil_secret(name, value);
        let healing = fleet.bootstrap("");
        assert_eq!(healing.exit_code(), Some(0), "{healing}");
        assert_ne!(fleet.secret(name).as_deref(), Some(value));
        let proof = fleet.nigari("reconcile source git flux-system");
        assert_eq!(proof.exit_code(), Some(0), "{proof}");
        assert_eq!(fleet.deploy_keys().len(), 1);
    }
    fleet.finish();
}

#[test]
fn a_component_that_cannot_start_is_named_with_its_cause() {
    let fleet = Fleet::new();
    fleet.sandbox.faults().arm("workload.pull=source-controller").unwrap();
    let run = fleet.bootstrap("--timeout=20s");
    assert_eq!(run.exit_code(), Some(5), "{run}");
    // The kubelet's words alternate between the failed pull and the pause after it.
    for words in [
        "⚠️ Deployment flux-system/source-controller: Pod flux-system/source-controller-",
        "error: Deployment flux-system/source-controller is not available: Pod flux-system/source-controller-",
        "failed to pull and unpack image \"ghcr.io/fluxcd/source-controller:",
        "last seen: Available=False MinimumReplicasUnavailable",
    ] {
        assert!(run.to_string().contains(words), "{words}: {run}");
    }
    // However often its Pods were looked at, the Deployment itself was watched all the time.
    let mut reads = fleet.sandbox.recorder().all();
    reads.retain(|request| request.agent.starts_with("nigari/"));
    reads.retain(|request| {
        request.path.contains("/deployments?&fieldSelector=metadata.name%3Dsource-")
    });
    reads.retain(|request| !request.path.contains("watch=true"));
    assert_eq!(reads.len(), 1, "{reads:?}");

    fleet.sandbox.faults().clear("workload.pull");
    let again = fleet.bootstrap("");
    assert_eq!(again.exit_code(), Some(0), "{again}");
    fleet.finish();
}

#[test]
fn an_old_failure_is_no_failure_of_the_commit_that_heals_it() {
    let fleet = Fleet::bootstrapped();
    fleet.commit("clusters/production/broken.yaml", "kind: [\n");
    let broken = fleet.nigari("reconcile kustomization flux-system --with-source");
    assert_eq!(broken.exit_code(), Some(1), "{broken}");
    let whole =
        "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: whole, namespace: flux-system}\n";
    fleet.commit("clusters/production/broken.yaml", whole);
    let healed = fleet.bootstrap("");
    assert_eq!(healed.exit_code(), Some(0), "{healed}");
    fleet.finish();
}

#[test]
fn a_failure_of_the_commit_itself_is_told_with_the_controllers_words() {
    let fleet = Fleet::bootstrapped();
    fleet.commit("clusters/production/broken.yaml", "kind: [\n");
    let run = fleet.bootstrap("");
    assert_eq!(run.exit_code(), Some(1), "{run}");
    assert!(run.to_string().contains("BuildFailed: "), "{run}");
    fleet.finish();
}
