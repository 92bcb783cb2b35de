//! Who talks to GitHub, what stands in between, and what the cluster gets: B10, B17, B26, B27, F15 and F24.

use std::fs;

use nigari_sandbox::github::{RepositoryOptions, Token, Visibility};
use nigari_sandbox::sandbox::{Builder, Sandbox};
use nigari_test_support::fleet::REPOSITORY;
use nigari_test_support::proxy;

use crate::bootstrap::{compare, seen};

/// Bootstraps what is needed at least.
const LEAN: &str = "--components=source-controller,kustomize-controller";

fn without_players() -> Builder {
    Sandbox::builder().without_players()
}

#[test]
fn b10_an_enterprise_server_with_an_authority_of_its_own() {
    let claim = "an unknown authority ends before anything is sent, with the flag that names it";
    let (with, without) = compare("B10", claim, without_players, |fleet, fault| {
        let host = fleet.sandbox.github_origin().trim_start_matches("https://").to_owned();
        let mut arguments =
            format!("--hostname={host} --ssh-hostname=ssh.localhost:2222 --dry-run");
        if !fault {
            arguments += &format!(" --ca-file={}", fleet.sandbox.certificate_file().display());
        }
        let mut command = fleet.command(&fleet.bootstrap_arguments(&arguments));
        // Only what is typed names the host and whom to trust.
        for name in ["GITHUB_SERVER_URL", "GITHUB_API_URL", "GITHUB_GRAPHQL_URL", "SSL_CERT_FILE"] {
            command.env_remove(name);
        }
        seen(fleet, &fleet.run(&mut command))
    });
    with.expect(8, "cause: invalid peer certificate: UnknownIssuer");
    with.expect_told("hint: name the authority that signed the certificate with --ca-file");
    with.expect_writes("");
    without.expect_success();
    without.expect_told("url: ssh://git@ssh.localhost:[PORT]/acme/fleet-infra");
}

#[test]
fn b17_a_token_that_was_rotated_is_noticed() {
    let claim = "a token in the cluster that GitHub does not know any more is named and replaced";
    let new = "ghp_9d3f1c5b7a2e4d60b8c19f72";
    let (with, without) = compare("B17", claim, Sandbox::builder, |fleet, fault| {
        let authority = fleet.sandbox.certificate_file().display();
        let arguments = format!("{LEAN} --token-auth --ca-file={authority}");
        let first = fleet.bootstrap(&arguments);
        assert_eq!(first.exit_code(), Some(0), "{first}");
        fleet.sandbox.recorder().clear();
        let mut command = fleet.command(&fleet.bootstrap_arguments(&arguments));
        if fault {
            let environment = fleet.sandbox.environment();
            let (_, old) = environment.iter().find(|(name, _)| name == "GITHUB_TOKEN").unwrap();
            fleet.github().revoke_token(old);
            fleet.github().add_token(Token::classic(new, "alice", &["repo"]));
            command.env("GITHUB_TOKEN", new);
        }
        let run = fleet.run(&mut command);
        if fault {
            assert_eq!(fleet.secret("password").as_deref(), Some(new));
        }
        seen(fleet, &run)
    });
    with.expect(0, "⚠️ the token in Secret flux-system/flux-system is not valid any more");
    with.expect_writes_to("/secrets/flux-system", 1);
    without.expect(0, "");
    without.expect_writes("");
}

#[test]
fn b26_a_private_repository_is_not_left_without_credentials() {
    let claim = "without credentials only a public repository can be read, which is known before";
    let (with, without) = compare("B26", claim, Sandbox::builder, |fleet, fault| {
        let visibility = if fault { Visibility::Private } else { Visibility::Public };
        let options =
            RepositoryOptions { visibility, auto_init: true, ..RepositoryOptions::default() };
        fleet.github().create_repository("acme", REPOSITORY, &options).unwrap();
        let authority = fleet.sandbox.certificate_file().display();
        let run = fleet.bootstrap(&format!("{LEAN} --cluster-auth=none --ca-file={authority}"));
        seen(fleet, &run)
    });
    with.expect(2, "acme/fleet-infra is private: the cluster cannot read it without credentials");
    with.expect_writes("");
    without.expect(0, "");
    without.expect_writes_to("/keys", 0);
}

