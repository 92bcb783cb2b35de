//! `nigari bootstrap github --check`: everything that can be known before the first write, and no write.

use nigari_sandbox::github::{Role, Rule, Token, Visibility};
use nigari_sandbox::kube::Deny;
use nigari_sandbox::sandbox::{Builder, Sandbox};
use nigari_test_support::fleet::{Fleet, REPOSITORY};
use nigari_test_support::run::Run;
use serde_json::Value;
use snapbox::{assert_data_eq, str};

fn quiet() -> Builder {
    Sandbox::builder().without_players()
}

/// A fleet with a repository that has a first commit, and a cluster where nobody acts.
fn with_repository() -> Fleet {
    let fleet = Fleet::of(quiet());
    fleet.create_repository(true);
    fleet
}

/// The check; after it nothing is different, and nothing was tried.
fn checked(fleet: &Fleet, more: &str) -> String {
    let mut command = fleet.command(&fleet.bootstrap_arguments(&format!("--check {more}")));
    without_a_write(fleet, fleet.run(&mut command))
}

fn checked_with(fleet: &Fleet, token: &str, more: &str) -> String {
    let mut command = fleet.command(&fleet.bootstrap_arguments(&format!("--check {more}")));
    command.env("GITHUB_TOKEN", token);
    without_a_write(fleet, fleet.run(&mut command))
}

fn without_a_write(fleet: &Fleet, run: Run) -> String {
    let writes = fleet.sandbox.recorder().writes();
    assert!(writes.is_empty(), "{run}\n{writes:#?}");
    run.to_string()
}

