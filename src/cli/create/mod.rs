//! Arguments of `create`: those of `flux create`, kind by kind, and what it lacks.

pub mod alert;
pub mod alert_provider;
pub mod helmrelease;
pub mod image_policy;
pub mod image_repository;
pub mod image_update;
pub mod kustomization;
pub mod receiver;
pub mod runner;
pub mod secret;
pub mod source_bucket;
pub mod source_chart;
pub mod source_git;
pub mod source_helm;
pub mod source_oci;
pub mod tenant;
pub mod terraform;
pub mod tofu_runner;
pub mod verification;

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::fleet::FleetArgs;
use crate::manifests::value::pair;
use crate::manifests::value::time::{Interval, Limit};

pub(super) const EXAMPLES: &str = "\
Examples:
  # A repository and what it says about the cluster; waits until both are ready
  nigari create source git fleet --url=https://github.com/acme/fleet --branch=main
  nigari create kustomization apps --source=fleet --path=./apps --prune --interval=10m

  # The manifest, for a repository; no cluster is contacted
  nigari create source helm podinfo --url=https://stefanprodan.github.io/podinfo --export > podinfo.yaml

  # The same into the repository that the cluster is synced from, followed until it is applied
  nigari create source helm podinfo --url=https://stefanprodan.github.io/podinfo --commit

  # What would change on the cluster
  nigari create kustomization apps --source=fleet --path=./apps/production --prune --dry-run";

/// Arguments of `create`.
#[derive(Args, Debug)]
pub struct CreateArgs {
    /// What to create.
    #[command(subcommand)]
    pub object: CreateObject,

    /// What every object can have.
    #[command(flatten)]
    pub common: CommonArgs,

    /// Where the manifests go.
    #[command(flatten)]
    pub delivery: DeliveryArgs,

    /// Whether they go into the cluster's own repository.
    #[command(flatten)]
    pub fleet: FleetArgs,

    /// File of the repository to write to, or its folder if it ends with / [default: NAME-KIND.yaml in the
    /// folder that the cluster is synced from]
    #[arg(long, global = true, value_name = "PATH", help_heading = "Repository options")]
    pub file: Option<String>,
}

/// What every object can have.
#[derive(Args, Debug)]
pub struct CommonArgs {
    /// Time between two reconciliations [default: 1m0s]
    #[arg(long, global = true, value_name = "DURATION")]
    pub interval: Option<Interval>,

    /// Labels of the object, separated by commas; may be repeated
    #[arg(long = "label", global = true, value_name = "KEY=VALUE", value_delimiter = ',', value_parser = pair::label)]
    pub labels: Vec<(String, String)>,

    /// Folder with templates that replace those of the same name: kustomization.yaml for Kustomizations
    #[arg(long, global = true, value_name = "DIR")]
    pub templates: Option<PathBuf>,
}

/// Where the manifests go.
#[derive(Args, Debug)]
#[command(next_help_heading = "Destination")]
pub struct DeliveryArgs {
    /// Print the manifests and do nothing; no cluster is contacted but with --check-references
    #[arg(long, global = true, conflicts_with_all = ["dry_run", "force"])]
    pub export: bool,

    /// Ask the cluster what would change, print it as a diff, and write nothing
    #[arg(long, global = true)]
    pub dry_run: bool,

    /// Check first that the cluster has what the manifests refer to: sources, dependencies, Secrets, accounts
    #[arg(long, global = true)]
    pub check_references: bool,

    /// Take over fields that a controller manages, which may put its own values back
    #[arg(long, global = true)]
    pub force: bool,
}

