//! tofu-controller, where the cluster knows Terraform objects.

use anyhow::{Result, anyhow};

use super::controllers::availability;
use super::judgement::judge_definition;
use crate::cluster::Cluster;
use crate::cluster::tofu::TofuController;
use crate::commands::findings::{Finding, Findings};
use crate::context::Context;
use crate::error::{Class, Explain as _};
use crate::kinds::terraform::TERRAFORM;
use crate::manifests::tofu_controller::{CHART_VERSION, DEFINITION, NAME};

const ABOUT: &str = "tofu-controller";

/// Checks that one tofu-controller runs; without its CRD it is not installed, and nothing is said.
pub(super) async fn check(ctx: &Context, cluster: &Cluster, findings: &mut Findings<'_>) {
    match ctx.deadline.within("the cluster", cluster.resource(&TERRAFORM)).await {
        Ok(None) => return,
        Ok(Some(_)) => findings.begin("checking tofu-controller"),
        Err(error) => return findings.add(Finding::failed(ABOUT, NAME, error)),
    }
    match ctx.deadline.within("the cluster", cluster.tofu_controllers()).await {
        Ok(found) => {
            judge_number(&found).into_iter().for_each(|finding| findings.add(finding));
            check_controllers(ctx, cluster, &found, findings).await;
        }
        // Who may look at Flux need not be allowed to look into every namespace.
        Err(error) => {
            let message = format!("cannot see whether tofu-controller runs: {error:#}");
            findings.add(Finding::warning(ABOUT, NAME, message));
        }
    }
    match ctx.deadline.within("the cluster", definition(cluster)).await {
        Ok(finding) => findings.add(finding),
        Err(error) => findings.add(Finding::failed("crd", DEFINITION, error)),
    }
}

async fn definition(cluster: &Cluster) -> Result<Finding> {
    let found = cluster.definition(DEFINITION).await?;
    let missing = || anyhow!("CustomResourceDefinition {DEFINITION} is gone");
    let found = found.ok_or_else(|| missing().class(Class::NotInstalled))?;
    Ok(judge_definition(&found))
}

/// None does nothing, and several do everything as often as they are.
fn judge_number(found: &[TofuController]) -> Option<Finding> {
    let message = match found.len() {
        0 => "no tofu-controller runs: nothing plans or applies the Terraform objects".to_owned(),
        1 => return None,
        count => format!("{count} tofu-controllers run: each plans and applies the same objects"),
    };
    Some(Finding::warning(ABOUT, NAME, message))
}

async fn check_controllers(
    ctx: &Context,
    cluster: &Cluster,
    found: &[TofuController],
    findings: &mut Findings<'_>,
) {
    let names = found.iter().map(|found| (found.namespace.as_str(), found.name.as_str()));
    let outcomes = availability(ctx, cluster, "tofu-controller", names).await;
    for (controller, outcome) in found.iter().zip(outcomes) {
        let name = &controller.name;
        let mut finding = match outcome {
            Ok(()) => {
                let message = format!("{name}: deployment ready, managed by {}", controller.owner);
                Finding::passed(ABOUT, name, message)
            }
            Err(error) => Finding::failed(ABOUT, name, error),
        };
        finding.images.clone_from(&controller.images);
        findings.add(finding);
        judge_version(controller).into_iter().for_each(|finding| findings.add(finding));
    }
}

fn judge_version(controller: &TofuController) -> Option<Finding> {
    let version = controller.version.as_deref()?;
    if version.trim_start_matches('v') == CHART_VERSION {
        return None;
    }
    let message =
        format!("the cluster has {NAME} {version}, and this nigari installs v{CHART_VERSION}");
    Some(Finding::warning(ABOUT, &controller.name, message))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cluster::owner::Owner;

    fn controller(version: Option<&str>) -> TofuController {
        TofuController {
            namespace: "flux-system".to_owned(),
            name: NAME.to_owned(),
            version: version.map(str::to_owned),
            images: Vec::new(),
            owner: Owner::Nobody(None),
        }
    }

    #[test]
    fn one_controller_of_our_version_needs_no_warning() {
        for (version, warns) in [
            (Some("v0.16.5"), false),
            (Some("0.16.5"), false),
            (Some("v0.16.4"), true),
            (None, false),
        ] {
            assert_eq!(judge_version(&controller(version)).is_some(), warns, "{version:?}");
        }
        let one = controller(None);
        for (found, warns) in
            [(vec![], true), (vec![one.clone()], false), (vec![one.clone(), one], true)]
        {
            assert_eq!(judge_number(&found).is_some(), warns, "{}", found.len());
        }
    }
}
