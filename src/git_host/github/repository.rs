//! Finds or creates a repository.

use std::time::Duration;

use anyhow::{Result, anyhow};
use serde::Deserialize;
use serde_json::json;

use super::GitHub;
use super::read;
use super::reply::Reply;
use super::transport::{Call, Sent, Transport};
use crate::error::{Class, Explain as _, usage};
use crate::git_host::{Head, NewRepository, Repository, RepositoryName, Rights};

/// How long GitHub may take until a new repository can be read.
const PREPARATION: [u64; 8] = [500, 500, 1000, 2000, 4000, 8000, 8000, 8000];

/// How often a creation is sent when its answer is lost.
const SENDINGS: u32 = 3;

/// The fields that are read; GitHub sends a hundred, and newer versions drop some.
#[derive(Deserialize)]
struct Described {
    node_id: String,
    full_name: String,
    default_branch: String,
    private: bool,
    #[serde(default)]
    archived: bool,
    html_url: String,
    owner: Owner,
    permissions: Option<Permissions>,
}

#[derive(Deserialize)]
struct Owner {
    #[serde(rename = "type")]
    kind: String,
}

#[derive(Deserialize)]
struct Permissions {
    #[serde(default)]
    admin: bool,
    #[serde(default)]
    push: bool,
}

impl TryFrom<Described> for Repository {
    type Error = anyhow::Error;

    fn try_from(described: Described) -> Result<Self> {
        Ok(Self {
            name: described.full_name.parse()?,
            node_id: described.node_id,
            default_branch: described.default_branch,
            is_private: described.private,
            is_archived: described.archived,
            owner_is_organization: described.owner.kind == "Organization",
            web_url: described.html_url,
            rights: described.permissions.map(|Permissions { admin, push }| Rights { admin, push }),
        })
    }
}

pub(super) async fn find(
    transport: &Transport,
    name: &RepositoryName,
) -> Result<Option<Repository>> {
    let doing = format!("read repository {name}");
    let reply = transport.ask(Call::get(format!("/repos/{name}"))).await?;
    if reply.status.as_u16() == 404 {
        return Ok(None);
    }
    let mut repository = described(reply, &doing)?;
    if transport.is_of_app() {
        // What is shown to an App are the rights of a user, of which it has none.
        repository.rights = None;
    }
    if !repository.name.is_same(name) {
        (transport.notify)(&format!("{name} is called {} now", repository.name));
    }
    Ok(Some(repository))
}

pub(super) async fn create(
    github: &GitHub,
    name: &RepositoryName,
    new: &NewRepository,
) -> Result<Repository> {
    check_owner(github, name, new).await?;
    let mut body = json!({ "name": name.name(), "private": new.is_private, "auto_init": true });
    let path = if new.is_personal {
        "/user/repos".to_owned()
    } else {
        // `private` alone is enough on github.com; Enterprise defaults can make it `internal`.
        body["visibility"] = if new.is_private { "private".into() } else { "public".into() };
        format!("/orgs/{}/repos", name.owner())
    };
    let call = Call::create(path, body);
    let doing = format!("create repository {name}");
    for number in 1.. {
        let error = match github.transport.send(&call).await? {
            Sent::Answered(reply) if number == 1 && is_taken(&reply) => {
                return find(&github.transport, name).await?.ok_or_else(|| invisible(name));
            }
            Sent::Answered(reply) => return created(github, name, reply, &doing).await,
            Sent::Unknown(error) => error.context(format!("cannot {doing}")),
        };
        // Sent again it makes no second one: GitHub would say that the name is taken.
        let is_last = number == SENDINGS;
        let pauses = if is_last { &PREPARATION[..] } else { &PREPARATION[..3] };
        match await_initial_commit(github, name, pauses).await? {
            Some(repository) => return Ok(repository),
            None if is_last => return Err(error),
            None => {}
        }
    }
    unreachable!("the loop ends with the last sending")
}

