//! What is known about one request while it is waited for; decides without asking anybody.

use std::time::Duration;

use anyhow::{Error, anyhow};
use kube::api::DynamicObject;
use serde_json::Value;
use tokio::time::Instant;

use super::request::{REQUESTED_AT, Request, suspended};
use crate::cluster::setback::Setback;
use crate::cluster::wait::Step;
use crate::duration::GoDuration;
use crate::error::{Class, Explain as _};
use crate::kinds::plan;
use crate::kinds::readiness::{DEPENDENCY_NOT_READY, State, Verdict};
use crate::kinds::revision::Revision;
use crate::kinds::view::text;
use crate::kinds::{Kind, ObjectRef};

/// How often the age of a request that nobody has picked up is told anew.
const TICK: Duration = Duration::from_secs(1);

/// One request, and what has become of it so far.
pub(super) struct Pursuit {
    kind: &'static Kind,
    object: ObjectRef,
    request: Request,
    /// Every value that the annotation had since our patch; nothing when we asked for nothing.
    requests: Option<Vec<String>>,
    /// The revisions of the source of which one must be attempted; empty when any will do.
    wanted: Vec<Revision>,
    /// The sources of which one must have been attempted, where the status tells that in its own words.
    taken: Vec<DynamicObject>,
    /// What it depends on was reconciled before.
    pub(super) has_dependencies: bool,
    setback: Setback,
    asked_at: Instant,
    /// When the first sign of a controller was seen.
    picked_up_at: Option<Instant>,
    /// A controller works on the object, be it for an earlier request.
    is_under_way: bool,
}

impl Pursuit {
    pub(super) fn new(request: Request, budget: Duration, now: Instant) -> Self {
        Self {
            kind: request.kind,
            object: request.target(),
            requests: request.token.clone().map(|token| vec![token]),
            request,
            wanted: Vec::new(),
            taken: Vec::new(),
            has_dependencies: false,
            setback: Setback::new(budget),
            asked_at: now,
            picked_up_at: None,
            is_under_way: false,
        }
    }

