//! The plan and its readable form, held against each other and against the object.

use std::fmt;

use anyhow::Result;
use k8s_openapi::jiff::Timestamp;
use kube::api::DynamicObject;

use super::storage::{Content, Flaw, Form, Piece, put_together};
use super::summary::{Masking, Summary};
use super::{human, json};
use crate::digest::Digest;

/// The plan file of an object: what will be applied if nothing is planned again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredPlan {
    /// The uids of the Secrets that hold it, in order: they are others after every plan.
    pub uids: Vec<String>,
    /// The id under which it was saved.
    pub saved_plan: String,
    /// The digest of the plan file.
    pub digest: Digest,
    /// When it was saved.
    pub created: Option<Timestamp>,
    /// Whether it only stands for a plan that a remote backend has made: an approval applies whatever
    /// there is then.
    pub is_dummy: bool,
}

/// A plan in a form that can be shown.
#[derive(Clone, Debug)]
pub struct ReadablePlan {
    /// [`Form::Json`] or [`Form::Human`].
    pub form: Form,
    /// The id under which it was saved.
    pub saved_plan: String,
    /// When it was saved.
    pub created: Option<Timestamp>,
    /// The document or the text, as the controller stored it.
    pub content: Content,
}

impl ReadablePlan {
    /// What the plan would do.
    ///
    /// # Errors
    /// When the document cannot be read; no value of it is in the message.
    pub fn summary(&self, masking: Masking) -> Result<Summary> {
        match self.form {
            Form::Json => json::summary(self.content.bytes(), masking),
            Form::Binary | Form::Human => Ok(human::summary(self.content.bytes())),
        }
    }
}

/// Why there is nothing to show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// No plan waits.
    NoneWaits,
    /// What is stored is of another plan than the one that waits.
    NotPending {
        /// The id of what is stored.
        stored: String,
    },
    /// `spec.storeReadablePlan` does not ask for it.
    NotAskedFor,
    /// A remote backend has made the plan, and keeps it.
    Remote,
    /// What is stored makes no plan.
    Flawed {
        /// In which form it was looked for.
        form: Form,
        /// Why it makes none.
        flaw: Flaw,
    },
    /// It is of another plan than the one that is stored.
    OtherPlan {
        /// The id that it has.
        readable: String,
        /// The id that the plan has.
        plan: String,
    },
    /// It is older than the plan, and of the same id: it shows what would have been applied before.
    Older,
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoneWaits => write!(f, "no plan waits"),
            Self::NotPending { stored } => {
                write!(f, "what is stored is {stored}, which is not the plan that waits")
            }
            Self::NotAskedFor => {
                write!(f, "only the plan file is stored, and only OpenTofu can read it")
            }
            Self::Remote => write!(
                f,
                "a dummy plan is stored: the backend plans remotely, and what it plans is not in the cluster"
            ),
            Self::Flawed { form: Form::Json, flaw } => write!(f, "its JSON: {flaw}"),
            Self::Flawed { flaw, .. } => write!(f, "its text: {flaw}"),
            Self::OtherPlan { readable, plan } => {
                write!(
                    f,
                    "what is readable is of {readable}, and the plan that is stored is {plan}"
                )
            }
            Self::Older => write!(f, "what is readable is older than the plan that is stored"),
        }
    }
}

/// Everything that is stored of an object's plan.
#[derive(Clone, Debug)]
pub struct Stored {
    /// The plan file.
    pub plan: Result<StoredPlan, Flaw>,
    /// What can be shown of it.
    pub readable: Result<ReadablePlan, Unreadable>,
}

impl Stored {
    /// Puts together what the cluster has for `object`: the pieces of the plan file, and those of the
    /// readable form that its manifest asks for; or why they could not be had.
    #[must_use]
    pub fn new(
        object: &DynamicObject,
        binary: Result<Vec<Piece>, Flaw>,
        readable: Result<Vec<Piece>, Flaw>,
    ) -> Self {
        let uid = object.metadata.uid.as_deref().unwrap_or_default();
        let plan = binary.and_then(|pieces| put_together(pieces, uid)).map(|whole| StoredPlan {
            is_dummy: whole.is_dummy(),
            uids: whole.uids,
            saved_plan: whole.saved_plan,
            digest: whole.digest,
            created: whole.created,
        });
        let readable = match Form::readable(object) {
            _ if plan.as_ref().is_ok_and(|plan| plan.is_dummy) => Err(Unreadable::Remote),
            None => Err(Unreadable::NotAskedFor),
            Some(form) => readable
                .and_then(|pieces| put_together(pieces, uid))
                .map_err(|flaw| Unreadable::Flawed { form, flaw })
                .map(|whole| ReadablePlan {
                    form,
                    saved_plan: whole.saved_plan,
                    created: whole.created,
                    content: whole.content,
                })
                .and_then(|readable| belonging(readable, plan.as_ref().ok())),
        };
        Self { plan, readable }
    }

