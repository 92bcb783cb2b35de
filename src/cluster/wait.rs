//! Waits until a pure decision over an object is made. Waiting is watching.

use std::time::Duration;

use anyhow::{Context as _, Result};
use futures::StreamExt as _;
use futures::stream::BoxStream;
use k8s_openapi::jiff::Timestamp;
use kube::api::DynamicObject;
use serde_json::Value;
use tokio::time::Instant;

use super::Cluster;
use super::list::{Scope, full_name, not_installed};
use super::watch::{Event, Subject};
use crate::context::Clock;
use crate::deadline::{Deadline, at};
use crate::duration::GoDuration;
use crate::kinds::Kind;
use crate::kinds::readiness::{State, Verdict};
use crate::kinds::view::text;

/// What a decision over an object came to.
#[derive(Debug)]
pub enum Step<T> {
    /// It is as it should be.
    Done(T),
    /// It will not become as it should be.
    Failed(anyhow::Error),
    /// It may still become as it should be.
    Wait {
        /// What is being waited for, for the user to read.
        why: String,
        /// When to decide again even if nothing changes.
        until: Option<Instant>,
    },
}

impl<T> Step<T> {
    /// Waits for the next change.
    pub fn wait(why: impl Into<String>) -> Self {
        Self::Wait { why: why.into(), until: None }
    }

    /// The same decision with another value where it is as it should be.
    pub fn map<U>(self, to: impl FnOnce(T) -> U) -> Step<U> {
        match self {
            Self::Done(value) => Step::Done(to(value)),
            Self::Failed(error) => Step::Failed(error),
            Self::Wait { why, until } => Step::Wait { why, until },
        }
    }
}

/// What the user can be told while a command waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum News<'a> {
    /// What is being waited for; told again when it changes.
    Waiting(&'a str),
    /// How many of several things are done.
    Progress {
        /// These are done.
        done: usize,
        /// These are all.
        of: usize,
    },
    /// What holds it up and may need somebody to act; told again when it changes.
    HeldUp(&'a str),
    /// The connection is lost, and why.
    Interrupted(&'a str),
    /// The connection is back.
    Resumed,
    /// `watch` is not permitted, in the server's words; the server is asked every second or two instead.
    WatchForbidden(&'a str),
}

/// How long to wait, and whom to tell meanwhile.
#[derive(Clone, Copy)]
pub struct Patience<'a> {
    /// The clock of the whole command.
    pub deadline: Deadline,
    /// Tells the time, for ages in messages.
    pub clock: Clock,
    /// How long a failure that the controller retries may last.
    pub error_budget: Duration,
    /// Receives what happens meanwhile.
    pub news: &'a dyn Fn(News<'_>),
}

impl Cluster {
    /// Waits until `decide` says that the object `namespace/name` is as it should be; returns at once
    /// when it already is.
    ///
    /// `decide` gets the object, or nothing when there is none, and the time.
    ///
    /// # Errors
    /// What `decide` failed with; [`crate::error::Class::TimedOut`] with what was last seen;
    /// [`crate::error::Class::NotInstalled`]; those of [`super::failure`].
    pub async fn wait_for<T>(
        &self,
        kind: &'static Kind,
        namespace: &str,
        name: &str,
        patience: &Patience<'_>,
        decide: impl FnMut(Option<&DynamicObject>, Instant) -> Step<T>,
    ) -> Result<T> {
        let scope = Scope::namespace(namespace).named(name);
        let what = format!("{} {namespace}/{name}", kind.kind);
        self.wait_for_subject(Subject::Kind(kind), scope, &what, patience, decide).await
    }

    pub(super) async fn wait_for_subject<T>(
        &self,
        subject: Subject,
        scope: Scope,
        what: &str,
        patience: &Patience<'_>,
        decide: impl FnMut(Option<&DynamicObject>, Instant) -> Step<T>,
    ) -> Result<T> {
        self.begin_wait(subject, scope, what).until(patience, decide).await
    }

    /// A wait that can go on after a decision: what was seen stays known, and the watch goes on.
    pub(super) fn begin_wait<'a>(&self, subject: Subject, scope: Scope, what: &'a str) -> Wait<'a> {
        Wait {
            events: self.watch_subject(subject.clone(), scope),
            subject,
            what,
            seen: Seen::default(),
            why: "the cluster has not answered yet".to_owned(),
        }
    }
}

/// A watch over one object, and what it has shown.
pub(super) struct Wait<'a> {
    events: BoxStream<'static, Result<Event>>,
    subject: Subject,
    /// Names the object in errors.
    what: &'a str,
    seen: Seen,
    /// What is being waited for.
    why: String,
}

impl Wait<'_> {
    /// Waits until `decide` has decided; may be called again afterwards.
    ///
    /// # Errors
    /// Those of [`Cluster::wait_for`].
    pub(super) async fn until<T>(
        &mut self,
        patience: &Patience<'_>,
        mut decide: impl FnMut(Option<&DynamicObject>, Instant) -> Step<T>,
    ) -> Result<T> {
        loop {
            let mut again: Option<Instant> = None;
            if self.seen.is_complete {
                match decide(self.seen.object.as_deref(), Instant::now()) {
                    Step::Done(outcome) => return Ok(outcome),
                    Step::Failed(error) => return Err(error),
                    Step::Wait { why, until } => {
                        if why != self.why {
                            (patience.news)(News::Waiting(&why));
                        }
                        (self.why, again) = (why, until);
                    }
                }
            }
            tokio::select! {
                event = self.events.next() => {
                    self.seen.take(event.context("the watch ended")??, &self.subject, patience)?;
                }
                () = at(again) => {}
                () = patience.deadline.passed() => {
                    let seen = self.seen.describe(&self.why, patience.clock.now());
                    return Err(patience.deadline.expired_seeing(self.what, &seen));
                }
            }
        }
    }
}

