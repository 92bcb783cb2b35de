//! A plan as it was reviewed, and how it is shown before somebody is asked about it.

use anyhow::Error;

use crate::cluster::approval::{Approvals, Review};
use crate::error::{Class, Explain as _};
use crate::plans::summary::Summary;

/// Changes that are named before somebody is asked; `plan show` names all.
const SHOWN: usize = 20;

/// A plan that was reviewed.
pub(super) struct Reviewed<'a> {
    pub(super) desk: Approvals<'a>,
    pub(super) review: Review,
}

impl Reviewed<'_> {
    /// The id of the plan that was reviewed.
    pub(super) fn plan(&self) -> String {
        waiting(&self.review)
    }

    /// An error that ends in another review.
    pub(super) fn again(&self, error: Error) -> Error {
        let target = self.desk.target();
        let show = format!("nigari plan show {} -n {}", target.name, target.namespace);
        error.class(Class::Conflict).hint(format!("review it again: {show}"))
    }
}

/// The id of the plan that waits.
fn waiting(review: &Review) -> String {
    review.snapshot.pending.clone().unwrap_or_default()
}

/// What there is to know before a plan is approved: which it is, what it does, and its digest.
pub(super) fn described(review: &Review) -> String {
    let seen = &review.snapshot;
    let destroys = if seen.is_destroy { ", which destroys everything" } else { "" };
    let mut lines = vec![format!(
        "{}: {} of {}, planned at {}{destroys}",
        seen.object,
        waiting(review),
        seen.planned_revision,
        seen.planned_at
    )];
    match &seen.summary {
        Ok(summary) => lines.extend(changes(summary)),
        Err(why) => lines.push(format!("    what it does is not known: {why}")),
    }
    if let Ok(plan) = &seen.plan {
        lines.push(format!("    digest {}", plan.digest));
    }
    lines.join("\n")
}

fn changes(summary: &Summary) -> Vec<String> {
    let counts = summary.counts.map(|counts| format!("    {counts}"));
    let mut lines: Vec<_> = counts.into_iter().collect();
    let all = summary.changes.iter();
    let all: Vec<_> =
        all.map(|change| format!("    {:>3} {}", change.action.symbol(), change.address)).collect();
    lines.extend(all.iter().take(SHOWN).cloned());
    if all.len() > SHOWN {
        lines.push(format!("    and {} more, shown by: nigari plan show", all.len() - SHOWN));
    }
    if !summary.outputs.is_empty() {
        let names: Vec<_> = summary.outputs.iter().map(|output| output.address.as_str()).collect();
        lines.push(format!("    outputs that change: {}", names.join(", ")));
    }
    if summary.is_incomplete {
        lines.push("    planning failed half-way: this is not all of it".to_owned());
    }
    lines
}
