//! ConfigMaps, read.

use anyhow::Result;
use k8s_openapi::api::core::v1::ConfigMap;
use kube::api::{Api, ListParams};

use super::Cluster;
use super::backoff::patiently;

impl Cluster {
    /// The ConfigMap `namespace/name`, if there is one.
    ///
    /// # Errors
    /// Those of [`super::failure`].
    pub async fn config_map(&self, namespace: &str, name: &str) -> Result<Option<ConfigMap>> {
        let api: Api<ConfigMap> = Api::namespaced(self.client.clone(), namespace);
        let map = patiently(|| api.get_opt(name)).await;
        map.map_err(|error| self.failure(error, &format!("get ConfigMap {namespace}/{name}")))
    }

    /// The ConfigMaps of a namespace with these labels, in kubectl's selector notation.
    ///
    /// # Errors
    /// Those of [`super::failure`].
    pub async fn config_maps(&self, namespace: &str, selector: &str) -> Result<Vec<ConfigMap>> {
        let api: Api<ConfigMap> = Api::namespaced(self.client.clone(), namespace);
        let parameters = ListParams::default().labels(selector);
        let maps = patiently(|| api.list(&parameters)).await;
        let maps =
            maps.map_err(|error| self.failure(error, &format!("list configmaps in {namespace}")))?;
        Ok(maps.items)
    }
}
