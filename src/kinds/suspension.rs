//! How objects are suspended, what people note about it, and the patches that suspend and resume.

use std::fmt;

use kube::api::DynamicObject;
use serde_json::{Map, Value, json};

use super::ownership::field_controller;
use super::{Column, Kind, truth, view};

/// The annotation that tells people why an object is suspended. No controller looks at it.
pub const REASON: &str = "nigari-cli.github.io/suspended-reason";

/// The annotation that tells people until when, in RFC 3339. No controller looks at it: nothing resumes
/// by itself.
pub const UNTIL: &str = "nigari-cli.github.io/suspended-until";

/// How objects of a kind are suspended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Suspension {
    /// `spec.suspend: true`
    Field,
    /// An annotation with a value that means suspended, compared without case.
    Annotation(&'static str, &'static str),
    /// It cannot be suspended.
    None,
}

/// The column of kinds that are suspended by a field.
pub(super) const SUSPENDED: Column = Column {
    header: "SUSPENDED",
    cell: |object| truth(Suspension::Field.holds(object)).to_owned(),
};

impl Suspension {
    /// Whether an object is suspended in this way.
    #[must_use]
    pub fn holds(self, object: &DynamicObject) -> bool {
        match self {
            Self::Field => view::is_true(object, "/spec/suspend"),
            Self::Annotation(key, value) => {
                view::annotation(object, key).is_some_and(|given| given.eq_ignore_ascii_case(value))
            }
            Self::None => false,
        }
    }

    /// The path of the field that suspends.
    fn path(self) -> Vec<&'static str> {
        match self {
            Self::Field => vec!["spec", "suspend"],
            Self::Annotation(key, _) => vec!["metadata", "annotations", key],
            Self::None => Vec::new(),
        }
    }
}

/// What people noted about a suspension; empty when they noted nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Note {
    /// Why.
    pub reason: Option<String>,
    /// Until when, in RFC 3339.
    pub until: Option<String>,
}

impl Note {
    fn of(object: &DynamicObject) -> Self {
        let text = |key| view::annotation(object, key).map(str::to_owned);
        Self { reason: text(REASON), until: text(UNTIL) }
    }

    fn is_empty(&self) -> bool {
        self.reason.is_none() && self.until.is_none()
    }

    /// The annotations that say this instead of what `object` says: `null` removes what is left over.
    fn annotations(&self, object: &DynamicObject) -> Map<String, Value> {
        let live = Self::of(object);
        [(REASON, &self.reason, live.reason), (UNTIL, &self.until, live.until)]
            .into_iter()
            .filter(|(_, wanted, live)| *wanted != live)
            .map(|(key, wanted, _)| (key.to_owned(), json!(wanted)))
            .collect()
    }
}

/// What follows the word "suspended": ` until 2026-01-31T18:00:00Z: the database moves`.
impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(until) = &self.until {
            write!(f, " until {until}")?;
        }
        match &self.reason {
            Some(reason) => write!(f, ": {reason}"),
            None => Ok(()),
        }
    }
}

impl Kind {
    /// Whether an object of this kind is suspended.
    #[must_use]
    pub fn is_suspended(&self, object: &DynamicObject) -> bool {
        self.suspension.holds(object)
    }

    /// What people noted about the suspension of an object; nothing when it is not suspended.
    #[must_use]
    pub fn suspension_note(&self, object: &DynamicObject) -> Option<Note> {
        self.is_suspended(object).then(|| Note::of(object))
    }

    /// The merge patch that suspends an object and notes what is to be noted; nothing when that is so
    /// already. An empty note leaves that of a suspended object alone, and clears what an older suspension
    /// left behind.
    #[must_use]
    pub fn suspend_patch(&self, object: &DynamicObject, note: &Note) -> Option<Value> {
        let is_suspended = self.is_suspended(object);
        if is_suspended && note.is_empty() {
            return None;
        }
        let annotations = note.annotations(object);
        match is_suspended {
            true if annotations.is_empty() => None,
            true => Some(patch(annotations, None)),
            false => Some(self.suspension_patch(annotations, true)),
        }
    }

    /// The merge patch that resumes an object, removes the note, and adds `annotations`; nothing when the
    /// object is not suspended.
    ///
    /// The field is removed and not set to `false`, so that nobody owns it any more.
    #[must_use]
    pub fn resume_patch(
        &self,
        object: &DynamicObject,
        annotations: Map<String, Value>,
    ) -> Option<Value> {
        let mut all = Note::default().annotations(object);
        all.extend(annotations);
        self.is_suspended(object).then(|| self.suspension_patch(all, false))
    }

    fn suspension_patch(&self, mut annotations: Map<String, Value>, suspend: bool) -> Value {
        match self.suspension {
            Suspension::Field => patch(annotations, Some(suspend)),
            Suspension::Annotation(key, value) => {
                annotations.insert(key.to_owned(), json!(suspend.then_some(value)));
                patch(annotations, None)
            }
            Suspension::None => patch(annotations, None),
        }
    }

