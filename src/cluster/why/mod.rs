//! Why an object is not as it should be: the deepest cause, and whom it holds up.
//!
//! | module | what it is |
//! |---|---|
//! | [`walk`] | the walk: a pure function over what was read so far |
//! | [`facts`] | what was read, and what could not be |
//! | [`subject`] | any object of the cluster |
//! | [`report`] | the cause, the way to it, and who waits |
//! | `finding` | what a visit came to, and which finding explains the most |
//! | `health` | how an object of any kind is |
//! | `links` | where the cause of an object's state can be |
//! | `workloads`, `pods` | what belongs to a workload; why a Pod does not run |
//!
//! The walk asks for what it wants to know, and here it is read: every object at most once, Pods once for a
//! namespace, the warnings about an object only where it does not tell enough itself, several at the same
//! time.

pub mod facts;
mod finding;
mod health;
mod links;
mod pods;
pub mod report;
#[cfg(test)]
mod stories;
pub mod subject;
pub mod walk;
mod workloads;

use std::time::Duration;

use anyhow::Result;
use futures::stream::{self, StreamExt as _, TryStreamExt as _};
use kube::api::DynamicObject;
use tokio::time::{Instant, timeout, timeout_at};

pub use health::{is_at_work, is_available};

use self::facts::{Answer, Ask, Facts, Refusal};
use self::report::{Cause, Fault, Report};
use self::subject::Subject;
use self::walk::diagnose;
use super::Cluster;
use super::backoff::patiently;
use super::discovery::ServedResource;
use super::list::{Scope, types_of};
use crate::error::{Class, Explain as _, class_of, is_self_evident};
use crate::kinds::{Kind, ObjectRef};

/// How long the cause of a failure is looked for, once the failure is there.
const BUDGET: Duration = Duration::from_secs(5);

/// Reads that are under way at the same time.
const AT_ONCE: usize = 8;

/// Reads for one diagnosis; where more would be needed, somebody has to look at it from another side.
const MOST_READS: usize = 300;

impl Cluster {
    /// Why `namespace/name` of `kind` is not ready. Looking further ends `at`, and the report tells what
    /// was not seen by then.
    ///
    /// # Errors
    /// [`Class::NotFound`], [`Class::NotInstalled`], and those of [`super::failure`], all about the object
    /// itself; what else cannot be read is told in the report.
    pub async fn why(
        &self,
        kind: &'static Kind,
        namespace: &str,
        name: &str,
        at: Option<Instant>,
    ) -> Result<Report> {
        let object = self.find(kind, namespace, name).await?;
        let subject = Subject::new(kind.group, kind.kind, namespace, name);
        let mut facts = Facts::default();
        facts.learn(Ask::Object(subject.clone()), Ok(vec![object]));
        Ok(self.explore(&subject, facts, at).await)
    }

    /// Puts the deepest cause in front of `error`, which `object` failed with, and whom else it holds up.
    ///
    /// It takes a few seconds at most. Looking must not hide the failure that is being explained: where
    /// nothing deeper is found, or nothing can be looked at, the error stays as it is. A failure that
    /// explains itself is not looked into at all.
    pub async fn explain(
        &self,
        kind: &'static Kind,
        object: &ObjectRef,
        error: anyhow::Error,
    ) -> anyhow::Error {
        let has_causes = matches!(class_of(&error), Class::Failed | Class::TimedOut);
        if !has_causes || is_self_evident(&error) {
            return error;
        }
        match self.glance(kind, object).await {
            Some(report) => in_front_of(error, kind, &report),
            None => error,
        }
    }

    /// Why `object` is not ready, as far as that can be told within a few seconds.
    pub(super) async fn glance(&self, kind: &'static Kind, object: &ObjectRef) -> Option<Report> {
        let until = Instant::now() + BUDGET;
        let look = self.why(kind, &object.namespace, &object.name, Some(until));
        timeout(BUDGET * 2, look).await.ok()?.ok()
    }

    /// Why Deployment `namespace/name` is not available; nothing when it is, or when nothing is known.
    pub async fn why_unavailable(&self, namespace: &str, name: &str) -> Report {
        let subject = Subject::new("apps", "Deployment", namespace, name);
        self.explore(&subject, Facts::default(), None).await
    }

