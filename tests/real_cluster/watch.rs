//! Watching while the API server goes away and comes back.

use kube::api::{Api, ApiResource, DynamicObject, GroupVersionKind, Patch, PatchParams};
use nigari_test_support::fleet::Fleet;
use nigari_test_support::run::Running;
use serde_json::json;

use crate::real;

/// Suspends or resumes the Kustomization, as somebody else would.
pub(crate) fn suspend(fleet: &Fleet, suspend: bool) {
    let kind = GroupVersionKind::gvk("kustomize.toolkit.fluxcd.io", "v1", "Kustomization");
    let api: Api<DynamicObject> =
        Api::namespaced_with(fleet.sandbox.client(), "flux-system", &ApiResource::from_gvk(&kind));
    let patch = Patch::Merge(json!({"spec": {"suspend": suspend}}));
    fleet.sandbox.block_on(api.patch("flux-system", &PatchParams::default(), &patch)).unwrap();
}

/// Waits for a row with these cells under SUSPENDED and READY.
#[track_caller]
fn await_row(watch: &mut Running, suspended: &str, ready: &str) {
    loop {
        let row = watch.line();
        let cells: Vec<&str> = row.split_whitespace().collect();
        if cells[0] == "flux-system" && cells[2..4] == [suspended, ready] {
            return;
        }
    }
}

#[test]
fn a_watch_survives_a_restart_of_the_api_server() {
    let Some((fleet, _turn)) = real() else { return };
    let bootstrap = fleet.bootstrap("");
    assert_eq!(bootstrap.exit_code(), Some(0), "{bootstrap}");
    let mut watch = Running::start(fleet.command("get kustomizations --watch --no-header"));
    await_row(&mut watch, "False", "True");
    suspend(&fleet, true);
    await_row(&mut watch, "True", "True");
    // A given cluster is not ours to restart; there the watch only follows the changes.
    if let Some(control_plane) = fleet.sandbox.control_plane() {
        fleet.sandbox.block_on(control_plane.restart_api_server()).unwrap();
    }
    suspend(&fleet, false);
    await_row(&mut watch, "False", "True");
    watch.end();
}
