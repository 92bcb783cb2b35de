//! Why a workload or a source is not ready: the deepest cause, in one line, and what to do about it.

use std::fmt;

use anyhow::Result;
use k8s_openapi::api::apps::v1::{Deployment, ReplicaSet};
use k8s_openapi::api::core::v1::{
    ContainerState, ContainerStateTerminated, ContainerStatus, Event, Pod,
};
use k8s_openapi::apimachinery::pkg::apis::meta::v1::OwnerReference;
use k8s_openapi::jiff::Timestamp;
use kube::api::{Api, ListParams, ResourceExt as _};
use serde::de::DeserializeOwned;

use super::Cluster;
use super::backoff::patiently;
use super::list::PAGE;
use crate::kinds::readiness::State;
use crate::kinds::{self, Kind, ObjectRef};

/// Why a Deployment is not available.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cause {
    /// What kind of failure it is.
    pub fault: Fault,
    /// The cause in one line, with the cluster's own words.
    pub words: String,
}

/// The kinds of failures that keep a Pod from running.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// An image cannot be pulled.
    ImagePull,
    /// A container ends again and again.
    Crash,
    /// A quota forbids new Pods.
    Quota,
    /// No node takes the Pod.
    Placement,
    /// Anything else, starting up included.
    Other,
}

impl Cause {
    fn new(fault: Fault, words: impl Into<String>) -> Self {
        Self { fault, words: words.into() }
    }

    /// Whether it is a failure for sure and not perhaps just a matter of time.
    #[must_use]
    pub fn is_plain(&self) -> bool {
        self.fault != Fault::Other
    }

    /// A command that shows more of it, for Deployment `namespace/name`.
    #[must_use]
    pub fn next_step(&self, namespace: &str, name: &str) -> Option<String> {
        Some(match self.fault {
            Fault::ImagePull => {
                format!(
                    "see every attempt with: kubectl -n {namespace} describe pods -l app={name}"
                )
            }
            Fault::Crash => format!(
                "read its last words with: kubectl -n {namespace} logs deployment/{name} --previous"
            ),
            Fault::Quota => {
                format!("see what is used up with: kubectl -n {namespace} describe resourcequotas")
            }
            Fault::Placement => "see what the nodes offer with: kubectl describe nodes".to_owned(),
            Fault::Other => return None,
        })
    }
}

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.words)
    }
}

impl Cluster {
    /// Why a Deployment is not available: from its Pods (what a container waits for, why it cannot be
    /// scheduled), else the ReplicaSet's failure to make Pods, else its own condition; with the words of
    /// the latest warning event where they tell more. Nothing when it is available, or nothing is known.
    ///
    /// # Errors
    /// Those of [`super::failure`].
    pub async fn deployment_cause(&self, namespace: &str, name: &str) -> Result<Option<Cause>> {
        let deployments: Api<Deployment> = Api::namespaced(self.client.clone(), namespace);
        let deployment = patiently(|| deployments.get_opt(name)).await;
        let what = format!("get Deployment {namespace}/{name}");
        let Some(deployment) = deployment.map_err(|error| self.failure(error, &what))? else {
            let words = format!("Deployment {namespace}/{name} does not exist");
            return Ok(Some(Cause::new(Fault::Other, words)));
        };
        if is_available(&deployment) {
            return Ok(None);
        }
        let replica_sets: Vec<ReplicaSet> = self.namespaced(namespace).await?;
        let Some(newest) = newest_of(&deployment, replica_sets) else {
            return Ok(deployment_condition(&deployment));
        };
        let pods: Vec<Pod> = self.namespaced(namespace).await?;
        let mut pods = pods
            .into_iter()
            .filter(|pod| is_owned(pod.owner_references(), newest.uid().as_deref()));
        let events: Vec<Event> = self.namespaced(namespace).await?;
        let cause = match pods.find_map(|pod| pod_cause(&pod, &events)) {
            Some(cause) => Some(cause),
            None => replica_set_cause(&newest).or_else(|| deployment_condition(&deployment)),
        };
        Ok(cause)
    }