    /// Reads what the walk wants to know, until it wants no more.
    async fn explore(&self, subject: &Subject, mut facts: Facts, at: Option<Instant>) -> Report {
        loop {
            let diagnosis = diagnose(subject, &facts);
            if diagnosis.wanted.is_empty() {
                return diagnosis.report;
            }
            if facts.len() >= MOST_READS {
                facts.close();
                continue;
            }
            let reads = facts::reads(diagnosis.wanted).into_iter().map(|ask| async move {
                let answer = self.answer(&ask).await;
                (ask, answer)
            });
            let mut answers = std::pin::pin!(stream::iter(reads).buffer_unordered(AT_ONCE));
            loop {
                match until(at, answers.next()).await {
                    Some(Some((ask, answer))) => facts.learn(ask, answer),
                    Some(None) => break,
                    None => {
                        facts.close();
                        break;
                    }
                }
            }
        }
    }

    async fn answer(&self, ask: &Ask) -> Answer {
        match self.read(ask).await {
            Ok(Some(objects)) => Ok(objects),
            Ok(None) => Err(Refusal::NotServed),
            Err(error) if class_of(&error) == Class::Denied => Err(Refusal::Forbidden),
            Err(error) => Err(Refusal::Failed(format!("{:#}", error))),
        }
    }

    /// The objects; nothing when the cluster does not serve the kind.
    async fn read(&self, ask: &Ask) -> Result<Option<Vec<DynamicObject>>> {
        match ask {
            Ask::Object(subject) => {
                let Some(served) = self.served_as(&subject.group, &subject.kind).await? else {
                    return Ok(None);
                };
                let namespace = served.is_namespaced.then_some(subject.namespace.as_str());
                let object = self.get(&served.resource, namespace, &subject.name).await?;
                Ok(Some(object.into_iter().collect()))
            }
            Ask::Presence(subject) => {
                let Some(served) = self.served_as(&subject.group, &subject.kind).await? else {
                    return Ok(None);
                };
                Ok(Some(self.presence(&served, subject).await?.into_iter().collect()))
            }
            Ask::Warnings { namespace, uid } => {
                let fields = Some(format!("involvedObject.uid={uid},type=Warning"));
                let scope = Scope { fields, ..Scope::namespace(namespace) };
                self.list_served("", "Event", scope).await
            }
            Ask::List { group, kind, namespace, labels, name } => {
                let (namespace, labels, name) = (namespace.clone(), labels.clone(), name.clone());
                let scope = Scope { namespace, labels, name, ..Scope::default() };
                self.list_served(group, kind, scope).await
            }
        }
    }

    async fn list_served(
        &self,
        group: &str,
        kind: &str,
        scope: Scope,
    ) -> Result<Option<Vec<DynamicObject>>> {
        let Some(served) = self.served_as(group, kind).await? else { return Ok(None) };
        Ok(Some(self.list_resource(served.resource, scope).try_collect().await?))
    }

    /// The object without what is in it: Secrets are looked for, and not read.
    async fn presence(
        &self,
        served: &ServedResource,
        subject: &Subject,
    ) -> Result<Option<DynamicObject>> {
        let api = self.api(&served.resource, Some(&subject.namespace));
        let found = patiently(|| api.get_metadata_opt(&subject.name)).await;
        let found = found.map_err(|error| self.failure(error, &format!("get {subject}")))?;
        Ok(found.map(|found| DynamicObject {
            types: Some(types_of(&served.resource)),
            metadata: found.metadata,
            data: serde_json::Value::Null,
        }))
    }
}

/// What `work` comes to, unless the clock is over before that.
async fn until<T>(at: Option<Instant>, work: impl Future<Output = T>) -> Option<T> {
    match at {
        Some(at) => timeout_at(at, work).await.ok(),
        None => Some(work.await),
    }
}

/// The error behind the cause, where that is another object than the one that failed.
fn in_front_of(error: anyhow::Error, kind: &Kind, report: &Report) -> anyhow::Error {
    let subject = &report.subject;
    let is_news = report.cause.as_ref().is_some_and(|cause| explains(cause, subject));
    let Some(cause) = report.cause_in_words().filter(|_| is_news) else { return error };
    let others = report.blocked.iter().filter(|blocked| *blocked != subject);
    let others: Vec<String> = others.map(Subject::to_string).collect();
    let others = match others.as_slice() {
        [] => String::new(),
        others => format!(", as is {}", others.join(", ")),
    };
    let Subject { namespace, name, .. } = subject;
    let words = kind.command_words();
    let more =
        || format!("see how it hangs together with: nigari why {words} {name} -n {namespace}");
    let step = report.next_step().unwrap_or_else(more);
    error.context(format!("{subject} is held up{others}: {cause}")).hint(step)
}

/// Whether a cause says more than the failed object itself does.
fn explains(cause: &Cause, subject: &Subject) -> bool {
    cause.subject != *subject || cause.fault == Fault::Cycle
}
