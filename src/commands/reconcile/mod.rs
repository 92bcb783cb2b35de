//! Asks controllers to reconcile objects now, and waits until they have.
//!
//! | module | what it does |
//! |---|---|
//! | [`wish`] | what was asked for, and which objects that is |
//! | [`plan`] | what before what |
//! | [`sources`] | what objects come from |
//! | [`parents`] | who applies them |
//! | [`report`] | what the user reads |

mod parents;
mod plan;
mod report;
mod sources;
mod wish;

use std::collections::HashMap;
use std::time::Duration;

use anyhow::Result;
use tokio::time::Instant;

use super::resume;
use super::selection::Found;
use super::several::each;
use crate::cli::reconcile::ReconcileArgs;
use crate::cluster::reconcile::{Ask, Reconciliations, Request, Told, refuse_suspended};
use crate::cluster::wait::{News, Patience};
use crate::context::Context;
use crate::duration::GoDuration;
use crate::error::Shared;
use crate::kinds::{ObjectRef, Verb};
use plan::{Next, Place, Plan};
use report::Story;
use wish::Wish;

/// Reconciles everything that was asked for at the same time, after what it comes from; each is tried,
/// whatever happens to the others.
///
/// # Errors
/// Those of the one object; of several, their common class.
pub async fn run(ctx: &Context, args: &ReconcileArgs) -> Result<()> {
    let wish = Wish::new(ctx, args)?;
    let cluster = ctx.cluster().await?;
    let progress = ctx.output.progress("reconciling");
    let news = ctx.news(&progress);
    let error_budget = args.error_budget.get();
    let mut work = cluster.reconciliations(Patience { error_budget, ..ctx.patience(&news) });
    let mut plan = wish.plan(&mut work).await?;
    let is_of_many = plan.targets().count() > 1;
    let story = Story { output: &ctx.output, is_of_many, waits: !args.no_wait };
    let mut run = Run { ctx, args, wish: &wish, story, news: &news, resumed: HashMap::new() };
    run.deal_with_suspended(&mut plan, &mut work).await?;
    if args.with_source {
        sources::add(&mut plan, &mut work).await;
    }
    parents::tell_suspended(ctx, cluster, &plan, &work).await;
    run.carry_out(&mut plan, &mut work).await;
    progress.finish();
    report::print(&ctx.output, &plan, &work, args.output, !args.no_wait)?;
    report::refuse_failures(&plan)?;
    wish.refuse_nothing(&ctx.output, &plan)
}

struct Run<'a> {
    ctx: &'a Context,
    args: &'a ReconcileArgs,
    wish: &'a Wish,
    story: Story<'a>,
    news: &'a dyn Fn(News<'_>),
    /// Requests that resuming has made.
    resumed: HashMap<ObjectRef, Request>,
}

impl Run<'_> {
    /// Resumes what is suspended if that was asked for, else refuses it before any write.
    async fn deal_with_suspended(
        &mut self,
        plan: &mut Plan,
        work: &mut Reconciliations<'_>,
    ) -> Result<()> {
        let mut suspended = Vec::new();
        for place in plan.waiting() {
            let (kind, object) = (plan.step(place).kind, &plan.step(place).object);
            let Some(found) = work.object(object) else { continue };
            match refuse_suspended(kind, found) {
                Ok(()) => {}
                Err(_) if self.args.resume => suspended.push((place, kind, found.clone())),
                Err(error) => plan.end(place, Err(Shared::new(error)), Instant::now()),
            }
        }
        let (ctx, cluster) = (self.ctx, self.ctx.cluster().await?);
        let places: Vec<Place> = suspended.iter().map(|(place, ..)| *place).collect();
        let found = suspended.into_iter().map(|(_, kind, object)| Ok(Found { kind, object }));
        let resume =
            |found: Found| async move { resume::resume(ctx, cluster, &found, false).await };
        let resumed = each(found, resume, |_| ()).await;
        for (place, resumed) in places.into_iter().zip(resumed) {
            match resumed {
                Ok(resumed) => {
                    work.note(plan.step(place).kind, resumed.object);
                    self.resumed.insert(plan.step(place).object.clone(), resumed.request);
                }
                Err(error) => plan.end(place, Err(Shared::new(error)), Instant::now()),
            }
        }
        Ok(())
    }

    /// Begins whatever can begin, takes in what happens, until everything is over.
    async fn carry_out(&mut self, plan: &mut Plan, work: &mut Reconciliations<'_>) {
        self.story.open(plan);
        loop {
            self.tell_progress(plan);
            loop {
                let next = plan.next();
                if next.is_empty() {
                    break;
                }
                next.into_iter().for_each(|next| self.take_up(next, plan, work));
            }
            match work.next().await {
                Some(Told::Requested(object)) => self.story.requested(&object),
                Some(Told::Settled(object, outcome)) => {
                    let outcome = outcome.map_err(Shared::new);
                    if let Some(place) = plan.place_of(&object) {
                        self.story.ends(plan.step(place), &outcome);
                        plan.end(place, outcome, Instant::now());
                    }
                }
                None => return,
            }
        }
    }

    fn take_up(&mut self, next: Next, plan: &mut Plan, work: &mut Reconciliations<'_>) {
        match next {
            Next::Begin(place) => {
                plan.begin(place, Instant::now());
                self.begin(place, plan, work);
            }
            Next::GiveUp { place, because } => {
                let Some(Err(why)) = plan.step(because).outcome() else { return };
                let what = format!("cannot reconcile the source of {}", plan.step(place).object);
                let error = Shared::new(why.to_error().context(what));
                self.story.gives_up(&error);
                plan.end(place, Err(error), Instant::now());
            }
        }
    }

    fn begin(&mut self, place: Place, plan: &mut Plan, work: &mut Reconciliations<'_>) {
        let (kind, object) = (plan.step(place).kind, plan.step(place).object.clone());
        let ask = self.ask(place, plan);
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

    fn ask(&self, place: Place, plan: &Plan) -> Ask {
        let step = plan.step(place);
        let needs = || step.needs.iter().map(|need| plan.step(*need));
        let slowest = needs().max_by_key(|need| need.took());
        let before = slowest.and_then(|need| {
            let seconds = Duration::from_secs(need.took()?.as_secs());
            Some(format!("{} took {} before", need.object, GoDuration::from(seconds)))
        });
        Ask {
            demands: if step.is_target { self.wish.demands.clone() } else { Vec::new() },
            sources: needs().map(|need| need.object.clone()).collect(),
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
