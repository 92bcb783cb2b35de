//! `source.toolkit.fluxcd.io`: where artifacts come from.

use std::collections::BTreeMap;

#[cfg(feature = "schema")]
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

#[cfg(feature = "schema")]
use crate::crd::{AGE, Column, Controller, CustomKind, READY, STATUS, URL, Version};
use crate::meta::{Condition, LocalObjectReference, NamespacedObjectKindReference, Object, Spec};
#[cfg(feature = "schema")]
use crate::meta::{INTERVAL, TIMEOUT};

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

/// A Git repository that source-controller checks out.
pub type GitRepository = Object<GitRepositorySpec>;

/// An OCI artifact that source-controller pulls from a registry.
pub type OCIRepository = Object<OCIRepositorySpec>;

/// A repository of Helm charts.
pub type HelmRepository = Object<HelmRepositorySpec>;

/// A Helm chart that source-controller downloads or packs.
pub type HelmChart = Object<HelmChartSpec>;

/// Objects of an S3-compatible or cloud storage, packed as an artifact.
pub type Bucket = Object<BucketSpec>;

/// An artifact that a controller outside this group offers.
pub type ExternalArtifact = Object<ExternalArtifactSpec>;

/// Which Git repository, how often, and what of it.
///
/// Source: fluxcd/source-controller `api/v1`, `GitRepositorySpec`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[cfg_attr(
    feature = "schema",
    schemars(extend("x-kubernetes-validations" = [
            { "message": "serviceAccountName can only be set when provider is 'azure' or 'aws'", "rule": "!has(self.serviceAccountName) || (has(self.provider) && (self.provider == 'azure' || self.provider == 'aws'))" },
    ]))
)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GitRepositorySpec {
    /// Paths kept out of the artifact, in the format of `.gitignore`; replaces the default
    /// exclusions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ignore: Option<String>,
    /// Other GitRepositories whose artifacts become part of this one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub include: Vec<GitRepositoryInclude>,
    /// Time between two looks at the repository, in Go's notation.
    #[cfg_attr(feature = "schema", schemars(regex(pattern = INTERVAL)))]
    pub interval: String,
    /// How to authenticate; `generic` when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub provider: Option<GitProvider>,
    /// The Secret with the proxy's address and credentials.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proxy_secret_ref: Option<LocalObjectReference>,
    /// Whether submodules are checked out too, with the same credentials.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recurse_submodules: Option<bool>,
    /// What is checked out; the branch `master` when absent.
    #[serde(rename = "ref", default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<GitReference>,
    /// The Secret with the credentials: `username` and `password` or `bearerToken` for HTTPS,
    /// `identity` and `known_hosts` for SSH.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub secret_ref: Option<LocalObjectReference>,
    /// The ServiceAccount whose identity `provider` exchanges for credentials; for `aws` and
    /// `azure` only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service_account_name: Option<String>,
    /// The only folders that are checked out; everything when empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sparse_checkout: Vec<String>,
    /// Whether the controller leaves the object alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub suspend: Option<bool>,
    /// Limit of one Git operation, in Go's notation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(regex(pattern = TIMEOUT), extend("default" = "60s")))]
    pub timeout: Option<String>,
    /// The address: `https://…`, `http://…` or `ssh://…`.
    #[cfg_attr(feature = "schema", schemars(regex(pattern = "^(http|https|ssh)://.*$")))]
    pub url: String,
    /// Which signatures are checked, and with which keys.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verify: Option<GitRepositoryVerification>,
}

impl Spec for GitRepositorySpec {
    const GROUP: &'static str = GROUP;
    const VERSION: &'static str = "v1";
    const KIND: &'static str = "GitRepository";

    type Status = GitRepositoryStatus;
}

/// Who authenticates to a Git repository.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum GitProvider {
    /// The credentials of the Secret, or none.
    Generic,
    /// AWS CodeCommit, with the identity of the workload.
    Aws,
    /// Azure DevOps, with the identity of the workload.
    Azure,
    /// A GitHub App, whose key is in the Secret.
    Github,
}

/// What of a Git repository is checked out; `commit` wins over `name`, `semver`, `tag` and
/// `branch`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GitReference {
    /// The head of this branch.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub branch: Option<String>,
    /// This commit, looked for on `branch` when that is given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub commit: Option<String>,
    /// This full reference: `refs/pull/420/head`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The highest tag in this range of versions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub semver: Option<String>,
    /// This tag.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tag: Option<String>,
}

