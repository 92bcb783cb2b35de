//! The kubelet: starts the containers of a Pod, or fails to, as the faults say.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};
use k8s_openapi::api::apps::v1::ReplicaSet;
use k8s_openapi::api::core::v1::{Container, Pod, Secret, SecretKeySelector};
use kube::api::{DeleteParams, Patch, PatchParams};
use kube::{Api, Client, ResourceExt as _};
use serde_json::{Value, json};

use super::super::Pace;
use super::super::conditions::now;
use super::super::events::{Events, reference};
use super::{controller_reference, ignore_missing, typed};
use crate::faults::Faults;

/// The only node of the cluster.
pub(super) const NODE: &str = "node-0";

/// An annotation that holds a Pod back: [`PENDING`], or [`CRASH_LOOP`].
pub(super) const HOLD: &str = "sandbox.nigari.dev/hold";
/// No node has room for the Pod; only where a real controller-manager makes Pods.
pub(super) const PENDING: &str = "pending";
/// The Pod's containers end right after their start.
const CRASH_LOOP: &str = "crash-loop";

/// A kubelet doubles its back-off up to this long.
const LONGEST_BACK_OFF: Duration = Duration::from_secs(300);

/// The only kubelet of the cluster.
pub(super) struct Kubelet {
    client: Client,
    faults: Faults,
    pace: Pace,
    events: Events,
    /// When to start a Pod's containers next, and how often that failed; by uid.
    attempts: Mutex<BTreeMap<String, (Instant, u32)>>,
}

/// How an attempt to start a Pod's containers ends.
enum Start {
    Running,
    /// The image that cannot be pulled.
    NoImage(String),
    /// What its environment lacks.
    Unconfigured(String),
    Crashed,
}

impl Kubelet {
    pub(super) fn new(client: Client, faults: &Faults, pace: Pace) -> Self {
        Self {
            events: Events::new(client.clone(), "kubelet"),
            client,
            faults: faults.clone(),
            pace,
            attempts: Mutex::default(),
        }
    }

    /// Deletes a Pod without a grace period: its containers have ended.
    pub(super) async fn stop(&self, pod: &Pod) -> Result<()> {
        let uid = pod.uid().unwrap_or_default();
        self.attempts.lock().unwrap_or_else(PoisonError::into_inner).remove(&uid);
        let at_once = DeleteParams { grace_period_seconds: Some(0), ..Default::default() };
        ignore_missing(self.api(pod).delete(&pod.name_any(), &at_once).await)
    }

    /// Starts the containers of a scheduled Pod of `deployment` if it is time to; answers when it
    /// will be.
    pub(super) async fn look_after(
        &self,
        deployment: &str,
        pod: &mut Pod,
    ) -> Result<Option<Duration>> {
        if is_ready(pod) && !self.faults.fire_if("workload.crash", |value| value == deployment) {
            return Ok(None);
        }
        let (pause, failures) = match self.attempt(pod) {
            Ok(attempt) => attempt,
            Err(left) => return Ok(Some(left)),
        };
        let start = match is_ready(pod) {
            true => Start::Crashed,
            false => match self.missing_value(pod).await? {
                Some(problem) => Start::Unconfigured(problem),
                None => self.start(deployment, pod),
            },
        };
        let status = match &start {
            Start::Running => running_status(pod),
            Start::NoImage(image) => waiting_status(pod, failures, &no_image(image, failures)),
            Start::Unconfigured(problem) => waiting_status(pod, failures, &unconfigured(problem)),
            Start::Crashed => waiting_status(pod, failures + 1, &crashed(pod, pause)),
        };
        *pod = self.write(pod, status).await?;
        self.report(pod, &start, failures).await?;
        Ok(match start {
            Start::Running => None,
            Start::NoImage(_) | Start::Unconfigured(_) | Start::Crashed => Some(pause),
        })
    }

