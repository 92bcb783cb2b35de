//! Approvals of plans: P1 to P5 and P13.

use nigari_test_support::infra::{Infra, condition, config_maps, module, redacted, terraforms};
use nigari_test_support::run::Run;
use serde_json::{Value, json};

use crate::mode::{Runs, Seen, play, skip, spare};
use crate::real;
use crate::real_infra::{self, Turns};

/// Why an approval in a file is not run on a real control plane.
const A_FILE: &str = "nothing goes to the cluster";

/// Where an approval is tried.
enum Ground {
    /// A sandbox of its own.
    Sandbox,
    /// The one that all take turns in.
    Real(Turns),
}

/// Runs a scenario with its trap and without, on both APIs.
#[track_caller]
fn compare(id: &str, claim: &str, scenario: impl Fn(&Infra, bool) -> Seen + Sync) -> (Runs, Runs) {
    let run = |ground: &Ground, fault: bool| match ground {
        Ground::Sandbox => scenario(&Infra::new(), fault),
        Ground::Real(turns) => {
            let infra = turns.take();
            Seen { api: real::NAME, ..scenario(&infra, fault) }
        }
    };
    match real_infra::shared() {
        Ok(turns) => play(id, claim, &[Ground::Sandbox, Ground::Real(turns)], run),
        Err(reason) => {
            skip(id, claim, &reason);
            play(id, claim, &[Ground::Sandbox], run)
        }
    }
}

/// The same for what nothing of goes to the cluster.
#[track_caller]
fn compare_files(
    id: &str,
    claim: &str,
    scenario: impl Fn(&Infra, bool) -> Seen + Sync,
) -> (Runs, Runs) {
    spare(id, claim, A_FILE);
    play(id, claim, &[Ground::Sandbox], |_, fault| scenario(&Infra::new(), fault))
}

/// What came of a run.
fn seen(infra: &Infra, arguments: &str) -> Seen {
    seen_of(infra, &infra.nigari(arguments))
}

fn seen_of(infra: &Infra, run: &Run) -> Seen {
    let (code, story) = (run.exit_code(), redacted(&run.to_string()));
    Seen { api: "the sandbox's API", code, story, writes: infra.writes(), reads: Vec::new() }
}

#[track_caller]
fn expect_applied(runs: &Runs) {
    for seen in runs.each() {
        assert_eq!(seen.code, Some(0), "{}", seen.story);
    }
    runs.expect_told("was applied, as reviewed");
}

/// The file held this afterwards.
#[track_caller]
fn expect_file(runs: &Runs, code: i32, text: &str) {
    for seen in runs.each() {
        assert_eq!((seen.code, seen.writes.as_str()), (Some(code), text), "{}", seen.story);
    }
}

fn cidr(value: &str) -> Value {
    json!({"spec": {"vars": [{"name": "cidr", "value": value}]}})
}

#[test]
fn p1_the_approval_of_an_object_from_its_own_repository_is_written_to_the_cluster() {
    let claim =
        "an approval does not end in another plan, where code and manifest share a repository";
    let (with, without) = compare("P1", claim, |infra, fault| {
        infra.put_vpc(&json!({}));
        let approval = infra.approval("vpc");
        if fault {
            infra.applied_from_its_own_source("vpc");
        }
        seen(infra, &approval)
    });
    expect_applied(&with);
    expect_applied(&without);
    with.expect(0, "an approval in Git would be a new revision");
    without.expect_success();
}

/// An approval in a file that holds `manifest`; what the file holds afterwards is what was written.
fn filed(infra: &Infra, manifest: &str) -> Seen {
    let file = infra.sandbox.home().join("vpc.yaml");
    std::fs::write(&file, manifest).unwrap();
    let seen = seen(infra, &format!("{} --filename {}", infra.approval("vpc"), file.display()));
    assert_eq!(seen.writes, "", "nothing goes to the cluster");
    Seen { writes: redacted(&std::fs::read_to_string(&file).unwrap()), ..seen }
}

const MANIFEST: &str = "# The network.
apiVersion: infra.contrib.fluxcd.io/v1alpha2
kind: Terraform
metadata:
  name: vpc # short
  namespace: flux-system
spec:
  path: './infra'
---
apiVersion: v1
kind: ConfigMap
metadata: {name: other}
";

fn approved(manifest: &str) -> String {
    manifest.replace("spec:\n", "spec:\n  approvePlan: \"[PLAN]\"\n")
}

#[test]
fn p1_an_approval_in_git_that_can_never_succeed_is_refused() {
    let claim = "where code and manifest share a repository, an approval in Git is refused";
    let (with, without) = compare_files("P1", claim, |infra, fault| {
        infra.put_vpc(&json!({}));
        if fault {
            infra.applied_from_its_own_source("vpc");
        }
        filed(infra, MANIFEST)
    });
    with.expect(7, "an approval in Git would be a new revision, and so another plan");
    expect_file(&with, 7, MANIFEST);
    expect_file(&without, 0, &approved(MANIFEST));
}

