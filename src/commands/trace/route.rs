//! Finds who manages an object, and what that gets its manifests from.

use anyhow::{Context as _, Result, anyhow};
use kube::api::DynamicObject;
use kube::core::GroupVersionKind;

use crate::cli::trace::Traced;
use crate::cluster::Cluster;
use crate::cluster::discovery::ServedResource;
use crate::error::{Class, Explain as _, class_of, usage};
use crate::kinds::helm::HELM_RELEASE;
use crate::kinds::inventory::Entry;
use crate::kinds::kustomize::KUSTOMIZATION;
use crate::kinds::view::namespace;
use crate::kinds::{self, Kind, ObjectRef};

/// How many owners are climbed to; a chain of owners that is longer leads nowhere.
const MOST_OWNERS: usize = 16;

/// The way from an object to its source.
pub(super) struct Route {
    pub(super) object: Entry,
    /// The object that applied it, then its sources, one behind the other.
    pub(super) steps: Vec<Step>,
}

/// A Flux object on the way.
pub(super) struct Step {
    pub(super) kind: &'static Kind,
    pub(super) reference: ObjectRef,
    /// The object; or why it cannot be shown.
    pub(super) found: Result<DynamicObject, String>,
}

/// The way of an object.
pub(super) async fn find(
    cluster: &Cluster,
    traced: &Traced,
    api_version: Option<&str>,
    namespace: &str,
) -> Result<Route> {
    let served = served(cluster, traced, api_version).await?;
    let scope = served.is_namespaced.then_some(namespace);
    let found = cluster.get(&served.resource, scope, &traced.name).await?;
    let entry = Entry {
        group: served.resource.group.clone(),
        kind: served.resource.kind.clone(),
        namespace: scope.unwrap_or_default().to_owned(),
        name: traced.name.clone(),
    };
    let object = found
        .ok_or_else(|| anyhow!("{entry} not found"))
        .class(Class::NotFound)
        .hint("say where it is with: --namespace NAMESPACE")?;
    let manager = manager(cluster, object)
        .await
        .with_context(|| format!("cannot find out who manages {entry}"))?
        .ok_or_else(|| anyhow!("{entry} is not managed by Flux"))?;
    let mut route = Route { object: entry, steps: Vec::new() };
    follow(cluster, manager, &mut route.steps).await?;
    Ok(route)
}

async fn served(
    cluster: &Cluster,
    traced: &Traced,
    api_version: Option<&str>,
) -> Result<ServedResource> {
    let Some(api_version) = api_version else { return cluster.served_by_word(&traced.word).await };
    let (group, version) = api_version.split_once('/').unwrap_or(("", api_version));
    if version.is_empty() {
        return Err(usage(format!("{api_version:?} is no API version, like apps/v1")));
    }
    // The core has no group: `configmap.v1`.
    let word = format!("{}.{version}.{group}", traced.word);
    cluster.served_by_word(word.trim_end_matches('.')).await
}

/// The Kustomization that applied an object or one of its owners; else the HelmRelease that did.
///
/// Source: the labels that kustomize-controller and helm-controller set on everything that they apply.
async fn manager(
    cluster: &Cluster,
    object: DynamicObject,
) -> Result<Option<(&'static Kind, ObjectRef)>> {
    let mut family = vec![object];
    while family.len() < MOST_OWNERS
        && let Some(owner) = owner_of(cluster, &family[family.len() - 1]).await?
    {
        family.push(owner);
    }
    let labelled = |kind: &'static Kind| {
        let mut managers = family.iter().filter_map(|object| labelled(kind, object));
        managers.next().map(|reference| (kind, reference))
    };
    Ok(labelled(&KUSTOMIZATION).or_else(|| labelled(&HELM_RELEASE)))
}

fn labelled(kind: &Kind, object: &DynamicObject) -> Option<ObjectRef> {
    let labels = object.metadata.labels.as_ref()?;
    let value = |what: &str| labels.get(&format!("{}/{what}", kind.group)).cloned();
    let kind = kind.kind.to_owned();
    Some(ObjectRef { kind, namespace: value("namespace")?, name: value("name")? })
}

/// The owner that controls an object, else the first one; nothing when it is gone.
async fn owner_of(cluster: &Cluster, object: &DynamicObject) -> Result<Option<DynamicObject>> {
    let owners = object.metadata.owner_references.as_deref().unwrap_or_default();
    let controller = owners.iter().find(|owner| owner.controller == Some(true));
    let Some(owner) = controller.or_else(|| owners.first()) else { return Ok(None) };
    let (group, version) = owner.api_version.split_once('/').unwrap_or(("", &owner.api_version));
    let gvk = GroupVersionKind::gvk(group, version, &owner.kind);
    let Some(served) = cluster.served_resource(&gvk).await? else { return Ok(None) };
    let namespace = served.is_namespaced.then(|| namespace(object));
    cluster.get(&served.resource, namespace, &owner.name).await
}

/// Adds an object and the first of its sources, and that one's, until there are no more.
async fn follow(
    cluster: &Cluster,
    manager: (&'static Kind, ObjectRef),
    steps: &mut Vec<Step>,
) -> Result<()> {
    let mut next = Some(manager);
    while let Some((kind, reference)) = next.take() {
        if steps.iter().any(|step: &Step| step.reference == reference) {
            return Ok(());
        }
        let found = cluster.find(kind, &reference.namespace, &reference.name).await;
        let found = match found {
            Ok(object) => {
                next = source_of(kind, &object);
                Ok(object)
            }
            Err(error) => match class_of(&error) {
                Class::NotFound => Err("it is not there".to_owned()),
                Class::NotInstalled => Err("the cluster has no such kind".to_owned()),
                Class::Denied => Err("it may not be read".to_owned()),
                _ => return Err(error),
            },
        };
        steps.push(Step { kind, reference, found });
    }
    Ok(())
}

fn source_of(kind: &Kind, object: &DynamicObject) -> Option<(&'static Kind, ObjectRef)> {
    let source = (kind.sources)(object).into_iter().next()?;
    Some((kinds::of_api_kind(&source.kind)?, source))
}
