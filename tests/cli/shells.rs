//! The completion scripts in real shells, with a real terminal: a line is typed, TAB and Enter are pressed,
//! and nigari runs what the shell made of it.

use std::io::{Read as _, Write as _};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::Instant;

use nigari::kinds::Kind;
use nigari::kinds::kustomize::KUSTOMIZATION;
use nigari::kinds::source::GIT_REPOSITORY;
use nigari_test_support::PATIENCE;
use nigari_test_support::cluster::Cluster;
use serde_json::json;

/// How a shell is started and loads a script.
struct Shell {
    program: &'static str,
    /// Without the user's configuration, and interactive.
    start: &'static str,
    /// What is typed first.
    prepare: &'static str,
    /// Loads nigari's script.
    load: &'static str,
    /// Loads the script that is complete in itself.
    load_static: &'static str,
}

const BASH: Shell = Shell {
    program: "bash",
    start: "bash --noprofile --norc -i",
    prepare: "bind 'set bell-style none'",
    load: "source <(nigari completion bash)",
    load_static: "source <(nigari completion bash --static)",
};

const ZSH: Shell = Shell {
    program: "zsh",
    start: "zsh -f -i",
    prepare: "autoload -U compinit && compinit -u",
    load: "source <(nigari completion zsh)",
    load_static: "source <(nigari completion zsh --static)",
};

const FISH: Shell = Shell {
    program: "fish",
    start: "fish --no-config -i",
    prepare: "set fish_greeting",
    load: "nigari completion fish | source",
    load_static: "nigari completion fish --static | source",
};

/// What is typed before TAB, and what nigari then prints.
const TYPED: [(&str, &str); 9] = [
    (
        "nigari get kustomization -o name infra",
        "kustomization.kustomize.toolkit.fluxcd.io/infrastructure",
    ),
    ("nigari get ks -o name -n apps pod", "kustomization.kustomize.toolkit.fluxcd.io/podinfo"),
    (
        "nigari get ks -o name --namespace=apps pod",
        "kustomization.kustomize.toolkit.fluxcd.io/podinfo",
    ),
    ("nigari get all -o name --namespace=ap", "kustomization.kustomize.toolkit.fluxcd.io/podinfo"),
    ("nigari get all -o name -n ap", "kustomization.kustomize.toolkit.fluxcd.io/podinfo"),
    ("nigari get -o name ks/infra", "kustomization.kustomize.toolkit.fluxcd.io/infrastructure"),
    (
        "nigari get sources git -o name --context sand",
        "gitrepository.source.toolkit.fluxcd.io/fleet",
    ),
    (
        "nigari get sources git -o name --context=arn:aws:eks:eu-west-1:1:cl",
        "gitrepository.source.toolkit.fluxcd.io/fleet",
    ),
    ("nigari version --client --outp", "nigari: v"),
];

#[test]
fn bash_completes_names() {
    names_are_completed(&BASH);
}

#[test]
fn zsh_completes_names() {
    names_are_completed(&ZSH);
}

#[test]
fn fish_completes_names() {
    names_are_completed(&FISH);
}

#[test]
fn bash_completes_commands_without_asking() {
    commands_are_completed(&BASH);
}

#[test]
fn zsh_completes_commands_without_asking() {
    commands_are_completed(&ZSH);
}

#[test]
fn fish_completes_commands_without_asking() {
    commands_are_completed(&FISH);
}

fn names_are_completed(shell: &Shell) {
    if !is_there(shell) {
        return;
    }
    let cluster = fleet();
    let mut terminal = Terminal::open(&cluster, shell, shell.load);
    for (typed, printed) in TYPED {
        // A flag without its value is completed to the flag; the value is typed after it.
        let rest = if typed.ends_with("--outp") { "yaml" } else { "" };
        terminal.expect(&format!("{typed}\t{rest}"), printed);
    }
}

fn commands_are_completed(shell: &Shell) {
    if !is_there(shell) {
        return;
    }
    let cluster = fleet();
    let mut terminal = Terminal::open(&cluster, shell, shell.load_static);
    terminal.expect("nigari vers\t--client", "nigari: v");
    terminal.expect("nigari --context get vers\t--client", "nigari: v");
    terminal.expect("nigari version --client --output=js\t", "{");
    terminal.expect("nigari version --client --insecure-s\t", "nigari: v");
    terminal.expect(
        "nigari get ks --no-he	-o name",
        "kustomization.kustomize.toolkit.fluxcd.io/infrastructure",
    );
}

