//! A table in place on a terminal.

use std::time::{Duration, Instant};

use k8s_openapi::jiff::Timestamp;

use super::rows::{Row, Rows};
use super::stage::Size;
use crate::output::age::{age, steady_for};
use crate::output::table::{Layout, Paper, cut, fold};

/// A table in place on a terminal.
#[derive(Clone, Debug)]
pub struct Screen {
    headers: Vec<&'static str>,
    /// How wide the columns would be if there were room, which only grow as long as the terminal stays the same.
    layout: Layout,
    with_header: bool,
    is_styled: bool,
    /// The column that tells for how long a row has been what it is.
    age: Option<usize>,
    /// The lines of the last frame, and the terminal for which it was made.
    drawn: Vec<String>,
    drawn_for: Option<Size>,
    /// When what is shown will look different though nothing happens.
    next_look: Option<Instant>,
}

/// This moment, on both clocks.
#[derive(Clone, Copy, Debug)]
pub struct Moment {
    /// For what the screen itself measures.
    pub instant: Instant,
    /// For what the cluster tells.
    pub time: Timestamp,
}

/// How long a row that changed stands out.
const STANDS_OUT: Duration = Duration::from_secs(2);

/// Terminals do not agree on how wide some characters are. While a frame is written, what is too long is cut
/// by the terminal and does not take another line, which would bring all lines below out of place.
const NO_WRAP: &str = "\u{1b}[?7l";
const WRAP: &str = "\u{1b}[?7h";

impl Screen {
    /// A screen with these columns and nothing drawn yet.
    #[must_use]
    pub fn new(headers: Vec<&'static str>, with_header: bool, paper: Paper) -> Self {
        Self {
            layout: Layout::new(headers.clone(), with_header),
            headers,
            with_header,
            is_styled: paper.is_styled,
            age: None,
            drawn: Vec::new(),
            drawn_for: None,
            next_look: None,
        }
    }

    /// The same with a column before the last one, which tells for how long each row has been what it is.
    #[must_use]
    pub fn with_ages(mut headers: Vec<&'static str>, with_header: bool, paper: Paper) -> Self {
        let place = headers.len().saturating_sub(1);
        headers.insert(place, "AGE");
        Self { age: Some(place), ..Self::new(headers, with_header, paper) }
    }

    /// When what is shown will look different though nothing happens: an age goes on, or a row no longer
    /// stands out.
    #[must_use]
    pub fn next_look(&self) -> Option<Instant> {
        self.next_look
    }

    /// Forgets what the terminal shows: somebody else has written there meanwhile. The next frame stands below.
    pub fn forget(&mut self) {
        self.drawn.clear();
        self.drawn_for = None;
    }

    /// What to write so that the terminal shows `rows`, and `notes` below them, instead of the last frame;
    /// nothing if it shows that already.
    pub fn frame(&mut self, rows: &Rows, notes: &[String], size: Size, now: Moment) -> String {
        let lines = self.lines(rows, notes, size, now);
        let is_same_terminal = self.drawn_for == Some(size);
        if is_same_terminal && lines == self.drawn {
            return String::new();
        }
        let mut frame = NO_WRAP.to_owned() + &self.back_to_the_top(size);
        for (place, line) in lines.iter().enumerate() {
            if !is_same_terminal || self.drawn.get(place) != Some(line) {
                // Before the line and not behind it: a cursor that has reached the edge stays on the last
                // character, which would be erased as well.
                frame += "\u{1b}[K";
                frame += line;
            }
            frame += "\r\n";
        }
        frame += "\u{1b}[J";
        frame += WRAP;
        self.drawn = lines;
        self.drawn_for = Some(size);
        frame
    }

