//! Arguments of `plan destroy`.

use clap::Args;

use super::terraform_name;
use crate::cli::completion::Completes;
use crate::kinds::terraform::TERRAFORM;

/// Examples below the help.
pub const EXAMPLES: &str = "\
Examples:
  # A plan that destroys everything; nothing is destroyed before somebody approves it
  nigari plan destroy vpc
  nigari plan approve vpc

  # Rather not
  nigari plan destroy vpc --cancel";

/// Arguments of `plan destroy`.
#[derive(Debug, Args)]
pub struct DestroyArgs {
    /// Name of the Terraform object
    #[arg(value_name = "NAME", value_parser = terraform_name, add = Completes::Names(&TERRAFORM))]
    pub name: String,

    /// Take it back: plan what the code says again
    #[arg(long)]
    pub cancel: bool,

    /// Do it without asking
    #[arg(short = 'y', long)]
    pub yes: bool,
}
