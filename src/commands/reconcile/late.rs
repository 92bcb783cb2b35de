//! What happens when objects have to come to a revision: some are there already, others have to be asked again.

use tokio::time::Instant;

use super::arrival::Arrival;
use super::plan::{Place, Plan};
use super::run::Run;
use crate::cluster::reconcile::Reconciliations;
use crate::kinds::wanted;
use crate::output::tree::Mark;

impl Run<'_> {
    /// Ends a step that has nothing to do: it is ready at the wanted revision, and nothing more was asked.
    pub(super) async fn is_there_already(
        &mut self,
        place: Place,
        plan: &mut Plan,
        work: &Reconciliations<'_>,
    ) -> bool {
        let step = plan.step(place);
        let is_demanded = step.is_target && !self.wish.demands.is_empty();
        let Some(arrival) = self.arrival.as_mut().filter(|_| !is_demanded) else { return false };
        if !arrival.is_bound(place) {
            return false;
        }
        let Some(wanted::Place::At(at)) = arrival.place(step.kind, &step.object, work, false).await
        else {
            return false;
        };
        let Some(found) = work.object(&step.object).cloned() else { return false };
        self.story.is_there(&step.object, &at);
        self.story.mark(place, Mark::Done, &at);
        plan.end(place, Ok(Box::new(found)), Instant::now());
        true
    }

    /// Whether a step that was reconciled is at the wanted revision, if it has to be. One that is not is put
    /// off: it is asked again after a while, and sooner when it changes by itself.
    pub(super) async fn has_arrived(
        &mut self,
        place: Place,
        plan: &Plan,
        work: &mut Reconciliations<'_>,
    ) -> bool {
        let step = plan.step(place);
        let Some(arrival) = self.arrival.as_mut() else { return true };
        if !arrival.is_bound(place) {
            return true;
        }
        let at = arrival.place(step.kind, &step.object, work, true).await;
        let at = at.unwrap_or(wanted::Place::Elsewhere(None));
        if matches!(at, wanted::Place::At(_)) {
            return true;
        }
        let (words, is_news) = arrival.put_off(place, &step.object, &at);
        if is_news {
            self.story.put_off(&words);
        }
        self.story.mark(place, Mark::UnderWay, &words);
        work.heed(&step.object, Some(words));
        false
    }

    /// Whether a step was told to be late already.
    pub(super) fn is_late(&self, place: Place) -> bool {
        self.arrival.as_ref().is_some_and(|arrival| arrival.is_late(place))
    }

    /// Ends a step that was late and has come to the revision by itself; says whether it has.
    pub(super) async fn has_come(
        &mut self,
        place: Place,
        plan: &mut Plan,
        work: &mut Reconciliations<'_>,
    ) -> bool {
        let step = plan.step(place);
        let arrival = self.arrival.as_mut().filter(|arrival| arrival.is_late(place));
        let Some(arrival) = arrival.filter(|_| step.outcome().is_none()) else { return false };
        let Some(wanted::Place::At(_)) = arrival.place(step.kind, &step.object, work, true).await
        else {
            return false;
        };
        let Some(found) = work.object(&step.object).cloned() else { return false };
        self.end(place, Ok(Box::new(found)), plan, work);
        true
    }

    /// Asks those again that were reconciled and were not at the wanted revision.
    pub(super) fn ask_again(&mut self, plan: &Plan, work: &mut Reconciliations<'_>) {
        let due = self.arrival.as_mut().map(Arrival::due).unwrap_or_default();
        for place in due.into_iter().filter(|place| plan.step(*place).outcome().is_none()) {
            let (kind, object) = (plan.step(place).kind, plan.step(place).object.clone());
            let ask = self.ask(place, plan, work);
            work.request(kind, &object, ask);
        }
    }
}
