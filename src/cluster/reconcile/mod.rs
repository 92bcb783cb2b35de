//! Requests reconciliations, and waits until they were handled and settled: of one object or of many.
//!
//! **Handled**: `status.lastHandledReconcileAt` is one of the values that
//! `reconcile.fluxcd.io/requestedAt` had since our patch: ours, or one that overwrote it before the
//! controller looked. Times are compared as text, never parsed.
//!
//! **Settled**: the readiness verdict is no longer progressing. All controllers copy the annotation into
//! the status when a pass ends, in the same patch as the conditions of that pass: kustomize-controller
//! (`finalizeStatus`, `internal/controller/kustomization_controller.go`), source-controller
//! (`RecordReconcileReq`, `internal/reconcile/summarize/processor.go`), helm-controller (the deferred
//! patch of `Reconcile`, `internal/controller/helmrelease_controller.go`). A pass may end early and ask to
//! be repeated, so handled alone is not enough.
//!
//! | module | what it does |
//! |---|---|
//! | `request` | the patch that asks |
//! | `pursuit` | decides over one object, without asking anybody |
//! | `pursuits` | those that are waited for, found by what concerns them |
//! | `many` | any number of requests, waited for together |
//! | `sight` | the objects that they are about: one list and one watch for each kind |
//! | `attendance` | whether there is a controller to pick a request up |
//! | `leader` | whether one of its Pods leads |
//! | `crew` | so much work at once and no more |

mod attendance;
mod crew;
mod leader;
mod many;
mod pursuit;
mod pursuits;
mod request;
mod sight;

use anyhow::{Context as _, Result};
use kube::api::DynamicObject;

pub use many::{Ask, Reconciliations, Told};
pub use request::{REQUESTED_AT, Request, refuse_suspended};

use super::Cluster;
use super::wait::Patience;
use crate::kinds::{Kind, ObjectRef};

/// The source that an attempt must have been about.
#[derive(Clone, Debug)]
pub struct AttemptOf<'a> {
    /// The kind of the source.
    pub kind: &'static Kind,
    /// The source as its own reconciliation left it.
    pub source: &'a DynamicObject,
}

impl Cluster {
    /// Waits until the controller has handled `request` and the object has settled, and returns it ready.
    ///
    /// With `source`, being ready counts only when the attempt was about the source's revision, or about
    /// a newer one that the source fetched meanwhile: never a stale Ready.
    ///
    /// # Errors
    /// [`crate::error::Class::Failed`] with the controller's message, for a hard failure at once, for one
    /// that is retried after the error budget; [`crate::error::Class::Waiting`] when a person has to decide;
    /// [`crate::error::Class::TimedOut`] with what was last seen. When the object's source is not ready,
    /// the error begins with that.
    pub async fn await_reconciled(
        &self,
        request: &Request,
        source: Option<AttemptOf<'_>>,
        patience: &Patience<'_>,
    ) -> Result<DynamicObject> {
        let mut work = self.reconciliations(*patience);
        let target = request.target();
        work.open_for(request.kind(), std::slice::from_ref(&target)).await?;
        let mut sources = Vec::new();
        if let Some(AttemptOf { kind, source }) = source {
            let source = ObjectRef::of(kind, source);
            work.open_for(kind, std::slice::from_ref(&source)).await?;
            sources.push(source);
        }
        work.follow(request.clone(), Ask { sources, ..Ask::default() });
        loop {
            match work.next().await.context("the wait ended without an outcome")? {
                Told::Requested(_) | Told::Changed(_) => {}
                Told::Settled(_, settled) => return settled.map(|object| *object),
            }
        }
    }
}
