//! Which request may be repeated, and when: the one policy, without any I/O.
//!
//! Source: GitHub's documentation of rate limits for the REST API, and of best practices.

use std::time::Duration;

use http::StatusCode;

use crate::duration::GoDuration;

/// How often a request is sent at most.
const ATTEMPTS: u32 = 5;

/// What came of sending a request once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Observation {
    /// The connection was not made because the server is not trusted: it never will be.
    Untrusted,
    /// The connection was not made.
    Unsent,
    /// The request went out and no answer came back: it may have taken effect.
    Lost,
    /// An answer.
    Answered {
        /// Its status.
        status: StatusCode,
        /// The limit for which it was refused.
        limit: Limit,
    },
}

/// The limit for which a request was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Limit {
    /// None: it was answered, or refused for another reason.
    None,
    /// Wait this long.
    RetryAfter(Duration),
    /// The quota is used up and renewed in this time.
    UntilReset(Duration),
    /// One that names no time.
    Unspecified,
}

/// Whether a request that may have taken effect can be sent again without looking first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Repeat {
    /// Reads, deletions, and objects named by their content.
    Freely,
    /// Everything that would make a second one, or move something twice.
    AfterProbing,
}

/// What to do next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Decision {
    /// Take what came as the final outcome, good or bad.
    Take,
    /// Send it again after this time, or little more: the server named it.
    WaitAndRepeat(Duration),
    /// Send it again after up to this time, at random.
    BackOffAndRepeat(Duration),
    /// The caller must find out whether it took effect.
    Probe,
}

/// Decides what follows attempt number `attempt` (from 0).
pub(super) fn decide(observation: Observation, attempt: u32, repeat: Repeat) -> Decision {
    let is_last = attempt + 1 >= ATTEMPTS;
    match observation {
        Observation::Untrusted => Decision::Take,
        Observation::Unsent if is_last => Decision::Take,
        Observation::Unsent => Decision::BackOffAndRepeat(backoff(attempt)),
        Observation::Lost => after_doubt(attempt, repeat),
        Observation::Answered { status, limit } => match limit {
            _ if status.is_server_error() && status != StatusCode::NOT_IMPLEMENTED => {
                after_doubt(attempt, repeat)
            }
            Limit::None => Decision::Take,
            // A limited request had no effect, so that anything may be repeated.
            _ if is_last => Decision::Take,
            Limit::RetryAfter(time) => Decision::WaitAndRepeat(time),
            // GitHub renews on the full second and its servers' clocks differ a little.
            Limit::UntilReset(time) => Decision::WaitAndRepeat(time + Duration::from_secs(2)),
            Limit::Unspecified => {
                Decision::WaitAndRepeat(Duration::from_secs(60) * 2_u32.pow(attempt))
            }
        },
    }
}

fn after_doubt(attempt: u32, repeat: Repeat) -> Decision {
    match repeat {
        Repeat::AfterProbing => Decision::Probe,
        Repeat::Freely if attempt + 1 >= ATTEMPTS => Decision::Take,
        Repeat::Freely => Decision::BackOffAndRepeat(backoff(attempt)),
    }
}

/// The longest pause before the next attempt: half a second, doubling, at most ten.
pub(super) fn backoff(attempt: u32) -> Duration {
    Duration::from_millis(500 * 2_u64.pow(attempt.min(5))).min(Duration::from_secs(10))
}

/// What repeating has cost so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Repeats {
    times: u32,
    waited: Duration,
}

impl Repeats {
    /// Counts one more request that was sent again, after so long a wait.
    pub(super) fn add(&mut self, waited: Duration) {
        self.times += 1;
        self.waited += waited;
    }

    /// The sentence for the user; nothing when every first answer was good.
    pub(super) fn told(&self) -> Option<String> {
        let times = match self.times {
            0 => return None,
            1 => "once".to_owned(),
            times => format!("{times} times"),
        };
        let started_seconds = u64::from(self.waited.subsec_nanos() > 0);
        let waited = Duration::from_secs(self.waited.as_secs() + started_seconds);
        let waited = GoDuration::from(waited);
        Some(format!("requests to GitHub had to be repeated {times}, which took {waited}"))
    }
}

#[cfg(test)]
mod tests {
    use super::Decision::{BackOffAndRepeat, Probe, Take, WaitAndRepeat};
    use super::Repeat::{AfterProbing, Freely};
    use super::*;

    const fn seconds(seconds: u64) -> Duration {
        Duration::from_secs(seconds)
    }

    fn answered(status: u16, limit: Limit) -> Observation {
        Observation::Answered { status: StatusCode::from_u16(status).expect("status"), limit }
    }

    #[test]
    fn every_observation_has_its_decision() {
        let half = Duration::from_millis(500);
        for (observation, attempt, repeat, expected) in [
            (answered(200, Limit::None), 0, AfterProbing, Take),
            (answered(404, Limit::None), 0, Freely, Take),
            (answered(401, Limit::None), 0, Freely, Take),
            (answered(422, Limit::None), 0, Freely, Take),
            (answered(403, Limit::None), 0, Freely, Take),
            (answered(501, Limit::None), 0, Freely, Take),
            // GraphQL refuses with this status.
            (
                answered(200, Limit::UntilReset(seconds(9))),
                0,
                AfterProbing,
                WaitAndRepeat(seconds(11)),
            ),
            (
                answered(403, Limit::RetryAfter(seconds(3))),
                0,
                AfterProbing,
                WaitAndRepeat(seconds(3)),
            ),
            (answered(429, Limit::UntilReset(seconds(9))), 1, Freely, WaitAndRepeat(seconds(11))),
            (answered(403, Limit::Unspecified), 0, Freely, WaitAndRepeat(seconds(60))),
            (answered(403, Limit::Unspecified), 2, Freely, WaitAndRepeat(seconds(240))),
            (answered(403, Limit::RetryAfter(seconds(3))), 4, Freely, Take),
            (answered(502, Limit::None), 0, Freely, BackOffAndRepeat(half)),
            (answered(502, Limit::None), 2, Freely, BackOffAndRepeat(seconds(2))),
            (answered(502, Limit::None), 4, Freely, Take),
            (answered(502, Limit::None), 0, AfterProbing, Probe),
            (Observation::Lost, 0, Freely, BackOffAndRepeat(half)),
            (Observation::Lost, 0, AfterProbing, Probe),
            (Observation::Lost, 4, Freely, Take),
            (Observation::Untrusted, 0, Freely, Take),
            (Observation::Unsent, 0, AfterProbing, BackOffAndRepeat(half)),
            (Observation::Unsent, 4, Freely, Take),
        ] {
            let decision = decide(observation, attempt, repeat);
            assert_eq!(decision, expected, "{observation:?}, attempt {attempt}, {repeat:?}");
        }
    }

    #[test]
    fn what_repeating_has_cost_is_told_in_one_sentence() {
        let mut repeats = Repeats::default();
        assert_eq!(repeats.told(), None);
        repeats.add(Duration::from_millis(800));
        let told = "requests to GitHub had to be repeated once, which took 1s";
        assert_eq!(repeats.told().as_deref(), Some(told));
        repeats.add(seconds(60));
        let told = "requests to GitHub had to be repeated 2 times, which took 1m1s";
        assert_eq!(repeats.told().as_deref(), Some(told));
    }

    #[test]
    fn pauses_double_up_to_ten_seconds() {
        let pauses: Vec<_> = (0..7).map(|attempt| backoff(attempt).as_millis()).collect();
        assert_eq!(pauses, [500, 1000, 2000, 4000, 8000, 10_000, 10_000]);
    }
}
