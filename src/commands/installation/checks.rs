//! What must be so before Flux is installed: the cluster is not too old, and Flux on it nobody else's.

use anyhow::{Result, anyhow};
use kube::api::DynamicObject;

use crate::cluster::Cluster;
use crate::cluster::installation::Installation;
use crate::error::{Class, Explain as _, usage};
use crate::kinds::view::{kind, name};
use crate::manifests::components::FLUX_VERSION;
use crate::manifests::version;

/// What is about to be installed.
pub(in crate::commands) struct Wanted<'a> {
    /// The Flux release.
    pub(in crate::commands) version: &'a str,
    /// All objects.
    pub(in crate::commands) objects: &'a [DynamicObject],
    /// Whether what another tool manages, and what is newer, is taken over.
    pub(in crate::commands) is_forced: bool,
}

/// Checks that the cluster answers, that it is not too old, and that nobody else manages what is about to
/// be written; returns what is installed already.
pub(in crate::commands) async fn check_cluster(
    cluster: &Cluster,
    wanted: &Wanted<'_>,
) -> Result<Option<Installation>> {
    check_version(cluster, Some(wanted.version)).await?;
    check_installation(cluster, wanted).await
}

/// Checks that the cluster answers, and that it is not too old for a Flux release; returns its version.
pub(in crate::commands) async fn check_version(
    cluster: &Cluster,
    flux: Option<&str>,
) -> Result<String> {
    let found = cluster.version().await?;
    if let Some(flux) = flux {
        check_kubernetes(&found, flux)?;
    }
    Ok(found)
}

/// Checks that nobody else manages what is about to be written; returns what is installed already.
pub(in crate::commands) async fn check_installation(
    cluster: &Cluster,
    wanted: &Wanted<'_>,
) -> Result<Option<Installation>> {
    for namespace in wanted.objects.iter().filter(|object| kind(object) == "Namespace") {
        cluster.refuse_leaving_namespace(name(namespace)).await?;
    }
    let installation = cluster.installation().await?;
    if let Some(installation) = installation.as_ref().filter(|_| !wanted.is_forced) {
        check_manager(installation)?;
        check_release(installation, wanted.version)?;
    }
    if !wanted.is_forced {
        check_definitions(cluster, wanted.objects).await?;
    }
    Ok(installation)
}

fn check_kubernetes(kubernetes: &str, flux: &str) -> Result<()> {
    let range = version::kubernetes_range_of(flux);
    if version::is_kubernetes_supported(kubernetes, range) {
        return Ok(());
    }
    Err(usage(format!("Kubernetes {kubernetes} is too old for Flux {flux}, which needs {range}"))
        .hint("upgrade the cluster first, or choose another one with --context"))
}

fn check_manager(installation: &Installation) -> Result<()> {
    let Some(manager) = installation.foreign_manager() else { return Ok(()) };
    Err(anyhow!("Flux on this cluster is managed by {manager}")
        .class(Class::Conflict)
        .hint(format!("uninstall it with {manager}, or take it over with --force")))
}

/// A newer release may have stored objects in versions that an older one does not have.
fn check_release(installation: &Installation, wanted: &str) -> Result<()> {
    let Some(installed) = &installation.version else { return Ok(()) };
    match (version::parse(installed), version::parse(wanted)) {
        (Some(newer), Some(older)) if newer > older => Err(anyhow!(
            "the cluster has Flux {installed}, and this would put {wanted} in its place"
        )
        .class(Class::Conflict)
        .hint(match wanted {
            FLUX_VERSION => "use a newer nigari, or go back on purpose with --force",
            _ => "choose a newer one with --version, or go back on purpose with --force",
        })),
        _ => Ok(()),
    }
}

/// The marker of an installation may be nobody's while another CRD is somebody's.
async fn check_definitions(cluster: &Cluster, objects: &[DynamicObject]) -> Result<()> {
    let is_definition = |object: &&DynamicObject| kind(object) == "CustomResourceDefinition";
    let names: Vec<String> =
        objects.iter().filter(is_definition).map(|object| name(object).to_owned()).collect();
    let foreign = cluster.foreign_definitions(&names).await?;
    let Some((definition, manager)) = foreign.first() else { return Ok(()) };
    let more = match foreign.len() {
        1 => String::new(),
        count => format!(" and {} more are", count - 1),
    };
    let is = if more.is_empty() { " is" } else { "" };
    Err(anyhow!("CustomResourceDefinition {definition}{more}{is} managed by {manager}")
        .class(Class::Conflict)
        .hint(format!("remove it from {manager}, or take it over with --force")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::class_of;

    fn installed(version: &str, manager: Option<&str>) -> Installation {
        Installation {
            version: Some(version.to_owned()),
            manager: manager.map(str::to_owned),
            ..Installation::default()
        }
    }

    #[test]
    fn an_older_release_does_not_silently_replace_a_newer_one() {
        for (version, is_refused) in [
            ("v2.8.3", false),
            ("v2.9.4", false),
            ("v2.9.5", true),
            ("v2.10.0", true),
            ("main", false),
        ] {
            let checked = check_release(&installed(version, None), "v2.9.4");
            assert_eq!(checked.is_err(), is_refused, "{version}");
            assert!(checked.is_ok_and(|()| true) || is_refused);
        }
        let error = check_release(&installed("v2.10.0", None), "v2.9.4").unwrap_err();
        assert_eq!(class_of(&error), Class::Conflict);
    }

    #[test]
    fn only_another_tools_installation_is_refused() {
        for (manager, is_refused) in [(None, false), (Some("flux"), false), (Some("Helm"), true)] {
            let checked = check_manager(&installed("v2.9.4", manager));
            assert_eq!(checked.is_err(), is_refused, "{manager:?}");
        }
    }

    #[test]
    fn an_old_kubernetes_is_refused_before_anything_happens() {
        assert!(check_kubernetes("v1.33.0", "v2.9.4").is_ok());
        let error = check_kubernetes("v1.31.2", "v2.9.4").unwrap_err();
        assert_eq!(class_of(&error), Class::Usage);
    }
}
