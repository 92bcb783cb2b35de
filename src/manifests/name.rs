//! The names that Kubernetes accepts.

use anyhow::Result;

use crate::error::{Explain as _, usage};

/// Checks that `value` is a DNS label (RFC 1123): 1 to 63 of `a-z`, `0-9` and `-`, no `-` at either end.
///
/// # Errors
/// [`crate::error::Class::Usage`] naming `what` the value is for, and the value.
pub fn require_label(what: &str, value: &str) -> Result<()> {
    if is_label(value) {
        return Ok(());
    }
    Err(usage(format!("{what} {value:?} is not a DNS label")).hint(
        "use 1 to 63 lower-case letters, digits and '-', beginning and ending with a letter or digit, \
         like flux-system",
    ))
}

fn is_label(value: &str) -> bool {
    let inner = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    (1..=63).contains(&value.len())
        && value.bytes().all(inner)
        && !value.starts_with('-')
        && !value.ends_with('-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels() {
        for good in ["a", "flux-system", "0", &"a".repeat(63)] {
            assert!(is_label(good), "{good}");
        }
        for bad in ["", "-a", "a-", "A", "a.b", "a_b", "ü", &"a".repeat(64)] {
            assert!(!is_label(bad), "{bad}");
        }
    }
}
