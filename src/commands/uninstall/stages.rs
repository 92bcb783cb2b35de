//! The stages of an uninstallation: each deletes what the next one needs gone.

use std::collections::BTreeSet;

use anyhow::{Error, Result, anyhow};
use futures::future::join_all;
use futures::stream::{self, StreamExt as _};
use kube::api::DynamicObject;

use super::plan::Plan;
use crate::cluster::Cluster;
use crate::cluster::footprint::CustomObjects;
use crate::cluster::removal::{Removal, Removed, has_flux_finalizer};
use crate::context::Context;
use crate::error::{Class, Explain as _, class_of, common_class};
use crate::kinds::view::{kind, name, namespace, title};

/// Objects that are deleted at the same time.
const AT_ONCE: usize = 8;

const RUN_AGAIN: &str = "run the same command again: it goes on where it stopped";

/// An uninstallation under way.
pub(super) struct Uninstallation<'a> {
    ctx: &'a Context,
    cluster: &'a Cluster,
    dry_run: bool,
    /// Objects that were deleted, or would be.
    deleted: usize,
    /// What failed, told when it did; the rest went on.
    failures: Vec<Error>,
    /// What nothing can go on after: the cluster is away, or the time is over.
    end: Option<Error>,
}

/// Custom objects that could not be made ready to go.
#[derive(Default)]
struct Unreleased {
    definitions: BTreeSet<String>,
    namespaces: BTreeSet<String>,
}

impl<'a> Uninstallation<'a> {
    pub(super) fn new(ctx: &'a Context, cluster: &'a Cluster, dry_run: bool) -> Self {
        Self { ctx, cluster, dry_run, deleted: 0, failures: Vec::new(), end: None }
    }

    /// Deletes stage by stage. Run again, it finds what is left.
    pub(super) async fn carry_out(&mut self, plan: &Plan, leaving: Vec<CustomObjects>) {
        if !self.delete("controllers", &plan.controllers).await {
            self.warn(
                "everything else is left: a controller that runs might delete what it applied",
            );
            return;
        }
        self.delete("other objects of the namespace", &plan.rest).await;
        let unreleased = match self.release_all(plan, leaving).await {
            Ok(unreleased) => unreleased,
            Err(error) => {
                self.fail(error);
                self.warn("the CRDs and the namespace are left: their objects cannot be seen");
                return;
            }
        };
        let is_held =
            |definition: &&DynamicObject| unreleased.definitions.contains(name(definition));
        let (held, free): (Vec<_>, Vec<_>) = plan.definitions.iter().partition(is_held);
        for definition in held {
            let what = title(definition);
            self.warn(&format!("{what} is left: an object of its kind still has its finalizers"));
        }
        self.delete("CRDs", free).await;
        self.delete("cluster roles and bindings", &plan.roles).await;
        if unreleased.namespaces.contains(&plan.instance) {
            self.warn("the namespace is left: an object in it still has its finalizers");
            return;
        }
        self.delete("namespace", &plan.namespace).await;
    }

    /// Deletes objects at the same time, then waits until they are gone. What fails is told, and the others
    /// go on. Says whether all of them are gone.
    async fn delete(
        &mut self,
        what: &str,
        objects: impl IntoIterator<Item = &DynamicObject>,
    ) -> bool {
        let objects: Vec<&DynamicObject> = objects.into_iter().collect();
        if objects.is_empty() || self.end.is_some() {
            return self.end.is_none();
        }
        let outcomes = self.delete_and_wait(what, &objects).await;
        let mut gone = 0;
        for (object, outcome) in objects.iter().zip(outcomes) {
            match outcome {
                Ok(()) => {
                    gone += 1;
                    self.tell_deleted(object);
                }
                Err(error) => self.fail(error),
            }
        }
        self.deleted += gone;
        if gone > 0 && !self.dry_run && self.end.is_none() {
            self.ctx.output.done(format_args!("deleted the {what}: {gone}"));
        }
        gone == objects.len()
    }

    fn tell_deleted(&self, object: &DynamicObject) {
        if self.ctx.global.verbose {
            let dry_run = if self.dry_run { " (dry run)" } else { "" };
            self.ctx.output.action(format_args!("{} deleted{dry_run}", title(object)));
        }
    }

    /// All deletions are sent before the first wait, so that a cluster that went away is noticed.
    async fn delete_and_wait(&self, what: &str, objects: &[&DynamicObject]) -> Vec<Result<()>> {
        let progress = self.ctx.output.progress(&format!("deleting the {what}"));
        let sent = self.send_deletions(objects).await;
        if sent.iter().any(|removed| removed.as_ref().is_err_and(is_final)) {
            return sent.into_iter().map(|removed| removed.map(drop)).collect();
        }
        let news = self.ctx.news(&progress);
        let patience = self.ctx.patience(&news);
        let waits = objects.iter().zip(sent).map(async |(object, removed)| match removed? {
            Removed::Leaving if !self.dry_run => {
                self.cluster.await_removed(object, &patience).await
            }
            Removed::Leaving | Removed::Gone => Ok(()),
        });
        join_all(waits).await
    }

