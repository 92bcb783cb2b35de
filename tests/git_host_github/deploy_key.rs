//! Deploy keys and host keys.

use nigari::error::{Class, class_of, report};
use nigari::git_host::{GitHost as _, KeyOutcome};
use nigari_sandbox::github::RepositoryOptions;

use crate::hub::{Hub, key};

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
    assert_eq!(ensure("ours", &first, false).await.expect("key"), KeyOutcome::Recreated);
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
async fn after_each_lost_answer_it_is_looked_whether_the_key_is_there() {
    let hub = Hub::with_commit().await;
    let (github, repository) = (hub.client(), hub.repository().await);
    hub.faults.arm("github.create_key=reset_before_effect*2").expect("fault");
    hub.faults.arm_next("github.create_key=reset_after_effect*1").expect("fault");
    let added = github.ensure_deploy_key(&repository, "ours", &key(), true).await.expect("added");
    assert_eq!(added, KeyOutcome::Added);
    assert_eq!(github.deploy_keys(&repository).await.expect("keys").len(), 1);

    hub.faults.arm("github.create_key=reset_before_effect").expect("fault");
    hub.recorder.clear();
    let lost = github.ensure_deploy_key(&repository, "other", &key(), true).await;
    assert_eq!(class_of(&lost.expect_err("lost")), Class::Unreachable);
    assert_eq!(hub.writes().len(), 3, "{:?}", hub.writes());
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
async fn host_keys_come_over_tls() {
    let hub = Hub::new().await;
    assert_eq!(hub.client().ssh_host_keys().await.expect("keys"), hub.github.host_keys());
    hub.finish();
}
