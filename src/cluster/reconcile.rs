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
    /// What the controller has to repeat; nothing when whatever it is doing will do.
    token: Option<String>,
}

impl Request {
    pub(super) fn new(kind: &'static Kind, object: &DynamicObject, token: Option<String>) -> Self {
        Self { kind, object: reference(kind, object), uid: object.metadata.uid.clone(), token }
    }
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
        refuse_suspended(kind, object)?;
        let target = reference(kind, object);
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
        Ok(Request::new(kind, &patched, Some(token)))
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
                Err(error) => return Err(self.explain(request.kind, target, error).await),
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

pub(super) fn reference(kind: &Kind, object: &DynamicObject) -> ObjectRef {
    ObjectRef {
        kind: kind.kind.to_owned(),
        namespace: namespace(object).to_owned(),
        name: name(object).to_owned(),
    }
}

/// Refuses an object that no controller looks at.
///
/// # Errors
/// [`Class::Failed`] when it is suspended, with the command that resumes it.
pub fn refuse_suspended(kind: &Kind, object: &DynamicObject) -> Result<()> {
    if kind.is_suspended(object) {
        return Err(suspended(kind, object));
    }
    Ok(())
}

fn suspended(kind: &Kind, object: &DynamicObject) -> anyhow::Error {
    let note = kind.suspension_note(object).unwrap_or_default();
    anyhow!("{} is suspended{note}", reference(kind, object))
        .hint(kind.resume_command(namespace(object), name(object)))
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
    /// Every value that the annotation had since our patch; nothing when we asked for nothing.
    requests: Option<Vec<String>>,
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
            requests: request.token.clone().map(|token| vec![token]),
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
            State::Suspended => Step::Failed(suspended(self.kind, object)),
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
            && let Some(requests) = &mut self.requests
            && !requests.contains(value)
        {
            requests.push(value.clone());
        }
    }

