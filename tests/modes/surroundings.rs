//! Who nigari runs for, and where: R19 and R20.

use std::process::Stdio;
use std::time::Instant;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use nigari_test_support::PATIENCE;
use serde_json::{Value, json};

use crate::mode::{Seen, compare};
use crate::reading::put_apps;
use crate::world::World;

/// The flag of a kubeconfig whose user logs in with a shell script, which finds the right answer in `ANSWER`.
pub(crate) fn log_in_with(world: &World, script: &str) -> String {
    let mut config = world.kubeconfig();
    let user = &mut config["users"][0]["user"];
    let decoded = |key: &str| {
        let data = STANDARD.decode(user[key].as_str()?).unwrap();
        Some(String::from_utf8(data).unwrap())
    };
    let status = json!({"token": user["token"],
        "clientCertificateData": decoded("client-certificate-data"),
        "clientKeyData": decoded("client-key-data")});
    let version = "client.authentication.k8s.io/v1";
    let answer = json!({"apiVersion": version, "kind": "ExecCredential", "status": status});
    *user = json!({"exec": {"apiVersion": version, "command": "/bin/sh", "args": ["-c", script],
        "env": [{"name": "ANSWER", "value": answer.to_string()}],
        "interactiveMode": "IfAvailable"}});
    world.put_kubeconfig(&config)
}

const PROMPTS: &str = r#"printf 'password: ' >&2; read -r password || { echo >&2; exit 3; }
    test "$password" = secret && printf %s "$ANSWER""#;
const ANSWERS: &str = r#"printf %s "$ANSWER""#;

#[test]
fn r19_a_plugin_that_prompts_does_not_hang_where_nobody_is() {
    let claim = "a credential plugin that prompts ends where nobody can answer, and is named";
    let (with, without) = compare("R19", claim, |world, fault| {
        put_apps(world, "True", "applied");
        let flag = log_in_with(world, if fault { PROMPTS } else { ANSWERS });
        world.nigari(&format!("get ks apps {flag}"))
    });
    with.expect(6, "the credential plugin ended with exit status: 3");
    without.expect_success();
}

#[test]
#[cfg(target_os = "linux")]
fn r19_a_plugin_that_prompts_is_answered_on_a_terminal() {
    let claim = "a credential plugin that prompts on a terminal is answered there";
    let (with, without) = compare("R19", claim, |world, fault| {
        put_apps(world, "True", "applied");
        let flag = log_in_with(world, if fault { PROMPTS } else { ANSWERS });
        on_a_terminal(world, 80, &format!("get ks apps {flag}"), "secret\n", &[("NO_COLOR", "1")])
    });
    with.expect_success();
    with.expect_told("password: ");
    with.expect_told("applied\n");
    without.expect_success();
    for seen in without.each() {
        assert!(!seen.story.contains("password"), "on {}: {}", seen.api, seen.story);
    }
}

#[test]
fn r19_a_key_that_is_broken_is_not_repeated() {
    let claim = "a client key that lost its line breaks is refused and not repeated";
    let (with, without) = compare("R19", claim, |world, fault| {
        put_apps(world, "True", "applied");
        let mut config = world.kubeconfig();
        if fault {
            let key =
                STANDARD.encode("-----BEGIN PRIVATE KEY----- hunter2 -----END PRIVATE KEY-----");
            let user = &mut config["users"][0]["user"];
            user["client-certificate-data"] = json!(key);
            user["client-key-data"] = json!(key);
        }
        let flag = world.put_kubeconfig(&config);
        world.nigari(&format!("get ks apps {flag}"))
    });
    with.expect(2, "error: cannot connect: the client certificate or its key is not PEM");
    // As text, and as a list of bytes.
    for seen in with.each() {
        assert!(
            !["hunter2", "104, 117, 110"].iter().any(|key| seen.story.contains(key)),
            "{}",
            seen.story
        );
    }
    without.expect_success();
}

#[test]
fn r19_a_slow_plugin_leaves_a_tab_without_an_answer() {
    let claim = "at a TAB nobody waits for a slow credential plugin, nor hears of it";
    let (with, without) = compare("R19", claim, |world, fault| {
        put_apps(world, "True", "applied");
        let flag = log_in_with(world, if fault { "echo working >&2; sleep 1000" } else { ANSWERS });
        let tab = || {
            let mut command = world.command("--");
            command.args(["nigari", "get", "ks", &flag, ""]).env("NIGARI_COMPLETE", "bash");
            world.run(&mut command)
        };
        let start = Instant::now();
        let mut seen = tab();
        assert!(start.elapsed() < PATIENCE, "{}", seen.story);
        // On a busy machine the cluster's own answer may come too late as well.
        while !fault && seen.story.is_empty() && start.elapsed() < PATIENCE {
            seen = tab();
        }
        seen
    });
    with.each().for_each(|seen| assert_eq!((seen.code, seen.story.as_str()), (Some(0), "")));
    without
        .each()
        .for_each(|seen| assert_eq!((seen.code, seen.story.as_str()), (Some(0), "apps\n")));
}

