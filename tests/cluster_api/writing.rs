//! Applies, dry runs, rights, Secrets and deletions.

use k8s_openapi::ByteString;
use k8s_openapi::api::core::v1::Secret;
use kube::api::DynamicObject;
use kube::core::GroupVersionKind;
use nigari::cluster::access::Right;
use nigari::cluster::apply::Applied;
use nigari::cluster::delete::Deleted;
use nigari::cluster::preview::Preview;
use nigari::error::{Class, class_of};
use nigari::kinds::kustomize::KUSTOMIZATION;
use nigari_sandbox::kube::Deny;
use serde_json::{Value, json};

use crate::world::{KUSTOMIZATION_V1, World, as_flux, kustomization, objects, patience, silent};

/// The definition of a kind that is not Flux's.
fn widgets() -> Value {
    json!({
        "apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition",
        "metadata": {"name": "widgets.example.com"},
        "spec": {
            "group": "example.com", "scope": "Namespaced",
            "names": {"kind": "Widget", "plural": "widgets", "singular": "widget",
                "listKind": "WidgetList"},
            "versions": [{"name": "v1", "served": true, "storage": true,
                "schema": {"openAPIV3Schema": {"type": "object", "properties": {
                    "spec": {"type": "object", "properties": {"path": {"type": "string"}}}}}}}],
        },
    })
}

fn bundle(value: &str) -> Vec<DynamicObject> {
    objects(vec![
        json!({"apiVersion": "v1", "kind": "ConfigMap",
            "metadata": {"name": "settings", "namespace": "later"}, "data": {"key": value}}),
        json!({"apiVersion": "example.com/v1", "kind": "Widget",
            "metadata": {"name": "first", "namespace": "later"}, "spec": {"path": value}}),
        json!({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "later"}}),
        widgets(),
    ])
}

fn outcomes(previews: &[Preview]) -> Vec<Applied> {
    previews.iter().map(|preview| preview.applied).collect()
}

#[tokio::test]
async fn an_apply_goes_in_stages_and_the_second_writes_nothing() {
    let world = World::new().await;
    let cluster = world.cluster().await;
    let patience = patience(&silent);
    let first = cluster.apply(&bundle("a"), &as_flux(), &patience).await.expect("applied");
    assert_eq!(first, [Applied::Created; 4]);
    world.recorder.clear();
    let second = cluster.apply(&bundle("a"), &as_flux(), &patience).await.expect("applied");
    assert_eq!(second, [Applied::Unchanged; 4]);
    assert_eq!(world.recorder.writes(), []);
    let third = cluster.apply(&bundle("b"), &as_flux(), &patience).await.expect("applied");
    assert_eq!(
        third,
        [Applied::Configured, Applied::Configured, Applied::Unchanged, Applied::Unchanged]
    );
    let widget =
        world.api.get("example.com/v1", "Widget", Some("later"), "first").expect("applied");
    assert_eq!(widget["spec"]["path"], "b");
    assert_eq!(widget["metadata"]["managedFields"][0]["manager"], "flux");
}

#[tokio::test]
async fn definitions_that_another_run_has_made_meanwhile_are_served() {
    let world = World::new().await;
    let (one, other) = (world.cluster().await, world.cluster().await);
    let patience = patience(&silent);
    // What is served is asked for once, and there is no such kind yet.
    let widget = GroupVersionKind::gvk("example.com", "v1", "Widget");
    assert_eq!(one.served_resource(&widget).await.expect("asked"), None);
    other.apply(&bundle("a"), &as_flux(), &patience).await.expect("applied");
    let applied = one.apply(&bundle("a"), &as_flux(), &patience).await.expect("applied");
    assert_eq!(applied, [Applied::Unchanged; 4]);
}

#[tokio::test]
async fn a_dry_run_tells_and_writes_nothing() {
    let world = World::new().await;
    let cluster = world.cluster().await;
    let patience = patience(&silent);
    let told = cluster.preview(&bundle("a"), &as_flux(), &patience).await.expect("a dry run");
    assert_eq!(outcomes(&told), [Applied::Created; 4]);
    assert_eq!(world.recorder.writes(), []);
    cluster.apply(&bundle("a"), &as_flux(), &patience).await.expect("applied");
    let told = cluster.preview(&bundle("b"), &as_flux(), &patience).await.expect("a dry run");
    let unchanged = [Applied::Unchanged; 2];
    assert_eq!(outcomes(&told), [[Applied::Configured; 2], unchanged].concat());
    assert_eq!(told[0].object, "ConfigMap later/settings");
    assert_eq!(told[0].live.as_ref().expect("it is there")["data"]["key"], "a");
    assert_eq!(told[0].wanted["data"]["key"], "b");
    assert_eq!(
        world.api.get("v1", "ConfigMap", Some("later"), "settings").expect("it")["data"]["key"],
        "a"
    );
}

