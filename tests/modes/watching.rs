//! Watches that are interrupted: R15.

use nigari::kinds::helm::HELM_RELEASE;
use nigari::kinds::kustomize::KUSTOMIZATION;
use nigari::kinds::notification::ALERT;
use nigari_sandbox::kube::Deny;
use nigari_test_support::cluster::object;
use serde_json::json;

use crate::mode::{compare, compare_in_sandbox};
use crate::reading::put_apps;
use crate::world::{World, until};

/// How often nigari asks when nothing is in the way: a list and a watch.
const UNDISTURBED: &str = "requests: 2, watches among them: 1\n";

#[test]
fn r15_a_connection_that_is_closed_is_made_again() {
    let claim = "a watch whose connection is closed again and again loses nothing";
    let (with, without) = compare("R15", claim, |world, fault| {
        put_apps(world, "True", "state 0");
        let mut relay = world.relay();
        let mut watch = world.start(&format!("get ks --watch --no-header {}", relay.flag()));
        watch.await_line("state 0");
        watch.await_watch();
        for state in ["state 1", "state 2", "state 3"] {
            if fault {
                relay.close();
                relay.open();
            }
            put_apps(world, "True", state);
            watch.await_line(state);
        }
        watch.end()
    });
    for seen in with.each() {
        assert!(!seen.story.contains(UNDISTURBED), "on {}: {}", seen.api, seen.story);
    }
    without.expect_told(UNDISTURBED);
}

#[test]
fn r15_a_server_that_is_away_is_told_and_waited_for() {
    let claim = "a server that is away is told; what went meanwhile is told when it is back";
    let (with, without) = compare("R15", claim, |world, fault| {
        put_apps(world, "True", "state 0");
        let mut relay = world.relay();
        let mut watch = world.start(&format!("get ks --watch --no-header {}", relay.flag()));
        watch.await_line("state 0");
        watch.await_watch();
        if fault {
            relay.close();
        }
        world.delete(&KUSTOMIZATION, "flux-system", "apps");
        if fault {
            watch.await_line("the watch is interrupted, trying again: ");
            relay.open();
        }
        watch.await_line("DELETED");
        watch.end()
    });
    for seen in with.each() {
        assert_eq!(seen.cause().matches("interrupted").count(), 1, "{}", seen.story);
    }
    for seen in without.each() {
        assert_eq!(seen.cause(), "", "on {}: {}", seen.api, seen.story);
    }
}

#[test]
fn r15_a_version_that_is_forgotten_is_listed_again() {
    let claim =
        "a watch from a version that the server has forgotten lists again and loses nothing";
    let reason = "a real one forgets after five minutes";
    let (with, without) = compare_in_sandbox("R15", claim, reason, |world, fault| {
        put_apps(world, "True", "state 0");
        let mut watch = world.start("get ks --watch --no-header");
        watch.await_line("state 0");
        watch.await_watch();
        if fault {
            world.sandbox().faults().arm("kube.watch=gone*2").unwrap();
            world.cluster().0.kube().drop_watches();
        }
        world.delete(&KUSTOMIZATION, "flux-system", "apps");
        watch.await_line("DELETED");
        watch.end()
    });
    for seen in with.each().chain(without.each()) {
        assert_eq!(seen.cause(), "", "on {}: {}", seen.api, seen.story);
    }
    without.expect_told(UNDISTURBED);
}

#[test]
fn r15_a_watch_that_sends_only_bookmarks_goes_on_from_the_last_one() {
    let claim =
        "a watch that sends nothing but bookmarks goes on from the last one, without a list";
    let reason = "a real one sends one a minute";
    let (with, without) = compare_in_sandbox("R15", claim, reason, |world, fault| {
        put_apps(world, "True", "state 0");
        let mut watch = world.start("get ks --watch --no-header");
        watch.await_line("state 0");
        watch.await_watch();
        if fault {
            // What moves the version on is nothing to this watch, and the server then forgets what was before.
            world.put(object(&HELM_RELEASE, "podinfo", json!({"spec": {"interval": "1m"}})));
            let kube = world.cluster().0.kube();
            kube.bookmark();
            kube.restart();
            // What comes meanwhile could still come over the old connection.
            watch.await_second_watch();
        }
        put_apps(world, "True", "state 1");
        watch.await_line("state 1");
        watch.end()
    });
    for seen in with.each().chain(without.each()) {
        assert_eq!(seen.cause(), "", "on {}: {}", seen.api, seen.story);
        assert_eq!(seen.story.matches("state").count(), 2, "on {}: {}", seen.api, seen.story);
    }
    with.expect_told("requests: 3, watches among them: 2\n");
    without.expect_told(UNDISTURBED);
}

