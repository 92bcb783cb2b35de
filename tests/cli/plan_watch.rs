//! `nigari plan watch`, `plan show --watch` and `plan history`.

use std::time::{Duration, Instant};

use nigari::kinds::terraform::TERRAFORM;
use nigari_sandbox::kube::Deny;
use nigari_test_support::PATIENCE;
use nigari_test_support::cluster::Cluster;
use nigari_test_support::plans::{PLAN, TEXT, ready, text, told, waiting, with_plan};
use serde_json::json;
use snapbox::{assert_data_eq, str};

#[test]
fn a_pipe_gets_a_row_for_each_change() {
    let cluster = with_plan("human", vec![text("vpc", TEXT)]);
    let mut watching = cluster.start("plan watch");
    let header = "NAMESPACE     NAME   STATE     CHANGES    AGE    PLAN";
    assert_eq!(watching.line(), header);
    let pending = "flux-system   vpc    pending   +2 ~1 -2   100d   plan-main-b8e362c206";
    assert_eq!(watching.line(), pending);
    cluster.put(waiting("vpc", json!({"approvePlan": PLAN}), json!({})));
    let approved = watching.line();
    assert!(approved.contains("approved   +2 ~1 -2   100d"), "{approved}");
    let status = json!({"plan": {}, "conditions": ready("True", "TerraformPlannedNoChanges", "")});
    cluster.put(waiting("vpc", json!({}), status));
    let rests = watching.line();
    assert!(rests.contains("at rest"), "{rests}");
    cluster.put(waiting("web", json!({"storeReadablePlan": "none"}), json!({})));
    assert!(watching.line().contains("web"));
    cluster.delete(&TERRAFORM, "flux-system", "web");
    assert!(watching.line().contains("DELETED"));
    assert_eq!(watching.end(), "");
}

#[test]
#[cfg(target_os = "linux")]
fn nothing_wakes_it_in_a_pipe_while_nothing_changes() {
    const STILL: Duration = Duration::from_secs(3);
    let cluster = with_plan("human", vec![text("vpc", TEXT)]);
    let mut watching = cluster.start("plan watch --no-header");
    assert!(watching.line().contains("pending"));
    let status = format!("/proc/{}/status", watching.process());
    let wakes = || {
        let status = std::fs::read_to_string(&status).unwrap();
        let line = status.lines().find(|line| line.starts_with("voluntary_ctxt_switches:"));
        line.unwrap().to_owned()
    };
    let (start, mut since, mut seen) = (Instant::now(), Instant::now(), wakes());
    while since.elapsed() < STILL {
        std::thread::park_timeout(Duration::from_millis(50));
        if wakes() != seen {
            (since, seen) = (Instant::now(), wakes());
        }
        assert!(start.elapsed() < PATIENCE, "something wakes it again and again");
    }
    cluster.delete(&TERRAFORM, "flux-system", "vpc");
    assert!(watching.line().contains("DELETED"));
}

