//! How the commit reaches the branch: directly, or through a pull request that somebody merges.

mod wanted;

use std::collections::BTreeMap;
use std::time::Duration;

use anyhow::{Result, anyhow};

use wanted::takes_no_commit;
pub(super) use wanted::{Wanted, Way};

use super::overlay::Overlay;
use super::plan::Plan;
use super::preflight::Found;
use super::signing::Signer;
use crate::commands::proposal::{Landed, landed, tell_published};
use crate::context::Context;
use crate::error::{Class, Explain as _, class_of};
use crate::git_host::change::Change;
use crate::git_host::github::GitHub;
use crate::git_host::github::rules::BranchRules;
use crate::git_host::pull_request::{Proposing as _, Topic, code};
use crate::git_host::{GitHost as _, Repository, is_refused_by_rule, is_refused_without_signature};

/// Seconds between two looks at a branch after a merge: GitHub may tell an old tip for a moment.
const LOOKS: [u64; 4] = [1, 2, 4, 8];

/// The commit on its way to the branch that the cluster is synced from.
pub(super) struct Delivery<'a> {
    pub(super) ctx: &'a Context,
    pub(super) github: &'a GitHub,
    pub(super) repository: &'a Repository,
    pub(super) plan: &'a Plan,
    pub(super) wanted: &'a Wanted,
    pub(super) found: &'a Found,
    /// What the pull request holds that was open before.
    pub(super) proposed: Option<&'a Found>,
    pub(super) rules: &'a BranchRules,
    pub(super) change: &'a Change,
    pub(super) signer: &'a Signer,
}

