//! OCIRepository objects: an artifact in the sandbox's registry.

use std::sync::Arc;

use anyhow::Result;
use serde_json::Value;

use super::remote::{self, Address, connect, newest, unreachable};
use super::{Failure, Fetched, Origin, Played, SUCCEEDED, Tools, oci_repositories};
use crate::players::files::Files;
use crate::players::object::Tracked;
use crate::players::storage::Content;
use crate::registry::Pulled;

pub(super) struct Oci;

const PULL: &str = "OCIArtifactPullFailed";
const LAYER: &str = "OCIArtifactLayerOperationFailed";

impl Origin for Oci {
    fn played() -> Played {
        oci_repositories()
    }

    async fn fetch(&self, tools: &Tools, object: &mut Tracked) -> Result<Result<Fetched, Failure>> {
        let certificates = match certificates(tools, object).await? {
            Ok(certificates) => certificates,
            Err(failure) => return Ok(Err(failure)),
        };
        Ok(pull(tools, object, &certificates))
    }
}

async fn certificates(tools: &Tools, object: &Tracked) -> Result<Result<String, Failure>> {
    let refused = |message| Failure::new("AuthenticationFailed", message);
    if let Err(problem) = remote::certificates(&tools.client, object, "secretRef").await? {
        let message = format!("failed to get credential: failed to get secret {problem}");
        return Ok(Err(refused(message)));
    }
    let url = object.str("/spec/url").unwrap_or_default();
    let found = remote::certificates(&tools.client, object, "certSecretRef").await?;
    Ok(found.map_err(|problem| {
        refused(format!("failed to generate transport for '{url}': failed to get secret {problem}"))
    }))
}

fn pull(tools: &Tools, object: &Tracked, certificates: &str) -> Result<Fetched, Failure> {
    let spec = object.at("/spec").unwrap_or(&Value::Null);
    refuse_unplayed(spec)?;
    let url = spec["url"].as_str().unwrap_or_default();
    let Some(address) = Address::parse(url).filter(|address| address.scheme == "oci") else {
        let message = format!(
            "URL validation failed for '{url}': URL must be in format 'oci://<domain>/<org>/<repo>'"
        );
        return Err(Failure::new("URLInvalid", message).stalling());
    };
    let name = address.path.trim_start_matches('/');
    let origin = format!("https://{}", address.authority);
    let context = "failed to determine artifact digest";
    connect(&tools.stage, &format!("{origin}/v2/"), certificates)
        .map_err(|problem| unreachable(PULL, context, &problem))?;
    let (label, reference) = reference(tools, url, name, &spec["ref"])?;
    let pulled = tools.stage.registry.pull(name, &reference).map_err(|code| {
        let text = code.to_lowercase();
        let problem = format!("GET {origin}/v2/{name}/manifests/{reference}: {code}: {text}");
        unreachable(PULL, context, &problem)
    })?;
    fetched(object, label, pulled)
}

/// The fields of an OCIRepository that the sandbox does not act on.
fn refuse_unplayed(spec: &Value) -> Result<(), Failure> {
    let fields = ["verify", "ignore", "proxySecretRef", "serviceAccountName"];
    let unplayed = fields.into_iter().find(|field| !spec[field].is_null());
    let provider = spec["provider"].as_str().filter(|provider| *provider != "generic");
    unplayed.or(provider.map(|_| "provider")).map_or(Ok(()), |field| {
        Err(Failure::new(PULL, format!("the sandbox does not play spec.{field}")))
    })
}

/// What `spec.ref` stands for: how the revision begins, and what is pulled.
fn reference(
    tools: &Tools,
    url: &str,
    name: &str,
    reference: &Value,
) -> Result<(Option<String>, String), Failure> {
    if let Some(digest) = reference["digest"].as_str() {
        return Ok((None, digest.to_owned()));
    }
    let tag = match reference["semver"].as_str() {
        None => reference["tag"].as_str().unwrap_or("latest").to_owned(),
        Some(range) => {
            let tags = tools.stage.registry.tags(name);
            let tags: Vec<_> = tags.iter().map(String::as_str).collect();
            let missing = || format!("no match found for semver: {range}");
            let found = newest(&tags, range).and_then(|found| found.ok_or_else(missing));
            let context = format!("failed to determine the artifact tag for '{url}'");
            found
                .map_err(|problem| unreachable("ReadOperationFailed", &context, &problem))?
                .to_owned()
        }
    };
    Ok((Some(tag.clone()), tag))
}

