//! Arguments of `install`.

use clap::{ArgAction, Args};

use super::components::ComponentArgs;

pub(super) const EXAMPLES: &str = "\
Examples:
  # What would change on the cluster, as a diff
  nigari install --dry-run

  # Flux without a repository; run it again to upgrade or to change options
  nigari install --log-level=debug

  # The manifests, for a repository or a pipeline; no cluster is contacted
  nigari install --export > flux-system.yaml";

/// Arguments of `install`.
#[derive(Args, Debug)]
pub struct InstallArgs {
    /// Print the manifests and do nothing; no cluster is contacted
    #[arg(long, conflicts_with = "dry_run", action = ArgAction::Set, num_args = 0..=1, require_equals = true, default_missing_value = "true", hide_possible_values = true, value_name = "BOOL", default_value = "false", hide_default_value = true)]
    pub export: bool,

    /// Ask the cluster what would change, print it as a diff, and write nothing
    #[arg(long)]
    pub dry_run: bool,

    /// Install over an installation that another tool or a repository manages, or over a newer one
    #[arg(long, action = ArgAction::Set, num_args = 0..=1, require_equals = true, default_missing_value = "true", hide_possible_values = true, value_name = "BOOL", default_value = "false", hide_default_value = true)]
    pub force: bool,

    /// Which components are installed, and how.
    #[command(flatten)]
    pub components: ComponentArgs,
}
