//! What a Flux kind is: one descriptor per kind, and nothing but values.
//!
//! Commands ask this table and never compare kind names. Where a kind differs, the difference is a field
//! of its descriptor.
//!
//! | module | what it holds |
//! |---|---|
//! | [`readiness`] | ready, progressing, failed or stalled: a pure verdict over an object |

pub mod readiness;

use std::fmt;

use kube::api::DynamicObject;
use kube::core::{ApiResource, GroupVersionKind};

use readiness::Verdict;

/// A kind of object that Flux or tofu-controller reconciles.
pub struct Kind {
    /// The API kind, as in manifests: `GitRepository`.
    pub kind: &'static str,
    /// The API group.
    pub group: &'static str,
    /// Versions that we understand, best first; discovery picks one that the cluster serves.
    pub versions: &'static [&'static str],
    /// The resource name in API paths: `gitrepositories`.
    pub plural: &'static str,
    /// The commands' words for it, under its [`Family`] if it has one: `kustomization`, `ks`.
    pub names: &'static [&'static str],
    /// The group of subcommands it belongs to: `get sources git`.
    pub family: Option<Family>,
    /// How messages call it: `source git`.
    pub human: &'static str,
    /// What can be done with it.
    pub verbs: &'static [Verb],
    /// The columns of its table between NAME and READY, apart from SUSPENDED.
    pub columns: &'static [Column],
    /// What its status means.
    pub readiness: fn(&DynamicObject) -> Verdict,
    /// How it is suspended.
    pub suspension: Suspension,
    /// What `--with-source` reconciles first.
    pub sources: fn(&DynamicObject) -> Vec<ObjectRef>,
    /// What a successful reconciliation achieved: `fetched revision main@sha1:…`.
    pub outcome: fn(&DynamicObject) -> String,
}

/// A group of kinds that share a command word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Family {
    /// `source git`, `source helm`, …
    Source,
    /// `image policy`, …
    Image,
    /// `artifact generator`
    Artifact,
}

/// A generic command that a kind may support.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Verb {
    /// `get`
    Get,
    /// `reconcile`
    Reconcile,
    /// `suspend` and `resume`
    Suspend,
    /// `export`
    Export,
    /// `delete`
    Delete,
}

/// How objects of a kind are suspended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Suspension {
    /// `spec.suspend: true`
    Field,
    /// An annotation with a value that means suspended, compared without case.
    Annotation(&'static str, &'static str),
    /// It cannot be suspended.
    None,
}

/// One column of a kind's table.
pub struct Column {
    /// The header, in capitals.
    pub header: &'static str,
    /// The cell of an object; empty when there is nothing to show.
    pub cell: fn(&DynamicObject) -> String,
}

/// A reference to an object of a known API kind.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ObjectRef {
    /// The API kind: `GitRepository`.
    pub kind: String,
    /// The namespace, already defaulted to that of the referring object.
    pub namespace: String,
    /// The name.
    pub name: String,
}

impl fmt::Display for ObjectRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}/{}", self.kind, self.namespace, self.name)
    }
}

impl Kind {
    /// The API resource of this kind in `version`, without asking a cluster.
    #[must_use]
    pub fn resource(&self, version: &str) -> ApiResource {
        let gvk = GroupVersionKind::gvk(self.group, version, self.kind);
        ApiResource::from_gvk_with_plural(&gvk, self.plural)
    }

    /// Whether the generic command `verb` knows this kind.
    #[must_use]
    pub fn supports(&self, verb: Verb) -> bool {
        self.verbs.contains(&verb)
    }
}
