//! What is read, and what it says: R16 to R18.

use std::fmt::Write as _;

use nigari::kinds::helm::HELM_RELEASE;
use nigari::kinds::kustomize::KUSTOMIZATION;
use nigari::kinds::notification::RECEIVER;
use nigari_api::crd;
use nigari_test_support::cluster::{kustomization, object};
use nigari_test_support::script::conditions;
use serde_json::json;

use crate::mode::{Seen, compare, compare_in_sandbox};
use crate::world::World;

/// The Kustomization `apps`, which says this of itself; not ready means that it cannot be built.
pub(crate) fn put_apps(world: &World, ready: &str, message: &str) {
    let mut apps = kustomization("apps", json!({}));
    let mut conditions = conditions(&apps, ready, "BuildFailed");
    conditions[0]["message"] = json!(message);
    apps["status"] = json!({"observedGeneration": 1, "conditions": conditions});
    world.put(apps);
}

#[test]
fn r16_a_kind_that_is_not_installed_is_no_empty_one() {
    let claim = "a kind that is not installed is told apart from one without objects";
    let (with, without) = compare("R16", claim, |world, fault| {
        if !fault {
            world.install(&RECEIVER);
        }
        // On a cluster that others share, the one is installed and the other is not.
        world.nigari(if fault { "get alert-providers" } else { "get receivers" })
    });
    with.expect(4, "error: the cluster has no providers (notification.toolkit.fluxcd.io ");
    without.expect(3, "error: no Receiver objects found in \"flux-system\" namespace");
}

#[test]
fn r16_an_object_that_is_not_there_is_named() {
    let (with, without) = compare("R16", "an object that is not there is named", |world, fault| {
        if !fault {
            put_apps(world, "True", "applied");
        }
        world.nigari("get ks apps")
    });
    with.expect(3, "Kustomization apps not found in \"flux-system\" namespace");
    without.expect_success();
}

#[test]
fn r16_what_is_forbidden_is_said_in_the_servers_words() {
    let claim = "what is forbidden is said in the server's words";
    let (with, without) = compare("R16", claim, |world, fault| {
        world.restrict();
        put_apps(world, "True", "applied");
        if fault {
            world.forbid(KUSTOMIZATION.group);
        }
        world.nigari("get ks apps")
    });
    with.expect(6, "cannot list resource \"kustomizations\" in API group");
    without.expect_success();
}

#[test]
fn r16_a_server_that_does_not_answer_is_named() {
    let claim = "a server that does not answer is named";
    let (with, without) = compare("R16", claim, |world, fault| {
        put_apps(world, "True", "applied");
        let mut relay = world.relay();
        if fault {
            relay.close();
        }
        world.nigari(&format!("get ks apps {}", relay.flag()))
    });
    with.expect(
        8,
        "error: cannot reach the cluster at https://localhost:[PORT]: Connection refused",
    );
    without.expect_success();
}

/// Why what a cluster serves is only tried on one that nobody shares.
const SERVES: &str = "what it serves is the same for all who share it";

/// Serves HelmReleases in this version and no other.
fn serve_only(world: &World, version: &str) {
    let mut definition = crd::definition("helmreleases.helm.toolkit.fluxcd.io").unwrap();
    let versions = definition["spec"]["versions"].as_array_mut().unwrap();
    versions.truncate(1);
    versions[0]["name"] = json!(version);
    world.put(definition);
}

fn put_release(world: &World, version: &str) {
    let chart = json!({"kind": "OCIRepository", "name": "podinfo"});
    let spec = json!({"interval": "1m", "chartRef": chart});
    let mut release = object(&HELM_RELEASE, "podinfo", json!({"spec": spec}));
    release["apiVersion"] = json!(format!("{}/{version}", HELM_RELEASE.group));
    world.put(release);
}

#[test]
fn r17_a_cluster_with_only_an_older_version_is_read_in_it() {
    let claim = "a cluster that serves only an older version is read and written in it";
    let (with, without) = compare_in_sandbox("R17", claim, SERVES, |world, fault| {
        let version = if fault { "v2beta2" } else { "v2" };
        serve_only(world, version);
        put_release(world, version);
        let mut seen = world.nigari("suspend hr podinfo");
        seen.story += &world.nigari("get hr podinfo -o yaml").story;
        seen
    });
    with.expect_success();
    without.expect_success();
    with.expect_told("apiVersion: helm.toolkit.fluxcd.io/v2beta2\n");
    with.expect_told("suspend: true\n");
    without.expect_told("apiVersion: helm.toolkit.fluxcd.io/v2\n");
}

