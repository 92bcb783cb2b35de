//! `infra.contrib.fluxcd.io`: infrastructure that tofu-controller plans and applies.
//!
//! Source: flux-iac/tofu-controller 0.16, `api/v1alpha2` (`TerraformSpec`, `TerraformStatus`). The
//! definition made from these types serves tests and the sandbox; an installation brings its own.

mod inputs;
mod outcome;
mod runner;
mod state;
mod status;
#[cfg(feature = "schema")]
mod v1alpha1;

#[cfg(feature = "schema")]
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

pub use self::inputs::{
    FileLocation, FileMapping, ReadInputsFromSecretSpec, Variable, VarsReference,
};
pub use self::outcome::{
    HealthCheck, HealthCheckType, Webhook, WebhookStage, WriteOutputsToSecretSpec,
};
pub use self::runner::{
    EnvFromSource, EnvSource, EnvVar, EnvVarSource, FileKeySelector, HostAlias, KeySelector,
    ObjectFieldSelector, Quantity, ResourceClaim, ResourceFieldSelector, ResourceRequirements,
    RunnerPodMetadata, RunnerPodSpec, RunnerPodTemplate, Toleration, VolumeMount,
};
pub use self::state::{
    BackendConfigSpec, BackendConfigsReference, CloudSpec, CloudWorkspacesSpec, ForceUnlock,
    TfStateSpec,
};
pub use self::status::{LockStatus, PlanStatus, ResourceInventory, ResourceRef, TerraformStatus};
#[cfg(feature = "schema")]
use crate::crd::{AGE, Controller, CustomKind, READY, STATUS, Version};
use crate::meta::{NamespacedObjectReference, Object, Spec};

/// Infrastructure as code that tofu-controller plans and applies.
pub type Terraform = Object<TerraformSpec>;

const GROUP: &str = "infra.contrib.fluxcd.io";

#[cfg(feature = "schema")]
pub(crate) const CONTROLLER: Controller = Controller {
    name: "tofu-controller",
    group: GROUP,
    category: None,
    kinds: &[CustomKind {
        kind: TerraformSpec::KIND,
        plural: "terraforms",
        short_names: &["tf"],
        description: "Infrastructure as code that tofu-controller plans and applies.",
        versions: &[
            Version::of::<v1alpha1::TerraformSpec>(&[READY, STATUS, AGE])
                .deprecated("v1alpha1 Terraform is deprecated, upgrade to v1alpha2"),
            Version::of::<TerraformSpec>(&[READY, STATUS, AGE]),
        ],
    }],
};

