//! The players with the real Flux components: real CRDs judge what they write, and a Kustomization
//! manages the controllers that reconcile it. Skipped where the oracle data is not found.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod support;

use std::path::PathBuf;

use kube::Api;
use kube::api::{DynamicObject, Patch, PatchParams};
use kube::core::GroupVersionKind;
use nigari_sandbox::github::RepositoryOptions;
use nigari_sandbox::sandbox::Sandbox;
use serde_json::{Value, json};
use support::*;

/// The bundle's files for the two controllers that are played; `None` where there is no oracle.
fn bundle() -> Option<[(&'static str, String); 2]> {
    #[expect(clippy::disallowed_methods, reason = "the one variable that tests read")]
    let oracle = std::env::var_os("NIGARI_ORACLE").map_or_else(
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../shared/oracle"),
        PathBuf::from,
    );
    let folder = oracle.join("components/v2.9.4");
    let read = |name: &'static str| Some((name, std::fs::read_to_string(folder.join(name)).ok()?));
    Some([read("source-controller.yaml")?, read("kustomize-controller.yaml")?])
}

/// Applies a file as `flux install` would: definitions first, everything in one namespace.
fn apply(sandbox: &Sandbox, text: &str) {
    let objects: Vec<Value> = serde_yaml::from_multiple(text).unwrap();
    let is_definition = |object: &&Value| object["kind"] == "CustomResourceDefinition";
    let (definitions, others): (Vec<_>, Vec<_>) = objects.iter().partition(is_definition);
    for object in definitions.into_iter().chain(others) {
        let api_version = object["apiVersion"].as_str().unwrap();
        let (group, version) = api_version.rsplit_once('/').unwrap_or(("", api_version));
        let gvk = GroupVersionKind::gvk(group, version, object["kind"].as_str().unwrap());
        let client = sandbox.client();
        sandbox.block_on(async {
            let (resource, capabilities) =
                kube::discovery::pinned_kind(&client, &gvk).await.unwrap();
            let api: Api<DynamicObject> = match capabilities.scope {
                kube::discovery::Scope::Cluster => Api::all_with(client.clone(), &resource),
                kube::discovery::Scope::Namespaced => {
                    Api::namespaced_with(client.clone(), NAMESPACE, &resource)
                }
            };
            let mut object = object.clone();
            if capabilities.scope == kube::discovery::Scope::Namespaced {
                object["metadata"]["namespace"] = json!(NAMESPACE);
            }
            let name = object["metadata"]["name"].as_str().unwrap();
            api.patch(name, &PatchParams::apply("flux").force(), &Patch::Apply(&object))
                .await
                .unwrap();
        });
    }
}

#[test]
fn flux_manages_itself_without_restarting() {
    let Some(files) = bundle() else {
        eprintln!("skipped: the oracle data is not found");
        return;
    };
    let sandbox = Sandbox::start().unwrap();
    namespace(&sandbox);
    let options = RepositoryOptions::default();
    sandbox.github().create_repository(sandbox.owner(), REPOSITORY, &options).unwrap();
    for (name, text) in &files {
        apply(&sandbox, text);
        commit(&sandbox, &format!("clusters/test/{name}"), text);
    }
    let list = "namespace: flux-system\n\
                resources: [source-controller.yaml, kustomize-controller.yaml]\n";
    let head = commit(&sandbox, "clusters/test/kustomization.yaml", list);
    for name in ["source-controller", "kustomize-controller"] {
        wait(&sandbox, &deployments(), name, "an available replica", is_available);
    }
    let pods = || {
        let pods = sandbox.kube().list("v1", "Pod");
        pods.iter().map(|pod| pod["metadata"]["uid"].clone()).collect::<Vec<_>>()
    };
    let before = pods();
    ssh_secret(&sandbox);
    git_repository(&sandbox, &ssh_url(&sandbox));
    kustomization(&sandbox, "flux-system", &json!({}));
    let revision = format!("main@sha1:{head}");
    let applied = wait(&sandbox, &kustomizations(), "flux-system", "the head", |object| {
        is(object, "Ready", "True")
            && object["status"]["observedGeneration"] == 1
            && object["status"]["lastAppliedRevision"] == revision.as_str()
    });
    let entries = applied["status"]["inventory"]["entries"].as_array().unwrap();
    let deployment = json!({"id": "flux-system_source-controller_apps_Deployment", "v": "v1"});
    assert!(entries.contains(&deployment), "{entries:#?}");
    assert_eq!(pods(), before, "applying the same again restarts nothing");
    let agents: Vec<_> =
        sandbox.recorder().all().into_iter().map(|request| request.agent).collect();
    for agent in ["player/source-controller", "player/kustomize-controller"] {
        assert!(agents.iter().any(|seen| seen == agent), "{agent} sent something");
    }
    assert_eq!(sandbox.troubles(), Vec::<String>::new());
}
