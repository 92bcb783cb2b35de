//! Makes a tree from files, in as many requests as GitHub can take them.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Result;
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use k8s_openapi::jiff::Timestamp;
use serde::Deserialize;
use serde_json::{Value, json};

use super::commit::made;
use super::reply::Reply;
use super::transport::{Call, Transport};
use crate::git_host::change::File;
use crate::git_host::{Blob, FileMode, Repository};

/// How many bytes of files go into one request; GitHub gives up on much larger ones.
const TREE_BYTES: usize = 1_000_000;

/// A tree that GitHub has.
pub(super) struct Tree {
    pub(super) name: String,
    /// When GitHub made it, by its own clock.
    pub(super) time: Timestamp,
}

/// What GitHub says of an object that it has made.
#[derive(Deserialize)]
struct Named {
    sha: String,
}

/// Puts `files` into the tree `base`, whose files at their paths are `present`, and returns the new tree. What
/// is `stored` is told by its name.
///
/// What GitHub finds too large is sent in halves, and a file that is too large alone by itself: each tree is
/// built on the one before, and nobody sees any of them.
pub(super) async fn write(
    transport: &Transport,
    repository: &Repository,
    base: &str,
    files: &[&File],
    present: &BTreeMap<String, Blob>,
    stored: &BTreeSet<String>,
) -> Result<Tree> {
    let name = &repository.name;
    let doing = format!("write files to {name}");
    let mut stored = stored.clone();
    let is_all_stored = files.iter().all(|file| stored.contains(&file.blob_sha()));
    let limit = if is_all_stored { usize::MAX } else { TREE_BYTES };
    let mut tree = Tree { name: base.to_owned(), time: Timestamp::now() };
    let mut left = batches(files, limit);
    left.reverse();
    while let Some(batch) = left.pop() {
        let entries = batch.iter().map(|file| entry(file, present.get(file.path()), &stored));
        // Without `base_tree` every other file would be deleted.
        let body = json!({ "base_tree": tree.name, "tree": entries.collect::<Vec<_>>() });
        let call = Call::make_object(format!("/repos/{name}/git/trees"), body);
        let reply = transport.ask(call).await?;
        match batch.as_slice() {
            [file] if is_too_large(&reply) && !stored.contains(&file.blob_sha()) => {
                stored.insert(store(transport, repository, file).await?);
                left.push(batch);
            }
            [_, _, ..] if is_too_large(&reply) => {
                let (first, second) = batch.split_at(batch.len() / 2);
                left.extend([second.to_vec(), first.to_vec()]);
            }
            _ => {
                let time = reply.time();
                tree = Tree { name: made::<Named>(reply, &doing)?.sha, time };
            }
        }
    }
    Ok(tree)
}

/// Whether GitHub gave up on a request because of its size.
pub(super) fn is_too_large(reply: &Reply) -> bool {
    let complaint = reply.complaint();
    match reply.status.as_u16() {
        413 => true,
        422 => complaint.contains("too large") || complaint.contains("timed out"),
        _ => false,
    }
}

/// Sends the content of a file; returns its name.
async fn store(transport: &Transport, repository: &Repository, file: &File) -> Result<String> {
    let name = &repository.name;
    let content = BASE64_STANDARD.encode(file.content());
    let body = json!({ "content": content, "encoding": "base64" });
    let call = Call::make_object(format!("/repos/{name}/git/blobs"), body);
    let reply = transport.ask(call).await?;
    Ok(made::<Named>(reply, &format!("write {} to {name}", file.path()))?.sha)
}

/// A line of the new tree. An executable file stays one; a symbolic link becomes a file, because
/// writing through it would change another path than the one that was read.
fn entry(file: &File, present: Option<&Blob>, stored: &BTreeSet<String>) -> Value {
    let mode = match present.map(|blob| blob.mode) {
        Some(FileMode::Executable) => "100755",
        Some(FileMode::Regular | FileMode::Symlink) | None => "100644",
    };
    let mut entry = json!({ "path": file.path(), "mode": mode, "type": "blob" });
    match stored.get(&file.blob_sha()) {
        Some(sha) => entry["sha"] = sha.as_str().into(),
        None => entry["content"] = file.content().into(),
    }
    entry
}

/// Splits files into groups of at most `limit` bytes; a larger file has a group of its own.
fn batches<'a>(files: &[&'a File], limit: usize) -> Vec<Vec<&'a File>> {
    let mut batches: Vec<Vec<&File>> = Vec::new();
    let mut size = 0;
    for file in files {
        size += file.content().len();
        match batches.last_mut() {
            Some(batch) if size <= limit => batch.push(file),
            _ => {
                size = file.content().len();
                batches.push(vec![file]);
            }
        }
    }
    batches
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(path: &str, size: usize) -> File {
        File::new(path, "x".repeat(size)).expect("path")
    }

    #[test]
    fn large_changes_are_split_and_nothing_is_left_out() {
        let files = [file("a", 4), file("b", 6), file("c", 1), file("d", 20), file("e", 1)];
        let files: Vec<&File> = files.iter().collect();
        let paths: Vec<Vec<&str>> = batches(&files, 10)
            .iter()
            .map(|batch| batch.iter().map(|file| file.path()).collect())
            .collect();
        assert_eq!(paths, [vec!["a", "b"], vec!["c"], vec!["d"], vec!["e"]]);
        assert!(batches(&[], 10).is_empty());
    }

    #[test]
    fn an_executable_stays_executable_and_a_link_becomes_a_file() {
        let blob = |mode| Blob { sha: String::new(), mode };
        let mode = |present: Option<Blob>| {
            let entry = entry(&file("a", 1), present.as_ref(), &BTreeSet::new());
            entry["mode"].as_str().map(str::to_owned)
        };
        assert_eq!(mode(None).as_deref(), Some("100644"));
        assert_eq!(mode(Some(blob(FileMode::Executable))).as_deref(), Some("100755"));
        assert_eq!(mode(Some(blob(FileMode::Symlink))).as_deref(), Some("100644"));
    }
}
