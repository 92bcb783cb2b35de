//! A GitHub on loopback whose state is real bare repositories on disk.
//!
//! One origin has three faces, as GitHub Enterprise Server has: REST under `/api/v3`, GraphQL under
//! `/api/graphql`, and Git's smart HTTP under `/{owner}/{name}.git`. What Git owns lives only in
//! Git, so a clone sees exactly what the API says.
//!
//! | module | what it is |
//! |---|---|
//! | `front` | from an HTTP request to an answer: recording, faults, headers |
//! | `routes`, `rest` | the REST endpoints |
//! | `graphql` | the queries and mutations |
//! | `smart_http` | `git http-backend` as a CGI program |
//! | `store` | objects and references |
//! | `merge` | how pull requests end |
//! | `rules` | branch rules, for all three faces |
//! | `access` | who may do what |
//! | `weather` | troubles on the way that depend on what was asked before |
//! | `apps` | GitHub Apps, their installations and tokens |
//! | `validation` | GitHub's own OpenAPI description as a judge of requests and answers |

mod access;
mod answer;
pub(crate) mod apps;
mod front;
mod graphql;
mod merge;
mod publish;
mod rest;
mod routes;
mod rules;
mod seed;
mod smart_http;
mod ssh_key;
mod state;
mod store;
mod validation;
mod views;
mod weather;

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use anyhow::Result;
use tokio::sync::watch;

pub use self::access::Refusal;
pub use self::merge::Proposed;
pub use self::publish::RefUpdate;
pub use self::rules::Rule;
pub use self::state::{DeployKey, RepositoryOptions, Role, Token, TokenKind, Visibility};

use self::access::{Caller, Permission};
use self::publish::Hook;
use self::ssh_key::PublicKey;
use self::state::State;
use self::validation::Validation;
use self::weather::Weather;
use crate::faults::Faults;
use crate::recorder::Recorder;

/// The description that answers are checked against, seen from the workspace's root.
const DESCRIPTION: &str = "../shared/oracle/github/ghes-3.19.subset.json";

/// How many entries a recursive tree lists before it is truncated, as on GitHub.
const TREE_LIMIT: usize = 100_000;

/// A GitHub; clones share it.
#[derive(Clone)]
pub struct GitHub(Arc<Inner>);

struct Inner {
    root: PathBuf,
    faults: Faults,
    recorder: Recorder,
    validation: Validation,
    backend: PathBuf,
    host_keys: Vec<PublicKey>,
    state: Mutex<State>,
    /// Held while references change, over whichever face.
    references: Mutex<()>,
    hook: Mutex<Option<Hook>>,
    pushes: watch::Sender<u64>,
    tree_limit: Mutex<usize>,
    weather: Weather,
}

