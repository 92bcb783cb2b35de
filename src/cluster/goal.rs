//! What a wait is for, decided over one object and what is seen around it. Asks nobody.

use std::time::Duration;

use anyhow::anyhow;
use kube::api::DynamicObject;
use tokio::time::Instant;

use super::reconcile::refuse_suspended;
use super::setback::Setback;
use super::wait::Step;
use crate::error::{Class, Explain as _};
use crate::kinds::deletion::held_by;
use crate::kinds::plan;
use crate::kinds::readiness::{State, Verdict};
use crate::kinds::revision::shorten;
use crate::kinds::wanted::{Place, Surroundings};
use crate::kinds::{Kind, ObjectRef, of_api_kind};

/// The state that is waited for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Goal {
    /// Ready, at the wanted revision if there is one.
    Ready,
    /// Gone, as the object that it was.
    Deleted,
    /// Suspended.
    Suspended,
    /// Not suspended.
    Resumed,
}

/// Where a look at an object led.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Look {
    /// It is as it should be; what there is to say about that.
    Reached(String),
    /// It is ready, or has failed, at this commit; whether that counts has to be asked.
    Ask(String),
}

/// An object on its way to a goal.
#[derive(Debug)]
pub struct Aim {
    /// Its kind.
    pub kind: &'static Kind,
    /// Its name.
    pub object: ObjectRef,
    goal: Goal,
    uid: Option<String>,
    setback: Setback,
}

impl Aim {
    /// An aim for the object that was found.
    #[must_use]
    pub fn new(kind: &'static Kind, found: &DynamicObject, goal: Goal, budget: Duration) -> Self {
        Self {
            kind,
            object: ObjectRef::of(kind, found),
            goal,
            uid: found.metadata.uid.clone(),
            setback: Setback::new(budget),
        }
    }

    /// Decides over the object as it is now, or is not any more. With `around` only the wanted revision
    /// will do.
    pub fn judge(
        &mut self,
        object: Option<&DynamicObject>,
        around: Option<&Surroundings<'_>>,
        now: Instant,
    ) -> Step<Look> {
        let reached = |words: &str| Step::Done(Look::Reached(words.to_owned()));
        let Some(object) = object else {
            return match self.goal {
                Goal::Deleted => reached("is gone"),
                _ => {
                    let gone = anyhow!("{} was deleted meanwhile", self.object);
                    Step::Failed(gone.self_evident())
                }
            };
        };
        match self.goal {
            Goal::Ready => self.judge_readiness(object, around, now),
            Goal::Deleted if object.metadata.uid == self.uid => Step::wait(leaving(object)),
            Goal::Deleted => reached("is gone, and another one has its name"),
            Goal::Suspended => match self.kind.suspension_note(object) {
                Some(note) => reached(&format!("is suspended{note}")),
                None => Step::wait("it is not suspended"),
            },
            Goal::Resumed => match self.kind.suspension_note(object) {
                Some(note) => Step::wait(format!("it is suspended{note}")),
                None => reached("is not suspended"),
            },
        }
    }

    /// What the object fails with now, while it is tried again.
    #[must_use]
    pub fn setback(&self) -> Option<&str> {
        self.setback.words()
    }

    fn judge_readiness(
        &mut self,
        object: &DynamicObject,
        around: Option<&Surroundings<'_>>,
        now: Instant,
    ) -> Step<Look> {
        if let Err(error) = refuse_suspended(self.kind, object) {
            return Step::Failed(error);
        }
        let verdict = self.kind.verdict(object);
        match verdict.state {
            State::Ready => self.setback.end(),
            _ => self.setback.pause(),
        }
        match verdict.state {
            State::Ready => self.judge_place(object, around),
            State::Progressing | State::Unknown | State::Suspended => {
                Step::wait(verdict.in_words())
            }
            State::Failed | State::Stalled | State::Waiting | State::Retrying | State::Locked => {
                self.judge_setback(object, &verdict, around, now)
            }
        }
    }

