//! Which way a commit takes: what the user wants of pull requests, held against the branch's rules. Pure.

use anyhow::{Result, anyhow};

use crate::cli::proposal::{ProposalArgs, PullRequestMode};
use crate::commands::bootstrap::plan::{Plan, branch_name as checked_branch_name};
use crate::error::{Class, Explain as _, usage};
use crate::git_host::github::rules::{BranchRules, Rule};
use crate::git_host::pull_request::branch_name;
use crate::git_host::{Head, RepositoryName};

/// What the user wants of pull requests.
pub(in crate::commands::bootstrap) struct Wanted {
    mode: PullRequestMode,
    pub(super) waits: bool,
    /// The branch of the pull request, if it was named.
    branch: Option<String>,
}

/// The way that a commit takes.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::commands::bootstrap) enum Way<'a> {
    /// Straight to the branch.
    Commit,
    /// Through a pull request, which the user or this rule wants.
    Propose(Option<&'a Rule>),
}

impl Wanted {
    pub(in crate::commands::bootstrap) fn new(plan: &Plan, args: &ProposalArgs) -> Result<Self> {
        args.check()?;
        let checked = |name: &String| checked_branch_name(name, "--pull-request-branch");
        let branch = args.pull_request_branch.as_ref().map(checked).transpose()?;
        if branch.as_ref() == Some(&plan.branch) {
            let branch = &plan.branch;
            return Err(usage(format!("the pull request cannot be from {branch} to {branch}"))
                .hint("name another branch with --pull-request-branch"));
        }
        Ok(Self { mode: args.pull_request, waits: args.wait_merge, branch })
    }

    /// The branch of the pull request: the same one however the repository's name was typed.
    pub(in crate::commands::bootstrap) fn branch(
        &self,
        plan: &Plan,
        repository: &RepositoryName,
    ) -> String {
        let of_topic = || {
            let repository = repository.to_string().to_ascii_lowercase();
            branch_name("bootstrap", &[&repository, &plan.branch, &plan.path.to_string()])
        };
        self.branch.clone().unwrap_or_else(of_topic)
    }

    /// Refuses what is known to be impossible before anything is written.
    ///
    /// # Errors
    /// [`Class::Denied`] when a rule that binds the token wants a pull request and the user none, or forbids to
    /// create the branch; [`Class::Usage`] when one is wanted for a branch that is not there.
    pub(in crate::commands::bootstrap) fn check(
        &self,
        branch: &str,
        head: &Head,
        rules: &BranchRules,
    ) -> Result<()> {
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
    pub(super) fn hint_another_way(&self, error: anyhow::Error) -> anyhow::Error {
        let error = match self.mode {
            PullRequestMode::Never => error.hint("propose it with --pull-request"),
            PullRequestMode::Auto | PullRequestMode::Always => error,
        };
        error.hint(
            "commit to another branch with --branch, or ask an owner to let the token bypass the rule",
        )
    }

    /// Whether a pull request is wanted of a repository that is made first.
    pub(in crate::commands::bootstrap) fn is_always(&self) -> bool {
        self.mode == PullRequestMode::Always
    }

    /// Whether a commit that the branch refuses becomes a pull request.
    pub(in crate::commands::bootstrap) fn falls_back(&self, head: &Head) -> bool {
        self.mode == PullRequestMode::Auto && head.tip().is_some()
    }

    /// The way of a commit to a branch that is at `head` and has these `rules`.
    pub(in crate::commands::bootstrap) fn way<'a>(
        &self,
        head: &Head,
        rules: &'a BranchRules,
    ) -> Way<'a> {
        match (self.mode, rules.demands_pull_request()) {
            (PullRequestMode::Always, rule) => Way::Propose(rule),
            // A branch that is not there has nothing that a pull request could be merged into.
            (PullRequestMode::Auto, Some(rule)) if head.tip().is_some() => Way::Propose(Some(rule)),
            (PullRequestMode::Auto | PullRequestMode::Never, _) => Way::Commit,
        }
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

/// The error where a rule forbids a commit to the branch.
pub(super) fn takes_no_commit(branch: &str, rule: &Rule) -> anyhow::Error {
    anyhow!("{branch} takes no direct commit: {rule}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::class_of;
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
            let wanted = Wanted { mode, waits: false, branch: None };
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
            let wanted = Wanted { mode, waits: false, branch: None };
            let checked = wanted.check("main", head, &rules).map_err(|error| class_of(&error));
            assert_eq!(checked.err(), refused, "{mode:?} {head:?} {rules:?}");
        }
    }
}
