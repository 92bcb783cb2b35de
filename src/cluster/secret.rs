//! Secrets: read and applied, their values in no message.
//!
//! `Secret` of k8s-openapi prints its values with `Debug`, so it is never formatted here, and errors
//! carry the object's name and the server's words only.

use anyhow::Result;
use k8s_openapi::api::core::v1::Secret;
use kube::api::{Api, Patch, PatchParams, ValidationDirective};
use serde_json::{Map, Value, json};

use super::backoff::patiently;
use super::takeover::is_command_line;
use super::{Cluster, FIELD_MANAGER};

impl Cluster {
    /// The Secret `namespace/name`, if there is one.
    ///
    /// # Errors
    /// Those of [`super::failure`].
    pub async fn secret(&self, namespace: &str, name: &str) -> Result<Option<Secret>> {
        let api: Api<Secret> = Api::namespaced(self.client.clone(), namespace);
        let secret = patiently(|| api.get_opt(name)).await;
        secret.map_err(|error| self.failure(error, &format!("get Secret {namespace}/{name}")))
    }

    /// Creates or updates a Secret server-side, and returns it as it is then. Keys that we wrote earlier and that are not in `secret`
    /// any more are removed, other owners' keys stay. What a command line wrote is taken over; what a
    /// controller manages is not.
    ///
    /// # Errors
    /// [`crate::error::Class::Conflict`] when a controller owns a key that we would change; those of
    /// [`super::failure`].
    pub async fn apply_secret(&self, secret: &Secret) -> Result<Secret> {
        let namespace = secret.metadata.namespace.as_deref().unwrap_or_default();
        let name = secret.metadata.name.as_deref().unwrap_or_default();
        let present = self.secret(namespace, name).await?;
        let api: Api<Secret> = Api::namespaced(self.client.clone(), namespace);
        let parameters = PatchParams {
            force: present.is_none_or(|present| is_written_by_hand(&present)),
            ..PatchParams::apply(FIELD_MANAGER).validation_strict()
        };
        let patch = Patch::Apply(secret);
        let result = patiently(|| api.patch(name, &parameters, &patch)).await;
        result.map_err(|error| self.failure(error, &format!("apply Secret {namespace}/{name}")))
    }

    /// Removes keys of a Secret, whoever wrote them; what is not there is not missed.
    ///
    /// # Errors
    /// Those of [`super::failure`].
    pub async fn remove_from_secret(
        &self,
        namespace: &str,
        name: &str,
        keys: &[String],
    ) -> Result<()> {
        let nothing: Map<String, Value> =
            keys.iter().map(|key| (key.clone(), Value::Null)).collect();
        let api: Api<Secret> = Api::namespaced(self.client.clone(), namespace);
        let parameters = PatchParams {
            field_manager: Some(FIELD_MANAGER.to_owned()),
            field_validation: Some(ValidationDirective::Strict),
            ..PatchParams::default()
        };
        let patch = Patch::Merge(json!({ "data": nothing }));
        let result = patiently(|| api.patch(name, &parameters, &patch)).await;
        let removed = result.map(drop);
        removed.map_err(|error| self.failure(error, &format!("patch Secret {namespace}/{name}")))
    }
}

/// Whether only command lines have written it: ours, Flux's, kubectl's.
fn is_written_by_hand(secret: &Secret) -> bool {
    let managers = secret.metadata.managed_fields.iter().flatten();
    managers.filter_map(|entry| entry.manager.as_deref()).all(is_command_line)
}

#[cfg(test)]
mod tests {
    use k8s_openapi::apimachinery::pkg::apis::meta::v1::{ManagedFieldsEntry, ObjectMeta};

    use super::*;

    #[test]
    fn what_a_controller_wrote_is_not_taken_over() {
        let written_by = |managers: &[&str]| {
            let entry = |manager: &&str| ManagedFieldsEntry {
                manager: Some((*manager).to_owned()),
                ..ManagedFieldsEntry::default()
            };
            let managed_fields = Some(managers.iter().map(entry).collect());
            Secret {
                metadata: ObjectMeta { managed_fields, ..ObjectMeta::default() },
                ..Secret::default()
            }
        };
        assert!(is_written_by_hand(&written_by(&[])));
        assert!(is_written_by_hand(&written_by(&["flux", "kubectl-edit", "nigari"])));
        assert!(!is_written_by_hand(&written_by(&["flux", "external-secrets"])));
    }
}
