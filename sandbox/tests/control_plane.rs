//! The real control plane: what really happens on it, what is played, and that it ends.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
#![allow(clippy::print_stdout, reason = "a test that is skipped says why")]

use std::fmt::Debug;
use std::future::Future;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use k8s_openapi::api::apps::v1::Deployment;
use k8s_openapi::api::batch::v1::Job;
use k8s_openapi::api::core::v1::{ConfigMap, Namespace, Pod};
use kube::api::{Api, DeleteParams, ListParams, Patch, PatchParams, PostParams};
use kube::config::{KubeConfigOptions, Kubeconfig};
use kube::runtime::wait::{Condition, await_condition, conditions};
use kube::{Client, Config};
use nigari_sandbox::control_plane::binaries::Binaries;
use nigari_sandbox::control_plane::{self, ControlPlane, given};
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
    if let Some(reason) = control_plane::missing().unwrap() {
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
    let Some(_turn) = turn() else { return };
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
        given::kubeconfig(&path).await.unwrap();

        let maps: Api<ConfigMap> = Api::namespaced(client, "kube-system");
        maps.delete(given::MARKER, &DeleteParams::default()).await.unwrap();
        let refusal = format!("{:#}", given::kubeconfig(&path).await.unwrap_err());
        let command = format!(
            "kubectl --kubeconfig={} --namespace=kube-system create configmap nigari-test-cluster",
            path.display()
        );
        assert!(refusal.ends_with(&command), "{refusal}");
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

#[test]
fn the_program_says_when_it_is_ready_and_ends_with_its_input() {
    let Some(_turn) = turn() else { return };
    let temporary = tempfile::tempdir().unwrap();
    let mut child = testcluster(temporary.path()).arg("up").spawn().unwrap();
    let mut stdout = BufReader::new(child.stdout.take().unwrap());
    let mut line = String::new();
    stdout.read_line(&mut line).unwrap();
    let ready: Value = serde_json::from_str(&line).unwrap();
    let kubeconfig = std::fs::read_to_string(ready["kubeconfig"].as_str().unwrap()).unwrap();
    let version = runtime().block_on(async {
        client(&kubeconfig).await.apiserver_version().await.unwrap().git_version
    });
    assert_eq!(ready["version"], version);
    let processes: Vec<&Value> = ready["pids"].as_object().unwrap().values().collect();
    assert!(processes.len() >= 2 && processes.iter().all(|process| is_running(process)));

    drop(child.stdin.take());
    assert!(child.wait().unwrap().success());
    line.clear();
    assert_eq!(stdout.read_line(&mut line).unwrap(), 0, "{line}");
    assert!(!processes.iter().any(|process| is_running(process)));
    assert_eq!(std::fs::read_dir(temporary.path()).unwrap().count(), 0);
}

#[test]
fn the_components_end_when_the_program_is_killed_or_one_of_them_ends() {
    let Some(_turn) = turn() else { return };
    for victim in ["testcluster", "etcd"] {
        let temporary = tempfile::tempdir().unwrap();
        let mut child =
            testcluster(temporary.path()).arg("up").stderr(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let ready: Value = serde_json::from_str(&line).unwrap();
        if victim == "testcluster" {
            child.kill().unwrap();
        } else {
            let etcd = ready["pids"]["etcd"].to_string();
            assert!(Command::new("kill").args(["-9", &etcd]).status().unwrap().success());
        }
        // Held open, so that it is not the end of the input that ends it.
        let stdin = child.stdin.take();
        let output = child.wait_with_output().unwrap();
        drop(stdin);
        let story = String::from_utf8(output.stderr).unwrap();
        if victim == "etcd" {
            assert_eq!(output.status.code(), Some(1), "{story}");
            assert!(story.starts_with("error: etcd ended"), "{story}");
        }
        let begin = Instant::now();
        for process in ready["pids"].as_object().unwrap().values() {
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
