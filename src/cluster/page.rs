//! Pages of lists, whose objects are read one at a time.
//!
//! A page is kept as text: the values that a text is read into take many times its room, and thousands of
//! objects come to hundreds of megabytes. Where its objects begin is found in one quick pass, which also
//! tells where the list goes on, so that the next page can be asked for before this one is read.

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use k8s_openapi::apimachinery::pkg::apis::meta::v1::{
    ManagedFieldsEntry, ObjectMeta, OwnerReference, Time,
};
use kube::api::{DynamicObject, ListMeta, TypeMeta};
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;
use serde_json::{Map, Value};

/// One page of a list.
#[derive(serde::Deserialize)]
pub(super) struct Page {
    #[serde(default)]
    metadata: ListMeta,
    /// Nothing stands for none, as a server written in Go says it.
    items: Option<Vec<Box<RawValue>>>,
}

impl Page {
    /// The token with which the list goes on.
    pub(super) fn next(&self) -> Option<String> {
        self.metadata.continue_.clone().filter(|token| !token.is_empty())
    }

    /// The objects, unread.
    pub(super) fn items(self) -> Vec<Box<RawValue>> {
        self.items.unwrap_or_default()
    }
}

/// How much of an object is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Extent {
    /// All of it.
    Whole,
    /// All but which manager owns which field: half of the bytes, and nobody is shown them.
    Shown,
}

impl Extent {
    /// Reads an object.
    ///
    /// # Errors
    /// When it is none.
    pub(super) fn read(self, item: &RawValue) -> serde_json::Result<DynamicObject> {
        match self {
            Self::Whole => serde_json::from_str::<Object<ObjectMeta>>(item.get()).map(Object::into),
            Self::Shown => serde_json::from_str::<Object<ShownMeta>>(item.get()).map(Object::into),
        }
    }
}

/// An object with one form or another of its metadata. [`DynamicObject`] reads itself by way of a copy of
/// all its fields.
struct Object<M> {
    types: Option<TypeMeta>,
    metadata: M,
    data: Map<String, Value>,
}

impl<M: Into<ObjectMeta>> From<Object<M>> for DynamicObject {
    fn from(object: Object<M>) -> Self {
        Self {
            types: object.types,
            metadata: object.metadata.into(),
            data: Value::Object(object.data),
        }
    }
}

impl<'de, M: Default + Deserialize<'de>> Deserialize<'de> for Object<M> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Fields(PhantomData))
    }
}

struct Fields<M>(PhantomData<M>);

impl<'de, M: Default + Deserialize<'de>> Visitor<'de> for Fields<M> {
    type Value = Object<M>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<Object<M>, A::Error> {
        let (mut api_version, mut kind) = (None, None);
        let (mut metadata, mut data) = (M::default(), Map::new());
        while let Some(field) = fields.next_key::<String>()? {
            match field.as_str() {
                "apiVersion" => api_version = Some(fields.next_value()?),
                "kind" => kind = Some(fields.next_value()?),
                "metadata" => metadata = fields.next_value()?,
                _ => {
                    data.insert(field, fields.next_value()?);
                }
            }
        }
        let types = api_version.zip(kind).map(|(api_version, kind)| TypeMeta { api_version, kind });
        Ok(Object { types, metadata, data })
    }
}

/// [`ObjectMeta`] but for the fields of its managers.
#[derive(Default, serde::Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct ShownMeta {
    annotations: Option<BTreeMap<String, String>>,
    creation_timestamp: Option<Time>,
    deletion_grace_period_seconds: Option<i64>,
    deletion_timestamp: Option<Time>,
    finalizers: Option<Vec<String>>,
    generate_name: Option<String>,
    generation: Option<i64>,
    labels: Option<BTreeMap<String, String>>,
    managed_fields: Option<Vec<Manager>>,
    name: Option<String>,
    namespace: Option<String>,
    owner_references: Option<Vec<OwnerReference>>,
    resource_version: Option<String>,
    self_link: Option<String>,
    uid: Option<String>,
}

