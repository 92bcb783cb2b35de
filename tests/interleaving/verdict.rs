//! What has to hold of every trial, decided from what was written down: the requests of nigari, every
//! version of the object and of its plan file, and the plans that the controller applied.

use nigari_sandbox::turnstile::Visit;
use serde_json::Value;

use crate::history::{ObjectVersion, Past};
use crate::trial::{AfterKill, Ran, Record, is_clean};
use crate::world::Form;

/// What must not have happened; nothing when all is well. `applied` has the content of each plan that was
/// applied to the object.
pub(crate) fn violations(record: &Record, past: &Past, applied: &[Value]) -> Vec<String> {
    let approvals = approvals(past);
    let mut found: Vec<String> =
        approvals.iter().flat_map(|approval| unreviewed(record, past, approval)).collect();
    found.extend(misapplied(record, approvals.len(), applied));
    if record.is_killed {
        found.extend(record.after.iter().flat_map(|after| unforgotten(record, after)));
    } else {
        found.extend(unreported(record, past, &approvals, applied));
        let left = record.left.as_ref().filter(|left| !is_clean(left));
        found.extend(left.map(|_| "an approval or a suspension is left".to_owned()));
    }
    found
}

/// The versions with which an approval came into an object.
fn approvals(past: &Past) -> Vec<&ObjectVersion> {
    let is_new = |(index, now): &(usize, &ObjectVersion)| {
        let before = past.objects[..*index].iter().rfind(|before| before.uid == now.uid);
        now.approval.is_some()
            && before.and_then(|before| before.approval.as_ref()) != now.approval.as_ref()
    };
    past.objects.iter().enumerate().filter(is_new).map(|(_, now)| now).collect()
}

/// What an approval was written for that nobody has reviewed.
fn unreviewed(record: &Record, past: &Past, approval: &ObjectVersion) -> Vec<String> {
    let reviewed = &record.reviewed;
    let runs = [Some(&record.run), record.after.as_ref().map(|after| &after.next)];
    let wrote = |visit: &Visit| visit.is_write && visit.version == Some(approval.version);
    let Some((run, index)) = runs
        .into_iter()
        .flatten()
        .find_map(|run: &Ran| Some((run, run.visits.iter().position(wrote)?)))
    else {
        return vec![format!("an approval that nigari did not write: {approval:?}")];
    };
    let mut found = Vec::new();
    let mut check = |what: &str, is_same: bool| {
        if !is_same {
            found.push(format!("an approval of another {what} than reviewed: {approval:?}"));
        }
    };
    check("object", approval.uid == reviewed.uid);
    check("plan", approval.approval.as_ref() == Some(&reviewed.id));
    check("pending plan", approval.pending.as_ref() == Some(&reviewed.id));
    if std::ptr::eq(run, &record.run) {
        // One for the suspension, and one for this.
        check("generation", approval.generation == reviewed.generation + 2);
        check("time", approval.planned_at.as_ref() == Some(&reviewed.planned_at));
        check("revision", approval.planned_revision.as_ref() == Some(&reviewed.planned_revision));
    }
    // The plan is stored elsewhere, and no write depends on two objects: what counts is what nigari saw
    // when it looked last.
    let look = run.visits[..index].iter().rfind(|visit| is_look_at_plan(visit));
    let seen = look.and_then(|look| past.plan_at(look.version?));
    check("plan file", seen.is_some_and(|plan| plan.digest == reviewed.digest));
    found
}

fn is_look_at_plan(visit: &Visit) -> bool {
    let path = visit.path.replace("%2F", "/").replace("%3D", "=").replace("%2C", ",");
    path.contains("/secrets?") && path.contains("infra.contrib.fluxcd.io/plan-name=vpc,")
}

/// What was applied that nobody has approved.
fn misapplied(record: &Record, approvals: usize, applied: &[Value]) -> Vec<String> {
    let mut found = Vec::new();
    // An approval stands until it is taken back, and the controller looks at nothing but its id: a spec that is
    // edited before that may be applied in a second pass. Nobody can prevent it; it has to be told.
    let is_told = record.run.code == Some(7);
    if applied.len() > approvals && !is_told {
        found.push(format!("{approvals} approvals, and {} plans applied", applied.len()));
    }
    let differs = applied.iter().any(|content| *content != record.reviewed.content);
    if record.is_killed && differs {
        found.push("after the kill another plan than the reviewed one was applied".to_owned());
    }
    if record.run.code == Some(0) && applied.len() != 1 {
        found.push(format!("a success, and {} plans applied", applied.len()));
    }
    found
}

