//! Arguments of `plan watch`.

use clap::Args;

use crate::cli::completion::Completes;
use crate::kinds::terraform::TERRAFORM;

pub(super) const EXAMPLES: &str = "\
Examples:
  # On a screen: what waits, and what becomes of it
  nigari plan watch

  # One object, a row for each change
  nigari plan watch vpc -n infra";

/// Arguments of `plan watch`.
#[derive(Args, Debug)]
pub struct WatchArgs {
    /// Names of Terraform objects; none means all of them
    #[arg(value_name = "NAME", add = Completes::Names(&TERRAFORM))]
    pub names: Vec<String>,

    /// Look in every namespace; that is so already unless --namespace or a name is given
    #[arg(short = 'A', long, conflicts_with = "names")]
    pub all_namespaces: bool,

    /// Also objects at rest, and those that plan pull requests
    #[arg(long)]
    pub all: bool,

    /// Only objects with these labels: KEY=VALUE, KEY!=VALUE, KEY in (A,B), KEY
    #[arg(short = 'l', long, value_name = "SELECTOR")]
    pub label_selector: Option<String>,

    /// Print no headers
    #[arg(long)]
    pub no_header: bool,
}
