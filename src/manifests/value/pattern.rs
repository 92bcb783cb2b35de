//! Regular expressions, as the controllers understand them.

use anyhow::{Result, anyhow, ensure};
use regex::Regex;

/// A regular expression in the syntax of RE2.
///
/// Checked with Rust's library, whose syntax is RE2's but for `\C` and `\Q…\E`, which it refuses.
///
/// # Errors
/// With what is wrong and where.
pub fn regular_expression(text: &str) -> Result<String> {
    compiled(text).map(|_| text.to_owned())
}

/// Checks that each name in `template` (`$ts`, `${ts}`) is a group of `pattern`.
///
/// # Errors
/// With the name that is not, and the groups that there are.
pub fn groups_exist(pattern: &str, template: &str) -> Result<()> {
    let pattern = compiled(pattern)?;
    let groups: Vec<&str> = pattern.capture_names().flatten().collect();
    for name in names_in(template) {
        let is_number = name.parse::<usize>().is_ok_and(|number| number < pattern.captures_len());
        ensure!(
            is_number || groups.contains(&name),
            "{template:?} extracts ${name}, which is no group of the expression: name one with \
             (?P<{name}>…)"
        );
    }
    Ok(())
}

fn compiled(text: &str) -> Result<Regex> {
    Regex::new(text).map_err(|error| {
        let error = error.to_string();
        let last = error.lines().last().unwrap_or_default().trim_start_matches("error: ");
        anyhow!(
            "{text:?} is not a regular expression: {last}; a right one is '^main-(?P<ts>[0-9]+)$'"
        )
    })
}

/// The names of groups in a template of Go's `Regexp.Expand`.
fn names_in(template: &str) -> Vec<&str> {
    let mut names = Vec::new();
    let mut rest = template;
    while let Some((_, after)) = rest.split_once('$') {
        if let Some(second) = after.strip_prefix('$') {
            rest = second;
            continue;
        }
        let inner = after.strip_prefix('{').unwrap_or(after);
        let is_name = |character: char| character.is_alphanumeric() || character == '_';
        let end = inner.find(|character| !is_name(character)).unwrap_or(inner.len());
        names.extend(Some(&inner[..end]).filter(|name| !name.is_empty()));
        rest = &inner[end..];
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn expressions_are_compiled() {
        for good in ["^main-[a-f0-9]+-(?P<ts>[0-9]+)", "", "(?i)a|b", r"\d{1,3}", "^v(?<n>.*)$"] {
            assert!(regular_expression(good).is_ok(), "{good}");
        }
        for bad in ["(", "[a", "a{2,1}", "*a", r"(?P<n>a)\1", "(?=a)"] {
            let error = regular_expression(bad).unwrap_err().to_string();
            assert!(error.starts_with(&format!("{bad:?} is not")), "{error}");
        }
    }

    #[test]
    fn what_is_extracted_must_be_a_group() {
        for (pattern, template, is_right) in [
            ("(?P<ts>[0-9]+)", "$ts", true),
            ("(?P<ts>[0-9]+)", "${ts}-x", true),
            ("([0-9]+)", "$1", true),
            ("([0-9]+)", "$2", false),
            ("(?P<ts>[0-9]+)", "$timestamp", false),
            ("(?P<ts>[0-9]+)", "$ts-$missing", false),
            ("a", "price: $$5", true),
            ("a", "plain", true),
        ] {
            assert_eq!(groups_exist(pattern, template).is_ok(), is_right, "{pattern} {template}");
        }
    }
}
