//! Files by path.

use std::path::Path;

use git2::{FileMode, ObjectType, Oid, Tree, TreeEntry};
use http::StatusCode;
use serde_json::{Value, json};

use super::super::answer::{Answer, Body, Reply};
use super::super::publish::NotPublished;
use super::super::store::{self, Expected, Move, NewCommit, Rejected, TreeChange};
use super::super::views::{self, Links};
use super::objects::{decode_base64, is_unsafe_segment, wrapped_base64};
use super::{Call, refuse_update};

/// The largest file whose content the JSON answer carries: 1 MiB.
const INLINE_LIMIT: usize = 1024 * 1024;

/// What a `Shown` needs besides the object.
struct Place<'a> {
    links: &'a Links,
    path: &'a str,
    reference: &'a str,
}

pub(in crate::github) fn get(call: &Call<'_>) -> Reply {
    let git = call.git()?;
    if store::is_empty(&git)? {
        return Err(Answer::error(StatusCode::NOT_FOUND, "This repository is empty."));
    }
    let repository = call.repository()?;
    let reference = call.query.get("ref").unwrap_or(&repository.default_branch);
    let tree = find_tree(&git, reference).ok_or_else(|| {
        Answer::error(StatusCode::NOT_FOUND, format!("No commit found for the ref {reference}"))
    })?;
    let links = call.links()?;
    let place = Place { links: &links, path: call.parameter("path"), reference };
    if place.path.is_empty() {
        return Ok(folder(call, &git, &place, &tree));
    }
    let entry = tree.get_path(Path::new(place.path)).map_err(|_| Answer::not_found())?;
    match entry.kind() {
        Some(ObjectType::Tree) => Ok(folder(call, &git, &place, &git.find_tree(entry.id())?)),
        Some(ObjectType::Blob) => file(call, &git, &place, &entry),
        _ => {
            Err(Answer::error(StatusCode::NOT_IMPLEMENTED, "the sandbox does not play submodules"))
        }
    }
}

/// A commit, tag or branch by name.
fn find_tree<'a>(git: &'a git2::Repository, reference: &str) -> Option<Tree<'a>> {
    let names = [reference.to_owned(), format!("refs/heads/{reference}")];
    let found = names.iter().find_map(|name| git.revparse_single(name).ok())?;
    found.peel_to_tree().ok()
}

fn folder(call: &Call<'_>, git: &git2::Repository, place: &Place<'_>, tree: &Tree<'_>) -> Answer {
    let entries: Vec<Value> = tree
        .iter()
        .map(|entry| {
            let name = String::from_utf8_lossy(entry.name_bytes());
            let path = match place.path {
                "" => name.into_owned(),
                folder => format!("{folder}/{name}"),
            };
            show(git, &Place { path: &path, ..*place }, entry.id(), entry.kind())
        })
        .collect();
    if !call.accept.contains("object") {
        return Answer::ok(Value::Array(entries));
    }
    let mut shown = show(git, place, tree.id(), Some(ObjectType::Tree));
    shown["entries"] = entries.into();
    Answer::ok(shown)
}

fn file(
    call: &Call<'_>,
    git: &git2::Repository,
    place: &Place<'_>,
    entry: &TreeEntry<'_>,
) -> Reply {
    let blob = git.find_blob(entry.id())?;
    if call.accept.contains("raw") {
        return Ok(Answer::raw("application/vnd.github.raw", blob.content().to_vec()));
    }
    let mut shown = show(git, place, entry.id(), entry.kind());
    if blob.size() <= INLINE_LIMIT {
        shown["content"] = wrapped_base64(blob.content()).into();
        shown["encoding"] = "base64".into();
    } else if call.accept.contains("object") {
        shown["content"] = "".into();
        shown["encoding"] = "none".into();
    } else {
        return Err(Answer::forbidden("This API returns blobs up to 1 MB in size."));
    }
    Ok(Answer::ok(shown))
}

fn show(git: &git2::Repository, place: &Place<'_>, id: Oid, kind: Option<ObjectType>) -> Value {
    let Place { links, path, reference } = place;
    let (api, web) = (&links.api, &links.web);
    let is_file = kind == Some(ObjectType::Blob);
    let (kind, collection, page) =
        if is_file { ("file", "blobs", "blob") } else { ("dir", "trees", "tree") };
    let url = format!("{api}/contents/{path}?ref={reference}");
    let git_url = format!("{api}/git/{collection}/{id}");
    let html = format!("{web}/{page}/{reference}/{path}");
    json!({
        "type": kind,
        "name": path.rsplit('/').next().unwrap_or_default(),
        "path": path,
        "sha": id.to_string(),
        "size": git.find_blob(id).map_or(0, |blob| blob.size()),
        "url": url,
        "git_url": git_url,
        "html_url": html,
        "download_url": is_file.then(|| format!("{web}/raw/{reference}/{path}")),
        "_links": { "self": url, "git": git_url, "html": html },
    })
}

