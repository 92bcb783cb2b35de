//! Failures as the API server words them: a `Status` object, its HTTP code, its causes.

use std::collections::HashSet;

use axum::body::Body;
use http::{Response, StatusCode, header};
use serde_json::{Value, json};

use super::resources::{Resource, Webhook};

/// What a request was refused with.
#[derive(Clone, Debug)]
pub(crate) struct Failure {
    /// The HTTP status code, repeated in the body.
    pub(crate) code: u16,
    /// The machine-readable reason; empty where the real server gives none.
    pub(crate) reason: &'static str,
    /// The sentence that clients print.
    pub(crate) message: String,
    /// `details`: the object, the causes, when to retry.
    details: Option<Box<Value>>,
    /// What the client is warned of besides.
    warnings: Vec<String>,
    /// Where an interrupted list can go on; empty for every other failure.
    continuation: String,
    /// Whether the answer is the message as text, as the server's router gives it for paths that
    /// it does not know.
    is_text: bool,
}

/// The result of anything that can be answered with a `Status`.
pub(crate) type Answer<T> = Result<T, Failure>;

/// One entry of `details.causes`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Cause {
    /// For example `FieldValueInvalid`.
    pub(crate) reason: &'static str,
    /// What is wrong, without the field.
    pub(crate) message: String,
    /// The path of the field.
    pub(crate) field: String,
}

impl Cause {
    /// A cause for `field`.
    pub(crate) fn new(
        reason: &'static str,
        field: impl Into<String>,
        message: impl Into<String>,
    ) -> Self {
        Self { reason, message: message.into(), field: field.into() }
    }

    /// A required field is missing.
    pub(crate) fn required(field: impl Into<String>, detail: &str) -> Self {
        let message = match detail {
            "" => "Required value".to_owned(),
            detail => format!("Required value: {detail}"),
        };
        Self::new("FieldValueRequired", field, message)
    }

    /// A field has a value that is not allowed; `value` is printed as JSON.
    pub(crate) fn invalid(field: impl Into<String>, value: &Value, detail: &str) -> Self {
        Self::new("FieldValueInvalid", field, format!("Invalid value: {value}: {detail}"))
    }

    fn to_value(&self) -> Value {
        json!({"reason": self.reason, "message": self.message, "field": self.field})
    }
}

impl std::fmt::Display for Cause {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.field, self.message)
    }
}

impl Failure {
    fn new(code: u16, reason: &'static str, message: impl Into<String>) -> Self {
        Self {
            warnings: Vec::new(),
            code,
            reason,
            message: message.into(),
            details: None,
            continuation: String::new(),
            is_text: false,
        }
    }

    fn with_details(mut self, details: Value) -> Self {
        self.details = Some(Box::new(details));
        self
    }

    fn about(self, resource: &Resource, name: &str) -> Self {
        let mut details = json!({});
        if !name.is_empty() {
            details["name"] = name.into();
        }
        if !resource.group.is_empty() {
            details["group"] = resource.group.as_str().into();
        }
        details["kind"] = resource.plural.as_str().into();
        self.with_details(details)
    }

    /// 400: the request cannot be understood.
    pub(crate) fn bad_request(message: impl Into<String>) -> Self {
        Self::new(400, "BadRequest", message)
    }

    /// 401: no token, or one that nobody issued.
    pub(crate) fn unauthorized() -> Self {
        Self::new(401, "Unauthorized", "Unauthorized")
    }

    /// 403: `user` may not do this; `message` follows the resource and name.
    pub(crate) fn forbidden(resource: &Resource, name: &str, message: &str) -> Self {
        let quoted = if name.is_empty() { String::new() } else { format!(" {name:?}") };
        let text = format!("{}{quoted} is forbidden: {message}", resource.qualified());
        Self::new(403, "Forbidden", text).about(resource, name)
    }

    /// 403: `user` may not read a path that is no resource's.
    pub(crate) fn forbidden_path(user: &str, path: &str) -> Self {
        let text = format!("forbidden: User {user:?} cannot get path {path:?}");
        let mut failure = Self::new(403, "Forbidden", text);
        failure.details = Some(Box::new(json!({})));
        failure
    }

