//! Which version of a kind the cluster serves: asked once per command, again after CRDs were applied.

use std::collections::HashMap;
use std::sync::Arc;

use anyhow::{Result, anyhow};
use kube::client::{APIGroupDiscovery, APIResourceDiscovery};
use kube::core::{ApiResource, GroupVersionKind};
use tokio::sync::Mutex;

use super::Cluster;
use super::backoff::patiently;
use crate::error::{Class, Explain as _};
use crate::kinds::{self, Kind};

/// What the cluster serves, as far as it was asked.
#[derive(Default)]
pub(super) struct Discovery(Mutex<Option<Arc<Served>>>);

/// A kind of resource that the cluster serves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServedResource {
    /// Group, version, kind and plural.
    pub resource: ApiResource,
    /// Whether its objects live in namespaces.
    pub is_namespaced: bool,
    /// Other words for the kind: the singular, and short ones such as `deploy`.
    aliases: Vec<String>,
}

impl ServedResource {
    /// Whether it is what people call `word`, in lower case.
    fn is_called(&self, word: &str) -> bool {
        let names = [&self.resource.plural, &self.resource.kind];
        names.into_iter().chain(&self.aliases).any(|name| name.eq_ignore_ascii_case(word))
    }

    /// Whether `qualifier` is the group, or the version and the group: `v1.apps`.
    fn is_of(&self, qualifier: &str) -> bool {
        let ApiResource { group, version, .. } = &self.resource;
        qualifier.is_empty()
            || qualifier == group
            || qualifier.split_once('.') == Some((version, group))
            || (group.is_empty() && qualifier == version)
    }
}

/// Every resource of one answer, by group and kind.
#[derive(Debug, Default)]
pub(super) struct Served(HashMap<(String, String), Vec<ServedResource>>);

impl Served {
    fn add_group(&mut self, group: &APIGroupDiscovery) {
        let name = group.metadata.as_ref().and_then(|metadata| metadata.name.clone());
        let name = name.unwrap_or_default();
        for version in &group.versions {
            let version_name = version.version.as_deref().unwrap_or_default();
            for resource in &version.resources {
                self.add(&name, version_name, resource);
            }
        }
    }

    fn add(&mut self, group: &str, version: &str, found: &APIResourceDiscovery) {
        let kind = found.response_kind.as_ref().and_then(|kind| kind.kind.clone());
        let (Some(kind), Some(plural)) = (kind, &found.resource) else { return };
        // Some resources answer with a kind of another group, such as Scale.
        let gvk = GroupVersionKind::gvk(group, version, &kind);
        let resource = ApiResource::from_gvk_with_plural(&gvk, plural);
        let is_namespaced = found.scope.as_deref() == Some("Namespaced");
        let aliases = found.short_names.iter().chain(&found.singular_resource).cloned().collect();
        self.0.entry((group.to_owned(), kind)).or_default().push(ServedResource {
            resource,
            is_namespaced,
            aliases,
        });
    }

    fn get(&self, group: &str, version: &str, kind: &str) -> Option<&ServedResource> {
        let versions = self.0.get(&(group.to_owned(), kind.to_owned()))?;
        versions.iter().find(|served| served.resource.version == version)
    }

    /// The version of a kind that is understood here, else the one that the server prefers.
    fn preferred(&self, group: &str, name: &str) -> Option<&ServedResource> {
        let kind = kinds::of_api_kind(name).filter(|kind| kind.group == group);
        match kind {
            Some(kind) => self.best(kind),
            None => self.0.get(&(group.to_owned(), name.to_owned()))?.first(),
        }
    }

    /// What a word means, as for kubectl: `deploy`, `deployments.apps`, `Deployment.v1.apps`. Of several
    /// groups the core comes first, then the kinds of the table, then the others by name.
    fn called(&self, word: &str) -> Option<&ServedResource> {
        let (name, qualifier) = word.split_once('.').unwrap_or((word, ""));
        let is_meant = |served: &&ServedResource| served.is_called(name) && served.is_of(qualifier);
        let meant = self.0.values().filter_map(|versions| versions.iter().find(is_meant));
        let found = meant.min_by_key(|served| {
            let ApiResource { group, kind, .. } = &served.resource;
            let is_known = kinds::of_api_kind(kind).is_some_and(|kind| kind.group == group);
            (!group.is_empty(), !is_known, group.clone(), kind.clone())
        })?;
        match qualifier {
            "" => self.preferred(&found.resource.group, &found.resource.kind),
            _ => Some(found),
        }
    }

    /// The best version of `kind` that is served.
    fn best(&self, kind: &Kind) -> Option<&ServedResource> {
        kind.versions.iter().find_map(|version| self.get(kind.group, version, kind.kind))
    }
}

impl Cluster {
    /// The best version of `kind` that the cluster serves; nothing when the kind is not installed.
    ///
    /// # Errors
    /// Those of [`super::failure`].
    pub async fn resource(&self, kind: &'static Kind) -> Result<Option<ApiResource>> {
        let served = self.served().await?;
        Ok(served.best(kind).map(|served| served.resource.clone()))
    }

    /// How objects of exactly this group, version and kind are addressed; nothing when it is not served.
    ///
    /// # Errors
    /// Those of [`super::failure`].
    pub async fn served_resource(&self, gvk: &GroupVersionKind) -> Result<Option<ServedResource>> {
        Ok(self.served().await?.get(&gvk.group, &gvk.version, &gvk.kind).cloned())
    }

