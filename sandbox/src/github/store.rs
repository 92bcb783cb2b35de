//! The bare repositories: objects, trees, commits, and reference updates that compare and swap.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context as _, Result};
use git2::build::TreeUpdateBuilder;
use git2::{ErrorCode, FileMode, ObjectType, Oid, Repository, RepositoryInitOptions, Signature};

/// Makes a bare repository whose unborn branch is `default_branch`.
///
/// # Errors
/// When the directory cannot be written to.
pub(super) fn create(path: &Path, default_branch: &str) -> Result<Repository> {
    let mut options = RepositoryInitOptions::new();
    options.bare(true).mkpath(true).external_template(false).initial_head(default_branch);
    let repository = Repository::init_opts(path, &options)
        .with_context(|| format!("cannot create the repository {}", path.display()))?;
    let mut config = repository.config()?;
    config.set_bool("http.receivepack", true)?;
    config.set_bool("uploadpack.allowFilter", true)?;
    config.set_bool("uploadpack.allowAnySHA1InWant", true)?;
    // No maintenance in the background: it would race with a test that reads the directory.
    config.set_bool("receive.autogc", false)?;
    config.set_i32("gc.auto", 0)?;
    Ok(repository)
}

/// Whether no branch exists.
pub(super) fn is_empty(repository: &Repository) -> Result<bool, git2::Error> {
    Ok(repository.references_glob("refs/heads/*")?.next().is_none())
}

/// The object that `reference` points at, `None` when there is no such reference.
pub(super) fn target(repository: &Repository, reference: &str) -> Result<Option<Oid>, git2::Error> {
    match repository.refname_to_id(reference) {
        Ok(oid) => Ok(Some(oid)),
        Err(error) if matches!(error.code(), ErrorCode::NotFound | ErrorCode::InvalidSpec) => {
            Ok(None)
        }
        Err(error) => Err(error),
    }
}

/// Every reference and what it points at.
pub(super) fn references(repository: &Repository) -> Result<BTreeMap<String, Oid>, git2::Error> {
    let mut all = BTreeMap::new();
    for reference in repository.references()? {
        let reference = reference?;
        if let (Ok(name), Some(target)) = (reference.name(), reference.target()) {
            all.insert(name.to_owned(), target);
        }
    }
    Ok(all)
}

/// A full object name, 40 hexadecimal digits; anything shorter is not one.
pub(super) fn parse_oid(text: &str) -> Option<Oid> {
    (text.len() == 40).then(|| Oid::from_str(text).ok()).flatten()
}

/// One entry of a change to a tree.
#[derive(Clone, Debug)]
pub(super) enum TreeChange {
    /// Puts an object at a path.
    Put { path: String, oid: Oid, mode: FileMode },
    /// Removes a path, which must exist.
    Remove { path: String },
}

/// Applies `changes` to `base`, or to nothing, and returns the new tree.
///
/// # Errors
/// When a path cannot be put, or one that is to be removed does not exist.
pub(super) fn change_tree(
    repository: &Repository,
    base: Option<Oid>,
    changes: &[TreeChange],
) -> Result<Oid, git2::Error> {
    let base = match base {
        Some(base) => base,
        None => repository.treebuilder(None)?.write()?,
    };
    let base = repository.find_tree(base)?;
    let mut builder = TreeUpdateBuilder::new();
    for change in changes {
        match change {
            TreeChange::Put { path, oid, mode } => {
                builder.upsert(path.as_str(), *oid, *mode);
            }
            TreeChange::Remove { path } => {
                base.get_path(Path::new(path))?;
                builder.remove(path.as_str());
            }
        }
    }
    if changes.is_empty() {
        return Ok(base.id());
    }
    builder.create_updated(repository, &base)
}

