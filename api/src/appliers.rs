//! What the appliers share: kustomize-controller and helm-controller.

#[cfg(feature = "schema")]
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::meta::{LocalObjectReference, SecretKeyReference};

/// How the health of one kind of custom resource is read, as CEL expressions over the object.
///
/// `inProgress` is evaluated first, then `failed`, then `current`.
///
/// Source: fluxcd/pkg `apis/kustomize`, `CustomHealthCheck`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CustomHealthCheck {
    /// The group and version of the custom resource.
    pub api_version: String,
    /// True when the object is as it should be.
    pub current: String,
    /// True when the object will not get there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub failed: Option<String>,
    /// True while the object is on its way.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub in_progress: Option<String>,
    /// The kind of the custom resource.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
}

/// Another object of the same kind that must be ready first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DependencyReference {
    /// Its name.
    pub name: String,
    /// Its namespace; that of the referring object when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub namespace: Option<String>,
    /// A CEL expression over `self` and `dep` that decides, instead of the condition `Ready`,
    /// whether it is ready. With the feature gate `AdditiveCELDependencyCheck` both are asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ready_expr: Option<String>,
}

/// Parts of objects that drift detection leaves alone.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct IgnoreRule {
    /// The parts, as JSON pointers (RFC 6901).
    pub paths: Vec<String>,
    /// The objects; all that are applied when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target: Option<Selector>,
}

/// Another name, tag or digest for a container image.
///
/// Source: fluxcd/pkg `apis/kustomize`, `Image`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Image {
    /// The digest that replaces the tag; wins over `newTag`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub digest: Option<String>,
    /// The image's name in the manifests, without a tag.
    pub name: String,
    /// The name that replaces it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub new_name: Option<String>,
    /// The tag that replaces the one in the manifests.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub new_tag: Option<String>,
}

/// How another cluster is reached: by a stored kubeconfig or by a cloud identity.
///
/// Source: fluxcd/pkg `apis/meta`, `KubeConfigReference`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(
    feature = "schema",
    schemars(extend("x-kubernetes-validations" = [
        { "message": ONE_REFERENCE, "rule": "has(self.configMapRef) || has(self.secretRef)" },
        { "message": ONE_REFERENCE, "rule": "!has(self.configMapRef) || !has(self.secretRef)" },
    ]))
)]
pub struct KubeConfigReference {
    /// The ConfigMap that describes the cluster and who signs in; excludes `secretRef`.
    ///
    /// Its keys: `provider` (`aws`, `azure`, `gcp` or `generic`; required), `cluster` (the cloud's
    /// full name of the cluster), `address` (of its API server; required for `generic`), `ca.crt`,
    /// `audiences` (of the ServiceAccount's token, one a line) and `serviceAccountName` (the
    /// identity; the controller's own when absent). A cloud is asked for what `cluster` lets it
    /// look up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub config_map_ref: Option<LocalObjectReference>,
    /// The Secret that holds a kubeconfig, under the key `value` unless `key` says otherwise;
    /// excludes `configMapRef`.
    ///
    /// The kubeconfig has to be complete in itself: the controller's Pod has no programs to sign in
    /// with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub secret_ref: Option<SecretKeyReference>,
}

#[cfg(feature = "schema")]
const ONE_REFERENCE: &str =
    "exactly one of spec.kubeConfig.configMapRef or spec.kubeConfig.secretRef must be specified";

/// A strategic merge patch or a JSON patch (RFC 6902), and what it is for.
///
/// Source: fluxcd/pkg `apis/kustomize`, `Patch`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Patch {
    /// The patch as YAML: an object (strategic merge) or a list of operations (JSON patch).
    pub patch: String,
    /// The objects to change. When absent, a strategic merge patch names its object itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target: Option<Selector>,
}

/// The objects that were applied.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ResourceInventory {
    /// One entry for each object.
    pub entries: Vec<ResourceRef>,
}

/// One applied object.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ResourceRef {
    /// Which object: `<namespace>_<name>_<group>_<kind>`.
    pub id: String,
    /// The version of its API group.
    #[serde(rename = "v")]
    pub version: String,
}

/// Picks objects: all given fields have to match, as regular expressions for the whole of the value
/// where they are no selectors.
///
/// Source: fluxcd/pkg `apis/kustomize`, `Selector`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Selector {
    /// The annotations, in the notation of label selectors: `a=1,b in (2, 3)`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub annotation_selector: Option<String>,
    /// The API group.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
    /// The kind.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// The labels, in the notation of label selectors: `a=1,b in (2, 3)`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label_selector: Option<String>,
    /// The name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The namespace.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub namespace: Option<String>,
    /// The version of the API group.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
}

/// A kind of object whose data are values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
pub enum ValuesKind {
    /// Values that are secret.
    Secret,
    /// Values that everyone may read.
    ConfigMap,
}
