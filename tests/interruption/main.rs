//! Stories that are cut off before and after every write they make: run again, they come to the same end.
//!
//! The points are computed: a run that is not cut off tells how many writes there are. A program of its
//! own: there are many points, and the other transcripts are timed.

#![allow(clippy::unwrap_used, reason = "a test ends where something is not as it must be")]
#![allow(clippy::print_stdout, reason = "the number of points is told")]

mod bootstraps;
#[cfg(target_os = "linux")]
mod files;
mod kills;
#[cfg(target_os = "linux")]
mod tracer;

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use nigari_sandbox::recorder::Request;
use nigari_test_support::fleet::Fleet;
use serde_json::{Value, json};

/// Where a story is cut off: `before:N` or `after:N`, writes counted from 1.
#[derive(Debug)]
struct Point(String);

/// What a user types, one command after the other.
struct Story {
    /// What went before and is not cut off.
    before: &'static [&'static str],
    /// What else is on the cluster when it begins.
    also: fn() -> Vec<Value>,
    commands: &'static [&'static str],
}

impl Story {
    /// Everything on the cluster when it begins. What went before is told once, and put there for each
    /// point: that is ten times faster than telling it again.
    fn beginning(&self) -> Vec<Value> {
        let fleet = Fleet::new();
        for command in self.before {
            let run = fleet.nigari(command);
            assert_eq!(run.exit_code(), Some(0), "{command}: {run}");
        }
        // The Pods are made anew.
        let lists = KINDS.iter().map(|(api_version, kind)| fleet.kube().list(api_version, kind));
        let mut all: Vec<Value> = lists.flatten().collect();
        all.extend((self.also)());
        fleet.finish();
        all
    }

    fn begin(&self, beginning: &[Value]) -> Fleet {
        let fleet = Fleet::new();
        beginning.iter().for_each(|object| fleet.kube().put(object.clone()).unwrap());
        fleet
    }

    /// Tells it without an interruption.
    fn tell(&self, beginning: &[Value]) -> Fleet {
        let fleet = self.begin(beginning);
        for command in self.commands {
            let run = fleet.nigari(command);
            assert_eq!(run.exit_code(), Some(0), "{command}: {run}");
        }
        fleet
    }

    /// Cuts it off at `point`; the command that was cut off is typed again.
    fn tell_cut_off(&self, beginning: &[Value], point: &Point) -> Fleet {
        let fleet = self.begin(beginning);
        fleet.sandbox.faults().arm(&format!("kube.cut={}", point.0)).unwrap();
        let mut cuts = 0;
        for command in self.commands {
            let run = fleet.nigari(command);
            if run.exit_code() == Some(0) {
                continue;
            }
            cuts += 1;
            assert_eq!(run.exit_code(), Some(8), "{point:?} {command}: {run}");
            fleet.sandbox.faults().clear("kube.cut");
            let again = fleet.nigari(command);
            assert_eq!(again.exit_code(), Some(0), "{point:?} {command}: {again}");
        }
        assert_eq!(cuts, 1, "{point:?} is in one command");
        fleet
    }

    /// Every point at which it can be cut off.
    fn points(&self, whole: &Fleet) -> Vec<Point> {
        let writes = whole.sandbox.recorder().writes();
        // A write that a player was faster than is refused and sent again; not every run has one.
        let is_made = |request: &&Request| request.double == "kube" && request.status < 400;
        let count = writes.iter().filter(is_made).count();
        assert!(count > 0, "a story that writes nothing cannot be cut off");
        let around = |n: usize| ["before", "after"].map(|place| Point(format!("{place}:{n}")));
        (1..=count).flat_map(around).collect()
    }

    /// Cuts it off at every point, and compares what comes of it.
    fn converges_wherever_it_is_cut_off(&self) {
        let beginning = self.beginning();
        let whole = self.tell(&beginning);
        let (expected, points) = (cluster(&whole), self.points(&whole));
        let (next, failures) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
        let work = || {
            while let Some(point) = points.get(next.fetch_add(1, Ordering::Relaxed)) {
                let fleet = self.tell_cut_off(&beginning, point);
                let found = cluster(&fleet);
                if found != expected {
                    let mut failures = failures.lock().unwrap();
                    failures.push(format!("{point:?}: {}", difference(&expected, &found)));
                }
                fleet.finish();
            }
        };
        thread::scope(|scope| [(); 2].map(|()| scope.spawn(work)).map(drop));
        let failures = failures.into_inner().unwrap();
        assert!(failures.is_empty(), "{} of {}: {failures:#?}", failures.len(), points.len());
        whole.finish();
    }
}

