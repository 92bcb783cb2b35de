//! The binary against a real etcd, kube-apiserver and kube-controller-manager.
//!
//! A program of its own: a control plane wants both cores, and the other transcripts are timed.
//! Where there is none, the tests say why they are skipped; `NIGARI_REQUIRE_CLUSTER=1` makes that a
//! failure.

#![allow(clippy::unwrap_used, reason = "a test ends where something is not as it must be")]
#![allow(clippy::print_stdout, reason = "a test that is skipped says why")]

mod bootstrap;
mod bundle;
mod chains;
mod create;
mod definitions;
mod everyday;
mod failure;
mod init;
mod install;
mod interruption;
mod modes;
mod plans;
mod tofu_controller;
mod uninstall;
mod wait;
mod watch;
mod why;

use std::sync::{Mutex, MutexGuard, PoisonError};

use nigari_sandbox::control_plane::{self, given};
use nigari_sandbox::sandbox::Sandbox;
use nigari_test_support::fleet::Fleet;

/// One control plane at a time: it takes half a gigabyte.
static TURN: Mutex<()> = Mutex::new(());

/// A fleet on the sandbox's own API, to compare with.
fn sandbox() -> Fleet {
    Fleet::new()
}

/// A fleet on a given cluster that is there for tests, or else on a real control plane of its own, and
/// the turn to have one; none where that cannot be.
fn real() -> Option<(Fleet, MutexGuard<'static, ()>)> {
    if given::kubeconfig_path().is_none()
        && let Some(reason) = control_plane::missing_controllers().unwrap()
    {
        println!("skipped: {reason}");
        return None;
    }
    let turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    Some((Fleet::of(Sandbox::builder().real().cleared()), turn))
}
