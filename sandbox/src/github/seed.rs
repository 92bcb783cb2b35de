//! What tests and players set up and look at without a request: accounts, repositories, commits by
//! somebody else.

use std::path::{Path, PathBuf};
use std::sync::PoisonError;

use anyhow::{Context as _, Result, anyhow, bail};
use git2::{FileMode, Oid, Signature};
use k8s_openapi::jiff::Timestamp;

use super::GitHub;
use super::publish::{RefUpdate, note};
use super::rules::{self, Rule};
use super::state::{
    Account, DeployKey, MadeWith, Organization, Release, ReleaseAsset, Repository,
    RepositoryOptions, Role, State, Token,
};
use super::store::{self, Expected, Move, NewCommit, TreeChange};

impl GitHub {
    /// Publishes a release, the latest from now on: its files are names, contents, and the digests that
    /// GitHub tells of them, if it does.
    ///
    /// # Errors
    /// When there is no such repository.
    pub fn add_release(
        &self,
        owner: &str,
        name: &str,
        tag: &str,
        files: &[(&str, &[u8], Option<&str>)],
    ) -> Result<()> {
        let mut state = self.state();
        let mut assets = Vec::new();
        for (name, content, digest) in files {
            assets.push(ReleaseAsset {
                id: state.next_id(),
                name: (*name).to_owned(),
                content: content.to_vec(),
                digest: digest.map(str::to_owned),
            });
        }
        let (id, tag, created_at) = (state.next_id(), tag.to_owned(), Timestamp::now());
        let repository = state.repository_mut(owner, name);
        let repository = repository.with_context(|| format!("no repository {owner}/{name}"))?;
        repository.releases.push(Release { id, tag, created_at, assets });
        Ok(())
    }

    /// Adds a user.
    pub fn add_user(&self, login: &str) {
        self.add_account(login, None);
    }

    /// Adds an organisation; `members` are its owners. Deploy keys are enabled.
    pub fn add_org(&self, login: &str, members: &[&str]) {
        let members = members.iter().map(|&member| member.to_owned()).collect();
        let organization = Organization {
            members,
            others: Vec::new(),
            others_create: true,
            deploy_keys_enabled: true,
            teams: std::collections::BTreeMap::new(),
        };
        self.add_account(login, Some(organization));
    }

    fn add_account(&self, login: &str, organization: Option<Organization>) {
        let mut state = self.state();
        let id = state.next_id();
        state.accounts.push(Account {
            id,
            login: login.to_owned(),
            organization,
            default_branch: "main".into(),
            created_at: Timestamp::now(),
        });
    }

    /// Adds a team to an organisation.
    ///
    /// # Errors
    /// When there is no such organisation.
    pub fn add_team(&self, org: &str, slug: &str, members: &[&str]) -> Result<()> {
        let members = members.iter().map(|&member| member.to_owned()).collect();
        organization(&mut self.state(), org)?.teams.insert(slug.to_owned(), members);
        Ok(())
    }

    /// Adds a member who does not own the organisation: they read its repositories, and create some unless
    /// that is forbidden.
    ///
    /// # Errors
    /// When there is no such organisation.
    pub fn add_member(&self, org: &str, login: &str) -> Result<()> {
        organization(&mut self.state(), org)?.others.push(login.to_owned());
        Ok(())
    }

    /// Leaves the creation of an organisation's repositories to its owners.
    ///
    /// # Errors
    /// When there is no such organisation.
    pub fn forbid_creation(&self, org: &str) -> Result<()> {
        organization(&mut self.state(), org)?.others_create = false;
        Ok(())
    }

    /// Switches an organisation's deploy key policy; switching it off disables existing keys too.
    ///
    /// # Errors
    /// When there is no such organisation.
    pub fn allow_deploy_keys(&self, org: &str, allowed: bool) -> Result<()> {
        organization(&mut self.state(), org)?.deploy_keys_enabled = allowed;
        Ok(())
    }

    /// Sets the name of the first branch of repositories that `owner` will create.
    ///
    /// # Errors
    /// When there is no such account.
    pub fn set_default_branch(&self, owner: &str, branch: &str) -> Result<()> {
        let mut state = self.state();
        let account =
            state.account_mut(owner).with_context(|| format!("no account is named {owner}"))?;
        account.default_branch = branch.to_owned();
        Ok(())
    }

    /// Makes a token valid.
    pub fn add_token(&self, token: Token) {
        self.state().tokens.push(token);
    }

    /// Makes a token invalid; deploy keys that were made with it, if it is a classic one, go too.
    pub fn revoke_token(&self, value: &str) {
        let mut state = self.state();
        state.tokens.retain(|token| token.value != value);
        for repository in &mut state.repositories {
            let survives = |key: &DeployKey| !matches!(&key.made_with, Some(MadeWith(made_with)) if made_with == value);
            repository.keys.retain(survives);
        }
    }