    /// 403: nothing is created in a namespace that is on its way out.
    pub(crate) fn namespace_terminating(resource: &Resource, name: &str, namespace: &str) -> Self {
        let why = format!(
            "unable to create new content in namespace {namespace} because it is being terminated"
        );
        let cause = Cause::new(
            "NamespaceTerminating",
            "metadata.namespace",
            format!("namespace {namespace} is being terminated"),
        );
        let mut failure = Self::forbidden(resource, name, &why);
        if let Some(details) = &mut failure.details {
            details["causes"] = json!([cause.to_value()]);
        }
        failure
    }

    /// 404: the object does not exist.
    pub(crate) fn not_found(resource: &Resource, name: &str) -> Self {
        let message = format!("{} {name:?} not found", resource.qualified());
        Self::new(404, "NotFound", message).about(resource, name)
    }

    /// 404 in a group and version that are built in: no such kind.
    pub(crate) fn no_such_resource() -> Self {
        let failure =
            Self::new(404, "NotFound", "the server could not find the requested resource");
        failure.with_details(json!({}))
    }

    /// 404 anywhere else: no such path, and no `Status` either.
    pub(crate) fn no_such_path() -> Self {
        Self { is_text: true, ..Self::new(404, "", "404 page not found\n") }
    }

    /// 404 below `/openapi`: no such document, and not a word about it.
    pub(crate) fn no_such_document() -> Self {
        Self { is_text: true, ..Self::new(404, "", "") }
    }

    /// 405: the kind exists and does not offer this verb.
    pub(crate) fn method_not_allowed(resource: &Resource, verb: &str) -> Self {
        let mut details = json!({});
        let message = if resource.is_custom() {
            details["group"] = resource.group.as_str().into();
            details["kind"] = resource.plural.as_str().into();
            format!("{verb} is not supported on resources of kind {:?}", resource.qualified())
        } else {
            return Self::method_unknown();
        };
        Self::new(405, "MethodNotAllowed", message).with_details(details)
    }

    /// 405: what is asked about the API itself can only be read.
    pub(crate) fn method_unknown() -> Self {
        let message = "the server does not allow this method on the requested resource";
        Self::new(405, "MethodNotAllowed", message).with_details(json!({}))
    }

    /// 406: none of the media types in `Accept` is offered.
    pub(crate) fn not_acceptable(resource: &Resource) -> Self {
        // The server has two ways to say it, and names what the sandbox has not got, too.
        if resource.is_custom() {
            let message = "only the following media types are accepted: application/json, \
                application/yaml, application/vnd.kubernetes.protobuf";
            return Self::new(406, "NotAcceptable", message);
        }
        let message = "406: Not Acceptable\n\nAvailable representations: application/json, \
            application/yaml, application/vnd.kubernetes.protobuf, \
            application/json;stream=watch, application/vnd.kubernetes.protobuf;stream=watch";
        Self::new(406, "NotAcceptable", message).with_details(json!({}))
    }

    /// 409: an object of that name exists.
    pub(crate) fn already_exists(resource: &Resource, name: &str) -> Self {
        let message = format!("{} {name:?} already exists", resource.qualified());
        Self::new(409, "AlreadyExists", message).about(resource, name)
    }

    /// 409: it changed since it was read, or a precondition does not hold.
    pub(crate) fn conflict(resource: &Resource, name: &str, why: &str) -> Self {
        let message =
            format!("Operation cannot be fulfilled on {} {name:?}: {why}", resource.qualified());
        Self::new(409, "Conflict", message).about(resource, name)
    }

    /// 409: the resource version sent is not the current one.
    pub(crate) fn modified(resource: &Resource, name: &str) -> Self {
        Self::conflict(
            resource,
            name,
            "the object has been modified; please apply your changes to the latest version and \
             try again",
        )
    }

    /// 409: the object is not the one that a deletion means; this answer names kinds, not plurals.
    pub(crate) fn wrong_object(resource: &Resource, name: &str, why: &str) -> Self {
        let (group, kind) = (resource.group.as_str(), resource.kind.as_str());
        let qualified = if group.is_empty() { kind.to_owned() } else { format!("{kind}.{group}") };
        let message = format!("Operation cannot be fulfilled on {qualified} {name:?}: {why}");
        let mut failure = Self::new(409, "Conflict", message).about(resource, name);
        if let Some(details) = &mut failure.details {
            details["kind"] = kind.into();
        }
        failure
    }

