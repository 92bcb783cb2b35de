//! Processes in containers, as the API server passes them on from their nodes: over a WebSocket, with the
//! channels of Kubernetes.
//!
//! A container is a folder of this machine: what stands below `/tmp/` in a command is there. Its processes
//! are processes of this machine. There is no pseudo-terminal: with `tty` both outputs are one, and that is
//! all.

use std::collections::HashMap;
use std::path::Path;
use std::process::Stdio;
use std::sync::Arc;

use anyhow::{Context as _, Result};
use axum::body::Body;
use futures::stream::SplitSink;
use futures::{SinkExt as _, StreamExt as _};
use http::{HeaderMap, HeaderValue, Response, StatusCode, header};
use hyper::upgrade::{OnUpgrade, Upgraded};
use hyper_util::rt::TokioIo;
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWriteExt as _};
use tokio::process::{Child, Command};
use tokio::sync::Mutex;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::handshake::derive_accept_key;
use tokio_tungstenite::tungstenite::protocol::Role;
use tokio_tungstenite::tungstenite::{Bytes, Message};

use super::KubeApi;
use super::logs::container;
use super::request::Query;
use super::resources::text;
use super::status::{Answer, Failure};

/// The protocol that can tell the end of standard input.
const PROTOCOL: &str = "v5.channel.k8s.io";

/// Its channels.
///
/// Source: Kubernetes, `apimachinery/pkg/util/remotecommand/constants.go`.
const STDIN: u8 = 0;
const STDOUT: u8 = 1;
const STDERR: u8 = 2;
const STATUS: u8 = 3;
const CLOSE: u8 = 255;

/// Where a container's files are here, and there.
const FILES: &str = "/tmp/";

/// How much of an output is passed on at a time.
const PIECE: usize = 4096;

/// The folders of containers, by the uids of their Pods.
pub(crate) type Folders = HashMap<String, Arc<TempDir>>;

type Socket = WebSocketStream<TokioIo<Upgraded>>;
type Sending = Mutex<SplitSink<Socket, Message>>;

/// Begins a process in a Pod's container.
///
/// Source: `ExecLocation` and `validateContainer` of Kubernetes, `pkg/registry/core/pod/strategy.go`.
///
/// # Errors
/// 400 when it cannot be told which container is meant, when the Pod is on no node, and for a request that
/// is none for a WebSocket.
pub(crate) fn open(
    api: &KubeApi,
    pod: &Value,
    query: &Query,
    words: Vec<String>,
    headers: &HeaderMap,
    upgrade: Option<OnUpgrade>,
) -> Answer<Response<Body>> {
    container(pod, query.get("container"))?;
    if pod["spec"]["nodeName"].as_str().is_none_or(str::is_empty) {
        let name = text(pod, "/metadata/name");
        return Err(Failure::bad_request(format!("pod {name} does not have a host assigned")));
    }
    let header = |name| headers.get(name).and_then(|value: &HeaderValue| value.to_str().ok());
    let key = header(header::SEC_WEBSOCKET_KEY);
    let (Some(upgrade), Some(key)) = (upgrade, key) else {
        return Err(Failure::bad_request("Upgrade request required"));
    };
    let protocols = header(header::SEC_WEBSOCKET_PROTOCOL).unwrap_or_default();
    if !protocols.split(',').any(|protocol| protocol.trim() == PROTOCOL) {
        return Err(Failure::not_implemented(&format!("exec over {protocols}")));
    }
    let folder = api.folder_of(pod).map_err(|error| Failure::bad_request(error.to_string()))?;
    let command = Commanded { words, has_terminal: query.flag("tty"), folder };
    tokio::spawn(async move {
        let Ok(upgraded) = upgrade.await else { return };
        let socket = WebSocketStream::from_raw_socket(TokioIo::new(upgraded), Role::Server, None);
        // A client that went away is told nothing.
        let _ = command.run(socket.await).await;
    });
    Ok(switching(key))
}

fn switching(key: &str) -> Response<Body> {
    let mut answer = Response::new(Body::empty());
    *answer.status_mut() = StatusCode::SWITCHING_PROTOCOLS;
    let accepted = HeaderValue::from_str(&derive_accept_key(key.as_bytes()));
    let headers = answer.headers_mut();
    headers.insert(header::CONNECTION, HeaderValue::from_static("Upgrade"));
    headers.insert(header::UPGRADE, HeaderValue::from_static("websocket"));
    headers.insert(header::SEC_WEBSOCKET_PROTOCOL, HeaderValue::from_static(PROTOCOL));
    headers.insert(header::SEC_WEBSOCKET_ACCEPT, accepted.expect("a digest in Base64 is a header"));
    answer
}

