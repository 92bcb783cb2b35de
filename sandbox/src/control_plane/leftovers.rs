//! Removes what a test left in a cluster that outlives it.

use std::fmt::Debug;
use std::time::Duration;

use anyhow::{Context as _, Result};
use futures::future::try_join_all;
use k8s_openapi::api::core::v1::Namespace;
use k8s_openapi::api::rbac::v1::{ClusterRole, ClusterRoleBinding};
use k8s_openapi::apiextensions_apiserver::pkg::apis::apiextensions::v1::CustomResourceDefinition;
use kube::api::{Api, ApiResource, DeleteParams, DynamicObject, ListParams, Patch, PatchParams};
use kube::core::GroupVersionKind;
use kube::runtime::wait::{await_condition, conditions};
use kube::{Client, Resource, ResourceExt as _};
use serde::de::DeserializeOwned;
use serde_json::json;
use tokio::time::timeout;

/// What all of Flux's own objects say of themselves.
const OF_FLUX: &str = "app.kubernetes.io/part-of=flux";
/// How long something may take to go; a namespace with Pods takes eleven seconds.
const PATIENCE: Duration = Duration::from_secs(60);

/// Removes Flux: its namespaces with all that they hold, its kinds with all their objects, its roles.
pub(super) async fn remove(client: &Client) -> Result<()> {
    let definitions: Api<CustomResourceDefinition> = Api::all(client.clone());
    for definition in definitions.list(&of_flux()).await? {
        release(client, &definition).await?;
    }
    // First, because a namespace does not end while kinds in it come or go.
    delete::<Namespace>(client).await?;
    delete::<CustomResourceDefinition>(client).await?;
    delete::<ClusterRoleBinding>(client).await?;
    delete::<ClusterRole>(client).await
}

/// Takes the finalizers from a kind's objects: the controllers that would are gone.
async fn release(client: &Client, definition: &CustomResourceDefinition) -> Result<()> {
    let Some(version) = definition.spec.versions.iter().find(|version| version.storage) else {
        return Ok(());
    };
    let (group, names) = (&definition.spec.group, &definition.spec.names);
    let kind = GroupVersionKind::gvk(group, &version.name, &names.kind);
    let resource = ApiResource::from_gvk_with_plural(&kind, &names.plural);
    let all: Api<DynamicObject> = Api::all_with(client.clone(), &resource);
    let without = Patch::Merge(json!({"metadata": {"finalizers": null}}));
    for object in all.list(&ListParams::default()).await? {
        let (name, namespace) = (object.name_any(), object.namespace().unwrap_or_default());
        let api: Api<DynamicObject> = Api::namespaced_with(client.clone(), &namespace, &resource);
        unless_gone(api.patch(&name, &PatchParams::default(), &without).await)?;
    }
    Ok(())
}

async fn delete<K>(client: &Client) -> Result<()>
where
    K: Resource<DynamicType = ()> + Clone + Debug + Send + DeserializeOwned + 'static,
{
    let api: Api<K> = Api::all(client.clone());
    let found = api.list(&of_flux()).await?;
    try_join_all(found.items.iter().map(|object| delete_one(&api, object))).await?;
    Ok(())
}

async fn delete_one<K>(api: &Api<K>, object: &K) -> Result<()>
where
    K: Resource<DynamicType = ()> + Clone + Debug + Send + DeserializeOwned + 'static,
{
    let (name, uid) = (object.name_any(), object.uid().unwrap_or_default());
    unless_gone(api.delete(&name, &DeleteParams::default()).await)?;
    let gone = await_condition(api.clone(), &name, conditions::is_deleted(&uid));
    let in_time = timeout(PATIENCE, gone).await;
    in_time
        .with_context(|| format!("{} {name} is still there after {PATIENCE:?}", K::kind(&())))??;
    Ok(())
}

fn of_flux() -> ListParams {
    ListParams::default().labels(OF_FLUX)
}

/// Nothing, when somebody else was faster.
fn unless_gone<T>(answer: kube::Result<T>) -> Result<Option<T>> {
    match answer {
        Err(kube::Error::Api(status)) if status.is_not_found() => Ok(None),
        answer => Ok(Some(answer?)),
    }
}
