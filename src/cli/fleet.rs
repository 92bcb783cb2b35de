//! Arguments of commands that write into the repository that a cluster is synced from.

use anyhow::Result;
use clap::Args;

use super::completion::Completes;
use crate::error::{Explain as _, usage};
use crate::kinds::kustomize::KUSTOMIZATION;

/// The value of `--commit` without one.
pub const COMMIT_ALONE: &str = "true";

/// Whether and how files go into the repository.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "Repository options")]
pub struct FleetArgs {
    /// Commit to the repository that the cluster is synced from, and wait until the cluster has applied it
    ///
    /// The repository, its branch and the folder are those of the cluster's own GitRepository and
    /// Kustomization. The token is read from GITHUB_TOKEN, else from standard input, else asked for.
    // A text, because upstream's `create source git --commit=SHA` is one: clap gives both the same place.
    #[arg(long, global = true, num_args = 0..=1, require_equals = true, default_missing_value = COMMIT_ALONE, hide_possible_values = true, value_name = "BOOL", value_parser = [COMMIT_ALONE, "false"], conflicts_with = "pull_request")]
    pub commit: Option<String>,

    /// Propose the same commit as a pull request and print its address; ends with 9 while it is open
    ///
    /// Running the command again updates the pull request that is open; there is never a second one.
    #[arg(long, global = true)]
    pub pull_request: bool,

    /// Wait until somebody has merged the pull request and the cluster has applied it
    #[arg(long, global = true)]
    pub wait_merge: bool,

    /// Kustomization that applies the folder to write to [default: the one with which Flux syncs itself]
    #[arg(long, global = true, value_name = "[NAMESPACE/]NAME", add = Completes::Names(&KUSTOMIZATION))]
    pub fleet: Option<String>,

    /// Host of GitHub, where the repository's address does not tell it
    #[arg(long, global = true, value_name = "HOST")]
    pub git_hostname: Option<String>,

    /// Message of the commit [default: what it adds]
    #[arg(long, global = true, value_name = "TEXT")]
    pub commit_message: Option<String>,
}

impl FleetArgs {
    /// Whether files go into the repository at all.
    ///
    /// # Errors
    /// [`crate::error::Class::Usage`] when something else is asked for that would then have no effect. Clap's own
    /// `requires` does not notice where one of several destinations is another one.
    pub fn is_chosen(&self) -> Result<bool> {
        let is_chosen = self.commit.as_deref() == Some(COMMIT_ALONE) || self.pull_request;
        let idle = [
            ("--wait-merge", self.wait_merge && !self.pull_request),
            ("--fleet", self.fleet.is_some() && !is_chosen),
            ("--git-hostname", self.git_hostname.is_some() && !is_chosen),
            ("--commit-message", self.commit_message.is_some() && !is_chosen),
        ];
        match idle.into_iter().find(|(_, is_idle)| *is_idle) {
            Some((flag @ "--wait-merge", _)) => {
                Err(usage(format!("{flag} has no effect here")).hint("add --pull-request"))
            }
            Some((flag, _)) => {
                Err(usage(format!("{flag} has no effect here"))
                    .hint("add --commit or --pull-request"))
            }
            None => Ok(is_chosen),
        }
    }
}