    async fn namespaced<K>(&self, namespace: &str) -> Result<Vec<K>>
    where
        K: kube::Resource<Scope = k8s_openapi::NamespaceResourceScope, DynamicType = ()>,
        K: Clone + DeserializeOwned + std::fmt::Debug,
    {
        let api: Api<K> = Api::namespaced(self.client.clone(), namespace);
        let mut parameters = ListParams::default().limit(PAGE);
        let mut all = Vec::new();
        loop {
            let page = patiently(|| api.list(&parameters)).await;
            let what = || format!("list {} in namespace {namespace}", K::plural(&()));
            let page = page.map_err(|error| self.failure(error, &what()))?;
            all.extend(page.items);
            match page.metadata.continue_.filter(|token| !token.is_empty()) {
                Some(token) => parameters = parameters.continue_token(&token),
                None => return Ok(all),
            }
        }
    }

    /// Puts the cause in front of `error` when the object failed because a source of it is not ready.
    ///
    /// Looking must not hide the failure that is being explained, so what goes wrong here is not told.
    pub(super) async fn blame_source(
        &self,
        kind: &'static Kind,
        object: &ObjectRef,
        error: anyhow::Error,
    ) -> anyhow::Error {
        let Ok(found) = self.find(kind, &object.namespace, &object.name).await else {
            return error;
        };
        for source in (kind.sources)(&found) {
            if let Some(cause) = self.source_cause(&source).await {
                return error.context(format!("{object} is held up by its source: {cause}"));
            }
        }
        error
    }

    /// Why a source is not ready; nothing when it is, or when it cannot be read.
    async fn source_cause(&self, source: &ObjectRef) -> Option<String> {
        let kind = kinds::of_api_kind(&source.kind)?;
        let resource = self.resource(kind).await.ok()??;
        let Some(found) = self.get(&resource, Some(&source.namespace), &source.name).await.ok()?
        else {
            return Some(format!("{source} does not exist"));
        };
        let verdict = kind.verdict(&found);
        match verdict.state {
            State::Ready | State::Progressing | State::Unknown => None,
            State::Suspended => Some(format!("{source} is suspended")),
            State::Failed | State::Retrying | State::Stalled | State::Waiting => {
                Some(format!("{source}: {}: {}", verdict.reason, verdict.message))
            }
        }
    }
}

/// Source: `apps/v1`, the condition Available and the counts that `kubectl rollout status` reads.
#[must_use]
pub fn is_available(deployment: &Deployment) -> bool {
    let Some(status) = &deployment.status else { return false };
    let wanted = deployment.spec.as_ref().and_then(|spec| spec.replicas).unwrap_or(1);
    let is_current = status.observed_generation >= deployment.metadata.generation;
    is_current
        && status.updated_replicas.unwrap_or(0) >= wanted
        && status.available_replicas.unwrap_or(0) >= wanted
        && status.replicas.unwrap_or(0) <= status.updated_replicas.unwrap_or(0)
}

fn is_owned(owners: &[OwnerReference], uid: Option<&str>) -> bool {
    uid.is_some_and(|uid| owners.iter().any(|owner| owner.uid == uid))
}

/// The Deployment's ReplicaSet of the newest revision.
fn newest_of(deployment: &Deployment, replica_sets: Vec<ReplicaSet>) -> Option<ReplicaSet> {
    let revision = |set: &ReplicaSet| -> u64 {
        let revision = set.annotations().get("deployment.kubernetes.io/revision");
        revision.and_then(|revision| revision.parse().ok()).unwrap_or(0)
    };
    let uid = deployment.uid();
    let owned =
        replica_sets.into_iter().filter(|set| is_owned(set.owner_references(), uid.as_deref()));
    owned.max_by_key(revision)
}

/// Quota, admission: why no Pod is there at all.
fn replica_set_cause(set: &ReplicaSet) -> Option<Cause> {
    let conditions = set.status.as_ref()?.conditions.as_ref()?;
    let failure = conditions
        .iter()
        .find(|condition| condition.type_ == "ReplicaFailure" && condition.status == "True")?;
    let message = failure.message.as_deref().unwrap_or_default();
    let fault = if message.contains("exceeded quota") { Fault::Quota } else { Fault::Other };
    Some(Cause::new(fault, format!("ReplicaSet {}: {message}", set.name_any())))
}

