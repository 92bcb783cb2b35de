//! What a GitHub knows besides Git: accounts, tokens, keys, rules, pull requests.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::path::PathBuf;

use git2::Oid;
use k8s_openapi::jiff::Timestamp;

use super::apps::App;
use super::rules::Rule;
use super::ssh_key::PublicKey;

/// A token that a client may present.
#[derive(Clone)]
pub struct Token {
    /// The secret itself.
    pub value: String,
    /// Whose token it is; for an installation the login of the App's bot.
    pub login: String,
    /// What it may do.
    pub kind: TokenKind,
}

/// The kinds of tokens GitHub knows, with what limits each.
#[derive(Clone, Debug)]
pub enum TokenKind {
    /// A classic personal access token.
    Classic {
        /// OAuth scopes, such as `repo` or `workflow`.
        scopes: Vec<String>,
    },
    /// A fine-grained personal access token.
    FineGrained {
        /// Permission to `read` or `write`, such as `contents` to `write`.
        permissions: BTreeMap<String, String>,
        /// `OWNER/NAME` of each repository it covers; `None` covers all of the owner's.
        repositories: Option<Vec<String>>,
    },
    /// An installation token of a GitHub App.
    Installation {
        /// Permission to `read` or `write`, such as `contents` to `write`.
        permissions: BTreeMap<String, String>,
        /// `OWNER/NAME` of each repository it covers; `None` covers all of the account's.
        repositories: Option<Vec<String>>,
        /// The account that installed the App; `None` is every account.
        account: Option<String>,
    },
    /// The assertion of a GitHub App, which may do nothing but ask for tokens.
    App {
        /// The App.
        id: u64,
    },
}

impl fmt::Debug for Token {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Token")
            .field("login", &self.login)
            .field("kind", &self.kind)
            .finish_non_exhaustive()
    }
}

impl Token {
    /// A classic token with scopes.
    #[must_use]
    pub fn classic(value: &str, login: &str, scopes: &[&str]) -> Self {
        let scopes = scopes.iter().map(|&scope| scope.to_owned()).collect();
        Self { value: value.into(), login: login.into(), kind: TokenKind::Classic { scopes } }
    }

    /// A fine-grained token for all repositories its owner administers.
    #[must_use]
    pub fn fine_grained(value: &str, login: &str, permissions: &[(&str, &str)]) -> Self {
        let permissions =
            permissions.iter().map(|&(name, level)| (name.to_owned(), level.to_owned())).collect();
        let kind = TokenKind::FineGrained { permissions, repositories: None };
        Self { value: value.into(), login: login.into(), kind }
    }
}

/// What someone may do with a repository, weakest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// Nothing; a private repository does not exist for them.
    None,
    /// Read.
    Pull,
    /// Read, and manage issues.
    Triage,
    /// Write.
    Push,
    /// Write, and manage the repository without its sensitive settings.
    Maintain,
    /// Everything.
    Admin,
}

impl Role {
    /// The name that GitHub's API uses.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Pull => "pull",
            Self::Triage => "triage",
            Self::Push => "push",
            Self::Maintain => "maintain",
            Self::Admin => "admin",
        }
    }

    pub(super) fn parse(name: &str) -> Option<Self> {
        [Self::Pull, Self::Triage, Self::Push, Self::Maintain, Self::Admin]
            .into_iter()
            .find(|role| role.name() == name)
    }
}

/// Who may see a repository.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Visibility {
    /// Everybody.
    Public,
    /// Only those with a role.
    #[default]
    Private,
    /// Every account of the installation; organisations only.
    Internal,
}

impl Visibility {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::Private => "private",
            Self::Internal => "internal",
        }
    }

    pub(super) fn parse(name: &str) -> Option<Self> {
        [Self::Public, Self::Private, Self::Internal].into_iter().find(|known| known.name() == name)
    }
}

