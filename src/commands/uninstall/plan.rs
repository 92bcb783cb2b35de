//! What an uninstallation deletes and what it leaves; decided before anything happens.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use anyhow::{Error, Result, anyhow};
use kube::api::DynamicObject;

use crate::cluster::definitions::manager_of;
use crate::cluster::footprint::{CustomObjects, Footprint, instance_of, is_of_flux};
use crate::cluster::owner::Owner;
use crate::cluster::removal::has_flux_finalizer;
use crate::error::{Class, Explain as _};
use crate::kinds::view::{name, namespace};

/// Custom objects, or what else is in the namespace: how many are named unless `--verbose` asks for all.
const SHOWN: usize = 20;

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
            .map(|(other, shown_by)| (other.to_owned(), full_kind(shown_by)))
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
        let stays = match &namespace {
            Some(_) if keep_namespace => Some("as asked for"),
            Some(found) if !is_of_flux(found) => Some("Flux did not make it"),
            Some(found) if instance_of(found).is_some_and(|of| of != instance) => {
                Some("another Flux made it")
            }
            _ => None,
        };
        let namespace = namespace.filter(|_| stays.is_none());
        let instance = instance.to_owned();
        let terraforms = Vec::new();
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

    /// Refuses to delete what somebody else owns.
    pub(super) fn refuse_foreign(&self, contents: &[DynamicObject]) -> Result<()> {
        for object in self.controllers.iter().chain(&self.rest) {
            if let Some(other) = instance_of(object).filter(|of| *of != self.instance) {
                let what = full_kind(object);
                return Err(conflict(format!("{what} belongs to another Flux, {other}")));
            }
        }
        for object in self.objects().filter(|object| kind(object) != "Namespace") {
            if let Some(manager) = manager_of(&object.metadata) {
                return Err(conflict(format!("{} is managed by {manager}", full_kind(object)))
                    .hint(format!("uninstall Flux with {manager}")));
            }
        }
        let in_namespace = self.namespace.iter().chain(contents);
        for object in in_namespace {
            if let Owner::HelmRelease { namespace, name } = Owner::of(&object.metadata) {
                let (what, place) = (full_kind(object), &self.instance);
                return Err(conflict(format!(
                    "{what} is managed by HelmRelease {namespace}/{name}, and would go with namespace {place}"
                ))
                .hint(format!("delete the release first: nigari delete helmrelease {name} -n {namespace}"))
                .hint("or leave the namespace with --keep-namespace"));
            }
            if let Some(manager) = manager_of(&object.metadata) {
                let what = full_kind(object);
                let (is, place) = (format!("{what} is managed by {manager}"), &self.instance);
                return Err(conflict(format!("{is}, and would go with namespace {place}"))
                    .hint("leave the namespace with --keep-namespace"));
            }
        }
        Ok(())
    }

    /// Refuses to delete a namespace with Terraform objects: their state may lie in it, and what they have
    /// made may be destroyed with them.
    pub(super) fn refuse_terraforms(&self) -> Result<()> {
        let Some(going) = &self.namespace else { return Ok(()) };
        let within = self.terraforms.iter().filter(|object| namespace(object) == name(going));
        let within: Vec<&DynamicObject> = within.collect();
        let Some(first) = within.first() else { return Ok(()) };
        let more = match within.len() {
            1 => String::new(),
            count => format!(" and {} more", count - 1),
        };
        Err(conflict(format!(
            "{}{more} would go with namespace {}, and with it the state of what was made, or that itself",
            full_kind(first),
            name(going)
        ))
        .hint("leave the namespace with --keep-namespace")
        .hint(format!(
            "or delete it first, which says what becomes of it: nigari delete terraform {} -n {}",
            name(first),
            name(going)
        )))
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

    /// What a person reads before saying yes.
    pub(super) fn describe(
        &self,
        leaving: &[CustomObjects],
        contents: &[DynamicObject],
        is_verbose: bool,
    ) -> Vec<String> {
        let limit = if is_verbose { usize::MAX } else { SHOWN };
        let named = self.objects().map(|object| match kind(object) {
            "CustomResourceDefinition" => self.with_objects(object, leaving),
            _ => full_kind(object),
        });
        let mut lines = vec![list("these are deleted:", named.collect(), usize::MAX)];
        if !contents.is_empty() && self.namespace.is_some() {
            let contents = contents.iter().map(full_kind).collect();
            lines.push(list("with the namespace goes what else is in it:", contents, limit));
        }
        let all = || leaving.iter().flat_map(|custom| &custom.objects);
        if !self.others.is_empty() && all().next().is_some() {
            let objects = all().map(full_kind).collect();
            lines.push(list("these are deleted too, and nothing with them:", objects, limit));
        } else if all().any(has_flux_finalizer) {
            let objects = all().filter(|object| has_flux_finalizer(object));
            let objects = objects.map(full_kind).collect();
            lines.push(list(
                "these lose their finalizers first, so that nothing that they applied goes with them:",
                objects,
                limit,
            ));
        }
        lines.push(list("these stay:", self.staying(), usize::MAX));
        lines
    }

    fn with_objects(&self, definition: &DynamicObject, leaving: &[CustomObjects]) -> String {
        let of = leaving.iter().find(|custom| custom.definition == name(definition));
        let what = full_kind(definition);
        match of.map_or(0, |custom| custom.objects.len()) {
            0 => what,
            1 => format!("{what}, with its 1 object"),
            count => format!("{what}, with its {count} objects"),
        }
    }

    fn staying(&self) -> Vec<String> {
        let mut staying =
            vec!["what Flux has applied, which nothing reconciles any more".to_owned()];
        if !self.others.is_empty() {
            "what Flux in this namespace has applied".clone_into(&mut staying[0]);
        }
        if let Some(why) = self.stays {
            staying.push(format!("Namespace {}: {why}", self.instance));
        }
        let is_alone = self.others.is_empty();
        if let Some(count) = Some(self.terraforms.len()).filter(|count| *count > 0 && is_alone) {
            let objects = if count == 1 { "object" } else { "objects" };
            staying.push(format!(
                "{count} Terraform {objects} and what they have made: with their sources gone, nothing is \
                 planned or applied any more"
            ));
        }
        for (other, shown_by) in &self.others {
            staying.push(format!("the CRDs: Flux in namespace {other} uses them ({shown_by})"));
        }
        staying
    }
}

