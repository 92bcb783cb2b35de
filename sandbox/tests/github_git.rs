//! The GitHub double as stock git sees it.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod github_support;

use std::sync::{Arc, Mutex};

use github_support::Hub;
use nigari_sandbox::github::{Refusal, RepositoryOptions, Role, Rule};

const ANN: &str = "token-of-ann";

/// Clones `acme/fleet` and commits one file; the clone is `clone` in the hub's folder.
fn clone_and_commit(hub: &Hub, size: usize) -> std::path::PathBuf {
    let parent = hub.folder.path();
    let cloned = hub.git(parent, ANN, &["clone", "--quiet", &hub.clone_address(), "clone"]);
    assert!(cloned.status.success(), "{}", String::from_utf8_lossy(&cloned.stderr));
    let clone = parent.join("clone");
    // Bytes that do not compress, so that a large file makes a large pack.
    let mut state = 1_u64;
    let mut next = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        u8::try_from(state >> 56).unwrap()
    };
    std::fs::write(clone.join("file"), (0..size).map(|_| next()).collect::<Vec<u8>>()).unwrap();
    assert!(hub.git(&clone, ANN, &["add", "."]).status.success());
    assert!(hub.git(&clone, ANN, &["commit", "--quiet", "-m", "Add a file"]).status.success());
    clone
}

fn push(hub: &Hub, clone: &std::path::Path, token: &str) -> (bool, String) {
    let pushed = hub.git(clone, token, &["push", "origin", "HEAD:main"]);
    (pushed.status.success(), String::from_utf8_lossy(&pushed.stderr).into_owned())
}

#[tokio::test(flavor = "multi_thread")]
async fn stock_git_clones_and_pushes_what_rest_then_shows() {
    let hub = Hub::with_commit().await;
    let clone = clone_and_commit(&hub, 100);
    let seen = Arc::new(Mutex::new(Vec::new()));
    let sink = seen.clone();
    hub.github.on_ref_update(move |update| sink.lock().unwrap().push(update.reference));
    let mut pushes = hub.github.subscribe();
    pushes.mark_unchanged();
    let (pushed, message) = push(&hub, &clone, ANN);
    assert!(pushed, "{message}");
    assert!(pushes.has_changed().unwrap());
    assert_eq!(*seen.lock().unwrap(), ["refs/heads/main"]);
    let tip = hub.git(&clone, ANN, &["rev-parse", "HEAD"]).stdout;
    assert_eq!(hub.head().await, String::from_utf8_lossy(&tip).trim());
    let write = hub.recorder.writes().pop().unwrap();
    assert_eq!(
        (write.path.as_str(), write.body.as_str()),
        ("/acme/fleet.git/git-receive-pack", "")
    );
    hub.finish();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_push_in_chunks_arrives_whole() {
    let hub = Hub::with_commit().await;
    let clone = clone_and_commit(&hub, 3 * 1024 * 1024);
    let (pushed, message) = push(&hub, &clone, ANN);
    assert!(pushed, "{message}");
    let size = hub.get("repos/acme/fleet/git/trees/main").await.body["tree"][1]["size"].clone();
    assert_eq!(size, 3 * 1024 * 1024);
    hub.finish();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_root_commit_is_pushed_to_an_empty_repository() {
    let hub = Hub::new().await;
    hub.create(&RepositoryOptions::default());
    let clone = clone_and_commit(&hub, 10);
    assert!(push(&hub, &clone, ANN).0);
    assert_eq!(hub.get("repos/acme/fleet/branches/main").await.status, 200);
    hub.finish();
}

#[tokio::test(flavor = "multi_thread")]
async fn git_is_refused_as_rest_is() {
    let hub = Hub::with_commit().await;
    let clone = clone_and_commit(&hub, 10);
    let (pushed, message) = push(&hub, &clone, "token-of-bob");
    assert!(!pushed && message.contains("not found"), "{message}");
    hub.github.add_collaborator("acme", "fleet", "bob", Role::Pull).unwrap();
    let (pushed, message) = push(&hub, &clone, "token-of-bob");
    assert!(!pushed && message.contains("Permission to acme/fleet.git denied to bob"), "{message}");
    let (pushed, message) = push(&hub, &clone, "wrong");
    assert!(!pushed && message.contains("Authentication failed"), "{message}");
    let refused = hub.github.authorize_https("acme", "fleet", "git", "wrong", false);
    assert_eq!(refused, Err(Refusal::BadCredentials));
    hub.finish();
}

#[tokio::test(flavor = "multi_thread")]
async fn branch_rules_bind_a_push() {
    for (rule, words) in [
        (Rule::PullRequest, "Changes must be made through a pull request."),
        (Rule::RequiredSignatures, "Commits must have verified signatures."),
        (Rule::RequiredStatusCheck("ci".into()), "Required status check \"ci\" is expected."),
        (Rule::RestrictedPushes, "You're not authorized to push to this branch."),
        (Rule::RequiredReviews, "GH006: Protected branch update failed for refs/heads/main."),
    ] {
        let hub = Hub::with_commit().await;
        let (clone, before) = (clone_and_commit(&hub, 10), hub.head().await);
        hub.github.protect("acme", "fleet", "main", rule).unwrap();
        let (pushed, message) = push(&hub, &clone, ANN);
        assert!(!pushed && message.contains(words), "{message}");
        assert!(message.contains("pre-receive hook declined"), "{message}");
        assert_eq!(hub.head().await, before);
        let other = hub.git(&clone, ANN, &["push", "--quiet", "origin", "HEAD:other"]);
        assert!(other.status.success(), "{}", String::from_utf8_lossy(&other.stderr));
        hub.finish();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rewrite_is_refused_only_where_a_rule_says_so() {
    let hub = Hub::with_commit().await;
    let clone = clone_and_commit(&hub, 10);
    assert!(push(&hub, &clone, ANN).0);
    assert!(hub.git(&clone, ANN, &["commit", "--amend", "-m", "Other"]).status.success());
    let force = ["push", "--force", "origin", "HEAD:main"];
    assert!(hub.git(&clone, ANN, &force).status.success());
    hub.github.protect("acme", "fleet", "main", Rule::NonFastForward).unwrap();
    assert!(hub.git(&clone, ANN, &["commit", "--amend", "-m", "Third"]).status.success());
    assert!(!hub.git(&clone, ANN, &force).status.success());
    hub.finish();
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_elses_push_between_read_and_publish_is_seen() {
    let hub = Hub::with_commit().await;
    let clone = clone_and_commit(&hub, 10);
    let github = hub.github.clone();
    hub.github.on_ref_update(move |_| {
        github.commit_file("acme", "fleet", "main", "x", "x", "Sneak in").unwrap();
    });
    let (pushed, message) = push(&hub, &clone, ANN);
    assert!(!pushed, "{message}");
    hub.finish();
}

#[tokio::test(flavor = "multi_thread")]
async fn git_follows_a_renamed_repository() {
    let hub = Hub::with_commit().await;
    let clone = clone_and_commit(&hub, 10);
    hub.github.rename_repository("acme", "fleet", "navy").unwrap();
    let (pushed, message) = push(&hub, &clone, ANN);
    assert!(pushed, "{message}");
    assert_eq!(hub.get("repos/acme/navy/git/trees/main").await.body["tree"][1]["path"], "file");
    hub.finish();
}
