//! Publishes a change: one commit, then a compare-and-swap of the branch.
//!
//! When the compare-and-swap fails or its answer is lost, the tip of the branch tells what happened,
//! whatever the answer said.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use anyhow::{Result, anyhow};
use serde_json::json;

use super::commit::{Made, Unsigned};
use super::graphql::{self, Outcome};
use super::transport::{Call, Sent, encoded};
use super::{GitHub, commit, read, refusal, retry};
use crate::error::{Class, Explain as _, class_of, usage};
use crate::git_host::change::{Change, Draft, File, Moved, branch_moved};
use crate::git_host::{Blob, GitHost as _, Head, Published, Repository, Tip};

/// How often a commit is rebuilt on a branch that keeps moving. Twenty who publish at the same time, beside
/// somebody who pushes, make seven attempts each on average, and some of them many more.
const ROUNDS: u32 = 40;
/// How often one commit is published when the answer is lost.
const SENDINGS: u32 = 4;
/// How often it is published when the host refuses it as if the branch had moved, and tells the old tip: what
/// it tells may lag behind for half a minute.
const LAGGING: u32 = 9;

/// One change on its way to one branch.
pub(super) struct Publication<'a, D> {
    pub(super) github: &'a GitHub,
    pub(super) repository: &'a Repository,
    pub(super) branch: &'a str,
    /// Where a branch that does not exist starts.
    pub(super) start: &'a str,
    pub(super) draft: &'a D,
}

/// What a commit is built on.
struct Base {
    tip: Tip,
    /// Whether an earlier round may have put our commit there, whose answer was lost.
    is_maybe_ours: bool,
    /// Whether the branch exists and points here; otherwise it will start here.
    is_branch: bool,
    /// Our files as they were when the caller or an earlier round looked.
    seen: Option<BTreeMap<String, Blob>>,
}

/// Where to start from.
enum Start {
    On(Base),
    /// A root commit was all that was needed.
    Finished(Published),
}

/// A commit and how the branch gets it.
enum Step {
    /// The branch is pointed to it.
    Point(Made),
    /// GitHub makes it, signs it, and points the branch to it.
    Commit(Call),
}

impl Step {
    /// The commit, where it is known beforehand.
    fn commit(&self) -> Option<&str> {
        match self {
            Self::Point(made) => Some(made.name()),
            Self::Commit(_) => None,
        }
    }
}

/// What became of publishing a commit.
enum Swapped {
    Done(String),
    /// The branch has another tip now, and the commit is to be rebuilt on it.
    Moved {
        tip: Tip,
        is_maybe_ours: bool,
    },
    /// GitHub does not make this commit, or nobody knows whether it has.
    Unavailable(Unsigned),
}

/// What GitHub made of one request to publish.
enum Update {
    Applied(String),
    Unavailable(Unsigned),
    Refused(anyhow::Error),
    Unknown(anyhow::Error),
}

