//! How an object of any kind is: a pure verdict, in its own words.
//!
//! Source: kstatus (fluxcd/cli-utils, `pkg/kstatus/status/core.go`), by which the controllers judge what
//! they have applied; Flux's own kinds by [`crate::kinds::readiness`].

use k8s_openapi::api::apps::v1::Deployment;
use kube::api::DynamicObject;

use super::subject::Subject;
use crate::kinds::Kind;
use crate::kinds::deletion::held_by;
use crate::kinds::readiness::{self, Condition, State as Readiness, Verdict, condition};
use crate::kinds::view::{number, text};

/// How an object is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Health {
    pub(super) state: State,
    /// A word for programs; perhaps empty.
    pub(super) reason: String,
    /// A sentence for people; perhaps empty.
    pub(super) message: String,
}

/// The states of an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    /// As it should be.
    Fine,
    /// On its way there, as far as it says.
    Busy,
    /// It failed.
    Broken,
    /// A person has to decide.
    Waiting,
    /// Nothing looks at it. Whether it was ready when it was suspended.
    Suspended { was_ready: bool },
}

impl Health {
    fn new(state: State, reason: impl Into<String>, message: impl Into<String>) -> Self {
        Self { state, reason: reason.into(), message: message.into() }
    }

    fn fine() -> Self {
        Self::new(State::Fine, "", "")
    }

    fn told_by(state: State, condition: Condition<'_>) -> Self {
        Self::new(state, condition.reason, condition.message)
    }

    /// How `object` is.
    pub(super) fn of(subject: &Subject, object: &DynamicObject) -> Self {
        if object.metadata.deletion_timestamp.is_some() {
            let message = format!("it is being deleted: {}", held_by(object));
            return Self::new(State::Busy, "Terminating", message);
        }
        if let Some(kind) = subject.flux_kind() {
            return of_flux(kind, object);
        }
        match (subject.group.as_str(), subject.kind.as_str()) {
            ("apps", "Deployment") => of_deployment(object),
            ("apps", "StatefulSet") => of_stateful_set(object),
            ("apps", "DaemonSet") => of_daemon_set(object),
            ("apps", "ReplicaSet") => of_replica_set(object),
            ("batch", "Job") => of_job(object),
            ("", "Pod") => of_pod(object),
            ("", "PersistentVolumeClaim") => of_claim(object),
            ("apiextensions.k8s.io", "CustomResourceDefinition") => {
                of_one_condition(object, "Established")
            }
            ("apiregistration.k8s.io", "APIService") => of_one_condition(object, "Available"),
            _ => of_others(object),
        }
    }
}

fn of_flux(kind: &Kind, object: &DynamicObject) -> Health {
    let Verdict { state, reason, message } = kind.verdict(object);
    match state {
        Readiness::Ready => Health::fine(),
        Readiness::Suspended => {
            let was_ready = (kind.readiness)(object).state == Readiness::Ready;
            let note = kind.suspension_note(object).unwrap_or_default();
            let message = format!("is suspended{note}");
            Health::new(State::Suspended { was_ready }, "Suspended", message)
        }
        Readiness::Progressing | Readiness::Unknown => Health::new(State::Busy, reason, message),
        Readiness::Waiting => Health::new(State::Waiting, reason, message),
        Readiness::Failed | Readiness::Retrying | Readiness::Stalled | Readiness::Locked => {
            match remediated(object, &reason) {
                Some(failure) => Health::told_by(State::Broken, failure),
                None => Health::new(State::Broken, reason, message),
            }
        }
    }
}

/// The condition that tells what failed, where the reason of Ready only tells what helm-controller did
/// about it, or that it gave up.
///
/// Source: helm-controller, `summarize` in `internal/reconcile/release.go`: Ready copies the first of
/// Remediated, TestSuccess and Released; `atomic_release.go` sets Stalled when retries are used up.
fn remediated<'a>(object: &'a DynamicObject, reason: &str) -> Option<Condition<'a>> {
    const REMEDIES: [&str; 6] = [
        "RollbackSucceeded",
        "RollbackFailed",
        "UninstallSucceeded",
        "UninstallFailed",
        "RetriesExceeded",
        "MissingRollbackTarget",
    ];
    if !REMEDIES.contains(&reason) {
        return None;
    }
    let has_failed = |kind| condition(object, kind).filter(|failure| failure.status == "False");
    has_failed("Released").or_else(|| has_failed("TestSuccess"))
}

