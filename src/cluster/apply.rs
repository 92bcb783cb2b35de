//! Server-side apply in stages, without a write when nothing changes.
//!
//! What it would do is told by [`super::preview`].

use std::fmt;
use std::time::Duration;

use anyhow::{Result, anyhow};
use futures::stream::{self, StreamExt as _, TryStreamExt as _};
use k8s_openapi::api::core::v1::Namespace;
use kube::api::{DynamicObject, Patch, PatchParams};
use kube::core::{ApiResource, GroupVersionKind};
use serde_json::Value;
use tokio::time::Instant;

use super::Cluster;
use super::backoff::patiently;
use super::discovery::ServedResource;
use super::list::{Scope, types_of};
use super::wait::{News, Patience, Step};
use super::watch::Subject;
use crate::error::{Class, Explain as _};
use crate::kinds::readiness::condition;
use crate::kinds::view::{kind, name, text, title};

/// Objects that are applied at the same time.
const AT_ONCE: usize = 8;

/// How long discovery may lag behind an established CRD.
const DISCOVERY_LAG: Duration = Duration::from_secs(15);

/// How objects are applied.
#[derive(Clone, Debug)]
pub struct ApplyOptions {
    /// The owner of the fields: `flux` for components, as upstream does, so that ownership carries over.
    pub field_manager: String,
    /// Whether fields that somebody else owns are taken over.
    pub force: bool,
}

/// What applying an object did, or would do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Applied {
    /// It was not there.
    Created,
    /// It was different.
    Configured,
    /// It was as wanted; nothing was written.
    Unchanged,
}

impl fmt::Display for Applied {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Created => "created",
            Self::Configured => "configured",
            Self::Unchanged => "unchanged",
        })
    }
}

/// The stages of an apply: what others need to exist comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    /// CustomResourceDefinitions, Namespaces and ClusterRoles.
    Definitions,
    /// Everything else.
    Rest,
}

impl Cluster {
    /// Applies `objects` server-side, in stages: CRDs, namespaces and cluster roles first, and when they
    /// are established the rest. The outcomes are in the order of `objects`.
    ///
    /// Fields that the cluster does not know are an error. An object that is already as wanted, by the
    /// server's own dry run, is not written, so applying the same objects again makes no write.
    ///
    /// # Errors
    /// [`Class::NotInstalled`] when the cluster does not serve the kind of an object;
    /// [`Class::Conflict`] without `force` when somebody else owns a field; [`Class::TimedOut`];
    /// those of [`super::failure`].
    pub async fn apply(
        &self,
        objects: &[DynamicObject],
        options: &ApplyOptions,
        patience: &Patience<'_>,
    ) -> Result<Vec<Applied>> {
        let mut outcomes = vec![Applied::Unchanged; objects.len()];
        let mut done = 0;
        for stage in [Stage::Definitions, Stage::Rest] {
            let in_stage =
                objects.iter().enumerate().filter(|(_, object)| stage_of(object) == stage);
            let in_stage: Vec<_> = in_stage.collect();
            let work = in_stage.iter().map(|(index, object)| async move {
                Ok::<_, anyhow::Error>((*index, self.apply_one(object, options).await?))
            });
            let mut work = stream::iter(work).buffer_unordered(AT_ONCE);
            let work = async {
                while let Some((index, outcome)) = work.try_next().await? {
                    outcomes[index] = outcome;
                    done += 1;
                    (patience.news)(News::Progress { done, of: objects.len() });
                }
                Ok(())
            };
            patience.deadline.within("the server to apply", work).await?;
            if stage == Stage::Definitions {
                self.await_established(&in_stage, &outcomes, patience).await?;
            }
        }
        Ok(outcomes)
    }

    async fn apply_one(&self, object: &DynamicObject, options: &ApplyOptions) -> Result<Applied> {
        let Some(served) = self.served_for(object).await? else {
            return Err(not_served(object));
        };
        let Some(live) = self.live(object, &served).await? else {
            self.patch(object, &served, options, false).await?;
            return Ok(Applied::Created);
        };
        let wanted = self.patch(object, &served, options, true).await?;
        if is_same(&live, &wanted) {
            return Ok(Applied::Unchanged);
        }
        self.patch(object, &served, options, false).await?;
        Ok(Applied::Configured)
    }

