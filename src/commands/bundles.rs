//! Which Flux release is installed: the embedded one, one of upstream's, or one that the user brings.

use std::path::Path;

use anyhow::{Context as _, Result, anyhow, ensure};
use secrecy::SecretString;

use crate::bundles::cache::Cache;
use crate::bundles::folder::{self, Content};
use crate::bundles::origin::Origin;
use crate::bundles::registry;
use crate::bundles::web::Web;
use crate::cli::components::ComponentArgs;
use crate::context::Context;
use crate::digest::Digest;
use crate::error::{Class, Explain as _, usage};
use crate::git_host::RepositoryName;
use crate::git_host::endpoints::Endpoints;
use crate::git_host::github::releases::{Published, Releases};
use crate::http_client::USER_AGENT;
use crate::manifests::archive;
use crate::manifests::options::Options;
use crate::manifests::release::Release;
use crate::manifests::version;

/// Where upstream publishes Flux, and the file of a release with its manifests.
const REPOSITORY: &str = "fluxcd/flux2";
const ASSET: &str = "manifests.tar.gz";

/// How long a download may be, in bytes.
#[expect(clippy::cast_possible_truncation, reason = "the limit is far below any usize")]
const SIZE_LIMIT: usize = archive::SIZE_LIMIT as usize;

/// The GitHub that the user works with. It is asked for releases first: it may have its own copy.
pub(super) struct Host<'a> {
    /// What was given as `--hostname`.
    pub(super) hostname: Option<&'a str>,
    /// The token for it, if there is one.
    pub(super) token: Option<SecretString>,
    /// Whom to trust beside the system's authorities.
    pub(super) ca_pem: Option<&'a [u8]>,
}

impl Host<'_> {
    /// For commands that work with no repository.
    pub(super) fn of_environment(ctx: &Context) -> Self {
        let token =
            ctx.environment.get("GITHUB_TOKEN").map(|token| SecretString::from(token.trim()));
        Self { hostname: None, token, ca_pem: None }
    }
}

/// What the arguments name, before anything was read.
#[derive(Debug, PartialEq)]
enum Wanted {
    Embedded,
    /// Upstream's latest release.
    Latest,
    /// One release of upstream's.
    Published(String),
    Given {
        origin: Origin,
        version: Option<String>,
    },
}

/// The release that the arguments name. Says where it comes from, unless it is part of the program.
///
/// # Errors
/// Usage, for arguments that cannot be and for manifests that are none of a known Flux release;
/// otherwise what the origin fails with.
pub(super) async fn release(
    ctx: &Context,
    args: &ComponentArgs,
    options: &Options,
    host: &Host<'_>,
) -> Result<Release> {
    let pin = pin(args)?;
    match wanted(args)? {
        Wanted::Embedded if pin.is_some() => {
            Err(usage("--manifests-digest is for what --version or --manifests name"))
        }
        Wanted::Embedded => Release::embedded(&options.components),
        Wanted::Latest => latest(ctx, host, pin).await,
        Wanted::Published(version) => published(ctx, host, &version, pin).await,
        Wanted::Given { origin, version } => given(ctx, &origin, version.as_deref(), pin).await,
    }
}

fn wanted(args: &ComponentArgs) -> Result<Wanted> {
    let version = args.version.as_deref().filter(|version| !version.is_empty());
    let Some(origin) = args.manifests.as_deref().filter(|origin| !origin.is_empty()) else {
        return Ok(match version {
            None => Wanted::Embedded,
            Some("latest") => Wanted::Latest,
            Some(version) => Wanted::Published(checked(version)?),
        });
    };
    let origin = origin.parse().context("--manifests cannot be used")?;
    let version = version.map(checked).transpose()?;
    Ok(Wanted::Given { origin, version })
}

fn checked(version: &str) -> Result<String> {
    version::flux_release(version).context("--version cannot be used")
}

