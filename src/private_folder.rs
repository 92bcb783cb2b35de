//! Temporary folders that nobody else can look into.

use anyhow::{Context as _, Result};
use tempfile::{Builder, TempDir};

/// A folder that is deleted with the value. Only its owner may enter it: tempfile's own default leaves that to
/// the umask, with which others usually may read what is in there.
///
/// # Errors
/// When it cannot be made, with the folder for temporary files in the message.
pub(crate) fn private_folder() -> Result<TempDir> {
    let mut builder = Builder::new();
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o700));
    builder.tempdir().context("cannot make a temporary folder")
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    #[test]
    fn only_its_owner_may_enter_it() {
        let folder = private_folder().expect("a folder");
        let mode = folder.path().metadata().expect("it is there").permissions().mode();
        assert_eq!(mode & 0o777, 0o700);
    }
}
