//! Namespaces, finalizers and dependents.

use std::time::Duration;

use k8s_openapi::api::core::v1::{ConfigMap, Namespace, ServiceAccount};
use kube::ResourceExt as _;
use kube::api::{Api, DeleteParams, ListParams, Patch, PatchParams, PostParams};
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

/// Creates `owner` and `dependent`, deletes the owner with `policy`.
async fn delete_owner(api: &Api<ConfigMap>, policy: DeleteParams) {
    let owner = api.create(&PostParams::default(), &config_map("owner", json!({}))).await.unwrap();
    let mut dependent = config_map("dependent", json!({}));
    let reference = json!({
        "apiVersion": "v1", "kind": "ConfigMap", "name": "owner", "uid": owner.uid().unwrap(),
    });
    dependent.owner_references_mut().push(serde_json::from_value(reference).unwrap());
    dependent.finalizers_mut().push("example.com/hold".to_owned());
    api.create(&PostParams::default(), &dependent).await.unwrap();
    api.delete("owner", &policy).await.unwrap();
}

#[tokio::test]
async fn an_owner_deleted_in_the_foreground_waits_for_its_dependents() {
    let cluster = cluster().await;
    let api = cluster.config_maps();
    delete_owner(&api, DeleteParams::foreground()).await;
    let marked =
        |map: Option<&ConfigMap>| map.is_some_and(|map| map.metadata.deletion_timestamp.is_some());
    let wait = kube::runtime::wait::await_condition(api.clone(), "dependent", marked);
    tokio::time::timeout(Duration::from_secs(10), wait).await.unwrap().unwrap();
    assert!(api.get("owner").await.unwrap().metadata.deletion_timestamp.is_some());

    let free = Patch::Merge(json!({"metadata": {"finalizers": null}}));
    api.patch("dependent", &PatchParams::default(), &free).await.unwrap();
    let gone = |map: Option<&ConfigMap>| map.is_none();
    let wait = kube::runtime::wait::await_condition(api, "owner", gone);
    tokio::time::timeout(Duration::from_secs(10), wait).await.unwrap().unwrap();
}

#[tokio::test]
async fn orphans_lose_their_owner_and_stay() {
    let cluster = cluster().await;
    let api = cluster.config_maps();
    delete_owner(&api, DeleteParams::orphan()).await;
    assert!(api.get_opt("owner").await.unwrap().is_none());
    let dependent = api.get("dependent").await.unwrap();
    assert!(dependent.owner_references().is_empty());
    assert!(dependent.metadata.deletion_timestamp.is_none());
}

#[tokio::test]
async fn a_deletion_honours_its_preconditions() {
    let cluster = cluster().await;
    let api = cluster.config_maps();
    let created = api.create(&PostParams::default(), &config_map("a", json!({}))).await.unwrap();
    let wrong = DeleteParams::default().preconditions(kube::api::Preconditions {
        uid: Some("other".to_owned()),
        resource_version: None,
    });
    let uid = created.uid().unwrap();
    assert_eq!(
        status(api.delete("a", &wrong).await.unwrap_err()).2,
        format!(
            "Operation cannot be fulfilled on ConfigMap \"a\": the UID in the precondition (other) \
             does not match the UID in record ({uid}). The object might have been deleted and then \
             recreated"
        )
    );
    assert!(api.get_opt("a").await.unwrap().is_some());
}

#[tokio::test]
async fn a_collection_is_deleted_by_selector() {
    let cluster = cluster().await;
    let api = cluster.config_maps();
    for (name, app) in [("a", "x"), ("b", "x"), ("c", "y")] {
        let mut object = config_map(name, json!({}));
        object.labels_mut().insert("app".to_owned(), app.to_owned());
        api.create(&PostParams::default(), &object).await.unwrap();
    }
    let selected = ListParams::default().labels("app=x");
    api.delete_collection(&DeleteParams::default(), &selected).await.unwrap();
    let left = api.list(&ListParams::default()).await.unwrap();
    assert_eq!(left.items.iter().map(|object| object.name_any()).collect::<Vec<_>>(), ["c"]);
}