    /// The controller that applies from its own source whether an object is suspended, and so will undo
    /// what somebody else says about it.
    #[must_use]
    pub fn suspension_owner<'a>(&self, object: &'a DynamicObject) -> Option<&'a str> {
        field_controller(object, &self.suspension.path())
    }

    /// The command that resumes an object of this kind.
    #[must_use]
    pub fn resume_command(&self, namespace: &str, name: &str) -> String {
        format!("nigari resume {} {name} -n {namespace}", self.command_words())
    }
}

/// A merge patch; parts without content are left out.
fn patch(annotations: Map<String, Value>, suspend: Option<bool>) -> Value {
    let mut patch = json!({});
    if !annotations.is_empty() {
        patch["metadata"]["annotations"] = annotations.into();
    }
    if let Some(suspend) = suspend {
        patch["spec"]["suspend"] = json!(suspend.then_some(true));
    }
    patch
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kinds::artifact::ARTIFACT_GENERATOR;
    use crate::kinds::kustomize::KUSTOMIZATION;
    use crate::kinds::view::tests::object;

    fn note(reason: &str) -> Note {
        Note { reason: Some(reason.to_owned()), until: None }
    }

    fn with(suspended: bool, annotations: Value) -> DynamicObject {
        object(json!({
            "metadata": {"name": "apps", "namespace": "flux-system", "annotations": annotations},
            "spec": {"suspend": suspended},
        }))
    }

    #[test]
    fn what_is_suspended_already_is_not_written() {
        let plain = Note::default();
        let suspended = with(true, json!({REASON: "migration"}));
        assert_eq!(KUSTOMIZATION.suspend_patch(&suspended, &plain), None);
        assert_eq!(KUSTOMIZATION.suspend_patch(&suspended, &note("migration")), None);
        assert_eq!(
            KUSTOMIZATION.suspend_patch(&suspended, &note("incident")),
            Some(json!({"metadata": {"annotations": {REASON: "incident"}}}))
        );
    }

    #[test]
    fn a_new_suspension_does_not_keep_the_note_of_an_old_one() {
        let resumed = with(false, json!({REASON: "migration", UNTIL: "2026-01-01T00:00:00Z"}));
        assert_eq!(
            KUSTOMIZATION.suspend_patch(&resumed, &note("incident")),
            Some(json!({
                "metadata": {"annotations": {REASON: "incident", UNTIL: null}},
                "spec": {"suspend": true},
            }))
        );
        let never = with(false, json!({}));
        let plain = KUSTOMIZATION.suspend_patch(&never, &Note::default());
        assert_eq!(plain, Some(json!({"spec": {"suspend": true}})));
    }

    #[test]
    fn to_resume_is_to_give_the_field_up_and_to_take_the_note_off() {
        let suspended = with(true, json!({REASON: "migration"}));
        let request = Map::from_iter([("requestedAt".to_owned(), json!("now"))]);
        assert_eq!(
            KUSTOMIZATION.resume_patch(&suspended, request),
            Some(json!({
                "metadata": {"annotations": {REASON: null, "requestedAt": "now"}},
                "spec": {"suspend": null},
            }))
        );
        assert_eq!(KUSTOMIZATION.resume_patch(&with(false, json!({})), Map::new()), None);
    }

    #[test]
    fn a_kind_without_the_field_is_suspended_by_its_annotation() {
        let key = "source.extensions.fluxcd.io/reconcile";
        let going = object(json!({}));
        let patch = ARTIFACT_GENERATOR.suspend_patch(&going, &note("x"));
        let expected = json!({"metadata": {"annotations": {REASON: "x", key: "disabled"}}});
        assert_eq!(patch, Some(expected));
        let suspended = with(false, json!({key: "Disabled"}));
        assert_eq!(ARTIFACT_GENERATOR.suspend_patch(&suspended, &Note::default()), None);
        assert_eq!(
            ARTIFACT_GENERATOR.resume_patch(&suspended, Map::new()),
            Some(json!({"metadata": {"annotations": {key: null}}}))
        );
    }

    #[test]
    fn a_note_reads_on_after_the_word_suspended() {
        assert_eq!(Note::default().to_string(), "");
        assert_eq!(note("the database moves").to_string(), ": the database moves");
        let until = Some("2026-01-31T18:00:00Z".to_owned());
        let both = Note { until, ..note("why") };
        assert_eq!(both.to_string(), " until 2026-01-31T18:00:00Z: why");
    }

    #[test]
    fn whoever_applies_the_field_will_apply_it_again() {
        let owned = |manager: &str, operation: &str, fields: Value| {
            object(
                json!({"metadata": {"name": "apps", "namespace": "flux-system", "managedFields": [
                {"manager": manager, "operation": operation, "fieldsType": "FieldsV1",
                 "fieldsV1": fields}]}}),
            )
        };
        let suspend = json!({"f:spec": {"f:suspend": {}}});
        let git = owned("kustomize-controller", "Apply", suspend.clone());
        assert_eq!(KUSTOMIZATION.suspension_owner(&git), Some("kustomize-controller"));
        for other in [
            owned("nigari", "Update", suspend.clone()),
            owned("kubectl", "Apply", suspend),
            owned("kustomize-controller", "Apply", json!({"f:spec": {"f:path": {}}})),
            object(json!({})),
        ] {
            assert_eq!(KUSTOMIZATION.suspension_owner(&other), None);
        }
    }
}
