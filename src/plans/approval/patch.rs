//! The patches, each with the tests that it depends on.
//!
//! They are JSON patches (RFC 6902): the API server evaluates the tests against the very version that it
//! then replaces, status included, so that looking and writing are one step. A test that fails answers with
//! 422 and says not which one it was.

use serde_json::{Map, Value, json};

use super::record::{APPROVED, FROZEN, REJECTED, Record, Rejection, written};
use super::snapshot::Snapshot;
use crate::kinds::suspension::REASON;
use crate::plans::glass;

/// The annotation that asks for a pass.
const REQUESTED_AT: &str = "reconcile.fluxcd.io/requestedAt";

/// Operations that are done together or not at all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Operations(Vec<Value>);

impl Operations {
    /// Tests that the object is this one.
    #[must_use]
    pub fn on(uid: &str) -> Self {
        Self::default().test("/metadata/uid", json!(uid))
    }

    /// Tests that a member has this value; null: that it is absent, where its parent is there.
    #[must_use]
    pub fn test(mut self, path: &str, value: Value) -> Self {
        self.0.push(json!({"op": "test", "path": path, "value": value}));
        self
    }

    /// Sets a member.
    #[must_use]
    pub fn set(mut self, path: &str, value: Value) -> Self {
        self.0.push(json!({"op": "add", "path": path, "value": value}));
        self
    }

    /// Removes a member, which must be there.
    #[must_use]
    pub fn remove(mut self, path: &str) -> Self {
        self.0.push(json!({"op": "remove", "path": path}));
        self
    }

    /// Sets annotations. The first ones of an object come with the map that holds them, and only where
    /// there still is none.
    #[must_use]
    pub fn annotate(self, has_annotations: bool, annotations: &[(&str, &str)]) -> Self {
        if !has_annotations {
            let all: Map<_, _> =
                annotations.iter().map(|(key, value)| ((*key).to_owned(), json!(value))).collect();
            let path = "/metadata/annotations";
            return self.test(path, Value::Null).set(path, Value::Object(all));
        }
        annotations
            .iter()
            .fold(self, |all, (key, value)| all.set(&annotation_path(key), json!(value)))
    }

    /// The body of the request. The server compares texts as it has stored them, and it stores these five
    /// characters escaped (Go, `encoding/json`); in JSON they stand in texts only.
    #[must_use]
    pub fn body(&self) -> Vec<u8> {
        let mut body = String::new();
        for character in Value::Array(self.0.clone()).to_string().chars() {
            match character {
                '&' | '<' | '>' | '\u{2028}' | '\u{2029}' => {
                    body.push_str(&format!("\\u{:04x}", u32::from(character)));
                }
                other => body.push(other),
            }
        }
        body.into_bytes()
    }
}

/// The JSON pointer of an annotation.
#[must_use]
pub fn annotation_path(key: &str) -> String {
    format!("/metadata/annotations/{}", key.replace('~', "~0").replace('/', "~1"))
}

/// The tests that an object is still as it was seen, the status included.
fn as_seen(seen: &Snapshot) -> Operations {
    Operations::on(&seen.uid)
        .test("/metadata/generation", json!(seen.generation))
        .test("/spec/approvePlan", json!(seen.approve_plan))
        .test("/spec/suspend", json!(seen.suspend))
        .test("/status/plan/pending", json!(seen.pending))
        .test("/status/lastPlanAt", json!(seen.planned_at))
}

/// Suspends the object for the approval of its pending plan, and asks for a pass: when that one is over,
/// none is left that has seen the object before.
#[must_use]
pub fn freeze(reviewed: &Snapshot, token: &str) -> Operations {
    let plan = reviewed.pending.as_deref().unwrap_or_default();
    let reason = format!("nigari approves {plan}");
    as_seen(reviewed).set("/spec/suspend", json!(true)).annotate(
        reviewed.has_annotations,
        &[(REQUESTED_AT, token), (FROZEN, plan), (REASON, &reason)],
    )
}

