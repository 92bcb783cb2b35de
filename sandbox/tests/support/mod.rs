//! What the players' tests share: a cluster as a bootstrap leaves it, made by hand, and waiting.

#![allow(dead_code, reason = "each test program uses a part of it")]

use std::time::Duration;

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair as _};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use kube::Api;
use kube::api::{DynamicObject, Patch, PatchParams, PostParams};
use kube::core::{ApiResource, GroupVersionKind};
use kube::runtime::WatchStreamExt as _;
use kube::runtime::watcher::{self, watcher};
use nigari_api::crd;
use nigari_sandbox::github::RepositoryOptions;
use nigari_sandbox::sandbox::Sandbox;
use serde_json::{Value, json};

pub(crate) const NAMESPACE: &str = "flux-system";
pub(crate) const REPOSITORY: &str = "fleet";
const PATIENCE: Duration = Duration::from_secs(30);

/// A resource by group, kind and plural; the version is v1.
pub(crate) fn resource(group: &str, kind: &str, plural: &str) -> ApiResource {
    ApiResource::from_gvk_with_plural(&GroupVersionKind::gvk(group, "v1", kind), plural)
}

pub(crate) fn git_repositories() -> ApiResource {
    resource("source.toolkit.fluxcd.io", "GitRepository", "gitrepositories")
}

pub(crate) fn kustomizations() -> ApiResource {
    resource("kustomize.toolkit.fluxcd.io", "Kustomization", "kustomizations")
}

pub(crate) fn deployments() -> ApiResource {
    resource("apps", "Deployment", "deployments")
}

pub(crate) fn api(sandbox: &Sandbox, resource: &ApiResource) -> Api<DynamicObject> {
    Api::namespaced_with(sandbox.client(), NAMESPACE, resource)
}

/// Creates an object in its namespace, or in the cluster when it has none.
pub(crate) fn create(sandbox: &Sandbox, plural: &str, object: Value) {
    let gvk = object["apiVersion"].as_str().unwrap();
    let (group, version) = gvk.rsplit_once('/').unwrap_or(("", gvk));
    let gvk = GroupVersionKind::gvk(group, version, object["kind"].as_str().unwrap());
    let resource = ApiResource::from_gvk_with_plural(&gvk, plural);
    let api: Api<DynamicObject> = match object["metadata"]["namespace"].as_str() {
        Some(namespace) => Api::namespaced_with(sandbox.client(), namespace, &resource),
        None => Api::all_with(sandbox.client(), &resource),
    };
    let object = serde_json::from_value(object).unwrap();
    sandbox.block_on(api.create(&PostParams::default(), &object)).unwrap();
}

/// Changes an object by a merge patch.
pub(crate) fn merge(sandbox: &Sandbox, resource: &ApiResource, name: &str, patch: Value) {
    let api = api(sandbox, resource);
    sandbox.block_on(api.patch(name, &PatchParams::default(), &Patch::Merge(patch))).unwrap();
}

/// Requests a reconciliation.
pub(crate) fn request(sandbox: &Sandbox, resource: &ApiResource, name: &str, token: &str) {
    let annotations = json!({"reconcile.fluxcd.io/requestedAt": token});
    merge(sandbox, resource, name, json!({"metadata": {"annotations": annotations}}));
}

/// The object as it is now.
pub(crate) fn get(sandbox: &Sandbox, resource: &ApiResource, name: &str) -> Option<Value> {
    let found = sandbox.block_on(api(sandbox, resource).get_opt(name)).unwrap();
    found.map(|object| serde_json::to_value(object).unwrap())
}

/// Watches until `is_met` holds for the object, and returns it as it then was.
pub(crate) fn wait(
    sandbox: &Sandbox,
    resource: &ApiResource,
    name: &str,
    what: &str,
    is_met: impl Fn(&Value) -> bool,
) -> Value {
    let api = api(sandbox, resource);
    let mut last = Value::Null;
    let met = sandbox.block_on(async {
        let config = watcher::Config::default().fields(&format!("metadata.name={name}"));
        let mut objects = std::pin::pin!(watcher(api, config).applied_objects());
        tokio::time::timeout(PATIENCE, async {
            while let Some(object) = futures::StreamExt::next(&mut objects).await {
                let Ok(object) = object else { continue };
                last = serde_json::to_value(object).unwrap();
                if is_met(&last) {
                    return;
                }
            }
        })
        .await
    });
    assert!(
        met.is_ok(),
        "{name} never had {what}; it is {last:#}\nplayers' troubles: {:#?}",
        sandbox.troubles()
    );
    last
}

