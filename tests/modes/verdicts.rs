//! What counts as done: R1 to R5, R13, R14.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use nigari::kinds::helm::HELM_RELEASE;
use nigari::kinds::kustomize::KUSTOMIZATION;
use nigari_test_support::cluster::{kustomization, object};
use nigari_test_support::script::{
    Look, REQUESTED_AT, Script, applies, attempted, conditions, part,
};
use serde_json::{Value, json};

use crate::mode::{compare, compare_in_sandbox};
use crate::world::World;

/// The Kustomization `apps`, whose controller does as `pass` says.
fn play_apps(world: &World, pass: impl Fn(&Look<'_>) -> Option<Value> + Send + 'static) -> Script {
    let mut apps = kustomization("apps", json!({}));
    apps["status"] = json!({"conditions": conditions(&apps, "True", "ReconciliationSucceeded")});
    world.put(apps);
    world.play(vec![part(&KUSTOMIZATION, "apps", pass)])
}

const REQUEST: &str = r#"PATCH flux-system/kustomizations/apps {"metadata":{"annotations":{"reconcile.fluxcd.io/requestedAt":"[NOW]"}}}
"#;

/// What is read for a request and nothing else.
const READ: &[&str] = &["flux-system/kustomizations"];

/// Failed, and tried again and again.
fn retrying(look: &Look<'_>) -> Value {
    let mut status = attempted(look, "main@sha1:aaaa", "False", "HealthCheckFailed");
    let mut reconciling = status["conditions"][0].clone();
    for (key, value) in
        [("type", "Reconciling"), ("status", "True"), ("reason", "ProgressingWithRetry")]
    {
        reconciling[key] = json!(value);
    }
    status["conditions"].as_array_mut().unwrap().push(reconciling);
    status
}

#[test]
fn r1_a_retried_failure_is_told_with_its_reason() {
    let (with, without) =
        compare("R1", "a retried failure is told with its reason", |world, fault| {
            let pass =
                move |look: &Look<'_>| if fault { Some(retrying(look)) } else { applies(look) };
            let _script = play_apps(world, pass);
            world.nigari("reconcile ks apps --error-budget=1s")
        });
    with.expect(
        1,
        "Kustomization flux-system/apps: reconciliation failed: HealthCheckFailed: it is HealthCheckFailed",
    );
    with.expect_writes(REQUEST);
    without.expect_success();
}

#[test]
fn r1_what_is_behind_a_retried_failure_is_told_meanwhile() {
    let claim = "what is behind a retried failure is told while it is retried";
    let (with, without) = compare("R1", claim, |world, fault| {
        let mut base = kustomization("base", json!({}));
        base["status"] = json!({"conditions": conditions(&base, "False", "BuildFailed")});
        world.put(base);
        let is_told = Arc::new(AtomicBool::new(!fault));
        let heals = Arc::clone(&is_told);
        let pass = move |look: &Look<'_>| match heals.load(Ordering::Relaxed) {
            true => applies(look),
            false => Some(attempted(look, "main@sha1:aaaa", "False", "DependencyNotReady")),
        };
        let _script = play_apps(world, pass);
        world.put(kustomization("apps", json!({"dependsOn": [{"name": "base"}]})));
        let mut run = world.start("reconcile ks apps --error-budget=1h");
        if fault {
            run.await_line("fails and is retried: Kustomization");
            is_told.store(true, Ordering::Relaxed);
        }
        run.ended()
    });
    with.expect(
        0,
        "⚠️ Kustomization flux-system/apps fails and is retried: Kustomization flux-system/base: BuildFailed: it is BuildFailed",
    );
    with.expect_writes_to("", 1);
    without.expect_success();
}

#[test]
fn r1_a_failed_build_needs_no_budget() {
    let (with, without) = compare("R1", "a failed build ends the wait at once", |world, fault| {
        let pass = move |look: &Look<'_>| {
            let (ready, reason) =
                if fault { ("False", "BuildFailed") } else { ("True", "ReconciliationSucceeded") };
            Some(attempted(look, "main@sha1:aaaa", ready, reason))
        };
        let _script = play_apps(world, pass);
        world.nigari("reconcile ks apps --error-budget=1h")
    });
    with.expect(1, "reconciliation failed: BuildFailed: it is BuildFailed");
    with.expect_writes(REQUEST);
    without.expect_success();
}

