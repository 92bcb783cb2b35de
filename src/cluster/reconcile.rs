//! Requests a reconciliation, and waits until it was handled and settled.
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

use std::time::Duration;

use anyhow::{Result, anyhow};
use kube::api::{DynamicObject, Patch, PatchParams, ValidationDirective};
use serde_json::{Map, Value, json};
use tokio::time::Instant;

use super::backoff::patiently;
use super::wait::{Patience, Step};
use super::{Cluster, FIELD_MANAGER};
use crate::context::Clock;
use crate::error::{Class, Explain as _};
use crate::kinds::readiness::{State, Verdict};
use crate::kinds::revision::Revision;
use crate::kinds::view::{name, namespace, text};
use crate::kinds::{Kind, ObjectRef};

/// The annotation that asks a controller to reconcile now.
pub const REQUESTED_AT: &str = "reconcile.fluxcd.io/requestedAt";

/// A reconcile request that was made.
#[derive(Clone, Debug)]
pub struct Request {
    kind: &'static Kind,
    object: ObjectRef,
    uid: Option<String>,
    token: String,
}

/// The source that an attempt must have been about.
#[derive(Clone, Debug)]
pub struct AttemptOf<'a> {
    /// The kind of the source.
    pub kind: &'static Kind,
    /// The source as its own reconciliation left it.
    pub source: &'a DynamicObject,
}

impl Cluster {
    /// Asks the controller to reconcile `object` now. `also` holds further annotations that get the same
    /// value, for controllers that act on a pair.
    ///
    /// # Errors
    /// [`Class::Failed`] when the object is suspended; those of [`super::failure`].
    ///
    /// Source: `reconcile.fluxcd.io/requestedAt` (fluxcd/pkg, `apis/meta`).
    pub async fn request_reconcile(
        &self,
        kind: &'static Kind,
        object: &DynamicObject,
        clock: Clock,
        also: &[&str],
    ) -> Result<Request> {
        let target = reference(kind, object);
        if kind.is_suspended(object) {
            return Err(suspended(kind, &target));
        }
        let resource = self.installed(kind).await?;
        let token = clock.now().to_string();
        let annotations: Map<String, Value> = also
            .iter()
            .chain(&[REQUESTED_AT])
            .map(|key| ((*key).to_owned(), json!(token)))
            .collect();
        let patch = Patch::Merge(json!({"metadata": {"annotations": annotations}}));
        let parameters = PatchParams {
            field_manager: Some(FIELD_MANAGER.to_owned()),
            field_validation: Some(ValidationDirective::Strict),
            ..PatchParams::default()
        };
        let api = self.api(&resource, Some(&target.namespace));
        let patched = patiently(|| api.patch(&target.name, &parameters, &patch)).await;
        let patched =
            patched.map_err(|error| self.failure(error, &format!("annotate {target}")))?;
        Ok(Request { kind, object: target, uid: patched.metadata.uid, token })
    }

    /// Waits until the controller has handled `request` and the object has settled, and returns it ready.
    ///
    /// With `source`, being ready counts only when the attempt was about the source's revision, or about
    /// a newer one that the source fetched meanwhile: never a stale Ready.
    ///
    /// # Errors
    /// [`Class::Failed`] with the controller's message, for a hard failure at once, for one that is
    /// retried after the error budget; [`Class::Waiting`] when a person has to decide;
    /// [`Class::TimedOut`] with what was last seen. When the object's source is not ready, the error
    /// begins with that.
    pub async fn await_reconciled(
        &self,
        request: &Request,
        source: Option<AttemptOf<'_>>,
        patience: &Patience<'_>,
    ) -> Result<DynamicObject> {
        let mut pursuit = Pursuit::new(request, patience.error_budget);
        if let Some(attempt) = &source {
            pursuit.want(attempt.source);
        }
        let target = &request.object;
        loop {
            let settled = self
                .wait_for(request.kind, &target.namespace, &target.name, patience, |object, now| {
                    pursuit.judge(object, now)
                })
                .await;
            let object = match settled {
                Ok(Outcome::Reconciled(object)) => return Ok(*object),
                Ok(Outcome::Elsewhere(object)) => object,
                Err(error) => return Err(self.blame_source(request.kind, target, error).await),
            };
            // Ready at a revision that we did not expect: right if the source has moved on to it.
            if let Some(attempt) = &source {
                let (namespace, name) = (namespace(attempt.source), name(attempt.source));
                pursuit.want(&self.find(attempt.kind, namespace, name).await?);
            }
            pursuit.pass_over(&object);
        }
    }
}

fn reference(kind: &Kind, object: &DynamicObject) -> ObjectRef {
    ObjectRef {
        kind: kind.kind.to_owned(),
        namespace: namespace(object).to_owned(),
        name: name(object).to_owned(),
    }
}

fn suspended(kind: &Kind, object: &ObjectRef) -> anyhow::Error {
    let ObjectRef { namespace, name, .. } = object;
    anyhow!("{object} is suspended")
        .hint(format!("nigari resume {} {name} -n {namespace}", kind.command_words()))
}

/// Where a handled request led.
#[derive(Debug)]
enum Outcome {
    Reconciled(Box<DynamicObject>),
    /// Ready, but the attempt was about a revision that is not wanted (yet).
    Elsewhere(Box<DynamicObject>),
}

