//! A turnstile before a Kubernetes API: it counts the requests of each visitor, writes them down, and holds
//! one of them up where that is asked for.
//!
//! A visitor is whoever uses the address that was made for it; no TLS, for a program has other tests for that.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use anyhow::Result;
use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::response::{IntoResponse as _, Response};
use http::{StatusCode, header};
use http_body_util::BodyExt as _;
use kube::Client;
use serde_json::Value;
use tokio::time::sleep;

use crate::holds::{Hold, Holds};
use crate::recorder;
use crate::serve::{self, Server};

/// An open turnstile; dropping it closes it.
pub struct Turnstile {
    hall: Hall,
    server: Server,
}

/// A request as it went through.
#[derive(Clone, Debug)]
pub struct Visit {
    /// The method.
    pub method: String,
    /// Path and query, as a server without a turnstile sees them.
    pub path: String,
    /// The body as text.
    pub body: String,
    /// The status of the answer, once there is one.
    pub status: Option<u16>,
    /// `metadata.resourceVersion` of the answer, of an object or a list.
    pub version: Option<u64>,
    /// Whether it could have changed something: no GET, no dry run, no review.
    pub is_write: bool,
}

/// Before or after the effect of one request of a visitor, counted from 1.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Passage {
    /// Whose request.
    pub visitor: String,
    /// Which one.
    pub number: usize,
    /// Whether it has had its effect.
    pub is_done: bool,
}

#[derive(Clone)]
struct Hall {
    client: Client,
    holds: Holds<Passage>,
    book: Arc<Mutex<Book>>,
}

#[derive(Default)]
struct Book {
    visits: BTreeMap<String, Vec<Visit>>,
    banned: BTreeSet<String>,
}

impl Turnstile {
    /// Opens one before the API server that `client` talks to; visitors have its rights.
    ///
    /// # Errors
    /// When no port can be bound.
    pub async fn open(client: Client) -> Result<Self> {
        let hall = Hall { client, holds: Holds::default(), book: Arc::default() };
        let server = serve::http(Router::new().fallback(go).with_state(hall.clone())).await?;
        Ok(Self { hall, server })
    }

    /// The address of the API server for `visitor`, whose name has no slash.
    #[must_use]
    pub fn address(&self, visitor: &str) -> String {
        format!("http://{}/{visitor}", self.server.address)
    }

    /// Holds up a request.
    #[must_use]
    pub fn hold(&self, passage: Passage) -> Hold<Passage> {
        self.hall.holds.hold(passage)
    }

    /// Lets no request of `visitor` through any more.
    pub fn ban(&self, visitor: &str) {
        self.hall.book().banned.insert(visitor.to_owned());
    }

    /// Waits until every request of `visitor` is answered or refused.
    pub async fn emptied(&self, visitor: &str) {
        while self.visits(visitor).iter().any(|visit| visit.status.is_none()) {
            sleep(Duration::from_millis(2)).await;
        }
    }

    /// What `visitor` has asked for, in order.
    #[must_use]
    pub fn visits(&self, visitor: &str) -> Vec<Visit> {
        self.hall.book().visits.get(visitor).cloned().unwrap_or_default()
    }
}

impl Hall {
    fn book(&self) -> MutexGuard<'_, Book> {
        self.book.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Writes a request down; its number.
    fn note(&self, visitor: &str, visit: Visit) -> usize {
        let mut book = self.book();
        let visits = book.visits.entry(visitor.to_owned()).or_default();
        visits.push(visit);
        visits.len()
    }

    async fn pass(
        self,
        passage: Passage,
        request: http::Request<kube::client::Body>,
        is_watch: bool,
    ) -> Response {
        self.holds.pass(&passage).await;
        let is_banned = self.book().banned.contains(&passage.visitor);
        let answer = match is_banned {
            true => None,
            false => self.client.send(request).await.ok(),
        };
        let Some(answer) = answer else {
            self.answer(&passage, StatusCode::SERVICE_UNAVAILABLE, None);
            return StatusCode::SERVICE_UNAVAILABLE.into_response();
        };
        let (mut parts, body) = answer.into_parts();
        if is_watch {
            self.answer(&passage, parts.status, None);
            return Response::from_parts(parts, Body::new(body));
        }
        let body =
            body.collect().await.map(http_body_util::Collected::to_bytes).unwrap_or_default();
        // The client may have unpacked it.
        for own in [header::CONTENT_LENGTH, header::TRANSFER_ENCODING] {
            parts.headers.remove(own);
        }
        self.answer(&passage, parts.status, version(&body));
        self.holds.pass(&Passage { is_done: true, ..passage }).await;
        Response::from_parts(parts, Body::from(body))
    }

    fn answer(&self, passage: &Passage, status: StatusCode, version: Option<u64>) {
        let mut book = self.book();
        let visits = book.visits.get_mut(&passage.visitor);
        if let Some(visit) = visits.and_then(|visits| visits.get_mut(passage.number - 1)) {
            (visit.status, visit.version) = (Some(status.as_u16()), version);
        }
    }
}

async fn go(State(hall): State<Hall>, request: Request) -> Response {
    let (mut parts, body) = request.into_parts();
    let target = parts.uri.path_and_query().map_or("/", |path| path.as_str()).to_owned();
    let (visitor, path) = target.trim_start_matches('/').split_once('/').unwrap_or_default();
    // The client went away while sending; nobody reads the answer.
    let Ok(body) = body.collect().await else { return StatusCode::BAD_REQUEST.into_response() };
    let (body, path) = (body.to_bytes(), format!("/{path}"));
    let text = String::from_utf8_lossy(&body).into_owned();
    let is_write = recorder::changes_cluster(parts.method.as_str(), &path, &text);
    let method = parts.method.to_string();
    let visit =
        Visit { method, path: path.clone(), body: text, status: None, version: None, is_write };
    let number = hall.note(visitor, visit);
    let passage = Passage { visitor: visitor.to_owned(), number, is_done: false };
    for own in [header::AUTHORIZATION, header::HOST, header::ACCEPT_ENCODING] {
        parts.headers.remove(own);
    }
    parts.uri = path.parse().expect("the path of a request is an address");
    let request = http::Request::from_parts(parts, kube::client::Body::from(body.to_vec()));
    // On a task of its own: a program that is gone takes back nothing that it sent.
    let passing = hall.pass(passage, request, path.contains("watch=true"));
    match tokio::spawn(passing).await {
        Ok(answer) => answer,
        Err(_) => StatusCode::BAD_GATEWAY.into_response(),
    }
}

fn version(body: &Bytes) -> Option<u64> {
    let body: Value = serde_json::from_slice(body).ok()?;
    body["metadata"]["resourceVersion"].as_str()?.parse().ok()
}
