//! The rows as they are now.

use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};
use std::time::{Duration, Instant};

use k8s_openapi::jiff::Timestamp;

use crate::output::rank::Rank;
use crate::output::table::{cut, fold};

/// Where a row stands: by kind, then namespace, then name.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RowKey {
    /// The place of its kind among those shown.
    pub kind: usize,
    /// The namespace of its object.
    pub namespace: String,
    /// The name of its object.
    pub name: String,
}

/// How much a row is to be seen where not all of them fit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Urgency {
    /// Its object failed.
    Failed,
    /// Its object is on its way, or waits for somebody.
    Unsettled,
    /// Its object is gone, and so will be the row.
    Gone,
    /// Its object is as it should be.
    #[default]
    Calm,
}

/// What is shown of one object.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    pub(super) cells: Vec<String>,
    urgency: Urgency,
    pub(super) since: Option<Timestamp>,
    pub(super) changed: Option<Instant>,
}

impl Row {
    /// A row of these cells, whose object is as it should be.
    #[must_use]
    pub fn of(cells: Vec<String>) -> Self {
        Self { cells, ..Self::default() }
    }

    /// A row that is to be seen.
    #[must_use]
    pub fn urgent(self, urgency: Urgency) -> Self {
        Self { urgency, ..self }
    }

    /// A row whose object has been like this since then.
    #[must_use]
    pub fn since(self, since: Option<Timestamp>) -> Self {
        Self { since, ..self }
    }

    /// A row that is news, if anything visible of it is, and so stands out for a moment.
    #[must_use]
    pub fn changed(self, changed: Option<Instant>) -> Self {
        Self { changed, ..self }
    }

    fn is_gone(&self) -> bool {
        self.urgency == Urgency::Gone
    }
}

/// The rows as they are now.
#[derive(Clone, Debug, Default)]
pub struct Rows {
    rows: BTreeMap<Place, Row>,
    ranks: HashMap<RowKey, Rank>,
    /// Where the rows stand that are to be seen, the most urgent first.
    urgent: BTreeSet<(Urgency, Place)>,
    /// Until when rows are shown whose objects are gone.
    leaving: VecDeque<(Instant, RowKey)>,
    /// How much is kept of a cell, in columns.
    widest: Option<usize>,
}

type Place = (Rank, RowKey);

/// How much is kept of a cell for a terminal: more than any has columns.
const WIDEST: usize = 1000;

/// For how long the row of an object that is gone is still shown on a terminal.
pub(super) const FAREWELL: Duration = Duration::from_secs(5);

impl Rows {
    /// No rows yet, of which a terminal will show what fits: the rest of long cells is not kept.
    #[must_use]
    pub fn of_screen() -> Self {
        Self { widest: Some(WIDEST), ..Self::default() }
    }

    /// Puts a row in its place; returns its cells, each one line of harmless text, unless it was there
    /// already and nothing visible is new.
    ///
    /// Rows stand in the order of their ranks; among equal ones in that of their keys.
    pub fn put(&mut self, key: RowKey, rank: Rank, mut row: Row) -> Option<&[String]> {
        row.cells.iter_mut().for_each(|cell| *cell = self.kept_of(cell));
        let old = self.take(&key).filter(|old| !old.is_gone() && old.cells == row.cells);
        let is_news = old.is_none();
        if let Some(old) = old {
            row.changed = old.changed;
        }
        let cells = &self.insert(key, rank, row).cells;
        is_news.then_some(cells)
    }

    fn kept_of(&self, cell: &str) -> String {
        let line = fold(cell);
        self.widest.map_or_else(|| line.clone(), |widest| cut(&line, widest))
    }

    fn insert(&mut self, key: RowKey, rank: Rank, row: Row) -> &Row {
        self.ranks.insert(key.clone(), rank.clone());
        let place = (rank, key);
        if row.urgency != Urgency::Calm {
            self.urgent.insert((row.urgency, place.clone()));
        }
        self.rows.entry(place).or_insert(row)
    }

