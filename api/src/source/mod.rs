//! `source.toolkit.fluxcd.io`: where artifacts come from.

mod bucket;
mod git;
mod helm;
mod oci;

use std::collections::BTreeMap;

#[cfg(feature = "schema")]
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use self::bucket::{
    Bucket, BucketProvider, BucketSTSProvider, BucketSTSSpec, BucketSpec, BucketStatus,
};
pub use self::git::{
    GitProvider, GitReference, GitRepository, GitRepositoryInclude, GitRepositorySpec,
    GitRepositoryStatus, GitRepositoryVerification, GitVerificationMode,
};
pub use self::helm::{
    AccessFrom, HelmChart, HelmChartSourceKind, HelmChartSpec, HelmChartStatus,
    HelmChartVerification, HelmRepository, HelmRepositorySpec, HelmRepositoryStatus,
    HelmRepositoryType, LocalHelmChartSourceReference, NamespaceSelector, ReconcileStrategy,
};
pub use self::oci::{
    OCILayerOperation, OCILayerSelector, OCIRepository, OCIRepositoryRef, OCIRepositorySpec,
    OCIRepositoryStatus, OCIRepositoryVerification,
};
#[cfg(feature = "schema")]
use crate::crd::{AGE, Column, Controller, CustomKind, READY, STATUS, URL, Version};
use crate::meta::{Condition, NamespacedObjectKindReference, Object, Spec};

const GROUP: &str = "source.toolkit.fluxcd.io";

#[cfg(feature = "schema")]
pub(crate) const CONTROLLER: Controller = Controller {
    name: "source-controller",
    group: GROUP,
    category: Some("fluxcd-sources"),
    kinds: &[
        CustomKind {
            kind: BucketSpec::KIND,
            plural: "buckets",
            short_names: &[],
            description: "Objects of an S3-compatible or cloud storage, packed as an artifact.",
            versions: &[Version::of::<BucketSpec>(&[
                Column::text("Endpoint", ".spec.endpoint"),
                AGE,
                READY,
                STATUS,
            ])],
        },
        CustomKind {
            kind: ExternalArtifactSpec::KIND,
            plural: "externalartifacts",
            short_names: &["ea"],
            description: "An artifact that a controller outside this group offers.",
            versions: &[Version::of::<ExternalArtifactSpec>(&[
                AGE,
                READY,
                STATUS,
                Column::text("Source", ".spec.sourceRef.name"),
            ])],
        },
        CustomKind {
            kind: GitRepositorySpec::KIND,
            plural: "gitrepositories",
            short_names: &["gitrepo"],
            description: "A Git repository that source-controller checks out.",
            versions: &[Version::of::<GitRepositorySpec>(&[URL, AGE, READY, STATUS])],
        },
        CustomKind {
            kind: HelmChartSpec::KIND,
            plural: "helmcharts",
            short_names: &["hc"],
            description: "A Helm chart that source-controller downloads or packs.",
            versions: &[Version::of::<HelmChartSpec>(&[
                Column::text("Chart", ".spec.chart"),
                Column::text("Version", ".spec.version"),
                Column::text("Source Kind", ".spec.sourceRef.kind"),
                Column::text("Source Name", ".spec.sourceRef.name"),
                AGE,
                READY,
                STATUS,
            ])],
        },
        CustomKind {
            kind: HelmRepositorySpec::KIND,
            plural: "helmrepositories",
            short_names: &["helmrepo"],
            description: "A repository of Helm charts.",
            versions: &[Version::of::<HelmRepositorySpec>(&[URL, AGE, READY, STATUS])],
        },
        CustomKind {
            kind: OCIRepositorySpec::KIND,
            plural: "ocirepositories",
            short_names: &["ocirepo"],
            description: "An OCI artifact that source-controller pulls from a registry.",
            versions: &[Version::of::<OCIRepositorySpec>(&[URL, READY, STATUS, AGE])],
        },
    ],
};

/// An artifact that a controller outside this group offers.
pub type ExternalArtifact = Object<ExternalArtifactSpec>;

/// For which object the artifact was made.
///
/// Source: fluxcd/source-controller `api/v1`, `ExternalArtifactSpec`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ExternalArtifactSpec {
    /// The object of another controller that the artifact comes from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source_ref: Option<NamespacedObjectKindReference>,
}

impl Spec for ExternalArtifactSpec {
    const GROUP: &'static str = GROUP;
    const VERSION: &'static str = "v1";
    const KIND: &'static str = "ExternalArtifact";

    type Status = ExternalArtifactStatus;
}

/// What the other controller reports of an ExternalArtifact.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ExternalArtifactStatus {
    /// The artifact.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub artifact: Option<Artifact>,
    /// The object's state.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conditions: Vec<Condition>,
}

/// What a source offers for download: a packed folder.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Artifact {
    /// The checksum of the file, with its algorithm: `sha256:…`.
    #[cfg_attr(feature = "schema", schemars(regex(pattern = DIGEST)))]
    pub digest: String,
    /// When it was made, in RFC 3339.
    #[cfg_attr(feature = "schema", schemars(extend("format" = "date-time")))]
    pub last_update_time: String,
    /// What the origin says of it, such as the annotations of an OCI artifact.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub metadata: BTreeMap<String, String>,
    /// Where the file is in the controller's storage.
    pub path: String,
    /// What it was made from: `main@sha1:…`, a chart's version, …
    pub revision: String,
    /// The size of the file, in bytes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub size: Option<i64>,
    /// Where the file can be downloaded inside the cluster.
    pub url: String,
}

/// What the digest of an artifact looks like.
///
/// Source: the OCI image specification, "Digests".
#[cfg(feature = "schema")]
const DIGEST: &str = "^[a-z0-9]+(?:[.+_-][a-z0-9]+)*:[a-zA-Z0-9=_-]+$";

/// Who authenticates to a registry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum CloudProvider {
    /// The credentials of the Secret or the ServiceAccount, or none.
    Generic,
    /// Amazon ECR, with the identity of the workload.
    Aws,
    /// Azure Container Registry, with the identity of the workload.
    Azure,
    /// Google Artifact Registry, with the identity of the workload.
    Gcp,
}

/// The tool that made a signature.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum SignatureProvider {
    /// Sigstore's cosign.
    #[default]
    Cosign,
    /// The Notary Project's notation.
    Notation,
}

/// Who may have signed without a key.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct OIDCIdentityMatch {
    /// A regular expression for the issuer of the identity token.
    pub issuer: String,
    /// A regular expression for the identity itself.
    pub subject: String,
}
