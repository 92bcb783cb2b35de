//! Suspends and resumes objects: on the version that the decision was about, and without a write when
//! nothing changes.

use anyhow::{Result, anyhow};
use kube::api::{DynamicObject, Patch, PatchParams, ValidationDirective};
use serde_json::{Map, Value, json};

use super::backoff::patiently;
use super::reconcile::{REQUESTED_AT, Request};
use super::{Cluster, FIELD_MANAGER};
use crate::context::Clock;
use crate::error::{Class, Explain as _};
use crate::kinds::suspension::Note;
use crate::kinds::view::{name, namespace};
use crate::kinds::{Kind, ObjectRef, Verb};

/// How often a change is decided anew because the object has changed meanwhile. Controllers write its
/// status now and then; nobody does so all the time.
const ATTEMPTS: usize = 8;

/// An object after it was suspended, or found to be so.
#[derive(Clone, Debug)]
pub struct Changed {
    /// The object as it is now.
    pub object: DynamicObject,
    /// Whether there was anything to write.
    pub is_changed: bool,
}

/// A resumed object.
#[derive(Clone, Debug)]
pub struct Resumed {
    /// The object as it is now.
    pub object: DynamicObject,
    /// What to wait for: the reconciliation that this asked for, or whichever is under way.
    pub request: Request,
    /// Whether it was suspended before.
    pub is_changed: bool,
}

impl Cluster {
    /// Suspends `object` and notes why.
    ///
    /// An empty note leaves that of a suspended object alone. With `dry_run` the server only says whether
    /// it would.
    ///
    /// # Errors
    /// [`Class::Conflict`] when the object was created again meanwhile; those of [`super::failure`].
    pub async fn suspend(
        &self,
        kind: &'static Kind,
        object: &DynamicObject,
        note: &Note,
        dry_run: bool,
    ) -> Result<Changed> {
        let decide = |object: &DynamicObject| kind.suspend_patch(object, note);
        self.change(kind, object, "suspend", dry_run, &decide).await
    }

    /// Resumes `object`, and asks its controller in the same write to reconcile it, so that what follows
    /// can be told from what went before.
    ///
    /// The request also wakes controllers that would not notice: source-watcher reacts to a new generation
    /// and to a request, and to no other annotation (`internal/controller/artifactgenerator_manager.go`).
    ///
    /// # Errors
    /// As [`Self::suspend`].
    pub async fn resume(
        &self,
        kind: &'static Kind,
        object: &DynamicObject,
        clock: Clock,
        dry_run: bool,
    ) -> Result<Resumed> {
        let token = clock.now().to_string();
        let asks = kind.supports(Verb::Reconcile) && !kind.is_static(object);
        let annotations = if asks {
            Map::from_iter([(REQUESTED_AT.to_owned(), json!(token))])
        } else {
            Map::new()
        };
        let decide = |object: &DynamicObject| kind.resume_patch(object, annotations.clone());
        let changed = self.change(kind, object, "resume", dry_run, &decide).await?;
        let Changed { object, is_changed } = changed;
        let token = (is_changed && asks).then_some(token);
        Ok(Resumed { request: Request::new(kind, &object, token), object, is_changed })
    }

    /// Merges what `decide` says into the object, as long as it says something. When the object has
    /// changed since it was read, it is read and decided again.
    ///
    /// # Errors
    /// As [`Self::suspend`].
    pub async fn change(
        &self,
        kind: &'static Kind,
        object: &DynamicObject,
        act: &str,
        dry_run: bool,
        decide: &dyn Fn(&DynamicObject) -> Option<Value>,
    ) -> Result<Changed> {
        let target = ObjectRef::of(kind, object);
        let resource = self.installed(kind).await?;
        let api = self.api(&resource, Some(&target.namespace));
        let parameters = PatchParams {
            dry_run,
            field_manager: Some(FIELD_MANAGER.to_owned()),
            field_validation: Some(ValidationDirective::Strict),
            ..PatchParams::default()
        };
        let mut current = object.clone();
        for _ in 0..ATTEMPTS {
            let Some(mut patch) = decide(&current) else {
                return Ok(Changed { object: current, is_changed: false });
            };
            patch["metadata"]["resourceVersion"] = json!(current.metadata.resource_version);
            let patch = Patch::Merge(patch);
            match patiently(|| api.patch(&target.name, &parameters, &patch)).await {
                Ok(object) => return Ok(Changed { object, is_changed: true }),
                Err(error) if is_conflict(&error) => {
                    current = self.find(kind, namespace(object), name(object)).await?;
                }
                Err(error) => return Err(self.failure(error, &format!("{act} {target}"))),
            }
            if current.metadata.uid != object.metadata.uid {
                let what = format!("cannot {act} {target}: it was deleted and created again");
                return Err(anyhow!(what).class(Class::Conflict));
            }
        }
        Err(anyhow!("cannot {act} {target}: it changes all the time").class(Class::Conflict))
    }
}

pub(super) fn is_conflict(error: &kube::Error) -> bool {
    matches!(error, kube::Error::Api(status) if status.code == 409)
}
