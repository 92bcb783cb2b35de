//! One open pull request for each topic, whatever happens on the way.

use std::time::Duration;

use anyhow::Result;
use nigari::error::{Class, class_of, report};
use nigari::git_host::change::{Change, Draft, File};
use nigari::git_host::github::GitHub;
use nigari::git_host::pull_request::{Proposal, Proposing as _, PullRequest, State, Topic};
use nigari::git_host::{GitHost as _, Head, Repository, is_refused_by_rule};
use nigari::manifests::kustomization::edit::with_resource;
use nigari_sandbox::github::{Rule, Token};

use crate::hub::{Hub, change};

fn topic() -> Topic {
    Topic {
        branch: "nigari/create-x-1a2b3c4d".to_owned(),
        base: "main".to_owned(),
        title: "Add x".to_owned(),
        body: "Adds `x`".to_owned(),
    }
}

async fn propose(hub: &Hub, draft: &Change) -> Result<Proposal> {
    let repository = hub.repository().await;
    hub.client().propose(&repository, &topic(), draft).await
}

/// The pull request that is open now, and whether it or its last commit is new.
#[track_caller]
fn open(proposal: Result<Proposal>) -> (PullRequest, bool, bool) {
    match proposal.expect("proposed") {
        Proposal::Open { pull_request, is_new, has_new_commit, .. } => {
            (pull_request, is_new, has_new_commit)
        }
        Proposal::AlreadyThere(commit) => panic!("{commit} holds it already"),
    }
}

