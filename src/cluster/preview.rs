//! What a server-side apply would do, told by the server, with nothing written.

use anyhow::Result;
use futures::stream::{self, StreamExt as _, TryStreamExt as _};
use kube::api::DynamicObject;
use serde_json::{Map, Value, json};

use super::Cluster;
use super::apply::{Applied, ApplyOptions, defined_by, essence, is_crd, is_same, not_served};
use super::wait::Patience;
use crate::kinds::view::{kind, name, title};

/// Dry runs that are under way at the same time.
const AT_ONCE: usize = 8;

/// What applying an object would do.
#[derive(Clone, Debug)]
pub struct Preview {
    /// `Kind namespace/name`.
    pub object: String,
    /// What would be done.
    pub applied: Applied,
    /// What the cluster has, without the server's bookkeeping; nothing when it has no such object.
    pub live: Option<Value>,
    /// What it would have, in the same form.
    pub wanted: Value,
}

impl Cluster {
    /// Asks the server what [`Cluster::apply`] would do, in the order of `objects`. The values of Secrets
    /// are replaced by words that only say where they differ.
    ///
    /// An object whose kind or namespace is among `objects` and not on the cluster cannot be asked about;
    /// it is told as it was given.
    ///
    /// # Errors
    /// Those of [`Cluster::apply`].
    pub async fn preview(
        &self,
        objects: &[DynamicObject],
        options: &ApplyOptions,
        patience: &Patience<'_>,
    ) -> Result<Vec<Preview>> {
        let work = objects.iter().map(|object| self.preview_one(object, options, objects));
        let work = stream::iter(work).buffered(AT_ONCE).try_collect();
        patience.deadline.within("the server's dry run", work).await
    }

    pub(super) async fn preview_one(
        &self,
        object: &DynamicObject,
        options: &ApplyOptions,
        all: &[DynamicObject],
    ) -> Result<Preview> {
        let Some(served) = self.served_for(object).await? else {
            // What the same apply would define is not known to the server yet.
            if all.iter().any(|other| defines(other, object)) {
                return preview(object, None, object);
            }
            return Err(not_served(object));
        };
        let live = self.live(object, &served).await?;
        let namespace = object.metadata.namespace.as_deref().filter(|_| served.is_namespaced);
        if live.is_none() && all.iter().any(|other| is_namespace(other, namespace)) {
            return preview(object, None, object);
        }
        let wanted = self.patch(object, &served, options, true).await?;
        preview(object, live.as_ref(), &wanted)
    }
}

fn preview(
    object: &DynamicObject,
    live: Option<&DynamicObject>,
    wanted: &DynamicObject,
) -> Result<Preview> {
    let applied = match live {
        None => Applied::Created,
        Some(live) if is_same(live, wanted) => Applied::Unchanged,
        Some(_) => Applied::Configured,
    };
    let mut before = live.map(shown).transpose()?;
    let mut after = shown(wanted)?;
    mask(before.as_mut(), &mut after);
    Ok(Preview { object: title(object), applied, live: before, wanted: after })
}

/// An object as a person compares it: sorted, without what the server adds to every object.
fn shown(object: &DynamicObject) -> Result<Value> {
    let types = object.types.clone();
    let mut object = essence(object);
    object.types = types;
    object.metadata.uid = None;
    object.metadata.creation_timestamp = None;
    let mut value = serde_json::to_value(object)?;
    value.sort_all_objects();
    Ok(value)
}

/// Where `kubectl apply` keeps a copy of everything, values of Secrets too.
const LAST_APPLIED: &str =
    "/metadata/annotations/kubectl.kubernetes.io~1last-applied-configuration";

