//! Where a mode is tried: a cluster of its own on the sandbox's API, or namespaces of its own on a real
//! control plane that all modes share.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::fs;
use std::process::{Command, Output, Stdio};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use k8s_openapi::api::core::v1::Namespace;
use k8s_openapi::apiextensions_apiserver::pkg::apis::apiextensions::v1::CustomResourceDefinition;
use kube::api::{Api, DeleteParams};
use nigari::kinds::Kind;
use nigari::kinds::helm::HELM_RELEASE;
use nigari::kinds::kustomize::KUSTOMIZATION;
use nigari::kinds::source::{
    BUCKET, EXTERNAL_ARTIFACT, GIT_REPOSITORY, HELM_CHART, HELM_REPOSITORY, OCI_REPOSITORY,
};
use nigari::kinds::terraform::TERRAFORM;
use nigari_sandbox::kube::Deny;
use nigari_sandbox::recorder::Request;
use nigari_sandbox::sandbox::Sandbox;
use nigari_test_support::PATIENCE;
use nigari_test_support::cluster::{Cluster, in_short, told};
use nigari_test_support::program::command;
use nigari_test_support::run::Run;
use nigari_test_support::script::{Objects, Part, Script};
use serde_json::{Value, json};

use crate::mode::Seen;
use crate::real::{self, Plot, Shared};
use crate::relay::Relay;
use crate::watch::Watch;

/// The kinds that are installed.
pub(crate) const KINDS: [&Kind; 9] = [
    &KUSTOMIZATION,
    &HELM_RELEASE,
    &GIT_REPOSITORY,
    &OCI_REPOSITORY,
    &BUCKET,
    &HELM_REPOSITORY,
    &HELM_CHART,
    &EXTERNAL_ARTIFACT,
    &TERRAFORM,
];

/// An image that the real control plane's node cannot pull.
pub(crate) const ABSENT_IMAGE: &str = "example.com/absent";

/// The turn to have controllers in the real control plane: they are looked for in all namespaces.
static CONTROLLERS: Mutex<()> = Mutex::new(());

/// Which API a world is made on.
pub(crate) enum Place {
    Sandbox,
    Real(Arc<Shared>),
}

/// Knows the kinds of Flux, and the namespaces `flux-system` and `apps`; nothing reconciles.
pub(crate) struct World {
    ground: Ground,
    objects: Arc<dyn Objects>,
    /// As whom nigari is run, if not as somebody with every right.
    user: RefCell<Option<String>>,
    turn: RefCell<Option<MutexGuard<'static, ()>>>,
}

enum Ground {
    Sandbox(Box<Cluster>),
    Real(Plot),
}

impl World {
    pub(crate) fn new(place: &Place) -> Self {
        let (ground, objects): (_, Arc<dyn Objects>) = match place {
            Place::Sandbox => {
                let cluster = Cluster::with(&KINDS);
                let objects = Arc::new(cluster.0.kube().clone());
                (Ground::Sandbox(Box::new(cluster)), objects)
            }
            Place::Real(shared) => {
                let plot = Plot::new(shared);
                (Ground::Real(plot.clone()), Arc::new(plot))
            }
        };
        Self { ground, objects, user: RefCell::default(), turn: RefCell::default() }
    }

    /// The API as controllers have it.
    pub(crate) fn objects(&self) -> &dyn Objects {
        self.objects.as_ref()
    }

    /// Puts an object there, or another one in its place.
    pub(crate) fn put(&self, object: Value) {
        self.objects.put(object).unwrap();
    }

    /// Deletes an object as somebody else would.
    pub(crate) fn delete(&self, kind: &Kind, namespace: &str, name: &str) {
        match &self.ground {
            Ground::Sandbox(cluster) => cluster.delete(kind, namespace, name),
            Ground::Real(plot) => plot.delete(kind, namespace, name),
        }
    }