    /// 422: an update has to say which version it is of; custom kinds go by their plural here.
    pub(crate) fn version_required(resource: &Resource, name: &str) -> Self {
        let wrong = "must be specified for an update";
        let cause = Cause::invalid("metadata.resourceVersion", &json!(0), wrong);
        let kind = if resource.is_custom() { &resource.plural } else { &resource.kind };
        Self::invalid(&resource.group, kind, name, &[cause])
    }

    /// 409: other field managers own what an apply would change.
    pub(crate) fn apply_conflict(message: String, causes: &[Cause]) -> Self {
        let failure = Self::new(409, "Conflict", message);
        failure
            .with_details(json!({"causes": causes.iter().map(Cause::to_value).collect::<Vec<_>>()}))
    }

    /// 410: the version is older than what is kept.
    pub(crate) fn expired(message: impl Into<String>) -> Self {
        Self::new(410, "Expired", message)
    }

    /// The same, with warnings that clients show.
    pub(crate) fn warned(mut self, warnings: &[String]) -> Self {
        self.warnings.extend_from_slice(warnings);
        self
    }

    /// The same, with a token that continues the list.
    pub(crate) fn with_continue(mut self, token: &str) -> Self {
        token.clone_into(&mut self.continuation);
        self
    }

    /// 504: a version that does not exist yet was asked for.
    pub(crate) fn too_large_version(asked: u64, newest: u64) -> Self {
        let message = format!("Timeout: Too large resource version: {asked}, current: {newest}");
        let failure = Self::new(504, "Timeout", message);
        failure.with_details(json!({
            "causes": [{
                "reason": "ResourceVersionTooLarge", "message": "Too large resource version",
            }],
            "retryAfterSeconds": 1,
        }))
    }

    /// 415: the body's media type is not accepted.
    pub(crate) fn unsupported_media_type(accepted: &[&str]) -> Self {
        let accepted = accepted.join(", ");
        Self::new(
            415,
            "UnsupportedMediaType",
            format!(
                "the body of the request was in an unknown format - accepted media types \
                 include: {accepted}"
            ),
        )
    }

    /// 415 for a patch of a built-in kind.
    pub(crate) fn unsupported_patch_type() -> Self {
        let message = "415: Unsupported Media Type";
        Self::new(415, "UnsupportedMediaType", message).with_details(json!({}))
    }

    /// 422: the object breaks the schema or a rule; `causes` is not empty.
    pub(crate) fn invalid(group: &str, kind: &str, name: &str, causes: &[Cause]) -> Self {
        let qualified = if group.is_empty() { kind.to_owned() } else { format!("{kind}.{group}") };
        // The message names a cause once, even where `details` has it twice.
        let mut texts: Vec<_> = causes.iter().map(Cause::to_string).collect();
        let mut seen = HashSet::new();
        texts.retain(|text| seen.insert(text.clone()));
        let list = match texts.as_slice() {
            [only] => only.clone(),
            many => format!("[{}]", many.join(", ")),
        };
        let failure = Self::new(422, "Invalid", format!("{qualified} {name:?} is invalid: {list}"));
        let mut details = json!({});
        for (key, value) in [("name", name), ("group", group), ("kind", kind)] {
            if !value.is_empty() {
                details[key] = value.into();
            }
        }
        details["causes"] = causes.iter().map(Cause::to_value).collect();
        failure.with_details(details)
    }

    /// 422 without an object: the patch itself cannot be done; the server does not say why.
    pub(crate) fn unprocessable() -> Self {
        let text = "the server rejected our request due to an error in our request";
        let failure = Self::new(422, "Invalid", text);
        failure.with_details(json!({}))
    }

    /// 429, to be tried again after one second.
    pub(crate) fn too_many_requests() -> Self {
        let failure =
            Self::new(429, "TooManyRequests", "too many requests, please try again later");
        failure.with_details(json!({"retryAfterSeconds": 1}))
    }

    /// 500 without a reason, as an unclassified error of the real server.
    pub(crate) fn internal(message: impl Into<String>) -> Self {
        Self::new(500, "", message)
    }

