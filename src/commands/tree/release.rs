//! What a release consists of, as its status or Helm's own storage tells.

use std::io::Read as _;

use anyhow::{Context as _, Result};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use flate2::read::GzDecoder;
use kube::api::DynamicObject;
use serde::Deserialize;

use crate::cluster::Cluster;
use crate::cluster::list::Scope;
use crate::kinds::Kind;
use crate::kinds::inventory::{self, Entry};
use crate::kinds::view::{number, text};
use crate::manifests::yaml;

/// A manifest is stored in a Secret, which holds 1 MiB; nothing honest expands to more than this.
const LARGEST: u64 = 64 * 1024 * 1024;

/// What an object has applied: its inventory, or what Helm has stored of the release where helm-controller
/// keeps no inventory (before Flux 2.8).
pub(super) async fn applied(
    cluster: &Cluster,
    kind: &Kind,
    object: &DynamicObject,
) -> Result<Vec<Entry>> {
    let is_told = object.data.pointer("/status/inventory").is_some();
    let Some(labels) = inventory::release_labels(object).filter(|_| !is_told) else {
        return Ok(inventory::made(object));
    };
    let Some(stored) =
        Stored::of(object).filter(|_| object.data.pointer("/spec/kubeConfig").is_none())
    else {
        return Ok(Vec::new());
    };
    let Some(secret) = cluster.secret(&stored.storage_namespace, &stored.secret).await? else {
        return Ok(Vec::new());
    };
    let data = secret.data.unwrap_or_default();
    let release = data.get("release").map(|bytes| bytes.0.as_slice()).unwrap_or_default();
    let manifest = manifest_of(release).with_context(|| {
        format!("the release of {kind} in Secret {}/{}", stored.storage_namespace, stored.secret)
    })?;
    let mut entries = Vec::new();
    for object in yaml::objects_of(&manifest)? {
        entries.push(entry(cluster, &object, &stored.namespace).await?);
    }
    entries.extend(definitions(cluster, &labels.1).await?);
    Ok(entries)
}

/// Where Helm keeps the newest release, and where it was installed.
struct Stored {
    storage_namespace: String,
    secret: String,
    namespace: String,
}

impl Stored {
    /// Source: `status.history` of helm-controller, newest first, and Helm's storage driver for Secrets,
    /// `pkg/storage/storage.go` (`makeKey`).
    fn of(object: &DynamicObject) -> Option<Self> {
        let release = text(object, "/status/history/0/name")?;
        let version = number(object, "/status/history/0/version")?;
        Some(Self {
            storage_namespace: text(object, "/status/storageNamespace")?.to_owned(),
            secret: format!("sh.helm.release.v1.{release}.v{version}"),
            namespace: text(object, "/status/history/0/namespace").unwrap_or_default().to_owned(),
        })
    }
}

/// The manifest in a stored release: base64 once more, mostly compressed, JSON.
fn manifest_of(stored: &[u8]) -> Result<String> {
    #[derive(Deserialize)]
    struct Release {
        #[serde(default)]
        manifest: String,
    }
    let bytes = STANDARD.decode(stored).context("it is not base64")?;
    let mut json = Vec::new();
    match bytes.starts_with(&[0x1f, 0x8b]) {
        true => GzDecoder::new(bytes.as_slice()).take(LARGEST).read_to_end(&mut json)?,
        false => bytes.as_slice().read_to_end(&mut json)?,
    };
    let release: Release = serde_json::from_slice(&json).context("it is no release")?;
    Ok(release.manifest)
}

/// An object of a manifest; one that lives in a namespace and names none is in that of the release.
async fn entry(cluster: &Cluster, object: &DynamicObject, release: &str) -> Result<Entry> {
    let types = object.types.clone().unwrap_or_default();
    let group = types.api_version.rsplit_once('/').map_or("", |(group, _)| group);
    let served = cluster.served_as(group, &types.kind).await?;
    let namespace = match served.is_none_or(|served| served.is_namespaced) {
        true => object.metadata.namespace.clone().unwrap_or_else(|| release.to_owned()),
        false => String::new(),
    };
    let name = object.metadata.name.clone().unwrap_or_default();
    Ok(Entry { group: group.to_owned(), kind: types.kind, namespace, name })
}

/// The CRDs of a release, which are not part of its manifest.
async fn definitions(cluster: &Cluster, labels: &str) -> Result<Vec<Entry>> {
    const GROUP: &str = "apiextensions.k8s.io";
    const KIND: &str = "CustomResourceDefinition";
    let Some(served) = cluster.served_as(GROUP, KIND).await? else { return Ok(Vec::new()) };
    let scope = Scope::everywhere().labels(labels);
    let found = cluster.list_metadata(&served.resource, &scope).await?;
    let entry = |found: DynamicObject| Entry {
        group: GROUP.to_owned(),
        kind: KIND.to_owned(),
        namespace: String::new(),
        name: found.metadata.name.unwrap_or_default(),
    };
    Ok(found.into_iter().map(entry).collect())
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use flate2::Compression;
    use flate2::write::GzEncoder;

    use super::*;

    #[test]
    fn a_stored_release_is_read_with_and_without_compression() {
        let json = br#"{"name": "podinfo", "manifest": "kind: Service"}"#;
        let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(json).unwrap();
        for bytes in [json.to_vec(), encoder.finish().unwrap()] {
            assert_eq!(manifest_of(STANDARD.encode(bytes).as_bytes()).unwrap(), "kind: Service");
        }
        assert!(manifest_of(b"!").is_err());
        assert!(manifest_of(STANDARD.encode("7").as_bytes()).is_err());
    }
}
