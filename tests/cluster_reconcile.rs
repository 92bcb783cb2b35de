//! `nigari reconcile` as a process, against the sandbox's API and controllers that follow a script.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use nigari_api::crd::definition;
use nigari_sandbox::faults::Faults;
use nigari_sandbox::kube::{KubeApi, kubeconfig};
use nigari_sandbox::recorder::{Recorder, Request};
use nigari_sandbox::serve::{Server, https};
use nigari_sandbox::tls::Authority;
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::process::Command;
use tokio::time::sleep;

const REQUESTED_AT: &str = "reconcile.fluxcd.io/requestedAt";

struct World {
    api: KubeApi,
    recorder: Recorder,
    _server: Server,
    files: TempDir,
}

/// What a controller does with a request: the status it leaves, given the request's token.
type Pass = fn(&KubeApi, &str) -> Value;

impl World {
    async fn new() -> Self {
        let (faults, recorder) = (Faults::default(), Recorder::default());
        let api = KubeApi::new(faults, recorder.clone());
        let authority = Authority::new().expect("a certificate authority");
        let tls = authority.server_config().expect("a server configuration");
        let server = https(api.router(), tls).await.expect("a free port");
        let files = TempDir::new().expect("a temporary directory");
        let url = format!("https://{}", server.address);
        let text = kubeconfig(&url, authority.certificate_pem(), &api.token("admin"));
        std::fs::write(files.path().join("kubeconfig"), text).expect("the file can be written");
        let world = Self { api, recorder, _server: server, files };
        world
            .put(definition("kustomizations.kustomize.toolkit.fluxcd.io").expect("a kind of Flux"));
        world.put(definition("gitrepositories.source.toolkit.fluxcd.io").expect("a kind of Flux"));
        let namespace =
            json!({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "flux-system"}});
        world.put(namespace);
        world.put(git_repository("main@sha1:aaaa"));
        for name in ["apps", "infra"] {
            world.put(kustomization(name));
        }
        world
    }

    fn put(&self, object: Value) {
        self.api.put(object).expect("the sandbox serves the kind");
    }

    fn command(&self, words: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_nigari"));
        command.args(words.split(' ')).env_clear();
        command.env("KUBECONFIG", self.files.path().join("kubeconfig"));
        command
    }

    /// Runs the command while `passes` answer requests on the objects that they name.
    async fn run(&self, words: &str, passes: &[(&str, &str, Pass)]) -> (String, i32) {
        let command = self.command(words).output();
        tokio::select! {
            output = command => {
                let output = output.expect("the binary starts");
                if words.split(' ').filter(|word| ["apps", "infra"].contains(word)).count() < 2 {
                    assert_eq!(output.stdout, b"", "one reconciliation has no data");
                }
                let story = String::from_utf8(output.stderr).expect("UTF-8");
                (story, output.status.code().expect("an exit code"))
            }
            () = self.play(passes) => unreachable!("controllers never end"),
        }
    }

    async fn play(&self, passes: &[(&str, &str, Pass)]) {
        loop {
            for (kind, name, pass) in passes {
                let group = if *kind == "Kustomization" { "kustomize" } else { "source" };
                let version = format!("{group}.toolkit.fluxcd.io/v1");
                let object = self.api.get(&version, kind, Some("flux-system"), name);
                let mut object = object.expect("the object stays");
                let token = object["metadata"]["annotations"][REQUESTED_AT].clone();
                let Some(token) = token.as_str() else { continue };
                if object["status"]["lastHandledReconcileAt"] == token {
                    continue;
                }
                let mut status = pass(&self.api, token);
                status["lastHandledReconcileAt"] = json!(token);
                object["status"] = status;
                self.put(object);
            }
            sleep(Duration::from_millis(20)).await;
        }
    }
}

fn kustomization(name: &str) -> Value {
    json!({"apiVersion": "kustomize.toolkit.fluxcd.io/v1", "kind": "Kustomization",
        "metadata": {"name": name, "namespace": "flux-system"},
        "spec": {"interval": "10m", "prune": true,
            "sourceRef": {"kind": "GitRepository", "name": "fleet"}},
        "status": attempted("main@sha1:aaaa", "True", "ReconciliationSucceeded")})
}

fn git_repository(revision: &str) -> Value {
    json!({"apiVersion": "source.toolkit.fluxcd.io/v1", "kind": "GitRepository",
        "metadata": {"name": "fleet", "namespace": "flux-system"},
        "spec": {"interval": "1m", "url": "ssh://git@example.com/fleet"},
        "status": fetched(revision, "True", "Succeeded")})
}

fn condition(ready: &str, reason: &str) -> Value {
    json!([{"type": "Ready", "status": ready, "reason": reason, "message": format!("it is {reason}"),
        "lastTransitionTime": "2026-01-01T00:00:00Z"}])
}

