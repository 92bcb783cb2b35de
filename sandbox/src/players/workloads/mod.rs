//! Plays what makes a Deployment run: the Deployment and ReplicaSet controllers, the scheduler and
//! the kubelets. Other workloads are not played.
//!
//! Source: kubernetes, `pkg/controller/deployment` (progress, conditions), `pkg/controller/replicaset`
//! and `pkg/kubelet` for names, reasons and messages. Simplified: a new ReplicaSet is scaled in one
//! step, every started container is ready at once, and there is a single node.

mod node;
mod pod;
mod status;

use std::collections::BTreeMap;
use std::time::Duration;

use anyhow::Result;
use aws_lc_rs::digest::{SHA256, digest};
use futures::future::BoxFuture;
use k8s_openapi::api::apps::v1::{Deployment, ReplicaSet};
use k8s_openapi::api::core::v1::{Pod, PodTemplateSpec};
use kube::api::{DeleteParams, ListParams, Patch, PatchParams, PostParams};
use kube::{Api, Client, Resource, ResourceExt as _};
use serde_json::{Value, json};

use super::controller::{Change, Key, Next, Queue, Reconcile, watch};
use super::events::{Events, reference};
use super::{Pace, Settings};
use crate::faults::Faults;
pub(super) use node::NodePlayer;
use pod::Kubelet;
use status::Rollout;

const MANAGER: &str = "kube-controller-manager";
const REVISION: &str = "deployment.kubernetes.io/revision";
const HASH: &str = "pod-template-hash";

/// The player.
pub(super) struct Workloads {
    client: Client,
    faults: Faults,
    pace: Pace,
    kubelet: Kubelet,
    controllers: Events,
    scheduler: Events,
}

impl Reconcile for Workloads {
    fn watches(&self, queue: &Queue) -> Vec<BoxFuture<'static, ()>> {
        let pace = self.pace;
        vec![
            watch(Api::<Deployment>::all(self.client.clone()), None, pace, queue, |change| {
                vec![Key::of(object(&change))]
            }),
            watch(Api::<ReplicaSet>::all(self.client.clone()), None, pace, queue, |change| {
                let set = object(&change);
                owner(set, "Deployment").map(|name| key(set, name)).into_iter().collect()
            }),
            watch(Api::<Pod>::all(self.client.clone()), None, pace, queue, |change| {
                let pod = object(&change);
                deployment_of(pod).map(|name| key(pod, name)).into_iter().collect()
            }),
        ]
    }

    async fn reconcile(&self, key: Key) -> Result<Next> {
        let deployments: Api<Deployment> = Api::namespaced(self.client.clone(), &key.namespace);
        let found = deployments.get_opt(&key.name).await?;
        let family = self.family(&key).await?;
        match found {
            None => self.collect_garbage(&key, &family).await,
            Some(deployment) if deployment.metadata.deletion_timestamp.is_some() => Ok(Next::Wait),
            Some(deployment) => match self.roll_out(&deployment, family).await {
                // Something was deleted meanwhile, which brings us here again.
                Err(error) if is_not_found(&error) => Ok(Next::Wait),
                outcome => outcome,
            },
        }
    }
}

/// The ReplicaSets of a Deployment, each with its Pods.
type Family = Vec<(ReplicaSet, Vec<Pod>)>;

impl Workloads {
    pub(super) fn new(client: Client, settings: &Settings) -> Self {
        Self {
            kubelet: Kubelet::new(client.clone(), &settings.faults, settings.pace),
            controllers: Events::new(client.clone(), "replicaset-controller"),
            scheduler: Events::new(client.clone(), "default-scheduler"),
            client,
            faults: settings.faults.clone(),
            pace: settings.pace,
        }
    }

    async fn family(&self, key: &Key) -> Result<Family> {
        let sets: Api<ReplicaSet> = Api::namespaced(self.client.clone(), &key.namespace);
        let pods: Api<Pod> = Api::namespaced(self.client.clone(), &key.namespace);
        let mut sets = sets.list(&ListParams::default()).await?.items;
        sets.retain(|set| owner(set, "Deployment") == Some(&key.name));
        let pods = pods.list(&ListParams::default()).await?.items;
        Ok(sets
            .into_iter()
            .map(|set| {
                let mine = |pod: &&Pod| owner(*pod, "ReplicaSet") == Some(&set.name_any());
                let mine = pods.iter().filter(mine).cloned().collect();
                (set, mine)
            })
            .collect())
    }

