//! What the Deployment and ReplicaSet controllers report.

use std::time::Duration;

use k8s_openapi::api::apps::v1::{Deployment, DeploymentCondition, ReplicaSet};
use k8s_openapi::api::core::v1::Pod;
use k8s_openapi::jiff::Timestamp;
use kube::ResourceExt as _;
use serde_json::{Value, json};

use super::super::conditions::now;
use super::super::controller::Next;
use super::pod::is_ready;

/// One reconciliation of a Deployment: what was counted, and when to look again.
pub(super) struct Rollout {
    deployment: Deployment,
    current: String,
    replicas: i32,
    updated: i32,
    updated_available: i32,
    ready: i32,
    failure: Option<String>,
    next: Option<Duration>,
}

impl Rollout {
    /// A rollout whose new ReplicaSet is `current`.
    pub(super) fn new(deployment: &Deployment, current: &ReplicaSet) -> Self {
        Self {
            deployment: deployment.clone(),
            current: current.name_any(),
            replicas: 0,
            updated: 0,
            updated_available: 0,
            ready: 0,
            failure: None,
            next: None,
        }
    }

    pub(super) fn updated_available(&self) -> i32 {
        self.updated_available
    }

    /// Counts the Pods of one ReplicaSet; returns that ReplicaSet's status.
    pub(super) fn count(&mut self, set: &ReplicaSet, pods: &[Pod], failure: Option<&str>) -> Value {
        let replicas = count(pods.iter());
        let ready = count(pods.iter().filter(|pod| is_ready(pod)));
        self.replicas += replicas;
        self.ready += ready;
        if set.name_any() == self.current {
            self.updated = replicas;
            self.updated_available = ready;
        }
        let conditions = failure.map(|message| {
            self.failure = Some(message.to_owned());
            let since = set.status.iter().flat_map(|status| status.conditions.iter().flatten());
            let since = since.into_iter().next().and_then(|last| last.last_transition_time.clone());
            json!([{
                "type": "ReplicaFailure", "status": "True", "reason": "FailedCreate",
                "message": message, "lastTransitionTime": since.unwrap_or_else(now),
            }])
        });
        json!({
            "replicas": replicas,
            "fullyLabeledReplicas": present(replicas),
            "readyReplicas": present(ready),
            "availableReplicas": present(ready),
            "observedGeneration": set.metadata.generation,
            "conditions": conditions,
        })
    }

    /// Asks to be called again after `pause`, or sooner.
    pub(super) fn look_again(&mut self, pause: Option<Duration>) {
        self.next = [self.next, pause].into_iter().flatten().min();
    }

    /// The Deployment's status with `wanted` replicas.
    pub(super) fn status(&self, wanted: i32) -> Value {
        let mut conditions = vec![self.available(wanted), self.progressing(wanted)];
        if let Some(message) = &self.failure {
            conditions.push(self.condition("ReplicaFailure", "True", "FailedCreate", message));
        }
        json!({
            "observedGeneration": self.deployment.metadata.generation,
            "replicas": present(self.replicas),
            "updatedReplicas": present(self.updated),
            "readyReplicas": present(self.ready),
            "availableReplicas": present(self.ready),
            "unavailableReplicas": present((wanted - self.ready).max(0)),
            "conditions": conditions,
        })
    }

    /// When the Deployment has to be looked at again.
    pub(super) fn next(&self, wanted: i32) -> Next {
        let deadline = if self.is_complete(wanted) { None } else { self.time_left() };
        [self.next, deadline].into_iter().flatten().min().map_or(Next::Wait, Next::After)
    }

    fn is_complete(&self, wanted: i32) -> bool {
        self.updated == wanted && self.updated_available == wanted && self.replicas == wanted
    }

    fn available(&self, wanted: i32) -> Value {
        if self.ready >= wanted - max_unavailable(&self.deployment, wanted) {
            let message = "Deployment has minimum availability.";
            self.condition("Available", "True", "MinimumReplicasAvailable", message)
        } else {
            let message = "Deployment does not have minimum availability.";
            self.condition("Available", "False", "MinimumReplicasUnavailable", message)
        }
    }

    fn progressing(&self, wanted: i32) -> Value {
        let set = format!("ReplicaSet \"{}\"", self.current);
        let (status, reason, message) = if self.is_complete(wanted) {
            ("True", "NewReplicaSetAvailable", format!("{set} has successfully progressed."))
        } else if self.time_left() == Some(Duration::ZERO) {
            ("False", "ProgressDeadlineExceeded", format!("{set} has timed out progressing."))
        } else {
            ("True", "ReplicaSetUpdated", format!("{set} is progressing."))
        };
        self.condition("Progressing", status, reason, &message)
    }

