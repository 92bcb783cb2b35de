//! Revisions of sources: parse, shorten, compare.

use std::fmt;

/// A source's revision: `main@sha1:8b2f…`, `sha256:8b2f…`, or a chart's version.
///
/// Two revisions are equal when they name the same content under the same name, so the form that Flux
/// wrote before 2.0, `main/8b2f…`, equals `main@sha1:8b2f…`.
///
/// Source: RFC-0005 of fluxcd/flux2 ("Artifact Revision format").
#[derive(Clone, Debug)]
pub struct Revision {
    text: String,
    name: Option<String>,
    digest: Option<(String, String)>,
}

impl Revision {
    /// Reads a revision; every text is one, if only an opaque version.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let (name, digest) = match text.rsplit_once('@') {
            Some((name, digest)) => (Some(name), digest_of(digest)),
            None => (None, digest_of(text)),
        };
        if digest.is_some() {
            return Self::new(text, name, digest);
        }
        match text.rsplit_once('/') {
            Some((name, hash)) if is_commit(hash) => {
                Self::new(text, Some(name), Some(("sha1".to_owned(), hash.to_owned())))
            }
            _ if is_commit(text) => {
                Self::new(text, None, Some(("sha1".to_owned(), text.to_owned())))
            }
            _ => Self::new(text, Some(text), None),
        }
    }

    fn new(text: &str, name: Option<&str>, digest: Option<(String, String)>) -> Self {
        let name = name.filter(|name| !name.is_empty()).map(str::to_owned);
        Self { text: text.to_owned(), name, digest }
    }

    /// The branch, tag or version that was followed: `main` of `main@sha1:8b2f…`.
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    /// The Git commit, forty hex digits; `None` when the revision is no commit.
    ///
    /// A digest of another algorithm is not taken for a commit: buckets and OCI artifacts have those.
    #[must_use]
    pub fn commit(&self) -> Option<&str> {
        let (algorithm, hash) = self.digest.as_ref()?;
        (algorithm == "sha1" && is_commit(hash)).then_some(hash)
    }

    /// The branch or tag together with the commit, when the revision has both.
    #[must_use]
    pub fn name_and_commit(&self) -> Option<(&str, &str)> {
        Some((self.name()?, self.commit()?))
    }

    /// Algorithm and hash of the content; `None` when the revision is a version.
    #[must_use]
    pub fn digest(&self) -> Option<(&str, &str)> {
        self.digest.as_ref().map(|(algorithm, hash)| (algorithm.as_str(), hash.as_str()))
    }

    /// The revision with hashes cut to eight digits, as tables show it.
    #[must_use]
    pub fn shorten(&self) -> String {
        shorten(&self.text)
    }
}

impl PartialEq for Revision {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name && self.digest == other.digest
    }
}

impl Eq for Revision {}

impl fmt::Display for Revision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// `sha1:8b2f…` as algorithm and hash.
pub(super) fn digest_of(text: &str) -> Option<(String, String)> {
    let (algorithm, hash) = text.split_once(':')?;
    let hash_is_hex = !hash.is_empty() && hash.bytes().all(|byte| byte.is_ascii_hexdigit());
    (algorithm.starts_with("sha") && hash_is_hex)
        .then(|| (algorithm.to_owned(), hash.to_ascii_lowercase()))
}

/// A commit's first digits, in lower case; seven, the fewest that Git writes, to all forty.
pub(super) fn commit_prefix(text: &str) -> Option<String> {
    let is_prefix =
        (7..=40).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_prefix.then(|| text.to_ascii_lowercase())
}

fn is_commit(text: &str) -> bool {
    text.len() == 40 && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// Cuts every hash in a text, a word of 40 to 128 lower-case hex digits, to its first eight.
#[must_use]
pub fn shorten(text: &str) -> String {
    let mut shortened = String::with_capacity(text.len());
    let is_word = |character: char| character.is_alphanumeric() || character == '_';
    let mut rest = text;
    while let Some(start) = rest.find(is_word) {
        let (between, after) = rest.split_at(start);
        let (word, after) = after.split_at(after.find(|c| !is_word(c)).unwrap_or(after.len()));
        shortened.push_str(between);
        shortened.push_str(if is_hash(word) { &word[..8] } else { word });
        rest = after;
    }
    shortened.push_str(rest);
    shortened
}

fn is_hash(word: &str) -> bool {
    (40..=128).contains(&word.len())
        && word.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

#[cfg(test)]
mod tests {
    use super::*;

    const HASH: &str = "696f056df216eea4f9401adbee0ff744d4df390f";

    #[test]
    fn reads_every_form() {
        for (text, name, commit) in [
            (format!("main@sha1:{HASH}"), Some("main"), Some(HASH)),
            (format!("refs/heads/main@sha1:{HASH}"), Some("refs/heads/main"), Some(HASH)),
            (format!("pkg@1.2.3@sha1:{HASH}"), Some("pkg@1.2.3"), Some(HASH)),
            (format!("sha1:{HASH}"), None, Some(HASH)),
            (HASH.to_owned(), None, Some(HASH)),
            (format!("feature/x/{HASH}"), Some("feature/x"), Some(HASH)),
            (format!("latest@sha256:{}", "a".repeat(64)), Some("latest"), None),
            ("sha256:e3b0".to_owned(), None, None),
            ("6.5.4+build.1".to_owned(), Some("6.5.4+build.1"), None),
            ("release/6.5".to_owned(), Some("release/6.5"), None),
            ("main@sha1:zzz".to_owned(), Some("main@sha1:zzz"), None),
            (String::new(), None, None),
        ] {
            let revision = Revision::parse(&text);
            assert_eq!((revision.name(), revision.commit()), (name, commit), "{text}");
            assert_eq!(revision.to_string(), text);
        }
    }

    #[test]
    fn the_old_form_equals_the_new_one() {
        let new = Revision::parse(&format!("main@sha1:{HASH}"));
        assert_eq!(new, Revision::parse(&format!("main/{HASH}")));
        assert_ne!(new, Revision::parse(&format!("dev@sha1:{HASH}")));
        assert_ne!(new, Revision::parse(&format!("main@sha1:{}", HASH.replace('6', "7"))));
        assert_ne!(Revision::parse("6.5.4"), Revision::parse("6.5.5"));
    }

    #[test]
    fn cuts_hashes_and_nothing_else() {
        for (text, short) in [
            (format!("main@sha1:{HASH}"), "main@sha1:696f056d".to_owned()),
            (format!("stored {HASH}, was {HASH}."), "stored 696f056d, was 696f056d.".to_owned()),
            (HASH[..39].to_owned(), HASH[..39].to_owned()),
            (format!("{HASH}g"), format!("{HASH}g")),
            (HASH.to_uppercase(), HASH.to_uppercase()),
            ("a".repeat(129), "a".repeat(129)),
            ("Größe: ✔".to_owned(), "Größe: ✔".to_owned()),
        ] {
            assert_eq!(shorten(&text), short);
        }
        assert_eq!(Revision::parse(&format!("main/{HASH}")).shorten(), "main/696f056d");
    }
}
