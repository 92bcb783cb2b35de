//! What the deletion of an object takes with it, as far as the object itself tells.

use kube::api::DynamicObject;

use super::{ObjectRef, inventory, view};

/// What the deletion of an object takes with it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Deletion {
    /// What happens, in a clause of its own: `its 3 objects stay: prune is off`.
    pub effect: String,
    /// What is deleted or destroyed with it.
    pub objects: Vec<String>,
    /// What keeps the deletion from ending, until somebody acts.
    pub obstacle: Option<String>,
}

impl Deletion {
    /// Nothing goes with it.
    #[must_use]
    pub fn alone(effect: impl Into<String>) -> Self {
        Self { effect: effect.into(), ..Self::default() }
    }

    /// These go with it.
    #[must_use]
    pub fn with(effect: impl Into<String>, objects: Vec<String>) -> Self {
        Self { effect: effect.into(), objects, obstacle: None }
    }
}

/// The deletion of what manages nothing.
pub(super) fn of_a_single_object(_: &DynamicObject) -> Deletion {
    Deletion::alone("nothing else is deleted")
}

/// `its 1 object stays`, `its 3 objects stay`: what happens to objects at a place, for one and for many.
pub(super) fn its(objects: &[String], place: &str, one: &str, many: &str) -> String {
    match objects.len() {
        1 => format!("its 1 object{place} {one}"),
        count => format!("its {count} objects{place} {many}"),
    }
}

/// Where the objects are that it manages, when they are not beside it.
pub(super) fn elsewhere(object: &DynamicObject) -> &'static str {
    if is_elsewhere(object) { " in the cluster of its kubeConfig" } else { "" }
}

/// Whether the objects that it manages are in another cluster.
#[must_use]
pub fn is_elsewhere(object: &DynamicObject) -> bool {
    object.data.pointer("/spec/kubeConfig").is_some_and(|config| !config.is_null())
}

/// What it has applied, as `Kind/namespace/name`.
pub(super) fn inventory(object: &DynamicObject) -> Vec<String> {
    inventory::entries(object).iter().map(ToString::to_string).collect()
}

/// The Kustomization or HelmRelease that applied an object, and will apply it again.
///
/// Source: the owner labels of fluxcd/pkg `ssa` (`GetOwnerLabels`), and those of helm-controller's
/// `internal/postrender` (origin labels).
#[must_use]
pub fn applied_by(object: &DynamicObject) -> Option<ObjectRef> {
    const OWNERS: [(&str, &str); 2] = [
        ("Kustomization", "kustomize.toolkit.fluxcd.io"),
        ("HelmRelease", "helm.toolkit.fluxcd.io"),
    ];
    let labels = object.metadata.labels.as_ref()?;
    OWNERS.into_iter().find_map(|(kind, group)| {
        Some(ObjectRef {
            kind: kind.to_owned(),
            name: labels.get(&format!("{group}/name"))?.clone(),
            namespace: labels.get(&format!("{group}/namespace"))?.clone(),
        })
    })
}

/// What a deletion waits for.
#[must_use]
pub fn held_by(object: &DynamicObject) -> String {
    match object.metadata.finalizers.as_deref().unwrap_or_default() {
        [] => "the deletion was requested".to_owned(),
        finalizers => format!("held by {}", finalizers.join(", ")),
    }
}

