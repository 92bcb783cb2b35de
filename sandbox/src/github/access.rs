//! Who is calling, and what they may do with a repository.

use std::collections::BTreeMap;
use std::fmt;

use super::state::{Repository, Role, State, Token, TokenKind, Visibility};

/// Whoever sent a request: nobody, or the owner of a token.
#[derive(Clone, Debug, Default)]
pub(super) struct Caller(pub(super) Option<Token>);

/// A permission as fine-grained tokens and Apps have it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Permission {
    pub(super) name: &'static str,
    pub(super) write: bool,
}

impl fmt::Display for Permission {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}={}", self.name, if self.write { "write" } else { "read" })
    }
}

/// Why a call to a repository is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Denied {
    /// GitHub hides what the caller may not see or do: 404.
    Hidden,
    /// A fine-grained or installation token lacks the permission: 403.
    Permission(&'static str),
}

/// Why the SSH or HTTPS front end of Git refuses; its text is what GitHub says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// No user name and password were sent.
    AuthenticationRequired,
    /// The token is unknown or revoked.
    BadCredentials,
    /// No repository knows this key.
    UnknownKey,
    /// The repository does not exist, or this key or token cannot see it.
    RepositoryNotFound,
    /// The key is a deploy key that may only read.
    ReadOnlyKey,
    /// The organisation disabled deploy keys.
    DeployKeysDisabled,
    /// The token may read and not write: the repository and the login.
    WriteDenied(String, String),
}

impl fmt::Display for Refusal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::AuthenticationRequired => formatter.write_str("Authentication required"),
            Self::BadCredentials => formatter.write_str("Invalid username or token."),
            Self::UnknownKey => formatter.write_str("Permission denied (publickey)."),
            Self::RepositoryNotFound => formatter.write_str("Repository not found."),
            Self::ReadOnlyKey => formatter
                .write_str("The key you are authenticating with has been marked as read only."),
            Self::DeployKeysDisabled => {
                formatter.write_str("Deploy keys are disabled for this repository.")
            }
            Self::WriteDenied(repository, login) => {
                write!(formatter, "Permission to {repository}.git denied to {login}.")
            }
        }
    }
}

impl std::error::Error for Refusal {}

impl Caller {
    /// The login, if there is one.
    pub(super) fn login(&self) -> Option<&str> {
        self.0.as_ref().map(|token| token.login.as_str())
    }

    /// The scopes of a classic token; `None` for every other kind.
    pub(super) fn scopes(&self) -> Option<&[String]> {
        match &self.0.as_ref()?.kind {
            TokenKind::Classic { scopes } => Some(scopes),
            _ => None,
        }
    }

    /// Whether a classic token carries `scope`; other kinds have none to lack.
    pub(super) fn has_scope(&self, scope: &str) -> bool {
        self.scopes().is_none_or(|scopes| scopes.iter().any(|held| held == scope))
    }

    pub(super) fn is_installation(&self) -> bool {
        matches!(&self.0, Some(Token { kind: TokenKind::Installation { .. }, .. }))
    }

    /// The App whose assertion was shown, if one was.
    pub(super) fn app(&self) -> Option<u64> {
        match self.0.as_ref()?.kind {
            TokenKind::App { id } => Some(id),
            _ => None,
        }
    }

    /// The role the caller has, not yet narrowed by what their token may do.
    pub(super) fn role(&self, state: &State, repository: &Repository) -> Role {
        let floor = if repository.is_private() { Role::None } else { Role::Pull };
        let Some(token) = &self.0 else { return floor };
        if let TokenKind::Installation { .. } = token.kind {
            return if self.selects(repository) { Role::Admin } else { floor };
        }
        if let TokenKind::App { .. } = token.kind {
            return floor;
        }
        let internal =
            if repository.visibility == Visibility::Internal { Role::Pull } else { Role::None };
        role_of(state, repository, &token.login).max(floor).max(internal)
    }

