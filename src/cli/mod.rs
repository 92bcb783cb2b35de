//! The clap tree: arguments only, no I/O.

pub mod bootstrap;
pub mod components;
pub mod get;
pub mod global;
pub mod reconcile;
pub mod target;

use clap::{Parser, Subcommand};

pub use global::GlobalArgs;

/// One command line for GitOps: bootstrap a cluster from Git, watch it, and drive commits into it
#[derive(Debug, Parser)]
// As in `flux`, the last one counts when a flag is repeated: a script appends to override.
#[command(name = "nigari", version, propagate_version = true, args_override_self = true)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
    /// Where and how.
    #[command(flatten)]
    pub global: GlobalArgs,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Install Flux on a cluster from a Git repository
    Bootstrap(bootstrap::BootstrapArgs),
    /// Show Flux objects and their state
    Get(get::GetArgs),
    /// Reconcile Flux objects now, and wait for the outcome
    Reconcile(reconcile::ReconcileArgs),
    /// Print the versions of nigari and of what is installed on the cluster
    Version(VersionArgs),
}

/// Arguments of `version`.
#[derive(Debug, clap::Args)]
pub struct VersionArgs {
    /// Print the client's version only; no cluster is contacted
    #[arg(long)]
    pub client: bool,

    /// Form of the output
    #[arg(short, long, value_name = "FORMAT", default_value = "yaml")]
    pub output: VersionFormat,
}

/// Forms of `version`'s output.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum VersionFormat {
    /// One `name: version` a line
    Yaml,
    /// One object
    Json,
}
