//! Deploy keys and host keys.

use nigari::error::{Class, class_of, report};
use nigari::git_host::{DeployKey, EnsuredKey, GitHost as _, KeyOutcome, LastUse, is_key_in_use};
use nigari_sandbox::github::RepositoryOptions;

use crate::hub::{Hub, key};

#[tokio::test(flavor = "multi_thread")]
async fn a_deploy_key_is_added_and_kept_and_no_other_is_touched() {
    let hub = Hub::with_commit().await;
    let (github, repository) = (hub.client(), hub.repository().await);
    let (first, second, foreign) = (key(), key(), key());
    let ensure = |title: &'static str, key, read_only| {
        let (github, repository) = (&github, &repository);
        async move {
            let ensured = github.ensure_deploy_key(repository, title, key, read_only).await;
            ensured.expect("key")
        }
    };
    let alone = |outcome| EnsuredKey { outcome, others: Vec::new() };
    assert_eq!(ensure("theirs", &foreign, true).await, alone(KeyOutcome::Added));
    assert_eq!(ensure("ours", &first, true).await, alone(KeyOutcome::Added));
    hub.recorder.clear();
    assert_eq!(ensure("ours", &first, true).await, alone(KeyOutcome::Kept));
    assert_eq!(hub.writes(), Vec::<String>::new());
    assert_eq!(ensure("ours", &first, false).await, alone(KeyOutcome::Recreated));
    let beside = ensure("ours", &second, true).await;
    let others: Vec<_> = beside.others.iter().map(DeployKey::public).collect();
    assert_eq!((beside.outcome, others), (KeyOutcome::Added, vec![Some(first)]));
    assert_eq!(beside.others[0].last_use, LastUse::Never);

    for _ in 0..2 {
        github.delete_deploy_key(&repository, beside.others[0].id).await.expect("deleted");
    }
    hub.github.authorize_ssh("acme", "fleet", &second.to_string(), false).expect("let in");
    let keys = github.deploy_keys(&repository).await.expect("keys");
    let titles: Vec<_> = keys.iter().map(|key| (key.title.as_str(), key.read_only)).collect();
    assert_eq!(titles, [("theirs", true), ("ours", true)]);
    assert!(matches!(keys[1].last_use, LastUse::At(_)), "{keys:?}");
    hub.finish();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deploy_key_whose_answer_is_lost_is_one_key() {
    let hub = Hub::with_commit().await;
    let (github, repository) = (hub.client(), hub.repository().await);
    hub.faults.arm("github.create_key=reset_after_effect*1").expect("fault");
    let added = github.ensure_deploy_key(&repository, "ours", &key(), true).await.expect("added");
    assert_eq!(added.outcome, KeyOutcome::Added);
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
    assert_eq!(added.outcome, KeyOutcome::Added);
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
    let taken = taken.expect_err("in use");
    assert_eq!(class_of(&taken), Class::Conflict);
    assert!(is_key_in_use(&taken), "{}", report(&taken));

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
