//! Checks that a cluster can have Flux, and that what it has of Flux is healthy.

mod tofu;

use std::time::Duration;

use anyhow::{Result, anyhow};
use futures::future::join_all;

use super::findings::{Finding, Findings, Outcome, Telling};
use super::installation;
use crate::cli::check::{CheckArgs, CheckFormat};
use crate::cluster::Cluster;
use crate::cluster::definitions::Definition;
use crate::cluster::installation::{Controller, FluxDeployment, Installation};
use crate::cluster::wait::{News, Patience};
use crate::context::Context;
use crate::error::{Class, Explain as _, usage};
use crate::manifests::components::{COMPONENTS, FLUX_VERSION, select};
use crate::manifests::version;
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

fn judge_kubernetes(found: &str) -> Finding {
    let range = version::KUBERNETES_RANGE;
    if version::is_kubernetes_supported(found, range) {
        let message = format!("Kubernetes {found} {range}");
        return Finding::new("kubernetes", found, Outcome::Passed, message);
    }
    let error =
        anyhow!("Kubernetes {found} is too old for Flux {FLUX_VERSION}, which needs {range}");
    Finding::failed("kubernetes", found, error.class(Class::Failed))
}

/// Who only looks at an installation need not be allowed to make one.
async fn judge_rights(ctx: &Context, cluster: &Cluster, is_installed: bool) -> Finding {
    let needed = installation::needed_rights(ctx.namespace());
    let asked = installation::missing_rights(cluster, &needed);
    let name = ctx.namespace();
    match ctx.deadline.within("the cluster", asked).await {
        Ok(missing) if missing.is_empty() => {
            Finding::new("rights", name, Outcome::Passed, "you may install and upgrade Flux")
        }
        Ok(missing) => {
            let message =
                format!("you may not install or upgrade Flux; missing: {}", missing.join("; "));
            if is_installed {
                return Finding::new("rights", name, Outcome::Warning, message);
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
            check_controllers(ctx, cluster, &found, required, release, findings).await;
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

/// Which distribution it is, by whom, and how its release relates to ours.
fn judge_distribution(installed: &Installation) -> Vec<Finding> {
    let about = "distribution";
    let passed = |name: &str, message: String| Finding::new(about, name, Outcome::Passed, message);
    let mut findings = Vec::new();
    if let Some(title) = installed.title() {
        findings.push(passed(&title, format!("distribution: {title}")));
    }
    if let Some(manager) = installed.foreign_manager() {
        findings.push(passed(manager, format!("managed by: {manager}")));
    }
    let bootstrapped = match &installed.synced_by {
        Some(kustomization) => format!("bootstrapped: true, by Kustomization {kustomization}"),
        None => "bootstrapped: false".to_owned(),
    };
    findings.push(passed("bootstrapped", bootstrapped));
    if let Some(other) = installed.version.as_deref().filter(|other| *other != FLUX_VERSION) {
        let message =
            format!("the cluster has Flux {other}, and this nigari installs {FLUX_VERSION}");
        findings.push(Finding::new(about, "skew", Outcome::Warning, message));
    }
    findings
}

/// Waits for all Deployments at the same time; the findings come in the order of their names.
async fn check_controllers(
    ctx: &Context,
    cluster: &Cluster,
    found: &[FluxDeployment],
    required: &[&str],
    release: Option<&str>,
    findings: &mut Findings<'_>,
) {
    let namespace = ctx.namespace();
    let is_there = |name: &str| found.iter().any(|deployment| deployment.name == name);
    for name in required.iter().filter(|name| !is_there(name)) {
        let error = anyhow!("Deployment {namespace}/{name} does not exist").class(Class::NotFound);
        findings.add(Finding::failed("controller", name, error));
    }
    if found.is_empty() && required.is_empty() {
        let error = anyhow!(
            "no Deployment in namespace {namespace} has the label app.kubernetes.io/part-of=flux"
        );
        let error = error.class(Class::NotFound).hint("name Flux's namespace with --namespace");
        findings.add(Finding::failed("controller", namespace, error));
    }
    let outcomes = {
        let progress = ctx.output.progress("controllers");
        // What holds a controller up is part of its finding.
        let news = |news: News<'_>| {
            if let News::Waiting(why) = news {
                progress.say(why);
            }
        };
        let patience = patience_without_hope(ctx, &news);
        let waits = found.iter().map(async |deployment| {
            cluster.await_available(namespace, &deployment.name, &patience).await
        });
        join_all(waits).await
    };
    for (deployment, outcome) in found.iter().zip(outcomes) {
        let name = &deployment.name;
        let mut finding = match outcome {
            Ok(()) => {
                let message = format!("{name}: deployment ready");
                Finding::new("controller", name, Outcome::Passed, message)
            }
            Err(error) => Finding::failed("controller", name, error),
        };
        finding.images.clone_from(&deployment.images);
        findings.add(finding);
        judge_images(deployment, release).into_iter().for_each(|it| findings.add(it));
    }
}

/// Whoever asks wants to know how it is and not how it may become.
fn patience_without_hope<'a>(ctx: &Context, news: &'a dyn Fn(News<'_>)) -> Patience<'a> {
    let mut patience = ctx.patience(news);
    patience.error_budget = Duration::ZERO;
    patience
}

/// An image that is not the one of the release: somebody changed it, or an upgrade stopped half-way.
fn judge_images(deployment: &FluxDeployment, release: Option<&str>) -> Vec<Finding> {
    if release != Some(FLUX_VERSION) {
        return Vec::new();
    }
    let component = COMPONENTS.iter().find(|component| component.name == deployment.name);
    let Some(component) = component else { return Vec::new() };
    let controllers = deployment.images.iter().filter_map(|image| Controller::of_image(image));
    controllers
        .filter(|found| found.name == component.name && found.version != component.version)
        .map(|found| {
            let (name, version) = (&found.name, &found.version);
            let message =
                format!("{name} is {version}, and Flux {FLUX_VERSION} has {}", component.version);
            Finding::new("controller", name, Outcome::Warning, message)
        })
        .collect()
}

fn judge_definition(found: &Definition) -> Finding {
    let name = &found.name;
    if !found.is_established {
        let error = anyhow!("CustomResourceDefinition {name} is not established")
            .class(Class::NotInstalled)
            .hint(format!("see why with: kubectl describe crd {name}"));
        return Finding::failed("crd", name, error);
    }
    let Some(newest) = found.stored.last() else {
        let error = anyhow!("CustomResourceDefinition {name} has no stored version");
        return Finding::failed("crd", name, error.class(Class::Failed));
    };
    let stale = found.stored.iter().filter(|stored| !found.served.contains(stored));
    let stale: Vec<&str> = stale.map(String::as_str).collect();
    if stale.is_empty() {
        return Finding::new("crd", name, Outcome::Passed, format!("{name}/{newest}"));
    }
    let message = format!(
        "{name}/{newest}; objects may still be stored in {}, which is not served any more: rewrite them \
         with flux migrate before the next upgrade",
        stale.join(", ")
    );
    Finding::new("crd", name, Outcome::Warning, message)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::class_of;

    fn definition(is_established: bool, served: &[&str], stored: &[&str]) -> Definition {
        let list = |list: &[&str]| list.iter().map(ToString::to_string).collect();
        let name = "widgets.example.com".to_owned();
        Definition { name, is_established, served: list(served), stored: list(stored) }
    }

    #[test]
    fn a_crd_is_judged_by_what_it_serves_and_stores() {
        let outcome = |definition| match judge_definition(&definition).outcome {
            Outcome::Passed => "passed",
            Outcome::Unknown => "unknown",
            Outcome::Warning => "warning",
            Outcome::Failed(error) => {
                if class_of(&error) == Class::NotInstalled {
                    "not installed"
                } else {
                    "failed"
                }
            }
        };
        assert_eq!(outcome(definition(true, &["v1"], &["v1"])), "passed");
        assert_eq!(outcome(definition(true, &["v1"], &["v1beta1", "v1"])), "warning");
        assert_eq!(outcome(definition(true, &["v1"], &[])), "failed");
        assert_eq!(outcome(definition(false, &["v1"], &["v1"])), "not installed");
    }

    #[test]
    fn an_image_is_compared_with_its_release_and_with_no_other() {
        let deployment = |image: &str| FluxDeployment {
            name: "source-controller".to_owned(),
            images: vec![image.to_owned(), "sidecar:v1".to_owned()],
        };
        let warnings = |image: &str, release| judge_images(&deployment(image), release).len();
        let ours = format!("r/source-controller:{}", COMPONENTS[0].version);
        assert_eq!(warnings(&ours, Some(FLUX_VERSION)), 0);
        assert_eq!(warnings("r/source-controller:v1.0.0", Some(FLUX_VERSION)), 1);
        assert_eq!(warnings("r/source-controller:v1.0.0", Some("v2.8.0")), 0);
    }
}