    /// 500 or 503, as injected by a fault.
    pub(crate) fn injected(code: u16) -> Self {
        match code {
            429 => Self::too_many_requests(),
            503 => Self::new(
                503,
                "ServiceUnavailable",
                "the server is currently unable to handle the request",
            ),
            _ => Self::new(500, "InternalError", "Internal error occurred: injected fault"),
        }
    }

    /// 500: a webhook that has to convert an object cannot be called.
    pub(crate) fn unconverted(resource: &Resource, webhook: &Webhook) -> Self {
        let Resource { group, kind, .. } = resource;
        let Webhook { stored, failure } = webhook;
        Self::internal(format!(
            "conversion webhook for {group}/{stored}, Kind={kind} failed: {failure}"
        ))
    }

    /// 500: a webhook that has to admit an object cannot be called.
    pub(crate) fn webhook_is_down() -> Self {
        let text = "failed calling webhook \"validate.example.com\": failed to call webhook: Post \
                    \"https://webhook.example.svc:443/validate?timeout=10s\": dial tcp \
                    10.96.0.20:443: connect: connection refused";
        let failure = Self::new(500, "InternalError", format!("Internal error occurred: {text}"));
        failure.with_details(json!({"causes": [{"message": text}]}))
    }

    /// 501: something that a real server answers and the sandbox does not.
    pub(crate) fn not_implemented(what: &str) -> Self {
        Self::new(501, "NotImplemented", format!("the sandbox does not implement {what}"))
    }

    /// The `Status` object.
    pub(crate) fn to_value(&self) -> Value {
        let mut status = json!({
            "kind": "Status",
            "apiVersion": "v1",
            "metadata": {},
            "status": "Failure",
            "message": self.message,
        });
        if !self.continuation.is_empty() {
            status["metadata"]["continue"] = self.continuation.as_str().into();
        }
        if !self.reason.is_empty() {
            status["reason"] = self.reason.into();
        }
        if let Some(details) = &self.details {
            status["details"] = Value::clone(details);
        }
        status["code"] = self.code.into();
        status
    }

    /// The HTTP answer.
    pub(crate) fn into_response(self) -> Response<Body> {
        if self.is_text {
            let is_empty = self.message.is_empty();
            let mut answer = respond_bytes(self.code, self.message.into_bytes());
            let text = http::HeaderValue::from_static("text/plain; charset=utf-8");
            match is_empty {
                true => answer.headers_mut().remove(header::CONTENT_TYPE),
                false => answer.headers_mut().insert(header::CONTENT_TYPE, text),
            };
            return answer;
        }
        let mut answer = respond(self.code, &self.to_value());
        self.warnings.iter().for_each(|warning| warn(&mut answer, warning));
        if matches!(self.code, 429 | 504) {
            answer.headers_mut().insert(header::RETRY_AFTER, http::HeaderValue::from_static("1"));
        }
        answer
    }
}

/// Adds a warning that clients show.
pub(crate) fn warn(answer: &mut Response<Body>, warning: &str) {
    if let Ok(value) = http::HeaderValue::from_str(&format!("299 - {warning:?}")) {
        answer.headers_mut().append(header::WARNING, value);
    }
}

/// An answer with a JSON body.
pub(crate) fn respond(code: u16, body: &Value) -> Response<Body> {
    respond_bytes(code, body.to_string().into_bytes())
}

/// An answer whose JSON body is already written.
pub(crate) fn respond_bytes(code: u16, body: Vec<u8>) -> Response<Body> {
    let mut answer = Response::new(Body::from(body));
    *answer.status_mut() = StatusCode::from_u16(code).expect("every code here is a valid one");
    answer
        .headers_mut()
        .insert(header::CONTENT_TYPE, http::HeaderValue::from_static("application/json"));
    answer
}

/// The `Status` that answers a completed deletion.
pub(crate) fn success(resource: &Resource, name: &str, uid: &Value) -> Value {
    let mut details = json!({"name": name});
    if !resource.group.is_empty() {
        details["group"] = resource.group.as_str().into();
    }
    details["kind"] = resource.plural.as_str().into();
    details["uid"] = uid.clone();
    json!({"kind": "Status", "apiVersion": "v1", "metadata": {}, "status": "Success", "details": details})
}
