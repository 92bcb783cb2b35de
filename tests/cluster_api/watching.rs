//! Watches and waits, whatever happens to the connection.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::time::Duration;

use futures::StreamExt as _;
use futures::stream::BoxStream;
use k8s_openapi::apiextensions_apiserver::pkg::apis::apiextensions::v1::CustomResourceDefinition;
use kube::core::ApiResource;
use nigari::cluster::wait::{News, Step};
use nigari::cluster::watch::Event;
use nigari::cluster::{Cluster, Scope};
use nigari::error::{Class, class_of};
use nigari::kinds::kustomize::KUSTOMIZATION;
use nigari_api::crd::definition;
use nigari_sandbox::kube::Deny;
use serde_json::Value;
use tokio::time::{sleep, timeout};

use crate::relay::Relay;
use crate::world::{GROUP, KUSTOMIZATION_V1, World, kustomization, patience};

/// A watch, and what its events add up to.
struct Watched {
    events: BoxStream<'static, anyhow::Result<Event>>,
    /// Name to path.
    rows: BTreeMap<String, String>,
    seen: Vec<&'static str>,
}

impl Watched {
    async fn of(cluster: &Cluster) -> Self {
        let events = cluster.watch(&KUSTOMIZATION, Scope::namespace("flux-system"));
        let mut watched = Self { events, rows: BTreeMap::new(), seen: Vec::new() };
        watched.until(|watched| watched.seen.contains(&"done")).await;
        watched
    }

    async fn until(&mut self, reached: impl Fn(&Self) -> bool) {
        let work = async {
            while !reached(self) {
                self.step().await;
            }
        };
        let result = timeout(Duration::from_secs(30), work).await;
        assert!(result.is_ok(), "stuck at {:?} after {:?}", self.rows, self.seen);
    }

    async fn step(&mut self) {
        let event = self.events.next().await.expect("a watch does not end");
        let (name, object) = match event.expect("no error is final here") {
            Event::Initial(object) => ("initial", Some((object, true))),
            Event::InitialDone => ("done", None),
            Event::Applied(object) => ("applied", Some((object, true))),
            Event::Deleted(object) => ("deleted", Some((object, false))),
            Event::Interrupted { .. } => ("interrupted", None),
            Event::Resumed => ("resumed", None),
            Event::WatchForbidden { .. } => ("forbidden", None),
            Event::NotInstalled => ("not installed", None),
            Event::Installed => ("installed", None),
        };
        self.seen.push(name);
        let Some((object, is_there)) = object else { return };
        let name = object.metadata.name.clone().expect("a name");
        if is_there {
            let path = object.data["spec"]["path"].as_str().unwrap_or_default();
            self.rows.insert(name, path.to_owned());
        } else {
            self.rows.remove(&name);
        }
    }

    fn count(&self, event: &str) -> usize {
        self.seen.iter().filter(|seen| **seen == event).count()
    }
}

#[tokio::test]
async fn a_watch_tells_changes_and_deletions() {
    let world = World::new().await;
    world.put(kustomization("apps", "./a"));
    let cluster = world.cluster().await;
    let mut watched = Watched::of(&cluster).await;
    assert_eq!(watched.seen, ["initial", "done"]);
    world.put(kustomization("apps", "./b"));
    world.put(kustomization("infra", "./i"));
    watched.until(|watched| watched.rows.len() == 2).await;
    assert_eq!(watched.rows["apps"], "./b");
    world.delete_kustomization("apps").await;
    watched.until(|watched| !watched.rows.contains_key("apps")).await;
    assert_eq!(watched.seen, ["initial", "done", "applied", "applied", "deleted"]);
}

#[tokio::test]
async fn an_expired_watch_lists_again_and_tells_what_went_unseen() {
    let world = World::new().await;
    world.put(kustomization("stays", "./a"));
    world.put(kustomization("goes", "./a"));
    let cluster = world.cluster().await;
    let mut watched = Watched::of(&cluster).await;
    world.faults.arm("kube.watch=gone*1").expect("a known fault");
    world.api.drop_watches();
    // Nobody reads the watch while this happens.
    world.delete_kustomization("goes").await;
    world.put(kustomization("stays", "./b"));
    world.put(kustomization("comes", "./c"));
    watched
        .until(|watched| watched.rows.contains_key("comes") && !watched.rows.contains_key("goes"))
        .await;
    assert_eq!(watched.rows["stays"], "./b");
    assert_eq!(watched.count("interrupted"), 0);
}