    async fn send_deletions(&self, objects: &[&DynamicObject]) -> Vec<Result<Removed>> {
        let deletions = objects.iter().map(|object| {
            // A controller's Pods run on for a while; only when they are gone nobody acts any more.
            let dependents_first = kind(object) == "Deployment";
            let removal = Removal { dry_run: self.dry_run, dependents_first };
            self.ctx.deadline.within("the cluster", self.cluster.remove(object, removal))
        });
        let deletions: Vec<_> = deletions.collect();
        stream::iter(deletions).buffered(AT_ONCE).collect().await
    }

    /// Makes the custom objects ready to go. They are looked for again: more may have come since the plan
    /// was shown.
    async fn release_all(
        &mut self,
        plan: &Plan,
        mut leaving: Vec<CustomObjects>,
    ) -> Result<Unreleased> {
        if self.end.is_some() {
            return Ok(Unreleased::default());
        }
        if !self.dry_run {
            let list = self.cluster.custom_objects(plan.all_definitions());
            leaving = plan.leaving(self.ctx.deadline.within("the cluster's lists", list).await?);
        }
        let work = self.release_each(plan, &leaving).await;
        let (mut unreleased, mut released) = (Unreleased::default(), 0);
        for (custom, object, outcome) in work {
            match outcome {
                Ok(()) => released += 1,
                Err(error) => {
                    unreleased.definitions.insert(custom.definition.clone());
                    unreleased.namespaces.insert(namespace(object).to_owned());
                    self.fail(error);
                }
            }
        }
        self.tell_released(plan, released);
        Ok(unreleased)
    }

    /// Takes the finalizers, and beside another Flux deletes the objects in the same moment.
    async fn release_each<'o>(
        &self,
        plan: &Plan,
        leaving: &'o [CustomObjects],
    ) -> Vec<(&'o CustomObjects, &'o DynamicObject, Result<()>)> {
        let _progress = self.ctx.output.progress("removing finalizers");
        let is_alone = plan.others.is_empty();
        let all = leaving
            .iter()
            .flat_map(|custom| custom.objects.iter().map(move |object| (custom, object)));
        let all = all.filter(|(_, object)| !is_alone || has_flux_finalizer(object));
        let work = all.map(async |(custom, object)| {
            let (cluster, resource, dry_run) = (self.cluster, &custom.resource, self.dry_run);
            let work = async {
                match is_alone {
                    true => cluster.release(resource, object, dry_run).await.map(drop),
                    false => cluster.detach(resource, object, dry_run).await,
                }
            };
            (custom, object, self.ctx.deadline.within("the cluster", work).await)
        });
        let work: Vec<_> = work.collect();
        stream::iter(work).buffered(AT_ONCE).collect().await
    }

    fn tell_released(&self, plan: &Plan, released: usize) {
        if released == 0 || self.dry_run {
            return;
        }
        match plan.others.is_empty() {
            true => {
                self.ctx.output.done(format_args!("removed the finalizers of {released} objects"))
            }
            false => self.ctx.output.done(format_args!("deleted the custom objects: {released}")),
        }
    }

    /// Says what is not tried; when the cluster is away, its error says enough.
    fn warn(&self, text: &str) {
        if self.end.is_none() {
            self.ctx.output.warn(text);
        }
    }

    /// Tells a failure and goes on, unless nothing can go on after it.
    fn fail(&mut self, error: Error) {
        if !is_final(&error) {
            self.ctx.output.failed(format_args!("{error:#}"));
            self.failures.push(error);
        } else if self.end.is_none() {
            self.end = Some(error);
        } else if class_of(&error) == Class::TimedOut {
            self.ctx.output.failed(format_args!("{error:#}"));
        }
    }

    /// The last word.
    pub(super) fn conclude(self, plan: &Plan) -> Result<()> {
        let Self { ctx, deleted, failures, end, dry_run, .. } = self;
        if let Some(end) = end {
            return Err(end.hint(RUN_AGAIN));
        }
        if !failures.is_empty() {
            let class = common_class(&failures);
            let would = if dry_run { "would not be" } else { "is not" };
            let error = anyhow!("Flux {would} wholly uninstalled: {} failed", failures.len());
            return Err(error.class(class).hint(RUN_AGAIN));
        }
        match dry_run {
            true => ctx.output.done(format_args!(
                "dry run, nothing was deleted: {deleted} objects would be, and what goes with them"
            )),
            false => ctx
                .output
                .done(format_args!("Flux is uninstalled from namespace {}", plan.instance)),
        }
        Ok(())
    }
}

/// Whether what comes next would fail in the same way.
fn is_final(error: &Error) -> bool {
    matches!(class_of(error), Class::Unreachable | Class::TimedOut)
}
