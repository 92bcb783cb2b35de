//! Arguments of `plan history`.

use clap::{Args, ValueEnum};

use crate::cli::completion::Completes;
use crate::kinds::terraform::TERRAFORM;

pub(super) const EXAMPLES: &str = "\
Examples:
  # What was planned and applied, as far as the cluster remembers
  nigari plan history vpc -n infra";

/// Arguments of `plan history`.
#[derive(Args, Debug)]
pub struct HistoryArgs {
    /// Name of the Terraform object
    #[arg(value_name = "NAME", add = Completes::Names(&TERRAFORM))]
    pub name: String,

    /// Form of the output
    #[arg(short, long, value_name = "FORMAT", default_value = "table")]
    pub output: HistoryFormat,

    /// Print no headers
    #[arg(long)]
    pub no_header: bool,
}

/// Forms of `plan history`'s output.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum HistoryFormat {
    /// Rows under headers
    Table,
    /// A list of what happened: time, what, detail, source
    Json,
    /// A list of what happened
    Yaml,
}
