//! What must be so before tofu-controller is installed: nobody else installs it, and it is no way back.

use anyhow::{Result, anyhow};
use kube::api::DynamicObject;
use semver::{BuildMetadata, Version};

use super::Wanted;
use crate::cluster::Cluster;
use crate::cluster::owner::Owner;
use crate::cluster::tofu::TofuController;
use crate::context::Context;
use crate::error::{Class, Explain as _};
use crate::kinds::helm::HELM_RELEASE;
use crate::kinds::terraform::TERRAFORM;
use crate::kinds::view::{namespace, text};
use crate::manifests::tofu_controller::{CHART_VERSION, NAME};
use crate::manifests::version;

impl Wanted {
    /// Checks that nobody else installs tofu-controller here, and that this is no way back. Nothing is
    /// written.
    ///
    /// # Errors
    /// [`Class::Conflict`] with whose it is, or what is newer.
    pub(in crate::commands) async fn check(&self, ctx: &Context, is_forced: bool) -> Result<()> {
        let (cluster, namespace) = (ctx.cluster().await?, ctx.namespace());
        for found in cluster.tofu_controllers().await? {
            refuse_foreign(&found, namespace)?;
        }
        let release = match cluster.resource(&HELM_RELEASE).await? {
            Some(resource) => cluster.get(&resource, Some(namespace), NAME).await?,
            None => None,
        };
        match release {
            Some(release) if is_forced => self.warn_of_sync(ctx, &release),
            Some(release) => self.check_release(&release)?,
            None => warn_of_definition(ctx, cluster).await?,
        }
        Ok(())
    }

    fn check_release(&self, release: &DynamicObject) -> Result<()> {
        let what = format!("HelmRelease {}/{NAME}", namespace(release));
        if let Some(kustomization) = synced_by(release) {
            return Err(anyhow!(
                "{what} comes from a repository, by Kustomization {kustomization}"
            )
            .class(Class::Conflict)
            .hint("change its version there, or install over it with --force"));
        }
        if release.metadata.deletion_timestamp.is_some() {
            return Err(anyhow!("{what} is being deleted").class(Class::Conflict).hint(format!(
                "wait until it is gone: nigari wait helmrelease {NAME} --for=deleted"
            )));
        }
        match installed_version(release) {
            Some(installed) if precedence(&installed) > precedence(&self.version) => Err(anyhow!(
                "the cluster has {NAME} {installed}, and this would put {} in its place",
                self.version
            )
            .class(Class::Conflict)
            .hint(match self.version.to_string() == CHART_VERSION {
                true => {
                    "choose it with --tofu-controller-version, or go back on purpose with --force"
                }
                false => "choose a newer one, or go back on purpose with --force",
            })),
            _ => Ok(()),
        }
    }

    fn warn_of_sync(&self, ctx: &Context, release: &DynamicObject) {
        if let Some(kustomization) = synced_by(release) {
            ctx.output.warn(format_args!(
                "Kustomization {kustomization} will put back what its repository says of {NAME}"
            ));
        }
    }
}

/// Two of them would plan and apply the same objects, so that not even `--force` makes another one.
fn refuse_foreign(found: &TofuController, namespace: &str) -> Result<()> {
    let owner = &found.owner;
    let hint = match owner {
        Owner::HelmRelease { namespace: of, name } if of == namespace && name == NAME => {
            return Ok(());
        }
        Owner::HelmRelease { namespace, name } => {
            format!(
                "change that one, or delete it first: nigari delete helmrelease {name} -n {namespace}"
            )
        }
        Owner::Kustomization(_) => "change it where its manifest comes from".to_owned(),
        Owner::Tool(tool) => format!("uninstall it with {tool} first; the CRD has to stay"),
        Owner::Nobody(_) => format!("delete {found} first; the CRD has to stay"),
    };
    Err(anyhow!("{NAME} is on the cluster already: {found}, managed by {owner}")
        .class(Class::Conflict)
        .hint(hint))
}

/// Objects keep their CRD; the chart's is not put in its place at an installation.
async fn warn_of_definition(ctx: &Context, cluster: &Cluster) -> Result<()> {
    if cluster.resource(&TERRAFORM).await?.is_some() {
        ctx.output.warn(
            "the CRD of Terraform is there already, of an earlier installation: it stays as it is until \
             the first upgrade",
        );
    }
    Ok(())
}

/// The Kustomization that applies an object, `namespace/name`.
fn synced_by(object: &DynamicObject) -> Option<String> {
    let labels = object.metadata.labels.as_ref()?;
    let label = |key: &str| labels.get(&format!("kustomize.toolkit.fluxcd.io/{key}"));
    Some(format!("{}/{}", label("namespace")?, label("name")?))
}

/// The version of the chart that was released last.
pub(super) fn installed_version(release: &DynamicObject) -> Option<Version> {
    text(release, "/status/history/0/chartVersion").and_then(version::parse)
}

/// What comes behind `+` tells builds apart and not versions.
pub(super) fn precedence(version: &Version) -> Version {
    Version { build: BuildMetadata::EMPTY, ..version.clone() }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::error::class_of;
    use crate::manifests::tofu_controller::chart_version;

    fn wanted(version: &str) -> Wanted {
        Wanted { version: chart_version(version).unwrap(), created: Vec::new() }
    }

    fn release(labels: Value, installed: &str) -> DynamicObject {
        serde_json::from_value(json!({
            "apiVersion": "helm.toolkit.fluxcd.io/v2", "kind": "HelmRelease",
            "metadata": {"name": NAME, "namespace": "flux-system", "labels": labels},
            "status": {"history": [{"chartVersion": installed}]},
        }))
        .unwrap()
    }

    #[test]
    fn an_older_chart_does_not_silently_replace_a_newer_one() {
        for (installed, is_refused) in [
            ("0.16.4", false),
            ("0.16.5", false),
            ("0.16.5+0123456789ab", false),
            ("0.16.6", true),
            ("0.17.0-rc.1", true),
            ("what", false),
        ] {
            let checked = wanted("0.16.5").check_release(&release(json!({}), installed));
            assert_eq!(checked.is_err(), is_refused, "{installed}");
        }
    }

    #[test]
    fn what_comes_from_a_repository_is_changed_there() {
        let labels = json!({"kustomize.toolkit.fluxcd.io/name": "infra",
            "kustomize.toolkit.fluxcd.io/namespace": "flux-system"});
        let error = wanted("0.16.5").check_release(&release(labels, "0.16.5")).unwrap_err();
        assert_eq!(class_of(&error), Class::Conflict);
        assert_eq!(
            error.to_string(),
            "HelmRelease flux-system/tofu-controller comes from a repository, by Kustomization \
             flux-system/infra"
        );
    }

    #[test]
    fn only_our_own_release_is_nobody_elses() {
        let owned = |owner| TofuController {
            namespace: "flux-system".to_owned(),
            name: NAME.to_owned(),
            version: None,
            images: Vec::new(),
            owner,
        };
        let release = |namespace: &str, name: &str| Owner::HelmRelease {
            namespace: namespace.to_owned(),
            name: name.to_owned(),
        };
        for (owner, is_refused) in [
            (release("flux-system", NAME), false),
            (release("infra", NAME), true),
            (release("flux-system", "tofu"), true),
            (Owner::Kustomization("flux-system/infra".to_owned()), true),
            (Owner::Tool("Helm (release tofu)".to_owned()), true),
            (Owner::Nobody(Some("kubectl".to_owned())), true),
        ] {
            let refused = refuse_foreign(&owned(owner.clone()), "flux-system");
            assert_eq!(refused.is_err(), is_refused, "{owner}");
        }
    }
}
