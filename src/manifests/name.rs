//! Kubernetes' rules for names.

use anyhow::Result;

use crate::error;

/// Accepts a DNS label (RFC 1123): the name of a namespace. Made for command-line arguments.
///
/// # Errors
/// Usage, with the rule.
pub fn dns_label(text: &str) -> Result<String> {
    if is_label(text) {
        return Ok(text.to_owned());
    }
    Err(error::usage(format!(
        "{text:?} is not a valid name: at most 63 lower-case letters, digits and '-', beginning and ending \
         with a letter or digit, like team-1"
    )))
}

/// Accepts a DNS subdomain (RFC 1123): the name of most objects, and a cluster's domain.
///
/// # Errors
/// Usage, with the rule.
pub fn dns_subdomain(text: &str) -> Result<String> {
    if text.len() <= 253 && text.split('.').all(is_subdomain_part) {
        return Ok(text.to_owned());
    }
    Err(error::usage(format!(
        "{text:?} is not a valid name: at most 253 lower-case letters, digits, '-' and '.', each part \
         beginning and ending with a letter or digit, like web-1"
    )))
}

/// Accepts a qualified name: the key of a label, an annotation or a taint, with or without a DNS
/// subdomain and `/` before it.
///
/// # Errors
/// Usage, with the rule.
pub fn qualified(text: &str) -> Result<String> {
    let (prefix, name) = match text.split_once('/') {
        Some((prefix, name)) => (Some(prefix), name),
        None => (None, text),
    };
    if prefix.is_none_or(|prefix| dns_subdomain(prefix).is_ok()) && is_qualified_part(name) {
        return Ok(text.to_owned());
    }
    Err(error::usage(format!(
        "{text:?} is not a valid key: at most 63 letters, digits, '-', '_' and '.', beginning and ending \
         with a letter or digit; before them, if anything, a domain and '/', like example.com/team"
    )))
}

fn is_qualified_part(text: &str) -> bool {
    let is_inner = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
    let is_outer = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphanumeric);
    let bytes = text.as_bytes();
    text.len() <= 63
        && text.bytes().all(is_inner)
        && is_outer(bytes.first())
        && is_outer(bytes.last())
}

fn is_label(text: &str) -> bool {
    text.len() <= 63 && is_subdomain_part(text)
}

/// Parts of a subdomain have no length limit of their own in Kubernetes.
fn is_subdomain_part(text: &str) -> bool {
    let is_inner = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    !text.is_empty() && text.bytes().all(is_inner) && !text.starts_with('-') && !text.ends_with('-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_follow_rfc_1123() {
        for good in ["flux-system", "a", "0", &"a".repeat(63)] {
            assert!(dns_label(good).is_ok(), "{good}");
        }
        for bad in ["", "-a", "a-", "A", "a.b", "a_b", "ä", "a b", "a\n", &"a".repeat(64)] {
            assert_eq!(error::class_of(&dns_label(bad).unwrap_err()), error::Class::Usage, "{bad}");
        }
    }

    #[test]
    fn keys_may_be_qualified_by_a_domain() {
        for good in ["dedicated", "CriticalAddonsOnly", "node.kubernetes.io/not-ready", "a/b_c.d"] {
            assert!(qualified(good).is_ok(), "{good}");
        }
        for bad in ["", "/a", "a/", "a/b/c", "A.b/c", "-a", "a ", &"a".repeat(64)] {
            assert!(qualified(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn subdomains_are_dotted() {
        for good in ["flux-system", "cluster.local", "a.b.c", &"a".repeat(253)] {
            assert!(dns_subdomain(good).is_ok(), "{good}");
        }
        for bad in ["", ".", "a.", ".a", "a..b", "a.-b", "A.b", &"a".repeat(254)] {
            assert!(dns_subdomain(bad).is_err(), "{bad}");
        }
    }
}
