//! An object that a Flux controller works on: read once, changed in memory, written back in parts.
//!
//! Source: fluxcd/pkg, `runtime/patch`: one save is up to three requests, the conditions first,
//! then the metadata (finalizers), then the rest of the status. Whoever watches sees Ready before
//! `status.artifact`, `status.observedGeneration` and `status.lastHandledReconcileAt`.

use anyhow::{Context as _, Result};
use kube::api::{DynamicObject, Patch, PatchParams};
use kube::core::{ApiResource, GroupVersionKind};
use kube::{Api, Client};
use serde_json::{Map, Value, json};

use super::conditions::Conditions;
use super::controller::Key;

/// The annotation that requests a reconciliation.
pub(super) const REQUESTED_AT: &str = "reconcile.fluxcd.io/requestedAt";
/// The finalizer of source- and kustomize-controller.
pub(super) const FINALIZER: &str = "finalizers.fluxcd.io";

/// The API resource of a namespaced Flux kind, in version v1.
pub(super) fn resource(group: &str, kind: &str, plural: &str) -> ApiResource {
    resource_at(group, "v1", kind, plural)
}

/// The API resource of a namespaced kind.
pub(super) fn resource_at(group: &str, version: &str, kind: &str, plural: &str) -> ApiResource {
    ApiResource::from_gvk_with_plural(&GroupVersionKind::gvk(group, version, kind), plural)
}

/// An object between two saves.
pub(super) struct Tracked {
    api: Api<DynamicObject>,
    manager: &'static str,
    finalizer: &'static str,
    saved: Value,
    saved_conditions: Conditions,
    object: Value,
    pub(super) conditions: Conditions,
}

impl Tracked {
    /// Reads the object of `key`; `None` when there is none (any more).
    pub(super) async fn load(
        client: &Client,
        resource: &ApiResource,
        key: &Key,
        manager: &'static str,
    ) -> Result<Option<Self>> {
        let api = Api::namespaced_with(client.clone(), &key.namespace, resource);
        let Some(object) = api.get_opt(&key.name).await? else { return Ok(None) };
        let mut object = serde_json::to_value(object)?;
        let conditions = Conditions::of(&object);
        // They are written apart from the rest of the status.
        object
            .pointer_mut("/status")
            .and_then(Value::as_object_mut)
            .map(|status| status.remove("conditions"));
        Ok(Some(Self {
            api,
            manager,
            finalizer: FINALIZER,
            saved: object.clone(),
            saved_conditions: conditions.clone(),
            object,
            conditions,
        }))
    }

    /// The same object with a finalizer of its controller's own.
    pub(super) fn finalized_by(self, finalizer: &'static str) -> Self {
        Self { finalizer, ..self }
    }

    /// The whole object, apart from its conditions.
    pub(super) fn object(&self) -> &Value {
        &self.object
    }

    pub(super) fn at(&self, pointer: &str) -> Option<&Value> {
        self.object.pointer(pointer)
    }

    pub(super) fn str(&self, pointer: &str) -> Option<&str> {
        self.at(pointer).and_then(Value::as_str)
    }

    pub(super) fn is(&self, pointer: &str) -> bool {
        self.at(pointer).and_then(Value::as_bool).unwrap_or_default()
    }

    pub(super) fn name(&self) -> &str {
        self.str("/metadata/name").unwrap_or_default()
    }

    pub(super) fn namespace(&self) -> &str {
        self.str("/metadata/namespace").unwrap_or_default()
    }

    pub(super) fn generation(&self) -> i64 {
        self.at("/metadata/generation").and_then(Value::as_i64).unwrap_or_default()
    }

    /// `status.observedGeneration`; zero when there is none, as in the controllers' Go structs.
    pub(super) fn observed_generation(&self) -> i64 {
        self.at("/status/observedGeneration").and_then(Value::as_i64).unwrap_or_default()
    }

    pub(super) fn is_deleted(&self) -> bool {
        self.at("/metadata/deletionTimestamp").is_some()
    }

    /// The pending or last reconcile request.
    pub(super) fn requested_at(&self) -> Option<String> {
        let annotations = self.at("/metadata/annotations")?;
        annotations.get(REQUESTED_AT)?.as_str().map(ToOwned::to_owned)
    }

    /// The value of the annotation that asks for something besides a reconciliation, when this
    /// reconciliation is to answer it: it equals the pending request, and neither was handled before.
    ///
    /// `handled` is the field of the status that remembers the value, whatever it leads to
    /// (fluxcd/pkg, `apis/meta/annotations.go`, `HandleAnnotationRequest`).
    pub(super) fn take_request(&mut self, annotation: &str, handled: &str) -> bool {
        let annotations = self.at("/metadata/annotations");
        let asked = annotations.and_then(|all| all[annotation].as_str()).map(ToOwned::to_owned);
        let Some(asked) = asked else { return false };
        let last = self.str(&format!("/status/{handled}")).map(ToOwned::to_owned);
        let last_request = self.str("/status/lastHandledReconcileAt").map(ToOwned::to_owned);
        self.set_status(handled, json!(asked));
        let is_pending = self.requested_at().as_ref() == Some(&asked);
        is_pending && last_request.as_ref() != Some(&asked) && last.as_ref() != Some(&asked)
    }

