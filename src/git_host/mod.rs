//! The only code that talks to a Git host: find or create the repository, read files, commit, and
//! manage deploy keys.
//!
//! | module | what it is |
//! |---|---|
//! | [`change`] | files to write against a known head; pure |
//! | [`endpoints`] | where a GitHub answers: API, GraphQL, server |
//! | [`host_keys`] | SSH host keys, asked from the host itself |
//! | [`ssh_key`] | key pairs for deploy keys; comparing public keys |
//! | [`signing_key`] | keys that sign commits, by GnuPG or OpenSSH |
//! | [`pull_request`] | commits that somebody else merges |
//! | [`github`] | [`GitHost`] over GitHub's API, without a clone |
//! | `push` | Git's smart HTTP protocol for what no API can do |

pub mod change;
pub mod endpoints;
pub mod github;
pub mod host_keys;
pub mod pull_request;
mod push;
pub mod signing_key;
pub mod ssh_key;

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use anyhow::{Result, anyhow};
use secrecy::SecretString;

use crate::error::{Class, Explain as _, usage};
use change::Draft;
use ssh_key::PublicKey;

/// What any Git host must offer to a bootstrap.
pub trait GitHost {
    /// Looks the repository up; `None` when it does not exist or the token cannot see it, which hosts
    /// do not tell apart.
    ///
    /// # Errors
    /// When the host refuses the token or cannot be reached.
    fn find_repository(
        &self,
        name: &RepositoryName,
    ) -> impl Future<Output = Result<Option<Repository>>>;

    /// Checks, without a write, what can be known of [`Self::create_repository`] beforehand.
    ///
    /// # Errors
    /// [`Class::NotFound`] when there is no such owner; [`Class::Usage`] when it is not what `new` says;
    /// [`Class::Denied`] when it is not the token's to create repositories of.
    fn check_new_repository(
        &self,
        name: &RepositoryName,
        new: &NewRepository,
    ) -> impl Future<Output = Result<()>>;

    /// Creates the repository with an initial commit and waits until it can be read.
    ///
    /// A repository that somebody else created in the meantime is adopted.
    ///
    /// # Errors
    /// [`Class::Usage`] when `name`'s owner is not what `new` says; [`Class::Denied`] when the token
    /// may not create it.
    fn create_repository(
        &self,
        name: &RepositoryName,
        new: &NewRepository,
    ) -> impl Future<Output = Result<Repository>>;

    /// Reads where `branch` points to.
    ///
    /// # Errors
    /// When the host refuses the token or cannot be reached.
    fn head(&self, repository: &Repository, branch: &str) -> impl Future<Output = Result<Head>>;

    /// Lists the files below `folder` (empty: everything), by their paths from the repository's root.
    ///
    /// Nothing is there when the folder does not exist or `head` has no commit.
    ///
    /// # Errors
    /// [`Class::Conflict`] when a component of `folder` is a file.
    fn files_under(
        &self,
        repository: &Repository,
        head: &Head,
        folder: &str,
    ) -> impl Future<Output = Result<BTreeMap<String, Blob>>>;

    /// Looks up the files at `paths`; what does not exist is left out.
    ///
    /// # Errors
    /// [`Class::Conflict`] when something other than a file is at one of them.
    fn files_at(
        &self,
        repository: &Repository,
        head: &Head,
        paths: &[String],
    ) -> impl Future<Output = Result<BTreeMap<String, Blob>>>;

    /// Reads the content of a blob.
    ///
    /// # Errors
    /// When the host refuses the token, cannot be reached, or does not know `sha`.
    fn read_file(
        &self,
        repository: &Repository,
        sha: &str,
    ) -> impl Future<Output = Result<Vec<u8>>>;

    /// Puts the change that `draft` makes on `branch` in one commit, or none when the files are there
    /// already.
    ///
    /// `head` is what the caller read before. If the branch has moved forwards since, the change is made
    /// anew on the new tip; a missing branch is created from the default branch, and an empty repository
    /// gets a root commit. No commit of anybody else is ever lost.
    ///
    /// # Errors
    /// [`Class::Conflict`], with nothing written, when the branch moved to where `head` is not an
    /// ancestor, when somebody changed one of the files differently, or when it keeps moving;
    /// [`Class::Denied`] when a rule of the branch forbids the commit ([`is_refused_by_rule`]).
    fn publish(
        &self,
        repository: &Repository,
        branch: &str,
        head: &Head,
        draft: &impl Draft,
    ) -> impl Future<Output = Result<Published>>;

