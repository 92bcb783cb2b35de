//! Whose an object is: what would put it back if somebody changed it.

use std::fmt;

use kube::api::ObjectMeta;

use super::definitions::manager_of;

/// What puts an object back when somebody changes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Owner {
    /// A HelmRelease.
    HelmRelease {
        /// Its namespace.
        namespace: String,
        /// Its name.
        name: String,
    },
    /// A Kustomization, `namespace/name`.
    Kustomization(String),
    /// Another tool: `Helm (release tofu)`.
    Tool(String),
    /// Nobody: it was written once, by whoever the fields name.
    Nobody(Option<String>),
}

impl Owner {
    /// Reads it from what each tool leaves on what it writes.
    #[must_use]
    pub fn of(metadata: &ObjectMeta) -> Self {
        let labels = metadata.labels.as_ref();
        let label = |key: &str| labels.and_then(|labels| labels.get(key)).cloned();
        let origin = |group: &str| {
            let name = label(&format!("{group}.toolkit.fluxcd.io/name"))?;
            Some((label(&format!("{group}.toolkit.fluxcd.io/namespace")).unwrap_or_default(), name))
        };
        if let Some((namespace, name)) = origin("helm") {
            return Self::HelmRelease { namespace, name };
        }
        if let Some((namespace, name)) = origin("kustomize") {
            return Self::Kustomization(format!("{namespace}/{name}"));
        }
        if let Some(tool) = manager_of(metadata) {
            return Self::Tool(tool);
        }
        let managers = metadata.managed_fields.iter().flatten();
        let writer = managers.filter(|entry| entry.subresource.is_none());
        let writer = writer.filter_map(|entry| entry.manager.clone()).next();
        Self::Nobody(writer)
    }
}

impl fmt::Display for Owner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::HelmRelease { namespace, name } => write!(f, "HelmRelease {namespace}/{name}"),
            Self::Kustomization(name) => write!(f, "Kustomization {name}"),
            Self::Tool(name) => f.write_str(name),
            Self::Nobody(Some(writer)) => write!(f, "nobody (written with {writer})"),
            Self::Nobody(None) => f.write_str("nobody"),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_owner_is_read_from_what_its_tool_left() {
        let written_by = |manager: &str| json!([{"manager": manager, "operation": "Apply"}]);
        for (metadata, owner) in [
            (
                json!({"labels": {"app.kubernetes.io/managed-by": "Helm",
                    "helm.toolkit.fluxcd.io/name": "tofu",
                    "helm.toolkit.fluxcd.io/namespace": "flux-system"}}),
                "HelmRelease flux-system/tofu",
            ),
            (
                json!({"labels": {"kustomize.toolkit.fluxcd.io/name": "infra",
                    "kustomize.toolkit.fluxcd.io/namespace": "flux-system"}}),
                "Kustomization flux-system/infra",
            ),
            (json!({"labels": {"app.kubernetes.io/managed-by": "Helm"}}), "Helm"),
            (json!({"annotations": {"meta.helm.sh/release-name": "tofu"}}), "Helm (release tofu)"),
            (json!({"managedFields": written_by("kubectl")}), "nobody (written with kubectl)"),
            (json!({}), "nobody"),
        ] {
            let metadata: ObjectMeta = serde_json::from_value(metadata).expect("metadata");
            assert_eq!(Owner::of(&metadata).to_string(), owner);
        }
    }
}
