//! Waits until the components that were applied are available.

use std::time::Duration;

use anyhow::{Error, Result};
use futures::future::join_all;

use crate::context::Context;
use crate::error::{Explain as _, common_class};

/// Waits for all Deployments at the same time; each is told when it is there. A cause that may heal is
/// shown while the clock runs, and does not end the wait.
pub(in crate::commands) async fn await_available<'a>(
    ctx: &Context,
    namespace: &str,
    deployments: impl Iterator<Item = &'a str>,
) -> Result<()> {
    let cluster = ctx.cluster().await?;
    ctx.output.waiting("waiting for the components");
    let progress = ctx.output.progress("components");
    let news = ctx.news(&progress);
    let mut patience = ctx.patience(&news);
    patience.error_budget = Duration::MAX;
    let waits = deployments.map(async |name| {
        let outcome = cluster.await_available(namespace, name, &patience).await;
        if outcome.is_ok() {
            ctx.output.done(format_args!("{name}: deployment ready"));
        }
        outcome
    });
    let outcomes = join_all(waits).await;
    let of = outcomes.len();
    refuse_unavailable(ctx, outcomes.into_iter().filter_map(Result::err).collect(), of)
}

/// The failure of one component, or what several have in common; then each is told in a line.
fn refuse_unavailable(ctx: &Context, mut failures: Vec<Error>, of: usize) -> Result<()> {
    let class = common_class(&failures);
    match failures.len() {
        0 => Ok(()),
        1 => Err(failures.swap_remove(0)),
        count => {
            for failure in &failures {
                ctx.output.failed(failure);
            }
            let first = failures.swap_remove(0);
            Err(first.context(format!("{count} of {of} components are not available")).class(class))
        }
    }
}
