//! Why a plan cannot be approved.

use std::fmt;

use super::identity::hash_digits;
use super::snapshot::Snapshot;
use super::standing::Standing;
use crate::error::Class;
use crate::kinds::terraform::TERRAFORM;

/// Why a plan cannot be approved. The text completes "it cannot be approved: …".
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The object is being deleted.
    Deleted,
    /// nigari has suspended it for an approval that has not come to its end.
    Frozen(String),
    /// Somebody has suspended it.
    Suspended,
    /// A controller applies `spec.suspend` from its own source, and would end the pause that the approval
    /// needs.
    SuspensionOwned(String),
    /// `spec.planOnly`
    PlanOnly,
    /// `spec.force`
    Forced,
    /// `spec.approvePlan` has something already: every trigger plans again under the same id.
    Approved(Standing),
    /// An apply has begun and not ended, or nobody is there any more to end it.
    Applying,
    /// Nothing waits.
    NothingPending,
    /// The plan is of an older spec.
    OldSpec {
        /// The generation that was planned.
        planned: i64,
        /// The generation that there is.
        now: i64,
    },
    /// The controller does not tell which spec it has planned, and the spec was written after that.
    SpecWritten,
    /// There is no source, or it has nothing.
    NoSource,
    /// The source has moved on.
    SourceMoved {
        /// The revision that was planned.
        planned: String,
        /// The revision that there is.
        now: String,
    },
    /// Something that goes into the plan was written after it.
    InputWritten(String),
    /// The plan file is missing or broken.
    NoPlan(String),
    /// What is stored is another plan than the one that waits.
    OtherPlan(String),
    /// The id says nothing about the revision: the next one would have it too.
    BlindId,
    /// There is nothing to review, and nothing to compare with afterwards.
    Unreadable(String),
}

/// The first reason for which the plan that waits cannot be approved. With `unverified` it need not be
/// readable.
#[must_use]
pub fn refusal(seen: &Snapshot, unverified: bool) -> Option<Refusal> {
    of_object(seen).or_else(|| of_plan(seen)).or_else(|| match &seen.summary {
        Err(why) if !unverified => Some(Refusal::Unreadable(why.clone())),
        _ => None,
    })
}

/// What about the object forbids it.
fn of_object(seen: &Snapshot) -> Option<Refusal> {
    let is_suspended = seen.suspend == Some(true);
    let plan = seen.frozen_for.clone().filter(|_| is_suspended);
    Some(match (&seen.standing, plan, &seen.suspension_owner) {
        _ if seen.is_deleted => Refusal::Deleted,
        (_, Some(plan), _) => Refusal::Frozen(plan),
        _ if is_suspended => Refusal::Suspended,
        (_, _, Some(owner)) => Refusal::SuspensionOwned(owner.clone()),
        _ if seen.is_forced => Refusal::Forced,
        _ if seen.is_plan_only => Refusal::PlanOnly,
        (Standing::Manual, ..) if seen.is_applying => Refusal::Applying,
        (Standing::Manual, ..) => return None,
        (standing, ..) => Refusal::Approved(standing.clone()),
    })
}

/// What about the plan forbids it.
fn of_plan(seen: &Snapshot) -> Option<Refusal> {
    let Some(pending) = &seen.pending else { return Some(Refusal::NothingPending) };
    match seen.planned_generation {
        Some(planned) if planned != seen.generation => {
            return Some(Refusal::OldSpec { planned, now: seen.generation });
        }
        None if is_spec_later(seen) => return Some(Refusal::SpecWritten),
        _ => {}
    }
    match &seen.source.revision {
        None => return Some(Refusal::NoSource),
        Some(now) if *now != seen.planned_revision => {
            let (planned, now) = (seen.planned_revision.clone(), now.clone());
            return Some(Refusal::SourceMoved { planned, now });
        }
        Some(_) => {}
    }
    if let Some(input) = seen.later_input() {
        return Some(Refusal::InputWritten(input.object.to_string()));
    }
    match &seen.plan {
        Err(flaw) => Some(Refusal::NoPlan(flaw.clone())),
        Ok(plan) if plan.saved_plan != *pending => {
            Some(Refusal::OtherPlan(plan.saved_plan.clone()))
        }
        Ok(_) if hash_digits(&seen.planned_revision) == 0 => Some(Refusal::BlindId),
        Ok(_) => None,
    }
}

fn is_spec_later(seen: &Snapshot) -> bool {
    let planned_at = seen.planned_at.parse().ok();
    matches!((seen.spec_written_at, planned_at), (Some(written), Some(planned)) if written > planned)
}

/// The fewest digits of an id that leave no doubt about its revision.
const ENOUGH_DIGITS: usize = 10;

