//! The clap tree: arguments only, no I/O.

pub mod bootstrap;
pub mod check;
pub mod components;
pub mod get;
pub mod global;
pub mod install;
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
    /// Check that a cluster can have Flux, and that what it has of Flux is healthy
    ///
    /// Waits for components that are still starting, and ends at once where one is broken, with the reason.
    Check(check::CheckArgs),
    /// Show Flux objects and their state
    Get(get::GetArgs),
    /// Install or upgrade Flux on a cluster, without a repository
    ///
    /// Applies the components, and waits until they are available. Running it again with other arguments
    /// changes what is installed; running it again with the same ones writes nothing. Objects that are not
    /// part of the installation any more are named and left alone.
    // `--version` names a release here.
    #[command(after_help = install::EXAMPLES, disable_version_flag = true)]
    Install(Box<install::InstallArgs>),
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
