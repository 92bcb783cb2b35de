//! `nigari bootstrap github` on a branch that takes changes through pull requests only.

use nigari::git_host::pull_request::branch_name;
use nigari_sandbox::github::{Role, Rule, Token};
use nigari_sandbox::sandbox::Sandbox;
use nigari_test_support::fleet::{FOLDER, Fleet, REPOSITORY};
use snapbox::{assert_data_eq, str};

/// A fleet whose repository has GitHub's first commit, and this rule for `main`.
fn protected(rule: Rule) -> Fleet {
    let fleet = Fleet::new();
    protect(&fleet, "main", rule);
    fleet
}

fn protect(fleet: &Fleet, branch: &str, rule: Rule) {
    if fleet.git().is_none() {
        fleet.create_repository(true);
    }
    fleet.github().protect(fleet.sandbox.owner(), REPOSITORY, branch, rule).unwrap();
}

/// The branch of the pull request, unless another one is named.
fn work_branch() -> String {
    branch_name("bootstrap", &["acme/fleet-infra", "main", "./clusters/production"])
}

/// The branches of all pull requests there ever were.
fn proposed(fleet: &Fleet) -> Vec<String> {
    let pulls = fleet.github().pull_requests(fleet.sandbox.owner(), REPOSITORY);
    pulls.into_iter().map(|pull| pull.head).collect()
}

fn assert_cluster_untouched(fleet: &Fleet) {
    let writes = fleet.sandbox.recorder().writes();
    let to_cluster: Vec<String> = writes
        .into_iter()
        .filter(|write| write.double == "kube" && write.agent.starts_with("nigari/"))
        .filter(|write| !write.path.contains("selfsubject"))
        .map(|write| write.path)
        .collect();
    assert_eq!(to_cluster, [""; 0]);
}