fn attempted(revision: &str, ready: &str, reason: &str) -> Value {
    json!({"lastAttemptedRevision": revision, "lastAppliedRevision": revision,
        "conditions": condition(ready, reason)})
}

fn fetched(revision: &str, ready: &str, reason: &str) -> Value {
    let artifact = json!({"revision": revision, "digest": "sha256:00", "path": "fleet.tar.gz",
        "url": "http://source-controller/fleet.tar.gz", "lastUpdateTime": "2026-01-01T00:00:00Z"});
    json!({"artifact": artifact, "conditions": condition(ready, reason)})
}

/// Fetches a new commit.
const FETCH: (&str, &str, Pass) =
    ("GitRepository", "fleet", |_, _| fetched("main@sha1:bbbb", "True", "Succeeded"));

/// Applies whatever the source is at.
fn apply(api: &KubeApi, _: &str) -> Value {
    let version = "source.toolkit.fluxcd.io/v1";
    let source = api.get(version, "GitRepository", Some("flux-system"), "fleet").expect("a source");
    let revision = source["status"]["artifact"]["revision"].as_str().expect("a revision");
    attempted(revision, "True", "ReconciliationSucceeded")
}

#[tokio::test]
async fn reconciles_the_source_first() {
    let world = World::new().await;
    let passes = [FETCH, ("Kustomization", "apps", apply as Pass)];
    let (story, code) = world.run("reconcile kustomization apps --with-source", &passes).await;
    assert_eq!(
        story,
        "► annotating GitRepository fleet in flux-system namespace\n\
         ✔ GitRepository annotated\n\
         ◎ waiting for GitRepository reconciliation\n\
         ✔ fetched revision main@sha1:bbbb\n\
         ► annotating Kustomization apps in flux-system namespace\n\
         ✔ Kustomization annotated\n\
         ◎ waiting for Kustomization reconciliation\n\
         ✔ applied revision main@sha1:bbbb\n"
    );
    assert_eq!(code, 0);
}

#[tokio::test]
async fn a_name_may_come_with_its_kind() {
    let world = World::new().await;
    let (story, code) = world.run("reconcile GitRepository/fleet", &[FETCH]).await;
    assert!(story.ends_with("✔ fetched revision main@sha1:bbbb\n"), "{story}");
    assert_eq!(code, 0);
}

#[tokio::test]
async fn a_failed_source_ends_it_before_the_object_is_touched() {
    let world = World::new().await;
    let fail: Pass = |_, _| {
        let mut status = fetched("main@sha1:aaaa", "False", "AuthenticationFailed");
        let stalled = json!({"type": "Stalled", "status": "True", "reason": "AuthenticationFailed",
            "message": "it is AuthenticationFailed"});
        status["conditions"].as_array_mut().expect("conditions").push(stalled);
        status
    };
    let passes = [("GitRepository", "fleet", fail)];
    let (story, code) = world.run("reconcile ks apps --with-source", &passes).await;
    assert_eq!(
        story,
        "► annotating GitRepository fleet in flux-system namespace\n\
         ✔ GitRepository annotated\n\
         ◎ waiting for GitRepository reconciliation\n\
         error: cannot reconcile the source of Kustomization flux-system/apps\n  \
         cause: GitRepository flux-system/fleet: reconciliation failed: AuthenticationFailed: \
         it is AuthenticationFailed\n"
    );
    assert_eq!(code, 1);
}

#[tokio::test]
async fn a_failed_build_ends_it_at_once_with_the_controllers_words() {
    let world = World::new().await;
    let fail: Pass = |_, _| attempted("main@sha1:aaaa", "False", "BuildFailed");
    let (story, code) = world.run("reconcile ks apps", &[("Kustomization", "apps", fail)]).await;
    assert!(
        story.ends_with(
            "error: Kustomization flux-system/apps: reconciliation failed: BuildFailed: \
             it is BuildFailed\n"
        ),
        "{story}"
    );
    assert_eq!(code, 1);
}

#[tokio::test]
async fn several_objects_are_all_tried_and_each_failure_is_told() {
    let world = World::new().await;
    let fail: Pass = |_, _| attempted("main@sha1:aaaa", "False", "BuildFailed");
    let passes = [("Kustomization", "apps", apply as Pass), ("Kustomization", "infra", fail)];
    let (story, code) = world.run("reconcile ks apps infra", &passes).await;
    assert!(
        story.contains("✔ Kustomization flux-system/apps: applied revision main@sha1:aaaa\n"),
        "{story}"
    );
    assert!(
        story.contains(
            "✗ Kustomization flux-system/infra: reconciliation failed: BuildFailed: it is BuildFailed\n"
        ),
        "{story}"
    );
    assert!(story.ends_with("error: 1 of 2 objects were not reconciled\n"), "{story}");
    assert_eq!(code, 1);
}

