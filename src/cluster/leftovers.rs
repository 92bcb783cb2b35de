//! What an installation has on the cluster that a bundle does not: components that were dropped or are
//! not chosen any more, objects that a newer release does without.

use std::collections::BTreeSet;

use anyhow::Result;
use futures::stream::{self, StreamExt as _, TryStreamExt as _};
use kube::api::DynamicObject;
use kube::core::{ApiResource, GroupVersionKind};

use super::Cluster;
use super::installation::{FLUX_OBJECTS, INSTANCE};
use super::list::Scope;
use crate::kinds::view::title;

/// Lists that are under way at the same time.
pub(super) const AT_ONCE: usize = 8;

/// The kinds of a bundle's objects in Flux's namespace: group, kind.
pub(super) const IN_NAMESPACE: [(&str, &str); 5] = [
    ("apps", "Deployment"),
    ("", "ResourceQuota"),
    ("", "Service"),
    ("", "ServiceAccount"),
    ("networking.k8s.io", "NetworkPolicy"),
];

/// The kinds of a bundle's objects outside of namespaces.
pub(super) const OUTSIDE: [(&str, &str); 3] = [
    ("apiextensions.k8s.io", "CustomResourceDefinition"),
    ("rbac.authorization.k8s.io", "ClusterRole"),
    ("rbac.authorization.k8s.io", "ClusterRoleBinding"),
];

impl Cluster {
    /// The objects with the labels of the installation in `namespace` that are not among `objects`, each
    /// as `Kind namespace/name`, sorted.
    ///
    /// # Errors
    /// Those of [`super::failure`].
    pub async fn leftovers(
        &self,
        namespace: &str,
        objects: &[DynamicObject],
    ) -> Result<Vec<String>> {
        let kept: BTreeSet<String> = objects.iter().map(title).collect();
        let within = IN_NAMESPACE.map(|kind| (kind, Some(namespace)));
        let outside = OUTSIDE.map(|kind| (kind, None));
        let lists = within.into_iter().chain(outside);
        let lists =
            lists.map(|((group, kind), place)| self.labelled(group, kind, place, namespace));
        let found: Vec<Vec<String>> = stream::iter(lists).buffered(AT_ONCE).try_collect().await?;
        let mut left: Vec<String> =
            found.into_iter().flatten().filter(|object| !kept.contains(object)).collect();
        left.sort();
        Ok(left)
    }

    /// The objects of a kind that carry the labels of the instance, by `Kind namespace/name`.
    async fn labelled(
        &self,
        group: &str,
        kind: &str,
        namespace: Option<&str>,
        instance: &str,
    ) -> Result<Vec<String>> {
        let resource = ApiResource::from_gvk(&GroupVersionKind::gvk(group, "v1", kind));
        let selector = format!("{FLUX_OBJECTS},{INSTANCE}={instance}");
        let scope = Scope { namespace: namespace.map(str::to_owned), ..Scope::default() };
        let found = self.list_metadata(&resource, &scope.labels(selector)).await?;
        Ok(found.iter().map(title).collect())
    }
}
