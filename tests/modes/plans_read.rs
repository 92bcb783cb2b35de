//! What is read of plans: P2, P3 and P5 to P10.

use nigari_test_support::plans::{
    CANARY, PLAN, TEXT, chunked, document, ready, stored, text, waiting,
};
use serde_json::{Value, json};

use crate::mode::{compare, compare_in_sandbox};
use crate::world::World;

/// The plan of `vpc` waits: its plan file is stored, and beside it a readable form.
fn put_plan(world: &World, form: &str, readable: Vec<Value>) {
    world.put(waiting("vpc", json!({"storeReadablePlan": form}), json!({})));
    world.put(stored("vpc", b"the plan file"));
    readable.into_iter().for_each(|object| world.put(object));
}

#[test]
fn p2_a_plan_of_another_generation_waits_for_nobody() {
    let claim = "a plan that the controller will drop does not wait for a person";
    let (with, without) = compare("P2", claim, |world, fault| {
        let planned = if fault { 7 } else { 1 };
        world.put(waiting("vpc", json!({}), json!({"lastPlannedGeneration": planned})));
        world.nigari("plan show vpc")
    });
    with.expect_told("is of an older generation, and is made again");
    without.expect_told("plan plan-main-b8e362c206 waits for approval");
}

#[test]
fn p3_an_approval_that_was_left_behind_is_flagged() {
    let applied = json!({
        "plan": {"lastApplied": PLAN},
        "conditions": ready("True", "TerraformAppliedSucceed", "Applied successfully"),
    });
    let (with, without) = compare("P3", "a spent approval is flagged", |world, fault| {
        let spec = if fault { json!({"approvePlan": PLAN}) } else { json!({}) };
        world.put(waiting("vpc", spec, applied.clone()));
        world.nigari("get terraform vpc")
    });
    with.expect_told("applied, armed (spent)");
    without.expect_told("   applied   ");
}

#[test]
fn p3_a_prefix_is_no_approval() {
    let (with, without) =
        compare("P3", "a prefix approves nothing, and is told", |world, fault| {
            let approval = if fault { "plan-main-b8e362c2" } else { PLAN };
            world.put(waiting("vpc", json!({"approvePlan": approval}), json!({})));
            world.nigari("plan show vpc")
        });
    with.expect_told("only the whole id counts");
    without.expect_told("is approved, and about to be applied");
}

#[test]
fn p5_a_plan_that_vanishes_while_it_is_read_is_not_shown() {
    let claim = "a plan that vanishes while it is read is not shown";
    let reason = "only the sandbox's API can be slowed down between two reads";
    let (with, without) = compare_in_sandbox("P5", claim, reason, |world, fault| {
        put_plan(world, "human", vec![text("vpc", TEXT)]);
        world.nigari_between_reads("plan show vpc", "/secrets", || {
            if fault {
                let status = json!({
                    "plan": {}, "lastPlanAt": "2026-02-01T00:00:00Z",
                    "conditions": ready("True", "TerraformPlannedNoChanges", "Plan no changes"),
                });
                world.put(waiting("vpc", json!({}), status));
            }
        })
    });
    with.expect_told("there is nothing to change");
    assert!(with.each().all(|seen| !seen.story.contains("disk.old")));
    without.expect_told("disk.old");
}

#[test]
fn p6_a_plan_with_a_piece_missing_is_not_shown_in_part() {
    let (with, without) = compare("P6", "a missing piece is told", |world, fault| {
        let mut pieces = chunked("vpc.json", document().to_string().as_bytes(), 50);
        if fault {
            pieces.remove(2);
        }
        put_plan(world, "json", pieces);
        world.nigari("plan show vpc")
    });
    with.expect(0, "piece 2 of it is missing");
    without.expect_success();
}

