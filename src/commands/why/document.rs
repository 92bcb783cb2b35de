//! A diagnosis for programs. The field names and the words of `state` and `relation` stay as they are.

use serde_json::{Value, json};

use crate::cluster::why::report::{Cause, Report, State, Step};
use crate::cluster::why::subject::Subject;

/// One `v1 List` of the diagnoses, as `get` prints objects.
pub(super) fn list<'a>(reports: impl Iterator<Item = &'a Report>) -> Value {
    let items: Vec<Value> = reports.map(diagnosis).collect();
    json!({"apiVersion": "v1", "kind": "List", "items": items})
}

fn diagnosis(report: &Report) -> Value {
    let step = |step: &Step| {
        let mut value = object(&step.subject);
        value["relation"] = json!(step.relation.map(|relation| relation.word()));
        value["state"] = json!(step.words);
        value
    };
    json!({
        "apiVersion": "nigari-cli.github.io/v1",
        "kind": "Diagnosis",
        "object": object(&report.subject),
        "ready": report.state == State::Ready,
        "state": report.state.word(),
        "cause": report.cause.as_ref().map(cause),
        "chain": report.chain.iter().map(step).collect::<Vec<_>>(),
        "blocked": report.blocked.iter().map(object).collect::<Vec<_>>(),
        "others": report.others.iter().map(cause).collect::<Vec<_>>(),
        "ahead": report.ahead.as_ref().map(cause),
        "unseen": report.unseen,
    })
}

fn cause(cause: &Cause) -> Value {
    json!({
        "object": object(&cause.subject),
        "part": cause.part,
        "reason": cause.reason,
        "message": cause.message,
        "line": cause.to_string(),
    })
}

fn object(subject: &Subject) -> Value {
    json!({
        "group": subject.group,
        "kind": subject.kind,
        "namespace": subject.namespace,
        "name": subject.name,
    })
}
