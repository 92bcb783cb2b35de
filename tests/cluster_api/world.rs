//! A cluster that serves kinds of Flux, and a client of it.

use std::net::SocketAddr;
use std::time::Duration;

use clap::Parser as _;
use kube::api::{Api, DeleteParams, DynamicObject};
use kube::config::Kubeconfig;
use kube::core::ApiResource;
use nigari::cli::Cli;
use nigari::cluster::apply::ApplyOptions;
use nigari::cluster::wait::{News, Patience};
use nigari::cluster::{Cluster, ConnectOptions};
use nigari::context::{Clock, Environment};
use nigari::deadline::Deadline;
use nigari::kinds::kustomize::KUSTOMIZATION;
use nigari_api::crd::definition;
use nigari_sandbox::faults::Faults;
use nigari_sandbox::kube::{KubeApi, kubeconfig};
use nigari_sandbox::recorder::Recorder;
use nigari_sandbox::serve::{Server, https};
use nigari_sandbox::tls::Authority;
use serde_json::{Value, json};
use tempfile::TempDir;

pub(crate) const GROUP: &str = "kustomize.toolkit.fluxcd.io";
pub(crate) const KUSTOMIZATION_V1: &str = "kustomize.toolkit.fluxcd.io/v1";

/// A fake cluster that serves Kustomizations and GitRepositories, and a client of it.
pub(crate) struct World {
    pub(crate) api: KubeApi,
    pub(crate) faults: Faults,
    pub(crate) recorder: Recorder,
    pub(crate) server: Server,
    authority: Authority,
    files: TempDir,
}

impl World {
    pub(crate) async fn new() -> Self {
        let (faults, recorder) = (Faults::default(), Recorder::default());
        let api = KubeApi::new(faults.clone(), recorder.clone());
        let authority = Authority::new().expect("a certificate authority");
        let tls = authority.server_config().expect("a server configuration");
        let server = https(api.router(), tls).await.expect("a free port");
        let files = TempDir::new().expect("a temporary directory");
        let world = Self { api, faults, recorder, server, authority, files };
        world
            .put(definition("kustomizations.kustomize.toolkit.fluxcd.io").expect("a kind of Flux"));
        world.put(definition("gitrepositories.source.toolkit.fluxcd.io").expect("a kind of Flux"));
        world.put(
            json!({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "flux-system"}}),
        );
        world
    }

    pub(crate) fn put(&self, object: Value) {
        self.api.put(object).expect("the sandbox serves the kind");
    }

    pub(crate) async fn cluster(&self) -> Cluster {
        self.cluster_at(self.server.address).await
    }

    pub(crate) async fn cluster_at(&self, address: SocketAddr) -> Cluster {
        let path = self.files.path().join("kubeconfig");
        std::fs::write(&path, self.kubeconfig(address)).expect("the kubeconfig can be written");
        let path = path.to_str().expect("a path in UTF-8");
        let cli =
            Cli::try_parse_from(["nigari", "--kubeconfig", path, "version"]).expect("arguments");
        let options = ConnectOptions::new(&cli.global, &Environment::default());
        Cluster::connect(&options).await.expect("a client")
    }

    fn kubeconfig(&self, address: SocketAddr) -> String {
        let token = self.api.token("admin");
        kubeconfig(&format!("https://{address}"), self.authority.certificate_pem(), &token)
    }

    /// Deletes an object as somebody else would.
    pub(crate) async fn delete(&self, resource: &ApiResource, namespace: Option<&str>, name: &str) {
        let text = self.kubeconfig(self.server.address);
        let config = Kubeconfig::from_yaml(&text).expect("a kubeconfig");
        let config = kube::Config::from_custom_kubeconfig(config, &Default::default()).await;
        let client = kube::Client::try_from(config.expect("a configuration")).expect("a client");
        let api: Api<DynamicObject> = match namespace {
            Some(namespace) => Api::namespaced_with(client, namespace, resource),
            None => Api::all_with(client, resource),
        };
        api.delete(name, &DeleteParams::default()).await.expect("it can be deleted");
    }

    pub(crate) async fn delete_kustomization(&self, name: &str) {
        self.delete(&KUSTOMIZATION.resource("v1"), Some("flux-system"), name).await;
    }

    pub(crate) fn requests(&self, part: &str) -> usize {
        self.recorder.all().iter().filter(|request| request.path.contains(part)).count()
    }
}

pub(crate) fn kustomization(name: &str, path: &str) -> Value {
    json!({"apiVersion": KUSTOMIZATION_V1, "kind": "Kustomization",
        "metadata": {"name": name, "namespace": "flux-system"},
        "spec": {"interval": "10m", "path": path, "prune": true,
            "sourceRef": {"kind": "GitRepository", "name": "fleet"}}})
}

pub(crate) fn patience(news: &dyn Fn(News<'_>)) -> Patience<'_> {
    Patience {
        deadline: Deadline::after(Duration::from_secs(20)),
        clock: Clock::system(),
        error_budget: Duration::from_millis(300),
        news,
    }
}

pub(crate) fn silent(_: News<'_>) {}

pub(crate) fn objects(list: Vec<Value>) -> Vec<DynamicObject> {
    list.into_iter().map(|object| serde_json::from_value(object).expect("an object")).collect()
}

pub(crate) fn as_flux() -> ApplyOptions {
    ApplyOptions { field_manager: "flux".to_owned(), force: true }
}
