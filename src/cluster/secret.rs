//! Secrets: read and applied, their values in no message.
//!
//! `Secret` of k8s-openapi prints its values with `Debug`, so it is never formatted here, and errors
//! carry the object's name and the server's words only.

use anyhow::{Result, anyhow};
use k8s_openapi::api::core::v1::Secret;
use k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;
use kube::api::{Api, Patch, PatchParams, ValidationDirective};
use serde_json::{Map, Value, json};

use super::backoff::patiently;
use super::takeover::is_command_line;
use super::{Cluster, FIELD_MANAGER};
use crate::error::{Class, Explain as _, class_of};

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
    /// [`Class::Conflict`] when a controller owns a key that we would change; those of
    /// [`super::failure`].
    pub async fn apply_secret(&self, secret: &Secret) -> Result<Secret> {
        let (namespace, name) = address(secret);
        let present = self.secret(namespace, name).await?;
        self.apply_over(present.as_ref(), secret).await
    }

    /// The same, if the Secret still is what the caller has `seen`, be it nothing.
    ///
    /// # Errors
    /// Those of [`Self::apply_secret`], and [`Class::Conflict`] when somebody else has written it meanwhile.
    pub async fn apply_secret_as_seen(
        &self,
        seen: Option<&Secret>,
        secret: &Secret,
    ) -> Result<Secret> {
        let (namespace, name) = address(secret);
        let Some(seen) = seen else {
            // An apply cannot ask for nothing to be there, so it is looked once more.
            return match self.secret(namespace, name).await? {
                Some(_) => Err(written_meanwhile(secret)),
                None => self.apply_over(None, secret).await,
            };
        };
        let mut wanted = secret.clone();
        wanted.metadata.resource_version.clone_from(&seen.metadata.resource_version);
        let error = match self.apply_over(Some(seen), &wanted).await {
            Err(error) if class_of(&error) == Class::Conflict => error,
            applied => return applied,
        };
        match self.secret(namespace, name).await? {
            // A request of ours whose answer was lost has changed the version.
            Some(found) if holds(&found, secret) => Ok(found),
            Some(found) if is_same_version(&found, seen) => Err(error),
            _ => Err(written_meanwhile(secret)),
        }
    }

    /// Applies a Secret to what is `present`.
    async fn apply_over(&self, present: Option<&Secret>, secret: &Secret) -> Result<Secret> {
        let (namespace, name) = address(secret);
        let api: Api<Secret> = Api::namespaced(self.client.clone(), namespace);
        let parameters = PatchParams {
            force: present.is_none_or(is_written_by_hand),
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

/// Namespace and name.
fn address(secret: &Secret) -> (&str, &str) {
    let ObjectMeta { namespace, name, .. } = &secret.metadata;
    (namespace.as_deref().unwrap_or_default(), name.as_deref().unwrap_or_default())
}

/// Whether all of `wanted` is in it.
fn holds(found: &Secret, wanted: &Secret) -> bool {
    let mut entries = wanted.data.iter().flatten();
    entries.all(|(key, value)| found.data.as_ref().and_then(|data| data.get(key)) == Some(value))
}

fn is_same_version(one: &Secret, other: &Secret) -> bool {
    one.metadata.resource_version == other.metadata.resource_version
}

fn written_meanwhile(secret: &Secret) -> anyhow::Error {
    let (namespace, name) = address(secret);
    anyhow!("somebody else wrote Secret {namespace}/{name} while this command was running")
        .class(Class::Conflict)
        .hint("make sure that no other run is going on, then run the command again")
}

/// Whether only command lines have written it: ours, Flux's, kubectl's.
fn is_written_by_hand(secret: &Secret) -> bool {
    let managers = secret.metadata.managed_fields.iter().flatten();
    managers.filter_map(|entry| entry.manager.as_deref()).all(is_command_line)
}

#[cfg(test)]
mod tests {
    use k8s_openapi::apimachinery::pkg::apis::meta::v1::ManagedFieldsEntry;

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
