//! `nigari uninstall` when something is in the way: refused before the first deletion, or told while the
//! rest goes on.

use nigari_sandbox::kube::Deny;
use nigari_sandbox::sandbox::Sandbox;
use serde_json::json;
use snapbox::{assert_data_eq, str};

use crate::fleet::Fleet;
use crate::install::{MARKER, change, installed};
use crate::uninstall::{in_use, kustomization, left};

#[test]
fn without_a_terminal_somebody_has_to_have_decided() {
    let fleet = Fleet::of(Sandbox::builder().without_players());
    assert_data_eq!(fleet.nigari("uninstall").to_string(), str![""]);
    assert_eq!(fleet.sandbox.recorder().all(), []);
}

#[test]
fn what_another_tool_manages_is_refused() {
    let fleet = installed();
    change(&fleet, MARKER, |marker| {
        marker["metadata"]["labels"]["app.kubernetes.io/managed-by"] = json!("Helm");
    });
    let refused = fleet.nigari("uninstall --silent");
    assert_data_eq!(refused.to_string(), str![""]);
    fleet.assert_untouched(&refused);
    fleet.finish();
}

#[test]
fn what_another_flux_owns_in_the_namespace_is_refused() {
    let fleet = installed();
    change(&fleet, ["v1", "Service", "webhook-receiver"], |service| {
        service["metadata"]["labels"]["app.kubernetes.io/instance"] = json!("tenant");
    });
    let refused = fleet.nigari("uninstall --silent");
    assert_data_eq!(refused.to_string(), str![""]);
    fleet.assert_untouched(&refused);
    fleet.finish();
}

#[test]
fn a_namespace_with_what_another_tool_manages_is_refused_or_kept() {
    let fleet = in_use();
    fleet
        .kube()
        .put(json!({"apiVersion": "v1", "kind": "ConfigMap", "metadata": {
        "name": "dashboards", "namespace": "flux-system",
        "annotations": {"meta.helm.sh/release-name": "grafana"}}}))
        .unwrap();
    let refused = fleet.nigari("uninstall --silent");
    assert_data_eq!(refused.to_string(), str![""]);
    fleet.assert_untouched(&refused);
    let run = fleet.nigari("uninstall --silent --keep-namespace");
    assert_eq!(run.exit_code(), Some(0), "{run}");
    assert!(fleet.object("v1", "ConfigMap", "dashboards").is_some());
    fleet.finish();
}

#[test]
fn what_may_not_be_deleted_is_told_and_the_rest_goes() {
    let fleet = in_use();
    fleet.kube().deny(Deny::new("delete", "networking.k8s.io", "networkpolicies"));
    fleet.kube().deny(Deny::new("delete", "", "namespaces"));
    assert_data_eq!(fleet.nigari("uninstall --silent").to_string(), str![""]);
    assert_data_eq!(left(&fleet).join("\n"), str![""]);
    fleet.finish();
}

#[test]
fn while_a_controller_may_run_nothing_else_is_deleted() {
    let fleet = in_use();
    fleet.kube().deny(Deny::new("delete", "apps", "deployments"));
    let before = left(&fleet);
    let run = fleet.nigari("uninstall --silent");
    assert_data_eq!(run.to_string(), str![""]);
    fleet.assert_untouched(&run);
    assert_eq!(left(&fleet), before);
    fleet.finish();
}

#[test]
fn a_definition_stays_while_an_object_has_its_finalizers() {
    let fleet = in_use();
    fleet.kube().deny(Deny::new("patch", "kustomize.toolkit.fluxcd.io", "kustomizations"));
    assert_data_eq!(fleet.nigari("uninstall --silent").to_string(), str![""]);
    assert_data_eq!(left(&fleet).join("\n"), str![""]);
    fleet.finish();
}

#[test]
fn a_finalizer_of_somebody_else_is_told_and_left_to_them() {
    let fleet = in_use();
    fleet.kube().put(kustomization("apps", &["finalizers.fluxcd.io", "example.com/hold"])).unwrap();
    assert_data_eq!(fleet.nigari("uninstall --silent").to_string(), str![""]);
    assert_data_eq!(left(&fleet).join("\n"), str![""]);
    fleet.kube().put(kustomization("apps", &[])).unwrap();
    let again = fleet.nigari("uninstall --silent");
    assert_data_eq!(again.to_string(), str![""]);
    fleet.finish();
}

#[test]
fn a_namespace_that_does_not_end_is_told_with_what_holds_it() {
    let fleet = in_use();
    fleet
        .kube()
        .put(json!({"apiVersion": "v1", "kind": "ConfigMap", "metadata": {
        "name": "held", "namespace": "flux-system", "finalizers": ["example.com/hold"]}}))
        .unwrap();
    assert_data_eq!(fleet.nigari("uninstall --silent --timeout=7s").to_string(), str![""]);
    assert_eq!(left(&fleet), ["Namespace flux-system"]);
    fleet
        .kube()
        .put(json!({"apiVersion": "v1", "kind": "ConfigMap", "metadata": {
        "name": "held", "namespace": "flux-system"}}))
        .unwrap();
    let again = fleet.nigari("uninstall --silent");
    assert_eq!(again.exit_code(), Some(0), "{again}");
    assert_eq!(left(&fleet), [""; 0]);
    fleet.finish();
}

#[test]
fn the_api_server_goes_away_in_the_middle() {
    let fleet = in_use();
    fleet.sandbox.faults().arm("kube.cut=before:9").unwrap();
    let cut = fleet.nigari("uninstall --silent").to_string();
    let (_, end) = cut.split_once("► these stay:").unwrap();
    assert_data_eq!(end, str![""]);
    fleet.sandbox.faults().clear("kube.cut");
    let again = fleet.nigari("uninstall --silent");
    assert_eq!(again.exit_code(), Some(0), "{again}");
    assert_eq!(left(&fleet), [""; 0]);
    fleet.finish();
}

#[test]
fn the_cluster_is_away_from_the_start() {
    let fleet = Fleet::of(Sandbox::builder().without_players());
    let run = fleet.nigari("uninstall --silent --server=https://127.0.0.1:1");
    assert_data_eq!(run.to_string(), str![""]);
    fleet.finish();
}
