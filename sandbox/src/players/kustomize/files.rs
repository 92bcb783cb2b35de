//! The files of one revision, and paths within them.

use std::collections::BTreeMap;
use std::path::Path;

use git2::{ObjectType, Oid, Repository, TreeWalkMode, TreeWalkResult};

/// Where the controller would have unpacked the artifact; its messages name such a path.
pub(super) const WORK_DIR: &str = "/tmp/kustomization-1";

const FILE_NAMES: [&str; 3] = ["kustomization.yaml", "kustomization.yml", "Kustomization"];

/// The files of one revision: content by path from the repository's root.
#[derive(Default)]
pub(super) struct Files(pub(super) BTreeMap<String, Vec<u8>>);

impl Files {
    /// Reads what `commit` of the bare repository at `path` holds; blocks.
    pub(super) fn read(path: &Path, commit: &str) -> Result<Self, git2::Error> {
        let repository = Repository::open_bare(path)?;
        let tree = repository.find_commit(Oid::from_str(commit)?)?.tree()?;
        let mut files = Self::default();
        tree.walk(TreeWalkMode::PreOrder, |folder, entry| {
            if entry.kind() == Some(ObjectType::Blob)
                && let Ok(blob) = repository.find_blob(entry.id())
            {
                let path = join(folder, &String::from_utf8_lossy(entry.name_bytes()));
                files.0.insert(path, blob.content().to_vec());
            }
            TreeWalkResult::Ok
        })?;
        Ok(files)
    }

    /// Whether `path` is the root or a folder with files in it.
    pub(super) fn has_folder(&self, path: &str) -> bool {
        path.is_empty() || self.below(path).next().is_some()
    }

    /// The paths in `folder` and the folders below it.
    pub(super) fn below<'a>(&'a self, folder: &'a str) -> impl Iterator<Item = &'a str> {
        let inside = move |path: &&str| match path.strip_prefix(folder) {
            Some(rest) => folder.is_empty() || rest.starts_with('/'),
            None => false,
        };
        self.0.keys().map(String::as_str).filter(inside)
    }

    /// The kustomization file of `folder`.
    pub(super) fn kustomization(&self, folder: &str) -> Option<String> {
        FILE_NAMES.iter().map(|name| join(folder, name)).find(|path| self.0.contains_key(path))
    }
}

/// `entry` in `folder`; the root is the empty folder.
pub(super) fn join(folder: &str, entry: &str) -> String {
    match folder.trim_end_matches('/') {
        "" => entry.to_owned(),
        folder => format!("{folder}/{entry}"),
    }
}

/// Resolves `.` and `..`; `None` when the path leaves the root.
pub(super) fn normalize(path: &str) -> Option<String> {
    let mut parts = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_stay_inside_the_repository() {
        assert_eq!(normalize("./clusters/./x/"), Some("clusters/x".to_owned()));
        assert_eq!(normalize("a/../b"), Some("b".to_owned()));
        assert_eq!(normalize("../b"), None);
    }
}
