//! Repositories of Helm charts, and the charts.

use std::collections::BTreeMap;

#[cfg(feature = "schema")]
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Artifact, CloudProvider, GROUP, OIDCIdentityMatch, SignatureProvider};
#[cfg(feature = "schema")]
use crate::crd::Rule;
use crate::meta::{Condition, LocalObjectReference, Object, Spec};
#[cfg(feature = "schema")]
use crate::meta::{INTERVAL, TIMEOUT};

/// A repository of Helm charts.
pub type HelmRepository = Object<HelmRepositorySpec>;

/// A Helm chart that source-controller downloads or packs.
pub type HelmChart = Object<HelmChartSpec>;

/// Which repository of charts, and how often its index is read.
///
/// Source: fluxcd/source-controller `api/v1`, `HelmRepositorySpec`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct HelmRepositorySpec {
    /// Which other namespaces may refer to it. No controller reads this.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub access_from: Option<AccessFrom>,
    /// The Secret with `ca.crt`, `tls.crt` and `tls.key`: whom to trust, and our own certificate.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cert_secret_ref: Option<LocalObjectReference>,
    /// Whether the registry may answer without TLS; for the type `oci` only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub insecure: Option<bool>,
    /// Time between two looks at the index, in Go's notation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(regex(pattern = INTERVAL)))]
    pub interval: Option<String>,
    /// Whether the credentials are sent to other hosts, too, when the index refers to them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pass_credentials: Option<bool>,
    /// How to authenticate; for the type `oci` only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(extend("default" = "generic")))]
    pub provider: Option<CloudProvider>,
    /// The Secret with `username` and `password`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub secret_ref: Option<LocalObjectReference>,
    /// Whether the controller leaves the object alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub suspend: Option<bool>,
    /// Limit of one download, in Go's notation; 60 seconds when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(regex(pattern = TIMEOUT)))]
    pub timeout: Option<String>,
    /// How charts are found; by the index when absent.
    #[serde(rename = "type", default, skip_serializing_if = "Option::is_none")]
    pub type_: Option<HelmRepositoryType>,
    /// The address: `https://…`, `http://…` or `oci://…`.
    #[cfg_attr(feature = "schema", schemars(regex(pattern = "^(http|https|oci)://.*$")))]
    pub url: String,
}

impl Spec for HelmRepositorySpec {
    const GROUP: &'static str = GROUP;
    const VERSION: &'static str = "v1";
    const KIND: &'static str = "HelmRepository";

    type Status = HelmRepositoryStatus;
}

/// How the charts of a repository are found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum HelmRepositoryType {
    /// By its index.
    Default,
    /// By their names, in an OCI registry. Such a repository has no status.
    Oci,
}

/// Which other namespaces may refer to a source.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AccessFrom {
    /// The namespaces; any one of the selectors must match.
    pub namespace_selectors: Vec<NamespaceSelector>,
}

/// Namespaces by their labels.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NamespaceSelector {
    /// The labels that they all have.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub match_labels: BTreeMap<String, String>,
}

/// What source-controller reports of a HelmRepository.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[cfg_attr(feature = "schema", schemars(extend("default" = { "observedGeneration": -1 })))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct HelmRepositoryStatus {
    /// The index of the last successful download.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub artifact: Option<Artifact>,
    /// The object's state.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conditions: Vec<Condition>,
    /// The last request for a reconciliation that was handled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_handled_reconcile_at: Option<String>,
    /// The `metadata.generation` that was handled last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub observed_generation: Option<i64>,
    /// Where the last index can be downloaded inside the cluster.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
}

/// Which chart, from which source, and how often.
///
/// Source: fluxcd/source-controller `api/v1`, `HelmChartSpec`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[cfg_attr(feature = "schema", schemars(extend("x-kubernetes-validations" = HELM_CHART_RULES)))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct HelmChartSpec {
    /// The chart's name in a HelmRepository; its folder in any other source.
    pub chart: String,
    /// Whether files of `valuesFiles` that do not exist are skipped.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ignore_missing_values_files: Option<bool>,
    /// Time between two looks at the source, in Go's notation.
    #[cfg_attr(feature = "schema", schemars(regex(pattern = INTERVAL)))]
    pub interval: String,
    /// What makes a new artifact.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(extend("default" = "ChartVersion")))]
    pub reconcile_strategy: Option<ReconcileStrategy>,
    /// The source.
    pub source_ref: LocalHelmChartSourceReference,
    /// Whether the controller leaves the object alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub suspend: Option<bool>,
    /// Files whose values, one over the other, become the chart's default values.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub values_files: Vec<String>,
    /// Which signatures are checked, and with what; only for charts of a HelmRepository of type
    /// `oci`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verify: Option<HelmChartVerification>,
    /// The version or range of versions; only for charts of a HelmRepository.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(extend("default" = "*")))]
    pub version: Option<String>,
}

#[cfg(feature = "schema")]
const HELM_CHART_RULES: [Rule; 1] = [Rule {
    rule: "!has(self.verify) || self.sourceRef.kind == 'HelmRepository'",
    message: "spec.verify is only supported when spec.sourceRef.kind is 'HelmRepository'",
}];

impl Spec for HelmChartSpec {
    const GROUP: &'static str = GROUP;
    const VERSION: &'static str = "v1";
    const KIND: &'static str = "HelmChart";

    type Status = HelmChartStatus;
}

/// What makes a new artifact of a chart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
pub enum ReconcileStrategy {
    /// Another version of the chart.
    ChartVersion,
    /// Another revision of the source.
    Revision,
}

/// The source of a chart, in the same namespace.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct LocalHelmChartSourceReference {
    /// Its group and version.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub api_version: Option<String>,
    /// Its kind.
    pub kind: HelmChartSourceKind,
    /// Its name.
    pub name: String,
}

/// The kinds of sources that charts come from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
pub enum HelmChartSourceKind {
    /// A repository of charts.
    #[default]
    HelmRepository,
    /// A folder of a Git repository.
    GitRepository,
    /// A folder of a bucket.
    Bucket,
}

/// Which signatures of a chart are checked, and with what.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct HelmChartVerification {
    /// Who may have signed without a key; any one of these.
    #[serde(rename = "matchOIDCIdentity", default, skip_serializing_if = "Vec::is_empty")]
    pub match_oidc_identity: Vec<OIDCIdentityMatch>,
    /// The tool that made the signature.
    #[cfg_attr(feature = "schema", schemars(extend("default" = "cosign")))]
    pub provider: SignatureProvider,
    /// The Secret with the public keys or certificates of trusted authors.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub secret_ref: Option<LocalObjectReference>,
}

/// What source-controller reports of a HelmChart.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[cfg_attr(feature = "schema", schemars(extend("default" = { "observedGeneration": -1 })))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct HelmChartStatus {
    /// The chart, packed, of the last success.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub artifact: Option<Artifact>,
    /// The object's state.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conditions: Vec<Condition>,
    /// The last request for a reconciliation that was handled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_handled_reconcile_at: Option<String>,
    /// The name in the chart's own metadata.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub observed_chart_name: Option<String>,
    /// The `metadata.generation` that was handled last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub observed_generation: Option<i64>,
    /// The revision of the source that the chart was made from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub observed_source_artifact_revision: Option<String>,
    /// The files whose values are in the chart.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub observed_values_files: Vec<String>,
    /// Where the chart can be downloaded inside the cluster.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
}