fn fetched(object: &Tracked, label: Option<String>, pulled: Pulled) -> Result<Fetched, Failure> {
    let url = object.str("/spec/url").unwrap_or_default();
    let revision = match label {
        Some(label) => format!("{label}@{}", pulled.digest),
        None => pulled.digest.clone(),
    };
    let files = files(object, &pulled)?;
    let is_unchanged = object.str("/status/artifact/revision") == Some(&revision)
        && object.at("/status/observedLayerSelector") == object.at("/spec/layerSelector");
    let stored = format!("stored artifact for digest '{revision}'");
    Ok(Fetched {
        file: format!("{}.tar.gz", pulled.digest),
        digest: files.digest(),
        size_bytes: files.size_bytes(),
        content: (!is_unchanged).then(|| Content::Files(Arc::new(files))),
        outdated: (
            "NewRevision",
            format!("new revision '{revision}' for '{}'", reference_of(url, &revision)),
        ),
        stored: (SUCCEEDED, stored),
        news: ("NewArtifact", SUCCEEDED, news(url, &revision, &pulled.annotations)),
        no_news: None,
        status: vec![(
            "observedLayerSelector",
            object.at("/spec/layerSelector").cloned().unwrap_or_default(),
        )],
        metadata: pulled.annotations,
        revision,
    })
}

/// `HOST/NAME:TAG`, as go-containerregistry prints a reference.
fn reference_of(url: &str, revision: &str) -> String {
    let name = url.trim_start_matches("oci://");
    match revision.split_once('@') {
        Some((tag, _)) => format!("{name}:{tag}"),
        None => format!("{name}@{revision}"),
    }
}

fn news(url: &str, revision: &str, annotations: &Value) -> String {
    let stored = format!("stored artifact with revision '{revision}' from '{url}'");
    let text = |name: &str| annotations[format!("org.opencontainers.image.{name}")].as_str();
    match (text("source"), text("revision")) {
        (Some(source), Some(origin)) => {
            format!("{stored}, origin source '{source}', origin revision '{origin}'")
        }
        _ => stored,
    }
}

/// The layer that is selected: unpacked, or a chart's package.
fn files(object: &Tracked, pulled: &Pulled) -> Result<Files, Failure> {
    let wanted = object.str("/spec/layerSelector/mediaType");
    let mut layers = pulled.layers.iter();
    let layer = layers.find(|(media_type, _)| wanted.is_none_or(|wanted| wanted == media_type));
    let Some((_, bytes)) = layer else {
        let wanted = wanted.unwrap_or_default();
        let message = format!("failed to find layer with media type '{wanted}' in artifact");
        return Err(Failure::new(LAYER, message));
    };
    Files::unpack(bytes).map_err(|error| {
        let context = "failed to extract layer contents from artifact";
        unreachable(LAYER, context, &error.to_string())
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn references_are_printed_with_tag_or_digest() {
        let url = "oci://localhost:1/fleet";
        assert_eq!(reference_of(url, "v1@sha256:0"), "localhost:1/fleet:v1");
        assert_eq!(reference_of(url, "sha256:0"), "localhost:1/fleet@sha256:0");
    }

    #[test]
    fn the_origin_is_told_when_it_is_known() {
        let both = json!({
            "org.opencontainers.image.source": "s", "org.opencontainers.image.revision": "r",
        });
        assert!(news("u", "v", &both).ends_with(", origin source 's', origin revision 'r'"));
        assert_eq!(news("u", "v", &json!({})), "stored artifact with revision 'v' from 'u'");
    }
}
