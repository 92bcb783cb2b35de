//! Faults, each at three depths and beside two objects that fail for reasons of their own: the first line
//! names the right object and the reason. All of it once more where Pods and Events may not be listed: then
//! the first line names the deepest object that can be seen, and what cannot is told. Whoever waits for such an
//! object is told the same while the failure is retried.
//!
//! Nothing reconciles here: the states are those that the controllers leave, in their words (kustomize-,
//! helm- and source-controller, fluxcd/pkg `ssa/errors`, the kubelet, the scheduler). Every name is made up
//! anew in each run, so that no code can know it.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::fs;
use std::hash::{BuildHasher as _, RandomState};
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::Stdio;

use nigari::kinds::Kind;
use nigari::kinds::helm::HELM_RELEASE;
use nigari::kinds::kustomize::KUSTOMIZATION;
use nigari::kinds::source::{GIT_REPOSITORY, HELM_CHART, HELM_REPOSITORY};
use nigari_sandbox::kube::Deny;
use nigari_test_support::cluster::{Cluster, object};
use nigari_test_support::program::command;
use nigari_test_support::run::Run;
use serde_json::{Value, json};

/// A cluster with two decoys, and the names in it.
struct World {
    cluster: Cluster,
    names: RefCell<Vec<String>>,
    decoys: [String; 2],
    /// Pods and Events may not be listed.
    is_veiled: bool,
}

/// A fault that was planted: the Flux object nearest to it, and what the first line must say.
struct Planted {
    kind: &'static Kind,
    name: String,
    cause: String,
    reason: String,
    veiled: Veiled,
}

/// What differs where Pods and Events may not be listed.
#[derive(Default)]
struct Veiled {
    /// What the first line says instead: object and reason.
    first: Option<(String, String)>,
    /// What is told not to be seen, and nothing else.
    unseen: &'static [&'static str],
}

