//! Tables as kubectl prints them: capitals, left aligned, three blanks between columns, none at the end.

use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr as _};

use super::{Output, clean};

/// Blanks between two columns.
pub(super) const GAP: usize = 3;

/// Room that a message keeps on a narrow terminal, in columns; the terminal wraps the line then.
const LEAST_MESSAGE: usize = 20;

/// What a table is printed on.
#[derive(Clone, Copy, Debug, Default)]
pub struct Paper {
    /// The width in columns; `None` is a pipe or a file, where nothing is cut.
    pub width: Option<usize>,
    /// Whether colour is welcome.
    pub is_styled: bool,
}

impl Output {
    /// What standard output is, for a table.
    #[must_use]
    pub fn paper(&self) -> Paper {
        let width = self.stdout_is_terminal.then(|| usize::from(console::Term::stdout().size().1));
        Paper { width, is_styled: self.stdout_is_styled }
    }
}

/// Rows under headers.
#[derive(Clone, Debug)]
pub struct Table {
    headers: Vec<&'static str>,
    rows: Vec<Vec<String>>,
}

impl Table {
    /// A table without rows. The last column takes what room is left.
    #[must_use]
    pub fn new(headers: Vec<&'static str>) -> Self {
        Self { headers, rows: Vec::new() }
    }

    /// Adds a row; each cell becomes one line of harmless text.
    pub fn push(&mut self, cells: Vec<String>) {
        self.rows.push(cells.iter().map(|cell| fold(cell)).collect());
    }

    /// Whether there are no rows.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The text of the table, with the headers if `with_header`.
    #[must_use]
    pub fn render(&self, paper: Paper, with_header: bool) -> String {
        let mut layout = Layout::new(self.headers.clone(), with_header);
        self.rows.iter().for_each(|row| layout.fit(row));
        let limit = paper.width.map(|width| width.max(layout.offset_of_last() + LEAST_MESSAGE));
        let mut text = String::new();
        if with_header {
            text += &(layout.header(limit) + "\n");
        }
        for row in &self.rows {
            text += &(layout.line(row, limit, paper.is_styled) + "\n");
        }
        text
    }
}

/// Column widths that only ever grow, so that rows printed later still line up.
#[derive(Clone, Debug)]
pub struct Layout {
    headers: Vec<&'static str>,
    widths: Vec<usize>,
    hidden: Vec<bool>,
}

/// What a table on a narrow screen keeps.
const INDISPENSABLE: [&str; 4] = ["NAMESPACE", "NAME", "READY", "MESSAGE"];

impl Layout {
    /// Columns as wide as their headers, if these are printed.
    #[must_use]
    pub fn new(headers: Vec<&'static str>, with_header: bool) -> Self {
        let width = |header: &&str| if with_header { header.width() } else { 0 };
        let widths = headers.iter().map(width).collect();
        let hidden = vec![false; headers.len()];
        Self { headers, widths, hidden }
    }

    /// Hides columns, the last ones first, until the message has some room on a screen of this width; then
    /// shows those again for which there is room after all.
    pub fn squeeze(&mut self, screen: usize) {
        self.hidden.fill(false);
        for column in (0..self.headers.len()).rev() {
            if self.leaves_room(screen) {
                break;
            }
            self.hidden[column] = !INDISPENSABLE.contains(&self.headers[column]);
        }
        for column in (0..self.headers.len()).rev() {
            let was_hidden = std::mem::take(&mut self.hidden[column]);
            self.hidden[column] = was_hidden && !self.leaves_room(screen);
        }
    }

    fn leaves_room(&self, screen: usize) -> bool {
        self.offset_of_last() + LEAST_MESSAGE <= screen
    }

    /// Makes room for a row of folded cells.
    pub fn fit(&mut self, row: &[String]) {
        for (width, cell) in self.widths.iter_mut().zip(row) {
            *width = (*width).max(cell.width());
        }
    }

    /// Keeps a column at least `width` wide.
    pub fn reserve(&mut self, header: &str, width: usize) {
        if let Some(column) = self.position(header) {
            self.widths[column] = self.widths[column].max(width);
        }
    }

    /// Which column has this header.
    #[must_use]
    pub fn position(&self, header: &str) -> Option<usize> {
        self.headers.iter().position(|known| *known == header)
    }

    /// The column at which the last cell begins.
    fn offset_of_last(&self) -> usize {
        let before = self.widths.len().saturating_sub(1);
        let columns = self.widths[..before].iter().zip(&self.hidden);
        columns.filter(|(_, is_hidden)| !**is_hidden).map(|(width, _)| width + GAP).sum()
    }

    /// The line of headers.
    #[must_use]
    pub fn header(&self, limit: Option<usize>) -> String {
        self.join(self.headers.iter().copied(), limit, |_, text| text.to_owned())
    }

    /// The line of a row of folded cells, at most `limit` columns wide.
    #[must_use]
    pub fn line(&self, row: &[String], limit: Option<usize>, is_styled: bool) -> String {
        let paint = |header: &str, text: &str| match colour(header, text) {
            Some(code) if is_styled => format!("\u{1b}[{code}m{text}\u{1b}[0m"),
            _ => text.to_owned(),
        };
        self.join(row.iter().map(String::as_str), limit, paint)
    }