    /// The object of the same kind and name that the cluster has; nothing also where it has no such kind.
    ///
    /// # Errors
    /// Those of [`super::failure`].
    pub async fn present(&self, object: &DynamicObject) -> Result<Option<DynamicObject>> {
        match self.served_for(object).await? {
            Some(served) => self.live(object, &served).await,
            None => Ok(None),
        }
    }

    /// The object as the cluster has it, if it has it.
    pub(super) async fn live(
        &self,
        object: &DynamicObject,
        served: &ServedResource,
    ) -> Result<Option<DynamicObject>> {
        let namespace = object.metadata.namespace.as_deref().filter(|_| served.is_namespaced);
        if served.is_namespaced && namespace.is_none() {
            return Err(anyhow!("{} has no namespace", title(object)).class(Class::Usage));
        }
        self.get(&served.resource, namespace, name(object)).await
    }

    /// How `object` is addressed; nothing when the cluster does not serve its kind.
    pub(super) async fn served_for(
        &self,
        object: &DynamicObject,
    ) -> Result<Option<ServedResource>> {
        let types = object.types.clone().unwrap_or_default();
        let gvk = GroupVersionKind::try_from(&types).map_err(|error| {
            anyhow!("{} has no valid apiVersion: {error}", title(object)).class(Class::Usage)
        })?;
        self.served_resource(&gvk).await
    }

    /// Refuses a namespace that is being deleted: nothing can be created in it.
    ///
    /// # Errors
    /// [`Class::Conflict`] when it is; those of [`super::failure`].
    pub async fn refuse_leaving_namespace(&self, name: &str) -> Result<()> {
        let resource = ApiResource::erase::<Namespace>(&());
        let Some(mut found) = self.get(&resource, None, name).await? else { return Ok(()) };
        found.types.get_or_insert_with(|| types_of(&resource));
        match judge_namespace(&found) {
            Step::Failed(error) => Err(error),
            Step::Done(()) | Step::Wait { .. } => Ok(()),
        }
    }

    /// Applies one object, or asks the server what it would become.
    pub(super) async fn patch(
        &self,
        object: &DynamicObject,
        served: &ServedResource,
        options: &ApplyOptions,
        dry_run: bool,
    ) -> Result<DynamicObject> {
        let applied = self.try_patch(object, served, options, dry_run).await;
        applied.map_err(|error| self.refused(object, error))
    }

    /// As [`Self::patch`], with the server's own answer where it refuses.
    pub(super) async fn try_patch(
        &self,
        object: &DynamicObject,
        served: &ServedResource,
        options: &ApplyOptions,
        dry_run: bool,
    ) -> kube::Result<DynamicObject> {
        let namespace = object.metadata.namespace.as_deref().filter(|_| served.is_namespaced);
        let parameters = PatchParams {
            dry_run,
            force: options.force,
            ..PatchParams::apply(&options.field_manager).validation_strict()
        };
        let api = self.api(&served.resource, namespace);
        let patch = Patch::Apply(object);
        patiently(|| api.patch(name(object), &parameters, &patch)).await
    }

    /// What it means that an object was not applied.
    pub(super) fn refused(&self, object: &DynamicObject, error: kube::Error) -> anyhow::Error {
        next_step(self.failure(error, &format!("apply {}", title(object))))
    }

    /// Waits until the definitions can be used, and forgets what was served before any of them was written, by
    /// us or by somebody else meanwhile.
    async fn await_established(
        &self,
        definitions: &[(usize, &DynamicObject)],
        outcomes: &[Applied],
        patience: &Patience<'_>,
    ) -> Result<()> {
        let waits = definitions.iter().map(|(_, object)| self.await_definition(object, patience));
        stream::iter(waits).buffer_unordered(AT_ONCE).try_collect::<Vec<()>>().await?;
        let crds = definitions.iter().filter(|(_, object)| is_crd(object));
        let is_written = crds.clone().any(|(index, _)| outcomes[*index] != Applied::Unchanged);
        let crds: Vec<_> = crds.map(|(_, object)| *object).collect();
        if !is_written && self.unserved(&crds).await?.is_none() {
            return Ok(());
        }
        let work = self.await_discovery(&crds);
        patience.deadline.within("the cluster to serve the new CRDs", work).await
    }

