//! Whole walks through clusters that are a list of objects.

use std::collections::BTreeSet;

use kube::api::DynamicObject;
use serde_json::{Value, json};

use super::facts::{Answer, Ask, Facts, Refusal, reads};
use super::report::{Report, State};
use super::subject::Subject;
use super::walk::diagnose;
use crate::kinds;

/// A cluster that is asked for what a walk wants, and remembers it.
#[derive(Default)]
struct World {
    objects: Vec<Value>,
    forbidden: Vec<&'static str>,
    asked: BTreeSet<Ask>,
}

impl World {
    fn with(objects: impl IntoIterator<Item = Value>) -> Self {
        Self { objects: objects.into_iter().collect(), ..Self::default() }
    }

    fn forbid(mut self, kinds: &[&'static str]) -> Self {
        self.forbidden.extend(kinds);
        self
    }

    fn why(&mut self, subject: &Subject) -> Report {
        let mut facts = Facts::default();
        loop {
            let diagnosis = diagnose(subject, &facts);
            if diagnosis.wanted.is_empty() {
                return diagnosis.report;
            }
            for ask in reads(diagnosis.wanted) {
                assert!(self.asked.insert(ask.clone()), "asked twice: {ask}");
                let answer = self.answer(&ask);
                facts.learn(ask, answer);
            }
        }
    }

    fn answer(&self, ask: &Ask) -> Answer {
        let is_of = |object: &&Value, kind: &str| object["kind"] == kind;
        let kind = match ask {
            Ask::Object(subject) | Ask::Presence(subject) => &subject.kind,
            Ask::Warnings { .. } => "Event",
            Ask::List { kind, .. } => kind,
        };
        if self.forbidden.contains(&kind) {
            return Err(Refusal::Forbidden);
        }
        let is_at = |object: &Value, key: &str, wanted: Option<&String>| {
            wanted.is_none_or(|wanted| object["metadata"][key] == wanted.as_str())
        };
        let objects = self.objects.iter().filter(|object| is_of(object, kind));
        let objects = objects.filter(|object| match ask {
            Ask::Object(subject) | Ask::Presence(subject) => {
                is_at(object, "namespace", Some(&subject.namespace))
                    && is_at(object, "name", Some(&subject.name))
            }
            Ask::Warnings { namespace, uid } => {
                is_at(object, "namespace", Some(namespace))
                    && object["involvedObject"]["uid"] == uid.as_str()
            }
            Ask::List { namespace, name, labels, .. } => {
                is_at(object, "namespace", namespace.as_ref())
                    && is_at(object, "name", name.as_ref())
                    && labels.as_ref().is_none_or(|labels| has_labels(object, labels))
            }
        });
        Ok(objects.map(parsed).collect())
    }
}

/// Whether an object has the labels of a selector like `a=b,c=d`.
fn has_labels(object: &Value, selector: &str) -> bool {
    selector.split(',').all(|label| {
        let (key, value) = label.split_once('=').expect("a selector of equalities");
        object["metadata"]["labels"][key] == value
    })
}

fn parsed(value: &Value) -> DynamicObject {
    serde_json::from_value(value.clone()).expect("an object")
}

fn flux(kind: &str, name: &str) -> Subject {
    let group = kinds::of_api_kind(kind).expect("a kind of Flux").group;
    Subject::new(group, kind, "apps", name)
}

/// An object in the namespace `apps`; what is in `rest` is added.
fn object(kind: &str, name: &str, rest: Value) -> Value {
    let mut object = json!({"kind": kind,
        "metadata": {"name": name, "namespace": "apps", "uid": format!("{kind}-{name}")}});
    for (key, value) in rest.as_object().expect("an object") {
        match value.as_object() {
            Some(fields) if key == "metadata" => {
                fields.iter().for_each(|(key, value)| object["metadata"][key] = value.clone());
            }
            _ => object[key] = value.clone(),
        }
    }
    object
}

fn ready(status: &str, reason: &str) -> Value {
    json!([{"type": "Ready", "status": status, "reason": reason, "message": format!("{reason}!")}])
}

fn failing(kind: &str, name: &str, reason: &str, spec: Value) -> Value {
    object(kind, name, json!({"spec": spec, "status": {"conditions": ready("False", reason)}}))
}

fn depending(name: &str, on: &[&str]) -> Value {
    let on: Vec<_> = on.iter().map(|name| json!({"name": name})).collect();
    failing("Kustomization", name, "DependencyNotReady", json!({"dependsOn": on}))
}

/// A Kustomization that waits in vain for what it has applied.
fn unhealthy(name: &str, ids: &[&str]) -> Value {
    let entries: Vec<_> = ids.iter().map(|id| json!({"id": id, "v": "v1"})).collect();
    object(
        "Kustomization",
        name,
        json!({"status": {"inventory": {"entries": entries},
            "conditions": ready("False", "HealthCheckFailed")}}),
    )
}

fn owned_by(kind: &str, name: &str) -> Value {
    json!([{"apiVersion": "apps/v1", "kind": kind, "name": name, "uid": format!("{kind}-{name}")}])
}

/// A Deployment with a Pod whose image cannot be pulled.
fn unpullable(name: &str) -> [Value; 3] {
    let set = format!("{name}-abc");
    [
        object(
            "Deployment",
            name,
            json!({"status": {"conditions": [
            {"type": "Available", "status": "False", "reason": "MinimumReplicasUnavailable",
                "message": "too few"}]}}),
        ),
        object(
            "ReplicaSet",
            &set,
            json!({"metadata": {"ownerReferences": owned_by("Deployment", name)}}),
        ),
        object(
            "Pod",
            &format!("{set}-1"),
            json!({"metadata": {"ownerReferences": owned_by("ReplicaSet", &set)},
                "status": {"phase": "Pending", "containerStatuses": [{"name": "main", "image": "i",
                    "imageID": "", "ready": false, "restartCount": 0, "state": {"waiting":
                        {"reason": "ErrImagePull", "message": "manifest unknown"}}}]}}),
        ),
    ]
}

fn told(report: &Report) -> String {
    report.cause.as_ref().map(ToString::to_string).unwrap_or_default()
}

fn names(subjects: &[Subject]) -> Vec<&str> {
    subjects.iter().map(|subject| subject.name.as_str()).collect()
}

#[test]
fn the_deepest_cause_is_found_and_decoys_are_not_even_looked_at() {
    let mut objects =
        vec![depending("web", &["infra"]), unhealthy("infra", &["apps_db_apps_Deployment"])];
    objects.extend(unpullable("db"));
    objects.extend([
        failing("Kustomization", "decoy", "BuildFailed", json!({})),
        failing("GitRepository", "decoy", "AuthenticationFailed", json!({})),
    ]);
    let mut world = World::with(objects);
    let report = world.why(&flux("Kustomization", "web"));
    assert_eq!(told(&report), "Pod apps/db-abc-1: container main: ErrImagePull: manifest unknown");
    assert_eq!(names(&report.blocked), ["infra", "web"]);
    let chain: Vec<_> = report.chain.iter().map(|step| step.subject.to_string()).collect();
    assert_eq!(
        chain,
        [
            "Kustomization apps/web",
            "Kustomization apps/infra",
            "Deployment apps/db",
            "Pod apps/db-abc-1"
        ]
    );
    assert!(report.unseen.is_empty() && report.others.is_empty());
    let mut asked: Vec<_> = world.asked.iter().map(Ask::to_string).collect();
    asked.sort();
    assert_eq!(
        asked,
        [
            "get Deployment apps/db",
            "get Kustomization apps/infra",
            "get Kustomization apps/web",
            "list Pods in namespace apps",
            "list ReplicaSets in namespace apps",
        ]
    );
}

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

#[test]
fn without_pods_and_events_the_workload_speaks_and_both_are_named() {
    let mut objects = vec![unhealthy("web", &["apps_db_apps_Deployment"])];
    objects.extend(unpullable("db"));
    let report = World::with(objects).forbid(&["Pod", "Event"]).why(&flux("Kustomization", "web"));
    assert_eq!(told(&report), "Deployment apps/db: MinimumReplicasUnavailable: too few");
    assert_eq!(
        report.unseen,
        [
            "cannot list Events in namespace apps: forbidden",
            "cannot list Pods in namespace apps: forbidden",
        ]
    );
}

#[test]
fn a_cycle_is_a_cause_of_its_own() {
    for (names_of, line) in [
        (&[("a", "b"), ("b", "c"), ("c", "b")][..], "b: dependency cycle: b → c → b"),
        (&[("a", "a")], "a: dependency cycle: a → a"),
    ] {
        let report = World::with(names_of.iter().map(|(name, on)| depending(name, &[on])))
            .why(&flux("Kustomization", "a"));
        assert_eq!(told(&report), format!("Kustomization apps/{line}"));
        assert_eq!(report.state, State::Failed);
    }
    let cycle = [depending("a", &["b"]), depending("b", &["c"]), depending("c", &["b"])];
    let report = World::with(cycle).why(&flux("Kustomization", "a"));
    assert_eq!(names(&report.blocked), ["a"], "what is part of it is not blocked by it");
}

#[test]
fn a_cycle_beats_a_failure_beside_it() {
    let objects = [
        depending("a", &["broken", "b"]),
        depending("b", &["a"]),
        failing("Kustomization", "broken", "BuildFailed", json!({})),
    ];
    let report = World::with(objects).why(&flux("Kustomization", "a"));
    assert!(told(&report).contains("dependency cycle: a → b → a"), "{}", told(&report));
    let others: Vec<_> = report.others.iter().map(ToString::to_string).collect();
    assert_eq!(others, ["Kustomization apps/broken: BuildFailed: BuildFailed!"]);
}

fn suspended(name: &str, was: &str) -> Value {
    let conditions = ready(was, "ReconciliationSucceeded");
    let metadata = json!({"annotations": {"nigari-cli.github.io/suspended-reason": "incident 42"}});
    object(
        "Kustomization",
        name,
        json!({"metadata": metadata, "spec": {"suspend": true}, "status": {"conditions": conditions}}),
    )
}

#[test]
fn a_suspended_dependency_is_a_cause_even_if_it_was_ready_once() {
    for was in ["True", "False"] {
        let objects = [depending("web", &["infra"]), suspended("infra", was)];
        let report = World::with(objects).why(&flux("Kustomization", "web"));
        assert_eq!(told(&report), "Kustomization apps/infra is suspended: incident 42", "{was}");
        assert_eq!(names(&report.blocked), ["web"]);
    }
}

#[test]
fn a_suspended_object_is_its_own_cause() {
    let report = World::with([suspended("web", "True")]).why(&flux("Kustomization", "web"));
    assert_eq!(told(&report), "Kustomization apps/web is suspended: incident 42");
    assert_eq!((report.state, report.blocked.len()), (State::Suspended, 0));
}

#[test]
fn what_is_missing_may_wait_for_a_suspended_parent() {
    let labels = json!({"kustomize.toolkit.fluxcd.io/name": "fleet",
        "kustomize.toolkit.fluxcd.io/namespace": "apps"});
    let mut web = depending("web", &["infra"]);
    let missing = World::with([web.clone()]).why(&flux("Kustomization", "web"));
    assert_eq!(told(&missing), "Kustomization apps/infra does not exist");
    web["metadata"]["labels"] = labels;
    let running = object("Kustomization", "fleet", json!({}));
    let report = World::with([web.clone(), running]).why(&flux("Kustomization", "web"));
    assert_eq!(told(&report), "Kustomization apps/infra does not exist");
    let report = World::with([web, suspended("fleet", "True")]).why(&flux("Kustomization", "web"));
    assert_eq!(told(&report), "Kustomization apps/fleet is suspended: incident 42");
    assert_eq!(report.chain.len(), 3);
    assert_eq!(names(&report.blocked), ["web"]);
}

fn from_git(name: &str, reason: &str) -> Value {
    let source = json!({"kind": "GitRepository", "name": "fleet"});
    failing("Kustomization", name, reason, json!({"sourceRef": source}))
}

#[test]
fn a_source_is_the_cause_only_where_the_reason_points_at_it() {
    let git = failing("GitRepository", "fleet", "GitOperationFailed", json!({}));
    for (reason, cause) in [
        ("ArtifactFailed", "GitRepository apps/fleet: GitOperationFailed: GitOperationFailed!"),
        ("BuildFailed", "Kustomization apps/web: BuildFailed: BuildFailed!"),
    ] {
        let objects = [from_git("web", reason), git.clone()];
        assert_eq!(told(&World::with(objects).why(&flux("Kustomization", "web"))), cause);
    }
}

#[test]
fn a_missing_secret_of_a_source_is_deeper_than_the_source() {
    let git = failing(
        "GitRepository",
        "fleet",
        "AuthenticationFailed",
        json!({"secretRef": {"name": "deploy-key"}}),
    );
    let objects = [from_git("web", "ArtifactFailed"), git.clone()];
    let mut world = World::with(objects);
    let report = world.why(&flux("Kustomization", "web"));
    assert_eq!(told(&report), "Secret apps/deploy-key does not exist");
    assert_eq!(names(&report.blocked), ["fleet", "web"]);
    let secret = object("Secret", "deploy-key", json!({}));
    let report = World::with([from_git("web", "ArtifactFailed"), git, secret])
        .why(&flux("Kustomization", "web"));
    assert_eq!(
        told(&report),
        "GitRepository apps/fleet: AuthenticationFailed: AuthenticationFailed!"
    );
}

#[test]
fn a_release_is_followed_to_its_chart_and_its_repository() {
    let chart = json!({"chart": {"spec": {"chart": "podinfo",
        "sourceRef": {"kind": "HelmRepository", "name": "charts"}}}});
    let objects = [
        failing("HelmRelease", "web", "SourceNotReady", chart),
        failing(
            "HelmChart",
            "apps-web",
            "NoSourceArtifact",
            json!({"sourceRef": {"kind": "HelmRepository", "name": "charts"}}),
        ),
        failing("HelmRepository", "charts", "Failed", json!({"url": "https://charts"})),
    ];
    let report = World::with(objects).why(&flux("HelmRelease", "web"));
    assert_eq!(told(&report), "HelmRepository apps/charts: Failed: Failed!");
    assert_eq!(names(&report.blocked), ["apps-web", "web"]);
}

#[test]
fn what_nothing_handles_is_told_by_its_controller() {
    let new = object("Kustomization", "web", json!({}));
    let report = World::with([new.clone()]).why(&flux("Kustomization", "web"));
    let missing = "Deployment kustomize-controller does not exist in any namespace";
    assert_eq!(told(&report), missing);
    let idle = object("Deployment", "kustomize-controller", json!({"spec": {"replicas": 0}}));
    let report = World::with([new.clone(), idle]).why(&flux("Kustomization", "web"));
    assert_eq!(
        told(&report),
        "Deployment apps/kustomize-controller: ScaledToZero: it is scaled to 0 Pods"
    );
    let labels = json!({"labels": {"app.kubernetes.io/component": "kustomize-controller"}});
    let down = object("Deployment", "renamed", json!({"metadata": labels}));
    let report = World::with([new, down]).why(&flux("Kustomization", "web"));
    assert_eq!(told(&report), "Deployment apps/renamed: 0 of 1 Pods are ready");
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

#[test]
fn what_just_needs_time_is_waited_for() {
    let busy = json!({"conditions": [{"type": "Ready", "status": "Unknown",
        "reason": "Progressing", "message": "Reconciliation in progress"}]});
    let objects =
        [depending("web", &["infra"]), object("Kustomization", "infra", json!({"status": busy}))];
    let report = World::with(objects).why(&flux("Kustomization", "web"));
    assert_eq!(told(&report), "Kustomization apps/infra: Progressing: Reconciliation in progress");
    assert_eq!(report.chain.len(), 2);
}

#[test]
fn a_ready_object_may_have_a_source_that_fails() {
    let source = json!({"kind": "GitRepository", "name": "fleet"});
    let web = object(
        "Kustomization",
        "web",
        json!({"spec": {"sourceRef": source},
        "status": {"conditions": ready("True", "ReconciliationSucceeded")}}),
    );
    let git = failing("GitRepository", "fleet", "GitOperationFailed", json!({}));
    let report = World::with([web, git]).why(&flux("Kustomization", "web"));
    assert_eq!((report.state, report.cause), (State::Ready, None));
    let ahead = report.ahead.expect("its source fails").to_string();
    assert_eq!(ahead, "GitRepository apps/fleet: GitOperationFailed: GitOperationFailed!");
}

#[test]
fn of_several_failures_the_others_are_told_too() {
    let ids = ["apps_db_apps_Deployment", "apps_child_kustomize.toolkit.fluxcd.io_Kustomization"];
    let mut objects =
        vec![unhealthy("web", &ids), failing("Kustomization", "child", "BuildFailed", json!({}))];
    objects.extend(unpullable("db"));
    let report = World::with(objects).why(&flux("Kustomization", "web"));
    assert!(told(&report).starts_with("Pod apps/db-abc-1"), "{}", told(&report));
    let others: Vec<_> = report.others.iter().map(ToString::to_string).collect();
    assert_eq!(others, ["Kustomization apps/child: BuildFailed: BuildFailed!"]);
}

#[test]
fn an_endless_chain_has_an_end_here() {
    let chain = (0..100)
        .map(|number| depending(&format!("k{number}"), &[format!("k{}", number + 1).as_str()]));
    let report = World::with(chain).why(&flux("Kustomization", "k0"));
    assert!(told(&report).starts_with("Kustomization apps/k49: DependencyNotReady"));
    assert_eq!(report.unseen.len(), 1, "{:?}", report.unseen);
}

#[test]
fn when_the_time_is_over_the_deepest_that_was_seen_is_told() {
    let subject = flux("Kustomization", "web");
    let mut facts = Facts::default();
    let ask = Ask::Object(subject.clone());
    facts.learn(ask, Ok(vec![parsed(&depending("web", &["infra"]))]));
    facts.close();
    let diagnosis = diagnose(&subject, &facts);
    assert!(diagnosis.wanted.is_empty());
    let report = diagnosis.report;
    assert_eq!(told(&report), "Kustomization apps/web: DependencyNotReady: DependencyNotReady!");
    assert_eq!(report.unseen, ["no time was left to get Kustomization apps/infra"]);
}