    /// Checks that the caller has `role` and that their token carries `permission`.
    ///
    /// # Errors
    /// [`Denied`], exactly as much as GitHub would tell.
    pub(super) fn check(
        &self,
        state: &State,
        repository: &Repository,
        permission: Permission,
        role: Role,
    ) -> Result<(), Denied> {
        let reads_public = !repository.is_private() && role <= Role::Pull && !permission.write;
        if reads_public && permission.name != "administration" {
            return Ok(());
        }
        if !self.selects(repository) || self.role(state, repository) < role {
            return Err(Denied::Hidden);
        }
        match self.0.as_ref().map(|token| &token.kind) {
            None => Err(Denied::Hidden),
            Some(TokenKind::App { .. }) => Err(Denied::Permission("integration")),
            Some(TokenKind::Classic { scopes }) => {
                let is_enough = scopes.iter().any(|scope| {
                    scope == "repo" || (scope == "public_repo" && !repository.is_private())
                });
                if is_enough { Ok(()) } else { Err(Denied::Hidden) }
            }
            Some(TokenKind::FineGrained { permissions, .. }) => {
                granted(permissions, permission, "personal access token")
            }
            Some(TokenKind::Installation { permissions, .. }) => {
                granted(permissions, permission, "integration")
            }
        }
    }

    /// Checks that the caller's token shows an organisation's teams.
    ///
    /// # Errors
    /// [`Denied`], exactly as much as GitHub would tell.
    pub(super) fn check_sees_teams(&self) -> Result<(), Denied> {
        const MEMBERS: Permission = Permission { name: "members", write: false };
        match self.0.as_ref().map(|token| &token.kind) {
            None | Some(TokenKind::App { .. }) => Err(Denied::Hidden),
            Some(TokenKind::Classic { scopes }) => {
                let shows = ["read:org", "write:org", "admin:org"];
                let is_enough = scopes.iter().any(|scope| shows.contains(&scope.as_str()));
                if is_enough { Ok(()) } else { Err(Denied::Hidden) }
            }
            Some(TokenKind::FineGrained { permissions, .. }) => {
                granted(permissions, MEMBERS, "personal access token")
            }
            Some(TokenKind::Installation { permissions, .. }) => {
                granted(permissions, MEMBERS, "integration")
            }
        }
    }

    /// Whether the token's selection of repositories contains this one.
    fn selects(&self, repository: &Repository) -> bool {
        match self.0.as_ref().map(|token| &token.kind) {
            Some(
                TokenKind::FineGrained { repositories: Some(selected), .. }
                | TokenKind::Installation { repositories: Some(selected), .. },
            ) => selected.iter().any(|name| name.eq_ignore_ascii_case(&repository.full_name())),
            Some(TokenKind::Installation { account: Some(account), .. }) => {
                account.eq_ignore_ascii_case(&repository.owner)
            }
            _ => true,
        }
    }
}

/// Whether a token's permissions hold `wanted`; reading metadata comes with any of them.
pub(super) fn granted(
    permissions: &BTreeMap<String, String>,
    wanted: Permission,
    bearer: &'static str,
) -> Result<(), Denied> {
    let is_granted = match permissions.get(wanted.name).map(String::as_str) {
        Some("write" | "admin") => true,
        Some("read") => !wanted.write,
        _ => wanted.name == "metadata" && !wanted.write && !permissions.is_empty(),
    };
    if is_granted { Ok(()) } else { Err(Denied::Permission(bearer)) }
}

fn role_of(state: &State, repository: &Repository, login: &str) -> Role {
    if repository.owner.eq_ignore_ascii_case(login) {
        return Role::Admin;
    }
    let is = |other: &String| other.eq_ignore_ascii_case(login);
    let mut role = repository
        .collaborators
        .iter()
        .find(|(name, _)| is(name))
        .map_or(Role::None, |(_, &role)| role);
    let organization =
        state.account(&repository.owner).and_then(|account| account.organization.as_ref());
    if let Some(organization) = organization {
        if organization.is_owner(login) {
            return Role::Admin;
        }
        if organization.is_member(login) {
            role = role.max(Role::Pull);
        }
        for (slug, &granted) in &repository.teams {
            if organization.teams.get(slug).is_some_and(|members| members.iter().any(is)) {
                role = role.max(granted);
            }
        }
    }
    role
}
