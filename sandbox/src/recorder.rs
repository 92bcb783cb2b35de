//! Every request the doubles received, in order.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use serde_json::{Value, json};

use crate::control_plane::AuditLog;

/// One request as a double saw it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// Which double received it: `kube` or `github`.
    pub double: &'static str,
    /// Who sent it: the `User-Agent` header, up to the first blank.
    pub agent: String,
    /// `GET`, `PATCH`, …; for GitHub's GraphQL the mutation's name is in `path`.
    pub method: String,
    /// Path and query as sent.
    pub path: String,
    /// The body as text; empty for reads.
    pub body: String,
    /// The status of the answer; 422 for what GraphQL refuses, which it does with status 200.
    pub status: u16,
    /// Whether it could have changed something: no GET, no dry run, no review.
    pub is_write: bool,
    /// How long it took inside the server, where the server tells.
    pub took: Option<Duration>,
}

/// Whether a request to a Kubernetes API could change something: no GET, no dry run, no review.
pub(crate) fn changes_cluster(method: &str, path_and_query: &str, body: &str) -> bool {
    let (path, query) = path_and_query.split_once('?').unwrap_or((path_and_query, ""));
    // The options of a deletion are in its body.
    let options = || serde_json::from_str::<Value>(body).unwrap_or_default();
    let is_dry = query.split('&').any(|parameter| parameter == "dryRun=All")
        || (method == "DELETE" && options()["dryRun"] == json!(["All"]));
    method != "GET" && !is_dry && !path.ends_with("reviews")
}

/// Collects requests; clones share the same list.
#[derive(Clone, Default)]
pub struct Recorder(Arc<Mutex<Record>>);

#[derive(Default)]
struct Record {
    requests: Vec<Request>,
    /// What a real API server writes down itself.
    audit: Option<AuditLog>,
}

impl Recorder {
    /// Adds one request.
    pub fn add(&self, request: Request) {
        self.lock().requests.push(request);
    }

    /// Every request so far.
    #[must_use]
    pub fn all(&self) -> Vec<Request> {
        self.lock().requests.clone()
    }

    /// The writes so far, apart from those of the players, whose agent begins with `player/`.
    #[must_use]
    pub fn writes(&self) -> Vec<Request> {
        let mut all = self.all();
        all.retain(|request| request.is_write && !request.agent.starts_with("player/"));
        all
    }

    /// Forgets everything so far.
    pub fn clear(&self) {
        self.lock().requests.clear();
    }

    /// Adds what `log` tells from now on.
    pub(crate) fn follow(&self, log: AuditLog) {
        self.lock().audit = Some(log);
    }

    fn lock(&self) -> MutexGuard<'_, Record> {
        let mut record = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let news = record.audit.as_mut().map(AuditLog::news).unwrap_or_default();
        record.requests.extend(news);
        record
    }
}
