//! [`GitHost`] over GitHub's API: github.com, Enterprise Server, Enterprise Cloud.
//!
//! Nothing is cloned: only the head and the needed folders are read, and a commit is made from objects
//! and published by a compare-and-swap.
//!
//! | module | what it is |
//! |---|---|
//! | `app` | who asks: the owner of a token, or an App |
//! | `transport` | sends requests: repeats, waits, follows renames |
//! | `retry` | which request may be repeated, and when; pure |
//! | `reply` | an answer and what its headers tell |
//! | `refusal` | what a refusal means: class, words, hint; pure |
//! | `repository` | find or create a repository |
//! | `read` | head, folders, files |
//! | `commit`, `tree` | one commit from objects |
//! | `publish` | the commit becomes the branch's tip, and nobody's commit is lost |
//! | `graphql` | the compare-and-swap of a branch |
//! | `proposal` | a branch of its own and a pull request |
//! | `rebuild` | that branch made anew when it cannot be merged any more |
//! | `scaffold` | a branch on which GitHub makes and signs the commit for that |
//! | `deploy_key` | deploy keys |
//! | `team` | rights of teams |
//! | `policy` | what policies and rules say beforehand |
//! | [`rules`] | what is demanded of changes to a branch |
//! | [`releases`] | a repository's releases and their files |

mod app;
mod commit;
mod deploy_key;
mod graphql;
mod policy;
mod proposal;
mod publish;
mod read;
mod rebuild;
mod refusal;
pub mod releases;
mod reply;
mod repository;
mod retry;
pub mod rules;
mod scaffold;
mod team;
mod transport;
mod tree;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, Once, OnceLock};

use anyhow::{Context as _, Result, anyhow};
use secrecy::SecretString;
use serde::Deserialize;

pub use app::{App, Credential, Installation, Installed};
pub use deploy_key::deploy_key_title;
pub use policy::Policies;
pub use team::{Team, TeamOutcome};

use super::change::{Author, Draft};
use super::endpoints::Endpoints;
use super::push::Push;
use super::ssh_key::PublicKey;
use super::{
    Blob, DeployKey, GitHost, Head, KeyOutcome, NewRepository, Published, Repository,
    RepositoryName,
};
use crate::deadline::Deadline;
use crate::error::{Class, Explain as _, usage};
use crate::http_client::{self, Hints};
use commit::Unsigned;
use transport::{Call, Transport};

/// One GitHub, as one token or App sees it.
pub struct GitHub {
    transport: Transport,
    /// Folders by the object name of their tree: a tree never changes, so each is read once.
    folders: Mutex<read::Folders>,
    /// The weaker way to publish is said once.
    graphql_warning: Once,
    /// Why GitHub does not make and sign commits itself, once that is known.
    unsigned: OnceLock<Unsigned>,
    ca_pem: Option<Vec<u8>>,
    user_agent: String,
}

/// Whom a token belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Login {
    /// The user's name on GitHub.
    pub login: String,
    /// The user's number.
    pub id: u64,
    /// What a classic token is allowed to; `None` for other kinds, whose rights differ by repository.
    pub scopes: Option<Vec<String>>,
}

impl Login {
    /// Checks before anything is written that a classic token has the scope that repositories need.
    ///
    /// # Errors
    /// [`Class::Denied`] naming the scope. Silent for other kinds of tokens.
    pub fn check_scopes(&self, is_private: bool) -> Result<()> {
        let Some(scopes) = &self.scopes else { return Ok(()) };
        let has = |wanted: &str| scopes.iter().any(|scope| scope == wanted);
        if has("repo") || (!is_private && has("public_repo")) {
            return Ok(());
        }
        let wanted = if is_private { "repo" } else { "public_repo" };
        Err(anyhow!("the token of {} may not write to repositories", self.login)
            .class(Class::Denied)
            .hint(format!("give the token the scope {wanted}")))
    }

