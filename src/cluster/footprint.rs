//! Everything that an installation of Flux has on a cluster, and who else has one.

use std::collections::BTreeMap;

use anyhow::Result;
use futures::stream::{self, StreamExt as _, TryStreamExt as _};
use k8s_openapi::api::core::v1::Namespace;
use k8s_openapi::apiextensions_apiserver::pkg::apis::apiextensions::v1::CustomResourceDefinition;
use kube::api::DynamicObject;
use kube::core::{ApiResource, GroupVersionKind};

use super::Cluster;
use super::apply::defined_by;
use super::installation::{FLUX_OBJECTS, INSTANCE, PART_OF};
use super::leftovers::{AT_ONCE, IN_NAMESPACE, OUTSIDE};
use super::list::{Scope, types_of};
use crate::error::{Class, class_of};
use crate::kinds::view::{kind, name, text};

/// What may be in a namespace beside Flux and would be missed: group, kind.
const CONTENTS: [(&str, &str); 8] = [
    ("", "Secret"),
    ("", "ConfigMap"),
    ("", "PersistentVolumeClaim"),
    ("apps", "Deployment"),
    ("apps", "StatefulSet"),
    ("apps", "DaemonSet"),
    ("batch", "CronJob"),
    ("batch", "Job"),
];

/// The ConfigMap that every namespace gets.
const PROVIDED: &str = "kube-root-ca.crt";

/// The objects that carry Flux's label, as far as they concern one namespace.
#[derive(Debug, Default)]
pub struct Footprint {
    /// Flux's objects in the namespace, whichever instance they name.
    pub within: Vec<DynamicObject>,
    /// ClusterRoles and ClusterRoleBindings of every instance.
    pub roles: Vec<DynamicObject>,
    /// The CRDs.
    pub definitions: Vec<DynamicObject>,
    /// Flux's Deployments in other namespaces.
    pub elsewhere: Vec<DynamicObject>,
    /// The namespace itself, if it is there.
    pub namespace: Option<DynamicObject>,
}

/// The objects of a kind that a CRD defines, without what is in them.
#[derive(Clone, Debug)]
pub struct CustomObjects {
    /// The name of the CRD.
    pub definition: String,
    /// How they are addressed.
    pub resource: ApiResource,
    /// Kind and metadata of each.
    pub objects: Vec<DynamicObject>,
}

/// The installation that an object says it belongs to.
#[must_use]
pub fn instance_of(object: &DynamicObject) -> Option<&str> {
    object.metadata.labels.as_ref()?.get(INSTANCE).map(String::as_str)
}

/// Whether an object says that it is part of Flux.
#[must_use]
pub fn is_of_flux(object: &DynamicObject) -> bool {
    let labels = object.metadata.labels.as_ref();
    labels.and_then(|labels| labels.get(PART_OF)).is_some_and(|whole| whole == "flux")
}

impl Cluster {
    /// What there is of Flux in `namespace` and outside of namespaces.
    ///
    /// # Errors
    /// Those of [`super::failure`].
    pub async fn footprint(&self, namespace: &str) -> Result<Footprint> {
        let lists = IN_NAMESPACE.into_iter().chain(OUTSIDE).map(|(group, kind)| {
            let scope = match kind {
                // Wherever there are controllers, there is another Flux.
                "Deployment" => Scope::everywhere(),
                _ if OUTSIDE.contains(&(group, kind)) => Scope::everywhere(),
                _ => Scope::namespace(namespace),
            };
            self.labelled_objects(group, kind, scope.labels(FLUX_OBJECTS))
        });
        let lists: Vec<Vec<DynamicObject>> =
            stream::iter(lists).buffered(AT_ONCE).try_collect().await?;
        let mut footprint = Footprint::default();
        for object in lists.into_iter().flatten() {
            footprint.add(object, namespace);
        }
        let resource = ApiResource::erase::<Namespace>(&());
        footprint.namespace = self.get(&resource, None, namespace).await?;
        if let Some(found) = &mut footprint.namespace {
            found.types.get_or_insert_with(|| types_of(&resource));
        }
        Ok(footprint)
    }

    /// Whole CRDs, because only they know their kinds; of all others the metadata.
    async fn labelled_objects(
        &self,
        group: &str,
        kind: &str,
        scope: Scope,
    ) -> Result<Vec<DynamicObject>> {
        if kind == "CustomResourceDefinition" {
            let resource = ApiResource::erase::<CustomResourceDefinition>(&());
            return self.list_resource(resource, scope).try_collect().await;
        }
        let resource = ApiResource::from_gvk(&GroupVersionKind::gvk(group, "v1", kind));
        self.list_metadata(&resource, &scope).await
    }

    /// What is in a namespace beside Flux's own objects and what the cluster itself puts there, as far as
    /// somebody might miss it. Objects that others own go with their owners and are not told.
    ///
    /// # Errors
    /// Those of [`super::failure`].
    pub async fn contents(&self, namespace: &str) -> Result<Vec<DynamicObject>> {
        let lists = CONTENTS.map(|(group, kind)| async move {
            let gvk = GroupVersionKind::gvk(group, "v1", kind);
            match self.served_resource(&gvk).await? {
                Some(served) => {
                    self.list_metadata(&served.resource, &Scope::namespace(namespace)).await
                }
                None => Ok(Vec::new()),
            }
        });
        let lists: Vec<Vec<DynamicObject>> =
            stream::iter(lists).buffered(AT_ONCE).try_collect().await?;
        let mut contents: Vec<DynamicObject> = lists.into_iter().flatten().collect();
        contents.retain(|object| {
            let is_owned = object.metadata.owner_references.iter().flatten().next().is_some();
            !is_owned && !is_of_flux(object) && name(object) != PROVIDED
        });
        Ok(contents)
    }

