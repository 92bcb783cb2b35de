//! A branch on which GitHub makes and signs a commit that another branch shall get: it commits to branches
//! only, on top of what they have, and the other one is to begin anew.
//!
//! It stands beside the other branch under a name of its own, so that a run that was stopped leaves one that the
//! next run takes over.

use anyhow::Result;
use serde_json::json;

use super::commit::Unsigned;
use super::graphql::{self, Outcome};
use super::transport::{Call, Sent, encoded};
use super::{GitHub, read};
use crate::error::{Class, class_of};
use crate::git_host::change::{Change, File};
use crate::git_host::{Head, Repository, Tip};

/// How often the commit is asked for when the answer is lost.
const SENDINGS: u32 = 3;

/// The branch for one other.
pub(super) struct Scaffold<'a> {
    github: &'a GitHub,
    repository: &'a Repository,
    branch: String,
}

impl<'a> Scaffold<'a> {
    pub(super) fn new(github: &'a GitHub, repository: &'a Repository, branch: &str) -> Self {
        Self { github, repository, branch: format!("{branch}-anew") }
    }

    /// Its name.
    pub(super) fn branch(&self) -> &str {
        &self.branch
    }

    /// Has GitHub commit `files` on `base`; the reason where it does not.
    pub(super) async fn commit(
        &self,
        base: &Tip,
        change: &Change,
        files: &[&File],
    ) -> Result<Result<String, Unsigned>> {
        if !self.stand_on(base).await? {
            return Ok(Err(Unsigned::Refused));
        }
        let Self { github, repository, branch } = self;
        let call = graphql::commit_on_branch(repository, branch, &base.commit, change, files);
        let mut reason = Unsigned::Refused;
        for _ in 0..SENDINGS {
            if let Sent::Answered(reply) = github.transport.send(&call).await? {
                match (graphql::outcome(&reply), graphql::made(&reply)) {
                    (Outcome::Applied, Some(made)) => return Ok(Ok(made.oid)),
                    (Outcome::Refused(error), _) if class_of(&error) == Class::TimedOut => {
                        return Err(error);
                    }
                    (Outcome::TooLarge, _) => reason = Unsigned::TooLarge,
                    (Outcome::Unavailable, _) => reason = Unsigned::Unavailable,
                    (Outcome::Applied, None) | (Outcome::Refused(_), _) => {}
                }
            }
            if let Some(commit) = self.made_on(base, change).await? {
                return Ok(Ok(commit));
            }
            if reason != Unsigned::Refused {
                break;
            }
        }
        self.remove().await?;
        Ok(Err(reason))
    }

    /// The commit that the branch has got on `base`, if it holds the change: nobody but runs of the same
    /// command commits here.
    async fn made_on(&self, base: &Tip, change: &Change) -> Result<Option<String>> {
        let tip = self.tip().await?.filter(|tip| tip.commit != base.commit);
        let Some(tip) = tip else { return Ok(None) };
        let paths = change.files().iter().map(File::path);
        let present = read::blobs_at(self.github, self.repository, &tip, paths).await?;
        Ok(change.difference(&present).is_empty().then_some(tip.commit))
    }

    /// Puts the branch on `base`, whether it is there or not. A rule may refuse its name.
    async fn stand_on(&self, base: &Tip) -> Result<bool> {
        let Self { github, repository, branch } = self;
        let call = match self.tip().await? {
            Some(tip) if tip.commit == base.commit => return Ok(true),
            Some(tip) => graphql::replace_ref(repository, branch, &tip.commit, &base.commit),
            None => {
                let body = json!({ "ref": format!("refs/heads/{branch}"), "sha": base.commit });
                Call::create(format!("/repos/{}/git/refs", repository.name), body)
            }
        };
        // The branch tells what came of it.
        github.transport.send(&call).await?;
        Ok(self.tip().await?.is_some_and(|tip| tip.commit == base.commit))
    }

    async fn tip(&self) -> Result<Option<Tip>> {
        match read::head(&self.github.transport, self.repository, &self.branch).await? {
            Head::Present(tip) => Ok(Some(tip)),
            Head::NoSuchBranch | Head::EmptyRepository => Ok(None),
        }
    }

    /// Takes the branch away. One that stays is in nobody's way.
    pub(super) async fn remove(&self) -> Result<()> {
        let name = &self.repository.name;
        let path = format!("/repos/{name}/git/refs/heads/{}", encoded(&self.branch));
        match self.github.transport.ask(Call::delete(path)).await {
            Err(error) if class_of(&error) == Class::TimedOut => Err(error),
            _ => Ok(()),
        }
    }
}
