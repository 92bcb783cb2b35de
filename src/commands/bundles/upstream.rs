//! Releases of Flux as upstream publishes them: downloaded, checked, and kept in the cache.

use std::path::Path;

use anyhow::{Context as _, Result, anyhow};
use secrecy::SecretString;

use super::{SIZE_LIMIT, check, checked, read, tell};
use crate::bundles::cache::Cache;
use crate::context::Context;
use crate::digest::Digest;
use crate::error::{Class, Explain as _, usage};
use crate::git_host::RepositoryName;
use crate::git_host::endpoints::Endpoints;
use crate::git_host::github::releases::{Published, Releases};
use crate::http_client::USER_AGENT;
use crate::manifests::release::Release;

/// Where upstream publishes Flux, and the file of a release with its manifests.
const REPOSITORY: &str = "fluxcd/flux2";
const ASSET: &str = "manifests.tar.gz";

/// The GitHub that the user works with. It is asked for releases first: it may have its own copy.
pub(in crate::commands) struct Host<'a> {
    /// What was given as `--hostname`.
    pub(in crate::commands) hostname: Option<&'a str>,
    /// The token for it, if there is one.
    pub(in crate::commands) token: Option<SecretString>,
    /// Whom to trust beside the system's authorities.
    pub(in crate::commands) ca_pem: Option<&'a [u8]>,
}

impl Host<'_> {
    /// For commands that work with no repository.
    pub(in crate::commands) fn of_environment(ctx: &Context) -> Self {
        let token =
            ctx.environment.get("GITHUB_TOKEN").map(|token| SecretString::from(token.trim()));
        Self { hostname: None, token, ca_pem: None }
    }
}

/// Upstream's latest release, which only GitHub knows.
pub(super) async fn latest(ctx: &Context, host: &Host<'_>, pin: Option<Digest>) -> Result<Release> {
    let found = async {
        let releases = releases(ctx, host).await?;
        let release = releases.latest().await?;
        anyhow::Ok((releases, release))
    };
    let (releases, found) = found.await.map_err(|error| or_cached(ctx, error))?;
    let version = checked(&found.tag)?;
    if let Some(release) = cached(ctx, &version, pin)? {
        return Ok(release);
    }
    download(ctx, &releases, &found, &version, pin).await
}

/// One of upstream's releases: what was downloaded before is not asked for again.
pub(super) async fn published(
    ctx: &Context,
    host: &Host<'_>,
    version: &str,
    pin: Option<Digest>,
) -> Result<Release> {
    if let Some(release) = cached(ctx, version, pin)? {
        return Ok(release);
    }
    let found = async {
        let releases = releases(ctx, host).await?;
        let release = releases.by_tag(version).await?;
        anyhow::Ok((releases, release))
    };
    let (releases, found) = found.await.map_err(|error| or_cached(ctx, error))?;
    let Some(found) = found else {
        let host = releases.host();
        return Err(anyhow!("{REPOSITORY} on {host} has no release {version}")
            .class(Class::NotFound)
            .hint("choose another with --version, or the newest with --version=latest"));
    };
    download(ctx, &releases, &found, version, pin).await
}

/// The releases on the user's own GitHub, if it has Flux; else on github.com, which does not get the token.
async fn releases(ctx: &Context, host: &Host<'_>) -> Result<Releases> {
    let of = |endpoints: Endpoints, token: Option<&SecretString>, ca_pem| {
        let output = ctx.output.clone();
        let repository: RepositoryName = REPOSITORY.parse()?;
        let releases = Releases::new(endpoints, repository, token, ca_pem, USER_AGENT)?;
        anyhow::Ok(
            releases.with_deadline(ctx.deadline).on_notice(move |notice| output.warn(notice)),
        )
    };
    let environment = |name: &str| ctx.environment.get(name).map(str::to_owned);
    let public = Endpoints::resolve(None, |_| None)?;
    let own =
        of(Endpoints::resolve(host.hostname, environment)?, host.token.as_ref(), host.ca_pem)?;
    if own.host() == public.host() || own.are_there().await? {
        return Ok(own);
    }
    of(public, None, None)
}

/// Adds which releases can be had without GitHub.
fn or_cached(ctx: &Context, error: anyhow::Error) -> anyhow::Error {
    let versions = cache(ctx).map(|cache| cache.versions()).unwrap_or_default();
    let Some(newest) = versions.first() else { return error };
    error.hint(format!("in the cache: {}; take one as in --version={newest}", versions.join(", ")))
}

fn cache(ctx: &Context) -> Option<Cache> {
    let folder = |name: &str| ctx.environment.get_os(name).map(Path::new);
    Cache::of_user(folder("XDG_CACHE_HOME"), folder("HOME"))
}

fn cached(ctx: &Context, version: &str, pin: Option<Digest>) -> Result<Option<Release>> {
    let Some(cached) = cache(ctx).and_then(|cache| cache.get(version)) else { return Ok(None) };
    let doing = |what| format!("{ASSET} of Flux {version} in the cache cannot be {what}");
    check(cached.digest, pin).with_context(|| doing("trusted"))?;
    let release = read(Some(version), &cached.bytes).with_context(|| doing("used"))?;
    tell(ctx, &release, "the cache", Some(cached.digest));
    Ok(Some(release))
}

async fn download(
    ctx: &Context,
    releases: &Releases,
    found: &Published,
    version: &str,
    pin: Option<Digest>,
) -> Result<Release> {
    let from = format!("{REPOSITORY} on {}", releases.host());
    let Some(asset) = found.asset(ASSET) else {
        return Err(anyhow!("release {version} of {from} has no {ASSET}").class(Class::NotFound));
    };
    let expected = match pin {
        Some(pin) => pin,
        None => published_digest(releases, found, version).await?,
    };
    let bytes = {
        let _progress = ctx.output.progress(&format!("downloading {ASSET} of Flux {version}"));
        releases.download(asset, SIZE_LIMIT).await?
    };
    let digest = Digest::of(&bytes);
    check(digest, Some(expected))
        .with_context(|| format!("{ASSET} of Flux {version} cannot be trusted"))?;
    let release = read(Some(version), &bytes)
        .with_context(|| format!("{ASSET} of Flux {version} cannot be used"))?;
    let kept = cache(ctx).map_or(Ok(()), |cache| cache.put(version, &bytes));
    if let Err(error) = kept {
        ctx.output.warn(format_args!("the release is not kept for the next time: {error:#}"));
    }
    tell(ctx, &release, &from, Some(digest));
    Ok(release)
}

/// What GitHub says the digest is, else what the release's own list of checksums says.
async fn published_digest(releases: &Releases, found: &Published, version: &str) -> Result<Digest> {
    if let Some(digest) = found.asset(ASSET).and_then(|asset| asset.digest.as_deref()) {
        return digest.parse().with_context(|| format!("the digest of {ASSET} on GitHub"));
    }
    let list = format!("flux_{}_checksums.txt", version.trim_start_matches('v'));
    let Some(asset) = found.asset(&list) else {
        return Err(usage(format!("nothing tells the digest that {ASSET} of {version} must have"))
            .hint("give the one that you trust with --manifests-digest"));
    };
    let list_bytes = releases.download(asset, SIZE_LIMIT).await?;
    let text = String::from_utf8_lossy(&list_bytes);
    let digest = text.lines().find_map(|line| {
        let (digest, name) = line.split_once(char::is_whitespace)?;
        (name.trim_start_matches([' ', '*']) == ASSET).then(|| Digest::from_hex(digest))?
    });
    digest.with_context(|| format!("{list} has no checksum of {ASSET}"))
}
