//! Puts new files into a repository: which are written, which are there, and where each is listed. Pure: what
//! is there comes in as text, and what is to be written goes out as text.

use std::collections::BTreeMap;

use anyhow::{Context as _, Result, anyhow};
use serde_json::Value;

use super::kustomization::edit::with_resource;
use super::kustomization::listing::{folders_between, listing};
use super::kustomization::{FILE_NAMES, FolderKustomization};
use super::yaml;
use crate::error::{Class, Explain as _, usage};

/// A file that a repository shall have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewFile {
    /// Its path from the repository's root.
    pub path: String,
    /// What it holds: manifests.
    pub text: String,
    /// The folder whose build shall take it in, if it is not taken in anyway.
    pub root: Option<String>,
}

/// What becomes of a file that is there and holds something else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Existing {
    /// It is somebody's work and stays.
    Keep,
    /// It is written anew if it holds the same objects, and nothing else.
    Update,
}

/// What of a repository was looked at: contents by path.
pub type Tree = BTreeMap<String, Vec<u8>>;

/// A file, and what is done about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placed {
    /// Its path from the repository's root.
    pub path: String,
    /// What is done.
    pub act: Act,
}

/// What is done about a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Act {
    /// It is written with this text; nothing was there.
    Create(String),
    /// It is written with this text in the place of one that said other things of the same objects.
    Update(String),
    /// It is a kustomization file, and gets entries for others.
    List(String),
    /// It is there and says the same.
    Nothing,
    /// It is there, says something else, and stays.
    Keep,
}

impl Act {
    /// The text to write, if there is any.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Create(text) | Self::Update(text) | Self::List(text) => Some(text),
            Self::Nothing | Self::Keep => None,
        }
    }
}

/// The paths that [`place`] wants to know about: whether there is a file, and what it holds.
#[must_use]
pub fn relevant_paths(files: &[NewFile]) -> Vec<String> {
    let mut paths: Vec<String> = files.iter().map(|file| file.path.clone()).collect();
    for file in files {
        let folders = file.root.iter().flat_map(|root| folders_between(root, &file.path));
        paths.extend(folders.flat_map(|folder| FILE_NAMES.map(|name| joined(&folder, name))));
    }
    paths.sort_unstable();
    paths.dedup();
    paths
}

/// Decides about each of `files`, and about the kustomization files that have to list them.
///
/// # Errors
/// [`Class::Conflict`] when a file holds other objects and may not be kept; [`Class::Usage`] when a
/// kustomization file cannot be read or edited, or leaves a folder out on purpose.
pub fn place(files: &[NewFile], existing: Existing, tree: &Tree) -> Result<Vec<Placed>> {
    let mut placed = Vec::new();
    for file in files {
        let act = match tree.get(&file.path) {
            None => Act::Create(file.text.clone()),
            Some(present) => over(file, present, existing)?,
        };
        placed.push(Placed { path: file.path.clone(), act });
    }
    let lists = files.iter().try_fold(BTreeMap::new(), |lists, file| list(file, lists, tree))?;
    let lists = lists.into_iter().map(|(path, text)| Placed { path, act: Act::List(text) });
    placed.extend(lists);
    Ok(placed)
}

/// What to do about a file that is there.
fn over(file: &NewFile, present: &[u8], existing: Existing) -> Result<Act> {
    if present == file.text.as_bytes() {
        return Ok(Act::Nothing);
    }
    let path = &file.path;
    let other = |why: &str| {
        anyhow!("{path} is in the repository and {why}")
            .class(Class::Conflict)
            .hint("write to another file with --file")
    };
    if existing == Existing::Keep {
        return Ok(Act::Keep);
    }
    let present = std::str::from_utf8(present).map_err(|_| other("is not UTF-8"))?;
    let present =
        yaml::documents(present).map_err(|error| other(&format!("cannot be read: {error}")))?;
    let wanted = yaml::documents(&file.text).context("a manifest that was made cannot be read")?;
    // Somebody's comments and order are worth more than ours.
    if present == wanted {
        return Ok(Act::Nothing);
    }
    match present.iter().map(identity).eq(wanted.iter().map(identity)) {
        true => Ok(Act::Update(file.text.clone())),
        false => Err(other("holds other objects")),
    }
}

fn identity(object: &Value) -> [&Value; 4] {
    ["/apiVersion", "/kind", "/metadata/namespace", "/metadata/name"]
        .map(|pointer| object.pointer(pointer).unwrap_or(&Value::Null))
}

/// Adds the entry that a file needs to the kustomization files that were edited so far.
fn list(
    file: &NewFile,
    mut edited: BTreeMap<String, String>,
    tree: &Tree,
) -> Result<BTreeMap<String, String>> {
    let Some(root) = &file.root else { return Ok(edited) };
    let (mut kustomizations, mut paths) = (BTreeMap::new(), BTreeMap::new());
    for folder in folders_between(root, &file.path) {
        for path in FILE_NAMES.map(|name| joined(&folder, name)) {
            let Some(text) = current(&path, &edited, tree)? else { continue };
            let parsed = FolderKustomization::parse(&text);
            let parsed = parsed.with_context(|| unusable(&path)).class(Class::Usage)?;
            kustomizations.insert(folder.clone(), parsed);
            paths.insert(folder.clone(), (path, text));
            break;
        }
    }
    let Some(wanted) = listing(root, &file.path, &kustomizations)? else { return Ok(edited) };
    let (path, text) = paths.remove(&wanted.folder).context("it was read a moment ago")?;
    let changed = with_resource(&text, &wanted.entry).with_context(|| unusable(&path))?;
    edited.extend(changed.map(|text| (path, text)));
    Ok(edited)
}

