//! How the commit reaches the branch: directly, or through a pull request that somebody merges.

use std::collections::BTreeMap;
use std::time::Duration;

use anyhow::{Result, anyhow};

use super::plan::{Plan, branch_name as checked_branch_name};
use super::preflight::Found;
use super::signing::Signer;
use crate::cli::proposal::{ProposalArgs, PullRequestMode};
use crate::commands::proposal::{Landed, landed, tell_published};
use crate::context::Context;
use crate::error::{Class, Explain as _, class_of, usage};
use crate::git_host::change::Change;
use crate::git_host::github::GitHub;
use crate::git_host::github::rules::{BranchRules, Rule};
use crate::git_host::pull_request::{Proposing as _, Topic, branch_name, code};
use crate::git_host::{
    GitHost as _, Head, Repository, is_refused_by_rule, is_refused_without_signature,
};

/// Seconds between two looks at a branch after a merge: GitHub may tell an old tip for a moment.
const LOOKS: [u64; 4] = [1, 2, 4, 8];

/// What the user wants of pull requests.
pub(super) struct Wanted {
    mode: PullRequestMode,
    waits: bool,
    /// The branch of the pull request.
    pub(super) branch: String,
}

/// The way that a commit takes.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Way<'a> {
    /// Straight to the branch.
    Commit,
    /// Through a pull request, which the user or this rule wants.
    Propose(Option<&'a Rule>),
}

impl Wanted {
    pub(super) fn new(plan: &Plan, args: &ProposalArgs) -> Result<Self> {
        args.check()?;
        let repository = plan.repository.to_string();
        let branch = match &args.pull_request_branch {
            Some(name) => checked_branch_name(name, "--pull-request-branch")?,
            None => branch_name("bootstrap", &[&repository, &plan.branch, &plan.path.to_string()]),
        };
        if branch == plan.branch {
            return Err(usage(format!("the pull request cannot be from {branch} to {branch}"))
                .hint("name another branch with --pull-request-branch"));
        }
        Ok(Self { mode: args.pull_request, waits: args.wait_merge, branch })
    }

    /// Refuses what is known to be impossible before anything is written.
    ///
    /// # Errors
    /// [`Class::Denied`] when a rule that binds the token wants a pull request and the user none, or forbids to
    /// create the branch; [`Class::Usage`] when one is wanted for a branch that is not there.
    pub(super) fn check(&self, branch: &str, head: &Head, rules: &BranchRules) -> Result<()> {
        let binding = rules.demands_pull_request().filter(|rule| rule.binds_us == Some(true));
        match (self.mode, head.tip(), binding) {
            (PullRequestMode::Never, Some(_), Some(rule)) => {
                let error = takes_no_commit(branch, rule).class(Class::Denied);
                Err(self.hint_another_way(error))
            }
            (PullRequestMode::Always, None, _) => Err(usage(format!(
                "there is no branch {branch} that a pull request could be merged into"
            ))
            .hint("leave out --pull-request for the first commit")),
            (_, None, _) => check_creation(branch, rules),
            _ => Ok(()),
        }
    }

    /// Says what can be done where a branch takes no direct commit.
    fn hint_another_way(&self, error: anyhow::Error) -> anyhow::Error {
        let error = match self.mode {
            PullRequestMode::Never => error.hint("propose it with --pull-request"),
            PullRequestMode::Auto | PullRequestMode::Always => error,
        };
        error.hint(
            "commit to another branch with --branch, or ask an owner to let the token bypass the rule",
        )
    }

    /// Whether a pull request is wanted of a repository that is made first.
    pub(super) fn is_always(&self) -> bool {
        self.mode == PullRequestMode::Always
    }

    /// Whether a commit that the branch refuses becomes a pull request.
    pub(super) fn falls_back(&self, head: &Head) -> bool {
        self.mode == PullRequestMode::Auto && head.tip().is_some()
    }

    /// The way of a commit to a branch that is at `head` and has these `rules`.
    pub(super) fn way<'a>(&self, head: &Head, rules: &'a BranchRules) -> Way<'a> {
        match (self.mode, rules.demands_pull_request()) {
            (PullRequestMode::Always, rule) => Way::Propose(rule),
            // A branch that is not there has nothing that a pull request could be merged into.
            (PullRequestMode::Auto, Some(rule)) if head.tip().is_some() => Way::Propose(Some(rule)),
            (PullRequestMode::Auto | PullRequestMode::Never, _) => Way::Commit,
        }
    }
}