/// Resumes the frozen object and approves its plan: never as two writes, for what is resumed without an
/// approval is planned again at once. `before` is what `spec.suspend` was before the freeze.
#[must_use]
pub fn arm(frozen: &Snapshot, before: Option<bool>, record: &Record, token: &str) -> Operations {
    let approved = as_seen(frozen).set("/spec/approvePlan", json!(frozen.pending));
    thawed(approved, before).annotate(true, &[(REQUESTED_AT, token), (APPROVED, &written(record))])
}

/// Takes the suspension off that [`freeze`] has set, if it is still that one.
#[must_use]
pub fn thaw(uid: &str, plan: &str, before: Option<bool>) -> Operations {
    let frozen = Operations::on(uid)
        .test("/spec/suspend", json!(true))
        .test(&annotation_path(FROZEN), json!(plan));
    thawed(frozen, before)
}

fn thawed(operations: Operations, before: Option<bool>) -> Operations {
    let operations = match before {
        None => operations.remove("/spec/suspend"),
        Some(value) => operations.set("/spec/suspend", json!(value)),
    };
    operations.remove(&annotation_path(FROZEN)).remove(&annotation_path(REASON))
}

/// Takes an approval back: whatever else has changed meanwhile, but not an approval of somebody else.
#[must_use]
pub fn clear(uid: &str, approval: &str) -> Operations {
    Operations::on(uid).test("/spec/approvePlan", json!(approval)).remove("/spec/approvePlan")
}

/// Takes back what an approval has left behind that did not come to its end: the approval, the suspension,
/// or both; and asks for a pass with `token`. Nothing where nothing is left.
#[must_use]
pub fn release(seen: &Snapshot, token: &str) -> Option<Operations> {
    let approval = seen.standing.approval();
    if approval.is_none() && !seen.is_frozen() {
        return None;
    }
    let mut operations = Operations::on(&seen.uid);
    if let Some(approval) = approval {
        operations =
            operations.test("/spec/approvePlan", json!(approval)).remove("/spec/approvePlan");
    }
    if let Some(plan) = seen.frozen_for.as_ref().filter(|_| seen.is_frozen()) {
        // What it was before is not known; absent is what it is as a rule.
        operations = operations
            .test("/spec/suspend", json!(true))
            .test(&annotation_path(FROZEN), json!(plan));
        operations = thawed(operations, None);
    }
    Some(operations.annotate(seen.has_annotations, &[(REQUESTED_AT, token)]))
}

/// Notes that the plan that waits is rejected, takes an approval back, and suspends the object if `suspends`.
#[must_use]
pub fn reject(seen: &Snapshot, rejection: &Rejection, suspends: bool) -> Operations {
    let mut operations = Operations::on(&seen.uid)
        .test("/status/plan/pending", json!(seen.pending))
        .test("/spec/approvePlan", json!(seen.approve_plan));
    if seen.standing.approval().is_some() {
        operations = operations.remove("/spec/approvePlan");
    }
    let note = written(rejection);
    let reason = format!("{} is rejected", rejection.plan);
    let mut annotations = vec![(REJECTED, note.as_str())];
    if suspends && seen.suspend != Some(true) {
        operations = operations.set("/spec/suspend", json!(true));
        annotations.push((REASON, rejection.reason.as_deref().unwrap_or(&reason)));
    }
    operations.annotate(seen.has_annotations, &annotations)
}