/// Another GitRepository whose artifact becomes part of this one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GitRepositoryInclude {
    /// The folder that is taken; the root of the artifact when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from_path: Option<String>,
    /// The other GitRepository.
    pub repository: LocalObjectReference,
    /// The folder that it is put in; the name of the other GitRepository when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to_path: Option<String>,
}

/// Which signatures are checked, and with which keys.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GitRepositoryVerification {
    /// What must be signed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(extend("default" = "HEAD")))]
    pub mode: Option<GitVerificationMode>,
    /// The Secret whose entries are the public keys of trusted authors.
    pub secret_ref: LocalObjectReference,
}

/// What of a Git repository must be signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
pub enum GitVerificationMode {
    /// The same as `HEAD`: how an older version of the API spelled it.
    #[serde(rename = "head")]
    LowercaseHead,
    /// The commit that is checked out.
    #[serde(rename = "HEAD")]
    Head,
    /// The tag that is checked out.
    Tag,
    /// Both the tag and the commit.
    #[serde(rename = "TagAndHEAD")]
    TagAndHead,
}

/// What source-controller reports of a GitRepository.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[cfg_attr(feature = "schema", schemars(extend("default" = { "observedGeneration": -1 })))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GitRepositoryStatus {
    /// The artifact of the last successful checkout.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub artifact: Option<Artifact>,
    /// The object's state.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conditions: Vec<Condition>,
    /// The artifacts of other GitRepositories that were put into this one's.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub included_artifacts: Vec<Artifact>,
    /// The last request for a reconciliation that was handled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_handled_reconcile_at: Option<String>,
    /// The `metadata.generation` that was handled last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub observed_generation: Option<i64>,
    /// The exclusions that the artifact was made with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub observed_ignore: Option<String>,
    /// The inclusions that the artifact was made with.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub observed_include: Vec<GitRepositoryInclude>,
    /// Whether the artifact was made with submodules.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub observed_recurse_submodules: Option<bool>,
    /// The folders that the artifact was made from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub observed_sparse_checkout: Vec<String>,
    /// What was checked for signatures last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source_verification_mode: Option<String>,
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

/// Which OCI artifact, how often, and what of it.
///
/// Source: fluxcd/source-controller `api/v1`, `OCIRepositorySpec`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct OCIRepositorySpec {
    /// The Secret with `ca.crt`, `tls.crt` and `tls.key`: whom to trust, and our own certificate.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cert_secret_ref: Option<LocalObjectReference>,
    /// Paths kept out of the artifact, in the format of `.gitignore`; replaces the default
    /// exclusions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ignore: Option<String>,
    /// Whether the registry may answer without TLS.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub insecure: Option<bool>,
    /// Time between two looks at the registry, in Go's notation.
    #[cfg_attr(feature = "schema", schemars(regex(pattern = INTERVAL)))]
    pub interval: String,
    /// Which layer is taken and how; the first one, unpacked, when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub layer_selector: Option<OCILayerSelector>,
    /// How to authenticate.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(extend("default" = "generic")))]
    pub provider: Option<CloudProvider>,
    /// The Secret with the proxy's address and credentials.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proxy_secret_ref: Option<LocalObjectReference>,
    /// What is pulled; the tag `latest` when absent.
    #[serde(rename = "ref", default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<OCIRepositoryRef>,
    /// The Secret with the registry's credentials, of type `kubernetes.io/dockerconfigjson`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub secret_ref: Option<LocalObjectReference>,
    /// The ServiceAccount whose image pull secrets or identity are used.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service_account_name: Option<String>,
    /// Whether the controller leaves the object alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub suspend: Option<bool>,
    /// Limit of one operation on the registry, in Go's notation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(regex(pattern = TIMEOUT), extend("default" = "60s")))]
    pub timeout: Option<String>,
    /// The repository in the registry, without a tag: `oci://…`.
    #[cfg_attr(feature = "schema", schemars(regex(pattern = "^oci://.*$")))]
    pub url: String,
    /// Which signatures are checked, and with what.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verify: Option<OCIRepositoryVerification>,
}

impl Spec for OCIRepositorySpec {
    const GROUP: &'static str = GROUP;
    const VERSION: &'static str = "v1";
    const KIND: &'static str = "OCIRepository";

    type Status = OCIRepositoryStatus;
}

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

/// What of an OCI repository is pulled; `digest` wins over `semver`, and that over `tag`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct OCIRepositoryRef {
    /// The manifest with this digest: `sha256:…`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub digest: Option<String>,
    /// The highest tag in this range of versions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub semver: Option<String>,
    /// A regular expression that tags must match before `semver` looks at them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub semver_filter: Option<String>,
    /// This tag.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tag: Option<String>,
}

