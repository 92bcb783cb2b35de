//! Approvals of plans in the cluster: every read and every write of one.
//!
//! What is decided about them is in [`crate::plans::approval`]; here are the requests.

use std::time::Duration;

use anyhow::{Context as _, Result, anyhow};
use http::{Request, header};
use k8s_openapi::api::authentication::v1::SelfSubjectReview;
use k8s_openapi::api::core::v1::{ConfigMap, Secret};
use k8s_openapi::jiff::Timestamp;
use kube::Resource as _;
use kube::api::{Api, DynamicObject, PostParams};
use kube::core::{ApiResource, PartialObjectMeta};
use tokio::time::{Instant, sleep};

use super::backoff::patiently;
use super::list::Scope;
use super::reconcile::REQUESTED_AT;
use super::wait::{Patience, Step, Wait};
use super::watch::Subject;
use super::{Cluster, FIELD_MANAGER};
use crate::error::{Class, Explain as _};
use crate::kinds::terraform::TERRAFORM;
use crate::kinds::view::{annotation, object_ref, text};
use crate::kinds::{self, ObjectRef};
use crate::plans::approval::progress::{Look, is_applied_since};
use crate::plans::approval::record::{FROZEN, Record};
use crate::plans::approval::snapshot::{Input, Source, inputs_of};
use crate::plans::approval::{Armed, Operations, Outcome, Progress, Snapshot, patch};
use crate::plans::stored::Stored;

/// How often everything is read again because the object has changed between two reads of it.
const ATTEMPTS: usize = 8;

/// Between two such attempts; controllers write in bursts.
const PAUSE: Duration = Duration::from_millis(250);

/// What was reviewed: the object, what is stored of its plan, and what an approval depends on.
#[derive(Clone, Debug)]
pub struct Review {
    /// The object.
    pub object: DynamicObject,
    /// Its plan.
    pub stored: Stored,
    /// What an approval depends on.
    pub snapshot: Snapshot,
}

/// What is told while an approval is followed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Turn {
    /// The apply has begun, of the plan that is stored now; the pass needs the approval no longer.
    Begun,
    /// It is over.
    Ended(Outcome),
}

/// An approval that somebody else has written into the spec for us.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Adopted {
    /// Its plan is applied already.
    Applied,
    /// It is there, and a pass was asked for.
    Armed(Armed),
    /// It is not there; why, in a clause.
    Not(String),
}

impl Turn {
    /// Whether a plan was made under the approval, so that it is needed no longer.
    #[must_use]
    pub fn has_planned(&self) -> bool {
        match self {
            Self::Begun => true,
            Self::Ended(outcome) => {
                matches!(outcome, Outcome::Applied | Outcome::ApplyFailed(_) | Outcome::NothingLeft)
            }
        }
    }
}

/// The approvals of one Terraform object.
pub struct Approvals<'a> {
    cluster: &'a Cluster,
    target: ObjectRef,
    resource: ApiResource,
    /// Names the object in messages.
    what: String,
}

impl Cluster {
    /// The approvals of the Terraform object `namespace/name`.
    ///
    /// # Errors
    /// [`Class::NotInstalled`] when the cluster does not serve the kind.
    pub async fn approvals(&self, namespace: &str, name: &str) -> Result<Approvals<'_>> {
        let resource = self.installed(&TERRAFORM).await?;
        let (kind, namespace, name) =
            (TERRAFORM.kind.to_owned(), namespace.to_owned(), name.to_owned());
        let target = ObjectRef { kind, namespace, name };
        Ok(Approvals { cluster: self, what: target.to_string(), target, resource })
    }

    /// The user that the API server takes us for.
    ///
    /// # Errors
    /// Those of [`super::failure`].
    pub async fn user(&self) -> Result<String> {
        let api: Api<SelfSubjectReview> = Api::all(self.client.clone());
        let question = SelfSubjectReview::default();
        let parameters = PostParams::default();
        let answer = patiently(|| api.create(&parameters, &question)).await;
        let answer = answer.map_err(|error| self.failure(error, "ask who you are"))?;
        let name = answer.status.and_then(|status| status.user_info?.username);
        Ok(name.unwrap_or_default())
    }
}

