//! Objects that wait for one another, on a terminal: a line for each, which changes in place.

use indicatif::{ProgressBar, ProgressStyle};

use super::{Output, clean};

/// How it stands with one line of a tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// It has not begun.
    Waiting,
    /// It is under way.
    UnderWay,
    /// It is done.
    Done,
    /// It failed.
    Failed,
    /// It will not begin, because of another one.
    Blocked,
}

impl Mark {
    const fn symbol(self) -> &'static str {
        match self {
            Self::Waiting => "·",
            Self::UnderWay => "◎",
            Self::Done => "✔",
            Self::Failed => "✗",
            Self::Blocked => "⊘",
        }
    }
}

/// Lines that change in place; they disappear when dropped.
pub struct Tree {
    lines: Vec<Line>,
}

struct Line {
    bar: ProgressBar,
    indent: String,
    label: String,
}

impl Output {
    /// Shows a line for each of these: how deep it stands, and what it is called. Silent where there is no
    /// terminal.
    #[must_use]
    pub fn tree(&self, lines: impl IntoIterator<Item = (usize, String)>) -> Tree {
        let line = |(depth, label): (usize, String)| {
            let bar = match self.is_styled {
                true => self.bars.add(ProgressBar::new_spinner()),
                false => ProgressBar::hidden(),
            };
            if let Ok(style) = ProgressStyle::with_template("{msg}") {
                bar.set_style(style);
            }
            let line = Line { bar, indent: "  ".repeat(depth), label: clean(&label).into_owned() };
            line.show(Mark::Waiting, "");
            line
        };
        Tree { lines: lines.into_iter().map(line).collect() }
    }
}

impl Tree {
    /// Says how it stands with a line.
    pub fn mark(&self, line: usize, mark: Mark, words: &str) {
        if let Some(line) = self.lines.get(line) {
            line.show(mark, words);
        }
    }

    /// Takes it away: what it was about is over.
    pub fn finish(&self) {
        self.lines.iter().for_each(|line| line.bar.finish_and_clear());
    }
}

impl Line {
    fn show(&self, mark: Mark, words: &str) {
        let Self { bar, indent, label } = self;
        let words = match words {
            "" => String::new(),
            words => format!(": {}", clean(words).replace('\n', " ")),
        };
        bar.set_message(format!("{indent}{} {label}{words}", mark.symbol()));
        bar.tick();
    }
}

impl Drop for Tree {
    fn drop(&mut self) {
        self.finish();
    }
}
