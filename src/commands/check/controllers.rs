//! The Deployments of Flux's controllers: which there are, and whether they are available.

use std::time::Duration;

use anyhow::{Result, anyhow};
use futures::future::join_all;

use super::judgement::judge_images;
use crate::cluster::Cluster;
use crate::cluster::installation::FluxDeployment;
use crate::cluster::wait::{News, Patience};
use crate::commands::findings::{Finding, Findings};
use crate::context::Context;
use crate::error::{Class, Explain as _};

/// Checks the Deployments that were found in Flux's namespace, and that those that are `required` are among
/// them; `release` is the one that is installed.
pub(super) async fn check(
    ctx: &Context,
    cluster: &Cluster,
    found: &[FluxDeployment],
    required: &[&str],
    release: Option<&str>,
    findings: &mut Findings<'_>,
) {
    let namespace = ctx.namespace();
    for finding in judge_missing(namespace, found, required) {
        findings.add(finding);
    }
    let names = found.iter().map(|deployment| (namespace, deployment.name.as_str()));
    let outcomes = availability(ctx, cluster, "controllers", names).await;
    for (deployment, outcome) in found.iter().zip(outcomes) {
        let name = &deployment.name;
        let mut finding = match outcome {
            Ok(()) => Finding::passed("controller", name, format!("{name}: deployment ready")),
            Err(error) => Finding::failed("controller", name, error),
        };
        finding.images.clone_from(&deployment.images);
        findings.add(finding);
        judge_images(deployment, release).into_iter().for_each(|it| findings.add(it));
    }
}

fn judge_missing(namespace: &str, found: &[FluxDeployment], required: &[&str]) -> Vec<Finding> {
    if found.is_empty() && required.is_empty() {
        let error = anyhow!(
            "no Deployment in namespace {namespace} has the label app.kubernetes.io/part-of=flux"
        );
        let error = error.class(Class::NotFound).hint("name Flux's namespace with --namespace");
        return vec![Finding::failed("controller", namespace, error)];
    }
    let is_there = |name: &str| found.iter().any(|deployment| deployment.name == name);
    let missing = required.iter().filter(|name| !is_there(name));
    let finding = |name: &&str| {
        let error = anyhow!("Deployment {namespace}/{name} does not exist").class(Class::NotFound);
        Finding::failed("controller", name, error)
    };
    missing.map(finding).collect()
}

/// Waits for all Deployments, by namespace and name, at the same time; the outcomes come in their order.
pub(super) async fn availability<'a>(
    ctx: &Context,
    cluster: &Cluster,
    what: &str,
    deployments: impl Iterator<Item = (&'a str, &'a str)>,
) -> Vec<Result<()>> {
    let progress = ctx.output.progress(what);
    // What holds a controller up is part of its finding.
    let news = |news: News<'_>| {
        if let News::Waiting(why) = news {
            progress.say(why);
        }
    };
    let patience = patience_without_hope(ctx, &news);
    let waits = deployments
        .map(async |(namespace, name)| cluster.await_available(namespace, name, &patience).await);
    join_all(waits).await
}

/// Whoever asks wants to know how it is and not how it may become.
fn patience_without_hope<'a>(ctx: &Context, news: &'a dyn Fn(News<'_>)) -> Patience<'a> {
    let mut patience = ctx.patience(news);
    patience.error_budget = Duration::ZERO;
    patience
}