    /// Checks before anything is written that a classic token has a scope that shows teams.
    ///
    /// # Errors
    /// [`Class::Denied`] naming the scope. Silent for other kinds of tokens.
    pub fn check_sees_teams(&self) -> Result<()> {
        let shows_teams =
            |scope: &String| matches!(scope.as_str(), "read:org" | "write:org" | "admin:org");
        if self.scopes.as_ref().is_none_or(|scopes| scopes.iter().any(shows_teams)) {
            return Ok(());
        }
        Err(anyhow!("the token of {} may not see teams", self.login)
            .class(Class::Denied)
            .hint("give the token the scope read:org"))
    }
}

impl GitHub {
    /// Prepares to talk to the GitHub at `endpoints`; nothing is sent yet.
    ///
    /// `ca_pem` is trusted beside the system's certificates. Must be called inside a tokio runtime.
    ///
    /// # Errors
    /// [`Class::Usage`] when `ca_pem` holds no certificate or the token cannot be one.
    pub fn new(
        endpoints: Endpoints,
        credential: impl Into<Credential>,
        ca_pem: Option<&[u8]>,
        user_agent: &str,
    ) -> Result<Self> {
        let credential = credential.into();
        if let Credential::Token(token) = &credential {
            check_token(token)?;
        }
        let client =
            http_client::client(user_agent, ca_pem)?.build().context("cannot make a client")?;
        Ok(Self {
            transport: Transport::new(endpoints, Some(credential), &client, Hints::GIT_HOST)?,
            folders: Mutex::default(),
            graphql_warning: Once::new(),
            unsigned: OnceLock::new(),
            ca_pem: ca_pem.map(<[u8]>::to_vec),
            user_agent: user_agent.to_owned(),
        })
    }

    /// Puts every request and every wait under the command's clock.
    #[must_use]
    pub fn with_deadline(mut self, deadline: Deadline) -> Self {
        self.transport.deadline = deadline;
        self
    }

    /// Calls `notify` with a sentence for the user when something is worth knowing and no failure: a
    /// long wait, a renamed repository, a weaker way to publish.
    #[must_use]
    pub fn on_notice(mut self, notify: impl Fn(&str) + Send + Sync + 'static) -> Self {
        self.transport.notify = Arc::new(notify);
        self
    }

    /// Names the proxy that stands in between in what is said about failures.
    #[must_use]
    pub fn through(mut self, proxy: Option<String>) -> Self {
        self.transport.proxy = proxy;
        self
    }

    /// Where this GitHub answers.
    #[must_use]
    pub fn endpoints(&self) -> &Endpoints {
        self.transport.endpoints()
    }

    /// The token that requests are sent with now; that of an App lasts for some minutes at least.
    ///
    /// # Errors
    /// [`Class::Denied`] when GitHub refuses the App.
    pub async fn token(&self) -> Result<SecretString> {
        Ok(self.transport.token().await?.expect("a GitHub is made with a credential"))
    }

    /// The App that works, if one does, and the installation that it works as.
    ///
    /// # Errors
    /// [`Class::Denied`] when GitHub does not recognise the App, or it is not installed.
    pub async fn app(&self) -> Result<Option<(&App, Installed)>> {
        let Some(app) = self.transport.app() else { return Ok(None) };
        Ok(Some((app, app.installed(&self.transport).await?)))
    }

    /// Asks whom the token belongs to; `None` for a token of an App's installation, which belongs to
    /// nobody.
    ///
    /// # Errors
    /// [`Class::Denied`] when GitHub does not recognise the token.
    pub async fn login(&self) -> Result<Option<Login>> {
        #[derive(Deserialize)]
        struct User {
            login: String,
            id: u64,
        }
        if self.transport.app().is_some() {
            return Ok(None);
        }
        let reply = self.transport.ask(Call::get("/user")).await?;
        // 403 is also how limits and single sign-on are told, which concern a user's token.
        let is_installation = reply.status.as_u16() == 403
            && reply.complaint().contains("not accessible by integration");
        if is_installation {
            return Ok(None);
        }
        let scopes = reply.header("x-oauth-scopes").map(|scopes| {
            scopes
                .split(',')
                .map(|scope| scope.trim().to_owned())
                .filter(|s| !s.is_empty())
                .collect()
        });
        let user: User = reply.json("look up the token's user")?;
        Ok(Some(Login { login: user.login, id: user.id, scopes }))
    }

