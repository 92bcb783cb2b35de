//! `nigari check`.

use nigari_sandbox::kube::Deny;
use nigari_sandbox::sandbox::Sandbox;
use nigari_test_support::fleet::Fleet;
use serde_json::json;
use snapbox::{assert_data_eq, str};

use crate::install::{MARKER, change, installed};

#[test]
fn a_healthy_installation() {
    let fleet = installed();
    let run = fleet.nigari("check");
    assert_data_eq!(
        run.to_string(),
        str![[r#"
------- stderr -------
► checking prerequisites
✔ Kubernetes v1.36.3 >=1.33.0-0
✔ you may install and upgrade Flux
► checking version in cluster
✔ distribution: flux-v2.9.4
✔ bootstrapped: false
► checking controllers
✔ helm-controller: deployment ready
► ghcr.io/fluxcd/helm-controller:v1.6.3
✔ kustomize-controller: deployment ready
► ghcr.io/fluxcd/kustomize-controller:v1.9.4
✔ notification-controller: deployment ready
► ghcr.io/fluxcd/notification-controller:v1.9.3
✔ source-controller: deployment ready
► ghcr.io/fluxcd/source-controller:v1.9.4
► checking crds
✔ alerts.notification.toolkit.fluxcd.io/v1beta3
✔ buckets.source.toolkit.fluxcd.io/v1
✔ externalartifacts.source.toolkit.fluxcd.io/v1
✔ gitrepositories.source.toolkit.fluxcd.io/v1
✔ helmcharts.source.toolkit.fluxcd.io/v1
✔ helmreleases.helm.toolkit.fluxcd.io/v2
✔ helmrepositories.source.toolkit.fluxcd.io/v1
✔ kustomizations.kustomize.toolkit.fluxcd.io/v1
✔ ocirepositories.source.toolkit.fluxcd.io/v1
✔ providers.notification.toolkit.fluxcd.io/v1beta3
✔ receivers.notification.toolkit.fluxcd.io/v1
✔ all checks passed

"#]]
    );
    fleet.assert_untouched(&run);
    fleet.finish();
}

#[test]
fn only_what_an_installation_needs() {
    let fleet = Fleet::of(Sandbox::builder().without_players());
    assert_data_eq!(
        fleet.nigari("check --pre").to_string(),
        str![[r#"
------- stderr -------
► checking prerequisites
✔ Kubernetes v1.36.3 >=1.33.0-0
✔ you may install and upgrade Flux
✔ prerequisites checks passed

"#]]
    );
    assert_data_eq!(
        fleet.nigari("check --pre -o yaml").to_string(),
        str![[r#"
passed: true
findings:
- about: kubernetes
  name: v1.36.3
  outcome: passed
  message: Kubernetes v1.36.3 >=1.33.0-0
- about: rights
  name: flux-system
  outcome: passed
  message: you may install and upgrade Flux

"#]]
    );
    fleet.kube().deny(Deny::new("create", "apps", "deployments"));
    assert_data_eq!(
        fleet.nigari("check --pre").to_string(),
        str![[r#"
------- stderr -------
► checking prerequisites
✔ Kubernetes v1.36.3 >=1.33.0-0
✗ you may not install or upgrade Flux; missing: create deployments.apps in namespace flux-system
error: 1 of 2 checks failed
[exit status: 6]

"#]]
    );
    fleet.finish();
}

#[test]
fn a_cluster_without_flux() {
    let fleet = Fleet::of(Sandbox::builder().without_players());
    assert_data_eq!(
        fleet.nigari("check").to_string(),
        str![[r#"
------- stderr -------
► checking prerequisites
✔ Kubernetes v1.36.3 >=1.33.0-0
✔ you may install and upgrade Flux
► checking version in cluster
✗ Flux is not installed on the cluster
  hint: install it with nigari bootstrap, or with nigari install
error: 1 of 3 checks failed
[exit status: 4]

"#]]
    );
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
    let (before, after) = told.split_once("Pod flux-system/helm-controller-").unwrap();
    let (hash, after) = after.split_once(':').unwrap();
    let after = after.replace(&format!("helm-controller-{hash}"), "helm-controller-[HASH]");
    assert_data_eq!(
        format!("{before}Pod flux-system/helm-controller-[HASH]:{after}"),
        str![[r#"
------- stderr -------
► checking prerequisites
✔ Kubernetes v1.36.3 >=1.33.0-0
✔ you may install and upgrade Flux
► checking version in cluster
✔ distribution: flux-v2.9.4
✔ bootstrapped: false
► checking controllers
✗ Deployment flux-system/helm-controller is not available: Pod flux-system/helm-controller-[HASH]: container manager: ImagePullBackOff: Failed to pull image "ghcr.io/fluxcd/helm-controller:v0.0.1": rpc error: code = NotFound desc = failed to pull and unpack image "ghcr.io/fluxcd/helm-controller:v0.0.1": failed to resolve reference "ghcr.io/fluxcd/helm-controller:v0.0.1": ghcr.io/fluxcd/helm-controller:v0.0.1: not found
  hint: see every attempt with: kubectl -n flux-system describe pod helm-controller-[HASH]
► ghcr.io/fluxcd/helm-controller:v0.0.1
⚠️ helm-controller is v0.0.1, and Flux v2.9.4 has v1.6.3
✔ kustomize-controller: deployment ready
► ghcr.io/fluxcd/kustomize-controller:v1.9.4
✔ notification-controller: deployment ready
► ghcr.io/fluxcd/notification-controller:v1.9.3
✔ source-controller: deployment ready
► ghcr.io/fluxcd/source-controller:v1.9.4
► checking crds
✔ alerts.notification.toolkit.fluxcd.io/v1beta3
✔ buckets.source.toolkit.fluxcd.io/v1
✔ externalartifacts.source.toolkit.fluxcd.io/v1
✔ gitrepositories.source.toolkit.fluxcd.io/v1
✔ helmcharts.source.toolkit.fluxcd.io/v1
✔ helmreleases.helm.toolkit.fluxcd.io/v2
✔ helmrepositories.source.toolkit.fluxcd.io/v1
✔ kustomizations.kustomize.toolkit.fluxcd.io/v1
✔ ocirepositories.source.toolkit.fluxcd.io/v1
✔ providers.notification.toolkit.fluxcd.io/v1beta3
✔ receivers.notification.toolkit.fluxcd.io/v1
error: 1 of 20 checks failed
[exit status: 1]

"#]]
    );
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
    assert_data_eq!(
        fleet.nigari("check").to_string(),
        str![[r#"
------- stderr -------
► checking prerequisites
✔ Kubernetes v1.36.3 >=1.33.0-0
⚠️ you may not install or upgrade Flux; missing: patch deployments.apps in namespace flux-system
► checking version in cluster
✔ distribution: flux-v2.8.0
✔ managed by: Helm
✔ bootstrapped: false
⚠️ the cluster has Flux v2.8.0, and this nigari installs v2.9.4
► checking controllers
✔ helm-controller: deployment ready
► ghcr.io/fluxcd/helm-controller:v1.6.3
✔ kustomize-controller: deployment ready
► ghcr.io/fluxcd/kustomize-controller:v1.9.4
✔ notification-controller: deployment ready
► ghcr.io/fluxcd/notification-controller:v1.9.3
✔ source-controller: deployment ready
► ghcr.io/fluxcd/source-controller:v1.9.4
► checking crds
✔ alerts.notification.toolkit.fluxcd.io/v1beta3
✔ buckets.source.toolkit.fluxcd.io/v1
✔ externalartifacts.source.toolkit.fluxcd.io/v1
⚠️ gitrepositories.source.toolkit.fluxcd.io/v1; objects may still be stored in v1beta2, which is not served any more: rewrite them with flux migrate before the next upgrade
✔ helmcharts.source.toolkit.fluxcd.io/v1
✔ helmreleases.helm.toolkit.fluxcd.io/v2
✔ helmrepositories.source.toolkit.fluxcd.io/v1
✔ kustomizations.kustomize.toolkit.fluxcd.io/v1
✔ ocirepositories.source.toolkit.fluxcd.io/v1
✔ providers.notification.toolkit.fluxcd.io/v1beta3
✔ receivers.notification.toolkit.fluxcd.io/v1
✔ all checks passed

"#]]
    );
    let missing = fleet.nigari("check --components=source-controller --namespace=gitops");
    assert_data_eq!(
        missing.to_string(),
        str![[r#"
------- stderr -------
► checking prerequisites
✔ Kubernetes v1.36.3 >=1.33.0-0
⚠️ you may not install or upgrade Flux; missing: patch deployments.apps in namespace gitops
► checking version in cluster
✔ distribution: flux-v2.8.0
✔ managed by: Helm
✔ bootstrapped: false
⚠️ the cluster has Flux v2.8.0, and this nigari installs v2.9.4
► checking controllers
✗ Deployment gitops/source-controller does not exist
► checking crds
✔ alerts.notification.toolkit.fluxcd.io/v1beta3
✔ buckets.source.toolkit.fluxcd.io/v1
✔ externalartifacts.source.toolkit.fluxcd.io/v1
⚠️ gitrepositories.source.toolkit.fluxcd.io/v1; objects may still be stored in v1beta2, which is not served any more: rewrite them with flux migrate before the next upgrade
✔ helmcharts.source.toolkit.fluxcd.io/v1
✔ helmreleases.helm.toolkit.fluxcd.io/v2
✔ helmrepositories.source.toolkit.fluxcd.io/v1
✔ kustomizations.kustomize.toolkit.fluxcd.io/v1
✔ ocirepositories.source.toolkit.fluxcd.io/v1
✔ providers.notification.toolkit.fluxcd.io/v1beta3
✔ receivers.notification.toolkit.fluxcd.io/v1
error: 1 of 18 checks failed
[exit status: 3]

"#]]
    );
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
    assert_data_eq!(
        fleet.nigari("check --server=https://127.0.0.1:1").to_string(),
        str![[r#"
------- stderr -------
► checking prerequisites
error: cannot reach the cluster at https://127.0.0.1:1: Connection refused (os error 111)
[exit status: 8]

"#]]
    );
}
