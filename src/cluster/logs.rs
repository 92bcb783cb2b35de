//! What the controllers' Pods write, line by line and never all at once.

use std::collections::BTreeMap;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Result;
use futures::future::join_all;
use futures::io::{AsyncBufRead, AsyncBufReadExt as _};
use futures::stream::{self, BoxStream, StreamExt as _, TryStreamExt as _};
use k8s_openapi::api::core::v1::Pod;
use k8s_openapi::jiff::Timestamp;
use kube::api::{Api, DynamicObject, LogParams};
use kube::core::{ApiResource, GroupVersionKind};
use serde_json::Value;
use tokio::time::{sleep, timeout};

use super::Cluster;
use super::backoff::Backoff;
use super::failure::words_for;
use super::list::Scope;
use super::watch::{Event, Subject};
use crate::error::{Class, class_of};
use crate::kinds::controller;
use crate::kinds::view::{name, namespace};

/// What every part of an installation of Flux is labelled with.
const PART_OF_FLUX: &str = "app.kubernetes.io/part-of=flux";

/// What of a line is kept; a controller that logs more in one line has gone wrong.
const LONGEST_LINE: usize = 1024 * 1024;

/// How long a Pod may be silent before we stop believing in the connection.
const SILENCE: Duration = Duration::from_secs(290);

/// A container whose lines are read.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Source {
    /// The Pod's namespace.
    pub namespace: String,
    /// The Pod's name.
    pub pod: Arc<str>,
    /// The container, where the Pod has several.
    container: Option<String>,
    /// The Pod's identity: another one may get the same name.
    uid: String,
}

impl Source {
    /// Whether it is a container of this Pod.
    #[must_use]
    pub fn is_of(&self, pod: &DynamicObject) -> bool {
        self.namespace == namespace(pod)
            && *self.pod == *name(pod)
            && pod.metadata.uid.as_ref().is_none_or(|uid| *uid == self.uid)
    }
}

/// A line, and when it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The Pod that wrote it.
    pub pod: Arc<str>,
    /// When, as the node saw it.
    pub time: Timestamp,
    /// The text, without its line break.
    pub text: String,
}

/// Where to begin.
#[derive(Clone, Copy, Debug, Default)]
pub struct Beginning {
    /// With what is not older.
    pub since: Option<Timestamp>,
    /// With so many lines from the end.
    pub tail: Option<i64>,
}

/// Up to where the lines of a source were read: the newest time, and how many lines had it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Position {
    time: Option<Timestamp>,
    lines: usize,
}

impl Position {
    /// Nothing was read, and nothing that is older is wanted.
    #[must_use]
    pub fn beginning(since: Option<Timestamp>) -> Self {
        Self { time: since, lines: 0 }
    }

    /// Notes a line.
    pub fn pass(&mut self, line: &Line) {
        match self.time == Some(line.time) {
            true => self.lines += 1,
            false => *self = Self { time: Some(line.time), lines: 1 },
        }
    }
}

/// What happens to a source that is followed.
#[derive(Debug)]
pub enum Told {
    /// It wrote a line.
    Line(Line),
    /// The connection to its Pod was lost, or it cannot be read yet; told once for a row of failures.
    Interrupted(Arc<str>, String),
    /// It may not be read; told once, and asked again only now and then, for rights may be given.
    Refused(Arc<str>, String),
    /// It is read again.
    Resumed(Arc<str>),
}

/// Which Pods are controllers: each has all labels of one of these.
#[derive(Clone, Debug, Default)]
pub struct ControllerPods(Vec<BTreeMap<String, String>>);