impl<D: Draft> Publication<'_, D> {
    /// Publishes on `head` or on what the branch has become since.
    pub(super) async fn run(&self, head: &Head) -> Result<Published> {
        let Self { github, repository, branch, .. } = self;
        if !git2::Reference::is_valid_name(&format!("refs/heads/{branch}")) {
            return Err(usage(format!("{branch:?} cannot be the name of a branch")));
        }
        let mut base = match self.start(head).await? {
            Start::Finished(published) => return Ok(published),
            Start::On(base) => base,
        };
        let mut stored = BTreeSet::new();
        for round in 0..ROUNDS {
            let change = self.draft.on(&Head::Present(base.tip.clone())).await?;
            let present = self.present(&base, &change).await?;
            let files = change.difference(&present);
            let is_new = !files.is_empty();
            if base.is_branch && !is_new {
                return Ok(Published { commit: base.tip.commit, is_new: base.is_maybe_ours });
            }
            let step = self.step(&base, &change, &files, &present, &stored).await?;
            let is_beginning = is_new && step.commit() == Some(&base.tip.commit);
            if matches!(step, Step::Point(_)) && !is_beginning {
                stored.extend(files.iter().map(|file| file.blob_sha()));
            }
            // Shorter than after a failure: GitHub is well, only somebody else was faster.
            let pause = retry::backoff(round) / 2;
            base = match self.swap(&base, &step, pause).await? {
                Swapped::Done(_) if is_beginning => {
                    Base { is_branch: true, seen: Some(present), ..base }
                }
                Swapped::Done(commit) => {
                    github.tell_unsigned(&change);
                    if let Step::Point(Made::ToPush { .. }) = step {
                        commit::check_pushed(github, repository, &commit).await?;
                    }
                    return Ok(Published { commit, is_new });
                }
                Swapped::Moved { tip, is_maybe_ours } => {
                    Base { tip, is_branch: true, is_maybe_ours, seen: Some(present) }
                }
                Swapped::Unavailable(reason) => {
                    github.commit_unsigned(reason);
                    Base { is_maybe_ours: reason == Unsigned::TooLarge, ..base }
                }
            };
        }
        let name = &repository.name;
        Err(anyhow!("branch {branch} of {name} changed {ROUNDS} times while we committed")
            .class(Class::Conflict)
            .hint("run the command again when fewer others are committing"))
    }

    async fn start(&self, head: &Head) -> Result<Start> {
        let on =
            |tip, is_branch, seen| Start::On(Base { tip, is_maybe_ours: false, is_branch, seen });
        match head {
            Head::Present(tip) => Ok(on(tip.clone(), true, None)),
            Head::NoSuchBranch => Ok(on(self.first_tip().await?, false, None)),
            Head::EmptyRepository => self.push_root(self.draft.on(head).await?).await,
        }
    }

    async fn first_tip(&self) -> Result<Tip> {
        let (repository, branch) = (self.repository, self.start);
        match read::head(&self.github.transport, repository, branch).await? {
            Head::Present(tip) => Ok(tip),
            Head::NoSuchBranch | Head::EmptyRepository => {
                Err(anyhow!("{} has no branch {branch} to start from", repository.name)
                    .class(Class::NotFound)
                    .hint("name an existing branch with --branch"))
            }
        }
    }

    /// Reads our files on `base`, and refuses if somebody changed one since it was seen.
    async fn present(&self, base: &Base, change: &Change) -> Result<BTreeMap<String, Blob>> {
        let paths = change.files().iter().map(File::path);
        let present = read::blobs_at(self.github, self.repository, &base.tip, paths).await?;
        if let Some(seen) = &base.seen {
            change.check_overwrites(seen, &present)?;
        }
        Ok(present)
    }

    /// How the branch gets `files`, which may be none, from `base`.
    async fn step(
        &self,
        base: &Base,
        change: &Change,
        files: &[&File],
        present: &BTreeMap<String, Blob>,
        stored: &BTreeSet<String>,
    ) -> Result<Step> {
        let Self { github, repository, branch, .. } = self;
        let tip = &base.tip;
        if github.is_to_commit(change, files, present) {
            // It commits to branches that are there.
            if base.is_branch && !files.is_empty() {
                let expected = &tip.commit;
                return Ok(Step::Commit(graphql::commit_on_branch(
                    repository, branch, expected, change, files,
                )));
            }
            return Ok(Step::Point(Made::Stored(tip.commit.clone())));
        }
        if files.is_empty() {
            return Ok(Step::Point(Made::Stored(tip.commit.clone())));
        }
        let made = commit::make(github, repository, tip, change, files, present, stored);
        Ok(Step::Point(made.await?))
    }

    /// Takes `step` on `base` and finds out what became of it. A branch that has moved is looked at
    /// after up to `pause`: what was read before it would be old by then.
    async fn swap(&self, base: &Base, step: &Step, pause: Duration) -> Result<Swapped> {
        let transport = &self.github.transport;
        let mut is_doubtful = false;
        for number in 1.. {
            let (error, is_refused) = match self.update(base, step).await? {
                Update::Applied(commit) => return Ok(Swapped::Done(commit)),
                Update::Unavailable(reason) => return Ok(Swapped::Unavailable(reason)),
                Update::Refused(error) => (error, true),
                Update::Unknown(error) => (error, false),
            };
            is_doubtful |= !is_refused;
            let is_lost_race = is_refused && class_of(&error) == Class::Conflict;
            if is_lost_race {
                transport.back_off(pause).await?;
            }
            match read::head(transport, self.repository, self.branch).await? {
                Head::Present(tip) => {
                    let commit = step.commit();
                    if let Some(swapped) = self.judge(base, commit, tip, is_doubtful).await? {
                        return Ok(swapped);
                    }
                }
                Head::NoSuchBranch | Head::EmptyRepository if base.is_branch => {
                    return Err(self.deleted());
                }
                Head::NoSuchBranch | Head::EmptyRepository => {}
            }
            // The branch is where it was: the request was lost, the answer stale, or it is not allowed.
            let is_final = is_refused && !is_lost_race;
            let is_slow = !is_refused && graphql::is_timeout(&format!("{error:#}"));
            if is_slow && step.commit().is_none() {
                return Ok(Swapped::Unavailable(Unsigned::TooLarge));
            }
            if is_final || number >= if is_lost_race { LAGGING } else { SENDINGS } {
                let (branch, name) = (self.branch, &self.repository.name);
                return Err(error.context(format!("cannot update branch {branch} of {name}")));
            }
            transport.back_off(retry::backoff(number)).await?;
        }
        unreachable!("the loop ends with the last sending")
    }

    /// Decides on the tip that the branch has after an update that was refused or, if that `is_doubtful`,
    /// whose answer was lost; `None` when nothing has happened to the branch.
    async fn judge(
        &self,
        base: &Base,
        commit: Option<&str>,
        tip: Tip,
        is_doubtful: bool,
    ) -> Result<Option<Swapped>> {
        let Self { github, repository, .. } = self;
        if let Some(commit) = commit {
            let is_there = tip.commit == commit
                // Applied after all, and somebody has built on it already.
                || (is_doubtful && github.is_descendant(repository, commit, &tip.commit).await?);
            if is_there {
                return Ok(Some(Swapped::Done(commit.to_owned())));
            }
        }
        // What the next round finds there may be the commit whose name nobody has told us.
        let is_maybe_ours = base.is_maybe_ours || (is_doubtful && commit.is_none());
        // A branch that was to be created has no history that could be lost: it simply exists now.
        if !base.is_branch {
            return Ok(Some(Swapped::Moved { tip, is_maybe_ours }));
        }
        let expected = &base.tip.commit;
        let relation = match *expected == tip.commit {
            true => None,
            false => {
                read::relation(&github.transport, &repository.name, expected, &tip.commit).await?
            }
        };
        match branch_moved(expected, &tip.commit, relation.as_deref()) {
            Moved::NotAtAll => Ok(None),
            Moved::Forwards => Ok(Some(Swapped::Moved { tip, is_maybe_ours })),
            Moved::Elsewhere => Err(self.rewritten(expected, &tip.commit)),
        }
    }

    fn rewritten(&self, expected: &str, tip: &str) -> anyhow::Error {
        let short = |sha: &str| sha.get(..8).unwrap_or_default().to_owned();
        let (branch, name) = (self.branch, &self.repository.name);
        let (expected, tip) = (short(expected), short(tip));
        anyhow!(
            "branch {branch} of {name} was moved from {expected} to {tip}, which is not built on it"
        )
        .context("commits were taken away while this command was running; nothing was written")
        .class(Class::Conflict)
        .hint("make sure that this was intended, then run the command again")
    }

    fn deleted(&self) -> anyhow::Error {
        let (branch, name) = (self.branch, &self.repository.name);
        anyhow!("branch {branch} of {name} was deleted while we committed")
            .class(Class::Conflict)
            .hint("run the command again to create it")
    }

    /// Sends one request that takes `step`.
    async fn update(&self, base: &Base, step: &Step) -> Result<Update> {
        match step {
            Step::Commit(call) => self.commit_on_branch(call).await,
            Step::Point(Made::ToPush { name, text }) => self.push(base, name, text).await,
            Step::Point(Made::Stored(commit)) if base.is_branch => self.point(base, commit).await,
            Step::Point(Made::Stored(commit)) => self.create_branch(commit).await,
        }
    }

    async fn commit_on_branch(&self, call: &Call) -> Result<Update> {
        let reply = match self.github.transport.send(call).await? {
            Sent::Unknown(error) => return Ok(Update::Unknown(error)),
            Sent::Answered(reply) => reply,
        };
        Ok(match (graphql::outcome(&reply), graphql::made(&reply)) {
            (Outcome::Applied, Some(made)) => {
                if let Some(complaint) = made.complaint() {
                    commit::tell_complaint(self.github, &made.oid, &complaint);
                }
                Update::Applied(made.oid)
            }
            (Outcome::Applied, None) => Update::Unknown(anyhow!("GitHub does not name its commit")),
            (Outcome::Refused(error), _) => Update::Refused(error),
            (Outcome::Unavailable, _) => Update::Unavailable(Unsigned::Unavailable),
            (Outcome::TooLarge, _) => Update::Unavailable(Unsigned::TooLarge),
        })
    }

    async fn push(&self, base: &Base, name: &str, text: &str) -> Result<Update> {
        let before = base.is_branch.then_some(base.tip.commit.as_str());
        let push = self.github.push_to(self.repository, self.branch).await?;
        let push = push.commit(before, name, text.as_bytes());
        match self.github.transport.deadline.within("a push to GitHub", push).await {
            Ok(()) => Ok(Update::Applied(name.to_owned())),
            Err(error) if class_of(&error) == Class::TimedOut => Err(error),
            Err(error) if class_of(&error) == Class::Unreachable => Ok(Update::Unknown(error)),
            Err(error) => Ok(Update::Refused(error)),
        }
    }

    async fn point(&self, base: &Base, commit: &str) -> Result<Update> {
        let expected = &base.tip.commit;
        let call = graphql::update_ref(self.repository, self.branch, expected, commit);
        match self.github.transport.send(&call).await? {
            Sent::Unknown(error) => Ok(Update::Unknown(error)),
            Sent::Answered(reply) => match graphql::outcome(&reply) {
                Outcome::Applied => Ok(Update::Applied(commit.to_owned())),
                Outcome::Refused(error) => Ok(Update::Refused(error)),
                Outcome::TooLarge => Ok(Update::Unknown(refusal::of(&reply))),
                Outcome::Unavailable => self.fast_forward(expected, commit).await,
            },
        }
    }

    /// Creating a branch is a compare-and-swap by itself: it fails if the branch exists.
    async fn create_branch(&self, commit: &str) -> Result<Update> {
        let body = json!({ "ref": format!("refs/heads/{}", self.branch), "sha": commit });
        let path = format!("/repos/{}/git/refs", self.repository.name);
        self.update_over_rest(&Call::create(path, body), commit).await
    }

    /// The fallback where GraphQL cannot be used: REST tests for a fast-forward only, so the tip is
    /// read once more, which leaves a moment in which a branch could be moved backwards unnoticed.
    async fn fast_forward(&self, expected: &str, commit: &str) -> Result<Update> {
        let Self { github, repository, branch, .. } = self;
        github.graphql_warning.call_once(|| {
            (github.transport.notify)(
                "GitHub's GraphQL cannot be used with this token or host; the branch is updated \
                 over REST, which does not notice commits being taken away at the same moment",
            );
        });
        let head = read::head(&github.transport, repository, branch).await?;
        if head.tip().is_none_or(|tip| tip.commit != expected) {
            return Ok(Update::Refused(anyhow!("the branch has moved").class(Class::Conflict)));
        }
        let path = format!("/repos/{}/git/refs/heads/{}", repository.name, encoded(branch));
        let call = Call::update(path, json!({ "sha": commit, "force": false }));
        self.update_over_rest(&call, commit).await
    }

    async fn update_over_rest(&self, call: &Call, commit: &str) -> Result<Update> {
        Ok(match self.github.transport.send(call).await? {
            Sent::Answered(reply) if reply.status.is_success() => {
                Update::Applied(commit.to_owned())
            }
            Sent::Answered(reply) => Update::Refused(refusal::of(&reply)),
            Sent::Unknown(error) => Update::Unknown(error),
        })
    }

    /// Pushes a root commit, because GitHub's API makes no object in an empty repository.
    async fn push_root(&self, change: Change) -> Result<Start> {
        let Self { github, repository, branch, .. } = self;
        // Git needs somebody where GitHub would have filled in the App.
        let anonymous = || github.author("Flux", Some(&github.endpoints().anonymous_email()), None);
        let author = change.author().cloned().or_else(anonymous);
        let push = github.push_to(repository, branch).await?.root_commit(change, author);
        let error = match github.transport.deadline.within("a push to GitHub", push).await {
            Ok(commit) => return Ok(Start::Finished(Published { commit, is_new: true })),
            Err(error) => error,
        };
        if matches!(class_of(&error), Class::Denied | Class::TimedOut) {
            return Err(error);
        }
        // As with every publish, the branch tells what really happened.
        github.transport.back_off(Duration::from_secs(1)).await?;
        match read::head(&github.transport, repository, branch).await? {
            Head::Present(tip) => {
                let seen = Some(BTreeMap::new());
                Ok(Start::On(Base { tip, is_maybe_ours: false, is_branch: true, seen }))
            }
            Head::NoSuchBranch | Head::EmptyRepository => Err(error),
        }
    }
}
