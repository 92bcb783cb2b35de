//! Blobs, trees and commits of the Git Data API.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use git2::{FileMode, ObjectType, Oid, Tree, TreeWalkMode, TreeWalkResult};
use serde_json::{Value, json};

use super::super::answer::{Answer, Reply};
use super::super::store::{self, NewCommit, TreeChange};
use super::super::views::{self, Links};
use super::Call;

pub(in crate::github) fn create_blob(call: &Call<'_>) -> Reply {
    let content = call.required("content")?;
    let bytes = match call.text("encoding").unwrap_or("utf-8") {
        "base64" => decode_base64(content)?,
        _ => content.as_bytes().to_vec(),
    };
    let sha = call.git()?.blob(&bytes)?.to_string();
    let url = format!("{}/git/blobs/{sha}", call.links()?.api);
    Ok(Answer::created(json!({ "sha": sha, "url": url })))
}

/// Decodes base64 as GitHub does: line breaks are ignored.
pub(super) fn decode_base64(text: &str) -> Result<Vec<u8>, Answer> {
    let packed: String = text.split_whitespace().collect();
    STANDARD.decode(packed).map_err(|_| Answer::unprocessable("content is not valid Base64"))
}

pub(in crate::github) fn blob(call: &Call<'_>) -> Reply {
    let git = call.git()?;
    let oid = store::parse_oid(call.parameter("file_sha")).ok_or_else(invalid_sha)?;
    let blob = git.find_blob(oid).map_err(|_| Answer::not_found())?;
    if call.accept.contains("raw") {
        return Ok(Answer::raw("application/vnd.github.raw", blob.content().to_vec()));
    }
    Ok(Answer::ok(json!({
        "sha": oid.to_string(),
        "node_id": format!("B_{oid}"),
        "size": blob.size(),
        "url": format!("{}/git/blobs/{oid}", call.links()?.api),
        "content": wrapped_base64(blob.content()),
        "encoding": "base64",
    })))
}

/// Base64 in lines of 60 characters, each ended, as GitHub wraps it.
pub(super) fn wrapped_base64(bytes: &[u8]) -> String {
    let encoded = STANDARD.encode(bytes);
    let mut wrapped = String::with_capacity(encoded.len() + encoded.len() / 60 + 1);
    let mut rest = encoded.as_str();
    while !rest.is_empty() {
        let (line, tail) = rest.split_at(rest.len().min(60));
        wrapped.push_str(line);
        wrapped.push('\n');
        rest = tail;
    }
    wrapped
}

fn invalid_sha() -> Answer {
    Answer::unprocessable(
        "The sha parameter must be exactly 40 characters and contain only [0-9a-f].",
    )
}

pub(in crate::github) fn create_commit(call: &Call<'_>) -> Reply {
    let git = call.git()?;
    let message = call.required("message")?;
    let tree = call.required_oid("tree")?;
    git.find_tree(tree).map_err(|_| Answer::unprocessable("Tree SHA does not exist"))?;
    let author = call.signature("author")?;
    let committer = if call.body["committer"].is_null() {
        author.clone()
    } else {
        call.signature("committer")?
    };
    let commit = NewCommit {
        tree,
        parents: &parents(call, &git)?,
        message,
        author,
        committer,
        signature: call.text("signature"),
    };
    let commit = store::write_commit(&git, &commit)?;
    sign_for_app(call, commit)?;
    Ok(Answer::created(show_commit(call, &git, commit)?))
}

fn parents(call: &Call<'_>, git: &git2::Repository) -> Result<Vec<Oid>, Answer> {
    let given = call.body["parents"].as_array().map(Vec::as_slice).unwrap_or_default();
    given
        .iter()
        .map(|parent| {
            parent
                .as_str()
                .and_then(store::parse_oid)
                .filter(|&parent| git.find_commit(parent).is_ok())
                .ok_or_else(|| {
                    Answer::unprocessable("Parent SHA does not exist or is not a commit object")
                })
        })
        .collect()
}

