//! Revisions and chains: R6, R12 and R14.

use std::time::{Duration, Instant};

use nigari::kinds::kustomize::KUSTOMIZATION;
use nigari::kinds::source::GIT_REPOSITORY;
use serde_json::{Value, json};

use crate::mode::{Seen, compare};
use crate::script::{Look, Part, Script, attempted, fetched, part};
use crate::support::{Cluster, kustomization, object};

const OLD: &str = "main@sha1:1111111111111111111111111111111111111111";
const NEW: &str = "main@sha1:2222222222222222222222222222222222222222";

/// A cluster with the source `fleet` and these Kustomizations, all ready at the revision; each depends on the
/// one after it.
fn chain(names: &[(&str, &str)], revision: &str) -> Cluster {
    let cluster = Cluster::with(&[&KUSTOMIZATION, &GIT_REPOSITORY]);
    let asked = json!({"metadata": {"generation": 1}});
    let look = Look {
        api: cluster.0.kube(),
        object: &asked,
        token: "2026-01-01T00:00:00Z",
        age: Duration::ZERO,
    };
    let url = json!({"interval": "1m", "url": "https://example.com/fleet.git"});
    let status = fetched(&look, revision, "True", "Succeeded");
    cluster.put(object(&GIT_REPOSITORY, "fleet", json!({"spec": url, "status": status})));
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
        cluster.put(node);
    }
    cluster.writes();
    cluster
}

fn seen(cluster: &Cluster, arguments: &str) -> Seen {
    let run = cluster.nigari(arguments);
    Seen::of(cluster, run)
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

/// How many writes there were to paths that hold this.
fn writes_to(seen: &Seen, path: &str) -> usize {
    seen.writes.lines().filter(|line| line.contains(path)).count()
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
    let (with, without) = compare("R6", claim, |fault| {
        let names = [("flux-system", "apps")];
        let cluster = chain(&names, OLD);
        let start = Instant::now();
        let fetches = move |look: &Look<'_>| {
            let is_visible = !fault || start.elapsed() > Duration::from_secs(4);
            Some(fetched(look, if is_visible { NEW } else { OLD }, "True", "Succeeded"))
        };
        let _script = Script::play(&cluster, players(&names, fetches));
        seen(&cluster, "reconcile ks apps --to 2222222 --timeout 30s")
    });
    assert_eq!(with.code, Some(0), "{}", with.story);
    assert!(
        with.story.contains("GitRepository flux-system/fleet is at main@sha1:[COMMIT]"),
        "{}",
        with.story
    );
    assert!(writes_to(&with, "gitrepositories") > 1, "{}", with.writes);
    assert_eq!(writes_to(&with, "kustomizations"), 1, "{}", with.writes);
    without.expect_success();
    assert_eq!(writes_to(&without, "gitrepositories"), 1, "{}", without.writes);
}

#[test]
fn r12_a_chain_of_five_converges_in_one_run() {
    let claim = "a chain of five that is behind converges in one run";
    let (with, without) = compare("R12", claim, |fault| {
        let cluster = chain(&FIVE, if fault { OLD } else { NEW });
        let _script = Script::play(&cluster, players(&FIVE, fetches_new));
        seen(&cluster, "reconcile ks apps --with-dependencies --to 2222222 --timeout 30s")
    });
    assert_eq!(with.code, Some(0), "{}", with.story);
    assert_eq!(writes_to(&with, "kustomizations"), 5, "{}", with.writes);
    assert_eq!(writes_to(&with, "apps/kustomizations/tenants"), 1, "{}", with.writes);
    without.expect_success();
    assert_eq!(without.writes, "", "what is there already is not asked");
}

#[test]
fn r12_a_cycle_is_named() {
    let claim = "a cycle is named before anything is written";
    let (with, without) = compare("R12", claim, |fault| {
        let cluster = chain(&FIVE, OLD);
        if fault {
            let back = json!([{"name": "apps"}]);
            cluster.put(kustomization("base", json!({"dependsOn": back})));
            cluster.writes();
        }
        let _script = Script::play(&cluster, players(&FIVE, fetches_new));
        seen(&cluster, "reconcile ks platform --with-dependencies --with-source --timeout 30s")
    });
    with.expect(
        1,
        "Kustomization apps/tenants → Kustomization flux-system/policies → Kustomization flux-system/base → \
         Kustomization flux-system/apps → Kustomization flux-system/platform → Kustomization apps/tenants",
    );
    assert_eq!(with.writes, "");
    without.expect_success();
}

#[test]
fn r12_a_failure_stops_only_what_is_below_it() {
    let claim = "a failure in a chain names what it blocks, and the rest goes on";
    let (with, without) = compare("R12", claim, |fault| {
        let cluster = chain(&FIVE, OLD);
        let mut parts = players(&FIVE, fetches_new);
        if fault {
            parts.retain(|part| part.name() != "policies");
            let fails = |look: &Look<'_>| {
                Some(attempted(look, &source_revision(look), "False", "BuildFailed"))
            };
            parts.push(part(&KUSTOMIZATION, "policies", fails));
        }
        let _script = Script::play(&cluster, parts);
        seen(&cluster, "reconcile source git fleet --with-dependents --to 2222222 --timeout 30s")
    });
    with.expect(1, "4 of 6 objects were not reconciled");
    let blocked = "Kustomization apps/tenants is blocked by Kustomization flux-system/policies";
    assert!(with.story.contains(blocked), "{}", with.story);
    assert_eq!(writes_to(&with, "kustomizations"), 2, "{}", with.writes);
    without.expect_success();
}

#[test]
fn r14_a_wait_for_what_is_there_already_needs_no_event() {
    let claim = "what is at the revision already is told at once, with nobody at work";
    let (with, without) = compare("R14", claim, |fault| {
        let cluster = chain(&[("flux-system", "apps")], if fault { NEW } else { OLD });
        seen(&cluster, "wait ks apps --revision 2222222 --timeout 2s")
    });
    with.expect_success();
    assert_eq!(with.writes, "");
    without.expect(
        5,
        "timed out after 2s waiting for Kustomization flux-system/apps to be ready at 2222222",
    );
    assert_eq!(without.writes, "");
}
