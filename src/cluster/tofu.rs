//! The tofu-controllers that run on a cluster, and whose they are.

use std::collections::BTreeMap;
use std::fmt;

use anyhow::Result;
use futures::try_join;
use k8s_openapi::api::apps::v1::Deployment;
use k8s_openapi::apiextensions_apiserver::pkg::apis::apiextensions::v1::CustomResourceDefinition;
use kube::api::{Api, DynamicObject, ListParams};
use kube::core::ApiResource;

use super::Cluster;
use super::apply::judge_crd;
use super::backoff::patiently;
use super::installation::Controller;
use super::list::Scope;
use super::owner::Owner;
use super::wait::{Patience, Step};
use super::watch::Subject;
use crate::kinds::Kind;
use crate::kinds::terraform::TERRAFORM;

/// How its Deployment is known: by the chart's labels, or by those of upstream's plain manifests; today's
/// name and the one before 0.16.
///
/// Source: flux-iac/tofu-controller, `charts/tofu-controller/templates/_helpers.tpl` and
/// `config/manager/manager.yaml`.
const SELECTORS: [&str; 2] = [
    "app.kubernetes.io/name in (tofu-controller,tf-controller)",
    "control-plane in (tofu-controller,tf-controller)",
];

const NAMES: [&str; 2] = ["tofu-controller", "tf-controller"];

/// A Deployment of tofu-controller.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TofuController {
    /// Its namespace.
    pub namespace: String,
    /// Its name.
    pub name: String,
    /// The version of the controller: `v0.16.5`.
    pub version: Option<String>,
    /// The images of its containers, whole.
    pub images: Vec<String>,
    /// Whose it is.
    pub owner: Owner,
}

impl TofuController {
    fn of(deployment: Deployment) -> Self {
        let metadata = deployment.metadata;
        let pod = deployment.spec.and_then(|spec| spec.template.spec);
        let containers = pod.map(|pod| pod.containers).unwrap_or_default();
        let images: Vec<String> =
            containers.into_iter().filter_map(|container| container.image).collect();
        let label =
            |labels: &BTreeMap<String, String>| labels.get("app.kubernetes.io/version").cloned();
        let tagged = || {
            let mut found = images.iter().filter_map(|image| Controller::of_image(image));
            Some(found.find(|image| NAMES.contains(&image.name.as_str()))?.version)
        };
        Self {
            version: metadata.labels.as_ref().and_then(label).or_else(tagged),
            owner: Owner::of(&metadata),
            namespace: metadata.namespace.unwrap_or_default(),
            name: metadata.name.unwrap_or_default(),
            images,
        }
    }
}

impl fmt::Display for TofuController {
    /// `Deployment namespace/name`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Deployment {}/{}", self.namespace, self.name)
    }
}

impl Cluster {
    /// The Deployments of tofu-controller in all namespaces, sorted by namespace and name.
    ///
    /// # Errors
    /// Those of [`super::failure`].
    pub async fn tofu_controllers(&self) -> Result<Vec<TofuController>> {
        let [by_name, by_plane] = SELECTORS.map(|selector| self.deployments_with(selector));
        let (by_name, by_plane) = try_join!(by_name, by_plane)?;
        let all = by_name.into_iter().chain(by_plane).map(TofuController::of);
        let all: BTreeMap<_, _> =
            all.map(|found| ((found.namespace.clone(), found.name.clone()), found)).collect();
        Ok(all.into_values().collect())
    }

    /// Kind and metadata of the Terraform objects of all namespaces; none where the kind is not installed.
    ///
    /// # Errors
    /// Those of [`super::failure`].
    pub async fn terraforms(&self) -> Result<Vec<DynamicObject>> {
        match self.resource(&TERRAFORM).await? {
            Some(resource) => self.list_metadata(&resource, &Scope::everywhere()).await,
            None => Ok(Vec::new()),
        }
    }

    async fn deployments_with(&self, selector: &str) -> Result<Vec<Deployment>> {
        let api: Api<Deployment> = Api::all(self.client.clone());
        let parameters = ListParams::default().labels(selector);
        let list = patiently(|| api.list(&parameters)).await;
        let list =
            list.map_err(|error| self.failure(error, "list Deployments in all namespaces"))?;
        Ok(list.items)
    }

    /// Waits until the CRD of `kind` is established and the cluster serves its objects.
    ///
    /// # Errors
    /// [`crate::error::Class::TimedOut`] with what was last seen;
    /// [`crate::error::Class::Conflict`] when another CRD has the names of this one.
    pub async fn await_served(&self, kind: &'static Kind, patience: &Patience<'_>) -> Result<()> {
        let definition = format!("{}.{}", kind.plural, kind.group);
        let what = format!("CustomResourceDefinition {definition}");
        let subject = Subject::Resource(ApiResource::erase::<CustomResourceDefinition>(&()));
        let scope = Scope::everywhere().named(&definition);
        let crd = self
            .wait_for_subject(subject, scope, &what, patience, |object, _| match object {
                Some(object) => judge_crd(object).map(|()| object.clone()),
                None => Step::wait("the CRD is not there yet"),
            })
            .await?;
        let crds = [&crd];
        let work = self.await_discovery(&crds);
        patience.deadline.within("the cluster to serve the new CRD", work).await
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn found(metadata: Value, image: &str) -> TofuController {
        let mut deployment = json!({"metadata": metadata, "spec": {"selector": {}, "template": {
            "spec": {"containers": [{"name": "sidecar", "image": "proxy:v9"},
                {"name": "manager", "image": image}]}}}});
        deployment["metadata"]["name"] = json!("tofu-controller");
        deployment["metadata"]["namespace"] = json!("infra");
        TofuController::of(serde_json::from_value(deployment).expect("a Deployment"))
    }

    #[test]
    fn the_version_is_the_labels_else_the_images() {
        let labelled = json!({"labels": {"app.kubernetes.io/version": "v0.16.5"}});
        for (metadata, image, version) in [
            (labelled, "ghcr.io/flux-iac/tofu-controller:v1", Some("v0.16.5")),
            (json!({}), "ghcr.io/flux-iac/tofu-controller:v0.16.4@sha256:ab", Some("v0.16.4")),
            (json!({}), "registry:5000/tf-controller:v0.15.1", Some("v0.15.1")),
            (json!({}), "registry:5000/other:v1", None),
        ] {
            assert_eq!(found(metadata, image).version.as_deref(), version, "{image}");
        }
    }
}