/// Plants a fault in what an object of a kind manages, where the fault can be there.
type Plant = fn(&World, &'static Kind) -> Planted;

impl World {
    fn new(is_veiled: bool) -> Self {
        let kinds = [&KUSTOMIZATION, &HELM_RELEASE, &GIT_REPOSITORY, &HELM_CHART, &HELM_REPOSITORY];
        let mut world = Self {
            cluster: Cluster::with(&kinds),
            names: RefCell::default(),
            decoys: Default::default(),
            is_veiled,
        };
        for resource in ["pods", "events"].into_iter().filter(|_| is_veiled) {
            world.cluster.0.kube().deny(Deny::new("list", "", resource));
        }
        let (kustomization, workload) = (world.name(), world.name());
        let words = "kustomize build failed: no such file or directory";
        world.flux(&KUSTOMIZATION, &kustomization, json!({}), failed("BuildFailed", words));
        world.workload(&workload, container("CrashLoopBackOff", "back-off 5m0s restarting"));
        world.decoys = [kustomization, workload];
        world
    }

    /// A word that nobody has ever used, and that is no word in the sources.
    fn name(&self) -> String {
        let mut random = RandomState::new().hash_one(self.names.borrow().len());
        let mut name = String::new();
        for letters in ["qxzvk", "aou"].into_iter().cycle().take(12) {
            let count = letters.len() as u64;
            let at = usize::try_from(random % count).unwrap();
            name.push_str(&letters[at..=at]);
            random /= count;
        }
        self.names.borrow_mut().push(name.clone());
        name
    }

    /// A Flux object in `flux-system`.
    fn flux(&self, kind: &Kind, name: &str, spec: Value, status: Value) {
        self.cluster.put(object(kind, name, json!({"spec": spec, "status": status})));
    }

    /// An object of a kind that has applied `ids` and waits for it in vain.
    fn unhealthy(&self, kind: &Kind, name: &str, ids: &[String]) {
        let reason = if kind == &HELM_RELEASE { "InstallFailed" } else { "HealthCheckFailed" };
        let mut status = failed(reason, "timeout waiting for what was applied");
        let entries: Vec<_> = ids.iter().map(|id| json!({"id": id, "v": "v1"})).collect();
        status["inventory"] = json!({"entries": entries});
        self.flux(kind, name, json!({}), status);
    }

    /// An object of a kind that waits for others of the kind.
    fn depending(&self, kind: &Kind, name: &str, on: &str) {
        let spec = json!({"dependsOn": [{"name": on}]});
        let words = format!("dependency 'flux-system/{on}' is not ready");
        self.flux(kind, name, spec, failed("DependencyNotReady", &words));
    }

    /// A Deployment in `apps` with a ReplicaSet, and a Pod in that status.
    fn workload(&self, name: &str, pod: Value) -> String {
        self.deployment(name);
        let set = format!("{name}-5d8f");
        let pod_name = format!("{set}-x2x4z");
        self.replica_set(name, &set, json!({}));
        self.cluster.put(json!({"apiVersion": "v1", "kind": "Pod",
            "metadata": {"name": pod_name, "namespace": "apps", "uid": pod_name,
                "ownerReferences": [owner("ReplicaSet", &set)]},
            "status": pod}));
        pod_name
    }

    fn deployment(&self, name: &str) {
        let unavailable = json!([{"type": "Available", "status": "False",
            "reason": "MinimumReplicasUnavailable",
            "message": "Deployment does not have minimum availability."}]);
        self.cluster.put(json!({"apiVersion": "apps/v1", "kind": "Deployment",
            "metadata": {"name": name, "namespace": "apps", "uid": name, "generation": 1},
            "spec": {"replicas": 1},
            "status": {"observedGeneration": 1, "replicas": 1, "conditions": unavailable}}));
    }

    fn replica_set(&self, deployment: &str, name: &str, status: Value) {
        self.cluster.put(json!({"apiVersion": "apps/v1", "kind": "ReplicaSet",
            "metadata": {"name": name, "namespace": "apps", "uid": name,
                "ownerReferences": [owner("Deployment", deployment)]},
            "status": status}));
    }

    fn warning(&self, about: &str, reason: &str, message: &str) {
        self.cluster.put(json!({"apiVersion": "v1", "kind": "Event",
            "metadata": {"name": format!("{about}.17a"), "namespace": "apps"},
            "involvedObject": {"kind": "Pod", "name": about, "namespace": "apps", "uid": about},
            "type": "Warning", "reason": reason, "message": message,
            "lastTimestamp": "2026-01-01T00:00:00Z"}));
    }

    /// Two more depths around a fault: behind one object, and behind a Kustomization that depends on one
    /// that applies a release that in turn waits.
    fn behind(&self, planted: &Planted) -> (&'static Kind, String) {
        let name = self.name();
        match planted.kind {
            kind if kind == &GIT_REPOSITORY => {
                let source = json!({"kind": "GitRepository", "name": planted.name});
                let words = "Source artifact not found, retrying in 30s";
                let spec = json!({"sourceRef": source});
                self.flux(&KUSTOMIZATION, &name, spec, failed("ArtifactFailed", words));
                (&KUSTOMIZATION, name)
            }
            kind => {
                self.depending(kind, &name, &planted.name);
                (kind, name)
            }
        }
    }

    fn far_behind(&self, planted: &Planted) -> (&'static Kind, String) {
        let [outer, inner, release] = [self.name(), self.name(), self.name()];
        self.depending(&KUSTOMIZATION, &outer, &inner);
        let applied = match planted.kind {
            kind if kind == &GIT_REPOSITORY => {
                self.release_from(&release, &planted.name);
                id(&HELM_RELEASE, &release)
            }
            kind if kind == &HELM_RELEASE => {
                self.depending(&HELM_RELEASE, &release, &planted.name);
                id(&HELM_RELEASE, &release)
            }
            kind => id(kind, &planted.name),
        };
        self.unhealthy(&KUSTOMIZATION, &inner, &[applied]);
        (&KUSTOMIZATION, outer)
    }

    /// A release whose chart comes from a Git repository that has no artifact.
    fn release_from(&self, name: &str, repository: &str) {
        let source = json!({"kind": "GitRepository", "name": repository});
        let chart = json!({"spec": {"chart": "./chart", "sourceRef": source}});
        let words = format!(
            "HelmChart 'flux-system/flux-system-{name}' is not ready: does not have an artifact"
        );
        let status = failed("SourceNotReady", &words);
        self.flux(&HELM_RELEASE, name, json!({"chart": chart}), status);
        let words = format!("no artifact available for GitRepository source '{repository}'");
        let spec = json!({"chart": "./chart", "sourceRef": source});
        let chart = format!("flux-system-{name}");
        self.flux(&HELM_CHART, &chart, spec, failed("NoSourceArtifact", &words));
    }

    /// Asks why, and holds the answer against what was planted.
    #[track_caller]
    fn expect(&self, kind: &Kind, name: &str, planted: &Planted) {
        self.cluster.0.recorder().clear();
        let run = self.cluster.nigari(&format!("why {} {name}", kind.command_words()));
        assert_eq!(run.exit_code(), Some(1), "{run}");
        let first = run.stdout().lines().next().unwrap();
        let seen = (&planted.cause, &planted.reason);
        let veiled = planted.veiled.first.as_ref().filter(|_| self.is_veiled);
        let (cause, reason) = veiled.map_or(seen, |(cause, reason)| (cause, reason));
        assert!(first.starts_with(cause), "{cause} is not named: {run}");
        assert!(first.contains(reason), "{reason} is not told: {run}");
        self.assert_told_unseen(&run, planted);
        for decoy in &self.decoys {
            assert!(!run.stdout().contains(decoy), "an unrelated object is named: {run}");
        }
        let is_behind = name != planted.name;
        let blocked = run.stdout().lines().find(|line| line.starts_with("blocked by it: "));
        let target = format!("{kind} flux-system/{name}");
        assert!(!is_behind || blocked.is_some_and(|line| line.contains(&target)), "{run}");
        self.assert_read_once(&run);
    }

    /// Waits for the object, and holds the first thing that is told about it against what was planted. The
    /// failure is told while it is retried, long before that is final.
    #[track_caller]
    fn expect_at_once(&self, planted: &Planted) {
        let words = format!("wait {} {}", planted.kind.command_words(), planted.name);
        let mut wait = command(&self.cluster.0, &format!("{words} --error-budget=1h"));
        let mut wait = wait.stderr(Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(wait.stderr.take().unwrap()).lines().map_while(Result::ok);
        let is_told = |line: &String| ["⚠️ ", "error: "].iter().any(|sign| line.starts_with(sign));
        let first = lines.find(is_told).unwrap_or_default();
        wait.kill().unwrap();
        wait.wait().unwrap();
        let cause = planted.cause.trim_end_matches([':', ' ']);
        assert!(first.contains(cause), "{cause} is not named: {first}");
        assert!(first.contains(&planted.reason), "{} is not told: {first}", planted.reason);
    }

    /// It is told what could not be seen, and nothing else.
    #[track_caller]
    fn assert_told_unseen(&self, run: &Run, planted: &Planted) {
        let told: BTreeSet<_> =
            run.stdout().lines().filter_map(|line| line.strip_prefix("not seen: ")).collect();
        let unseen = planted.veiled.unseen.iter().filter(|_| self.is_veiled);
        let lines: Vec<_> =
            unseen.map(|what| format!("cannot list {what} in namespace apps: forbidden")).collect();
        assert_eq!(told, lines.iter().map(String::as_str).collect(), "{run}");
    }

    /// Each object was read at most once, each list too, and no decoy by name.
    #[track_caller]
    fn assert_read_once(&self, run: &Run) {
        let mut seen = BTreeSet::new();
        let requests = self.cluster.0.recorder().all();
        let events = requests.iter().filter(|request| request.path.contains("/events"));
        let about_one = "fieldSelector=involvedObject.uid";
        let paths: Vec<_> = events.map(|request| &request.path).collect();
        assert!(paths.len() <= 1, "{paths:?}\n{run}");
        assert!(paths.iter().all(|path| path.contains(about_one)), "{paths:?}\n{run}");
        for request in requests {
            assert_eq!(request.method, "GET", "{run}");
            assert!(seen.insert(request.path.clone()), "read twice: {}\n{run}", request.path);
            for decoy in &self.decoys {
                assert!(!request.path.contains(decoy), "{}\n{run}", request.path);
            }
        }
    }

    /// No name of this world stands in the sources.
    fn assert_unknown(&self) {
        let names = self.names.borrow();
        let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                    continue;
                }
                let source = fs::read_to_string(&path).unwrap();
                let known = names.iter().find(|name| source.contains(name.as_str()));
                assert_eq!(known, None, "{}", path.display());
            }
        }
    }
}

