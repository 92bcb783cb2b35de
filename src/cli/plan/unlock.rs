//! Arguments of `plan unlock`.

use clap::Args;

use super::terraform_name;
use crate::cli::completion::Completes;
use crate::kinds::terraform::TERRAFORM;

/// Examples below the help.
pub const EXAMPLES: &str = "\
Examples:
  # The runner died and left its lock behind
  nigari plan unlock vpc

  # Somebody else holds it, and it is known that they are gone
  nigari plan unlock vpc --force --lock-id=0b5f8f4e-3d8a-4b0c-9d8e-6f1d2c3b4a59";

/// Arguments of `plan unlock`.
#[derive(Debug, Args)]
pub struct UnlockArgs {
    /// Name of the Terraform object
    #[arg(value_name = "NAME", value_parser = terraform_name, add = Completes::Names(&TERRAFORM))]
    pub name: String,

    /// Break this lock and no other one
    #[arg(long, value_name = "ID")]
    pub lock_id: Option<String>,

    /// Break the lock although its holder may still be at work
    #[arg(long)]
    pub force: bool,

    /// Break it without asking
    #[arg(short = 'y', long)]
    pub yes: bool,
}