/// Which layer of an OCI artifact is taken, and how.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct OCILayerSelector {
    /// The first layer of this type; the first one at all when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub media_type: Option<String>,
    /// What is done with the layer; `extract` when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub operation: Option<OCILayerOperation>,
}

/// What is done with the layer of an OCI artifact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum OCILayerOperation {
    /// Its files become the artifact.
    Extract,
    /// The archive itself becomes the artifact, unchanged.
    Copy,
}

/// Which signatures of an artifact are checked, and with what.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct OCIRepositoryVerification {
    /// Who may have signed without a key; any one of these.
    #[serde(rename = "matchOIDCIdentity", default, skip_serializing_if = "Vec::is_empty")]
    pub match_oidc_identity: Vec<OIDCIdentityMatch>,
    /// The tool that made the signature.
    #[cfg_attr(feature = "schema", schemars(extend("default" = "cosign")))]
    pub provider: SignatureProvider,
    /// The Secret with the public keys or certificates of trusted authors.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub secret_ref: Option<LocalObjectReference>,
    /// The Secret with the Sigstore trusted root, as `trusted_root.json`; the public one when
    /// absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trusted_root_secret_ref: Option<LocalObjectReference>,
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

/// What source-controller reports of an OCIRepository.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[cfg_attr(feature = "schema", schemars(extend("default" = { "observedGeneration": -1 })))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct OCIRepositoryStatus {
    /// The artifact of the last successful pull.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub artifact: Option<Artifact>,
    /// The object's state.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conditions: Vec<Condition>,
    /// The last request for a reconciliation that was handled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_handled_reconcile_at: Option<String>,
    /// The `metadata.generation` that was handled last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub observed_generation: Option<i64>,
    /// The exclusions that the artifact was made with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub observed_ignore: Option<String>,
    /// The selection that the artifact was made with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub observed_layer_selector: Option<OCILayerSelector>,
    /// Where the last artifact can be downloaded inside the cluster.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
}

/// Which repository of charts, and how often its index is read.
///
/// Source: fluxcd/source-controller `api/v1`, `HelmRepositorySpec`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct HelmRepositorySpec {
    /// Which other namespaces may refer to it. No controller reads this.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub access_from: Option<AccessFrom>,
    /// The Secret with `ca.crt`, `tls.crt` and `tls.key`: whom to trust, and our own certificate.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cert_secret_ref: Option<LocalObjectReference>,
    /// Whether the registry may answer without TLS; for the type `oci` only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub insecure: Option<bool>,
    /// Time between two looks at the index, in Go's notation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(regex(pattern = INTERVAL)))]
    pub interval: Option<String>,
    /// Whether the credentials are sent to other hosts, too, when the index refers to them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pass_credentials: Option<bool>,
    /// How to authenticate; for the type `oci` only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(extend("default" = "generic")))]
    pub provider: Option<CloudProvider>,
    /// The Secret with `username` and `password`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub secret_ref: Option<LocalObjectReference>,
    /// Whether the controller leaves the object alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub suspend: Option<bool>,
    /// Limit of one download, in Go's notation; 60 seconds when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(regex(pattern = TIMEOUT)))]
    pub timeout: Option<String>,
    /// How charts are found; by the index when absent.
    #[serde(rename = "type", default, skip_serializing_if = "Option::is_none")]
    pub type_: Option<HelmRepositoryType>,
    /// The address: `https://…`, `http://…` or `oci://…`.
    #[cfg_attr(feature = "schema", schemars(regex(pattern = "^(http|https|oci)://.*$")))]
    pub url: String,
}

impl Spec for HelmRepositorySpec {
    const GROUP: &'static str = GROUP;
    const VERSION: &'static str = "v1";
    const KIND: &'static str = "HelmRepository";

    type Status = HelmRepositoryStatus;
}

/// How the charts of a repository are found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum HelmRepositoryType {
    /// By its index.
    Default,
    /// By their names, in an OCI registry. Such a repository has no status.
    Oci,
}

/// Which other namespaces may refer to a source.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AccessFrom {
    /// The namespaces; any one of the selectors must match.
    pub namespace_selectors: Vec<NamespaceSelector>,
}

/// Namespaces by their labels.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NamespaceSelector {
    /// The labels that they all have.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub match_labels: BTreeMap<String, String>,
}