#[tokio::test]
async fn no_final_state_is_lost_over_many_drops() {
    let world = World::new().await;
    let cluster = world.cluster().await;
    let mut watched = Watched::of(&cluster).await;
    for round in 0..40_u32 {
        match round % 3 {
            0 => world.faults.arm("kube.watch=gone*1").expect("a known fault"),
            1 => world.faults.arm("kube.watch=eof*1").expect("a known fault"),
            _ => {}
        }
        world.api.drop_watches();
        // Nobody reads the watch while this happens.
        let name = format!("ks-{}", round * 7 % 11);
        if world.api.get(KUSTOMIZATION_V1, "Kustomization", Some("flux-system"), &name).is_some() {
            world.delete_kustomization(&name).await;
        } else {
            world.put(kustomization(&name, &format!("./{round}")));
        }
        world.put(kustomization("mark", &round.to_string()));
        watched.until(|watched| watched.rows.get("mark") == Some(&round.to_string())).await;
    }
    assert!(world.requests("watch=") > 40, "the watch was dropped again and again");
    let fresh: BTreeMap<String, String> = world
        .api
        .list(KUSTOMIZATION_V1, "Kustomization")
        .into_iter()
        .map(|object| {
            let text =
                |pointer| object.pointer(pointer).and_then(Value::as_str).unwrap_or_default();
            (text("/metadata/name").to_owned(), text("/spec/path").to_owned())
        })
        .collect();
    // Of what went unseen together, deletions are told last.
    watched.until(|watched| watched.rows == fresh).await;
}
#[tokio::test]
async fn a_restarted_server_is_waited_for_and_nothing_is_lost() {
    let world = World::new().await;
    world.put(kustomization("apps", "./a"));
    let mut relay = Relay::to(world.server.address).await;
    let cluster = world.cluster_at(relay.address).await;
    let mut watched = Watched::of(&cluster).await;
    relay.cut().await;
    world.put(kustomization("apps", "./b"));
    watched.until(|watched| watched.count("interrupted") == 1).await;
    relay.open().await;
    watched.until(|watched| watched.rows["apps"] == "./b").await;
    assert_eq!(watched.seen, ["initial", "done", "interrupted", "resumed", "applied"]);
}

#[tokio::test]
async fn where_watching_is_forbidden_the_server_is_asked_again_and_again() {
    let world = World::new().await;
    world.api.deny(Deny::new("watch", GROUP, "kustomizations"));
    world.put(kustomization("apps", "./a"));
    let cluster = world.cluster().await;
    let mut watched = Watched::of(&cluster).await;
    world.put(kustomization("apps", "./b"));
    watched.until(|watched| watched.rows["apps"] == "./b").await;
    world.delete_kustomization("apps").await;
    watched.until(|watched| watched.rows.is_empty()).await;
    assert_eq!(watched.seen, ["initial", "done", "forbidden", "applied", "deleted"]);
}

#[tokio::test]
async fn one_object_can_be_waited_for_with_get_alone() {
    let world = World::new().await;
    world.api.deny(Deny::new("watch", GROUP, "kustomizations"));
    world.api.deny(Deny::new("list", GROUP, "kustomizations"));
    world.put(kustomization("apps", "./a"));
    let cluster = world.cluster().await;
    let told = RefCell::new(Vec::new());
    let news = |news: News<'_>| told.borrow_mut().push(format!("{news:?}"));
    let patience = patience(&news);
    let wait =
        cluster.wait_for(
            &KUSTOMIZATION,
            "flux-system",
            "apps",
            &patience,
            |object, _| match object.and_then(|object| object.data["spec"]["path"].as_str()) {
                Some("./b") => Step::Done(()),
                _ => Step::wait("not yet"),
            },
        );
    let change = async {
        sleep(Duration::from_millis(200)).await;
        world.put(kustomization("apps", "./b"));
    };
    let (waited, ()) = tokio::join!(wait, change);
    waited.expect("the change is seen");
    let told = told.into_inner();
    assert_eq!(
        told.iter().filter(|news| news.starts_with("WatchForbidden")).count(),
        1,
        "{told:?}"
    );
}

#[tokio::test]
async fn lists_that_are_forbidden_end_the_watch_with_the_servers_words() {
    let world = World::new().await;
    world.api.deny(Deny::new("list", GROUP, "kustomizations"));
    let cluster = world.cluster().await;
    let mut events = cluster.watch(&KUSTOMIZATION, Scope::everywhere());
    let error = events.next().await.expect("an item").expect_err("an error");
    assert_eq!(class_of(&error), Class::Denied);
    assert!(error.to_string().contains("cannot list resource \"kustomizations\""), "{error}");
    assert!(events.next().await.is_none());
}

#[tokio::test]
async fn a_kind_that_is_installed_later_joins_and_one_that_is_removed_leaves() {
    let world = World::new().await;
    let cluster = world.cluster().await;
    let crds = ApiResource::erase::<CustomResourceDefinition>(&());
    world.put(kustomization("apps", "./a"));
    let mut watched = Watched::of(&cluster).await;
    let crd_name = format!("kustomizations.{GROUP}");
    world.delete(&crds, None, &crd_name).await;
    watched.until(|watched| watched.count("not installed") == 1).await;
    assert!(watched.rows.is_empty());
    world.put(definition("kustomizations.kustomize.toolkit.fluxcd.io").expect("a kind of Flux"));
    world.put(kustomization("again", "./b"));
    watched.until(|watched| watched.rows.contains_key("again")).await;
    assert_eq!(watched.count("installed"), 1);
}
