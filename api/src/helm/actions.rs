//! How Helm's actions are done: install, upgrade, test, rollback and uninstall.

#[cfg(feature = "schema")]
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

#[cfg(feature = "schema")]
use crate::meta::INTERVAL;

/// How a release is installed.
///
/// Source: fluxcd/helm-controller `api/v2`, `Install`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Install {
    /// What is done with the definitions in the chart's folder `crds`; `Create` when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub crds: Option<CRDsPolicy>,
    /// Whether a missing `targetNamespace` is created; uninstalling leaves it there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub create_namespace: Option<bool>,
    /// Whether hooks are left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub disable_hooks: Option<bool>,
    /// Whether manifests are not checked against the cluster's OpenAPI schema.
    #[serde(rename = "disableOpenAPIValidation", default, skip_serializing_if = "Option::is_none")]
    pub disable_openapi_validation: Option<bool>,
    /// Whether values are not checked against the chart's JSON schema.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub disable_schema_validation: Option<bool>,
    /// Whether existing objects that do not belong to the release are a failure, instead of
    /// becoming part of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub disable_take_ownership: Option<bool>,
    /// Whether nobody waits until everything is ready.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub disable_wait: Option<bool>,
    /// Whether nobody waits until Jobs are complete.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub disable_wait_for_jobs: Option<bool>,
    /// What is done when it fails; nothing when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remediation: Option<InstallRemediation>,
    /// Whether the name of a deleted release that is still in the history is used again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replace: Option<bool>,
    /// Whether objects are applied by the server; yes when absent, or no with the feature gate
    /// `UseHelm3Defaults`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub server_side_apply: Option<bool>,
    /// Deprecated in favour of the policy `Skip` in `crds`: whether custom resource definitions are
    /// left out.
    #[serde(rename = "skipCRDs", default, skip_serializing_if = "Option::is_none")]
    pub skip_crds: Option<bool>,
    /// What follows a failure; `RemediateOnFailure` when absent, or `RetryOnFailure` with the
    /// feature gate `DefaultToRetryOnFailure`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub strategy: Option<InstallStrategy>,
    /// Limit of each Kubernetes operation, such as a hook's Job, in Go's notation; that of the
    /// release when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(regex(pattern = INTERVAL)))]
    pub timeout: Option<String>,
}

/// What is done with the custom resource definitions in a chart's folder `crds`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
pub enum CRDsPolicy {
    /// Nothing.
    Skip,
    /// Missing ones are created.
    Create,
    /// Missing ones are created, existing ones replaced; none is deleted.
    CreateReplace,
}

/// What is done when an installation fails: the release is uninstalled and installed again.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct InstallRemediation {
    /// Whether failed tests are no failure here; `test.ignoreFailures` when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ignore_test_failures: Option<bool>,
    /// Whether the last failed release is uninstalled too; no when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remediate_last_failure: Option<bool>,
    /// How often it is tried again; 0 when absent, without end when negative.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retries: Option<isize>,
}

/// What follows a failed installation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(
    feature = "schema",
    schemars(extend("x-kubernetes-validations" = [{
        "message": ".retryInterval cannot be set when .name is 'RemediateOnFailure'",
        "rule": "!has(self.retryInterval) || self.name != 'RemediateOnFailure'",
    }]))
)]
pub struct InstallStrategy {
    /// The strategy.
    pub name: ActionStrategyName,
    /// Time until `RetryOnFailure` tries again, in Go's notation; `5m` when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(regex(pattern = INTERVAL)))]
    pub retry_interval: Option<String>,
}

/// What follows a failed installation or upgrade.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
pub enum ActionStrategyName {
    /// What `remediation` says.
    RemediateOnFailure,
    /// The release stays as it is and the same action is tried again later.
    RetryOnFailure,
}

/// How a release is upgraded.
///
/// Source: fluxcd/helm-controller `api/v2`, `Upgrade`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Upgrade {
    /// What is done when the chart has another name than that of the release; `Reinstall` when
    /// absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub chart_name_change_strategy: Option<ChartNameChangeStrategy>,
    /// Whether objects that a failed upgrade created are deleted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cleanup_on_fail: Option<bool>,
    /// What is done with the definitions in the chart's folder `crds`; `Skip` when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub crds: Option<CRDsPolicy>,
    /// Whether hooks are left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub disable_hooks: Option<bool>,
    /// Whether manifests are not checked against the cluster's OpenAPI schema.
    #[serde(rename = "disableOpenAPIValidation", default, skip_serializing_if = "Option::is_none")]
    pub disable_openapi_validation: Option<bool>,
    /// Whether values are not checked against the chart's JSON schema.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub disable_schema_validation: Option<bool>,
    /// Whether existing objects that do not belong to the release are a failure, instead of
    /// becoming part of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub disable_take_ownership: Option<bool>,
    /// Whether nobody waits until everything is ready.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub disable_wait: Option<bool>,
    /// Whether nobody waits until Jobs are complete.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub disable_wait_for_jobs: Option<bool>,
    /// Whether objects that cannot be patched are replaced; server-side apply ignores it and always
    /// takes over fields of other managers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub force: Option<bool>,
    /// Whether the values of the last release are kept where `values` does not name them. The
    /// release then depends on what was there before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub preserve_values: Option<bool>,
    /// What is done when it fails; nothing when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remediation: Option<UpgradeRemediation>,
    /// Whether objects are applied by the server; `auto` when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub server_side_apply: Option<ServerSideApplyMode>,
    /// What follows a failure; `RemediateOnFailure` when absent, or `RetryOnFailure` with the
    /// feature gate `DefaultToRetryOnFailure`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub strategy: Option<UpgradeStrategy>,
    /// Limit of each Kubernetes operation, such as a hook's Job, in Go's notation; that of the
    /// release when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(regex(pattern = INTERVAL)))]
    pub timeout: Option<String>,
}