/// What is known about a request while it is waited for; decides without asking anybody.
struct Pursuit {
    kind: &'static Kind,
    object: ObjectRef,
    uid: Option<String>,
    /// Every value that the annotation had since our patch.
    requests: Vec<String>,
    /// The revisions of the source of which one must be attempted; empty when any will do.
    wanted: Vec<Revision>,
    /// The attempted revision that turned out not to be wanted.
    passed_over: Option<Revision>,
    budget: Duration,
    failing_since: Option<Instant>,
}

impl Pursuit {
    fn new(request: &Request, budget: Duration) -> Self {
        Self {
            kind: request.kind,
            object: request.object.clone(),
            uid: request.uid.clone(),
            requests: vec![request.token.clone()],
            wanted: Vec::new(),
            passed_over: None,
            budget,
            failing_since: None,
        }
    }

    /// Accepts an attempt at the revision that `source` is at. Where the status does not say which revision
    /// was attempted, there is nothing to compare.
    fn want(&mut self, source: &DynamicObject) {
        if self.kind.attempted_revision.is_none() {
            return;
        }
        let revision = text(source, "/status/artifact/revision").map(Revision::parse);
        self.wanted.extend(revision.filter(|revision| !self.wanted.contains(revision)));
    }

    /// Stops reporting the attempt that `object` shows, unless it has become wanted.
    fn pass_over(&mut self, object: &DynamicObject) {
        self.passed_over =
            self.attempted(object).filter(|revision| !self.wanted.contains(revision));
    }

    fn attempted(&self, object: &DynamicObject) -> Option<Revision> {
        self.kind.attempted_revision?(object).map(Revision::parse)
    }

    fn judge(&mut self, object: Option<&DynamicObject>, now: Instant) -> Step<Outcome> {
        let Some(object) = object else {
            return Step::Failed(anyhow!("{} was deleted meanwhile", self.object));
        };
        if let Some(problem) = self.problem_of(object) {
            return Step::Failed(problem);
        }
        self.remember_request(object);
        let verdict = self.kind.verdict(object);
        match verdict.state {
            State::Suspended => Step::Failed(suspended(self.kind, &self.object)),
            _ if !self.is_handled(object) => Step::wait(unhandled(&verdict)),
            State::Ready => self.judge_ready(object),
            State::Stalled => Step::Failed(self.failure(&verdict)),
            State::Failed if self.is_wanted(object) => Step::Failed(self.failure(&verdict)),
            State::Failed | State::Retrying => self.judge_retrying(&verdict, now),
            State::Waiting => {
                let what = format!("{} waits for a person: {}", self.object, verdict.message);
                Step::Failed(anyhow!(what).class(Class::Waiting))
            }
            State::Progressing | State::Unknown => Step::wait(in_words(&verdict)),
        }
    }

    /// What makes further waiting pointless, whatever the status says.
    fn problem_of(&self, object: &DynamicObject) -> Option<anyhow::Error> {
        if self.uid.is_some() && object.metadata.uid != self.uid {
            return Some(anyhow!("{} was deleted and created again meanwhile", self.object));
        }
        let is_going = object.metadata.deletion_timestamp.is_some();
        is_going.then(|| anyhow!("{} is being deleted", self.object))
    }

    fn remember_request(&mut self, object: &DynamicObject) {
        let annotations = object.metadata.annotations.as_ref();
        if let Some(value) = annotations.and_then(|annotations| annotations.get(REQUESTED_AT))
            && !self.requests.contains(value)
        {
            self.requests.push(value.clone());
        }
    }

    fn is_handled(&self, object: &DynamicObject) -> bool {
        text(object, "/status/lastHandledReconcileAt")
            .is_some_and(|handled| self.requests.iter().any(|request| request == handled))
    }

    /// Whether the attempt was about a revision that is wanted.
    fn is_wanted(&self, object: &DynamicObject) -> bool {
        match self.attempted(object) {
            _ if self.wanted.is_empty() => true,
            Some(attempted) => self.wanted.contains(&attempted),
            None => false,
        }
    }

    fn judge_ready(&self, object: &DynamicObject) -> Step<Outcome> {
        let attempted = self.attempted(object);
        if self.is_wanted(object) {
            return Step::Done(Outcome::Reconciled(Box::new(object.clone())));
        }
        if attempted != self.passed_over {
            return Step::Done(Outcome::Elsewhere(Box::new(object.clone())));
        }
        let wanted = self.wanted.last().map(Revision::to_string).unwrap_or_default();
        Step::wait(format!("ready at an older revision; waiting for {wanted}"))
    }

    /// A failure that may heal: the webhook that is not up yet, the dependency that is still busy. Also a
    /// failure before the wanted revision was attempted, which may be about the one before.
    fn judge_retrying(&mut self, verdict: &Verdict, now: Instant) -> Step<Outcome> {
        let since = *self.failing_since.get_or_insert(now);
        let until = since + self.budget;
        if now >= until {
            return Step::Failed(self.failure(verdict));
        }
        Step::Wait { why: in_words(verdict), until: Some(until) }
    }

    fn failure(&self, verdict: &Verdict) -> anyhow::Error {
        anyhow!("{}: reconciliation failed: {}", self.object, in_words(verdict))
            .class(Class::Failed)
    }
}

fn unhandled(verdict: &Verdict) -> String {
    match verdict.state {
        State::Progressing => format!("requested; {}", in_words(verdict)),
        _ => "requested, not yet picked up by a controller".to_owned(),
    }
}

/// `Reason: message`, or whichever of the two there is.
fn in_words(verdict: &Verdict) -> String {
    match (verdict.reason.trim(), verdict.message.trim()) {
        ("", message) => message.to_owned(),
        (reason, "") => reason.to_owned(),
        (reason, message) => format!("{reason}: {message}"),
    }
}
