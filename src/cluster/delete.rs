//! Deletes one object, and waits until it is gone.

use anyhow::{Result, anyhow};
use kube::api::{DeleteParams, DynamicObject, Preconditions};
use tokio::time::Instant;

use super::Cluster;
use super::backoff::patiently;
use super::suspend::is_conflict;
use super::wait::{Patience, Step};
use crate::error::{Class, Explain as _};
use crate::kinds::deletion;
use crate::kinds::readiness::condition;
use crate::kinds::{Kind, ObjectRef};

/// What a deletion led to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deleted {
    /// It is gone.
    Gone,
    /// It will be when its finalizers have run.
    Held,
}

impl Cluster {
    /// Deletes `object`, and only this one: another one that was created in its place stays. What is gone
    /// already is gone.
    ///
    /// # Errors
    /// [`Class::Conflict`] when another object has its name now; those of [`super::failure`].
    pub async fn delete(
        &self,
        kind: &'static Kind,
        object: &DynamicObject,
        dry_run: bool,
    ) -> Result<Deleted> {
        let target = ObjectRef::of(kind, object);
        let resource = self.installed(kind).await?;
        let api = self.api(&resource, Some(&target.namespace));
        let same = Preconditions { uid: object.metadata.uid.clone(), resource_version: None };
        let parameters =
            DeleteParams { dry_run, preconditions: Some(same), ..DeleteParams::default() };
        match patiently(|| api.delete(&target.name, &parameters)).await {
            Ok(answer) if answer.is_left() => Ok(Deleted::Held),
            Ok(_) => Ok(Deleted::Gone),
            Err(kube::Error::Api(status)) if status.code == 404 => Ok(Deleted::Gone),
            Err(error) if is_conflict(&error) => {
                let what = format!("cannot delete {target}: it was deleted and created again");
                Err(anyhow!(what).class(Class::Conflict))
            }
            Err(error) => Err(self.failure(error, &format!("delete {target}"))),
        }
    }

    /// Waits until `object` is gone; another one in its place does not count.
    ///
    /// # Errors
    /// [`Class::TimedOut`] with the finalizers that have not run, and what the controller says.
    pub async fn await_gone(
        &self,
        kind: &'static Kind,
        object: &DynamicObject,
        patience: &Patience<'_>,
    ) -> Result<()> {
        let target = ObjectRef::of(kind, object);
        let uid = object.metadata.uid.as_deref();
        let decide = |object: Option<&DynamicObject>, _: Instant| match object {
            Some(object) if object.metadata.uid.as_deref() == uid => Step::wait(held_by(object)),
            Some(_) | None => Step::Done(()),
        };
        self.wait_for(kind, &target.namespace, &target.name, patience, decide).await
    }
}

/// The finalizers that have not run, and what the controller says, if it says that it failed.
fn held_by(object: &DynamicObject) -> String {
    let finalizers = deletion::held_by(object);
    match condition(object, "Ready").filter(|ready| ready.status == "False") {
        Some(ready) if !ready.message.is_empty() => format!("{finalizers}; {}", ready.message),
        _ => finalizers,
    }
}
