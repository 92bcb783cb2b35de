//! Arguments of `plan new`.

use clap::Args;

use super::terraform_name;
use crate::cli::completion::Completes;
use crate::kinds::terraform::TERRAFORM;

/// Examples below the help.
pub const EXAMPLES: &str = "\
Examples:
  # Plan again, with the providers and the inputs of today
  nigari plan new vpc

  # Drift was detected, and there is nothing to approve: make a plan of it
  nigari plan new vpc --for-drift";

/// Arguments of `plan new`.
#[derive(Debug, Args)]
pub struct NewArgs {
    /// Names of Terraform objects
    #[arg(value_name = "NAME", required = true, value_parser = terraform_name)]
    #[arg(add = Completes::Names(&TERRAFORM))]
    pub names: Vec<String>,

    /// Take back an approval that stands first, so that what has drifted is planned and waits
    #[arg(long)]
    pub for_drift: bool,
}