    pub(super) fn kind(&self) -> &'static Kind {
        self.kind
    }

    /// Accepts an attempt at the revision that `source` is at, beside those accepted before. Where the
    /// status does not say which revision was attempted, there is nothing to compare.
    pub(super) fn want(&mut self, source: &DynamicObject) {
        if self.kind.takes.is_some() && text(source, "/status/artifact/revision").is_some() {
            self.taken.push(source.clone());
        }
        if self.kind.attempted_revision.is_none() {
            return;
        }
        let revision = text(source, "/status/artifact/revision").map(Revision::parse);
        self.wanted.extend(revision.filter(|revision| !self.wanted.contains(revision)));
    }

    /// How long the request has waited for a controller; nothing once there was a sign of one.
    pub(super) fn queued_for(&self, now: Instant) -> Option<Duration> {
        let is_queued = self.requests.is_some() && self.picked_up_at.is_none();
        is_queued.then(|| now.saturating_duration_since(self.asked_at))
    }

    /// Decides over the object as it is now. What is done is ready.
    pub(super) fn judge(&mut self, object: Option<&DynamicObject>, now: Instant) -> Step<()> {
        let Some(object) = object else {
            return Step::Failed(self.gone("was deleted meanwhile"));
        };
        if let Some(problem) = self.problem_of(object) {
            return Step::Failed(problem);
        }
        self.remember(object, now);
        self.setback.pause();
        let verdict = self.kind.verdict(object);
        let is_queued = self.queued_for(now).is_some();
        self.is_under_way = !is_queued || verdict.state == State::Progressing;
        match verdict.state {
            State::Suspended => Step::Failed(suspended(self.kind, object)),
            _ if !self.is_handled(object) => self.await_controller(&verdict, now),
            _ if !self.is_heeded(object) => self.judge_unheeded(object),
            State::Ready => self.judge_ready(object),
            State::Stalled => Step::Failed(self.failure(&verdict)),
            State::Failed if self.is_wanted(object) => Step::Failed(self.failure(&verdict)),
            State::Failed | State::Retrying | State::Locked => self.judge_retrying(&verdict, now),
            State::Waiting => {
                let what = format!("{} waits for a person: {}", self.object, verdict.message);
                let review = plan::review_command(&self.object.namespace, &self.object.name);
                let hint = format!("review it with: {review}");
                Step::Failed(anyhow!(what).class(Class::Waiting).hint(hint))
            }
            State::Progressing | State::Unknown => Step::wait(verdict.in_words()),
        }
    }

    /// Whether a controller works on the object, as far as it was judged.
    pub(super) fn is_under_way(&self) -> bool {
        self.is_under_way
    }

    /// What the object fails with now, while it is tried again.
    pub(super) fn setback(&self) -> Option<&str> {
        self.setback.words()
    }

    /// How the time was spent, for the message of an expired clock.
    pub(super) fn phases(&self, now: Instant) -> Option<String> {
        let picked_up_at = self.picked_up_at.filter(|_| self.requests.is_some())?;
        let (queued, running) = (
            picked_up_at.saturating_duration_since(self.asked_at),
            now.saturating_duration_since(picked_up_at),
        );
        Some(format!("picked up within {}, running (for {})", age(queued), age(running)))
    }

    /// What makes further waiting pointless, whatever the status says.
    fn problem_of(&self, object: &DynamicObject) -> Option<Error> {
        let uid = &self.request.answer.metadata.uid;
        if uid.is_some() && object.metadata.uid != *uid {
            return Some(self.gone("was deleted and created again meanwhile"));
        }
        let is_going = object.metadata.deletion_timestamp.is_some();
        is_going.then(|| self.gone("is being deleted"))
    }

    /// The object that was asked is not there any more: whatever has its name says nothing about that.
    fn gone(&self, words: &str) -> Error {
        anyhow!("{} {words}", self.object).self_evident()
    }

    /// Takes note of requests that overwrote ours, and of the first sign of a controller: a status that is
    /// not what it was when we asked.
    fn remember(&mut self, object: &DynamicObject, now: Instant) {
        let annotations = object.metadata.annotations.as_ref();
        if let Some(value) = annotations.and_then(|annotations| annotations.get(REQUESTED_AT))
            && let Some(requests) = &mut self.requests
            && !requests.contains(value)
        {
            requests.push(value.clone());
        }
        let status =
            |object: &DynamicObject| -> Option<Value> { object.data.get("status").cloned() };
        if self.picked_up_at.is_none() && status(object) != status(&self.request.answer) {
            self.picked_up_at = Some(now);
        }
    }

    fn is_handled(&self, object: &DynamicObject) -> bool {
        let Some(requests) = &self.requests else { return true };
        text(object, "/status/lastHandledReconcileAt")
            .is_some_and(|handled| requests.iter().any(|request| request == handled))
    }

    /// Whether the controller has noted everything that was asked for beside the reconciliation.
    fn is_heeded(&self, object: &DynamicObject) -> bool {
        let token = self.request.token.as_deref();
        self.request.demands.iter().all(|demand| text(object, demand.heeded) == token)
    }

    /// The reconciliation was handled and our demands were not: there is no hope when it was somebody else's
    /// request, for controllers heed a demand only when it came with the request.
    fn judge_unheeded(&self, object: &DynamicObject) -> Step<()> {
        let flags: Vec<_> =
            self.request.demands.iter().map(|demand| format!("--{}", demand.flag)).collect();
        let flags = flags.join(" and ");
        let handled = text(object, "/status/lastHandledReconcileAt");
        if handled == self.request.token.as_deref() {
            let controller = self.kind.controller.name;
            return Step::wait(format!("reconciled; {controller} has not noted {flags} yet"));
        }
        let what = format!(
            "{}: somebody else's request overwrote ours, so {flags} may not have been heeded",
            self.object
        );
        Step::Failed(anyhow!(what).class(Class::Conflict).hint("run it again"))
    }

    fn await_controller(&self, verdict: &Verdict, now: Instant) -> Step<()> {
        if self.picked_up_at.is_some() && verdict.state == State::Progressing {
            return Step::wait(verdict.in_words());
        }
        let why = match self.queued_for(now) {
            Some(queued) => format!(
                "requested, not yet picked up by {} (for {})",
                self.kind.controller.name,
                age(queued)
            ),
            None => format!("requested; {} is at work", self.kind.controller.name),
        };
        Step::Wait { why, until: Some(now + TICK) }
    }

    fn attempted(&self, object: &DynamicObject) -> Option<Revision> {
        self.kind.attempted_revision?(object).map(Revision::parse)
    }

    /// Whether the attempt was about a revision that is wanted.
    fn is_wanted(&self, object: &DynamicObject) -> bool {
        if let (Some(takes), false) = (self.kind.takes, self.taken.is_empty()) {
            return self.taken.iter().any(|source| takes(object, source));
        }
        match self.attempted(object) {
            _ if self.wanted.is_empty() => true,
            Some(attempted) => self.wanted.contains(&attempted),
            None => false,
        }
    }

    fn judge_ready(&self, object: &DynamicObject) -> Step<()> {
        if !self.is_whole(object) {
            return Step::wait("ready; its status is still being written");
        }
        if self.is_wanted(object) {
            return Step::Done(());
        }
        let taken = self.taken.last().and_then(|source| text(source, "/status/artifact/revision"));
        let wanted = self.wanted.last().map(Revision::to_string);
        let wanted = wanted.or_else(|| taken.map(str::to_owned)).unwrap_or_default();
        Step::wait(format!("ready at another revision; waiting for {wanted}"))
    }

    /// Whether the status is written to its end. Controllers patch the conditions first and the rest after
    /// that (`Patch` in fluxcd/pkg, `runtime/patch/patch.go`), where `lastHandledReconcileAt` is, and the
    /// generation, by which an object is told that nobody asked to be reconciled.
    fn is_whole(&self, object: &DynamicObject) -> bool {
        let observed = object.data.pointer("/status/observedGeneration").and_then(Value::as_i64);
        self.requests.is_some() || observed.is_none() || observed == object.metadata.generation
    }

    /// A failure that may heal: the webhook that is not up yet, the dependency that is still busy. Also a
    /// failure before the wanted revision was attempted, which may be about the one before.
    ///
    /// What waits for its dependencies, which are ready, will find them so when it looks again; how soon, the
    /// controller decides.
    fn judge_retrying(&mut self, verdict: &Verdict, now: Instant) -> Step<()> {
        if self.has_dependencies && verdict.reason == DEPENDENCY_NOT_READY {
            return Step::wait(verdict.in_words());
        }
        match self.setback.note(verdict.in_words(), now) {
            Some(until) => Step::Wait { why: verdict.in_words(), until: Some(until) },
            None => Step::Failed(self.failure(verdict)),
        }
    }

    fn failure(&self, verdict: &Verdict) -> Error {
        let class = if verdict.state == State::Locked { Class::Conflict } else { Class::Failed };
        anyhow!("{}: reconciliation failed: {}", self.object, verdict.in_words()).class(class)
    }
}