fn deployment_condition(deployment: &Deployment) -> Option<Cause> {
    let conditions = deployment.status.as_ref()?.conditions.as_ref()?;
    let wanted = |kind: &str, status: &str| {
        conditions.iter().find(|condition| condition.type_ == kind && condition.status == status)
    };
    let condition = wanted("ReplicaFailure", "True")
        .or_else(|| wanted("Progressing", "False"))
        .or_else(|| wanted("Available", "False"))?;
    let message = condition.message.as_deref().unwrap_or_default();
    Some(Cause::new(Fault::Other, format!("Deployment {}: {message}", deployment.name_any())))
}

/// What keeps a Pod from running, with the words of its latest warning.
fn pod_cause(pod: &Pod, events: &[Event]) -> Option<Cause> {
    let name = pod.name_any();
    let status = pod.status.as_ref()?;
    if is_ready(pod) {
        return None;
    }
    if let Some((reason, message)) = unschedulable(pod) {
        return Some(Cause::new(Fault::Placement, format!("Pod {name}: {reason}: {message}")));
    }
    let containers =
        status.init_container_statuses.iter().chain(&status.container_statuses).flatten();
    let waiting = containers.filter_map(waiting_reason).next();
    let warning = latest_warning(pod, events);
    match (waiting, warning) {
        (Some((container, reason, message)), warning) => {
            // The event of a failed pull names the registry's answer, the status just backs off.
            let is_vague = message.is_empty() || reason == "ImagePullBackOff";
            let words = warning.filter(|_| is_vague).unwrap_or(message);
            let words = format!("Pod {name}: container {container}: {reason}: {words}");
            Some(Cause::new(fault_of(&reason), words))
        }
        (None, Some(warning)) if status.phase.as_deref() != Some("Running") => {
            Some(Cause::new(Fault::Other, format!("Pod {name}: {warning}")))
        }
        // It runs and is not ready: only its probe knows why.
        (None, Some(warning)) => {
            Some(Cause::new(Fault::Other, format!("Pod {name} is not ready: {warning}")))
        }
        (None, None) => None,
    }
}

/// Source: kubernetes, `pkg/kubelet/images/types.go` and `pkg/kubelet/container/sync_result.go`: the
/// reasons of waiting containers. A container that has ended is told by its own reason.
fn fault_of(reason: &str) -> Fault {
    match reason {
        "ErrImagePull"
        | "ImagePullBackOff"
        | "InvalidImageName"
        | "ErrImageNeverPull"
        | "ImageInspectError"
        | "RegistryUnavailable"
        | "SignatureValidationFailed" => Fault::ImagePull,
        "CrashLoopBackOff" | "Error" | "OOMKilled" | "ContainerCannotRun" => Fault::Crash,
        _ => Fault::Other,
    }
}

fn is_ready(pod: &Pod) -> bool {
    let conditions = pod.status.iter().flat_map(|status| &status.conditions).flatten();
    conditions.into_iter().any(|condition| condition.type_ == "Ready" && condition.status == "True")
}

fn unschedulable(pod: &Pod) -> Option<(&str, &str)> {
    let conditions = pod.status.as_ref()?.conditions.as_ref()?;
    let scheduled = conditions
        .iter()
        .find(|condition| condition.type_ == "PodScheduled" && condition.status == "False")?;
    let reason = scheduled.reason.as_deref().unwrap_or("Unschedulable");
    Some((reason, scheduled.message.as_deref().unwrap_or_default()))
}