/// A kustomization file as it is, or as it will be.
fn current(path: &str, edited: &BTreeMap<String, String>, tree: &Tree) -> Result<Option<String>> {
    if let Some(text) = edited.get(path) {
        return Ok(Some(text.clone()));
    }
    let Some(bytes) = tree.get(path) else { return Ok(None) };
    let text = String::from_utf8(bytes.clone())
        .map_err(|_| usage("it is not UTF-8").context(unusable(path)))?;
    Ok(Some(text))
}

fn unusable(path: &str) -> String {
    format!("{path} in the repository cannot be edited")
}

fn joined(folder: &str, name: &str) -> String {
    if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::class_of;

    const OBJECT: &str = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\ndata:\n  k: v\n";

    fn file(path: &str) -> NewFile {
        let root = Some("clusters/a".to_owned());
        NewFile { path: path.to_owned(), text: OBJECT.to_owned(), root }
    }

    fn tree(files: &[(&str, &str)]) -> Tree {
        let owned = |(path, text): &(&str, &str)| ((*path).to_owned(), text.as_bytes().to_vec());
        files.iter().map(owned).collect()
    }

    fn act(present: &str, existing: Existing) -> Result<Act> {
        let tree = tree(&[("clusters/a/x.yaml", present)]);
        Ok(place(&[file("clusters/a/x.yaml")], existing, &tree)?.remove(0).act)
    }

    #[test]
    fn a_new_file_is_written_and_listed_where_there_is_a_list() {
        let files = [file("clusters/a/x.yaml"), file("clusters/a/y.yaml")];
        let list = "resources:\n- flux-system # first\n";
        let placed =
            place(&files, Existing::Keep, &tree(&[("clusters/a/kustomization.yml", list)]))
                .unwrap();
        let paths: Vec<&str> = placed.iter().map(|placed| placed.path.as_str()).collect();
        assert_eq!(
            paths,
            ["clusters/a/x.yaml", "clusters/a/y.yaml", "clusters/a/kustomization.yml"]
        );
        assert_eq!(placed[0].act.text(), Some(OBJECT));
        assert_eq!(
            placed[2].act.text(),
            Some("resources:\n- flux-system # first\n- x.yaml\n- y.yaml\n")
        );
        assert_eq!(place(&files, Existing::Keep, &Tree::new()).unwrap().len(), 2);
    }

    #[test]
    fn what_is_there_already_is_not_written_again() {
        let there = [
            ("clusters/a/x.yaml", OBJECT),
            ("clusters/a/kustomization.yaml", "resources: [x.yaml]\n"),
        ];
        for existing in [Existing::Keep, Existing::Update] {
            let placed = place(&[file("clusters/a/x.yaml")], existing, &tree(&there)).unwrap();
            assert!(placed.iter().all(|placed| placed.act.text().is_none()), "{placed:?}");
        }
    }

    #[test]
    fn a_file_of_somebody_elses_is_kept_or_refused() {
        let other = OBJECT.replace("name: a", "name: b");
        assert_eq!(act(&other, Existing::Keep).unwrap(), Act::Keep);
        for present in [other.as_str(), "a: [", "x"] {
            let error = act(present, Existing::Update).unwrap_err();
            assert_eq!(class_of(&error), Class::Conflict, "{present}");
        }
    }

    #[test]
    fn the_same_object_is_written_anew_only_when_it_says_something_else() {
        let commented = format!("# theirs\n{OBJECT}");
        assert_eq!(act(&commented, Existing::Update).unwrap(), Act::Nothing);
        let changed = OBJECT.replace("k: v", "k: w");
        assert_eq!(act(&changed, Existing::Update).unwrap(), Act::Update(OBJECT.to_owned()));
    }

    #[test]
    fn every_file_that_decides_is_looked_at() {
        let paths = relevant_paths(&[file("clusters/a/apps/x.yaml")]);
        for expected in [
            "clusters/a/apps/x.yaml",
            "clusters/a/Kustomization",
            "clusters/a/apps/kustomization.yaml",
        ] {
            assert!(paths.iter().any(|path| path == expected), "{expected}");
        }
        assert_eq!(paths.len(), 7);
    }

    #[test]
    fn a_kustomization_that_cannot_be_read_is_named() {
        let tree = tree(&[("clusters/a/kustomization.yaml", "resources: [")]);
        let error = place(&[file("clusters/a/x.yaml")], Existing::Keep, &tree).unwrap_err();
        assert!(error.to_string().starts_with("clusters/a/kustomization.yaml "), "{error}");
        assert_eq!(class_of(&error), Class::Usage);
    }
}
