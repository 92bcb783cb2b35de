//! What users of kubectl and flux are used to, whatever the command.

use std::path::Path;
use std::process::{Command, Stdio};

use nigari::kinds::kustomize::KUSTOMIZATION;
use nigari::kinds::source::GIT_REPOSITORY;
use nigari_test_support::cluster::Cluster;
use nigari_test_support::program::command;
use nigari_test_support::run::Run;
use serde_json::json;
use snapbox::{assert_data_eq, str};
use unicode_width::UnicodeWidthStr as _;

/// A Kustomization that failed, and one that is ready.
fn fleet() -> Cluster {
    let cluster = Cluster::with(&[&KUSTOMIZATION, &GIT_REPOSITORY]);
    for (name, status, message) in [
        (
            "apps",
            "False",
            "kustomize build failed: accumulating resources: missing resource deployment.yaml",
        ),
        ("infra", "True", "Applied revision: main@sha1:696f056df216eea4f9401adbee0ff744d4df390f"),
    ] {
        cluster.put(json!({
            "apiVersion": "kustomize.toolkit.fluxcd.io/v1",
            "kind": "Kustomization",
            "metadata": {"name": name, "namespace": "flux-system", "generation": 1},
            "status": {"conditions": [{"type": "Ready", "status": status, "reason": "Any",
                                       "message": message, "observedGeneration": 1}]},
        }));
    }
    cluster
}

/// nigari with variables over those of the sandbox.
fn nigari_with(cluster: &Cluster, arguments: &str, variables: &[(&str, &str)]) -> Run {
    let mut command = command(&cluster.0, arguments);
    command.envs(variables.iter().copied());
    Run::of(&cluster.0, command.output().unwrap())
}

