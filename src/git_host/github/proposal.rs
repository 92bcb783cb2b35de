//! Proposes a change: a branch of its own and one open pull request.

use std::time::Duration;

use anyhow::{Result, anyhow};
use http::StatusCode;
use serde::Deserialize;
use serde_json::json;

use super::additions::Additions;
use super::publish::Publication;
use super::rebuild::Rebuild;
use super::reply::Reply;
use super::transport::{Call, Sent, Transport, encoded};
use super::{GitHub, read};
use crate::error::{Class, Explain as _, class_of};
use crate::git_host::change::{Draft, File};
use crate::git_host::pull_request::{Proposal, Proposing, PullRequest, State, Topic};
use crate::git_host::{GitHost as _, Head, Repository};

/// How many branches of one topic are looked at before somebody has to clean up.
const BRANCHES: u32 = 20;
/// How often the same pull request is asked for when its answer is lost.
const SENDINGS: u32 = 3;
/// Seconds between two looks at a pull request: soon at first, for whoever merges at once.
const LOOKS: [u64; 4] = [1, 2, 5, 10];

/// What to do where the token may do everything else.
const MISSING_RIGHT: &str = "use a token that may write pull requests as well as contents";

/// The fields that are read.
#[derive(Deserialize)]
struct Described {
    number: u64,
    html_url: String,
    state: String,
    merged_at: Option<String>,
    user: Option<User>,
}

#[derive(Deserialize)]
struct User {
    login: String,
}

impl From<Described> for PullRequest {
    fn from(described: Described) -> Self {
        let state = match (described.state.as_str(), described.merged_at) {
            (_, Some(_)) => State::Merged,
            ("open", None) => State::Open,
            _ => State::Closed,
        };
        let author = described.user.map(|user| user.login);
        Self { number: described.number, web_url: described.html_url, state, author }
    }
}

impl Proposing for GitHub {
    async fn propose(
        &self,
        repository: &Repository,
        topic: &Topic,
        draft: &impl Draft,
    ) -> Result<Proposal> {
        let base = self.head(repository, &topic.base).await?;
        if let Some(commit) = self.commit_with(repository, &base, draft).await? {
            return Ok(Proposal::AlreadyThere(commit));
        }
        let (branch, open) = self.branch_of(repository, &topic.branch, &topic.base).await?;
        let head = self.head(repository, &branch).await?;
        let work = Work { github: self, repository, topic, branch: &branch, draft };
        let rebuild = work.rebuild(&base, &head).await?;
        if let Some(open) = open {
            return work.renew(rebuild, (&base, &head), open).await;
        }
        let published = work.publication().run(&head).await?;
        // Without a pull request somebody has put the same on the base branch while we worked.
        let Some(opened) = self.open(repository, topic, &branch).await? else {
            return Ok(Proposal::AlreadyThere(published.commit));
        };
        let is_rebuilt = match &rebuild {
            Some(rebuild) if rebuild.conflicts(&opened).await? => {
                let head = self.head(repository, &branch).await?;
                rebuild.run(&head, &opened).await?.is_new
            }
            _ => false,
        };
        let (pull_request, has_new_commit) = (opened, published.is_new);
        Ok(Proposal::Open { pull_request, is_new: true, has_new_commit, is_rebuilt })
    }

    async fn await_decision(
        &self,
        repository: &Repository,
        pull_request: &PullRequest,
    ) -> Result<State> {
        let name = &repository.name;
        let path = format!("/repos/{name}/pulls/{}", pull_request.number);
        let doing = format!("read pull request {}", pull_request.web_url);
        let pauses = LOOKS.iter().chain(std::iter::repeat(&LOOKS[LOOKS.len() - 1]));
        let mut known: Option<String> = None;
        for pause in pauses {
            let call = Call::get(&path).unless_known(known.as_deref());
            let reply = self.transport.ask(call).await?;
            if reply.status != StatusCode::NOT_MODIFIED {
                known = reply.header("etag").map(str::to_owned);
                let seen: PullRequest = reply.json::<Described>(&doing)?.into();
                if seen.state != State::Open {
                    return Ok(seen.state);
                }
            }
            let what = format!("somebody to merge {}", pull_request.web_url);
            self.transport.sleep(Duration::from_secs(*pause), &what).await?;
        }
        unreachable!("the pauses have no end, and the deadline is an error")
    }
}