/// Container, reason and message; the ordinary reasons of a start are none.
fn waiting_reason(status: &ContainerStatus) -> Option<(String, String, String)> {
    let state = status.state.as_ref()?;
    let ended = |state: &ContainerState| state.terminated.as_ref().and_then(words_of_end);
    let (reason, message) = match &state.waiting {
        Some(waiting) => {
            // A crash loop is told by how the last run ended.
            let last = status.last_state.as_ref().and_then(ended).map(|(_, message)| message);
            (waiting.reason.clone().unwrap_or_default(), last.or_else(|| waiting.message.clone()))
        }
        None => ended(state).map(|(reason, message)| (reason, Some(message)))?,
    };
    let is_ordinary = matches!(reason.as_str(), "" | "ContainerCreating" | "PodInitializing");
    (!is_ordinary).then(|| (status.name.clone(), reason, message.unwrap_or_default()))
}

/// How a container ended, unless it ended well: the reason, and the exit code with its own last words.
fn words_of_end(end: &ContainerStateTerminated) -> Option<(String, String)> {
    if end.exit_code == 0 {
        return None;
    }
    let reason = end.reason.clone().unwrap_or_else(|| "Error".to_owned());
    let last_words = end.message.as_deref().unwrap_or_default().trim();
    let last_words = if last_words.is_empty() { reason.as_str() } else { last_words };
    let message = format!("exit code {}, {last_words}", end.exit_code);
    Some((reason, message))
}

/// The words of the latest warning about a Pod that say more than that something failed.
fn latest_warning(pod: &Pod, events: &[Event]) -> Option<String> {
    let uid = pod.uid();
    let about_pod = events.iter().filter(|event| {
        event.type_.as_deref() == Some("Warning") && event.involved_object.uid == uid
    });
    let latest = about_pod.filter(|event| is_telling(event)).max_by_key(|event| time_of(event))?;
    latest.message.as_deref().map(|message| message.trim().to_owned())
}

/// Not a mere repetition: `Back-off restarting …` counts earlier failures, and after `Failed to pull
/// image …` a kubelet adds `Error: ImagePullBackOff`.
fn is_telling(event: &Event) -> bool {
    let message = event.message.as_deref().unwrap_or_default().trim();
    let is_a_word = |rest: &str| !rest.contains(char::is_whitespace);
    !message.is_empty()
        && event.reason.as_deref() != Some("BackOff")
        && !message.strip_prefix("Error: ").is_some_and(is_a_word)
}