#[test]
fn r19_a_context_that_there_is_not_is_told_with_those_that_there_are() {
    let claim = "a context that there is not is told with those that there are";
    let (with, without) = compare("R19", claim, |world, fault| {
        put_apps(world, "True", "applied");
        let config = world.kubeconfig();
        let known = config["current-context"].as_str().unwrap();
        world.nigari(&format!("get ks apps --context={}", if fault { "nowhere" } else { known }))
    });
    with.expect(2, "error: the kubeconfig has no context \"nowhere\"");
    with.expect_told("hint: contexts: ");
    without.expect_success();
}

#[test]
fn r19_a_proxy_that_does_not_answer_is_named() {
    let claim = "a proxy of the kubeconfig that does not answer is named";
    let (with, without) = compare("R19", claim, |world, fault| {
        put_apps(world, "True", "applied");
        let mut config = world.kubeconfig();
        let proxy = if fault { json!("http://127.0.0.1:1") } else { Value::Null };
        config["clusters"][0]["cluster"]["proxy-url"] = proxy;
        let flag = world.put_kubeconfig(&config);
        world.nigari(&format!("get ks apps {flag}"))
    });
    with.expect(
        8,
        "at https://localhost:[PORT] through the proxy http://127.0.0.1:1: Connection refused",
    );
    without.expect_success();
}

#[test]
fn r20_a_reader_that_goes_away_ends_it_silently() {
    let claim = "when nobody reads any more, as after `| head`, it ends and says nothing";
    let (with, without) = compare("R20", claim, |world, fault| {
        put_apps(world, "True", "applied");
        let mut command = world.command("get ks apps");
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        if fault {
            drop(child.stdout.take());
        }
        world.seen(child.wait_with_output().unwrap())
    });
    with.each().for_each(|seen| {
        assert_eq!((seen.code, seen.story.as_str()), (Some(141), "[exit status: 141]\n"));
    });
    without.expect_success();
}

/// What a terminal of this width shows, and where somebody types; `script` of util-linux makes it.
#[cfg(target_os = "linux")]
fn on_a_terminal(
    world: &World,
    columns: u16,
    arguments: &str,
    typed: &str,
    variables: &[(&str, &str)],
) -> Seen {
    use std::io::Write as _;

    let nigari = env!("CARGO_BIN_EXE_nigari");
    let inner = format!("stty rows 24 cols {columns} -echo; exec {nigari} {arguments}");
    let mut command = world.sandbox().command("script");
    command.args(["--quiet", "--return", "--echo", "never", "--command", &inner, "/dev/null"]);
    command.env("TERM", "xterm-256color").env("FLUX_SYSTEM_NAMESPACE", world.namespace());
    command.envs(variables.iter().copied());
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    stdin.write_all(typed.as_bytes()).unwrap();
    stdin.flush().unwrap();
    let mut output = child.wait_with_output().unwrap();
    output.stdout.retain(|byte| *byte != b'\r');
    world.seen(output)
}

#[test]
#[cfg(target_os = "linux")]
fn r20_no_colour_is_sent_where_none_is_wanted() {
    let claim = "with NO_COLOR a terminal gets no escape";
    let (with, without) = compare("R20", claim, |world, fault| {
        put_apps(world, "True", "applied");
        let variable = if fault { ("NO_COLOR", "1") } else { ("COLUMNS", "80") };
        on_a_terminal(world, 80, "get ks", "", &[variable])
    });
    with.expect_success();
    for seen in with.each() {
        assert!(!seen.story.contains('\u{1b}'), "on {}: {:?}", seen.api, seen.story);
    }
    without.expect_told("\u{1b}[32mTrue\u{1b}[0m");
}

#[test]
#[cfg(target_os = "linux")]
fn r20_a_narrow_terminal_keeps_its_lines() {
    use unicode_width::UnicodeWidthStr as _;

    let claim = "on a terminal of 60 columns no row takes more";
    let (with, without) = compare("R20", claim, |world, fault| {
        put_apps(world, "True", "applied revision main@sha1:0 and much more is told of it");
        let columns = if fault { 60 } else { 200 };
        on_a_terminal(world, columns, "get ks --no-header", "", &[("NO_COLOR", "1")])
    });
    with.expect_success();
    for seen in with.each() {
        assert!(seen.story.lines().all(|line| line.width() <= 60), "{}", seen.story);
    }
    with.expect_told("…\n");
    without.expect_told("is told of it\n");
}
