//! Whether anybody is there to reconcile: R7 to R9.

use std::thread;
use std::time::Duration;

use k8s_openapi::api::apps::v1::Deployment;
use kube::api::{Api, DeleteParams};
use nigari::kinds::kustomize::KUSTOMIZATION;
use nigari::kinds::source::GIT_REPOSITORY;
use nigari_sandbox::kube::Deny;
use serde_json::{Value, json};

use crate::mode::{Seen, compare};
use crate::script::{Look, Script, applies, fetches, part};
use crate::support::{Cluster, kustomization, object};

fn seen(cluster: &Cluster, arguments: &str) -> Seen {
    let run = cluster.nigari(arguments);
    Seen::of(cluster, run)
}

/// The Deployment of kustomize-controller.
fn controller(replicas: u32, available: u32) -> Value {
    let labels = json!({"app.kubernetes.io/component": "kustomize-controller"});
    json!({"apiVersion": "apps/v1", "kind": "Deployment",
        "metadata": {"name": "kustomize-controller", "namespace": "flux-system", "labels": labels,
            "generation": 1},
        "spec": {"replicas": replicas, "selector": {"matchLabels": labels},
            "template": {"metadata": {"labels": labels}, "spec": {"containers": []}}},
        "status": {"observedGeneration": 1, "replicas": available, "updatedReplicas": available,
            "availableReplicas": available}})
}

/// A cluster with the Kustomization `apps` and a source, and a controller that runs.
fn attended() -> Cluster {
    let cluster = Cluster::with(&[&KUSTOMIZATION, &GIT_REPOSITORY]);
    cluster.put(kustomization("apps", json!({})));
    let spec = json!({"interval": "1m", "url": "https://example.com/fleet"});
    cluster.put(object(&GIT_REPOSITORY, "fleet", json!({"spec": spec})));
    cluster.put(controller(1, 1));
    cluster
}

#[test]
fn r7_a_request_in_a_long_queue_is_told_as_such() {
    let claim = "a request that waits for its turn is told as such, with how long";
    let (with, without) = compare("R7", claim, |fault| {
        let cluster = attended();
        let pass = move |look: &Look<'_>| if fault { None } else { applies(look) };
        let _script = Script::play(&cluster, vec![part(&KUSTOMIZATION, "apps", pass)]);
        seen(&cluster, "reconcile ks apps --timeout=5s")
    });
    with.expect(
        5,
        "requested, not yet picked up by kustomize-controller (for [AGE]); kustomize-controller is running",
    );
    without.expect_success();
}

#[test]
fn r7_the_phase_that_took_the_time_is_told() {
    let claim = "a request that was picked up and is still worked on is told as such";
    let (with, without) = compare("R7", claim, |fault| {
        let cluster = attended();
        let pass = move |look: &Look<'_>| match fault {
            false => applies(look),
            true => {
                let mut status = applies(look)?;
                status["lastHandledReconcileAt"] = json!("before");
                status["conditions"][0]["status"] = json!("Unknown");
                status["conditions"][0]["reason"] = json!("Progressing");
                Some(status)
            }
        };
        let _script = Script::play(&cluster, vec![part(&KUSTOMIZATION, "apps", pass)]);
        seen(&cluster, "reconcile ks apps --timeout=3s")
    });
    with.expect(5, "picked up within");
    with.expect(5, "running (for [AGE])");
    without.expect_success();
}

#[test]
fn r8_a_controller_that_is_scaled_to_zero_is_named() {
    let claim = "no controller: its Deployment is scaled to zero";
    let (with, without) = compare("R8", claim, |fault| {
        let cluster = attended();
        let _script =
            (!fault).then(|| Script::play(&cluster, vec![part(&KUSTOMIZATION, "apps", applies)]));
        if fault {
            cluster.put(controller(0, 0));
        }
        seen(&cluster, "reconcile ks apps")
    });
    with.expect(
        1,
        "no controller is handling Kustomization: Deployment flux-system/kustomize-controller is scaled to 0",
    );
    assert!(
        with.story.contains("kubectl -n flux-system scale deployment/kustomize-controller"),
        "{}",
        with.story
    );
    assert_eq!(with.writes.lines().count(), 1, "{}", with.writes);
    without.expect_success();
}

#[test]
fn r8_a_controller_that_is_not_there_is_named() {
    let (with, without) = compare("R8", "no controller: there is no Deployment of it", |fault| {
        let cluster = attended();
        let _script =
            (!fault).then(|| Script::play(&cluster, vec![part(&KUSTOMIZATION, "apps", applies)]));
        if fault {
            let namespace = "flux-system";
            let deployments: Api<Deployment> = Api::namespaced(cluster.0.client(), namespace);
            let parameters = DeleteParams::default();
            let gone = deployments.delete("kustomize-controller", &parameters);
            cluster.0.block_on(gone).unwrap();
            cluster.0.recorder().clear();
        }
        seen(&cluster, "reconcile ks apps")
    });
    with.expect(1, "there is no Deployment of kustomize-controller");
    without.expect_success();
}

