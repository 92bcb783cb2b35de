//! A bootstrap on a branch with rules, or whose branch changes meanwhile: B5, B22, F10, F11, F18 and F22.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use nigari_sandbox::github::{RefUpdate, Rule};
use nigari_sandbox::sandbox::{Builder, Sandbox};
use nigari_test_support::fleet::{FOLDER, Fleet, REPOSITORY};

use crate::bootstrap::{compare, seen};
use crate::mode::{Runs, Seen};

/// What a cluster needs at least to be in sync.
const FEW: &str = "--components=source-controller,kustomize-controller";

fn fleet() -> Builder {
    Sandbox::builder()
}

/// A cluster where nobody acts: for runs that end before the first write there.
fn quiet() -> Builder {
    Sandbox::builder().without_players()
}

/// Makes the repository with GitHub's first commit, and a rule for `main` if there is a fault.
fn protect(fleet: &Fleet, fault: bool, rule: Rule) {
    fleet.create_repository(true);
    if fault {
        fleet.github().protect("acme", REPOSITORY, "main", rule).unwrap();
    }
}

fn bootstrap(fleet: &Fleet, more: &str) -> Seen {
    seen(fleet, &fleet.bootstrap(&format!("{FEW} {more}")))
}

/// Does something before the next update of a branch is applied, once.
fn before_next_update(fleet: &Fleet, act: impl Fn() + Send + 'static) {
    let mut is_done = false;
    fleet.github().on_ref_update(move |_: RefUpdate| {
        if !std::mem::replace(&mut is_done, true) {
            act();
        }
    });
}

/// Nothing was written to the cluster, access reviews left out.
#[track_caller]
fn expect_cluster_untouched(runs: &Runs) {
    for seen in runs.each() {
        let mut written = seen.written();
        written.retain(|path| !path.starts_with("/api/v3/") && !path.starts_with("/api/graphql"));
        written.retain(|path| !path.contains("selfsubject"));
        assert_eq!(written, [""; 0], "{}", seen.story);
    }
}

/// It went through; under load the story tells of controllers that are slow.
#[track_caller]
fn expect_installed(runs: &Runs) {
    runs.expect(0, "");
    runs.expect_told("Flux v2.9.4 is installed and in sync");
}

#[test]
fn b5_a_protected_branch() {
    let claim = "a branch that is protected gets one pull request, however often it is tried";
    let (with, without) = compare("B5", claim, fleet, |fleet, fault| {
        protect(fleet, fault, Rule::RequiredReviews);
        for _ in 0..2 {
            fleet.bootstrap(FEW);
        }
        let seen = bootstrap(fleet, "");
        let pulls = fleet.github().pull_requests("acme", REPOSITORY).len();
        assert_eq!(pulls, usize::from(fault));
        seen
    });
    with.expect(9, "pull request #1 waits for somebody to merge it");
    with.expect_writes_to("/pulls", 1);
    expect_cluster_untouched(&with);
    expect_installed(&without);
    without.expect_writes_to("/pulls", 0);
}

#[test]
fn b5_required_checks() {
    let claim =
        "a branch whose commits have to pass checks gets a pull request, which waits for them";
    let (with, without) = compare("B5", claim, fleet, |fleet, fault| {
        protect(fleet, fault, Rule::RequiredStatusCheck("build".to_owned()));
        bootstrap(fleet, "")
    });
    with.expect(9, "pull request #1 waits for somebody to merge it");
    with.expect_told("checks pass first: build");
    expect_cluster_untouched(&with);
    expect_installed(&without);
}

#[test]
fn b5_required_signatures() {
    let claim = "an author for whom nobody signs is refused before the first write where signatures are wanted";
    let (with, without) = compare("B5", claim, fleet, |fleet, fault| {
        protect(fleet, fault, Rule::RequiredSignatures);
        bootstrap(fleet, "--author-name=Ann --author-email=ann@acme.example")
    });
    with.expect(6, "GitHub does not sign commits whose author is named");
    with.expect_writes_to("/git/", 0);
    with.expect_writes_to("/graphql", 0);
    expect_cluster_untouched(&with);
    expect_installed(&without);
}