    /// How a branch is pushed to.
    async fn push_to(&self, repository: &Repository, branch: &str) -> Result<Push> {
        Ok(Push {
            url: self.endpoints().https_url(&repository.name),
            username: "x-access-token".to_owned(),
            password: self.token().await?,
            ca_pem: self.ca_pem.clone(),
            user_agent: self.user_agent.clone(),
            branch: branch.to_owned(),
        })
    }

    /// Whether commit `tip` is `ancestor`, which may be cut short, or was built on it; `None` when GitHub does
    /// not know both, or the token cannot see the repository.
    ///
    /// # Errors
    /// When GitHub refuses the token or cannot be reached.
    pub async fn holds(
        &self,
        repository: &RepositoryName,
        ancestor: &str,
        tip: &str,
    ) -> Result<Option<bool>> {
        let relation = read::relation(&self.transport, repository, ancestor, tip).await?;
        Ok(relation.map(|relation| matches!(relation.as_str(), "ahead" | "identical")))
    }

    /// Who commits are by: `name` with `email`, else with the address that GitHub gives to `login`.
    ///
    /// Without both there is nobody to name, and GitHub fills in the App that the token belongs to.
    #[must_use]
    pub fn author(&self, name: &str, email: Option<&str>, login: Option<&Login>) -> Option<Author> {
        let email = match (email.filter(|email| !email.is_empty()), login) {
            (Some(email), _) => email.to_owned(),
            (None, Some(login)) => self.endpoints().noreply_email(&login.login, login.id),
            (None, None) => return None,
        };
        Some(Author { name: name.to_owned(), email })
    }
}

impl GitHost for GitHub {
    async fn find_repository(&self, name: &RepositoryName) -> Result<Option<Repository>> {
        repository::find(&self.transport, name).await
    }

    async fn check_new_repository(&self, name: &RepositoryName, new: &NewRepository) -> Result<()> {
        repository::check_owner(self, name, new).await
    }

    async fn create_repository(
        &self,
        name: &RepositoryName,
        new: &NewRepository,
    ) -> Result<Repository> {
        repository::create(self, name, new).await
    }

    async fn head(&self, repository: &Repository, branch: &str) -> Result<Head> {
        read::head(&self.transport, repository, branch).await
    }

    async fn files_under(
        &self,
        repository: &Repository,
        head: &Head,
        folder: &str,
    ) -> Result<BTreeMap<String, Blob>> {
        read::files_under(self, repository, head, folder).await
    }

    async fn files_at(
        &self,
        repository: &Repository,
        head: &Head,
        paths: &[String],
    ) -> Result<BTreeMap<String, Blob>> {
        let Some(tip) = head.tip() else { return Ok(BTreeMap::new()) };
        read::blobs_at(self, repository, tip, paths.iter().map(String::as_str)).await
    }

    async fn read_file(&self, repository: &Repository, sha: &str) -> Result<Vec<u8>> {
        read::file(&self.transport, repository, sha).await
    }

    async fn publish(
        &self,
        repository: &Repository,
        branch: &str,
        head: &Head,
        draft: &impl Draft,
    ) -> Result<Published> {
        let start = repository.default_branch.as_str();
        publish::Publication { github: self, repository, branch, start, draft }.run(head).await
    }

    async fn is_descendant(
        &self,
        repository: &Repository,
        ancestor: &str,
        tip: &str,
    ) -> Result<bool> {
        Ok(ancestor == tip
            || read::relation(&self.transport, &repository.name, ancestor, tip).await?.as_deref()
                == Some("ahead"))
    }

    async fn deploy_keys(&self, repository: &Repository) -> Result<Vec<DeployKey>> {
        deploy_key::list(&self.transport, repository).await
    }

    async fn preview_deploy_key(
        &self,
        repository: &Repository,
        title: &str,
        key: Option<&PublicKey>,
        read_only: bool,
    ) -> Result<KeyOutcome> {
        deploy_key::preview(&self.transport, repository, title, key, read_only).await
    }

    async fn ensure_deploy_key(
        &self,
        repository: &Repository,
        title: &str,
        key: &PublicKey,
        read_only: bool,
    ) -> Result<KeyOutcome> {
        deploy_key::ensure(&self.transport, repository, title, key, read_only).await
    }

