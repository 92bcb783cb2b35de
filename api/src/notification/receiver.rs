//! Receivers: who may have which objects reconciled.

use std::collections::BTreeMap;

#[cfg(feature = "schema")]
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{GROUP, ReferentKind};
#[cfg(feature = "schema")]
use crate::crd::Rule;
#[cfg(feature = "schema")]
use crate::meta::INTERVAL;
use crate::meta::{Condition, LocalObjectReference, Object, Spec};

/// An address that webhooks call to have objects reconciled.
pub type Receiver = Object<ReceiverSpec>;

/// Who may call, and which objects are reconciled then.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[cfg_attr(feature = "schema", schemars(extend("x-kubernetes-validations" = RECEIVER_RULES)))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ReceiverSpec {
    /// The events that count, in the sender's words: `push` on GitHub, `Push Hook` on GitLab. All of
    /// them when empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub events: Vec<String>,
    /// Time between two looks at the Secret, in Go's notation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(
        feature = "schema",
        schemars(regex(pattern = INTERVAL), extend("default" = "10m"))
    )]
    pub interval: Option<String>,
    /// The issuers whose tokens a receiver of type `generic-oidc` accepts; the token's `iss` says
    /// which one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(
        feature = "schema",
        schemars(extend(
            "x-kubernetes-list-map-keys" = ["issuerURL"],
            "x-kubernetes-list-type" = "map",
        ))
    )]
    pub oidc_providers: Vec<OidcProvider>,
    /// A CEL expression over the object's metadata (`res`), the request's body (`req`) and, with
    /// `generic-oidc`, the token's `claims`; objects for which it is false are left alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resource_filter: Option<String>,
    /// The objects that a call has reconciled.
    pub resources: Vec<ReceiverResource>,
    /// The Secret with the `token` that callers prove to know; `gcr` also wants `email` and
    /// `audience`. Not for `generic-oidc`, which verifies the caller's own token.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub secret_ref: Option<LocalObjectReference>,
    /// Whether calls have no effect for the time being.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub suspend: Option<bool>,
    /// Who calls, which decides how a request is verified and read.
    #[serde(rename = "type")]
    pub type_: ReceiverType,
}

#[cfg(feature = "schema")]
const RECEIVER_RULES: [Rule; 4] = [
    Rule {
        rule: "self.type != 'generic-oidc' \
            || (has(self.oidcProviders) && size(self.oidcProviders) > 0)",
        message: "generic-oidc receivers must define at least one oidcProvider",
    },
    Rule {
        rule: "self.type == 'generic-oidc' || !has(self.oidcProviders) \
            || size(self.oidcProviders) == 0",
        message: "oidcProviders can only be set when type is generic-oidc",
    },
    Rule {
        rule: "self.type != 'generic-oidc' || !has(self.secretRef)",
        message: "secretRef cannot be set when type is generic-oidc",
    },
    Rule {
        rule: "self.type == 'generic-oidc' || has(self.secretRef)",
        message: "secretRef is required when type is not generic-oidc",
    },
];

impl Spec for ReceiverSpec {
    const GROUP: &'static str = GROUP;
    const VERSION: &'static str = "v1";
    const KIND: &'static str = "Receiver";
    type Status = ReceiverStatus;
}

/// The senders of webhooks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum ReceiverType {
    /// Anyone who knows the address.
    Generic,
    /// Anyone who signs the body with the token.
    #[serde(rename = "generic-hmac")]
    GenericHmac,
    /// Anyone with a token of an OIDC issuer.
    #[serde(rename = "generic-oidc")]
    GenericOidc,
    /// GitHub.
    GitHub,
    /// GitLab.
    GitLab,
    /// Bitbucket Server.
    Bitbucket,
    /// Harbor.
    Harbor,
    /// Docker Hub.
    DockerHub,
    /// Quay.
    Quay,
    /// Google Container Registry, through Pub/Sub.
    Gcr,
    /// Nexus.
    Nexus,
    /// Azure Container Registry.
    Acr,
    /// Any sender of CDEvents.
    CdEvents,
}

/// An OIDC issuer, and what its tokens must say.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct OidcProvider {
    /// The audience (`aud`) that a token must name; `notification-controller` when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub audience: Option<String>,
    /// The issuer's address, equal to the token's `iss`; its keys are discovered from there.
    #[serde(rename = "issuerURL")]
    #[cfg_attr(feature = "schema", schemars(regex(pattern = r"^https?://")))]
    pub issuer_url: String,
    /// What must be true of a token's claims. A public issuer signs for anyone, so these must name
    /// the caller.
    #[cfg_attr(feature = "schema", schemars(length(min = 1)))]
    pub validations: Vec<OidcValidation>,
    /// Named expressions that the validations share, evaluated in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub variables: Vec<OidcVariable>,
}

/// A claim about the token that a call carries.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct OidcValidation {
    /// A CEL expression over `claims` and `vars` that must be true.
    pub expression: String,
    /// What the caller is told when it is false.
    pub message: String,
}

/// A named value that validations use as `vars.NAME`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct OidcVariable {
    /// A CEL expression over `claims` and the variables before this one.
    pub expression: String,
    /// The name, an identifier in CEL.
    pub name: String,
}

/// What a Receiver has reconciled: one object, or some objects of a kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ReceiverResource {
    /// Group and version of the object.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub api_version: Option<String>,
    /// A CEL expression like the Receiver's `resourceFilter`, which must be true too.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub filter: Option<String>,
    /// Kind of the object.
    pub kind: ReferentKind,
    /// The labels that the objects must carry; only together with the name `*`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub match_labels: BTreeMap<String, String>,
    /// Name of the object, or `*` for all of the kind.
    #[cfg_attr(feature = "schema", schemars(length(min = 1, max = 253)))]
    pub name: String,
    /// Namespace of the object; that of the Receiver when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(length(min = 1, max = 253)))]
    pub namespace: Option<String>,
}

/// What notification-controller last saw and did.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[cfg_attr(feature = "schema", schemars(extend("default" = { "observedGeneration": -1 })))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ReceiverStatus {
    /// The aspects of the object's state.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conditions: Vec<Condition>,
    /// The reconcile request that was handled last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_handled_reconcile_at: Option<String>,
    /// The `metadata.generation` that was handled last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub observed_generation: Option<i64>,
    /// The path of the address to call, made from token, name and namespace.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub webhook_path: Option<String>,
}
