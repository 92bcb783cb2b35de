//! What an uninstallation deletes and what it leaves; decided before anything happens.

mod description;
mod refusal;

use std::collections::BTreeMap;

use kube::api::DynamicObject;

use crate::cluster::footprint::{CustomObjects, Footprint, instance_of, is_of_flux};
use crate::kinds::view::{kind, namespace, title};

/// What belongs to one installation, by the order in which it goes.
#[derive(Debug, Default)]
pub(super) struct Plan {
    /// The namespace of the installation, which is also its name.
    pub(super) instance: String,
    /// The Deployments.
    pub(super) controllers: Vec<DynamicObject>,
    /// What else is Flux's in the namespace.
    pub(super) rest: Vec<DynamicObject>,
    /// CRDs, which take their objects with them.
    pub(super) definitions: Vec<DynamicObject>,
    /// CRDs that stay.
    shared: Vec<DynamicObject>,
    /// ClusterRoles and ClusterRoleBindings.
    pub(super) roles: Vec<DynamicObject>,
    /// The namespace, when it goes.
    pub(super) namespace: Option<DynamicObject>,
    /// Why a namespace that is there stays.
    stays: Option<&'static str>,
    /// Who else has Flux on the cluster, and the object that shows it.
    pub(super) others: BTreeMap<String, String>,
    /// The Terraform objects of all namespaces. They are not Flux's, and live on its sources.
    pub(super) terraforms: Vec<DynamicObject>,
}

impl Plan {
    /// Decides what of `found` belongs to the installation in the namespace `instance`.
    ///
    /// The CRDs are everybody's: they go with the last installation.
    pub(super) fn new(found: Footprint, instance: &str, keep_namespace: bool) -> Self {
        let others: BTreeMap<String, String> = found
            .others(instance)
            .into_iter()
            .map(|(other, shown_by)| (other.to_owned(), title(shown_by)))
            .collect();
        let is_alone = others.is_empty();
        let is_ours = |object: &DynamicObject| match instance_of(object) {
            Some(of) => of == instance,
            None => is_alone,
        };
        let Footprint { within, mut roles, definitions, namespace, .. } = found;
        let (controllers, rest): (Vec<_>, Vec<_>) =
            within.into_iter().partition(|object| kind(object) == "Deployment");
        roles.retain(is_ours);
        let has_more = !(controllers.is_empty() && rest.is_empty() && roles.is_empty());
        let (definitions, shared) = definitions
            .into_iter()
            .partition(|definition| is_alone && (has_more || is_ours(definition)));
        let stays = namespace.as_ref().and_then(|found| stays(found, instance, keep_namespace));
        let namespace = namespace.filter(|_| stays.is_none());
        let (instance, terraforms) = (instance.to_owned(), Vec::new());
        Self {
            instance,
            controllers,
            rest,
            definitions,
            shared,
            roles,
            namespace,
            stays,
            others,
            terraforms,
        }
    }

    /// Whether there is nothing to delete.
    pub(super) fn is_empty(&self) -> bool {
        self.objects().next().is_none()
    }

    /// Everything that is deleted by name, in the order in which it goes.
    pub(super) fn objects(&self) -> impl Iterator<Item = &DynamicObject> {
        let groups = [&self.controllers, &self.rest, &self.definitions, &self.roles];
        groups.into_iter().flatten().chain(&self.namespace)
    }

    /// The CRDs whose objects may have to be looked at: all of Flux's.
    pub(super) fn all_definitions(&self) -> impl Iterator<Item = &DynamicObject> {
        self.definitions.iter().chain(&self.shared)
    }

    /// Which custom objects lose their finalizers: those that are about to be deleted.
    pub(super) fn leaving(&self, custom: Vec<CustomObjects>) -> Vec<CustomObjects> {
        let is_alone = self.others.is_empty();
        let goes = |object: &DynamicObject| {
            is_alone || (self.namespace.is_some() && namespace(object) == self.instance)
        };
        let leaving = custom.into_iter().map(|mut custom| {
            custom.objects.retain(goes);
            custom
        });
        leaving.filter(|custom| !custom.objects.is_empty()).collect()
    }
}

