//! A real control plane, the definitions, objects, and a controller that answers reconcile requests.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs;
use std::net::{SocketAddr, ToSocketAddrs as _};
use std::ops::Range;
use std::path::Path;
use std::process::Command;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};
use futures::stream::{self, StreamExt as _, TryStreamExt as _};
use k8s_openapi::apiextensions_apiserver::pkg::apis::apiextensions::v1::CustomResourceDefinition;
use kube::api::{
    Api, ApiResource, DynamicObject, GroupVersionKind, Patch, PatchParams, PostParams,
};
use kube::config::Kubeconfig;
use kube::runtime::wait::{await_condition, conditions};
use kube::runtime::{WatchStreamExt as _, watcher};
use kube::{Client, ResourceExt as _};
use nigari_sandbox::recorder::Request;
use nigari_sandbox::sandbox::Sandbox;
use serde_json::{Value, json};
use tokio::task::JoinHandle;

use crate::fleet;
use crate::process::measured;

/// Writes that are under way at the same time while objects are made.
pub(crate) const AT_ONCE: usize = 32;
const MANAGER: PatchParams =
    PatchParams { dry_run: false, force: false, field_manager: None, field_validation: None };

/// A real control plane that knows Flux's kinds, and that nobody else uses.
pub(crate) struct Cluster {
    sandbox: Sandbox,
}

impl Cluster {
    /// Starts it.
    ///
    /// # Errors
    /// When there is no control plane to start, or it refuses a definition.
    pub(crate) fn start() -> Result<Self> {
        let sandbox = Sandbox::builder().real().without_players().start()?;
        sandbox.block_on(define(sandbox.client()))?;
        Ok(Self { sandbox })
    }

    /// A command that finds the cluster, to be measured.
    ///
    /// # Errors
    /// Those of [`measured`].
    pub(crate) fn command(
        &self,
        program: &Path,
        arguments: impl IntoIterator<Item = impl AsRef<OsStr>>,
    ) -> Result<Command> {
        measured(|bench| self.sandbox.command(bench), program, arguments)
    }

    /// A command that finds the cluster, to be started.
    pub(crate) fn bare_command(&self, program: &Path) -> Command {
        self.sandbox.command(program)
    }

    /// A folder for files that go with the cluster.
    pub(crate) fn root(&self) -> &Path {
        self.sandbox.root()
    }

    /// Where the API server listens.
    ///
    /// # Errors
    /// When the kubeconfig tells nothing of it.
    pub(crate) fn address(&self) -> Result<SocketAddr> {
        let environment = self.sandbox.environment();
        let path = environment.iter().find(|(name, _)| name == "KUBECONFIG");
        let (_, path) = path.context("the sandbox has no kubeconfig")?;
        let config = Kubeconfig::read_from(path)?;
        let cluster = config.clusters.first().and_then(|entry| entry.cluster.as_ref());
        let server = cluster.and_then(|cluster| cluster.server.as_deref()).unwrap_or_default();
        let server: http::Uri = server.parse()?;
        let (host, port) = (server.host().unwrap_or_default(), server.port_u16().unwrap_or(443));
        (host, port).to_socket_addrs()?.next().with_context(|| format!("where is {server}?"))
    }

    /// Makes a namespace.
    ///
    /// # Errors
    /// When the API server refuses it.
    pub(crate) fn make_namespace(&self, name: &str) -> Result<()> {
        self.sandbox.block_on(make_namespace(&self.sandbox.client(), name))
    }

    /// Makes those objects of a fleet that have these numbers.
    ///
    /// # Errors
    /// When the API server refuses one.
    pub(crate) fn make_fleet(&self, namespace: &str, numbers: Range<usize>) -> Result<()> {
        self.sandbox.block_on(fleet::make(&self.sandbox.client(), namespace, numbers))
    }

    /// Has the objects of a fleet of `size` change, one after the other and so many in a second, for so long;
    /// the number of changes.
    ///
    /// # Errors
    /// When the API server refuses one.
    pub(crate) fn change_fleet(
        &self,
        namespace: &str,
        size: usize,
        begin: usize,
        a_second: u32,
        length: Duration,
    ) -> Result<usize> {
        let client = self.sandbox.client();
        self.sandbox.block_on(async {
            let mut ticks = tokio::time::interval(Duration::from_secs(1) / a_second);
            let end = Instant::now() + length;
            let mut times = begin;
            while Instant::now() < end {
                ticks.tick().await;
                times += 1;
                // A step that has no divisor in common with the size visits every object.
                fleet::change(&client, namespace, times * 7919 % size, times).await?;
            }
            Ok(times - begin)
        })
    }

