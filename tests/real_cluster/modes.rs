//! Faults one after the other in a fleet whose controllers really fetch and apply: the same codes and the
//! same words from both APIs. Each failure mode by itself is in `tests/modes`.

use std::thread;
use std::time::{Duration, Instant};

use k8s_openapi::api::apps::v1::Deployment;
use kube::api::{Api, Patch, PatchParams};
use nigari_test_support::PATIENCE;
use nigari_test_support::fleet::Fleet;
use serde_json::json;

const CONTROLLER: &str = "kustomize-controller";

fn kustomization(name: &str, source: &str) -> String {
    format!(
        "apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: {name}
  namespace: flux-system
spec:
  interval: 10m
  path: ./hello
  prune: true
  sourceRef:
    kind: GitRepository
    name: {source}
"
    )
}

const SETTINGS: &str = "apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
  namespace: flux-system
data:
  colour: blue
";

#[test]
fn a_real_control_plane_is_judged_alike() {
    let Some((real, _turn)) = crate::real() else { return };
    let real = story(real);
    let sandbox = story(crate::sandbox());
    assert_eq!(sandbox, real);
    let codes: Vec<_> = real.iter().map(|(code, _)| *code).collect();
    let expected = [0, 1, 0, 1, 1, 0, 3, 1];
    assert_eq!(codes, expected.map(Some), "{real:#?}");
    for (run, words) in [
        (1, "is suspended"),
        (3, "reconciliation failed: BuildFailed"),
        (4, "reconciliation failed: BuildFailed"),
        (6, "GitRepository flux-system/gone not found"),
        (7, "Deployment flux-system/kustomize-controller is scaled to 0"),
    ] {
        assert!(real[run].1.contains(words), "{words}: {real:#?}");
    }
}

/// What each command ended with and said.
fn story(fleet: Fleet) -> Vec<(Option<i32>, String)> {
    let bootstrapped = fleet.bootstrap("");
    assert_eq!(bootstrapped.exit_code(), Some(0), "{bootstrapped}");
    fleet.commit("clusters/production/hello.yaml", &kustomization("hello", "flux-system"));
    fleet.commit("clusters/production/orphan.yaml", &kustomization("orphan", "gone"));
    fleet.commit("hello/settings.yaml", SETTINGS);
    let mut told = Vec::new();
    let mut run = |words: &str| {
        let run = fleet.nigari(words);
        told.push((run.exit_code(), run.to_string()));
    };
    run("reconcile ks flux-system --with-source");
    // R9: a suspended target, and the same resumed.
    assert_eq!(fleet.nigari("suspend ks hello").exit_code(), Some(0));
    run("reconcile ks hello");
    run("reconcile ks hello --resume");
    // R1: a failed build, alone and with an object that does not fail.
    fleet.commit("hello/settings.yaml", "kind: [\n");
    run("reconcile ks hello --with-source");
    let both = fleet.nigari("reconcile ks/hello gitrepository/flux-system");
    let lines = both.to_string();
    let mut lines: Vec<&str> = lines.lines().collect();
    lines.sort_unstable();
    told.push((both.exit_code(), lines.join("\n")));
    fleet.commit("hello/settings.yaml", SETTINGS);
    let mut run = |words: &str| {
        let run = fleet.nigari(words);
        told.push((run.exit_code(), run.to_string()));
    };
    run("reconcile ks hello --with-source");
    // R10: an absent source.
    run("reconcile ks orphan --with-source");
    // R8: nobody is there; the last request that is still begun with is another object's.
    scale_to_zero(&fleet);
    let probe = || fleet.nigari("reconcile ks orphan --error-budget=1s --timeout=5s").to_string();
    until("the controller is gone", || probe().contains("is scaled to 0"));
    run("reconcile ks hello");
    fleet.finish();
    told
}

fn scale_to_zero(fleet: &Fleet) {
    let api: Api<Deployment> = Api::namespaced(fleet.sandbox.client(), "flux-system");
    let scale = Patch::Merge(json!({"spec": {"replicas": 0}}));
    fleet.sandbox.block_on(api.patch(CONTROLLER, &PatchParams::default(), &scale)).unwrap();
    until("the controller has ended", || {
        let deployment = fleet.object("apps/v1", "Deployment", CONTROLLER).unwrap();
        deployment["status"]["availableReplicas"].as_u64().unwrap_or(0) == 0
    });
}

/// Waits without the sandbox's runtime, which looks at a real cluster need for themselves.
fn until(what: &str, mut is_done: impl FnMut() -> bool) {
    let start = Instant::now();
    while !is_done() {
        assert!(start.elapsed() < PATIENCE, "in vain waited until {what}");
        thread::park_timeout(Duration::from_millis(50));
    }
}
