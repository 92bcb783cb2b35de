//! A bootstrap that is not let in, or finds something else than it was told: B1 to B4, B6 to B9, B11, F14, F16,
//! F17, F19 and F23.

use nigari_sandbox::github::{RepositoryOptions, Role, Token, TokenKind, Visibility};
use nigari_sandbox::sandbox::{Builder, Sandbox};
use nigari_test_support::fleet::{Fleet, REPOSITORY};
use nigari_test_support::run::Run;

use crate::bootstrap::{compare, expect_done, seen};
use crate::mode::{Runs, Seen};

/// A cluster where nobody acts: for runs that end before the first write.
fn quiet() -> Builder {
    Sandbox::builder().without_players()
}

/// The address at which a token is authorised for an organisation.
const SSO: &str = "https://localhost/orgs/acme/sso?request=1";

/// The components that a bootstrap needs at least.
const COMPONENTS: &str = "--components=source-controller,kustomize-controller";

fn run(fleet: &Fleet, more: &str) -> Seen {
    seen(fleet, &bootstrap(fleet, more))
}

fn bootstrap(fleet: &Fleet, more: &str) -> Run {
    fleet.bootstrap(&format!("{COMPONENTS} {more}"))
}

/// A run with another token.
fn with_token(fleet: &Fleet, token: &str, more: &str) -> Seen {
    let more = format!("{COMPONENTS} {more}");
    let mut command = fleet.command(&fleet.bootstrap_arguments(&more));
    command.env("GITHUB_TOKEN", token);
    seen(fleet, &fleet.run(&mut command))
}

/// It was refused with these words before anything was written, and gets through without the fault.
#[track_caller]
fn expect_refused((with, without): &(Runs, Runs), code: i32, words: &str) {
    with.expect(code, words);
    with.expect_writes("");
    without.expect_success();
}

#[test]
fn b1_a_token_that_nobody_knows() {
    let claim = "a token that GitHub does not recognise is said to be that, and GitHub is asked nothing else";
    let runs = compare("B1", claim, quiet, |fleet, fault| match fault {
        true => with_token(fleet, "ghp_expired", "--check"),
        false => run(fleet, "--check"),
    });
    expect_refused(&runs, 6, "the token is expired, revoked or mistyped");
    runs.0.each().for_each(|seen| assert_eq!(seen.reads, ["/api/v3/user"]));
}

#[test]
fn b2_an_owner_for_whom_the_token_may_create_nothing() {
    let claim = "a refused creation names the right that is missing, and leaves nothing behind";
    let (with, without) = compare("B2", claim, Sandbox::builder, |fleet, fault| {
        fleet.github().add_user("bob");
        if fault {
            fleet.github().add_token(Token::classic("ghp_bobs", "bob", &["repo"]));
            return with_token(fleet, "ghp_bobs", "");
        }
        run(fleet, "")
    });
    with.expect(6, "cannot create repository acme/fleet-infra");
    with.expect_told("ask an owner of acme for the right to create it");
    with.expect_writes("POST /api/v3/orgs/acme/repos -> 403\n");
    expect_done(&without);
}

#[test]
fn b2_an_owner_who_is_somebody_else() {
    let claim =
        "a personal repository of somebody else is refused with the name of the token's user";
    let runs = compare("B2", claim, quiet, |fleet, fault| {
        fleet.github().add_user("bob");
        let owner = if fault { "bob" } else { "alice" };
        let arguments =
            format!("bootstrap github --owner={owner} --personal --repository=fleet --check");
        seen(fleet, &fleet.nigari(&arguments))
    });
    expect_refused(&runs, 2, "the token belongs to alice");
    runs.0.expect_told("use --owner=alice or a token of bob");
}

#[test]
fn b2_an_owner_of_the_other_kind() {
    let claim = "an organisation is no person: the mix-up with --personal is named";
    let runs = compare("B2", claim, quiet, |fleet, fault| {
        run(fleet, if fault { "--check --personal" } else { "--check" })
    });
    expect_refused(&runs, 2, "acme is an organisation and not a user");
    runs.0.expect_told("leave out --personal");
}

#[test]
fn b3_keys_that_the_token_does_not_administer() {
    let claim = "who may write and not administer is told so before anything is written";
    let runs = compare("B3", claim, quiet, |fleet, fault| {
        let github = fleet.github();
        fleet.create_repository(true);
        github.add_user("bob");
        let role = if fault { Role::Push } else { Role::Admin };
        github.add_collaborator("acme", REPOSITORY, "bob", role).unwrap();
        github.add_token(Token::classic("ghp_bobs", "bob", &["repo"]));
        with_token(fleet, "ghp_bobs", "--check")
    });
    expect_refused(&runs, 6, "the token does not administer acme/fleet-infra");
    runs.0.expect_told("ask an owner for admin rights, or use --token-auth");
}

