//! HelmChart objects: a chart from a HelmRepository or a GitRepository.

use std::sync::Arc;

use anyhow::Result;
use futures::future::BoxFuture;
use kube::Api;
use kube::api::DynamicObject;
use serde_json::{Value, json};

use super::chart::{self, Build, Wishes};
use super::remote::{Address, connect, has_charts, newest};
use super::{
    Failure, Fetched, Origin, Played, Then, Tools, git_repositories, helm_charts,
    helm_repositories, helm_repository,
};
use crate::players::controller::{Queue, watch};
use crate::players::files::Files;
use crate::players::object::Tracked;
use crate::players::storage::Content;
use crate::players::users::{User, Users, source_key};

/// The media type of a chart's layer in a registry.
const CHART_LAYER: &str = "application/vnd.cncf.helm.chart.content.v1.tar+gzip";
const SOURCE: &str = "/spec/sourceRef";

#[derive(Default)]
pub(super) struct Charts {
    users: Users,
}

impl Origin for Charts {
    fn played() -> Played {
        helm_charts()
    }

    async fn fetch(&self, tools: &Tools, object: &mut Tracked) -> Result<Result<Fetched, Failure>> {
        let source = match source(tools, object).await? {
            Ok(source) => source,
            Err(failure) => return Ok(Err(failure)),
        };
        if let Some(revision) = source.at("/status/artifact/revision") {
            object.set_status("observedSourceArtifactRevision", revision.clone());
        }
        let built = match object.str("/spec/sourceRef/kind") {
            Some("GitRepository") => from_files(tools, object, &source).await?,
            _ => from_repository(tools, object, &source).await?,
        };
        Ok(built.map(|built| fetched(object, built)))
    }

    fn watches(&self, tools: &Tools, queue: &Queue) -> Option<Vec<BoxFuture<'static, ()>>> {
        let (resource, crd) = Self::played();
        let (client, pace) = (&tools.client, tools.stage.pace);
        let own: Api<DynamicObject> = Api::all_with(client.clone(), &resource);
        let changes = self.users.own_changes(|object| {
            let source = source_key(object, SOURCE);
            let user = User::of(object, source, "/status/observedSourceArtifactRevision");
            // Whatever its state: a revision that it has seen does not concern it.
            User { is_busy: true, ..user }
        });
        let mut watches = vec![watch(own, Some((client.clone(), crd)), pace, queue, changes)];
        for source in [helm_repositories(), git_repositories()] {
            watches.push(self.users.watch_source(client, source, pace, queue));
        }
        Some(watches)
    }
}

/// The source object, once it has an artifact.
async fn source(tools: &Tools, object: &mut Tracked) -> Result<Result<Tracked, Failure>> {
    let (kind, key) = source_key(object.object(), SOURCE);
    let kinds = [helm_repositories(), git_repositories()];
    let Some((resource, _)) = kinds.into_iter().find(|(resource, _)| resource.kind == kind) else {
        let message = format!("failed to get source: the sandbox plays no {kind}");
        return Ok(Err(Failure::new("UnsupportedSourceKind", message).stalling()));
    };
    let source = Tracked::load(&tools.client, &resource, &key, super::CONTROLLER).await?;
    let Some(source) = source else {
        let missing = format!("{kind}.{} \"{}\" not found", super::GROUP, key.name);
        let message = format!("failed to get source: {missing}");
        return Ok(Err(Failure::new("SourceUnavailable", message)));
    };
    let path = source.str("/status/artifact/path").unwrap_or_default();
    if !tools.stage.storage.holds(path) && source.str("/spec/type") != Some("oci") {
        let message = format!("no artifact available for {kind} source '{}'", key.name);
        let failure = Failure::new("NoSourceArtifact", message);
        return Ok(Err(Failure { then: Then::Requeue, ..failure }));
    }
    Ok(Ok(source))
}

async fn from_files(
    tools: &Tools,
    object: &Tracked,
    source: &Tracked,
) -> Result<Result<Build, Failure>> {
    let files = tools.stage.storage.fetch(source.object()).await?.unwrap_or_default();
    let spec = object.at("/spec").unwrap_or(&Value::Null);
    let path = spec["chart"].as_str().unwrap_or_default();
    let mut metadata = Vec::new();
    if spec["reconcileStrategy"] == "Revision" {
        let revision = source.str("/status/artifact/revision").unwrap_or_default();
        let commit = revision.rsplit_once(':').map_or(revision, |(_, commit)| commit);
        metadata.push(commit.chars().take(12).collect::<String>());
    }
    metadata.extend(generation_mark(object));
    let wishes = Wishes { spec, metadata: metadata.join("."), is_packaged: true };
    let chart = chart::folder(&files, path);
    Ok(chart.and_then(|chart| chart::package(chart, &files, &wishes)))
}

/// Values files change with the object and not with the chart, so they show in the version.
fn generation_mark(object: &Tracked) -> Option<String> {
    let files = object.at("/spec/valuesFiles").and_then(Value::as_array);
    files.filter(|files| !files.is_empty()).map(|_| object.generation().to_string())
}

