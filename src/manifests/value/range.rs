//! Ranges of versions, as the controllers read them.

use std::sync::LazyLock;

use anyhow::{Result, anyhow};
use regex::Regex;

/// One version in a range: numbers or wildcards, a pre-release, build metadata.
const VERSION: &str = r"v?([0-9]+|[xX*])(\.([0-9]+|[xX*]))?(\.([0-9]+|[xX*]))?(-[0-9A-Za-z-]+(\.[0-9A-Za-z-]+)*)?(\+[0-9A-Za-z-]+(\.[0-9A-Za-z-]+)*)?";

/// The comparisons.
const OPERATOR: &str = r"(=|!=|>=|=>|<=|=<|>|<|~>|~|\^)?";

static ALTERNATIVE: LazyLock<Regex> = LazyLock::new(|| {
    let one = format!(r"{OPERATOR}\s*{VERSION}");
    let hyphen = format!(r"{VERSION}\s+-\s+{VERSION}");
    let part = format!("({hyphen}|{one})");
    let whole = format!(r"^\s*{part}((\s*,\s*|\s+){part})*\s*$");
    Regex::new(&whole).expect("a fixed expression: tests use it")
});

/// A range of versions: `>=58.0.0 <59.0.0`, `1.2.x`, `^1.0 || ~2.3`.
///
/// # Errors
/// With the rule.
///
/// Source: Masterminds/semver v3, `NewConstraint`.
pub fn semver_range(text: &str) -> Result<String> {
    if text.split("||").all(|alternative| ALTERNATIVE.is_match(alternative)) {
        return Ok(text.to_owned());
    }
    Err(anyhow!(
        "{text:?} is not a range of versions: comparisons like >=1.2.0, ^1.2, ~1.2 or 1.2.x, parted by \
         blanks or commas, alternatives by ||, as in \">=58.0.0 <59.0.0\""
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_those_of_masterminds() {
        for good in [
            ">=58.0.0 <59.0.0",
            ">=58.0.0, <59.0.0",
            ">=1.0.0,<2.0.0",
            "1.2.3",
            "v1.2.3",
            "1.2.x",
            "*",
            "x",
            "^1.2.x-0",
            "~1.2",
            "~> 1.2",
            "=1.0",
            "!= 1.0.1",
            "=> 1.0",
            "1.2 - 1.4.5",
            ">=1.0.0-rc.1 <2 || >=3",
            ">= 0.16.0",
            "1.0.0+build.5",
            "0.16.x",
        ] {
            assert!(semver_range(good).is_ok(), "{good}");
        }
        for bad in [
            "",
            "latest",
            ">=",
            "1.2.3.4",
            ">>1",
            "1.2 ||",
            "|| 1",
            "1..2",
            "1.a",
            ">=1.0 and <2",
            "1,",
        ] {
            assert!(semver_range(bad).is_err(), "{bad}");
        }
    }
}