/// In whole seconds, which is as exact as anybody reads it.
fn age(time: Duration) -> GoDuration {
    GoDuration::from(Duration::from_secs(time.as_secs()))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::error::class_of;
    use crate::kinds::controller::{Demand, FORCE, RESET};
    use crate::kinds::helm::HELM_RELEASE;
    use crate::kinds::kustomize::KUSTOMIZATION;
    use crate::kinds::terraform::TERRAFORM;
    use crate::kinds::view::tests::object;

    const OURS: &str = "2026-01-01T00:00:00Z";
    const BUDGET: Duration = Duration::from_secs(30);

    fn pursuit_of(kind: &'static Kind) -> Pursuit {
        asking(kind, &[])
    }

    fn asking(kind: &'static Kind, demands: &[Demand]) -> Pursuit {
        let answer =
            object(json!({"metadata": {"name": "apps", "namespace": "flux-system", "uid": "u1"}}));
        let demands = demands.to_vec();
        let request = Request { kind, answer, token: Some(OURS.to_owned()), demands };
        Pursuit::new(request, BUDGET, Instant::now())
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

    fn told(step: Step<()>) -> (&'static str, String) {
        match step {
            Step::Done(()) => ("reconciled", String::new()),
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
    fn a_status_that_is_half_written_is_not_judged_ready() {
        let mut unasked = Pursuit { requests: None, ..pursuit() };
        for (observed, decision) in [(-1, "wait"), (1, "reconciled")] {
            let object = edited(after("", "True", "ReconciliationSucceeded", "r"), |object| {
                object.data["status"]["observedGeneration"] = json!(observed);
            });
            assert_eq!(decided(&mut unasked, &object).0, decision, "{observed}");
        }
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
        assert_eq!(pursuit.setback(), Some("HealthCheckFailed: the controller's words"));
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
        assert_eq!(decided(&mut pursuit, &newer).0, "wait");
        pursuit.want(&source_at("main@sha1:cccc"));
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
    fn a_release_counts_when_it_is_about_what_its_source_holds() {
        let mut pursuit = pursuit_of(&HELM_RELEASE);
        pursuit.want(&source_at("6.5.0"));
        let stale = after(OURS, "True", "UpgradeSucceeded", "6.4.9");
        let (decision, words) = decided(&mut pursuit, &stale);
        assert_eq!(
            (decision, words.as_str()),
            ("wait", "ready at another revision; waiting for 6.5.0")
        );
        let released = after(OURS, "True", "UpgradeSucceeded", "6.5.0");
        assert_eq!(decided(&mut pursuit, &released).0, "reconciled");
    }

    /// A HelmRelease after `handled`, which noted the demands of `forced` and `reset`.
    fn released(handled: &str, forced: &str, reset: &str) -> DynamicObject {
        edited(after(handled, "True", "UpgradeSucceeded", "6.5.0"), |object| {
            object.data["status"]["lastHandledForceAt"] = json!(forced);
            object.data["status"]["lastHandledResetAt"] = json!(reset);
        })
    }

    #[test]
    fn a_demand_has_to_be_noted_too() {
        for (forced, reset, decision) in
            [("", "", "wait"), (OURS, "", "wait"), ("", OURS, "wait"), (OURS, OURS, "reconciled")]
        {
            let mut pursuit = asking(&HELM_RELEASE, &[FORCE, RESET]);
            let (decided, words) = decided(&mut pursuit, &released(OURS, forced, reset));
            assert_eq!(decided, decision, "{forced} {reset}: {words}");
        }
        assert_eq!(
            decided(&mut pursuit_of(&HELM_RELEASE), &released(OURS, "", "")).0,
            "reconciled"
        );
    }

    #[test]
    fn a_demand_that_another_request_overwrote_is_not_taken_for_heeded() {
        let theirs = "2026-01-01T00:00:01Z";
        let overwritten = edited(released(theirs, "", ""), |object| {
            let annotations = object.metadata.annotations.as_mut().expect("annotations");
            annotations.insert(REQUESTED_AT.to_owned(), theirs.to_owned());
        });
        let mut pursuit = asking(&HELM_RELEASE, &[FORCE]);
        match pursuit.judge(Some(&overwritten), Instant::now()) {
            Step::Failed(error) => assert_eq!(class_of(&error), Class::Conflict, "{error}"),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn the_first_change_of_the_status_is_the_sign_of_a_controller() {
        let mut pursuit = pursuit();
        let (start, untouched) = (
            pursuit.asked_at,
            object(json!({"metadata": {"name": "apps",
            "namespace": "flux-system", "uid": "u1", "annotations": {REQUESTED_AT: OURS}}})),
        );
        let later = start + Duration::from_secs(12);
        let (decision, words) = told(pursuit.judge(Some(&untouched), later));
        assert_eq!(decision, "wait");
        assert_eq!(words, "requested, not yet picked up by kustomize-controller (for 12s)");
        assert!(!pursuit.is_under_way());
        assert_eq!(pursuit.queued_for(later), Some(Duration::from_secs(12)));
        assert_eq!(pursuit.phases(later), None);
        let begun = after("", "Unknown", "Progressing", "r");
        let (_, words) = told(pursuit.judge(Some(&begun), later));
        assert_eq!(words, "Progressing: the controller's words");
        assert!(pursuit.is_under_way());
        assert_eq!(pursuit.queued_for(later), None);
        let phases = pursuit.phases(later + Duration::from_secs(3));
        assert_eq!(phases.as_deref(), Some("picked up within 12s, running (for 3s)"));
    }
}
