//! Image scanning and updating (group `image.toolkit.fluxcd.io`).

use kube::api::DynamicObject;

use super::deletion::of_a_single_object;
use super::reference::Reference;
use super::view::{cell, namespace, number, object_ref, text};
use super::{
    Column, EVERY_VERB, Family, Kind, ObjectRef, SUSPENDED, Suspension, controller,
    no_dependencies, no_revision_forms, no_revisions, no_sources, readiness,
};

/// A container image whose tags are scanned.
pub static IMAGE_REPOSITORY: Kind = Kind {
    kind: "ImageRepository",
    group: "image.toolkit.fluxcd.io",
    versions: &["v1", "v1beta2"],
    plural: "imagerepositories",
    names: &["repository"],
    family: Some(Family::Image),
    human: "image repository",
    controller: controller::IMAGE_REFLECTOR,
    demands: &[],
    verbs: EVERY_VERB,
    columns: &[Column { header: "LAST SCAN", cell: last_scan }, SUSPENDED],
    wide: &[Column { header: "IMAGE", cell: |object| cell(object, "/spec/image") }],
    shown_source: None,
    readiness: readiness::of_conditions,
    suspension: Suspension::Field,
    deletion: of_a_single_object,
    references: &[
        Reference::credentials("/spec/secretRef"),
        Reference::credentials("/spec/certSecretRef"),
        Reference::credentials("/spec/proxySecretRef"),
        Reference::account("/spec/serviceAccountName"),
    ],
    sources: no_sources,
    dependencies: no_dependencies,
    attempted_revision: None,
    revisions: no_revisions,
    revision_forms: no_revision_forms,
    takes: None,
    outcome: scanned,
};

/// A rule that selects one of the scanned tags.
pub static IMAGE_POLICY: Kind = Kind {
    kind: "ImagePolicy",
    plural: "imagepolicies",
    names: &["policy"],
    human: "image policy",
    columns: &[
        Column { header: "IMAGE", cell: |object| latest(object, "name") },
        Column { header: "TAG", cell: |object| latest(object, "tag") },
    ],
    wide: &[REPOSITORY],
    references: &[Reference::of("ImageRepository", "/spec/imageRepositoryRef")],
    sources: image_repository,
    dependencies: no_dependencies,
    outcome: selected,
    ..IMAGE_REPOSITORY
};

/// Commits of selected tags to Git.
pub static IMAGE_UPDATE_AUTOMATION: Kind = Kind {
    kind: "ImageUpdateAutomation",
    plural: "imageupdateautomations",
    names: &["update"],
    human: "image update automation",
    controller: controller::IMAGE_AUTOMATION,
    columns: &[Column { header: "LAST RUN", cell: last_run }, SUSPENDED],
    wide: &[BRANCH],
    references: &[
        Reference::anything("/spec/sourceRef"),
        Reference::credentials("/spec/git/commit/signingKey/secretRef"),
    ],
    sources: |object| object_ref(object, "/spec/sourceRef").into_iter().collect(),
    dependencies: no_dependencies,
    outcome: automation_outcome,
    ..IMAGE_REPOSITORY
};

const REPOSITORY: Column =
    Column { header: "REPOSITORY", cell: |object| cell(object, "/spec/imageRepositoryRef/name") };

/// Where it pushes to, if that is not the branch that it has checked out.
const BRANCH: Column =
    Column { header: "PUSHES TO", cell: |object| cell(object, "/spec/git/push/branch") };

fn last_scan(object: &DynamicObject) -> String {
    text(object, "/status/lastScanResult/scanTime").unwrap_or_default().to_owned()
}

fn last_run(object: &DynamicObject) -> String {
    text(object, "/status/lastAutomationRunTime").unwrap_or_default().to_owned()
}

fn latest(object: &DynamicObject, part: &str) -> String {
    text(object, &format!("/status/latestRef/{part}")).unwrap_or_default().to_owned()
}

/// A policy names its repository without a kind.
fn image_repository(object: &DynamicObject) -> Vec<ObjectRef> {
    let repository = text(object, "/spec/imageRepositoryRef/name").map(|name| ObjectRef {
        kind: "ImageRepository".to_owned(),
        namespace: text(object, "/spec/imageRepositoryRef/namespace")
            .unwrap_or_else(|| namespace(object))
            .to_owned(),
        name: name.to_owned(),
    });
    repository.into_iter().collect()
}

fn scanned(object: &DynamicObject) -> String {
    match number(object, "/status/lastScanResult/tagCount") {
        Some(count) => format!("scan fetched {count} tags"),
        None => "not scanned yet".to_owned(),
    }
}

/// `name:tag@digest`, as the API prints a reference.
fn selected(object: &DynamicObject) -> String {
    let part = |prefix: &str, name| match latest(object, name) {
        part if part.is_empty() => part,
        part => format!("{prefix}{part}"),
    };
    match part("", "name") + &part(":", "tag") + &part("@", "digest") {
        reference if reference.is_empty() => "no image selected yet".to_owned(),
        reference => format!("selected ref {reference}"),
    }
}

fn automation_outcome(object: &DynamicObject) -> String {
    if let Some(ready) = readiness::condition(object, "Ready") {
        return ready.message.to_owned();
    }
    match last_run(object) {
        time if time.is_empty() => "automation not yet run".to_owned(),
        time => format!("last run {time}"),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::kinds::view::tests::object;

    #[test]
    fn a_policy_tells_what_it_selected() {
        let mut policy = object(json!({"spec": {"imageRepositoryRef": {"name": "podinfo"}}}));
        assert_eq!(selected(&policy), "no image selected yet");
        assert_eq!(image_repository(&policy)[0].to_string(), "ImageRepository flux-system/podinfo");
        policy.data["status"]["latestRef"] = json!({"name": "ghcr.io/podinfo", "tag": "6.5.4"});
        assert_eq!(selected(&policy), "selected ref ghcr.io/podinfo:6.5.4");
        policy.data["status"]["latestRef"]["digest"] = json!("sha256:ab");
        assert_eq!(selected(&policy), "selected ref ghcr.io/podinfo:6.5.4@sha256:ab");
    }
}
