//! A topic's branch that cannot be merged any more, made anew on its base.
//!
//! Only as long as it holds nothing but ours: what somebody else put there is neither lost nor merged by us.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use anyhow::{Result, anyhow};
use serde::Deserialize;
use serde_json::json;

use super::additions::{Additions, Changed};
use super::commit::Made;
use super::graphql::{self, Outcome};
use super::scaffold::Scaffold;
use super::transport::{Call, Sent, encoded};
use super::{GitHub, commit, read};
use crate::error::{Class, Explain as _, class_of};
use crate::git_host::change::{Change, Draft, File};
use crate::git_host::pull_request::{PullRequest, Topic};
use crate::git_host::{Blob, GitHost as _, Head, Published, Repository, Tip};

/// Seconds between two looks: GitHub takes a moment to find out what a push made of a pull request.
const LOOKS: [u64; 5] = [1, 1, 2, 4, 8];

/// A topic's branch, and what it is made of.
pub(super) struct Rebuild<'a, D> {
    pub(super) github: &'a GitHub,
    pub(super) repository: &'a Repository,
    pub(super) topic: &'a Topic,
    pub(super) branch: &'a str,
    pub(super) base: &'a Tip,
    pub(super) draft: &'a D,
}

/// The commit that the branch begins anew with.
enum Anew<'a> {
    Made(Made),
    /// GitHub has made and signed it.
    OnScaffold(String, Scaffold<'a>),
}

impl Anew<'_> {
    fn name(&self) -> &str {
        match self {
            Self::Made(made) => made.name(),
            Self::OnScaffold(name, _) => name,
        }
    }
}

