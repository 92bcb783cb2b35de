//! Arguments of a commit that may have to go through a pull request.

use anyhow::Result;
use clap::{Args, ValueEnum};

use crate::error::{Explain as _, usage};

/// Whether and how a commit is proposed.
#[derive(Args, Debug)]
#[command(next_help_heading = "Pull request options")]
pub struct ProposalArgs {
    /// When to propose the commit as a pull request; alone it means always
    ///
    /// There is one branch and one pull request for the same repository, branch and path, which later runs
    /// update. The command prints its address and ends with 9 while it is open; once it is merged, the same
    /// command goes on.
    #[arg(long, value_name = "WHEN", num_args = 0..=1, require_equals = true, default_missing_value = "always", default_value = "auto")]
    pub pull_request: PullRequestMode,

    /// Wait until somebody has merged the pull request, and go on then
    #[arg(long)]
    pub wait_merge: bool,

    /// Branch of the pull request, where rules want another name than nigari/bootstrap-…
    #[arg(long, value_name = "BRANCH")]
    pub pull_request_branch: Option<String>,
}

/// When a commit is proposed as a pull request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum PullRequestMode {
    /// Where a rule of the branch asks for it, seen beforehand or by a refusal
    Auto,
    /// Always
    Always,
    /// Never: a rule that refuses the commit is an error
    Never,
}

impl ProposalArgs {
    /// Checks that nothing is asked for that would have no effect.
    ///
    /// # Errors
    /// [`crate::error::Class::Usage`] naming the flag.
    pub fn check(&self) -> Result<()> {
        let idle = [
            ("--wait-merge", self.wait_merge),
            ("--pull-request-branch", self.pull_request_branch.is_some()),
        ];
        let is_never = self.pull_request == PullRequestMode::Never;
        match idle.into_iter().find(|(_, is_given)| *is_given && is_never) {
            Some((flag, _)) => {
                Err(usage(format!("{flag} has no effect with --pull-request=never"))
                    .hint("leave one of them out"))
            }
            None => Ok(()),
        }
    }
}
