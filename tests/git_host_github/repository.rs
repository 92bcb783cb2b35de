//! Finding, creating and reading repositories.

use std::sync::{Arc, Mutex};

use nigari::error::{Class, class_of, report};
use nigari::git_host::{GitHost as _, Head, NewRepository};
use nigari_sandbox::github::{Token, TokenKind};

use crate::hub::Hub;

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
async fn policies_are_known_before_anything_is_written() {
    let hub = Hub::with_commit().await;
    let github = hub.client();
    assert_eq!(github.policies("acme").await.expect("asked").deploy_keys, Some(true));
    hub.github.allow_deploy_keys("acme", false).expect("policy");
    assert_eq!(github.policies("acme").await.expect("asked").deploy_keys, Some(false));
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
