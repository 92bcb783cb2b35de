//! The real control plane: what really happens on it, what is played, and that it ends.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
#![allow(clippy::print_stdout, reason = "a test that is skipped says why")]

use std::fmt::Debug;
use std::future::Future;
use std::io::{BufRead as _, BufReader, Read as _};
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use k8s_openapi::api::apps::v1::Deployment;
use k8s_openapi::api::batch::v1::Job;
use k8s_openapi::api::core::v1::{ConfigMap, Namespace, Pod};
use k8s_openapi::api::rbac::v1::ClusterRole;
use k8s_openapi::apiextensions_apiserver::pkg::apis::apiextensions::v1::CustomResourceDefinition;
use kube::api::{
    Api, ApiResource, DeleteParams, DynamicObject, GroupVersionKind, ListParams, Patch,
    PatchParams, PostParams,
};
use kube::config::{KubeConfigOptions, Kubeconfig};
use kube::runtime::wait::{Condition, await_condition, conditions};
use kube::{Client, Config};
use nigari_sandbox::control_plane::binaries::Binaries;
use nigari_sandbox::control_plane::given::{self, Given};
use nigari_sandbox::control_plane::{self, ControlPlane};
use nigari_sandbox::faults::Faults;
use nigari_sandbox::players::Pace;
use serde_json::{Value, json};
use tokio::runtime::{self, Runtime};
use tokio::time::timeout;

/// How long something may take that happens within seconds.
const PATIENCE: Duration = Duration::from_secs(60);

/// One control plane at a time: it takes half a gigabyte.
static TURN: Mutex<()> = Mutex::new(());

/// The turn to have a control plane; none where there cannot be one.
fn turn() -> Option<MutexGuard<'static, ()>> {
    unless(control_plane::missing().unwrap())
}

/// The turn to have one with controllers; none where there cannot be one.
fn turn_with_controllers() -> Option<MutexGuard<'static, ()>> {
    unless(control_plane::missing_controllers().unwrap())
}

fn unless(missing: Option<String>) -> Option<MutexGuard<'static, ()>> {
    if let Some(reason) = missing {
        println!("skipped: {reason}");
        return None;
    }
    Some(TURN.lock().unwrap_or_else(PoisonError::into_inner))
}

fn runtime() -> Runtime {
    runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap()
}

async fn start() -> (ControlPlane, Client) {
    let binaries = Binaries::at_hand().unwrap();
    let cluster =
        ControlPlane::start(&binaries, &Faults::default(), Pace::default()).await.unwrap();
    let client = client(&cluster.kubeconfig("admin").unwrap()).await;
    (cluster, client)
}

async fn client(kubeconfig: &str) -> Client {
    let kubeconfig = Kubeconfig::from_yaml(kubeconfig).unwrap();
    let options = KubeConfigOptions::default();
    let mut config = Config::from_custom_kubeconfig(kubeconfig, &options).await.unwrap();
    config.proxy_url = None;
    Client::try_from(config).unwrap()
}

/// What comes within [`PATIENCE`].
async fn soon<T>(what: &str, future: impl Future<Output = T>) -> T {
    timeout(PATIENCE, future).await.unwrap_or_else(|_| panic!("in vain waited for {what}"))
}

async fn until<K>(api: &Api<K>, name: &str, condition: impl Condition<K>) -> Option<K>
where
    K: kube::Resource + Clone + Debug + Send + serde::de::DeserializeOwned + 'static,
    K::DynamicType: Default,
{
    soon(name, await_condition(api.clone(), name, condition)).await.unwrap()
}

fn typed<K: serde::de::DeserializeOwned>(object: Value) -> K {
    serde_json::from_value(object).unwrap()
}

fn deployment(name: &str, annotations: &Value) -> Deployment {
    typed(json!({
        "metadata": {"name": name},
        "spec": {
            "replicas": 1,
            "selector": {"matchLabels": {"app": name}},
            "template": {
                "metadata": {"labels": {"app": name}, "annotations": annotations},
                "spec": {"containers": [{"name": "main", "image": "example.com/main:1"}]},
            },
        },
    }))
}

