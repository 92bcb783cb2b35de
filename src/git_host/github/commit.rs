//! Makes a commit from objects. Nobody sees them until a branch points to the commit.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use anyhow::{Context as _, Result};
use git2::ObjectType;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::json;

use super::reply::Reply;
use super::transport::Call;
use super::{GitHub, refusal, tree};
use crate::error::{Class, Explain as _};
use crate::git_host::change::{Change, File, Signing};
use crate::git_host::signing_key::{CommitText, Format};
use crate::git_host::{Blob, FileMode, Repository, Tip};

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

/// Why GitHub does not make and sign a commit itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unsigned {
    /// It makes none for this kind of token, or on this server.
    Unavailable,
    /// It does not on this branch, for a reason of its own.
    Refused,
    /// There is more in it than GitHub takes at once, or in the time that it gives itself.
    TooLarge,
}

impl fmt::Display for Unsigned {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Unavailable => "GitHub makes no commits itself with this token or host",
            Self::Refused => "GitHub refuses to make the commit itself",
            Self::TooLarge => "GitHub does not manage to make so large a commit itself",
        })?;
        f.write_str(": the commit is not signed")
    }
}

impl GitHub {
    /// Whether GitHub is to make the commit of `files` itself, whose earlier ones are `present`: as far as is
    /// known it can, which it does for ordinary files only.
    pub(super) fn is_to_commit(
        &self,
        change: &Change,
        files: &[&File],
        present: &BTreeMap<String, Blob>,
    ) -> bool {
        let is_ordinary = |file: &&File| {
            present.get(file.path()).is_none_or(|blob| blob.mode == FileMode::Regular)
        };
        // Without an author the token is an App's, for which GitHub signs what is made of objects as well.
        let is_by_host = *change.signing() == Signing::ByHost && change.author().is_some();
        is_by_host && self.unsigned.get().is_none() && files.iter().all(is_ordinary)
    }

    /// Remembers why commits are made of objects from now on.
    pub(super) fn commit_unsigned(&self, reason: Unsigned) {
        // The first reason is as good as another.
        let _ = self.unsigned.set(reason);
    }

    /// Says that a commit was made without the signature that GitHub should have given.
    pub(super) fn tell_unsigned(&self, change: &Change) {
        if let (Signing::ByHost, Some(reason)) = (change.signing(), self.unsigned.get()) {
            (self.transport.notify)(&reason.to_string());
        }
    }
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
    let name = &repository.name;
    let tree =
        tree::write(&github.transport, repository, &tip.tree, files, present, stored).await?;
    let mut body =
        json!({ "message": change.message(), "tree": tree.name, "parents": [tip.commit] });
    if let Some(author) = change.author() {
        body["author"] = json!({ "name": author.name, "email": author.email });
    }
    if let Signing::ByKey(key) = change.signing() {
        let author = change.author().context("a commit that a key signs has no author")?;
        // GitHub's clock: a commit from the future is none to be proud of.
        let time = tree.time;
        let (parent, message) = (tip.commit.as_str(), change.message());
        let text = CommitText { tree: &tree.name, parent, author, time: time.as_second(), message };
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
    let shown = made::<Shown>(github.transport.ask(call).await?, &format!("commit to {name}"))?;
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
        Signing::ByHost => github.unsigned.get().is_none(),
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

pub(super) fn made<T: DeserializeOwned>(reply: Reply, doing: &str) -> Result<T> {
    if reply.status.as_u16() == 404 {
        // The repository was read a moment ago: GitHub hides what the token may not do.
        return Err(refusal::of(&reply)
            .context(format!("cannot {doing}: the token can read but not write"))
            .class(Class::Denied)
            .hint("ask an owner for write access, or use a token that has it"));
    }
    reply.json(doing)
}
