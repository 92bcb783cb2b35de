//! What the objects of all groups share.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// The specification of one API kind: knows which kind it specifies.
pub trait Spec {
    /// Group and version, as `apiVersion` holds them.
    const API_VERSION: &'static str;
    /// The API kind.
    const KIND: &'static str;
}

/// A Kubernetes object as a manifest holds it: without status.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Object<S> {
    /// Group and version.
    pub api_version: String,
    /// The API kind.
    pub kind: String,
    /// Name, namespace, labels and annotations.
    pub metadata: ObjectMeta,
    /// What the object asks for.
    pub spec: S,
}

impl<S: Spec> Object<S> {
    /// An object of the specification's kind, without labels and annotations.
    pub fn new(namespace: impl Into<String>, name: impl Into<String>, spec: S) -> Self {
        Self {
            api_version: S::API_VERSION.to_owned(),
            kind: S::KIND.to_owned(),
            metadata: ObjectMeta {
                name: name.into(),
                namespace: Some(namespace.into()),
                ..ObjectMeta::default()
            },
            spec,
        }
    }
}

/// The part of an object's metadata that manifests write.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ObjectMeta {
    /// Values for tools and controllers.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub annotations: BTreeMap<String, String>,
    /// Values to select by.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub labels: BTreeMap<String, String>,
    /// The name, unique among the kind's objects in its namespace.
    pub name: String,
    /// The namespace; absent for objects of cluster scope.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub namespace: Option<String>,
}

/// A reference to an object of a known kind in the same namespace.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct LocalObjectReference {
    /// The object's name.
    pub name: String,
}

impl LocalObjectReference {
    /// A reference to the object `name`.
    pub fn new(name: impl Into<String>) -> Self {
        Self { name: name.into() }
    }
}

/// One aspect of an object's state, as its controller last saw it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Condition {
    /// When `status` last changed, in RFC 3339.
    pub last_transition_time: String,
    /// What a person should know.
    pub message: String,
    /// The `metadata.generation` that the condition speaks about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub observed_generation: Option<i64>,
    /// Why, as one CamelCase word.
    pub reason: String,
    /// `True`, `False` or `Unknown`.
    pub status: String,
    /// The aspect: `Ready`, `Reconciling`, `Stalled`, …
    #[serde(rename = "type")]
    pub type_: String,
}
