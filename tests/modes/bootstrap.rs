//! A failure mode of a bootstrap: the whole sandbox, GitHub included, with the fault and without.

use nigari_sandbox::recorder::Request;
use nigari_sandbox::sandbox::Builder;
use nigari_test_support::cluster::in_short;
use nigari_test_support::fleet::Fleet;
use nigari_test_support::run::Run;

use crate::mode::{Runs, Seen, compare_alone};

/// Why a bootstrap's modes are not tried on the real control plane that the others share.
const REASON: &str = "a bootstrap has a cluster for itself, and the fault is on the side of GitHub";

/// Runs a scenario with its fault and without, each in a fleet of its own, whose doubles and secrets are
/// looked at afterwards.
#[track_caller]
pub(crate) fn compare(
    id: &str,
    claim: &str,
    builder: fn() -> Builder,
    scenario: impl Fn(&Fleet, bool) -> Seen + Sync,
) -> (Runs, Runs) {
    compare_alone(id, claim, REASON, |fault| {
        let fleet = Fleet::of(builder());
        let seen = scenario(&fleet, fault);
        fleet.finish();
        seen
    })
}

/// What came of a run: what it said, what it wrote on GitHub and on the cluster, what it read of GitHub. How
/// often it read is a part of what was told: of some faults it is all that anybody notices.
pub(crate) fn seen(fleet: &Fleet, run: &Run) -> Seen {
    let mut requests = fleet.sandbox.recorder().all();
    // To who pushes, GitHub is Git's.
    requests.retain(|request| !request.agent.starts_with("player/"));
    let (writes, reads): (Vec<_>, Vec<_>) =
        requests.into_iter().partition(|request| request.is_write);
    let reads = reads.into_iter().filter(|request| request.double == "github");
    let reads: Vec<String> = reads.map(|request| in_short(&request.path).to_owned()).collect();
    Seen {
        api: "the sandbox's API",
        code: run.exit_code(),
        story: format!("{run}[{} reads of GitHub]\n", reads.len()),
        writes: writes.iter().map(told).collect(),
        reads,
    }
}

/// The same of a fleet that is looked at for the last time: no secret came to light in it.
pub(crate) fn last_seen(fleet: Fleet, run: &Run) -> Seen {
    let seen = seen(&fleet, run);
    fleet.finish();
    seen
}

/// It came to its end; on a busy machine it may have warned that the cluster takes its time.
#[track_caller]
pub(crate) fn expect_done(runs: &Runs) {
    runs.expect(0, "");
    runs.expect_told(" is installed and in sync\n");
}

fn told(request: &Request) -> String {
    let refused = match request.status {
        status if status < 400 => String::new(),
        status => format!(" -> {status}"),
    };
    format!("{} {}{refused}\n", request.method, in_short(&request.path))
}
