//! Accounts of pods, and credentials that have expired: R19.

use std::fs;
use std::process::{Command, Stdio};

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use nigari::kinds::kustomize::KUSTOMIZATION;
use nigari_test_support::cluster::object;
use nigari_test_support::script::conditions;
use serde_json::{Value, json};

use crate::mode::{Seen, compare};
use crate::reading::put_apps;
use crate::surroundings::log_in_with;
use crate::world::World;

/// Whether this machine lets us see files that others do not see, as those of a pod.
fn can_be_a_pod() -> bool {
    let mut command = Command::new("unshare");
    command.args(["--map-root-user", "--mount", "mount", "-t", "tmpfs", "none", "/var/run"]);
    let can = command.stdin(Stdio::null()).output().is_ok_and(|output| output.status.success());
    if !can {
        println!("skipped: no file system of our own, in which a pod finds its account");
    }
    can
}

/// Puts a folder where pods find their account, for this process alone, and becomes the program.
const POD: &str = r#"
    mount -t tmpfs none /var/run && mkdir -p /var/run/secrets/kubernetes.io || exit 99
    cp -r "$0" /var/run/secrets/kubernetes.io/serviceaccount || exit 99
    exec "$@"
"#;

/// Runs nigari as in a pod of a namespace, whose account has this token; there is no kubeconfig.
fn in_a_pod(world: &World, namespace: &str, token: &str, arguments: &str) -> Seen {
    let config = world.kubeconfig();
    let cluster = &config["clusters"][0]["cluster"];
    let server = cluster["server"].as_str().unwrap();
    let port = server.rsplit_once(':').unwrap().1;
    let authority = cluster["certificate-authority-data"].as_str().unwrap();
    let authority = STANDARD.decode(authority).unwrap();
    let account = world.sandbox().root().join(format!("{}-account", world.namespace()));
    fs::create_dir(&account).unwrap();
    fs::write(account.join("ca.crt"), authority).unwrap();
    fs::write(account.join("namespace"), world.there(namespace)).unwrap();
    fs::write(account.join("token"), token).unwrap();
    let mut command = world.sandbox().command("unshare");
    command.args(["--map-root-user", "--mount", "sh", "-c", POD]).arg(&account);
    command.arg(env!("CARGO_BIN_EXE_nigari")).args(arguments.split(' '));
    command.env_remove("KUBECONFIG").env("FLUX_SYSTEM_NAMESPACE", world.namespace());
    command.env("KUBERNETES_SERVICE_HOST", "localhost").env("KUBERNETES_SERVICE_PORT", port);
    world.run(&mut command)
}

#[test]
fn r19_in_a_pod_its_account_is_used_and_told_when_it_has_expired() {
    if !can_be_a_pod() {
        return;
    }
    let claim = "in a pod its account logs in; one that is not valid any more is told";
    let (with, without) = compare("R19", claim, |world, fault| {
        put_apps(world, "True", "applied");
        let token = world.account_token("flux-system");
        let token = if fault { "expired" } else { &token };
        in_a_pod(world, "flux-system", token, "get ks apps")
    });
    with.expect(6, "https://localhost:[PORT] does not accept the credentials: Unauthorized");
    without.expect_success();
    without.expect_told("applied\n");
}

#[test]
fn r19_in_a_pod_its_namespace_is_followed() {
    if !can_be_a_pod() {
        return;
    }
    let claim = "in a pod --ns-follows-kube-context takes the pod's namespace";
    let (with, without) = compare("R19", claim, |world, fault| {
        let mut web = object(&KUSTOMIZATION, "web", json!({"spec": {"interval": "1m"}}));
        web["metadata"]["namespace"] = json!("apps");
        web["spec"] = json!({"interval": "1m", "prune": true, "path": "./web",
            "sourceRef": {"kind": "GitRepository", "name": "fleet"}});
        web["status"] = json!({"conditions": conditions(&web, "True", "ReconciliationSucceeded")});
        world.put(web);
        let arguments = "get ks web --ns-follows-kube-context";
        match fault {
            true => in_a_pod(world, "apps", &world.account_token("apps"), arguments),
            false => world.nigari(arguments),
        }
    });
    with.expect_success();
    with.expect_told("web ");
    without.expect(3, "Kustomization web not found in \"flux-system\" namespace");
}

/// The flag of a kubeconfig whose user is this.
fn log_in_as(world: &World, user: &Value) -> String {
    let mut config = world.kubeconfig();
    config["users"][0]["user"] = user.clone();
    world.put_kubeconfig(&config)
}

/// An ID token that ended in 2020; nobody looks at the signature.
fn expired_id_token() -> String {
    let part = |part: Value| URL_SAFE_NO_PAD.encode(part.to_string());
    let claims = json!({"iss": "https://login.example.com", "sub": "ann", "exp": 1_577_836_800});
    format!("{}.{}.hunter2", part(json!({"alg": "RS256"})), part(claims))
}

#[test]
fn r19_an_id_token_that_has_expired_is_told() {
    let claim = "an ID token that has expired and cannot be renewed is told, and not repeated";
    let (with, without) = compare("R19", claim, |world, fault| {
        put_apps(world, "True", "applied");
        let config = json!({"id-token": expired_id_token(), "client-id": "nigari",
            "idp-issuer-url": "https://login.example.com"});
        let user = json!({"auth-provider": {"name": "oidc", "config": config}});
        let flag = if fault { log_in_as(world, &user) } else { String::new() };
        world.nigari(format!("get ks apps {flag}").trim_end())
    });
    with.expect(6, "no credentials for https://localhost:[PORT]: ID token expired");
    for seen in with.each() {
        assert!(!seen.story.contains("hunter2"), "on {}: {}", seen.api, seen.story);
    }
    without.expect_success();
}

const STALE: &str = r#"printf %s '{"apiVersion": "client.authentication.k8s.io/v1", "kind": "ExecCredential",
    "status": {"token": "hunter2", "expirationTimestamp": "2020-01-01T00:00:00Z"}}'"#;

#[test]
fn r19_a_plugin_whose_token_has_expired_is_told() {
    let claim = "a credential plugin that answers with an expired token is told";
    let (with, without) = compare("R19", claim, |world, fault| {
        put_apps(world, "True", "applied");
        let answers = r#"printf %s "$ANSWER""#;
        let flag = log_in_with(world, if fault { STALE } else { answers });
        world.nigari(&format!("get ks apps {flag}"))
    });
    with.expect(6, "https://localhost:[PORT] does not accept the credentials: Unauthorized");
    with.expect_told("hint: log in again, or choose another user with --context or --user");
    for seen in with.each() {
        assert!(!seen.story.contains("hunter2"), "on {}: {}", seen.api, seen.story);
    }
    without.expect_success();
}