/// How a repository is made.
#[derive(Clone, Debug, Default)]
pub struct RepositoryOptions {
    /// Private unless said otherwise.
    pub visibility: Visibility,
    /// Whether it begins with one commit that holds a `README.md`.
    pub auto_init: bool,
    /// The one-line description.
    pub description: Option<String>,
    /// The default branch; `None` takes the owner's setting, `main` at first.
    pub default_branch: Option<String>,
}

/// A deploy key of one repository.
#[derive(Clone, Debug)]
pub struct DeployKey {
    /// GitHub's number for it.
    pub id: u64,
    /// The key without its comment: `ssh-ed25519 AAAA…`.
    pub key: String,
    /// Its title.
    pub title: String,
    /// Whether it may only read.
    pub read_only: bool,
    /// When it was added.
    pub created_at: Timestamp,
    /// Who added it.
    pub added_by: String,
    /// The classic token it was made with; it dies with that token.
    pub(super) made_with: Option<MadeWith>,
}

/// The value of the token that a key was made with.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct MadeWith(pub(super) String);

impl fmt::Debug for MadeWith {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("MadeWith(…)")
    }
}

impl DeployKey {
    pub(super) fn holds(&self, key: &PublicKey) -> bool {
        self.key == key.to_string()
    }
}

/// A user or an organisation.
#[derive(Clone, Debug)]
pub(super) struct Account {
    pub(super) id: u64,
    pub(super) login: String,
    pub(super) organization: Option<Organization>,
    /// The name of the first branch of its new repositories.
    pub(super) default_branch: String,
    pub(super) created_at: Timestamp,
}

/// What only organisations have.
#[derive(Clone, Debug)]
pub(super) struct Organization {
    /// Logins of its owners.
    pub(super) members: Vec<String>,
    /// Logins of members who do not own it.
    pub(super) others: Vec<String>,
    /// Whether those create repositories.
    pub(super) others_create: bool,
    pub(super) deploy_keys_enabled: bool,
    /// Slugs of its teams, each with its members.
    pub(super) teams: BTreeMap<String, Vec<String>>,
}

impl Organization {
    pub(super) fn is_owner(&self, login: &str) -> bool {
        self.members.iter().any(|owner| owner.eq_ignore_ascii_case(login))
    }

    pub(super) fn is_member(&self, login: &str) -> bool {
        self.is_owner(login) || self.others.iter().any(|other| other.eq_ignore_ascii_case(login))
    }
}

/// A repository, apart from what its bare Git repository holds.
#[derive(Clone, Debug)]
pub(super) struct Repository {
    pub(super) id: u64,
    pub(super) owner: String,
    pub(super) name: String,
    pub(super) path: PathBuf,
    pub(super) visibility: Visibility,
    pub(super) description: Option<String>,
    pub(super) homepage: Option<String>,
    pub(super) default_branch: String,
    pub(super) archived: bool,
    pub(super) created_at: Timestamp,
    pub(super) pushed_at: Timestamp,
    pub(super) keys: Vec<DeployKey>,
    pub(super) collaborators: BTreeMap<String, Role>,
    pub(super) teams: BTreeMap<String, Role>,
    /// Rules by branch name.
    pub(super) rules: Vec<(String, Rule)>,
    pub(super) pulls: Vec<PullRequest>,
    /// Commits that GitHub signed itself.
    pub(super) signed: BTreeSet<Oid>,
    /// Oldest first.
    pub(super) releases: Vec<Release>,
}

/// A published release.
#[derive(Clone, Debug)]
pub(super) struct Release {
    pub(super) id: u64,
    pub(super) tag: String,
    pub(super) created_at: Timestamp,
    pub(super) assets: Vec<ReleaseAsset>,
}

/// A file of a release.
#[derive(Clone, Debug)]
pub(super) struct ReleaseAsset {
    pub(super) id: u64,
    pub(super) name: String,
    pub(super) content: Vec<u8>,
    /// What GitHub says about its content; nothing of old files.
    pub(super) digest: Option<String>,
}

impl Repository {
    pub(super) fn full_name(&self) -> String {
        format!("{}/{}", self.owner, self.name)
    }

    pub(super) fn is_private(&self) -> bool {
        self.visibility != Visibility::Public
    }

