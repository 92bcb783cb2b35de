//! `kustomize.toolkit.fluxcd.io`: what kustomize-controller builds and applies.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::meta::{Object, Spec};

/// A folder of a source that kustomize-controller builds and applies.
pub type Kustomization = Object<KustomizationSpec>;

/// Which folder of which source, and how it is applied.
///
/// Left out, because nothing writes them yet: `buildMetadata`, `components`, `decryption`,
/// `healthCheckExprs`, `healthChecks`, `ignore`, `ignoreMissingComponents`, `images`, `kubeConfig`,
/// `patches` and `postBuild`; a manifest with them is refused, not misread.
///
/// Source: fluxcd/kustomize-controller `api/v1`, `KustomizationSpec`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct KustomizationSpec {
    /// Labels and annotations put on everything that is applied.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub common_metadata: Option<CommonMetadata>,
    /// What happens to the applied objects when this one is deleted: `MirrorPrune`, `Delete`,
    /// `WaitForTermination` or `Orphan`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deletion_policy: Option<String>,
    /// The Kustomizations that must be ready first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub depends_on: Vec<DependencyReference>,
    /// Whether objects with changed immutable fields are deleted and made anew.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub force: Option<bool>,
    /// Time between two reconciliations without a new revision, in Go's notation.
    pub interval: String,
    /// Put before the names of everything that is applied.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name_prefix: Option<String>,
    /// Put after the names of everything that is applied.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name_suffix: Option<String>,
    /// The folder in the source's artifact; its root when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// Whether objects that left the source are deleted from the cluster.
    pub prune: bool,
    /// Time until a failed reconciliation is tried again, in Go's notation; `interval` when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry_interval: Option<String>,
    /// The ServiceAccount that is impersonated while applying.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service_account_name: Option<String>,
    /// The source.
    pub source_ref: SourceReference,
    /// Whether the controller leaves the object alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub suspend: Option<bool>,
    /// The namespace that everything namespaced is moved to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target_namespace: Option<String>,
    /// Limit of building, applying and checking, in Go's notation; `interval` when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub timeout: Option<String>,
    /// Whether it is ready only when everything that was applied is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wait: Option<bool>,
}

impl Spec for KustomizationSpec {
    const GROUP: &'static str = "kustomize.toolkit.fluxcd.io";
    const VERSION: &'static str = "v1";
    const KIND: &'static str = "Kustomization";

    type Status = ();
}

/// Labels and annotations for everything that is applied.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CommonMetadata {
    /// Added annotations.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub annotations: BTreeMap<String, String>,
    /// Added labels.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub labels: BTreeMap<String, String>,
}

/// Another Kustomization that must be ready first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DependencyReference {
    /// Its name.
    pub name: String,
    /// Its namespace; that of the referring object when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub namespace: Option<String>,
    /// A CEL expression that decides, instead of the condition `Ready`, whether it is ready.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ready_expr: Option<String>,
}

/// The source of a Kustomization.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SourceReference {
    /// Its group and version; needed only for kinds outside `source.toolkit.fluxcd.io`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub api_version: Option<String>,
    /// `GitRepository`, `OCIRepository`, `Bucket` or `ExternalArtifact`.
    pub kind: String,
    /// Its name.
    pub name: String,
    /// Its namespace; that of the referring object when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub namespace: Option<String>,
}

impl SourceReference {
    /// A reference to a source of kind `S` in the same namespace.
    pub fn to<S: Spec>(source: &Object<S>) -> Self {
        let name = source.metadata.name.clone();
        Self { kind: S::KIND.to_owned(), name, ..Self::default() }
    }
}