impl KubeApi {
    /// The folder of a Pod's containers, made when it is first asked for.
    fn folder_of(&self, pod: &Value) -> Result<Arc<TempDir>> {
        let uid = text(pod, "/metadata/uid").to_owned();
        let mut state = self.state();
        if let Some(folder) = state.folders.get(&uid) {
            return Ok(Arc::clone(folder));
        }
        let folder = Arc::new(tempfile::tempdir().context("no folder for a container")?);
        state.folders.insert(uid, Arc::clone(&folder));
        Ok(folder)
    }
}

/// What somebody wants to run.
struct Commanded {
    words: Vec<String>,
    has_terminal: bool,
    folder: Arc<TempDir>,
}

impl Commanded {
    async fn run(self, socket: Socket) -> Result<()> {
        let (sending, mut receiving) = socket.split();
        let sending = Mutex::new(sending);
        let mut child = match self.start(self.folder.path()) {
            Ok(child) => child,
            Err(error) => return end(&sending, &failure(&error.to_string(), json!({}))).await,
        };
        let mut stdin = child.stdin.take();
        let stdout = pass_on(child.stdout.take(), STDOUT, &sending);
        let other = if self.has_terminal { STDOUT } else { STDERR };
        let stderr = pass_on(child.stderr.take(), other, &sending);
        let typing = async {
            while let Some(Ok(message)) = receiving.next().await {
                match message.into_data().split_first() {
                    Some((&STDIN, typed)) => {
                        if let Some(stdin) = &mut stdin {
                            // A process that does not read any more need not.
                            let _ = stdin.write_all(typed).await;
                        }
                    }
                    Some((&CLOSE, [STDIN])) => stdin = None,
                    _ => {}
                }
            }
        };
        let finished = async {
            futures::join!(stdout, stderr);
            child.wait().await
        };
        let mut typing = std::pin::pin!(typing);
        let status = tokio::select! {
            status = finished => status?,
            // The client is gone, and with it the process, which is killed when it is dropped.
            () = &mut typing => return Ok(()),
        };
        let told = match status.code() {
            Some(0) => json!({"metadata": {}, "status": "Success"}),
            code => {
                let code = code.unwrap_or(137).to_string();
                let cause = json!({"reason": "ExitCode", "message": code});
                let message = format!("command terminated with non-zero exit code: {code}");
                failure(&message, json!({"causes": [cause]}))
            }
        };
        end(&sending, &told).await?;
        // What still comes in is read: a connection that is dropped with it unread takes back what was sent.
        typing.await;
        Ok(())
    }

    fn start(&self, folder: &Path) -> Result<Child> {
        let here = format!("{}/", folder.display());
        let words: Vec<String> = self.words.iter().map(|word| word.replace(FILES, &here)).collect();
        let (program, arguments) = words.split_first().context("no command was given")?;
        let mut command = Command::new(program);
        command.args(arguments).env_clear().env("PATH", "/usr/bin:/bin").current_dir(folder);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        Ok(command.kill_on_drop(true).spawn()?)
    }
}

fn failure(message: &str, details: Value) -> Value {
    json!({"metadata": {}, "status": "Failure", "reason": "NonZeroExitCode", "message": message,
        "details": details})
}

/// Passes an output on until it ends.
async fn pass_on(from: Option<impl AsyncRead + Unpin>, channel: u8, sending: &Sending) {
    let Some(mut from) = from else { return };
    let mut piece = vec![0; PIECE];
    while let Ok(length @ 1..) = from.read(&mut piece).await {
        if send(sending, channel, &piece[..length]).await.is_err() {
            return;
        }
    }
}

async fn send(sending: &Sending, channel: u8, content: &[u8]) -> Result<()> {
    let message = Bytes::from([&[channel], content].concat());
    Ok(sending.lock().await.send(Message::Binary(message)).await?)
}

/// Tells how the process ended, and closes.
async fn end(sending: &Sending, status: &Value) -> Result<()> {
    send(sending, STATUS, status.to_string().as_bytes()).await?;
    Ok(sending.lock().await.close().await?)
}