/// Plants a fault at each depth, where everything can be seen and where Pods and Events cannot.
fn at_every_depth(plant: Plant) {
    for is_veiled in [false, true] {
        let world = World::new(is_veiled);
        let alone = plant(&world, &KUSTOMIZATION);
        world.expect(alone.kind, &alone.name, &alone);
        if !is_veiled {
            world.expect_at_once(&alone);
        }
        let (kind, name) = world.behind(&alone);
        world.expect(kind, &name, &alone);
        let deep = plant(&world, &HELM_RELEASE);
        let (kind, name) = world.far_behind(&deep);
        world.expect(kind, &name, &deep);
        world.assert_unknown();
    }
}

fn failed(reason: &str, message: &str) -> Value {
    let condition = |kind: &str, status: &str, reason: &str| {
        json!({"type": kind, "status": status, "reason": reason,
        "message": message, "observedGeneration": 1, "lastTransitionTime": "2026-01-01T00:00:00Z"})
    };
    json!({"conditions": [condition("Ready", "False", reason),
        condition("Reconciling", "True", "ProgressingWithRetry")]})
}

fn owner(kind: &str, name: &str) -> Value {
    json!({"apiVersion": "apps/v1", "kind": kind, "name": name, "uid": name, "controller": true})
}

/// The inventory's id of a Flux object.
fn id(kind: &Kind, name: &str) -> String {
    format!("flux-system_{name}_{}_{kind}", kind.group)
}

