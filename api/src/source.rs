//! `source.toolkit.fluxcd.io`: where artifacts come from.

use serde::{Deserialize, Serialize};

use crate::meta::{LocalObjectReference, Object, Spec};

/// A Git repository that source-controller checks out.
pub type GitRepository = Object<GitRepositorySpec>;

/// Which Git repository, how often, and what of it.
///
/// Left out: `verify` (commit signatures) and `include` (other repositories' artifacts), which nothing
/// writes yet; a manifest with them is refused, not misread.
///
/// Source: fluxcd/source-controller `api/v1`, `GitRepositorySpec`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GitRepositorySpec {
    /// Paths kept out of the artifact, in the format of `.gitignore`; replaces the default exclusions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ignore: Option<String>,
    /// Time between two looks at the repository, in Go's notation.
    pub interval: String,
    /// How to authenticate without a secret of our own: `generic`, `aws`, `azure` or `github`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub provider: Option<String>,
    /// The Secret with the proxy's address and credentials.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proxy_secret_ref: Option<LocalObjectReference>,
    /// Whether submodules are checked out too, with the same credentials.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recurse_submodules: Option<bool>,
    /// What is checked out; the branch `master` when absent.
    #[serde(rename = "ref", default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<GitReference>,
    /// The Secret with the credentials.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub secret_ref: Option<LocalObjectReference>,
    /// The ServiceAccount whose identity `provider` exchanges for credentials.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service_account_name: Option<String>,
    /// The only folders that are checked out; everything when empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sparse_checkout: Vec<String>,
    /// Whether the controller leaves the object alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub suspend: Option<bool>,
    /// Limit of one Git operation, in Go's notation; the API's default is `60s`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub timeout: Option<String>,
    /// The address: `https://…`, `http://…` or `ssh://…`.
    pub url: String,
}

impl Spec for GitRepositorySpec {
    const API_VERSION: &'static str = "source.toolkit.fluxcd.io/v1";
    const KIND: &'static str = "GitRepository";
}

/// What of a Git repository is checked out; `commit` wins over `name`, `semver`, `tag` and `branch`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GitReference {
    /// The head of this branch.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub branch: Option<String>,
    /// This commit, looked for on `branch` when that is given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub commit: Option<String>,
    /// This full reference: `refs/pull/420/head`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The highest tag in this range of versions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub semver: Option<String>,
    /// This tag.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tag: Option<String>,
}
