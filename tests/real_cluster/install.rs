//! An installation without a repository, told by both APIs in the same words.

use snapbox::{assert_data_eq, str};

use crate::fleet::Fleet;
use crate::{real, sandbox};

#[test]
fn an_installation_is_made_once_and_healthy_in_the_sandbox() {
    install_twice_then_check(sandbox());
}

#[test]
fn an_installation_is_made_once_and_healthy_on_a_real_control_plane() {
    let Some((fleet, _turn)) = real() else { return };
    install_twice_then_check(fleet);
}

fn install_twice_then_check(fleet: Fleet) {
    let empty = fleet.nigari("install --dry-run");
    assert_eq!(empty.exit_code(), Some(0), "{empty}");
    fleet.assert_untouched(&empty);
    assert_data_eq!(fleet.nigari("install").to_string(), str![]);
    fleet.sandbox.recorder().clear();
    let second = fleet.nigari("install");
    assert_data_eq!(second.to_string(), str![]);
    fleet.assert_untouched(&second);

    assert_data_eq!(fleet.nigari("check").to_string(), str![]);
    let changes = fleet.nigari("install --dry-run --log-level=debug");
    assert_data_eq!(changes.to_string(), str![]);
    fleet.assert_untouched(&changes);
    let upgrade = fleet.nigari("install --log-level=debug --network-policy=false");
    assert_data_eq!(upgrade.to_string(), str![]);
    fleet.finish();
}
