//! The least that a token must be allowed to for what was asked; pure.
//!
//! Source: the permissions that GitHub's REST reference names for each endpoint; deploy keys and new
//! repositories belong to `administration`.

use std::fmt;

use anyhow::Result;
use serde_json::{Value, json};

use crate::git_host::github::Installed;

/// What a bootstrap does on GitHub, as far as rights go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Needs {
    /// Whether only its members see the repository.
    pub(super) is_private: bool,
    /// Whether the repository is made.
    pub(super) creates: bool,
    /// Whether it belongs to the token's own user.
    pub(super) is_personal: bool,
    /// Whether the cluster gets a deploy key.
    pub(super) adds_key: bool,
    /// Whether a pull request is opened, or will have to be as far as can be seen.
    pub(super) proposes: bool,
    /// Whether teams of the organisation get rights.
    pub(super) grants_teams: bool,
}

/// How much of a permission.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Level {
    Read,
    Write,
}

impl Level {
    fn name(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Write => "write",
        }
    }
}

impl Needs {
    /// The scopes of a classic token.
    pub(super) fn scopes(&self) -> Vec<&'static str> {
        let repositories = if self.is_private { "repo" } else { "public_repo" };
        [repositories].into_iter().chain(self.grants_teams.then_some("read:org")).collect()
    }

    /// Whether it is a matter of who administers the repository.
    fn administers(&self) -> bool {
        self.adds_key || self.grants_teams
    }

    /// The permissions of a fine-grained token, or of an App.
    pub(super) fn permissions(&self) -> Vec<(&'static str, Level)> {
        let administers =
            (self.creates || self.administers()).then_some(("administration", Level::Write));
        let sees_teams = self.grants_teams.then_some(("members", Level::Read));
        let always = [("contents", Level::Write), ("metadata", Level::Read)];
        let proposes = self.proposes.then_some(("pull_requests", Level::Write));
        administers.into_iter().chain(always).chain(proposes).chain(sees_teams).collect()
    }

    /// Checks that an App was granted them.
    pub(super) fn check(&self, app: &Installed) -> Result<()> {
        // Metadata come with any other permission.
        let needed = self.permissions().into_iter().filter(|(name, _)| *name != "metadata");
        let needed = needed.map(|(name, level)| (name, level.name()));
        app.check_permissions(&needed.collect::<Vec<_>>())
    }

    /// The same in words.
    pub(super) fn permission_list(&self) -> String {
        let told = |(name, level): (&str, Level)| format!("{name}: {}", level.name());
        self.permissions().into_iter().map(told).collect::<Vec<_>>().join(", ")
    }

    /// The role that the token's user has in the repository; none in one that they create.
    pub(super) fn role(&self) -> Option<&'static str> {
        match (self.creates, self.administers()) {
            (true, _) => None,
            (false, true) => Some("admin"),
            (false, false) => Some("write"),
        }
    }

    /// Whether the token of an App's installation can do it: it belongs to nobody who could have a repository.
    pub(super) fn is_for_apps(&self) -> bool {
        !(self.creates && self.is_personal)
    }

    /// As a part of a document.
    pub(super) fn document(&self) -> Value {
        let permissions = self.permissions().into_iter();
        let permissions: serde_json::Map<String, Value> =
            permissions.map(|(name, level)| (name.to_owned(), level.name().into())).collect();
        json!({"leastRights": {
            "scopes": self.scopes(), "permissions": permissions, "role": self.role(),
            "app": self.is_for_apps(),
        }})
    }
}

impl fmt::Display for Needs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bearer = if self.is_for_apps() { "token or App" } else { "token" };
        let (scopes, permissions) = (self.scopes().join(" and "), self.permission_list());
        write!(f, "a classic token with {scopes}, or a fine-grained {bearer} with {permissions}")?;
        match self.role() {
            Some(role) => write!(f, "; of somebody with the role {role} in the repository"),
            // It cannot be selected before it is there.
            None => write!(f, " for all repositories; of somebody who may create repositories"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PRIVATE: Needs = Needs {
        is_private: true,
        creates: false,
        is_personal: false,
        adds_key: true,
        proposes: false,
        grants_teams: false,
    };

    #[test]
    fn a_repository_that_is_there_needs_no_administration_without_a_key() {
        let contents = [("contents", Level::Write), ("metadata", Level::Read)];
        let with_token = Needs { adds_key: false, ..PRIVATE };
        assert_eq!(with_token.permissions(), contents);
        assert_eq!(with_token.role(), Some("write"));
        for needs in [PRIVATE, Needs { creates: true, adds_key: false, ..PRIVATE }] {
            assert_eq!(needs.permissions()[0], ("administration", Level::Write), "{needs:?}");
            assert_eq!(needs.permissions()[1..], contents, "{needs:?}");
        }
    }

    #[test]
    fn the_scope_is_the_one_for_the_kind_of_repository() {
        assert_eq!(PRIVATE.scopes(), ["repo"]);
        assert_eq!(Needs { is_private: false, ..PRIVATE }.scopes(), ["public_repo"]);
    }

    #[test]
    fn teams_are_for_administrators_who_may_see_them() {
        let granting = Needs { adds_key: false, grants_teams: true, ..PRIVATE };
        assert_eq!(granting.scopes(), ["repo", "read:org"]);
        assert_eq!(granting.role(), Some("admin"));
        assert_eq!(
            granting.permission_list(),
            "administration: write, contents: write, metadata: read, members: read"
        );
    }

    #[test]
    fn a_pull_request_is_a_permission_of_its_own_and_part_of_the_scope() {
        let proposing = Needs { proposes: true, ..PRIVATE };
        assert_eq!(
            proposing.permission_list(),
            "administration: write, contents: write, metadata: read, pull_requests: write"
        );
        assert_eq!((proposing.scopes(), proposing.role()), (PRIVATE.scopes(), PRIVATE.role()));
    }

    #[test]
    fn nobody_creates_a_personal_repository_with_an_app() {
        let personal = Needs { is_personal: true, ..PRIVATE };
        assert!(personal.is_for_apps());
        assert!(!Needs { creates: true, ..personal }.is_for_apps());
    }

    #[test]
    fn they_are_told_in_one_sentence() {
        assert_eq!(
            PRIVATE.to_string(),
            "a classic token with repo, or a fine-grained token or App with administration: write, \
             contents: write, metadata: read; of somebody with the role admin in the repository"
        );
    }
}