#[test]
fn of_a_repository_that_is_there() {
    let fleet = with_repository();
    assert_data_eq!(
        checked(&fleet, ""),
        str![[r#"
------- stderr -------
► connecting to localhost:[PORT]
► checking acme/fleet-infra on localhost:[PORT]
✔ authenticated as alice
✔ acme/fleet-infra gets a deploy key
✔ acme/fleet-infra is private and has branch main
✔ no rule keeps commits from branch main
✔ the token has the scopes repo, read:org
✔ localhost tells its SSH host keys over TLS
► checking the cluster at https://localhost:[PORT]
✔ Kubernetes v1.36.3
✔ Flux is not installed yet
✔ you may install and upgrade Flux
► the least that would do: a classic token with repo, or a fine-grained token or App with administration: write, contents: write, metadata: read; of somebody with the role admin in the repository
✔ all checks passed; nothing was written

"#]]
    );
    fleet.finish();
}

#[test]
fn of_one_that_is_not_there_yet() {
    let fleet = Fleet::of(quiet());
    assert_data_eq!(
        checked(&fleet, "--private=false --token-auth"),
        str![[r#"
------- stderr -------
► connecting to localhost:[PORT]
► checking acme/fleet-infra on localhost:[PORT]
✔ authenticated as alice
✔ acme/fleet-infra does not exist, or is hidden from the token; it is created, public
✔ the token has the scopes repo, read:org
► checking the cluster at https://localhost:[PORT]
✔ Kubernetes v1.36.3
✔ Flux is not installed yet
✔ you may install and upgrade Flux
► the least that would do: a classic token with public_repo, or a fine-grained token or App with administration: write, contents: write, metadata: read for all repositories; of somebody who may create repositories
✔ all checks passed; nothing was written

"#]]
    );
    assert!(fleet.github().repository_path("acme", REPOSITORY).is_none());
    fleet.finish();
}

#[test]
fn as_a_document() {
    let fleet = with_repository();
    assert_data_eq!(
        checked(&fleet, "--token-auth -o yaml"),
        str![[r#"
passed: true
findings:
- about: token
  name: localhost:[PORT]
  outcome: passed
  message: authenticated as alice
- about: repository
  name: acme/fleet-infra
  outcome: passed
  message: acme/fleet-infra is private and has branch main
- about: rules
  name: main
  outcome: passed
  message: no rule keeps commits from branch main
- about: permissions
  name: alice
  outcome: passed
  message: the token has the scopes repo, read:org
- about: kubernetes
  name: v1.36.3
  outcome: passed
  message: Kubernetes v1.36.3
- about: installation
  name: flux
  outcome: passed
  message: Flux is not installed yet
- about: rights
  name: flux-system
  outcome: passed
  message: you may install and upgrade Flux
leastRights:
  scopes:
  - repo
  permissions:
    contents: write
    metadata: read
  role: write
  app: true
------- stderr -------
► connecting to localhost:[PORT]

"#]]
    );
    fleet.github().archive("acme", REPOSITORY).unwrap();
    let run = fleet.bootstrap("--check -o json");
    let document: Value = serde_json::from_str(run.stdout()).unwrap();
    assert_eq!((run.exit_code(), &document["passed"]), (Some(6), &Value::Bool(false)), "{run}");
    fleet.finish();
}

#[test]
fn of_what_was_bootstrapped_before() {
    let fleet = Fleet::bootstrapped();
    assert_data_eq!(
        checked(&fleet, ""),
        str![[r#"
------- stderr -------
► connecting to localhost:[PORT]
► checking acme/fleet-infra on localhost:[PORT]
✔ authenticated as alice
✔ acme/fleet-infra has a deploy key flux-system-main-flux-system-./clusters/production
✔ acme/fleet-infra is private and has branch main, with Flux in it
✔ no rule keeps commits from branch main
✔ the token has the scopes repo, read:org
✔ localhost tells its SSH host keys over TLS
► checking the cluster at https://localhost:[PORT]
✔ Kubernetes v1.36.3
✔ flux-v2.9.4 is installed already
✔ Kustomization flux-system/flux-system syncs ./clusters/production already
✔ you may install and upgrade Flux
► the least that would do: a classic token with repo, or a fine-grained token or App with administration: write, contents: write, metadata: read; of somebody with the role admin in the repository
✔ all checks passed; nothing was written

"#]]
    );
    fleet.finish();
}

#[test]
fn everything_that_is_wrong_is_told_at_once() {
    let fleet = with_repository();
    let github = fleet.github();
    github.archive("acme", REPOSITORY).unwrap();
    github.allow_deploy_keys("acme", false).unwrap();
    fleet.kube().deny(Deny::new("create", "rbac.authorization.k8s.io", "*"));
    assert_data_eq!(
        checked(&fleet, ""),
        str![[r#"
------- stderr -------
► connecting to localhost:[PORT]
► checking acme/fleet-infra on localhost:[PORT]
✔ authenticated as alice
✗ acme/fleet-infra is archived: nothing can be written to it
  hint: unarchive it at https://localhost:[PORT]/acme/fleet-infra/settings
✗ acme does not allow deploy keys on its repositories
  hint: use --token-auth, or ask an owner of the organisation to allow them
✔ acme/fleet-infra is private and has branch main
✔ no rule keeps commits from branch main
✔ the token has the scopes repo, read:org
✔ localhost tells its SSH host keys over TLS
► checking the cluster at https://localhost:[PORT]
✔ Kubernetes v1.36.3
✔ Flux is not installed yet
✗ you may not install Flux on this cluster; missing: create clusterroles.rbac.authorization.k8s.io; create clusterrolebindings.rbac.authorization.k8s.io
  hint: ask for the ClusterRole cluster-admin, which Flux's own controllers get as well
► the least that would do: a classic token with repo, or a fine-grained token or App with administration: write, contents: write, metadata: read; of somebody with the role admin in the repository
error: 3 of 10 checks failed
[exit status: 6]

"#]]
    );
    // Before a bootstrap it is the same, and stops it.
    let run = fleet.bootstrap("");
    assert_data_eq!(
        without_a_write(&fleet, run),
        str![[r#"
------- stderr -------
► connecting to localhost:[PORT]
✔ authenticated as alice
✗ acme/fleet-infra is archived: nothing can be written to it
  hint: unarchive it at https://localhost:[PORT]/acme/fleet-infra/settings
✗ acme does not allow deploy keys on its repositories
  hint: use --token-auth, or ask an owner of the organisation to allow them
✗ you may not install Flux on this cluster; missing: create clusterroles.rbac.authorization.k8s.io; create clusterrolebindings.rbac.authorization.k8s.io
  hint: ask for the ClusterRole cluster-admin, which Flux's own controllers get as well
error: 3 checks failed; nothing was written
[exit status: 6]

"#]]
    );
    fleet.finish();
}

#[test]
fn with_a_token_that_nobody_knows_github_is_asked_once() {
    let fleet = with_repository();
    assert_data_eq!(
        checked_with(&fleet, "ghp_unknown", ""),
        str![[r#"
------- stderr -------
► connecting to localhost:[PORT]
► checking acme/fleet-infra on localhost:[PORT]
✗ cannot look up the token's user
  cause: GitHub answered 401: Bad credentials
  cause: the token is expired, revoked or mistyped
  hint: make a new token and set it as GITHUB_TOKEN
► checking the cluster at https://localhost:[PORT]
✔ Kubernetes v1.36.3
✔ you may install and upgrade Flux
error: 1 of 3 checks failed
[exit status: 6]

"#]]
    );
    let asked = fleet.sandbox.recorder().all();
    let asked = asked.iter().filter(|request| request.double == "github");
    assert_eq!(asked.count(), 1);
    fleet.finish();
}

#[test]
fn with_tokens_that_do_not_show_what_they_may() {
    let fleet = with_repository();
    let github = fleet.github();
    let writes = [("contents", "write"), ("administration", "write")];
    github.add_token(Token::fine_grained("github_pat_writes", "alice", &writes));
    github.add_token(Token::fine_grained("github_pat_contents", "alice", &writes[..1]));
    assert_data_eq!(
        checked_with(&fleet, "github_pat_writes", ""),
        str![[r#"
------- stderr -------
► connecting to localhost:[PORT]
► checking acme/fleet-infra on localhost:[PORT]
✔ authenticated as alice
✔ acme/fleet-infra gets a deploy key
✔ acme/fleet-infra is private and has branch main
✔ no rule keeps commits from branch main
⚠️ what a fine-grained token may write shows only when it writes; it needs administration: write, contents: write, metadata: read
✔ localhost tells its SSH host keys over TLS
► checking the cluster at https://localhost:[PORT]
✔ Kubernetes v1.36.3
✔ Flux is not installed yet
✔ you may install and upgrade Flux
► the least that would do: a classic token with repo, or a fine-grained token or App with administration: write, contents: write, metadata: read; of somebody with the role admin in the repository
✔ no check failed, with one warning; nothing was written

"#]]
    );
    assert_data_eq!(
        checked_with(&fleet, "github_pat_contents", ""),
        str![[r#"
------- stderr -------
► connecting to localhost:[PORT]
► checking acme/fleet-infra on localhost:[PORT]
✔ authenticated as alice
✗ cannot list the deploy keys of acme/fleet-infra
  cause: GitHub answered 403: Resource not accessible by personal access token
  cause: the token lacks a permission
  hint: give the token the permission administration=read
✔ acme/fleet-infra is private and has branch main
✔ no rule keeps commits from branch main
⚠️ what a fine-grained token may write shows only when it writes; it needs administration: write, contents: write, metadata: read
✔ localhost tells its SSH host keys over TLS
► checking the cluster at https://localhost:[PORT]
✔ Kubernetes v1.36.3
✔ Flux is not installed yet
✔ you may install and upgrade Flux
► the least that would do: a classic token with repo, or a fine-grained token or App with administration: write, contents: write, metadata: read; of somebody with the role admin in the repository
error: 1 of 9 checks failed
[exit status: 6]

"#]]
    );
    fleet.finish();
}

#[test]
fn of_a_branch_with_rules() {
    let fleet = with_repository();
    let protect = |rule| fleet.github().protect("acme", REPOSITORY, "main", rule).unwrap();
    protect(Rule::PullRequest);
    protect(Rule::RequiredSignatures);
    protect(Rule::RequiredReviews);
    assert_data_eq!(
        checked(&fleet, ""),
        str![[r#"
------- stderr -------
► connecting to localhost:[PORT]
► checking acme/fleet-infra on localhost:[PORT]
✔ authenticated as alice
✔ acme/fleet-infra gets a deploy key
✔ acme/fleet-infra is private and has branch main
⚠️ branch main: changes go through a pull request with 1 approval (ruleset 3 of acme/fleet-infra); a pull request is opened from nigari/bootstrap-[COMMIT]
⚠️ branch main: commits are signed (ruleset 3 of acme/fleet-infra)
⚠️ branch main: changes go through a pull request with 1 approval (branch protection)
✔ the token has the scopes repo, read:org
✔ localhost tells its SSH host keys over TLS
► checking the cluster at https://localhost:[PORT]
✔ Kubernetes v1.36.3
✔ Flux is not installed yet
✔ you may install and upgrade Flux
► the least that would do: a classic token with repo, or a fine-grained token or App with administration: write, contents: write, metadata: read, pull_requests: write; of somebody with the role admin in the repository
✔ no check failed, with 3 warnings; nothing was written

"#]]
    );
    // Classic protection is for administrators to see.
    fleet.github().add_user("bob");
    fleet.github().add_collaborator("acme", REPOSITORY, "bob", Role::Push).unwrap();
    fleet.github().add_token(Token::classic("ghp_bobs", "bob", &["repo"]));
    assert_data_eq!(
        checked_with(&fleet, "ghp_bobs", "--token-auth"),
        str![[r#"
------- stderr -------
► connecting to localhost:[PORT]
► checking acme/fleet-infra on localhost:[PORT]
✔ authenticated as bob
✔ acme/fleet-infra is private and has branch main
⚠️ branch main: changes go through a pull request with 1 approval (ruleset 3 of acme/fleet-infra); a pull request is opened from nigari/bootstrap-[COMMIT]
⚠️ branch main: commits are signed (ruleset 3 of acme/fleet-infra)
⚠️ branch main is protected, and only administrators see how
✔ the token has the scopes repo
► checking the cluster at https://localhost:[PORT]
✔ Kubernetes v1.36.3
✔ Flux is not installed yet
✔ you may install and upgrade Flux
► the least that would do: a classic token with repo, or a fine-grained token or App with contents: write, metadata: read, pull_requests: write; of somebody with the role write in the repository
✔ no check failed, with 3 warnings; nothing was written

"#]]
    );
    fleet.finish();
}

#[test]
fn of_a_branch_with_more_rules_than_fit_on_a_page() {
    let fleet = with_repository();
    let protect = |rule| fleet.github().protect("acme", REPOSITORY, "main", rule).unwrap();
    (0..100).for_each(|number| protect(Rule::RequiredStatusCheck(format!("check-{number}"))));
    protect(Rule::PullRequest);
    let run = checked(&fleet, "");
    assert!(run.contains("changes go through a pull request"), "{run}");
    assert_eq!(run.matches("checks pass first").count(), 100, "{run}");
    fleet.finish();
}

#[test]
fn of_repositories_that_are_not_as_expected() {
    let fleet = Fleet::of(quiet());
    fleet.create_repository(false);
    let described = |fleet: &Fleet, more: &str| {
        let run = checked(fleet, more);
        let is_about = |line: &&str| line.contains("fleet") && line.contains(" is ");
        run.lines().filter(is_about).collect::<Vec<_>>().join("\n")
    };
    assert_data_eq!(
        described(&fleet, ""),
        str!["✔ acme/fleet-infra is private and is empty; its first commit will be on main"]
    );
    fleet.commit("README.md", "hello\n");
    assert_data_eq!(
        described(&fleet, "--branch=production"),
        str![
            "✔ acme/fleet-infra is private and has no branch production, which will begin at main"
        ]
    );
    let github = fleet.github();
    github.commit_file("acme", REPOSITORY, "production", "README.md", "hello\n", "Begin").unwrap();
    assert_data_eq!(
        described(&fleet, "--branch=production"),
        str!["✔ acme/fleet-infra is private and has branch production, and main as its default"]
    );
    github.rename_repository("acme", REPOSITORY, "fleet").unwrap();
    assert_data_eq!(
        described(&fleet, "--personal"),
        str![[r#"
⚠️ acme/fleet-infra is called acme/fleet now
✔ acme/fleet is private and has branch main
"#]]
    );
    fleet.finish();
}

#[test]
fn of_an_organisation_that_keeps_creation_to_its_owners() {
    let fleet = Fleet::of(quiet());
    let github = fleet.github();
    github.add_user("carol");
    github.add_member("acme", "carol").unwrap();
    github.forbid_creation("acme").unwrap();
    github.add_token(Token::classic("ghp_carols", "carol", &["repo"]));
    assert_data_eq!(
        checked_with(&fleet, "ghp_carols", ""),
        str![[r#"
------- stderr -------
► connecting to localhost:[PORT]
► checking acme/fleet-infra on localhost:[PORT]
✔ authenticated as carol
✔ acme/fleet-infra does not exist, or is hidden from the token; it is created, private
⚠️ in acme only owners create private repositories
✔ the token has the scopes repo
✔ localhost tells its SSH host keys over TLS
► checking the cluster at https://localhost:[PORT]
✔ Kubernetes v1.36.3
✔ Flux is not installed yet
✔ you may install and upgrade Flux
► the least that would do: a classic token with repo, or a fine-grained token or App with administration: write, contents: write, metadata: read for all repositories; of somebody who may create repositories
✔ no check failed, with one warning; nothing was written

"#]]
    );
    fleet.finish();
}

#[test]
fn of_a_visibility_that_stays_as_it_is() {
    let fleet = Fleet::of(quiet());
    let options = nigari_sandbox::github::RepositoryOptions {
        visibility: Visibility::Public,
        auto_init: true,
        ..Default::default()
    };
    fleet.github().create_repository("acme", REPOSITORY, &options).unwrap();
    assert_data_eq!(
        checked(&fleet, "--private"),
        str![[r#"
------- stderr -------
► connecting to localhost:[PORT]
► checking acme/fleet-infra on localhost:[PORT]
✔ authenticated as alice
✔ acme/fleet-infra gets a deploy key
✔ acme/fleet-infra is public and has branch main
✔ no rule keeps commits from branch main
✔ the token has the scopes repo, read:org
✔ localhost tells its SSH host keys over TLS
► checking the cluster at https://localhost:[PORT]
✔ Kubernetes v1.36.3
✔ Flux is not installed yet
✔ you may install and upgrade Flux
► the least that would do: a classic token with public_repo, or a fine-grained token or App with administration: write, contents: write, metadata: read; of somebody with the role admin in the repository
✔ all checks passed; nothing was written

"#]]
    );
    fleet.finish();
}

#[test]
fn contradicts_other_ways_to_write_nothing() {
    let fleet = Fleet::of(quiet());
    assert_data_eq!(
        checked(&fleet, "--dry-run"),
        str![[r#"
------- stderr -------
error: the argument '--check' cannot be used with '--dry-run'

Usage: nigari bootstrap github --owner <OWNER> --repository <NAME> --path <PATH> --check

For more information, try '--help'.
[exit status: 2]

"#]]
    );
    fleet.finish();
}