#[test]
fn a_watch_ends_with_its_clock_and_needs_the_kind() {
    let cluster = with_plan("none", vec![]);
    let run = cluster.nigari("plan watch vpc --no-header --timeout 1s");
    assert_eq!((run.exit_code(), run.stderr()), (Some(0), ""));
    assert_data_eq!(
        told(&Cluster::with(&[]).nigari("plan watch")),
        str![[r#"
------- stderr -------
error: the cluster has no terraforms (infra.contrib.fluxcd.io v1alpha2)
  hint: see what is installed with: nigari get all -A
[exit status: 4]

"#]]
    );
    assert_data_eq!(
        told(&cluster.nigari("plan show web --watch")),
        str![[r#"
------- stderr -------
error: Terraform flux-system/web not found
  hint: list them with: nigari get terraform -A
[exit status: 3]

"#]]
    );
}

#[test]
fn a_plan_is_shown_again_when_there_is_another_one() {
    let cluster = with_plan("human", vec![text("vpc", TEXT)]);
    let mut watching = cluster.start("plan show vpc --watch --only destroy");
    let first = watching.line();
    assert_eq!(first, "Terraform flux-system/vpc: plan plan-main-b8e362c206 waits for approval");
    while watching.line() != "    - disk.old: because disk.old is not in configuration" {}
    let status = json!({"plan": {}, "conditions": ready("True", "TerraformPlannedNoChanges", "")});
    cluster.put(waiting("vpc", json!({}), status));
    assert_eq!(watching.line(), "");
    assert_eq!(watching.line(), "Terraform flux-system/vpc: there is nothing to change");
    watching.end();
}

#[test]
fn a_history_says_what_it_is_made_of() {
    let cluster = Cluster::with(&[&TERRAFORM]);
    let mut vpc = waiting(
        "vpc",
        json!({"approvePlan": PLAN}),
        json!({
            "plan": {"lastApplied": PLAN}, "lastPlanAt": "2026-01-31T12:00:00Z",
            "lastAppliedRevision": "main@sha1:b8e362c206e3d0cbb7ed22ced771a0056455a2fb",
            "conditions": [{"type": "Apply", "status": "True", "reason": "TerraformAppliedSucceed",
                "message": "Applied successfully", "lastTransitionTime": "2026-01-31T12:07:00Z"}],
        }),
    );
    vpc["metadata"]["managedFields"] = json!([{
        "manager": "nigari", "operation": "Update", "time": "2026-01-31T12:05:00Z",
        "apiVersion": "infra.contrib.fluxcd.io/v1alpha2", "fieldsType": "FieldsV1",
        "fieldsV1": {"f:spec": {"f:approvePlan": {}}},
    }]);
    cluster.put(vpc);
    let event = |name: &str, reason: &str, message: &str, about: &str, time: &str| {
        json!({
            "apiVersion": "v1", "kind": "Event", "type": "Normal", "reason": reason, "message": message,
            "metadata": {"name": name, "namespace": "flux-system"}, "count": 1,
            "firstTimestamp": time, "lastTimestamp": time,
            "involvedObject": {"kind": "Terraform", "namespace": "flux-system", "name": about},
        })
    };
    let planned = format!("Plan generated: set approvePlan: \"{PLAN}\" to approve this plan.");
    cluster.put(event("a", "TerraformPlanSucceed", &planned, "vpc", "2026-01-31T12:00:01Z"));
    cluster.put(event("b", "TerraformPlanSucceed", &planned, "web", "2026-01-31T12:00:01Z"));
    assert_data_eq!(
        told(&cluster.nigari("plan history vpc")),
        str![[r#"
TIME                   SOURCE           WHAT                   DETAIL
2026-01-31T12:00:00Z   status           planned                main@sha1:b8e362c206e3d0cbb7ed22ced771a0056455a2fb, generation 1
2026-01-31T12:00:01Z   event            TerraformPlanSucceed   Plan generated: set approvePlan: "plan-main-b8e362c206" to approve this plan.
2026-01-31T12:05:00Z   managed fields   approval written       plan-main-b8e362c206, by nigari at the latest then
2026-01-31T12:07:00Z   status           applied                plan-main-b8e362c206, main@sha1:b8e362c206e3d0cbb7ed22ced771a0056455a2fb
------- stderr -------
⚠️ this is no record: the status keeps the last step of each sort, events are forgotten after about an hour, and nobody keeps old plans

"#]]
    );
    assert_data_eq!(
        told(&cluster.nigari("plan history web")),
        str![[r#"
------- stderr -------
error: Terraform flux-system/web not found
  hint: list them with: nigari get terraform -A
[exit status: 3]

"#]]
    );
    cluster.0.kube().deny(Deny::new("list", "", "events"));
    assert_data_eq!(
        told(&cluster.nigari("plan history vpc -o json")),
        str![[r#"
{
  "apiVersion": "v1",
  "kind": "List",
  "items": [
    {
      "apiVersion": "nigari-cli.github.io/v1",
      "kind": "PlanHistoryEntry",
      "time": "2026-01-31T12:00:00Z",
      "what": "planned",
      "detail": "main@sha1:b8e362c206e3d0cbb7ed22ced771a0056455a2fb, generation 1",
      "source": "status"
    },
    {
      "apiVersion": "nigari-cli.github.io/v1",
      "kind": "PlanHistoryEntry",
      "time": "2026-01-31T12:05:00Z",
      "what": "approval written",
      "detail": "plan-main-b8e362c206, by nigari at the latest then",
      "source": "managed fields"
    },
    {
      "apiVersion": "nigari-cli.github.io/v1",
      "kind": "PlanHistoryEntry",
      "time": "2026-01-31T12:07:00Z",
      "what": "applied",
      "detail": "plan-main-b8e362c206, main@sha1:b8e362c206e3d0cbb7ed22ced771a0056455a2fb",
      "source": "status"
    }
  ]
}
------- stderr -------
⚠️ without events: cannot list events: events is forbidden: User "admin" cannot list resource "events" in API group "" in the namespace "flux-system"
⚠️ this is no record: the status keeps the last step of each sort, events are forgotten after about an hour, and nobody keeps old plans

"#]]
    );
}
