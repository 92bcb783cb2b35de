//! Artifact generators (group `source.extensions.fluxcd.io`).

use kube::api::DynamicObject;
use serde_json::Value;

use super::deletion::{Deletion, its, of_a_single_object};
use super::reference::Reference;
use super::view::namespace;
use super::{
    Column, EVERY_VERB_AND_TREE, Family, Kind, ObjectRef, Suspension, controller, no_dependencies,
    no_revision_forms, no_revisions, readiness, truth,
};

/// Composes artifacts out of sources. It has no `suspend` field; source-watcher skips it while an
/// annotation says so (`IsDisabled` in `api/v1beta1/artifactgenerator_types.go`).
pub static ARTIFACT_GENERATOR: Kind = Kind {
    kind: "ArtifactGenerator",
    group: "source.extensions.fluxcd.io",
    versions: &["v1beta1"],
    plural: "artifactgenerators",
    names: &["generator", "generators"],
    family: Some(Family::Artifact),
    human: "artifactgenerator",
    controller: controller::SOURCE_WATCHER,
    demands: &[],
    verbs: EVERY_VERB_AND_TREE,
    columns: &[Column { header: "SUSPENDED", cell: suspended }],
    wide: &[Column { header: "ARTIFACTS", cell: |object| artifacts(object).len().to_string() }],
    shown_source: None,
    readiness: readiness::of_conditions,
    suspension: SUSPENSION,
    deletion,
    references: &[Reference::anything("/spec/sources/*")],
    sources,
    dependencies: no_dependencies,
    attempted_revision: None,
    revisions: no_revisions,
    revision_forms: no_revision_forms,
    takes: None,
    outcome,
};

const SUSPENSION: Suspension =
    Suspension::Annotation("source.extensions.fluxcd.io/reconcile", "disabled");

fn suspended(object: &DynamicObject) -> String {
    truth(SUSPENSION.holds(object)).to_owned()
}

/// The ExternalArtifacts that it made.
fn artifacts(object: &DynamicObject) -> Vec<String> {
    let list = object.data.pointer("/status/inventory").and_then(Value::as_array);
    let artifact = |entry: &Value| {
        let (namespace, name) = (entry["namespace"].as_str()?, entry["name"].as_str()?);
        Some(format!("ExternalArtifact/{namespace}/{name}"))
    };
    list.into_iter().flatten().filter_map(artifact).collect()
}

/// Suspended or not. Source: `finalizeExternalArtifacts` of source-watcher,
/// `internal/controller/artifactgenerator_finalize.go`.
fn deletion(object: &DynamicObject) -> Deletion {
    let artifacts = artifacts(object);
    if artifacts.is_empty() {
        return of_a_single_object(object);
    }
    Deletion::with(its(&artifacts, "", "is deleted too", "are deleted too"), artifacts)
}

fn sources(object: &DynamicObject) -> Vec<ObjectRef> {
    let list = object.data.pointer("/spec/sources").and_then(Value::as_array);
    let reference = |source: &Value| {
        let field = |key| source.get(key).and_then(Value::as_str).filter(|text| !text.is_empty());
        Some(ObjectRef {
            kind: field("kind")?.to_owned(),
            namespace: field("namespace").unwrap_or_else(|| namespace(object)).to_owned(),
            name: field("name")?.to_owned(),
        })
    };
    list.into_iter().flatten().filter_map(reference).collect()
}

fn outcome(object: &DynamicObject) -> String {
    let ready = readiness::condition(object, "Ready").map(|ready| ready.message);
    ready.unwrap_or("nothing generated yet").to_owned()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::kinds::view::tests::object;

    #[test]
    fn it_is_suspended_by_an_annotation_in_any_case() {
        let mut generator = object(json!({}));
        assert_eq!(suspended(&generator), "False");
        let annotation = |value: &str| {
            [("source.extensions.fluxcd.io/reconcile".to_owned(), value.to_owned())].into()
        };
        generator.metadata.annotations = Some(annotation("Disabled"));
        assert_eq!(suspended(&generator), "True");
        generator.metadata.annotations = Some(annotation("enabled"));
        assert_eq!(suspended(&generator), "False");
    }

    #[test]
    fn every_source_counts() {
        let generator = object(json!({"spec": {"sources": [
            {"alias": "a", "kind": "GitRepository", "name": "fleet"},
            {"alias": "b", "kind": "OCIRepository", "name": "chart", "namespace": "infra"},
        ]}}));
        let sources: Vec<_> = sources(&generator).iter().map(ToString::to_string).collect();
        assert_eq!(sources, ["GitRepository flux-system/fleet", "OCIRepository infra/chart"]);
    }
}
