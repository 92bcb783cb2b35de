//! What must not be deleted, because it is somebody else's or holds what somebody needs.

use anyhow::{Error, Result, anyhow};
use kube::api::DynamicObject;

use super::Plan;
use crate::cluster::definitions::manager_of;
use crate::cluster::footprint::instance_of;
use crate::cluster::owner::Owner;
use crate::error::{Class, Explain as _};
use crate::kinds::view::{kind, name, namespace, title};

impl Plan {
    /// Refuses to delete what somebody else owns.
    pub(in crate::commands::uninstall) fn refuse_foreign(
        &self,
        contents: &[DynamicObject],
    ) -> Result<()> {
        for object in self.controllers.iter().chain(&self.rest) {
            if let Some(other) = instance_of(object).filter(|of| *of != self.instance) {
                let what = title(object);
                return Err(conflict(format!("{what} belongs to another Flux, {other}")));
            }
        }
        for object in self.objects().filter(|object| kind(object) != "Namespace") {
            if let Some(manager) = manager_of(&object.metadata) {
                return Err(conflict(format!("{} is managed by {manager}", title(object)))
                    .hint(format!("uninstall Flux with {manager}")));
            }
        }
        let in_namespace = self.namespace.iter().chain(contents);
        for object in in_namespace {
            if let Owner::HelmRelease { namespace, name } = Owner::of(&object.metadata) {
                let (what, place) = (title(object), &self.instance);
                return Err(conflict(format!(
                    "{what} is managed by HelmRelease {namespace}/{name}, and would go with namespace {place}"
                ))
                .hint(format!("delete the release first: nigari delete helmrelease {name} -n {namespace}"))
                .hint("or leave the namespace with --keep-namespace"));
            }
            if let Some(manager) = manager_of(&object.metadata) {
                let what = title(object);
                let (is, place) = (format!("{what} is managed by {manager}"), &self.instance);
                return Err(conflict(format!("{is}, and would go with namespace {place}"))
                    .hint("leave the namespace with --keep-namespace"));
            }
        }
        Ok(())
    }

    /// Refuses to delete a namespace with Terraform objects: their state may lie in it, and what they have
    /// made may be destroyed with them.
    pub(in crate::commands::uninstall) fn refuse_terraforms(&self) -> Result<()> {
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
            title(first),
            name(going)
        ))
        .hint("leave the namespace with --keep-namespace")
        .hint(format!(
            "or delete it first, which says what becomes of it: nigari delete terraform {} -n {}",
            name(first),
            name(going)
        )))
    }
}

fn conflict(message: String) -> Error {
    anyhow!(message).class(Class::Conflict)
}

#[cfg(test)]
mod tests {
    use super::super::tests::{object, ours, plan};
    use super::*;
    use crate::error::class_of;

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
}
