//! What the objects of a plan come from, the farthest source too.

use anyhow::{Result, anyhow};
use kube::api::DynamicObject;
use tokio::time::Instant;

use super::plan::{Place, Plan};
use crate::cluster::list::not_found;
use crate::cluster::reconcile::{Reconciliations, refuse_suspended};
use crate::error::{Class, Explain as _, Shared, usage};
use crate::kinds::{self, Kind, ObjectRef};

/// Adds what everything that has not failed comes from, each source once. A source that is absent,
/// suspended or of an unknown kind fails in the plan.
///
/// # Errors
/// None of its own: what fails is an outcome of the plan.
pub(super) async fn add(plan: &mut Plan, work: &mut Reconciliations<'_>) {
    climb(plan, work, |kind, object| (kind.sources)(object)).await;
}

/// Adds what everything that has not failed needs in one way, and what that needs in the same way.
pub(super) async fn climb(
    plan: &mut Plan,
    work: &mut Reconciliations<'_>,
    needs: fn(&Kind, &DynamicObject) -> Vec<ObjectRef>,
) {
    let mut fresh = plan.waiting();
    while !fresh.is_empty() {
        let mut found: Vec<(&'static Kind, Vec<Place>)> = Vec::new();
        for place in fresh {
            match needs_of(plan, place, work, needs) {
                Ok(needs) => {
                    for (kind, need) in needs {
                        if let (new, true) = plan.add_need(place, kind, need) {
                            note(&mut found, kind, new);
                        }
                    }
                }
                Err(error) => plan.end(place, Err(Shared::new(error)), Instant::now()),
            }
        }
        fresh = open(plan, work, found).await;
    }
}

/// Fails what `--with-source` was asked for and has no source.
pub(super) fn refuse_sourceless(plan: &mut Plan, work: &Reconciliations<'_>) {
    for place in plan.waiting() {
        if let Err(error) = require_source(plan, place, work) {
            plan.end(place, Err(Shared::new(error)), Instant::now());
        }
    }
}

fn require_source(plan: &Plan, place: Place, work: &Reconciliations<'_>) -> Result<()> {
    let step = plan.step(place);
    match work.object(&step.object) {
        Some(object) if (step.kind.sources)(object).is_empty() => {
            Err(usage(format!("{} has no source, so --with-source means nothing", step.object)))
        }
        _ => Ok(()),
    }
}

/// What an object that is still to be reconciled needs directly.
fn needs_of(
    plan: &Plan,
    place: Place,
    work: &Reconciliations<'_>,
    needs: fn(&Kind, &DynamicObject) -> Vec<ObjectRef>,
) -> Result<Vec<(&'static Kind, ObjectRef)>> {
    let step = plan.step(place);
    let object = work.object(&step.object).filter(|_| step.outcome().is_none());
    let needs = object.map(|object| needs(step.kind, object)).unwrap_or_default();
    let known = |source: ObjectRef| match kinds::of_api_kind(&source.kind) {
        Some(kind) => Ok((kind, source)),
        None => Err(anyhow!(
            "cannot reconcile the source of {}: nothing reconciles a {}",
            step.object,
            source.kind
        )
        .class(Class::Usage)),
    };
    needs.into_iter().map(known).collect()
}

fn note(found: &mut Vec<(&'static Kind, Vec<Place>)>, kind: &'static Kind, place: Place) {
    match found.iter_mut().find(|(known, _)| *known == kind) {
        Some((_, places)) => places.push(place),
        None => found.push((kind, vec![place])),
    }
}

/// Reads what is new to the plan; returns what can be reconciled.
async fn open(
    plan: &mut Plan,
    work: &mut Reconciliations<'_>,
    found: Vec<(&'static Kind, Vec<Place>)>,
) -> Vec<Place> {
    let mut usable = Vec::new();
    for (kind, places) in found {
        let objects: Vec<_> = places.iter().map(|place| plan.step(*place).object.clone()).collect();
        let failure = work.open_for(kind, &objects).await.err().map(Shared::new);
        for (place, source) in places.into_iter().zip(objects) {
            let problem = match (&failure, work.object(&source)) {
                (Some(failure), _) => Some(failure.clone()),
                (None, None) => Some(Shared::new(not_found(kind, &source.namespace, &source.name))),
                (None, Some(object)) => refuse_suspended(kind, object).err().map(Shared::new),
            };
            match problem {
                Some(problem) => plan.end(place, Err(problem), Instant::now()),
                None => usable.push(place),
            }
        }
    }
    usable
}
