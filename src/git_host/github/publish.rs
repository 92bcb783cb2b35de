//! Publishes a change: one commit, made from objects, then a compare-and-swap of the branch.
//!
//! Only the last step is visible. When it fails or its answer is lost, the tip of the branch tells
//! what happened, whatever the answer said.

use std::collections::BTreeMap;
use std::time::Duration;

use anyhow::{Result, anyhow};
use serde::Deserialize;
use serde_json::{Value, json};

use super::graphql::{self, Outcome};
use super::transport::{Call, Sent, encoded};
use super::{GitHub, read, refusal, retry};
use crate::error::{Class, Explain as _, class_of};
use crate::git_host::change::{Change, File, Moved, branch_moved};
use crate::git_host::push;
use crate::git_host::{Blob, FileMode, Head, Published, Repository, Tip};

/// How often a commit is rebuilt on a branch that keeps moving.
const ROUNDS: u32 = 8;
/// How often one commit is published when the answer is lost or the host tells an old tip.
const SENDINGS: u32 = 4;
/// How many bytes of files go into one request; GitHub gives up on much larger ones.
const TREE_BYTES: usize = 1_000_000;

/// What a commit is built on.
struct Base {
    tip: Tip,
    /// Whether the branch exists and points here; otherwise it will start here.
    is_branch: bool,
}

/// What became of publishing a commit.
enum Swapped {
    Done,
    /// The branch has another tip now, and the commit is to be rebuilt on it.
    Moved(Tip),
}

/// What GitHub made of one request to publish.
enum Update {
    Applied,
    Refused(anyhow::Error),
    Unknown(anyhow::Error),
}

pub(super) async fn publish(
    github: &GitHub,
    repository: &Repository,
    branch: &str,
    head: &Head,
    change: &Change,
) -> Result<Published> {
    if !git2::Reference::is_valid_name(&format!("refs/heads/{branch}")) {
        return Err(crate::error::usage(format!("{branch:?} cannot be the name of a branch")));
    }
    let mut before = None;
    let mut base = match head {
        Head::Present(tip) => Base { tip: tip.clone(), is_branch: true },
        Head::NoSuchBranch => default_branch(github, repository).await?,
        Head::EmptyRepository => match push_root(github, repository, branch, change).await? {
            Root::Published(published) => return Ok(published),
            Root::NoLongerEmpty(tip) => {
                before = Some(BTreeMap::new());
                Base { tip, is_branch: true }
            }
        },
    };
    for round in 0..ROUNDS {
        let paths = change.files().iter().map(File::path);
        let present = read::blobs_at(github, repository, &base.tip, paths).await?;
        if let Some(before) = &before {
            change.check_overwrites(before, &present)?;
        }
        let files = change.difference(&present);
        if files.is_empty() && base.is_branch {
            return Ok(Published { commit: base.tip.commit, is_new: false });
        }
        let commit = if files.is_empty() {
            base.tip.commit.clone()
        } else {
            make_commit(github, repository, &base.tip, change, &files, &present).await?
        };
        match swap(github, repository, branch, &base, &commit).await? {
            Swapped::Done => return Ok(Published { commit, is_new: !files.is_empty() }),
            Swapped::Moved(tip) => base = Base { tip, is_branch: true },
        }
        before = Some(present);
        github.transport.back_off(retry::backoff(round)).await?;
    }
    Err(anyhow!("branch {branch} of {} changed {ROUNDS} times while we committed", repository.name)
        .class(Class::Conflict)
        .hint("run the command again when fewer others are committing"))
}

async fn default_branch(github: &GitHub, repository: &Repository) -> Result<Base> {
    let branch = &repository.default_branch;
    match read::head(&github.transport, repository, branch).await? {
        Head::Present(tip) => Ok(Base { tip, is_branch: false }),
        Head::NoSuchBranch | Head::EmptyRepository => {
            Err(anyhow!("{} has no default branch {branch} to start from", repository.name)
                .class(Class::NotFound)
                .hint("name an existing branch with --branch"))
        }
    }
}

