//! What is applied to the cluster: the components with all that the folder adds to them, and the sync
//! objects.

use anyhow::{Context as _, Result};
use kube::api::DynamicObject;

use super::overlay::Overlay;
use super::plan::{Manifests, Plan};
use crate::context::Context;
use crate::error::{Class, Explain as _, usage};
use crate::manifests::yaml;

/// The objects of Flux's folder, in the two parts in which they are applied.
pub(super) struct Objects {
    /// Everything but the sync objects.
    pub(super) components: Vec<DynamicObject>,
    /// The GitRepository and the Kustomization of the folder itself.
    pub(super) sync: Vec<DynamicObject>,
}

impl Objects {
    /// What the folder holds once `manifests` are in it: the `components` as they are, or what kustomize
    /// builds of them if there is an `overlay`.
    pub(super) async fn of(
        ctx: &Context,
        plan: &Plan,
        manifests: &Manifests,
        components: Vec<DynamicObject>,
        overlay: Option<&Overlay>,
    ) -> Result<Self> {
        let sync = yaml::objects_of(&manifests.sync.text)?;
        let Some(overlay) = overlay else { return Ok(Self { components, sync }) };
        let folder = plan.folder();
        let built = overlay.build(ctx, manifests).await?;
        let objects = yaml::objects_of(&built.text)
            .with_context(|| format!("what {} made of {folder}", built.by))
            .class(Class::Usage)?;
        let (encrypted, objects): (Vec<_>, Vec<_>) = objects.into_iter().partition(is_encrypted);
        for object in &encrypted {
            let (kind, name) = kind_and_name(object);
            ctx.output.warn(format_args!("{kind} {name} is encrypted: it is left to Flux"));
        }
        let objects = Self::split(objects, &sync)
            .with_context(|| format!("{folder} cannot be synced as it is"))?;
        ctx.output.done(format_args!("built {folder} with {}", built.by));
        Ok(objects)
    }

    fn split(built: Vec<DynamicObject>, sync: &[DynamicObject]) -> Result<Self> {
        let is_sync = |object: &DynamicObject| sync.iter().any(|ours| is_same(ours, object));
        let (sync_objects, components): (Vec<_>, Vec<_>) = built.into_iter().partition(is_sync);
        if let Some(missing) =
            sync.iter().find(|ours| !sync_objects.iter().any(|object| is_same(ours, object)))
        {
            let (kind, name) = kind_and_name(missing);
            return Err(usage(format!("its kustomization renames or removes {kind} {name}"))
                .hint("leave the names and namespaces of Flux's own objects as they are"));
        }
        Ok(Self { components, sync: sync_objects })
    }

    /// The objects of one kind among the components.
    pub(super) fn of_kind(&self, kind: &str) -> Vec<DynamicObject> {
        let objects = self.components.iter();
        objects.filter(|object| kind_and_name(object).0 == kind).cloned().collect()
    }

    /// The chosen components whose Deployments are there; a kustomization may take one out.
    pub(super) fn deployments(&self, plan: &Plan) -> Vec<&'static str> {
        let deployments = self.of_kind("Deployment");
        let is_there =
            |name: &&str| deployments.iter().any(|object| kind_and_name(object).1 == *name);
        plan.deployments().filter(is_there).collect()
    }
}

/// Whether SOPS has encrypted it; kustomize-controller will decrypt it, the cluster would refuse it.
fn is_encrypted(object: &DynamicObject) -> bool {
    object.data.get("sops").is_some()
}

fn is_same(one: &DynamicObject, other: &DynamicObject) -> bool {
    one.types == other.types
        && one.metadata.name == other.metadata.name
        && one.metadata.namespace == other.metadata.namespace
}

fn kind_and_name(object: &DynamicObject) -> (&str, &str) {
    let kind = object.types.as_ref().map(|types| types.kind.as_str()).unwrap_or_default();
    (kind, object.metadata.name.as_deref().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn object(kind: &str, name: &str) -> DynamicObject {
        serde_json::from_value(json!({
            "apiVersion": "example.com/v1", "kind": kind,
            "metadata": { "name": name, "namespace": "flux-system" },
        }))
        .unwrap()
    }

    #[test]
    fn the_sync_objects_are_found_among_the_others() {
        let sync = [object("GitRepository", "flux-system")];
        let built = vec![
            object("GitRepository", "other"),
            object("GitRepository", "flux-system"),
            object("Deployment", "flux-system"),
        ];
        let objects = Objects::split(built, &sync).unwrap();
        assert_eq!(objects.sync, sync);
        assert_eq!(objects.components.len(), 2);
    }

    #[test]
    fn one_that_was_renamed_is_missed() {
        let sync = [object("GitRepository", "flux-system")];
        let error = Objects::split(vec![object("GitRepository", "x-flux-system")], &sync)
            .map(drop)
            .unwrap_err();
        assert_eq!(
            error.to_string(),
            "its kustomization renames or removes GitRepository flux-system"
        );
    }

    #[test]
    fn what_sops_encrypted_is_known_by_its_field() {
        let mut secret = object("Secret", "a");
        assert!(!is_encrypted(&secret));
        secret.data = json!({ "sops": { "mac": "x" }, "data": {} });
        assert!(is_encrypted(&secret));
    }
}
