//! A request's way from its path to its answer.

use std::cell::Cell;
use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::extract::State as Extract;
use http::{HeaderMap, HeaderValue, Method, Request, Response, StatusCode, header, request};
use http_body_util::BodyExt as _;
use hyper::upgrade::OnUpgrade;
use serde_json::{Value, json};

use super::KubeApi;
use super::access::{self, Attempt, User};
use super::deletion::{DeleteOptions, Deleted, Propagation};
use super::objects::{FieldValidation, Patch, WriteOptions, Written};
use super::request::{Form, Query, ResourcePath, verb};
use super::resources::{Resource, text};
use super::selector::Selector;
use super::status::{Answer, Cause, Failure, respond, respond_bytes, success, warn};
use super::store::collection;
use super::{discovery, exec, list, logs, openapi, preparation, resources, watch};
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

/// Whether the body of a deletion asks for a dry run.
fn is_dry_run(options: &Value) -> bool {
    options["dryRun"] == json!(["All"])
}

fn header_text<'a>(headers: &'a HeaderMap, name: &str) -> &'a str {
    headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

async fn answer(
    api: &KubeApi,
    parts: &request::Parts,
    body: &Bytes,
    upgrade: Option<OnUpgrade>,
) -> Answer<Response<Body>> {
    if let Some(delay) = api.faults().fire("kube.latency") {
        let milliseconds = delay.parse().unwrap_or(0);
        tokio::time::sleep(Duration::from_millis(milliseconds)).await;
    }
    if let Some(code) = api.faults().fire("kube.request") {
        return Err(Failure::injected(code.parse().unwrap_or(500)));
    }
    let path = parts.uri.path();
    if parts.method == Method::GET && matches!(path, "/healthz" | "/livez" | "/readyz") {
        return Ok(text_answer("ok"));
    }
    let user = api.access().authenticate(&parts.headers)?;
    if parts.method == Method::GET && path == "/.well-known/openid-configuration" {
        return token_issuer(api, &user.name);
    }
    if let Some(found) = about_the_api(api, path, &parts.headers) {
        return match parts.method {
            Method::GET => found,
            _ => found.and(Err(Failure::method_unknown())),
        };
    }
    check_implemented(path)?;
    let path = ResourcePath::parse(path).ok_or_else(|| no_such_path(api, path))?;
    let resource = find(api, &path)?;
    let is_admitted = matches!(parts.method, Method::POST | Method::PUT | Method::PATCH);
    let is_whole = path.subresource.is_empty();
    if is_admitted && is_whole && api.faults().fire_if("kube.webhook", |of| of == resource.plural) {
        return Err(Failure::webhook_is_down());
    }
    let call = Call {
        api,
        query: Query::parse(parts.uri.query().unwrap_or_default()),
        raw_query: parts.uri.query().unwrap_or_default(),
        upgrade: Cell::new(upgrade),
        headers: &parts.headers,
        body,
        user,
        resource,
        path,
    };
    call.answer(&parts.method)
}

fn token_issuer(api: &KubeApi, user: &str) -> Answer<Response<Body>> {
    let named = api.faults().fire("kube.issuer");
    match named.as_deref().unwrap_or(super::TOKEN_ISSUER) {
        "absent" => Err(Failure::no_such_path()),
        "forbidden" => Err(Failure::forbidden_path(user, "/.well-known/openid-configuration")),
        address => Ok(respond(200, &discovery::issuer(address))),
    }
}