    /// The readable form of the plan with this id.
    ///
    /// # Errors
    /// Why there is nothing to show of it.
    pub fn of_pending(&self, pending: Option<&str>) -> Result<&ReadablePlan, Unreadable> {
        let Some(pending) = pending else { return Err(Unreadable::NoneWaits) };
        let plan = self.plan.as_ref().ok().map(|plan| &plan.saved_plan);
        let readable = self.readable.as_ref().ok().map(|readable| &readable.saved_plan);
        match plan.or(readable).filter(|stored| *stored != pending) {
            Some(stored) => Err(Unreadable::NotPending { stored: stored.clone() }),
            None => self.readable.as_ref().map_err(Clone::clone),
        }
    }
}

/// The readable plan, if it is the stored one's. The controller writes it after the plan file, and leaves it
/// where it is when the manifest asks for another form (`runner/server_save_tfplan.go`).
fn belonging(
    readable: ReadablePlan,
    plan: Option<&StoredPlan>,
) -> Result<ReadablePlan, Unreadable> {
    let Some(plan) = plan else { return Ok(readable) };
    if readable.saved_plan != plan.saved_plan {
        let (readable, plan) = (readable.saved_plan, plan.saved_plan.clone());
        return Err(Unreadable::OtherPlan { readable, plan });
    }
    match (readable.created, plan.created) {
        (Some(readable), Some(plan)) if readable < plan => Err(Unreadable::Older),
        _ => Ok(readable),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::storage::tests::{UID, whole_map, whole_secret};
    use super::*;
    use crate::kinds::view::tests::object;

    const PLAN: &str = "plan-main-b8e362c206";

    fn vpc(form: &str) -> DynamicObject {
        object(json!({
            "metadata": {"name": "vpc", "namespace": "infra", "uid": UID},
            "spec": {"storeReadablePlan": form},
        }))
    }

    fn unreadable(stored: Stored) -> String {
        stored.readable.unwrap_err().to_string()
    }

    #[test]
    fn a_readable_plan_goes_with_the_plan_of_its_id() {
        let stored = |plan| {
            Stored::new(
                &vpc("human"),
                Ok(vec![whole_secret(PLAN, b"tofu")]),
                Ok(vec![whole_map(plan, "text")]),
            )
        };
        let fitting = stored(PLAN);
        assert_eq!(fitting.plan.unwrap().digest, Digest::of(b"tofu"));
        assert_eq!(fitting.readable.unwrap().content.bytes(), b"text");
        assert_eq!(
            unreadable(stored("plan-main-0000000000")),
            "what is readable is of plan-main-0000000000, and the plan that is stored is \
             plan-main-b8e362c206"
        );
    }

    #[test]
    fn only_the_plan_that_waits_is_shown() {
        let binary = || Ok(vec![whole_secret(PLAN, b"tofu")]);
        let stored = Stored::new(&vpc("human"), binary(), Ok(vec![whole_map(PLAN, "text")]));
        assert!(stored.of_pending(Some(PLAN)).is_ok());
        assert_eq!(stored.of_pending(None).unwrap_err(), Unreadable::NoneWaits);
        let other = Unreadable::NotPending { stored: PLAN.to_owned() };
        assert_eq!(stored.of_pending(Some("plan-main-0000000000")).unwrap_err(), other);
        let alone = Stored::new(&vpc("human"), Ok(vec![]), Ok(vec![whole_map(PLAN, "text")]));
        assert!(alone.of_pending(Some(PLAN)).is_ok());
        assert_eq!(alone.of_pending(Some("plan-main-0000000000")).unwrap_err(), other);
    }

    #[test]
    fn an_older_text_of_the_same_id_shows_another_plan() {
        let mut plan = whole_secret(PLAN, b"tofu");
        plan.created_at("2026-01-31T12:00:01Z");
        let stored = Stored::new(&vpc("human"), Ok(vec![plan]), Ok(vec![whole_map(PLAN, "text")]));
        assert_eq!(stored.readable.unwrap_err(), Unreadable::Older);
    }

    #[test]
    fn what_cannot_be_shown_says_why() {
        let binary = || Ok(vec![whole_secret(PLAN, b"tofu")]);
        let none = Stored::new(&vpc("none"), binary(), Ok(vec![]));
        assert_eq!(none.readable.unwrap_err(), Unreadable::NotAskedFor);
        let dummy =
            Stored::new(&vpc("human"), Ok(vec![whole_secret(PLAN, b"dummy plan")]), Ok(vec![]));
        assert_eq!(dummy.readable.unwrap_err(), Unreadable::Remote);
        let missing = Stored::new(&vpc("json"), binary(), Ok(vec![]));
        assert_eq!(unreadable(missing), "its JSON: nothing is stored");
        let gone = Stored::new(&vpc("human"), Ok(vec![]), Ok(vec![whole_map(PLAN, "text")]));
        assert_eq!(gone.plan.unwrap_err(), Flaw::Absent);
        assert!(gone.readable.is_ok());
    }
}
