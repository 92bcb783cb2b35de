//! Releases as Helm keeps them: one Secret each, with the manifest in it.
//!
//! Source: Helm's storage driver for Secrets (names, labels, encoding) and helm-controller,
//! `api/v2/snapshot_types.go` (what the status remembers of a release).

use std::collections::BTreeMap;
use std::io::{Read as _, Write as _};

use anyhow::{Context as _, Result};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use k8s_openapi::ByteString;
use k8s_openapi::api::core::v1::Secret;
use kube::api::{DeleteParams, ListParams, ObjectMeta, PostParams};
use kube::{Api, Client};
use serde_json::{Value, json};

use super::super::conditions::now;
use super::super::files::sha256;
use super::super::inventory::Entry;
use super::chart::Chart;
use super::values;

/// How many releases a HelmRelease keeps in storage and, without a success, in its history.
pub(super) const HISTORY_LIMIT: usize = 5;

/// A release as it is stored: Helm's own JSON, as far as the sandbox fills it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Release(Value);

impl Release {
    /// A release of `chart` that is about to be made.
    pub(super) fn new(
        (namespace, name): (&str, &str),
        version: u64,
        chart: &Chart,
        values: &Value,
        objects: &[Value],
    ) -> Self {
        Self(json!({
            "name": name,
            "namespace": namespace,
            "version": version,
            "info": {"first_deployed": now(), "last_deployed": now(), "status": "deployed"},
            "chart": {"metadata": {
                "name": chart.name, "version": chart.version, "appVersion": chart.app_version,
            }},
            "config": values,
            "manifest": manifest(objects),
        }))
    }

    /// The same content under a new version, as a rollback makes it.
    pub(super) fn again(&self, version: u64) -> Self {
        let mut release = self.0.clone();
        release["version"] = json!(version);
        release["info"]["last_deployed"] = json!(now());
        release["info"]["status"] = json!("deployed");
        Self(release)
    }

    pub(super) fn version(&self) -> u64 {
        self.0["version"].as_u64().unwrap_or_default()
    }

    pub(super) fn status(&self) -> &str {
        self.0["info"]["status"].as_str().unwrap_or_default()
    }

    pub(super) fn set_status(&mut self, status: &str) {
        self.0["info"]["status"] = json!(status);
        if status == "uninstalled" {
            self.0["info"]["deleted"] = json!(now());
        }
    }

    /// Keeps the time of the first release of this name.
    pub(super) fn follow(&mut self, last: Option<&Self>) {
        if let Some(last) = last {
            self.0["info"]["first_deployed"] = last.0["info"]["first_deployed"].clone();
        }
    }

    pub(super) fn objects(&self) -> Vec<Value> {
        serde_yaml::from_multiple(self.0["manifest"].as_str().unwrap_or_default())
            .unwrap_or_default()
    }

    pub(super) fn entries(&self) -> Vec<Entry> {
        self.objects().iter().map(Entry::of).collect()
    }

    /// Whether it was made of this chart.
    pub(super) fn is_of(&self, chart: &Chart) -> bool {
        let metadata = &self.0["chart"]["metadata"];
        metadata["name"] == chart.name.as_str() && metadata["version"] == chart.version.as_str()
    }

    pub(super) fn digest(&self) -> String {
        format!("sha256:{}", sha256(self.0.to_string().as_bytes()))
    }

    /// What `status.history` tells of it.
    pub(super) fn snapshot(&self, action: &str, oci_digest: Option<&str>) -> Value {
        let (info, metadata) = (&self.0["info"], &self.0["chart"]["metadata"]);
        let mut snapshot = json!({
            "apiVersion": "v2",
            "digest": self.digest(),
            "name": self.0["name"],
            "namespace": self.0["namespace"],
            "version": self.0["version"],
            "status": info["status"],
            "chartName": metadata["name"],
            "chartVersion": metadata["version"],
            "appVersion": metadata["appVersion"],
            "configDigest": values::digest(&self.0["config"]),
            "firstDeployed": info["first_deployed"],
            "lastDeployed": info["last_deployed"],
        });
        if !action.is_empty() {
            snapshot["action"] = json!(action);
        }
        if info["deleted"].is_string() {
            snapshot["deleted"] = info["deleted"].clone();
        }
        if let Some(digest) = oci_digest {
            snapshot["ociDigest"] = json!(digest);
        }
        snapshot
    }

