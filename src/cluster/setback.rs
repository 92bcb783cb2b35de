//! A failure that may heal, and how long it may last.

use std::time::Duration;

use tokio::time::Instant;

/// What an object fails with while its controller tries again.
#[derive(Clone, Debug)]
pub(super) struct Setback {
    budget: Duration,
    since: Option<Instant>,
    words: Option<String>,
}

impl Setback {
    /// None so far. `budget` is how long failures may last.
    pub(super) fn new(budget: Duration) -> Self {
        Self { budget, since: None, words: None }
    }

    /// Takes note of an object that does not fail now. Between two attempts that is no success, so the
    /// budget goes on.
    pub(super) fn pause(&mut self) {
        self.words = None;
    }

    /// Takes note of an object that has become as it should be.
    pub(super) fn end(&mut self) {
        *self = Self::new(self.budget);
    }

    /// Takes note of a failure. Returns until when it may last; nothing once the budget is used up.
    pub(super) fn note(&mut self, words: String, now: Instant) -> Option<Instant> {
        let until = *self.since.get_or_insert(now) + self.budget;
        self.words = Some(words);
        (now < until).then_some(until)
    }

    /// What it fails with now.
    pub(super) fn words(&self) -> Option<&str> {
        self.words.as_deref()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BUDGET: Duration = Duration::from_secs(30);

    fn note(setback: &mut Setback, now: Instant) -> Option<Instant> {
        setback.note("it fails".to_owned(), now)
    }

    #[test]
    fn attempts_in_between_use_the_budget_up_and_success_gives_a_new_one() {
        let (mut setback, start) = (Setback::new(BUDGET), Instant::now());
        assert_eq!(note(&mut setback, start), Some(start + BUDGET));
        assert_eq!(setback.words(), Some("it fails"));
        setback.pause();
        assert_eq!(setback.words(), None);
        assert_eq!(note(&mut setback, start + BUDGET), None);
        setback.end();
        assert_eq!(note(&mut setback, start + BUDGET), Some(start + BUDGET * 2));
    }
}
