//! Namespaces, finalizers and dependents.

use std::time::Duration;

use k8s_openapi::api::core::v1::{ConfigMap, Namespace, ServiceAccount};
use kube::ResourceExt as _;
use kube::api::{Api, DeleteParams, Patch, PatchParams, PostParams};
use serde_json::json;

use crate::cluster::{cluster, config_map, status};

#[tokio::test]
async fn a_namespace_goes_with_its_content_and_waits_for_finalizers() {
    let cluster = cluster().await;
    let namespaces: Api<Namespace> = Api::all(cluster.client.clone());
    let namespace = json!({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "apps"}});
    let namespace = serde_json::from_value(namespace).unwrap();
    let created = namespaces.create(&PostParams::default(), &namespace).await.unwrap();
    assert_eq!(created.labels()["kubernetes.io/metadata.name"], "apps");
    let accounts: Api<ServiceAccount> = Api::namespaced(cluster.client.clone(), "apps");
    let provided = kube::runtime::wait::await_condition(
        accounts,
        "default",
        |account: Option<&ServiceAccount>| account.is_some(),
    );
    tokio::time::timeout(Duration::from_secs(10), provided).await.unwrap().unwrap();

    let maps: Api<ConfigMap> = Api::namespaced(cluster.client.clone(), "apps");
    let mut held = config_map("held", json!({}));
    held.finalizers_mut().push("example.com/hold".to_owned());
    maps.create(&PostParams::default(), &held).await.unwrap();
    maps.create(&PostParams::default(), &config_map("free", json!({}))).await.unwrap();
    let deleted = namespaces.delete("apps", &DeleteParams::default()).await.unwrap();
    let phase = deleted.left().unwrap().status.unwrap().phase;
    assert_eq!(phase.as_deref(), Some("Terminating"));
    let refused = maps.create(&PostParams::default(), &config_map("new", json!({}))).await;
    assert_eq!(
        status(refused.unwrap_err()).2,
        "configmaps \"new\" is forbidden: unable to create new content in namespace apps because \
         it is being terminated"
    );
    let left = |map: Option<&ConfigMap>| map.is_none();
    let wait = kube::runtime::wait::await_condition(maps.clone(), "free", left);
    tokio::time::timeout(Duration::from_secs(10), wait).await.unwrap().unwrap();
    assert!(maps.get("held").await.unwrap().metadata.deletion_timestamp.is_some());

    let free = Patch::Merge(json!({"metadata": {"finalizers": null}}));
    maps.patch("held", &PatchParams::default(), &free).await.unwrap();
    let gone = |namespace: Option<&Namespace>| namespace.is_none();
    let wait = kube::runtime::wait::await_condition(namespaces, "apps", gone);
    tokio::time::timeout(Duration::from_secs(10), wait).await.unwrap().unwrap();
}

#[tokio::test]
async fn dependents_follow_their_owner() {
    let cluster = cluster().await;
    let api = cluster.config_maps();
    let owner = api.create(&PostParams::default(), &config_map("owner", json!({}))).await.unwrap();
    let mut dependent = config_map("dependent", json!({}));
    let reference = json!({
        "apiVersion": "v1", "kind": "ConfigMap", "name": "owner", "uid": owner.uid().unwrap(),
    });
    dependent.owner_references_mut().push(serde_json::from_value(reference).unwrap());
    api.create(&PostParams::default(), &dependent).await.unwrap();
    api.delete("owner", &DeleteParams::default()).await.unwrap();
    let gone = |map: Option<&ConfigMap>| map.is_none();
    let wait = kube::runtime::wait::await_condition(api, "dependent", gone);
    tokio::time::timeout(Duration::from_secs(10), wait).await.unwrap().unwrap();
}
