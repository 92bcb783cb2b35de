//! What holds objects up while they are waited for, told as soon as it can be seen: long before a wait has failed,
//! and also where a controller just waits for what it has applied.
//!
//! What is behind an object is spread over many others, so it is looked for again and again and not watched: after
//! a moment, then ever less often, and never where many objects are waited for.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use futures::FutureExt as _;
use futures::future::LocalBoxFuture;
use futures::stream::{FuturesUnordered, StreamExt as _};
use tokio::time::Instant;

use super::Cluster;
use super::why::report::{Cause, Fault, Report};
use super::why::subject::Subject;
use crate::deadline::at;
use crate::kinds::{Kind, ObjectRef};

/// Of more objects than these, only what they say themselves is told.
const FEW: usize = 10;

/// How soon a failure that is retried is looked into: one that heals at once is nobody's concern.
const SOON: Duration = Duration::from_secs(1);

/// How soon, and then how often at most, what is behind an object is looked for.
const PAUSE: Duration = Duration::from_secs(2);

/// How much longer a pause is than the look before it.
const PAUSE_TO_LOOK: u32 = 20;

/// What part of the time that an object has been waited for a pause is.
const WAIT_TO_PAUSE: u32 = 10;

/// How long a failure lasts before it is told although nothing bears it out: the controller may just not have
/// looked again at what was ready a moment later.
const LAG: Duration = Duration::from_secs(5);

/// Objects that are waited for.
pub struct Lookout<'a> {
    cluster: &'a Cluster,
    posts: BTreeMap<ObjectRef, Post>,
    /// When to look behind which of them, the soonest first.
    due: BTreeSet<(Instant, ObjectRef)>,
    looking: FuturesUnordered<LocalBoxFuture<'a, (ObjectRef, Glimpse)>>,
}

/// What is known of one of them.
struct Post {
    kind: &'static Kind,
    since: Instant,
    failing_since: Option<Instant>,
    /// What it fails with now, in its own words.
    setback: Option<String>,
    /// When to look behind it; nothing while that is under way.
    look_at: Option<Instant>,
    /// What was told last.
    told: Option<Gist>,
}

/// What two lines of the same meaning have in common: a Pod's own words change from attempt to attempt.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Gist {
    Words(String),
    Cause(Subject, Fault),
}

/// What a look came to.
struct Glimpse {
    report: Option<Report>,
    took: Duration,
}

impl<'a> Lookout<'a> {
    /// Nobody is waited for yet.
    #[must_use]
    pub fn new(cluster: &'a Cluster) -> Self {
        let (posts, due) = (BTreeMap::new(), BTreeSet::new());
        Self { cluster, posts, due, looking: FuturesUnordered::new() }
    }

    /// Takes note of an object that is worked on, and what it fails with now if it does.
    pub fn note(&mut self, kind: &'static Kind, object: &ObjectRef, setback: Option<&str>) {
        let now = Instant::now();
        if !self.posts.contains_key(object) {
            let post = Post::new(kind, now);
            self.due.extend(post.look_at.map(|at| (at, object.clone())));
            self.posts.insert(object.clone(), post);
        }
        self.change(object, |post| post.note(setback, now));
    }

    /// Takes note of an object that is not waited for any more.
    pub fn forget(&mut self, object: &ObjectRef) {
        self.change(object, |post| post.look_at = None);
        self.posts.remove(object);
    }

    /// The next line that somebody should read. Never returns where there is none; nothing is lost when it is
    /// dropped.
    pub async fn next(&mut self) -> String {
        loop {
            let wake = self.begin_to_look();
            tokio::select! {
                Some((object, glimpse)) = self.looking.next(), if !self.looking.is_empty() => {
                    if let Some(line) = self.take(&object, &glimpse) {
                        return line;
                    }
                }
                () = at(wake) => {}
            }
        }
    }

