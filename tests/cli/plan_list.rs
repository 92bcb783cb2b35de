//! `nigari plan list`.

use nigari::kinds::terraform::TERRAFORM;
use nigari_sandbox::kube::Deny;
use nigari_test_support::cluster::Cluster;
use nigari_test_support::plans::{
    PLAN, REVISION, TEXT, document, ready, stored, text, told, waiting,
};
use serde_json::{Value, json};
use snapbox::{assert_data_eq, str};

/// Objects in all the states that a list tells apart.
fn fleet() -> Cluster {
    let cluster = Cluster::with(&[&TERRAFORM]);
    let put = |name: &str, spec: Value, status: Value| cluster.put(waiting(name, spec, status));
    put("vpc", json!({}), json!({}));
    cluster.put(text("vpc", TEXT));
    put("dns", json!({"storeReadablePlan": "json"}), json!({}));
    cluster.put(stored("dns.json", document().to_string().as_bytes()));
    put("binary", json!({"storeReadablePlan": "none"}), json!({}));
    let destroys = json!({"pending": PLAN, "isDestroyPlan": true});
    put("going", json!({"destroy": true}), json!({"plan": destroys}));
    put(
        "hidden",
        json!({}),
        json!({
            "conditions": ready("True", "TerraformOutputsWritten", "Outputs written"),
        }),
    );
    put("paused", json!({"suspend": true}), json!({}));
    put("approved", json!({"approvePlan": PLAN}), json!({}));
    put("prefix", json!({"approvePlan": "plan-main-b8"}), json!({}));
    let applied = json!({
        "plan": {"lastApplied": PLAN}, "lastAppliedRevision": REVISION,
        "conditions": ready("True", "TerraformAppliedSucceed", "Applied successfully"),
    });
    put("spent", json!({"approvePlan": PLAN}), applied.clone());
    put("rest", json!({}), applied);
    put(
        "drifted",
        json!({}),
        json!({
            "plan": {}, "conditions": ready("False", "DriftDetected", TEXT),
        }),
    );
    put(
        "locked",
        json!({}),
        json!({
            "plan": {}, "lock": {"pending": "9db590f1"}, "conditions": [
                {"type": "Ready", "status": "False", "reason": "TFExecPlanFailed", "message": "locked"},
                {"type": "StateLocked", "status": "True", "reason": "LockHeld", "message": "locked"}],
        }),
    );
    put(
        "planning",
        json!({}),
        json!({
            "plan": {}, "conditions": ready("Unknown", "Progressing", "Terraform Planning"),
        }),
    );
    cluster
}

