//! A spinner or a bar for what takes longer than a second; silent where there is no terminal.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

use super::{Output, clean};

/// The layout of a bar: how far it is, the count, and as much of what is being done as there is room for.
const BAR: &str = "{spinner} {bar:24} {pos}/{len} {wide_msg}";

/// A running spinner; it disappears when dropped.
pub struct Progress {
    bar: ProgressBar,
    what: String,
}

impl Output {
    /// Starts a spinner beside the name of what is being waited for.
    #[must_use]
    pub fn progress(&self, what: &str) -> Progress {
        let what = clean(what).into_owned();
        if !self.is_styled {
            return Progress { bar: ProgressBar::hidden(), what };
        }
        let bar = self.bars.add(ProgressBar::new_spinner());
        bar.set_style(ProgressStyle::default_spinner());
        bar.set_message(what.clone());
        bar.enable_steady_tick(Duration::from_millis(120));
        Progress { bar, what }
    }
}

impl Progress {
    /// Says how it stands.
    pub fn say(&self, how: &str) {
        self.bar.set_message(format!("{}: {}", self.what, clean(how)));
    }

    /// Says how many of several things are done; from the first time on it is a bar.
    pub fn count(&self, done: usize, of: usize) {
        let is_bar = self.bar.length().is_some();
        if !is_bar && let Ok(style) = ProgressStyle::with_template(BAR) {
            self.bar.set_style(style.progress_chars("━╸─"));
        }
        self.bar.set_length(of as u64);
        self.bar.set_position(done as u64);
    }

    /// Takes it away: what it was about is over.
    pub fn finish(&self) {
        self.bar.finish_and_clear();
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.finish();
    }
}