/// A missing shell is told by `cargo xtask test`; where it must be there, it fails.
fn is_there(shell: &Shell) -> bool {
    let has = |program: &str| {
        let mut command = Command::new(program);
        command.arg("--version").stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        command.status().is_ok_and(|status| status.success())
    };
    let is_there = has("script") && has(shell.program);
    #[allow(
        clippy::disallowed_methods,
        reason = "a test has no Context to read the environment for it"
    )]
    let is_required = std::env::var_os("NIGARI_REQUIRE_SHELLS").is_some();
    assert!(is_there || !is_required, "{} or script is missing", shell.program);
    is_there
}

/// A Kustomization in each of two namespaces, a source, and a second context whose name has colons.
fn fleet() -> Cluster {
    let cluster = Cluster::with(&[&KUSTOMIZATION, &GIT_REPOSITORY]);
    put(&cluster, &KUSTOMIZATION, "flux-system", "infrastructure");
    put(&cluster, &KUSTOMIZATION, "apps", "podinfo");
    put(&cluster, &GIT_REPOSITORY, "flux-system", "fleet");
    let mut config = cluster.kubeconfig();
    let mut context = config["contexts"][0].clone();
    context["name"] = json!("arn:aws:eks:eu-west-1:1:cluster/fleet");
    config["contexts"].as_array_mut().unwrap().push(context);
    cluster.put_kubeconfig(&config);
    cluster
}

fn put(cluster: &Cluster, kind: &Kind, namespace: &str, name: &str) {
    cluster.put(json!({
        "apiVersion": format!("{}/{}", kind.group, kind.versions[0]),
        "kind": kind.kind,
        "metadata": {"name": name, "namespace": namespace},
    }));
}

/// An interactive shell on a terminal of its own, which `script` makes.
struct Terminal {
    child: Child,
    keyboard: ChildStdin,
    screen: Receiver<Vec<u8>>,
    /// What was shown and not expected yet.
    shown: String,
}

impl Terminal {
    fn open(cluster: &Cluster, shell: &Shell, load: &str) -> Self {
        let folder = Path::new(env!("CARGO_BIN_EXE_nigari")).parent().unwrap();
        let mut command = cluster.0.command("script");
        command.args(["-q", "-e", "-c", shell.start, "/dev/null"]);
        command.env("PATH", nigari_sandbox::environment::search_path_from(folder).unwrap());
        command.env("KUBECONFIG", cluster.0.home().join("kubeconfig"));
        command.env("TERM", "dumb").env("LC_ALL", "C.UTF-8").env("PS1", "$ ");
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let (sender, screen) = channel();
        let mut stdout = child.stdout.take().unwrap();
        thread::spawn(move || {
            let mut buffer = [0; 4096];
            while let Ok(count @ 1..) = stdout.read(&mut buffer) {
                if sender.send(buffer[..count].to_vec()).is_err() {
                    return;
                }
            }
        });
        let keyboard = child.stdin.take().unwrap();
        let mut terminal = Self { child, keyboard, screen, shown: String::new() };
        terminal.expect(shell.prepare, "");
        terminal.expect(load, "");
        terminal
    }

    /// Types a line and Enter, and waits until `printed` was, as the beginning of a line, and the shell
    /// listens again.
    fn expect(&mut self, typed: &str, printed: &str) {
        // Not typed as it is printed, so that the echo is no answer.
        self.type_line(typed);
        self.type_line("echo rea''dy");
        let shown = self.shown_until("\nready");
        let is_printed =
            shown.lines().any(|line| line.trim_start_matches('\r').starts_with(printed));
        assert!(is_printed, "{typed:?} printed:\n{shown}");
    }

    fn type_line(&mut self, line: &str) {
        self.keyboard.write_all(format!("{line}\r").as_bytes()).unwrap();
        self.keyboard.flush().unwrap();
    }

    fn shown_until(&mut self, end: &str) -> String {
        let deadline = Instant::now() + PATIENCE;
        loop {
            if let Some(position) = self.shown.find(end) {
                let rest = self.shown.split_off(position + end.len());
                return std::mem::replace(&mut self.shown, rest);
            }
            match self.screen.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
                Ok(bytes) => self.shown += &String::from_utf8_lossy(&bytes),
                Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => {
                    panic!("{end:?} was never shown, but:\n{}", self.shown)
                }
            }
        }
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