/// GitHub signs what an App commits, unless the App says who it is by or signs itself.
fn sign_for_app(call: &Call<'_>, commit: Oid) -> Result<(), Answer> {
    let is_custom = ["author", "committer", "signature"].iter().any(|&it| !call.body[it].is_null());
    if call.caller.is_installation() && !is_custom {
        let id = call.repository()?.id;
        let mut state = call.github.state();
        if let Some(repository) = state.by_id_mut(id) {
            repository.signed.insert(commit);
        }
    }
    Ok(())
}

pub(in crate::github) fn commit(call: &Call<'_>) -> Reply {
    let oid = store::parse_oid(call.parameter("commit_sha")).ok_or_else(Answer::not_found)?;
    Ok(Answer::ok(show_commit(call, &call.git()?, oid)?))
}

fn show_commit(call: &Call<'_>, git: &git2::Repository, oid: Oid) -> Result<Value, Answer> {
    let commit = git.find_commit(oid).map_err(|_| Answer::not_found())?;
    let state = call.github.state();
    // Read again: the call's snapshot does not know what was signed since.
    let repository = state.by_id(call.repository()?.id).ok_or_else(Answer::not_found)?;
    Ok(views::git_commit(git, &Links::of(&state, repository), repository, &commit))
}

pub(in crate::github) fn create_tree(call: &Call<'_>) -> Reply {
    let git = call.git()?;
    let entries = call.body["tree"].as_array().map(Vec::as_slice).unwrap_or_default();
    let has_text = entries.iter().any(|entry| entry.get("content").is_some());
    if call.github.0.faults.fire_if("github.create_tree", |kind| kind == "timeout" || has_text) {
        let message = "Sorry, your request timed out. It's likely that your input was too large \
                       to process.";
        return Err(Answer::unprocessable(message));
    }
    if entries.is_empty() {
        return Err(Answer::unprocessable("Invalid tree info"));
    }
    let base = match call.text("base_tree") {
        None => None,
        Some(sha) => Some(
            find_tree(&git, sha)
                .ok_or_else(|| Answer::unprocessable("base_tree is not a valid tree oid"))?,
        ),
    };
    let changes = entries
        .iter()
        .map(|entry| tree_change(&git, base.as_ref(), entry))
        .collect::<Result<Vec<_>, _>>()?;
    let tree = store::change_tree(&git, base.map(|base| base.id()), &changes)
        .map_err(|_| Answer::unprocessable("GitRPC::BadObjectState"))?;
    let tree = git.find_tree(tree)?;
    let shown = show_tree(&git, &call.links()?, &tree, false, usize::MAX)?;
    Ok(Answer::created(shown))
}

/// Turns one entry of `POST git/trees` into a change; exactly one of `sha` and `content` says what.
fn tree_change(
    git: &git2::Repository,
    base: Option<&Tree<'_>>,
    entry: &Value,
) -> Result<TreeChange, Answer> {
    let path = entry["path"].as_str().unwrap_or_default();
    if path.is_empty() || path.starts_with('/') || path.split('/').any(is_unsafe_segment) {
        let message = "tree.path contains a malformed path component";
        return Err(Answer::unprocessable(message));
    }
    let (content, sha) = (entry.get("content"), entry.get("sha"));
    let oid = match (content, sha) {
        (Some(_), Some(_)) | (None, None) => {
            let message = "Must supply either tree.sha or tree.content, and not both";
            return Err(Answer::unprocessable(message));
        }
        (None, Some(Value::Null)) => {
            let exists = base.is_some_and(|base| base.get_path(path.as_ref()).is_ok());
            if !exists {
                return Err(Answer::unprocessable("GitRPC::BadObjectState"));
            }
            return Ok(TreeChange::Remove { path: path.to_owned() });
        }
        (Some(content), None) => git.blob(content.as_str().unwrap_or_default().as_bytes())?,
        (None, Some(sha)) => existing(git, entry, sha)?,
    };
    let mode = match entry["mode"].as_str().unwrap_or_default() {
        "100644" => FileMode::Blob,
        "100755" => FileMode::BlobExecutable,
        "040000" => FileMode::Tree,
        "160000" => FileMode::Commit,
        "120000" => FileMode::Link,
        _ => return Err(Answer::unprocessable("Must supply a valid tree.mode")),
    };
    Ok(TreeChange::Put { path: path.to_owned(), oid, mode })
}