    /// Moves the cursor to the first line of the last frame. A terminal that became narrower since has
    /// wrapped its lines, and one that became lower has scrolled the first ones out of reach.
    fn back_to_the_top(&self, size: Size) -> String {
        let widths = self.drawn.iter().map(|line| console::measure_text_width(line));
        let wrapped = widths.map(|width| width.div_ceil(size.width.max(1)).max(1));
        match wrapped.sum::<usize>().min(size.height.saturating_sub(1)) {
            0 => "\r".to_owned(),
            up => format!("\r\u{1b}[{up}A"),
        }
    }

    /// The lines of a frame: never more than the terminal has, for what scrolls away cannot be replaced.
    fn lines(&mut self, rows: &Rows, notes: &[String], size: Size, now: Moment) -> Vec<String> {
        if self.drawn_for != Some(size) {
            self.layout = self.new_layout();
        }
        let height = size.height.saturating_sub(1);
        let notes = &notes[..notes.len().min(height)];
        let has_header = self.with_header && !rows.is_empty() && notes.len() < height;
        let room = height - notes.len() - usize::from(has_header);
        let shown = if rows.len() > room { room.saturating_sub(1) } else { room };
        let table = self.table(rows, shown, size.width, now);
        let hidden = (shown < room).then(|| hidden(rows, shown)).flatten();
        let notes = hidden.iter().chain(notes).map(|note| cut(&fold(note), size.width));
        table.into_iter().skip(usize::from(!has_header)).chain(notes).collect()
    }

    /// The headers and as many rows, whose cells decide how wide the columns are.
    fn table(&mut self, rows: &Rows, count: usize, width: usize, now: Moment) -> Vec<String> {
        let rows = rows.first(count);
        let cells: Vec<_> = rows.iter().map(|row| self.cells(row, now)).collect();
        cells.iter().for_each(|cells| self.layout.fit(cells));
        let mut layout = self.layout.clone();
        layout.narrow(width, self.with_header);
        self.next_look = rows.iter().filter_map(|row| self.next_look_of(row, now)).min();
        let line = |(row, cells): (&&Row, &Vec<String>)| {
            let line = layout.line(cells, Some(width), self.is_styled);
            if self.is_styled && stands_out_until(row, now).is_some() { bold(&line) } else { line }
        };
        let header = layout.header(Some(width));
        std::iter::once(header).chain(rows.iter().zip(&cells).map(line)).collect()
    }

    fn cells(&self, row: &Row, now: Moment) -> Vec<String> {
        let mut cells = row.cells.clone();
        if let Some(column) = self.age {
            let age = row.since.map(|since| age(elapsed(since, now))).unwrap_or_default();
            cells.insert(column.min(cells.len()), age);
        }
        cells
    }

    fn new_layout(&self) -> Layout {
        Layout::new(self.headers.clone(), self.with_header)
    }

    fn next_look_of(&self, row: &Row, now: Moment) -> Option<Instant> {
        let since = row.since.filter(|_| self.age.is_some());
        let older = since.map(|since| now.instant + steady_for(elapsed(since, now)));
        let faded = stands_out_until(row, now).filter(|_| self.is_styled);
        [older, faded].into_iter().flatten().min()
    }
}

/// Until when a row stands out, if it does.
fn stands_out_until(row: &Row, now: Moment) -> Option<Instant> {
    row.changed.map(|changed| changed + STANDS_OUT).filter(|until| *until > now.instant)
}

/// How long ago a time is; a clock that is ahead of ours makes it now.
fn elapsed(since: Timestamp, now: Moment) -> Duration {
    Duration::try_from(now.time.duration_since(since)).unwrap_or_default()
}

