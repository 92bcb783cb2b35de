//! Artifacts in OCI registries.

#[cfg(feature = "schema")]
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Artifact, CloudProvider, GROUP, OIDCIdentityMatch, SignatureProvider};
use crate::meta::{Condition, LocalObjectReference, Object, Spec};
#[cfg(feature = "schema")]
use crate::meta::{INTERVAL, TIMEOUT};

/// An OCI artifact that source-controller pulls from a registry.
pub type OCIRepository = Object<OCIRepositorySpec>;

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
