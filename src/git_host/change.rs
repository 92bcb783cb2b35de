//! A change: files to write against a known head, and every decision about it that needs no network.

use std::collections::BTreeMap;
use std::sync::Arc;

use anyhow::{Result, anyhow};

use super::signing_key::SigningKey;
use super::{Blob, Head};
use crate::error::{Class, Explain as _, usage};

/// Files that belong into one commit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    files: Vec<File>,
    message: String,
    author: Option<Author>,
    signing: Signing,
}

/// One text file of a [`Change`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    path: String,
    content: String,
    is_derived: bool,
    is_kept: bool,
}

/// What shall be committed, decided anew for every head that the branch turns out to have.
pub trait Draft {
    /// The change to make on `head`.
    ///
    /// # Errors
    /// When on this head there is nothing sensible to commit.
    fn on(&self, head: &Head) -> impl Future<Output = Result<Change>>;
}

/// A change that is the same on every head.
impl Draft for Change {
    async fn on(&self, _: &Head) -> Result<Change> {
        Ok(self.clone())
    }
}

/// Who a commit is by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Author {
    /// The name, as in `git log`.
    pub name: String,
    /// The address, as in `git log`.
    pub email: String,
}

/// Who signs a commit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Signing {
    /// Nobody in particular: a host may sign what it is asked to make, as GitHub does for an App that names no
    /// author.
    #[default]
    Unasked,
    /// The host, where it can; such a commit is by whom the token belongs to, whatever its author says.
    ByHost,
    /// A key of the user's.
    ByKey(Arc<SigningKey>),
}

impl File {
    /// A file at `path`, which is relative to the repository's root; `./` and doubled slashes are
    /// taken out.
    ///
    /// # Errors
    /// [`Class::Usage`] when the path is absolute, leaves the repository or enters `.git`.
    pub fn new(path: &str, content: impl Into<String>) -> Result<Self> {
        let path = normalized_path(path)?;
        if path.is_empty() {
            return Err(usage("a file needs a path in the repository"));
        }
        Ok(Self { path, content: content.into(), is_derived: false, is_kept: false })
    }

    /// The same file, when its content was made from what the branch's head has at this path: what others
    /// write there meanwhile is then part of the next [`Draft`] and not overwritten.
    #[must_use]
    pub fn derived(self) -> Self {
        Self { is_derived: true, ..self }
    }

    /// The same file, to be written only where there is none: whatever is there is kept as it is.
    #[must_use]
    pub fn where_missing(self) -> Self {
        Self { is_kept: true, ..self }
    }

    /// Whether it is written only where there is none.
    #[must_use]
    pub fn is_kept(&self) -> bool {
        self.is_kept
    }

    /// Whether what is there is this file, or is kept in its place.
    fn is_at(&self, present: &BTreeMap<String, Blob>) -> bool {
        present.get(&self.path).is_some_and(|blob| self.is_kept || blob.sha == self.blob_sha())
    }

    /// The path from the repository's root, normalised.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// What the file holds.
    #[must_use]
    pub fn content(&self) -> &str {
        &self.content
    }

    /// The object name that Git gives to the content.
    #[must_use]
    pub fn blob_sha(&self) -> String {
        git2::Oid::hash_object(git2::ObjectType::Blob, self.content.as_bytes())
            .expect("hashing bytes in memory cannot fail")
            .to_string()
    }
}

impl Change {
    /// Files for one commit with `message`; without an `author` the host fills in the token's user.
    ///
    /// # Errors
    /// [`Class::Usage`] when two files have the same path, or one lies below another.
    pub fn new(files: Vec<File>, message: &str, author: Option<Author>) -> Result<Self> {
        for (index, file) in files.iter().enumerate() {
            let clashes = |other: &&File| {
                let rest = other.path.strip_prefix(&file.path);
                rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
            };
            let mut others = files.iter().enumerate().filter(|(other, _)| *other != index);
            if let Some((_, other)) = others.find(|(_, other)| clashes(other)) {
                let (one, other) = (&file.path, &other.path);
                return Err(usage(format!("{one} and {other} cannot both be in one commit")));
            }
        }
        let signing = Signing::Unasked;
        Ok(Self { files, message: message.to_owned(), author, signing })
    }

    /// The same change, signed so.
    #[must_use]
    pub fn signed(self, signing: Signing) -> Self {
        Self { signing, ..self }
    }

    /// Who signs the commit.
    #[must_use]
    pub fn signing(&self) -> &Signing {
        &self.signing
    }

    /// The files, in the order given.
    #[must_use]
    pub fn files(&self) -> &[File] {
        &self.files
    }

