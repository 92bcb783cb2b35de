//! Arguments of `plan disarm`.

use clap::Args;

use super::terraform_name;
use crate::cli::completion::Completes;
use crate::cli::fleet::FleetArgs;
use crate::kinds::terraform::TERRAFORM;

/// Examples below the help.
pub const EXAMPLES: &str = "\
Examples:
  # Which approvals stand?
  nigari plan list

  # Take one back
  nigari plan disarm vpc

  # One that stands in the manifest in Git
  nigari plan disarm vpc --commit";

/// Arguments of `plan disarm`.
#[derive(Debug, Args)]
pub struct DisarmArgs {
    /// Names of Terraform objects
    #[arg(value_name = "NAME", required = true, value_parser = terraform_name)]
    #[arg(add = Completes::Names(&TERRAFORM))]
    pub names: Vec<String>,

    /// Whether the approval is taken out of the repository of the manifest.
    #[command(flatten)]
    pub fleet: FleetArgs,

    /// Manifest in that repository [default: the only one in the Kustomization's folder that is of the object]
    #[arg(long, value_name = "PATH", help_heading = "Repository options")]
    pub file: Option<String>,
}