/// A Pod whose container waits.
fn container(reason: &str, message: &str) -> Value {
    json!({"phase": "Pending", "containerStatuses": [{"name": "main", "image": "i", "imageID": "",
        "ready": false, "restartCount": 0,
        "state": {"waiting": {"reason": reason, "message": message}}}]})
}

/// A fault of a Pod, of a Deployment that an object of `kind` has applied.
fn in_a_pod(world: &World, kind: &'static Kind, status: Value, reason: &str) -> Planted {
    let (name, workload) = (world.name(), world.name());
    world.unhealthy(kind, &name, &[format!("apps_{workload}_apps_Deployment")]);
    let pod = world.workload(&workload, status);
    let words = "MinimumReplicasUnavailable: Deployment does not have minimum availability.";
    let first = Some((format!("waits for Deployment apps/{workload}: "), words.to_owned()));
    let veiled = Veiled { first, unseen: &["Pods", "Events"] };
    Planted { kind, name, cause: format!("Pod apps/{pod}: "), reason: reason.to_owned(), veiled }
}

fn bad_image(world: &World, kind: &'static Kind) -> Planted {
    let image = format!("example.com/{}:1", world.name());
    let status = container("ImagePullBackOff", &format!("Back-off pulling image {image:?}"));
    let planted = in_a_pod(world, kind, status, "ImagePullBackOff: Failed to pull image");
    let pod = planted.cause.trim_start_matches("Pod apps/").trim_end_matches(": ");
    world.warning(pod, "Failed", &format!("Failed to pull image {image:?}: not found"));
    planted
}

fn unschedulable(world: &World, kind: &'static Kind) -> Planted {
    let words = "0/3 nodes are available: 3 Insufficient memory.";
    let status = json!({"phase": "Pending", "conditions": [{"type": "PodScheduled",
        "status": "False", "reason": "Unschedulable", "message": words}]});
    in_a_pod(world, kind, status, &format!("Unschedulable: {words}"))
}

fn missing_secret_key(world: &World, kind: &'static Kind) -> Planted {
    let words = format!("couldn't find key password in Secret apps/{}", world.name());
    let status = container("CreateContainerConfigError", &words);
    in_a_pod(world, kind, status, &format!("CreateContainerConfigError: {words}"))
}

fn quota(world: &World, kind: &'static Kind) -> Planted {
    let (name, workload) = (world.name(), world.name());
    world.unhealthy(kind, &name, &[format!("apps_{workload}_apps_Deployment")]);
    world.deployment(&workload);
    let set = format!("{workload}-7c9d");
    let words = format!("pods \"{set}-\" is forbidden: exceeded quota: compute, requested: pods=1");
    let failure = json!({"conditions": [{"type": "ReplicaFailure", "status": "True",
        "reason": "FailedCreate", "message": words}]});
    world.replica_set(&workload, &set, failure);
    // Its ReplicaSet tells everything, without any event.
    let veiled = Veiled { first: None, unseen: &["Pods"] };
    Planted { kind, name, cause: format!("ReplicaSet apps/{set}: "), reason: words, veiled }
}

