//! Waiting while the API server goes away and comes back.

use std::io::{BufRead as _, BufReader, Read as _};

use crate::real;
use crate::watch::suspend;

#[test]
fn a_wait_survives_a_restart_of_the_api_server() {
    let Some((fleet, _turn)) = real() else { return };
    let bootstrap = fleet.bootstrap("");
    assert_eq!(bootstrap.exit_code(), Some(0), "{bootstrap}");
    let head = fleet.head("main").unwrap();
    let at_head = fleet.nigari(&format!("wait ks flux-system --revision {}", &head[..7]));
    assert_eq!(at_head.exit_code(), Some(0), "{at_head}");
    let mut wait = fleet.start("wait ks flux-system --for suspended --timeout 2m");
    let mut said = BufReader::new(wait.stderr.take().unwrap());
    let mut line = String::new();
    said.read_line(&mut line).unwrap();
    assert!(line.starts_with("◎ waiting for"), "{line}");
    // A given cluster is not ours to restart; there the wait only follows the change.
    if let Some(control_plane) = fleet.sandbox.control_plane() {
        fleet.sandbox.block_on(control_plane.restart_api_server()).unwrap();
    }
    suspend(&fleet, true);
    let mut rest = String::new();
    said.read_to_string(&mut rest).unwrap();
    assert!(rest.ends_with("✔ Kustomization flux-system/flux-system is suspended\n"), "{rest}");
    assert!(wait.wait().unwrap().success(), "{rest}");
}
