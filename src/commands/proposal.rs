//! What became of a commit or of a pull request, and the wait until somebody has decided about one.

use anyhow::{Result, anyhow};

use crate::context::Context;
use crate::error::{Class, Explain as _};
use crate::git_host::github::GitHub;
use crate::git_host::pull_request::{Proposal, Proposing as _, PullRequest, State};
use crate::git_host::{GitHost as _, Published, Repository};

/// Says where a commit is.
pub(super) fn tell_published(
    ctx: &Context,
    repository: &Repository,
    branch: &str,
    published: &Published,
) {
    let (short, name) = (short(&published.commit), &repository.name);
    if published.is_new {
        ctx.output.done(format_args!("committed {short} to {branch} of {name}"));
    } else {
        ctx.output.done(format_args!("{branch} of {name} is up to date at {short}"));
    }
}

fn short(sha: &str) -> &str {
    sha.get(..8).unwrap_or(sha)
}

/// What has become of a proposal that nothing is left to wait for.
pub(super) enum Landed {
    /// The base branch held it all along, at this commit.
    AlreadyThere(String),
    /// Somebody has merged the pull request while this run waited.
    Merged,
}

/// Tells what came of a proposal, and waits until it is merged if that `waits`.
///
/// # Errors
/// [`Class::Waiting`] while the pull request is open, unless it waits; one that was closed.
pub(super) async fn landed(
    ctx: &Context,
    github: &GitHub,
    repository: &Repository,
    base: &str,
    proposal: Proposal,
    waits: bool,
) -> Result<Landed> {
    let (pull_request, became) = match proposal {
        Proposal::Open { pull_request, is_new, has_new_commit, is_rebuilt } => {
            let became = match (is_new, has_new_commit) {
                (true, _) => "opened",
                _ if is_rebuilt => "could not be merged any more, and is made anew",
                (false, true) => "updated",
                (false, false) => "is up to date",
            };
            (pull_request, became)
        }
        Proposal::AlreadyThere(commit) => {
            let published = Published { commit, is_new: false };
            tell_published(ctx, repository, base, &published);
            return Ok(Landed::AlreadyThere(published.commit));
        }
    };
    let number = pull_request.number;
    ctx.output.done(format_args!("pull request #{number} {became}: {}", pull_request.web_url));
    ctx.output.data(&format!("{}\n", pull_request.web_url))?;
    if !waits {
        return Err(anyhow!("pull request #{number} waits for somebody to merge it")
            .class(Class::Waiting)
            .hint("wait for that, and until the cluster has applied it, with --wait-merge"));
    }
    await_merge(ctx, github, repository, &pull_request).await?;
    Ok(Landed::Merged)
}

async fn await_merge(
    ctx: &Context,
    github: &GitHub,
    repository: &Repository,
    pull_request: &PullRequest,
) -> Result<()> {
    let number = pull_request.number;
    ctx.output.waiting(format_args!("waiting until somebody merges pull request #{number}"));
    match github.await_decision(repository, pull_request).await? {
        State::Merged => {
            ctx.output.done(format_args!("pull request #{number} is merged"));
            Ok(())
        }
        State::Closed | State::Open => {
            Err(anyhow!("pull request #{number} was closed without being merged"))
        }
    }
}

/// The commit of the base branch that holds what was proposed, once somebody has merged it.
///
/// # Errors
/// Those of [`landed`]; when there is no such branch any more.
pub(super) async fn merged(
    ctx: &Context,
    github: &GitHub,
    repository: &Repository,
    base: &str,
    proposal: Proposal,
    waits: bool,
) -> Result<String> {
    match landed(ctx, github, repository, base, proposal, waits).await? {
        Landed::AlreadyThere(commit) => Ok(commit),
        Landed::Merged => {
            let head = github.head(repository, base).await?;
            let tip = head.tip().map(|tip| tip.commit.clone());
            tip.ok_or_else(|| anyhow!("branch {base} of {} is gone", repository.name))
        }
    }
}
