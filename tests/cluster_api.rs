//! The cluster layer against the sandbox's API, over real connections.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::time::Duration;

use clap::Parser as _;
use futures::stream::BoxStream;
use futures::{StreamExt as _, TryStreamExt as _};
use k8s_openapi::api::core::v1::Secret;
use k8s_openapi::apiextensions_apiserver::pkg::apis::apiextensions::v1::CustomResourceDefinition;
use kube::api::{Api, DeleteParams, DynamicObject};
use kube::config::Kubeconfig;
use kube::core::ApiResource;
use nigari::cli::Cli;
use nigari::cluster::access::Right;
use nigari::cluster::apply::{Applied, ApplyOptions};
use nigari::cluster::delete::Deleted;
use nigari::cluster::preview::Preview;
use nigari::cluster::reconcile::{AttemptOf, REQUESTED_AT};
use nigari::cluster::wait::{News, Patience, Step};
use nigari::cluster::watch::Event;
use nigari::cluster::{Cluster, ConnectOptions, Scope};
use nigari::context::{Clock, Environment};
use nigari::deadline::Deadline;
use nigari::error::{Class, class_of, report};
use nigari::kinds::helm::HELM_RELEASE;
use nigari::kinds::kustomize::KUSTOMIZATION;
use nigari::kinds::source::GIT_REPOSITORY;
use nigari_api::crd::definition;
use nigari_sandbox::faults::Faults;
use nigari_sandbox::kube::{Deny, KubeApi, kubeconfig};
use nigari_sandbox::recorder::Recorder;
use nigari_sandbox::serve::{Server, https};
use nigari_sandbox::tls::Authority;
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};

const GROUP: &str = "kustomize.toolkit.fluxcd.io";
const KUSTOMIZATION_V1: &str = "kustomize.toolkit.fluxcd.io/v1";

/// A fake cluster that serves Kustomizations and GitRepositories, and a client of it.
struct World {
    api: KubeApi,
    faults: Faults,
    recorder: Recorder,
    server: Server,
    authority: Authority,
    files: TempDir,
}

impl World {
    async fn new() -> Self {
        let (faults, recorder) = (Faults::default(), Recorder::default());
        let api = KubeApi::new(faults.clone(), recorder.clone());
        let authority = Authority::new().expect("a certificate authority");
        let tls = authority.server_config().expect("a server configuration");
        let server = https(api.router(), tls).await.expect("a free port");
        let files = TempDir::new().expect("a temporary directory");
        let world = Self { api, faults, recorder, server, authority, files };
        world
            .put(definition("kustomizations.kustomize.toolkit.fluxcd.io").expect("a kind of Flux"));
        world.put(definition("gitrepositories.source.toolkit.fluxcd.io").expect("a kind of Flux"));
        world.put(
            json!({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "flux-system"}}),
        );
        world
    }

    fn put(&self, object: Value) {
        self.api.put(object).expect("the sandbox serves the kind");
    }

    async fn cluster(&self) -> Cluster {
        self.cluster_at(self.server.address).await
    }

    async fn cluster_at(&self, address: SocketAddr) -> Cluster {
        let path = self.files.path().join("kubeconfig");
        std::fs::write(&path, self.kubeconfig(address)).expect("the kubeconfig can be written");
        let path = path.to_str().expect("a path in UTF-8");
        let cli =
            Cli::try_parse_from(["nigari", "--kubeconfig", path, "version"]).expect("arguments");
        let options = ConnectOptions::new(&cli.global, &Environment::default());
        Cluster::connect(&options).await.expect("a client")
    }

    fn kubeconfig(&self, address: SocketAddr) -> String {
        let token = self.api.token("admin");
        kubeconfig(&format!("https://{address}"), self.authority.certificate_pem(), &token)
    }

    /// Deletes an object as somebody else would.
    async fn delete(&self, resource: &ApiResource, namespace: Option<&str>, name: &str) {
        let text = self.kubeconfig(self.server.address);
        let config = Kubeconfig::from_yaml(&text).expect("a kubeconfig");
        let config = kube::Config::from_custom_kubeconfig(config, &Default::default()).await;
        let client = kube::Client::try_from(config.expect("a configuration")).expect("a client");
        let api: Api<DynamicObject> = match namespace {
            Some(namespace) => Api::namespaced_with(client, namespace, resource),
            None => Api::all_with(client, resource),
        };
        api.delete(name, &DeleteParams::default()).await.expect("it can be deleted");
    }

    async fn delete_kustomization(&self, name: &str) {
        self.delete(&KUSTOMIZATION.resource("v1"), Some("flux-system"), name).await;
    }

    fn requests(&self, part: &str) -> usize {
        self.recorder.all().iter().filter(|request| request.path.contains(part)).count()
    }
}

