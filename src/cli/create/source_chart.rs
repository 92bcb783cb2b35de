//! Arguments of `create source chart`.

use clap::Args;
use nigari_api::source::LocalHelmChartSourceReference;

use super::helmrelease::ReconcileStrategy;
use super::verification::VerificationArgs;
use crate::manifests::name::dns_subdomain;
use crate::manifests::value::range::semver_range;
use crate::manifests::value::reference::chart_source;

pub(super) const EXAMPLES: &str = "\
Examples:
  # A chart of a HelmRepository, within one major version
  nigari create source chart podinfo --source=HelmRepository/podinfo --chart=podinfo --chart-version=6.x";

/// Arguments of `create source chart`.
#[derive(Args, Debug)]
pub struct SourceChartArgs {
    /// Name of the HelmChart
    #[arg(value_name = "NAME", value_parser = dns_subdomain)]
    pub name: String,

    /// Source of the chart, in the same namespace
    #[arg(long, value_name = "KIND/NAME", value_parser = chart_source)]
    pub source: LocalHelmChartSourceReference,

    /// Name of the chart in a HelmRepository, or its folder in another source
    #[arg(long, value_name = "CHART")]
    pub chart: String,

    /// Version of the chart, or a range of versions
    #[arg(long, value_name = "RANGE", value_parser = semver_range)]
    pub chart_version: Option<String>,

    /// What makes a new artifact [default: ChartVersion]
    #[arg(long, value_name = "STRATEGY")]
    pub reconcile_strategy: Option<ReconcileStrategy>,

    /// Which signatures are checked.
    #[command(flatten)]
    pub verification: VerificationArgs,
}