/// Watches until some event has the reason.
pub(crate) fn wait_event(sandbox: &Sandbox, reason: &str) {
    let api = api(sandbox, &resource("", "Event", "events"));
    let seen = sandbox.block_on(async {
        let mut events = std::pin::pin!(watcher(api, watcher::Config::default()).applied_objects());
        tokio::time::timeout(PATIENCE, async {
            while let Some(event) = futures::StreamExt::next(&mut events).await {
                if event.is_ok_and(|event| event.data["reason"] == reason) {
                    return;
                }
            }
        })
        .await
    });
    assert!(seen.is_ok(), "no event {reason}: {:#?}", sandbox.kube().list("v1", "Event"));
}

/// Watches until the object is gone.
pub(crate) fn wait_gone(sandbox: &Sandbox, resource: &ApiResource, name: &str) {
    let api = api(sandbox, resource);
    let gone = |object: Option<&DynamicObject>| object.is_none();
    let gone = kube::runtime::wait::await_condition(api, name, gone);
    let ended = sandbox.block_on(async { tokio::time::timeout(PATIENCE, gone).await });
    assert!(ended.is_ok(), "{name} is still there; troubles: {:#?}", sandbox.troubles());
}

/// A condition of an object; null when it has none of that type.
pub(crate) fn condition<'a>(object: &'a Value, kind: &str) -> &'a Value {
    let conditions = object.pointer("/status/conditions").and_then(Value::as_array);
    let mut conditions = conditions.into_iter().flatten();
    conditions.find(|condition| condition["type"] == kind).unwrap_or(&Value::Null)
}

pub(crate) fn is(object: &Value, kind: &str, status: &str) -> bool {
    condition(object, kind)["status"] == status
}

/// Compares with a message that shows both sides of a substring test.
#[track_caller]
pub(crate) fn assert_contains(text: &Value, part: &str) {
    let text = text.as_str().unwrap_or_default();
    assert!(text.contains(part), "{text:?} does not contain {part:?}");
}

#[track_caller]
pub(crate) fn assert_reason(object: &Value, kind: &str, status: &str, reason: &str) {
    let found = condition(object, kind);
    assert_eq!(
        (&found["status"], &found["reason"]),
        (&json!(status), &json!(reason)),
        "{object:#}"
    );
}

pub(crate) fn deployment(name: &str, image: &str) -> Value {
    json!({
        "apiVersion": "apps/v1",
        "kind": "Deployment",
        "metadata": {"name": name, "namespace": NAMESPACE},
        "spec": {
            "replicas": 1,
            "selector": {"matchLabels": {"app": name}},
            "template": {
                "metadata": {"labels": {"app": name}},
                "spec": {"containers": [{"name": "manager", "image": image}]},
            },
        },
    })
}