    fn take(&mut self, key: &RowKey) -> Option<Row> {
        let place = (self.ranks.remove(key)?, key.clone());
        let row = self.rows.remove(&place)?;
        self.urgent.remove(&(row.urgency, place));
        Some(row)
    }

    /// Takes a row away; returns its last state, if it was there.
    pub fn remove(&mut self, key: &RowKey) -> Option<Vec<String>> {
        self.take(key).filter(|row| !row.is_gone()).map(|row| row.cells)
    }

    /// Marks the row of an object that is gone, in one of its cells, and shows it for a while: until
    /// [`Self::sweep`] finds that it was long enough.
    pub fn leave(&mut self, key: &RowKey, mark: Option<(usize, &str)>, now: Instant) {
        let Some(rank) = self.ranks.get(key).cloned() else { return };
        let Some(mut row) = self.take(key) else { return };
        if let Some((column, mark)) = mark
            && let Some(cell) = row.cells.get_mut(column)
        {
            mark.clone_into(cell);
        }
        let row = row.urgent(Urgency::Gone).changed(Some(now)).since(None);
        self.insert(key.clone(), rank, row);
        self.leaving.push_back((now + FAREWELL, key.clone()));
    }

    /// Takes the rows away that were shown for long enough after their objects had gone.
    pub fn sweep(&mut self, now: Instant) {
        while let Some((until, _)) = self.leaving.front()
            && *until <= now
            && let Some((_, key)) = self.leaving.pop_front()
        {
            // It may have come back meanwhile, or have gone again.
            let is_over = |row: &Row| row.changed.is_some_and(|gone| gone + FAREWELL <= now);
            if self.get(&key).is_some_and(|row| row.is_gone() && is_over(row)) {
                self.take(&key);
            }
        }
    }

    /// When there will be something to sweep away.
    #[must_use]
    pub fn next_sweep(&self) -> Option<Instant> {
        self.leaving.front().map(|(until, _)| *until)
    }

    fn get(&self, key: &RowKey) -> Option<&Row> {
        let rank = self.ranks.get(key)?;
        self.rows.get(&(rank.clone(), key.clone()))
    }

    /// Whether there is a row for an object, and the object is there.
    #[must_use]
    pub fn has(&self, key: &RowKey) -> bool {
        self.get(key).is_some_and(|row| !row.is_gone())
    }

