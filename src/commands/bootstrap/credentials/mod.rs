//! What lets the cluster fetch the repository: the source Secret and the deploy key.
//!
//! | module | what it is |
//! |---|---|
//! | `contents` | what a Secret holds, has to hold and must not hold; pure |
//! | `secret` | the Secret of the cluster: read, written, told of |
//! | `deploy_key` | over SSH, with a key of its own |
//! | `held` | over HTTPS, with what the Secret holds |

mod contents;
mod deploy_key;
mod held;
mod secret;

use anyhow::Result;

pub(super) use deploy_key::{DeployKey, GivenKey};
pub(super) use held::Held;
pub(super) use secret::{read_secret, write_secret};

use super::plan::Plan;
use crate::context::Context;
use crate::git_host::github::deploy_key_title;
use crate::git_host::{GitHost, Repository};

/// How the cluster fetches the repository.
pub(super) enum Credentials<'a> {
    /// Over SSH, with a key of its own.
    DeployKey(DeployKey<'a>),
    /// Over HTTPS, with what the Secret holds.
    Held(Held),
}

impl Credentials<'_> {
    /// Makes sure that the cluster can fetch. What is right already is kept; what is not is named.
    pub(super) async fn ensure(
        &self,
        ctx: &Context,
        host: &impl GitHost,
        repository: &Repository,
        plan: &Plan,
    ) -> Result<()> {
        match self {
            Self::DeployKey(wanted) => wanted.ensure(ctx, host, repository, plan).await,
            Self::Held(wanted) => wanted.ensure(ctx, host, plan).await,
        }
    }

    /// What [`Self::ensure`] would do, as it is printed; no repository is one that would be created.
    pub(super) async fn preview(
        &self,
        ctx: &Context,
        host: &impl GitHost,
        repository: Option<&Repository>,
        plan: &Plan,
    ) -> Result<String> {
        match self {
            Self::DeployKey(wanted) => wanted.preview(ctx, host, repository, plan).await,
            Self::Held(wanted) => wanted.preview(ctx, plan).await,
        }
    }
}

/// The title under which the deploy key is registered.
pub(super) fn title(plan: &Plan) -> String {
    let path = plan.path.to_string();
    deploy_key_title(&plan.namespace, &plan.branch, &plan.secret_name, &path)
}
