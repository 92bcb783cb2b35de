//! `nigari bootstrap github --rotate`, and what a run says where cluster and GitHub do not fit together.

use nigari::git_host::ssh_key::{Algorithm, KeyPair};
use nigari_sandbox::github::{DeployKey, Token};
use nigari_sandbox::sandbox::Sandbox;
use nigari_test_support::fleet::{Fleet, REPOSITORY};
use nigari_test_support::run::Run;
use snapbox::{assert_data_eq, str};

/// A token of the user that the sandbox gives programs one of.
const NEW_TOKEN: &str = "ghp_4a1de0cbb5f84d0bb1f35b2a";

/// The arguments of a bootstrap after which the cluster has the token.
fn token_auth(fleet: &Fleet) -> String {
    format!("--token-auth --ca-file={}", fleet.sandbox.certificate_file().display())
}

/// A run with [`NEW_TOKEN`].
fn with_new_token(fleet: &Fleet, more: &str) -> Run {
    let arguments = fleet.bootstrap_arguments(&format!("{} {more}", token_auth(fleet)));
    fleet.run(fleet.command(&arguments).env("GITHUB_TOKEN", NEW_TOKEN))
}

/// A fleet whose cluster reads with the token, with [`NEW_TOKEN`] made since.
fn of_token() -> Fleet {
    let fleet = Fleet::new();
    let run = fleet.bootstrap(&token_auth(&fleet));
    assert_eq!(run.exit_code(), Some(0), "{run}");
    fleet.github().add_token(Token::classic(NEW_TOKEN, "alice", &["repo"]));
    fleet.sandbox.recorder().clear();
    fleet
}

fn former_token(fleet: &Fleet) -> String {
    let mut environment = fleet.sandbox.environment().into_iter();
    environment.find(|(name, _)| name == "GITHUB_TOKEN").unwrap().1
}

/// What was done to deploy keys and to the Secret, in order.
fn steps(fleet: &Fleet) -> Vec<&'static str> {
    let writes = fleet.sandbox.recorder().writes();
    let step = |method: &str, path: &str| match method {
        "POST" if path.ends_with("/keys") => Some("key added"),
        "DELETE" if path.contains("/keys/") => Some("key deleted"),
        "PATCH" if path.contains("/secrets/flux-system") => Some("Secret written"),
        "PATCH" if path.contains("/gitrepositories/flux-system") => Some("source asked"),
        _ => None,
    };
    writes.iter().filter_map(|request| step(&request.method, &request.path)).collect()
}

/// Exactly one deploy key is there, and it is the cluster's.
#[track_caller]
fn only_key(fleet: &Fleet) -> DeployKey {
    let mut keys = fleet.deploy_keys();
    assert_eq!(keys.len(), 1, "{keys:?}");
    let public = fleet.secret("identity.pub").unwrap();
    assert_eq!(public.trim(), keys[0].key);
    keys.remove(0)
}

