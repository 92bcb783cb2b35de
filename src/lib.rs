//! # nigari, the crate
//!
//! One command line for GitOps. A call flows `cli` → `commands` → {`bundles`, `cluster`, `git_host`,
//! `kustomize`, `local_repository`, `manifests`, `output`} → `plans` → `kinds`; a module may name those to its right
//! and never those to its left. I/O lives in `bundles`, `cluster`, `git_host`, `kustomize`,
//! `local_repository` and `output`; what can be decided without it is a function over values.
//!
//! | module | what it is |
//! |---|---|
//! | [`cli`] | the clap tree: arguments only |
//! | [`commands`] | one file per command: its story |
//! | [`cluster`] | the only code that talks to Kubernetes |
//! | [`git_host`] | the only code that talks to a Git host |
//! | [`bundles`] | manifests from the cache, files, the web and registries |
//! | [`kustomize`] | the program of that name, run |
//! | [`local_repository`] | the Git repository that the command was started in |
//! | [`kinds`] | one descriptor per Flux kind |
//! | [`manifests`] | values in, YAML text out: components, sync objects, kustomizations |
//! | [`output`] | every byte the user sees |
//! | [`plans`] | OpenTofu plans as they are stored, and what they would do |
//! | [`context`] | what every command gets |
//! | [`deadline`] | one clock for a whole command |
//! | [`digest`] | SHA-256 digests |
//! | [`duration`] | durations in Go's notation |
//! | [`error`] | classes, hints, exit codes |
//! | [`interruption`] | being asked to end |

pub mod bundles;
pub mod cli;
pub mod cluster;
pub mod commands;
pub mod context;
pub mod deadline;
pub mod digest;
pub mod duration;
pub mod error;
pub mod git_host;
mod http_client;
pub mod interruption;
pub mod kinds;
pub mod kustomize;
pub mod local_repository;
pub mod manifests;
pub mod output;
pub mod plans;
mod private_folder;