    /// Deletes what a deleted Deployment left behind; a cluster's garbage collector may be faster.
    async fn collect_garbage(&self, key: &Key, family: &Family) -> Result<Next> {
        for (set, pods) in family {
            for pod in pods {
                self.kubelet.stop(pod).await?;
            }
            let sets: Api<ReplicaSet> = Api::namespaced(self.client.clone(), &key.namespace);
            ignore_missing(sets.delete(&set.name_any(), &DeleteParams::background()).await)?;
        }
        Ok(Next::Wait)
    }

    async fn roll_out(&self, deployment: &Deployment, mut family: Family) -> Result<Next> {
        let spec = deployment.spec.clone().unwrap_or_default();
        let hash = template_hash(&spec.template);
        let name = format!("{}-{hash}", deployment.name_any());
        let current = family.iter().position(|(set, _)| set.name_any() == name);
        let current = match current {
            Some(at) => family.remove(at),
            None => (self.create_set(deployment, &hash, &family).await?, Vec::new()),
        };
        let wanted = spec.replicas.unwrap_or(1);
        let recreates =
            spec.strategy.and_then(|strategy| strategy.type_).as_deref() == Some("Recreate");
        let has_old_pods = family.iter().any(|(_, pods)| !pods.is_empty());

        let mut rollout = Rollout::new(deployment, &current.0);
        let (set, pods) = current;
        let scale = if recreates && has_old_pods { 0 } else { wanted };
        self.run_set(deployment, &set, pods, scale, &mut rollout).await?;
        let is_replaced = recreates || rollout.updated_available() >= wanted;
        for (set, pods) in family {
            let scale = if is_replaced {
                0
            } else {
                set.spec.as_ref().and_then(|spec| spec.replicas).unwrap_or(0)
            };
            self.run_set(deployment, &set, pods, scale, &mut rollout).await?;
        }
        let status = rollout.status(wanted);
        self.patch_status::<Deployment>(deployment, status).await?;
        Ok(rollout.next(wanted))
    }

    async fn create_set(
        &self,
        deployment: &Deployment,
        hash: &str,
        family: &Family,
    ) -> Result<ReplicaSet> {
        let namespace = deployment.namespace().unwrap_or_default();
        let sets: Api<ReplicaSet> = Api::namespaced(self.client.clone(), &namespace);
        let revisions = family.iter().filter_map(|(set, _)| revision(set));
        let revision = revisions.max().unwrap_or(0) + 1;
        let set = serde_json::from_value(replica_set(deployment, hash, revision)?)?;
        let set = sets.create(&PostParams::default(), &set).await?;
        let annotations = json!({"metadata": {"annotations": {REVISION: revision.to_string()}}});
        let deployments: Api<Deployment> = Api::namespaced(self.client.clone(), &namespace);
        deployments.patch(&deployment.name_any(), &params(), &Patch::Merge(annotations)).await?;
        Ok(set)
    }

    /// Gives a ReplicaSet `scale` Pods and looks after each of them.
    async fn run_set(
        &self,
        deployment: &Deployment,
        set: &ReplicaSet,
        mut pods: Vec<Pod>,
        scale: i32,
        rollout: &mut Rollout,
    ) -> Result<()> {
        let namespace = set.namespace().unwrap_or_default();
        if set.spec.as_ref().and_then(|spec| spec.replicas) != Some(scale) {
            let sets: Api<ReplicaSet> = Api::namespaced(self.client.clone(), &namespace);
            let patch = json!({"spec": {"replicas": scale}});
            sets.patch(&set.name_any(), &params(), &Patch::Merge(patch)).await?;
        }
        let scale = usize::try_from(scale).unwrap_or_default();
        for pod in pods.drain(scale.min(pods.len())..) {
            self.kubelet.stop(&pod).await?;
        }
        let mut failure = None;
        while pods.len() < scale && failure.is_none() {
            match self.create_pod(deployment, set).await? {
                Ok(pod) => pods.push(pod),
                Err(message) => failure = Some(message),
            }
        }
        for pod in &mut pods {
            let again = self.look_after(deployment, set, pod).await?;
            rollout.look_again(again);
        }
        if failure.is_some() {
            rollout.look_again(Some(self.pace.kubelet));
        }
        let status = rollout.count(set, &pods, failure.as_deref());
        self.patch_status::<ReplicaSet>(set, status).await
    }

