//! The tofu player: no nigari is involved.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
#![allow(clippy::print_stdout, reason = "what is skipped is told")]

mod support;

use k8s_openapi::api::core::v1::Pod;
use kube::api::{Api, AttachParams};
use kube::core::{ApiResource, GroupVersionKind};
use nigari_sandbox::control_plane;
use nigari_sandbox::github::{RepositoryOptions, Visibility};
use nigari_sandbox::players::Pace;
use nigari_sandbox::sandbox::Sandbox;
use serde_json::{Value, json};
use support::*;

const CODE: &str = "code";
const DRIFTED: &str = "{\"cidr\":\"drifted\",\"id\":\"x\"}";

fn terraforms() -> ApiResource {
    let gvk = GroupVersionKind::gvk("infra.contrib.fluxcd.io", "v1alpha2", "Terraform");
    ApiResource::from_gvk_with_plural(&gvk, "terraforms")
}

fn config_maps() -> ApiResource {
    resource("", "ConfigMap", "configmaps")
}

fn leases() -> ApiResource {
    resource("coordination.k8s.io", "Lease", "leases")
}

/// A module of one network, whose range is a variable.
fn module(range: &str) -> Value {
    json!({
        "variable": {"cidr": {"default": range}, "token": {"default": "t", "sensitive": true}},
        "resource": {"network": {"main": {"cidr": "${var.cidr}", "token": "${var.token}"}}},
        "output": {"cidr": {"value": "${network.main.cidr}"}, "ports": {"value": [80, 443]}},
    })
}

/// An installation whose source holds the module; nothing is planned yet.
fn fleet() -> Sandbox {
    prepared(Sandbox::builder().pace(Pace::default()).start().unwrap())
}

fn prepared(sandbox: Sandbox) -> Sandbox {
    namespace(&sandbox);
    for name in ["gitrepositories.source.toolkit.fluxcd.io", "terraforms.infra.contrib.fluxcd.io"] {
        define(&sandbox, name);
    }
    for name in ["source-controller", "tofu-controller"] {
        controller(&sandbox, name);
    }
    let options = RepositoryOptions { visibility: Visibility::Public, ..Default::default() };
    sandbox.github().create_repository(sandbox.owner(), CODE, &options).unwrap();
    write(&sandbox, &module("10.0.0.0/16"));
    let ca = std::fs::read_to_string(sandbox.certificate_file()).unwrap();
    secret(&sandbox, json!({"ca.crt": ca}));
    let object = json!({
        "apiVersion": "source.toolkit.fluxcd.io/v1",
        "kind": "GitRepository",
        "metadata": {"name": CODE, "namespace": NAMESPACE},
        "spec": {
            "interval": "1h", "ref": {"branch": "main"}, "secretRef": {"name": NAMESPACE},
            "url": format!("{}/{}/{CODE}", sandbox.github_origin(), sandbox.owner()),
        },
    });
    create(&sandbox, "gitrepositories", object);
    wait(&sandbox, &git_repositories(), CODE, "Ready=True", |object| is(object, "Ready", "True"));
    sandbox
}

/// Commits the module; the id that a plan of this commit has.
fn write(sandbox: &Sandbox, module: &Value) -> String {
    let (github, text) = (sandbox.github(), module.to_string());
    let path = "infra/main.tf.json";
    let head = github.commit_file(sandbox.owner(), CODE, "main", path, &text, "Change it").unwrap();
    format!("plan-main-{}", &head[..10])
}

/// Commits the module and has the source fetch it.
fn publish(sandbox: &Sandbox, module: &Value) -> String {
    let id = write(sandbox, module);
    request(sandbox, &git_repositories(), CODE, &id);
    wait(sandbox, &git_repositories(), CODE, "the commit", handled(&id));
    id
}

fn terraform(sandbox: &Sandbox, name: &str, more: &Value) {
    let mut spec = json!({
        "interval": "1h", "retryInterval": "1s", "path": "./infra",
        "sourceRef": {"kind": "GitRepository", "name": CODE},
    });
    for (key, value) in more.as_object().into_iter().flatten() {
        spec[key] = value.clone();
    }
    let object = json!({
        "apiVersion": "infra.contrib.fluxcd.io/v1alpha2",
        "kind": "Terraform",
        "metadata": {"name": name, "namespace": NAMESPACE},
        "spec": spec,
    });
    create(sandbox, "terraforms", object);
}

