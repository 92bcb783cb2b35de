//! A Kubernetes API on loopback.
//!
//! It implements what nigari, kubectl's basics and the players send and answers 501 to everything
//! else, never something plausible. It differs from a real API server on purpose where a rule below
//! says so: RBAC is not evaluated, pods go at once, CEL rules are not run, no ConfigMap
//! `kube-root-ca.crt` appears in namespaces.
//!
//! | module | what it is |
//! |---|---|
//! | `routes` | a request's way in: faults, the record, who answers |
//! | `about` | what the server tells about itself |
//! | `call` | a request for a kind: who may make it, reads, writes |
//! | `request`, `status` | paths, queries, headers; failures in the server's words |
//! | `access` | tokens, denials, reviews |
//! | `discovery`, `openapi`, `table` | what clients ask about kinds, and how `kubectl get` prints them |
//! | `resources`, `schema`, `types`, `merge_keys` | the kinds that are served, the schemas of their fields, how those merge |
//! | `store`, `kinship`, `objects`, `preparation`, `deletion` | what is stored, who owns whom, and what the server does on the way there |
//! | `list`, `watch`, `selector`, `labels` | reading many objects, and following them |
//! | `patch`, `structure`, `fields`, `managers` | patches; server-side apply and who owns which field |
//! | `metadata`, `validation`, `formats`, `builtin` | rules of metadata, of custom and of built-in kinds |

mod about;
mod access;
mod builtin;
mod call;
mod deletion;
mod discovery;
mod exec;
mod fields;
mod formats;
mod kinship;
mod labels;
mod list;
mod logs;
mod managers;
mod merge_keys;
mod metadata;
mod objects;
mod openapi;
mod patch;
mod preparation;
pub(crate) mod request;
mod resources;
mod routes;
mod schema;
mod selector;
mod status;
mod store;
mod structure;
mod table;
mod types;
mod validation;
mod watch;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use anyhow::{Result, bail};
use serde_json::{Value, json};
use tokio::sync::watch as signal;

pub use access::Deny;
pub(crate) use patch::json_patch;

use crate::faults::Faults;
use crate::recorder::Recorder;
use access::Access;
use objects::{State, WriteOptions};
use preparation::in_version;
use resources::{Registry, text};
use store::{collection, key};

/// Who issues the tokens of ServiceAccounts, as they say themselves.
pub(crate) const TOKEN_ISSUER: &str = "https://kubernetes.default.svc.cluster.local";

/// The API server; clones share everything.
#[derive(Clone)]
pub struct KubeApi(Arc<Shared>);

struct Shared {
    state: Mutex<State>,
    access: Mutex<Access>,
    signals: signal::Sender<Signal>,
    faults: Faults,
    recorder: Recorder,
}

/// What wakes the watches.
#[derive(Clone, Copy, Debug, Default)]
struct Signal {
    /// The newest version.
    version: u64,
    /// Watches that were opened under another epoch end.
    epoch: u64,
    /// How many bookmarks were sent to every watch that asked for them, besides those in due time.
    bookmarks: u64,
}

