//! Gives the cluster what it authenticates with. Where that replaces something, the new is proven before the
//! old goes.
//!
//! A run that is stopped anywhere is finished by another one: what is to go is noted in the Secret when the
//! new key is written to it.

use anyhow::Result;

use super::credentials::{ClusterKey, Credentials, read_secret};
use super::plan::Plan;
use super::prove;
use crate::context::Context;
use crate::git_host::{GitHost, Repository};

/// What the cluster was given, and has to be proven. Until then the old credentials still work.
pub(super) enum Given {
    /// Nothing that takes the place of something.
    NothingElse,
    /// A key, beside others that go.
    DeployKey(ClusterKey),
    /// What the Secret holds now.
    Held,
}

/// Makes sure that the cluster has credentials; with `rotates` it gets others.
pub(super) async fn give(
    ctx: &Context,
    host: &impl GitHost,
    repository: &Repository,
    plan: &Plan,
    credentials: &Credentials<'_>,
    rotates: bool,
) -> Result<Given> {
    match credentials {
        Credentials::DeployKey(wanted) => {
            let key = wanted.ensure(ctx, host, repository, plan).await?;
            let is_settled = !rotates && key.former.go.is_empty();
            Ok(if is_settled { Given::NothingElse } else { Given::DeployKey(key) })
        }
        Credentials::Held(wanted) if !rotates => {
            wanted.ensure(ctx, host, plan).await?;
            Ok(Given::NothingElse)
        }
        Credentials::Held(wanted) => {
            if wanted.is_what(read_secret(ctx, plan).await?.as_ref()) {
                ctx.output.warn(
                    "the cluster has what was given already: to rotate it, make a new one first",
                );
            }
            wanted.ensure(ctx, host, plan).await?;
            Ok(Given::Held)
        }
    }
}

impl Given {
    /// Has the source fetch with the new credentials, and only then takes the old ones away.
    pub(super) async fn end(
        self,
        ctx: &Context,
        host: &impl GitHost,
        repository: &Repository,
        plan: &Plan,
    ) -> Result<()> {
        match self {
            Self::NothingElse => Ok(()),
            Self::Held => prove::fetched(ctx, plan).await,
            Self::DeployKey(key) => {
                prove::fetched(ctx, plan).await?;
                key.check_is_held(ctx, plan).await?;
                key.former.retire(ctx, host, repository).await
            }
        }
    }
}
