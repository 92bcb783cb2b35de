//! Every request the doubles received, in order.

use std::sync::{Arc, Mutex, PoisonError};

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
    /// The status of the answer.
    pub status: u16,
    /// Whether it could have changed something: no GET, no dry run, no review.
    pub is_write: bool,
}

/// Collects requests; clones share the same list.
#[derive(Clone, Default)]
pub struct Recorder(Arc<Mutex<Vec<Request>>>);

impl Recorder {
    /// Adds one request.
    pub fn add(&self, request: Request) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(request);
    }

    /// Every request so far.
    #[must_use]
    pub fn all(&self) -> Vec<Request> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
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
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }
}
