//! The programs that nigari starts, each with its arguments: a folder that comes first on the search path has
//! one of the same name for each, which writes down what it was given and becomes the real one.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use nigari_sandbox::environment::search_path_from;

/// Every program that nigari starts by its name.
pub(crate) const PROGRAMS: [&str; 7] =
    ["gh", "gpg", "gpgconf", "kubectl", "kustomize", "ssh-keygen", "ssh-keyscan"];

/// A folder of programs that write down what they are given.
pub(crate) struct Started {
    folder: PathBuf,
    list: PathBuf,
}

impl Started {
    /// Makes the folder, with those programs that this machine has, which write into `list`.
    pub(crate) fn new(folder: PathBuf, list: PathBuf) -> Self {
        fs::create_dir(&folder).unwrap();
        let started = Self { folder, list };
        for real in real_programs() {
            let name = real.file_name().unwrap().to_str().unwrap();
            started.put(name, &format!("exec '{}' \"$@\"", real.display()));
        }
        started
    }

    /// Puts a script there under this name.
    pub(crate) fn put(&self, name: &str, script: &str) {
        let list = self.list.display();
        let script =
            format!("#!/bin/sh\nprintf '%s\\n' \"${{0##*/}}\" \"$@\" >>'{list}'\n{script}\n");
        write_program(&self.folder.join(name), &script);
    }

    /// The search path that begins with the folder.
    pub(crate) fn search_path(&self) -> OsString {
        search_path_from(&self.folder).unwrap()
    }

    /// A line for each name and each argument.
    pub(crate) fn list(&self) -> Vec<u8> {
        fs::read(&self.list).unwrap_or_default()
    }
}

/// Those of [`PROGRAMS`] that this machine has, and where.
fn real_programs() -> &'static [PathBuf] {
    static FOUND: OnceLock<Vec<PathBuf>> = OnceLock::new();
    FOUND.get_or_init(|| {
        let mut which = Command::new("/bin/sh");
        which.args(["-c", "for program; do command -v \"$program\"; done", "sh"]).args(PROGRAMS);
        let found = String::from_utf8(which.output().unwrap().stdout).unwrap();
        found.lines().map(PathBuf::from).collect()
    })
}

#[cfg(unix)]
fn write_program(path: &Path, script: &str) {
    use std::os::unix::fs::PermissionsExt as _;

    fs::write(path, script).unwrap();
    fs::set_permissions(path, fs::Permissions::from_mode(0o755)).unwrap();
}

#[cfg(not(unix))]
fn write_program(path: &Path, script: &str) {
    fs::write(path, script).unwrap();
}
