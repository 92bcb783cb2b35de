//! Whether a lock on a state was left behind by a runner that is gone.

use std::fmt;

use k8s_openapi::jiff::Timestamp;

use crate::kinds::plan::Lock;
use crate::kinds::terraform::runner_of;

/// Whether somebody may still be at work behind a lock.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Holder {
    /// The object's own runner, which is gone.
    Gone,
    /// The object's own runner, which is there.
    AtWork,
    /// Somebody else: nothing in the cluster tells whether they are at work.
    Other(String),
    /// The controller could not read who it is.
    Unknown,
}

impl Holder {
    /// Who holds `lock` on the state of the object `name`, of whose runner Pod it is known when it was
    /// created, if there is one.
    ///
    /// Source: tofu-controller v0.16.5, `controllers/tf_controller_runner.go`: the Pod `NAME-tf-runner` of the
    /// user `runner`, one at a time for each object, made anew for each pass.
    #[must_use]
    pub fn of(lock: &Lock, name: &str, runner: Option<Timestamp>) -> Self {
        let Some(holder) = &lock.holder else { return Self::Unknown };
        if *holder != format!("runner@{}", runner_of(name)) {
            return Self::Other(holder.clone());
        }
        match (runner, lock.created) {
            (None, _) => Self::Gone,
            (Some(runner), Some(lock)) if runner > lock => Self::Gone,
            _ => Self::AtWork,
        }
    }
}

impl fmt::Display for Holder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Gone => write!(f, "its own runner, which is gone"),
            Self::AtWork => write!(f, "its own runner, which is still there"),
            Self::Other(holder) => write!(f, "{holder}, who may be at work"),
            Self::Unknown => write!(f, "somebody whom tofu-controller could not make out"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_objects_own_runner_can_be_known_to_be_gone() {
        let time = |text: &str| Some(text.parse::<Timestamp>().unwrap());
        let lock = |holder: Option<&str>| Lock {
            holder: holder.map(str::to_owned),
            created: time("2026-01-31T12:00:00Z"),
            ..Lock::default()
        };
        let runner = lock(Some("runner@vpc-tf-runner"));
        assert_eq!(Holder::of(&runner, "vpc", None), Holder::Gone);
        assert_eq!(Holder::of(&runner, "vpc", time("2026-01-31T12:00:01Z")), Holder::Gone);
        assert_eq!(Holder::of(&runner, "vpc", time("2026-01-31T12:00:00Z")), Holder::AtWork);
        let undated = Lock { created: None, ..runner.clone() };
        assert_eq!(Holder::of(&undated, "vpc", time("2026-01-31T12:00:01Z")), Holder::AtWork);
        assert_eq!(
            Holder::of(&runner, "dns", None),
            Holder::Other("runner@vpc-tf-runner".to_owned())
        );
        assert_eq!(Holder::of(&lock(None), "vpc", None), Holder::Unknown);
    }
}