fn text_answer(text: &'static str) -> Response<Body> {
    let mut answer = Response::new(Body::from(text));
    let plain = HeaderValue::from_static("text/plain; charset=utf-8");
    answer.headers_mut().insert(header::CONTENT_TYPE, plain);
    answer
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
fn no_such_path(api: &KubeApi, path: &str) -> Failure {
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

/// What the server says when a Job is deleted and its Pods are not.
const JOB_PODS_STAY: &str = "child pods are preserved by default when jobs are deleted; set \
    propagationPolicy=Background to remove them or set propagationPolicy=Orphan to suppress this \
    warning";

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

/// The kind that a path names.
fn find(api: &KubeApi, path: &ResourcePath) -> Answer<Arc<Resource>> {
    let found = api.state().registry.find(&path.group, &path.version, &path.plural);
    found.ok_or_else(|| no_such_path(api, &path.root()))
}

/// A request for a kind that is served.
struct Call<'a> {
    api: &'a KubeApi,
    path: ResourcePath,
    query: Query,
    /// The same, where a parameter may be given several times.
    raw_query: &'a str,
    /// The connection, for a request that wants all of it.
    upgrade: Cell<Option<OnUpgrade>>,
    headers: &'a HeaderMap,
    body: &'a Bytes,
    user: User,
    resource: Arc<Resource>,
}

impl Call<'_> {
    fn answer(&self, method: &Method) -> Answer<Response<Body>> {
        let verb = verb(method, &self.path, &self.query)
            .ok_or_else(|| self.not_allowed(&method.as_str().to_lowercase()))?;
        self.authorize(verb)?;
        self.check_subresource(verb)?;
        if !self.resource.is_stored {
            return self.review(verb);
        }
        let is_reading_all = self.path.name.is_empty() && matches!(verb, "list" | "watch");
        let is_custom_write = self.resource.is_custom() && !is_reading_all;
        if self.is_across_namespaces() && (!self.path.name.is_empty() || is_custom_write)
            || !self.resource.namespaced && self.path.namespace.is_some()
        {
            return Err(self.no_such_endpoint());
        }
        self.check_conversion(verb)?;
        match verb {
            "get" => self.get(),
            "list" => self.list(),
            "watch" => self.watch(),
            "create" => self.create(),
            "update" => self.update(),
            "patch" => self.patch(),
            "delete" => self.delete(),
            _ => self.delete_collection(),
        }
    }

    /// No webhook is called: objects that one would have to convert cannot be read or written.
    fn check_conversion(&self, verb: &str) -> Answer<()> {
        let resources::Shape::Custom { webhook: Some(webhook), .. } = &self.resource.shape else {
            return Ok(());
        };
        let state = self.api.state();
        let of = collection(&self.resource);
        let is_needed = match self.path.name.as_str() {
            "" => verb == "create" || state.store.list(&of, None).next().is_some(),
            name => state.store.get(&of, self.namespace().unwrap_or_default(), name).is_some(),
        };
        if is_needed { Err(Failure::unconverted(&self.resource, webhook)) } else { Ok(()) }
    }

    /// Whether a kind that lives in namespaces is asked for in all of them, which only reads may.
    fn is_across_namespaces(&self) -> bool {
        self.resource.namespaced && self.path.namespace.is_none()
    }

    fn namespace(&self) -> Option<&str> {
        self.path.namespace.as_deref()
    }

    fn not_allowed(&self, verb: &str) -> Failure {
        Failure::method_not_allowed(&self.resource, verb)
    }

    /// A write to a collection that is for one object.
    fn nameless(&self, verb: &str) -> Failure {
        match self.resource.is_custom() {
            true => Failure::bad_request("name must be provided"),
            false => self.not_allowed(verb),
        }
    }

    /// A path that fits the kind's name and not its scope.
    fn no_such_endpoint(&self) -> Failure {
        if self.resource.is_custom() {
            Failure::no_such_path()
        } else {
            Failure::no_such_resource()
        }
    }

    fn form(&self) -> Answer<Form> {
        Form::negotiate(self.headers, &self.resource)
    }

    fn authorize(&self, verb: &str) -> Answer<()> {
        let (plural, subresource) = (&self.path.plural, &self.path.subresource);
        let resource = match subresource.as_str() {
            "" => plural.clone(),
            subresource => format!("{plural}/{subresource}"),
        };
        // A request for a namespace is made in that namespace.
        let namespace = match (self.namespace(), self.resource.kind.as_str()) {
            (None, "Namespace") => self.path.name.as_str(),
            (namespace, _) => namespace.unwrap_or_default(),
        };
        let (group, user) = (&self.path.group, &self.user.name);
        let attempt = Attempt { verb, group, resource: &resource, namespace, user };
        if self.api.access().allows(&attempt) {
            return Ok(());
        }
        let scope = match namespace {
            "" => "at the cluster scope".to_owned(),
            namespace => format!("in the namespace {namespace:?}"),
        };
        let why = format!(
            "User {:?} cannot {verb} resource {resource:?} in API group {:?} {scope}",
            self.user.name, self.path.group
        );
        Err(Failure::forbidden(&self.resource, &self.path.name, &why))
    }

    fn check_subresource(&self, verb: &str) -> Answer<()> {
        let (plural, subresource) = (&self.path.plural, self.path.subresource.as_str());
        match subresource {
            "" => Ok(()),
            "status" if self.resource.has_status => match verb {
                "get" | "update" | "patch" => Ok(()),
                _ => Err(self.not_allowed(verb)),
            },
            "exec" if self.is_about_pods() => match verb {
                // Whoever may only read must not run anything.
                "get" => self.authorize("create"),
                _ => Err(self.not_allowed(verb)),
            },
            "log" if self.is_about_pods() => match verb {
                "get" => Ok(()),
                _ => Err(self.not_allowed(verb)),
            },
            known if self.resource.unimplemented.contains(&known) => {
                Err(Failure::not_implemented(&format!("{plural}/{subresource}")))
            }
            _ if self.resource.is_custom() => {
                Err(Failure::not_found(&self.resource, &self.path.name))
            }
            _ => Err(Failure::no_such_resource()),
        }
    }

    fn review(&self, verb: &str) -> Answer<Response<Body>> {
        if verb != "create" || !self.path.name.is_empty() {
            return Err(self.not_allowed(verb));
        }
        let review = self.json_or_yaml()?;
        let review = preparation::typed(&self.resource, &self.api.state().registry, review)?;
        let options = self.write_options()?;
        let review = access::tracked(&self.resource, review, &options.field_manager)?;
        let answer = self.api.access().review(&self.resource.kind, &self.user, review)?;
        Ok(respond(201, &answer))
    }

    fn is_about_pods(&self) -> bool {
        (self.resource.group.as_str(), self.resource.plural.as_str()) == ("", "pods")
    }

    fn log(&self) -> Answer<Response<Body>> {
        let pod = self.api.state().live(&self.resource, self.namespace(), &self.path.name)?;
        logs::open(self.api, &pod, &self.query)
    }

    fn exec(&self) -> Answer<Response<Body>> {
        let pod = self.api.state().live(&self.resource, self.namespace(), &self.path.name)?;
        let words = Query::all(self.raw_query, "command");
        exec::open(self.api, &pod, &self.query, words, self.headers, self.upgrade.take())
    }

    fn get(&self) -> Answer<Response<Body>> {
        if self.path.subresource == "exec" {
            return self.exec();
        }
        if self.path.subresource == "log" {
            return self.log();
        }
        let form = self.form()?;
        let state = self.api.state();
        list::minimum_version(&state, &self.query)?;
        let object = state.live(&self.resource, self.namespace(), &self.path.name)?;
        drop(state);
        Ok(respond(200, &list::single(&self.resource, &object, form, &self.query)))
    }

    fn list(&self) -> Answer<Response<Body>> {
        let form = self.form()?;
        let state = self.api.state();
        let body = list::list(&state, &self.resource, self.namespace(), &self.query, form)?;
        Ok(respond_bytes(200, body))
    }

    fn watch(&self) -> Answer<Response<Body>> {
        let (resource, namespace) = (Arc::clone(&self.resource), self.path.namespace.clone());
        let form = self.form()?;
        let selector = Selector::of_query(&self.query, &resource)?;
        watch::open(self.api, resource, namespace, selector, &self.query, form)
    }

    fn create(&self) -> Answer<Response<Body>> {
        if !self.path.name.is_empty() || self.is_across_namespaces() {
            return Err(self.not_allowed("create"));
        }
        let (form, options) = (self.form()?, self.write_options()?);
        let object = self.json_or_yaml()?;
        let namespace = self.namespace();
        let written = self.api.state().create(&self.resource, namespace, object, &options)?;
        Ok(self.written(&written, form))
    }

    fn update(&self) -> Answer<Response<Body>> {
        if self.path.name.is_empty() {
            return Err(self.nameless("update"));
        }
        let (form, options) = (self.form()?, self.write_options()?);
        let object = self.json_or_yaml()?;
        let (namespace, name) = (self.namespace(), &self.path.name);
        let written =
            self.api.state().replace(&self.resource, namespace, name, object, &options)?;
        Ok(self.written(&written, form))
    }

    fn patch(&self) -> Answer<Response<Body>> {
        if self.path.name.is_empty() {
            return Err(self.nameless("patch"));
        }
        let form = self.form()?;
        let patch = self.patch_body()?;
        let is_apply = matches!(patch, Patch::Apply(_));
        let mut options = self.write_options()?;
        options.force = self.query.flag("force");
        let causes: Vec<_> = [
            (is_apply && self.query.get("fieldManager").is_empty())
                .then(|| Cause::required("fieldManager", "is required for apply patch")),
            (!is_apply && options.force).then(|| {
                let message = "Forbidden: may not be specified for non-apply patch";
                Cause::new("FieldValueForbidden", "force", message)
            }),
        ]
        .into_iter()
        .flatten()
        .collect();
        if !causes.is_empty() {
            return Err(Failure::invalid("meta.k8s.io", "PatchOptions", "", &causes));
        }
        let (namespace, name) = (self.namespace(), &self.path.name);
        let written = self.api.state().patch(&self.resource, namespace, name, patch, &options)?;
        Ok(self.written(&written, form))
    }

    /// Tells watches about a write and answers it.
    fn written(&self, written: &Written, form: Form) -> Response<Body> {
        self.api.wrote();
        let code = if written.is_new { 201 } else { 200 };
        let shown = list::single(&self.resource, &written.object, form, &self.query);
        let mut answer = respond(code, &shown);
        written.warnings.iter().for_each(|warning| warn(&mut answer, warning));
        answer
    }

    fn delete(&self) -> Answer<Response<Body>> {
        let options = self.delete_options()?;
        let (namespace, name) = (self.namespace(), &self.path.name);
        let warnings = match options.leaves_job_pods {
            true => vec![JOB_PODS_STAY.to_owned()],
            false => Vec::new(),
        };
        let deleted = self.api.state().delete(&self.resource, namespace, name, &options);
        let deleted = deleted.map_err(|failure| failure.warned(&warnings))?;
        self.api.wrote();
        let shown = match deleted {
            Deleted::Gone(object) if !self.resource.returns_deleted() => {
                success(&self.resource, name, &object["metadata"]["uid"])
            }
            Deleted::Gone(object) | Deleted::Held(object) => {
                list::single(&self.resource, &object, Form::Object, &self.query)
            }
        };
        let mut answer = respond(200, &shown);
        warnings.iter().for_each(|warning| warn(&mut answer, warning));
        Ok(answer)
    }

    /// Deletes everything that a list with the same query would show.
    fn delete_collection(&self) -> Answer<Response<Body>> {
        let is_namespaces = self.resource.kind == "Namespace" && !self.resource.is_custom();
        if is_namespaces || self.is_across_namespaces() {
            return Err(self.not_allowed("deletecollection"));
        }
        let options = self.delete_options()?;
        let mut state = self.api.state();
        let body = list::list(&state, &self.resource, self.namespace(), &self.query, Form::Object)?;
        let selector = Selector::of_query(&self.query, &self.resource)?;
        let objects: Vec<_> = state
            .store
            .list(&collection(&self.resource), self.namespace())
            .filter(|object| selector.matches(object))
            .cloned()
            .collect();
        for object in objects {
            let namespace = object["metadata"]["namespace"].as_str();
            let name = text(&object, "/metadata/name");
            state.delete(&self.resource, namespace, name, &options)?;
        }
        drop(state);
        self.api.wrote();
        Ok(respond_bytes(200, body))
    }

    fn delete_options(&self) -> Answer<DeleteOptions> {
        let body = match self.body.is_empty() {
            true => json!({}),
            false => self.json_or_yaml()?,
        };
        let given =
            |pointer: &str| body.pointer(pointer).and_then(Value::as_str).map(str::to_owned);
        let policy = match self.query.get("propagationPolicy") {
            "" => text(&body, "/propagationPolicy"),
            policy => policy,
        };
        let refuse = |reason, message: String| {
            let cause = Cause::new(reason, "propagationPolicy", message);
            Err(Failure::invalid("meta.k8s.io", "DeleteOptions", "", &[cause]))
        };
        if body["orphanDependents"].is_boolean() && !policy.is_empty() {
            let both = "orphanDependents and deletionPropagation cannot be both set";
            return refuse("FieldValueInvalid", format!("Invalid value: {policy:?}: {both}"));
        }
        let is_job = self.resource.kind == "Job" && !self.resource.is_custom();
        let propagation = match policy {
            "" if is_job || body["orphanDependents"] == true => Propagation::Orphan,
            "" | "Background" => Propagation::Background,
            "Foreground" => Propagation::Foreground,
            "Orphan" => Propagation::Orphan,
            other => {
                let supported = "\"Foreground\", \"Background\", \"Orphan\", \"nil\"";
                let message =
                    format!("Unsupported value: {other:?}: supported values: {supported}");
                return refuse("FieldValueNotSupported", message);
            }
        };
        self.query.integer("gracePeriodSeconds")?;
        Ok(DeleteOptions {
            dry_run: self.dry_run()? || is_dry_run(&body),
            propagation,
            leaves_job_pods: is_job && policy.is_empty(),
            uid: given("/preconditions/uid"),
            resource_version: given("/preconditions/resourceVersion"),
        })
    }

    fn dry_run(&self) -> Answer<bool> {
        match self.query.get("dryRun") {
            "" => Ok(false),
            "All" => Ok(true),
            other => {
                let message = format!("Unsupported value: [{other:?}]: supported values: \"All\"");
                let cause = Cause::new("FieldValueNotSupported", "dryRun", message);
                Err(Failure::invalid("meta.k8s.io", "CreateOptions", "", &[cause]))
            }
        }
    }

    fn write_options(&self) -> Answer<WriteOptions> {
        let field_manager = match self.query.get("fieldManager") {
            "" => {
                let agent = header_text(self.headers, header::USER_AGENT.as_str());
                agent.split('/').next().unwrap_or_default()
            }
            named => named,
        };
        let field_validation = match self.query.get("fieldValidation") {
            "" | "Warn" => FieldValidation::Warn,
            "Ignore" => FieldValidation::Ignore,
            "Strict" => FieldValidation::Strict,
            other => {
                let message = format!(
                    "Unsupported value: {other:?}: supported values: \"\", \"Ignore\", \"Strict\", \"Warn\""
                );
                let cause = Cause::new("FieldValueNotSupported", "fieldValidation", message);
                return Err(Failure::invalid("meta.k8s.io", "CreateOptions", "", &[cause]));
            }
        };
        if field_manager.len() > 128 {
            let message = "Too long: may not be more than 128 bytes";
            let cause = Cause::new("FieldValueTooLong", "fieldManager", message);
            return Err(Failure::invalid("meta.k8s.io", "CreateOptions", "", &[cause]));
        }
        Ok(WriteOptions {
            dry_run: self.dry_run()?,
            field_validation,
            field_manager: field_manager.to_owned(),
            force: false,
            subresource: self.path.subresource.clone(),
        })
    }

    fn media_type(&self) -> &str {
        let given = header_text(self.headers, header::CONTENT_TYPE.as_str());
        given.split(';').next().unwrap_or_default().trim()
    }

    /// The body of a POST, PUT or DELETE.
    fn json_or_yaml(&self) -> Answer<Value> {
        match self.media_type() {
            "application/json" | "" => self.json(),
            "application/yaml" => self.yaml(),
            "application/vnd.kubernetes.protobuf" => {
                Err(Failure::not_implemented("protobuf bodies; send JSON or YAML"))
            }
            _ => Err(Failure::unsupported_media_type(&[
                "application/json",
                "application/yaml",
                "application/vnd.kubernetes.protobuf",
            ])),
        }
    }

    fn json(&self) -> Answer<Value> {
        serde_json::from_slice(self.body).map_err(|error| {
            let why = match self.body.is_empty() {
                true => "unexpected end of JSON input".to_owned(),
                false => error.to_string(),
            };
            let why = format!("couldn't get version/kind; json parse error: {why}");
            preparation::unrecognized(&self.resource, &why, &String::from_utf8_lossy(self.body))
        })
    }

    /// The body of a patch in JSON.
    fn json_patch(&self) -> Answer<Value> {
        serde_json::from_slice(self.body)
            .map_err(|error| Failure::bad_request(format!("error decoding patch: {error}")))
    }

    /// The body of a patch that is an object.
    fn object_patch(&self) -> Answer<Value> {
        let patch = self.json_patch()?;
        let kind = match &patch {
            Value::Object(_) => return Ok(patch),
            Value::Array(_) => "array",
            Value::String(_) => "string",
            Value::Bool(_) => "bool",
            Value::Number(_) | Value::Null => "number",
        };
        Err(Failure::bad_request(format!(
            "error decoding patch: json: cannot unmarshal {kind} into Go value of type \
             map[string]interface {{}}"
        )))
    }

    fn yaml(&self) -> Answer<Value> {
        let text = std::str::from_utf8(self.body)
            .map_err(|error| Failure::bad_request(format!("error decoding YAML: {error}")))?;
        // Most clients send JSON, which is YAML and faster to read.
        if let Ok(value) = serde_json::from_str(text) {
            return Ok(value);
        }
        serde_yaml::from_str(text)
            .map_err(|error| Failure::bad_request(format!("error decoding YAML: {error}")))
    }

    fn patch_body(&self) -> Answer<Patch> {
        const CUSTOM: &[&str] = &[
            "application/json-patch+json",
            "application/merge-patch+json",
            "application/apply-patch+yaml",
        ];
        match self.media_type() {
            "application/json-patch+json" => Ok(Patch::Json(self.json_patch()?)),
            "application/merge-patch+json" => Ok(Patch::Merge(self.object_patch()?)),
            "application/apply-patch+yaml" => Ok(Patch::Apply(self.yaml()?)),
            "application/strategic-merge-patch+json" if !self.resource.is_custom() => {
                Ok(Patch::Strategic(self.object_patch()?))
            }
            _ if self.resource.is_custom() => Err(Failure::unsupported_media_type(CUSTOM)),
            _ => Err(Failure::unsupported_patch_type()),
        }
    }
}
