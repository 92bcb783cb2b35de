//! Arguments of `install`.

use clap::{ArgAction, Args};

use semver::Version;

use super::components::ComponentArgs;
use crate::manifests::tofu_controller::{CHART_REPOSITORY, CHART_VERSION, chart_version};
use crate::manifests::value::address;

pub(super) const EXAMPLES: &str = "\
Examples:
  # What would change on the cluster, as a diff
  nigari install --dry-run

  # Flux without a repository; run it again to upgrade or to change options
  nigari install --log-level=debug

  # With tofu-controller, which plans and applies OpenTofu modules from Git
  nigari install --with-tofu-controller

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

    /// Whether tofu-controller is installed too, and which.
    #[command(flatten)]
    pub tofu: TofuArgs,
}

/// Whether tofu-controller is installed too, and which.
#[derive(Args, Debug)]
#[command(next_help_heading = "tofu-controller")]
pub struct TofuArgs {
    /// Install tofu-controller too: the source of its chart and a HelmRelease, waited for until the
    /// cluster knows Terraform objects
    #[arg(long)]
    pub with_tofu_controller: bool,

    /// Version of its chart
    #[arg(long, value_name = "VERSION", requires = "with_tofu_controller", value_parser = chart_version, default_value = CHART_VERSION)]
    pub tofu_controller_version: Version,

    /// Helm repository that has its chart, or the chart itself in a registry: oci://HOST/PATH
    #[arg(long, value_name = "URL", requires = "with_tofu_controller", value_parser = address::helm, default_value = CHART_REPOSITORY)]
    pub tofu_controller_url: String,
}