    /// What was asked since the last call by programs whose `User-Agent` begins with `agent`.
    pub(crate) fn requests(&self, agent: &str) -> Vec<Request> {
        let recorder = self.sandbox.recorder();
        let mut requests = recorder.all();
        recorder.clear();
        requests.retain(|request| request.agent.starts_with(agent));
        requests
    }

    /// Makes a namespace with `count` ready Kustomizations of one source.
    ///
    /// # Errors
    /// When the API server refuses one.
    pub(crate) fn fill(&self, namespace: &str, count: usize) -> Result<()> {
        self.sandbox.block_on(fill(self.sandbox.client(), namespace, count))
    }

    /// Makes a namespace with a chain of `length` Kustomizations, each of which waits for the next; the last
    /// waits for a Deployment, whose Pod gets no node.
    ///
    /// # Errors
    /// When the API server refuses one.
    pub(crate) fn chain(&self, namespace: &str, length: usize) -> Result<()> {
        self.sandbox.block_on(chain(self.sandbox.client(), namespace, length))
    }

    /// Starts a controller for the Kustomizations of all namespaces that takes `work` for each.
    pub(crate) fn controller(&self, work: Duration) -> Controller {
        self.sandbox.block_on(Controller::start(self.sandbox.client(), work))
    }
}

async fn define(client: Client) -> Result<()> {
    let api: Api<CustomResourceDefinition> = Api::all(client);
    for entry in fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/templates/crds"))? {
        let definition: Value = serde_yaml::from_str(&fs::read_to_string(entry?.path())?)?;
        let made: CustomResourceDefinition = serde_json::from_value(definition)?;
        let made = api.create(&PostParams::default(), &made).await?;
        await_condition(api.clone(), &made.name_any(), conditions::is_crd_established()).await?;
    }
    Ok(())
}

/// The kinds' resource, in the version that our definitions store.
pub(crate) fn resource(group: &str, version: &str, kind: &str) -> ApiResource {
    ApiResource::from_gvk(&GroupVersionKind::gvk(group, version, kind))
}

fn kustomizations() -> ApiResource {
    resource("kustomize.toolkit.fluxcd.io", "v1", "Kustomization")
}

async fn make_namespace(client: &Client, name: &str) -> Result<()> {
    let namespaces = Api::all_with(client.clone(), &resource("", "v1", "Namespace"));
    create(&namespaces, json!({"metadata": {"name": name}})).await?;
    Ok(())
}

async fn fill(client: Client, namespace: &str, count: usize) -> Result<()> {
    make_namespace(&client, namespace).await?;
    let sources = resource("source.toolkit.fluxcd.io", "v1", "GitRepository");
    let sources = Api::namespaced_with(client.clone(), namespace, &sources);
    let spec = json!({"interval": "10m", "url": "https://localhost/fleet"});
    let source = json!({"apiVersion": "source.toolkit.fluxcd.io/v1", "kind": "GitRepository",
        "metadata": {"name": "fleet"}, "spec": spec});
    create(&sources, source).await?;
    let objects = Api::namespaced_with(client, namespace, &kustomizations());
    let make = |number: usize| {
        let objects = objects.clone();
        async move {
            let made = create(&objects, kustomization(number)).await?;
            patch_status(&objects, &made.name_any(), &status(&made)).await
        }
    };
    stream::iter((0..count).map(make)).buffer_unordered(AT_ONCE).try_collect::<Vec<_>>().await?;
    Ok(())
}

async fn chain(client: Client, namespace: &str, length: usize) -> Result<()> {
    make_namespace(&client, namespace).await?;
    let deployments = resource("apps", "v1", "Deployment");
    let deployments = Api::namespaced_with(client.clone(), namespace, &deployments);
    let labels = json!({"app": "web"});
    let held = json!({"sandbox.nigari.dev/hold": "pending"});
    let template = json!({"metadata": {"labels": labels, "annotations": held},
        "spec": {"containers": [{"name": "main", "image": "example.com/web:1"}]}});
    let spec = json!({"selector": {"matchLabels": labels}, "template": template});
    create(&deployments, json!({"metadata": {"name": "web"}, "spec": spec})).await?;
    let objects = Api::namespaced_with(client, namespace, &kustomizations());
    for number in 0..length {
        let mut object = kustomization(number);
        let is_last = number + 1 == length;
        if !is_last {
            let next = kustomization(number + 1)["metadata"]["name"].clone();
            object["spec"]["dependsOn"] = json!([{"name": next}]);
        }
        let made = create(&objects, object).await?;
        let mut status = status(&made);
        let reason = if is_last { "HealthCheckFailed" } else { "DependencyNotReady" };
        let entry = json!({"id": format!("{namespace}_web_apps_Deployment"), "v": "v1"});
        status["inventory"]["entries"] = json!([entry]);
        status["conditions"][0]["status"] = json!("False");
        status["conditions"][0]["reason"] = json!(reason);
        patch_status(&objects, &made.name_any(), &status).await?;
    }
    Ok(())
}

