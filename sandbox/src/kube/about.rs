//! What a server tells about itself: its health, its version, the kinds that it serves, their schemas, and
//! who issues its tokens.

use axum::body::Body;
use http::{HeaderMap, HeaderValue, Method, Response, header, request};

use super::access::User;
use super::request::header_text;
use super::routes::no_such_path;
use super::status::{Answer, Failure, respond};
use super::{KubeApi, TOKEN_ISSUER, discovery, openapi};

/// The path of the document that names the issuer.
const ISSUER: &str = "/.well-known/openid-configuration";

/// Whether a request asks for the server's health, which everybody may.
pub(super) fn is_health_check(parts: &request::Parts) -> bool {
    parts.method == Method::GET && matches!(parts.uri.path(), "/healthz" | "/livez" | "/readyz")
}

/// The answer to such a request.
pub(super) fn healthy() -> Response<Body> {
    let mut answer = Response::new(Body::from("ok"));
    let plain = HeaderValue::from_static("text/plain; charset=utf-8");
    answer.headers_mut().insert(header::CONTENT_TYPE, plain);
    answer
}

/// Answers what is about the server; nothing for every other path.
pub(super) fn answer(
    api: &KubeApi,
    parts: &request::Parts,
    user: &User,
) -> Option<Answer<Response<Body>>> {
    let path = parts.uri.path();
    if parts.method == Method::GET && path == ISSUER {
        return Some(token_issuer(api, &user.name));
    }
    let found = about_the_api(api, path, &parts.headers)?;
    Some(match parts.method {
        Method::GET => found,
        _ => found.and(Err(Failure::method_unknown())),
    })
}

fn token_issuer(api: &KubeApi, user: &str) -> Answer<Response<Body>> {
    let named = api.faults().fire("kube.issuer");
    match named.as_deref().unwrap_or(TOKEN_ISSUER) {
        "absent" => Err(Failure::no_such_path()),
        "forbidden" => Err(Failure::forbidden_path(user, ISSUER)),
        address => Ok(respond(200, &discovery::issuer(address))),
    }
}

/// Discovery, OpenAPI and the version; `None` for every other path.
fn about_the_api(api: &KubeApi, path: &str, headers: &HeaderMap) -> Option<Answer<Response<Body>>> {
    const AGGREGATED: &str = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";
    let accept = header_text(headers, header::ACCEPT.as_str());
    // Only a client that names the aggregated form first gets it.
    let is_aggregated =
        accept.split(',').next().is_some_and(|first| is_same_media_type(first, AGGREGATED));
    // A copy, because the lock is taken again for what is not found.
    let registry = &api.state().registry.clone();
    let segments: Vec<_> = path.trim_matches('/').split('/').collect();
    let found = match segments.as_slice() {
        ["api" | "apis"] if is_aggregated => {
            let found = discovery::aggregated(registry, segments == ["api"]);
            let mut answer = respond(200, &found);
            answer.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(AGGREGATED));
            return Some(Ok(answer));
        }
        ["version"] => Some(discovery::version()),
        ["api"] => Some(discovery::core_versions()),
        ["apis"] => Some(discovery::group_list(registry)),
        ["apis", group] => discovery::group(registry, group),
        ["api", version] => discovery::resource_list(registry, "", version),
        ["apis", group, version] => discovery::resource_list(registry, group, version),
        ["openapi", "v3"] => {
            let mut answer = respond(200, &openapi::index(registry));
            let text = HeaderValue::from_static("text/plain; charset=utf-8");
            answer.headers_mut().insert(header::CONTENT_TYPE, text);
            return Some(Ok(answer));
        }
        ["openapi", "v3", "api", version] => openapi::document(registry, "", version),
        ["openapi", "v3", "apis", group, version] => openapi::document(registry, group, version),
        _ => return None,
    };
    let missing = || match segments[0] {
        "openapi" => Failure::no_such_document(),
        _ => no_such_path(api, path),
    };
    Some(found.map(|found| respond(200, &found)).ok_or_else(missing))
}

fn is_same_media_type(one: &str, other: &str) -> bool {
    let parts = |text: &str| {
        let mut parts: Vec<_> = text.split(';').map(|part| part.trim().to_owned()).collect();
        parts.sort_unstable();
        parts
    };
    parts(one) == parts(other)
}