#[test]
fn r2_a_failure_that_heals_is_a_success() {
    let (with, without) = compare("R2", "a failure that heals is a success", |world, fault| {
        let pass = move |look: &Look<'_>| match fault && look.age < Duration::from_secs(7) {
            true => Some(retrying(look)),
            false => applies(look),
        };
        let _script = play_apps(world, pass);
        world.nigari("reconcile ks apps")
    });
    with.expect(0, "⚠️ Kustomization flux-system/apps fails and is retried: HealthCheckFailed");
    with.expect_writes(REQUEST);
    without.expect_success();
}

#[test]
fn r3_a_failed_upgrade_is_no_success_though_the_old_release_runs() {
    let claim = "a failed upgrade is no success though the old release runs";
    let (with, without) = compare("R3", claim, |world, fault| {
        let chart = json!({"kind": "OCIRepository", "name": "podinfo"});
        let spec = json!({"interval": "1m", "chartRef": chart});
        let mut release = object(&HELM_RELEASE, "podinfo", json!({"spec": spec}));
        let time = "2026-01-01T00:00:00Z";
        let old = json!([{"chartName": "podinfo", "chartVersion": "6.5.0", "status": "deployed",
            "name": "podinfo", "namespace": "flux-system", "version": 1, "firstDeployed": time,
            "lastDeployed": time, "digest": "sha256:00", "configDigest": "sha256:00"}]);
        release["status"] = json!({"history": old, "lastAttemptedRevision": "6.5.0",
            "conditions": conditions(&release, "True", "UpgradeSucceeded")});
        world.put(release);
        let pass = move |look: &Look<'_>| {
            let (ready, reason) =
                if fault { ("False", "UpgradeFailed") } else { ("True", "UpgradeSucceeded") };
            let mut status = attempted(look, "6.6.0", ready, reason);
            status["history"] = old.clone();
            if fault {
                let mut stalled = status["conditions"][0].clone();
                for (key, value) in
                    [("type", "Stalled"), ("status", "True"), ("reason", "RetriesExceeded")]
                {
                    stalled[key] = json!(value);
                }
                status["conditions"].as_array_mut().unwrap().push(stalled);
            }
            Some(status)
        };
        let _script = world.play(vec![part(&HELM_RELEASE, "podinfo", pass)]);
        world.nigari("reconcile hr podinfo")
    });
    with.expect(
        1,
        "HelmRelease flux-system/podinfo: reconciliation failed: RetriesExceeded: it is UpgradeFailed",
    );
    with.expect_writes_to("", 1);
    without.expect_success();
}

#[test]
fn r4_somebody_elses_request_is_not_ours() {
    let (with, without) = compare("R4", "somebody else's request is not ours", |world, fault| {
        let pass = move |look: &Look<'_>| {
            let mut status = applies(look)?;
            if fault {
                // Handled is what somebody asked for before us.
                status["lastHandledReconcileAt"] = json!("2026-01-01T00:00:00Z");
            }
            Some(status)
        };
        let _script = play_apps(world, pass);
        world.nigari("reconcile ks apps --timeout=5s")
    });
    with.expect(5, "timed out after 5s waiting for Kustomization flux-system/apps");
    with.expect_writes(REQUEST);
    without.expect_success();
}

#[test]
fn r4_a_request_that_overwrites_ours_counts() {
    let claim = "a later request that overwrote ours counts, one that was never there does not";
    let (with, without) = compare("R4", claim, |world, fault| {
        let theirs = "2999-01-01T00:00:00Z";
        let pass = move |look: &Look<'_>| {
            if look.token == theirs {
                return (look.age > Duration::from_millis(300)).then(|| applies(look)).flatten();
            }
            let mut object = look.object.clone();
            match fault {
                true => object["metadata"]["annotations"][REQUESTED_AT] = json!(theirs),
                false => {
                    object["status"] = applies(look)?;
                    object["status"]["lastHandledReconcileAt"] = json!(theirs);
                }
            }
            look.api.put(object).unwrap();
            None
        };
        let _script = play_apps(world, pass);
        world.nigari("reconcile ks apps --timeout=5s")
    });
    with.expect_success();
    with.expect_writes(REQUEST);
    without.expect(5, "timed out after 5s");
}