#[test]
fn b4_an_organisation_without_deploy_keys() {
    let claim = "an organisation that forbids deploy keys is named before anything is written";
    let runs = compare("B4", claim, quiet, |fleet, fault| {
        fleet.create_repository(true);
        fleet.github().allow_deploy_keys("acme", !fault).unwrap();
        run(fleet, "--check")
    });
    expect_refused(&runs, 6, "acme does not allow deploy keys on its repositories");
    runs.0.expect_told("use --token-auth");
}

#[test]
fn b4_a_key_that_another_repository_has() {
    let claim = "a key that another repository has stays there, and is not taken from it";
    let (with, without) = compare("B4", claim, Sandbox::builder, |fleet, fault| {
        assert_eq!(bootstrap(fleet, "").exit_code(), Some(0));
        let keys = fleet.deploy_keys();
        if !fault {
            fleet.github().delete_deploy_key("acme", REPOSITORY, keys[0].id);
        }
        fleet.sandbox.recorder().clear();
        let arguments =
            "bootstrap github --owner=acme --repository=other --path=clusters/production --force";
        let seen = seen(fleet, &fleet.nigari(arguments));
        if fault {
            assert_eq!(fleet.deploy_keys().len(), keys.len());
        }
        seen
    });
    with.expect(7, "another repository or user has this SSH key");
    for seen in with.each() {
        assert!(seen.writes.contains("/repos/acme/other/keys -> 422\n"), "{}", seen.writes);
        assert!(!seen.writes.contains("DELETE"), "{}", seen.writes);
    }
    expect_done(&without);
}

#[test]
fn b6_single_sign_on() {
    let claim = "a token that single sign-on keeps out is told where it is authorised";
    let runs = compare("B6", claim, quiet, |fleet, fault| {
        if fault {
            fleet.sandbox.faults().arm("github.request=sso").unwrap();
        }
        run(fleet, "--check")
    });
    expect_refused(&runs, 6, "the token is not authorised for the organisation's single sign-on");
    runs.0.expect_told(SSO);
}

#[test]
fn b7_an_address_as_the_owner() {
    let claim = "an e-mail address is no owner, and nobody is asked about it";
    let runs = compare("B7", claim, quiet, |fleet, fault| {
        let owner = if fault { "alice@example.com" } else { "acme" };
        let arguments = format!("bootstrap github --owner={owner} --repository=fleet --check");
        seen(fleet, &fleet.nigari(&arguments))
    });
    expect_refused(&runs, 2, "\"alice@example.com\" is an e-mail address");
    runs.0.each().for_each(|seen| assert!(seen.reads.is_empty(), "{:?}", seen.reads));
}

#[test]
fn b8_answers_with_other_fields() {
    let claim = "fields that nobody knows, and ones that are gone, change nothing";
    let (with, without) = compare("B8", claim, Sandbox::builder, |fleet, fault| {
        // Without it there is a repository already, so that the two runs differ.
        if fault {
            fleet.sandbox.faults().arm("github.fields=changed").unwrap();
        } else {
            fleet.create_repository(true);
        }
        run(fleet, "")
    });
    expect_done(&with);
    with.expect_writes_to("/api/v3/orgs/acme/repos", 1);
    expect_done(&without);
}

#[test]
fn b9_a_repository_that_is_hidden() {
    let claim = "a repository that exists and is hidden is told from one that does not";
    let (with, without) = compare("B9", claim, Sandbox::builder, |fleet, fault| {
        fleet.create_repository(true);
        let writes = [("contents", "write"), ("administration", "write")];
        let mut token = Token::fine_grained("github_pat_some", "alice", &writes);
        if let TokenKind::FineGrained { repositories, .. } = &mut token.kind {
            let selected = if fault { "acme/other" } else { "acme/fleet-infra" };
            *repositories = Some(vec![selected.to_owned()]);
        }
        fleet.github().add_token(token);
        with_token(fleet, "github_pat_some", "")
    });
    with.expect(6, "acme/fleet-infra exists, but the token cannot see it");
    with.expect_writes("POST /api/v3/orgs/acme/repos -> 422\n");
    expect_done(&without);
}

