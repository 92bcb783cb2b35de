//! Reads branches, folders and files, never more of them than needed.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, PoisonError};

use anyhow::{Context as _, Result, anyhow};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde::Deserialize;

use super::GitHub;
use super::refusal;
use super::transport::{Call, Transport, encoded};
use crate::error::{Class, Explain as _};
use crate::git_host::change::normalized_path;
use crate::git_host::{Blob, FileMode, Head, Repository, RepositoryName, Tip};

/// Folders by the object name of their tree.
pub(super) type Folders = HashMap<String, Arc<Vec<Entry>>>;

/// One line of a tree.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Entry {
    /// Relative to the tree that was listed.
    path: String,
    mode: String,
    #[serde(rename = "type")]
    kind: String,
    sha: String,
}

#[derive(Deserialize)]
struct Listing {
    tree: Vec<Entry>,
    #[serde(default)]
    truncated: bool,
}

#[derive(Deserialize)]
struct Named {
    sha: String,
}

/// Reads the tip of a branch.
///
/// Not from `branches/{b}`, though that takes one request: it follows renames of branches, and the
/// commit would go to another branch than the one named.
pub(super) async fn head(
    transport: &Transport,
    repository: &Repository,
    branch: &str,
) -> Result<Head> {
    #[derive(Deserialize)]
    struct Reference {
        object: Named,
    }
    let name = &repository.name;
    let doing = format!("read branch {branch} of {name}");
    let path = format!("/repos/{name}/git/ref/heads/{}", encoded(branch));
    let reply = transport.ask(Call::get(path)).await?;
    match reply.status.as_u16() {
        404 => Ok(Head::NoSuchBranch),
        // Also while GitHub still prepares a new repository; who has just created it waits.
        409 => Ok(Head::EmptyRepository),
        _ => {
            let reference: Reference = reply.json(&doing)?;
            let commit = reference.object.sha;
            let tree = tree_of(transport, repository, &commit).await?;
            Ok(Head::Present(Tip { commit, tree }))
        }
    }
}

async fn tree_of(transport: &Transport, repository: &Repository, commit: &str) -> Result<String> {
    #[derive(Deserialize)]
    struct Commit {
        tree: Named,
    }
    let name = &repository.name;
    let reply = transport.ask(Call::get(format!("/repos/{name}/git/commits/{commit}"))).await?;
    Ok(reply.json::<Commit>(&format!("read commit {commit} of {name}"))?.tree.sha)
}

/// How commit `tip` relates to `base`, in GitHub's words; `None` when it does not know both.
pub(super) async fn relation(
    transport: &Transport,
    name: &RepositoryName,
    base: &str,
    tip: &str,
) -> Result<Option<String>> {
    #[derive(Deserialize)]
    struct Comparison {
        status: String,
    }
    // One commit per page: only the status is wanted.
    let path = format!("/repos/{name}/compare/{base}...{tip}?per_page=1");
    let reply = transport.ask(Call::get(path)).await?;
    if reply.status.as_u16() == 404 {
        return Ok(None);
    }
    Ok(Some(reply.json::<Comparison>(&format!("compare two commits of {name}"))?.status))
}

pub(super) async fn file(
    transport: &Transport,
    repository: &Repository,
    sha: &str,
) -> Result<Vec<u8>> {
    #[derive(Deserialize)]
    struct Content {
        content: String,
    }
    let name = &repository.name;
    let doing = format!("read blob {sha} of {name}");
    let reply = transport.ask(Call::get(format!("/repos/{name}/git/blobs/{sha}"))).await?;
    let mut content = reply.json::<Content>(&doing)?.content;
    content.retain(|c| !c.is_ascii_whitespace());
    BASE64_STANDARD.decode(content).with_context(|| format!("cannot {doing}"))
}

pub(super) async fn files_under(
    github: &GitHub,
    repository: &Repository,
    head: &Head,
    folder: &str,
) -> Result<BTreeMap<String, Blob>> {
    let folder = normalized_path(folder)?;
    let Some(tip) = head.tip() else { return Ok(BTreeMap::new()) };
    let Some(tree) = folder_at(github, repository, tip, &folder).await? else {
        return Ok(BTreeMap::new());
    };
    let mut files = BTreeMap::new();
    let mut open = vec![(folder, tree)];
    while let Some((folder, tree)) = open.pop() {
        for entry in list(github, repository, &tree).await?.iter() {
            let path = joined(&folder, &entry.path);
            if entry.kind == "tree" {
                match list_recursively(github, repository, &entry.sha).await? {
                    Some(below) => files.extend(blobs(&path, &below)),
                    // Too large for one answer: take it level by level.
                    None => open.push((path, entry.sha.clone())),
                }
            } else {
                files.extend(blobs(&folder, std::slice::from_ref(entry)));
            }
        }
    }
    Ok(files)
}

