//! Runs the real binary against a sandbox's cluster and shows what happened as one transcript.

use std::fmt;
use std::io::{BufRead as _, BufReader, Read as _};
use std::process::{Child, Command, Output, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

use nigari::kinds::Kind;
use nigari_sandbox::faults::Faults;
use nigari_sandbox::kube::{KubeApi, kubeconfig};
use nigari_sandbox::recorder::Recorder;
use nigari_sandbox::serve::{self, Server};
use nigari_sandbox::tls::Authority;
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::runtime::Runtime;

/// How long something may take that happens at once unless it never does.
pub(crate) const PATIENCE: Duration = Duration::from_secs(30);

/// A cluster in which nothing reconciles.
pub(crate) struct Cluster {
    pub(crate) api: KubeApi,
    pub(crate) faults: Faults,
    server: Server,
    _runtime: Runtime,
    home: TempDir,
}

impl Cluster {
    /// A cluster without Flux.
    pub(crate) fn empty() -> Self {
        let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .unwrap();
        let (authority, faults) = (Authority::new().unwrap(), Faults::default());
        let api = KubeApi::new(faults.clone(), Recorder::default());
        let server = serve::https(api.router(), authority.server_config().unwrap());
        let server = runtime.block_on(server).unwrap();
        let url = format!("https://localhost:{}", server.address.port());
        let home = tempfile::tempdir().unwrap();
        let config = kubeconfig(&url, authority.certificate_pem(), &api.token("admin"));
        std::fs::write(home.path().join("kubeconfig"), config).unwrap();
        Self { api, faults, server, _runtime: runtime, home }
    }

    /// A cluster that knows these kinds, and the namespaces `flux-system` and `apps`.
    pub(crate) fn with(kinds: &[&Kind]) -> Self {
        let cluster = Self::empty();
        for namespace in ["flux-system", "apps"] {
            cluster.put(json!({
                "apiVersion": "v1", "kind": "Namespace", "metadata": {"name": namespace},
            }));
        }
        kinds.iter().for_each(|kind| cluster.install(kind));
        cluster
    }

    /// Installs a kind whose objects may hold anything.
    pub(crate) fn install(&self, kind: &Kind) {
        let schema = json!({"type": "object", "x-kubernetes-preserve-unknown-fields": true});
        self.put(json!({
            "apiVersion": "apiextensions.k8s.io/v1",
            "kind": "CustomResourceDefinition",
            "metadata": {"name": format!("{}.{}", kind.plural, kind.group)},
            "spec": {
                "group": kind.group,
                "names": {"kind": kind.kind, "plural": kind.plural,
                          "singular": kind.kind.to_lowercase(), "listKind": format!("{}List", kind.kind)},
                "scope": "Namespaced",
                "versions": [{"name": kind.versions[0], "served": true, "storage": true,
                              "schema": {"openAPIV3Schema": schema}, "subresources": {"status": {}}}],
            },
        }));
    }

    /// Puts an object there, or another one in its place.
    pub(crate) fn put(&self, object: Value) {
        self.api.put(object).unwrap();
    }

    /// Runs nigari to its end.
    pub(crate) fn nigari(&self, arguments: &str) -> Run {
        Run(self.command(arguments).output().unwrap())
    }

    /// Starts nigari, which goes on until it is dropped.
    pub(crate) fn start(&self, arguments: &str) -> Running {
        Running::start(self.command(arguments))
    }

    fn command(&self, arguments: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_nigari"));
        command.args(arguments.split_whitespace()).env_clear().stdin(Stdio::null());
        command
            .env("HOME", self.home.path())
            .env("KUBECONFIG", self.home.path().join("kubeconfig"));
        command
    }

    /// The port on which the cluster listens; different in each test.
    pub(crate) fn port(&self) -> u16 {
        self.server.address.port()
    }
}

/// What a run printed and how it ended.
pub(crate) struct Run(Output);

impl Run {
    pub(crate) fn of(output: Output) -> Self {
        Self(output)
    }

    /// What was printed on standard output.
    pub(crate) fn stdout(&self) -> String {
        String::from_utf8(self.0.stdout.clone()).unwrap()
    }

    /// The exit code; none when a signal ended it.
    pub(crate) fn exit_code(&self) -> Option<i32> {
        self.0.status.code()
    }

    /// The same run with placeholders for what differs from one sandbox to the next.
    pub(crate) fn redacted(mut self, root: &str) -> Self {
        for stream in [&mut self.0.stdout, &mut self.0.stderr] {
            *stream = redact(&String::from_utf8_lossy(stream), root).into_bytes();
        }
        self
    }
}

/// Replaces ports, commits, request numbers, ages and the sandbox's folder, and puts lines in order that
/// come in any order.
fn redact(text: &str, root: &str) -> String {
    let mut redacted = String::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let is_in_word = |c: char| c.is_ascii_alphanumeric();
        let end = rest.find(|c| !is_in_word(c)).unwrap_or(rest.len());
        let (word, after) = rest.split_at(end.max(first.len_utf8()));
        redacted.push_str(placeholder(word, &redacted).unwrap_or(word));
        rest = after;
    }
    in_order(&redacted.replace(root, "[ROOT]"))
}

