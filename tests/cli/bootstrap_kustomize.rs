//! `nigari bootstrap github` into a folder whose `kustomization.yaml` is somebody's own, with patches.

use std::fs::{Permissions, create_dir, set_permissions, write};
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::{Path, PathBuf};

use nigari_sandbox::sandbox::Sandbox;
use nigari_test_support::fleet::{FOLDER, Fleet, REPOSITORY};
use nigari_test_support::run::Run;
use snapbox::{assert_data_eq, str};

const PATCHED: &str = "\
# Ours, and nobody else's
resources:
  - gotk-components.yaml
  - gotk-sync.yaml
patches:
  - target: {kind: Deployment, name: source-controller}
    patch: |
      - op: replace
        path: /spec/template/spec/containers/0/resources/requests/cpu
        value: 75m
";

/// Does to our files what [`PATCHED`] asks for: only source-controller requests 50m.
const KUSTOMIZE: &str = "\
[ \"$1\" = build ] || exit 64
cd \"$2\"
sed 's/cpu: 50m/cpu: 75m/' gotk-components.yaml
cat gotk-sync.yaml
";

fn path() -> String {
    format!("{FOLDER}/kustomization.yaml")
}

/// A folder for `PATH` with nothing in it but, perhaps, a program called `kustomize`.
fn programs(fleet: &Fleet, kustomize: Option<&str>) -> PathBuf {
    let folder = fleet.sandbox.home().join("programs");
    create_dir(&folder).unwrap();
    if let Some(script) = kustomize {
        let program = folder.join("kustomize");
        write(&program, format!("#!/bin/sh\nPATH=/usr/bin:/bin\n{script}")).unwrap();
        set_permissions(program, Permissions::from_mode(0o755)).unwrap();
    }
    folder
}

fn bootstrap(fleet: &Fleet, programs: &Path) -> Run {
    fleet.run(fleet.command(&fleet.bootstrap_arguments("")).env("PATH", programs))
}

/// What source-controller requests of the cluster.
fn requested_cpu(fleet: &Fleet) -> String {
    let deployment = fleet.object("apps/v1", "Deployment", "source-controller").unwrap();
    let container = &deployment["spec"]["template"]["spec"]["containers"][0];
    container["resources"]["requests"]["cpu"].as_str().unwrap().to_owned()
}

