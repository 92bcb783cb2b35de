//! Stories that are cut off before and after every write they make: run again, they come to the same end.
//!
//! The points are computed: a run that is not cut off tells how many writes there are. A program of its
//! own: there are many points, and the other transcripts are timed.

#![allow(clippy::unwrap_used, reason = "a test ends where something is not as it must be")]

#[allow(dead_code, reason = "shared with the transcripts, which need all of it")]
#[path = "../cli/fleet.rs"]
mod fleet;
#[allow(dead_code, reason = "shared with the transcripts, which need all of it")]
#[path = "../cli/support.rs"]
mod support;

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use serde_json::Value;

use crate::fleet::Fleet;

/// Where a story is cut off: `before:N` or `after:N`, writes counted from 1.
#[derive(Debug)]
struct Point(String);

/// What a user types, one command after the other.
struct Story {
    /// What went before and is not cut off.
    before: &'static [&'static str],
    commands: &'static [&'static str],
}

impl Story {
    /// Tells what went before, and forgets what was written for it.
    fn begin(&self) -> Fleet {
        let fleet = Fleet::new();
        for command in self.before {
            let run = fleet.nigari(command);
            assert_eq!(run.exit_code(), Some(0), "{command}: {run}");
        }
        fleet.sandbox.recorder().clear();
        fleet
    }

    /// Tells it without an interruption.
    fn tell(&self) -> Fleet {
        let fleet = self.begin();
        for command in self.commands {
            let run = fleet.nigari(command);
            assert_eq!(run.exit_code(), Some(0), "{command}: {run}");
        }
        fleet
    }

    /// Cuts it off at `point`; the command that was cut off is typed again.
    fn tell_cut_off(&self, point: &Point) -> Fleet {
        let fleet = self.begin();
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
        let count = writes.iter().filter(|request| request.double == "kube").count();
        assert!(count > 0, "a story that writes nothing cannot be cut off");
        let around = |n: usize| ["before", "after"].map(|place| Point(format!("{place}:{n}")));
        (1..=count).flat_map(around).collect()
    }

    /// Cuts it off at every point, and compares what comes of it.
    fn converges_wherever_it_is_cut_off(&self) {
        let whole = self.tell();
        let (expected, points) = (cluster(&whole), self.points(&whole));
        let (next, failures) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
        let work = || {
            while let Some(point) = points.get(next.fetch_add(1, Ordering::Relaxed)) {
                let fleet = self.tell_cut_off(point);
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

/// The kinds whose objects a story leaves behind, apart from what the cluster makes of them.
const KINDS: [(&str, &str); 9] = [
    ("apiextensions.k8s.io/v1", "CustomResourceDefinition"),
    ("apps/v1", "Deployment"),
    ("networking.k8s.io/v1", "NetworkPolicy"),
    ("rbac.authorization.k8s.io/v1", "ClusterRole"),
    ("rbac.authorization.k8s.io/v1", "ClusterRoleBinding"),
    ("v1", "Namespace"),
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
    Story { before: &[], commands: &["install"] }.converges_wherever_it_is_cut_off();
}

#[test]
fn an_upgrade() {
    let commands = &["install --log-level=debug --network-policy=false"];
    Story { before: &["install"], commands }.converges_wherever_it_is_cut_off();
}
