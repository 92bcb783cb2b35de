//! What visits come to, and which of several findings explains the most; pure values.

use super::health::{Health, State as Condition};
use super::report::{Cause, Fault, Relation, Step, one_line};
use super::subject::Subject;
use crate::kinds::readiness::LOCK_HELD;

/// What a visit to an object came to.
#[derive(Clone, Debug)]
pub(super) enum Finding {
    /// Nothing is wrong with it.
    Fine,
    /// It was ready when it was suspended; what is noted about that.
    Idle(String),
    /// It cannot be said before more is read.
    Pending,
    /// It cannot be seen.
    Hidden,
    /// Something holds it up.
    Held(Box<Held>),
}

/// What holds an object up.
#[derive(Clone, Debug)]
pub(super) struct Held {
    pub(super) rank: Rank,
    pub(super) cause: Cause,
    /// From the object to the cause.
    pub(super) chain: Vec<Step>,
    /// Causes that were met on the way and are not the deepest.
    pub(super) others: Vec<Cause>,
}

/// How much a finding explains, besides how deep it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Rank {
    /// It was ready when it was suspended.
    Idle,
    /// It may just need time.
    Busy,
    /// It needs somebody.
    Broken,
    /// It can never end by itself.
    Deadlock,
}

impl Held {
    /// An object whose own words are the cause.
    pub(super) fn own(cause: Cause, words: &str) -> Box<Self> {
        let rank = match cause.fault {
            Fault::Busy => Rank::Busy,
            Fault::Cycle => Rank::Deadlock,
            _ => Rank::Broken,
        };
        let step = Step { relation: None, subject: cause.subject.clone(), words: words.to_owned() };
        Box::new(Self { rank, cause, chain: vec![step], others: Vec::new() })
    }

    /// The same cause, seen from the object that it holds up.
    pub(super) fn below(
        mut self: Box<Self>,
        subject: &Subject,
        words: &str,
        relation: Relation,
    ) -> Box<Self> {
        if let Some(first) = self.chain.first_mut() {
            first.relation = Some(relation);
        }
        let step = Step { relation: None, subject: subject.clone(), words: words.to_owned() };
        self.chain.insert(0, step);
        self
    }

    fn weight(&self) -> (Rank, usize) {
        (self.rank, self.chain.len())
    }

    /// Whether the object itself is not there.
    pub(super) fn is_missing(&self) -> bool {
        self.cause.fault == Fault::Missing && self.chain.len() == 1
    }
}

/// The deepest of several findings.
#[derive(Debug)]
pub(super) enum Worst {
    None,
    Pending,
    Held(Box<Held>, Relation),
}

impl Worst {
    /// The deeper of two; what is not known yet may be deeper than anything. The first of equals stays.
    pub(super) fn or(self, other: Self) -> Self {
        match (self, other) {
            (Self::Pending, _) | (_, Self::Pending) => Self::Pending,
            (Self::None, found) | (found, Self::None) => found,
            (Self::Held(one, relation), Self::Held(two, its_relation)) => {
                let (mut winner, loser, relation) = match two.weight() > one.weight() {
                    true => (two, one, its_relation),
                    false => (one, two, relation),
                };
                for cause in std::iter::once(loser.cause).chain(loser.others) {
                    let is_news = cause != winner.cause && !winner.others.contains(&cause);
                    if loser.rank >= Rank::Broken && is_news {
                        winner.others.push(cause);
                    }
                }
                Self::Held(winner, relation)
            }
        }
    }
}

pub(super) fn missing(subject: &Subject, reason: &str, message: &str) -> Finding {
    let cause = Cause::new(subject.clone(), Fault::Missing, reason, message);
    Finding::Held(Held::own(cause, "missing"))
}

/// A cause in an object's own words.
pub(super) fn own_cause(subject: &Subject, health: &Health) -> Cause {
    let fault = match health.state {
        Condition::Suspended { .. } => Fault::Suspended,
        Condition::Waiting => Fault::Decision,
        Condition::Busy => Fault::Busy,
        Condition::Broken if health.reason == LOCK_HELD => Fault::Locked,
        Condition::Broken | Condition::Fine => Fault::Other,
    };
    Cause::new(subject.clone(), fault, &health.reason, &health.message)
}

/// An object's state in a word, or in its words where it has none.
pub(super) fn in_short(health: &Health) -> String {
    match health.reason.is_empty() {
        true => one_line(&health.message),
        false => health.reason.clone(),
    }
}

/// The objects on `path` wait for one another, the last for the first.
pub(super) fn cycle(path: &[Subject]) -> Cause {
    let first = &path[0];
    let name = |subject: &Subject| match subject.namespace == first.namespace {
        true if subject.kind == first.kind => subject.name.clone(),
        _ => subject.to_string(),
    };
    let names: Vec<String> = path.iter().chain([first]).map(name).collect();
    let cause = Cause::new(first.clone(), Fault::Cycle, "DependencyCycle", &names.join(" → "));
    Cause { cycle: path.to_vec(), ..cause }
}
