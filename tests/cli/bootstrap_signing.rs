//! `nigari bootstrap github`: who the commit is by, and who signs it.

use std::fs;
use std::path::Path;
use std::process::Command;

use nigari_sandbox::github::{Rule, Token, TokenKind};
use nigari_sandbox::sandbox::Sandbox;
use nigari_test_support::fleet::{Fleet, REPOSITORY};
use nigari_test_support::keys::{PASSPHRASE, Rings, SshKeys, passphrase_file};
use nigari_test_support::run::Run;
use snapbox::{assert_data_eq, str};

/// A fleet whose repository has GitHub's first commit.
fn fleet() -> Fleet {
    let fleet = Fleet::new();
    fleet.seed("the passphrase", PASSPHRASE);
    fleet.create_repository(true);
    fleet
}

fn protect(fleet: &Fleet, rule: Rule) {
    fleet.github().protect("acme", REPOSITORY, "main", rule).unwrap();
}

/// Who the last commit of `main` is by, and who made it.
fn people(fleet: &Fleet) -> (String, String) {
    let git = fleet.git().unwrap();
    let commit = git.revparse_single("refs/heads/main").unwrap().peel_to_commit().unwrap();
    let (author, committer) = (commit.author(), commit.committer());
    let shown = |who: &git2::Signature<'_>| who.to_string();
    (shown(&author), shown(&committer))
}

/// The lines about signatures.
fn about_signatures(run: &Run) -> String {
    let run = run.to_string();
    let lines = run.lines().filter(|line| line.contains("sign") || line.contains("unverified"));
    lines.map(|line| format!("{line}\n")).collect()
}

/// What stock git says about the signature of the last commit of a branch.
fn verify(fleet: &Fleet, branch: &str, settings: &[String], home: Option<&Path>) {
    let path = fleet.github().repository_path("acme", REPOSITORY).unwrap();
    let mut git = Command::new("git");
    git.arg("-C").arg(path);
    for setting in settings {
        git.args(["-c", setting]);
    }
    if let Some(home) = home {
        git.env("GNUPGHOME", home);
    }
    let output = git.args(["verify-commit", branch]).output().unwrap();
    assert!(output.status.success(), "{output:?}");
}

