//! The files of one revision of a source, and paths within them.

use std::collections::BTreeMap;
use std::io::Read as _;
use std::path::Path;

use aws_lc_rs::digest::{Context, SHA256, digest};
use flate2::read::GzDecoder;
use git2::{ObjectType, Oid, Repository, TreeWalkMode, TreeWalkResult};
use tar::Archive;

const FILE_NAMES: [&str; 3] = ["kustomization.yaml", "kustomization.yml", "Kustomization"];

/// The files of one revision: content by path from the repository's root.
#[derive(Clone, Default)]
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

    /// What lies below `folder`, as if that were the root.
    pub(super) fn subtree(&self, folder: &str) -> Self {
        let below = self.below(folder).map(|path| {
            let rest = path[folder.len()..].trim_start_matches('/');
            (rest.to_owned(), self.0[path].clone())
        });
        Self(below.collect())
    }

    /// The folder of the file `name` that is nearest to the root.
    pub(super) fn outermost(&self, name: &str) -> Option<String> {
        let folders = self.0.keys().filter_map(|path| {
            let folder = path.strip_suffix(name)?;
            (folder.is_empty() || folder.ends_with('/')).then(|| folder.trim_end_matches('/'))
        });
        folders.min_by_key(|folder| folder.len()).map(ToOwned::to_owned)
    }

    /// A file's text; what is no UTF-8 in it is replaced.
    pub(super) fn text(&self, path: &str) -> Option<String> {
        Some(String::from_utf8_lossy(self.0.get(path)?).into_owned())
    }

    /// A digest over names and contents, as `sha256:…`.
    pub(super) fn digest(&self) -> String {
        let mut digest = Context::new(&SHA256);
        for (path, content) in &self.0 {
            digest.update(path.as_bytes());
            digest.update(&[0]);
            digest.update(content);
            digest.update(&[0]);
        }
        format!("sha256:{}", hex(digest.finish().as_ref()))
    }

    pub(super) fn size_bytes(&self) -> usize {
        self.0.values().map(Vec::len).sum()
    }

    /// Unpacks a `.tar.gz`; blocks.
    pub(super) fn unpack(archive: &[u8]) -> std::io::Result<Self> {
        let mut files = Self::default();
        for entry in Archive::new(GzDecoder::new(archive)).entries()? {
            let mut entry = entry?;
            if !entry.header().entry_type().is_file() {
                continue;
            }
            let Some(path) = normalize(&entry.path()?.to_string_lossy()) else { continue };
            let mut content = Vec::new();
            entry.read_to_end(&mut content)?;
            files.0.insert(path, content);
        }
        Ok(files)
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

/// Bytes as lower-case hexadecimal digits.
pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The hexadecimal SHA-256 of `bytes`.
pub(super) fn sha256(bytes: &[u8]) -> String {
    hex(digest(&SHA256, bytes).as_ref())
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

    #[test]
    fn a_folder_can_become_the_root() {
        let paths = ["charts/a/Chart.yaml", "charts/a/templates/b.yaml", "charts/ab/Chart.yaml"];
        let files = Files(paths.map(|path| (path.to_owned(), path.into())).into());
        let folder = files.subtree("charts/a");
        assert_eq!(folder.0.keys().collect::<Vec<_>>(), ["Chart.yaml", "templates/b.yaml"]);
        assert_eq!(files.subtree("").0.len(), 3);
        assert_ne!(folder.digest(), files.digest());
    }
}