/// A fault that a Kustomization tells in its own words.
fn in_its_own_words(world: &World, reason: &str, message: &str) -> Planted {
    let name = world.name();
    world.flux(&KUSTOMIZATION, &name, json!({}), failed(reason, message));
    let cause = format!("Kustomization flux-system/{name}: ");
    let (reason, veiled) = (format!("{reason}: {message}"), Veiled::default());
    Planted { kind: &KUSTOMIZATION, name, cause, reason, veiled }
}

fn webhook_down(world: &World, _: &'static Kind) -> Planted {
    let (workload, service) = (world.name(), world.name());
    let words = format!(
        "Deployment/apps/{workload} dry-run failed (InternalError): Internal error occurred: failed \
         calling webhook \"{service}.example.com\": failed to call webhook: Post \
         \"https://{service}.apps.svc:443/validate?timeout=10s\": service \"{service}\" not found"
    );
    in_its_own_words(world, "ReconciliationFailed", &words)
}

fn missing_crd(world: &World, _: &'static Kind) -> Planted {
    let widget = world.name();
    let words = format!(
        "Widget/apps/{widget} dry-run failed: no matches for kind \"Widget\" in version \"example.com/v1\""
    );
    in_its_own_words(world, "ReconciliationFailed", &words)
}

fn missing_decryption_key(world: &World, _: &'static Kind) -> Planted {
    let (name, secret) = (world.name(), world.name());
    let spec = json!({"decryption": {"provider": "sops", "secretRef": {"name": secret}}});
    let words = format!(
        "cannot get sops decryption Secret 'flux-system/{secret}': Secret \"{secret}\" not found"
    );
    world.flux(&KUSTOMIZATION, &name, spec, failed("BuildFailed", &words));
    let cause = format!("Secret flux-system/{secret} ");
    let (reason, veiled) = ("does not exist".to_owned(), Veiled::default());
    Planted { kind: &KUSTOMIZATION, name, cause, reason, veiled }
}

/// Something that is missing, and would be applied by what is suspended.
fn suspended_parent(world: &World, _: &'static Kind) -> Planted {
    let [name, missing, parent] = [world.name(), world.name(), world.name()];
    world.depending(&KUSTOMIZATION, &name, &missing);
    let mut child = world.cluster.get(&KUSTOMIZATION, &name).unwrap();
    child["metadata"]["labels"] = json!({"kustomize.toolkit.fluxcd.io/name": parent,
        "kustomize.toolkit.fluxcd.io/namespace": "flux-system"});
    world.cluster.put(child);
    let ready = json!({"conditions": [{"type": "Ready", "status": "True",
        "reason": "ReconciliationSucceeded", "observedGeneration": 1}]});
    world.flux(&KUSTOMIZATION, &parent, json!({"suspend": true}), ready);
    let cause = format!("Kustomization flux-system/{parent} ");
    let (reason, veiled) = ("is suspended".to_owned(), Veiled::default());
    Planted { kind: &KUSTOMIZATION, name, cause, reason, veiled }
}

fn dependency_cycle(world: &World, kind: &'static Kind) -> Planted {
    let [one, two] = [world.name(), world.name()];
    world.depending(kind, &one, &two);
    world.depending(kind, &two, &one);
    let reason = format!("dependency cycle: {one} → {two} → {one}");
    let cause = format!("{kind} flux-system/{one}: ");
    Planted { kind, cause, name: one, reason, veiled: Veiled::default() }
}

fn bad_chart_version(world: &World, _: &'static Kind) -> Planted {
    let [name, repository] = [world.name(), world.name()];
    let source = json!({"kind": "HelmRepository", "name": repository});
    let words = format!(
        "invalid chart reference: failed to get chart version for remote reference: no \
         '{repository}' chart with version matching '99.x' found"
    );
    let chart = json!({"chart": repository, "version": "99.x", "sourceRef": source});
    let not_ready = format!("HelmChart 'flux-system/flux-system-{name}' is not ready: {words}");
    let status = failed("SourceNotReady", &not_ready);
    world.flux(&HELM_RELEASE, &name, json!({"chart": {"spec": chart}}), status);
    let own = format!("flux-system-{name}");
    world.flux(&HELM_CHART, &own, chart, failed("InvalidChartReference", &words));
    let cause = format!("HelmChart flux-system/{own}: ");
    let reason = format!("InvalidChartReference: {words}");
    Planted { kind: &HELM_RELEASE, name, cause, reason, veiled: Veiled::default() }
}