impl ControllerPods {
    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The container to read of a Pod, if the Pod is a controller's and has begun to run.
    #[must_use]
    pub fn source(&self, pod: &DynamicObject) -> Option<Source> {
        let labels = pod.metadata.labels.as_ref()?;
        let is_theirs = |selector: &BTreeMap<String, String>| {
            selector.iter().all(|(key, value)| labels.get(key) == Some(value))
        };
        let has_begun =
            pod.data.pointer("/status/phase").and_then(Value::as_str) != Some("Pending");
        (has_begun && self.0.iter().any(is_theirs)).then(|| Source {
            namespace: namespace(pod).to_owned(),
            pod: name(pod).into(),
            container: container(pod),
            uid: pod.metadata.uid.clone().unwrap_or_default(),
        })
    }
}

/// Of several containers the one that Flux calls `manager`, else the first.
fn container(pod: &DynamicObject) -> Option<String> {
    let containers = pod.data.pointer("/spec/containers").and_then(Value::as_array)?;
    let names: Vec<&str> = containers.iter().filter_map(|one| one["name"].as_str()).collect();
    let chosen = names.iter().find(|name| **name == "manager").or_else(|| names.first());
    (names.len() > 1).then(|| chosen.map(|name| (*name).to_owned())).flatten()
}

fn resource(group: &str, kind: &str, plural: &str) -> ApiResource {
    ApiResource::from_gvk_with_plural(&GroupVersionKind::gvk(group, "v1", kind), plural)
}

impl Cluster {
    /// The controllers of Flux and of tofu-controller in a namespace, by what their Deployments select.
    ///
    /// # Errors
    /// Those of [`super::failure`].
    pub async fn controller_pods(&self, namespace: &str) -> Result<ControllerPods> {
        let mut selectors = Vec::new();
        for labels in [PART_OF_FLUX, controller::TOFU.labels] {
            let scope = Scope::namespace(namespace).labels(labels);
            let deployments =
                self.list_resource(resource("apps", "Deployment", "deployments"), scope);
            let mut deployments = std::pin::pin!(deployments);
            while let Some(deployment) = deployments.try_next().await? {
                let labels = deployment.data.pointer("/spec/selector/matchLabels");
                selectors
                    .extend(labels.and_then(|labels| serde_json::from_value(labels.clone()).ok()));
            }
        }
        // One that selects nothing in particular would select everything.
        selectors.retain(|selector: &BTreeMap<String, String>| !selector.is_empty());
        Ok(ControllerPods(selectors))
    }

    /// The containers of controllers that have begun to run.
    ///
    /// # Errors
    /// Those of [`super::failure`].
    pub async fn log_sources(
        &self,
        namespace: &str,
        controllers: &ControllerPods,
    ) -> Result<Vec<Source>> {
        let pods = self.list_resource(resource("", "Pod", "pods"), Scope::namespace(namespace));
        let mut pods = std::pin::pin!(pods);
        let mut sources = Vec::new();
        while let Some(pod) = pods.try_next().await? {
            sources.extend(controllers.source(&pod));
        }
        Ok(sources)
    }