/// Whether all Pods of a Deployment run its present template and are available.
///
/// Source: `apps/v1`, the counts that `kubectl rollout status` reads.
#[must_use]
pub fn is_available(deployment: &Deployment) -> bool {
    let Some(status) = &deployment.status else { return false };
    let wanted = deployment.spec.as_ref().and_then(|spec| spec.replicas).unwrap_or(1);
    let is_current = status.observed_generation >= deployment.metadata.generation;
    is_current
        && status.updated_replicas.unwrap_or(0) >= wanted
        && status.available_replicas.unwrap_or(0) >= wanted
        && status.replicas.unwrap_or(0) <= status.updated_replicas.unwrap_or(0)
}

/// Whether a Deployment has a Pod that can work, be it of an earlier template, and is to have one.
#[must_use]
pub fn is_at_work(deployment: &Deployment) -> bool {
    let wanted = deployment.spec.as_ref().and_then(|spec| spec.replicas).unwrap_or(1);
    let available = deployment.status.as_ref().and_then(|status| status.available_replicas);
    wanted > 0 && available.unwrap_or(0) > 0
}

fn of_deployment(object: &DynamicObject) -> Health {
    let parsed = object.clone().try_parse::<Deployment>();
    if parsed.as_ref().is_ok_and(is_available) {
        return Health::fine();
    }
    let is = |kind: &str, status: &str| {
        condition(object, kind).filter(|condition| condition.status == status)
    };
    if let Some(failure) = is("ReplicaFailure", "True").or_else(|| is("Progressing", "False")) {
        return Health::told_by(State::Broken, failure);
    }
    match is("Available", "False") {
        Some(unavailable) => Health::told_by(State::Busy, unavailable),
        None => counted(object, "availableReplicas", "updatedReplicas", wanted_replicas(object)),
    }
}

fn of_stateful_set(object: &DynamicObject) -> Health {
    let wanted = wanted_replicas(object);
    let strategy = "/spec/updateStrategy";
    let is_partial = text(object, &format!("{strategy}/type")) == Some("OnDelete")
        || number(object, &format!("{strategy}/rollingUpdate/partition")).unwrap_or(0) > 0;
    let is_updated = is_partial || count(object, "updatedReplicas") >= wanted;
    if is_observed(object) && is_updated && count(object, "readyReplicas") >= wanted {
        return Health::fine();
    }
    counted(object, "readyReplicas", "updatedReplicas", wanted)
}

fn of_daemon_set(object: &DynamicObject) -> Health {
    let wanted = count(object, "desiredNumberScheduled");
    let is_partial = text(object, "/spec/updateStrategy/type") == Some("OnDelete");
    let is_updated = is_partial || count(object, "updatedNumberScheduled") >= wanted;
    if is_observed(object) && is_updated && count(object, "numberAvailable") >= wanted {
        return Health::fine();
    }
    counted(object, "numberAvailable", "updatedNumberScheduled", wanted)
}

fn of_replica_set(object: &DynamicObject) -> Health {
    let wanted = wanted_replicas(object);
    if let Some(failure) = condition(object, "ReplicaFailure").filter(Condition::is_true) {
        return Health::told_by(State::Broken, failure);
    }
    if is_observed(object) && count(object, "readyReplicas") >= wanted {
        return Health::fine();
    }
    // All of its Pods are of the one template that it has.
    counted(object, "readyReplicas", "replicas", wanted)
}

fn of_job(object: &DynamicObject) -> Health {
    let is_true = |kind| condition(object, kind).filter(Condition::is_true);
    if is_true("Complete").is_some() {
        return Health::fine();
    }
    match is_true("Failed") {
        Some(failure) => Health::told_by(State::Broken, failure),
        None => Health::new(State::Busy, "", "it has not completed"),
    }
}

fn of_pod(object: &DynamicObject) -> Health {
    let is_ready = condition(object, "Ready").is_some_and(|ready| ready.is_true());
    match text(object, "/status/phase") {
        Some("Succeeded") => Health::fine(),
        _ if is_ready => Health::fine(),
        Some("Failed") => {
            let told = |field: &str| text(object, &format!("/status/{field}")).unwrap_or_default();
            Health::new(State::Broken, told("reason"), told("message"))
        }
        phase => Health::new(State::Busy, phase.unwrap_or_default(), "it is not ready"),
    }
}

fn of_claim(object: &DynamicObject) -> Health {
    match text(object, "/status/phase") {
        Some("Bound") => Health::fine(),
        phase => Health::new(State::Busy, phase.unwrap_or("Pending"), "no volume is bound to it"),
    }
}

