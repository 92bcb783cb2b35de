//! A spinner for what takes longer than a second; silent where there is no terminal.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

use super::{Output, clean};

/// A running spinner; it disappears when dropped.
pub struct Progress(ProgressBar);

impl Output {
    /// Starts a spinner that says what is being waited for.
    #[must_use]
    pub fn progress(&self, text: &str) -> Progress {
        if !self.is_styled {
            return Progress(ProgressBar::hidden());
        }
        let bar = self.bars.add(ProgressBar::new_spinner());
        bar.set_style(ProgressStyle::default_spinner());
        bar.set_message(clean(text).into_owned());
        bar.enable_steady_tick(Duration::from_millis(120));
        Progress(bar)
    }
}

impl Progress {
    /// Replaces the text beside the spinner.
    pub fn say(&self, text: &str) {
        self.0.set_message(clean(text).into_owned());
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}