/// Writes one file as one commit; on an empty repository this makes the first branch.
pub(in crate::github) fn put(call: &Call<'_>) -> Reply {
    let git = call.git()?;
    let repository = call.repository()?;
    let path = call.parameter("path");
    if path.split('/').any(is_unsafe_segment) {
        return Err(Answer::unprocessable("path contains a malformed path component"));
    }
    let branch = call.text("branch").unwrap_or(&repository.default_branch);
    let reference = format!("refs/heads/{branch}");
    let tip = store::target(&git, &reference)?;
    if tip.is_none() && !store::is_empty(&git)? {
        let message = format!("Branch {branch} not found");
        return Err(Answer::error(StatusCode::NOT_FOUND, message));
    }
    let base = tip.map(|tip| git.find_commit(tip).and_then(|tip| tip.tree())).transpose()?;
    let existing = base.as_ref().and_then(|base| base.get_path(Path::new(path)).ok());
    check_known(path, call.text("sha"), existing.as_ref())?;
    let commit = commit(call, &git, tip, existing.as_ref(), base.as_ref())?;
    let expected = tip.map_or(Expected::Absent, Expected::At);
    let step = Move { reference, expected, to: Some(commit), force: false };
    call.github
        .publish(call.caller, repository, &[step])
        .map_err(|rejected| refuse_put(rejected, path))?;
    answer_put(call, &git, commit, branch, existing.is_some())
}

/// The client must name the file's blob when it exists, and only the one that is there.
fn check_known(
    path: &str,
    sha: Option<&str>,
    existing: Option<&TreeEntry<'_>>,
) -> Result<(), Answer> {
    match (existing, sha) {
        (Some(_), None) => {
            Err(Answer::unprocessable("Invalid request.\n\n\"sha\" wasn't supplied."))
        }
        (Some(entry), Some(sha)) if entry.id().to_string() != sha => {
            Err(Answer::conflict(format!("{path} does not match {sha}")))
        }
        _ => Ok(()),
    }
}

fn commit(
    call: &Call<'_>,
    git: &git2::Repository,
    tip: Option<Oid>,
    existing: Option<&TreeEntry<'_>>,
    base: Option<&Tree<'_>>,
) -> Result<Oid, Answer> {
    let oid = git.blob(&decode_base64(call.required("content")?)?)?;
    let mode = match existing.map(TreeEntry::filemode) {
        Some(0o100755) => FileMode::BlobExecutable,
        _ => FileMode::Blob,
    };
    let change = TreeChange::Put { path: call.parameter("path").to_owned(), oid, mode };
    let tree = store::change_tree(git, base.map(Tree::id), &[change])
        .map_err(|_| Answer::unprocessable("path conflicts with an existing file or folder"))?;
    let author = call.signature("author")?;
    let committer = if call.body["committer"].is_null() {
        author.clone()
    } else {
        call.signature("committer")?
    };
    let parents: Vec<Oid> = tip.into_iter().collect();
    let message = call.required("message")?;
    let commit = NewCommit { tree, parents: &parents, message, author, committer, signature: None };
    Ok(store::write_commit(git, &commit)?)
}

/// The contents API reports rules and races as conflicts.
fn refuse_put(rejected: Rejected, path: &str) -> Answer {
    match rejected {
        Rejected::Rule(message) if message.starts_with("Repository rule") => {
            Answer::conflict(message)
        }
        Rejected::Rule(message) => Answer::conflict(format!("Could not create file: {message}")),
        Rejected::Moved { .. } | Rejected::AlreadyExists => {
            Answer::conflict(format!("{path} was changed by somebody else"))
        }
        other => refuse_update(NotPublished::Rejected(other)),
    }
}

fn answer_put(
    call: &Call<'_>,
    git: &git2::Repository,
    commit: Oid,
    branch: &str,
    existed: bool,
) -> Reply {
    let links = call.links()?;
    let commit = git.find_commit(commit)?;
    let path = call.parameter("path");
    let entry = commit.tree()?.get_path(Path::new(path))?;
    let place = Place { links: &links, path, reference: branch };
    let body = json!({
        "content": show(git, &place, entry.id(), entry.kind()),
        "commit": views::git_commit(git, &links, call.repository()?, &commit),
    });
    let status = if existed { StatusCode::OK } else { StatusCode::CREATED };
    Ok(Answer::new(status, Body::Json(body)))
}
