//! Every byte the user sees: data on standard output, the story on standard error.
//!
//! | module | what it prints |
//! |---|---|
//! | [`age`] | how long ago something was |
//! | [`table`] | columns, as kubectl prints them |
//! | [`diff`] | what would change |
//! | [`document`] | whole objects as JSON or YAML |
//! | [`items`] | the same, object by object |
//! | [`jsonpath`] | what a template of kubectl's makes of them |
//! | [`live`] | rows that change, in place or appended |
//! | [`progress`] | a spinner for what takes longer than a second |
//! | [`tree`] | objects that wait for one another, in place |
//! | [`rank`] | in which order rows stand |
//! | [`prompt`] | questions, each with a way to answer it beforehand |

pub mod age;
pub mod diff;
pub mod document;
pub mod items;
pub mod jsonpath;
pub mod live;
pub mod progress;
pub mod prompt;
pub mod rank;
pub mod session;
pub mod table;
pub mod tree;

use std::borrow::Cow;
use std::fmt::Display;
use std::io::{self, IsTerminal as _, Write as _};

use anyhow::{Context as _, Result};
use indicatif::MultiProgress;

use crate::error::{Class, Explain as _};
use table::Paper;

/// Where output goes and what the other side is; clones share the same spinners.
#[derive(Clone)]
pub struct Output {
    /// Whether standard output is a terminal.
    pub stdout_is_terminal: bool,
    /// Whether standard error is a terminal.
    pub stderr_is_terminal: bool,
    /// Whether colour and cursor movement are welcome: a terminal, no `NO_COLOR`, no `TERM=dumb`.
    pub is_styled: bool,
    /// The same for standard output.
    pub stdout_is_styled: bool,
    /// Whether a table can change in place on standard output, with or without colour.
    pub stdout_redraws: bool,
    bars: MultiProgress,
}

/// What is asked of terminals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// Colour and animation are welcome.
    Full,
    /// No colour, as `NO_COLOR` wants it.
    Plain,
    /// Nothing but text, as `TERM=dumb` needs it.
    Dumb,
}

impl Output {
    /// The process's own streams.
    #[must_use]
    pub fn of_process(style: Style) -> Self {
        let stderr_is_terminal = io::stderr().is_terminal();
        let stdout_is_terminal = io::stdout().is_terminal();
        Self {
            stdout_is_terminal,
            stderr_is_terminal,
            is_styled: stderr_is_terminal && style == Style::Full,
            stdout_is_styled: stdout_is_terminal && style == Style::Full,
            stdout_redraws: stdout_is_terminal && style != Style::Dumb,
            bars: MultiProgress::new(),
        }
    }

    /// Writes data to standard output as it is; nothing is added.
    ///
    /// # Errors
    /// [`Class::OutputClosed`] when nobody reads any more; when the disk behind it is full.
    pub fn data(&self, text: &str) -> Result<()> {
        match print(text) {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {
                Err(error).class(Class::OutputClosed)
            }
            written => written.context("cannot write to standard output"),
        }
    }

    /// `► text`: an action has started.
    pub fn action(&self, text: impl Display) {
        self.story("►", text);
    }

    /// `✚ text`: an object is being generated.
    pub fn generating(&self, text: impl Display) {
        self.story("✚", text);
    }

    /// `◎ text`: waiting for somebody else.
    pub fn waiting(&self, text: impl Display) {
        self.story("◎", text);
    }

    /// `✔ text`: a step is done.
    pub fn done(&self, text: impl Display) {
        self.story("✔", text);
    }

    /// `⚠️ text`: something to know about that is not a failure.
    pub fn warn(&self, text: impl Display) {
        self.story("⚠️", text);
    }

    /// `✗ text`: one of several things failed; the command's own failure is an error instead.
    pub fn failed(&self, text: impl Display) {
        self.story("✗", text);
    }

    /// One line of the story. A closed standard error is no reason to stop working.
    fn story(&self, symbol: &str, text: impl Display) {
        let line = format!("{symbol} {}\n", clean(&text.to_string()));
        self.bars.suspend(|| {
            let _ = io::stderr().write_all(line.as_bytes());
        });
    }
}

/// Writes to standard output as it is. Commands have [`Output::data`] for it.
///
/// # Errors
/// When nobody reads, or the disk behind it is full.
pub fn print(text: &str) -> io::Result<()> {
    let mut stdout = io::stdout().lock();
    stdout.write_all(text.as_bytes())?;
    stdout.flush()
}

/// Prints an error report, as made by [`crate::error::report`]. Needs no [`Output`], because there is none
/// yet when the context cannot be made.
pub fn print_report(report: &str) {
    // A closed standard error is no reason for another failure.
    let _ = io::stderr().write_all(report.as_bytes());
}

/// Neutralises what a terminal would obey: control characters other than line feed are written out as
/// `\u{1b}`, and so are the invisible ones that reorder text. Names and messages from a cluster or from
/// Git pass through here before they are printed.
#[must_use]
pub fn clean(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_unsafe) {
        return Cow::Borrowed(text);
    }
    let mut cleaned = String::with_capacity(text.len() + 16);
    for character in text.chars() {
        if is_unsafe(character) {
            cleaned.extend(character.escape_unicode());
        } else {
            cleaned.push(character);
        }
    }
    Cow::Owned(cleaned)
}

fn is_unsafe(character: char) -> bool {
    let reorders = matches!(character, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    (character.is_control() && character != '\n') || reorders
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_and_bidirectional_overrides_are_written_out() {
        assert_eq!(clean("a\u{1b}[2Jb\rc\u{202e}d"), "a\\u{1b}[2Jb\\u{d}c\\u{202e}d");
    }

    #[test]
    fn ordinary_text_is_untouched() {
        assert!(matches!(clean("Größe: ✔\nok"), Cow::Borrowed(_)));
    }
}
