//! Arguments of `plan break-glass`.

use clap::Args;

use super::terraform_name;
use crate::cli::completion::Completes;
use crate::kinds::terraform::TERRAFORM;

/// Examples below the help.
pub const EXAMPLES: &str = "\
Examples:
  # Look around where OpenTofu runs, with its variables and its state at hand
  nigari plan break-glass vpc

  # In a pipeline: one command
  nigari plan break-glass vpc -- tofu state list

  # A session that nobody has ended
  nigari plan break-glass vpc --end";

/// Arguments of `plan break-glass`.
#[derive(Debug, Args)]
pub struct BreakGlassArgs {
    /// Name of the Terraform object
    #[arg(value_name = "NAME", value_parser = terraform_name, add = Completes::Names(&TERRAFORM))]
    pub name: String,

    /// Command to run in the folder of the module, instead of a shell
    #[arg(last = true, value_name = "COMMAND")]
    pub command: Vec<String>,

    /// End a session that was left behind, and begin none
    #[arg(long, conflicts_with = "command")]
    pub end: bool,
}