#[tokio::test]
async fn what_the_cluster_does_not_know_is_refused() {
    let world = World::new().await;
    let cluster = world.cluster().await;
    let patience = patience(&silent);
    let unknown_kind = objects(vec![json!({"apiVersion": "example.com/v1", "kind": "Gadget",
        "metadata": {"name": "x", "namespace": "default"}})]);
    let error = cluster.apply(&unknown_kind, &as_flux(), &patience).await.unwrap_err();
    assert_eq!(class_of(&error), Class::NotInstalled);
    assert_eq!(
        error.to_string(),
        "cannot apply Gadget default/x: the cluster does not serve example.com/v1"
    );
    let unknown_field =
        objects(vec![json!({"apiVersion": KUSTOMIZATION_V1, "kind": "Kustomization",
        "metadata": {"name": "x", "namespace": "flux-system"}, "spec": {"pathh": "./"}})]);
    let error = cluster.apply(&unknown_field, &as_flux(), &patience).await.unwrap_err();
    assert_eq!(class_of(&error), Class::Usage);
    assert!(error.to_string().contains("pathh"), "{error}");
    assert_eq!(world.api.list(KUSTOMIZATION_V1, "Kustomization"), Vec::<Value>::new());
}

#[tokio::test]
async fn missing_rights_are_told() {
    let world = World::new().await;
    world.api.deny(Deny::new("create", "apps", "deployments"));
    let cluster = world.cluster().await;
    let needed = [
        Right::within("flux-system", "create", "apps", "deployments"),
        Right::everywhere("patch", "apiextensions.k8s.io", "customresourcedefinitions"),
    ];
    let missing = cluster.missing_rights(&needed).await.expect("reviews are answered");
    assert_eq!(missing, needed[..1]);
    assert_eq!(world.recorder.writes(), []);
}

#[tokio::test]
async fn a_secret_is_applied_and_read() {
    let world = World::new().await;
    let cluster = world.cluster().await;
    assert!(cluster.secret("flux-system", "flux-system").await.expect("readable").is_none());
    let secret: Secret = serde_json::from_value(json!({
        "metadata": {"name": "flux-system", "namespace": "flux-system"},
        "stringData": {"password": "hunter2"},
    }))
    .expect("a Secret");
    for _ in 0..2 {
        cluster.apply_secret(&secret).await.expect("applied");
    }
    let read =
        cluster.secret("flux-system", "flux-system").await.expect("readable").expect("there");
    assert_eq!(read.data.expect("data")["password"].0, b"hunter2");
}

#[tokio::test]
async fn a_secret_that_somebody_else_wrote_meanwhile_is_left_alone() {
    let world = World::new().await;
    let cluster = world.cluster().await;
    let secret = |password: &str| -> Secret {
        let data = json!({"password": ByteString(password.into())});
        serde_json::from_value(json!({
            "metadata": {"name": "flux-system", "namespace": "flux-system"}, "data": data,
        }))
        .expect("a Secret")
    };
    let read = async || cluster.secret("flux-system", "flux-system").await.expect("readable");
    let seen = cluster.apply_secret_as_seen(None, &secret("first")).await.expect("created");
    cluster.apply_secret_as_seen(Some(&seen), &secret("second")).await.expect("changed");
    for seen in [Some(&seen), None] {
        let error = cluster.apply_secret_as_seen(seen, &secret("third")).await;
        let error = error.expect_err("it was written meanwhile");
        assert_eq!(class_of(&error), Class::Conflict);
        assert_eq!(
            error.to_string(),
            "somebody else wrote Secret flux-system/flux-system while this command was running"
        );
        assert_eq!(read().await.expect("there").data, secret("second").data);
    }
    // Our own request, whose answer was lost.
    let again = cluster.apply_secret_as_seen(Some(&seen), &secret("second")).await.expect("ours");
    assert_eq!(again.data, secret("second").data);
}

#[tokio::test]
async fn what_is_gone_already_is_deleted_and_what_came_in_its_place_stays() {
    let world = World::new().await;
    world.put(kustomization("apps", "./"));
    let cluster = world.cluster().await;
    let apps = cluster.find(&KUSTOMIZATION, "flux-system", "apps").await.expect("it is there");
    for _ in 0..2 {
        let deleted = cluster.delete(&KUSTOMIZATION, &apps, false).await.expect("deleted");
        assert_eq!(deleted, Deleted::Gone);
    }
    world.put(kustomization("apps", "./"));
    let error = cluster.delete(&KUSTOMIZATION, &apps, false).await.expect_err("another object");
    assert_eq!(class_of(&error), Class::Conflict);
    cluster.find(&KUSTOMIZATION, "flux-system", "apps").await.expect("it is left alone");
}