    /// Begins an attempt: the pause until the next one, and how many failed before. An error is
    /// the time that is left until an attempt is due.
    fn attempt(&self, pod: &Pod) -> Result<(Duration, u32), Duration> {
        let now = Instant::now();
        let mut attempts = self.attempts.lock().unwrap_or_else(PoisonError::into_inner);
        let (due, failures) = attempts.entry(pod.uid().unwrap_or_default()).or_insert((now, 0));
        if *due > now {
            return Err(*due - now);
        }
        let failed = *failures;
        let pause = self.pace.kubelet.saturating_mul(1 << failed.min(16)).min(LONGEST_BACK_OFF);
        (*due, *failures) = (now + pause, failed + 1);
        Ok((pause, failed))
    }

    fn start(&self, deployment: &str, pod: &Pod) -> Start {
        for image in containers(pod).iter().filter_map(|container| container.image.as_deref()) {
            if self.faults.fire_if("workload.pull", |value| image.contains(value)) {
                return Start::NoImage(image.to_owned());
            }
        }
        let is_held = pod.annotations().get(HOLD).is_some_and(|hold| hold == CRASH_LOOP);
        if is_held || self.faults.fire_if("workload.crash", |value| value == deployment) {
            return Start::Crashed;
        }
        Start::Running
    }

    /// What a container's environment refers to in a Secret and is not there.
    ///
    /// Source: kubernetes, `makeEnvironmentVariables` in `pkg/kubelet/kubelet_pods.go`.
    async fn missing_value(&self, pod: &Pod) -> Result<Option<String>> {
        let namespace = pod.namespace().unwrap_or_default();
        let secrets: Api<Secret> = Api::namespaced(self.client.clone(), &namespace);
        for SecretKeySelector { name, key, .. } in needed_keys(pod) {
            let Some(secret) = secrets.get_opt(&name).await? else {
                return Ok(Some(format!("secret \"{name}\" not found")));
            };
            if !secret.data.unwrap_or_default().contains_key(&key) {
                let problem = format!("couldn't find key {key} in Secret {namespace}/{name}");
                return Ok(Some(problem));
            }
        }
        Ok(None)
    }

    async fn report(&self, pod: &Pod, start: &Start, failures: u32) -> Result<()> {
        let about = reference(&typed(pod)?);
        let record = |kind, reason, message: String| {
            let about = &about;
            async move { self.events.record(about, kind, reason, &message, BTreeMap::new()).await }
        };
        match start {
            Start::Running => {
                for container in containers(pod) {
                    let name = &container.name;
                    record("Normal", "Started", format!("Started container {name}")).await;
                }
            }
            Start::NoImage(image) if failures == 0 => {
                record("Normal", "Pulling", format!("Pulling image \"{image}\"")).await;
                record("Warning", "Failed", pull_error(image)).await;
                record("Warning", "Failed", "Error: ErrImagePull".to_owned()).await;
            }
            Start::NoImage(image) => {
                record("Normal", "BackOff", format!("Back-off pulling image \"{image}\"")).await;
                record("Warning", "Failed", "Error: ImagePullBackOff".to_owned()).await;
            }
            Start::Unconfigured(problem) => {
                record("Warning", "Failed", format!("Error: {problem}")).await;
            }
            Start::Crashed => {
                let name = containers(pod).first().map(|container| container.name.as_str());
                let message = format!(
                    "Back-off restarting failed container {} in pod {}",
                    name.unwrap_or_default(),
                    full_name(pod)
                );
                record("Warning", "BackOff", message).await;
            }
        }
        Ok(())
    }

    /// Writes a Pod's status. Of one that went meanwhile there is nothing to write.
    pub(super) async fn write(&self, pod: &Pod, status: Value) -> Result<Pod> {
        let params =
            PatchParams { field_manager: Some("kubelet".to_owned()), ..Default::default() };
        let patch = Patch::Merge(json!({"status": status}));
        let name = pod.name_any();
        let written = self.api(pod).patch_status(&name, &params, &patch).await;
        match written {
            Err(kube::Error::Api(status)) if status.is_not_found() => Ok(pod.clone()),
            written => written.with_context(|| format!("cannot write the status of Pod {name}")),
        }
    }

