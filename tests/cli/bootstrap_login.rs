//! `nigari bootstrap github`: where its token comes from, and what the cluster gets.

use nigari_sandbox::github::{RepositoryOptions, Visibility};
use nigari_sandbox::sandbox::Sandbox;
use nigari_test_support::fleet::{Fleet, REPOSITORY};
use nigari_test_support::run::Run;
use snapbox::{assert_data_eq, str};

fn of_gh(fleet: &Fleet, script: &str) -> Run {
    let mut command = fleet.command(&fleet.bootstrap_arguments("--token-from=gh --dry-run"));
    let token = fleet.sandbox.environment().into_iter().find(|(name, _)| name == "GITHUB_TOKEN");
    command.env("THE_TOKEN", token.unwrap().1).env("GITHUB_TOKEN", "ghp_that_is_not_asked_for");
    fleet.put_program("gh", script);
    fleet.run(&mut command)
}

#[test]
fn gh_is_asked_for_the_token_when_it_is_named() {
    let fleet = Fleet::of(Sandbox::builder().without_players());
    // It prints what it was asked on standard error, and fails if it was given the other token.
    let script = r#"echo "$@" > "$HOME/asked"
test -z "$GITHUB_TOKEN" || exit 1
echo "$THE_TOKEN""#;
    let run = of_gh(&fleet, script);
    assert_eq!(run.exit_code(), Some(0), "{run}");
    assert!(run.stderr().contains("authenticated as alice"), "{run}");
    let asked = std::fs::read_to_string(fleet.sandbox.home().join("asked")).unwrap();
    let host = fleet.sandbox.github_origin().trim_start_matches("https://").to_owned();
    assert_eq!(asked, format!("auth token --hostname {host}\n"));
    fleet.finish();
}

#[test]
fn gh_that_has_no_token_or_is_not_there() {
    let fleet = Fleet::of(Sandbox::builder().without_players());
    let run = of_gh(&fleet, "echo 'no oauth token found for localhost' >&2; exit 1");
    fleet.assert_untouched(&run);
    assert_data_eq!(
        run.to_string(),
        str![[r#"
------- stderr -------
► connecting to localhost:[PORT]
error: gh has no token for localhost:[PORT]
  cause: no oauth token found for localhost
  hint: gh auth login --hostname localhost:[PORT]
[exit status: 6]

"#]]
    );
    let mut command = fleet.command(&fleet.bootstrap_arguments("--token-from=gh"));
    let run = fleet.run(command.env("PATH", fleet.sandbox.home()));
    fleet.assert_untouched(&run);
    assert_data_eq!(
        run.to_string(),
        str![[r#"
------- stderr -------
► connecting to localhost:[PORT]
error: --token-from=gh: there is no program gh
  hint: install it, or set GITHUB_TOKEN
[exit status: 2]

"#]]
    );
    fleet.finish();
}

#[test]
fn a_public_repository_is_read_without_credentials() {
    let fleet = Fleet::new();
    let options = RepositoryOptions {
        visibility: Visibility::Public,
        auto_init: true,
        ..RepositoryOptions::default()
    };
    fleet.github().create_repository(fleet.sandbox.owner(), REPOSITORY, &options).unwrap();
    let authority = format!("--ca-file={}", fleet.sandbox.certificate_file().display());
    let arguments = format!("--cluster-auth=none {authority}");
    let run = fleet.bootstrap(&arguments);
    assert_eq!(run.exit_code(), Some(0), "{run}");
    let secret = fleet.object("v1", "Secret", "flux-system").unwrap();
    let keys: Vec<&String> = secret["data"].as_object().unwrap().keys().collect();
    assert_eq!(keys, ["ca.crt"], "only whom to trust");
    assert!(fleet.deploy_keys().is_empty());

    let run = fleet.bootstrap("--cluster-auth=none --export");
    assert_eq!(run.exit_code(), Some(0), "{run}");
    let sync = run.stdout().split("gotk-sync.yaml\n").nth(1).unwrap();
    assert!(sync.contains("url: https://") && !sync.contains("secretRef"), "{sync}");
    fleet.finish();
}

#[test]
fn a_private_repository_is_not_read_without_credentials() {
    let fleet = Fleet::of(Sandbox::builder().without_players());
    let run = fleet.bootstrap("--cluster-auth=none");
    fleet.assert_untouched(&run);
    assert_data_eq!(
        run.to_string(),
        str![[r#"
------- stderr -------
► connecting to localhost:[PORT]
✔ authenticated as alice
✔ checked access to the cluster at https://localhost:[PORT]
error: acme/fleet-infra is private: the cluster cannot read it without credentials
  hint: leave out --cluster-auth=none, or have a public one made with --private=false
[exit status: 2]

"#]]
    );
    let run = fleet.bootstrap("--cluster-auth=none --token-auth");
    fleet.assert_untouched(&run);
    assert_data_eq!(
        run.to_string(),
        str![[r#"
------- stderr -------
error: --token-auth and --cluster-auth contradict each other
[exit status: 2]

"#]]
    );
    fleet.finish();
}
