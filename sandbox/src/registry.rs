//! An OCI registry that anybody may pull from with a token that anybody gets.
//!
//! Source: OCI distribution specification 1.1; "Token Authentication Specification" of the CNCF
//! distribution project.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use aws_lc_rs::digest::{SHA256, digest};
use axum::extract::{Path, Request, State};
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use axum::{Json, Router};
use http::{StatusCode, header};
use serde_json::{Value, json};

/// Flux's media types of an artifact's configuration and content.
const CONFIG: &str = "application/vnd.cncf.flux.config.v1+json";
const CONTENT: &str = "application/vnd.cncf.flux.content.v1.tar+gzip";
const MANIFEST: &str = "application/vnd.oci.image.manifest.v1+json";

/// What everybody gets for asking.
const TOKEN: &str = "anonymous";

/// A registry; clones share it.
#[derive(Clone, Default)]
pub struct Registry(Arc<Mutex<Content>>);

/// A manifest and what it refers to.
pub(crate) struct Pulled {
    pub(crate) digest: String,
    pub(crate) annotations: Value,
    /// Media type and content.
    pub(crate) layers: Vec<(String, Vec<u8>)>,
}

#[derive(Default)]
struct Content {
    origin: String,
    blobs: BTreeMap<String, Vec<u8>>,
    /// Digests of manifests by `NAME:TAG`.
    tags: BTreeMap<String, String>,
    private: Vec<String>,
}

impl Registry {
    /// Sets what addresses in answers begin with: `https://localhost:PORT`. Call it before serving.
    pub fn set_origin(&self, url: &str) {
        url.clone_into(&mut self.content().origin);
    }

    /// Pushes a `.tar.gz` as Flux does, with the revision that it was made of; returns the digest of its
    /// manifest.
    pub fn push(&self, name: &str, tag: &str, content: &[u8], revision: &str) -> String {
        self.push_as(name, tag, CONTENT, content, revision)
    }

    /// Pushes a layer of any media type.
    pub fn push_as(
        &self,
        name: &str,
        tag: &str,
        media_type: &str,
        content: &[u8],
        revision: &str,
    ) -> String {
        let mut registry = self.content();
        let config = registry.put(b"{}");
        let layer = registry.put(content);
        let manifest = json!({
            "schemaVersion": 2,
            "mediaType": MANIFEST,
            "config": { "mediaType": CONFIG, "size": 2, "digest": config },
            "layers": [{ "mediaType": media_type, "size": content.len(), "digest": layer }],
            "annotations": { "org.opencontainers.image.revision": revision },
        });
        let pushed = registry.put(manifest.to_string().as_bytes());
        registry.tags.insert(format!("{name}:{tag}"), pushed.clone());
        pushed
    }

    /// Serves other bytes wherever `content` was pushed, as a bad disk does.
    pub fn damage(&self, content: &[u8], with: &[u8]) {
        self.content().blobs.insert(digest_of(content), with.to_vec());
    }

    /// Demands a login for a name.
    pub fn make_private(&self, name: &str) {
        self.content().private.push(name.to_owned());
    }

    /// What `NAME:TAG` or `NAME@DIGEST` holds.
    ///
    /// # Errors
    /// With the specification's code when a client would get no answer.
    pub(crate) fn pull(&self, name: &str, reference: &str) -> Result<Pulled, &'static str> {
        let registry = self.content();
        if registry.private.iter().any(|private| private == name) {
            return Err("UNAUTHORIZED");
        }
        let tagged = registry.tags.get(&format!("{name}:{reference}"));
        let digest = tagged.map_or(reference, String::as_str);
        let manifest = registry.blobs.get(digest).ok_or("MANIFEST_UNKNOWN")?;
        let manifest: Value = serde_json::from_slice(manifest).map_err(|_| "MANIFEST_INVALID")?;
        let layers = manifest["layers"].as_array().into_iter().flatten().filter_map(|layer| {
            let bytes = registry.blobs.get(layer["digest"].as_str()?)?;
            Some((layer["mediaType"].as_str()?.to_owned(), bytes.clone()))
        });
        let (layers, annotations) = (layers.collect(), manifest["annotations"].clone());
        Ok(Pulled { digest: digest.to_owned(), annotations, layers })
    }

    /// The tags of a name.
    pub(crate) fn tags(&self, name: &str) -> Vec<String> {
        let registry = self.content();
        let tags = registry.tags.keys().filter_map(|tag| tag.strip_prefix(name)?.strip_prefix(':'));
        tags.map(ToOwned::to_owned).collect()
    }

    /// The service for the paths `/v2/` and `/token`.
    pub fn router(&self) -> Router {
        Router::new()
            .route("/token", get(async || Json(json!({ "token": TOKEN }))))
            .route("/v2/{*path}", get(answer))
            .with_state(self.clone())
    }

    fn content(&self) -> MutexGuard<'_, Content> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Content {
    fn put(&mut self, bytes: &[u8]) -> String {
        let digest = digest_of(bytes);
        self.blobs.insert(digest.clone(), bytes.to_vec());
        digest
    }

    /// What a path below `/v2/` holds: its media type and its bytes.
    fn find(&self, name: &str, kind: &str, reference: &str) -> Option<(&'static str, Vec<u8>)> {
        let tagged =
            self.tags.get(&format!("{name}:{reference}")).map_or(reference, String::as_str);
        let media_type = if kind == "manifests" { MANIFEST } else { "application/octet-stream" };
        Some((media_type, self.blobs.get(tagged)?.clone()))
    }
}

async fn answer(
    State(registry): State<Registry>,
    Path(path): Path<String>,
    request: Request,
) -> Response {
    let registry = registry.content();
    let mut parts = path.rsplitn(3, '/');
    let (Some(reference), Some(kind), Some(name)) = (parts.next(), parts.next(), parts.next())
    else {
        return refusal(StatusCode::NOT_FOUND, "NAME_UNKNOWN");
    };
    let authorization = request.headers().get(header::AUTHORIZATION);
    let is_known = authorization.is_some_and(|given| given == &format!("Bearer {TOKEN}"));
    if !is_known || registry.private.iter().any(|private| private == name) {
        let challenge = format!(
            "Bearer realm=\"{}/token\",service=\"sandbox\",scope=\"repository:{name}:pull\"",
            registry.origin
        );
        let refused = refusal(StatusCode::UNAUTHORIZED, "UNAUTHORIZED");
        return ([(header::WWW_AUTHENTICATE, challenge)], refused).into_response();
    }
    match registry.find(name, kind, reference) {
        Some((media_type, bytes)) => ([(header::CONTENT_TYPE, media_type)], bytes).into_response(),
        None if kind == "manifests" => refusal(StatusCode::NOT_FOUND, "MANIFEST_UNKNOWN"),
        None => refusal(StatusCode::NOT_FOUND, "BLOB_UNKNOWN"),
    }
}

fn refusal(status: StatusCode, code: &str) -> Response {
    let body: Value = json!({ "errors": [{ "code": code, "message": code.to_lowercase() }] });
    (status, Json(body)).into_response()
}

fn digest_of(bytes: &[u8]) -> String {
    let hex: String =
        digest(&SHA256, bytes).as_ref().iter().map(|byte| format!("{byte:02x}")).collect();
    format!("sha256:{hex}")
}
