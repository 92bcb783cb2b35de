//! Known failure modes, one test each, named after its id: what nigari does with the fault, and that the
//! same run without the fault differs. Each is the same on the sandbox's API and on a real control plane;
//! where the fault cannot be made there, the test says why.
//!
//! `cargo xtask modes` prints them as a table. R1 to R14 are about reconciling and waiting, R15 to R20 about
//! watching and reading, P1 to P13 about plans.

#![allow(clippy::unwrap_used, reason = "a test ends where something is not as it must be")]
#![allow(clippy::print_stdout, reason = "a test says which half of it is skipped, and why")]

mod approvals;
mod attendance;
mod bootstrap;
mod bootstrap_access;
#[cfg(unix)]
mod bootstrap_cluster;
mod bootstrap_faults;
mod bootstrap_login;
mod bootstrap_rules;
mod chains;
mod conversion;
#[cfg(target_os = "linux")]
mod credentials;
mod mode;
mod plans_read;
mod reading;
mod real;
mod real_infra;
mod relay;
mod replay;
#[cfg(target_os = "linux")]
mod screens;
mod sources;
mod storm;
mod surroundings;
#[cfg(target_os = "linux")]
#[path = "../../src/output/live/terminal.rs"]
mod terminal;
mod verdicts;
mod watch;
mod watching;
mod world;
