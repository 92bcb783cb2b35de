//! What the objects of a plan come from, the farthest source too.

use anyhow::{Result, anyhow};
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
    let mut fresh = plan.waiting();
    for place in &fresh {
        if let Err(error) = refuse_sourceless(plan, *place, work) {
            plan.end(*place, Err(Shared::new(error)), Instant::now());
        }
    }
    while !fresh.is_empty() {
        let mut found: Vec<(&'static Kind, Vec<Place>)> = Vec::new();
        for place in fresh {
            match sources_of(plan, place, work) {
                Ok(sources) => {
                    for (kind, source) in sources {
                        if let (new, true) = plan.add_need(place, kind, source) {
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

fn refuse_sourceless(plan: &Plan, place: Place, work: &Reconciliations<'_>) -> Result<()> {
    let step = plan.step(place);
    match work.object(&step.object) {
        Some(object) if (step.kind.sources)(object).is_empty() => {
            Err(usage(format!("{} has no source, so --with-source means nothing", step.object)))
        }
        _ => Ok(()),
    }
}

/// The direct sources of an object that is still to be reconciled.
fn sources_of(
    plan: &Plan,
    place: Place,
    work: &Reconciliations<'_>,
) -> Result<Vec<(&'static Kind, ObjectRef)>> {
    let step = plan.step(place);
    let object = work.object(&step.object).filter(|_| step.outcome().is_none());
    let sources = object.map(step.kind.sources).unwrap_or_default();
    let known = |source: ObjectRef| match kinds::of_api_kind(&source.kind) {
        Some(kind) => Ok((kind, source)),
        None => Err(anyhow!(
            "cannot reconcile the source of {}: nothing reconciles a {}",
            step.object,
            source.kind
        )
        .class(Class::Usage)),
    };
    sources.into_iter().map(known).collect()
}

fn note(found: &mut Vec<(&'static Kind, Vec<Place>)>, kind: &'static Kind, place: Place) {
    match found.iter_mut().find(|(known, _)| *known == kind) {
        Some((_, places)) => places.push(place),
        None => found.push((kind, vec![place])),
    }
}

/// Reads sources that are new to the plan; returns those that can be reconciled.
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
