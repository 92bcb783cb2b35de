//! A request's way in: it may be cut off or held, is answered and recorded.

use std::cell::Cell;
use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::extract::State as Extract;
use http::{Method, Request, Response, StatusCode, header, request};
use http_body_util::BodyExt as _;
use hyper::upgrade::OnUpgrade;

use super::call::Call;
use super::request::{Query, ResourcePath, header_text};
use super::resources::Resource;
use super::status::{Answer, Failure};
use super::{KubeApi, about};
use crate::faults::Cut;
use crate::recorder;
use crate::serve::hang_up;
use crate::shape::{self, Shape};

/// The fault that holds a write.
const HOLD: &str = "kube.hold";

/// Answers and records one request.
pub(crate) async fn handle(
    Extract(api): Extract<KubeApi>,
    request: Request<Body>,
) -> Response<Body> {
    let (mut parts, body) = request.into_parts();
    let upgrade = parts.extensions.remove::<OnUpgrade>();
    let body = match body.collect().await {
        Ok(body) => body.to_bytes(),
        // The client went away while sending; nobody reads the answer.
        Err(_) => {
            return Failure::bad_request("the body of the request was cut off").into_response();
        }
    };
    let cut = cut(&api, &parts, &body);
    if cut == Some(Cut::BeforeEffect) {
        return hang_up();
    }
    let held = held(&api, &parts, &body);
    if held == Some(Cut::BeforeEffect) {
        match api.faults().stay(HOLD).await {}
    }
    let answer = match answer(&api, &parts, &body, upgrade).await {
        Ok(answer) => answer,
        Err(failure) => failure.into_response(),
    };
    record(&api, &parts, &body, answer.status().as_u16());
    if held == Some(Cut::AfterEffect) {
        match api.faults().stay(HOLD).await {}
    }
    if cut == Some(Cut::AfterEffect) { hang_up() } else { answer }
}

/// Whether the fault of that name cuts this request off.
fn cut(api: &KubeApi, parts: &request::Parts, body: &Bytes) -> Option<Cut> {
    is_write(parts, body).and_then(|is_write| api.faults().cut(is_write))
}

/// Whether the fault of that name holds this request.
fn held(api: &KubeApi, parts: &request::Parts, body: &Bytes) -> Option<Cut> {
    is_write(parts, body).filter(|is_write| *is_write).and_then(|_| api.faults().hold(HOLD))
}

/// Whether a request could change something; nothing for those of the players.
fn is_write(parts: &request::Parts, body: &Bytes) -> Option<bool> {
    let agent = header_text(&parts.headers, header::USER_AGENT.as_str());
    if agent.starts_with("player/") {
        return None;
    }
    let path = parts.uri.path_and_query().map_or("", |path| path.as_str());
    let body = String::from_utf8_lossy(body);
    Some(recorder::changes_cluster(parts.method.as_str(), path, &body))
}

fn record(api: &KubeApi, parts: &request::Parts, body: &Bytes, status: u16) {
    let agent = header_text(&parts.headers, header::USER_AGENT.as_str());
    let agent = agent.split_whitespace().next().unwrap_or_default();
    let path = parts.uri.path_and_query().map_or_else(String::new, ToString::to_string);
    // A request that is not played claims nothing about how a real server answers it.
    if status != StatusCode::NOT_IMPLEMENTED {
        let shape = Shape::new(parts.method.as_str(), &path, &parts.headers, body);
        shape::record(shape, format_args!("{agent}: {} {path}", parts.method));
    }
    let body = if parts.method == Method::GET {
        String::new()
    } else {
        String::from_utf8_lossy(body).into_owned()
    };
    let is_write = recorder::changes_cluster(parts.method.as_str(), &path, &body);
    api.recorder().add(recorder::Request {
        double: "kube",
        agent: agent.to_owned(),
        method: parts.method.to_string(),
        path,
        body,
        status,
        is_write,
        took: None,
    });
}

async fn answer(
    api: &KubeApi,
    parts: &request::Parts,
    body: &Bytes,
    upgrade: Option<OnUpgrade>,
) -> Answer<Response<Body>> {
    meet_faults(api).await?;
    if about::is_health_check(parts) {
        return Ok(about::healthy());
    }
    let user = api.access().authenticate(&parts.headers)?;
    if let Some(answer) = about::answer(api, parts, &user) {
        return answer;
    }
    let path = parts.uri.path();
    check_implemented(path)?;
    let path = ResourcePath::parse(path).ok_or_else(|| no_such_path(api, path))?;
    let resource = find(api, &path)?;
    check_admission(api, &parts.method, &path, &resource)?;
    let raw_query = parts.uri.query().unwrap_or_default();
    let call = Call {
        api,
        query: Query::parse(raw_query),
        raw_query,
        upgrade: Cell::new(upgrade),
        headers: &parts.headers,
        body,
        user,
        resource,
        path,
    };
    call.answer(&parts.method)
}

/// The faults that meet every request.
async fn meet_faults(api: &KubeApi) -> Answer<()> {
    if let Some(delay) = api.faults().fire("kube.latency") {
        let milliseconds = delay.parse().unwrap_or(0);
        tokio::time::sleep(Duration::from_millis(milliseconds)).await;
    }
    match api.faults().fire("kube.request") {
        Some(code) => Err(Failure::injected(code.parse().unwrap_or(500))),
        None => Ok(()),
    }
}

/// The fault of a webhook that is asked about every write of a kind, and does not answer.
fn check_admission(
    api: &KubeApi,
    method: &Method,
    path: &ResourcePath,
    resource: &Resource,
) -> Answer<()> {
    let is_admitted = matches!(*method, Method::POST | Method::PUT | Method::PATCH);
    let is_whole = path.subresource.is_empty();
    if is_admitted && is_whole && api.faults().fire_if("kube.webhook", |of| of == resource.plural) {
        return Err(Failure::webhook_is_down());
    }
    Ok(())
}

/// 501 for paths that only a real server has.
fn check_implemented(path: &str) -> Answer<()> {
    let segments: Vec<_> = path.trim_matches('/').split('/').collect();
    match segments.as_slice() {
        ["api", _, "watch", ..] | ["apis", _, _, "watch", ..] => {
            Err(Failure::not_implemented("watch paths; use the query parameter watch"))
        }
        [""] => Err(Failure::not_implemented("the list of paths")),
        ["openapi", "v2", ..] => Err(Failure::not_implemented("OpenAPI v2; use /openapi/v3")),
        ["logs" | "metrics" | "debug" | "configz" | "openid", ..] => {
            Err(Failure::not_implemented(&format!("/{}", segments[0])))
        }
        _ => Ok(()),
    }
}

/// 404, as a `Status` below what is built in and as text elsewhere.
pub(super) fn no_such_path(api: &KubeApi, path: &str) -> Failure {
    let mut segments = path.trim_matches('/').split('/');
    let is_built_in = match (segments.next(), segments.next()) {
        (Some("api"), _) => true,
        (Some("apis"), Some(group)) => {
            let registry = &api.state().registry;
            registry.all().iter().any(|known| !known.is_custom() && known.group == group)
        }
        _ => false,
    };
    if is_built_in { Failure::no_such_resource() } else { Failure::no_such_path() }
}

/// The kind that a path names.
fn find(api: &KubeApi, path: &ResourcePath) -> Answer<Arc<Resource>> {
    let found = api.state().registry.find(&path.group, &path.version, &path.plural);
    found.ok_or_else(|| no_such_path(api, &path.root()))
}
