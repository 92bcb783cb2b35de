//! Watches: the changes after a version, one JSON object per line.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, Bytes};
use futures::stream;
use http::{HeaderValue, Response, header};
use serde_json::{Value, json};
use tokio::time::Instant;

use super::KubeApi;
use super::list::{check_options, partial};
use super::preparation::in_version;
use super::request::{Form, Query};
use super::resources::Resource;
use super::selector::Selector;
use super::status::{Answer, Failure};
use super::store::{Change, Event, collection};
use super::table;

/// How often bookmarks are sent to watches that asked for them; the real server sends about one a
/// minute.
const BOOKMARK_INTERVAL: Duration = Duration::from_secs(60);

/// An open watch.
struct Watch {
    api: KubeApi,
    resource: Arc<Resource>,
    namespace: Option<String>,
    selector: Selector,
    form: Form,
    include_object: String,
    bookmarks: bool,
    /// The version up to which everything was sent.
    seen: u64,
    lines: VecDeque<Vec<u8>>,
    signals: tokio::sync::watch::Receiver<super::Signal>,
    /// The value of [`super::Signal::epoch`] when the watch was opened.
    epoch: u64,
    /// The value of [`super::Signal::bookmarks`] up to which bookmarks were sent.
    bookmarked: u64,
    ends_at: Option<Instant>,
    next_bookmark: Instant,
    is_over: bool,
    /// A table names its columns once per watch.
    columns_sent: bool,
}

/// Opens a watch of the objects that `selector` selects.
///
/// # Errors
/// 400 or 422 for a query that cannot be read.
pub(crate) fn open(
    api: &KubeApi,
    resource: Arc<Resource>,
    namespace: Option<String>,
    selector: Selector,
    query: &Query,
    form: Form,
) -> Answer<Response<Body>> {
    let start = Start::read(query)?;
    let timeout = query.limit("timeoutSeconds")?;
    let signals = api.signals();
    let super::Signal { epoch, bookmarks, .. } = *signals.borrow();
    let mut watch = Watch {
        api: api.clone(),
        resource,
        namespace,
        selector,
        form,
        include_object: query.get("includeObject").to_owned(),
        bookmarks: query.flag("allowWatchBookmarks"),
        seen: 0,
        lines: VecDeque::new(),
        signals,
        epoch,
        bookmarked: bookmarks,
        ends_at: timeout.map(|seconds| Instant::now() + Duration::from_secs(seconds)),
        next_bookmark: Instant::now() + BOOKMARK_INTERVAL,
        is_over: false,
        columns_sent: false,
    };
    watch.begin(start);
    let body = stream::unfold(watch, |mut watch| async move {
        let line = watch.next_line().await?;
        Some((Ok::<_, std::convert::Infallible>(Bytes::from(line)), watch))
    });
    let mut answer = Response::new(Body::from_stream(body));
    answer.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    Ok(answer)
}

/// From where a watch starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Start {
    /// After a version.
    After(u64),
    /// With an ADDED event for everything there is, and a bookmark where bookmarks are wanted: the
    /// server takes watches from before `sendInitialEvents` as if they had asked for it.
    Now,
}

impl Start {
    fn read(query: &Query) -> Answer<Self> {
        check_options(query, true)?;
        let version = query.version("resourceVersion").map_err(Failure::internal)?.unwrap_or(0);
        Ok(match (query.flag("sendInitialEvents"), version) {
            (true, _) | (false, 0) => Self::Now,
            (false, version) => Self::After(version),
        })
    }
}

impl Watch {
    fn begin(&mut self, start: Start) {
        let api = self.api.clone();
        let state = api.state();
        match start {
            Start::After(version) => {
                self.seen = version;
                let oldest = state.store.watchable();
                if version < oldest {
                    self.expire(version, oldest);
                }
            }
            Start::Now => {
                self.seen = state.store.version();
                let objects: Vec<_> = state
                    .store
                    .list(&collection(&self.resource), self.namespace.as_deref())
                    .filter(|object| self.selector.matches(object))
                    .cloned()
                    .collect();
                for object in objects {
                    self.send("ADDED", &object);
                }
                if self.bookmarks {
                    self.bookmark(json!({"k8s.io/initial-events-end": "true"}));
                }
            }
        }
    }

