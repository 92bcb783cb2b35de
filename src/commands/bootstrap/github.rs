//! Installs Flux from a GitHub repository.

use anyhow::{Result, anyhow};
use secrecy::SecretString;

use super::objects::Objects;
use super::plan::Plan;
use super::preflight::Found;
use super::{credentials, preflight, prove};
use crate::cli::bootstrap::GitHubArgs;
use crate::commands::bundles::{self, Host};
use crate::commands::components as install;
use crate::commands::fleet::host as fleet_host;
use crate::commands::installation::{self, Wanted};
use crate::context::Context;
use crate::error::{Class, Explain as _, usage};
use crate::git_host::endpoints::Endpoints;
use crate::git_host::github::{GitHub, Login};
use crate::git_host::{GitHost as _, NewRepository, Published, Repository, is_refused_by_rule};
use crate::manifests::yaml;

/// Plans, checks everything that can be checked without a write, commits, installs, and waits until the
/// cluster has applied the commit. Each step looks first and writes only what is missing, so a run that
/// was stopped anywhere is finished by running again.
///
/// # Errors
/// With nothing written: what is wrong with the arguments, the token, the repository or the cluster.
/// Later: what the step that failed says.
pub async fn run(ctx: &Context, args: &GitHubArgs) -> Result<()> {
    let plan = Plan::new(ctx.namespace(), args)?;
    let pull_secret = install::pull_secret(ctx, &args.components)?;
    let access = Access::prepare(ctx, args).await?;
    let github = connect(ctx, &access)?;
    let login = github.login().await?;
    if let Some(login) = &login {
        ctx.output.done(format_args!("authenticated as {}", login.login));
    }

    let needs_key = !args.auth.token_auth;
    let existing = match github.find_repository(&plan.repository).await? {
        Some(repository) => {
            let found = preflight::repository(&github, &repository, &plan, needs_key).await?;
            Some((repository, found))
        }
        None => None,
    };
    let is_private = existing.as_ref().map_or(args.private, |(found, _)| found.is_private);
    check_token_and_policy(&github, &plan, login.as_ref(), is_private, needs_key).await?;
    let cluster = ctx.cluster().await?;
    let bundle = bundles::release(ctx, &args.components, &plan.components, &access.host(args))
        .await?
        .bundle(&plan.components)?;
    let components = yaml::objects_of(&bundle.manifest()?.text)?;
    let wanted = Wanted { version: &bundle.version, objects: &components, is_forced: args.force };
    ctx.deadline.within("the cluster", preflight::cluster(cluster, &plan, &wanted)).await?;
    ctx.output.done(format_args!("checked access to the cluster at {}", cluster.server()));

    let (repository, found) = match existing {
        Some(existing) => existing,
        None => create(ctx, &github, &plan, args).await?,
    };
    let url = sync_url(github.endpoints(), &repository, args);
    let manifests = plan.manifests(&bundle, url.clone())?;
    let overlay = found.overlay.as_ref();
    let objects = Objects::of(ctx, &plan, &manifests, components, overlay).await?;
    let author = github.author(
        &args.commit.author_name,
        args.commit.author_email.as_deref(),
        login.as_ref(),
    );
    let change = plan.change(&manifests, found.has_kustomization, found.is_update, author)?;
    let published = github.publish(&repository, &plan.branch, &found.head, &change).await;
    let published = published.map_err(explain_rule)?;
    tell_published(ctx, &repository, &plan, &published);

    let components = &objects.components;
    installation::apply_components(ctx, &plan.namespace, components, pull_secret.as_ref()).await?;
    if needs_key {
        let wanted = credentials::DeployKey {
            ssh_host: ssh_host(&url),
            known_hosts: access.known_hosts.clone(),
            read_only: !args.read_write_key,
        };
        credentials::ensure_deploy_key(ctx, &github, &repository, &plan, &wanted).await?;
    } else {
        credentials::ensure_token(ctx, &plan, &access.token, access.ca_pem.as_deref()).await?;
    }
    installation::apply(ctx, "sync objects", &objects.sync).await?;

    let deployments = objects.deployments(&plan);
    prove::applied(ctx, &github, &repository, &plan, &deployments, &published.commit).await?;
    ctx.output.done(format_args!("Flux {} is installed and in sync", bundle.version));
    Ok(())
}

