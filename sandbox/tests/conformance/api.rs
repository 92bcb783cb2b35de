//! The two APIs, and how a scenario is sent to one of them.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use http::Request;
use http_body_util::BodyExt as _;
use kube::client::Body;
use kube::config::{KubeConfigOptions, Kubeconfig};
use kube::{Client, Config};
use nigari_sandbox::control_plane::binaries::Binaries;
use nigari_sandbox::control_plane::{ControlPlane, Setup};
use nigari_sandbox::faults::Faults;
use nigari_sandbox::kube::{KubeApi, kubeconfig};
use nigari_sandbox::recorder::Recorder;
use nigari_sandbox::serve::{Server, https};
use nigari_sandbox::shape::Shape;
use nigari_sandbox::tls::Authority;
use serde_json::{Value, json};
use tokio::time::{sleep, timeout};

use crate::custom::{self, CRDS};
use crate::scenario::{Scenario, Step, get, post};

/// How long something may take that happens within seconds.
const PATIENCE: Duration = Duration::from_secs(20);

/// One of the APIs.
pub(crate) struct Api {
    client: Client,
    server: ApiServer,
}

enum ApiServer {
    Double { api: KubeApi, _server: Server },
    Real(Box<ControlPlane>),
}

/// What came back for one step.
pub(crate) struct Answer {
    pub(crate) step: String,
    pub(crate) shape: Shape,
    pub(crate) code: u16,
    /// The headers that clients look at.
    pub(crate) headers: BTreeMap<&'static str, Vec<String>>,
    /// An array of events for a watch, a string for what is no JSON.
    pub(crate) body: Value,
}

impl Api {
    /// The sandbox's own.
    pub(crate) async fn double() -> Self {
        let api = KubeApi::new(Faults::default(), Recorder::default());
        let authority = Authority::new().unwrap();
        let server = https(api.router(), authority.server_config().unwrap()).await.unwrap();
        let url = format!("https://{}", server.address);
        let kubeconfig = kubeconfig(&url, authority.certificate_pem(), &api.token("admin"));
        let client = client(&kubeconfig).await;
        Self { client, server: ApiServer::Double { api, _server: server } }
    }

    /// A control plane that is started for the test.
    pub(crate) async fn real() -> Self {
        let binaries = Binaries::at_hand().unwrap();
        let setup = Setup { has_workloads: false, ..Setup::default() };
        let control_plane = ControlPlane::start_with(&binaries, &setup).await.unwrap();
        assert!(control_plane.has_controllers(), "a test without kube-controller-manager");
        let client = client(&control_plane.kubeconfig("admin").unwrap()).await;
        Self { client, server: ApiServer::Real(Box::new(control_plane)) }
    }

    /// Installs the custom kinds.
    pub(crate) async fn install(&self) {
        let nothing = BTreeMap::new();
        for crd in custom::definitions() {
            let name = crd["metadata"]["name"].as_str().unwrap();
            let created = self.repeat(&post(CRDS, crd.clone()), &nothing).await;
            assert_eq!(created.code, 201, "{}", created.body);
            let (plural, group) = name.split_once('.').unwrap();
            // It takes the real server a moment to serve a kind, and longer to publish its schema.
            for path in
                [format!("/apis/{group}/v1/{plural}"), format!("/openapi/v3/apis/{group}/v1")]
            {
                let answer = self.repeat(&get(path.clone()).until_code(200), &nothing).await;
                assert_eq!(answer.code, 200, "{path} is not served: {}", answer.body);
            }
        }
    }

