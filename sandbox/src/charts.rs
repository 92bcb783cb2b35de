//! A Helm repository: an index, and the charts that it lists.
//!
//! Source: Helm's documentation, "The Chart Repository Guide" (the index) and "Charts" (the files).

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use aws_lc_rs::digest::{SHA256, digest};
use axum::Router;
use axum::extract::{Path, State};
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use flate2::Compression;
use flate2::write::GzEncoder;
use http::{StatusCode, header};
use serde_json::{Value, json};

/// What `created` says of every chart: only the versions tell charts apart.
const CREATED: &str = "2026-01-01T00:00:00Z";

/// The version of tofu-controller that is played.
pub const TOFU_CONTROLLER: &str = "0.16.5";

/// A chart: files by their path from the chart's root.
#[derive(Clone)]
pub struct Chart {
    name: String,
    version: String,
    files: BTreeMap<String, String>,
}

impl Chart {
    /// A chart with no templates yet.
    #[must_use]
    pub fn new(name: &str, version: &str) -> Self {
        let about =
            format!("apiVersion: v2\nname: {name}\nversion: {version}\nappVersion: {version}\n");
        let chart = Self { name: name.to_owned(), version: version.to_owned(), files: [].into() };
        chart.file("Chart.yaml", &about).file("values.yaml", "{}\n")
    }

    /// A chart of one Deployment, whose image and replicas are values, and one ConfigMap with the value
    /// `message`.
    #[must_use]
    pub fn deployment(name: &str, version: &str) -> Self {
        let image = format!("image: ghcr.io/stefanprodan/{name}:{version}\n");
        let values = format!("{image}replicas: 1\nmessage: hello\n");
        let template = include_str!("charts/deployment.yaml");
        let config = include_str!("charts/configmap.yaml");
        Self::new(name, version)
            .file("values.yaml", &values)
            .file("templates/deployment.yaml", template)
            .file("templates/configmap.yaml", config)
    }

    /// The part of tofu-controller's chart that others notice: its Deployment, and the CRD that it brings.
    ///
    /// Source: flux-iac/tofu-controller v0.16.5, `charts/tofu-controller`.
    #[must_use]
    pub fn tofu_controller(version: &str) -> Self {
        let name = "tofu-controller";
        let about =
            format!("apiVersion: v2\nname: {name}\nversion: {version}\nappVersion: v{version}\n");
        let definition = include_str!("../crds/terraforms.infra.contrib.fluxcd.io.yaml");
        Self::new(name, version)
            .file("Chart.yaml", &about)
            .file("values.yaml", include_str!("charts/tofu-controller-values.yaml"))
            .file("crds/crds.yaml", definition)
            .file("templates/deployment.yaml", include_str!("charts/tofu-controller.yaml"))
    }

    /// Adds a file, or replaces it.
    #[must_use]
    pub fn file(mut self, path: &str, content: &str) -> Self {
        self.files.insert(path.to_owned(), content.to_owned());
        self
    }

    /// The files, by their path from the chart's root: what a Git repository would hold.
    #[must_use]
    pub fn files(&self) -> &BTreeMap<String, String> {
        &self.files
    }

    /// The package: a `.tgz` with everything in a folder of the chart's name.
    #[must_use]
    pub fn package(&self) -> Vec<u8> {
        let mut builder = tar::Builder::new(GzEncoder::new(Vec::new(), Compression::fast()));
        for (path, content) in &self.files {
            let mut header = tar::Header::new_gnu();
            header.set_size(content.len() as u64);
            header.set_mode(0o644);
            let path = format!("{}/{path}", self.name);
            let appended = builder.append_data(&mut header, path, content.as_bytes());
            appended.expect("memory takes what is written");
        }
        let gzip = builder.into_inner().expect("memory takes what is written");
        gzip.finish().expect("memory takes what is written")
    }
}

/// The repository; clones share it.
#[derive(Clone, Default)]
pub struct Charts(Arc<Mutex<BTreeMap<(String, String), Package>>>);

struct Package {
    bytes: Vec<u8>,
    about: Value,
}

impl Charts {
    /// Publishes a chart; one of the same name and version is replaced.
    ///
    /// # Errors
    /// When its `Chart.yaml` is no YAML.
    pub fn publish(&self, chart: &Chart) -> anyhow::Result<()> {
        let mut about: Value = serde_yaml::from_str(&chart.files["Chart.yaml"])?;
        let bytes = chart.package();
        let hex: String =
            digest(&SHA256, &bytes).as_ref().iter().map(|byte| format!("{byte:02x}")).collect();
        about["created"] = json!(CREATED);
        about["digest"] = json!(hex);
        about["urls"] = json!([format!("{}-{}.tgz", chart.name, chart.version)]);
        let key = (chart.name.clone(), chart.version.clone());
        self.packages().insert(key, Package { bytes, about });
        Ok(())
    }

    /// `index.yaml`, written as JSON.
    #[must_use]
    pub fn index(&self) -> Value {
        let mut entries = json!({});
        for ((name, _), package) in self.packages().iter() {
            if !entries[name].is_array() {
                entries[name] = json!([]);
            }
            if let Some(versions) = entries[name].as_array_mut() {
                versions.push(package.about.clone());
            }
        }
        json!({"apiVersion": "v1", "generated": CREATED, "entries": entries})
    }

    /// The package of one version.
    pub(crate) fn package(&self, name: &str, version: &str) -> Option<Vec<u8>> {
        let key = (name.to_owned(), version.to_owned());
        Some(self.packages().get(&key)?.bytes.clone())
    }

    /// The service for the paths below `/charts/`.
    pub fn router(&self) -> Router {
        Router::new().route("/charts/{file}", get(answer)).with_state(self.clone())
    }

    fn packages(&self) -> MutexGuard<'_, BTreeMap<(String, String), Package>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

async fn answer(State(charts): State<Charts>, Path(file): Path<String>) -> Response {
    if file == "index.yaml" {
        let index = charts.index().to_string();
        return ([(header::CONTENT_TYPE, "text/yaml")], index).into_response();
    }
    let packages = charts.packages();
    let found = packages.values().find(|package| package.about["urls"][0] == *file);
    match found.map(|package| package.bytes.clone()) {
        Some(bytes) => ([(header::CONTENT_TYPE, "application/gzip")], bytes).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_index_lists_every_version() {
        let charts = Charts::default();
        for version in ["1.0.0", "1.1.0"] {
            charts.publish(&Chart::deployment("podinfo", version)).unwrap();
        }
        let index = charts.index();
        let versions = index["entries"]["podinfo"].as_array().unwrap();
        let urls: Vec<_> = versions.iter().map(|version| version["urls"][0].clone()).collect();
        assert_eq!(urls, ["podinfo-1.0.0.tgz", "podinfo-1.1.0.tgz"]);
        assert!(charts.package("podinfo", "1.1.0").is_some());
        assert!(charts.package("podinfo", "2.0.0").is_none());
    }
}
