//! Passes of tofu-controller: held up at a step, one object at a time, and what they applied.

use std::sync::{Arc, Mutex, PoisonError};

use crate::holds::{Hold, Holds};

/// The steps at which a pass can be held up, in their order; what the fault `tofu.pause` names.
pub const STEPS: [&str; 6] = ["start", "init", "plan", "save", "load", "apply"];

/// The passes of a tofu-controller; clones share everything.
#[derive(Clone, Default)]
pub struct Passes {
    holds: Holds<Place>,
    applied: Arc<Mutex<Vec<Applied>>>,
}

/// A step of the passes of one object.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The namespace of the object.
    pub namespace: String,
    /// Its name.
    pub name: String,
    /// One of [`STEPS`].
    pub step: &'static str,
}

/// A plan that was applied, whatever came of it.
#[derive(Clone, Debug)]
pub struct Applied {
    /// The namespace of the object.
    pub namespace: String,
    /// Its name.
    pub name: String,
    /// The plan file.
    pub plan: Vec<u8>,
}

impl Passes {
    /// Holds up the next pass that comes to `place`.
    #[must_use]
    pub fn hold(&self, place: Place) -> Hold<Place> {
        self.holds.hold(place)
    }

    /// Every plan that was applied so far, in order.
    #[must_use]
    pub fn applied(&self) -> Vec<Applied> {
        self.applied.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(super) async fn reach(&self, place: &Place) {
        self.holds.pass(place).await;
    }

    pub(super) fn apply(&self, applied: Applied) {
        self.applied.lock().unwrap_or_else(PoisonError::into_inner).push(applied);
    }
}