/// Git's own names and steps out of the tree; `git fsck --strict` refuses them as well.
pub(super) fn is_unsafe_segment(segment: &str) -> bool {
    matches!(segment, "" | "." | "..") || segment.eq_ignore_ascii_case(".git")
}

fn existing(git: &git2::Repository, entry: &Value, sha: &Value) -> Result<Oid, Answer> {
    let kind = entry["type"].as_str().and_then(ObjectType::from_str);
    let oid = sha.as_str().and_then(store::parse_oid);
    // A submodule's commit lives in another repository.
    oid.filter(|&oid| kind == Some(ObjectType::Commit) || git.find_object(oid, kind).is_ok())
        .ok_or_else(|| {
            Answer::unprocessable(format!(
                "tree.sha {} is not a valid {}",
                sha.as_str().unwrap_or_default(),
                entry["type"].as_str().unwrap_or("blob"),
            ))
        })
}

pub(in crate::github) fn tree(call: &Call<'_>) -> Reply {
    let git = call.git()?;
    let tree = find_tree(&git, call.parameter("tree_sha")).ok_or_else(Answer::not_found)?;
    // Any value turns recursion on, even `0` and `false`.
    let is_recursive = call.query.contains_key("recursive");
    let shown = show_tree(&git, &call.links()?, &tree, is_recursive, call.github.tree_limit())?;
    Ok(Answer::ok(shown))
}

/// A tree by its own name, a commit's, or a branch's.
fn find_tree<'a>(git: &'a git2::Repository, name: &str) -> Option<Tree<'a>> {
    let object = match store::parse_oid(name) {
        Some(oid) => git.find_object(oid, None).ok()?,
        None => git.revparse_single(&format!("refs/heads/{name}")).ok()?,
    };
    object.peel_to_tree().ok()
}

fn show_tree(
    git: &git2::Repository,
    links: &Links,
    tree: &Tree<'_>,
    is_recursive: bool,
    limit: usize,
) -> Result<Value, Answer> {
    let mut entries = Vec::new();
    let mut truncated = false;
    let walked = tree.walk(TreeWalkMode::PreOrder, |folder, entry| {
        if entries.len() == limit {
            truncated = true;
            return TreeWalkResult::Abort;
        }
        let path = format!("{folder}{}", String::from_utf8_lossy(entry.name_bytes()));
        entries.push(show_entry(git, links, &path, entry));
        if is_recursive { TreeWalkResult::Ok } else { TreeWalkResult::Skip }
    });
    if !truncated {
        walked?;
    }
    Ok(json!({
        "sha": tree.id().to_string(),
        "url": format!("{}/git/trees/{}", links.api, tree.id()),
        "tree": entries,
        "truncated": truncated,
    }))
}

fn show_entry(
    git: &git2::Repository,
    links: &Links,
    path: &str,
    entry: &git2::TreeEntry<'_>,
) -> Value {
    let kind = entry.kind().map_or("blob", |kind| kind.str());
    let id = entry.id();
    let mut shown = json!({
        "path": path,
        "mode": format!("{:06o}", entry.filemode()),
        "type": kind,
        "sha": id.to_string(),
    });
    if kind != "commit" {
        shown["url"] = format!("{}/git/{kind}s/{id}", links.api).into();
    }
    if let Ok(blob) = git.find_blob(id) {
        shown["size"] = blob.size().into();
    }
    shown
}
