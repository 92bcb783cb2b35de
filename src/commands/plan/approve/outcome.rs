//! Whether what came of an approval is what was reviewed.

use anyhow::{Result, anyhow};

use crate::commands::plan::reviewed::Reviewed;
use crate::error::{Class, Explain as _};
use crate::plans::approval::Outcome;
use crate::plans::approval::snapshot::summary_of;
use crate::plans::summary::Comparison;

/// Holds the plan that is applied against the one that was reviewed.
pub(super) async fn compare(reviewed: &Reviewed<'_>) -> Result<Comparison, String> {
    let now = reviewed.desk.stored().await.map_err(|error| format!("{error:#}"))?;
    let before = reviewed.review.snapshot.summary.as_ref().map_err(Clone::clone)?;
    let plan = now.plan.as_ref().map_err(ToString::to_string)?;
    if plan.saved_plan != reviewed.plan() {
        return Err(format!("what is stored now is {}", plan.saved_plan));
    }
    Ok(before.compare(&summary_of(&now)?))
}

/// What came of an approval: how it ended, and whether what was planned under it was what was reviewed.
pub(super) fn judge(
    reviewed: &Reviewed<'_>,
    outcome: &Outcome,
    compared: Option<Result<Comparison, String>>,
) -> Result<String> {
    let (target, plan) = (reviewed.desk.target(), reviewed.plan());
    let words = format!("{target}: {}", outcome.words(&plan));
    let difference = match &compared {
        Some(Ok(Comparison::Differs(parts))) => {
            Some(format!("it treats differently: {}", parts.join(", ")))
        }
        Some(Ok(Comparison::Incomparable)) => {
            Some("it is stored in another form, so that nobody can compare it".to_owned())
        }
        Some(Err(why)) if reviewed.review.snapshot.summary.is_ok() => {
            Some(format!("it could not be compared: {why}"))
        }
        _ => None,
    };
    match (outcome.class(), difference, compared) {
        (None, None, Some(Ok(_))) => Ok(format!("{words}, as reviewed")),
        (None, None, _) => Ok(format!("{words}; nobody could compare it with what was reviewed")),
        (Some(class), None, _) => Err(anyhow!(words).class(class)),
        (_, Some(difference), _) => {
            let words =
                format!("{words}; what was planned under the approval is not what was reviewed");
            Err(anyhow!(difference).context(words).class(Class::Conflict))
        }
    }
}
