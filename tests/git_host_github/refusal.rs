//! What a refusal, a limit or a broken server is for the user.

use nigari::error::{Class, class_of, report};
use nigari::git_host::{GitHost as _, Head};
use nigari_sandbox::github::{RepositoryOptions, Role, Rule};

use crate::hub::{Hub, change, key};

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
async fn a_limit_that_graphql_tells_with_a_success_is_waited_for() {
    for kind in ["secondary_limit", "primary_limit"] {
        let hub = Hub::with_commit().await;
        let (github, repository) = (hub.client(), hub.repository().await);
        let head = github.head(&repository, "main").await.expect("head");
        hub.faults.arm(&format!("github.first={kind}@updateRefs")).expect("fault");
        let started = std::time::Instant::now();
        let wanted = change(&[("a.yaml", "a")]);
        let published = github.publish(&repository, "main", &head, &wanted).await.expect(kind);
        assert!(started.elapsed() >= std::time::Duration::from_secs(2), "{kind}");
        assert_eq!(hub.log("main")[0], published.commit, "{kind}");
        assert_eq!(hub.log("main").len(), 2, "{kind}");
        hub.finish();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_limit_of_graphql_beyond_the_timeout_ends_at_once() {
    let hub = Hub::with_commit().await;
    let deadline = nigari::deadline::Deadline::after(std::time::Duration::from_secs(30));
    let github = hub.client().with_deadline(deadline);
    let repository = hub.repository().await;
    let head = github.head(&repository, "main").await.expect("head");
    hub.faults.arm("github.first=primary_limit_long@updateRefs").expect("fault");
    let limited = github.publish(&repository, "main", &head, &change(&[("a.yaml", "a")])).await;
    let error = limited.expect_err("limited");
    assert_eq!(class_of(&error), Class::TimedOut, "{error:?}");
    assert!(report(&error).contains("is used up for another 50m"), "{}", report(&error));
    assert_eq!(hub.log("main").len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn without_its_ca_the_server_is_not_trusted() {
    let hub = Hub::new().await;
    let error = hub.client_without_ca().login().await.expect_err("untrusted");
    assert_eq!(class_of(&error), Class::Unreachable);
    assert!(report(&error).contains("--ca-file"), "{}", report(&error));
}