fn pin(args: &ComponentArgs) -> Result<Option<Digest>> {
    let given = args.manifests_digest.as_deref().filter(|digest| !digest.is_empty());
    given.map(str::parse).transpose().context("--manifests-digest cannot be used")
}

/// Upstream's latest release, which only GitHub knows.
async fn latest(ctx: &Context, host: &Host<'_>, pin: Option<Digest>) -> Result<Release> {
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
async fn published(
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

/// What the user brings.
async fn given(
    ctx: &Context,
    origin: &Origin,
    version: Option<&str>,
    pin: Option<Digest>,
) -> Result<Release> {
    let unusable = || format!("{origin} cannot be used (--manifests)");
    let (release, digest) = match origin {
        Origin::Path(path) => match folder::read(path).context("--manifests cannot be used")? {
            Content::Folder(_) if pin.is_some() => {
                return Err(usage("--manifests-digest is for one file and not for a folder"));
            }
            Content::Folder(texts) => {
                let texts = texts.iter().map(|(name, text)| (name.as_str(), text.as_str()));
                (Release::from_files(version, texts), None)
            }
            Content::File(bytes) => (read_checked(version, &bytes, pin), Some(Digest::of(&bytes))),
        },
        Origin::Url(url) => {
            let web = Web::new(USER_AGENT, ctx.deadline)?;
            let bytes = web.download(url, SIZE_LIMIT).await;
            let bytes = bytes.with_context(|| format!("cannot download {origin}"))?;
            let named = url.path_segments().into_iter().flatten().find(|name| is_release(name));
            (read_checked(version.or(named), &bytes, pin), Some(Digest::of(&bytes)))
        }
        Origin::Registry(_) if pin.is_some() => {
            return Err(usage("--manifests-digest is for files")
                .hint("pin an artifact by its address: oci://REGISTRY/NAME@sha256:HEX"));
        }
        Origin::Registry(reference) => {
            let web = Web::new(USER_AGENT, ctx.deadline)?;
            let artifact = registry::pull(&web, reference, SIZE_LIMIT).await?;
            let named = artifact.names.iter().map(String::as_str).find(|name| is_release(name));
            (read(version.or(named), &artifact.bytes), Some(artifact.digest))
        }
    };
    let release = release.with_context(unusable).class(Class::Usage)?;
    tell(ctx, &release, &origin.to_string(), digest);
    Ok(release)
}

fn is_release(name: &str) -> bool {
    name.starts_with('v') && version::parse(name).is_some()
}

fn read_checked(version: Option<&str>, bytes: &[u8], pin: Option<Digest>) -> Result<Release> {
    check(Digest::of(bytes), pin)?;
    read(version, bytes)
}

fn check(found: Digest, wanted: Option<Digest>) -> Result<()> {
    match wanted.filter(|wanted| *wanted != found) {
        Some(wanted) => Err(anyhow!("its digest is {found} and not {wanted}")),
        None => Ok(()),
    }
}

/// Reads a `.tar.gz` archive, or one file of YAML.
fn read(version: Option<&str>, bytes: &[u8]) -> Result<Release> {
    if archive::is_archive(bytes) {
        let texts = archive::texts(bytes)?;
        let texts = texts.iter().map(|(path, text)| (path.as_str(), text.as_str()));
        return Release::from_files(version, texts);
    }
    let text = std::str::from_utf8(bytes).ok().filter(|text| !text.contains('\0'));
    ensure!(text.is_some(), "it is neither a .tar.gz archive nor YAML");
    Release::from_files(version, text.map(|text| ("it", text)))
}

fn tell(ctx: &Context, release: &Release, from: &str, digest: Option<Digest>) {
    let version = release.version();
    match digest {
        Some(digest) => ctx.output.done(format_args!("Flux {version} from {from} ({digest})")),
        None => ctx.output.done(format_args!("Flux {version} from {from}")),
    }
}
