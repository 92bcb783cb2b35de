//! A Kubernetes API that is served over TLS, and a client for it.

use std::time::Duration;

use k8s_openapi::api::core::v1::ConfigMap;
use k8s_openapi::apiextensions_apiserver::pkg::apis::apiextensions::v1::CustomResourceDefinition;
use kube::api::{Api, ApiResource, DynamicObject, GroupVersionKind, PostParams};
use kube::config::{KubeConfigOptions, Kubeconfig};
use kube::{Client, Config};
use nigari_sandbox::faults::Faults;
use nigari_sandbox::kube::{KubeApi, kubeconfig};
use nigari_sandbox::recorder::Recorder;
use nigari_sandbox::serve::{Server, https};
use nigari_sandbox::tls::Authority;
use serde_json::{Value, json};

pub(crate) struct Cluster {
    pub(crate) api: KubeApi,
    pub(crate) client: Client,
    pub(crate) recorder: Recorder,
    pub(crate) faults: Faults,
    pub(crate) kubeconfig: String,
    _server: Server,
}

pub(crate) async fn cluster() -> Cluster {
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
    pub(crate) fn config_maps(&self) -> Api<ConfigMap> {
        Api::namespaced(self.client.clone(), "default")
    }

    pub(crate) fn things(&self) -> Api<DynamicObject> {
        let kind = GroupVersionKind::gvk("example.com", "v1", "Thing");
        let resource = ApiResource::from_gvk_with_plural(&kind, "things");
        Api::namespaced_with(self.client.clone(), "default", &resource)
    }

    /// Waits until the definition `name` is established.
    pub(crate) async fn wait_until_established(&self, name: &str) {
        let definitions: Api<CustomResourceDefinition> = Api::all(self.client.clone());
        let established = kube::runtime::wait::conditions::is_crd_established();
        let wait = kube::runtime::wait::await_condition(definitions, name, established);
        tokio::time::timeout(Duration::from_secs(10), wait).await.unwrap().unwrap();
    }

    /// Installs the kind `Thing` and waits until it is established.
    pub(crate) async fn with_things(self) -> Self {
        let definitions: Api<CustomResourceDefinition> = Api::all(self.client.clone());
        let crd = serde_json::from_value(thing_definition()).unwrap();
        let created = definitions.create(&PostParams::default(), &crd).await.unwrap();
        assert!(created.status.is_none_or(|status| status.conditions.is_none()));
        self.wait_until_established("things.example.com").await;
        self
    }
}

pub(crate) fn thing_definition() -> Value {
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

pub(crate) fn thing(name: &str, spec: Value) -> DynamicObject {
    let object = json!({
        "apiVersion": "example.com/v1", "kind": "Thing",
        "metadata": {"name": name}, "spec": spec,
    });
    serde_json::from_value(object).unwrap()
}

pub(crate) fn config_map(name: &str, data: Value) -> ConfigMap {
    let object = json!({
        "apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": name}, "data": data,
    });
    serde_json::from_value(object).unwrap()
}

/// The `Status` of a refused request.
pub(crate) fn status(error: kube::Error) -> (u16, String, String) {
    match error {
        kube::Error::Api(status) => (status.code, status.reason.clone(), status.message.clone()),
        other => panic!("not refused by the server: {other}"),
    }
}
