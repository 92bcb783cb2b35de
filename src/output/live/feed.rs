//! Lines appended to a pipe.

use super::rows::Rows;
use crate::output::table::{Layout, fold};

/// Lines appended to a pipe, one for each change.
pub struct Feed {
    layout: Layout,
    header_is_due: bool,
}

/// What stands under READY in the last row of an object that is gone.
pub const DELETED: &str = "DELETED";

impl Feed {
    /// A feed with these columns.
    #[must_use]
    pub fn new(headers: Vec<&'static str>, with_header: bool) -> Self {
        let mut layout = Layout::new(headers, with_header);
        layout.reserve("READY", DELETED.len());
        Self { layout, header_is_due: with_header }
    }

    /// All rows of the first listing; they decide how wide the columns are.
    pub fn open(&mut self, rows: &Rows) -> String {
        rows.iter().for_each(|row| self.layout.fit(row));
        rows.iter().map(|row| self.line(row)).collect()
    }

    /// A row that came or changed.
    pub fn line(&mut self, row: &[String]) -> String {
        self.layout.fit(row);
        let line = self.layout.line(row, None, false) + "\n";
        if std::mem::take(&mut self.header_is_due) {
            return self.layout.header(None) + "\n" + &line;
        }
        line
    }

    /// A row that is not kept.
    pub fn row(&mut self, cells: &[String]) -> String {
        self.line(&cells.iter().map(|cell| fold(cell)).collect::<Vec<_>>())
    }

    /// The last row of an object that is gone, marked.
    pub fn deleted(&mut self, mut row: Vec<String>) -> String {
        if let Some(cell) = self.layout.position("READY").and_then(|column| row.get_mut(column)) {
            DELETED.clone_into(cell);
        }
        self.line(&row)
    }
}

#[cfg(test)]
mod tests {
    use snapbox::{assert_data_eq, str};

    use super::*;
    use crate::output::live::{Row, RowKey};
    use crate::output::rank::Rank;

    const HEADERS: [&str; 3] = ["NAME", "READY", "MESSAGE"];

    fn key(name: &str) -> RowKey {
        RowKey { kind: 0, namespace: "flux-system".to_owned(), name: name.to_owned() }
    }

    fn cells(name: &str, ready: &str, message: &str) -> Vec<String> {
        [name, ready, message].map(str::to_owned).to_vec()
    }

    #[test]
    fn a_pipe_gets_the_header_once_and_columns_that_line_up() {
        let mut rows = Rows::default();
        let put = |rows: &mut Rows, name: &str, ready: &str, message: &str| {
            let row = Row::of(cells(name, ready, message));
            rows.put(key(name), Rank::Absent, row).unwrap().to_vec()
        };
        for name in ["infrastructure", "apps"] {
            put(&mut rows, name, "True", "Applied revision: main@sha1:696f056d");
        }
        let mut feed = Feed::new(HEADERS.to_vec(), true);
        let mut text = feed.open(&rows);
        text += &feed.line(&put(&mut rows, "apps", "Unknown", "Reconciliation in progress"));
        text += &feed.deleted(rows.remove(&key("apps")).unwrap());
        assert_data_eq!(
            text,
            str![[r#"
NAME             READY     MESSAGE
apps             True      Applied revision: main@sha1:696f056d
infrastructure   True      Applied revision: main@sha1:696f056d
apps             Unknown   Reconciliation in progress
apps             DELETED   Reconciliation in progress

"#]]
        );
    }

    #[test]
    fn an_empty_start_is_silent_and_the_header_comes_with_the_first_row() {
        let mut feed = Feed::new(HEADERS.to_vec(), true);
        assert_eq!(feed.open(&Rows::default()), "");
        assert_eq!(
            feed.line(&cells("a", "True", "ok")),
            "NAME   READY     MESSAGE\na      True      ok\n"
        );
    }
}