#[test]
fn b27_a_host_key_that_the_host_does_not_have() {
    let claim =
        "--known-hosts with another key than the host tells over TLS is refused before a write";
    let (with, without) = compare("B27", claim, Sandbox::builder, |fleet, fault| {
        let wrong =
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIDEl9AVPAVbqVKBpkb7pxvfUfLCUUC8h7Hx8UG/hwQXm";
        let key = if fault { wrong.to_owned() } else { fleet.github().host_keys().remove(0) };
        let file = fleet.sandbox.home().join("known_hosts");
        fs::write(&file, format!("# ours\nlocalhost {key}\n")).unwrap();
        let run = fleet.bootstrap(&format!("{LEAN} --known-hosts={}", file.display()));
        seen(fleet, &run)
    });
    with.expect(7, "the host key of localhost in --known-hosts is none that the host has");
    with.expect_writes("");
    without.expect(0, "");
}

#[test]
fn f15_a_token_of_an_app_expires_under_way() {
    let claim = "a token of an installation that expires is renewed once, and everything goes on";
    let (with, without) = compare("F15", claim, Sandbox::builder, |fleet, fault| {
        let (id, key) = fleet.github().add_app("fleet-app").unwrap();
        let permissions = [("administration", "write"), ("contents", "write")];
        fleet.github().install_app(id, "acme", &permissions).unwrap();
        let file = fleet.give("key of the App", &key);
        if fault {
            fleet.sandbox.faults().arm("github.installation_token=6*1").unwrap();
        }
        let authority = fleet.sandbox.certificate_file().display();
        let arguments = format!(
            "{LEAN} --app-id={id} --app-private-key-file={} --ca-file={authority}",
            file.display()
        );
        let mut command = fleet.command(&fleet.bootstrap_arguments(&arguments));
        let run = fleet.run(command.env_remove("GITHUB_TOKEN"));
        assert_eq!(fleet.history("main").matches("Add Flux").count(), 1);
        seen(fleet, &run)
    });
    with.expect(0, "⚠️ GitHub knows the App's token no more: another one is made");
    without.expect(0, "the private key of the App is stored in the cluster");
    without.expect_not_blamed("token no more");
}

#[test]
fn f24_a_captive_portal_answers() {
    let claim = "a web page instead of an answer is told, and that a proxy may stand in between";
    let (with, without) = compare("F24", claim, without_players, |fleet, fault| {
        if fault {
            fleet.sandbox.faults().arm("github.request=portal").unwrap();
        }
        seen(fleet, &fleet.bootstrap("--dry-run"))
    });
    with.expect(8, "cause: the answer is a web page");
    with.expect_told("check --hostname, and whether a proxy stands in between");
    with.expect_writes("");
    without.expect_success();
}

#[test]
fn f24_a_proxy_wants_a_password() {
    let claim = "a proxy that wants to know who asks is named, without what it was told";
    let (with, without) = compare("F24", claim, without_players, |fleet, fault| {
        let proxy = proxy::start(fault);
        let mut command = fleet.command(&fleet.bootstrap_arguments("--dry-run"));
        let password = "of-the-proxy-3f9a1c77d2";
        fleet.seed("the password of the proxy", password);
        command.env("HTTPS_PROXY", format!("http://ann:{password}@{proxy}"));
        let run = fleet.run(&mut command);
        seen(fleet, &run)
    });
    with.expect(8, "through the proxy 127.0.0.1:");
    with.expect_told("hint: give HTTPS_PROXY the user and the password that the proxy wants");
    with.expect_writes("");
    without.expect_success();
}
