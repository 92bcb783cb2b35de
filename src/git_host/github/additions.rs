//! What a topic's branch has that its base has not, and by whom.

use std::collections::BTreeMap;

use anyhow::{Result, anyhow};
use serde::Deserialize;

use super::transport::Call;
use super::{GitHub, read};
use crate::error::{Class, Explain as _};
use crate::git_host::change::Author;
use crate::git_host::pull_request::PullRequest;
use crate::git_host::{Blob, Repository, Tip};

/// How many files a comparison names at most. Source: GitHub's REST reference, "Compare two commits".
const MOST_FILES: usize = 300;

/// Everything between a base and the tip of a branch.
pub(super) struct Additions<'a> {
    github: &'a GitHub,
    repository: &'a Repository,
    comparison: Comparison,
    ours: Ours<'a>,
}

/// Who runs of the same command commit as.
struct Ours<'a> {
    opener: Option<&'a str>,
    login: Option<String>,
    author: Option<&'a Author>,
}

#[derive(Deserialize)]
struct Comparison {
    merge_base_commit: Listed,
    total_commits: usize,
    commits: Vec<Listed>,
    #[serde(default)]
    files: Vec<Changed>,
}

/// A commit.
#[derive(Deserialize)]
pub(super) struct Listed {
    sha: String,
    author: Option<User>,
    commit: Described,
}

#[derive(Deserialize)]
struct Described {
    author: Option<Signature>,
    tree: Named,
}

#[derive(Deserialize)]
struct Named {
    sha: String,
}

#[derive(Deserialize)]
struct Signature {
    name: String,
    #[serde(default)]
    email: String,
}

#[derive(Deserialize)]
struct User {
    login: String,
}

/// A file that is not as it is in the base.
#[derive(Deserialize)]
pub(super) struct Changed {
    pub(super) filename: String,
    /// The object name of its content.
    pub(super) sha: Option<String>,
}

impl Listed {
    /// Whom GitHub takes for the author, else the name in the commit.
    pub(super) fn author(&self) -> &str {
        let known = self.author.as_ref().map(|user| user.login.as_str());
        let named = || self.commit.author.as_ref().map(|signature| signature.name.as_str());
        known.or_else(named).unwrap_or("somebody unknown")
    }

    /// Its name, cut short.
    pub(super) fn short(&self) -> &str {
        self.sha.get(..8).unwrap_or_default()
    }

    fn tip(&self) -> Tip {
        Tip { commit: self.sha.clone(), tree: self.commit.tree.sha.clone() }
    }
}

impl Ours<'_> {
    /// Whether a commit is of a run of the same command. An author who was named need not be known to GitHub.
    fn is_by(&self, commit: &Listed) -> bool {
        let login = commit.author();
        let signature = commit.commit.author.as_ref();
        self.opener == Some(login)
            || self.login.as_deref() == Some(login)
            || self.author.zip(signature).is_some_and(|(author, signature)| {
                author.name == signature.name && author.email == signature.email
            })
    }
}

impl<'a> Additions<'a> {
    /// Compares the branch of `pull_request`, which is at `tip`, with `base`.
    ///
    /// # Errors
    /// [`Class::Conflict`] when there is more than GitHub lists, so that nobody knows by whom it is.
    pub(super) async fn read(
        github: &'a GitHub,
        repository: &'a Repository,
        (base, tip): (&Tip, &Tip),
        pull_request: &'a PullRequest,
        author: Option<&'a Author>,
    ) -> Result<Self> {
        let (name, opener) = (&repository.name, pull_request.author.as_deref());
        let path = format!("/repos/{name}/compare/{}...{}?per_page=100", base.commit, tip.commit);
        let reply = github.transport.ask(Call::get(path)).await?;
        let doing = format!("compare pull request {} with its base", pull_request.web_url);
        let comparison: Comparison = reply.json(&doing)?;
        let listed = comparison.commits.len();
        if comparison.total_commits > listed || comparison.files.len() >= MOST_FILES {
            return Err(anyhow!(
                "it holds more than GitHub lists: more than {listed} commits, or {MOST_FILES} files"
            )
            .class(Class::Conflict));
        }
        let login = github.login().await?.map(|login| login.login);
        Ok(Self { github, repository, comparison, ours: Ours { opener, login, author } })
    }

    /// A commit of somebody else.
    pub(super) fn foreign(&self) -> Option<&Listed> {
        self.comparison.commits.iter().find(|commit| !self.ours.is_by(commit))
    }

    /// The newest commit of the base that the branch has.
    pub(super) fn start(&self) -> Tip {
        self.comparison.merge_base_commit.tip()
    }

    /// What is not as it was there.
    pub(super) fn files(&self) -> &[Changed] {
        &self.comparison.files
    }

    /// The commit of somebody else that has put at `path` what is `present` there now; none when a run of ours
    /// or the base has it so.
    pub(super) async fn foreign_maker(
        &self,
        path: &str,
        present: Option<&Blob>,
    ) -> Result<Option<&Listed>> {
        let commits = &self.comparison.commits;
        // The newest first: mostly the tip is ours, and its folders are known.
        for commit in commits.iter().rev().filter(|commit| self.ours.is_by(commit)) {
            if self.at(&commit.tip(), path).await?.as_ref() == present {
                return Ok(None);
            }
        }
        if present.is_some() && self.at(&self.start(), path).await?.as_ref() == present {
            return Ok(None);
        }
        for commit in commits.iter().filter(|commit| !self.ours.is_by(commit)) {
            if self.at(&commit.tip(), path).await?.as_ref() == present {
                return Ok(Some(commit));
            }
        }
        Ok(None)
    }

    async fn at(&self, tip: &Tip, path: &str) -> Result<Option<Blob>> {
        let found: BTreeMap<String, Blob> =
            read::blobs_at(self.github, self.repository, tip, [path].into_iter()).await?;
        Ok(found.into_values().next())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn commit(login: Option<&str>, name: &str, email: &str) -> Listed {
        let commit = json!({
            "sha": "0123456789", "author": login.map(|login| json!({"login": login})),
            "commit": {"author": {"name": name, "email": email}, "tree": {"sha": "456"}},
        });
        serde_json::from_value(commit).expect("a commit as GitHub lists it")
    }

    #[test]
    fn a_commit_is_ours_by_the_opener_the_login_or_the_author_who_was_named() {
        let author = Author { name: "Flux".to_owned(), email: "flux@acme.io".to_owned() };
        let login = Some("ann".to_owned());
        let ours = Ours { opener: Some("fleet[bot]"), login, author: Some(&author) };
        for (login, name, email, is_ours) in [
            (Some("ann"), "Ann", "ann@acme.io", true),
            (Some("fleet[bot]"), "fleet[bot]", "", true),
            (None, "Flux", "flux@acme.io", true),
            (None, "Flux", "somebody@else.io", false),
            (None, "Bob", "flux@acme.io", false),
            (Some("bob"), "Bob", "bob@acme.io", false),
        ] {
            assert_eq!(ours.is_by(&commit(login, name, email)), is_ours, "{login:?} {name}");
        }
        let nobody = Ours { opener: None, login: None, author: None };
        assert!(!nobody.is_by(&commit(None, "Flux", "flux@acme.io")));
    }
}
