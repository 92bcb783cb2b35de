//! What to do with a release, given what there is of it, until nothing is left to do.
//!
//! Source: helm-controller, `internal/reconcile/state.go` and `atomic_release.go`. A release that an
//! earlier process left pending is upgraded as one that is not managed, without the unlocking before.

use anyhow::Result;
use serde_json::Value;

use super::super::conditions::{PROGRESSING, PROGRESSING_WITH_RETRY, READY, RECONCILING, STALLED};
use super::super::controller::Next;
use super::super::duration;
use super::super::object::Tracked;
use super::actions::{Wanted, success, summarize};
use super::history::History;
use super::release::Release;
use super::spec::{self, Action, Remediation};
use super::{End, Helm, RELEASED, REMEDIATED, values};

const FORCE: &str = "reconcile.fluxcd.io/forceAt";

/// A release as compared with what is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Absent,
    /// Somebody else made or changed it.
    Unmanaged,
    OutOfSync,
    InSync,
    Failed,
}

/// What comes next.
#[derive(Debug, PartialEq, Eq)]
enum Step {
    Run(Action),
    Done,
    /// Nothing helps but a change: reason and message of Stalled.
    Stall(&'static str, String),
}

impl Helm {
    /// Acts until the release is as wanted, or has to be left for another attempt.
    pub(super) async fn reconcile_release(
        &self,
        object: &mut Tracked,
        wanted: &Wanted,
    ) -> Result<End> {
        let mut has_released = false;
        loop {
            let stored = self.releases(object).all().await?;
            let state = determine(object, stored.first(), wanted);
            let action = match step(object, state, &stored) {
                Step::Run(action) => action,
                Step::Done => {
                    object.conditions.remove(RECONCILING);
                    summarize(object);
                    return Ok(End::observed(Next::After(spec::interval(object))));
                }
                Step::Stall(reason, message) => return Ok(stall(object, reason, &message)),
            };
            if action.is_release() && has_released {
                return Ok(leave(object));
            }
            self.announce(object, action).await?;
            let ran = match action {
                Action::Rollback => self.roll_back(object).await?,
                Action::Uninstall => self.uninstall(object, true).await?,
                action => self.release(object, action, wanted).await?,
            };
            if let Err(problem) = ran {
                return Ok(give_up(object, &problem));
            }
            if !action.is_release() {
                return Ok(remedied(object));
            }
            has_released = true;
            object.save().await?;
        }
    }

