//! Arguments of `stats`.

use clap::{Args, ValueEnum};

/// Arguments of `stats`.
#[derive(Args, Debug)]
pub struct StatsArgs {
    /// Count the objects of every namespace
    #[arg(short = 'A', long)]
    pub all_namespaces: bool,

    /// Form of the output
    #[arg(short, long, value_name = "FORMAT", default_value = "table")]
    pub output: StatsFormat,
}

/// Forms of `stats`' output.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum StatsFormat {
    /// A row for each kind that is installed
    Table,
    /// A list: kind, total, running, failing, suspended, storageBytes
    Json,
    /// The same list
    Yaml,
}
