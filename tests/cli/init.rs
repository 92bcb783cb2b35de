//! `nigari init`: a layout for several environments, into a folder or into the repository.

use std::fs;
use std::path::PathBuf;

use nigari_sandbox::github::{Role, Rule, Token};
use nigari_sandbox::kube::Deny;
use nigari_sandbox::sandbox::Sandbox;
use nigari_test_support::cluster::Cluster;
use nigari_test_support::fleet::{Fleet, REPOSITORY};
use nigari_test_support::run::Run;
use snapbox::{assert_data_eq, str};

const LIST: &str = "clusters/production/kustomization.yaml";

/// A folder of the sandbox, and what `init` says when it writes there.
fn folder(cluster: &Cluster) -> PathBuf {
    cluster.0.home().join("clone")
}

fn init(cluster: &Cluster, more: &str) -> Run {
    cluster.nigari(&format!("init {} {more}", folder(cluster).display()))
}

/// A Fleet where a person merges, and where Flux may not be committed to without one.
fn protected() -> Fleet {
    let fleet = Fleet::bootstrapped();
    fleet.github().protect("acme", REPOSITORY, "main", Rule::PullRequest).unwrap();
    fleet
}

#[test]
fn a_folder_gets_the_whole_layout_and_the_second_time_nothing() {
    let cluster = Cluster::empty();
    assert_data_eq!(
        init(&cluster, "").to_string(),
        str![[r#"
------- stderr -------
✔ wrote infrastructure/base/kustomization.yaml
✔ wrote infrastructure/base/namespace.yaml
✔ wrote infrastructure/overlays/production/kustomization.yaml
✔ wrote infrastructure/overlays/staging/kustomization.yaml
✔ wrote apps/base/kustomization.yaml
✔ wrote apps/base/namespace.yaml
✔ wrote apps/overlays/production/kustomization.yaml
✔ wrote apps/overlays/staging/kustomization.yaml
✔ wrote clusters/production/infrastructure.yaml
✔ wrote clusters/production/apps.yaml
✔ wrote clusters/staging/infrastructure.yaml
✔ wrote clusters/staging/apps.yaml
✔ 12 files written to [ROOT]/home/clone: commit and push them

"#]]
    );
    assert_data_eq!(
        init(&cluster, "").to_string(),
        str![[r#"
------- stderr -------
✔ nothing to do: [ROOT]/home/clone has everything

"#]]
    );
    let root = folder(&cluster);
    let read = |path: &str| fs::read_to_string(root.join(path)).unwrap();
    assert_data_eq!(
        read("clusters/staging/apps.yaml"),
        str![[r#"
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: apps
  namespace: flux-system
spec:
  dependsOn:
  - name: infrastructure
  interval: 10m0s
  path: ./apps/overlays/staging
  prune: true
  retryInterval: 1m0s
  sourceRef:
    kind: GitRepository
    name: flux-system
  timeout: 5m0s
  wait: true

"#]]
    );
    assert_data_eq!(
        read("apps/overlays/staging/kustomization.yaml"),
        str![[r#"
# What staging has, and where it differs.
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources:
- ../../base

"#]]
    );
    assert_data_eq!(
        read("infrastructure/base/namespace.yaml"),
        str![[r#"
apiVersion: v1
kind: Namespace
metadata:
  name: infrastructure

"#]]
    );
    assert!(cluster.0.recorder().all().is_empty(), "no cluster is asked");
}

#[test]
fn what_is_there_is_kept_and_what_is_missing_is_written() {
    let cluster = Cluster::empty();
    assert_eq!(init(&cluster, "").exit_code(), Some(0));
    let root = folder(&cluster);
    // As after a run that was killed, and after somebody's work.
    fs::remove_dir_all(root.join("clusters/staging")).unwrap();
    fs::write(root.join("apps/base/kustomization.yaml"), "resources: [ours]\n").unwrap();
    fs::write(root.join(LIST), "# ours\nresources:\n  - flux-system # Flux itself\n").unwrap();
    assert_data_eq!(
        init(&cluster, "").to_string(),
        str![[r#"
------- stderr -------
⚠️ apps/base/kustomization.yaml is there with other content: it is kept
✔ wrote clusters/staging/infrastructure.yaml
✔ wrote clusters/staging/apps.yaml
✔ listed in clusters/production/kustomization.yaml
✔ 3 files written to [ROOT]/home/clone: commit and push them

"#]]
    );
    assert_eq!(
        fs::read_to_string(root.join("apps/base/kustomization.yaml")).unwrap(),
        "resources: [ours]\n"
    );
    assert_data_eq!(
        fs::read_to_string(root.join(LIST)).unwrap(),
        str![[r#"
# ours
resources:
  - flux-system # Flux itself
  - infrastructure.yaml
  - apps.yaml

"#]]
    );
}

/// Each file is put in its place whole or not at all, so these are all the states that a kill can leave.
#[test]
fn a_run_that_was_killed_after_any_file_is_finished_by_the_next() {
    let cluster = Cluster::empty();
    let (first, root) = (init(&cluster, ""), folder(&cluster));
    let files: Vec<&str> =
        first.stderr().lines().filter_map(|line| line.strip_prefix("✔ wrote ")).collect();
    let read = || files.iter().map(|file| fs::read(root.join(file)).ok()).collect::<Vec<_>>();
    let whole = read();
    for written in 0..files.len() {
        for missing in &files[written..] {
            fs::remove_file(root.join(missing)).unwrap();
        }
        let again = init(&cluster, "");
        assert_eq!(again.exit_code(), Some(0), "after {written} files: {again}");
        let wrote = again.stderr().matches("✔ wrote ").count();
        assert_eq!(wrote, files.len() - written, "after {written} files: {again}");
        assert_eq!(read(), whole, "after {written} files: {again}");
    }
}

#[test]
fn names_and_environments_are_chosen() {
    let cluster = Cluster::empty();
    let run = init(
        &cluster,
        "--environments=dev,live --clusters=fleet --infrastructure=platform --apps=services --source=fleet \
         -n gitops",
    );
    assert_data_eq!(
        run.to_string(),
        str![[r#"
------- stderr -------
✔ wrote platform/base/kustomization.yaml
✔ wrote platform/base/namespace.yaml
✔ wrote platform/overlays/dev/kustomization.yaml
✔ wrote platform/overlays/live/kustomization.yaml
✔ wrote services/base/kustomization.yaml
✔ wrote services/base/namespace.yaml
✔ wrote services/overlays/dev/kustomization.yaml
✔ wrote services/overlays/live/kustomization.yaml
✔ wrote fleet/dev/platform.yaml
✔ wrote fleet/dev/services.yaml
✔ wrote fleet/live/platform.yaml
✔ wrote fleet/live/services.yaml
✔ 12 files written to [ROOT]/home/clone: commit and push them

"#]]
    );
    let written = fs::read_to_string(folder(&cluster).join("fleet/dev/services.yaml")).unwrap();
    assert_data_eq!(
        written,
        str![[r#"
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: services
  namespace: gitops
spec:
  dependsOn:
  - name: platform
  interval: 10m0s
  path: ./services/overlays/dev
  prune: true
  retryInterval: 1m0s
  sourceRef:
    kind: GitRepository
    name: fleet
  timeout: 5m0s
  wait: true

"#]]
    );
}

#[test]
fn arguments_that_cannot_be() {
    let cluster = Cluster::empty();
    for (arguments, expected) in [
        (
            "init",
            str![[r#"
------- stderr -------
error: the following required arguments were not provided:
  <PATH|--commit[=<BOOL>]|--pull-request>

Usage: nigari init <PATH|--commit[=<BOOL>]|--pull-request>

For more information, try '--help'.
[exit status: 2]

"#]],
        ),
        (
            "init . --commit",
            str![[r#"
------- stderr -------
error: the argument '[PATH]' cannot be used with '--commit[=<BOOL>]'

Usage: nigari init <PATH|--commit[=<BOOL>]|--pull-request>

For more information, try '--help'.
[exit status: 2]

"#]],
        ),
        (
            "init . --wait-merge",
            str![[r#"
------- stderr -------
error: --wait-merge has no effect here
  hint: add --pull-request
[exit status: 2]

"#]],
        ),
        (
            "init . --commit-message=x",
            str![[r#"
------- stderr -------
error: --commit-message has no effect here
  hint: add --commit or --pull-request
[exit status: 2]

"#]],
        ),
        (
            "init --commit --wait-merge",
            str![[r#"
------- stderr -------
error: --wait-merge has no effect here
  hint: add --pull-request
[exit status: 2]

"#]],
        ),
        (
            "init . --environments=a,a",
            str![[r#"
------- stderr -------
error: "a" is named twice
  hint: name each once
[exit status: 2]

"#]],
        ),
        (
            "init . --environments=A",
            str![[r#"
------- stderr -------
error: invalid value 'A' for '--environments <LIST>': "A" is not a valid name: at most 63 lower-case letters, digits and '-', beginning and ending with a letter or digit, like team-1

For more information, try '--help'.
[exit status: 2]

"#]],
        ),
        (
            "init . --clusters=../x",
            str![[r#"
------- stderr -------
error: --clusters cannot be used
  cause: the path "../x" leaves the repository
[exit status: 2]

"#]],
        ),
        (
            "init . --apps=infrastructure",
            str![[r#"
------- stderr -------
error: "infrastructure" is named twice
  hint: name each once
[exit status: 2]

"#]],
        ),
    ] {
        assert_data_eq!(cluster.nigari(arguments).to_string(), expected);
    }
}

/// Whoever has kustomize can see that all of it builds.
#[test]
fn every_overlay_is_built_by_kustomize() {
    let cluster = Cluster::empty();
    assert_eq!(init(&cluster, "").exit_code(), Some(0));
    for overlay in ["apps/overlays/production", "apps/overlays/staging", "infrastructure/base"] {
        let mut kubectl = cluster.0.command("kubectl");
        kubectl.arg("kustomize").arg(folder(&cluster).join(overlay));
        // Not everybody has it; what it would say is then told by the players, in the tests below.
        let Ok(output) = kubectl.output() else { return };
        assert!(output.status.success(), "{overlay}: {output:?}");
        assert!(String::from_utf8(output.stdout).unwrap().contains("kind: Namespace"), "{overlay}");
    }
}

#[test]
fn a_commit_is_followed_until_the_cluster_has_applied_it() {
    let fleet = Fleet::bootstrapped();
    assert_data_eq!(
        fleet.nigari("init --commit").to_string(),
        str![[r#"
------- stderr -------
► connecting to localhost:[PORT]
✔ committed [COMMIT] to main of acme/fleet-infra
◎ waiting for GitRepository flux-system/flux-system
✔ GitRepository flux-system/flux-system is at main@sha1:[COMMIT]
◎ waiting for Kustomization flux-system/flux-system
✔ Kustomization flux-system/flux-system is at main@sha1:[COMMIT]
◎ waiting for Kustomization flux-system/infrastructure
✔ Kustomization flux-system/infrastructure is ready: applied revision main@sha1:[COMMIT]
◎ waiting for Kustomization flux-system/apps
✔ Kustomization flux-system/apps is ready: applied revision main@sha1:[COMMIT]

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
Lay out production, staging
  apps/base/kustomization.yaml
  apps/base/namespace.yaml
  apps/overlays/production/kustomization.yaml
  apps/overlays/staging/kustomization.yaml
  clusters/production/apps.yaml
  clusters/production/infrastructure.yaml
  clusters/staging/apps.yaml
  clusters/staging/infrastructure.yaml
  infrastructure/base/kustomization.yaml
  infrastructure/base/namespace.yaml
  infrastructure/overlays/production/kustomization.yaml
  infrastructure/overlays/staging/kustomization.yaml

"#]]
    );
    let apps = fleet.object("kustomize.toolkit.fluxcd.io/v1", "Kustomization", "apps").unwrap();
    assert_eq!(apps["spec"]["path"], "./apps/overlays/production");

    fleet.sandbox.recorder().clear();
    let second = fleet.nigari("init --commit");
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
◎ waiting for Kustomization flux-system/infrastructure
✔ Kustomization flux-system/infrastructure is ready: applied revision main@sha1:[COMMIT]
◎ waiting for Kustomization flux-system/apps
✔ Kustomization flux-system/apps is ready: applied revision main@sha1:[COMMIT]

"#]]
    );
    fleet.assert_untouched(&second);
    fleet.finish();
}

#[test]
fn a_hand_written_kustomization_gets_its_entries_and_nothing_else() {
    let fleet = Fleet::bootstrapped();
    let theirs = "# by hand\nresources:\n    - flux-system   # Flux itself\n\n# the end\n";
    fleet.commit(LIST, theirs);
    let run = fleet.nigari("init --commit");
    assert_eq!(run.exit_code(), Some(0), "{run}");
    assert_eq!(
        fleet.file(LIST).unwrap(),
        theirs.replace(
            "# Flux itself\n",
            "# Flux itself\n    - infrastructure.yaml\n    - apps.yaml\n"
        )
    );
    fleet.finish();
}

#[test]
fn a_kustomization_that_cannot_be_edited_is_left_alone() {
    let fleet = Fleet::bootstrapped();
    fleet.commit(LIST, "{kind: Kustomization}\n");
    let run = fleet.nigari("init --commit");
    assert_data_eq!(
        run.to_string(),
        str![[r#"
------- stderr -------
► connecting to localhost:[PORT]
error: clusters/production/kustomization.yaml in the repository cannot be edited
  cause: infrastructure.yaml cannot be added to its resources without changing other lines
  hint: add infrastructure.yaml to it by hand
[exit status: 2]

"#]]
    );
    fleet.assert_untouched(&run);
    fleet.finish();
}

#[test]
fn a_protected_branch_wants_a_pull_request_and_gets_one() {
    let fleet = protected();
    assert_data_eq!(
        fleet.nigari("init --commit").to_string(),
        str![[r#"
------- stderr -------
► connecting to localhost:[PORT]
error: cannot update branch main of acme/fleet-infra
  cause: GitHub refused: Repository rule violations found Changes must be made through a pull request.
  cause: a rule of the branch forbids the commit
  hint: open a pull request instead: --pull-request
[exit status: 6]

"#]]
    );
    assert_data_eq!(
        fleet.nigari("init --pull-request").to_string(),
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
    assert_data_eq!(
        fleet.nigari("init --pull-request").to_string(),
        str![[r#"
https://localhost:[PORT]/acme/fleet-infra/pull/1
------- stderr -------
► connecting to localhost:[PORT]
✔ pull request #1 is up to date: https://localhost:[PORT]/acme/fleet-infra/pull/1
error: pull request #1 waits for somebody to merge it
  hint: wait for that, and until the cluster has applied it, with --wait-merge
[exit status: 9]

"#]]
    );
    let pulls = fleet.github().pull_requests("acme", REPOSITORY);
    assert_eq!(pulls.len(), 1);
    assert_data_eq!(
        format!("{}\n\n{}", pulls[0].title, pulls[0].body),
        str![[r#"
Lay out production, staging

- `infrastructure/base/kustomization.yaml`
- `infrastructure/base/namespace.yaml`
- `infrastructure/overlays/production/kustomization.yaml`
- `infrastructure/overlays/staging/kustomization.yaml`
- `apps/base/kustomization.yaml`
- `apps/base/namespace.yaml`
- `apps/overlays/production/kustomization.yaml`
- `apps/overlays/staging/kustomization.yaml`
- `clusters/production/infrastructure.yaml`
- `clusters/production/apps.yaml`
- `clusters/staging/infrastructure.yaml`
- `clusters/staging/apps.yaml`

The same command updates this pull request as long as it is open.

"#]]
    );

    let waits = fleet.start("init --pull-request --wait-merge");
    fleet.until("it waits for the merge", || {
        let looks = fleet.sandbox.recorder().all();
        looks.iter().any(|request| request.path.ends_with("/pulls/1"))
    });
    fleet.github().merge_pull_request("acme", REPOSITORY, 1).unwrap();
    assert_data_eq!(
        fleet.finished(waits).to_string(),
        str![[r#"
https://localhost:[PORT]/acme/fleet-infra/pull/1
------- stderr -------
► connecting to localhost:[PORT]
✔ pull request #1 is up to date: https://localhost:[PORT]/acme/fleet-infra/pull/1
◎ waiting until somebody merges pull request #1
✔ pull request #1 is merged
◎ waiting for GitRepository flux-system/flux-system
✔ GitRepository flux-system/flux-system is at main@sha1:[COMMIT]
◎ waiting for Kustomization flux-system/flux-system
✔ Kustomization flux-system/flux-system is at main@sha1:[COMMIT]
◎ waiting for Kustomization flux-system/infrastructure
✔ Kustomization flux-system/infrastructure is ready: applied revision main@sha1:[COMMIT]
◎ waiting for Kustomization flux-system/apps
✔ Kustomization flux-system/apps is ready: applied revision main@sha1:[COMMIT]

"#]]
    );
    assert_data_eq!(
        fleet.nigari("init --pull-request").to_string(),
        str![[r#"
------- stderr -------
► connecting to localhost:[PORT]
✔ main of acme/fleet-infra is up to date at [COMMIT]
◎ waiting for GitRepository flux-system/flux-system
✔ GitRepository flux-system/flux-system is at main@sha1:[COMMIT]
◎ waiting for Kustomization flux-system/flux-system
✔ Kustomization flux-system/flux-system is at main@sha1:[COMMIT]
◎ waiting for Kustomization flux-system/infrastructure
✔ Kustomization flux-system/infrastructure is ready: applied revision main@sha1:[COMMIT]
◎ waiting for Kustomization flux-system/apps
✔ Kustomization flux-system/apps is ready: applied revision main@sha1:[COMMIT]

"#]]
    );
    fleet.finish();
}

#[test]
fn a_pull_request_that_is_closed_ends_the_wait() {
    let fleet = protected();
    let waits = fleet.start("init --pull-request --wait-merge");
    fleet.until("it waits for the merge", || {
        let looks = fleet.sandbox.recorder().all();
        looks.iter().any(|request| request.path.ends_with("/pulls/1"))
    });
    fleet.github().close_pull_request("acme", REPOSITORY, 1).unwrap();
    assert_data_eq!(
        fleet.finished(waits).to_string(),
        str![[r#"
https://localhost:[PORT]/acme/fleet-infra/pull/1
------- stderr -------
► connecting to localhost:[PORT]
✔ pull request #1 opened: https://localhost:[PORT]/acme/fleet-infra/pull/1
◎ waiting until somebody merges pull request #1
error: pull request #1 was closed without being merged
[exit status: 1]

"#]]
    );
    fleet.finish();
}

#[test]
fn a_cluster_of_another_environment_is_refused() {
    let fleet = Fleet::bootstrapped();
    let run = fleet.nigari("init --commit --environments=dev");
    assert_data_eq!(
        run.to_string(),
        str![[r#"
------- stderr -------
error: this cluster is synced from clusters/production, which is none of clusters/dev
  hint: name its environment with --environments, and the folder above with --clusters
[exit status: 2]

"#]]
    );
    fleet.assert_untouched(&run);
    fleet.finish();
}

#[test]
fn a_cluster_that_is_synced_from_nothing_is_told_so() {
    let fleet = Fleet::new();
    assert_data_eq!(
        fleet.nigari("init --commit").to_string(),
        str![[r#"
------- stderr -------
error: the cluster has no kustomizations (kustomize.toolkit.fluxcd.io v1, v1beta2)
  hint: see what is installed with: nigari get all -A
[exit status: 4]

"#]]
    );
    let installed = fleet.nigari("install");
    assert_eq!(installed.exit_code(), Some(0), "{installed}");
    fleet.sandbox.recorder().clear();
    let run = fleet.nigari("init --commit");
    assert_data_eq!(
        run.to_string(),
        str![[r#"
------- stderr -------
error: nothing in namespace flux-system is synced from a Git repository
  hint: install Flux from a repository: nigari bootstrap github
  hint: write into a clone, and commit it yourself: nigari init PATH
[exit status: 3]

"#]]
    );
    fleet.assert_untouched(&run);
}

#[test]
fn what_the_token_may_not_do_is_told_before_anything_is_written() {
    let fleet = Fleet::bootstrapped();
    fleet.github().add_user("bob");
    fleet.github().add_collaborator("acme", REPOSITORY, "bob", Role::Pull).unwrap();
    fleet.github().add_token(Token::classic("ghp_bob", "bob", &["repo"]));
    let run = fleet.run(fleet.command("init --commit").env("GITHUB_TOKEN", "ghp_bob"));
    assert_data_eq!(
        run.to_string(),
        str![[r#"
------- stderr -------
► connecting to localhost:[PORT]
error: the token can read acme/fleet-infra but not write to it
  hint: ask an owner for write access, or use a token that has it
[exit status: 6]

"#]]
    );
    fleet.github().add_user("eve");
    fleet.github().add_token(Token::classic("ghp_eve", "eve", &["repo"]));
    let stranger = fleet.run(fleet.command("init --commit").env("GITHUB_TOKEN", "ghp_eve"));
    assert_data_eq!(
        stranger.to_string(),
        str![[r#"
------- stderr -------
► connecting to localhost:[PORT]
error: localhost:[PORT] has no repository acme/fleet-infra, or the token cannot see it
  hint: set GITHUB_TOKEN to a token that may write to acme/fleet-infra
[exit status: 3]

"#]]
    );
    fleet.assert_untouched(&stranger);
    fleet.finish();
}

#[test]
fn what_cannot_be_reached_is_named() {
    let fleet = Fleet::bootstrapped();
    let run =
        fleet.run(fleet.command("init --commit").env("GITHUB_API_URL", "https://localhost:1"));
    assert_data_eq!(
        run.to_string(),
        str![[r#"
------- stderr -------
► connecting to localhost:[PORT]
⚠️ requests to GitHub had to be repeated 4 times, which took [..]s
error: cannot reach localhost:[PORT]
  cause: tcp connect error: Connection refused (os error 111)
[exit status: 8]

"#]]
    );
    let cluster = fleet.nigari("init --commit --server=https://localhost:1");
    assert_data_eq!(
        cluster.to_string(),
        str![[r#"
------- stderr -------
error: cannot reach the cluster at https://localhost:[PORT]: Connection refused (os error 111)
[exit status: 8]

"#]]
    );
    fleet.assert_untouched(&cluster);
    fleet.finish();
}

#[test]
fn somebody_elses_commit_at_the_same_moment_is_built_upon() {
    let fleet = Fleet::bootstrapped();
    fleet.commit(LIST, "resources: [flux-system]\n");
    let github = fleet.github().clone();
    let mut act = Some(move || {
        let theirs = "resources: [flux-system, theirs.yaml]\n";
        github.commit_file("acme", REPOSITORY, "main", LIST, theirs, "Theirs").unwrap();
        let theirs =
            "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: theirs, namespace: flux-system}\n";
        let path = "clusters/production/theirs.yaml";
        github.commit_file("acme", REPOSITORY, "main", path, theirs, "Theirs too").unwrap();
    });
    fleet.github().on_ref_update(move |_| {
        if let Some(act) = act.take() {
            act();
        }
    });
    let run = fleet.nigari("init --commit");
    assert_eq!(run.exit_code(), Some(0), "{run}");
    assert_eq!(
        fleet.file(LIST).unwrap(),
        "resources: [flux-system, theirs.yaml, infrastructure.yaml, apps.yaml]\n"
    );
    fleet.finish();
}

#[test]
fn who_may_only_look_at_the_cluster_can_still_commit() {
    let fleet = Fleet::of(Sandbox::builder());
    assert_eq!(fleet.bootstrap("--interval=2s").exit_code(), Some(0));
    for (group, kinds) in [
        ("source.toolkit.fluxcd.io", "gitrepositories"),
        ("kustomize.toolkit.fluxcd.io", "kustomizations"),
    ] {
        fleet.kube().deny(Deny::new("patch", group, kinds).to("admin"));
    }
    let run = fleet.nigari("init --commit");
    assert_eq!(run.exit_code(), Some(0), "{run}");
    assert!(run.to_string().contains("you may not ask GitRepository"), "{run}");
    fleet.finish();
}