#[test]
fn f18_a_rule_that_nobody_circumvents() {
    let claim = "without a pull request the rule is named, and nothing is on the branch";
    let (with, without) = compare("F18", claim, fleet, |fleet, fault| {
        protect(fleet, fault, Rule::PullRequest);
        let seen = bootstrap(fleet, "--pull-request=never");
        if fault {
            assert_eq!(fleet.history("main"), "Initial commit\n  README.md\n");
        }
        seen
    });
    with.expect(6, "main takes no direct commit: changes go through a pull request");
    with.expect_writes_to("/git/", 0);
    with.expect_writes_to("/graphql", 0);
    expect_cluster_untouched(&with);
    expect_installed(&without);
}

#[test]
fn f18_signatures_that_are_wanted() {
    let claim = "where signatures are wanted GitHub signs: the same bootstrap ends as well";
    let (with, without) = compare("F18", claim, fleet, |fleet, fault| {
        protect(fleet, fault, Rule::RequiredSignatures);
        let seen = bootstrap(fleet, "");
        let git = fleet.git().unwrap();
        let tip = git.revparse_single("refs/heads/main").unwrap().peel_to_commit().unwrap();
        assert_eq!(tip.committer().name(), Ok("GitHub"));
        seen
    });
    with.expect_told("a rule of main: commits are signed (ruleset 3 of acme/fleet-infra)");
    expect_installed(&with);
    expect_installed(&without);
}

#[test]
fn f18_a_rule_that_is_bypassed_silently() {
    let claim = "a commit that went past a rule is told, with the rule";
    let (with, without) = compare("F18", claim, fleet, |fleet, fault| {
        protect(fleet, fault, Rule::PullRequest);
        fleet.sandbox.faults().arm("github.rules=bypassed").unwrap();
        bootstrap(fleet, "--pull-request=never")
    });
    with.expect(0, "GitHub took the commit past a rule of main: changes go through a pull request");
    expect_installed(&without);
}

#[test]
fn f22_a_commit_that_github_does_not_manage_to_make() {
    let claim =
        "a commit that is too much for GitHub to make and sign itself is made of objects, once";
    let (with, without) = compare("F22", claim, fleet, |fleet, fault| {
        fleet.create_repository(true);
        if fault {
            fleet.sandbox.faults().arm("github.create_commit=timeout").unwrap();
        }
        let seen = bootstrap(fleet, "");
        let history = fleet.history("main");
        assert_eq!(history.lines().filter(|line| !line.starts_with(' ')).count(), 2, "{history}");
        seen
    });
    with.expect_told("so large a commit itself: the commit is not signed");
    with.expect_writes_to("/git/commits", 1);
    expect_installed(&with);
    without.expect_writes_to("/git/commits", 0);
    expect_installed(&without);
}

#[test]
fn b22_a_key_that_does_not_open() {
    let claim = "a signing key that does not open is told before anything is sent";
    let (with, without) = compare("B22", claim, fleet, |fleet, fault| {
        fleet.create_repository(true);
        let home = fleet.sandbox.home();
        let (key, passphrase) = (home.join("signing"), home.join("passphrase"));
        make_key(&key, "of the key");
        fs::write(&passphrase, "of the key\n").unwrap();
        let flag = format!("--ssh-signing-key-file={}", key.display());
        let flag = match fault {
            true => flag,
            false => format!("{flag} --ssh-signing-password-file={}", passphrase.display()),
        };
        bootstrap(fleet, &flag)
    });
    with.expect(2, "passphrase");
    with.expect_writes("");
    for seen in with.each() {
        assert_eq!(seen.reads, [""; 0], "{}", seen.story);
    }
    without.expect_told("the commit is signed with the SSH key in ");
    expect_installed(&without);
}