/// What a terminal of this width is sent; `script` makes it, in the notation of Linux.
#[cfg(target_os = "linux")]
fn on_a_terminal(
    cluster: &Cluster,
    columns: u16,
    arguments: &str,
    variables: &[(&str, &str)],
) -> String {
    let mut command: Command = cluster.0.command("script");
    let inner =
        format!("stty rows 24 cols {columns}; exec {} {arguments}", env!("CARGO_BIN_EXE_nigari"));
    command.args(["-q", "-e", "-c", &inner, "/dev/null"]).stdin(Stdio::null());
    command.env("TERM", "xterm-256color").envs(variables.iter().copied());
    let output = command.output().expect("script is part of every Debian");
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn a_switch_takes_gos_values() {
    let cluster = fleet();
    let run = cluster.nigari("get ks --watch=false --no-header=true --all-namespaces=1 -v=6");
    assert_data_eq!(
        run.to_string(),
        str![[r#"
flux-system   apps       False   False   kustomize build failed: accumulating resources: missing resource deployment.yaml
flux-system   infra      False   True    Applied revision: main@sha1:696f056d

"#]]
    );
    let run = cluster.nigari("get ks --watch=maybe");
    assert_data_eq!(
        run.to_string(),
        str![[r#"
------- stderr -------
error: unexpected value 'maybe' for '--watch' found; no more were expected

Usage: nigari get kustomization --watch [NAME]...

For more information, try '--help'.
[exit status: 2]

"#]]
    );
}

#[test]
fn dash_v_alone_is_the_version() {
    let cluster = Cluster::empty();
    assert_eq!(cluster.nigari("-v").to_string(), cluster.nigari("--version").to_string());
    assert_eq!(cluster.nigari("-v version --client").exit_code(), Some(0));
}

#[test]
#[cfg(target_os = "linux")]
fn colour_is_for_terminals_that_want_it() {
    let cluster = fleet();
    for arguments in ["get ks", "get all", "--help", "get nothing"] {
        assert!(on_a_terminal(&cluster, 80, arguments, &[]).contains('\u{1b}'), "{arguments}");
        for variable in [("NO_COLOR", "1"), ("TERM", "dumb")] {
            let text = on_a_terminal(&cluster, 80, arguments, &[variable]);
            assert!(
                !text.contains('\u{1b}') && !text.is_empty(),
                "{arguments} {variable:?}: {text:?}"
            );
        }
    }
}

#[test]
#[cfg(target_os = "linux")]
fn forty_columns_are_enough() {
    let cluster = fleet();
    let plain = [("NO_COLOR", "1")];
    let table = on_a_terminal(&cluster, 40, "get ks", &plain);
    assert_data_eq!(
        table.replace('\r', ""),
        str![[r#"
NAME    REVISION   READY   MESSAGE
apps               False   kustomize bu…
infra              True    Applied revi…

"#]]
    );
    for arguments in ["--help", "get --help", "install --help", "bootstrap github --help"] {
        let help = on_a_terminal(&cluster, 40, arguments, &plain);
        let is_too_wide = |line: &&str| {
            // What is in one piece is not broken: a flag with its value, the line of a usage.
            let words = line.trim();
            let is_one_piece = !words.contains(' ') || words.starts_with(['-', '<']);
            line.trim_end().width() > 40 && !is_one_piece && !words.starts_with("Usage:")
        };
        let wide: Vec<&str> = help.lines().filter(is_too_wide).collect();
        assert!(wide.is_empty(), "{arguments}: {wide:#?}");
    }
}

#[test]
fn a_closed_output_ends_it_silently() {
    let cluster = fleet();
    for arguments in [
        "--help",
        "get --help",
        "--version",
        "version --client",
        "install --export",
        "completion bash",
        "completion zsh --static",
        "man",
        "get ks",
    ] {
        assert_eq!(cluster.unread(arguments), (String::new(), Some(141)), "{arguments}");
    }
}

#[test]
fn missing_members_of_kubeconfig_are_skipped() {
    let cluster = fleet();
    let real = cluster.put_kubeconfig(&cluster.kubeconfig());
    let list = ["/nonexistent", "", &real.display().to_string(), "/nonexistent"].join(":");
    let run = nigari_with(&cluster, "get ks -o name", &[("KUBECONFIG", &list)]);
    assert_data_eq!(
        run.to_string(),
        str![[r#"
kustomization.kustomize.toolkit.fluxcd.io/apps
kustomization.kustomize.toolkit.fluxcd.io/infra

"#]]
    );
    let run = nigari_with(&cluster, "get ks", &[("KUBECONFIG", "/nonexistent:/neither")]);
    assert_data_eq!(
        run.to_string(),
        str![[r#"
------- stderr -------
error: no kubeconfig: none of KUBECONFIG=/nonexistent:/neither exists
  hint: name one with --kubeconfig FILE or KUBECONFIG
[exit status: 2]

"#]]
    );
}

#[test]
fn a_path_of_windows_is_repeated_as_it_was_typed() {
    let cluster = Cluster::empty();
    let run = cluster.nigari(r"get ks --kubeconfig=C:\Users\ann\.kube\config");
    let error = r"error: cannot read the kubeconfig C:\Users\ann\.kube\config: ";
    assert!(run.to_string().contains(error), "{run}");
}

#[test]
fn an_odd_no_proxy_breaks_nothing() {
    let cluster = fleet();
    let variables =
        [("HTTPS_PROXY", "http://127.0.0.1:1"), ("NO_PROXY", "localhost,, ,10.0.0.0/8,")];
    let run = nigari_with(&cluster, "get ks -o name", &variables);
    assert_eq!(run.exit_code(), Some(0), "{run}");
}

fn get_with(cluster: &Cluster, kubeconfig: &Path) -> String {
    cluster.nigari(&format!("get ks -o name --kubeconfig={}", kubeconfig.display())).to_string()
}

#[test]
fn credential_plugins_log_in_once_and_may_talk() {
    let cluster = fleet();
    let kubeconfig = cluster.log_in_with("echo 'open the browser' >&2; echo \"$ANSWER\"");
    assert_data_eq!(
        get_with(&cluster, &kubeconfig),
        str![[r#"
kustomization.kustomize.toolkit.fluxcd.io/apps
kustomization.kustomize.toolkit.fluxcd.io/infra
------- stderr -------
open the browser

"#]]
    );
}

#[test]
fn a_token_is_renewed_when_it_has_expired() {
    let cluster = fleet();
    let runs_with_token_until = |time: &str| {
        let expires = format!(r#"s/"status":{{/"status":{{"expirationTimestamp":"{time}",/"#);
        let script = format!("echo run >&2; echo \"$ANSWER\" | sed '{expires}'");
        let kubeconfig = cluster.log_in_with(&script);
        let shown = get_with(&cluster, &kubeconfig);
        assert!(shown.starts_with("kustomization.kustomize.toolkit.fluxcd.io/apps\n"), "{shown}");
        shown.lines().filter(|line| *line == "run").count()
    };
    assert_eq!(runs_with_token_until("2999-01-01T00:00:00Z"), 1);
    assert!(runs_with_token_until("1999-01-01T00:00:00Z") > 1);
}

#[test]
fn a_credential_plugin_that_fails_is_named() {
    let cluster = fleet();
    let kubeconfig = cluster.log_in_with("echo 'no session' >&2; exit 3");
    assert_data_eq!(
        get_with(&cluster, &kubeconfig),
        str![[r#"
------- stderr -------
no session
error: cannot connect: no credentials for https://localhost:[PORT]: the credential plugin ended with exit status: 3
  hint: check the user of the kubeconfig context: kubectl config view --minify
[exit status: 6]

"#]]
    );
    let mut config = cluster.kubeconfig();
    config["users"][0]["user"] = json!({"exec": {
        "apiVersion": "client.authentication.k8s.io/v1",
        "command": "a-missing-credential-plugin",
        "installHint": "get it from example.com",
        "interactiveMode": "Never",
    }});
    let kubeconfig = cluster.put_kubeconfig(&config);
    assert_data_eq!(
        get_with(&cluster, &kubeconfig),
        str![[r#"
------- stderr -------
error: cannot connect: no credentials for https://localhost:[PORT]: the credential plugin cannot be started: No such file or directory (os error 2)
  hint: check the user of the kubeconfig context: kubectl config view --minify
  hint: get it from example.com
[exit status: 6]

"#]]
    );
}
