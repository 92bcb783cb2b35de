//! What is to be reconciled, and what before what. Pure.

use std::collections::HashMap;
use std::time::Duration;

use anyhow::Result;
use kube::api::DynamicObject;
use tokio::time::Instant;

use crate::error::Shared;
use crate::kinds::{Kind, ObjectRef};

/// Where an object stands in a [`Plan`].
pub(super) type Place = usize;

/// How the reconciliation of an object ended: the object, ready, or why not.
pub(super) type Outcome = Result<Box<DynamicObject>, Shared>;

/// What is to be reconciled: what was asked for, and what comes before it.
#[derive(Default)]
pub(super) struct Plan {
    steps: Vec<Step>,
    places: HashMap<ObjectRef, Place>,
}

/// One object of a plan.
pub(super) struct Step {
    pub(super) kind: &'static Kind,
    pub(super) object: ObjectRef,
    /// It was asked for, and does not only come before something that was.
    pub(super) is_target: bool,
    /// It was given up because of another one, the first that failed.
    pub(super) blocked_by: Option<Place>,
    /// It is part of what is reported, as everything of a chain is.
    pub(super) is_listed: bool,
    /// What has to be reconciled before.
    pub(super) needs: Vec<Place>,
    stage: Stage,
}

enum Stage {
    Waiting,
    UnderWay(Instant),
    Over { outcome: Outcome, took: Duration },
}

/// What can be done next.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Next {
    /// Everything that it needs is ready.
    Begin(Place),
    /// Something that it needs is not ready and will not be.
    GiveUp {
        /// What is given up.
        place: Place,
        /// Because of this.
        because: Place,
    },
}

impl Step {
    /// How it ended, once it has.
    pub(super) fn outcome(&self) -> Option<&Outcome> {
        match &self.stage {
            Stage::Over { outcome, .. } => Some(outcome),
            Stage::Waiting | Stage::UnderWay(_) => None,
        }
    }

    /// How long it took, once it is over.
    pub(super) fn took(&self) -> Option<Duration> {
        match &self.stage {
            Stage::Over { took, .. } => Some(*took),
            Stage::Waiting | Stage::UnderWay(_) => None,
        }
    }

    fn is_ready(&self) -> bool {
        self.outcome().is_some_and(Result::is_ok)
    }
}

impl Plan {
    /// Adds an object that was asked for.
    pub(super) fn add_target(&mut self, kind: &'static Kind, object: ObjectRef) -> Place {
        let place = self.add_listed(kind, object);
        self.steps[place].is_target = true;
        place
    }

    /// Adds an object that is part of what is reported, though nobody has named it.
    pub(super) fn add_listed(&mut self, kind: &'static Kind, object: ObjectRef) -> Place {
        let (place, _) = self.add(kind, object);
        self.steps[place].is_listed = true;
        place
    }

    /// Adds an object that `dependent` needs; says whether it is new to the plan.
    pub(super) fn add_need(
        &mut self,
        dependent: Place,
        kind: &'static Kind,
        object: ObjectRef,
    ) -> (Place, bool) {
        let (place, is_new) = self.add(kind, object);
        if !self.steps[dependent].needs.contains(&place) {
            self.steps[dependent].needs.push(place);
        }
        (place, is_new)
    }

    fn add(&mut self, kind: &'static Kind, object: ObjectRef) -> (Place, bool) {
        if let Some(place) = self.places.get(&object) {
            return (*place, false);
        }
        let place = self.steps.len();
        self.places.insert(object.clone(), place);
        let (needs, stage) = (Vec::new(), Stage::Waiting);
        let (is_target, is_listed, blocked_by) = (false, false, None);
        self.steps.push(Step { kind, object, is_target, is_listed, blocked_by, needs, stage });
        (place, true)
    }

    pub(super) fn step(&self, place: Place) -> &Step {
        &self.steps[place]
    }

    /// Where an object stands.
    pub(super) fn place_of(&self, object: &ObjectRef) -> Option<Place> {
        self.places.get(object).copied()
    }

    /// What was asked for, in the order in which it was added.
    pub(super) fn targets(&self) -> impl Iterator<Item = &Step> {
        self.steps.iter().filter(|step| step.is_target)
    }

    /// What is reported, in the order in which it was added.
    pub(super) fn listed(&self) -> impl Iterator<Item = &Step> {
        self.steps.iter().filter(|step| step.is_listed)
    }

    /// Reports everything that is in the plan by now.
    pub(super) fn list_all(&mut self) {
        self.steps.iter_mut().for_each(|step| step.is_listed = true);
    }

    /// What is under way and needs an object.
    pub(super) fn under_way_for(&self, need: Place) -> Vec<Place> {
        let waits = |place: &Place| {
            let Step { needs, stage, .. } = &self.steps[*place];
            matches!(stage, Stage::UnderWay(_)) && needs.contains(&need)
        };
        (0..self.steps.len()).filter(waits).collect()
    }

    /// Everything, in the order in which it was added.
    pub(super) fn steps(&self) -> &[Step] {
        &self.steps
    }