    /// The rows, in order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &[String]> {
        self.rows.values().map(|row| row.cells.as_slice())
    }

    /// At most `count` of the rows: all of them in order, or else those that are to be seen before all others.
    pub(super) fn first(&self, count: usize) -> Vec<&Row> {
        if self.rows.len() <= count {
            return self.rows.values().collect();
        }
        let urgent = self.urgent.iter().filter_map(|(_, place)| self.rows.get(place));
        let calm = self.rows.values().filter(|row| row.urgency == Urgency::Calm);
        urgent.chain(calm).take(count).collect()
    }

    /// How many rows there are.
    pub(super) fn len(&self) -> usize {
        self.rows.len()
    }

    /// How many of the rows are about objects that are not as they should be.
    pub(super) fn urgent_count(&self) -> usize {
        let gone = self.urgent.iter().rev().take_while(|(urgency, _)| *urgency == Urgency::Gone);
        self.urgent.len() - gone.count()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(name: &str) -> RowKey {
        RowKey { kind: 0, namespace: "flux-system".to_owned(), name: name.to_owned() }
    }

    fn row(name: &str, ready: &str, message: &str) -> Row {
        Row::of([name, ready, message].map(str::to_owned).to_vec())
    }

    fn names(rows: &[&Row]) -> String {
        rows.iter().map(|row| row.cells[0].as_str()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn a_row_that_looks_the_same_is_no_change() {
        let mut rows = Rows::default();
        let (start, later) = (Instant::now(), Instant::now() + FAREWELL);
        let first = row("apps", "True", "applied").changed(Some(start));
        assert!(rows.put(key("apps"), Rank::Absent, first).is_some());
        let same = row("apps", "True", "applied\n").changed(Some(later));
        assert_eq!(rows.put(key("apps"), Rank::Absent, same), None);
        assert_eq!(rows.first(1)[0].changed, Some(start));
        assert!(rows.put(key("apps"), Rank::Absent, row("apps", "False", "no")).is_some());
        assert_eq!(rows.remove(&key("apps")).unwrap()[1], "False");
        assert_eq!(rows.remove(&key("apps")), None);
    }

    #[test]
    fn a_row_moves_with_its_rank() {
        let mut rows = Rows::default();
        for (name, rank) in [("a", "3"), ("b", "2"), ("c", "1"), ("a", "0")] {
            rows.put(key(name), Rank::of_text(rank), row(name, "True", ""));
        }
        let names: Vec<_> = rows.iter().map(|row| row[0].as_str()).collect();
        assert_eq!(names, ["a", "c", "b"]);
        assert!(rows.remove(&key("a")).is_some() && !rows.has(&key("a")));
        assert_eq!(rows.iter().len(), 2);
    }

    #[test]
    fn what_is_urgent_comes_first_only_where_not_all_fit() {
        let mut rows = Rows::default();
        for (name, urgency) in [
            ("a", Urgency::Calm),
            ("b", Urgency::Unsettled),
            ("c", Urgency::Calm),
            ("d", Urgency::Failed),
        ] {
            rows.put(key(name), Rank::Absent, row(name, "", "").urgent(urgency));
        }
        assert_eq!(names(&rows.first(4)), "a b c d");
        assert_eq!(names(&rows.first(3)), "d b a");
        rows.put(key("d"), Rank::Absent, row("d", "True", ""));
        rows.put(key("c"), Rank::Absent, row("c", "False", "").urgent(Urgency::Failed));
        assert_eq!(names(&rows.first(3)), "c b a");
        rows.remove(&key("b"));
        assert_eq!((names(&rows.first(2)).as_str(), rows.urgent_count()), ("c a", 1));
    }

    #[test]
    fn what_is_gone_is_marked_for_a_while() {
        let mut rows = Rows::default();
        let start = Instant::now();
        for name in ["back", "gone"] {
            rows.put(key(name), Rank::Absent, row(name, "True", "applied"));
            rows.leave(&key(name), Some((1, "DELETED")), start);
        }
        assert!(!rows.has(&key("gone")) && rows.remove(&key("back")).is_none());
        assert_eq!(rows.iter().next().unwrap(), ["gone", "DELETED", "applied"]);
        assert!(rows.put(key("back"), Rank::Absent, row("back", "True", "applied")).is_some());
        assert_eq!(rows.next_sweep(), Some(start + FAREWELL));
        rows.sweep(start + FAREWELL / 2);
        assert_eq!(rows.len(), 2);
        rows.sweep(start + FAREWELL);
        assert_eq!(names(&rows.first(9)), "back");
        assert_eq!((rows.next_sweep(), rows.urgent_count()), (None, 0));
    }

    #[test]
    fn what_went_twice_is_shown_for_as_long_as_what_went_once() {
        let mut rows = Rows::default();
        let (start, again) = (Instant::now(), Instant::now() + FAREWELL / 2);
        for now in [start, again] {
            rows.put(key("a"), Rank::Absent, row("a", "True", ""));
            rows.leave(&key("a"), None, now);
        }
        rows.sweep(start + FAREWELL);
        assert_eq!(rows.len(), 1);
        rows.sweep(again + FAREWELL);
        assert!(rows.is_empty());
    }

    #[test]
    fn a_screen_keeps_no_more_of_a_cell_than_it_can_show() {
        let message = "x".repeat(1 << 20);
        let mut rows = Rows::of_screen();
        let kept = rows.put(key("a"), Rank::Absent, row("a", "False", &message)).unwrap();
        assert_eq!(kept[2].chars().count(), WIDEST);
        assert_eq!(Rows::default().kept_of(&message), message);
    }
}
