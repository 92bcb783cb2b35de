//! What is installed of Flux on a cluster, and by whom.

use anyhow::Result;
use k8s_openapi::api::apps::v1::Deployment;
use k8s_openapi::apiextensions_apiserver::pkg::apis::apiextensions::v1::CustomResourceDefinition;
use kube::api::{Api, ListParams, PartialObjectMeta};

use super::Cluster;
use super::backoff::patiently;

/// The CRD whose labels tell about the whole installation.
const MARKER: &str = "gitrepositories.source.toolkit.fluxcd.io";

/// The label that every object of Flux's has.
pub(super) const PART_OF: &str = "app.kubernetes.io/part-of";

/// Selects Flux's own objects.
pub(super) const FLUX_OBJECTS: &str = "app.kubernetes.io/part-of=flux";

/// The label that names the installation an object belongs to: its namespace.
pub(super) const INSTANCE: &str = "app.kubernetes.io/instance";

/// The label with which a tool says that an object is its own.
pub(super) const MANAGED_BY: &str = "app.kubernetes.io/managed-by";

/// A Flux installation, as the labels of its marker describe it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Installation {
    /// The version of the distribution: `v2.9.4`.
    pub version: Option<String>,
    /// The distribution: `flux`.
    pub distribution: Option<String>,
    /// The tool that installed it, where it says so: `Helm`.
    pub manager: Option<String>,
    /// The namespace whose installation wrote the CRDs last.
    pub namespace: Option<String>,
    /// The Kustomization with which Flux applies itself from a repository, `namespace/name`; nothing when
    /// it was not bootstrapped.
    pub synced_by: Option<String>,
}

/// A running controller: a container of one of Flux's Deployments.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Controller {
    /// The image's name without registry and tag: `source-controller`.
    pub name: String,
    /// The image's tag, else its digest.
    pub version: String,
}

/// One of Flux's Deployments.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FluxDeployment {
    /// Its name: `source-controller`.
    pub name: String,
    /// The images of its containers, whole.
    pub images: Vec<String>,
}

impl Installation {
    /// The tool that manages this installation, if it is neither Flux's command line nor ours.
    ///
    /// An installation without the label was made by a plain install and is adopted.
    #[must_use]
    pub fn foreign_manager(&self) -> Option<&str> {
        self.manager.as_deref().filter(|manager| is_foreign(manager))
    }

    /// Distribution and version in one word: `flux-v2.9.4`.
    #[must_use]
    pub fn title(&self) -> Option<String> {
        let parts = [self.distribution.as_deref(), self.version.as_deref()];
        let parts: Vec<&str> = parts.into_iter().flatten().collect();
        (!parts.is_empty()).then(|| parts.join("-"))
    }
}

/// Whether a manager's name is neither empty nor a command line's.
pub(super) fn is_foreign(manager: &str) -> bool {
    !matches!(manager, "" | "flux" | "nigari")
}

impl Cluster {
    /// The installation, or nothing when Flux's CRDs are not there.
    ///
    /// # Errors
    /// Those of [`super::failure`].
    pub async fn installation(&self) -> Result<Option<Installation>> {
        // Metadata only: the schema of the CRD is a hundred times larger.
        let api: Api<PartialObjectMeta<CustomResourceDefinition>> = Api::all(self.client.clone());
        let marker = patiently(|| api.get_metadata_opt(MARKER)).await;
        let marker = marker.map_err(|error| {
            self.failure(error, &format!("get CustomResourceDefinition {MARKER}"))
        })?;
        Ok(marker.map(|marker| {
            let labels = marker.metadata.labels.unwrap_or_default();
            let label = |name: &str| labels.get(name).cloned();
            Installation {
                version: label("app.kubernetes.io/version"),
                distribution: label(PART_OF),
                manager: label(MANAGED_BY),
                namespace: label(INSTANCE),
                synced_by: label("kustomize.toolkit.fluxcd.io/namespace").map(|namespace| {
                    let name = label("kustomize.toolkit.fluxcd.io/name").unwrap_or_default();
                    format!("{namespace}/{name}")
                }),
            }
        }))
    }

    /// The controllers in `namespace`, sorted by name.
    ///
    /// # Errors
    /// Those of [`super::failure`].
    pub async fn controllers(&self, namespace: &str) -> Result<Vec<Controller>> {
        let deployments = self.flux_deployments(namespace).await?;
        let images = deployments.iter().flat_map(|deployment| &deployment.images);
        let mut controllers: Vec<Controller> =
            images.filter_map(|image| Controller::of_image(image)).collect();
        controllers.sort();
        Ok(controllers)
    }

    /// Flux's Deployments in `namespace`, sorted by name.
    ///
    /// # Errors
    /// Those of [`super::failure`].
    pub async fn flux_deployments(&self, namespace: &str) -> Result<Vec<FluxDeployment>> {
        let api: Api<Deployment> = Api::namespaced(self.client.clone(), namespace);
        let parameters = ListParams::default().labels(FLUX_OBJECTS);
        let list = patiently(|| api.list(&parameters)).await;
        let list = list.map_err(|error| {
            self.failure(error, &format!("list Deployments in namespace {namespace}"))
        })?;
        let mut found: Vec<FluxDeployment> =
            list.items.into_iter().map(FluxDeployment::of).collect();
        found.sort_by(|one, other| one.name.cmp(&other.name));
        Ok(found)
    }
}

impl FluxDeployment {
    fn of(deployment: Deployment) -> Self {
        let pod = deployment.spec.and_then(|spec| spec.template.spec);
        let containers = pod.map(|pod| pod.containers).unwrap_or_default();
        Self {
            name: deployment.metadata.name.unwrap_or_default(),
            images: containers.into_iter().filter_map(|container| container.image).collect(),
        }
    }
}

impl Controller {
    /// Reads `registry:5000/path/name:tag@sha256:…`.
    #[must_use]
    pub fn of_image(image: &str) -> Option<Self> {
        let (path, digest) = match image.split_once('@') {
            Some((path, digest)) => (path, Some(digest)),
            None => (image, None),
        };
        let last = path.rsplit('/').next()?;
        let (name, tag) = match last.split_once(':') {
            Some((name, tag)) => (name, Some(tag)),
            None => (last, None),
        };
        let version = tag.or(digest).unwrap_or("latest");
        Some(Self { name: name.to_owned(), version: version.to_owned() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn images_are_read() {
        for (image, name, version) in [
            ("ghcr.io/fluxcd/source-controller:v1.9.4", "source-controller", "v1.9.4"),
            ("registry:5000/helm-controller:v1@sha256:ab", "helm-controller", "v1"),
            ("registry:5000/helm-controller@sha256:ab", "helm-controller", "sha256:ab"),
            ("kustomize-controller", "kustomize-controller", "latest"),
        ] {
            let controller = Controller::of_image(image).unwrap();
            assert_eq!((controller.name.as_str(), controller.version.as_str()), (name, version));
        }
    }

    #[test]
    fn only_other_tools_are_foreign() {
        for (manager, is_foreign) in
            [(None, false), (Some("flux"), false), (Some("nigari"), false), (Some("Helm"), true)]
        {
            let installation =
                Installation { manager: manager.map(str::to_owned), ..Installation::default() };
            assert_eq!(installation.foreign_manager().is_some(), is_foreign, "{manager:?}");
        }
    }
}
