//! The Kubernetes API as real clients see it, over TLS.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
#![allow(clippy::print_stderr, reason = "a test that is skipped says so")]

mod access;
mod apply;
mod bundle;
mod cluster;
mod definitions;
mod deletion;
mod kubectl;
mod objects;
mod watch;