    fn judge_place(&self, object: &DynamicObject, around: Option<&Surroundings<'_>>) -> Step<Look> {
        let ready = || format!("is ready: {}", (self.kind.outcome)(object));
        let Some(around) = around else { return Step::Done(Look::Reached(ready())) };
        let wanted = shorten(&around.wanted.to_string());
        match around.place(self.kind, object) {
            Place::At(at) => Step::Done(Look::Reached(format!("is ready at {at}"))),
            Place::Ask(commit) => Step::Done(Look::Ask(commit)),
            Place::Unclear { at, why } => Step::wait(format!(
                "it is ready at {}, of which cannot be told whether it holds {wanted}: {why}",
                shorten(&at)
            )),
            Place::Elsewhere(at) => {
                let at = at.map_or_else(
                    || "it is ready, at no revision yet".to_owned(),
                    |at| format!("it is ready at {}, which is not {wanted}", shorten(&at)),
                );
                Step::wait(match seen_by_sources(self.kind, object, around) {
                    Some(source) => format!("{at}; {source}"),
                    None => at,
                })
            }
        }
    }

    /// A failure, or a plan that a person has to decide about. One that is about another revision than the
    /// wanted one is told, and says nothing about what the wanted one will come to.
    fn judge_setback(
        &mut self,
        object: &DynamicObject,
        verdict: &Verdict,
        around: Option<&Surroundings<'_>>,
        now: Instant,
    ) -> Step<Look> {
        let place =
            around.and_then(|around| Some((around, around.place_of_attempt(self.kind, object)?)));
        match place {
            None | Some((_, Place::At(_))) => self.judge_failure(verdict, now),
            Some((_, Place::Ask(commit))) => Step::Done(Look::Ask(commit)),
            Some((around, Place::Unclear { at, .. })) => {
                Step::wait(earlier(verdict, Some(at), around))
            }
            Some((around, Place::Elsewhere(at))) => Step::wait(earlier(verdict, at, around)),
        }
    }

    fn judge_failure(&mut self, verdict: &Verdict, now: Instant) -> Step<Look> {
        if verdict.state == State::Waiting {
            let what = format!("{} waits for a person: {}", self.object, verdict.message);
            let review = plan::review_command(&self.object.namespace, &self.object.name);
            let hint = format!("review it with: {review}");
            return Step::Failed(anyhow!(what).class(Class::Waiting).hint(hint));
        }
        if matches!(verdict.state, State::Retrying | State::Locked)
            && let Some(until) = self.setback.note(verdict.in_words(), now)
        {
            return Step::Wait { why: verdict.in_words(), until: Some(until) };
        }
        let what = format!("{} is not ready: {}", self.object, verdict.in_words());
        let class = if verdict.state == State::Locked { Class::Conflict } else { Class::Failed };
        Step::Failed(anyhow!(what).class(class))
    }
}

/// What is said about an attempt at another revision.
fn earlier(verdict: &Verdict, at: Option<String>, around: &Surroundings<'_>) -> String {
    let at = at.map_or_else(|| "another revision".to_owned(), |at| shorten(&at));
    let wanted = shorten(&around.wanted.to_string());
    format!("at {at}, not {wanted}: {}", verdict.in_words())
}

/// What a deletion waits for, or that nobody has asked for one.
fn leaving(object: &DynamicObject) -> String {
    match object.metadata.deletion_timestamp {
        Some(_) => held_by(object),
        None => "it is there, and nobody has deleted it".to_owned(),
    }
}

