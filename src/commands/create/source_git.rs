//! `create source git`.

use anyhow::{Result, anyhow};
use nigari_api::meta::LocalObjectReference;
use nigari_api::source::{GitReference, GitRepositorySpec};

use super::new::{Created, New, given, listed, only_if, reference, same_word};
use super::secret::{Entries, GitCredentials, GitEntries, SshKey, Wanted, present, sensitive};
use super::sources::Sources;
use crate::cli::create::source_git::{GitCredentialArgs, GitReferenceArgs, SourceGitArgs};
use crate::cli::fleet::COMMIT_ALONE;
use crate::context::Context;
use crate::error::{Class, Explain as _};
use crate::git_host::ssh_key::PublicKey;

/// A GitRepository, and the Secret with the credentials that were given or made.
pub(super) async fn make(
    ctx: &Context,
    new: &New<'_>,
    args: &SourceGitArgs,
    sources: &Sources,
) -> Result<Vec<Created>> {
    let mut secret_ref = reference(&args.secret_ref);
    let mut created = Vec::new();
    if secret_ref.is_none() && needs_secret(args) && sources.writes_secrets(ctx) {
        let entries = entries(ctx, new, args).await?;
        created.push(new.laid_out_secret(&Wanted::opaque(&args.name, entries))?);
        secret_ref = Some(LocalObjectReference::new(&args.name));
    }
    let spec = GitRepositorySpec {
        ignore: ignore(&args.ignore_paths),
        interval: new.interval(),
        provider: args.provider.map(same_word).transpose()?,
        proxy_secret_ref: reference(&args.proxy_secret_ref),
        recurse_submodules: only_if(args.recurse_submodules),
        reference: Some(git_reference(&args.reference)),
        secret_ref,
        sparse_checkout: listed(&args.sparse_checkout_paths),
        timeout: sources.timeout(),
        url: args.url.clone(),
        ..GitRepositorySpec::default()
    };
    created.push(new.laid_out(&new.object(&args.name, spec))?);
    Ok(created)
}

/// SSH always needs a key; for HTTPS something must have been given.
fn needs_secret(args: &SourceGitArgs) -> bool {
    let GitCredentialArgs { username, password, password_file, ca_file, .. } = &args.credentials;
    args.url.starts_with("ssh://")
        || given(username).is_some()
        || password.is_some()
        || password_file.is_some()
        || ca_file.is_some()
}

async fn entries(ctx: &Context, new: &New<'_>, args: &SourceGitArgs) -> Result<Entries> {
    let GitCredentialArgs { username, password, password_file, .. } = &args.credentials;
    let password = sensitive(ctx, "--password", password.as_ref(), password_file.as_deref())?;
    let credentials = &args.credentials;
    let credentials = GitCredentials {
        url: &args.url,
        username: given(username),
        password,
        bearer_token: None,
        authority: credentials.ca_file.as_deref().map(|path| ("--ca-file", path)),
        key: SshKey::new(&credentials.key)?,
    };
    let present = match credentials.is_ssh() {
        true => present(ctx, new.namespace, &args.name).await?,
        false => None,
    };
    let GitEntries { entries, deploy_key } = credentials.entries(ctx, present.as_ref()).await?;
    if let Some(public) = deploy_key {
        confirm(ctx, &public, args.silent).await?;
    }
    Ok(entries)
}

/// Shows the deploy key, and waits until somebody says that the repository has it.
async fn confirm(ctx: &Context, public: &PublicKey, is_silent: bool) -> Result<()> {
    ctx.output.generating(format_args!("deploy key: {public}"));
    if is_silent || !ctx.output.can_ask() {
        return Ok(());
    }
    let answer =
        ctx.output.typed("Have you added the deploy key to your repository? [y/N] ").await?;
    if answer.eq_ignore_ascii_case("y") {
        return Ok(());
    }
    Err(anyhow!("nothing was created: the repository does not have the deploy key")
        .class(Class::Interrupted)
        .hint("add it, and run the same command with --private-key-file, or answer y"))
}

/// What wins over the others, as upstream chooses it; a commit is looked for on its branch.
fn git_reference(args: &GitReferenceArgs) -> GitReference {
    let mut reference = GitReference::default();
    if let Some(commit) = given(&args.commit).filter(|commit| commit != COMMIT_ALONE) {
        reference.commit = Some(commit);
        reference.branch = given(&args.branch);
    } else if let Some(name) = given(&args.ref_name) {
        reference.name = Some(name);
    } else if let Some(range) = given(&args.tag_semver) {
        reference.semver = Some(range);
    } else if let Some(tag) = given(&args.tag) {
        reference.tag = Some(tag);
    } else {
        reference.branch = given(&args.branch);
    }
    reference
}

/// Paths as lines of `.gitignore`.
pub(super) fn ignore(paths: &[String]) -> Option<String> {
    let paths = listed(paths);
    (!paths.is_empty()).then(|| paths.join("\n"))
}