/// What source-controller reports of a HelmRepository.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[cfg_attr(feature = "schema", schemars(extend("default" = { "observedGeneration": -1 })))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct HelmRepositoryStatus {
    /// The index of the last successful download.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub artifact: Option<Artifact>,
    /// The object's state.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conditions: Vec<Condition>,
    /// The last request for a reconciliation that was handled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_handled_reconcile_at: Option<String>,
    /// The `metadata.generation` that was handled last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub observed_generation: Option<i64>,
    /// Where the last index can be downloaded inside the cluster.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
}

/// Which chart, from which source, and how often.
///
/// Source: fluxcd/source-controller `api/v1`, `HelmChartSpec`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[cfg_attr(
    feature = "schema",
    schemars(extend("x-kubernetes-validations" = [
            { "message": "spec.verify is only supported when spec.sourceRef.kind is 'HelmRepository'", "rule": "!has(self.verify) || self.sourceRef.kind == 'HelmRepository'" },
    ]))
)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct HelmChartSpec {
    /// The chart's name in a HelmRepository; its folder in any other source.
    pub chart: String,
    /// Whether files of `valuesFiles` that do not exist are skipped.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ignore_missing_values_files: Option<bool>,
    /// Time between two looks at the source, in Go's notation.
    #[cfg_attr(feature = "schema", schemars(regex(pattern = INTERVAL)))]
    pub interval: String,
    /// What makes a new artifact.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(extend("default" = "ChartVersion")))]
    pub reconcile_strategy: Option<ReconcileStrategy>,
    /// The source.
    pub source_ref: LocalHelmChartSourceReference,
    /// Whether the controller leaves the object alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub suspend: Option<bool>,
    /// Files whose values, one over the other, become the chart's default values.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub values_files: Vec<String>,
    /// Which signatures are checked, and with what; only for charts of a HelmRepository of type
    /// `oci`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verify: Option<HelmChartVerification>,
    /// The version or range of versions; only for charts of a HelmRepository.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(extend("default" = "*")))]
    pub version: Option<String>,
}

impl Spec for HelmChartSpec {
    const GROUP: &'static str = GROUP;
    const VERSION: &'static str = "v1";
    const KIND: &'static str = "HelmChart";

    type Status = HelmChartStatus;
}

/// What makes a new artifact of a chart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
pub enum ReconcileStrategy {
    /// Another version of the chart.
    ChartVersion,
    /// Another revision of the source.
    Revision,
}

/// The source of a chart, in the same namespace.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct LocalHelmChartSourceReference {
    /// Its group and version.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub api_version: Option<String>,
    /// Its kind.
    pub kind: HelmChartSourceKind,
    /// Its name.
    pub name: String,
}

/// The kinds of sources that charts come from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
pub enum HelmChartSourceKind {
    /// A repository of charts.
    #[default]
    HelmRepository,
    /// A folder of a Git repository.
    GitRepository,
    /// A folder of a bucket.
    Bucket,
}

/// Which signatures of a chart are checked, and with what.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct HelmChartVerification {
    /// Who may have signed without a key; any one of these.
    #[serde(rename = "matchOIDCIdentity", default, skip_serializing_if = "Vec::is_empty")]
    pub match_oidc_identity: Vec<OIDCIdentityMatch>,
    /// The tool that made the signature.
    #[cfg_attr(feature = "schema", schemars(extend("default" = "cosign")))]
    pub provider: SignatureProvider,
    /// The Secret with the public keys or certificates of trusted authors.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub secret_ref: Option<LocalObjectReference>,
}

/// What source-controller reports of a HelmChart.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[cfg_attr(feature = "schema", schemars(extend("default" = { "observedGeneration": -1 })))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct HelmChartStatus {
    /// The chart, packed, of the last success.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub artifact: Option<Artifact>,
    /// The object's state.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conditions: Vec<Condition>,
    /// The last request for a reconciliation that was handled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_handled_reconcile_at: Option<String>,
    /// The name in the chart's own metadata.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub observed_chart_name: Option<String>,
    /// The `metadata.generation` that was handled last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub observed_generation: Option<i64>,
    /// The revision of the source that the chart was made from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub observed_source_artifact_revision: Option<String>,
    /// The files whose values are in the chart.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub observed_values_files: Vec<String>,
    /// Where the chart can be downloaded inside the cluster.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
}