    /// The commit's message.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }

    /// Who the commit is by, if somebody was named.
    #[must_use]
    pub fn author(&self) -> Option<&Author> {
        self.author.as_ref()
    }

    /// The files that `present` does not hold with this content.
    #[must_use]
    pub fn difference(&self, present: &BTreeMap<String, Blob>) -> Vec<&File> {
        self.files.iter().filter(|file| !file.is_at(present)).collect()
    }

    /// The paths at which `present` holds something else, or no longer holds anything, that would be written over
    /// without a look at it.
    pub fn overwrites<'a>(
        &'a self,
        present: &'a BTreeMap<String, Blob>,
    ) -> impl Iterator<Item = &'a str> {
        let files = self.files.iter().filter(|file| !file.is_derived && !file.is_at(present));
        files.map(File::path)
    }

    /// Whether a file with the content `sha` at `path` may be of a run that has made this change or one like it.
    #[must_use]
    pub fn holds(&self, path: &str, sha: Option<&str>) -> bool {
        let is_ours = |file: &File| !file.is_kept || sha == Some(&*file.blob_sha());
        self.files.iter().any(|file| file.path == path && is_ours(file))
    }

    /// Checks that nobody changed one of our files between two reads, unless to what we would write.
    ///
    /// # Errors
    /// [`Class::Conflict`] naming the files.
    pub fn check_overwrites(
        &self,
        before: &BTreeMap<String, Blob>,
        after: &BTreeMap<String, Blob>,
    ) -> Result<()> {
        let is_ours =
            |file: &File| after.get(&file.path).is_some_and(|blob| blob.sha == file.blob_sha());
        let changed: Vec<&str> = self
            .files
            .iter()
            .filter(|file| !file.is_derived && !is_ours(file))
            .map(File::path)
            .filter(|path| before.get(*path) != after.get(*path))
            .collect();
        if changed.is_empty() {
            return Ok(());
        }
        let changed = changed.join(", ");
        Err(anyhow!("somebody else changed {changed} while this command was running")
            .class(Class::Conflict)
            .hint("look at the latest commits, then run the command again"))
    }
}

/// Takes `./`, doubled and trailing slashes out of a repository path; empty for the root.
///
/// # Errors
/// [`Class::Usage`] when the path is absolute, leaves the repository, enters `.git`, or has a
/// character that some system cannot check out.
pub fn normalized_path(path: &str) -> Result<String> {
    let refuse = |why: &str| Err(usage(format!("the path {path:?} {why}")));
    if path.starts_with('/') {
        return refuse("must be relative to the repository's root");
    }
    if path.chars().any(|c| c == '\\' || c.is_control()) {
        return refuse("has a character that a path in Git cannot have");
    }
    let mut components = Vec::new();
    for component in path.split('/').filter(|component| !matches!(*component, "" | ".")) {
        // Windows and macOS open `.git` under these spellings as well (CVE-2014-9390).
        let folded = component.trim_end_matches([' ', '.']).to_ascii_lowercase();
        if component == ".." {
            return refuse("leaves the repository");
        }
        if folded == ".git" || folded == "git~1" {
            return refuse("enters Git's own folder");
        }
        components.push(component);
    }
    Ok(components.join("/"))
}

/// What to do when a branch is not where it was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moved {
    /// The host still tells the old tip: its answer is stale, or it lost the update.
    NotAtAll,
    /// Somebody committed on top: build the commit again on the new tip.
    Forwards,
    /// Somebody took commits away; publishing would bring them back.
    Elsewhere,
}

