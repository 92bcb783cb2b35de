//! How two commits relate.

use std::path::Path;

use git2::{Commit, Delta, Sort};
use serde_json::{Value, json};

use super::super::answer::{Answer, Reply};
use super::super::views;
use super::Call;

/// How many commits one page of a comparison lists.
const COMMIT_LIMIT: usize = 250;
/// How many files a comparison names.
const FILE_LIMIT: usize = 300;

pub(in crate::github) fn get(call: &Call<'_>) -> Reply {
    let git = call.git()?;
    let ends = call.parameter("basehead");
    let (base, head) = ends.split_once("...").ok_or_else(Answer::not_found)?;
    let (base, head) = (find(&git, base)?, find(&git, head)?);
    let merge_base = git.merge_base(base.id(), head.id()).map_err(|_| {
        Answer::error(http::StatusCode::NOT_FOUND, "No common ancestor between the two commits")
    })?;
    let (ahead, behind) = git.graph_ahead_behind(head.id(), base.id())?;
    let status = match (ahead, behind) {
        (0, 0) => "identical",
        (_, 0) => "ahead",
        (0, _) => "behind",
        _ => "diverged",
    };
    let mut walk = git.revwalk()?;
    walk.set_sorting(Sort::TOPOLOGICAL | Sort::REVERSE)?;
    walk.push(head.id())?;
    walk.hide(base.id())?;
    let size = call.number("per_page", COMMIT_LIMIT).min(COMMIT_LIMIT);
    let listed = walk
        .skip((call.number("page", 1) - 1) * size)
        .take(size)
        .map(|id| git.find_commit(id?))
        .collect::<Result<Vec<_>, git2::Error>>()?;
    let merge_base = git.find_commit(merge_base)?;
    let (links, repository) = (call.links()?, call.repository()?);
    let state = call.github.state();
    let show = |commit: &Commit<'_>| views::commit(&state, &git, repository, commit);
    let web = format!("{}/compare/{ends}", links.web);
    Ok(Answer::ok(json!({
        "url": format!("{}/compare/{ends}", links.api),
        "html_url": web,
        "permalink_url": format!("{}/compare/{}...{}", links.web, base.id(), head.id()),
        "diff_url": format!("{web}.diff"),
        "patch_url": format!("{web}.patch"),
        "base_commit": show(&base),
        "merge_base_commit": show(&merge_base),
        "status": status,
        "ahead_by": ahead,
        "behind_by": behind,
        "total_commits": ahead,
        "commits": listed.iter().map(show).collect::<Vec<Value>>(),
        "files": files(&git, &links, &merge_base, &head)?,
    })))
}

/// What is different in `head` since it began to be another one than the base.
fn files(
    git: &git2::Repository,
    links: &views::Links,
    merge_base: &Commit<'_>,
    head: &Commit<'_>,
) -> Result<Vec<Value>, git2::Error> {
    let (before, after) = (merge_base.tree()?, head.tree()?);
    let difference = git.diff_tree_to_tree(Some(&before), Some(&after), None)?;
    let mut files = Vec::new();
    for (index, delta) in difference.deltas().enumerate().take(FILE_LIMIT) {
        let patch = git2::Patch::from_diff(&difference, index)?;
        let counts = patch.map(|patch| patch.line_stats()).transpose()?;
        let (_, additions, deletions) = counts.unwrap_or_default();
        let (status, file) = match delta.status() {
            Delta::Added => ("added", delta.new_file()),
            Delta::Deleted => ("removed", delta.old_file()),
            _ => ("modified", delta.new_file()),
        };
        let (path, at) = (file.path().unwrap_or(Path::new("")).display().to_string(), head.id());
        files.push(json!({
            "sha": file.id().to_string(),
            "filename": path,
            "status": status,
            "additions": additions,
            "deletions": deletions,
            "changes": additions + deletions,
            "blob_url": format!("{}/blob/{at}/{path}", links.web),
            "raw_url": format!("{}/raw/{at}/{path}", links.web),
            "contents_url": format!("{}/contents/{path}?ref={at}", links.api),
        }));
    }
    Ok(files)
}

/// A commit by name or a branch.
fn find<'a>(git: &'a git2::Repository, name: &str) -> Result<Commit<'a>, Answer> {
    git.revparse_single(&format!("refs/heads/{name}"))
        .or_else(|_| git.revparse_single(name))
        .and_then(|object| object.peel_to_commit())
        .map_err(|_| Answer::not_found())
}
