//! The folder with templates of the user's own: `--templates`.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result};

use super::files;
use crate::error::{Class, Explain as _, usage};
use crate::manifests::object::{TemplateFile, Templates};

/// The embedded templates, with those replaced that the folder holds. What does not end in `.yaml` or `.yml`
/// is no template; folders in it are not looked into.
///
/// # Errors
/// [`Class::Usage`] for a folder that cannot be read or holds no template, and for a file that is none of ours.
pub(super) fn read(folder: Option<&Path>) -> Result<Templates> {
    let Some(folder) = folder else { return Ok(Templates::default()) };
    let unreadable = || format!("cannot read the folder {} (--templates)", folder.display());
    let entries = fs::read_dir(folder).with_context(unreadable).class(Class::Usage)?;
    let mut found = Vec::new();
    for entry in entries {
        let path = entry.with_context(unreadable).class(Class::Usage)?.path();
        let is_yaml = path.extension().is_some_and(|ending| ending == "yaml" || ending == "yml");
        if !is_yaml || path.is_dir() {
            continue;
        }
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let text = files::text(&path, "--templates")?;
        found.push(TemplateFile { name, path: path.display().to_string(), text });
    }
    if found.is_empty() {
        return Err(usage(format!("{} holds no template (--templates)", folder.display()))
            .hint("put a file into it that is called like the kind: kustomization.yaml"));
    }
    found.sort_by(|one, other| one.name.cmp(&other.name));
    Templates::with(found)
}
