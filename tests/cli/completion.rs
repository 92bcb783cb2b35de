//! `nigari completion`, and what nigari answers at a TAB.

use std::fs;
use std::io::Read as _;
use std::process::{Command, Stdio};

use nigari::kinds::kustomize::KUSTOMIZATION;
use nigari::kinds::source::GIT_REPOSITORY;
use nigari::kinds::{self, Kind};
use nigari_sandbox::kube::Deny;
use nigari_test_support::cluster::Cluster;
use nigari_test_support::program::command;
use serde_json::{Value, json};
use snapbox::{assert_data_eq, str};

/// What is offered for the last word of a line, one a line; standard error and the exit code if there is
/// something to tell.
fn tab(cluster: &Cluster, line: &str) -> String {
    answer(asking(cluster, line))
}

fn asking(cluster: &Cluster, line: &str) -> Command {
    let mut command = command(&cluster.0, "--");
    // A blank at the end is a word that is not begun yet.
    command.args(line.split(' ')).env("NIGARI_COMPLETE", "bash");
    command
}

fn answer(mut command: Command) -> String {
    let output = command.output().unwrap();
    let mut answer = String::from_utf8(output.stdout).unwrap();
    if !output.stderr.is_empty() || output.status.code() != Some(0) {
        answer += &format!("{:?} {}", String::from_utf8_lossy(&output.stderr), output.status);
    }
    answer
}

fn put(cluster: &Cluster, kind: &Kind, namespace: &str, name: &str) {
    cluster.put(json!({
        "apiVersion": format!("{}/{}", kind.group, kind.versions[0]),
        "kind": kind.kind,
        "metadata": {"name": name, "namespace": namespace},
    }));
}

fn fleet() -> Cluster {
    let cluster = Cluster::with(&[&KUSTOMIZATION, &GIT_REPOSITORY]);
    for (namespace, name) in [
        ("flux-system", "infra"),
        ("flux-system", "apps"),
        ("flux-system", "alpha"),
        ("apps", "podinfo"),
    ] {
        put(&cluster, &KUSTOMIZATION, namespace, name);
    }
    put(&cluster, &GIT_REPOSITORY, "flux-system", "fleet");
    cluster
}

#[test]
fn names_are_those_of_the_kind_and_the_namespace() {
    let cluster = fleet();
    for (line, offered) in [
        ("nigari get ks ", "alpha\napps\ninfra\n"),
        ("nigari reconcile kustomization a", "alpha\napps\n"),
        ("nigari get kustomizations apps ", "alpha\ninfra\n"),
        ("nigari get ks -n apps ", "podinfo\n"),
        ("nigari --namespace=apps get ks po", "podinfo\n"),
        ("nigari get ks -A ", "alpha\napps\ninfra\npodinfo\n"),
        ("nigari get sources git ", "fleet\n"),
        ("nigari get ks/a", "ks/alpha\nks/apps\n"),
        ("nigari get GitRepository/", "GitRepository/fleet\n"),
        ("nigari reconcile ks/apps ks/", "ks/alpha\nks/infra\n"),
        ("nigari get ks zzz", ""),
        ("nigari get hr ", ""),
        ("nigari get nothing/", ""),
    ] {
        assert_eq!(tab(&cluster, line), offered, "{line}");
    }
}

#[test]
fn names_need_one_request_for_metadata() {
    let cluster = fleet();
    cluster.0.recorder().clear();
    tab(&cluster, "nigari get ks ");
    let requests: Vec<String> =
        cluster.0.recorder().all().into_iter().map(|request| request.path).collect();
    assert_data_eq!(
        requests.join("\n"),
        str![
            "/apis/kustomize.toolkit.fluxcd.io/v1/namespaces/flux-system/kustomizations?&limit=500"
        ]
    );
}

#[test]
fn namespaces_and_contexts() {
    let cluster = fleet();
    for (line, offered) in [
        ("nigari get ks -n a", "apps\n"),
        ("nigari get ks --namespace=flux", "--namespace=flux-system\n"),
        ("nigari get ks --context ", "sandbox\n"),
        ("nigari get ks --context=s", "--context=sandbox\n"),
        ("nigari get ks --user ", "admin\n"),
        ("nigari get ks --cluster ", "sandbox\n"),
    ] {
        assert_eq!(tab(&cluster, line), offered, "{line}");
    }
}

#[test]
fn flags_come_when_a_dash_is_typed() {
    let cluster = fleet();
    for (line, offered) in [
        ("nigari get ku", "kustomization\n"),
        ("nigari get hr --no-h", "--no-header\n"),
        ("nigari get -o ", "table\nwide\njson\nyaml\nname\njsonpath=\n"),
        ("nigari install --log-level=e", "--log-level=error\n"),
        ("nigari install --export=", ""),
        ("nigari completion ", "bash\nzsh\nfish\npowershell\n"),
    ] {
        assert_eq!(tab(&cluster, line), offered, "{line}");
    }
    assert!(tab(&cluster, "nigari version ").contains("--client\n"));
}

