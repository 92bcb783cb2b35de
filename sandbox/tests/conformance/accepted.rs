//! The differences that are accepted, each with its reason; there are no others.

use crate::difference::Difference;

/// A row of the table. `*` stands for any run of characters in each of the first three columns.
pub(crate) struct Accepted {
    pub(crate) scenario: &'static str,
    pub(crate) step: &'static str,
    /// See [`Difference::at`].
    pub(crate) at: &'static str,
    pub(crate) reason: &'static str,
    /// Whether it only shows when a controller of the real cluster was faster than the test; every
    /// other row must show, or it is stale.
    pub(crate) is_race: bool,
}

impl Accepted {
    /// Whether the row explains a difference.
    pub(crate) fn explains(&self, difference: &Difference) -> bool {
        matches(self.scenario, difference.scenario)
            && matches(self.step, &difference.step)
            && matches(self.at, &difference.at)
    }
}

const fn always(
    scenario: &'static str,
    step: &'static str,
    at: &'static str,
    reason: &'static str,
) -> Accepted {
    Accepted { scenario, step, at, reason, is_race: false }
}

/// Every row.
pub(crate) const TABLE: &[Accepted] = &[];

/// Whether a text fits a pattern in which `*` stands for any run of characters.
fn matches(pattern: &str, text: &str) -> bool {
    let Some((start, rest)) = pattern.split_once('*') else { return pattern == text };
    let Some(text) = text.strip_prefix(start) else { return false };
    text.char_indices()
        .map(|(index, _)| index)
        .chain([text.len()])
        .any(|index| matches(rest, &text[index..]))
}

#[cfg(test)]
mod tests {
    use super::matches;

    #[test]
    fn a_star_is_any_run_of_characters() {
        assert!(matches("*", "") && matches("/a/*", "/a/b/c") && matches("/[*]", "/[a]"));
        assert!(!matches("/a", "/a/b") && !matches("/[*]", "/[a]/b") && !matches("*x", "xy"));
    }
}
