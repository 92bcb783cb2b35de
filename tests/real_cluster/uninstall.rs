//! The life of an installation from the first to the last command, told by both APIs in the same words.

use std::fs;
use std::path::PathBuf;

use kube::api::{Api, ApiResource, DynamicObject, Patch, PatchParams, PostParams};
use kube::core::GroupVersionKind;
use nigari::manifests::components::{COMPONENTS, FLUX_VERSION};
use nigari_test_support::fleet::Fleet;
use nigari_test_support::run::Run;
use serde_json::{Value, json};
use snapbox::{assert_data_eq, str};

use crate::{real, sandbox};

#[test]
fn an_installation_comes_changes_and_goes_in_the_sandbox() {
    live_and_leave(sandbox());
}

#[test]
fn an_installation_comes_changes_and_goes_on_a_real_control_plane() {
    let Some((fleet, _turn)) = real() else { return };
    live_and_leave(fleet);
}

fn live_and_leave(fleet: Fleet) {
    const INSTALL: &str = "install --components=source-controller,kustomize-controller";
    let older = format!("{INSTALL} --manifests={}", older_bundle(&fleet, INSTALL).display());
    succeed(&fleet, &older);
    let upgrade = succeed(&fleet, INSTALL);
    assert!(upgrade.to_string().contains("changing Flux v2.9.3 to v2.9.4"), "{upgrade}");
    succeed(&fleet, "check");
    fleet.sandbox.recorder().clear();
    let again = succeed(&fleet, INSTALL);
    fleet.assert_untouched(&again);
    let back = fleet.nigari(&older);
    fleet.assert_untouched(&back);
    let refusal = "error: the cluster has Flux v2.9.4, and this would put v2.9.3 in its place
  hint: choose a newer one with --version, or go back on purpose with --force
[exit status: 7]
";
    assert!(back.to_string().ends_with(refusal), "{back}");

    for namespace in ["default", "flux-system"] {
        create(&fleet, "kustomize.toolkit.fluxcd.io/v1", namespace, kustomization());
    }
    create(&fleet, "v1", "flux-system", held());
    let dry_run = {
        fleet.sandbox.recorder().clear();
        let run = succeed(&fleet, "uninstall --dry-run");
        fleet.assert_untouched(&run);
        run.to_string()
    };
    let stuck = fleet.nigari("uninstall --silent").to_string();
    let (plan, end) = stuck.split_at(stuck.find("✔ deleted the controllers").unwrap());
    assert!(dry_run.starts_with(plan), "{dry_run}");
    assert_data_eq!(
        end,
        str![[r#"
✔ deleted the controllers: 2
✔ deleted the other objects of the namespace: 7
✔ removed the finalizers of 2 objects
✔ deleted the CRDs: 7
✔ deleted the cluster roles and bindings: 5
⚠️ Namespace flux-system is held by ConfigMap flux-system/held (example.com/hold)
✗ Namespace flux-system is not gone: held by ConfigMap flux-system/held (example.com/hold)
error: Flux is not wholly uninstalled: 1 failed
  hint: run the same command again: it goes on where it stopped
[exit status: 1]

"#]]
    );

    let configuration = api(&fleet, "v1", "ConfigMap", Some("flux-system"));
    let free = Patch::Merge(json!({"metadata": {"finalizers": null}}));
    fleet.sandbox.block_on(configuration.patch("held", &PatchParams::default(), &free)).unwrap();
    let last = fleet.nigari("uninstall --silent");
    assert_eq!(last.exit_code(), Some(0), "{last}");
    assert_data_eq!(
        fleet.nigari("uninstall --silent").to_string(),
        str![[r#"
------- stderr -------
✔ there is no Flux in namespace flux-system

"#]]
    );
    fleet.finish();
}

fn succeed(fleet: &Fleet, arguments: &str) -> Run {
    let run = fleet.nigari(arguments);
    assert_eq!(run.exit_code(), Some(0), "{arguments}: {run}");
    run
}

fn api(
    fleet: &Fleet,
    api_version: &str,
    kind: &str,
    namespace: Option<&str>,
) -> Api<DynamicObject> {
    let (group, version) = api_version.rsplit_once('/').unwrap_or(("", api_version));
    let resource = ApiResource::from_gvk(&GroupVersionKind::gvk(group, version, kind));
    let client = fleet.sandbox.client();
    match namespace {
        Some(namespace) => Api::namespaced_with(client, namespace, &resource),
        None => Api::all_with(client, &resource),
    }
}

fn create(fleet: &Fleet, api_version: &str, namespace: &str, object: Value) {
    let kind = object["kind"].as_str().unwrap().to_owned();
    let api = api(fleet, api_version, &kind, Some(namespace));
    let object: DynamicObject = serde_json::from_value(object).unwrap();
    fleet.sandbox.block_on(api.create(&PostParams::default(), &object)).unwrap();
}

/// A bundle of an older release: what `install` exports, under another version and with another image.
fn older_bundle(fleet: &Fleet, install: &str) -> PathBuf {
    let export = succeed(fleet, &format!("{install} --export"));
    let source = COMPONENTS.iter().find(|component| component.name == "source-controller").unwrap();
    let image = |version: &str| format!("/{}:{version}", source.name);
    let bundle = export.stdout().replace(FLUX_VERSION, "v2.9.3");
    let older = bundle.replace(&image(source.version), &image("v1.0.0"));
    assert_ne!(older, bundle);
    let path = fleet.sandbox.home().join("older.yaml");
    fs::write(&path, older).unwrap();
    path
}

fn kustomization() -> Value {
    json!({
        "apiVersion": "kustomize.toolkit.fluxcd.io/v1", "kind": "Kustomization",
        "metadata": {"name": "apps", "finalizers": ["finalizers.fluxcd.io"]},
        "spec": {"interval": "10m", "prune": true, "suspend": true,
            "sourceRef": {"kind": "GitRepository", "name": "fleet"}},
    })
}

/// What keeps a namespace from ending.
fn held() -> Value {
    json!({
        "apiVersion": "v1", "kind": "ConfigMap",
        "metadata": {"name": "held", "finalizers": ["example.com/hold"]},
    })
}
