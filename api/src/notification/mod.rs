//! `notification.toolkit.fluxcd.io`: events that leave the cluster, and requests that come in.
//!
//! Source: fluxcd/notification-controller, `api/v1beta3` (`AlertSpec`, `ProviderSpec`) and `api/v1`
//! (`ReceiverSpec`, `ReceiverStatus`).

mod alert;
mod provider;
mod receiver;

use std::collections::BTreeMap;

#[cfg(feature = "schema")]
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use self::alert::{Alert, AlertSpec, EventSeverity};
pub use self::provider::{Provider, ProviderSpec, ProviderType};
pub use self::receiver::{
    OidcProvider, OidcValidation, OidcVariable, Receiver, ReceiverResource, ReceiverSpec,
    ReceiverStatus, ReceiverType,
};
#[cfg(feature = "schema")]
use crate::crd::{AGE, Controller, CustomKind, READY, STATUS, Version};
#[cfg(feature = "schema")]
use crate::meta::Spec;

const GROUP: &str = "notification.toolkit.fluxcd.io";

#[cfg(feature = "schema")]
pub(crate) const CONTROLLER: Controller = Controller {
    name: "notification-controller",
    group: GROUP,
    category: Some("fluxcd-notifications"),
    kinds: &[
        CustomKind {
            kind: AlertSpec::KIND,
            plural: "alerts",
            short_names: &[],
            description: "A rule that forwards events about some objects to a Provider.",
            versions: &[Version::of::<AlertSpec>(&[AGE])],
        },
        CustomKind {
            kind: ProviderSpec::KIND,
            plural: "providers",
            short_names: &[],
            description: "A service outside the cluster that Alerts send events to.",
            versions: &[Version::of::<ProviderSpec>(&[AGE])],
        },
        CustomKind {
            kind: ReceiverSpec::KIND,
            plural: "receivers",
            short_names: &[],
            description: "An address that webhooks call to have objects reconciled.",
            versions: &[Version::of::<ReceiverSpec>(&[AGE, READY, STATUS])],
        },
    ],
};

/// One object, or all objects of a kind, in any namespace.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CrossNamespaceObjectReference {
    /// Group and version of the object.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub api_version: Option<String>,
    /// Kind of the object.
    pub kind: ReferentKind,
    /// The labels that the objects must carry; only together with the name `*`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub match_labels: BTreeMap<String, String>,
    /// Name of the object, or `*` for all of the kind.
    #[cfg_attr(feature = "schema", schemars(length(min = 1, max = 253)))]
    pub name: String,
    /// Namespace of the object; that of the referring object when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(length(min = 1, max = 253)))]
    pub namespace: Option<String>,
}

/// The kinds whose events an Alert forwards and that a Receiver has reconciled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
pub enum ReferentKind {
    /// `Bucket` of `source.toolkit.fluxcd.io`.
    Bucket,
    /// `GitRepository` of `source.toolkit.fluxcd.io`.
    GitRepository,
    /// `Kustomization` of `kustomize.toolkit.fluxcd.io`.
    Kustomization,
    /// `HelmRelease` of `helm.toolkit.fluxcd.io`.
    HelmRelease,
    /// `HelmChart` of `source.toolkit.fluxcd.io`.
    HelmChart,
    /// `HelmRepository` of `source.toolkit.fluxcd.io`.
    HelmRepository,
    /// `ImageRepository` of `image.toolkit.fluxcd.io`.
    ImageRepository,
    /// `ImagePolicy` of `image.toolkit.fluxcd.io`.
    ImagePolicy,
    /// `ImageUpdateAutomation` of `image.toolkit.fluxcd.io`.
    ImageUpdateAutomation,
    /// `OCIRepository` of `source.toolkit.fluxcd.io`.
    OCIRepository,
    /// `ArtifactGenerator` of `source.extensions.fluxcd.io`.
    ArtifactGenerator,
    /// `ExternalArtifact` of `source.toolkit.fluxcd.io`.
    ExternalArtifact,
}
