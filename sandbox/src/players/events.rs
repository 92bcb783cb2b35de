//! Events as a controller records them: core/v1, equal ones counted instead of repeated.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use k8s_openapi::api::core::v1::{Event, EventSource, ObjectReference};
use k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;
use kube::api::{Patch, PatchParams, PostParams};
use kube::{Api, Client};
use serde_json::{Value, json};

use super::conditions::now;

/// Records events in the name of one component.
pub(super) struct Events {
    client: Client,
    component: &'static str,
    /// Event name and count, by object, type, reason and message.
    recorded: Mutex<BTreeMap<[String; 4], (String, i32)>>,
}

impl Events {
    pub(super) fn new(client: Client, component: &'static str) -> Self {
        Self { client, component, recorded: Mutex::default() }
    }

    /// Records a `Normal` or `Warning` event about `object`.
    ///
    /// An event that cannot be written is lost, as with any controller.
    pub(super) async fn record(
        &self,
        object: &ObjectReference,
        kind: &str,
        reason: &str,
        message: &str,
        annotations: BTreeMap<String, String>,
    ) {
        let namespace = object.namespace.as_deref().unwrap_or("default");
        let events: Api<Event> = Api::namespaced(self.client.clone(), namespace);
        let uid = object.uid.clone().unwrap_or_default();
        let identity = [uid, kind.to_owned(), reason.to_owned(), message.to_owned()];
        let last =
            self.recorded.lock().unwrap_or_else(PoisonError::into_inner).get(&identity).cloned();
        if let Some((name, count)) = last {
            let patch = json!({"count": count + 1, "lastTimestamp": now()});
            let patched = events.patch(&name, &PatchParams::default(), &Patch::Merge(patch)).await;
            if patched.is_ok() {
                self.remember(identity, name, count + 1);
                return;
            }
        }
        let event = self.event(object, kind, reason, message, annotations);
        if let Ok(created) = events.create(&PostParams::default(), &event).await {
            self.remember(identity, created.metadata.name.unwrap_or_default(), 1);
        }
    }

    fn remember(&self, identity: [String; 4], name: String, count: i32) {
        let mut recorded = self.recorded.lock().unwrap_or_else(PoisonError::into_inner);
        recorded.insert(identity, (name, count));
    }

    fn event(
        &self,
        object: &ObjectReference,
        kind: &str,
        reason: &str,
        message: &str,
        annotations: BTreeMap<String, String>,
    ) -> Event {
        let at = now();
        let name = object.name.as_deref().unwrap_or("object");
        Event {
            metadata: ObjectMeta {
                generate_name: Some(format!("{name}.")),
                namespace: object.namespace.clone().or_else(|| Some("default".to_owned())),
                annotations: Some(annotations).filter(|all| !all.is_empty()),
                ..Default::default()
            },
            involved_object: object.clone(),
            type_: Some(kind.to_owned()),
            reason: Some(reason.to_owned()),
            message: Some(message.to_owned()),
            count: Some(1),
            first_timestamp: Some(at.clone()),
            last_timestamp: Some(at),
            source: Some(EventSource {
                component: Some(self.component.to_owned()),
                ..Default::default()
            }),
            reporting_component: Some(self.component.to_owned()),
            ..Default::default()
        }
    }
}

/// Refers to `object` as an event does.
pub(super) fn reference(object: &Value) -> ObjectReference {
    let text =
        |pointer: &str| object.pointer(pointer).and_then(Value::as_str).map(ToOwned::to_owned);
    ObjectReference {
        api_version: text("/apiVersion"),
        kind: text("/kind"),
        name: text("/metadata/name"),
        namespace: text("/metadata/namespace"),
        resource_version: text("/metadata/resourceVersion"),
        uid: text("/metadata/uid"),
        field_path: None,
    }
}