/// What is done when the chart has another name than that of the release.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
pub enum ChartNameChangeStrategy {
    /// The release is upgraded to the other chart.
    InPlaceUpdate,
    /// The release is uninstalled, and the other chart installed.
    Reinstall,
}

/// What is done when an upgrade fails, before it is tried again.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct UpgradeRemediation {
    /// Whether failed tests are no failure here; `test.ignoreFailures` when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ignore_test_failures: Option<bool>,
    /// Whether the last failed release is undone too; when absent, only if `retries` is above 0.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remediate_last_failure: Option<bool>,
    /// How often it is tried again; 0 when absent, without end when negative.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retries: Option<isize>,
    /// How the failed release is undone; `rollback` when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub strategy: Option<RemediationStrategy>,
}

/// How a failed upgrade is undone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum RemediationStrategy {
    /// Back to the last good release.
    Rollback,
    /// The release is uninstalled.
    Uninstall,
}

/// Whether objects are applied by the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum ServerSideApplyMode {
    /// Yes.
    Enabled,
    /// No.
    Disabled,
    /// As the release before did it.
    Auto,
}

/// What follows a failed upgrade.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(
    feature = "schema",
    schemars(extend("x-kubernetes-validations" = [{
        "message": ".retryInterval can only be set when .name is 'RetryOnFailure'",
        "rule": "!has(self.retryInterval) || self.name == 'RetryOnFailure'",
    }]))
)]
pub struct UpgradeStrategy {
    /// The strategy.
    pub name: ActionStrategyName,
    /// Time until `RetryOnFailure` tries again, in Go's notation; `5m` when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(regex(pattern = INTERVAL)))]
    pub retry_interval: Option<String>,
}

/// How the chart's tests are run.
///
/// Source: fluxcd/helm-controller `api/v2`, `Test`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Test {
    /// Whether they are run after each installation and upgrade.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub enable: Option<bool>,
    /// The tests to run or to leave out; all are run when empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub filters: Vec<TestFilter>,
    /// Whether failed tests are no failure; the remediation of an action may say otherwise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ignore_failures: Option<bool>,
    /// Limit of each Kubernetes operation, in Go's notation; that of the release when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(regex(pattern = INTERVAL)))]
    pub timeout: Option<String>,
}

/// One test to run or to leave out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct TestFilter {
    /// Whether it is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exclude: Option<bool>,
    /// The test's name.
    #[cfg_attr(feature = "schema", schemars(length(min = 1, max = 253)))]
    pub name: String,
}

/// How a release is rolled back.
///
/// Source: fluxcd/helm-controller `api/v2`, `Rollback`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Rollback {
    /// Whether objects that a failed rollback created are deleted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cleanup_on_fail: Option<bool>,
    /// Whether hooks are left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub disable_hooks: Option<bool>,
    /// Whether nobody waits until everything is ready.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub disable_wait: Option<bool>,
    /// Whether nobody waits until Jobs are complete.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub disable_wait_for_jobs: Option<bool>,
    /// Whether objects that cannot be patched are replaced; server-side apply ignores it and always
    /// takes over fields of other managers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub force: Option<bool>,
    /// Deprecated and without effect since Helm 4: whether Pods are restarted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recreate: Option<bool>,
    /// Whether objects are applied by the server; `auto` when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub server_side_apply: Option<ServerSideApplyMode>,
    /// Limit of each Kubernetes operation, such as a hook's Job, in Go's notation; that of the
    /// release when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(regex(pattern = INTERVAL)))]
    pub timeout: Option<String>,
}

/// How a release is uninstalled.
///
/// Source: fluxcd/helm-controller `api/v2`, `Uninstall`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Uninstall {
    /// What happens to what the deleted objects own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(extend("default" = "background")))]
    pub deletion_propagation: Option<DeletionPropagation>,
    /// Whether hooks are left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub disable_hooks: Option<bool>,
    /// Whether nobody waits until everything is gone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub disable_wait: Option<bool>,
    /// Whether Helm keeps the release's history and only marks it as deleted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub keep_history: Option<bool>,
    /// Limit of each Kubernetes operation, such as a hook's Job, in Go's notation; that of the
    /// release when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(regex(pattern = INTERVAL)))]
    pub timeout: Option<String>,
}

/// What happens to what deleted objects own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum DeletionPropagation {
    /// It is deleted afterwards.
    Background,
    /// It is deleted first.
    Foreground,
    /// It stays.
    Orphan,
}