/// Publishes `commit` on `base` and finds out what became of it.
async fn swap(
    github: &GitHub,
    repository: &Repository,
    branch: &str,
    base: &Base,
    commit: &str,
) -> Result<Swapped> {
    let doing = || format!("cannot update branch {branch} of {}", repository.name);
    let mut sendings = 0..SENDINGS;
    loop {
        let number = sendings.next();
        let (error, is_refused) = match update(github, repository, branch, base, commit).await? {
            Update::Applied => return Ok(Swapped::Done),
            Update::Refused(error) => (error, true),
            Update::Unknown(error) => (error, false),
        };
        let tip = match read::head(&github.transport, repository, branch).await? {
            Head::Present(tip) => Some(tip),
            Head::NoSuchBranch | Head::EmptyRepository if base.is_branch => {
                return Err(deleted(repository, branch));
            }
            Head::NoSuchBranch | Head::EmptyRepository => None,
        };
        if let Some(tip) = tip
            && let Some(swapped) = judge(github, repository, base, commit, tip, is_refused).await?
        {
            return Ok(swapped);
        }
        // The branch is where it was: lost, stale, or not allowed.
        let is_final = is_refused && class_of(&error) != Class::Conflict;
        match number {
            Some(number) if !is_final => github.transport.back_off(retry::backoff(number)).await?,
            _ => return Err(error.context(doing())),
        }
    }
}

/// Decides on the tip that the branch has after an update that was refused or whose answer was lost;
/// `None` when nothing has happened to the branch.
async fn judge(
    github: &GitHub,
    repository: &Repository,
    base: &Base,
    commit: &str,
    tip: Tip,
    is_refused: bool,
) -> Result<Option<Swapped>> {
    if tip.commit == commit {
        return Ok(Some(Swapped::Done));
    }
    // Applied after all, and somebody has built on it already.
    let relation = |from: &str| {
        let (from, to) = (from.to_owned(), tip.commit.clone());
        async move { read::relation(&github.transport, repository, &from, &to).await }
    };
    if !is_refused && relation(commit).await?.as_deref() == Some("ahead") {
        return Ok(Some(Swapped::Done));
    }
    // A branch that was to be created has no history that could be lost: it simply exists now.
    if !base.is_branch {
        return Ok(Some(Swapped::Moved(tip)));
    }
    let expected = &base.tip.commit;
    let related = if *expected == tip.commit { None } else { relation(expected).await? };
    match branch_moved(expected, &tip.commit, related.as_deref()) {
        Moved::NotAtAll => Ok(None),
        Moved::Forwards => Ok(Some(Swapped::Moved(tip))),
        Moved::Elsewhere => Err(rewritten(repository, expected, &tip.commit)),
    }
}

fn rewritten(repository: &Repository, expected: &str, tip: &str) -> anyhow::Error {
    let short = |sha: &str| sha.get(..8).unwrap_or_default().to_owned();
    anyhow!(
        "the branch of {} was moved from {} to {}, which is not built on it; nothing was written",
        repository.name,
        short(expected),
        short(tip)
    )
    .class(Class::Conflict)
    .hint("make sure that this was intended, then run the command again")
}

fn deleted(repository: &Repository, branch: &str) -> anyhow::Error {
    anyhow!("branch {branch} of {} was deleted while we committed", repository.name)
        .class(Class::Conflict)
        .hint("run the command again to create it")
}

/// Sends one request that publishes `commit`.
async fn update(
    github: &GitHub,
    repository: &Repository,
    branch: &str,
    base: &Base,
    commit: &str,
) -> Result<Update> {
    if !base.is_branch {
        return create_branch(github, repository, branch, commit).await;
    }
    let expected = &base.tip.commit;
    let call = graphql::update_ref(repository, branch, expected, commit);
    match github.transport.send(&call).await? {
        Sent::Unknown(error) => Ok(Update::Unknown(error)),
        Sent::Answered(reply) => match graphql::outcome(&reply) {
            Outcome::Applied => Ok(Update::Applied),
            Outcome::Refused(error) => Ok(Update::Refused(error)),
            Outcome::Unavailable => fast_forward(github, repository, branch, base, commit).await,
        },
    }
}

/// Creating a branch is a compare-and-swap by itself: it fails if the branch exists.
async fn create_branch(
    github: &GitHub,
    repository: &Repository,
    branch: &str,
    commit: &str,
) -> Result<Update> {
    let body = json!({ "ref": format!("refs/heads/{branch}"), "sha": commit });
    let call = Call::create(format!("/repos/{}/git/refs", repository.name), body);
    rest_update(github, &call).await
}

/// The fallback where GraphQL cannot be used: REST tests for a fast-forward only, so the tip is read
/// once more, which leaves a moment in which a branch could be moved backwards unnoticed.
async fn fast_forward(
    github: &GitHub,
    repository: &Repository,
    branch: &str,
    base: &Base,
    commit: &str,
) -> Result<Update> {
    (github.transport.notify)(
        "GitHub's GraphQL cannot be used with this token or host; the branch is updated over REST, \
         which does not notice commits being taken away at the same moment",
    );
    let head = read::head(&github.transport, repository, branch).await?;
    if head.tip().map(|tip| &tip.commit) != Some(&base.tip.commit) {
        return Ok(Update::Refused(anyhow!("the branch has moved").class(Class::Conflict)));
    }
    let path = format!("/repos/{}/git/refs/heads/{}", repository.name, encoded(branch));
    rest_update(github, &Call::update(path, json!({ "sha": commit, "force": false }))).await
}