/// Replaces the values of a Secret by words: the same ones on both sides where nothing differs.
fn mask(mut live: Option<&mut Value>, wanted: &mut Value) {
    if wanted["kind"] != "Secret" {
        return;
    }
    for side in live.iter_mut().map(|live| &mut **live).chain([&mut *wanted]) {
        if let Some(copy) = side.pointer_mut(LAST_APPLIED) {
            *copy = "***".into();
        }
    }
    let mut nothing = json!({});
    let live = live.unwrap_or(&mut nothing);
    for field in ["data", "stringData"] {
        let mut none = Map::new();
        let before = live[field].as_object().cloned().unwrap_or_default();
        let after = wanted.get_mut(field).and_then(Value::as_object_mut).unwrap_or(&mut none);
        for (key, value) in after {
            let is_same = before.get(key) == Some(value);
            *value = if is_same { "***" } else { "*** (after)" }.into();
        }
        let after = wanted[field].as_object().cloned().unwrap_or_default();
        let before = live.get_mut(field).and_then(Value::as_object_mut);
        for (key, value) in before.into_iter().flatten() {
            let is_same = after.get(key).is_some_and(|after| after == "***");
            *value = if is_same { "***" } else { "*** (before)" }.into();
        }
    }
}

/// Whether `object` is the Namespace of this name.
fn is_namespace(object: &DynamicObject, namespace: Option<&str>) -> bool {
    kind(object) == "Namespace" && namespace == Some(name(object))
}

/// Whether `definition` is the CRD of `object`'s kind.
fn defines(definition: &DynamicObject, object: &DynamicObject) -> bool {
    let types = object.types.clone().unwrap_or_default();
    is_crd(definition)
        && defined_by(definition)
            .iter()
            .any(|gvk| gvk.kind == types.kind && gvk.api_version() == types.api_version)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn object(json: Value) -> DynamicObject {
        serde_json::from_value(json).expect("an object")
    }

    fn secret(data: &Value) -> DynamicObject {
        object(json!({"apiVersion": "v1", "kind": "Secret",
            "metadata": {"name": "a", "namespace": "b", "uid": "u"}, "data": data}))
    }

    #[test]
    fn the_values_of_a_secret_are_never_shown_and_differences_are() {
        let mut live = secret(&json!({"gone": "b2xk", "kept": "a2VwdA==", "new": "b2xk"}));
        let copy = "kubectl.kubernetes.io/last-applied-configuration";
        live.metadata.annotations = Some([(copy.to_owned(), "b2xk".to_owned())].into());
        let wanted = secret(&json!({"kept": "a2VwdA==", "new": "bmV3", "more": "bW9yZQ=="}));
        let preview = preview(&wanted, Some(&live), &wanted).expect("a preview");
        assert_eq!(preview.applied, Applied::Configured);
        let live = preview.live.expect("it is there");
        assert_eq!(live["metadata"]["annotations"][copy], "***");
        assert_eq!(
            live["data"],
            json!({"gone": "*** (before)", "kept": "***", "new": "*** (before)"})
        );
        assert_eq!(
            preview.wanted["data"],
            json!({"kept": "***", "new": "*** (after)", "more": "*** (after)"})
        );
    }

    #[test]
    fn a_new_secret_is_masked_too() {
        let wanted = secret(&json!({"key": "dmFsdWU="}));
        let preview = preview(&wanted, None, &wanted).expect("a preview");
        assert_eq!(preview.applied, Applied::Created);
        assert_eq!(preview.wanted["data"], json!({"key": "*** (after)"}));
        assert!(preview.wanted.get("stringData").is_none());
    }

    #[test]
    fn a_crd_defines_the_versions_that_it_serves() {
        let crd = object(json!({
            "apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition",
            "metadata": {"name": "widgets.example.com"},
            "spec": {"group": "example.com", "names": {"kind": "Widget"}, "versions": [
                {"name": "v1", "served": true}, {"name": "v1beta1", "served": false}]},
        }));
        let widget = |version: &str| {
            object(json!({"apiVersion": version, "kind": "Widget", "metadata": {"name": "x"}}))
        };
        assert!(defines(&crd, &widget("example.com/v1")));
        assert!(!defines(&crd, &widget("example.com/v1beta1")));
        assert!(!defines(&widget("example.com/v1"), &widget("example.com/v1")));
    }
}