#[test]
fn r15_rights_that_are_lost_end_the_watch() {
    let claim = "a watch that may not go on ends and says why";
    let (with, _) = compare("R15", claim, |world, fault| {
        world.restrict();
        put_apps(world, "True", "state 0");
        let mut relay = world.relay();
        let mut watch = world.start(&format!("get ks --watch --no-header {}", relay.flag()));
        watch.await_line("state 0");
        watch.await_watch();
        if !fault {
            return watch.end();
        }
        world.forbid(KUSTOMIZATION.group);
        relay.close();
        relay.open();
        watch.ended()
    });
    with.expect(6, "error: cannot list kustomizations in namespace flux-system: ");
}

/// A controller's Pod that runs, and a line of its log.
fn put_controller_pod(world: &World, name: &str, line: &str) {
    let (labels, namespace) = (json!({"app": "kustomize-controller"}), "flux-system");
    world.put(json!({
        "apiVersion": "v1", "kind": "Pod",
        "metadata": {"name": name, "namespace": namespace, "labels": labels},
        "spec": {"nodeName": "node", "containers": [{"name": "manager", "image": "x"}]},
        "status": {"phase": "Running"},
    }));
    world.cluster().0.kube().log(namespace, name, "manager", "2026-11-23T08:00:00Z", line);
}

#[test]
fn r15_a_log_that_may_not_be_read_is_told_once() {
    let claim = "a log that may not be read is told, and those that are followed go on";
    let reason = "no node of it writes logs";
    let (with, without) = compare_in_sandbox("R15", claim, reason, |world, fault| {
        let labels = json!({"app": "kustomize-controller"});
        world.put(json!({
            "apiVersion": "apps/v1", "kind": "Deployment",
            "metadata": {"name": "kustomize-controller", "namespace": "flux-system",
                "labels": {"app.kubernetes.io/part-of": "flux"}},
            "spec": {"selector": {"matchLabels": labels}, "template": {"metadata": {"labels": labels}}},
        }));
        put_controller_pod(world, "kustomize-controller-1", "state 0");
        let mut watch = world.start("logs --follow");
        watch.await_line("state 0");
        // Only when it is followed too.
        world.cluster().0.kube().log(
            "flux-system",
            "kustomize-controller-1",
            "manager",
            "2026-11-23T08:00:01Z",
            "state 1",
        );
        watch.await_line("state 1");
        if fault {
            world.cluster().0.kube().deny(Deny::new("get", "", "pods/log"));
        }
        put_controller_pod(world, "kustomize-controller-2", "state 2");
        watch.await_line(if fault { "may not be read" } else { "state 2" });
        watch.end()
    });
    with.expect_told(
        "✗ the log of Pod kustomize-controller-2 may not be read, asking again now and then: ",
    );
    without.expect_told("kustomize-controller-2 - state 2\n");
}

#[test]
fn r15_a_kind_that_comes_and_goes_is_followed() {
    let claim = "a kind that is installed later joins a watch of everything, and leaves it";
    let (with, without) = compare("R15", claim, |world, fault| {
        put_apps(world, "True", "state 0");
        let relay = world.relay();
        let mut watch = world.start(&format!("get all --watch --no-header {}", relay.flag()));
        watch.await_line("state 0");
        watch.await_watch();
        if fault {
            // It waits for the kind over a connection that does not last.
            relay.cut();
            world.install(&ALERT);
            let about = json!([{"kind": "Kustomization", "name": "*"}]);
            let spec = json!({"providerRef": {"name": "chat"}, "eventSources": about});
            let alert = object(&ALERT, "slack", json!({"spec": spec}));
            until("the kind is served", || world.objects().put(alert.clone()).is_ok());
            watch.await_line("alert/slack");
            world.uninstall(&ALERT);
            watch.await_line("alert/slack");
        }
        put_apps(world, "True", "state 1");
        watch.await_line("state 1");
        watch.end()
    });
    with.expect_told("DELETED");
    for seen in without.each() {
        assert!(!seen.story.contains("alert/"), "on {}: {}", seen.api, seen.story);
    }
}