fn pending(object: &Value) -> &str {
    object["status"]["plan"]["pending"].as_str().unwrap_or_default()
}

/// Waits for a plan that somebody has to approve.
fn waiting(sandbox: &Sandbox, name: &str) -> Value {
    wait(sandbox, &terraforms(), name, "a plan that waits", |object| {
        !pending(object).is_empty()
            && condition(object, "Ready")["reason"] == "TerraformPlannedWithChanges"
            && object["status"]["lastSuccessfulReconcileAt"].is_string()
    })
}

fn approve(sandbox: &Sandbox, name: &str, approval: &str) {
    merge(sandbox, &terraforms(), name, json!({"spec": {"approvePlan": approval}}));
}

/// Waits until the plan `id` was applied and the object is at rest.
fn applied(sandbox: &Sandbox, name: &str, id: &str) -> Value {
    wait(sandbox, &terraforms(), name, "an apply", |object| {
        object["status"]["plan"]["lastApplied"] == id
            && is(object, "Ready", "True")
            && object["status"]["observedGeneration"] == object["metadata"]["generation"]
    })
}

/// Requests a pass and waits until it has ended.
fn pass(sandbox: &Sandbox, name: &str, token: &str) -> Value {
    request(sandbox, &terraforms(), name, token);
    wait(sandbox, &terraforms(), name, token, handled(token))
}

/// The network as it is in the cloud.
fn network(sandbox: &Sandbox, name: &str) -> Option<Value> {
    let cloud = get(sandbox, &config_maps(), &format!("cloud-{name}"))?;
    serde_json::from_str(cloud["data"]["network.main"].as_str()?).ok()
}

fn plan_secret(sandbox: &Sandbox, name: &str) -> Value {
    get(sandbox, &secrets(), &format!("tfplan-default-{name}")).unwrap()
}

fn delete(sandbox: &Sandbox, name: &str) {
    let api = api(sandbox, &terraforms());
    sandbox.block_on(api.delete(name, &Default::default())).unwrap();
}

/// A plan waits, is approved, is made again and applied.
fn a_plan_is_approved(sandbox: &Sandbox) {
    terraform(sandbox, "vpc", &json!({"storeReadablePlan": "human"}));
    let planned = waiting(sandbox, "vpc");
    let id = pending(&planned).to_owned();
    let message = format!("Plan generated: set approvePlan: \"{id}\" to approve this plan.");
    assert_eq!(condition(&planned, "Ready")["message"], message);
    assert!(is(&planned, "Reconciling", "True"), "it stays while the plan waits");
    assert_reason(&planned, "Plan", "True", "TerraformPlannedWithChanges");
    assert_eq!(planned["status"]["lastPlannedGeneration"], 1);
    let text = get(sandbox, &config_maps(), "tfplan-default-vpc").unwrap();
    assert_contains(&text["data"]["tfplan"], "# network.main will be created");
    assert_contains(&text["data"]["tfplan"], "Plan: 1 to add, 0 to change, 0 to destroy.");
    assert_eq!(text["metadata"]["annotations"]["savedPlan"], id);
    let binary = plan_secret(sandbox, "vpc");
    assert_eq!(binary["metadata"]["annotations"]["encoding"], "gzip");
    assert_eq!(binary["metadata"]["labels"]["infra.contrib.fluxcd.io/plan-name"], "vpc");
    assert_eq!(network(sandbox, "vpc"), None);

    approve(sandbox, "vpc", &id);
    let applied = applied(sandbox, "vpc", &id);
    let revision = applied["status"]["lastAppliedRevision"].as_str().unwrap();
    let message = format!("Applied successfully: {revision}");
    assert_eq!(condition(&applied, "Ready")["message"], message);
    assert_eq!(condition(&applied, "Reconciling"), &Value::Null);
    assert_eq!(applied["spec"]["approvePlan"], id, "the approval stands");
    assert_eq!(pending(&applied), "");
    assert_eq!(network(sandbox, "vpc").unwrap()["cidr"], "10.0.0.0/16");
    assert_ne!(plan_secret(sandbox, "vpc")["metadata"]["uid"], binary["metadata"]["uid"]);
    assert!(get(sandbox, &secrets(), "tfstate-default-vpc").is_some());
    let lock = get(sandbox, &leases(), "lock-tfstate-default-vpc").unwrap();
    assert_eq!(lock["spec"]["holderIdentity"], Value::Null, "{lock:#}");
}

