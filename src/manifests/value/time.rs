//! Intervals and limits, as the schemas of Flux's kinds accept them.

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use anyhow::{Result, anyhow};

use crate::duration::GoDuration;

/// The shortest time that the schemas have a unit for.
const SHORTEST: Duration = Duration::from_millis(1);

/// Time between two reconciliations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Interval(GoDuration);

/// Limit of one operation of a source, whose schema knows no hours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limit(GoDuration);

impl Interval {
    /// A whole number of minutes.
    #[must_use]
    pub const fn from_minutes(minutes: u64) -> Self {
        Self(GoDuration::from_minutes(minutes))
    }
}

impl FromStr for Interval {
    type Err = anyhow::Error;

    fn from_str(text: &str) -> Result<Self> {
        whole_milliseconds(text).map(Self)
    }
}

impl fmt::Display for Interval {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for Limit {
    type Err = anyhow::Error;

    fn from_str(text: &str) -> Result<Self> {
        whole_milliseconds(text).map(Self)
    }
}

/// In minutes and seconds: `90m0s`.
impl fmt::Display for Limit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let minutes = self.0.get().as_secs() / 60;
        let rest = GoDuration::from(self.0.get() - Duration::from_secs(minutes * 60));
        if minutes == 0 { rest.fmt(f) } else { write!(f, "{minutes}m{rest}") }
    }
}

fn whole_milliseconds(text: &str) -> Result<GoDuration> {
    let duration: GoDuration = text.parse()?;
    let is_whole = duration.get().as_nanos().is_multiple_of(SHORTEST.as_nanos());
    if duration.get() < SHORTEST || !is_whole {
        return Err(anyhow!(
            "{text:?} is not a whole number of milliseconds above zero, like 30s or 10m"
        ));
    }
    Ok(duration)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_written_as_the_schemas_want_them() {
        for (text, interval, limit) in [
            ("1m", "1m0s", "1m0s"),
            ("90s", "1m30s", "1m30s"),
            ("1h30m", "1h30m0s", "90m0s"),
            ("500ms", "500ms", "500ms"),
            ("2h0.5s", "2h0m0.5s", "120m500ms"),
        ] {
            assert_eq!(text.parse::<Interval>().unwrap().to_string(), interval);
            assert_eq!(text.parse::<Limit>().unwrap().to_string(), limit);
        }
        for bad in ["", "10", "0", "0s", "1us", "1ms1us", "-1m", "1d", "1 m"] {
            assert!(bad.parse::<Interval>().is_err(), "{bad}");
            assert!(bad.parse::<Limit>().is_err(), "{bad}");
        }
    }
}
