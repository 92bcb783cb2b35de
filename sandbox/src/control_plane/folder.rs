//! The folder of one control plane.

use std::fs::{self, DirBuilder};
use std::io;
use std::os::unix::fs::DirBuilderExt as _;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};

/// A folder that nobody else may read; removed when this is dropped, unless it is kept.
pub(super) struct Folder {
    path: PathBuf,
    is_kept: bool,
}

impl Folder {
    /// Makes the folder that is `wanted`, or a temporary one.
    ///
    /// # Errors
    /// When it cannot be made, or holds something: at the end it is removed with all that it holds.
    pub(super) fn new(wanted: Option<&Path>) -> Result<Self> {
        let path = match wanted {
            Some(wanted) => private(wanted)
                .with_context(|| format!("cannot make the folder {}", wanted.display()))?,
            None => tempfile::Builder::new().prefix("nigari-control-plane-").tempdir()?.keep(),
        };
        if fs::read_dir(&path)?.next().is_some() {
            bail!("{} is not empty", path.display());
        }
        Ok(Self { path, is_kept: false })
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    pub(super) fn keep(&mut self) {
        self.is_kept = true;
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        if !self.is_kept {
            // Whoever removed it first has done the same.
            let _ = fs::remove_dir_all(&self.path);
        }
    }
}

/// Makes a folder unless it is there, and returns its absolute path.
fn private(path: &Path) -> io::Result<PathBuf> {
    DirBuilder::new().recursive(true).mode(0o700).create(path)?;
    path.canonicalize()
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    #[test]
    fn a_wanted_folder_is_made_private_and_removed_unless_it_is_kept() {
        let temporary = tempfile::tempdir().unwrap();
        let wanted = temporary.path().join("a/b");
        let folder = Folder::new(Some(&wanted)).unwrap();
        assert_eq!(fs::metadata(&wanted).unwrap().permissions().mode() & 0o777, 0o700);
        drop(folder);
        assert!(!wanted.exists());
        Folder::new(Some(&wanted)).unwrap().keep();
        assert!(wanted.exists());
    }

    #[test]
    fn a_folder_that_holds_something_is_left_alone() {
        let temporary = tempfile::tempdir().unwrap();
        fs::write(temporary.path().join("mine"), "").unwrap();
        let error = Folder::new(Some(temporary.path())).err().unwrap().to_string();
        assert!(error.ends_with(" is not empty"), "{error}");
        assert!(temporary.path().join("mine").exists());
    }
}