impl Approvals<'_> {
    /// The object.
    #[must_use]
    pub fn target(&self) -> &ObjectRef {
        &self.target
    }

    /// The object as it is now.
    ///
    /// # Errors
    /// [`Class::NotFound`]; those of [`super::failure`].
    pub async fn look(&self) -> Result<DynamicObject> {
        self.cluster.find(&TERRAFORM, &self.target.namespace, &self.target.name).await
    }

    /// Reads everything that an approval depends on, all from one moment: the object did not change while
    /// the rest was read.
    ///
    /// # Errors
    /// [`Class::Conflict`] when it changes all the time; those of [`Self::look`].
    pub async fn review(&self) -> Result<Review> {
        let mut object = self.look().await?;
        for _ in 0..ATTEMPTS {
            let stored = self.cluster.stored_plan(&object).await?;
            let source = self.source_of(&object).await?;
            let mut inputs = Vec::new();
            for input in inputs_of(&object) {
                inputs.push(self.input(input).await?);
            }
            let again = self.look().await?;
            if again.metadata.resource_version == object.metadata.resource_version {
                let snapshot = Snapshot::new(&object, source, inputs, &stored);
                return Ok(Review { object, stored, snapshot });
            }
            object = again;
            sleep(PAUSE).await;
        }
        let message = format!("{} changes all the time: it is being worked on", self.what);
        Err(anyhow!(message).class(Class::Conflict))
    }

    /// What an approval depends on that the object itself tells; its source, its inputs and what is stored
    /// are not looked at.
    ///
    /// # Errors
    /// Those of [`Self::look`].
    pub async fn glance(&self) -> Result<Snapshot> {
        Ok(self.glance_at(&self.look().await?))
    }

    /// As [`Self::glance`], at an object that was read already.
    #[must_use]
    pub fn glance_at(&self, object: &DynamicObject) -> Snapshot {
        let stored = Stored::new(object, Ok(Vec::new()), Ok(Vec::new()));
        Snapshot::new(object, Source::default(), Vec::new(), &stored)
    }

    async fn source_of(&self, object: &DynamicObject) -> Result<Source> {
        let Some(reference) = object_ref(object, "/spec/sourceRef") else {
            return Ok(Source::default());
        };
        let Some(kind) = kinds::of_api_kind(&reference.kind) else {
            return Ok(Source { object: Some(reference), revision: None });
        };
        let resource = self.cluster.installed(kind).await?;
        let (namespace, name) = (Some(reference.namespace.as_str()), reference.name.as_str());
        let source = self.cluster.get(&resource, namespace, name).await?;
        let revision =
            source.and_then(|source| Some(text(&source, "/status/artifact/revision")?.to_owned()));
        Ok(Source { object: Some(reference), revision })
    }

    /// The version of an input; its content is not asked for.
    async fn input(&self, object: ObjectRef) -> Result<Input> {
        let resource = match object.kind.as_str() {
            "Secret" => ApiResource::erase::<Secret>(&()),
            _ => ApiResource::erase::<ConfigMap>(&()),
        };
        let api = self.cluster.api(&resource, Some(&object.namespace));
        let found = patiently(|| api.get_metadata_opt(&object.name)).await;
        let found = found.map_err(|error| self.cluster.failure(error, &format!("get {object}")))?;
        let version = found.as_ref().map(|found| {
            let text = |text: &Option<String>| text.clone().unwrap_or_default();
            (text(&found.metadata.uid), text(&found.metadata.resource_version))
        });
        let written_at = found.as_ref().and_then(written_at);
        Ok(Input { object, version, written_at })
    }

    /// Suspends the object for the approval of the plan that was reviewed, and asks for a pass with `token`.
    /// Says whether it did: if not, something has moved.
    ///
    /// # Errors
    /// Those of [`super::failure`]; then it may have been done.
    pub async fn freeze(&self, reviewed: &Snapshot, token: &str) -> Result<bool> {
        let done = self.write_once(&patch::freeze(reviewed, token), token, "suspend").await?;
        Ok(done.is_some())
    }

    /// Waits until a pass has ended that began after the request with `token`. While the object is
    /// suspended, none is in flight from then on.
    ///
    /// # Errors
    /// [`Class::Conflict`] when the object is gone or another one; [`Class::TimedOut`].
    pub async fn await_pass(
        &self,
        uid: &str,
        token: &str,
        why: &str,
        patience: &Patience<'_>,
    ) -> Result<DynamicObject> {
        let decide = |object: Option<&DynamicObject>, _: Instant| match object {
            Some(object) if object.metadata.uid.as_deref() == Some(uid) => {
                match text(object, "/status/lastHandledReconcileAt") == Some(token) {
                    true => Step::Done(object.clone()),
                    // Another request has taken the place of ours; the pass that handles it will do.
                    false if is_overtaken(object, token) => Step::Done(object.clone()),
                    false => Step::wait(why),
                }
            }
            _ => Step::Failed(
                anyhow!("{} was deleted or created again", self.what).class(Class::Conflict),
            ),
        };
        let ObjectRef { namespace, name, .. } = &self.target;
        self.cluster.wait_for(&TERRAFORM, namespace, name, patience, decide).await
    }

    /// Resumes the frozen object and approves its plan. Says what was written; nothing when something has
    /// moved.
    ///
    /// # Errors
    /// Those of [`super::failure`]; then it may have been done.
    pub async fn arm(
        &self,
        frozen: &Snapshot,
        before: Option<bool>,
        record: &Record,
        token: &str,
    ) -> Result<Option<Armed>> {
        let operations = patch::arm(frozen, before, record, token);
        let done = self.write_once(&operations, token, "approve a plan of").await?;
        Ok(done.map(|object| Armed {
            uid: frozen.uid.clone(),
            generation: object.metadata.generation.unwrap_or_default(),
            plan: frozen.pending.clone().unwrap_or_default(),
            token: token.to_owned(),
        }))
    }

    /// Takes over an approval that has come to the object by way of Git, after the plan was reviewed, and asks
    /// for a pass with `token` unless it is spent already.
    ///
    /// # Errors
    /// Those of [`Self::look`].
    pub async fn adopt(&self, reviewed: &Snapshot, plan: &str, token: &str) -> Result<Adopted> {
        for _ in 0..ATTEMPTS {
            let object = self.look().await?;
            if object.metadata.uid.as_deref() != Some(&reviewed.uid) {
                return Ok(Adopted::Not("the object was deleted and created again".to_owned()));
            }
            if is_applied_since(reviewed, plan, &object) {
                return Ok(Adopted::Applied);
            }
            let approval = text(&object, "/spec/approvePlan").unwrap_or_default();
            if approval != plan {
                return Ok(Adopted::Not(format!(
                    "spec.approvePlan of {} is {approval:?}",
                    self.what
                )));
            }
            let request = patch::request(&self.glance_at(&object), token);
            if let Some(written) = self.write_once(&request, token, "request a pass of").await? {
                return Ok(Adopted::Armed(Armed {
                    uid: reviewed.uid.clone(),
                    generation: written.metadata.generation.unwrap_or_default(),
                    plan: plan.to_owned(),
                    token: token.to_owned(),
                }));
            }
            sleep(PAUSE).await;
        }
        let message = format!("{} changes all the time: it is being worked on", self.what);
        Err(anyhow!(message).class(Class::Conflict))
    }

    /// Begins to follow what becomes of an approval.
    #[must_use]
    pub fn follow(&self, armed: Armed) -> Following<'_> {
        let scope = Scope::namespace(&self.target.namespace).named(&self.target.name);
        let wait = self.cluster.begin_wait(Subject::Kind(&TERRAFORM), scope, &self.what);
        Following { wait, progress: Progress::new(armed) }
    }

    /// The plan that is stored now: while it is being applied, and until somebody plans again, the one that
    /// is applied.
    ///
    /// # Errors
    /// Those of [`Self::look`].
    pub async fn stored(&self) -> Result<Stored> {
        self.cluster.stored_plan(&self.look().await?).await
    }

    /// Takes back what an approval has left behind that did not come to its end, and asks for a pass with
    /// `token`. Says whether there was anything; an approval by somebody else meanwhile is left alone.
    ///
    /// # Errors
    /// Those of [`super::failure`].
    pub async fn release(&self, seen: &Snapshot, token: &str) -> Result<bool> {
        let Some(operations) = patch::release(seen, token) else { return Ok(false) };
        Ok(self.write_once(&operations, token, "take back the approval of").await?.is_some())
    }

    /// Has the object planned again: empties what its status says about the last plan, and asks for a pass
    /// with `token`. Says whether it did: if not, something has moved.
    ///
    /// # Errors
    /// [`Class::Denied`] without the right to patch the status; those of [`super::failure`].
    pub async fn replan(&self, review: &Review, token: &str) -> Result<bool> {
        if !self.forget(&review.object, &review.snapshot).await? {
            return Ok(false);
        }
        let request = patch::request(&review.snapshot, token);
        Ok(self.write_once(&request, token, "plan again").await?.is_some())
    }

    /// Empties what the status says about the last plan, so that the next pass does not stop before it has a
    /// runner. Says whether it is so: if not, something has moved.
    ///
    /// # Errors
    /// As [`Self::replan`].
    pub async fn forget(&self, object: &DynamicObject, seen: &Snapshot) -> Result<bool> {
        let attempted = text(object, "/status/lastAttemptedRevision");
        match patch::forget(seen, attempted) {
            Some(operations) => {
                Ok(self.write_at("/status", &operations, "plan again").await?.is_some())
            }
            None => Ok(true),
        }
    }

    /// Takes an approval back, if it is still that one, whatever else has happened. Returns the object as it
    /// is then, if there is one.
    ///
    /// # Errors
    /// Those of [`super::failure`].
    pub async fn clear(&self, uid: &str, approval: &str) -> Result<Option<DynamicObject>> {
        self.undo(&patch::clear(uid, approval), |object| {
            object.metadata.uid.as_deref() == Some(uid)
                && text(object, "/spec/approvePlan") == Some(approval)
        })
        .await
    }

    /// Resumes what was suspended for an approval, if it still is.
    ///
    /// # Errors
    /// Those of [`super::failure`].
    pub async fn thaw(&self, uid: &str, plan: &str, before: Option<bool>) -> Result<()> {
        let operations = patch::thaw(uid, plan, before);
        let undone = self.undo(&operations, |object| {
            object.metadata.uid.as_deref() == Some(uid)
                && TERRAFORM.is_suspended(object)
                && annotation(object, FROZEN) == Some(plan)
        });
        undone.await.map(drop)
    }

    /// Writes what takes something back, until it is done or there is nothing left to take back; the object
    /// as it is then.
    async fn undo(
        &self,
        operations: &Operations,
        is_needed: impl Fn(&DynamicObject) -> bool,
    ) -> Result<Option<DynamicObject>> {
        for _ in 0..ATTEMPTS {
            let written = self.write(operations, "take back the approval of").await?;
            if written.is_some() {
                return Ok(written);
            }
            let resource = &self.resource;
            let ObjectRef { namespace, name, .. } = &self.target;
            let found = self.cluster.get(resource, Some(namespace), name).await?;
            if !found.as_ref().is_some_and(&is_needed) {
                return Ok(found);
            }
            sleep(PAUSE).await;
        }
        Err(anyhow!("the API server refuses to take back the approval of {}", self.what))
    }

    /// Writes `operations`, of which one sets the request `token`. Where the server says that a test has
    /// failed, it is looked whether the same patch was done before and its answer lost.
    ///
    /// # Errors
    /// Those of [`super::failure`].
    pub async fn write_once(
        &self,
        operations: &Operations,
        token: &str,
        act: &str,
    ) -> Result<Option<DynamicObject>> {
        if let Some(written) = self.write(operations, act).await? {
            return Ok(Some(written));
        }
        let now = self.look().await?;
        Ok(Some(now).filter(|now| annotation(now, REQUESTED_AT) == Some(token)))
    }

    /// Does all operations or none; nothing when a test has failed, or the object is gone.
    ///
    /// # Errors
    /// Those of [`super::failure`].
    pub async fn write(&self, operations: &Operations, act: &str) -> Result<Option<DynamicObject>> {
        self.write_at("", operations, act).await
    }

    /// Does all operations or none; nothing when a test has failed, or the object is gone.
    async fn write_at(
        &self,
        subresource: &str,
        operations: &Operations,
        act: &str,
    ) -> Result<Option<DynamicObject>> {
        let folder = DynamicObject::url_path(&self.resource, Some(&self.target.namespace));
        let name = &self.target.name;
        let uri = format!(
            "{folder}/{name}{subresource}?fieldManager={FIELD_MANAGER}&fieldValidation=Strict"
        );
        let request = || {
            Request::patch(&uri)
                .header(header::ACCEPT, "application/json")
                .header(header::CONTENT_TYPE, "application/json-patch+json")
                .body(operations.body())
        };
        request().context("a name of the API makes no address")?;
        let written = patiently(|| async {
            let request = request().map_err(kube::Error::HttpError)?;
            self.cluster.client.request::<DynamicObject>(request).await
        });
        match written.await {
            Ok(object) => Ok(Some(object)),
            Err(kube::Error::Api(status)) if matches!(status.code, 404 | 409 | 422) => Ok(None),
            Err(error) => {
                let act = format!("{act} {}", self.what);
                Err(self.cluster.failure(error, &act))
            }
        }
    }
}

