//! Rows that change: a table in place on a terminal, one appended row per change in a pipe.
//!
//! [`Rows`] is the state and knows nothing of either. [`Feed`] writes lines that line up with those
//! before them; [`Screen`] makes frames that replace one another. All of it is text in, text out.

use std::collections::{BTreeMap, HashMap};
use std::time::{Duration, Instant};

use super::Output;
use super::rank::Rank;
use super::table::{Layout, Paper, cut, fold};

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

/// The rows as they are now.
#[derive(Clone, Debug, Default)]
pub struct Rows {
    rows: BTreeMap<(Rank, RowKey), Row>,
    ranks: HashMap<RowKey, Rank>,
    /// How many changes there were.
    changes: u64,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Row {
    cells: Vec<String>,
    /// Which change it was that made it what it is.
    change: u64,
}

impl Rows {
    /// Puts a row in its place; returns it, each cell one line of harmless text, unless it was there
    /// already and nothing visible is new.
    ///
    /// Rows stand in the order of their ranks; among equal ones in that of their keys.
    pub fn put(&mut self, key: RowKey, rank: Rank, cells: &[String]) -> Option<&[String]> {
        let cells: Vec<_> = cells.iter().map(|cell| fold(cell)).collect();
        let was = self.ranks.insert(key.clone(), rank.clone());
        let old = was.and_then(|was| self.rows.remove(&(was, key.clone())));
        let old = old.filter(|row| row.cells == cells);
        let is_news = old.is_none();
        self.changes += u64::from(is_news);
        let row = old.unwrap_or(Row { cells, change: self.changes });
        let row = self.rows.entry((rank, key)).or_insert(row);
        is_news.then_some(row.cells.as_slice())
    }

    /// Takes a row away; returns its last state, if it was there.
    pub fn remove(&mut self, key: &RowKey) -> Option<Vec<String>> {
        let rank = self.ranks.remove(key)?;
        self.rows.remove(&(rank, key.clone())).map(|row| row.cells)
    }

    /// Whether there is a row for an object.
    #[must_use]
    pub fn has(&self, key: &RowKey) -> bool {
        self.ranks.contains_key(key)
    }

    /// The rows, in order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &[String]> {
        self.rows.values().map(|row| row.cells.as_slice())
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }
}

/// Lines appended to a pipe, one for each change.
pub struct Feed {
    layout: Layout,
    header_is_due: bool,
}

/// What stands under READY in the last row of an object that is gone.
const DELETED: &str = "DELETED";

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

/// The size of a terminal, in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    /// Lines.
    pub height: usize,
    /// Columns.
    pub width: usize,
}

impl Output {
    /// The size of the terminal that standard output is.
    #[must_use]
    pub fn terminal_size(&self) -> Size {
        let (height, width) = console::Term::stdout().size();
        Size { height: height.into(), width: width.into() }
    }
}

/// A table in place on a terminal.
#[derive(Clone, Debug)]
pub struct Screen {
    layout: Layout,
    with_header: bool,
    is_styled: bool,
    /// How wide the lines of the last frame are.
    drawn: Vec<usize>,
    /// The newest change that a frame has shown; nothing while the first listing is under way.
    shown: Option<u64>,
    /// Rows that changed a moment ago, and when.
    fresh: HashMap<RowKey, Instant>,
}

/// How long a row that changed stands out.
const MOMENT: Duration = Duration::from_secs(2);

impl Screen {
    /// A screen with these columns and nothing drawn yet.
    #[must_use]
    pub fn new(headers: Vec<&'static str>, with_header: bool, paper: Paper) -> Self {
        let layout = Layout::new(headers, with_header);
        let (drawn, shown, fresh) = Default::default();
        Self { layout, with_header, is_styled: paper.is_styled, drawn, shown, fresh }
    }

    /// Takes note of the rows that have changed since the last time; the first time nothing is news.
    pub fn notice(&mut self, rows: &Rows, now: Instant) {
        if let Some(shown) = self.shown.replace(rows.changes) {
            let news = rows.rows.iter().filter(|(_, row)| row.change > shown);
            self.fresh.extend(news.map(|((_, key), _)| (key.clone(), now)));
        }
        self.fresh.retain(|_, since| now.duration_since(*since) < MOMENT);
    }

