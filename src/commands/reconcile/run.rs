//! Begins what can begin, and takes in what happens, until everything is over.

use std::collections::HashMap;
use std::time::Duration;

use tokio::time::Instant;

use super::arrival::Arrival;
use super::plan::{Next, Outcome, Place, Plan};
use super::report::Story;
use super::wish::Wish;
use super::{chain, sources};
use crate::cli::reconcile::ReconcileArgs;
use crate::cluster::reconcile::{Ask, Reconciliations, Request, Told};
use crate::cluster::wait::News;
use crate::context::Context;
use crate::deadline::at;
use crate::duration::GoDuration;
use crate::error::Shared;
use crate::kinds::readiness::{DEPENDENCY_NOT_READY, State};
use crate::kinds::{ObjectRef, Verb};
use crate::output::tree::Mark;

/// A reconciliation of everything in a plan.
pub(super) struct Run<'a> {
    pub(super) ctx: &'a Context,
    pub(super) args: &'a ReconcileArgs,
    pub(super) wish: &'a Wish,
    pub(super) story: Story<'a>,
    pub(super) news: &'a dyn Fn(News<'_>),
    /// Requests that resuming has made.
    pub(super) resumed: HashMap<ObjectRef, Request>,
    /// The revision that everything has to come to, if one was named.
    pub(super) arrival: Option<Arrival<'a>>,
}

