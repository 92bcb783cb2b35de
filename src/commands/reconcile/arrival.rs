//! `--to`: which objects have to come to a revision, and which of them are there.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use anyhow::Result;
use tokio::time::Instant;

use super::plan::{Place as Step, Plan};
use crate::cluster::reconcile::Reconciliations;
use crate::commands::lineage::{Lineage, refuse_unknowable, url_of};
use crate::kinds::readiness::State;
use crate::kinds::revision::shorten;
use crate::kinds::wanted::{Place, Surroundings};
use crate::kinds::{Kind, ObjectRef};

/// How soon something is asked again that was reconciled and is not at the revision, at first and at last.
const PAUSES: (Duration, Duration) = (Duration::from_secs(2), Duration::from_secs(30));

/// A revision that objects are on their way to.
pub(super) struct Arrival<'a> {
    lineage: Lineage<'a>,
    /// Those that have to come to it.
    bound: BTreeSet<Step>,
    /// Those that were reconciled and were not there.
    late: BTreeMap<Step, Late>,
}

struct Late {
    pause: Duration,
    /// When to ask again; nothing while that is under way.
    again: Option<Instant>,
    /// What was told about it.
    told: String,
}

impl<'a> Arrival<'a> {
    pub(super) fn new(lineage: Lineage<'a>) -> Self {
        Self { lineage, bound: BTreeSet::new(), late: BTreeMap::new() }
    }

    /// The wanted revision, as short as tables show it.
    pub(super) fn wanted(&self) -> String {
        shorten(&self.lineage.wanted.to_string())
    }

    /// Refuses, before anything happened, what was asked for and cannot tell whether it is there.
    ///
    /// # Errors
    /// [`crate::error::Class::Usage`] naming it.
    pub(super) fn refuse_unknowable(&self, plan: &Plan, work: &Reconciliations<'_>) -> Result<()> {
        for step in plan.targets().filter(|step| step.outcome().is_none()) {
            if let Some(object) = work.object(&step.object) {
                refuse_unknowable(step.kind, object, &self.lineage.wanted)?;
            }
        }
        Ok(())
    }

    /// Decides which steps have to come to the revision: what was asked for, what that is made from, and
    /// whatever else is made from the same sources; as far as their status can tell.
    pub(super) fn bind(&mut self, plan: &Plan, work: &Reconciliations<'_>) {
        let form = self.lineage.wanted.form();
        let tells = |step: Step| {
            let step = plan.step(step);
            let object = work.object(&step.object);
            object.is_some_and(|object| (step.kind.revision_forms)(object).contains(&form))
        };
        let all = 0..plan.steps().len();
        let targets: Vec<Step> = all.clone().filter(|step| plan.step(*step).is_target).collect();
        let above = |step: Step| {
            let mut found = BTreeSet::from([step]);
            let mut open = vec![step];
            while let Some(step) = open.pop() {
                let sources = sources_of(plan.step(step).kind, &plan.step(step).object, work);
                let sources = sources.iter().filter_map(|source| plan.place_of(source));
                open.extend(sources.filter(|source| found.insert(*source)));
            }
            found
        };
        let roots: BTreeSet<Step> =
            targets.iter().flat_map(|target| above(*target)).filter(|step| tells(*step)).collect();
        self.bound = all.filter(|step| tells(*step) && !above(*step).is_disjoint(&roots)).collect();
    }

    pub(super) fn is_bound(&self, step: Step) -> bool {
        self.bound.contains(&step)
    }

    /// Whether the step was told to be late already.
    pub(super) fn is_late(&self, step: Step) -> bool {
        self.late.contains_key(&step)
    }

    /// Where a ready object is; nothing when it is not ready, or not there at all. Asks whoever knows; where
    /// nobody does, that is told if it `matters`.
    pub(super) async fn place(
        &mut self,
        kind: &'static Kind,
        object: &ObjectRef,
        work: &Reconciliations<'_>,
        matters: bool,
    ) -> Option<Place> {
        self.lineage.ask_again();
        let found = work.object(object)?;
        if kind.verdict(found).state != State::Ready {
            return None;
        }
        loop {
            let place = Surroundings {
                wanted: &self.lineage.wanted,
                source: &|source| work.object(source),
                descent: &|commit| self.lineage.descent(commit),
            }
            .place(kind, found);
            let Place::Ask(commit) = place else { return Some(place) };
            let url = url_of(kind, found, &|source| work.object(source));
            self.lineage.learn(&commit, url.as_deref(), matters).await;
        }
    }

    /// Takes note that a step was reconciled and is elsewhere; returns what to tell about it, and whether that
    /// is new.
    pub(super) fn put_off(
        &mut self,
        step: Step,
        object: &ObjectRef,
        place: &Place,
    ) -> (String, bool) {
        let words = self.words(object, place);
        let fresh = || Late { pause: PAUSES.0, again: None, told: String::new() };
        let late = self.late.entry(step).or_insert_with(fresh);
        late.again = Some(Instant::now() + late.pause);
        late.pause = (late.pause * 2).min(PAUSES.1);
        let is_news = late.told != words;
        late.told.clone_from(&words);
        (words, is_news)
    }

    fn words(&self, object: &ObjectRef, place: &Place) -> String {
        let wanted = self.wanted();
        match place {
            Place::Elsewhere(Some(at)) => {
                format!("{object} is at {}, which does not hold {wanted} yet", shorten(at))
            }
            Place::Unclear { at, why } => format!(
                "{object} is at {}, of which cannot be told whether it holds {wanted}: {why}",
                shorten(at)
            ),
            _ => format!("{object} is not at {wanted} yet"),
        }
    }

    /// When something is to be asked again.
    pub(super) fn next_time(&self) -> Option<Instant> {
        self.late.values().filter_map(|late| late.again).min()
    }

    /// The steps that are to be asked again now; each is told once.
    pub(super) fn due(&mut self) -> Vec<Step> {
        let now = Instant::now();
        let is_due = |late: &Late| late.again.is_some_and(|again| again <= now);
        let mut due = Vec::new();
        for (step, late) in self.late.iter_mut().filter(|(_, late)| is_due(late)) {
            late.again = None;
            due.push(*step);
        }
        due
    }

    /// The step is over.
    pub(super) fn forget(&mut self, step: Step) {
        self.late.remove(&step);
    }
}

fn sources_of(kind: &Kind, object: &ObjectRef, work: &Reconciliations<'_>) -> Vec<ObjectRef> {
    work.object(object).map(kind.sources).unwrap_or_default()
}