/// What to know about a plan that can be approved.
#[must_use]
pub fn doubts(seen: &Snapshot) -> Vec<String> {
    let mut doubts = Vec::new();
    let digits = hash_digits(&seen.planned_revision);
    if digits < ENOUGH_DIGITS {
        doubts.push(format!(
            "the id has only {digits} digits of the revision's hash: another revision can have the same id"
        ));
    }
    if seen.planned_generation.is_none() {
        doubts.push(
            "this tofu-controller is older than v0.16.4 and does not tell which spec it has planned"
                .to_owned(),
        );
    }
    doubts
}

impl Refusal {
    /// What the refusal means to whoever asked.
    #[must_use]
    pub fn class(&self) -> Class {
        match self {
            Self::Deleted
            | Self::Suspended
            | Self::PlanOnly
            | Self::NothingPending
            | Self::Unreadable(_)
            | Self::BlindId => Class::Failed,
            Self::Frozen(_)
            | Self::SuspensionOwned(_)
            | Self::Forced
            | Self::Approved(_)
            | Self::Applying
            | Self::OldSpec { .. }
            | Self::SpecWritten
            | Self::NoSource
            | Self::SourceMoved { .. }
            | Self::InputWritten(_)
            | Self::NoPlan(_)
            | Self::OtherPlan(_) => Class::Conflict,
        }
    }

