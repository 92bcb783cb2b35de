//! `plan approve --commit` and `--pull-request`, `plan disarm --commit`: approvals through the repository of
//! the manifest.

use std::process::Command;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use nigari_api::crd;
use nigari_sandbox::github::{RepositoryOptions, Visibility};
use nigari_test_support::fleet::{Fleet, REPOSITORY};
use nigari_test_support::infra::{condition, deployment, module, pending, redacted, told};
use nigari_test_support::run::Run;
use serde_json::{Value, json};
use snapbox::{assert_data_eq, str};

const TERRAFORM: &str = "infra.contrib.fluxcd.io/v1alpha2";
const FILE: &str = "clusters/production/infra.yaml";

/// A fleet whose repository has the manifest of a Terraform object, whose plan waits.
struct Estate {
    fleet: Fleet,
    /// What the manifest says before anybody approves anything.
    manifest: String,
}

impl Estate {
    /// The code is in a repository of its own.
    fn new(approval: &str) -> Self {
        let fleet = fleet();
        let (github, owner) = (fleet.github(), fleet.sandbox.owner());
        let options = RepositoryOptions { visibility: Visibility::Public, ..Default::default() };
        github.create_repository(owner, "code", &options).unwrap();
        let text = module("10.0.0.0/16").to_string();
        github.commit_file(owner, "code", "main", "infra/main.tf.json", &text, "Begin").unwrap();
        let ca = std::fs::read(fleet.sandbox.certificate_file()).unwrap();
        let ca = json!({"ca.crt": STANDARD.encode(ca)});
        let metadata = json!({"name": "code", "namespace": "flux-system"});
        let secret =
            json!({"apiVersion": "v1", "kind": "Secret", "metadata": metadata, "data": ca});
        fleet.kube().put(secret).unwrap();
        let source = format!(
            "apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata: {{name: code, namespace: flux-system}}
spec:
  interval: 1h
  ref: {{branch: main}}
  secretRef: {{name: code}}
  url: {}/{owner}/code
---
",
            fleet.sandbox.github_origin()
        );
        Self::with(fleet, source + &manifest("code", approval))
    }

    /// The code is beside the manifest.
    fn of_one_repository() -> Self {
        let fleet = fleet();
        fleet.commit("infra/main.tf.json", &module("10.0.0.0/16").to_string());
        Self::with(fleet, manifest("flux-system", ""))
    }

    fn with(fleet: Fleet, manifest: String) -> Self {
        fleet.commit(FILE, &manifest);
        let run = fleet.nigari("reconcile kustomization flux-system --with-source");
        assert_eq!(run.exit_code(), Some(0), "{run}");
        let estate = Self { fleet, manifest };
        estate.until("a plan waits", |vpc| {
            !pending(vpc).is_empty()
                && condition(vpc, "Ready")["reason"] == "TerraformPlannedWithChanges"
                && vpc["status"]["lastPlannedGeneration"] == vpc["metadata"]["generation"]
                && vpc["status"]["lastSuccessfulReconcileAt"].is_string()
        });
        estate.fleet.sandbox.recorder().clear();
        estate
    }

    fn vpc(&self) -> Value {
        self.fleet.object(TERRAFORM, "Terraform", "vpc").unwrap_or_default()
    }

    #[track_caller]
    fn until(&self, what: &str, is_met: impl Fn(&Value) -> bool) {
        self.fleet.until(what, || is_met(&self.vpc()));
    }

    /// What approves the plan that waits now, as a pipeline that has reviewed it.
    fn approval(&self, more: &str) -> String {
        let secret = self.fleet.object("v1", "Secret", "tfplan-default-vpc").unwrap();
        let hash = &secret["metadata"]["annotations"]["infra.contrib.fluxcd.io/plan-hash"];
        let (vpc, digest) = (self.vpc(), hash.as_str().unwrap());
        format!(
            "plan approve vpc --yes --plan-id={} --digest=sha256:{digest} {more}",
            pending(&vpc)
        )
    }

    fn approve(&self, more: &str) -> Run {
        self.fleet.nigari(&self.approval(more))
    }

    fn file(&self) -> String {
        self.fleet.file(FILE).unwrap()
    }

    /// The subjects of the commits since the manifest.
    fn commits(&self) -> String {
        let history = self.fleet.history("main");
        let (_, since) =
            history.split_once(&format!("Somebody else's {FILE}\n  {FILE}\n")).unwrap();
        redacted(since)
    }
}

