//! One clock for a whole command.

use std::time::Duration;

use anyhow::{Result, anyhow};
use tokio::time::Instant;

use crate::duration::GoDuration;
use crate::error::{Class, Explain as _};

/// When the command's `--timeout` is over; shared by every step, so that no step gets a fresh clock.
#[derive(Clone, Copy, Debug)]
pub struct Deadline {
    at: Option<Instant>,
    limit: Duration,
}

impl Deadline {
    /// Starts the clock now. A `limit` of zero means no limit.
    #[must_use]
    pub fn after(limit: Duration) -> Self {
        Self { at: (!limit.is_zero()).then(|| Instant::now() + limit), limit }
    }

    /// The same limit from now on: for what follows after a person was asked, who may think for as long as
    /// they like.
    #[must_use]
    pub fn restarted(&self) -> Self {
        Self::after(self.limit)
    }

    /// The same clock, which stood still for so long.
    #[must_use]
    pub fn later(&self, by: Duration) -> Self {
        Self { at: self.at.map(|at| at + by), limit: self.limit }
    }

    /// A clock that never runs out.
    #[must_use]
    pub fn never() -> Self {
        Self { at: None, limit: Duration::ZERO }
    }

    /// What is left; `None` when there is no limit.
    #[must_use]
    pub fn remaining(&self) -> Option<Duration> {
        self.at.map(|at| at.saturating_duration_since(Instant::now()))
    }

    /// Runs `work` until the clock is over.
    ///
    /// # Errors
    /// Those of `work`; [`Class::TimedOut`] saying that `what` took longer than the limit.
    pub async fn within<T>(&self, what: &str, work: impl Future<Output = Result<T>>) -> Result<T> {
        let Some(at) = self.at else { return work.await };
        match tokio::time::timeout_at(at, work).await {
            Ok(result) => result,
            Err(_) => Err(self.expired(what)),
        }
    }

    /// Resolves when the clock is over; never without a limit.
    pub async fn passed(&self) {
        match self.at {
            Some(at) => tokio::time::sleep_until(at).await,
            None => std::future::pending().await,
        }
    }

    /// The error for a clock that ran out while waiting for `what`.
    #[must_use]
    pub fn expired(&self, what: &str) -> anyhow::Error {
        self.explain(anyhow!("{}", self.over(what)))
    }

    /// The error for a clock that ran out while waiting for `what`, with what was `seen` last.
    #[must_use]
    pub fn expired_seeing(&self, what: &str, seen: &str) -> anyhow::Error {
        self.explain(anyhow!("{seen}").context(self.over(what)))
    }

    fn over(&self, what: &str) -> String {
        format!("timed out after {} waiting for {what}", GoDuration::from(self.limit))
    }

    fn explain(&self, error: anyhow::Error) -> anyhow::Error {
        error.class(Class::TimedOut).hint("give it longer with --timeout")
    }
}

/// Waits until then; for ever if there is no such time.
pub async fn at(time: Option<Instant>) {
    match time {
        Some(time) => tokio::time::sleep_until(time).await,
        None => std::future::pending().await,
    }
}