    /// Whether commit `tip` is `ancestor` or was built on it.
    ///
    /// # Errors
    /// When the host refuses the token or cannot be reached.
    fn is_descendant(
        &self,
        repository: &Repository,
        ancestor: &str,
        tip: &str,
    ) -> impl Future<Output = Result<bool>>;

    /// Lists the repository's deploy keys.
    ///
    /// # Errors
    /// [`Class::Denied`] when the token does not administer the repository.
    fn deploy_keys(&self, repository: &Repository) -> impl Future<Output = Result<Vec<DeployKey>>>;

    /// Tells what [`Self::ensure_deploy_key`] would do, for a pair that would be made first if `key` is
    /// none.
    ///
    /// # Errors
    /// Those of [`Self::ensure_deploy_key`] that can be known without a write.
    fn preview_deploy_key(
        &self,
        repository: &Repository,
        title: &str,
        key: Option<&PublicKey>,
        read_only: bool,
    ) -> impl Future<Output = Result<KeyOutcome>>;

    /// Makes sure that `key` can read, or also write, the repository.
    ///
    /// Another key of the same `title` is ours from an earlier run: it is deleted after the new one
    /// works. A key of any other title is never touched.
    ///
    /// # Errors
    /// [`Class::Denied`] when the token does not administer the repository or the owner's policy
    /// disables deploy keys; [`Class::Conflict`] when the key is in use elsewhere.
    fn ensure_deploy_key(
        &self,
        repository: &Repository,
        title: &str,
        key: &PublicKey,
        read_only: bool,
    ) -> impl Future<Output = Result<KeyOutcome>>;

    /// Makes sure that `key` can read, or also write, the repository, beside the keys that are there.
    ///
    /// # Errors
    /// Those of [`Self::ensure_deploy_key`].
    fn add_deploy_key(
        &self,
        repository: &Repository,
        title: &str,
        key: &PublicKey,
        read_only: bool,
    ) -> impl Future<Output = Result<()>>;

    /// Deletes the keys of `title` but `key`, and returns how many there were.
    ///
    /// # Errors
    /// [`Class::Denied`] when the token does not administer the repository.
    fn retire_deploy_keys(
        &self,
        repository: &Repository,
        title: &str,
        key: &PublicKey,
    ) -> impl Future<Output = Result<usize>>;

    /// Whether the host knows a token, which need not be the one that is worked with.
    ///
    /// # Errors
    /// When the host cannot be reached.
    fn recognises(&self, token: &SecretString) -> impl Future<Output = Result<bool>>;

    /// The SSH host keys that the host publishes over TLS, as `type base64`; empty when it publishes
    /// none.
    ///
    /// # Errors
    /// When the host cannot be reached.
    fn ssh_host_keys(&self) -> impl Future<Output = Result<Vec<String>>>;
}

/// A rule that somebody made for a branch; the cause of a refusal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum BranchRule {
    /// It wants the commit to be signed, and nothing else.
    Signature,
    /// It wants something that a pull request may bring.
    Other,
}

impl BranchRule {
    /// The rule that speaks in a host's words.
    fn of(words: &str) -> Self {
        let words = words.to_ascii_lowercase();
        let others = ["pull request", "status check", "approving review", "merge queue"];
        let is_other = others.iter().any(|other| words.contains(other));
        match words.contains("verified signature") && !is_other {
            true => Self::Signature,
            false => Self::Other,
        }
    }
}

impl fmt::Display for BranchRule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Signature => "a rule of the branch wants signed commits",
            Self::Other => "a rule of the branch forbids the commit",
        })
    }
}

impl std::error::Error for BranchRule {}

/// Whether an error says that a rule of the branch forbids the commit, so that a pull request may do.
#[must_use]
pub fn is_refused_by_rule(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| cause.is::<BranchRule>())
}

