//! Bootstraps into clusters that are not new, or do not come up at once: B14 to B16, B18 to B21 and B25.

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _};
use std::os::unix::fs::PermissionsExt as _;
use std::process::Output;

use nigari::kinds::kustomize::KUSTOMIZATION;
use nigari::kinds::source::GIT_REPOSITORY;
use nigari_api::crd;
use nigari_sandbox::sandbox::Sandbox;
use nigari_test_support::fleet::{FOLDER, Fleet};
use nigari_test_support::run::Run;
use serde_json::{Value, json};

use crate::bootstrap::{expect_done, last_seen};
use crate::mode::{Seen, compare_alone};

/// Why these are not tried on a control plane that all tests share.
const WHOLE_CLUSTER: &str = "Flux is in all namespaces of a cluster, which the tests share";
const PLAYED: &str = "its controllers are the sandbox's, whose faults these are";

/// A bootstrap of what it needs at least.
fn arguments(fleet: &Fleet, more: &str) -> String {
    let components = "--components=source-controller,kustomize-controller";
    fleet.bootstrap_arguments(&format!("{components} {more}"))
}

fn bootstrap(fleet: &Fleet, more: &str) -> Run {
    fleet.nigari(&arguments(fleet, more))
}

/// A fleet whose first bootstrap is done.
fn bootstrapped() -> Fleet {
    let fleet = Fleet::new();
    let run = bootstrap(&fleet, "");
    assert_eq!(run.exit_code(), Some(0), "{run}");
    fleet
}

fn source(fleet: &Fleet) -> Option<Value> {
    let api_version = format!("{}/v1", GIT_REPOSITORY.group);
    fleet.object(&api_version, GIT_REPOSITORY.kind, "flux-system")
}

fn is_failing(source: &Value) -> bool {
    let conditions = source["status"]["conditions"].as_array();
    conditions.into_iter().flatten().any(|it| it["type"] == "Ready" && it["status"] == "False")
}

#[test]
fn b14_a_source_that_fails_at_first_is_waited_for() {
    let claim = "a source whose host has no name for a moment is no failure of the bootstrap";
    let (with, without) = compare_alone("B14", claim, PLAYED, |fault| {
        let fleet = Fleet::new();
        if fault {
            fleet.sandbox.faults().arm("source.dns=localhost").unwrap();
        }
        let child = fleet.start(&arguments(&fleet, ""));
        if fault {
            fleet.until("the source has failed", || {
                source(&fleet).is_some_and(|source| is_failing(&source))
            });
            fleet.sandbox.faults().clear("source.dns");
        }
        let run = fleet.finished(child);
        last_seen(fleet, &run)
    });
    expect_done(&with);
    expect_done(&without);
}

#[test]
fn b14_a_source_that_may_not_read_ends_the_wait() {
    let claim =
        "a deploy key that was taken away ends the wait before its time, in the source's words";
    let (with, without) = compare_alone("B14", claim, PLAYED, |fault| {
        let fleet = Fleet::new();
        // So that the key is gone before the source looks.
        fleet.sandbox.faults().arm("source.delay=2000").unwrap();
        let child = fleet.start(&arguments(&fleet, "--timeout=30m"));
        if fault {
            let is_written = || fleet.object("v1", "Secret", "flux-system").is_some();
            fleet.until("the cluster has the key", is_written);
            let key = fleet.deploy_keys().remove(0);
            fleet.github().delete_deploy_key(
                "acme",
                nigari_test_support::fleet::REPOSITORY,
                key.id,
            );
        }
        let run = fleet.finished(child);
        last_seen(fleet, &run)
    });
    with.expect(1, "error: GitRepository flux-system/flux-system: reconciliation failed: ");
    with.expect_told("unable to authenticate");
    expect_done(&without);
}

#[test]
fn b15_a_cluster_that_was_made_anew_gets_what_the_repository_has() {
    let claim =
        "a new cluster beside a repository that is full gets Flux, and the repository no commit";
    let (with, without) = compare_alone("B15", claim, WHOLE_CLUSTER, |fault| {
        let old = match fault {
            true => bootstrapped(),
            false => Fleet::new(),
        };
        let head = old.head("main");
        old.sandbox.recorder().clear();
        let new = Fleet::of(Sandbox::builder().beside(&old.sandbox));
        let run = bootstrap(&new, "");
        assert_eq!(old.deploy_keys().len(), 1, "{run}");
        assert!(!fault || old.head("main") == head, "{run}");
        let mut seen = last_seen(new, &run);
        // GitHub belongs to the old one.
        let writes = old.sandbox.recorder().writes().len();
        seen.story += &format!("{writes} writes on GitHub\n");
        old.finish();
        seen
    });
    // The new key, and that the old one goes.
    with.expect_told("2 writes on GitHub\n");
    expect_done(&with);
    with.expect_told("main of acme/fleet-infra is up to date at");
    expect_done(&without);
}