/// Empties what the status says about the last plan, so that the next pass plans and does not look for
/// drift. For the status subresource.
///
/// Source: tofu-controller v0.16.5, `tfctl/replan.go`: the fields.
#[must_use]
pub fn forget(seen: &Snapshot, attempted_revision: Option<&str>) -> Option<Operations> {
    let fields = [
        ("/status/plan/pending", seen.pending.as_deref()),
        ("/status/lastPlannedRevision", Some(seen.planned_revision.as_str())),
        ("/status/lastAttemptedRevision", attempted_revision),
    ];
    let known: Vec<_> = fields
        .into_iter()
        .filter(|(_, value)| value.is_some_and(|value| !value.is_empty()))
        .collect();
    if known.is_empty() {
        return None;
    }
    let mut operations =
        Operations::on(&seen.uid).test("/spec/approvePlan", json!(seen.approve_plan));
    for (path, value) in known {
        operations = operations.test(path, json!(value)).remove(path);
    }
    Some(operations)
}

/// Has tofu-controller break this lock and no later one, as long as it is still held; `before` is what
/// `spec.tfstate` says.
#[must_use]
pub fn unlock(seen: &Snapshot, before: Option<&Value>, lock: &str, token: &str) -> Operations {
    let mut wanted = before.cloned().unwrap_or_else(|| json!({}));
    wanted["forceUnlock"] = json!("yes");
    wanted["lockIdentifier"] = json!(lock);
    Operations::on(&seen.uid)
        .test("/spec/approvePlan", json!(seen.approve_plan))
        .test("/status/lock/pending", json!(lock))
        .test("/spec/tfstate", json!(before))
        .set("/spec/tfstate", wanted)
        .annotate(seen.has_annotations, &[(REQUESTED_AT, token)])
}

/// Gives `spec.tfstate` back what it said before the lock was broken, if that still stands there.
#[must_use]
pub fn relock(uid: &str, before: Option<&Value>, lock: &str) -> Operations {
    let written = Operations::on(uid)
        .test("/spec/tfstate/forceUnlock", json!("yes"))
        .test("/spec/tfstate/lockIdentifier", json!(lock));
    match before {
        None => written.remove("/spec/tfstate"),
        Some(before) => written.set("/spec/tfstate", before.clone()),
    }
}

/// Sets or removes `spec.destroy`, as long as nothing was approved since, and asks for a pass.
#[must_use]
pub fn destroy(seen: &Snapshot, destroys: bool, token: &str) -> Operations {
    let tested = Operations::on(&seen.uid)
        .test("/metadata/generation", json!(seen.generation))
        .test("/spec/approvePlan", json!(seen.approve_plan));
    let written = match destroys {
        true => tested.set("/spec/destroy", json!(true)),
        false => tested.remove("/spec/destroy"),
    };
    written.annotate(seen.has_annotations, &[(REQUESTED_AT, token)])
}

/// Asks for a session in the runner, and for the pass that begins it, as long as nothing was approved.
#[must_use]
pub fn break_glass(seen: &Snapshot, token: &str) -> Operations {
    Operations::on(&seen.uid)
        .test("/spec/approvePlan", json!(seen.approve_plan))
        .annotate(seen.has_annotations, &[(glass::ANNOTATION, token), (REQUESTED_AT, token)])
}

/// Takes the request for a session back, if it is still that one.
#[must_use]
pub fn mend_glass(uid: &str, asked: &str) -> Operations {
    let path = annotation_path(glass::ANNOTATION);
    Operations::on(uid).test(&path, json!(asked)).remove(&path)
}

/// Asks for a pass, as long as nothing was approved since.
#[must_use]
pub fn request(seen: &Snapshot, token: &str) -> Operations {
    Operations::on(&seen.uid)
        .test("/spec/approvePlan", json!(seen.approve_plan))
        .annotate(seen.has_annotations, &[(REQUESTED_AT, token)])
}

#[cfg(test)]
mod tests {
    use super::super::snapshot::tests::snapshot;
    use super::super::standing::Standing;
    use super::*;

    fn lines(operations: &Operations) -> Vec<String> {
        let line = |operation: &Value| {
            let (op, path) =
                (operation["op"].as_str().unwrap(), operation["path"].as_str().unwrap());
            match operation.get("value") {
                Some(value) => format!("{op} {path} {value}"),
                None => format!("{op} {path}"),
            }
        };
        operations.0.iter().map(line).collect()
    }

