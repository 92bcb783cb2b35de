//! The steps that `install` and `bootstrap` share: checks before the first write, the apply, the wait.

mod apply;
mod checks;
mod rights;
mod rollout;

pub(super) use apply::{Counts, apply, apply_components, changes, count, preview};
pub(super) use checks::{Wanted, check_cluster, check_installation, check_version};
pub(super) use rights::{check_rights, missing_rights, needed_rights};
pub(super) use rollout::await_available;
