//! Conditions as Flux controllers keep them.
//!
//! Source: fluxcd/pkg, `runtime/conditions/setter.go` and `merge.go`: the transition time moves
//! with status, reason or message; each condition carries the generation that it is about; Stalled,
//! Reconciling and Ready come first; Ready can be a summary of the others.

use k8s_openapi::apimachinery::pkg::apis::meta::v1::{Condition, Time};
use k8s_openapi::jiff::Timestamp;
use serde_json::Value;

pub(super) const READY: &str = "Ready";
pub(super) const RECONCILING: &str = "Reconciling";
pub(super) const STALLED: &str = "Stalled";
pub(super) const HEALTHY: &str = "Healthy";

pub(super) const PROGRESSING: &str = "Progressing";
pub(super) const PROGRESSING_WITH_RETRY: &str = "ProgressingWithRetry";
pub(super) const SUCCEEDED: &str = "Succeeded";

/// `True`, `False` or `Unknown`.
pub(super) type Status = &'static str;

/// The conditions of one object at one generation.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Conditions {
    list: Vec<Condition>,
    generation: i64,
}

impl Conditions {
    /// Reads `status.conditions`; what is no condition is ignored.
    pub(super) fn of(object: &Value) -> Self {
        let list = object.pointer("/status/conditions").cloned().unwrap_or_default();
        Self {
            list: serde_json::from_value(list).unwrap_or_default(),
            generation: object
                .pointer("/metadata/generation")
                .and_then(Value::as_i64)
                .unwrap_or_default(),
        }
    }

    pub(super) fn get(&self, kind: &str) -> Option<&Condition> {
        self.list.iter().find(|condition| condition.type_ == kind)
    }

    pub(super) fn is(&self, kind: &str, status: Status) -> bool {
        self.get(kind).is_some_and(|condition| condition.status == status)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    pub(super) fn set(&mut self, kind: &str, status: Status, reason: &str, message: &str) {
        let last = self.get(kind).filter(|last| {
            last.status == status && last.reason == reason && last.message == message
        });
        let since = last.map_or_else(now, |last| last.last_transition_time.clone());
        self.remove(kind);
        self.list.push(Condition {
            type_: kind.to_owned(),
            status: status.to_owned(),
            reason: reason.to_owned(),
            message: message.to_owned(),
            observed_generation: Some(self.generation),
            last_transition_time: since,
        });
        self.list.sort_by(|left, right| {
            let newest_first = right.observed_generation.cmp(&left.observed_generation);
            rank(left).cmp(&rank(right)).then(newest_first).then(left.type_.cmp(&right.type_))
        });
    }

    pub(super) fn remove(&mut self, kind: &str) {
        self.list.retain(|condition| condition.type_ != kind);
    }

    /// Marks the object as being worked on; that it was stalled is over.
    pub(super) fn reconciling(&mut self, message: &str) {
        self.remove(STALLED);
        self.set(RECONCILING, "True", PROGRESSING, message);
    }

    /// An attempt ended and Reconciling is still there: it failed, and there will be another one.
    pub(super) fn will_retry(&mut self) {
        if let Some(message) = self.get(RECONCILING).map(|condition| condition.message.clone()) {
            self.set(RECONCILING, "True", PROGRESSING_WITH_RETRY, &message);
        }
    }

    /// Sets Ready from the conditions named in `order`, the most telling first: a problem (one of
    /// `negative` that is True), else a failure, else a success.
    pub(super) fn summarize(&mut self, order: &[&str], negative: &[&str]) {
        let priority = |condition: &Condition| match (
            condition.status.as_str(),
            negative.contains(&condition.type_.as_str()),
        ) {
            ("True", true) => 0,
            ("False", false) => 1,
            ("True", false) => 2,
            ("False", true) => 3,
            _ => 4,
        };
        let candidates = order.iter().filter_map(|kind| self.get(kind));
        let Some(top) = candidates.min_by_key(|condition| priority(condition)) else { return };
        let status = match priority(top) {
            0 | 1 => "False",
            2 | 3 => "True",
            _ => "Unknown",
        };
        let (reason, message) = (top.reason.clone(), top.message.clone());
        self.set(READY, status, &reason, &message);
    }

    pub(super) fn to_value(&self) -> Value {
        serde_json::to_value(&self.list).expect("conditions are plain data")
    }
}

/// Now, to the second, as `metav1.Time` is written.
pub(super) fn now() -> Time {
    let seconds = Timestamp::now().as_second();
    Time(Timestamp::from_second(seconds).expect("the present is a valid time"))
}

fn rank(condition: &Condition) -> usize {
    let first = [STALLED, RECONCILING, READY];
    first.iter().position(|kind| *kind == condition.type_).unwrap_or(first.len())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn conditions(generation: i64) -> Conditions {
        Conditions::of(&json!({"metadata": {"generation": generation}}))
    }

    #[test]
    fn transition_time_moves_only_with_the_state() {
        let long_ago = json!({
            "metadata": {"generation": 2},
            "status": {"conditions": [{
                "type": "Ready", "status": "True", "reason": "Succeeded", "message": "m",
                "lastTransitionTime": "2020-01-01T00:00:00Z", "observedGeneration": 1,
            }]},
        });
        let mut conditions = Conditions::of(&long_ago);
        conditions.set(READY, "True", SUCCEEDED, "m");
        let ready = conditions.get(READY).expect("it was set");
        assert_eq!(ready.last_transition_time.0.to_string(), "2020-01-01T00:00:00Z");
        assert_eq!(ready.observed_generation, Some(2));
        conditions.set(READY, "True", SUCCEEDED, "other");
        let ready = conditions.get(READY).expect("it was set");
        assert_ne!(ready.last_transition_time.0.to_string(), "2020-01-01T00:00:00Z");
    }

    #[test]
    fn problems_win_the_summary_in_the_given_order() {
        let mut all = conditions(1);
        all.set("ArtifactInStorage", "True", SUCCEEDED, "stored");
        all.reconciling("in progress");
        all.set("FetchFailed", "True", "GitOperationFailed", "no route");
        let order = ["FetchFailed", "ArtifactInStorage", STALLED, RECONCILING];
        all.summarize(&order, &["FetchFailed", STALLED, RECONCILING]);
        let ready = all.get(READY).expect("summarized");
        assert_eq!((ready.status.as_str(), ready.reason.as_str()), ("False", "GitOperationFailed"));

        all.remove("FetchFailed");
        all.remove(RECONCILING);
        all.summarize(&order, &["FetchFailed", STALLED, RECONCILING]);
        let ready = all.get(READY).expect("summarized");
        assert_eq!((ready.status.as_str(), ready.message.as_str()), ("True", "stored"));
    }

    #[test]
    fn stalled_reconciling_and_ready_come_first() {
        let mut all = conditions(1);
        all.set("ArtifactInStorage", "True", SUCCEEDED, "");
        all.set(READY, "Unknown", PROGRESSING, "");
        all.reconciling("");
        let kinds: Vec<_> = all.list.iter().map(|condition| condition.type_.as_str()).collect();
        assert_eq!(kinds, [RECONCILING, READY, "ArtifactInStorage"]);
    }
}
