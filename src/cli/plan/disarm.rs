//! Arguments of `plan disarm`.

use clap::Args;

use super::terraform_name;
use crate::cli::completion::Completes;
use crate::kinds::terraform::TERRAFORM;

/// Examples below the help.
pub const EXAMPLES: &str = "\
Examples:
  # Which approvals stand?
  nigari plan list

  # Take one back
  nigari plan disarm vpc";

/// Arguments of `plan disarm`.
#[derive(Debug, Args)]
pub struct DisarmArgs {
    /// Names of Terraform objects
    #[arg(value_name = "NAME", required = true, value_parser = terraform_name)]
    #[arg(add = Completes::Names(&TERRAFORM))]
    pub names: Vec<String>,
}
