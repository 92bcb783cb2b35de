//! A kubelet, and usually a scheduler, for a cluster whose Deployments and Jobs a real controller-manager
//! looks after.
//!
//! Annotations on a Pod, and so on the template that it was made from, hold it back:
//! [`HOLD`] and [`READY_AFTER`].

use anyhow::Result;
use futures::future::BoxFuture;
use k8s_openapi::api::core::v1::{Node as NodeObject, Pod};
use kube::api::{Api, Patch, PatchParams, PostParams};
use kube::{Client, ResourceExt as _};
use serde_json::{Value, json};
use std::time::Duration;

use super::super::conditions::now;
use super::super::controller::{Key, Next, Queue, Reconcile, watch};
use super::super::events::Events;
use super::super::{Pace, duration};
use super::pod::{HOLD, Kubelet, NODE, PENDING, succeeded_status};
use super::{deployment_of, ignore_missing, object, owner, report_pending};
use crate::faults::Faults;

/// An annotation: how long after its creation a Pod becomes ready, such as `2s`.
pub(crate) const READY_AFTER: &str = "sandbox.nigari.dev/ready-after";

/// The player.
pub(in super::super) struct NodePlayer {
    client: Client,
    faults: Faults,
    pace: Pace,
    kubelet: Kubelet,
    /// None where Pods are bound by somebody else.
    scheduler: Option<Events>,
}

impl Reconcile for NodePlayer {
    fn watches(&self, queue: &Queue) -> Vec<BoxFuture<'static, ()>> {
        let pods = Api::<Pod>::all(self.client.clone());
        vec![watch(pods, None, self.pace, queue, |change| vec![Key::of(object(&change))])]
    }

    async fn reconcile(&self, key: Key) -> Result<Next> {
        let pods: Api<Pod> = Api::namespaced(self.client.clone(), &key.namespace);
        let Some(mut pod) = pods.get_opt(&key.name).await? else { return Ok(Next::Wait) };
        if pod.metadata.deletion_timestamp.is_some() {
            self.kubelet.stop(&pod).await?;
            return Ok(Next::Wait);
        }
        let is_bound = pod.spec.as_ref().is_some_and(|spec| spec.node_name.is_some());
        match &self.scheduler {
            _ if is_bound => self.run(&mut pod).await,
            Some(scheduler) => self.schedule(scheduler, &pods, &mut pod).await,
            None => Ok(Next::Wait),
        }
    }
}

impl NodePlayer {
    pub(in super::super) fn new(client: Client, faults: &Faults, pace: Pace) -> Self {
        Self {
            kubelet: Kubelet::new(client.clone(), faults, pace),
            scheduler: Some(Events::new(client.clone(), "default-scheduler")),
            client,
            faults: faults.clone(),
            pace,
        }
    }

    /// Leaves it to somebody else to bind Pods.
    pub(in super::super) fn without_scheduler(mut self) -> Self {
        self.scheduler = None;
        self
    }

    /// Makes the node known, ready and large.
    ///
    /// It sends no heartbeats: the controller that would miss them is not started.
    pub(in super::super) async fn register(&self) -> Result<()> {
        let nodes: Api<NodeObject> = Api::all(self.client.clone());
        let node = serde_json::from_value(json!({
            "apiVersion": "v1",
            "kind": "Node",
            "metadata": {
                "name": NODE,
                "labels": {"kubernetes.io/hostname": NODE, "kubernetes.io/os": "linux"},
            },
        }))?;
        nodes.create(&PostParams::default(), &node).await?;
        let room = json!({"cpu": "64", "memory": "256Gi", "pods": "1000"});
        let status = json!({"status": {
            "capacity": room,
            "allocatable": room,
            "conditions": [{
                "type": "Ready", "status": "True", "reason": "KubeletReady",
                "message": "kubelet is posting ready status",
                "lastHeartbeatTime": now(), "lastTransitionTime": now(),
            }],
        }});
        nodes.patch_status(NODE, &PatchParams::default(), &Patch::Merge(status)).await?;
        Ok(())
    }

    /// Gives a Pod the node, unless there is no room for it.
    async fn schedule(&self, scheduler: &Events, pods: &Api<Pod>, pod: &mut Pod) -> Result<Next> {
        let deployment = deployment_of(pod).map(str::to_owned);
        let is_held = pod.annotations().get(HOLD).is_some_and(|hold| hold == PENDING)
            || self
                .faults
                .fire_if("workload.pending", |value| Some(value) == deployment.as_deref());
        if is_held {
            report_pending(&self.kubelet, scheduler, pod).await?;
            return Ok(Next::After(self.pace.kubelet));
        }
        let name = pod.name_any();
        let binding = json!({
            "apiVersion": "v1",
            "kind": "Binding",
            "metadata": {"name": name},
            "target": {"apiVersion": "v1", "kind": "Node", "name": NODE},
        });
        let params = PostParams::default();
        let bound = pods.create_subresource::<_, Value>("binding", &name, &params, &binding).await;
        ignore_missing(bound)?;
        Ok(Next::Wait)
    }

    async fn run(&self, pod: &mut Pod) -> Result<Next> {
        let phase = pod.status.as_ref().and_then(|status| status.phase.as_deref());
        if matches!(phase, Some("Succeeded" | "Failed")) {
            return Ok(Next::Wait);
        }
        if let Some(left) = not_ready_for(pod) {
            return Ok(Next::After(left));
        }
        if owner(pod, "Job").is_some() {
            self.kubelet.write(pod, succeeded_status(pod)).await?;
            return Ok(Next::Wait);
        }
        let deployment = deployment_of(pod).unwrap_or_default().to_owned();
        let again = self.kubelet.look_after(&deployment, pod).await?;
        Ok(again.map_or(Next::Wait, Next::After))
    }
}

/// How much longer the annotation keeps a Pod from becoming ready.
fn not_ready_for(pod: &Pod) -> Option<Duration> {
    let delay = duration::parse(pod.annotations().get(READY_AFTER)?)?;
    let age = now().0.duration_since(pod.creation_timestamp()?.0);
    let age = Duration::try_from(age).unwrap_or_default();
    delay.checked_sub(age).filter(|left| !left.is_zero())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_annotation_delays_a_pod() {
        let pod = |after: &str| -> Pod {
            serde_json::from_value(json!({"metadata": {
                "creationTimestamp": now(), "annotations": {READY_AFTER: after},
            }}))
            .unwrap()
        };
        let left = not_ready_for(&pod("1h")).unwrap();
        assert!(left > Duration::from_secs(3500), "{left:?}");
        assert_eq!(not_ready_for(&pod("0s")), None);
        assert_eq!(not_ready_for(&pod("soon")), None);
    }
}