    /// Creates a repository and returns the path of its bare Git repository.
    ///
    /// # Errors
    /// When the owner does not exist, the name is taken, or the disk refuses.
    pub fn create_repository(
        &self,
        owner: &str,
        name: &str,
        options: &RepositoryOptions,
    ) -> Result<PathBuf> {
        let mut state = self.state();
        let account =
            state.account(owner).with_context(|| format!("no account is named {owner}"))?;
        let (owner, default) = (account.login.clone(), account.default_branch.clone());
        if state.repository(&owner, name).is_some() {
            bail!("{owner}/{name} exists already");
        }
        let default_branch = options.default_branch.clone().unwrap_or(default);
        // The id keeps a new repository apart from a renamed one that had its name.
        let id = state.next_id();
        let path = self.0.root.join(&owner).join(format!("{name}-{id}.git"));
        let git = store::create(&path, &default_branch)?;
        if options.auto_init {
            initial_commit(&git, &owner, name, &default_branch)?;
        }
        let repository = Repository {
            id,
            owner,
            name: name.to_owned(),
            path: path.clone(),
            visibility: options.visibility,
            description: options.description.clone(),
            homepage: None,
            default_branch,
            archived: false,
            created_at: Timestamp::now(),
            pushed_at: Timestamp::now(),
            keys: Vec::new(),
            collaborators: std::collections::BTreeMap::new(),
            teams: std::collections::BTreeMap::new(),
            rules: Vec::new(),
            pulls: Vec::new(),
            signed: std::collections::BTreeSet::new(),
            releases: Vec::new(),
        };
        state.repositories.push(repository);
        Ok(path)
    }

    /// The bare Git repository of a repository.
    #[must_use]
    pub fn repository_path(&self, owner: &str, name: &str) -> Option<PathBuf> {
        self.state().repository(owner, name).map(|repository| repository.path.clone())
    }

    /// Who may see a repository.
    #[must_use]
    pub fn visibility(&self, owner: &str, name: &str) -> Option<super::Visibility> {
        Some(self.state().repository(owner, name)?.visibility)
    }

    /// Makes an account a collaborator.
    ///
    /// # Errors
    /// When there is no such repository.
    pub fn add_collaborator(&self, owner: &str, name: &str, login: &str, role: Role) -> Result<()> {
        self.edit(owner, name, |repository| {
            repository.collaborators.insert(login.to_owned(), role);
        })
    }

    /// Renames a repository; its old address redirects, over the API and over git.
    ///
    /// # Errors
    /// When there is no such repository or the new name is taken.
    pub fn rename_repository(&self, owner: &str, name: &str, new_name: &str) -> Result<()> {
        let mut state = self.state();
        let id = found_mut(&mut state, owner, name)?.id;
        if state.repository(owner, new_name).is_some() {
            bail!("{owner}/{new_name} exists already");
        }
        state.rename(id, new_name);
        Ok(())
    }

    /// Archives a repository: every write is refused from now on.
    ///
    /// # Errors
    /// When there is no such repository.
    pub fn archive(&self, owner: &str, name: &str) -> Result<()> {
        self.edit(owner, name, |repository| repository.archived = true)
    }

    /// The deploy keys of a repository.
    #[must_use]
    pub fn deploy_keys(&self, owner: &str, name: &str) -> Vec<DeployKey> {
        self.state().repository(owner, name).map(|found| found.keys.clone()).unwrap_or_default()
    }

    /// Says when a deploy key was last used; one that is not there is not missed.
    pub fn set_last_use(&self, owner: &str, name: &str, id: u64, time: Option<Timestamp>) {
        if let Some(repository) = self.state().repository_mut(owner, name) {
            let keys = repository.keys.iter_mut().filter(|key| key.id == id);
            keys.for_each(|key| key.last_used = time);
        }
    }

    /// Removes a deploy key; one that is not there is not missed.
    pub fn delete_deploy_key(&self, owner: &str, name: &str, id: u64) {
        if let Some(repository) = self.state().repository_mut(owner, name) {
            repository.keys.retain(|key| key.id != id);
        }
    }

    /// Adds a rule to a branch; REST, GraphQL and git enforce it alike.
    ///
    /// # Errors
    /// When there is no such repository or its hook cannot be written.
    pub fn protect(&self, owner: &str, name: &str, branch: &str, rule: Rule) -> Result<()> {
        let mut state = self.state();
        let repository = found_mut(&mut state, owner, name)?;
        repository.rules.push((branch.to_owned(), rule));
        rules::install_hook(repository).context("cannot install the pre-receive hook")
    }

    /// Calls `hook` before every reference update that a client asks for, over any face.
    ///
    /// The hook may change references itself, so a test can move a branch between what a client
    /// read and what it publishes.
    pub fn on_ref_update(&self, hook: impl FnMut(RefUpdate) + Send + 'static) {
        self.set_hook(Box::new(hook));
    }

    /// Commits one file as somebody else, past all rules, and returns the commit.
    ///
    /// # Errors
    /// When there is no such repository or the path cannot be written.
    pub fn commit_file(
        &self,
        owner: &str,
        name: &str,
        branch: &str,
        path: &str,
        content: &str,
        message: &str,
    ) -> Result<String> {
        self.commit_files(owner, name, branch, &[(path, content)], message)
    }