    /// How objects of a kind that may not be Flux's are addressed; nothing when it is not served.
    ///
    /// # Errors
    /// Those of [`super::failure`].
    pub async fn served_as(&self, group: &str, kind: &str) -> Result<Option<ServedResource>> {
        Ok(self.served().await?.preferred(group, kind).cloned())
    }

    /// How objects of what people call `word` are addressed.
    ///
    /// # Errors
    /// [`Class::NotInstalled`] when the cluster knows no such word; those of [`super::failure`].
    pub async fn served_by_word(&self, word: &str) -> Result<ServedResource> {
        let found = self.served().await?.called(word).cloned();
        found
            .ok_or_else(|| anyhow!("the cluster has no kind that is called {word:?}"))
            .class(Class::NotInstalled)
            .hint("see which kinds there are with: kubectl api-resources")
    }

    /// Forgets what the cluster serves, so that the next question asks it again.
    pub async fn refresh_discovery(&self) {
        *self.discovery.0.lock().await = None;
    }

    async fn served(&self) -> Result<Arc<Served>> {
        // Held while asking, so that lists for many kinds at the same time ask once.
        let mut cached = self.discovery.0.lock().await;
        if let Some(served) = &*cached {
            return Ok(Arc::clone(served));
        }
        let served = Arc::new(self.discover().await?);
        *cached = Some(Arc::clone(&served));
        Ok(served)
    }

    /// Two requests, whatever is installed: aggregated discovery, in every Kubernetes that Flux supports.
    async fn discover(&self) -> Result<Served> {
        const ACT: &str = "ask the cluster what it serves";
        let (core, groups) = futures::join!(
            patiently(|| self.client.list_core_api_versions_aggregated()),
            patiently(|| self.client.list_api_groups_aggregated()),
        );
        let core = core.map_err(|error| self.failure(error, ACT))?;
        let groups = groups.map_err(|error| self.failure(error, ACT))?;
        if groups.items.is_empty() {
            return Err(anyhow!(
                "cannot {ACT}: {} has no aggregated discovery, which Kubernetes has since 1.27",
                self.server
            ));
        }
        let mut served = Served::default();
        for group in core.items.iter().chain(&groups.items) {
            served.add_group(group);
        }
        Ok(served)
    }
}

#[cfg(test)]
mod tests {
    use kube::client::APIGroupDiscoveryList;
    use serde_json::json;

    use super::*;
    use crate::kinds::source::GIT_REPOSITORY;

    static WIDGET: Kind = Kind {
        kind: "Widget",
        group: "example.com",
        versions: &["v1", "v1beta2"],
        plural: "widgets",
        ..GIT_REPOSITORY
    };

    fn served(versions: &[&str]) -> Served {
        let versions: Vec<_> = versions
            .iter()
            .map(|version| {
                json!({"version": version, "resources": [
                    {"resource": "widgets", "scope": "Namespaced", "responseKind":
                        {"group": "example.com", "version": version, "kind": "Widget"}},
                    {"resource": "broken", "scope": "Cluster"},
                ]})
            })
            .collect();
        let list: APIGroupDiscoveryList = serde_json::from_value(
            json!({"items": [{"metadata": {"name": "example.com"}, "versions": versions}]}),
        )
        .expect("the shape of aggregated discovery");
        let mut served = Served::default();
        list.items.iter().for_each(|group| served.add_group(group));
        served
    }

    #[test]
    fn the_best_known_version_is_chosen() {
        for (offered, chosen) in [
            (&["v2", "v1beta2", "v1"][..], Some("v1")),
            (&["v1beta2", "v1beta1"], Some("v1beta2")),
            (&["v1beta1"], None),
            (&[], None),
        ] {
            let served = served(offered);
            let best = served.best(&WIDGET).map(|best| best.resource.version.as_str());
            assert_eq!(best, chosen, "{offered:?}");
        }
    }

    #[test]
    fn a_word_is_a_kind_in_any_of_its_names_and_the_core_comes_first() {
        let mut served = Served::default();
        for (group, kind, plural, short) in [
            ("apps", "Deployment", "deployments", "deploy"),
            ("", "Event", "events", "ev"),
            ("events.k8s.io", "Event", "events", "ev"),
            ("kustomize.toolkit.fluxcd.io", "Kustomization", "kustomizations", "ks"),
            ("aaa.example.com", "Kustomization", "kustomizations", "k"),
        ] {
            let resource = json!({"resource": plural, "scope": "Namespaced", "shortNames": [short],
                "singularResource": kind.to_lowercase(), "responseKind": {"kind": kind}});
            let resource = serde_json::from_value(resource).expect("a resource");
            served.add(group, "v1", &resource);
        }
        for (word, group) in [
            ("deploy", Some("apps")),
            ("Deployment", Some("apps")),
            ("deployments.apps", Some("apps")),
            ("deployments.v1.apps", Some("apps")),
            ("deployments.extensions", None),
            ("events", Some("")),
            ("event.v1", Some("")),
            ("event.events.k8s.io", Some("events.k8s.io")),
            ("kustomization", Some("kustomize.toolkit.fluxcd.io")),
            ("k", Some("aaa.example.com")),
            ("nonsense", None),
        ] {
            let found = served.called(word).map(|found| found.resource.group.as_str());
            assert_eq!(found, group, "{word}");
        }
    }

    #[test]
    fn scope_and_plural_come_from_the_cluster() {
        let served = served(&["v1"]);
        let widget = served.get("example.com", "v1", "Widget").expect("it is served");
        assert_eq!(served.preferred("example.com", "Widget"), Some(widget));
        assert!(widget.is_namespaced);
        assert_eq!(widget.resource.plural, "widgets");
        assert_eq!(served.get("example.com", "v2", "Widget"), None);
    }
}
