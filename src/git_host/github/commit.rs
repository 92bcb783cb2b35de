//! Makes a commit from objects. Nobody sees them until a branch points to the commit.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::Ordering;

use anyhow::{Context as _, Result};
use git2::ObjectType;
use k8s_openapi::jiff::Timestamp;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::GitHub;
use super::refusal;
use super::reply::Reply;
use super::transport::Call;
use crate::error::{Class, Explain as _};
use crate::git_host::change::{Change, File, Signing};
use crate::git_host::signing_key::{CommitText, Format};
use crate::git_host::{Blob, FileMode, Repository, Tip};

/// How many bytes of files go into one request; GitHub gives up on much larger ones.
const TREE_BYTES: usize = 1_000_000;

#[derive(Deserialize)]
struct Named {
    sha: String,
}

/// A commit as GitHub shows it.
#[derive(Deserialize)]
struct Shown {
    sha: String,
    verification: Option<Verification>,
}

#[derive(Deserialize)]
struct Verification {
    verified: bool,
    reason: String,
}

/// A commit that a branch can be pointed to.
pub(super) enum Made {
    /// Its objects are there.
    Stored(String),
    /// Its tree is there; the commit itself has to be pushed, which its signature asks for.
    ToPush { name: String, text: String },
}

impl Made {
    pub(super) fn name(&self) -> &str {
        match self {
            Self::Stored(name) | Self::ToPush { name, .. } => name,
        }
    }
}

/// Commits `files` of `change` on `tip`, whose files at their paths are `present`. What is `stored` is told by
/// its name: an earlier commit has sent it, even if no branch points to that.
pub(super) async fn make(
    github: &GitHub,
    repository: &Repository,
    tip: &Tip,
    change: &Change,
    files: &[&File],
    present: &BTreeMap<String, Blob>,
    stored: &BTreeSet<String>,
) -> Result<Made> {
    let (name, transport) = (&repository.name, &github.transport);
    let mut tree = tip.tree.clone();
    let mut time = None;
    let is_all_stored = files.iter().all(|file| stored.contains(&file.blob_sha()));
    let limit = if is_all_stored { usize::MAX } else { TREE_BYTES };
    for batch in batches(files, limit) {
        let entries = batch.iter().map(|file| entry(file, present.get(file.path()), stored));
        // Without `base_tree` every other file would be deleted.
        let body = json!({ "base_tree": tree, "tree": entries.collect::<Vec<_>>() });
        let call = Call::make_object(format!("/repos/{name}/git/trees"), body);
        let reply = transport.ask(call).await?;
        time = Some(reply.time());
        tree = made::<Named>(reply, &format!("write files to {name}"))?.sha;
    }
    let mut body = json!({ "message": change.message(), "tree": tree, "parents": [tip.commit] });
    if let Some(author) = change.author() {
        body["author"] = json!({ "name": author.name, "email": author.email });
    }
    if let Signing::ByKey(key) = change.signing() {
        let author = change.author().context("a commit that a key signs has no author")?;
        // GitHub's clock: a commit from the future is none to be proud of.
        let time = time.unwrap_or_else(Timestamp::now);
        let (parent, message) = (tip.commit.as_str(), change.message());
        let text = CommitText { tree: &tree, parent, author, time: time.as_second(), message };
        let text = text.unsigned()?;
        let signature = key.sign(text.as_bytes()).await?;
        if key.format() != Format::OpenPgp {
            return Ok(to_push(CommitText::signed(&text, &signature)));
        }
        body["author"]["date"] = time.strftime("%Y-%m-%dT%H:%M:%SZ").to_string().into();
        body["committer"] = body["author"].clone();
        body["signature"] = format!("{signature}\n").into();
    }
    let call = Call::make_object(format!("/repos/{name}/git/commits"), body);
    let shown = made::<Shown>(transport.ask(call).await?, &format!("commit to {name}"))?;
    if is_to_be_signed(github, change) {
        tell_unverified(github, &shown.sha, shown.verification.as_ref());
    }
    Ok(Made::Stored(shown.sha))
}

fn to_push(text: String) -> Made {
    let name = git2::Oid::hash_object(ObjectType::Commit, text.as_bytes())
        .expect("hashing bytes in memory cannot fail")
        .to_string();
    Made::ToPush { name, text }
}

/// Whether the commit is expected to carry a signature, and it was not said already that it does not.
fn is_to_be_signed(github: &GitHub, change: &Change) -> bool {
    match change.signing() {
        Signing::Unasked => false,
        Signing::ByHost => github.signs_commits.load(Ordering::Relaxed),
        Signing::ByKey(_) => true,
    }
}

/// Asks what GitHub makes of the signature of a commit that was pushed.
pub(super) async fn check_pushed(
    github: &GitHub,
    repository: &Repository,
    commit: &str,
) -> Result<()> {
    let path = format!("/repos/{}/git/commits/{commit}", repository.name);
    let reply = github.transport.ask(Call::get(path)).await?;
    let shown: Shown = reply.json(&format!("read commit {commit} of {}", repository.name))?;
    tell_unverified(github, &shown.sha, shown.verification.as_ref());
    Ok(())
}

fn tell_unverified(github: &GitHub, commit: &str, verification: Option<&Verification>) {
    match verification {
        Some(verification) if verification.verified => {}
        Some(verification) => tell_complaint(github, commit, &verification.reason),
        None => tell_complaint(github, commit, "unsigned"),
    }
}

/// Says why GitHub does not vouch for a commit, in its own word, and what that means.
pub(super) fn tell_complaint(github: &GitHub, commit: &str, reason: &str) {
    let meaning = match reason {
        "unsigned" => "GitHub has not signed it",
        "no_user" => "nobody on GitHub has the author's e-mail address",
        "unknown_key" => "nobody has given the key to GitHub",
        "unverified_email" | "bad_email" => {
            "the author's e-mail address is not confirmed for the key"
        }
        "expired_key" => "the key has expired",
        _ => "the signature does not convince GitHub",
    };
    let short = commit.get(..8).unwrap_or(commit);
    (github.transport.notify)(&format!(
        "GitHub shows commit {short} as unverified ({reason}): {meaning}"
    ));
}

fn made<T: DeserializeOwned>(reply: Reply, doing: &str) -> Result<T> {
    if reply.status.as_u16() == 404 {
        // The repository was read a moment ago: GitHub hides what the token may not do.
        return Err(refusal::of(&reply)
            .context(format!("cannot {doing}: the token can read but not write"))
            .class(Class::Denied)
            .hint("ask an owner for write access, or use a token that has it"));
    }
    reply.json(doing)
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
