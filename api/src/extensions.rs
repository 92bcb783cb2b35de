//! `source.extensions.fluxcd.io`: artifacts composed from other artifacts.
//!
//! Source: fluxcd/source-watcher, `api/v1beta1`.

#[cfg(feature = "schema")]
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

#[cfg(feature = "schema")]
use crate::crd::{AGE, Controller, CustomKind, READY, Rule, STATUS, Version};
use crate::meta::{CommonMetadata, Condition, Object, Spec};

const GROUP: &str = "source.extensions.fluxcd.io";

#[cfg(feature = "schema")]
pub(crate) const CONTROLLER: Controller = Controller {
    name: "source-watcher",
    group: GROUP,
    category: Some("fluxcd-sources"),
    kinds: &[CustomKind {
        kind: ArtifactGeneratorSpec::KIND,
        plural: "artifactgenerators",
        short_names: &["ag"],
        description: "A recipe by which source-watcher makes artifacts from those of sources.",
        versions: &[Version::of::<ArtifactGeneratorSpec>(&[AGE, READY, STATUS])],
    }],
};

/// A recipe by which source-watcher makes ExternalArtifacts from the artifacts of sources.
pub type ArtifactGenerator = Object<ArtifactGeneratorSpec>;

/// Which sources are read, and which artifacts are made of them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[cfg_attr(feature = "schema", schemars(extend("x-kubernetes-validations" = ARTIFACT_GENERATOR_RULES)))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ArtifactGeneratorSpec {
    /// The artifacts that are made.
    #[cfg_attr(feature = "schema", schemars(length(min = 1, max = 1000)))]
    pub artifacts: Vec<OutputArtifact>,
    /// Labels and annotations put on every ExternalArtifact.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub common_metadata: Option<CommonMetadata>,
    /// The folders that each make their own artifacts: `@ALIAS/apps/{app}`. What a name in braces
    /// matched can be used in `artifacts`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(
        feature = "schema",
        schemars(length(max = 1024), regex(pattern = PATH_IN_SOURCE))
    )]
    pub path_pattern: Option<String>,
    /// The sources that are read.
    #[cfg_attr(feature = "schema", schemars(length(min = 1, max = 1000)))]
    pub sources: Vec<AliasedSource>,
}

#[cfg(feature = "schema")]
const ARTIFACT_GENERATOR_RULES: [Rule; 1] = [Rule {
    rule: "has(self.pathPattern) && size(self.pathPattern) > 0 || self.artifacts.all(a, \
        a.name.matches('^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$'))",
    message: "artifact names must be valid Kubernetes object names when pathPattern is not set",
}];

impl Spec for ArtifactGeneratorSpec {
    const GROUP: &'static str = GROUP;
    const VERSION: &'static str = "v1beta1";
    const KIND: &'static str = "ArtifactGenerator";
    type Status = ArtifactGeneratorStatus;
}

/// `@ALIAS/PATH`: something in a source.
#[cfg(feature = "schema")]
const PATH_IN_SOURCE: &str = r"^@([a-z0-9]([a-z0-9_-]*[a-z0-9])?)/(.*)$";

/// `@ALIAS`: a source.
#[cfg(feature = "schema")]
const SOURCE: &str = r"^@([a-z0-9]([a-z0-9_-]*[a-z0-9])?)$";

/// `@artifact/PATH`, where no step is `.` or `..`.
#[cfg(feature = "schema")]
const PATH_IN_ARTIFACT: &str = concat!(
    r"^@artifact/([^/]{0,1}|[^./][^/]|[.][^./]|[^/]{3,})",
    r"(/([^/]{0,1}|[^./][^/]|[.][^./]|[^/]{3,}))*$",
);