    /// Deletes a namespace of the scenario with all that is in it.
    pub(crate) fn delete_namespace(&self, namespace: &str) {
        if self.is_sandbox() {
            // It was put behind the scenes, where no API server says that it is to be emptied first.
            self.put(
                json!({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": namespace},
                "spec": {"finalizers": ["kubernetes"]}}),
            );
        }
        let namespaces: Api<Namespace> = Api::all(self.sandbox().client());
        let (name, parameters) = (self.there(namespace), DeleteParams::default());
        self.sandbox().block_on(namespaces.delete(&name, &parameters)).unwrap();
    }

    /// Installs one more kind; only one mode may do so with it.
    pub(crate) fn install(&self, kind: &Kind) {
        match &self.ground {
            Ground::Sandbox(cluster) => cluster.install(kind),
            Ground::Real(plot) => plot.install(kind),
        }
    }

    /// Installs a kind as somebody else defines it.
    pub(crate) fn install_definition(&self, definition: Value) {
        match &self.ground {
            Ground::Sandbox(cluster) => cluster.put(definition),
            Ground::Real(plot) => plot.install_definition(definition),
        }
    }

    /// A token of an account that may do everything in its namespace.
    pub(crate) fn account_token(&self, namespace: &str) -> String {
        match &self.ground {
            Ground::Sandbox(cluster) => {
                let user = format!("system:serviceaccount:{namespace}:nigari");
                cluster.0.kube().token(&user)
            }
            Ground::Real(plot) => plot.account_token(namespace),
        }
    }

    /// Removes such a kind with all its objects.
    pub(crate) fn uninstall(&self, kind: &Kind) {
        match &self.ground {
            Ground::Sandbox(cluster) => {
                let definitions: Api<CustomResourceDefinition> = Api::all(cluster.0.client());
                let name = format!("{}.{}", kind.plural, kind.group);
                let parameters = DeleteParams::default();
                cluster.0.block_on(definitions.delete(&name, &parameters)).unwrap();
            }
            Ground::Real(plot) => plot.uninstall(kind),
        }
    }

    /// The sandbox's API behind the scenes, for a fault that no other server has.
    pub(crate) fn cluster(&self) -> &Cluster {
        match &self.ground {
            Ground::Sandbox(cluster) => cluster,
            Ground::Real(_) => panic!("this fault is for the sandbox's API only"),
        }
    }

    /// Whether it is the sandbox's API, to which more can happen.
    pub(crate) fn is_sandbox(&self) -> bool {
        matches!(self.ground, Ground::Sandbox(_))
    }

    /// Has controllers work.
    pub(crate) fn play(&self, parts: Vec<Part>) -> Script {
        Script::play_over(Arc::clone(&self.objects), parts)
    }

    /// Keeps controllers of other modes away, of which nigari would take one for ours.
    pub(crate) fn take_turn(&self) {
        if let Ground::Real(_) = self.ground {
            let turn = CONTROLLERS.lock().unwrap_or_else(PoisonError::into_inner);
            self.turn.replace(Some(turn));
        }
    }

    /// Puts the Deployment of a controller there, of whose Pods so many are available, with the turn to
    /// have one.
    pub(crate) fn put_controller(&self, name: &str, replicas: u32, available: u32) {
        if self.turn.borrow().is_none() {
            self.take_turn();
        }
        self.put(controller(name, replicas, available));
    }

    /// Runs nigari as somebody to whom something can be forbidden.
    pub(crate) fn restrict(&self) {
        if let Ground::Real(plot) = &self.ground {
            self.user.replace(Some(plot.new_user()));
        }
    }

    /// Forbids nigari everything with the kinds of an API group from now on; after [`Self::restrict`].
    pub(crate) fn forbid(&self, group: &str) {
        match &self.ground {
            Ground::Sandbox(cluster) => cluster.0.kube().deny(Deny::new("*", group, "*")),
            Ground::Real(plot) => plot.forbid(group),
        }
    }

    /// Runs nigari to its end.
    pub(crate) fn nigari(&self, arguments: &str) -> Seen {
        self.run(&mut self.command(arguments))
    }

    /// Runs what [`Self::command`] made, perhaps with other variables.
    pub(crate) fn run(&self, command: &mut Command) -> Seen {
        self.seen(command.output().unwrap())
    }

