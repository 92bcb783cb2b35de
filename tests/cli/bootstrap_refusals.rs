//! `nigari bootstrap github` with something missing or wrong: it says what, and has written nothing.

use std::io::Write as _;
use std::process::Stdio;

use nigari_sandbox::github::{Role, Token};
use nigari_sandbox::kube::Deny;
use nigari_sandbox::sandbox::{Builder, Sandbox};
use nigari_test_support::fleet::{FOLDER, Fleet, REPOSITORY};
use nigari_test_support::run::Run;
use snapbox::{assert_data_eq, str};

/// The run, after which nothing is different in the cluster or on GitHub.
fn refused(fleet: &Fleet, run: Run) -> String {
    fleet.assert_untouched(&run);
    run.to_string()
}

fn without_a_cluster_that_acts() -> Builder {
    Sandbox::builder().without_players()
}

#[test]
fn arguments_that_cannot_be() {
    let fleet = Fleet::of(without_a_cluster_that_acts());
    let refused = |more: &str| refused(&fleet, fleet.bootstrap(more));
    assert_data_eq!(
        refused("--namespace=Not_A_Label"),
        str![[r#"
------- stderr -------
error: invalid value 'Not_A_Label' for '--namespace <NAMESPACE>': "Not_A_Label" is not a valid name: at most 63 lower-case letters, digits and '-', beginning and ending with a letter or digit, like team-1

For more information, try '--help'.
[exit status: 2]

"#]]
    );
    assert_data_eq!(
        refused("--interval=abc"),
        str![[r#"
------- stderr -------
error: invalid value 'abc' for '--interval <DURATION>': "abc" is not a duration: write a number and a unit, like 30s, 5m or 1h30m

For more information, try '--help'.
[exit status: 2]

"#]]
    );
    assert_data_eq!(
        refused("--interval=0s"),
        str![[r#"
------- stderr -------
error: --interval is 0
  hint: give a time like 1m, or 10m for a quiet repository
[exit status: 2]

"#]]
    );
    assert_data_eq!(
        refused("--components=foo"),
        str![[r#"
------- stderr -------
error: --components cannot be used
  cause: there is no component "foo"
  hint: choose from source-controller, kustomize-controller, helm-controller, notification-controller, image-reflector-controller, image-automation-controller, source-watcher
[exit status: 2]

"#]]
    );
    assert_data_eq!(
        refused("--components=helm-controller"),
        str![[r#"
------- stderr -------
error: --components cannot be used
  cause: bootstrap needs the component source-controller
  hint: add it to the list
[exit status: 2]

"#]]
    );
    assert_data_eq!(
        refused("--branch=a..b"),
        str![[r#"
------- stderr -------
error: "a..b" is not a name that Git accepts for a branch
  hint: name it with --branch, without refs/heads/
[exit status: 2]

"#]]
    );
    assert_data_eq!(
        refused("--cluster-domain=Not_A_Domain"),
        str![[r#"
------- stderr -------
error: --cluster-domain cannot be used
  cause: "Not_A_Domain" is not a valid name: at most 253 lower-case letters, digits, '-' and '.', each part beginning and ending with a letter or digit, like web-1
[exit status: 2]

"#]]
    );
    assert_data_eq!(
        refused("--ssh-key-algorithm=rsa --ssh-rsa-bits=1000"),
        str![[r#"
------- stderr -------
error: RSA keys of 1000 bits are not offered
  hint: use --ssh-rsa-bits with 2048, 3072, 4096 or 8192
[exit status: 2]

"#]]
    );
    assert_data_eq!(
        refused("--ca-file=nowhere.pem"),
        str![[r#"
------- stderr -------
► connecting to localhost:[PORT]
error: cannot read nowhere.pem (--ca-file)
  cause: No such file or directory (os error 2)
[exit status: 2]

"#]]
    );
    fleet.finish();
}

#[test]
fn a_path_outside_the_repository() {
    let fleet = Fleet::of(without_a_cluster_that_acts());
    let arguments = "bootstrap github --owner=acme --repository=fleet-infra --path=../x";
    assert_data_eq!(
        refused(&fleet, fleet.nigari(arguments)),
        str![[r#"
------- stderr -------
error: --path cannot be used
  cause: the path "../x" leaves the repository; a right one is ./apps/production
[exit status: 2]

"#]]
    );
    assert_data_eq!(
        refused(&fleet, fleet.nigari("bootstrap github --path=x")),
        str![[r#"
------- stderr -------
error: the following required arguments were not provided:
  --owner <OWNER>
  --repository <NAME>

Usage: nigari bootstrap github --owner <OWNER> --repository <NAME> --path <PATH>

For more information, try '--help'.
[exit status: 2]

"#]]
    );
    fleet.finish();
}

#[test]
fn no_token() {
    let fleet = Fleet::of(without_a_cluster_that_acts());
    let mut command = fleet.command(&fleet.bootstrap_arguments(""));
    command.env_remove("GITHUB_TOKEN");
    assert_data_eq!(
        refused(&fleet, fleet.run(&mut command)),
        str![[r#"
------- stderr -------
► connecting to localhost:[PORT]
error: no GitHub token was given
  hint: set GITHUB_TOKEN, or pipe it in
[exit status: 2]

"#]]
    );
    fleet.finish();
}

#[test]
fn a_token_can_be_piped_in() {
    let fleet = Fleet::of(without_a_cluster_that_acts());
    let token = fleet.sandbox.environment().into_iter().find(|(name, _)| name == "GITHUB_TOKEN");
    let mut command = fleet.command(&fleet.bootstrap_arguments("--server=https://127.0.0.1:1"));
    command.env_remove("GITHUB_TOKEN").stdin(Stdio::piped());
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    writeln!(child.stdin.take().unwrap(), "{}", token.unwrap().1).unwrap();
    assert_data_eq!(
        refused(&fleet, fleet.finished(child)),
        str![[r#"
------- stderr -------
► connecting to localhost:[PORT]
✔ authenticated as alice
error: cannot reach the cluster at https://127.0.0.1:1: Connection refused (os error 111)
[exit status: 8]

"#]]
    );
    fleet.finish();
}

/// Runs a bootstrap with a token of its own.
fn with_token(fleet: &Fleet, token: &str) -> String {
    let mut command = fleet.command(&fleet.bootstrap_arguments(""));
    command.env("GITHUB_TOKEN", token);
    refused(fleet, fleet.run(&mut command))
}

#[test]
fn a_token_that_is_unknown() {
    let fleet = Fleet::of(without_a_cluster_that_acts());
    assert_data_eq!(
        with_token(&fleet, "ghp_unknown"),
        str![[r#"
------- stderr -------
► connecting to localhost:[PORT]
✔ checked access to the cluster at https://localhost:[PORT]
error: cannot look up the token's user
  cause: GitHub answered 401: Bad credentials
  cause: the token is expired, revoked or mistyped
  hint: make a new token and set it as GITHUB_TOKEN
[exit status: 6]

"#]]
    );
    fleet.finish();
}

#[test]
fn a_token_that_may_not_do_what_is_needed() {
    let fleet = Fleet::of(without_a_cluster_that_acts());
    let github = fleet.github();
    github.add_user("bob");
    let reads = [("metadata", "read"), ("contents", "read"), ("administration", "read")];
    github.add_token(Token::fine_grained("github_pat_reads", "alice", &reads));
    github.add_token(Token::classic("ghp_bobs", "bob", &["repo", "read:org"]));
    github.add_token(Token::classic("ghp_scopeless", "alice", &[]));
    // Nothing there yet, and not allowed to make it.
    assert_data_eq!(
        with_token(&fleet, "ghp_bobs"),
        str![[r#"
------- stderr -------
► connecting to localhost:[PORT]
✔ authenticated as bob
✔ checked access to the cluster at https://localhost:[PORT]
► creating repository acme/fleet-infra
error: cannot create repository acme/fleet-infra
  cause: GitHub answered 403: You need admin access to the organization before adding a repository to it.
  hint: create the repository by hand, or ask an owner of acme for the right to create it
  hint: once that is solved, the same command goes on where it stopped
[exit status: 6]

"#]]
    );
    assert_data_eq!(
        with_token(&fleet, "ghp_scopeless"),
        str![[r#"
------- stderr -------
► connecting to localhost:[PORT]
✔ authenticated as alice
✔ checked access to the cluster at https://localhost:[PORT]
error: the token of alice may not write to repositories
  hint: give the token the scope repo
[exit status: 6]

"#]]
    );

    fleet.create_repository(true);
    assert_data_eq!(
        with_token(&fleet, "github_pat_reads"),
        str![[r#"
------- stderr -------
► connecting to localhost:[PORT]
✔ authenticated as alice
✔ checked access to the cluster at https://localhost:[PORT]
► GitHub signs the commit, because no author is named
error: cannot write files to acme/fleet-infra
  cause: GitHub answered 403: Resource not accessible by personal access token
  cause: the token lacks a permission
  hint: once that is solved, the same command goes on where it stopped
  hint: give the token the permission contents=write
[exit status: 6]

"#]]
    );
    github.add_collaborator("acme", REPOSITORY, "bob", Role::Pull).unwrap();
    assert_data_eq!(
        with_token(&fleet, "ghp_bobs"),
        str![[r#"
------- stderr -------
► connecting to localhost:[PORT]
✔ authenticated as bob
✔ checked access to the cluster at https://localhost:[PORT]
error: the token can read acme/fleet-infra but not write to it
  hint: ask an owner for write access, or use a token that has it
[exit status: 6]

"#]]
    );
    github.add_collaborator("acme", REPOSITORY, "bob", Role::Push).unwrap();
    assert_data_eq!(
        with_token(&fleet, "ghp_bobs"),
        str![[r#"
------- stderr -------
► connecting to localhost:[PORT]
✔ authenticated as bob
✔ checked access to the cluster at https://localhost:[PORT]
error: the token does not administer acme/fleet-infra: it cannot add a deploy key
  hint: ask an owner for admin rights, or use --token-auth
[exit status: 6]

"#]]
    );
    fleet.finish();
}

#[test]
fn an_owner_of_the_wrong_kind_or_none() {
    let fleet = Fleet::of(without_a_cluster_that_acts());
    let owned_by = |owner: &str| {
        let run = fleet.nigari(&format!("bootstrap github --repository=fleet --owner={owner}"));
        refused(&fleet, run)
    };
    assert_data_eq!(
        owned_by("nobody"),
        str![[r#"
------- stderr -------
► connecting to localhost:[PORT]
✔ authenticated as alice
✔ checked access to the cluster at https://localhost:[PORT]
error: no user and no organisation on GitHub is called nobody
  hint: name another with --owner
[exit status: 3]

"#]]
    );
    assert_data_eq!(
        owned_by("acme --personal"),
        str![[r#"
------- stderr -------
► connecting to localhost:[PORT]
✔ authenticated as alice
✔ checked access to the cluster at https://localhost:[PORT]
error: acme is an organisation and not a user
  hint: leave out --personal
[exit status: 2]

"#]]
    );
    assert_data_eq!(
        owned_by("alice"),
        str![[r#"
------- stderr -------
► connecting to localhost:[PORT]
✔ authenticated as alice
✔ checked access to the cluster at https://localhost:[PORT]
error: alice is a user and not an organisation
  hint: add --personal to create the repository under your own account
[exit status: 2]

"#]]
    );
    fleet.finish();
}

#[test]
fn a_cluster_that_is_not_there() {
    let fleet = Fleet::of(without_a_cluster_that_acts());
    let unreachable = fleet.bootstrap("--server=https://127.0.0.1:1");
    assert_data_eq!(
        refused(&fleet, unreachable),
        str![[r#"
------- stderr -------
► connecting to localhost:[PORT]
✔ authenticated as alice
error: cannot reach the cluster at https://127.0.0.1:1: Connection refused (os error 111)
[exit status: 8]

"#]]
    );
    let mut command = fleet.command(&fleet.bootstrap_arguments(""));
    command.env_remove("KUBECONFIG");
    assert_data_eq!(
        refused(&fleet, fleet.run(&mut command)),
        str![[r#"
------- stderr -------
► connecting to localhost:[PORT]
✔ authenticated as alice
error: no kubeconfig: there is no ~/.kube/config and KUBECONFIG is not set
  hint: name one with --kubeconfig FILE or KUBECONFIG
[exit status: 2]

"#]]
    );
    let stranger = fleet.bootstrap("--token=unknown");
    assert_data_eq!(
        refused(&fleet, stranger),
        str![[r#"
------- stderr -------
► connecting to localhost:[PORT]
✔ authenticated as alice
error: cannot read the server's version: https://localhost:[PORT] does not accept the credentials: Unauthorized
  hint: log in again, or choose another user with --context or --user
[exit status: 6]

"#]]
    );
    assert!(fleet.github().repository_path("acme", REPOSITORY).is_none());
    fleet.finish();
}

#[test]
fn a_cluster_where_flux_may_not_be_installed() {
    let fleet = Fleet::of(without_a_cluster_that_acts());
    fleet.kube().deny(Deny::new("create", "rbac.authorization.k8s.io", "*"));
    fleet.kube().deny(Deny::new("patch", "apps", "deployments"));
    assert_data_eq!(
        refused(&fleet, fleet.bootstrap("")),
        str![[r#"
------- stderr -------
► connecting to localhost:[PORT]
✔ authenticated as alice
error: you may not install Flux on this cluster; missing: create clusterroles.rbac.authorization.k8s.io; create clusterrolebindings.rbac.authorization.k8s.io; patch deployments.apps in namespace flux-system
  hint: ask for the ClusterRole cluster-admin, which Flux's own controllers get as well
[exit status: 6]

"#]]
    );
    assert!(fleet.github().repository_path("acme", REPOSITORY).is_none());
    fleet.finish();
}

#[test]
fn a_cluster_that_syncs_another_folder() {
    let fleet = Fleet::bootstrapped();
    let arguments =
        "bootstrap github --owner=acme --repository=fleet-infra --path=clusters/staging";
    assert_data_eq!(
        refused(&fleet, fleet.nigari(arguments)),
        str![[r#"
------- stderr -------
► connecting to localhost:[PORT]
✔ authenticated as alice
error: Kustomization flux-system/flux-system syncs ./clusters/production, and --path says ./clusters/staging
  hint: use --path=./clusters/production; or move the cluster there with --force, which deletes from it what is not there
[exit status: 7]

"#]]
    );
    fleet.finish();
}

#[test]
fn a_cluster_that_syncs_another_repository() {
    let fleet = Fleet::bootstrapped();
    let arguments =
        "bootstrap github --owner=acme --repository=fleet-infr --path=clusters/production";
    assert_data_eq!(
        refused(&fleet, fleet.nigari(arguments)),
        str![[r#"
------- stderr -------
► connecting to localhost:[PORT]
✔ authenticated as alice
error: GitRepository flux-system/flux-system syncs main of ssh://git@localhost/acme/fleet-infra, and the arguments say main of ssh://git@localhost/acme/fleet-infr
  hint: correct --owner, --repository and --branch; or move the cluster there with --force, which deletes from it what is not there
[exit status: 7]

"#]]
    );
    assert!(fleet.github().repository_path("acme", "fleet-infr").is_none());
    let github = fleet.github();
    github.commit_file("acme", REPOSITORY, "staging", "README.md", "hello\n", "Begin").unwrap();
    assert_data_eq!(
        refused(&fleet, fleet.bootstrap("--branch=staging")),
        str![[r#"
------- stderr -------
► connecting to localhost:[PORT]
✔ authenticated as alice
error: GitRepository flux-system/flux-system syncs main of ssh://git@localhost/acme/fleet-infra, and the arguments say staging of ssh://git@localhost/acme/fleet-infra
  hint: correct --owner, --repository and --branch; or move the cluster there with --force, which deletes from it what is not there
[exit status: 7]

"#]]
    );
    let (check, forced) = (format!("{arguments} --check"), format!("{arguments} --check --force"));
    for (arguments, outcome, code) in [(check, "✗", 7), (forced, "⚠️", 0)] {
        let run = fleet.nigari(&arguments);
        let line = format!("{outcome} GitRepository flux-system/flux-system syncs main of ssh://");
        assert_eq!(run.exit_code(), Some(code), "{run}");
        assert!(run.to_string().contains(&line), "{run}");
    }
    fleet.finish();
}

#[test]
fn a_cluster_that_syncs_the_same_repository_under_another_address_is_not_refused() {
    let fleet = Fleet::bootstrapped();
    let of = |owner, repository| {
        let place = "--path=clusters/production --token-auth";
        format!("bootstrap github --check --owner={owner} --repository={repository} {place}")
    };
    let capitals = fleet.nigari(&of("ACME", "Fleet-Infra"));
    assert_eq!(capitals.exit_code(), Some(0), "{capitals}");
    fleet.github().rename_repository("acme", REPOSITORY, "fleet").unwrap();
    let renamed = fleet.nigari(&of("acme", "fleet"));
    assert_eq!(renamed.exit_code(), Some(0), "{renamed}");
    fleet.finish();
}

#[test]
fn a_kustomization_that_leaves_flux_out() {
    let fleet = Fleet::of(without_a_cluster_that_acts());
    fleet.create_repository(true);
    let path = format!("{FOLDER}/kustomization.yaml");
    fleet.commit(&path, "resources: [gotk-components.yaml]\n");
    assert_data_eq!(
        refused(&fleet, fleet.bootstrap("")),
        str![[r#"
------- stderr -------
► connecting to localhost:[PORT]
✔ authenticated as alice
✔ checked access to the cluster at https://localhost:[PORT]
error: clusters/production/flux-system/kustomization.yaml in the repository does not list gotk-sync.yaml
  hint: add gotk-sync.yaml to its resources, or Flux would not manage itself
[exit status: 2]

"#]]
    );
    fleet.finish();
}

#[test]
fn a_github_that_is_not_there() {
    let fleet = Fleet::of(without_a_cluster_that_acts());
    let run = fleet.bootstrap("--hostname=127.0.0.1:1");
    assert_data_eq!(
        refused(&fleet, run),
        str![[r#"
------- stderr -------
► connecting to 127.0.0.1:1
✔ checked access to the cluster at https://localhost:[PORT]
⚠️ requests to GitHub had to be repeated 4 times, which took [..]s
error: cannot reach 127.0.0.1:1
  cause: tcp connect error: Connection refused (os error 111)
[exit status: 8]

"#]]
    );
    fleet.finish();
}
