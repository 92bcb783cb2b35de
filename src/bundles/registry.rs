//! Artifacts of OCI registries, read by whoever asks: without credentials.
//!
//! Source: OCI distribution specification 1.1; for the token, the CNCF distribution project's "Token
//! Authentication Specification".

use anyhow::{Context as _, Result, anyhow, bail, ensure};
use http::header::WWW_AUTHENTICATE;
use serde::Deserialize;
use std::collections::BTreeMap;
use url::Url;

use super::origin::Reference;
use super::web::{Answer, Get, Web};
use crate::digest::Digest;
use crate::error::{Class, Explain as _};

/// Manifests of one artifact; an index of many images is none.
const MANIFESTS: &str = "application/vnd.oci.image.manifest.v1+json, \
                         application/vnd.docker.distribution.manifest.v2+json";

/// How long a manifest may be, in bytes, as the specification advises.
const MANIFEST_LIMIT: usize = 4 << 20;

/// Which commit or release an artifact was made of: `v2.9.4@sha1:…`.
const REVISION: &str = "org.opencontainers.image.revision";

/// What an artifact holds.
#[derive(Debug)]
pub struct Artifact {
    /// The `.tar.gz`.
    pub bytes: Vec<u8>,
    /// The digest of the artifact's manifest, by which it can be pinned.
    pub digest: Digest,
    /// What its tag and its revision call it: `v2.9.4`.
    pub names: Vec<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Manifest {
    #[serde(default)]
    layers: Vec<Layer>,
    #[serde(default)]
    annotations: BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Layer {
    media_type: String,
    digest: String,
}

/// Pulls an artifact whose content is at most `limit` bytes long. What is received has the digests that it
/// should have.
///
/// # Errors
/// [`Class::NotFound`]; [`Class::Denied`] where the registry asks for more than anybody's token;
/// [`Class::Unreachable`]; what is wrong with the artifact.
pub async fn pull(web: &Web, reference: &Reference, limit: usize) -> Result<Artifact> {
    Pull { web, reference, token: None }
        .run(limit)
        .await
        .with_context(|| format!("cannot pull {reference}"))
}

struct Pull<'a> {
    web: &'a Web,
    reference: &'a Reference,
    token: Option<String>,
}

impl Pull<'_> {
    async fn run(mut self, limit: usize) -> Result<Artifact> {
        let named = match (&self.reference.digest, &self.reference.tag) {
            (Some(digest), _) => digest.to_string(),
            (None, tag) => tag.clone().unwrap_or_default(),
        };
        let body = self.get(&format!("manifests/{named}"), MANIFESTS, MANIFEST_LIMIT).await?;
        let digest = Digest::of(&body);
        if let Some(wanted) = self.reference.digest.filter(|wanted| *wanted != digest) {
            bail!("the manifest has digest {digest} and not {wanted}");
        }
        let manifest: Manifest =
            serde_json::from_slice(&body).context("its manifest cannot be read")?;
        let layer = manifest.content()?;
        let wanted: Digest = layer.digest.parse().context("its manifest cannot be read")?;
        let bytes = self.get(&format!("blobs/{wanted}"), "*/*", limit).await?;
        let found = Digest::of(&bytes);
        ensure!(found == wanted, "its content has digest {found} and not {wanted}");
        let revision = manifest.annotations.get(REVISION).map(String::as_str);
        let names = [self.reference.tag.as_deref(), revision.and_then(|it| it.split('@').next())];
        Ok(Artifact {
            bytes,
            digest,
            names: names.into_iter().flatten().map(str::to_owned).collect(),
        })
    }

    async fn get(&mut self, below: &str, accept: &str, limit: usize) -> Result<Vec<u8>> {
        let registry = api_host(&self.reference.registry);
        let url = format!("https://{registry}/v2/{}/{below}", self.reference.repository);
        let url = Url::parse(&url).context("it is not an address")?;
        let mut answer = self.ask(&url, accept, limit).await?;
        if answer.status == 401 && self.token.is_none() {
            self.token = Some(self.token_for(&answer).await?);
            answer = self.ask(&url, accept, limit).await?;
        }
        if answer.status.is_success() {
            return Ok(answer.body);
        }
        let refusal = answer.refusal(registry);
        Err(match answer.status.as_u16() {
            401 | 403 => refusal.hint(
                "only what anybody may pull can be taken from a registry; pull it with another \
                 program, and give the file",
            ),
            _ => refusal,
        })
    }

