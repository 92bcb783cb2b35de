//! The workloads player: what becomes of a Deployment, with and without faults.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod support;

use kube::api::DeleteParams;
use nigari_sandbox::sandbox::Sandbox;
use serde_json::{Value, json};
use support::*;

fn sandbox() -> Sandbox {
    let sandbox = Sandbox::start().unwrap();
    namespace(&sandbox);
    sandbox
}

fn start(sandbox: &Sandbox) {
    create(sandbox, "deployments", deployment("app", "registry.example.com/app:1"));
}

fn available(sandbox: &Sandbox) -> Value {
    wait(sandbox, &deployments(), "app", "an available replica", |object| {
        is_available(object) && is(object, "Progressing", "True")
    })
}

/// Waits until the Deployment's only Pod is in the state that `is_met` describes.
fn pod(sandbox: &Sandbox, what: &str, is_met: impl Fn(&Value) -> bool) -> Value {
    let pods = resource("", "Pod", "pods");
    let created = wait(sandbox, &deployments(), "app", "a replica", |object| {
        object["status"]["replicas"] == 1
    });
    drop(created);
    let name = sandbox.kube().list("v1", "Pod")[0]["metadata"]["name"].clone();
    wait(sandbox, &pods, name.as_str().unwrap(), what, is_met)
}

#[test]
fn a_deployment_runs_rolls_and_goes() {
    let sandbox = sandbox();
    start(&sandbox);
    let first = available(&sandbox);
    assert_reason(&first, "Available", "True", "MinimumReplicasAvailable");
    let pods = sandbox.kube().list("v1", "Pod");
    assert_eq!(pods.len(), 1);
    assert_eq!(pods[0]["status"]["phase"], "Running");
    assert_eq!(pods[0]["status"]["containerStatuses"][0]["ready"], true);
    let sets = sandbox.kube().list("apps/v1", "ReplicaSet");
    assert_eq!(sets[0]["metadata"]["ownerReferences"][0]["name"], "app");

    let image = json!([{"name": "manager", "image": "registry.example.com/app:2"}]);
    let patch = json!({"spec": {"template": {"spec": {"containers": image}}}});
    merge(&sandbox, &deployments(), "app", patch);
    wait(&sandbox, &deployments(), "app", "the new template everywhere", |object| {
        object["status"]["observedGeneration"] == object["metadata"]["generation"]
            && object["status"]["updatedReplicas"] == 1
            && object["status"]["replicas"] == 1
            && condition(object, "Progressing")["reason"] == "NewReplicaSetAvailable"
    });
    let images: Vec<_> = sandbox.kube().list("v1", "Pod");
    let images: Vec<_> =
        images.iter().map(|pod| pod["spec"]["containers"][0]["image"].clone()).collect();
    assert_eq!(images, ["registry.example.com/app:2"]);

    let pod = sandbox.kube().list("v1", "Pod")[0]["metadata"]["name"].clone();
    let api = api(&sandbox, &deployments());
    sandbox.block_on(api.delete("app", &DeleteParams::background())).unwrap();
    wait_gone(&sandbox, &resource("", "Pod", "pods"), pod.as_str().unwrap());
    assert_eq!(sandbox.troubles(), Vec::<String>::new());
}

#[test]
fn an_image_that_cannot_be_pulled_backs_off() {
    let sandbox = sandbox();
    sandbox.faults().arm("workload.pull=registry.example.com").unwrap();
    start(&sandbox);
    let waiting = pod(&sandbox, "an image back-off", |pod| {
        pod["status"]["containerStatuses"][0]["state"]["waiting"]["reason"] == "ImagePullBackOff"
    });
    assert_eq!(waiting["status"]["phase"], "Pending");
    wait_event(&sandbox, "Failed");
    wait_event(&sandbox, "BackOff");
    let stuck = get(&sandbox, &deployments(), "app").unwrap();
    assert_reason(&stuck, "Available", "False", "MinimumReplicasUnavailable");
    sandbox.faults().clear("workload.pull");
    available(&sandbox);
}

