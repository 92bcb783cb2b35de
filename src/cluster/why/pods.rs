//! Why a Pod does not run: from its own status, with the words of its latest warning event.

use k8s_openapi::api::core::v1::{
    ContainerState, ContainerStateTerminated, ContainerStatus, Event, Pod, PodStatus,
};
use k8s_openapi::jiff::Timestamp;
use kube::api::ResourceExt as _;

use super::report::{Cause, Fault};
use super::subject::Subject;

/// What keeps a Pod from running, with the words of its latest warning. Nothing when it is ready, or just
/// starts.
pub(super) fn pod_cause(subject: &Subject, pod: &Pod, events: &[Event]) -> Option<Cause> {
    let status = pod.status.as_ref()?;
    if is_ready(pod) || status.phase.as_deref() == Some("Succeeded") {
        return None;
    }
    let cause =
        |fault, reason: &str, message: &str| Cause::new(subject.clone(), fault, reason, message);
    if let Some((reason, message)) = unschedulable(pod) {
        return Some(cause(Fault::Placement, reason, message));
    }
    let warning = latest_warning(pod.uid().as_deref(), events);
    let Some((container, reason, message)) = waiting(status) else {
        let is_evicted = status.phase.as_deref() == Some("Failed");
        if is_evicted && let Some(reason) = &status.reason {
            let message = status.message.as_deref().unwrap_or_default();
            return Some(cause(Fault::Other, reason, message));
        }
        return warning.map(|warning| cause(Fault::Other, &warning.reason, &warning.message));
    };
    let warning = warning.filter(|_| is_vague(&reason, &message));
    let words = warning.map_or(message, |warning| warning.message);
    let part = Some(format!("container {container}"));
    Some(Cause { part, ..cause(fault_of(&reason), &reason, &words) })
}

/// Whether the warnings about a Pod can say more than its own status does.
pub(super) fn needs_warnings(pod: &Pod) -> bool {
    let Some(status) = &pod.status else { return false };
    if is_ready(pod) || status.phase.as_deref() == Some("Succeeded") || unschedulable(pod).is_some()
    {
        return false;
    }
    match waiting(status) {
        Some((_, reason, message)) => is_vague(&reason, &message),
        None => !(status.phase.as_deref() == Some("Failed") && status.reason.is_some()),
    }
}

/// The event of a failed pull names the registry's answer, the status just backs off.
fn is_vague(reason: &str, message: &str) -> bool {
    message.is_empty() || reason == "ImagePullBackOff"
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

/// The first container that waits for something out of the ordinary, as [`waiting_reason`] tells it.
fn waiting(status: &PodStatus) -> Option<(String, String, String)> {
    let containers = status.init_container_statuses.iter().chain(&status.container_statuses);
    containers.flatten().find_map(waiting_reason)
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

/// A warning event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Warning {
    pub(super) reason: String,
    pub(super) message: String,
}

/// The latest warning about an object that says more than that something failed.
pub(super) fn latest_warning(uid: Option<&str>, events: &[Event]) -> Option<Warning> {
    let about = events.iter().filter(|event| {
        event.type_.as_deref() == Some("Warning")
            && uid.is_some()
            && event.involved_object.uid.as_deref() == uid
    });
    let latest = about.filter(|event| is_telling(event)).max_by_key(|event| time_of(event))?;
    let message = latest.message.as_deref()?.trim().to_owned();
    Some(Warning { reason: latest.reason.clone().unwrap_or_default(), message })
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
    use serde::de::DeserializeOwned;
    use serde_json::{Value, json};

    use super::*;

    fn parsed<K: DeserializeOwned>(json: Value) -> K {
        serde_json::from_value(json).expect("a Kubernetes object")
    }

    fn pod(status: Value) -> Pod {
        parsed(json!({"metadata": {"name": "web-1", "uid": "p"}, "status": status}))
    }

    fn judged(pod: &Pod, events: &[Event]) -> Option<Cause> {
        pod_cause(&Subject::new("", "Pod", "apps", "web-1"), pod, events)
    }

    /// What a Pod in this status tells by itself.
    fn seen_without(status: &Value) -> Option<String> {
        judged(&pod(status.clone()), &[]).map(|cause| cause.words())
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
            (
                waiting("ContainerCreating", ""),
                vec![mount],
                Some("FailedMount: secret \"flux\" not found"),
            ),
            (
                json!({"phase": "Pending", "conditions": [{"type": "PodScheduled", "status": "False",
                    "reason": "Unschedulable", "message": "0/3 nodes are available"}]}),
                vec![],
                Some("Unschedulable: 0/3 nodes are available"),
            ),
        ] {
            let seen = judged(&pod(status.clone()), &events);
            assert_eq!(seen.map(|cause| cause.words()).as_deref(), cause, "{status}");
            let tells_more = seen_without(&status) != cause.map(str::to_owned);
            assert!(needs_warnings(&pod(status.clone())) || !tells_more, "{status}");
        }
    }

    #[test]
    fn who_tells_enough_needs_no_warnings() {
        let ready = json!({"conditions": [{"type": "Ready", "status": "True"}]});
        let nowhere = json!({"conditions": [{"type": "PodScheduled", "status": "False"}]});
        for (status, needs) in [
            (waiting("ImagePullBackOff", "Back-off pulling image"), true),
            (waiting("ContainerCreating", ""), true),
            (waiting("CreateContainerConfigError", "no key"), false),
            (json!({"phase": "Failed", "reason": "Evicted"}), false),
            (ready, false),
            (nowhere, false),
        ] {
            assert_eq!(needs_warnings(&pod(status.clone())), needs, "{status}");
        }
    }

    #[test]
    fn a_crash_loop_is_told_by_its_last_end() {
        let crashed = json!({"phase": "Running", "containerStatuses": [{"name": "manager", "ready": false,
            "restartCount": 3, "image": "i", "imageID": "",
            "state": {"waiting": {"reason": "CrashLoopBackOff", "message": "back-off 40s"}},
            "lastState": {"terminated": {"exitCode": 137, "reason": "OOMKilled"}}}]});
        let cause = judged(&pod(crashed), &[]).expect("it crashes");
        assert_eq!(
            (cause.words().as_str(), cause.fault),
            ("container manager: CrashLoopBackOff: exit code 137, OOMKilled", Fault::Crash)
        );
    }

    #[test]
    fn a_missing_key_is_told_by_the_container_that_needs_it() {
        let words = "couldn't find key password in Secret apps/db";
        let told = judged(&pod(waiting("CreateContainerConfigError", words)), &[]);
        assert_eq!(
            told.expect("it cannot start").to_string(),
            format!("Pod apps/web-1: container manager: CreateContainerConfigError: {words}")
        );
    }

    #[test]
    fn an_evicted_pod_says_so_itself() {
        let evicted = json!({"phase": "Failed", "reason": "Evicted", "message": "low on memory"});
        let told = judged(&pod(evicted), &[]).expect("it failed");
        assert_eq!(told.words(), "Evicted: low on memory");
    }

    #[test]
    fn a_ready_pod_is_no_cause_whatever_it_went_through() {
        let ready =
            json!({"phase": "Running", "conditions": [{"type": "Ready", "status": "True"}]});
        let early = warning("Unhealthy", "Readiness probe failed", 1);
        assert_eq!(judged(&pod(ready), &[early]), None);
    }
}