/// A commit to write.
pub(super) struct NewCommit<'a> {
    pub(super) tree: Oid,
    pub(super) parents: &'a [Oid],
    pub(super) message: &'a str,
    pub(super) author: Signature<'a>,
    pub(super) committer: Signature<'a>,
    /// An armoured signature for the `gpgsig` header.
    pub(super) signature: Option<&'a str>,
}

/// Writes a commit object; no reference moves.
///
/// # Errors
/// When the tree or a parent does not exist.
pub(super) fn write_commit(
    repository: &Repository,
    commit: &NewCommit<'_>,
) -> Result<Oid, git2::Error> {
    let tree = repository.find_tree(commit.tree)?;
    let parents = commit
        .parents
        .iter()
        .map(|&parent| repository.find_commit(parent))
        .collect::<Result<Vec<_>, _>>()?;
    let buffer = repository.commit_create_buffer(
        &commit.author,
        &commit.committer,
        commit.message,
        &tree,
        &parents.iter().collect::<Vec<_>>(),
    )?;
    match commit.signature {
        None => repository.odb()?.write(ObjectType::Commit, &buffer),
        Some(signature) => {
            let content = std::str::from_utf8(&buffer)
                .map_err(|_| git2::Error::from_str("the commit is not UTF-8"))?;
            repository.commit_signed(content, signature, None)
        }
    }
}

/// What a reference must be for an update to happen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Expected {
    Anything,
    Absent,
    Exists,
    At(Oid),
}

/// One reference update.
#[derive(Clone, Debug)]
pub(super) struct Move {
    pub(super) reference: String,
    pub(super) expected: Expected,
    /// The new target; `None` deletes the reference.
    pub(super) to: Option<Oid>,
    pub(super) force: bool,
}

/// Why a reference was not updated.
#[derive(Debug)]
pub(super) enum Rejected {
    /// It is not what was expected; `None` when it does not exist.
    Moved {
        actual: Option<Oid>,
    },
    AlreadyExists,
    DoesNotExist,
    NotFastForward,
    UnknownObject,
    InvalidName,
    Rule(String),
    Git(git2::Error),
}

impl From<git2::Error> for Rejected {
    fn from(error: git2::Error) -> Self {
        Self::Git(error)
    }
}

/// What an accepted or refused update would do, as the branch rules see it.
pub(super) struct Step<'a> {
    pub(super) reference: &'a str,
    pub(super) from: Option<Oid>,
    pub(super) to: Option<Oid>,
    pub(super) is_fast_forward: bool,
}

