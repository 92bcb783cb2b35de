//! What a cluster holds in a namespace, for those who have no `kubectl` at hand.

use anyhow::{Context as _, Result};
use kube::api::{Api, DynamicObject, ListParams};
use kube::discovery::{Discovery, verbs};
use kube::{Client, ResourceExt as _};

/// Kinds that tell what happened rather than what is there.
const RECORDS: [&str; 2] = ["Event", "Lease"];

/// Every object of `namespace` on the cluster that `KUBECONFIG` leads to: a line `Kind name` each, sorted.
///
/// # Errors
/// When there is no kubeconfig, or the cluster cannot be asked.
pub async fn of_namespace(namespace: &str) -> Result<String> {
    // Two providers are linked into the tests, so that rustls cannot choose by itself.
    let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
    let client = Client::try_default().await.context("cannot find a cluster")?;
    let discovery = Discovery::new(client.clone()).run_aggregated().await?;
    let mut lines = Vec::new();
    for (resource, capabilities) in
        discovery.groups().flat_map(|group| group.recommended_resources())
    {
        let is_namespaced = capabilities.scope == kube::discovery::Scope::Namespaced;
        let is_record = RECORDS.contains(&resource.kind.as_str());
        if !is_namespaced || is_record || !capabilities.supports_operation(verbs::LIST) {
            continue;
        }
        let api: Api<DynamicObject> = Api::namespaced_with(client.clone(), namespace, &resource);
        for object in api.list(&ListParams::default()).await? {
            lines.push(format!("{} {}\n", resource.kind, object.name_any()));
        }
    }
    lines.sort();
    Ok(lines.concat())
}
