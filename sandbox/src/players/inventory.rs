//! What a Kustomization or a HelmRelease has applied, as `status.inventory` lists it.
//!
//! Source: kustomize-controller and helm-controller, `internal/inventory`; the id is cli-utils' `ObjMetadata`.

use serde_json::{Value, json};

/// Names one object: `NAMESPACE_NAME_GROUP_KIND`, and the version it was applied with.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Entry {
    pub(super) group: String,
    pub(super) version: String,
    pub(super) kind: String,
    pub(super) namespace: String,
    pub(super) name: String,
}

impl Entry {
    /// The entry of a manifest.
    pub(super) fn of(object: &Value) -> Self {
        let text = |pointer: &str| {
            object.pointer(pointer).and_then(Value::as_str).unwrap_or_default().to_owned()
        };
        let api_version = text("/apiVersion");
        let (group, version) = api_version.rsplit_once('/').unwrap_or(("", &api_version));
        Self {
            group: group.to_owned(),
            version: version.to_owned(),
            kind: text("/kind"),
            namespace: text("/metadata/namespace"),
            name: text("/metadata/name"),
        }
    }

    /// Reads one entry of `status.inventory.entries`.
    fn parse(entry: &Value) -> Option<Self> {
        let id = entry["id"].as_str()?;
        let (namespace, rest) = id.split_once('_')?;
        let (rest, kind) = rest.rsplit_once('_')?;
        let (name, group) = rest.rsplit_once('_')?;
        Some(Self {
            group: group.to_owned(),
            version: entry["v"].as_str()?.to_owned(),
            kind: kind.to_owned(),
            namespace: namespace.to_owned(),
            // RBAC names may hold colons, which an id cannot.
            name: name.replace("__", ":"),
        })
    }

    fn id(&self) -> String {
        let name = self.name.replace(':', "__");
        format!("{}_{name}_{}_{}", self.namespace, self.group, self.kind)
    }

    /// `Kind/namespace/name`, as messages name the object.
    pub(super) fn subject(&self) -> String {
        match self.namespace.as_str() {
            "" => format!("{}/{}", self.kind, self.name),
            namespace => format!("{}/{namespace}/{}", self.kind, self.name),
        }
    }

    pub(super) fn api_version(&self) -> String {
        match self.group.as_str() {
            "" => self.version.clone(),
            group => format!("{group}/{}", self.version),
        }
    }
}

/// Reads `status.inventory`.
pub(super) fn read(inventory: Option<&Value>) -> Vec<Entry> {
    let entries = inventory.and_then(|inventory| inventory["entries"].as_array());
    entries.into_iter().flatten().filter_map(Entry::parse).collect()
}

/// Writes `status.inventory`.
pub(super) fn write(entries: &[Entry]) -> Value {
    let entries: Vec<_> =
        entries.iter().map(|entry| json!({"id": entry.id(), "v": entry.version})).collect();
    json!({"entries": entries})
}

/// What `old` lists and `new` no longer does, whatever its version.
pub(super) fn stale(old: &[Entry], new: &[Entry]) -> Vec<Entry> {
    let is_stale = |entry: &&Entry| new.iter().all(|other| other.id() != entry.id());
    old.iter().filter(is_stale).cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_survive_a_round_trip() {
        let deployment = json!({
            "apiVersion": "apps/v1", "kind": "Deployment",
            "metadata": {"name": "podinfo", "namespace": "apps"},
        });
        let role = json!({
            "apiVersion": "rbac.authorization.k8s.io/v1", "kind": "ClusterRole",
            "metadata": {"name": "system:x"},
        });
        let entries = [Entry::of(&deployment), Entry::of(&role)];
        let written = write(&entries);
        assert_eq!(written["entries"][0], json!({"id": "apps_podinfo_apps_Deployment", "v": "v1"}));
        assert_eq!(written["entries"][1]["id"], "_system__x_rbac.authorization.k8s.io_ClusterRole");
        assert_eq!(read(Some(&written)), entries);
    }

    #[test]
    fn another_version_is_not_stale() {
        let entry = |version: &str, name: &str| Entry {
            group: "g".to_owned(),
            version: version.to_owned(),
            kind: "K".to_owned(),
            namespace: "n".to_owned(),
            name: name.to_owned(),
        };
        let stale = stale(&[entry("v1", "kept"), entry("v1", "gone")], &[entry("v2", "kept")]);
        assert_eq!(stale, [entry("v1", "gone")]);
    }
}