    /// The command or flag that helps, for the object of this name; nothing where none does.
    #[must_use]
    pub fn hint(&self, namespace: &str, name: &str) -> Option<String> {
        let command = |verb: &str| Some(format!("nigari plan {verb} {name} -n {namespace}"));
        match self {
            Self::Frozen(_) | Self::Approved(Standing::Armed(_) | Standing::Part(_)) => {
                command("disarm")
            }
            Self::Suspended => Some(TERRAFORM.resume_command(namespace, name)),
            Self::OldSpec { .. }
            | Self::SpecWritten
            | Self::SourceMoved { .. }
            | Self::InputWritten(_)
            | Self::NoPlan(_)
            | Self::OtherPlan(_)
            | Self::NothingPending => command("new"),
            Self::Unreadable(_) => Some(format!(
                "nigari plan show {name} -n {namespace} --enable-readable, or approve it unseen with --unverified"
            )),
            _ => None,
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Deleted => write!(f, "it is being deleted"),
            Self::Frozen(plan) => {
                write!(
                    f,
                    "it is still suspended by an approval of {plan} that did not come to its end"
                )
            }
            Self::Suspended => write!(f, "it is suspended"),
            Self::SuspensionOwned(owner) => write!(
                f,
                "{owner} applies spec.suspend from its own source, and an approval needs a pause that \
                 nobody else ends"
            ),
            Self::PlanOnly => write!(f, "spec.planOnly is true: nothing is ever applied"),
            Self::Forced => write!(f, "spec.force is true: everything is applied without approval"),
            Self::Approved(Standing::Auto) => {
                write!(f, "spec.approvePlan is auto: every plan is applied without approval")
            }
            Self::Approved(Standing::DriftOnly) => {
                write!(f, "spec.approvePlan is disable: nothing is planned, drift is only told")
            }
            Self::Approved(Standing::Part(part)) => write!(
                f,
                "spec.approvePlan is {part}, which is no whole id: it is planned again and again, and never \
                 applied"
            ),
            Self::Approved(standing) => write!(
                f,
                "it is armed: an approval of {} stands, and covers whatever is planned under that id",
                standing.approval().unwrap_or_default()
            ),
            Self::Applying => {
                write!(
                    f,
                    "an apply has begun and not ended; if no runner is there any more, it never will"
                )
            }
            Self::NothingPending => write!(f, "no plan waits"),
            Self::OldSpec { planned, now } => {
                write!(f, "the plan is of generation {planned}, and the spec is at {now}")
            }
            Self::SpecWritten => write!(f, "the spec was written after the plan was made"),
            Self::NoSource => write!(f, "its source has no artifact"),
            Self::SourceMoved { planned, now } => {
                write!(f, "the plan is of {planned}, and the source is at {now}")
            }
            Self::InputWritten(input) => write!(f, "{input} was written after the plan was made"),
            Self::NoPlan(flaw) => write!(f, "its plan cannot be had: {flaw}"),
            Self::OtherPlan(saved) => write!(f, "what is stored is {saved}"),
            Self::BlindId => write!(
                f,
                "the id has no digit of the revision's hash, so that an approval would cover every revision; \
                 name the tag or branch of the source without an @"
            ),
            Self::Unreadable(why) => write!(
                f,
                "nobody can review it, and nobody can compare it with what is applied: {why}"
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::snapshot::tests::{input, snapshot};
    use super::super::snapshot::{Input, Source};
    use super::*;

    #[track_caller]
    fn expect(change: impl Fn(&mut Snapshot), code: u8, words: &str) {
        let mut seen = snapshot();
        change(&mut seen);
        let refusal = refusal(&seen, false).expect("a refusal");
        assert_eq!((refusal.class().exit_code(), refusal.to_string().as_str()), (code, words));
    }

    #[test]
    fn what_can_be_approved_is_not_refused() {
        assert_eq!(refusal(&snapshot(), false), None);
        let old = Snapshot { planned_generation: None, ..snapshot() };
        assert_eq!(refusal(&old, false), None);
        assert_eq!(doubts(&old).len(), 1);
        assert_eq!(doubts(&snapshot()), [""; 0]);
    }

    #[test]
    fn the_object_can_forbid_it() {
        expect(|seen| seen.is_deleted = true, 1, "it is being deleted");
        expect(|seen| seen.suspend = Some(true), 1, "it is suspended");
        expect(
            |seen| {
                seen.suspend = Some(true);
                seen.frozen_for = Some("plan-a".to_owned());
            },
            7,
            "it is still suspended by an approval of plan-a that did not come to its end",
        );
        expect(
            |seen| seen.suspension_owner = Some("kustomize-controller".to_owned()),
            7,
            "kustomize-controller applies spec.suspend from its own source, and an approval needs a pause that \
             nobody else ends",
        );
        expect(
            |seen| seen.is_plan_only = true,
            1,
            "spec.planOnly is true: nothing is ever applied",
        );
        expect(
            |seen| seen.is_forced = true,
            7,
            "spec.force is true: everything is applied without approval",
        );
        expect(
            |seen| seen.is_applying = true,
            7,
            "an apply has begun and not ended; if no runner is there any more, it never will",
        );
    }

    #[test]
    fn what_stands_already_forbids_it() {
        for (standing, words) in [
            (Standing::Auto, "spec.approvePlan is auto: every plan is applied without approval"),
            (
                Standing::DriftOnly,
                "spec.approvePlan is disable: nothing is planned, drift is only told",
            ),
            (
                Standing::Armed("plan-a".to_owned()),
                "it is armed: an approval of plan-a stands, and covers whatever is planned under that id",
            ),
            (
                Standing::Part("plan".to_owned()),
                "spec.approvePlan is plan, which is no whole id: it is planned again and again, and never \
                 applied",
            ),
        ] {
            expect(|seen| seen.standing = standing.clone(), 7, words);
        }
    }

    #[test]
    fn the_plan_can_forbid_it() {
        expect(|seen| seen.pending = None, 1, "no plan waits");
        expect(
            |seen| seen.planned_generation = Some(2),
            7,
            "the plan is of generation 2, and the spec is at 3",
        );
        expect(
            |seen| {
                seen.planned_generation = None;
                seen.spec_written_at = "2026-01-31T12:00:01Z".parse().ok();
            },
            7,
            "the spec was written after the plan was made",
        );
        expect(|seen| seen.source = Source::default(), 7, "its source has no artifact");
        expect(
            |seen| seen.source.revision = Some("main@sha1:0000".to_owned()),
            7,
            "the plan is of main@sha1:b8e362c206e3d0cbb7ed22ced771a0056455a2fb, and the source is at \
             main@sha1:0000",
        );
        let later = "2026-01-31T12:00:01Z".parse().ok();
        expect(
            |seen| seen.inputs = vec![Input { written_at: later, ..input("1") }],
            7,
            "ConfigMap infra/input was written after the plan was made",
        );
        expect(
            |seen| seen.plan = Err("nothing is stored".to_owned()),
            7,
            "its plan cannot be had: nothing is stored",
        );
        expect(
            |seen| seen.plan.as_mut().unwrap().saved_plan = "plan-b".to_owned(),
            7,
            "what is stored is plan-b",
        );
    }

    #[test]
    fn an_id_without_a_digit_covers_every_revision() {
        let blind = "pkg@1.2.3@sha1:b8e362c206e3";
        let mut seen = snapshot();
        seen.planned_revision = blind.to_owned();
        seen.source.revision = Some(blind.to_owned());
        assert_eq!(refusal(&seen, true), Some(Refusal::BlindId));
        let few = "sha256:b8e362c206e3";
        seen.planned_revision = few.to_owned();
        seen.source.revision = Some(few.to_owned());
        assert_eq!(refusal(&seen, true), None);
        assert!(doubts(&seen)[0].contains("only 3 digits"), "{:?}", doubts(&seen));
    }

    #[test]
    fn what_nobody_can_read_is_only_approved_on_request() {
        let unseen = Snapshot { summary: Err("it is a dummy".to_owned()), ..snapshot() };
        let refused = refusal(&unseen, false).unwrap();
        assert_eq!(refused.class(), Class::Failed);
        assert!(refused.to_string().ends_with("what is applied: it is a dummy"));
        assert_eq!(refusal(&unseen, true), None);
    }
}