    /// Starts nigari, which goes on until somebody ends it.
    pub(crate) fn start(&self, arguments: &str) -> Watch<'_> {
        Watch::start(self, self.command(arguments))
    }

    /// A relay before the API server.
    pub(crate) fn relay(&self) -> Relay<'_> {
        Relay::open_before(self)
    }

    /// The kubeconfig that leads here.
    pub(crate) fn kubeconfig(&self) -> Value {
        let environment = self.sandbox().environment();
        let (_, path) = environment.iter().find(|(name, _)| name == "KUBECONFIG").unwrap();
        serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
    }

    /// Writes a kubeconfig; returns the flag that takes it.
    pub(crate) fn put_kubeconfig(&self, config: &Value) -> String {
        let path = self.sandbox().root().join(format!("{}.kubeconfig", self.namespace()));
        fs::write(&path, config.to_string()).unwrap();
        format!("--kubeconfig={}", path.display())
    }

    /// What the namespace `flux-system` is called to nigari.
    pub(crate) fn namespace(&self) -> String {
        self.there("flux-system")
    }

    /// What a namespace of the scenario is called to nigari.
    pub(crate) fn there(&self, namespace: &str) -> String {
        match &self.ground {
            Ground::Sandbox(_) => namespace.to_owned(),
            Ground::Real(plot) => plot.there(namespace),
        }
    }

    /// Runs nigari, and changes something once its request is written.
    pub(crate) fn nigari_while(&self, arguments: &str, change: impl FnOnce()) -> Seen {
        let mut command = self.command(arguments);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        while !self.requests().iter().any(|request| request.is_write) {
            assert!(child.try_wait().unwrap().is_none(), "it ended without a request");
            thread::park_timeout(Duration::from_millis(5));
        }
        change();
        self.seen(child.wait_with_output().unwrap())
    }

    /// Runs nigari, and changes something between its first look at a path that holds `seen` and what it
    /// reads next. Only the sandbox's API can be slowed down for that.
    pub(crate) fn nigari_between_reads(
        &self,
        arguments: &str,
        seen: &str,
        change: impl FnOnce(),
    ) -> Seen {
        let Ground::Sandbox(cluster) = &self.ground else {
            panic!("a real control plane answers as fast as it does")
        };
        self.seen_of(cluster.nigari_while(arguments, seen, change))
    }

    pub(crate) fn sandbox(&self) -> &Sandbox {
        match &self.ground {
            Ground::Sandbox(cluster) => &cluster.0,
            Ground::Real(plot) => plot.sandbox(),
        }
    }

    /// nigari with these arguments, parted by blanks, in the environment that leads here.
    pub(crate) fn command(&self, arguments: &str) -> Command {
        let mut command = command(self.sandbox(), arguments);
        command.env("FLUX_SYSTEM_NAMESPACE", self.namespace());
        if let Some(user) = &*self.user.borrow() {
            command.arg(format!("--as={user}"));
        }
        command
    }

    /// nigari with these arguments on a terminal of so many lines and columns, which `script` of util-linux
    /// makes.
    #[cfg(target_os = "linux")]
    pub(crate) fn on_terminal(&self, arguments: &str, (lines, columns): (usize, usize)) -> Command {
        let mut command = self.sandbox().command("script");
        let nigari = env!("CARGO_BIN_EXE_nigari");
        let run = format!("stty rows {lines} cols {columns}; exec {nigari} {arguments}");
        command.args(["--quiet", "--return", "--command", &run, "/dev/null"]);
        command.env("FLUX_SYSTEM_NAMESPACE", self.namespace()).env("TERM", "xterm-256color");
        command.stdin(Stdio::null());
        command
    }

    /// How many requests about objects nigari has sent, and how many of them began a watch.
    pub(crate) fn request_counts(&self) -> (usize, usize) {
        let mut requests = self.requests();
        requests.retain(|request| request.path.contains("/namespaces/"));
        let watches = requests.iter().filter(|request| request.path.contains("watch="));
        (requests.len(), watches.count())
    }

    /// How many watches of objects of [`KINDS`] nigari has begun, wherever they are. On a cluster that others
    /// share there may be more kinds at times.
    pub(crate) fn watches_begun(&self) -> usize {
        let is_watch = |request: &&Request| {
            let Some((path, query)) = request.path.split_once('?') else { return false };
            let plural = path.rsplit('/').next().unwrap_or_default();
            query.contains("watch=") && KINDS.iter().any(|kind| kind.plural == plural)
        };
        self.requests().iter().filter(is_watch).count()
    }

    /// How many requests nigari has sent, but for the question now and then whether the server is still there.
    pub(crate) fn requests_sent(&self) -> usize {
        self.requests().iter().filter(|request| request.path != "/version").count()
    }

    /// What nigari has asked; of a control plane that others use too, only what concerns its namespaces.
    fn requests(&self) -> Vec<Request> {
        let mut requests = self.sandbox().recorder().all();
        requests.retain(|request| request.agent.starts_with("nigari/"));
        if let Ground::Real(plot) = &self.ground {
            requests.retain(|request| plot.is_concerned(&request.path));
        }
        requests
    }

    /// What came of a run with this outcome.
    pub(crate) fn seen(&self, output: Output) -> Seen {
        self.seen_of(Run::of(self.sandbox(), output))
    }

    fn seen_of(&self, run: Run) -> Seen {
        let run = run.redacted();
        let (code, story) = (run.exit_code(), run.to_string());
        let (writes, reads): (Vec<_>, Vec<_>) =
            self.requests().into_iter().partition(|request| request.is_write);
        let (writes, reads) = (told(writes), read(&reads));
        match &self.ground {
            Ground::Sandbox(_) => Seen { api: "the sandbox's API", code, story, writes, reads },
            Ground::Real(plot) => {
                let reads = reads.iter().map(|path| plot.here(path)).collect();
                let (story, writes) = (plot.here(&story), plot.here(&writes));
                Seen { api: real::NAME, code, story, writes, reads }
            }
        }
    }
}

