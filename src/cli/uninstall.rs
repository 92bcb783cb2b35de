//! Arguments of `uninstall`.

use clap::Args;

pub(super) const EXAMPLES: &str = "\
Examples:
  # What would be deleted, and what stays
  nigari uninstall --dry-run

  # Without a question, and with the namespace left to what else is in it
  nigari uninstall --silent --keep-namespace";

/// Arguments of `uninstall`.
#[derive(Args, Debug)]
pub struct UninstallArgs {
    /// Leave the namespace, and what else is in it
    #[arg(long)]
    pub keep_namespace: bool,

    /// Show what would be deleted, have the cluster check it, and delete nothing
    #[arg(long)]
    pub dry_run: bool,

    /// Delete without asking
    #[arg(short, long)]
    pub silent: bool,
}