    /// Looks behind everything that it is time for; returns when it is time again.
    fn begin_to_look(&mut self) -> Option<Instant> {
        let (cluster, are_few, now) = (self.cluster, self.posts.len() <= FEW, Instant::now());
        while let Some((at, object)) = self.due.first().cloned().filter(|(at, _)| *at <= now) {
            self.due.remove(&(at, object.clone()));
            let Some(post) = self.posts.get_mut(&object) else { continue };
            post.look_at = None;
            let kind = post.kind;
            let look = async move {
                let begin = Instant::now();
                let report = match are_few {
                    true => cluster.glance(kind, &object).await,
                    false => None,
                };
                (object, Glimpse { report, took: begin.elapsed() })
            };
            self.looking.push(look.boxed_local());
        }
        self.due.first().map(|(at, _)| *at)
    }

    fn take(&mut self, object: &ObjectRef, glimpse: &Glimpse) -> Option<String> {
        self.change(object, |post| post.line(object, glimpse, Instant::now())).flatten()
    }

    /// Changes what is known of an object, and with it when to look behind it.
    fn change<T>(&mut self, object: &ObjectRef, change: impl FnOnce(&mut Post) -> T) -> Option<T> {
        let post = self.posts.get_mut(object)?;
        let before = post.look_at;
        let changed = change(post);
        if before != post.look_at {
            before.map(|at| self.due.remove(&(at, object.clone())));
            self.due.extend(post.look_at.map(|at| (at, object.clone())));
        }
        Some(changed)
    }
}

impl Post {
    fn new(kind: &'static Kind, now: Instant) -> Self {
        let look_at = Some(now + PAUSE);
        Self { kind, since: now, failing_since: None, setback: None, look_at, told: None }
    }

    fn note(&mut self, setback: Option<&str>, now: Instant) {
        if setback.is_some() && self.setback.as_deref() != setback {
            self.failing_since.get_or_insert(now);
            self.look_at = self.look_at.map(|at| at.min(now + SOON));
        }
        self.setback = setback.map(str::to_owned);
    }

    /// A line about what was seen behind the object, if it is news.
    fn line(&mut self, object: &ObjectRef, glimpse: &Glimpse, now: Instant) -> Option<String> {
        let rare = (glimpse.took * PAUSE_TO_LOOK).max((now - self.since) / WAIT_TO_PAUSE);
        self.look_at = Some(now + rare.max(PAUSE));
        let report = glimpse.report.as_ref();
        let cause = report.and_then(|report| Some((report, report.cause.as_ref()?)));
        let (told, words) = match (&self.setback, cause) {
            (Some(_), Some((report, cause))) if is_behind(cause, report) => {
                (Gist::Cause(cause.subject.clone(), cause.fault), report.cause_in_words()?)
            }
            (Some(words), cause) if self.is_borne_out(cause, now) => {
                (Gist::Words(words.clone()), words.clone())
            }
            (None, Some((report, cause))) if cause.is_plain() => {
                (Gist::Cause(cause.subject.clone(), cause.fault), report.cause_in_words()?)
            }
            _ => return None,
        };
        if self.told.as_ref() == Some(&told) {
            return None;
        }
        self.told = Some(told);
        Some(match self.setback {
            Some(_) => format!("{object} fails and is retried: {words}"),
            None => format!("{object} is held up: {words}"),
        })
    }

    /// Whether the object's own words are to be told: it is the cause itself, or has failed for long.
    fn is_borne_out(&self, cause: Option<(&Report, &Cause)>, now: Instant) -> bool {
        let is_itself = cause.is_some_and(|(report, cause)| {
            cause.subject == report.subject && !cause.blames_others()
        });
        is_itself || self.failing_since.is_some_and(|since| now >= since + LAG)
    }
}

/// Whether something else is the cause, and more than a matter of time.
fn is_behind(cause: &Cause, report: &Report) -> bool {
    let is_other = cause.subject != report.subject || cause.fault == Fault::Cycle;
    is_other && cause.fault != Fault::Busy
}

#[cfg(test)]
mod tests {
    use super::super::why::report::State;
    use super::*;
    use crate::kinds::kustomize::KUSTOMIZATION;

