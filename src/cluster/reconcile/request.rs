//! The patch that asks a controller to reconcile an object now.

use anyhow::{Result, anyhow};
use kube::api::{DynamicObject, Patch, PatchParams, ValidationDirective};
use serde_json::{Map, Value, json};

use crate::cluster::backoff::patiently;
use crate::cluster::{Cluster, FIELD_MANAGER};
use crate::context::Clock;
use crate::error::Explain as _;
use crate::kinds::controller::Demand;
use crate::kinds::view::{name, namespace};
use crate::kinds::{Kind, ObjectRef};

/// The annotation that asks a controller to reconcile now.
pub const REQUESTED_AT: &str = "reconcile.fluxcd.io/requestedAt";

/// A reconcile request that was made.
#[derive(Clone, Debug)]
pub struct Request {
    pub(super) kind: &'static Kind,
    /// The object as the server answered the request.
    pub(super) answer: DynamicObject,
    /// What the controller has to repeat; nothing when whatever it is doing will do.
    pub(super) token: Option<String>,
    /// What was asked for beside the reconciliation.
    pub(super) demands: Vec<Demand>,
}

impl Request {
    /// A request that the answer to a patch proves.
    pub(in crate::cluster) fn new(
        kind: &'static Kind,
        answer: &DynamicObject,
        token: Option<String>,
    ) -> Self {
        Self { kind, answer: answer.clone(), token, demands: Vec::new() }
    }

    /// A request that nobody has to make: the object is new or changed, which its controller sees by
    /// itself, or it is as it should be and its present state counts.
    #[must_use]
    pub fn of_present(kind: &'static Kind, object: &DynamicObject) -> Self {
        Self::new(kind, object, None)
    }

    /// The kind of the object.
    #[must_use]
    pub fn kind(&self) -> &'static Kind {
        self.kind
    }

    /// The object that is to be reconciled.
    #[must_use]
    pub fn target(&self) -> ObjectRef {
        ObjectRef::of(self.kind, &self.answer)
    }
}

impl Cluster {
    /// Asks the controller to reconcile `object` now, and to heed `demands`, which get the same value.
    ///
    /// # Errors
    /// [`crate::error::Class::Failed`] when the object is suspended; those of
    /// [`failure`](crate::cluster::failure).
    ///
    /// Source: `reconcile.fluxcd.io/requestedAt` (fluxcd/pkg, `apis/meta`).
    pub async fn request_reconcile(
        &self,
        kind: &'static Kind,
        object: &DynamicObject,
        clock: Clock,
        demands: &[Demand],
    ) -> Result<Request> {
        refuse_suspended(kind, object)?;
        let target = ObjectRef::of(kind, object);
        let resource = self.installed(kind).await?;
        let token = clock.now().to_string();
        let keys = demands.iter().map(|demand| demand.annotation).chain([REQUESTED_AT]);
        let annotations: Map<String, Value> =
            keys.map(|key| (key.to_owned(), json!(token))).collect();
        let patch = Patch::Merge(json!({"metadata": {"annotations": annotations}}));
        let parameters = PatchParams {
            field_manager: Some(FIELD_MANAGER.to_owned()),
            field_validation: Some(ValidationDirective::Strict),
            ..PatchParams::default()
        };
        let api = self.api(&resource, Some(&target.namespace));
        let answer = patiently(|| api.patch(&target.name, &parameters, &patch)).await;
        let answer = answer.map_err(|error| self.failure(error, &format!("annotate {target}")))?;
        Ok(Request { kind, answer, token: Some(token), demands: demands.to_vec() })
    }
}

/// Refuses an object that no controller looks at.
///
/// # Errors
/// [`crate::error::Class::Failed`] when it is suspended, with the command that resumes it.
pub fn refuse_suspended(kind: &Kind, object: &DynamicObject) -> Result<()> {
    if kind.is_suspended(object) {
        return Err(suspended(kind, object));
    }
    Ok(())
}

pub(super) fn suspended(kind: &Kind, object: &DynamicObject) -> anyhow::Error {
    let note = kind.suspension_note(object).unwrap_or_default();
    anyhow!("{} is suspended{note}", ObjectRef::of(kind, object))
        .hint(kind.resume_command(namespace(object), name(object)))
        .self_evident()
}
