//! Controllers that follow a script: each gives its object the status that it is told to, from the
//! moment that somebody requests a reconciliation.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use anyhow::Result;
use nigari::kinds::Kind;
use nigari_sandbox::kube::KubeApi;
use serde_json::{Value, json};

use crate::cluster::Cluster;

/// The annotation whose value is the request.
pub const REQUESTED_AT: &str = "reconcile.fluxcd.io/requestedAt";

/// Where controllers find their objects, and leave what they have to say.
pub trait Objects: Send + Sync {
    /// How often a controller looks at its object.
    fn look_every(&self) -> Duration {
        Duration::from_millis(10)
    }

    /// An object as it is now.
    fn get(
        &self,
        api_version: &str,
        kind: &str,
        namespace: Option<&str>,
        name: &str,
    ) -> Option<Value>;

    /// Creates or replaces an object with its status.
    fn put(&self, object: Value) -> Result<()>;

    /// Replaces the status of an object that was found, and nothing else of it.
    fn put_status(&self, object: Value) -> Result<()>;
}

impl Objects for KubeApi {
    fn get(
        &self,
        api_version: &str,
        kind: &str,
        namespace: Option<&str>,
        name: &str,
    ) -> Option<Value> {
        self.get(api_version, kind, namespace, name)
    }

    fn put(&self, object: Value) -> Result<()> {
        self.put(object)
    }

    fn put_status(&self, object: Value) -> Result<()> {
        self.put(object)
    }
}

/// What a controller sees when it looks.
pub struct Look<'a> {
    /// Where it found its object.
    pub api: &'a dyn Objects,
    /// The object as it is now.
    pub object: &'a Value,
    /// The request that is on the object now.
    pub token: &'a str,
    /// How long it has been there.
    pub age: Duration,
}

/// The status that an object gets; nothing leaves it as it is.
type Pass = Box<dyn Fn(&Look<'_>) -> Option<Value> + Send>;

/// A controller of one object.
pub struct Part {
    kind: &'static Kind,
    namespace: String,
    name: String,
    pass: Pass,
}

/// A controller of an object in the namespace `flux-system`.
pub fn part(
    kind: &'static Kind,
    name: &str,
    pass: impl Fn(&Look<'_>) -> Option<Value> + Send + 'static,
) -> Part {
    let (namespace, name) = ("flux-system".to_owned(), name.to_owned());
    Part { kind, namespace, name, pass: Box::new(pass) }
}

impl Part {
    /// The name of its object.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The same controller, of an object in another namespace.
    pub fn in_namespace(mut self, namespace: &str) -> Self {
        namespace.clone_into(&mut self.namespace);
        self
    }
}

/// Controllers that are at work until this is dropped.
pub struct Script {
    is_over: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Script {
    /// Has the controllers work in `cluster`.
    pub fn play(cluster: &Cluster, parts: Vec<Part>) -> Self {
        Self::play_over(Arc::new(cluster.0.kube().clone()), parts)
    }

    /// Has the controllers work over `api`.
    pub fn play_over(api: Arc<dyn Objects>, parts: Vec<Part>) -> Self {
        let is_over = Arc::new(AtomicBool::new(false));
        let over = Arc::clone(&is_over);
        let thread = thread::spawn(move || {
            let mut since = HashMap::new();
            while !over.load(Ordering::Relaxed) {
                for part in &parts {
                    part.look(api.as_ref(), &mut since);
                }
                thread::park_timeout(api.look_every());
            }
        });
        Self { is_over, thread: Some(thread) }
    }
}

impl Part {
    fn look(&self, api: &dyn Objects, since: &mut HashMap<String, Instant>) {
        let version = format!("{}/{}", self.kind.group, self.kind.versions[0]);
        let found = api.get(&version, self.kind.kind, Some(&self.namespace), &self.name);
        let Some(mut object) = found else { return };
        let Some(token) = object["metadata"]["annotations"][REQUESTED_AT].as_str() else { return };
        let token = token.to_owned();
        let age = since.entry(token.clone()).or_insert_with(Instant::now).elapsed();
        let status = (self.pass)(&Look { api, object: &object, token: &token, age });
        if let Some(status) = status.filter(|status| *status != object["status"]) {
            object["status"] = status;
            api.put_status(object).expect("the kind is served");
        }
    }
}

impl Drop for Script {
    fn drop(&mut self) {
        self.is_over.store(true, Ordering::Relaxed);
        if let Some(thread) = self.thread.take() {
            // A controller that panicked has failed its test by not answering.
            let _ = thread.join();
        }
    }
}

/// The conditions of an object whose Ready is `ready`, for the generation that it is at.
pub fn conditions(object: &Value, ready: &str, reason: &str) -> Value {
    json!([{"type": "Ready", "status": ready, "reason": reason, "message": format!("it is {reason}"),
        "observedGeneration": object["metadata"]["generation"],
        "lastTransitionTime": "2026-01-01T00:00:00Z"}])
}

/// What a controller leaves behind that has applied, or failed to apply, `revision`.
pub fn attempted(look: &Look<'_>, revision: &str, ready: &str, reason: &str) -> Value {
    json!({"lastHandledReconcileAt": look.token, "lastAttemptedRevision": revision,
        "lastAppliedRevision": revision, "conditions": conditions(look.object, ready, reason)})
}

/// What a controller leaves behind that has fetched, or failed to fetch, a source.
pub fn fetched(look: &Look<'_>, revision: &str, ready: &str, reason: &str) -> Value {
    json!({"lastHandledReconcileAt": look.token, "artifact": artifact(revision),
        "conditions": conditions(look.object, ready, reason)})
}

/// The artifact of a source.
pub fn artifact(revision: &str) -> Value {
    json!({"revision": revision, "digest": format!("sha256:{:064}", 0), "path": "fleet.tar.gz",
        "url": "http://source-controller/fleet.tar.gz", "lastUpdateTime": "2026-01-01T00:00:00Z"})
}

/// Applies what its source is at, at once.
pub fn applies(look: &Look<'_>) -> Option<Value> {
    Some(attempted(look, "main@sha1:aaaa", "True", "ReconciliationSucceeded"))
}

/// Fetches, at once.
pub fn fetches(look: &Look<'_>) -> Option<Value> {
    Some(fetched(look, "main@sha1:aaaa", "True", "Succeeded"))
}