#[test]
fn b11_an_archived_repository() {
    let claim = "an archived repository is named before anything is written";
    let runs = compare("B11", claim, quiet, |fleet, fault| {
        fleet.create_repository(true);
        if fault {
            fleet.github().archive("acme", REPOSITORY).unwrap();
        }
        run(fleet, "--check")
    });
    expect_refused(&runs, 6, "acme/fleet-infra is archived: nothing can be written to it");
}

#[test]
fn b11_an_empty_repository() {
    let claim = "an empty repository gets one commit and no other";
    let (with, without) = compare("B11", claim, Sandbox::builder, |fleet, fault| {
        fleet.create_repository(!fault);
        let seen = run(fleet, "");
        let commits = fleet.history("main").lines().filter(|line| !line.starts_with(' ')).count();
        assert_eq!(commits, if fault { 1 } else { 2 });
        seen
    });
    expect_done(&with);
    expect_done(&without);
}

#[test]
fn b11_a_branch_that_is_not_there() {
    let claim = "a branch that is not there begins at the default branch, which stays what it is";
    let (with, without) = compare("B11", claim, Sandbox::builder, |fleet, fault| {
        fleet.create_repository(true);
        let before = fleet.head("main");
        let seen = run(fleet, if fault { "--branch=production" } else { "" });
        assert_eq!(fleet.head("main") == before, fault);
        seen
    });
    expect_done(&with);
    expect_done(&without);
    with.expect_told("production");
    for seen in with.each() {
        assert!(!seen.writes.contains("PATCH /api/v3/repos/acme/fleet-infra\n"), "{}", seen.writes);
    }
}

#[test]
fn b11_a_visibility_stays_what_it_is() {
    let claim = "a run, and a second one, leave the visibility of a repository alone";
    for visibility in [Visibility::Public, Visibility::Internal] {
        let (with, without) = compare("B11", claim, Sandbox::builder, |fleet, fault| {
            let other = if fault { visibility } else { Visibility::Private };
            let options = RepositoryOptions {
                visibility: other,
                auto_init: fault,
                ..RepositoryOptions::default()
            };
            fleet.github().create_repository("acme", REPOSITORY, &options).unwrap();
            assert_eq!(bootstrap(fleet, "--private").exit_code(), Some(0));
            let seen = run(fleet, "--private=false");
            assert_eq!(fleet.github().visibility("acme", REPOSITORY), Some(other));
            seen
        });
        expect_done(&with);
        expect_done(&without);
    }
}

#[test]
fn f14_a_token_that_is_revoked_on_the_way() {
    let claim = "a token that is revoked on the way stops the run at once, which says how to go on";
    let (with, without) = compare("F14", claim, Sandbox::builder, |fleet, fault| {
        if fault {
            let (github, token) = (fleet.github().clone(), token(fleet));
            fleet.github().on_ref_update(move |_| github.revoke_token(&token));
        }
        let seen = run(fleet, "");
        let all = fleet.sandbox.recorder().all();
        let refused = all.iter().filter(|request| request.status == 401).count();
        assert_eq!(refused, usize::from(fault), "who goes on is locked out");
        seen
    });
    with.expect(6, "the token is expired, revoked or mistyped");
    with.expect_told("✔ committed [COMMIT] to main of acme/fleet-infra");
    with.expect_told("once that is solved, the same command goes on where it stopped");
    expect_done(&without);
}

#[test]
fn f16_a_list_that_single_sign_on_cuts_short() {
    let claim = "a list that is not complete because of single sign-on is said to be that";
    let (with, without) = compare("F16", claim, quiet, |fleet, fault| {
        fleet.create_repository(true);
        if fault {
            fleet.sandbox.faults().arm("github.sso=partial*1").unwrap();
        }
        run(fleet, "--check")
    });
    with.expect(0, "cannot list the deploy keys of acme/fleet-infra completely");
    without.expect_success();
}

#[test]
fn f16_single_sign_on_in_the_middle() {
    let claim = "single sign-on that is demanded of one request alone shows its address";
    let (with, without) = compare("F16", claim, quiet, |fleet, fault| {
        if fault {
            fleet.sandbox.faults().arm("github.request=sso*1").unwrap();
        }
        run(fleet, "--check")
    });
    with.expect(6, "the token is not authorised for the organisation's single sign-on");
    with.expect_told(SSO);
    with.expect_writes("");
    without.expect_success();
}