    /// Watches the Pods of a namespace.
    pub fn watch_pods(&self, namespace: &str) -> BoxStream<'static, Result<Event>> {
        let pods = resource("", "Pod", "pods");
        self.watch_subject(Subject::Resource(pods), Scope::namespace(namespace))
    }

    /// What a container has written until now.
    ///
    /// # Errors
    /// Those of [`super::failure`].
    pub async fn log(
        &self,
        source: &Source,
        beginning: Beginning,
    ) -> Result<BoxStream<'static, Result<Line>>> {
        let lines = self.open_log(source, beginning, false).await;
        let act = format!("read the log of Pod {}/{}", source.namespace, source.pod);
        let lines = lines.map_err(|error| self.failure(error, &act))?;
        let cluster = self.clone();
        Ok(lines.map_err(move |error| cluster.failure(error, &act)).boxed())
    }

    async fn open_log(
        &self,
        source: &Source,
        beginning: Beginning,
        follow: bool,
    ) -> kube::Result<BoxStream<'static, kube::Result<Line>>> {
        let parameters = LogParams {
            container: source.container.clone(),
            follow,
            since_time: beginning.since,
            tail_lines: beginning.tail,
            timestamps: true,
            ..LogParams::default()
        };
        let pods: Api<Pod> = Api::namespaced(self.client.clone(), &source.namespace);
        let reader = pods.log_stream(&source.pod, &parameters).await?;
        let pod = Arc::clone(&source.pod);
        let state: (Pin<Box<dyn AsyncBufRead + Send>>, Arc<str>) = (Box::pin(reader), pod);
        Ok(stream::try_unfold(state, |(mut reader, pod)| async move {
            let bytes = next_line(&mut reader).await.map_err(kube::Error::ReadEvents)?;
            Ok(bytes.map(|bytes| (line_of(&pod, &bytes), (reader, pod))))
        })
        .boxed())
    }

    /// Follows a container from a position on, whatever happens to the connection; ends when its Pod is gone.
    pub fn follow_log(&self, source: Source, position: Position) -> BoxStream<'static, Told> {
        stream::unfold(Following::new(self, source, position), Following::next).boxed()
    }

    /// The same with one that could not be read a moment ago, which was told.
    pub fn follow_unread_log(
        &self,
        source: Source,
        position: Position,
        failure: &anyhow::Error,
    ) -> BoxStream<'static, Told> {
        let mut following = Following::new(self, source, position);
        following.is_interrupted = true;
        following.pause = match class_of(failure) {
            Class::Denied => following.refusals.step(),
            _ => following.backoff.step(),
        };
        stream::unfold(following, Following::next).boxed()
    }
}

/// The next line without its break; nothing at the end. What is too long is cut.
async fn next_line(
    reader: &mut Pin<Box<dyn AsyncBufRead + Send>>,
) -> std::io::Result<Option<Vec<u8>>> {
    let mut line = Vec::new();
    let mut has_begun = false;
    loop {
        let buffer = reader.fill_buf().await?;
        if buffer.is_empty() {
            return Ok(has_begun.then_some(line));
        }
        has_begun = true;
        let end = buffer.iter().position(|byte| *byte == b'\n');
        let part = &buffer[..end.unwrap_or(buffer.len())];
        let room = LONGEST_LINE.saturating_sub(line.len());
        line.extend_from_slice(&part[..part.len().min(room)]);
        let taken = end.map_or(buffer.len(), |end| end + 1);
        reader.consume_unpin(taken);
        if end.is_some() {
            return Ok(Some(line));
        }
    }
}

/// A line that begins with its time, as the API server was asked to write it.
fn line_of(pod: &Arc<str>, bytes: &[u8]) -> Line {
    let text = String::from_utf8_lossy(bytes);
    let (time, rest) = text.split_once(' ').unwrap_or((&text, ""));
    match time.parse() {
        Ok(time) => {
            Line { pod: Arc::clone(pod), time, text: rest.trim_end_matches('\r').to_owned() }
        }
        Err(_) => {
            Line { pod: Arc::clone(pod), time: Timestamp::UNIX_EPOCH, text: text.into_owned() }
        }
    }
}

/// The lines of several sources as one, in the order of their times. Of each source one line is kept.
pub fn merged(
    sources: Vec<(Source, BoxStream<'static, Result<Line>>)>,
) -> BoxStream<'static, Result<(Source, Line)>> {
    let heads: Vec<Option<Line>> = sources.iter().map(|_| None).collect();
    stream::try_unfold((sources, heads), |(mut sources, mut heads)| async move {
        let missing = sources.iter_mut().zip(&mut heads).filter(|(_, head)| head.is_none());
        let filled = join_all(missing.map(|((_, lines), head)| async move {
            *head = lines.try_next().await?;
            Ok::<_, anyhow::Error>(())
        }));
        filled.await.into_iter().collect::<Result<()>>()?;
        // A source whose end was reached has no more to say.
        let mut left: Vec<_> = sources.into_iter().zip(heads).collect();
        left.retain(|(_, head)| head.is_some());
        let (sources, mut heads): (Vec<_>, Vec<_>) = left.into_iter().unzip();
        let times =
            heads.iter().enumerate().filter_map(|(place, head)| Some((head.as_ref()?.time, place)));
        let Some((_, next)) = times.min() else { return Ok(None) };
        let line = heads[next].take().map(|line| (sources[next].0.clone(), line));
        Ok(line.map(|line| (line, (sources, heads))))
    })
    .boxed()
}

