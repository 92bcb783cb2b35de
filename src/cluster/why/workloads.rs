//! What belongs to a workload: its newest ReplicaSet, its Pods, and the events about them.

use k8s_openapi::api::core::v1::{Event, Pod};
use kube::api::DynamicObject;

use super::health::{Health, State};
use super::pods::{Warning, latest_warning, pod_cause};
use super::report::{Cause, Fault};
use super::subject::Subject;
use crate::kinds::view::{annotation, number, text};

/// The object of a list as the walk names it.
pub(super) fn subject_of(group: &str, kind: &str, object: &DynamicObject) -> Subject {
    let namespace = object.metadata.namespace.as_deref().unwrap_or_default();
    Subject::new(group, kind, namespace, object.metadata.name.as_deref().unwrap_or_default())
}

fn uid(object: &DynamicObject) -> Option<&str> {
    object.metadata.uid.as_deref()
}

fn is_owned(object: &DynamicObject, owner: &DynamicObject) -> bool {
    let owners = object.metadata.owner_references.iter().flatten();
    uid(owner).is_some_and(|uid| owners.into_iter().any(|owner| owner.uid == uid))
}

/// The Deployment's ReplicaSet of the newest revision.
pub(super) fn newest_of<'a>(
    deployment: &DynamicObject,
    sets: &'a [DynamicObject],
) -> Option<&'a DynamicObject> {
    let revision = |set: &DynamicObject| -> u64 {
        let revision = annotation(set, "deployment.kubernetes.io/revision");
        revision.and_then(|revision| revision.parse().ok()).unwrap_or(0)
    };
    sets.iter().filter(|set| is_owned(set, deployment)).max_by_key(|set| revision(set))
}

/// The events about an object.
fn events_about(object: &DynamicObject, events: &[DynamicObject]) -> Vec<Event> {
    let is_about = |event: &&DynamicObject| {
        uid(object).is_some() && text(event, "/involvedObject/uid") == uid(object)
    };
    let about = events.iter().filter(is_about);
    about.filter_map(|event| event.clone().try_parse().ok()).collect()
}

/// The latest warning about an object that tells something.
pub(super) fn warning_about(object: &DynamicObject, events: &[DynamicObject]) -> Option<Warning> {
    latest_warning(uid(object), &events_about(object, events))
}

/// What keeps a Pod from running.
pub(super) fn cause_of_pod(
    subject: &Subject,
    pod: &DynamicObject,
    events: &[DynamicObject],
) -> Option<Cause> {
    let events = events_about(pod, events);
    let pod: Pod = pod.clone().try_parse().ok()?;
    pod_cause(subject, &pod, &events)
}

/// What keeps the worst of a workload's Pods from running. One that is going is none of those that are
/// wanted, and one that has ended may have been replaced, so it tells less than one that does not start.
pub(super) fn worst_pod(
    owner: &DynamicObject,
    pods: &[DynamicObject],
    events: &[DynamicObject],
) -> Option<Cause> {
    let is_going = |pod: &DynamicObject| pod.metadata.deletion_timestamp.is_some();
    let stay = pods.iter().filter(|pod| is_owned(pod, owner) && !is_going(pod));
    let causes = stay.filter_map(|pod| {
        let cause = cause_of_pod(&subject_of("", "Pod", pod), pod, events)?;
        let has_ended = text(pod, "/status/phase") == Some("Failed");
        Some((has_ended, cause))
    });
    let worst = causes.min_by_key(|(has_ended, cause)| (*has_ended, !cause.is_plain()));
    worst.map(|(_, cause)| cause)
}

/// Why a workload lacks Pods that could tell: a quota, an admission webhook, a ServiceAccount that is
/// missing. A ReplicaSet says so in its status, the others in events only, which outlive the trouble.
pub(super) fn no_pods(
    subject: &Subject,
    owner: &DynamicObject,
    events: &[DynamicObject],
) -> Option<Cause> {
    let is_set = subject.is("apps", "Deployment") || subject.is("apps", "ReplicaSet");
    let about = match is_set {
        true => subject_of("apps", "ReplicaSet", owner),
        false => subject.clone(),
    };
    let failure = is_set.then(|| Health::of(&about, owner));
    let failure = failure.filter(|health| health.state == State::Broken);
    let (reason, message) = match failure {
        Some(health) => (health.reason, health.message),
        None if has_all_pods(owner) => return None,
        None => {
            let warning = warning_about(owner, events)?;
            (warning.reason, warning.message)
        }
    };
    let fault = if message.contains("exceeded quota") { Fault::Quota } else { Fault::Other };
    Some(Cause::new(about, fault, &reason, &message))
}

/// Whether all Pods that a workload wants have been created, whatever became of them.
///
/// Source: `apps/v1`: `status.replicas` and `currentNumberScheduled` count the Pods that are there;
/// `batch/v1`: `active` those that have not ended.
fn has_all_pods(owner: &DynamicObject) -> bool {
    let status = |field: &str| number(owner, &format!("/status/{field}"));
    match status("desiredNumberScheduled") {
        Some(wanted) => status("currentNumberScheduled").unwrap_or(0) >= wanted,
        None => {
            let wanted = number(owner, "/spec/replicas").unwrap_or(1);
            status("replicas").or_else(|| status("active")).unwrap_or(0) >= wanted
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn parsed(json: Value) -> DynamicObject {
        serde_json::from_value(json).expect("an object")
    }

    #[test]
    fn the_newest_revision_is_compared_as_a_number() {
        let deployment = parsed(json!({"metadata": {"name": "d", "uid": "d"}}));
        let set = |name: &str, revision: &str, owner: &str| {
            parsed(json!({"metadata": {"name": name,
                "annotations": {"deployment.kubernetes.io/revision": revision},
                "ownerReferences": [{"apiVersion": "apps/v1", "kind": "Deployment", "name": "d",
                    "uid": owner}]}}))
        };
        let sets = [set("nine", "9", "d"), set("ten", "10", "d"), set("other", "99", "x")];
        let newest = newest_of(&deployment, &sets).expect("one is its own");
        assert_eq!(newest.metadata.name.as_deref(), Some("ten"));
    }

    #[test]
    fn a_quota_speaks_through_the_replica_set() {
        let set = parsed(json!({"metadata": {"name": "rs", "namespace": "apps"}, "status": {
            "conditions": [{"type": "ReplicaFailure", "status": "True", "reason": "FailedCreate",
                "message": "exceeded quota"}]}}));
        let cause = no_pods(&Subject::new("apps", "Deployment", "apps", "web"), &set, &[]);
        let cause = cause.expect("it cannot make Pods");
        let told = "ReplicaSet apps/rs: FailedCreate: exceeded quota";
        assert_eq!((cause.to_string().as_str(), cause.fault), (told, Fault::Quota));
    }

    #[test]
    fn a_stateful_set_without_pods_is_told_by_an_event() {
        let set = parsed(json!({"metadata": {"name": "db", "namespace": "apps", "uid": "s"}}));
        let event = parsed(json!({"metadata": {"name": "e"}, "type": "Warning",
            "reason": "FailedCreate", "message": "no service account",
            "involvedObject": {"uid": "s"}, "lastTimestamp": "2026-01-01T00:00:00Z"}));
        let cause = no_pods(&Subject::new("apps", "StatefulSet", "apps", "db"), &set, &[event]);
        let told = "StatefulSet apps/db: FailedCreate: no service account";
        assert_eq!(cause.expect("an event tells").to_string(), told);
    }
}
