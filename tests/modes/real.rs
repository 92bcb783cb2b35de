//! The real control plane that all modes share, each run in two namespaces of its own.
//!
//! Scenarios speak of the namespaces `flux-system` and `apps`, and their controllers see no others: on the
//! way to the API server and back the names are replaced.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::Duration;

use anyhow::Result;
use futures::future::join_all;
use k8s_openapi::api::apps::v1::Deployment;
use k8s_openapi::api::authorization::v1::SubjectAccessReview;
use k8s_openapi::api::core::v1::{Namespace, ServiceAccount};
use k8s_openapi::api::rbac::v1::{ClusterRole, ClusterRoleBinding, RoleBinding};
use k8s_openapi::apiextensions_apiserver::pkg::apis::apiextensions::v1::CustomResourceDefinition;
use kube::api::{
    Api, ApiResource, DeleteParams, DynamicObject, GroupVersionKind, Patch, PatchParams, PostParams,
};
use kube::config::{KubeConfigOptions, Kubeconfig};
use kube::runtime::conditions::is_crd_established;
use kube::runtime::wait::await_condition;
use kube::{Client, Config};
use nigari::kinds::Kind;
use nigari_api::crd;
use nigari_sandbox::control_plane::{self, given};
use nigari_sandbox::sandbox::Sandbox;
use nigari_test_support::script::Objects;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::world::{ABSENT_IMAGE, KINDS, until};

pub(crate) const NAME: &str = "a real control plane";

const RBAC: &str = "rbac.authorization.k8s.io";

/// The one that runs, while anybody uses it: nothing ends what a static holds.
static RUNNING: Mutex<Weak<Shared>> = Mutex::new(Weak::new());

/// A control plane that knows the kinds of Flux.
pub(crate) struct Shared {
    sandbox: Sandbox,
    /// Of a user whose requests the API server does not write down, unlike nigari's.
    client: Client,
    plots: AtomicUsize,
}

/// Why there is no control plane of ours, if there is none.
fn missing() -> Option<String> {
    if given::kubeconfig_path().is_some() {
        return Some("no fault of ours reaches the node of a given cluster".to_owned());
    }
    control_plane::missing_controllers().unwrap()
}

/// A control plane that nobody else uses; or why there is none.
pub(crate) fn unshared() -> Result<Arc<Shared>, String> {
    missing().map_or_else(|| Ok(Arc::new(Shared::start())), Err)
}

/// The control plane, started if nobody else uses it now; or why there is none.
pub(crate) fn shared() -> Result<Arc<Shared>, String> {
    if let Some(reason) = missing() {
        return Err(reason);
    }
    let mut running = RUNNING.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(shared) = running.upgrade() {
        return Ok(shared);
    }
    let shared = Arc::new(Shared::start());
    *running = Arc::downgrade(&shared);
    Ok(shared)
}

impl Shared {
    fn start() -> Self {
        let sandbox = Sandbox::builder().real().without_players().start().unwrap();
        sandbox.faults().arm(&format!("workload.pull={ABSENT_IMAGE}")).unwrap();
        let kubeconfig = sandbox.control_plane().unwrap().kubeconfig("modes").unwrap();
        let client = sandbox.block_on(async {
            let client = client(&kubeconfig).await;
            join_all(KINDS.map(|kind| install(&client, kind))).await;
            client
        });
        Self { sandbox, client, plots: AtomicUsize::new(0) }
    }
}

fn definition_of(kind: &Kind) -> String {
    format!("{}.{}", kind.plural, kind.group)
}

async fn client(kubeconfig: &str) -> Client {
    let kubeconfig = Kubeconfig::from_yaml(kubeconfig).unwrap();
    let options = KubeConfigOptions::default();
    let mut config = Config::from_custom_kubeconfig(kubeconfig, &options).await.unwrap();
    // The caller's proxy leads away from loopback.
    config.proxy_url = None;
    Client::try_from(config).unwrap()
}

async fn install(client: &Client, kind: &Kind) {
    install_definition(client, crd::definition(&definition_of(kind)).unwrap()).await;
}