    async fn await_definition(
        &self,
        object: &DynamicObject,
        patience: &Patience<'_>,
    ) -> Result<()> {
        let decide: fn(&DynamicObject) -> Step<()> = match kind(object) {
            "CustomResourceDefinition" => judge_crd,
            "Namespace" => judge_namespace,
            _ => return Ok(()),
        };
        let Some(served) = self.served_for(object).await? else { return Err(not_served(object)) };
        let scope = Scope::everywhere().named(name(object));
        let subject = Subject::Resource(served.resource);
        let what = title(object);
        self.wait_for_subject(subject, scope, &what, patience, |object, _| match object {
            Some(object) => decide(object),
            None => Step::Failed(anyhow!("{what} was deleted meanwhile")),
        })
        .await
    }

    /// A CRD says that it is established a moment before discovery tells of it.
    pub(super) async fn await_discovery(&self, crds: &[&DynamicObject]) -> Result<()> {
        let give_up = Instant::now() + DISCOVERY_LAG;
        loop {
            self.refresh_discovery().await;
            match self.unserved(crds).await? {
                None => return Ok(()),
                Some(gvk) if Instant::now() >= give_up => {
                    return Err(anyhow!(
                        "{} {} is established but not served",
                        gvk.api_version(),
                        gvk.kind
                    )
                    .class(Class::NotInstalled));
                }
                Some(_) => tokio::time::sleep(Duration::from_millis(250)).await,
            }
        }
    }

    /// A kind that these CRDs define and the cluster, as far as is known, does not serve.
    async fn unserved(&self, crds: &[&DynamicObject]) -> Result<Option<GroupVersionKind>> {
        for gvk in crds.iter().flat_map(|crd| defined_by(crd)) {
            if self.served_resource(&gvk).await?.is_none() {
                return Ok(Some(gvk));
            }
        }
        Ok(None)
    }
}

fn stage_of(object: &DynamicObject) -> Stage {
    match kind(object) {
        "CustomResourceDefinition" | "Namespace" | "ClusterRole" => Stage::Definitions,
        _ => Stage::Rest,
    }
}

pub(super) fn is_crd(object: &DynamicObject) -> bool {
    kind(object) == "CustomResourceDefinition"
}

/// The kinds that a CRD defines, one for each version that it serves.
pub(super) fn defined_by(crd: &DynamicObject) -> Vec<GroupVersionKind> {
    let (Some(group), Some(kind)) = (text(crd, "/spec/group"), text(crd, "/spec/names/kind"))
    else {
        return Vec::new();
    };
    let versions =
        crd.data.pointer("/spec/versions").and_then(Value::as_array).into_iter().flatten();
    versions
        .filter(|version| version["served"].as_bool() == Some(true))
        .filter_map(|version| version["name"].as_str())
        .map(|version| GroupVersionKind::gvk(group, version, kind))
        .collect()
}

/// Source: `apiextensions.k8s.io/v1`, the conditions Established and NamesAccepted.
pub(super) fn judge_crd(crd: &DynamicObject) -> Step<()> {
    if let Some(names) = condition(crd, "NamesAccepted").filter(|names| names.status == "False") {
        return Step::Failed(anyhow!("{}: {}", title(crd), names.message).class(Class::Conflict));
    }
    if crd.metadata.deletion_timestamp.is_some() {
        return Step::Failed(anyhow!("{} is being deleted", title(crd)).class(Class::Conflict));
    }
    match condition(crd, "Established") {
        Some(established) if established.is_true() => Step::Done(()),
        _ => Step::wait("the CRD is not established yet"),
    }
}

fn judge_namespace(namespace: &DynamicObject) -> Step<()> {
    let is_going = namespace.metadata.deletion_timestamp.is_some();
    match text(namespace, "/status/phase") {
        _ if is_going => {
            let what = title(namespace);
            Step::Failed(anyhow!("{what} is being deleted").class(Class::Conflict).hint(format!(
                "see what holds it: kubectl get namespace {} -o yaml",
                name(namespace)
            )))
        }
        Some("Active") => Step::Done(()),
        _ => Step::wait("the namespace is not active yet"),
    }
}

pub(super) fn not_served(object: &DynamicObject) -> anyhow::Error {
    let version = object.types.as_ref().map_or("", |types| types.api_version.as_str());
    anyhow!("cannot apply {}: the cluster does not serve {version}", title(object))
        .class(Class::NotInstalled)
}