async fn create<K>(api: &Api<K>, object: K) -> K
where
    K: kube::Resource + Clone + Debug + serde::Serialize + serde::de::DeserializeOwned,
{
    api.create(&PostParams::default(), &object).await.unwrap()
}

/// The only Pod with a label `app`, once it looks as it should.
async fn pod(pods: &Api<Pod>, app: &str, is_met: impl Fn(&Value) -> bool) -> Value {
    let of_app = ListParams::default().labels(&format!("app={app}"));
    let found = async {
        loop {
            let list = pods.list(&of_app).await.unwrap();
            let first = list.items.first().map(|pod| serde_json::to_value(pod).unwrap());
            if let Some(pod) = first.filter(&is_met) {
                return pod;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    };
    soon(app, found).await
}

fn waits_because(pod: &Value, reason: &str) -> bool {
    pod["status"]["containerStatuses"][0]["state"]["waiting"]["reason"] == reason
}

#[test]
fn real_controllers_act_and_the_node_runs_what_nothing_holds() {
    let Some(_turn) = turn_with_controllers() else { return };
    runtime().block_on(async {
        let (cluster, client) = start().await;
        assert!(cluster.version().starts_with("v1."), "{}", cluster.version());
        let namespaces: Api<Namespace> = Api::all(client.clone());
        create(&namespaces, typed(json!({"metadata": {"name": "test"}}))).await;
        let deployments: Api<Deployment> = Api::namespaced(client.clone(), "test");
        let pods: Api<Pod> = Api::namespaced(client.clone(), "test");
        let hold = |how: &str| json!({"sandbox.nigari.dev/hold": how});
        let late = json!({"sandbox.nigari.dev/ready-after": "3s"});
        let begin = Instant::now();
        for (name, annotations) in [
            ("free", json!({})),
            ("pending", hold("pending")),
            ("crash-loop", hold("crash-loop")),
            ("late", late),
        ] {
            create(&deployments, deployment(name, &annotations)).await;
        }
        let is_available = |deployment: Option<&Deployment>| {
            let status = deployment.and_then(|deployment| deployment.status.as_ref());
            status.is_some_and(|status| status.available_replicas == Some(1))
        };
        until(&deployments, "free", is_available).await;
        let pending = pod(&pods, "pending", |pod| {
            pod["status"]["conditions"][0]["reason"] == "Unschedulable"
        });
        assert_eq!(pending.await["spec"]["nodeName"], Value::Null);
        pod(&pods, "crash-loop", |pod| waits_because(pod, "CrashLoopBackOff")).await;
        until(&deployments, "late", is_available).await;
        // Timestamps of Kubernetes are whole seconds.
        assert!(begin.elapsed() >= Duration::from_secs(2), "{:?}", begin.elapsed());

        let jobs: Api<Job> = Api::namespaced(client.clone(), "test");
        let template = json!({"spec": {"restartPolicy": "Never",
            "containers": [{"name": "main", "image": "example.com/main:1"}]}});
        let job = json!({"metadata": {"name": "job"}, "spec": {"template": template}});
        create(&jobs, typed(job)).await;
        until(&jobs, "job", conditions::is_job_completed()).await;

        let maps: Api<ConfigMap> = Api::namespaced(client.clone(), "test");
        let owner = create(&maps, typed(json!({"metadata": {"name": "owner"}}))).await;
        let owner = json!([{"apiVersion": "v1", "kind": "ConfigMap", "name": "owner",
                            "uid": owner.metadata.uid}]);
        let owned = json!({"metadata": {"name": "owned", "ownerReferences": owner}});
        create(&maps, typed(owned)).await;
        maps.delete("owner", &DeleteParams::default()).await.unwrap();
        until(&maps, "owned", |map: Option<&ConfigMap>| map.is_none()).await;

        namespaces.delete("test", &DeleteParams::default()).await.unwrap();
        until(&namespaces, "test", |namespace: Option<&Namespace>| namespace.is_none()).await;
        assert_eq!(cluster.troubles(), [""; 0]);
    });
}

#[test]
fn a_restarted_api_server_keeps_its_data_and_forgets_old_versions() {
    let Some(_turn) = turn() else { return };
    runtime().block_on(async {
        let (cluster, client) = start().await;
        let maps: Api<ConfigMap> = Api::namespaced(client, "default");
        let first = create(&maps, typed(json!({"metadata": {"name": "kept"}}))).await;
        for count in 0..3 {
            let patch = Patch::Merge(json!({"data": {"count": count.to_string()}}));
            maps.patch("kept", &PatchParams::default(), &patch).await.unwrap();
        }
        let before = cluster.processes().await;
        cluster.restart_api_server().await.unwrap();
        assert_ne!(cluster.processes().await, before);
        let kept = maps.get("kept").await.unwrap();
        assert_eq!(kept.data.unwrap()["count"], "2");

        let version = first.metadata.resource_version.unwrap();
        let watch = maps.watch(&Default::default(), &version).await.unwrap();
        let event = soon("an event", futures::StreamExt::next(&mut Box::pin(watch))).await;
        let event = event.unwrap();
        assert!(
            matches!(&event, Ok(kube::api::WatchEvent::Error(status)) if status.code == 410),
            "{event:?}"
        );
    });
}

#[test]
fn only_a_marked_cluster_is_taken_from_somebody_else() {
    let Some(_turn) = turn() else { return };
    runtime().block_on(async {
        let (cluster, client) = start().await;
        let path = cluster.folder().join("given.kubeconfig");
        std::fs::write(&path, cluster.kubeconfig("admin").unwrap()).unwrap();
        Given::open(&path).await.unwrap();

        let maps: Api<ConfigMap> = Api::namespaced(client, "kube-system");
        maps.delete(given::MARKER, &DeleteParams::default()).await.unwrap();
        let refusal = format!("{:#}", Given::open(&path).await.err().unwrap());
        let command = format!(
            "kubectl --kubeconfig={} --namespace=kube-system create configmap nigari-test-cluster",
            path.display()
        );
        assert!(refusal.ends_with(&command), "{refusal}");
    });
}

#[test]
fn flux_is_removed_from_a_given_cluster_and_nothing_else() {
    let Some(_turn) = turn_with_controllers() else { return };
    runtime().block_on(async {
        let (cluster, client) = start().await;
        let path = cluster.folder().join("given.kubeconfig");
        std::fs::write(&path, cluster.kubeconfig("admin").unwrap()).unwrap();
        let of_flux = |name: &str| {
            json!({"metadata": {"name": name, "labels": {"app.kubernetes.io/part-of": "flux"}}})
        };
        let namespaces: Api<Namespace> = Api::all(client.clone());
        create(&namespaces, typed(of_flux("flux-system"))).await;
        let roles: Api<ClusterRole> = Api::all(client.clone());
        create(&roles, typed(of_flux("flux-view"))).await;
        create(&roles, typed(json!({"metadata": {"name": "mine"}}))).await;

        let mut definition: Value = serde_yaml::from_str(THING).unwrap();
        definition["metadata"] = of_flux("things.example.com")["metadata"].clone();
        let definitions: Api<CustomResourceDefinition> = Api::all(client.clone());
        create(&definitions, typed(definition)).await;
        until(&definitions, "things.example.com", conditions::is_crd_established()).await;
        let resource = thing_resource();
        let things: Api<DynamicObject> = Api::namespaced_with(client, "flux-system", &resource);
        let mut held = DynamicObject::new("held", &resource);
        held.metadata.finalizers = Some(vec!["example.com/nobody-is-there".to_owned()]);
        create(&things, held).await;

        Given::open(&path).await.unwrap().clear().await.unwrap();
        assert_eq!(namespaces.get_opt("flux-system").await.unwrap(), None);
        assert_eq!(definitions.get_opt("things.example.com").await.unwrap(), None);
        assert_eq!(roles.get_opt("flux-view").await.unwrap(), None);
        assert!(roles.get_opt("mine").await.unwrap().is_some());
    });
}

#[test]
fn a_sandbox_takes_the_given_cluster() {
    let Some(_turn) = turn() else { return };
    runtime().block_on(async {
        let (cluster, _) = start().await;
        let path = cluster.folder().join("given.kubeconfig");
        std::fs::write(&path, cluster.kubeconfig("admin").unwrap()).unwrap();
        let mut sandbox = tokio::process::Command::new(env!("CARGO_BIN_EXE_nigari-sandbox"));
        sandbox.args(["up", "--real", "--", "nigari-sandbox", "objects", "-n", "kube-system"]);
        let output = soon("the sandbox", sandbox.env(given::VARIABLE, &path).output()).await;
        let output = output.unwrap();
        assert!(output.status.success(), "{output:?}");
        let objects = String::from_utf8(output.stdout).unwrap();
        assert!(objects.contains("ConfigMap nigari-test-cluster\n"), "{objects}");
    });
}

/// The program, with a folder of its own for everything temporary.
fn testcluster(temporary: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_testcluster"));
    command.env("TMPDIR", temporary).stdin(Stdio::piped()).stdout(Stdio::piped());
    command
}

fn is_running(process: &Value) -> bool {
    let process = process.as_u64().unwrap();
    Command::new("kill")
        .args(["-0", &process.to_string()])
        .stderr(Stdio::null())
        .status()
        .unwrap()
        .success()
}

/// The program, after it has said that it is ready.
struct Up {
    child: Child,
    stdout: BufReader<ChildStdout>,
    ready: Value,
}

impl Up {
    /// Starts what [`testcluster`] made, and waits for its line.
    fn start(command: &mut Command, arguments: &[&str]) -> Self {
        command.arg("up").args(arguments).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let mut stdout = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        stdout.read_line(&mut line).unwrap();
        let ready = serde_json::from_str(&line).unwrap_or_else(|_| panic!("{line:?}"));
        Self { child, stdout, ready }
    }

    async fn client(&self) -> Client {
        let kubeconfig = self.ready["kubeconfig"].as_str().unwrap();
        client(&std::fs::read_to_string(kubeconfig).unwrap()).await
    }

    fn components(&self) -> Vec<&str> {
        self.ready["pids"].as_object().unwrap().keys().map(String::as_str).collect()
    }

    fn processes(&self) -> Vec<Value> {
        self.ready["pids"].as_object().unwrap().values().cloned().collect()
    }

    /// Ends its input, and returns what it said on standard error.
    fn end(mut self) -> String {
        drop(self.child.stdin.take());
        let mut rest = String::new();
        self.stdout.read_to_string(&mut rest).unwrap();
        assert_eq!(rest, "");
        let output = self.child.wait_with_output().unwrap();
        assert!(output.status.success(), "{output:?}");
        String::from_utf8(output.stderr).unwrap()
    }
}

#[test]
fn the_program_says_when_it_is_ready_and_ends_with_its_input() {
    let Some(_turn) = turn() else { return };
    let temporary = tempfile::tempdir().unwrap();
    let up = Up::start(&mut testcluster(temporary.path()), &[]);
    let version = runtime()
        .block_on(async { up.client().await.apiserver_version().await.unwrap().git_version });
    assert_eq!(up.ready["version"], version);
    let processes = up.processes();
    assert!(processes.len() >= 2 && processes.iter().all(is_running));
    up.end();
    assert!(!processes.iter().any(is_running));
    assert_eq!(std::fs::read_dir(temporary.path()).unwrap().count(), 0);
}

fn thing_resource() -> ApiResource {
    ApiResource::from_gvk(&GroupVersionKind::gvk("example.com", "v1", "Thing"))
}

const THING: &str = r#"
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: things.example.com}
spec:
  group: example.com
  names: {kind: Thing, plural: things}
  scope: Namespaced
  versions:
    - {name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object}}}
