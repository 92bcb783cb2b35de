//! Makes a commit from objects. Nobody sees them until a branch points to the commit.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Result;
use serde::Deserialize;
use serde_json::{Value, json};

use super::refusal;
use super::reply::Reply;
use super::transport::{Call, Transport};
use crate::error::{Class, Explain as _};
use crate::git_host::change::{Change, File};
use crate::git_host::{Blob, FileMode, Repository, Tip};

/// How many bytes of files go into one request; GitHub gives up on much larger ones.
const TREE_BYTES: usize = 1_000_000;

#[derive(Deserialize)]
struct Made {
    sha: String,
}

/// Commits `files` of `change` on `tip`, whose files at their paths are `present`. What is `stored` is told by
/// its name: an earlier commit has sent it, even if no branch points to that.
pub(super) async fn make(
    transport: &Transport,
    repository: &Repository,
    tip: &Tip,
    change: &Change,
    files: &[&File],
    present: &BTreeMap<String, Blob>,
    stored: &BTreeSet<String>,
) -> Result<String> {
    let name = &repository.name;
    let mut tree = tip.tree.clone();
    let is_all_stored = files.iter().all(|file| stored.contains(&file.blob_sha()));
    let limit = if is_all_stored { usize::MAX } else { TREE_BYTES };
    for batch in batches(files, limit) {
        let entries = batch.iter().map(|file| entry(file, present.get(file.path()), stored));
        // Without `base_tree` every other file would be deleted.
        let body = json!({ "base_tree": tree, "tree": entries.collect::<Vec<_>>() });
        let call = Call::make_object(format!("/repos/{name}/git/trees"), body);
        tree = made(transport.ask(call).await?, &format!("write files to {name}"))?;
    }
    let mut body = json!({ "message": change.message(), "tree": tree, "parents": [tip.commit] });
    if let Some(author) = change.author() {
        body["author"] = json!({ "name": author.name, "email": author.email });
    }
    let call = Call::make_object(format!("/repos/{name}/git/commits"), body);
    made(transport.ask(call).await?, &format!("commit to {name}"))
}

fn made(reply: Reply, doing: &str) -> Result<String> {
    if reply.status.as_u16() == 404 {
        // The repository was read a moment ago: GitHub hides what the token may not do.
        return Err(refusal::of(&reply)
            .context(format!("cannot {doing}: the token can read but not write"))
            .class(Class::Denied)
            .hint("ask an owner for write access, or use a token that has it"));
    }
    Ok(reply.json::<Made>(doing)?.sha)
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