/// What to do about refusals that have one way out.
///
/// Source: apiextensions-apiserver, `ValidateCustomResourceDefinitionUpdate`: the words about stored versions.
fn next_step(error: anyhow::Error) -> anyhow::Error {
    if error.to_string().contains("must appear in spec.versions") {
        return error.hint(
            "objects are stored in a version that this Flux does not have; rewrite them with: flux migrate",
        );
    }
    error
}

/// Whether the server's dry run left the object as it is, bookkeeping aside.
pub(super) fn is_same(live: &DynamicObject, wanted: &DynamicObject) -> bool {
    essence(live) == essence(wanted)
}

/// An object without the server's bookkeeping and without its status.
///
/// A dry run counts `resourceVersion` and `generation` up and writes `managedFields` even when nothing
/// else changes: the first apply of a manager that owns nothing yet. The status is not ours to apply, and
/// a controller may write it between our look and the dry run.
pub(super) fn essence(object: &DynamicObject) -> DynamicObject {
    let mut object = object.clone();
    object.metadata.managed_fields = None;
    object.metadata.resource_version = None;
    object.metadata.generation = None;
    object.types = None;
    if let Some(fields) = object.data.as_object_mut() {
        fields.remove("status");
    }
    object
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn object(json: Value) -> DynamicObject {
        serde_json::from_value(json).expect("an object")
    }

    fn crd(status: Value) -> DynamicObject {
        object(json!({
            "apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition",
            "metadata": {"name": "widgets.example.com"},
            "spec": {"group": "example.com", "names": {"kind": "Widget"}, "versions": [
                {"name": "v1", "served": true}, {"name": "v1beta1", "served": false}]},
            "status": status,
        }))
    }

    fn config_map(version: &str, value: &str) -> DynamicObject {
        object(json!({
            "apiVersion": "v1", "kind": "ConfigMap",
            "metadata": {"name": "a", "namespace": "b", "resourceVersion": version, "uid": "u",
                "managedFields": [{"manager": version}]},
            "data": {"key": value},
        }))
    }

    #[test]
    fn bookkeeping_is_no_change() {
        assert!(is_same(&config_map("1", "x"), &config_map("2", "x")));
        assert!(!is_same(&config_map("1", "x"), &config_map("1", "y")));
    }

    #[test]
    fn what_a_controller_writes_meanwhile_is_no_change() {
        let mut settled = config_map("2", "x");
        settled.data["status"] = json!({"observedGeneration": 1});
        assert!(is_same(&config_map("1", "x"), &settled));
    }

    #[test]
    fn definitions_come_first() {
        for (kind, stage) in [
            ("CustomResourceDefinition", Stage::Definitions),
            ("Namespace", Stage::Definitions),
            ("ClusterRole", Stage::Definitions),
            ("ClusterRoleBinding", Stage::Rest),
            ("Deployment", Stage::Rest),
        ] {
            let object =
                object(json!({"apiVersion": "v1", "kind": kind, "metadata": {"name": "x"}}));
            assert_eq!(stage_of(&object), stage, "{kind}");
        }
    }

    #[test]
    fn a_crd_is_waited_for_until_it_is_established() {
        let conditions = |list: Value| crd(json!({"conditions": list}));
        assert!(matches!(judge_crd(&crd(json!({}))), Step::Wait { .. }));
        let established = conditions(json!([{"type": "Established", "status": "True"}]));
        assert!(matches!(judge_crd(&established), Step::Done(())));
        let taken = conditions(json!([
            {"type": "NamesAccepted", "status": "False", "message": "\"Widget\" is already in use"}]));
        match judge_crd(&taken) {
            Step::Failed(error) => assert!(error.to_string().contains("already in use"), "{error}"),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_namespace_on_its_way_out_is_refused() {
        let namespace = |more: Value| {
            let mut namespace = json!({"apiVersion": "v1", "kind": "Namespace",
                "metadata": {"name": "flux-system"}, "status": {"phase": "Active"}});
            for (key, value) in more.as_object().expect("an object") {
                namespace["metadata"][key] = value.clone();
            }
            object(namespace)
        };
        assert!(matches!(judge_namespace(&namespace(json!({}))), Step::Done(())));
        let going = namespace(json!({"deletionTimestamp": "2026-01-01T00:00:00Z"}));
        assert!(matches!(judge_namespace(&going), Step::Failed(_)));
    }
}