    /// Whether a row stands out that must not any more.
    #[must_use]
    pub fn is_faded(&self, now: Instant) -> bool {
        self.fresh.values().any(|since| now.duration_since(*since) >= MOMENT)
    }

    /// What to write so that the terminal shows `rows`, and `note` below them, instead of the last frame.
    pub fn frame(&mut self, rows: &Rows, note: Option<&str>, size: Size) -> String {
        let lines = self.lines(rows, note, size);
        let mut frame = self.back_to_the_top(size);
        for line in &lines {
            frame += line;
            frame += "\u{1b}[K\r\n";
        }
        frame += "\u{1b}[J";
        self.drawn = lines.iter().map(|line| console::measure_text_width(line)).collect();
        frame
    }

    /// Moves the cursor to the first line of the last frame. A terminal that became narrower since has
    /// wrapped its lines, and one that became lower has scrolled the first ones out of reach.
    fn back_to_the_top(&self, size: Size) -> String {
        let wrapped = self.drawn.iter().map(|width| width.div_ceil(size.width.max(1)).max(1));
        match wrapped.sum::<usize>().min(size.height.saturating_sub(1)) {
            0 => "\r".to_owned(),
            up => format!("\r\u{1b}[{up}A"),
        }
    }

    /// The lines of a frame: never more than the terminal has, for what scrolls away cannot be replaced.
    fn lines(&mut self, rows: &Rows, note: Option<&str>, size: Size) -> Vec<String> {
        rows.iter().for_each(|row| self.layout.fit(row));
        self.layout.squeeze(size.width);
        let width = Some(size.width);
        let mut lines = Vec::new();
        if self.with_header && !rows.is_empty() {
            lines.push(self.layout.header(width));
        }
        let notes: Vec<_> = note.map(|note| cut(&fold(note), size.width)).into_iter().collect();
        let room = size.height.saturating_sub(1 + lines.len() + notes.len());
        let shown = if rows.iter().len() > room { room.saturating_sub(1) } else { room };
        lines.extend(rows.rows.iter().take(shown).map(|((_, key), row)| {
            let line = self.layout.line(&row.cells, width, self.is_styled);
            if self.is_styled && self.fresh.contains_key(key) { bold(&line) } else { line }
        }));
        let hidden = rows.iter().len().saturating_sub(shown);
        if hidden > 0 {
            lines.push(cut(&format!("… {hidden} more"), size.width));
        }
        lines.extend(notes);
        lines
    }
}

/// A line that stands out; the end of a cell's colour does not end that.
fn bold(line: &str) -> String {
    const BOLD: &str = "\u{1b}[1m";
    const PLAIN: &str = "\u{1b}[0m";
    format!("{BOLD}{}{PLAIN}", line.replace(PLAIN, &format!("{PLAIN}{BOLD}")))
}

#[cfg(test)]
mod tests {
    use snapbox::{assert_data_eq, str};

    use super::*;

    const HEADERS: [&str; 3] = ["NAME", "READY", "MESSAGE"];
    const PAPER: Paper = Paper { width: Some(80), is_styled: false };

    fn key(name: &str) -> RowKey {
        RowKey { kind: 0, namespace: "flux-system".to_owned(), name: name.to_owned() }
    }

    fn cells(name: &str, ready: &str, message: &str) -> [String; 3] {
        [name.to_owned(), ready.to_owned(), message.to_owned()]
    }

    fn rows(names: &[&str]) -> Rows {
        let mut rows = Rows::default();
        for name in names {
            rows.put(
                key(name),
                Rank::Absent,
                &cells(name, "True", "Applied revision: main@sha1:696f056d"),
            );
        }
        rows
    }

    /// A terminal in a few lines: obeys what frames use, wraps long lines, and scrolls.
    struct Terminal {
        size: Size,
        lines: Vec<String>,
        row: usize,
        scrolled: usize,
    }

    impl Terminal {
        fn new(height: usize, width: usize) -> Self {
            Self { size: Size { height, width }, lines: vec![String::new()], row: 0, scrolled: 0 }
        }

