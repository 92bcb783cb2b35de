//! What is not to blame.

use super::*;

/// A warning about an object in the namespace `apps`.
fn warning(about: &str, message: &str) -> Value {
    object(
        "Event",
        &format!("{about}.1"),
        json!({"type": "Warning", "reason": "FailedMount", "message": message,
            "involvedObject": {"uid": about}}),
    )
}

#[test]
fn warnings_are_read_where_a_pod_does_not_tell_enough() {
    let mut objects = vec![unhealthy("web", &["apps_db_apps_Deployment"])];
    let [deployment, set, pod] = unpullable("db");
    objects.extend([deployment, set]);
    let starting = json!({"status": {"phase": "Pending"}});
    let pods = ["a", "b", "c"].map(|name| sibling(name, starting.clone()));
    let warned = warning("Pod-b", "no such volume");
    for (pods, reads) in [(&pods[..2], 2), (&pods, 1), (&[pod], 0)] {
        let mut world = World::with(objects.iter().chain(pods).chain([&warned]).cloned());
        let report = world.why(&flux("Kustomization", "web"));
        let asked = world.asked.iter().filter(|ask| ask.to_string().starts_with("list Events"));
        assert_eq!(asked.count(), reads, "{} Pods", pods.len());
        match reads {
            0 => assert!(told(&report).contains("ErrImagePull"), "{}", told(&report)),
            _ => assert_eq!(told(&report), "Pod apps/b: FailedMount: no such volume"),
        }
    }
}

fn made(version: &str, status: &str) -> Value {
    json!({"chartVersion": version, "configDigest": "sha256:a", "status": status})
}

#[test]
fn what_was_never_released_is_no_fault_of_what_runs() {
    let release = |history: Value| {
        let mut release = failing("HelmRelease", "web", "UpgradeFailed", json!({}));
        release["status"]["history"] = history;
        release["status"]["lastAttemptedRevision"] = json!("1.1.0");
        release["status"]["inventory"] = json!({"entries": [
            {"id": "apps_db_apps_Deployment", "v": "v1"}]});
        release
    };
    let told_of = |history: Value| {
        let objects = unpullable("db").into_iter().chain([release(history)]);
        told(&World::with(objects).why(&flux("HelmRelease", "web")))
    };
    let rendered = told_of(json!([made("1.0.0", "deployed")]));
    assert_eq!(rendered, "HelmRelease apps/web: UpgradeFailed: UpgradeFailed!");
    let stored = told_of(json!([made("1.1.0", "failed"), made("1.0.0", "superseded")]));
    assert!(stored.starts_with("Pod apps/db-abc-1: "), "{stored}");
}

/// A Deployment of a controller, in that status.
fn controller(name: &str, replicas: u32, status: Value) -> Value {
    let template = json!({"replicas": replicas, "selector": {}, "template": {}});
    let labels = json!({"labels": {"app.kubernetes.io/component": "kustomize-controller"}});
    object("Deployment", name, json!({"metadata": labels, "spec": template, "status": status}))
}

#[test]
fn a_controller_that_works_is_no_cause() {
    let new = object("Kustomization", "web", json!({}));
    let name = "kustomize-controller";
    let well = json!({"updatedReplicas": 1, "availableReplicas": 1, "replicas": 1});
    let rolled_out = json!({"updatedReplicas": 0, "availableReplicas": 1, "replicas": 2});
    let down = json!({"updatedReplicas": 1, "availableReplicas": 0, "replicas": 1});
    for controllers in [
        vec![controller(name, 1, well.clone())],
        vec![controller(name, 1, json!({"availableReplicas": 1}))],
        vec![controller(name, 1, rolled_out)],
        vec![controller("renamed", 1, well.clone())],
        vec![controller(name, 1, down), controller("shard", 1, well.clone())],
        vec![controller(name, 0, json!({})), controller("shard", 1, well)],
    ] {
        let mut world = World::with([new.clone()].into_iter().chain(controllers));
        let report = world.why(&flux("Kustomization", "web"));
        assert_eq!(told(&report), "Kustomization apps/web: waiting to be reconciled");
        assert_eq!(report.state, State::Progressing);
        assert_eq!(report.chain.len(), 1);
    }
}

