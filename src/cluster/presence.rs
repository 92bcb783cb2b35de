//! Whether objects are there that others refer to.

use anyhow::{Result, anyhow};
use k8s_openapi::api::core::v1::{ConfigMap, Secret, ServiceAccount};
use k8s_openapi::api::rbac::v1::ClusterRole;
use kube::core::ApiResource;

use super::Cluster;
use super::backoff::patiently;
use crate::error::{Class, Explain as _};
use crate::kinds::{self, ObjectRef};

/// The resource of a kind that is not Flux's.
fn builtin(kind: &str) -> Option<ApiResource> {
    match kind {
        "ConfigMap" => Some(ApiResource::erase::<ConfigMap>(&())),
        "Secret" => Some(ApiResource::erase::<Secret>(&())),
        "ServiceAccount" => Some(ApiResource::erase::<ServiceAccount>(&())),
        "ClusterRole" => Some(ApiResource::erase::<ClusterRole>(&())),
        _ => None,
    }
}

impl Cluster {
    /// Checks that an object is there. Nothing of it but its metadata is read, so no value of a Secret.
    ///
    /// # Errors
    /// [`Class::NotFound`]; [`Class::NotInstalled`] when the cluster does not serve the kind; those of
    /// [`super::failure`].
    pub async fn require(&self, object: &ObjectRef) -> Result<()> {
        let resource = match (builtin(&object.kind), kinds::of_api_kind(&object.kind)) {
            (Some(resource), _) => resource,
            (None, Some(kind)) => self.installed(kind).await?,
            (None, None) => {
                return Err(
                    anyhow!("{} is no kind of Flux", object.kind).class(Class::NotInstalled)
                );
            }
        };
        let namespace = Some(object.namespace.as_str()).filter(|namespace| !namespace.is_empty());
        let api = self.api(&resource, namespace);
        match patiently(|| api.get_metadata_opt(&object.name)).await {
            Ok(Some(_)) => Ok(()),
            Ok(None) => Err(anyhow!("{object} not found").class(Class::NotFound)),
            Err(error) => Err(self.failure(error, &format!("look for {object}"))),
        }
    }
}