#[test]
fn r8_a_controller_that_comes_up_is_waited_for() {
    let claim = "a controller that is coming up is named and waited for";
    let (with, without) = compare("R8", claim, |fault| {
        let cluster = attended();
        let pass = move |look: &Look<'_>| {
            let is_up = !fault || look.age > Duration::from_secs(5);
            if is_up {
                look.api.put(controller(1, 1)).unwrap();
            }
            is_up.then(|| applies(look)).flatten()
        };
        if fault {
            cluster.put(controller(1, 0));
        }
        let _script = Script::play(&cluster, vec![part(&KUSTOMIZATION, "apps", pass)]);
        seen(&cluster, "reconcile ks apps")
    });
    with.expect(
        0,
        "⚠️ no controller is handling Kustomization yet: Deployment flux-system/kustomize-controller has 0 of 1 Pods",
    );
    without.expect_success();
}

#[test]
fn r8_what_may_not_be_looked_at_is_said() {
    let (with, without) = compare("R8", "what may not be looked at is said", |fault| {
        let cluster = attended();
        let pass = move |look: &Look<'_>| if fault { None } else { applies(look) };
        cluster.0.kube().deny(Deny::new("list", "apps", "deployments"));
        let _script = Script::play(&cluster, vec![part(&KUSTOMIZATION, "apps", pass)]);
        seen(&cluster, "reconcile ks apps --timeout=5s")
    });
    with.expect(5, "⚠️ whether kustomize-controller runs cannot be seen: cannot list deployments");
    without.expect_success();
}

#[test]
fn r9_a_suspended_target_is_refused_before_any_write() {
    let (with, without) =
        compare("R9", "a suspended target is refused before any write", |fault| {
            let cluster = attended();
            cluster.put(kustomization("apps", json!({"suspend": fault})));
            let _script = Script::play(&cluster, vec![part(&KUSTOMIZATION, "apps", applies)]);
            seen(&cluster, "reconcile ks apps")
        });
    with.expect(1, "Kustomization flux-system/apps is suspended");
    assert_eq!(with.writes, "");
    without.expect_success();
}

#[test]
fn r9_a_suspended_source_is_refused_before_any_write() {
    let (with, without) =
        compare("R9", "a suspended source is refused before any write", |fault| {
            let cluster = attended();
            let spec =
                json!({"interval": "1m", "url": "https://example.com/fleet", "suspend": fault});
            cluster.put(object(&GIT_REPOSITORY, "fleet", json!({"spec": spec})));
            let _script = Script::play(
                &cluster,
                vec![
                    part(&KUSTOMIZATION, "apps", applies),
                    part(&GIT_REPOSITORY, "fleet", fetches),
                ],
            );
            seen(&cluster, "reconcile ks apps --with-source")
        });
    with.expect(1, "GitRepository flux-system/fleet is suspended");
    assert_eq!(with.writes, "");
    without.expect_success();
}

#[test]
fn r9_a_suspended_parent_is_told() {
    let (with, without) = compare("R9", "a suspended parent is told and no failure", |fault| {
        let cluster = attended();
        cluster.put(kustomization("root", json!({"suspend": fault})));
        let mut apps = kustomization("apps", json!({}));
        apps["metadata"]["labels"] = json!({"kustomize.toolkit.fluxcd.io/name": "root",
            "kustomize.toolkit.fluxcd.io/namespace": "flux-system"});
        cluster.put(apps);
        let _script = Script::play(&cluster, vec![part(&KUSTOMIZATION, "apps", applies)]);
        seen(&cluster, "reconcile ks apps")
    });
    with.expect(
        0,
        "⚠️ Kustomization flux-system/root is suspended: what Git says of Kustomization flux-system/apps is not applied",
    );
    without.expect_success();
}

#[test]
fn r9_what_is_suspended_while_it_is_waited_for_ends_the_wait() {
    let claim = "what is suspended while it is waited for ends the wait";
    let (with, without) = compare("R9", claim, |fault| {
        let cluster = attended();
        let pass = move |look: &Look<'_>| {
            if !fault {
                return applies(look);
            }
            let mut object = look.object.clone();
            object["spec"]["suspend"] = json!(true);
            look.api.put(object).unwrap();
            thread::park_timeout(Duration::from_millis(50));
            None
        };
        let _script = Script::play(&cluster, vec![part(&KUSTOMIZATION, "apps", pass)]);
        seen(&cluster, "reconcile ks apps")
    });
    with.expect(1, "Kustomization flux-system/apps is suspended");
    without.expect_success();
}