/// Why the namespace that was found stays, if it does.
fn stays(found: &DynamicObject, instance: &str, keep_namespace: bool) -> Option<&'static str> {
    if keep_namespace {
        return Some("as asked for");
    }
    if !is_of_flux(found) {
        return Some("Flux did not make it");
    }
    let is_of_another = instance_of(found).is_some_and(|of| of != instance);
    is_of_another.then_some("another Flux made it")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const LABELS: [&str; 2] = ["app.kubernetes.io/part-of", "app.kubernetes.io/instance"];

    pub(super) fn object(kind: &str, namespace: &str, instance: Option<&str>) -> DynamicObject {
        let namespace = (!namespace.is_empty()).then_some(namespace);
        let mut labels = json!({LABELS[0]: "flux"});
        if let Some(instance) = instance {
            labels[LABELS[1]] = json!(instance);
        }
        serde_json::from_value(json!({
            "apiVersion": "v1", "kind": kind,
            "metadata": {"name": "x", "namespace": namespace, "labels": labels},
        }))
        .expect("an object")
    }

    pub(super) fn ours() -> Footprint {
        let ours = Some("flux-system");
        Footprint {
            within: vec![
                object("Deployment", "flux-system", ours),
                object("Service", "flux-system", ours),
            ],
            roles: vec![object("ClusterRole", "", ours)],
            definitions: vec![object("CustomResourceDefinition", "", Some("gitops"))],
            elsewhere: Vec::new(),
            namespace: Some(object("Namespace", "", ours)),
        }
    }

    fn kinds(plan: &Plan) -> Vec<&str> {
        plan.objects().map(kind).collect()
    }

    pub(super) fn plan(found: Footprint) -> Plan {
        Plan::new(found, "flux-system", false)
    }

    #[test]
    fn controllers_go_first_and_the_namespace_last() {
        let all = ["Deployment", "Service", "CustomResourceDefinition", "ClusterRole", "Namespace"];
        assert_eq!(kinds(&plan(ours())), all);
    }

    #[test]
    fn what_another_flux_uses_stays() {
        let mut found = ours();
        found.elsewhere.push(object("Deployment", "gitops", Some("gitops")));
        found.roles.push(object("ClusterRole", "", Some("gitops")));
        found.roles.push(object("ClusterRoleBinding", "", None));
        let plan = plan(found);
        assert_eq!(kinds(&plan), ["Deployment", "Service", "ClusterRole", "Namespace"]);
        assert_eq!(plan.roles.len(), 1);
        assert_eq!(plan.others["gitops"], "Deployment gitops/x");
    }

    #[test]
    fn definitions_alone_go_only_with_the_instance_that_wrote_them() {
        for (writer, goes) in [(Some("gitops"), false), (Some("flux-system"), true), (None, true)] {
            let definitions = vec![object("CustomResourceDefinition", "", writer)];
            let plan = plan(Footprint { definitions, ..Footprint::default() });
            assert_eq!(plan.is_empty(), !goes, "{writer:?}");
        }
    }

    #[test]
    fn a_namespace_that_flux_did_not_make_stays() {
        let mut found = ours();
        found.namespace.as_mut().expect("it is there").metadata.labels = None;
        assert!(plan(found).namespace.is_none());
        assert!(Plan::new(ours(), "flux-system", true).namespace.is_none());
    }

    fn custom(namespaces: &[&str]) -> Vec<CustomObjects> {
        let resource = crate::kinds::kustomize::KUSTOMIZATION.resource("v1");
        let objects = namespaces.iter().map(|place| object("Kustomization", place, None)).collect();
        vec![CustomObjects { definition: "x".to_owned(), resource, objects }]
    }

    #[test]
    fn beside_another_flux_only_the_objects_of_the_namespace_go() {
        let all = || custom(&["flux-system", "apps"]);
        let count = |leaving: Vec<CustomObjects>| leaving.iter().map(|it| it.objects.len()).sum();
        let counted: [usize; 3] =
            [(false, false), (true, false), (true, true)].map(|(is_shared, keeps_namespace)| {
                let mut found = ours();
                if is_shared {
                    found.elsewhere.push(object("Deployment", "gitops", Some("gitops")));
                }
                count(Plan::new(found, "flux-system", keeps_namespace).leaving(all()))
            });
        assert_eq!(counted, [2, 1, 0]);
    }
}