/// An object that is fine when one condition is true.
fn of_one_condition(object: &DynamicObject, kind: &str) -> Health {
    match condition(object, kind) {
        Some(condition) if condition.is_true() => Health::fine(),
        Some(condition) => Health::told_by(State::Busy, condition),
        None => Health::new(State::Busy, "", format!("it is not {}", kind.to_lowercase())),
    }
}

/// An object of a kind that nobody here knows is fine unless its conditions say otherwise.
fn of_others(object: &DynamicObject) -> Health {
    let Verdict { state, reason, message } = readiness::of_conditions(object);
    match state {
        Readiness::Failed | Readiness::Retrying | Readiness::Stalled => {
            Health::new(State::Broken, reason, message)
        }
        Readiness::Progressing => Health::new(State::Busy, reason, message),
        Readiness::Ready
        | Readiness::Unknown
        | Readiness::Suspended
        | Readiness::Waiting
        | Readiness::Locked => Health::fine(),
    }
}

fn wanted_replicas(object: &DynamicObject) -> i64 {
    number(object, "/spec/replicas").unwrap_or(1)
}

fn count(object: &DynamicObject, field: &str) -> i64 {
    number(object, &format!("/status/{field}")).unwrap_or(0)
}

fn is_observed(object: &DynamicObject) -> bool {
    let observed = number(object, "/status/observedGeneration");
    observed >= object.metadata.generation
}

