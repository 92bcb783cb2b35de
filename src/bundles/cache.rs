//! Release bundles that were downloaded before, in the user's cache folder.
//!
//! A file's name says what its content must be, so that a damaged one is never used, and two processes
//! that write the same file write the same content.

use std::cmp::Reverse;
use std::fs::{self, File};
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use semver::Version;
use tempfile::NamedTempFile;

use crate::digest::Digest;

const SUFFIX: &str = ".tar.gz";

/// How much of a file is read, in bytes; no bundle is longer.
const SIZE_LIMIT: u64 = 64 << 20;

/// A folder with bundles.
#[derive(Clone, Debug)]
pub struct Cache {
    folder: PathBuf,
}

/// A bundle with the content that was verified when it was downloaded.
#[derive(Debug)]
pub struct Cached {
    /// The archive.
    pub bytes: Vec<u8>,
    /// Its digest.
    pub digest: Digest,
}

impl Cache {
    /// The cache of a user with these variables; none for one without a home.
    ///
    /// Source: XDG base directory specification; relative folders are ignored, as it demands.
    #[must_use]
    pub fn of_user(xdg_cache_home: Option<&Path>, home: Option<&Path>) -> Option<Self> {
        let given = xdg_cache_home.filter(|folder| folder.is_absolute()).map(Path::to_owned);
        let base = given.or_else(|| home.map(|home| home.join(".cache")))?;
        Some(Self { folder: base.join("nigari").join("flux") })
    }

    /// The bundle of the release `version`. A file whose content is not what its name says is removed, and
    /// counts as absent.
    #[must_use]
    pub fn get(&self, version: &str) -> Option<Cached> {
        self.entries().into_iter().find_map(|(of, digest, path)| {
            if of != version {
                return None;
            }
            let bytes = read(&path).unwrap_or_default();
            if Digest::of(&bytes) == digest {
                return Some(Cached { bytes, digest });
            }
            // If it cannot be removed, it is replaced when the download is put in its place.
            let _ = fs::remove_file(path);
            None
        })
    }

    /// Keeps a bundle. Others see the whole file or none.
    ///
    /// # Errors
    /// When the folder cannot be made or written to.
    pub fn put(&self, version: &str, bytes: &[u8]) -> Result<()> {
        let path = self.folder.join(file_name(version, Digest::of(bytes)));
        let write = || -> Result<()> {
            fs::create_dir_all(&self.folder)?;
            let mut file = NamedTempFile::new_in(&self.folder)?;
            file.write_all(bytes)?;
            file.persist(&path)?;
            Ok(())
        };
        write().with_context(|| format!("cannot write {}", path.display()))
    }

    /// The versions whose bundles are there, newest first.
    #[must_use]
    pub fn versions(&self) -> Vec<String> {
        let mut versions: Vec<String> = self.entries().into_iter().map(|(of, ..)| of).collect();
        versions.sort_by_key(|text| Reverse(Version::parse(text.trim_start_matches('v')).ok()));
        versions.dedup();
        versions
    }

    /// What the names of the files in the folder say; other files are not ours.
    fn entries(&self) -> Vec<(String, Digest, PathBuf)> {
        let Ok(folder) = fs::read_dir(&self.folder) else { return Vec::new() };
        let entry = |path: PathBuf| {
            let name = path.file_name()?.to_str()?.strip_suffix(SUFFIX)?;
            let (version, digest) = name.rsplit_once("-sha256-")?;
            Some((version.to_owned(), Digest::from_hex(digest)?, path))
        };
        folder.filter_map(|file| entry(file.ok()?.path())).collect()
    }
}

fn file_name(version: &str, digest: Digest) -> String {
    format!("{version}-sha256-{}{SUFFIX}", digest.hex())
}

/// Reads no more than a bundle can be long; what is longer has another digest.
fn read(path: &Path) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?.take(SIZE_LIMIT).read_to_end(&mut bytes)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use std::thread;

    use super::*;

    fn cache() -> (tempfile::TempDir, Cache) {
        let root = tempfile::tempdir().unwrap();
        let cache = Cache::of_user(Some(root.path()), None).unwrap();
        (root, cache)
    }

    #[test]
    fn what_was_put_is_there() {
        let (_root, cache) = cache();
        assert!(cache.get("v2.9.4").is_none());
        cache.put("v2.9.4", b"four").unwrap();
        cache.put("v2.10.0", b"ten").unwrap();
        let cached = cache.get("v2.9.4").unwrap();
        assert_eq!((&*cached.bytes, cached.digest), (&b"four"[..], Digest::of(b"four")));
        assert!(cache.get("v2.9").is_none());
        assert_eq!(cache.versions(), ["v2.10.0", "v2.9.4"]);
    }

    #[test]
    fn a_damaged_file_is_removed() {
        let (_root, cache) = cache();
        cache.put("v2.9.4", b"four").unwrap();
        let path = cache.folder.join(file_name("v2.9.4", Digest::of(b"four")));
        fs::write(&path, b"fou").unwrap();
        assert!(cache.get("v2.9.4").is_none());
        assert!(!path.exists());
        cache.put("v2.9.4", b"four").unwrap();
        assert!(cache.get("v2.9.4").is_some());
    }

    #[test]
    fn many_writers_and_readers_see_whole_files() {
        let (_root, cache) = cache();
        let bytes = vec![7; 1 << 20];
        thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| (0..8).for_each(|_| cache.put("v2.9.4", &bytes).unwrap()));
                scope.spawn(|| {
                    for _ in 0..8 {
                        assert!(cache.get("v2.9.4").is_none_or(|cached| cached.bytes == bytes));
                    }
                });
            }
        });
        assert!(cache.get("v2.9.4").is_some());
        assert_eq!(fs::read_dir(&cache.folder).unwrap().count(), 1, "nothing is left lying about");
    }

    #[test]
    fn the_folder_is_the_users() {
        let folder = |xdg: Option<&str>, home: Option<&str>| {
            Some(Cache::of_user(xdg.map(Path::new), home.map(Path::new))?.folder)
        };
        let of_home = Some(PathBuf::from("/h/.cache/nigari/flux"));
        assert_eq!(folder(Some("/x"), Some("/h")), Some(PathBuf::from("/x/nigari/flux")));
        assert_eq!(folder(Some("x"), Some("/h")), of_home);
        assert_eq!(folder(None, Some("/h")), of_home);
        assert_eq!(folder(None, None), None);
    }
}