    /// Commits files as [`Self::commit_file`] does one.
    ///
    /// # Errors
    /// See there.
    pub fn commit_files(
        &self,
        owner: &str,
        name: &str,
        branch: &str,
        files: &[(&str, &str)],
        message: &str,
    ) -> Result<String> {
        let git = self.open(owner, name)?;
        let _lock = self.lock_references();
        let reference = format!("refs/heads/{branch}");
        let parent = store::target(&git, &reference)?;
        let base = parent.map(|parent| git.find_commit(parent).map(|found| found.tree_id()));
        let changes = files.iter().map(|(path, content)| {
            let oid = git.blob(content.as_bytes())?;
            Ok(TreeChange::Put { path: (*path).to_owned(), oid, mode: FileMode::Blob })
        });
        let changes = changes.collect::<Result<Vec<_>, git2::Error>>()?;
        let tree = store::change_tree(&git, base.transpose()?, &changes)?;
        let who = Signature::now("Somebody Else", "somebody@example.com")?;
        let parents: Vec<Oid> = parent.into_iter().collect();
        let commit = NewCommit {
            tree,
            parents: &parents,
            message,
            author: who.clone(),
            committer: who,
            signature: None,
        };
        let commit = store::write_commit(&git, &commit)?;
        self.force(&git, owner, name, &reference, commit)?;
        Ok(commit.to_string())
    }

    /// Points a branch at a commit, forwards or backwards, past all rules.
    ///
    /// # Errors
    /// When there is no such repository or commit.
    pub fn reset_branch(&self, owner: &str, name: &str, branch: &str, sha: &str) -> Result<()> {
        let git = self.open(owner, name)?;
        let _lock = self.lock_references();
        let to = store::parse_oid(sha).with_context(|| format!("{sha:?} is no object name"))?;
        self.force(&git, owner, name, &format!("refs/heads/{branch}"), to)
    }

    /// Sets how many entries a recursive tree lists before it is truncated.
    pub fn set_tree_limit(&self, entries: usize) {
        *self.0.tree_limit.lock().unwrap_or_else(PoisonError::into_inner) = entries;
    }

    pub(super) fn tree_limit(&self) -> usize {
        *self.0.tree_limit.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn force(
        &self,
        git: &git2::Repository,
        owner: &str,
        name: &str,
        reference: &str,
        to: Oid,
    ) -> Result<()> {
        let step = Move {
            reference: reference.to_owned(),
            expected: Expected::Anything,
            to: Some(to),
            force: true,
        };
        store::update_references(git, &[step], |_| Ok(()))
            .map_err(|rejected| anyhow!("cannot update {reference}: {rejected:?}"))?;
        note(self, owner, name);
        Ok(())
    }

    fn open(&self, owner: &str, name: &str) -> Result<git2::Repository> {
        let path = self
            .repository_path(owner, name)
            .with_context(|| format!("there is no repository {owner}/{name}"))?;
        Ok(git2::Repository::open_bare(path)?)
    }

    fn edit(&self, owner: &str, name: &str, change: impl FnOnce(&mut Repository)) -> Result<()> {
        change(found_mut(&mut self.state(), owner, name)?);
        Ok(())
    }
}

fn organization<'a>(state: &'a mut State, login: &str) -> Result<&'a mut Organization> {
    state
        .account_mut(login)
        .and_then(|account| account.organization.as_mut())
        .with_context(|| format!("no organisation is named {login}"))
}

fn found_mut<'a>(state: &'a mut State, owner: &str, name: &str) -> Result<&'a mut Repository> {
    state
        .repository_mut(owner, name)
        .with_context(|| format!("there is no repository {owner}/{name}"))
}

/// GitHub's own first commit, when a repository is created with `auto_init`.
fn initial_commit(git: &git2::Repository, owner: &str, name: &str, branch: &str) -> Result<()> {
    let oid = git.blob(format!("# {name}").as_bytes())?;
    let readme = TreeChange::Put { path: "README.md".into(), oid, mode: FileMode::Blob };
    let tree = store::change_tree(git, None, &[readme])?;
    let author = Signature::now(owner, &format!("{owner}@users.noreply.localhost"))?;
    let commit = NewCommit {
        tree,
        parents: &[],
        message: "Initial commit",
        author,
        committer: Signature::now("GitHub", "noreply@localhost")?,
        signature: None,
    };
    let commit = store::write_commit(git, &commit)?;
    git.reference(&format!("refs/heads/{branch}"), commit, false, "sandbox")?;
    Ok(())
}

/// Where a repository named so would live is never outside `root`.
pub(super) fn is_repository_name(name: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
    !name.is_empty()
        && name.len() <= 100
        && name.bytes().all(is_plain)
        && !matches!(name, "." | "..")
        && Path::new(name).extension().is_none_or(|extension| extension != "git")
}