impl Run<'_> {
    /// Adds the sources that are to be reconciled too, and shows the whole chain if it is one.
    pub(super) async fn add_sources(&mut self, plan: &mut Plan, work: &mut Reconciliations<'_>) {
        if self.args.with_source {
            sources::refuse_sourceless(plan, work);
        }
        if self.args.with_source || self.arrival.is_some() {
            sources::add(plan, work).await;
        }
        if chain::is_one(self.args) {
            chain::open_sources(plan, work).await;
            self.story.plant(chain::lines(plan));
        }
        if let Some(arrival) = &mut self.arrival {
            arrival.bind(plan, work);
        }
    }

    /// Begins whatever can begin, takes in what happens, until everything is over.
    pub(super) async fn carry_out(&mut self, plan: &mut Plan, work: &mut Reconciliations<'_>) {
        self.story.open(plan);
        for place in (0..plan.steps().len()).filter(|place| plan.step(*place).outcome().is_some()) {
            self.story.mark(place, Mark::Failed, "");
        }
        loop {
            self.tell_progress(plan);
            loop {
                let next = plan.next();
                if next.is_empty() {
                    break;
                }
                for next in next {
                    self.take_up(next, plan, work).await;
                }
            }
            let again = self.arrival.as_ref().and_then(Arrival::next_time);
            tokio::select! {
                told = work.next() => match told {
                    Some(told) => self.take(told, plan, work).await,
                    None => return,
                },
                () = at(again) => self.ask_again(plan, work),
            }
        }
    }

    async fn take_up(&mut self, next: Next, plan: &mut Plan, work: &mut Reconciliations<'_>) {
        match next {
            Next::Begin(place) => {
                if !self.is_there_already(place, plan, work).await {
                    plan.begin(place, Instant::now());
                    self.story.mark(place, Mark::UnderWay, "");
                    self.begin(place, plan, work);
                    if plan.step(place).outcome().is_some() {
                        self.story.mark(place, Mark::Done, "");
                    }
                }
            }
            Next::GiveUp { place, because } => {
                let is_source =
                    chain::is_source(plan.step(place), &plan.step(because).object, work);
                let root = if is_source { because } else { plan.root_of(because) };
                let Some(Err(why)) = plan.step(root).outcome() else { return };
                let (object, cause) = (&plan.step(place).object, &plan.step(root).object);
                let what = match is_source {
                    true => format!("cannot reconcile the source of {object}"),
                    false => format!("{object} is blocked by {cause}"),
                };
                let error = Shared::new(why.to_error().context(what));
                self.story.gives_up(&error);
                self.story.mark(place, Mark::Blocked, &format!("blocked by {cause}"));
                plan.give_up(place, root, error, Instant::now());
            }
        }
    }

    /// Takes in what has happened to a request or to an object.
    async fn take(&mut self, told: Told, plan: &mut Plan, work: &mut Reconciliations<'_>) {
        match told {
            Told::Requested(object) => {
                let place = plan.place_of(&object);
                if !place.is_some_and(|place| self.is_late(place)) {
                    self.story.requested(&object);
                }
            }
            Told::Settled(object, outcome) => {
                let Some(place) = plan.place_of(&object) else { return };
                if plan.step(place).outcome().is_some() {
                    return;
                }
                if outcome.is_ok() && !self.has_arrived(place, plan, work).await {
                    return;
                }
                self.end(place, outcome.map_err(Shared::new), plan, work);
            }
            Told::Changed(object) => {
                let Some(place) = plan.place_of(&object) else { return };
                self.take_change(place, plan, work).await;
            }
        }
    }

    /// Takes note of how a step ended.
    pub(super) fn end(
        &mut self,
        place: Place,
        outcome: Outcome,
        plan: &mut Plan,
        work: &mut Reconciliations<'_>,
    ) {
        work.let_be(&plan.step(place).object);
        if let Some(arrival) = &mut self.arrival {
            arrival.forget(place);
        }
        self.story.ends(plan.step(place), &outcome);
        let mark = if outcome.is_ok() { Mark::Done } else { Mark::Failed };
        self.story.mark(place, mark, "");
        plan.end(place, outcome, Instant::now());
    }

    /// An object has changed by itself: it may be where it should be, and what waits for it may go on.
    async fn take_change(&mut self, place: Place, plan: &mut Plan, work: &mut Reconciliations<'_>) {
        let step = plan.step(place);
        let Some(found) = work.object(&step.object) else { return };
        let is_ready = step.kind.verdict(found).state == State::Ready;
        if self.has_come(place, plan, work).await || !is_ready {
            return;
        }
        // Its controller has looked at them when this one was not ready, and might not look again for long.
        for dependent in plan.under_way_for(place) {
            let (kind, object) = (plan.step(dependent).kind, plan.step(dependent).object.clone());
            let verdict = work.object(&object).map(|object| kind.verdict(object));
            if verdict.is_some_and(|verdict| verdict.reason == DEPENDENCY_NOT_READY) {
                let ask = self.ask(dependent, plan, work);
                work.request(kind, &object, ask);
            }
        }
    }

    fn begin(&mut self, place: Place, plan: &mut Plan, work: &mut Reconciliations<'_>) {
        let (kind, object) = (plan.step(place).kind, plan.step(place).object.clone());
        let ask = self.ask(place, plan, work);
        for dependency in &ask.dependencies {
            work.heed(dependency, None);
        }
        let found = work.object(&object).cloned();
        match (found, self.resumed.remove(&object)) {
            (Some(found), _) if !kind.supports(Verb::Reconcile) => {
                self.story.taken_as_it_is(kind, &object, &found);
                plan.end(place, Ok(Box::new(found)), Instant::now());
            }
            (Some(found), _) if kind.is_static(&found) => {
                self.story.is_static(&object);
                plan.end(place, Ok(Box::new(found)), Instant::now());
            }
            // Resuming has asked already, for nothing more and before nothing else.
            (Some(_), Some(request)) if ask.demands.is_empty() && ask.sources.is_empty() => {
                self.story.resumed(kind, &object);
                work.follow(request, ask);
            }
            _ => {
                self.story.begins(&object);
                work.request(kind, &object, ask);
            }
        }
    }

    /// What is asked of the controller of a step.
    pub(super) fn ask(&self, place: Place, plan: &Plan, work: &Reconciliations<'_>) -> Ask {
        let step = plan.step(place);
        let needs = || step.needs.iter().map(|need| plan.step(*need));
        let slowest = needs().max_by_key(|need| need.took());
        let before = slowest.and_then(|need| {
            let seconds = Duration::from_secs(need.took()?.as_secs());
            Some(format!("{} took {} before", need.object, GoDuration::from(seconds)))
        });
        let is_dependency = |need: &&ObjectRef| !chain::is_source(step, need, work);
        Ask {
            demands: if step.is_target { self.wish.demands.clone() } else { Vec::new() },
            sources: chain::seen_sources(step, work),
            dependencies: needs().map(|need| &need.object).filter(is_dependency).cloned().collect(),
            before,
            waits: !self.args.no_wait,
        }
    }

    fn tell_progress(&self, plan: &Plan) {
        if self.story.is_of_many {
            let (done, of) = plan.progress();
            (self.news)(News::Progress { done, of });
        }
    }
}
