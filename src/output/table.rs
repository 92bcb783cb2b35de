//! Tables as kubectl prints them: capitals, left aligned, three blanks between columns, none at the end.

use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr as _};

use super::{Output, clean};

/// Blanks between two columns.
const GAP: usize = 3;

/// Room that a message keeps on a narrow terminal, in columns, as long as other cells can be cut or hidden.
const LEAST_MESSAGE: usize = 20;

/// The same when the other cells are as narrow as they may become.
const BARE_MESSAGE: usize = 10;

/// How narrow a cell before the last one may become, and a name, which tells rows apart.
const LEAST_CELL: usize = 8;
const LEAST_NAME: usize = 20;

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
        let limit = paper.width;
        if let Some(width) = limit {
            layout.narrow(width, with_header);
        }
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
const INDISPENSABLE: [&str; 5] = ["NAMESPACE", NAME, "READY", "OBJECT", "MESSAGE"];

/// What a row is about.
const NAME: &str = "NAME";

/// For how long something has been what it is: that says more than the end of its message.
const AGE: &str = "AGE";

impl Layout {
    /// Columns as wide as their headers, if these are printed.
    #[must_use]
    pub fn new(headers: Vec<&'static str>, with_header: bool) -> Self {
        let width = |header: &&str| if with_header { header.width() } else { 0 };
        let widths = headers.iter().map(width).collect();
        let hidden = vec![false; headers.len()];
        Self { headers, widths, hidden }
    }

    /// Makes rows fit on a screen of this width, where no line may wrap: what is widest gives way first; then
    /// columns are hidden, the last ones first and ages after them; then names are cut, as far as they still tell
    /// rows apart. What is too wide even so is cut at the edge.
    pub(super) fn narrow(&mut self, screen: usize, with_header: bool) {
        let full = self.widths.clone();
        let is_spare = |header: &str| !INDISPENSABLE.contains(&header);
        for hidden in 0..=self.spare().count() {
            self.widths.clone_from(&full);
            self.hide_last(hidden);
            self.shrink(screen, with_header, is_spare);
            if self.offset_of_last() + BARE_MESSAGE <= screen {
                return self.shrink(screen, with_header, |header| header == NAME);
            }
        }
        self.shrink(screen, with_header, |_| true);
    }

    /// The columns that may be hidden: all but the last and those that say what a row is about.
    fn spare(&self) -> impl DoubleEndedIterator<Item = usize> {
        let before_last = 0..self.headers.len().saturating_sub(1);
        let headers = self.headers.clone();
        before_last.filter(move |column| !INDISPENSABLE.contains(&headers[*column]))
    }

    fn hide_last(&mut self, count: usize) {
        self.hidden.fill(false);
        let (ages, others): (Vec<_>, Vec<_>) =
            self.spare().rev().partition(|column| self.headers[*column] == AGE);
        for column in others.into_iter().chain(ages).take(count) {
            self.hidden[column] = true;
        }
    }

    /// Takes room from the widest column again and again until the message has enough.
    fn shrink(&mut self, screen: usize, with_header: bool, gives_way: impl Fn(&str) -> bool) {
        let least = |header: &str| {
            let least = if header == NAME { LEAST_NAME } else { LEAST_CELL };
            if with_header { header.width().max(least) } else { least }
        };
        while self.offset_of_last() + LEAST_MESSAGE > screen {
            let columns = 0..self.headers.len().saturating_sub(1);
            let widest = columns
                .filter(|column| !self.hidden[*column] && gives_way(self.headers[*column]))
                .filter(|column| self.widths[*column] > least(self.headers[*column]))
                .max_by_key(|column| self.widths[*column]);
            let Some(widest) = widest else { return };
            self.widths[widest] -= 1;
        }
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
        let last = self.headers.len().saturating_sub(1);
        for (column, (cell, ((header, width), is_hidden))) in cells.zip(columns).enumerate() {
            if *is_hidden {
                continue;
            }
            let room = limit.map_or(usize::MAX, |limit| limit.saturating_sub(start));
            if room == 0 {
                break;
            }
            let cut = cut(cell, if column < last { room.min(*width) } else { room });
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
    }

    #[test]
    fn no_line_is_wider_than_the_terminal() {
        let mut events = Table::new(vec!["LAST SEEN", "TYPE", "REASON", "OBJECT", "MESSAGE"]);
        let message = "stored artifact for commit 'Add podinfo'";
        for (seen, reason) in [("60m (x12 over 120m)", "ReconciliationSucceeded"), ("5m", "Any")] {
            let cells = [seen, "Normal", reason, "GitRepository/flux-system", message];
            events.push(cells.map(str::to_owned).into());
        }
        for width in 1..150 {
            let paper = Paper { width: Some(width), is_styled: false };
            for text in [
                events.render(paper, true),
                table().render(paper, true),
                table().render(paper, false),
            ] {
                assert!(text.lines().all(|line| line.width() <= width), "{width}: {text}");
            }
        }
        let paper = |width| Paper { width: Some(width), is_styled: false };
        assert_data_eq!(
            events.render(paper(80), true),
            str![[r#"
LAST SEEN   TYPE     REASON     OBJECT                      MESSAGE
60m (x12…   Normal   Reconci…   GitRepository/flux-system   stored artifact for…
5m          Normal   Any        GitRepository/flux-system   stored artifact for…

"#]]
        );
        assert_data_eq!(
            events.render(paper(50), true),
            str![[r#"
LAST SEEN   OBJECT                      MESSAGE
60m (x12…   GitRepository/flux-system   stored ar…
5m          GitRepository/flux-system   stored ar…

"#]]
        );
        assert_data_eq!(
            table().render(paper(40), true),
            str![[r#"
NAME             READY     MESSAGE
apps             True      Applied revi…
infrastructure   False     build failed…
größe            Unknown

"#]]
        );
        assert_data_eq!(
            table().render(paper(24), true),
            str![[r#"
NAME             READY
apps             True
infrastructure   False
größe            Unknown

"#]]
        );
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