/// What differs from what was reviewed and was not told.
fn unreported(
    record: &Record,
    past: &Past,
    approvals: &[&ObjectVersion],
    applied: &[Value],
) -> Vec<String> {
    let mut found = Vec::new();
    let Ran { code, told, .. } = &record.run;
    if !matches!(code, Some(0 | 7)) {
        found.push(format!("exit {code:?}"));
    }
    if record.form == Form::None {
        return found;
    }
    let reviewed = &record.reviewed;
    let differs = applied.iter().any(|content| *content != reviewed.content)
        || approvals.iter().any(|approval| has_another_plan(record, past, approval));
    if differs && *code != Some(7) {
        found.push(format!("exit {code:?}, and the second plan is not the reviewed one"));
    }
    if *code == Some(0) && !told.contains("was applied, as reviewed") {
        found.push("a success that does not tell whether it was what was reviewed".to_owned());
    }
    found
}

/// Whether the controller's second plan, the first one of the reviewed id that it made under this approval, is
/// not the reviewed one. What it plans when that is applied, such as no changes at all, is judged by whether it
/// is applied too.
fn has_another_plan(record: &Record, past: &Past, approval: &ObjectVersion) -> bool {
    let later = past.objects.iter().filter(|object| object.version > approval.version);
    let end = later
        .filter(|object| object.approval.is_none() || object.is_gone)
        .map(|object| object.version)
        .min();
    let stood = approval.version..end.unwrap_or(u64::MAX);
    let made = past.plans.iter().filter(|plan| {
        stood.contains(&plan.version)
            && !plan.is_gone
            && !plan.is_rewritten
            && plan.id == record.reviewed.id
    });
    let second = made.min_by_key(|plan| plan.version);
    second.is_some_and(|second| second.content != record.reviewed.content)
}

