//! Installs Flux from a Git repository and lets it keep itself in sync: plan, check, do, prove.
//!
//! | module | what it does |
//! |---|---|
//! | [`github`] | the story for GitHub |
//! | `plan` | what will be done, decided from the arguments alone |
//! | `preflight` | read-only checks of the host and the cluster |
//! | `overlay` | a folder that only kustomize can build |
//! | `objects` | what is applied |
//! | `access` | how the host is reached, from here and from the cluster |
//! | `login` | who talks to the host |
//! | `known_hosts` | the host keys that the cluster is to trust |
//! | `credentials` | the source Secret and the deploy key |
//! | `former_keys` | deploy keys beside the cluster's own: which go, and which may be another's |
//! | `rotation` | other credentials, proven before the old ones go |
//! | `teams` | rights of teams |
//! | `dry_run` | what would be done |
//! | `proposal` | how the commit reaches the branch: directly or through a pull request |
//! | `signing` | who signs the commit, and why |
//! | `prove` | waits until the cluster has applied the commit |

mod access;
mod credentials;
mod dry_run;
mod former_keys;
pub mod github;
mod known_hosts;
mod login;
mod objects;
mod overlay;
mod plan;
mod preflight;
mod proposal;
mod prove;
mod rotation;
mod signing;
mod teams;

use anyhow::Result;

use crate::cli::bootstrap::{BootstrapArgs, BootstrapHost};
use crate::context::Context;

/// Bootstraps from the host that was named.
///
/// # Errors
/// The host's.
pub async fn run(ctx: &Context, args: BootstrapArgs) -> Result<()> {
    match args.host {
        BootstrapHost::GitHub(args) => github::run(ctx, &args).await,
    }
}
