//! Variables and files for the code.

#[cfg(feature = "schema")]
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::runner::EnvVarSource;
use crate::appliers::ValuesKind;
use crate::meta::SecretKeyReference;

/// A variable.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Variable {
    /// Its name.
    pub name: String,
    /// Its value, of any type.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(extend("x-kubernetes-preserve-unknown-fields" = true)))]
    pub value: Option<Value>,
    /// Where its value is; the controller ignores it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value_from: Option<EnvVarSource>,
}

/// A Secret or ConfigMap whose entries are variables.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct VarsReference {
    /// Its kind.
    pub kind: ValuesKind,
    /// Its name, in the same namespace.
    #[cfg_attr(feature = "schema", schemars(length(min = 1, max = 253)))]
    pub name: String,
    /// Whether it may be missing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub optional: Option<bool>,
    /// The entries that are used, `ENTRY` or `ENTRY:VARIABLE`; all of them when empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub vars_keys: Vec<String>,
}

/// A Secret that templates read under a name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ReadInputsFromSecretSpec {
    /// The name in templates.
    #[serde(rename = "as")]
    pub alias: String,
    /// The Secret's name.
    pub name: String,
}

/// An entry of a Secret that is written to a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct FileMapping {
    /// The folder that `path` starts from.
    pub location: FileLocation,
    /// The file.
    #[cfg_attr(feature = "schema", schemars(regex(pattern = "^(.?[/_a-zA-Z0-9]{1,})*$")))]
    pub path: String,
    /// The entry with the content.
    pub secret_ref: SecretKeyReference,
}

/// The folders that mapped files are in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum FileLocation {
    /// The home of the runner's user.
    Home,
    /// The folder with the code.
    Workspace,
}
