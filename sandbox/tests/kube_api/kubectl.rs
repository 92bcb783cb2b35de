//! The stock `kubectl`, with its default settings: the one that was built with the control plane, or
//! else the one on the search path.

use std::io::Write as _;
use std::process::{Command, Stdio};

use nigari_sandbox::control_plane::binaries;
use serde_json::{Value, json};

use crate::cluster::{Cluster, cluster, thing_definition};

/// Runs `kubectl ARGS` with `input` on its standard input; both streams and whether it succeeded.
fn kubectl(kubeconfig: &str, home: &str, args: &[&str], input: &Value) -> (bool, String) {
    let mut child = Command::new(binaries::kubectl())
        .args(args)
        .env_clear()
        .env("PATH", "/usr/local/bin:/usr/bin:/bin")
        .env("HOME", home)
        .env("KUBECONFIG", kubeconfig)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A command that reads nothing may have ended by now.
    let _ = child.stdin.take().unwrap().write_all(input.to_string().as_bytes());
    let output = child.wait_with_output().unwrap();
    let text = [output.stdout, output.stderr].concat();
    (output.status.success(), String::from_utf8_lossy(&text).into_owned())
}

/// A cluster, and a function that runs `kubectl` against it; `None` where there is no `kubectl`.
async fn prepared() -> Option<(Cluster, impl Fn(&str, Value) -> (bool, String) + Clone)> {
    let is_there =
        Command::new(binaries::kubectl()).arg("version").arg("--client").output().is_ok();
    if !is_there {
        eprintln!("skipped: there is no kubectl");
        return None;
    }
    let cluster = cluster().await;
    let home = std::sync::Arc::new(tempfile::tempdir().unwrap());
    let kubeconfig = home.path().join("kubeconfig");
    std::fs::write(&kubeconfig, &cluster.kubeconfig).unwrap();
    let run = move |line: &str, input: Value| {
        let args: Vec<_> = line.split_whitespace().collect();
        let home = home.path().to_str().unwrap();
        kubectl(kubeconfig.to_str().unwrap(), home, &args, &input)
    };
    Some((cluster, run))
}

/// Runs lines of `kubectl` beside the server's runtime.
async fn run_all(
    run: impl Fn(&str, Value) -> (bool, String) + Clone + Send + 'static,
    lines: Vec<(&'static str, Value)>,
) -> Vec<(bool, String)> {
    let run = move || lines.into_iter().map(|(line, input)| run(line, input)).collect();
    tokio::task::spawn_blocking(run).await.unwrap()
}

fn deployment(image: &str) -> Value {
    json!({
        "apiVersion": "apps/v1",
        "kind": "Deployment",
        "metadata": {"name": "web"},
        "spec": {
            "selector": {"matchLabels": {"app": "web"}},
            "template": {
                "metadata": {"labels": {"app": "web"}},
                "spec": {"containers": [
                    {"name": "web", "image": image, "ports": [{"containerPort": 80}]},
                ]},
            },
        },
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn apply_creates_configures_and_leaves_alone() {
    let Some((cluster, run)) = prepared().await else { return };
    let lines = vec![
        ("apply -f -", deployment("web:1")),
        ("apply -f -", deployment("web:1")),
        ("apply -f -", deployment("web:2")),
        ("apply --server-side -f -", deployment("web:2")),
        // The step before took over what client-side apply owned.
        ("apply --server-side -f -", deployment("web:3")),
        ("get deployments", Value::Null),
        ("delete deployment web", Value::Null),
    ];
    let outcomes = run_all(run, lines).await;
    let texts: Vec<_> = outcomes.iter().map(|(_, text)| text.trim()).collect();
    assert_eq!(
        texts[..5],
        [
            "deployment.apps/web created",
            "deployment.apps/web unchanged",
            "deployment.apps/web configured",
            "deployment.apps/web serverside-applied",
            "deployment.apps/web serverside-applied",
        ]
    );
    assert!(texts[5].starts_with("NAME   READY   UP-TO-DATE   AVAILABLE   AGE\nweb    0/1"));
    // Later versions name the namespace as well.
    assert!(texts[6].starts_with("deployment.apps \"web\" deleted"), "{}", texts[6]);
    assert!(cluster.api.list("apps/v1", "Deployment").is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn custom_kinds_are_known_printed_and_checked() {
    let Some((_cluster, run)) = prepared().await else { return };
    let thing = |spec: Value| {
        json!({
            "apiVersion": "example.com/v1", "kind": "Thing",
            "metadata": {"name": "a"}, "spec": spec,
        })
    };
    let lines = vec![
        ("apply -f -", thing_definition()),
        ("wait --for=condition=Established crd/things.example.com", Value::Null),
        ("apply -f -", thing(json!({"interval": "1m", "unknown": 1}))),
        ("apply -f -", thing(json!({"interval": "1m"}))),
        ("get th", Value::Null),
        ("api-resources --api-group=example.com --no-headers", Value::Null),
        ("explain things.spec.interval", Value::Null),
    ];
    let outcomes = run_all(run, lines).await;
    let (refused, reason) = (!outcomes[2].0, &outcomes[2].1);
    assert!(
        refused && reason.contains("strict decoding error: unknown field \"spec.unknown\""),
        "{reason}"
    );
    assert_eq!(outcomes[3].1.trim(), "thing.example.com/a created");
    assert_eq!(outcomes[4].1.trim(), "NAME   INTERVAL\na      1m");
    let words: Vec<_> = outcomes[5].1.split_whitespace().collect();
    assert_eq!(words, ["things", "th", "example.com/v1", "true", "Thing"]);
    assert!(outcomes[6].1.contains("FIELD: interval <string>"), "{}", outcomes[6].1);
}
