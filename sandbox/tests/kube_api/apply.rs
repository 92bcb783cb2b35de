//! Server-side apply.

use kube::ResourceExt as _;
use kube::api::{DynamicObject, Patch, PatchParams};
use serde_json::{Value, json};

use crate::cluster::{cluster, config_map, status, thing};

#[tokio::test]
async fn a_change_that_changes_nothing_keeps_the_version() {
    let cluster = cluster().await;
    let api = cluster.config_maps();
    let apply = PatchParams::apply("one");
    let config = Patch::Apply(config_map("a", json!({"k": "1"})));
    let first = api.patch("a", &apply, &config).await.unwrap();
    let second = api.patch("a", &apply, &config).await.unwrap();
    assert_eq!(first, second);
    let same = Patch::Merge(json!({"data": {"k": "1"}}));
    let third = api.patch("a", &PatchParams::default(), &same).await.unwrap();
    assert_eq!(first.resource_version(), third.resource_version());
}

#[tokio::test]
async fn applies_conflict_until_forced() {
    let cluster = cluster().await;
    let api = cluster.config_maps();
    let apply = |manager: &str| PatchParams::apply(manager);
    let config = |value: &str| Patch::Apply(config_map("a", json!({"k": value})));
    api.patch("a", &apply("one"), &config("1")).await.unwrap();
    let conflict = api.patch("a", &apply("two"), &config("2")).await.unwrap_err();
    assert_eq!(
        status(conflict),
        (
            409,
            "Conflict".to_owned(),
            "Apply failed with 1 conflict: conflict with \"one\": .data.k".to_owned()
        )
    );
    let forced = api.patch("a", &apply("two").force(), &config("2")).await.unwrap();
    let managers: Vec<_> =
        forced.managed_fields().iter().filter_map(|entry| entry.manager.clone()).collect();
    assert_eq!(managers, ["two"]);
}

#[tokio::test]
async fn lists_of_a_custom_kind_merge_by_their_key() {
    let cluster = cluster().await.with_things().await;
    let api = cluster.things();
    let spec = |items: Value| Patch::Apply(thing("a", json!({"interval": "1m", "items": items})));
    let one = spec(json!([{"name": "x", "size": 1}, {"name": "y"}]));
    api.patch("a", &PatchParams::apply("one"), &one).await.unwrap();
    let two = spec(json!([{"name": "z", "size": 3}]));
    let both = api.patch("a", &PatchParams::apply("two"), &two).await.unwrap();
    let names = |object: &DynamicObject| -> Vec<Value> {
        let items = object.data["spec"]["items"].as_array().unwrap();
        items.iter().map(|item| item["name"].clone()).collect()
    };
    assert_eq!(names(&both), ["x", "y", "z"]);
    let less = spec(json!([{"name": "x", "size": 1}]));
    let less = api.patch("a", &PatchParams::apply("one"), &less).await.unwrap();
    assert_eq!(names(&less), ["x", "z"]);
}