"#;

#[test]
fn definitions_are_there_before_the_controllers_and_the_folder_stays_if_it_should() {
    let Some(_turn) = turn_with_controllers() else { return };
    let temporary = tempfile::tempdir().unwrap();
    let path = |name: &str| temporary.path().join(name);
    std::fs::create_dir(path("crds")).unwrap();
    std::fs::write(path("crds/things.yaml"), THING).unwrap();
    let mut command = testcluster(temporary.path());
    command.current_dir(temporary.path());
    let up = Up::start(&mut command, &["--crds=crds", "--dir=cluster", "--keep"]);
    assert_eq!(up.ready["dir"], path("cluster").canonicalize().unwrap().to_str().unwrap());
    runtime().block_on(async {
        let client = up.client().await;
        let resource = thing_resource();
        let things: Api<DynamicObject> = Api::default_namespaced_with(client.clone(), &resource);
        let maps: Api<ConfigMap> = Api::default_namespaced(client);
        let owner = create(&things, DynamicObject::new("owner", &resource)).await;
        let owner = json!([{"apiVersion": "example.com/v1", "kind": "Thing", "name": "owner",
                            "uid": owner.metadata.uid}]);
        let owned = json!({"metadata": {"name": "owned", "ownerReferences": owner}});
        create(&maps, typed(owned)).await;
        things.delete("owner", &DeleteParams::default()).await.unwrap();
        let begin = Instant::now();
        until(&maps, "owned", |map: Option<&ConfigMap>| map.is_none()).await;
        // A kind that it does not know the garbage collector finds only after 30 s.
        assert!(begin.elapsed() < Duration::from_secs(15), "{:?}", begin.elapsed());
    });
    up.end();
    assert!(path("cluster/kube-apiserver.log").is_file());
}

