//! How pull requests end: merged or closed, over the API or by a person.

use anyhow::{Context as _, Result, anyhow, bail};
use git2::{Oid, Signature};
use k8s_openapi::jiff::Timestamp;

use super::GitHub;
use super::state::{Ended, PullRequest, Repository};
use super::store::{self, Expected, Move, NewCommit, Rejected};
use super::views::Ends;

/// A pull request as its page shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposed {
    /// Its number.
    pub number: u64,
    /// Its title.
    pub title: String,
    /// Its text, Markdown.
    pub body: String,
    /// The branch that shall be merged.
    pub head: String,
    /// The branch that it shall be merged into.
    pub base: String,
    /// Whether it has not ended.
    pub is_open: bool,
}

/// How to merge.
pub(super) struct Merge<'a> {
    pub(super) title: Option<&'a str>,
    pub(super) author: Signature<'static>,
}

/// Why nothing was merged.
#[derive(Debug)]
pub(super) enum NotMerged {
    Conflicts,
    Rejected(Rejected),
}

impl From<Rejected> for NotMerged {
    fn from(rejected: Rejected) -> Self {
        Self::Rejected(rejected)
    }
}

impl From<git2::Error> for NotMerged {
    fn from(error: git2::Error) -> Self {
        Rejected::from(error).into()
    }
}

impl GitHub {
    /// The pull requests of a repository, in the order of their numbers.
    #[must_use]
    pub fn pull_requests(&self, owner: &str, name: &str) -> Vec<Proposed> {
        let state = self.state();
        let pulls = state.repository(owner, name).map(|found| found.pulls.as_slice());
        let proposed = |pull: &PullRequest| Proposed {
            number: pull.number,
            title: pull.title.clone(),
            body: pull.body.clone().unwrap_or_default(),
            head: pull.head.clone(),
            base: pull.base.clone(),
            is_open: pull.ended.is_none(),
        };
        pulls.unwrap_or_default().iter().map(proposed).collect()
    }

    /// Merges a pull request as a person does who has approved it; returns the merge commit.
    ///
    /// # Errors
    /// When there is no such open pull request, or it has conflicts.
    pub fn merge_pull_request(&self, owner: &str, name: &str, number: u64) -> Result<String> {
        let (repository, pull, ends) = self.open_pull(owner, name, number)?;
        let author = Signature::now("Somebody Else", "somebody@example.com")?;
        let merge = Merge { title: None, author };
        let merged = self.merge(&repository, &pull, ends, &merge);
        let merged = merged.map_err(|refused| anyhow!("cannot merge #{number}: {refused:?}"))?;
        Ok(merged.to_string())
    }

    /// Closes a pull request without merging it, as a person does.
    ///
    /// # Errors
    /// When there is no such open pull request.
    pub fn close_pull_request(&self, owner: &str, name: &str, number: u64) -> Result<()> {
        let (repository, pull, ends) = self.open_pull(owner, name, number)?;
        self.end(&repository, &pull, ends, None);
        Ok(())
    }

    fn open_pull(
        &self,
        owner: &str,
        name: &str,
        number: u64,
    ) -> Result<(Repository, PullRequest, Ends)> {
        let repository = self.state().repository(owner, name).cloned();
        let repository = repository.with_context(|| format!("no repository {owner}/{name}"))?;
        let pull = repository.pulls.iter().find(|pull| pull.number == number).cloned();
        let pull = pull.with_context(|| format!("no pull request #{number}"))?;
        if pull.ended.is_some() {
            bail!("pull request #{number} has ended");
        }
        let git = git2::Repository::open_bare(&repository.path)?;
        let tip = |branch: &str| {
            store::target(&git, &format!("refs/heads/{branch}"))?
                .with_context(|| format!("no branch {branch}"))
        };
        let ends = Ends { head: tip(&pull.head)?, base: tip(&pull.base)? };
        Ok((repository, pull, ends))
    }

    /// Merges with a merge commit; the branch rules do not bind a merge, as if it had been approved.
    pub(super) fn merge(
        &self,
        repository: &Repository,
        pull: &PullRequest,
        ends: Ends,
        merge: &Merge<'_>,
    ) -> Result<Oid, NotMerged> {
        let git = git2::Repository::open_bare(&repository.path)?;
        let (base, head) = (git.find_commit(ends.base)?, git.find_commit(ends.head)?);
        let mut merged = git.merge_commits(&base, &head, None)?;
        if merged.has_conflicts() {
            return Err(NotMerged::Conflicts);
        }
        let default = format!("Merge pull request #{} from {}", pull.number, pull.head);
        let commit = NewCommit {
            tree: merged.write_tree_to(&git)?,
            parents: &[ends.base, ends.head],
            message: merge.title.unwrap_or(&default),
            author: merge.author.clone(),
            committer: Signature::now("GitHub", "noreply@localhost")?,
            signature: None,
        };
        let commit = store::write_commit(&git, &commit)?;
        let step = Move {
            reference: format!("refs/heads/{}", pull.base),
            expected: Expected::At(ends.base),
            to: Some(commit),
            force: false,
        };
        self.publish_merge(repository, step)?;
        self.end(repository, pull, ends, Some(commit));
        Ok(commit)
    }

    fn end(&self, repository: &Repository, pull: &PullRequest, ends: Ends, merged: Option<Oid>) {
        let ended = Ended { at: Timestamp::now(), merged, head: ends.head, base: ends.base };
        let mut state = self.state();
        let pulls = state.by_id_mut(repository.id).into_iter().flat_map(|found| &mut found.pulls);
        for open in pulls.filter(|open| open.number == pull.number) {
            open.ended = Some(ended.clone());
        }
    }
}
