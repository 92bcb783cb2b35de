//! Folders and files of manifests on this machine.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result};

use crate::error::{Class, Explain as _};

/// What a path holds.
#[derive(Debug)]
pub enum Content {
    /// One file.
    File(Vec<u8>),
    /// The YAML files of a folder, by their names.
    Folder(BTreeMap<String, String>),
}

/// Reads a file, or the YAML files right in a folder.
///
/// # Errors
/// [`Class::Usage`], when something is not there or cannot be read.
pub fn read(path: &Path) -> Result<Content> {
    let content = if path.is_dir() {
        texts(path).map(Content::Folder)
    } else {
        fs::read(path).map(Content::File)
    };
    content.with_context(|| format!("cannot read {}", path.display())).class(Class::Usage)
}

fn texts(folder: &Path) -> std::io::Result<BTreeMap<String, String>> {
    let mut texts = BTreeMap::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let is_yaml = path.extension().is_some_and(|suffix| suffix == "yaml" || suffix == "yml");
        let name = path.file_name().and_then(|name| name.to_str());
        if let (true, true, Some(name)) = (is_yaml, path.is_file(), name) {
            texts.insert(name.to_owned(), fs::read_to_string(&path)?);
        }
    }
    Ok(texts)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::class_of;

    #[test]
    fn of_a_folder_the_yaml_files_are_read() {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in [("a.yaml", "a"), ("b.yml", "b"), ("c.txt", "c")] {
            fs::write(folder.path().join(name), text).unwrap();
        }
        fs::create_dir(folder.path().join("d.yaml")).unwrap();
        let Content::Folder(texts) = read(folder.path()).unwrap() else { panic!("a folder") };
        let texts: Vec<_> = texts.iter().map(|(name, text)| (&**name, &**text)).collect();
        assert_eq!(texts, [("a.yaml", "a"), ("b.yml", "b")]);
        let file = read(&folder.path().join("c.txt")).unwrap();
        assert!(matches!(file, Content::File(bytes) if bytes == b"c"));
        let missing = read(&folder.path().join("e")).unwrap_err();
        assert_eq!(class_of(&missing), Class::Usage);
    }
}
