//! Checks that a cluster can have Flux, and that what it has of Flux is healthy.

mod controllers;
mod judgement;
mod tofu;

use anyhow::{Result, anyhow};

use self::judgement::{judge_definition, judge_distribution, judge_kubernetes};
use super::findings::{Finding, Findings, Telling};
use super::installation;
use crate::cli::check::{CheckArgs, CheckFormat};
use crate::cluster::Cluster;
use crate::cluster::installation::Installation;
use crate::context::Context;
use crate::error::{Class, Explain as _, usage};
use crate::manifests::components::select;
use crate::output::document::Document;

/// Checks one thing after the other and tells each finding when it is there. All of it is read-only.
///
/// # Errors
/// [`Class::NotInstalled`] when there is no Flux on the cluster; else what the failed checks have in
/// common. When the cluster cannot be asked at all, that.
pub async fn run(ctx: &Context, args: &CheckArgs) -> Result<()> {
    let required = required(args)?;
    let cluster = ctx.cluster().await?;
    let mut findings = Findings::new(ctx, telling(args.output));
    findings.begin("checking prerequisites");
    let kubernetes = ctx.deadline.within("the cluster", cluster.version()).await?;
    findings.add(judge_kubernetes(&kubernetes));
    let installed = ctx.deadline.within("the cluster", cluster.installation()).await?;
    findings.add(judge_rights(ctx, cluster, installed.is_some() && !args.pre).await);
    if !args.pre {
        check_installation(ctx, cluster, installed.as_ref(), &required, &mut findings).await;
    }
    findings.conclude(if args.pre { "prerequisites checks passed" } else { "all checks passed" })
}

/// How a format is told.
pub(super) fn telling(format: CheckFormat) -> Telling {
    match format {
        CheckFormat::Table => Telling::Lines,
        CheckFormat::Json => Telling::Document(Document::Json),
        CheckFormat::Yaml => Telling::Document(Document::Yaml),
    }
}

/// The components that must be there, by name: those that were given.
fn required(args: &CheckArgs) -> Result<Vec<&str>> {
    let names: Vec<&str> =
        args.components.iter().chain(&args.components_extra).map(String::as_str).collect();
    select(&names)
        .map(|components| components.into_iter().map(|component| component.name).collect())
        .map_err(|error| usage(format!("--components cannot be used: {error}")))
}

/// Who only looks at an installation need not be allowed to make one.
async fn judge_rights(ctx: &Context, cluster: &Cluster, is_installed: bool) -> Finding {
    let needed = installation::needed_rights(ctx.namespace());
    let asked = installation::missing_rights(cluster, &needed);
    let name = ctx.namespace();
    match ctx.deadline.within("the cluster", asked).await {
        Ok(missing) if missing.is_empty() => {
            Finding::passed("rights", name, "you may install and upgrade Flux")
        }
        Ok(missing) => {
            let message =
                format!("you may not install or upgrade Flux; missing: {}", missing.join("; "));
            if is_installed {
                return Finding::warning("rights", name, message);
            }
            Finding::failed("rights", name, anyhow!(message).class(Class::Denied))
        }
        Err(error) => Finding::failed("rights", name, error),
    }
}

async fn check_installation(
    ctx: &Context,
    cluster: &Cluster,
    installed: Option<&Installation>,
    required: &[&str],
    findings: &mut Findings<'_>,
) {
    findings.begin("checking version in cluster");
    let Some(installed) = installed else {
        let error = anyhow!("Flux is not installed on the cluster")
            .class(Class::NotInstalled)
            .hint("install it with nigari bootstrap, or with nigari install");
        return findings.add(Finding::failed("distribution", "flux", error));
    };
    judge_distribution(installed).into_iter().for_each(|finding| findings.add(finding));
    findings.begin("checking controllers");
    match ctx.deadline.within("the cluster", cluster.flux_deployments(ctx.namespace())).await {
        Ok(found) => {
            let release = installed.version.as_deref();
            controllers::check(ctx, cluster, &found, required, release, findings).await;
        }
        Err(error) => findings.add(Finding::failed("controller", ctx.namespace(), error)),
    }
    findings.begin("checking crds");
    match ctx.deadline.within("the cluster", cluster.definitions()).await {
        Ok(found) if found.is_empty() => {
            let error = anyhow!("no CRD has the label app.kubernetes.io/part-of=flux");
            findings.add(Finding::failed("crd", "", error.class(Class::NotInstalled)));
        }
        Ok(found) => found.iter().for_each(|it| findings.add(judge_definition(it))),
        Err(error) => findings.add(Finding::failed("crd", "", error)),
    }
    tofu::check(ctx, cluster, findings).await;
}