fn conflict(message: String) -> Error {
    anyhow!(message).class(Class::Conflict)
}

/// A heading, and an indented line for each item up to `limit`.
fn list(heading: &str, items: Vec<String>, limit: usize) -> String {
    let mut text = heading.to_owned();
    for item in items.iter().take(limit) {
        let _ = write!(text, "\n    {item}");
    }
    if let Some(more) = items.len().checked_sub(limit).filter(|more| *more > 0) {
        let _ = write!(text, "\n    and {more} more, shown with --verbose");
    }
    text
}

pub(super) fn kind(object: &DynamicObject) -> &str {
    object.types.as_ref().map_or("", |types| types.kind.as_str())
}

/// `Kind namespace/name`.
pub(super) fn full_kind(object: &DynamicObject) -> String {
    match namespace(object) {
        "" => format!("{} {}", kind(object), name(object)),
        namespace => format!("{} {namespace}/{}", kind(object), name(object)),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::error::class_of;

    const LABELS: [&str; 2] = ["app.kubernetes.io/part-of", "app.kubernetes.io/instance"];

    fn object(kind: &str, namespace: &str, instance: Option<&str>) -> DynamicObject {
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

    fn ours() -> Footprint {
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

    fn plan(found: Footprint) -> Plan {
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

    #[test]
    fn what_somebody_else_owns_is_refused() {
        let managed = |mut object: DynamicObject, by: &str| {
            let labels = object.metadata.labels.get_or_insert_default();
            labels.insert("app.kubernetes.io/managed-by".to_owned(), by.to_owned());
            object
        };
        assert!(plan(ours()).refuse_foreign(&[]).is_ok());

        let mut found = ours();
        found.within[1] = object("Service", "flux-system", Some("gitops"));
        let refused = plan(found).refuse_foreign(&[]).expect_err("another instance's");
        assert_eq!(refused.to_string(), "Service flux-system/x belongs to another Flux, gitops");
        assert_eq!(class_of(&refused), Class::Conflict);

        let mut found = ours();
        found.roles[0] = managed(found.roles[0].clone(), "Helm");
        let refused = plan(found).refuse_foreign(&[]).expect_err("another tool's");
        assert_eq!(refused.to_string(), "ClusterRole x is managed by Helm");

        let theirs = [managed(object("Deployment", "flux-system", None), "Helm")];
        let refused = plan(ours()).refuse_foreign(&theirs).expect_err("in the namespace");
        assert_eq!(class_of(&refused), Class::Conflict);
        let kept = Plan::new(ours(), "flux-system", true);
        assert!(kept.refuse_foreign(&[]).is_ok());
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

    #[test]
    fn long_lists_are_cut() {
        let items = || ["1", "2", "3"].map(str::to_owned).to_vec();
        assert_eq!(
            list("x:", items(), 2),
            "x:\n    1\n    2\n    and 1 more, shown with --verbose"
        );
        assert_eq!(list("x:", items(), 3), "x:\n    1\n    2\n    3");
    }
}