#[test]
fn r17_a_cluster_with_only_a_newer_version_is_told() {
    let claim = "a cluster that serves only a newer version: which ones are known is told";
    let (with, without) = compare_in_sandbox("R17", claim, SERVES, |world, fault| {
        let version = if fault { "v3" } else { "v2" };
        serve_only(world, version);
        put_release(world, version);
        world.nigari("get hr podinfo")
    });
    with.expect(4, "error: the cluster has no helmreleases (helm.toolkit.fluxcd.io v2, v2beta2)");
    without.expect_success();
}

/// What is told of `apps` by everything that repeats its message.
fn told_of_apps(world: &World, message: &str) -> Seen {
    put_apps(world, "False", message);
    let mut seen = world.nigari("get ks");
    for more in ["get ks -o json", "get ks -o yaml", "why ks apps", "wait ks apps --timeout 1m"] {
        seen.story += &world.nigari(more).story;
    }
    seen
}

#[test]
fn r18_terminal_escapes_are_written_out() {
    let claim = "a terminal obeys nothing that a message says";
    let (with, without) = compare("R18", claim, |world, fault| {
        let hostile = "\u{1b}[2J\u{1b}]0;title\u{7}\r\u{8}\u{9b}2J\u{0}";
        told_of_apps(world, &format!("gone{}", if fault { hostile } else { "" }))
    });
    for seen in with.each() {
        let is_obeyed = |c: char| c.is_control() && c != '\n';
        assert!(!seen.story.contains(is_obeyed), "on {}: {:?}", seen.api, seen.story);
    }
    with.expect_told(r"gone\u{1b}[2J\u{1b}]0;title\u{7}\u{d}\u{8}\u{9b}2J\u{0}");
    without.expect_told("gone\n");
}

#[test]
fn r18_right_to_left_marks_are_written_out() {
    let claim = "nothing that a message says turns the rest of the line around";
    let (with, without) = compare("R18", claim, |world, fault| {
        let marks = "\u{61c}\u{200e}\u{200f}\u{202a}\u{202b}\u{202c}\u{202d}\u{202e}\u{2066}\u{2067}\u{2068}\u{2069}";
        told_of_apps(world, &format!("gone{}", if fault { marks } else { "" }))
    });
    for seen in with.each() {
        let turns = |c: char| matches!(c, '\u{61c}' | '\u{200e}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        assert!(!seen.story.contains(turns), "on {}: {:?}", seen.api, seen.story);
    }
    with.expect_told(r"gone\u{61c}\u{200e}\u{200f}\u{202a}");
    without.expect_told("gone\n");
}

/// The lines that a message makes of a table: one, whatever it holds.
#[track_caller]
fn expect_one_row(seen: &Seen, message: &str) {
    let rows: Vec<&str> = seen.story.lines().collect();
    let told: Vec<&str> = message.split_whitespace().collect();
    assert_eq!(rows.len(), 2, "on {}: {} lines", seen.api, rows.len());
    assert!(rows[1].ends_with(&told.join(" ")), "on {}: not in one piece", seen.api);
}

/// Lines of a message, so many bytes of them.
fn lines(bytes: usize) -> String {
    "accumulating resources\n  ".repeat(bytes / 25 + 1)[..bytes].to_owned()
}

#[test]
fn r18_the_longest_message_is_one_row() {
    let claim = "the longest message that the definitions allow is one row, and whole in a pipe";
    let message = lines(32 * 1024 - 1);
    let (with, without) = compare("R18", claim, |world, fault| {
        put_apps(world, "False", if fault { &message } else { "short" });
        world.nigari("get ks")
    });
    with.each().for_each(|seen| expect_one_row(seen, &message));
    without.each().for_each(|seen| expect_one_row(seen, "short"));
}

#[test]
fn r18_a_message_of_a_mebibyte_is_one_row() {
    let claim = "a message of 1 MiB is one row, and whole in a pipe";
    let reason = "the definitions allow a condition 32 KiB";
    let message = lines(1024 * 1024);
    let (with, without) = compare_in_sandbox("R18", claim, reason, |world, fault| {
        put_apps(world, "False", if fault { &message } else { "short" });
        world.nigari("get ks")
    });
    with.each().for_each(|seen| expect_one_row(seen, &message));
    without.each().for_each(|seen| expect_one_row(seen, "short"));
}

/// Why the server is only overloaded where it is ours.
const OVERLOAD: &str = "one that is overloaded is of no use to the others";

#[test]
fn r18_a_throttled_request_is_sent_again() {
    let claim = "a request that is throttled is sent again when the server wants it";
    let (with, without) = compare_in_sandbox("R18", claim, OVERLOAD, |world, fault| {
        put_apps(world, "True", "applied");
        if fault {
            world.sandbox().faults().arm("kube.request=429*2").unwrap();
        }
        let mut seen = world.nigari("get ks apps");
        let requests = world.sandbox().recorder().all();
        let refused = requests.iter().filter(|request| request.status == 429).count();
        writeln!(seen.story, "throttled: {refused}").unwrap();
        seen
    });
    with.expect_success();
    with.expect_told("throttled: 2\n");
    without.expect_success();
    without.expect_told("throttled: 0\n");
}

#[test]
fn r18_a_server_that_throttles_for_ever_is_given_up() {
    let claim = "a server that throttles every request is given up, and named";
    let (with, without) = compare_in_sandbox("R18", claim, OVERLOAD, |world, fault| {
        put_apps(world, "True", "applied");
        if fault {
            world.sandbox().faults().arm("kube.request=429").unwrap();
        }
        world.nigari("get ks apps")
    });
    with.expect(8, "https://localhost:[PORT] is not available: ");
    without.expect_success();
}

/// The most memory that a process has used so far, in KiB; nothing once it has ended.
#[cfg(target_os = "linux")]
fn peak_kib(process: u32) -> Option<usize> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    peak.trim().trim_end_matches(" kB").parse().ok()
}