/// Whether an error says that a rule of the branch forbids the commit for want of a signature alone.
#[must_use]
pub fn is_refused_without_signature(error: &anyhow::Error) -> bool {
    let rule = error.chain().find_map(|cause| cause.downcast_ref::<BranchRule>());
    rule == Some(&BranchRule::Signature)
}

/// The address of a repository on its host: `owner/name`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RepositoryName {
    owner: String,
    name: String,
}

impl RepositoryName {
    /// Checks and joins an owner (a user or an organisation) and a repository name.
    ///
    /// # Errors
    /// [`Class::Usage`] when one of them cannot be such a name.
    pub fn new(owner: &str, name: &str) -> Result<Self> {
        // Underscores occur in the logins of enterprise-managed users.
        let is_owner = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
        let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
        if owner.contains('@') {
            return Err(usage(format!("{owner:?} is an e-mail address"))
                .hint("name the user or the organisation with --owner"));
        }
        if owner.is_empty() || owner.len() > 100 || !owner.chars().all(is_owner) {
            return Err(usage(format!("{owner:?} is not the name of a user or an organisation"))
                .hint("name it with --owner"));
        }
        let is_reserved = matches!(name, "." | "..") || name.ends_with(".git");
        if name.is_empty() || name.len() > 100 || is_reserved || !name.chars().all(is_name) {
            return Err(usage(format!("{name:?} is not the name of a repository"))
                .hint("name it with --repository, without its owner and without .git"));
        }
        Ok(Self { owner: owner.to_owned(), name: name.to_owned() })
    }

    /// The user or organisation that the repository belongs to.
    #[must_use]
    pub fn owner(&self) -> &str {
        &self.owner
    }

    /// The repository's name below its owner.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether both name the same repository; hosts ignore case.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        self.owner.eq_ignore_ascii_case(&other.owner) && self.name.eq_ignore_ascii_case(&other.name)
    }
}

impl fmt::Display for RepositoryName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.owner, self.name)
    }
}

impl FromStr for RepositoryName {
    type Err = anyhow::Error;

    fn from_str(text: &str) -> Result<Self> {
        let (owner, name) =
            text.split_once('/').ok_or_else(|| usage(format!("{text:?} is not OWNER/NAME")))?;
        Self::new(owner, name)
    }
}

/// A repository as its host describes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repository {
    /// Its present name; another than asked for when it was renamed.
    pub name: RepositoryName,
    /// The host's own identifier, which survives renames.
    pub node_id: String,
    /// The default branch; named even while the repository is empty.
    pub default_branch: String,
    /// Whether only its members can see it.
    pub is_private: bool,
    /// Whether it is archived: nothing can be written.
    pub is_archived: bool,
    /// Whether its owner is an organisation rather than a user.
    pub owner_is_organization: bool,
    /// Its page for people.
    pub web_url: String,
    /// What the token may do here; `None` where the host does not say.
    pub rights: Option<Rights>,
}

/// What a token may do with a repository.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rights {
    /// Settings and deploy keys.
    pub admin: bool,
    /// Commits.
    pub push: bool,
}

impl Repository {
    /// Checks, before anything is written, that commits (and deploy keys) can be written.
    ///
    /// # Errors
    /// [`Class::Denied`] with what is missing. Silent where the host does not say.
    pub fn check_rights(&self, with_deploy_keys: bool) -> Result<()> {
        let name = &self.name;
        if self.is_archived {
            return Err(anyhow!("{name} is archived: nothing can be written to it")
                .class(Class::Denied)
                .hint(format!("unarchive it at {}/settings", self.web_url)));
        }
        let Some(rights) = self.rights else { return Ok(()) };
        if !rights.push {
            return Err(anyhow!("the token can read {name} but not write to it")
                .class(Class::Denied)
                .hint("ask an owner for write access, or use a token that has it"));
        }
        if with_deploy_keys && !rights.admin {
            return Err(anyhow!(
                "the token does not administer {name}: it cannot add a deploy key"
            )
            .class(Class::Denied)
            .hint("ask an owner for admin rights, or use --token-auth"));
        }
        Ok(())
    }

