//! `nigari create` with credentials: Secrets in the shapes that Flux reads, and their values nowhere else.

use std::fs;
use std::io::Write as _;
use std::process::Stdio;

use nigari::kinds::source::{BUCKET, GIT_REPOSITORY, HELM_REPOSITORY};
use nigari_test_support::cluster::Cluster;
use nigari_test_support::program::command;
use nigari_test_support::run::Run;
use serde_json::{Value, json};
use snapbox::{assert_data_eq, str};

use crate::create_kinds::settled;

const PASSWORD: &str = "correct-horse-battery";

/// A Secret of the cluster, its values decoded.
fn secret(cluster: &Cluster, name: &str) -> Value {
    use base64::Engine as _;
    let secret = cluster.0.kube().get("v1", "Secret", Some("flux-system"), name).unwrap();
    let decode = |value: &Value| {
        let bytes = base64::engine::general_purpose::STANDARD.decode(value.as_str().unwrap());
        json!(String::from_utf8(bytes.unwrap()).unwrap())
    };
    let data = secret["data"].as_object().unwrap();
    let data: Vec<_> = data.iter().map(|(key, value)| (key.clone(), decode(value))).collect();
    json!({"type": secret["type"], "data": data.into_iter().collect::<serde_json::Map<_, _>>()})
}

/// A file with the password, as an argument.
fn password_file(cluster: &Cluster, flag: &str) -> String {
    let path = cluster.0.home().join("password");
    fs::write(&path, format!("{PASSWORD}\n")).unwrap();
    format!("--{flag}={}", path.display())
}

