//! Arguments of `plan reject`.

use clap::Args;

use super::terraform_name;
use crate::cli::completion::Completes;
use crate::kinds::terraform::TERRAFORM;

/// Examples below the help.
pub const EXAMPLES: &str = "\
Examples:
  # Say no, and why
  nigari plan reject vpc --reason='it replaces the database'

  # And let nothing be planned until somebody resumes it
  nigari plan reject vpc --reason='it replaces the database' --suspend";

/// Arguments of `plan reject`.
#[derive(Debug, Args)]
pub struct RejectArgs {
    /// Names of Terraform objects
    #[arg(value_name = "NAME", required = true, value_parser = terraform_name)]
    #[arg(add = Completes::Names(&TERRAFORM))]
    pub names: Vec<String>,

    /// Why, for people
    #[arg(long, value_name = "TEXT")]
    pub reason: Option<String>,

    /// Suspend the object too: nothing is planned or applied until it is resumed
    #[arg(long)]
    pub suspend: bool,
}