async fn rest_update(github: &GitHub, call: &Call) -> Result<Update> {
    Ok(match github.transport.send(call).await? {
        Sent::Answered(reply) if reply.status.is_success() => Update::Applied,
        Sent::Answered(reply) => Update::Refused(refusal::of(&reply)),
        Sent::Unknown(error) => Update::Unknown(error),
    })
}

#[derive(Deserialize)]
struct Made {
    sha: String,
}

/// Makes the commit's objects. Nobody sees them until a branch points to the commit.
async fn make_commit(
    github: &GitHub,
    repository: &Repository,
    tip: &Tip,
    change: &Change,
    files: &[&File],
    present: &BTreeMap<String, Blob>,
) -> Result<String> {
    let name = &repository.name;
    let mut tree = tip.tree.clone();
    for batch in batches(files, TREE_BYTES) {
        let entries = batch.iter().map(|file| entry(file, present.get(file.path())));
        // Without `base_tree` every other file would be deleted.
        let body = json!({ "base_tree": tree, "tree": entries.collect::<Vec<_>>() });
        let call = Call::make_object(format!("/repos/{name}/git/trees"), body);
        let reply = github.transport.ask(call).await?;
        tree = reply.json::<Made>(&format!("write files to {name}"))?.sha;
    }
    let mut body = json!({ "message": change.message(), "tree": tree, "parents": [tip.commit] });
    if let Some(author) = change.author() {
        body["author"] = json!({ "name": author.name, "email": author.email });
    }
    let call = Call::make_object(format!("/repos/{name}/git/commits"), body);
    let reply = github.transport.ask(call).await?;
    Ok(reply.json::<Made>(&format!("commit to {name}"))?.sha)
}

/// A line of the new tree. An executable file stays one; a symbolic link becomes a file, because
/// writing through it would change another path than the one that was read.
fn entry(file: &File, present: Option<&Blob>) -> Value {
    let mode = match present.map(|blob| blob.mode) {
        Some(FileMode::Executable) => "100755",
        Some(FileMode::Regular | FileMode::Symlink) | None => "100644",
    };
    json!({ "path": file.path(), "mode": mode, "type": "blob", "content": file.content() })
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

/// What became of a root commit.
enum Root {
    Published(Published),
    /// Somebody else was first.
    NoLongerEmpty(Tip),
}

/// Pushes a root commit, because GitHub's API makes no object in an empty repository.
async fn push_root(
    github: &GitHub,
    repository: &Repository,
    branch: &str,
    change: &Change,
) -> Result<Root> {
    let host = github.endpoints().host();
    let user = github.author("Flux", Some(&format!("noreply@{host}")), None);
    let author = change.author().cloned().or(user);
    let pushed = push::Push {
        url: github.endpoints().https_url(&repository.name),
        username: "x-access-token".to_owned(),
        password: github.token.clone(),
        ca_pem: github.ca_pem.clone(),
        user_agent: github.user_agent.clone(),
        branch: branch.to_owned(),
    };
    let work = pushed.root_commit(change.clone(), author);
    let result = github.transport.deadline.within("a push to GitHub", work).await;
    let error = match result {
        Ok(commit) => return Ok(Root::Published(Published { commit, is_new: true })),
        Err(error) if matches!(class_of(&error), Class::Denied | Class::TimedOut) => {
            return Err(error);
        }
        Err(error) => error,
    };
    // As with every publish, the branch tells what really happened.
    github.transport.back_off(Duration::from_secs(1)).await?;
    match read::head(&github.transport, repository, branch).await? {
        Head::Present(tip) => Ok(Root::NoLongerEmpty(tip)),
        Head::NoSuchBranch | Head::EmptyRepository => Err(error),
    }
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
            entry(&file("a", 1), present.as_ref())["mode"].as_str().map(str::to_owned)
        };
        assert_eq!(mode(None).as_deref(), Some("100644"));
        assert_eq!(mode(Some(blob(FileMode::Executable))).as_deref(), Some("100755"));
        assert_eq!(mode(Some(blob(FileMode::Symlink))).as_deref(), Some("100644"));
    }
}
