//! Arguments of `create terraform`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use nigari_api::meta::NamespacedObjectReference;
use nigari_api::terraform::CrossNamespaceSourceReference;

use super::runner::RunnerArgs;
use crate::cli::completion::Completes;
use crate::duration::GoDuration;
use crate::kinds::terraform::TERRAFORM;
use crate::manifests::name::dns_subdomain;
use crate::manifests::value::number::count;
use crate::manifests::value::pair;
use crate::manifests::value::reference::{KeysOf, namespaced_name, terraform_source};
use crate::manifests::value::terraform::{FileMapping, HealthCheck, SecretInput};
use crate::manifests::value::time::Interval;

pub(super) const EXAMPLES: &str = "\
Examples:
  # A module whose plans wait for approval, with its state in S3
  nigari create terraform vpc --source=fleet --path=./terraform/vpc --interval=15m \\
    --var=cluster_name=production --service-account=tofu-runner --backend=s3 \\
    --backend-config=bucket=acme-state --backend-config=key=vpc.tfstate --backend-config=region=us-east-1

  # Plans are applied without a review; credentials come from a Secret
  nigari create terraform dns --source=fleet --path=./terraform/dns --approve=auto --vars-from=Secret/dns";

/// Arguments of `create terraform`.
#[derive(Args, Debug)]
pub struct TerraformArgs {
    /// Name of the Terraform object
    #[arg(value_name = "NAME", value_parser = dns_subdomain)]
    pub name: String,

    /// Source with the code; a GitRepository unless it says OCIRepository or Bucket
    #[arg(long, value_name = "[KIND/]NAME[.NAMESPACE]", value_parser = terraform_source)]
    pub source: CrossNamespaceSourceReference,

    /// Folder of the source
    #[arg(long, value_name = "PATH")]
    pub path: Option<String>,

    /// Who approves plans
    #[arg(long, value_name = "WHO", default_value = "manual")]
    pub approve: Approval,

    /// Form in which plans are kept for reading
    #[arg(long, value_name = "FORM", default_value = "human")]
    pub store_readable_plan: ReadablePlan,

    /// Workspace of the state [default: default]
    #[arg(long, value_name = "NAME")]
    pub workspace: Option<String>,

    /// ServiceAccount that OpenTofu runs as [default: tf-runner]
    #[arg(long, value_name = "NAME", value_parser = dns_subdomain)]
    pub service_account: Option<String>,

    /// Terraform objects that must be ready first, separated by commas
    #[arg(long, value_name = "[NAMESPACE/]NAME", value_delimiter = ',', value_parser = namespaced_name, add = Completes::Names(&TERRAFORM))]
    pub depends_on: Vec<NamespacedObjectReference>,

    /// Variables and files for the code.
    #[command(flatten)]
    pub inputs: InputArgs,

    /// Where the state is.
    #[command(flatten)]
    pub state: StateArgs,

    /// How plans are made and applied.
    #[command(flatten)]
    pub planning: PlanningArgs,

    /// What follows an apply.
    #[command(flatten)]
    pub outcome: OutcomeArgs,

    /// The Pod that runs OpenTofu.
    #[command(flatten)]
    pub runner: RunnerArgs,
}

/// Variables and files for the code.
#[derive(Args, Debug)]
#[command(next_help_heading = "Inputs")]
pub struct InputArgs {
    /// Variable with a text; may be repeated
    #[arg(long = "var", value_name = "NAME=VALUE", value_parser = pair::variable)]
    pub vars: Vec<(String, String)>,

    /// Variable with a list, a map, a number or a truth value, as JSON; may be repeated
    #[arg(long = "var-json", value_name = "NAME=JSON", value_parser = pair::json_variable)]
    pub json_vars: Vec<(String, serde_json::Value)>,

    /// Secret or ConfigMap with variables, and which of its keys; KEY:NAME renames. May be repeated
    #[arg(long, value_name = "KIND/NAME[=KEY,…]")]
    pub vars_from: Vec<KeysOf>,

    /// Files with variables, by their paths in the source, separated by commas
    #[arg(long, value_name = "LIST", value_delimiter = ',')]
    pub tf_vars_files: Vec<String>,

    /// YAML files with the variable `values`, separated by commas; later ones win
    #[arg(long, value_name = "FILES", value_delimiter = ',')]
    pub values: Vec<PathBuf>,

    /// Secret whose keys `values` can use under a name; may be repeated
    #[arg(long, value_name = "SECRET=NAME")]
    pub read_inputs_from_secret: Vec<SecretInput>,

    /// Key of a Secret, put as a file into the runner's home or the code's folder; may be repeated
    #[arg(long, value_name = "SECRET/KEY=home|workspace:PATH")]
    pub file_mapping: Vec<FileMapping>,

    /// Secret with a .tfrc file
    #[arg(long, value_name = "NAME", value_parser = dns_subdomain)]
    pub cli_config_secret: Option<String>,
}

/// Where the state is; a Secret of the cluster unless something else is said.
#[derive(Args, Debug)]
#[command(next_help_heading = "State")]
pub struct StateArgs {
    /// Backend that keeps the state
    #[arg(long, value_name = "BACKEND")]
    pub backend: Option<Backend>,