/// An upgrade that ended before anything was applied; a Pod of the release before it is unhealthy too.
fn bad_template(world: &World, _: &'static Kind) -> Planted {
    let [name, workload] = [world.name(), world.name()];
    world.unhealthy(&HELM_RELEASE, &name, &[format!("apps_{workload}_apps_Deployment")]);
    world.workload(&workload, container("CrashLoopBackOff", "back-off 5m0s restarting"));
    let words = format!(
        "Helm upgrade failed for release apps/{name} with chart web@1.1.0: template: \
         web/templates/web.yaml:1:2: executing at <.Values.a.b>: nil pointer evaluating interface {{}}.b"
    );
    let mut release = world.cluster.get(&HELM_RELEASE, &name).unwrap();
    let time = "2026-01-01T00:00:00Z";
    for condition in release["status"]["conditions"].as_array_mut().unwrap() {
        if condition["type"] == "Ready" {
            condition["reason"] = json!("UpgradeFailed");
            condition["message"] = json!(words);
        }
    }
    release["status"]["lastAttemptedRevision"] = json!("1.1.0");
    release["status"]["lastAttemptedConfigDigest"] = json!("sha256:00");
    release["status"]["history"] = json!([{"name": name, "namespace": "apps", "version": 1,
        "status": "deployed", "chartName": "web", "chartVersion": "1.0.0", "digest": "sha256:00",
        "configDigest": "sha256:00", "firstDeployed": time, "lastDeployed": time}]);
    world.cluster.put(release);
    let cause = format!("HelmRelease flux-system/{name}: ");
    let reason = format!("UpgradeFailed: {words}");
    Planted { kind: &HELM_RELEASE, name, cause, reason, veiled: Veiled::default() }
}

fn in_a_source(world: &World, secret: Option<&str>, words: &str) -> Planted {
    let name = world.name();
    let mut spec = json!({"url": format!("https://{name}.example.com/fleet")});
    if let Some(secret) = secret {
        spec["secretRef"] = json!({"name": secret});
    }
    let message = format!("failed to checkout and determine revision: {words}");
    world.flux(&GIT_REPOSITORY, &name, spec, failed("GitOperationFailed", &message));
    let cause = format!("GitRepository flux-system/{name}: ");
    let (reason, veiled) = (format!("GitOperationFailed: {message}"), Veiled::default());
    Planted { kind: &GIT_REPOSITORY, name, cause, reason, veiled }
}

fn unknown_host(world: &World, _: &'static Kind) -> Planted {
    let host = world.name();
    let words = format!(
        "unable to list remote for 'https://{host}': dial tcp: lookup {host} on 10.96.0.10:53: no such host"
    );
    in_a_source(world, None, &words)
}

fn refused_credentials(world: &World, _: &'static Kind) -> Planted {
    let secret = world.name();
    world.cluster.put(json!({"apiVersion": "v1", "kind": "Secret",
        "metadata": {"name": secret, "namespace": "flux-system"}}));
    let words = "unable to list remote: authentication required: Invalid username or token.";
    in_a_source(world, Some(&secret), words)
}

#[test]
fn an_image_that_cannot_be_pulled() {
    at_every_depth(bad_image);
}

#[test]
fn a_pod_that_fits_on_no_node() {
    at_every_depth(unschedulable);
}

#[test]
fn a_key_that_is_missing_in_a_secret() {
    at_every_depth(missing_secret_key);
}

#[test]
fn a_quota_that_is_used_up() {
    at_every_depth(quota);
}

#[test]
fn a_webhook_that_does_not_answer() {
    at_every_depth(webhook_down);
}

#[test]
fn a_definition_that_is_missing() {
    at_every_depth(missing_crd);
}

#[test]
fn a_decryption_key_that_is_missing() {
    at_every_depth(missing_decryption_key);
}

#[test]
fn a_parent_that_is_suspended() {
    at_every_depth(suspended_parent);
}

#[test]
fn dependencies_that_go_round() {
    at_every_depth(dependency_cycle);
}

#[test]
fn a_chart_version_that_does_not_exist() {
    at_every_depth(bad_chart_version);
}

#[test]
fn a_template_that_cannot_be_rendered() {
    at_every_depth(bad_template);
}

#[test]
fn a_host_that_nobody_knows() {
    at_every_depth(unknown_host);
}

#[test]
fn credentials_that_are_refused() {
    at_every_depth(refused_credentials);
}