#[test]
fn r5_handled_is_not_settled() {
    let (with, without) =
        compare("R5", "a request that is handled is not settled yet", |world, fault| {
            let pass = move |look: &Look<'_>| {
                if !fault {
                    return applies(look);
                }
                if look.age > Duration::from_secs(1) {
                    return Some(attempted(look, "main@sha1:aaaa", "False", "BuildFailed"));
                }
                // Handled already, with the conditions of the generation before.
                let mut status = applies(look)?;
                status["conditions"][0]["observedGeneration"] = json!(1);
                Some(status)
            };
            let _script = play_apps(world, pass);
            let mut changed = kustomization("apps", json!({"path": "./new"}));
            changed["metadata"]["generation"] = json!(2);
            world.put(changed);
            world.nigari("reconcile ks apps")
        });
    with.expect(1, "reconciliation failed: BuildFailed");
    with.expect_writes(REQUEST);
    without.expect_success();
}

#[test]
fn r13_an_object_that_goes_away_ends_the_wait() {
    let claim = "an object that is deleted while it is waited for ends the wait";
    let (with, without) = compare("R13", claim, |world, fault| {
        let pass = move |look: &Look<'_>| if fault { None } else { applies(look) };
        let _script = play_apps(world, pass);
        let change = || {
            if fault {
                world.delete(&KUSTOMIZATION, "flux-system", "apps");
            }
        };
        world.nigari_while("reconcile ks apps", change)
    });
    with.expect_alone("error: Kustomization flux-system/apps was deleted meanwhile", READ);
    without.expect_success();
}

#[test]
fn r13_a_namespace_that_is_deleted_ends_the_wait() {
    let claim = "an object whose namespace is deleted while it is waited for ends the wait";
    let (with, without) = compare("R13", claim, |world, fault| {
        let mut web = kustomization("web", json!({}));
        web["metadata"]["namespace"] = json!("apps");
        world.put(web);
        // It takes a real control plane seconds, so that somebody has to be there to pick the request up.
        world.put_controller("kustomize-controller", 1, 1);
        let pass = move |look: &Look<'_>| if fault { None } else { applies(look) };
        let _script = world.play(vec![part(&KUSTOMIZATION, "web", pass).in_namespace("apps")]);
        let change = || {
            if fault {
                world.delete_namespace("apps");
            }
        };
        world.nigari_while(&format!("reconcile ks web -n {}", world.there("apps")), change)
    });
    with.expect(1, "error: Kustomization apps/web was deleted meanwhile");
    with.expect_writes_to("", 1);
    without.expect_success();
}

#[test]
fn r13_an_object_that_was_created_again_is_another_one() {
    let claim = "an object that was deleted and created again is another one";
    let reason = "a watch tells that it was deleted, and then nobody waits for another one; that it was \
                  missed takes an API server that is restarted, and this one is shared";
    let (with, without) = compare_in_sandbox("R13", claim, reason, |world, fault| {
        let pass = move |look: &Look<'_>| if fault { None } else { applies(look) };
        let _script = play_apps(world, pass);
        let change = || {
            if fault {
                let mut other = kustomization("apps", json!({}));
                other["metadata"]["uid"] = json!("0f0f0f0f-0000-4000-8000-000000000000");
                world.put(other);
            }
        };
        world.nigari_while("reconcile ks apps", change)
    });
    let words = "error: Kustomization flux-system/apps was deleted and created again meanwhile";
    with.expect_alone(words, READ);
    without.expect_success();
}

#[test]
fn r13_an_object_that_a_finalizer_holds_is_going() {
    let claim = "an object that a finalizer holds is not waited for";
    let (with, without) = compare("R13", claim, |world, fault| {
        let pass = move |look: &Look<'_>| if fault { None } else { applies(look) };
        let _script = play_apps(world, pass);
        let mut held = kustomization("apps", json!({}));
        held["metadata"]["finalizers"] = json!(["finalizers.fluxcd.io"]);
        world.put(held);
        let change = || {
            if fault {
                world.delete(&KUSTOMIZATION, "flux-system", "apps");
            }
        };
        world.nigari_while("reconcile ks apps", change)
    });
    with.expect_alone("error: Kustomization flux-system/apps is being deleted", READ);
    without.expect_success();
}

#[test]
fn r14_what_is_there_already_needs_no_event() {
    let claim = "what is as it should be already returns at once, and nothing is written";
    let (with, without) = compare("R14", claim, |world, fault| {
        let ready = if fault { "True" } else { "Unknown" };
        let mut apps = kustomization("apps", json!({}));
        let conditions = conditions(&apps, ready, "Progressing");
        apps["status"] = json!({"observedGeneration": 1, "conditions": conditions});
        world.put(apps);
        world.nigari("resume ks apps --timeout=5s")
    });
    with.expect_success();
    with.expect_writes("");
    without.expect(5, "timed out after 5s waiting for Kustomization flux-system/apps");
}
