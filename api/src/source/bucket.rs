//! Buckets.

#[cfg(feature = "schema")]
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Artifact, GROUP};
#[cfg(feature = "schema")]
use crate::crd::Rule;
use crate::meta::{Condition, LocalObjectReference, Object, Spec};
#[cfg(feature = "schema")]
use crate::meta::{INTERVAL, TIMEOUT};

/// Objects of an S3-compatible or cloud storage, packed as an artifact.
pub type Bucket = Object<BucketSpec>;

/// Which objects of which bucket, and how often.
///
/// Source: fluxcd/source-controller `api/v1`, `BucketSpec`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[cfg_attr(feature = "schema", schemars(extend("x-kubernetes-validations" = BUCKET_RULES)))]
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

#[cfg(feature = "schema")]
const BUCKET_RULES: [Rule; 7] = [
    Rule {
        rule: "self.provider == 'aws' || self.provider == 'generic' || !has(self.sts)",
        message: "STS configuration is only supported for the 'aws' and 'generic' Bucket providers",
    },
    Rule {
        rule: "self.provider != 'aws' || !has(self.sts) || self.sts.provider == 'aws'",
        message: "'aws' is the only supported STS provider for the 'aws' Bucket provider",
    },
    Rule {
        rule: "self.provider != 'generic' || !has(self.sts) || self.sts.provider == 'ldap'",
        message: "'ldap' is the only supported STS provider for the 'generic' Bucket provider",
    },
    Rule {
        rule: "!has(self.sts) || self.sts.provider != 'aws' || !has(self.sts.secretRef)",
        message: "spec.sts.secretRef is not required for the 'aws' STS provider",
    },
    Rule {
        rule: "!has(self.sts) || self.sts.provider != 'aws' || !has(self.sts.certSecretRef)",
        message: "spec.sts.certSecretRef is not required for the 'aws' STS provider",
    },
    Rule {
        rule: "self.provider != 'generic' || !has(self.serviceAccountName)",
        message: "ServiceAccountName is not supported for the 'generic' Bucket provider",
    },
    Rule {
        rule: "!has(self.secretRef) || !has(self.serviceAccountName)",
        message: "cannot set both .spec.secretRef and .spec.serviceAccountName",
    },
];

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