/// A topic's branch at work.
struct Work<'a, D> {
    github: &'a GitHub,
    repository: &'a Repository,
    topic: &'a Topic,
    branch: &'a str,
    draft: &'a D,
}

impl<'a, D: Draft> Work<'a, D> {
    fn publication(&self) -> Publication<'a, D> {
        let Self { github, repository, topic, branch, draft } = *self;
        Publication { github, repository, branch, start: &topic.base, draft }
    }

    /// How it would be made anew; nothing when it holds all of its base and so can be merged.
    async fn rebuild<'b>(&self, base: &'b Head, head: &Head) -> Result<Option<Rebuild<'b, D>>>
    where
        'a: 'b,
    {
        let Self { github, repository, topic, branch, draft } = *self;
        let Some(base) = base.tip() else { return Ok(None) };
        let rebuild = Rebuild { github, repository, topic, branch, base, draft };
        Ok(rebuild.is_behind(head).await?.then_some(rebuild))
    }

    /// Brings an open pull request up to date.
    async fn renew(
        &self,
        rebuild: Option<Rebuild<'_, D>>,
        (base, head): (&Head, &Head),
        open: PullRequest,
    ) -> Result<Proposal> {
        let (published, is_rebuilt) = match &rebuild {
            Some(rebuild) if rebuild.conflicts(&open).await? => {
                (rebuild.run(head, &open).await?, true)
            }
            _ => {
                self.refuse_overwrites(base, head, &open).await?;
                (self.publication().run(head).await?, false)
            }
        };
        let has_new_commit = published.is_new;
        Ok(Proposal::Open { pull_request: open, is_new: false, has_new_commit, is_rebuilt })
    }

    /// Refuses to write over what somebody else has made of one of our files.
    async fn refuse_overwrites(&self, base: &Head, head: &Head, open: &PullRequest) -> Result<()> {
        let Self { github, repository, draft, .. } = *self;
        let (Some(base), Some(tip)) = (base.tip(), head.tip()) else { return Ok(()) };
        let change = draft.on(head).await?;
        let paths = change.files().iter().map(File::path);
        let present = read::blobs_at(github, repository, tip, paths).await?;
        let overwritten: Vec<&str> = change.overwrites(&present).collect();
        if overwritten.is_empty() {
            return Ok(());
        }
        let refused = |error: anyhow::Error| match class_of(&error) {
            Class::Conflict => {
                error.context(format!("pull request #{} is not updated", open.number)).hint(
                    "take that commit back, or close the pull request: the next run opens another",
                )
            }
            _ => error,
        };
        let author = change.author();
        let added = Additions::read(github, repository, (base, tip), open, author).await;
        let added = added.map_err(refused)?;
        let mut foreign = Vec::new();
        for path in overwritten {
            if let Some(commit) = added.foreign_maker(path, present.get(path)).await? {
                let (author, short) = (commit.author(), commit.short());
                foreign.push(format!("{author} has changed {path} in {short}"));
            }
        }
        if foreign.is_empty() {
            return Ok(());
        }
        Err(refused(anyhow!(foreign.join(", ")).class(Class::Conflict)))
    }
}

impl GitHub {
    /// Finds what [`Proposing::propose`] would work on for a topic's branch and its base: the branch, and the
    /// pull request that is open for it.
    ///
    /// # Errors
    /// [`Class::Denied`] when the token may not see pull requests, and so cannot open one.
    pub async fn find_proposal(
        &self,
        repository: &Repository,
        branch: &str,
        base: &str,
    ) -> Result<(String, Option<PullRequest>)> {
        let found = self.branch_of(repository, branch, base).await;
        found.map_err(|error| match class_of(&error) {
            Class::Denied => error.hint(MISSING_RIGHT),
            _ => error,
        })
    }

    /// The commit of `head`, if it holds everything that `draft` would write.
    async fn commit_with(
        &self,
        repository: &Repository,
        head: &Head,
        draft: &impl Draft,
    ) -> Result<Option<String>> {
        let Some(tip) = head.tip() else { return Ok(None) };
        let change = draft.on(head).await?;
        let paths = change.files().iter().map(File::path);
        let present = read::blobs_at(self, repository, tip, paths).await?;
        Ok(change.difference(&present).is_empty().then(|| tip.commit.clone()))
    }

