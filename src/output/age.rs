//! How long ago something was, in as few letters as tell it.

use std::time::Duration;

const MINUTE: u64 = 60;
const HOUR: u64 = 60 * MINUTE;
const DAY: u64 = 24 * HOUR;
const YEAR: u64 = 365 * DAY;

/// A length of time as kubectl writes ages: `45s`, `3m20s`, `17h`, `5d`.
///
/// Source: `HumanDuration` of k8s.io/apimachinery, `pkg/util/duration`.
#[must_use]
pub fn age(duration: Duration) -> String {
    let seconds = duration.as_secs();
    let pair = |large: u64, unit: &str, small: u64, rest: &str| match seconds % large / small {
        0 => format!("{}{unit}", seconds / large),
        part => format!("{}{unit}{part}{rest}", seconds / large),
    };
    match seconds {
        ..120 => format!("{seconds}s"),
        120..600 => pair(MINUTE, "m", 1, "s"),
        600..10_800 => format!("{}m", seconds / MINUTE),
        10_800..28_800 => pair(HOUR, "h", MINUTE, "m"),
        28_800..172_800 => format!("{}h", seconds / HOUR),
        172_800..691_200 => pair(DAY, "d", HOUR, "h"),
        691_200..63_072_000 => format!("{}d", seconds / DAY),
        63_072_000..252_288_000 => pair(YEAR, "y", DAY, "d"),
        _ => format!("{}y", seconds / YEAR),
    }
}

/// How long [`age`] goes on to say the same of what has that age now, or less.
#[must_use]
pub fn steady_for(duration: Duration) -> Duration {
    let step = Duration::from_secs(match duration.as_secs() {
        ..600 => 1,
        600..28_800 => MINUTE,
        _ => HOUR,
    });
    let over = duration.as_nanos() % step.as_nanos();
    step - Duration::from_nanos(u64::try_from(over).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_steady_says_the_same() {
        for milliseconds in [0, 999, 119_500, 599_999, 600_000, 659_000, 28_799_000, 28_800_001] {
            let now = Duration::from_millis(milliseconds);
            let last = now + steady_for(now) - Duration::from_nanos(1);
            assert_eq!(age(now), age(last), "{milliseconds}");
        }
        let second = Duration::from_secs(1);
        for seconds in [0, 119, 599] {
            assert_eq!(steady_for(second * seconds), second, "{seconds}");
        }
        let next = Duration::from_secs(659) + steady_for(Duration::from_secs(659));
        assert_eq!(age(next), "11m");
    }

    #[test]
    fn two_units_where_one_would_say_too_little() {
        for (seconds, expected) in [
            (0, "0s"),
            (119, "119s"),
            (120, "2m"),
            (200, "3m20s"),
            (605, "10m"),
            (3 * HOUR + 300, "3h5m"),
            (9 * HOUR + 300, "9h"),
            (2 * DAY + 3 * HOUR, "2d3h"),
            (9 * DAY, "9d"),
            (2 * YEAR + 5 * DAY, "2y5d"),
            (9 * YEAR, "9y"),
        ] {
            assert_eq!(age(Duration::from_secs(seconds)), expected, "{seconds}");
        }
    }
}