        fn draw(&mut self, frame: &str) {
            let mut rest = frame;
            while let Some(character) = rest.chars().next() {
                rest = &rest[character.len_utf8()..];
                match character {
                    '\u{1b}' => rest = self.obey(rest.strip_prefix('[').expect("a sequence")),
                    '\n' => self.down(),
                    '\r' => {}
                    _ => self.put(character),
                }
            }
        }

        fn obey<'a>(&mut self, sequence: &'a str) -> &'a str {
            let end = sequence.find(char::is_alphabetic).expect("an end");
            let number = sequence[..end].parse().unwrap_or(0);
            match &sequence[end..=end] {
                "A" => {
                    self.row = self.row.saturating_sub(number).max(self.scrolled);
                    self.lines[self.row..].iter_mut().take(1).for_each(String::clear);
                }
                "K" => {}
                "J" => self.lines.truncate(self.row + 1),
                other => panic!("{other}"),
            }
            &sequence[end + 1..]
        }

        fn put(&mut self, character: char) {
            self.lines[self.row].push(character);
            let width = console::measure_text_width(&self.lines[self.row]);
            assert!(width <= self.size.width, "too wide: {}", self.lines[self.row]);
        }

        fn down(&mut self) {
            self.row += 1;
            if self.row == self.lines.len() {
                self.lines.push(String::new());
            }
            self.lines[self.row].clear();
            self.scrolled = self.scrolled.max((self.row + 1).saturating_sub(self.size.height));
        }

        /// Wraps what is shown, as terminals do when they become narrower.
        fn resize(&mut self, height: usize, width: usize) {
            let wrap = |line: &String| -> Vec<String> {
                let characters: Vec<char> = line.chars().collect();
                let pieces = characters.chunks(width).map(|piece| piece.iter().collect());
                if line.is_empty() { vec![String::new()] } else { pieces.collect() }
            };
            self.lines = self.lines.iter().flat_map(wrap).collect();
            self.row = self.lines.len() - 1;
            self.size = Size { height, width };
            self.scrolled = self.lines.len().saturating_sub(height);
        }

        fn text(&self) -> String {
            self.lines.join("\n")
        }
    }

    #[test]
    fn a_row_that_looks_the_same_is_no_change() {
        let mut state = rows(&["apps"]);
        let same = cells("apps", "True", "Applied revision: main@sha1:696f056d\n");
        assert_eq!(state.put(key("apps"), Rank::Absent, &same), None);
        assert!(state.put(key("apps"), Rank::Absent, &cells("apps", "False", "no")).is_some());
        assert_eq!(state.remove(&key("apps")).unwrap()[1], "False");
        assert_eq!(state.remove(&key("apps")), None);
    }

    #[test]
    fn a_row_moves_with_its_rank() {
        let mut rows = Rows::default();
        for (name, rank) in [("a", "3"), ("b", "2"), ("c", "1"), ("a", "0")] {
            rows.put(key(name), Rank::of_text(rank), &cells(name, "True", ""));
        }
        let names: Vec<_> = rows.iter().map(|row| row[0].as_str()).collect();
        assert_eq!(names, ["a", "c", "b"]);
        assert!(rows.remove(&key("a")).is_some() && !rows.has(&key("a")));
        assert_eq!(rows.iter().len(), 2);
    }

    #[test]
    fn a_pipe_gets_the_header_once_and_columns_that_line_up() {
        let mut state = rows(&["infrastructure", "apps"]);
        let mut feed = Feed::new(HEADERS.to_vec(), true);
        let mut text = feed.open(&state);
        let changed = cells("apps", "Unknown", "Reconciliation in progress");
        text += &feed.line(state.put(key("apps"), Rank::Absent, &changed).unwrap());
        text += &feed.deleted(state.remove(&key("apps")).unwrap());
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

    #[test]
    fn a_frame_replaces_the_one_before() {
        let mut terminal = Terminal::new(10, 60);
        let mut screen = Screen::new(HEADERS.to_vec(), true, PAPER);
        terminal.draw(&screen.frame(&rows(&["apps", "infra", "tenants"]), None, terminal.size));
        let note = Some("the connection is lost");
        terminal.draw(&screen.frame(&rows(&["apps"]), note, terminal.size));
        assert_data_eq!(
            terminal.text(),
            str![[r#"
NAME      READY   MESSAGE
apps      True    Applied revision: main@sha1:696f056d
the connection is lost

"#]]
        );
    }

    #[test]
    fn more_rows_than_lines_are_counted() {
        let names: Vec<String> = (0..50).map(|number| format!("app-{number:02}")).collect();
        let state = rows(&names.iter().map(String::as_str).collect::<Vec<_>>());
        let mut terminal = Terminal::new(6, 40);
        let mut screen = Screen::new(HEADERS.to_vec(), true, PAPER);
        for _ in 0..3 {
            terminal.draw(&screen.frame(&state, Some("note"), terminal.size));
        }
        assert_data_eq!(
            terminal.text(),
            str![[r#"
NAME     READY   MESSAGE
app-00   True    Applied revision: main…
app-01   True    Applied revision: main…
… 48 more
note

"#]]
        );
    }

    #[test]
    fn a_terminal_may_become_narrower_and_lower() {
        let mut terminal = Terminal::new(10, 60);
        let mut screen = Screen::new(HEADERS.to_vec(), true, PAPER);
        let state = rows(&["apps", "infra"]);
        terminal.draw(&screen.frame(&state, None, terminal.size));
        terminal.resize(10, 30);
        terminal.draw(&screen.frame(&state, None, terminal.size));
        assert_data_eq!(
            terminal.text(),
            str![[r#"
NAME    READY   MESSAGE
apps    True    Applied revis…
infra   True    Applied revis…

"#]]
        );
        terminal.resize(3, 12);
        let frame = screen.frame(&state, None, terminal.size);
        terminal.draw(&frame);
        assert!(terminal.text().ends_with("NAME    REA…\n… 2 more\n"), "{}", terminal.text());
    }

    #[test]
    fn a_narrow_screen_keeps_what_matters() {
        let mut rows = Rows::default();
        let cells = ["apps", "main@sha1:696f056d", "False", "True", "Applied revision"];
        rows.put(key("apps"), Rank::Absent, &cells.map(str::to_owned));
        let headers = vec!["NAME", "REVISION", "SUSPENDED", "READY", "MESSAGE"];
        let mut screen = Screen::new(headers, true, PAPER);
        let mut seen = |width| screen.lines(&rows, None, Size { height: 9, width }).remove(0);
        assert_eq!(seen(80), "NAME   REVISION             SUSPENDED   READY   MESSAGE");
        assert_eq!(seen(60), "NAME   REVISION             READY   MESSAGE");
        assert_eq!(seen(40), "NAME   READY   MESSAGE");
        assert_eq!(seen(80), "NAME   REVISION             SUSPENDED   READY   MESSAGE");
    }

    #[test]
    fn what_changed_stands_out_for_a_moment() {
        let mut rows = rows(&["apps", "infra"]);
        let paper = Paper { width: Some(80), is_styled: true };
        let (start, size) = (Instant::now(), Size { height: 9, width: 80 });
        let mut screen = Screen::new(HEADERS.to_vec(), true, paper);
        screen.notice(&rows, start);
        assert!(!screen.frame(&rows, None, size).contains("\u{1b}[1m"), "nothing is news at first");
        rows.put(key("infra"), Rank::Absent, &cells("infra", "False", "no"));
        screen.notice(&rows, start);
        let frame = screen.frame(&rows, None, size);
        let changed = "\u{1b}[1minfra   \u{1b}[31mFalse\u{1b}[0m\u{1b}[1m   no\u{1b}[0m";
        assert!(frame.contains(changed) && !frame.contains("\u{1b}[1mapps"), "{frame:?}");
        let later = start + MOMENT;
        assert!(screen.is_faded(later) && !screen.is_faded(start));
        screen.notice(&rows, later);
        assert!(!screen.frame(&rows, None, size).contains("\u{1b}[1m"));
    }

    #[test]
    fn the_smallest_terminal_is_survived() {
        for (height, width) in [(0, 0), (1, 1), (2, 5)] {
            let mut screen = Screen::new(HEADERS.to_vec(), true, PAPER);
            for _ in 0..2 {
                screen.frame(&rows(&["apps"]), Some("note"), Size { height, width });
            }
        }
    }
}
