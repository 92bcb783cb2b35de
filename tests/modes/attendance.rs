//! Whether anybody is there to reconcile: R7 to R9.

use std::thread;
use std::time::Duration;

use nigari::kinds::kustomize::KUSTOMIZATION;
use nigari::kinds::source::GIT_REPOSITORY;
use nigari_test_support::cluster::{kustomization, object};
use nigari_test_support::script::{Look, applies, fetches, part};
use serde_json::json;

use crate::mode::compare;
use crate::world::{World, controller};

/// The Kustomization `apps` and a source.
fn put_apps(world: &World) {
    world.put(kustomization("apps", json!({})));
    let spec = json!({"interval": "1m", "url": "https://example.com/fleet"});
    world.put(object(&GIT_REPOSITORY, "fleet", json!({"spec": spec})));
}

/// The same, and a controller that runs.
fn put_attended_apps(world: &World) {
    put_apps(world);
    world.put_controller("kustomize-controller", 1, 1);
}

#[test]
fn r7_a_request_in_a_long_queue_is_told_as_such() {
    let claim = "a request that waits for its turn is told as such, with how long";
    let (with, without) = compare("R7", claim, |world, fault| {
        put_attended_apps(world);
        let pass = move |look: &Look<'_>| if fault { None } else { applies(look) };
        let _script = world.play(vec![part(&KUSTOMIZATION, "apps", pass)]);
        world.nigari("reconcile ks apps --timeout=5s")
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
    let (with, without) = compare("R7", claim, |world, fault| {
        put_attended_apps(world);
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
        let _script = world.play(vec![part(&KUSTOMIZATION, "apps", pass)]);
        world.nigari("reconcile ks apps --timeout=5s")
    });
    with.expect(5, "picked up within");
    with.expect(5, "running (for [AGE])");
    without.expect_success();
}

#[test]
fn r8_a_controller_that_is_scaled_to_zero_is_named() {
    let claim = "no controller: its Deployment is scaled to zero";
    let (with, without) = compare("R8", claim, |world, fault| {
        put_attended_apps(world);
        let _script = (!fault).then(|| world.play(vec![part(&KUSTOMIZATION, "apps", applies)]));
        if fault {
            world.put_controller("kustomize-controller", 0, 0);
        }
        world.nigari("reconcile ks apps")
    });
    with.expect(
        1,
        "no controller is handling Kustomization: Deployment flux-system/kustomize-controller is scaled to 0",
    );
    with.expect_told("kubectl -n flux-system scale deployment/kustomize-controller");
    with.expect_writes_to("", 1);
    without.expect_success();
}

#[test]
fn r8_a_controller_that_is_not_there_is_named() {
    let claim = "no controller: there is no Deployment of it";
    let (with, without) = compare("R8", claim, |world, fault| {
        world.take_turn();
        put_apps(world);
        let _script = (!fault).then(|| {
            world.put_controller("kustomize-controller", 1, 1);
            world.play(vec![part(&KUSTOMIZATION, "apps", applies)])
        });
        world.nigari("reconcile ks apps")
    });
    with.expect(1, "there is no Deployment of kustomize-controller");
    without.expect_success();
}

#[test]
fn r8_a_controller_that_comes_up_is_waited_for() {
    let claim = "a controller that is coming up is named and waited for";
    let (with, without) = compare("R8", claim, |world, fault| {
        put_apps(world);
        world.put_controller("kustomize-controller", 1, if fault { 0 } else { 1 });
        let pass = move |look: &Look<'_>| {
            if fault && look.age < Duration::from_secs(5) {
                return None;
            }
            look.api.put(controller("kustomize-controller", 1, 1)).unwrap();
            applies(look)
        };
        let _script = world.play(vec![part(&KUSTOMIZATION, "apps", pass)]);
        world.nigari("reconcile ks apps")
    });
    with.expect(
        0,
        "⚠️ no controller is handling Kustomization yet: Deployment flux-system/kustomize-controller has 0 of 1 Pods",
    );
    without.expect_success();
}

#[test]
fn r8_a_controller_whose_leader_is_gone_is_named() {
    let claim = "a controller of whose Pods none leads is named and waited for";
    let (with, without) = compare("R8", claim, |world, fault| {
        put_attended_apps(world);
        let holder = if fault { "kustomize-controller-5d8f-x2x4z_0f1e" } else { "node-1_0f1e" };
        world.put(json!({"apiVersion": "coordination.k8s.io/v1", "kind": "Lease",
            "metadata": {"name": "kustomize-controller-leader-election", "namespace": "flux-system"},
            "spec": {"holderIdentity": holder, "leaseDurationSeconds": 35}}));
        let pass = |look: &Look<'_>| {
            if look.age < Duration::from_secs(5) { None } else { applies(look) }
        };
        let _script = world.play(vec![part(&KUSTOMIZATION, "apps", pass)]);
        world.nigari("reconcile ks apps")
    });
    with.expect(
        0,
        "⚠️ no controller is handling Kustomization yet: Lease flux-system/kustomize-controller-leader-election is held by Pod kustomize-controller-5d8f-x2x4z, which is gone",
    );
    // On its node's network a Pod has the node's name, and nobody can tell.
    without.expect_success();
}

