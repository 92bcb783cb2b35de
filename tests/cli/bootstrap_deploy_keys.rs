//! Deploy keys beside the one of the cluster that is bootstrapped: those of another run, of another cluster, of
//! another repository.

use std::process::Child;

use k8s_openapi::jiff::{SignedDuration, Timestamp};
use nigari_sandbox::sandbox::Sandbox;

use nigari_test_support::fleet::{Fleet, REPOSITORY};
use nigari_test_support::run::Run;

const TITLE: &str = "flux-system-main-flux-system-./clusters/production";
const STAYS: &str = "another cluster may need it, so that it stays";

/// The key in the Secret is a deploy key of the repository, and the cluster fetches with it.
#[track_caller]
fn assert_fetches(fleet: &Fleet, told: &Run) {
    let public = fleet.secret("identity.pub").unwrap();
    let keys = fleet.deploy_keys();
    assert!(keys.iter().any(|key| key.key == public.trim()), "{keys:?}\n{told}");
    let fetches = fleet.nigari("reconcile source git flux-system");
    assert_eq!(fetches.exit_code(), Some(0), "{fetches}\n{told}");
}

fn signal(fleet: &Fleet, child: &Child, name: &str) {
    fleet.shell(&format!("kill -{name} {}", child.id()));
}

/// Says that the only deploy key was last used so long ago.
fn last_used(fleet: &Fleet, ago: SignedDuration) {
    let id = fleet.deploy_keys()[0].id;
    let time = Timestamp::now() - ago;
    fleet.github().set_last_use("acme", REPOSITORY, id, Some(time));
}

#[test]
fn a_rotation_in_the_middle_of_another_wins() {
    let fleet = Fleet::bootstrapped();
    let before = fleet.secret("identity.pub");
    // So that the first is still waiting when it is stopped.
    fleet.sandbox.faults().arm("source.delay=8000").unwrap();
    let first = fleet.start(&fleet.bootstrap_arguments("--rotate"));
    fleet.until("the first has written the Secret", || fleet.secret("identity.pub") != before);
    signal(&fleet, &first, "STOP");
    fleet.sandbox.faults().clear("source.delay");
    let second = fleet.bootstrap("--rotate");
    assert_eq!(second.exit_code(), Some(0), "{second}");
    let won = fleet.secret("identity.pub");
    signal(&fleet, &first, "CONT");
    let first = fleet.finished(first);
    assert_eq!(first.exit_code(), Some(7), "{first}");
    let told = "somebody else wrote Secret flux-system/flux-system while this command was running: \
                no deploy key was deleted";
    assert!(first.stderr().contains(told), "{first}");
    assert_eq!(fleet.secret("identity.pub"), won);
    assert_eq!(fleet.deploy_keys().len(), 1, "{first}");
    assert_fetches(&fleet, &first);
    fleet.finish();
}

#[test]
fn two_rotations_at_once_leave_a_key_that_works() {
    let fleet = Fleet::bootstrapped();
    let arguments = fleet.bootstrap_arguments("--rotate");
    for _ in 0..2 {
        let runs = [(); 2].map(|()| fleet.start(&arguments)).map(|child| fleet.finished(child));
        for run in &runs {
            assert!(matches!(run.exit_code(), Some(0 | 7)), "{run}");
            assert_fetches(&fleet, run);
        }
    }
    let last = fleet.bootstrap("--rotate");
    assert_eq!(last.exit_code(), Some(0), "{last}");
    assert_eq!(fleet.deploy_keys().len(), 1, "{last}");
    assert_fetches(&fleet, &last);
    fleet.finish();
}

#[test]
fn the_key_of_another_cluster_stays_as_long_as_it_is_used() {
    let old = Fleet::bootstrapped();
    let theirs = old.deploy_keys()[0].key.clone();
    let new = Fleet::of(Sandbox::builder().beside(&old.sandbox));
    let told = format!("acme/fleet-infra has another deploy key {TITLE} SHA256:");

    for more in ["--check", "--dry-run", "", "", "--rotate"] {
        let run = new.bootstrap(more);
        assert_eq!(run.exit_code(), Some(0), "{run}");
        for told in [told.as_str(), ", last used ", STAYS, "/acme/fleet-infra/settings/keys"] {
            assert!(run.stderr().contains(told), "{told}: {run}");
        }
    }
    assert_eq!(new.deploy_keys().len(), 2);
    assert!(old.deploy_keys().iter().any(|key| key.key == theirs));
    let fetches = old.nigari("reconcile source git flux-system");
    assert_eq!(fetches.exit_code(), Some(0), "{fetches}");
    new.finish();
    old.finish();
}