/// What the nearest source says that does not have the wanted revision itself.
fn seen_by_sources(
    kind: &Kind,
    object: &DynamicObject,
    around: &Surroundings<'_>,
) -> Option<String> {
    (kind.sources)(object).into_iter().find_map(|reference| {
        let source = (around.source)(&reference)?;
        let kind = of_api_kind(&reference.kind)?;
        if kind.is_suspended(source) {
            return Some(format!("{reference} is suspended"));
        }
        let verdict = kind.verdict(source);
        if matches!(verdict.state, State::Failed | State::Stalled | State::Retrying | State::Locked)
        {
            return Some(format!("{reference}: {}", verdict.in_words()));
        }
        match around.place(kind, source) {
            Place::Elsewhere(Some(at)) => {
                Some(format!("{reference} has not seen it yet and is at {}", shorten(&at)))
            }
            Place::Elsewhere(None) => Some(format!("{reference} has fetched nothing yet")),
            Place::At(_) | Place::Ask(_) | Place::Unclear { .. } => None,
        }
    })
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::error::class_of;
    use crate::kinds::kustomize::KUSTOMIZATION;
    use crate::kinds::terraform::TERRAFORM;
    use crate::kinds::view::tests::object;
    use crate::kinds::wanted::{Descent, Wanted};

    const OLD: &str = "main@sha1:1111111111111111111111111111111111111111";
    const NEW: &str = "main@sha1:2222222222222222222222222222222222222222";
    const BUDGET: Duration = Duration::from_secs(30);

    fn at(revision: &str, ready: &str, reason: &str) -> DynamicObject {
        object(json!({
            "metadata": {"name": "apps", "namespace": "flux-system", "generation": 1, "uid": "u1"},
            "spec": {"sourceRef": {"kind": "GitRepository", "name": "fleet"}},
            "status": {
                "lastAttemptedRevision": revision,
                "lastAppliedRevision": if ready == "True" { revision } else { OLD },
                "conditions": [{"type": "Ready", "status": ready, "reason": reason,
                    "message": "the controller's words", "observedGeneration": 1}],
            },
        }))
    }

    fn aim(goal: Goal) -> Aim {
        Aim::new(&KUSTOMIZATION, &at(OLD, "True", "Any"), goal, BUDGET)
    }

    fn told(step: Step<Look>) -> (&'static str, String) {
        match step {
            Step::Done(Look::Reached(words)) => ("reached", words),
            Step::Done(Look::Ask(commit)) => ("ask", commit),
            Step::Failed(error) => ("failed", error.to_string()),
            Step::Wait { why, .. } => ("wait", why),
        }
    }

    /// The decision about an object when the new revision is wanted.
    fn decided(object: &DynamicObject, source: Option<Value>) -> (&'static str, String) {
        let wanted: Wanted = "2222222".parse().expect("a commit");
        let source = source.map(crate::kinds::view::tests::object);
        let around = Surroundings {
            wanted: &wanted,
            source: &|_| source.as_ref(),
            descent: &|_| Some(Descent::Lacks),
        };
        told(aim(Goal::Ready).judge(Some(object), Some(&around), Instant::now()))
    }

    #[test]
    fn only_the_wanted_revision_will_do() {
        let stale = at(OLD, "True", "ReconciliationSucceeded");
        let fetched =
            |revision: &str| Some(json!({"status": {"artifact": {"revision": revision}}}));
        assert_eq!(
            decided(&stale, fetched(OLD)),
            (
                "wait",
                "it is ready at main@sha1:11111111, which is not 2222222; GitRepository \
                 flux-system/fleet has not seen it yet and is at main@sha1:11111111"
                    .to_owned()
            )
        );
        assert_eq!(decided(&stale, fetched(NEW)).0, "wait");
        let (decision, words) = decided(&at(NEW, "True", "ReconciliationSucceeded"), None);
        assert_eq!((decision, words), ("reached", format!("is ready at {NEW}")));
    }

    #[test]
    fn a_failure_counts_only_at_the_wanted_revision() {
        let (decision, words) = decided(&at(OLD, "False", "BuildFailed"), None);
        assert_eq!(decision, "wait");
        assert_eq!(
            words,
            "at main@sha1:11111111, not 2222222: BuildFailed: the controller's words"
        );
        assert_eq!(decided(&at(NEW, "False", "BuildFailed"), None).0, "failed");
        assert_eq!(decided(&at(NEW, "False", "HealthCheckFailed"), None).0, "wait");
        let anything =
            aim(Goal::Ready).judge(Some(&at(OLD, "False", "BuildFailed")), None, Instant::now());
        assert_eq!(told(anything).0, "failed");
    }

    #[test]
    fn a_commit_that_nobody_was_asked_about_is_asked_about() {
        let wanted: Wanted = "2222222".parse().expect("a commit");
        let around = Surroundings { wanted: &wanted, source: &|_| None, descent: &|_| None };
        for object in [at(OLD, "True", "Any"), at(OLD, "False", "BuildFailed")] {
            let step = aim(Goal::Ready).judge(Some(&object), Some(&around), Instant::now());
            assert_eq!(told(step), ("ask", OLD[10..].to_owned()));
        }
    }

    #[test]
    fn a_retried_failure_gets_its_budget_and_no_more() {
        let mut aim = aim(Goal::Ready);
        let start = Instant::now();
        let failing = at(OLD, "False", "HealthCheckFailed");
        assert_eq!(told(aim.judge(Some(&failing), None, start)).0, "wait");
        let trying = at(OLD, "Unknown", "Progressing");
        assert_eq!(told(aim.judge(Some(&trying), None, start + BUDGET / 2)).0, "wait");
        assert_eq!(told(aim.judge(Some(&failing), None, start + BUDGET)).0, "failed");
    }

    #[test]
    fn a_plan_of_the_wanted_revision_waits_for_a_person() {
        let mut planned = at(NEW, "Unknown", "TerraformPlannedWithChanges");
        planned.data["status"]["plan"] = json!({"pending": "plan-main-2"});
        let mut aim = Aim::new(&TERRAFORM, &planned, Goal::Ready, BUDGET);
        let Step::Failed(error) = aim.judge(Some(&planned), None, Instant::now()) else {
            panic!("nobody else will decide");
        };
        assert_eq!(class_of(&error), Class::Waiting);
    }

    #[test]
    fn another_object_of_the_same_name_is_not_the_one_that_was_to_go() {
        let mut held = at(OLD, "True", "Any");
        let mut aim = aim(Goal::Deleted);
        let now = Instant::now();
        let waits = "it is there, and nobody has deleted it".to_owned();
        assert_eq!(told(aim.judge(Some(&held), None, now)), ("wait", waits));
        held.metadata.finalizers = Some(vec!["finalizers.fluxcd.io".to_owned()]);
        held.metadata.deletion_timestamp =
            serde_json::from_value(json!("2026-01-01T00:00:00Z")).expect("a time");
        let waits = "held by finalizers.fluxcd.io".to_owned();
        assert_eq!(told(aim.judge(Some(&held), None, now)), ("wait", waits));
        held.metadata.uid = Some("u2".to_owned());
        assert_eq!(told(aim.judge(Some(&held), None, now)).0, "reached");
        assert_eq!(told(aim.judge(None, None, now)).0, "reached");
    }

    #[test]
    fn suspension_is_a_goal_and_else_an_end() {
        let mut suspended = at(OLD, "True", "Any");
        suspended.data["spec"]["suspend"] = json!(true);
        let going = at(OLD, "True", "Any");
        for (goal, object, decision) in [
            (Goal::Suspended, &suspended, "reached"),
            (Goal::Suspended, &going, "wait"),
            (Goal::Resumed, &suspended, "wait"),
            (Goal::Resumed, &going, "reached"),
            (Goal::Ready, &suspended, "failed"),
        ] {
            let (seen, words) = told(aim(goal).judge(Some(object), None, Instant::now()));
            assert_eq!(seen, decision, "{goal:?}: {words}");
        }
    }
}