#[test]
fn a_plan_waits_until_its_id_is_approved() {
    let sandbox = fleet();
    a_plan_is_approved(&sandbox);
    let reasons: Vec<_> =
        events(&sandbox, "Terraform").into_iter().map(|(reason, _)| reason).collect();
    for reason in ["TerraformPlanSucceed", "TerraformAppliedSucceed"] {
        assert!(reasons.contains(&reason.to_owned()), "{reasons:?}");
    }

    // The approval that stands lets an edit through that nobody has seen.
    let variables = json!([{"name": "cidr", "value": "192.168.0.0/16"}]);
    merge(&sandbox, &terraforms(), "vpc", json!({"spec": {"vars": variables}}));
    wait(&sandbox, &terraforms(), "vpc", "the edit to be applied", |object| {
        object["status"]["lastPlannedGeneration"] == 3 && is(object, "Ready", "True")
    });
    assert_eq!(network(&sandbox, "vpc").unwrap()["cidr"], "192.168.0.0/16");

    // A commit has another id, and waits again.
    let mut larger = module("10.0.0.0/16");
    larger["resource"]["network"]["main"]["size"] = json!("large");
    let id = publish(&sandbox, &larger);
    let planned = wait(&sandbox, &terraforms(), "vpc", "the next plan", |object| {
        pending(object) == id && object["status"]["lastPlannedRevision"] != Value::Null
    });
    assert_ne!(planned["spec"]["approvePlan"], id);
    assert_eq!(network(&sandbox, "vpc").unwrap()["size"], Value::Null);
    assert_eq!(sandbox.troubles(), [""; 0]);
}

#[test]
fn the_tofu_player_works_on_a_real_control_plane() {
    if let Some(reason) = control_plane::missing().unwrap() {
        println!("skipped: {reason}");
        return;
    }
    let sandbox = prepared(Sandbox::builder().real().cleared().start().unwrap());
    a_plan_is_approved(&sandbox);
    delete(&sandbox, "vpc");
    wait_gone(&sandbox, &terraforms(), "vpc");
    assert_eq!(sandbox.troubles(), [""; 0]);
}

#[test]
fn a_part_of_the_id_never_applies_anything() {
    let sandbox = fleet();
    terraform(&sandbox, "vpc", &json!({}));
    let planned = waiting(&sandbox, "vpc");
    let (id, first) = (pending(&planned).to_owned(), plan_secret(&sandbox, "vpc"));
    approve(&sandbox, "vpc", &id[..id.len() - 2]);
    wait(&sandbox, &terraforms(), "vpc", "another plan", |object| {
        object["status"]["lastPlannedGeneration"] == 2 && pending(object) == id
    });
    let second = plan_secret(&sandbox, "vpc");
    assert_ne!(second["metadata"]["uid"], first["metadata"]["uid"], "each pass plans again");
    pass(&sandbox, "vpc", "again");
    assert_ne!(plan_secret(&sandbox, "vpc")["metadata"]["uid"], second["metadata"]["uid"]);
    assert_eq!(network(&sandbox, "vpc"), None);
}

#[test]
fn a_plan_that_waits_is_retired_by_commits_and_edits() {
    let sandbox = fleet();
    terraform(&sandbox, "vpc", &json!({}));
    let first = pending(&waiting(&sandbox, "vpc")).to_owned();
    let planned = plan_secret(&sandbox, "vpc");
    pass(&sandbox, "vpc", "nothing");
    assert_eq!(plan_secret(&sandbox, "vpc")["metadata"]["uid"], planned["metadata"]["uid"]);

    let variables = json!([{"name": "cidr", "value": "192.168.0.0/16"}]);
    merge(&sandbox, &terraforms(), "vpc", json!({"spec": {"vars": variables}}));
    let edited = wait(&sandbox, &terraforms(), "vpc", "a plan of the edit", |object| {
        object["status"]["lastPlannedGeneration"] == 2 && !pending(object).is_empty()
    });
    assert_eq!(pending(&edited), first, "the id knows only of the revision");

    let second = publish(&sandbox, &module("10.1.0.0/16"));
    wait(&sandbox, &terraforms(), "vpc", "a plan of the commit", |object| {
        pending(object) == second
    });
    assert_ne!(first, second);
}