/// What can be created.
#[derive(Debug, Subcommand)]
pub enum CreateObject {
    /// Create or update an Alert: which events are sent to a Provider
    #[command(after_help = alert::EXAMPLES)]
    Alert(Box<alert::AlertArgs>),
    /// Create or update a Provider: where Alerts send events to
    #[command(after_help = alert_provider::EXAMPLES)]
    AlertProvider(Box<alert_provider::AlertProviderArgs>),
    /// Create or update a HelmRelease: a chart, installed and upgraded with values
    #[command(name = "helmrelease", visible_alias = "hr", after_help = helmrelease::EXAMPLES)]
    HelmRelease(Box<helmrelease::HelmReleaseArgs>),
    /// Create or update what scans images and writes their tags to Git
    Image(ImageArgs),
    /// Create or update a Kustomization: a folder of a source, applied to the cluster
    #[command(visible_alias = "ks", after_help = kustomization::EXAMPLES)]
    Kustomization(Box<kustomization::KustomizationArgs>),
    /// Create or update a Receiver: a webhook that has objects reconciled
    #[command(after_help = receiver::EXAMPLES)]
    Receiver(Box<receiver::ReceiverArgs>),
    /// Create or update a Secret with credentials that Flux reads
    Secret(secret::SecretArgs),
    /// Create or update a source: what Flux fetches
    Source(SourceArgs),
    /// Create or update a tenant: its namespaces, and an account that may do everything there
    #[command(after_help = tenant::EXAMPLES)]
    Tenant(Box<tenant::TenantArgs>),
    /// Create or update a Terraform object: OpenTofu code of a source, planned and applied
    #[command(visible_alias = "tf", after_help = terraform::EXAMPLES)]
    Terraform(Box<terraform::TerraformArgs>),
    /// Create or update the account that OpenTofu runs as: a ServiceAccount and its rights
    ///
    /// A Terraform object of a namespace needs such an account there. With a role of IAM, the runner gets
    /// short-lived credentials of AWS and no Secret is needed.
    #[command(after_help = tofu_runner::EXAMPLES)]
    TofuRunner(Box<tofu_runner::TofuRunnerArgs>),
}

/// `create source`: one subcommand per kind of source.
#[derive(Args, Debug)]
pub struct SourceArgs {
    /// The kind of source.
    #[command(subcommand)]
    pub source: CreateSource,

    /// Limit of one fetch, 0 for the controller's own
    #[arg(long, global = true, value_name = "DURATION", value_parser = limit_or_none)]
    pub fetch_timeout: Option<LimitOrNone>,
}

/// A limit; `0` is none, as it is upstream's default.
pub type LimitOrNone = Option<Limit>;

fn limit_or_none(text: &str) -> anyhow::Result<LimitOrNone> {
    if matches!(text, "0" | "0s") { Ok(None) } else { text.parse().map(Some) }
}

/// The kinds of sources.
#[derive(Debug, Subcommand)]
pub enum CreateSource {
    /// Create or update a Bucket
    #[command(after_help = source_bucket::EXAMPLES)]
    Bucket(Box<source_bucket::SourceBucketArgs>),
    /// Create or update a HelmChart
    #[command(after_help = source_chart::EXAMPLES)]
    Chart(Box<source_chart::SourceChartArgs>),
    /// Create or update a GitRepository
    ///
    /// Credentials given here become a Secret of the source's name; a key pair is made for an ssh:// address
    /// without one, and its public half is shown to be added to the repository.
    #[command(after_help = source_git::EXAMPLES)]
    Git(Box<source_git::SourceGitArgs>),
    /// Create or update a HelmRepository
    #[command(after_help = source_helm::EXAMPLES)]
    Helm(Box<source_helm::SourceHelmArgs>),
    /// Create or update an OCIRepository
    #[command(after_help = source_oci::EXAMPLES)]
    Oci(Box<source_oci::SourceOciArgs>),
}

/// `create image`: one subcommand per kind.
#[derive(Args, Debug)]
pub struct ImageArgs {
    /// The kind.
    #[command(subcommand)]
    pub image: CreateImage,
}

/// The kinds that scan images and write their tags.
#[derive(Debug, Subcommand)]
pub enum CreateImage {
    /// Create or update an ImagePolicy: which tag is the latest
    #[command(after_help = image_policy::EXAMPLES)]
    Policy(Box<image_policy::ImagePolicyArgs>),
    /// Create or update an ImageRepository: whose tags are scanned
    #[command(after_help = image_repository::EXAMPLES)]
    Repository(Box<image_repository::ImageRepositoryArgs>),
    /// Create or update an ImageUpdateAutomation: where tags are written to
    #[command(after_help = image_update::EXAMPLES)]
    Update(Box<image_update::ImageUpdateArgs>),
}