#[test]
fn b16_definitions_without_a_namespace_are_a_cluster_like_any_other() {
    let claim = "CRDs that are left of a Flux whose namespace is gone are no obstacle";
    let (with, without) = compare_alone("B16", claim, WHOLE_CLUSTER, |fault| {
        let fleet = Fleet::new();
        if fault {
            for kind in [&GIT_REPOSITORY, &KUSTOMIZATION] {
                let name = format!("{}.{}", kind.plural, kind.group);
                fleet.kube().put(crd::definition(&name).unwrap()).unwrap();
            }
        }
        let run = bootstrap(&fleet, "");
        last_seen(fleet, &run)
    });
    expect_done(&with);
    expect_done(&without);
}

#[test]
fn b16_a_namespace_on_its_way_out_is_refused_with_the_reason() {
    let claim = "a namespace that is being deleted is told before anything is written";
    let (with, without) = compare_alone("B16", claim, WHOLE_CLUSTER, |fault| {
        let fleet = Fleet::new();
        if fault {
            let metadata = json!({"name": "flux-system", "finalizers": ["example.com/held"],
                "deletionTimestamp": "2026-01-01T00:00:00Z"});
            let namespace = json!({"apiVersion": "v1", "kind": "Namespace", "metadata": metadata,
                "status": {"phase": "Terminating"}});
            fleet.kube().put(namespace).unwrap();
        }
        let run = bootstrap(&fleet, "");
        last_seen(fleet, &run)
    });
    with.expect(7, "error: Namespace flux-system is being deleted");
    with.expect_writes("");
    expect_done(&without);
}

#[test]
fn b18_another_folder_is_refused_and_another_spelling_is_none() {
    let claim =
        "a cluster that syncs another folder is left there; another spelling is the same folder";
    let (with, without) = compare_alone("B18", claim, WHOLE_CLUSTER, |fault| {
        let fleet = bootstrapped();
        fleet.sandbox.recorder().clear();
        let path = if fault { "clusters/staging" } else { r".\clusters\.\production/" };
        let command = "bootstrap github --owner=acme --repository=fleet-infra --components";
        let components = "source-controller,kustomize-controller";
        let run = fleet.nigari(&format!("{command}={components} --path={path}"));
        last_seen(fleet, &run)
    });
    let words = "syncs ./clusters/production, and --path says ./clusters/staging";
    with.expect(7, words);
    with.expect_writes("");
    expect_done(&without);
    without.expect_writes("");
}

/// Runs a bootstrap while `fault` is armed, until it warns of what holds it up in these words.
fn until_warned(fault: Option<&str>, words: &str) -> Seen {
    let fleet = Fleet::new();
    if let Some(fault) = fault {
        fleet.sandbox.faults().arm(fault).unwrap();
    }
    let mut child = fleet.start(&arguments(&fleet, "--timeout=10m"));
    let (mut told, mut stderr) = (String::new(), BufReader::new(child.stderr.take().unwrap()));
    if let Some(fault) = fault {
        while !told.contains(words) {
            assert_ne!(stderr.read_line(&mut told).unwrap(), 0, "it never warned: {told}");
        }
        fleet.sandbox.faults().clear(fault.split('=').next().unwrap());
    }
    stderr.read_to_string(&mut told).unwrap();
    let Output { status, stdout, .. } = child.wait_with_output().unwrap();
    let run = fleet.heard(Output { status, stdout, stderr: told.into_bytes() });
    last_seen(fleet, &run)
}

#[test]
fn b19_a_component_that_does_not_start_is_told_while_it_is_waited_for() {
    let claim =
        "a component that does not start is told with its cause, and when that heals it goes on";
    for (fault, words) in [
        ("workload.pull=source-controller", "failed to pull and unpack image"),
        ("workload.crash=source-controller", "CrashLoopBackOff"),
        ("workload.pending=source-controller", "Insufficient cpu"),
    ] {
        let (with, without) = compare_alone("B19", claim, PLAYED, |is_armed| {
            until_warned(is_armed.then_some(fault), words)
        });
        with.expect(0, "⚠️ Deployment flux-system/source-controller: Pod flux-system/source-");
        with.expect(0, words);
        expect_done(&without);
    }
}

