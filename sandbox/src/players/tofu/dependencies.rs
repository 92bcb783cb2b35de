//! What Terraform objects have to do with each other: they wait for, and hold, what they depend on.
//!
//! Source: tofu-controller, `controllers/tf_controller.go` and `tf_controller_finalizer.go`.

use anyhow::Result;
use k8s_openapi::api::core::v1::Secret;
use kube::api::{DynamicObject, Patch, PatchParams};
use kube::{Api, ResourceExt as _};
use serde_json::{Value, json};

use super::super::conditions::{Conditions, READY};
use super::super::object::Tracked;
use super::{GROUP, MANAGER, SOURCE, Tofu};

/// Begins the finalizers that dependants put on an object.
const DEPENDANT: &str = "tf.dependency.of.";

impl Tofu {
    /// Why a dependency keeps the object waiting; each dependency is kept from being deleted.
    pub(super) async fn unmet_dependency(
        &self,
        object: &Tracked,
        revision: &str,
    ) -> Result<Option<String>> {
        let dependencies = object.at("/spec/dependsOn").and_then(Value::as_array);
        for dependency in dependencies.into_iter().flatten().filter(|_| !object.is_deleted()) {
            let namespace = dependency["namespace"].as_str().unwrap_or(object.namespace());
            let name = dependency["name"].as_str().unwrap_or_default();
            let api = self.terraforms_in(namespace);
            let path = format!("{namespace}/{name}");
            let Some(found) = api.get_opt(name).await? else {
                let missing = format!("Terraform.{GROUP} \"{name}\" not found");
                return Ok(Some(format!("unable to get '{path}' dependency: {missing}")));
            };
            if found.metadata.deletion_timestamp.is_none() {
                set_dependant(&api, &found, object.name(), true).await?;
            }
            let found = serde_json::to_value(found)?;
            if let Some(problem) = self.unready(object, &found, revision).await? {
                return Ok(Some(match problem {
                    Unready::Itself(problem) => format!("dependency '{path}' {problem}"),
                    Unready::Outputs(secret) => format!(
                        "dependency output secret: '{namespace}/{secret}' of '{path}' is not ready yet"
                    ),
                }));
            }
        }
        Ok(None)
    }

    async fn unready(
        &self,
        object: &Tracked,
        dependency: &Value,
        revision: &str,
    ) -> Result<Option<Unready>> {
        let status = &dependency["status"];
        let is_observed = status["observedGeneration"] == dependency["metadata"]["generation"];
        if !is_observed || !Conditions::of(dependency).is(READY, "True") {
            return Ok(Some(Unready::Itself("is not ready")));
        }
        let shares_source = object.at(SOURCE) == dependency.pointer(SOURCE);
        let is_updated = [&status["lastAppliedRevision"], &status["lastPlannedRevision"]]
            .contains(&&json!(revision));
        if shares_source && !is_updated {
            return Ok(Some(Unready::Itself("is not updated yet")));
        }
        let namespace = dependency["metadata"]["namespace"].as_str().unwrap_or_default();
        if let Some(secret) = dependency["spec"]["writeOutputsToSecret"]["name"].as_str() {
            let secrets: Api<Secret> = Api::namespaced(self.client.clone(), namespace);
            if secrets.get_opt(secret).await?.is_none() {
                return Ok(Some(Unready::Outputs(secret.to_owned())));
            }
        }
        Ok(None)
    }

    /// Lets go of everything that the object depends on.
    pub(super) async fn release_dependencies(&self, object: &Tracked) -> Result<()> {
        let dependencies = object.at("/spec/dependsOn").and_then(Value::as_array);
        for dependency in dependencies.into_iter().flatten() {
            let namespace = dependency["namespace"].as_str().unwrap_or(object.namespace());
            let api = self.terraforms_in(namespace);
            let name = dependency["name"].as_str().unwrap_or_default();
            if let Some(found) = api.get_opt(name).await? {
                set_dependant(&api, &found, object.name(), false).await?;
            }
        }
        Ok(())
    }
}

/// What a dependency lacks.
enum Unready {
    Itself(&'static str),
    /// The Secret with its outputs.
    Outputs(String),
}

/// Why a deleted object is kept, if dependants still need it.
pub(super) fn blocked_deletion(object: &Tracked) -> Option<String> {
    let finalizers = object.at("/metadata/finalizers").and_then(Value::as_array);
    let dependants: Vec<_> = finalizers
        .into_iter()
        .flatten()
        .filter_map(|finalizer| finalizer.as_str()?.strip_prefix(DEPENDANT))
        .collect();
    (object.is_deleted() && !dependants.is_empty()).then(|| {
        let dependants = dependants.join(", ");
        format!("Deletion in progress, but blocked. Please delete {dependants} to resume ...")
    })
}

/// Adds or removes the finalizer by which `dependant` holds `object`.
async fn set_dependant(
    api: &Api<DynamicObject>,
    object: &DynamicObject,
    dependant: &str,
    is_held: bool,
) -> Result<()> {
    let finalizer = format!("{DEPENDANT}{dependant}");
    let mut finalizers = object.finalizers().to_vec();
    if finalizers.contains(&finalizer) == is_held {
        return Ok(());
    }
    if is_held {
        finalizers.push(finalizer);
    } else {
        finalizers.retain(|one| *one != finalizer);
    }
    let params = PatchParams { field_manager: Some(MANAGER.to_owned()), ..Default::default() };
    let patch = Patch::Merge(json!({"metadata": {"finalizers": finalizers}}));
    api.patch(&object.name_any(), &params, &patch).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::FINALIZER;
    use super::*;

    #[test]
    fn dependants_block_a_deletion() {
        let object = |deleted: Value| {
            let finalizers = json!([FINALIZER, "tf.dependency.of.app", "tf.dependency.of.web"]);
            let metadata = json!({"finalizers": finalizers, "deletionTimestamp": deleted});
            Tracked::fixture(json!({"metadata": metadata}))
        };
        let message = "Deletion in progress, but blocked. Please delete app, web to resume ...";
        let deleted = object(json!("2026-01-01T00:00:00Z"));
        assert_eq!(blocked_deletion(&deleted), Some(message.to_owned()));
    }
}
