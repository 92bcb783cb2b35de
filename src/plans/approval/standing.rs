//! The approval that an object has already: what `spec.approvePlan` stands for.

use anyhow::{Result, anyhow};
use kube::api::DynamicObject;

use crate::error::{Class, Explain as _};
use crate::kinds::ObjectRef;
use crate::kinds::plan::{Approval, PlanState};
use crate::kinds::terraform::TERRAFORM;

/// What `spec.approvePlan` stands for, as far as another approval is concerned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Each plan waits for a person.
    Manual,
    /// Every plan is applied, seen or not.
    Auto,
    /// Nothing is planned, drift is told.
    DriftOnly,
    /// The plans of this id are approved: also those of other content, until somebody takes it back.
    Armed(String),
    /// A part of an id: it is planned again and again, and never applied.
    Part(String),
}

impl From<Approval<'_>> for Standing {
    fn from(approval: Approval<'_>) -> Self {
        match approval {
            Approval::None => Self::Manual,
            Approval::Automatic => Self::Auto,
            Approval::DriftOnly => Self::DriftOnly,
            Approval::Prefix(part) => Self::Part(part.to_owned()),
            Approval::Pending(id)
            | Approval::Spent(id)
            | Approval::Standing(id)
            | Approval::Stale(id) => Self::Armed(id.to_owned()),
        }
    }
}

impl Standing {
    /// What is written, when it is something that a person wrote for one plan: an id, or a part of one.
    #[must_use]
    pub fn approval(&self) -> Option<&str> {
        match self {
            Self::Armed(approval) | Self::Part(approval) => Some(approval),
            Self::Manual | Self::Auto | Self::DriftOnly => None,
        }
    }
}

/// Refuses to write the spec of an object with an approval that stands: what is planned then would be applied
/// unseen. Objects of other kinds have none.
///
/// # Errors
/// [`Class::Conflict`], with the command that takes the approval back.
pub fn refuse_armed(object: &DynamicObject) -> Result<()> {
    let Some(id) = PlanState::of(object).approval.armed() else { return Ok(()) };
    let target = ObjectRef::of(&TERRAFORM, object);
    let ObjectRef { namespace, name, .. } = &target;
    Err(anyhow!(
        "an approval of {id} stands at {target}, and would let what is planned then through unseen"
    )
    .class(Class::Conflict)
    .hint(format!("nigari plan disarm {name} -n {namespace}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_lets_an_id_through_is_armed() {
        let id = "plan-main-b8e362c206";
        for approval in [
            Approval::Pending(id),
            Approval::Spent(id),
            Approval::Standing(id),
            Approval::Stale(id),
        ] {
            assert_eq!(Standing::from(approval), Standing::Armed(id.to_owned()));
        }
        assert_eq!(Standing::from(Approval::Prefix("plan")).approval(), Some("plan"));
        for approval in [Approval::None, Approval::Automatic, Approval::DriftOnly] {
            assert_eq!(Standing::from(approval).approval(), None);
        }
    }
}