#[test]
fn a_failure_is_silent() {
    let cluster = fleet();
    cluster.0.kube().deny(Deny::new("list", "kustomize.toolkit.fluxcd.io", "kustomizations"));
    for line in [
        "nigari get ks ",
        "nigari get ks --server=https://127.0.0.1:1 ",
        "nigari get ks --context=missing ",
        "nigari get ks --kubeconfig=/nonexistent ",
        "nigari get sources git --token=wrong ",
    ] {
        assert_eq!(tab(&cluster, line), "", "{line}");
    }
    let mut asking = asking(&cluster, "nigari get ks ");
    asking.env("FLUX_SYSTEM_NAMESPACE", "NOT A NAME");
    assert_eq!(answer(asking), "");
}

#[test]
fn a_credential_plugin_is_asked_without_a_terminal() {
    let cluster = fleet();
    let told = cluster.0.home().join("told");
    let plugin = format!(
        "cat >&2; echo to the user >&2; printf %s \"$KUBERNETES_EXEC_INFO\" > {}; echo \"$ANSWER\"",
        told.display()
    );
    let kubeconfig = cluster.log_in_with(&plugin);
    let line = format!("nigari get ks --kubeconfig={} i", kubeconfig.display());
    assert_eq!(tab(&cluster, &line), "infra\n");
    let told: Value = serde_json::from_str(&fs::read_to_string(told).unwrap()).unwrap();
    assert_eq!(told["spec"], json!({"interactive": false}));
}

/// The pipe ends when the last process that can write to it is gone.
#[test]
fn a_slow_credential_plugin_and_what_it_started_are_killed() {
    let cluster = fleet();
    let kubeconfig = cluster.log_in_with("sleep 1000 & exec sleep 1000");
    let line = format!("nigari get ks --kubeconfig={} ", kubeconfig.display());
    let (mut reader, writer) = std::io::pipe().unwrap();
    let mut asking = Command::new("sh");
    asking.args(["-c", r#"exec "$0" "$@" 4>&0 </dev/null"#, env!("CARGO_BIN_EXE_nigari"), "--"]);
    asking.args(line.split(' ')).env("NIGARI_COMPLETE", "bash").stdin(Stdio::from(writer));
    assert_eq!(answer(asking), "");
    let mut rest = Vec::new();
    reader.read_to_end(&mut rest).unwrap();
}

#[test]
fn a_cluster_that_does_not_answer_is_not_waited_for() {
    let cluster = fleet();
    let deaf = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let line = format!("nigari get ks --server=https://{} ", deaf.local_addr().unwrap());
    assert_eq!(tab(&cluster, &line), "");
}

#[test]
fn every_kind_that_is_installed_completes() {
    let kinds: Vec<&Kind> = kinds::ALL.into_iter().collect();
    let cluster = Cluster::with(&kinds);
    for kind in kinds {
        put(&cluster, kind, "flux-system", "one");
        assert_eq!(tab(&cluster, &format!("nigari get {} ", kind.command_words())), "one\n");
    }
}

#[test]
fn the_scripts_of_other_shells_are_answered_too() {
    let cluster = fleet();
    let mut zsh = asking(&cluster, "nigari get ks --namespace=apps po -A");
    zsh.env("NIGARI_COMPLETE", "zsh").env("_CLAP_COMPLETE_INDEX", "4");
    assert_eq!(answer(zsh), "podinfo\n");
    let mut fish = asking(&cluster, "nigari get kustomiz");
    fish.env("NIGARI_COMPLETE", "fish");
    assert_eq!(answer(fish), "kustomization\tShow Kustomization objects\n");
    let mut unknown = asking(&cluster, "nigari get ");
    unknown.env("NIGARI_COMPLETE", "tcsh");
    assert_eq!(answer(unknown), "\"\" exit status: 1");
}

#[test]
fn scripts_are_printed_for_every_shell() {
    let cluster = Cluster::empty();
    for shell in ["bash", "zsh", "fish", "powershell"] {
        let live = cluster.nigari(&format!("completion {shell}"));
        assert!(live.stdout().contains("NIGARI_COMPLETE"), "{live}");
        assert_eq!(live.exit_code(), Some(0));
        let complete = cluster.nigari(&format!("completion {shell} --static"));
        assert!(!complete.stdout().contains("NIGARI_COMPLETE"), "{shell}");
        assert!(complete.stdout().contains("label-selector"), "{shell}");
    }
    assert_data_eq!(
        cluster.nigari("completion tcsh").to_string(),
        str![[r#"
------- stderr -------
error: invalid value 'tcsh' for '<SHELL>'
  [possible values: bash, zsh, fish, powershell]

  tip: a similar value exists: 'zsh'

For more information, try '--help'.
[exit status: 2]

"#]]
    );
}