/// What `get` printed, and the most memory that it took. It cannot end before its output is read, which is
/// more than a pipe holds.
#[cfg(target_os = "linux")]
fn measured(world: &World, arguments: &str) -> (Seen, usize) {
    use std::io::{BufRead as _, BufReader};
    use std::process::{Output, Stdio};

    let mut command = world.command(arguments);
    let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
    let mut output = BufReader::new(child.stdout.take().unwrap());
    let (mut stdout, mut peak, mut lines) = (Vec::new(), 0, 0_usize);
    while output.read_until(b'\n', &mut stdout).unwrap() > 0 {
        if lines.is_multiple_of(100) {
            peak = peak_kib(child.id()).unwrap_or(peak);
        }
        lines += 1;
    }
    let status = child.wait().unwrap();
    (world.seen(Output { status, stdout, stderr: Vec::new() }), peak)
}

#[test]
#[cfg(target_os = "linux")]
fn r18_thousands_of_objects_take_the_memory_of_their_rows() {
    use std::sync::Mutex;

    let claim =
        "5,000 objects of 4 KiB take the memory of their rows, and printed as they are of a page";
    let reason = "to write 20 MiB holds the others up; `cargo xtask bench get` reads 10,000 there";
    let peaks = Mutex::new(Vec::new());
    let (with, without) = compare_in_sandbox("R18", claim, reason, |world, fault| {
        // Either way the rows are more than a pipe holds.
        let count = if fault { 5_000 } else { 2_000 };
        for number in 0..count {
            let mut apps = kustomization(&format!("apps-{number:04}"), json!({}));
            apps["metadata"]["annotations"] = json!({"padding": "x".repeat(4 * 1024)});
            apps["status"] = json!({"conditions": conditions(&apps, "True", "Any")});
            world.put(apps);
        }
        let (seen, rows) = measured(world, "get ks");
        let (whole, json) = measured(world, "get ks -o json");
        assert_eq!(whole.story.matches("\"padding\"").count(), count, "on {}", seen.api);
        peaks.lock().unwrap().push((count, [rows, json]));
        seen
    });
    for (seen, rows) in with.each().zip([5_000]).chain(without.each().zip([2_000])) {
        assert_eq!(seen.story.lines().count(), rows + 1, "on {}", seen.api);
    }
    let mut peaks = peaks.into_inner().unwrap();
    peaks.sort_unstable();
    let [(_, few), (_, many)] = peaks[..] else { panic!("{peaks:?}") };
    for (few, many) in few.into_iter().zip(many) {
        // The bodies of what is more are 12 MiB.
        assert!(many < few + 6 * 1024, "{few} KiB for 2,000 objects, {many} KiB for 5,000");
    }
}