/// The one object of a wait, as far as it was seen.
#[derive(Default)]
struct Seen {
    object: Option<Box<DynamicObject>>,
    is_complete: bool,
}

impl Seen {
    fn take(&mut self, event: Event, subject: &Subject, patience: &Patience<'_>) -> Result<()> {
        let news = patience.news;
        match event {
            Event::Initial(object) | Event::Applied(object) => self.object = Some(object),
            Event::Deleted(_) => self.object = None,
            Event::InitialDone => self.is_complete = true,
            Event::Interrupted { why } => news(News::Interrupted(&why)),
            Event::Resumed => news(News::Resumed),
            Event::WatchForbidden { why } => news(News::WatchForbidden(&why)),
            Event::NotInstalled => {
                if let Subject::Kind(kind) = subject {
                    return Err(not_installed(kind));
                }
            }
            Event::Installed => {}
        }
        Ok(())
    }

    /// What the message of an expired clock says.
    fn describe(&self, waiting: &str, now: Timestamp) -> String {
        match &self.object {
            Some(object) => format!("{waiting}; {}", last_seen(object, waiting, now)),
            None => waiting.to_owned(),
        }
    }
}

/// An object's Ready condition in one line: `last seen: Ready=False BuildFailed: … (for 3m20s, revision
/// main@sha1:…)`; for a Deployment, which has none, its condition Available. Reason and message are left out
/// where they were `told` before.
#[must_use]
pub fn last_seen(object: &DynamicObject, told: &str, now: Timestamp) -> String {
    let conditions = object.data.pointer("/status/conditions").and_then(Value::as_array);
    let condition = ["Ready", "Available"].into_iter().find_map(|wanted| {
        let is_wanted = |condition: &&Value| condition["type"].as_str() == Some(wanted);
        Some((wanted, conditions?.iter().find(is_wanted)?))
    });
    let Some((kind, condition)) = condition else {
        let name = full_name(
            object.metadata.namespace.as_deref(),
            object.metadata.name.as_deref().unwrap_or_default(),
        );
        return format!("last seen: {name} has no Ready condition");
    };
    let field = |name: &str| condition[name].as_str().unwrap_or_default().trim();
    let mut line = format!("last seen: {kind}={}", field("status"));
    let words = Verdict::new(State::Unknown, field("reason"), field("message")).in_words();
    if !told.contains(&words) {
        line.push_str(&format!(" {words}"));
    }
    let revision = text(object, "/status/lastAttemptedRevision")
        .or_else(|| text(object, "/status/artifact/revision"));
    let age = age_of(field("lastTransitionTime"), now).map(|age| format!("for {age}"));
    let revision = revision.map(|revision| format!("revision {revision}"));
    let details: Vec<String> = age.into_iter().chain(revision).collect();
    if !details.is_empty() {
        line.push_str(&format!(" ({})", details.join(", ")));
    }
    line
}

/// How long ago, in whole seconds.
fn age_of(time: &str, now: Timestamp) -> Option<GoDuration> {
    let since: Timestamp = time.parse().ok()?;
    let seconds = u64::try_from(now.as_second() - since.as_second()).ok()?;
    Some(GoDuration::from(Duration::from_secs(seconds)))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::kinds::view::tests::object;

    fn now() -> Timestamp {
        "2026-01-01T00:05:00Z".parse().expect("a time")
    }

    #[test]
    fn the_last_thing_seen_has_reason_message_age_and_revision() {
        let object = object(json!({"status": {
            "lastAttemptedRevision": "main@sha1:abc",
            "conditions": [{"type": "Ready", "status": "False", "reason": "BuildFailed",
                "message": "no such file", "lastTransitionTime": "2026-01-01T00:01:40Z"}],
        }}));
        assert_eq!(
            last_seen(&object, "requested", now()),
            "last seen: Ready=False BuildFailed: no such file (for 3m20s, revision main@sha1:abc)"
        );
        assert_eq!(
            last_seen(&object, "it fails: BuildFailed: no such file", now()),
            "last seen: Ready=False (for 3m20s, revision main@sha1:abc)"
        );
    }

    #[test]
    fn a_deployment_tells_whether_it_is_available() {
        let object = object(json!({"status": {"conditions": [
            {"type": "Progressing", "status": "True", "reason": "ReplicaSetUpdated", "message": ""},
            {"type": "Available", "status": "False", "reason": "MinimumReplicasUnavailable",
                "message": "too few"}]}}));
        let told = "last seen: Available=False MinimumReplicasUnavailable: too few";
        assert_eq!(last_seen(&object, "", now()), told);
    }

    #[test]
    fn an_object_that_nobody_looked_at_has_no_condition_to_tell() {
        let told = "last seen: flux-system/apps has no Ready condition";
        assert_eq!(last_seen(&object(json!({})), "", now()), told);
    }

    #[test]
    fn a_clock_behind_the_clusters_tells_no_age() {
        let object = object(json!({"status": {"conditions": [{"type": "Ready", "status": "True",
            "reason": "Succeeded", "message": "ok", "lastTransitionTime": "2027-01-01T00:00:00Z"}]}}));
        assert_eq!(last_seen(&object, "", now()), "last seen: Ready=True Succeeded: ok");
    }
}
