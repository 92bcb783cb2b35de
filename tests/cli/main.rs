//! The binary as its users see it: standard output, standard error and exit status, against the sandbox.

#![allow(clippy::unwrap_used, reason = "a test ends where something is not as it must be")]

mod bootstrap_components;
mod bootstrap_github;
mod bootstrap_kustomize;
mod bootstrap_races;
mod bootstrap_refusals;
mod bundles;
mod check;
mod fleet;
mod generated;
mod get;
mod install;
mod install_failures;
mod reconcile;
mod sandbox;
mod support;
mod version;
