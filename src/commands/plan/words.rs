//! The state of a plan in words.

use crate::kinds::plan::{Approval, Lock, Phase, PlanState};

/// What stands under STATE.
pub(super) fn cell(state: &PlanState<'_>) -> String {
    let mut cell = state.phase.words().to_owned();
    let mut note = |note: &str| {
        if !cell.is_empty() {
            cell.push_str(", ");
        }
        cell.push_str(note);
    };
    if state.is_destroy && !matches!(state.phase, Phase::Applied | Phase::NoChanges) {
        note("destroys all");
    }
    if state.is_plan_only {
        note("plan only");
    }
    if state.is_suspended {
        note("suspended");
    }
    cell
}

/// What stands under APPROVAL: what lets a plan through that nobody looks at is `armed`.
pub(super) const fn approval_cell(approval: Approval<'_>) -> &'static str {
    match approval {
        Approval::None => "",
        Approval::Automatic => "auto",
        Approval::DriftOnly => "drift only",
        Approval::Pending(_) => "approved",
        Approval::Spent(_) => "armed (spent)",
        Approval::Standing(_) => "armed",
        Approval::Stale(_) => "left over",
        Approval::Prefix(_) => "incomplete",
    }
}

/// What happens, or what is waited for, in a sentence without its subject.
pub(super) fn sentence(state: &PlanState<'_>) -> String {
    let plan = state.pending.map(|id| format!("plan {id}")).unwrap_or_default();
    let sentence = match state.phase {
        Phase::Deleting => "it is being deleted".to_owned(),
        Phase::Locked => locked(state.lock.as_ref()),
        Phase::Applying => "a plan is being applied".to_owned(),
        Phase::Planning => "a plan is being made".to_owned(),
        Phase::Pending if state.is_plan_only => {
            format!("{plan} was made to be looked at (spec.planOnly)")
        }
        Phase::Pending if state.is_destroy => {
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
    if state.is_suspended { sentence + "; it is suspended" } else { sentence }
}

fn locked(lock: Option<&Lock>) -> String {
    let holder = lock.and_then(|lock| lock.holder.as_deref());
    let operation = lock.and_then(|lock| lock.operation.as_deref());
    let created = lock.and_then(|lock| lock.created);
    let id = lock.map(|lock| lock.id.as_str()).filter(|id| !id.is_empty());
    let mut text = "its state is locked".to_owned();
    for (word, value) in [
        ("by", holder.map(str::to_owned)),
        ("for", operation.map(str::to_owned)),
        ("since", created.map(|created| created.to_string())),
        ("with lock id", id.map(str::to_owned)),
    ] {
        if let Some(value) = value {
            text.push_str(&format!(" {word} {value}"));
        }
    }
    text
}

/// What the approval in the manifest lets through, in a sentence; nothing where there is none.
pub(super) fn approval_sentence(approval: Approval<'_>) -> Option<String> {
    Some(match approval {
        Approval::None => return None,
        Approval::Automatic => "every plan is applied without being approved".to_owned(),
        Approval::DriftOnly => {
            "nothing is planned: spec.approvePlan only looks for drift".to_owned()
        }
        Approval::Pending(id) => {
            format!("{id} is approved, and with it every later plan of its revision")
        }
        Approval::Spent(id) => format!(
            "armed: {id} was applied, and its approval was never taken back; every later plan of its revision \
             is applied unseen"
        ),
        Approval::Standing(id) => {
            format!("armed: {id} is approved; the next plan of its revision is applied unseen")
        }
        Approval::Stale(id) => {
            format!(
                "left over: {id} is approved; if its revision comes back, its plan is applied unseen"
            )
        }
        Approval::Prefix(id) => {
            format!(
                "{id:?} approves nothing: it is the beginning of the id, and only the whole id counts"
            )
        }
    })
}
