//! Arguments of `create helmrelease`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use nigari_api::helm::{
    CrossNamespaceObjectReference, CrossNamespaceSourceReference, ValuesReference,
};

use crate::cli::completion::Completes;
use crate::kinds::helm::HELM_RELEASE;
use crate::manifests::name::{dns_label, dns_subdomain};
use crate::manifests::value::number::retries;
use crate::manifests::value::range::semver_range;
use crate::manifests::value::reference::{Dependencies, chart_ref, release_source, values_from};
use crate::manifests::value::time::Interval;

pub(super) const EXAMPLES: &str = "\
Examples:
  # A chart of a HelmRepository, within one major version, with values of a file
  nigari create helmrelease podinfo --source=HelmRepository/podinfo --chart=podinfo \\
    --chart-version='>=6.0.0 <7.0.0' --values=values.yaml --interval=1h

  # A chart in a registry
  nigari create helmrelease podinfo --chart-ref=OCIRepository/podinfo.flux-system -n apps

  # Three attempts; an upgrade that fails is rolled back
  nigari create helmrelease podinfo --source=HelmRepository/podinfo --chart=podinfo \\
    --install-retries=3 --upgrade-retries=3 --upgrade-strategy=rollback --upgrade-cleanup-on-fail";

/// Arguments of `create helmrelease`.
#[derive(Args, Debug)]
pub struct HelmReleaseArgs {
    /// Name of the HelmRelease
    #[arg(value_name = "NAME", value_parser = dns_subdomain)]
    pub name: String,

    /// Name of the release, as Helm shows it
    #[arg(long, value_name = "NAME", value_parser = dns_subdomain)]
    pub release_name: Option<String>,

    /// Namespace that is released to
    #[arg(long, value_name = "NAMESPACE", value_parser = dns_label, add = Completes::Namespaces)]
    pub target_namespace: Option<String>,

    /// Namespace where Helm stores the release [default: that of --target-namespace]
    #[arg(long, value_name = "NAMESPACE", value_parser = dns_label, add = Completes::Namespaces)]
    pub storage_namespace: Option<String>,

    /// Create the namespace that is released to, if it is missing
    #[arg(long)]
    pub create_target_namespace: bool,

    /// ServiceAccount that is impersonated
    #[arg(long, value_name = "NAME", value_parser = dns_subdomain)]
    pub service_account: Option<String>,

    /// HelmReleases that must be ready first, separated by commas; behind @, a CEL expression over self and
    /// dep that decides it for the last of them
    #[arg(long, value_name = "[NAMESPACE/]NAME[@CEL]", add = Completes::Names(&HELM_RELEASE))]
    pub depends_on: Vec<Dependencies>,

    /// YAML files with values, separated by commas; later ones win
    #[arg(long, value_name = "FILES", value_delimiter = ',')]
    pub values: Vec<PathBuf>,

    /// Secrets and ConfigMaps with values, separated by commas
    #[arg(long, value_name = "KIND/NAME", value_delimiter = ',', value_parser = values_from)]
    pub values_from: Vec<ValuesReference>,

    /// What an upgrade does with the CRDs of the chart; an installation creates them
    #[arg(long, value_name = "POLICY", ignore_case = true)]
    pub crds: Option<CrdsPolicy>,

    /// Secret with the kubeconfig of another cluster to release to
    #[arg(long, value_name = "NAME", value_parser = dns_subdomain)]
    pub kubeconfig_secret_ref: Option<String>,

    /// Where the chart comes from.
    #[command(flatten)]
    pub chart: ChartArgs,

    /// What is done about failures.
    #[command(flatten)]
    pub remediation: RemediationArgs,
}

/// Where the chart comes from.
#[derive(Args, Debug)]
#[command(next_help_heading = "Chart")]
pub struct ChartArgs {
    /// Name of the chart in a HelmRepository, or its folder in another source
    #[arg(long, value_name = "CHART", required_unless_present = "chart_ref", requires = "source")]
    pub chart: Option<String>,

    /// Source of the chart
    #[arg(long, value_name = "KIND/NAME[.NAMESPACE]", requires = "chart", value_parser = release_source)]
    pub source: Option<CrossNamespaceObjectReference>,

    /// Existing chart to release: an OCIRepository, a HelmChart or an ExternalArtifact
    #[arg(long, value_name = "KIND/NAME[.NAMESPACE]", conflicts_with_all = ["chart", "source", "chart_version", "chart_interval", "reconcile_strategy"], value_parser = chart_ref)]
    pub chart_ref: Option<CrossNamespaceSourceReference>,

    /// Version of the chart, or a range of versions
    #[arg(long, value_name = "RANGE", requires = "chart", value_parser = semver_range)]
    pub chart_version: Option<String>,

    /// Time between two looks for a new chart [default: that of --interval]
    #[arg(long, value_name = "DURATION", requires = "chart")]
    pub chart_interval: Option<Interval>,

    /// What makes a new chart [default: ChartVersion]
    #[arg(long, value_name = "STRATEGY", requires = "chart")]
    pub reconcile_strategy: Option<ReconcileStrategy>,
}

/// What is done about failures.
#[derive(Args, Debug)]
#[command(next_help_heading = "Remediation")]
pub struct RemediationArgs {
    /// How often a failed installation is tried again; negative for ever
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = retries)]
    pub install_retries: Option<i32>,

    /// How often a failed upgrade is tried again; negative for ever
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = retries)]
    pub upgrade_retries: Option<i32>,

    /// What is done after a failed upgrade
    #[arg(long, value_name = "STRATEGY", requires = "upgrade_retries")]
    pub upgrade_strategy: Option<UpgradeStrategy>,

    /// Delete what a failed upgrade has made
    #[arg(long)]
    pub upgrade_cleanup_on_fail: bool,
}

/// What an upgrade does with the CRDs of a chart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
#[value(rename_all = "PascalCase")]
pub enum CrdsPolicy {
    /// Nothing
    Skip,
    /// New ones are created
    Create,
    /// New ones are created, others replaced
    CreateReplace,
}

/// What makes a new chart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
#[value(rename_all = "PascalCase")]
pub enum ReconcileStrategy {
    /// Another version of the chart
    ChartVersion,
    /// Another revision of the source
    Revision,
}

/// What is done after a failed upgrade.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum UpgradeStrategy {
    /// Back to the release before
    Rollback,
    /// The release is uninstalled
    Uninstall,
}