    /// Checks, before anything is written, that teams can be given rights.
    ///
    /// # Errors
    /// [`Class::Denied`] for whoever does not administer it. Silent where the host does not say.
    pub fn check_grants_teams(&self) -> Result<()> {
        if self.rights.is_none_or(|rights| rights.admin) {
            return Ok(());
        }
        Err(anyhow!("the token does not administer {}: it cannot give teams rights", self.name)
            .class(Class::Denied)
            .hint("ask an owner for admin rights, or leave out --team"))
    }
}

/// How a repository that does not exist yet shall be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewRepository {
    /// Whether only its members can see it.
    pub is_private: bool,
    /// Whether the owner is the token's own user rather than an organisation.
    pub is_personal: bool,
}

/// Where a branch points to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Head {
    /// The branch exists.
    Present(Tip),
    /// The repository has commits, but not this branch.
    NoSuchBranch,
    /// The repository has no commit at all.
    EmptyRepository,
}

impl Head {
    /// The commit and its tree, when there is one.
    #[must_use]
    pub fn tip(&self) -> Option<&Tip> {
        match self {
            Self::Present(tip) => Some(tip),
            Self::NoSuchBranch | Self::EmptyRepository => None,
        }
    }
}

/// A commit and the tree it holds, both by object name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tip {
    /// The commit.
    pub commit: String,
    /// Its root tree.
    pub tree: String,
}

/// A file in a tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Blob {
    /// The object name of its content.
    pub sha: String,
    /// What kind of file it is.
    pub mode: FileMode,
}

/// The kinds of files that a tree can hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileMode {
    /// An ordinary file.
    Regular,
    /// A file with the executable bit.
    Executable,
    /// A symbolic link; the blob is its target.
    Symlink,
}

/// What [`GitHost::publish`] did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Published {
    /// The commit that holds the files.
    pub commit: String,
    /// Whether this run made it; otherwise the files were there already.
    pub is_new: bool,
}

/// A key that can read (and write) one repository.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeployKey {
    /// The host's number for it.
    pub id: u64,
    /// Its title.
    pub title: String,
    /// Type and base64, as in `authorized_keys`.
    pub key: String,
    /// Whether it cannot push.
    pub read_only: bool,
    /// Whether it works: an owner's policy can switch keys off.
    pub is_enabled: bool,
}

/// What [`GitHost::ensure_deploy_key`] did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyOutcome {
    /// It was there already.
    Kept,
    /// It was added.
    Added,
    /// It was added in place of an earlier key of ours.
    Replaced,
    /// It was there with other rights.
    Recreated,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::class_of;

    #[test]
    fn repository_names_are_checked() {
        let name: RepositoryName = "acme/fleet.infra".parse().expect("valid");
        assert_eq!((name.owner(), name.name()), ("acme", "fleet.infra"));
        for wrong in ["acme", "/x", "acme/", "acme/a/b", "acme/..", "acme/x.git", "a b/c", "ä/c"] {
            let error = wrong.parse::<RepositoryName>().expect_err(wrong);
            assert_eq!(class_of(&error), Class::Usage, "{wrong}");
        }
    }

    fn repository() -> Repository {
        Repository {
            name: "acme/fleet".parse().expect("valid"),
            node_id: String::new(),
            default_branch: "main".to_owned(),
            is_private: true,
            is_archived: false,
            owner_is_organization: true,
            web_url: "https://github.com/acme/fleet".to_owned(),
            rights: Some(Rights { admin: false, push: true }),
        }
    }

    #[test]
    fn deploy_keys_need_admin_rights_and_commits_do_not() {
        let repository = repository();
        assert!(repository.check_rights(false).is_ok());
        let error = repository.check_rights(true).expect_err("not admin");
        assert_eq!(class_of(&error), Class::Denied);
        let error = repository.check_grants_teams().expect_err("not admin");
        assert_eq!(class_of(&error), Class::Denied);
    }

    #[test]
    fn an_archived_repository_is_refused_whatever_the_rights() {
        let rights = Some(Rights { admin: true, push: true });
        let repository = Repository { is_archived: true, rights, ..repository() };
        assert_eq!(class_of(&repository.check_rights(false).expect_err("archived")), Class::Denied);
    }
}
