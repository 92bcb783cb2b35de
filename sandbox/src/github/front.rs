//! From an HTTP request to an answer: recording, faults, the headers every answer carries.

use std::time::Duration;

use axum::body::Body as HttpBody;
use axum::extract::{Request, State};
use axum::response::Response;
use futures::StreamExt as _;
use git2::{ObjectType, Oid};
use http::request::Parts;
use http::{HeaderMap, HeaderValue, Method, StatusCode};
use http_body_util::BodyExt as _;
use k8s_openapi::jiff::Timestamp;
use serde_json::{Value, json};

use super::access::Caller;
use super::answer::{Answer, Body};
use super::graphql::Summary;
use super::routes::{self, Needs};
use super::weather::Trouble;
use super::{GitHub, apps, graphql, rest, smart_http};
use crate::faults::Cut;
use crate::recorder;
use crate::serve::HangUp;

/// Requests per hour that the primary rate limit allows.
pub(super) const HOURLY_LIMIT: u64 = 5000;

/// The fault that holds a write.
const HOLD: &str = "github.hold";

const API_VERSION: &str = "2022-11-28";

/// A request with its body in memory.
pub(super) struct Exchange {
    pub(super) parts: Parts,
    pub(super) body: Vec<u8>,
}

impl Exchange {
    pub(super) fn path(&self) -> &str {
        self.parts.uri.path()
    }