/// Applies all `moves` or none: locks every reference, tests, asks `allow`, then writes.
///
/// Without `force` a move must be a fast-forward, tested against what the reference is while it is
/// locked. That is not a compare-and-swap: only [`Expected::At`] is one.
///
/// # Errors
/// Why the first refused move was refused.
pub(super) fn update_references(
    repository: &Repository,
    moves: &[Move],
    allow: impl Fn(&Step<'_>) -> Result<(), Rejected>,
) -> Result<(), Rejected> {
    let mut transaction = repository.transaction()?;
    for step in moves {
        if !git2::Reference::is_valid_name(&step.reference) {
            return Err(Rejected::InvalidName);
        }
        transaction.lock_ref(&step.reference)?;
    }
    let signature = Signature::now("sandbox", "sandbox@localhost")?;
    for step in moves {
        let from = test(repository, step)?;
        let is_fast_forward = is_fast_forward(repository, from, step.to)?;
        if !step.force && step.to.is_some() && !is_fast_forward {
            return Err(Rejected::NotFastForward);
        }
        allow(&Step { reference: &step.reference, from, to: step.to, is_fast_forward })?;
        match step.to {
            Some(to) => {
                transaction.set_target(&step.reference, to, Some(&signature), "sandbox")?;
            }
            None => transaction.remove(&step.reference)?,
        }
    }
    Ok(transaction.commit()?)
}

fn test(repository: &Repository, step: &Move) -> Result<Option<Oid>, Rejected> {
    let actual = target(repository, &step.reference)?;
    match (step.expected, actual) {
        (Expected::Absent, Some(_)) => return Err(Rejected::AlreadyExists),
        (Expected::Exists, None) => return Err(Rejected::DoesNotExist),
        (Expected::At(expected), actual) if actual != Some(expected) => {
            return Err(Rejected::Moved { actual });
        }
        _ => {}
    }
    if step.to.is_none() && actual.is_none() {
        return Err(Rejected::DoesNotExist);
    }
    if let Some(to) = step.to {
        let is_branch = step.reference.starts_with("refs/heads/");
        let is_known = if is_branch {
            repository.find_commit(to).is_ok()
        } else {
            repository.find_object(to, None).is_ok()
        };
        if !is_known {
            return Err(Rejected::UnknownObject);
        }
    }
    Ok(actual)
}

/// Whether `to` contains `from`; creating always does, deleting never.
pub(super) fn is_fast_forward(
    repository: &Repository,
    from: Option<Oid>,
    to: Option<Oid>,
) -> Result<bool, git2::Error> {
    match (from, to) {
        (_, None) => Ok(false),
        (None, Some(_)) => Ok(true),
        (Some(from), Some(to)) => Ok(from == to || repository.graph_descendant_of(to, from)?),
    }
}

/// Whether the commit carries a signature.
pub(super) fn is_signed(repository: &Repository, commit: Oid) -> bool {
    repository.extract_signature(&commit, None).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const MAIN: &str = "refs/heads/main";

    fn repository() -> (tempfile::TempDir, Repository) {
        let folder = tempfile::tempdir().unwrap();
        let repository = create(folder.path(), "main").unwrap();
        (folder, repository)
    }

    fn commit(repository: &Repository, parents: &[Oid], message: &str) -> Oid {
        let who = Signature::new("A", "a@example.com", &git2::Time::new(1, 0)).unwrap();
        let tree = change_tree(repository, None, &[]).unwrap();
        let commit = NewCommit {
            tree,
            parents,
            message,
            author: who.clone(),
            committer: who,
            signature: None,
        };
        write_commit(repository, &commit).unwrap()
    }

    fn push(repository: &Repository, expected: Expected, to: Oid) -> Result<(), Rejected> {
        let step = Move { reference: MAIN.into(), expected, to: Some(to), force: false };
        update_references(repository, &[step], |_| Ok(()))
    }

    #[test]
    fn a_fast_forward_test_accepts_a_branch_that_was_reset_backwards() {
        let (_folder, repository) = repository();
        let first = commit(&repository, &[], "1");
        let second = commit(&repository, &[first], "2");
        let third = commit(&repository, &[second], "3");
        push(&repository, Expected::Absent, first).unwrap();
        // The client read `second`, someone reset to `first`: only the comparison notices.
        assert!(matches!(
            push(&repository, Expected::At(second), third),
            Err(Rejected::Moved { actual: Some(actual) }) if actual == first
        ));
        push(&repository, Expected::Exists, third).unwrap();
        assert_eq!(target(&repository, MAIN).unwrap(), Some(third));
    }

    #[test]
    fn a_refused_move_undoes_the_moves_before_it() {
        let (_folder, repository) = repository();
        let first = commit(&repository, &[], "1");
        let moves = [
            Move {
                reference: MAIN.into(),
                expected: Expected::Absent,
                to: Some(first),
                force: false,
            },
            Move {
                reference: "refs/heads/other".into(),
                expected: Expected::Exists,
                to: Some(first),
                force: false,
            },
        ];
        let refused = update_references(&repository, &moves, |_| Ok(()));
        assert!(matches!(refused, Err(Rejected::DoesNotExist)));
        assert!(is_empty(&repository).unwrap());
    }

    #[test]
    fn removing_a_path_that_does_not_exist_is_an_error() {
        let (_folder, repository) = repository();
        let change = TreeChange::Remove { path: "missing".into() };
        assert!(change_tree(&repository, None, &[change]).is_err());
    }
}