#[test]
fn p6_what_an_object_of_the_same_name_left_behind_is_not_shown() {
    let claim = "a text of an object that is gone is not taken for this one's";
    let reason = "its garbage collector takes such a text away, and nobody chooses uids there";
    let (with, without) = compare_in_sandbox("P6", claim, reason, |world, fault| {
        let mut text = text("vpc", TEXT);
        if fault {
            // Another object stands for the one that is gone: what nobody owns any more is collected.
            let mut other = waiting("other", json!({}), json!({}));
            other["metadata"]["uid"] = json!("another");
            world.put(other);
            text["metadata"]["ownerReferences"] = json!([{
                "apiVersion": "infra.contrib.fluxcd.io/v1alpha2", "kind": "Terraform",
                "name": "other", "uid": "another",
            }]);
        }
        put_plan(world, "human", vec![text]);
        world.nigari("plan show vpc")
    });
    with.expect(0, "belongs to an object of the same name that is gone");
    without.expect_success();
}

#[test]
fn p6_a_plan_of_another_workspace_is_not_shown() {
    let claim = "a plan of another workspace is not taken for this one's";
    let (with, without) = compare("P6", claim, |world, fault| {
        put_plan(world, "human", vec![text("vpc", TEXT)]);
        if fault {
            world.put(waiting("vpc", json!({"workspace": "staging"}), json!({})));
        }
        world.nigari("plan show vpc")
    });
    with.expect(0, "its text: nothing is stored");
    without.expect_success();
}

#[test]
fn p7_a_dummy_plan_is_not_taken_for_a_plan() {
    let claim = "a dummy plan is called one, and has no digest";
    let (with, without) = compare("P7", claim, |world, fault| {
        put_plan(world, "human", vec![text("vpc", TEXT)]);
        if fault {
            world.put(stored("vpc", b"dummy plan"));
        }
        world.nigari("plan show vpc")
    });
    with.expect(0, "a dummy plan is stored");
    assert!(with.each().all(|seen| !seen.story.contains("sha256:")));
    without.expect_success();
}

#[test]
fn p8_a_plan_that_nobody_can_read_says_how_to_make_it_readable() {
    let claim = "storeReadablePlan is offered where it is unset";
    let (with, without) = compare("P8", claim, |world, fault| {
        let (form, texts) =
            if fault { ("none", vec![]) } else { ("human", vec![text("vpc", TEXT)]) };
        put_plan(world, form, texts);
        world.nigari("plan show vpc")
    });
    with.expect(0, "nigari plan show vpc -n flux-system --enable-readable");
    without.expect_success();
}

#[test]
fn p9_a_lock_is_told_and_ends_a_wait_with_a_conflict() {
    let (with, without) = compare("P9", "a held lock is told, exit 7", |world, fault| {
        let mut conditions = ready("False", "TFExecPlanFailed", "error acquiring the state lock");
        if fault {
            conditions.as_array_mut().unwrap().push(json!({
                "type": "StateLocked", "status": "True", "reason": "LockHeld",
                "message": "locked", "lastTransitionTime": "2026-01-31T12:00:00Z",
            }));
        }
        let status = json!({"plan": {}, "lock": {"pending": "lock-7"}, "conditions": conditions});
        world.put(waiting("vpc", json!({}), status));
        world.nigari("wait terraform vpc --error-budget=1s")
    });
    with.expect(7, "its state is locked (lock lock-7)");
    without.expect(1, "error acquiring the state lock");
}

#[test]
fn p10_a_sensitive_value_is_in_no_output() {
    let (with, without) = compare("P10", "a sensitive value is in no output", |world, fault| {
        let mut plan = document();
        if !fault {
            let change = &mut plan["resource_changes"][3]["change"];
            (change["before_sensitive"], change["after_sensitive"]) = (json!(false), json!(false));
        }
        put_plan(world, "json", vec![stored("vpc.json", plan.to_string().as_bytes())]);
        let mut all = world.nigari("plan show vpc");
        for arguments in [
            "plan show vpc --full",
            "plan show vpc -o json",
            "plan show vpc -o raw",
            "plan history vpc",
            "get terraform vpc -o json",
            "why terraform vpc",
        ] {
            all.story += &world.nigari(arguments).story;
        }
        all
    });
    assert!(with.each().all(|seen| !seen.story.contains(CANARY)));
    without.expect_told(CANARY);
}