    /// Until `spec.progressDeadlineSeconds` have passed since the last progress; `None` once it has
    /// been reported, or before anything was.
    fn time_left(&self) -> Option<Duration> {
        let last = self.last("Progressing")?;
        let message = last.message.as_deref().unwrap_or_default();
        if !message.contains(&format!("\"{}\"", self.current)) {
            return None;
        }
        match last.reason.as_deref() {
            // Once exceeded it stays so, until the rollout completes or another one begins.
            Some("ProgressDeadlineExceeded") => return Some(Duration::ZERO),
            Some("NewReplicaSetAvailable") => return None,
            _ => {}
        }
        let limit = self.deployment.spec.as_ref().and_then(|spec| spec.progress_deadline_seconds);
        let since = last.last_update_time.as_ref()?.0.as_second();
        let elapsed = Timestamp::now().as_second() - since;
        let left = i64::from(limit.unwrap_or(600)) - elapsed;
        Some(Duration::from_secs(u64::try_from(left).unwrap_or_default()))
    }

    fn last(&self, kind: &str) -> Option<&DeploymentCondition> {
        let conditions = self.deployment.status.as_ref()?.conditions.as_ref()?;
        conditions.iter().find(|condition| condition.type_ == kind)
    }

    fn condition(&self, kind: &str, status: &str, reason: &str, message: &str) -> Value {
        let last = self.last(kind);
        let same_status = last.filter(|last| last.status == status);
        let same = same_status.filter(|last| {
            last.reason.as_deref() == Some(reason) && last.message.as_deref() == Some(message)
        });
        let changed = same_status.and_then(|last| last.last_transition_time.clone());
        let updated = same.and_then(|last| last.last_update_time.clone());
        json!({
            "type": kind,
            "status": status,
            "reason": reason,
            "message": message,
            "lastTransitionTime": changed.unwrap_or_else(now),
            "lastUpdateTime": updated.unwrap_or_else(now),
        })
    }
}

fn count<'a>(pods: impl Iterator<Item = &'a Pod>) -> i32 {
    i32::try_from(pods.count()).unwrap_or(i32::MAX)
}

/// A counter as Go writes it: absent when zero.
fn present(count: i32) -> Option<i32> {
    Some(count).filter(|count| *count != 0)
}

/// How many of `wanted` replicas may be missing: a number or a percentage, rounded down.
fn max_unavailable(deployment: &Deployment, wanted: i32) -> i32 {
    use k8s_openapi::apimachinery::pkg::util::intstr::IntOrString;
    let strategy = deployment.spec.as_ref().and_then(|spec| spec.strategy.as_ref());
    if strategy.and_then(|strategy| strategy.type_.as_deref()) == Some("Recreate") {
        return 0;
    }
    let rolling = strategy.and_then(|strategy| strategy.rolling_update.as_ref());
    let percent = match rolling.and_then(|rolling| rolling.max_unavailable.as_ref()) {
        Some(IntOrString::Int(number)) => return *number,
        Some(IntOrString::String(text)) => text.trim_end_matches('%').parse().unwrap_or(25),
        None => 25,
    };
    wanted * percent / 100
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rollout(status: &Value) -> Rollout {
        let deployment = serde_json::from_value(json!({
            "metadata": {"name": "d", "generation": 1},
            "spec": {"selector": {}, "template": {}, "progressDeadlineSeconds": 60},
            "status": status,
        }));
        let set = serde_json::from_value(json!({"metadata": {"name": "d-abc"}}));
        Rollout::new(&deployment.expect("a Deployment"), &set.expect("a ReplicaSet"))
    }

    fn progressing(rollout: &Rollout) -> Value {
        rollout.status(1)["conditions"][1]["reason"].clone()
    }

    #[test]
    fn a_rollout_without_progress_exceeds_its_deadline() {
        let status = |reason: &str, since: &str| {
            json!({"conditions": [{
                "type": "Progressing", "status": "True", "reason": reason,
                "message": "ReplicaSet \"d-abc\" is progressing.", "lastUpdateTime": since,
            }]})
        };
        assert_eq!(progressing(&rollout(&json!({}))), "ReplicaSetUpdated");
        let late = rollout(&status("ReplicaSetUpdated", "2020-01-01T00:00:00Z"));
        assert_eq!(progressing(&late), "ProgressDeadlineExceeded");
        let just_now = Timestamp::now().to_string();
        let early = rollout(&status("ReplicaSetUpdated", &just_now));
        assert_eq!(progressing(&early), "ReplicaSetUpdated");
        assert!(matches!(early.next(1), Next::After(left) if left <= Duration::from_secs(60)));
    }

    #[test]
    fn zero_counts_are_absent() {
        let status = rollout(&json!({})).status(1);
        assert_eq!(status["availableReplicas"], Value::Null);
        assert_eq!(status["unavailableReplicas"], 1);
    }
}