    /// Creates one Pod, on the node unless the scheduler finds none; the inner error is the API
    /// server's, when a quota forbids it.
    async fn create_pod(
        &self,
        deployment: &Deployment,
        set: &ReplicaSet,
    ) -> Result<Result<Pod, String>> {
        let name = deployment.name_any();
        let about = reference(&typed(set)?);
        if self.faults.fire_if("workload.quota", |value| value == name) {
            let namespace = set.namespace().unwrap_or_default();
            let message = format!(
                "pods \"{}-\" is forbidden: exceeded quota: sandbox, requested: pods=1, used: \
                 pods=0, limited: pods=0 in namespace {namespace}",
                set.name_any()
            );
            let text = format!("Error creating: {message}");
            self.controllers
                .record(&about, "Warning", "FailedCreate", &text, BTreeMap::new())
                .await;
            return Ok(Err(message));
        }
        let is_pending = self.faults.fire_if("workload.pending", |value| value == name);
        let pod = serde_json::from_value(pod::manifest(set, is_pending)?)?;
        let pods: Api<Pod> =
            Api::namespaced(self.client.clone(), &set.namespace().unwrap_or_default());
        let pod = pods.create(&PostParams::default(), &pod).await?;
        let text = format!("Created pod: {}", pod.name_any());
        self.controllers.record(&about, "Normal", "SuccessfulCreate", &text, BTreeMap::new()).await;
        Ok(Ok(pod))
    }

    /// Lets scheduler and kubelet look at one Pod; answers when they want to look again.
    async fn look_after(
        &self,
        deployment: &Deployment,
        set: &ReplicaSet,
        pod: &mut Pod,
    ) -> Result<Option<Duration>> {
        let name = deployment.name_any();
        if pod.spec.as_ref().is_some_and(|spec| spec.node_name.is_some()) {
            return self.kubelet.look_after(&name, pod).await;
        }
        if self.faults.fire_if("workload.pending", |value| value == name) {
            report_pending(&self.kubelet, &self.scheduler, pod).await?;
            return Ok(Some(self.pace.kubelet));
        }
        // The sandbox's API has no Binding: a Pod that can be scheduled now is replaced.
        self.kubelet.stop(pod).await?;
        if let Ok(replacement) = self.create_pod(deployment, set).await? {
            *pod = replacement;
        }
        Ok(Some(Duration::ZERO))
    }

    async fn patch_status<K>(&self, object: &K, status: Value) -> Result<()>
    where
        K: Resource<DynamicType = (), Scope = k8s_openapi::NamespaceResourceScope>
            + Clone
            + std::fmt::Debug
            + serde::de::DeserializeOwned,
    {
        let namespace = object.namespace().unwrap_or_default();
        let api: Api<K> = Api::namespaced(self.client.clone(), &namespace);
        let patch = Patch::Merge(json!({"status": status}));
        ignore_missing(api.patch_status(&object.name_any(), &params(), &patch).await)
    }
}

/// Says in a Pod's status and in an event that no node has room for it.
async fn report_pending(kubelet: &Kubelet, scheduler: &Events, pod: &mut Pod) -> Result<()> {
    let message = "0/1 nodes are available: 1 Insufficient cpu. no new claims to deallocate, \
                   preemption: 0/1 nodes are available: 1 No preemption victims found for \
                   incoming pod.";
    *pod = kubelet.write(pod, pod::pending_status(pod, message)).await?;
    let about = reference(&typed(pod)?);
    scheduler.record(&about, "Warning", "FailedScheduling", message, BTreeMap::new()).await;
    Ok(())
}

fn params() -> PatchParams {
    PatchParams { field_manager: Some(MANAGER.to_owned()), ..Default::default() }
}

fn is_not_found(error: &anyhow::Error) -> bool {
    let status = error.downcast_ref::<kube::Error>();
    matches!(status, Some(kube::Error::Api(status)) if status.is_not_found())
}

