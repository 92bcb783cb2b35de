//! What the test programs of nigari share: how they start it, in which surroundings, and how they read what
//! it did. It knows nigari's kinds and the sandbox; what a test asserts stays in the test.
//!
//! | module | what it is |
//! |---|---|
//! | [`program`] | nigari, and how it is called |
//! | [`run`] | what a run printed and how it ended |
//! | [`cluster`] | a cluster in which nothing reconciles, and objects |
//! | [`fleet`] | a cluster with players, a GitHub, and the repository of a bootstrap |
//! | [`infra`] | a cluster in which tofu-controller is played |
//! | [`plans`] | Terraform objects and their plans, as tofu-controller leaves them |
//! | [`canaries`] | secrets that nobody may see, and the search for them |
//! | [`script`] | controllers that do what a test tells them |
//! | [`keys`] | keys that sign commits |
//! | [`proxy`] | a proxy for HTTPS |
//!
//! Tests of `nigari` may use this crate although it uses `nigari`: they link the same library. Unit tests inside
//! of `nigari` may not, for there its types would be those of another copy.

#![allow(clippy::unwrap_used, reason = "a test ends where something is not as it must be")]

use std::time::Duration;

pub mod canaries;
pub mod cluster;
pub mod fleet;
pub mod infra;
pub mod keys;
pub mod plans;
pub mod program;
pub mod proxy;
pub mod run;
pub mod script;
mod started;

/// How long something may take that happens at once unless it never does.
pub const PATIENCE: Duration = Duration::from_secs(30);