    /// Setting of the backend; may be repeated. Secret ones belong into --backend-config-from
    #[arg(long = "backend-config", value_name = "KEY=VALUE", requires = "backend", value_parser = pair::variable)]
    pub backend_config: Vec<(String, String)>,

    /// File with the backend's block, as in HCL but without the terraform block around it
    #[arg(long, value_name = "FILE", conflicts_with = "backend")]
    pub backend_file: Option<PathBuf>,

    /// Secret or ConfigMap with settings of the backend, and which of its keys; may be repeated
    #[arg(long, value_name = "KIND/NAME[=KEY,…]")]
    pub backend_config_from: Vec<KeysOf>,

    /// Suffix of the Secret with the state [default: the object's name]
    #[arg(long, value_name = "SUFFIX", conflicts_with_all = ["backend", "backend_file"], value_parser = dns_subdomain)]
    pub state_secret_suffix: Option<String>,

    /// Use the backend that the code itself declares
    #[arg(long, conflicts_with_all = ["backend", "backend_file", "state_secret_suffix"])]
    pub disable_backend: bool,

    /// How long a plan waits for the lock of the state
    #[arg(long, value_name = "DURATION")]
    pub lock_timeout: Option<GoDuration>,
}

/// How plans are made and applied.
#[derive(Args, Debug)]
#[command(next_help_heading = "Planning")]
pub struct PlanningArgs {
    /// Never apply
    #[arg(long, conflicts_with = "approve")]
    pub plan_only: bool,

    /// Addresses that are planned and applied alone, separated by commas
    #[arg(long, value_name = "LIST", value_delimiter = ',')]
    pub target: Vec<String>,

    /// Operations at the same time, 0 for OpenTofu's own choice
    #[arg(long, value_name = "N", value_parser = count)]
    pub parallelism: Option<i32>,

    /// Refresh the state before an apply
    #[arg(long)]
    pub refresh_before_apply: bool,

    /// Keep the versions of modules and providers at each initialisation
    #[arg(long)]
    pub no_upgrade_on_init: bool,

    /// Do not look for drift
    #[arg(long)]
    pub disable_drift_detection: bool,

    /// Time after a failure before it is tried again [default: 15s]
    #[arg(long, value_name = "DURATION")]
    pub retry_interval: Option<Interval>,

    /// How that time grows [default: static]
    #[arg(long, value_name = "STRATEGY")]
    pub retry_strategy: Option<RetryStrategy>,

    /// Limit of that time when it grows [default: 24h0m0s]
    #[arg(long, value_name = "DURATION", requires = "retry_strategy")]
    pub max_retry_interval: Option<Interval>,

    /// Failures after which it gives up; negative for never
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = retries)]
    pub retries: Option<i64>,
}

/// What follows an apply.
#[derive(Args, Debug)]
#[command(next_help_heading = "Outcome")]
pub struct OutcomeArgs {
    /// Secret that outputs are written to
    #[arg(long, value_name = "NAME", value_parser = dns_subdomain)]
    pub write_outputs_to_secret: Option<String>,

    /// Outputs that are written, separated by commas; OUTPUT:KEY renames [default: all]
    #[arg(
        long = "output",
        value_name = "OUTPUT[:KEY]",
        value_delimiter = ',',
        requires = "write_outputs_to_secret"
    )]
    pub outputs: Vec<String>,

    /// What must answer after an apply; http, https or tcp. May be repeated
    #[arg(long = "health-check", value_name = "NAME=URL")]
    pub health_checks: Vec<HealthCheck>,

    /// Limit of a health check [default: 20s]
    #[arg(long, value_name = "DURATION", requires = "health_checks")]
    pub health_check_timeout: Option<Interval>,

    /// List what was made in the object's status
    #[arg(long)]
    pub enable_inventory: bool,

    /// Destroy everything that was made when the object is deleted
    #[arg(long)]
    pub destroy_resources_on_deletion: bool,
}

/// Who approves plans.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Approval {
    /// A person, plan by plan
    Manual,
    /// Nobody: every plan is applied
    Auto,
    /// Nobody: nothing is planned, drift is reported
    Disable,
}

/// Forms of plans that can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ReadablePlan {
    /// As OpenTofu prints it, in a ConfigMap; sensitive values are masked
    Human,
    /// As JSON, in a Secret, with sensitive values
    Json,
    /// Not at all
    None,
}

/// Backends with a block of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Backend {
    /// Amazon S3, and what is like it
    S3,
    /// Google Cloud Storage
    Gcs,
    /// Azure Blob Storage
    #[value(name = "azurerm")]
    AzureRm,
    /// Any server that speaks the protocol
    Http,
}

/// How the time between attempts grows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum RetryStrategy {
    /// Not at all
    Static,
    /// Doubled after each failure
    Exponential,
}

/// With zero, tofu-controller never runs anything: the limit is reached before the first attempt.
fn retries(text: &str) -> anyhow::Result<i64> {
    match text.parse() {
        Ok(0) | Err(_) => Err(anyhow::anyhow!(
            "{text:?} is not a number of failures: 1 or more, or -1 for no limit"
        )),
        Ok(retries) => Ok(retries),
    }
}