    fn api(&self, pod: &Pod) -> Api<Pod> {
        Api::namespaced(self.client.clone(), &pod.namespace().unwrap_or_default())
    }
}

/// A new Pod of `set`; one that stays pending has no node.
pub(super) fn manifest(set: &ReplicaSet, is_pending: bool) -> Result<Value> {
    let template = set.spec.as_ref().and_then(|spec| spec.template.clone()).unwrap_or_default();
    let template = serde_json::to_value(template)?;
    let mut spec = template["spec"].clone();
    if !is_pending {
        spec["nodeName"] = json!(NODE);
    }
    Ok(json!({
        "apiVersion": "v1",
        "kind": "Pod",
        "metadata": {
            "generateName": format!("{}-", set.name_any()),
            "namespace": set.namespace(),
            "labels": template["metadata"]["labels"],
            "annotations": template["metadata"]["annotations"],
            "ownerReferences": [controller_reference(set)],
        },
        "spec": spec,
    }))
}

/// Whether the Pod's Ready condition is True.
pub(super) fn is_ready(pod: &Pod) -> bool {
    let conditions = pod.status.as_ref().and_then(|status| status.conditions.as_ref());
    let mut conditions = conditions.into_iter().flatten();
    conditions.any(|condition| condition.type_ == "Ready" && condition.status == "True")
}

/// The status of a Pod for which the scheduler finds no node.
pub(super) fn pending_status(pod: &Pod, message: &str) -> Value {
    let mut scheduled = condition(pod, "PodScheduled", "False");
    scheduled["reason"] = json!("Unschedulable");
    scheduled["message"] = json!(message);
    json!({"phase": "Pending", "conditions": [scheduled]})
}

fn containers(pod: &Pod) -> &[Container] {
    pod.spec.as_ref().map(|spec| spec.containers.as_slice()).unwrap_or_default()
}

/// The keys of Secrets without which a container cannot start.
fn needed_keys(pod: &Pod) -> Vec<SecretKeySelector> {
    let variables = containers(pod).iter().filter_map(|container| container.env.as_ref()).flatten();
    let sources = variables.filter_map(|variable| variable.value_from.as_ref());
    let keys = sources.filter_map(|source| source.secret_key_ref.clone());
    keys.filter(|key| key.optional != Some(true)).collect()
}

fn full_name(pod: &Pod) -> String {
    let (name, namespace) = (pod.name_any(), pod.namespace().unwrap_or_default());
    format!("{name}_{namespace}({})", pod.uid().unwrap_or_default())
}

fn pull_error(image: &str) -> String {
    format!(
        "Failed to pull image \"{image}\": rpc error: code = NotFound desc = failed to pull and \
         unpack image \"{image}\": failed to resolve reference \"{image}\": {image}: not found"
    )
}

/// The state of a container whose image cannot be pulled: the error first, then the back-off.
fn no_image(image: &str, failures: u32) -> Value {
    if failures == 0 {
        return json!({"waiting": {"reason": "ErrImagePull", "message": pull_error(image)}});
    }
    let message =
        format!("Back-off pulling image \"{image}\": ErrImagePull: {}", pull_error(image));
    json!({"waiting": {"reason": "ImagePullBackOff", "message": message}})
}

fn unconfigured(problem: &str) -> Value {
    json!({"waiting": {"reason": "CreateContainerConfigError", "message": problem}})
}

fn crashed(pod: &Pod, pause: Duration) -> Value {
    let name = containers(pod).first().map(|container| container.name.as_str()).unwrap_or_default();
    let message = format!(
        "back-off {}s restarting failed container={name} pod={}",
        pause.as_secs(),
        full_name(pod)
    );
    json!({"waiting": {"reason": "CrashLoopBackOff", "message": message}})
}

