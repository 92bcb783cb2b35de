//! `nigari bootstrap github --check`: how the commit will reach a branch with rules, and which host keys the
//! cluster will trust.

use nigari_sandbox::github::{RepositoryOptions, Role, Rule, Token, Visibility};
use nigari_sandbox::sandbox::Sandbox;
use nigari_test_support::fleet::{Fleet, REPOSITORY};
use nigari_test_support::run::Run;
use snapbox::{assert_data_eq, str};

/// A repository that has a first commit and these rules for `main`, and a cluster where nobody acts.
fn protected(rules: &[Rule]) -> Fleet {
    let fleet = Fleet::of(Sandbox::builder().without_players());
    fleet.create_repository(true);
    rules.iter().for_each(|rule| protect(&fleet, rule));
    fleet
}

fn protect(fleet: &Fleet, rule: &Rule) {
    fleet.github().protect("acme", REPOSITORY, "main", rule.clone()).unwrap();
}

/// The check, after which nothing was tried.
fn checked(fleet: &Fleet, token: Option<&str>, more: &str) -> Run {
    let mut command = fleet.command(&fleet.bootstrap_arguments(&format!("--check {more}")));
    token.map(|token| command.env("GITHUB_TOKEN", token));
    without_a_write(fleet, fleet.run(&mut command))
}

fn without_a_write(fleet: &Fleet, run: Run) -> Run {
    let writes = fleet.sandbox.recorder().writes();
    assert!(writes.is_empty(), "{run}\n{writes:#?}");
    run
}

/// What it says about the way of the commit.
fn about_delivery(run: &Run) -> String {
    const WORDS: [&str; 6] =
        ["branch main", "pull request", "sign", "hint", "least that would do", "exit status"];
    let run = run.to_string();
    let lines = run.lines().filter(|line| WORDS.iter().any(|word| line.contains(word)));
    lines.map(|line| format!("{line}\n")).collect()
}

