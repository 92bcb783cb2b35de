//! Pull requests between branches of one repository.

use git2::Oid;
use http::StatusCode;
use k8s_openapi::jiff::Timestamp;
use serde_json::{Value, json};

use super::super::answer::{Answer, Reply};
use super::super::merge::{Merge, NotMerged};
use super::super::state::{PullRequest, Repository};
use super::super::store::{self, Rejected};
use super::super::views::{self, Ends};
use super::{Call, refuse_update};

pub(in crate::github) fn list(call: &Call<'_>) -> Reply {
    let repository = call.repository()?;
    let git = call.git()?;
    let wanted = |name: &str| call.query.get(name).map(String::as_str);
    let head = wanted("head").map(|head| head.split_once(':').map_or(head, |(_, head)| head));
    let state = wanted("state").unwrap_or("open");
    let mut shown = Vec::new();
    for pull in repository.pulls.iter().rev() {
        let fits = head.is_none_or(|head| head == pull.head)
            && wanted("base").is_none_or(|base| base == pull.base)
            && (state == "all" || (state == "open") == pull.ended.is_none());
        if fits {
            let ends = ends(&git, pull)?;
            shown.push(views::simple_pull(&call.github.state(), repository, pull, ends));
        }
    }
    Ok(call.page(shown))
}

pub(in crate::github) fn get(call: &Call<'_>) -> Reply {
    let pull = find(call)?;
    Ok(Answer::ok(show(call, &call.git()?, pull)?))
}

pub(in crate::github) fn create(call: &Call<'_>) -> Reply {
    let repository = call.repository()?;
    let git = call.git()?;
    let (head, base) = (call.required("head")?, call.required("base")?);
    let head = head.split_once(':').map_or(head, |(_, head)| head);
    let (head_tip, base_tip) = (tip(&git, "head", head)?, tip(&git, "base", base)?);
    let (ahead, _) = git.graph_ahead_behind(head_tip, base_tip)?;
    if ahead == 0 {
        let message = format!("No commits between {base} and {head}");
        return Err(Answer::invalid("PullRequest", "base", "custom", &message));
    }
    let pull = insert(call, repository, head, base)?;
    if call.github.0.faults.fire("github.create_pull").is_some() {
        return Err(Answer::hang_up());
    }
    Ok(Answer::created(show(call, &git, &pull)?))
}

fn insert(
    call: &Call<'_>,
    repository: &Repository,
    head: &str,
    base: &str,
) -> Result<PullRequest, Answer> {
    let title = call.required("title")?.to_owned();
    let mut state = call.github.state();
    let id = state.next_id();
    let repository = state.by_id_mut(repository.id).ok_or_else(Answer::not_found)?;
    let is_open =
        |pull: &&PullRequest| pull.ended.is_none() && pull.head == head && pull.base == base;
    if repository.pulls.iter().any(|pull| is_open(&pull)) {
        let message = format!("A pull request already exists for {}:{head}.", repository.owner);
        return Err(Answer::invalid("PullRequest", "base", "custom", &message));
    }
    let pull = PullRequest {
        id,
        number: repository.pulls.len() as u64 + 1,
        title,
        body: call.text("body").map(str::to_owned),
        author: call.caller.login().unwrap_or("ghost").to_owned(),
        head: head.to_owned(),
        base: base.to_owned(),
        draft: call.body["draft"].as_bool().unwrap_or_default(),
        created_at: Timestamp::now(),
        ended: None,
    };
    repository.pulls.push(pull.clone());
    Ok(pull)
}

/// Merges with a merge commit; the branch rules do not bind a merge, as if it had been approved.
pub(in crate::github) fn merge(call: &Call<'_>) -> Reply {
    let (repository, git, pull) = (call.repository()?, call.git()?, find(call)?);
    if pull.ended.is_some() {
        return Err(not_mergeable());
    }
    let ends = ends(&git, pull)?;
    if call.text("sha").is_some_and(|sha| sha != ends.head.to_string()) {
        let message = "Head branch was modified. Review and try the merge again.";
        return Err(Answer::conflict(message));
    }
    let merge = Merge { title: call.text("commit_title"), author: call.signature("author")? };
    let commit =
        call.github.merge(repository, pull, ends, &merge).map_err(|refused| match refused {
            NotMerged::Conflicts => not_mergeable(),
            NotMerged::Rejected(Rejected::Moved { .. }) => {
                Answer::conflict("Base branch was modified. Review and try the merge again.")
            }
            NotMerged::Rejected(other) => refuse_update(other.into()),
        })?;
    Ok(Answer::ok(json!({
        "sha": commit.to_string(),
        "merged": true,
        "message": "Pull Request successfully merged",
    })))
}

fn not_mergeable() -> Answer {
    Answer::error(StatusCode::METHOD_NOT_ALLOWED, "Pull Request is not mergeable")
}

fn find<'a>(call: &'a Call<'_>) -> Result<&'a PullRequest, Answer> {
    let number = call.parameter("pull_number").parse::<u64>().map_err(|_| Answer::not_found())?;
    let mut pulls = call.repository()?.pulls.iter();
    pulls.find(|pull| pull.number == number).ok_or_else(Answer::not_found)
}

fn tip(git: &git2::Repository, field: &str, branch: &str) -> Result<Oid, Answer> {
    store::target(git, &format!("refs/heads/{branch}"))?
        .ok_or_else(|| Answer::invalid("PullRequest", field, "invalid", ""))
}

/// The two branches as they are, or as they were when the pull request ended.
fn ends(git: &git2::Repository, pull: &PullRequest) -> Result<Ends, Answer> {
    match &pull.ended {
        Some(ended) => Ok(Ends { head: ended.head, base: ended.base }),
        None => {
            Ok(Ends { head: tip(git, "head", &pull.head)?, base: tip(git, "base", &pull.base)? })
        }
    }
}

fn show(call: &Call<'_>, git: &git2::Repository, pull: &PullRequest) -> Result<Value, Answer> {
    let ends = ends(git, pull)?;
    let (ahead, _) = git.graph_ahead_behind(ends.head, ends.base)?;
    let (base, head) = (git.find_commit(ends.base)?, git.find_commit(ends.head)?);
    let diff = git.diff_tree_to_tree(Some(&base.tree()?), Some(&head.tree()?), None)?.stats()?;
    let mut shown = views::simple_pull(&call.github.state(), call.repository()?, pull, ends);
    let is_open = pull.ended.is_none();
    let is_mergeable = !git.merge_commits(&base, &head, None)?.has_conflicts();
    let state = match (is_open, is_mergeable) {
        (false, _) => "unknown",
        (true, true) => "clean",
        (true, false) => "dirty",
    };
    let more = json!({
        "merged": pull.ended.as_ref().is_some_and(|ended| ended.merged.is_some()),
        "mergeable": is_open.then_some(is_mergeable),
        "mergeable_state": state,
        "merged_by": null,
        "maintainer_can_modify": false,
        "comments": 0,
        "review_comments": 0,
        "commits": ahead,
        "additions": diff.insertions(),
        "deletions": diff.deletions(),
        "changed_files": diff.files_changed(),
    });
    views::extend(&mut shown, more);
    Ok(shown)
}