    pub(super) fn has_finalizer(&self) -> bool {
        let finalizers = self.at("/metadata/finalizers").and_then(Value::as_array);
        finalizers.is_some_and(|all| all.iter().any(|one| one == self.finalizer))
    }

    pub(super) fn add_finalizer(&mut self) {
        let mut finalizers = self.finalizers();
        finalizers.push(json!(self.finalizer));
        self.object["metadata"]["finalizers"] = Value::Array(finalizers);
    }

    pub(super) fn remove_finalizer(&mut self) {
        let (mut finalizers, own) = (self.finalizers(), self.finalizer);
        finalizers.retain(|one| one != own);
        self.object["metadata"]["finalizers"] = Value::Array(finalizers);
    }

    fn finalizers(&self) -> Vec<Value> {
        self.at("/metadata/finalizers").and_then(Value::as_array).cloned().unwrap_or_default()
    }

    /// Sets a field of the status; null removes it.
    pub(super) fn set_status(&mut self, field: &str, value: Value) {
        if !self.object["status"].is_object() {
            self.object["status"] = json!({});
        }
        let Some(status) = self.object["status"].as_object_mut() else { return };
        if value.is_null() {
            status.remove(field);
        } else {
            status.insert(field.to_owned(), value);
        }
    }

    /// Records that the current generation was dealt with, for better or (stalled) worse.
    pub(super) fn observe_generation(&mut self) {
        self.set_status("observedGeneration", json!(self.generation()));
    }

    /// Records the reconcile request that this attempt answers. The controllers do so at the end
    /// of each attempt, whatever came of it, even for a suspended object.
    pub(super) fn handle_request(&mut self) {
        if let Some(token) = self.requested_at() {
            self.set_status("lastHandledReconcileAt", json!(token));
        }
    }

    /// Writes what changed since the last save.
    pub(super) async fn save(&mut self) -> Result<()> {
        let written = self.write_changes().await;
        let is_gone = matches!(&written, Err(kube::Error::Api(status)) if status.is_not_found());
        if is_gone && self.is_deleted() {
            return Ok(());
        }
        written.with_context(|| format!("cannot save {}", self.name()))?;
        self.saved = self.object.clone();
        self.saved_conditions = self.conditions.clone();
        Ok(())
    }

    async fn write_changes(&self) -> kube::Result<()> {
        let params =
            PatchParams { field_manager: Some(self.manager.to_owned()), ..Default::default() };
        if self.conditions != self.saved_conditions {
            let patch = json!({"status": {"conditions": self.conditions.to_value()}});
            self.api.patch_status(self.name(), &params, &Patch::Merge(patch)).await?;
        }
        if self.saved["metadata"] != self.object["metadata"] {
            let finalizers = &self.object["metadata"]["finalizers"];
            let patch = json!({"metadata": {"finalizers": finalizers}});
            self.api.patch(self.name(), &params, &Patch::Merge(patch)).await?;
        }
        if self.saved.get("status") != self.object.get("status") {
            let patch =
                json!({"status": difference(&self.saved["status"], &self.object["status"])});
            self.api.patch_status(self.name(), &params, &Patch::Merge(patch)).await?;
        }
        Ok(())
    }
}

#[cfg(test)]
impl Tracked {
    /// An object that no cluster has.
    pub(super) fn fixture(object: Value) -> Self {
        let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
        let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
        let _inside = runtime.enter();
        let config = kube::Config::new("http://localhost:1/".parse().expect("an address"));
        let client = Client::try_from(config).expect("a client");
        let resource = resource("example.com", "Thing", "things");
        Self {
            api: Api::namespaced_with(client, "default", &resource),
            manager: "test",
            finalizer: FINALIZER,
            saved: object.clone(),
            saved_conditions: Conditions::of(&object),
            conditions: Conditions::of(&object),
            object,
        }
    }
}

/// The JSON merge patch (RFC 7386) that turns `before` into `after`.
fn difference(before: &Value, after: &Value) -> Value {
    let (Value::Object(old), Value::Object(new)) = (before, after) else { return after.clone() };
    let removed = old.keys().filter(|key| !new.contains_key(*key));
    let mut patch: Map<_, _> = removed.map(|key| (key.clone(), Value::Null)).collect();
    for (key, value) in new {
        match old.get(key) {
            Some(last) if last == value => {}
            Some(last) => {
                patch.insert(key.clone(), difference(last, value));
            }
            None => {
                patch.insert(key.clone(), value.clone());
            }
        }
    }
    Value::Object(patch)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn difference_is_a_merge_patch() {
        let before = json!({"same": 1, "gone": 2, "nested": {"a": 1, "b": 2}, "list": [1]});
        let after = json!({"same": 1, "nested": {"a": 1, "b": 3}, "list": [1, 2], "new": "x"});
        let patch = json!({"gone": null, "nested": {"b": 3}, "list": [1, 2], "new": "x"});
        assert_eq!(difference(&before, &after), patch);
    }
}