/// Who wrote when; not what.
#[derive(Default, serde::Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Manager {
    api_version: Option<String>,
    fields_type: Option<String>,
    manager: Option<String>,
    operation: Option<String>,
    subresource: Option<String>,
    time: Option<Time>,
}

impl From<ShownMeta> for ObjectMeta {
    fn from(shown: ShownMeta) -> Self {
        let managers =
            shown.managed_fields.map(|managers| managers.into_iter().map(Into::into).collect());
        Self {
            annotations: shown.annotations,
            creation_timestamp: shown.creation_timestamp,
            deletion_grace_period_seconds: shown.deletion_grace_period_seconds,
            deletion_timestamp: shown.deletion_timestamp,
            finalizers: shown.finalizers,
            generate_name: shown.generate_name,
            generation: shown.generation,
            labels: shown.labels,
            managed_fields: managers,
            name: shown.name,
            namespace: shown.namespace,
            owner_references: shown.owner_references,
            resource_version: shown.resource_version,
            self_link: shown.self_link,
            uid: shown.uid,
        }
    }
}

impl From<Manager> for ManagedFieldsEntry {
    fn from(manager: Manager) -> Self {
        Self {
            api_version: manager.api_version,
            fields_type: manager.fields_type,
            fields_v1: None,
            manager: manager.manager,
            operation: manager.operation,
            subresource: manager.subresource,
            time: manager.time,
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn objects() -> Value {
        json!([
            {"apiVersion": "example.com/v1", "kind": "Thing", "metadata": {
                "name": "a", "namespace": "b", "uid": "1", "resourceVersion": "7", "generation": 2,
                "generateName": "a-", "selfLink": "/x", "deletionGracePeriodSeconds": 30,
                "creationTimestamp": "2026-11-23T09:00:00Z", "deletionTimestamp": "2026-11-23T09:01:00Z",
                "labels": {"l": "1"}, "annotations": {"a": "ü\u{1b}"}, "finalizers": ["f"],
                "ownerReferences": [{"apiVersion": "v1", "kind": "Pod", "name": "p", "uid": "2"}],
                "managedFields": [{"manager": "m", "operation": "Update", "apiVersion": "v1",
                    "fieldsType": "FieldsV1", "subresource": "status", "time": "2026-11-23T09:00:00Z",
                    "fieldsV1": {"f:status": {}}}]},
             "spec": {"values": {"metadata": {"fieldsV1": [1, 2.5, null]}}}, "status": {}, "data": "x"},
            {"metadata": {"name": "b"}},
            {"kind": "Thing"},
        ])
    }

    fn page(text: &str) -> Page {
        serde_json::from_str(text).expect("a list")
    }

    #[test]
    fn objects_are_read_as_kube_reads_them() {
        let text = json!({"items": objects(), "metadata": {}}).to_string();
        let items = page(&text).items();
        assert_eq!(items.len(), 3);
        for (item, value) in items.iter().zip(objects().as_array().expect("a list")) {
            let mut expected: DynamicObject = serde_json::from_value(value.clone()).expect("one");
            assert_eq!(Extent::Whole.read(item).expect("an object"), expected);
            for manager in expected.metadata.managed_fields.iter_mut().flatten() {
                assert!(manager.fields_v1.take().is_some());
            }
            assert_eq!(Extent::Shown.read(item).expect("an object"), expected);
        }
    }

    #[test]
    fn a_page_tells_where_the_list_goes_on() {
        let next = |text| page(text).next();
        assert_eq!(next(r#"{"items":[],"metadata":{"continue":"x"}}"#).as_deref(), Some("x"));
        assert_eq!(next(r#"{"metadata":{"continue":""},"items":[]}"#), None);
        assert_eq!(next(r#"{"items":null}"#), None);
        assert!(page(r#"{"items":null}"#).items().is_empty());
    }

    #[test]
    fn what_is_no_object_is_refused() {
        let items = page(r#"{"items":[1,{"metadata":3}]}"#).items();
        assert!(items.iter().all(|item| Extent::Shown.read(item).is_err()));
    }
}