    const AS_SEEN: [&str; 6] = [
        r#"test /metadata/uid "uid-1""#,
        "test /metadata/generation 3",
        "test /spec/approvePlan null",
        "test /spec/suspend null",
        r#"test /status/plan/pending "plan-main-b8e362c206""#,
        r#"test /status/lastPlanAt "2026-01-31T12:00:00Z""#,
    ];

    #[test]
    fn a_freeze_tests_everything_that_was_reviewed() {
        let lines = lines(&freeze(&snapshot(), "now"));
        assert_eq!(lines[..6], AS_SEEN);
        assert_eq!(
            lines[6..],
            [
                "add /spec/suspend true",
                r#"add /metadata/annotations/reconcile.fluxcd.io~1requestedAt "now""#,
                r#"add /metadata/annotations/nigari-cli.github.io~1frozen-for-plan "plan-main-b8e362c206""#,
                r#"add /metadata/annotations/nigari-cli.github.io~1suspended-reason "nigari approves plan-main-b8e362c206""#,
            ]
        );
    }

    #[test]
    fn the_first_annotations_come_with_their_map() {
        let bare = Snapshot { has_annotations: false, ..snapshot() };
        let lines = lines(&freeze(&bare, "now"));
        assert_eq!(lines[7], "test /metadata/annotations null");
        assert!(
            lines[8].starts_with(
                r#"add /metadata/annotations {"reconcile.fluxcd.io/requestedAt":"now""#
            )
        );
        assert_eq!(lines.len(), 9);
    }

