//! Arguments of `check`.

use clap::{ArgAction, Args, ValueEnum};

use crate::duration::GoDuration;

/// Arguments of `check`.
#[derive(Args, Debug)]
pub struct CheckArgs {
    /// Check only what an installation needs: the version of Kubernetes, and your rights
    #[arg(long, action = ArgAction::Set, num_args = 0..=1, require_equals = true, default_missing_value = "true", hide_possible_values = true, value_name = "BOOL", default_value = "false", hide_default_value = true)]
    pub pre: bool,

    /// Components that must be there, separated by commas [default: those that are installed]
    #[arg(long, value_name = "LIST", value_delimiter = ',')]
    pub components: Vec<String>,

    /// Components that must be there as well, separated by commas
    #[arg(long, value_name = "LIST", value_delimiter = ',')]
    pub components_extra: Vec<String>,

    /// Form of the output
    #[arg(short, long, value_name = "FORMAT", default_value = "table")]
    pub output: CheckFormat,

    /// Accepted for compatibility; waiting is watching
    #[arg(long, value_name = "DURATION", hide = true)]
    pub poll_interval: Option<GoDuration>,
}

/// Forms of `check`'s output.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum CheckFormat {
    /// A line for each finding, on standard error
    Table,
    /// One object
    Json,
    /// One object
    Yaml,
}
