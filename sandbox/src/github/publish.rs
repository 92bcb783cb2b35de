//! Reference updates that a client asked for: the one way in for REST and GraphQL.

use std::sync::{MutexGuard, PoisonError};

use git2::Oid;
use k8s_openapi::jiff::Timestamp;

use super::GitHub;
use super::access::Caller;
use super::rules::{self, BranchChange};
use super::state::{Repository, Role};
use super::store::{self, Move, Rejected, Step};

/// A reference update that is about to be applied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefUpdate {
    /// The repository's owner.
    pub owner: String,
    /// The repository's name.
    pub name: String,
    /// The full name of the reference: `refs/heads/main`.
    pub reference: String,
    /// What it will point at; `None` when it will be deleted.
    pub to: Option<String>,
}

/// Called before every reference update.
pub(super) type Hook = Box<dyn FnMut(RefUpdate) + Send>;

/// Why an update was not confirmed.
#[derive(Debug)]
pub(super) enum NotPublished {
    Rejected(Rejected),
    /// A fault closes the connection; the update may have happened.
    HangUp,
}

impl From<Rejected> for NotPublished {
    fn from(rejected: Rejected) -> Self {
        Self::Rejected(rejected)
    }
}

impl GitHub {
    /// Applies `moves` as [`publish`](Self::publish) does, and honours fault `github.update_ref`.
    pub(super) fn publish_with_faults(
        &self,
        caller: &Caller,
        repository: &Repository,
        moves: &[Move],
    ) -> Result<(), NotPublished> {
        let fault = self.0.faults.fire("github.update_ref");
        if fault.as_deref() == Some("reset_before_effect") {
            return Err(NotPublished::HangUp);
        }
        self.publish(caller, repository, moves)?;
        match fault {
            Some(_) => Err(NotPublished::HangUp),
            None => Ok(()),
        }
    }

    /// Applies `moves` or none of them, after the hook and the branch rules were asked.
    pub(super) fn publish(
        &self,
        caller: &Caller,
        repository: &Repository,
        moves: &[Move],
    ) -> Result<(), Rejected> {
        for step in moves {
            self.announce(repository, &step.reference, step.to);
        }
        let git = git2::Repository::open_bare(&repository.path)?;
        let is_by_administrator =
            !caller.is_installation() && caller.role(&self.state(), repository) == Role::Admin;
        let _lock = self.lock_references();
        let is_exempt = self.0.faults.fire("github.rules").is_some();
        store::update_references(&git, moves, |step| match is_exempt {
            true => Ok(()),
            false => obey_rules(&git, repository, step, is_by_administrator),
        })?;
        note(self, &repository.owner, &repository.name);
        Ok(())
    }

    /// Applies the merge of a pull request: the hook is asked and the branch rules are not.
    pub(super) fn publish_merge(
        &self,
        repository: &Repository,
        step: Move,
    ) -> Result<(), Rejected> {
        self.announce(repository, &step.reference, step.to);
        let git = git2::Repository::open_bare(&repository.path)?;
        let _lock = self.lock_references();
        store::update_references(&git, &[step], |_| Ok(()))?;
        note(self, &repository.owner, &repository.name);
        Ok(())
    }

    /// Tells the hook about an update. The hook is taken out meanwhile, so that it may change
    /// references itself, and set another hook.
    pub(super) fn announce(&self, repository: &Repository, reference: &str, to: Option<Oid>) {
        let taken = self.0.hook.lock().unwrap_or_else(PoisonError::into_inner).take();
        let Some(mut hook) = taken else { return };
        hook(RefUpdate {
            owner: repository.owner.clone(),
            name: repository.name.clone(),
            reference: reference.to_owned(),
            to: to.map(|to| to.to_string()),
        });
        self.0.hook.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(hook);
    }

    pub(super) fn set_hook(&self, hook: Hook) {
        *self.0.hook.lock().unwrap_or_else(PoisonError::into_inner) = Some(hook);
    }

    pub(super) fn lock_references(&self) -> MutexGuard<'_, ()> {
        self.0.references.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Remembers that references of a repository changed, and wakes whoever subscribed.
pub(super) fn note(github: &GitHub, owner: &str, name: &str) {
    if let Some(repository) = github.state().repository_mut(owner, name) {
        repository.pushed_at = Timestamp::now();
    }
    github.0.pushes.send_modify(|count| *count += 1);
}

fn obey_rules(
    git: &git2::Repository,
    repository: &Repository,
    step: &Step<'_>,
    is_by_administrator: bool,
) -> Result<(), Rejected> {
    let Some(branch) = step.reference.strip_prefix("refs/heads/") else { return Ok(()) };
    let change = BranchChange {
        exists: step.from.is_some(),
        is_fast_forward: step.is_fast_forward,
        is_signed: step.to.is_none_or(|to| brings_only_signed(git, repository, to)),
        is_by_administrator,
    };
    match rules::violation(repository, branch, change) {
        Some(message) => Err(Rejected::Rule(message)),
        None => Ok(()),
    }
}

/// Whether every commit that no reference has yet carries a signature.
fn brings_only_signed(git: &git2::Repository, repository: &Repository, to: Oid) -> bool {
    let Ok(mut walk) = git.revwalk() else { return false };
    let begins = walk.push(to).and_then(|()| walk.hide_glob("refs/*"));
    let is_signed = |commit| repository.signed.contains(&commit) || store::is_signed(git, commit);
    begins.is_ok() && walk.all(|commit| commit.is_ok_and(is_signed))
}
