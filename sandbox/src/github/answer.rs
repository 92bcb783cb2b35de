//! What the double answers, and GitHub's ways of saying no.

use http::StatusCode;
use serde_json::{Value, json};

/// One HTTP answer before the headers every answer carries are added.
#[derive(Clone, Debug)]
pub(super) struct Answer {
    pub(super) status: StatusCode,
    pub(super) headers: Vec<(&'static str, String)>,
    pub(super) body: Body,
}

/// The body of an [`Answer`].
#[derive(Clone, Debug)]
pub(super) enum Body {
    Empty,
    Json(Value),
    Raw(Vec<u8>),
    /// Announced as whole, and cut off in the middle.
    Truncated(Vec<u8>),
    /// No answer at all: the connection is closed.
    HangUp,
}

/// `Err` is a refusal, so that `?` ends a handler with it.
pub(super) type Reply = Result<Answer, Answer>;

impl Answer {
    pub(super) fn new(status: StatusCode, body: Body) -> Self {
        Self { status, headers: Vec::new(), body }
    }

    pub(super) fn ok(body: Value) -> Self {
        Self::new(StatusCode::OK, Body::Json(body))
    }

    /// 201 with a `Location`, which GitHub always makes the object's own `url`.
    pub(super) fn created(body: Value) -> Self {
        let location = body["url"].as_str().map(str::to_owned);
        let answer = Self::new(StatusCode::CREATED, Body::Json(body));
        match location {
            Some(location) => answer.with("location", location),
            None => answer,
        }
    }

    pub(super) fn no_content() -> Self {
        Self::new(StatusCode::NO_CONTENT, Body::Empty)
    }

    pub(super) fn raw(content_type: &str, bytes: Vec<u8>) -> Self {
        Self::new(StatusCode::OK, Body::Raw(bytes)).with("content-type", content_type)
    }

    pub(super) fn hang_up() -> Self {
        Self::new(StatusCode::OK, Body::HangUp)
    }

    pub(super) fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    pub(super) fn error(status: StatusCode, message: impl AsRef<str>) -> Self {
        let body = json!({
            "message": message.as_ref(),
            "documentation_url": "https://docs.github.com/rest",
            "status": status.as_str(),
        });
        Self::new(status, Body::Json(body))
    }

    pub(super) fn not_found() -> Self {
        Self::error(StatusCode::NOT_FOUND, "Not Found")
    }

    pub(super) fn conflict(message: impl AsRef<str>) -> Self {
        Self::error(StatusCode::CONFLICT, message)
    }

    pub(super) fn forbidden(message: impl AsRef<str>) -> Self {
        Self::error(StatusCode::FORBIDDEN, message)
    }

    pub(super) fn unprocessable(message: impl AsRef<str>) -> Self {
        Self::error(StatusCode::UNPROCESSABLE_ENTITY, message)
    }

    /// 422 `Validation Failed` with one entry in `errors`.
    pub(super) fn invalid(resource: &str, field: &str, code: &str, message: &str) -> Self {
        let mut item = json!({ "resource": resource, "code": code, "field": field });
        if !message.is_empty() {
            item["message"] = message.into();
        }
        let mut answer = Self::unprocessable("Validation Failed");
        if let Body::Json(body) = &mut answer.body {
            body["errors"] = json!([item]);
        }
        answer
    }
}

/// Git itself failed: a bug of the double or a broken disk, never the client's fault.
impl From<git2::Error> for Answer {
    fn from(error: git2::Error) -> Self {
        let message = format!("the sandbox's repository failed: {}", error.message());
        Self::error(StatusCode::INTERNAL_SERVER_ERROR, message)
    }
}
