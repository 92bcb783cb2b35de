//! The wait itself: looks at each object once, then watches those that are not as they should be.

use std::collections::BTreeMap;
use std::time::Duration;

use anyhow::{Error, Result};
use futures::stream::{self, StreamExt as _};
use kube::api::DynamicObject;
use tokio::time::Instant;

use super::adjective;
use crate::cluster::Cluster;
use crate::cluster::goal::{Aim, Goal, Look};
use crate::cluster::lookout::Lookout;
use crate::cluster::observe::{Change, Need, Observer};
use crate::cluster::wait::{News, Step, last_seen};
use crate::commands::lineage::{Lineage, refuse_unknowable, url_of};
use crate::commands::selection::Found;
use crate::commands::several::AT_ONCE;
use crate::context::Context;
use crate::deadline::at;
use crate::kinds::revision::shorten;
use crate::kinds::wanted::Surroundings;
use crate::kinds::{self, Kind, ObjectRef};
use crate::output::progress::Progress;

/// Objects that are waited for, as long as it takes.
pub(super) struct Vigil<'a> {
    ctx: &'a Context,
    cluster: &'a Cluster,
    observer: Observer,
    lookout: Lookout<'a>,
    goal: Goal,
    lineage: Option<Lineage<'a>>,
    budget: Duration,
    /// Those that are not as they should be yet.
    pending: Vec<Pending>,
    failures: Vec<Error>,
    settled: usize,
    /// How many were taken up.
    count: usize,
    /// Those that are over, as they were seen last and by their place.
    over: BTreeMap<usize, Found>,
}

/// What came of a wait.
pub(super) struct Outcome {
    /// What failed.
    pub(super) failures: Vec<Error>,
    /// The objects as they were seen last, in their order; those that are gone are not among them.
    pub(super) objects: Vec<Found>,
}

struct Pending {
    /// Which of the objects it is.
    place: usize,
    aim: Aim,
    /// As it was found; its sources are watched where a revision is wanted.
    found: DynamicObject,
    why: String,
    /// When to decide again even if nothing changes.
    until: Option<Instant>,
}

impl<'a> Vigil<'a> {
    pub(super) fn new(
        ctx: &'a Context,
        cluster: &'a Cluster,
        goal: Goal,
        lineage: Option<Lineage<'a>>,
        budget: Duration,
    ) -> Self {
        Self {
            ctx,
            cluster,
            observer: cluster.observe(),
            lookout: Lookout::new(cluster),
            goal,
            lineage,
            budget,
            pending: Vec::new(),
            failures: Vec::new(),
            settled: 0,
            count: 0,
            over: BTreeMap::new(),
        }
    }

    /// Takes an object up, unless it is as it should be already.
    pub(super) async fn add(&mut self, found: Found) {
        let place = self.count;
        self.count += 1;
        if let Some(lineage) = &self.lineage
            && let Err(error) = refuse_unknowable(found.kind, &found.object, &lineage.wanted)
        {
            self.over.insert(place, found);
            return self.fail(error);
        }
        let Found { kind, object } = found;
        let aim = Aim::new(kind, &object, self.goal, self.budget);
        let (found, why) = (object.clone(), String::new());
        let mut pending = Pending { place, aim, found, why, until: None };
        if !self.decide(&mut pending, Some(&object)).await {
            self.pending.push(pending);
        }
    }

    /// Takes note of an object that will not become as it should be.
    pub(super) fn fail(&mut self, error: Error) {
        self.settled += 1;
        self.failures.push(error);
    }

    /// Waits for all that is pending.
    ///
    /// # Errors
    /// When the objects cannot be watched at all.
    pub(super) async fn keep(mut self) -> Result<Outcome> {
        if !self.pending.is_empty() {
            self.wait().await?;
        }
        Ok(Outcome { failures: self.failures, objects: self.over.into_values().collect() })
    }