    fn is_handled(&self, object: &DynamicObject) -> bool {
        let Some(requests) = &self.requests else { return true };
        text(object, "/status/lastHandledReconcileAt")
            .is_some_and(|handled| requests.iter().any(|request| request == handled))
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::class_of;
    use crate::kinds::helm::HELM_RELEASE;
    use crate::kinds::kustomize::KUSTOMIZATION;
    use crate::kinds::terraform::TERRAFORM;
    use crate::kinds::view::tests::object;

    const OURS: &str = "2026-01-01T00:00:00Z";
    const BUDGET: Duration = Duration::from_secs(30);

    fn pursuit_of(kind: &'static Kind) -> Pursuit {
        let object = ObjectRef {
            kind: kind.kind.to_owned(),
            namespace: "flux-system".to_owned(),
            name: "apps".to_owned(),
        };
        let (uid, token) = (Some("u1".to_owned()), Some(OURS.to_owned()));
        Pursuit::new(&Request { kind, object, uid, token }, BUDGET)
    }

    fn pursuit() -> Pursuit {
        pursuit_of(&KUSTOMIZATION)
    }

    /// A Kustomization that the controller left after handling `handled` at `revision`.
    fn after(handled: &str, ready: &str, reason: &str, revision: &str) -> DynamicObject {
        object(json!({
            "metadata": {"name": "apps", "namespace": "flux-system", "uid": "u1", "generation": 1,
                "annotations": {REQUESTED_AT: OURS}},
            "status": {
                "lastHandledReconcileAt": handled,
                "lastAttemptedRevision": revision,
                "conditions": [{"type": "Ready", "status": ready, "reason": reason,
                    "message": "the controller's words", "observedGeneration": 1}],
            },
        }))
    }

    fn source_at(revision: &str) -> DynamicObject {
        object(json!({"status": {"artifact": {"revision": revision}}}))
    }

    fn edited(mut object: DynamicObject, edit: impl FnOnce(&mut DynamicObject)) -> DynamicObject {
        edit(&mut object);
        object
    }

    /// The decision in a word, and the words that go with it.
    fn decided(pursuit: &mut Pursuit, object: &DynamicObject) -> (&'static str, String) {
        told(pursuit.judge(Some(object), Instant::now()))
    }

    fn told(step: Step<Outcome>) -> (&'static str, String) {
        match step {
            Step::Done(Outcome::Reconciled(_)) => ("reconciled", String::new()),
            Step::Done(Outcome::Elsewhere(_)) => ("elsewhere", String::new()),
            Step::Failed(error) => ("failed", error.to_string()),
            Step::Wait { why, .. } => ("wait", why),
        }
    }

    #[test]
    fn only_a_handled_request_is_judged() {
        for (handled, ready, reason, decision) in [
            ("", "True", "ReconciliationSucceeded", "wait"),
            ("2025-12-31T00:00:00Z", "True", "ReconciliationSucceeded", "wait"),
            // Later than ours, and not seen on the object: whose request it was is not known.
            ("2026-01-02T00:00:00Z", "True", "ReconciliationSucceeded", "wait"),
            ("2025-12-31T00:00:00Z", "False", "BuildFailed", "wait"),
            (OURS, "True", "ReconciliationSucceeded", "reconciled"),
            (OURS, "False", "BuildFailed", "failed"),
            (OURS, "False", "HealthCheckFailed", "wait"),
            (OURS, "Unknown", "Progressing", "wait"),
        ] {
            let object = after(handled, ready, reason, "main@sha1:1");
            let (decision_seen, words) = decided(&mut pursuit(), &object);
            assert_eq!(decision_seen, decision, "{handled} {reason}: {words}");
        }
    }

    #[test]
    fn where_nothing_was_asked_for_the_present_state_counts() {
        let asked = pursuit();
        let mut unasked = Pursuit { requests: None, ..asked };
        let ready = after("2025-12-31T00:00:00Z", "True", "ReconciliationSucceeded", "r");
        assert_eq!(decided(&mut unasked, &ready).0, "reconciled");
        let failed = after("", "False", "BuildFailed", "r");
        assert_eq!(decided(&mut unasked, &failed).0, "failed");
    }

    #[test]
    fn a_request_that_overwrote_ours_counts_once_it_was_seen() {
        let theirs = "2026-01-01T00:00:01Z";
        let overwritten = |handled| {
            edited(after(handled, "True", "ReconciliationSucceeded", "r"), |object| {
                let annotations = object.metadata.annotations.as_mut().expect("annotations");
                annotations.insert(REQUESTED_AT.to_owned(), theirs.to_owned());
            })
        };
        let mut pursuit = pursuit();
        assert_eq!(decided(&mut pursuit, &overwritten("")).0, "wait");
        assert_eq!(decided(&mut pursuit, &overwritten(theirs)).0, "reconciled");
    }

    #[test]
    fn conditions_of_an_older_generation_are_not_settled() {
        let changed = edited(after(OURS, "True", "ReconciliationSucceeded", "r"), |object| {
            object.metadata.generation = Some(2);
        });
        assert_eq!(decided(&mut pursuit(), &changed).0, "wait");
    }

    #[test]
    fn a_missing_status_generation_does_not_delay_a_failure() {
        let failed = edited(after(OURS, "False", "BuildFailed", "r"), |object| {
            object.data["status"]["observedGeneration"] = json!(-1);
        });
        assert_eq!(decided(&mut pursuit(), &failed).0, "failed");
    }

    #[test]
    fn a_failure_tells_the_object_and_the_controllers_words() {
        let (_, words) = decided(&mut pursuit(), &after(OURS, "False", "BuildFailed", "r"));
        assert_eq!(
            words,
            "Kustomization flux-system/apps: reconciliation failed: BuildFailed: the controller's words"
        );
    }

    #[test]
    fn a_retried_failure_gets_its_budget_and_no_more() {
        let mut pursuit = pursuit();
        let failing = after(OURS, "False", "HealthCheckFailed", "r");
        let start = Instant::now();
        let Step::Wait { until, .. } = pursuit.judge(Some(&failing), start) else {
            panic!("the budget has only begun");
        };
        assert_eq!(until, Some(start + BUDGET));
        let trying = after(OURS, "Unknown", "Progressing", "r");
        let later = start + BUDGET - Duration::from_secs(1);
        assert_eq!(told(pursuit.judge(Some(&trying), later)).0, "wait");
        assert_eq!(told(pursuit.judge(Some(&failing), later)).0, "wait");
        assert_eq!(told(pursuit.judge(Some(&failing), start + BUDGET)).0, "failed");
    }

    #[test]
    fn a_failure_that_heals_is_a_success() {
        let mut pursuit = pursuit();
        assert_eq!(
            decided(&mut pursuit, &after(OURS, "False", "ReconciliationFailed", "r")).0,
            "wait"
        );
        let healed = after(OURS, "True", "ReconciliationSucceeded", "r");
        assert_eq!(decided(&mut pursuit, &healed).0, "reconciled");
    }

    #[test]
    fn stalled_fails_at_once() {
        let stalled = edited(after(OURS, "False", "UpgradeFailed", "r"), |object| {
            let conditions =
                object.data["status"]["conditions"].as_array_mut().expect("conditions");
            conditions
                .push(json!({"type": "Stalled", "status": "True", "reason": "RetriesExceeded",
                "message": "gave up", "observedGeneration": 1}));
        });
        let (decision, words) = decided(&mut pursuit_of(&HELM_RELEASE), &stalled);
        assert_eq!(decision, "failed");
        assert!(words.ends_with("RetriesExceeded: gave up"), "{words}");
    }

    #[test]
    fn what_cannot_be_reconciled_any_more_ends_the_wait() {
        let ready = || after("", "True", "ReconciliationSucceeded", "r");
        let recreated = edited(ready(), |object| object.metadata.uid = Some("u2".to_owned()));
        let going = edited(ready(), |object| {
            object.metadata = serde_json::from_value(json!({"name": "apps", "uid": "u1",
                "deletionTimestamp": "2026-01-01T00:00:00Z"}))
            .expect("metadata");
        });
        let suspended = edited(ready(), |object| object.data["spec"] = json!({"suspend": true}));
        for (object, words) in [
            (Some(recreated), "was deleted and created again meanwhile"),
            (Some(going), "is being deleted"),
            (Some(suspended), "is suspended"),
            (None, "was deleted meanwhile"),
        ] {
            let (decision, told) = told(pursuit().judge(object.as_ref(), Instant::now()));
            assert_eq!(
                (decision, told),
                ("failed", format!("Kustomization flux-system/apps {words}"))
            );
        }
    }

    #[test]
    fn a_pending_plan_waits_for_a_person() {
        let planned =
            edited(after(OURS, "Unknown", "TerraformPlannedWithChanges", "r"), |object| {
                object.data["status"]["plan"] = json!({"pending": "plan-main-1"});
            });
        match pursuit_of(&TERRAFORM).judge(Some(&planned), Instant::now()) {
            Step::Failed(error) => assert_eq!(class_of(&error), Class::Waiting),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_stale_ready_is_no_success_when_the_source_has_moved() {
        let mut pursuit = pursuit();
        pursuit.want(&source_at("main@sha1:bbbb"));
        let stale = after(OURS, "True", "ReconciliationSucceeded", "main@sha1:aaaa");
        assert_eq!(decided(&mut pursuit, &stale).0, "elsewhere");
        pursuit.pass_over(&stale);
        let (decision, words) = decided(&mut pursuit, &stale);
        assert_eq!(decision, "wait");
        assert!(words.ends_with("waiting for main@sha1:bbbb"), "{words}");
        let fresh = after(OURS, "True", "ReconciliationSucceeded", "main@sha1:bbbb");
        assert_eq!(decided(&mut pursuit, &fresh).0, "reconciled");
    }

    #[test]
    fn a_newer_revision_of_the_source_is_as_good() {
        let mut pursuit = pursuit();
        pursuit.want(&source_at("main@sha1:bbbb"));
        let newer = after(OURS, "True", "ReconciliationSucceeded", "main@sha1:cccc");
        assert_eq!(decided(&mut pursuit, &newer).0, "elsewhere");
        pursuit.want(&source_at("main@sha1:cccc"));
        pursuit.pass_over(&newer);
        assert_eq!(decided(&mut pursuit, &newer).0, "reconciled");
    }

    #[test]
    fn a_hard_failure_of_the_revision_before_is_given_the_budget() {
        let mut pursuit = pursuit();
        pursuit.want(&source_at("main@sha1:bbbb"));
        let old = after(OURS, "False", "BuildFailed", "main@sha1:aaaa");
        assert_eq!(decided(&mut pursuit, &old).0, "wait");
        let new = after(OURS, "False", "BuildFailed", "main@sha1:bbbb");
        assert_eq!(decided(&mut pursuit, &new).0, "failed");
    }

    #[test]
    fn where_no_attempted_revision_is_told_none_is_asked_for() {
        let mut pursuit = pursuit_of(&HELM_RELEASE);
        pursuit.want(&source_at("6.5.0"));
        let released = after(OURS, "True", "UpgradeSucceeded", "6.5.0+abc");
        assert_eq!(decided(&mut pursuit, &released).0, "reconciled");
    }
}
