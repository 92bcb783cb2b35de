//! The Git repository that the command was started in. It is read, never written.

use std::path::Path;

use anyhow::{Context as _, Result};
use git2::{BranchType, ErrorCode, Oid, Repository, StatusOptions};

/// A repository on this machine.
pub struct LocalRepository(Repository);

impl LocalRepository {
    /// The repository that `folder` is in; `None` where it is in none.
    ///
    /// # Errors
    /// When there is one that cannot be opened.
    pub fn discover(folder: &Path) -> Result<Option<Self>> {
        match Repository::discover(folder) {
            Ok(repository) => Ok(Some(Self(repository))),
            Err(error) if error.code() == ErrorCode::NotFound => Ok(None),
            Err(error) => Err(error).context("cannot open the local Git repository"),
        }
    }

    /// The commit that is checked out.
    ///
    /// # Errors
    /// When there is no commit yet.
    pub fn head(&self) -> Result<String> {
        let head = self.0.head().and_then(|head| head.peel_to_commit());
        Ok(head.context("the local repository has no commit")?.id().to_string())
    }

    /// The commit with these first digits; `None` when it is not here, or when several begin with them.
    #[must_use]
    pub fn commit(&self, digits: &str) -> Option<String> {
        self.find(digits).map(|id| id.to_string())
    }

    fn find(&self, digits: &str) -> Option<Oid> {
        self.0.find_commit_by_prefix(digits).ok().map(|commit| commit.id())
    }

    /// Whether commit `tip` is `ancestor` or was built on it; `None` when the history that is here does not
    /// tell.
    #[must_use]
    pub fn holds(&self, tip: &str, ancestor: &str) -> Option<bool> {
        let (tip, ancestor) = (self.find(tip)?, self.find(ancestor)?);
        if tip == ancestor {
            return Some(true);
        }
        match self.0.graph_descendant_of(tip, ancestor) {
            // A shallow clone may end before it comes to the ancestor.
            Ok(false) if self.0.is_shallow() => None,
            answer => answer.ok(),
        }
    }

    /// Whether files that Git knows were changed and not committed; `None` when it cannot be told.
    #[must_use]
    pub fn has_changes(&self) -> Option<bool> {
        let mut options = StatusOptions::new();
        options.include_untracked(false).exclude_submodules(true);
        self.0.statuses(Some(&mut options)).ok().map(|changes| !changes.is_empty())
    }

    /// Whether a branch of a remote held `commit` when it was last fetched or pushed; `None` where no remote
    /// has branches.
    #[must_use]
    pub fn is_pushed(&self, commit: &str) -> Option<bool> {
        let branches = self.0.branches(Some(BranchType::Remote)).ok()?;
        let tips = branches.flatten().filter_map(|(branch, _)| branch.get().target());
        let tips: Vec<String> = tips.map(|tip| tip.to_string()).collect();
        (!tips.is_empty()).then(|| tips.iter().any(|tip| self.holds(tip, commit) == Some(true)))
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use git2::Signature;
    use tempfile::TempDir;

    use super::*;

    /// A repository with commits of one file on its branch, oldest first.
    fn repository(contents: &[&str]) -> (TempDir, LocalRepository, Vec<String>) {
        let folder = TempDir::new().expect("a folder");
        let git = Repository::init(folder.path()).expect("a repository");
        let mut commits = Vec::new();
        for content in contents {
            commits.push(commit(&git, content));
        }
        (folder, LocalRepository(git), commits)
    }

    fn commit(git: &Repository, content: &str) -> String {
        let path = git.workdir().expect("a working copy").join("file");
        fs::write(path, content).expect("a file");
        let mut index = git.index().expect("an index");
        index.add_path("file".as_ref()).expect("added");
        index.write().expect("written");
        let tree = git.find_tree(index.write_tree().expect("a tree")).expect("the tree");
        let who = Signature::now("Ann", "ann@example.com").expect("a signature");
        let parent = git.head().ok().and_then(|head| head.peel_to_commit().ok());
        let parents: Vec<_> = parent.iter().collect();
        git.commit(Some("HEAD"), &who, &who, content, &tree, &parents)
            .expect("a commit")
            .to_string()
    }

    #[test]
    fn history_tells_what_was_built_on_what() {
        let (folder, here, commits) = repository(&["1", "2"]);
        let found = LocalRepository::discover(folder.path()).expect("readable").expect("there");
        assert_eq!(found.head().expect("a commit"), commits[1]);
        assert_eq!(here.commit(&commits[0][..7]), Some(commits[0].clone()));
        assert_eq!(here.holds(&commits[1], &commits[0][..9]), Some(true));
        assert_eq!(here.holds(&commits[0], &commits[1]), Some(false));
        assert_eq!(here.holds(&commits[1], &commits[1]), Some(true));
        assert_eq!(here.holds(&commits[1], "1234567"), None);
    }

    #[test]
    fn a_shallow_history_does_not_deny_what_it_does_not_hold() {
        let (folder, here, commits) = repository(&["1", "2", "3"]);
        fs::write(folder.path().join(".git/shallow"), format!("{}\n", commits[1]))
            .expect("shallow");
        let cut = LocalRepository::discover(folder.path()).expect("readable").expect("there");
        assert_eq!(here.holds(&commits[2], &commits[0]), Some(true));
        assert_eq!(cut.holds(&commits[2], &commits[1]), Some(true));
        assert_eq!(cut.holds(&commits[1], &commits[2]), None);
    }

    #[test]
    fn what_is_not_committed_or_not_pushed_is_noticed() {
        let (folder, here, commits) = repository(&["1", "2"]);
        assert_eq!(here.has_changes(), Some(false));
        fs::write(folder.path().join("other"), "untracked").expect("a file");
        assert_eq!(here.has_changes(), Some(false));
        fs::write(folder.path().join("file"), "changed").expect("a file");
        assert_eq!(here.has_changes(), Some(true));
        assert_eq!(here.is_pushed(&commits[1]), None);
        let pushed = here.find(&commits[0]).expect("a commit");
        here.0.reference("refs/remotes/origin/main", pushed, true, "pushed").expect("a branch");
        assert_eq!(here.is_pushed(&commits[0]), Some(true));
        assert_eq!(here.is_pushed(&commits[1]), Some(false));
    }

    #[test]
    fn a_folder_without_a_repository_and_one_without_commits() {
        let (_folder, empty, _) = repository(&[]);
        assert!(empty.head().is_err());
        let outside = TempDir::new().expect("a folder");
        assert!(LocalRepository::discover(outside.path()).expect("readable").is_none());
    }
}