impl Delivery<'_> {
    /// Brings the files to the branch and returns the commit that holds them there.
    ///
    /// # Errors
    /// [`Class::Waiting`] while a pull request is open; [`Class::Denied`] when a rule forbids the commit and
    /// no pull request is wanted; those of publishing and proposing.
    pub(super) async fn run(&self) -> Result<String> {
        let Self { ctx, plan, found, rules, wanted, .. } = *self;
        let is_there =
            found.head.tip().is_some() && self.change.difference(&found.files).is_empty();
        if !is_there {
            self.signer.check(&plan.branch, &found.head, rules)?;
            if let Some(rule) = rules.demands_signatures() {
                ctx.output.action(format_args!("a rule of {}: {rule}", plan.branch));
            }
            ctx.output.action(self.signer.on(&found.head));
        }
        match wanted.way(&found.head, rules) {
            Way::Propose(rule) if !is_there => {
                for rule in
                    rule.into_iter().chain(rules.has_merge_queue().filter(|it| Some(*it) != rule))
                {
                    ctx.output.action(format_args!("a rule of {}: {rule}", plan.branch));
                }
                return self.propose().await;
            }
            Way::Propose(_) | Way::Commit => {}
        }
        match self.commit().await {
            Err(error) if self.is_to_be_proposed(&error) => {
                let branch = &plan.branch;
                // GitHub's own words; around them is only what we were doing.
                let words =
                    error.chain().nth(1).map_or_else(|| error.to_string(), |it| it.to_string());
                ctx.output.warn(format_args!("{branch} takes no direct commit: {words}"));
                self.propose().await
            }
            outcome => outcome.map_err(|error| self.explain(error)),
        }
    }

    async fn commit(&self) -> Result<String> {
        let Self { ctx, github, repository, plan, found, .. } = *self;
        let published = github.publish(repository, &plan.branch, &found.head, self.change).await?;
        tell_published(ctx, repository, &plan.branch, &published);
        let rules = self.rules;
        let bypassed = rules.waives_pull_request().or_else(|| rules.demands_pull_request());
        let bypassed = bypassed.filter(|_| published.is_new);
        if let (Some(rule), Some(_)) = (bypassed, found.head.tip()) {
            ctx.output.warn(format_args!(
                "GitHub took the commit past a rule of {}: {rule}; the token is exempt from it",
                plan.branch
            ));
        }
        Ok(published.commit)
    }

    /// Whether a pull request may do what was refused.
    fn is_to_be_proposed(&self, error: &anyhow::Error) -> bool {
        self.wanted.falls_back(&self.found.head)
            && is_refused_by_rule(error)
            && !is_refused_without_signature(error)
    }

    /// Says which rule forbids the commit, and what to do.
    fn explain(&self, error: anyhow::Error) -> anyhow::Error {
        if !is_refused_by_rule(&error) {
            return error;
        }
        if is_refused_without_signature(&error) {
            return self.signer.explain(error);
        }
        let error = match self.rules.demands_pull_request() {
            Some(rule) => {
                let what = takes_no_commit(&self.plan.branch, rule).to_string();
                error.context(what).class(Class::Denied)
            }
            None => error,
        };
        self.wanted.hint_another_way(error)
    }

    async fn propose(&self) -> Result<String> {
        let Self { ctx, github, repository, plan, wanted, .. } = *self;
        let proposal = github.propose(repository, &self.topic(), self.change).await;
        let proposal = proposal.map_err(|error| match is_refused_by_rule(&error) {
            true => error.hint("name a branch that the rules allow with --pull-request-branch"),
            false => error,
        })?;
        let landed = landed(ctx, github, repository, &plan.branch, proposal, wanted.waits).await;
        let landed = landed.map_err(|error| match class_of(&error) {
            Class::Waiting | Class::TimedOut => {
                error.hint("or run the same command again when it is merged: it goes on from there")
            }
            _ => error,
        });
        match landed? {
            Landed::AlreadyThere(commit) => Ok(commit),
            Landed::Merged => self.merged().await,
        }
    }

    fn topic(&self) -> Topic {
        let (plan, change) = (self.plan, self.change);
        let title = change.message().lines().next().unwrap_or_default().to_owned();
        let lines = change.files().iter().map(|file| format!("- {}\n", code(file.path())));
        let body = format!(
            "{}\nFlux is installed on the cluster when this is merged and the same command is run again. Until \
             then it updates this pull request.\n",
            lines.collect::<String>()
        );
        let branch = self.wanted.branch(plan, &self.repository.name);
        Topic { branch, base: plan.branch.clone(), title, body }
    }

    /// The commit of the branch that holds what was proposed, after the merge.
    async fn merged(&self) -> Result<String> {
        let Self { ctx, github, repository, plan, .. } = *self;
        let expected = self.expected();
        let paths: Vec<String> = expected.keys().cloned().collect();
        let mut pauses = LOOKS.iter();
        loop {
            let head = github.head(repository, &plan.branch).await?;
            let present = github.files_at(repository, &head, &paths).await?;
            let present = present.into_iter().map(|(path, blob)| (path, blob.sha)).collect();
            let others = differences(&expected, &present);
            match (head.tip(), pauses.next()) {
                (Some(tip), _) if others.is_empty() => return Ok(tip.commit.clone()),
                (_, Some(pause)) => {
                    let pause = async {
                        tokio::time::sleep(Duration::from_secs(*pause)).await;
                        Ok(())
                    };
                    ctx.deadline.within("GitHub to tell the merged commit", pause).await?;
                }
                (_, None) => {
                    let others = others.join(", ");
                    return Err(anyhow!("what was merged is not what was proposed: {others}")
                        .class(Class::Conflict)
                        .hint("run the same command again: it takes in what is there now"));
                }
            }
        }
    }

    /// What the cluster gets, as it is once the change is in it: object names by path. Whatever else is in the
    /// folder is nothing of ours.
    fn expected(&self) -> BTreeMap<String, String> {
        let found = self.proposed.unwrap_or(self.found);
        let owned = |(path, sha): (&str, &str)| (path.to_owned(), sha.to_owned());
        let built = found.overlay.iter().flat_map(Overlay::files).map(owned);
        let mut expected: BTreeMap<String, String> = built.collect();
        for file in self.change.files() {
            let kept = found.files.get(file.path()).filter(|_| file.is_kept());
            let sha = kept.map_or_else(|| file.blob_sha(), |blob| blob.sha.clone());
            expected.insert(file.path().to_owned(), sha);
        }
        expected
    }
}

/// The paths at which two folders differ.
fn differences(one: &BTreeMap<String, String>, other: &BTreeMap<String, String>) -> Vec<String> {
    let mut paths: Vec<String> = one.keys().chain(other.keys()).cloned().collect();
    paths.sort_unstable();
    paths.dedup();
    paths.retain(|path| one.get(path) != other.get(path));
    paths
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_differ_where_a_file_is_other_or_missing() {
        let folder = |files: &[(&str, &str)]| {
            files.iter().map(|(path, sha)| ((*path).to_owned(), (*sha).to_owned())).collect()
        };
        let one = folder(&[("a", "1"), ("b", "2"), ("c", "3")]);
        let other = folder(&[("a", "1"), ("b", "x"), ("d", "4")]);
        assert_eq!(differences(&one, &other), ["b", "c", "d"]);
        assert!(differences(&one, &one).is_empty());
    }
}