#[test]
fn github_signs_for_a_user_and_the_commit_is_by_them() {
    let fleet = fleet();
    protect(&fleet, Rule::RequiredSignatures);
    let run = fleet.bootstrap("");
    assert_eq!(run.exit_code(), Some(0), "{run}");
    assert_data_eq!(
        about_signatures(&run),
        str![[r#"
► a rule of main: commits are signed (ruleset 3 of acme/fleet-infra)
► GitHub signs the commit, because no author is named

"#]]
    );
    let (author, committer) = people(&fleet);
    assert_eq!(author, "alice <alice@users.noreply.localhost>");
    assert_eq!(committer, "GitHub <noreply@localhost>");
    let again = fleet.bootstrap("");
    assert_eq!((again.exit_code(), about_signatures(&again)), (Some(0), String::new()), "{again}");
    fleet.finish();
}

#[test]
fn github_signs_for_an_app() {
    let fleet = fleet();
    protect(&fleet, Rule::RequiredSignatures);
    let permissions = [("metadata", "read"), ("contents", "write"), ("administration", "write")];
    let permissions = permissions.map(|(name, level)| (name.to_owned(), level.to_owned()));
    fleet.github().add_token(Token {
        value: "ghs_of_an_installation_of_an_app".to_owned(),
        login: "fleet-app[bot]".to_owned(),
        kind: TokenKind::Installation {
            permissions: permissions.into(),
            repositories: None,
            account: None,
        },
    });
    let mut command = fleet.command(&fleet.bootstrap_arguments(""));
    let run = fleet.run(command.env("GITHUB_TOKEN", "ghs_of_an_installation_of_an_app"));
    assert_eq!(run.exit_code(), Some(0), "{run}");
    assert_data_eq!(
        about_signatures(&run),
        str![[r#"
► a rule of main: commits are signed (ruleset 3 of acme/fleet-infra)
► GitHub signs the commit, because no author is named

"#]]
    );
    assert!(people(&fleet).0.starts_with("fleet-app[bot] <"), "{:?}", people(&fleet));
    fleet.finish();
}

#[test]
fn a_commit_by_somebody_who_is_named_is_not_signed_and_refused_where_it_has_to_be() {
    let fleet = fleet();
    let run = fleet.bootstrap("--author-name=Ann --author-email=ann@acme.example");
    assert_eq!(run.exit_code(), Some(0), "{run}");
    assert_data_eq!(
        about_signatures(&run),
        str![[r#"
► the commit is not signed: GitHub does not sign for an author that is named

"#]]
    );
    assert_eq!(people(&fleet).0, "Ann <ann@acme.example>");

    protect(&fleet, Rule::RequiredSignatures);
    fleet.sandbox.recorder().clear();
    let refused = fleet.bootstrap("--author-name=Ann --interval=2m");
    fleet.assert_untouched(&refused);
    assert_data_eq!(
        refused.to_string(),
        str![[r#"
------- stderr -------
► connecting to localhost:[PORT]
✔ authenticated as alice
✔ checked access to the cluster at https://localhost:[PORT]
error: GitHub does not sign commits whose author is named
  cause: a rule of main: commits are signed (ruleset 3 of acme/fleet-infra)
  hint: leave out --author-name and --author-email: GitHub signs what is by the token's user
  hint: sign with a key that GitHub knows: --gpg-key-ring or --ssh-signing-key-file
[exit status: 6]

"#]]
    );
    fleet.finish();
}

#[test]
fn where_github_makes_no_commits_the_commit_is_not_signed_and_that_is_told() {
    let fleet = fleet();
    fleet.sandbox.faults().arm("github.graphql=unreachable").unwrap();
    let run = fleet.bootstrap("");
    assert_eq!(run.exit_code(), Some(0), "{run}");
    assert_data_eq!(
        about_signatures(&run),
        str![[r#"
► GitHub signs the commit, because no author is named
⚠️ GitHub makes no commits itself with this token or host: the commit is not signed

"#]]
    );
    assert_eq!(people(&fleet).0, "Flux <1+alice@users.noreply.localhost>");
    fleet.finish();
}

#[test]
fn a_commit_whose_answer_is_lost_is_made_once() {
    let fleet = fleet();
    fleet.sandbox.faults().arm("github.update_ref=reset_after_effect*1").unwrap();
    let run = fleet.bootstrap("");
    assert_eq!(run.exit_code(), Some(0), "{run}");
    assert!(
        run.to_string().contains("✔ committed [COMMIT] to main of acme/fleet-infra\n"),
        "{run}"
    );
    assert_eq!(fleet.history("main").matches("Add Flux").count(), 1);
    fleet.finish();
}

#[test]
fn a_gpg_key_signs() {
    let Some(rings) = Rings::new() else { return };
    let fleet = fleet();
    protect(&fleet, Rule::RequiredSignatures);
    let run = fleet.bootstrap(&format!(
        "--gpg-key-ring={} --gpg-key-id=0x{} --gpg-passphrase-file={} --author-email=ann@acme.example",
        rings.path("private.gpg").display(),
        rings.primary,
        passphrase_file(rings.home.path()).display(),
    ));
    assert_eq!(run.exit_code(), Some(0), "{run}");
    let told = about_signatures(&run).replace(&rings.primary, "[ID]");
    assert_data_eq!(
        told,
        str![[r#"
► a rule of main: commits are signed (ruleset 3 of acme/fleet-infra)
► the commit is signed with GPG key [ID]
⚠️ GitHub shows commit [COMMIT] as unverified (unknown_key): nobody has given the key to GitHub

"#]]
    );
    assert_eq!(people(&fleet).0, "Flux <ann@acme.example>");
    verify(&fleet, "main", &[], Some(rings.home.path()));
    fleet.finish();
}

#[test]
fn an_ssh_key_signs_also_the_first_commit_and_the_one_of_a_pull_request() {
    let Some(keys) = SshKeys::new(PASSPHRASE) else { return };
    let passphrase = passphrase_file(keys.0.path());
    let flags = format!(
        "--ssh-signing-key-file={} --ssh-signing-password-file={}",
        keys.path("id").display(),
        passphrase.display()
    );
    let settings = [
        "gpg.format=ssh".to_owned(),
        format!("gpg.ssh.allowedSignersFile={}", keys.path("allowed").display()),
    ];
    let fleet = fleet();
    protect(&fleet, Rule::RequiredSignatures);
    let run = fleet.bootstrap(&flags);
    assert_eq!(run.exit_code(), Some(0), "{run}");
    let told = about_signatures(&run).replace(&keys.path("id").display().to_string(), "[KEY]");
    assert_data_eq!(
        told,
        str![[r#"
► a rule of main: commits are signed (ruleset 3 of acme/fleet-infra)
► the commit is signed with the SSH key in [KEY]
⚠️ GitHub shows commit [COMMIT] as unverified (unknown_key): nobody has given the key to GitHub

"#]]
    );
    verify(&fleet, "main", &settings, None);

    protect(&fleet, Rule::PullRequest);
    let proposed = fleet.bootstrap(&format!("{flags} --interval=2m --pull-request-branch=flux"));
    assert_eq!(proposed.exit_code(), Some(9), "{proposed}");
    verify(&fleet, "flux", &settings, None);
    fleet.finish();

    let empty = Fleet::of(Sandbox::builder());
    empty.seed("the passphrase", PASSPHRASE);
    empty.create_repository(false);
    let run = empty.bootstrap(&flags);
    assert_eq!(run.exit_code(), Some(0), "{run}");
    verify(&empty, "main", &settings, None);
    empty.finish();
}

#[test]
fn keys_that_cannot_sign_are_refused_before_anything_is_sent() {
    let (Some(rings), Some(keys)) = (Rings::new(), SshKeys::new(PASSPHRASE)) else { return };
    let fleet = Fleet::of(Sandbox::builder().without_players());
    fleet.seed("the passphrase", PASSPHRASE);
    let wrong = keys.path("wrong");
    fs::write(&wrong, "not the one\n").unwrap();
    let ring = format!("--gpg-key-ring={}", rings.path("private.gpg").display());
    let public = format!("--gpg-key-ring={}", rings.path("public.gpg").display());
    let nothing = format!("--gpg-key-ring={}", wrong.display());
    let (wrong, file) =
        (wrong.display(), format!("--ssh-signing-key-file={}", keys.path("id").display()));
    for (flags, cause, hint) in [
        (ring.clone(), "passphrase", "give it with --gpg-passphrase-file"),
        (format!("{ring} --gpg-passphrase-file={wrong}"), "passphrase", "check the passphrase"),
        (
            format!("{ring} --gpg-key-id={}", rings.subkey),
            "is a subkey",
            "name its primary key: --gpg-key-id=",
        ),
        (
            format!("{ring} --gpg-key-id=1234567812345678"),
            "no private key 1234567812345678",
            "--gpg-key-id",
        ),
        (format!("{ring} --gpg-key-id=ann"), "is not the id of a key", "--keyid-format=long"),
        (public, "holds public keys only", "--export-secret-keys"),
        (nothing, "holds no key", "--export-secret-keys"),
        (file.clone(), "passphrase", "give it with --ssh-signing-password-file"),
        (
            format!("{file} --ssh-signing-password-file={wrong}"),
            "passphrase",
            "check the passphrase",
        ),
        (format!("{file}.pub"), "holds no private key", "without .pub"),
    ] {
        let run = fleet.bootstrap(&flags);
        assert_eq!(run.exit_code(), Some(2), "{flags}: {run}");
        assert!(run.to_string().contains(cause), "{flags}: {run}");
        assert!(run.to_string().contains(hint), "{flags}: {run}");
    }
    assert_eq!(fleet.sandbox.recorder().all().len(), 0);
    fleet.finish();
}