/// What a kill has left behind and was not shown, or not cleared first.
fn unforgotten(record: &Record, after: &AfterKill) -> Vec<String> {
    let mut found = Vec::new();
    let left = record.left.as_ref().expect("a kill deletes nothing");
    let is_armed = !left["spec"]["approvePlan"].is_null();
    let words = ["approved", "armed", "left over"];
    let row = after.list.told.lines().find(|line| line.contains(" vpc ")).unwrap_or_default();
    if is_armed && !words.iter().any(|word| row.contains(word)) {
        found.push(format!("it is armed, and plan list does not say so: {}", after.list.told));
    }
    let first = after.next.visits.iter().find(|visit| visit.is_write);
    let cleared = if is_armed { "/spec/approvePlan" } else { "/spec/suspend" };
    let clears = |visit: &Visit| {
        let operations: Value = serde_json::from_str(&visit.body).unwrap_or_default();
        let mut operations = operations.as_array().into_iter().flatten();
        operations.any(|operation| operation["op"] == "remove" && operation["path"] == cleared)
    };
    if !first.is_some_and(clears) {
        found.push(format!("the next command did not take back first what is left: {first:?}"));
    }
    if !matches!(after.next.code, Some(0 | 7)) {
        found.push(format!(
            "the next command ended with {:?}: {}",
            after.next.code, after.next.told
        ));
    }
    if after.left.as_ref().is_some_and(|left| !is_clean(left)) {
        found.push("the next command left something behind".to_owned());
    }
    found
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::history::PlanVersion;
    use crate::world::Reviewed;

    const ID: &str = "plan-main-b8e362c206";

    fn object(version: u64, generation: i64, approval: Option<&str>) -> ObjectVersion {
        let text = |text: &str| Some(text.to_owned());
        ObjectVersion {
            version,
            uid: "uid-1".to_owned(),
            generation,
            approval: approval.map(str::to_owned),
            pending: text(ID),
            planned_at: text("2026-01-31T12:00:00Z"),
            planned_revision: text("main@sha1:b8e362c206"),
            is_gone: false,
        }
    }

    fn plan(version: u64, digest: &str, content: &str) -> PlanVersion {
        let (id, digest, content) = (ID.to_owned(), digest.to_owned(), json!(content));
        PlanVersion { version, id, digest, content, is_rewritten: false, is_gone: false }
    }

    fn visit(path: &str, body: &Value, version: u64) -> Visit {
        Visit {
            method: String::new(),
            path: path.to_owned(),
            body: body.to_string(),
            status: Some(200),
            version: Some(version),
            is_write: !body.is_null(),
        }
    }

    fn ran(code: Option<i32>, told: &str, visits: Vec<Visit>) -> Ran {
        Ran { code, told: told.to_owned(), visits }
    }

    const LOOK: &str =
        "/api/v1/namespaces/t/secrets?&labelSelector=infra.contrib.fluxcd.io%2Fplan-name%3Dvpc%2C";

    /// An approval of which nothing is wrong.
    fn good() -> (Record, Past, Vec<Value>) {
        let planned = object(1, 1, None);
        let reviewed = Reviewed {
            uid: planned.uid.clone(),
            generation: 1,
            id: ID.to_owned(),
            planned_at: planned.planned_at.clone().unwrap(),
            planned_revision: planned.planned_revision.clone().unwrap(),
            digest: "first".to_owned(),
            content: json!("network"),
        };
        let past = Past {
            objects: vec![planned, object(6, 3, Some(ID)), object(9, 4, None)],
            plans: vec![plan(2, "first", "network"), plan(7, "second", "network")],
        };
        let visits = vec![visit(LOOK, &Value::Null, 5), visit("/terraforms/vpc", &json!([]), 6)];
        let record = Record {
            name: "drift@1#1".to_owned(),
            form: Form::Json,
            namespace: "t".to_owned(),
            reviewed,
            is_hit: true,
            is_killed: false,
            run: ran(Some(0), "was applied, as reviewed", visits),
            left: Some(json!({})),
            after: None,
        };
        (record, past, vec![json!("network")])
    }

    #[track_caller]
    fn expect(change: impl FnOnce(&mut Record, &mut Past, &mut Vec<Value>), words: &str) {
        let (mut record, mut past, mut applied) = good();
        change(&mut record, &mut past, &mut applied);
        let found = violations(&record, &past, &applied).join("; ");
        assert!(found.contains(words), "{words:?} is not in {found:?}");
    }

    #[test]
    fn an_approval_of_what_was_reviewed_is_well() {
        let (record, past, applied) = good();
        assert_eq!(violations(&record, &past, &applied), [""; 0]);
    }

    #[test]
    fn what_is_planned_after_the_apply_is_not_the_second_plan() {
        let (record, mut past, mut applied) = good();
        past.plans.push(plan(8, "third", "nothing"));
        assert_eq!(violations(&record, &past, &applied), [""; 0]);
        applied.push(json!("nothing"));
        assert_ne!(violations(&record, &past, &applied), [""; 0]);
        let record = Record { run: ran(Some(7), "changed", record.run.visits), ..record };
        assert_eq!(violations(&record, &past, &applied), [""; 0]);
    }

    #[test]
    fn an_approval_of_anything_else_is_caught() {
        expect(|_, past, _| past.objects[1].uid = "uid-2".to_owned(), "another object");
        expect(|_, past, _| past.objects[1].approval = Some("auto".to_owned()), "another plan");
        expect(|_, past, _| past.objects[1].pending = None, "another pending plan");
        expect(|_, past, _| past.objects[1].generation = 4, "another generation");
        expect(|_, past, _| past.objects[1].planned_at = None, "another time");
        expect(|_, past, _| past.objects[1].planned_revision = None, "another revision");
        expect(|_, past, _| past.plans.insert(1, plan(4, "other", "network")), "another plan file");
        expect(|record, _, _| drop(record.run.visits.pop()), "nigari did not write");
    }

    #[test]
    fn what_is_applied_unseen_or_untold_is_caught() {
        expect(|_, _, applied| applied.push(json!("network")), "1 approvals, and 2 plans");
        expect(|_, _, applied| applied[0] = json!("disk"), "is not the reviewed one");
        expect(|_, past, _| past.plans[1].content = json!("disk"), "is not the reviewed one");
        expect(|record, _, _| record.run.told.clear(), "does not tell");
        expect(|_, _, applied| applied.clear(), "a success, and 0 plans");
        expect(|record, _, _| record.run.code = Some(1), "exit Some(1)");
        expect(
            |record, _, _| record.left = Some(json!({"spec": {"approvePlan": ID}})),
            "an approval or a suspension is left",
        );
    }

    /// A kill with the approval written, and how it was cleared.
    fn killed(record: &mut Record) -> &mut AfterKill {
        (record.is_killed, record.run.code) = (true, None);
        record.left = Some(json!({"spec": {"approvePlan": ID}}));
        let cleared = json!([{"op": "remove", "path": "/spec/approvePlan"}]);
        record.after.insert(AfterKill {
            list: ran(Some(0), "t vpc waits +1 ~0 -0 approved 1m", Vec::new()),
            next: ran(Some(0), "taken back", vec![visit("/terraforms/vpc", &cleared, 9)]),
            left: Some(json!({})),
        })
    }

    #[test]
    fn what_a_kill_leaves_and_nobody_clears_is_caught() {
        let (mut record, past, applied) = good();
        killed(&mut record);
        assert_eq!(violations(&record, &past, &applied), [""; 0]);
        let expect_after = |change: fn(&mut AfterKill), words: &str| {
            expect(|record, _, _| change(killed(record)), words);
        };
        expect_after(|after| after.list.told.clear(), "plan list does not say so");
        expect_after(|after| after.next.visits.clear(), "did not take back first");
        expect_after(|after| after.next.code = Some(1), "the next command ended with");
        expect_after(
            |after| after.left = Some(json!({"spec": {"suspend": true}})),
            "left something",
        );
        expect(
            |record, _, applied| {
                killed(record);
                applied[0] = json!("disk");
            },
            "after the kill another plan",
        );
    }
}
