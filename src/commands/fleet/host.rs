//! Which GitHub a repository is on, and the way to it.

use anyhow::{Result, anyhow};
use secrecy::SecretString;

use super::sync::Fleet;
use crate::context::Context;
use crate::error::{Class, Explain as _, usage};
use crate::git_host::endpoints::Endpoints;
use crate::git_host::github::{Credential, GitHub};
use crate::git_host::{GitHost as _, Repository};
use crate::http_client::{self, USER_AGENT};

/// Where the GitHub is that has the repository, and the token of whoever calls: never the cluster's, which
/// may only read.
#[derive(Clone)]
pub(super) struct Way {
    endpoints: Endpoints,
    token: SecretString,
}

impl Way {
    /// Finds out which GitHub it is, and takes the token.
    pub(super) async fn find(ctx: &Context, hostname: Option<&str>, fleet: &Fleet) -> Result<Self> {
        let environment = |name: &str| ctx.environment.get(name).map(str::to_owned);
        let endpoints = endpoints(hostname, &fleet.host, environment)?;
        ctx.output.action(format_args!("connecting to {}", endpoints.host()));
        Ok(Self { endpoints, token: token(ctx).await? })
    }

    /// A client under the clock of `ctx`.
    pub(super) fn connect(&self, ctx: &Context) -> Result<GitHub> {
        client(ctx, self.endpoints.clone(), self.token.clone(), None)
    }
}

/// Connects to the GitHub that has the repository.
pub(super) async fn connect(
    ctx: &Context,
    hostname: Option<&str>,
    fleet: &Fleet,
) -> Result<GitHub> {
    Way::find(ctx, hostname, fleet).await?.connect(ctx)
}

/// The token that the user gives us: `GITHUB_TOKEN`, else standard input, else asked for.
pub(crate) async fn token(ctx: &Context) -> Result<SecretString> {
    match ctx.environment.get("GITHUB_TOKEN") {
        Some(token) => Ok(SecretString::from(token.trim())),
        None => ctx.output.secret("GitHub token", "set GITHUB_TOKEN, or pipe it in").await,
    }
}

/// A client under the command's clock, whose notices the user hears.
pub(crate) fn client(
    ctx: &Context,
    endpoints: Endpoints,
    credential: impl Into<Credential>,
    ca_pem: Option<&[u8]>,
) -> Result<GitHub> {
    let output = ctx.output.clone();
    let proxy = http_client::proxy_to(&endpoints.host(), |name| ctx.environment.get(name));
    let github = GitHub::new(endpoints, credential, ca_pem, USER_AGENT)?;
    let github = github.through(proxy).with_deadline(ctx.deadline);
    Ok(github.on_notice(move |notice| output.warn(notice)))
}

/// The repository, if the token may write to it.
pub(super) async fn repository(github: &GitHub, fleet: &Fleet) -> Result<Repository> {
    let name = &fleet.repository;
    let repository = github.find_repository(name).await?.ok_or_else(|| {
        anyhow!(
            "{} has no repository {name}, or the token cannot see it",
            github.endpoints().host()
        )
        .class(Class::NotFound)
        .hint(format!("set GITHUB_TOKEN to a token that may write to {name}"))
    })?;
    repository.check_rights(false)?;
    Ok(repository)
}

/// The GitHub that was named, else the one that the environment names, if the repository is there.
fn endpoints(
    hostname: Option<&str>,
    host: &str,
    environment: impl Fn(&str) -> Option<String>,
) -> Result<Endpoints> {
    if hostname.is_some() {
        return Endpoints::resolve(hostname, environment);
    }
    let known = Endpoints::resolve(None, environment)?;
    let known_host = known.host();
    if known_host.split(':').next() == Some(host) {
        return Ok(known);
    }
    let is_github = matches!(host, "github.com" | "ssh.github.com") || host.ends_with(".ghe.com");
    if is_github {
        let host = host.strip_prefix("ssh.").filter(|it| *it == "github.com").unwrap_or(host);
        return Endpoints::resolve(Some(host), |_| None);
    }
    Err(usage(format!("{host} is not known to be a GitHub, and only there can be committed"))
        .hint("name a GitHub Enterprise Server with --git-hostname or GITHUB_SERVER_URL"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::class_of;

    fn found(hostname: Option<&str>, host: &str, server: Option<&str>) -> Result<String> {
        let environment =
            |name: &str| server.filter(|_| name == "GITHUB_SERVER_URL").map(str::to_owned);
        Ok(endpoints(hostname, host, environment)?.host())
    }

    #[test]
    fn the_repositorys_host_decides_which_github_it_is() {
        let enterprise = Some("https://ghe.acme.io:8443");
        for (hostname, host, server, expected) in [
            (None, "github.com", None, "github.com"),
            (None, "ssh.github.com", None, "github.com"),
            (None, "acme.ghe.com", None, "acme.ghe.com"),
            (None, "ghe.acme.io", enterprise, "ghe.acme.io:8443"),
            // A runner of an Enterprise Server that works on a cluster of github.com.
            (None, "github.com", enterprise, "github.com"),
            (Some("ghe.acme.io"), "git.acme.io", None, "ghe.acme.io"),
        ] {
            assert_eq!(found(hostname, host, server).unwrap(), expected, "{host}");
        }
    }

    #[test]
    fn an_unknown_host_gets_no_token() {
        for host in ["gitlab.com", "github.com.evil.example", "evil-github.com"] {
            assert_eq!(class_of(&found(None, host, None).unwrap_err()), Class::Usage, "{host}");
        }
    }
}
