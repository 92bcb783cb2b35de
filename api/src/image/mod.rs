//! `image.toolkit.fluxcd.io`: which images exist, which is the latest, and writing it to Git.
//!
//! Source: fluxcd/image-reflector-controller and fluxcd/image-automation-controller, `api/v1`.

mod automation;
mod policy;
mod repository;

#[cfg(feature = "schema")]
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use self::automation::{
    AutomationSourceKind, AutomationSourceReference, CommitSpec, CommitUser, GitCheckoutSpec,
    GitSpec, ImageUpdateAutomation, ImageUpdateAutomationSpec, ImageUpdateAutomationStatus,
    LabelSelector, LabelSelectorRequirement, PushSpec, SigningKey, SigningKeyType, UpdateStrategy,
    UpdateStrategyName,
};
pub use self::policy::{
    ImagePolicy, ImagePolicyChoice, ImagePolicySpec, ImagePolicyStatus, Order, OrderPolicy,
    ReflectionPolicy, SemVerPolicy, TagFilter,
};
pub use self::repository::{
    ImageProvider, ImageRepository, ImageRepositorySpec, ImageRepositoryStatus, ScanResult,
};
#[cfg(feature = "schema")]
use crate::crd::{AGE, Column, Controller, CustomKind, READY, STATUS, Version};
#[cfg(feature = "schema")]
use crate::meta::Spec;

const GROUP: &str = "image.toolkit.fluxcd.io";

#[cfg(feature = "schema")]
pub(crate) const REFLECTOR: Controller = Controller {
    name: "image-reflector-controller",
    group: GROUP,
    category: Some("fluxcd-images"),
    kinds: &[
        CustomKind {
            kind: ImagePolicySpec::KIND,
            plural: "imagepolicies",
            short_names: &["imgpol", "imagepol"],
            description: "A rule that elects the latest tag of an ImageRepository.",
            versions: &[Version::of::<ImagePolicySpec>(&[
                Column::text("Image", ".status.latestRef.name"),
                Column::text("Tag", ".status.latestRef.tag"),
                READY,
                STATUS,
                AGE,
            ])],
        },
        CustomKind {
            kind: ImageRepositorySpec::KIND,
            plural: "imagerepositories",
            short_names: &["imgrepo", "imagerepo"],
            description: "A repository of images that image-reflector-controller scans for tags.",
            versions: &[Version::of::<ImageRepositorySpec>(&[
                Column::text("Image", ".spec.image"),
                Column::text("Tags", ".status.lastScanResult.tagCount"),
                READY,
                STATUS,
                Column::text("Last scan", ".status.lastScanResult.scanTime").wide(),
                AGE,
            ])],
        },
    ],
};

#[cfg(feature = "schema")]
pub(crate) const AUTOMATION: Controller = Controller {
    name: "image-automation-controller",
    group: GROUP,
    category: Some("fluxcd-images"),
    kinds: &[CustomKind {
        kind: ImageUpdateAutomationSpec::KIND,
        plural: "imageupdateautomations",
        short_names: &["iua", "imgupd", "imgauto"],
        description: "A job that writes elected tags into a Git repository.",
        versions: &[Version::of::<ImageUpdateAutomationSpec>(&[
            READY,
            STATUS,
            Column::text("Last run", ".status.lastAutomationRunTime").wide(),
            AGE,
        ])],
    }],
};

/// An image in a registry.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ImageRef {
    /// Its digest, when that was looked up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub digest: Option<String>,
    /// Its repository.
    pub name: String,
    /// Its tag.
    pub tag: String,
}
