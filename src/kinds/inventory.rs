//! What a Kustomization or a HelmRelease has applied, as its status lists it or as labels tell.

use std::fmt;

use kube::api::DynamicObject;
use serde_json::Value;

use super::Kind;
use super::source::EXTERNAL_ARTIFACT;
use super::view::{name, namespace, text};

/// An object that was applied.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Entry {
    /// The API group; empty for the core group.
    pub group: String,
    /// The API kind.
    pub kind: String,
    /// The namespace; empty for what lives in none.
    pub namespace: String,
    /// The name.
    pub name: String,
}

/// `Kind/namespace/name`, as the controllers' messages write it.
impl fmt::Display for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.namespace.as_str() {
            "" => write!(f, "{}/{}", self.kind, self.name),
            namespace => write!(f, "{}/{namespace}/{}", self.kind, self.name),
        }
    }
}

/// What `status.inventory.entries` lists. Terraform's inventory, which lists resources of a cloud, is none.
///
/// Source: `ResourceInventory` of kustomize-controller's `api/v1` and helm-controller's `api/v2` (since
/// Flux 2.8); an id is `NAMESPACE_NAME_GROUP_KIND` (cli-utils, `ObjMetadata`), `v` the version.
#[must_use]
pub fn entries(object: &DynamicObject) -> Vec<Entry> {
    let entries = object.data.pointer("/status/inventory/entries").and_then(Value::as_array);
    let objects = entries.into_iter().flatten().filter(|entry| entry["v"].is_string());
    objects.filter_map(|entry| parse(entry["id"].as_str()?)).collect()
}

/// Everything that the status of an object says it has made: what was applied, or composed.
///
/// Source: as of [`entries`]; an ArtifactGenerator's `status.inventory` lists ExternalArtifacts.
#[must_use]
pub fn made(object: &DynamicObject) -> Vec<Entry> {
    let artifacts = object.data.pointer("/status/inventory").and_then(Value::as_array);
    let artifact = |entry: &Value| {
        Some(Entry {
            group: EXTERNAL_ARTIFACT.group.to_owned(),
            kind: EXTERNAL_ARTIFACT.kind.to_owned(),
            namespace: entry["namespace"].as_str()?.to_owned(),
            name: entry["name"].as_str()?.to_owned(),
        })
    };
    match artifacts {
        Some(artifacts) => artifacts.iter().filter_map(artifact).collect(),
        None => entries(object),
    }
}

/// Whether an entry is an object of a kind.
#[must_use]
pub fn is_of(kind: &Kind, entry: &Entry) -> bool {
    (kind.group, kind.kind) == (entry.group.as_str(), entry.kind.as_str())
}

/// RBAC names may hold colons, which an id writes as two underscores.
fn parse(id: &str) -> Option<Entry> {
    let (namespace, rest) = id.split_once('_')?;
    let (rest, kind) = rest.rsplit_once('_')?;
    let (name, group) = rest.rsplit_once('_')?;
    Some(Entry {
        group: group.to_owned(),
        kind: kind.to_owned(),
        namespace: namespace.to_owned(),
        name: name.replace("__", ":"),
    })
}

/// Where a release is whose status has no inventory, and the labels of what it applied.
///
/// Source: the origin labels of helm-controller's `internal/postrender`; `status.storageNamespace` is set
/// before the first attempt to install.
#[must_use]
pub fn release_labels(object: &DynamicObject) -> Option<(String, String)> {
    const GROUP: &str = "helm.toolkit.fluxcd.io";
    text(object, "/status/storageNamespace")?;
    let target = text(object, "/spec/targetNamespace").unwrap_or_else(|| namespace(object));
    let (own, name) = (namespace(object), name(object));
    Some((target.to_owned(), format!("{GROUP}/name={name},{GROUP}/namespace={own}")))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::kinds::view::tests::object;

    #[test]
    fn ids_are_taken_apart_and_what_is_none_is_left_out() {
        let object = object(json!({"status": {"inventory": {"entries": [
            {"id": "apps_web_apps_Deployment", "v": "v1"},
            {"id": "_system__reader_rbac.authorization.k8s.io_ClusterRole", "v": "v1"},
            {"id": "apps_settings__ConfigMap", "v": "v1"},
            {"id": "nonsense", "v": "v1"},
            {"id": "sg_with_under_scores", "n": "main", "t": "aws_security_group"},
        ]}}}));
        let told: Vec<String> = entries(&object).iter().map(Entry::to_string).collect();
        let expected =
            ["Deployment/apps/web", "ClusterRole/system:reader", "ConfigMap/apps/settings"];
        assert_eq!(told, expected);
        assert_eq!(entries(&object)[0].group, "apps");
    }

    #[test]
    fn a_generator_has_made_artifacts() {
        let generator = object(json!({"status": {"inventory": [
            {"name": "app", "namespace": "apps", "digest": "sha256:0", "filename": "0.tar.gz"}]}}));
        let made = made(&generator);
        assert_eq!(made[0].to_string(), "ExternalArtifact/apps/app");
        assert!(is_of(&EXTERNAL_ARTIFACT, &made[0]) && made.len() == 1);
    }

    #[test]
    fn a_release_is_found_by_its_labels_where_it_was_installed() {
        assert_eq!(release_labels(&object(json!({}))), None);
        let release = object(json!({
            "spec": {"targetNamespace": "web"}, "status": {"storageNamespace": "flux-system"},
        }));
        let (namespace, labels) = release_labels(&release).expect("it was installed");
        assert_eq!(namespace, "web");
        assert_eq!(
            labels,
            "helm.toolkit.fluxcd.io/name=apps,helm.toolkit.fluxcd.io/namespace=flux-system"
        );
    }
}
