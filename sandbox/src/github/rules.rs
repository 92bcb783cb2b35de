//! Branch rules: one table for REST, GraphQL and the pre-receive hook.

use std::fmt::Write as _;
use std::io;
use std::path::Path;

use serde_json::{Value, json};

use super::state::Repository;

/// A rule that protects a branch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rule {
    /// Ruleset: changes of a branch that exists go through a pull request.
    PullRequest,
    /// Ruleset: every commit carries a signature.
    RequiredSignatures,
    /// Ruleset: the named status check passed on the commit.
    RequiredStatusCheck(String),
    /// Ruleset: no force push.
    NonFastForward,
    /// Ruleset: changes of a branch that exists are merged by a queue.
    MergeQueue,
    /// Ruleset: the branch is not created.
    Creation,
    /// Classic branch protection with one required review.
    RequiredReviews,
    /// The same for everybody but administrators, who are people and no Apps. Over git it binds them as well.
    ReviewsUnlessAdministrator,
    /// Classic branch protection that lets nobody push.
    RestrictedPushes,
    /// Classic branch protection that makes the branch read-only.
    Locked,
    /// The branch is that of a pull request in the merge queue.
    Queued,
}

/// When a rule refuses a change of its branch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Refuses {
    /// Every change of a branch that exists.
    Update,
    /// A change that brings a commit without a signature.
    Unsigned,
    /// A change that drops commits.
    Rewrite,
    /// The creation of the branch.
    Creation,
}

/// What is about to happen to a branch.
#[derive(Clone, Copy, Debug)]
pub(super) struct BranchChange {
    pub(super) exists: bool,
    pub(super) is_fast_forward: bool,
    pub(super) is_signed: bool,
    /// Whether somebody with the role of an administrator makes it; Apps have no role.
    pub(super) is_by_administrator: bool,
}

impl Rule {
    /// Whether it is classic protection rather than part of a ruleset; each has its own endpoint.
    pub(super) fn is_classic(&self) -> bool {
        matches!(
            self,
            Self::RequiredReviews
                | Self::ReviewsUnlessAdministrator
                | Self::RestrictedPushes
                | Self::Locked
                | Self::Queued
        )
    }

    fn refuses(&self) -> Refuses {
        match self {
            Self::PullRequest
            | Self::RequiredStatusCheck(_)
            | Self::MergeQueue
            | Self::RequiredReviews
            | Self::ReviewsUnlessAdministrator
            | Self::RestrictedPushes
            | Self::Locked
            | Self::Queued => Refuses::Update,
            Self::Creation => Refuses::Creation,
            Self::RequiredSignatures => Refuses::Unsigned,
            Self::NonFastForward => Refuses::Rewrite,
        }
    }

    fn message(&self) -> String {
        match self {
            Self::PullRequest => "Changes must be made through a pull request.".to_owned(),
            Self::RequiredSignatures => "Commits must have verified signatures.".to_owned(),
            Self::RequiredStatusCheck(check) => {
                format!("Required status check \"{check}\" is expected.")
            }
            Self::NonFastForward => "Cannot force-push to this branch".to_owned(),
            Self::MergeQueue => "Changes must be made through the merge queue".to_owned(),
            Self::Creation => "Cannot create ref due to creations being restricted.".to_owned(),
            Self::RequiredReviews | Self::ReviewsUnlessAdministrator => {
                "At least 1 approving review is required by reviewers with write access.".to_owned()
            }
            Self::RestrictedPushes => "You're not authorized to push to this branch. Visit \
                 https://docs.github.com/articles/about-protected-branches/ for more information."
                .to_owned(),
            Self::Locked => "Cannot change this locked branch".to_owned(),
            Self::Queued => {
                "This branch has been added to a merge queue. Branches that are queued \
                             for merging cannot be updated."
                    .to_owned()
            }
        }
    }