#[test]
fn what_is_applied_is_the_second_plan_and_not_the_one_that_was_seen() {
    let sandbox = fleet();
    let input = json!({
        "apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "input", "namespace": NAMESPACE},
        "data": {"cidr": "10.1.0.0/16"},
    });
    create(&sandbox, "configmaps", input);
    let from = json!([{"kind": "ConfigMap", "name": "input"}]);
    terraform(&sandbox, "vpc", &json!({"varsFrom": from}));
    let planned = waiting(&sandbox, "vpc");
    merge(&sandbox, &config_maps(), "input", json!({"data": {"cidr": "10.2.0.0/16"}}));
    approve(&sandbox, "vpc", pending(&planned));
    applied(&sandbox, "vpc", pending(&planned));
    assert_eq!(network(&sandbox, "vpc").unwrap()["cidr"], "10.2.0.0/16");
}

#[test]
fn drift_is_only_told_where_plans_are_approved_and_corrected_elsewhere() {
    let sandbox = fleet();
    terraform(&sandbox, "careful", &json!({}));
    let id = pending(&waiting(&sandbox, "careful")).to_owned();
    approve(&sandbox, "careful", &id);
    applied(&sandbox, "careful", &id);
    approve(&sandbox, "careful", "");
    wait(&sandbox, &terraforms(), "careful", "its spec planned", |object| {
        object["status"]["lastPlannedGeneration"] == 3 && is(object, "Ready", "True")
    });
    let drift = json!({"data": {"network.main": DRIFTED}});
    merge(&sandbox, &config_maps(), "cloud-careful", drift.clone());
    request(&sandbox, &terraforms(), "careful", "look");
    let drifted = wait(&sandbox, &terraforms(), "careful", "the drift", |object| {
        condition(object, "Ready")["reason"] == "DriftDetected" && handled("look")(object)
    });
    assert_contains(&condition(&drifted, "Ready")["message"], "~ cidr  = \"drifted\" -> ");
    assert_eq!(pending(&drifted), "", "there is nothing to approve");
    assert!(drifted["status"]["reconciliationFailures"].as_i64().unwrap() >= 1);

    terraform(&sandbox, "auto", &json!({"approvePlan": "auto"}));
    applied(&sandbox, "auto", &id);
    merge(&sandbox, &config_maps(), "cloud-auto", drift);
    request(&sandbox, &terraforms(), "auto", "look");
    let corrected = wait(&sandbox, &terraforms(), "auto", "the correction", |object| {
        handled("look")(object) && is(object, "Ready", "True")
    });
    assert!(corrected["status"]["lastDriftDetectedAt"].is_string(), "{corrected:#}");
    assert_eq!(network(&sandbox, "auto").unwrap()["cidr"], "10.0.0.0/16");
}

#[test]
fn a_lock_stops_a_plan_until_it_is_broken() {
    let sandbox = fleet();
    let info = json!({
        "ID": "0-1", "Operation": "OperationTypeApply", "Who": "alice@laptop", "Version": "1.12.1",
        "Created": "2026-01-01T00:00:00Z", "Path": "tfstate-default-vpc",
    });
    let lease = json!({
        "apiVersion": "coordination.k8s.io/v1",
        "kind": "Lease",
        "metadata": {
            "name": "lock-tfstate-default-vpc", "namespace": NAMESPACE,
            "annotations": {"app.terraform.io/lock-info": info.to_string()},
        },
        "spec": {"holderIdentity": "0-1"},
    });
    create(&sandbox, "leases", lease);
    terraform(&sandbox, "vpc", &json!({}));
    let locked = wait(&sandbox, &terraforms(), "vpc", "the lock", |object| {
        object["status"]["lock"]["pending"] == "0-1" && is(object, "Ready", "False")
    });
    assert_reason(&locked, "StateLocked", "True", "LockHeld");
    assert_reason(&locked, "Ready", "False", "TFExecPlanFailed");
    assert_contains(&condition(&locked, "Ready")["message"], "Who:       alice@laptop");
    let unlock = json!({"tfstate": {"forceUnlock": "yes", "lockIdentifier": "0-1"}});
    merge(&sandbox, &terraforms(), "vpc", json!({"spec": unlock}));
    let planned = waiting(&sandbox, "vpc");
    assert_eq!(condition(&planned, "StateLocked"), &Value::Null);
    assert_eq!(planned["status"]["lock"], json!({}));
}

