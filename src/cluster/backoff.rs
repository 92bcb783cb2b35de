//! How long to wait before trying again.

use std::hash::{BuildHasher as _, RandomState};
use std::time::Duration;

/// How often a request is sent when the server is busy.
const ATTEMPTS: u32 = 5;

/// What a server that is too busy gets when it does not say how long it wants.
const BUSY_PAUSE: Duration = Duration::from_secs(1);

/// The longest pause that a server's `Retry-After` can impose on one attempt.
const LONGEST_PAUSE: Duration = Duration::from_secs(30);

/// Delays that double up to a limit, each spread by a quarter so that many clients do not come at once.
pub(super) struct Backoff {
    first: Duration,
    limit: Duration,
    next: Duration,
}

impl Backoff {
    pub(super) const fn new(first: Duration, limit: Duration) -> Self {
        Self { first, limit, next: first }
    }

    /// The next delay.
    pub(super) fn step(&mut self) -> Duration {
        let delay = self.next;
        self.next = (delay * 2).min(self.limit);
        delay.mul_f64(spread())
    }

    /// Starts again with the first delay.
    pub(super) fn reset(&mut self) {
        self.next = self.first;
    }
}

/// A factor from 0.75 to 1.25. The standard library seeds its hashers randomly, which is all the
/// randomness that this needs.
fn spread() -> f64 {
    let random = RandomState::new().hash_one(0_u8) % 1024;
    0.75 + f64::from(u16::try_from(random).unwrap_or(512)) / 2048.0
}

/// Sends a request again when the server is too busy for it (429, 503, 504): a bounded number of times,
/// after the pause that the server asks for. Every request that goes through here may be sent twice.
///
/// kube's own retry is off: it goes up to 15 attempts and many minutes, for every method, and tells nobody.
pub(super) async fn patiently<T, F>(request: impl Fn() -> F) -> kube::Result<T>
where
    F: Future<Output = kube::Result<T>>,
{
    let mut attempt = 1;
    loop {
        match request().await {
            Err(error) if attempt < ATTEMPTS => match pause_for(&error) {
                Some(pause) => tokio::time::sleep(pause.mul_f64(spread())).await,
                None => return Err(error),
            },
            result => return result,
        }
        attempt += 1;
    }
}

/// How long a busy server wants to be left alone; nothing for every other error.
fn pause_for(error: &kube::Error) -> Option<Duration> {
    let kube::Error::Api(status) = error else { return None };
    if !matches!(status.code, 429 | 503 | 504) {
        return None;
    }
    let asked = status.details.as_ref().map_or(0, |details| details.retry_after_seconds);
    let asked = Duration::from_secs(u64::from(asked)).min(LONGEST_PAUSE);
    Some(if asked.is_zero() { BUSY_PAUSE } else { asked })
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use kube::core::Status;

    use super::*;

    fn refusal(code: u16) -> kube::Error {
        kube::Error::Api(Status::failure("no", "").with_code(code).boxed())
    }

    #[test]
    fn delays_double_up_to_the_limit_and_start_again_after_a_reset() {
        let mut backoff = Backoff::new(Duration::from_millis(500), Duration::from_secs(2));
        let in_range = |delay: Duration, nominal: f64| {
            let ratio = delay.as_secs_f64() / nominal;
            assert!((0.75..1.25).contains(&ratio), "{delay:?} for {nominal}");
        };
        for nominal in [0.5, 1.0, 2.0, 2.0] {
            in_range(backoff.step(), nominal);
        }
        backoff.reset();
        in_range(backoff.step(), 0.5);
    }

    #[tokio::test(start_paused = true)]
    async fn a_busy_server_is_asked_again_a_bounded_number_of_times() {
        for code in [429, 503, 504] {
            let sent = Cell::new(0);
            let result: kube::Result<()> = patiently(|| {
                sent.set(sent.get() + 1);
                async { Err(refusal(code)) }
            })
            .await;
            assert!(result.is_err());
            assert_eq!(sent.get(), ATTEMPTS, "{code}");
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_refusal_is_final() {
        for code in [400, 403, 404, 409, 422, 500] {
            let sent = Cell::new(0);
            let result: kube::Result<()> = patiently(|| {
                sent.set(sent.get() + 1);
                async { Err(refusal(code)) }
            })
            .await;
            assert!(result.is_err());
            assert_eq!(sent.get(), 1, "{code}");
        }
    }

    #[tokio::test(start_paused = true)]
    async fn success_after_a_pause_is_success() {
        let sent = Cell::new(0);
        let result = patiently(|| {
            sent.set(sent.get() + 1);
            let attempt = sent.get();
            async move { if attempt < 3 { Err(refusal(429)) } else { Ok(attempt) } }
        })
        .await;
        assert_eq!(result.expect("the third attempt succeeds"), 3);
    }
}
