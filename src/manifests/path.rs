//! The folder of the repository that is synced.

use std::fmt;
use std::str::FromStr;

use anyhow::Result;

use crate::error;

/// A folder of a Git repository in normal form: relative, `/` between its parts, nothing else to say.
///
/// Printed as Flux writes it into `spec.path`: `./clusters/production`, or `./` for the root.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct SyncPath {
    parts: Vec<String>,
}

impl SyncPath {
    /// The folder of the files that install and sync `namespace`, relative to the repository's root:
    /// `clusters/production/flux-system`.
    #[must_use]
    pub fn folder(&self, namespace: &str) -> String {
        let parts: Vec<&str> = self.parts.iter().map(String::as_str).chain([namespace]).collect();
        parts.join("/")
    }

    /// Whether a live Kustomization's `spec.path` means this folder, however it is spelt.
    #[must_use]
    pub fn is(&self, live: &str) -> bool {
        live.parse().is_ok_and(|live: Self| live == *self)
    }
}

impl fmt::Display for SyncPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "./{}", self.parts.join("/"))
    }
}

impl FromStr for SyncPath {
    type Err = anyhow::Error;

    /// Reads a path as typed; `\` separates like `/`, for those who type on Windows.
    fn from_str(text: &str) -> Result<Self> {
        let refuse = |why: &str| {
            let what = format!("the path {text:?} {why}; a right one is ./apps/production");
            Err(error::usage(what))
        };
        let text = text.replace('\\', "/");
        if text.starts_with('/') || has_drive(&text) {
            return refuse("is absolute, not relative to the repository's root");
        }
        if text.contains(char::is_control) {
            return refuse("contains a control character");
        }
        let mut parts: Vec<String> = Vec::new();
        for part in text.split('/') {
            match part {
                "" | "." => {}
                ".." if parts.pop().is_some() => {}
                ".." => return refuse("leaves the repository"),
                _ if is_git_folder(part) => return refuse("leads into Git's own folder"),
                _ => parts.push(part.to_owned()),
            }
        }
        Ok(Self { parts })
    }
}

/// `C:` and the like.
fn has_drive(text: &str) -> bool {
    matches!(text.as_bytes(), [letter, b':', ..] if letter.is_ascii_alphabetic())
}

/// What Git refuses as a folder's name, because some file systems take it for `.git`.
fn is_git_folder(part: &str) -> bool {
    part.eq_ignore_ascii_case(".git") || part.eq_ignore_ascii_case("git~1")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::error::{Class, class_of};

    #[test]
    fn spellings_of_one_folder_are_one_path() {
        for spelling in ["x/y", "./x/y", "x/y/", "x//y", "x/./y", "x\\y", ".\\x\\y\\", "x/z/../y"] {
            let path: SyncPath = spelling.parse().unwrap();
            assert_eq!(path.to_string(), "./x/y", "{spelling}");
            assert_eq!(path.folder("flux-system"), "x/y/flux-system");
            assert!(path.is(spelling));
        }
    }

    #[test]
    fn the_root_is_dot_slash() {
        for spelling in ["", ".", "./", "x/.."] {
            let path: SyncPath = spelling.parse().unwrap();
            assert_eq!(path.to_string(), "./");
            assert_eq!(path.folder("flux-system"), "flux-system");
        }
        assert_eq!(SyncPath::default().to_string(), "./");
    }

    #[test]
    fn what_leaves_the_repository_is_refused() {
        for text in [
            "..",
            "../x",
            "x/../..",
            "x\\..\\..\\y",
            "/x",
            "\\x",
            "C:\\x",
            "c:x",
            "x\0y",
            "x\ny",
            ".git",
            "x/.GIT/hooks",
            "GIT~1",
        ] {
            let error = text.parse::<SyncPath>().unwrap_err();
            assert_eq!(class_of(&error), Class::Usage, "{text:?}");
        }
    }

    #[test]
    fn another_folder_is_another_path() {
        let path: SyncPath = "x/y".parse().unwrap();
        assert!(!path.is("x"));
        assert!(!path.is("x/Y"));
        assert!(!path.is("../x/y"));
    }

    proptest! {
        #[test]
        fn the_normal_form_is_stable_and_inside(text in r"[./\\a ~:-]{0,12}") {
            if let Ok(path) = text.parse::<SyncPath>() {
                prop_assert_eq!(path.to_string().parse::<SyncPath>().unwrap(), path.clone());
                prop_assert!(path.folder("ns").split('/').all(|part| !part.is_empty() && part != ".."));
            }
        }
    }
}