    async fn add_deploy_key(
        &self,
        repository: &Repository,
        title: &str,
        key: &PublicKey,
        read_only: bool,
    ) -> Result<()> {
        deploy_key::add_beside(&self.transport, repository, title, key, read_only).await
    }

    async fn retire_deploy_keys(
        &self,
        repository: &Repository,
        title: &str,
        key: &PublicKey,
    ) -> Result<usize> {
        deploy_key::retire(&self.transport, repository, title, key).await
    }

    async fn recognises(&self, token: &SecretString) -> Result<bool> {
        // What cannot be sent is no token.
        if check_token(token).is_err() {
            return Ok(false);
        }
        let reply = self.transport.ask(Call::get("/user").showing(token.clone())).await?;
        Ok(reply.status.as_u16() != 401)
    }

    async fn ssh_host_keys(&self) -> Result<Vec<String>> {
        #[derive(Deserialize)]
        struct Meta {
            #[serde(default)]
            ssh_keys: Vec<String>,
        }
        let reply = self.transport.ask(Call::get("/meta")).await?;
        let meta: Meta = reply.json("read GitHub's SSH host keys")?;
        Ok(meta.ssh_keys)
    }
}

/// Refuses what cannot travel in a header, before a library panics on it.
fn check_token(token: &SecretString) -> Result<()> {
    use secrecy::ExposeSecret as _;
    let token = token.expose_secret();
    if token.is_empty() {
        return Err(usage("the GitHub token is empty"));
    }
    if token.chars().any(|c| c.is_control() || c.is_whitespace() || !c.is_ascii()) {
        return Err(usage("the GitHub token has a blank or another character that no token has"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::class_of;

    fn github(token: &str) -> Result<GitHub> {
        let endpoints = Endpoints::resolve(None, |_| None)?;
        GitHub::new(endpoints, SecretString::from(token), None, "nigari/test")
    }

    #[tokio::test]
    async fn a_token_that_is_none_is_refused_and_not_repeated() {
        for token in ["", "two words", "line\n", "ghp_ü"] {
            let error = github(token).err().expect("refused");
            assert_eq!(class_of(&error), Class::Usage, "{token:?}");
            assert!(token.is_empty() || !format!("{error:?}").contains(token.trim()), "{error:?}");
        }
    }

    #[tokio::test]
    async fn the_author_is_who_was_named_else_the_tokens_user() {
        let github = github("ghp_x").expect("github");
        let login = Login { login: "ann".to_owned(), id: 7, scopes: None };
        let email = |email, login| github.author("Flux", email, login).map(|author| author.email);
        assert_eq!(email(Some("a@b.c"), Some(&login)).as_deref(), Some("a@b.c"));
        let noreply = email(None, Some(&login));
        assert_eq!(noreply.as_deref(), Some("7+ann@users.noreply.github.com"));
        assert_eq!(email(None, None), None);
    }

    #[test]
    fn a_classic_token_needs_the_scope_for_the_kind_of_repository() {
        let login = |scopes: Option<&[&str]>| {
            let scopes = scopes.map(|scopes| scopes.iter().map(|s| (*s).to_owned()).collect());
            Login { login: "ann".to_owned(), id: 7, scopes }
        };
        for (scopes, is_private, is_enough) in [
            (None, true, true),
            (Some(&["gist", "repo"][..]), true, true),
            (Some(&["public_repo"]), false, true),
            (Some(&["public_repo"]), true, false),
            (Some(&[]), false, false),
        ] {
            let checked = login(scopes).check_scopes(is_private);
            assert_eq!(checked.is_ok(), is_enough, "{scopes:?} {is_private}");
        }
        assert!(login(None).check_sees_teams().is_ok());
        assert!(login(Some(&["repo", "read:org"])).check_sees_teams().is_ok());
        assert!(login(Some(&["repo"])).check_sees_teams().is_err());
    }

    #[tokio::test]
    async fn a_ca_file_without_a_certificate_is_refused() {
        let endpoints = Endpoints::resolve(None, |_| None).expect("endpoints");
        let made =
            GitHub::new(endpoints, SecretString::from("ghp_x"), Some(b"nothing"), "nigari/test");
        assert_eq!(class_of(&made.err().expect("refused")), Class::Usage);
    }
}