#[test]
fn three_runs_make_one_pull_request_and_the_next_one_goes_on_after_the_merge() {
    let fleet = protected(Rule::PullRequest);
    assert_data_eq!(
        fleet.bootstrap("").to_string(),
        str![[r#"
https://localhost:[PORT]/acme/fleet-infra/pull/1
------- stderr -------
► connecting to localhost:[PORT]
✔ authenticated as alice
✔ checked access to the cluster at https://localhost:[PORT]
► GitHub signs the commit, because no author is named
► a rule of main: changes go through a pull request with 1 approval (ruleset 3 of acme/fleet-infra)
✔ pull request #1 opened: https://localhost:[PORT]/acme/fleet-infra/pull/1
error: pull request #1 waits for somebody to merge it
  hint: wait for that, and until the cluster has applied it, with --wait-merge
  hint: or run the same command again when it is merged: it goes on from there
[exit status: 9]

"#]]
    );
    assert_data_eq!(
        fleet.bootstrap("").to_string(),
        str![[r#"
https://localhost:[PORT]/acme/fleet-infra/pull/1
------- stderr -------
► connecting to localhost:[PORT]
✔ authenticated as alice
✔ checked access to the cluster at https://localhost:[PORT]
► GitHub signs the commit, because no author is named
► a rule of main: changes go through a pull request with 1 approval (ruleset 3 of acme/fleet-infra)
✔ pull request #1 is up to date: https://localhost:[PORT]/acme/fleet-infra/pull/1
error: pull request #1 waits for somebody to merge it
  hint: wait for that, and until the cluster has applied it, with --wait-merge
  hint: or run the same command again when it is merged: it goes on from there
[exit status: 9]

"#]]
    );
    assert_data_eq!(
        fleet.bootstrap("--interval=2m").to_string(),
        str![[r#"
https://localhost:[PORT]/acme/fleet-infra/pull/1
------- stderr -------
► connecting to localhost:[PORT]
✔ authenticated as alice
✔ checked access to the cluster at https://localhost:[PORT]
► GitHub signs the commit, because no author is named
► a rule of main: changes go through a pull request with 1 approval (ruleset 3 of acme/fleet-infra)
✔ pull request #1 updated: https://localhost:[PORT]/acme/fleet-infra/pull/1
error: pull request #1 waits for somebody to merge it
  hint: wait for that, and until the cluster has applied it, with --wait-merge
  hint: or run the same command again when it is merged: it goes on from there
[exit status: 9]

"#]]
    );
    assert_eq!(proposed(&fleet), [work_branch()]);
    assert_cluster_untouched(&fleet);
    assert!(fleet.deploy_keys().is_empty());
    let pull = &fleet.github().pull_requests("acme", REPOSITORY)[0];
    assert_data_eq!(
        format!("{}\n\n{}", pull.title, pull.body),
        str![[r#"
Add Flux v2.9.4 component and sync manifests

- `clusters/production/flux-system/gotk-components.yaml`
- `clusters/production/flux-system/gotk-sync.yaml`
- `clusters/production/flux-system/kustomization.yaml`

Flux is installed on the cluster when this is merged and the same command is run again. Until then it updates this pull request.

"#]]
    );

    fleet.github().merge_pull_request("acme", REPOSITORY, 1).unwrap();
    assert_data_eq!(
        fleet.bootstrap("--interval=2m").in_peace(),
        str![[r#"
------- stderr -------
► connecting to localhost:[PORT]
✔ authenticated as alice
✔ checked access to the cluster at https://localhost:[PORT]
✔ main of acme/fleet-infra is up to date at [COMMIT]
✔ applied the components: 32 created, 0 configured, 0 unchanged
✔ deploy key flux-system-main-flux-system-./clusters/production added to acme/fleet-infra
► the deploy key lives as long as the token that made it: regenerate that token, do not delete it
✔ Secret flux-system/flux-system written
✔ applied the sync objects: 2 created, 0 configured, 0 unchanged
◎ waiting for the components
✔ helm-controller: deployment ready
✔ kustomize-controller: deployment ready
✔ notification-controller: deployment ready
✔ source-controller: deployment ready
◎ waiting for GitRepository flux-system/flux-system
✔ GitRepository flux-system/flux-system is at main@sha1:[COMMIT]
◎ waiting for Kustomization flux-system/flux-system
✔ Kustomization flux-system/flux-system is at main@sha1:[COMMIT]
✔ Flux v2.9.4 is installed and in sync

"#]]
    );
    assert_eq!(proposed(&fleet).len(), 1);
    fleet.sandbox.recorder().clear();
    let again = fleet.bootstrap("--interval=2m");
    assert_eq!(again.exit_code(), Some(0), "{again}");
    fleet.assert_untouched(&again);
    fleet.finish();
}

#[test]
fn waits_until_somebody_has_merged_and_installs() {
    let fleet = protected(Rule::RequiredReviews);
    let waiting = fleet.start(&fleet.bootstrap_arguments("--wait-merge"));
    let is_unchanged = || {
        let requests = fleet.sandbox.recorder().all();
        requests.iter().any(|request| request.path.ends_with("/pulls/1") && request.status == 304)
    };
    fleet.until("the pull request was looked at again", is_unchanged);
    assert_cluster_untouched(&fleet);
    fleet.github().merge_pull_request("acme", REPOSITORY, 1).unwrap();
    let run = fleet.finished(waiting);
    assert_data_eq!(
        run.in_peace(),
        str![[r#"
https://localhost:[PORT]/acme/fleet-infra/pull/1
------- stderr -------
► connecting to localhost:[PORT]
✔ authenticated as alice
✔ checked access to the cluster at https://localhost:[PORT]
► GitHub signs the commit, because no author is named
► a rule of main: changes go through a pull request with 1 approval (branch protection)
✔ pull request #1 opened: https://localhost:[PORT]/acme/fleet-infra/pull/1
◎ waiting until somebody merges pull request #1
✔ pull request #1 is merged
✔ applied the components: 32 created, 0 configured, 0 unchanged
✔ deploy key flux-system-main-flux-system-./clusters/production added to acme/fleet-infra
► the deploy key lives as long as the token that made it: regenerate that token, do not delete it
✔ Secret flux-system/flux-system written
✔ applied the sync objects: 2 created, 0 configured, 0 unchanged
◎ waiting for the components
✔ helm-controller: deployment ready
✔ kustomize-controller: deployment ready
✔ notification-controller: deployment ready
✔ source-controller: deployment ready
◎ waiting for GitRepository flux-system/flux-system
✔ GitRepository flux-system/flux-system is at main@sha1:[COMMIT]
◎ waiting for Kustomization flux-system/flux-system
✔ Kustomization flux-system/flux-system is at main@sha1:[COMMIT]
✔ Flux v2.9.4 is installed and in sync

"#]]
    );
    fleet.finish();
}

#[test]
fn a_pull_request_that_is_closed_ends_the_wait_and_the_next_run_opens_another() {
    let fleet = protected(Rule::PullRequest);
    let waiting = fleet.start(&fleet.bootstrap_arguments("--wait-merge"));
    fleet.until("the pull request is there", || !proposed(&fleet).is_empty());
    fleet.github().close_pull_request("acme", REPOSITORY, 1).unwrap();
    let run = fleet.finished(waiting);
    assert_eq!(run.exit_code(), Some(1), "{run}");
    assert!(
        run.to_string().contains("error: pull request #1 was closed without being merged"),
        "{run}"
    );
    assert_cluster_untouched(&fleet);
    let again = fleet.bootstrap("");
    assert_eq!(again.exit_code(), Some(9), "{again}");
    assert_eq!(proposed(&fleet), [work_branch(), format!("{}-2", work_branch())]);
    fleet.finish();
}

#[test]
fn what_was_merged_is_compared_with_what_was_proposed() {
    let fleet = protected(Rule::PullRequest);
    let waiting = fleet.start(&fleet.bootstrap_arguments("--wait-merge"));
    fleet.until("the pull request is there", || !proposed(&fleet).is_empty());
    let path = format!("{FOLDER}/gotk-sync.yaml");
    let github = fleet.github();
    github.commit_file("acme", REPOSITORY, &work_branch(), &path, "# none\n", "Without").unwrap();
    github.merge_pull_request("acme", REPOSITORY, 1).unwrap();
    let run = fleet.finished(waiting);
    assert_eq!(run.exit_code(), Some(7), "{run}");
    let words = format!("error: what was merged is not what was proposed: {path}\n");
    assert!(run.to_string().contains(&words), "{run}");
    assert_cluster_untouched(&fleet);
    fleet.finish();
}

#[test]
fn every_rule_that_a_pull_request_can_satisfy_leads_to_one() {
    for rule in
        [Rule::RequiredStatusCheck("build".to_owned()), Rule::MergeQueue, Rule::RequiredReviews]
    {
        let fleet = protected(rule.clone());
        let run = fleet.bootstrap("");
        assert_eq!(run.exit_code(), Some(9), "{rule:?}: {run}");
        assert_eq!(proposed(&fleet), [work_branch()], "{rule:?}");
        fleet.finish();
    }
}

#[test]
fn a_rule_that_the_token_cannot_see_leads_to_a_pull_request_once_it_refuses() {
    let fleet = protected(Rule::RequiredReviews);
    let github = fleet.github();
    github.add_user("bob");
    github.add_token(Token::classic("ghp_of_bob_who_pushes_only", "bob", &["repo"]));
    github.add_collaborator("acme", REPOSITORY, "bob", Role::Push).unwrap();
    let arguments =
        format!("--token-auth --ca-file={}", fleet.sandbox.certificate_file().display());
    let mut command = fleet.command(&fleet.bootstrap_arguments(&arguments));
    command.env("GITHUB_TOKEN", "ghp_of_bob_who_pushes_only");
    assert_data_eq!(
        fleet.run(&mut command).to_string(),
        str![[r#"
https://localhost:[PORT]/acme/fleet-infra/pull/1
------- stderr -------
► connecting to localhost:[PORT]
✔ authenticated as bob
✔ checked access to the cluster at https://localhost:[PORT]
► GitHub signs the commit, because no author is named
⚠️ main takes no direct commit: GitHub refused: At least 1 approving review is required by reviewers with write access.
✔ pull request #1 opened: https://localhost:[PORT]/acme/fleet-infra/pull/1
error: pull request #1 waits for somebody to merge it
  hint: wait for that, and until the cluster has applied it, with --wait-merge
  hint: or run the same command again when it is merged: it goes on from there
[exit status: 9]

"#]]
    );
    assert_eq!(proposed(&fleet), [work_branch()]);
    fleet.finish();
}

#[test]
fn whoever_may_not_push_proposes_a_commit_made_of_objects_too() {
    let fleet = protected(Rule::RestrictedPushes);
    let github = fleet.github();
    github.add_user("bob");
    github.add_token(Token::classic("ghp_of_bob_who_pushes_only", "bob", &["repo"]));
    github.add_collaborator("acme", REPOSITORY, "bob", Role::Push).unwrap();
    let certificate = fleet.sandbox.certificate_file().display();
    let arguments = format!("--token-auth --ca-file={certificate} --author-email=bob@acme.example");
    let with_token = |arguments: &str| {
        let mut command = fleet.command(&fleet.bootstrap_arguments(arguments));
        fleet.run(command.env("GITHUB_TOKEN", "ghp_of_bob_who_pushes_only"))
    };
    let checked = with_token(&format!("{arguments} --check"));
    let least = "contents: write, metadata: read, pull_requests: write;";
    assert!(checked.stderr().contains(least), "{checked}");
    let run = with_token(&arguments);
    assert_eq!(run.exit_code(), Some(9), "{run}");
    let told = "main takes no direct commit: GitHub refused: You're not authorized to push";
    assert!(run.stderr().contains(told), "{run}");
    assert_eq!(proposed(&fleet), [work_branch()]);
    fleet.finish();
}

#[test]
fn never_is_an_error_that_names_the_rule() {
    let fleet = protected(Rule::PullRequest);
    let run = fleet.bootstrap("--pull-request=never");
    assert_eq!(fleet.history("main"), "Initial commit\n  README.md\n");
    assert_cluster_untouched(&fleet);
    assert_data_eq!(
        run.to_string(),
        str![[r#"
------- stderr -------
► connecting to localhost:[PORT]
✔ authenticated as alice
✔ checked access to the cluster at https://localhost:[PORT]
error: main takes no direct commit: changes go through a pull request with 1 approval (ruleset 3 of acme/fleet-infra)
  hint: propose it with --pull-request
  hint: commit to another branch with --branch, or ask an owner to let the token bypass the rule
[exit status: 6]

"#]]
    );
    assert!(proposed(&fleet).is_empty());
    fleet.finish();
}

#[test]
fn a_rule_that_does_not_bind_the_token_is_told() {
    let fleet = protected(Rule::PullRequest);
    fleet.sandbox.faults().arm("github.rules=bypassed").unwrap();
    let run = fleet.bootstrap("--pull-request=never");
    assert_eq!(run.exit_code(), Some(0), "{run}");
    let words = "⚠️ GitHub took the commit past a rule of main: changes go through a pull request with 1 \
                 approval (ruleset 3 of acme/fleet-infra); the token is exempt from it\n";
    assert!(run.to_string().contains(words), "{run}");
    fleet.finish();
}

#[test]
fn a_rule_that_forbids_the_name_of_the_branch_leaves_another_one() {
    let fleet = protected(Rule::PullRequest);
    protect(&fleet, &work_branch(), Rule::Creation);
    assert_data_eq!(
        fleet.bootstrap("").to_string(),
        str![[r#"
------- stderr -------
► connecting to localhost:[PORT]
✔ authenticated as alice
✔ checked access to the cluster at https://localhost:[PORT]
► GitHub signs the commit, because no author is named
► a rule of main: changes go through a pull request with 1 approval (ruleset 3 of acme/fleet-infra)
error: cannot update branch nigari/bootstrap-[COMMIT] of acme/fleet-infra
  cause: GitHub answered 422: Repository rule violations found Cannot create ref due to creations being restricted.
  cause: a rule of the branch forbids the commit
  hint: name a branch that the rules allow with --pull-request-branch
[exit status: 6]

"#]]
    );
    let run = fleet.bootstrap("--pull-request-branch=proposals/flux");
    assert_eq!(run.exit_code(), Some(9), "{run}");
    assert_eq!(proposed(&fleet), ["proposals/flux"]);
    fleet.finish();
}

#[test]
fn one_that_nobody_asked_for_can_be_wanted_and_is_shown_beforehand() {
    let fleet = Fleet::of(Sandbox::builder().without_players());
    fleet.create_repository(true);
    let shown = fleet.bootstrap("--pull-request --dry-run");
    assert_eq!(shown.exit_code(), Some(0), "{shown}");
    let first = shown.to_string().lines().next().unwrap_or_default().to_owned();
    assert_eq!(first, "pull request to main of acme/fleet-infra from nigari/bootstrap-[COMMIT]");
    fleet.assert_untouched(&shown);
    let run = fleet.bootstrap("--pull-request");
    assert_eq!(run.exit_code(), Some(9), "{run}");
    assert_eq!(run.stdout(), format!("{}/acme/fleet-infra/pull/1\n", "https://localhost:[PORT]"));
    fleet.finish();
}

#[test]
fn a_pull_request_whose_answer_is_lost_is_adopted() {
    let fleet = protected(Rule::PullRequest);
    fleet.sandbox.faults().arm("github.create_pull=reset_after_effect*1").unwrap();
    let run = fleet.bootstrap("");
    assert_eq!(run.exit_code(), Some(9), "{run}");
    assert_eq!(proposed(&fleet).len(), 1);
    fleet.finish();
}

#[test]
fn flags_that_have_no_effect_are_refused() {
    let fleet = Fleet::of(Sandbox::builder().without_players());
    for (flags, words) in [
        (
            "--pull-request=never --wait-merge",
            "--wait-merge has no effect with --pull-request=never",
        ),
        (
            "--pull-request=never --pull-request-branch=x",
            "--pull-request-branch has no effect with --pull-request=never",
        ),
        ("--pull-request-branch=main", "the pull request cannot be from main to main"),
        ("--pull-request-branch=a..b", "\"a..b\" is not a name that Git accepts for a branch"),
    ] {
        let run = fleet.bootstrap(flags);
        assert_eq!(run.exit_code(), Some(2), "{flags}: {run}");
        assert!(run.to_string().contains(words), "{flags}: {run}");
        assert_eq!(fleet.sandbox.recorder().all().len(), 0, "{flags}");
    }
    fleet.finish();
}