fn bare_pod(name: &str, node: &str) -> Pod {
    typed(json!({
        "metadata": {"name": name, "labels": {"app": name}},
        "spec": {
            "nodeSelector": {"kubernetes.io/hostname": node},
            "containers": [{"name": "main", "image": "example.com/main:1"}],
        },
    }))
}

#[test]
fn a_real_scheduler_binds_what_fits() {
    let Some(_turn) = turn() else { return };
    if Binaries::at_hand().unwrap().scheduler.is_none() {
        println!("skipped: there is no kube-scheduler");
        return;
    }
    let temporary = tempfile::tempdir().unwrap();
    let up = Up::start(&mut testcluster(temporary.path()), &["--scheduler"]);
    assert!(up.components().contains(&"kube-scheduler"), "{:?}", up.components());
    runtime().block_on(async {
        let pods: Api<Pod> = Api::default_namespaced(up.client().await);
        create(&pods, bare_pod("elsewhere", "node-1")).await;
        create(&pods, bare_pod("here", "node-0")).await;
        until(&pods, "here", conditions::is_pod_running()).await;
        let elsewhere = pod(&pods, "elsewhere", |pod| {
            pod["status"]["conditions"][0]["reason"] == "Unschedulable"
        });
        let message = elsewhere.await["status"]["conditions"][0]["message"].to_string();
        assert!(message.contains("0/1 nodes are available"), "{message}");
    });
    up.end();
}