#[test]
fn r8_what_may_not_be_looked_at_is_said() {
    let (with, without) = compare("R8", "what may not be looked at is said", |world, fault| {
        put_attended_apps(world);
        let pass = move |look: &Look<'_>| if fault { None } else { applies(look) };
        world.restrict();
        world.forbid("apps");
        let _script = world.play(vec![part(&KUSTOMIZATION, "apps", pass)]);
        world.nigari("reconcile ks apps --timeout=5s")
    });
    with.expect(5, "⚠️ whether kustomize-controller runs cannot be seen: cannot list deployments");
    without.expect_success();
}

#[test]
fn r9_a_suspended_target_is_refused_before_any_write() {
    let (with, without) =
        compare("R9", "a suspended target is refused before any write", |world, fault| {
            put_apps(world);
            world.put(kustomization("apps", json!({"suspend": fault})));
            let _script = world.play(vec![part(&KUSTOMIZATION, "apps", applies)]);
            world.nigari("reconcile ks apps")
        });
    with.expect(1, "Kustomization flux-system/apps is suspended");
    with.expect_writes("");
    without.expect_success();
}

#[test]
fn r9_a_suspended_source_is_refused_before_any_write() {
    let (with, without) =
        compare("R9", "a suspended source is refused before any write", |world, fault| {
            put_apps(world);
            let spec =
                json!({"interval": "1m", "url": "https://example.com/fleet", "suspend": fault});
            world.put(object(&GIT_REPOSITORY, "fleet", json!({"spec": spec})));
            let _script = world.play(vec![
                part(&KUSTOMIZATION, "apps", applies),
                part(&GIT_REPOSITORY, "fleet", fetches),
            ]);
            world.nigari("reconcile ks apps --with-source")
        });
    with.expect(1, "GitRepository flux-system/fleet is suspended");
    with.expect_writes("");
    without.expect_success();
}

#[test]
fn r9_a_suspended_parent_is_told() {
    let (with, without) =
        compare("R9", "a suspended parent is told and no failure", |world, fault| {
            put_apps(world);
            world.put(kustomization("root", json!({"suspend": fault})));
            let mut apps = kustomization("apps", json!({}));
            apps["metadata"]["labels"] = json!({"kustomize.toolkit.fluxcd.io/name": "root",
            "kustomize.toolkit.fluxcd.io/namespace": "flux-system"});
            world.put(apps);
            let _script = world.play(vec![part(&KUSTOMIZATION, "apps", applies)]);
            world.nigari("reconcile ks apps")
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
    let (with, without) = compare("R9", claim, |world, fault| {
        put_apps(world);
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
        let _script = world.play(vec![part(&KUSTOMIZATION, "apps", pass)]);
        world.nigari("reconcile ks apps")
    });
    with.expect(1, "Kustomization flux-system/apps is suspended");
    without.expect_success();
}
