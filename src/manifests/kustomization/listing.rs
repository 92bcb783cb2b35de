//! Where a file has to be listed so that the build of a folder takes it in.
//!
//! Without a kustomization file Flux takes in every manifest below its folder, and each folder that has
//! such a file as one (fluxcd/pkg, `kustomize/kustomize_generator.go`); with one it takes in what is listed.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Result, anyhow};

use super::{FolderKustomization, joined};
use crate::error::{Class, Explain as _};

/// An entry that a kustomization file needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listing {
    /// The folder whose file needs it.
    pub folder: String,
    /// The entry.
    pub entry: String,
}

/// The folders from `root` down to the one that holds `file`, which is below it. All paths begin at the
/// repository's root, which is the empty one.
#[must_use]
pub fn folders_between(root: &str, file: &str) -> Vec<String> {
    let mut folders = vec![root.to_owned()];
    let start = if root.is_empty() { 0 } else { root.len() + 1 };
    let slashes = file.get(start..).unwrap_or_default().match_indices('/');
    folders.extend(slashes.map(|(at, _)| file[..start + at].to_owned()));
    folders
}

/// The entry that makes the build of `root` take in `file`; nothing when it does so anyway.
/// `kustomizations` holds the files of [`folders_between`], by folder.
///
/// # Errors
/// [`Class::Usage`] when the folder of `file` has a kustomization that nothing above takes in: whoever left
/// it out may have had a reason.
pub fn listing(
    root: &str,
    file: &str,
    kustomizations: &BTreeMap<String, FolderKustomization>,
) -> Result<Option<Listing>> {
    let folders = folders_between(root, file);
    let on_the_way: Vec<&String> =
        folders.iter().filter(|folder| kustomizations.contains_key(*folder)).collect();
    let (Some(outermost), Some(nearest)) = (on_the_way.first(), on_the_way.last()) else {
        return Ok(None);
    };
    let built = built(outermost, kustomizations);
    if built.contains(file) {
        return Ok(None);
    }
    if built.contains(nearest.as_str()) {
        let entry = file.strip_prefix(nearest.as_str()).unwrap_or(file).trim_start_matches('/');
        return Ok(Some(Listing { folder: (*nearest).clone(), entry: entry.to_owned() }));
    }
    Err(anyhow!("the kustomization of {} does not list {nearest}", named(outermost))
        .context(format!("{file} would not be applied"))
        .class(Class::Usage)
        .hint(format!("list {nearest} there first, or write to another folder")))
}

/// Everything that the build of `folder` takes in, as far as `kustomizations` tell: folders and files.
fn built(folder: &str, kustomizations: &BTreeMap<String, FolderKustomization>) -> BTreeSet<String> {
    let mut built = BTreeSet::from([folder.to_owned()]);
    let mut open = vec![folder.to_owned()];
    while let Some(folder) = open.pop() {
        let Some(kustomization) = kustomizations.get(&folder) else { continue };
        let references = kustomization.resources.iter().chain(&kustomization.components);
        for path in references.filter_map(|reference| joined(&folder, reference)) {
            if built.insert(path.clone()) {
                open.push(path);
            }
        }
    }
    built
}

fn named(folder: &str) -> &str {
    if folder.is_empty() { "the repository's root" } else { folder }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::class_of;

    fn found(kustomizations: &[(&str, &str)], file: &str) -> Result<Option<(String, String)>> {
        let read = |(folder, text): &(&str, &str)| {
            ((*folder).to_owned(), FolderKustomization::parse(text).unwrap())
        };
        let kustomizations = kustomizations.iter().map(read).collect();
        let listing = listing("clusters/a", file, &kustomizations)?;
        Ok(listing.map(|listing| (listing.folder, listing.entry)))
    }

    #[test]
    fn folders_lead_from_the_root_to_the_file() {
        let folders = |root, file| folders_between(root, file);
        assert_eq!(folders("", "a.yaml"), [""]);
        assert_eq!(folders("", "a/b/c.yaml"), ["", "a", "a/b"]);
        assert_eq!(folders("a", "a/b/c.yaml"), ["a", "a/b"]);
        assert_eq!(folders("a", "a/c.yaml"), ["a"]);
    }

    #[test]
    fn without_a_kustomization_everything_is_taken_in() {
        assert_eq!(found(&[], "clusters/a/x.yaml").unwrap(), None);
    }

    #[test]
    fn the_nearest_kustomization_lists_the_file() {
        for (kustomizations, file, folder, entry) in [
            (&[("clusters/a", "resources: [flux-system]")][..], "x.yaml", "clusters/a", "x.yaml"),
            (&[("clusters/a", "resources: []")], "apps/x.yaml", "clusters/a", "apps/x.yaml"),
            // Flux's own generated kustomization takes the folder in.
            (&[("clusters/a/apps", "resources: []")], "apps/x.yaml", "clusters/a/apps", "x.yaml"),
            (
                &[("clusters/a", "resources: [./apps/]"), ("clusters/a/apps", "")],
                "apps/deep/x.yaml",
                "clusters/a/apps",
                "deep/x.yaml",
            ),
            (
                &[
                    ("clusters/a", "resources: [apps/deep]"),
                    ("clusters/a/apps", ""),
                    ("clusters/a/apps/deep", ""),
                ],
                "apps/deep/x.yaml",
                "clusters/a/apps/deep",
                "x.yaml",
            ),
        ] {
            let found = found(kustomizations, &format!("clusters/a/{file}")).unwrap();
            assert_eq!(found, Some((folder.to_owned(), entry.to_owned())), "{file}");
        }
    }

    #[test]
    fn a_file_that_is_taken_in_already_needs_no_entry() {
        for kustomizations in [
            &[("clusters/a", "resources: [apps/x.yaml]")][..],
            &[("clusters/a", "resources: [apps]"), ("clusters/a/apps", "resources: [./x.yaml]")],
            &[("clusters/a", "resources: [apps/x.yaml]"), ("clusters/a/apps", "")],
        ] {
            assert_eq!(found(kustomizations, "clusters/a/apps/x.yaml").unwrap(), None);
        }
    }

    #[test]
    fn a_folder_that_was_left_out_stays_out() {
        let error = found(
            &[("clusters/a", "resources: [flux-system]"), ("clusters/a/apps", "")],
            "clusters/a/apps/x.yaml",
        );
        let error = error.unwrap_err();
        assert_eq!(class_of(&error), Class::Usage);
        assert!(format!("{error:#}").contains("does not list clusters/a/apps"), "{error:#}");
    }

    #[test]
    fn kustomizations_that_take_in_each_other_come_to_an_end() {
        let kustomizations =
            [("clusters/a", "resources: [apps]"), ("clusters/a/apps", "resources: [..]")];
        assert!(found(&kustomizations, "clusters/a/apps/x.yaml").unwrap().is_some());
    }
}
