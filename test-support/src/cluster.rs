//! A cluster in which nothing reconciles, and the objects that tests put there.

use std::fs;
use std::path::PathBuf;
use std::process::Stdio;
use std::time::Duration;

use kube::api::{Api, DeleteParams, DynamicObject};
use nigari::kinds::Kind;
use nigari::kinds::kustomize::KUSTOMIZATION;
use nigari_api::crd;
use nigari_sandbox::recorder::Request;
use nigari_sandbox::sandbox::Sandbox;
use serde_json::{Value, json};
use tokio::time::{sleep, timeout};

use crate::PATIENCE;
use crate::program::command;
use crate::run::{Run, Running};

/// An object in the namespace `flux-system`, at its first generation; `rest` adds to it or replaces.
pub fn object(kind: &Kind, name: &str, rest: Value) -> Value {
    let mut object = json!({
        "apiVersion": format!("{}/{}", kind.group, kind.versions[0]),
        "kind": kind.kind,
        "metadata": {"name": name, "namespace": "flux-system", "generation": 1},
    });
    for (key, value) in rest.as_object().unwrap() {
        object[key] = value.clone();
    }
    object
}

/// A Kustomization of a source that is not there; `more` adds to its spec.
pub fn kustomization(name: &str, more: Value) -> Value {
    let source = json!({"kind": "GitRepository", "name": "fleet"});
    let mut spec = json!({"interval": "10m", "prune": true, "sourceRef": source});
    for (key, value) in more.as_object().unwrap() {
        spec[key] = value.clone();
    }
    object(&KUSTOMIZATION, name, json!({"spec": spec}))
}

/// A cluster in which nothing reconciles.
pub struct Cluster(pub Sandbox);

impl Cluster {
    /// A cluster without Flux.
    pub fn empty() -> Self {
        Self(Sandbox::builder().without_players().start().unwrap())
    }

    /// A cluster that knows these kinds, and the namespaces `flux-system` and `apps`.
    pub fn with(kinds: &[&Kind]) -> Self {
        let cluster = Self::empty();
        for namespace in ["flux-system", "apps"] {
            cluster.put(json!({
                "apiVersion": "v1", "kind": "Namespace", "metadata": {"name": namespace},
            }));
        }
        kinds.iter().for_each(|kind| cluster.install(kind));
        cluster
    }

    /// Installs the definition of a kind, as its controller brings it.
    pub fn install(&self, kind: &Kind) {
        let name = format!("{}.{}", kind.plural, kind.group);
        self.put(crd::definition(&name).unwrap());
    }

    /// Puts an object there, or another one in its place.
    pub fn put(&self, object: Value) {
        self.0.kube().put(object).unwrap();
    }

    /// Deletes an object as somebody else would: through the API.
    pub fn delete(&self, kind: &Kind, namespace: &str, name: &str) {
        let resource = kind.resource(kind.versions[0]);
        let api = Api::<DynamicObject>::namespaced_with(self.0.client(), namespace, &resource);
        self.0.block_on(api.delete(name, &DeleteParams::default())).unwrap();
    }

    /// Runs nigari to its end.
    pub fn nigari(&self, arguments: &str) -> Run {
        Run::of(&self.0, command(&self.0, arguments).output().unwrap())
    }

    /// Runs nigari, and does something else between its first look at a path that holds `seen` and what it
    /// asks for next.
    #[track_caller]
    pub fn nigari_while(&self, arguments: &str, seen: &str, change: impl FnOnce()) -> Run {
        self.0.faults().arm("kube.latency=500").unwrap();
        self.0.recorder().clear();
        let mut command = command(&self.0, arguments);
        let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let looked = async {
            let is_look =
                |request: &Request| request.method == "GET" && request.path.contains(seen);
            while !self.0.recorder().all().iter().any(is_look) {
                sleep(Duration::from_millis(2)).await;
            }
        };
        let waited = self.0.block_on(async { timeout(PATIENCE, looked).await });
        assert!(waited.is_ok(), "nigari never looked at {seen}");
        change();
        let run = Run::of(&self.0, child.wait_with_output().unwrap());
        self.0.faults().arm("kube.latency=0").unwrap();
        run
    }

