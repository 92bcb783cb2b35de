//! What the cluster remembers about the plans of an object.
//!
//! Nobody keeps a record of plans. The status remembers the last step of each sort, managed fields who wrote
//! the approval last, and events the rest, until the cluster forgets them.

use std::fmt;

use k8s_openapi::jiff::Timestamp;
use kube::api::DynamicObject;

use crate::kinds::ownership::last_written;
use crate::kinds::terraform::TERRAFORM;
use crate::kinds::view::{is_true, number, text};

/// Something that happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// When; of something that happened several times, the last time.
    pub time: Timestamp,
    /// What, in a word or a few.
    pub what: String,
    /// More about it.
    pub detail: String,
    /// How it is known.
    pub source: Source,
}

/// How something is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// A field of the object's status, which remembers the last time only.
    Status,
    /// The time at which a writer last wrote the fields that it manages.
    ManagedFields,
    /// An event.
    Event,
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Status => "status",
            Self::ManagedFields => "managed fields",
            Self::Event => "event",
        })
    }
}

/// What the object itself tells, and what events about it do; the oldest first.
#[must_use]
pub fn of(object: &DynamicObject, events: &[DynamicObject]) -> Vec<Entry> {
    let mut entries = of_status(object);
    entries.extend(approval(object));
    entries.extend(events.iter().filter(|event| is_about(event, object)).filter_map(of_event));
    entries.sort_by_key(|entry| entry.time);
    entries
}

fn of_status(object: &DynamicObject) -> Vec<Entry> {
    let status = |field: &str| text(object, &format!("/status/{field}"));
    let entry = |field: &str, what: &str, detail: String| {
        let time = status(field)?.parse().ok()?;
        Some(Entry { time, what: what.to_owned(), detail, source: Source::Status })
    };
    let revision = status("lastPlannedRevision").unwrap_or_default();
    let generation = number(object, "/status/lastPlannedGeneration").filter(|number| *number > 0);
    let planned = match generation {
        Some(generation) => format!("{revision}, generation {generation}"),
        None => revision.to_owned(),
    };
    let what = match is_true(object, "/status/plan/isDestroyPlan") {
        true => "planned to destroy",
        false => "planned",
    };
    let told = [
        entry("lastPlanAt", what, planned),
        entry("lastDriftDetectedAt", "drift found", String::new()),
        entry("lastAppliedByDriftDetectionAt", "drift undone", String::new()),
    ];
    told.into_iter().flatten().chain(of_apply(object)).collect()
}

/// The condition Apply keeps what became of the last apply.
fn of_apply(object: &DynamicObject) -> Option<Entry> {
    let conditions = object.data.pointer("/status/conditions")?.as_array()?;
    let apply = conditions.iter().find(|condition| condition["type"] == "Apply")?;
    let (what, detail) = match apply["status"].as_str()? {
        "True" => {
            let part = |pointer| text(object, pointer).unwrap_or_default();
            let (plan, revision) =
                (part("/status/plan/lastApplied"), part("/status/lastAppliedRevision"));
            ("applied", format!("{plan}, {revision}"))
        }
        "False" => ("apply failed", first_line(apply["message"].as_str()?).to_owned()),
        _ => ("apply begun", String::new()),
    };
    let time = apply["lastTransitionTime"].as_str()?.parse().ok()?;
    Some(Entry { time, what: what.to_owned(), detail, source: Source::Status })
}

/// Who wrote the approval that stands in the manifest.
fn approval(object: &DynamicObject) -> Option<Entry> {
    let (manager, time) = last_written(object, &["spec", "approvePlan"])?;
    let approval = text(object, "/spec/approvePlan")?;
    let detail = format!("{approval}, by {manager} at the latest then");
    let what = "approval written".to_owned();
    Some(Entry { time, what, detail, source: Source::ManagedFields })
}