/// The Deployment of a controller that runs, however long its queue is.
fn busy_controller() -> Value {
    let labels = json!({"app.kubernetes.io/component": "kustomize-controller"});
    json!({"apiVersion": "apps/v1", "kind": "Deployment",
        "metadata": {"name": "kustomize-controller", "namespace": "flux-system", "labels": labels},
        "spec": {"replicas": 1}, "status": {"availableReplicas": 1}})
}

/// Handles every request half a second after it came, but the first object's after two.
async fn handle_all(api: &KubeApi) {
    let mut since = HashMap::new();
    loop {
        for mut object in api.list("kustomize.toolkit.fluxcd.io/v1", "Kustomization") {
            let Some(token) = object["metadata"]["annotations"][REQUESTED_AT].as_str() else {
                continue;
            };
            let token = token.to_owned();
            if object["status"]["lastHandledReconcileAt"] == token {
                continue;
            }
            let takes = if object["metadata"]["name"] == "k000" { 2_000 } else { 500 };
            let begun: &Instant = since.entry(token.clone()).or_insert_with(Instant::now);
            if begun.elapsed() < Duration::from_millis(takes) {
                continue;
            }
            object["status"] = attempted("main@sha1:aaaa", "True", "ReconciliationSucceeded");
            object["status"]["lastHandledReconcileAt"] = json!(token);
            api.put(object).expect("the sandbox serves the kind");
        }
        sleep(Duration::from_millis(50)).await;
    }
}

#[tokio::test]
async fn three_hundred_objects_take_one_list_one_watch_and_as_long_as_the_slowest() {
    let world = World::new().await;
    let names: Vec<_> = (0..300).map(|number| format!("k{number:03}")).collect();
    names.iter().for_each(|name| world.put(kustomization(name)));
    world.put(busy_controller());
    world.recorder.clear();
    let start = Instant::now();
    let words = format!("reconcile ks {} -o json", names.join(" "));
    let command = world.command(&words).output();
    let output = tokio::select! {
        output = command => output.expect("the binary starts"),
        () = handle_all(&world.api) => unreachable!("controllers never end"),
    };
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let list: Value = serde_json::from_slice(&output.stdout).expect("a list");
    assert_eq!(list["items"].as_array().map(Vec::len), Some(300));
    let requests = world.recorder.all();
    let count = |what: fn(&Request) -> bool| requests.iter().filter(|one| what(one)).count();
    let of_kind = |request: &&Request| request.path.contains("/kustomizations");
    let is_watch = |request: &Request| request.path.contains("watch=true");
    assert_eq!(count(|request| request.method == "PATCH"), 300);
    assert_eq!(requests.iter().filter(of_kind).filter(|request| is_watch(request)).count(), 1);
    // The patches, one list, one watch, and nothing else.
    assert_eq!(requests.iter().filter(of_kind).count(), 302);
    // One after the other they would take minutes.
    assert!(start.elapsed() < Duration::from_secs(60), "{:?}", start.elapsed());
}

#[tokio::test]
async fn a_request_that_nobody_picks_up_times_out_and_says_so() {
    let world = World::new().await;
    let (story, code) = world.run("reconcile ks apps --timeout 1s", &[]).await;
    assert!(
        story.contains(
            "error: timed out after 1s waiting for Kustomization flux-system/apps\n  \
             cause: requested, not yet picked up by kustomize-controller (for "
        ),
        "{story}"
    );
    let last_seen =
        "; last seen: Ready=True ReconciliationSucceeded: it is ReconciliationSucceeded";
    assert!(story.contains(last_seen), "{story}");
    assert_eq!(code, 5);
}

#[tokio::test]
async fn a_suspended_object_is_refused_before_any_write() {
    let world = World::new().await;
    let mut object = kustomization("apps");
    object["spec"]["suspend"] = json!(true);
    world.put(object);
    let (story, code) = world.run("reconcile ks apps", &[]).await;
    assert_eq!(
        story,
        "error: Kustomization flux-system/apps is suspended\n  \
         hint: nigari resume kustomization apps -n flux-system\n"
    );
    assert_eq!(code, 1);
}

#[tokio::test]
async fn what_is_not_there_has_its_own_exit_code() {
    let world = World::new().await;
    let (_, code) = world.run("reconcile ks nothing", &[]).await;
    assert_eq!(code, 3);
    let (_, code) = world.run("reconcile hr podinfo", &[]).await;
    assert_eq!(code, 4);
    let (_, code) = world.run("reconcile source git fleet --with-source", &[]).await;
    assert_eq!(code, 2);
}