    fn binds(&self, change: BranchChange) -> bool {
        if *self == Self::ReviewsUnlessAdministrator && change.is_by_administrator {
            return false;
        }
        match self.refuses() {
            Refuses::Update => change.exists,
            Refuses::Unsigned => !change.is_signed,
            Refuses::Rewrite => change.exists && !change.is_fast_forward,
            Refuses::Creation => !change.exists,
        }
    }

    /// The rule as `GET rules/branches/{branch}` lists it; `None` for classic protection.
    pub(super) fn to_json(&self, repository: &Repository) -> Option<Value> {
        let mut rule = match self {
            Self::PullRequest => json!({ "type": "pull_request", "parameters": {
                "required_approving_review_count": 1,
                "dismiss_stale_reviews_on_push": false,
                "require_code_owner_review": false,
                "require_last_push_approval": false,
                "required_review_thread_resolution": false,
            }}),
            Self::RequiredSignatures => json!({ "type": "required_signatures" }),
            Self::RequiredStatusCheck(check) => {
                json!({ "type": "required_status_checks", "parameters": {
                    "required_status_checks": [{ "context": check }],
                    "strict_required_status_checks_policy": false,
                }})
            }
            Self::NonFastForward => json!({ "type": "non_fast_forward" }),
            Self::MergeQueue => json!({ "type": "merge_queue", "parameters": {
                "check_response_timeout_minutes": 60,
                "grouping_strategy": "ALLGREEN",
                "max_entries_to_build": 5,
                "max_entries_to_merge": 5,
                "merge_method": "MERGE",
                "min_entries_to_merge": 1,
                "min_entries_to_merge_wait_minutes": 5,
            }}),
            Self::Creation => json!({ "type": "creation" }),
            Self::RequiredReviews
            | Self::ReviewsUnlessAdministrator
            | Self::RestrictedPushes
            | Self::Locked
            | Self::Queued => return None,
        };
        rule["ruleset_source_type"] = "Repository".into();
        rule["ruleset_source"] = repository.full_name().into();
        rule["ruleset_id"] = repository.id.into();
        Some(rule)
    }
}

/// The message with which GitHub's APIs refuse `change`, if a rule of `branch` binds it.
pub(super) fn violation(
    repository: &Repository,
    branch: &str,
    change: BranchChange,
) -> Option<String> {
    let binding: Vec<&Rule> =
        repository.rules_of(branch).into_iter().filter(|rule| rule.binds(change)).collect();
    let (classic, ruleset): (Vec<&Rule>, Vec<&Rule>) =
        binding.into_iter().partition(|rule| rule.is_classic());
    if let Some(rule) = classic.first() {
        return Some(rule.message());
    }
    let messages: Vec<String> = ruleset.iter().map(|rule| rule.message()).collect();
    (!messages.is_empty())
        .then(|| format!("Repository rule violations found\n\n{}\n\n", messages.join("\n")))
}

/// Writes the table that the pre-receive hook reads, and the hook.
///
/// # Errors
/// When the bare repository cannot be written to.
pub(super) fn install_hook(repository: &Repository) -> io::Result<()> {
    let mut table = String::new();
    for (branch, rule) in &repository.rules {
        let condition = match rule.refuses() {
            Refuses::Update => "update",
            Refuses::Unsigned => "unsigned",
            Refuses::Rewrite => "rewrite",
            Refuses::Creation => "creation",
        };
        let code = if rule.is_classic() { "GH006" } else { "GH013" };
        let message = rule.message();
        let _ = writeln!(table, "{condition} refs/heads/{branch} {code} {message}");
    }
    let hooks = repository.path.join("hooks");
    std::fs::create_dir_all(&hooks)?;
    std::fs::write(repository.path.join("branch-rules"), table)?;
    let hook = hooks.join("pre-receive");
    std::fs::write(&hook, include_str!("pre-receive.sh"))?;
    make_executable(&hook)
}

fn make_executable(path: &Path) -> io::Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o755))?;
    }
    // Elsewhere git runs hooks whatever their mode is.
    #[cfg(not(unix))]
    let _ = path;
    Ok(())
}
