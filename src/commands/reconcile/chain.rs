//! What objects depend on and what depends on them, directly or not.

use std::collections::BTreeSet;

use anyhow::{Result, anyhow};
use futures::TryStreamExt as _;
use futures::future::join_all;

use super::plan::{Place, Plan, Step};
use super::sources;
use crate::cli::reconcile::ReconcileArgs;
use crate::cluster::reconcile::Reconciliations;
use crate::cluster::{Cluster, Scope};
use crate::context::Context;
use crate::error::{Class, Explain as _, class_of};
use crate::kinds::graph::{Graph, parents_of};
use crate::kinds::{self, Kind, ObjectRef, Verb};

/// Whether a whole chain was asked for.
pub(super) fn is_one(args: &ReconcileArgs) -> bool {
    args.with_dependencies || args.with_dependents
}

/// Makes a chain of the plan, in the directions that were asked for.
///
/// # Errors
/// [`Class::Failed`] naming a cycle; what the lists of dependents fail with.
pub(super) async fn extend(
    ctx: &Context,
    args: &ReconcileArgs,
    plan: &mut Plan,
    work: &mut Reconciliations<'_>,
) -> Result<()> {
    if args.with_dependents {
        add_dependents(ctx, ctx.cluster().await?, plan, work).await?;
    }
    if args.with_dependencies {
        add_dependencies(plan, work).await;
    }
    if is_one(args) {
        link(plan, work);
        refuse_cycle(plan)?;
    }
    Ok(())
}

/// Adds what everything that has not failed depends on, and what that depends on.
async fn add_dependencies(plan: &mut Plan, work: &mut Reconciliations<'_>) {
    sources::climb(plan, work, |kind, object| (kind.dependencies)(object)).await;
    plan.list_all();
}

/// Adds everything that depends on what was asked for, or is made from it.
///
/// # Errors
/// When the objects of a kind cannot be listed.
async fn add_dependents(
    ctx: &Context,
    cluster: &Cluster,
    plan: &mut Plan,
    work: &mut Reconciliations<'_>,
) -> Result<()> {
    let targets: Vec<ObjectRef> = plan.targets().map(|step| step.object.clone()).collect();
    let graph = ctx.deadline.within("the cluster's lists", graph_of_all(ctx, cluster)).await?;
    let below: BTreeSet<&ObjectRef> = graph.below(&targets).into_iter().collect();
    for kind in kinds::with(Verb::Reconcile) {
        let of_kind = below.iter().filter(|object| object.kind == kind.kind);
        let objects: Vec<ObjectRef> = of_kind.map(|object| (*object).clone()).collect();
        if objects.is_empty() {
            continue;
        }
        work.open_for(kind, &objects).await?;
        for object in objects.into_iter().filter(|object| work.object(object).is_some()) {
            plan.add_listed(kind, object);
        }
    }
    Ok(())
}

/// Every object that can be reconciled, and what each waits for.
async fn graph_of_all(ctx: &Context, cluster: &Cluster) -> Result<Graph> {
    let mut installed = Vec::new();
    for kind in kinds::with(Verb::Reconcile) {
        if cluster.resource(kind).await?.is_some() {
            installed.push(kind);
        }
    }
    let mut graph = Graph::default();
    for edges in join_all(installed.into_iter().map(|kind| edges_of(ctx, cluster, kind))).await {
        for (child, parent) in edges? {
            graph.depend(child, parent);
        }
    }
    Ok(graph)
}

/// The edges that begin at the objects of a kind: in every namespace, or in the one that may be read.
async fn edges_of(
    ctx: &Context,
    cluster: &Cluster,
    kind: &'static Kind,
) -> Result<Vec<(ObjectRef, ObjectRef)>> {
    match edges_in(cluster, kind, &Scope::everywhere()).await {
        Err(error) if class_of(&error) == Class::Denied => {
            let namespace = ctx.namespace();
            ctx.output.warn(format_args!(
                "dependents outside of namespace {namespace} are not seen: {error:#}"
            ));
            edges_in(cluster, kind, &Scope::namespace(namespace)).await
        }
        edges => edges,
    }
}