#[test]
fn outputs_are_written_and_everything_goes_with_the_object() {
    let sandbox = fleet();
    let spec = json!({
        "approvePlan": "auto", "destroyResourcesOnDeletion": true, "storeReadablePlan": "json",
        "enableInventory": true, "writeOutputsToSecret": {"name": "outputs"},
    });
    terraform(&sandbox, "vpc", &spec);
    let ready = wait(&sandbox, &terraforms(), "vpc", "outputs", |object| {
        condition(object, "Ready")["reason"] == "TerraformOutputsWritten"
            && object["status"]["lastSuccessfulReconcileAt"].is_string()
    });
    assert_eq!(ready["status"]["availableOutputs"], json!(["cidr", "ports"]));
    assert_eq!(ready["status"]["inventory"]["entries"][0]["n"], "main");
    let outputs = get(&sandbox, &secrets(), "outputs").unwrap();
    let keys: Vec<_> = outputs["data"].as_object().unwrap().keys().collect();
    assert_eq!(keys, ["cidr", "ports", "ports__type"]);
    assert!(get(&sandbox, &secrets(), "tfplan-default-vpc.json").is_some());

    // Their loss wakes the controller, which writes them again.
    let api = api(&sandbox, &secrets());
    sandbox.block_on(api.delete("outputs", &Default::default())).unwrap();
    request(&sandbox, &terraforms(), "vpc", "again");
    wait(&sandbox, &secrets(), "outputs", "its return", |_| true);

    // A suspended object is kept, whatever it is told.
    merge(&sandbox, &terraforms(), "vpc", json!({"spec": {"suspend": true}}));
    delete(&sandbox, "vpc");
    pass(&sandbox, "vpc", "suspended");
    assert!(network(&sandbox, "vpc").is_some());
    merge(&sandbox, &terraforms(), "vpc", json!({"spec": {"suspend": null}}));
    wait_gone(&sandbox, &terraforms(), "vpc");
    assert_eq!(network(&sandbox, "vpc"), None, "it was destroyed without an approval");
    assert!(get(&sandbox, &secrets(), "tfplan-default-vpc").is_none());
    assert!(get(&sandbox, &secrets(), "tfstate-default-vpc").is_some(), "the state stays");
}

#[test]
fn large_plans_are_stored_in_pieces() {
    let sandbox = fleet();
    let mut large = module("10.0.0.0/16");
    large["resource"]["network"]["main"]["notes"] = json!("ä".repeat(700_000));
    publish(&sandbox, &large);
    terraform(&sandbox, "vpc", &json!({"storeReadablePlan": "human"}));
    waiting(&sandbox, "vpc");
    for index in ["0", "1"] {
        let piece = get(&sandbox, &config_maps(), &format!("tfplan-default-vpc-{index}")).unwrap();
        let chunk = &piece["metadata"]["annotations"]["infra.contrib.fluxcd.io/plan-chunk"];
        assert_eq!(chunk, index);
    }
    assert!(get(&sandbox, &config_maps(), "tfplan-default-vpc").is_none());
}

#[test]
fn without_a_backend_the_plan_is_a_dummy_and_destruction_needs_an_approval_too() {
    let sandbox = fleet();
    let backend = json!({"backendConfig": {"disable": true}});
    terraform(&sandbox, "vpc", &backend);
    let id = pending(&waiting(&sandbox, "vpc")).to_owned();
    approve(&sandbox, "vpc", &id);
    applied(&sandbox, "vpc", &id);
    assert!(network(&sandbox, "vpc").is_some());
    assert!(get(&sandbox, &secrets(), "tfstate-default-vpc").is_none());
    merge(&sandbox, &terraforms(), "vpc", json!({"spec": {"destroy": true, "approvePlan": ""}}));
    let planned = wait(&sandbox, &terraforms(), "vpc", "a plan to destroy", |object| {
        pending(object) == id && object["status"]["plan"]["isDestroyPlan"] == true
    });
    assert!(network(&sandbox, "vpc").is_some(), "{planned:#}");
    approve(&sandbox, "vpc", &id);
    wait(&sandbox, &terraforms(), "vpc", "the destruction", |object| {
        condition(object, "Ready")["message"].to_string().contains("Destroy applied successfully")
            && is(object, "Ready", "True")
    });
    assert_eq!(network(&sandbox, "vpc"), None);
}