/// Objects that are as they should be, of every kind that can be otherwise, each with its inventory's id.
fn well_off() -> Vec<(&'static str, Value)> {
    let condition = |kind: &str| json!({"conditions": [{"type": kind, "status": "True"}]});
    let none = json!({"replicas": 0, "selector": {}, "template": {}});
    let fixed = |group_kind, kind: &str, status: Value| {
        (group_kind, object(kind, "well", json!({"status": status})))
    };
    let is_ready = json!({"conditions": ready("True", "Succeeded")});
    vec![
        ("apps_Deployment", object("Deployment", "well", json!({"spec": none, "status": {}}))),
        ("apps_StatefulSet", object("StatefulSet", "well", json!({"spec": none}))),
        fixed("apps_DaemonSet", "DaemonSet", json!({"desiredNumberScheduled": 0})),
        fixed("batch_Job", "Job", condition("Complete")),
        fixed("_Pod", "Pod", json!({"phase": "Succeeded"})),
        fixed("_PersistentVolumeClaim", "PersistentVolumeClaim", json!({"phase": "Bound"})),
        fixed("example.com_Widget", "Widget", json!({"phase": "Whatever"})),
        fixed("source.toolkit.fluxcd.io_GitRepository", "GitRepository", is_ready.clone()),
        fixed("kustomize.toolkit.fluxcd.io_Kustomization", "Kustomization", is_ready),
        ("_Secret", object("Secret", "well", json!({}))),
    ]
}

#[test]
fn what_is_as_it_should_be_is_never_the_cause() {
    let spec = json!({"sourceRef": {"kind": "GitRepository", "name": "well"},
        "dependsOn": [{"name": "well"}], "decryption": {"secretRef": {"name": "well"}}});
    let ids: Vec<_> = well_off().iter().map(|(kind, _)| format!("apps_well_{kind}")).collect();
    let entries: Vec<_> = ids.iter().map(|id| json!({"id": id, "v": "v1"})).collect();
    for reason in ["HealthCheckFailed", "DependencyNotReady", "ArtifactFailed", "BuildFailed", ""] {
        let status = json!({"inventory": {"entries": entries},
            "conditions": ready("False", reason)});
        let web = object("Kustomization", "web", json!({"spec": spec, "status": status}));
        let running = controller("kustomize-controller", 1, json!({"availableReplicas": 1}));
        let well = well_off().into_iter().map(|(_, object)| object);
        let report = World::with(well.chain([web, running])).why(&flux("Kustomization", "web"));
        let cause = report.cause.expect("its own words");
        assert_eq!(cause.subject, flux("Kustomization", "web"), "{reason}: {cause}");
        assert!(report.others.is_empty(), "{reason}: {:?}", report.others);
    }
}

/// A Pod of the ReplicaSet of [`unpullable`], in that status.
fn sibling(name: &str, more: Value) -> Value {
    let mut pod = object("Pod", name, more);
    pod["metadata"]["ownerReferences"] = owned_by("ReplicaSet", "db-abc");
    pod
}

#[test]
fn what_was_overcome_is_not_the_cause() {
    let failed = json!({"phase": "Failed", "reason": "Evicted", "message": "low on memory"});
    let crash = json!({"phase": "Running", "containerStatuses": [{"name": "main", "image": "i",
        "imageID": "", "ready": false, "restartCount": 1, "state": {"terminated":
            {"exitCode": 137, "reason": "Error"}}}]});
    let going = json!({"metadata": {"deletionTimestamp": "2026-01-01T00:00:00Z"}, "status": crash});
    let [deployment, mut set, pod] = unpullable("db");
    set["status"] = json!({"replicas": 1});
    let quota = json!({"metadata": {"name": "e", "namespace": "apps"}, "kind": "Event",
        "type": "Warning", "reason": "FailedCreate", "message": "exceeded quota",
        "involvedObject": {"uid": "ReplicaSet-db-abc"}});
    let web = || unhealthy("web", &["apps_db_apps_Deployment"]);
    let before = [sibling("a-evicted", json!({"status": failed})), sibling("a-going", going)];
    let all = [web(), deployment.clone(), set.clone(), pod, quota.clone()];
    let report = World::with(all.into_iter().chain(before)).why(&flux("Kustomization", "web"));
    assert!(told(&report).starts_with("Pod apps/db-abc-1: "), "{}", told(&report));
    let starting = sibling("db-abc-1", json!({"status": {"phase": "Pending"}}));
    let report = World::with([web(), deployment.clone(), set.clone(), starting, quota.clone()])
        .why(&flux("Kustomization", "web"));
    assert!(told(&report).starts_with("Deployment apps/db: "), "{}", told(&report));
    set["status"] = json!({"replicas": 0});
    let report = World::with([web(), deployment, set, quota]).why(&flux("Kustomization", "web"));
    assert_eq!(told(&report), "ReplicaSet apps/db-abc: FailedCreate: exceeded quota");
}
