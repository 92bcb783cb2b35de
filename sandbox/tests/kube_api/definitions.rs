//! Custom kinds: definitions, validation, the status endpoint.

use kube::api::{Patch, PatchParams, PostParams};
use serde_json::{Value, json};

use crate::cluster::{cluster, status, thing};

#[tokio::test]
async fn a_definition_is_established_and_its_objects_are_validated() {
    let cluster = cluster().await.with_things().await;
    let api = cluster.things();
    let created = api.create(&PostParams::default(), &thing("a", json!({"interval": "1m"}))).await;
    let created = created.unwrap();
    assert_eq!(created.metadata.generation, Some(1));
    assert_eq!(created.data["status"]["observedGeneration"], -1);

    let wrong = api.create(&PostParams::default(), &thing("b", json!({"interval": "x"}))).await;
    assert_eq!(
        status(wrong.unwrap_err()),
        (
            422,
            "Invalid".to_owned(),
            "Thing.example.com \"b\" is invalid: spec.interval: Invalid value: \"x\": \
             spec.interval in body should match '^[0-9]+m$'"
                .to_owned()
        )
    );
    let body = thing("b", json!({"interval": "1m", "foo": 1}));
    let path = "/apis/example.com/v1/namespaces/default/things?fieldValidation=Strict";
    let request = http::Request::post(path).body(serde_json::to_vec(&body).unwrap()).unwrap();
    let strict = cluster.client.request::<Value>(request).await;
    assert_eq!(
        status(strict.unwrap_err()).2,
        "Thing in version \"v1\" cannot be handled as a Thing: strict decoding error: unknown \
         field \"spec.foo\""
    );
    let applied = Patch::Apply(thing("b", json!({"interval": "1m", "foo": 1})));
    let untyped = api.patch("b", &PatchParams::apply("one"), &applied).await.unwrap_err();
    assert_eq!(
        status(untyped).2,
        "failed to create typed patch object (/b; example.com/v1, Kind=Thing): .spec.foo: field \
         not declared in schema"
    );
}

#[tokio::test]
async fn status_and_spec_have_their_own_endpoints() {
    let cluster = cluster().await.with_things().await;
    let api = cluster.things();
    api.create(&PostParams::default(), &thing("a", json!({"interval": "1m"}))).await.unwrap();
    let both = json!({"spec": {"interval": "2m"}, "status": {"observedGeneration": 7}});
    let params = PatchParams::default();
    let main = api.patch("a", &params, &Patch::Merge(both.clone())).await.unwrap();
    assert_eq!(main.data["status"]["observedGeneration"], -1);
    assert_eq!(main.metadata.generation, Some(2));
    let both = json!({"spec": {"interval": "3m"}, "status": {"observedGeneration": 7}});
    let status = api.patch_status("a", &params, &Patch::Merge(both)).await.unwrap();
    assert_eq!(status.data["status"]["observedGeneration"], 7);
    assert_eq!(status.data["spec"]["interval"], "2m");
    assert_eq!(status.metadata.generation, Some(2));
}