/// What a workload lacks by its counts: of Pods that are `ready`, or that are `updated`.
fn counted(object: &DynamicObject, ready: &str, updated: &str, wanted: i64) -> Health {
    let (ready, updated) = (count(object, ready), count(object, updated));
    let message = if !is_observed(object) {
        "its controller has not looked at its present generation yet".to_owned()
    } else if ready < wanted {
        format!("{ready} of {wanted} Pods are ready")
    } else if updated < wanted {
        format!("{updated} of {wanted} Pods are of its present template")
    } else {
        "Pods of an earlier template are still there".to_owned()
    };
    Health::new(State::Busy, "", message)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn health(group: &str, kind: &str, rest: Value) -> Health {
        let mut whole = json!({"metadata": {"name": "web", "namespace": "apps", "generation": 2}});
        for (key, value) in rest.as_object().expect("an object") {
            whole[key] = value.clone();
        }
        let object = serde_json::from_value(whole).expect("metadata, and anything else");
        Health::of(&Subject::new(group, kind, "apps", "web"), &object)
    }

    fn state(group: &str, kind: &str, rest: Value) -> State {
        health(group, kind, rest).state
    }

    #[test]
    fn a_rollout_is_available_when_the_new_pods_are() {
        let deployment = |observed: i64, updated: i32, available: i32, all: i32| {
            state(
                "apps",
                "Deployment",
                json!({"spec": {"replicas": 1, "selector": {}, "template": {}},
                    "status": {"observedGeneration": observed, "updatedReplicas": updated,
                        "availableReplicas": available, "replicas": all}}),
            )
        };
        assert_eq!(deployment(2, 1, 1, 1), State::Fine);
        assert_eq!(deployment(1, 1, 1, 1), State::Busy, "the new generation was not looked at");
        assert_eq!(deployment(2, 0, 1, 1), State::Busy, "the old Pod still stands in");
        assert_eq!(deployment(2, 1, 1, 2), State::Busy, "the old Pod is still there");
        assert_eq!(deployment(2, 1, 0, 1), State::Busy, "the new Pod is not available");
    }

    #[test]
    fn a_deployment_that_cannot_make_pods_has_failed() {
        let conditions = json!([{"type": "Available", "status": "False", "reason": "Minimum"},
            {"type": "ReplicaFailure", "status": "True", "reason": "FailedCreate",
                "message": "exceeded quota"}]);
        let told = health("apps", "Deployment", json!({"status": {"conditions": conditions}}));
        assert_eq!((told.state, told.reason.as_str()), (State::Broken, "FailedCreate"));
    }

    #[test]
    fn other_workloads_are_judged_by_their_counts() {
        for (kind, status, expected) in [
            ("StatefulSet", json!({"observedGeneration": 2, "readyReplicas": 1}), State::Busy),
            (
                "StatefulSet",
                json!({"observedGeneration": 2, "readyReplicas": 1, "updatedReplicas": 1}),
                State::Fine,
            ),
            (
                "DaemonSet",
                json!({"observedGeneration": 2, "desiredNumberScheduled": 2,
                    "updatedNumberScheduled": 2, "numberAvailable": 1}),
                State::Busy,
            ),
            ("DaemonSet", json!({"observedGeneration": 2}), State::Fine),
            ("DaemonSet", json!({}), State::Busy),
            ("ReplicaSet", json!({"observedGeneration": 2, "readyReplicas": 1}), State::Fine),
        ] {
            assert_eq!(state("apps", kind, json!({"status": status})), expected, "{kind} {status}");
        }
    }

    #[test]
    fn what_is_told_of_counts_is_what_lacks() {
        let status = |updated: i64, available: i64, all: i64| {
            json!({"observedGeneration": 2, "updatedReplicas": updated,
                "availableReplicas": available, "readyReplicas": available, "replicas": all})
        };
        let template = "0 of 1 Pods are of its present template";
        let old = "Pods of an earlier template are still there";
        let unseen = "its controller has not looked at its present generation yet";
        for (kind, status, told) in [
            ("Deployment", status(1, 0, 1), "0 of 1 Pods are ready"),
            ("Deployment", status(0, 1, 1), template),
            ("Deployment", status(1, 1, 2), old),
            ("Deployment", json!({"availableReplicas": 1}), unseen),
            ("StatefulSet", status(1, 0, 1), "0 of 1 Pods are ready"),
            ("StatefulSet", status(0, 1, 1), template),
            ("ReplicaSet", status(0, 0, 1), "0 of 1 Pods are ready"),
        ] {
            let told_of = health(
                "apps",
                kind,
                json!({"spec": {"replicas": 1, "selector": {}, "template": {}}, "status": status}),
            );
            assert_eq!(told_of.message, told, "{kind} {status}");
        }
    }

    #[test]
    fn a_job_is_fine_when_it_has_completed() {
        let with = |kind: &str| {
            let condition = json!({"type": kind, "status": "True", "reason": "Why"});
            state("batch", "Job", json!({"status": {"conditions": [condition]}}))
        };
        assert_eq!(with("Complete"), State::Fine);
        assert_eq!(with("Failed"), State::Broken);
        assert_eq!(with("Suspended"), State::Busy);
    }

    #[test]
    fn what_has_no_conditions_is_fine_where_it_may_have_none() {
        assert_eq!(state("", "ConfigMap", json!({})), State::Fine);
        assert_eq!(state("example.com", "Widget", json!({})), State::Fine);
        assert_eq!(state("kustomize.toolkit.fluxcd.io", "Kustomization", json!({})), State::Busy);
        let broken = json!({"status": {"conditions": [
            {"type": "Ready", "status": "False", "reason": "IssuerNotFound", "message": "no"}]}});
        assert_eq!(state("cert-manager.io", "Certificate", broken), State::Broken);
    }

    #[test]
    fn a_suspended_object_tells_whether_it_was_ready() {
        let kustomization = |ready: &str| {
            let group = "kustomize.toolkit.fluxcd.io";
            let condition = json!({"type": "Ready", "status": ready, "reason": "Any"});
            let rest = json!({"spec": {"suspend": true}, "status": {"conditions": [condition]}});
            state(group, "Kustomization", rest)
        };
        assert_eq!(kustomization("True"), State::Suspended { was_ready: true });
        assert_eq!(kustomization("False"), State::Suspended { was_ready: false });
    }

    #[test]
    fn a_remedy_is_no_cause() {
        let conditions = json!([
            {"type": "Ready", "status": "False", "reason": "RollbackSucceeded", "message": "back"},
            {"type": "Released", "status": "False", "reason": "UpgradeFailed", "message": "no"},
            {"type": "Remediated", "status": "True", "reason": "RollbackSucceeded"}]);
        let status = json!({"status": {"conditions": conditions}});
        let told = health("helm.toolkit.fluxcd.io", "HelmRelease", status);
        assert_eq!((told.reason.as_str(), told.message.as_str()), ("UpgradeFailed", "no"));
    }

    #[test]
    fn what_is_being_deleted_names_its_finalizers() {
        let metadata = json!({"name": "web", "deletionTimestamp": "2026-01-01T00:00:00Z",
            "finalizers": ["example.com/keep"]});
        let told = health("", "ConfigMap", json!({"metadata": metadata}));
        assert_eq!(told.message, "it is being deleted: held by example.com/keep");
    }
}
