//! Revisions and chains: R6, R12 and R14.

use std::sync::OnceLock;
use std::time::{Duration, Instant};

use nigari::kinds::kustomize::KUSTOMIZATION;
use nigari::kinds::source::GIT_REPOSITORY;
use nigari_test_support::cluster::{kustomization, object};
use nigari_test_support::script::{Look, Part, attempted, fetched, part};
use serde_json::{Value, json};

use crate::mode::compare;
use crate::world::World;

const OLD: &str = "main@sha1:1111111111111111111111111111111111111111";
const NEW: &str = "main@sha1:2222222222222222222222222222222222222222";

/// The source `fleet` and these Kustomizations, all ready at the revision; each depends on the one after it.
fn put_chain(world: &World, names: &[(&str, &str)], revision: &str) {
    let asked = json!({"metadata": {"generation": 1}});
    let look = Look {
        api: world.objects(),
        object: &asked,
        token: "2026-01-01T00:00:00Z",
        age: Duration::ZERO,
    };
    let url = json!({"interval": "1m", "url": "https://example.com/fleet.git"});
    let status = fetched(&look, revision, "True", "Succeeded");
    world.put(object(&GIT_REPOSITORY, "fleet", json!({"spec": url, "status": status})));
    for (place, (namespace, name)) in names.iter().enumerate() {
        let depends_on: Vec<Value> = names
            .get(place + 1)
            .map(|(namespace, name)| json!({"namespace": namespace, "name": name}))
            .into_iter()
            .collect();
        let source = json!({"kind": "GitRepository", "name": "fleet", "namespace": "flux-system"});
        let mut node = kustomization(name, json!({"dependsOn": depends_on, "sourceRef": source}));
        node["metadata"]["namespace"] = json!(namespace);
        node["status"] = attempted(&look, revision, "True", "ReconciliationSucceeded");
        world.put(node);
    }
}

/// The revision of the source.
fn source_revision(look: &Look<'_>) -> String {
    let version = format!("{}/{}", GIT_REPOSITORY.group, GIT_REPOSITORY.versions[0]);
    let source = look.api.get(&version, GIT_REPOSITORY.kind, Some("flux-system"), "fleet");
    let source = source.unwrap_or_default();
    source["status"]["artifact"]["revision"].as_str().unwrap_or_default().to_owned()
}

/// Applies what its source is at, once its dependency has.
fn applies_in_order(look: &Look<'_>) -> Option<Value> {
    let revision = source_revision(look);
    let version = format!("{}/{}", KUSTOMIZATION.group, KUSTOMIZATION.versions[0]);
    let dependencies = look.object["spec"]["dependsOn"].as_array();
    let is_behind = dependencies.into_iter().flatten().any(|one| {
        let (namespace, name) = (one["namespace"].as_str(), one["name"].as_str());
        let found = look.api.get(&version, KUSTOMIZATION.kind, namespace, name.unwrap_or_default());
        found.is_none_or(|found| found["status"]["lastAppliedRevision"] != revision.as_str())
    });
    Some(match is_behind {
        true => attempted(look, &revision, "False", "DependencyNotReady"),
        false => attempted(look, &revision, "True", "ReconciliationSucceeded"),
    })
}