/// The lists and objects that were read, each path once.
fn read(requests: &[Request]) -> Vec<String> {
    let is_discovery = |path: &&str| {
        let depth = if path.starts_with("/apis/") { 4 } else { 3 };
        path.matches('/').count() < depth
    };
    let reads = requests.iter().filter(|request| request.method == "GET");
    let paths = reads.map(|request| request.path.split('?').next().unwrap_or_default());
    let paths: BTreeSet<&str> = paths.filter(|path| !is_discovery(path)).map(in_short).collect();
    paths.into_iter().map(str::to_owned).collect()
}

impl Drop for World {
    fn drop(&mut self) {
        if let (Ground::Real(plot), Some(_turn)) = (&self.ground, self.turn.take()) {
            plot.delete_controllers();
        }
    }
}

/// The Deployment of a controller. On a real control plane its Pods become as many as are available.
pub(crate) fn controller(name: &str, replicas: u32, available: u32) -> Value {
    let labels = json!({"app.kubernetes.io/component": name});
    let image = if available < replicas { ABSENT_IMAGE } else { "example.com/controller" };
    let container = json!({"name": "manager", "image": image});
    json!({"apiVersion": "apps/v1", "kind": "Deployment",
        "metadata": {"name": name, "namespace": "flux-system", "labels": labels, "generation": 1},
        "spec": {"replicas": replicas, "selector": {"matchLabels": labels},
            "template": {"metadata": {"labels": labels}, "spec": {"containers": [container]}}},
        "status": {"observedGeneration": 1, "replicas": available, "updatedReplicas": available,
            "availableReplicas": available}})
}

/// Waits for what happens at once unless it never does, and not on the sandbox's threads.
#[track_caller]
pub(crate) fn until(what: &str, mut is_done: impl FnMut() -> bool) {
    let start = std::time::Instant::now();
    while !is_done() {
        assert!(start.elapsed() < PATIENCE, "in vain waited until {what}");
        thread::park_timeout(Duration::from_millis(20));
    }
}
