//! The ways to a cause.

use super::*;

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
