//! `nigari-sandbox up`: what a command finds in it, and what is left afterwards.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::io::{BufRead as _, BufReader, Read as _};
use std::path::Path;
use std::process::{Command, Output, Stdio};

/// The program, with a folder of its own for everything temporary.
fn program(temporary: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_nigari-sandbox"));
    command.env("TMPDIR", temporary);
    command
}

fn up(arguments: &[&str]) -> Output {
    let temporary = tempfile::tempdir().unwrap();
    let output = program(temporary.path()).arg("up").args(arguments).output().unwrap();
    let left: Vec<_> = std::fs::read_dir(temporary.path()).unwrap().collect();
    assert!(left.is_empty(), "left behind: {left:?}");
    output
}

fn shell(script: &str) -> Output {
    up(&["--", "/bin/sh", "-ec", script])
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

#[test]
fn a_command_finds_the_variables_and_the_programs_beside_it() {
    let script = r#"
        for name in KUBECONFIG GITHUB_TOKEN GITHUB_OWNER GITHUB_API_URL GITHUB_GRAPHQL_URL \
            GITHUB_SERVER_URL SSL_CERT_FILE GIT_SSL_CAINFO; do
            eval "test -n \"\$$name\"" || echo "no $name"
        done
        test -s "$KUBECONFIG" && test -s "$SSL_CERT_FILE" && test -d "$HOME"
        command -v nigari-sandbox
    "#;
    let output = shell(script);
    assert!(output.status.success(), "{output:?}");
    assert_eq!(stdout(&output).trim(), env!("CARGO_BIN_EXE_nigari-sandbox"));
    let story = String::from_utf8(output.stderr).unwrap();
    assert_eq!(story.lines().count(), 1, "{story}");
}

#[test]
fn the_commands_exit_code_is_passed_on() {
    assert_eq!(shell("exit 7").status.code(), Some(7));
    assert_eq!(shell("kill -TERM $$").status.code(), Some(143));
    assert_eq!(up(&["--", "/nowhere/to/be/found"]).status.code(), Some(1));
}

#[test]
fn git_clones_and_pushes_without_further_settings() {
    let script = r#"
        create() {
            curl --silent --fail --cacert "$SSL_CERT_FILE" --noproxy '*' \
                --header "Authorization: Bearer $GITHUB_TOKEN" --data '{"name":"fleet"}' \
                "$GITHUB_API_URL/orgs/$GITHUB_OWNER/repos" >/dev/null
        }
        create
        cd "$HOME"
        git clone --quiet "$GITHUB_SERVER_URL/$GITHUB_OWNER/fleet.git" first 2>/dev/null
        cd first
        echo hello >file
        git add file
        git commit --quiet --message 'Say hello'
        git push --quiet origin HEAD:main
        cd ..
        git clone --quiet "$GITHUB_SERVER_URL/$GITHUB_OWNER/fleet.git" second
        cat second/file
    "#;
    if Command::new("curl").arg("--version").output().is_err() {
        eprintln!("skipped: there is no curl");
        return;
    }
    let output = shell(script);
    assert!(output.status.success(), "{output:?}");
    assert_eq!(stdout(&output), "hello\n");
}

#[test]
fn without_a_command_it_prints_the_variables_and_stays_until_told_to_end() {
    let temporary = tempfile::tempdir().unwrap();
    let mut child = program(temporary.path()).arg("up").stdout(Stdio::piped()).spawn().unwrap();
    let mut reader = BufReader::new(child.stdout.take().unwrap());
    let mut first = String::new();
    reader.read_line(&mut first).unwrap();
    assert!(first.starts_with("export KUBECONFIG='"), "{first}");
    assert_eq!(std::fs::read_dir(temporary.path()).unwrap().count(), 1);
    let script = format!("kill -TERM {}", child.id());
    assert!(Command::new("/bin/sh").args(["-c", &script]).status().unwrap().success());
    assert_eq!(child.wait().unwrap().code(), Some(0));
    let mut rest = String::new();
    reader.read_to_string(&mut rest).unwrap();
    assert!(rest.contains("export GITHUB_TOKEN='ghp_"), "{rest}");
    assert_eq!(std::fs::read_dir(temporary.path()).unwrap().count(), 0);
}

#[test]
fn a_signal_reaches_the_command() {
    let temporary = tempfile::tempdir().unwrap();
    let script = "trap 'echo told; exit 3' TERM; echo up; while :; do sleep 0.1; done";
    let mut child = program(temporary.path())
        .args(["up", "--", "/bin/sh", "-c", script])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut reader = BufReader::new(child.stdout.take().unwrap());
    let mut line = String::new();
    reader.read_line(&mut line).unwrap();
    assert_eq!(line, "up\n");
    let script = format!("kill -TERM {}", child.id());
    assert!(Command::new("/bin/sh").args(["-c", &script]).status().unwrap().success());
    assert_eq!(child.wait().unwrap().code(), Some(3));
    let mut rest = String::new();
    reader.read_to_string(&mut rest).unwrap();
    assert_eq!(rest, "told\n");
    assert_eq!(std::fs::read_dir(temporary.path()).unwrap().count(), 0);
}

#[test]
fn a_misspelt_fault_is_refused_and_the_known_ones_are_listed() {
    let output = up(&["--fault", "workload.pul=x"]);
    assert_eq!(output.status.code(), Some(2));
    let story = String::from_utf8(output.stderr).unwrap();
    assert!(story.contains("no fault is named \"workload.pul\""), "{story}");
    let listed = Command::new(env!("CARGO_BIN_EXE_nigari-sandbox")).arg("faults").output().unwrap();
    assert!(stdout(&listed).lines().any(|line| line.starts_with("workload.pull ")));
}