    pub(super) fn rules_of(&self, branch: &str) -> Vec<&Rule> {
        self.rules.iter().filter(|(name, _)| name == branch).map(|(_, rule)| rule).collect()
    }
}

/// A pull request within one repository.
#[derive(Clone, Debug)]
pub(super) struct PullRequest {
    pub(super) id: u64,
    pub(super) number: u64,
    pub(super) title: String,
    pub(super) body: Option<String>,
    pub(super) author: String,
    pub(super) head: String,
    pub(super) base: String,
    pub(super) draft: bool,
    pub(super) created_at: Timestamp,
    pub(super) ended: Option<Ended>,
}

/// How a pull request ended.
#[derive(Clone, Debug)]
pub(super) struct Ended {
    pub(super) at: Timestamp,
    /// The commit that merged it; nothing when it was closed without.
    pub(super) merged: Option<Oid>,
    pub(super) head: Oid,
    pub(super) base: Oid,
}

/// Everything that is not in Git.
#[derive(Default)]
pub(super) struct State {
    pub(super) origin: String,
    pub(super) accounts: Vec<Account>,
    pub(super) tokens: Vec<Token>,
    pub(super) repositories: Vec<Repository>,
    pub(super) apps: Vec<App>,
    /// How many more requests a token lasts, of those that do not last for ever.
    pub(super) uses: BTreeMap<String, u32>,
    /// Former owners and names, each with the id of the repository that had it.
    former_names: Vec<(String, String, u64)>,
    last_id: u64,
    last_request: u64,
    /// The requests that named no version of the API.
    pub(super) without_version: Vec<String>,
    /// Requests counted against the primary limit, by login.
    pub(super) used: BTreeMap<String, u64>,
}

impl State {
    pub(super) fn next_id(&mut self) -> u64 {
        self.last_id += 1;
        self.last_id
    }

    pub(super) fn next_request(&mut self) -> u64 {
        self.last_request += 1;
        self.last_request
    }

    pub(super) fn account(&self, login: &str) -> Option<&Account> {
        self.accounts.iter().find(|account| account.login.eq_ignore_ascii_case(login))
    }

    pub(super) fn account_mut(&mut self, login: &str) -> Option<&mut Account> {
        self.accounts.iter_mut().find(|account| account.login.eq_ignore_ascii_case(login))
    }

    pub(super) fn repository(&self, owner: &str, name: &str) -> Option<&Repository> {
        self.repositories.iter().find(|repository| is_named(repository, owner, name))
    }

    pub(super) fn repository_mut(&mut self, owner: &str, name: &str) -> Option<&mut Repository> {
        self.repositories.iter_mut().find(|repository| is_named(repository, owner, name))
    }

    /// The repository that was once named so.
    pub(super) fn moved(&self, owner: &str, name: &str) -> Option<&Repository> {
        let is_former = |(former_owner, former_name, _): &&(String, String, u64)| {
            former_owner.eq_ignore_ascii_case(owner) && former_name.eq_ignore_ascii_case(name)
        };
        let (_, _, id) = self.former_names.iter().rev().find(is_former)?;
        self.by_id(*id)
    }

    /// Gives a repository another name; the old one redirects until it is taken again.
    pub(super) fn rename(&mut self, id: u64, name: &str) {
        let Some(repository) = self.by_id_mut(id) else { return };
        let former = std::mem::replace(&mut repository.name, name.to_owned());
        let owner = repository.owner.clone();
        self.former_names.push((owner, former, id));
    }

    pub(super) fn by_id(&self, id: u64) -> Option<&Repository> {
        self.repositories.iter().find(|repository| repository.id == id)
    }

    pub(super) fn by_id_mut(&mut self, id: u64) -> Option<&mut Repository> {
        self.repositories.iter_mut().find(|repository| repository.id == id)
    }
}

// GitHub's names keep their case and are found without it.
fn is_named(repository: &Repository, owner: &str, name: &str) -> bool {
    repository.owner.eq_ignore_ascii_case(owner) && repository.name.eq_ignore_ascii_case(name)
}