fn players(
    names: &[(&str, &str)],
    fetches: impl Fn(&Look<'_>) -> Option<Value> + Send + 'static,
) -> Vec<Part> {
    let mut parts = vec![part(&GIT_REPOSITORY, "fleet", fetches)];
    for (namespace, name) in names {
        parts.push(part(&KUSTOMIZATION, name, applies_in_order).in_namespace(namespace));
    }
    parts
}

fn fetches_new(look: &Look<'_>) -> Option<Value> {
    Some(fetched(look, NEW, "True", "Succeeded"))
}

const FIVE: [(&str, &str); 5] = [
    ("flux-system", "apps"),
    ("flux-system", "platform"),
    ("apps", "tenants"),
    ("flux-system", "policies"),
    ("flux-system", "base"),
];

#[test]
fn r6_a_push_that_is_not_visible_yet_is_waited_for() {
    let claim = "a push that the source does not see yet is waited for";
    let (with, without) = compare("R6", claim, |world, fault| {
        let names = [("flux-system", "apps")];
        put_chain(world, &names, OLD);
        let first = OnceLock::new();
        let fetches = move |look: &Look<'_>| {
            let since: &Instant = first.get_or_init(Instant::now);
            let is_visible = !fault || since.elapsed() > Duration::from_secs(4);
            Some(fetched(look, if is_visible { NEW } else { OLD }, "True", "Succeeded"))
        };
        let _script = world.play(players(&names, fetches));
        world.nigari("reconcile ks apps --to 2222222 --timeout 30s")
    });
    with.expect(0, "");
    with.expect_told("GitRepository flux-system/fleet is at main@sha1:[COMMIT]");
    for seen in with.each() {
        assert!(seen.writes_to("gitrepositories") > 1, "on {}: {}", seen.api, seen.writes);
    }
    with.expect_writes_to("kustomizations", 1);
    without.expect_success();
    without.expect_writes_to("gitrepositories", 1);
}

#[test]
fn r12_a_chain_of_five_converges_in_one_run() {
    let claim = "a chain of five that is behind converges in one run";
    let (with, without) = compare("R12", claim, |world, fault| {
        put_chain(world, &FIVE, if fault { OLD } else { NEW });
        let _script = world.play(players(&FIVE, fetches_new));
        world.nigari("reconcile ks apps --with-dependencies --to 2222222 --timeout 30s")
    });
    with.expect(0, "");
    with.expect_writes_to("kustomizations", 5);
    with.expect_writes_to("apps/kustomizations/tenants", 1);
    without.expect_success();
    // What is there already is not asked.
    without.expect_writes("");
}

#[test]
fn r12_a_cycle_is_named() {
    let claim = "a cycle is named before anything is written";
    let (with, without) = compare("R12", claim, |world, fault| {
        put_chain(world, &FIVE, OLD);
        if fault {
            let back = json!([{"name": "apps"}]);
            world.put(kustomization("base", json!({"dependsOn": back})));
        }
        let _script = world.play(players(&FIVE, fetches_new));
        world.nigari("reconcile ks platform --with-dependencies --with-source --timeout 30s")
    });
    with.expect(
        1,
        "Kustomization apps/tenants → Kustomization flux-system/policies → Kustomization flux-system/base → \
         Kustomization flux-system/apps → Kustomization flux-system/platform → Kustomization apps/tenants",
    );
    with.expect_writes("");
    without.expect_success();
}

#[test]
fn r12_a_failure_stops_only_what_is_below_it() {
    let claim = "a failure in a chain names what it blocks, and the rest goes on";
    let (with, without) = compare("R12", claim, |world, fault| {
        put_chain(world, &FIVE, OLD);
        let mut parts = players(&FIVE, fetches_new);
        if fault {
            parts.retain(|part| part.name() != "policies");
            let fails = |look: &Look<'_>| {
                Some(attempted(look, &source_revision(look), "False", "BuildFailed"))
            };
            parts.push(part(&KUSTOMIZATION, "policies", fails));
        }
        let _script = world.play(parts);
        world.nigari("reconcile source git fleet --with-dependents --to 2222222 --timeout 30s")
    });
    with.expect(1, "4 of 6 objects were not reconciled");
    let blocked = "Kustomization apps/tenants is blocked by Kustomization flux-system/policies";
    with.expect_told(blocked);
    with.expect_writes_to("kustomizations", 2);
    without.expect_success();
}

#[test]
fn r14_a_wait_for_what_is_there_already_needs_no_event() {
    let claim = "what is at the revision already is told at once, with nobody at work";
    let (with, without) = compare("R14", claim, |world, fault| {
        put_chain(world, &[("flux-system", "apps")], if fault { NEW } else { OLD });
        world.nigari("wait ks apps --revision 2222222 --timeout 5s")
    });
    with.expect_success();
    with.expect_writes("");
    without.expect(
        5,
        "timed out after 5s waiting for Kustomization flux-system/apps to be ready at 2222222",
    );
    without.expect_writes("");
}
