//! Durations as Go writes them, which is how Flux's API and messages spell them.

use std::time::Duration;

/// Reads what Go's `time.ParseDuration` reads, as far as whole and fractional hours, minutes,
/// seconds and milliseconds go: `1h30m`, `1m0s`, `0.5s`, `200ms`.
pub(super) fn parse(text: &str) -> Option<Duration> {
    let mut rest = text;
    let mut seconds = 0.0;
    while !rest.is_empty() {
        let digits = rest.find(|c: char| !c.is_ascii_digit() && c != '.')?;
        let number: f64 = rest[..digits].parse().ok()?;
        rest = &rest[digits..];
        let (unit, length) = [("ms", 0.001), ("h", 3600.0), ("m", 60.0), ("s", 1.0)]
            .into_iter()
            .find(|(unit, _)| rest.starts_with(unit))?;
        rest = &rest[unit.len()..];
        seconds += number * length;
    }
    (!text.is_empty()).then(|| Duration::from_secs_f64(seconds))
}

/// Writes a duration as Go's `Duration.String` does, to the millisecond: `10m0s`, `1.5s`, `200ms`.
pub(super) fn format(duration: Duration) -> String {
    let milliseconds = duration.as_millis();
    if milliseconds == 0 {
        return "0s".to_owned();
    }
    if milliseconds < 1000 {
        return format!("{milliseconds}ms");
    }
    let (seconds, milliseconds) = (milliseconds / 1000, milliseconds % 1000);
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    let fraction = format!(".{milliseconds:03}");
    let seconds = format!("{seconds}{}s", fraction.trim_end_matches('0').trim_end_matches('.'));
    match (hours, minutes) {
        (0, 0) => seconds,
        (0, minutes) => format!("{minutes}m{seconds}"),
        (hours, minutes) => format!("{hours}h{minutes}m{seconds}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_what_go_writes() {
        for (milliseconds, text) in [
            (0, "0s"),
            (200, "200ms"),
            (1500, "1.5s"),
            (30_000, "30s"),
            (60_000, "1m0s"),
            (600_000, "10m0s"),
            (3_600_000, "1h0m0s"),
        ] {
            assert_eq!(format(Duration::from_millis(milliseconds)), text);
            assert_eq!(parse(text), Some(Duration::from_millis(milliseconds)));
        }
    }

    #[test]
    fn refuses_what_is_no_duration() {
        for text in ["", "10", "m", "10x", "1h-"] {
            assert_eq!(parse(text), None, "{text:?}");
        }
    }
}
