//! Sources: what Flux fetches (group `source.toolkit.fluxcd.io`).

use kube::api::DynamicObject;

use super::deletion::of_a_source;
use super::readiness::{self, Verdict};
use super::reference::Reference;
use super::view::{cell, object_ref, text};
use super::wanted::{Form, forms_from};
use super::{
    Column, EVERY_VERB, Family, Kind, ObjectRef, SUSPENDED, Suspension, Verb, controller,
    no_dependencies, no_sources,
};

const GROUP: &str = "source.toolkit.fluxcd.io";

const REVISION: Column = Column { header: "REVISION", cell: artifact_revision };

const URL: Column = Column { header: "URL", cell: |object| cell(object, "/spec/url") };

/// What credentials, TLS, proxy and signature checks refer to, and what is fetched; no kind has all of it.
const REFERENCES: &[Reference] = &[
    Reference::anything("/spec/sourceRef"),
    Reference::credentials("/spec/secretRef"),
    Reference::credentials("/spec/certSecretRef"),
    Reference::credentials("/spec/proxySecretRef"),
    Reference::credentials("/spec/verify/secretRef"),
    Reference::secret("/spec/verify/trustedRootSecretRef"),
    Reference::secret("/spec/sts/secretRef"),
    Reference::secret("/spec/sts/certSecretRef"),
    Reference::of("GitRepository", "/spec/include/*/repository"),
    Reference::account("/spec/serviceAccountName"),
];

/// A Git repository at a branch, tag or commit.
pub static GIT_REPOSITORY: Kind = Kind {
    kind: "GitRepository",
    group: GROUP,
    versions: &["v1", "v1beta2"],
    plural: "gitrepositories",
    names: &["git"],
    family: Some(Family::Source),
    human: "source git",
    controller: controller::SOURCE,
    demands: &[],
    verbs: EVERY_VERB,
    columns: &[REVISION, SUSPENDED],
    wide: &[URL, Column { header: "REF", cell: reference }],
    shown_source: None,
    readiness: readiness::of_conditions,
    suspension: Suspension::Field,
    deletion: of_a_source,
    references: REFERENCES,
    sources: no_sources,
    dependencies: no_dependencies,
    attempted_revision: None,
    revisions: artifact_revisions,
    revision_forms: |_| forms_from("GitRepository"),
    takes: None,
    outcome: fetched,
};

/// An artifact in an OCI registry.
pub static OCI_REPOSITORY: Kind = Kind {
    kind: "OCIRepository",
    plural: "ocirepositories",
    names: &["oci"],
    human: "source oci",
    revision_forms: |_| forms_from("OCIRepository"),
    ..GIT_REPOSITORY
};

/// An S3-compatible bucket.
pub static BUCKET: Kind = Kind {
    kind: "Bucket",
    plural: "buckets",
    names: &["bucket"],
    human: "source bucket",
    revision_forms: |_| forms_from("Bucket"),
    wide: &[
        Column { header: "ENDPOINT", cell: |object| cell(object, "/spec/endpoint") },
        Column { header: "BUCKET", cell: |object| cell(object, "/spec/bucketName") },
    ],
    ..GIT_REPOSITORY
};

/// A Helm repository: an index over HTTP, or a mere address of an OCI registry.
pub static HELM_REPOSITORY: Kind = Kind {
    kind: "HelmRepository",
    plural: "helmrepositories",
    names: &["helm"],
    human: "source helm",
    wide: &[URL],
    readiness: helm_repository_readiness,
    revision_forms: helm_repository_forms,
    outcome: helm_repository_outcome,
    ..GIT_REPOSITORY
};

/// A Helm chart, from a Helm repository, a Git repository or a bucket.
pub static HELM_CHART: Kind = Kind {
    kind: "HelmChart",
    plural: "helmcharts",
    names: &["chart"],
    human: "source chart",
    wide: &[
        Column { header: "CHART", cell: |object| cell(object, "/spec/chart") },
        Column { header: "VERSION", cell: |object| cell(object, "/spec/version") },
    ],
    sources: source_ref,
    dependencies: no_dependencies,
    attempted_revision: Some(observed_source_revision),
    revisions: chart_revisions,
    revision_forms: chart_forms,
    ..GIT_REPOSITORY
};

