//! `nigari check`.

use nigari_sandbox::kube::Deny;
use nigari_sandbox::sandbox::Sandbox;
use serde_json::json;
use snapbox::{assert_data_eq, str};

use crate::fleet::Fleet;
use crate::install::{MARKER, change, installed};

#[test]
fn a_healthy_installation() {
    let fleet = installed();
    let run = fleet.nigari("check");
    assert_data_eq!(run.to_string(), str![]);
    fleet.assert_untouched(&run);
    fleet.finish();
}

#[test]
fn only_what_an_installation_needs() {
    let fleet = Fleet::of(Sandbox::builder().without_players());
    assert_data_eq!(fleet.nigari("check --pre").to_string(), str![]);
    assert_data_eq!(fleet.nigari("check --pre -o yaml").to_string(), str![]);
    fleet.kube().deny(Deny::new("create", "apps", "deployments"));
    assert_data_eq!(fleet.nigari("check --pre").to_string(), str![]);
    fleet.finish();
}

#[test]
fn a_cluster_without_flux() {
    let fleet = Fleet::of(Sandbox::builder().without_players());
    assert_data_eq!(fleet.nigari("check").to_string(), str![]);
    fleet.finish();
}

#[test]
fn a_broken_controller_is_told_with_its_cause_and_does_not_take_the_whole_timeout() {
    let fleet = installed();
    fleet.sandbox.faults().arm("workload.pull=v0.0.1").unwrap();
    change(&fleet, ["apps/v1", "Deployment", "helm-controller"], |deployment| {
        let container = &mut deployment["spec"]["template"]["spec"]["containers"][0];
        container["image"] = json!("ghcr.io/fluxcd/helm-controller:v0.0.1");
        deployment["metadata"]["generation"] = json!(2);
    });
    let seen = || {
        let run = fleet.nigari("check --timeout=60s").to_string();
        run.contains("ImagePullBackOff").then_some(run)
    };
    let mut told = None;
    fleet.until("the pull has failed", || {
        told = seen();
        told.is_some()
    });
    let told = told.unwrap();
    let (before, after) = told.split_once("Pod helm-controller-").unwrap();
    let (_, after) = after.split_once(':').unwrap();
    assert_data_eq!(format!("{before}Pod helm-controller-[HASH]:{after}"), str![]);
    fleet.finish();
}

#[test]
fn what_is_odd_is_warned_about_and_what_is_missing_fails() {
    let fleet = installed();
    change(&fleet, MARKER, |marker| {
        marker["metadata"]["labels"]["app.kubernetes.io/version"] = json!("v2.8.0");
        marker["metadata"]["labels"]["app.kubernetes.io/managed-by"] = json!("Helm");
        marker["status"]["storedVersions"] = json!(["v1beta2", "v1"]);
    });
    fleet.kube().deny(Deny::new("patch", "apps", "deployments"));
    assert_data_eq!(fleet.nigari("check").to_string(), str![]);
    let missing = fleet.nigari("check --components=source-controller --namespace=gitops");
    assert_data_eq!(missing.to_string(), str![]);
    fleet.finish();
}

#[test]
fn a_document_holds_every_finding() {
    let fleet = installed();
    let run = fleet.nigari("check -o json");
    let document: serde_json::Value = serde_json::from_str(run.stdout()).unwrap();
    assert_eq!(document["passed"], true);
    let findings = document["findings"].as_array().unwrap();
    let of = |about: &str| findings.iter().filter(|finding| finding["about"] == about).count();
    assert_eq!([of("kubernetes"), of("rights"), of("controller")], [1, 1, 4]);
    assert_eq!(of("crd"), fleet.kube().list(MARKER[0], MARKER[1]).len());
    let controller = findings.iter().find(|finding| finding["name"] == "helm-controller").unwrap();
    assert_eq!(controller["images"], json!(["ghcr.io/fluxcd/helm-controller:v1.6.3"]));
    fleet.finish();
}

#[test]
fn a_cluster_that_is_not_there() {
    let fleet = Fleet::of(Sandbox::builder().without_players());
    assert_data_eq!(fleet.nigari("check --server=https://127.0.0.1:1").to_string(), str![]);
}
