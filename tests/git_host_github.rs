//! The GitHub layer against a GitHub on loopback with real repositories on disk.

mod git_host_support;

use std::sync::{Arc, Mutex};

use git_host_support::{Hub, change, file, key, with_first_commit};
use nigari::error::{Class, class_of, report};
use nigari::git_host::change::{Author, Change, File};
use nigari::git_host::{GitHost as _, Head, KeyOutcome, NewRepository};
use nigari_sandbox::github::{RepositoryOptions, Role, Rule, Token, TokenKind};

const PRIVATE: NewRepository = NewRepository { is_private: true, is_personal: false };

#[tokio::test(flavor = "multi_thread")]
async fn a_repository_of_an_organisation_is_created_with_githubs_own_first_commit() {
    let hub = Hub::new().await;
    let (github, name) = (hub.client(), "acme/fleet".parse().expect("name"));
    assert_eq!(github.find_repository(&name).await.expect("asked"), None);
    let repository = github.create_repository(&name, &PRIVATE).await.expect("created");
    assert!(repository.is_private && repository.owner_is_organization);
    repository.check_rights(true).expect("ours");
    let head = github.head(&repository, &repository.default_branch).await.expect("head");
    assert!(matches!(head, Head::Present(_)), "{head:?}");
    hub.finish();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_personal_repository_belongs_to_the_tokens_user_only() {
    let hub = Hub::new().await;
    let github = hub.client();
    let personal = NewRepository { is_private: false, is_personal: true };
    let own = github.create_repository(&"ann/fleet".parse().expect("name"), &personal).await;
    let own = own.expect("created");
    assert!(!own.is_private && !own.owner_is_organization);
    for (name, new, hint) in [
        ("bob/fleet", &personal, "--owner=ann"),
        ("acme/fleet", &personal, "leave out --personal"),
        ("ann/other", &PRIVATE, "--personal"),
    ] {
        let error = github.create_repository(&name.parse().expect("name"), new).await;
        let error = error.expect_err(name);
        assert_eq!(class_of(&error), Class::Usage, "{name}");
        assert!(report(&error).contains(hint), "{}", report(&error));
    }
    hub.finish();
}

#[tokio::test(flavor = "multi_thread")]
async fn an_owner_that_does_not_exist_is_not_found() {
    let hub = Hub::new().await;
    let (github, name) = (hub.client(), "nobody/fleet".parse().expect("name"));
    let error = github.create_repository(&name, &PRIVATE).await.expect_err("no owner");
    assert_eq!(class_of(&error), Class::NotFound);
    hub.finish();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_repository_whose_creation_went_unanswered_is_adopted() {
    let hub = Hub::new().await;
    hub.faults.arm("github.create_repository=reset_after_effect*1").expect("fault");
    let name = "acme/fleet".parse().expect("name");
    let repository = hub.client().create_repository(&name, &PRIVATE).await.expect("adopted");
    assert_eq!(repository.name, name);
    let creations = hub.writes().iter().filter(|write| write.contains("/repos")).count();
    assert_eq!(creations, 1, "{:?}", hub.writes());
    hub.finish();
}

#[tokio::test(flavor = "multi_thread")]
async fn files_arrive_in_one_commit_and_the_second_run_writes_nothing() {
    let hub = Hub::with_commit().await;
    let github = hub.client();
    let repository = hub.repository().await;
    let head = github.head(&repository, "main").await.expect("head");
    let first = head.tip().expect("tip").commit.clone();
    let wanted = change(&[("clusters/prod/a.yaml", "a: 1\n"), ("clusters/prod/b.yaml", "b: é\n")]);

    let published = github.publish(&repository, "main", &head, &wanted).await.expect("published");
    assert!(published.is_new);
    assert_eq!(hub.log("main"), [published.commit.clone(), first]);
    assert_eq!(hub.file("main", "clusters/prod/b.yaml"), "b: é\n");
    assert_eq!(hub.files("main"), ["README.md", "clusters/prod/a.yaml", "clusters/prod/b.yaml"]);

    hub.recorder.clear();
    let head = github.head(&repository, "main").await.expect("head");
    let again = github.publish(&repository, "main", &head, &wanted).await.expect("nothing to do");
    assert!(!again.is_new);
    assert_eq!(again.commit, published.commit);
    assert_eq!(hub.writes(), Vec::<String>::new());
    hub.finish();
}

#[tokio::test(flavor = "multi_thread")]
async fn the_author_is_the_one_named_and_the_message_is_kept() {
    let hub = Hub::with_commit().await;
    let (github, repository) = (hub.client(), hub.repository().await);
    let head = github.head(&repository, "main").await.expect("head");
    let author = Author { name: "Flux".to_owned(), email: "flux@acme.io".to_owned() };
    let message = "Add Flux v2.9.4 manifests\n\nRefs: #7";
    let wanted = Change::new(vec![file("a.yaml", "a")], message, Some(author)).expect("change");
    github.publish(&repository, "main", &head, &wanted).await.expect("published");
    let shown = hub.git(&["log", "-1", "--format=%an <%ae>%n%B", "main"]);
    assert_eq!(shown.trim_end(), format!("Flux <flux@acme.io>\n{message}"));
    hub.finish();
}

#[tokio::test(flavor = "multi_thread")]
async fn an_empty_repository_gets_one_root_commit_by_a_push() {
    let hub = Hub::new().await;
    hub.create(&RepositoryOptions::default());
    let (github, repository) = (hub.client(), hub.repository().await);
    let head = github.head(&repository, "main").await.expect("head");
    assert_eq!(head, Head::EmptyRepository);
    let wanted = change(&[("clusters/prod/a.yaml", "a: 1\n"), ("z.yaml", "z: 1\n")]);

    let published = github.publish(&repository, "main", &head, &wanted).await.expect("published");
    assert_eq!(hub.log("main"), std::slice::from_ref(&published.commit));
    assert_eq!(hub.files("main"), ["clusters/prod/a.yaml", "z.yaml"]);
    assert_eq!(hub.writes(), ["POST /acme/fleet.git/git-receive-pack"]);

    let head = github.head(&repository, "main").await.expect("head");
    assert!(!github.publish(&repository, "main", &head, &wanted).await.expect("again").is_new);
    hub.finish();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_repository_that_is_no_longer_empty_is_not_overwritten() {
    let hub = Hub::new().await;
    hub.create(&RepositoryOptions::default());
    let (github, repository) = (hub.client(), hub.repository().await);
    let head = github.head(&repository, "main").await.expect("head");
    let theirs = hub.commit("main", "theirs.yaml", "theirs");
    let wanted = change(&[("a.yaml", "a")]);
    let published = github.publish(&repository, "main", &head, &wanted).await.expect("published");
    assert_eq!(hub.log("main"), [published.commit, theirs]);
    hub.finish();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_branch_starts_at_the_default_branch() {
    let hub = Hub::with_commit().await;
    let (github, repository) = (hub.client(), hub.repository().await);
    let head = github.head(&repository, "staging").await.expect("head");
    assert_eq!(head, Head::NoSuchBranch);
    let wanted = change(&[("a.yaml", "a")]);
    let published =
        github.publish(&repository, "staging", &head, &wanted).await.expect("published");
    let main = hub.log("main");
    assert_eq!(hub.log("staging"), [published.commit, main[0].clone()]);
    assert_eq!(main.len(), 1);
    hub.finish();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_branch_that_moved_forwards_keeps_its_commits_under_ours() {
    let hub = Hub::with_commit().await;
    let (github, repository) = (hub.client(), hub.repository().await);
    let head = github.head(&repository, "main").await.expect("head");
    let theirs = hub.before_next_update(|hub| hub.commit("main", "theirs.yaml", "theirs"));
    let wanted = change(&[("a.yaml", "a")]);
    let published = github.publish(&repository, "main", &head, &wanted).await.expect("published");
    let theirs = theirs.lock().expect("lock").clone().expect("moved");
    assert_eq!(hub.log("main")[..2], [published.commit, theirs]);
    assert_eq!(hub.log("main").len(), 3, "one commit of ours");
    assert_eq!(hub.files("main"), ["README.md", "a.yaml", "theirs.yaml"]);
    hub.finish();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_branch_that_was_moved_backwards_is_left_alone() {
    let hub = Hub::with_commit().await;
    let (github, repository) = (hub.client(), hub.repository().await);
    let older = hub.log("main")[0].clone();
    hub.commit("main", "dropped.yaml", "to be dropped");
    let head = github.head(&repository, "main").await.expect("head");
    let target = older.clone();
    hub.before_next_update(move |hub| {
        hub.github.reset_branch("acme", "fleet", "main", &target).expect("reset");
        target.clone()
    });
    let refused = github.publish(&repository, "main", &head, &change(&[("a.yaml", "a")])).await;
    let error = refused.expect_err("refused");
    assert_eq!(class_of(&error).exit_code(), 7, "{error:?}");
    assert_eq!(hub.log("main"), [older], "neither ours nor the dropped commit is there");
    hub.finish();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_of_ours_that_somebody_changed_meanwhile_is_not_overwritten() {
    let hub = Hub::with_commit().await;
    let (github, repository) = (hub.client(), hub.repository().await);
    let head = github.head(&repository, "main").await.expect("head");
    hub.before_next_update(|hub| hub.commit("main", "a.yaml", "theirs"));
    let refused = github.publish(&repository, "main", &head, &change(&[("a.yaml", "ours")])).await;
    let error = refused.expect_err("refused");
    assert_eq!(class_of(&error), Class::Conflict);
    assert!(error.to_string().contains("a.yaml"), "{error}");
    assert_eq!(hub.file("main", "a.yaml"), "theirs");
    hub.finish();
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_change_by_somebody_else_leaves_nothing_to_do() {
    let hub = Hub::with_commit().await;
    let (github, repository) = (hub.client(), hub.repository().await);
    let head = github.head(&repository, "main").await.expect("head");
    let theirs = hub.before_next_update(|hub| hub.commit("main", "a.yaml", "same"));
    let wanted = change(&[("a.yaml", "same")]);
    let published = github.publish(&repository, "main", &head, &wanted).await.expect("done");
    assert!(!published.is_new);
    assert_eq!(Some(published.commit), theirs.lock().expect("lock").clone());
    hub.finish();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_publish_whose_answer_is_lost_is_one_commit() {
    for fault in ["reset_after_effect", "reset_before_effect"] {
        let hub = Hub::with_commit().await;
        let (github, repository) = (hub.client(), hub.repository().await);
        let head = github.head(&repository, "main").await.expect("head");
        hub.faults.arm(&format!("github.update_ref={fault}*1")).expect("fault");
        let wanted = change(&[("a.yaml", "a")]);
        let published = github.publish(&repository, "main", &head, &wanted).await.expect(fault);
        assert_eq!(hub.log("main")[0], published.commit, "{fault}");
        assert_eq!(hub.log("main").len(), 2, "{fault}");
        hub.finish();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn without_graphql_the_branch_is_updated_over_rest_and_the_user_is_told() {
    let hub = Hub::with_commit().await;
    hub.faults.arm("github.graphql=unreachable").expect("fault");
    let told = Arc::new(Mutex::new(Vec::new()));
    let sink = Arc::clone(&told);
    let github =
        hub.client().on_notice(move |text| sink.lock().expect("lock").push(text.to_owned()));
    let repository = hub.repository().await;
    let head = github.head(&repository, "main").await.expect("head");
    let theirs = hub.before_next_update(|hub| hub.commit("main", "theirs.yaml", "theirs"));
    let wanted = change(&[("a.yaml", "a")]);
    let published = github.publish(&repository, "main", &head, &wanted).await.expect("published");
    let theirs = theirs.lock().expect("lock").clone().expect("moved");
    assert_eq!(hub.log("main")[..2], [published.commit, theirs]);
    assert_eq!(told.lock().expect("lock").len(), 1, "said once");
    hub.finish();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stale_answer_after_a_lost_race_is_not_believed() {
    let hub = Hub::with_commit().await;
    let (github, repository) = (hub.client(), hub.repository().await);
    let head = github.head(&repository, "main").await.expect("head");
    let theirs = hub.before_next_update(|hub| hub.commit("main", "theirs.yaml", "theirs"));
    hub.faults.arm("github.read_ref=stale*2").expect("fault");
    let wanted = change(&[("a.yaml", "a")]);
    let published = github.publish(&repository, "main", &head, &wanted).await.expect("published");
    let theirs = theirs.lock().expect("lock").clone().expect("moved");
    assert_eq!(hub.log("main")[..2], [published.commit, theirs]);
    hub.finish();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_repository_that_is_renamed_meanwhile_gets_its_commit() {
    for options in [RepositoryOptions::default(), with_first_commit()] {
        let hub = Hub::new().await;
        hub.create(&options);
        let (github, repository) = (hub.client(), hub.repository().await);
        let head = github.head(&repository, "main").await.expect("head");
        hub.github.rename_repository("acme", "fleet", "infra").expect("renamed");
        let wanted = change(&[("a.yaml", "a")]);
        let published = github.publish(&repository, "main", &head, &wanted).await;
        let published = published.expect("published under the new name");
        assert!(published.is_new);
        let added = github.ensure_deploy_key(&repository, "ours", &key(), true).await;
        assert_eq!(added.expect("added"), KeyOutcome::Added);
        let name = "acme/infra".parse().expect("name");
        let renamed = github.find_repository(&name).await.expect("asked").expect("found");
        let head = github.head(&renamed, "main").await.expect("head");
        assert_eq!(head.tip().map(|tip| &tip.commit), Some(&published.commit));
        hub.finish();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_renamed_repository_is_found_under_its_new_name_and_the_user_is_told() {
    let hub = Hub::with_commit().await;
    hub.github.rename_repository("acme", "fleet", "infra").expect("renamed");
    let told = Arc::new(Mutex::new(Vec::new()));
    let sink = Arc::clone(&told);
    let github =
        hub.client().on_notice(move |text| sink.lock().expect("lock").push(text.to_owned()));
    let found = github.find_repository(&"acme/fleet".parse().expect("name")).await;
    let found = found.expect("asked").expect("found");
    assert_eq!(found.name.to_string(), "acme/infra");
    assert_eq!(*told.lock().expect("lock"), ["acme/fleet is called acme/infra now"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_repository_is_waited_for_until_it_is_ready() {
    let hub = Hub::new().await;
    hub.faults.arm("github.git_data=not_ready*2").expect("fault");
    let (github, name) = (hub.client(), "acme/fleet".parse().expect("name"));
    let repository = github.create_repository(&name, &PRIVATE).await.expect("created");
    let head = github.head(&repository, "main").await.expect("head");
    assert!(matches!(head, Head::Present(_)), "{head:?}");
    hub.finish();
}

#[tokio::test(flavor = "multi_thread")]
async fn single_sign_on_is_explained_with_its_address() {
    let hub = Hub::with_commit().await;
    let (github, repository) = (hub.client(), hub.repository().await);
    hub.faults.arm("github.request=sso").expect("fault");
    let error = github.head(&repository, "main").await.expect_err("not authorised");
    assert_eq!(class_of(&error), Class::Denied);
    assert!(
        report(&error).contains("authorise it within the hour at https://"),
        "{}",
        report(&error)
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_protected_branch_is_denied_with_the_rule() {
    for rule in [Rule::PullRequest, Rule::RequiredReviews] {
        let hub = Hub::with_commit().await;
        let (github, repository) = (hub.client(), hub.repository().await);
        let head = github.head(&repository, "main").await.expect("head");
        hub.github.protect("acme", "fleet", "main", rule).expect("protected");
        let refused = github.publish(&repository, "main", &head, &change(&[("a.yaml", "a")])).await;
        let error = refused.expect_err("refused");
        assert_eq!(class_of(&error), Class::Denied, "{error:?}");
        assert_eq!(hub.log("main").len(), 1);
        hub.finish();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn only_the_wanted_folder_is_read() {
    let hub = Hub::with_commit().await;
    let wanted = ["clusters/prod/flux/a.yaml", "clusters/prod/flux/deep/b.yaml"];
    for path in ["clusters/dev/x.yaml", wanted[0], wanted[1]] {
        hub.commit("main", path, path);
    }
    let (github, repository) = (hub.client(), hub.repository().await);
    let head = github.head(&repository, "main").await.expect("head");
    // With a limit of two, listing `flux` with all below it is cut, and no single folder is.
    for limit in [100, 2] {
        hub.github.set_tree_limit(limit);
        let github = hub.client();
        let files =
            github.files_under(&repository, &head, "./clusters/prod/").await.expect("files");
        let paths: Vec<&str> = files.keys().map(String::as_str).collect();
        assert_eq!(paths, wanted, "limit {limit}");
        let blob = &files[wanted[1]];
        let content = github.read_file(&repository, &blob.sha).await.expect("content");
        assert_eq!(content, wanted[1].as_bytes());
    }
    assert!(
        github.files_under(&repository, &head, "nowhere/at/all").await.expect("none").is_empty()
    );
    let blocked = github.files_under(&repository, &head, "README.md/x").await.expect_err("a file");
    assert_eq!(class_of(&blocked), Class::Conflict);
    hub.finish();
}

#[tokio::test(flavor = "multi_thread")]
async fn descendants_are_told_from_others() {
    let hub = Hub::with_commit().await;
    let (github, repository) = (hub.client(), hub.repository().await);
    let old = hub.log("main")[0].clone();
    let new = hub.commit("main", "x", "x");
    for (ancestor, tip, expected) in [(&old, &new, true), (&new, &old, false), (&old, &old, true)] {
        let found = github.is_descendant(&repository, ancestor, tip).await.expect("compared");
        assert_eq!(found, expected);
    }
    hub.finish();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deploy_key_is_added_kept_and_replaced() {
    let hub = Hub::with_commit().await;
    let (github, repository) = (hub.client(), hub.repository().await);
    let (first, second, foreign) = (key(), key(), key());
    let ensure = |title: &'static str, key, read_only| {
        let (github, repository) = (&github, &repository);
        async move { github.ensure_deploy_key(repository, title, key, read_only).await }
    };
    assert_eq!(ensure("theirs", &foreign, true).await.expect("key"), KeyOutcome::Added);
    assert_eq!(ensure("ours", &first, true).await.expect("key"), KeyOutcome::Added);
    hub.recorder.clear();
    assert_eq!(ensure("ours", &first, true).await.expect("key"), KeyOutcome::Kept);
    assert_eq!(hub.writes(), Vec::<String>::new());
    assert_eq!(ensure("ours", &first, false).await.expect("key"), KeyOutcome::Replaced);
    assert_eq!(ensure("ours", &second, true).await.expect("key"), KeyOutcome::Replaced);
    let keys = github.deploy_keys(&repository).await.expect("keys");
    let keys: Vec<_> = keys.iter().map(|key| (key.title.as_str(), key.read_only)).collect();
    assert_eq!(keys, [("theirs", true), ("ours", true)]);
    let writes = hub.writes();
    let (add, delete) = (&writes[writes.len() - 2], &writes[writes.len() - 1]);
    assert!(add.starts_with("POST") && delete.starts_with("DELETE"), "new before old: {writes:?}");
    hub.finish();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deploy_key_whose_answer_is_lost_is_one_key() {
    let hub = Hub::with_commit().await;
    let (github, repository) = (hub.client(), hub.repository().await);
    hub.faults.arm("github.create_key=reset_after_effect*1").expect("fault");
    let added = github.ensure_deploy_key(&repository, "ours", &key(), true).await.expect("added");
    assert_eq!(added, KeyOutcome::Added);
    assert_eq!(github.deploy_keys(&repository).await.expect("keys").len(), 1);
    hub.finish();
}

#[tokio::test(flavor = "multi_thread")]
async fn deploy_keys_that_cannot_be_used_say_why() {
    let hub = Hub::with_commit().await;
    let (github, repository) = (hub.client(), hub.repository().await);
    let used = key();
    hub.github.create_repository("acme", "other", &RepositoryOptions::default()).expect("made");
    let other = github.find_repository(&"acme/other".parse().expect("name")).await;
    let other = other.expect("asked").expect("found");
    github.ensure_deploy_key(&other, "ours", &used, true).await.expect("added");
    let taken = github.ensure_deploy_key(&repository, "ours", &used, true).await;
    assert_eq!(class_of(&taken.expect_err("in use")), Class::Conflict);

    hub.github.allow_deploy_keys("acme", false).expect("policy");
    for (repository, key) in [(&repository, &key()), (&other, &used)] {
        let refused = github.ensure_deploy_key(repository, "ours", key, true).await;
        let error = refused.expect_err("disabled");
        assert_eq!(class_of(&error), Class::Denied);
        assert!(report(&error).contains("--token-auth"), "{}", report(&error));
    }
    hub.finish();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_without_rights_is_refused_before_and_while_writing() {
    let hub = Hub::with_commit().await;
    let bob = hub.client_of("token-of-bob");
    let name = "acme/fleet".parse().expect("name");
    assert_eq!(bob.find_repository(&name).await.expect("asked"), None, "private");

    hub.github.add_collaborator("acme", "fleet", "bob", Role::Push).expect("collaborator");
    let repository = bob.find_repository(&name).await.expect("asked").expect("seen");
    repository.check_rights(false).expect("may push");
    assert_eq!(class_of(&repository.check_rights(true).expect_err("no admin")), Class::Denied);
    let refused = bob.ensure_deploy_key(&repository, "ours", &key(), true).await;
    let error = refused.expect_err("no admin");
    assert_eq!(class_of(&error), Class::Denied);
    assert!(report(&error).contains("admin rights"), "{}", report(&error));
    hub.finish();
}

#[tokio::test(flavor = "multi_thread")]
async fn who_may_only_read_is_denied_though_github_says_not_found() {
    let hub = Hub::with_commit().await;
    hub.github.add_collaborator("acme", "fleet", "bob", Role::Pull).expect("collaborator");
    let (bob, repository) = (hub.client_of("token-of-bob"), hub.repository().await);
    let head = bob.head(&repository, "main").await.expect("head");
    let refused = bob.publish(&repository, "main", &head, &change(&[("a.yaml", "a")])).await;
    let error = refused.expect_err("read only");
    assert_eq!(class_of(&error), Class::Denied, "{error:?}");
    assert!(report(&error).contains("write access"), "{}", report(&error));
    hub.finish();
}

#[tokio::test(flavor = "multi_thread")]
async fn an_empty_repository_that_may_only_be_read_is_denied() {
    let hub = Hub::new().await;
    hub.create(&RepositoryOptions::default());
    hub.github.add_collaborator("acme", "fleet", "bob", Role::Pull).expect("collaborator");
    let (bob, repository) = (hub.client_of("token-of-bob"), hub.repository().await);
    let wanted = change(&[("a.yaml", "a")]);
    let refused = bob.publish(&repository, "main", &Head::EmptyRepository, &wanted).await;
    let error = refused.expect_err("read only");
    assert_eq!(class_of(&error), Class::Denied, "{error:?}");
    assert!(!format!("{error:?}").contains("token-of-bob"), "{error:?}");
    hub.finish();
}

#[tokio::test(flavor = "multi_thread")]
async fn policies_are_known_before_anything_is_written() {
    let hub = Hub::with_commit().await;
    let (github, repository) = (hub.client(), hub.repository().await);
    assert_eq!(github.allows_deploy_keys(&repository).await.expect("asked"), Some(true));
    assert_eq!(github.branch_rules(&repository, "main").await.expect("asked"), [""; 0]);
    hub.github.allow_deploy_keys("acme", false).expect("policy");
    hub.github.protect("acme", "fleet", "main", Rule::PullRequest).expect("rule");
    assert_eq!(github.allows_deploy_keys(&repository).await.expect("asked"), Some(false));
    assert_eq!(github.branch_rules(&repository, "main").await.expect("asked"), ["pull_request"]);
    assert_eq!(hub.writes(), Vec::<String>::new());
    hub.finish();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_repository_that_the_token_cannot_see_is_not_called_missing() {
    let hub = Hub::with_commit().await;
    let permissions = [("administration", "write"), ("metadata", "read")];
    let permissions = permissions.map(|(name, value)| (name.to_owned(), value.to_owned()));
    hub.github.add_token(Token {
        value: "token-elsewhere".to_owned(),
        login: "ann".to_owned(),
        kind: TokenKind::FineGrained {
            permissions: permissions.into(),
            repositories: Some(vec!["acme/other".to_owned()]),
        },
    });
    let (github, name) = (hub.client_of("token-elsewhere"), "acme/fleet".parse().expect("name"));
    assert_eq!(github.find_repository(&name).await.expect("asked"), None);
    let error = github.create_repository(&name, &PRIVATE).await.expect_err("exists");
    assert_eq!(class_of(&error), Class::Denied);
    assert!(error.to_string().contains("exists"), "{error}");
    hub.finish();
}

#[tokio::test(flavor = "multi_thread")]
async fn an_archived_repository_says_so() {
    let hub = Hub::with_commit().await;
    let github = hub.client();
    let head = github.head(&hub.repository().await, "main").await.expect("head");
    hub.github.archive("acme", "fleet").expect("archived");
    let repository = hub.repository().await;
    assert_eq!(class_of(&repository.check_rights(false).expect_err("archived")), Class::Denied);
    let refused = github.publish(&repository, "main", &head, &change(&[("a", "a")])).await;
    assert_eq!(class_of(&refused.expect_err("archived")), Class::Denied);
    hub.finish();
}

#[tokio::test(flavor = "multi_thread")]
async fn the_login_is_the_tokens_user_and_scopes_are_told() {
    let hub = Hub::new().await;
    let login = hub.client().login().await.expect("login").expect("a user");
    assert_eq!(login.login, "ann");
    assert_eq!(login.scopes.as_deref(), Some(&["repo".to_owned()][..]));
    hub.github.add_token(Token::classic("token-without", "ann", &["gist"]));
    let weak = hub.client_of("token-without").login().await.expect("login").expect("a user");
    assert_eq!(class_of(&weak.check_scopes(true).expect_err("too weak")), Class::Denied);
    hub.finish();
}

#[tokio::test(flavor = "multi_thread")]
async fn the_token_of_an_installation_has_no_user_and_still_commits() {
    let hub = Hub::with_commit().await;
    let permissions = [("contents", "write"), ("metadata", "read")];
    let permissions = permissions.map(|(name, value)| (name.to_owned(), value.to_owned()));
    hub.github.add_token(Token {
        value: "ghs_installation".to_owned(),
        login: "fleet-app[bot]".to_owned(),
        kind: TokenKind::Installation { permissions: permissions.into(), repositories: None },
    });
    let (github, repository) = (hub.client_of("ghs_installation"), hub.repository().await);
    assert_eq!(github.login().await.expect("asked"), None);
    let head = github.head(&repository, "main").await.expect("head");
    let wanted = change(&[("a.yaml", "a")]);
    assert!(github.publish(&repository, "main", &head, &wanted).await.expect("published").is_new);
    let denied = github.ensure_deploy_key(&repository, "ours", &key(), true).await;
    assert_eq!(class_of(&denied.expect_err("no permission")), Class::Denied);
    hub.finish();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_revoked_token_is_denied_and_never_printed() {
    let hub = Hub::with_commit().await;
    hub.github.revoke_token("token-of-ann");
    let error = hub.client().login().await.expect_err("revoked");
    assert_eq!(class_of(&error), Class::Denied);
    assert!(report(&error).contains("GITHUB_TOKEN"), "{}", report(&error));
    assert!(!format!("{error:?}").contains("token-of-ann"), "{error:?}");
    assert_eq!(hub.recorder.all().len(), 1, "a refused token is not tried again");
    hub.finish();
}

#[tokio::test(flavor = "multi_thread")]
async fn server_errors_are_survived_without_a_second_commit() {
    for fault in ["500", "502html"] {
        let hub = Hub::with_commit().await;
        let (github, repository) = (hub.client(), hub.repository().await);
        let head = github.head(&repository, "main").await.expect("head");
        hub.faults.arm(&format!("github.request={fault}*3")).expect("fault");
        let wanted = change(&[("a.yaml", "a")]);
        github.publish(&repository, "main", &head, &wanted).await.expect(fault);
        assert_eq!(hub.log("main").len(), 2, "{fault}");
        hub.finish();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_stays_broken_is_unreachable() {
    let hub = Hub::with_commit().await;
    hub.faults.arm("github.request=502html").expect("fault");
    let error = hub.client().login().await.expect_err("broken");
    assert_eq!(class_of(&error), Class::Unreachable, "{error:?}");
    assert!(!report(&error).contains('<'), "{}", report(&error));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_short_limit_is_waited_for() {
    let hub = Hub::with_commit().await;
    hub.faults.arm("github.request=secondary_limit*1").expect("fault");
    let started = std::time::Instant::now();
    hub.client().login().await.expect("after the wait");
    assert!(started.elapsed() >= std::time::Duration::from_secs(1), "{:?}", started.elapsed());
    hub.finish();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_limit_beyond_the_timeout_ends_at_once() {
    let hub = Hub::with_commit().await;
    hub.faults.arm("github.request=primary_limit_long").expect("fault");
    let deadline = nigari::deadline::Deadline::after(std::time::Duration::from_secs(30));
    let started = std::time::Instant::now();
    let error = hub.client().with_deadline(deadline).login().await.expect_err("limited");
    assert_eq!(class_of(&error), Class::TimedOut, "{error:?}");
    assert!(started.elapsed() < std::time::Duration::from_secs(5), "{:?}", started.elapsed());
    assert!(report(&error).contains("--timeout"), "{}", report(&error));
}

#[tokio::test(flavor = "multi_thread")]
async fn host_keys_come_over_tls() {
    let hub = Hub::new().await;
    assert_eq!(hub.client().ssh_host_keys().await.expect("keys"), hub.github.host_keys());
    hub.finish();
}

#[tokio::test(flavor = "multi_thread")]
async fn without_its_ca_the_server_is_not_trusted() {
    let hub = Hub::new().await;
    let error = hub.client_without_ca().login().await.expect_err("untrusted");
    assert_eq!(class_of(&error), Class::Unreachable);
    assert!(report(&error).contains("--ca-file"), "{}", report(&error));
}

#[tokio::test(flavor = "multi_thread")]
async fn eight_bootstraps_at_once_lose_nothing() {
    let hub = Hub::with_commit().await;
    let repository = hub.repository().await;
    let runs = (0..8).map(|number| {
        let (hub, repository) = (&hub, &repository);
        async move {
            let github = hub.client();
            let head = github.head(repository, "main").await.expect("head");
            let path = format!("clusters/{number}/a.yaml");
            let files = vec![File::new(&path, path.clone()).expect("path")];
            let wanted = Change::new(files, &path, None).expect("change");
            github.publish(repository, "main", &head, &wanted).await.expect("published")
        }
    });
    futures::future::join_all(runs).await;
    assert_eq!(hub.files("main").len(), 9);
    assert_eq!(hub.log("main").len(), 9);
    hub.finish();
}

#[test]
fn an_abandoned_push_leaves_nothing_running() {
    // The server has a runtime of its own, so that it stays silent while the client's ends.
    let [outside, runtime] = [(); 2].map(|()| tokio::runtime::Runtime::new().expect("runtime"));
    let hub = outside.block_on(Hub::new());
    hub.create(&RepositoryOptions::default());
    let started = runtime.block_on(async {
        let (github, repository) = (hub.client(), hub.repository().await);
        let head = github.head(&repository, "main").await.expect("head");
        hub.faults.arm("github.latency=20000").expect("fault");
        let wanted = change(&[("a.yaml", "a")]);
        let publish = github.publish(&repository, "main", &head, &wanted);
        let patience = std::time::Duration::from_millis(300);
        let started = std::time::Instant::now();
        assert!(tokio::time::timeout(patience, publish).await.is_err(), "the server is silent");
        started
    });
    // Ending the runtime waits for the thread that pushes.
    drop(runtime);
    assert!(started.elapsed() < std::time::Duration::from_secs(5), "{:?}", started.elapsed());
    outside.shutdown_background();
}
