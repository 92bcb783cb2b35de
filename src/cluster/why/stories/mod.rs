//! Whole walks through clusters that are a list of objects.

mod innocence;
mod ways;

use std::collections::BTreeSet;

use kube::api::DynamicObject;
use serde_json::{Value, json};

use super::facts::{Answer, Ask, Facts, Refusal, reads};
use super::report::{Report, State};
use super::subject::Subject;
use super::walk::diagnose;
use crate::kinds;

/// A cluster that is asked for what a walk wants, and remembers it.
#[derive(Default)]
struct World {
    objects: Vec<Value>,
    forbidden: Vec<&'static str>,
    asked: BTreeSet<Ask>,
}

impl World {
    fn with(objects: impl IntoIterator<Item = Value>) -> Self {
        Self { objects: objects.into_iter().collect(), ..Self::default() }
    }

    fn forbid(mut self, kinds: &[&'static str]) -> Self {
        self.forbidden.extend(kinds);
        self
    }

    fn why(&mut self, subject: &Subject) -> Report {
        let mut facts = Facts::default();
        loop {
            let diagnosis = diagnose(subject, &facts);
            if diagnosis.wanted.is_empty() {
                return diagnosis.report;
            }
            for ask in reads(diagnosis.wanted) {
                assert!(self.asked.insert(ask.clone()), "asked twice: {ask}");
                let answer = self.answer(&ask);
                facts.learn(ask, answer);
            }
        }
    }

    fn answer(&self, ask: &Ask) -> Answer {
        let is_of = |object: &&Value, kind: &str| object["kind"] == kind;
        let kind = match ask {
            Ask::Object(subject) | Ask::Presence(subject) => &subject.kind,
            Ask::Warnings { .. } => "Event",
            Ask::List { kind, .. } => kind,
        };
        if self.forbidden.contains(&kind) {
            return Err(Refusal::Forbidden);
        }
        let is_at = |object: &Value, key: &str, wanted: Option<&String>| {
            wanted.is_none_or(|wanted| object["metadata"][key] == wanted.as_str())
        };
        let objects = self.objects.iter().filter(|object| is_of(object, kind));
        let objects = objects.filter(|object| match ask {
            Ask::Object(subject) | Ask::Presence(subject) => {
                is_at(object, "namespace", Some(&subject.namespace))
                    && is_at(object, "name", Some(&subject.name))
            }
            Ask::Warnings { namespace, uid } => {
                is_at(object, "namespace", Some(namespace))
                    && object["involvedObject"]["uid"] == uid.as_str()
            }
            Ask::List { namespace, name, labels, .. } => {
                is_at(object, "namespace", namespace.as_ref())
                    && is_at(object, "name", name.as_ref())
                    && labels.as_ref().is_none_or(|labels| has_labels(object, labels))
            }
        });
        Ok(objects.map(parsed).collect())
    }
}

/// Whether an object has the labels of a selector like `a=b,c=d`.
fn has_labels(object: &Value, selector: &str) -> bool {
    selector.split(',').all(|label| {
        let (key, value) = label.split_once('=').expect("a selector of equalities");
        object["metadata"]["labels"][key] == value
    })
}

fn parsed(value: &Value) -> DynamicObject {
    serde_json::from_value(value.clone()).expect("an object")
}

fn flux(kind: &str, name: &str) -> Subject {
    let group = kinds::of_api_kind(kind).expect("a kind of Flux").group;
    Subject::new(group, kind, "apps", name)
}

/// An object in the namespace `apps`; what is in `rest` is added.
fn object(kind: &str, name: &str, rest: Value) -> Value {
    let mut object = json!({"kind": kind,
        "metadata": {"name": name, "namespace": "apps", "uid": format!("{kind}-{name}")}});
    for (key, value) in rest.as_object().expect("an object") {
        match value.as_object() {
            Some(fields) if key == "metadata" => {
                fields.iter().for_each(|(key, value)| object["metadata"][key] = value.clone());
            }
            _ => object[key] = value.clone(),
        }
    }
    object
}

fn ready(status: &str, reason: &str) -> Value {
    json!([{"type": "Ready", "status": status, "reason": reason, "message": format!("{reason}!")}])
}

fn failing(kind: &str, name: &str, reason: &str, spec: Value) -> Value {
    object(kind, name, json!({"spec": spec, "status": {"conditions": ready("False", reason)}}))
}

fn depending(name: &str, on: &[&str]) -> Value {
    let on: Vec<_> = on.iter().map(|name| json!({"name": name})).collect();
    failing("Kustomization", name, "DependencyNotReady", json!({"dependsOn": on}))
}

/// A Kustomization that waits in vain for what it has applied.
fn unhealthy(name: &str, ids: &[&str]) -> Value {
    let entries: Vec<_> = ids.iter().map(|id| json!({"id": id, "v": "v1"})).collect();
    object(
        "Kustomization",
        name,
        json!({"status": {"inventory": {"entries": entries},
            "conditions": ready("False", "HealthCheckFailed")}}),
    )
}

fn owned_by(kind: &str, name: &str) -> Value {
    json!([{"apiVersion": "apps/v1", "kind": kind, "name": name, "uid": format!("{kind}-{name}")}])
}

/// A Deployment with a Pod whose image cannot be pulled.
fn unpullable(name: &str) -> [Value; 3] {
    let set = format!("{name}-abc");
    [
        object(
            "Deployment",
            name,
            json!({"status": {"conditions": [
            {"type": "Available", "status": "False", "reason": "MinimumReplicasUnavailable",
                "message": "too few"}]}}),
        ),
        object(
            "ReplicaSet",
            &set,
            json!({"metadata": {"ownerReferences": owned_by("Deployment", name)}}),
        ),
        object(
            "Pod",
            &format!("{set}-1"),
            json!({"metadata": {"ownerReferences": owned_by("ReplicaSet", &set)},
                "status": {"phase": "Pending", "containerStatuses": [{"name": "main", "image": "i",
                    "imageID": "", "ready": false, "restartCount": 0, "state": {"waiting":
                        {"reason": "ErrImagePull", "message": "manifest unknown"}}}]}}),
        ),
    ]
}

fn told(report: &Report) -> String {
    report.cause.as_ref().map(ToString::to_string).unwrap_or_default()
}

fn names(subjects: &[Subject]) -> Vec<&str> {
    subjects.iter().map(|subject| subject.name.as_str()).collect()
}
