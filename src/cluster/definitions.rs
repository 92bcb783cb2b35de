//! Flux's CRDs: established, served, stored, and whose they are.

use std::collections::BTreeMap;

use anyhow::Result;
use k8s_openapi::apiextensions_apiserver::pkg::apis::apiextensions::v1::CustomResourceDefinition;
use kube::api::{Api, ListParams, ObjectMeta, PartialObjectMeta};

use super::Cluster;
use super::backoff::patiently;
use super::installation::{FLUX_OBJECTS, MANAGED_BY, is_foreign};
use super::list::PAGE;

/// The annotation with which Helm marks what belongs to a release.
const HELM_RELEASE: &str = "meta.helm.sh/release-name";

/// A CRD of Flux's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Definition {
    /// `gitrepositories.source.toolkit.fluxcd.io`.
    pub name: String,
    /// Whether the server serves its objects.
    pub is_established: bool,
    /// The versions that are served.
    pub served: Vec<String>,
    /// The versions in which objects are or were stored, oldest first.
    pub stored: Vec<String>,
}

impl Cluster {
    /// Flux's CRDs, sorted by name.
    ///
    /// # Errors
    /// Those of [`super::failure`].
    pub async fn definitions(&self) -> Result<Vec<Definition>> {
        let api: Api<CustomResourceDefinition> = Api::all(self.client.clone());
        let mut parameters = ListParams::default().labels(FLUX_OBJECTS).limit(PAGE);
        let mut all = Vec::new();
        loop {
            let page = patiently(|| api.list(&parameters)).await;
            let page = page.map_err(|error| self.failure(error, "list Flux's CRDs"))?;
            all.extend(page.items.into_iter().map(Definition::of));
            match page.metadata.continue_.filter(|token| !token.is_empty()) {
                Some(token) => parameters = parameters.continue_token(&token),
                None => break,
            }
        }
        all.sort_by(|one, other| one.name.cmp(&other.name));
        Ok(all)
    }

    /// One CRD, whosever it is; nothing when it is not there.
    ///
    /// # Errors
    /// Those of [`super::failure`].
    pub async fn definition(&self, name: &str) -> Result<Option<Definition>> {
        let api: Api<CustomResourceDefinition> = Api::all(self.client.clone());
        let found = patiently(|| api.get_opt(name)).await;
        let doing = format!("get CustomResourceDefinition {name}");
        Ok(found.map_err(|error| self.failure(error, &doing))?.map(Definition::of))
    }

    /// Which of the CRDs called `names` another tool manages, each with the tool.
    ///
    /// # Errors
    /// Those of [`super::failure`].
    pub async fn foreign_definitions(&self, names: &[String]) -> Result<Vec<(String, String)>> {
        // Metadata only: the schemas of a cluster's CRDs are many megabytes.
        let api: Api<PartialObjectMeta<CustomResourceDefinition>> = Api::all(self.client.clone());
        let mut parameters = ListParams::default().limit(PAGE);
        let mut foreign = Vec::new();
        loop {
            let page = patiently(|| api.list_metadata(&parameters)).await;
            let page =
                page.map_err(|error| self.failure(error, "list CustomResourceDefinitions"))?;
            let ours = page.items.into_iter().filter_map(|found| {
                let name = found.metadata.name.clone().filter(|name| names.contains(name))?;
                Some((name, manager_of(&found.metadata)?))
            });
            foreign.extend(ours);
            match page.metadata.continue_.filter(|token| !token.is_empty()) {
                Some(token) => parameters = parameters.continue_token(&token),
                None => return Ok(foreign),
            }
        }
    }
}

impl Definition {
    fn of(found: CustomResourceDefinition) -> Self {
        let status = found.status.unwrap_or_default();
        let mut conditions = status.conditions.iter().flatten();
        let is_established = conditions
            .any(|condition| condition.type_ == "Established" && condition.status == "True");
        let versions = found.spec.versions.into_iter();
        Self {
            name: found.metadata.name.unwrap_or_default(),
            is_established,
            served: versions.filter(|it| it.served).map(|it| it.name).collect(),
            stored: status.stored_versions.unwrap_or_default(),
        }
    }
}

/// The tool that manages an object, unless it is Flux's command line or ours.
#[must_use]
pub fn manager_of(metadata: &ObjectMeta) -> Option<String> {
    let value = |map: &Option<BTreeMap<String, String>>, key| map.as_ref()?.get(key).cloned();
    let manager = value(&metadata.labels, MANAGED_BY).filter(|manager| is_foreign(manager));
    manager.or_else(|| {
        let release = value(&metadata.annotations, HELM_RELEASE)?;
        Some(format!("Helm (release {release})"))
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_definition_tells_what_is_served_and_stored() {
        let found = serde_json::from_value(json!({
            "metadata": {"name": "widgets.example.com"},
            "spec": {"group": "example.com", "scope": "Namespaced",
                "names": {"kind": "Widget", "plural": "widgets"},
                "versions": [{"name": "v1", "served": true, "storage": true},
                    {"name": "v1beta1", "served": false, "storage": false}]},
            "status": {"storedVersions": ["v1beta1", "v1"],
                "conditions": [{"type": "Established", "status": "True"}]},
        }));
        let definition = Definition::of(found.expect("a CRD"));
        assert!(definition.is_established);
        assert_eq!(definition.served, ["v1"]);
        assert_eq!(definition.stored, ["v1beta1", "v1"]);
    }

    #[test]
    fn a_label_or_helms_annotation_tells_the_manager() {
        for (metadata, manager) in [
            (json!({}), None),
            (json!({"labels": {MANAGED_BY: "flux"}}), None),
            (json!({"labels": {MANAGED_BY: "flux-operator"}}), Some("flux-operator")),
            (json!({"annotations": {HELM_RELEASE: "flux2"}}), Some("Helm (release flux2)")),
        ] {
            let metadata: ObjectMeta = serde_json::from_value(metadata).expect("metadata");
            assert_eq!(manager_of(&metadata).as_deref(), manager);
        }
    }
}
