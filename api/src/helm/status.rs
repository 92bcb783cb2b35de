//! What helm-controller did, and what came of it.

use std::collections::BTreeMap;

#[cfg(feature = "schema")]
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::appliers::ResourceInventory;
use crate::meta::Condition;

/// What helm-controller did last, and what came of it.
///
/// Source: fluxcd/helm-controller `api/v2`, `HelmReleaseStatus`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[cfg_attr(feature = "schema", schemars(extend("default" = { "observedGeneration": -1 })))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct HelmReleaseStatus {
    /// What is true of the object now: `Ready`, `Reconciling`, `Stalled`, `Released`,
    /// `TestSuccess`, `Remediated`, `Drifted`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conditions: Vec<Condition>,
    /// How many attempts at the present state failed; a success sets it back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub failures: Option<i64>,
    /// The HelmChart that the controller made: `<namespace>/<name>`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub helm_chart: Option<String>,
    /// The releases back to the last good one, newest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub history: Vec<Snapshot>,
    /// How many installations of the present state failed; a success sets it back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub install_failures: Option<i64>,
    /// The objects that were applied.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub inventory: Option<ResourceInventory>,
    /// The checksum of the values that were tried last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_attempted_config_digest: Option<String>,
    /// The `metadata.generation` that was tried last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_attempted_generation: Option<i64>,
    /// The action that was tried last; it says whose remediation counts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_attempted_release_action: Option<ReleaseAction>,
    /// How long that action took, in Go's notation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_attempted_release_action_duration: Option<String>,
    /// The chart's version that was tried last; from an OCIRepository with the first twelve
    /// characters of its digest: `1.2.3+1234567890ab`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_attempted_revision: Option<String>,
    /// The digest of the chart that was tried last, if it is from an OCIRepository.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_attempted_revision_digest: Option<String>,
    /// Deprecated in favour of `lastAttemptedConfigDigest`: the SHA-1 checksum of the values that
    /// were tried last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_attempted_values_checksum: Option<String>,
    /// The request in `reconcile.fluxcd.io/forceAt` that was handled last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_handled_force_at: Option<String>,
    /// The request in `reconcile.fluxcd.io/requestedAt` that was handled last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_handled_reconcile_at: Option<String>,
    /// The request in `reconcile.fluxcd.io/resetAt` that was handled last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_handled_reset_at: Option<String>,
    /// Deprecated in favour of `history`: Helm's number of the last good release.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_release_revision: Option<isize>,
    /// The checksum of the `commonMetadata` that were applied last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub observed_common_metadata_digest: Option<String>,
    /// The `metadata.generation` that was reconciled last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub observed_generation: Option<i64>,
    /// The checksum of the `postRenderers` that were applied last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub observed_post_renderers_digest: Option<String>,
    /// The namespace where Helm stores the present release.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(length(min = 1, max = 63)))]
    pub storage_namespace: Option<String>,
    /// How many upgrades to the present state failed; a success sets it back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub upgrade_failures: Option<i64>,
}

/// An action of Helm that makes a release.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum ReleaseAction {
    /// The first release.
    Install,
    /// A release after another one.
    Upgrade,
}

/// One release as Helm stores it.
///
/// Source: fluxcd/helm-controller `api/v2`, `Snapshot`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Snapshot {
    /// The action that made it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub action: Option<String>,
    /// How `digest` is calculated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub api_version: Option<String>,
    /// The version of the application, as the chart says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub app_version: Option<String>,
    /// The chart's name.
    pub chart_name: String,
    /// The chart's version.
    pub chart_version: String,
    /// The checksum of the values: `<algorithm>:<hex>`.
    pub config_digest: String,
    /// When the release was deleted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(extend("format" = "date-time")))]
    pub deleted: Option<String>,
    /// The checksum of the release as Helm stores it: `<algorithm>:<hex>`.
    pub digest: String,
    /// When the first release of this name was deployed.
    #[cfg_attr(feature = "schema", schemars(extend("format" = "date-time")))]
    pub first_deployed: String,
    /// When this release was deployed.
    #[cfg_attr(feature = "schema", schemars(extend("format" = "date-time")))]
    pub last_deployed: String,
    /// The release's name.
    pub name: String,
    /// The namespace that is released to.
    pub namespace: String,
    /// The digest of the chart, if it is an OCI artifact.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub oci_digest: Option<String>,
    /// Its state in Helm's words: `deployed`, `superseded`, `failed`, …
    pub status: String,
    /// How each test went, by its name; empty when there was none to run, absent when none was
    /// tried.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub test_hooks: Option<BTreeMap<String, TestHookStatus>>,
    /// Helm's number for it.
    pub version: isize,
}

/// How one test of a chart went.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct TestHookStatus {
    /// When its last run ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(extend("format" = "date-time")))]
    pub last_completed: Option<String>,
    /// When its last run began.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(extend("format" = "date-time")))]
    pub last_started: Option<String>,
    /// How far it is, in Helm's words: `Running`, `Succeeded`, `Failed`, …
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phase: Option<String>,
}
