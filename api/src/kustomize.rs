//! `kustomize.toolkit.fluxcd.io`: what kustomize-controller builds and applies.

use std::collections::BTreeMap;

#[cfg(feature = "schema")]
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::appliers::{
    CustomHealthCheck, DependencyReference, IgnoreRule, Image, KubeConfigReference, Patch,
    ResourceInventory, ValuesKind,
};
#[cfg(feature = "schema")]
use crate::crd::{AGE, Controller, CustomKind, READY, STATUS, Version};
#[cfg(feature = "schema")]
use crate::meta::INTERVAL;
use crate::meta::{
    CommonMetadata, Condition, LocalObjectReference, NamespacedObjectKindReference, Object, Spec,
};

const GROUP: &str = "kustomize.toolkit.fluxcd.io";

#[cfg(feature = "schema")]
pub(crate) const CONTROLLER: Controller = Controller {
    name: "kustomize-controller",
    group: GROUP,
    category: Some("fluxcd-appliers"),
    kinds: &[CustomKind {
        kind: KustomizationSpec::KIND,
        plural: "kustomizations",
        short_names: &["ks"],
        description: "A folder of a source that kustomize-controller builds and applies.",
        versions: &[Version::of::<KustomizationSpec>(&[AGE, READY, STATUS])],
    }],
};

/// A folder of a source that kustomize-controller builds and applies.
pub type Kustomization = Object<KustomizationSpec>;

/// Which folder of which source, and how it is applied.
///
/// Source: fluxcd/kustomize-controller `api/v1`, `KustomizationSpec`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct KustomizationSpec {
    /// What the build notes as annotations on each object.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub build_metadata: Vec<BuildMetadataOption>,
    /// Labels and annotations put on everything that is applied.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub common_metadata: Option<CommonMetadata>,
    /// Folders with kustomize components that the build includes, relative to `path`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub components: Vec<String>,
    /// How encrypted files of the source are decrypted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decryption: Option<Decryption>,
    /// What happens to the applied objects when this one is deleted; `MirrorPrune` when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deletion_policy: Option<DeletionPolicy>,
    /// The Kustomizations that must be ready first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub depends_on: Vec<DependencyReference>,
    /// Whether objects with changed immutable fields are deleted and made anew.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(extend("default" = false)))]
    pub force: Option<bool>,
    /// How the health of custom resources is read, where `wait` or `healthChecks` ask for it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub health_check_exprs: Vec<CustomHealthCheck>,
    /// The objects that have to be healthy before it is ready; superseded by `wait`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub health_checks: Vec<NamespacedObjectKindReference>,
    /// Parts of applied objects that are neither compared nor written.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ignore: Vec<IgnoreRule>,
    /// Whether folders of `components` that the source lacks are left out instead of failing the
    /// build.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ignore_missing_components: Option<bool>,
    /// Other names, tags or digests for container images.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub images: Vec<Image>,
    /// Time between two reconciliations without a new revision, in Go's notation; the controller
    /// may add some jitter.
    #[cfg_attr(feature = "schema", schemars(regex(pattern = INTERVAL)))]
    pub interval: String,
    /// The cluster that is applied to, when it is another than the controller's.
    ///
    /// With `serviceAccountName`, that ServiceAccount of the other cluster is impersonated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kube_config: Option<KubeConfigReference>,
    /// Put before the names of everything that is applied.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(length(min = 1, max = 200)))]
    pub name_prefix: Option<String>,
    /// Put after the names of everything that is applied.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(length(min = 1, max = 200)))]
    pub name_suffix: Option<String>,
    /// Changes to the built objects, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub patches: Vec<Patch>,
    /// The folder in the source's artifact; its root when absent.
    ///
    /// Without a `kustomization.yaml` there, one is made up of all manifests below it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// What is done to the manifests between building and applying.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub post_build: Option<PostBuild>,
    /// Whether objects that left the source are deleted from the cluster.
    pub prune: bool,
    /// Time until a failed reconciliation is tried again, in Go's notation; `interval` when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(regex(pattern = INTERVAL)))]
    pub retry_interval: Option<String>,
    /// The ServiceAccount that is impersonated while applying.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service_account_name: Option<String>,
    /// The source.
    pub source_ref: SourceReference,
    /// Whether the controller leaves the object alone; what it has begun it finishes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub suspend: Option<bool>,
    /// The namespace that everything namespaced is moved to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(length(min = 1, max = 63)))]
    pub target_namespace: Option<String>,
    /// Limit of building, applying and checking, in Go's notation; `interval` when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(regex(pattern = INTERVAL)))]
    pub timeout: Option<String>,
    /// Whether it is ready only when everything that was applied is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wait: Option<bool>,
}

impl Spec for KustomizationSpec {
    const GROUP: &'static str = GROUP;
    const VERSION: &'static str = "v1";
    const KIND: &'static str = "Kustomization";

    type Status = KustomizationStatus;
}

/// An annotation that the build adds to each object.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "camelCase")]
pub enum BuildMetadataOption {
    /// The file, and the repository, that the object comes from.
    OriginAnnotations,
    /// The transformers that the object went through.
    TransformerAnnotations,
}