    async fn announce(&self, object: &mut Tracked, action: Action) -> Result<()> {
        let timeout = duration::format(spec::timeout(object, action));
        let message = format!("Running '{}' action with timeout of {timeout}", action.name());
        object.conditions.reconciling(&message);
        // Another action must not hide the failure that it is there to remedy.
        if action.is_release() {
            object.conditions.set(READY, "Unknown", PROGRESSING, &message);
        }
        object.save().await
    }
}

fn determine(object: &Tracked, stored: Option<&Release>, wanted: &Wanted) -> State {
    let Some(release) = stored else { return State::Absent };
    let history = History::of(object);
    let Some(latest) = history.latest() else {
        return if release.status() == "uninstalled" { State::Absent } else { State::Unmanaged };
    };
    if latest["digest"] != release.digest() {
        return State::Unmanaged;
    }
    match release.status() {
        "failed" => State::Failed,
        "uninstalled" => State::Absent,
        "deployed" => {
            let has_values = latest["configDigest"] == values::digest(&wanted.values);
            if release.is_of(&wanted.chart) && has_values {
                State::InSync
            } else {
                State::OutOfSync
            }
        }
        _ => State::Unmanaged,
    }
}

fn step(object: &mut Tracked, state: State, stored: &[Release]) -> Step {
    let is_forced = object.take_request(FORCE, "lastHandledForceAt");
    match state {
        State::InSync => in_sync(object, is_forced),
        State::Absent => run_unless_exhausted(object, Action::Install, is_forced),
        State::OutOfSync => run_unless_exhausted(object, Action::Upgrade, is_forced),
        State::Unmanaged => {
            object.set_status("history", Value::Null);
            Step::Run(Action::Upgrade)
        }
        State::Failed => failed(object, is_forced, stored),
    }
}

fn run_unless_exhausted(object: &Tracked, action: Action, is_forced: bool) -> Step {
    if Remediation::of(object, action).is_exhausted() && !is_forced {
        return exhausted(object);
    }
    Step::Run(action)
}

fn exhausted(object: &Tracked) -> Step {
    let action = spec::attempted(object).unwrap_or(Action::Install);
    let failures = Remediation::of(object, action).failures;
    let message = format!("Failed to {} after {failures} attempt(s)", action.name());
    Step::Stall("RetriesExceeded", message)
}

fn in_sync(object: &mut Tracked, is_forced: bool) -> Step {
    let mut history = History::of(object);
    if spec::retry_interval(object).is_some() {
        history.truncate_to_limit();
    } else {
        history.truncate();
    }
    history.save(object);
    if is_forced {
        return Step::Run(Action::Upgrade);
    }
    let released = object.conditions.get(RELEASED).map(|condition| condition.reason.clone());
    let action = match released.as_deref() {
        Some("InstallFailed") => Some(Action::Install),
        Some("UpgradeFailed") => Some(Action::Upgrade),
        _ => None,
    };
    // The release that was rolled back to is the one that is wanted again.
    let was_remediated = object.conditions.is(REMEDIATED, "True");
    let is_told = object.conditions.is(READY, "True") && object.conditions.is(RELEASED, "True");
    let action = if was_remediated { Some(Action::Upgrade) } else { action.filter(|_| !is_told) };
    if let Some(action) = action {
        let (reason, message) = success(object, action);
        object.conditions.remove(REMEDIATED);
        object.conditions.set(RELEASED, "True", reason, &message);
    }
    Step::Done
}

fn failed(object: &mut Tracked, is_forced: bool, stored: &[Release]) -> Step {
    let mut history = History::of(object);
    if spec::retry_interval(object).is_some() {
        history.truncate_to_limit();
        history.save(object);
        return Step::Run(Action::Upgrade);
    }
    let Some(action) = spec::attempted(object) else { return Step::Run(Action::Upgrade) };
    let remediation = Remediation::of(object, action);
    if remediation.failures <= 0 || is_forced {
        return Step::Run(Action::Upgrade);
    }
    if remediation.is_exhausted() && !remediation.of_last_failure {
        return exhausted(object);
    }
    history.truncate();
    let previous = history.previous().cloned();
    history.save(object);
    if remediation.action == Action::Uninstall {
        return Step::Run(Action::Uninstall);
    }
    let Some(previous) = previous else {
        let problem = "missing target release for rollback: cannot remediate failed release";
        let message = format!("Failed to perform remediation: {problem}");
        return Step::Stall("MissingRollbackTarget", message);
    };
    let is_there = stored.iter().any(|release| previous["digest"] == release.digest());
    Step::Run(if is_there { Action::Rollback } else { Action::Upgrade })
}

/// Ends an attempt that may not go on to a second release action.
fn leave(object: &mut Tracked) -> End {
    if let Some(end) = retry_later(object) {
        return end;
    }
    let action = spec::attempted(object).unwrap_or(Action::Install);
    if Remediation::of(object, action).is_exhausted() {
        object.conditions.remove(RECONCILING);
        return End::observed(Next::After(spec::interval(object)));
    }
    requeue(object)
}

/// Ends an attempt whose last step was a remedy.
fn remedied(object: &mut Tracked) -> End {
    if let Some(end) = retry_later(object) {
        return end;
    }
    let action = spec::attempted(object).unwrap_or(Action::Install);
    let remediation = Remediation::of(object, action);
    let is_uninstall = action == Action::Upgrade && remediation.action == Action::Uninstall;
    if !remediation.is_exhausted() || is_uninstall {
        return requeue(object);
    }
    let message = format!("Failed to {} after {} attempt(s)", action.name(), remediation.failures);
    stall(object, "RetriesExceeded", &message)
}

/// Ends an attempt in which nothing reached Helm's storage.
fn give_up(object: &mut Tracked, problem: &str) -> End {
    if let Some(end) = retry_later(object) {
        return end;
    }
    if object.conditions.is(READY, "True") {
        object.conditions.set(READY, "False", "ReconcileError", problem);
    }
    End::unobserved(Next::Retry)
}

fn retry_later(object: &mut Tracked) -> Option<End> {
    let interval = spec::retry_interval(object)?;
    let message = format!("retrying after {}", duration::format(interval));
    object.conditions.set(RECONCILING, "True", PROGRESSING_WITH_RETRY, &message);
    Some(End::observed(Next::After(interval)))
}

fn requeue(object: &mut Tracked) -> End {
    let message = object.conditions.get(READY).map(|ready| ready.message.clone());
    let message = message.unwrap_or_default();
    object.conditions.set(RECONCILING, "True", PROGRESSING_WITH_RETRY, &message);
    End::unobserved(Next::Retry)
}

fn stall(object: &mut Tracked, reason: &str, message: &str) -> End {
    object.conditions.remove(RECONCILING);
    object.conditions.set(STALLED, "True", reason, message);
    End::observed(Next::Wait)
}
