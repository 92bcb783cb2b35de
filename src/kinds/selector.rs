//! Objects chosen by their state: `--status-selector Ready=False`, `--not-ready`, `--suspended`.

use std::str::FromStr;

use anyhow::{Result, bail};
use kube::api::DynamicObject;

use super::{Kind, readiness};

/// A condition's type and the status that it must, or must not, have; both are compared without case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatusSelector {
    condition: String,
    status: String,
    negated: bool,
}

impl FromStr for StatusSelector {
    type Err = anyhow::Error;

    fn from_str(text: &str) -> Result<Self> {
        let parts = text.split_once("!=").map(|parts| (parts, true));
        let parts = parts.or_else(|| text.split_once('=').map(|parts| (parts, false)));
        match parts {
            Some(((condition, status), negated)) if !condition.is_empty() && !status.is_empty() => {
                Ok(Self { condition: condition.to_owned(), status: status.to_owned(), negated })
            }
            _ => bail!("write a condition and its status, like Ready=False or Ready!=True"),
        }
    }
}

impl StatusSelector {
    /// Whether an object is chosen. What the table shows as READY is what `Ready` is compared with; any
    /// other condition that an object does not have equals nothing.
    #[must_use]
    pub fn matches(&self, kind: &Kind, object: &DynamicObject) -> bool {
        let equal = if self.condition.eq_ignore_ascii_case("Ready") {
            self.ready_matches(kind, object)
        } else {
            readiness::condition(object, &self.condition)
                .is_some_and(|condition| condition.status.eq_ignore_ascii_case(&self.status))
        };
        equal != self.negated
    }

    /// Kinds without a status are ready; an object that has not been reconciled is in no status yet.
    fn ready_matches(&self, kind: &Kind, object: &DynamicObject) -> bool {
        let has_condition = readiness::condition(object, "Ready").is_some();
        let (shown, _) = kind.ready_cells(object);
        (has_condition || shown == "True") && shown.eq_ignore_ascii_case(&self.status)
    }
}

/// Objects chosen by the state that tables show; every one that is asked for must hold.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct StateFilter {
    /// Only those whose READY is not `True`.
    pub not_ready: bool,
    /// Only those that are suspended.
    pub suspended: bool,
}

impl StateFilter {
    /// Whether it leaves nothing out.
    #[must_use]
    pub fn is_open(self) -> bool {
        self == Self::default()
    }

    /// Whether an object is chosen.
    #[must_use]
    pub fn matches(self, kind: &Kind, object: &DynamicObject) -> bool {
        (!self.not_ready || kind.ready_cells(object).0 != "True")
            && (!self.suspended || kind.is_suspended(object))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::kinds::view::tests::object;
    use crate::kinds::{kustomize, notification, source};

    #[test]
    fn chooses_by_condition_and_status_in_any_case() {
        let stalled = object(json!({"status": {"conditions": [
            {"type": "Ready", "status": "False"}, {"type": "Stalled", "status": "True"}]}}));
        for (selector, chosen) in [
            ("Ready=False", true),
            ("ready=false", true),
            ("Ready!=True", true),
            ("Ready=True", false),
            ("STALLED=true", true),
            ("Stalled!=True", false),
            ("Reconciling=True", false),
            ("Reconciling!=True", true),
        ] {
            let selector: StatusSelector = selector.parse().unwrap();
            assert_eq!(
                selector.matches(&kustomize::KUSTOMIZATION, &stalled),
                chosen,
                "{selector:?}"
            );
        }
    }

    #[test]
    fn what_the_table_shows_is_what_is_compared() {
        let bare = object(json!({}));
        let oci = object(json!({"spec": {"type": "oci"}}));
        let ready: StatusSelector = "Ready=True".parse().unwrap();
        assert!(ready.matches(&source::HELM_REPOSITORY, &oci));
        assert!(ready.matches(&notification::ALERT, &bare));
        assert!(!ready.matches(&kustomize::KUSTOMIZATION, &bare));
        let not_failed: StatusSelector = "Ready=False".parse().unwrap();
        assert!(!not_failed.matches(&kustomize::KUSTOMIZATION, &bare));
    }

    #[test]
    fn a_filter_goes_by_what_the_table_shows() {
        let ready = |status: &str, suspend: bool| {
            object(json!({"spec": {"suspend": suspend},
                "status": {"conditions": [{"type": "Ready", "status": status}]}}))
        };
        let not_ready = StateFilter { not_ready: true, suspended: false };
        let suspended = StateFilter { not_ready: false, suspended: true };
        let both = StateFilter { not_ready: true, suspended: true };
        for (object, chosen) in [
            (ready("True", false), [true, false, false, false]),
            (ready("False", false), [true, true, false, false]),
            (ready("Unknown", true), [true, true, true, true]),
            (ready("True", true), [true, false, true, false]),
            (object(json!({})), [true, true, false, false]),
        ] {
            let filters = [StateFilter::default(), not_ready, suspended, both];
            let matches = filters.map(|filter| filter.matches(&kustomize::KUSTOMIZATION, &object));
            assert_eq!(matches, chosen, "{object:?}");
        }
    }

    #[test]
    fn refuses_what_is_no_selector() {
        for text in ["", "Ready", "=True", "Ready=", "!=True"] {
            assert!(text.parse::<StatusSelector>().is_err(), "{text}");
        }
    }
}
