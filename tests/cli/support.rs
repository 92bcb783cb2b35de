//! Runs the real binary against a sandbox's cluster and shows what happened as one transcript.

use std::fmt;
use std::fs;
use std::io::{BufRead as _, BufReader, Read as _};
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus, Output, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

use kube::api::{Api, DeleteParams, DynamicObject};
use nigari::kinds::Kind;
use nigari::kinds::kustomize::KUSTOMIZATION;
use nigari_api::crd;
use nigari_sandbox::recorder::Request;
use nigari_sandbox::sandbox::Sandbox;
use serde_json::{Value, json};
use tokio::time::{sleep, timeout};

/// How long something may take that happens at once unless it never does.
pub(crate) const PATIENCE: Duration = Duration::from_secs(30);

/// An object in the namespace `flux-system`, at its first generation; `rest` adds to it or replaces.
pub(crate) fn object(kind: &Kind, name: &str, rest: Value) -> Value {
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
pub(crate) fn kustomization(name: &str, more: Value) -> Value {
    let source = json!({"kind": "GitRepository", "name": "fleet"});
    let mut spec = json!({"interval": "10m", "prune": true, "sourceRef": source});
    for (key, value) in more.as_object().unwrap() {
        spec[key] = value.clone();
    }
    object(&KUSTOMIZATION, name, json!({"spec": spec}))
}

/// A cluster in which nothing reconciles.
pub(crate) struct Cluster(pub(crate) Sandbox);

impl Cluster {
    /// A cluster without Flux.
    pub(crate) fn empty() -> Self {
        Self(Sandbox::builder().without_players().start().unwrap())
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

    /// Installs the definition of a kind, as its controller brings it.
    pub(crate) fn install(&self, kind: &Kind) {
        let name = format!("{}.{}", kind.plural, kind.group);
        self.put(crd::definition(&name).unwrap());
    }

    /// Puts an object there, or another one in its place.
    pub(crate) fn put(&self, object: Value) {
        self.0.kube().put(object).unwrap();
    }

    /// Deletes an object as somebody else would: through the API.
    pub(crate) fn delete(&self, kind: &Kind, namespace: &str, name: &str) {
        let resource = kind.resource(kind.versions[0]);
        let api = Api::<DynamicObject>::namespaced_with(self.0.client(), namespace, &resource);
        self.0.block_on(api.delete(name, &DeleteParams::default())).unwrap();
    }

    /// Runs nigari to its end.
    pub(crate) fn nigari(&self, arguments: &str) -> Run {
        Run::of(&self.0, command(&self.0, arguments).output().unwrap())
    }

    /// Runs nigari, and does something else between its first look at a path that holds `seen` and what it
    /// asks for next.
    #[track_caller]
    pub(crate) fn nigari_while(&self, arguments: &str, seen: &str, change: impl FnOnce()) -> Run {
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
    pub(crate) fn writes(&self) -> String {
        let writes = self.0.recorder().writes();
        self.0.recorder().clear();
        told(writes)
    }

    /// An object as it is now.
    pub(crate) fn get(&self, kind: &Kind, name: &str) -> Option<Value> {
        let version = format!("{}/{}", kind.group, kind.versions[0]);
        self.0.kube().get(&version, kind.kind, Some("flux-system"), name)
    }

    /// Runs nigari with nobody reading its standard output; returns standard error and the exit code.
    pub(crate) fn unread(&self, arguments: &str) -> (String, Option<i32>) {
        let mut command = command(&self.0, arguments);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        (String::from_utf8(output.stderr).unwrap(), output.status.code())
    }

    /// The sandbox's kubeconfig.
    pub(crate) fn kubeconfig(&self) -> Value {
        let environment = self.0.environment();
        let (_, path) = environment.iter().find(|(name, _)| name == "KUBECONFIG").unwrap();
        serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
    }

    /// A kubeconfig of its own; returns its path.
    pub(crate) fn put_kubeconfig(&self, config: &Value) -> PathBuf {
        let path = self.0.home().join("kubeconfig");
        fs::write(&path, config.to_string()).unwrap();
        path
    }

    /// A kubeconfig whose user logs in with a shell script, which finds the right answer in `ANSWER`;
    /// returns its path.
    #[cfg(unix)]
    pub(crate) fn log_in_with(&self, script: &str) -> PathBuf {
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
    pub(crate) fn start(&self, arguments: &str) -> Running {
        Running::start(command(&self.0, arguments))
    }
}

/// A line for each write, as [`Cluster::writes`] has them.
pub(crate) fn told(mut writes: Vec<Request>) -> String {
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
pub(crate) fn in_short(path_and_query: &str) -> &str {
    let path = path_and_query.split('?').next().unwrap_or_default();
    path.rsplit_once("/namespaces/").map_or(path, |(_, path)| path)
}

/// nigari with these arguments, parted by blanks, in the sandbox's environment.
pub(crate) fn command(sandbox: &Sandbox, arguments: &str) -> Command {
    let mut command = sandbox.command(env!("CARGO_BIN_EXE_nigari"));
    command.args(arguments.split_whitespace()).stdin(Stdio::null());
    command
}

/// Runs nigari on a terminal, which `script` of util-linux makes, and where somebody types a line.
#[cfg(target_os = "linux")]
pub(crate) fn typed(sandbox: &Sandbox, arguments: &str, line: &str) -> Run {
    use std::io::Write as _;

    let mut command = sandbox.command("script");
    let nigari = format!("{} {arguments}", env!("CARGO_BIN_EXE_nigari"));
    command.args(["--quiet", "--return", "--echo", "never", "--command", &nigari, "/dev/null"]);
    command.env("NO_COLOR", "1");
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    stdin.write_all(line.as_bytes()).unwrap();
    stdin.flush().unwrap();
    let mut output = child.wait_with_output().unwrap();
    output.stdout.retain(|byte| *byte != b'\r');
    Run::of(sandbox, output)
}

/// What a run printed and how it ended; what differs in each sandbox is replaced by its name.
pub(crate) struct Run {
    stdout: String,
    stderr: String,
    status: ExitStatus,
}

impl Run {
    /// What came of a process that has ended.
    pub(crate) fn of(sandbox: &Sandbox, output: Output) -> Self {
        let text = |bytes| normal(sandbox, &String::from_utf8(bytes).unwrap());
        Self { stdout: text(output.stdout), stderr: text(output.stderr), status: output.status }
    }

    /// What was printed on standard output.
    pub(crate) fn stdout(&self) -> &str {
        &self.stdout
    }

    /// What was printed on standard error.
    pub(crate) fn stderr(&self) -> &str {
        &self.stderr
    }

    /// The exit code; none when a signal ended it.
    pub(crate) fn exit_code(&self) -> Option<i32> {
        self.status.code()
    }

    /// All that it said but that Deployments take long, which depends on how busy the machine is.
    pub(crate) fn in_peace(&self) -> String {
        let told = self.to_string();
        let lines = told.split_inclusive('\n').filter(|line| !line.starts_with("⚠️ Deployment "));
        // What came between them had kept others apart.
        in_order(&lines.collect::<String>())
    }

    /// The same run, with placeholders for what differs each time: commits and ages.
    pub(crate) fn redacted(self) -> Self {
        Self { stdout: redact(&self.stdout), stderr: redact(&self.stderr), status: self.status }
    }
}

/// Puts placeholders, and puts lines in order that come in any order.
fn redact(text: &str) -> String {
    let mut redacted = String::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let end = rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len());
        let (word, after) = rest.split_at(end.max(first.len_utf8()));
        redacted.push_str(placeholder(word, &redacted).unwrap_or(word));
        rest = after;
    }
    in_order(&redacted)
}

/// What stands for a word that follows `before`, if it differs from run to run.
fn placeholder(word: &str, before: &str) -> Option<&'static str> {
    let is_hex = word.bytes().all(|byte| b"0123456789abcdef".contains(&byte));
    match word {
        _ if before.ends_with("(for ") || before.ends_with("picked up within ") => Some("[AGE]"),
        word if is_hex && matches!(word.len(), 8 | 40) => Some("[COMMIT]"),
        word if is_hex && word.len() == 64 => Some("[DIGEST]"),
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

/// Replaces the sandbox's folder by `[ROOT]` and its ports by `[PORT]`.
fn normal(sandbox: &Sandbox, text: &str) -> String {
    let text = text.replace(&sandbox.root().display().to_string(), "[ROOT]");
    let mut pieces = text.split("localhost:");
    let mut normal = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        normal += "localhost:[PORT]";
        normal += piece.trim_start_matches(|character: char| character.is_ascii_digit());
    }
    normal
}

/// Standard output, then a ruler and standard error if there is any, then the exit status unless it is 0.
impl fmt::Display for Run {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.stdout)?;
        if !self.stderr.is_empty() {
            write!(f, "------- stderr -------\n{}", self.stderr)?;
        }
        match self.status.code() {
            Some(0) => Ok(()),
            Some(code) => writeln!(f, "[exit status: {code}]"),
            None => writeln!(f, "[{}]", self.status),
        }
    }
}

/// A run that has not ended.
pub(crate) struct Running {
    child: Child,
    stdout: Receiver<String>,
}

impl Running {
    /// Starts it; its standard output is read line by line.
    pub(crate) fn start(mut command: Command) -> Self {
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

    /// The number of its process.
    #[cfg(target_os = "linux")]
    pub(crate) fn process(&self) -> u32 {
        self.child.id()
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
