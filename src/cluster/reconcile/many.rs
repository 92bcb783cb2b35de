//! Any number of requests, waited for together.

use std::collections::{BTreeMap, VecDeque};
use std::time::Duration;

use anyhow::{Context as _, Error, Result, anyhow};
use futures::FutureExt as _;
use kube::api::DynamicObject;
use tokio::time::{Instant, timeout_at};

use super::attendance::{Attendance, State};
use super::crew::Crew;
use super::pursuit::Pursuit;
use super::pursuits::{Pursued, Pursuits};
use super::request::Request;
use super::sight::{Sight, Sighting};
use crate::cluster::lookout::Lookout;
use crate::cluster::wait::{News, Patience, Step, last_seen};
use crate::cluster::{Cluster, Scope};
use crate::deadline::at;
use crate::error::{Class, Explain as _, Shared, class_of};
use crate::kinds::controller::{Controller, Demand};
use crate::kinds::{Kind, ObjectRef};

/// How long a request may wait for its controller before we look whether that runs.
const GRACE: Duration = Duration::from_secs(2);

/// How long what is behind failures is looked for once the clock of the whole is over.
const LAST_LOOK: Duration = Duration::from_secs(10);

/// What is asked of a controller, and what counts as done.
#[derive(Clone, Debug)]
pub struct Ask {
    /// What is asked for beside the reconciliation.
    pub demands: Vec<Demand>,
    /// The sources whose revision the attempt must be about: as they are now, or as they become
    /// meanwhile. They have to be opened as well.
    pub sources: Vec<ObjectRef>,
    /// What it waits for by its manifest, and what was reconciled before. The controller may still see the
    /// state before that; it looks again.
    pub dependencies: Vec<ObjectRef>,
    /// What took time before, for the message of an expired clock.
    pub before: Option<String>,
    /// Whether to wait for the outcome; else the request alone is it.
    pub waits: bool,
}

impl Default for Ask {
    fn default() -> Self {
        let (demands, sources, dependencies) = Default::default();
        Self { demands, sources, dependencies, before: None, waits: true }
    }
}

/// What has happened to a request.
#[derive(Debug)]
pub enum Told {
    /// It was written.
    Requested(ObjectRef),
    /// Its outcome: the object, ready, or why not.
    Settled(ObjectRef, Result<Box<DynamicObject>>),
    /// An object has changed of which that was to be told.
    Changed(ObjectRef),
}

impl Cluster {
    /// The beginning of any number of reconciliations, which respect one deadline together.
    ///
    /// What they work on is opened first, then requested, then told as it happens.
    #[must_use]
    pub fn reconciliations<'a>(&'a self, patience: Patience<'a>) -> Reconciliations<'a> {
        Reconciliations {
            cluster: self,
            patience,
            sight: Sight::new(self, patience),
            asking: Crew::new(),
            asked: BTreeMap::new(),
            pursuits: Pursuits::default(),
            explaining: Crew::new(),
            lookout: Lookout::new(self),
            attendance: Attendance::new(self),
            told: VecDeque::new(),
            heeded: BTreeMap::new(),
            headline: String::new(),
            explain_until: None,
        }
    }
}

/// Reconciliations that are under way, and the objects that they are about.
pub struct Reconciliations<'a> {
    cluster: &'a Cluster,
    patience: Patience<'a>,
    sight: Sight<'a>,
    asking: Crew<'a, (ObjectRef, Result<Request>)>,
    /// What was asked for of objects whose request is being written.
    asked: BTreeMap<ObjectRef, Ask>,
    pursuits: Pursuits,
    explaining: Crew<'a, (ObjectRef, Error)>,
    lookout: Lookout<'a>,
    attendance: Attendance<'a>,
    told: VecDeque<Told>,
    /// Objects of whose changes is to be told, each with what is waited for if something is.
    heeded: BTreeMap<ObjectRef, Option<String>>,
    /// What the user was told last of what is being waited for.
    headline: String,
    /// Once the clock of the whole is over: when nothing is looked for any more.
    explain_until: Option<Instant>,
}