    /// What has not begun.
    pub(super) fn waiting(&self) -> Vec<Place> {
        let is_waiting = |place: &Place| matches!(self.steps[*place].stage, Stage::Waiting);
        (0..self.steps.len()).filter(is_waiting).collect()
    }

    /// Everything that is in the plan, and what of it is over.
    pub(super) fn progress(&self) -> (usize, usize) {
        let over = self.steps.iter().filter(|step| step.outcome().is_some()).count();
        (over, self.steps.len())
    }

    /// What can begin or has to be given up now.
    pub(super) fn next(&self) -> Vec<Next> {
        let next = |place: Place| {
            let needs = &self.steps[place].needs;
            let failed = needs
                .iter()
                .copied()
                .find(|need| self.steps[*need].outcome().is_some_and(Result::is_err));
            match failed {
                Some(because) => Some(Next::GiveUp { place, because }),
                None if needs.iter().all(|need| self.steps[*need].is_ready()) => {
                    Some(Next::Begin(place))
                }
                None => None,
            }
        };
        self.waiting().into_iter().filter_map(next).collect()
    }

    /// Takes note that the reconciliation of an object has begun.
    pub(super) fn begin(&mut self, place: Place, now: Instant) {
        self.steps[place].stage = Stage::UnderWay(now);
    }

    /// What really failed when an object that another one needs did: itself, or what it was given up for.
    pub(super) fn root_of(&self, failed: Place) -> Place {
        self.steps[failed].blocked_by.unwrap_or(failed)
    }

    /// Takes note that it will not begin.
    pub(super) fn give_up(&mut self, place: Place, root: Place, why: Shared, now: Instant) {
        self.steps[place].blocked_by = Some(root);
        self.end(place, Err(why), now);
    }

    /// Takes note of how it ended.
    pub(super) fn end(&mut self, place: Place, outcome: Outcome, now: Instant) {
        let stage = &mut self.steps[place].stage;
        let took = match stage {
            Stage::UnderWay(since) => now.saturating_duration_since(*since),
            Stage::Waiting | Stage::Over { .. } => Duration::ZERO,
        };
        *stage = Stage::Over { outcome, took };
    }
}

#[cfg(test)]
mod tests {
    use anyhow::anyhow;
    use serde_json::json;

    use super::*;
    use crate::kinds::kustomize::KUSTOMIZATION;
    use crate::kinds::source::GIT_REPOSITORY;

    fn named(kind: &Kind, name: &str) -> ObjectRef {
        let namespace = "flux-system".to_owned();
        ObjectRef { kind: kind.kind.to_owned(), namespace, name: name.to_owned() }
    }

    fn ready() -> Outcome {
        let object = json!({"apiVersion": "v1", "kind": "Any", "metadata": {"name": "x"}});
        Ok(serde_json::from_value(object).expect("an object"))
    }

    /// Two Kustomizations of one source.
    fn two_of_one_source() -> (Plan, [Place; 3]) {
        let mut plan = Plan::default();
        let [apps, web] = ["apps", "web"]
            .map(|name| plan.add_target(&KUSTOMIZATION, named(&KUSTOMIZATION, name)));
        let fleet = || named(&GIT_REPOSITORY, "fleet");
        let (source, is_new) = plan.add_need(apps, &GIT_REPOSITORY, fleet());
        assert!(is_new);
        assert_eq!(plan.add_need(web, &GIT_REPOSITORY, fleet()), (source, false));
        (plan, [apps, web, source])
    }

    #[test]
    fn a_shared_source_is_reconciled_once_and_first() {
        let (mut plan, [apps, web, source]) = two_of_one_source();
        let now = Instant::now();
        assert_eq!(plan.next(), [Next::Begin(source)]);
        plan.begin(source, now);
        assert_eq!(plan.next(), []);
        plan.end(source, ready(), now + Duration::from_secs(4));
        assert_eq!(plan.step(source).took(), Some(Duration::from_secs(4)));
        assert_eq!(plan.next(), [Next::Begin(apps), Next::Begin(web)]);
        assert_eq!(plan.targets().count(), 2);
        assert_eq!(plan.progress(), (1, 3));
    }

    #[test]
    fn without_its_source_nothing_begins() {
        let (mut plan, [apps, web, source]) = two_of_one_source();
        plan.end(source, Err(Shared::new(anyhow!("no"))), Instant::now());
        let because = source;
        let given_up = [apps, web].map(|place| Next::GiveUp { place, because });
        assert_eq!(plan.next(), given_up);
    }

    #[test]
    fn what_is_asked_for_may_also_be_needed() {
        let mut plan = Plan::default();
        let source = plan.add_target(&GIT_REPOSITORY, named(&GIT_REPOSITORY, "fleet"));
        let apps = plan.add_target(&KUSTOMIZATION, named(&KUSTOMIZATION, "apps"));
        let fleet = named(&GIT_REPOSITORY, "fleet");
        assert_eq!(plan.add_need(apps, &GIT_REPOSITORY, fleet), (source, false));
        assert_eq!(plan.next(), [Next::Begin(source)]);
        assert_eq!(plan.targets().count(), 2);
    }
}