impl GitHub {
    /// Makes an empty GitHub whose repositories will live below `root`.
    ///
    /// # Errors
    /// When `git` or its `http-backend` is missing.
    #[expect(
        clippy::disallowed_methods,
        reason = "the sandbox has no context; this is the one variable it reads"
    )]
    pub fn new(root: &Path, faults: Faults, recorder: Recorder) -> Result<Self> {
        let description = match std::env::var_os("NIGARI_ORACLE") {
            Some(oracle) => PathBuf::from(oracle).join("github/ghes-3.19.subset.json"),
            None => Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(DESCRIPTION),
        };
        Ok(Self(Arc::new(Inner {
            root: root.to_owned(),
            faults,
            recorder,
            validation: Validation::load(&description)?,
            backend: smart_http::find_backend()?,
            host_keys: ssh_key::new_host_keys()?,
            state: Mutex::default(),
            references: Mutex::new(()),
            hook: Mutex::new(None),
            pushes: watch::Sender::new(0),
            tree_limit: Mutex::new(TREE_LIMIT),
            weather: Weather::default(),
        })))
    }

    /// The service that answers for the whole origin.
    pub fn router(&self) -> axum::Router {
        axum::Router::new().fallback(front::handle).with_state(self.clone())
    }

    /// Sets what addresses in answers begin with: `https://localhost:PORT`. Call it before serving.
    pub fn set_origin(&self, url: &str) {
        self.state().origin = url.trim_end_matches('/').to_owned();
    }

    /// The public halves of the SSH front end's host keys: `ssh-ed25519 AAAA…`.
    #[must_use]
    pub fn host_keys(&self) -> Vec<String> {
        self.0.host_keys.iter().map(ToString::to_string).collect()
    }

    /// A number that grows whenever a reference of any repository changed.
    #[must_use]
    pub fn subscribe(&self) -> watch::Receiver<u64> {
        self.0.pushes.subscribe()
    }

    /// Where requests and answers deviated from GitHub's OpenAPI description.
    #[must_use]
    pub fn violations(&self) -> Vec<String> {
        self.0.validation.violations()
    }

    /// The requests to the API that named no version of it. GitHub takes them, and may answer them in another
    /// shape one day; those of players are left out.
    #[must_use]
    pub fn without_version(&self) -> Vec<String> {
        self.state().without_version.clone()
    }

    /// Whether the OpenAPI description was found, so that [`Self::violations`] means something.
    #[must_use]
    pub fn is_validated(&self) -> bool {
        self.0.validation.is_active()
    }

    /// What the SSH front end decides when a client offers a key, `KIND BASE64 [COMMENT]`.
    ///
    /// # Errors
    /// [`Refusal`] as GitHub words it.
    pub fn authorize_ssh(
        &self,
        owner: &str,
        name: &str,
        public_key_line: &str,
        write: bool,
    ) -> Result<(), Refusal> {
        let key = PublicKey::parse(public_key_line).ok_or(Refusal::UnknownKey)?;
        let disabled = self.deploy_keys_disabled(owner);
        let state = self.state();
        let mut holders = state.repositories.iter().filter_map(|repository| {
            Some((repository, repository.keys.iter().find(|held| held.holds(&key))?))
        });
        let (holder, held) = holders.next().ok_or(Refusal::UnknownKey)?;
        let wanted = state.repository(owner, name);
        if wanted.is_none_or(|wanted| wanted.id != holder.id) {
            return Err(Refusal::RepositoryNotFound);
        }
        if disabled {
            return Err(Refusal::DeployKeysDisabled);
        }
        if write && held.read_only {
            return Err(Refusal::ReadOnlyKey);
        }
        Ok(())
    }

    /// What the HTTPS front end of Git decides; the password is the token, the user name is not
    /// looked at. Without both the caller is nobody, who may read what is public.
    ///
    /// # Errors
    /// [`Refusal`] as GitHub words it.
    pub fn authorize_https(
        &self,
        owner: &str,
        name: &str,
        username: &str,
        password: &str,
        write: bool,
    ) -> Result<(), Refusal> {
        // A token may also be sent as the user name with an empty password.
        let value = if password.is_empty() { username } else { password };
        let caller = match value {
            "" => Caller::default(),
            value => self.authenticate(value).ok_or(Refusal::BadCredentials)?,
        };
        self.authorize_git(owner, name, &caller, write)
    }

    fn authorize_git(
        &self,
        owner: &str,
        name: &str,
        caller: &Caller,
        write: bool,
    ) -> Result<(), Refusal> {
        let state = self.state();
        let unseen = match caller.0 {
            Some(_) => Refusal::RepositoryNotFound,
            None => Refusal::AuthenticationRequired,
        };
        let Some(repository) = state.repository(owner, name) else { return Err(unseen) };
        let permission = |write| Permission { name: "contents", write };
        if caller.check(&state, repository, permission(false), Role::Pull).is_err() {
            return Err(unseen);
        }
        let writes = caller.check(&state, repository, permission(true), Role::Push);
        match (write, writes, caller.login()) {
            (false, ..) | (true, Ok(()), _) if !(write && repository.archived) => Ok(()),
            (_, _, None) => Err(Refusal::AuthenticationRequired),
            (_, _, Some(login)) => {
                Err(Refusal::WriteDenied(repository.full_name(), login.to_owned()))
            }
        }
    }

    /// Whoever holds token `value`; `None` for a token that is unknown or revoked.
    fn authenticate(&self, value: &str) -> Option<Caller> {
        if self.0.faults.fire("github.token").is_some() {
            return None;
        }
        let mut state = self.state();
        if let Some(left) = state.uses.get_mut(value) {
            if *left == 0 {
                // It has expired.
                state.tokens.retain(|token| token.value != value);
                return None;
            }
            *left -= 1;
        }
        let token = state.tokens.iter().find(|token| token.value == value)?;
        Some(Caller(Some(token.clone())))
    }

    fn deploy_keys_disabled(&self, owner: &str) -> bool {
        let by_policy = self
            .state()
            .account(owner)
            .and_then(|account| account.organization.as_ref())
            .is_some_and(|organization| !organization.deploy_keys_enabled);
        self.0.faults.fire("github.deploy_keys").is_some() || by_policy
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