pub(crate) fn namespace(sandbox: &Sandbox) {
    let object = json!({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": NAMESPACE}});
    create(sandbox, "namespaces", object);
}

pub(crate) fn crds(sandbox: &Sandbox) {
    for resource in [git_repositories(), kustomizations()] {
        define(sandbox, &format!("{}.{}", resource.plural, resource.group));
    }
}

pub(crate) fn controller(sandbox: &Sandbox, name: &str) {
    create(sandbox, "deployments", deployment(name, &format!("ghcr.io/fluxcd/{name}:v1")));
    wait(sandbox, &deployments(), name, "an available replica", is_available);
}

pub(crate) fn is_available(deployment: &Value) -> bool {
    deployment["status"]["availableReplicas"] == 1
}

/// A definition from the API crate, served when this returns.
pub(crate) fn define(sandbox: &Sandbox, name: &str) {
    create(sandbox, "customresourcedefinitions", crd::definition(name).unwrap());
    let all = Api::all(sandbox.client());
    let established = kube::runtime::conditions::is_crd_established();
    sandbox.block_on(kube::runtime::wait::await_condition(all, name, established)).unwrap();
}

/// The reasons and messages of the events about objects of a kind.
pub(crate) fn events(sandbox: &Sandbox, about: &str) -> Vec<(String, String)> {
    let api = api(sandbox, &resource("", "Event", "events"));
    let all = sandbox.block_on(api.list(&Default::default())).unwrap().items;
    let about = all.iter().filter(|event| event.data["involvedObject"]["kind"] == about);
    about
        .map(|event| {
            let text = |field: &str| event.data[field].as_str().unwrap_or_default().to_owned();
            (text("reason"), text("message"))
        })
        .collect()
}

/// Namespace, CRDs, controllers, and a repository with one commit in `clusters/test`.
pub(crate) fn install(sandbox: &Sandbox) {
    namespace(sandbox);
    crds(sandbox);
    for name in ["source-controller", "kustomize-controller"] {
        controller(sandbox, name);
    }
    repository(sandbox);
}

pub(crate) fn repository(sandbox: &Sandbox) {
    let options = RepositoryOptions::default();
    sandbox.github().create_repository(sandbox.owner(), REPOSITORY, &options).unwrap();
    commit(sandbox, "clusters/test/a.yaml", &config_map("a", "1"));
}

/// Commits a file to `main`, as somebody else.
pub(crate) fn commit(sandbox: &Sandbox, path: &str, content: &str) -> String {
    let github = sandbox.github();
    let (owner, message) = (sandbox.owner(), format!("Change {path}"));
    github.commit_file(owner, REPOSITORY, "main", path, content, &message).unwrap()
}

pub(crate) fn config_map(name: &str, value: &str) -> String {
    format!(
        "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: {name}\n  namespace: {NAMESPACE}\n\
         data:\n  value: \"{value}\"\n"
    )
}

/// A new deploy key: the PEM of its private half, and its public line.
pub(crate) fn key_pair() -> (String, String) {
    let document = Ed25519KeyPair::generate_pkcs8(&SystemRandom::new()).unwrap();
    let pair = Ed25519KeyPair::from_pkcs8(document.as_ref()).unwrap();
    let body = STANDARD.encode(document.as_ref());
    let pem = format!("-----BEGIN PRIVATE KEY-----\n{body}\n-----END PRIVATE KEY-----\n");
    let mut blob = Vec::new();
    for part in [b"ssh-ed25519".as_slice(), pair.public_key().as_ref()] {
        blob.extend(u32::try_from(part.len()).unwrap().to_be_bytes());
        blob.extend(part);
    }
    (pem, format!("ssh-ed25519 {}", STANDARD.encode(blob)))
}

/// The Secret of an SSH source, and the id of its deploy key on GitHub.
pub(crate) fn ssh_secret(sandbox: &Sandbox) -> u64 {
    let (identity, public) = key_pair();
    let id = add_deploy_key(sandbox, &public);
    let known_hosts = format!("localhost {}", sandbox.github().host_keys()[0]);
    let data = json!({"identity": identity, "identity.pub": public, "known_hosts": known_hosts});
    secret(sandbox, data);
    id
}

pub(crate) fn secret(sandbox: &Sandbox, data: Value) {
    let object = json!({
        "apiVersion": "v1",
        "kind": "Secret",
        "metadata": {"name": NAMESPACE, "namespace": NAMESPACE},
        "stringData": data,
    });
    create(sandbox, "secrets", object);
}

pub(crate) fn secrets() -> ApiResource {
    resource("", "Secret", "secrets")
}

/// Adds a deploy key over GitHub's REST API.
pub(crate) fn add_deploy_key(sandbox: &Sandbox, public: &str) -> u64 {
    let ca = std::fs::read(sandbox.certificate_file()).unwrap();
    let variables = sandbox.environment();
    let variable = |name: &str| &variables.iter().find(|(key, _)| key == name).unwrap().1;
    let url = format!("{}/repos/{}/{REPOSITORY}/keys", variable("GITHUB_API_URL"), sandbox.owner());
    let answer: Value = sandbox.block_on(async {
        let ca = reqwest::Certificate::from_pem(&ca).unwrap();
        let client = reqwest::Client::builder().no_proxy().tls_certs_merge([ca]).build().unwrap();
        let body = json!({"title": "flux", "key": public, "read_only": true});
        let request = client.post(url).bearer_auth(variable("GITHUB_TOKEN")).json(&body);
        let request = request.header("User-Agent", "test");
        request.send().await.unwrap().error_for_status().unwrap().json().await.unwrap()
    });
    answer["id"].as_u64().unwrap()
}

pub(crate) fn git_repository(sandbox: &Sandbox, url: &str) {
    let object = json!({
        "apiVersion": "source.toolkit.fluxcd.io/v1",
        "kind": "GitRepository",
        "metadata": {"name": NAMESPACE, "namespace": NAMESPACE},
        "spec": {
            "interval": "1h", "ref": {"branch": "main"},
            "secretRef": {"name": NAMESPACE}, "url": url,
        },
    });
    create(sandbox, "gitrepositories", object);
}

pub(crate) fn ssh_url(sandbox: &Sandbox) -> String {
    format!("ssh://git@localhost/{}/{REPOSITORY}", sandbox.owner())
}

pub(crate) fn https_url(sandbox: &Sandbox) -> String {
    format!("{}/{}/{REPOSITORY}.git", sandbox.github_origin(), sandbox.owner())
}

pub(crate) fn kustomization(sandbox: &Sandbox, name: &str, more: &Value) {
    let mut spec = json!({
        "interval": "1h", "path": "./clusters/test", "prune": true,
        "sourceRef": {"kind": "GitRepository", "name": NAMESPACE},
    });
    for (key, value) in more.as_object().into_iter().flatten() {
        spec[key] = value.clone();
    }
    let object = json!({
        "apiVersion": "kustomize.toolkit.fluxcd.io/v1",
        "kind": "Kustomization",
        "metadata": {"name": name, "namespace": NAMESPACE},
        "spec": spec,
    });
    create(sandbox, "kustomizations", object);
}

pub(crate) fn handled<'a>(token: &'a str) -> impl Fn(&Value) -> bool + 'a {
    move |object| object["status"]["lastHandledReconcileAt"] == token
}
