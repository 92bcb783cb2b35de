//! How many of the objects that are shown are how: the footer of a live table.

use std::collections::HashMap;

use kube::api::DynamicObject;

use crate::kinds::Kind;
use crate::kinds::readiness::State;
use crate::output::live::{RowKey, Urgency};

/// How it stands with an object, as far as people care from afar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outlook {
    Ready,
    Failed,
    Progressing,
    /// A plan waits for a person.
    Waiting,
    /// Whatever it was when it was suspended.
    Suspended,
}

impl Outlook {
    /// All of them and what they are called, in the order in which they are told.
    const ALL: [(Self, &str); 5] = [
        (Self::Ready, "ready"),
        (Self::Failed, "failed"),
        (Self::Progressing, "progressing"),
        (Self::Waiting, "waiting for approval"),
        (Self::Suspended, "suspended"),
    ];

    /// How it stands with an object now.
    pub(super) fn of(kind: &Kind, object: &DynamicObject) -> Self {
        match kind.verdict(object).state {
            State::Ready => Self::Ready,
            State::Failed | State::Retrying | State::Stalled | State::Locked => Self::Failed,
            State::Progressing | State::Unknown => Self::Progressing,
            State::Waiting => Self::Waiting,
            State::Suspended => Self::Suspended,
        }
    }

    /// How much its row is to be seen.
    pub(super) fn urgency(self) -> Urgency {
        match self {
            Self::Failed => Urgency::Failed,
            Self::Progressing | Self::Waiting => Urgency::Unsettled,
            Self::Ready | Self::Suspended => Urgency::Calm,
        }
    }
}

/// The objects that are shown, counted as they come, change and go.
#[derive(Debug, Default)]
pub(super) struct Tally {
    outlooks: HashMap<RowKey, Outlook>,
    counts: [usize; Outlook::ALL.len()],
}

impl Tally {
    /// Notes how it stands with an object now.
    pub(super) fn put(&mut self, key: RowKey, outlook: Outlook) {
        if let Some(old) = self.outlooks.insert(key, outlook) {
            self.counts[old as usize] -= 1;
        }
        self.counts[outlook as usize] += 1;
    }

    /// Forgets an object that is not shown any more.
    pub(super) fn remove(&mut self, key: &RowKey) {
        if let Some(old) = self.outlooks.remove(key) {
            self.counts[old as usize] -= 1;
        }
    }

    /// How many objects there are of each outlook, for people.
    pub(super) fn summary(&self) -> String {
        let mut summary = match self.outlooks.len() {
            0 => return "no objects yet".to_owned(),
            1 => "1 object".to_owned(),
            count => format!("{count} objects"),
        };
        for (outlook, word) in Outlook::ALL {
            match self.counts[outlook as usize] {
                0 => {}
                count => summary += &format!(" · {count} {word}"),
            }
        }
        summary
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::kinds::kustomize::KUSTOMIZATION;
    use crate::kinds::terraform::TERRAFORM;
    use crate::kinds::view::tests::object;

    fn key(name: &str) -> RowKey {
        RowKey { kind: 0, namespace: "a".to_owned(), name: name.to_owned() }
    }

    #[test]
    fn the_place_of_each_is_its_number() {
        for (place, (outlook, _)) in Outlook::ALL.iter().enumerate() {
            assert_eq!(*outlook as usize, place);
        }
    }

    #[test]
    fn what_is_suspended_is_neither_ready_nor_failed() {
        let outlook = |kind: &Kind, suspend: bool, ready: &str, plan: &str| {
            let condition =
                json!({"type": "Ready", "status": ready, "reason": "Any", "message": ""});
            Outlook::of(
                kind,
                &object(json!({"spec": {"suspend": suspend}, "status": {
                    "plan": {"pending": plan}, "conditions": [condition]}})),
            )
        };
        assert_eq!(outlook(&KUSTOMIZATION, false, "True", ""), Outlook::Ready);
        assert_eq!(outlook(&KUSTOMIZATION, false, "False", ""), Outlook::Failed);
        assert_eq!(outlook(&KUSTOMIZATION, false, "Unknown", ""), Outlook::Progressing);
        for ready in ["True", "False"] {
            assert_eq!(outlook(&KUSTOMIZATION, true, ready, ""), Outlook::Suspended);
        }
        assert_eq!(outlook(&TERRAFORM, false, "Unknown", "plan-main-1"), Outlook::Waiting);
    }

    #[test]
    fn counts_follow_what_comes_changes_and_goes() {
        let mut tally = Tally::default();
        assert_eq!(tally.summary(), "no objects yet");
        tally.put(key("a"), Outlook::Ready);
        assert_eq!(tally.summary(), "1 object · 1 ready");
        tally.put(key("a"), Outlook::Failed);
        tally.put(key("b"), Outlook::Suspended);
        tally.put(key("c"), Outlook::Waiting);
        tally.put(key("c"), Outlook::Waiting);
        let summary = "3 objects · 1 failed · 1 waiting for approval · 1 suspended";
        assert_eq!(tally.summary(), summary);
        for name in ["a", "a", "c"] {
            tally.remove(&key(name));
        }
        assert_eq!(tally.summary(), "1 object · 1 suspended");
    }
}
