//! Small views on an object whose type is only known to the cluster.

use kube::api::DynamicObject;
use serde_json::Value;

use super::ObjectRef;

/// The text at a JSON pointer; `None` when it is absent, empty or no text.
#[must_use]
pub fn text<'a>(object: &'a DynamicObject, pointer: &str) -> Option<&'a str> {
    object.data.pointer(pointer).and_then(Value::as_str).filter(|text| !text.is_empty())
}

/// The text at a JSON pointer, as a cell shows it: empty when there is none.
#[must_use]
pub fn cell(object: &DynamicObject, pointer: &str) -> String {
    text(object, pointer).unwrap_or_default().to_owned()
}

/// The value of an annotation; `None` when it is absent or empty.
#[must_use]
pub fn annotation<'a>(object: &'a DynamicObject, key: &str) -> Option<&'a str> {
    let value = object.metadata.annotations.as_ref()?.get(key)?;
    Some(value.as_str()).filter(|value| !value.is_empty())
}

/// Whether the field at a JSON pointer is `true`.
#[must_use]
pub fn is_true(object: &DynamicObject, pointer: &str) -> bool {
    object.data.pointer(pointer).and_then(Value::as_bool) == Some(true)
}

/// The whole number at a JSON pointer.
#[must_use]
pub fn number(object: &DynamicObject, pointer: &str) -> Option<i64> {
    object.data.pointer(pointer).and_then(Value::as_i64)
}

/// The namespace of an object; empty for one without.
#[must_use]
pub fn namespace(object: &DynamicObject) -> &str {
    object.metadata.namespace.as_deref().unwrap_or_default()
}

/// The name of an object; empty for one that the server has not named yet.
#[must_use]
pub fn name(object: &DynamicObject) -> &str {
    object.metadata.name.as_deref().unwrap_or_default()
}

/// The API kind of an object; empty for one that does not tell it.
#[must_use]
pub fn kind(object: &DynamicObject) -> &str {
    object.types.as_ref().map_or("", |types| types.kind.as_str())
}

/// `Kind namespace/name`, as messages name an object.
#[must_use]
pub fn title(object: &DynamicObject) -> String {
    let kind = match kind(object) {
        "" => "object",
        kind => kind,
    };
    match namespace(object) {
        "" => format!("{kind} {}", name(object)),
        namespace => format!("{kind} {namespace}/{}", name(object)),
    }
}

/// The `{kind, name, namespace}` at a JSON pointer; the namespace defaults to the object's own.
#[must_use]
pub fn object_ref(object: &DynamicObject, pointer: &str) -> Option<ObjectRef> {
    let reference = object.data.pointer(pointer)?;
    let field = |key| reference.get(key).and_then(Value::as_str).filter(|text| !text.is_empty());
    Some(ObjectRef {
        kind: field("kind")?.to_owned(),
        namespace: field("namespace").unwrap_or_else(|| namespace(object)).to_owned(),
        name: field("name")?.to_owned(),
    })
}

#[cfg(test)]
pub(crate) mod tests {
    use serde_json::json;

    use super::*;

    /// An object of any kind, from what `kubectl get -o json` would print.
    pub(crate) fn object(json: Value) -> DynamicObject {
        let mut whole = json!({"metadata": {"name": "apps", "namespace": "flux-system"}});
        for (key, value) in json.as_object().expect("an object") {
            whole[key] = value.clone();
        }
        serde_json::from_value(whole).expect("metadata, and anything else")
    }

    #[test]
    fn a_reference_without_a_namespace_stays_in_its_own() {
        let own = object(json!({"spec": {"sourceRef": {"kind": "Bucket", "name": "b"}}}));
        let reference = object_ref(&own, "/spec/sourceRef").unwrap();
        assert_eq!(reference.to_string(), "Bucket flux-system/b");
        let other = object(json!({"spec": {"sourceRef":
            {"kind": "Bucket", "name": "b", "namespace": "infra"}}}));
        assert_eq!(object_ref(&other, "/spec/sourceRef").unwrap().namespace, "infra");
        assert_eq!(object_ref(&other, "/spec/chartRef"), None);
    }
}
