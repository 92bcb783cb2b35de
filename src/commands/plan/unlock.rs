//! Breaks a lock that a runner has left behind, and no other one.

use std::cell::OnceCell;

use anyhow::{Result, anyhow};
use k8s_openapi::api::core::v1::Pod;
use kube::core::ApiResource;
use serde_json::Value;

use super::left_over::{refuse_left_over, refuse_suspended};
use crate::cli::plan::unlock::UnlockArgs;
use crate::cluster::Cluster;
use crate::cluster::approval::Approvals;
use crate::context::Context;
use crate::error::{Class, Explain as _, usage};
use crate::interruption::Interruption;
use crate::kinds::plan::{Lock, PlanState};
use crate::kinds::terraform::runner_of;
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
    let interruption = Interruption::listen()?;
    let cluster = ctx.cluster().await?;
    let desk = cluster.approvals(ctx.namespace(), &args.name).await?;
    let attempt = Attempt { ctx, cluster, desk: &desk, args, written: OnceCell::new() };
    let work = ctx.deadline.within("the lock to be broken", attempt.carry_out());
    let result = interruption.unless(work).await;
    attempt.restore().await?;
    ctx.output.done(result?);
    Ok(())
}

/// A lock that is to be broken, and what is written for that.
struct Attempt<'a> {
    ctx: &'a Context,
    cluster: &'a Cluster,
    desk: &'a Approvals<'a>,
    args: &'a UnlockArgs,
    written: OnceCell<Written>,
}

/// What was written, and has to be restored.
struct Written {
    uid: String,
    lock: String,
    /// What `spec.tfstate` said before.
    before: Option<Value>,
}

impl Attempt<'_> {
    async fn carry_out(&self) -> Result<String> {
        let (object, target) = (self.desk.look().await?, self.desk.target());
        let seen = self.desk.glance_at(&object);
        let Some(lock) = PlanState::of(&object).lock else {
            return Ok(format!("{target} is not locked, as far as its controller knows"));
        };
        refuse(self.desk, &seen, &lock, self.args)?;
        self.confirm(&lock).await?;
        let token = self.ctx.clock.now().to_string();
        let before = object.data.pointer("/spec/tfstate").cloned();
        let operations = patch::unlock(&seen, before.as_ref(), &lock.id, &token);
        let written = Written { uid: seen.uid.clone(), lock: lock.id.clone(), before };
        self.written.set(written).map_err(|_| anyhow!("a lock is broken once"))?;
        if self.desk.write_once(&operations, &token, "unlock").await?.is_none() {
            let message = format!("{target} has changed while its lock was looked at");
            return Err(anyhow!(message).class(Class::Conflict));
        }
        let progress = self.ctx.output.progress(&target.to_string());
        let news = self.ctx.news(&progress);
        let why = "tofu-controller breaks the lock";
        let now = self.desk.await_pass(&seen.uid, &token, why, &self.ctx.patience(&news)).await?;
        judge(self.desk, &lock, PlanState::of(&now).lock)
    }

    /// Shows who holds the lock, and asks.
    async fn confirm(&self, lock: &Lock) -> Result<()> {
        let target = self.desk.target();
        let holder = holder(self.cluster, self.desk, lock).await?;
        let operation = lock.operation.as_deref().unwrap_or("an operation");
        let since = lock.created.map(|time| format!(" since {time}")).unwrap_or_default();
        self.ctx
            .output
            .action(format_args!("lock {} of {target} for {operation}{since}: {holder}", lock.id));
        if holder != Holder::Gone && !self.args.force {
            return Err(anyhow!("{target} is locked by {holder}")
                .class(Class::Conflict)
                .hint("--force breaks the lock all the same"));
        }
        if !self.args.yes {
            let question = format!("type \"yes\" to break it for {target}: ");
            if self.ctx.output.typed(&question).await? != "yes" {
                return Err(anyhow!("the lock of {target} was not broken"));
            }
        }
        Ok(())
    }

    /// Gives `spec.tfstate` back what it said before.
    async fn restore(&self) -> Result<()> {
        if let Some(Written { uid, lock, before }) = self.written.get() {
            let operations = patch::relock(uid, before.as_ref(), lock);
            self.desk.write(&operations, "restore spec.tfstate of").await?;
        }
        Ok(())
    }
}

/// What has become of `lock`, by what is held `now`.
fn judge(desk: &Approvals<'_>, lock: &Lock, now: Option<Lock>) -> Result<String> {
    let target = desk.target();
    match now {
        Some(left) if left.id == lock.id => Err(anyhow!(
            "{target}: lock {} is still held: it stops the initialisation already, where tofu-controller \
             breaks none",
            lock.id
        )),
        Some(other) => {
            Err(anyhow!("{target}: lock {} was broken, and {} is held now", lock.id, other.id)
                .class(Class::Conflict))
        }
        None => Ok(format!("{target}: lock {} is broken", lock.id)),
    }
}

fn refuse(desk: &Approvals<'_>, seen: &Snapshot, lock: &Lock, args: &UnlockArgs) -> Result<()> {
    let target = desk.target();
    refuse_left_over(desk, seen, "breaking the lock would let a plan through unseen")?;
    refuse_suspended(desk, seen, "nobody breaks its lock")?;
    if let Some(wanted) = args.lock_id.as_ref().filter(|wanted| **wanted != lock.id) {
        return Err(anyhow!("{target} is locked by {}, and not by {wanted}", lock.id)
            .class(Class::Conflict));
    }
    if lock.id.is_empty() {
        return Err(anyhow!(
            "{target} is locked, and tofu-controller could not read the lock's id"
        )
        .hint(format!("nigari why terraform {} -n {}", target.name, target.namespace)));
    }
    Ok(())
}

async fn holder(cluster: &Cluster, desk: &Approvals<'_>, lock: &Lock) -> Result<Holder> {
    let target = desk.target();
    let pod = runner_of(&target.name);
    let resource = ApiResource::erase::<Pod>(&());
    let found = cluster.get(&resource, Some(&target.namespace), &pod).await?;
    let created = found.and_then(|pod| pod.metadata.creation_timestamp).map(|time| time.0);
    Ok(Holder::of(lock, &target.name, created))
}
