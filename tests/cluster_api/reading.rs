//! Lists, discovery, what is missing, and servers that are busy.

use futures::{StreamExt as _, TryStreamExt as _};
use kube::api::DynamicObject;
use nigari::cluster::Scope;
use nigari::error::{Class, class_of, report};
use nigari::kinds::helm::HELM_RELEASE;
use nigari::kinds::kustomize::KUSTOMIZATION;
use nigari_sandbox::kube::Deny;
use serde_json::json;

use crate::world::{
    GROUP, KUSTOMIZATION_V1, World, as_flux, kustomization, objects, patience, silent,
};

#[tokio::test]
async fn lists_come_in_pages() {
    let world = World::new().await;
    for number in 0..1203 {
        world.put(kustomization(&format!("ks-{number:04}"), "./"));
    }
    let cluster = world.cluster().await;
    let stream = cluster.list(&KUSTOMIZATION, &Scope::everywhere()).await.expect("installed");
    let objects: Vec<DynamicObject> = stream.try_collect().await.expect("every page");
    let names: Vec<_> = objects.iter().filter_map(|object| object.metadata.name.clone()).collect();
    assert_eq!(names.len(), 1203);
    assert!(names.is_sorted());
    assert!(objects.iter().all(|object| object.types.is_some()));
    assert_eq!(world.requests("/kustomizations?"), 3);
}

#[tokio::test]
async fn a_reader_that_stops_has_asked_for_one_page_more_at_most() {
    let world = World::new().await;
    for number in 0..1603 {
        world.put(kustomization(&format!("ks-{number:04}"), "./"));
    }
    let cluster = world.cluster().await;
    let stream = cluster.list(&KUSTOMIZATION, &Scope::everywhere()).await.expect("installed");
    let first: Vec<_> = stream.take(3).try_collect().await.expect("a page");
    assert_eq!(first.len(), 3);
    assert!(world.requests("/kustomizations?") <= 2);
}

#[tokio::test]
async fn what_is_listed_to_be_shown_says_who_wrote_it_but_not_which_fields() {
    let world = World::new().await;
    world.put(kustomization("apps", "./"));
    let cluster = world.cluster().await;
    let spec = json!({"interval": "1m", "prune": true, "sourceRef": {"kind": "GitRepository", "name": "f"}});
    let own = json!({"apiVersion": KUSTOMIZATION_V1, "kind": "Kustomization",
        "metadata": {"name": "own", "namespace": "flux-system"}, "spec": spec});
    let applied = cluster.apply(&objects(vec![own]), &as_flux(), &patience(&silent)).await;
    applied.expect("the sandbox notes who owns which field");
    let scope = Scope::everywhere();
    let whole = cluster.list(&KUSTOMIZATION, &scope).await.expect("installed");
    let mut whole: Vec<DynamicObject> = whole.try_collect().await.expect("a page");
    let shown = cluster.list_to_show(&KUSTOMIZATION, &scope).await.expect("installed");
    let shown: Vec<DynamicObject> = shown.try_collect().await.expect("a page");
    let managers = whole.iter_mut().flat_map(|object| object.metadata.managed_fields.iter_mut());
    let fields = managers.flatten().filter_map(|manager| manager.fields_v1.take());
    assert!(fields.count() > 0);
    assert_eq!(whole, shown);
}

#[tokio::test]
async fn discovery_is_asked_once() {
    let world = World::new().await;
    let cluster = world.cluster().await;
    for _ in 0..3 {
        assert!(cluster.resource(&KUSTOMIZATION).await.expect("discovery").is_some());
        assert!(cluster.resource(&HELM_RELEASE).await.expect("discovery").is_none());
    }
    assert_eq!(world.recorder.all().len(), 2);
}

#[tokio::test]
async fn what_is_missing_has_its_own_class() {
    let world = World::new().await;
    let cluster = world.cluster().await;
    let absent = cluster.find(&KUSTOMIZATION, "flux-system", "apps").await.unwrap_err();
    assert_eq!(class_of(&absent), Class::NotFound);
    assert_eq!(
        report(&absent),
        "error: Kustomization flux-system/apps not found\n  \
         hint: list them with: nigari get kustomization -A\n"
    );
    let foreign = cluster.find(&HELM_RELEASE, "flux-system", "apps").await.unwrap_err();
    assert_eq!(class_of(&foreign), Class::NotInstalled);
    world.api.deny(Deny::new("get", GROUP, "kustomizations"));
    let forbidden = cluster.find(&KUSTOMIZATION, "flux-system", "apps").await.unwrap_err();
    assert_eq!(class_of(&forbidden), Class::Denied);
    let address = world.server.address;
    drop(world);
    let gone = cluster.find(&KUSTOMIZATION, "flux-system", "apps").await.unwrap_err();
    assert_eq!(class_of(&gone), Class::Unreachable);
    let text = report(&gone);
    assert_eq!(text.lines().count(), 1, "{text}");
    assert!(text.contains(&format!("cannot reach the cluster at https://{address}: ")), "{text}");
}

#[tokio::test]
async fn a_busy_server_is_asked_again() {
    let world = World::new().await;
    world.put(kustomization("apps", "./"));
    let cluster = world.cluster().await;
    cluster.resource(&KUSTOMIZATION).await.expect("discovery");
    world.faults.arm("kube.request=429*1").expect("a known fault");
    let found = cluster.find(&KUSTOMIZATION, "flux-system", "apps").await;
    assert!(found.is_ok(), "{:?}", found.unwrap_err());
}
