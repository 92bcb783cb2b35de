//! The real control plane in which tofu-controller is played, for the modes of approvals: one after the
//! other, for a controller looks after all objects and a fault holds up all of them.

use std::ops::Deref;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

use nigari_sandbox::control_plane::{self, given};
use nigari_sandbox::sandbox::Sandbox;
use nigari_test_support::infra::{Infra, config_maps, kustomizations, module, secrets, terraforms};

/// The one that runs, while anybody uses it: nothing ends what a static holds.
static RUNNING: Mutex<Weak<Mutex<Infra>>> = Mutex::new(Weak::new());

/// The cluster, for whoever's turn it is.
pub(crate) struct Turns(Arc<Mutex<Infra>>);

/// A turn, which begins without anything of the last one.
pub(crate) struct Turn<'a>(MutexGuard<'a, Infra>);

/// The cluster, started if nobody else uses it now; or why there is none.
pub(crate) fn shared() -> Result<Turns, String> {
    if given::kubeconfig_path().is_some() {
        return Err("no fault of ours reaches the node of a given cluster".to_owned());
    }
    if let Some(reason) = control_plane::missing_controllers().unwrap() {
        return Err(reason);
    }
    let mut running = RUNNING.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(infra) = running.upgrade() {
        return Ok(Turns(infra));
    }
    let infra = Arc::new(Mutex::new(Infra::of(Sandbox::builder().real())));
    *running = Arc::downgrade(&infra);
    Ok(Turns(infra))
}

impl Turns {
    /// Waits for a turn.
    pub(crate) fn take(&self) -> Turn<'_> {
        let infra = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        begin_anew(&infra);
        Turn(infra)
    }
}

impl Deref for Turn<'_> {
    type Target = Infra;

    fn deref(&self) -> &Infra {
        &self.0
    }
}

/// Takes away what the last turn has left: faults, the object, its state, and what it made.
fn begin_anew(infra: &Infra) {
    infra.sandbox.faults().clear("tofu.pause");
    infra.remove(&terraforms(), "vpc");
    infra.remove(&config_maps(), "cloud-vpc");
    infra.remove(&secrets(), "tfstate-default-vpc");
    if infra.knows_kustomizations() {
        infra.remove(&kustomizations(), "infra");
    }
    infra.publish(&module("10.0.0.0/16"));
}