    /// The objects of the kinds that `definitions` define, in all namespaces.
    ///
    /// # Errors
    /// Those of [`super::failure`].
    pub async fn custom_objects(
        &self,
        definitions: impl IntoIterator<Item = &DynamicObject>,
    ) -> Result<Vec<CustomObjects>> {
        let kinds = definitions.into_iter().filter_map(resource_of_definition);
        let lists = kinds.map(|(definition, resource)| async move {
            let objects = match self.list_metadata(&resource, &Scope::everywhere()).await {
                // The CRD went between the two lists.
                Err(error) if class_of(&error) == Class::NotFound => Vec::new(),
                objects => objects?,
            };
            anyhow::Ok(CustomObjects { definition, resource, objects })
        });
        let lists: Vec<_> = lists.collect();
        stream::iter(lists).buffered(AT_ONCE).try_collect().await
    }
}

impl Footprint {
    fn add(&mut self, object: DynamicObject, namespace: &str) {
        let place = object.metadata.namespace.as_deref();
        let group = match (kind(&object), place) {
            ("CustomResourceDefinition", _) => &mut self.definitions,
            (_, None) => &mut self.roles,
            (_, Some(place)) if place == namespace => &mut self.within,
            (_, Some(_)) => &mut self.elsewhere,
        };
        group.push(object);
    }

    /// Who else has Flux on this cluster: the instance, and the object that shows it.
    ///
    /// The CRDs say who wrote them last, who may be gone; controllers and roles are there for an
    /// installation of their own.
    #[must_use]
    pub fn others<'a>(&'a self, namespace: &str) -> BTreeMap<&'a str, &'a DynamicObject> {
        let mut others = BTreeMap::new();
        for object in self.elsewhere.iter().chain(&self.roles) {
            let place = object.metadata.namespace.as_deref();
            if let Some(instance) = place.or(instance_of(object))
                && instance != namespace
            {
                others.entry(instance).or_insert(object);
            }
        }
        others
    }
}

/// The name of a CRD, and how the objects of its kind are addressed.
fn resource_of_definition(crd: &DynamicObject) -> Option<(String, ApiResource)> {
    let plural = text(crd, "/spec/names/plural")?;
    let gvk = defined_by(crd).into_iter().next()?;
    Some((name(crd).to_owned(), ApiResource::from_gvk_with_plural(&gvk, plural)))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn object(kind: &str, namespace: Option<&str>, labels: Value) -> DynamicObject {
        serde_json::from_value(json!({
            "apiVersion": "v1", "kind": kind,
            "metadata": {"name": "x", "namespace": namespace, "labels": labels},
        }))
        .expect("an object")
    }

    fn footprint(objects: impl IntoIterator<Item = DynamicObject>) -> Footprint {
        let mut footprint = Footprint::default();
        objects.into_iter().for_each(|object| footprint.add(object, "flux-system"));
        footprint
    }

    #[test]
    fn controllers_elsewhere_and_roles_of_another_instance_show_another_flux() {
        let found = footprint([
            object("Deployment", Some("flux-system"), json!({INSTANCE: "flux-system"})),
            object("ClusterRole", None, json!({INSTANCE: "flux-system"})),
            object("ClusterRole", None, json!({})),
            object("Deployment", Some("gitops"), json!({INSTANCE: "gitops"})),
            object("ClusterRoleBinding", None, json!({INSTANCE: "gitops"})),
            object("ClusterRoleBinding", None, json!({INSTANCE: "tenant"})),
        ]);
        let others = found.others("flux-system");
        let instances: Vec<&str> = others.keys().copied().collect();
        assert_eq!(instances, ["gitops", "tenant"]);
        assert_eq!(others["gitops"].metadata.namespace.as_deref(), Some("gitops"));
    }

    #[test]
    fn who_wrote_the_definitions_last_need_not_be_there_any_more() {
        let crd = object("CustomResourceDefinition", None, json!({INSTANCE: "gitops"}));
        assert!(footprint([crd]).others("flux-system").is_empty());
    }

    #[test]
    fn a_definition_tells_how_its_objects_are_addressed() {
        let crd: DynamicObject = serde_json::from_value(json!({
            "apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition",
            "metadata": {"name": "policies.example.com"},
            "spec": {"group": "example.com", "names": {"kind": "Policy", "plural": "policies"},
                "versions": [{"name": "v1", "served": false}, {"name": "v2", "served": true}]},
        }))
        .expect("a CRD");
        let (name, resource) = resource_of_definition(&crd).expect("it is served");
        assert_eq!((name.as_str(), resource.plural.as_str()), ("policies.example.com", "policies"));
        assert_eq!(resource.api_version, "example.com/v2");
    }
}