async fn create(api: &Api<DynamicObject>, mut object: Value) -> Result<DynamicObject> {
    let kind = api.resource_url().to_owned();
    object["metadata"]["labels"] = json!({"made-by": "bench"});
    let object: DynamicObject = serde_json::from_value(object)?;
    api.create(&PostParams::default(), &object).await.with_context(|| format!("POST {kind}"))
}

pub(crate) fn kustomization(number: usize) -> Value {
    let spec = json!({
        "interval": "10m", "path": format!("./apps/{number}"), "prune": true,
        "sourceRef": {"kind": "GitRepository", "name": "fleet"},
    });
    json!({"apiVersion": "kustomize.toolkit.fluxcd.io/v1", "kind": "Kustomization",
        "metadata": {"name": format!("app-{number:05}")}, "spec": spec})
}

/// What a controller leaves behind when it is done: the sizes are those of a small real Kustomization.
pub(crate) fn status(object: &DynamicObject) -> Value {
    let revision = "main@sha1:0123456789abcdef0123456789abcdef01234567";
    let requested = object.annotations().get(REQUESTED_AT);
    let entries: Vec<Value> = (0..10)
        .map(|number| json!({"id": format!("apps_{}-{number}_apps_Deployment", object.name_any()), "v": "v1"}))
        .collect();
    json!({
        "observedGeneration": object.metadata.generation,
        "lastAppliedRevision": revision,
        "lastAttemptedRevision": revision,
        "lastHandledReconcileAt": requested,
        "inventory": {"entries": entries},
        "conditions": [{
            "type": "Ready", "status": "True", "reason": "ReconciliationSucceeded",
            "message": format!("Applied revision: {revision}"),
            "observedGeneration": object.metadata.generation,
            "lastTransitionTime": "2026-01-01T00:00:00Z",
        }],
    })
}

async fn patch_status(api: &Api<DynamicObject>, name: &str, status: &Value) -> Result<()> {
    let patch = Patch::Merge(json!({"status": status}));
    api.patch_status(name, &MANAGER, &patch).await.with_context(|| format!("status of {name}"))?;
    Ok(())
}

const REQUESTED_AT: &str = "reconcile.fluxcd.io/requestedAt";

/// When the status of each object was last written: just before the request was sent.
type Answered = Arc<Mutex<BTreeMap<String, Instant>>>;

/// A controller that does nothing but say that it has reconciled; dropping it ends it.
pub(crate) struct Controller {
    task: JoinHandle<()>,
    answered: Answered,
}

impl Controller {
    async fn start(client: Client, work: Duration) -> Self {
        let answered = Answered::default();
        Self { task: tokio::spawn(answer(client, work, answered.clone())), answered }
    }

    /// When the latest of its statuses was written; those before are forgotten.
    pub(crate) fn last_write(&self) -> Option<Instant> {
        let mut answered = self.answered.lock().unwrap_or_else(PoisonError::into_inner);
        std::mem::take(&mut *answered).into_values().max()
    }
}

impl Drop for Controller {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn answer(client: Client, work: Duration, answered: Answered) {
    let all: Api<DynamicObject> = Api::all_with(client.clone(), &kustomizations());
    let events = watcher(all, watcher::Config::default()).default_backoff().applied_objects();
    let mut events = std::pin::pin!(events);
    while let Some(Ok(object)) = events.next().await {
        let requested = object.annotations().get(REQUESTED_AT).map(String::as_str);
        let handled = object.data.pointer("/status/lastHandledReconcileAt");
        if requested.is_none() || handled.and_then(Value::as_str) == requested {
            continue;
        }
        let (client, answered) = (client.clone(), answered.clone());
        tokio::spawn(async move {
            tokio::time::sleep(work).await;
            let namespace = object.namespace().unwrap_or_default();
            let api = Api::namespaced_with(client, &namespace, &kustomizations());
            let status = status(&object);
            let now = Instant::now();
            answered
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .insert(format!("{namespace}/{}", object.name_any()), now);
            if let Err(error) = patch_status(&api, &object.name_any(), &status).await {
                println!("  the controller: {error:#}");
            }
        });
    }
}