    /// Makes a namespace that is as it stays.
    pub(crate) async fn prepare(&self, namespace: &str) {
        let nothing = BTreeMap::new();
        let object =
            json!({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": namespace}});
        let created = self.repeat(&post("/api/v1/namespaces", object), &nothing).await;
        assert_eq!(created.code, 201, "{}", created.body);
        let account = format!("/api/v1/namespaces/{namespace}/serviceaccounts/default");
        let answer = self.repeat(&get(account).until_code(200), &nothing).await;
        assert_eq!(answer.code, 200, "{}", answer.body);
    }

    async fn restart(&self) {
        match &self.server {
            ApiServer::Double { api, .. } => api.restart(),
            ApiServer::Real(control_plane) => control_plane.restart_api_server().await.unwrap(),
        }
    }

    /// Sends a scenario's requests and returns the answers.
    pub(crate) async fn play(&self, scenario: &Scenario, namespace: &str) -> Vec<Answer> {
        let mut saved = BTreeMap::from([("namespace", namespace.to_owned())]);
        let mut answers = Vec::new();
        for step in &scenario.steps {
            if step.restarts {
                self.restart().await;
            }
            let answer = self.repeat(step, &saved).await;
            for (name, pointer) in &step.saved {
                let value = answer.body.pointer(pointer).unwrap_or(&Value::Null);
                let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
                saved.insert(name, text);
            }
            answers.push(answer);
        }
        answers
    }

    /// Sends a request, once or until its answer is as it must be or patience ends.
    async fn repeat(&self, step: &Step, saved: &BTreeMap<&str, String>) -> Answer {
        let start = Instant::now();
        loop {
            let answer = self.send(step, saved).await;
            let is_met = step.until_code.is_none_or(|code| answer.code == code);
            if is_met || start.elapsed() > PATIENCE {
                return answer;
            }
            sleep(Duration::from_millis(50)).await;
        }
    }

    async fn send(&self, step: &Step, saved: &BTreeMap<&str, String>) -> Answer {
        let (path, body) = (filled(&step.path, saved), filled(&step.body, saved));
        let shape = Shape::new(step.method, &path, &step.headers, body.as_bytes());
        let mut request = Request::new(Body::from(body.into_bytes()));
        *request.method_mut() = step.method.parse().unwrap();
        *request.uri_mut() = path.parse().unwrap();
        *request.headers_mut() = step.headers.clone();
        let answer = self.client.send(request).await.unwrap();
        let code = answer.status().as_u16();
        let mut headers = BTreeMap::new();
        for name in ["allow", "content-type", "retry-after", "warning"] {
            let values = answer.headers().get_all(name).iter();
            let values = values.map(|value| value.to_str().unwrap().to_owned());
            headers.insert(name, Vec::from_iter(values));
        }
        let is_watch = shape.to_string().starts_with("watch ") && code == 200;
        let body = if is_watch {
            events(answer.into_body(), step.events).await
        } else {
            let bytes = answer.into_body().collect().await.unwrap().to_bytes();
            serde_json::from_slice(&bytes)
                .unwrap_or_else(|_| String::from_utf8_lossy(&bytes).into_owned().into())
        };
        Answer { step: step.label(), shape, code, headers, body }
    }
}

/// Reads events until there are `count`, or the watch ends, or nothing comes.
async fn events(mut body: Body, count: Option<usize>) -> Value {
    let mut text = Vec::new();
    let lines = |text: &[u8]| text.iter().filter(|byte| **byte == b'\n').count();
    let is_enough = |text: &[u8]| count.is_some_and(|count| lines(text) >= count);
    while !is_enough(&text) {
        let Ok(Some(Ok(frame))) = timeout(PATIENCE, body.frame()).await else { break };
        text.extend(frame.into_data().unwrap_or_default());
    }
    let text = String::from_utf8(text).unwrap();
    let events = text.lines().take(count.unwrap_or(usize::MAX));
    events.map(|line| serde_json::from_str(line).unwrap_or_else(|_| Value::from(line))).collect()
}

/// Replaces the names in braces.
fn filled(text: &str, saved: &BTreeMap<&str, String>) -> String {
    let fill =
        |text: String, (name, value): (&&str, &String)| text.replace(&format!("{{{name}}}"), value);
    saved.iter().fold(text.to_owned(), fill)
}

async fn client(kubeconfig: &str) -> Client {
    let kubeconfig = Kubeconfig::from_yaml(kubeconfig).unwrap();
    let options = KubeConfigOptions::default();
    let mut config = Config::from_custom_kubeconfig(kubeconfig, &options).await.unwrap();
    config.proxy_url = None;
    // Failures are compared, not retried away.
    config.default_retry = false;
    Client::try_from(config).unwrap()
}