/// Whatever was to be changed or deleted is gone: nothing is left to do.
fn ignore_missing<T>(answer: kube::Result<T>) -> Result<()> {
    match answer {
        Err(kube::Error::Api(status)) if status.is_not_found() => Ok(()),
        answer => Ok(answer.map(|_| ())?),
    }
}

fn object<'a, K>(change: &Change<'a, K>) -> &'a K {
    match change {
        Change::Applied(object) | Change::Deleted(object) => object,
    }
}

fn key<K: Resource>(object: &K, name: &str) -> Key {
    Key::new(&object.namespace().unwrap_or_default(), name)
}

/// The name of the controlling owner, if it is a `kind`.
fn owner<'a, K: Resource>(object: &'a K, kind: &str) -> Option<&'a str> {
    let owners = object.owner_references().iter();
    let mut controllers = owners.filter(|owner| owner.controller == Some(true));
    controllers.find(|owner| owner.kind == kind).map(|owner| owner.name.as_str())
}

/// The Deployment of a Pod, by the name that its ReplicaSet has.
fn deployment_of(pod: &Pod) -> Option<&str> {
    let hash = pod.labels().get(HASH)?;
    owner(pod, "ReplicaSet")?.strip_suffix(hash.as_str())?.strip_suffix('-')
}

fn revision(set: &ReplicaSet) -> Option<u64> {
    set.annotations().get(REVISION)?.parse().ok()
}

/// Ten characters that differ when the template does, from the letters that Kubernetes uses.
fn template_hash(template: &PodTemplateSpec) -> String {
    const LETTERS: &[u8] = b"bcdfghjklmnpqrstvwxz2456789";
    let text = serde_json::to_vec(template).expect("a template is plain data");
    let digest = digest(&SHA256, &text);
    let letters = digest.as_ref().iter().take(10);
    letters.map(|byte| char::from(LETTERS[usize::from(*byte) % LETTERS.len()])).collect()
}

fn replica_set(deployment: &Deployment, hash: &str, revision: u64) -> Result<Value> {
    let spec = deployment.spec.clone().unwrap_or_default();
    let mut template = serde_json::to_value(&spec.template)?;
    template["metadata"]["labels"][HASH] = json!(hash);
    let mut selector = serde_json::to_value(&spec.selector)?;
    selector["matchLabels"][HASH] = json!(hash);
    Ok(json!({
        "apiVersion": "apps/v1",
        "kind": "ReplicaSet",
        "metadata": {
            "name": format!("{}-{hash}", deployment.name_any()),
            "namespace": deployment.namespace(),
            "labels": template["metadata"]["labels"],
            "annotations": {REVISION: revision.to_string()},
            "ownerReferences": [controller_reference(deployment)],
        },
        "spec": {"replicas": 0, "selector": selector, "template": template},
    }))
}

fn controller_reference<K: Resource<DynamicType = ()>>(owner: &K) -> Value {
    json!({
        "apiVersion": K::api_version(&()),
        "kind": K::kind(&()),
        "name": owner.name_any(),
        "uid": owner.uid(),
        "controller": true,
        "blockOwnerDeletion": true,
    })
}

/// The object with its kind, which typed lists leave out.
fn typed<K: Resource<DynamicType = ()> + serde::Serialize>(object: &K) -> Result<Value> {
    let mut value = serde_json::to_value(object)?;
    value["apiVersion"] = json!(K::api_version(&()));
    value["kind"] = json!(K::kind(&()));
    Ok(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_follows_the_template() {
        let template = |image: &str| -> PodTemplateSpec {
            let spec = json!({"containers": [{"name": "manager", "image": image}]});
            serde_json::from_value(json!({"spec": spec})).unwrap()
        };
        let hash = template_hash(&template("a:1"));
        assert_eq!(hash.len(), 10);
        assert_eq!(hash, template_hash(&template("a:1")));
        assert_ne!(hash, template_hash(&template("a:2")));
    }

    #[test]
    fn a_pod_names_its_deployment() {
        let pod: Pod = serde_json::from_value(json!({
            "metadata": {
                "labels": {"pod-template-hash": "abc"},
                "ownerReferences": [{
                    "apiVersion": "apps/v1", "kind": "ReplicaSet", "name": "source-controller-abc",
                    "uid": "1", "controller": true,
                }],
            },
        }))
        .unwrap();
        assert_eq!(deployment_of(&pod), Some("source-controller"));
    }
}