    /// The next line; `None` when the watch ends.
    async fn next_line(&mut self) -> Option<Vec<u8>> {
        loop {
            if let Some(line) = self.lines.pop_front() {
                return Some(line);
            }
            let signal = *self.signals.borrow_and_update();
            if std::mem::replace(&mut self.bookmarked, signal.bookmarks) != signal.bookmarks {
                // A bookmark says that everything up to it was told.
                self.catch_up();
                if self.bookmarks {
                    self.bookmark(Value::Null);
                }
                continue;
            }
            if self.is_over || signal.epoch != self.epoch {
                return None;
            }
            match self.api.faults().fire("kube.watch").as_deref() {
                Some("gone") => {
                    self.expire(self.seen, self.seen);
                    continue;
                }
                Some(_) => return None,
                None => {}
            }
            self.catch_up();
            if !self.lines.is_empty() {
                continue;
            }
            let wake = match self.ends_at {
                Some(end) => end.min(self.next_bookmark),
                None => self.next_bookmark,
            };
            tokio::select! {
                changed = self.signals.changed() => changed.ok()?,
                () = tokio::time::sleep_until(wake) => self.tick(),
            }
        }
    }

    fn tick(&mut self) {
        let now = Instant::now();
        self.is_over = self.ends_at.is_some_and(|end| end <= now);
        if self.bookmarks && self.next_bookmark <= now {
            self.bookmark(Value::Null);
        }
        if self.next_bookmark <= now {
            self.next_bookmark = now + BOOKMARK_INTERVAL;
        }
    }

    /// Queues the changes since the last look.
    fn catch_up(&mut self) {
        let api = self.api.clone();
        let state = api.state();
        if !state.store.remembers(self.seen) {
            self.expire(self.seen, state.store.oldest());
            return;
        }
        let of = collection(&self.resource);
        let changes: Vec<Change> = state
            .store
            .changes_after(self.seen)
            .filter(|change| change.collection == of)
            .cloned()
            .collect();
        self.seen = self.seen.max(state.store.version());
        drop(state);
        for change in changes {
            if let Some((event, object)) = self.as_seen(&change) {
                self.send(event, &object);
            }
        }
    }

    /// A change as this watch's selector sees it: what leaves the selection is deleted.
    fn as_seen(&self, change: &Change) -> Option<(&'static str, Arc<Value>)> {
        let is_seen = |object: &Value| {
            let namespace = &object["metadata"]["namespace"];
            self.namespace.as_deref().is_none_or(|wanted| namespace == wanted)
                && self.selector.matches(object)
        };
        let before = change.previous.as_deref().is_some_and(is_seen);
        let after = change.event != Event::Deleted && is_seen(&change.object);
        match (before, after) {
            (false, true) => Some(("ADDED", Arc::clone(&change.object))),
            (true, true) => Some(("MODIFIED", Arc::clone(&change.object))),
            (false, false) => None,
            (true, false) => {
                // The last state that was selected, at the version of the change.
                let mut last = Value::clone(change.previous.as_deref()?);
                last["metadata"]["resourceVersion"] = change.version.to_string().into();
                Some(("DELETED", Arc::new(last)))
            }
        }
    }

    fn send(&mut self, event: &str, object: &Arc<Value>) {
        let object = in_version(object, &self.resource);
        let shown = match self.form {
            Form::Object => Value::clone(&object),
            Form::Metadata => partial(&object),
            Form::Table => {
                let metadata = json!({"resourceVersion": object["metadata"]["resourceVersion"]});
                let with_columns = !std::mem::replace(&mut self.columns_sent, true);
                let include = self.include_object.clone();
                table::of(&self.resource, &[object], &metadata, &include, with_columns)
            }
        };
        self.push(&json!({"type": event, "object": shown}));
    }

    fn bookmark(&mut self, annotations: Value) {
        let mut metadata = json!({"resourceVersion": self.seen.to_string()});
        if !annotations.is_null() {
            metadata["annotations"] = annotations;
        }
        let (kind, api_version) = match self.form {
            Form::Metadata => ("PartialObjectMetadata".to_owned(), "meta.k8s.io/v1".to_owned()),
            _ => (self.resource.kind.clone(), self.resource.api_version()),
        };
        let object = json!({"kind": kind, "apiVersion": api_version, "metadata": metadata});
        self.push(&json!({"type": "BOOKMARK", "object": object}));
    }

    /// Ends the watch with the error that tells the client to list again.
    fn expire(&mut self, asked: u64, oldest: u64) {
        let failure = Failure::expired(format!("too old resource version: {asked} ({oldest})"));
        self.push(&json!({"type": "ERROR", "object": failure.to_value()}));
        self.is_over = true;
    }

    fn push(&mut self, event: &Value) {
        let mut line = event.to_string().into_bytes();
        line.push(b'\n');
        self.lines.push_back(line);
    }
}