#[test]
fn p11_a_manifest_without_a_namespace_is_found_and_the_rest_of_the_file_stays() {
    let claim = "one line of a file is changed, also where the manifest has no namespace";
    let (with, without) = compare_files("P11", claim, |infra, fault| {
        infra.put_vpc(&json!({}));
        let bare = MANIFEST.replace("  namespace: flux-system\n", "");
        filed(infra, if fault { &bare } else { MANIFEST })
    });
    let bare = approved(MANIFEST).replace("  namespace: flux-system\n", "");
    expect_file(&with, 0, &bare);
    expect_file(&without, 0, &approved(MANIFEST));
}

#[test]
fn p11_a_file_without_the_object_is_no_success() {
    let claim = "a file that has another object only is an error, and stays as it is";
    let (with, without) = compare_files("P11", claim, |infra, fault| {
        infra.put_vpc(&json!({}));
        let other = MANIFEST.replace("flux-system", "elsewhere");
        filed(infra, if fault { &other } else { MANIFEST })
    });
    with.expect(3, "there is Terraform elsewhere/vpc, ConfigMap other");
    expect_file(&with, 3, &MANIFEST.replace("flux-system", "elsewhere"));
    expect_file(&without, 0, &approved(MANIFEST));
}

#[test]
fn p12_a_manifest_of_an_older_version_is_found_too() {
    let claim = "a manifest of v1alpha1 is changed, not skipped";
    let (with, without) = compare_files("P12", claim, |infra, fault| {
        infra.put_vpc(&json!({}));
        let older = MANIFEST.replace("v1alpha2", "v1alpha1");
        filed(infra, if fault { &older } else { MANIFEST })
    });
    let older = approved(MANIFEST).replace("v1alpha2", "v1alpha1");
    expect_file(&with, 0, &older);
    expect_file(&without, 0, &approved(MANIFEST));
}

#[test]
fn p2_a_plan_of_an_older_spec_is_refused() {
    let claim = "a plan that waits since before a change of the spec is not approved";
    let (with, without) = compare("P2", claim, |infra, fault| {
        infra.put_vpc(&json!({}));
        let approval = infra.approval("vpc");
        if fault {
            // An older controller leaves the plan where it is: here it is held up before it looks.
            infra.sandbox.faults().arm("tofu.pause=start").unwrap();
            infra.merge(&terraforms(), "vpc", cidr("192.168.0.0/16"));
        }
        seen(infra, &approval)
    });
    with.expect(7, "the plan is of generation 1, and the spec is at 2");
    with.expect_writes("");
    expect_applied(&without);
}

#[test]
fn p2_a_plan_of_an_older_commit_is_refused() {
    let claim = "a plan that waits since before a commit is not approved";
    let (with, without) = compare("P2", claim, |infra, fault| {
        infra.put_vpc(&json!({}));
        let approval = infra.approval("vpc");
        if fault {
            infra.sandbox.faults().arm("tofu.pause=start").unwrap();
            infra.publish(&module("10.1.0.0/16"));
        }
        seen(infra, &approval)
    });
    with.expect(7, "and the source is at main@sha1:[COMMIT]");
    with.expect_writes("");
    expect_applied(&without);
}

#[test]
fn p3_another_content_under_the_same_id_is_refused() {
    let claim = "a plan of the same id and another content is not approved";
    let (with, without) = compare("P3", claim, |infra, fault| {
        let id = infra.put_vpc(&json!({}));
        let approval = infra.approval("vpc");
        if fault {
            infra.merge(&terraforms(), "vpc", cidr("192.168.0.0/16"));
            assert_eq!(infra.waiting("vpc"), id);
        }
        infra.sandbox.recorder().clear();
        seen(infra, &approval)
    });
    with.expect(7, "has the digest [DIGEST], and not [DIGEST]");
    with.expect_writes("");
    expect_applied(&without);
}

#[test]
fn p3_a_second_plan_of_the_same_id_that_differs_is_told() {
    let claim = "what was applied is compared with what was reviewed";
    let (with, without) = compare("P3", claim, |infra, fault| {
        infra.put_vpc(&json!({}));
        if fault {
            infra.create(
                &config_maps(),
                json!({
                    "metadata": {"name": "cloud-vpc", "namespace": "flux-system"},
                    "data": {"network.main": "{\"cidr\":\"drifted\",\"id\":\"x\"}"},
                }),
            );
        }
        let seen = seen(infra, &infra.approval("vpc"));
        assert!(infra.is_clean("vpc"));
        seen
    });
    with.expect(7, "is not what was reviewed");
    expect_applied(&without);
}

