//! The life of an installation, cut off before and after every write: a command that is typed again after
//! each cut comes to its end, one write at a time.

use nigari_sandbox::gate::Gate;
use nigari_test_support::fleet::Fleet;
use nigari_test_support::run::Run;

use crate::real;

/// Fewer components than there are: one Deployment is installed and deleted as all others are.
const LIFE: [&str; 3] = [
    "install --components=source-controller,kustomize-controller",
    "install --components=source-controller,kustomize-controller --log-level=debug \
     --network-policy=false",
    "uninstall --silent",
];

#[test]
fn a_life_cut_off_before_and_after_every_write_goes_on_on_a_real_control_plane() {
    let Some((fleet, _turn)) = real() else { return };
    let (client, faults) = (fleet.sandbox.client(), fleet.sandbox.faults().clone());
    let gate = fleet.sandbox.block_on(Gate::open(client, faults, fleet.sandbox.root())).unwrap();
    for command in LIFE {
        fleet.sandbox.recorder().clear();
        let writes = finish_write_by_write(&fleet, &gate, command);
        let received = fleet.sandbox.recorder().writes();
        assert!(writes > 1 && writes == received.len(), "{command}: {writes}, {received:#?}");
        println!("{command}: cut off before and after each of {writes} writes");
        // What is asked for again is there already: nothing is left to write.
        fleet.sandbox.recorder().clear();
        let again = fleet.nigari(command);
        fleet.assert_untouched(&again);
    }
    drop(gate);
    fleet.finish();
}

/// Types `command` until it succeeds; each time it is cut off before its first write, or after it. How
/// many writes it took.
fn finish_write_by_write(fleet: &Fleet, gate: &Gate, command: &str) -> usize {
    for write in 0.. {
        for place in ["before", "after"] {
            let run = cut_off(fleet, gate, command, place);
            if run.exit_code() == Some(0) {
                return write;
            }
            assert_eq!(run.exit_code(), Some(8), "{place} write {write} of {command}: {run}");
        }
    }
    unreachable!("a program cannot write for ever")
}

fn cut_off(fleet: &Fleet, gate: &Gate, command: &str, place: &str) -> Run {
    let faults = fleet.sandbox.faults();
    faults.arm(&format!("kube.cut={place}:1")).unwrap();
    let run = fleet.nigari(&format!("{command} --kubeconfig={}", gate.kubeconfig().display()));
    faults.clear("kube.cut");
    run
}