async fn from_repository(
    tools: &Tools,
    object: &Tracked,
    source: &Tracked,
) -> Result<Result<Build, Failure>> {
    let certificates = match helm_repository::certificates(tools, source).await? {
        Ok(certificates) => certificates,
        Err(failure) => return Ok(Err(failure)),
    };
    let spec = object.at("/spec").unwrap_or(&Value::Null);
    let (name, version) =
        (spec["chart"].as_str().unwrap_or_default(), spec["version"].as_str().unwrap_or_default());
    let package = if source.str("/spec/type") == Some("oci") {
        from_registry(tools, source, &certificates, name, version)
    } else {
        from_index(tools, source, &certificates, name, version)
    };
    let metadata = generation_mark(object).unwrap_or_default();
    let wishes = Wishes { spec, metadata, is_packaged: false };
    Ok(package.and_then(|files| chart::package(files.clone(), &files, &wishes)))
}

fn from_index(
    tools: &Tools,
    source: &Tracked,
    certificates: &str,
    name: &str,
    wanted: &str,
) -> Result<Files, Failure> {
    let missing = |problem: &str| {
        chart::reference(&format!("failed to get chart version for remote reference: {problem}"))
    };
    let index = tools.stage.charts.index();
    let listed = index["entries"][name].as_array().ok_or_else(|| missing("no chart name found"))?;
    let versions: Vec<_> = listed.iter().filter_map(|chart| chart["version"].as_str()).collect();
    let version = newest(&versions, wanted).map_err(|problem| missing(&problem))?;
    let version = version.ok_or_else(|| {
        missing(&format!("no '{name}' chart with version matching '{wanted}' found"))
    })?;
    let url = source.str("/spec/url").unwrap_or_default().trim_end_matches('/');
    let download = |problem: &str| {
        chart::pull(&format!("failed to download chart for remote reference: {problem}"))
    };
    let package = format!("{url}/{name}-{version}.tgz");
    connect(&tools.stage, &package, certificates).map_err(|problem| download(&problem))?;
    let is_here = Address::parse(url).is_some_and(|address| has_charts(&address));
    let bytes = is_here.then(|| tools.stage.charts.package(name, version)).flatten();
    let bytes =
        bytes.ok_or_else(|| download(&format!("failed to fetch {package} : 404 Not Found")))?;
    chart::unpack(&bytes)
}

fn from_registry(
    tools: &Tools,
    source: &Tracked,
    certificates: &str,
    name: &str,
    wanted: &str,
) -> Result<Files, Failure> {
    let url = source.str("/spec/url").unwrap_or_default().trim_end_matches('/');
    let Some(address) = Address::parse(url).filter(|address| address.scheme == "oci") else {
        let message = format!("failed to construct Helm client: invalid OCI registry URL: {url}");
        return Err(Failure::new("Failed", message).stalling());
    };
    let repository = format!("{}/{name}", address.path.trim_start_matches('/'));
    let repository = repository.trim_start_matches('/');
    let registry = format!("https://{}/v2/{repository}", address.authority);
    connect(&tools.stage, &registry, certificates).map_err(|problem| chart::pull(&problem))?;
    let tags = tools.stage.registry.tags(repository);
    let tags: Vec<_> = tags.iter().map(String::as_str).collect();
    let found = newest(&tags, wanted).map_err(|problem| chart::reference(&problem))?;
    let version = match found {
        Some(version) => version,
        None if semver::Version::parse(wanted).is_ok() => wanted,
        None => {
            return Err(chart::reference(&format!(
                "failed to get chart version for remote reference: could not locate a version \
                 matching provided version string {wanted}"
            )));
        }
    };
    let pulled = tools.stage.registry.pull(repository, version).map_err(|_| {
        chart::pull(&format!(
            "failed to download chart for remote reference: failed to get '{url}/{name}:{version}': \
             {}/{repository}:{version}: not found",
            address.authority
        ))
    })?;
    let layer = pulled.layers.iter().find(|(media_type, _)| media_type == CHART_LAYER);
    let (_, bytes) = layer.ok_or_else(|| {
        chart::pull("manifest does not contain a layer with mediatype of a chart")
    })?;
    chart::unpack(bytes)
}

fn fetched(object: &Tracked, built: Build) -> Fetched {
    let (summary, reason) = (built.summary(), built.reason());
    let digest = built.files.digest();
    let is_unchanged = object.str("/status/artifact/digest") == Some(&digest)
        && object.str("/status/artifact/revision") == Some(&built.version)
        && object.str("/status/observedChartName") == Some(&built.name);
    Fetched {
        file: format!("{}-{}.tgz", built.name, built.version),
        digest,
        size_bytes: built.files.size_bytes(),
        content: (!is_unchanged).then(|| Content::Files(Arc::new(built.files))),
        metadata: Value::Null,
        outdated: ("NewChart", summary.clone()),
        stored: (reason, summary.clone()),
        news: (reason, reason, summary),
        no_news: None,
        status: vec![("observedChartName", json!(built.name))],
        revision: built.version,
    }
}