/// Reads what `tip` has at each of `paths`; what is missing is left out.
///
/// # Errors
/// [`Class::Conflict`] when something other than a file is in the way.
pub(super) async fn blobs_at<'a>(
    github: &GitHub,
    repository: &Repository,
    tip: &Tip,
    paths: impl Iterator<Item = &'a str>,
) -> Result<BTreeMap<String, Blob>> {
    let mut found = BTreeMap::new();
    for path in paths {
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        let Some(tree) = folder_at(github, repository, tip, folder).await? else { continue };
        let listing = list(github, repository, &tree).await?;
        let Some(entry) = listing.iter().find(|entry| entry.path == name) else { continue };
        match mode(entry) {
            Some(mode) => found.insert(path.to_owned(), Blob { sha: entry.sha.clone(), mode }),
            None => return Err(in_the_way(repository, path, "a file")),
        };
    }
    Ok(found)
}

/// Walks to a folder and returns its tree; `None` when it does not exist.
async fn folder_at(
    github: &GitHub,
    repository: &Repository,
    tip: &Tip,
    folder: &str,
) -> Result<Option<String>> {
    let mut tree = tip.tree.clone();
    let mut walked = String::new();
    for component in folder.split('/').filter(|component| !component.is_empty()) {
        walked = joined(&walked, component);
        let listing = list(github, repository, &tree).await?;
        match listing.iter().find(|entry| entry.path == component) {
            None => return Ok(None),
            Some(entry) if entry.kind == "tree" => tree.clone_from(&entry.sha),
            Some(_) => return Err(in_the_way(repository, &walked, "a folder")),
        }
    }
    Ok(Some(tree))
}

fn in_the_way(repository: &Repository, path: &str, wanted: &str) -> anyhow::Error {
    anyhow!("{path} in {} is not {wanted}", repository.name)
        .class(Class::Conflict)
        .hint("choose another folder with --path")
}

/// Lists one folder, without those below it.
async fn list(github: &GitHub, repository: &Repository, tree: &str) -> Result<Arc<Vec<Entry>>> {
    let known = |github: &GitHub| {
        github.folders.lock().unwrap_or_else(PoisonError::into_inner).get(tree).cloned()
    };
    if let Some(entries) = known(github) {
        return Ok(entries);
    }
    let listing = fetch(github, repository, tree, "").await?;
    if listing.truncated {
        let name = &repository.name;
        return Err(anyhow!("a folder of {name} has more entries than GitHub lists"));
    }
    let entries = Arc::new(listing.tree);
    let mut folders = github.folders.lock().unwrap_or_else(PoisonError::into_inner);
    folders.insert(tree.to_owned(), Arc::clone(&entries));
    Ok(entries)
}

/// Lists a folder with all below it; `None` when that is too much for one answer.
async fn list_recursively(
    github: &GitHub,
    repository: &Repository,
    tree: &str,
) -> Result<Option<Vec<Entry>>> {
    let listing = fetch(github, repository, tree, "?recursive=1").await?;
    Ok((!listing.truncated).then_some(listing.tree))
}

async fn fetch(
    github: &GitHub,
    repository: &Repository,
    tree: &str,
    query: &str,
) -> Result<Listing> {
    let name = &repository.name;
    let path = format!("/repos/{name}/git/trees/{tree}{query}");
    let reply = github.transport.ask(Call::get(path)).await?;
    // An empty tree is known to Git without being stored anywhere.
    if reply.status.as_u16() == 404 && tree == EMPTY_TREE {
        return Ok(Listing { tree: Vec::new(), truncated: false });
    }
    if !reply.status.is_success() {
        return Err(refusal::of(&reply).context(format!("cannot list a folder of {name}")));
    }
    reply.json(&format!("list a folder of {name}"))
}

const EMPTY_TREE: &str = "4b825dc642cb6eb9a060e54bf8d69288fbee4904";

fn blobs(folder: &str, entries: &[Entry]) -> Vec<(String, Blob)> {
    let blob = |entry: &Entry| {
        let blob = Blob { sha: entry.sha.clone(), mode: mode(entry)? };
        Some((joined(folder, &entry.path), blob))
    };
    entries.iter().filter_map(blob).collect()
}

fn mode(entry: &Entry) -> Option<FileMode> {
    match entry.mode.as_str() {
        "100644" => Some(FileMode::Regular),
        "100755" => Some(FileMode::Executable),
        "120000" => Some(FileMode::Symlink),
        _ => None,
    }
}

fn joined(folder: &str, name: &str) -> String {
    if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") }
}
