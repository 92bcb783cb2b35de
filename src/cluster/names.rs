//! Names of objects, as fast as they can be had: for completion.

use std::fmt::Debug;

use anyhow::Result;
use k8s_openapi::api::core::v1::Namespace;
use kube::api::{Api, ListParams};
use serde::de::DeserializeOwned;

use super::Cluster;
use super::list::{PAGE, not_installed};
use crate::kinds::Kind;

impl Cluster {
    /// The names of the objects of `kind`, in one namespace or in all of them.
    ///
    /// Only metadata is transferred, nothing is asked twice, and discovery is spared: versions are tried
    /// from the best on.
    ///
    /// # Errors
    /// [`crate::error::Class::NotInstalled`] when no known version is served; those of
    /// [`super::failure`].
    pub async fn names(&self, kind: &Kind, namespace: Option<&str>) -> Result<Vec<String>> {
        for version in kind.versions {
            let api = self.api(&kind.resource(version), namespace);
            match names_of(&api).await {
                Ok(names) => return Ok(names),
                Err(kube::Error::Api(status)) if status.code == 404 => {}
                Err(error) => return Err(self.failure(error, &format!("list {}", kind.plural))),
            }
        }
        Err(not_installed(kind))
    }

    /// The names of the cluster's namespaces.
    ///
    /// # Errors
    /// Those of [`super::failure`].
    pub async fn namespaces(&self) -> Result<Vec<String>> {
        let names = names_of(&Api::<Namespace>::all(self.client.clone())).await;
        names.map_err(|error| self.failure(error, "list namespaces"))
    }
}

async fn names_of<K: Clone + Debug + DeserializeOwned>(api: &Api<K>) -> kube::Result<Vec<String>> {
    let mut names = Vec::new();
    let mut parameters = ListParams::default().limit(PAGE);
    loop {
        let page = api.list_metadata(&parameters).await?;
        names.extend(page.items.into_iter().filter_map(|object| object.metadata.name));
        match page.metadata.continue_.filter(|token| !token.is_empty()) {
            Some(token) => parameters = parameters.continue_token(&token),
            None => return Ok(names),
        }
    }
}