/// A container that is followed.
struct Following {
    cluster: Cluster,
    source: Source,
    position: Position,
    /// The lines of the connection that is open, and how many of the newest time are known already.
    lines: Option<(BoxStream<'static, kube::Result<Line>>, usize)>,
    backoff: Backoff,
    refusals: Backoff,
    /// How long to wait before it is opened again.
    pause: Duration,
    is_interrupted: bool,
}

impl Following {
    fn new(cluster: &Cluster, source: Source, position: Position) -> Self {
        Self {
            cluster: cluster.clone(),
            source,
            position,
            lines: None,
            backoff: Backoff::new(Duration::from_millis(500), Duration::from_secs(10)),
            refusals: Backoff::new(Duration::from_secs(30), Duration::from_secs(300)),
            pause: Duration::ZERO,
            is_interrupted: false,
        }
    }

    async fn next(mut self) -> Option<(Told, Self)> {
        loop {
            let Some((lines, known)) = &mut self.lines else {
                sleep(std::mem::take(&mut self.pause)).await;
                match self.open().await {
                    Ok(told) => match told {
                        Some(told) => return Some((told, self)),
                        None => continue,
                    },
                    Err(Gone) => return None,
                }
            };
            match timeout(SILENCE, lines.next()).await {
                Ok(Some(Ok(line))) => {
                    if is_known(&line, &self.position, known) {
                        continue;
                    }
                    self.position.pass(&line);
                    self.backoff.reset();
                    return Some((Told::Line(line), self));
                }
                // The container ended, the connection was cut, or it may have been without our hearing of it.
                Ok(Some(Err(_)) | None) => {
                    self.lines = None;
                    self.pause = self.backoff.step();
                }
                Err(_) => self.lines = None,
            }
        }
    }