/// The effect of an artifact's disappearance.
pub(super) fn of_a_source(object: &DynamicObject) -> Deletion {
    match view::text(object, "/status/artifact/revision") {
        Some(_) => Deletion::alone(
            "its artifact goes with it: what is built from it stays, and fails from now on",
        ),
        None => of_a_single_object(object),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::kinds::helm::HELM_RELEASE;
    use crate::kinds::kustomize::KUSTOMIZATION;
    use crate::kinds::source::GIT_REPOSITORY;
    use crate::kinds::terraform::TERRAFORM;
    use crate::kinds::view::tests::object;

    fn kustomization(spec: Value) -> Deletion {
        (KUSTOMIZATION.deletion)(&object(json!({
            "spec": spec,
            "status": {"inventory": {"entries": [
                {"id": "apps_web_apps_Deployment", "v": "v1"},
                {"id": "_system__reader_rbac.authorization.k8s.io_ClusterRole", "v": "v1"},
                {"id": "nonsense", "v": "v1"},
            ]}},
        })))
    }

    #[test]
    fn prune_and_deletion_policy_decide_what_goes_with_a_kustomization() {
        const BOTH: [&str; 2] = ["Deployment/apps/web", "ClusterRole/system:reader"];
        const GO: &str = "its 2 objects are deleted too, unless annotated \
                          kustomize.toolkit.fluxcd.io/prune: disabled";
        for (spec, effect, objects) in [
            (json!({"prune": true}), GO, &BOTH[..]),
            (json!({"prune": true, "deletionPolicy": "MirrorPrune"}), GO, &BOTH),
            (json!({"prune": false, "deletionPolicy": "Delete"}), GO, &BOTH),
            (json!({"prune": false}), "its 2 objects stay: prune is off", &[]),
            (
                json!({"prune": true, "deletionPolicy": "Orphan"}),
                "its 2 objects stay: deletionPolicy is Orphan",
                &[],
            ),
            (
                json!({"prune": true, "deletionPolicy": "Delete", "suspend": true}),
                "its 2 objects stay: it is suspended",
                &[],
            ),
        ] {
            let deletion = kustomization(spec.clone());
            assert_eq!(deletion.effect, effect, "{spec}");
            assert_eq!(deletion.objects, objects, "{spec}");
        }
        let waited = kustomization(json!({"deletionPolicy": "WaitForTermination"}));
        assert!(waited.effect.ends_with("; it stays until they are gone"), "{}", waited.effect);
        let remote = kustomization(json!({"prune": true, "kubeConfig": {"secretRef": {}}}));
        assert!(remote.effect.starts_with("its 2 objects in the cluster of its kubeConfig are"));
        let never = (KUSTOMIZATION.deletion)(&object(json!({"spec": {"prune": true}})));
        assert_eq!(never, Deletion::alone("it has applied nothing"));
    }

    #[test]
    fn a_release_is_uninstalled_unless_it_is_suspended_or_was_never_there() {
        let release = |spec: Value| {
            (HELM_RELEASE.deletion)(&object(json!({
                "spec": spec,
                "status": {"storageNamespace": "apps", "history": [{"name": "podinfo",
                    "namespace": "apps", "chartName": "podinfo", "chartVersion": "6.5.4"}]},
            })))
        };
        let told = "release apps/podinfo (podinfo 6.5.4)";
        assert_eq!(release(json!({})).effect, format!("{told} is uninstalled"));
        assert_eq!(
            release(json!({"uninstall": {"keepHistory": true}})).effect,
            format!("{told} is uninstalled, its history stays")
        );
        assert_eq!(
            release(json!({"suspend": true})).effect,
            format!("{told} stays installed: it is suspended")
        );
        let never = (HELM_RELEASE.deletion)(&object(json!({})));
        assert_eq!(never.effect, "it has installed no release");
    }

    #[test]
    fn what_terraform_made_is_destroyed_only_where_the_object_says_so() {
        let terraform = |spec: Value, finalizers: Value| {
            (TERRAFORM.deletion)(&object(json!({
                "metadata": {"name": "vpc", "namespace": "flux-system", "finalizers": finalizers},
                "spec": spec,
                "status": {"inventory": {"entries": [{"n": "main", "t": "aws_vpc", "id": "vpc-1"}]}},
            })))
        };
        let kept = terraform(json!({}), json!([]));
        assert_eq!(kept.effect, "what it made stays, and so does its state");
        assert_eq!((kept.objects.len(), kept.obstacle), (0, None));
        let destroyed = terraform(json!({"destroyResourcesOnDeletion": true}), json!([]));
        assert_eq!(destroyed.effect, "everything in its state is destroyed");
        assert_eq!(destroyed.objects, ["aws_vpc.main (vpc-1)"]);
        let suspended = terraform(json!({"suspend": true}), json!([]));
        assert_eq!(
            suspended.obstacle.unwrap(),
            "tofu-controller deletes nothing that is suspended: nigari resume terraform vpc -n flux-system"
        );
        let needed = terraform(json!({}), json!(["tf.dependency.of.subnets", "finalizers.tf"]));
        assert_eq!(needed.obstacle.unwrap(), "Terraform subnets depends on it and has to go first");
    }

    #[test]
    fn a_source_takes_its_artifact_along() {
        let fetched = object(json!({"status": {"artifact": {"revision": "main@sha1:ab"}}}));
        assert!(
            (GIT_REPOSITORY.deletion)(&fetched).effect.starts_with("its artifact goes with it")
        );
        let empty = (GIT_REPOSITORY.deletion)(&object(json!({})));
        assert_eq!(empty.effect, "nothing else is deleted");
    }

    #[test]
    fn labels_tell_who_applies_it_again() {
        let labelled = object(json!({"metadata": {"name": "apps", "labels": {
            "kustomize.toolkit.fluxcd.io/name": "flux-system",
            "kustomize.toolkit.fluxcd.io/namespace": "flux-system"}}}));
        let owner = applied_by(&labelled).unwrap();
        assert_eq!(owner.to_string(), "Kustomization flux-system/flux-system");
        assert_eq!(applied_by(&object(json!({}))), None);
    }
}