#[test]
fn the_pull_request_is_told_with_the_rule_that_asks_for_it() {
    let check = "build".to_owned();
    let fleet = protected(&[Rule::PullRequest, Rule::RequiredStatusCheck(check), Rule::MergeQueue]);
    assert_data_eq!(
        about_delivery(&checked(&fleet, None, "")),
        str![[r#"
✔ acme/fleet-infra is private and has branch main
⚠️ branch main: changes go through a pull request with 1 approval (ruleset 3 of acme/fleet-infra); a pull request is opened from nigari/bootstrap-[COMMIT]
⚠️ branch main: checks pass first: build (ruleset 3 of acme/fleet-infra)
⚠️ branch main: changes are merged by a queue (ruleset 3 of acme/fleet-infra)
► the least that would do: a classic token with repo, or a fine-grained token or App with administration: write, contents: write, metadata: read, pull_requests: write; of somebody with the role admin in the repository

"#]]
    );
    // It is the user who wants it where no rule does.
    let free = protected(&[]);
    assert_data_eq!(
        about_delivery(&checked(&free, None, "--pull-request")),
        str![[r#"
✔ acme/fleet-infra is private and has branch main
✔ no rule keeps commits from branch main
✔ a pull request is opened from nigari/bootstrap-[COMMIT], as --pull-request says
► the least that would do: a classic token with repo, or a fine-grained token or App with administration: write, contents: write, metadata: read, pull_requests: write; of somebody with the role admin in the repository

"#]]
    );
    // There is one already.
    let opened = fleet.bootstrap("");
    assert_eq!(opened.exit_code(), Some(9), "{opened}");
    fleet.sandbox.recorder().clear();
    let again = checked(&fleet, None, "");
    assert!(again.stderr().contains("; pull request #1 is open for it\n"), "{again}");
    // Nothing is left to propose.
    fleet.github().merge_pull_request("acme", REPOSITORY, 1).unwrap();
    let merged = checked(&fleet, None, "");
    assert!(!merged.stderr().contains("is open for it"), "{merged}");
    assert!(!merged.stderr().contains("pull_requests"), "{merged}");
    fleet.finish();
    free.finish();
}

#[test]
fn whoever_wants_none_is_refused_with_the_rule() {
    let fleet = protected(&[Rule::RequiredReviews]);
    assert_data_eq!(
        about_delivery(&checked(&fleet, None, "--pull-request=never")),
        str![[r#"
✔ acme/fleet-infra is private and has branch main
✗ main takes no direct commit: changes go through a pull request with 1 approval (branch protection)
  hint: propose it with --pull-request
  hint: commit to another branch with --branch, or ask an owner to let the token bypass the rule
⚠️ branch main: changes go through a pull request with 1 approval (branch protection)
► the least that would do: a classic token with repo, or a fine-grained token or App with administration: write, contents: write, metadata: read; of somebody with the role admin in the repository
[exit status: 6]

"#]]
    );
    let run = without_a_write(&fleet, fleet.bootstrap("--pull-request=never"));
    assert_eq!(run.exit_code(), Some(6), "{run}");
    let dry = without_a_write(&fleet, fleet.bootstrap("--pull-request=never --dry-run"));
    assert_eq!(dry.exit_code(), Some(6), "{dry}");
    fleet.finish();
}

#[test]
fn whoever_is_exempt_from_the_rule_needs_no_pull_request() {
    let fleet = protected(&[Rule::PullRequest]);
    fleet.sandbox.faults().arm("github.rules=bypassed").unwrap();
    for flag in ["", "--pull-request=never"] {
        let run = checked(&fleet, None, flag);
        assert_eq!(run.exit_code(), Some(0), "{run}");
        assert!(run.stderr().contains("✔ no rule keeps commits from branch main\n"), "{run}");
    }
    fleet.finish();
}

#[test]
fn a_token_that_may_not_propose_is_found_before_the_first_write() {
    let fleet = protected(&[Rule::PullRequest]);
    let writes = [("contents", "write"), ("administration", "write"), ("pull_requests", "write")];
    let github = fleet.github();
    github.add_token(Token::fine_grained("github_pat_without", "alice", &writes[..2]));
    github.add_token(Token::fine_grained("github_pat_with", "alice", &writes));
    let run = checked(&fleet, Some("github_pat_without"), "");
    assert_data_eq!(
        about_delivery(&run),
        str![[r#"
✔ acme/fleet-infra is private and has branch main
✗ cannot list the pull requests of acme/fleet-infra
  hint: use a token that may write pull requests as well as contents
  hint: give the token the permission pull_requests=read
⚠️ branch main: changes go through a pull request with 1 approval (ruleset 3 of acme/fleet-infra)
► the least that would do: a classic token with repo, or a fine-grained token or App with administration: write, contents: write, metadata: read, pull_requests: write; of somebody with the role admin in the repository
[exit status: 6]

"#]]
    );
    let mut command = fleet.command(&fleet.bootstrap_arguments(""));
    let run = fleet.run(command.env("GITHUB_TOKEN", "github_pat_without"));
    assert_eq!(without_a_write(&fleet, run).exit_code(), Some(6));
    let run = checked(&fleet, Some("github_pat_with"), "");
    assert_eq!(run.exit_code(), Some(0), "{run}");
    let needed =
        "it needs administration: write, contents: write, metadata: read, pull_requests: write\n";
    assert!(run.stderr().contains(needed), "{run}");
    fleet.finish();
}

#[test]
fn an_author_who_is_named_is_refused_where_signatures_are_wanted() {
    const AUTHOR: &str = "--author-name=Ann --author-email=ann@acme.example";
    let fleet = protected(&[Rule::RequiredSignatures]);
    assert_data_eq!(
        about_delivery(&checked(&fleet, None, AUTHOR)),
        str![[r#"
✔ acme/fleet-infra is private and has branch main
✗ GitHub does not sign commits whose author is named
  cause: a rule of main: commits are signed (ruleset 3 of acme/fleet-infra)
  hint: leave out --author-name and --author-email: GitHub signs what is by the token's user
  hint: sign with a key that GitHub knows: --gpg-key-ring or --ssh-signing-key-file
⚠️ branch main: commits are signed (ruleset 3 of acme/fleet-infra)
► the least that would do: a classic token with repo, or a fine-grained token or App with administration: write, contents: write, metadata: read; of somebody with the role admin in the repository
[exit status: 6]

"#]]
    );
    let run = checked(&fleet, None, "");
    assert_eq!(run.exit_code(), Some(0), "{run}");
    fleet.finish();
}

#[test]
fn the_first_commit_of_all_is_signed_by_nobody() {
    let fleet = Fleet::of(Sandbox::builder().without_players());
    fleet.create_repository(false);
    protect(&fleet, &Rule::RequiredSignatures);
    assert_data_eq!(
        about_delivery(&checked(&fleet, None, "")),
        str![[r#"
✗ GitHub does not sign the first commit of a repository
  cause: a rule of main: commits are signed (ruleset 3 of acme/fleet-infra)
  hint: sign with a key that GitHub knows: --gpg-key-ring or --ssh-signing-key-file
⚠️ branch main: commits are signed (ruleset 3 of acme/fleet-infra)
► the least that would do: a classic token with repo, or a fine-grained token or App with administration: write, contents: write, metadata: read; of somebody with the role admin in the repository
[exit status: 6]

"#]]
    );
    let run = checked(&fleet, None, "--pull-request");
    let told = "there is no branch main that a pull request could be merged into";
    assert!(run.stderr().contains(told), "{run}");
    fleet.finish();
}

#[test]
fn a_branch_that_nobody_may_create_is_refused_before_anything_is_written() {
    let fleet = protected(&[]);
    fleet.github().protect("acme", REPOSITORY, "staging", Rule::Creation).unwrap();
    let run = fleet.bootstrap("--branch=staging");
    fleet.assert_untouched(&run);
    assert_eq!(run.exit_code(), Some(6), "{run}");
    let told = "there is no branch staging, and a rule forbids to create it: a branch of this name is \
                not for everybody to create (ruleset ";
    assert!(run.stderr().contains(told), "{run}");
    fleet.finish();
}

#[test]
fn a_rule_that_is_hidden_is_tried_and_named_by_github() {
    let fleet = protected(&[Rule::RequiredReviews]);
    let github = fleet.github();
    github.add_user("bob");
    github.add_token(Token::classic("ghp_of_bob_who_pushes_only", "bob", &["repo"]));
    github.add_collaborator("acme", REPOSITORY, "bob", Role::Push).unwrap();
    let arguments = "--token-auth --pull-request=never";
    let run = checked(&fleet, Some("ghp_of_bob_who_pushes_only"), arguments);
    assert_eq!(run.exit_code(), Some(0), "{run}");
    let told = "⚠️ branch main is protected, and only administrators see how\n";
    assert!(run.stderr().contains(told), "{run}");
    let mut command = fleet.command(&fleet.bootstrap_arguments(arguments));
    let run = fleet.run(command.env("GITHUB_TOKEN", "ghp_of_bob_who_pushes_only"));
    assert_eq!(run.exit_code(), Some(6), "{run}");
    assert!(run.stderr().contains("hint: propose it with --pull-request\n"), "{run}");
    assert_eq!(fleet.history("main"), "Initial commit\n  README.md\n");
    fleet.finish();
}

/// The line about host keys, of a host whose keys `scan` tells and `known_hosts` has.
fn about_host_keys(fleet: &Fleet, scan: &str, known: &str, more: &str) -> (Option<i32>, String) {
    fleet.put_program("ssh-keyscan", scan);
    fleet.put_program("ssh-keygen", known);
    let run = without_a_write(fleet, fleet.bootstrap(&format!("--check {more}")));
    let keys: Vec<&str> = run
        .stderr()
        .lines()
        .filter(|line| line.contains("host key") && !line.contains("hint"))
        .collect();
    (run.exit_code(), keys.join("\n"))
}

#[test]
fn the_host_keys_are_looked_at_where_the_cluster_uses_ssh() {
    const NONE: &str = "exit 1";
    let fleet = protected(&[]);
    let told = (Some(0), "✔ localhost tells its SSH host keys over TLS".to_owned());
    assert_eq!(about_host_keys(&fleet, NONE, NONE, ""), told);
    let (code, told) = about_host_keys(&fleet, NONE, NONE, "--token-auth");
    assert_eq!((code, told.as_str()), (Some(0), ""));

    fleet.sandbox.faults().arm("github.host_keys=untold").unwrap();
    let key = fleet.github().host_keys().remove(0);
    let scan = format!("echo 'localhost {key}'");
    let vouched = about_host_keys(&fleet, NONE, &scan, "");
    let told = (Some(0), "✔ took the host keys of localhost from known_hosts".to_owned());
    assert_eq!(vouched, told);
    let (code, told) = about_host_keys(&fleet, &scan, NONE, "");
    assert_eq!(code, Some(6));
    assert!(told.starts_with("✗ nobody vouches for the host keys of localhost"), "{told}");
    let (code, told) = about_host_keys(&fleet, &scan, NONE, "--accept-host-key=SHA256:nonsense");
    assert_eq!(code, Some(7));
    assert!(told.starts_with("✗ localhost has no host key SHA256:nonsense"), "{told}");
    fleet.finish();
}

#[test]
fn a_public_repository_tells_everybody_its_pull_requests() {
    let fleet = Fleet::of(Sandbox::builder().without_players());
    let options = RepositoryOptions {
        visibility: Visibility::Public,
        auto_init: true,
        ..RepositoryOptions::default()
    };
    fleet.github().create_repository("acme", REPOSITORY, &options).unwrap();
    protect(&fleet, &Rule::PullRequest);
    let run = checked(&fleet, None, "--private=false");
    assert!(run.stderr().contains("; a pull request is opened from nigari/"), "{run}");
    assert!(run.stderr().contains("a classic token with public_repo"), "{run}");
    fleet.finish();
}
