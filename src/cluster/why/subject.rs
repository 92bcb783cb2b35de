//! What a walk looks at: any object of the cluster, by group, kind and name.

use std::fmt;

use kube::api::DynamicObject;

use crate::kinds::inventory::Entry;
use crate::kinds::{self, Kind, ObjectRef};

/// An object of the cluster, of a kind that may not be Flux's.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Subject {
    /// The API group; empty for the core group.
    pub group: String,
    /// The API kind: `Deployment`.
    pub kind: String,
    /// The namespace; empty for what lives in none.
    pub namespace: String,
    /// The name.
    pub name: String,
}

/// The kinds that run Pods, each with its group.
const WORKLOADS: [(&str, &str); 5] = [
    ("apps", "Deployment"),
    ("apps", "StatefulSet"),
    ("apps", "DaemonSet"),
    ("apps", "ReplicaSet"),
    ("batch", "Job"),
];

/// Kinds of Kubernetes itself that can be unhealthy, besides those that run Pods.
const CAN_FAIL: [(&str, &str); 4] = [
    ("", "Pod"),
    ("", "PersistentVolumeClaim"),
    ("apiextensions.k8s.io", "CustomResourceDefinition"),
    ("apiregistration.k8s.io", "APIService"),
];

impl Subject {
    /// An object of group and kind.
    #[must_use]
    pub fn new(group: &str, kind: &str, namespace: &str, name: &str) -> Self {
        let [group, kind, namespace, name] = [group, kind, namespace, name].map(str::to_owned);
        Self { group, kind, namespace, name }
    }

    /// The Flux kind that it is of, if it is of one.
    #[must_use]
    pub fn flux_kind(&self) -> Option<&'static Kind> {
        kinds::of_api_kind(&self.kind).filter(|kind| kind.group == self.group)
    }

    /// Whether it runs Pods.
    #[must_use]
    pub fn is_workload(&self) -> bool {
        self.is_one_of(&WORKLOADS)
    }

    pub(super) fn is(&self, group: &str, kind: &str) -> bool {
        self.group == group && self.kind == kind
    }

    /// Whether an object of its kind can be other than well, as far as anybody knows: all of those that
    /// Kubernetes does not bring, and a few that it does. A ConfigMap is there, or it is not.
    pub(super) fn can_fail(&self) -> bool {
        let is_built_in = !self.group.contains('.') || self.group.ends_with(".k8s.io");
        !is_built_in || self.is_workload() || self.is_one_of(&CAN_FAIL)
    }

    fn is_one_of(&self, kinds: &[(&str, &str)]) -> bool {
        kinds.iter().any(|(group, kind)| self.is(group, kind))
    }

    /// The object itself, in a list of its kind.
    pub(super) fn among<'a>(&self, objects: &'a [DynamicObject]) -> Option<&'a DynamicObject> {
        objects.iter().find(|object| {
            object.metadata.name.as_deref() == Some(&self.name)
                && object.metadata.namespace.as_deref().unwrap_or_default() == self.namespace
        })
    }
}

impl From<&ObjectRef> for Subject {
    /// A reference names Flux's own kinds; Secrets and ConfigMaps are in the core group.
    fn from(reference: &ObjectRef) -> Self {
        let group = kinds::of_api_kind(&reference.kind).map_or("", |kind| kind.group);
        Self::new(group, &reference.kind, &reference.namespace, &reference.name)
    }
}

impl From<Entry> for Subject {
    fn from(entry: Entry) -> Self {
        let Entry { group, kind, namespace, name } = entry;
        Self { group, kind, namespace, name }
    }
}

/// `Kind namespace/name`, or `Kind name` for what lives in no namespace.
impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.namespace.as_str() {
            "" => write!(f, "{} {}", self.kind, self.name),
            namespace => write!(f, "{} {namespace}/{}", self.kind, self.name),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_can_fail_is_what_has_a_state() {
        for (group, kind, can_fail) in [
            ("apps", "Deployment", true),
            ("", "Pod", true),
            ("cert-manager.io", "Certificate", true),
            ("kustomize.toolkit.fluxcd.io", "Kustomization", true),
            ("apiextensions.k8s.io", "CustomResourceDefinition", true),
            ("", "ConfigMap", false),
            ("", "Service", false),
            ("rbac.authorization.k8s.io", "ClusterRole", false),
            ("batch", "CronJob", false),
        ] {
            assert_eq!(Subject::new(group, kind, "a", "b").can_fail(), can_fail, "{kind}");
        }
    }

    #[test]
    fn a_kind_of_another_group_is_not_flux_s() {
        let flux = Subject::new("kustomize.toolkit.fluxcd.io", "Kustomization", "a", "b");
        let other = Subject::new("kustomize.config.k8s.io", "Kustomization", "a", "b");
        assert!(flux.flux_kind().is_some());
        assert!(other.flux_kind().is_none());
    }

    #[test]
    fn what_lives_in_no_namespace_is_named_without_one() {
        let namespaced = Subject::new("", "Pod", "apps", "web-1");
        assert_eq!(namespaced.to_string(), "Pod apps/web-1");
        assert_eq!(Subject::new("", "Node", "", "n1").to_string(), "Node n1");
    }
}
