//! Who may do what, what is not there, and injected failures.

use k8s_openapi::api::core::v1::ConfigMap;
use kube::api::{Api, ListParams};
use kube::config::{KubeConfigOptions, Kubeconfig};
use kube::{Client, Config};
use nigari_sandbox::kube::Deny;
use serde_json::{Value, json};

use crate::cluster::{cluster, status};

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
    let (code, reason, message) = request("/api/v1/unknowns").await;
    assert_eq!((code, reason.as_str()), (404, "NotFound"));
    assert_eq!(message, "the server could not find the requested resource");
    // The real server answers with text there, of which the client makes a status.
    let (code, _, message) = request("/apis/nothing.example.com/v1/things").await;
    assert_eq!((code, message.trim()), (404, "404 page not found"));
    let (code, _, message) = request("/apis/apps/v1/namespaces/default/deployments/a/scale").await;
    assert_eq!((code, message.as_str()), (501, "the sandbox does not implement deployments/scale"));
}

#[tokio::test]
async fn injected_failures_come_before_the_handler() {
    let cluster = cluster().await;
    cluster.faults.arm("kube.request=429*1").unwrap();
    let refused = cluster.config_maps().get("a").await.unwrap_err();
    assert_eq!(status(refused).0, 429);
    assert_eq!(status(cluster.config_maps().get("a").await.unwrap_err()).0, 404);
}

#[tokio::test]
async fn reviews_tell_what_is_allowed_and_who_asks() {
    let cluster = cluster().await;
    cluster.api.deny(Deny::new("delete", "apps", "deployments"));
    let post = |path: &str, body: Value| {
        let request = http::Request::post(path)
            .header("Impersonate-User", "someone")
            .body(body.to_string().into_bytes())
            .unwrap();
        let client = cluster.client.clone();
        async move { client.request::<Value>(request).await.unwrap() }
    };
    let review = json!({
        "apiVersion": "authorization.k8s.io/v1",
        "kind": "SelfSubjectAccessReview",
        "spec": {"resourceAttributes": {
            "verb": "delete", "group": "apps", "resource": "deployments",
        }},
    });
    let path = "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews";
    assert_eq!(post(path, review).await["status"], json!({"allowed": false}));
    let review = json!({"apiVersion": "authentication.k8s.io/v1", "kind": "SelfSubjectReview"});
    let path = "/apis/authentication.k8s.io/v1/selfsubjectreviews";
    let answer = post(path, review).await;
    assert_eq!(answer["status"]["userInfo"]["username"], "someone");
    assert_eq!(cluster.recorder.writes(), []);
}
