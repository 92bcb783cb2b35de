//! `known_hosts` lines, checked as golang.org/x/crypto/ssh/knownhosts checks them.
//!
//! Hashed host names and wildcards are not understood: such a line matches no host.

/// One line: the hosts it is for, and a key as `TYPE BASE64`.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct KnownHost {
    hosts: Vec<String>,
    key: String,
}

/// Reads a `known_hosts` file.
///
/// # Errors
/// With the library's message when a line is malformed.
pub(super) fn parse(text: &str) -> Result<Vec<KnownHost>, String> {
    let lines =
        text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    let mut known = Vec::new();
    for line in lines {
        let mut words = line.split_whitespace().filter(|word| !word.starts_with('@'));
        let (Some(hosts), Some(kind), Some(key)) = (words.next(), words.next(), words.next())
        else {
            return Err("knownhosts: missing key type pattern".to_owned());
        };
        let hosts = hosts.split(',').map(ToOwned::to_owned).collect();
        known.push(KnownHost { hosts, key: format!("{kind} {key}") });
    }
    Ok(known)
}

/// Checks the key that a server with `host_keys` presents to a client that knows `known`.
///
/// The client offers the key types that it knows, for any host; the server presents its key of the
/// first of them that it has.
///
/// # Errors
/// With the library's message: no common key type, an unknown host, or another key.
pub(super) fn verify(known: &[KnownHost], host: &str, host_keys: &[String]) -> Result<(), String> {
    let offered: Vec<_> = known.iter().map(|entry| kind(&entry.key)).collect();
    let presented =
        offered.iter().find_map(|offer| host_keys.iter().find(|key| kind(key) == *offer));
    let Some(presented) = presented else {
        let served: Vec<_> = host_keys.iter().map(|key| kind(key)).collect();
        return Err(format!(
            "ssh: no common algorithm for host key; client offered: [{}], server offered: [{}]",
            offered.join(" "),
            served.join(" "),
        ));
    };
    let mut entries =
        known.iter().filter(|entry| entry.hosts.iter().any(|name| name == host)).peekable();
    if entries.peek().is_none() {
        return Err("knownhosts: key is unknown".to_owned());
    }
    let presented = words(presented);
    if entries.any(|entry| words(&entry.key) == presented) {
        return Ok(());
    }
    Err("knownhosts: key mismatch".to_owned())
}

fn kind(key: &str) -> &str {
    words(key).0
}

fn words(key: &str) -> (&str, &str) {
    let mut words = key.split_whitespace();
    (words.next().unwrap_or_default(), words.next().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys() -> Vec<String> {
        vec!["ssh-ed25519 AAAAed".to_owned(), "ecdsa-sha2-nistp256 AAAAec".to_owned()]
    }

    fn check(text: &str) -> Result<(), String> {
        verify(&parse(text)?, "localhost", &keys())
    }

    #[test]
    fn a_line_with_the_hosts_key_is_enough() {
        assert_eq!(check("# GitHub\nlocalhost ssh-ed25519 AAAAed\n"), Ok(()));
        assert_eq!(check("other,localhost ecdsa-sha2-nistp256 AAAAec comment"), Ok(()));
    }

    #[test]
    fn spoiled_files_are_refused_with_the_librarys_words() {
        let unknown = Err("knownhosts: key is unknown".to_owned());
        assert_eq!(check("example.com ssh-ed25519 AAAAed"), unknown);
        let mismatch = Err("knownhosts: key mismatch".to_owned());
        assert_eq!(check("localhost ssh-ed25519 BBBB"), mismatch);
        assert_eq!(check("localhost"), Err("knownhosts: missing key type pattern".to_owned()));
        let no_common = check("localhost ssh-rsa AAAA").expect_err("no key of that type");
        assert!(no_common.starts_with("ssh: no common algorithm for host key"), "{no_common}");
    }
}
