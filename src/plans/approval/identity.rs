//! How much of a revision is in the id of its plans.

/// How many digits of the revision's hash the id of its plans has: 10 as a rule, fewer where the revision
/// has no name, none where the name has an `@`.
///
/// Source: tofu-controller v0.16.5, `api/planid`: a revision of two parts around an `@`, or else around a
/// `/`, gives the name and 10 characters of the rest; any other its own first 10 characters.
#[must_use]
pub fn hash_digits(revision: &str) -> usize {
    let parts: Vec<_> = revision.split('@').collect();
    if let [_, digest] = parts[..] {
        return digits(digest.split_once(':').map_or("", |(_, hash)| hash));
    }
    let parts: Vec<_> = revision.split('/').collect();
    if let [_, hash] = parts[..] {
        return if is_hash(hash) { digits(hash) } else { 0 };
    }
    match revision.split_once(':') {
        Some((algorithm, hash)) if is_hash(hash) => {
            digits(hash).min(SHOWN.saturating_sub(algorithm.len() + 1))
        }
        _ => 0,
    }
}

/// How many characters of a revision an id has.
const SHOWN: usize = 10;

fn digits(hash: &str) -> usize {
    hash.chars().take(SHOWN).take_while(char::is_ascii_hexdigit).count()
}

fn is_hash(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|character| character.is_ascii_hexdigit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_has_ten_digits_unless_the_revision_is_odd() {
        let hash = "b8e362c206e3d0cbb7ed22ced771a0056455a2fb";
        for (revision, expected) in [
            (format!("main@sha1:{hash}"), 10),
            (format!("feature/x@sha1:{hash}"), 10),
            (format!("refs/heads/main@sha1:{hash}"), 10),
            (format!("latest@sha256:{hash}"), 10),
            (format!("sha256:{hash}"), 3),
            (format!("sha1:{hash}"), 5),
            (format!("main/{hash}"), 10),
            (format!("feature/x/{hash}"), 0),
            (format!("pkg@1.2.3@sha1:{hash}"), 0),
            (format!("@org/pkg@1.2.3@sha1:{hash}"), 0),
            (String::new(), 0),
        ] {
            assert_eq!(hash_digits(&revision), expected, "{revision}");
        }
    }
}