    async fn ask(&self, url: &Url, accept: &str, limit: usize) -> Result<Answer> {
        self.web.get(Get { url, accept, bearer: self.token.as_deref(), limit }).await
    }

    /// The token that anybody gets where the answer says.
    async fn token_for(&self, answer: &Answer) -> Result<String> {
        #[derive(Deserialize)]
        struct Granted {
            #[serde(alias = "access_token")]
            token: Option<String>,
        }
        let registry = api_host(&self.reference.registry);
        let challenge = answer.headers.get(WWW_AUTHENTICATE).and_then(|it| it.to_str().ok());
        let Some(url) = challenge.and_then(token_url) else { return Err(answer.refusal(registry)) };
        let get = Get { url: &url, accept: "application/json", bearer: None, limit: 1 << 20 };
        let granted = self.web.get(get).await?;
        if !granted.status.is_success() {
            return Err(granted.refusal(registry).context("nobody gets a token without a login"));
        }
        let granted: Granted =
            serde_json::from_slice(&granted.body).unwrap_or(Granted { token: None });
        granted.token.ok_or_else(|| anyhow!("{registry} grants no token").class(Class::Unreachable))
    }
}

impl Manifest {
    /// The layer that holds the files.
    fn content(&self) -> Result<&Layer> {
        let is_archive = |layer: &&Layer| {
            layer.media_type.ends_with("tar+gzip") || layer.media_type.ends_with("tar.gzip")
        };
        match self.layers.iter().filter(is_archive).collect::<Vec<_>>()[..] {
            [layer] => Ok(layer),
            [] => bail!("it holds no .tar.gz archive"),
            _ => bail!("it holds more than one archive, as images do"),
        }
    }
}

/// Docker Hub's API has another host than its name says.
fn api_host(registry: &str) -> &str {
    if registry == "docker.io" { "registry-1.docker.io" } else { registry }
}

/// Where a challenge sends whoever wants a token: `Bearer realm="…",service="…",scope="…"`.
fn token_url(challenge: &str) -> Option<Url> {
    let (scheme, mut rest) = challenge.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("bearer") {
        return None;
    }
    let mut parameters = BTreeMap::new();
    while let Some((name, value)) = rest.split_once("=\"") {
        let (value, after) = value.split_once('"')?;
        parameters.insert(name.trim_matches([',', ' ']), value);
        rest = after;
    }
    let mut url = Url::parse(parameters.remove("realm")?).ok()?;
    if url.scheme() != "https" {
        return None;
    }
    url.query_pairs_mut()
        .extend_pairs(parameters.iter().filter(|(name, _)| ["service", "scope"].contains(*name)));
    Some(url)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_challenge_names_where_the_token_is() {
        let challenge = "Bearer realm=\"https://ghcr.io/token\",service=\"ghcr.io\",\
                         scope=\"repository:fluxcd/flux-manifests:pull\",error=\"x\"";
        let expected = "https://ghcr.io/token?scope=repository%3Afluxcd%2Fflux-manifests%3Apull&\
                        service=ghcr.io";
        assert_eq!(token_url(challenge).unwrap().as_str(), expected);
        for challenge in [
            "Basic realm=\"https://h/\"",
            "Bearer realm=\"http://h/\"",
            "Bearer",
            "Bearer realm=\"h",
        ] {
            assert_eq!(token_url(challenge), None, "{challenge}");
        }
    }

    #[test]
    fn an_artifact_has_one_archive() {
        let content = |types: &[&str]| {
            let layer =
                |kind: &&str| Layer { media_type: (*kind).to_owned(), digest: String::new() };
            let layers = types.iter().map(layer).collect();
            let manifest = Manifest { layers, annotations: BTreeMap::new() };
            manifest.content().map(|layer| layer.media_type.clone())
        };
        let flux = "application/vnd.cncf.flux.content.v1.tar+gzip";
        assert_eq!(content(&[flux, "text/plain"]).unwrap(), flux);
        assert!(content(&["application/vnd.docker.image.rootfs.diff.tar.gzip"]).is_ok());
        assert!(content(&[flux, flux]).is_err());
        assert!(content(&[]).is_err());
    }
}
