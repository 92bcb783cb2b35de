//! The component bundle of Flux, applied as `flux` and nigari do.

use std::path::PathBuf;

use kube::api::{Api, ApiResource, DynamicObject, Patch, PatchParams};
use kube::core::GroupVersionKind;
use nigari_sandbox::kube::KubeApi;
use serde_json::{Value, json};

use crate::cluster::{Cluster, cluster};

/// The files of the reference bundle; empty where the oracle data is not there.
#[allow(clippy::disallowed_methods, reason = "tests have no context to read the environment")]
fn bundle() -> Vec<Value> {
    let root = std::env::var("NIGARI_ORACLE").unwrap_or_else(|_| "../../shared/oracle".to_owned());
    let folder = PathBuf::from(root).join("components/v2.9.4");
    let Ok(files) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut objects = Vec::new();
    for file in files {
        let text = std::fs::read_to_string(file.unwrap().path()).unwrap();
        objects.extend(serde_yaml::from_multiple::<Value>(&text).unwrap());
    }
    // Definitions first, as every installer does.
    objects.sort_by_key(|object| object["kind"] != "CustomResourceDefinition");
    objects
}

async fn apply(cluster: &Cluster, object: &Value) -> DynamicObject {
    let kind: DynamicObject = serde_json::from_value(object.clone()).unwrap();
    let types = kind.types.unwrap();
    let (group, version) = types.api_version.split_once('/').unwrap_or(("", &types.api_version));
    let resource = ApiResource::from_gvk(&GroupVersionKind::gvk(group, version, &types.kind));
    const CLUSTER_WIDE: &[&str] =
        &["CustomResourceDefinition", "ClusterRole", "ClusterRoleBinding", "Namespace"];
    let client = cluster.client.clone();
    let api: Api<DynamicObject> = match CLUSTER_WIDE.contains(&types.kind.as_str()) {
        true => Api::all_with(client, &resource),
        false => Api::default_namespaced_with(client, &resource),
    };
    let name = object["metadata"]["name"].as_str().unwrap();
    api.patch(name, &PatchParams::apply("flux").force(), &Patch::Apply(object)).await.unwrap()
}

fn newest_version(api: &KubeApi) -> u64 {
    let kinds = [
        ("apiextensions.k8s.io/v1", "CustomResourceDefinition"),
        ("apps/v1", "Deployment"),
        ("networking.k8s.io/v1", "NetworkPolicy"),
        ("rbac.authorization.k8s.io/v1", "ClusterRole"),
        ("rbac.authorization.k8s.io/v1", "ClusterRoleBinding"),
        ("v1", "ResourceQuota"),
        ("v1", "Service"),
        ("v1", "ServiceAccount"),
    ];
    let objects = kinds.iter().flat_map(|(api_version, kind)| api.list(api_version, kind));
    let version = |object: Value| object["metadata"]["resourceVersion"].as_str()?.parse().ok();
    objects.filter_map(version).max().unwrap()
}

#[tokio::test]
async fn applying_the_bundle_again_writes_nothing() {
    let objects = bundle();
    if objects.is_empty() {
        eprintln!("skipped: no reference bundle below NIGARI_ORACLE");
        return;
    }
    let cluster = cluster().await;
    for object in &objects {
        apply(&cluster, object).await;
    }
    cluster.wait_until_established("gitrepositories.source.toolkit.fluxcd.io").await;
    let before = newest_version(&cluster.api);
    for object in &objects {
        apply(&cluster, object).await;
    }
    assert_eq!(newest_version(&cluster.api), before);
    let deployment = cluster.api.get("apps/v1", "Deployment", Some("default"), "source-controller");
    let deployment = deployment.unwrap();
    assert_eq!(deployment["metadata"]["generation"], 1);
    let limits = &deployment["spec"]["template"]["spec"]["containers"][0]["resources"]["limits"];
    assert_eq!(*limits, json!({"cpu": "1", "memory": "1Gi"}));
}