#[test]
fn what_waits_is_listed_and_what_rests_is_not() {
    let cluster = fleet();
    assert_data_eq!(
        told(&cluster.nigari("plan list")),
        str![[r#"
NAMESPACE     NAME       STATE                          CHANGES    AGE    PLAN
flux-system   approved   approved                                  100d   plan-main-b8e362c206
flux-system   binary     pending                                   100d   plan-main-b8e362c206
flux-system   dns        pending                        +2 ~1 -2   100d   plan-main-b8e362c206
flux-system   drifted    drifted                                   100d
flux-system   going      pending, destroys all                     100d   plan-main-b8e362c206
flux-system   hidden     pending                                   100d   plan-main-b8e362c206
flux-system   locked     locked                                    100d
flux-system   paused     pending, suspended                        100d   plan-main-b8e362c206
flux-system   planning   planning                                  100d
flux-system   prefix     pending, approval incomplete              100d   plan-main-b8e362c206
flux-system   spent      applied, armed (spent)                    100d
flux-system   vpc        pending                        +2 ~1 -2   100d   plan-main-b8e362c206

"#]]
    );
    assert_eq!(cluster.writes(), "");
    let all = told(&cluster.nigari("plan list --all --no-header"));
    assert!(all.contains("rest") && !all.contains("NAMESPACE"), "{all}");
}

#[test]
fn every_namespace_is_looked_into_unless_one_is_given() {
    let cluster = Cluster::with(&[&TERRAFORM]);
    cluster.put(waiting("vpc", json!({"storeReadablePlan": "none"}), json!({})));
    let mut other = waiting("web", json!({"storeReadablePlan": "none"}), json!({}));
    other["metadata"]["namespace"] = json!("apps");
    other["metadata"]["labels"] = json!({"team": "web"});
    cluster.put(other);
    assert_data_eq!(
        told(&cluster.nigari("plan list")),
        str![[r#"
NAMESPACE     NAME   STATE     CHANGES   AGE    PLAN
apps          web    pending             100d   plan-main-b8e362c206
flux-system   vpc    pending             100d   plan-main-b8e362c206

"#]]
    );
    assert_data_eq!(
        told(&cluster.nigari("plan list -n apps")),
        str![[r#"
NAMESPACE   NAME   STATE     CHANGES   AGE    PLAN
apps        web    pending             100d   plan-main-b8e362c206

"#]]
    );
    assert_data_eq!(
        told(&cluster.nigari("plan ls -l team=web -o name")),
        str![[r#"
terraform.infra.contrib.fluxcd.io/web

"#]]
    );
}

#[test]
fn what_the_branch_planner_makes_is_not_listed() {
    let cluster = Cluster::with(&[&TERRAFORM]);
    let mut of_pull_request = waiting("vpc-pr-7", json!({"planOnly": true}), json!({}));
    of_pull_request["metadata"]["labels"] = json!({"infra.weave.works/branch-planner": "true"});
    cluster.put(of_pull_request);
    assert_data_eq!(
        told(&cluster.nigari("plan list --exit-status")),
        str![[r#"
------- stderr -------
✔ no plan waits

"#]]
    );
    assert_data_eq!(
        told(&cluster.nigari("plan list --all --exit-status")),
        str![[r#"
NAMESPACE     NAME       STATE                CHANGES   AGE    PLAN
flux-system   vpc-pr-7   pending, plan only             100d   plan-main-b8e362c206

"#]]
    );
}

#[test]
fn a_pipeline_can_ask_whether_anything_waits() {
    let cluster = Cluster::with(&[&TERRAFORM]);
    assert_data_eq!(
        told(&cluster.nigari("plan list --exit-status")),
        str![[r#"
------- stderr -------
✔ no plan waits

"#]]
    );
    cluster.put(waiting("vpc", json!({}), json!({})));
    assert_data_eq!(
        told(&cluster.nigari("plan list --exit-status -o name")),
        str![[r#"
terraform.infra.contrib.fluxcd.io/vpc
------- stderr -------
error: 1 plan waits for approval
[exit status: 9]

"#]]
    );
}

#[test]
fn nothing_is_an_empty_list() {
    let cluster = Cluster::with(&[&TERRAFORM]);
    assert_data_eq!(
        told(&cluster.nigari("plan list -o json")),
        str![[r#"
{
  "apiVersion": "v1",
  "kind": "List",
  "items": []
}

"#]]
    );
}

#[test]
fn programs_get_state_approval_and_counts() {
    let cluster = Cluster::with(&[&TERRAFORM]);
    cluster.put(waiting("dns", json!({"storeReadablePlan": "json"}), json!({})));
    cluster.put(stored("dns.json", document().to_string().as_bytes()));
    assert_data_eq!(
        told(&cluster.nigari("plan list -o yaml")),
        str![[r#"
apiVersion: v1
kind: List
items:
- apiVersion: nigari-cli.github.io/v1
  kind: Plan
  metadata:
    namespace: flux-system
    name: dns
  state: pending
  id: plan-main-b8e362c206
  revision: main@sha1:b8e362c206e3d0cbb7ed22ced771a0056455a2fb
  generation: 1
  plannedAt: "[PLANNED]"
  isDestroy: false
  isPlanOnly: false
  isSuspended: false
  approval: null
  lock: null
  counts:
    add: 2
    change: 1
    destroy: 2
    replace: 1
    import: 0
    forget: 0

"#]]
    );
}

#[test]
fn a_cluster_without_tofu_controller_is_told() {
    let cluster = Cluster::with(&[]);
    assert_data_eq!(
        told(&cluster.nigari("plan list")),
        str![[r#"
------- stderr -------
error: the cluster has no terraforms (infra.contrib.fluxcd.io v1alpha2)
  hint: see what is installed with: nigari get all -A
[exit status: 4]

"#]]
    );
}

#[test]
fn what_may_not_be_read_is_not_counted() {
    let cluster = Cluster::with(&[&TERRAFORM]);
    cluster.put(waiting("vpc", json!({}), json!({})));
    cluster.put(text("vpc", TEXT));
    cluster.0.kube().deny(Deny::new("list", "", "configmaps"));
    assert_data_eq!(
        told(&cluster.nigari("plan list")),
        str![[r#"
NAMESPACE     NAME   STATE     CHANGES   AGE    PLAN
flux-system   vpc    pending             100d   plan-main-b8e362c206
------- stderr -------
⚠️ not all plans could be counted: cannot read the plan in ConfigMap flux-system/tfplan-default-vpc: configmaps is forbidden: User "admin" cannot list resource "configmaps" in API group "" in the namespace "flux-system"

"#]]
    );
    cluster.0.kube().deny(Deny::new("list", TERRAFORM.group, TERRAFORM.plural));
    assert_data_eq!(
        told(&cluster.nigari("plan list")),
        str![[r#"
------- stderr -------
error: cannot list terraforms: terraforms.infra.contrib.fluxcd.io is forbidden: User "admin" cannot list resource "terraforms" in API group "infra.contrib.fluxcd.io" at the cluster scope
[exit status: 6]

"#]]
    );
}