/// Whether another request has taken the place of the one with `token`, and a pass has handled it. Requests
/// are times, as `flux` and nigari write them; ours was there before.
fn is_overtaken(object: &DynamicObject, token: &str) -> bool {
    let request = annotation(object, REQUESTED_AT);
    request.is_some_and(|request| {
        request != token && text(object, "/status/lastHandledReconcileAt") == Some(request)
    })
}

fn written_at(found: &PartialObjectMeta<DynamicObject>) -> Option<Timestamp> {
    let entries = found.metadata.managed_fields.iter().flatten();
    let last = entries.filter_map(|entry| entry.time.as_ref()).map(|time| time.0).max();
    last.or_else(|| found.metadata.creation_timestamp.as_ref().map(|time| time.0))
}

/// A watch over an object whose plan was approved.
pub struct Following<'a> {
    wait: Wait<'a>,
    progress: Progress,
}

impl Following<'_> {
    /// Whether another pass may have begun before the approval was taken back; see [`Progress::is_overrun`].
    pub fn is_overrun(&mut self, cleared: &DynamicObject) -> bool {
        self.progress.is_overrun(cleared)
    }

    /// Waits for what happens next.
    ///
    /// # Errors
    /// [`Class::TimedOut`] with what was last seen; those of [`super::failure`].
    pub async fn next(&mut self, patience: &Patience<'_>) -> Result<Turn> {
        let Self { wait, progress } = self;
        wait.until(patience, |object, _| match progress.see(object) {
            Look::Wait(why) => Step::wait(why),
            Look::Begun => Step::Done(Turn::Begun),
            Look::Ended(outcome) => Step::Done(Turn::Ended(outcome)),
        })
        .await
    }
}