fn make_key(path: &Path, passphrase: &str) {
    let mut keygen = Command::new("ssh-keygen");
    keygen.args(["-q", "-t", "ed25519", "-N", passphrase, "-f"]).arg(path).stdin(Stdio::null());
    let output = keygen.output().unwrap();
    assert!(output.status.success(), "{output:?}");
}

#[test]
fn b22_a_key_without_its_private_half() {
    let claim = "a public key is told from a private one before anything is sent";
    let (with, without) = compare("B22", claim, quiet, |fleet, fault| {
        fleet.create_repository(true);
        let key = fleet.sandbox.home().join("signing");
        make_key(&key, "");
        let end = if fault { ".pub" } else { "" };
        bootstrap(fleet, &format!("--dry-run --ssh-signing-key-file={}{end}", key.display()))
    });
    with.expect(2, "holds no private key");
    with.expect_writes("");
    without.expect_told("Signed with the SSH key in ");
}

#[test]
fn f10_a_branch_that_is_deleted_meanwhile() {
    let claim = "a branch that was deleted while the commit was made is not brought back unasked";
    let (with, without) = compare("F10", claim, fleet, |fleet, fault| {
        fleet.create_repository(true);
        let path = fleet.github().repository_path("acme", REPOSITORY).unwrap();
        if fault {
            before_next_update(fleet, move || {
                let git = git2::Repository::open_bare(&path).unwrap();
                git.find_reference("refs/heads/main").unwrap().delete().unwrap();
            });
        }
        let seen = bootstrap(fleet, "");
        if fault {
            assert_eq!(fleet.head("main"), None);
            let again = fleet.bootstrap(FEW);
            assert_eq!(again.exit_code(), Some(0), "{again}");
        }
        seen
    });
    with.expect(7, "branch main of acme/fleet-infra was deleted while we committed");
    expect_cluster_untouched(&with);
    expect_installed(&without);
}

/// Somebody writes a file of Flux's folder while the commit is on its way.
fn while_somebody_writes(fleet: &Fleet, file: &str, content: &str) -> Seen {
    let (github, path) = (fleet.github().clone(), format!("{FOLDER}/{file}"));
    let content = content.to_owned();
    before_next_update(fleet, move || {
        let message = "Somebody else's";
        github.commit_file("acme", REPOSITORY, "main", &path, &content, message).unwrap();
    });
    bootstrap(fleet, "")
}

#[test]
fn f11_a_file_that_somebody_else_writes_differently() {
    let claim = "what somebody else has put into one of the files meanwhile is not overwritten";
    let (with, without) = compare("F11", claim, fleet, |fleet, fault| {
        fleet.create_repository(true);
        match fault {
            true => while_somebody_writes(fleet, "gotk-sync.yaml", "# theirs\n"),
            false => bootstrap(fleet, ""),
        }
    });
    with.expect(7, "somebody else changed clusters/production/flux-system/gotk-sync.yaml");
    expect_cluster_untouched(&with);
    expect_installed(&without);
}

#[test]
fn f11_a_file_that_somebody_else_writes_the_same() {
    let claim = "a file that somebody else has written meanwhile as it shall be is in nobody's way";
    let (with, without) = compare("F11", claim, fleet, |fleet, fault| {
        fleet.create_repository(true);
        if !fault {
            return bootstrap(fleet, "");
        }
        let export = fleet.bootstrap(&format!("{FEW} --export"));
        let begin = format!("# Source: {FOLDER}/kustomization.yaml\n");
        let (_, content) = export.stdout().split_once(&begin).unwrap();
        let seen = while_somebody_writes(fleet, "kustomization.yaml", content);
        let history = fleet.history("main");
        assert!(
            history.ends_with(
                "gotk-components.yaml\n  clusters/production/flux-system/gotk-sync.yaml\n"
            ),
            "{history}"
        );
        seen
    });
    expect_installed(&with);
    expect_installed(&without);
}
