//! Replaces what the cluster authenticates with: the new one is proven before the old one goes.
//!
//! A run that is stopped anywhere is finished by another one, which begins with a new key: what the one
//! before it left behind has our title and goes with the old key.

use anyhow::Result;

use super::credentials::{Credentials, DeployKey, read_secret, title, write_secret};
use super::plan::Plan;
use super::prove;
use crate::context::Context;
use crate::git_host::ssh_key::PublicKey;
use crate::git_host::{GitHost, Repository};

/// What the cluster was given. In a rotation the old credentials still work.
pub(super) enum Given {
    /// What it had already, or what it lacked.
    NothingElse,
    /// Another key, which is on the host beside those before it.
    DeployKey(PublicKey),
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
        _ if !rotates => {
            credentials.ensure(ctx, host, repository, plan).await?;
            Ok(Given::NothingElse)
        }
        Credentials::DeployKey(wanted) => {
            let public = new_key(ctx, host, repository, plan, wanted).await?;
            Ok(Given::DeployKey(public))
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

/// Adds a key to the host, then gives it to the cluster: at no time is there none that works.
async fn new_key(
    ctx: &Context,
    host: &impl GitHost,
    repository: &Repository,
    plan: &Plan,
    wanted: &DeployKey<'_>,
) -> Result<PublicKey> {
    let (public, data) = wanted.new_key(plan.key_algorithm)?;
    let title = title(plan);
    host.add_deploy_key(repository, &title, &public, wanted.read_only).await?;
    ctx.output.done(format_args!("new deploy key {title} added to {}", repository.name));
    wanted.tell_lifetime(ctx);
    write_secret(ctx, plan, wanted.with_host_keys(data)).await?;
    Ok(public)
}

impl Given {
    /// Ends a rotation: has the source fetch with the new credentials, and only then takes the old ones away.
    pub(super) async fn end(
        self,
        ctx: &Context,
        host: &impl GitHost,
        repository: &Repository,
        plan: &Plan,
    ) -> Result<()> {
        if matches!(self, Self::NothingElse) {
            return Ok(());
        }
        prove::fetched(ctx, plan).await?;
        let Self::DeployKey(public) = self else { return Ok(()) };
        let old = host.retire_deploy_keys(repository, &title(plan), &public).await?;
        match old {
            0 => ctx.output.done(format_args!("{} had no older deploy key", repository.name)),
            1 => ctx
                .output
                .done(format_args!("the old deploy key of {} is deleted", repository.name)),
            more => ctx
                .output
                .done(format_args!("{more} old deploy keys of {} are deleted", repository.name)),
        }
        Ok(())
    }
}