impl KubeApi {
    /// An API server with the namespaces that every cluster has.
    #[must_use]
    pub fn new(faults: Faults, recorder: Recorder) -> Self {
        let state = State { registry: Registry::new(), ..State::default() };
        let api = Self(Arc::new(Shared {
            state: Mutex::new(state),
            access: Mutex::default(),
            signals: signal::Sender::new(Signal::default()),
            faults,
            recorder,
        }));
        let mut state = api.state();
        let namespaces = state.registry.find("", "v1", "namespaces");
        let namespaces = namespaces.expect("namespaces are built in");
        for name in ["default", "kube-node-lease", "kube-public", "kube-system"] {
            let namespace =
                json!({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": name}});
            let options = WriteOptions::of("kube-apiserver");
            let created = state.create(&namespaces, None, namespace, &options);
            created.expect("nothing is in the way of the first namespaces");
        }
        state.settle();
        drop(state);
        api
    }

    /// The API as a service; serve it with [`crate::serve::https`].
    pub fn router(&self) -> axum::Router {
        axum::Router::new().fallback(routes::handle).with_state(self.clone())
    }

    /// Creates or replaces an object with its status, as it is: nothing is checked, defaulted or
    /// owned. Watches see it.
    ///
    /// # Errors
    /// When no kind of that name is served.
    pub fn put(&self, mut object: Value) -> Result<()> {
        let (api_version, kind) = (text(&object, "/apiVersion"), text(&object, "/kind"));
        let mut state = self.state();
        let Some(resource) = state.registry.find_kind(api_version, kind) else {
            bail!("no kind {kind:?} is served in version {api_version:?}");
        };
        let (namespace, name) = key(&object);
        if name.is_empty() || namespace.is_empty() == resource.namespaced {
            bail!("a {kind} cannot be named {name:?} in namespace {namespace:?}");
        }
        let live = state.store.get(&collection(&resource), &namespace, &name).cloned();
        let defaults = match &live {
            Some(live) => live["metadata"].clone(),
            None => preparation::new_identity(&resource),
        };
        for name in ["uid", "creationTimestamp", "generation"] {
            if object["metadata"].get(name).is_none() && defaults.get(name).is_some() {
                object["metadata"][name] = defaults[name].clone();
            }
        }
        state.store.put(&collection(&resource), object);
        drop(state);
        self.wrote();
        if kind_is_definition(&resource) {
            self.settle();
        }
        Ok(())
    }

    /// An object as it is now.
    #[must_use]
    pub fn get(
        &self,
        api_version: &str,
        kind: &str,
        namespace: Option<&str>,
        name: &str,
    ) -> Option<Value> {
        let state = self.state();
        let resource = state.registry.find_kind(api_version, kind)?;
        let namespace = namespace.unwrap_or_default();
        let object = state.store.get(&collection(&resource), namespace, name)?;
        Some(Value::clone(&in_version(object, &resource)))
    }

    /// Every object of a kind, in the order of namespace and name.
    #[must_use]
    pub fn list(&self, api_version: &str, kind: &str) -> Vec<Value> {
        let state = self.state();
        let Some(resource) = state.registry.find_kind(api_version, kind) else { return Vec::new() };
        let objects = state.store.list(&collection(&resource), None);
        objects.map(|object| Value::clone(&in_version(object, &resource))).collect()
    }

    /// Ends every open watch without a word, as a restarted server does.
    pub fn drop_watches(&self) {
        self.0.signals.send_modify(|signal| signal.epoch += 1);
    }

    /// Sends every open watch that asked for them a bookmark now, and not in due time.
    pub fn bookmark(&self) {
        self.0.signals.send_modify(|signal| signal.bookmarks += 1);
    }

    /// Does what a restarted server does: ends every open watch, and can no longer serve one from a
    /// version before now. Lists still can, from what is stored.
    pub fn restart(&self) {
        self.state().store.restart();
        self.drop_watches();
    }

    /// Forbids something from now on; access reviews tell.
    pub fn deny(&self, rule: Deny) {
        self.access().deny(rule);
    }

    /// A bearer token for `user`; `admin` is in the group `system:masters`.
    #[must_use]
    pub fn token(&self, user: &str) -> String {
        self.access().token(user)
    }

    fn faults(&self) -> &Faults {
        &self.0.faults
    }

    fn recorder(&self) -> &Recorder {
        &self.0.recorder
    }

    fn signals(&self) -> signal::Receiver<Signal> {
        self.0.signals.subscribe()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn access(&self) -> MutexGuard<'_, Access> {
        self.0.access.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Wakes the watches, and has the background work done if there is any.
    fn wrote(&self) {
        let (version, has_work) = {
            let mut state = self.state();
            let has_work = state.has_background_work();
            if !has_work {
                state.settled = state.store.version();
            }
            (state.store.version(), has_work)
        };
        self.0.signals.send_modify(|signal| signal.version = version);
        if !has_work {
            return;
        }
        match tokio::runtime::Handle::try_current() {
            Ok(runtime) => {
                // Later than the answer to the write, as the controllers of a real cluster.
                let api = self.clone();
                runtime.spawn(async move {
                    tokio::task::yield_now().await;
                    api.settle();
                });
            }
            Err(_) => self.settle(),
        }
    }

    fn settle(&self) {
        let version = {
            let mut state = self.state();
            state.settle();
            state.store.version()
        };
        self.0.signals.send_modify(|signal| signal.version = version);
    }
}

fn kind_is_definition(resource: &resources::Resource) -> bool {
    resource.kind == "CustomResourceDefinition" && !resource.is_custom()
}

/// A kubeconfig with one context for the server at `server_url`; it names no namespace.
#[must_use]
pub fn kubeconfig(server_url: &str, ca_pem: &str, token: &str) -> String {
    use base64::Engine as _;
    let authority = base64::engine::general_purpose::STANDARD.encode(ca_pem);
    // JSON is YAML, and quoting is then nobody's concern.
    let config = json!({
        "apiVersion": "v1",
        "kind": "Config",
        "clusters": [{
            "name": "sandbox",
            "cluster": {"server": server_url, "certificate-authority-data": authority},
        }],
        "users": [{"name": "admin", "user": {"token": token}}],
        "contexts": [{"name": "sandbox", "context": {"cluster": "sandbox", "user": "admin"}}],
        "current-context": "sandbox",
    });
    format!("{config:#}\n")
}