    fn join<'a>(
        &self,
        cells: impl Iterator<Item = &'a str>,
        limit: Option<usize>,
        paint: impl Fn(&str, &str) -> String,
    ) -> String {
        let (mut line, mut start, mut blanks) = (String::new(), 0, 0);
        let columns = self.headers.iter().zip(&self.widths).zip(&self.hidden);
        for (cell, ((header, width), is_hidden)) in cells.zip(columns) {
            if *is_hidden {
                continue;
            }
            let room = limit.map_or(usize::MAX, |limit| limit.saturating_sub(start));
            if room == 0 {
                break;
            }
            let cut = cut(cell, room);
            if !cut.is_empty() {
                line.extend(std::iter::repeat_n(' ', blanks));
                line += &paint(header, &cut);
                blanks = 0;
            }
            blanks += width.saturating_sub(cut.width()) + GAP;
            start += width + GAP;
        }
        line
    }
}

/// The colour of a cell, as the number that terminals know it by.
fn colour(header: &str, cell: &str) -> Option<u8> {
    const RED: u8 = 31;
    const GREEN: u8 = 32;
    const YELLOW: u8 = 33;
    match (header, cell) {
        ("READY", "True") => Some(GREEN),
        ("READY", "False") => Some(RED),
        ("READY", "Unknown" | "DELETED") | ("SUSPENDED", "True") => Some(YELLOW),
        _ => None,
    }
}

/// One line of harmless text: line breaks and the blanks around them become one blank.
#[must_use]
pub fn fold(text: &str) -> String {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    clean(&lines.collect::<Vec<_>>().join(" ")).into_owned()
}

/// At most `width` columns of a text; what was cut is marked.
pub(super) fn cut(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let mut room = width.saturating_sub(1);
    let fits = |character: &char| match room.checked_sub(character.width().unwrap_or(0)) {
        Some(left) => {
            room = left;
            true
        }
        None => false,
    };
    let mut short: String = text.chars().take_while(fits).collect();
    short.push('…');
    short
}

#[cfg(test)]
mod tests {
    use snapbox::{assert_data_eq, str};

    use super::*;

    const PIPE: Paper = Paper { width: None, is_styled: false };

    fn table() -> Table {
        let mut table = Table::new(vec!["NAME", "SUSPENDED", "READY", "MESSAGE"]);
        let rows = [
            ["apps", "False", "True", "Applied revision: main@sha1:696f056d"],
            [
                "infrastructure",
                "True",
                "False",
                "build failed:\n  accumulating resources\n\n  no such file\n",
            ],
            ["größe", "False", "Unknown", ""],
        ];
        rows.iter().for_each(|row| table.push(row.iter().map(ToString::to_string).collect()));
        table
    }

    #[test]
    fn columns_line_up_and_no_line_ends_in_blanks() {
        assert_data_eq!(
            table().render(PIPE, true),
            str![[r#"
NAME             SUSPENDED   READY     MESSAGE
apps             False       True      Applied revision: main@sha1:696f056d
infrastructure   True        False     build failed: accumulating resources no such file
größe            False       Unknown

"#]]
        );
    }

    #[test]
    fn without_headers_only_cells_count() {
        let mut table = Table::new(vec!["NAMESPACE", "NAME"]);
        table.push(vec!["a".to_owned(), "b".to_owned()]);
        assert_eq!(table.render(PIPE, false), "a   b\n");
        assert_eq!(table.render(PIPE, true), "NAMESPACE   NAME\na           b\n");
    }

    #[test]
    fn messages_are_cut_to_the_terminal_and_keep_some_room() {
        let paper = Paper { width: Some(60), is_styled: false };
        assert_data_eq!(
            table().render(paper, true),
            str![[r#"
NAME             SUSPENDED   READY     MESSAGE
apps             False       True      Applied revision: ma…
infrastructure   True        False     build failed: accumu…
größe            False       Unknown

"#]]
        );
        let narrow = Paper { width: Some(10), is_styled: false };
        assert!(table().render(narrow, true).contains("True      Applied revision: m…\n"));
    }

    #[test]
    fn colour_does_not_move_columns() {
        let styled = Paper { width: None, is_styled: true };
        let text = table().render(styled, true);
        assert!(text.contains("\u{1b}[32mTrue\u{1b}[0m      Applied"), "{text}");
        assert!(text.contains("\u{1b}[33mTrue\u{1b}[0m        \u{1b}[31mFalse\u{1b}[0m"), "{text}");
        let plain = ["32", "31", "33", "0"]
            .iter()
            .fold(text, |text, code| text.replace(&format!("\u{1b}[{code}m"), ""));
        assert_eq!(plain, table().render(PIPE, true));
    }

    #[test]
    fn escapes_are_neutralised_and_wide_characters_counted() {
        let mut table = Table::new(vec!["NAME", "MESSAGE"]);
        table.push(vec!["\u{1b}[2Jx".to_owned(), "a\tb\rc".to_owned()]);
        table.push(vec!["豆腐".to_owned(), "tofu".to_owned()]);
        assert_data_eq!(
            table.render(PIPE, true),
            str![[r#"
NAME         MESSAGE
/u{1b}[2Jx   a/u{9}b/u{d}c
豆腐         tofu

"#]]
        );
        assert_eq!(cut("豆腐です", 4), "豆…");
        assert_eq!(cut("豆腐です", 5), "豆腐…");
    }
}
