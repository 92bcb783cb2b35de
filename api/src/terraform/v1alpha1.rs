//! What version `v1alpha1` of the kind lacks; for its schema, since nothing writes that version.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde_json::Value;

use crate::meta::Spec;

/// The fields of the specification that came with `v1alpha2`.
const NEWER_IN_SPEC: [&str; 15] = [
    "/properties/branchPlanner",
    "/properties/maxRetryInterval",
    "/properties/plan",
    "/properties/planOnly",
    "/properties/remediation",
    "/properties/retryStrategy",
    "/properties/runnerPodTemplate/properties/spec/properties/hostAliases",
    "/properties/runnerPodTemplate/properties/spec/properties/priorityClassName",
    "/properties/runnerPodTemplate/properties/spec/properties/resources",
    "/properties/runnerPodTemplate/properties/spec/properties/securityContext",
    "/properties/tfVarsFiles",
    "/properties/tfstate/properties/lockTimeout",
    "/properties/upgradeOnInit",
    "/properties/writeOutputsToSecret/properties/annotations",
    "/properties/writeOutputsToSecret/properties/labels",
];

/// The fields of the status that came with `v1alpha2`, and its default value.
const NEWER_IN_STATUS: [&str; 5] = [
    "/default",
    "/properties/lastPlanAt",
    "/properties/lastPlannedGeneration",
    "/properties/lastSuccessfulReconcileAt",
    "/properties/reconciliationFailures",
];

/// The specification in version `v1alpha1`.
pub(super) enum TerraformSpec {}

impl Spec for TerraformSpec {
    const GROUP: &'static str = super::TerraformSpec::GROUP;
    const VERSION: &'static str = "v1alpha1";
    const KIND: &'static str = super::TerraformSpec::KIND;
    type Status = TerraformStatus;
}

impl JsonSchema for TerraformSpec {
    fn schema_name() -> Cow<'static, str> {
        "TerraformSpecV1Alpha1".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        without(super::TerraformSpec::json_schema(generator), &NEWER_IN_SPEC)
    }
}

/// The status in version `v1alpha1`.
pub(super) enum TerraformStatus {}

impl JsonSchema for TerraformStatus {
    fn schema_name() -> Cow<'static, str> {
        "TerraformStatusV1Alpha1".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        without(super::TerraformStatus::json_schema(generator), &NEWER_IN_STATUS)
    }
}

/// The schema without what `pointers` lead to.
fn without(mut schema: Schema, pointers: &[&str]) -> Schema {
    for pointer in pointers {
        let (parent, field) = pointer.rsplit_once('/').expect("a pointer starts with a slash");
        let removed = schema
            .pointer_mut(parent)
            .and_then(Value::as_object_mut)
            .and_then(|parent| parent.remove(field));
        assert!(removed.is_some(), "{pointer} does not exist");
    }
    schema
}