/// Judges the tip of a branch that was expected at `base`.
///
/// `relation` is how the host's comparison of `base` with `tip` calls it: `identical`, `ahead` when
/// the tip was built on the base, `behind`, `diverged`, or nothing when it does not know both.
#[must_use]
pub fn branch_moved(base: &str, tip: &str, relation: Option<&str>) -> Moved {
    match relation {
        _ if base == tip => Moved::NotAtAll,
        Some("ahead") => Moved::Forwards,
        _ => Moved::Elsewhere,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::class_of;
    use crate::git_host::FileMode;

    fn change(files: &[(&str, &str)]) -> Change {
        let files = files.iter().map(|(path, text)| File::new(path, *text).expect("path"));
        Change::new(files.collect(), "test", None).expect("change")
    }

    fn present(files: &[(&str, &str)]) -> BTreeMap<String, Blob> {
        let blob = |text: &str| {
            let sha = File::new("x", text).expect("path").blob_sha();
            Blob { sha, mode: FileMode::Regular }
        };
        files.iter().map(|(path, text)| ((*path).to_owned(), blob(text))).collect()
    }

    #[test]
    fn a_blob_has_the_name_that_git_gives_it() {
        let file = File::new("a", "hello\n").expect("path");
        assert_eq!(file.blob_sha(), "ce013625030ba8dba906f756967f9e9ca394464a");
    }

    #[test]
    fn paths_are_normalised() {
        assert_eq!(normalized_path("./clusters//prod/").expect("path"), "clusters/prod");
        assert_eq!(normalized_path("").expect("root"), "");
        assert_eq!(normalized_path("./").expect("root"), "");
        assert_eq!(normalized_path("a/.github/b").expect("path"), "a/.github/b");
    }

    #[test]
    fn paths_out_of_the_repository_are_refused() {
        for path in [
            "/etc/passwd",
            "../x",
            "a/../../x",
            ".git/config",
            "a/.GIT/x",
            "git~1/x",
            ".git. /x",
            "a\\b",
            "a\nb",
        ] {
            let error = normalized_path(path).expect_err(path);
            assert_eq!(class_of(&error), Class::Usage, "{path}");
        }
    }

    #[test]
    fn a_file_cannot_be_a_folder_in_the_same_commit() {
        let files =
            |paths: &[&str]| paths.iter().map(|p| File::new(p, "").expect("path")).collect();
        assert!(Change::new(files(&["a", "a/b"]), "m", None).is_err());
        assert!(Change::new(files(&["a", "./a"]), "m", None).is_err());
        assert!(Change::new(files(&["a", "ab", "b/a"]), "m", None).is_ok());
    }

    #[test]
    fn only_what_differs_is_written() {
        let change = change(&[("a", "1"), ("b", "2"), ("c", "3")]);
        let present = present(&[("a", "1"), ("b", "other"), ("unrelated", "x")]);
        let paths: Vec<_> = change.difference(&present).into_iter().map(File::path).collect();
        assert_eq!(paths, ["b", "c"]);
    }

    #[test]
    fn a_file_that_others_changed_differently_is_a_conflict() {
        let change = change(&[("a", "ours")]);
        let before = present(&[("a", "old")]);
        let theirs = present(&[("a", "theirs")]);
        let error = change.check_overwrites(&before, &theirs).expect_err("changed");
        assert_eq!(class_of(&error), Class::Conflict);
        assert!(error.to_string().contains(" a "), "{error}");
        assert!(change.check_overwrites(&before, &present(&[])).is_err(), "deleted is changed too");
    }

    #[test]
    fn a_file_that_others_changed_to_the_same_is_none() {
        let change = change(&[("a", "ours")]);
        let (before, after) = (present(&[]), present(&[("a", "ours"), ("b", "theirs")]));
        assert!(change.check_overwrites(&before, &after).is_ok());
        assert!(change.check_overwrites(&before, &before).is_ok());
    }

    #[test]
    fn a_file_made_from_what_was_there_overwrites_nobody() {
        let file = File::new("a", "theirs and ours").expect("path").derived();
        let change = Change::new(vec![file], "test", None).expect("change");
        assert!(change.check_overwrites(&present(&[]), &present(&[("a", "theirs")])).is_ok());
    }

    #[test]
    fn a_file_that_is_kept_is_written_only_where_there_is_none() {
        let file = File::new("a", "default").expect("path").where_missing();
        let change = Change::new(vec![file], "test", None).expect("change");
        let theirs = present(&[("a", "theirs")]);
        assert_eq!(change.difference(&present(&[])).len(), 1);
        assert_eq!(change.difference(&theirs), Vec::<&File>::new());
        assert_eq!(change.overwrites(&theirs).count(), 0);
        // What was built is not what it is now.
        assert!(change.check_overwrites(&present(&[]), &theirs).is_err());
        assert!(change.check_overwrites(&theirs, &theirs).is_ok());
        let sha = |text| File::new("a", text).expect("path").blob_sha();
        assert!(change.holds("a", Some(&sha("default"))));
        assert!(!change.holds("a", Some(&sha("theirs"))));
    }

    #[test]
    fn a_branch_is_rebuilt_on_only_when_it_moved_forwards() {
        for (tip, relation, expected) in [
            ("base", None, Moved::NotAtAll),
            ("tip", Some("ahead"), Moved::Forwards),
            ("tip", Some("behind"), Moved::Elsewhere),
            ("tip", Some("diverged"), Moved::Elsewhere),
            ("tip", None, Moved::Elsewhere),
        ] {
            assert_eq!(branch_moved("base", tip, relation), expected, "{tip} {relation:?}");
        }
    }
}
