//! What becomes of a terminal on which a live table is shown, which `script` of util-linux makes.

use std::fs;
use std::io::{Read as _, Write as _};
use std::process::{Child, ChildStdin, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use nigari::kinds::kustomize::KUSTOMIZATION;
use nigari::kinds::terraform::TERRAFORM;
use nigari_sandbox::sandbox::Sandbox;
use nigari_test_support::PATIENCE;
use nigari_test_support::cluster::{Cluster, object};
use nigari_test_support::fleet::Fleet;
use rustix::process::{Pid, Signal, kill_process};
use serde_json::json;
use snapbox::{assert_data_eq, str};

use crate::terminal::Terminal;

const NIGARI: &str = env!("CARGO_BIN_EXE_nigari");
const LINES: usize = 24;
const COLUMNS: usize = 120;
const END_OF_FRAME: &str = "\u{1b}[?7h";

/// A shell on a terminal, at which somebody types.
struct Session {
    child: Child,
    keys: ChildStdin,
    written: Arc<Mutex<String>>,
    /// Up to where it was read.
    read: usize,
}

impl Session {
    /// Runs a script of bash.
    fn start(sandbox: &Sandbox, script: &str) -> Self {
        let mut command = sandbox.command("script");
        let script = format!("stty rows {LINES} cols {COLUMNS}; {script}");
        command.args(["--quiet", "--return", "--echo", "always", "--command"]);
        // Whatever shell runs it, it is bash that has the terminal.
        command.arg(format!("exec bash -c '{script}'")).arg("/dev/null");
        command.env("TERM", "xterm-256color");
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let (keys, mut stdout) = (child.stdin.take().unwrap(), child.stdout.take().unwrap());
        let written = Arc::new(Mutex::new(String::new()));
        let shared = Arc::clone(&written);
        thread::spawn(move || {
            let (mut rest, mut some) = (Vec::new(), [0; 4096]);
            while let Ok(count @ 1..) = stdout.read(&mut some) {
                rest.extend_from_slice(&some[..count]);
                // Characters may come in pieces.
                let whole = rest.utf8_chunks().next().map_or(0, |chunk| chunk.valid().len());
                let text = String::from_utf8(rest.drain(..whole).collect()).unwrap();
                shared.lock().unwrap_or_else(PoisonError::into_inner).push_str(&text);
            }
        });
        Self { child, keys, written, read: 0 }
    }

    /// Waits until this is shown behind what was waited for before; returns what is shown up to there.
    #[track_caller]
    fn await_text(&mut self, words: &str) -> String {
        let start = Instant::now();
        loop {
            let written = self.written.lock().unwrap_or_else(PoisonError::into_inner);
            let new = &written[self.read..];
            if let Some(place) = new.find(words) {
                let seen = new[..place + words.len()].to_owned();
                self.read += seen.len();
                return seen;
            }
            assert!(start.elapsed() < PATIENCE, "{words:?} is not in {new:?}");
            drop(written);
            thread::park_timeout(Duration::from_millis(10));
        }
    }

    /// Everything up to what was waited for.
    fn so_far(&self) -> String {
        let written = self.written.lock().unwrap_or_else(PoisonError::into_inner);
        written[..self.read].to_owned()
    }

    fn press(&mut self, keys: &str) {
        self.keys.write_all(keys.as_bytes()).unwrap();
        self.keys.flush().unwrap();
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

const CTRL_C: &str = "\u{3}";
const CTRL_Z: &str = "\u{1a}";

fn fleet() -> Cluster {
    let cluster = Cluster::with(&[&KUSTOMIZATION, &TERRAFORM]);
    put(&cluster, "state 0");
    cluster
}

fn put(cluster: &Cluster, message: &str) {
    let ready = json!({"type": "Ready", "status": "True", "reason": "Any", "message": message});
    cluster.put(object(&KUSTOMIZATION, "apps", json!({"status": {"conditions": [ready]}})));
}

/// Whether `stty -a` says that what is typed is repeated.
fn is_repeated(settings: &str) -> bool {
    assert!(settings.contains("icanon"), "{settings}");
    settings.split_whitespace().any(|word| word == "echo")
}

#[test]
fn what_is_typed_is_not_shown_and_nobody_gets_it() {
    for command in ["get ks --watch", "plan watch"] {
        let cluster = fleet();
        let script = format!(
            "{NIGARI} {command}; echo ended; stty -a; read -t 0 && echo something is left || echo nothing is left"
        );
        let mut session = Session::start(&cluster.0, &script);
        let mut shown =
            session.await_text(if command == "plan watch" { "no plan waits" } else { "live ·" });
        session.press("\n\nnot a command\n");
        // Keys come through before what is typed after them.
        session.press(CTRL_C);
        shown += &session.await_text("ended");
        assert!(!shown.contains("not a command"), "{command}: {shown}");
        let settings = session.await_text("nothing is left");
        assert!(is_repeated(&settings), "{command}: {settings}");
    }
}

#[test]
fn a_question_that_is_interrupted_gives_the_terminal_back() {
    let fleet = Fleet::new();
    let bootstrap = fleet.bootstrap_arguments("");
    let script =
        format!("unset GITHUB_TOKEN; {NIGARI} {bootstrap}; echo ended; stty -a; echo done");
    let mut session = Session::start(&fleet.sandbox, &script);
    session.await_text("GitHub token");
    session.press(CTRL_C);
    session.await_text("ended");
    let settings = session.await_text("done");
    assert!(is_repeated(&settings), "{settings}");
}

#[test]
fn a_table_stays_in_place_while_somebody_types() {
    let cluster = fleet();
    let mut session = Session::start(&cluster.0, &format!("exec {NIGARI} get ks --watch"));
    session.await_text("live · 1 object · 1 ready");
    session.press("\n\nnot a command\n");
    put(&cluster, "state 1");
    session.await_text("state 1");
    session.await_text(END_OF_FRAME);
    let mut terminal = Terminal::new(LINES, COLUMNS);
    terminal.draw(&session.so_far());
    assert_data_eq!(
        terminal.text(),
        str![[r#"
NAME   REVISION   SUSPENDED   READY   AGE   MESSAGE
apps              False       True    [..]s    state 1
live · 1 object · 1 ready

"#]]
    );
}

#[test]
fn a_terminal_is_given_back_when_nigari_is_terminated() {
    for signal in [Signal::TERM, Signal::HUP, Signal::QUIT] {
        let cluster = fleet();
        let told = cluster.0.home().join("process");
        let script = format!(
            "(echo $BASHPID > {}; exec {NIGARI} get ks --watch); echo ended with $?; stty -a; echo over",
            told.display()
        );
        let mut session = Session::start(&cluster.0, &script);
        session.await_text("live ·");
        let process: i32 = fs::read_to_string(&told).unwrap().trim().parse().unwrap();
        kill_process(Pid::from_raw(process).unwrap(), signal).unwrap();
        session.await_text("error: interrupted");
        session.await_text("ended with 130");
        let settings = session.await_text("over");
        assert!(is_repeated(&settings), "{signal:?}: {settings}");
    }
}

#[test]
fn a_terminal_is_given_back_for_as_long_as_nigari_is_stopped() {
    let cluster = fleet();
    let script = format!(
        "set -m; {NIGARI} get ks --watch; echo stopped; stty -a; echo over; read; fg; stty -a; echo finished"
    );
    let mut session = Session::start(&cluster.0, &script);
    session.await_text("live ·");
    session.press(CTRL_Z);
    session.await_text("stopped");
    let settings = session.await_text("over");
    assert!(is_repeated(&settings), "{settings}");
    session.press("\n");
    // All of it, though nothing has changed.
    session.await_text("state 0");
    session.await_text("live ·");
    session.press("not a command\n");
    session.press(CTRL_C);
    let settings = session.await_text("finished");
    assert!(is_repeated(&settings) && !settings.contains("not a command"), "{settings}");
}

#[test]
fn where_no_shell_waits_ctrl_z_stops_nothing() {
    let cluster = fleet();
    let mut session = Session::start(&cluster.0, &format!("exec {NIGARI} get ks --watch"));
    session.await_text("live ·");
    session.press(CTRL_Z);
    put(&cluster, "state 1");
    session.await_text("state 1");
}