/// The kinds whose objects a story leaves behind, apart from what the cluster makes of them; what others
/// need comes first.
const KINDS: [(&str, &str); 10] = [
    ("v1", "Namespace"),
    ("apiextensions.k8s.io/v1", "CustomResourceDefinition"),
    ("v1", "ConfigMap"),
    ("apps/v1", "Deployment"),
    ("networking.k8s.io/v1", "NetworkPolicy"),
    ("rbac.authorization.k8s.io/v1", "ClusterRole"),
    ("rbac.authorization.k8s.io/v1", "ClusterRoleBinding"),
    ("v1", "ResourceQuota"),
    ("v1", "Service"),
    ("v1", "ServiceAccount"),
];

/// Every object that is left, and who owns its fields, without what differs each time: identities, times,
/// and how often it was written.
fn cluster(fleet: &Fleet) -> Vec<Value> {
    let lists = KINDS.iter().flat_map(|(api_version, kind)| fleet.kube().list(api_version, kind));
    lists.map(essence).collect()
}

fn essence(mut object: Value) -> Value {
    let fields = object.as_object_mut().unwrap();
    fields.remove("status");
    let metadata = fields["metadata"].as_object_mut().unwrap();
    for volatile in ["uid", "resourceVersion", "creationTimestamp", "generation"] {
        metadata.remove(volatile);
    }
    if let Some(Value::Array(owners)) = metadata.get_mut("managedFields") {
        owners.retain(|owner| owner["manager"] == "flux");
        owners.iter_mut().for_each(|owner| drop(owner.as_object_mut().unwrap().remove("time")));
    }
    if object["kind"] == "Service" {
        for address in ["clusterIP", "clusterIPs"] {
            object["spec"].as_object_mut().unwrap().remove(address);
        }
    }
    object
}

/// The first object that is not as expected.
fn difference(expected: &[Value], found: &[Value]) -> String {
    let missing = expected.iter().find(|object| !found.contains(object));
    let extra = found.iter().find(|object| !expected.contains(object));
    format!("expected {missing:?}, found {extra:?}")
}

#[test]
fn an_installation() {
    Story { before: &[], also: Vec::new, commands: &["install"] }
        .converges_wherever_it_is_cut_off();
}

#[test]
fn an_upgrade() {
    let commands = &["install --log-level=debug --network-policy=false"];
    Story { before: &["install"], also: Vec::new, commands }.converges_wherever_it_is_cut_off();
}

/// Fewer components than there are: one Deployment is deleted as all others are.
#[test]
fn an_uninstallation() {
    let before = &["install --components=source-controller,kustomize-controller"];
    let commands = &["uninstall --silent"];
    Story { before, also: in_use, commands }.converges_wherever_it_is_cut_off();
}

/// A Kustomization, and what it has applied: its finalizer would delete that.
fn in_use() -> Vec<Value> {
    let object = |kind: &str, name: &str, rest: Value| {
        let mut object = json!({"kind": kind, "metadata": {"name": name, "namespace": "default"}});
        object.as_object_mut().unwrap().extend(rest.as_object().unwrap().clone());
        object
    };
    let mut applied = object("ConfigMap", "settings", json!({"apiVersion": "v1"}));
    applied["metadata"]["labels"] = json!({
        "kustomize.toolkit.fluxcd.io/name": "apps",
        "kustomize.toolkit.fluxcd.io/namespace": "default",
    });
    let spec = json!({"interval": "10m", "prune": true, "path": "./",
        "sourceRef": {"kind": "GitRepository", "name": "apps"}});
    let entries = json!([{"id": "default_settings__ConfigMap", "v": "v1"}]);
    let mut kustomization = object(
        "Kustomization",
        "apps",
        json!({"apiVersion": "kustomize.toolkit.fluxcd.io/v1", "spec": spec,
            "status": {"inventory": {"entries": entries}}}),
    );
    let mut source = object(
        "GitRepository",
        "apps",
        json!({"apiVersion": "source.toolkit.fluxcd.io/v1",
            "spec": {"interval": "10m", "suspend": true, "url": "https://localhost/apps"}}),
    );
    // From the start, or some runs would have one more to take away than others.
    for object in [&mut kustomization, &mut source] {
        object["metadata"]["finalizers"] = json!(["finalizers.fluxcd.io"]);
    }
    vec![applied, kustomization, source]
}