    async fn wait(&mut self) -> Result<()> {
        self.ctx.output.waiting(format_args!("waiting for {}", self.subject()));
        let progress = self.ctx.output.progress("waiting");
        let news = self.ctx.news(&progress);
        self.begin();
        while !self.pending.is_empty() {
            let again = self.pending.iter().filter_map(|pending| pending.until).min();
            self.tell(&progress);
            tokio::select! {
                change = self.observer.next(&news) => {
                    let concerned = self.take(change?);
                    self.decide_about(concerned.as_ref()).await;
                }
                line = self.lookout.next() => news(News::HeldUp(&line)),
                () = at(again) => self.decide_about(None).await,
                () = self.ctx.deadline.passed() => self.expire().await,
            }
        }
        Ok(())
    }

    /// What is waited for, in words.
    fn subject(&self) -> String {
        match self.pending.as_slice() {
            [one] => format!("{} to be {}", one.aim.object, self.state()),
            many => format!("{} objects to be {}", many.len(), self.state()),
        }
    }

    fn state(&self) -> String {
        match &self.lineage {
            Some(lineage) => format!("ready at {}", shorten(&lineage.wanted.to_string())),
            None => adjective(self.goal).to_owned(),
        }
    }

    /// Begins to watch the objects; where a revision is wanted, their sources too.
    fn begin(&mut self) {
        let mut kinds: BTreeMap<&str, (&'static Kind, Vec<ObjectRef>)> = BTreeMap::new();
        for Pending { aim, .. } in &self.pending {
            let (_, objects) = kinds.entry(aim.kind.kind).or_insert_with(|| (aim.kind, Vec::new()));
            objects.push(aim.object.clone());
        }
        for (kind, objects) in kinds.into_values() {
            self.observer.watch(kind, &objects, Need::Required);
        }
        if let Some(lineage) = &mut self.lineage {
            lineage.ask_again();
            let found: Vec<_> = self.pending.iter().map(|p| (p.aim.kind, &p.found)).collect();
            watch_sources(&mut self.observer, found);
        }
    }

    /// Takes a change in; returns the object that it is about, if only that one has to be looked at again.
    fn take(&mut self, change: Change) -> Option<ObjectRef> {
        match change {
            Change::Object(reference) => {
                let is_source = !self.pending.iter().any(|p| p.aim.object.kind == reference.kind);
                let Some(lineage) = self.lineage.as_mut().filter(|_| is_source) else {
                    return Some(reference);
                };
                lineage.ask_again();
                if let Some(kind) = kinds::of_api_kind(&reference.kind)
                    && let Some(source) = self.observer.get(&reference).cloned()
                {
                    watch_sources(&mut self.observer, vec![(kind, &source)]);
                }
                None
            }
            Change::Listed => None,
            Change::Unseen(error) => {
                self.ctx.output.warn(format_args!("the sources are not seen: {error:#}"));
                None
            }
        }
    }

    /// Decides about one object, or about all of them.
    async fn decide_about(&mut self, only: Option<&ObjectRef>) {
        for mut pending in std::mem::take(&mut self.pending) {
            let is_concerned = only.is_none_or(|only| *only == pending.aim.object);
            let object = self.observer.get(&pending.aim.object).cloned();
            let is_seen = object.is_some() || self.observer.is_listed(pending.aim.kind);
            let is_settled =
                is_concerned && is_seen && self.decide(&mut pending, object.as_ref()).await;
            if is_settled {
                self.lookout.forget(&pending.aim.object);
            } else {
                self.pending.push(pending);
            }
        }
    }

    /// Decides about an object as it is now; whether that was the end of it.
    async fn decide(&mut self, pending: &mut Pending, object: Option<&DynamicObject>) -> bool {
        loop {
            let step = judge(&mut pending.aim, object, &self.observer, self.lineage.as_ref());
            match step {
                Step::Done(Look::Reached(words)) => {
                    self.settled += 1;
                    self.ctx.output.done(format_args!("{} {words}", pending.aim.object));
                    self.note(pending, object);
                    return true;
                }
                Step::Done(Look::Ask(commit)) => {
                    let find = |source: &ObjectRef| self.observer.get(source);
                    let url = object.and_then(|object| url_of(pending.aim.kind, object, &find));
                    if let Some(lineage) = &mut self.lineage {
                        lineage.learn(&commit, url.as_deref(), url.is_some()).await;
                    }
                }
                Step::Failed(error) => {
                    let error = self.explained(&pending.aim, error).await;
                    self.fail(error);
                    self.note(pending, object);
                    return true;
                }
                Step::Wait { why, until } => {
                    (pending.why, pending.until) = (why, until);
                    if self.goal == Goal::Ready {
                        let aim = &pending.aim;
                        self.lookout.note(aim.kind, &aim.object, aim.setback());
                    }
                    return false;
                }
            }
        }
    }

    /// Takes note of how an object was seen last; what took the name of one that had to go is not it.
    fn note(&mut self, pending: &Pending, object: Option<&DynamicObject>) {
        let uid = &pending.found.metadata.uid;
        let is_it =
            |object: &&DynamicObject| self.goal != Goal::Deleted || object.metadata.uid == *uid;
        if let Some(object) = object.filter(is_it) {
            let found = Found { kind: pending.aim.kind, object: object.clone() };
            self.over.insert(pending.place, found);
        }
    }

    fn tell(&self, progress: &Progress) {
        match self.pending.as_slice() {
            [one] if self.settled == 0 => progress.say(&one.why),
            many => progress.count(self.settled, self.settled + many.len()),
        }
    }

    /// The time is over for all that is pending.
    async fn expire(&mut self) {
        let now = self.ctx.clock.now();
        let state = self.state();
        let pending = std::mem::take(&mut self.pending);
        let expired = pending.iter().map(|Pending { aim, why, .. }| {
            let seen = match self.observer.get(&aim.object) {
                Some(object) => format!("{why}; {}", last_seen(object, why, now)),
                None => why.clone(),
            };
            let what = format!("{} to be {state}", aim.object);
            self.explained(aim, self.ctx.deadline.expired_seeing(&what, &seen))
        });
        let failures: Vec<Error> = stream::iter(expired).buffered(AT_ONCE).collect().await;
        self.failures.extend(failures);
        for pending in &pending {
            let object = self.observer.get(&pending.aim.object).cloned();
            self.note(pending, Some(object.as_ref().unwrap_or(&pending.found)));
        }
    }

    /// The failure with what is behind it, where being ready is what failed.
    async fn explained(&self, aim: &Aim, error: Error) -> Error {
        match self.goal {
            Goal::Ready => self.cluster.explain(aim.kind, &aim.object, error).await,
            Goal::Deleted | Goal::Suspended | Goal::Resumed => error,
        }
    }
}

fn judge(
    aim: &mut Aim,
    object: Option<&DynamicObject>,
    observer: &Observer,
    lineage: Option<&Lineage<'_>>,
) -> Step<Look> {
    let now = Instant::now();
    let Some(lineage) = lineage else { return aim.judge(object, None, now) };
    let around = Surroundings {
        wanted: &lineage.wanted,
        source: &|source| observer.get(source),
        descent: &|commit| lineage.descent(commit),
    };
    aim.judge(object, Some(&around), now)
}

/// Watches what some objects come from. What is seen of that explains, and where an object's own status does
/// not tell its revision, it decides.
fn watch_sources(observer: &mut Observer, objects: Vec<(&'static Kind, &DynamicObject)>) {
    let mut sources: BTreeMap<String, Vec<ObjectRef>> = BTreeMap::new();
    for source in objects.into_iter().flat_map(|(kind, object)| (kind.sources)(object)) {
        sources.entry(source.kind.clone()).or_default().push(source);
    }
    for (kind, objects) in sources {
        if let Some(kind) = kinds::of_api_kind(&kind) {
            observer.watch(kind, &objects, Need::Helpful);
        }
    }
}