/// What is needed to talk to the host, all of it read before anything is sent.
struct Access {
    endpoints: Endpoints,
    token: SecretString,
    ca_pem: Option<Vec<u8>>,
    known_hosts: Option<String>,
}

impl Access {
    async fn prepare(ctx: &Context, args: &GitHubArgs) -> Result<Self> {
        let environment = |name: &str| ctx.environment.get(name).map(str::to_owned);
        let endpoints = Endpoints::resolve(args.hostname.as_deref(), environment)?;
        // Before the token is asked for: who reads this can still see where it would go.
        ctx.output.action(format_args!("connecting to {}", endpoints.host()));
        let ca_file = args.auth.ca_file.as_deref();
        let ca_pem = ca_file.map(|path| credentials::read_file(path, "--ca-file")).transpose()?;
        let known_hosts = args.auth.known_hosts.as_deref();
        let known_hosts =
            known_hosts.map(|path| credentials::read_file(path, "--known-hosts")).transpose()?;
        let known_hosts = known_hosts
            .map(|bytes| String::from_utf8(bytes).map_err(|_| usage("--known-hosts is not UTF-8")))
            .transpose()?;
        let token = fleet_host::token(ctx).await?;
        Ok(Self { endpoints, token, ca_pem, known_hosts })
    }

    /// The same host, where it is asked for releases.
    fn host<'a>(&'a self, args: &'a GitHubArgs) -> Host<'a> {
        Host {
            hostname: args.hostname.as_deref(),
            token: Some(self.token.clone()),
            ca_pem: self.ca_pem.as_deref(),
        }
    }
}

fn connect(ctx: &Context, access: &Access) -> Result<GitHub> {
    let (endpoints, token) = (access.endpoints.clone(), access.token.clone());
    fleet_host::client(ctx, endpoints, token, access.ca_pem.as_deref())
}

/// Checks what would only be refused after the first write.
async fn check_token_and_policy(
    github: &GitHub,
    plan: &Plan,
    login: Option<&Login>,
    is_private: bool,
    needs_key: bool,
) -> Result<()> {
    if let Some(login) = login {
        login.check_scopes(is_private)?;
    }
    let owner = plan.repository.owner();
    if needs_key && github.allows_deploy_keys(owner).await? == Some(false) {
        return Err(anyhow!("{owner} does not allow deploy keys on its repositories")
            .class(Class::Denied)
            .hint("use --token-auth, or ask an owner of the organisation to allow them"));
    }
    Ok(())
}

async fn create(
    ctx: &Context,
    github: &GitHub,
    plan: &Plan,
    args: &GitHubArgs,
) -> Result<(Repository, Found)> {
    ctx.output.action(format_args!("creating repository {}", plan.repository));
    let new = NewRepository { is_private: args.private, is_personal: args.personal };
    let repository = github.create_repository(&plan.repository, &new).await?;
    ctx.output.done(format_args!("repository {} created", repository.web_url));
    let found = preflight::repository(github, &repository, plan, !args.auth.token_auth).await?;
    Ok((repository, found))
}

/// Says what to do where a rule of the branch forbids the commit.
fn explain_rule(error: anyhow::Error) -> anyhow::Error {
    if !is_refused_by_rule(&error) {
        return error;
    }
    error.hint(
        "commit to another branch with --branch, or ask an owner to let the token bypass the rule",
    )
}

fn tell_published(ctx: &Context, repository: &Repository, plan: &Plan, published: &Published) {
    let short = published.commit.get(..8).unwrap_or(&published.commit);
    let (branch, name) = (&plan.branch, &repository.name);
    if published.is_new {
        ctx.output.done(format_args!("committed {short} to {branch} of {name}"));
    } else {
        ctx.output.done(format_args!("{branch} of {name} is up to date at {short}"));
    }
}

/// The address at which the cluster reaches the repository.
fn sync_url(endpoints: &Endpoints, repository: &Repository, args: &GitHubArgs) -> String {
    if args.auth.token_auth {
        return endpoints.https_url(&repository.name);
    }
    endpoints.ssh_url(&repository.name, args.auth.ssh_hostname.as_deref())
}

/// Host and port of an address like `ssh://git@host:port/owner/name`.
fn ssh_host(url: &str) -> &str {
    let rest = url.strip_prefix("ssh://git@").unwrap_or(url);
    rest.split('/').next().unwrap_or(rest)
}