    fn encode(&self) -> std::io::Result<Vec<u8>> {
        let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
        gzip.write_all(self.0.to_string().as_bytes())?;
        Ok(STANDARD.encode(gzip.finish()?).into_bytes())
    }

    fn decode(bytes: &[u8]) -> Result<Self> {
        let mut text = String::new();
        GzDecoder::new(STANDARD.decode(bytes)?.as_slice()).read_to_string(&mut text)?;
        Ok(Self(serde_json::from_str(&text)?))
    }
}

fn manifest(objects: &[Value]) -> String {
    let documents = objects.iter().map(|object| {
        let text = serde_yaml::to_string(object).expect("manifests are plain data");
        format!("---\n{text}")
    });
    documents.collect()
}

/// Helm's storage for the releases of one name.
pub(super) struct Releases {
    secrets: Api<Secret>,
    name: String,
}

impl Releases {
    pub(super) fn new(client: &Client, namespace: &str, name: &str) -> Self {
        Self { secrets: Api::namespaced(client.clone(), namespace), name: name.to_owned() }
    }

    /// Every release, the newest first.
    pub(super) async fn all(&self) -> Result<Vec<Release>> {
        let wanted = ListParams::default().labels(&format!("name={},owner=helm", self.name));
        let secrets = self.secrets.list(&wanted).await?.items;
        let mut releases = secrets
            .into_iter()
            .filter_map(|secret| secret.data?.remove("release"))
            .map(|bytes| Release::decode(&bytes.0))
            .collect::<Result<Vec<_>>>()
            .with_context(|| format!("cannot read the releases of {}", self.name))?;
        releases.sort_by_key(|release| std::cmp::Reverse(release.version()));
        Ok(releases)
    }

    pub(super) async fn create(&self, release: &Release) -> Result<()> {
        self.secrets.create(&PostParams::default(), &self.secret(release)?).await?;
        for old in self.all().await?.iter().skip(HISTORY_LIMIT) {
            self.delete(old).await?;
        }
        Ok(())
    }

    pub(super) async fn update(&self, release: &Release) -> Result<()> {
        let secret = self.secret(release)?;
        let name = secret.metadata.name.clone().unwrap_or_default();
        self.secrets.replace(&name, &PostParams::default(), &secret).await?;
        Ok(())
    }

    pub(super) async fn delete(&self, release: &Release) -> Result<()> {
        let deleted = self.secrets.delete(&self.key(release), &DeleteParams::default()).await;
        match deleted {
            Err(kube::Error::Api(status)) if status.is_not_found() => Ok(()),
            deleted => Ok(deleted.map(|_| ())?),
        }
    }

    fn key(&self, release: &Release) -> String {
        format!("sh.helm.release.v1.{}.v{}", self.name, release.version())
    }

    fn secret(&self, release: &Release) -> Result<Secret> {
        let labels = [
            ("name", self.name.clone()),
            ("owner", "helm".to_owned()),
            ("status", release.status().to_owned()),
            ("version", release.version().to_string()),
        ];
        Ok(Secret {
            metadata: ObjectMeta {
                name: Some(self.key(release)),
                labels: Some(labels.map(|(key, value)| (key.to_owned(), value)).into()),
                ..Default::default()
            },
            type_: Some("helm.sh/release.v1".to_owned()),
            data: Some(BTreeMap::from([("release".to_owned(), ByteString(release.encode()?))])),
            ..Default::default()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::files::Files;
    use super::*;

    fn release() -> Release {
        let package = crate::charts::Chart::deployment("podinfo", "1.0.0").package();
        let chart = Chart::load(&Files::unpack(&package).unwrap()).unwrap();
        let objects = [json!({"kind": "ConfigMap", "metadata": {"name": "a"}})];
        Release::new(("apps", "web"), 1, &chart, &json!({"x": 1}), &objects)
    }

    #[test]
    fn a_stored_release_is_read_back() {
        let release = release();
        assert_eq!(Release::decode(&release.encode().unwrap()).unwrap(), release);
        assert_eq!(release.objects()[0]["metadata"]["name"], "a");
    }

    #[test]
    fn the_snapshot_follows_the_release() {
        let mut release = release();
        let snapshot = release.snapshot("install", None);
        assert_eq!(
            (&snapshot["chartVersion"], &snapshot["status"]),
            (&json!("1.0.0"), &json!("deployed"))
        );
        release.set_status("uninstalled");
        let gone = release.snapshot("uninstall", None);
        assert_ne!(gone["digest"], snapshot["digest"]);
        assert!(gone["deleted"].is_string());
    }
}