#[test]
fn p3_an_approval_that_was_spent_is_taken_back_first() {
    let claim = "a spent approval is taken back before anything else is approved";
    let (with, without) = compare("P3", claim, |infra, fault| {
        let id = infra.put_vpc(&json!({}));
        if fault {
            infra.merge(&terraforms(), "vpc", json!({"spec": {"approvePlan": id}}));
            infra.wait(&terraforms(), "vpc", |vpc| {
                vpc["status"]["plan"]["lastApplied"] == json!(id)
                    && condition(vpc, "Ready")["status"] == "True"
            });
            infra.sandbox.recorder().clear();
        }
        let seen = seen(infra, "plan disarm vpc");
        assert!(infra.is_clean("vpc"));
        seen
    });
    with.expect_told("an approval of [PLAN] stands: taken back");
    without.expect_told("no approval stands");
    without.expect_writes("");
}

#[test]
fn p3_a_part_of_an_id_is_told_and_taken_back() {
    let claim = "a part of an id never applies anything: it is told and taken back";
    let (with, without) = compare("P3", claim, |infra, fault| {
        let id = infra.put_vpc(&json!({}));
        let approval = infra.approval("vpc");
        if fault {
            let part = json!({"spec": {"approvePlan": &id[..id.len() - 2]}});
            infra.merge(&terraforms(), "vpc", part);
        }
        seen(infra, &approval)
    });
    with.expect(7, "which is no whole id; it is taken back first");
    expect_applied(&without);
}

#[test]
fn p4_planning_again_ends_when_there_are_no_changes() {
    let claim = "another plan without changes is a success, and ends";
    let (with, without) = compare("P4", claim, |infra, fault| {
        infra.put_vpc(&json!({}));
        if fault {
            let run = infra.nigari(&infra.approval("vpc"));
            assert_eq!(run.exit_code(), Some(0), "{run}");
            infra.sandbox.recorder().clear();
        }
        seen(infra, "plan new vpc")
    });
    with.expect_success();
    with.expect_told("vpc: no changes");
    without.expect_told("the plan waits for approval");
}

#[test]
fn p5_a_plan_that_vanishes_before_the_approval_is_told() {
    let claim = "a plan that is gone since it was shown is not approved";
    let (with, without) = compare("P5", claim, |infra, fault| {
        infra.put_vpc(&json!({}));
        let approval = infra.approval("vpc");
        if fault {
            // Somebody makes by hand what it was about.
            infra.merge(&terraforms(), "vpc", json!({"spec": {"destroy": true}}));
            infra.wait(&terraforms(), "vpc", |vpc| {
                vpc["status"]["plan"]["pending"].is_null()
                    && condition(vpc, "Plan")["status"] == "False"
            });
        }
        seen(infra, &approval)
    });
    with.expect(7, "the plan that waits at Terraform flux-system/vpc is none, and not [PLAN]");
    with.expect_writes("");
    expect_applied(&without);
}

#[test]
fn p13_a_pause_that_git_ends_is_not_begun() {
    let claim = "where Git sets spec.suspend, nothing is paused and nothing approved";
    let (with, without) = compare("P13", claim, |infra, fault| {
        infra.put_vpc(&json!({}));
        if fault {
            infra.apply_as("kustomize-controller", "vpc", json!({"suspend": false}));
            infra.waiting("vpc");
        }
        let approval = infra.approval("vpc");
        infra.sandbox.recorder().clear();
        seen(infra, &approval)
    });
    with.expect(7, "kustomize-controller applies spec.suspend from its own source");
    with.expect_writes("");
    expect_applied(&without);
}

#[test]
fn p13_an_approval_survives_git_that_says_nothing_about_it() {
    let claim = "Git that says nothing about the approval leaves it alone; Git that does takes it away, and that is told";
    let (with, without) = compare("P13", claim, |infra, fault| {
        infra.put_vpc(&json!({}));
        let own = if fault { json!({"approvePlan": ""}) } else { json!({"path": "./infra"}) };
        infra.apply_as("kustomize-controller", "vpc", own.clone());
        infra.waiting("vpc");
        infra.sandbox.faults().arm("tofu.pause=init").unwrap();
        let child = infra.start(&infra.approval("vpc"));
        infra.wait(&terraforms(), "vpc", |vpc| {
            vpc["spec"]["approvePlan"].as_str().is_some_and(|approval| !approval.is_empty())
        });
        infra.apply_as("kustomize-controller", "vpc", own);
        if !fault {
            infra.sandbox.faults().arm("tofu.pause=start*1").unwrap();
        }
        seen_of(infra, &infra.finished(child))
    });
    with.expect(7, "somebody took the approval of [PLAN] away");
    expect_applied(&without);
}