/// What is said of the rows that are not among the first `shown`.
fn hidden(rows: &Rows, shown: usize) -> Option<String> {
    let hidden = rows.len().saturating_sub(shown);
    let words = match rows.urgent_count().saturating_sub(shown) {
        0 => String::new(),
        urgent => format!(", {urgent} of them not ready"),
    };
    (hidden > 0).then(|| format!("… and {hidden} more{words}"))
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
    use crate::output::live::terminal::Terminal;
    use crate::output::live::{RowKey, Urgency};
    use crate::output::rank::Rank;

    const HEADERS: [&str; 3] = ["NAME", "READY", "MESSAGE"];
    const PAPER: Paper = Paper { width: Some(80), is_styled: false };
    const APPLIED: &str = "Applied revision: main@sha1:696f056d";

    fn screen() -> Screen {
        Screen::new(HEADERS.to_vec(), true, PAPER)
    }

    fn key(name: &str) -> RowKey {
        RowKey { kind: 0, namespace: "flux-system".to_owned(), name: name.to_owned() }
    }

    fn row(name: &str, ready: &str, message: &str) -> Row {
        Row::of([name, ready, message].map(str::to_owned).to_vec())
    }

    fn put(rows: &mut Rows, row: Row) {
        rows.put(key(&row.cells[0].clone()), Rank::Absent, row);
    }

    fn rows<'a>(names: impl IntoIterator<Item = &'a str>) -> Rows {
        let mut rows = Rows::of_screen();
        names.into_iter().for_each(|name| put(&mut rows, row(name, "True", APPLIED)));
        rows
    }

    fn notes(notes: &[&str]) -> Vec<String> {
        notes.iter().map(ToString::to_string).collect()
    }

    /// The moment that is so many milliseconds later than noon.
    fn noon_and(instant: Instant, milliseconds: i64) -> Moment {
        let noon: Timestamp = "2026-11-23T12:00:00Z".parse().unwrap();
        let time = Timestamp::from_millisecond(noon.as_millisecond() + milliseconds).unwrap();
        Moment { instant: instant + Duration::from_millis(milliseconds.unsigned_abs()), time }
    }

    fn noon() -> Moment {
        noon_and(Instant::now(), 0)
    }

    #[test]
    fn a_frame_replaces_the_one_before() {
        let mut terminal = Terminal::new(10, 60);
        let (mut screen, size, now) = (screen(), Size { height: 10, width: 60 }, noon());
        terminal.draw(&screen.frame(&rows(["apps", "infra", "tenants"]), &[], size, now));
        let lost = notes(&["the connection is lost"]);
        terminal.draw(&screen.frame(&rows(["apps"]), &lost, size, now));
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
    fn what_is_shown_already_is_not_written_again() {
        let mut terminal = Terminal::new(10, 60);
        let (mut screen, size, now) = (screen(), Size { height: 10, width: 60 }, noon());
        let mut state = rows(["apps", "infra", "tenants"]);
        terminal.draw(&screen.frame(&state, &[], size, now));
        assert_eq!(screen.frame(&state, &[], size, now), "");
        put(&mut state, row("infra", "False", "no"));
        let frame = screen.frame(&state, &[], size, now);
        assert!(frame.contains("infra") && !frame.contains("apps"), "{frame:?}");
        terminal.draw(&frame);
        let mut fresh = Terminal::new(10, 60);
        fresh.draw(&self::screen().frame(&state, &[], size, now));
        assert_eq!(
            terminal.text().replace("tenants   ", ""),
            fresh.text().replace("tenants   ", "")
        );
    }

    #[test]
    fn more_rows_than_lines_are_counted_and_those_to_be_seen_come_first() {
        let names: Vec<String> = (0..50).map(|number| format!("app-{number:02}")).collect();
        let mut state = rows(names.iter().map(String::as_str));
        let mut terminal = Terminal::new(6, 40);
        let (mut screen, size, now) = (screen(), Size { height: 6, width: 40 }, noon());
        terminal.draw(&screen.frame(&state, &notes(&["note"]), size, now));
        assert_data_eq!(
            terminal.text(),
            str![[r#"
NAME     READY   MESSAGE
app-00   True    Applied revision: main…
app-01   True    Applied revision: main…
… and 48 more
note

"#]]
        );
        for name in ["app-17", "app-33", "app-40"] {
            put(&mut state, row(name, "False", "no such file").urgent(Urgency::Failed));
        }
        terminal.draw(&screen.frame(&state, &notes(&["note"]), size, now));
        assert_data_eq!(
            terminal.text(),
            str![[r#"
NAME     READY   MESSAGE
app-17   False   no such file
app-33   False   no such file
… and 48 more, 1 of them not ready
note

"#]]
        );
    }

    #[test]
    fn a_terminal_may_become_narrower_and_lower() {
        let mut terminal = Terminal::new(10, 60);
        let (mut screen, now) = (screen(), noon());
        let state = rows(["apps", "infra"]);
        let mut frame = |height, width| screen.frame(&state, &[], Size { height, width }, now);
        terminal.draw(&frame(10, 60));
        terminal.resize(10, 30);
        terminal.draw(&frame(10, 30));
        assert_data_eq!(
            terminal.text(),
            str![[r#"
NAME    READY   MESSAGE
apps    True    Applied revis…
infra   True    Applied revis…

"#]]
        );
        terminal.resize(3, 12);
        terminal.draw(&frame(3, 12));
        assert!(terminal.text().ends_with("NAME   READY\n… and 2 more\n"), "{}", terminal.text());
    }

    #[test]
    fn a_narrow_screen_keeps_what_matters() {
        let mut rows = Rows::of_screen();
        let cells = ["apps", "main@sha1:696f056d", "False", "True", "3m20s", "Applied revision"];
        rows.put(key("apps"), Rank::Absent, Row::of(cells.map(str::to_owned).to_vec()));
        let headers = vec!["NAME", "REVISION", "SUSPENDED", "READY", "AGE", "MESSAGE"];
        let mut screen = Screen::new(headers, true, PAPER);
        let mut seen =
            |width| screen.lines(&rows, &[], Size { height: 9, width }, noon()).remove(0);
        let all = "NAME   REVISION             SUSPENDED   READY   AGE     MESSAGE";
        assert_eq!(seen(80), all);
        assert_eq!(seen(65), "NAME   REVISION   SUSPENDED   READY   AGE     MESSAGE");
        assert_eq!(seen(50), "NAME   REVISION   READY   AGE     MESSAGE");
        assert_eq!(seen(35), "NAME   READY   AGE     MESSAGE");
        assert_eq!(seen(30), "NAME   READY   MESSAGE");
        assert_eq!(seen(80), all);
    }

    #[test]
    fn a_narrow_screen_shortens_names_so_that_ready_has_its_place() {
        let headers = vec!["NAMESPACE", "NAME", "READY", "MESSAGE"];
        let mut screen = Screen::new(headers, true, PAPER);
        let mut rows = Rows::of_screen();
        let name = "kustomization/infrastructure-controllers";
        for (namespace, name) in [("flux-system", name), ("apps", "kustomization/web")] {
            let cells = [namespace, name, "False", "no such file"].map(str::to_owned);
            rows.put(key(namespace), Rank::Absent, Row::of(cells.to_vec()));
        }
        let mut seen = |width| {
            let lines = screen.lines(&rows, &[], Size { height: 9, width }, noon());
            lines.join("\n") + "\n"
        };
        assert_data_eq!(
            seen(40),
            str![[r#"
NAMESPACE   NAME                   READY
apps        kustomization/web      False
flux-sys…   kustomization/infra…   False

"#]]
        );
        assert_data_eq!(
            seen(80),
            str![[r#"
NAMESPACE     NAME                                  READY   MESSAGE
apps          kustomization/web                     False   no such file
flux-system   kustomization/infrastructure-contr…   False   no such file

"#]]
        );
    }

    #[test]
    fn what_changed_stands_out_for_a_moment() {
        let start = Instant::now();
        let mut rows = rows(["apps", "infra"]);
        let paper = Paper { width: Some(80), is_styled: true };
        let size = Size { height: 9, width: 80 };
        let mut screen = Screen::new(HEADERS.to_vec(), true, paper);
        let first = screen.frame(&rows, &[], size, noon_and(start, 0));
        assert!(!first.contains("\u{1b}[1m"), "nothing is news at first");
        put(&mut rows, row("infra", "False", "no").changed(Some(start)));
        let frame = screen.frame(&rows, &[], size, noon_and(start, 100));
        let changed = "\u{1b}[1minfra   \u{1b}[31mFalse\u{1b}[0m\u{1b}[1m   no\u{1b}[0m";
        assert!(frame.contains(changed) && !frame.contains("\u{1b}[1mapps"), "{frame:?}");
        assert_eq!(screen.next_look(), Some(start + STANDS_OUT));
        let faded = screen.frame(&rows, &[], size, noon_and(start, 2000));
        assert!(faded.contains("infra") && !faded.contains("\u{1b}[1m"), "{faded:?}");
        assert_eq!(screen.next_look(), None);
    }

    #[test]
    fn ages_go_on_by_themselves() {
        let start = Instant::now();
        let mut rows = Rows::of_screen();
        let since = |seconds: i64| noon_and(start, -1000 * seconds).time;
        for (name, seconds) in [("new", 5), ("old", 12 * 3600 + 60)] {
            put(&mut rows, row(name, "True", "ok").since(Some(since(seconds))));
        }
        put(&mut rows, row("none", "True", "ok"));
        let mut screen = Screen::with_ages(HEADERS.to_vec(), true, PAPER);
        let (mut terminal, size) = (Terminal::new(9, 60), Size { height: 9, width: 60 });
        terminal.draw(&screen.frame(&rows, &[], size, noon_and(start, 300)));
        assert_data_eq!(
            terminal.text(),
            str![[r#"
NAME   READY   AGE   MESSAGE
new    True    5s    ok
none   True          ok
old    True    12h   ok

"#]]
        );
        let next = start + Duration::from_secs(1);
        assert_eq!(screen.next_look(), Some(next), "when the youngest is a second older");
        assert_eq!(screen.frame(&rows, &[], size, noon_and(start, 999)), "");
        let frame = screen.frame(&rows, &[], size, noon_and(start, 1000));
        assert!(frame.contains("6s") && !frame.contains("12h"), "{frame:?}");
    }

    #[test]
    fn nothing_that_a_row_says_is_obeyed_or_takes_another_line() {
        let hostile = [
            "\u{1b}[2J\u{1b}]0;title\u{7}\r\u{8}\u{9b}2J\u{0}",
            "\u{61c}\u{200e}\u{202e}drow\u{2066}\u{2069}",
            "👩\u{200d}👩\u{200d}👧\u{200d}👦⚠\u{fe0f}豆腐🇯🇵👍🏽 ".repeat(9).leak(),
            "e\u{301}\u{302}\u{303}\u{2028}\u{2029}\u{ad}\u{feff}\u{200b}",
        ];
        for (height, width) in [(9, 80), (9, 40), (4, 13)] {
            let mut terminal = Terminal::new(height, width);
            let (mut screen, size) = (screen(), Size { height, width });
            let mut rows = Rows::of_screen();
            for (number, message) in hostile.iter().enumerate() {
                put(&mut rows, row(&format!("app-{number}"), "False", message));
                terminal.draw(&screen.frame(&rows, &notes(&[message]), size, noon()));
            }
            assert_eq!(terminal.text().lines().count(), (height - 1).min(6), "{}", terminal.text());
        }
    }

    #[test]
    fn the_smallest_terminal_is_survived() {
        for (height, width) in [(0, 0), (1, 1), (2, 5), (3, 5), (4, 5)] {
            let mut terminal = Terminal::new(height.max(1), width.max(1));
            let mut screen = screen();
            let size = Size { height, width };
            for names in [["apps", "infra"], ["apps", "tenants"]] {
                terminal.draw(&screen.frame(&rows(names), &notes(&["note", "more"]), size, noon()));
            }
            let shown = terminal.text().lines().count();
            assert!(shown <= height.saturating_sub(1), "{}", terminal.text());
        }
    }
}