async fn install_definition(client: &Client, definition: Value) {
    let definition: CustomResourceDefinition = serde_json::from_value(definition).unwrap();
    let name = definition.metadata.name.clone().unwrap();
    let api: Api<CustomResourceDefinition> = Api::all(client.clone());
    api.create(&PostParams::default(), &definition).await.unwrap();
    await_condition(api, &name, is_crd_established()).await.unwrap();
}

/// Everything with the kinds that modes are about, but for those of one group.
fn rules(forbidden: Option<&str>) -> Value {
    let mut groups: Vec<&str> = KINDS.iter().map(|kind| kind.group).collect();
    groups.extend(["", "apps", "apiextensions.k8s.io", "notification.toolkit.fluxcd.io"]);
    groups.retain(|group| Some(*group) != forbidden);
    json!([{"apiGroups": groups, "resources": ["*"], "verbs": ["*"]}])
}

/// Two namespaces of a shared control plane, which scenarios call `flux-system` and `apps`.
#[derive(Clone)]
pub(crate) struct Plot {
    shared: Arc<Shared>,
    names: [(&'static str, String); 2],
}

impl Plot {
    pub(crate) fn new(shared: &Arc<Shared>) -> Self {
        let number = shared.plots.fetch_add(1, Ordering::Relaxed);
        let names = ["flux-system", "apps"].map(|name| {
            let short = &name[..4];
            (name, format!("{short}-{number:06}"))
        });
        let plot = Self { shared: Arc::clone(shared), names };
        for (_, name) in &plot.names {
            let object = json!({"metadata": {"name": name}});
            plot.create::<Namespace>(object);
        }
        plot
    }

    /// The control plane's sandbox, for its environment.
    pub(crate) fn sandbox(&self) -> &Sandbox {
        &self.shared.sandbox
    }

    /// What a namespace of the scenario is called there.
    pub(crate) fn there(&self, namespace: &str) -> String {
        let known = self.names.iter().find(|(here, _)| *here == namespace);
        known.map_or(namespace, |(_, there)| there).to_owned()
    }

    /// What an object of the scenario is called there: a chart is named after the namespace of its release.
    fn name_there(&self, name: &str) -> String {
        let in_name = |(here, there): &(&str, String)| {
            let rest = name.strip_prefix(here)?.strip_prefix('-')?;
            Some(format!("{there}-{rest}"))
        };
        self.names.iter().find_map(in_name).unwrap_or_else(|| name.to_owned())
    }

    /// A text in the words of the scenario.
    pub(crate) fn here(&self, text: &str) -> String {
        let replace = |text: String, (here, there): &(&str, String)| text.replace(there, here);
        self.names.iter().fold(text.to_owned(), replace)
    }

    /// Whether a request was about one of these namespaces.
    pub(crate) fn is_concerned(&self, path: &str) -> bool {
        self.names.iter().any(|(_, there)| path.contains(there))
    }

    /// Deletes an object.
    pub(crate) fn delete(&self, kind: &Kind, namespace: &str, name: &str) {
        let resource = kind.resource(kind.versions[0]);
        let (client, namespace) = (self.shared.client.clone(), self.there(namespace));
        let api: Api<DynamicObject> = Api::namespaced_with(client, &namespace, &resource);
        self.block_on(api.delete(name, &DeleteParams::default())).unwrap();
    }

    /// Installs one more kind, of which no other mode takes notice.
    pub(crate) fn install(&self, kind: &Kind) {
        self.block_on(install(&self.shared.client, kind));
    }

    /// Installs a kind as somebody else defines it; only who is alone may do so with a kind of Flux.
    pub(crate) fn install_definition(&self, definition: Value) {
        self.block_on(install_definition(&self.shared.client, definition));
    }

    /// A token of an account that may do everything in its namespace.
    pub(crate) fn account_token(&self, namespace: &str) -> String {
        let namespace = self.there(namespace);
        let client = || self.shared.client.clone();
        let (accounts, bindings) = (
            Api::<ServiceAccount>::namespaced(client(), &namespace),
            Api::<RoleBinding>::namespaced(client(), &namespace),
        );
        let account = json!({"metadata": {"name": "nigari"}});
        let role = json!({"apiGroup": RBAC, "kind": "ClusterRole", "name": "cluster-admin"});
        let subject = json!({"kind": "ServiceAccount", "name": "nigari", "namespace": namespace});
        let binding =
            json!({"metadata": {"name": "nigari"}, "roleRef": role, "subjects": [subject]});
        let request = json!({"spec": {"audiences": [], "expirationSeconds": 3600}});
        let parameters = PostParams::default();
        let request = self.block_on(async {
            accounts.create(&parameters, &typed(account)).await.unwrap();
            bindings.create(&parameters, &typed(binding)).await.unwrap();
            accounts.create_token_request("nigari", &parameters, &typed(request)).await.unwrap()
        });
        let user = format!("system:serviceaccount:{namespace}:nigari");
        until("the role is in force", || self.is_allowed(&user, Some(&namespace), "", "pods"));
        request.status.unwrap().token.unwrap()
    }

    /// Removes such a kind with all its objects.
    pub(crate) fn uninstall(&self, kind: &Kind) {
        let api: Api<CustomResourceDefinition> = Api::all(self.shared.client.clone());
        self.block_on(api.delete(&definition_of(kind), &DeleteParams::default())).unwrap();
    }

    /// Deletes the Deployments that are here, of which other modes must see nothing.
    pub(crate) fn delete_controllers(&self) {
        let namespace = self.there("flux-system");
        let api: Api<Deployment> = Api::namespaced(self.shared.client.clone(), &namespace);
        let all =
            self.block_on(api.delete_collection(&DeleteParams::default(), &Default::default()));
        // A test that fails already has said what is wrong.
        assert!(all.is_ok() || std::thread::panicking(), "{:?}", all.err());
    }

    /// A user who may do everything with the kinds that modes are about.
    pub(crate) fn new_user(&self) -> String {
        let user = self.there("flux-system");
        self.create::<ClusterRole>(json!({"metadata": {"name": user}, "rules": rules(None)}));
        let role = json!({"apiGroup": RBAC, "kind": "ClusterRole", "name": user});
        let subject = json!({"apiGroup": RBAC, "kind": "User", "name": user});
        let binding = json!({"metadata": {"name": user}, "roleRef": role, "subjects": [subject]});
        self.create::<ClusterRoleBinding>(binding);
        until("the role is in force", || self.may_list("", "pods"));
        user
    }

    /// Takes the kinds of an API group from that user.
    pub(crate) fn forbid(&self, group: &str) {
        let roles: Api<ClusterRole> = Api::all(self.shared.client.clone());
        let rest = Patch::Merge(json!({"rules": rules(Some(group))}));
        let user = self.there("flux-system");
        self.block_on(roles.patch(&user, &PatchParams::default(), &rest)).unwrap();
        until("the right is gone", || !self.may_list(group, "*"));
    }

    /// Whether the user may list a kind; the API server follows its roles with a watch.
    fn may_list(&self, group: &str, resource: &str) -> bool {
        self.is_allowed(&self.there("flux-system"), None, group, resource)
    }

    fn is_allowed(&self, user: &str, namespace: Option<&str>, group: &str, resource: &str) -> bool {
        let asked =
            json!({"verb": "list", "group": group, "resource": resource, "namespace": namespace});
        let review = json!({"spec": {"user": user, "resourceAttributes": asked}});
        let review = self.create::<SubjectAccessReview>(review);
        review.status.is_some_and(|status| status.allowed)
    }

    /// Creates something that is in no namespace.
    fn create<K>(&self, object: Value) -> K
    where
        K: kube::Resource<DynamicType = ()> + Clone + DeserializeOwned + serde::Serialize,
        K: std::fmt::Debug,
    {
        let api: Api<K> = Api::all(self.shared.client.clone());
        self.block_on(api.create(&PostParams::default(), &typed(object))).unwrap()
    }

    fn api(&self, api_version: &str, kind: &str, namespace: Option<&str>) -> Api<DynamicObject> {
        let (group, version) = api_version.rsplit_once('/').unwrap_or(("", api_version));
        let resource = ApiResource::from_gvk(&GroupVersionKind::gvk(group, version, kind));
        let client = self.shared.client.clone();
        match namespace {
            Some(namespace) => Api::namespaced_with(client, &self.there(namespace), &resource),
            None => Api::all_with(client, &resource),
        }
    }

    fn api_of(&self, object: &Value) -> Api<DynamicObject> {
        let text = |pointer| object.pointer(pointer).and_then(Value::as_str);
        let (version, kind) = (text("/apiVersion").unwrap(), text("/kind").unwrap());
        self.api(version, kind, text("/metadata/namespace"))
    }

    /// The object as it is there: wherever it names a namespace, or an object that is named after one.
    fn moved(&self, object: &Value) -> Value {
        match object {
            Value::Object(fields) => {
                let moved = |(key, value): (&String, &Value)| {
                    let value = match (key.rsplit('/').next(), value) {
                        (Some("namespace"), Value::String(namespace)) => {
                            json!(self.there(namespace))
                        }
                        (Some("name"), Value::String(name)) => json!(self.name_there(name)),
                        (_, value) => self.moved(value),
                    };
                    (key.clone(), value)
                };
                Value::Object(fields.iter().map(moved).collect())
            }
            Value::Array(values) => values.iter().map(|value| self.moved(value)).collect(),
            value => value.clone(),
        }
    }

    /// Creates an object, or replaces the one that is there, whoever writes it meanwhile.
    async fn write(&self, api: &Api<DynamicObject>, object: &Value) -> kube::Result<()> {
        let mut object: DynamicObject = serde_json::from_value(self.moved(object)).unwrap();
        let name = object.metadata.name.clone().unwrap();
        loop {
            let live = api.get_opt(&name).await?;
            object.metadata.resource_version = live.and_then(|live| live.metadata.resource_version);
            let parameters = PostParams::default();
            let written = match object.metadata.resource_version {
                None => api.create(&parameters, &object).await,
                Some(_) => api.replace(&name, &parameters, &object).await,
            };
            match written {
                Err(kube::Error::Api(status)) if status.is_conflict() => {}
                written => return written.map(drop),
            }
        }
    }

    /// Waits until the control plane itself has made of a Deployment what its status is to be.
    fn await_available(&self, deployment: &Value) {
        let name = deployment["metadata"]["name"].as_str().unwrap();
        let wanted = &deployment["status"]["availableReplicas"];
        until(&format!("Deployment {name} has {wanted} available Pods"), || {
            let live = self.get("apps/v1", "Deployment", Some("flux-system"), name).unwrap();
            let status = &live["status"];
            status["observedGeneration"] == live["metadata"]["generation"]
                && status["availableReplicas"].as_u64().unwrap_or(0) == wanted.as_u64().unwrap()
        });
    }

    fn block_on<F: Future>(&self, future: F) -> F::Output {
        self.shared.sandbox.block_on(future)
    }
}

fn typed<K: DeserializeOwned>(object: Value) -> K {
    serde_json::from_value(object).unwrap()
}

impl Objects for Plot {
    /// Each look is a request.
    fn look_every(&self) -> Duration {
        Duration::from_millis(50)
    }

    fn get(
        &self,
        api_version: &str,
        kind: &str,
        namespace: Option<&str>,
        name: &str,
    ) -> Option<Value> {
        let api = self.api(api_version, kind, namespace);
        let object = self.block_on(api.get_opt(&self.name_there(name))).unwrap()?;
        let text = serde_json::to_string(&object).unwrap();
        Some(serde_json::from_str(&self.here(&text)).unwrap())
    }

    fn put(&self, object: Value) -> Result<()> {
        self.block_on(self.write(&self.api_of(&object), &object))?;
        match object.get("status") {
            Some(_) if object["kind"] == "Deployment" => self.await_available(&object),
            Some(_) => self.put_status(object)?,
            None => {}
        }
        Ok(())
    }

    fn put_status(&self, object: Value) -> Result<()> {
        let name = self.name_there(object["metadata"]["name"].as_str().unwrap());
        let status = Patch::Merge(json!({"status": self.moved(&object["status"])}));
        let api = self.api_of(&object);
        match self.block_on(api.patch_status(&name, &PatchParams::default(), &status)) {
            // Somebody was faster, and deleted it.
            Err(kube::Error::Api(status)) if status.is_not_found() => Ok(()),
            written => Ok(written.map(drop)?),
        }
    }
}
