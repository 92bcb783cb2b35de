//! `status.history`: what the controller remembers of the releases that it made, the newest first.
//!
//! Source: helm-controller, `api/v2/snapshot_types.go`.

use serde_json::Value;

use super::super::object::Tracked;
use super::release::{HISTORY_LIMIT, Release};

/// The snapshots of a HelmRelease.
pub(super) struct History(Vec<Value>);

impl History {
    pub(super) fn of(object: &Tracked) -> Self {
        Self::from(object.at("/status/history"))
    }

    fn from(history: Option<&Value>) -> Self {
        let mut snapshots = history.and_then(Value::as_array).cloned().unwrap_or_default();
        snapshots.sort_by_key(|snapshot| std::cmp::Reverse(version(snapshot)));
        Self(snapshots)
    }

    pub(super) fn save(self, object: &mut Tracked) {
        let history = if self.0.is_empty() { Value::Null } else { Value::Array(self.0) };
        object.set_status("history", history);
    }

    pub(super) fn latest(&self) -> Option<&Value> {
        self.0.first()
    }

    /// The newest one before the latest that was once deployed.
    pub(super) fn previous(&self) -> Option<&Value> {
        self.0.iter().skip(1).find(|snapshot| was_deployed(snapshot))
    }

    /// Replaces the snapshot of the same release, or becomes the newest.
    pub(super) fn record(&mut self, snapshot: Value) {
        let known = self.0.iter().position(|known| version(known) == version(&snapshot));
        match known {
            Some(index) => self.0[index] = snapshot,
            None => self.0.insert(0, snapshot),
        }
    }

    /// Takes note that another release took the place of this one.
    pub(super) fn supersede(&mut self, release: &Release) {
        let known = self.0.iter_mut().find(|known| version(known) == release.version());
        if let Some(known) = known {
            let action = known["action"].as_str().unwrap_or_default().to_owned();
            *known = release.snapshot(&action, known["ociDigest"].as_str());
        }
    }

    /// Forgets what is older than the previous deployed release.
    pub(super) fn truncate(&mut self) {
        let previous = self.0.iter().skip(1).position(was_deployed);
        self.0.truncate(previous.map_or(HISTORY_LIMIT, |index| index + 2));
    }

    pub(super) fn truncate_to_limit(&mut self) {
        self.0.truncate(HISTORY_LIMIT);
    }
}

fn version(snapshot: &Value) -> u64 {
    snapshot["version"].as_u64().unwrap_or_default()
}

fn was_deployed(snapshot: &Value) -> bool {
    snapshot["status"] == "deployed" || snapshot["status"] == "superseded"
}

/// `namespace/name.v3`.
pub(super) fn full_name(snapshot: &Value) -> String {
    let text = |field: &str| snapshot[field].as_str().unwrap_or_default();
    format!("{}/{}.v{}", text("namespace"), text("name"), version(snapshot))
}

/// `podinfo@6.0.0`.
pub(super) fn versioned_chart(snapshot: &Value) -> String {
    let text = |field: &str| snapshot[field].as_str().unwrap_or_default();
    format!("{}@{}", text("chartName"), text("chartVersion"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn history(statuses: &[&str]) -> History {
        let count = statuses.len();
        let snapshots = statuses.iter().enumerate().map(|(index, status)| {
            json!({"version": count - index, "status": status, "name": "web", "namespace": "apps"})
        });
        History::from(Some(&snapshots.collect()))
    }

    #[test]
    fn the_previous_release_was_deployed_once() {
        let history = history(&["failed", "failed", "superseded", "superseded"]);
        assert_eq!(full_name(history.previous().unwrap()), "apps/web.v2");
    }

    #[test]
    fn truncation_keeps_one_way_back() {
        for (statuses, left) in [
            (&["deployed", "failed", "superseded", "superseded"] as &[_], 3),
            (&["failed", "failed", "failed", "failed", "failed", "failed"], HISTORY_LIMIT),
            (&["deployed"], 1),
        ] {
            let mut history = history(statuses);
            history.truncate();
            assert_eq!(history.0.len(), left, "{statuses:?}");
        }
    }
}