#[test]
fn failures_dependencies_and_the_glass_have_their_own_words() {
    let sandbox = fleet();
    sandbox.faults().arm("tofu.apply=vpc").unwrap();
    let limited = json!({"approvePlan": "auto", "remediation": {"retries": 2}});
    terraform(&sandbox, "vpc", &limited);
    let failed = wait(&sandbox, &terraforms(), "vpc", "the limit", |object| {
        condition(object, "Stalled")["reason"] == "RetryLimitReached"
    });
    let ready = &condition(&failed, "Ready")["message"];
    assert_eq!(ready, "Reconciliation in progress", "the last pass said so, and then stopped");
    assert_reason(&failed, "Apply", "False", "TerraformAppliedFail");
    assert_eq!(failed["status"]["reconciliationFailures"], 2);
    assert_eq!(pending(&failed), "");

    terraform(&sandbox, "app", &json!({"dependsOn": [{"name": "vpc"}]}));
    let blocked = wait(&sandbox, &terraforms(), "app", "its dependency", |object| {
        condition(object, "Ready")["reason"] == "DependencyNotReady"
    });
    let message = "dependency 'flux-system/vpc' is not ready";
    assert_eq!(condition(&blocked, "Ready")["message"], message);
    delete(&sandbox, "vpc");
    let kept = wait(&sandbox, &terraforms(), "vpc", "its dependant", |object| {
        condition(object, "Ready")["reason"] == "DeletionBlockedByDependantsReason"
    });
    assert_eq!(
        condition(&kept, "Ready")["message"],
        "Deletion in progress, but blocked. Please delete app to resume ..."
    );
    delete(&sandbox, "app");
    wait_gone(&sandbox, &terraforms(), "app");
    wait_gone(&sandbox, &terraforms(), "vpc");

    terraform(&sandbox, "glass", &json!({"breakTheGlass": true}));
    wait(&sandbox, &terraforms(), "glass", "the refusal", |object| {
        condition(object, "Ready")["message"] == "Breaking the glass is not allowed"
    });
    sandbox.faults().arm("tofu.break_glass=allowed").unwrap();
    wait(&sandbox, &terraforms(), "glass", "the session", |object| {
        condition(object, "Ready")["message"] == "Breaking the glass ..."
    });
    merge(&sandbox, &terraforms(), "glass", json!({"spec": {"breakTheGlass": false}}));
    let pods: Api<Pod> = Api::namespaced(sandbox.client(), NAMESPACE);
    let ended = sandbox.block_on(async {
        let parameters = AttachParams::default().container("tf-runner").stderr(false);
        // The object says so a moment before the runner waits.
        let script = "until rm /tmp/.break-glass; do sleep 0.1; done";
        let command = ["/bin/sh", "-c", script];
        let mut process = pods.exec("glass-tf-runner", command, &parameters).await.unwrap();
        process.take_status().unwrap().await.unwrap()
    });
    assert_eq!(ended.status.as_deref(), Some("Success"), "{ended:?}");
    waiting(&sandbox, "glass");
}

#[test]
fn a_pass_can_be_held_at_any_step() {
    let sandbox = fleet();
    terraform(&sandbox, "vpc", &json!({"storeReadablePlan": "human"}));
    let planned = waiting(&sandbox, "vpc");
    // The pass has read the approval and stands before its own plan; the world moves meanwhile.
    sandbox.faults().arm("tofu.pause=plan").unwrap();
    approve(&sandbox, "vpc", pending(&planned));
    wait(&sandbox, &terraforms(), "vpc", "the second planning", |object| {
        condition(object, "Ready")["message"] == "Terraform Planning"
    });
    let cloud = json!({
        "apiVersion": "v1", "kind": "ConfigMap",
        "metadata": {"name": "cloud-vpc", "namespace": NAMESPACE},
        "data": {"network.main": DRIFTED},
    });
    create(&sandbox, "configmaps", cloud);
    sandbox.faults().clear("tofu.pause");
    applied(&sandbox, "vpc", pending(&planned));
    let text = get(&sandbox, &config_maps(), "tfplan-default-vpc").unwrap();
    assert_contains(&text["data"]["tfplan"], "Plan: 0 to add, 1 to change, 0 to destroy.");
}