#[test]
fn its_patches_are_applied_and_the_file_is_kept_byte_for_byte() {
    let fleet = Fleet::new();
    fleet.create_repository(true);
    fleet.commit(&path(), PATCHED);
    let programs = programs(&fleet, Some(KUSTOMIZE));
    assert_data_eq!(
        bootstrap(&fleet, &programs).in_peace(),
        str![[r#"
------- stderr -------
► connecting to localhost:[PORT]
✔ authenticated as alice
✔ checked access to the cluster at https://localhost:[PORT]
► building clusters/production/flux-system, whose kustomization holds patches
✔ built clusters/production/flux-system with kustomize build
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
    assert_eq!(fleet.file(&path()).as_deref(), Some(PATCHED));
    assert_eq!(requested_cpu(&fleet), "75m");
    let components = fleet.file(&format!("{FOLDER}/gotk-components.yaml")).unwrap();
    assert!(!components.contains("cpu: 75m"), "the patch is in the file that is patched");

    fleet.sandbox.recorder().clear();
    let second = bootstrap(&fleet, &programs);
    assert_eq!(second.exit_code(), Some(0), "{second}");
    fleet.assert_untouched(&second);
    assert_eq!(requested_cpu(&fleet), "75m");
    fleet.finish();
}

#[test]
fn patches_that_a_reviewer_adds_to_the_pull_request_stay_and_are_applied() {
    let fleet = Fleet::new();
    fleet.create_repository(true);
    fleet.put_program("kustomize", KUSTOMIZE);
    let first = fleet.bootstrap("--pull-request");
    assert_eq!(first.exit_code(), Some(9), "{first}");
    let github = fleet.github();
    let branch = github.pull_requests("acme", REPOSITORY)[0].head.clone();
    let theirs =
        github.commit_file("acme", REPOSITORY, &branch, &path(), PATCHED, "Patch").unwrap();
    let waiting =
        fleet.start(&fleet.bootstrap_arguments("--pull-request --interval=2m --wait-merge"));
    let is_waited_for = || {
        let requests = fleet.sandbox.recorder().all();
        requests.iter().any(|request| request.path.ends_with("/pulls/1") && request.status == 304)
    };
    fleet.until("the pull request was looked at again", is_waited_for);
    let (git, tip) = (fleet.git().unwrap(), fleet.head(&branch).unwrap());
    assert!(git.graph_descendant_of(tip.parse().unwrap(), theirs.parse().unwrap()).unwrap());
    github.merge_pull_request("acme", REPOSITORY, 1).unwrap();
    let run = fleet.finished(waiting);
    assert_eq!(run.exit_code(), Some(0), "{run}");
    assert!(run.to_string().contains("✔ pull request #1 updated: "), "{run}");
    assert_eq!(fleet.file(&path()).as_deref(), Some(PATCHED));
    assert_eq!(requested_cpu(&fleet), "75m");
    fleet.finish();
}

/// Where the `kubectl` of this machine is.
#[test]
fn a_dry_run_tells_what_it_makes_of_it() {
    let fleet = Fleet::new();
    fleet.create_repository(true);
    fleet.commit(&path(), PATCHED);
    fleet.sandbox.recorder().clear();
    let programs = programs(&fleet, Some(KUSTOMIZE));
    let arguments = fleet.bootstrap_arguments("--dry-run --verbose");
    let run = fleet.run(fleet.command(&arguments).env("PATH", programs));
    assert_eq!(run.exit_code(), Some(0), "{run}");
    assert!(run.stdout().contains("cpu: 75m"), "{run}");
    assert!(!run.stdout().contains(&format!("+++ b/{}", path())), "{run}");
    fleet.assert_untouched(&run);
    fleet.finish();
}

fn kubectl(fleet: &Fleet) -> Option<PathBuf> {
    let found = fleet.sandbox.command("/bin/sh").args(["-c", "command -v kubectl"]).output();
    let found = String::from_utf8(found.unwrap().stdout).unwrap();
    (!found.is_empty()).then(|| found.trim().into())
}

#[test]
fn kubectl_builds_it_where_there_is_no_kustomize() {
    let fleet = Fleet::new();
    let Some(kubectl) = kubectl(&fleet) else {
        println!("skipped: there is no kubectl");
        return;
    };
    fleet.create_repository(true);
    fleet.commit(&path(), PATCHED);
    let programs = programs(&fleet, None);
    symlink(kubectl, programs.join("kubectl")).unwrap();
    let run = bootstrap(&fleet, &programs);
    assert_eq!(run.exit_code(), Some(0), "{run}");
    assert!(run.to_string().contains("with kubectl kustomize\n"), "{run}");
    assert_eq!(requested_cpu(&fleet), "75m");
    fleet.finish();
}

/// A fleet whose repository has [`PATCHED`]; its cluster does not act.
fn patched() -> Fleet {
    let fleet = Fleet::of(Sandbox::builder().without_players());
    fleet.create_repository(true);
    fleet.commit(&path(), PATCHED);
    fleet
}

#[test]
fn without_a_program_that_builds_it_nothing_is_written() {
    let fleet = patched();
    let programs = programs(&fleet, None);
    let run = bootstrap(&fleet, &programs);
    assert_data_eq!(
        run.to_string(),
        str![[r#"
------- stderr -------
► connecting to localhost:[PORT]
✔ authenticated as alice
✔ checked access to the cluster at https://localhost:[PORT]
► building clusters/production/flux-system, whose kustomization holds patches
error: only kustomize can build clusters/production/flux-system
  cause: neither kustomize nor kubectl is on the PATH
  hint: install one of them
[exit status: 2]

"#]]
    );
    fleet.assert_untouched(&run);
    fleet.finish();
}

#[test]
fn what_cannot_be_built_is_told_in_kustomizes_words() {
    let fleet = patched();
    let script =
        "echo \"Error: accumulating resources from '$2/x.yaml': no such file\" >&2; exit 1\n";
    let programs = programs(&fleet, Some(script));
    let run = bootstrap(&fleet, &programs);
    assert_data_eq!(
        run.to_string(),
        str![[r#"
------- stderr -------
► connecting to localhost:[PORT]
✔ authenticated as alice
✔ checked access to the cluster at https://localhost:[PORT]
► building clusters/production/flux-system, whose kustomization holds patches
error: kustomize build cannot build clusters/production/flux-system
  cause: accumulating resources from 'clusters/production/flux-system/x.yaml': no such file
  hint: try it in a clone: kustomize build clusters/production/flux-system
[exit status: 2]

"#]]
    );
    fleet.assert_untouched(&run);
    fleet.finish();
}

#[test]
fn a_build_without_our_sync_objects_is_refused() {
    let fleet = patched();
    let programs = programs(&fleet, Some("cat \"$2/gotk-components.yaml\"\n"));
    let run = bootstrap(&fleet, &programs);
    assert_data_eq!(
        run.to_string(),
        str![[r#"
------- stderr -------
► connecting to localhost:[PORT]
✔ authenticated as alice
✔ checked access to the cluster at https://localhost:[PORT]
► building clusters/production/flux-system, whose kustomization holds patches
error: clusters/production/flux-system cannot be synced as it is
  cause: its kustomization renames or removes GitRepository flux-system
  hint: leave the names and namespaces of Flux's own objects as they are
[exit status: 2]

"#]]
    );
    fleet.assert_untouched(&run);
    fleet.finish();
}

#[test]
fn kustomize_gets_the_folders_that_are_taken_in_and_nothing_else() {
    let fleet = patched();
    fleet.commit(&path(), &format!("{PATCHED}components: [../../parts/tolerations]\n"));
    fleet.commit("clusters/parts/tolerations/kustomization.yaml", "resources: [../quota]\n");
    fleet.commit("clusters/parts/quota/quota.yaml", "kind: ResourceQuota\n");
    fleet.commit("clusters/parts/other/secret.yaml", "kind: Secret\n");
    fleet.commit("apps/app.yaml", "kind: ConfigMap\n");
    let script = "cd \"$2/../../..\"; find . -type f | sort >&2; exit 1\n";
    let programs = programs(&fleet, Some(script));
    let run = bootstrap(&fleet, &programs);
    assert_data_eq!(
        run.to_string(),
        str![[r#"
------- stderr -------
► connecting to localhost:[PORT]
✔ authenticated as alice
✔ checked access to the cluster at https://localhost:[PORT]
► building clusters/production/flux-system, whose kustomization holds patches, components
error: kustomize build cannot build clusters/production/flux-system
  cause: ./clusters/parts/quota/quota.yaml
    ./clusters/parts/tolerations/kustomization.yaml
    ./clusters/production/flux-system/gotk-components.yaml
    ./clusters/production/flux-system/gotk-sync.yaml
    ./clusters/production/flux-system/kustomization.yaml
  hint: try it in a clone: kustomize build clusters/production/flux-system
[exit status: 2]

"#]]
    );
    fleet.assert_untouched(&run);
    fleet.finish();
}
