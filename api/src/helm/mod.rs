//! `helm.toolkit.fluxcd.io`: the Helm releases that helm-controller installs and upgrades.

mod actions;
mod chart;
mod status;

#[cfg(feature = "schema")]
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::appliers::{
    CustomHealthCheck, DependencyReference, IgnoreRule, Image, KubeConfigReference, Patch,
    ValuesKind,
};
#[cfg(feature = "schema")]
use crate::crd::{AGE, Controller, CustomKind, READY, STATUS, Version};
#[cfg(feature = "schema")]
use crate::meta::INTERVAL;
use crate::meta::{CommonMetadata, Object, Spec};

pub use actions::{
    ActionStrategyName, CRDsPolicy, ChartNameChangeStrategy, DeletionPropagation, Install,
    InstallRemediation, InstallStrategy, RemediationStrategy, Rollback, ServerSideApplyMode, Test,
    TestFilter, Uninstall, Upgrade, UpgradeRemediation, UpgradeStrategy,
};
pub use chart::{
    ChartRefKind, CrossNamespaceObjectReference, CrossNamespaceSourceReference, HelmChartTemplate,
    HelmChartTemplateObjectMeta, HelmChartTemplateSpec, HelmChartTemplateVerification,
};
pub use status::{HelmReleaseStatus, ReleaseAction, Snapshot, TestHookStatus};

const GROUP: &str = "helm.toolkit.fluxcd.io";

#[cfg(feature = "schema")]
pub(crate) const CONTROLLER: Controller = Controller {
    name: "helm-controller",
    group: GROUP,
    category: Some("fluxcd-appliers"),
    kinds: &[CustomKind {
        kind: HelmReleaseSpec::KIND,
        plural: "helmreleases",
        short_names: &["hr"],
        description: "A Helm release that helm-controller installs, upgrades, tests and rolls back.",
        versions: &[Version::of::<HelmReleaseSpec>(&[AGE, READY, STATUS])],
    }],
};

/// A Helm release that helm-controller installs, upgrades, tests and rolls back.
pub type HelmRelease = Object<HelmReleaseSpec>;

/// Which chart with which values, and how Helm's actions are done.
///
/// Source: fluxcd/helm-controller `api/v2`, `HelmReleaseSpec`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(
    feature = "schema",
    schemars(extend("x-kubernetes-validations" = [{
        "message": "either chart or chartRef must be set",
        "rule": EITHER_CHART,
    }]))
)]
pub struct HelmReleaseSpec {
    /// The HelmChart that the controller makes for this release; excludes `chartRef`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub chart: Option<HelmChartTemplate>,
    /// The existing source whose artifact is the chart; excludes `chart`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub chart_ref: Option<CrossNamespaceSourceReference>,
    /// Labels and annotations put on everything that is applied.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub common_metadata: Option<CommonMetadata>,
    /// The HelmReleases that must be ready first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub depends_on: Vec<DependencyReference>,
    /// What is done when the cluster differs from the release.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub drift_detection: Option<DriftDetection>,
    /// How the health of custom resources is read, where an action waits with the strategy
    /// `poller`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub health_check_exprs: Vec<CustomHealthCheck>,
    /// How the release is installed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub install: Option<Install>,
    /// Time between two reconciliations without a new chart or values, in Go's notation.
    #[cfg_attr(feature = "schema", schemars(regex(pattern = INTERVAL)))]
    pub interval: String,
    /// The cluster that is released to, when it is another than the controller's.
    ///
    /// With `serviceAccountName`, that ServiceAccount of the other cluster is impersonated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kube_config: Option<KubeConfigReference>,
    /// How many revisions Helm keeps; 0 keeps all, 5 when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_history: Option<isize>,
    /// Whether all steps of a reconciliation use one Kubernetes client; yes when absent.
    ///
    /// It saves requests. Charts that add custom resource definitions outside of `crds/`, from a
    /// hook for instance, may need a fresh client to see them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub persistent_client: Option<bool>,
    /// Which hooks the post-renderers see; `combined` when absent, or `nohooks` with the feature
    /// gate `UseHelm3Defaults`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub post_render_strategy: Option<PostRenderStrategy>,
    /// Changes to the rendered manifests, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub post_renderers: Vec<PostRenderer>,
    /// Helm's name for the release; when absent, the name of this object after `targetNamespace`
    /// and a dash, if that is given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(length(min = 1, max = 53)))]
    pub release_name: Option<String>,
    /// How the release is rolled back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rollback: Option<Rollback>,
    /// The ServiceAccount that is impersonated by Helm's actions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(length(min = 1, max = 253)))]
    pub service_account_name: Option<String>,
    /// The namespace where Helm stores the release; that of this object when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(length(min = 1, max = 63)))]
    pub storage_namespace: Option<String>,
    /// Whether the controller leaves the object alone; what it has begun it finishes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub suspend: Option<bool>,
    /// The namespace that is released to; that of this object when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(length(min = 1, max = 63)))]
    pub target_namespace: Option<String>,
    /// How the chart's tests are run.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub test: Option<Test>,
    /// Limit of each Kubernetes operation, such as a hook's Job, in Go's notation; `5m0s` when
    /// absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(regex(pattern = INTERVAL)))]
    pub timeout: Option<String>,
    /// How the release is uninstalled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub uninstall: Option<Uninstall>,
    /// How the release is upgraded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub upgrade: Option<Upgrade>,
    /// The chart's values; they win over those of `valuesFrom` without a `targetPath`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(extend("x-kubernetes-preserve-unknown-fields" = true)))]
    pub values: Option<serde_json::Value>,
    /// The ConfigMaps and Secrets with values, merged in order: the last one wins.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub values_from: Vec<ValuesReference>,
    /// How it is found out that what was applied is ready.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wait_strategy: Option<WaitStrategy>,
}

