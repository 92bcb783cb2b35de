//! A spinner for what takes longer than a second; silent where there is no terminal.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

use super::{Output, clean};

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
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
