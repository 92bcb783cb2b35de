//! Whole numbers.

use anyhow::{Result, anyhow};

/// How often something is tried again: none or more, or any negative number for ever.
///
/// # Errors
/// With the rule that is broken.
pub fn retries(text: &str) -> Result<i32> {
    text.parse().map_err(|_| {
        anyhow!("{text:?} is not a number of attempts: a whole one like 3, or -1 for ever")
    })
}

/// How many there are of something.
///
/// # Errors
/// With the rule that is broken.
pub fn count(text: &str) -> Result<i32> {
    let number = text.parse().ok().filter(|number| *number >= 0);
    number.ok_or_else(|| anyhow!("{text:?} is not a whole number from 0 on, like 10"))
}

/// A time in whole seconds.
///
/// # Errors
/// With the rule that is broken.
pub fn seconds(text: &str) -> Result<u32> {
    text.parse().map_err(|_| anyhow!("{text:?} is not a whole number of seconds, like 30"))
}

/// The length of an RSA key. Which ones there are is up to who makes it.
///
/// # Errors
/// With the rule that is broken.
pub fn rsa_bits(text: &str) -> Result<u32> {
    text.parse().map_err(|_| {
        anyhow!("{text:?} is not the length of an RSA key: one of 2048, 3072, 4096, 8192")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_attempts_are_without_end() {
        assert_eq!(retries("-1").ok(), Some(-1));
        assert_eq!(count("0").ok(), Some(0));
        let refused = count("-1").expect_err("there is no such number of things");
        assert_eq!(refused.to_string(), "\"-1\" is not a whole number from 0 on, like 10");
        assert!(seconds("-1").is_err());
        assert!(rsa_bits("many").is_err());
    }
}