/// How encrypted files of the source are decrypted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Decryption {
    /// What decrypts.
    pub provider: DecryptionProvider,
    /// The Secret with the private keys; a cloud's credentials in it win over `serviceAccountName`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub secret_ref: Option<LocalObjectReference>,
    /// The ServiceAccount that a cloud's key management service knows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service_account_name: Option<String>,
}

/// What decrypts files of a source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum DecryptionProvider {
    /// SOPS, with age, OpenPGP, Vault or a cloud's keys.
    Sops,
}

/// What happens to applied objects when their Kustomization is deleted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
pub enum DeletionPolicy {
    /// As with objects that left the source: deleted if `prune`, else left.
    MirrorPrune,
    /// They are deleted.
    Delete,
    /// They are deleted, and the Kustomization stays until they are gone.
    WaitForTermination,
    /// They stay.
    Orphan,
}

/// What is done to the manifests between building and applying.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PostBuild {
    /// Values for variables in the manifests (`${name}`), by name; they win over `substituteFrom`.
    ///
    /// The manifests may use the shell's notation: `${name:=default}`, `${name:position}`,
    /// `${name/from/to}`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub substitute: BTreeMap<String, String>,
    /// The ConfigMaps and Secrets whose data are such values; the last one wins.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub substitute_from: Vec<SubstituteReference>,
    /// When substitution happens; `WithVariables` when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub substitute_strategy: Option<SubstituteStrategy>,
}

/// A ConfigMap or Secret with values for variables, in the namespace of the Kustomization.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SubstituteReference {
    /// Its kind.
    pub kind: ValuesKind,
    /// Its name.
    #[cfg_attr(feature = "schema", schemars(length(min = 1, max = 253)))]
    pub name: String,
    /// Whether its absence is no failure: it then counts as empty.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(extend("default" = false)))]
    pub optional: Option<bool>,
}

/// When variables in manifests are replaced.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
pub enum SubstituteStrategy {
    /// If at least one variable has a value here.
    WithVariables,
    /// Even if none has: those with defaults in the manifests are replaced then.
    Always,
}

/// The source of a Kustomization.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SourceReference {
    /// Its group and version; needed only for kinds outside `source.toolkit.fluxcd.io`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub api_version: Option<String>,
    /// Its kind.
    pub kind: SourceKind,
    /// Its name.
    pub name: String,
    /// Its namespace; that of the referring object when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub namespace: Option<String>,
}

impl SourceReference {
    /// A reference to a source in the same namespace.
    pub fn new(kind: SourceKind, name: impl Into<String>) -> Self {
        Self { kind, name: name.into(), ..Self::default() }
    }
}

/// A kind of object with an artifact that a Kustomization can build.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
pub enum SourceKind {
    /// An artifact in a container registry.
    OCIRepository,
    /// A Git repository.
    #[default]
    GitRepository,
    /// Objects in an S3-compatible store.
    Bucket,
    /// An artifact of another controller.
    ExternalArtifact,
}

/// What kustomize-controller did last, and what came of it.
///
/// Source: fluxcd/kustomize-controller `api/v1`, `KustomizationStatus`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[cfg_attr(feature = "schema", schemars(extend("default" = { "observedGeneration": -1 })))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct KustomizationStatus {
    /// What is true of the object now: `Ready`, `Reconciling`, `Stalled`, `Healthy`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conditions: Vec<Condition>,
    /// The last results, newest first; equal manifests with an equal end share one entry.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub history: Vec<Snapshot>,
    /// The objects that were applied, and that `prune` watches over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub inventory: Option<ResourceInventory>,
    /// Where the applied artifact was made from, if the artifact says so: for an OCI artifact its
    /// annotation `org.opencontainers.image.revision`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_applied_origin_revision: Option<String>,
    /// The revision of the source that was applied last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_applied_revision: Option<String>,
    /// The revision of the source that was tried last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_attempted_revision: Option<String>,
    /// The request in `reconcile.fluxcd.io/requestedAt` that was handled last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_handled_reconcile_at: Option<String>,
    /// The `metadata.generation` that was reconciled last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub observed_generation: Option<i64>,
}

/// One result that reconciliations had, once or several times.
///
/// Source: fluxcd/pkg `apis/meta`, `Snapshot`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Snapshot {
    /// The checksum of the built manifests: `<algorithm>:<hex>`.
    pub digest: String,
    /// When it was the result first.
    #[cfg_attr(feature = "schema", schemars(extend("format" = "date-time")))]
    pub first_reconciled: String,
    /// When it was the result last.
    #[cfg_attr(feature = "schema", schemars(extend("format" = "date-time")))]
    pub last_reconciled: String,
    /// How long the last of these reconciliations took, in Go's notation.
    pub last_reconciled_duration: String,
    /// How the last of these reconciliations ended: the reason of its condition `Ready`.
    pub last_reconciled_status: String,
    /// More about it, such as the revision.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub metadata: BTreeMap<String, String>,
    /// How many reconciliations had this result.
    pub total_reconciliations: i64,
}