#[test]
fn without_controllers_pods_run_all_the_same_and_the_lack_is_told_once() {
    let Some(_turn) = turn() else { return };
    let binaries = Binaries::at_hand().unwrap();
    let assets = tempfile::tempdir().unwrap();
    symlink(&binaries.etcd, assets.path().join("etcd")).unwrap();
    symlink(&binaries.api_server, assets.path().join("kube-apiserver")).unwrap();
    // Relative to the folder in which the program is started; components run in another one.
    let folder = [("KUBEBUILDER_ASSETS", ".")];
    let paths = [("TEST_ASSET_ETCD", "etcd"), ("TEST_ASSET_KUBE_APISERVER", "./kube-apiserver")];
    let unwanted: &[&str] = &["--no-controllers"];
    for (variables, arguments) in [(&folder[..], &[][..]), (&paths[..], &[]), (&[], unwanted)] {
        let temporary = tempfile::tempdir().unwrap();
        let mut command = testcluster(temporary.path());
        command.current_dir(assets.path());
        if arguments.is_empty() {
            command
                .env_remove("KUBEBUILDER_ASSETS")
                .env_remove("TEST_ASSET_KUBE_CONTROLLER_MANAGER");
        }
        let up = Up::start(command.envs(variables.iter().copied()), arguments);
        assert_eq!(up.components(), ["etcd", "kube-apiserver"]);
        runtime().block_on(async {
            let pods: Api<Pod> = Api::default_namespaced(up.client().await);
            create(&pods, bare_pod("here", "node-0")).await;
            until(&pods, "here", conditions::is_pod_running()).await;
        });
        let story = up.end();
        assert_eq!(story.lines().count(), usize::from(arguments.is_empty()), "{story}");
        assert!(story.is_empty() || story.starts_with("no kube-controller-manager ("), "{story}");
    }
}