#[test]
fn a_secret_is_created_left_alone_and_changed() {
    let cluster = Cluster::with(&[]);
    let file = password_file(&cluster, "password-file");
    let words = format!("create secret git x --url=https://example.com/a --username=git {file}");
    assert_data_eq!(
        cluster.nigari(&words).to_string(),
        str![[r#"
------- stderr -------
► applying Secret flux-system/x
✔ Secret flux-system/x created

"#]]
    );
    assert_eq!(
        secret(&cluster, "x"),
        json!({"type": "Opaque", "data": {"username": "git", "password": PASSWORD}})
    );
    assert_data_eq!(
        cluster.nigari(&words).to_string(),
        str![[r#"
------- stderr -------
► applying Secret flux-system/x
✔ Secret flux-system/x unchanged

"#]]
    );
    let token = words.replace("--username=git", "").replace("password-file", "bearer-token-file");
    assert_data_eq!(
        cluster.nigari(&token).to_string(),
        str![[r#"
------- stderr -------
► applying Secret flux-system/x
✔ Secret flux-system/x configured

"#]]
    );
    assert_eq!(secret(&cluster, "x")["data"], json!({"bearerToken": PASSWORD}));
}

#[test]
fn a_dry_run_does_not_show_values() {
    let cluster = Cluster::with(&[]);
    let file = password_file(&cluster, "password-file");
    let run =
        cluster.nigari(&format!("create secret oci x --url=ghcr.io --username=u {file} --dry-run"));
    assert!(!run.to_string().contains(PASSWORD));
    assert_data_eq!(
        run.to_string(),
        str![[r#"
--- Secret flux-system/x (live)
+++ Secret flux-system/x (wanted)
@@ -0,0 +1,8 @@
+apiVersion: v1
+data:
+  .dockerconfigjson: "*** (after)"
+kind: Secret
+metadata:
+  name: x
+  namespace: flux-system
+type: kubernetes.io/dockerconfigjson
------- stderr -------
✔ Secret flux-system/x would be created (dry run)

"#]]
    );
}

#[test]
fn a_password_may_come_from_standard_input() {
    let cluster = Cluster::with(&[]);
    let words = "create secret proxy x --address=http://p:3128 --username=u --password-file=-";
    let mut nigari = command(&cluster.0, words);
    nigari.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = nigari.spawn().unwrap();
    child.stdin.take().unwrap().write_all(format!("{PASSWORD}\n").as_bytes()).unwrap();
    let run = Run::of(&cluster.0, child.wait_with_output().unwrap());
    assert_eq!(run.exit_code(), Some(0), "{run}");
    assert_eq!(secret(&cluster, "x")["data"]["password"], PASSWORD);
}

#[test]
fn credentials_of_a_source_become_its_secret() {
    let cluster = Cluster::with(&[&GIT_REPOSITORY, &HELM_REPOSITORY, &BUCKET]);
    let file = password_file(&cluster, "password-file");
    let secret_key = password_file(&cluster, "secret-key-file");
    let basic = json!({"username": "u", "password": PASSWORD});
    for (kind, words, name, type_, data) in [
        (
            &GIT_REPOSITORY,
            format!("source git x --url=https://a/b --branch=main --username=u {file}"),
            "x",
            "Opaque",
            basic.clone(),
        ),
        (
            &HELM_REPOSITORY,
            format!("source helm x --url=https://a/b --username=u {file} --pass-credentials"),
            "helm-x",
            "kubernetes.io/basic-auth",
            basic,
        ),
        (
            &BUCKET,
            format!("source bucket x --bucket-name=a --endpoint=b --access-key=u {secret_key}"),
            "bucket-x",
            "Opaque",
            json!({"accesskey": "u", "secretkey": PASSWORD}),
        ),
    ] {
        let words = format!("create {words}");
        let run = settled(&cluster, kind, "x", &words.split(' ').collect::<Vec<_>>());
        assert_eq!(run.exit_code(), Some(0), "{run}");
        assert!(!run.to_string().contains(PASSWORD), "{run}");
        assert_eq!(secret(&cluster, name), json!({"type": type_, "data": data}));
        let live = cluster.get(kind, "x").unwrap();
        assert_eq!(live["spec"]["secretRef"]["name"], name);
        let printed = cluster.nigari(&format!("{words} --export"));
        assert!(!printed.to_string().contains(PASSWORD), "{printed}");
        assert!(printed.stderr().contains("not part of what is printed"), "{printed}");
    }
}

#[test]
fn a_deploy_key_is_made_once() {
    let cluster = Cluster::with(&[&GIT_REPOSITORY]);
    let known_hosts = cluster.0.home().join("known_hosts");
    fs::write(&known_hosts, "example.com ssh-ed25519 AAAA\n").unwrap();
    let words = format!(
        "create source git x --url=ssh://git@example.com/a --branch=main --ssh-key-algorithm=ed25519 \
         --known-hosts={}",
        known_hosts.display()
    );
    let words: Vec<&str> = words.split_whitespace().collect();
    let first = settled(&cluster, &GIT_REPOSITORY, "x", &words);
    let made = secret(&cluster, "x");
    assert_eq!(made["data"]["known_hosts"], "example.com ssh-ed25519 AAAA");
    let public = made["data"]["identity.pub"].as_str().unwrap().trim();
    assert!(first.stderr().contains(&format!("✚ deploy key: {public}\n")), "{first}");
    let again = settled(&cluster, &GIT_REPOSITORY, "x", &words);
    assert!(!again.stderr().contains("deploy key"), "{again}");
    assert_eq!(secret(&cluster, "x"), made);
}

#[test]
fn keys_are_of_the_kind_that_was_asked_for() {
    let cluster = Cluster::with(&[]);
    let known_hosts = cluster.0.home().join("known_hosts");
    fs::write(&known_hosts, "example.com ssh-ed25519 AAAA\n").unwrap();
    for (arguments, kind) in [
        ("", "ecdsa-sha2-nistp384 "),
        ("--ssh-ecdsa-curve=p256", "ecdsa-sha2-nistp256 "),
        ("--ssh-key-algorithm=ed25519", "ssh-ed25519 "),
        ("--ssh-key-algorithm=rsa --ssh-rsa-bits=2048", "ssh-rsa "),
    ] {
        let run = cluster.nigari(&format!(
            "create secret git x --url=ssh://git@example.com/a --known-hosts={} --export {arguments}",
            known_hosts.display()
        ));
        let printed = nigari::manifests::yaml::documents(run.stdout()).unwrap().remove(0);
        let public = printed["stringData"]["identity.pub"].as_str().unwrap();
        assert!(public.starts_with(kind), "{public}");
    }
    let odd = "create secret git x --url=ssh://a/b --ssh-key-algorithm=rsa --ssh-rsa-bits=1000";
    assert_eq!(cluster.nigari(odd).exit_code(), Some(2));
}

#[test]
fn half_of_a_pair_is_refused() {
    let cluster = Cluster::with(&[]);
    for words in [
        "git x --url=https://a/b --username=u",
        "git x --url=https://a/b",
        "git x --url=https://a/b --password=p",
        "git x --url=https://a/b --username=u --password=p --bearer-token=t",
        "oci x --url=ghcr.io --username=u",
        "tls x",
        "helm x --password=p",
        "githubapp x --app-id=1 --app-private-key=nowhere --app-installation-id=1",
        "receiver x --type=gcr --hostname=a",
    ] {
        let run = cluster.nigari(&format!("create secret {words}"));
        assert_eq!(run.exit_code(), Some(2), "{words}: {run}");
    }
    assert_eq!(cluster.writes(), "");
}

#[test]
#[cfg(target_os = "linux")]
fn a_terminal_is_warned_of_what_others_can_see() {
    let cluster = Cluster::with(&[]);
    let words = format!(
        "create secret proxy x --address=http://p:3128 --username=u --password={PASSWORD} --export"
    );
    let run = nigari_test_support::program::typed(&cluster.0, &words, "");
    assert_data_eq!(
        run.to_string(),
        str![[r#"
⚠️ --password can be read in the list of processes; --password-file cannot
⚠️ what is printed holds credentials: keep it out of Git, or encrypt it first
---
apiVersion: v1
kind: Secret
metadata:
  name: x
  namespace: flux-system
stringData:
  address: http://p:3128
  password: correct-horse-battery
  username: u

"#]]
    );
}
