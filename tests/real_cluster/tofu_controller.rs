//! tofu-controller beside Flux, on both APIs: its chart is made by the played controllers.

use nigari_sandbox::charts::Chart;
use nigari_test_support::fleet::Fleet;
use serde_json::json;

use crate::{real, sandbox};

const INSTALL: &str = "install --with-tofu-controller";

#[test]
fn tofu_controller_is_installed_once_and_upgraded_in_the_sandbox() {
    install_upgrade_uninstall(sandbox());
}

#[test]
fn tofu_controller_is_installed_once_and_upgraded_on_a_real_control_plane() {
    let Some((fleet, _turn)) = real() else { return };
    install_upgrade_uninstall(fleet);
}

fn install_upgrade_uninstall(fleet: Fleet) {
    for version in ["0.16.5", "0.16.6"] {
        fleet.sandbox.charts().publish(&Chart::tofu_controller(version)).unwrap();
    }
    fleet.sandbox.recorder().clear();
    let shown = fleet.nigari(&format!("{INSTALL} --dry-run"));
    assert!(
        shown.stdout().ends_with("HelmRelease flux-system/tofu-controller created\n"),
        "{shown}"
    );
    fleet.assert_untouched(&shown);
    let first = fleet.nigari(INSTALL);
    assert_eq!(first.exit_code(), Some(0), "{first}");
    assert!(
        first.stderr().ends_with("tofu-controller 0.16.5 is installed in namespace flux-system\n"),
        "{first}"
    );
    fleet.sandbox.recorder().clear();
    let second = fleet.nigari(INSTALL);
    assert_eq!(second.exit_code(), Some(0), "{second}");
    fleet.assert_untouched(&second);

    let upgraded = fleet.nigari(&format!("{INSTALL} --tofu-controller-version=0.16.6"));
    assert_eq!(upgraded.exit_code(), Some(0), "{upgraded}");
    let version = "helm.toolkit.fluxcd.io/v2";
    let release = fleet.object(version, "HelmRelease", "tofu-controller").unwrap();
    let versions: Vec<_> = release["status"]["history"].as_array().unwrap().iter().collect();
    assert_eq!(versions[0]["chartVersion"], json!("0.16.6"));
    assert_eq!(versions[1]["chartVersion"], json!("0.16.5"));
    assert_eq!(fleet.nigari(INSTALL).exit_code(), Some(7));

    let checked = fleet.nigari("check");
    let words =
        "tofu-controller: deployment ready, managed by HelmRelease flux-system/tofu-controller";
    assert!(checked.stderr().contains(words), "{checked}");
    assert!(checked.stderr().contains("terraforms.infra.contrib.fluxcd.io/v1alpha2"), "{checked}");

    let module = "create terraform vpc --source=GitRepository/code --path=./infra --approve=auto --timeout=3s";
    let created = fleet.nigari(module);
    assert!(created.stderr().contains("Terraform flux-system/vpc created\n"), "{created}");
    let refused = fleet.nigari("uninstall --silent");
    assert_eq!(refused.exit_code(), Some(7), "{refused}");
    let kept = fleet.nigari("uninstall --silent --keep-namespace");
    assert_eq!(kept.exit_code(), Some(0), "{kept}");
    let left = fleet.object("infra.contrib.fluxcd.io/v1alpha2", "Terraform", "vpc").unwrap();
    assert!(left["metadata"]["deletionTimestamp"].is_null(), "{left}");
    fleet.finish();
}
