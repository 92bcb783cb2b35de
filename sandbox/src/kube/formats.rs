//! The formats of texts in schemas; a format that is not known here fits everything.
//!
//! Source: k8s.io/kube-openapi `pkg/validation/strfmt`.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// Whether `text` has the format.
pub(crate) fn fits(text: &str, format: &str) -> bool {
    match format {
        "date-time" => text.parse::<k8s_openapi::jiff::Timestamp>().is_ok(),
        "date" => text.parse::<k8s_openapi::jiff::civil::Date>().is_ok(),
        "byte" => STANDARD.decode(text).is_ok(),
        "duration" => is_duration(text),
        "ipv4" => text.parse::<std::net::Ipv4Addr>().is_ok(),
        "ipv6" => text.parse::<std::net::Ipv6Addr>().is_ok(),
        "uri" => {
            text.parse::<http::Uri>().is_ok_and(|uri| uri.scheme().is_some() || uri.path() == text)
        }
        _ => true,
    }
}

/// Numbers with units, one after the other: `1h30m`, `1.5s`.
fn is_duration(text: &str) -> bool {
    const UNITS: &[&str] = &["ns", "us", "\u{b5}s", "ms", "s", "m", "h"];
    let mut rest = text.strip_prefix(['-', '+']).unwrap_or(text);
    if rest == "0" {
        return true;
    }
    let mut is_empty = true;
    while !rest.is_empty() {
        let digits = rest.find(|c: char| !(c.is_ascii_digit() || c == '.')).unwrap_or(0);
        let (number, after) = rest.split_at(digits);
        let end = after.find(|c: char| c.is_ascii_digit() || c == '.').unwrap_or(after.len());
        let (unit, after) = after.split_at(end);
        if number.parse::<f64>().is_err() || !UNITS.contains(&unit) {
            return false;
        }
        is_empty = false;
        rest = after;
    }
    !is_empty
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_format_tells_good_from_bad() {
        for (format, good, bad) in [
            ("date-time", "2026-01-01T00:00:00Z", "2026-01-01"),
            ("date", "2026-01-01", "x"),
            ("byte", "YQ==", "!!"),
            ("duration", "1h30m0.5s", "1x"),
            ("ipv4", "10.0.0.1", "10.0.0"),
            ("ipv6", "::1", "10.0.0.1"),
            ("uri", "https://example.com/x", "::"),
        ] {
            assert!(fits(good, format), "{good} is a {format}");
            assert!(!fits(bad, format), "{bad} is no {format}");
        }
        assert!(fits("anything", "password"));
    }

    #[test]
    fn a_duration_has_a_unit() {
        for (text, is_good) in [("0", true), ("", false), ("5", false), ("-5s", true), ("s", false)]
        {
            assert_eq!(is_duration(text), is_good, "{text:?}");
        }
    }
}