impl<D: Draft> Rebuild<'_, D> {
    /// Whether the base has commits that the branch does not have; without them there is nothing to meet.
    pub(super) async fn is_behind(&self, head: &Head) -> Result<bool> {
        let Some(tip) = head.tip() else { return Ok(false) };
        let (base, tip) = (&self.base.commit, &tip.commit);
        Ok(!self.github.is_descendant(self.repository, base, tip).await?)
    }

    /// Whether GitHub cannot merge the pull request. One that it has not judged in time counts as one that
    /// it can.
    pub(super) async fn conflicts(&self, pull_request: &PullRequest) -> Result<bool> {
        #[derive(Deserialize)]
        struct Judged {
            mergeable: Option<bool>,
        }
        let path = format!("/repos/{}/pulls/{}", self.repository.name, pull_request.number);
        let doing = format!("read pull request {}", pull_request.web_url);
        for pause in LOOKS {
            let reply = self.github.transport.ask(Call::get(&path)).await?;
            if let Some(mergeable) = reply.json::<Judged>(&doing)?.mergeable {
                return Ok(!mergeable);
            }
            let what = format!("GitHub to judge {}", pull_request.web_url);
            self.github.transport.sleep(Duration::from_secs(pause), &what).await?;
        }
        Ok(false)
    }

    /// Puts one commit on the base in the place of everything that the branch has.
    ///
    /// # Errors
    /// [`Class::Conflict`] when somebody else has committed to the branch, naming whom.
    pub(super) async fn run(&self, head: &Head, pull_request: &PullRequest) -> Result<Published> {
        let Some(old) = head.tip() else {
            return Err(anyhow!("branch {} is gone", self.branch).class(Class::Conflict));
        };
        self.refuse_others(old, pull_request).await?;
        let Self { github, repository, base, .. } = self;
        let change = self.draft.on(&Head::Present((*base).clone())).await?;
        let paths = change.files().iter().map(File::path);
        let present = read::blobs_at(github, repository, base, paths).await?;
        let files = change.difference(&present);
        let made = self.make(&change, &files, &present).await?;
        self.replace(&old.commit, &made).await?;
        github.tell_unsigned(&change);
        Ok(Published { commit: made.name().to_owned(), is_new: true })
    }

    /// Makes the commit, signed by whom the change says.
    async fn make(
        &self,
        change: &Change,
        files: &[&File],
        present: &BTreeMap<String, Blob>,
    ) -> Result<Anew<'_>> {
        let Self { github, repository, base, branch, .. } = *self;
        if github.is_to_commit(change, files, present) {
            let scaffold = Scaffold::new(github, repository, branch);
            match scaffold.commit(base, change, files).await? {
                Ok(commit) => return Ok(Anew::OnScaffold(commit, scaffold)),
                Err(reason) => github.commit_unsigned(reason),
            }
        }
        let stored = BTreeSet::new();
        let made = commit::make(github, repository, base, change, files, present, &stored);
        Ok(Anew::Made(made.await?))
    }

    /// Refuses when the branch holds more than runs of the same command have put there.
    async fn refuse_others(&self, old: &Tip, pull_request: &PullRequest) -> Result<()> {
        let Self { github, repository, base, draft, .. } = *self;
        let anew = draft.on(&Head::Present(base.clone())).await?;
        let ends = (base, old);
        let added = Additions::read(github, repository, ends, pull_request, anew.author()).await;
        let added = added.map_err(|error| self.not_made_anew(pull_request, error))?;
        if let Some(foreign) = added.foreign() {
            let (author, short) = (foreign.author(), foreign.short());
            let error = anyhow!("{author} has committed {short} to it").class(Class::Conflict);
            return Err(self.not_made_anew(pull_request, error));
        }
        let ours = draft.on(&Head::Present(added.start())).await?;
        let is_extra = |file: &&Changed| !ours.holds(&file.filename, file.sha.as_deref());
        match added.files().iter().find(is_extra) {
            Some(extra) => {
                let what = format!("it changes {} as well, which is not ours", extra.filename);
                Err(self.not_made_anew(pull_request, anyhow!(what).class(Class::Conflict)))
            }
            None => Ok(()),
        }
    }

    fn not_made_anew(&self, pull_request: &PullRequest, why: anyhow::Error) -> anyhow::Error {
        let (number, base) = (pull_request.number, &self.topic.base);
        if class_of(&why) != Class::Conflict {
            return why;
        }
        why.context(format!(
            "pull request #{number} cannot be merged into {base} any more, and is not made anew"
        ))
        .hint(format!(
            "merge {base} into branch {} yourself, or close the pull request",
            self.branch
        ))
    }

    /// Moves the branch from `old` to `new`, which is not built on it, unless it has moved meanwhile.
    async fn replace(&self, old: &str, made: &Anew<'_>) -> Result<()> {
        let Self { github, repository, branch, .. } = self;
        let new = made.name();
        let moved = match made {
            Anew::OnScaffold(_, scaffold) => {
                let dropped = scaffold.branch();
                let call = graphql::replace_ref_and_drop(repository, branch, old, new, dropped);
                let failure = self.point(old, new, &call).await?;
                if failure.is_some() {
                    scaffold.remove().await?;
                }
                failure
            }
            Anew::Made(Made::Stored(_)) => {
                let call = graphql::replace_ref(repository, branch, old, new);
                self.point(old, new, &call).await?
            }
            Anew::Made(Made::ToPush { name, text }) => {
                let push = github.push_to(repository, branch).await?;
                let push = push.commit(Some(old), name, text.as_bytes());
                let deadline = github.transport.deadline;
                deadline.within("a push to GitHub", push).await.err()
            }
        };
        let Some(failure) = moved else { return Ok(()) };
        // As with every publish, the branch tells what really happened.
        let head = read::head(&github.transport, repository, branch).await?;
        match head.tip().map(|tip| tip.commit.as_str()) {
            Some(tip) if tip == new => Ok(()),
            Some(tip) if tip == old => {
                Err(failure
                    .context(format!("cannot update branch {branch} of {}", repository.name)))
            }
            _ => Err(anyhow!("branch {branch} of {} has changed meanwhile", repository.name)
                .class(Class::Conflict)
                .hint("run the command again")),
        }
    }

    /// Points the branch elsewhere with `call`; returns why it may not have happened.
    async fn point(&self, old: &str, new: &str, call: &Call) -> Result<Option<anyhow::Error>> {
        let reply = match self.github.transport.send(call).await? {
            Sent::Unknown(error) => return Ok(Some(error)),
            Sent::Answered(reply) => reply,
        };
        match graphql::outcome(&reply) {
            Outcome::Applied => Ok(None),
            Outcome::Refused(error) => Ok(Some(error)),
            Outcome::TooLarge => Ok(Some(super::refusal::of(&reply))),
            Outcome::Unavailable => self.force(old, new).await,
        }
    }

    /// The way without GraphQL; the branch is read once more, because REST compares nothing.
    async fn force(&self, old: &str, new: &str) -> Result<Option<anyhow::Error>> {
        let Self { github, repository, branch, .. } = self;
        let head = read::head(&github.transport, repository, branch).await?;
        if head.tip().is_none_or(|tip| tip.commit != old) {
            return Ok(Some(anyhow!("the branch has moved").class(Class::Conflict)));
        }
        let path = format!("/repos/{}/git/refs/heads/{}", repository.name, encoded(branch));
        let call = Call::update(path, json!({ "sha": new, "force": true }));
        Ok(match github.transport.send(&call).await? {
            Sent::Answered(reply) if reply.status.is_success() => None,
            Sent::Answered(reply) => Some(super::refusal::of(&reply)),
            Sent::Unknown(error) => Some(error),
        })
    }
}
