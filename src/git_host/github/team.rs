//! Rights of an organisation's teams on a repository.

use std::fmt;
use std::str::FromStr;

use anyhow::Result;
use http::Method;
use serde::Deserialize;
use serde_json::json;

use super::GitHub;
use super::refusal;
use super::transport::{Call, Sent};
use crate::error::{Class, Explain as _, usage};
use crate::git_host::Repository;

/// With this, GitHub tells which rights a team has, and not only that it has some.
const WITH_RIGHTS: &str = "application/vnd.github.v3.repository+json";

/// What a team may do with a repository, strongest first.
const LEVELS: [&str; 5] = ["admin", "maintain", "push", "triage", "pull"];

/// A team, and what it is to be allowed to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Team {
    /// Its name in addresses: lower-case, with dashes.
    pub slug: String,
    /// `pull`, `triage`, `push`, `maintain` or `admin`.
    pub permission: String,
}

impl fmt::Display for Team {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", self.slug, self.permission)
    }
}

impl FromStr for Team {
    type Err = anyhow::Error;

    /// Reads `SLUG` or `SLUG:PERMISSION`; the permission is `maintain` unless it is named.
    fn from_str(text: &str) -> Result<Self> {
        let (slug, permission) = text.split_once(':').unwrap_or((text, "maintain"));
        let is_slug = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
        if slug.is_empty() || !slug.chars().all(is_slug) {
            return Err(usage(format!("{slug:?} is not the name of a team"))
                .hint("take the team's name in the address of its page"));
        }
        if !LEVELS.contains(&permission) {
            return Err(usage(format!("{permission:?} is not what a team may be allowed to do"))
                .hint("choose from pull, triage, push, maintain, admin"));
        }
        Ok(Self { slug: slug.to_owned(), permission: permission.to_owned() })
    }
}

/// What became of a team's rights.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TeamOutcome {
    /// It has rights already, and these are left as they are.
    Kept,
    /// It was given the rights.
    Granted,
}

impl GitHub {
    /// Gives a team of the owner its rights, if it has none; with `corrects` also if it has others.
    ///
    /// # Errors
    /// [`Class::NotFound`] when the owner has no such team or the token cannot see it.
    pub async fn grant_team(
        &self,
        repository: &Repository,
        team: &Team,
        corrects: bool,
    ) -> Result<TeamOutcome> {
        let (owner, name) = (repository.name.owner(), &repository.name);
        let path = format!("/orgs/{owner}/teams/{}/repos/{name}", team.slug);
        let granted = self.rights_of_team(&path).await?;
        if granted.is_some_and(|granted| !corrects || granted == team.permission) {
            return Ok(TeamOutcome::Kept);
        }
        let doing = format!("give team {} its rights on {name}", team.slug);
        // To grant what was granted changes nothing, so that a lost answer may be repeated.
        let body = json!({ "permission": team.permission });
        let call = Call::make_object(path, body).with_method(Method::PUT);
        match self.transport.send(&call).await? {
            Sent::Answered(reply) if reply.status.as_u16() == 404 => Err(refusal::of(&reply)
                .context(format!("cannot {doing}"))
                .class(Class::NotFound)
                .hint(format!(
                    "check that {owner} has the team, and that the token may see it (read:org)"
                ))),
            Sent::Answered(reply) => reply.accept(&doing).map(|_| TeamOutcome::Granted),
            Sent::Unknown(error) => Err(error.context(format!("cannot {doing}"))),
        }
    }

    /// The strongest right of a team; nothing when it has none.
    async fn rights_of_team(&self, path: &str) -> Result<Option<String>> {
        #[derive(Deserialize)]
        struct Shown {
            #[serde(default)]
            permissions: std::collections::BTreeMap<String, bool>,
        }
        let call = Call::get(path).accepting(WITH_RIGHTS);
        let reply = self.transport.ask(call).await?;
        if reply.status.as_u16() == 404 {
            return Ok(None);
        }
        let shown: Shown = reply.json("read the rights of a team")?;
        let has = |level: &&&str| shown.permissions.get(**level).copied().unwrap_or_default();
        Ok(Some(LEVELS.iter().find(has).map_or_else(String::new, |level| (*level).to_owned())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::class_of;

    #[test]
    fn a_team_may_be_named_with_its_rights() {
        let team = |text: &str| text.parse::<Team>().map(|team| (team.slug, team.permission));
        assert_eq!(team("platform").unwrap(), ("platform".into(), "maintain".into()));
        assert_eq!(team("platform:admin").unwrap(), ("platform".into(), "admin".into()));
        for wrong in ["", ":admin", "a b", "platform:owner", "platform:"] {
            assert_eq!(class_of(&team(wrong).unwrap_err()), Class::Usage, "{wrong:?}");
        }
    }
}