impl Reconciliations<'_> {
    /// Watches the objects of `kind` in `scope` and keeps those that `wanted` takes; returns which they are.
    ///
    /// # Errors
    /// [`Class::NotInstalled`]; [`Class::TimedOut`]; those of [`failure`](crate::cluster::failure).
    pub async fn open(
        &mut self,
        kind: &'static Kind,
        scope: Scope,
        wanted: impl Fn(&DynamicObject) -> bool,
    ) -> Result<Vec<ObjectRef>> {
        self.sight.open(kind, scope, wanted).await
    }

    /// Watches objects of `kind` that are known by name, unless that is done already: in one watch that
    /// covers them and is no wider than it must be. What is not there is kept as absent.
    ///
    /// # Errors
    /// As [`Self::open`].
    pub async fn open_for(&mut self, kind: &'static Kind, objects: &[ObjectRef]) -> Result<()> {
        self.sight.open_for(kind, objects).await
    }

    /// An object that was opened, as it is now; nothing when it is not there.
    #[must_use]
    pub fn object(&self, object: &ObjectRef) -> Option<&DynamicObject> {
        self.sight.object(object)
    }

    /// Takes note of an object as the server answered a write of it.
    pub fn note(&mut self, kind: &'static Kind, answer: DynamicObject) {
        self.sight.note(kind, answer);
    }

    /// Requests the reconciliation of an object that was opened.
    pub fn request(&mut self, kind: &'static Kind, object: &ObjectRef, ask: Ask) {
        let Some(found) = self.object(object).cloned() else {
            let gone = anyhow!("{object} was deleted meanwhile");
            self.told.push_back(Told::Settled(object.clone(), Err(gone)));
            return;
        };
        let (cluster, clock, demands) = (self.cluster, self.patience.clock, ask.demands.clone());
        self.asked.insert(object.clone(), ask);
        let object = object.clone();
        let write =
            async move { (object, cluster.request_reconcile(kind, &found, clock, &demands).await) };
        self.asking.add(write.boxed_local());
    }

    /// Waits for the outcome of a request that was written already, unless it is not to be waited for.
    pub fn follow(&mut self, request: Request, ask: Ask) {
        let object = request.target();
        if !ask.waits {
            let answer = Box::new(request.answer);
            self.told.push_back(Told::Settled(object, Ok(answer)));
            return;
        }
        let mut pursuit = Pursuit::new(request.clone(), self.patience.error_budget, Instant::now());
        pursuit.has_dependencies = !ask.dependencies.is_empty();
        for source in ask.sources.iter().filter_map(|source| self.object(source)) {
            pursuit.want(source);
        }
        self.sight.note_unless_old(request.kind(), request.answer);
        self.pursuits.insert(&object, Pursued::new(pursuit, ask));
        self.judge(&object);
    }

    /// Tells every change of an object that was opened. With `why`, a change of it is waited for as if it
    /// were under way, and it fails when the time is over.
    pub fn heed(&mut self, object: &ObjectRef, why: Option<String>) {
        self.heeded.insert(object.clone(), why);
    }

    /// Waits for no change of an object any more.
    pub fn let_be(&mut self, object: &ObjectRef) {
        self.heeded.remove(object);
    }

    /// Whether nothing is under way.
    #[must_use]
    pub fn is_idle(&self) -> bool {
        self.told.is_empty()
            && self.pursuits.is_empty()
            && self.asking.is_idle()
            && self.explaining.is_idle()
            && !self.heeded.values().any(Option::is_some)
    }

    /// What happens next; nothing once everything that was requested has settled. Nothing is lost when it is
    /// dropped and called again.
    pub async fn next(&mut self) -> Option<Told> {
        let deadline = self.patience.deadline;
        loop {
            if let Some(told) = self.told.pop_front() {
                return Some(told);
            }
            if self.is_idle() {
                return None;
            }
            self.tell_headline();
            tokio::select! {
                (object, request) = self.asking.next() => self.take_request(object, request),
                (object, error) = self.explaining.next() => {
                    self.told.push_back(Told::Settled(object, Err(error)));
                }
                Some(sighting) = self.sight.next(), if self.sight.is_open() => self.take(sighting),
                line = self.lookout.next() => (self.patience.news)(News::HeldUp(&line)),
                controller = self.attendance.next() => self.tell_attendance(controller),
                () = at(self.pursuits.next_due()) => self.judge_due(),
                () = deadline.passed(), if self.explain_until.is_none() => self.expire(),
            }
        }
    }

    fn take_request(&mut self, object: ObjectRef, request: Result<Request>) {
        let ask = self.asked.remove(&object).unwrap_or_default();
        match request {
            Ok(request) => {
                self.told.push_back(Told::Requested(object));
                self.follow(request, ask);
            }
            Err(error) => self.told.push_back(Told::Settled(object, Err(error))),
        }
    }

    fn take(&mut self, sighting: Sighting) {
        match sighting {
            Sighting::Changed(objects) => objects.iter().for_each(|object| self.see(object)),
            Sighting::Lost(kind, error) => self.fail_all(kind, &error),
        }
    }

    /// Decides about an object that has changed, and about those that wait for its revision.
    fn see(&mut self, object: &ObjectRef) {
        if self.heeded.contains_key(object) {
            self.told.push_back(Told::Changed(object.clone()));
        }
        self.judge(object);
        let Some(source) = self.sight.object(object) else { return };
        let concerned = self.pursuits.of_source(object);
        for target in &concerned {
            if let Some(pursued) = self.pursuits.get_mut(target) {
                pursued.pursuit.want(source);
            }
        }
        concerned.iter().for_each(|target| self.judge(target));
    }

    fn judge_due(&mut self) {
        let due = self.pursuits.due(Instant::now());
        due.iter().for_each(|object| self.judge(object));
    }

    fn judge(&mut self, object: &ObjectRef) {
        let Some(pursued) = self.pursuits.get_mut(object) else { return };
        let seen = self.sight.object(object);
        match pursued.pursuit.judge(seen, Instant::now()) {
            Step::Done(()) => {
                let settled = seen.cloned().map(Box::new);
                let settled = settled.with_context(|| format!("{object} was deleted"));
                self.let_go(object);
                self.told.push_back(Told::Settled(object.clone(), settled));
            }
            Step::Failed(error) => self.fail(object, error),
            Step::Wait { why, until } => {
                pursued.why = why;
                self.pursuits.put_off(object, until);
                self.keep_an_eye_on(object);
                self.look_for_controller(object);
            }
        }
    }

    /// Has it told what holds an object up that a controller works on.
    fn keep_an_eye_on(&mut self, object: &ObjectRef) {
        let Some(Pursued { pursuit, .. }) = self.pursuits.get(object) else { return };
        if pursuit.is_under_way() {
            self.lookout.note(pursuit.kind(), object, pursuit.setback());
        }
    }

    /// An object is not waited for any more.
    fn let_go(&mut self, object: &ObjectRef) -> Option<Pursued> {
        self.lookout.forget(object);
        self.pursuits.remove(object)
    }

    /// Ends a request in failure, as soon as what is behind it has been looked for.
    fn fail(&mut self, object: &ObjectRef, error: Error) {
        let Some(pursued) = self.let_go(object) else { return };
        let (cluster, kind, object) = (self.cluster, pursued.pursuit.kind(), object.clone());
        let (error, until) = (Shared::new(error), self.explain_until);
        let explain = async move {
            let look = cluster.explain(kind, &object, error.to_error());
            let explained = match until {
                Some(until) => timeout_at(until, look).await.unwrap_or_else(|_| error.to_error()),
                None => look.await,
            };
            (object, explained)
        };
        self.explaining.add(explain.boxed_local());
    }

    /// Ends every request for an object of this kind.
    fn fail_all(&mut self, kind: &Kind, error: &Error) {
        let objects: Vec<_> =
            self.objects().into_iter().filter(|object| object.kind == kind.kind).collect();
        for object in objects {
            let copy = anyhow!("{object}: {error:#}").class(class_of(error)).self_evident();
            self.fail(&object, copy);
        }
    }

    /// Where a request has waited too long for its controller, sees whether there is one, and gives up
    /// when none will come.
    fn look_for_controller(&mut self, object: &ObjectRef) {
        let Some(pursued) = self.pursuits.get(object) else { return };
        let kind = pursued.pursuit.kind();
        let is_late =
            pursued.pursuit.queued_for(Instant::now()).is_some_and(|queued| queued >= GRACE);
        if !is_late {
            return;
        }
        let gone = match self.attendance.of(kind.controller) {
            Some(State::Gone { why, hint }) => {
                let error = anyhow!("{object}: no controller is handling {kind}: {why}");
                error.class(Class::Failed).hint(hint.clone())
            }
            _ => return,
        };
        self.let_go(object);
        self.told.push_back(Told::Settled(object.clone(), Err(gone)));
    }

    fn tell_attendance(&mut self, controller: Controller) {
        let queued: Vec<(ObjectRef, &'static Kind)> = self
            .pursuits
            .iter()
            .filter(|(_, one)| one.pursuit.kind().controller == controller)
            .filter(|(_, one)| one.pursuit.queued_for(Instant::now()).is_some())
            .map(|(object, one)| (object.clone(), one.pursuit.kind()))
            .collect();
        let Some((_, kind)) = queued.first() else { return };
        match self.attendance.known(controller) {
            Some(State::Down(why)) => {
                let line = format!("no controller is handling {kind} yet: {why}");
                (self.patience.news)(News::HeldUp(&line));
            }
            Some(State::Unseen(why)) => {
                let line = format!("whether {} runs cannot be seen: {why}", controller.name);
                (self.patience.news)(News::HeldUp(&line));
            }
            Some(State::Gone { .. }) => {
                queued.iter().for_each(|(object, _)| self.look_for_controller(object));
            }
            Some(State::Running) | None => {}
        }
    }

    /// The clock of the whole is over: everything that is still under way failed, each with its own last
    /// words.
    fn expire(&mut self) {
        self.explain_until = Some(Instant::now() + LAST_LOOK);
        self.asking.stop();
        let deadline = self.patience.deadline;
        for object in std::mem::take(&mut self.asked).into_keys() {
            let error = deadline.expired(&format!("the annotation of {object} to be written"));
            self.told.push_back(Told::Settled(object, Err(error)));
        }
        for object in self.objects() {
            let last_words = self.last_words(&object);
            self.fail(&object, deadline.expired_seeing(&object.to_string(), &last_words));
        }
        for (object, why) in std::mem::take(&mut self.heeded) {
            if let Some(why) = why {
                let error = deadline.expired_seeing(&object.to_string(), &why);
                self.told.push_back(Told::Settled(object, Err(error)));
            }
        }
    }

    /// The objects whose requests are waited for.
    fn objects(&self) -> Vec<ObjectRef> {
        self.pursuits.iter().map(|(object, _)| object.clone()).collect()
    }

    /// What was waited for, which phase took the time, and what was seen last.
    fn last_words(&self, object: &ObjectRef) -> String {
        let Some(pursued) = self.pursuits.get(object) else { return String::new() };
        let mut words = vec![pursued.why.clone()];
        words.extend(pursued.pursuit.phases(Instant::now()));
        if pursued.pursuit.queued_for(Instant::now()).is_some() {
            words.extend(self.words_about(pursued.pursuit.kind()));
        }
        words.extend(pursued.ask.before.clone());
        if let Some(seen) = self.object(object) {
            words.push(last_seen(seen, &pursued.why, self.patience.clock.now()));
        }
        words.join("; ")
    }

    /// What is known about the controller of a request that nobody has picked up.
    fn words_about(&self, kind: &Kind) -> Option<String> {
        let name = kind.controller.name;
        Some(match self.attendance.known(kind.controller)? {
            State::Running => format!("{name} is running"),
            State::Down(why) | State::Gone { why, .. } => {
                format!("no controller is handling {kind}: {why}")
            }
            State::Unseen(why) => format!("whether {name} runs cannot be seen: {why}"),
        })
    }

    /// Tells what is being waited for, when that is new: of several, the first one's.
    fn tell_headline(&mut self) {
        let Some((object, pursued)) = self.pursuits.first() else { return };
        let headline = match self.pursuits.len() {
            1 => pursued.why.clone(),
            _ => format!("{object}: {}", pursued.why),
        };
        if headline != self.headline {
            (self.patience.news)(News::Waiting(&headline));
            self.headline = headline;
        }
    }
}
