//! Objects of Kubernetes itself that Flux's objects need.

use std::collections::BTreeMap;

use k8s_openapi::api::core::v1::{Namespace, ServiceAccount};
use k8s_openapi::api::rbac::v1::{RoleBinding, RoleRef, Subject};
use k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;

use super::new::RefusalHint;

/// The API group of roles.
const RBAC: &str = "rbac.authorization.k8s.io";

/// Namespace, name and labels; a map without entries is not written.
pub(super) fn metadata(
    namespace: Option<&str>,
    name: &str,
    labels: &BTreeMap<String, String>,
) -> ObjectMeta {
    ObjectMeta {
        labels: (!labels.is_empty()).then(|| labels.clone()),
        name: Some(name.to_owned()),
        namespace: namespace.map(str::to_owned),
        ..ObjectMeta::default()
    }
}

pub(super) fn namespace(metadata: ObjectMeta) -> Namespace {
    Namespace { metadata, ..Namespace::default() }
}

pub(super) fn service_account(metadata: ObjectMeta) -> ServiceAccount {
    ServiceAccount { metadata, ..ServiceAccount::default() }
}

/// The rights of a ClusterRole, in the namespace of the binding.
pub(super) fn role_binding(
    metadata: ObjectMeta,
    cluster_role: &str,
    subjects: Vec<Subject>,
) -> RoleBinding {
    let role_ref = RoleRef {
        api_group: Some(RBAC.to_owned()),
        kind: "ClusterRole".to_owned(),
        name: cluster_role.to_owned(),
    };
    RoleBinding { metadata, role_ref, subjects: Some(subjects) }
}

/// What to do where a binding has another role already: the API changes none.
pub(super) fn role_hint(namespace: &str, name: &str) -> RefusalHint {
    let hint = format!(
        "a RoleBinding keeps its role: delete it first, with kubectl delete rolebinding {name} -n {namespace}"
    );
    RefusalHint { field: "roleRef", hints: vec![hint] }
}

/// A user, by name.
pub(super) fn user(name: String) -> Subject {
    let api_group = Some(RBAC.to_owned());
    Subject { api_group, kind: "User".to_owned(), name, namespace: None }
}

/// A ServiceAccount of a namespace.
pub(super) fn account(namespace: &str, name: &str) -> Subject {
    Subject {
        api_group: None,
        kind: "ServiceAccount".to_owned(),
        name: name.to_owned(),
        namespace: Some(namespace.to_owned()),
    }
}