#[test]
fn f17_a_permission_that_is_missing() {
    let claim = "a permission that a fine-grained token lacks is named";
    for (lacking, more) in [("administration", "--check"), ("contents", "")] {
        let (with, without) = compare("F17", claim, Sandbox::builder, |fleet, fault| {
            fleet.create_repository(true);
            let all = ["administration", "contents"].map(|name| (name, "write"));
            let granted: Vec<_> =
                all.into_iter().filter(|(name, _)| !fault || *name != lacking).collect();
            // Whoever may not write may still read, or the check would find it.
            let reads = [("contents", "read")];
            let granted =
                [&reads[..usize::from(fault && lacking == "contents")], &granted].concat();
            fleet.github().add_token(Token::fine_grained("github_pat_ours", "alice", &granted));
            with_token(fleet, "github_pat_ours", more)
        });
        with.expect(6, "the token lacks a permission");
        with.expect_told(&format!("give the token the permission {lacking}="));
        for seen in with.each() {
            // GraphQL refuses first, with a status of its own.
            let is_refused = |line: &str| {
                line.ends_with("-> 403") || line.ends_with("graphql createCommitOnBranch -> 422")
            };
            assert!(seen.writes.lines().all(is_refused), "{}", seen.writes);
        }
        for seen in without.each() {
            assert_eq!(seen.code, Some(0), "{}", seen.story);
        }
    }
}

#[test]
fn f19_keys_that_were_switched_off() {
    let claim =
        "a deploy key that a hidden policy has switched off is found before anything is written";
    let runs = compare("F19", claim, Sandbox::builder, |fleet, fault| {
        assert_eq!(bootstrap(fleet, "").exit_code(), Some(0));
        fleet.github().add_user("bob");
        // The policy is for members to see.
        fleet.github().add_collaborator("acme", REPOSITORY, "bob", Role::Admin).unwrap();
        fleet.github().add_token(Token::classic("ghp_bobs", "bob", &["repo"]));
        fleet.github().allow_deploy_keys("acme", !fault).unwrap();
        fleet.sandbox.recorder().clear();
        with_token(fleet, "ghp_bobs", "--check")
    });
    expect_refused(&runs, 6, "the owner's policy disables the deploy keys of acme/fleet-infra");
}

#[test]
fn f19_keys_that_are_refused_late() {
    let claim = "deploy keys that are refused when one is added leave two ways to go on";
    let (with, without) = compare("F19", claim, Sandbox::builder, |fleet, fault| {
        fleet.create_repository(true);
        if fault {
            let faults = fleet.sandbox.faults().clone();
            fleet.github().on_ref_update(move |_| {
                faults.arm("github.deploy_keys=disabled").unwrap();
            });
        }
        run(fleet, "")
    });
    with.expect(6, "the owner's policy disables deploy keys");
    with.expect_told("use --token-auth, or ask an owner to enable deploy keys");
    expect_done(&without);
}

#[test]
fn f23_a_repository_with_another_name() {
    let claim =
        "a renamed repository is followed, told, and called by its new name in the manifests";
    let (with, without) = compare("F23", claim, Sandbox::builder, |fleet, fault| {
        fleet.create_repository(true);
        if fault {
            fleet.github().rename_repository("acme", REPOSITORY, "fleet").unwrap();
        }
        run(fleet, "")
    });
    with.expect(0, "acme/fleet-infra is called acme/fleet now");
    with.expect_told("to main of acme/fleet\n");
    expect_done(&without);
}

#[test]
fn f23_a_repository_that_is_renamed_on_the_way() {
    const FOLLOWED: &str = "POST /api/v3/repos/acme/fleet-infra/keys\nPOST /api/v3/repositories/";
    let claim =
        "a write to the former name is repeated under the new one, with its method and its body";
    let (with, without) = compare("F23", claim, Sandbox::builder, |fleet, fault| {
        fleet.create_repository(true);
        if fault {
            let github = fleet.github().clone();
            let mut is_renamed = false;
            fleet.github().on_ref_update(move |_| {
                if !std::mem::replace(&mut is_renamed, true) {
                    github.rename_repository("acme", REPOSITORY, "fleet").unwrap();
                }
            });
        }
        let seen = run(fleet, "");
        let name = if fault { "fleet" } else { REPOSITORY };
        assert_eq!(fleet.github().deploy_keys("acme", name).len(), 1, "{}", seen.story);
        seen
    });
    for seen in with.each() {
        assert!(seen.writes.contains(FOLLOWED), "{}", seen.writes);
    }
    expect_done(&without);
}

/// The token that the sandbox gives to programs.
fn token(fleet: &Fleet) -> String {
    let environment = fleet.sandbox.environment();
    let token = environment.into_iter().find(|(name, _)| name == "GITHUB_TOKEN");
    token.expect("the sandbox gives a token").1
}
