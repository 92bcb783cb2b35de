//! What a scenario is: a name, and requests that are sent one after the other.

use http::{HeaderMap, HeaderName, HeaderValue, header};
use serde_json::Value;

/// `Accept` of `kubectl get`.
pub(crate) const TABLE: &str = "application/json;as=Table;v=v1;g=meta.k8s.io,application/json";
/// `Accept` of a client that wants one object's metadata alone.
pub(crate) const METADATA: &str = "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1";
/// `Accept` of a client that wants a list of metadata alone.
pub(crate) const METADATA_LIST: &str =
    "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1";

/// Requests whose answers both APIs must agree on.
///
/// In every path and body `{namespace}` stands for a namespace that is the scenario's own, and
/// `{NAME}` for what a step before has [saved](Step::saving) under that name.
pub(crate) struct Scenario {
    pub(crate) name: &'static str,
    pub(crate) steps: Vec<Step>,
}

pub(crate) fn scenario(name: &'static str, steps: impl Into<Vec<Step>>) -> Scenario {
    Scenario { name, steps: steps.into() }
}

/// One request, and what is done with its answer.
#[derive(Clone)]
pub(crate) struct Step {
    pub(crate) method: &'static str,
    pub(crate) path: String,
    pub(crate) headers: HeaderMap,
    pub(crate) body: String,
    /// Names, and pointers to values in the answer.
    pub(crate) saved: Vec<(&'static str, &'static str)>,
    /// Repeat the request until its answer has this status code.
    pub(crate) until_code: Option<u16>,
    /// How many events of a watch are waited for; else it is read to its end.
    pub(crate) events: Option<usize>,
    /// Restart the API server first.
    pub(crate) restarts: bool,
}

impl Step {
    fn new(method: &'static str, path: impl Into<String>) -> Self {
        let mut headers = HeaderMap::new();
        // The default of the field manager is made from it.
        headers.insert(header::USER_AGENT, HeaderValue::from_static("conformance/1"));
        headers.insert(header::ACCEPT, HeaderValue::from_static("application/json"));
        Self {
            method,
            path: path.into(),
            headers,
            body: String::new(),
            saved: Vec::new(),
            until_code: None,
            events: None,
            restarts: false,
        }
    }

    fn with(self, media_type: &'static str, body: impl Into<String>) -> Self {
        let body = body.into();
        Self { body, ..self }.header(header::CONTENT_TYPE, media_type)
    }

    pub(crate) fn header(mut self, name: HeaderName, value: &'static str) -> Self {
        self.headers.insert(name, HeaderValue::from_static(value));
        self
    }

    pub(crate) fn accept(self, media_type: &'static str) -> Self {
        self.header(header::ACCEPT, media_type)
    }

    /// Keeps the value at `pointer` in the answer for the steps that follow.
    pub(crate) fn saving(mut self, name: &'static str, pointer: &'static str) -> Self {
        self.saved.push((name, pointer));
        self
    }

    /// Repeats the request until its answer has a status code; only the last answer is compared.
    pub(crate) fn until_code(self, code: u16) -> Self {
        Self { until_code: Some(code), ..self }
    }

    /// Leaves a watch after this many events.
    pub(crate) fn events(self, count: usize) -> Self {
        Self { events: Some(count), ..self }
    }

    /// Restarts the API server before the request is sent.
    pub(crate) fn after_restart(self) -> Self {
        Self { restarts: true, ..self }
    }

    /// How reports and [accepted differences](crate::accepted) call it.
    pub(crate) fn label(&self) -> String {
        format!("{} {}", self.method, self.path)
    }
}

pub(crate) fn get(path: impl Into<String>) -> Step {
    Step::new("GET", path)
}

pub(crate) fn delete(path: impl Into<String>) -> Step {
    Step::new("DELETE", path)
}

/// A deletion whose options are in its body.
pub(crate) fn delete_with(path: impl Into<String>, options: Value) -> Step {
    delete(path).with("application/json", options.to_string())
}

pub(crate) fn post(path: impl Into<String>, body: Value) -> Step {
    Step::new("POST", path).with("application/json", body.to_string())
}

pub(crate) fn put(path: impl Into<String>, body: Value) -> Step {
    Step::new("PUT", path).with("application/json", body.to_string())
}

/// A merge patch.
pub(crate) fn merge(path: impl Into<String>, body: Value) -> Step {
    Step::new("PATCH", path).with("application/merge-patch+json", body.to_string())
}

/// A strategic merge patch.
pub(crate) fn strategic(path: impl Into<String>, body: Value) -> Step {
    Step::new("PATCH", path).with("application/strategic-merge-patch+json", body.to_string())
}

/// A JSON patch.
pub(crate) fn json_patch(path: impl Into<String>, body: Value) -> Step {
    Step::new("PATCH", path).with("application/json-patch+json", body.to_string())
}

/// A server-side apply; the field manager is a parameter in the path.
pub(crate) fn apply(path: impl Into<String>, body: Value) -> Step {
    Step::new("PATCH", path).with("application/apply-patch+yaml", body.to_string())
}
