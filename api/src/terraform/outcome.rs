//! What follows a plan and an apply: webhooks, outputs, health checks.

use std::collections::BTreeMap;

#[cfg(feature = "schema")]
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// An address that must answer after an apply.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct HealthCheck {
    /// Host and port for `tcp`; may use outputs: `${{ .host }}:443`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// The check's name.
    #[cfg_attr(feature = "schema", schemars(length(min = 1, max = 253)))]
    pub name: String,
    /// Limit of waiting for the answer, in Go's notation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(extend("default" = "20s")))]
    pub timeout: Option<String>,
    /// What counts as an answer.
    #[serde(rename = "type")]
    pub type_: HealthCheckType,
    /// The URL for `http`; may use outputs: `https://${{ .host }}/`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
}

/// What counts as an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum HealthCheckType {
    /// A connection.
    Tcp,
    /// A response with a status from 200 to 399.
    Http,
}

/// A service that is asked whether a plan is acceptable.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Webhook {
    /// Whether it is asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(extend("default" = true)))]
    pub enabled: Option<bool>,
    /// The message of a refusal, a Go template over the response.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error_message_template: Option<String>,
    /// What it is told: `SpecAndPlan`, `SpecOnly` or `PlanOnly`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(extend("default" = "SpecAndPlan")))]
    pub payload_type: Option<String>,
    /// When it is asked.
    #[cfg_attr(feature = "schema", schemars(extend("default" = "post-planning")))]
    pub stage: WebhookStage,
    /// A Go template over the response that makes `true` of an acceptable plan.
    pub test_expression: String,
    /// Its address.
    pub url: String,
}

/// When a webhook is asked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum WebhookStage {
    /// After a plan.
    #[default]
    PostPlanning,
}

/// The Secret that outputs are written to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct WriteOutputsToSecretSpec {
    /// Its annotations.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub annotations: BTreeMap<String, String>,
    /// Its labels.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub labels: BTreeMap<String, String>,
    /// Its name.
    pub name: String,
    /// The outputs that are written, `OUTPUT` or `OUTPUT:ENTRY`; all of them when empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub outputs: Vec<String>,
}
