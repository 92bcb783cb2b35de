//! How GitHub is reached from here, and how the cluster will reach it: files are read and addresses decided
//! before anything is sent.

use anyhow::{Context as _, Result};
use secrecy::{ExposeSecret as _, SecretString};

use super::credentials::{Credentials, DeployKey, GivenKey, Held};
use super::known_hosts::SshHost;
use super::login;
use super::plan::Plan;
use crate::cli::bootstrap::{ClusterAuth, GitHubArgs, SourceAuthArgs};
use crate::commands::bundles::Host;
use crate::commands::files;
use crate::context::Context;
use crate::error::{Explain as _, usage};
use crate::git_host::RepositoryName;
use crate::git_host::endpoints::Endpoints;
use crate::git_host::github::{Credential, GitHub};
use crate::git_host::ssh_key::PublicKey;

/// What is needed to talk to the host, all of it read before anything is sent.
pub(super) struct Access {
    pub(super) endpoints: Endpoints,
    pub(super) ca_pem: Option<Vec<u8>>,
    known_hosts: Option<String>,
    given_key: Option<GivenKey>,
}

impl Access {
    pub(super) async fn prepare(ctx: &Context, args: &GitHubArgs) -> Result<(Self, Credential)> {
        let endpoints = endpoints(ctx, args)?;
        // Before the token is asked for: who reads this can still see where it would go.
        ctx.output.action(format_args!("connecting to {}", endpoints.host()));
        let ca_pem = ca_pem(args)?;
        let known_hosts = args.auth.known_hosts.as_deref();
        let known_hosts = known_hosts.map(|path| files::text(path, "--known-hosts")).transpose()?;
        let given_key = given_key(&args.auth)?;
        let credential = login::credential(ctx, args, &endpoints).await?;
        Ok((Self { endpoints, ca_pem, known_hosts, given_key }, credential))
    }

    /// The same host, where it is asked for releases.
    pub(super) fn releases<'a>(
        &'a self,
        args: &'a GitHubArgs,
        token: Option<SecretString>,
    ) -> Host<'a> {
        Host { hostname: args.hostname.as_deref(), token, ca_pem: self.ca_pem.as_deref() }
    }

    /// How the cluster authenticates. The host's keys are found now, before anything is written.
    pub(super) async fn credentials(
        &self,
        ctx: &Context,
        github: &GitHub,
        plan: &Plan,
        args: &GitHubArgs,
    ) -> Result<Credentials<'_>> {
        let ca_pem = self.ca_pem.as_deref();
        Ok(match plan.auth {
            ClusterAuth::DeployKey => Credentials::DeployKey(DeployKey {
                host_keys: self.ssh_host(plan, args).keys(ctx, github).await?,
                given: self.given_key.as_ref(),
                read_only: !args.read_write_key,
                rotates: args.auth.rotate,
                is_of_token: args.login.app_id.is_none(),
            }),
            ClusterAuth::Token => Credentials::Held(Held::token(&github.token().await?, ca_pem)),
            ClusterAuth::App => {
                let (app, installed) = github.app().await?.context("an App works")?;
                Credentials::Held(Held::app(app, &installed, &self.endpoints, ca_pem))
            }
            ClusterAuth::None => Credentials::Held(Held::nothing(ca_pem)),
        })
    }
}

impl Access {
    /// The host that the cluster reaches over SSH.
    pub(super) fn ssh_host<'a>(&'a self, plan: &Plan, args: &'a GitHubArgs) -> SshHost<'a> {
        let url = sync_url(&self.endpoints, &plan.repository, plan, args);
        SshHost {
            address: ssh_host(&url).to_owned(),
            has_api: args.auth.ssh_hostname.is_none(),
            given: self.known_hosts.as_deref(),
            accepted: args.auth.accept_host_key.as_deref(),
        }
    }
}

/// Where GitHub answers.
pub(super) fn endpoints(ctx: &Context, args: &GitHubArgs) -> Result<Endpoints> {
    let environment = |name: &str| ctx.environment.get(name).map(str::to_owned);
    Endpoints::resolve(args.hostname.as_deref(), environment)
}

/// Whom to trust beside the system's authorities.
pub(super) fn ca_pem(args: &GitHubArgs) -> Result<Option<Vec<u8>>> {
    let path = args.auth.ca_file.as_deref();
    path.map(|path| files::bytes(path, "--ca-file")).transpose()
}

/// The private key of a file, whose public half must be told without a passphrase.
fn given_key(args: &SourceAuthArgs) -> Result<Option<GivenKey>> {
    let Some(path) = args.private_key_file.as_deref() else { return Ok(None) };
    let private_pem = files::verbatim(path, "--private-key-file")?;
    let public = PublicKey::of_private(private_pem.expose_secret()).ok_or_else(|| {
        usage("--private-key-file holds no private key whose public half can be told")
            .hint("take a key in OpenSSH's own format, or one without a passphrase")
    })?;
    let passphrase = args.private_key_passphrase_file.as_deref();
    let passphrase =
        passphrase.map(|path| files::secret(path, "--private-key-passphrase-file")).transpose()?;
    let is_encrypted = PublicKey::is_encrypted(private_pem.expose_secret());
    match (is_encrypted, &passphrase) {
        (true, None) => Err(usage("--private-key-file has a passphrase, which the cluster needs")
            .hint("give it with --private-key-passphrase-file")),
        (false, Some(_)) => Err(usage("--private-key-file has no passphrase")
            .hint("leave out --private-key-passphrase-file")),
        _ => Ok(Some(GivenKey { private_pem, public, passphrase })),
    }
}

/// The address at which the cluster reaches the repository.
pub(super) fn sync_url(
    endpoints: &Endpoints,
    repository: &RepositoryName,
    plan: &Plan,
    args: &GitHubArgs,
) -> String {
    if !plan.needs_deploy_key() {
        return endpoints.https_url(repository);
    }
    endpoints.ssh_url(repository, args.auth.ssh_hostname.as_deref())
}

/// Host and port of an address like `ssh://git@host:port/owner/name`.
fn ssh_host(url: &str) -> &str {
    let rest = url.strip_prefix("ssh://git@").unwrap_or(url);
    rest.split('/').next().unwrap_or(rest)
}
