//! What the comparison found.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use nigari_sandbox::shape::Shape;

use crate::accepted::{Accepted, TABLE};
use crate::api::Answer;
use crate::difference::{self, Difference};
use crate::normal::Normal;
use crate::scenario::Scenario;

/// What the comparison found so far.
#[derive(Default)]
pub(crate) struct Report {
    scenarios: usize,
    answers: usize,
    compared: BTreeSet<Shape>,
    differences: Vec<Difference>,
    /// How many shapes other tests sent; none when they were not written down.
    recorded: Option<usize>,
    /// Shapes that no scenario covers, with an example.
    uncovered: BTreeMap<Shape, String>,
}

impl Report {
    /// Compares the answers that both APIs gave to a scenario.
    pub(crate) fn add(
        &mut self,
        scenario: &Scenario,
        mut real: Vec<Answer>,
        mut sandbox: Vec<Answer>,
    ) {
        for answers in [&mut real, &mut sandbox] {
            Normal::all(answers.iter_mut().map(|answer| &mut answer.body));
        }
        self.scenarios += 1;
        self.answers += real.len();
        for (real, sandbox) in real.iter().zip(&sandbox) {
            self.compared.insert(real.shape.clone());
            self.differences.extend(difference::of_answers(scenario.name, real, sandbox));
        }
    }

    /// Has every recorded shape covered.
    pub(crate) fn require(&mut self, recorded: BTreeMap<Shape, String>) {
        self.recorded = Some(recorded.len());
        self.uncovered = recorded;
        self.uncovered.retain(|shape, _| !self.compared.iter().any(|sent| sent.covers(shape)));
    }

    /// Whether nothing is left to explain.
    pub(crate) fn is_clean(&self) -> bool {
        self.unexplained().next().is_none()
            && self.stale().next().is_none()
            && self.uncovered.is_empty()
    }

    fn unexplained(&self) -> impl Iterator<Item = &Difference> {
        let is_explained = |found: &Difference| TABLE.iter().any(|row| row.explains(found));
        self.differences.iter().filter(move |found| !is_explained(found))
    }

    /// What is unexplained, once per scenario and place, with how often it shows.
    fn distinct(&self) -> Vec<(usize, &Difference)> {
        let mut distinct: Vec<(usize, &Difference)> = Vec::new();
        for found in self.unexplained() {
            match distinct.iter_mut().find(|(_, known)| known.is_like(found)) {
                Some((count, _)) => *count += 1,
                None => distinct.push((1, found)),
            }
        }
        distinct
    }

    /// Rows that explain nothing although they should.
    fn stale(&self) -> impl Iterator<Item = &'static Accepted> {
        TABLE.iter().filter(|row| !row.is_race && self.explained_by(row) == 0)
    }

    fn explained_by(&self, row: &Accepted) -> usize {
        self.differences.iter().filter(|found| row.explains(found)).count()
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for row in TABLE {
            let count = self.explained_by(row);
            writeln!(f, "accepted ({count}×): {} · {} · {}", row.scenario, row.step, row.at)?;
            writeln!(f, "    because {}", row.reason)?;
        }
        for (count, found) in self.distinct() {
            write!(f, "unexplained ({count}×): {found}")?;
        }
        for row in self.stale() {
            writeln!(f, "stale: no difference at {} · {} · {}", row.scenario, row.step, row.at)?;
        }
        for (shape, example) in &self.uncovered {
            writeln!(f, "uncovered: {shape}\n    such as {example}")?;
        }
        match self.recorded {
            Some(count) => write!(f, "conformance: all {count} shapes that other tests sent, ")?,
            None => write!(f, "conformance: shapes of other tests not recorded, ")?,
        }
        write!(
            f,
            "{} shapes compared in {} answers of {} scenarios; accepted differences: {}, \
             unexplained: {}, uncovered shapes: {}",
            self.compared.len(),
            self.answers,
            self.scenarios,
            TABLE.len(),
            self.unexplained().count(),
            self.uncovered.len(),
        )
    }
}
