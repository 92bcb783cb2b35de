//! The logs of Pods, as the API server passes them on from their nodes.

use std::collections::HashMap;
use std::convert::Infallible;

use axum::body::{Body, Bytes};
use futures::stream;
use http::{HeaderValue, Response, header};
use k8s_openapi::jiff::Timestamp;
use serde_json::Value;

use super::KubeApi;
use super::request::Query;
use super::resources::text;
use super::status::{Answer, Failure};

/// The lines of each container: by namespace, Pod and container.
pub(crate) type Logs = HashMap<Container, Vec<Entry>>;

/// A container of a Pod.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Container {
    namespace: String,
    pod: String,
    container: String,
}

/// A line, and when it was written.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    time: Timestamp,
    text: String,
}

impl KubeApi {
    /// Has a container write a line, whether or not there is such a Pod. Those who follow it see it.
    ///
    /// # Panics
    /// When `time` is none.
    pub fn log(&self, namespace: &str, pod: &str, container: &str, time: &str, text: &str) {
        let entry = Entry { time: time.parse().expect("a time"), text: text.to_owned() };
        let of = |text: &str| text.to_owned();
        let container =
            Container { namespace: of(namespace), pod: of(pod), container: of(container) };
        self.state().logs.entry(container).or_default().push(entry);
        self.0.signals.send_modify(|_| ());
    }
}

/// Which lines are asked for, and in which form.
struct Asked {
    follow: bool,
    timestamps: bool,
    since: Option<Timestamp>,
    tail: Option<usize>,
}

impl Asked {
    fn read(query: &Query) -> Answer<Self> {
        let strange = ["limitBytes", "previous", "sinceSeconds", "stream"];
        if let Some(strange) = strange.iter().find(|name| query.has(name)) {
            return Err(Failure::not_implemented(&format!("the parameter {strange} of logs")));
        }
        let since = query.get("sinceTime").parse::<Timestamp>().ok();
        let tail =
            query.limit("tailLines")?.map(|lines| usize::try_from(lines).unwrap_or(usize::MAX));
        Ok(Self {
            follow: query.flag("follow"),
            timestamps: query.flag("timestamps"),
            // The API has whole seconds only.
            since: since.and_then(|time| Timestamp::from_second(time.as_second()).ok()),
            tail,
        })
    }

    fn line(&self, entry: &Entry) -> String {
        match self.timestamps {
            true => format!("{} {}\n", entry.time, entry.text),
            false => format!("{}\n", entry.text),
        }
    }
}

/// The log of a Pod's container.
///
/// Source: `LogLocation` and `validateContainer` of Kubernetes, `pkg/registry/core/pod/strategy.go`; a Pod that
/// is on no node has an empty answer.
///
/// # Errors
/// 400 when it cannot be told which container is meant.
pub(crate) fn open(api: &KubeApi, pod: &Value, query: &Query) -> Answer<Response<Body>> {
    let asked = Asked::read(query)?;
    let container = container(pod, query.get("container"))?;
    if pod["spec"]["nodeName"].as_str().is_none_or(str::is_empty) {
        let mut answer = Response::new(Body::empty());
        *answer.status_mut() = http::StatusCode::NO_CONTENT;
        return Ok(answer);
    }
    let signals = api.signals();
    let epoch = signals.borrow().epoch;
    let reading = Reading { api: api.clone(), container, asked, signals, epoch, read: None };
    let body = stream::unfold(reading, |mut reading| async move {
        let lines = reading.next().await?;
        Some((Ok::<_, Infallible>(Bytes::from(lines)), reading))
    });
    let mut answer = Response::new(Body::from_stream(body));
    answer.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("text/plain"));
    Ok(answer)
}

/// Which container of a Pod is meant.
///
/// # Errors
/// 400 when it cannot be told.
pub(super) fn container(pod: &Value, asked: &str) -> Answer<Container> {
    let containers = pod["spec"]["containers"].as_array();
    let names = containers.into_iter().flatten().filter_map(|container| container["name"].as_str());
    let names: Vec<_> = names.collect();
    let name = text(pod, "/metadata/name");
    let container = match (asked, names.as_slice()) {
        ("", [one]) => *one,
        ("", _) => {
            return Err(Failure::bad_request(format!(
                "a container name must be specified for pod {name}, choose one of: [{}]",
                names.join(" ")
            )));
        }
        (asked, names) if names.contains(&asked) => asked,
        (asked, _) => {
            return Err(Failure::bad_request(format!(
                "container {asked} is not valid for pod {name}"
            )));
        }
    };
    Ok(Container {
        namespace: text(pod, "/metadata/namespace").to_owned(),
        pod: name.to_owned(),
        container: container.to_owned(),
    })
}

/// A log that is being read.
struct Reading {
    api: KubeApi,
    container: Container,
    asked: Asked,
    signals: tokio::sync::watch::Receiver<super::Signal>,
    /// The value of [`super::Signal::epoch`] when it was opened: a server that is restarted ends it.
    epoch: u64,
    /// How many lines were looked at; nothing when none were.
    read: Option<usize>,
}

impl Reading {
    /// The lines since the last look, waited for when it is followed; `None` at the end.
    async fn next(&mut self) -> Option<String> {
        loop {
            let is_first = self.read.is_none();
            let lines = self.lines();
            if !lines.is_empty() {
                return Some(lines);
            }
            // The headers are sent with the first piece, also when it is empty.
            if is_first && self.asked.follow {
                return Some(String::new());
            }
            if !self.asked.follow || self.signals.borrow_and_update().epoch != self.epoch {
                return None;
            }
            self.signals.changed().await.ok()?;
        }
    }

    fn lines(&mut self) -> String {
        let api = self.api.clone();
        let state = api.state();
        let entries = state.logs.get(&self.container).map(Vec::as_slice).unwrap_or_default();
        let start = self.read.replace(entries.len()).unwrap_or_else(|| {
            let tail = self.asked.tail.unwrap_or(usize::MAX);
            entries.len().saturating_sub(tail)
        });
        let is_wanted = |entry: &&Entry| self.asked.since.is_none_or(|since| entry.time >= since);
        let entries = entries.iter().skip(start).filter(is_wanted);
        entries.map(|entry| self.asked.line(entry)).collect()
    }
}