    #[test]
    fn resuming_and_approving_is_one_patch() {
        let frozen = Snapshot { generation: 4, suspend: Some(true), ..snapshot() };
        let text = |text: &str| text.to_owned();
        let record =
            Record { plan: text("p"), digest: text("d"), by: text("me"), at: text("then") };
        let lines = lines(&arm(&frozen, None, &record, "again"));
        assert_eq!(lines[1], "test /metadata/generation 4");
        assert_eq!(lines[3], "test /spec/suspend true");
        assert_eq!(lines[6], r#"add /spec/approvePlan "plan-main-b8e362c206""#);
        assert_eq!(
            lines[7..10],
            [
                "remove /spec/suspend",
                "remove /metadata/annotations/nigari-cli.github.io~1frozen-for-plan",
                "remove /metadata/annotations/nigari-cli.github.io~1suspended-reason",
            ]
        );
        assert_eq!(lines.len(), 12);
        let kept = super::arm(&frozen, Some(false), &record, "again");
        assert!(self::lines(&kept).contains(&"add /spec/suspend false".to_owned()));
    }

    #[test]
    fn clearing_tests_the_object_and_the_approval_and_nothing_else() {
        assert_eq!(
            lines(&clear("uid-1", "plan-main-b8e362c206")),
            [
                r#"test /metadata/uid "uid-1""#,
                r#"test /spec/approvePlan "plan-main-b8e362c206""#,
                "remove /spec/approvePlan",
            ]
        );
        let thawed = lines(&thaw("uid-1", "plan-main-b8e362c206", None));
        assert_eq!(thawed[1], "test /spec/suspend true");
        assert!(
            thawed[2]
                .starts_with("test /metadata/annotations/nigari-cli.github.io~1frozen-for-plan")
        );
    }

    #[test]
    fn texts_are_sent_as_the_server_stores_them() {
        let body = Operations::on("u").test("/status/plan/pending", json!("plan-a&b<c>-1")).body();
        let body = String::from_utf8(body).unwrap();
        assert!(body.contains(r"plan-a\u0026b\u003cc\u003e-1"), "{body}");
        let read: Value = serde_json::from_str(&body).unwrap();
        assert_eq!(read[1]["value"], "plan-a&b<c>-1");
        assert_eq!(annotation_path("a~b/c"), "/metadata/annotations/a~0b~1c");
    }

    #[test]
    fn what_is_left_behind_is_taken_back_together() {
        assert_eq!(release(&snapshot(), "now"), None);
        let armed = Snapshot {
            standing: Standing::Armed("plan-a".to_owned()),
            approve_plan: Some("plan-a".to_owned()),
            ..snapshot()
        };
        assert_eq!(
            lines(&release(&armed, "now").unwrap())[1..],
            [
                r#"test /spec/approvePlan "plan-a""#,
                "remove /spec/approvePlan",
                r#"add /metadata/annotations/reconcile.fluxcd.io~1requestedAt "now""#,
            ]
        );
        let frozen =
            Snapshot { suspend: Some(true), frozen_for: Some("plan-a".to_owned()), ..snapshot() };
        let lines = lines(&release(&frozen, "now").unwrap());
        assert_eq!(lines[1], "test /spec/suspend true");
        assert_eq!(lines[3], "remove /spec/suspend");
        let suspended = Snapshot { frozen_for: None, ..frozen };
        assert_eq!(release(&suspended, "now"), None, "a suspension of somebody else stays");
        let auto = Snapshot { standing: Standing::Auto, ..snapshot() };
        assert_eq!(release(&auto, "now"), None);
    }

    #[test]
    fn a_plan_is_forgotten_only_where_nothing_is_approved_meanwhile() {
        let lines = lines(&forget(&snapshot(), None).unwrap());
        assert_eq!(lines[1], "test /spec/approvePlan null");
        assert_eq!(lines[3], "remove /status/plan/pending");
        assert_eq!(lines[5], "remove /status/lastPlannedRevision");
        assert_eq!(lines.len(), 6);
        let fresh = Snapshot { pending: None, planned_revision: String::new(), ..snapshot() };
        assert_eq!(forget(&fresh, None), None);
    }

    #[test]
    fn a_rejection_takes_the_approval_back_and_suspends_on_request() {
        let rejection = Rejection {
            plan: "plan-a".to_owned(),
            by: "me".to_owned(),
            at: "then".to_owned(),
            reason: None,
        };
        let plain = lines(&reject(&snapshot(), &rejection, false));
        assert_eq!(plain[1], r#"test /status/plan/pending "plan-main-b8e362c206""#);
        assert_eq!(plain.len(), 4);
        let armed = Snapshot { standing: Standing::Armed("plan-a".to_owned()), ..snapshot() };
        let both = lines(&reject(&armed, &rejection, true));
        assert_eq!(both[3..5], ["remove /spec/approvePlan", "add /spec/suspend true"]);
        assert!(both[6].ends_with(r#"suspended-reason "plan-a is rejected""#), "{both:?}");
    }

    #[test]
    fn a_lock_is_broken_by_its_id_and_the_manifest_restored() {
        let before = json!({"lockTimeout": "1m"});
        let unlocked = lines(&unlock(&snapshot(), Some(&before), "0-1", "now"));
        assert_eq!(
            unlocked[2..5],
            [
                r#"test /status/lock/pending "0-1""#,
                r#"test /spec/tfstate {"lockTimeout":"1m"}"#,
                r#"add /spec/tfstate {"lockTimeout":"1m","forceUnlock":"yes","lockIdentifier":"0-1"}"#,
            ]
        );
        let restored = lines(&relock("uid-1", Some(&before), "0-1"));
        assert_eq!(restored[3], r#"add /spec/tfstate {"lockTimeout":"1m"}"#);
        assert_eq!(lines(&relock("uid-1", None, "0-1"))[3], "remove /spec/tfstate");
    }

    #[test]
    fn to_destroy_is_a_field_that_is_taken_off_again() {
        assert_eq!(lines(&destroy(&snapshot(), true, "now"))[3], "add /spec/destroy true");
        assert_eq!(lines(&destroy(&snapshot(), false, "now"))[3], "remove /spec/destroy");
    }
}