/// What stands for a word that follows `before`, if it differs from run to run.
fn placeholder(word: &str, before: &str) -> Option<&'static str> {
    let follows = |prefixes: &[&str]| prefixes.iter().any(|prefix| before.ends_with(prefix));
    let is_hex = word.bytes().all(|byte| b"0123456789abcdef".contains(&byte));
    match word {
        _ if follows(&["localhost:", "localhost]:"]) => Some("[PORT]"),
        _ if follows(&["request SAND:"]) => Some("[NUMBER]"),
        _ if follows(&["(for "]) => Some("[AGE]"),
        word if is_hex && matches!(word.len(), 8 | 40) => Some("[COMMIT]"),
        _ => None,
    }
}

/// Sorts runs of lines about Deployments that become ready at the same time.
fn in_order(text: &str) -> String {
    let mut lines: Vec<&str> = text.split_inclusive('\n').collect();
    for run in lines.chunk_by_mut(|one, other| is_rollout(one) && is_rollout(other)) {
        run.sort_unstable();
    }
    lines.concat()
}

fn is_rollout(line: &str) -> bool {
    line.ends_with(": deployment ready\n")
}

/// Standard output, then a ruler and standard error if there is any, then the exit status unless it is 0.
impl fmt::Display for Run {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let stderr = String::from_utf8_lossy(&self.0.stderr);
        f.write_str(&self.stdout())?;
        if !stderr.is_empty() {
            write!(f, "------- stderr -------\n{stderr}")?;
        }
        match self.0.status.code() {
            Some(0) => Ok(()),
            Some(code) => writeln!(f, "[exit status: {code}]"),
            None => writeln!(f, "[{}]", self.0.status),
        }
    }
}

/// A run that has not ended.
pub(crate) struct Running {
    child: Child,
    stdout: Receiver<String>,
}

impl Running {
    fn start(mut command: Command) -> Self {
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let (sender, stdout) = channel();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                if sender.send(line).is_err() {
                    return;
                }
            }
        });
        Self { child, stdout }
    }

    /// The next line of standard output, waited for.
    #[track_caller]
    pub(crate) fn line(&mut self) -> String {
        self.stdout
            .recv_timeout(PATIENCE)
            .unwrap_or_else(|error| panic!("no line on standard output ({error}): {}", self.end()))
    }

    /// Ends it and returns what it said on standard error.
    pub(crate) fn end(&mut self) -> String {
        let _ = self.child.kill();
        let mut stderr = String::new();
        self.child.stderr.take().unwrap().read_to_string(&mut stderr).unwrap();
        self.child.wait().unwrap();
        stderr
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