fn running_status(pod: &Pod) -> Value {
    let started = since(pod).unwrap_or_else(|| json!(now()));
    let statuses: Vec<_> = containers(pod)
        .iter()
        .map(|container| {
            json!({
                "name": container.name,
                "image": container.image,
                "imageID": container.image,
                "containerID": format!("containerd://{}", pod.uid().unwrap_or_default()),
                "ready": true,
                "started": true,
                "restartCount": restarts(pod),
                "state": {"running": {"startedAt": started}},
                "lastState": {},
            })
        })
        .collect();
    json!({
        "phase": "Running",
        "conditions": conditions(pod, "True"),
        "containerStatuses": statuses,
        "hostIP": "10.0.0.1",
        "podIP": "10.0.0.2",
        "podIPs": [{"ip": "10.0.0.2"}],
        "startTime": started,
    })
}

/// The status of a Pod whose containers have done what they were started for.
pub(super) fn succeeded_status(pod: &Pod) -> Value {
    let mut status = running_status(pod);
    status["phase"] = json!("Succeeded");
    status["conditions"] = conditions(pod, "False");
    let ended = json!({"terminated": {
        "exitCode": 0, "reason": "Completed", "startedAt": status["startTime"], "finishedAt": now(),
    }});
    for container in status["containerStatuses"].as_array_mut().into_iter().flatten() {
        container["ready"] = json!(false);
        container["started"] = json!(false);
        container["state"] = ended.clone();
    }
    status
}

/// The status of a Pod whose containers wait in `state`.
fn waiting_status(pod: &Pod, failures: u32, state: &Value) -> Value {
    let has_crashed = state["waiting"]["reason"] == "CrashLoopBackOff";
    let at = json!(now());
    let statuses: Vec<_> = containers(pod)
        .iter()
        .map(|container| {
            let mut status = json!({
                "name": container.name,
                "image": container.image,
                "imageID": "",
                "ready": false,
                "started": false,
                "restartCount": 0,
                "state": state,
                "lastState": {},
            });
            if has_crashed {
                status["restartCount"] = json!(failures);
                status["lastState"] = json!({"terminated": {
                    "exitCode": 1, "reason": "Error", "startedAt": at, "finishedAt": at,
                }});
            }
            status
        })
        .collect();
    json!({
        "phase": if has_crashed { "Running" } else { "Pending" },
        "conditions": conditions(pod, "False"),
        "containerStatuses": statuses,
        "hostIP": "10.0.0.1",
        "startTime": since(pod).unwrap_or(at),
    })
}

fn since(pod: &Pod) -> Option<Value> {
    let start = pod.status.as_ref().and_then(|status| status.start_time.as_ref());
    start.map(|start| json!(start))
}

fn restarts(pod: &Pod) -> i32 {
    let statuses = pod.status.as_ref().and_then(|status| status.container_statuses.as_ref());
    statuses.and_then(|statuses| statuses.first()).map_or(0, |status| status.restart_count)
}

fn conditions(pod: &Pod, ready: &str) -> Value {
    let mut conditions: Vec<_> =
        ["Initialized", "PodScheduled"].iter().map(|kind| condition(pod, kind, "True")).collect();
    for kind in ["Ready", "ContainersReady"] {
        let mut condition = condition(pod, kind, ready);
        if ready == "False" {
            let names: Vec<_> =
                containers(pod).iter().map(|container| container.name.as_str()).collect();
            condition["reason"] = json!("ContainersNotReady");
            let names = names.join(" ");
            condition["message"] = json!(format!("containers with unready status: [{names}]"));
        }
        conditions.push(condition);
    }
    Value::Array(conditions)
}

/// A condition that keeps its transition time while its status stays the same.
fn condition(pod: &Pod, kind: &str, status: &str) -> Value {
    let last = pod.status.as_ref().and_then(|status| status.conditions.as_ref());
    let last = last.into_iter().flatten().find(|last| last.type_ == kind && last.status == status);
    let since = last.and_then(|last| last.last_transition_time.clone()).unwrap_or_else(now);
    json!({"type": kind, "status": status, "lastTransitionTime": since})
}
