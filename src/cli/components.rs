//! Which components are installed, and how: arguments of every command that installs.

use clap::{ArgAction, Args, ValueEnum};

/// Which components are installed, and how.
#[derive(Args, Debug)]
#[command(next_help_heading = "Component options")]
pub struct ComponentArgs {
    /// Components to install, separated by commas
    #[arg(
        long,
        value_name = "LIST",
        value_delimiter = ',',
        default_value = "source-controller,kustomize-controller,helm-controller,notification-controller"
    )]
    pub components: Vec<String>,

    /// Restrict the traffic of the components with network policies
    #[arg(long, action = ArgAction::Set, num_args = 0..=1, require_equals = true, default_missing_value = "true", hide_possible_values = true, value_name = "BOOL", default_value = "true")]
    pub network_policy: bool,

    /// Reconcile objects of all namespaces and not only those of Flux's own
    #[arg(long, action = ArgAction::Set, num_args = 0..=1, require_equals = true, default_missing_value = "true", hide_possible_values = true, value_name = "BOOL", default_value = "true")]
    pub watch_all_namespaces: bool,

    /// Log level of the components
    #[arg(long, value_name = "LEVEL", default_value = "info")]
    pub log_level: LogLevel,

    /// DNS domain of the cluster
    #[arg(long, value_name = "DOMAIN", default_value = "cluster.local")]
    pub cluster_domain: String,
}

/// Log levels of the components.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LogLevel {
    /// Everything
    Debug,
    /// What happens
    Info,
    /// What fails
    Error,
}