fn fleet() -> Fleet {
    let fleet = Fleet::bootstrapped();
    let mut controller = deployment("tofu-controller");
    (controller["apiVersion"], controller["kind"]) = (json!("apps/v1"), json!("Deployment"));
    fleet.kube().put(crd::definition("terraforms.infra.contrib.fluxcd.io").unwrap()).unwrap();
    fleet.kube().put(controller).unwrap();
    fleet
}

fn manifest(source: &str, approval: &str) -> String {
    format!(
        "# The network.
apiVersion: infra.contrib.fluxcd.io/v1alpha2
kind: Terraform
metadata: {{name: vpc, namespace: flux-system}}
spec:
{approval}  interval: 1h # enough
  retryInterval: 1h
  path: ./infra
  storeReadablePlan: json
  sourceRef: {{kind: GitRepository, name: {source}}}
"
    )
}

#[test]
fn an_approval_is_committed_followed_and_taken_out_again() {
    let estate = Estate::new("");
    assert_data_eq!(
        told(&estate.approve("--commit")),
        str![[r#"
------- stderr -------
► Terraform flux-system/vpc: [PLAN] of main@sha1:[COMMIT], planned at [TIME]
    1 to add, 0 to change, 0 to destroy
      + network.main
    outputs that change: cidr
    digest sha256:[DIGEST]
► connecting to localhost:[PORT]
✔ committed [COMMIT] to main of acme/fleet-infra
◎ waiting for GitRepository flux-system/flux-system
✔ GitRepository flux-system/flux-system is at main@sha1:[COMMIT]
◎ waiting for Kustomization flux-system/flux-system
✔ Kustomization flux-system/flux-system is at main@sha1:[COMMIT]
◎ [PLAN] is approved: waiting until Terraform flux-system/vpc has applied it
► taking the approval out of clusters/production/infra.yaml of acme/fleet-infra
✔ committed [COMMIT] to main of acme/fleet-infra
◎ waiting for GitRepository flux-system/flux-system
✔ GitRepository flux-system/flux-system is at main@sha1:[COMMIT]
◎ waiting for Kustomization flux-system/flux-system
✔ Kustomization flux-system/flux-system is at main@sha1:[COMMIT]
✔ Terraform flux-system/vpc: [PLAN] was applied, as reviewed

"#]]
    );
    assert_data_eq!(
        estate.commits(),
        str![[r#"
Approve [PLAN] of Terraform flux-system/vpc
  clusters/production/infra.yaml
Take back the approval of [PLAN] of Terraform flux-system/vpc
  clusters/production/infra.yaml

"#]]
    );
    assert_eq!(estate.file(), estate.manifest);
    let vpc = estate.vpc();
    assert_eq!(
        (&vpc["spec"]["approvePlan"], &vpc["spec"]["suspend"]),
        (&Value::Null, &Value::Null)
    );
    estate.fleet.finish();
}

#[test]
fn what_differs_from_the_review_is_told_and_the_line_that_was_there_is_emptied() {
    let estate = Estate::new("  approvePlan: \"\" # by hand\n");
    let cloud = json!({
        "apiVersion": "v1", "kind": "ConfigMap",
        "metadata": {"name": "cloud-vpc", "namespace": "flux-system"},
        "data": {"network.main": "{\"cidr\":\"drifted\",\"id\":\"x\"}"},
    });
    estate.fleet.kube().put(cloud).unwrap();
    let run = estate.approve("--commit");
    assert_eq!(run.exit_code(), Some(7), "{run}");
    assert!(run.to_string().contains("is not what was reviewed"), "{run}");
    assert_eq!(estate.file(), estate.manifest);
    assert_eq!(estate.vpc()["spec"]["approvePlan"], "");
    estate.fleet.finish();
}

#[test]
fn an_interrupted_approval_is_taken_out_of_git() {
    let estate = Estate::new("");
    let approval = estate.approval("--commit");
    estate.fleet.sandbox.faults().arm("tofu.pause=start").unwrap();
    let child = estate.fleet.start(&approval);
    estate.until("the approval is in the cluster", |vpc| vpc["spec"]["approvePlan"].is_string());
    let sent = Command::new("kill").args(["-INT", &child.id().to_string()]).status();
    assert!(sent.unwrap().success());
    let run = estate.fleet.finished(child);
    assert_eq!(run.exit_code(), Some(130), "{run}");
    assert_eq!(estate.file(), estate.manifest);
    assert!(estate.vpc()["spec"]["approvePlan"].is_null(), "{run}");
    estate.fleet.finish();
}

#[test]
fn a_pull_request_is_told_how_its_approval_goes_away_again() {
    let estate = Estate::new("");
    let approval = estate.approval("--pull-request");
    assert_data_eq!(
        told(&estate.fleet.nigari(&approval)),
        str![[r#"
https://localhost:[PORT]/acme/fleet-infra/pull/1
------- stderr -------
► Terraform flux-system/vpc: [PLAN] of main@sha1:[COMMIT], planned at [TIME]
    1 to add, 0 to change, 0 to destroy
      + network.main
    outputs that change: cidr
    digest sha256:[DIGEST]
► connecting to localhost:[PORT]
⚠️ once it is merged, the approval stands in clusters/production/infra.yaml of acme/fleet-infra until it is taken out with: nigari plan disarm vpc -n flux-system --pull-request
✔ pull request #1 opened: https://localhost:[PORT]/acme/fleet-infra/pull/1
error: pull request #1 waits for somebody to merge it
  hint: wait for that, and until the cluster has applied it, with --wait-merge
[exit status: 9]

"#]]
    );
    assert_eq!(estate.file(), estate.manifest);
    estate.fleet.github().merge_pull_request("acme", REPOSITORY, 1).unwrap();
    let merged = estate.fleet.nigari(&format!("{approval} --wait-merge"));
    assert_eq!(merged.exit_code(), Some(0), "{merged}");
    assert!(merged.to_string().contains("was applied, as reviewed"), "{merged}");
    assert!(estate.file().contains("  approvePlan: \"plan-main-"));

    // In the cluster alone it would come back.
    let refused = estate.fleet.nigari("plan disarm vpc");
    assert_eq!(refused.exit_code(), Some(7), "{refused}");
    assert!(
        refused.to_string().contains("nigari plan disarm vpc -n flux-system --commit"),
        "{refused}"
    );
    assert_data_eq!(
        told(&estate.fleet.nigari("plan disarm vpc --commit")),
        str![[r#"
------- stderr -------
► connecting to localhost:[PORT]
✔ committed [COMMIT] to main of acme/fleet-infra
◎ waiting for GitRepository flux-system/flux-system
✔ GitRepository flux-system/flux-system is at main@sha1:[COMMIT]
◎ waiting for Kustomization flux-system/flux-system
✔ Kustomization flux-system/flux-system is at main@sha1:[COMMIT]
✔ Terraform flux-system/vpc: the approval of [PLAN] is taken out of clusters/production/infra.yaml of acme/fleet-infra

"#]]
    );
    assert_eq!(estate.file(), estate.manifest);
    assert!(estate.vpc()["spec"]["approvePlan"].is_null());
    estate.fleet.finish();
}

#[test]
fn an_approval_beside_its_code_is_refused_and_nothing_written() {
    let estate = Estate::of_one_repository();
    for way in ["--commit", "--pull-request"] {
        let run = estate.approve(way);
        assert_eq!(run.exit_code(), Some(7), "{run}");
        assert!(run.to_string().contains("an approval in Git would be a new revision"), "{run}");
        estate.fleet.assert_untouched(&run);
    }
    estate.fleet.finish();
}

#[test]
fn a_manifest_that_is_not_one_file_has_to_be_named() {
    let estate = Estate::new("");
    let patch = format!(
        "apiVersion: {TERRAFORM}\nkind: Terraform\nmetadata: {{name: vpc, namespace: flux-system}}\n"
    );
    estate.fleet.commit("clusters/production/patches/vpc.yaml", &patch);
    let several = estate.approve("--commit");
    assert_eq!(several.exit_code(), Some(2), "{several}");
    assert!(several.to_string().contains(&format!("--file={FILE}")), "{several}");
    let absent = estate.approve("--commit --file=clusters/other.yaml");
    assert_eq!(absent.exit_code(), Some(3), "{absent}");
    estate.fleet.assert_untouched(&absent);
    estate.fleet.finish();
}

#[test]
fn what_has_no_effect_is_refused() {
    let cluster = nigari_test_support::cluster::Cluster::empty();
    for arguments in [
        "plan approve vpc --file=x --yes --plan-id=a --digest=sha256:00",
        "plan disarm vpc --file=x",
        "plan disarm vpc dns --commit",
        "plan disarm vpc --wait-merge",
    ] {
        let run = cluster.nigari(arguments);
        assert_eq!(run.exit_code(), Some(2), "{arguments}: {run}");
    }
}