#[test]
fn a_crashing_container_restarts_again_and_again() {
    let sandbox = sandbox();
    sandbox.faults().arm("workload.crash=app").unwrap();
    start(&sandbox);
    let crashing = pod(&sandbox, "two restarts", |pod| {
        pod["status"]["containerStatuses"][0]["restartCount"] == 2
    });
    let status = &crashing["status"]["containerStatuses"][0];
    assert_eq!(status["state"]["waiting"]["reason"], "CrashLoopBackOff");
    assert_eq!(status["lastState"]["terminated"]["exitCode"], 1);
    sandbox.faults().clear("workload.crash");
    available(&sandbox);
}

#[test]
fn a_pod_without_a_node_is_pending() {
    let sandbox = sandbox();
    sandbox.faults().arm("workload.pending=app").unwrap();
    start(&sandbox);
    let pending = pod(&sandbox, "no node", |pod| is(pod, "PodScheduled", "False"));
    assert_reason(&pending, "PodScheduled", "False", "Unschedulable");
    assert_eq!(pending["status"]["phase"], "Pending");
    sandbox.faults().clear("workload.pending");
    available(&sandbox);
    wait_event(&sandbox, "FailedScheduling");
}

#[test]
fn a_quota_forbids_pods() {
    let sandbox = sandbox();
    sandbox.faults().arm("workload.quota=app").unwrap();
    start(&sandbox);
    let refused = wait(&sandbox, &deployments(), "app", "a replica failure", |object| {
        is(object, "ReplicaFailure", "True")
    });
    assert_contains(&condition(&refused, "ReplicaFailure")["message"], "exceeded quota");
    wait_event(&sandbox, "FailedCreate");
    assert!(sandbox.kube().list("v1", "Pod").is_empty());
    sandbox.faults().clear("workload.quota");
    available(&sandbox);
}

#[test]
fn a_rollout_that_never_ends_exceeds_its_deadline() {
    let sandbox = sandbox();
    sandbox.faults().arm("workload.crash=app").unwrap();
    let mut object = deployment("app", "app:1");
    object["spec"]["progressDeadlineSeconds"] = json!(1);
    create(&sandbox, "deployments", object);
    wait(&sandbox, &deployments(), "app", "its deadline exceeded", |object| {
        condition(object, "Progressing")["reason"] == "ProgressDeadlineExceeded"
    });
}

#[test]
fn recreate_stops_the_old_pod_before_it_starts_the_new_one() {
    let sandbox = sandbox();
    let mut object = deployment("app", "app:1");
    object["spec"]["strategy"] = json!({"type": "Recreate"});
    create(&sandbox, "deployments", object);
    available(&sandbox);
    sandbox.faults().arm("workload.pull=app:2").unwrap();
    let image = json!([{"name": "manager", "image": "app:2"}]);
    let patch = json!({"spec": {"template": {"spec": {"containers": image}}}});
    merge(&sandbox, &deployments(), "app", patch);
    wait(&sandbox, &deployments(), "app", "no available replica", |object| {
        object["status"]["updatedReplicas"] == 1 && object["status"]["availableReplicas"].is_null()
    });
    assert_eq!(sandbox.kube().list("v1", "Pod").len(), 1);
    sandbox.faults().clear("workload.pull");
    available(&sandbox);
}

#[test]
fn a_rolling_update_keeps_the_old_pod_until_the_new_one_runs() {
    let sandbox = sandbox();
    start(&sandbox);
    available(&sandbox);
    sandbox.faults().arm("workload.pull=app:2").unwrap();
    let image = json!([{"name": "manager", "image": "registry.example.com/app:2"}]);
    let patch = json!({"spec": {"template": {"spec": {"containers": image}}}});
    merge(&sandbox, &deployments(), "app", patch);
    let rolling = wait(&sandbox, &deployments(), "app", "both Pods", |object| {
        object["status"]["replicas"] == 2
    });
    assert_reason(&rolling, "Available", "True", "MinimumReplicasAvailable");
    sandbox.faults().clear("workload.pull");
    wait(&sandbox, &deployments(), "app", "only the new Pod", |object| {
        object["status"]["replicas"] == 1 && object["status"]["updatedReplicas"] == 1
    });
}