    pub(super) fn header(&self, name: &str) -> &str {
        self.parts.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    pub(super) fn is_read(&self) -> bool {
        matches!(self.parts.method, Method::GET | Method::HEAD)
    }

    /// Whether a player of the sandbox sends it.
    pub(super) fn is_of_player(&self) -> bool {
        self.header("user-agent").starts_with("player/")
    }
}

/// An answer, and what the recorder should say about the request.
struct Handled {
    answer: Answer,
    /// What follows the path in the recorder: a GraphQL operation.
    operation: Option<String>,
    is_write: bool,
    /// The body as it is recorded; packs are not.
    body: String,
}

/// Answers every request to the origin.
pub(super) async fn handle(State(github): State<GitHub>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let Ok(body) = body.collect().await else { return hang_up() };
    let exchange = Exchange { parts, body: body.to_bytes().to_vec() };
    if let Some(delay) = github.0.faults.fire("github.latency") {
        let Ok(millis) = delay.parse() else {
            let message = format!("github.latency={delay} is not a number of milliseconds");
            return into_response(Answer::error(StatusCode::INTERNAL_SERVER_ERROR, message));
        };
        tokio::time::sleep(Duration::from_millis(millis)).await;
    }
    let faults = github.0.faults.clone();
    let held = if is_write(&exchange) { faults.hold(HOLD) } else { None };
    if held == Some(Cut::BeforeEffect) {
        match faults.stay(HOLD).await {}
    }
    // Git and its locks block, so nothing of this may run on the reactor's thread.
    let answered = tokio::task::spawn_blocking(move || answer(&github, &exchange)).await;
    if held == Some(Cut::AfterEffect) {
        match faults.stay(HOLD).await {}
    }
    let Ok(answer) = answered else { return hang_up() };
    let response = into_response(answer);
    match faults.fire("github.trickle").and_then(|pause| pause.parse().ok()) {
        Some(pause) => trickled(response, Duration::from_millis(pause)).await,
        None => response,
    }
}

/// Whether a request of somebody who is no player could change something.
fn is_write(exchange: &Exchange) -> bool {
    let could = match exchange.path() {
        "/api/graphql" => graphql::summary(exchange).is_mutation,
        path if path.starts_with("/api/v3") => changes_something(exchange, path),
        path => exchange.parts.method == Method::POST && path.ends_with("/git-receive-pack"),
    };
    could && !exchange.is_of_player()
}

/// Whether a request to the REST API is one that changes something. Tokens of an App are no such thing.
fn changes_something(exchange: &Exchange, path: &str) -> bool {
    !exchange.is_read() && !path.ends_with("/access_tokens")
}

fn answer(github: &GitHub, exchange: &Exchange) -> Answer {
    let trouble = github.0.weather.trouble(&github.0.faults, exchange);
    let handled = match trouble {
        None => handled(github, exchange),
        Some(Trouble::Instead(answer)) => not_handled(exchange, answer),
        Some(Trouble::Unanswered) => {
            Handled { answer: Answer::hang_up(), ..handled(github, exchange) }
        }
    };
    record(github, exchange, &handled);
    handled.answer
}

/// What is recorded of a request to the API that has no effect.
fn not_handled(exchange: &Exchange, answer: Answer) -> Handled {
    let is_graphql = exchange.path() == "/api/graphql";
    let operation = is_graphql.then(|| graphql::summary(exchange).operation).flatten();
    let is_write = is_write(exchange);
    let body = if is_write { text(&exchange.body) } else { String::new() };
    Handled { answer, operation, is_write, body }
}

fn handled(github: &GitHub, exchange: &Exchange) -> Handled {
    if exchange.path() == "/api/graphql" {
        answer_graphql(github, exchange)
    } else if let Some(path) = exchange.path().strip_prefix("/api/v3") {
        answer_rest(github, exchange, path)
    } else if let Some(id) = exchange.path().strip_prefix("/release-assets/") {
        let has_authorization = !exchange.header("authorization").is_empty();
        let mut answer = rest::releases::stored(&github.state(), id, has_authorization);
        if let (Body::Raw(bytes), Some(_)) = (&answer.body, github.0.faults.fire("github.asset")) {
            answer.body = Body::Truncated(bytes.clone());
        }
        Handled { answer, operation: None, is_write: false, body: String::new() }
    } else if let Some(answer) = rest::releases::download(&github.state(), exchange.path()) {
        Handled { answer, operation: None, is_write: false, body: String::new() }
    } else {
        let answer = smart_http::serve(github, exchange);
        let is_write =
            exchange.parts.method == Method::POST && exchange.path().ends_with("/git-receive-pack");
        Handled { answer, operation: None, is_write, body: String::new() }
    }
}

/// Method and path of a request, and a GraphQL operation.
pub(super) fn name(exchange: &Exchange) -> String {
    let (method, path) = (&exchange.parts.method, exchange.path());
    match path {
        "/api/graphql" => {
            let operation = graphql::summary(exchange).operation.unwrap_or_default();
            format!("{method} {path} {operation}")
        }
        _ => format!("{method} {path}"),
    }
}

fn record(github: &GitHub, exchange: &Exchange, handled: &Handled) {
    let uri = &exchange.parts.uri;
    let path = uri.path_and_query().map_or_else(|| uri.path(), |path| path.as_str());
    github.0.recorder.add(recorder::Request {
        double: "github",
        agent: exchange.header("user-agent").split(' ').next().unwrap_or_default().to_owned(),
        method: exchange.parts.method.to_string(),
        path: match &handled.operation {
            Some(operation) => format!("{path} {operation}"),
            None => path.to_owned(),
        },
        body: handled.body.clone(),
        status: match &handled.answer.body {
            // What the client saw: nothing.
            Body::HangUp => 0,
            // GraphQL refuses with status 200.
            Body::Json(body) if handled.operation.is_some() && body.get("errors").is_some() => 422,
            _ => handled.answer.status.as_u16(),
        },
        is_write: handled.is_write,
        took: None,
    });
}

fn answer_graphql(github: &GitHub, exchange: &Exchange) -> Handled {
    let answer = match admit(github, exchange) {
        Err(refusal) => refusal,
        Ok(_) if github.0.faults.fire_if("github.graphql", |kind| kind == "unreachable") => {
            Answer::not_found()
        }
        Ok(caller) => {
            let answer = graphql::answer(github, &caller, exchange);
            with_common_headers(github, exchange, &caller, "graphql", answer)
        }
    };
    let Summary { operation, is_mutation } = graphql::summary(exchange);
    let body = if is_mutation { text(&exchange.body) } else { String::new() };
    Handled { answer, operation, is_write: is_mutation, body }
}

fn answer_rest(github: &GitHub, exchange: &Exchange, path: &str) -> Handled {
    let answer = match admit(github, exchange) {
        Err(refusal) => refusal,
        Ok(caller) => {
            let answer =
                dispatch(github, exchange, &caller, path).unwrap_or_else(|refused| refused);
            let answer = conditional(exchange, as_another_version(github, answer));
            with_common_headers(github, exchange, &caller, "core", answer)
        }
    };
    let is_write = changes_something(exchange, path);
    let body = if is_write { text(&exchange.body) } else { String::new() };
    Handled { answer, operation: None, is_write, body }
}

/// What GitHub looks at before it looks at the path.
fn admit(github: &GitHub, exchange: &Exchange) -> Result<Caller, Answer> {
    if exchange.header("user-agent").is_empty() {
        let text = "Request forbidden by administrative rules. Please make sure your request has \
                    a User-Agent header";
        let mut answer = Answer::raw("text/html", text.into());
        answer.status = StatusCode::FORBIDDEN;
        return Err(answer);
    }
    if exchange.parts.headers.get_all("user-agent").iter().count() > 1 {
        github.0.validation.report(format!("{} comes from two clients", name(exchange)));
    }
    let version = exchange.header("x-github-api-version");
    if version.is_empty() && !exchange.is_of_player() {
        github.state().without_version.push(name(exchange));
    }
    if !version.is_empty() && version != API_VERSION {
        let message = format!("{version:?} is not a supported version.");
        return Err(Answer::error(StatusCode::BAD_REQUEST, message));
    }
    if let Some(fault) = github.0.faults.fire("github.request") {
        return Err(failure(&fault, exchange));
    }
    let authorization = exchange.header("authorization");
    if authorization.is_empty() {
        return Ok(Caller::default());
    }
    let token = match authorization.split_once(' ') {
        Some((scheme, token)) if is_bearer(scheme) => token.trim().to_owned(),
        Some((scheme, encoded)) if scheme.eq_ignore_ascii_case("basic") => {
            smart_http::basic(encoded).map(|(_, password)| password).unwrap_or_default()
        }
        _ => String::new(),
    };
    if apps::is_assertion(&token) {
        return github
            .assert(&token)
            .map_err(|message| Answer::error(StatusCode::UNAUTHORIZED, message));
    }
    github
        .authenticate(&token)
        .ok_or_else(|| Answer::error(StatusCode::UNAUTHORIZED, "Bad credentials"))
}

fn is_bearer(scheme: &str) -> bool {
    scheme.eq_ignore_ascii_case("bearer") || scheme.eq_ignore_ascii_case("token")
}

/// The answers of faults `github.request` and `github.first`.
pub(super) fn failure(fault: &str, exchange: &Exchange) -> Answer {
    const SECONDARY: &str = "You have exceeded a secondary rate limit. Please wait a few minutes \
                             before you try again.";
    const PRIMARY: &str = "API rate limit exceeded for user.";
    let is_graphql = exchange.path() == "/api/graphql";
    match fault {
        "502html" => {
            let page = "<html><head><title>502 Bad Gateway</title></head><body></body></html>";
            let mut answer = Answer::raw("text/html", page.into());
            answer.status = StatusCode::BAD_GATEWAY;
            answer
        }
        "retry_later" => {
            Answer::error(StatusCode::TOO_MANY_REQUESTS, SECONDARY).with("retry-after", "1")
        }
        "portal" => Answer::raw("text/html", "<html><body>Please log in</body></html>".into()),
        // Of the two statuses that GitHub documents for GraphQL, the one that looks like a success.
        "secondary_limit" if is_graphql => {
            Answer::ok(json!({ "errors": [{ "message": SECONDARY }] })).with("retry-after", "2")
        }
        "secondary_limit" => Answer::forbidden(SECONDARY).with("retry-after", "2"),
        // Seen live: nothing but the words tells it from a missing permission.
        "secondary_limit_bare" => Answer::forbidden(SECONDARY),
        "sso" => Answer::forbidden(
            "Resource protected by organization SAML enforcement. You must grant your Personal \
             Access token access to this organization.",
        )
        .with("x-github-sso", "required; url=https://localhost/orgs/acme/sso?request=1"),
        "primary_limit" | "primary_limit_long" => {
            let seconds = if fault == "primary_limit" { 3 } else { 3000 };
            match is_graphql {
                true => {
                    let error = json!({ "type": "RATE_LIMITED", "message": PRIMARY });
                    used_up(Answer::ok(json!({ "errors": [error] })), "graphql", seconds)
                }
                false => used_up(Answer::forbidden(PRIMARY), "core", seconds),
            }
        }
        _ => Answer::error(StatusCode::INTERNAL_SERVER_ERROR, "Server Error"),
    }
}

/// An answer that says that the quota of `resource` is used up for so many seconds.
fn used_up(answer: Answer, resource: &str, seconds: i64) -> Answer {
    answer
        .with("x-ratelimit-limit", HOURLY_LIMIT.to_string())
        .with("x-ratelimit-remaining", "0")
        .with("x-ratelimit-used", HOURLY_LIMIT.to_string())
        .with("x-ratelimit-resource", resource)
        .with("x-ratelimit-reset", (Timestamp::now().as_second() + seconds).to_string())
}

fn dispatch(
    github: &GitHub,
    exchange: &Exchange,
    caller: &Caller,
    path: &str,
) -> Result<Answer, Answer> {
    // HEAD is answered as GET; the server leaves the body out.
    let method = if exchange.is_read() { "GET" } else { exchange.parts.method.as_str() };
    let path = &by_name(github, path);
    let Some((route, parameters)) = routes::find(method, path) else {
        if routes::is_known(method, path) {
            let message = format!("the sandbox does not play {method} {path}");
            return Err(Answer::error(StatusCode::NOT_IMPLEMENTED, message));
        }
        github.0.validation.report(format!("{method} {path}: GitHub has no such endpoint"));
        return Err(Answer::not_found());
    };
    let body = parse_body(exchange)?;
    let template = described_template(route.template);
    if !exchange.is_read() {
        github.0.validation.request(method, template, &body);
    }
    let call = rest::Call::new(github, caller, exchange, parameters, body);
    let reply =
        call.and_then(|call| rest::answer(&call, route)).map_err(|refused| match route.needs {
            Needs::Repository(permission, _) => {
                refused.with("x-accepted-github-permissions", permission.to_string())
            }
            _ => refused,
        });
    let (Ok(answer) | Err(answer)) = &reply;
    check_answer(github, method, template, answer);
    reply
}

/// The path by owner and name, for one that redirects gave out: `/repositories/{id}/…`.
fn by_name(github: &GitHub, path: &str) -> String {
    let rest = path.strip_prefix("/repositories/").unwrap_or_default();
    let (id, rest) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    let state = github.state();
    let found = id.parse().ok().and_then(|id| state.by_id(id));
    found.map_or_else(|| path.to_owned(), |found| format!("/repos/{}{rest}", found.full_name()))
}

/// The description has one entry for a folder's contents, with an empty path for the root.
fn described_template(template: &'static str) -> &'static str {
    match template {
        "/repos/{owner}/{repo}/contents" => "/repos/{owner}/{repo}/contents/{path}",
        other => other,
    }
}

fn check_answer(github: &GitHub, method: &str, template: &str, answer: &Answer) {
    let status = answer.status.as_u16();
    match &answer.body {
        Body::Json(body) => github.0.validation.response(method, template, status, Some(body)),
        Body::Empty => github.0.validation.response(method, template, status, None),
        // Raw media types are described as bare strings, and a closed connection not at all.
        Body::Raw(_) | Body::HangUp | Body::Truncated(_) => {}
    }
}

fn parse_body(exchange: &Exchange) -> Result<Value, Answer> {
    if exchange.is_read() || exchange.body.is_empty() {
        return Ok(Value::Null);
    }
    serde_json::from_slice(&exchange.body)
        .map_err(|_| Answer::error(StatusCode::BAD_REQUEST, "Problems parsing JSON"))
}

fn with_common_headers(
    github: &GitHub,
    exchange: &Exchange,
    caller: &Caller,
    resource: &str,
    answer: Answer,
) -> Answer {
    let login = caller.login().unwrap_or_default().to_owned();
    // What the client has already is free, and so is asking how much is left.
    let is_free =
        answer.status == StatusCode::NOT_MODIFIED || exchange.path().ends_with("/rate_limit");
    let (request, used) = {
        let mut state = github.state();
        let used = state.used.entry(login).or_default();
        *used += u64::from(!is_free);
        let used = *used;
        (state.next_request(), used)
    };
    let mut answer = answer
        .with("x-github-request-id", format!("SAND:{request:04X}"))
        .with("x-github-media-type", "github.v3; format=json")
        .with("x-github-enterprise-version", "3.19.0")
        .with("x-ratelimit-limit", HOURLY_LIMIT.to_string())
        .with("x-ratelimit-used", used.to_string())
        .with("x-ratelimit-remaining", HOURLY_LIMIT.saturating_sub(used).to_string())
        .with("x-ratelimit-reset", (Timestamp::now().as_second() + 3600).to_string())
        .with("x-ratelimit-resource", resource);
    if let Some(scopes) = caller.scopes() {
        let accepted = if exchange.path().contains("/repos") { "repo" } else { "" };
        answer = answer
            .with("x-oauth-scopes", scopes.join(", "))
            .with("x-accepted-oauth-scopes", accepted);
    }
    answer
}

/// Adds an `ETag`, and answers 304 when the client has that version already.
fn conditional(exchange: &Exchange, mut answer: Answer) -> Answer {
    if !exchange.is_read() || answer.status != StatusCode::OK {
        return answer;
    }
    let bytes = match &answer.body {
        Body::Json(body) => body.to_string().into_bytes(),
        Body::Raw(bytes) => bytes.clone(),
        Body::Empty | Body::HangUp | Body::Truncated(_) => return answer,
    };
    let Ok(hash) = Oid::hash_object(ObjectType::Blob, &bytes) else { return answer };
    let tag = format!("W/\"{hash}\"");
    let known = exchange.header("if-none-match");
    if known.split(',').any(|known| known.trim().trim_start_matches("W/") == format!("\"{hash}\""))
    {
        answer.status = StatusCode::NOT_MODIFIED;
        answer.body = Body::Empty;
    }
    answer.with("etag", tag).with("cache-control", "private, max-age=60, s-maxage=60")
}

fn into_response(answer: Answer) -> Response {
    let (bytes, content_type) = match answer.body {
        Body::HangUp => return hang_up(),
        Body::Empty => (Vec::new(), None),
        Body::Json(body) => {
            (body.to_string().into_bytes(), Some("application/json; charset=utf-8"))
        }
        Body::Raw(bytes) => (bytes, None),
        Body::Truncated(bytes) => return truncated(&bytes),
    };
    let mut response = Response::new(HttpBody::from(bytes));
    *response.status_mut() = answer.status;
    let headers: &mut HeaderMap = response.headers_mut();
    headers.insert("server", HeaderValue::from_static("GitHub.com"));
    if let Some(content_type) = content_type {
        headers.insert("content-type", HeaderValue::from_static(content_type));
    }
    for (name, value) in answer.headers {
        // A header that HTTP cannot carry is left out, as a proxy would.
        if let Ok(value) = HeaderValue::from_str(&value) {
            headers.insert(name, value);
        }
    }
    response
}

/// Half of what the answer announces; then the connection breaks.
fn truncated(bytes: &[u8]) -> Response {
    let half = bytes[..bytes.len() / 2].to_vec();
    let broken = std::io::Error::from(std::io::ErrorKind::ConnectionAborted);
    let parts = futures::stream::iter([Ok(half), Err(broken)]);
    let mut response = Response::new(HttpBody::from_stream(parts));
    response.headers_mut().insert("content-length", HeaderValue::from(bytes.len()));
    response
}

/// The same answer, of which one byte comes after each `pause`.
async fn trickled(response: Response, pause: Duration) -> Response {
    let (parts, body) = response.into_parts();
    let Ok(body) = body.collect().await else { return hang_up() };
    let drop_by_drop = futures::stream::iter(body.to_bytes()).then(move |byte| async move {
        tokio::time::sleep(pause).await;
        Ok::<_, std::io::Error>(vec![byte])
    });
    Response::from_parts(parts, HttpBody::from_stream(drop_by_drop))
}

fn hang_up() -> Response {
    let mut response = Response::new(HttpBody::empty());
    response.extensions_mut().insert(HangUp);
    response
}

/// The answer of a GitHub that has gone on: after fault `github.fields` its objects have other fields, and after
/// fault `github.sso` its lists are not complete.
fn as_another_version(github: &GitHub, mut answer: Answer) -> Answer {
    let Body::Json(body) = &mut answer.body else { return answer };
    if body.is_array() && github.0.faults.fire("github.sso").is_some() {
        return answer.with("x-github-sso", "partial-results; organizations=21955855,20582480");
    }
    if github.0.faults.fire("github.fields").is_some() {
        change_fields(body);
    }
    answer
}

fn change_fields(body: &mut Value) {
    match body {
        Value::Array(items) => items.iter_mut().for_each(change_fields),
        Value::Object(fields) => {
            fields.values_mut().for_each(change_fields);
            for deprecated in ["has_downloads", "merge_commit_sha", "rate", "assignee"] {
                fields.remove(deprecated);
            }
            let properties = json!({"team": ["a", 1, null], "tier": {"level": 2}});
            fields.insert("custom_properties".to_owned(), properties);
            fields.insert("invented_tomorrow".to_owned(), json!([{"deep": true}]));
        }
        _ => {}
    }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// The primary limit's numbers, as `GET /rate_limit` shows them.
pub(super) fn rate_limit(github: &GitHub, caller: &Caller) -> Value {
    let login = caller.login().unwrap_or_default();
    let used = github.state().used.get(login).copied().unwrap_or_default();
    let limit = json!({
        "limit": HOURLY_LIMIT,
        "used": used,
        "remaining": HOURLY_LIMIT.saturating_sub(used),
        "reset": Timestamp::now().as_second() + 3600,
    });
    json!({
        "resources": { "core": limit, "graphql": limit, "search": limit },
        "rate": limit,
    })
}