    /// What nigari has written since the last call, dry runs left out: method, path and body of each
    /// request, and how it was refused if it was; in the order of the paths, for several objects are written
    /// at the same time. Versions and times are replaced by their names.
    pub fn writes(&self) -> String {
        let writes = self.0.recorder().writes();
        self.0.recorder().clear();
        told(writes)
    }

    /// An object as it is now.
    pub fn get(&self, kind: &Kind, name: &str) -> Option<Value> {
        let version = format!("{}/{}", kind.group, kind.versions[0]);
        self.0.kube().get(&version, kind.kind, Some("flux-system"), name)
    }

    /// Runs nigari with nobody reading its standard output; returns standard error and the exit code.
    pub fn unread(&self, arguments: &str) -> (String, Option<i32>) {
        let mut command = command(&self.0, arguments);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        (String::from_utf8(output.stderr).unwrap(), output.status.code())
    }

    /// The sandbox's kubeconfig.
    pub fn kubeconfig(&self) -> Value {
        let environment = self.0.environment();
        let (_, path) = environment.iter().find(|(name, _)| name == "KUBECONFIG").unwrap();
        serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
    }

    /// A kubeconfig of its own; returns its path.
    pub fn put_kubeconfig(&self, config: &Value) -> PathBuf {
        let path = self.0.home().join("kubeconfig");
        fs::write(&path, config.to_string()).unwrap();
        path
    }

    /// A kubeconfig whose user logs in with a shell script, which finds the right answer in `ANSWER`;
    /// returns its path.
    #[cfg(unix)]
    pub fn log_in_with(&self, script: &str) -> PathBuf {
        use std::os::unix::fs::PermissionsExt as _;

        let plugin = self.0.home().join("credential-plugin");
        fs::write(&plugin, format!("#!/bin/sh\n{script}\n")).unwrap();
        fs::set_permissions(&plugin, fs::Permissions::from_mode(0o755)).unwrap();
        let mut config = self.kubeconfig();
        let user = &mut config["users"][0]["user"];
        let answer = json!({
            "apiVersion": "client.authentication.k8s.io/v1",
            "kind": "ExecCredential",
            "status": {"token": user["token"]},
        });
        *user = json!({"exec": {
            "apiVersion": "client.authentication.k8s.io/v1",
            "command": plugin,
            "env": [{"name": "ANSWER", "value": answer.to_string()}],
            "interactiveMode": "IfAvailable",
        }});
        self.put_kubeconfig(&config)
    }

    /// Starts nigari, which goes on until it is dropped.
    pub fn start(&self, arguments: &str) -> Running {
        Running::start(command(&self.0, arguments))
    }
}

/// A line for each write, as [`Cluster::writes`] has them.
pub fn told(mut writes: Vec<Request>) -> String {
    writes.sort_by(|one, other| one.path.cmp(&other.path));
    let line = |request: &Request| {
        let path = in_short(&request.path);
        let mut body: Value = serde_json::from_str(&request.body).unwrap_or_default();
        for (pointer, name) in [
            ("/metadata/resourceVersion", "[VERSION]"),
            ("/preconditions/uid", "[UID]"),
            ("/metadata/annotations/reconcile.fluxcd.io~1requestedAt", "[NOW]"),
        ] {
            if let Some(value) = body.pointer_mut(pointer) {
                *value = json!(name);
            }
        }
        let refused = match request.status {
            status if status < 400 => String::new(),
            status => format!(" -> {status}"),
        };
        format!("{} {path} {body}{refused}\n", request.method)
    };
    writes.iter().map(line).collect()
}

/// The path of a request from its namespace on.
pub fn in_short(path_and_query: &str) -> &str {
    let path = path_and_query.split('?').next().unwrap_or_default();
    path.rsplit_once("/namespaces/").map_or(path, |(_, path)| path)
}
