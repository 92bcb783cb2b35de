//! A folder of Flux's own files whose kustomization holds more than resources: only kustomize builds it.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context as _, Result};

use super::plan::Manifests;
use crate::context::Context;
use crate::error::{Explain as _, usage};
use crate::git_host::change::normalized_path;
use crate::git_host::{FileMode, GitHost, Head, Repository};
use crate::kustomize::{self, Built};
use crate::manifests::kustomization::{FILE_NAMES, FolderKustomization};
use crate::private_folder::private_folder;

/// More files than this are no configuration of Flux itself, and each costs a request.
const MOST_FILES: usize = 200;

/// The folder and the folders that it takes in, as they are in the repository.
pub(super) struct Overlay {
    folder: String,
    /// What its kustomization asks for besides resources.
    needs: Vec<String>,
    files: BTreeMap<String, Read>,
}

/// A file that was read.
struct Read {
    sha: String,
    content: Vec<u8>,
}

impl Overlay {
    /// Reads the folder, and whatever its kustomizations take in from elsewhere in the repository.
    pub(super) async fn read(
        host: &impl GitHost,
        repository: &Repository,
        head: &Head,
        folder: &str,
        needs: Vec<String>,
    ) -> Result<Self> {
        let mut overlay = Self { folder: folder.to_owned(), needs, files: BTreeMap::new() };
        let mut folders = vec![folder.to_owned()];
        let mut next = 0;
        while let Some(folder) = folders.get(next).cloned() {
            for outside in overlay.add(host, repository, head, &folder).await? {
                if !folders.iter().any(|known| Path::new(&outside).starts_with(known)) {
                    folders.push(outside);
                }
            }
            next += 1;
        }
        Ok(overlay)
    }

    /// Reads the files of one folder; returns the folders that they take in.
    async fn add(
        &mut self,
        host: &impl GitHost,
        repository: &Repository,
        head: &Head,
        folder: &str,
    ) -> Result<Vec<String>> {
        let found = host.files_under(repository, head, folder).await?;
        // Links are not followed: one could lead to a file of whoever runs us.
        let found = found.into_iter().filter(|(_, blob)| blob.mode != FileMode::Symlink);
        let mut outside = Vec::new();
        for (path, blob) in found {
            if self.files.len() == MOST_FILES {
                let own = &self.folder;
                return Err(usage(format!("{own} takes in more than {MOST_FILES} files"))
                    .hint("keep Flux's own configuration in a folder of its own"));
            }
            let content = host.read_file(repository, &blob.sha).await?;
            outside.extend(folders_outside(&path, &content));
            self.files.insert(path, Read { sha: blob.sha, content });
        }
        Ok(outside)
    }

    /// What was read: object names by path.
    pub(super) fn files(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files.iter().map(|(path, read)| (path.as_str(), read.sha.as_str()))
    }

    /// Whether something other than Flux's own files has this text, such as a patch of them.
    pub(super) fn says(&self, text: &str) -> bool {
        let own = format!("{}/gotk-sync.yaml", self.folder);
        let others = self.files.iter().filter(|(path, _)| **path != own);
        others.into_iter().any(|(_, it)| String::from_utf8_lossy(&it.content).contains(text))
    }

    /// Builds the folder as it will be with our files in it.
    pub(super) async fn build(&self, ctx: &Context, manifests: &Manifests) -> Result<Built> {
        let root = private_folder()?;
        for (path, Read { content, .. }) in &self.files {
            write(root.path(), path, content)?;
        }
        for manifest in manifests.files() {
            let path = format!("{}/{}", self.folder, manifest.path);
            write(root.path(), &path, manifest.text.as_bytes())?;
        }
        let (folder, needs) = (&self.folder, self.needs.join(", "));
        ctx.output.action(format_args!("building {folder}, whose kustomization holds {needs}"));
        let build = kustomize::build(root.path(), &self.folder);
        ctx.deadline.within("kustomize", build).await
    }
}

/// The folders that a file takes in, if it is a kustomization. What cannot be read is kustomize's to refuse.
fn folders_outside(path: &str, content: &[u8]) -> Vec<String> {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    if !FILE_NAMES.contains(&name) {
        return Vec::new();
    }
    let text = String::from_utf8_lossy(content);
    FolderKustomization::parse(&text).map_or_else(|_| Vec::new(), |it| it.folders_outside(folder))
}

/// Writes a file of the repository; the paths come from a Git tree, which we do not trust.
fn write(root: &Path, path: &str, content: &[u8]) -> Result<()> {
    let path = root.join(normalized_path(path)?);
    let folder = path.parent().unwrap_or(root);
    std::fs::create_dir_all(folder).context("cannot write a temporary folder")?;
    std::fs::write(&path, content).context("cannot write a temporary file")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_patch_says_what_our_own_file_does_not() {
        let read = |content: &str| Read { sha: String::new(), content: content.into() };
        let mut overlay = Overlay {
            folder: "a/flux-system".to_owned(),
            needs: Vec::new(),
            files: BTreeMap::from([("a/flux-system/gotk-sync.yaml".to_owned(), read("url: x"))]),
        };
        assert!(!overlay.says("url: x"));
        overlay.files.insert("a/flux-system/kustomization.yaml".to_owned(), read("{url: x}"));
        assert!(overlay.says("url: x"));
    }
}
