//! The APIs of whatever kinds manifests name.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use kube::api::DynamicObject;
use kube::core::{ApiResource, GroupVersionKind};
use kube::discovery::{self, Scope};
use kube::{Api, Client};

use super::inventory::Entry;

/// Finds the API of an object; remembers what the server said.
pub(super) struct Resources {
    client: Client,
    known: Mutex<BTreeMap<(String, String), (ApiResource, bool)>>,
}

impl Resources {
    pub(super) fn new(client: Client) -> Self {
        Self { client, known: Mutex::default() }
    }

    /// The API for one entry.
    ///
    /// # Errors
    /// With client-go's message when the cluster does not serve the kind.
    pub(super) async fn api(&self, entry: &Entry) -> Result<Api<DynamicObject>, String> {
        let (resource, is_namespaced) = self.resource(entry).await?;
        Ok(if is_namespaced && !entry.namespace.is_empty() {
            Api::namespaced_with(self.client.clone(), &entry.namespace, &resource)
        } else {
            Api::all_with(self.client.clone(), &resource)
        })
    }

    /// Whether objects of the entry's kind live in namespaces.
    ///
    /// # Errors
    /// As [`Self::api`].
    pub(super) async fn is_namespaced(&self, entry: &Entry) -> Result<bool, String> {
        Ok(self.resource(entry).await?.1)
    }

    async fn resource(&self, entry: &Entry) -> Result<(ApiResource, bool), String> {
        let key = (entry.api_version(), entry.kind.clone());
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner).get(&key).cloned();
        if let Some(known) = known {
            return Ok(known);
        }
        let gvk = GroupVersionKind::gvk(&entry.group, &entry.version, &entry.kind);
        let found = discovery::pinned_kind(&self.client, &gvk).await;
        let (resource, capabilities) = found.map_err(|_| {
            format!("no matches for kind \"{}\" in version \"{}\"", entry.kind, entry.api_version())
        })?;
        let found = (resource, capabilities.scope == Scope::Namespaced);
        self.known.lock().unwrap_or_else(PoisonError::into_inner).insert(key, found.clone());
        Ok(found)
    }
}

/// The server's own words.
pub(super) fn text(error: &kube::Error) -> String {
    match error {
        kube::Error::Api(status) => status.message.clone(),
        other => other.to_string(),
    }
}