/// An artifact that is made, and what goes into it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct OutputArtifact {
    /// What is copied into it, in this order; later files replace earlier ones.
    #[cfg_attr(feature = "schema", schemars(length(min = 1)))]
    pub copy: Vec<CopyOperation>,
    /// The name of the ExternalArtifact; may use what `pathPattern` matched.
    #[cfg_attr(feature = "schema", schemars(length(min = 1, max = 253)))]
    pub name: String,
    /// The source, as `@ALIAS`, whose own origin (a commit, say) is noted in the artifact's metadata
    /// as `org.opencontainers.image.revision`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(length(max = 64), regex(pattern = SOURCE)))]
    pub origin_revision: Option<String>,
    /// The source, as `@ALIAS`, whose revision is the artifact's; a digest of the content when
    /// absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(length(max = 64), regex(pattern = SOURCE)))]
    pub revision: Option<String>,
}

/// What is copied from a source into an artifact.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CopyOperation {
    /// Glob patterns of files and folders left out, relative to the source's root or to the part of
    /// `from` without wildcards. A pattern without `/` is about file names in any folder.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "schema", schemars(length(max = 100), inner(length(max = 1024))))]
    pub exclude: Vec<String>,
    /// What is copied: `@ALIAS/` and a glob pattern; may use what `pathPattern` matched.
    #[cfg_attr(
        feature = "schema",
        schemars(length(min = 1, max = 1024), regex(pattern = PATH_IN_SOURCE))
    )]
    pub from: String,
    /// How it is copied; `Overwrite` when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub strategy: Option<CopyStrategy>,
    /// Where it goes: `@artifact/` and a path; may use what `pathPattern` matched.
    #[cfg_attr(
        feature = "schema",
        schemars(length(min = 1, max = 1024), regex(pattern = PATH_IN_ARTIFACT))
    )]
    pub to: String,
}

/// How files are copied into an artifact.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
pub enum CopyStrategy {
    /// Replaces a file that is already there.
    #[default]
    Overwrite,
    /// Merges YAML into the file that is already there, as Helm merges values.
    Merge,
    /// Unpacks tarballs.
    Extract,
}

/// A source and the name that the recipe calls it by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AliasedSource {
    /// The name in this recipe, unique there.
    #[cfg_attr(
        feature = "schema",
        schemars(length(max = 63), regex(pattern = r"^[a-z0-9]([a-z0-9_-]*[a-z0-9])?$"))
    )]
    pub alias: String,
    /// Kind of the source.
    pub kind: AliasedSourceKind,
    /// Name of the source.
    #[cfg_attr(
        feature = "schema",
        schemars(length(max = 253), regex(pattern = r"^[a-z0-9]([a-z0-9-]*[a-z0-9])?$"))
    )]
    pub name: String,
    /// Namespace of the source; that of the ArtifactGenerator when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(
        feature = "schema",
        schemars(length(min = 1, max = 63), regex(pattern = r"^[a-z0-9]([-a-z0-9]*[a-z0-9])?$"))
    )]
    pub namespace: Option<String>,
}

/// The kinds of sources that artifacts are made from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
pub enum AliasedSourceKind {
    /// Files of an object store.
    Bucket,
    /// A Git repository.
    GitRepository,
    /// An OCI artifact.
    OCIRepository,
    /// A Helm chart.
    HelmChart,
    /// An artifact that was made outside source-controller.
    ExternalArtifact,
}

/// What source-watcher last saw and made.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ArtifactGeneratorStatus {
    /// The aspects of the object's state.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conditions: Vec<Condition>,
    /// The ExternalArtifacts that were made.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub inventory: Vec<ExternalArtifactReference>,
    /// The reconcile request that was handled last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_handled_reconcile_at: Option<String>,
    /// A checksum of the state that all sources had.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub observed_sources_digest: Option<String>,
}

/// An ExternalArtifact that was made.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ExternalArtifactReference {
    /// The artifact's digest.
    pub digest: String,
    /// The artifact's file.
    pub filename: String,
    /// Name of the object.
    pub name: String,
    /// Namespace of the object.
    pub namespace: String,
}
