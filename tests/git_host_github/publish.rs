//! One commit, and nobody else's lost.

use std::sync::{Arc, Mutex};

use nigari::error::{Class, class_of};
use nigari::git_host::change::{Author, Change, File};
use nigari::git_host::{GitHost as _, Head, KeyOutcome};
use nigari_sandbox::github::{RepositoryOptions, Token, TokenKind};

use crate::hub::{Hub, change, file, key, with_first_commit};

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
    for fault in ["unreachable", "without_update_refs"] {
        let hub = Hub::with_commit().await;
        hub.faults.arm(&format!("github.graphql={fault}")).expect("fault");
        let told = Arc::new(Mutex::new(Vec::new()));
        let sink = Arc::clone(&told);
        let github =
            hub.client().on_notice(move |text| sink.lock().expect("lock").push(text.to_owned()));
        let repository = hub.repository().await;
        let head = github.head(&repository, "main").await.expect("head");
        let theirs = hub.before_next_update(|hub| hub.commit("main", "theirs.yaml", "theirs"));
        let wanted = change(&[("a.yaml", "a")]);
        let published =
            github.publish(&repository, "main", &head, &wanted).await.expect("published");
        let theirs = theirs.lock().expect("lock").clone().expect("moved");
        assert_eq!(hub.log("main")[..2], [published.commit, theirs]);
        assert_eq!(told.lock().expect("lock").len(), 1, "{fault}: said once");
        hub.finish();
    }
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
async fn the_token_of_an_installation_has_no_user_and_still_commits() {
    let hub = Hub::with_commit().await;
    let permissions = [("contents", "write"), ("metadata", "read")];
    let permissions = permissions.map(|(name, value)| (name.to_owned(), value.to_owned()));
    hub.github.add_token(Token {
        value: "ghs_installation".to_owned(),
        login: "fleet-app[bot]".to_owned(),
        kind: TokenKind::Installation {
            permissions: permissions.into(),
            repositories: None,
            account: None,
        },
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
