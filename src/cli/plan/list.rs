//! Arguments of `plan list`.

use clap::{Args, ValueEnum};

pub(super) const EXAMPLES: &str = "\
Examples:
  # What waits for somebody, on the whole cluster
  nigari plan list

  # The plans of one team, for a program
  nigari plan list -l team=network -o json

  # Every Terraform object of a namespace, also those at rest
  nigari plan list --all -n infra";

/// Arguments of `plan list`.
#[derive(Args, Debug)]
pub struct ListArgs {
    /// Look in every namespace; that is so already unless --namespace is given
    #[arg(short = 'A', long)]
    pub all_namespaces: bool,

    /// Also objects at rest, and those that plan pull requests
    #[arg(long)]
    pub all: bool,

    /// Only objects with these labels: KEY=VALUE, KEY!=VALUE, KEY in (A,B), KEY
    #[arg(short = 'l', long, value_name = "SELECTOR")]
    pub label_selector: Option<String>,

    /// Form of the output
    #[arg(short, long, value_name = "FORMAT", default_value = "table")]
    pub output: ListFormat,

    /// Print no headers
    #[arg(long)]
    pub no_header: bool,

    /// End with exit code 9 when a plan waits for approval
    #[arg(long)]
    pub exit_status: bool,
}

/// Forms of `plan list`'s output.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ListFormat {
    /// Rows under headers
    Table,
    /// The same, with the revision that was planned
    Wide,
    /// A list of plans: state, id, revision, approval, counts
    Json,
    /// A list of plans
    Yaml,
    /// KIND.GROUP/NAME, one a line
    Name,
}