#[test]
fn a_deploy_key_is_replaced_and_the_old_one_goes_last() {
    let fleet = Fleet::bootstrapped();
    let (before, identity) = (only_key(&fleet), fleet.secret("identity"));
    assert_data_eq!(
        fleet.bootstrap("--rotate").in_peace(),
        str![[r#"
------- stderr -------
► connecting to localhost:[PORT]
✔ authenticated as alice
✔ checked access to the cluster at https://localhost:[PORT]
✔ main of acme/fleet-infra is up to date at [COMMIT]
✔ the components are up to date
✔ new deploy key flux-system-main-flux-system-./clusters/production added to acme/fleet-infra
► the deploy key lives as long as the token that made it: regenerate that token, do not delete it
✔ Secret flux-system/flux-system written
✔ the sync objects are up to date
◎ waiting for the components
✔ helm-controller: deployment ready
✔ kustomize-controller: deployment ready
✔ notification-controller: deployment ready
✔ source-controller: deployment ready
◎ waiting for GitRepository flux-system/flux-system
✔ GitRepository flux-system/flux-system is at main@sha1:[COMMIT]
◎ waiting for Kustomization flux-system/flux-system
✔ Kustomization flux-system/flux-system is at main@sha1:[COMMIT]
◎ waiting until GitRepository flux-system/flux-system has fetched with the new credentials
✔ GitRepository flux-system/flux-system fetches with the new credentials
✔ the old deploy key of acme/fleet-infra is deleted
✔ Flux v2.9.4 is installed and in sync

"#]]
    );
    assert_eq!(steps(&fleet), ["key added", "Secret written", "source asked", "key deleted"]);
    assert_ne!(only_key(&fleet).key, before.key);
    assert_ne!(fleet.secret("identity"), identity);

    fleet.sandbox.recorder().clear();
    let after = fleet.bootstrap("");
    assert_eq!(after.exit_code(), Some(0), "{after}");
    fleet.assert_untouched(&after);
    fleet.finish();
}

#[test]
fn a_rotation_that_was_killed_is_finished_by_another() {
    for place in [
        "github.hold=before:1",
        "github.hold=after:1",
        "github.hold=before:2",
        "github.hold=after:2",
    ] {
        let fleet = Fleet::bootstrapped();
        let before = only_key(&fleet);
        fleet.sandbox.faults().arm(place).unwrap();
        let mut child = fleet.start(&fleet.bootstrap_arguments("--rotate"));
        fleet.until(place, || fleet.sandbox.faults().is_reached("github.hold"));
        child.kill().unwrap();
        fleet.finished(child);
        fleet.sandbox.faults().clear("github.hold");
        // The cluster was never without a key that works.
        let fetches = fleet.nigari("reconcile source git flux-system");
        assert_eq!(fetches.exit_code(), Some(0), "{place}: {fetches}");
        let again = fleet.bootstrap("--rotate");
        assert_eq!(again.exit_code(), Some(0), "{place}: {again}");
        assert_ne!(only_key(&fleet).key, before.key, "{place}");
        fleet.finish();
    }
}

#[test]
fn the_old_key_stays_where_the_new_one_does_not_work() {
    let fleet = Fleet::bootstrapped();
    let before = only_key(&fleet);
    fleet.sandbox.faults().arm("source.dns=localhost").unwrap();
    let run = fleet.bootstrap("--rotate --timeout=20s");
    assert_ne!(run.exit_code(), Some(0), "{run}");
    assert!(fleet.deploy_keys().iter().any(|key| key.key == before.key), "{run}");
    assert!(!steps(&fleet).contains(&"key deleted"), "{run}");
    fleet.sandbox.faults().clear("source.dns");
    let again = fleet.bootstrap("--rotate");
    assert_eq!(again.exit_code(), Some(0), "{again}");
    only_key(&fleet);
    fleet.finish();
}

#[test]
fn a_key_of_ones_own_takes_the_place_of_one_that_was_made() {
    let fleet = Fleet::bootstrapped();
    let (own, locked) = (fleet.given("own"), fleet.given("locked"));
    for (key, passphrase) in [(&own, "''"), (&locked, "secret")] {
        let key = key.display();
        fleet.shell(&format!("ssh-keygen -q -t ed25519 -N {passphrase} -C mine -f {key}"));
    }
    let run = fleet.bootstrap(&format!("--rotate --private-key-file={}", own.display()));
    assert_eq!(run.exit_code(), Some(0), "{run}");
    assert_eq!(fleet.secret("identity"), std::fs::read_to_string(&own).ok());
    only_key(&fleet);

    fleet.sandbox.recorder().clear();
    let again = fleet.bootstrap(&format!("--private-key-file={}", own.display()));
    assert_eq!(again.exit_code(), Some(0), "{again}");
    fleet.assert_untouched(&again);

    let run = fleet.bootstrap(&format!("--private-key-file={}", locked.display()));
    fleet.assert_untouched(&run);
    assert_data_eq!(
        run.to_string(),
        str![[r#"
------- stderr -------
► connecting to localhost:[PORT]
error: --private-key-file has a passphrase, which the cluster needs
  hint: give it with --private-key-passphrase-file
[exit status: 2]

"#]]
    );
    fleet.finish();
}

#[test]
fn a_token_is_replaced() {
    let fleet = of_token();
    let run = with_new_token(&fleet, "--rotate");
    assert_data_eq!(
        run.in_peace(),
        str![[r#"
------- stderr -------
► connecting to localhost:[PORT]
✔ authenticated as alice
✔ checked access to the cluster at https://localhost:[PORT]
✔ main of acme/fleet-infra is up to date at [COMMIT]
✔ the components are up to date
⚠️ the token in Secret flux-system/flux-system is another one
⚠️ the token is stored in the cluster, in Secret flux-system/flux-system
✔ Secret flux-system/flux-system written
✔ the sync objects are up to date
◎ waiting for the components
✔ helm-controller: deployment ready
✔ kustomize-controller: deployment ready
✔ notification-controller: deployment ready
✔ source-controller: deployment ready
◎ waiting for GitRepository flux-system/flux-system
✔ GitRepository flux-system/flux-system is at main@sha1:[COMMIT]
◎ waiting for Kustomization flux-system/flux-system
✔ Kustomization flux-system/flux-system is at main@sha1:[COMMIT]
◎ waiting until GitRepository flux-system/flux-system has fetched with the new credentials
✔ GitRepository flux-system/flux-system fetches with the new credentials
✔ Flux v2.9.4 is installed and in sync

"#]]
    );
    assert_eq!(steps(&fleet), ["Secret written", "source asked"]);
    assert_eq!(fleet.secret("password").as_deref(), Some(NEW_TOKEN));
    fleet.github().revoke_token(&former_token(&fleet));
    let fetches = fleet.nigari("reconcile source git flux-system");
    assert_eq!(fetches.exit_code(), Some(0), "{fetches}");

    let again = with_new_token(&fleet, "--rotate");
    assert_eq!(again.exit_code(), Some(0), "{again}");
    let told = "the cluster has what was given already: to rotate it, make a new one first";
    assert!(again.stderr().contains(told), "{again}");
    fleet.finish();
}

#[test]
fn what_does_not_fit_together_is_named() {
    // The key of the cluster is gone from GitHub, where somebody has put another one under its title.
    let fleet = Fleet::bootstrapped();
    let key = only_key(&fleet);
    fleet.github().delete_deploy_key("acme", REPOSITORY, key.id);
    let run = fleet.bootstrap("");
    assert_eq!(run.exit_code(), Some(0), "{run}");
    let told =
        "acme/fleet-infra does not have the deploy key of Secret flux-system/flux-system any more";
    assert!(run.stderr().contains(told), "{run}");
    // It may only read where it is to write.
    let run = fleet.bootstrap("--read-write-key");
    assert_eq!(run.exit_code(), Some(0), "{run}");
    let told = "the deploy key flux-system-main-flux-system-./clusters/production of acme/fleet-infra may only read";
    assert!(run.stderr().contains(told), "{run}");
    // The Secret is of another kind.
    let run = fleet.bootstrap(&token_auth(&fleet));
    assert_eq!(run.exit_code(), Some(0), "{run}");
    assert_eq!(fleet.secret("identity"), None);
    let run = fleet.bootstrap("");
    assert_eq!(run.exit_code(), Some(0), "{run}");
    let told = "Secret flux-system/flux-system has no key pair that can be used";
    assert!(run.stderr().contains(told), "{run}");
    assert_eq!(fleet.secret("password"), None);
    fleet.finish();
}

#[test]
fn a_host_that_tells_no_keys_is_asked_itself_if_somebody_vouches() {
    let fleet = Fleet::of(Sandbox::builder());
    fleet.sandbox.faults().arm("github.host_keys=untold").unwrap();
    let keys = fleet.github().host_keys();
    let scan: String = keys.iter().map(|key| format!("echo 'localhost {key}'\n")).collect();
    let run = |more: &str| {
        fleet.put_program("ssh-keyscan", &scan);
        fleet.put_program("ssh-keygen", "exit 1");
        fleet.bootstrap(more)
    };
    let asked = run("");
    fleet.assert_untouched(&asked);
    assert_eq!(asked.exit_code(), Some(6), "{asked}");
    assert!(asked.stderr().contains("nobody vouches for the host keys of localhost"), "{asked}");
    let fingerprint =
        asked.stderr().split("SHA256:").nth(1).unwrap().split(' ').next().unwrap().to_owned();

    let wrong = run("--accept-host-key=SHA256:nonsense");
    fleet.assert_untouched(&wrong);
    assert_eq!(wrong.exit_code(), Some(7), "{wrong}");
    let accepted = run(&format!("--accept-host-key=SHA256:{fingerprint}"));
    assert_eq!(accepted.exit_code(), Some(0), "{accepted}");
    assert_eq!(fleet.secret("known_hosts").unwrap(), format!("localhost {}", keys[0]));
    fleet.finish();
}

#[test]
fn a_gateway_with_a_key_of_its_own_is_asked_for_the_accepted_one() {
    let fleet = Fleet::of(Sandbox::builder().without_players());
    let key = KeyPair::generate(Algorithm::Ed25519).unwrap().public;
    let run = |more: &str| {
        fleet.put_program("ssh-keyscan", &format!("echo 'ssh.localhost {key}'"));
        fleet.put_program("ssh-keygen", "exit 1");
        fleet.bootstrap(&format!("--check {more}"))
    };
    let accepted = key.fingerprint();
    let gateway = "--ssh-hostname=ssh.localhost";
    let taken = run(&format!("{gateway} --accept-host-key={accepted}"));
    assert_eq!(taken.exit_code(), Some(0), "{taken}");
    let told = "ssh.localhost has the host key of --accept-host-key";
    assert!(taken.stderr().contains(told), "{taken}");
    let wrong = run(&format!("{gateway} --accept-host-key=SHA256:nonsense"));
    assert_eq!(wrong.exit_code(), Some(7), "{wrong}");
    // The API vouches for the keys of its own host.
    let wrong = run(&format!("--accept-host-key={accepted}"));
    assert_eq!(wrong.exit_code(), Some(7), "{wrong}");
    assert!(wrong.stderr().contains("localhost has no host key"), "{wrong}");
    fleet.finish();
}

#[test]
fn a_host_key_that_the_user_knows_is_taken() {
    let fleet = Fleet::of(Sandbox::builder());
    fleet.sandbox.faults().arm("github.host_keys=untold").unwrap();
    let key = fleet.github().host_keys().remove(0);
    fleet.put_program(
        "ssh-keygen",
        &format!("echo '# Host localhost found: line 1'\necho '|1|abc= {key}'"),
    );
    let run = fleet.bootstrap("--dry-run");
    assert_eq!(run.exit_code(), Some(0), "{run}");
    assert!(run.stderr().contains("took the host keys of localhost from known_hosts"), "{run}");
    fleet.finish();
}

#[test]
fn teams_get_their_rights() {
    let fleet = Fleet::new();
    fleet.github().add_team("acme", "platform", &[]).unwrap();
    fleet.github().add_team("acme", "auditors", &[]).unwrap();
    let run = fleet.bootstrap("--team=platform,auditors:pull");
    assert_eq!(run.exit_code(), Some(0), "{run}");
    for told in ["team platform (maintain) has its rights", "team auditors (pull) has its rights"] {
        assert!(run.stderr().contains(told), "{run}");
    }
    fleet.sandbox.recorder().clear();
    let again = fleet.bootstrap("--team=platform:admin,auditors:pull");
    fleet.assert_untouched(&again);
    assert!(
        again.stderr().contains("team platform has rights on acme/fleet-infra already"),
        "{again}"
    );
    let corrected = fleet.bootstrap("--team=platform:admin,auditors:pull --reconcile");
    assert_eq!(corrected.exit_code(), Some(0), "{corrected}");
    assert!(corrected.stderr().contains("team platform (admin) has its rights"), "{corrected}");
    assert!(corrected.stderr().contains("team auditors has rights"), "{corrected}");

    fleet.github().add_token(Token::classic("ghp_without_teams", "alice", &["repo"]));
    let arguments = fleet.bootstrap_arguments("--team=platform --check");
    let blind = fleet.run(fleet.command(&arguments).env("GITHUB_TOKEN", "ghp_without_teams"));
    assert_eq!(blind.exit_code(), Some(6), "{blind}");
    assert!(blind.stderr().contains("hint: give the token the scope read:org\n"), "{blind}");
    let least = "a classic token with repo and read:org, or a fine-grained token or App with administration: \
                 write, contents: write, metadata: read, members: read; of somebody with the role admin";
    assert!(blind.stderr().contains(least), "{blind}");

    let unknown = fleet.bootstrap("--team=nobody");
    assert_eq!(unknown.exit_code(), Some(3), "{unknown}");
    assert!(unknown.stderr().contains("✔ Flux v2.9.4 is installed and in sync"), "{unknown}");
    fleet.finish();
}

#[test]
fn what_is_checked_out_can_be_said() {
    let fleet = Fleet::of(Sandbox::builder().without_players());
    let run = fleet.bootstrap("--export --recurse-submodules --sparse-checkout=clusters,apps");
    assert_eq!(run.exit_code(), Some(0), "{run}");
    for line in ["  recurseSubmodules: true\n", "  sparseCheckout:\n  - clusters\n  - apps\n"] {
        assert!(run.stdout().contains(line), "{line}");
    }
    let run = fleet.bootstrap("--export --sparse-checkout=apps");
    assert_data_eq!(
        run.to_string(),
        str![[r#"
------- stderr -------
error: --sparse-checkout leaves out clusters/production/flux-system, where Flux's own files are
  hint: add it, or the folder of --path
[exit status: 2]

"#]]
    );
    fleet.finish();
}