/// Whether somebody was faster, or the repository is hidden from the token.
fn is_taken(reply: &Reply) -> bool {
    reply.complaint().contains("already exists")
}

/// Takes the answer to a creation that may have been sent before.
async fn created(
    github: &GitHub,
    name: &RepositoryName,
    reply: Reply,
    doing: &str,
) -> Result<Repository> {
    // Taken by ourselves, as it seems: an earlier answer was lost.
    if !reply.status.is_success() && !is_taken(&reply) {
        return Err(refused(reply, name, doing));
    }
    let failure =
        || anyhow!("GitHub created {name} but does not show it").class(Class::Unreachable);
    await_initial_commit(github, name, &PREPARATION).await?.ok_or_else(failure)
}

/// Checks that the owner is of the kind that the user says, because the two have different calls.
pub(super) async fn check_owner(
    github: &GitHub,
    name: &RepositoryName,
    new: &NewRepository,
) -> Result<()> {
    let owner = name.owner();
    let reply = github.transport.ask(Call::get(format!("/users/{owner}"))).await?;
    if reply.status.as_u16() == 404 {
        return Err(anyhow!("no user and no organisation on GitHub is called {owner}")
            .class(Class::NotFound)
            .hint("name another with --owner"));
    }
    let is_organization =
        reply.json::<Owner>(&format!("look up owner {owner}"))?.kind == "Organization";
    match (new.is_personal, is_organization) {
        (true, true) => Err(usage(format!("{owner} is an organisation and not a user"))
            .hint("leave out --personal")),
        (false, false) => Err(usage(format!("{owner} is a user and not an organisation"))
            .hint("add --personal to create the repository under your own account")),
        (false, true) => Ok(()),
        (true, false) => check_own(github, owner).await,
    }
}

/// A personal repository can only be created under the token's own user.
async fn check_own(github: &GitHub, owner: &str) -> Result<()> {
    match github.login().await? {
        Some(user) if user.login.eq_ignore_ascii_case(owner) => Ok(()),
        Some(user) => Err(usage(format!(
            "the token belongs to {}, so that it cannot create a repository of {owner}",
            user.login
        ))
        .hint(format!("use --owner={} or a token of {owner}", user.login))),
        None => Err(anyhow!("the token of a GitHub App cannot create a personal repository")
            .class(Class::Denied)
            .hint("create the repository by hand, or use a personal token")),
    }
}

/// Waits until the repository and its first commit can be read, which GitHub prepares in the background,
/// looking after each of `pauses`, which are milliseconds; `None` when there is no repository then.
async fn await_initial_commit(
    github: &GitHub,
    name: &RepositoryName,
    pauses: &[u64],
) -> Result<Option<Repository>> {
    let mut found = None;
    for &pause in pauses {
        found = find(&github.transport, name).await?;
        if let Some(repository) = &found {
            let branch = &repository.default_branch;
            let head = read::head(&github.transport, repository, branch).await?;
            if matches!(head, Head::Present(_)) {
                break;
            }
        }
        github.transport.back_off(Duration::from_millis(pause)).await?;
    }
    // Without its first commit it is an empty repository, which publishing can handle as well.
    Ok(found)
}

fn described(reply: Reply, doing: &str) -> Result<Repository> {
    reply.json::<Described>(doing)?.try_into()
}

fn invisible(name: &RepositoryName) -> anyhow::Error {
    anyhow!("{name} exists, but the token cannot see it")
        .class(Class::Denied)
        .hint(format!("give the token access to {name}"))
}

fn refused(reply: Reply, name: &RepositoryName, doing: &str) -> anyhow::Error {
    let is_denied = matches!(reply.status.as_u16(), 403 | 404);
    let error = super::refusal::of(&reply).context(format!("cannot {doing}"));
    if !is_denied {
        return error;
    }
    error.class(Class::Denied).hint(format!(
        "create the repository by hand, or ask an owner of {} for the right to create it",
        name.owner()
    ))
}
