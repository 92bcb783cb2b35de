//! The Kubernetes API as a real client sees it, over TLS.

use std::time::Duration;

use futures::TryStreamExt as _;
use k8s_openapi::api::core::v1::{ConfigMap, Namespace, ServiceAccount};
use k8s_openapi::apiextensions_apiserver::pkg::apis::apiextensions::v1::CustomResourceDefinition;
use kube::api::{
    Api, ApiResource, DeleteParams, DynamicObject, GroupVersionKind, ListParams, Patch,
    PatchParams, PostParams, WatchEvent, WatchParams,
};
use kube::config::{KubeConfigOptions, Kubeconfig};
use kube::{Client, Config, ResourceExt as _};
use nigari_sandbox::faults::Faults;
use nigari_sandbox::kube::{Deny, KubeApi, kubeconfig};
use nigari_sandbox::recorder::Recorder;
use nigari_sandbox::serve::{Server, https};
use nigari_sandbox::tls::Authority;
use serde_json::{Value, json};

struct Cluster {
    api: KubeApi,
    client: Client,
    recorder: Recorder,
    faults: Faults,
    kubeconfig: String,
    _server: Server,
}

async fn cluster() -> Cluster {
    let (faults, recorder) = (Faults::default(), Recorder::default());
    let api = KubeApi::new(faults.clone(), recorder.clone());
    let authority = Authority::new().unwrap();
    let server = https(api.router(), authority.server_config().unwrap()).await.unwrap();
    let url = format!("https://{}", server.address);
    let kubeconfig = kubeconfig(&url, authority.certificate_pem(), &api.token("admin"));
    let parsed = Kubeconfig::from_yaml(&kubeconfig).unwrap();
    let mut config =
        Config::from_custom_kubeconfig(parsed, &KubeConfigOptions::default()).await.unwrap();
    // Failures are looked at, not retried away.
    config.default_retry = false;
    let client = Client::try_from(config).unwrap();
    Cluster { api, client, recorder, faults, kubeconfig, _server: server }
}

impl Cluster {
    fn config_maps(&self) -> Api<ConfigMap> {
        Api::namespaced(self.client.clone(), "default")
    }

    fn things(&self) -> Api<DynamicObject> {
        let kind = GroupVersionKind::gvk("example.com", "v1", "Thing");
        let resource = ApiResource::from_gvk_with_plural(&kind, "things");
        Api::namespaced_with(self.client.clone(), "default", &resource)
    }

    /// Installs the kind `Thing` and waits until it is established.
    async fn with_things(self) -> Self {
        let definitions: Api<CustomResourceDefinition> = Api::all(self.client.clone());
        let crd = serde_json::from_value(thing_definition()).unwrap();
        let created = definitions.create(&PostParams::default(), &crd).await.unwrap();
        let established = kube::runtime::wait::conditions::is_crd_established();
        assert!(created.status.is_none_or(|status| status.conditions.is_none()));
        let wait =
            kube::runtime::wait::await_condition(definitions, "things.example.com", established);
        tokio::time::timeout(Duration::from_secs(10), wait).await.unwrap().unwrap();
        self
    }
}

fn thing_definition() -> Value {
    json!({
        "apiVersion": "apiextensions.k8s.io/v1",
        "kind": "CustomResourceDefinition",
        "metadata": {"name": "things.example.com"},
        "spec": {
            "group": "example.com",
            "scope": "Namespaced",
            "names": {"kind": "Thing", "plural": "things", "shortNames": ["th"]},
            "versions": [{
                "name": "v1", "served": true, "storage": true,
                "subresources": {"status": {}},
                "additionalPrinterColumns": [
                    {"name": "Interval", "type": "string", "jsonPath": ".spec.interval"},
                ],
                "schema": {"openAPIV3Schema": {"type": "object", "properties": {
                    "spec": {"type": "object", "required": ["interval"], "properties": {
                        "interval": {"type": "string", "pattern": "^[0-9]+m$"},
                        "values": {"x-kubernetes-preserve-unknown-fields": true},
                        "items": {
                            "type": "array",
                            "x-kubernetes-list-type": "map",
                            "x-kubernetes-list-map-keys": ["name"],
                            "items": {"type": "object", "required": ["name"], "properties": {
                                "name": {"type": "string"}, "size": {"type": "integer"},
                            }},
                        },
                    }},
                    "status": {
                        "type": "object",
                        "default": {"observedGeneration": -1},
                        "properties": {"observedGeneration": {"type": "integer"}},
                    },
                }}},
            }],
        },
    })
}

fn thing(name: &str, spec: Value) -> DynamicObject {
    let object = json!({
        "apiVersion": "example.com/v1", "kind": "Thing",
        "metadata": {"name": name}, "spec": spec,
    });
    serde_json::from_value(object).unwrap()
}

fn config_map(name: &str, data: Value) -> ConfigMap {
    let object = json!({
        "apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": name}, "data": data,
    });
    serde_json::from_value(object).unwrap()
}

/// The `Status` of a refused request.
fn status(error: kube::Error) -> (u16, String, String) {
    match error {
        kube::Error::Api(status) => (status.code, status.reason.clone(), status.message.clone()),
        other => panic!("not refused by the server: {other}"),
    }
}

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
        "failed to create typed patch object (default/b; example.com/v1, Kind=Thing): .spec.foo: \
         field not declared in schema"
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

#[tokio::test]
async fn what_is_denied_is_forbidden_and_an_unknown_token_unauthorized() {
    let cluster = cluster().await;
    cluster.api.deny(Deny::new("list", "", "configmaps"));
    let refused = cluster.config_maps().list(&ListParams::default()).await.unwrap_err();
    assert_eq!(
        status(refused),
        (
            403,
            "Forbidden".to_owned(),
            "configmaps is forbidden: User \"admin\" cannot list resource \"configmaps\" in API \
             group \"\" in the namespace \"default\""
                .to_owned()
        )
    );
    let stranger = cluster.kubeconfig.replace("admin-token", "nobody");
    let stranger = Kubeconfig::from_yaml(&stranger).unwrap();
    let config = Config::from_custom_kubeconfig(stranger, &KubeConfigOptions::default()).await;
    let client = Client::try_from(config.unwrap()).unwrap();
    let api: Api<ConfigMap> = Api::namespaced(client, "default");
    assert_eq!(status(api.get("a").await.unwrap_err()).0, 401);
}

#[tokio::test]
async fn what_is_not_there_is_404_and_what_is_not_implemented_501() {
    let cluster = cluster().await;
    let request = |path: &str| {
        let request = http::Request::get(path).body(Vec::new()).unwrap();
        let client = cluster.client.clone();
        async move { status(client.request::<Value>(request).await.unwrap_err()) }
    };
    let (code, _, message) = request("/apis/nothing.example.com/v1/things").await;
    assert_eq!((code, message.as_str()), (404, "the server could not find the requested resource"));
    let (code, _, message) = request("/api/v1/namespaces/default/pods/a/log").await;
    assert_eq!((code, message.as_str()), (501, "the sandbox does not implement pods/log"));
}

#[tokio::test]
async fn injected_failures_come_before_the_handler() {
    let cluster = cluster().await;
    cluster.faults.arm("kube.request=429*1").unwrap();
    let refused = cluster.config_maps().get("a").await.unwrap_err();
    assert_eq!(status(refused).0, 429);
    assert_eq!(status(cluster.config_maps().get("a").await.unwrap_err()).0, 404);
}