fn open_pulls(hub: &Hub) -> Vec<(u64, String)> {
    let pulls = hub.github.pull_requests("acme", "fleet").into_iter();
    pulls.filter(|pull| pull.is_open).map(|pull| (pull.number, pull.head)).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn three_runs_make_one_pull_request_and_the_protected_branch_stays() {
    let hub = Hub::with_commit().await;
    hub.github.protect("acme", "fleet", "main", Rule::PullRequest).expect("protected");
    let before = hub.log("main");
    let (first, is_new, has_new_commit) = open(propose(&hub, &change(&[("a.yaml", "1")])).await);
    assert!(is_new && has_new_commit);
    hub.recorder.clear();
    let (again, is_new, has_new_commit) = open(propose(&hub, &change(&[("a.yaml", "1")])).await);
    assert!(!is_new && !has_new_commit);
    assert_eq!(hub.writes(), Vec::<String>::new());
    let (other, is_new, has_new_commit) = open(propose(&hub, &change(&[("a.yaml", "2")])).await);
    assert!(!is_new && has_new_commit);
    assert_eq!((first.number, again.number, other.number), (1, 1, 1));
    assert_eq!(hub.file(&topic().branch, "a.yaml"), "2");
    assert_eq!(hub.log("main"), before);
    let shown = &hub.github.pull_requests("acme", "fleet")[0];
    assert_eq!((shown.title.as_str(), shown.body.as_str()), ("Add x", "Adds `x`"));
    hub.finish();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rule_of_the_branch_is_told_from_a_missing_right() {
    let hub = Hub::with_commit().await;
    let (github, repository) = (hub.client(), hub.repository().await);
    let head = github.head(&repository, "main").await.expect("head");
    // GitHub names the classic rule that comes first.
    for rule in [Rule::PullRequest, Rule::RestrictedPushes, Rule::RequiredReviews] {
        hub.github.protect("acme", "fleet", "main", rule).expect("protected");
        let refused = github.publish(&repository, "main", &head, &change(&[("a", "1")])).await;
        let error = refused.expect_err("protected");
        assert!(is_refused_by_rule(&error), "{error:?}");
        assert_eq!(class_of(&error), Class::Denied);
    }
    hub.finish();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pull_request_in_the_queue_is_left_to_it() {
    let hub = Hub::with_commit().await;
    open(propose(&hub, &change(&[("a.yaml", "1")])).await);
    let before = hub.log(&topic().branch);
    hub.github.protect("acme", "fleet", &topic().branch, Rule::Queued).expect("queued");
    let error = propose(&hub, &change(&[("a.yaml", "2")])).await.expect_err("queued");
    assert_eq!(class_of(&error), Class::Waiting, "{error:?}");
    assert!(report(&error).contains("cause: its pull request waits in the merge queue"));
    assert_eq!(hub.log(&topic().branch), before);
    hub.finish();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pull_request_whose_answer_is_lost_is_found_again() {
    let hub = Hub::with_commit().await;
    hub.faults.arm("github.create_pull=reset_after_effect*1").expect("fault");
    let (found, is_new, _) = open(propose(&hub, &change(&[("a.yaml", "1")])).await);
    assert!(is_new);
    assert_eq!(found.state, State::Open);
    assert_eq!(open_pulls(&hub).len(), 1);
    hub.finish();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_branch_of_a_run_that_was_stopped_is_taken_up() {
    let hub = Hub::with_commit().await;
    let (github, repository) = (hub.client(), hub.repository().await);
    let wanted = change(&[("a.yaml", "1")]);
    let stopped = github.publish(&repository, &topic().branch, &Head::NoSuchBranch, &wanted).await;
    let stopped = stopped.expect("published");
    let (_, is_new, has_new_commit) = open(propose(&hub, &wanted).await);
    assert!(is_new && !has_new_commit);
    assert_eq!(hub.log(&topic().branch)[0], stopped.commit);
    hub.finish();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_merged_is_there_and_what_was_closed_is_begun_anew() {
    let hub = Hub::with_commit().await;
    open(propose(&hub, &change(&[("a.yaml", "1")])).await);
    hub.github.close_pull_request("acme", "fleet", 1).expect("closed");
    let (second, is_new, _) = open(propose(&hub, &change(&[("a.yaml", "1")])).await);
    assert!(is_new);
    let branch = format!("{}-2", topic().branch);
    assert_eq!(open_pulls(&hub), [(second.number, branch)]);
    hub.github.merge_pull_request("acme", "fleet", second.number).expect("merged");
    hub.recorder.clear();
    let merged = propose(&hub, &change(&[("a.yaml", "1")])).await.expect("nothing to do");
    assert_eq!(merged, Proposal::AlreadyThere(hub.log("main")[0].clone()));
    assert_eq!(hub.writes(), Vec::<String>::new());
    let (third, ..) = open(propose(&hub, &change(&[("a.yaml", "3")])).await);
    assert_eq!(third.number, 3);
    hub.finish();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_decision_is_waited_for() {
    let hub = Hub::with_commit().await;
    let repository = hub.repository().await;
    for (number, expected) in [(1, State::Merged), (2, State::Closed)] {
        let text = number.to_string();
        let (pull_request, ..) = open(propose(&hub, &change(&[("a.yaml", &text)])).await);
        assert_eq!(pull_request.number, number);
        let github = hub.client();
        let waits = github.await_decision(&repository, &pull_request);
        let decides = async {
            tokio::time::sleep(Duration::from_millis(300)).await;
            match expected {
                State::Merged => hub.github.merge_pull_request("acme", "fleet", number).map(drop),
                _ => hub.github.close_pull_request("acme", "fleet", number),
            }
        };
        let (seen, decided) = futures::future::join(waits, decides).await;
        decided.expect("decided");
        assert_eq!(seen.expect("seen"), expected);
    }
    hub.finish();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_that_may_not_open_pull_requests_is_told_so() {
    let hub = Hub::with_commit().await;
    let permissions = [("contents", "write"), ("metadata", "read"), ("pull_requests", "read")];
    hub.github.add_token(Token::fine_grained("github_pat_x", "ann", &permissions));
    let repository = hub.repository().await;
    let github = hub.client_of("github_pat_x");
    let refused = github.propose(&repository, &topic(), &change(&[("a.yaml", "1")])).await;
    let error = refused.expect_err("refused");
    assert_eq!(class_of(&error), Class::Denied, "{error:?}");
    let told = nigari::error::report(&error);
    assert!(told.contains("pull_requests=write"), "{told}");
    hub.finish();
}

/// Adds one entry to a kustomization that others edit as well.
struct Entry<'a> {
    github: &'a GitHub,
    repository: &'a Repository,
    name: String,
}

const LIST: &str = "apps/kustomization.yaml";

impl Draft for Entry<'_> {
    async fn on(&self, head: &Head) -> Result<Change> {
        let paths = [LIST.to_owned()];
        let found = self.github.files_at(self.repository, head, &paths).await?;
        let bytes = self.github.read_file(self.repository, &found[LIST].sha).await?;
        let text = String::from_utf8(bytes)?;
        let own = File::new(&format!("apps/{}", self.name), self.name.as_str())?;
        let list = with_resource(&text, &self.name)?.map(|text| File::new(LIST, text));
        let list = list.transpose()?.map(File::derived);
        Change::new([own].into_iter().chain(list).collect(), &self.name, None)
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn ten_at_once_into_one_list_all_land() {
    let hub = Hub::with_commit().await;
    hub.commit("main", LIST, "# by hand\nresources:\n  - first.yaml # stays\n");
    let repository = hub.repository().await;
    let runs = (0..10).map(|number| {
        let (hub, repository) = (&hub, &repository);
        async move {
            let github = hub.client();
            let head = github.head(repository, "main").await.expect("head");
            let name = format!("x{number}.yaml");
            let draft = Entry { github: &github, repository, name };
            github.publish(repository, "main", &head, &draft).await.expect("published")
        }
    });
    futures::future::join_all(runs).await;
    assert_eq!(hub.log("main").len(), 12);
    let list = hub.file("main", LIST);
    assert!(list.starts_with("# by hand\nresources:\n  - first.yaml # stays\n"), "{list}");
    for number in 0..10 {
        assert_eq!(list.matches(&format!("\n  - x{number}.yaml\n")).count(), 1, "{list}");
        hub.file("main", &format!("apps/x{number}.yaml"));
    }
    hub.finish();
}

/// A pull request for `list.yaml`, whose base has got another line at the same place since.
async fn conflicting() -> Hub {
    let hub = Hub::with_commit().await;
    hub.commit("main", "list.yaml", "a\n");
    open(propose(&hub, &change(&[("list.yaml", "a\nours\n")])).await);
    hub.commit("main", "list.yaml", "a\ntheirs\n");
    hub
}

fn both() -> Change {
    change(&[("list.yaml", "a\ntheirs\nours\n")])
}

#[tokio::test(flavor = "multi_thread")]
async fn a_branch_that_cannot_be_merged_any_more_is_made_anew() {
    for graphql_is_there in [true, false] {
        let hub = conflicting().await;
        if !graphql_is_there {
            hub.faults.arm("github.graphql=unreachable").expect("fault");
        }
        let proposed = propose(&hub, &both()).await.expect("proposed");
        let Proposal::Open { pull_request, is_new, is_rebuilt, .. } = proposed else {
            panic!("nobody has merged it");
        };
        assert_eq!((pull_request.number, is_new, is_rebuilt), (1, false, true));
        assert_eq!(hub.log(&topic().branch)[1..], hub.log("main"), "one commit on the base");
        let (_, is_new, has_new_commit) = open(propose(&hub, &both()).await);
        assert!(!is_new && !has_new_commit);
        hub.github.merge_pull_request("acme", "fleet", 1).expect("it can be merged");
        assert_eq!(hub.file("main", "list.yaml"), "a\ntheirs\nours\n");
        hub.finish();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_branch_that_can_be_merged_is_left_where_it_is() {
    let hub = Hub::with_commit().await;
    open(propose(&hub, &change(&[("a.yaml", "1")])).await);
    let before = hub.log(&topic().branch);
    hub.commit("main", "b.yaml", "theirs");
    let (_, is_new, has_new_commit) = open(propose(&hub, &change(&[("a.yaml", "1")])).await);
    assert!(!is_new && !has_new_commit);
    assert_eq!(hub.log(&topic().branch), before);
    hub.finish();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_somebody_else_has_put_on_a_conflicting_branch_is_not_lost() {
    let branch = topic().branch;
    let by_name = conflicting().await;
    by_name.commit(&branch, "list.yaml", "a\nedited\n");
    let by_file = conflicting().await;
    let (github, repository) = (by_file.client(), by_file.repository().await);
    let head = github.head(&repository, &branch).await.expect("head");
    let more = change(&[("notes.md", "by hand")]);
    github.publish(&repository, &branch, &head, &more).await.expect("published");
    for (hub, words) in [(by_name, "has committed"), (by_file, "notes.md")] {
        let before = hub.log(&branch);
        let refused = propose(&hub, &both()).await.expect_err("somebody else's work");
        assert_eq!(class_of(&refused), Class::Conflict);
        assert!(format!("{refused:#}").contains(words), "{refused:#}");
        assert_eq!(hub.log(&branch), before);
        hub.finish();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_commit_that_comes_while_a_branch_is_made_anew_is_not_lost() {
    let hub = conflicting().await;
    let theirs = hub.before_next_update(|others| {
        others.commit("nigari/create-x-1a2b3c4d", "list.yaml", "a\nat the last moment\n")
    });
    let refused = propose(&hub, &both()).await.expect_err("somebody was faster");
    assert_eq!(class_of(&refused), Class::Conflict);
    let theirs = theirs.lock().expect("lock").clone().expect("they committed");
    assert_eq!(hub.log(&topic().branch)[0], theirs);
    hub.finish();
}