    /// The branch to work on, with the pull request that is open for it: the first of the topic's branches
    /// that is not spent. One without any pull request is of a run that was stopped half-way.
    async fn branch_of(
        &self,
        repository: &Repository,
        first: &str,
        base: &str,
    ) -> Result<(String, Option<PullRequest>)> {
        for number in 1..=BRANCHES {
            let branch = match number {
                1 => first.to_owned(),
                _ => format!("{first}-{number}"),
            };
            let known = pull_requests(&self.transport, repository, base, &branch).await?;
            let is_spent = !known.is_empty();
            let open = known.into_iter().find(|found| found.state == State::Open);
            if open.is_some() || !is_spent {
                return Ok((branch, open));
            }
        }
        Err(anyhow!("{} has {BRANCHES} branches of closed pull requests", repository.name)
            .context(format!("no branch is left for {first}"))
            .class(Class::Conflict)
            .hint(format!("delete the branches {first}-… of {}", repository.web_url)))
    }

    /// Opens a pull request, or finds the one that is open; nothing when there is nothing to merge.
    async fn open(
        &self,
        repository: &Repository,
        topic: &Topic,
        branch: &str,
    ) -> Result<Option<PullRequest>> {
        let name = &repository.name;
        let doing = format!("open a pull request in {name}");
        let body = json!({
            "title": topic.title, "body": topic.body, "head": branch, "base": topic.base,
        });
        let call = Call::create(format!("/repos/{name}/pulls"), body);
        let mut lost = None;
        for _ in 0..SENDINGS {
            match self.transport.send(&call).await? {
                Sent::Answered(reply) if reply.complaint().contains("No commits between") => {
                    return Ok(None);
                }
                Sent::Answered(reply) if !reply.complaint().contains("already exists") => {
                    return Ok(Some(opened(reply, &doing)?));
                }
                Sent::Answered(reply) => lost = Some(super::refusal::of(&reply)),
                Sent::Unknown(error) => lost = Some(error),
            }
            // It may be there: ours whose answer was lost, or another run's.
            let known = pull_requests(&self.transport, repository, &topic.base, branch).await?;
            if let Some(open) = known.into_iter().find(|found| found.state == State::Open) {
                return Ok(Some(open));
            }
        }
        let error = lost.unwrap_or_else(|| anyhow!("GitHub gave no answer"));
        Err(error.context(format!("cannot {doing}")))
    }
}

/// All pull requests from `branch` into `base`, the newest first.
async fn pull_requests(
    transport: &Transport,
    repository: &Repository,
    base: &str,
    branch: &str,
) -> Result<Vec<PullRequest>> {
    let name = &repository.name;
    let (owner, base) = (name.owner(), encoded(base));
    let path = format!(
        "/repos/{name}/pulls?head={owner}:{}&base={base}&state=all&per_page=100",
        encoded(branch)
    );
    let reply = transport.ask(Call::get(path)).await?;
    let listed: Vec<Described> = reply.json(&format!("list the pull requests of {name}"))?;
    Ok(listed.into_iter().map(PullRequest::from).collect())
}

fn opened(reply: Reply, doing: &str) -> Result<PullRequest> {
    let is_hidden = reply.status.as_u16() == 404;
    let opened = reply.json::<Described>(doing).map(PullRequest::from);
    match is_hidden {
        // The branch was written a moment ago: only this right is missing.
        true => opened.class(Class::Denied).hint(MISSING_RIGHT),
        false => opened,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_merged_pull_request_is_told_from_a_closed_one() {
        for (state, merged_at, expected) in [
            ("open", None, State::Open),
            ("closed", None, State::Closed),
            ("closed", Some("2027-01-15T08:00:00Z"), State::Merged),
        ] {
            let described = Described {
                number: 3,
                html_url: "https://github.com/acme/fleet/pull/3".to_owned(),
                state: state.to_owned(),
                merged_at: merged_at.map(str::to_owned),
                user: None,
            };
            assert_eq!(PullRequest::from(described).state, expected);
        }
    }
}
