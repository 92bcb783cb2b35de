//! What is made of what the cluster says; nothing is asked here.

use anyhow::anyhow;

use crate::cluster::definitions::Definition;
use crate::cluster::installation::{Controller, FluxDeployment, Installation};
use crate::commands::findings::Finding;
use crate::error::{Class, Explain as _};
use crate::manifests::components::{COMPONENTS, FLUX_VERSION};
use crate::manifests::version;

/// Whether the cluster is new enough for our release.
pub(super) fn judge_kubernetes(found: &str) -> Finding {
    let range = version::KUBERNETES_RANGE;
    if version::is_kubernetes_supported(found, range) {
        let message = format!("Kubernetes {found} {range}");
        return Finding::passed("kubernetes", found, message);
    }
    let error =
        anyhow!("Kubernetes {found} is too old for Flux {FLUX_VERSION}, which needs {range}");
    Finding::failed("kubernetes", found, error.class(Class::Failed))
}

/// Which distribution it is, by whom, and how its release relates to ours.
pub(super) fn judge_distribution(installed: &Installation) -> Vec<Finding> {
    let about = "distribution";
    let passed = |name: &str, message: String| Finding::passed(about, name, message);
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
        findings.push(Finding::warning(about, "skew", message));
    }
    findings
}

/// An image that is not the one of the release: somebody changed it, or an upgrade stopped half-way.
pub(super) fn judge_images(deployment: &FluxDeployment, release: Option<&str>) -> Vec<Finding> {
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
            Finding::warning("controller", name, message)
        })
        .collect()
}

pub(super) fn judge_definition(found: &Definition) -> Finding {
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
        return Finding::passed("crd", name, format!("{name}/{newest}"));
    }
    let message = format!(
        "{name}/{newest}; objects may still be stored in {}, which is not served any more: rewrite them \
         with flux migrate before the next upgrade",
        stale.join(", ")
    );
    Finding::warning("crd", name, message)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::commands::findings::Outcome;
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