/// Which objects of which bucket, and how often.
///
/// Source: fluxcd/source-controller `api/v1`, `BucketSpec`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[cfg_attr(
    feature = "schema",
    schemars(extend("x-kubernetes-validations" = [
            { "message": "STS configuration is only supported for the 'aws' and 'generic' Bucket providers", "rule": "self.provider == 'aws' || self.provider == 'generic' || !has(self.sts)" },
            { "message": "'aws' is the only supported STS provider for the 'aws' Bucket provider", "rule": "self.provider != 'aws' || !has(self.sts) || self.sts.provider == 'aws'" },
            { "message": "'ldap' is the only supported STS provider for the 'generic' Bucket provider", "rule": "self.provider != 'generic' || !has(self.sts) || self.sts.provider == 'ldap'" },
            { "message": "spec.sts.secretRef is not required for the 'aws' STS provider", "rule": "!has(self.sts) || self.sts.provider != 'aws' || !has(self.sts.secretRef)" },
            { "message": "spec.sts.certSecretRef is not required for the 'aws' STS provider", "rule": "!has(self.sts) || self.sts.provider != 'aws' || !has(self.sts.certSecretRef)" },
            { "message": "ServiceAccountName is not supported for the 'generic' Bucket provider", "rule": "self.provider != 'generic' || !has(self.serviceAccountName)" },
            { "message": "cannot set both .spec.secretRef and .spec.serviceAccountName", "rule": "!has(self.secretRef) || !has(self.serviceAccountName)" },
    ]))
)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct BucketSpec {
    /// The bucket's name.
    pub bucket_name: String,
    /// The Secret with `ca.crt`, `tls.crt` and `tls.key`: whom to trust, and our own certificate;
    /// for `generic` only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cert_secret_ref: Option<LocalObjectReference>,
    /// The address of the storage, without the bucket's name.
    pub endpoint: String,
    /// Paths kept out of the artifact, in the format of `.gitignore`; replaces the default
    /// exclusions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ignore: Option<String>,
    /// Whether the storage may answer without TLS.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub insecure: Option<bool>,
    /// Time between two looks at the bucket, in Go's notation.
    #[cfg_attr(feature = "schema", schemars(regex(pattern = INTERVAL)))]
    pub interval: String,
    /// Only objects whose names begin like this.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prefix: Option<String>,
    /// Whose storage it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(extend("default" = "generic")))]
    pub provider: Option<BucketProvider>,
    /// The Secret with the proxy's address and credentials.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proxy_secret_ref: Option<LocalObjectReference>,
    /// The region of the endpoint.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
    /// The Secret with the credentials: `accesskey` and `secretkey`, or what the provider's SDK
    /// takes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub secret_ref: Option<LocalObjectReference>,
    /// The ServiceAccount whose identity `provider` exchanges for credentials; not for `generic`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service_account_name: Option<String>,
    /// Where temporary credentials come from; for `aws` and `generic` only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sts: Option<BucketSTSSpec>,
    /// Whether the controller leaves the object alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub suspend: Option<bool>,
    /// Limit of one operation on the storage, in Go's notation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(regex(pattern = TIMEOUT), extend("default" = "60s")))]
    pub timeout: Option<String>,
}

impl Spec for BucketSpec {
    const GROUP: &'static str = GROUP;
    const VERSION: &'static str = "v1";
    const KIND: &'static str = "Bucket";

    type Status = BucketStatus;
}

/// Whose storage a bucket is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum BucketProvider {
    /// Anyone's who speaks the API of S3.
    Generic,
    /// Amazon S3.
    Aws,
    /// Google Cloud Storage.
    Gcp,
    /// Azure Blob Storage.
    Azure,
}

/// Where temporary credentials for a bucket come from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct BucketSTSSpec {
    /// The Secret with `ca.crt`, `tls.crt` and `tls.key`; for `ldap` only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cert_secret_ref: Option<LocalObjectReference>,
    /// The address of the token service.
    #[cfg_attr(feature = "schema", schemars(regex(pattern = "^(http|https)://.*$")))]
    pub endpoint: String,
    /// The kind of token service.
    pub provider: BucketSTSProvider,
    /// The Secret with `username` and `password`; for `ldap` only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub secret_ref: Option<LocalObjectReference>,
}

/// The kinds of token services.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum BucketSTSProvider {
    /// AWS Security Token Service.
    Aws,
    /// A token service of MinIO that asks an LDAP directory.
    Ldap,
}

/// What source-controller reports of a Bucket.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[cfg_attr(feature = "schema", schemars(extend("default" = { "observedGeneration": -1 })))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct BucketStatus {
    /// The artifact of the last successful download.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub artifact: Option<Artifact>,
    /// The object's state.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conditions: Vec<Condition>,
    /// The last request for a reconciliation that was handled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_handled_reconcile_at: Option<String>,
    /// The `metadata.generation` that was handled last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub observed_generation: Option<i64>,
    /// The exclusions that the artifact was made with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub observed_ignore: Option<String>,
    /// Where the last artifact can be downloaded inside the cluster.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
}

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
