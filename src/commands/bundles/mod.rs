//! Which Flux release is installed: the embedded one, one of upstream's, or one that the user brings.

mod upstream;

use anyhow::{Context as _, Result, anyhow, ensure};

use self::upstream::{latest, published};
use crate::bundles::folder::{self, Content};
use crate::bundles::origin::Origin;
use crate::bundles::registry;
use crate::bundles::web::Web;
use crate::cli::components::ComponentArgs;
use crate::context::Context;
use crate::digest::Digest;
use crate::error::{Class, Explain as _, usage};
use crate::http_client::USER_AGENT;
use crate::manifests::archive;
use crate::manifests::options::Options;
use crate::manifests::release::Release;
use crate::manifests::version;

pub(super) use self::upstream::Host;

/// How long a download may be, in bytes.
#[expect(clippy::cast_possible_truncation, reason = "the limit is far below any usize")]
const SIZE_LIMIT: usize = archive::SIZE_LIMIT as usize;

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