    fn apps() -> ObjectRef {
        let [kind, namespace, name] = ["Kustomization", "flux-system", "apps"].map(str::to_owned);
        ObjectRef { kind, namespace, name }
    }

    fn subject() -> Subject {
        Subject::from(&apps())
    }

    /// A look that found this cause.
    fn seen(subject: Subject, fault: Fault, reason: &str) -> Glimpse {
        let cause = Cause::new(subject, fault, reason, "its words");
        let own = Subject::from(&apps());
        let report = Report { cause: Some(cause), ..Report::new(own, State::Failed) };
        Glimpse { report: Some(report), took: Duration::ZERO }
    }

    fn pod(fault: Fault) -> Glimpse {
        seen(Subject::new("", "Pod", "apps", "web-1"), fault, "ImagePullBackOff")
    }

    fn told(post: &mut Post, glimpse: &Glimpse, now: Instant) -> String {
        post.line(&apps(), glimpse, now).unwrap_or_default()
    }

    #[test]
    fn a_failure_is_told_with_what_is_behind_it_and_once() {
        let now = Instant::now();
        let mut post = Post::new(&KUSTOMIZATION, now);
        post.note(Some("HealthCheckFailed: in vain"), now);
        assert_eq!(post.look_at, Some(now + SOON));
        assert_eq!(
            told(&mut post, &pod(Fault::ImagePull), now),
            "Kustomization flux-system/apps fails and is retried: Pod apps/web-1: ImagePullBackOff: its words"
        );
        assert_eq!(told(&mut post, &pod(Fault::ImagePull), now), "");
        assert_ne!(told(&mut post, &pod(Fault::Crash), now), "");
    }

    #[test]
    fn what_may_be_behind_the_times_is_told_after_a_while() {
        let now = Instant::now();
        let mut post = Post::new(&KUSTOMIZATION, now);
        post.note(Some("DependencyNotReady: in vain"), now);
        let lagging = seen(subject(), Fault::Other, "DependencyNotReady");
        assert_eq!(told(&mut post, &lagging, now), "");
        assert_eq!(told(&mut post, &pod(Fault::Busy), now), "");
        let own =
            "Kustomization flux-system/apps fails and is retried: DependencyNotReady: in vain";
        assert_eq!(told(&mut post, &lagging, now + LAG), own);
        let mut post = Post::new(&KUSTOMIZATION, now);
        post.note(Some("ReconciliationFailed: a webhook"), now);
        let own =
            "Kustomization flux-system/apps fails and is retried: ReconciliationFailed: a webhook";
        let itself = seen(subject(), Fault::Other, "ReconciliationFailed");
        assert_eq!(told(&mut post, &itself, now), own);
    }

    #[test]
    fn of_what_has_not_failed_only_what_is_wrong_for_sure_is_told() {
        let now = Instant::now();
        let mut post = Post::new(&KUSTOMIZATION, now);
        for glimpse in
            [pod(Fault::Busy), pod(Fault::Other), seen(subject(), Fault::Busy, "Progressing")]
        {
            assert_eq!(told(&mut post, &glimpse, now + LAG), "");
        }
        assert_eq!(
            told(&mut post, &pod(Fault::ImagePull), now),
            "Kustomization flux-system/apps is held up: Pod apps/web-1: ImagePullBackOff: its words"
        );
    }

    #[test]
    fn looks_are_rare_where_they_are_slow_or_in_vain_for_long() {
        let now = Instant::now();
        let mut post = Post::new(&KUSTOMIZATION, now);
        for (took, later, pause) in [(0, 0, 2), (1, 0, 20), (0, 10, 2), (0, 300, 30)] {
            let [took, later, pause] = [took, later, pause].map(Duration::from_secs);
            let glimpse = Glimpse { report: None, took };
            assert_eq!(told(&mut post, &glimpse, now + later), "");
            assert_eq!(post.look_at, Some(now + later + pause));
        }
    }
}
