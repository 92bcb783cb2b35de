//! Objects: create, read, change, list by pages, dry runs.

use kube::ResourceExt as _;
use kube::api::{DeleteParams, ListParams, Patch, PatchParams, PostParams};
use serde_json::json;

use crate::cluster::{cluster, config_map, status};

#[tokio::test]
async fn objects_are_created_read_changed_and_deleted() {
    let cluster = cluster().await;
    let api = cluster.config_maps();
    let created = api.create(&PostParams::default(), &config_map("a", json!({"k": "1"}))).await;
    let created = created.unwrap();
    assert!(created.uid().is_some() && created.creation_timestamp().is_some());

    let again = api.create(&PostParams::default(), &config_map("a", json!({}))).await;
    let expected = (409, "AlreadyExists".to_owned(), "configmaps \"a\" already exists".to_owned());
    assert_eq!(status(again.unwrap_err()), expected);

    let patch = json!({"data": {"k": null, "l": "2"}});
    let patched = api.patch("a", &PatchParams::default(), &Patch::Merge(patch)).await.unwrap();
    assert_eq!(patched.data.unwrap().into_iter().collect::<Vec<_>>(), [("l".into(), "2".into())]);

    let stale = api.replace("a", &PostParams::default(), &created).await.unwrap_err();
    assert_eq!(
        status(stale).2,
        "Operation cannot be fulfilled on configmaps \"a\": the object has been modified; please \
         apply your changes to the latest version and try again"
    );

    let gone = api.delete("a", &DeleteParams::default()).await.unwrap();
    assert!(gone.right().unwrap().is_success());
    let missing = api.get("a").await.unwrap_err();
    let expected = (404, "NotFound".to_owned(), "configmaps \"a\" not found".to_owned());
    assert_eq!(status(missing), expected);
}

#[tokio::test]
async fn pages_show_one_version() {
    let cluster = cluster().await;
    let api = cluster.config_maps();
    for name in ["a", "b", "c"] {
        api.create(&PostParams::default(), &config_map(name, json!({}))).await.unwrap();
    }
    let first = api.list(&ListParams::default().limit(2)).await.unwrap();
    assert_eq!(first.metadata.remaining_item_count, Some(1));
    api.delete("c", &DeleteParams::default()).await.unwrap();
    api.create(&PostParams::default(), &config_map("d", json!({}))).await.unwrap();
    let token = first.metadata.continue_.unwrap();
    let rest = api.list(&ListParams::default().limit(2).continue_token(&token)).await.unwrap();
    let names: Vec<_> = rest.items.iter().map(|object| object.name_any()).collect();
    assert_eq!(names, ["c"], "the second page shows what was there for the first");
    assert_eq!(rest.metadata.resource_version, first.metadata.resource_version);
    assert_eq!(rest.metadata.continue_, None);
}

#[tokio::test]
async fn a_dry_run_answers_and_stores_nothing() {
    let cluster = cluster().await;
    let api = cluster.config_maps();
    cluster.recorder.clear();
    let dry = PostParams { dry_run: true, ..PostParams::default() };
    let answer = api.create(&dry, &config_map("a", json!({"k": "1"}))).await.unwrap();
    assert!(answer.uid().is_some() && answer.resource_version().is_none());
    assert!(api.get_opt("a").await.unwrap().is_none());
    assert_eq!(cluster.recorder.writes(), []);
    assert_eq!(cluster.recorder.all().len(), 2);
}

#[tokio::test]
async fn a_generated_name_is_new_every_time() {
    let cluster = cluster().await;
    let api = cluster.config_maps();
    let generated = json!({
        "apiVersion": "v1", "kind": "ConfigMap", "metadata": {"generateName": "run-"},
    });
    let generated = serde_json::from_value(generated).unwrap();
    let one = api.create(&PostParams::default(), &generated).await.unwrap().name_any();
    let two = api.create(&PostParams::default(), &generated).await.unwrap().name_any();
    assert!(one.starts_with("run-") && one.len() == "run-".len() + 5, "{one}");
    assert_ne!(one, two);
}

#[tokio::test]
async fn a_json_patch_tests_before_it_changes() {
    let cluster = cluster().await;
    let api = cluster.config_maps();
    api.create(&PostParams::default(), &config_map("a", json!({"k": "1"}))).await.unwrap();
    let operations = |expected: &str| {
        let operations = json!([
            {"op": "test", "path": "/data/k", "value": expected},
            {"op": "replace", "path": "/data/k", "value": "2"},
        ]);
        Patch::<()>::Json(serde_json::from_value(operations).unwrap())
    };
    let params = PatchParams::default();
    let refused = api.patch("a", &params, &operations("other")).await.unwrap_err();
    assert_eq!(status(refused).0, 422);
    let changed = api.patch("a", &params, &operations("1")).await.unwrap();
    assert_eq!(changed.data.unwrap()["k"], "2");
}

#[test]
fn objects_are_seeded_without_a_runtime() {
    use nigari_sandbox::{faults::Faults, kube::KubeApi, recorder::Recorder};

    let api = KubeApi::new(Faults::default(), Recorder::default());
    let deployment = json!({
        "apiVersion": "apps/v1",
        "kind": "Deployment",
        "metadata": {"name": "a", "namespace": "default"},
        "status": {"availableReplicas": 1},
    });
    api.put(deployment).unwrap();
    let stored = api.get("apps/v1", "Deployment", Some("default"), "a").unwrap();
    assert_eq!(stored["status"], json!({"availableReplicas": 1}));
    assert!(stored["metadata"]["uid"].is_string());
    let unknown =
        json!({"apiVersion": "example.com/v1", "kind": "Thing", "metadata": {"name": "a"}});
    assert!(api.put(unknown).is_err());
    api.put(crate::cluster::thing_definition()).unwrap();
    assert!(api.list("example.com/v1", "Thing").is_empty());
    let thing = json!({
        "apiVersion": "example.com/v1", "kind": "Thing",
        "metadata": {"name": "a", "namespace": "default"},
    });
    api.put(thing).unwrap();
    assert_eq!(api.list("example.com/v1", "Thing").len(), 1);
}
