//! What tofu-controller reports.

#[cfg(feature = "schema")]
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::meta::Condition;

/// What tofu-controller last planned, applied and saw.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[cfg_attr(feature = "schema", schemars(extend("default" = { "observedGeneration": -1 })))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct TerraformStatus {
    /// The names of the outputs.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub available_outputs: Vec<String>,
    /// The aspects of the object's state.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conditions: Vec<Condition>,
    /// What was made, if `spec.enableInventory` asks for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub inventory: Option<ResourceInventory>,
    /// When drift was last undone by an apply, in RFC 3339.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(extend("format" = "date-time")))]
    pub last_applied_by_drift_detection_at: Option<String>,
    /// The revision of the source that was applied last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_applied_revision: Option<String>,
    /// The revision of the source that was tried last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_attempted_revision: Option<String>,
    /// When drift was last seen, in RFC 3339.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(extend("format" = "date-time")))]
    pub last_drift_detected_at: Option<String>,
    /// The reconcile request that was handled last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_handled_reconcile_at: Option<String>,
    /// When a plan was last made, in RFC 3339.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(extend("format" = "date-time")))]
    pub last_plan_at: Option<String>,
    /// The `metadata.generation` that was planned last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_planned_generation: Option<i64>,
    /// The revision of the source that was planned last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_planned_revision: Option<String>,
    /// When a reconciliation last succeeded, in RFC 3339.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(extend("format" = "date-time")))]
    pub last_successful_reconcile_at: Option<String>,
    /// Who holds the state's lock.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lock: Option<LockStatus>,
    /// The `metadata.generation` that was handled last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub observed_generation: Option<i64>,
    /// The plans.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub plan: Option<PlanStatus>,
    /// How often reconciling failed since the last success or change.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reconciliation_failures: Option<i64>,
}

/// Everything that was made.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ResourceInventory {
    /// The resources.
    pub entries: Vec<ResourceRef>,
}

/// A resource that was made.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ResourceRef {
    /// What its provider calls it: an ARN at AWS, elsewhere an id.
    pub id: String,
    /// Its name in the code.
    #[serde(rename = "n")]
    pub name: String,
    /// Its type.
    #[serde(rename = "t")]
    pub type_: String,
}

/// The state's lock.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct LockStatus {
    /// The lock that was broken last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_applied: Option<String>,
    /// The lock that stands in the way.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pending: Option<String>,
}

/// The plans.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PlanStatus {
    /// Whether the plan destroys everything.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub is_destroy_plan: Option<bool>,
    /// Whether the plan was made because of drift.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub is_drift_detection_plan: Option<bool>,
    /// The id of the plan that was applied last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_applied: Option<String>,
    /// The id of the plan that waits for approval.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pending: Option<String>,
}