#[cfg(feature = "schema")]
const EITHER_CHART: &str =
    "(has(self.chart) && !has(self.chartRef)) || (!has(self.chart) && has(self.chartRef))";

impl Spec for HelmReleaseSpec {
    const GROUP: &'static str = GROUP;
    const VERSION: &'static str = "v2";
    const KIND: &'static str = "HelmRelease";

    type Status = HelmReleaseStatus;
}

/// What is done when the cluster differs from the release.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DriftDetection {
    /// Differences that do not count.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ignore: Vec<IgnoreRule>,
    /// Whether differences are corrected; `disabled` when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mode: Option<DriftDetectionMode>,
}

/// What is done with differences between the cluster and the release.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum DriftDetectionMode {
    /// They are corrected.
    Enabled,
    /// They are reported.
    Warn,
    /// Nobody looks for them.
    Disabled,
}

/// One change to the rendered manifests.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PostRenderer {
    /// A change in the words of kustomize.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kustomize: Option<Kustomize>,
}

/// What a post-renderer changes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Kustomize {
    /// Other names, tags or digests for container images.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub images: Vec<Image>,
    /// Changes to the rendered objects, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub patches: Vec<Patch>,
}

/// Which hooks the post-renderers see.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum PostRenderStrategy {
    /// None, as in Helm 3.
    NoHooks,
    /// All, together with the other manifests, as Helm 4 does by default.
    Combined,
    /// All, apart from the other manifests, as Helm 4.2 can.
    Separate,
}

/// A ConfigMap or Secret with values, in the namespace of the HelmRelease.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ValuesReference {
    /// Its kind.
    pub kind: ValuesKind,
    /// Whether the value goes to `targetPath` as it is, like Helm's `--set-literal`, instead of
    /// being read as the argument of `--set`, where commas, braces and backslashes mean something.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub literal: Option<bool>,
    /// Its name.
    #[cfg_attr(feature = "schema", schemars(length(min = 1, max = 253)))]
    pub name: String,
    /// Whether its absence is no failure; a missing key in it still is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub optional: Option<bool>,
    /// Where the one value goes, in the notation of Helm's `--set`; it then wins over `values`.
    /// When absent, all values of the file are merged.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(
        feature = "schema",
        schemars(length(max = 250), regex(pattern = r"^([a-zA-Z0-9_\-.\\\/]|\[[0-9]{1,5}\])+$"))
    )]
    pub target_path: Option<String>,
    /// The key of the file with values, or of the one value; `values.yaml` when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(
        feature = "schema",
        schemars(length(max = 253), regex(pattern = r"^[\-._a-zA-Z0-9]+$"))
    )]
    pub values_key: Option<String>,
}

/// How it is found out that what was applied is ready.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct WaitStrategy {
    /// The strategy; without a `waitStrategy` it is `poller`, or `legacy` with the feature gate
    /// `UseHelm3Defaults`.
    pub name: WaitStrategyName,
}

/// A way to find out that what was applied is ready.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum WaitStrategyName {
    /// Status and conditions of every kind, by the rules of kstatus.
    Poller,
    /// The kinds that Helm 3 knows, by its own rules.
    Legacy,
}
