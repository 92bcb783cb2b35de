//! What belongs to a workload: its newest ReplicaSet, its Pods, and the events about them.

use k8s_openapi::api::core::v1::{Event, Pod};
use kube::api::DynamicObject;

use super::health::{Health, State};
use super::pods::{Warning, latest_warning, needs_warnings, pod_cause};
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

/// A Pod that is not as it should be, as far as it tells itself.
pub(super) struct Suspect<'a> {
    pub(super) object: &'a DynamicObject,
    pod: Pod,
    own: Option<Cause>,
}

impl<'a> Suspect<'a> {
    /// Nothing when nothing is wrong with it.
    pub(super) fn of(object: &'a DynamicObject) -> Option<Self> {
        let pod: Pod = object.clone().try_parse().ok()?;
        let own = pod_cause(&subject_of("", "Pod", object), &pod, &[]);
        (own.is_some() || needs_warnings(&pod)).then_some(Self { object, pod, own })
    }

    /// Whether it tells a cause itself, be it in vague words.
    pub(super) fn tells(&self) -> bool {
        self.own.is_some()
    }

    /// Whether the warnings about it can tell more.
    pub(super) fn needs_warnings(&self) -> bool {
        needs_warnings(&self.pod)
    }

    /// What keeps it from running, with the words of the warnings about it.
    pub(super) fn cause(&self, events: &[DynamicObject]) -> Option<Cause> {
        let subject = subject_of("", "Pod", self.object);
        pod_cause(&subject, &self.pod, &events_about(self.object, events))
    }

    /// How little it tells. One that has ended may have been replaced, so it tells less than one that does
    /// not start.
    fn order(&self) -> (bool, bool, bool) {
        let has_ended = text(self.object, "/status/phase") == Some("Failed");
        let is_plain = self.own.as_ref().is_some_and(Cause::is_plain);
        (has_ended, !is_plain, !self.tells())
    }
}

/// Those of a workload's Pods that are not as they should be, who tells most first. One that is going is none of
/// those that are wanted.
pub(super) fn suspects<'a>(owner: &DynamicObject, pods: &'a [DynamicObject]) -> Vec<Suspect<'a>> {
    let is_going = |pod: &DynamicObject| pod.metadata.deletion_timestamp.is_some();
    let stay = pods.iter().filter(|pod| is_owned(pod, owner) && !is_going(pod));
    let mut suspects: Vec<_> = stay.filter_map(Suspect::of).collect();
    suspects.sort_by_key(Suspect::order);
    suspects
}

/// Who creates the Pods of a workload, as the walk names it.
pub(super) fn maker(subject: &Subject, owner: &DynamicObject) -> Subject {
    match subject.is("apps", "Deployment") {
        true => subject_of("apps", "ReplicaSet", owner),
        false => subject.clone(),
    }
}

/// Why Pods cannot be created, as a ReplicaSet's own status tells it: a quota, an admission webhook, a
/// ServiceAccount that is missing.
pub(super) fn own_refusal(maker: &Subject, owner: &DynamicObject) -> Option<Cause> {
    let health = maker.is("apps", "ReplicaSet").then(|| Health::of(maker, owner))?;
    let is_refused = health.state == State::Broken;
    is_refused.then(|| refusal(maker, &health.reason, &health.message))
}

/// Why Pods cannot be created, as the warnings about who should create them tell it. They outlive the
/// trouble, so they count only while Pods lack.
pub(super) fn warned_refusal(
    maker: &Subject,
    owner: &DynamicObject,
    events: &[DynamicObject],
) -> Option<Cause> {
    let warning = warning_about(owner, events).filter(|_| !has_all_pods(owner))?;
    Some(refusal(maker, &warning.reason, &warning.message))
}

fn refusal(maker: &Subject, reason: &str, message: &str) -> Cause {
    let fault = if message.contains("exceeded quota") { Fault::Quota } else { Fault::Other };
    Cause::new(maker.clone(), fault, reason, message)
}

/// Whether all Pods that a workload wants have been created, whatever became of them.
///
/// Source: `apps/v1`: `status.replicas` and `currentNumberScheduled` count the Pods that are there;
/// `batch/v1`: `active` those that have not ended.
pub(super) fn has_all_pods(owner: &DynamicObject) -> bool {
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
        let maker = maker(&Subject::new("apps", "Deployment", "apps", "web"), &set);
        let cause = own_refusal(&maker, &set).expect("it cannot make Pods");
        let told = "ReplicaSet apps/rs: FailedCreate: exceeded quota";
        assert_eq!((cause.to_string().as_str(), cause.fault), (told, Fault::Quota));
    }

    #[test]
    fn a_stateful_set_without_pods_is_told_by_an_event() {
        let set = parsed(json!({"metadata": {"name": "db", "namespace": "apps", "uid": "s"}}));
        let event = parsed(json!({"metadata": {"name": "e"}, "type": "Warning",
            "reason": "FailedCreate", "message": "no service account",
            "involvedObject": {"uid": "s"}, "lastTimestamp": "2026-01-01T00:00:00Z"}));
        let subject = Subject::new("apps", "StatefulSet", "apps", "db");
        let maker = maker(&subject, &set);
        assert_eq!(own_refusal(&maker, &set), None);
        let cause = warned_refusal(&maker, &set, std::slice::from_ref(&event));
        let told = "StatefulSet apps/db: FailedCreate: no service account";
        assert_eq!(cause.expect("an event tells").to_string(), told);
        let mut complete = set;
        complete.data = json!({"status": {"replicas": 1}});
        assert_eq!(warned_refusal(&maker, &complete, &[event]), None);
    }

    #[test]
    fn pods_that_are_there_are_counted_where_the_kind_counts_them() {
        let counted = |spec: Value, status: Value| {
            has_all_pods(&parsed(json!({"metadata": {}, "spec": spec, "status": status})))
        };
        for (spec, status, has_all) in [
            (json!({"replicas": 2}), json!({"replicas": 2}), true),
            (json!({"replicas": 2}), json!({"replicas": 1}), false),
            (json!({}), json!({"active": 1}), true),
            (json!({}), json!({}), false),
            (json!({}), json!({"desiredNumberScheduled": 3, "currentNumberScheduled": 3}), true),
            (json!({}), json!({"desiredNumberScheduled": 3, "currentNumberScheduled": 2}), false),
        ] {
            assert_eq!(counted(spec.clone(), status.clone()), has_all, "{spec} {status}");
        }
    }
}