async fn edges_in(
    cluster: &Cluster,
    kind: &'static Kind,
    scope: &Scope,
) -> Result<Vec<(ObjectRef, ObjectRef)>> {
    let mut objects = std::pin::pin!(cluster.list(kind, scope).await?);
    let mut edges = Vec::new();
    while let Some(object) = objects.try_next().await? {
        let child = ObjectRef::of(kind, &object);
        let parents = parents_of(kind, &object).into_iter();
        edges.extend(parents.map(|parent| (child.clone(), parent)));
    }
    Ok(edges)
}

/// Ties together what is in the plan already: nothing begins before what it waits for.
fn link(plan: &mut Plan, work: &Reconciliations<'_>) {
    for place in 0..plan.steps().len() {
        let step = plan.step(place);
        let Some(object) = work.object(&step.object) else { continue };
        for parent in parents_of(step.kind, object) {
            if let (Some(_), Some(kind)) =
                (plan.place_of(&parent), kinds::of_api_kind(&parent.kind))
            {
                plan.add_need(place, kind, parent);
            }
        }
    }
}

/// Refuses a plan in which something waits for itself.
///
/// # Errors
/// [`Class::Failed`] naming the cycle.
fn refuse_cycle(plan: &Plan) -> Result<()> {
    let Err(cycle) = graph_of(plan).layers() else { return Ok(()) };
    Err(anyhow!("these wait for each other and will never be ready: {cycle}")
        .class(Class::Failed)
        .hint("take one of them out of another one's dependsOn"))
}

/// The lines of the plan's tree and which step each is about: what waits stands below what it waits for.
pub(super) fn lines(plan: &Plan) -> Vec<(Place, usize, String)> {
    let layers = graph_of(plan);
    let layers = layers.layers().unwrap_or_default();
    let lines = layers.iter().enumerate().flat_map(|(depth, layer)| {
        layer
            .iter()
            .filter_map(move |object| Some((plan.place_of(object)?, depth, object.to_string())))
    });
    lines.collect()
}

fn graph_of(plan: &Plan) -> Graph {
    let mut graph = Graph::default();
    for step in plan.steps() {
        graph.add(step.object.clone());
        for need in &step.needs {
            graph.depend(step.object.clone(), plan.step(*need).object.clone());
        }
    }
    graph
}

/// Opens the sources of everything, so that an attempt counts only when it was about what
/// they hold. A source that cannot be read is no reason to fail: nothing is asked of it.
pub(super) async fn open_sources(plan: &Plan, work: &mut Reconciliations<'_>) {
    for kind in kinds::ALL {
        let sources: BTreeSet<ObjectRef> = plan
            .steps()
            .iter()
            .filter_map(|step| Some((step.kind.sources)(work.object(&step.object)?)))
            .flatten()
            .filter(|source| source.kind == kind.kind)
            .collect();
        let sources: Vec<ObjectRef> = sources.into_iter().collect();
        // What cannot be read is not compared with.
        let _ = work.open_for(kind, &sources).await;
    }
}

/// The sources of a step that were opened and are there.
pub(super) fn seen_sources(step: &Step, work: &Reconciliations<'_>) -> Vec<ObjectRef> {
    let sources = work.object(&step.object).map(step.kind.sources).unwrap_or_default();
    sources.into_iter().filter(|source| work.object(source).is_some()).collect()
}

/// Whether an object that a step needs is what it is made from, and not only to be ready before it.
pub(super) fn is_source(step: &Step, need: &ObjectRef, work: &Reconciliations<'_>) -> bool {
    let object = work.object(&step.object);
    object.is_some_and(|object| (step.kind.sources)(object).contains(need))
}