/// The commit on its way to the branch that the cluster is synced from.
pub(super) struct Delivery<'a> {
    pub(super) ctx: &'a Context,
    pub(super) github: &'a GitHub,
    pub(super) repository: &'a Repository,
    pub(super) plan: &'a Plan,
    pub(super) wanted: &'a Wanted,
    pub(super) found: &'a Found,
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
        Topic { branch: self.wanted.branch.clone(), base: plan.branch.clone(), title, body }
    }

    /// The commit of the branch that holds what was proposed, after the merge.
    async fn merged(&self) -> Result<String> {
        let Self { ctx, github, repository, plan, .. } = *self;
        let mut pauses = LOOKS.iter();
        loop {
            let head = github.head(repository, &plan.branch).await?;
            let present = github.files_under(repository, &head, &plan.folder()).await?;
            let present = present.into_iter().map(|(path, blob)| (path, blob.sha)).collect();
            let others = differences(&self.expected(), &present);
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

    /// The folder as it is once the change is in it: object names by path.
    fn expected(&self) -> BTreeMap<String, String> {
        let found = self.found.files.iter().map(|(path, blob)| (path.clone(), blob.sha.clone()));
        let files = self.change.files().iter();
        found.chain(files.map(|file| (file.path().to_owned(), file.blob_sha()))).collect()
    }
}

fn check_creation(branch: &str, rules: &BranchRules) -> Result<()> {
    match rules.refuses_creation().filter(|rule| rule.binds_us == Some(true)) {
        None => Ok(()),
        Some(rule) => Err(anyhow!("there is no branch {branch}, and a rule forbids to create it: {rule}")
            .class(Class::Denied)
            .hint("name an existing branch with --branch, or ask an owner to let the token bypass the rule")),
    }
}

fn takes_no_commit(branch: &str, rule: &Rule) -> anyhow::Error {
    anyhow!("{branch} takes no direct commit: {rule}")
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
    use crate::git_host::Tip;
    use crate::git_host::github::rules::{Demand, Source};

    fn rules(demand: Demand, binds_us: Option<bool>) -> BranchRules {
        let rule = Rule { demand, source: Source::Protection, binds_us };
        BranchRules { rules: vec![rule], unseen: Vec::new() }
    }

    #[test]
    fn a_pull_request_is_for_branches_that_want_one_and_users_who_do() {
        use PullRequestMode::{Always, Auto, Never};
        let present = Head::Present(Tip { commit: String::new(), tree: String::new() });
        let reviews = || rules(Demand::PullRequest { approvals: 1 }, None);
        let spared = || rules(Demand::PullRequest { approvals: 1 }, Some(false));
        let signatures = || rules(Demand::Signatures, Some(true));
        for (mode, head, rules, is_proposed) in [
            (Auto, &present, BranchRules::default(), false),
            (Auto, &present, reviews(), true),
            (Auto, &present, spared(), false),
            (Auto, &present, signatures(), false),
            (Auto, &present, rules(Demand::MergeQueue, None), true),
            (Auto, &Head::NoSuchBranch, reviews(), false),
            (Auto, &Head::EmptyRepository, reviews(), false),
            (Always, &present, BranchRules::default(), true),
            (Never, &present, reviews(), false),
        ] {
            let wanted = Wanted { mode, waits: false, branch: "nigari/x".to_owned() };
            let way = wanted.way(head, &rules);
            assert_eq!(way != Way::Commit, is_proposed, "{mode:?} {head:?} {rules:?}");
        }
    }

    #[test]
    fn what_cannot_go_well_is_refused_and_what_might_is_tried() {
        use PullRequestMode::{Always, Auto, Never};
        let present = Head::Present(Tip { commit: String::new(), tree: String::new() });
        let reviews = |binds_us| rules(Demand::PullRequest { approvals: 1 }, binds_us);
        for (mode, head, rules, refused) in [
            (Never, &present, reviews(Some(true)), Some(Class::Denied)),
            (Never, &present, reviews(Some(false)), None),
            (Never, &present, reviews(None), None),
            (Never, &Head::NoSuchBranch, reviews(Some(true)), None),
            (Auto, &present, reviews(Some(true)), None),
            (Always, &present, reviews(None), None),
            (Always, &Head::EmptyRepository, BranchRules::default(), Some(Class::Usage)),
            (Auto, &Head::NoSuchBranch, rules(Demand::Creation, Some(true)), Some(Class::Denied)),
            (Auto, &Head::NoSuchBranch, rules(Demand::Creation, None), None),
            (Auto, &Head::NoSuchBranch, rules(Demand::Name, Some(true)), None),
            (Auto, &present, rules(Demand::Creation, Some(true)), None),
        ] {
            let wanted = Wanted { mode, waits: false, branch: "nigari/x".to_owned() };
            let checked = wanted.check("main", head, &rules).map_err(|error| class_of(&error));
            assert_eq!(checked.err(), refused, "{mode:?} {head:?} {rules:?}");
        }
    }

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