/// Whether an event is about an object: by its uid, or by its name where the event has none.
fn is_about(event: &DynamicObject, object: &DynamicObject) -> bool {
    let about = |field: &str| text(event, &format!("/involvedObject/{field}"));
    let is_of_uid = match about("uid") {
        Some(uid) => object.metadata.uid.as_deref() == Some(uid),
        None => true,
    };
    about("kind") == Some(TERRAFORM.kind)
        && about("name") == object.metadata.name.as_deref()
        && is_of_uid
}

/// Source: Event of `v1`: `lastTimestamp` is of what was counted, `eventTime` of what was not.
fn of_event(event: &DynamicObject) -> Option<Entry> {
    let times = ["/lastTimestamp", "/eventTime", "/firstTimestamp"];
    let told = times.into_iter().find_map(|time| text(event, time)?.parse().ok());
    let created = event.metadata.creation_timestamp.as_ref().map(|time| time.0);
    let count = number(event, "/count").filter(|count| *count > 1);
    let reason = text(event, "/reason").unwrap_or_default();
    Some(Entry {
        time: told.or(created)?,
        what: match count {
            Some(count) => format!("{reason} (×{count})"),
            None => reason.to_owned(),
        },
        detail: first_line(text(event, "/message").unwrap_or_default()).to_owned(),
        source: Source::Event,
    })
}

/// Whole plans are among the messages.
fn first_line(text: &str) -> &str {
    text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default().trim()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::kinds::view::tests::object;

    fn told(entries: &[Entry]) -> Vec<String> {
        let line = |entry: &Entry| {
            let Entry { time, what, detail, source } = entry;
            format!("{time} {what} [{detail}] {source}")
        };
        entries.iter().map(line).collect()
    }

    #[test]
    fn status_managers_and_events_are_told_in_their_order() {
        let vpc = object(json!({
            "metadata": {"name": "vpc", "namespace": "infra", "uid": "1", "managedFields": [{
                "manager": "nigari", "operation": "Update", "time": "2026-01-31T12:05:00Z",
                "fieldsV1": {"f:spec": {"f:approvePlan": {}}}}]},
            "spec": {"approvePlan": "plan-main-b8"},
            "status": {
                "lastPlanAt": "2026-01-31T12:00:00Z", "lastPlannedRevision": "main@sha1:b8",
                "lastPlannedGeneration": 3, "lastAppliedRevision": "main@sha1:b8",
                "plan": {"lastApplied": "plan-main-b8"},
                "conditions": [{"type": "Apply", "status": "True",
                    "lastTransitionTime": "2026-01-31T12:06:00Z"}],
            },
        }));
        let event = |uid: &str, reason: &str, time: &str, count: u32| {
            object(json!({
                "metadata": {"name": "e"}, "reason": reason, "lastTimestamp": time, "count": count,
                "message": "\nPlan generated:\nmore", "involvedObject": {
                    "kind": "Terraform", "namespace": "infra", "name": "vpc", "uid": uid}}))
        };
        let events = [
            event("1", "TerraformPlanSucceed", "2026-01-31T12:01:00Z", 1),
            event("1", "DriftDetected", "2026-01-31T11:00:00Z", 3),
            event("2", "OfAnother", "2026-01-31T11:00:00Z", 1),
        ];
        assert_eq!(
            told(&of(&vpc, &events)),
            [
                "2026-01-31T11:00:00Z DriftDetected (×3) [Plan generated:] event",
                "2026-01-31T12:00:00Z planned [main@sha1:b8, generation 3] status",
                "2026-01-31T12:01:00Z TerraformPlanSucceed [Plan generated:] event",
                "2026-01-31T12:05:00Z approval written [plan-main-b8, by nigari at the latest then] managed fields",
                "2026-01-31T12:06:00Z applied [plan-main-b8, main@sha1:b8] status",
            ]
        );
        assert_eq!(of(&object(json!({})), &[]), []);
    }
}
