//! Waits until the cluster has applied the commit, or one that was built on it.

use anyhow::{Context as _, Result};

use super::plan::Plan;
use crate::commands::follow::{self, Commit, Stage};
use crate::commands::installation;
use crate::context::Context;
use crate::git_host::{GitHost, Repository};
use crate::kinds::source::GIT_REPOSITORY;

/// Has the source fetch now, with the credentials that it has now, and waits until it did.
pub(super) async fn fetched(ctx: &Context, plan: &Plan) -> Result<()> {
    let (cluster, name) = (ctx.cluster().await?, &plan.namespace);
    let object = format!("GitRepository {name}/{name}");
    let found = cluster.find(&GIT_REPOSITORY, name, name).await?;
    ctx.output.waiting(format_args!("waiting until {object} has fetched with the new credentials"));
    let progress = ctx.output.progress(&object);
    let news = ctx.news(&progress);
    let request = cluster.request_reconcile(&GIT_REPOSITORY, &found, ctx.clock, &[]).await?;
    let fetched = cluster.await_reconciled(&request, None, &ctx.patience(&news)).await;
    fetched.context("the new credentials are not proven, so that the old ones stay")?;
    ctx.output.done(format_args!("{object} fetches with the new credentials"));
    Ok(())
}

/// Waits for the components, then for the source and the Kustomization to be at `commit` or later.
pub(super) async fn applied(
    ctx: &Context,
    host: &impl GitHost,
    repository: &Repository,
    plan: &Plan,
    deployments: &[&str],
    commit: &str,
) -> Result<()> {
    let name = &plan.namespace;
    installation::await_available(ctx, name, deployments.iter().copied()).await?;
    let stages = [Stage::source(name, name), Stage::kustomization(name, name)];
    follow::follow(ctx, &Commit { host, repository, sha: commit }, &stages).await
}
