//! Who applies the objects of a plan from Git, and does not while it is suspended.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Result;
use futures::TryStreamExt as _;

use super::plan::Plan;
use crate::cluster::reconcile::Reconciliations;
use crate::cluster::{Cluster, Scope};
use crate::context::Context;
use crate::kinds::deletion::applied_by;
use crate::kinds::{self, Kind, ObjectRef};

/// Says which objects keep an old manifest because who applies them is suspended. That is no failure, and
/// what cannot be read here is not told: the reconciliation does not depend on it.
pub(super) async fn tell_suspended(
    ctx: &Context,
    cluster: &Cluster,
    plan: &Plan,
    work: &Reconciliations<'_>,
) {
    let mut children: BTreeMap<ObjectRef, Vec<&ObjectRef>> = BTreeMap::new();
    for step in plan.targets().filter(|step| step.outcome().is_none()) {
        let parent = work.object(&step.object).and_then(applied_by);
        if let Some(parent) = parent.filter(|parent| *parent != step.object) {
            children.entry(parent).or_default().push(&step.object);
        }
    }
    for kind in kinds::ALL {
        let parents: BTreeSet<_> =
            children.keys().filter(|parent| parent.kind == kind.kind).cloned().collect();
        let suspended = ctx.deadline.within("the cluster", suspended(cluster, kind, &parents));
        for parent in suspended.await.unwrap_or_default() {
            let children = &children[&parent];
            let others = match children.len() {
                1 => String::new(),
                more => format!(" and {} more", more - 1),
            };
            ctx.output.warn(format_args!(
                "{parent} is suspended: what Git says of {}{others} is not applied",
                children[0]
            ));
        }
    }
}

/// Those of `parents` that are suspended, from one list.
async fn suspended(
    cluster: &Cluster,
    kind: &'static Kind,
    parents: &BTreeSet<ObjectRef>,
) -> Result<Vec<ObjectRef>> {
    let Some(scope) = Scope::covering(parents) else { return Ok(Vec::new()) };
    let mut objects = std::pin::pin!(cluster.list(kind, &scope).await?);
    let mut suspended = Vec::new();
    while let Some(object) = objects.try_next().await? {
        let parent = ObjectRef::of(kind, &object);
        if kind.is_suspended(&object) && parents.contains(&parent) {
            suspended.push(parent);
        }
    }
    Ok(suspended)
}