const PATCHED: &str = "# Ours, and nobody else's
resources: [gotk-components.yaml, gotk-sync.yaml]
patches:
  - target: {kind: Deployment, name: source-controller}
    patch: '[{op: replace, path: /spec/template/spec/containers/0/resources/requests/cpu, value: 75m}]'
";

/// Does what [`PATCHED`] asks for, and writes down with which arguments it was called.
const KUSTOMIZE: &str = "#!/bin/sh
PATH=/usr/bin:/bin
tr '\\0' '\\n' </proc/$$/cmdline >\"$TMPDIR/seen-by-kustomize\"
cd \"$2\"
sed 's/cpu: 50m/cpu: 75m/' gotk-components.yaml
cat gotk-sync.yaml
";

#[test]
fn b20_patches_that_were_there_before_are_kept_and_applied() {
    let claim =
        "patches in the folder's kustomization are applied, and stay as they are to the byte";
    let (with, without) = compare_alone("B20", claim, PLAYED, |fault| {
        let fleet = Fleet::new();
        fleet.create_repository(true);
        let path = format!("{FOLDER}/kustomization.yaml");
        if fault {
            fleet.commit(&path, PATCHED);
        }
        let programs = fleet.sandbox.home().join("programs");
        fs::create_dir(&programs).unwrap();
        fs::write(programs.join("kustomize"), KUSTOMIZE).unwrap();
        let executable = fs::Permissions::from_mode(0o755);
        fs::set_permissions(programs.join("kustomize"), executable).unwrap();
        let run = fleet.run(fleet.command(&arguments(&fleet, "")).env("PATH", programs));
        let source = fleet.object("apps/v1", "Deployment", "source-controller").unwrap();
        let requests =
            &source["spec"]["template"]["spec"]["containers"][0]["resources"]["requests"];
        assert_eq!(requests["cpu"], if fault { "75m" } else { "50m" }, "{run}");
        if fault {
            assert_eq!(fleet.file(&path).as_deref(), Some(PATCHED), "{run}");
            // It is searched for secrets in the end.
            let words =
                fs::read_to_string(fleet.sandbox.temporary_folder().join("seen-by-kustomize"))
                    .unwrap();
            assert!(words.contains("\nbuild\n"), "{words}");
        }
        last_seen(fleet, &run)
    });
    expect_done(&with);
    expect_done(&without);
}

#[test]
fn b21_a_flux_of_somebody_elses_is_left_to_them() {
    let claim = "a Flux that another tool manages is refused with its name";
    let (with, without) = compare_alone("B21", claim, WHOLE_CLUSTER, |fault| {
        let fleet = Fleet::new();
        if fault {
            let name = format!("{}.{}", GIT_REPOSITORY.plural, GIT_REPOSITORY.group);
            let mut definition = crd::definition(&name).unwrap();
            let release = json!({"meta.helm.sh/release-name": "flux2"});
            definition["metadata"]["annotations"] = release;
            fleet.kube().put(definition).unwrap();
        }
        let run = bootstrap(&fleet, "");
        last_seen(fleet, &run)
    });
    with.expect(7, "is managed by Helm (release flux2)");
    with.expect_told("--force");
    with.expect_writes("");
    expect_done(&without);
}

#[test]
fn b25_a_cluster_that_is_too_slow_costs_no_object() {
    let claim = "when the time is over while CRDs are applied, nothing is deleted, and the next run goes on";
    let (with, without) = compare_alone("B25", claim, PLAYED, |fault| {
        let fleet = Fleet::new();
        if fault {
            fleet.sandbox.faults().arm("kube.hold=before:2").unwrap();
            let run = bootstrap(&fleet, "--timeout=8s");
            assert_eq!(run.exit_code(), Some(5), "{run}");
            fleet.sandbox.faults().clear("kube.hold");
            let mut writes = fleet.sandbox.recorder().writes();
            writes.retain(|request| request.method == "DELETE");
            assert_eq!(writes, [], "{run}");
        }
        let run = bootstrap(&fleet, "");
        last_seen(fleet, &run)
    });
    expect_done(&with);
    for seen in with.each() {
        assert!(!seen.writes.contains("DELETE"), "{}", seen.writes);
    }
    expect_done(&without);
}