/// An artifact that something else than source-controller produced.
pub static EXTERNAL_ARTIFACT: Kind = Kind {
    kind: "ExternalArtifact",
    versions: &["v1"],
    plural: "externalartifacts",
    names: &["external"],
    human: "source external-artifact",
    verbs: &[Verb::Get, Verb::Export],
    columns: &[REVISION, Column { header: "SOURCE", cell: producer }],
    wide: &[],
    suspension: Suspension::None,
    references: &[],
    revision_forms: |_| forms_from("ExternalArtifact"),
    ..GIT_REPOSITORY
};

fn artifact_revision(object: &DynamicObject) -> String {
    text(object, "/status/artifact/revision").unwrap_or_default().to_owned()
}

/// The artifact's own revision, and the commit that an OCI artifact says it was made from.
///
/// Source: `getOriginRevision` of kustomize-controller; the annotation is that of the OCI image spec.
fn artifact_revisions(object: &DynamicObject) -> Vec<&str> {
    let origin = object.data.pointer("/status/artifact/metadata");
    let origin = origin.and_then(|metadata| metadata["org.opencontainers.image.revision"].as_str());
    text(object, "/status/artifact/revision").into_iter().chain(origin).collect()
}

/// The version of a chart, and the revision of the source that it was taken from.
fn chart_revisions(object: &DynamicObject) -> Vec<&str> {
    let version = text(object, "/status/artifact/revision");
    version.into_iter().chain(observed_source_revision(object)).collect()
}

fn observed_source_revision(object: &DynamicObject) -> Option<&str> {
    text(object, "/status/observedSourceArtifactRevision")
}

fn chart_forms(object: &DynamicObject) -> &'static [Form] {
    match text(object, "/spec/sourceRef/kind") {
        Some("GitRepository") => &[Form::Version, Form::Commit],
        Some("Bucket") => &[Form::Version, Form::Digest],
        _ => &[Form::Version],
    }
}

fn helm_repository_forms(object: &DynamicObject) -> &'static [Form] {
    if is_static_helm_repository(object) { &[] } else { &[Form::Digest] }
}

/// What of the repository is fetched, as the manifest names it.
///
/// Source: the precedence of `GitRepositoryRef` and `OCIRepositoryRef` in source-controller's `api/v1`.
fn reference(object: &DynamicObject) -> String {
    let named = ["digest", "commit", "name", "semver", "tag", "branch"];
    let found = named.iter().find_map(|key| text(object, &format!("/spec/ref/{key}")));
    found.unwrap_or_default().to_owned()
}

fn fetched(object: &DynamicObject) -> String {
    match text(object, "/status/artifact/revision") {
        Some(revision) => format!("fetched revision {revision}"),
        None => "nothing fetched yet".to_owned(),
    }
}

fn source_ref(object: &DynamicObject) -> Vec<ObjectRef> {
    object_ref(object, "/spec/sourceRef").into_iter().collect()
}

/// What made an ExternalArtifact; unlike a source it may live outside of any namespace.
fn producer(object: &DynamicObject) -> String {
    let field = |name| text(object, &format!("/spec/sourceRef/{name}")).unwrap_or_default();
    match field("name") {
        "" => String::new(),
        name => format!("{}/{}/{name}", field("kind"), field("namespace")),
    }
}

/// Of a Helm repository in an OCI registry nothing is fetched and no status is kept: source-controller
/// clears what was there (`internal/controller/helmrepository_controller.go`, `migrateToStatic`).
#[must_use]
pub fn is_static_helm_repository(object: &DynamicObject) -> bool {
    text(object, "/spec/type") == Some("oci")
}

fn helm_repository_readiness(object: &DynamicObject) -> Verdict {
    if is_static_helm_repository(object) {
        return readiness::by_definition(object, "Helm repository is Ready");
    }
    readiness::of_conditions(object)
}

fn helm_repository_outcome(object: &DynamicObject) -> String {
    if is_static_helm_repository(object) {
        return "HelmRepository is ready".to_owned();
    }
    fetched(object)
}
