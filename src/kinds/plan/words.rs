//! The state of a plan in words.

use std::fmt;

use super::{Approval, Lock, Phase, PlanState};

impl PlanState<'_> {
    /// The state as a cell of a table: `pending, destroys all`.
    #[must_use]
    pub fn in_short(&self) -> String {
        let is_over = matches!(self.phase, Phase::Applied | Phase::NoChanges);
        let parts = [
            (true, self.phase.words()),
            (self.is_destroy && !is_over, "destroys all"),
            (self.is_plan_only, "plan only"),
        ];
        let told = parts.into_iter().filter(|(is_told, words)| *is_told && !words.is_empty());
        told.map(|(_, words)| words).collect::<Vec<_>>().join(", ")
    }

    /// What happens, or what is waited for: a sentence without its subject.
    #[must_use]
    pub fn sentence(&self) -> String {
        let plan = self.pending.map(|id| format!("plan {id}")).unwrap_or_default();
        let sentence = match self.phase {
            Phase::Deleting => "it is being deleted".to_owned(),
            Phase::Locked => self.lock.as_ref().map(Lock::to_string).unwrap_or_default(),
            Phase::Applying => "a plan is being applied".to_owned(),
            Phase::Planning => "a plan is being made".to_owned(),
            Phase::Pending if self.is_plan_only => {
                format!("{plan} was made to be looked at (spec.planOnly)")
            }
            Phase::Pending if self.is_destroy => {
                format!("{plan} waits for approval, and destroys everything")
            }
            Phase::Pending => format!("{plan} waits for approval"),
            Phase::Approved => format!("{plan} is approved, and about to be applied"),
            Phase::Outdated => format!("{plan} is of an older generation, and is made again"),
            Phase::Drifted => "what is there has drifted, and no plan is made of that".to_owned(),
            Phase::ApplyFailed => "the last apply failed, and no plan waits".to_owned(),
            Phase::NoChanges => "there is nothing to change".to_owned(),
            Phase::Applied => "the last plan was applied, and no other waits".to_owned(),
            Phase::Other => "no plan waits".to_owned(),
        };
        if self.is_suspended { sentence + "; it is suspended" } else { sentence }
    }
}

impl Approval<'_> {
    /// What it lets through, in a word or two: what nobody would look at is `armed`.
    #[must_use]
    pub const fn in_short(self) -> &'static str {
        match self {
            Self::None => "",
            Self::Automatic => "auto",
            Self::DriftOnly => "drift only",
            Self::Pending(_) => "approved",
            Self::Spent(_) => "armed (spent)",
            Self::Standing(_) => "armed",
            Self::Stale(_) => "approval left over",
            Self::Prefix(_) => "approval incomplete",
        }
    }

    /// What it lets through, in a sentence; nothing where there is no approval.
    #[must_use]
    pub fn sentence(self) -> Option<String> {
        Some(match self {
            Self::None => return None,
            Self::Automatic => "every plan is applied without being approved".to_owned(),
            Self::DriftOnly => {
                "nothing is planned: spec.approvePlan only looks for drift".to_owned()
            }
            Self::Pending(id) => {
                format!("{id} is approved, and with it every later plan of its revision")
            }
            Self::Spent(id) => format!(
                "armed: {id} was applied, and its approval was never taken back; every later plan of its \
                 revision is applied unseen"
            ),
            Self::Standing(id) => {
                format!("armed: {id} is approved; the next plan of its revision is applied unseen")
            }
            Self::Stale(id) => format!(
                "left over: {id} is approved; if its revision comes back, its plan is applied unseen"
            ),
            Self::Prefix(id) => format!(
                "{id:?} approves nothing: it is the beginning of the id, and only the whole id counts"
            ),
        })
    }
}

/// The command that shows a plan to whoever has to decide about it.
#[must_use]
pub fn review_command(namespace: &str, name: &str) -> String {
    format!("nigari plan show {name} -n {namespace}")
}

/// `its state is locked by runner@vpc-tf-runner for OperationTypeApply since 2026-01-31T12:00:00Z (lock 9db5)`
impl fmt::Display for Lock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("its state is locked")?;
        let created = self.created.map(|created| created.to_string());
        let details = [("by", &self.holder), ("for", &self.operation), ("since", &created)];
        for (word, detail) in details {
            if let Some(detail) = detail {
                write!(f, " {word} {detail}")?;
            }
        }
        match self.id.as_str() {
            "" => Ok(()),
            id => write!(f, " (lock {id})"),
        }
    }
}
