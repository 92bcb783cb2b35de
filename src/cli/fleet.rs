//! Arguments of commands that write into the repository that a cluster is synced from.

use anyhow::Result;
use clap::Args;

use super::completion::Completes;
use crate::error::{Explain as _, usage};
use crate::kinds::kustomize::KUSTOMIZATION;

/// Whether and how files go into the repository.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "Repository options")]
pub struct FleetArgs {
    /// Commit to the repository that the cluster is synced from, and wait until the cluster has applied it
    ///
    /// The repository, its branch and the folder are those of the cluster's own GitRepository and
    /// Kustomization. The token is read from GITHUB_TOKEN, else from standard input, else asked for.
    #[arg(long, conflicts_with = "pull_request")]
    pub commit: bool,

    /// Propose the same commit as a pull request and print its address; ends with 9 while it is open
    ///
    /// Running the command again updates the pull request that is open; there is never a second one.
    #[arg(long)]
    pub pull_request: bool,

    /// Wait until somebody has merged the pull request and the cluster has applied it
    #[arg(long)]
    pub wait_merge: bool,

    /// Kustomization that applies the folder to write to [default: the one with which Flux syncs itself]
    #[arg(long, value_name = "[NAMESPACE/]NAME", add = Completes::Names(&KUSTOMIZATION))]
    pub fleet: Option<String>,

    /// Host of GitHub, where the repository's address does not tell it
    #[arg(long, value_name = "HOST")]
    pub hostname: Option<String>,

    /// Message of the commit [default: what it adds]
    #[arg(long, value_name = "TEXT")]
    pub commit_message: Option<String>,
}

impl FleetArgs {
    /// Whether files go into the repository at all.
    ///
    /// # Errors
    /// [`crate::error::Class::Usage`] when something else is asked for that would then have no effect. Clap's own
    /// `requires` does not notice where one of several destinations is another one.
    pub fn is_chosen(&self) -> Result<bool> {
        let is_chosen = self.commit || self.pull_request;
        let idle = [
            ("--wait-merge", self.wait_merge && !self.pull_request),
            ("--fleet", self.fleet.is_some() && !is_chosen),
            ("--hostname", self.hostname.is_some() && !is_chosen),
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