/// Which code is planned, with which variables and state, and who approves.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct TerraformSpec {
    /// Whether the runner Pod is deleted after each run.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(extend("default" = true)))]
    pub always_cleanup_runner_pod: Option<bool>,
    /// Which plan may be applied: `auto` for every plan, the id of a pending plan for that one,
    /// nothing for none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub approve_plan: Option<String>,
    /// Where the state is kept; in a Secret of the same namespace when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub backend_config: Option<BackendConfigSpec>,
    /// Secrets and ConfigMaps whose entries configure the backend.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub backend_configs_from: Vec<BackendConfigsReference>,
    /// How the branch planner treats pull requests.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub branch_planner: Option<BranchPlanner>,
    /// Whether reconciling stops and the runner Pod waits for a person's shell.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub break_the_glass: Option<bool>,
    /// The Secret whose only entry, named `*.tfrc`, configures the command line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cli_config_secret_ref: Option<SecretReference>,
    /// The workspace at HCP Terraform that keeps the state and runs the plans.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cloud: Option<CloudSpec>,
    /// The Terraform objects that must be ready first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub depends_on: Vec<NamespacedObjectReference>,
    /// Whether the plan destroys everything.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub destroy: Option<bool>,
    /// Whether deleting this object destroys what it made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(extend("default" = false)))]
    pub destroy_resources_on_deletion: Option<bool>,
    /// Whether nobody looks for drift.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(extend("default" = false)))]
    pub disable_drift_detection: Option<bool>,
    /// Whether the status lists every resource that was made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub enable_inventory: Option<bool>,
    /// Without effect in this edition of the controller.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(extend("x-kubernetes-preserve-unknown-fields" = true)))]
    pub enterprise: Option<Value>,
    /// Entries of Secrets that are written to files before anything runs.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub file_mappings: Vec<FileMapping>,
    /// Whether every reconciliation plans and applies, without approval.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(extend("default" = false)))]
    pub force: Option<bool>,
    /// What must answer after an apply.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub health_checks: Vec<HealthCheck>,
    /// Time between two reconciliations, in Go's notation.
    pub interval: String,
    /// Longest time between two tries with `ExponentialBackoff`, in Go's notation; 24 hours when
    /// absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_retry_interval: Option<String>,
    /// How many operations of an apply run at the same time; 0 leaves it to the program.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(extend("default" = 0)))]
    pub parallelism: Option<i32>,
    /// The folder with the code in the source's artifact; its root when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// How planning differs from applying.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub plan: Option<PlanSpec>,
    /// Whether plans are never applied.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub plan_only: Option<bool>,
    /// Secrets that the templates in `values` may read.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub read_inputs_from_secrets: Vec<ReadInputsFromSecretSpec>,
    /// Whether an apply reads the real state of everything first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(extend("default" = false)))]
    pub refresh_before_apply: Option<bool>,
    /// How often a failure is tried again; for ever when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remediation: Option<Remediation>,
    /// Time until a failed reconciliation is tried again, in Go's notation; 15 seconds when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry_interval: Option<String>,
    /// Whether the time between two tries grows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(extend("default" = "StaticInterval")))]
    pub retry_strategy: Option<RetryStrategy>,
    /// What the runner Pod has beyond its defaults.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub runner_pod_template: Option<RunnerPodTemplate>,
    /// Seconds that a runner Pod has to end what it does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(extend("default" = 30)))]
    pub runner_termination_grace_period_seconds: Option<i64>,
    /// The ServiceAccount of the runner Pod.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(extend("default" = "tf-runner")))]
    pub service_account_name: Option<String>,
    /// The source of the code.
    pub source_ref: CrossNamespaceSourceReference,
    /// The form in which plans are stored for people and tools to read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(extend("default" = "none")))]
    pub store_readable_plan: Option<ReadablePlan>,
    /// Whether the controller leaves the object alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub suspend: Option<bool>,
    /// The addresses of the only resources and modules that are planned; everything when empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub targets: Vec<String>,
    /// Files of variables, from the artifact's root.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tf_vars_files: Vec<String>,
    /// How a locked state is treated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tfstate: Option<TfStateSpec>,
    /// Whether modules and providers are upgraded before a plan.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(extend("default" = true)))]
    pub upgrade_on_init: Option<bool>,
    /// The variable `values`, as an object of any shape.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(extend("x-kubernetes-preserve-unknown-fields" = true)))]
    pub values: Option<Value>,
    /// The variables.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub vars: Vec<Variable>,
    /// Secrets and ConfigMaps whose entries are variables; they win over `vars`, later ones over
    /// earlier ones.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub vars_from: Vec<VarsReference>,
    /// Who is asked after a plan.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub webhooks: Vec<Webhook>,
    /// The workspace, made when it does not exist.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(extend("default" = "default")))]
    pub workspace: Option<String>,
    /// The Secret that outputs are written to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub write_outputs_to_secret: Option<WriteOutputsToSecretSpec>,
}

impl Spec for TerraformSpec {
    const GROUP: &'static str = GROUP;
    const VERSION: &'static str = "v1alpha2";
    const KIND: &'static str = "Terraform";
    type Status = TerraformStatus;
}

/// How the branch planner treats pull requests.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct BranchPlanner {
    /// Whether only pull requests that touch `spec.path` are planned.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub enable_path_scope: Option<bool>,
}

/// A Secret in any namespace.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[cfg_attr(feature = "schema", schemars(extend("x-kubernetes-map-type" = "atomic")))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SecretReference {
    /// Its name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Its namespace; that of the referring object when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub namespace: Option<String>,
}

/// How planning differs from applying.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PlanSpec {
    /// Whether a plan takes the state's lock; it does when absent. An apply always does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lock: Option<bool>,
}

/// How often a failure is tried again.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Remediation {
    /// The number of failures after which the object stalls, 0 when absent; negative means no limit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retries: Option<i64>,
}

/// Whether the time between two tries grows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
pub enum RetryStrategy {
    /// It stays `retryInterval`.
    #[default]
    StaticInterval,
    /// It doubles with every failure, up to `maxRetryInterval`.
    ExponentialBackoff,
}

/// The source of the code.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CrossNamespaceSourceReference {
    /// Its group and version.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub api_version: Option<String>,
    /// Its kind.
    pub kind: SourceKind,
    /// Its name.
    pub name: String,
    /// Its namespace; that of the referring object when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub namespace: Option<String>,
}

/// The kinds of sources that code comes from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
pub enum SourceKind {
    /// A Git repository.
    #[default]
    GitRepository,
    /// Files of an object store.
    Bucket,
    /// An OCI artifact.
    OCIRepository,
}

/// The form in which a plan is stored for people and tools to read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum ReadablePlan {
    /// It is not stored.
    #[default]
    None,
    /// JSON, in a Secret.
    Json,
    /// Text, in a ConfigMap.
    Human,
}
