//! Commits that GitHub makes and signs itself, and what is done where it does not.

use std::sync::{Arc, Mutex};

use nigari::git_host::change::{Author, Change, Signing};
use nigari::git_host::github::GitHub;
use nigari::git_host::pull_request::{Proposal, Proposing as _, Topic};
use nigari::git_host::{GitHost as _, Published};

use crate::hub::{Hub, file};

/// A change that GitHub is to sign.
fn signed(files: &[(&str, &str)]) -> Change {
    let files = files.iter().map(|(path, content)| file(path, content)).collect();
    let author =
        Author { name: "Flux".to_owned(), email: "ann@users.noreply.localhost".to_owned() };
    let change = Change::new(files, "Add Flux sync manifests", Some(author)).expect("change");
    change.signed(Signing::ByHost)
}

/// A client, and what it tells.
fn listening(hub: &Hub) -> (GitHub, Arc<Mutex<Vec<String>>>) {
    let told = Arc::new(Mutex::new(Vec::new()));
    let notices = Arc::clone(&told);
    let github = hub.client().on_notice(move |text| {
        notices.lock().expect("lock").push(text.to_owned());
    });
    (github, told)
}

async fn publish(hub: &Hub, github: &GitHub) -> Published {
    let repository = hub.repository().await;
    let head = github.head(&repository, "main").await.expect("head");
    let change = signed(&[("a.yaml", "a"), ("b.yaml", "b")]);
    github.publish(&repository, "main", &head, &change).await.expect("published")
}

fn committer(hub: &Hub, branch: &str) -> String {
    hub.git(&["log", "-1", "--format=%cn", branch]).trim_end().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn f22_what_is_too_large_for_github_to_commit_is_made_of_objects() {
    for (fault, by, told) in [
        ("large", "Flux", 1),
        ("timeout", "Flux", 1),
        ("bad_gateway", "Flux", 1),
        ("large*1", "Flux", 1),
        // It took its time, and was there in the end.
        ("timeout_after_effect", "GitHub", 0),
    ] {
        let hub = Hub::with_commit().await;
        let before = hub.log("main");
        hub.faults.arm(&format!("github.create_commit={fault}")).expect("fault");
        let (github, notices) = listening(&hub);
        let published = publish(&hub, &github).await;
        assert!(published.is_new, "{fault}");
        assert_eq!(hub.log("main"), [published.commit, before[0].clone()], "{fault}");
        assert_eq!(hub.files("main"), ["README.md", "a.yaml", "b.yaml"], "{fault}");
        assert_eq!(committer(&hub, "main"), by, "{fault}");
        let words =
            "GitHub does not manage to make so large a commit itself: the commit is not signed";
        let notices = notices.lock().expect("lock").clone();
        let unsigned = notices.iter().filter(|notice| *notice == words).count();
        assert_eq!(unsigned, told, "{fault}: {notices:?}");
        hub.finish();
    }
}

fn topic() -> Topic {
    Topic {
        branch: "nigari/create-x-1a2b3c4d".to_owned(),
        base: "main".to_owned(),
        title: "Add x".to_owned(),
        body: "Adds `x`".to_owned(),
    }
}

async fn propose(hub: &Hub, github: &GitHub, list: &str) -> bool {
    let repository = hub.repository().await;
    let change = signed(&[("list.yaml", list)]);
    match github.propose(&repository, &topic(), &change).await.expect("proposed") {
        Proposal::Open { is_rebuilt, .. } => is_rebuilt,
        Proposal::AlreadyThere(commit) => panic!("{commit} holds it already"),
    }
}

/// A pull request for `list.yaml`, whose base has got another line at the same place since.
async fn conflicting() -> Hub {
    let hub = Hub::with_commit().await;
    hub.commit("main", "list.yaml", "a\n");
    assert!(!propose(&hub, &hub.client(), "a\nours\n").await);
    hub.commit("main", "list.yaml", "a\ntheirs\n");
    hub
}

fn branches(hub: &Hub) -> String {
    hub.git(&["for-each-ref", "--format=%(refname:short)", "refs/heads"])
}

#[tokio::test(flavor = "multi_thread")]
async fn a_branch_that_is_made_anew_is_signed_as_well() {
    // The second time an earlier run was stopped half-way, the third time an answer is lost.
    for (leftover, fault) in [
        (false, None),
        (true, None),
        (false, Some("github.update_ref=reset_after_effect*1")),
        (false, Some("github.update_ref=reset_before_effect*1")),
    ] {
        let hub = conflicting().await;
        if leftover {
            hub.commit(&format!("{}-anew", topic().branch), "list.yaml", "of a run before\n");
        }
        fault.into_iter().for_each(|fault| hub.faults.arm(fault).expect("fault"));
        let (github, notices) = listening(&hub);
        assert!(propose(&hub, &github, "a\ntheirs\nours\n").await);
        let branch = topic().branch;
        assert_eq!(committer(&hub, &branch), "GitHub", "{leftover} {fault:?}");
        assert_eq!(hub.log(&branch)[1..], hub.log("main"), "one commit on the base");
        assert_eq!(hub.file(&branch, "list.yaml"), "a\ntheirs\nours\n");
        assert_eq!(branches(&hub), format!("main\n{branch}\n"), "nothing else stays");
        let notices = notices.lock().expect("lock").clone();
        assert!(!notices.iter().any(|notice| notice.contains("not signed")), "{notices:?}");
        hub.finish();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_branch_that_is_made_anew_without_github_s_help_is_told_to_be_unsigned() {
    for fault in ["github.graphql=unreachable", "github.create_commit=timeout"] {
        let hub = conflicting().await;
        hub.faults.arm(fault).expect("fault");
        let (github, notices) = listening(&hub);
        assert!(propose(&hub, &github, "a\ntheirs\nours\n").await, "{fault}");
        let branch = topic().branch;
        assert_eq!(committer(&hub, &branch), "Flux", "{fault}");
        assert_eq!(branches(&hub), format!("main\n{branch}\n"), "{fault}");
        let notices = notices.lock().expect("lock").clone();
        assert!(notices.iter().any(|notice| notice.ends_with("is not signed")), "{notices:?}");
        hub.finish();
    }
}