#[test]
fn the_key_of_a_cluster_that_is_gone_goes() {
    let old = Fleet::bootstrapped();
    last_used(&old, SignedDuration::from_hours(8 * 24));
    let theirs = old.deploy_keys()[0].key.clone();
    let new = Fleet::of(Sandbox::builder().beside(&old.sandbox));
    let check = new.bootstrap("--check");
    let goes = format!("the old deploy key {TITLE} of acme/fleet-infra goes");
    assert!(check.stderr().contains(&goes) && !check.stderr().contains(STAYS), "{check}");
    let run = new.bootstrap("");
    assert_eq!(run.exit_code(), Some(0), "{run}");
    assert!(run.stderr().contains("the old deploy key of acme/fleet-infra is deleted"), "{run}");
    assert!(new.deploy_keys().iter().all(|key| key.key != theirs));
    assert_eq!(new.deploy_keys().len(), 1);
    assert_fetches(&new, &run);
    new.finish();
    old.finish();
}

#[test]
fn a_rotation_that_was_killed_is_finished_by_a_plain_run_if_the_cluster_has_the_new_key() {
    for (place, has_new_key) in [
        ("github.hold=after:1", false),
        ("kube.hold=before:1", false),
        ("kube.hold=after:1", true),
        ("kube.hold=before:2", true),
        ("kube.hold=after:2", true),
        ("github.hold=before:2", true),
        ("github.hold=after:2", true),
    ] {
        let fleet = Fleet::bootstrapped();
        let before = fleet.secret("identity.pub");
        fleet.sandbox.faults().arm(place).unwrap();
        let fault = place.split('=').next().unwrap();
        let mut child = fleet.start(&fleet.bootstrap_arguments("--rotate"));
        fleet.until(place, || fleet.sandbox.faults().is_reached(fault));
        child.kill().unwrap();
        fleet.finished(child);
        fleet.sandbox.faults().clear(fault);
        assert_eq!(fleet.secret("identity.pub") != before, has_new_key, "{place}");

        let plain = fleet.bootstrap("");
        assert_eq!(plain.exit_code(), Some(0), "{place}: {plain}");
        assert_fetches(&fleet, &plain);
        // What nobody has used yet may be of a rotation that is still going on.
        let told = plain.stderr().contains(", which was never used: another cluster may need it");
        assert_eq!(told, !has_new_key, "{place}: {plain}");
        assert_eq!(fleet.deploy_keys().len(), if has_new_key { 1 } else { 2 }, "{place}: {plain}");

        let rotated = fleet.bootstrap("--rotate");
        assert_eq!(rotated.exit_code(), Some(0), "{place}: {rotated}");
        assert_eq!(fleet.deploy_keys().len(), 1, "{place}: {rotated}");
        fleet.finish();
    }
}

#[test]
fn a_key_of_ones_own_that_another_repository_has_is_refused_with_a_way_out() {
    let fleet = Fleet::new();
    let own = fleet.given("own");
    fleet.shell(&format!("ssh-keygen -q -t ed25519 -N '' -C mine -f {}", own.display()));
    let more = format!("--private-key-file={}", own.display());
    let run = fleet.bootstrap(&more);
    assert_eq!(run.exit_code(), Some(0), "{run}");
    let other = Fleet::of(Sandbox::builder().beside(&fleet.sandbox));
    let run = other.nigari(&format!(
        "bootstrap github --owner=acme --repository=other --path=clusters/production {more}"
    ));
    assert_eq!(run.exit_code(), Some(7), "{run}");
    let hint =
        "hint: each key is for one repository: leave out --private-key-file, or give another";
    assert!(run.stderr().contains(hint), "{run}");
    other.finish();
    fleet.finish();
}