/// Old-style events carry `lastTimestamp`, those of the events API `eventTime`.
fn time_of(event: &Event) -> Option<Timestamp> {
    let last = event.last_timestamp.as_ref().map(|time| time.0);
    last.or_else(|| event.event_time.as_ref().map(|time| time.0))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn parsed<K: DeserializeOwned>(json: Value) -> K {
        serde_json::from_value(json).expect("a Kubernetes object")
    }

    fn pod(status: Value) -> Pod {
        parsed(json!({"metadata": {"name": "source-controller-1", "uid": "p"}, "status": status}))
    }

    fn waiting(reason: &str, message: &str) -> Value {
        json!({"phase": "Pending", "containerStatuses": [{"name": "manager", "ready": false,
            "restartCount": 0, "image": "i", "imageID": "",
            "state": {"waiting": {"reason": reason, "message": message}}}]})
    }

    fn warning(reason: &str, message: &str, minute: u32) -> Event {
        parsed(json!({"metadata": {"name": reason}, "type": "Warning", "reason": reason,
            "message": message, "involvedObject": {"uid": "p"},
            "lastTimestamp": format!("2026-01-01T00:{minute:02}:00Z")}))
    }

    #[test]
    fn the_pod_tells_the_deepest_cause() {
        let pull = warning("Failed", "Failed to pull image: 403 Forbidden", 1);
        let error = warning("Failed", "Error: ImagePullBackOff", 2);
        let back_off = warning("BackOff", "Back-off pulling image", 2);
        let mount = warning("FailedMount", "secret \"flux\" not found", 3);
        for (status, events, cause) in [
            (
                waiting("ErrImagePull", "manifest unknown"),
                vec![],
                Some("container manager: ErrImagePull: manifest unknown"),
            ),
            (
                waiting("ImagePullBackOff", "Back-off pulling image"),
                vec![pull, error, back_off],
                Some("container manager: ImagePullBackOff: Failed to pull image: 403 Forbidden"),
            ),
            (waiting("ContainerCreating", ""), vec![], None),
            (waiting("ContainerCreating", ""), vec![mount], Some("secret \"flux\" not found")),
            (
                json!({"phase": "Pending", "conditions": [{"type": "PodScheduled", "status": "False",
                    "reason": "Unschedulable", "message": "0/3 nodes are available"}]}),
                vec![],
                Some("Unschedulable: 0/3 nodes are available"),
            ),
        ] {
            let seen = pod_cause(&pod(status.clone()), &events).map(|cause| cause.words);
            let cause = cause.map(|cause| format!("Pod source-controller-1: {cause}"));
            assert_eq!(seen, cause, "{status}");
        }
    }

    #[test]
    fn a_crash_loop_is_told_by_its_last_end() {
        let crashed = json!({"phase": "Running", "containerStatuses": [{"name": "manager", "ready": false,
            "restartCount": 3, "image": "i", "imageID": "",
            "state": {"waiting": {"reason": "CrashLoopBackOff", "message": "back-off 40s"}},
            "lastState": {"terminated": {"exitCode": 137, "reason": "OOMKilled"}}}]});
        let cause = pod_cause(&pod(crashed), &[]).expect("it crashes");
        assert_eq!(
            cause.words,
            "Pod source-controller-1: container manager: CrashLoopBackOff: exit code 137, OOMKilled"
        );
        assert_eq!(
            cause.next_step("flux-system", "source-controller").as_deref(),
            Some(
                "read its last words with: kubectl -n flux-system logs deployment/source-controller --previous"
            )
        );
    }

    #[test]
    fn a_ready_pod_is_no_cause_whatever_it_went_through() {
        let ready =
            json!({"phase": "Running", "conditions": [{"type": "Ready", "status": "True"}]});
        let early = warning("Unhealthy", "Readiness probe failed", 1);
        assert_eq!(pod_cause(&pod(ready), &[early]), None);
    }

    #[test]
    fn a_rollout_is_available_when_the_new_pods_are() {
        let deployment = |observed: i64, updated: i32, available: i32, all: i32| -> Deployment {
            parsed(json!({
                "metadata": {"name": "d", "generation": 2},
                "spec": {"replicas": 1, "selector": {}, "template": {}},
                "status": {"observedGeneration": observed, "updatedReplicas": updated,
                    "availableReplicas": available, "replicas": all},
            }))
        };
        assert!(is_available(&deployment(2, 1, 1, 1)));
        assert!(!is_available(&deployment(1, 1, 1, 1)), "the new generation was not looked at");
        assert!(!is_available(&deployment(2, 0, 1, 1)), "the old Pod still stands in");
        assert!(!is_available(&deployment(2, 1, 1, 2)), "the old Pod is still there");
        assert!(!is_available(&deployment(2, 1, 0, 1)), "the new Pod is not available");
    }

    #[test]
    fn the_newest_revision_is_compared_as_a_number() {
        let deployment: Deployment = parsed(json!({"metadata": {"name": "d", "uid": "d"}}));
        let set = |name: &str, revision: &str, owner: &str| -> ReplicaSet {
            parsed(json!({"metadata": {"name": name,
                "annotations": {"deployment.kubernetes.io/revision": revision},
                "ownerReferences": [{"apiVersion": "apps/v1", "kind": "Deployment", "name": "d",
                    "uid": owner}]}}))
        };
        let sets = vec![set("nine", "9", "d"), set("ten", "10", "d"), set("other", "99", "x")];
        let newest = newest_of(&deployment, sets).expect("one is ours");
        assert_eq!(newest.name_any(), "ten");
    }

    #[test]
    fn a_quota_speaks_through_the_replica_set() {
        let set: ReplicaSet = parsed(json!({"metadata": {"name": "rs"}, "status": {"replicas": 0,
            "conditions": [{"type": "ReplicaFailure", "status": "True", "reason": "FailedCreate",
                "message": "exceeded quota"}]}}));
        let cause = replica_set_cause(&set).expect("it cannot make Pods");
        assert_eq!(cause, Cause::new(Fault::Quota, "ReplicaSet rs: exceeded quota"));
    }
}