    /// Opens the log behind what is known. The API takes whole seconds, so known lines come again.
    async fn open(&mut self) -> Result<Option<Told>, Gone> {
        let beginning = Beginning { since: self.position.time, tail: None };
        let pod = Arc::clone(&self.source.pod);
        match self.cluster.open_log(&self.source, beginning, true).await {
            Ok(lines) => {
                self.lines = Some((lines, self.position.lines));
                self.refusals.reset();
                let was_interrupted = std::mem::take(&mut self.is_interrupted);
                Ok(was_interrupted.then_some(Told::Resumed(pod)))
            }
            Err(kube::Error::Api(status)) if status.code == 404 => Err(Gone),
            Err(error) => {
                let is_news = !std::mem::replace(&mut self.is_interrupted, true);
                let is_refused =
                    matches!(&error, kube::Error::Api(status) if matches!(status.code, 401 | 403));
                let (backoff, tell): (_, fn(_, _) -> _) = match is_refused {
                    true => (&mut self.refusals, Told::Refused),
                    false => (&mut self.backoff, Told::Interrupted),
                };
                self.pause = backoff.step();
                Ok(is_news.then(|| tell(pod, words_for(&error))))
            }
        }
    }
}

/// The Pod is gone.
struct Gone;

/// Whether a line was read before; `known` counts down those of the newest time.
fn is_known(line: &Line, position: &Position, known: &mut usize) -> bool {
    match position.time.map(|time| line.time.cmp(&time)) {
        Some(std::cmp::Ordering::Less) => true,
        Some(std::cmp::Ordering::Equal) if *known > 0 => {
            *known -= 1;
            true
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::kinds::view::tests::object;

    fn source(pod: &str) -> Source {
        Source { namespace: "a".to_owned(), pod: pod.into(), container: None, uid: pod.to_owned() }
    }

    fn line(pod: &str, second: i64, text: &str) -> Line {
        let time = Timestamp::from_second(second).unwrap();
        Line { pod: pod.into(), time, text: text.to_owned() }
    }

    #[tokio::test]
    async fn lines_of_several_pods_are_in_the_order_of_their_times() {
        let pods: [(&str, &[i64]); 3] = [("a", &[1, 4, 4]), ("b", &[2, 3]), ("c", &[])];
        let streams = pods.map(|(pod, seconds)| {
            let lines: Vec<_> = seconds.iter().map(|second| Ok(line(pod, *second, ""))).collect();
            (source(pod), stream::iter(lines).boxed())
        });
        let merged = merged(streams.into())
            .map_ok(|(_, line)| format!("{}{}", line.pod, line.time.as_second()));
        let order: Vec<String> = merged.try_collect().await.unwrap();
        assert_eq!(order, ["a1", "b2", "b3", "a4", "a4"]);
    }

    #[tokio::test]
    async fn lines_are_split_and_cut() {
        let long = format!("x\n{}\nend", "y".repeat(LONGEST_LINE + 7));
        let bytes: &'static [u8] = Box::leak(long.into_bytes().into_boxed_slice());
        let mut reader: Pin<Box<dyn AsyncBufRead + Send>> = Box::pin(bytes);
        let mut lengths = Vec::new();
        while let Some(line) = next_line(&mut reader).await.unwrap() {
            lengths.push(line.len());
        }
        assert_eq!(lengths, [1, LONGEST_LINE, 3]);
    }

    #[test]
    fn a_line_begins_with_its_time() {
        let of = |text: &str| line_of(&"a".into(), text.as_bytes());
        let told = of("2026-11-23T08:00:00.123456789Z {\"msg\": \"x y\"}\r");
        assert_eq!(
            (told.time.to_string().as_str(), told.text.as_str()),
            ("2026-11-23T08:00:00.123456789Z", "{\"msg\": \"x y\"}")
        );
        assert_eq!(
            of("unable to retrieve container logs").text,
            "unable to retrieve container logs"
        );
    }

    #[test]
    fn what_was_read_comes_again_and_is_passed_over() {
        let mut position = Position::default();
        for (second, text) in [(1, "a"), (2, "b"), (2, "c")] {
            position.pass(&line("p", second, text));
        }
        let mut known = position.lines;
        let again = [(1, "a"), (2, "b"), (2, "c"), (2, "d"), (3, "e")];
        let news = again.map(|(second, text)| line("p", second, text)).into_iter();
        let news: Vec<_> = news.filter(|line| !is_known(line, &position, &mut known)).collect();
        assert_eq!(news.iter().map(|line| line.text.as_str()).collect::<String>(), "de");
    }

    #[test]
    fn a_controllers_pod_has_all_labels_of_its_deployment() {
        let selector = BTreeMap::from([("app".to_owned(), "source-controller".to_owned())]);
        let controllers = ControllerPods(vec![selector]);
        let pod = |app: &str, phase: &str, containers: &[&str]| {
            let containers: Vec<_> = containers.iter().map(|name| json!({"name": name})).collect();
            object(
                json!({"metadata": {"name": "p", "namespace": "a", "labels": {"app": app, "x": "y"}},
                          "spec": {"containers": containers}, "status": {"phase": phase}}),
            )
        };
        let found = |pod| controllers.source(&pod).map(|source| source.container);
        assert_eq!(found(pod("source-controller", "Running", &["manager"])), Some(None));
        let two = pod("source-controller", "Running", &["proxy", "manager"]);
        assert_eq!(found(two), Some(Some("manager".to_owned())));
        assert_eq!(found(pod("source-controller", "Pending", &["manager"])), None);
        assert_eq!(found(pod("web", "Running", &["web"])), None);
    }
}