#[test]
fn what_cannot_start_is_another_exit_code_than_what_is_not_there() {
    let Some(_turn) = turn() else { return };
    let temporary = tempfile::tempdir().unwrap();
    std::fs::create_dir(temporary.path().join("full")).unwrap();
    std::fs::write(temporary.path().join("full/mine"), "").unwrap();
    for (argument, reason) in [("--crds=gone", "cannot read gone"), ("--dir=full", "is not empty")]
    {
        let mut command = testcluster(temporary.path());
        command.current_dir(temporary.path()).args(["up", argument]);
        let mut child = command.stdin(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        // Held open, so that it is not the end of the input that ends it.
        let stdin = child.stdin.take();
        let output = child.wait_with_output().unwrap();
        drop(stdin);
        let story = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(1), "{story}");
        assert!(story.starts_with("error: ") && story.contains(reason), "{story}");
    }
    assert!(temporary.path().join("full/mine").exists());
}

#[test]
fn the_components_end_when_the_program_is_killed_or_one_of_them_ends() {
    let Some(_turn) = turn() else { return };
    for victim in ["testcluster", "etcd"] {
        let temporary = tempfile::tempdir().unwrap();
        let mut up = Up::start(&mut testcluster(temporary.path()), &[]);
        let processes = up.processes();
        if victim == "testcluster" {
            up.child.kill().unwrap();
        } else {
            let etcd = up.ready["pids"]["etcd"].to_string();
            assert!(Command::new("kill").args(["-9", &etcd]).status().unwrap().success());
        }
        // Held open, so that it is not the end of the input that ends it.
        let stdin = up.child.stdin.take();
        let output = up.child.wait_with_output().unwrap();
        drop(stdin);
        let story = String::from_utf8(output.stderr).unwrap();
        if victim == "etcd" {
            assert_eq!(output.status.code(), Some(1), "{story}");
            assert!(story.contains("error: etcd ended"), "{story}");
        }
        let begin = Instant::now();
        for process in &processes {
            while is_running(process) {
                assert!(begin.elapsed() < PATIENCE, "{process} still runs");
                std::thread::yield_now();
            }
        }
    }
}

#[test]
fn without_programs_and_without_go_there_is_an_exit_code_of_its_own() {
    let empty = tempfile::tempdir().unwrap();
    let mut command = testcluster(empty.path());
    command.arg("build").env_clear().env("HOME", empty.path()).env("PATH", empty.path());
    let output = command.stderr(Stdio::piped()).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    let story = String::from_utf8(output.stderr).unwrap();
    assert!(story.starts_with("error: there is no Go: set KUBEBUILDER_ASSETS"), "{story}");
}
