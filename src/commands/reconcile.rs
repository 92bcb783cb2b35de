//! Asks controllers to reconcile objects now, and waits until they have.

use anyhow::{Context as _, Result, anyhow};
use kube::api::DynamicObject;

use super::several::{each, failures, refuse_failures};
use crate::cli::reconcile::ReconcileArgs;
use crate::cluster::Cluster;
use crate::cluster::reconcile::{AttemptOf, Request, refuse_suspended};
use crate::cluster::wait::Patience;
use crate::context::Context;
use crate::error::{Class, Explain as _, usage};
use crate::kinds::view::{name, namespace};
use crate::kinds::{self, Kind, ObjectRef, Verb};

/// Reconciles each object that was named; all are tried, whatever happens to the others.
///
/// # Errors
/// Those of the one object; of several, their common class.
pub async fn run(ctx: &Context, args: &ReconcileArgs) -> Result<()> {
    let cluster = ctx.cluster().await?;
    let story = Story { ctx, cluster, args, is_one_of_many: args.target.names.len() > 1 };
    let kinds = args.target.kinds.list(Verb::Reconcile);
    let names = &args.target.names;
    let targets = kinds.iter().flat_map(|kind| names.iter().map(move |name| Ok((*kind, name))));
    let results = each(targets, |(kind, name)| story.reconcile_named(kind, name), |()| ()).await;
    let count = results.len();
    refuse_failures(&ctx.output, failures(results), count, "were not reconciled")
}

struct Story<'a> {
    ctx: &'a Context,
    cluster: &'a Cluster,
    args: &'a ReconcileArgs,
    is_one_of_many: bool,
}

impl Story<'_> {
    async fn reconcile_named(&self, kind: &'static Kind, name: &str) -> Result<()> {
        let namespace = self.ctx.namespace();
        let object = self.cluster.find(kind, namespace, name);
        let object = self.ctx.deadline.within("the cluster", object).await?;
        refuse_suspended(kind, &object)?;
        if !self.args.with_source {
            self.reconcile(kind, &object, None).await?;
            return Ok(());
        }
        let source = self.reconcile_sources(kind, &object).await.with_context(|| {
            format!("cannot reconcile the source of {} {namespace}/{name}", kind.kind)
        })?;
        let (source_kind, source) = source.ok_or_else(|| {
            usage(format!(
                "{} {namespace}/{name} has no source, so --with-source means nothing",
                kind.kind
            ))
        })?;
        let attempt = AttemptOf { kind: source_kind, source: &source };
        self.reconcile(kind, &object, Some(attempt)).await?;
        Ok(())
    }

    /// Reconciles what `object` comes from, the farthest source first, and returns the nearest as it is
    /// then.
    async fn reconcile_sources(
        &self,
        kind: &'static Kind,
        object: &DynamicObject,
    ) -> Result<Option<(&'static Kind, DynamicObject)>> {
        let mut nearest = None;
        for reference in (kind.sources)(object) {
            let source_kind = source_kind(&reference)?;
            let source = self.cluster.find(source_kind, &reference.namespace, &reference.name);
            let source = self.ctx.deadline.within("the cluster", source).await?;
            refuse_suspended(source_kind, &source)?;
            let before = Box::pin(self.reconcile_sources(source_kind, &source)).await?;
            let attempt = before.as_ref().map(|(kind, source)| AttemptOf { kind, source });
            nearest = Some((source_kind, self.reconcile(source_kind, &source, attempt).await?));
        }
        Ok(nearest)
    }

    /// Requests a reconciliation and waits until the controller has handled it.
    async fn reconcile(
        &self,
        kind: &'static Kind,
        object: &DynamicObject,
        source: Option<AttemptOf<'_>>,
    ) -> Result<DynamicObject> {
        let Context { output, deadline, clock, .. } = self.ctx;
        if kind.is_static(object) {
            output.done("reconciliation not supported by the object");
            return Ok(object.clone());
        }
        let (namespace, name) = (namespace(object), name(object));
        output.action(format_args!("annotating {} {name} in {namespace} namespace", kind.kind));
        let request = self.cluster.request_reconcile(kind, object, *clock, &[]);
        let request = deadline.within("the annotation to be written", request).await?;
        output.done(format_args!("{} annotated", self.label(kind, name)));
        output.waiting(format_args!("waiting for {} reconciliation", self.label(kind, name)));
        let reconciled = self.await_reconciled(&request, source).await?;
        output.done(self.outcome(kind, &reconciled));
        Ok(reconciled)
    }

    async fn await_reconciled(
        &self,
        request: &Request,
        source: Option<AttemptOf<'_>>,
    ) -> Result<DynamicObject> {
        let progress = self.ctx.output.progress("requested");
        let news = self.ctx.news(&progress);
        let error_budget = self.args.error_budget.get();
        let patience = Patience { error_budget, ..self.ctx.patience(&news) };
        self.cluster.await_reconciled(request, source, &patience).await
    }

    /// The kind, and the name where several stories are told at once.
    fn label(&self, kind: &Kind, name: &str) -> String {
        if self.is_one_of_many { format!("{} {name}", kind.kind) } else { kind.kind.to_owned() }
    }

    fn outcome(&self, kind: &Kind, object: &DynamicObject) -> String {
        let outcome = (kind.outcome)(object);
        if self.is_one_of_many {
            format!("{} {}: {outcome}", kind.kind, name(object))
        } else {
            outcome
        }
    }
}

/// The kind of a source, if it can be asked to reconcile.
fn source_kind(source: &ObjectRef) -> Result<&'static Kind> {
    let kind = kinds::of_api_kind(&source.kind).filter(|kind| kind.supports(Verb::Reconcile));
    kind.ok_or_else(|| {
        anyhow!("cannot reconcile {source}: nothing reconciles a {} on request", source.kind)
            .class(Class::Usage)
    })
}
