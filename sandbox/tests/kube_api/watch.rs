//! Watches.

use futures::TryStreamExt as _;
use k8s_openapi::api::core::v1::ConfigMap;
use kube::ResourceExt as _;
use kube::api::{ListParams, Patch, PatchParams, PostParams, WatchEvent, WatchParams};
use serde_json::json;

use crate::cluster::{cluster, config_map};

#[tokio::test]
async fn a_watch_resumes_where_it_ended() {
    let cluster = cluster().await;
    let api = cluster.config_maps();
    let names = |events: Vec<WatchEvent<ConfigMap>>| -> Vec<String> {
        events
            .into_iter()
            .map(|event| match event {
                WatchEvent::Added(object) => format!("added {}", object.name_any()),
                WatchEvent::Modified(object) => format!("modified {}", object.name_any()),
                WatchEvent::Deleted(object) => format!("deleted {}", object.name_any()),
                other => format!("{other:?}"),
            })
            .collect()
    };
    let start = api.list(&ListParams::default()).await.unwrap().metadata.resource_version.unwrap();
    let stream = api.watch(&WatchParams::default().labels("app=x"), &start).await.unwrap();
    let selected = |name: &str, app: &str| {
        let mut object = config_map(name, json!({}));
        object.labels_mut().insert("app".to_owned(), app.to_owned());
        object
    };
    api.create(&PostParams::default(), &selected("a", "x")).await.unwrap();
    api.create(&PostParams::default(), &selected("other", "y")).await.unwrap();
    let relabel = |app: &str| Patch::Merge(json!({"metadata": {"labels": {"app": app}}}));
    api.patch("a", &PatchParams::default(), &relabel("y")).await.unwrap();
    let resumed_from = api.get("a").await.unwrap().resource_version().unwrap();
    api.patch("other", &PatchParams::default(), &relabel("x")).await.unwrap();

    let mut stream = Box::pin(stream);
    let mut events = Vec::new();
    for _ in 0..3 {
        events.push(stream.try_next().await.unwrap().unwrap());
    }
    assert_eq!(names(events), ["added a", "deleted a", "added other"]);
    cluster.api.drop_watches();
    assert!(stream.try_next().await.unwrap().is_none(), "the watch ends");

    let stream = api.watch(&WatchParams::default().labels("app=x"), &resumed_from).await.unwrap();
    let mut stream = Box::pin(stream);
    let event = stream.try_next().await.unwrap().unwrap();
    assert_eq!(names(vec![event]), ["added other"]);
}

#[tokio::test]
async fn an_injected_gone_ends_a_watch_with_410() {
    let cluster = cluster().await;
    cluster.faults.arm("kube.watch=gone*1").unwrap();
    let api = cluster.config_maps();
    let mut stream = Box::pin(api.watch(&WatchParams::default(), "1").await.unwrap());
    let event = stream.try_next().await.unwrap().unwrap();
    assert!(
        matches!(event, WatchEvent::Error(error) if error.code == 410 && error.reason == "Expired")
    );
    assert!(stream.try_next().await.unwrap().is_none());
}

#[tokio::test]
async fn a_streaming_list_ends_its_initial_events_with_a_bookmark() {
    use futures::StreamExt as _;
    use kube::runtime::watcher::{self, Event};

    let cluster = cluster().await;
    let api = cluster.config_maps();
    api.create(&PostParams::default(), &config_map("a", json!({}))).await.unwrap();
    let config = watcher::Config::default().streaming_lists();
    let mut events = Box::pin(watcher::watcher(api.clone(), config));
    let mut seen = Vec::new();
    while seen.last() != Some(&"done".to_owned()) {
        seen.push(match events.next().await.unwrap().unwrap() {
            Event::Init => "init".to_owned(),
            Event::InitApply(object) => format!("initial {}", object.name_any()),
            Event::InitDone => "done".to_owned(),
            Event::Apply(object) => format!("applied {}", object.name_any()),
            Event::Delete(object) => format!("deleted {}", object.name_any()),
        });
    }
    assert_eq!(seen, ["init", "initial a", "done"]);
}

#[tokio::test]
async fn a_watch_can_follow_metadata_alone() {
    let cluster = cluster().await;
    let api = cluster.config_maps();
    api.create(&PostParams::default(), &config_map("a", json!({"k": "1"}))).await.unwrap();
    let events = api.watch_metadata(&WatchParams::default(), "0").await.unwrap();
    let event = Box::pin(events).try_next().await.unwrap().unwrap();
    assert!(matches!(event, WatchEvent::Added(object) if object.name_any() == "a"));
}