/// The definition of a kind that is not Flux's.
fn widgets() -> Value {
    json!({
        "apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition",
        "metadata": {"name": "widgets.example.com"},
        "spec": {
            "group": "example.com", "scope": "Namespaced",
            "names": {"kind": "Widget", "plural": "widgets", "singular": "widget",
                "listKind": "WidgetList"},
            "versions": [{"name": "v1", "served": true, "storage": true,
                "schema": {"openAPIV3Schema": {"type": "object", "properties": {
                    "spec": {"type": "object", "properties": {"path": {"type": "string"}}}}}}}],
        },
    })
}

fn kustomization(name: &str, path: &str) -> Value {
    json!({"apiVersion": KUSTOMIZATION_V1, "kind": "Kustomization",
        "metadata": {"name": name, "namespace": "flux-system"},
        "spec": {"interval": "10m", "path": path, "prune": true,
            "sourceRef": {"kind": "GitRepository", "name": "fleet"}}})
}

fn patience(news: &dyn Fn(News<'_>)) -> Patience<'_> {
    Patience {
        deadline: Deadline::after(Duration::from_secs(20)),
        clock: Clock::system(),
        error_budget: Duration::from_millis(300),
        news,
    }
}

fn silent(_: News<'_>) {}

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
async fn lists_come_in_pages() {
    let world = World::new().await;
    for number in 0..1203 {
        world.put(kustomization(&format!("ks-{number:04}"), "./"));
    }
    let cluster = world.cluster().await;
    let stream = cluster.list(&KUSTOMIZATION, &Scope::everywhere()).await.expect("installed");
    let objects: Vec<DynamicObject> = stream.try_collect().await.expect("every page");
    let names: Vec<_> = objects.iter().filter_map(|object| object.metadata.name.clone()).collect();
    assert_eq!(names.len(), 1203);
    assert!(names.is_sorted());
    assert!(objects.iter().all(|object| object.types.is_some()));
    assert_eq!(world.requests("/kustomizations?"), 3);
}

#[tokio::test]
async fn a_reader_that_stops_has_asked_for_one_page_more_at_most() {
    let world = World::new().await;
    for number in 0..1603 {
        world.put(kustomization(&format!("ks-{number:04}"), "./"));
    }
    let cluster = world.cluster().await;
    let stream = cluster.list(&KUSTOMIZATION, &Scope::everywhere()).await.expect("installed");
    let first: Vec<_> = stream.take(3).try_collect().await.expect("a page");
    assert_eq!(first.len(), 3);
    assert!(world.requests("/kustomizations?") <= 2);
}

#[tokio::test]
async fn what_is_listed_to_be_shown_says_who_wrote_it_but_not_which_fields() {
    let world = World::new().await;
    world.put(kustomization("apps", "./"));
    let cluster = world.cluster().await;
    let spec = json!({"interval": "1m", "prune": true, "sourceRef": {"kind": "GitRepository", "name": "f"}});
    let own = json!({"apiVersion": KUSTOMIZATION_V1, "kind": "Kustomization",
        "metadata": {"name": "own", "namespace": "flux-system"}, "spec": spec});
    let applied = cluster.apply(&objects(vec![own]), &as_flux(), &patience(&silent)).await;
    applied.expect("the sandbox notes who owns which field");
    let scope = Scope::everywhere();
    let whole = cluster.list(&KUSTOMIZATION, &scope).await.expect("installed");
    let mut whole: Vec<DynamicObject> = whole.try_collect().await.expect("a page");
    let shown = cluster.list_to_show(&KUSTOMIZATION, &scope).await.expect("installed");
    let shown: Vec<DynamicObject> = shown.try_collect().await.expect("a page");
    let managers = whole.iter_mut().flat_map(|object| object.metadata.managed_fields.iter_mut());
    let fields = managers.flatten().filter_map(|manager| manager.fields_v1.take());
    assert!(fields.count() > 0);
    assert_eq!(whole, shown);
}

#[tokio::test]
async fn discovery_is_asked_once() {
    let world = World::new().await;
    let cluster = world.cluster().await;
    for _ in 0..3 {
        assert!(cluster.resource(&KUSTOMIZATION).await.expect("discovery").is_some());
        assert!(cluster.resource(&HELM_RELEASE).await.expect("discovery").is_none());
    }
    assert_eq!(world.recorder.all().len(), 2);
}

#[tokio::test]
async fn what_is_missing_has_its_own_class() {
    let world = World::new().await;
    let cluster = world.cluster().await;
    let absent = cluster.find(&KUSTOMIZATION, "flux-system", "apps").await.unwrap_err();
    assert_eq!(class_of(&absent), Class::NotFound);
    assert_eq!(
        report(&absent),
        "error: Kustomization flux-system/apps not found\n  \
         hint: list them with: nigari get kustomization -A\n"
    );
    let foreign = cluster.find(&HELM_RELEASE, "flux-system", "apps").await.unwrap_err();
    assert_eq!(class_of(&foreign), Class::NotInstalled);
    world.api.deny(Deny::new("get", GROUP, "kustomizations"));
    let forbidden = cluster.find(&KUSTOMIZATION, "flux-system", "apps").await.unwrap_err();
    assert_eq!(class_of(&forbidden), Class::Denied);
    let address = world.server.address;
    drop(world);
    let gone = cluster.find(&KUSTOMIZATION, "flux-system", "apps").await.unwrap_err();
    assert_eq!(class_of(&gone), Class::Unreachable);
    let text = report(&gone);
    assert_eq!(text.lines().count(), 1, "{text}");
    assert!(text.contains(&format!("cannot reach the cluster at https://{address}: ")), "{text}");
}

#[tokio::test]
async fn a_busy_server_is_asked_again() {
    let world = World::new().await;
    world.put(kustomization("apps", "./"));
    let cluster = world.cluster().await;
    cluster.resource(&KUSTOMIZATION).await.expect("discovery");
    world.faults.arm("kube.request=429*1").expect("a known fault");
    let found = cluster.find(&KUSTOMIZATION, "flux-system", "apps").await;
    assert!(found.is_ok(), "{:?}", found.unwrap_err());
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

/// A relay in front of a server, which can be cut and restored at the same address.
struct Relay {
    address: SocketAddr,
    to: SocketAddr,
    running: JoinSet<()>,
}

impl Relay {
    async fn to(to: SocketAddr) -> Self {
        let mut relay = Self { address: ([127, 0, 0, 1], 0).into(), to, running: JoinSet::new() };
        relay.open().await;
        relay
    }

    async fn open(&mut self) {
        let listener = TcpListener::bind(self.address).await.expect("the address is free");
        self.address = listener.local_addr().expect("an address");
        let to = self.to;
        self.running.spawn(async move {
            let mut connections = JoinSet::new();
            while let Ok((mut near, _)) = listener.accept().await {
                connections.spawn(async move {
                    let mut far = TcpStream::connect(to).await.expect("the server listens");
                    _ = tokio::io::copy_bidirectional(&mut near, &mut far).await;
                });
            }
        });
    }

    async fn cut(&mut self) {
        self.running.shutdown().await;
    }
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

fn objects(list: Vec<Value>) -> Vec<DynamicObject> {
    list.into_iter().map(|object| serde_json::from_value(object).expect("an object")).collect()
}

fn bundle(value: &str) -> Vec<DynamicObject> {
    objects(vec![
        json!({"apiVersion": "v1", "kind": "ConfigMap",
            "metadata": {"name": "settings", "namespace": "later"}, "data": {"key": value}}),
        json!({"apiVersion": "example.com/v1", "kind": "Widget",
            "metadata": {"name": "first", "namespace": "later"}, "spec": {"path": value}}),
        json!({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "later"}}),
        widgets(),
    ])
}

fn as_flux() -> ApplyOptions {
    ApplyOptions { field_manager: "flux".to_owned(), force: true }
}

fn outcomes(previews: &[Preview]) -> Vec<Applied> {
    previews.iter().map(|preview| preview.applied).collect()
}

#[tokio::test]
async fn an_apply_goes_in_stages_and_the_second_writes_nothing() {
    let world = World::new().await;
    let cluster = world.cluster().await;
    let patience = patience(&silent);
    let first = cluster.apply(&bundle("a"), &as_flux(), &patience).await.expect("applied");
    assert_eq!(first, [Applied::Created; 4]);
    world.recorder.clear();
    let second = cluster.apply(&bundle("a"), &as_flux(), &patience).await.expect("applied");
    assert_eq!(second, [Applied::Unchanged; 4]);
    assert_eq!(world.recorder.writes(), []);
    let third = cluster.apply(&bundle("b"), &as_flux(), &patience).await.expect("applied");
    assert_eq!(
        third,
        [Applied::Configured, Applied::Configured, Applied::Unchanged, Applied::Unchanged]
    );
    let widget =
        world.api.get("example.com/v1", "Widget", Some("later"), "first").expect("applied");
    assert_eq!(widget["spec"]["path"], "b");
    assert_eq!(widget["metadata"]["managedFields"][0]["manager"], "flux");
}

#[tokio::test]
async fn a_dry_run_tells_and_writes_nothing() {
    let world = World::new().await;
    let cluster = world.cluster().await;
    let patience = patience(&silent);
    let told = cluster.preview(&bundle("a"), &as_flux(), &patience).await.expect("a dry run");
    assert_eq!(outcomes(&told), [Applied::Created; 4]);
    assert_eq!(world.recorder.writes(), []);
    cluster.apply(&bundle("a"), &as_flux(), &patience).await.expect("applied");
    let told = cluster.preview(&bundle("b"), &as_flux(), &patience).await.expect("a dry run");
    let unchanged = [Applied::Unchanged; 2];
    assert_eq!(outcomes(&told), [[Applied::Configured; 2], unchanged].concat());
    assert_eq!(told[0].object, "ConfigMap later/settings");
    assert_eq!(told[0].live.as_ref().expect("it is there")["data"]["key"], "a");
    assert_eq!(told[0].wanted["data"]["key"], "b");
    assert_eq!(
        world.api.get("v1", "ConfigMap", Some("later"), "settings").expect("it")["data"]["key"],
        "a"
    );
}

#[tokio::test]
async fn what_the_cluster_does_not_know_is_refused() {
    let world = World::new().await;
    let cluster = world.cluster().await;
    let patience = patience(&silent);
    let unknown_kind = objects(vec![json!({"apiVersion": "example.com/v1", "kind": "Gadget",
        "metadata": {"name": "x", "namespace": "default"}})]);
    let error = cluster.apply(&unknown_kind, &as_flux(), &patience).await.unwrap_err();
    assert_eq!(class_of(&error), Class::NotInstalled);
    assert_eq!(
        error.to_string(),
        "cannot apply Gadget default/x: the cluster does not serve example.com/v1"
    );
    let unknown_field =
        objects(vec![json!({"apiVersion": KUSTOMIZATION_V1, "kind": "Kustomization",
        "metadata": {"name": "x", "namespace": "flux-system"}, "spec": {"pathh": "./"}})]);
    let error = cluster.apply(&unknown_field, &as_flux(), &patience).await.unwrap_err();
    assert_eq!(class_of(&error), Class::Usage);
    assert!(error.to_string().contains("pathh"), "{error}");
    assert_eq!(world.api.list(KUSTOMIZATION_V1, "Kustomization"), Vec::<Value>::new());
}

#[tokio::test]
async fn missing_rights_are_told() {
    let world = World::new().await;
    world.api.deny(Deny::new("create", "apps", "deployments"));
    let cluster = world.cluster().await;
    let needed = [
        Right::within("flux-system", "create", "apps", "deployments"),
        Right::everywhere("patch", "apiextensions.k8s.io", "customresourcedefinitions"),
    ];
    let missing = cluster.missing_rights(&needed).await.expect("reviews are answered");
    assert_eq!(missing, needed[..1]);
    assert_eq!(world.recorder.writes(), []);
}

#[tokio::test]
async fn a_secret_is_applied_and_read() {
    let world = World::new().await;
    let cluster = world.cluster().await;
    assert!(cluster.secret("flux-system", "flux-system").await.expect("readable").is_none());
    let secret: Secret = serde_json::from_value(json!({
        "metadata": {"name": "flux-system", "namespace": "flux-system"},
        "stringData": {"password": "hunter2"},
    }))
    .expect("a Secret");
    for _ in 0..2 {
        cluster.apply_secret(&secret).await.expect("applied");
    }
    let read =
        cluster.secret("flux-system", "flux-system").await.expect("readable").expect("there");
    assert_eq!(read.data.expect("data")["password"].0, b"hunter2");
}

#[tokio::test]
async fn what_is_gone_already_is_deleted_and_what_came_in_its_place_stays() {
    let world = World::new().await;
    world.put(kustomization("apps", "./"));
    let cluster = world.cluster().await;
    let apps = cluster.find(&KUSTOMIZATION, "flux-system", "apps").await.expect("it is there");
    for _ in 0..2 {
        let deleted = cluster.delete(&KUSTOMIZATION, &apps, false).await.expect("deleted");
        assert_eq!(deleted, Deleted::Gone);
    }
    world.put(kustomization("apps", "./"));
    let error = cluster.delete(&KUSTOMIZATION, &apps, false).await.expect_err("another object");
    assert_eq!(class_of(&error), Class::Conflict);
    cluster.find(&KUSTOMIZATION, "flux-system", "apps").await.expect("it is left alone");
}

/// What a controller leaves after a pass that began with `token`.
fn after_pass(token: &str, ready: &str, reason: &str, revision: &str) -> Value {
    let mut object = kustomization("apps", "./");
    object["metadata"]["annotations"] = json!({REQUESTED_AT: token});
    object["status"] = json!({
        "lastHandledReconcileAt": token, "lastAttemptedRevision": revision,
        "lastAppliedRevision": revision,
        "conditions": [{"type": "Ready", "status": ready, "reason": reason, "message": "its words",
            "lastTransitionTime": "2026-01-01T00:00:00Z"}],
    });
    object
}

fn git_repository(ready: &str, revision: &str) -> Value {
    json!({"apiVersion": "source.toolkit.fluxcd.io/v1", "kind": "GitRepository",
        "metadata": {"name": "fleet", "namespace": "flux-system"},
        "status": {"artifact": {"revision": revision}, "conditions": [{"type": "Ready", "status": ready,
            "reason": "GitOperationFailed", "message": "authentication required"}]}})
}

impl World {
    /// The token of the request on `apps`, once it is there.
    async fn token(&self) -> String {
        loop {
            let object =
                self.api.get(KUSTOMIZATION_V1, "Kustomization", Some("flux-system"), "apps");
            let annotations = object.map(|object| object["metadata"]["annotations"].clone());
            if let Some(token) =
                annotations.and_then(|all| all[REQUESTED_AT].as_str().map(str::to_owned))
                && token != "before"
            {
                return token;
            }
            sleep(Duration::from_millis(5)).await;
        }
    }

    async fn reconcile(
        &self,
        source: Option<Value>,
        controller: impl AsyncFn(&Self, &str),
    ) -> anyhow::Result<DynamicObject> {
        let cluster = self.cluster().await;
        self.put(after_pass("before", "True", "ReconciliationSucceeded", "main@sha1:aa"));
        let object = cluster.find(&KUSTOMIZATION, "flux-system", "apps").await?;
        let request =
            cluster.request_reconcile(&KUSTOMIZATION, &object, Clock::system(), &[]).await?;
        let source: Option<DynamicObject> = source.map(|source| {
            self.put(source.clone());
            serde_json::from_value(source).expect("an object")
        });
        let attempt = source.as_ref().map(|source| AttemptOf { kind: &GIT_REPOSITORY, source });
        let patience = patience(&silent);
        let work = async {
            let token = self.token().await;
            controller(self, &token).await;
        };
        let (reconciled, ()) =
            tokio::join!(cluster.await_reconciled(&request, attempt, &patience), work);
        reconciled
    }
}

#[tokio::test]
async fn a_reconciliation_is_over_when_our_request_was_handled() {
    let world = World::new().await;
    let reconciled = world
        .reconcile(None, async |world, token| {
            sleep(Duration::from_millis(100)).await;
            world.put(after_pass(token, "Unknown", "Progressing", "main@sha1:bb"));
            world.api.drop_watches();
            world.put(after_pass(token, "True", "ReconciliationSucceeded", "main@sha1:bb"));
        })
        .await
        .expect("reconciled");
    assert_eq!(reconciled.data["status"]["lastAppliedRevision"], "main@sha1:bb");
    let writes = world.recorder.writes();
    assert_eq!(writes.len(), 1);
    assert!(writes[0].path.contains("fieldManager=nigari"), "{}", writes[0].path);
}

#[tokio::test]
async fn with_a_source_a_stale_ready_does_not_count_and_a_newer_one_does() {
    let world = World::new().await;
    let source = git_repository("True", "main@sha1:bb");
    let reconciled = world
        .reconcile(Some(source), async |world, token| {
            world.put(after_pass(token, "True", "ReconciliationSucceeded", "main@sha1:aa"));
            sleep(Duration::from_millis(200)).await;
            world.put(git_repository("True", "main@sha1:cc"));
            world.put(after_pass(token, "True", "ReconciliationSucceeded", "main@sha1:cc"));
        })
        .await
        .expect("reconciled");
    assert_eq!(reconciled.data["status"]["lastAttemptedRevision"], "main@sha1:cc");
}

#[tokio::test]
async fn a_failure_begins_with_the_source_that_caused_it() {
    let world = World::new().await;
    world.put(git_repository("False", "main@sha1:aa"));
    let error = world
        .reconcile(None, async |world, token| {
            world.put(after_pass(token, "False", "ArtifactFailed", "main@sha1:aa"));
        })
        .await
        .unwrap_err();
    assert_eq!(class_of(&error), Class::Failed);
    assert_eq!(
        report(&error),
        "error: Kustomization flux-system/apps is held up: \
         GitRepository flux-system/fleet: GitOperationFailed: authentication required\n  \
         cause: Kustomization flux-system/apps: reconciliation failed: ArtifactFailed: its words\n  \
         hint: see how it hangs together with: nigari why kustomization apps -n flux-system\n"
    );
}

#[tokio::test]
async fn an_expired_clock_tells_what_was_last_seen() {
    let world = World::new().await;
    world.put(after_pass("before", "True", "ReconciliationSucceeded", "main@sha1:aa"));
    let cluster = world.cluster().await;
    let patience = Patience {
        deadline: Deadline::after(Duration::from_millis(300)),
        clock: Clock::stopped("2026-01-01T00:02:00Z".parse().expect("a time")),
        ..patience(&silent)
    };
    let wait = cluster.wait_for(&KUSTOMIZATION, "flux-system", "apps", &patience, |_, _| {
        Step::<()>::wait("not yet picked up")
    });
    let error = wait.await.unwrap_err();
    assert_eq!(class_of(&error), Class::TimedOut);
    assert_eq!(
        report(&error),
        "error: timed out after 300ms waiting for Kustomization flux-system/apps\n  \
         cause: not yet picked up; last seen: Ready=True ReconciliationSucceeded: its words \
         (for 2m0s, revision main@sha1:aa)\n  hint: give it longer with --timeout\n"
    );
}
