//! Waits until the cluster has applied the commit, or one that was built on it.

use anyhow::Result;

use super::plan::Plan;
use crate::commands::follow::{self, Commit, Stage};
use crate::commands::installation;
use crate::context::Context;
use crate::git_host::{GitHost, Repository};

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
