//! Breaks a lock that a runner has left behind, and no other one.

use std::cell::Cell;

use anyhow::{Error, Result, anyhow};
use k8s_openapi::api::core::v1::Pod;
use kube::core::ApiResource;

use super::left_over::left_over;
use crate::cli::plan::unlock::UnlockArgs;
use crate::cluster::Cluster;
use crate::cluster::approval::Approvals;
use crate::context::Context;
use crate::error::{Class, Explain as _, usage};
use crate::interruption;
use crate::kinds::plan::{Lock, PlanState};
use crate::plans::approval::{Snapshot, patch};
use crate::plans::lock::Holder;

/// Shows who holds the lock, asks, has tofu-controller break this one lock, and restores the manifest.
///
/// # Errors
/// [`Class::Usage`] where nobody can be asked; [`Class::Conflict`] when another lock is held, when its holder
/// may be at work and `--force` was not given, or when an approval stands: breaking the lock changes the spec.
pub(super) async fn run(ctx: &Context, args: &UnlockArgs) -> Result<()> {
    if !args.yes && !ctx.output.can_ask() {
        let message = "there is no terminal to ask on whether this lock may be broken";
        return Err(usage(message).hint("--yes breaks it without asking"));
    }
    let interruption = interruption::listen()?;
    let cluster = ctx.cluster().await?;
    let desk = cluster.approvals(ctx.namespace(), &args.name).await?;
    let written = Cell::new(None);
    let result = tokio::select! {
        biased;
        () = interruption => Err(anyhow!("interrupted").class(Class::Interrupted)),
        result = ctx.deadline.within("the lock to be broken", unlock(ctx, cluster, &desk, args, &written)) => {
            result
        }
    };
    if let Some(unlocking) = written.take() {
        restore(&desk, &unlocking).await?;
    }
    ctx.output.done(result?);
    Ok(())
}

/// What was written, and has to be restored.
struct Unlocking {
    seen: Snapshot,
    lock: String,
    before: Option<serde_json::Value>,
}

async fn unlock(
    ctx: &Context,
    cluster: &Cluster,
    desk: &Approvals<'_>,
    args: &UnlockArgs,
    written: &Cell<Option<Unlocking>>,
) -> Result<String> {
    let (object, target) = (desk.look().await?, desk.target());
    let seen = desk.glance_at(&object);
    let Some(lock) = PlanState::of(&object).lock else {
        return Ok(format!("{target} is not locked, as far as its controller knows"));
    };
    refuse(desk, &seen, &lock, args)?;
    let holder = holder(cluster, desk, &lock).await?;
    let operation = lock.operation.as_deref().unwrap_or("an operation");
    let since = lock.created.map(|time| format!(" since {time}")).unwrap_or_default();
    ctx.output
        .action(format_args!("lock {} of {target} for {operation}{since}: {holder}", lock.id));
    if holder != Holder::Gone && !args.force {
        return Err(anyhow!("{target} is locked by {holder}")
            .class(Class::Conflict)
            .hint("--force breaks the lock all the same"));
    }
    if !args.yes {
        let question = format!("type \"yes\" to break it for {target}: ");
        if ctx.output.typed(&question).await? != "yes" {
            return Err(anyhow!("the lock of {target} was not broken"));
        }
    }
    let token = ctx.clock.now().to_string();
    let before = object.data.pointer("/spec/tfstate").cloned();
    let operations = patch::unlock(&seen, before.as_ref(), &lock.id, &token);
    written.set(Some(Unlocking { seen: seen.clone(), lock: lock.id.clone(), before }));
    if desk.write_once(&operations, &token, "unlock").await?.is_none() {
        return Err(
            anyhow!("{target} has changed while its lock was looked at").class(Class::Conflict)
        );
    }
    let progress = ctx.output.progress(&target.to_string());
    let news = ctx.news(&progress);
    let why = "tofu-controller breaks the lock";
    let now = desk.await_pass(&seen.uid, &token, why, &ctx.patience(&news)).await?;
    match PlanState::of(&now).lock {
        Some(left) if left.id == lock.id => Err(not_broken(desk, &lock)),
        Some(other) => {
            Err(anyhow!("{target}: lock {} was broken, and {} is held now", lock.id, other.id)
                .class(Class::Conflict))
        }
        None => Ok(format!("{target}: lock {} is broken", lock.id)),
    }
}

fn refuse(desk: &Approvals<'_>, seen: &Snapshot, lock: &Lock, args: &UnlockArgs) -> Result<()> {
    let target = desk.target();
    let named = format!("{} -n {}", target.name, target.namespace);
    if let Some(what) = left_over(seen) {
        return Err(anyhow!(
            "{target}: {what}, and breaking the lock would let a plan through unseen"
        )
        .class(Class::Conflict)
        .hint(format!("nigari plan disarm {named}")));
    }
    if seen.suspend == Some(true) {
        return Err(anyhow!("{target} is suspended: nobody breaks its lock")
            .hint(format!("nigari resume terraform {named}")));
    }
    if let Some(wanted) = args.lock_id.as_ref().filter(|wanted| **wanted != lock.id) {
        return Err(anyhow!("{target} is locked by {}, and not by {wanted}", lock.id)
            .class(Class::Conflict));
    }
    if lock.id.is_empty() {
        return Err(anyhow!(
            "{target} is locked, and tofu-controller could not read the lock's id"
        )
        .hint(format!("nigari why terraform {named}")));
    }
    Ok(())
}

async fn holder(cluster: &Cluster, desk: &Approvals<'_>, lock: &Lock) -> Result<Holder> {
    let target = desk.target();
    let pod = format!("{}-tf-runner", target.name);
    let resource = ApiResource::erase::<Pod>(&());
    let found = cluster.get(&resource, Some(&target.namespace), &pod).await?;
    let created = found.and_then(|pod| pod.metadata.creation_timestamp).map(|time| time.0);
    Ok(Holder::of(lock, &target.name, created))
}

fn not_broken(desk: &Approvals<'_>, lock: &Lock) -> Error {
    anyhow!(
        "{}: lock {} is still held: it stops the initialisation already, where tofu-controller breaks none",
        desk.target(),
        lock.id
    )
}

/// Gives `spec.tfstate` back what it said before.
async fn restore(desk: &Approvals<'_>, unlocking: &Unlocking) -> Result<()> {
    let Unlocking { seen, lock, before } = unlocking;
    desk.write(&patch::relock(&seen.uid, before.as_ref(), lock), "restore spec.tfstate of").await?;
    Ok(())
}
